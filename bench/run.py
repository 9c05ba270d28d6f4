"""Measures igsn-lint against other tools, side by side: ``python bench/run.py [NAME …] [--rounds N] [--profile NAME]``.

What counts is the ratio of two medians from one run: both tools get the same files and take turns (A B A B …).
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import io
import os
import pstats
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import corpora

from igsn_lint.scan.hints import DAMAGED, hints

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas" / "datacite"
SCRIPTS = Path(sys.executable).parent
RECORDS = 1000
REPOSITORY = 5000
MANY_RECORDS = 20_000
MEGABYTES = 200
PARAGRAPHS = 8000
PAGES = 400
CSV_ROWS = 700_000
XLSX_ROWS = 1_000_000
DEAREST = 25


class Skipped(Exception):
    """A case that can not be measured here; the text says why."""


@dataclass(frozen=True)
class Case:
    """Two commands on one corpus.

    ``prepare`` writes the corpus and returns the paths to name. ``target`` is the highest ratio of ours to the other
    that is good enough, ``codes`` the exit codes that show that the other tool has done its work. ``select`` leaves
    only these of our rules on, ``jobs`` sets the number of our processes.
    """

    name: str
    about: str
    prepare: Callable[[Path], list[str]]
    other: Callable[[list[str]], list[str]]
    target: float | None
    codes: tuple[int, ...]
    select: tuple[str, ...] = ()
    jobs: int | None = None

    def ours(self, paths: list[str]) -> list[str]:
        """Return the arguments of our side."""
        select = ["--select", ",".join(self.select)] if self.select else []
        return ["check", *select, *(["-j", str(self.jobs)] if self.jobs else []), *paths]


def tool(name: str) -> str:
    """Return the path of a program, from the environment of this Python before others.

    Raises Skipped where there is none.
    """
    found = shutil.which(name, path=str(SCRIPTS)) or shutil.which(name)
    if found is None:
        raise Skipped(f"{name} is not installed")
    return found


def check_jsonschema(paths: list[str]) -> list[str]:
    """Return the command of check-jsonschema; only 0.39 is what the target was set against."""
    program = tool("check-jsonschema")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if re.search(r"\b0\.39\.", said) is None:
        raise Skipped(f"needs check-jsonschema 0.39, here is {said.split()[-1]}")
    return [program, "--schemafile", str(SCHEMAS / "datacite-4.7.schema.json"), *paths]


def xmllint(paths: list[str]) -> list[str]:
    """Return the command of xmllint."""
    return [tool("xmllint"), "--noout", "--nonet", "--schema", str(SCHEMAS / "datacite-4.7.xsd"), *paths]


def ripgrep(paths: list[str]) -> list[str]:
    """Return the command of ripgrep: one thread, count the lines with one of the literals that our scan looks for."""
    literals = [re.escape(literal).replace("\\ ", " ") for literal in dict.fromkeys((*hints(), *DAMAGED))]
    return [tool("rg"), "-j1", "-c", "-i", "-e", "|".join(literals), *paths]


_JSON_LINES = """
import orjson, jsonschema_rs, sys
with open(sys.argv[1], "rb") as file:
    valid = jsonschema_rs.validator_for(orjson.loads(file.read())).is_valid
with open(sys.argv[2], "rb") as file:
    print(sum(not valid(orjson.loads(line)) for line in file))
