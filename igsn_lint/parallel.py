"""Many files over several processes, or the pieces of one long file: the findings are those of a serial run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.api import files
from igsn_lint.processes import cores, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from igsn_lint.discover import Found
    from igsn_lint.engine import Engine, Seen

ENOUGH = 300
"""So many files are needed before a second process pays."""


def look(engine: Engine, found: Sequence[Found], jobs: int | None = None) -> list[Seen]:
    """Return what looking at the files gave, in one piece for each process; without ``jobs``, as many as pay."""
    most = jobs or cores()
    if (jobs is None and len(found) < ENOUGH) or len(found) < 2:
        # A long file is worth several processes by itself.
        return [engine.look(files(found), jobs=most)]
    jobs = min(most, len(found))
    # Every process gets each n-th file: files of one kind and size stand beside one another.
    return spread(lambda share: engine.look(files(found[share::jobs])), jobs)
