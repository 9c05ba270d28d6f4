"""Decoded text with a way back: what readers of marked-up formats build, and the Document that is made of it.

A Flow is put together piece by piece: a piece is either a copy of the source, or other text that stands for a span of
the source (a character for its entity, a tag for a macro). What the reader leaves out is simply not put in. So every
offset in the decoded text has its place in the source, whatever the format's escapes are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.model import Document, Link, Part, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from igsn_lint.model import Place, State, Wanted
    from igsn_lint.source import Source

BORDER = "\n\ufffc\n"
"""Stands between two blocks (paragraphs, cells), so that nothing is read across it."""

ITEM = "\n- "
"""Stands before an item of a list, in every format."""


LONGEST_VALUE = 4000
"""What is longer is no value of a field; nested fields must not be read again and again."""


class Cell(NamedTuple):
    """A span of a Flow that is one value, with the name of its column, row or field; ``due`` as that of a Segment."""

    start: int
    end: int
    label: str
    due: bool = False


class Flow:
    """A run of decoded text, its links, cells, comments and code, and where each piece of it stands in the source.

    ``raw`` are spans that the format takes as they are, without its escapes (a URL in LaTeX); ``breaks`` are as in a
    Segment. ``fields`` are spans that are no running text, ``kept`` spans in which nothing may be changed, and
    ``unlinked`` spans in which no link can be written; ``later`` adds to these three when they are asked for first.
    """

    def __init__(self, state: State = "plain") -> None:
        self.state: State = state
        self.links: list[Link] = []
        self.cells: list[Cell] = []
        self.marked: list[tuple[int, int, State]] = []
        self.code: list[tuple[int, int]] = []
        self.length = 0
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._spans: list[tuple[int, int, bool]] = []
        self._cuts: list[int] = []
        self.raw: list[tuple[int, int]] = []
        self.breaks: list[int] = []
        self.fields: list[tuple[int, int]] = []
        self.kept: list[tuple[int, int]] = []
        self.unlinked: list[tuple[int, int]] = []
        self.later: Callable[[Flow], None] | None = None
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The decoded text."""
        if self._text is None:
            self._text = "".join(self._pieces)
        return self._text

    @property
    def last(self) -> str:
        """The last character so far, empty at the beginning."""
        return self._pieces[-1][-1] if self._pieces else ""

    def tail(self, start: int, most: int = LONGEST_VALUE) -> str:
        """Return the text from the beginning of a piece on, up to so many characters."""
        if start >= self.length:
            return ""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, start + most)
        return "".join(self._pieces[first:last])[:most]

    def ending(self, most: int) -> str:
        """Return the last characters of the text, up to so many."""
        pieces: list[str] = []
        for piece in reversed(self._pieces):
            pieces.append(piece[-most:])
            most -= len(pieces[-1])
            if most <= 0:
                break
        return "".join(reversed(pieces))

    def put(self, text: str, start: int, end: int) -> None:
        """Add a text that stands for ``start:end`` of the source."""
        self._add(text, start, end, copied=False)

    def copy(self, source: str, start: int, end: int) -> None:
        """Add ``start:end`` of the source as it stands."""
        self._add(source[start:end], start, end, copied=True)

    def _add(self, text: str, start: int, end: int, *, copied: bool) -> None:
        if text:
            self._starts.append(self.length)
            self._spans.append((start, end, copied))
            self._pieces.append(text)
            self.length += len(text)
            self._text = None

    def cut(self) -> None:
        """Note that markup stands here in the source that must not be overwritten (a tag, a brace)."""
        if not self._cuts or self._cuts[-1] != self.length:
            self._cuts.append(self.length)

    def hyphenate(self) -> None:
        """Note that the last character is a hyphen behind which a line ended."""
        self.breaks.append(self.length - 1)
        self.cut()

    def target(self, text: str, start: int) -> None:
        """Make the whole text the target of a link, which stands at ``start`` of the source as it is."""
        self._add(text, start, start + len(text), copied=True)
        self.links.append(Link(0, 0, text, 0))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that a span of the text stands for."""
        if not self._pieces:
            return 0, 0
        first = max(bisect_right(self._starts, start) - 1, 0)
        begin = self._inside(first, start, self._spans[first][0])
        if end <= start:
            return begin, begin
        last = max(bisect_left(self._starts, end) - 1, 0)
        return begin, max(begin, self._inside(last, end, self._spans[last][1]))

    def _inside(self, piece: int, offset: int, otherwise: int) -> int:
        """Return where an offset of a piece stands: exactly in a copy, else at an end of what the piece stands for."""
        start, _, copied = self._spans[piece]
        return start + offset - self._starts[piece] if copied else otherwise

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether the source of a span may be overwritten: no markup stands inside it."""
        at = bisect_right(self._cuts, start)
        return at >= len(self._cuts) or self._cuts[at] >= end

    def is_field(self, start: int, end: int) -> bool:
        """Return whether a span reaches into a field."""
        return self._apart[0].overlap(start, end)

    def is_kept(self, start: int, end: int) -> bool:
        """Return whether nothing may be changed in a span."""
        return not self.is_whole(start, end) or self._apart[1].overlap(start, end)

    def takes_link(self, start: int, end: int) -> bool:
        """Return whether a span can be made a link."""
        return not self._apart[2].overlap(start, end)

    @cached_property
    def _apart(self) -> tuple[Spans, Spans, Spans]:
        """Fields, what is kept, and what takes no link."""
        if self.later is not None:
            self.later(self)
        return Spans(self.fields), Spans(self.kept), Spans(self.unlinked)

    def segments(self, wanted: Wanted) -> Iterator[Segment]:
        """Yield the wanted Segments: each cell by itself, and the text between them."""
        links = _Ordered(self.links)
        marked = _Ordered(self.marked)
        code = _Ordered(self.code)
        text = self.text
        for start, end, label, due in _slices(self.cells, len(text)):
            piece = text[start:end]
            if wanted(piece, label):
                yield Segment(
                    piece,
                    (self, start, end),
                    label,
                    cell=label is not None,
                    links=[_shifted(Link(*link), start) for link in links.within(start, end)],
                    marked=[(0, len(piece), self.state)]
                    if self.state != "plain"
                    else [(max(a - start, 0), b - start, state) for a, b, state in marked.within(start, end)],
                    code=[(max(a - start, 0), b - start) for a, b in code.within(start, end)],
                    breaks=[at - start for at in self.breaks if start <= at < end],
                    due=due,
                )


