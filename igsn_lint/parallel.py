"""Many files over several processes: what crosses is plain data, and the findings are those of a serial run.

Only where processes can be forked: a worker then has the rules and schemas already, and starts in milliseconds.
"""

from __future__ import annotations

import multiprocessing
import os
from typing import TYPE_CHECKING

from igsn_lint.api import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from igsn_lint.discover import Found
    from igsn_lint.engine import Engine, Seen

ENOUGH = 300
"""So many files are needed before a second process pays (bench/, case jobs)."""

_CHUNKS = 8
"""How many chunks a process gets on average, so that none waits long for the others."""

_engine: Engine | None = None
"""The engine of a worker process; never set in the process that starts the workers."""


def default_jobs(count: int) -> int:
    """Return how many processes pay for so many files."""
    if count < ENOUGH or "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 8)


def look(engine: Engine, found: Sequence[Found], jobs: int) -> list[Seen]:
    """Return what looking at the files gave, in pieces."""
    if jobs < 2 or len(found) < 2:
        return [engine.look(files(found))]
    size = max(1, len(found) // (jobs * _CHUNKS))
    chunks = [found[at : at + size] for at in range(0, len(found), size)]
    context = multiprocessing.get_context("fork")
    with context.Pool(jobs, _take, (engine,)) as pool:
        return pool.map(_look, chunks, chunksize=1)


def _take(engine: Engine) -> None:
    global _engine  # of the worker process alone
    _engine = engine


def _look(found: Sequence[Found]) -> Seen:
    assert _engine is not None
    return _engine.look(files(found))