"""


def json_lines(paths: list[str]) -> list[str]:
    """Return a script that parses and judges each line with the engines that we use, and counts the invalid ones."""
    return [sys.executable, "-c", _JSON_LINES, str(SCHEMAS / "datacite-4.7.schema.json"), *paths]


def one_process(paths: list[str]) -> list[str]:
    """Return our own command with one process.

    Raises Skipped where a second process could not run beside it.
    """
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        raise Skipped("needs two cores, and a system that forks")
    return [*igsn_lint(), "check", "-j", "1", *paths]


def bare(paths: list[str]) -> list[str]:
    """Return the command that reads office files without understanding them."""
    return [sys.executable, str(Path(__file__).with_name("office.py")), *paths]


def _texts(folder: Path) -> list[str]:
    corpora.write_texts(folder, MEGABYTES)
    return ["."]


def _csv(folder: Path) -> list[str]:
    corpora.write_csv(folder, CSV_ROWS)
    return ["table.csv"]


def csv_pass(paths: list[str]) -> list[str]:
    """Return the command that reads all cells of a CSV file."""
    code = "import csv, sys\nwith open(sys.argv[1], newline='') as file:\n for row in csv.reader(file): pass"
    return [sys.executable, "-c", code, *paths]


def _workbook(folder: Path) -> list[str]:
    corpora.write_workbook(folder, XLSX_ROWS)
    return ["table.xlsx"]


def calamine(paths: list[str]) -> list[str]:
    """Return the command that reads all cells of a workbook by python-calamine."""
    code = (
        "import sys\nfrom python_calamine import CalamineWorkbook\nbook = CalamineWorkbook.from_path(sys.argv[1])\n"
        "for name in book.sheet_names:\n for row in book.get_sheet_by_name(name).iter_rows(): pass"
    )
    return [sys.executable, "-c", code, *paths]


CASES = (
    Case(
        "cold-start",
        "one JSON file, against python -c pass",
        lambda folder: corpora.write_records(folder, "json", 1),
        lambda paths: [sys.executable, "-c", "pass"],
        12,
        (0,),
    ),
    Case(
        "json-1000",
        f"{RECORDS} JSON files, against check-jsonschema",
        lambda folder: corpora.write_records(folder, "json", RECORDS),
        check_jsonschema,
        1 / 5,
        (1,),
    ),
    Case(
        "two-processes",
        f"{REPOSITORY} JSON files, with two processes, against ours with one",
        lambda folder: corpora.write_records(folder, "json", REPOSITORY) and ["."],
        one_process,
        0.7,
        (1,),
        jobs=2,
    ),
    Case(
        "xml-1000",
        f"{RECORDS} XML files, against xmllint --schema",
        lambda folder: corpora.write_records(folder, "xml", RECORDS),
        xmllint,
        3,
        (3,),
    ),
    Case(
        "xml-schema",
        f"{MANY_RECORDS} XML files, only IL3, against xmllint --schema",
        lambda folder: corpora.write_records(folder, "xml", MANY_RECORDS) and ["."],
        lambda paths: ["sh", "-c", f"find . -name '*.xml' | xargs -n {MANY_RECORDS} {shlex.join(xmllint([]))}"],
        1.5,
        (123,),
        ("IL3",),
    ),
    Case(
        "jsonl-schema",
        f"{MANY_RECORDS} records as JSON Lines, only IL3, against orjson and jsonschema-rs",
        lambda folder: corpora.write_json_lines(folder, MANY_RECORDS),
        json_lines,
        2,
        (0,),
        ("IL3",),
    ),
    Case(
        "xml-all",
        f"{MANY_RECORDS} XML files, all rules, against xmllint --schema",
        lambda folder: corpora.write_records(folder, "xml", MANY_RECORDS) and ["."],
        lambda paths: ["sh", "-c", f"find . -name '*.xml' | xargs -n {MANY_RECORDS} {shlex.join(xmllint([]))}"],
        3,
        (123,),
    ),
    Case(
        "jsonl-all",
        f"{MANY_RECORDS} records as JSON Lines, all rules, against orjson and jsonschema-rs",
        lambda folder: corpora.write_json_lines(folder, MANY_RECORDS),
        json_lines,
        4,
        (0,),
    ),
    Case(
        "docx",
        f"a DOCX of {PARAGRAPHS} paragraphs, against unzipping it and parsing it with lxml",
        lambda folder: corpora.write_word(folder, PARAGRAPHS),
        bare,
        2,
        (0,),
    ),
    Case(
        "pdf",
        f"a PDF of {PAGES} pages, against pypdfium2 giving text and links",
        lambda folder: corpora.write_pdf(folder, PAGES),
        bare,
        1.5,
        (0,),
    ),
    Case("csv-table", f"{CSV_ROWS} rows of CSV, against one pass of the csv module", _csv, csv_pass, None, (0,)),
    Case("xlsx-rows", f"{XLSX_ROWS} rows of XLSX, against python-calamine", _workbook, calamine, 1.5, (0,)),
    Case("text-scan", f"{MEGABYTES} MB of text, against rg -j1 -c", _texts, ripgrep, 2, (0,)),
)


def igsn_lint() -> list[str]:
    """Return our command: the installed script, as users start it."""
    script = shutil.which("igsn-lint", path=str(SCRIPTS))
    return [script] if script else [sys.executable, "-m", "igsn_lint"]


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of both sides: byte code is kept, as in an installed tool, but away from the checkout."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder)}


def timed(command: list[str], folder: Path, env: dict[str, str], codes: tuple[int, ...]) -> float:
    """Return how many seconds a command takes as a whole process.

    Raises RuntimeError where it ends with another exit code: then it has not done the work that is compared.
    """
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in codes:
        said = done.stderr.decode(errors="replace")[-500:]
        raise RuntimeError(f"{Path(command[0]).name} ended with exit code {done.returncode}: {said}")
    return seconds


@dataclass(frozen=True)
class Result:
    """The seconds of each round of both sides."""

    case: Case
    ours: list[float]
    other: list[float]

    @property
    def ratio(self) -> float:
        """The median of ours as a multiple of the other's."""
        return median(self.ours) / median(self.other)

    @property
    def met(self) -> bool:
        """Whether the ratio is as good as it should be."""
        return self.case.target is None or self.ratio <= self.case.target

    def row(self) -> list[str]:
        """Return the cells of the table."""
        ratios = sorted(a / b for a, b in zip(self.ours, self.other, strict=True))
        target = "-" if self.case.target is None else f"<= {self.case.target:g}, {'met' if self.met else 'MISSED'}"
        return [
            self.case.name,
            _shown(self.ours),
            _shown(self.other),
            f"{self.ratio:.3g}",
            f"{ratios[0]:.3g}..{ratios[-1]:.3g}",
            target,
        ]


