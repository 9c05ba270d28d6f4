"""Many files over several processes: what crosses is plain data, and the findings are those of a serial run.

Only where processes can be forked: a child then has all rules at once. The parent takes a share of its own, and what a
child could not do it does after all.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from typing import TYPE_CHECKING

from igsn_lint.api import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from igsn_lint.discover import Found
    from igsn_lint.engine import Engine, Seen
    from igsn_lint.progress import Progress

ENOUGH = 300
"""So many files are needed before a second process pays."""

_MOST = 8


def default_jobs(count: int) -> int:
    """Return how many processes pay for so many files."""
    if count < ENOUGH or not hasattr(os, "fork"):
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


def look(engine: Engine, found: Sequence[Found], jobs: int, progress: Progress | None = None) -> list[Seen]:
    """Return what looking at the files gave, in one piece for each process; one's share tells how far all are."""
    if not hasattr(os, "fork"):
        jobs = 1
    # Every process gets each n-th file: files of one kind and size stand beside one another.
    shares = [found[first::jobs] for first in range(min(jobs, max(len(found), 1)))]
    children = [_start(engine, share) for share in shares[1:]]
    try:
        first = files(shares[0])
        pieces = [engine.look(first if progress is None else progress.each(first, jobs))]
        for share in shares[1:]:
            pieces.append(_result(*children.pop(0)) or engine.look(files(share)))
    except BaseException:
        # Interrupted: nobody waits for them any more.
        for process, _ in children:
            os.kill(process, signal.SIGKILL)
        raise
    return pieces


def _start(engine: Engine, share: Sequence[Found]) -> tuple[int, int]:
    """Start a child that looks at its share; return its number and the pipe that its result comes through."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        return process, ours
    code = 1
    # A child is over before its garbage matters, and a look for it would copy what it shares with the parent.
    gc.disable()
    try:
        os.close(ours)
        with open(theirs, "wb") as pipe:
            pickle.dump(engine.look(files(share)), pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        # Not the interpreter's way out: what the parent has opened is not the child's to close.
        os._exit(code)


def _result(process: int, pipe: int) -> Seen | None:
    """Return what a child has seen, or None where it ended before its time."""
    with open(pipe, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(process, 0)
    if status != 0:
        return None
    seen: Seen = pickle.loads(data)  # written by our own child
    return seen
