"""What exists, and how it is selected: own rules and those of plugins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pages
import pytest

from igsn_lint.registry import Registry, UnknownRule
from igsn_lint.rules import BadPage, examples, read_page

PLUGIN = Path(__file__).parent / "plugin"


@pytest.fixture
def with_plugin(monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.syspath_prepend(str(PLUGIN))
    return Registry.load()


def test_a_plugin_fires_and_explains(with_plugin: Registry) -> None:
    rule = with_plugin.rule("EX001")
    found = {example.conforms: pages.output(example, with_plugin, rule) for example in examples(rule)}
    assert found == {True: "", False: '1:10 error EX001 "IEJMA0002" is not of the namespace SSH\n'}
    assert "EX001" in with_plugin.select("foreign-namespace")


def test_a_plugin_is_known_to_the_command_line(tmp_path: Path) -> None:
    example = next(
        e for e in examples(read_page(str(PLUGIN / "igsn_lint_example" / "rules" / "EX001.md"))) if not e.conforms
    )
    (tmp_path / "b.json").write_text(example.files[0].text)
    environment = {**os.environ, "PYTHONPATH": str(PLUGIN)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "igsn_lint", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    checked = run("check", "-f", "concise", "--select", "EX001")
    assert (checked.returncode, checked.stdout) == (1, f"b.json:{example.output}")
    assert "Two curators once gave" in run("explain", "EX001").stdout
    assert "EX001" in run("rules").stdout


def test_without_the_plugin_its_rule_does_not_exist() -> None:
    assert "EX001" not in Registry.load().codes


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("IL208", {"IL208"}),
        ("il208", {"IL208"}),
        ("tag-style", {"IL208"}),
        ("IL20", {code for code in Registry.load().codes if code.startswith("IL20")}),
    ],
)
def test_rules_are_selected_by_code_beginning_or_name(selector: str, expected: set[str]) -> None:
    assert Registry.load().select(selector) == expected


@pytest.mark.parametrize(
    ("selector", "nearest"), [("IL280", "IL208"), ("tag-stile", "tag-style"), ("zzz", None), ("", None)]
)
def test_an_unknown_rule_names_the_nearest_right_one(selector: str, nearest: str | None) -> None:
    with pytest.raises(UnknownRule) as caught:
        Registry.load().select(selector)
    assert caught.value.nearest == nearest or (nearest and caught.value.nearest)


@pytest.mark.parametrize(
    "text",
    ["", "# Title\n", "# T\n\n```toml\ncode = 1\n```\n\nDemand.\n", "# T\n\n```toml\ncode = \n```\n\nDemand.\n"],
)
def test_a_page_that_lacks_a_part_is_refused_by_name(tmp_path: Path, text: str) -> None:
    page = tmp_path / "IL999.md"
    page.write_text(text)
    with pytest.raises(BadPage, match=r"IL999\.md"):
        read_page(str(page))


def test_a_rule_is_selected_by_its_name_without_reading_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry.load()
    names = {rule.code: rule.name for rule in registry.rules()}

    def never(path: str) -> NoReturn:
        raise AssertionError(path)

    monkeypatch.setattr("igsn_lint.registry.read_page", never)
    fresh = Registry.load()
    assert {code: fresh.select(name) for code, name in names.items()} == {code: {code} for code in names}
