"""Running text of office documents: put together of runs, with links, hidden text and tracked changes."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from igsn_lint.model import Link, Part, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers import columns
from igsn_lint.readers.blocks import Block, BlockDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from igsn_lint.model import Change, Edit, State, Wanted
    from igsn_lint.readers.package import Package, Spot
    from igsn_lint.source import Source

Fate = Literal["kept", "inserted", "deleted"]
"""What tracked changes did to a text."""


class Run(NamedTuple):
    """Where a stretch of a Block's text comes from: its offsets in the Block, and where it stands in the package."""

    start: int
    end: int
    spot: Spot


class RunBlock(Block):
    """A Block that knows of which runs it was put together, in order, and where targets of its links are written."""

    __slots__ = ("runs", "targets")

    def __init__(self, text: str, pointer: str, number: int = 0, runs: Sequence[Run] = ()) -> None:
        super().__init__(text, pointer, number)
        self.runs = runs
        self.targets: Sequence[tuple[Link, Spot]] = ()

    def run(self, start: int, end: int) -> Run | None:
        """Return the run in which a span lies, or None; an insertion between two of them goes into the second."""
        at = bisect_right(self.runs, start, key=lambda run: run.start) - 1
        runs = [run for run in self.runs[max(at - 1, 0) : at + 1] if run.start <= start and end <= run.end]
        return runs[-1] if runs else None


class _Piece(NamedTuple):
    text: str
    fate: Fate
    hidden: bool
    spot: Spot | None


_MARK_LENGTH = 3


class Flow:
    """Text while it is put together; what was deleted is kept apart, so that it never joins what replaced it."""

    __slots__ = ("_length", "_links", "_pieces", "_seam", "_spots")

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._links: list[Link] = []
        self._spots: list[Spot | None] = []
        self._length = 0
        self._seam = ""

    def put(self, text: str, spot: Spot | None = None, fate: Fate = "kept", *, hidden: bool = False) -> None:
        """Add a run of text."""
        if text:
            self._pieces.append(_Piece(text, fate, hidden, spot))
            if fate != "deleted" and not hidden:
                self._length += len(text)
                self._seam = text[-1]

    def put_raised(self, text: str, spot: Spot | None = None, fate: Fate = "kept", *, hidden: bool = False) -> None:
        """Add superscript; a short one behind a word is a footnote mark or exponent and no part of the word."""
        if not (len(text.strip()) <= _MARK_LENGTH and self._seam.isalnum()):
            self.put(text, spot, fate, hidden=hidden)

    @property
    def length(self) -> int:
        """How long the text is, without what was deleted."""
        return self._length

    def link(self, start: int, target: str, spot: Spot | None = None) -> None:
        """Say that the text from ``start`` on leads to a target; ``spot`` is where this (its beginning) is written."""
        if target and start <= self._length:
            self._links.append(Link(start, self._length, target))
            self._spots.append(spot)

    @property
    def text(self) -> str:
        """The text that people see."""
        return "".join(piece.text for piece in self._pieces if piece.fate != "deleted" and not piece.hidden)

    @property
    def everything(self) -> str:
        """The text with what was deleted from it, and where its links lead."""
        return "\n".join(["".join(piece.text for piece in self._pieces), *(link.target for link in self._links)])

    def segments(
        self,
        pointer: str,
        number: int = 0,
        *,
        label: str | None = None,
        cell: bool = False,
        state: State = "plain",
    ) -> list[Segment]:
        """Return the Segments of it: the text, the targets of its links, and what is hidden in it or was deleted."""
        pieces: list[str] = []
        runs: list[Run] = []
        at = 0
        for piece in self._pieces:
            if piece.fate == "deleted" or piece.hidden:
                continue
            if piece.spot is not None:
                runs.append(Run(at, at + len(piece.text), piece.spot))
            pieces.append(piece.text)
            at += len(piece.text)
        text = "".join(pieces)
        named = label
        if label is not None and not any(c.isdigit() for c in text) and any(p.fate == "deleted" for p in self._pieces):
            # Words that remain beside what was deleted are a remark on it.
            label = None
        found = []
        if text:
            spans = [] if state == "plain" else [(0, at, state)]
            origin = RunBlock(text, pointer, number, runs)
            if self._links:
                targets = zip(self._links, self._spots, strict=True)
                origin.targets = [(link, spot) for link, spot in targets if spot is not None]
            found.append(Segment(text, origin, label, cell=cell, links=self._links, marked=spans))
        for link, spot in zip(self._links, self._spots, strict=True):
            runs = [] if spot is None else [Run(0, len(spot.value), spot)]
            found.append(unseen(link.target, RunBlock(link.target, pointer, number, runs), state))
        for apart in ("hidden", "deleted"):
            for old in self._apart(apart):
                segment = _marked(old, Block(old, pointer, number), apart)
                if named is not None and apart == "deleted" and _CODE.fullmatch(old.strip()):
                    segment.label, segment.cell = named, True
                found.append(segment)
        return found

    def _apart(self, state: State) -> Iterator[str]:
        """Yield what is hidden or was deleted, as it reads with the rest of its words, and with what stands before it.

        That are the words without digits: they may be the tag of its ID, and are no other ID.
        """
        hidden = state == "hidden"
        if not any(piece.hidden if hidden else piece.fate == "deleted" for piece in self._pieces):
            return
        text = ""
        spans: list[tuple[int, int]] = []
        for piece in self._pieces:
            if piece.fate == ("deleted" if hidden else "inserted"):
                continue
            if piece.hidden if hidden else piece.fate == "deleted":
                end = len(text) + len(piece.text)
                if spans and spans[-1][1] == len(text):
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((len(text), end))
            text += piece.text
        done = 0
        for start, end in spans:
            before = _TAIL.search(text, max(done, start - _REACH), start)
            after = None if hidden else _HEAD.match(text, end, end + _REACH)
            begin, done = before.start() if before else start, after.end() if after else end
            yield text[begin:done]


