"""The Scan of one text: it looks at each hint and keeps the best reading of what stands there.

Everything starts at a hint, a literal that every written form holds. All patterns are matched at hints, never searched
for through a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy
from igsn_lint.scan.found import Found, keep, without_overlaps
from igsn_lint.scan.hints import DAMAGED, TAGS, around_slashes, begins_prefix, hints, lower, places
from igsn_lint.scan.members import Members
from igsn_lint.scan.names import Names
from igsn_lint.scan.tags import Tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings


class Scan:
    """A running text in which IGSN IDs are looked for."""

    def __init__(self, text: str, settings: Settings) -> None:
        self._text, self._settings = text, settings
        self._low = low = lower(text)
        self._spans = around_slashes(low)
        self._names = Names(text, settings)

    @property
    def _members(self) -> Members:
        return Members(self._text, self._names, self._settings)

    @property
    def shows(self) -> bool:
        """Whether something in it may be an ID by itself; the DOIs of papers are none."""
        low = self._low
        return any(word in low for word in TAGS) or any(
            self._may_show(hint, at) for hint, spans in self._hints() for at in places(low, hint, spans)
        )

    def _hints(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Yield each hint but the tag, with the spans in which it counts."""
        if self._spans:
            for hint in hints()[len(TAGS) :]:
                yield hint, self._spans
            if "/" in self._low:
                for hint in DAMAGED:
                    yield hint, self._spans

    def _may_show(self, hint: str, at: int) -> bool:
        if hint == "10." and (number := _NUMBER.match(self._low, at)) is not None:
            return self._settings.holds(number[1]) == "samples"
        return not begins_prefix(hint) or self._names.begins(at)

    def found(self) -> list[Found]:
        """Return what looks like an IGSN ID, in order; evidence is None where the document must tell."""
        low, names = self._low, self._names
        found: dict[int, Found] = {}
        for item in Tags(self._text, low, names, self._members).reached():
            keep(found, item)
        for hint, spans in self._hints():
            read = names.at if begins_prefix(hint) else names.hosted
            done = 0
            for at in places(low, hint, spans):
                if at >= done and (item := read(at)) is not None:
                    keep(found, item)
                    done = item.end
        return without_overlaps(found.values()) if found else []

    def item(self, first: str | None, *, loosely: bool = False) -> Found | None:
        """Return the ID with which an item of a list of IDs begins; it must look like the ``first`` one.

        Where the list is introduced ``loosely`` it must look like an ID by itself, too.
        """
        return self._members.item(first, loosely=loosely)


_NUMBER = lazy(r"(10\.[0-9.]+)(?:/|%2f)")
