"""Tables in texts: which heading names each cell."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.labels import is_igsn_label
from igsn_lint.readers import columns
from igsn_lint.readers.mapped import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST_ROWS = 8
"""In so many rows at the top a heading may stand: titles, units and merged headings stand there, too."""

MOST_COLUMNS = 2000
"""Columns beyond these have no heading."""


class GridCell(NamedTuple):
    """A cell of a table: its span in the decoded text, the text, and how many columns and rows it covers.

    ``column`` is the one that it stands in, from 0, where the format says so; elsewhere the next one that is free.
    """

    start: int
    end: int
    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False
    column: int | None = None


def labelled(rows: Sequence[Sequence[GridCell]]) -> Iterator[Cell]:
    """Yield the cells that stand below or beside a heading that says IGSN, each with that heading.

    A heading that spans several columns names them all; a row of the body that spans several is a title and no value.
    """
    if not any(is_igsn_label(cell.text) for row in rows for cell in row):
        return
    due = _due(rows)
    labels: dict[int, str] = {}
    covered: dict[int, int] = {}
    for number, row in enumerate(rows):
        row_label: str | None = None
        at = 0
        heads = all(cell.head for cell in row)
        for i, cell in enumerate(row):
            if cell.column is not None:
                at = max(at, cell.column)
            while cell.column is None and at <= MOST_COLUMNS and covered.get(at, 0) > number:
                at += 1
            width = max(1, min(cell.columns, MOST_COLUMNS))
            if cell.rows > 1:
                covered.update(dict.fromkeys(range(at, at + width), number + min(cell.rows, len(rows) - number)))
            text = cell.text.strip()
            if is_igsn_label(text):
                if _heads_row(row, i, number):
                    row_label = text
                elif (cell.head or (number < _FIRST_ROWS and not row[0].head)) and _stands_over_ids(rows, number, at):
                    labels.update(dict.fromkeys(range(at, at + width), text))
            elif (number, i) in due and at in labels:
                yield Cell(cell.start, cell.end, labels[at], due=True)
            elif (
                text
                and not (heads and row_label is None)
                and (label := row_label or (labels.get(at) if width == 1 else None)) is not None
            ):
                yield Cell(cell.start, cell.end, label)
            at += width
            if at > MOST_COLUMNS:
                break


def without_covered(rows: Sequence[Sequence[GridCell]]) -> Sequence[Sequence[GridCell]]:
    """Return rows without the empty cells that stand for a cell above them; that one covers so many rows then.

    LaTeX writes these cells, HTML does not.
    """
    if not any(cell.rows > 1 for row in rows for cell in row):
        return rows
    left = [{at: cell for cell, at in zip(row, _columns(row), strict=True)} for row in rows]
    for number, cells in enumerate(left):
        for at, cell in cells.items():
            below = number + 1
            last = min(number + cell.rows, len(rows)) if cell.columns == 1 else 0
            while below < last and at in left[below] and not left[below][at].text.strip():
                del left[below][at]
                below += 1
            cells[at] = cell._replace(rows=below - number)
    return [list(cells.values()) for cells in left]


def _columns(row: Sequence[GridCell]) -> Iterator[int]:
    """Yield the column in which each cell of a row begins, where all are written."""
    at = 0
    for cell in row:
        yield at
        at += max(1, cell.columns)


def _stands_over_ids(rows: Sequence[Sequence[GridCell]], number: int, at: int) -> bool:
    """Return whether a heading in a row and column is one of IGSN IDs by what stands beside and below it."""
    laid = islice(_laid(rows), number, None)
    here, _ = next(laid)
    if columns.spells_out(here, at):
        return False
    return columns.stands_over_ids((texts[at] for texts, _ in laid if at < len(texts)), first=number == 0)


def _due(rows: Sequence[Sequence[GridCell]]) -> set[tuple[int, int]]:
    """Return the cells, by row and number in it, in which the ID of a sample should stand and none does.

    A row goes on with the sample above it where the first of its columns is empty. A table tells so many cells only.
    """
    laid = _laid(rows)
    first = list(islice(laid, columns.FIRST_ROWS))
    merged = {(row, at): last for row, (_, places) in enumerate(first) for at, (_, last) in places.items() if last > at}
    head = columns.head([texts for texts, _ in first], merged)
    due: set[tuple[int, int]] = set()
    for number, (texts, places) in enumerate(chain(first, laid)):
        band = head.band(number)
        if band is None or all(cell.head for cell in rows[number]):
            continue
        leading = min((column for column in band.names if column not in band.own), default=None)
        if leading is not None and not (leading < len(texts) and texts[leading].strip()):
            continue
        missing = (cell.column for cell in columns.cells(band, texts) if cell.due)
        due |= {(number, places[column][0]) for column in missing if column in places}
        if len(due) >= columns.MOST_DUE:
            break
    return due


def _laid(rows: Sequence[Sequence[GridCell]]) -> Iterator[tuple[list[str], dict[int, tuple[int, int]]]]:
    """Yield each row as it is laid out: its texts by column, and for each own cell, by its column, number and last one.

    A cell over several columns or rows stands in all of them.
    """
    covered: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows):
        texts: list[str] = []
        places: dict[int, tuple[int, int]] = {}
        for i, cell in enumerate(row):
            last = _MOST_LAID if cell.column is None else min(cell.column - 1, _MOST_LAID)
            while len(texts) <= last:
                until, text = covered.get(len(texts), (0, ""))
                if until <= number and cell.column is None:
                    break
                texts.append(text if until > number else "")
            at = len(texts)
            if at > _MOST_LAID:
                break
            width = max(1, min(cell.columns, _MOST_LAID))
            places[at] = i, at + width - 1
            if cell.rows > 1:
                covered.update(dict.fromkeys(range(at, at + width), (number + cell.rows, cell.text)))
            texts += [cell.text] * width
        yield texts, places


_MOST_LAID = 200
"""In so many columns a row without an ID is looked for."""


def _heads_row(row: Sequence[GridCell], i: int, number: int) -> bool:
    """Return whether a heading names what stands right of it: an ID stands there, or it is marked so."""
    if i > 1:
        return False
    behind = [cell for cell in row[i + 1 :] if cell.text.strip()]
    if not behind:
        return False
    if row[i].head and not any(cell.head for cell in row[i + 1 :]):
        return True
    return columns.are_ids(cell.text for cell in behind) and not (number == 0 and behind[0].head)
