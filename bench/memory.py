"""Measures the memory and time of one long file of JSON Lines: ``python bench/memory.py [--megabytes N] [--most MB]``.

It writes a .jsonl.gz of the given size (uncompressed), checks it in a process of its own, and ends with exit code 1
where that process ever held more than ``--most`` MB. Rules on the whole set (IL6) compare all IDs with one another, and
so hold all IDs: ``--all`` adds them.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpora
import orjson
from run import igsn_lint

DIFFERENT = 5000
MOST = 200


def write(path: Path, megabytes: int) -> int:
    """Write records, one a line, and return how many they are; after some thousands only their IDs differ."""
    lines = [orjson.dumps(orjson.loads(corpora.to_json(corpora.record(i)))) for i in range(DIFFERENT)]
    written = count = 0
    with gzip.open(path, "wb", compresslevel=3) as file:
        while written < megabytes * 2**20:
            line = lines[count % DIFFERENT]
            if count >= DIFFERENT:
                record = orjson.loads(line)
                record["doi"] = f"{record['doi']}-{count}"
                line = orjson.dumps(record)
            written += file.write(line + b"\n")
            count += 1
    return count


def main() -> int:
    """Write the file, check it, and say what that took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=int, default=1024, help="size uncompressed (default %(default)s)")
    parser.add_argument("--most", type=int, default=MOST, help="memory in MB that is good enough (default %(default)s)")
    parser.add_argument("--all", action="store_true", help="with the rules on the whole set, which hold all IDs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="igsn-lint-bench-") as folder:
        path = Path(folder, "samples.jsonl.gz")
        count = write(path, options.megabytes)
        packed = path.stat().st_size / 2**20
        start = time.perf_counter()
        done = subprocess.run(
            [*igsn_lint(), "check", "-q", *(() if options.all else ("--ignore", "IL6")), str(path)],
            capture_output=True,
            env=os.environ,
            check=False,
        )
        seconds = time.perf_counter() - start
    if done.returncode not in {0, 1}:
        print(done.stderr.decode(errors="replace"))
        return 2
    # The only child that was ever waited for.
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    met = held <= options.most
    size = f"{options.megabytes:,} MB ({packed:.0f} MB compressed)"
    print(f"{count:,} records, {size}: {seconds:.0f} s, {held:.0f} MB of memory")
    print(f"target: at most {options.most} MB, {'met' if met else 'MISSED'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
