"""IL301 to IL305 and IL308: the verdict is DataCite's, in XML and in JSON, and each fault is told once and in words."""

from __future__ import annotations

import copy
import json
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import lupo
import pytest
from as_json import CLASSES, Inexpressible, as_json
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from test_schemas_datacite import (
    CORPORA,
    FACTS,
    MINIMAL_JSON,
    MINIMAL_XML,
    NEWEST,
    NS,
    OFFICIAL,
    json_records,
    kernel_4_files,
    mutant,
    needs_corpora,
    official_xsd,
    our_xsd,
    python_json,
    xml_with,
)

from igsn_lint import config, kernel, lint, schemas
from igsn_lint.explain import explain_json
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from igsn_lint.model import Finding, Settings

INVALID = {"IL301", "IL303", "IL305"}


def found(data: bytes | str, name: str = "record.xml", *select: str, **more: Any) -> list[Finding]:
    """Return what the IL3 rules (or those named) find in a file."""
    raw = data.encode() if isinstance(data, str) else data
    return lint((name, raw), select=select or ("IL3",), registry=registry(), **more).findings


@cache
def registry() -> Registry:
    """Return all rules, loaded once."""
    return Registry.load()


def told(data: bytes | str, name: str = "record.xml", *select: str) -> list[tuple[str, str, str]]:
    """Return rule, pointer and message of each finding."""
    return [(finding.rule, finding.pointer, finding.message) for finding in found(data, name, *select)]


def xml(*changes: tuple[str, str]) -> str:
    """Return the minimal record with texts replaced."""
    text = MINIMAL_XML.strip()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def with_more(inner: str) -> str:
    """Return the minimal record with more at its end."""
    return xml(("</resource>", f"{inner}</resource>"))


def test_the_program_knows_the_versions_of_the_table() -> None:
    assert tuple(FACTS["versions"]) == kernel.VERSIONS
    assert FACTS["namespace"] == kernel.NAMESPACE


# ------------------------------------------------------------------------------------------------------ in words: XML

RELATED = "<relatedIdentifiers><relatedIdentifier {}>10.12345/B</relatedIdentifier></relatedIdentifiers>"
CREATOR = "<creator><creatorName>Doe, Jo</creatorName></creator>"

