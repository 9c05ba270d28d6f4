"""A line on the terminal that says how far a long run is; nothing where nobody looks."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_T = TypeVar("_T")

_PATIENCE = 2.0
"""Seconds that a run may take without a word."""

_BETWEEN = 0.1


class Progress:
    """Counts the files of a run on standard error, where that is a terminal and no pipeline's.

    It is used as a context, and leaves the line as it was. Blanks wipe it: no terminal has to know colours for that.
    """

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total = total
        self._shown = 0
        self._due = time.monotonic() + _PATIENCE
        self.wanted = not quiet and _is_watched()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def each(self, inputs: Iterable[_T], first: int = 0) -> Iterable[_T]:
        """Return the inputs, of which ``first`` went before, and count each when it is asked for."""
        return self._counted(inputs, first) if self.wanted else inputs

    def _counted(self, inputs: Iterable[_T], first: int) -> Iterator[_T]:
        for number, item in enumerate(inputs, first):
            if (now := time.monotonic()) >= self._due:
                self._due = now + _BETWEEN
                self._write(f"{number} of {self._total} files checked")
            yield item

    def _write(self, text: str) -> None:
        if self._shown or text:
            sys.stderr.write(f"\r{text:<{self._shown}}\r")
            sys.stderr.flush()
            self._shown = len(text)


def _is_watched() -> bool:
    """Return whether a person sees standard error as it is written."""
    if os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return False
    try:
        return sys.stderr.isatty()
    except (AttributeError, ValueError):
        return False  # closed before the start
