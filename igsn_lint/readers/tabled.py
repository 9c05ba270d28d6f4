"""Plain text with tables (cells parted by tabs, bars, wide blanks or commas, below an IGSN heading) or broken IDs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Document
from igsn_lint.patterns import lazy
from igsn_lint.readers import columns
from igsn_lint.readers.grid import GridCell, labelled
from igsn_lint.readers.linebreaks import breaks
from igsn_lint.readers.mapped import Cell, Flow, FlowDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.source import Source

_MARKS = ("\t", "|", "│", "  ")
"""What parts the cells of a row, the surest first."""

_UNSURE = (";", ",")
"""What may part them, or the words of a sentence."""

_ALONE = ""
"""Stands for nothing: each line is a cell."""

_BARS = str.maketrans("┃┆║", "│││")
_CELL = lazy(r"[^ \t]+(?: [^ \t]+)*")
_RULE = lazy(r"[ \t]*[+:=|_\u2012-\u2015\u2500-\u257f-][\s+:=|_\u2012-\u2015\u2500-\u257f-]*")
"""A line that only divides; it may have no mark of a column."""

_CAPITALS = lazy(r"[A-Z]{2}|[A-Z][0-9]*[A-Z]")
_LONGEST_ROW = 10_000
_ROWS_AT_ONCE = 1000
_HINT = lazy("igsn", re.IGNORECASE)


class TabledDocument(FlowDocument):
    """A text in which tables stand, or in which IDs go on in the next line; origins are those of its one Flow."""

    format = "text"
    has_links = False


def read(source: Source) -> Document:
    """Return the Source as a text with tables and joined lines, or as one run of text where it has neither."""
    text = source.text
    cells = list(tables(text))
    # Rows of a table end where their lines do.
    begin, end = (min(cell.start for cell in cells), max(cell.end for cell in cells)) if cells else (len(text), 0)
    joints = [joint for joint in breaks(text) if joint[1] <= begin or joint[0] > _line_end(text, end)]
    if not cells and not joints:
        return Document(source)
    flow = Flow()
    at = 0
    for start, end in joints:
        flow.copy(text, at, start)
        flow.hyphenate()
        at = end
    flow.copy(text, at, len(text))
    gone = sum(end - start for start, end in joints if end <= begin)
    flow.cells = [cell._replace(start=cell.start - gone, end=cell.end - gone) for cell in cells]
    return TabledDocument(source, lambda _: [flow])


def tables(text: str) -> Iterator[Cell]:
    """Yield the cells of the tables in a text that a heading names."""
    at = 0
    for hint in _HINT.finditer(text):
        if hint.start() < at:
            continue
        start = text.rfind("\n", 0, hint.start()) + 1
        start += text.startswith("\ufeff", start)
        at = _line_end(text, start)
        if at - start > _LONGEST_ROW:
            continue
        line = text[start:at]
        for mark in _marks(line):
            framed = line.lstrip().translate(_BARS).startswith(("|", "│"))
            head = _row(text, start, mark, framed=framed)
            if any(is_igsn_label(cell.text) for cell in head):
                inner = _stands_below_a_row(text, start, mark, len(head), framed=framed)
                at, cells = _table(text, start, at, mark, head, framed=framed, inner=inner)
                yield from cells
                break


def _stands_below_a_row(text: str, start: int, mark: str, width: int, *, framed: bool) -> bool:
    """Return whether the line above is a row of the same table: then what says IGSN may be a row that tells of it."""
    before = text.rfind("\n", 0, max(0, start - 1)) + 1
    above = text[before : max(before, start - 1)]
    if not mark.strip() or mark not in above or len(above) > _LONGEST_ROW or _RULE.fullmatch(above):
        return False
    return len(_row(text, before, mark, framed=framed)) == width


def _table(
    text: str, start: int, at: int, mark: str, head: list[GridCell], *, framed: bool, inner: bool
) -> tuple[int, list[Cell]]:
    """Return where a table ends whose heading stands at ``start:at``, and its cells that a heading names."""
    rows, found = [head], list[Cell]()
    sure = mark not in _UNSURE
    while at < len(text):
        end = _line_end(text, at + 1)
        line = text[at + 1 : end]
        if len(line) > _LONGEST_ROW:
            break
        if _RULE.fullmatch(line):
            at = end
            continue
        if len(rows) == 1 and mark in {"  ", _ALONE} and at and text[at - 1 : at] != "\n" and not line.strip():
            # What stands behind one empty line may be a table, or another paragraph.
            sure, at = False, end
            continue
        if mark not in line or not line.strip():
            break
        row = _row(text, at + 1, mark, framed=framed)
        if len(row) != len(head) and mark == "  ":
            row = _below(head, start, row, at + 1)
        elif len(row) != len(head) and not sure:
            break
        if mark == _ALONE and not _are_codes(row[0].text):
            break
        if row:
            rows.append(row)
        if len(rows) > _ROWS_AT_ONCE:
            found += _labelled(rows, sure=sure, inner=inner)
            rows = [head]
        at = end
    if len(rows) > 1:
        found += _labelled(rows, sure=sure, inner=inner)
    return at, found


def _labelled(rows: list[list[GridCell]], *, sure: bool, inner: bool) -> list[Cell]:
    """Return the cells that a heading names; where it is not sure that it is a table, all below it are IDs or none.

    What stands below another row (``inner``) is a heading only if IDs stand below it.
    """
    named = [i for i, cell in enumerate(rows[0]) if is_igsn_label(cell.text)]
    below = [[row[i].text for row in rows[1:] if i < len(row)] for i in named]
    if inner and not any(columns.stands_over_ids(texts, first=False) for texts in below):
        return []
    if not sure:
        # "Keywords: IGSN, DOI" heads no table.
        spoken = any(": " in rows[0][i].text for i in named)
        said = [text for texts in below for text in texts if not facts.is_null(text)]
        if spoken or not said or not all(map(_are_codes, said)):
            return []
    return list(labelled(rows))


def _are_codes(text: str) -> bool:
    """Return whether a text is surely IGSN IDs and no date, number, standard or word with a digit."""
    other = facts.other_codes(strong=False)
    return columns.are_ids([text]) and all(
        "/" in word or (_CAPITALS.match(word) and not other.fullmatch(word)) for word in text.split()
    )


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _marks(line: str) -> list[str]:
    """Return what may part the cells of a line, the surest first."""
    line = line.translate(_BARS).strip()
    mark = next((mark for mark in _MARKS if mark in line), None)
    unsure = [mark for mark in _UNSURE if mark in line]
    return [mark] if mark is not None else unsure or [_ALONE]


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
    if mark and mark in "|│":
        line = line.translate(_BARS).rstrip(" \t").removesuffix(mark)
        if framed and (bar := line.find(mark)) >= 0 and not line[:bar].strip():
            start, line = start + bar + 1, line[bar + 1 :]
    if mark in _UNSURE and (hashes := len(line) - len(line.lstrip("# "))):
        start, line = start + hashes, line[hashes:]
    cells = []
    for piece in line.split(mark) if mark else [line]:
        inner = piece.strip()
        begin = start + len(piece) - len(piece.lstrip()) if inner else start
        cells.append(GridCell(begin, begin + len(inner), inner))
        start += len(piece) + 1
    return cells