_CODE = lazy(r"(?=[A-Za-z.\-]*[0-9])[A-Za-z0-9][\w.\-/:]{3,80}")
"""What may have been an ID in a cell under a heading, and was no remark."""

_REACH = 200
_TAIL = lazy(r"(?:(?<!\S)[^\s\d]+\s+){0,4}\S*\Z")
_HEAD = lazy(r"\S*")


def _marked(text: str, origin: Block, state: State) -> Segment:
    return Segment(text, origin, marked=[(0, len(text), state)])


def unseen(target: str, origin: Block, state: State = "plain") -> Segment:
    """Return the Segment of a link target that nobody sees."""
    return Segment(
        target,
        origin,
        links=[Link(0, 0, target, 0)],
        marked=() if state == "plain" else [(0, len(target), state)],
        unseen=True,
    )


_HYPERLINK = lazy(r'HYPERLINK\s+(?:\\[a-z]\s+)*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s\\"]+))', re.IGNORECASE)


def field_target(instruction: str) -> str:
    """Return where a field of Word leads; empty where it is no link."""
    match = _HYPERLINK.match(instruction.strip())
    if match is None:
        return ""
    return match["bare"] if match["quoted"] is None else match["quoted"]


class Unit:
    """A paragraph, cell or note: something with a place of its own, read only where it may concern us.

    ``look`` gives its characters fast, some too many perhaps and without what separates them; ``read`` its Flow.
    ``aside`` are texts that belong to it and are not among these characters, such as the targets of its links.
    """

    __slots__ = (
        "_look",
        "_read",
        "_said",
        "_segments",
        "aside",
        "cell",
        "due",
        "holds_table",
        "label",
        "number",
        "pointer",
        "state",
    )

    def __init__(
        self,
        pointer: str,
        look: Callable[[], str],
        read: Callable[[], Flow],
        *,
        label: str | None = None,
        cell: bool = False,
        state: State = "plain",
    ) -> None:
        self.pointer, self.label, self.cell, self.state = pointer, label, cell, state
        self.number, self.due, self.holds_table = 0, False, False
        self.aside: list[str] = []
        self._look, self._read = look, read
        self._said: str | None = None
        self._segments: list[Segment] | None = None

    @property
    def said(self) -> str:
        """Its characters, some too many perhaps, and without what separates them."""
        if self._said is None:
            self._said = self._look()
        return self._said

    def heading(self) -> str:
        """Return what it says as a heading: its exact text, in one line."""
        said = self.said
        return " ".join((self._read().text if 0 < len(said) <= _LONGEST_HEADING else said).split())

    @property
    def segments(self) -> list[Segment]:
        """Its Segments, always the same."""
        if self._segments is None:
            found = self._read().segments(self.pointer, self.number, label=self.label, cell=self.cell, state=self.state)
            if self.due and not (found and found[0].cell):
                found.insert(0, Segment("", RunBlock("", self.pointer, self.number), self.label, cell=True))
            if self.due:
                found[0].due = True
            self._segments = found
        return self._segments

    def wanted(self, wanted: Wanted) -> Sequence[Segment]:
        """Return its Segments that are wanted."""
        if self._segments is None and not (
            wanted(self.said, self.label) or any(wanted(text, None) for text in self.aside)
        ):
            return ()
        return [segment for segment in self.segments if wanted(segment.text, segment.label)]


_LONGEST_HEADING = 200
_LONGEST_ITEM = 300
"""A longer paragraph is no item of a list of IDs."""


class TableCell(NamedTuple):
    """A cell of a table: the columns that it spans, its row, and what stands in it; 0-based."""

    row: int
    column: int
    span: int
    unit: Unit