XML_FAULTS = {
    "a missing element is told at its parent": (
        xml(("  <publisher>Rock Store</publisher>\n", "")),
        [("IL301", "/resource", "resource: missing: publisher")],
    ),
    "of several missing ones only what is needed is named, once": (
        f'<resource xmlns="{NS}"><identifier identifierType="DOI">10.1/datacite</identifier></resource>',
        [("IL301", "/resource", "resource: missing: creators, titles, publisher, publicationYear, resourceType")],
    ),
    "missing attributes are told together": (
        with_more("<relatedIdentifiers><relatedIdentifier>x</relatedIdentifier></relatedIdentifiers>"),
        [
            (
                "IL301",
                "/resource/relatedIdentifiers/relatedIdentifier",
                "relatedIdentifier: missing: attribute relatedIdentifierType, attribute relationType",
            )
        ],
    ),
    "a misspelled element is not missing as well": (
        xml(("publicationYear>", "publicationyear>")),
        [
            (
                "IL301",
                "/resource/publicationyear",
                'resource has no element "publicationyear"; the nearest is "publicationYear"',
            )
        ],
    ),
    "a misspelled attribute is not missing as well": (
        with_more(RELATED.format('relatedIdentifierType="DOI" relationtype="IsPartOf"')),
        [
            (
                "IL301",
                "/resource/relatedIdentifiers/relatedIdentifier/@relationtype",
                'relatedIdentifier has no attribute "relationtype"; the nearest is "relationType"',
            )
        ],
    ),
    "an item without its list": (
        xml(("<titles>", ""), ("</titles>", "")),
        [("IL301", "/resource/title", 'resource has no element "title"; it belongs in "titles"')],
    ),
    "what stands behind an unknown element is looked at, too": (
        xml(("<publisher>", "<b/><publisher>"), ("2024", "24"), ("PhysicalObject", "Rock")),
        [
            ("IL301", "/resource/b", 'resource has no element "b"'),
            ("IL301", "/resource/publicationYear", 'publicationYear: "24" is no year of four digits'),
            (
                "IL301",
                "/resource/resourceType/@resourceTypeGeneral",
                'attribute resourceTypeGeneral of resourceType: "Rock" is no term of the controlled list '
                "(Audiovisual, Award, Book, BookChapter, Collection, ComputationalNotebook, ConferencePaper, "
                "ConferenceProceeding, …)",
            ),
        ],
    ),
    "an element twice": (
        xml(("<publisher>", "<publisher>A</publisher><publisher>")),
        [("IL301", "/resource/publisher[2]", "publisher: it stands twice; once is allowed")],
    ),
    "wrong order": (
        xml((CREATOR, "<creator><givenName>Jo</givenName><creatorName>Doe, Jo</creatorName></creator>")),
        [
            (
                "IL301",
                "/resource/creators/creator/givenName",
                "givenName: it stands in the wrong place; the order in creator is creatorName, givenName, familyName, "
                "nameIdentifier, affiliation",
            )
        ],
    ),
    "a missing first element does not put the second in a wrong place": (
        xml((CREATOR, "<creator><givenName>Jo</givenName></creator>")),
        [("IL301", "/resource/creators/creator", "creator: missing: creatorName")],
    ),
    "the nearest term": (
        with_more(RELATED.format('relatedIdentifierType="DOI" relationType="PartOf"')),
        [
            (
                "IL301",
                "/resource/relatedIdentifiers/relatedIdentifier/@relationType",
                'attribute relationType of relatedIdentifier: "PartOf" is no term of the controlled list; the nearest '
                'is "IsPartOf"',
            )
        ],
    ),
    "case": (
        with_more(RELATED.format('relatedIdentifierType="doi" relationType="isPartOf"')),
        [
            (
                "IL305",
                "/resource/relatedIdentifiers/relatedIdentifier/@relatedIdentifierType",
                'attribute relatedIdentifierType of relatedIdentifier: "doi" is spelled "DOI" in the controlled list',
            ),
            (
                "IL305",
                "/resource/relatedIdentifiers/relatedIdentifier/@relationType",
                'attribute relationType of relatedIdentifier: "isPartOf" is spelled "IsPartOf" in the controlled list',
            ),
        ],
    ),
    "white space around a term": (
        xml(('"PhysicalObject"', '"PhysicalObject "')),
        [
            (
                "IL301",
                "/resource/resourceType/@resourceTypeGeneral",
                'attribute resourceTypeGeneral of resourceType: "PhysicalObject " has white space around the term '
                '"PhysicalObject"',
            )
        ],
    ),
    "an empty value": (
        xml(("Rock Store", "")),
        [("IL301", "/resource/publisher", "publisher: it may not be empty")],
    ),
    "a text between elements": (
        xml(("<creators>", "<creators>Doe ")),
        [("IL301", "/resource/creators", 'creators: text may not stand here ("Doe")')],
    ),
    "an element in another namespace": (
        xml(("<publisher>", '<publisher xmlns="urn:x">')),
        [("IL301", "/resource/publisher", f'publisher: its namespace is "urn:x" instead of "{NS}"')],
    ),
    "numbers out of range": (
        with_more(
            "<geoLocations><geoLocation><geoLocationPoint><pointLongitude>181</pointLongitude>"
            "<pointLatitude>north</pointLatitude></geoLocationPoint></geoLocation></geoLocations>"
        ),
        [
            (
                "IL301",
                "/resource/geoLocations/geoLocation/geoLocationPoint/pointLongitude",
                'pointLongitude: "181" is out of range, the most is 180',
            ),
            (
                "IL301",
                "/resource/geoLocations/geoLocation/geoLocationPoint/pointLatitude",
                'pointLatitude: "north" is no number',
            ),
        ],
    ),
    "too few points": (
        with_more(
            "<geoLocations><geoLocation><geoLocationPolygon><polygonPoint><pointLongitude>1</pointLongitude>"
            "<pointLatitude>1</pointLatitude></polygonPoint></geoLocationPolygon></geoLocation></geoLocations>"
        ),
        [
            (
                "IL301",
                "/resource/geoLocations/geoLocation/geoLocationPolygon",
                "geoLocationPolygon: missing: polygonPoint (at least 4)",
            )
        ],
    ),
}


