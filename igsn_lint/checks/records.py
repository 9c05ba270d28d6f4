"""IL4: what a sample record says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.identifier import dissect, is_doi_prefix, upper
from igsn_lint.model import Breach, Context, Edit, Record, check
from igsn_lint.samples import sample_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("IL401", Record)
def identifier_not_a_doi_name(record: Record, context: Context) -> Iterator[Breach]:
    """Report identifiers that are a URL, a Handle or a tagged form, and types other than DOI."""
    item = record.identifier
    if record.kind != "datacite" or item is None or item.value is None:
        return
    value = item.value
    text = value.text.strip()
    if not text or text.lower() in facts.null_words() or facts.placeholder().fullmatch(upper(text)):
        return
    spelling = dissect(value.text)
    is_doi = spelling.prefix is not None and is_doi_prefix(spelling.prefix) and bool(spelling.suffix)
    start, end = spelling.start, spelling.suffix_end
    name = f"{spelling.prefix}/{spelling.suffix}"
    kind = item.get("identifierType")
    if is_doi and spelling.wrappers and not (record.identifier_may_be_url and spelling.form == "url"):
        place = value.place(start, end)
        written = value.text[spelling.start : spelling.name_start]
        edits: tuple[Edit, ...] = (Edit(value.place(start, spelling.name_start), "", safe=True),)
        yield Breach(
            place, f'the identifier is the DOI name alone, without "{written}"', edits, record=record, replacement=name
        )
    elif not is_doi:
        yield Breach(value.place(start, max(end, start)), f'"{text}" is no DOI name (10.NNNNN/SUFFIX)', record=record)
    if kind is not None and kind.text.strip() and upper(kind.text.strip()) != "DOI":
        edits = (Edit(kind.place(), "DOI", safe=True),) if is_doi else ()
        yield Breach(kind.place(), f'the type of the identifier is DOI, not "{kind.text}"', edits, record=record)


@check("IL402", Record)
def not_physical_object(record: Record, context: Context) -> Iterator[Breach]:
    """Report sample records of another general type than PhysicalObject."""
    for item in record.items("resourceType"):
        general = item.get("resourceTypeGeneral")
        if general is None or upper(general.text.strip()) == "PHYSICALOBJECT":
            continue
        if record.kind == "datacite" and sample_evidence(record, context.settings) is not None:
            place = general.place()
            message = f'the resource type of a sample is PhysicalObject, not "{general.text}"'
            yield Breach(place, message, (Edit(place, "PhysicalObject", safe=False),), record=record)
