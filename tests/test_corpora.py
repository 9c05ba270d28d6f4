"""Other people's files: nothing breaks, nothing is silently left out, and what is reported was read by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.api import files, lint
from igsn_lint.discover import discover
from igsn_lint.engine import is_relevant, open_document
from igsn_lint.model import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_every_relevant_file_is_checked_or_named_as_not_checked(corpora: Path) -> None:
    report = lint(corpora)
    relevant = 0
    for item in files(discover([str(corpora)], [])):
        document = open_document(item, Settings())
        relevant += document is not None and is_relevant(document, Settings())
    assert report.files >= relevant > 500
    assert len(report.unread_paths) == sum(report.unread.values())


def test_official_examples_of_valid_records_have_no_error(corpora: Path) -> None:
    # Two or three of the official examples are invalid by the schema of their own version (polygon-advanced).
    found = lint(sorted((corpora / "datacite-xsd").glob("kernel-4*/example"))).findings
    names = {f.path.rsplit("/", 1)[1] for f in found if f.severity == "error"}
    assert [name for name in names if "polygon-advanced" not in name] == []


def test_the_official_igsn_example_has_its_example_prefix_and_a_point_outside_its_box(corpora: Path) -> None:
    report = lint(corpora / "records" / "datacite-support-docs", select=["IL1", "IL2", "IL3", "IL4"])
    found = {(f.rule, f.pointer.replace("/resource", "")) for f in report.findings}
    assert found == {
        ("IL121", "/doi"),
        ("IL121", "/identifier"),
        ("IL419", "/geoLocations/0/geoLocationPoint"),
        ("IL419", "/geoLocations/geoLocation/geoLocationPoint"),
    }
    assert len(report.findings) == 4


def test_planted_faults_that_rules_exist_for_are_found(corpora: Path) -> None:
    # All of them have one ID, so each is looked at by itself.
    report = [
        lint(path)
        for path in sorted((corpora / "planted").glob("*.*ml")) + sorted((corpora / "planted").glob("*.json"))
    ]
    graver = [f for one in report for f in one.findings if f.severity != "note"]
    found = {(f.path.rsplit("/", 1)[1], f.rule) for f in graver}
    assert {("bad_relationType.xml", "IL301"), ("bad_relationType.json", "IL301")} <= found
    assert {("self_relation.xml", "IL503"), ("self_relation.json", "IL503")} <= found
    graver = {f.path.rsplit("/", 1)[1] for one in report for f in one.findings if f.severity != "note"}
    assert not graver & {"valid.xml", "valid.json"}
