"""Work shared out over processes, where they can be forked; what comes back is plain data.

A forked child has all that the parent has loaded. The parent takes a share of its own, and what a child could not do it
does after all.
"""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Result = TypeVar("_Result")

_MOST = 8


def cores() -> int:
    """Return how many processes can work at a time here; 1 where none can be forked."""
    if not hasattr(os, "fork"):
        return 1
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(found, _MOST)


class Pool:
    """Numbers (0, 1, …) that processes draw from: each is drawn once, by whoever is free for it.

    They lie in a pipe, a byte for each, which no reader can get a half of.
    """

    MOST = 256

    def __init__(self, count: int) -> None:
        """Raises ValueError for more numbers than ``MOST``."""
        self._ours, theirs = os.pipe()
        with open(theirs, "wb") as pipe:
            pipe.write(bytes(range(count)))

    def __iter__(self) -> Iterator[int]:
        """Yield numbers that nobody else has drawn, until there are none."""
        while drawn := os.read(self._ours, 1):
            yield drawn[0]

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._ours)


def spread(work: Callable[[int], _Result], shares: int) -> list[_Result]:
    """Return what ``work`` gives for each share (0, 1, …), in their order, each worked on by a process of its own."""
    children = [_start(work, share) for share in range(1, shares)] if hasattr(os, "fork") else []
    try:
        results = [work(0)]
        for share in range(1, shares):
            done: tuple[_Result] | None = _result(*children.pop(0)) if children else None
            results.append(work(share) if done is None else done[0])
    except BaseException:
        # Interrupted, or out of time: nobody waits for them any more.
        for process, pipe in children:
            _stop(process, pipe)
        raise
    return results


def _start(work: Callable[[int], _Result], share: int) -> tuple[int, int]:
    """Start a child that does its share; return its number and the pipe that its result comes through."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        return process, ours
    import pickle

    code = 1
    # A child is over before its garbage matters, and a look for it would copy what it shares with the parent.
    gc.disable()
    try:
        os.close(ours)
        with open(theirs, "wb") as pipe:
            pickle.dump(work(share), pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        # Not the interpreter's way out: what the parent has opened is not the child's to close.
        os._exit(code)


def _stop(process: int, pipe: int) -> None:
    """End a child whose result nobody wants any more."""
    import signal

    os.close(pipe)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _result(process: int, pipe: int) -> tuple[_Result] | None:
    """Return what a child has done, or None where it ended before its time."""
    with open(pipe, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(process, 0)
    if status != 0:
        return None
    import pickle

    return (pickle.loads(data),)  # written by our own child
