"""ODS: content.xml read as it goes by, with each cell's displayed text (OpenDocument 1.3, part 3, chapter 9).

calamine gives values without the text that is shown, and without links, notes and hidden rows; and it fills memory with
cells that a file of one kilobyte repeats a billion times.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from igsn_lint.archive import Archive, Refused
from igsn_lint.patterns import lazy
from igsn_lint.readers.sheets import Printed, letters, printed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings, State

_URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE, _STYLE = (_URN % name for name in ("table", "text", "office", "style"))
_HREF = "{http://www.w3.org/1999/xlink}href"
_HYPERLINK = lazy(r'\bHYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*[,;)]', re.IGNORECASE)
_LINK_TAG, _ROW, _CELL = f"{_TEXT}a", f"{_TABLE}table-row", f"{_TABLE}table-cell"

_MOST_COLUMNS = 16_384
_MOST_REPEATED = 20_000
"""So many repeated cells of a workbook are read; sheets repeat their empty cells, which do not count."""


def sheets(archive: Archive, settings: Settings) -> list[OdsSheet]:
    """Return the sheets of a workbook.

    Raises Refused where it is encrypted, damaged or larger than the limits.
    """
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive else b""
    if b"encryption-data" in manifest:
        raise Refused("unreadable-file", "the file is password protected")
    return _Reading(archive, settings).sheets


class OdsSheet:
    """One sheet, read as a whole."""

    def __init__(self, name: str, hidden: bool) -> None:
        self.name, self.hidden = name, hidden
        self.merged: dict[tuple[int, int], int] = {}
        self.links: dict[tuple[int, int], str] = {}
        self.remarks: list[tuple[str, str, State]] = []
        self.uncached: dict[tuple[int, int], str] = {}
        self.hidden_rows: frozenset[int] = frozenset()
        self.hidden_columns: frozenset[int] = frozenset()
        self.cells: list[tuple[int, list[Any]]] = []

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield the rows that hold something."""
        return iter(self.cells)

    def printed(self, row: int, column: int, value: Any) -> Printed:
        """Return what a number looks like; the file says it."""
        return value if isinstance(value, Printed) else printed(text_of(value), odd=False)


