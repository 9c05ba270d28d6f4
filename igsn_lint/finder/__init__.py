"""The finder: the one package that turns Segments into Mentions.

It goes over a document twice: first it takes what shows by itself that it is an IGSN ID (evidence), then what names an
ID that is known from the same document. Without evidence there is no Mention: a paper's own DOI, the gravity net IGSN71
and a grant number are no samples.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from igsn_lint.codes import is_placeholder, is_telling
from igsn_lint.finder.fields import field_mentions, gap_of
from igsn_lint.finder.records import Claimed, record_mentions
from igsn_lint.finder.surroundings import Surroundings
from igsn_lint.identifier import to_ascii, upper
from igsn_lint.labels import is_igsn_label
from igsn_lint.scan.hints import DAMAGED, hints, lower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Gap, Mention, Part, Segment, Settings, State
    from igsn_lint.scan.found import Found
    from igsn_lint.scan.text import Scan

_is_label = lru_cache(maxsize=1024)(is_igsn_label)
"""The same few labels stand over all cells of a table."""

_is_made_up = lru_cache(maxsize=1024)(is_placeholder)
"""And the same few prefixes before all IDs."""


@cache
def _literals() -> tuple[tuple[str, bytes], ...]:
    """Return the hints with their bytes."""
    return tuple((hint, hint.encode()) for hint in hints())


_BEFORE_SLASH = {"10.", "20.500."}
"""Hints that are the beginning of a prefix: without a slash they are decimals."""


class _Wanted:
    """Which strings of a part are worth a Segment: those with a hint, or with a label that says IGSN.

    The bytes of the part tell which hints it has at all, unless escapes or another encoding may hide one.
    """

    def __init__(self, raw: bytes | None) -> None:
        self._hints = hints()
        self._labels = True
        self.low = low = None if raw is None else raw.lower()
        if low is not None:
            called = b"gsn" in low
            self._hints = tuple(
                [hint for hint, literal in _literals() if (called or hint != "igsn") and literal in low]
            )
            self._labels = called or "sample number" in self._hints

    def anything_but(self, claimed: Iterable[str]) -> bool:
        """Return whether the part has a hint or label apart from the identifiers of its records."""
        low = self.low
        if low is None or self._labels:
            return True
        texts = lower("\n".join(claimed))
        return any(low.count(hint.encode()) > texts.count(hint) for hint in self._hints)

    def __call__(self, text: str, label: str | None) -> bool:
        if self._labels and label is not None and _is_label(label):
            return True
        slash = "/" in text
        if slash and "10." in text:
            return True
        low = text.lower()
        slash = slash or "%2f" in low
        for hint in self._hints:  # any() with a generator takes twice as long
            if hint in low and (slash or hint not in _BEFORE_SLASH):
                return True
        return slash and any(beginning in low for beginning in DAMAGED)


def find(part: Part, settings: Settings, gaps: list[Gap] | None = None) -> list[Mention]:
    """Return the Mentions of one part of a document, those of records first, then in the order in which they stand.

    Cells under a label that should hold an ID and do not are added to ``gaps``.
    """
    mentions: list[Mention] = []
    claimed = Claimed()
    for record in part.records:
        mentions.extend(record_mentions(record, claimed, settings))
    candidates: list[_Candidate] = []
    wanted = _Wanted(part.raw)
    items = _Items()
    for segment in part.segments(wanted) if wanted.anything_but(claimed.texts()) else ():
        if segment.origin is not None and segment.origin in claimed.origins:
            continue
        if segment.label is not None and _is_label(segment.label):
            if segment.origin is not None:
                claimed.origins.add(segment.origin)
            if (gap := gap_of(segment)) is None:
                mentions.extend(field_mentions(segment, settings))
            elif gaps is not None and (segment.due or gap.damage is not None):
                gaps.append(gap)
            continue
        surroundings: Surroundings | None = None
        scan = _scan(segment.text, settings)
        if segment.lead is None and not scan.shows:
            # What only looks like an ID is of use where the part has an ID that it can repeat.
            candidates.append((segment, None, None))
            continue
        finds = scan.found()
        for found in finds if segment.lead is None else items.added(finds, segment, scan):
            surroundings = surroundings or Surroundings(segment)
            if found.evidence is None:
                candidates.append((segment, surroundings, found))
            else:
                mentions.append(surroundings.mention(found, found.evidence))
    if mentions:
        if any(mention.segment.breaks for mention in mentions):
            from igsn_lint.finder.breaks import read_breaks

            read_breaks(mentions, part)
        if any(mention.segment.laid for mention in mentions):
            from igsn_lint.finder.breaks import read_line_ends

            mentions = read_line_ends(mentions)
        mentions.extend(_named_again(mentions, candidates, settings))
        known = _repeated(mentions, wanted.low)
        if known or any(mention.record is None for mention in mentions):
            # Loaded here: most records name no ID twice.
            from igsn_lint.finder.again import known_again, parallel

            mentions.extend(known_again(mentions, known, part, claimed))
            mentions.extend(parallel(mentions, part))
        if any(mention.also for mention in mentions):
            from igsn_lint.finder.breaks import mark_doubtful

            mark_doubtful(mentions)
        mentions = _without_shown(mentions)
    for mention in mentions:
        mention.state = _state(mention, settings)
    return mentions


def _scan(text: str, settings: Settings) -> Scan:
    # Loaded here: most records hold no text that has to be scanned.
    from igsn_lint.scan.text import Scan

    return Scan(text, settings)


class _Items:
    """The items of a list that a paragraph of its own calls IGSN IDs, as far as they begin with one."""

    def __init__(self) -> None:
        self._lead: str | None = None
        self._goes_on = self._loosely = False
        self._first: str | None = None

    def added(self, found: list[Found], segment: Segment, scan: Scan) -> list[Found]:
        """Return what was found in a segment, and the ID that the item begins with if nothing else shows that."""
        if segment.lead is not self._lead and segment.lead is not None:
            # Loaded with the scan
            from igsn_lint.scan.leads import speaks_of_list
            from igsn_lint.scan.tags import introduces_ids

            self._lead = segment.lead
            strictly = introduces_ids(segment.lead)
            # An item that speaks of IGSN itself neither ends the list nor begins another.
            if strictly or (not self._goes_on and speaks_of_list(segment.lead)):
                self._first, self._goes_on, self._loosely = None, True, not strictly
        item = scan.item(self._first, loosely=self._loosely) if self._goes_on else None
        self._goes_on = item is not None
        if item is None:
            return found
        self._first = self._first or item.spelling.suffix
        if any(other.evidence is not None and other.start < item.end for other in found):
            return found
        return [item, *(other for other in found if other.start >= item.end)]


_Candidate: TypeAlias = "tuple[Segment, Surroundings, Found] | tuple[Segment, None, None]"
"""What looks like an ID, or a segment in which only such things are, and which was not searched yet."""


def _named_again(mentions: list[Mention], candidates: list[_Candidate], settings: Settings) -> list[Mention]:
    """Return the Mentions of what looks like an ID and is one elsewhere in the part."""
    keys = {mention.key for mention in mentions} if candidates else set()
    return [
        surroundings.mention(found, "document")
        for surroundings, found in _searched(candidates, settings)
        if upper(f"{found.spelling.prefix}/{found.spelling.suffix}") in keys
    ]


def _searched(candidates: Iterable[_Candidate], settings: Settings) -> Iterator[tuple[Surroundings, Found]]:
    """Yield what looks like an ID, in order; what was not searched is searched now."""
    for segment, surroundings, found in candidates:
        if surroundings is not None and found is not None:
            yield surroundings, found
        else:
            surroundings = Surroundings(segment)
            yield from ((surroundings, found) for found in _scan(segment.text, settings).found())


_MOST_COUNTED = 16


def _repeated(mentions: Iterable[Mention], low: bytes | None) -> set[str]:
    """Return the suffixes (in upper case) that may stand in a part more often than they were found.

    ``low`` is the bytes of the part in lower case.
    """
    counts: dict[str, int] = {}
    for mention in mentions:
        sample = mention.sample
        if sample in counts or is_telling(sample):
            counts[sample] = counts.get(sample, 0) + 1
    if low is None or len(counts) > _MOST_COUNTED:
        return set(counts)
    return {suffix for suffix, seen in counts.items() if "/" in suffix or low.count(suffix.encode().lower()) > seen}


def _without_shown(mentions: list[Mention]) -> list[Mention]:
    """Return the Mentions without those in unseen targets of links whose sample is shown somewhere."""
    unseen = {mention.sample for mention in mentions if mention.segment.unseen}
    if not unseen:
        return mentions
    shown = {mention.sample for mention in mentions if not mention.segment.unseen and mention.state != "deleted"}
    for mention in mentions:
        mention.linked = mention.sample in unseen
    return [mention for mention in mentions if not (mention.segment.unseen and mention.sample in shown)]


def _state(mention: Mention, settings: Settings) -> State:
    """Return the state of a Mention: that of its place, or placeholder or test by what it says."""
    if mention.state == "deleted":
        return mention.state
    suffix = mention.suffix
    prefix = mention.prefix
    if (suffix and is_placeholder(to_ascii(suffix))) or (prefix is not None and _is_made_up(prefix)):
        return "placeholder"
    if settings.holds(prefix) == "test" or (mention.is_legacy and mention.sample.startswith("TEST")):
        return "test"
    return mention.state
