"""CSV and TSV: every cell with its heading, at its exact place in the text.

Rows are taken as they come, by lines where no quote stands in them; a cell is decoded only where it is wanted, so that
a large table costs about as much as splitting its lines (RFC 4180; what real files do otherwise is read as meant).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Document, Fault, Part, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers.columns import FIRST_ROWS, MOST_DUE, Band, Head, cells, head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from igsn_lint.model import Place, Settings, Wanted
    from igsn_lint.source import Source

_DELIMITERS = (",", ";", "\t", "|")
_BLOCK = 1 << 16
"""So many characters are looked at together before their rows are."""

_GROUP = 32
"""So many rows are looked at together before each of them is."""

_QUOTED = lazy(r'[ ]*"((?:[^"]++|"")*+)(")?')
_SEP = lazy(r"\ufeff?sep=(.)[ \t]*\r?(?:\n|\Z)", re.IGNORECASE)
_COMMENT_BLOCK = lazy(r"\ufeff?\s*/\*.*?\*/[ \t]*(?:\r?\n|\r|\Z)", re.DOTALL)


class CellOrigin(NamedTuple):
    """Where a cell stands: the span of its text in the file, within its quotes; its row, and its column's name."""

    start: int
    end: int
    row: int
    column: str
    quoted: bool


class Row(NamedTuple):
    """A row of the table: its number from 1, its span, where the next begins; ``spans`` of its cells where known."""

    number: int
    start: int
    end: int
    following: int
    spans: list[tuple[int, int, bool]] | None


