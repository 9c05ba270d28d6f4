"""A file that was understood, with its parts, and what could not be read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from igsn_lint.model.places import Change, Segment

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from igsn_lint.model.places import Edit, Place
    from igsn_lint.model.record import Record
    from igsn_lint.model.settings import Settings
    from igsn_lint.source import Region, Source


class Fault(NamedTuple):
    """What a reader saw go wrong: the kind is the name of the IL0 rule that reports it.

    ``offset`` and ``end`` are in the source's text; without ``end`` one character is meant. ``first`` is the offset of
    what was there before, where the fault is that it stands twice.
    """

    kind: Literal[
        "unreadable-file",
        "malformed-document",
        "undecodable-text",
        "duplicate-key",
        "hostile-document",
        "misnamed-file",
    ]
    offset: int | None
    message: str
    end: int | None = None
    first: int | None = None


class Unreadable(Exception):
    """What getting the bytes of a member of an archive raises where it is not read; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Notice(NamedTuple):
    """Something that was left out without being wrong."""

    path: str
    reason: str


Wanted: TypeAlias = "Callable[[str, str | None], bool]"
"""Says of a text and its label whether a Segment of it is wanted."""


class Part(NamedTuple):
    """A piece of a Document that can be looked at by itself: its records, and its segments.

    ``segments`` gives those that are wanted, as often as it is asked. ``raw`` are the bytes of the piece where every
    ASCII text in it stands in them as it is; None where escapes or the encoding may hide one.
    """

    records: Sequence[Record]
    segments: Callable[[Wanted], Iterable[Segment]]
    raw: bytes | None = None


class Member(NamedTuple):
    """What lies in an archive: its name (``a.zip!/b.csv``), how to get its bytes, and the settings to read it by."""

    name: str
    open: Callable[[], bytes]
    settings: Settings


class Document:
    """A Source that was understood. Readers derive from it; this base stands for a text without any structure.

    ``format`` names what it was read as, ``has_links`` says whether the format can show a text as a hyperlink, and
    ``writable`` whether edits can be made in the file as it is (it is not compressed), ``has_lines`` whether it is a
    text, with lines and columns, ``is_long`` whether it is looked at in many pieces, and ``is_template`` whether a
    program makes the data of it, before which it need not be well-formed.
    """

    format = "text"
    has_links = False
    writable = True
    has_lines = True
    is_long = False
    is_template = False

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.notices: list[str] = []

    @property
    def is_malformed(self) -> bool:
        """Whether it is not well-formed, so that nothing but its text is known."""
        return any(fault.kind == "malformed-document" for fault in self.faults)

    def pieces(self) -> Iterator[Document]:
        """Yield the documents that are looked at by themselves: this one, or the pieces of one too long for memory."""
        yield self

    def parts(self) -> Iterator[Part]:
        """Yield what can be searched by itself, one after the other."""
        yield Part((), lambda wanted: [Segment(self.source.text)])

    def numbered(self, only: Container[int] | None = None) -> Iterator[tuple[int, Part]]:
        """Yield the parts with their numbers, which rise; with ``only`` those that have one of these numbers."""
        for number, part in enumerate(self.parts()):
            if only is None or number in only:
                yield number, part

    def may_hold(self, character: str) -> bool:
        """Return False where it is cheap to say that an ASCII character stands nowhere in the document."""
        return True

    def members(self) -> Iterable[Member]:
        """Return what lies in this one where it is an archive; each is a document of its own."""
        return ()

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the pattern matches somewhere in what the document says."""
        return pattern.search(self.source.text) is not None

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source's text of a place, or None where the format has no lines."""
        end = len(self.source.text)
        return (0 if place.start is None else place.start), (end if place.end is None else place.end)

    def order(self, place: Place) -> tuple[int, int]:
        """Return what places are sorted by."""
        return self.locate(place) or (0, 0)

    def pointer(self, place: Place) -> str:
        """Return the logical path of a place (XPath, JSON Pointer, …); empty for a text."""
        return ""

    def shown(self, place: Place) -> str:
        """Return what stands in the source at a place; empty where it stands nowhere."""
        span = self.locate(place)
        return "" if span is None else self.source.text[span[0] : span[1]]

    def passage(self, place: Place) -> str:
        """Return what a person needs to see around a place: the line it begins in, or a quoted passage."""
        span = self.locate(place)
        return "" if span is None else self.source.line(self.source.position(span[0])[0])

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` as it must be written at ``place`` in the format's escaping."""
        return value

    def extent(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of all that goes when the property at a place is taken out; None where nothing can."""
        return None

    def editable(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source's text that an edit may replace, or None where it would break something."""
        return self.locate(place)

    def is_field(self, place: Place) -> bool:
        """Return whether a place in a text is the value of a field, which programs read, and no running text."""
        return False

    def may_link(self, place: Place) -> bool:
        """Return whether what stands at a place is shown to readers, so that it can be shown as a hyperlink."""
        return self.has_links and not self.is_field(place)

    def takes_link(self, place: Place) -> bool:
        """Return whether the markup of a link can be written at a place where it may stand."""
        return True

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` (as it stands in the source) as a link to the URL ``target``; None where there are none."""
        return None

    def change(self, edit: Edit) -> Change | None:
        """Return what an edit does to the source; None where this format can not be rewritten there."""
        if not self.writable:
            return None
        span = self.editable(edit.place) if edit.text is not None else self.extent(edit.place)
        if span is None:
            return None
        text = "" if edit.text is None else self.write(edit.text, edit.place)
        if edit.target is not None:
            shown = self.source.text[slice(*span)]
            link = self.link(shown, edit.target) if self.takes_link(edit.place) else None
            return None if link is None else Change("", *span, link)
        return Change("", *span, text) if self.source.can_write(text) else None

    def rewrite(self, changes: Sequence[Change]) -> bytes:
        """Return the bytes of the source with changes made that do not overlap; all other bytes stay."""
        return self.source.spliced([(change.start, change.end, change.text) for change in changes])

    def region(self, place: Place) -> Region | None:
        """Return the Region of a place."""
        span = self.locate(place)
        return None if span is None else self.source.region(*span)
