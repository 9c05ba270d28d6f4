"""Tables in texts: which heading names each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.identifier import Igsn, NotAnIgsn
from igsn_lint.readers.mapped import Cell
from igsn_lint.scan import is_igsn_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST_ROWS = 8
"""In so many rows at the top a heading may stand: titles, units and merged headings stand there, too."""

_MOST_COLUMNS = 2000


class GridCell(NamedTuple):
    """A cell of a table: its span in the decoded text, the text, and how many columns and rows it covers."""

    start: int
    end: int
    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False


def labelled(rows: Sequence[Sequence[GridCell]]) -> Iterator[Cell]:
    """Yield the cells that stand below or beside a heading that says IGSN, each with that heading.

    A heading that spans several columns names them all; a row of the body that spans several is a title and no value.
    """
    if not any(is_igsn_label(cell.text) for row in rows for cell in row):
        return
    columns: dict[int, str] = {}
    covered: dict[int, int] = {}
    for number, row in enumerate(rows):
        row_label: str | None = None
        at = 0
        heads = all(cell.head for cell in row)
        for i, cell in enumerate(row):
            while covered.get(at, 0) > number:
                at += 1
            width = max(1, min(cell.columns, _MOST_COLUMNS))
            if cell.rows > 1:
                covered.update(dict.fromkeys(range(at, at + width), number + min(cell.rows, len(rows) - number)))
            text = cell.text.strip()
            if is_igsn_label(text):
                if _heads_row(row, i, number):
                    row_label = text
                elif number < _FIRST_ROWS or cell.head:
                    columns.update(dict.fromkeys(range(at, at + width), text))
            elif (
                text
                and not (heads and row_label is None)
                and (label := row_label or (columns.get(at) if width == 1 else None)) is not None
            ):
                yield Cell(cell.start, cell.end, label)
            at += width
            if at > _MOST_COLUMNS:
                break


def _heads_row(row: Sequence[GridCell], i: int, number: int) -> bool:
    """Return whether a heading names what stands right of it: an ID stands there, or it is marked so."""
    if i > 1:
        return False
    behind = [cell for cell in row[i + 1 :] if cell.text.strip()]
    if not behind:
        return False
    if row[i].head and not any(cell.head for cell in row[i + 1 :]):
        return True
    return all(_is_id(cell.text) for cell in behind[:3]) and not (number == 0 and behind[0].head)


def _is_id(text: str) -> bool:
    try:
        Igsn.parse(text)
    except NotAnIgsn:
        return False
    return True
