"""Formats without lines (office documents, PDF, spreadsheets): blocks of text, each with a name for its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Document, Part, Place, Segment
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from igsn_lint.source import Source

_AROUND = 60
"""How many characters are quoted on each side of a finding."""

_BEGINS_IN_WORD, _ENDS_IN_WORD = lazy(r"\A\S*\s"), lazy(r"\s\S*\Z")


class Block:
    """The origin of a Segment in a format without lines: its decoded text and where it stands, in words.

    ``pointer`` is what a person finds it by: ``page 3``, ``Sheet1!B7``, ``paragraph 12``, ``footnote 2``; ``number``
    counts the places of a document in their order.
    """

    __slots__ = ("number", "pointer", "text")

    def __init__(self, text: str, pointer: str, number: int = 0) -> None:
        self.text, self.pointer, self.number = text, pointer, number


class BlockDocument(Document):
    """A Document without lines; every origin is a Block, and places have a pointer and a quoted passage."""

    has_lines = False

    def __init__(self, source: Source, segments: Sequence[Segment] = ()) -> None:
        super().__init__(source)
        self._segments = segments

    def parts(self) -> Iterator[Part]:
        """Yield the whole document as one part."""
        yield Part((), lambda wanted: (s for s in self._segments if wanted(s.text, s.label)))

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the pattern matches in one of the segments."""
        return any(pattern.search(segment.text) is not None for segment in self._segments)

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return None: there are no lines."""
        return None

    def pointer(self, place: Place) -> str:
        """Return the words that name the block."""
        return place.origin.pointer if isinstance(place.origin, Block) else "file"

    def order(self, place: Place) -> tuple[int, int]:
        """Return the number of the block, and the offset in it."""
        return (place.origin.number, place.start or 0) if isinstance(place.origin, Block) else (0, 0)

    def shown(self, place: Place) -> str:
        """Return the text that stands at a place."""
        return place.origin.text[place.start : place.end] if isinstance(place.origin, Block) else ""

    def passage(self, place: Place) -> str:
        """Return the text around a place, cut between words."""
        if not isinstance(place.origin, Block):
            return ""
        text = place.origin.text
        start, end = place.start or 0, len(text) if place.end is None else place.end
        first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
        before, after = text[first:start], text[end:last]
        # Lines end at words, too. Where no word ends, as in a long URL, the mark alone says that it is cut.
        if first:
            before = "… " + (_BEGINS_IN_WORD.sub("", before, 1) if not text[first - 1].isspace() else before)
        if last < len(text):
            after = (_ENDS_IN_WORD.sub("", after, 1) if not text[last].isspace() else after) + " …"
        return " ".join(f"{before}{text[start:end]}{after}".split())
