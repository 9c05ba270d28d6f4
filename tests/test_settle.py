"""Settling: profiles, precedence, aggregation, anchors."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from igsn_lint.api import lint
from igsn_lint.registry import Registry
from igsn_lint.settle import AGGREGATE_ABOVE, precedence

if TYPE_CHECKING:
    from igsn_lint.model import Finding

REGISTRY = Registry.load()


def found(name: str, text: str, **options: Any) -> list[Finding]:
    return lint((name, text.encode()), registry=REGISTRY, **options).findings


def record(**changes: Any) -> str:
    plain = {
        "doi": "10.58052/SSH000SUA",
        "creators": [{"name": "White, Tim"}],
        "titles": [{"title": "Soil core 7"}],
        "publisher": "SESAR",
        "publicationYear": 2012,
        "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Core"},
        "relatedIdentifiers": [
            {"relatedIdentifier": "10.1594/PANGAEA.1", "relatedIdentifierType": "DOI", "relationType": "IsReferencedBy"}
        ],
    }
    return json.dumps(plain | changes)


def test_the_subject_chooses_the_profile() -> None:
    related = [{"relatedIdentifier": "10273/AU1101", "relatedIdentifierType": "IGSN", "relationType": "IsPartOf"}]
    text = record(
        relatedIdentifiers=related, descriptions=[{"description": "from 10273/AU1102", "descriptionType": "Other"}]
    )
    assert [(f.rule, f.profile, f.severity) for f in found("a.json", text, select=["IL2"])] == [
        ("IL203", "publish", "warning"),
        ("IL203", "cite", "note"),
    ]


def test_one_profile_can_be_set_for_all() -> None:
    assert [f.profile for f in found("a.txt", "10273/AU1101", profile="publish")] == ["publish"]


def test_choosing_characters_is_judged_before_registration_only() -> None:
    text = record(doi="10.58052/ssh000sua")
    assert found("a.json", text, select=["IL1"]) == []
    assert [f.rule for f in found("a.json", text, profile="register", select=["IL1"])] == ["IL114"]


def test_damaged_spelling_comes_before_form_and_both_speak_where_they_stand_apart() -> None:
    # The resolver and the letter stand apart: two faults. The letter makes the whole Handle a damaged one: one fault.
    assert [f.rule for f in found("a.txt", "http://dx.doi.org/10.60516/\u0410U1101")] == ["IL201", "IL105"]
    assert [f.rule for f in found("a.txt", "10273/\u0410U1101")] == ["IL105"]


def test_a_rule_gives_way_only_to_a_rule_that_is_on() -> None:
    assert [f.rule for f in found("a.txt", "10273/\u0410U1101", ignore=["IL105"])] == ["IL203"]


def test_a_url_as_identifier_is_one_finding() -> None:
    report = found("a.json", record(doi="http://dx.doi.org/10.58052/SSH000SUA"))
    assert [f.rule for f in report if f.severity != "note"] == ["IL401"]


def test_the_families_are_ranked_as_the_catalogue_says() -> None:
    order = ["IL002", "IL301", "IL105", "IL401", "IL119", "IL201"]
    assert [precedence(code) for code in order] == sorted({precedence(code) for code in order})
    assert precedence("IL118") == precedence("IL102") == precedence("IL111") < precedence("IL112")
    assert precedence("IL401") == precedence("IL503")


def test_many_breaches_in_one_way_are_one_finding() -> None:
    count = AGGREGATE_ABOVE + 1
    text = "\n".join(f"see http://doi.org/10.60516/AU{n:04}" for n in range(count))
    (finding,) = found("a.txt", text)
    assert (finding.count, len(finding.related)) == (count, count - 1)
    assert finding.message.endswith(f"({count} places: 1:5, 2:5, 3:5 …)")
    assert finding.region is not None
    assert finding.region[:2] == (1, 5)
    assert len(found("a.txt", "\n".join(text.splitlines()[1:]))) == count - 1


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", b'{"igsn": "10.58052/SSH000SUA",', "not well-formed JSON: unexpected end of data"),
        ("a.jsonl", b'{"igsn": 1\n{"igsn": 2\n', "not well-formed JSON: unexpected end of data"),
        ("a.pdf", b"%PDF-1.4 igsn", "the file is truncated or damaged"),
        ("a.zip", b"PK\x03\x04igsn", "the file is truncated or damaged"),
    ],
)
def test_what_can_not_be_read_is_told_also_where_its_rule_is_off(name: str, data: bytes, reason: str) -> None:
    for chosen in ({"select": ["IL2"]}, {"ignore": ["IL0"]}):
        report = lint((name, data), registry=REGISTRY, **chosen)
        assert report.notices == [(name, reason)]
        assert report.findings == []
    # As a finding it is no notice.
    report = lint((name, data), registry=REGISTRY, select=["IL0"])
    assert report.findings
    assert report.notices == []


def test_what_is_said_of_one_place_is_not_said_of_all() -> None:
    count = AGGREGATE_ABOVE + 1
    text = "\n".join(f"see igsn:10.60516/au{n:04}, igsn:10.60516/AU{n:04}" for n in range(count))
    (message,) = (finding.message for finding in found("a.md", text) if finding.rule == "IL212")
    assert message.startswith('the ID is written "au0000" here')
    assert f"(one of {count} places: " in message


def test_the_anchor_survives_moving_and_changes_with_the_fault() -> None:
    one = record(relatedIdentifiers=[_self()])
    anchors = {f.anchor for f in found("a.json", one)}
    again = json.dumps(json.loads(one), indent=3)
    moved = json.dumps([{}, dict(reversed(json.loads(one).items()))])
    assert {f.anchor for f in found("a.json", again)} == anchors
    assert anchors == {f.anchor for f in found("b/c.json", moved)}
    other = record(doi="10.58052/SSH000SUB", relatedIdentifiers=[_self("10.58052/SSH000SUB")])
    assert anchors.isdisjoint(f.anchor for f in found("a.json", other))
    text = found("a.txt", "see http://doi.org/10.60516/AU1101")[0].anchor
    assert found("a.txt", "# New\n\nline\n\nsee  also http://doi.org/10.60516/AU1101")[0].anchor == text


def _self(doi: str = "10.58052/ssh000sua") -> dict[str, str]:
    return {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": "IsPartOf"}


def test_the_order_of_files_never_changes_the_findings() -> None:
    files = [(f"{n}.json", record(titles=[{"title": f"Core {n}"}]).encode()) for n in range(6)]
    files += [("t.md", b"10273/AU1101 and http://doi.org/10.58052/SSH000SUA")]
    expected = lint(files, registry=REGISTRY).findings
    assert [f.rule for f in expected].count("IL601") == 5
    for seed in range(4):
        random.Random(seed).shuffle(files)
        assert lint(files, registry=REGISTRY).findings == expected


def test_equal_copies_and_other_formats_are_no_duplicates() -> None:
    kernel = "http://datacite.org/schema/kernel-4"
    xml = (
        f'<resource xmlns="{kernel}"><identifier identifierType="DOI">10.58052/SSH000SUA</identifier>'
        "<creators><creator><creatorName>White</creatorName></creator></creators>"
        "<titles><title>Core</title></titles><publisher>S</publisher><publicationYear>2012</publicationYear>"
        '<resourceType resourceTypeGeneral="PhysicalObject"/></resource>'
    )
    files = [("a.json", record().encode()), ("copy/a.json", record().encode()), ("a.xml", xml.encode())]
    assert lint(files, registry=REGISTRY, select=["IL601"]).findings == []


def test_a_duplicate_shows_the_other_record() -> None:
    files = [("a.json", record().encode()), ("b.jsonl", (record() + "\n" + record(publicationYear=2013)).encode())]
    (finding,) = lint(files, registry=REGISTRY, select=["IL601"]).findings
    assert (finding.path, finding.region and finding.region.line, finding.identifier) == (
        "b.jsonl",
        2,
        "10.58052/SSH000SUA",
    )
    assert [(place.path, place.region and place.region.line) for place in finding.related] == [("a.json", 1)]


@pytest.mark.parametrize("selector", ["IL2", "il203", "legacy-handle"])
def test_rules_are_selected_and_ignored_by_code_beginning_and_name(selector: str) -> None:
    text = "10273/AU1101"
    assert [f.rule for f in found("a.txt", text, select=[selector])] == ["IL203"]
    assert found("a.txt", text, ignore=[selector]) == []


def test_the_form_to_write_is_right_in_all_that_is_wrong_with_an_id() -> None:
    texts = {
        "We took IGSN 10.273/IEKWV0001 there.": ["igsn:10273/IEKWV0001"] * 2,
        "See http://dx.doi.org/10.58052/IEKWV\u20130004.": ["https://doi.org/10.58052/IEKWV-0004"] * 2,
        "See DOI: 10.58052/IEK\u200bWV0004.": ["igsn:10.58052/IEKWV0004"] * 2,
        # Nobody knows how the prefix is mended: the tag alone would make a wrong ID of it.
        "We took IGSN 10.580521/IEKWV0001 there.": [None, None],
    }
    for text, written in texts.items():
        findings = found("a.md", text, profile="cite", select=["IL1", "IL201", "IL202", "IL208"])
        assert [finding.replacement for finding in findings] == written, text
    # A rule that is off asks for nothing.
    (alone,) = found("a.md", "We took IGSN 10.273/IEKWV0001 there.", select=["IL102"])
    assert alone.replacement == "IGSN 10273/IEKWV0001"
