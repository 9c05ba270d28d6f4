"""A text in a document, where something stands in it, and what an edit puts there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from igsn_lint.model.words import State


class Place(NamedTuple):
    """Where something stands in a document: the reader's address of a value, and a span of the decoded value.

    Without ``start`` the whole value is meant, or the whole element where there is no value.
    """

    origin: Any
    start: int | None = None
    end: int | None = None


class Link(NamedTuple):
    """A hyperlink in a Segment: the span of the shown text, the target, and the target's span where it stands there."""

    start: int
    end: int
    target: str
    target_start: int | None = None


class Segment:
    """A run of decoded text.

    ``origin`` is the reader's address of it, ``label`` the heading, key or element that names it, ``links`` its
    hyperlinks, ``marked`` spans with another state than plain, ``code`` spans that are program text, and ``cell``
    whether the whole text is one value (a field, a cell) and not prose. ``due`` says that the cell belongs to a row of
    a sample, so that its ID should stand there; ``number`` that it is a number in a column of IGSN IDs that its format
    prints otherwise, or whose other cells are texts. ``breaks`` are the offsets of hyphens at line ends that the layout
    may have put there, and ``laid`` says that all line ends are those of a page. ``unseen`` says that the text is the
    target of a link that only programs see: an ID in it counts where no text that people see names the same sample.
    ``lead`` is the paragraph that introduces the list of which this one may be an item, in formats that keep paragraphs
    apart.
    """

    __slots__ = (
        "breaks",
        "cell",
        "code",
        "due",
        "label",
        "laid",
        "lead",
        "links",
        "marked",
        "number",
        "origin",
        "text",
        "unseen",
    )

    def __init__(
        self,
        text: str,
        origin: Any = None,
        label: str | None = None,
        *,
        cell: bool = False,
        links: Sequence[Link] = (),
        marked: Sequence[tuple[int, int, State]] = (),
        code: Sequence[tuple[int, int]] = (),
        breaks: Sequence[int] = (),
        laid: bool = False,
        unseen: bool = False,
        due: bool = False,
        number: bool = False,
    ) -> None:
        self.text, self.origin, self.label, self.cell = text, origin, label, cell
        self.links, self.marked, self.code = links, marked, code
        self.breaks, self.laid, self.unseen = breaks, laid, unseen
        self.due, self.number = due, number
        self.lead: str | None = None

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return the Place of a span of this segment, or of all of it."""
        return Place(self.origin, start, end)


class Edit(NamedTuple):
    """The new value at a place; only the Document knows how to write it. ``safe`` where the meaning can not change.

    Without a text the whole property at the place is taken out, its name and its separators included. With a
    ``target`` the text stays as it is written, and becomes a link to that URL.
    """

    place: Place
    text: str | None
    safe: bool
    target: str | None = None


class Change(NamedTuple):
    """What an Edit does to a source: new characters for those from start to end in the text of a part.

    A file that is one text has one part, the empty name; the parts of a package are its members. Where it shows in
    several places (``uses``), the same change must be wanted for each of them.
    """

    part: str
    start: int
    end: int
    text: str
    uses: int = 1