def _shown(seconds: list[float]) -> str:
    middle = median(seconds)
    return f"{middle * 1000:.0f} ms ({min(seconds) / middle:.2f}..{max(seconds) / middle:.2f})"


def measure(case: Case, rounds: int) -> Result:
    """Run both sides in turns, after one round that does not count, and return the times."""
    case.other([])  # a missing tool says so before the corpus is written
    with tempfile.TemporaryDirectory(prefix="igsn-lint-bench-") as name:
        folder, cache = Path(name, "corpus"), Path(name, "pycache")
        folder.mkdir()
        paths = case.prepare(folder)
        ours, other, env = [*igsn_lint(), *case.ours(paths)], case.other(paths), environment(cache)
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds + 1):
            times[0].append(timed(ours, folder, env, (0, 1)))
            times[1].append(timed(other, folder, env, case.codes))
    return Result(case, times[0][1:], times[1][1:])


def profile(case: Case, order: str) -> None:
    """Run our side in this process under cProfile and print the dearest functions."""
    from igsn_lint.cli import cli

    profiler = cProfile.Profile()
    with tempfile.TemporaryDirectory(prefix="igsn-lint-bench-") as name:
        arguments = case.ours(case.prepare(Path(name)))
        with (
            contextlib.chdir(name),
            contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())),
            contextlib.suppress(SystemExit),
        ):
            profiler.runcall(cli.main, args=arguments, prog_name="igsn-lint")
    pstats.Stats(profiler, stream=sys.stdout).strip_dirs().sort_stats(order).print_stats(DEAREST)


def table(rows: list[list[str]]) -> str:
    """Return rows in columns."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def about_us() -> str:
    """Return which igsn-lint is measured and how many rules it has: figures depend on both."""
    version = subprocess.run([*igsn_lint(), "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    rules = subprocess.run([*igsn_lint(), "rules"], capture_output=True, text=True, check=True).stdout.splitlines()
    return f"igsn-lint {version}, {len(rules) - 1} rules, Python {sys.version.split()[0]}, {os.cpu_count()} cores"


def main() -> int:
    """Measure the named cases, or all; 1 where a target is missed."""
    by_name = {case.name: case for case in CASES}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"cases: {', '.join(by_name)} (default: all)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each side runs (default %(default)s)")
    parser.add_argument("--profile", choices=by_name, metavar="NAME", help="print the dearest functions of our side")
    parser.add_argument("--sort", choices=("tottime", "cumulative"), default="tottime", help="order for --profile")
    options = parser.parse_args()
    if unknown := [name for name in options.names if name not in by_name]:
        parser.error(f"there is no case {unknown[0]!r} (there are {', '.join(by_name)})")
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    if options.profile:
        profile(by_name[options.profile], options.sort)
        return 0
    print(f"{about_us()}; {options.rounds} rounds after one to warm up; in brackets: least..most by median", flush=True)
    rows = [["case", "median of ours", "median of other", "ratio", "of rounds", "target"]]
    met = True
    for case in [by_name[name] for name in options.names] or CASES:
        print(f"  {case.name}: {case.about}", flush=True)
        try:
            result = measure(case, options.rounds)
        except Skipped as reason:
            rows.append([case.name, f"skipped: {reason}", "", "", "", ""])
            continue
        rows.append(result.row())
        met = met and result.met
    print(table(rows))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
