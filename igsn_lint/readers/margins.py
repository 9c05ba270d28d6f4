"""The numbers of lines in the margin of a manuscript for review: they are no part of the text that they count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from igsn_lint.readers.layout import Extent

    Extents = Callable[[list[tuple[int, int]]], list[Extent]]

_LEFT = lazy(r"[^\S\r\n]*(?P<number>[1-9][0-9]{0,3})[^\S\r\n]+(?P<word>[^\s\ufffe]+)")
_RIGHT = lazy(r"(?<!\S)(?P<word>[^\s\ufffe]++)[^\S\r\n]++(?P<number>[1-9][0-9]{0,3})\s*\Z")
_REACH = 200
"""So long is the last word of a line at most."""

_FEWEST = 5
_LARGEST_STEP = 10
"""Some journals number each line, some each fifth or tenth."""

_GAP = 1.5
"""So many digits is the number away from its line at least: more than a space."""

_WORDS = 6
"""A line of running text has more words; the rows of a table, which may be numbered as well, have not."""


class _Numbered(NamedTuple):
    """A line with a number before or behind it: which line, the number, and where the rest begins and ends."""

    line: int
    number: int
    begin: int
    end: int


def unnumbered(text: str, lines: Sequence[tuple[int, int]], extents: Extents) -> list[tuple[int, int]]:
    """Return the lines of a page without the numbers in a margin; ``extents`` gives where words stand."""
    left = list(lines)
    for find in (_left_of, _right_of):
        counted = _longest_count(_apart(text, lines, find, extents))
        if 2 * sum(len(text[one.begin : one.end].split()) > _WORDS for one in counted) > len(counted):
            for one in counted:
                left[one.line] = max(one.begin, left[one.line][0]), min(one.end, left[one.line][1])
    return left


def _left_of(text: str, start: int, end: int) -> re.Match[str] | None:
    return _LEFT.match(text, start, end)


def _right_of(text: str, start: int, end: int) -> re.Match[str] | None:
    return _RIGHT.search(text, max(start, end - _REACH), end) if text[start:end].rstrip()[-1:].isdigit() else None


def _apart(
    text: str,
    lines: Sequence[tuple[int, int]],
    find: Callable[[str, int, int], re.Match[str] | None],
    extents: Extents,
) -> list[_Numbered]:
    """Return the lines that have a number at one side, further away than a word would be."""
    found = [(i, match) for i, line in enumerate(lines) if (match := find(text, *line)) is not None]
    if len(found) < _FEWEST:
        return []
    places = extents([match.span(name) for _, match in found for name in ("number", "word")])
    apart = []
    for (i, match), number, word in zip(found, places[::2], places[1::2], strict=True):
        digit = (number.right - number.left) / len(match["number"])
        if max(word.left - number.right, number.left - word.right) > _GAP * digit:
            is_first = match.start("number") < match.start("word")
            rest = (match.start("word"), lines[i][1]) if is_first else (lines[i][0], match.end("word"))
            apart.append(_Numbered(i, int(match["number"]), *rest))
    return apart


def _longest_count(lines: Sequence[_Numbered]) -> Sequence[_Numbered]:
    """Return the longest stretch of numbers that count up by the same step; empty where it is too short to tell."""
    best, begin, step = (0, 0), 0, 0
    for i in range(1, len(lines)):
        grown = lines[i].number - lines[i - 1].number
        if grown != step or i - 1 == begin:
            begin, step = (i - 1, grown) if 0 < grown <= _LARGEST_STEP else (i, 0)
        best = max(best, (i + 1 - begin, begin))
    length, begin = best
    return lines[begin : begin + length] if length >= _FEWEST else ()
