"""XLSX: values by calamine, and from the parts of the package what calamine does not give.

The parts are looked through for literals first (``<hyperlink``, ``hidden="1"`` …): a sheet without them costs one pass
over its bytes besides calamine. That pass also keeps calamine from sheets whose cells lie so far apart that the
rectangle around them would not fit into memory, which would end the process ([ECMA-376] 18.3).
"""

from __future__ import annotations

import html
import posixpath
import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from igsn_lint.archive import Archive, Refused
from igsn_lint.patterns import lazy
from igsn_lint.readers.calamine import DAMAGED, MOST_CELLS, opening
from igsn_lint.readers.sheets import Printed, letters, printed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from igsn_lint.model import Change, Settings, State
    from igsn_lint.readers.calamine import Book
    from igsn_lint.readers.sheets import Sheet
    from igsn_lint.readers.xlsxcells import Cells

_SHEET_FACTOR = 8
"""A sheet may be so many times larger than other members: a million rows are 150 MB of XML."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_ROWS_OPEN = lazy(rb"<(?:[\w.\-]+:)?sheetData(?:\s[^<>]*?)?(/?)>")
_ROWS_CLOSE = lazy(rb"</(?:[\w.\-]+:)?sheetData\s*>")
_SHAPE = bytes(65 if 65 <= byte <= 90 else 48 if 48 <= byte <= 57 else byte for byte in range(256))
"""Makes A of all capitals and 0 of all digits, so that references of one length are one literal."""

_UNSAID_CELL = lazy(rb'<c(?=[\s/>])(?! r="A+0+"(?: (?!r=)[a-z]+="[^"<>]*")*+ ?/?>)')
_UNSAID_ROW = lazy(rb'<row(?=[\s/>])(?! r="0)')
_PREFIXED = lazy(rb":(?:c|row)[\s/>]")
_REFERENCE = lazy(rb"""[\s"']r\s*=\s*["']([A-Za-z]*)([0-9]+)""")
_WHERE = lazy(r"\s*\$?([A-Za-z]*)\$?([0-9]+)\s*")
_FAR_ROW = lazy(rb' r="[A-Z]?([0-9]{7,})')
_LAST_ROW = 1_100_000
_LONGEST = 1 << 22
"""So many bytes of a sheet without a tag are too many: a cell has at most 32,767 characters."""

_CLAIMED = lazy(rb"ount\s*=\s*[\"']\s*\+?([0-9]+)")
_COLUMN_NAME = lazy(rb' r="([A-Z]+)')
_ROW_NUMBER = lazy(rb' r="[A-Z]*([0-9]+)')
_HIDDEN_ROW = lazy(rb'<row r="([0-9]+)"[^<>]*\shidden="(?:1|true)"')
_FORMULA = lazy(
    rb'<c r="([A-Z]+)([0-9]+)"[^<>]*>\s*<f(?:\s[^<>]*)?(?:/>|>([^<]*)</f>)\s*(?:<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v>))?'
)
_HYPERLINK = lazy(r'\bHYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*[,;)]', re.IGNORECASE)
_FIELD_CODE = lazy(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])')
_WHOLE = lazy(r"(?:@|General|[#0]+)\Z", re.IGNORECASE)
_BUILT_IN_WHOLE = {0, 1, 49}
_GENERAL_DIGITS = 11


