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


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("values.yaml", "api:\n{{- if .Values.datacite }}\n  DATACITE_URL: {{ .Values.url | quote }}\n{{- end }}\n"),
        ("igsn.yaml", "igsn:\n{{- range .Values.samples }}\n- {{ . }}\n{{- end }}\n"),
        ("datacite.xml", '{% if x %}\n<resource xmlns="http://datacite.org/schema/kernel-4">{{ doi }}\n{% endif %}\n'),
        ("igsn.json", '{"igsn": <%= sample.igsn.to_json %>}'),
    ],
)
def test_a_template_need_not_be_well_formed(name: str, text: str) -> None:
    assert told(name, text) == []


def test_a_template_is_named_as_not_checked() -> None:
    Path("igsn.yaml").write_text("igsn:\n{{- range .Values.samples }}\n- {{ . }}\n{{- end }}\n")
    done = CliRunner().invoke(cli, ["check", "."])
    assert "not checked: igsn.yaml: a template, read as a text: it is YAML when it is filled in" in done.output
    assert done.exit_code == 0


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
        "https://igsn.org",
        "✔",
        "12",
        12,
    ],
)
def test_what_a_field_is_called_and_said_to_be_is_no_id_in_it(value: str | int) -> None:
    assert told("mapping.json", json.dumps({"igsn": value})) == []
    assert lint("mapping.json").mentions == 0


@pytest.mark.parametrize("value", ["igsn:igsn", "https://doi.org/10.58052/IGSN", "<igsn>", "IGSN of core 7: pending"])
def test_what_stands_for_an_id_is_still_told(value: str) -> None:
    assert told("sample.json", json.dumps({"igsn": value})) != []


def test_rows_that_are_left_out_hold_the_place_of_no_id() -> None:
    assert told("a.csv", "igsn,name\nIEABC0001,a\n...,...\nIEABC0009,b\n") == []


@pytest.mark.skipif(os.name != "posix", reason="links need rights")
def test_fix_goes_on_where_a_link_leads_nowhere() -> None:
    os.symlink("gone.sql", "a.sql")
    done = CliRunner().invoke(cli, ["fix", "."])
    assert done.exit_code == 0
    assert "not checked: a.sql: a link whose target does not exist" in done.output


@pytest.mark.parametrize(("name", "head"), [("a.json", '{"@id": "'), ("a.yaml", '{"@id": "'), ("a.jsonl", '{"@id": "')])
def test_a_fix_changes_no_key_that_programs_compare(name: str, head: str) -> None:
    text = head + 'IGSN:IE22301LL", "of": "Half of IGSN:IE22301LL"}\n'
    Path(name).write_text(text)
    CliRunner().invoke(cli, ["fix", "."])
    assert Path(name).read_text() == text.replace("Half of IGSN", "Half of igsn")


TEMPLATES = {
    "datacite.xml": '<resource xmlns="http://datacite.org/schema/kernel-4">'
    '<identifier identifierType="DOI">@</identifier>'
    "<creators>${creators}</creators><publicationYear>${year}</publicationYear></resource>",
    "igsn.json": '{"doi": "@", "types": {"resourceTypeGeneral": "PhysicalObject"}, "titles": "{{ title }}"}',
    "igsn.yaml": 'doi: "@"\ntypes: {resourceTypeGeneral: PhysicalObject}\ntitles: "<%= titles %>"\n# IGSN\n',
}


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("identifier", ["${identifier}", "{{ igsn }}", "<%= igsn %>"])
def test_a_record_whose_id_a_program_puts_in_is_a_template(name: str, identifier: str) -> None:
    written = identifier.replace("<", "&lt;") if name.endswith("xml") else identifier
    assert told(name, TEMPLATES[name].replace("@", written)) == []
    assert told(name, TEMPLATES[name].replace("@", "10.58052/IEABC0001")) != []


KEYS = (
    '{"IGSN:ODP02S31A": {"a": 1}, "http:\\/\\/dx.doi.org\\/10.58052\\/IEABC0004": ["x"],'
    ' "/igsn/{igsn}": 2, "ex:igsn": {}, "https://doi.org/10.58052/": {}}\n'
)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.yaml"])
def test_the_key_of_a_value_may_be_the_id_that_it_tells_of(name: str) -> None:
    Path(name).write_text(KEYS)
    listed = CliRunner().invoke(cli, ["list", name]).stdout.splitlines()
    assert [line.split()[0] for line in listed] == [f"{name}:1:8", f"{name}:1:62"]
    assert "ODP02S31A" in listed[0]
    assert "IEABC0004" in listed[1]
    (found,) = lint(name, select=["IL201"]).findings
    assert (found.region.column, found.region.end_column) == (31, 52)
    assert found.pointer == "/http:~1~1dx.doi.org~110.58052~1IEABC0004"
    CliRunner().invoke(cli, ["fix", name])
    assert Path(name).read_text() == KEYS
