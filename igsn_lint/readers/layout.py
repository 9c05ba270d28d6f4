"""The layout of a printed page: its lines and columns by geometry, text in reading order, cells of tables.

Where a line ends, nothing is known for certain: a hyphen may belong to the word or to the layout. A gap in a line that
is wider than spaces divides columns, and what it divides is never joined.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.labels import is_igsn_label
from igsn_lint.patterns import lazy
from igsn_lint.readers import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_HYPHENS = "-\u00ad\u2010\ufffe"
_LINE = lazy(r"[^\r\n\ufffe]*(?:\ufffe|\r\n|\r|\n|\Z)")
_WORD = lazy(r"[^\s\u00a0]+")
_URL_GOES_ON = lazy(r"(?:[^\s/]/|://\S*(?:[=&?#_]|/10\.))\Z")
"""The end of a line behind which a URL goes on."""

WIDE = 1.9
"""A gap of so many characters divides columns: three spaces or more."""

_CELL_GAP = 1.5
"""A gap of so many characters divides the cells of a table: more than one space, also where all have one width."""

_KEY_WORDS = 6
_MOST_COLUMNS = 200


class Extent(NamedTuple):
    """Where a word stands as the page is shown: from left to right, on a base line; upwards counts up."""

    left: float
    right: float
    base: float


class Piece(NamedTuple):
    """A stretch of characters of one line with nothing wide between them."""

    start: int
    end: int
    left: float
    right: float
    base: float
    width: float
    """The width of a character, on the average."""

    def overlap(self, other: Piece) -> float:
        """Return over how much they stand above one another."""
        return min(self.right, other.right) - max(self.left, other.left)


class Cell(NamedTuple):
    """A cell of a table under a heading that is a label: its pieces from top to bottom."""

    label: str
    pieces: tuple[Piece, ...]


class Text(NamedTuple):
    """Text of a page in reading order, the offsets of doubtful hyphens in it, and where its characters come from."""

    text: str
    breaks: list[int]
    starts: list[int]
    """By stretch: its offset in the text."""
    origins: list[int]
    """By stretch: the index of its first character on the page."""

    def offset(self, index: int) -> int | None:
        """Return where the character of the page with this index stands in the text, or None where it does not."""
        for at, origin, end in zip(self.starts, self.origins, [*self.starts[1:], len(self.text)], strict=True):
            if origin <= index < origin + end - at:
                return at + index - origin
        return None


class Page:
    """The characters of a page in the order in which they were printed.

    ``extents`` gives where words stand, each from a first to behind a last character.
    """

    def __init__(self, text: str, extents: Callable[[list[tuple[int, int]]], list[Extent]]) -> None:
        self.text, self._extents = text, extents
        self._words: dict[int, tuple[list[tuple[int, int]], list[Extent], float]] = {}
        self._lines = [m.span() for m in _LINE.finditer(text) if m.end() > m.start()]

    def pieces(self, number: int, gap: float) -> list[Piece]:
        """Return the pieces of a line that gaps of so many characters divide.

        Behind a colon it goes on, unless the lines around it have a gap at the same place, as columns have.
        """
        found = self._divided(number, gap)
        at = 0
        while at + 1 < len(found):
            one, other = found[at], found[at + 1]
            said = self.text[one.start : one.end]
            if said.endswith((":", "：")) and len(said.split()) <= _KEY_WORDS and not self._is_gutter(number, gap, one):
                found[at : at + 2] = [one._replace(end=other.end, right=other.right)]
            else:
                at += 1
        return found

    def _is_gutter(self, number: int, gap: float, left: Piece) -> bool:
        """Return whether the gap behind a piece goes on in the lines around it."""
        for other in range(max(0, number - 2), min(len(self._lines), number + 3)):
            around = self._divided(other, gap) if other != number else []
            for one, two in itertools.pairwise(around):
                keyed = self.text[one.end - 1] in ":："
                if not keyed and one.right > left.left and two.left >= left.right:
                    return True
        return False

    def _divided(self, number: int, gap: float) -> list[Piece]:
        """Return the pieces of a line that gaps of so many characters divide."""
        if number not in self._words:
            words = [m.span() for m in _WORD.finditer(self.text, *self._lines[number])]
            extents = self._extents(words)
            chars = sum([end - start for start, end in words])
            width = sum([max(extent.right - extent.left, 0) for extent in extents]) / max(chars, 1)
            self._words[number] = words, extents, width or 1.0
        words, extents, width = self._words[number]
        if not words:
            return []
        pieces: list[Piece] = []
        begin, most, first = 0, gap * width, extents[0]
        for i in range(1, len(words) + 1):
            if i < len(words) and extents[i].left - extents[i - 1].right <= most and extents[i].right > first.left:
                continue
            right = max(extents[i - 1].right, first.right)
            pieces.append(Piece(words[begin][0], words[i - 1][1], first.left, right, first.base, width))
            begin = i
            first = extents[min(begin, len(words) - 1)]
        return pieces

    def read(self, spots: Iterable[int], joined: Callable[[int, int], bool]) -> tuple[Text, list[Cell]]:
        """Return the text in reading order, and the cells of tables under labels, which are left out of it.

        ``spots`` are the characters in whose lines something may matter; ``joined`` says of the last and first
        character of two lines whether they are known to belong together.
        """
        cells: list[Cell] = []
        starts = [start for start, _ in self._lines]
        examined = sorted({max(bisect_right(starts, spot) - 1, 0) for spot in spots}) if starts else []
        if any("gsn" in self.text[slice(*self._lines[i])].lower() for i in examined):
            cells = list(self._tables())
        taken = sorted((piece.start, piece.end) for cell in cells for piece in cell.pieces)
        if taken or any(len(self.pieces(i, WIDE)) > 1 for i in examined):
            flows = [[(p.start, p.end) for p in chain] for chain in self._chains()]
        else:
            flows = [self._lines]
        return self._text(flows, taken, joined), cells

    def _chains(self) -> list[list[Piece]]:
        """Return the pieces of all lines as columns of text: each goes on in the piece right below it."""
        chains: list[list[Piece]] = []
        active: list[list[Piece]] = []
        for number in range(len(self._lines)):
            found = self.pieces(number, WIDE)
            for piece in found:
                above = [chain for chain in active if _follows(chain[-1], piece)]
                best = max(above, key=lambda chain: chain[-1].overlap(piece), default=None)
                if best is not None and (len(above) == 1 or len(found) > 1):
                    best.append(piece)
                else:
                    chains.append([piece])
                    active.append(chains[-1])
            if found:
                low = found[-1].base
                reach = 8 * found[-1].width
                active = [chain for chain in active if abs(chain[-1].base - low) <= reach][-_MOST_COLUMNS:]
        return chains

    def _text(
        self,
        flows: Iterable[Sequence[tuple[int, int]]],
        taken: list[tuple[int, int]],
        joined: Callable[[int, int], bool],
    ) -> Text:
        out = _Writer()
        for flow in flows:
            out.end_flow()
            for start, end in flow:
                shown = self.text[start:end]
                kept = shown.rstrip("\r\n \ufffe") + ("-" if shown.endswith("\ufffe") else "")
                if not kept or kept.isspace():
                    continue
                if taken and not (kept := self._without(kept, start, taken)).strip():
                    out.end_flow()
                    continue
                out.line(kept, start, joined)
                # A piece ends before the sign that the layout broke a word there.
                if self.text[end : end + 1] == "\ufffe":
                    out.hyphen(end)
        return out.finish()

    def _without(self, text: str, start: int, taken: list[tuple[int, int]]) -> str:
        """Return a stretch without what stands in cells that are read by themselves."""
        i = max(0, bisect_right(taken, (start, start)) - 1)
        while i < len(taken) and taken[i][0] < start + len(text):
            a, b = max(taken[i][0] - start, 0), taken[i][1] - start
            if b > a:
                text = text[:a] + " " * (min(b, len(text)) - a) + text[b:]
            i += 1
        return text

    def _tables(self) -> Iterator[Cell]:
        """Yield the cells below headings that are labels."""
        at = 0
        while at < len(self._lines):
            number, at = at, at + 1
            if "gsn" not in self.text[slice(*self._lines[number])].lower():
                continue
            heading = self.pieces(number, _CELL_GAP)
            if any(is_igsn_label(self._said(piece)) for piece in heading):
                rows, at = self._rows(heading, at)
                found = list(self._cells(heading, rows))
                # Geometry guesses: it is a column of codes where most of it are.
                if 2 * sum(_are_codes(self._said(*cell.pieces)) for cell in found) >= len(found):
                    yield from found

    def _said(self, *pieces: Piece) -> str:
        return " ".join(self.text[piece.start : piece.end].translate(_PLAIN) for piece in pieces)

    def _rows(self, heading: list[Piece], at: int) -> tuple[list[dict[int, list[Piece]]], int]:
        """Return the rows below a heading, each its pieces by column, and the number of the line behind them."""
        rows: list[dict[int, list[Piece]]] = []
        last = heading[0]
        while at < len(self._lines):
            found = self.pieces(at, _CELL_GAP)
            if found:
                piece = found[0]
                step = last.base - piece.base
                if not -piece.width < step <= _ROW_STEP * max(piece.width, last.width):
                    break
                if len(found) == 1 and len(heading) > 1 and _columns_under(piece, heading) > 1:
                    break
                row: dict[int, list[Piece]] = {}
                for each in found:
                    column = min(range(len(heading)), key=lambda c: _distance(heading[c], each))
                    row.setdefault(column, []).append(each)
                if rows and step < 0.5 * piece.width:
                    for column, more in row.items():
                        rows[-1].setdefault(column, []).extend(more)
                else:
                    rows.append(row)
                last = piece
            at += 1
        return rows, at

    def _cells(self, heading: list[Piece], rows: list[dict[int, list[Piece]]]) -> Iterator[Cell]:
        names = [self._said(piece) for piece in heading]
        if len(heading) == 1:
            # A word alone on its line is a heading of codes only where codes stand below it.
            codes = [row for row in rows if len(row) == 1 and _is_code(self._said(*row[0]))]
            rows = rows[: next((i for i, row in enumerate(rows) if row not in codes), len(rows))]
        grid = [names, *([self._said(*row.get(c, ())) for c in range(len(names))] for row in rows)]
        if len(rows) == 0:
            return
        head = columns.head(grid[: columns.FIRST_ROWS])
        for (i, column), label in head.beside.items():
            pieces = heading[column] if i == 0 else None
            if pieces is not None:
                yield Cell(label, (pieces,))
            elif rows[i - 1].get(column):
                yield Cell(label, tuple(rows[i - 1][column]))
        open_cells: dict[int, tuple[str, list[Piece]]] = {}
        for i, row in enumerate(rows, 1):
            band = head.band(i)
            for named in columns.cells(band, grid[i]) if band is not None else ():
                pieces_here = [
                    piece for piece in row.get(named.column, ()) if piece.overlap(heading[named.column]) > -piece.width
                ]
                if named.label is None or not pieces_here:
                    continue
                before = open_cells.get(named.column)
                if before is not None and set(row) <= set(open_cells) and self._goes_on(before[1][-1]):
                    before[1].extend(pieces_here)
                    continue
                if before is not None:
                    yield Cell(before[0], tuple(before[1]))
                open_cells[named.column] = (named.label, pieces_here)
        for label, found in open_cells.values():
            yield Cell(label, tuple(found))

    def _goes_on(self, piece: Piece) -> bool:
        """Return whether the text of a cell goes on in the next line."""
        return (
            self.text[piece.end - 1 : piece.end] in (*_HYPHENS, "/") or self.text[piece.end : piece.end + 1] == "\ufffe"
        )

    def cell_text(self, cell: Cell, joined: Callable[[int, int], bool]) -> Text:
        """Return the text of a cell."""
        return self._text([[(piece.start, piece.end) for piece in cell.pieces]], [], joined)


_ROW_STEP = 7
"""So many characters is a row at most below the one before it."""

_PLAIN = {0xAD: "-", 0xFFFE: "-", 0x2010: "-"}


def _is_code(text: str) -> bool:
    return len(text) >= 5 and " " not in text and any(c.isdigit() for c in text)


def _are_codes(text: str) -> bool:
    """Return whether all words have a digit, as codes have."""
    return all(any(c.isdigit() for c in word) for word in text.split())


def _distance(heading: Piece, piece: Piece) -> float:
    """Return how badly a piece stands below a heading: their left, right or middle may be aligned."""
    left, right = heading.left - piece.left, heading.right - piece.right
    return min(abs(left), abs(right), abs(left + right) / 2)


def _columns_under(piece: Piece, heading: list[Piece]) -> int:
    return sum(piece.overlap(each) > 0 for each in heading)


def _follows(above: Piece, piece: Piece) -> bool:
    """Return whether a piece stands right below another one."""
    step = above.base - piece.base
    size = max(above.width, piece.width)
    return 0.6 * size < step < 5 * size and above.overlap(piece) > 0


def _goes_on(before: str, after: str) -> bool:
    """Return whether a line goes on in the next one as one word: it ends inside a URL."""
    if before[-1] not in "/=&?#_." or (before[-1] == "." and not after[0].isdigit()):
        return False
    return _URL_GOES_ON.search(before[-200:]) is not None


class _Writer:
    """Puts lines together and knows where each character came from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._breaks: list[int] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        self._last: tuple[str, int] | None = None

    def end_flow(self) -> None:
        """Begin another column: nothing before it goes on in it."""
        if self._last is not None:
            self._put("\n\n")
            self._last = None

    def line(self, text: str, start: int, joined: Callable[[int, int], bool]) -> None:
        """Add a line whose first character has the index ``start``."""
        if self._last is not None:
            self._join(text, start, joined)
        lead = len(text) - len(text.lstrip())
        self._starts.append(self._length)
        self._origins.append(start + lead)
        shown = text.strip()
        self._put(shown.translate(_PLAIN))
        self._last = (shown, start + lead + len(shown) - 1)

    def hyphen(self, index: int) -> None:
        """Say that the layout broke a word here."""
        if self._last is not None:
            self._put("-")
            self._last = (self._last[0] + "-", index)

    def _join(self, text: str, start: int, joined: Callable[[int, int], bool]) -> None:
        assert self._last is not None
        before, index = self._last
        after = text.lstrip()
        first = start + len(text) - len(after)
        if before[-1] in _HYPHENS and len(before) > 1 and before[-2].isalnum() and after[0].isalnum():
            self._breaks.append(self._length - 1)
        elif not joined(index, first) and not _goes_on(before, after):
            self._put("\n")

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def finish(self) -> Text:
        """Return the text."""
        return Text("".join(self._parts), self._breaks, self._starts, self._origins)
