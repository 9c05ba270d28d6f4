"""Processes that share the files of a run: each file is looked at once, also where one of them ends early."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from igsn_lint import parallel
from igsn_lint.api import enabled, files
from igsn_lint.discover import discover
from igsn_lint.engine import Engine
from igsn_lint.model import Settings
from igsn_lint.processes import Pool
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from igsn_lint.engine import Seen
    from igsn_lint.inputs import Input

_FILES = 2 * Pool.MOST + 3

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is one process only where none can be forked")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("texts")
    for number in range(_FILES):
        (found / f"{number:04}.md").write_text(f"Sample IGSN: 10.58052/SSH–{number:06}\n")
    return found


class _Dying(Engine):
    """An engine whose children end after their first file, as those that the system kills."""

    parent = os.getpid()

    def look(self, inputs: Iterable[Input], *, jobs: int = 1) -> Seen:
        if os.getpid() == self.parent:
            return super().look(inputs, jobs=jobs)
        next(iter(inputs))
        os._exit(9)


def _findings(kind: type[Engine], folder: Path, jobs: int) -> list[tuple[str, str]]:
    registry = Registry.load()
    engine = kind(registry, Settings(), enabled(registry, ["IL106"], []))
    found = list(discover([str(folder)], []))
    report = engine.report(parallel.look(engine, found, jobs), files(found))
    assert report.files == _FILES
    return [(finding.path, finding.rule) for finding in report.findings]


def test_each_number_is_drawn_once() -> None:
    pool = Pool(Pool.MOST)
    one, other = iter(pool), iter(pool)
    drawn = [next(one), next(other), *one]
    assert drawn == list(range(Pool.MOST))
    assert list(other) == []
    pool.close()


@needs_fork
@pytest.mark.parametrize("jobs", [2, 3])
def test_every_file_is_looked_at_once(folder: Path, jobs: int) -> None:
    alone = _findings(Engine, folder, 1)
    assert len(alone) == _FILES
    assert _findings(Engine, folder, jobs) == alone


@needs_fork
def test_what_a_process_had_drawn_that_ended_early_is_looked_at_after_all(folder: Path) -> None:
    assert _findings(_Dying, folder, 3) == _findings(Engine, folder, 1)
