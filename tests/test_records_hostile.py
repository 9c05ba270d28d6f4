"""Records of any shape: no check breaks, and long ones take a time that is linear in their length."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from mutations.table import BASE, KERNEL

from igsn_lint.api import lint
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTRY = Registry.load()
PATIENT = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))

TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ("", " ", ":unav", "N/A", ":x:", "2012-06-01", "0000", "-0024/", "40.6", "1e999", "NaN", "x@y.zz",
         "PhysicalObject", "DOI", "10.58052/SSH000SUA", "https://doi.org/", "Collected", "Destroyed",
         "https://orcid.org/0000", "0" * 40)
    ),
)  # fmt: skip
SCALAR = st.one_of(st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False), TEXT)


def keys(value: Any) -> set[str]:
    """Return all keys of a JSON value."""
    if isinstance(value, dict):
        return set(value).union(*(keys(held) for held in value.values()), set())
    return set().union(*(keys(held) for held in value)) if isinstance(value, list) else set()


KEYS = sorted(
    keys(BASE) | {"id", "identifiers", "identifier", "identifierType", "state", "event", "attributes", "data", "type"}
)
JSON = st.recursive(
    SCALAR,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)),
    max_leaves=12,
)


@PATIENT
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8), st.booleans())
@example({"state": []}, False)
def test_no_check_breaks_on_json_of_any_shape(changes: dict[str, Any], api: bool) -> None:
    data = {**BASE, **changes, "types": changes.get("types") or BASE["types"]}
    body = {"data": {"type": "dois", "id": changes.get("id"), "attributes": data}} if api else data
    report = lint(("record.json", json.dumps(body).encode()), registry=REGISTRY)
    assert report.failures == []


TAGS = """
    creators creator creatorName givenName nameIdentifier affiliation titles title publisher publicationYear
    resourceType subjects subject contributors contributor contributorName dates date alternateIdentifiers
    alternateIdentifier relatedIdentifiers relatedIdentifier formats format sizes size rightsList rights
    descriptions description geoLocations geoLocation geoLocationPoint geoLocationPlace geoLocationBox
    geoLocationPolygon polygonPoint pointLatitude pointLongitude southBoundLatitude identifier
""".split()  # noqa: SIM905  # words, not a page of quotes
ATTRIBUTES = """
    nameIdentifierScheme schemeURI affiliationIdentifier publisherIdentifier resourceTypeGeneral dateType
    dateInformation titleType identifierType alternateIdentifierType relatedIdentifierType relationType
    subjectScheme descriptionType junk
""".split()  # noqa: SIM905  # words, not a page of quotes
XML_TEXT = TEXT.map(lambda text: "".join(c for c in text if c.isprintable()))
ELEMENT = st.recursive(
    st.tuples(
        st.sampled_from(TAGS), XML_TEXT, st.dictionaries(st.sampled_from(ATTRIBUTES), XML_TEXT, max_size=2), st.just([])
    ),
    lambda inner: st.tuples(
        st.sampled_from(TAGS),
        XML_TEXT,
        st.dictionaries(st.sampled_from(ATTRIBUTES), XML_TEXT, max_size=2),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


def grow(parent: Any, node: Any) -> None:
    tag, text, attributes, children = node
    element = etree.SubElement(parent, f"{{{KERNEL}}}{tag}", attributes)
    element.text = text
    for child in children:
        grow(element, child)


@PATIENT
@given(st.lists(ELEMENT, max_size=6))
def test_no_check_breaks_on_xml_of_any_shape(nodes: list[Any]) -> None:
    root = etree.Element(f"{{{KERNEL}}}resource", nsmap={None: KERNEL})
    for tag, text, attributes in (
        ("identifier", "10.58052/SSH000SUA", {"identifierType": "DOI"}),
        ("resourceType", "Core", {"resourceTypeGeneral": "PhysicalObject"}),
    ):
        grow(root, (tag, text, attributes, []))
    for node in nodes:
        grow(root, node)
    report = lint(("record.xml", etree.tostring(root)), registry=REGISTRY)
    assert report.failures == []
    assert report.records == 1


PLANTED: dict[str, Callable[[int], Any]] = {
    "creators": lambda n: [{"name": f"N/A {i}" if i % 2 else "N/A"} for i in range(n)],
    "relatedIdentifiers": lambda n: [
        {
            "relatedIdentifier": ":tba" if i % 2 else f"10.58052/X{i}",
            "relatedIdentifierType": "DOI",
            "relationType": "HasPart",
        }
        for i in range(n)
    ],
    "dates": lambda n: [{"date": f"June {1000 + i % 1000}", "dateType": "Collected"} for i in range(n)],
    "subjects": lambda n: [{"subject": f"s{i}"} for i in range(n)],
    "geoLocations": lambda n: [{"geoLocationPoint": {"pointLatitude": 0, "pointLongitude": 0}}] * n,
    "descriptions": lambda n: [
        {"description": "a@b.de " * n + "a" * n + "@" + "b." * n, "descriptionType": "Abstract"}
    ],
}


@pytest.mark.parametrize("name", PLANTED)
def test_time_is_linear_in_the_length_of_a_record(name: str) -> None:
    def seconds(n: int) -> float:
        data = json.dumps({**BASE, name: PLANTED[name](n)}).encode()
        begun = time.thread_time()
        assert lint(("record.json", data), registry=REGISTRY, select=["IL4"]).findings
        return time.thread_time() - begun

    seconds(100)
    # What else runs on the machine only ever adds to a time: the least of several is the truest.
    assert min(seconds(8_000) for _ in range(3)) < 8 * min(seconds(2_000) for _ in range(3)) + 0.1


@pytest.mark.slow
def test_a_hundred_thousand_relations_and_creators_in_one_record() -> None:
    data = {**BASE, **{name: PLANTED[name](100_000) for name in ("creators", "relatedIdentifiers")}}
    begun = time.thread_time()
    assert lint(("record.json", json.dumps(data).encode()), registry=REGISTRY).failures == []
    assert time.thread_time() - begun < 60


@pytest.mark.parametrize("title", ["AU1101!", "(AU1101)", "AU1101 …"])
def test_marks_around_an_id_make_no_title_of_it(title: str) -> None:
    record = {
        "doi": "10.60516/AU1101",
        "types": {"resourceTypeGeneral": "PhysicalObject"},
        "titles": [{"title": title}],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    report = lint(("record.json", json.dumps(record).encode()), select=["IL407"])
    assert [finding.rule for finding in report.findings] == ["IL407"]
