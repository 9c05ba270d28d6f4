"""The rows of a sheet: looked at in pieces, and kept for a second look as far as that is likely to want them.

The finder goes over a document twice, and the second time it mostly wants rows that it wanted before.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from igsn_lint.model import Wanted

    Row = tuple[int, list[Any]]

_BLOCK, _PIECE, _GROUP = 256, 64, 16
"""So many rows are taken from a sheet together, are asked about together, and are where something is wanted."""

_MOST_CHARACTERS, _MOST_CELLS = 32_000_000, 500_000
"""So much of a workbook is kept at most: texts of all rows, and cells of wanted rows and those beside them."""


class Room:
    """How much of a workbook can still be kept."""

    def __init__(self) -> None:
        self.characters, self.cells = _MOST_CHARACTERS, _MOST_CELLS


class Rows:
    """The rows of one sheet, each with its number; ``begin`` returns them from the first one on."""

    def __init__(self, begin: Callable[[], Iterator[Row]], room: Room) -> None:
        self._begin, self._room = begin, room
        self._first: list[Row] | None = None
        self._begun: Iterator[Row] | None = None
        self._texts: list[str] = []
        self._kept: dict[int, list[Row]] = {}
        self._is_whole = False

    def first(self, most: int) -> list[Row]:
        """Return the first rows; the next look goes on from there."""
        if self._first is None:
            rows = self._begin()
            first = list(islice(rows, most))
            self._first, self._begun = first, chain(first, rows)
        return self._first

    def look(self, wanted: Callable[[str], bool], *, at_all: bool = False) -> Iterator[tuple[list[Row], bool]]:
        """Yield pieces whose texts are wanted, or all, each with whether they are."""
        begun, self._begun = self._begun, None
        if self._is_whole and not at_all:
            numbers = [number for number, text in enumerate(self._texts) if wanted(text)]
            if all(number in self._kept for number in numbers):
                yield from ((self._kept[number], True) for number in numbers)
                return
        number = -1
        for number, piece in enumerate(_pieces(begun or self._begin())):
            is_wanted = wanted(self._text(number, piece))
            if is_wanted:
                self._keep(number, piece)
            if is_wanted or at_all:
                yield piece, is_wanted
        self._is_whole = len(self._texts) == number + 1

    def _text(self, number: int, piece: Sequence[Row]) -> str:
        if number < len(self._texts):
            return self._texts[number]
        text = _texts(piece)
        if number == len(self._texts) and len(text) <= self._room.characters:
            self._texts.append(text)
            self._room.characters -= len(text)
        return text

    def _keep(self, number: int, piece: list[Row]) -> None:
        cells = sum(len(values) for _, values in piece)
        if number not in self._kept and cells <= self._room.cells:
            self._kept[number] = piece
            self._room.cells -= cells


def near(rows: Sequence[Row], wanted: Wanted) -> Iterator[Row]:
    """Yield the rows in which something is wanted; mostly these are few, so that several are asked about together."""
    for at in range(0, len(rows), _GROUP):
        group = rows[at : at + _GROUP]
        if wanted(_texts(group), None):
            yield from (row for row in group if wanted(_texts([row]), None))


def _pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while block := list(islice(rows, _BLOCK)):
        yield from (block[at : at + _PIECE] for at in range(0, len(block), _PIECE))


def _texts(rows: Iterable[Row]) -> str:
    """Return all texts of rows."""
    return "\n".join([value for _, row in rows for value in row if value.__class__ is str])
