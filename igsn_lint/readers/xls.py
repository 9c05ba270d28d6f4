"""XLS: values by calamine, and from the records of the file what calamine does not give ([MS-CFB], [MS-XLS]).

The records are walked first: they tell how far apart the cells lie, which calamine would hold as one rectangle.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from igsn_lint.archive import Refused
from igsn_lint.readers.calamine import MOST_CELLS, Copied
from igsn_lint.readers.sheets import Printed, letters, printed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings, State

_END_OF_CHAIN = 0xFFFFFFFA
_BOF, _EOF, _CONTINUE, _FILEPASS, _BOUNDSHEET, _DIMENSIONS = 0x809, 0x0A, 0x3C, 0x2F, 0x85, 0x200
_ROW, _COLINFO, _HLINK, _OBJ, _TXO, _NOTE = 0x208, 0x7D, 0x1B8, 0x5D, 0x1B6, 0x1C
_ONE_CELL = {0x06, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6}
_MANY_CELLS = {0xBD, 0xBE}
_URL_MONIKER = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")


def sheets(data: bytes, settings: Settings) -> list[XlsSheet]:
    """Return the sheets of a workbook.

    Raises Refused where it is damaged, needs a password, or has cells too far apart.
    """
    try:
        stream = _stream(data)
        found = [XlsSheet(name, hidden, stream, at) for name, hidden, at in _listed(stream)]
    except (struct.error, IndexError) as error:
        raise Refused("unreadable-file", "the workbook is truncated or damaged") from error
    if sum(sheet.area for sheet in found) > MOST_CELLS:
        message = f"the sheets span more than {MOST_CELLS // 1_000_000} million cells"
        raise Refused("hostile-document", message)
    book = Copied(data)
    names = {name for name, _ in book.sheets}
    for sheet in found:
        sheet.book = book
    return [sheet for sheet in found if sheet.name in names]


def _stream(data: bytes) -> bytes:
    """Return the stream of the workbook in the compound file.

    Raises Refused where there is none; struct.error or IndexError where the file ends too early.
    """
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in {9, 12}:
        raise Refused("unreadable-file", "the workbook is truncated or damaged")
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) << shift : (number + 2) << shift]

    fat_sectors = [n for n in struct.unpack_from("<109I", data, 76) if n < _END_OF_CHAIN]
    (following, count) = struct.unpack_from("<II", data, 68)
    while following < _END_OF_CHAIN and count > 0 and len(fat_sectors) << shift <= len(data):
        entries = struct.unpack(f"<{size // 4}I", sector(following))
        fat_sectors += [n for n in entries[:-1] if n < _END_OF_CHAIN]
        following, count = entries[-1], count - 1
    most = len(data) >> shift
    fat: list[int] = []
    for number in fat_sectors[: most + 1]:
        piece = sector(number)
        fat += struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4])

    def chain(first: int, table: list[int], limit: int) -> Iterator[int]:
        while first < len(table) and limit > 0:
            yield first
            first, limit = table[first], limit - 1

    (first_of_directory,) = struct.unpack_from("<I", data, 48)
    if len(data) <= (first_of_directory + 1) << shift:
        raise Refused("unreadable-file", "the file is truncated: it ends before the list of what is in it")
    directory = b"".join(sector(n) for n in chain(first_of_directory, fat, most + 1))
    entries_by_name: dict[str, tuple[int, int]] = {}
    for at in range(0, len(directory) - 127, 128):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        begin, size_of = struct.unpack_from("<II", directory, at + 116)
        entries_by_name.setdefault(name.lower(), (begin, size_of))
    if "encryptedpackage" in entries_by_name:
        raise Refused("unreadable-file", "the file is password protected")
    entry = entries_by_name.get("workbook") or entries_by_name.get("book")
    if entry is None:
        raise Refused("unreadable-file", "the file is an old Office document without a workbook")
    first, length = entry
    if length < struct.unpack_from("<I", data, 56)[0]:
        root = entries_by_name.get("root entry", (0xFFFFFFFF, 0))[0]
        small = b"".join(sector(n) for n in chain(root, fat, most + 1))
        piece = b"".join(sector(n) for n in chain(struct.unpack_from("<I", data, 60)[0], fat, most + 1))
        mini = list(struct.unpack(f"<{len(piece) // 4}I", piece))
        return b"".join(small[n << 6 : (n + 1) << 6] for n in chain(first, mini, len(mini)))[:length]
    return b"".join(sector(n) for n in chain(first, fat, most + 1))[:length]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset and length of the records from an offset on."""
    end = len(stream) - 3
    unpack = struct.Struct("<HH").unpack_from
    while at < end:
        kind, length = unpack(stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _listed(stream: bytes) -> Iterator[tuple[str, bool, int]]:
    """Yield name, whether it is hidden, and offset of each worksheet."""
    for kind, at, length in _records(stream, 0):
        if kind == _FILEPASS:
            raise Refused("unreadable-file", "the file is password protected")
        if kind == _BOUNDSHEET and length >= 8:
            offset, state, what, count, wide = struct.unpack_from("<IBBBB", stream, at)
            name = stream[at + 8 : at + 8 + (count * 2 if wide & 1 else count)]
            if what == 0:
                yield name.decode("utf-16-le" if wide & 1 else "latin-1", "replace"), state & 3 != 0, offset
        elif kind == _EOF:
            return


class XlsSheet:
    """One worksheet; making it walks its records."""

    book: Copied

    def __init__(self, name: str, hidden: bool, stream: bytes, at: int) -> None:
        self.name, self.hidden = name, hidden
        self.merged: dict[tuple[int, int], int] = {}
        self.links: dict[tuple[int, int], str] = {}
        self.remarks: list[tuple[str, str, State]] = []
        self.uncached: dict[tuple[int, int], str] = {}
        rows: set[int] = set()
        columns: set[int] = set()
        drawn: dict[int, str] = {}
        noted: dict[int, tuple[int, int]] = {}
        drawing = depth = last_row = last_column = 0
        awaits = False
        pair = struct.Struct("<HH").unpack_from
        for kind, start, length in _records(stream, at):
            if kind in _ONE_CELL and length >= 4:
                row, column = pair(stream, start)
                last_row, last_column = max(last_row, row), max(last_column, column)
            elif kind in _MANY_CELLS and length >= 6:
                row, _ = pair(stream, start)
                (column,) = struct.unpack_from("<H", stream, start + length - 2)
                last_row, last_column = max(last_row, row), max(last_column, column)
            elif kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif kind == _DIMENSIONS and length >= 12:
                _, end, _, after = struct.unpack_from("<IIHH", stream, start)
                last_row, last_column = max(last_row, end - 1), max(last_column, after - 1)
            elif kind == _ROW and length >= 14:
                row, options = pair(stream, start)[0], pair(stream, start + 12)[0]
                if options & 0x20:
                    rows.add(row)
            elif kind == _COLINFO and length >= 10:
                first, last = pair(stream, start)
                if struct.unpack_from("<H", stream, start + 8)[0] & 1:
                    columns.update(range(first, min(last, 255) + 1))
            elif kind == _HLINK and length >= 32:
                self._link(stream, start, length)
            elif kind == _OBJ and length >= 8:
                (drawing,) = struct.unpack_from("<H", stream, start + 6)
            elif kind == _NOTE and length >= 8:
                row, column, _, number = struct.unpack_from("<HHHH", stream, start)
                noted[number] = (row, column)
            elif kind == _CONTINUE and awaits and length > 1:
                wide = stream[start] & 1
                text = stream[start + 1 : start + length].decode("utf-16-le" if wide else "latin-1", "replace")
                drawn[drawing] = text
            awaits = kind == _TXO
        for number, text in drawn.items():
            where = noted.get(number)
            place = f"!{letters(where[1])}{where[0] + 1} note" if where else " drawing"
            self.remarks.append((place, text, "comment" if where else "plain"))
        self.area = (last_row + 1) * (last_column + 1)
        self.hidden_rows, self.hidden_columns = frozenset(rows), frozenset(columns)

    def _link(self, stream: bytes, start: int, length: int) -> None:
        """Note where the link of a cell leads."""
        row, _, column, _ = struct.unpack_from("<HHHH", stream, start)
        record = stream[start : start + length]
        at = record.find(_URL_MONIKER)
        if at >= 0 and at + 20 <= len(record):
            (size,) = struct.unpack_from("<I", record, at + 16)
            url = record[at + 20 : at + 20 + size].decode("utf-16-le", "replace")
            self.links[row, column] = url.split("\0", 1)[0]

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield the rows with their values."""
        return self.book.rows(self.name)

    def printed(self, row: int, column: int, value: Any) -> Printed:
        """Return the digits of a number; how its format prints it is not read."""
        return printed(text_of(value), odd=not isinstance(value, int | float) or isinstance(value, bool))
