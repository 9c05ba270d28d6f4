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
from igsn_lint.readers.margins import unnumbered

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
        self._cuts: set[tuple[int, int]] = set()
        self._words: dict[int, tuple[list[tuple[int, int]], list[Extent], float]] = {}
        self._lines = unnumbered(text, [m.span() for m in _LINE.finditer(text) if m.end() > m.start()], extents)

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
            self._find_cut_lines(flow)
            out.end_flow()
            for start, end in flow:
                shown = self.text[start:end]
                kept = shown.rstrip("\r\n \ufffe") + ("-" if shown.endswith("\ufffe") else "")
                if not kept or kept.isspace():
                    continue
                if taken and not (kept := self._without(kept, start, taken)).strip():
                    out.end_flow()
                    continue
                out.line(kept, start, lambda a, b: (a, b) in self._cuts or joined(a, b))
                # A piece ends before the sign that the layout broke a word there.
                if self.text[end : end + 1] == "\ufffe":
                    out.hyphen(end)
        return out.finish()

    def _find_cut_lines(self, flow: Sequence[tuple[int, int]]) -> None:
        """Note where lines of running text end at its width, inside of an ID."""
        for i, ((start, end), (begin, stop)) in enumerate(itertools.pairwise(flow)):
            if "10." not in self.text[start:end]:
                continue
            before, after = self.text[start:end].rstrip(), self.text[begin:stop]
            if not before.strip() or not after.strip() or not _are_one_id(before, after, cell=False):
                continue
            ends = [self._end(*line) for line in flow[max(0, i - _AROUND) : i + _AROUND + 2]]
            right, size = self._end(start, end)
            if right > max(end for end, _ in ends) - _FULL * size:
                self._cuts.add((start + len(before) - 1, stop - len(after.lstrip())))

    def _end(self, start: int, end: int) -> tuple[float, float]:
        """Return where a line ends, and the width of its characters."""
        words = [m.span() for m in _WORD.finditer(self.text, start, end)]
        if not words:
            return float("-inf"), 1.0
        first, last = self._extents([words[0], words[-1]])
        return last.right, (last.right - first.left) / max(words[-1][1] - words[0][0], 1)

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
            if not any(self._may_be_label(piece) for piece in self.pieces(number, _CELL_GAP)):
                continue
            heading, names, behind = self._heading(number)
            if any(map(is_igsn_label, names)):
                rows, at = self._rows(heading, behind)
                found = list(self._cells(heading, names, rows))
                # Geometry guesses: it is a column of codes where most of it are.
                if 2 * sum(_are_codes(self._joined(cell.pieces)) for cell in found) >= len(found):
                    yield from found

    def _may_be_label(self, piece: Piece) -> bool:
        """Return whether a piece may be a label, or a line of one."""
        said = self._said(piece)
        return "gsn" in said.lower() and (is_igsn_label(said) or (_is_short(said) and "/" not in said))

    def _heading(self, number: int) -> tuple[list[Piece], list[str], int]:
        """Return the heading in which a line stands: its columns, their names, and the number of the line behind it.

        Its cells may have several lines: what stands above one another is one name. What spans columns names none.
        """
        numbers = self._heading_lines(number)
        stacks: list[list[Piece]] = []
        pieces = [piece for i in numbers for piece in self.pieces(i, _CELL_GAP)]
        for piece in sorted(pieces, key=lambda piece: piece.base):
            below = [stack for stack in stacks if any(piece.overlap(other) > 0 for other in stack)]
            if len(below) == 1:
                below[0].insert(0, piece)
            elif not below and not any(_is_mark(piece, stack[-1]) for stack in stacks):
                stacks.append([piece])
        stacks.sort(key=lambda stack: stack[-1].left)
        heading, names = [], []
        for stack in stacks:
            texts = [self._unmarked(piece) for piece in stack]
            name = " ".join(texts)
            if not is_igsn_label(name):
                # What stands above may be a title.
                label = next((i for i, text in enumerate(texts) if is_igsn_label(text)), None)
                stack, name = (stack, name) if label is None else ([stack[label]], texts[label])
            left, right = min(piece.left for piece in stack), max(piece.right for piece in stack)
            heading.append(stack[-1]._replace(left=left, right=right))
            names.append(name)
        return heading, names, numbers.stop

    def _heading_lines(self, number: int) -> range:
        """Return the lines of a heading, as they were printed.

        Cell by cell, from left to right: then lines go up again. Or line by line: then the words of one line stand
        above or below those of the other.
        """
        own = self.pieces(number, _CELL_GAP)
        level, reach = own[0].base, _LINE_STEP * own[0].width
        begin, end, last, first = number, number + 1, own[-1], own[0]
        for i in range(number - 1, max(number - _MOST_HEADING_LINES, 0) - 1, -1):
            found = self.pieces(i, _CELL_GAP)
            if not found or not self._are_short(found) or abs(found[-1].base - level) > 2 * reach:
                break
            stacked = found[-1].overlap(first) > 0 and found[-1].base > first.base
            if not (stacked or (found[-1].right <= first.left and found[-1].base <= level + reach / 2)):
                break
            begin, first = i, found[0]
        lowest = min(level, first.base) if begin < number else level
        for i in range(end, min(end + _MOST_HEADING_LINES, len(self._lines))):
            found = self.pieces(i, _CELL_GAP)
            if not found or not self._are_short(found) or abs(found[0].base - level) > 2 * reach:
                break
            below = found[0].base < last.base and found[0].overlap(last) > 0
            if found[0].left < last.right and not below:
                break
            goes_on = below and len(found) > 1 and not any(c.isdigit() for c in self._said(*found))
            last = found[-1]
            if goes_on or last.base >= lowest - last.width / 2:
                end = i + 1
        if begin == number and end == number + 1:
            top = own
            while begin and self._heads(top, above := self.pieces(begin - 1, _CELL_GAP), reach):
                begin, top = begin - 1, above
            if begin == number and end < len(self._lines):
                under = self.pieces(end, _CELL_GAP)
                brings_columns = any(max([piece.overlap(each) for each in own]) <= 0 for piece in under)
                end += brings_columns and self._heads(under, own, reach)
        return range(begin, end)

    def _heads(self, below: list[Piece], above: list[Piece], reach: float) -> bool:
        """Return whether a line right above another one belongs to the same heading."""
        if not above or not self._are_short([*above, *below]):
            return False
        over = [sum(piece.overlap(each) > 0 for each in below) for piece in above]
        return above[0].width / 2 < above[0].base - below[0].base <= reach and max(over) == 1

    def _are_short(self, pieces: list[Piece]) -> bool:
        return all(_is_short(self._said(piece)) for piece in pieces)

    def _unmarked(self, piece: Piece) -> str:
        """Return what a piece of a heading says without raised marks of footnotes at its end."""
        said = self._said(piece)
        if "gsn" not in said.lower() or said[-1:] in "nN":
            return said
        chars = [(piece.start, piece.start + 1), *((i, i + 1) for i in range(piece.end - _MARK_LENGTH, piece.end))]
        base, *ends = [extent.base for extent in self._extents(chars)]
        marks = list(itertools.takewhile(lambda end: end - base > _RAISED * piece.width, reversed(ends)))
        return said[: len(said) - len(marks)].rstrip()

    def _said(self, *pieces: Piece) -> str:
        return " ".join(self.text[piece.start : piece.end].translate(_PLAIN) for piece in pieces)

    def _joined(self, pieces: Iterable[Piece]) -> str:
        """Return what the pieces of a cell say, without blanks where one goes on in the next."""
        said, before = "", None
        for piece in pieces:
            blank = "" if before is None or self._goes_on(before, piece) else " "
            said += blank + self._said(piece)
            before = piece
        return said

    def _rows(self, heading: list[Piece], at: int) -> tuple[list[dict[int, list[Piece]]], int]:
        """Return the rows below a heading, each its pieces by column, and the number of the line behind them.

        Where cells are printed one by one, a row goes up again in the columns further right.
        """
        rows: list[dict[int, list[Piece]]] = []
        last = min(heading, key=lambda piece: piece.base)
        top, low, column = last.base, last.base, len(heading) - 1
        while at < len(self._lines):
            found = self.pieces(at, _CELL_GAP)
            if found:
                piece = found[0]
                step, size = last.base - piece.base, max(piece.width, last.width)
                columns_here = [min(range(len(heading)), key=lambda c: _distance(heading[c], each)) for each in found]
                further = columns_here[0] > column or piece.left >= last.right
                right_of = further and piece.overlap(heading[columns_here[0]]) > -piece.width
                if step <= -piece.width and not (rows and right_of and piece.base < top):
                    break
                if low - piece.base > _ROW_STEP * size:
                    break
                if len(found) == 1 and len(heading) > 1 and _columns_under(piece, heading) > 1:
                    break
                row: dict[int, list[Piece]] = {}
                for each, number in zip(found, columns_here, strict=True):
                    row.setdefault(number, []).append(each)
                # The next line of the cell that was printed last
                goes_on = 0 < columns_here[0] == column and step <= _LINE_STEP * size
                if rows and (step < 0.5 * piece.width or goes_on):
                    for number, more in row.items():
                        rows[-1].setdefault(number, []).extend(more)
                    low = min(low, piece.base)
                else:
                    if rows:
                        top = low
                    rows.append(row)
                    low = piece.base
                last, column = found[0], columns_here[-1]
            at += 1
        return rows, at

    def _cells(self, heading: list[Piece], names: list[str], rows: list[dict[int, list[Piece]]]) -> Iterator[Cell]:
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
        for column in {column for band in head.bands for column in band.labels}:
            self._find_cuts([piece for row in rows for piece in row.get(column, ())])
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
                same_row = 0 not in row or set(row) <= set(open_cells)
                for piece in pieces_here:
                    joins = before is not None and (same_row or self._is_begun(before[1][-1], piece))
                    if before is not None and joins and self._stands_in(before[1][-1], piece):
                        before[1].append(piece)
                        continue
                    if before is not None:
                        yield Cell(before[0], tuple(before[1]))
                    before = open_cells[named.column] = (named.label, [piece])
                    same_row = True
        for label, found in open_cells.values():
            yield Cell(label, tuple(found))

    def _is_begun(self, before: Piece, piece: Piece) -> bool:
        """Return whether what ends with a slash can be no whole ID, and the rest of it stands right below."""
        size = max(before.width, piece.width)
        return self.text[before.end - 1 : before.end] == "/" and 0 < before.base - piece.base <= 2 * _LINE_STEP * size

    def _stands_in(self, before: Piece, piece: Piece) -> bool:
        """Return whether a piece stands in the cell of the one before it: right of it, or as the rest of its word."""
        return abs(before.base - piece.base) < piece.width / 2 or self._goes_on(before, piece)

    def _find_cuts(self, pieces: list[Piece]) -> None:
        """Note where lines of a column of IDs end at its width, inside of one."""
        limit = max([piece.right for piece in pieces], default=0)
        for before, piece in itertools.pairwise(pieces):
            step, size = before.base - piece.base, max(before.width, piece.width)
            full = before.right > limit - _FULL * size and _distance(before, piece) < size
            if not full or not size / 2 < step <= _LINE_STEP * size:
                continue
            if _are_one_id(self._said(before), self._said(piece), cell=True):
                self._cuts.add((before.end - 1, piece.start))

    def _goes_on(self, piece: Piece, behind: Piece) -> bool:
        """Return whether the text of a cell goes on in the next line."""
        return (
            self.text[piece.end - 1 : piece.end] in (*_HYPHENS, "/")
            or self.text[piece.end : piece.end + 1] == "\ufffe"
            or (piece.end - 1, behind.start) in self._cuts
        )

    def cell_text(self, cell: Cell, joined: Callable[[int, int], bool]) -> Text:
        """Return the text of a cell."""
        return self._text([[(piece.start, piece.end) for piece in cell.pieces]], [], joined)


