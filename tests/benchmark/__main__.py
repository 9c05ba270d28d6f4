"""``python tests/benchmark [FOLDER]``: the score of its parts with what was missed; the documents stay in FOLDER."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark.score import (
    BLIND,
    EIGHTH,
    ELEVENTH,
    FIFTEENTH,
    FIFTH,
    FOURTEENTH,
    FOURTH,
    NINTH,
    SECOND,
    SEVENTH,
    SIXTH,
    TENTH,
    THIRD,
    THIRTEENTH,
    TWELFTH,
    read_expected,
    score,
    write_own,
)


def main(folder: str | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(folder or temporary)
        path.mkdir(parents=True, exist_ok=True)
        print("made by a script\n" + str(score(write_own(path))))
    for folder_, who in (
        (BLIND, "somebody"),
        (SECOND, "somebody else"),
        (THIRD, "a third one"),
        (FOURTH, "a fourth one"),
        (FIFTH, "a fifth one"),
        (SIXTH, "a sixth one"),
        (SEVENTH, "a seventh one"),
        (EIGHTH, "two more"),
        (NINTH, "another two"),
        (TENTH, "two others"),
        (ELEVENTH, "one more"),
        (TWELFTH, "two again"),
        (THIRTEENTH, "one for PDF and Word"),
        (FOURTEENTH, "one for marked-up texts and data"),
        (FIFTEENTH, "one for tables"),
    ):
        print(f"\nwritten by {who} who had not seen the finder\n{score(read_expected(folder_))}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How many IDs the finder finds in documents whose IDs are known.")
    parser.add_argument("folder", nargs="?", help="where the documents that are made by a script are kept")
    main(parser.parse_args().folder)
