"""Legacy sample metadata: which records it gives, what IL306, IL307, IL503 and IL601 say of them, and hostile ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igsn_lint import facts, lint
from igsn_lint.finder import find
from igsn_lint.model import Document, Mention, Record, Settings
from igsn_lint.readers import read
from igsn_lint.source import Source

ROOT = Path(__file__).parents[1]
REGISTRATION = """<sample xmlns="http://igsn.org/schema/kernel-v.1.0">
  <sampleNumber identifierType="igsn">10273/AU1101</sampleNumber>
  <registrant><registrantName>GA</registrantName></registrant>
  <relatedResourceIdentifiers>
    <relatedIdentifier relatedIdentifierType="handle" relationType="IsPartOf">10273/AU1100</relatedIdentifier>
  </relatedResourceIdentifiers>
  <log><logElement event="submitted" timeStamp="2013-06-19T03:28:20Z"/></log>
</sample>"""


def document(text: str | bytes, form: str = "xml") -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read(Source(f"a.{form}", data), form, Settings())


def records(text: str | bytes, form: str = "xml") -> list[Record]:
    return [record for part in document(text, form).parts() for record in part.records]


def mentions(text: str | bytes, form: str = "xml") -> list[Mention]:
    return [mention for part in document(text, form).parts() for mention in find(part, Settings())]


def own(record: Record) -> str | None:
    value = record.identifier.value if record.identifier is not None else None
    return None if value is None else value.text


def relations(record: Record) -> list[tuple[str, str, str]]:
    return [
        (item.text("relationType"), item.text("relatedIdentifierType"), item.value.text if item.value else "")
        for item in record.items("relatedIdentifier")
    ]


def codes(tmp_path: Path, name: str, text: str | bytes) -> list[str]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return [finding.rule for finding in lint([path]).findings]


# ------------------------------------------------------------------------------------------------------------- records

CASES = {
    "registration": (REGISTRATION, "10273/AU1101", [("IsPartOf", "Handle", "10273/AU1100")]),
    "registration 1.1": (
        """<r:sample xmlns:r="http://schema.igsn.org/registration/1.1">
        <r:sampleNumber identifierType="igsn"> 10273/AU1101 </r:sampleNumber><r:relatedResourceIdentifiers>
        <r:relatedResourceIdentifier relatedIdentifierType="igsn" relationType="HasPart"
        >AU1102</r:relatedResourceIdentifier></r:relatedResourceIdentifiers></r:sample>""",
        " 10273/AU1101 ",
        [("HasPart", "IGSN", "AU1102")],
    ),
    "description": (
        """<resource xmlns="http://schema.igsn.org/description/1.1" type="Sample">
        <identifier type="IGSN">AU1101</identifier><parentIdentifier type="IGSN">AU1100</parentIdentifier>
        <collectionIdentifier type="IGSN">AU1000</collectionIdentifier>
        <relatedIdentifiers><relatedIdentifier type="DOI" relationType="hasDocument">10.1/x</relatedIdentifier>
        </relatedIdentifiers><registrant><identifier type="ISNI">1</identifier></registrant></resource>""",
        "AU1101",
        [("IsDocumentedBy", "DOI", "10.1/x"), ("IsDerivedFrom", "IGSN", "AU1100"), ("IsPartOf", "IGSN", "AU1000")],
    ),
    "CSIRO 3.0": (
        """<cs:resources xmlns:cs="https://igsn.csiro.au/schemas/3.0"><cs:resource><cs:resourceIdentifier>CUI0AW8
        </cs:resourceIdentifier><cs:relatedResources><cs:relatedResource
        relatedResourceIdentifierType="http://pid.geoscience.gov.au/def/voc/igsn-codelists/IGSN"
        relationType="http://pid.geoscience.gov.au/def/voc/igsn-codelists/IsDerivedFrom">IECUR0AB1</cs:relatedResource>
        </cs:relatedResources></cs:resource></cs:resources>""",
        "CUI0AW8\n        ",
        [("IsDerivedFrom", "IGSN", "IECUR0AB1")],
    ),
    "CSIRO before 3.0": (
        """<samples xmlns="http://igsn.org/schema/kernel-v.1.0"><sample><sampleNumber identifierType="igsn">CSCAP0001
        </sampleNumber><relatedResources><relatedResourceIdentifier relatedIdentifierType="doi">10.1/x
        </relatedResourceIdentifier></relatedResources></sample></samples>""",
        "CSCAP0001\n        ",
        [("", "DOI", "10.1/x\n        ")],
    ),
    "ARDC": (
        """<resources xmlns="https://identifiers.ardc.edu.au/schemas/ardc-igsn-desc"><resource>
        <resourceIdentifier>10273/XXAA1</resourceIdentifier></resource></resources>""",
        "10273/XXAA1",
        [],
    ),
    "GFZ": (
        """<resource xmlns="http://pmd.gfz-potsdam.de/igsn/schemas/description/1.3"><identifier type="IGSN">GFBNO1
        </identifier><supplementalMetadata><record>
        <sample xmlns="http://pmd.gfz-potsdam.de/igsn/schemas/description-ext/1.3"><igsn>GFBNO1</igsn>
        <parent_igsn>GFBNO0</parent_igsn></sample></record></supplementalMetadata></resource>""",
        "GFBNO1\n        ",
        [],
    ),
    "SESAR": (
        """<samples xmlns="http://app.geosamples.org"><sample><user_code>SSH</user_code><igsn>SSH000SUB</igsn>
        <parent_igsn>SSH000SUA</parent_igsn></sample></samples>""",
        "SSH000SUB",
        [("IsPartOf", "IGSN", "SSH000SUA")],
    ),
    "SESAR without a namespace": (
        "<results><user_code>LCZ</user_code><igsn>LCZ7700AK</igsn><parent_igsn>Not Provided</parent_igsn></results>",
        "LCZ7700AK",
        [("IsPartOf", "IGSN", "")],
    ),
}

JSON_CASES = {
    "iSamples": (
        {
            "$schema": "iSamplesSchemaCore1.0.json",
            "sampleidentifier": "igsn:10.58052/IEEJR000M",
            "producedBy": {"@id": ""},
            "relatedResource": [{"target": "igsn:10.58052/IEEJR000A", "relationship": "derived_from"}, None, "x"],
        },
        "igsn:10.58052/IEEJR000M",
        [("IsDerivedFrom", "", "igsn:10.58052/IEEJR000A")],
    ),
    "registration": (
        {
            "igsn": "XXXMFO0001",
            "registrant": {"name": "Museum"},
            "related": [{"identifier": {"id": "https://igsn.org/XXXMFO2", "kind": "igsn"}, "relationType": "isPartOf"}],
        },
        "XXXMFO0001",
        [("IsPartOf", "IGSN", "https://igsn.org/XXXMFO2")],
    ),
    "SESAR": (
        {"sample": {"user_code": "IEEJR", "igsn": "IEEJR000M", "parent_igsn": "IEEJR000A", "elevation_unit": []}},
        "IEEJR000M",
        [("IsPartOf", "IGSN", "IEEJR000A")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_xml_document_gives_one_record_with_its_relations(name: str) -> None:
    text, identifier, related = CASES[name]
    (record,) = records(text)
    assert (record.kind, own(record), relations(record)) == ("legacy", identifier, related)


@pytest.mark.parametrize("wrapper", ["{}", "[{}]", '{{"response": {{"docs": [{{"a": 1}}, {}]}}}}'])
@pytest.mark.parametrize("name", JSON_CASES)
def test_a_json_document_gives_one_record_with_its_relations(name: str, wrapper: str) -> None:
    data, identifier, related = JSON_CASES[name]
    text = wrapper.format(json.dumps(data))
    (record,) = records(text, "json")
    assert (record.kind, own(record), relations(record)) == ("legacy", identifier, related)


def test_every_format_of_the_table_is_read_from_its_element() -> None:
    for tag, known in facts.legacy_formats().items():
        namespace = f' xmlns="{known.namespace}"' if known.namespace else ""
        *above, element = tag.rpartition("}")[2].split("/")
        outer = above[0] if above else "wrapper"
        text = (
            f"<{outer}{namespace}><{element}><user_code>AU</user_code><{known.identifier}>AU1101</{known.identifier}>"
        )
        (record,) = records(f"{text}</{element}></{outer}>")
        assert own(record) == "AU1101", tag
        assert not known.schema or (ROOT / "schemas" / "igsn" / f"{known.schema}.xsd").is_file()


def test_records_inside_oai_pmh_are_found_each() -> None:
    wrapped = f"<record><metadata>{REGISTRATION}</metadata></record>" * 3
    oai = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{wrapped}</ListRecords></OAI-PMH>'
    assert [own(record) for record in records(oai)] == ["10273/AU1101"] * 3


def test_a_legacy_record_beside_one_of_datacite_is_another_record() -> None:
    datacite = (
        '<resource xmlns="http://datacite.org/schema/kernel-4"><identifier>10.60516/AU1101</identifier></resource>'
    )
    found = records(f"<envelope>{datacite}{REGISTRATION}</envelope>")
    assert [record.kind for record in found] == ["datacite", "legacy"]


def test_json_lines_give_a_record_a_line() -> None:
    lines = [json.dumps(data) for data, _, _ in JSON_CASES.values()]
    assert [own(record) for record in records("\n".join(lines), "jsonl")] == [i for _, i, _ in JSON_CASES.values()]


def test_the_identifier_is_declared_and_relations_are_related() -> None:
    roles = {mention.suffix: (mention.role, mention.slot) for mention in mentions(REGISTRATION)}
    assert roles == {"AU1101": ("declared", "identifier"), "AU1100": ("related", "relatedIdentifier")}


@pytest.mark.parametrize(
    "text",
    [
        '{"igsn": "AU1101", "sample_type": "Rock"}',
        '{"igsn": {"type": "string"}, "user_code": {"type": "string"}}',
        '{"sampleidentifier": "ark:/21547/AvL2C02", "producedBy": {}, "note": "igsn"}',
        '{"sampleidentifier": "igsn:AU1101"}',
        '{"igsn": "", "user_code": "AU"}',
        '{"igsn": "Not Provided", "registrant": "GA"}',
    ],
)
def test_a_table_of_samples_or_a_schema_is_no_legacy_record(text: str) -> None:
    assert records(text, "json") == []


@pytest.mark.parametrize(
    "text",
    [
        "<sample><igsn>AU1101</igsn></sample>",
        '<sample xmlns="http://example.org/igsn"><sampleNumber>AU1101</sampleNumber></sample>',
        "<!-- igsn --><results><igsn>AU1101</igsn></results>",
    ],
)
def test_an_element_of_another_format_is_no_legacy_record(text: str) -> None:
    assert records(text) == []


@pytest.mark.parametrize("value", ["Not Provided", "", "  ", "n/a"])
def test_a_value_that_says_nothing_is_no_mention(value: str) -> None:
    text = f'<samples xmlns="http://app.geosamples.org"><sample><igsn>{value}</igsn></sample></samples>'
    assert mentions(text) == []


# --------------------------------------------------------------------------------------------------------------- rules


def test_a_valid_registration_has_only_the_note_that_the_service_is_closed(tmp_path: Path) -> None:
    assert codes(tmp_path, "a.xml", REGISTRATION) == ["IL307"]


def test_a_handle_in_a_datacite_record_is_still_told(tmp_path: Path) -> None:
    related = {"relatedIdentifier": "10273/AU1101", "relatedIdentifierType": "Handle", "relationType": "IsPartOf"}
    record = {
        "doi": "10.60516/AU1102",
        "types": {"resourceTypeGeneral": "PhysicalObject"},
        "titles": [],
        "creators": [],
    }
    record["relatedIdentifiers"] = [related]
    assert "IL509" in codes(tmp_path, "a.json", json.dumps(record))


def test_the_schema_that_the_namespace_names_decides(tmp_path: Path) -> None:
    newer = REGISTRATION.replace("http://igsn.org/schema/kernel-v.1.0", "http://schema.igsn.org/registration/1.1")
    assert codes(tmp_path, "a.xml", newer) == ["IL307", "IL306"]
    mended = newer.replace("relatedIdentifier ", "relatedResourceIdentifier ")
    mended = mended.replace("relatedIdentifier>", "relatedResourceIdentifier>").replace("2013-06-19T03:28:20Z", "2013")
    assert codes(tmp_path, "a.xml", mended) == ["IL307"]


def test_a_record_inside_oai_pmh_is_judged_where_it_stands(tmp_path: Path) -> None:
    broken = REGISTRATION.replace("submitted", "invented")
    path = tmp_path / "a.xml"
    path.write_text(f'<record xmlns="http://www.openarchives.org/OAI/2.0/">\n<metadata>\n{broken}</metadata></record>')
    (finding,) = [f for f in lint([path]).findings if f.rule == "IL306"]
    assert finding.region is not None
    assert (finding.region.line, finding.text) == (9, "invented")
    assert finding.pointer == "/record/metadata/sample/log/logElement/@event"


def test_formats_without_a_schema_of_ours_are_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(CASES["SESAR"][0])
    report = lint([path])
    assert report.findings == []
    assert [n.reason for n in report.notices] == [
        "SESAR sample metadata: read for its IDs and relations, not validated by its schema"
    ]


@pytest.mark.parametrize("relation", ["10273/AU1101", "igsn:AU1101", "https://igsn.org/au1101"])
def test_a_relation_to_itself_is_found_in_any_form(tmp_path: Path, relation: str) -> None:
    assert "IL503" in codes(tmp_path, "a.xml", REGISTRATION.replace("10273/AU1100", relation))
    data = {"sample": {"user_code": "AU", "igsn": "AU1101", "parent_igsn": relation}}
    assert codes(tmp_path, "a.json", json.dumps(data)).count("IL503") == 1


def test_rules_on_datacite_records_do_not_look_at_legacy_ones(tmp_path: Path) -> None:
    text = CASES["SESAR"][0].replace("SSH000SUA", "10.58052/SSH000SUA").replace("SSH000SUB", "https://example.org/x")
    assert not {c[:3] for c in codes(tmp_path, "a.xml", text)} & {"IL4", "IL5"}


def test_two_registrations_of_one_sample_are_duplicates_and_its_description_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(REGISTRATION)
    (tmp_path / "b.xml").write_text(CASES["description"][0].replace(">AU1101<", ">10273/AU1101<"))
    (tmp_path / "c.xml").write_text(REGISTRATION)
    assert "IL601" not in [f.rule for f in lint([tmp_path]).findings]
    (tmp_path / "d.xml").write_text(REGISTRATION.replace(">GA<", ">CSIRO<").replace("AU1101", "au1101"))
    assert [f.path.rpartition("/")[2] for f in lint([tmp_path]).findings if f.rule == "IL601"] == ["d.xml"]


def test_what_is_no_id_is_told_in_a_legacy_record_too(tmp_path: Path) -> None:
    data = {"user_code": "AU", "igsn": "see the list in room 3", "parent_igsn": "box in the corner"}
    assert codes(tmp_path, "a.json", json.dumps(data)) == ["IL101", "IL101"]


# ------------------------------------------------------------------------------------------------------------- hostile


def test_comments_references_and_elements_inside_values_are_located(tmp_path: Path) -> None:
    text = REGISTRATION.replace("10273/AU1101", "10273/<!-- x -->&#65;U–1101")
    path = tmp_path / "a.xml"
    path.write_text(text)
    (finding,) = [f for f in lint([path]).findings if f.rule == "IL106"]
    assert finding.text == "–"
    assert lint([path]).exit_code() == 1
    assert codes(tmp_path, "b.xml", REGISTRATION.replace("10273/AU1101", "10273/<b>AU</b>1101")).count("IL306") == 1


def test_samples_in_samples_are_one_record_and_take_no_longer() -> None:
    deep = "<sample xmlns='http://igsn.org/schema/kernel-v.1.0'>" * 200 + "</sample>" * 200
    assert len(records(deep)) == 1
    assert len(records(f"<a>{'<sample/>' * 50_000}<igsn/></a>")) == 0


def test_json_nested_two_hundred_deep_is_walked() -> None:
    deep = '{"sample": ' * 200 + '{"user_code": "A", "igsn": "AU1101"}' + "}" * 200
    (record,) = records(deep, "json")
    assert own(record) == "AU1101"


@pytest.mark.parametrize("key", ["related", "registrant", "igsn"])
@pytest.mark.parametrize(
    "value", [None, [], {}, [[]], [None], [1], 3, True, "x", [{"identifier": "x"}], [{"identifier": {"id": {}}}]]
)
def test_any_value_in_a_registration_is_endured(tmp_path: Path, key: str, value: object) -> None:
    data = {**JSON_CASES["registration"][0], key: value}
    codes(tmp_path, "a.json", json.dumps(data))


_KEYS = [
    "igsn", "user_code", "registrant", "related", "identifier", "id", "kind", "relationType", "parent_igsn", "sample",
    "sampleidentifier", "sample_identifier", "producedBy", "relatedResource", "target", "relationship", "data",
    "attributes",
]  # fmt: skip
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["AU1101", "igsn:AU1101"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(_VALUES)
def test_any_json_of_these_keys_is_read_without_an_exception(value: object) -> None:
    text = json.dumps([value, "igsn"])
    for record in records(text, "json"):
        assert own(record) is None or own(record)
        assert len(record.digest()) == 4
        assert all(len(relation) == 3 for relation in relations(record))
    mentions(text, "json")


_TAGS = [
    "sample",
    "resource",
    "results",
    "samples",
    "sampleNumber",
    "identifier",
    "igsn",
    "user_code",
    "parent_igsn",
    "x",
]
_NAMESPACES = sorted({known.namespace for known in facts.legacy_formats().values()})


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    tag, namespace = draw(st.sampled_from(_TAGS)), draw(st.sampled_from(_NAMESPACES))
    attribute = draw(st.sampled_from(["", ' type="IGSN"', ' relationType="http://x/"', ' identifierType=""']))
    inner = "".join(draw(st.lists(elements(depth + 1), max_size=3))) if depth < 4 else ""
    return f'<{tag} xmlns="{namespace}"{attribute}>{draw(st.sampled_from(["", "AU1101", " ", "&#10;"]))}{inner}</{tag}>'


@settings(max_examples=300, deadline=None)
@given(elements())
def test_any_xml_of_these_elements_is_read_and_judged_without_an_exception(text: str) -> None:
    for record in records(f"<igsn>{text}</igsn>"):
        assert len(record.digest()) == 4
        assert all(fault.message for fault in record.schema_faults())
    mentions(text)


# ------------------------------------------------------------------------------------------------------------- corpora


def test_legacy_documents_of_the_corpora_give_records(corpora: Path) -> None:
    folder, counts = corpora / "igsn-legacy", {}
    for path in sorted([*folder.rglob("*.xml"), *(corpora / "records" / "isamples_sesar").rglob("*.json")]):
        found = [r for r in records(path.read_bytes(), path.suffix[1:]) if r.kind == "legacy"]
        for record in found:
            counts[record.family] = counts.get(record.family, 0) + 1
    assert counts["registration-xml"] >= 5
    assert counts["csiro-xml"] >= 5
    assert counts["isamples-json"] >= 5
