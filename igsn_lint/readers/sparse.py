"""Sparse pages (labels, narrow tables): pdfium takes some for vertical text, divides letters and joins rows."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from igsn_lint.readers.layout import Extent

    Extents = Callable[[list[tuple[int, int]]], list[Extent]]

_BETWEEN_LETTERS = lazy(r"(?<=\S)[\r\n]+(?=\S)")
_WORD = lazy(r"[^\s\u00a0]+")
_LINE = lazy(r"[^\r\n\ufffe]+")
_FEWEST = 20
_SHORT = 2
"""A page whose lines have no more characters than that on the average is divided."""

_CLOSE = 0.3
"""Letters of one word are not so many characters apart."""

_LEVEL = 1.6
"""What stands so many characters lower or higher is in another line; a raised mark does not."""


def divided(text: str, extents: Extents) -> set[int]:
    """Return which characters only divide the letters of words, where the page has hardly anything but letters."""
    breaks = text.count("\n")
    if breaks < _FEWEST or len(text) > (_SHORT + 2) * breaks:
        return set()
    gaps = [match.span() for match in _BETWEEN_LETTERS.finditer(text)]
    places = extents([span for start, end in gaps for span in ((start - 1, start), (end, end + 1))])
    out: set[int] = set()
    for (start, end), before, after in zip(gaps, places[::2], places[1::2], strict=True):
        width = max(before.right - before.left, after.right - after.left)
        if abs(before.base - after.base) < width / 2 and -width < after.left - before.right < _CLOSE * width:
            out.update(range(start, end))
    return out


def parted(text: str, spots: Iterable[int], extents: Extents) -> str:
    """Return a text of the same length in which rows that were joined to one line are lines of their own.

    That is done where a line in which one of the ``spots`` stands goes back to the left and down.
    """
    lines = [match.span() for match in _LINE.finditer(text)]
    starts = [start for start, _ in lines]
    examined = {max(bisect_right(starts, spot) - 1, 0) for spot in spots} if lines else set()
    if not any(_returns(text, *lines[i], extents) for i in examined):
        return text
    out = list(text)
    for line in lines:
        for end, start in _returns(text, *line, extents):
            out[end:start] = "\n".ljust(start - end)
    return "".join(out)


def _returns(text: str, start: int, end: int, extents: Extents) -> list[tuple[int, int]]:
    """Return the gaps of a line behind which something stands higher or lower, if one of these goes back and down."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    if len(words) < 2:
        return []
    found, back = [], False
    for (one, before), (other, after) in itertools.pairwise(zip(words, extents(words), strict=True)):
        width = max((before.right - before.left) / (one[1] - one[0]), 0.1)
        if abs(before.base - after.base) > _LEVEL * width:
            found.append((one[1], other[0]))
            back = back or (after.left < before.left - width and after.base < before.base)
    return found if back else []