class Workbook:
    """The sheets of a workbook, and what could not be read of it.

    Raises Refused where it is damaged, or larger than the limits.
    """

    def __init__(self, data: bytes, archive: Archive, settings: Settings) -> None:
        self.archive, self.settings = archive, settings
        self.notices: list[str] = []
        self.broken: set[str] = set()
        self._main = self._target("_rels/.rels", "officeDocument") or "xl/workbook.xml"
        if self._main not in archive:
            raise Refused("unreadable-file", "the file is a ZIP archive without a workbook")
        self._names_differ()
        self._strings_fit()
        with opening(data) as opened:
            self._scanned = [self._scan(name, state, part) for name, state, part in self._listed()]
            book = opened()
        hidden = dict(book.sheets)
        self.sheets = [sheet for sheet in self._scanned if sheet.name in hidden]
        for sheet in self.sheets:
            sheet.book = book
        self._tell_uncached()

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relationships of a part: by id the kind, the target, and whether it lies outside."""
        folder, name = posixpath.split(part)
        rels = part if part.endswith(".rels") else posixpath.join(folder, "_rels", f"{name}.rels")
        root = self.parsed(rels)
        found = {}
        for element in root if root is not None else ():
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            outside = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not outside:
                base = "" if part.endswith(".rels") else folder
                target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
            found[element.get("Id", "")] = (kind, target, outside)
        return found

    def parsed(self, part: str) -> Any:
        """Return the root of an XML part, or None where there is no such part or it is not well-formed."""
        return _parsed(self.archive.read(part)) if part in self.archive else None

    @cached_property
    def _cells(self) -> Cells:
        from igsn_lint.readers.xlsxcells import Cells

        targets = [(kind, part) for kind, part, outside in self.relations(self._main).values() if not outside]
        parts = [part for kind, part in targets if kind.lower().endswith("sheet") and part in self.archive]
        strings = next((part for kind, part in targets if kind == "sharedStrings" and part in self.archive), None)
        return Cells(self.archive, self.settings.max_member * _SHEET_FACTOR, parts, strings)

    def change(self, sheet: Sheet, reference: str, text: str, start: int, end: int, value: str) -> Change | None:
        """Return what it takes to write ``value`` for a span of the text of a cell, or None."""
        if not isinstance(sheet, XlsxSheet) or sheet.is_heading(reference):
            return None
        return self._cells.change(sheet.part, reference, text, start, end, value)

    def _target(self, rels: str, kind: str) -> str | None:
        return next((target for k, target, _ in self.relations(rels).values() if k == kind), None)

    def _names_differ(self) -> None:
        """Refuse members that calamine may take for one another: it could read another sheet than was looked at."""
        seen: dict[str, str] = {}
        for name in self.archive.names:
            plain = posixpath.normpath("/" + name.replace("\\", "/").lower())
            if seen.setdefault(plain, name) != name:
                raise Refused("hostile-document", f'the members "{seen[plain]}" and "{name}" have one name')

    def _strings_fit(self) -> None:
        """Refuse a table of shared strings beyond the limits, or one that claims more than it has room for.

        calamine makes room for as many as are claimed, which would end the process.
        """
        for name in self.archive.names:
            if "strings" not in name.lower():
                continue
            size, start = 0, b""
            for chunk in self.archive.chunks(name, self.settings.max_member * _SHEET_FACTOR):
                start = start or chunk[:10_000]
                size += len(chunk)
            if any(len(number) > 12 or int(number) > size for number in _CLAIMED.findall(start)):
                raise Refused("hostile-document", f'the member "{name}" claims more strings than it has room for')

    def _listed(self) -> Iterator[tuple[str, bool, str]]:
        """Yield name, whether it is hidden, and part of each sheet."""
        root = self.parsed(self._main)
        relations = self.relations(self._main)
        for element in root.iter(f"{_MAIN}sheet") if root is not None else ():
            kind, part, outside = relations.get(element.get(_RID, ""), ("", "", True))
            if kind == "worksheet" and not outside and part in self.archive:
                yield element.get("name", ""), element.get("state", "visible") != "visible", part

    def _scan(self, name: str, hidden: bool, part: str) -> XlsxSheet:
        return XlsxSheet(self, name, hidden, part)

    def _tell_uncached(self) -> None:
        for sheet in self.sheets:
            if sheet.uncached:
                count = len(sheet.uncached)
                where = ", ".join(islice(sheet.uncached.values(), 3)) + (" …" if count > 3 else "")
                self.notices.append(
                    f'{count} {"formula" if count == 1 else "formulas"} of the sheet "{sheet.name}" without a result'
                    f" ({where}): the file was never calculated"
                )

    @cached_property
    def formats(self) -> list[bool]:
        """For each style of cells, whether it prints whole numbers as their digits."""
        root = self.parsed(self._target(f"{posixpath.dirname(self._main)}/_rels/workbook.xml.rels", "styles") or "")
        root = self.parsed("xl/styles.xml") if root is None else root
        if root is None:
            return []
        codes = {e.get("numFmtId"): e.get("formatCode", "") for e in root.iter(f"{_MAIN}numFmt")}
        styles = root.find(f"{_MAIN}cellXfs")
        found = []
        for style in styles if styles is not None else ():
            number = style.get("numFmtId", "0")
            code = codes.get(number)
            found.append(int(number) in _BUILT_IN_WHOLE if code is None and number.isdigit() else _is_whole(code or ""))
        return found


def _is_whole(code: str) -> bool:
    return _WHOLE.match(code.split(";", 1)[0].strip()) is not None


def _parsed(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


class XlsxSheet:
    """One worksheet; making it looks through its part once."""

    book: Book

    def __init__(self, workbook: Workbook, name: str, hidden: bool, part: str) -> None:
        self._workbook, self.name, self.hidden, self.part = workbook, name, hidden, part
        self.links: dict[tuple[int, int], str] = {}
        self.merged: dict[tuple[int, int], int] = {}
        self.remarks: list[tuple[str, str, State]] = []
        self.uncached: dict[tuple[int, int], str] = {}
        rows: set[int] = set()
        columns: set[int] = set()
        far = odd = False
        rest = b""
        for window, is_rows in self._windows():
            # Also what seems to stand around the rows: a comment can look as their end.
            shape = _shape(window)
            odd = odd or _says_not(shape)
            far = far or _is_far(window, shape)
            if not is_rows:
                rest += window
                continue
            if b"hidden=" in shape:
                rows.update(int(match[1]) - 1 for match in _HIDDEN_ROW.finditer(window))
            if b"<f" in shape:
                self._formulas(window)
        if odd or far:
            self._bound(odd)
        self._around(rest, columns)
        self.hidden_rows, self.hidden_columns = frozenset(rows), frozenset(columns)
        self._beside()

    def _windows(self) -> Iterator[tuple[bytes, bool]]:
        """Yield the part in pieces: whole rows, and what stands before and behind all rows, with no rows between."""
        limit = self._workbook.settings.max_member * _SHEET_FACTOR
        held, inside, over = b"", False, False
        for chunk in self._workbook.archive.chunks(self.part, limit):
            held += chunk
            if not inside and not over and (opened := _ROWS_OPEN.search(held)) is not None:
                inside, over = opened[1] != b"/", opened[1] == b"/"
                if inside:
                    yield held[: opened.start(1)] + b"/>", False
                    held = held[opened.end() :]
            if inside:
                closed = _ROWS_CLOSE.search(held) if b"sheetData" in held else None
                cut = closed.start() if closed is not None else max(held.rfind(b"<row"), 0)
                if cut == 0 and closed is None and len(held) > _LONGEST:
                    cut = held.rfind(b"<")
                    if cut <= 0:
                        what = f'the sheet "{self.name}" has a text or tag of more than {_LONGEST >> 20} MB'
                        raise Refused("hostile-document", what)
                if cut:
                    yield held[:cut], True
                    held = held[cut:]
                if closed is not None:
                    inside, over = False, True
                    held = held[closed.end() - closed.start() :]
        yield held, inside

    def _bound(self, odd: bool) -> None:
        """Refuse a sheet whose cells lie too far apart for calamine; of a broken one, only its rows."""
        rows = columns = 0
        if not odd:
            names: set[bytes] = set()
            for window, _ in self._windows():
                names.update(_COLUMN_NAME.findall(window))
                rows = max(rows, *map(_row, set(_ROW_NUMBER.findall(window))), 0)
            columns = max(map(_column, names), default=0) + 1
        elif (extent := self._extent()) is not None:
            rows, columns = extent
        else:
            rows, columns = self._most()
            if rows * columns > MOST_CELLS:
                self._workbook.broken.add(self.name)
            return
        if rows * columns > MOST_CELLS:
            raise Refused(
                "hostile-document",
                f'the sheet "{self.name}" spans {rows:,} rows and {columns:,} columns, more than'
                f" {MOST_CELLS // 1_000_000} million cells",
            )

    def _extent(self) -> tuple[int, int] | None:
        """Return how many rows and columns lie around all cells, also where cells do not say where they are.

        None where calamine might see other cells: the XML is broken, which it minds less, or has a DTD. Bytes are taken
        as they are, whatever encoding they claim, as calamine takes them.
        """
        from lxml import etree

        parser: Any = etree.XMLPullParser(
            ("start", "end"), encoding="iso-8859-1", resolve_entities=False, no_network=True, load_dtd=False
        )
        rows = columns = row = column = 0
        names: dict[object, str] = {}
        chunks = self._workbook.archive.chunks(self.part, self._workbook.settings.max_member * _SHEET_FACTOR)
        try:
            for i, chunk in enumerate(chunks):
                parser.feed(chunk.removeprefix(b"\xef\xbb\xbf") if i == 0 else chunk)
                for event, element in parser.read_events():
                    tag = element.tag
                    if (name := names.get(tag)) is None:
                        name = names[tag] = re.split("[}:]", tag)[-1] if isinstance(tag, str) else ""
                    if event == "end":
                        if name in {"c", "row"}:
                            element.clear()
                    elif name == "row":
                        where = _WHERE.fullmatch(element.get("r") or "")
                        row, column = _row(where[2]) if where else row + 1, 0
                        rows = max(rows, row)
                    elif name == "c":
                        where = _WHERE.fullmatch(element.get("r") or "")
                        column = _column(where[1].upper().encode()) + 1 if where else column + 1
                        rows = max(rows, _row(where[2]) if where else row)
                        columns = max(columns, column)
                    elif element.getparent() is None and element.getroottree().docinfo.doctype:
                        return None
        except etree.XMLSyntaxError:
            return None
        return rows, columns

    def _most(self) -> tuple[int, int]:
        """Return at least as many rows and columns as lie around whatever can be taken for a cell."""
        rows = columns = 0
        further_rows = further_columns = 0
        for window, _ in self._windows():
            for name, number in _REFERENCE.findall(window):
                rows, columns = max(rows, _row(number)), max(columns, _column(name.upper()) + 1)
            further_rows += window.count(b"row")
            further_columns += window.count(b"<c") + window.count(b":c")
        return rows + further_rows, columns + further_columns

    def _formulas(self, window: bytes) -> None:
        """Note the links that formulas make, and formulas whose result was never saved."""
        for match in _FORMULA.finditer(window):
            where = int(match[2]) - 1, _column(match[1])
            formula = html.unescape((match[3] or b"").decode("utf-8", "replace"))
            if (link := _HYPERLINK.search(formula)) is not None:
                self.links[where] = link[1].replace('""', '"')
            if match[4] is None or (not match[4] and b't="str"' not in match[0]):
                self.uncached[where] = f"{match[1].decode()}{match[2].decode()}"

    def _around(self, rest: bytes, columns: set[int]) -> None:
        """Take from what stands around the rows: links, hidden columns, merged cells, headers and footers."""
        hints = (b"hyperlink", b"hidden=", b"mergeCell", b"Header", b"Footer")
        if not any(hint in rest for hint in hints):
            return
        root = _parsed(rest)
        if root is None:
            return
        targets: Mapping[str, tuple[str, str, bool]] | None = None
        for element in root.iter():
            name = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
            if name == "hyperlink" and (target := element.get(_RID)) is not None:
                targets = self._workbook.relations(self.part) if targets is None else targets
                _, url, outside = targets.get(target, ("", "", False))
                first, _ = _range(element.get("ref", ""))
                if outside and first is not None:
                    self.links.setdefault(first, url)
            elif name == "col" and element.get("hidden") in {"1", "true"}:
                first_column, last = _number(element.get("min"), 1), _number(element.get("max"), 1)
                columns.update(range(first_column - 1, min(last, 20_000)))
            elif name == "mergeCell":
                first, end = _range(element.get("ref", ""))
                if first is not None and end is not None and end[1] - first[1] < 1000:
                    self.merged[first] = end[1]
            elif name.endswith(("Header", "Footer")) and element.text:
                where = " header" if name.endswith("Header") else " footer"
                self.remarks.append((where, _FIELD_CODE.sub(" ", element.text).strip(), "plain"))

    def _beside(self) -> None:
        """Take notes of cells and texts that are drawn on the sheet, which have parts of their own."""
        for kind, part, outside in self._workbook.relations(self.part).values():
            if outside or kind not in {"comments", "threadedComment", "drawing"}:
                continue
            root = self._workbook.parsed(part)
            if root is None:
                continue
            if kind == "drawing":
                for paragraph in root.iter(f"{_DRAWN}p"):
                    if text := "".join(run.text or "" for run in paragraph.iter(f"{_DRAWN}t")):
                        self.remarks.append((" drawing", text, "hidden" if self.hidden else "plain"))
            else:
                for element in root.iter("{*}comment", "{*}threadedComment"):
                    text = "".join(t.text or "" for t in element.iter("{*}t", "{*}text") if not len(t))
                    if text.strip() and (" note", text) not in [(w[-5:], t) for w, t, _ in self.remarks[-50:]]:
                        self.remarks.append((f"!{element.get('ref', '')} note", text, "comment"))

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield the rows with their values."""
        if self.name in self._workbook.broken:
            raise Refused("unreadable-file", DAMAGED)
        return self.book.rows(self.name)

    def is_heading(self, reference: str) -> bool:
        """Return whether a cell is in the heading or the totals of a table: the table has their texts, too."""
        cell, _ = _range(reference)
        return cell is None or any(cell[0] in rows and first <= cell[1] <= last for rows, first, last in self._tables)

    @cached_property
    def _tables(self) -> list[tuple[set[int], int, int]]:
        """The rows of headings and totals of each table, and its first and last column ([ECMA-376] 18.5.1.2)."""
        found = []
        for kind, part, outside in self._workbook.relations(self.part).values():
            root = self._workbook.parsed(part) if kind == "table" and not outside else None
            first, last = (None, None) if root is None else _range(root.get("ref", ""))
            if root is not None and first is not None and last is not None:
                end = last[0] - _number(root.get("totalsRowCount"), 0) + 1
                heading = range(first[0], first[0] + _number(root.get("headerRowCount"), 1))
                found.append(({*heading[:10], *range(end, last[0] + 1)[:10]}, first[1], last[1]))
        return found

    def printed(self, row: int, column: int, value: Any) -> Printed:
        """Return a number as its style prints it; Excel by itself shows more than eleven digits as an exponent."""
        text = text_of(value)
        if not isinstance(value, int | float) or isinstance(value, bool):
            return printed(text, odd=True)
        style = self._styles(column).get(row, 0)
        formats = self._workbook.formats
        whole = formats[style] if style < len(formats) else True
        if whole and style in self._general and len(text.lstrip("-")) > _GENERAL_DIGITS and text.isdigit():
            digits, exponent = f"{value:.5E}".split("E")
            return printed(f"{digits.rstrip('0').rstrip('.')}E{exponent}", odd=True)
        return printed(text, odd=not whole)

    @cached_property
    def _general(self) -> frozenset[int]:
        """The styles that leave it to the program how a number is shown."""
        root = self._workbook.parsed("xl/styles.xml")
        styles = root.find(f"{_MAIN}cellXfs") if root is not None else None
        if styles is None:
            return frozenset({0})
        return frozenset(i for i, style in enumerate(styles) if style.get("numFmtId", "0") == "0")

    def _styles(self, column: int) -> Mapping[int, int]:
        """Return the style of each cell of a column that has one, by row."""
        if column not in self._style_columns:
            name = letters(column).encode()
            pattern = re.compile(rb'<c r="' + name + rb'([0-9]+)"[^<>]*?\ss="([0-9]+)"')
            found: dict[int, int] = {}
            for window, is_rows in self._windows():
                if is_rows:
                    found.update((int(row) - 1, int(style)) for row, style in pattern.findall(window))
            self._style_columns[column] = found
        return self._style_columns[column]

    @cached_property
    def _style_columns(self) -> dict[int, Mapping[int, int]]:
        return {}


