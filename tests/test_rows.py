"""What is kept of the rows of a sheet for a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from igsn_lint.readers import rows
from igsn_lint.readers.rows import Room, Rows, near

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALL = [(number, [f"text {number}", number, "ID" if number % 300 == 7 else ""]) for number in range(1000)]


class _Sheet:
    def __init__(self, given: list[tuple[int, list[Any]]] = _ALL) -> None:
        self.given, self.begun = given, 0

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        self.begun += 1
        return iter(self.given)


def _seen(look: Rows, word: str, *, at_all: bool = False) -> list[int]:
    pieces = look.look(lambda text: word in text, at_all=at_all)
    return [n for piece, _ in pieces for n, _ in (piece if at_all else near(piece, lambda text, _: word in text))]


def test_second_look_at_what_was_wanted_takes_no_row_again() -> None:
    sheet = _Sheet()
    look = Rows(sheet.rows, Room())
    assert look.first(60) == _ALL[:60]
    assert _seen(look, "ID") == [7, 307, 607, 907]
    assert _seen(look, "ID") == [7, 307, 607, 907]
    assert _seen(look, "text 7") == _seen(Rows(_Sheet().rows, Room()), "text 7")
    assert look.first(60) == _ALL[:60]
    assert sheet.begun == 2  # the look at other rows


def test_look_at_all_rows_gives_them_each_time() -> None:
    look = Rows(_Sheet().rows, Room())
    assert _seen(look, "ID", at_all=True) == _seen(look, "ID", at_all=True) == list(range(1000))


def test_look_that_was_given_up_leaves_nothing_out() -> None:
    look = Rows(_Sheet().rows, Room())
    look.first(60)
    next(look.look(lambda text: True))
    assert _seen(look, "ID") == [7, 307, 607, 907]


@pytest.mark.parametrize("most", ["_MOST_CHARACTERS", "_MOST_CELLS"])
def test_what_has_no_room_is_read_again(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, most, 400)
    sheet = _Sheet()
    look = Rows(sheet.rows, Room())
    assert _seen(look, "ID") == _seen(look, "ID") == [7, 307, 607, 907]
    assert sheet.begun == 2


def test_fault_in_a_sheet_is_raised_at_each_look() -> None:
    def broken() -> Iterator[tuple[int, list[Any]]]:
        yield from _ALL[:700]
        raise EOFError

    look = Rows(broken, Room())
    for _ in range(2):
        seen: list[int] = []
        with pytest.raises(EOFError):
            seen.extend(number for piece, _ in look.look(lambda text: "ID" in text) for number, _ in piece)
        assert 307 in seen
        assert 607 not in seen
