"""The legacy IGSN schemas: written from tables of facts, and with the verdict of the official XSDs."""

import copy
import random
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "schemas" / "igsn"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

OFFICIAL = {
    "registration-0.3": "registration/0.3/igsn.xsd",
    "registration-1.0": "registration/1.0/igsn.xsd",
    "registration-1.1": "registration/1.1/igsn.xsd",
    "description-1.1": "description/resource.xsd",
}
"""By the name of our schema, where the official one is in the corpora (``igsn-legacy/IGSN-metadata``)."""

NAMESPACES = {
    "registration-0.3": "http://igsn.org/schema/kernel-v.0.3",
    "registration-1.0": "http://igsn.org/schema/kernel-v.1.0",
    "registration-1.1": "http://schema.igsn.org/registration/1.1",
    "description-1.1": "http://schema.igsn.org/description/1.1",
}
each_schema = pytest.mark.parametrize("name", OFFICIAL)


@cache
def ours(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMAS / f"{name}.xsd"))


@cache
def official(corpora: Path, name: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(corpora / "igsn-legacy" / "IGSN-metadata" / OFFICIAL[name]))


def full(name: str) -> etree._Element:
    """Return a valid record in which every element and attribute of the schema stands."""
    ns = NAMESPACES[name]
    if name == "description-1.1":
        odm2 = "http://vocabulary.odm2.org"
        return etree.fromstring(f"""<resource xmlns="{ns}" type="Sample">
          <identifier type="IGSN">10273/AU1101</identifier><name>BM/1</name>
          <alternateIdentifiers><alternateIdentifier type="URL">https://example.org/1</alternateIdentifier>
            <alternateIdentifier>1101</alternateIdentifier></alternateIdentifiers>
          <parentIdentifier type="IGSN">10273/AU1100</parentIdentifier>
          <collectionIdentifier type="IGSN">10273/AU1000</collectionIdentifier>
          <relatedIdentifiers><relatedIdentifier type="DOI" relationType="hasDocument">10.1/x</relatedIdentifier>
            <relatedIdentifier type="URL" relationType="hasEvent">https://example.org/e</relatedIdentifier>
          </relatedIdentifiers>
          <description>A chip.</description>
          <registrant><identifier type="ISNI">1</identifier><name>GA</name>
            <affiliation><identifier type="URN">urn:x:1</identifier><name>AU</name></affiliation></registrant>
          <collector><name>Doe</name><affiliation><name>AU</name></affiliation></collector>
          <contributors><contributor type="Funder"><identifier type="VIAF">2</identifier><name>F</name></contributor>
            <contributor type="Other"><name>G</name></contributor></contributors>
          <geoLocations><geoLocation><geometry type="Point" sridType="4326">POINT(1 2)</geometry></geoLocation>
            <geoLocation><toponym><identifier type="URL">https://example.org/p</identifier><name>P</name></toponym>
            </geoLocation></geoLocations>
          <resourceTypes><resourceType>{odm2}/specimentype/core/</resourceType><alternateResourceTypes>
            <alternateResourceType>Kern</alternateResourceType></alternateResourceTypes></resourceTypes>
          <materials><material>{odm2}/medium/rock</material><material>{odm2}/medium/soil</material>
            <alternateMaterials><alternateMaterial>x y</alternateMaterial></alternateMaterials></materials>
          <collectionMethods><collectionMethod>Corer:Box</collectionMethod><alternateCollectionMethods>
            <alternateCollectionMethod>by hand</alternateCollectionMethod></alternateCollectionMethods>
          </collectionMethods>
          <collectionTime>2016-10-10T00:00:00Z</collectionTime><sampleAccess>Public</sampleAccess>
          <supplementalMetadata><record>https://example.org/r</record></supplementalMetadata></resource>""")
    related = "relatedResourceIdentifier" if name == "registration-1.1" else "relatedIdentifier"
    return etree.fromstring(f"""<sample xmlns="{ns}"><sampleNumber identifierType="igsn">10273/AU1101</sampleNumber>
      <registrant><registrantName>GA</registrantName><nameIdentifier nameIdentifierScheme="viaf">1</nameIdentifier>
      </registrant><relatedResourceIdentifiers>
        <{related} relatedIdentifierType="doi" relationType="IsCitedBy">10.1/x</{related}><{related}>y</{related}>
      </relatedResourceIdentifiers>
      <log><logElement event="submitted" timeStamp="2013-06-19T03:28:20Z" comment="c">text</logElement>
        <logElement event="registered" timeStamp="2013-06-20T03:28:20"/></log></sample>""")


