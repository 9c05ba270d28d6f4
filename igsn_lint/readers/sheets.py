"""Spreadsheets (XLSX, ODS, XLS): every cell as it is displayed, with its heading and its name (``Sheet1!B7``).

Rows stream: they are looked at in pieces, and Segments are made of the cells that are wanted only.
"""

from __future__ import annotations

import datetime
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from igsn_lint.archive import OLE, ZIP, Archive, Refused, is_password_protected
from igsn_lint.model import Link, Part, Segment
from igsn_lint.readers.blocks import Block, BlockDocument
from igsn_lint.readers.columns import FIRST_ROWS, MOST_DUE, Band, Head, cells, head
from igsn_lint.readers.rows import Room, Rows, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from igsn_lint.model import Change, Document, Edit, Settings, State, Wanted
    from igsn_lint.source import Source

_TEXTS_PER_NUMBER = 2
"""Where a column has so many codes with letters for each number, its numbers were codes, too."""


class Printed(str):
    """What a number or date looks like in its cell; ``odd`` where its digits alone do not look so."""

    __slots__ = ("odd",)
    odd: bool


def printed(text: str, *, odd: bool) -> Printed:
    """Return a number or date as its format prints it."""
    value = Printed(text)
    value.odd = odd
    return value


class Sheet(Protocol):
    """One sheet of a workbook; rows and columns count from 0."""

    name: str
    hidden: bool

    @property
    def merged(self) -> Mapping[tuple[int, int], int]:
        """The last column of each cell that spans several."""

    @property
    def links(self) -> Mapping[tuple[int, int], str]:
        """Where the links of cells lead."""

    @property
    def uncached(self) -> Mapping[tuple[int, int], str]:
        """The cells with a formula whose result the file does not have."""

    @property
    def hidden_rows(self) -> frozenset[int]:
        """The rows that are not shown."""

    @property
    def hidden_columns(self) -> frozenset[int]:
        """The columns that are not shown."""

    @property
    def remarks(self) -> Sequence[tuple[str, str, State]]:
        """Notes of cells, headers, footers, text boxes: where (behind the sheet's name), the text, its state."""

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield the rows with something in them, each with its number; a value is a text, a number or a date."""

    def printed(self, row: int, column: int, value: Any) -> Printed:
        """Return what a number or date in a cell looks like there."""


class Writer(Protocol):
    """Writes into the cells of a workbook."""

    archive: Archive

    def change(self, sheet: Sheet, reference: str, text: str, start: int, end: int, value: str) -> Change | None:
        """Return what it takes to write ``value`` for a span of the text of a cell, or None."""


class CellBlock(Block):
    """The Block of a cell: the same cell is the same origin each time it is read.

    ``sheet`` and ``reference`` (B7) say which cell; a note or a link has none.
    """

    __slots__ = ("reference", "sheet")

    def __init__(self, text: str, pointer: str, sheet: Sheet | None = None, reference: str = "") -> None:
        super().__init__(text, pointer)
        self.sheet, self.reference = sheet, reference

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CellBlock) and other.pointer == self.pointer

    def __hash__(self) -> int:
        return hash(self.pointer)


def letters(column: int) -> str:
    """Return the name of a column (from 0): A, B, … AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def text_of(value: Any) -> str:
    """Return a value as a text: numbers without a needless ``.0``, dates as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


class SheetDocument(BlockDocument):
    """A workbook."""

    def __init__(self, source: Source, form: str, sheets: Sequence[Sheet] = ()) -> None:
        super().__init__(source)
        self.format = form
        self._sheets = sheets
        self._due = 0
        room = Room()
        self._rows = {sheet: Rows(sheet.rows, room) for sheet in sheets}
        self.writer: Writer | None = None

    def change(self, edit: Edit) -> Change | None:
        """Return what an edit does to a part of the package; None where its span is not in one run of a cell."""
        block, start, end = edit.place
        if self.writer is None or edit.text is None or edit.target is not None or start is None or end is None:
            return None
        if not isinstance(block, CellBlock) or block.sheet is None:
            return None
        return self.writer.change(block.sheet, block.reference, block.text, start, end, edit.text)

    def rewrite(self, changes: Sequence[Change]) -> bytes:
        """Return the bytes of the package with changes made; all members without a change stay byte for byte."""
        return self.source.data if self.writer is None else self.writer.archive.spliced(changes)

    def parts(self) -> Iterator[Part]:
        """Yield all sheets as one part: an ID that one of them establishes is known in all."""
        yield Part((), self._all)

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the pattern matches in a cell, a remark or a link."""
        return any(self._matches(sheet, pattern) for sheet in self._sheets)

    def _matches(self, sheet: Sheet, pattern: re.Pattern[str]) -> bool:
        if any(map(pattern.search, chain((text for _, text, _ in sheet.remarks), sheet.links.values()))):
            return True
        try:
            return any(True for _ in self._rows[sheet].look(lambda text: pattern.search(text) is not None))
        except Refused as refused:
            self._refuse(refused)
            return False

    def _refuse(self, refused: Refused) -> None:
        """Take the fault of a sheet that can not be read; the others are."""
        if refused.fault not in self.faults:
            self.faults.append(refused.fault)

    def _all(self, wanted: Wanted) -> Iterator[Segment]:
        self._due = 0
        for sheet in self._sheets:
            try:
                yield from self._sheet(sheet, wanted)
            except Refused as refused:
                self._refuse(refused)

    def _sheet(self, sheet: Sheet, wanted: Wanted) -> Iterator[Segment]:
        """Yield the wanted cells of a sheet, then its remarks and the targets of its links."""
        name = sheet.name if re.fullmatch(r"[^\W\d]\w*", sheet.name) else "'" + sheet.name.replace("'", "''") + "'"
        rows = self._rows[sheet]
        heading = _head(rows.first(FIRST_ROWS), sheet)
        labels = {*heading.beside.values(), *(label for band in heading.bands for label in band.labels.values())}
        labelled = any(wanted("", label) for label in labels)
        looked = _Looked(self, sheet, name, heading, wanted)
        for piece, is_wanted in rows.look(lambda text: wanted(text, None), at_all=labelled):
            hinted = list(near(piece, wanted)) if is_wanted else []
            numbers = {index for index, _ in hinted}
            for index, values in piece if labelled else hinted:
                yield from looked.row(index, values, hinted=index in numbers)
        yield from looked.numbers()
        for where, text, state in sheet.remarks:
            if wanted(text, None):
                yield _segment(text, f"{name}{where}", state)
        for (row, column), target in sheet.links.items():
            if wanted(target, None):
                state = "hidden" if looked.is_hidden(row, column) else "plain"
                yield _segment(target, f"{name}!{letters(column)}{row + 1} link", state, unseen=True)

    def is_told(self) -> bool:
        """Return whether one more row without an ID is told, and count it."""
        self._due += 1
        if self._due == MOST_DUE + 1:
            self.notices.append(f"of the rows without an ID only {MOST_DUE:,} are told")
        return self._due <= MOST_DUE

    @property
    def is_tired(self) -> bool:
        """Whether no more row without an ID is told."""
        return self._due > MOST_DUE


