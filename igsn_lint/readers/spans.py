"""Spans of a text, asked whether another one meets them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Spans:
    """Spans, those that overlap or touch joined."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlap(self, start: int, end: int) -> bool:
        """Return whether a span, or a place of no length, lies in one of these at least in part."""
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < max(end, start + 1)

    def touch(self, start: int, end: int) -> bool:
        """Return whether a change from ``start`` to ``end`` reaches into one of these, whose ends belong to them.

        At the beginning of one it does not yet.
        """
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and start <= self._ends[last]
