"""Found: what was found in a text, and which of two readings of one place counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igsn_lint.identifier import Spelling
    from igsn_lint.model import Evidence


class Found(NamedTuple):
    """What was found in a text: its span, what it says, why it is an IGSN ID, and whether a tag reaches it."""

    start: int
    end: int
    spelling: Spelling
    evidence: Evidence | None
    tagged: bool


def keep(found: dict[int, Found], item: Found | None) -> None:
    """Keep the fullest reading of the ID whose suffix begins at one place."""
    if item is None:
        return
    at = item.start + item.spelling.suffix_start
    old = found.get(at)
    if old is None or (item.evidence is not None, item.end - item.start) > (
        old.evidence is not None,
        old.end - old.start,
    ):
        found[at] = item._replace(tagged=True) if old is not None and old.tagged else item
    elif item.tagged:
        found[at] = old._replace(tagged=True, evidence=old.evidence or item.evidence)


def without_overlaps(items: Iterable[Found]) -> list[Found]:
    """Return what was found without what lies in something longer; a tag inside it reaches the longer one."""
    kept: list[Found] = []
    for item in sorted(items, key=lambda found: (found.start, -found.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
            continue
        other = kept[-1]
        longer, shorter = (item, other) if item.end - item.start > other.end - other.start else (other, item)
        suffix_at = shorter.start + shorter.spelling.suffix_start
        reached = shorter.tagged and longer.start <= suffix_at < longer.end
        kept[-1] = longer._replace(tagged=longer.tagged or reached)
    return kept