_END = 50
"""Behind so many empty rows the table is over: what stands there are the choices that forms offer for their cells."""


def _head(first: Sequence[tuple[int, list[Any]]], sheet: Sheet) -> Head:
    """Return what the first rows say; rows that are left out are empty."""
    rows: list[list[str]] = []
    for index, values in first:
        if index >= FIRST_ROWS:
            break
        rows += [[]] * (index - len(rows))
        rows.append([text_of(value) for value in values])
    return head(rows, sheet.merged)


def _segment(text: str, pointer: str, state: State, *, unseen: bool = False) -> Segment:
    marked: list[tuple[int, int, State]] = [] if state == "plain" else [(0, len(text), state)]
    return Segment(text, CellBlock(text, pointer), marked=marked, unseen=unseen)


class _Looked:
    """What is being looked at of one sheet: its headings, and the numbers in its columns of IGSN IDs."""

    def __init__(self, document: SheetDocument, sheet: Sheet, name: str, heading: Head, wanted: Wanted) -> None:
        self._document, self._sheet, self._name = document, sheet, name
        self._head, self._wanted = heading, wanted
        self._last, self._ended = -1, False
        self._codes: dict[tuple[int, int], int] = {}
        self._numbers: dict[tuple[int, int], list[Segment]] = {}

    def row(self, index: int, values: list[Any], *, hinted: bool) -> Iterator[Segment]:
        """Yield the wanted cells of a row; ``hinted`` says that something may be in cells without a label."""
        if any(values):
            self._ended = self._ended or (self._last >= 0 and index - self._last > _END)
            self._last = index
        band = self._head.band(index)
        beside = self._head.beside and any(at[0] == index for at in self._head.beside)
        if not hinted and not beside:
            if band is None:
                return
            if self._document.is_tired and not any(c < len(values) and values[c] for c in band.labels):
                return
        texts = [text_of(value) for value in values]
        named = {} if band is None else {cell.column: cell for cell in cells(band, texts)}
        for column in range(len(texts)) if hinted or beside else named:
            text = texts[column] if column < len(texts) else ""
            cell = named.get(column)
            label = self._head.beside.get((index, column)) or (cell.label if cell is not None else None)
            label = label or self._head.told(texts, column)
            due = cell is not None and cell.due and not self._ended and (index, column) not in self._sheet.uncached
            if not (text.strip() or due) or not self._wanted(text, label):
                continue
            due = due and self._document.is_told()
            if label is not None and text and values[column].__class__ is not str:
                self._number(index, column, values[column], label, band)
            elif text.strip() or due:
                if label is not None and band is not None:
                    where = (band.first, column)
                    self._codes[where] = self._codes.get(where, 0) + any(c.isalpha() for c in text)
                yield self._cell(index, column, text, label, due=due)
        for column in named if hinted and band is not None else ():
            cell = named[column]
            if column < len(texts) or not cell.due or self._ended or not self._wanted("", cell.label):
                continue
            if self._document.is_told():
                yield self._cell(index, column, "", cell.label, due=True)

    def _number(self, row: int, column: int, value: Any, label: str, band: Band | None) -> None:
        """Keep a number or date under a label until the whole column has been seen."""
        shown = value if isinstance(value, Printed) else self._sheet.printed(row, column, value)
        segment = self._cell(row, column, str(shown), label, due=False)
        segment.number = shown.odd
        self._numbers.setdefault((band.first if band else -1, column), []).append(segment)

    def numbers(self) -> Iterator[Segment]:
        """Yield the numbers under labels, now that it is known whether their columns are otherwise texts."""
        for where, segments in self._numbers.items():
            texts = self._codes.get(where, 0) >= _TEXTS_PER_NUMBER * len(segments)
            for segment in segments:
                segment.number = segment.number or texts
                yield segment

    def is_hidden(self, row: int, column: int) -> bool:
        """Return whether a cell is not shown."""
        return self._sheet.hidden or row in self._sheet.hidden_rows or column in self._sheet.hidden_columns

    def _cell(self, row: int, column: int, text: str, label: str | None, *, due: bool) -> Segment:
        target = self._sheet.links.get((row, column))
        reference = f"{letters(column)}{row + 1}"
        return Segment(
            text,
            CellBlock(text, f"{self._name}!{reference}", self._sheet, reference),
            label,
            cell=True,
            links=[Link(0, len(text), target)] if target is not None and text else (),
            marked=[(0, len(text), "hidden")] if self.is_hidden(row, column) else (),
            due=due,
        )


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as a workbook; what its bytes are decides, not its name."""
    data = source.data
    document = SheetDocument(source, form)
    try:
        if data.startswith(OLE) and not is_password_protected(data):
            from igsn_lint.readers import xls

            document = SheetDocument(source, "xls", xls.sheets(data, settings))
        elif data.startswith((ZIP, OLE)) or not source.is_text:
            archive = Archive(data, settings)
            if "content.xml" in archive:
                from igsn_lint.readers import ods

                document = SheetDocument(source, "ods", ods.sheets(archive, settings))
            else:
                from igsn_lint.readers import xlsx

                workbook = xlsx.Workbook(data, archive, settings)
                document = SheetDocument(source, "xlsx", workbook.sheets)
                document.notices += workbook.notices
                document.writer = workbook
    except Refused as refused:
        document.faults.append(refused.fault)
    return document
