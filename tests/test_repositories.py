"""What stands in repositories beside samples: templates, translations, mappings, and links that lead nowhere."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from igsn_lint import lint
from igsn_lint.cli import cli


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(name: str, text: str) -> list[str]:
    """Return what is told of a file that is found by walking, without notes."""
    Path(name).write_text(text, encoding="utf-8")
    return [f"{finding.rule} {finding.text}" for finding in lint(".").findings if finding.severity != "note"]


def test_remarks_may_stand_under_one_key() -> None:
    text = '{"$comment": "a", "igsn": "IEABC0001", "$comment": "b", "//": "c", "//": "d"}'
    for name in ("a.json", "a.yaml"):
        assert lint((name, text.encode()), select=["IL004"]).findings == []


@pytest.mark.parametrize(
    "value",
    [
        "IGSN",
        "This IGSN could not be found at DataCite.",
        "The International Generic Sample Number of the sample",
        "must be a valid IGSN",
        "http://pid.geoscience.gov.au/def/voc/ga/igsncode/IGSN",
        "http://example.org/terms#igsn",
        "ex:igsn",
        "/api/v1/igsn",
        "{{ sample.igsn }}",
        "${igsn}",
        "<%= @igsn %>",
        "$.sample.igsn",
    ],
)
def test_what_a_field_is_called_and_said_to_be_is_no_id_in_it(value: str) -> None:
    assert told("mapping.json", json.dumps({"igsn": value})) == []


@pytest.mark.parametrize("value", ["igsn:igsn", "https://doi.org/10.58052/IGSN", "<igsn>", "IGSN of core 7: pending"])
def test_what_stands_for_an_id_is_still_told(value: str) -> None:
    assert told("sample.json", json.dumps({"igsn": value})) != []


def test_rows_that_are_left_out_hold_the_place_of_no_id() -> None:
    assert told("a.csv", "igsn,name\nIEABC0001,a\n...,...\nIEABC0009,b\n") == []


@pytest.mark.parametrize(("name", "head"), [("a.json", '{"@id": "'), ("a.yaml", '{"@id": "'), ("a.jsonl", '{"@id": "')])
def test_a_fix_changes_no_key_that_programs_compare(name: str, head: str) -> None:
    text = head + 'IGSN:IE22301LL", "of": "Half of IGSN:IE22301LL"}\n'
    Path(name).write_text(text)
    CliRunner().invoke(cli, ["fix", "."])
    assert Path(name).read_text() == text.replace("Half of IGSN", "Half of igsn")