@pytest.mark.parametrize("case", XML_FAULTS)
def test_xml_faults_are_told_once_where_they_stand(case: str) -> None:
    text, expected = XML_FAULTS[case]
    assert not our_xsd(NEWEST).validate(etree.fromstring(text))
    assert told(text) == expected


def test_faults_of_prefixed_records_stand_where_they_are() -> None:
    """libxml2's paths name prefixed elements in another way."""
    text = re.sub(r"<(/?)(?=[a-z])", r"<\1d:", xml(("2024", "24"))).replace("xmlns=", "xmlns:d=")
    assert [(f.rule, f.text) for f in found(text)] == [("IL301", "24")]


def test_case_alone_gives_way_only_to_a_rule_that_is_on() -> None:
    text = xml(("PhysicalObject", "physicalobject"))
    assert [f.rule for f in found(text, "r.xml", "IL301")] == ["IL301"]
    assert [f.rule for f in found(text, "r.xml", "IL301", "IL305")] == ["IL305"]


# ----------------------------------------------------------------------------------------------------- in words: JSON


def with_json(**changes: Any) -> str:
    """Return the minimal JSON record with changes."""
    return json.dumps({**copy.deepcopy(MINIMAL_JSON), **changes})


JSON_FAULTS = {
    "null counts as absent": (
        {"publisher": None, "titles": [{"title": None}]},
        [("IL301", "", "record: missing: publisher")],
    ),
    "a misspelled key": (
        {"titles": [{"title": "A", "titletype": "Other"}]},
        [("IL301", "/titles/0/titletype", 'titles: there is no key "titletype" here; the nearest is "titleType"')],
    ),
    "a misspelled key is not missing as well": (
        {"creators": [{"nme": "A"}]},
        [("IL301", "/creators/0/nme", 'creators: there is no key "nme" here; the nearest is "name"')],
    ),
    "a misspelled key at the top": (
        {"publicationYear": None, "publicationyear": 2024},
        [("IL301", "", 'record: missing: publicationYear (there is "publicationyear")')],
    ),
    "the wrong type": (
        {"titles": "A"},
        [("IL301", "/titles", 'titles: expected a list, not "A"')],
    ),
    "case": (
        {"types": {"resourceTypeGeneral": "physicalObject"}},
        [
            (
                "IL305",
                "/types/resourceTypeGeneral",
                'types.resourceTypeGeneral: "physicalObject" is spelled "PhysicalObject" in the controlled list',
            )
        ],
    ),
    "a URI": (
        {"subjects": [{"subject": "A", "schemeUri": ":tba"}]},
        [("IL301", "/subjects/0/schemeUri", 'subjects.schemeUri: ":tba" is no URI')],
    ),
    "a range": (
        {"geoLocations": [{"geoLocationPoint": {"pointLongitude": "181", "pointLatitude": 91}}]},
        [
            (
                "IL301",
                "/geoLocations/0/geoLocationPoint/pointLongitude",
                'geoLocations.geoLocationPoint.pointLongitude: "181" is no number from -180 to 180',
            ),
            (
                "IL301",
                "/geoLocations/0/geoLocationPoint/pointLatitude",
                "geoLocations.geoLocationPoint.pointLatitude: 91 is out of range, the most is 90",
            ),
        ],
    ),
}


