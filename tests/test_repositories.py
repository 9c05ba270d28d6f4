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


@pytest.mark.parametrize(("name", "head"), [("a.json", '{"@id": "'), ("a.yaml", '{"@id": "'), ("a.jsonl", '{"@id": "')])
def test_a_fix_changes_no_key_that_programs_compare(name: str, head: str) -> None:
    text = head + 'IGSN:IE22301LL", "of": "Half of IGSN:IE22301LL"}\n'
    Path(name).write_text(text)
    CliRunner().invoke(cli, ["fix", "."])
    assert Path(name).read_text() == text.replace("Half of IGSN", "Half of igsn")
