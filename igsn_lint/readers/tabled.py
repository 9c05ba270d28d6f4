"""Tables in plain text: rows parted by tabs, bars or wide blanks, below a heading that says IGSN."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.model import Document
from igsn_lint.patterns import lazy
from igsn_lint.readers.grid import GridCell, labelled
from igsn_lint.readers.mapped import Cell, Flow, FlowDocument
from igsn_lint.scan import is_igsn_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.source import Source

_MARKS = ("\t", "|", "│", "  ")
"""What parts the cells of a row, the surest first."""

_BARS = str.maketrans("┃┆║", "│││")
_CELL = lazy(r"[^ \t]+(?: [^ \t]+)*")
_RULE = lazy(r"[ \t]*[+:=|_\u2012-\u2015\u2500-\u257f-][\s+:=|_\u2012-\u2015\u2500-\u257f-]*")
"""A line that only divides; it may have no mark of a column."""

_LONGEST_ROW = 10_000
_ROWS_AT_ONCE = 1000
_HINT = lazy("igsn", re.IGNORECASE)


class TabledDocument(FlowDocument):
    """A text in which tables stand; origins are those of its one Flow."""

    format = "text"
    has_links = False


def read(source: Source) -> Document:
    """Return the Source as a text with tables, or as one run of text where none has a heading that says IGSN."""
    flow = Flow()
    flow.cells = list(_tables(source.text))
    if not flow.cells:
        return Document(source)
    flow.copy(source.text, 0, len(source.text))
    return TabledDocument(source, lambda _: [flow])


def _tables(text: str) -> Iterator[Cell]:
    """Yield the cells of the tables that a heading names."""
    at = 0
    for hint in _HINT.finditer(text):
        if hint.start() < at:
            continue
        start = text.rfind("\n", 0, hint.start()) + 1
        start += text.startswith("\ufeff", start)
        at = _line_end(text, start)
        mark = _mark(text[start:at]) if at - start <= _LONGEST_ROW else None
        if mark is None:
            continue
        framed = text[start:at].lstrip().translate(_BARS).startswith(("|", "│"))
        head = _row(text, start, mark, framed=framed)
        if not any(is_igsn_label(cell.text) for cell in head):
            continue
        rows = [head]
        while at < len(text):
            end = _line_end(text, at + 1)
            line = text[at + 1 : end]
            if len(line) <= _LONGEST_ROW and _RULE.fullmatch(line):
                at = end
                continue
            if len(line) > _LONGEST_ROW or mark not in line:
                break
            row = _row(text, at + 1, mark, framed=framed)
            if mark == "  " and len(row) != len(head):
                row = _below(head, start, row, at + 1)
            if row:
                rows.append(row)
            if len(rows) > _ROWS_AT_ONCE:
                yield from labelled(rows)
                rows = [head]
            at = end
        if len(rows) > 1:
            yield from labelled(rows)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _mark(line: str) -> str | None:
    """Return what parts the cells of a line, or None where it is no row of a table."""
    line = line.translate(_BARS).strip()
    return next((mark for mark in _MARKS if mark in line), None)


def _below(head: list[GridCell], head_start: int, row: list[GridCell], start: int) -> list[GridCell]:
    """Return a row with too few cells filled up: each stands below its heading; nothing where that is not certain.

    Between wide blanks an empty cell can not be seen.
    """
    if not 1 < len(row) < len(head):
        return []
    filled: list[GridCell] = []
    for cell in row:
        # The cell as if it stood in the line of the headings.
        left, right = cell.start - start + head_start, cell.end - start + head_start
        if filled and left < head[len(filled) - 1].end:
            return []
        while len(filled) < len(head) and head[len(filled)].end <= left:
            filled.append(GridCell(cell.start, cell.start, ""))
        if not any(each.start < right for each in head[len(filled) : len(filled) + 1]):
            return []
        filled.append(cell)
        if any(each.start < right for each in head[len(filled) : len(filled) + 1]):
            return []
    return filled


def _row(text: str, start: int, mark: str, *, framed: bool) -> list[GridCell]:
    """Return the cells of a line; bars may also stand at both ends."""
    line = text[start : _line_end(text, start)].rstrip("\r")
    if mark == "  ":
        return [GridCell(start + m.start(), start + m.end(), m[0]) for m in _CELL.finditer(line)]
    if mark in "|│":
        line = line.translate(_BARS).rstrip(" \t").removesuffix(mark)
        if framed and (bar := line.find(mark)) >= 0 and not line[:bar].strip():
            start, line = start + bar + 1, line[bar + 1 :]
    cells = []
    for piece in line.split(mark):
        inner = piece.strip()
        begin = start + len(piece) - len(piece.lstrip()) if inner else start
        cells.append(GridCell(begin, begin + len(inner), inner))
        start += len(piece) + 1
    return cells
