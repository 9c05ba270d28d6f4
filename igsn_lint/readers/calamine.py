"""python-calamine without its surprises: what it can not read, or gives up on, is one exception in words."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from igsn_lint.archive import Refused
from igsn_lint.processes import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_CELLS = 32_000_000
"""calamine holds the rectangle around all cells of a sheet; a larger one would not fit into memory."""

DAMAGED = "the workbook is truncated or damaged"

_KEPT_CELLS = 8_000_000
"""Sheets of so many cells together are kept for a second look."""

_LARGE = 1 << 20
"""From so many bytes on a second thread pays."""

_BLOCK = 256
"""So many rows are taken at a time."""


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
        given = _given((left + row for row in sheet.iter_rows()) if left else sheet.iter_rows())
        return chain.from_iterable(given)


@contextmanager
def opening(data: bytes) -> Iterator[Callable[[], Book]]:
    """Give what returns the Book of these bytes, or raises; a large one is opened while its sheets are looked at.

    calamine reads the shared strings then, without holding up other threads; sheets it reads when asked for them.
    """
    if len(data) < _LARGE or cores() < 2:
        yield lambda: Book(data)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(Book, data).result


class Copied:
    """A workbook that was read by a child process: all its rows, copied.

    In damaged records of XLS calamine takes any count for true and asks for that much memory, which ends a process; so
    a child reads them. Where processes can not be forked, they are read here.

    Raises Refused where the child gave up or did not survive.
    """

    def __init__(self, data: bytes) -> None:
        got = _in_child(data) if hasattr(os, "fork") else _read_all(data)
        if isinstance(got, str):
            raise Refused("unreadable-file", got)
        self.sheets, self._rows = got

    def rows(self, name: str) -> Iterator[tuple[int, list[Any]]]:
        """Return the rows of a sheet, each with its number (from 0)."""
        return iter(self._rows.get(name, ()))


_All = tuple[list[tuple[str, bool]], dict[str, list[tuple[int, list[Any]]]]]


def _read_all(data: bytes) -> _All | str:
    """Return the sheets and their rows, or why they can not be read."""
    try:
        book = Book(data)
        return book.sheets, {name: list(book.rows(name)) for name, _ in book.sheets}
    except Refused as refused:
        return refused.fault.message


def _in_child(data: bytes) -> _All | str:
    """Return what a child process with little memory reads; it may die of it."""
    import pickle
    import resource

    ours, theirs = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.close(ours)
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 2)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (_CHILD_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
            with open(theirs, "wb") as pipe:
                pickle.dump(_read_all(data), pipe, pickle.HIGHEST_PROTOCOL)
        finally:
            os._exit(0)
    os.close(theirs)
    try:
        with open(ours, "rb") as stream:
            given = stream.read()
    except BaseException:
        # Nobody waits for it any more.
        os.kill(process, 9)
        raise
    finally:
        os.waitpid(process, 0)
    try:
        got: _All | str = pickle.loads(given)  # written by our own child
    except (pickle.UnpicklingError, EOFError):
        return DAMAGED
    return got


_CHILD_BYTES = 4 << 30


def _given(rows: Iterable[list[Any]]) -> Iterator[list[tuple[int, list[Any]]]]:
    """Yield rows with their numbers, many at a time: a generator of single ones would cost as much as calamine.

    Values are converted one by one, and one of them can be beyond what there is; the rows before it are given.
    """
    numbered = enumerate(rows)
    while True:
        block: list[tuple[int, list[Any]]] = []
        try:
            block.extend(islice(numbered, _BLOCK))
        except BaseException as error:
            refused = _refused(error)
            if isinstance(refused, Refused):
                yield block
            raise refused from None
        if not block:
            return
        yield block


def _calamine(run: Callable[[], Any]) -> Any:
    """Return what calamine gives; it may fail in its own ways and panic in those of its language."""
    try:
        return run()
    except BaseException as error:
        raise _refused(error) from None


def _refused(error: BaseException) -> BaseException:
    """Return what to raise for what calamine raised: its panics are no Exceptions."""
    if type(error).__name__ == "PasswordError":
        return Refused("unreadable-file", "the file is password protected")
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return Refused("unreadable-file", DAMAGED)
    return error