def label_cells(table: Sequence[TableCell]) -> None:
    """Give each cell of a table the label that names it, and tell the empty ones where an ID should stand."""
    rows: dict[int, list[TableCell]] = {}
    for cell in table:
        rows.setdefault(cell.row, []).append(cell)
    width = max((cell.column + cell.span for cell in table), default=0)
    numbers = sorted(rows)
    first = [_texts(rows[number], width, exact=True) for number in numbers[: columns.FIRST_ROWS]]
    merged = {
        (i, cell.column): cell.column + cell.span - 1
        for i, number in enumerate(numbers[: columns.FIRST_ROWS])
        for cell in rows[number]
        if cell.span > 1
    }
    head = columns.head(first, merged)
    if not head.bands and not head.beside:
        return
    for i, number in enumerate(numbers):
        by_column = {cell.column: cell.unit for cell in rows[number]}
        band = head.band(i)
        for named in columns.cells(band, _texts(rows[number], width, exact=False)) if band is not None else ():
            if (unit := by_column.get(named.column)) is not None:
                unit.label, unit.due = named.label, named.due and not unit.holds_table
        for column, unit in by_column.items():
            unit.label = head.beside.get((i, column), unit.label)


def _texts(cells: Sequence[TableCell], width: int, *, exact: bool) -> list[str]:
    """Return the texts of a row by columns; exact ones are without footnote marks."""
    texts = [""] * width
    for cell in cells:
        texts[cell.column] = cell.unit.heading() if exact else cell.unit.said.strip()
    return texts


class FlowDocument(BlockDocument):
    """An office document: units of running text, some of them cells of tables."""

    has_links = True

    def __init__(self, source: Source, form: str) -> None:
        super().__init__(source)
        self.format = form
        self.package: Package | None = None
        self._along: dict[Change, Change] = {}
        self.units: list[Unit] = []
        self.tables: list[list[TableCell]] = []
        self._is_labelled = False

    def add(self, unit: Unit) -> Unit:
        """Take in a unit, behind the others."""
        self.units.append(unit)
        unit.number = len(self.units)
        return unit

    def add_text(
        self,
        text: str,
        pointer: str,
        *,
        label: str | None = None,
        state: State = "plain",
        spot: Spot | None = None,
    ) -> None:
        """Take in a text that is one piece; ``spot`` is where it stands by itself."""

        def read() -> Flow:
            flow = Flow()
            flow.put(text, spot)
            return flow

        if text and not text.isspace():
            self.add(Unit(pointer, lambda: text, read, label=label, cell=True, state=state))

    def change(self, edit: Edit) -> Change | None:
        """Return what an edit does to a part of the package; None where its span is not in one run of text."""
        place = edit.place
        if self.package is None or edit.text is None or edit.target is not None or place.start is None:
            return None
        if not isinstance(place.origin, RunBlock) or place.end is None:
            return None
        run = place.origin.run(place.start, place.end)
        if run is None:
            return None
        change = self.package.change(run.spot, place.start - run.start, place.end - run.start, edit.text)
        for link, spot in place.origin.targets if change is not None else ():
            # A link that shows its own target goes on to do so.
            around = link.start <= place.start and place.end <= link.end
            if change is not None and around and place.origin.text[link.start : link.end] == link.target == spot.value:
                along = self.package.change(spot, place.start - link.start, place.end - link.start, edit.text)
                if along is not None:
                    self._along[change] = along
        return change

    def rewrite(self, changes: Sequence[Change]) -> bytes:
        """Return the bytes of the package with changes made; all members without a change stay byte for byte."""
        if self.package is None:
            return self.source.data
        along = (self._along[change] for change in changes if change in self._along)
        return self.package.archive.spliced(list(dict.fromkeys([*changes, *along])))

    def parts(self) -> Iterator[Part]:
        """Yield the whole document as one part."""
        yield Part((), self._wanted)

    def _wanted(self, wanted: Wanted) -> Iterator[Segment]:
        if not self._is_labelled:
            self._is_labelled = True
            for table in self.tables:
                label_cells(table)
        lead: str | None = None
        for unit in self.units:
            if lead is not None and not unit.said.strip():
                continue
            found: Sequence[Segment]
            if lead is not None and not unit.cell and len(unit.said) <= _LONGEST_ITEM:
                found = unit.segments
                for segment in found[:1]:
                    segment.lead = lead
            else:
                lead = None
                found = unit.wanted(wanted)
            yield from found
            if found and not unit.cell and (unit.said.rstrip().endswith((":", "：")) or "gsn" in unit.said.lower()):
                lead = unit.segments[0].text

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the pattern matches in one of the units."""
        return any(pattern.search(text) is not None for unit in self.units for text in (unit.said, *unit.aside))