@pytest.mark.parametrize("engine", ["fast", "portable"])
@pytest.mark.parametrize("case", JSON_FAULTS)
def test_json_faults_are_told_once_in_the_same_words_by_both_engines(
    case: str, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, expected = JSON_FAULTS[case]
    if engine == "portable":
        monkeypatch.setattr(schemas, "_json_validator", python_json)
    assert sorted(told(with_json(**changes), "record.json")) == sorted(expected)


def test_a_draft_may_say_null_for_what_it_does_not_know() -> None:
    body = {"data": {"type": "dois", "attributes": {"titles": [{"title": "A"}], "creators": None, "publisher": None}}}
    assert told(json.dumps(body), "body.json") == []


# ------------------------------------------------------------------------------------------- one fault is one finding


@needs_corpora
def test_one_change_of_a_valid_record_is_one_finding() -> None:
    rnd = random.Random(301)
    seeds = [data for data in kernel_4_files().values() if official_xsd(NEWEST).validate(etree.fromstring(data))]
    for _ in range(200):
        root = etree.fromstring(rnd.choice(seeds))
        elements = [e for e in root.iter(f"{{{NS}}}*") if e.getparent() is not None]
        terms = [(e, name) for e in elements for name in e.attrib if str(name) in TERMS]
        element, name = rnd.choice(terms)
        kind = rnd.randrange(4)
        if kind == 0:
            element.set(name, "No such term")
        elif kind == 1:
            element.set(name, str(element.get(name)).swapcase())
        elif kind == 2:
            element.set("bogus", "x")
        else:
            parent = element.getparent()
            assert parent is not None
            parent.insert(rnd.randrange(len(parent) + 1), etree.Element(f"{{{NS}}}bogus"))
        data = etree.tostring(root)
        findings = [f for f in found(data) if f.rule in INVALID]
        assert len(findings) == 1, (data.decode(), [f.message for f in findings])


TERMS = {
    "resourceTypeGeneral", "titleType", "nameType", "contributorType", "dateType", "relatedIdentifierType",
    "relationType", "descriptionType", "funderIdentifierType",
}  # fmt: skip


# ------------------------------------------------------------------------------------------- versions and namespaces


@needs_corpora
def test_newer_than_declared_is_what_the_xsd_of_the_declared_version_says() -> None:
    checked = 0
    for path, data in kernel_4_files().items():
        tree = etree.fromstring(data)
        location = tree.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation") or ""
        declared = re.fullmatch(rf"{NS}\s+\S*/kernel-(4\.[0-9])/metadata\.xsd", location.strip())
        codes = {f.rule for f in found(data)}
        newer = bool(declared and official_xsd(NEWEST).validate(tree) and not official_xsd(declared[1]).validate(tree))
        assert ("IL304" in codes) is newer, path
        checked += declared is not None
    assert checked > 50


@pytest.mark.parametrize(
    ("declared", "inner", "message"),
    [
        (
            "4.4",
            RELATED.format('relatedIdentifierType="DOI" relationType="IsCollectedBy"'),
            'attribute relationType of relatedIdentifier: "IsCollectedBy" came with version 4.5; '
            "the record declares 4.4",
        ),
        (
            "4.3",
            "<relatedItems/>",
            'resource: the element "relatedItems" came with version 4.4; the record declares 4.3',
        ),
        (
            "4.1",
            "<dates><date dateType='Created' xml:lang='x'>2020</date></dates>",
            None,
        ),
        (
            "4.0",
            "<rightsList><rights rightsIdentifier='CC0'/></rightsList>",
            'rights: the attribute "rightsIdentifier" came with version 4.2; the record declares 4.0',
        ),
    ],
)
def test_newer_than_declared_names_what_is_newer_and_since_when(declared: str, inner: str, message: str | None) -> None:
    location = f"{NS} http://schema.datacite.org/meta/kernel-{declared}/metadata.xsd"
    text = with_more(inner).replace(
        "<resource", f'<resource xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="{location}"', 1
    )
    assert [f.message for f in found(text, "r.xml", "IL304")] == ([message] if message else [])


def test_json_declares_its_version_in_schema_version() -> None:
    newer = with_json(types={"resourceTypeGeneral": "Poster"}, schemaVersion="http://datacite.org/schema/kernel-4.3")
    assert told(newer, "r.json") == [
        (
            "IL304",
            "/types/resourceTypeGeneral",
            'types.resourceTypeGeneral: "Poster" came with version 4.7; the record declares 4.3',
        )
    ]
    assert told(with_json(schemaVersion=f"{NS}.3"), "r.json") == []


@pytest.mark.parametrize("kernel_name", ["kernel-2.1", "kernel-2.2", "kernel-3", "kernel-3.0", "kernel-3.1"])
def test_old_kernels_are_told_and_not_judged(kernel_name: str) -> None:
    text = xml((NS, f"http://datacite.org/schema/{kernel_name}"), ("2024", "24"))
    report = lint(("r.xml", text.encode()), select=["IL3"], registry=registry())
    assert [f.rule for f in report.findings] == ["IL302"]
    assert [notice.reason[:8] for notice in report.notices] == [f"{kernel_name}: "[:8]]
    record = with_json(schemaVersion=f"http://datacite.org/schema/{kernel_name}")
    in_json = lint(("r.json", record.encode()), select=["IL3"], registry=registry())
    assert [f.rule for f in in_json.findings] == ["IL302"]
    assert [notice.reason for notice in in_json.notices] == [notice.reason for notice in report.notices]


@pytest.mark.parametrize(
    "namespace",
    [
        "http://datacite.org/schema/kernel-4.3",
        "https://datacite.org/schema/kernel-4",
        "http://datacite.org/schema/kernel-4/",
        "http://schema.datacite.org/meta/kernel-4",
        "http://www.datacite.org/schema/kernel-4",
    ],
)
def test_a_wrong_namespace_is_one_finding_and_other_faults_are_told_beside_it(namespace: str) -> None:
    text = xml((NS, namespace))
    assert [(f.rule, f.text, f.edits[0].text) for f in found(text)] == [("IL303", namespace, NS)]
    assert [f.rule for f in found(xml((NS, namespace), ("2024", "24")))] == ["IL303", "IL301"]
    assert [f.rule for f in found(text, "r.xml", "IL301")] == ["IL301"]


def test_a_wrong_namespace_is_mended_where_it_is_declared() -> None:
    record = re.sub(r"<(/?)(?=[a-z])", r"<\1d:", xml((f' xmlns="{NS}"', "")))
    text = f'<list xmlns:d="{NS}.3">{record}</list>'
    (finding,) = found(text)
    (edit,) = finding.edits
    assert (finding.rule, text[edit.region.column - 1 : edit.region.end_column - 1]) == ("IL303", f"{NS}.3")


LOCATION = "http://schema.datacite.org/meta/kernel-4/metadata.xsd"


@pytest.mark.parametrize(
    ("location", "mended"),
    [
        (f"{NS} {LOCATION}", None),
        (f"  {NS}\n {LOCATION.replace('http:', 'https:')} ", None),
        (f"{NS} https://schema.datacite.org/meta/kernel-4.9/metadata.xsd", None),
        (f"{NS} ../metadata.xsd", None),
        (f"{NS} {LOCATION} http://www.w3.org/XML/1998/namespace xml.xsd", None),
        ("urn:other other.xsd", None),
        (LOCATION, f"{NS} {LOCATION}"),
        (f"{NS}", f"{NS} {kernel.XSD_URL}"),
        (f"{LOCATION} {NS}", f"{NS} {LOCATION}"),
        (f"{NS}.3 {LOCATION}", f"{NS} {LOCATION}"),
        (f"http://datacite.org/schema/kernel-%s {LOCATION}", f"{NS} {LOCATION}"),
        (f"{NS} {LOCATION.replace('-4', '-3')}", f"{NS} {kernel.XSD_URL}"),
        (f"{NS} {LOCATION.replace('-4', '-3')} urn:other o.xsd", f"{NS} {kernel.XSD_URL} urn:other o.xsd"),
    ],
)
def test_odd_locations_are_told_with_the_normal_one(location: str, mended: str | None) -> None:
    text = MINIMAL_XML.strip().replace(
        "<resource", f'<resource xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="{location}"', 1
    )
    findings = found(text)
    assert [f.rule for f in findings] == (["IL308"] if mended else [])
    assert [edit.text for f in findings for edit in f.edits] == ([mended] if mended else [])


# -------------------------------------------------------------------------------------------- JSON is judged as its XML


def json_verdicts(record: dict[str, Any], *, portable: bool = True) -> set[bool]:
    """Return whether a record is valid, by the fast engine and by the portable one, which is 200 times slower."""
    verdicts = {not schemas.json_faults(record, ())}
    if portable:
        engine = python_json(NEWEST)
        errors = () if engine.is_valid(record) else engine.iter_errors(record)
        verdicts.add(not explain_json(errors, record, (), NEWEST, partial=False))
    return verdicts


@needs_corpora
def test_every_xml_record_written_as_json_has_the_same_verdict() -> None:
    compared = 0
    for path, data in kernel_4_files().items():
        tree = etree.fromstring(data)
        try:
            record = as_json(tree)
        except Inexpressible as why:
            assert str(why) in CLASSES
            continue
        verdict = official_xsd(NEWEST).validate(tree)
        assert json_verdicts(record, portable=len(data) < 4000) == {verdict}, path
        compared += 1
    assert compared > 200


@needs_corpora
@pytest.mark.parametrize("seed", [1, 2])
def test_broken_xml_records_written_as_json_have_the_same_verdict(seed: int) -> None:
    rnd = random.Random(seed)
    official = official_xsd(NEWEST)
    seeds = [d for d in kernel_4_files().values() if len(d) < 20_000 and official.validate(etree.fromstring(d))]
    verdicts: list[bool] = []
    inexpressible = 0
    while len(verdicts) < 500:
        # Written and read again: in memory there are empty texts that no file can hold.
        tree = etree.fromstring(etree.tostring(mutant(rnd.choice(seeds), rnd)))
        if tree.tag != f"{{{NS}}}resource":
            continue
        try:
            record = as_json(tree)
        except Inexpressible as why:
            assert str(why) in CLASSES
            inexpressible += 1
            continue
        verdicts.append(official.validate(tree))
        portable = len(verdicts) % 10 == 0
        assert json_verdicts(record, portable=portable) == {verdicts[-1]}, etree.tostring(tree, encoding="unicode")
    assert 100 < sum(verdicts) < 400
    assert inexpressible < 300


_ODD = st.text(alphabet="0123456789+-.eE \t\n٣NaINF°", max_size=9)


@settings(max_examples=150, deadline=None)
@given(_ODD, _ODD, st.text(alphabet="ab12-_ \t\n", max_size=12), st.text(alphabet="ab:/?#[]@%41 é<\n\\", max_size=9))
def test_values_are_judged_alike_in_xml_and_json(number: str, year: str, tag: str, uri: str) -> None:
    """White space, digits of other scripts, exponents, 32 bits, and URIs as libxml2 reads them."""
    for text, inner, changes in (
        (
            number,
            "<geoLocations><geoLocation><geoLocationPoint><pointLongitude/><pointLatitude>1</pointLatitude>"
            "</geoLocationPoint></geoLocation></geoLocations>",
            {"geoLocations": [{"geoLocationPoint": {"pointLongitude": number, "pointLatitude": 1}}]},
        ),
        (tag, "<language/>", {"language": tag}),
        (uri, "<rightsList><rights rightsURI=''/></rightsList>", {"rightsList": [{"rightsUri": uri}]}),
        (year, None, {"publicationYear": year}),
    ):
        root = xml_with(inner or "")
        if inner is None:
            element = root.find(f"{{{NS}}}publicationYear")
            assert element is not None
            element.text = text
        elif "rights" in inner:
            root[-1][0].set("rightsURI", text)
        else:
            leaf = next(e for e in root[-1].iter() if len(e) == 0)
            leaf.text = text
        verdict = our_xsd(NEWEST).validate(etree.fromstring(etree.tostring(root)))
        assert json_verdicts({**copy.deepcopy(MINIMAL_JSON), **changes}) == {verdict}, (text, changes)


LUPO = CORPORA / "datacite-json" / "lupo-rest-api" / "app" / "models" / "schemas" / "doi"


def differences(ours: list[str], theirs: dict[str, list[str]]) -> Iterator[str]:
    """Yield what we refuse and DataCite's JSON Schemas do not, or the other way round, as far as no class covers it."""
    if ours and not theirs:
        # The XSD decides: creatorName and contributorName are mandatory.
        yield from (
            message for message in ours if not re.fullmatch(r"\S*(?:creators|contributors): missing: name", message)
        )
    if theirs and not ours:
        # The XSD decides: what is written is text, whether JSON has it as a number or not.
        for errors in theirs.values():
            yield from (error for error in errors if not re.fullmatch(r'[0-9.]+ is not of type "string"', error))


@needs_corpora
def test_json_records_have_the_verdict_of_datacites_json_schemas() -> None:
    agree = 0
    for record in json_records():
        faults = list(schemas.json_faults(record, ()))
        if any(fault.kind == "unsupported-schema" for fault in faults):
            continue
        theirs = lupo.refused(record, LUPO)
        agree += bool(faults) is bool(theirs)
        assert list(differences([fault.message for fault in faults], theirs)) == [], record
    assert agree > 320


# ------------------------------------------------------------------------------------------------ others' expectations


@needs_corpora
def test_the_expectations_of_bolognese_hold() -> None:
    folder = CORPORA / "records" / "bolognese"
    cases = (CORPORA / "peer-cases" / "bolognese-datacite-docs.jsonl").read_text(encoding="utf-8").splitlines()
    checked = 0
    for case in map(json.loads, cases):
        if case["fixture"] is None or not (folder / case["fixture"]).is_file():
            continue
        data = (folder / case["fixture"]).read_bytes()
        report = lint(("record.xml", data), select=["IL3"], registry=registry())
        codes = {finding.rule for finding in report.findings}
        checked += 1
        if "IL302" in codes:
            # Kernel 2 and 3 are not judged: DataCite refuses all of them by now.
            assert codes == {"IL302"}
            assert report.notices
        elif b"schema/kernel-4.0" in data:
            # bolognese keeps XSDs in other namespaces for 4.0 and 4.1; the official ones share that of kernel 4.
            assert codes & INVALID == {"IL303"}
        else:
            assert (not codes & INVALID) is case["valid"], case["case"]
    assert checked > 30


# ------------------------------------------------------------------------------------------------------- the user's XSD


def configured(tmp_path: Path, xsd: str) -> Settings:
    (tmp_path / "igsn-lint.toml").write_text(f'xsd = "{xsd}"\n')
    return config.load(str(tmp_path / "igsn-lint.toml")).settings(None)


@needs_corpora
@pytest.mark.parametrize("version", ["4.0", "4.3", "4.7"])
def test_the_users_copy_of_the_official_xsd_decides(tmp_path: Path, version: str) -> None:
    path = (OFFICIAL / f"kernel-{version}" / "metadata.xsd").as_posix()
    text = xml(("PhysicalObject", "Poster"))
    codes = [f.rule for f in found(text, settings=configured(tmp_path, path))]
    assert codes == ([] if version == "4.7" else ["IL301"])


def test_the_path_of_the_xsd_counts_from_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "own.xsd").write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NS}">'
        '<xs:element name="resource"><xs:complexType/></xs:element></xs:schema>'
    )
    assert {f.rule for f in found(MINIMAL_XML.strip(), settings=configured(tmp_path, "own.xsd"))} == {"IL301"}


@pytest.mark.parametrize(
    "inner",
    [
        '<xs:include schemaLocation="http://schema.datacite.org/meta/kernel-4/include/datacite-dateType-v4.xsd"/>',
        '<xs:import namespace="urn:x" schemaLocation="ftp://example.org/x.xsd"/><xs:element name="a" type="x:t" '
        'xmlns:x="urn:x"/>',
        '<xs:include schemaLocation="absent.xsd"/>',
    ],
)
def test_an_xsd_that_needs_what_is_not_there_is_a_bad_configuration(tmp_path: Path, inner: str) -> None:
    head = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NS}">'
    (tmp_path / "own.xsd").write_text(f"{head}{inner}</xs:schema>")
    with pytest.raises(config.BadConfig, match=r"own\.xsd can not be used"):
        configured(tmp_path, "own.xsd")


@pytest.mark.parametrize("text", ["", "<a/>", "no XML", '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'])
def test_what_is_no_xsd_of_kernel_4_is_a_bad_configuration(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.xsd").write_text(text)
    with pytest.raises(config.BadConfig, match="can not be used"):
        configured(tmp_path, "own.xsd")
