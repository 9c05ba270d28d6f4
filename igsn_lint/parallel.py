"""Many files over several processes, or the pieces of one long file: the findings are those of a serial run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.api import files
from igsn_lint.processes import Pool, cores, spread
from igsn_lint.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from igsn_lint.discover import Found
    from igsn_lint.engine import Engine, Seen
    from igsn_lint.inputs import Input

ENOUGH = 300
"""So many files are needed before a second process pays."""


def look(
    engine: Engine, found: Sequence[Found], jobs: int | None = None, progress: Progress | None = None
) -> list[Seen]:
    """Return what looking at the files gave, in one piece for each process; one of them tells how far all are.

    Without ``jobs`` there are as many as pay.
    """
    progress = progress or Progress(len(found), quiet=True)
    most = jobs or cores()
    if (jobs is None and len(found) < ENOUGH) or len(found) < 2:
        # A long file is worth several processes by itself.
        return [engine.look(progress.each(files(found)), jobs=most)]
    shares = min(most, len(found))
    step = -(-len(found) // Pool.MOST)
    pool = Pool(-(-len(found) // step))

    def look_at(share: int) -> tuple[list[int], Seen]:
        drawn: list[int] = []

        def inputs() -> Iterator[Input]:
            for number in pool:
                drawn.append(number)
                start = number * step
                block = files(found[start : start + step])
                # What was drawn before this block is nearly done.
                yield from progress.each(block, start) if share == 0 else block

        return drawn, engine.look(inputs())

    try:
        looked = spread(look_at, shares)
    finally:
        pool.close()
    seen = [one for _, one in looked]
    lost = set(range(0, len(found), step)).difference(number * step for drawn, _ in looked for number in drawn)
    # What a process had drawn that ended before its time.
    seen += [engine.look(files(found[start : start + step])) for start in sorted(lost)]
    return seen
