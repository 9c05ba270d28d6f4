"""What is above GitHub's limits on a SARIF log is left out and told, the gravest kept; below them nothing is."""

from __future__ import annotations

import json
import random
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from igsn_lint.api import lint
from igsn_lint.cli import cli
from igsn_lint.registry import Registry
from igsn_lint.reporters import render, sarif

if TYPE_CHECKING:
    from igsn_lint.model import Report

REGISTRY = Registry.load()
KINDS = (("IL211", "error"), ("IL201", "warning"), ("IL208", "note"))


def report(count: int, text: str = "") -> Report:
    """Return a Report of so many findings, of each severity a third, mixed."""
    whole = lint(("a.md", b"http://dx.doi.org/10.60516/AU1\n"), registry=REGISTRY)
    (one,) = (finding for finding in whole.findings if finding.rule == "IL201")
    kinds = [KINDS[i % 3] for i in range(count)]
    whole.findings = [
        replace(one, rule=rule, severity=severity, path=f"{i // 100}.md", anchor=str(i), text=text or one.text)
        for i, (rule, severity) in enumerate(kinds)
    ]
    return whole


def log(whole: Report) -> tuple[dict[str, Any], list[str]]:
    """Return the one run of the SARIF log, and what was told."""
    told: list[str] = []
    (run,) = json.loads(render("sarif", whole, REGISTRY, tell=told.append))["runs"]
    return run, told


def levels(run: dict[str, Any]) -> dict[str, int]:
    found = [result["level"] for result in run["results"]]
    return {level: found.count(level) for level in ("error", "warning", "note")}


def notifications(run: dict[str, Any]) -> list[str]:
    return [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 250)
    monkeypatch.setattr(sarif, "_MOST_SHOWN", 50)


def test_the_limits_are_those_of_github() -> None:
    # https://docs.github.com/code-security/code-scanning: "SARIF results exceed one or more limits"
    assert (sarif._MOST_RESULTS, sarif._MOST_SHOWN, sarif._MOST_PACKED) == (25_000, 5_000, 10_000_000)


@pytest.mark.usefixtures("small")
def test_results_above_the_limit_are_left_out_the_gravest_kept() -> None:
    run, told = log(report(300))
    assert levels(run) == {"error": 100, "warning": 100, "note": 50}
    words = "50 of 300 results are left out of the SARIF log, which GitHub would refuse"
    assert notifications(run) == [f"{words}."]
    assert told == [f"{words}, the gravest are kept"]


@pytest.mark.usefixtures("small")
def test_silenced_results_are_left_out_first() -> None:
    whole = report(300)
    whole.suppressed, whole.findings = whole.findings[:200], whole.findings[200:]
    whole.findings += [replace(finding, severity="note") for finding in whole.findings]
    run, _ = log(whole)
    assert len(run["results"]) == 250
    assert {result["partialFingerprints"]["igsnLint/v1"] for result in run["results"]} >= {
        str(i) for i in range(200, 300)
    }


@pytest.mark.usefixtures("small")
def test_of_more_than_are_shown_the_gravest_come_first() -> None:
    run, told = log(report(150))
    found = [result["level"] for result in run["results"]]
    assert found == sorted(found, key=["error", "warning", "note"].index)
    assert notifications(run) == []
    assert told == ["the SARIF log has 150 results, of which GitHub shows 50; the gravest come first"]


@pytest.mark.usefixtures("small")
def test_below_the_limits_all_is_there_in_the_order_of_the_report() -> None:
    whole = report(50)
    run, told = log(whole)
    in_order = sorted(whole.findings, key=lambda finding: finding.sort_key)
    assert [r["partialFingerprints"]["igsnLint/v1"] for r in run["results"]] == [f.anchor for f in in_order]
    assert told == []


def test_a_log_that_is_too_large_packed_is_cut_until_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_PACKED", 300_000)
    noise = random.Random(1)
    whole = report(600)
    whole.findings = [replace(finding, text=noise.randbytes(600).hex()) for finding in whole.findings]
    told: list[str] = []
    text = render("sarif", whole, REGISTRY, tell=told.append)
    assert 150_000 < len(zlib.compress(text.encode())) <= 300_000
    (run,) = json.loads(text)["runs"]
    assert levels(run)["error"] == 200
    assert 0 < levels(run)["warning"] < 200
    assert notifications(run)[-1].startswith(f"{600 - len(run['results'])} of 600 results are left out")
    assert len(told) == 1


def test_what_is_too_large_without_any_result_ends_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_PACKED", 10)
    run, told = log(report(9))
    assert run["results"] == []
    assert len(told) == 1


def test_a_run_says_on_standard_error_what_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 2)
    for number in range(3):
        Path(f"{number}.md").write_text(f"http://dx.doi.org/10.60516/AU{number}\n")
    done = CliRunner().invoke(cli, ["check", "--select", "IL201", "-f", "sarif=out.sarif", "-f", "concise"])
    assert done.exit_code == 0
    assert done.stdout.count("IL201") == 3
    assert done.stderr.count("\n") == 1
    assert "1 of 3 results are left out of the SARIF log" in done.stderr
