"""Reporters: what each promises about every finding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from conftest import SHARED

from igsn_lint.api import lint
from igsn_lint.registry import Registry
from igsn_lint.reporters import FORMATS, render

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = Registry.load()
RECORD = {
    "doi": "http://doi.org/10.58052/SSH000SUA",
    "creators": [{"name": "White, Tim"}],
    "titles": [{"title": "Soil core 7"}],
    "publisher": "SESAR",
    "publicationYear": 2012,
    "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Core"},
}
FILES = [
    ("sub dir/a.json", json.dumps(RECORD).encode()),
    ("sub dir/b.json", json.dumps(RECORD | {"publicationYear": 2013}).encode()),
    ("ü.md", "IGSN: AU1101, \u200b10.60516/AU\u200b1102".encode()),
    ("many.md", b"http://doi.org/10.60516/AU1101\n" * 30),
    ("paper.dxf", b"PK"),
]


def sarif(files: list[tuple[str, bytes]] = FILES) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(render("sarif", lint(files, registry=REGISTRY), REGISTRY))
    return log


def test_sarif_is_valid_by_its_schema() -> None:
    schema = SHARED / "facts" / "sarif-2.1.0.schema.json"
    if not schema.is_file():
        pytest.skip("the SARIF schema (../shared/facts) is not beside this checkout")
    jsonschema.Draft7Validator(json.loads(schema.read_text())).validate(sarif())


def test_sarif_lists_every_rule_with_its_page() -> None:
    rules = sarif()["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == REGISTRY.codes
    for rule in rules:
        assert rule["help"]["markdown"] == REGISTRY.rule(rule["id"]).text
        assert rule["helpUri"].startswith("https://")
        assert "security-severity" not in rule["properties"]


def test_sarif_results_have_relative_uris_fingerprints_and_regions() -> None:
    run = sarif()["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["partialFingerprints"]["igsnLint/v1"]) == 32
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert not uri.startswith(("/", "file:"))
            assert " " not in uri
            assert place["physicalLocation"]["region"]["startLine"] >= 1
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == [
        "Not checked: paper.dxf: files of this kind (.dxf) are not read."
    ]


def test_sarif_uris_count_from_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path / "data")
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif([("x/a.md", b"http://doi.org/10.60516/AU1101")])["runs"][0]["results"]
    }
    assert uris == {"data/x/a.md"}


def test_fixes_in_sarif_and_json_replace_exactly_what_is_wrong() -> None:
    name, data = FILES[2]
    report = lint((name, data), registry=REGISTRY, select=["IL107"])
    fix = json.loads(render("json", report, REGISTRY))["findings"][0]["fix"]
    lines = data.decode().splitlines()
    assert fix["safe"]
    for edit in fix["edits"]:
        assert lines[edit["line"] - 1][edit["column"] - 1 : edit["end_column"] - 1] == "\u200b"
        assert edit["text"] == ""
    change = json.loads(render("sarif", report, REGISTRY))["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]
    region = change["replacements"][0]["deletedRegion"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (
        fix["edits"][0]["line"],
        fix["edits"][0]["column"],
        fix["edits"][0]["end_column"],
    )


def test_edits_are_written_in_the_escaping_of_the_file() -> None:
    data = rb'{"igsn": "http:\/\/doi.org\/10.60516\/AU1101"}'
    report = lint(("a.json", data), registry=REGISTRY, select=["IL201"])
    (edit,) = json.loads(render("json", report, REGISTRY))["findings"][0]["fix"]["edits"]
    text = data.decode()
    mended = text[: edit["column"] - 1] + edit["text"] + text[edit["end_column"] - 1 :]
    assert mended == r'{"igsn": "https:\/\/doi.org\/10.60516\/AU1101"}'


def test_text_shows_invisible_characters_and_wide_ones_keep_the_caret_in_place() -> None:
    text = render("text", lint(("a.txt", "試料 10.60516/AU\u200b1101".encode()), registry=REGISTRY), REGISTRY)
    line, caret = text.splitlines()[1:3]
    assert "AU<U+200B>1101" in line
    assert caret == "     | " + " " * len("XXXX 10.60516/AU") + "^" * len("<U+200B>")


def test_long_lines_are_cut_around_the_finding() -> None:
    data = b'{"x": "' + b"y" * 5000 + b'", "igsn": "10.60516/AU 1101", "z": "' + b"y" * 5000 + b'"}'
    line, caret = render("text", lint(("a.json", data), registry=REGISTRY), REGISTRY).splitlines()[1:3]
    assert len(line) < 140
    assert line[caret.index("^") - 2 : caret.index("^") + 1] == "AU "


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_renders_an_empty_and_a_full_report(form: str) -> None:
    assert render(form, lint([], registry=REGISTRY), REGISTRY) is not None
    assert "IL401" in render(form, lint(FILES, registry=REGISTRY), REGISTRY)


PLAIN_LINES = {"text", "concise", "github", "azure"}


@pytest.mark.parametrize("form", sorted(set(FORMATS) - PLAIN_LINES))
def test_a_report_that_lies_in_the_folder_is_not_checked_again(form: str, tmp_path: Path) -> None:
    extension = {
        "sarif": "json",
        "gitlab": "json",
        "rdjson": "json",
        "junit": "xml",
        "checkstyle": "xml",
        "markdown": "md",
    }
    for name, data in FILES[2:4]:
        (tmp_path / name).write_bytes(data)
    before = lint(tmp_path, registry=REGISTRY)
    report = tmp_path / f"report.{extension.get(form, form)}"
    report.write_text(render(form, before, REGISTRY), encoding="utf-8")
    assert lint(tmp_path, registry=REGISTRY) == before
    # Who names it wants it checked.
    assert lint(report, registry=REGISTRY).files == 1
