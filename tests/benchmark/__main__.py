"""``python tests/benchmark [FOLDER]``: the score of both halves with what was missed; the documents stay in FOLDER."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark.score import BLIND, read_expected, score, write_own


def main(folder: str | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(folder or temporary)
        path.mkdir(parents=True, exist_ok=True)
        print("made by a script\n" + str(score(write_own(path))))
    if (BLIND / "expected.jsonl").exists():
        print("\nwritten by somebody who had not seen the finder\n" + str(score(read_expected(BLIND))))


if __name__ == "__main__":
    main(*sys.argv[1:2] or [None])