_ROW_STEP = 7
"""So many characters is a row at most below the one before it."""

_LINE_STEP = 3.3
"""So many characters is a line of a cell at most below the one before it."""

_MOST_HEADING_LINES = 40
_MARK_LENGTH = 3
_AROUND = 3
_RAISED = 0.3
"""A mark of a footnote stands so many characters above the base line."""

_FULL = 1.5
"""A line that ends so many characters before the width of its column may have been cut there."""

_PLAIN = {0xAD: "-", 0xFFFE: "-", 0x2010: "-"}


def _is_code(text: str) -> bool:
    return len(text) >= 5 and " " not in text and any(c.isdigit() for c in text)


def _are_codes(text: str) -> bool:
    """Return whether all words have a digit, as codes have."""
    return all(any(c.isdigit() for c in word) for word in text.split())


def _is_short(text: str) -> bool:
    """Return whether a text may be a line of a heading."""
    return len(text.split()) <= _KEY_WORDS and sum(c.isdigit() for c in text) < _CODE_DIGITS


_CODE_DIGITS = 3


def _is_mark(piece: Piece, before: Piece) -> bool:
    """Return whether a piece is the mark of a footnote behind another one."""
    return piece.end - piece.start <= _MARK_LENGTH and -1 < piece.left - before.right < piece.width