def _slices(cells: Sequence[Cell], length: int) -> Iterator[tuple[int, int, str | None, bool]]:
    """Yield the cells and what stands between them, in order; a cell inside another one is part of it."""
    at = 0
    for start, end, label, due in sorted(cells):
        if start < at:
            continue
        if start > at:
            yield at, start, None, False
        if end > start or due:
            yield start, end, label, due
        at = end
    if at < length:
        yield at, length, None, False


class _Ordered:
    """Spans (as the first two values of tuples) asked for those that touch a slice; slices are asked for in order."""

    def __init__(self, spans: Sequence[tuple]) -> None:  # type: ignore[type-arg]  # tuples that begin with two offsets
        self._spans = sorted(spans, key=lambda span: (span[0], span[1]))
        self._at = 0

    def within(self, start: int, end: int) -> list[tuple]:  # type: ignore[type-arg]
        """Return the spans that begin in start:end, and the last one before if it reaches in."""
        spans = self._spans
        while self._at < len(spans) and spans[self._at][0] < start:
            self._at += 1
        first = self._at
        found = [spans[first - 1]] if first and spans[first - 1][1] > start else []
        while self._at < len(spans) and spans[self._at][0] < end:
            found.append(spans[self._at])
            self._at += 1
        self._at = max(first, self._at - 1)
        return found


def _shifted(link: Link, by: int) -> Link:
    target = link.target_start
    return Link(max(link.start - by, 0), link.end - by, link.target, None if target is None else target - by)


_REACH = 200
_WORDS = lazy(r"(?:(?<!\S)[^\s\d\ufffc]+\s+){1,4}\Z")


class Composer:
    """Puts Flows together: a main one, and further ones for what does not stand in its line (notes, comments)."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.main = Flow()
        self.flow = self.main
        self.flows: list[Flow] = [self.main]
        self.pending = ""

    def border(self, border: str = BORDER) -> None:
        """Note that a block or an item of a list begins or ends; it is put down before the next text."""
        if self.pending != ITEM or border == ITEM:
            self.pending = border

    def flush(self, at: int) -> None:
        """Put down the border that is due; ``at`` is where the source is."""
        border, self.pending = self.pending, ""
        if border and (self.flow.length or border == ITEM):
            self.flow.put(border, at, at)

    def aside(self, state: State | None = None) -> Flow:
        """Go on in a new Flow and return the one before."""
        before = self.flow
        self.flow = Flow(before.state if state is None else state)
        self.flows.append(self.flow)
        return before

    def words_before(self) -> str:
        """Return the last words in the line as far as they have no digit: they may be the tag of what was deleted."""
        words = None if self.pending else _WORDS.search(self.flow.ending(_REACH))
        return "" if words is None else words[0]

    @property
    def at_word_begin(self) -> bool:
        """Whether nothing stands directly before in the same line."""
        return bool(self.pending) or not self.flow.last or self.flow.last.isspace()


class FlowDocument(Document):
    """A Document made of Flows; origins are a Flow and the offsets of the Segment in it.

    ``scan`` makes the Flows of the text, when they are asked for first: few files of a folder concern us.
    """

    has_links = True

    def __init__(self, source: Source, scan: Callable[[str], Iterable[Flow]]) -> None:
        super().__init__(source)
        self._scan = scan

    @cached_property
    def flows(self) -> Sequence[Flow]:
        """The Flows of the text, in order."""
        return tuple(self._scan(self.source.text))

    def parts(self) -> Iterator[Part]:
        """Yield the whole document as one part."""
        yield Part((), self._segments)

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        for flow in self.flows:
            yield from flow.segments(wanted)

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source of a place."""
        if place.origin is None:
            return super().locate(place)
        flow: Flow = place.origin[0]
        return flow.span(*_absolute(place))

    def editable(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place, or None where markup inside it would be lost, or it means something else."""
        spot = in_flow(place)
        return None if spot is not None and spot[0].is_kept(*spot[1:]) else self.locate(place)

    def is_field(self, place: Place) -> bool:
        """Return whether a place lies in a field."""
        return (spot := in_flow(place)) is not None and spot[0].is_field(*spot[1:])

    def takes_link(self, place: Place) -> bool:
        """Return whether the text at a place can be made a link."""
        return (spot := in_flow(place)) is not None and spot[0].takes_link(*spot[1:])


def in_flow(place: Place) -> tuple[Flow, int, int] | None:
    """Return the Flow in which a place lies with its offsets there, or None where it lies in none."""
    origin = place.origin
    if not isinstance(origin, tuple) or not origin or not isinstance(origin[0], Flow):
        return None
    return origin[0], *_absolute(place)


def _absolute(place: Place) -> tuple[int, int]:
    _, start, end = place.origin
    return start + (place.start or 0), end if place.end is None else start + place.end
