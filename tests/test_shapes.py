"""The shapes that records come in: JSON as DataCite takes and gives it, registration bodies, XML in wrappers, YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from igsn_lint.api import lint
from igsn_lint.finder import find
from igsn_lint.model import Profile, Record, Settings
from igsn_lint.readers import read
from igsn_lint.source import Source

if TYPE_CHECKING:
    from igsn_lint.model import Document, Report

DOI = "10.58052/SSH000SUA"
FULL: dict[str, Any] = {
    "doi": DOI,
    "creators": [{"name": "White, Tim"}],
    "titles": [{"title": "Soil core 7"}],
    "publisher": {"name": "SESAR"},
    "publicationYear": 2012,
    "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Core"},
}


def document(data: bytes, form: str, profile: Profile | None = None) -> Document:
    return read(Source(f"x.{form}", data), form, Settings(profile=profile))


def records(data: bytes, form: str) -> list[Record]:
    return [record for part in document(data, form).parts() for record in part.records]


def identifiers(data: bytes, form: str) -> list[str | None]:
    found = []
    for record in records(data, form):
        own = record.identifier
        found.append(own.value.text if own is not None and own.value is not None else None)
    return found


def body(attributes: dict[str, Any]) -> bytes:
    return json.dumps({"data": {"type": "dois", "attributes": attributes}}).encode()


SHAPES: dict[str, tuple[Any, int]] = {
    "flat": (FULL, 1),
    "flat list": ([FULL, FULL], 2),
    "JSON:API single": ({"data": {"id": DOI.lower(), "type": "dois", "attributes": FULL}}, 1),
    "JSON:API list": ({"data": [{"id": DOI, "type": "dois", "attributes": FULL}] * 3, "meta": {"total": 3}}, 3),
    "resource without data": ({"id": DOI, "type": "dois", "attributes": FULL}, 1),
    "body without type": ({"data": {"attributes": {"event": "publish", "doi": DOI, "url": "https://example.org"}}}, 1),
    "4.1": (
        {
            "identifier": {"identifier": DOI, "identifierType": "DOI"},
            "creators": [{"creatorName": "White, Tim"}],
            "titles": [{"title": "Soil core 7"}],
            "publisher": "SESAR",
            "publicationYear": "2012",
            "resourceType": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Core"},
        },
        1,
    ),
    "identifiers": (
        {
            **{k: v for k, v in FULL.items() if k != "doi"},
            "identifiers": [{"identifier": DOI, "identifierType": "DOI"}],
        },
        1,
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", ["json", "jsonl", "yaml"])
def test_records_of_every_shape_have_their_identifier_in_json_and_yaml(shape: str, form: str) -> None:
    value, count = SHAPES[shape]
    text = yaml.safe_dump(value) if form == "yaml" else json.dumps(value)
    assert identifiers(text.encode(), form) == [DOI] * count


def test_a_slash_may_be_escaped() -> None:
    assert identifiers(json.dumps(FULL).replace("/", "\\/").encode(), "json") == [DOI]


def test_null_fields_of_the_server_are_as_absent() -> None:
    served = {**FULL, "state": "findable", "container": None, "sizes": None, "contentUrl": None, "schemaVersion": None}
    assert not [f for f in lint(("x.json", body(served))).findings if f.rule == "IL301"]


def missing(report: Report) -> list[str]:
    return [f.message for f in report.findings if f.rule == "IL301" and "missing" in f.message]


@pytest.mark.parametrize("extra", [{}, {"state": "draft"}, {"event": None}, {"event": "", "creators": []}])
def test_a_draft_is_judged_for_what_is_there_and_one_notice_names_the_rest(extra: dict[str, Any]) -> None:
    data = body({"doi": DOI, "titles": [{"title": "Soil core 7"}], **extra})
    report = lint(("x.json", data))
    assert missing(report) == []
    assert [notice.reason for notice in report.notices] == [
        "draft or partial update, not asked for what it leaves out: creators, publisher, publicationYear, types"
    ]
    strict = lint(("x.json", data), profile="register")
    assert missing(strict)
    assert not strict.notices


def test_what_is_wrong_in_a_partial_update_is_still_found() -> None:
    report = lint(("x.json", body({"doi": DOI, "types": {"resourceTypeGeneral": "Rock"}})))
    assert [f.pointer for f in report.findings if f.rule == "IL301"] == ["/data/attributes/types/resourceTypeGeneral"]


@pytest.mark.parametrize(
    "extra", [{"event": "publish"}, {"state": "findable"}, {"event": "register", "prefix": "10.58052"}]
)
def test_what_is_published_is_asked_for_everything(extra: dict[str, Any]) -> None:
    report = lint(("x.json", body({"doi": DOI, "titles": [{"title": "Soil core 7"}], **extra})))
    assert missing(report)
    assert not report.notices


def test_metadata_in_base64_is_named_as_not_read() -> None:
    report = lint(("x.json", body({"doi": DOI, "event": "publish", "xml": "PHJlc291cmNlLz4="})))
    assert not missing(report)
    assert [notice.reason for notice in report.notices] == ["the metadata inside the body, in base64, is not read"]
    assert not lint(("x.json", body({**FULL, "state": "findable", "xml": "PHJlc291cmNlLz4="}))).notices


@pytest.mark.parametrize(
    "text",
    [
        f"doi={DOI}\nurl=https://example.org/7\n",
        f"doi = {DOI}\r\nurl = https://example.org/7",
        f"\ufeff#Content-Type:text/plain;charset=UTF-8\ndoi={DOI}\nurl=https://example.org/7\n",
    ],
)
def test_a_body_for_the_mds_has_two_fields(text: str) -> None:
    found = document(text.encode(), "text")
    (part,) = found.parts()
    (mention,) = find(part, Settings())
    assert found.pointer(mention.place()) == "doi"
    assert found.shown(mention.place()) == mention.raw == DOI
    assert lint(("mds.txt", text.encode())).findings == []


def test_a_text_that_only_begins_like_a_body_is_a_text() -> None:
    assert document(f"doi={DOI}\nurl=https://example.org\nThe core was split.".encode(), "text").format == "text"
    hostile = b"doi=10.58052/A1\nurl=" + b" " * 200_000 + b"x\ny"
    assert document(hostile, "text").format == "text"


RECORD = '<identifier identifierType="DOI">{}</identifier><creators/>'


def resource(identifier: str, prefix: str = "") -> str:
    mark = f"{prefix}:" if prefix else ""
    inner = RECORD.format(identifier).replace("<", f"<{mark}").replace(f"<{mark}/", f"</{mark}")
    declared = f"xmlns{':' if prefix else ''}{prefix}"
    return f'<{mark}resource {declared}="http://datacite.org/schema/kernel-4">{inner}</{mark}resource>'


OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><{0}>{1}</{0}></OAI-PMH>'
ITEM = "<record><header><identifier>oai:x:1</identifier></header><metadata>{}</metadata></record>"
PAYLOAD = '<oai_datacite xmlns="http://schema.datacite.org/oai/oai-1.1/"><payload>{}</payload></oai_datacite>'
IDS = ["10.58052/SSH000SUA", "10.58052/SSH000SUB"]


@pytest.mark.parametrize("prefix", ["", "ns0", "datacite"])
@pytest.mark.parametrize(
    "wrapper",
    [
        OAI.format("ListRecords", "{}"),
        '<envelope xmlns="http://example.org/gfz"><header/>{}</envelope>',
        '<resources xmlns="http://example.org/batch">{}</resources>',
    ],
)
@pytest.mark.parametrize("payload", [False, True])
def test_all_records_in_a_wrapper_are_read(prefix: str, wrapper: str, payload: bool) -> None:
    inner = "".join(ITEM.format((PAYLOAD if payload else "{}").format(resource(i, prefix))) for i in IDS)
    text = wrapper.format(inner)
    assert identifiers(text.encode(), "xml") == IDS


def test_identifiers_of_oai_dc_are_mentions_and_no_records() -> None:
    dc = (
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:identifier>https://doi.org/10.58052/SSH000SUA</dc:identifier><dc:identifier>igsn:SSH000SUA</dc:identifier>"
        "<dc:relation>https://doi.org/10.5880/GFZ.1.2</dc:relation></oai_dc:dc>"
    )
    found = document(OAI.format("GetRecord", ITEM.format(dc)).encode(), "xml")
    (part,) = found.parts()
    assert part.records == []
    assert [(m.suffix, m.role) for m in find(part, Settings())] == [("SSH000SUA", "cited"), ("SSH000SUA", "cited")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
@pytest.mark.parametrize("declared", [True, False])
def test_xml_is_read_in_its_encoding(encoding: str, declared: bool) -> None:
    if not declared and encoding in {"iso-8859-1", "utf-16-le", "utf-16-be"}:
        pytest.skip("neither a declaration nor a byte order mark says what it is: not well-formed")
    name = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(encoding, encoding)
    head = f'<?xml version="1.0" encoding="{name}"?>\n' if declared else ""
    text = f"{head}<r>{resource(IDS[0])}<note>Köln igsn:10.58052/SSHéSUB</note></r>"
    report = lint(("x.xml", text.encode(encoding)), select=["IL0", "IL1"])
    line = text.split("\n")[-1]
    assert [(f.rule, f.region and f.region[:2]) for f in report.findings] == [
        ("IL104", (2 if declared else 1, line.index("é") + 1))
    ]
    assert report.records == 1
