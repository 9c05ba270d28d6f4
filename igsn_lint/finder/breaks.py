"""Breaks: how an ID reads whose hyphens the layout may have put there, at the end of a line."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from igsn_lint.identifier import upper
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from igsn_lint.model import Mention, Part, Segment

_MOST_BREAKS = 3
"""So many doubtful hyphens of one ID are read both ways; with more, all belong to it or none."""


def readings_of(segment: Segment, start: int, suffix: str) -> list[str]:
    """Return what a suffix can be where it has hyphens that the layout may have put there; without any of them first.

    Empty where it has none.
    """
    end = start + len(suffix)
    breaks = segment.breaks[bisect_left(segment.breaks, start) : bisect_left(segment.breaks, end)]
    if not breaks:
        return []
    out = {b - start for b in breaks}
    if len(out) > _MOST_BREAKS:
        return ["".join(c for i, c in enumerate(suffix) if i not in out), suffix]
    choices = itertools.product((True, False), repeat=len(breaks))
    dropped = ({b - start for b, drop in zip(breaks, choice, strict=True) if drop} for choice in choices)
    return ["".join(c for i, c in enumerate(suffix) if i not in gone) for gone in dropped]


def read_breaks(mentions: list[Mention], part: Part) -> None:
    """Choose the reading of each ID with a hyphen at a line end: what stands elsewhere wins, else the joined one."""
    doubtful: list[tuple[Mention, list[str]]] = []
    for mention in mentions:
        if mention.segment.breaks:
            start = mention.start + mention.spelling.suffix_start
            if readings := readings_of(mention.segment, start, mention.spelling.suffix):
                doubtful.append((mention, readings))
    if not doubtful:
        return
    sought = {upper(reading) for _, readings in doubtful for reading in readings}
    standing = set()
    for segment in part.segments(lambda text, label: any(reading in upper(text) for reading in sought)):
        for match in TOKEN.finditer(segment.text):
            token = upper(match[0].rstrip(".-_"))
            if token in sought and not readings_of(segment, match.start(), match[0]):
                standing.add(token)
    for mention, readings in doubtful:
        elsewhere = [reading for reading in readings if upper(reading) in standing]
        chosen = elsewhere[0] if len(elsewhere) == 1 else readings[0]
        mention.reading = chosen
        mention.also = tuple(reading for reading in readings if reading != chosen)
        mention.doubtful = len(elsewhere) > 1


def mark_doubtful(mentions: Iterable[Mention]) -> None:
    """Mark those IDs of which the chosen reading does not stand elsewhere, without a hyphen at a line end."""
    standing = {mention.sample for mention in mentions if not mention.also}
    for mention in mentions:
        if mention.also and mention.sample not in standing:
            mention.doubtful = True


def read_line_ends(mentions: list[Mention]) -> list[Mention]:
    """Return the Mentions of a page, read on in the next line where the layout has broken an ID there without a hyphen.

    So are those that are as long only then as others that begin like them, also from one row of a table to the next.
    """
    at_end: list[tuple[Mention, str]] = []
    whole: dict[str, Counter[int]] = {}
    for mention in mentions:
        segment = mention.segment
        behind = _NEXT_LINE.match(segment.text, mention.end) if segment.laid and mention.reading is None else None
        if behind is not None:
            at_end.append((mention, behind["rest"]))
        elif segment.laid and mention.reading is None and "\n" in mention.suffix:
            mention.reading = "".join(mention.suffix.split())
        elif mention.sample.isalnum():
            whole.setdefault(mention.sample[:_ALIKE], Counter())[len(mention.sample)] += 1
    for mention, rest in at_end:
        if _is_whole_only_with(mention, mention.sample + rest, whole, counted=0):
            mention.reading = mention.suffix + rest
    rests = set()
    cells = [
        mention for mention in mentions if mention.slot == "field" and mention.segment.laid and mention.segment.cell
    ]
    rows = [
        (above, below)
        for above, below in itertools.pairwise(cells)
        if below.prefix is None and above.segment.label == below.segment.label
    ]
    times = Counter(mention.sample for mention in cells)
    numbers = Counter(above.sample for above, below in rows if _is_number(below) and not _is_number(above))
    for above, below in rows:
        if id(above) in rests:
            continue
        alone = sum(whole.get(below.sample[:_ALIKE], Counter()).values()) == 1
        # Or the same beginning stands again and again, each time with a number below it.
        numbered = numbers[above.sample] == times[above.sample] > 1
        if numbered or (alone and _is_whole_only_with(above, above.sample + below.sample, whole, counted=1)):
            above.reading = above.suffix + below.suffix
            rests.add(id(below))
    return [mention for mention in mentions if id(mention) not in rests] if rests else mentions


def _is_number(mention: Mention) -> bool:
    return mention.sample.isdigit()


def _is_whole_only_with(mention: Mention, joined: str, whole: Mapping[str, Counter[int]], *, counted: int) -> bool:
    """Return whether an ID is as long as others that begin like it only with what stands in the next line.

    ``whole`` says how many of the others have which length; those of its own are as many as ``counted``.
    """
    lengths = whole.get(joined[:_ALIKE], Counter())
    return len(joined) in lengths and lengths[len(mention.sample)] == counted


_ALIKE = 5
_NEXT_LINE = lazy(r"\n(?P<rest>[A-Z0-9]{1,30})(?![\w-])")

TOKEN = lazy(
    r"(?:(?<![\w./@\-])|(?<=[/=])|(?<=\s-))(?=[A-Za-z_.\-]*[0-9])[A-Za-z0-9](?:[\w.\-]*\w)?(?![\w/@]|\?\?)", re.ASCII
)
"""What may be an ID that stands bare: with a digit, not inside a longer token or a path, but at the end of a URL."""
