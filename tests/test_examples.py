"""The example folders: one has exactly the faults that its README lists, its twin has none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from igsn_lint.api import lint
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from igsn_lint.model import Finding

EXAMPLES = Path(__file__).parents[1] / "examples"
FAULTY, CLEAN = EXAMPLES / "faulty", EXAMPLES / "clean"
REGISTRY = Registry.load()

_ROW = re.compile(
    r"^\| `(?P<file>[^`]+)` \| (?P<line>\d+) \| (?P<rule>IL\d{3}) \| (?P<profile>default|register|follows) \|",
    re.MULTILINE,
)


class Fault(NamedTuple):
    file: str
    line: int
    rule: str


def planted(profile: str) -> list[Fault]:
    """Return the faults that the README lists for a profile."""
    text = (FAULTY / "README.md").read_text(encoding="utf-8")
    rows = [m for m in _ROW.finditer(text) if m["profile"] == profile]
    return sorted(Fault(m["file"], int(m["line"]), m["rule"]) for m in rows)


def found(findings: list[Finding]) -> list[Fault]:
    return sorted(Fault(f.path, f.region.line if f.region else 0, f.rule) for f in findings)


def test_readme_lists_all_planted_rules() -> None:
    codes = {105, 106, 114, 117, 119, 201, 203, 206, 208, 211, 301, 401, 402, 503, 506, 601}
    assert {fault.rule for fault in planted("default") + planted("register")} == {f"IL{code}" for code in codes}


def test_faulty_folder_has_exactly_the_faults_of_its_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FAULTY)
    assert found(lint(".", registry=REGISTRY).findings) == sorted(planted("default") + planted("follows"))


def test_lower_case_is_seen_by_the_profile_register_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FAULTY)
    assert found(lint(".", profile="register", select=["IL114"], registry=REGISTRY).findings) == planted("register")


@pytest.mark.parametrize("profile", [None, "register", "publish", "cite"])
def test_clean_folder_has_no_findings_at_all(profile, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(CLEAN)
    report = lint(".", profile=profile, registry=REGISTRY)
    assert found(report.findings) == []
    assert report.records == 12


def test_twins_differ_only_in_the_lines_of_the_faults() -> None:
    different = set()
    for path in sorted(FAULTY.rglob("*.*")):
        name = path.relative_to(FAULTY).as_posix()
        mine, theirs = (p.read_text(encoding="utf-8").splitlines() for p in (path, CLEAN / name))
        if name != "README.md":
            assert len(mine) == len(theirs), name
            different |= {(name, n) for n, (a, b) in enumerate(zip(mine, theirs, strict=True), 1) if a != b}
    assert different == {(fault.file, fault.line) for fault in planted("default") + planted("register")}
