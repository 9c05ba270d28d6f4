"""Hints: the literals at which alone it is worth looking for an IGSN ID, and the spans in which they count.

A text without one costs a few searches for literals, most of them around slashes only.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from igsn_lint import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def lower(text: str) -> str:
    """Return ``text`` in lower case, each character at its place (``str.lower`` makes two of ``İ``)."""
    low = text.lower()
    return low if len(low) == len(text) else text.translate(_LOWER)


@cache
def hints() -> tuple[str, ...]:
    """Return the literals, in lower case, of which every written form of an ID with evidence holds one."""
    hosts = dict.fromkeys(facts.landing_hints())
    return (*TAGS, "10273", "10.", "20.500.", *hosts)


TAGS = ("igsn", "sample number")
"""What every tag holds: the word, or its end where it is spelled out."""

DAMAGED = ("10,", "1o.", "l0.", "i0.", "lo.", "io.")
"""The beginnings, in lower case, of prefixes that are damaged in a way that can still be recognised."""


def begins_prefix(hint: str) -> bool:
    """Return whether a hint is the beginning of a prefix, and no host."""
    return hint[0] in "12il" and hint[1] in "0o"


_FAR = 300
"""So far behind a hint the slash stands at most that makes a host of it."""

_NEAR = 60
"""So far behind a slash the hint of its host ends at most."""


def around_slashes(low: str) -> list[tuple[int, int]]:
    """Return the spans in which a prefix or a host can stand: both need a slash, as it is or encoded.

    Each begins with a word, so that no prefix is cut; none is longer than the text between two blanks allows.
    """
    if "%" in low and "%2f" in low:
        return [(0, len(low))]
    spans: list[tuple[int, int]] = []
    end = 0
    at = low.find("/")
    while at >= 0:
        begin = low.rfind(" ", end, max(end, at - _FAR)) + 1 or end
        while (further := low.rfind("/", at + 1, at + _FAR)) >= 0:
            at = further
        if spans and begin == end:
            begin = spans.pop()[0]
        end = at + _NEAR
        spans.append((begin, end))
        at = low.find("/", at + 1)
    return spans


def places(low: str, hint: str, spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield where a hint stands in some spans."""
    for begin, end in spans:
        at = low.find(hint, begin, end)
        while at >= 0:
            yield at
            at = low.find(hint, at + 1, end)
