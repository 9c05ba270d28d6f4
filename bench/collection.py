"""Measures one run over a growing collection: ``python bench/collection.py [--form jsonl|json] [-j N] [COUNT …]``.

All rules are on. Twice the records should take twice the time. Seconds are those of the processor, so that what else
runs on the machine counts little; the memory is the most that the first process had.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import corpora

COUNTS = (25_000, 50_000, 100_000, 200_000)
_MEGABYTE = 2**20


def measure(folder: Path, paths: list[str], jobs: int) -> tuple[float, int, str]:
    """Return the seconds, the greatest resident memory (in bytes), and the last line that the run printed."""
    command = [sys.executable, "-m", "igsn_lint", "check", "--fail-on", "never", f"-j{jobs}", *paths]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE)
    assert process.stdout is not None
    printed = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    if status != 0:
        raise SystemExit(f"igsn-lint ended with {os.waitstatus_to_exitcode(status)}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * unit, printed.strip().splitlines()[-1]


def main() -> None:
    """Measure the counts that are given, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS)
    parser.add_argument("--form", choices=("jsonl", "json"), default="jsonl")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    options = parser.parse_args()
    for count in options.counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            paths = corpora.write_collection(folder, options.form, count)
            seconds, memory, closing = measure(folder, paths, options.jobs)
        each = seconds / count * 1e6
        print(
            f"{count:>7} records  {seconds:6.1f} s  {each:5.0f} µs each  {memory // _MEGABYTE:>5} MB  {closing}",
            flush=True,
        )


if __name__ == "__main__":
    main()