class DelimitedDocument(Document):
    """A table in a text."""

    format = "csv"

    def __init__(self, source: Source, form: str) -> None:
        super().__init__(source)
        self.format = form
        text = source.text
        self._newline = "\n" if "\n" in text else "\r"
        self._comments: list[CellOrigin] = []
        self._begin, self._first_row = self._skip_comments(text)
        self._quotes_end = len(text)
        self._stray: int | None = None
        self._is_odd = text.count('"') % 2 == 1
        self._due = 0
        self._doubled: dict[int, list[int]] = {}
        self.delimiter = self._dialect(text)
        if self._is_odd:
            # An open quote is a fault of the file that is told also where nothing in it is wanted.
            for _ in self._rows():
                pass
            if self._stray is not None and self._quotes_end < len(text):
                # Only one is open: that behind which no quote stands.
                self._stray, self._is_odd, self._quotes_end = None, False, len(text)
                self.faults.clear()
                for _ in self._rows():
                    pass

    def _skip_comments(self, text: str) -> tuple[int, int]:
        """Return where the table begins, and the number of the row that begins there; note the comments before it."""
        at, row = int(text.startswith("\ufeff")), 1
        while True:
            match = (_SEP.match(text, 0) if at <= 1 else None) or _COMMENT_BLOCK.match(text, at)
            if match is not None:
                end = match.end()
            elif text.startswith("#", at):
                end = text.find(self._newline, at) + 1 or len(text)
                if self._is_heading(text[at:end]):
                    return at, row
            else:
                return at, row
            self._comments.append(CellOrigin(at, end, row, "", quoted=False))
            row += text.count(self._newline, at, end)
            at = end

    @staticmethod
    def _is_heading(line: str) -> bool:
        """Return whether a line that begins with # is a heading all the same: one of its cells says IGSN."""
        return any(d in line and any(map(is_igsn_label, line.split(d))) for d in _DELIMITERS)

    def _dialect(self, text: str) -> str:
        """Return the delimiter: what the file says, what gives a heading that says IGSN, else what fits most lines."""
        if (match := _SEP.match(text)) is not None:
            return match[1]
        sample = text[self._begin : self._begin + _BLOCK].splitlines()[:FIRST_ROWS]
        lines = [re.sub(r'"(?:[^"]|"")*"', "q", line) for line in sample if line.strip()]
        order = ("\t", *_DELIMITERS) if self.format == "tsv" else _DELIMITERS
        best, most = order[0], (False, 0.0, 0)
        for delimiter in dict.fromkeys(order):
            counts = [line.count(delimiter) for line in lines]
            common = max(set(counts) - {0}, key=counts.count, default=0)
            if not common:
                continue
            split = (line.split(delimiter) for line in sample if delimiter in line)
            headed = any(is_igsn_label(cell.strip('" ')) for row in split for cell in row)
            rank = (headed, counts.count(common) / len(counts), common)
            if rank > most:
                best, most = delimiter, rank
        if not most[0] and any(is_igsn_label(line.strip('" ')) for line in sample[:2]):
            return "\0"  # one column, whose cells may be lists
        return best

    def _rows(self, start: int | None = None, number: int | None = None, stop: int | None = None) -> Iterator[Row]:
        """Yield the rows that begin between two offsets, at the first of which one does."""
        text, newline = self.source.text, self._newline
        at = self._begin if start is None else start
        number = self._first_row if number is None else number
        size = len(text)
        stop = size if stop is None else stop
        quote = text.find('"', at)
        quote = size if quote < 0 else quote
        while at < stop:
            end = text.find(newline, at)
            if end < 0:
                end = size
            following = end + 1
            if quote < end and at <= self._quotes_end and text.count('"', quote, end) % 2:
                # A cell goes on in the next line, or a quote is only a character.
                spans, following = self._quoted_row(at)
                yield Row(number, at, spans[-1][1], following, spans)
            else:
                yield Row(number, at, end - 1 if end > at and text[end - 1] == "\r" else end, following, None)
            if quote < following:
                quote = text.find('"', following)
                quote = size if quote < 0 else quote
            number += 1
            at = following

    def _quoted_row(self, at: int) -> tuple[list[tuple[int, int, bool]], int]:
        """Return the spans of the cells of a row, and where the next row begins."""
        text, delimiter, newline = self.source.text, self.delimiter, self._newline
        size = len(text)
        spans: list[tuple[int, int, bool]] = []
        while True:
            match = _QUOTED.match(text, at) if at <= self._quotes_end else None
            if match is not None and self._is_open(match):
                # What is said of the quote is said: it is no part of what stands behind it.
                at = match.start(1)
                match = None
            behind = match.end() if match is not None else at
            line = text.find(newline, behind)
            line = size if line < 0 else line
            cut = text.find(delimiter, behind, line)
            end = line if cut < 0 else cut
            stop = end - 1 if cut < 0 and end > at and text[end - 1] == "\r" else end
            if match is not None and not text[behind:stop].strip():
                spans.append((match.start(1), match.end(1), True))
            else:
                spans.append((at, max(at, stop), False))
            if cut < 0:
                return spans, line + 1
            at = cut + 1

    def _is_open(self, match: re.Match[str]) -> bool:
        """Return whether what a quote opens is never closed, and note the first time that it is met.

        Where the quotes are odd in number, one is open of which the next cell in quotes, in another line, seems to be
        the end: something stands behind it that is no delimiter.
        """
        opened = match.start(1) - 1
        if opened in {self._stray, self._quotes_end}:
            return True
        if match[2] is None:
            self._quotes_end = opened
        elif self._is_odd and self._stray is None and self._newline in match[1] and self._goes_on(match.end()):
            self._stray = opened
        else:
            return False
        self.faults.append(Fault("malformed-document", opened, "a quote is opened here and never closed"))
        return True

    def _goes_on(self, at: int) -> bool:
        """Return whether a cell goes on at an offset, but for blanks."""
        text = self.source.text
        while text.startswith((" ", "\r"), at):
            at += 1
        return at < len(text) and text[at] not in {self.delimiter, self._newline}

    def _spans(self, row: Row) -> list[tuple[int, int, bool]]:
        if row.spans is not None:
            return row.spans
        spans: list[tuple[int, int, bool]] = []
        text, at = self.source.text, row.start
        if text.find('"', at, row.end) >= 0 and at <= self._quotes_end:
            return self._quoted_row(at)[0]
        for cell in text[at : row.end].split(self.delimiter):
            spans.append((at, at + len(cell), False))
            at += len(cell) + 1
        return spans

    def _value(self, span: tuple[int, int, bool]) -> str:
        text = self.source.text[span[0] : span[1]]
        return text.replace('""', '"') if span[2] and '"' in text else text

    @cached_property
    def _head(self) -> Head:
        first: list[list[str]] = []
        for row in self._rows():
            if len(first) == FIRST_ROWS:
                break
            first.append([self._value(span) for span in self._spans(row)])
        return head(first)

    def parts(self) -> Iterator[Part]:
        """Yield the whole table as one part."""
        yield Part((), self._segments, self.source.plain)

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        """Yield the wanted cells, and the comments above the table."""
        text = self.source.text
        for origin in self._comments:
            if wanted(comment := text[origin.start : origin.end], None):
                yield Segment(comment, origin)
        labels = {*self._head.beside.values(), *(label for band in self._head.bands for label in band.labels.values())}
        labelled = any(wanted("", label) for label in labels)
        self._due = 0
        for start, end, number in self._blocks:
            hinted = wanted(text[start:end], None)
            if not hinted and not labelled:
                continue
            rows = self._rows(start, number, end)
            while group := list(islice(rows, _GROUP)):
                near = hinted and wanted(text[group[0].start : group[-1].end], None)
                if near or labelled:
                    for row in group:
                        yield from self._wanted(row, wanted, near=near, labelled=labelled)

    def _wanted(self, row: Row, wanted: Wanted, *, near: bool, labelled: bool) -> Iterator[Segment]:
        """Yield the wanted cells of a row; ``near`` says that something is in the rows around it."""
        index = row.number - self._first_row
        band = self._head.band(index)
        if near and wanted(self.source.text[row.start : row.end], None):
            yield from self._row(row, index, band, wanted)
        elif labelled and (band is not None or self._head.beside):
            yield from self._labelled(row, index, band, wanted)

    @cached_property
    def _blocks(self) -> list[tuple[int, int, int]]:
        """The table in spans of whole rows, each with the number of its first row."""
        text, newline = self.source.text, self._newline
        at, number, size = self._begin, self._first_row, len(text)
        blocks = []
        while at < size:
            end = text.find(newline, min(at + _BLOCK, size)) + 1 or size
            first, start = number, at
            if text.find('"', at, end) < 0 or at > self._quotes_end:
                number += text.count(newline, at, end)
                at = end
            else:
                for row in self._rows(at, number, end):
                    number, at = row.number + 1, row.following
            blocks.append((start, at, first))
        return blocks

    def _row(self, row: Row, index: int, band: Band | None, wanted: Wanted) -> Iterator[Segment]:
        """Yield the wanted cells of a row in which something is."""
        spans = self._spans(row)
        values = [self._value(span) for span in spans]
        named = {} if band is None else {cell.column: cell for cell in cells(band, values)}
        names = self._head.names if band is None else band.names
        for column, value in enumerate(values):
            cell = named.pop(column, None)
            label = self._head.beside.get((index, column)) or (cell.label if cell is not None else None)
            label = label or self._head.told(values, column)
            due = cell is not None and cell.due
            if (value.strip() or due) and wanted(value, label) and ((told := due and self._is_told()) or value.strip()):
                yield self._segment(row, spans, column, names, label, due=told)
        for column, cell in named.items():
            if cell.due and wanted("", cell.label) and self._is_told():
                yield self._segment(row, spans, column, names, cell.label, due=True)

    def _labelled(self, row: Row, index: int, band: Band | None, wanted: Wanted) -> Iterator[Segment]:
        """Yield the cells of a row that a label names."""
        if self._head.beside and any(at[0] == index for at in self._head.beside):
            yield from self._row(row, index, band, wanted)
            return
        if band is None:
            return
        line = self.source.text[row.start : row.end]
        values = line.split(self.delimiter) if '"' not in line else [self._value(span) for span in self._spans(row)]
        if self._due > MOST_DUE and not any(c < len(values) and values[c] for c in band.labels):
            return
        spans = None
        for cell in cells(band, values):
            value = values[cell.column] if cell.column < len(values) else ""
            if cell.label is not None and wanted(value, cell.label):
                told = cell.due and self._is_told()
                if told or value.strip():
                    spans = spans or self._spans(row)
                    yield self._segment(row, spans, cell.column, band.names, cell.label, due=told)

    def _segment(
        self,
        row: Row,
        spans: list[tuple[int, int, bool]],
        column: int,
        names: Mapping[int, str],
        label: str | None,
        *,
        due: bool,
    ) -> Segment:
        """Return the Segment of a cell; one that a short row does not have any more is empty at its end."""
        start, end, quoted = span = spans[column] if column < len(spans) else (row.end, row.end, False)
        origin = CellOrigin(start, end, row.number, names.get(column) or str(column + 1), quoted)
        return Segment(self._value(span), origin, label, cell=True, due=due)

    def _is_told(self) -> bool:
        """Return whether one more row without an ID is told, and count it."""
        self._due += 1
        if self._due == MOST_DUE + 1:
            self.notices.append(f"of the rows without an ID only {MOST_DUE:,} are told")
        return self._due <= MOST_DUE

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place; each doubled quote before it stands one further in the file."""
        origin = place.origin
        if origin is None:
            return super().locate(place)
        start = 0 if place.start is None else place.start
        doubled = self._doubled_in(origin) if origin.quoted else []
        begin = origin.start + start + bisect_right(doubled, start)
        return begin, origin.end if place.end is None else origin.start + place.end + bisect_right(doubled, place.end)

    def _doubled_in(self, origin: CellOrigin) -> list[int]:
        """Return the offset in the decoded text behind each quote that stands doubled; of the last cell it is kept."""
        if origin.start not in self._doubled:
            raw = self.source.text[origin.start : origin.end]
            self._doubled = {origin.start: [match.start() - i + 1 for i, match in enumerate(re.finditer('""', raw))]}
        return self._doubled[origin.start]

    def pointer(self, place: Place) -> str:
        """Return row and column, as a spreadsheet counts them: ``row 7, column IGSN``."""
        origin = place.origin
        if origin is None or not origin.column:
            return ""
        return f"row {origin.row}, column {origin.column}"

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` with doubled quotes within quotes; a whole cell gets quotes where it needs them."""
        origin = place.origin
        if origin is None:
            return value
        if origin.quoted:
            return value.replace('"', '""')
        whole = self.locate(place) == (origin.start, origin.end)
        if whole and any(c in value for c in (self.delimiter, '"', "\n", "\r")):
            return '"' + value.replace('"', '""') + '"'
        return value


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as a table."""
    return DelimitedDocument(source, form)
