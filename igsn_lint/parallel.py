"""Many files over several processes, or the pieces of one long file: the findings are those of a serial run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.api import files
from igsn_lint.processes import cores, spread
from igsn_lint.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from igsn_lint.discover import Found
    from igsn_lint.engine import Engine, Seen

ENOUGH = 300
"""So many files are needed before a second process pays."""


def look(
    engine: Engine, found: Sequence[Found], jobs: int | None = None, progress: Progress | None = None
) -> list[Seen]:
    """Return what looking at the files gave, in one piece for each process; one's share tells how far all are.

    Without ``jobs`` there are as many as pay.
    """
    progress = progress or Progress(len(found), quiet=True)
    most = jobs or cores()
    if (jobs is None and len(found) < ENOUGH) or len(found) < 2:
        # A long file is worth several processes by itself.
        return [engine.look(progress.each(files(found)), jobs=most)]
    jobs = min(most, len(found))
    # Every process gets each n-th file: files of one kind and size stand beside one another.

    def look_at(share: int) -> Seen:
        mine = files(found[share::jobs])
        return engine.look(progress.each(mine, jobs) if share == 0 else mine)

    return spread(look_at, jobs)