class _Reading:
    """Reads content.xml element by element; what has been read is thrown away."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        from lxml import etree

        self.sheets: list[OdsSheet] = []
        self._repeated = 0
        self._sheet: OdsSheet | None = None
        self._row = 0
        self._unseen_tables: set[str] = set()
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._columns = 0
        parser: Any = etree.XMLPullParser(
            ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        skipped = 0
        try:
            for chunk in archive.chunks("content.xml"):
                parser.feed(chunk)
                for event, element in parser.read_events():
                    tag = element.tag
                    if tag == f"{_TABLE}tracked-changes":
                        skipped += 1 if event == "start" else -1
                    if not skipped:
                        self._take(event, tag, element)
                    if event == "end" and tag in {_ROW, f"{_TABLE}tracked-changes", f"{_TABLE}table"}:
                        element.clear()
                        while element.getprevious() is not None:
                            del element.getparent()[0]
            parser.close()
        except etree.XMLSyntaxError as error:
            raise Refused("unreadable-file", f"the workbook is damaged: {error.msg}") from error

    def _take(self, event: str, tag: str, element: Any) -> None:
        if event == "start" and tag == f"{_TABLE}table" and self._sheet is None:
            name = element.get(f"{_TABLE}name", "")
            self._sheet = OdsSheet(name, element.get(f"{_TABLE}style-name", "") in self._unseen_tables)
            self._row = self._columns = 0
            self._hidden_rows, self._hidden_columns = set(), set()
        elif event == "start":
            return
        elif tag == f"{_STYLE}style" and element.get(f"{_STYLE}family") == "table":
            properties = element.find(f"{_STYLE}table-properties")
            if properties is not None and properties.get(f"{_TABLE}display") == "false":
                self._unseen_tables.add(element.get(f"{_STYLE}name", ""))
        elif self._sheet is None:
            return
        elif tag == f"{_TABLE}table":
            self._sheet.hidden_rows = frozenset(self._hidden_rows)
            self._sheet.hidden_columns = frozenset(self._hidden_columns)
            self.sheets.append(self._sheet)
            self._sheet = None
        elif tag == f"{_TABLE}table-column":
            count = _count(element, "number-columns-repeated")
            if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                self._hidden_columns.update(range(self._columns, min(self._columns + count, _MOST_COLUMNS)))
            self._columns += count
        elif tag == _ROW:
            self._end_row(self._sheet, element)
        elif tag == f"{_TABLE}shapes":
            for paragraph in element.iter(f"{_TEXT}p"):
                if text := _shown(paragraph, []):
                    self._sheet.remarks.append((" drawing", text, "plain"))

    def _end_row(self, sheet: OdsSheet, element: Any) -> None:
        """Take the cells of a row that has been read, as often as it is repeated."""
        count = _count(element, "number-rows-repeated")
        values: list[Any] = []
        filled = 0
        column = 0
        for cell in element.iter(_CELL, f"{_TABLE}covered-table-cell"):
            times = _count(cell, "number-columns-repeated")
            if len(cell) == 0 and cell.get(f"{_OFFICE}value-type") is None:
                column += times
                continue
            value = self._cell(sheet, cell, column)
            if value:
                times = min(times, _MOST_COLUMNS - column)
                if times < 1:
                    break
                values += [""] * (column - len(values)) + [value] * times
                filled += times
            column += times
        if filled:
            rows = count
            if count > 1:
                left = max(_MOST_REPEATED - self._repeated, 0) // filled
                rows = min(count, left + 1)
            self._repeated += filled * rows
            sheet.cells += [(self._row + i, values) for i in range(rows)]
        if filled and element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            self._hidden_rows.update(range(self._row, self._row + min(count, 2 * _MOST_REPEATED)))
        self._row += count

    def _cell(self, sheet: OdsSheet, cell: Any, column: int) -> Any:
        """Return what a cell shows, and note its links and notes."""
        where = (self._row, column)
        hrefs: list[str] = []
        lines = []
        for child in cell:
            if child.tag == f"{_OFFICE}annotation":
                note = "\n".join(_shown(paragraph, []) for paragraph in child.iter(f"{_TEXT}p"))
                if note:
                    sheet.remarks.append((f"!{letters(column)}{self._row + 1} note", note, "comment"))
            elif child.tag == f"{_TEXT}p":
                lines.append(_shown(child, hrefs))
        text = "\n".join(lines)
        if (formula := cell.get(f"{_TABLE}formula")) and (link := _HYPERLINK.search(formula)):
            hrefs.append(link[1].replace('""', '"'))
        if hrefs:
            sheet.links[where] = hrefs[0]
        span = _count(cell, "number-columns-spanned")
        if 1 < span < 1000:
            sheet.merged[where] = column + span - 1
        kind = cell.get(f"{_OFFICE}value-type", "string")
        if kind in {"float", "percentage", "currency", "date", "time"} and text:
            digits = text.lstrip("-").isdigit()
            return printed(text, odd=kind == "float" and (not digits or len(text) > 15))
        return text


def _count(element: Any, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 10 else 1


def _shown(paragraph: Any, hrefs: list[str]) -> str:
    """Return the text of a paragraph, with its blanks and tabs; targets of its links are added to ``hrefs``."""
    return "".join(_pieces(paragraph, hrefs))


def _pieces(element: Any, hrefs: list[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        tag = child.tag
        if tag == f"{_TEXT}s":
            yield " " * min(_spaces(child), 100)
        elif tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            yield "\t" if tag == f"{_TEXT}tab" else "\n"
        elif isinstance(tag, str):
            if tag == _LINK_TAG and child.get(_HREF):
                hrefs.append(child.get(_HREF))
            yield from _pieces(child, hrefs)
        yield child.tail or ""


def _spaces(element: Any) -> int:
    text = element.get(f"{_TEXT}c", "1")
    return int(text) if text.isdecimal() and len(text) < 6 else 1
