"""The DataCite schemas: written from one table, equal to the official XSDs, and the same in XML and JSON."""

import copy
import json
import random
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
import xmlschema
from lxml import etree

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "schemas" / "datacite"
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
OFFICIAL = CORPORA / "datacite-xsd"

FACTS = tomllib.loads((SCHEMAS / "facts.toml").read_text(encoding="utf-8"))
VERSIONS: list[str] = FACTS["versions"]
NEWEST = VERSIONS[-1]
NS = FACTS["namespace"]
XS = "{http://www.w3.org/2001/XMLSchema}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
W3C_XML_XSD = b"http://www.w3.org/2009/01/xml.xsd"

needs_corpora = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="needs ../shared/corpora beside the checkout")
each_version = pytest.mark.parametrize("version", VERSIONS)


# ---------------------------------------------------------------------------------------------------------- the schemas


@cache
def official_xsd(version: str) -> etree.XMLSchema:
    """Load DataCite's own XSD; 4.0 and 4.1 import the schema of the XML namespace by URL, the copy of 4.2 is taken."""
    path = OFFICIAL / f"kernel-{version}" / "metadata.xsd"
    local = (OFFICIAL / "kernel-4.2" / "include" / "xml.xsd").as_uri()
    text = path.read_bytes().replace(W3C_XML_XSD, local.encode())
    return etree.XMLSchema(etree.fromstring(text, base_url=path.as_uri()))


@cache
def our_xsd(version: str) -> etree.XMLSchema:
    """Load the XSD of this project."""
    return etree.XMLSchema(file=str(SCHEMAS / f"datacite-{version}.xsd"))