def _are_one_id(before: str, after: str, *, cell: bool) -> bool:
    """Return whether the end of a line that was cut and the beginning of the next one are one ID, and surely not two.

    The first part has a prefix and no number behind it, or (in a ``cell``) can be no whole code, or the second none.
    """
    tail, head = before.split()[-1], after.split()[0].rstrip(_STOPS)
    if _REST.fullmatch(head) is None or not tail[-1].isalnum():
        return False
    begun = _BEGUN.search(tail)
    code = tail[begun.end() :] if begun is not None else tail
    if not code.isascii() or not code.replace("-", "").replace(".", "").isalnum():
        return False
    if not any(c.isdigit() for c in code):
        if begun is None:
            return cell and _STEM.fullmatch(code) is not None and head[0].isdigit()
        return cell or (head[0].isdigit() and _YEAR.fullmatch(head) is None)
    if not cell or not head[0].isdigit():
        return False
    return not head.isdigit() or (len(code + head) == _CLASSICAL and _STEM.match(code) is not None)


_STOPS = ".,;:)]"
_CLASSICAL = 9
_BEGUN = lazy(r"10\.\d{4,9}/|(?i:igsn)[:/]")
_REST = lazy(r"(?!10\.\d{4})(?=[A-Z.\-]*\d)[A-Z0-9][A-Za-z0-9.\-]*")
_STEM = lazy("[A-Z]{2,5}")
_YEAR = lazy(r"(?:19|20)\d\d")


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
