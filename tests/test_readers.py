"""Readers: what they read, where it stands, and what they say of broken and hostile files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from igsn_lint.api import lint
from igsn_lint.finder import find
from igsn_lint.model import Document, Settings
from igsn_lint.readers import format_of, read
from igsn_lint.source import Source

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings()


def ALL(text: str, label: str | None) -> bool:  # noqa: N802  # a constant that is a function
    return True


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
_XML_CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], include_characters="\t\n")
XML_TEXT = st.text(_XML_CHARACTERS, min_size=1, max_size=10)


def document(data: bytes, form: str) -> Document:
    return read(Source(f"x.{form}", data), form, SETTINGS)


def rules(name: str, data: bytes) -> list[tuple[str, int | None, int | None]]:
    report = lint((name, data))
    return [(f.rule, f.region and f.region.line, f.region and f.region.column) for f in report.findings]


@given(JSON, st.sampled_from([None, 1]), st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_every_json_string_is_located_exactly(value: Any, indent: int | None, ascii_only: bool, encoding: str) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    found = document(text.encode(encoding), "json")
    for part in found.parts():
        for segment in part.segments(ALL):
            span = found.locate(segment.place())
            assert span is not None
            assert json.loads(f'"{found.source.text[slice(*span)]}"', strict=False) == segment.text
            for cut in range(len(segment.text) + 1):
                start, end = found.locate(segment.place(0, cut)) or (0, 0)
                piece = found.source.text[start:end]
                assert json.loads(f'"{piece}"', strict=False) == segment.text[:cut]


@given(
    st.lists(
        st.tuples(XML_TEXT, XML_TEXT, st.sampled_from(["text", "attribute", "comment", "cdata"])),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=200, deadline=None)
def test_every_xml_text_and_attribute_is_located_exactly(rows: list[tuple[str, str, str]]) -> None:
    root = etree.Element("root", nsmap={"p": "urn:p"})
    for i, (one, other, how) in enumerate(rows):
        child = etree.SubElement(root, "{urn:p}item" if i % 2 else "item")
        if how == "attribute":
            child.set("name", one)
        if how == "comment":
            child.text = one
            child.append(etree.Comment("between"))
            child[0].tail = other
        elif how == "cdata" and "]]>" not in other:
            child.text = etree.CDATA(other)
        else:
            child.text = other
    for encoding in ("utf-8", "utf-16", "us-ascii"):
        found = document(etree.tostring(root, encoding=encoding, xml_declaration=True), "xml")
        seen = 0
        for part in found.parts():
            for segment in part.segments(ALL):
                if segment.marked or "\ufffc" in segment.text:
                    continue
                seen += 1
                span = found.locate(segment.place())
                assert span is not None
                raw = found.source.text[slice(*span)]
                parsed = etree.fromstring(f'<a b="{raw}"/>').get("b") if segment.origin[1] else None
                if parsed is not None:
                    assert parsed == segment.text
                elif "<!--" not in raw and "<![CDATA[" not in found.source.text:
                    assert etree.fromstring(f"<a>{raw}</a>").text == segment.text
        assert seen or not any(one.strip() and other.strip() for one, other, _ in rows)


def test_nothing_is_read_across_a_child_element_and_places_behind_it_are_exact() -> None:
    text = (
        "<p>IGSN <i>X</i> igsn:10.60516/A<b>1</b> and igsn:10.60516/AU1101<!-- c --> or <!--igsn:10.60516/AU1102--></p>"
    )
    found = document(text.encode(), "xml")
    spans = []
    for part in found.parts():
        for mention in find(part, SETTINGS):
            span = found.locate(mention.place())
            assert span is not None
            spans.append((mention.suffix, text[slice(*span)]))
    assert spans == [("AU1101", "igsn:10.60516/AU1101"), ("AU1102", "igsn:10.60516/AU1102")]


def test_escapes_in_markdown_are_no_part_of_an_id_and_places_stay_exact() -> None:
    text = r"\_a\_ igsn:10.58052/IE\_ABC\-0001\. and `igsn:10.58052/IE\_X1` [b](https://doi.org/10.58052/IE\_ABC2) end"
    found = document(text.encode(), "markdown")
    spans = {}
    for part in found.parts():
        for mention in find(part, SETTINGS):
            span = found.locate(mention.place())
            assert span is not None
            spans[mention.suffix] = text[slice(*span)]
    assert spans["IE_ABC-0001"] == r"igsn:10.58052/IE\_ABC\-0001"
    assert spans["IE_ABC2"] == r"https://doi.org/10.58052/IE\_ABC2"


def test_places_in_xml_are_those_of_the_file_also_behind_entities_and_other_letters() -> None:
    text = '<r>\n <a t="é&amp;">ü&#x41;&lt;10.60516/AU1101</a>\n</r>'
    found = document(text.encode(), "xml")
    segment = next(s for part in found.parts() for s in part.segments(ALL) if "AU1101" in s.text)
    at = segment.text.index("10.60516")
    span = found.locate(segment.place(at, len(segment.text)))
    assert span is not None
    assert text[slice(*span)] == "10.60516/AU1101"
    assert found.source.position(span[0]) == (2, text.splitlines()[1].index("10.60516") + 1)
    assert found.pointer(segment.place()) == "/r/a"


def test_records_are_read_in_every_shape() -> None:
    flat = {"doi": "10.58052/A1", "types": {"resourceTypeGeneral": "PhysicalObject"}, "creators": [], "titles": []}
    single = {"data": {"id": "10.58052/a1", "type": "dois", "attributes": flat}}
    many = {"data": [single["data"], single["data"]], "meta": {"total": 2}}
    counts = {
        "flat": (flat, 1),
        "list": ([flat, flat], 2),
        "single": (single, 1),
        "many": (many, 2),
        "other": ({"doi": "10.1/x", "title": "A paper"}, 0),
        "schema.org": (
            {"@context": "http://schema.org", "schemaVersion": "http://datacite.org/schema/kernel-4", "publisher": {}},
            0,
        ),
    }
    for data, count in counts.values():
        found = document(json.dumps(data).encode(), "json")
        assert sum(len(part.records) for part in found.parts()) == count
    lines = "\n".join([json.dumps(flat), "", json.dumps(single), "{broken", json.dumps(flat)])
    found = document(lines.encode(), "jsonl")
    assert sum(len(part.records) for part in found.parts()) == 3
    assert [(fault.kind, found.source.position(fault.offset or 0)[0]) for fault in found.faults] == [
        ("malformed-document", 4)
    ]


@pytest.mark.parametrize("prefix", ["", "d:", "oai:"])
def test_xml_records_are_read_with_any_prefix_and_in_an_oai_response(prefix: str) -> None:
    declared = f'xmlns{":" + prefix[:-1] if prefix else ""}="http://datacite.org/schema/kernel-4"'
    value = f'<{prefix}identifier identifierType="DOI">10.58052/A1234</{prefix}identifier>'
    record = f"<{prefix}resource {declared}>{value}</{prefix}resource>"
    inner = f"<ListRecords><record><metadata>{record}</metadata></record></ListRecords>"
    wrapped = f"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>{inner}</OAI-PMH>"
    for text in (record, wrapped):
        found = document(text.encode(), "xml")
        records = [record for part in found.parts() for record in part.records]
        assert [r.identifier.value.text for r in records if r.identifier and r.identifier.value] == ["10.58052/A1234"]


@pytest.mark.parametrize(
    ("name", "data", "line", "column"),
    [
        ("a.json", b'{"igsn": "AU1101",\n "x": }', 2, 7),
        ("a.json", b'{"igsn": "AU1101"', 1, 18),
        ("a.jsonl", b'{"igsn": "AU1101"}\n{"igsn" "AU1102"}\n', 2, 9),
        ("a.xml", b"<igsn>\n <a>AU1101</b>\n</igsn>", 2, 11),
        ("a.xml", b"<igsn>AU1101", 1, 13),
        ("a.xml", b"<?xml version='1.0' encoding='no-such'?><igsn/>", 1, None),
        ("a.xml", "<igsn>ü</igsn>".encode("latin-1"), 1, None),
    ],
)
def test_what_is_not_well_formed_is_found_with_its_position(
    name: str, data: bytes, line: int, column: int | None
) -> None:
    found = rules(name, data)
    assert [(rule, at) for rule, at, _ in found] == [("IL002", line)]
    assert column is None or found[0][2] == column


def test_a_byte_of_another_encoding_is_found_with_its_position() -> None:
    assert rules("a.txt", "Höhe\nigsn:10.60516/AU1101".encode("latin-1")) == [("IL003", 1, 2)]
    assert rules("a.txt", "Höhe\nigsn:10.60516/AU1101".encode("utf-16")) == []
    assert rules("a.md", "Höhe (IGSN)\n<https://doi.org/10.60516/AU1101>".encode("utf-8-sig")) == []


def test_internal_entities_are_expanded() -> None:
    internal = b"<!DOCTYPE r [<!ENTITY id 'AU1101'>]><r>igsn:10.60516/&id;</r>"
    found = document(internal, "xml")
    assert any(s.text == "igsn:10.60516/AU1101" for part in found.parts() for s in part.segments(ALL))


def test_external_entities_are_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    data = f"<!DOCTYPE r [<!ENTITY id SYSTEM '{secret.as_uri()}'>]><r>igsn:10.60516/&id;</r>".encode()
    assert "SECRET" not in "".join(s.text for part in document(data, "xml").parts() for s in part.segments(ALL))
    assert not rules("a.xml", data)


BOMB = (
    b"<!DOCTYPE r [<!ENTITY a '"
    + b"x" * 100
    + b"'>"
    + b"".join(b"<!ENTITY " + bytes([98 + i]) + b" '" + (b"&" + bytes([97 + i]) + b";") * 20 + b"'>" for i in range(8))
    + b"]><r>igsn &i;</r>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.xml", BOMB),
        ("deep.xml", b"<igsn>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</igsn>"),
        ("deep.json", b'{"igsn":' + b"[" * 50_000 + b"]" * 50_000 + b"}"),
        ("deep.jsonl", b'{"igsn":' + b"[" * 50_000 + b"]" * 50_000 + b"}\n"),
        ("nul.txt", b"igsn\x00:AU1101" * 1000),
        ("nul.json", b'{"igsn": "\\u0000AU1101\\ud800"}'),
        ("half.json", '{"igsn": "AU1101"}'.encode("utf-16")[:-1]),
        ("line.json", b'{"igsn": "' + b"A1" * 2_000_000 + b'"}'),
        ("brackets.md", b"igsn [" * 20_000),
        ("parens.md", b"igsn ](" * 20_000),
        ("ticks.md", b"`" * 50_000 + b" igsn"),
        ("tags.txt", b"IGSN: " * 30_000),
        ("list.txt", b"IGSN AU1101" + b", AU1101" * 20_000),
        ("slashes.txt", b"10.58052/" * 20_000),
        ("html.md", b"<a href='igsn" * 10_000),
    ],
)
def test_hostile_files_end_in_a_report_and_in_time(name: str, data: bytes) -> None:
    assert lint((name, data)).files <= 1


@given(st.binary(max_size=200), st.sampled_from(["xml", "json", "jsonl", "md", "txt", ""]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_end_in_a_report(data: bytes, extension: str) -> None:
    lint((f"x.{extension}" if extension else "x", b"igsn " + data))
    lint((f"x.{extension}" if extension else "x", data))


@given(JSON, st.sampled_from(["attributes", "flat"]))
@settings(max_examples=200, deadline=None)
def test_any_json_under_the_keys_of_a_record_ends_in_a_report(value: Any, shape: str) -> None:
    keys = ["doi", "creators", "titles", "types", "relatedIdentifiers", "identifiers", "publisher", "schemaVersion"]
    for key in keys:
        record = {
            "doi": "10.58052/A1",
            "types": {"resourceTypeGeneral": "PhysicalObject"},
            "creators": [],
            "titles": [],
            key: value,
        }
        data = {"data": {"type": "dois", "attributes": record}} if shape == "attributes" else record
        lint(("x.json", json.dumps(data).encode()))


def test_formats_are_told_by_name_and_else_by_content() -> None:
    assert format_of("a/b.XML") == "xml"
    assert format_of("a/b.dxf") is None
    assert [
        format_of("-", Source("-", data))
        for data in (b"<?xml version='1.0'?><a/>", b' {"a": 1}', b"text", b"\x00\x01\x02\xff" * 50)
    ] == [
        "xml",
        "json",
        "text",
        None,
    ]


@pytest.mark.parametrize(
    "name", ["tsconfig.json", "a/tsconfig.app.json", ".devcontainer/devcontainer.json", ".vscode/x.json"]
)
def test_settings_of_programs_may_have_comments(name: str) -> None:
    report = lint([(name, b'// for igsn\n{"a": 1,}\n')])
    assert report.findings == []


@pytest.mark.parametrize("text", ["{\n  auto_https off # igsn\n}\n", "[igsn]: https://example.org\n"])
def test_a_text_without_extension_that_begins_with_a_bracket_is_no_json(text: str) -> None:
    assert lint([("Caddyfile", text.encode())]).findings == []


@pytest.mark.parametrize("text", ['{"igsn": 1,}', '[ {"igsn": 1,} ]', "[ 1, igsn ]"])
def test_what_begins_like_json_is_judged_as_json(text: str) -> None:
    assert [finding.rule for finding in lint([("record", text.encode())]).findings] == ["IL002"]


@pytest.mark.parametrize(
    "inner",
    [
        '<str name="igsn">IEGEN0004</str>',
        '<arr name="igsn"><str>IEGEN0004</str></arr>',
        '<field name="parent_igsn" value="IEGEN0004"/>',
        "<attribute><key>igsn</key><value>IEGEN0004</value></attribute>",
        '<id scheme="igsn">IEGEN0004</id>',
        "<igsns><value>IEGEN0004</value></igsns>",
    ],
)
def test_attributes_keys_and_lists_of_xml_name_what_stands_in_an_element(inner: str) -> None:
    document = read(Source("x.xml", f"<r><name>IEGEN0005</name>{inner}</r>".encode()), "xml", Settings())
    assert [m.suffix for part in document.parts() for m in find(part, Settings())] == ["IEGEN0004"]
