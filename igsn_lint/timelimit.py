"""A limit of time for one file, by the alarm clock of the operating system.

There is none on Windows and outside of the main thread; no limit holds there.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_AGAIN = 1.0
"""Seconds after which the alarm comes again: what a callback of a C library raises gets lost."""


class TookTooLong(BaseException):
    """The time for a file is over. Not an Exception: what a reader catches of a broken file may not swallow it."""


def _ring(number: int, frame: FrameType | None) -> NoReturn:
    raise TookTooLong


class TimeLimit:
    """A clock that raises TookTooLong where ``seconds`` have gone by since ``start``; 0 is without limit.

    It counts only inside of its context.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._set: Callable[..., object] | None = None

    def __enter__(self) -> TimeLimit:
        if self.seconds:
            import signal

            # An alarm that somebody else has set is theirs.
            if hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL:
                # ValueError: not the main thread
                with contextlib.suppress(ValueError):
                    signal.signal(signal.SIGALRM, _ring)
                    self._set = partial(signal.setitimer, signal.ITIMER_REAL)
        return self

    def __exit__(self, *_: object) -> None:
        if self._set is not None:
            import signal

            self.stop()
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            self._set = None

    def start(self) -> None:
        """Begin to count, or begin anew."""
        if self._set is not None:
            self._set(self.seconds, _AGAIN)

    def stop(self) -> None:
        """Count no longer."""
        if self._set is not None:
            self._set(0)
