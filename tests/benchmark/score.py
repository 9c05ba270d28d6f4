"""How many IDs of documents are found, and how much else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from igsn_lint.cli import cli
from igsn_lint.identifier import Igsn, NotAnIgsn, upper

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_CITED = {"deleted", "placeholder", "test"}
_ASIDE = {"comment", "hidden"}
"""What stands in a comment or is hidden has to be found only where the document is expected to have it."""
BLIND = Path(__file__).parent / "blind"
SECOND = Path(__file__).parent / "blind2"
THIRD = Path(__file__).parent / "blind3"
FOURTH = Path(__file__).parent / "blind4"
FIFTH = Path(__file__).parent / "blind5"
SIXTH = Path(__file__).parent / "blind6"
SEVENTH = Path(__file__).parent / "blind7"
EIGHTH = Path(__file__).parent / "blind8"
NINTH = Path(__file__).parent / "blind9"
TENTH = Path(__file__).parent / "blind10"
ELEVENTH = Path(__file__).parent / "blind11"
TWELFTH = Path(__file__).parent / "blind12"
THIRTEENTH = Path(__file__).parent / "blind13"
FOURTEENTH = Path(__file__).parent / "blind14"
FIFTEENTH = Path(__file__).parent / "blind15"


@dataclass(frozen=True)
class Expected:
    """What has to be found in one document, what may be found, and what has to be found more than once."""

    path: Path
    ids: frozenset[str]
    optional: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Result:
    """What was found of it."""

    path: Path
    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else 1.0


@dataclass(frozen=True)
class Score:
    """The results of some documents; precision and recall are means over the documents."""

    results: tuple[Result, ...]

    @property
    def precision(self) -> float:
        return sum(result.precision for result in self.results) / len(self.results)

    @property
    def recall(self) -> float:
        return sum(result.recall for result in self.results) / len(self.results)

    def __str__(self) -> str:
        lines = []
        for result in self.results:
            if result.missed or result.wrong:
                lines.append(result.path.name)
                lines += [f"    missed    {key}" for key in result.missed]
                lines += [f"    too much  {key}" for key in result.wrong]
        count, ids = len(self.results), sum(result.right + len(result.missed) for result in self.results)
        lines.append(f"precision {self.precision:.4f}, recall {self.recall:.4f} over {count} documents with {ids} IDs")
        return "\n".join(lines)


def key(text: str) -> str:
    """Return what makes two spellings one ID, also of a text that is written oddly."""
    try:
        return Igsn.parse(text).key
    except NotAnIgsn:
        return upper(text.strip())


def read_expected(folder: Path) -> list[Expected]:
    """Return what ``expected.jsonl`` of a folder says, one document a line: file, ids, optional."""
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [
        Expected(
            folder / row["file"],
            frozenset(key(one) for one in row["ids"]),
            frozenset(key(one) for one in row.get("optional", ())),
        )
        for row in rows
    ]


def write_own(folder: Path) -> list[Expected]:
    """Write the documents that are made here into a folder, and return what has to be found in them."""
    from .writers import documents

    expected = []
    for document, data in documents():
        path = folder / document.name
        path.write_bytes(data)
        ids = frozenset(map(upper, document.ids))
        expected.append(Expected(path, ids, frozenset(map(upper, document.optional)), frozenset(document.again)))
    return expected


def score(expected: Iterable[Expected]) -> Score:
    """Return what ``igsn-lint list`` finds in the documents, compared by document and by sample."""
    return Score(tuple(_result(one, _listed(one.path)) for one in expected))


def _listed(path: Path) -> list[dict[str, object]]:
    from click.testing import CliRunner

    answer = CliRunner().invoke(cli, ["list", "-f", "jsonl", str(path)])
    assert answer.exit_code == 0, answer.output
    return [json.loads(line) for line in answer.stdout.splitlines()]


def _result(expected: Expected, rows: list[dict[str, object]]) -> Result:
    found: dict[str, set[str]] = {}
    aside: set[str] = set()
    times: dict[str, int] = {}
    for row in rows:
        if row["state"] in _NOT_CITED:
            continue
        names = [f"{row['prefix'] or ''}/{suffix}".lstrip("/") for suffix in (row["suffix"], *row["also"])]  # type: ignore[misc]
        found.setdefault(upper(names[0]), set()).update(map(upper, names))
        if row["state"] in _ASIDE:
            aside.add(upper(names[0]))
        times[upper(str(row["suffix"]))] = times.get(upper(str(row["suffix"])), 0) + 1
    # Of one sample the fullest name counts: a code or legacy handle beside its DOI is no further sample.
    full = {_code(one) for one in found if one.startswith("10.")}
    found = {one: names for one, names in found.items() if one.startswith("10.") or _code(one) not in full}
    told = {
        one
        for one in expected.ids
        if one.startswith("10.") or _code(one) not in {_code(o) for o in expected.ids if o.startswith("10.")}
    }
    hit = {one for one in told if any(_same(one, name) for names in found.values() for name in names)}
    allowed = {*expected.ids, *expected.optional, *aside}
    wrong = sorted(one for one, names in found.items() if not any(_same(a, name) for a in allowed for name in names))
    seldom = sorted(f"{code} where it stands bare" for code in expected.again if times.get(code, 0) == 1)
    return Result(expected.path, len(hit), (*sorted(told - hit), *seldom), tuple(wrong))


def _code(name: str) -> str:
    """Return a name without its prefix."""
    prefix, slash, rest = name.partition("/")
    return rest if slash and (prefix == "10273" or prefix.startswith(("10.", "20."))) else name


def _same(one: str, other: str) -> bool:
    """Return whether two names are of one sample: equal, or equal codes where one side has no DOI prefix."""
    if one == other:
        return True
    both = one.startswith("10.") and other.startswith("10.")
    return not both and _code(one) == _code(other)
