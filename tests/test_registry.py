"""What exists, and how it is selected: own rules and those of plugins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pages
import pytest
from click.testing import CliRunner

from igsn_lint.cli import cli
from igsn_lint.registry import BadPlugin, Registry, UnknownRule
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


_CHECK = """
from pathlib import Path
from igsn_lint.model import Mention, check

RULES = Path(__file__).parent / "rules"

@check("MY1", Mention)
def never(mention, context):
    return ()
"""
_PAGE = """# Never

```toml
code = "MY1"
name = "never"
severity = { register = "note", publish = "note", cite = "off" }
subject = "Mention"
since = "0.1.0"
fix = "none"
source = "https://example.org/"
strength = "must"
```

It is never broken.
"""


def plugin(folder: Path, name: str, module: str | None = _CHECK, page: str | bytes | None = _PAGE) -> Path:
    """Install a package in a folder: what it offers, and the module and the page if there are any."""
    about = folder / f"{name}-1.dist-info"
    (folder / name / "rules").mkdir(parents=True)
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (about / "entry_points.txt").write_text(f"[igsn_lint.rules]\nmine = {name}\n")
    if module is not None:
        (folder / name / "__init__.py").write_text(module)
    path = folder / name / "rules" / "MY1.md"
    if page is not None:
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return path


@pytest.mark.parametrize(
    ("module", "page", "told"),
    [
        ("import not_there_at_all", _PAGE, "it can not be loaded: ModuleNotFoundError: No module named"),
        ("1 / 0", _PAGE, "it can not be loaded: ZeroDivisionError"),
        ("raise SystemExit(0)", _PAGE, "it can not be loaded: SystemExit"),
        ("", _PAGE, "{name} has no RULES, the folder of its rule pages"),
        ("RULES = 'none such'", _PAGE, "none such: No such file or directory"),
        (_CHECK, None, "rules has no page MY1.md for the check MY1"),
        (_CHECK, _PAGE.replace("Mention", "Record"), "the check MY1 looks at a Mention, its page says Record"),
        (_CHECK, _PAGE.replace("{ r", "{ x = 1, r"), "{page}: the toml block: severity.x: there is no such key"),
        (_CHECK, _PAGE.replace('{ register = "note", publish = "note", cite = "off" }', '"x"'),
         "{page}: the toml block: severity: expected a table"),
        (_CHECK, _PAGE.replace('"off"', '"x"'), "{page}: the toml block: severity.cite: expected one of error"),
        (_CHECK, _PAGE.replace('"must"', "must"), "{page}: the toml block is broken: "),
        (_CHECK, _PAGE.replace(', cite = "off"', ""), "{page}: the toml block: severity: the key 'cite' is missing"),
        (_CHECK, _PAGE.replace('name = "never"', ""), "{page}: the toml block: the key 'name' is missing"),
        (_CHECK, _PAGE.replace('"Mention"', "7"), "{page}: the toml block: subject: expected one of Mention, Gap"),
        (_CHECK, _PAGE.replace('"none"', '"none"\ngives-way-to = "IL201"'), "gives-way-to: expected a list"),
        (_CHECK, _PAGE.replace("MY1", "MY2"), "{page}: the page says that it is MY2"),
        (_CHECK, _PAGE.encode("utf-16"), "{page}: it is no UTF-8"),
        (_CHECK, "", "{page}: a page begins with a title line"),
    ],
)  # fmt: skip
def test_a_plugin_that_can_not_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, page: str | bytes | None, told: str
) -> None:
    # A name of its own: modules stay imported.
    name = f"bad_{tmp_path.name}"
    path = plugin(tmp_path, name, module, page)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(BadPlugin) as caught:
        Registry.load()
    assert str(caught.value).startswith(f"the entry point mine = {name} of the package {name}: ")
    assert told.format(name=name, page=path) in str(caught.value)
    for arguments in [("check", str(tmp_path)), ("rules",), ("explain", "IL201")]:
        done = CliRunner().invoke(cli, arguments)
        assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"igsn-lint: {caught.value}\n")


def test_a_code_has_one_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin(tmp_path, "first_one")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "MY1" in Registry.load().codes
    plugin(tmp_path, "second_one")
    both = "one of the entry point mine = first_one of .*, one of the entry point mine = second_one of "
    with pytest.raises(BadPlugin, match=f"there are two rules MY1: {both}"):
        Registry.load()


def test_a_plugin_can_not_give_a_code_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = plugin(tmp_path, "third_one", _CHECK.replace("MY1", "IL201"))
    page.with_name("IL201.md").write_text(_PAGE.replace("MY1", "IL201"))
    page.unlink()
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(
        BadPlugin, match="there are two rules IL201: one of igsn-lint, one of the entry point mine = third"
    ):
        Registry.load()


def test_a_module_that_two_entries_name_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin(tmp_path, "fourth_one")
    with open(tmp_path / "fourth_one-1.dist-info" / "entry_points.txt", "a") as file:
        file.write("again = fourth_one\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert [check.code for check in Registry.load().checks].count("MY1") == 1


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
