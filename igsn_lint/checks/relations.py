"""IL5: the relations of one sample record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.identifier import Igsn, NotAnIgsn, dissect, upper
from igsn_lint.model import Breach, Context, Edit, Record, Related, check
from igsn_lint.samples import own_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAME_THING = {"IsIdenticalTo", "IsVariantFormOf", "IsOriginalFormOf", "Obsoletes", "IsObsoletedBy"}


def _parsed(text: str) -> Igsn | None:
    try:
        return Igsn.parse(text)
    except NotAnIgsn:
        return None


@check("IL503", Record)
def self_relation(record: Record, context: Context) -> Iterator[Breach]:
    """Report relations of a record to itself; its own Handle of before 2023 may be named as identical to it."""
    own_item = record.identifier
    if own_item is None or own_item.value is None:
        return
    suffix = upper(dissect(own_item.value.text).suffix)
    for item in record.items("relatedIdentifier"):
        if item.value is None or suffix not in upper(item.value.text):
            continue
        own, target = _parsed(own_item.value.text), _parsed(item.value.text)
        if own is None or target is None or not own.same_sample(target):
            continue
        if dissect(item.value.text).has("landing-url"):
            # The page that shows the sample is not the sample.
            continue
        relation = item.get("relationType")
        name = relation.text if relation is not None else "related"
        if own.key == target.key or name not in _SAME_THING:
            here = (Related("the record's own identifier", own_item.value.place()),)
            gone = (Edit(item.place, None, safe=False),)
            message = f'the record is "{name}" to itself'
            yield Breach(item.value.place(), message, gone, record=record, related=here, identifier=own.key)


@check("IL506", Record)
def igsn_type_on_doi(record: Record, context: Context) -> Iterator[Breach]:
    """Report DOIs of samples under another type than DOI."""
    for item in record.items("relatedIdentifier"):
        if upper(item.text("relatedIdentifierType").strip()) in {"DOI", ""} or item.value is None:
            continue
        kind, target = item.get("relatedIdentifierType"), _parsed(item.value.text)
        if kind is None or target is None or target.doi is None:
            continue
        typed = upper(kind.text.strip()) == "IGSN"
        if context.settings.holds(target.prefix) == "none" or dissect(item.value.text).has("landing-url"):
            continue
        if typed or own_evidence(dissect(item.value.text), context.settings) == "prefix":
            place = kind.place()
            message = f'the DOI of a sample has the type "{kind.text}" instead of DOI'
            yield Breach(place, message, (Edit(place, "DOI", safe=True),), record=record, identifier=target.key)
