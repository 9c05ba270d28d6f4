"""IL4: what a sample record says."""

from __future__ import annotations

from collections.abc import Iterator

from igsn_lint.identifier import upper
from igsn_lint.model import Breach, Context, Edit, Record, check
from igsn_lint.samples import sample_evidence


@check("IL402", Record)
def not_physical_object(record: Record, context: Context) -> Iterator[Breach]:
    """Report sample records of another general type than PhysicalObject."""
    evidence = sample_evidence(record, context.settings)
    if evidence is None:
        return
    for item in record.items("resourceType"):
        general = item.get("resourceTypeGeneral")
        if general is not None and upper(general.text.strip()) != "PHYSICALOBJECT":
            place = general.place()
            yield Breach(
                place,
                f'the resource type of a sample is PhysicalObject, not "{general.text}"',
                (Edit(place, "PhysicalObject", safe=False),),
                record=record,
            )
