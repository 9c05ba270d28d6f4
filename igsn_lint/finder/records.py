"""Records: the Mentions that are the identifiers of a record and those it relates to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.identifier import Spelling, Wrapper, dissect, upper
from igsn_lint.model import Mention
from igsn_lint.samples import is_sample_record, own_evidence, related_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Evidence, Item, Record, Role, Segment, Settings, Slot


class Claimed:
    """The values that are identifiers of records: they are no texts to look for others in."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.copies: list[Segment] = []

    def texts(self) -> Iterable[str]:
        """Return what the values say."""
        return [*[item.words for item in self.items], *[copy.text for copy in self.copies]]

    @cached_property
    def origins(self) -> set[object]:
        """Where the values stand, and other values that were taken as a whole; few parts need to know."""
        values = [item.value for item in self.items]
        return {value.origin for value in (*values, *self.copies) if value is not None}


def record_mentions(record: Record, claimed: Claimed, settings: Settings) -> Iterator[Mention]:
    """Yield the Mentions of a record's identifiers, and note which values they are."""
    sample = is_sample_record(record, settings)
    identifier = record.identifier
    if identifier is not None and (own := identifier.value) is not None:
        spelling = dissect(own.text)
        evidence: Evidence | None = own_evidence(spelling, settings) or ("record" if sample else None)
        claimed.items.append(identifier)
        if (copy := record.field("id")) is not None:
            # The name of the resource in JSON:API says it again; where it says something else, IL425 tells.
            claimed.copies.append(copy)
        if evidence is not None:
            yield _whole(own, spelling, "declared", evidence, record, "identifier", identifier)
    for item in record.items("alternateIdentifier"):
        if upper(item.text("alternateIdentifierType").strip()) == "IGSN" and item.value is not None:
            claimed.items.append(item)
            if not facts.is_null(item.value.text):
                spelling = dissect(item.value.text)
                yield _whole(item.value, spelling, "declared", "label", record, "alternateIdentifier", item)
    for item in record.items("relatedIdentifier"):
        claimed.items.append(item)
        if _names_no_sample(item, settings):
            continue
        value = item.value
        if value is None:
            continue
        text = value.text
        spelling = dissect(text)
        if (found := related_evidence(item, spelling, sample, settings)) is not None and not facts.is_null(text):
            yield _whole(value, spelling, "related", found, record, "relatedIdentifier", item)


def _names_no_sample(item: Item, settings: Settings) -> bool:
    """Return whether a related identifier is surely none of a sample: a bare DOI below a prefix of which none is known.

    Most are DOIs of papers; what they may be otherwise is not worth working out.
    """
    if item.text("relatedIdentifierType") != "DOI" or item.text("relationType") in facts.sample_relations():
        return False
    prefix, slash, _ = item.words.partition("/")
    return slash != "" and prefix[:3] == "10." and prefix[3:].isdecimal() and settings.holds(prefix) is None


def _whole(
    segment: Segment, spelling: Spelling, role: Role, evidence: Evidence, record: Record, slot: Slot, item: Item
) -> Mention:
    """Return the Mention that is the whole value of a record's property; white space around it is left out."""
    text = segment.text
    start, end = 0, len(text)
    if end and (text[0].isspace() or text[-1].isspace()):
        start = end - len(text.lstrip())
        end = max(len(text.rstrip()), start)
    return Mention(
        segment,
        start,
        end,
        _shift(spelling, -start),
        role,
        evidence,
        record=record,
        tagged=evidence in {"tag", "label"},
        slot=slot,
        item=item,
    )


def _shift(spelling: Spelling, by: int) -> Spelling:
    """Return the spelling with offsets that count from elsewhere."""
    if by == 0:
        return spelling
    return Spelling(
        spelling.text[-by:] if by < 0 else spelling.text,
        tuple(Wrapper(w.kind, w.start + by, w.end + by) for w in spelling.wrappers),
        spelling.prefix,
        spelling.prefix_start + by,
        spelling.suffix,
        spelling.suffix_start + by,
    )
