"""Again: the second pass of the finder, for what names an ID that is known from the same part, or one of its series."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from igsn_lint import facts
from igsn_lint.finder.breaks import TOKEN, readings_of
from igsn_lint.finder.series import NO_SERIES, Series
from igsn_lint.finder.surroundings import Spans, Surroundings
from igsn_lint.identifier import upper
from igsn_lint.model import is_sentence
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.finder.records import Claimed
    from igsn_lint.model import Mention, Part, Segment


def known_again(mentions: list[Mention], known: set[str], part: Part, claimed: Claimed) -> list[Mention]:
    """Return further Mentions of the ``known`` suffixes (in upper case), and of what is in a series with others."""
    again: list[Mention] = []
    free = [mention for mention in mentions if mention.record is None and mention.state != "deleted"]
    series = Series(free) if free else NO_SERIES
    if not known and not series.stems:
        return again
    taken: dict[object, list[tuple[int, int, int]]] = {}
    for mention in mentions:
        taken.setdefault(mention.segment.origin, []).append((mention.start, mention.end, mention.end))

    # Of many known IDs the beginnings are looked for, which are few in most documents; else each word is looked up.
    beginnings = known if len(known) <= _FEW else {suffix[:_BEGINNING] for suffix in known}
    beginnings = beginnings | series.stems
    few = len(beginnings) <= 2 * _FEW

    def wanted(text: str, label: str | None) -> bool:
        folded = upper(text)
        if few:
            return any(beginning in folded for beginning in beginnings)
        words = _WORD.findall(folded)
        return (
            any(stem in folded for stem in series.stems)
            or not known.isdisjoint(words)
            or not known.isdisjoint([w.replace("-", "") for w in words if "-" in w])
        )

    for segment in part.segments(wanted):
        if segment.origin is None or segment.origin not in claimed.origins:
            again += _bare(segment, known, series, Spans(taken.get(segment.origin, ())))
    return again


_FEW = 16
"""So many known IDs are looked for one by one; of more, their beginnings are."""

_BEGINNING = 4
_WORD = lazy(r"[\w.\-]*[A-Z0-9]", re.ASCII)
"""A token and what may stand around it; without its hyphens it is what it would be without a line break."""


def _bare(segment: Segment, known: set[str], series: Series, taken: Spans) -> Iterator[Mention]:
    """Yield the known IDs that stand bare in a segment, between token borders or at the end of a URL.

    Those of a known ``series`` count in running text, to which the notes of a table belong. In other cells they count
    where the cell has no telling name, and they are as long as the others.
    """
    text = segment.text
    surroundings: Surroundings | None = None
    code = Spans((start, end, True) for start, end in segment.code)
    running = not segment.cell or (is_sentence(text) and len(text.split()) >= _NOTE_WORDS)
    unnamed = segment.label is None or segment.label in _general()
    for match in _tokens(text, taken):
        suffix = match[0].rstrip(".-_")
        start = match.start()
        in_path = start > 0 and text[start - 1] in "/="
        reading = _known_reading(segment, start, suffix, known)
        if reading is None and not running and unnamed and not in_path and series.is_like(suffix):
            reading = suffix
        elif reading is None and running and (held := _held_reading(segment, start, suffix, series)) is not None:
            in_text = code.at(start, start) is None
            if in_text or series.holds(held, within=_part_of_code(text, start)):
                reading = held
        if reading is None or (in_path and not _URL_BEFORE.search(text, max(0, start - 200), start)):
            continue
        surroundings = surroundings or Surroundings(segment)
        mention = surroundings.repeated(start, suffix)
        if segment.breaks and reading != suffix:
            mention.reading, mention.also = reading, (suffix,)
        yield mention


@cache
def _general() -> frozenset[str]:
    """Return the names of fields that say nothing of what they hold."""
    return facts.identifier_keys("value") | facts.identifier_keys("typed") | facts.identifier_keys("name")


_NOTE_WORDS = 5
"""A cell of so many words is a note to a table."""

_URL_BEFORE = lazy(r"https?://[^\s<>\"'`]*[/=]\Z")


def _part_of_code(text: str, at: int) -> Literal["code", "comment"]:
    """Return what an offset in program text lies in: its code, or a comment that begins the line."""
    begin = text.rfind("\n", 0, at) + 1
    return "comment" if _COMMENT.match(text, begin, at) else "code"


_COMMENT = lazy(r"\s{0,200}(?:[#%]|//|--)")


def _known_reading(segment: Segment, start: int, suffix: str, known: set[str]) -> str | None:
    """Return the reading of a bare token that is a known ID, or None."""
    if upper(suffix) in known:
        return suffix
    if not segment.breaks:
        return None
    return next((reading for reading in readings_of(segment, start, suffix) if upper(reading) in known), None)


def _held_reading(segment: Segment, start: int, suffix: str, series: Series) -> str | None:
    """Return the reading of a bare token that is in a known series, or None."""
    readings = (readings_of(segment, start, suffix) if segment.breaks else None) or (suffix,)
    return next((reading for reading in readings if series.holds(reading, within="text")), None)


_IN_TOKEN = b"".join(
    b"0" if c.isdigit() else b"a" if c.isalnum() or c in "_.-" else b" " for c in map(chr, range(128))
).ljust(256)
"""What each byte is to a token: a digit, another character of it, or none."""


def _tokens(text: str, taken: Spans) -> Iterator[re.Match[str]]:
    """Yield the tokens that may be IDs and are not taken, in order: they have a digit, and few words of a text do."""
    kinds = text.encode("ascii", "replace").translate(_IN_TOKEN)
    at = kinds.find(b"0")
    while at >= 0:
        begin = kinds.rfind(b" ", 0, at) + 1
        if text[begin] == "-":
            # The end of a range: IEABC0001 -IEABC0004
            begin += 1
        end = taken.at(begin, begin)
        if end is None and (match := TOKEN.match(text, begin)) is not None:
            yield match
        end = kinds.find(b" ", at if end is None else max(at, end - 1))
        at = kinds.find(b"0", end) if end >= 0 else -1


def parallel(mentions: list[Mention], part: Part) -> Iterator[Mention]:
    """Yield codes behind a word that begins a line where the same word leads two other IDs with evidence.

    Sample: igsn:IEABC0001 … Sample: IEABC0002 (IGSN) … Sample: IEXYZ000K
    """
    samples: dict[str, set[str]] = {}
    for mention in mentions:
        segment = mention.segment
        if segment.cell or mention.record is not None or mention.state == "deleted":
            continue
        lead = _LEAD.fullmatch(segment.text, segment.text.rfind("\n", 0, mention.start) + 1, mention.start)
        if lead is not None:
            samples.setdefault(lead["lead"].lower(), set()).add(mention.sample)
    leads = {lead for lead, known in samples.items() if len(known) >= 2}
    if not leads:
        return
    taken: dict[object, list[tuple[int, int, int]]] = {}
    for mention in mentions:
        taken.setdefault(mention.segment.origin, []).append((mention.start, mention.end, mention.end))
    for segment in part.segments(lambda text, label: any(lead in text.lower() for lead in leads)):
        spans = Spans(taken.get(segment.origin, ()))
        for match in _BEHIND_LEAD.finditer(segment.text) if not segment.cell else ():
            start, end = match.span("code")
            if match["lead"].lower() in leads and spans.at(start, end) is None:
                yield Surroundings(segment).repeated(start, match["code"])


_LEAD = lazy(r"[^\S\n]{0,20}(?P<lead>[A-Za-z][^\n\d:]{1,30}):[^\S\n]{1,4}")
_BEHIND_LEAD = lazy(
    r"^[^\S\n]{0,20}(?P<lead>[A-Za-z][^\n\d:]{1,30}):[^\S\n]{1,4}"
    r"(?P<code>(?=[A-Z0-9]{9}(?![A-Za-z0-9_@/-]))[A-Z]{2,5}(?=[A-Z]*[0-9][A-Z]*[0-9])[A-Z0-9]+)",
    re.MULTILINE,
)
"""A classical code, of nine letters and digits, behind a word and a colon that begin a line."""