@cache
def our_json(version: str) -> dict[str, Any]:
    """Load the JSON Schema of this project."""
    schema: dict[str, Any] = json.loads((SCHEMAS / f"datacite-{version}.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def python_json(version: str) -> jsonschema.Draft202012Validator:
    """Give the portable validator."""
    return jsonschema.Draft202012Validator(our_json(version))


@cache
def rust_json(version: str) -> Any:
    """Give the fast validator."""
    return jsonschema_rs.Draft202012Validator(our_json(version))


def json_verdict(version: str, record: object) -> bool:
    """Decide with both engines, which must not differ."""
    verdict = bool(rust_json(version).is_valid(record))
    assert python_json(version).is_valid(record) is verdict
    return verdict


# ---------------------------------------------------------------------------------------------------------- the corpora


@cache
def kernel_4_files() -> dict[Path, bytes]:
    """Give every XML record of the corpora that is in the namespace of kernel-4, valid or not."""
    found: dict[Path, bytes] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for path in sorted(CORPORA.rglob("*.xml")):
        try:
            tree = etree.parse(str(path), parser)
        except etree.XMLSyntaxError:
            continue
        if tree.getroot().tag == f"{{{NS}}}resource":
            found[path] = etree.tostring(tree)
    return found


def attributes_of(data: object) -> Iterator[dict[str, Any]]:
    """Find the attributes objects in flat JSON, JSON:API of one, and JSON:API of many."""
    if isinstance(data, list):
        for item in data:
            yield from attributes_of(item)
    elif isinstance(data, dict):
        if "data" in data:
            yield from attributes_of(data["data"])
        elif isinstance(data.get("attributes"), dict):
            yield data["attributes"]
        elif "types" in data:
            yield data


@cache
def json_records() -> list[dict[str, Any]]:
    """Give every DataCite JSON record of the corpora."""
    found = []
    for folder in ("records", "datacite-json/examples"):
        for path in sorted((CORPORA / folder).rglob("*.json")):
            try:
                data = json.loads(path.read_bytes())
            except ValueError:
                continue
            found += [record for record in attributes_of(data) if record.keys() & {"titles", "creators", "doi"}]
    return found


# ------------------------------------------------------------------------------------------------------ minimal records

MINIMAL_XML = f"""
<resource xmlns="{NS}">
  <identifier identifierType="DOI">10.12345/ABC</identifier>
  <creators><creator><creatorName>Doe, Jo</creatorName></creator></creators>
  <titles><title>A piece of rock</title></titles>
  <publisher>Rock Store</publisher>
  <publicationYear>2024</publicationYear>
  <resourceType resourceTypeGeneral="PhysicalObject">Rock</resourceType>
</resource>
"""

MINIMAL_JSON: dict[str, Any] = {
    "doi": "10.12345/ABC",
    "creators": [{"name": "Doe, Jo"}],
    "titles": [{"title": "A piece of rock"}],
    "publisher": "Rock Store",
    "publicationYear": 2024,
    "types": {"resourceTypeGeneral": "PhysicalObject"},
}


def with_json(**changes: object) -> dict[str, Any]:
    """Give the minimal JSON record with changes."""
    return {**copy.deepcopy(MINIMAL_JSON), **changes}


def xml_with(inner: str) -> etree._Element:
    """Give the minimal XML record with more in it."""
    return etree.fromstring(MINIMAL_XML.replace("</resource>", f"{inner}</resource>"))


def shrunk(path: str, attribute: str = "") -> etree._Element:
    """Give the minimal XML record without one element, or without one attribute of it."""
    root = etree.fromstring(MINIMAL_XML)
    element = root.find("/".join(f"{{{NS}}}{name}" for name in path.split("/")))
    assert element is not None
    if attribute:
        del element.attrib[attribute]
    else:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    return root


# ------------------------------------------------------------------------------------------------------------ the tests


def test_files_are_what_the_table_says() -> None:
    """Nobody has changed a written file, or the table without writing the files."""
    run = subprocess.run(
        [sys.executable, str(ROOT / "schemas" / "build.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def expected_terms(vocabulary: str, version: str) -> set[str]:
    """Read off the table which terms a version has, without the help of build.py."""
    entry = FACTS["vocabulary"][vocabulary]
    until = entry.get("until", {})
    return {
        term
        for since, terms in entry["since"].items()
        for term in terms
        if VERSIONS.index(since) <= VERSIONS.index(version) <= VERSIONS.index(until.get(term, NEWEST))
    }


@each_version
@pytest.mark.parametrize("vocabulary", FACTS["vocabulary"])
def test_vocabulary_terms_stand_in_just_the_versions_the_table_says(vocabulary: str, version: str) -> None:
    """XSD and JSON Schema hold each controlled list as it was in that version."""
    terms = expected_terms(vocabulary, version)
    xsd = etree.parse(str(SCHEMAS / f"datacite-{version}.xsd"))
    types = xsd.findall(f"{XS}simpleType[@name='vocabulary.{vocabulary}']")
    assert {term.get("value") for kind in types for term in kind.iter(f"{XS}enumeration")} == terms
    assert set(our_json(version)["$defs"].get(vocabulary, {"enum": []})["enum"]) - {None} == terms


@each_version
def test_schemas_load_in_both_engines_of_each_kind(version: str) -> None:
    """Neither XSD engine needs the network, and the JSON Schema is one."""
    assert our_xsd(version).validate(etree.fromstring(MINIMAL_XML))
    portable = xmlschema.XMLSchema(str(SCHEMAS / f"datacite-{version}.xsd"), allow="local")
    assert portable.is_valid(etree.fromstring(MINIMAL_XML))
    jsonschema.Draft202012Validator.check_schema(our_json(version))
    assert json_verdict(version, MINIMAL_JSON)


MANDATORY_XML = [
    ("identifier", ""),
    ("identifier", "identifierType"),
    ("creators", ""),
    ("creators/creator", ""),
    ("creators/creator/creatorName", ""),
    ("titles", ""),
    ("titles/title", ""),
    ("publisher", ""),
    ("publicationYear", ""),
    ("resourceType", ""),
    ("resourceType", "resourceTypeGeneral"),
]


@each_version
@pytest.mark.parametrize(("path", "attribute"), MANDATORY_XML)
def test_minimal_xml_record_can_spare_nothing(version: str, path: str, attribute: str) -> None:
    """Every mandatory element and attribute is demanded."""
    assert not our_xsd(version).validate(shrunk(path, attribute))


@each_version
@pytest.mark.parametrize("key", MINIMAL_JSON)
def test_minimal_json_record_can_spare_nothing(version: str, key: str) -> None:
    """Every mandatory key is demanded, and null counts as absent."""
    without = with_json()
    del without[key]
    assert not json_verdict(version, without)
    assert not json_verdict(version, with_json(**{key: None}))


@each_version
@pytest.mark.parametrize(
    "changes",
    [
        {"creators": []},
        {"creators": [{}]},
        {"creators": [{"name": None}]},
        {"titles": []},
        {"publisher": ""},
        {"publisher": {}},
        {"publisher": {"name": ""}},
        {"publicationYear": "20245"},
        {"publicationYear": 24},
        {"types": {}},
        {"types": {"resourceTypeGeneral": "physicalobject"}},
        {"language": "not a language"},
        {"dates": [{"date": "2024"}]},
        {"titles": [{"title": "A", "title_type": "Other"}]},
        {"subjects": [{"subject": "A", "schemeUri": "%zz"}]},
        {"contributors": [{"name": "", "contributorType": "Editor"}]},
        {"fundingReferences": [{"funderName": "A", "funderIdentifier": "B"}]},
        {"geoLocations": [{"geoLocationPoint": {"pointLongitude": "180.1", "pointLatitude": "0"}}]},
        {"geoLocations": [{"geoLocationPoint": {"pointLongitude": 0, "pointLatitude": -90.5}}]},
        {"geoLocations": [{"geoLocationPoint": {"pointLongitude": "east", "pointLatitude": 0}}]},
    ],
)
def test_json_refuses_what_the_xsd_refuses(version: str, changes: dict[str, Any]) -> None:
    """The limits of the XSD hold in JSON, too."""
    assert not json_verdict(version, with_json(**changes))


@each_version
@pytest.mark.parametrize(
    "changes",
    [
        {"doi": None, "id": "https://doi.org/10.12345/ABC"},
        {"doi": None, "identifiers": [{"identifier": "https://doi.org/10.12345/ABC", "identifierType": "DOI"}]},
        {"publisher": {"name": "Rock Store"}},
        {"publicationYear": "2024"},
        {"types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": None, "ris": "GEN", "bibtex": "misc"}},
        {"creators": [{"name": "A", "affiliation": ["B", {"name": "C"}], "nameIdentifiers": []}]},
        {"alternateIdentifiers": [{"alternateIdentifier": "A", "alternateIdentifierType": "local"}]},
        {"publicationYear": " 2024\n", "language": "en\n"},
        {"dates": [{"date": 1971, "dateType": "Created"}], "sizes": [15, "1 m"]},
        {"creators": [{"name": "A", "affiliation": [{"name": "B", "ror": "C"}]}]},
        {"subjects": None, "language": None, "relatedItems": [], "container": {"type": "Series"}, "state": "findable"},
        {"version": 1.5, "sizes": ["1 kg"], "formats": []},
        {"geoLocations": [{"geoLocationPoint": {"pointLongitude": "-180.00", "pointLatitude": 8.5e1}}]},
        {"geoLocations": [{"geoLocationPoint": {"pointLongitude": "1.5E-5", "pointLatitude": "+.5"}}]},
    ],
)
def test_json_takes_every_documented_form(version: str, changes: dict[str, Any]) -> None:
    """Texts or objects, numbers or strings, keys of the server, null for what is not there."""
    assert json_verdict(version, with_json(**changes))


def polygon(points: int) -> list[dict[str, Any]]:
    """Give a polygon of so many points."""
    return [{"polygonPoint": {"pointLongitude": number, "pointLatitude": number}} for number in range(points)]


@pytest.mark.parametrize(
    ("value", "good"),
    [
        (polygon(4), True),
        (polygon(3), False),
        ([polygon(4), polygon(5)], True),
        ([polygon(4), polygon(3)], False),
        ([*polygon(4), {"inPolygonPoint": {"pointLongitude": 0, "pointLatitude": 0}}], True),
        ([*polygon(4), *[{"inPolygonPoint": {"pointLongitude": 0, "pointLatitude": 0}}] * 2], False),
        ("POLYGON", False),
        ([], True),
        (None, True),
    ],
)
def test_json_polygon_has_four_points_and_one_inside_at_most(value: object, good: bool) -> None:
    """One polygon is an array of points, several are an array of arrays."""
    assert json_verdict(NEWEST, with_json(geoLocations=[{"geoLocationPolygon": value}])) is good


NEWER_JSON = [
    ("4.1", {"creators": [{"name": "A", "nameType": "Personal"}]}),
    ("4.1", {"dates": [{"date": "2024", "dateType": "Created", "dateInformation": "B"}]}),
    ("4.2", {"doi": "not a DOI"}),
    ("4.2", {"titles": [{"title": ""}]}),
    ("4.3", {"creators": [{"name": "A", "affiliation": [{"name": "B", "affiliationIdentifier": "C"}]}]}),
    ("4.4", {"relatedItems": [{"relatedItemType": "Book", "relationType": "IsPublishedIn"}]}),
    ("4.5", {"publisher": {"name": "A", "publisherIdentifier": "B"}}),
    ("4.6", {"types": {"resourceTypeGeneral": "Award"}}),
    ("4.7", {"types": {"resourceTypeGeneral": "Poster"}}),
]


@each_version
@pytest.mark.parametrize(("since", "changes"), NEWER_JSON)
def test_json_takes_what_is_newer_only_from_its_version_on(version: str, since: str, changes: dict[str, Any]) -> None:
    """A version knows what it had, and nothing of later ones."""
    assert json_verdict(version, with_json(**changes)) is (VERSIONS.index(version) >= VERSIONS.index(since))


@pytest.mark.parametrize(
    "inner",
    [
        "<contributors><contributor contributorType='Editor'><contributorName>A</contributorName>"
        "<nameIdentifier junk='1'><b/></nameIdentifier></contributor></contributors>",
        "<geoLocations><geoLocation/></geoLocations>",
        "<dates><date dateType='Created'>sometime last June</date></dates>",
        "<relatedItems><relatedItem relatedItemType='Book' relationType='IsPartOf'><volume x='1'/></relatedItem>"
        "</relatedItems>",
    ],
)
def test_xsd_keeps_the_holes_of_the_official_one(inner: str) -> None:
    """What DataCite lets pass by accident is valid here, too: other rules speak of it."""
    assert our_xsd(NEWEST).validate(xml_with(inner))


@needs_corpora
@each_version
def test_xsd_agrees_with_the_official_one_on_every_record_of_the_corpora(version: str) -> None:
    """No record is judged otherwise."""
    official, ours = official_xsd(version), our_xsd(version)
    trees = {path: etree.fromstring(data) for path, data in kernel_4_files().items()}
    assert len(trees) > 200
    assert [path for path, tree in trees.items() if official.validate(tree) != ours.validate(tree)] == []


@needs_corpora
def test_both_xsd_engines_agree_on_every_record_of_the_corpora() -> None:
    """The library `xmlschema`, given a tree without comments, says what libxml2 says."""
    portable = xmlschema.XMLSchema(str(SCHEMAS / f"datacite-{NEWEST}.xsd"), allow="local")
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    small = {path: data for path, data in kernel_4_files().items() if len(data) < 12_000}
    trees = {path: etree.fromstring(data, parser) for path, data in small.items()}
    ours = our_xsd(NEWEST)
    assert [path for path, tree in trees.items() if portable.is_valid(tree) != ours.validate(tree)] == []


@needs_corpora
@each_version
def test_both_json_engines_agree_on_every_record_of_the_corpora(version: str) -> None:
    """`jsonschema` and `jsonschema_rs` do not differ, and real records pass by the newest version."""
    records = json_records()
    portable, fast = python_json(version), rust_json(version)
    verdicts = [fast.is_valid(record) for record in records]
    assert [portable.is_valid(record) for record in records] == verdicts
    if version == NEWEST:
        assert sum(verdicts) > 0.85 * len(records)


# ------------------------------------------------------------------------------------------------------------- mutants

WORDS = [
    "", " ", "x", "\u00a0", "DOI", "Dataset", "physicalobject", "Poster", "IsPartOf", "isPartOf", "Other", "Collected",
    "Personal", "Abstract", "ROR", "en", "en_US", "2022", " 2022 ", "22", "91", "-181", "NaN", "1e2", "::", "%zz",
    "http://[::1", "10.1/x", "preserve", "true", "xs:string",
]  # fmt: skip
ATTRIBUTES = [
    "bogus", "schemeURI", "titleType", "nameType", "relationType", "dateInformation",
    f"{XML}lang", f"{XML}space", f"{XML}base", f"{XSI}nil", f"{XSI}type",
]  # fmt: skip
NAMES = ["title", "creator", "nameIdentifier", "affiliation", "date", "br", "polygonPoint", "resource", "bogus"]

Change = Callable[[etree._Element, random.Random], None]


def drop(element: etree._Element, _: random.Random) -> None:
    """Take the element away."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def double(element: etree._Element, rnd: random.Random) -> None:
    """Put a copy of the element somewhere beside it."""
    parent = element.getparent()
    if parent is not None:
        parent.insert(rnd.randrange(len(parent) + 1), copy.deepcopy(element))


def rename(element: etree._Element, rnd: random.Random) -> None:
    """Give the element another name."""
    element.tag = f"{{{NS}}}{rnd.choice(NAMES)}"


def fill(element: etree._Element, rnd: random.Random) -> None:
    """Give the element another text."""
    element.text = rnd.choice(WORDS)


def strip(element: etree._Element, rnd: random.Random) -> None:
    """Take an attribute away."""
    if element.attrib:
        del element.attrib[rnd.choice(sorted(map(str, element.attrib)))]


def alter(element: etree._Element, rnd: random.Random) -> None:
    """Give an attribute another value."""
    if element.attrib:
        element.set(rnd.choice(sorted(map(str, element.attrib))), rnd.choice(WORDS))


def mark(element: etree._Element, rnd: random.Random) -> None:
    """Give the element an attribute it need not have."""
    element.set(rnd.choice(ATTRIBUTES), rnd.choice(WORDS))


def nest(element: etree._Element, rnd: random.Random) -> None:
    """Put a new element inside."""
    element.insert(rnd.randrange(len(element) + 1), etree.Element(f"{{{NS}}}{rnd.choice(NAMES)}"))


def shuffle(element: etree._Element, rnd: random.Random) -> None:
    """Bring the children into another order."""
    element[:] = rnd.sample(list(element), len(element))


CHANGES: list[Change] = [drop, double, rename, fill, strip, alter, mark, nest, shuffle]


def mutant(data: bytes, rnd: random.Random) -> etree._Element:
    """Give a record with one to three things changed."""
    root = etree.fromstring(data)
    for _ in range(rnd.choice([1, 1, 1, 2, 3])):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        rnd.choice(CHANGES)(rnd.choice(elements), rnd)
    return root


@needs_corpora
def test_xsd_agrees_with_the_official_one_on_1500_mutants() -> None:
    """Whatever is broken in a valid record, the verdicts stay the same."""
    official, ours, rnd = official_xsd(NEWEST), our_xsd(NEWEST), random.Random(20260303)
    seeds = [data for data in kernel_4_files().values() if official.validate(etree.fromstring(data))]
    verdicts = []
    for _ in range(1500):
        record = mutant(rnd.choice(seeds), rnd)
        verdict = official.validate(record)
        assert ours.validate(record) == verdict, etree.tostring(record, encoding="unicode")
        verdicts.append(verdict)
    assert 300 < sum(verdicts) < 1200