def _shape(window: bytes) -> bytes:
    """Return rows without what their letters and digits are; of those that look alike then, which most do, only one."""
    first, *rows = window.translate(_SHAPE).split(b"<row")
    return b"<row".join([first, *set(rows)])


def _says_not(shape: bytes) -> bool:
    """Return whether some cell or row does not say at once where it is, as all programs write it."""
    return any(pattern.search(shape) is not None for pattern in (_UNSAID_CELL, _UNSAID_ROW, _PREFIXED))


def _is_far(window: bytes, shape: bytes) -> bool:
    """Return whether a reference lies beyond column Z or the last row of a sheet; before that all fits."""
    if b' r="AA' in shape:
        return True
    long = b' r="A0000000' in shape or b' r="0000000' in shape
    return long and any(_row(number) > _LAST_ROW for number in _FAR_ROW.findall(window))


def _column(name: bytes) -> int:
    number = 0
    for letter in name[:8]:
        number = number * 26 + letter - 64
    return number - 1


def _row(number: str | bytes) -> int:
    """Return the number of a row; of too many digits only so many that it stays too large."""
    return int(number) if len(number) < 1000 else 10**12


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.strip().isdecimal() and len(text) < 12 else otherwise


def _range(reference: str) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the first and last cell (row, column) of a range like A1:C3."""
    ends: Sequence[str] = reference.replace("$", "").upper().split(":")
    found = [re.fullmatch(r"([A-Z]{1,4})([0-9]{1,9})", end) for end in (ends[0], ends[-1])]
    first, last = ((int(m[2]) - 1, _column(m[1].encode())) if m is not None else None for m in found)
    return first, last
