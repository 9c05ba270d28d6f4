"""The numbers of lines in the margin of a manuscript for review: they are no part of the text that they count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from igsn_lint.readers.layout import Extent

_NUMBERED = lazy(r"[^\S\r\n]*(?P<number>[1-9][0-9]{0,3})[^\S\r\n]+(?P<next>[^\s\ufffe]+)")
_FEWEST = 5
_LARGEST_STEP = 10
"""Some journals number each line, some each fifth or tenth."""

_GAP = 1.5
"""So many digits is the number before its line at least: more than a space."""

_WORDS = 6
"""A line of running text has more words; the rows of a table, which may be numbered as well, have not."""


class _Head(NamedTuple):
    line: int
    number: int
    begin: int
    """Where the line begins that is numbered."""


def unnumbered(
    text: str, lines: Sequence[tuple[int, int]], extents: Callable[[list[tuple[int, int]]], list[Extent]]
) -> list[tuple[int, int]]:
    """Return the lines of a page without the numbers in their margin; ``extents`` gives where words stand."""
    heads = []
    for i, (start, end) in enumerate(lines):
        if (match := _NUMBERED.match(text, start, end)) is not None:
            heads.append(
                (_Head(i, int(match["number"]), match.start("next")), match.span("number"), match.span("next"))
            )
    left = list(lines)
    if len(heads) < _FEWEST:
        return left
    places = extents([span for _, *spans in heads for span in spans])
    apart = [
        head
        for (head, (start, end), _), number, word in zip(heads, places[::2], places[1::2], strict=True)
        if word.left - number.right > _GAP * (number.right - number.left) / (end - start)
    ]
    counted = _longest_count(apart)
    if 2 * sum(len(text[head.begin : lines[head.line][1]].split()) > _WORDS for head in counted) > len(counted):
        for head in counted:
            left[head.line] = head.begin, lines[head.line][1]
    return left


def _longest_count(heads: Sequence[_Head]) -> Sequence[_Head]:
    """Return the longest stretch of numbers that count up by the same step; empty where it is too short to tell."""
    best, begin, step = (0, 0), 0, 0
    for i in range(1, len(heads)):
        grown = heads[i].number - heads[i - 1].number
        if grown != step or i - 1 == begin:
            begin, step = (i - 1, grown) if 0 < grown <= _LARGEST_STEP else (i, 0)
        best = max(best, (i + 1 - begin, begin))
    length, begin = best
    return heads[begin : begin + length] if length >= _FEWEST else ()
