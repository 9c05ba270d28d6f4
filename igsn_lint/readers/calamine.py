"""python-calamine without its surprises: what it can not read, or gives up on, is one exception in words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from igsn_lint.archive import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_CELLS = 32_000_000
"""calamine holds the rectangle around all cells of a sheet; a larger one would not fit into memory."""

_KEPT_CELLS = 8_000_000
"""Sheets of so many cells together are kept for a second look."""


class Book:
    """A workbook that calamine reads: its sheets by name, each parsed when its rows are asked for.

    Raises Refused where the bytes are damaged or need a password.
    """

    def __init__(self, data: bytes) -> None:
        from python_calamine import CalamineWorkbook

        self._book: Any = _calamine(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
        self._kept: dict[str, Any] = {}
        self._cells = 0

    @property
    def sheets(self) -> list[tuple[str, bool]]:
        """The name of each worksheet, and whether it is hidden."""
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        return [
            (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]

    def rows(self, name: str) -> Iterator[tuple[int, list[Any]]]:
        """Return the rows of a sheet, each with its number (from 0)."""
        sheet = self._kept.get(name)
        if sheet is None:
            sheet = _calamine(lambda: self._book.get_sheet_by_name(name))
            size = sheet.height * sheet.width
            if self._cells + size <= _KEPT_CELLS:
                self._kept[name] = sheet
                self._cells += size
        # Rows come from the first one of the sheet on, columns from the first one that holds something.
        left = [""] * sheet.start[1] if sheet.start else []
        return enumerate((left + row for row in sheet.iter_rows()) if left else sheet.iter_rows())


def _calamine(run: Callable[[], Any]) -> Any:
    """Return what calamine gives; it may fail in its own ways and panic in those of its language."""
    try:
        return run()
    except Exception as error:
        if type(error).__name__ == "PasswordError":
            raise Refused("unreadable-file", "the file is password protected") from error
        raise Refused("unreadable-file", "the workbook is truncated or damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("unreadable-file", "the workbook is truncated or damaged") from None