def words(name: str) -> list[str]:
    """Return values to put anywhere: those of the lists, and what is nearly or not at all right."""
    table = tomllib.loads((SCHEMAS / f"{name.partition('-')[0]}.toml").read_text(encoding="utf-8"))
    terms = [t for v in table["vocabulary"].values() for listed in v["since"].values() for t in listed]
    times = [
        "2013",
        "2013-06",
        "2013-06-19",
        "2013-06-19T03:28",
        "2013-06-19T03:28+01:00",
        "2013-06-19T03:28Z",
        " 2013 ",
    ]
    times += ["2013-06-19T03:28:20.5-01:00", "2013-06-19T24:00:00", "2013-13-01", "-0044-03-15", "٢٠١٣-٠٦-١٩T٠٣:٢٨"]
    odd = ["", " ", "IGSN", "igsn", " igsn", "isPartOf", "http://[::1", "ht tp://x", "%zz", "4326", "public", "\u00a0"]
    return [*terms, *times, *odd]


def mutants(name: str, seed: int) -> Iterator[etree._Element]:
    """Yield the full record with one to three changes: elements moved, doubled, taken out, renamed; values changed."""
    chance, values, base = random.Random(seed), words(name), full(name)
    tags = sorted({str(e.tag) for e in base.iter()})
    attributes = sorted({str(a) for e in base.iter() for a in e.attrib})
    while True:
        root = copy.deepcopy(base)
        for _ in range(chance.randint(1, 3)):
            element = chance.choice(list(root.iter()))
            parent = element.getparent()
            what = chance.randrange(9)
            if what == 0 and parent is not None:
                parent.remove(element)
            elif what == 1 and parent is not None:
                parent.insert(chance.randint(0, len(parent)), copy.deepcopy(element))
            elif what == 2 and parent is not None:
                parent.insert(chance.randint(0, len(parent)), element)
            elif what == 3:
                element.tag = chance.choice([*tags, "{http://example.org/}x"])
            elif what == 4:
                element.text = chance.choice(values)
            elif what == 5 and element.attrib:
                element.attrib.pop(chance.choice([str(a) for a in element.attrib]))
            elif what == 6 and element.attrib:
                element.set(chance.choice([str(a) for a in element.attrib]), chance.choice(values))
            elif what == 7:
                element.set(chance.choice([*attributes, XSI + "nil", "{http://example.org/}a"]), chance.choice(values))
            else:
                element.tail = chance.choice(["\n", "x"])
        yield root


@each_schema
def test_a_record_with_everything_is_valid_in_both_engines(name: str) -> None:
    assert ours(name).validate(full(name)), ours(name).error_log
    assert xmlschema.XMLSchema(str(SCHEMAS / f"{name}.xsd"), allow="local").is_valid(full(name))


@each_schema
def test_a_record_with_everything_has_all_that_the_table_has(name: str) -> None:
    table, _, version = name.partition("-")
    facts = tomllib.loads((SCHEMAS / f"{table}.toml").read_text(encoding="utf-8"))
    rows = [
        row for shape in facts["shape"].values() for row in (*shape.get("children", ()), *shape.get("attributes", ()))
    ]
    rows = [row for row in rows if row.get("since", version) <= version <= row.get("until", version)]
    expected = {name for row in rows for name in (row["name"], row.get("list", row["name"]))} | {facts["root"]}
    elements = {str(e.tag).rpartition("}")[2] for e in full(name).iter()}
    assert expected == elements | {str(a) for e in full(name).iter() for a in e.attrib}


@each_schema
def test_the_verdict_is_the_official_one_on_every_record_of_the_corpora(corpora: Path, name: str) -> None:
    found = 0
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for path in sorted(corpora.rglob("*.xml")):
        try:
            root = etree.parse(str(path), parser).getroot()
        except etree.XMLSyntaxError:
            continue
        for element in root.iter(f"{{{NAMESPACES[name]}}}*"):
            if str(element.tag).rpartition("}")[2] in {"sample", "resource", "samples"}:
                found += 1
                assert ours(name).validate(element) == official(corpora, name).validate(element), path
    assert found or name == "description-1.1"


@each_schema
def test_the_verdict_is_the_official_one_on_mutants(corpora: Path, name: str) -> None:
    verdicts = {True: 0, False: 0}
    for _, mutant in zip(range(1500), mutants(name, 20), strict=False):
        verdict = official(corpora, name).validate(mutant)
        verdicts[verdict] += 1
        assert ours(name).validate(mutant) == verdict, etree.tostring(mutant)
    assert min(verdicts.values()) > 100
