"""Relations of one record: each planted fault is found at its place and by one rule; near misses stay silent."""

from __future__ import annotations

import copy
import json
import re
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from igsn_lint import facts
from igsn_lint.api import lint
from igsn_lint.config import globs
from igsn_lint.model import RequiredRelation, Settings
from igsn_lint.pathpatterns import FilePatterns
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTRY = Registry.load()
SETTINGS = Settings(
    handle_map={"SSH": "10.58052"},
    required_relations=(
        RequiredRelation(("IsCollectedBy",), {"suffix": globs(["DRILL*"])}),
        RequiredRelation(
            ("IsPartOf", "IsDerivedFrom"),
            {"resource-type": globs(["Chip*"]), "subject": globs(["granite", "gneiss"])},
        ),
        RequiredRelation(("IsPartOf",), {"path": FilePatterns(["deposit/**"])}),
    ),
)
OWN, PARENT, PAPER = "10.58052/SSH000SUA", "10.58052/SSH000SUB", "10.1594/PANGAEA.839477"
Record = dict[str, Any]


def rel(value: Any, relation: str | None = "IsPartOf", kind: str | None = "DOI", **more: Any) -> Record:
    given_ = {"relatedIdentifier": value, "relatedIdentifierType": kind, "relationType": relation, **more}
    return {key: value for key, value in given_.items() if value is not None}


def base() -> Record:
    return {
        "doi": OWN,
        "creators": [{"name": "White, Tim"}],
        "titles": [{"title": "Soil 7"}],
        "publisher": "SESAR",
        "publicationYear": 2012,
        "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Soil"},
        "relatedIdentifiers": [rel(PARENT), rel(PAPER, "IsReferencedBy")],
    }


_ATTRIBUTE = {"schemeUri": "schemeURI"}


def to_xml(record: Record) -> str:
    def leaf(name: str, value: Any, attributes: Record) -> str:
        given_ = "".join(f" {_ATTRIBUTE.get(k, k)}={quoteattr(str(v))}" for k, v in attributes.items() if v is not None)
        return f"<{name}{given_}>{escape(str(value))}</{name}>"

    def group(key: str, name: str) -> str:
        entries = record.get(key)
        if entries is None:
            return ""
        inner = (leaf(name, e.get(name, ""), {k: v for k, v in e.items() if k != name}) for e in entries)
        return f"<{key}>{''.join(inner)}</{key}>\n"

    types = record["types"]
    return (
        '<resource xmlns="http://datacite.org/schema/kernel-4">\n'
        f'<identifier identifierType="DOI">{record["doi"]}</identifier>\n'
        f"<creators><creator><creatorName>{record['creators'][0]['name']}</creatorName></creator></creators>\n"
        f"{group('titles', 'title')}<publisher>{record['publisher']}</publisher>"
        f"<publicationYear>{record['publicationYear']}</publicationYear>"
        f'<resourceType resourceTypeGeneral="{types["resourceTypeGeneral"]}">{types["resourceType"]}</resourceType>\n'
        f"{group('subjects', 'subject')}{group('relatedIdentifiers', 'relatedIdentifier')}"
        f"{group('descriptions', 'description')}</resource>"
    )


def place(pointer: str, record: Record, form: str) -> str:
    """Return the pointer of a place that is given for JSON."""
    if form == "api":
        return "/data/attributes" + pointer
    if form != "xml":
        return pointer
    if pointer == "/types/resourceType":
        return "/resource/resourceType"
    match = re.fullmatch(r"/(\w+)/(\d+)/(\w+)", pointer)
    if match is None:
        return "/resource"
    key, index, name = match.groups()
    element = key.removesuffix("s")
    step = f"{element}[{int(index) + 1}]" if len(record[key]) > 1 else element
    return f"/resource/{key}/{step}" + ("" if name == element else f"/@{_ATTRIBUTE.get(name, name)}")


class Row(NamedTuple):
    """A change of the clean record, and where which rule finds it; ``at`` None: a near miss of the rule."""

    rule: str
    name: str
    change: Callable[[Record], None]
    at: str | None
    path: str = "record"


def related(*relations: Record) -> Callable[[Record], None]:
    return lambda record: record.update(relatedIdentifiers=list(relations))


def one_more(*relations: Record) -> Callable[[Record], None]:
    return lambda record: record["relatedIdentifiers"].extend(relations)


def text(
    title: str | None = None, kind: str | None = None, described: str | None = None, **more: Any
) -> Callable[[Record], None]:
    """Change texts of a record without a parent."""

    def change(record: Record) -> None:
        record["relatedIdentifiers"] = [rel(PAPER, "IsReferencedBy")]
        if title is not None:
            record["titles"][0]["title"] = title
        if kind is not None:
            record["types"]["resourceType"] = kind
        if described is not None:
            record["descriptions"] = [{"description": described, "descriptionType": "Abstract"}]
        record.update(more)

    return change


def chip(*subjects: str, relations: tuple[Record, ...] = ()) -> Callable[[Record], None]:
    return text(kind="Chip, coarse", subjects=[{"subject": s} for s in subjects], relatedIdentifiers=list(relations))


THIRD = "/relatedIdentifiers/2/"
VALUE, TYPE, RELATION = THIRD + "relatedIdentifier", THIRD + "relatedIdentifierType", THIRD + "relationType"
URL = "https://example.org/x"
ROWS = [
    Row("IL501", "by suffix", lambda r: r.update(doi="10.58052/DRILL0007"), ""),
    Row("IL501", "by type and subject", chip("Granite", relations=(rel(PAPER, "IsReferencedBy"),)), ""),
    Row("IL501", "by path", related(rel(PARENT, "IsDerivedFrom"), rel(PARENT, "HasPart")), "", "deposit/a/record"),
    Row("IL501", "one of several subjects", chip("x", "Gneiss", relations=(rel(PARENT, "HasPart"),)), ""),
    Row("IL501", "other suffix", lambda r: r.update(doi="10.58052/UNDRILL07"), None),
    Row("IL501", "type without subject", chip("Basalt", relations=(rel(PAPER, "IsReferencedBy"),)), None),
    Row(
        "IL501", "any of them", chip("Granite", relations=(rel(PARENT, "IsDerivedFrom"), rel(PARENT, "IsPartOf"))), None
    ),
    Row("IL501", "other path", related(rel(PARENT, "IsDerivedFrom"), rel(PARENT, "HasPart")), None, "deposits/record"),
    Row("IL502", "no list", lambda r: r.pop("relatedIdentifiers"), ""),
    Row("IL502", "empty list", related(), ""),
    Row(
        "IL502",
        "a subject is no relation",
        lambda r: (r.pop("relatedIdentifiers"), r.update(subjects=[{"subject": "x"}])),
        "",
    ),
    Row("IL502", "a paper", related(rel(PAPER, "IsReferencedBy")), None),
    Row("IL502", "a page", related(rel(URL, "IsDescribedBy", "URL")), None),
    Row("IL502", "an old Handle", related(rel("10273/SSH000SUA", "IsIdenticalTo", "Handle")), None),
    Row("IL503", "in lower case", one_more(rel(OWN.lower(), "HasPart")), VALUE),
    Row("IL503", "as URL", one_more(rel(f"https://doi.org/{OWN}", "IsDerivedFrom")), VALUE),
    Row("IL503", "identical", one_more(rel(OWN, "IsIdenticalTo")), VALUE),
    *(
        Row("IL503", f"{kind} {value}", one_more(rel(value, "HasPart", kind)), VALUE)
        for kind, value in (
            ("Handle", "10273/SSH000SUA"),
            ("IGSN", "SSH000SUA"),
            ("IGSN", OWN),
            ("URL", f"https://doi.org/{OWN}"),
            ("DOI", f"igsn:{OWN}"),
            ("DOI", f"http://dx.doi.org/{OWN}"),
            ("DOI", f"https://hdl.handle.net/{OWN}"),
            ("URL", "https://www.geosamples.org/profile?igsn=SSH000SUA"),
        )
    ),
    Row("IL503", "version of itself", one_more(rel(OWN, "IsNewVersionOf")), VALUE),
    Row(
        "IL503",
        "own page",
        one_more(rel("https://www.geosamples.org/profile?igsn=SSH000SUA", "IsDescribedBy", "URL")),
        None,
    ),
    Row(
        "IL503",
        "own page, identical",
        one_more(rel("https://www.geosamples.org/profile?igsn=SSH000SUA", "IsIdenticalTo", "URL")),
        None,
    ),
    Row("IL503", "own Handle", one_more(rel("10273/SSH000SUA", "IsIdenticalTo", "Handle")), None),
    Row("IL503", "one more character", one_more(rel(OWN + "1", "HasPart")), None),
    Row("IL503", "other prefix", one_more(rel("10.60516/SSH000SUA", "IsVariantFormOf")), None),
    Row("IL504", "part and whole", one_more(rel(PARENT, "HasPart")), VALUE),
    Row("IL504", "in another form", one_more(rel(f"https://doi.org/{PARENT.lower()}", "HasPart")), VALUE),
    Row("IL504", "of a paper", one_more(rel(PAPER, "References", resourceTypeGeneral="DataPaper")), VALUE),
    Row("IL504", "other target", one_more(rel(PARENT + "1", "HasPart")), None),
    Row("IL504", "no inverse", one_more(rel(PARENT, "IsDerivedFrom")), None),
    Row("IL504", "identical both ways", related(rel(PARENT), rel(PARENT + "1", "IsIdenticalTo")), None),
    Row("IL505", "the same", one_more(rel(PARENT)), VALUE),
    Row("IL505", "in another form", one_more(rel(f"https://doi.org/{PAPER.lower()}", "IsReferencedBy")), VALUE),
    Row("IL505", "with another general type", one_more(rel(PARENT, resourceTypeGeneral="PhysicalObject")), VALUE),
    *(
        Row("IL505", f"{kind} {value}", one_more(rel(value, "IsPartOf", kind)), VALUE)
        for kind, value in (
            ("Handle", "10273/SSH000SUB"),
            ("IGSN", "SSH000SUB"),
            ("IGSN", PARENT),
            ("URL", f"https://doi.org/{PARENT}"),
            ("DOI", f"igsn:{PARENT}"),
            ("DOI", f"http://dx.doi.org/{PARENT}"),
            ("DOI", f"https://hdl.handle.net/{PARENT}"),
            ("URL", "https://app.geosamples.org/sample/igsn/SSH000SUB"),
        )
    ),
    Row(
        "IL505",
        "page of another relation",
        one_more(rel("https://app.geosamples.org/sample/igsn/SSH000SUB", "IsDescribedBy", "URL")),
        None,
    ),
    Row("IL505", "other relation", one_more(rel(PARENT, "IsDerivedFrom")), None),
    Row("IL505", "other target", one_more(rel(PARENT + "1")), None),
    Row(
        "IL505",
        "explained differently",
        one_more(rel(PAPER, "Other", relationTypeInformation="a"), rel(PAPER, "Other", relationTypeInformation="b")),
        None,
    ),
    Row("IL506", "type IGSN", one_more(rel(PARENT, "IsDerivedFrom", "IGSN")), TYPE),
    Row("IL506", "type URL", one_more(rel(f"https://doi.org/{PARENT}", "IsDerivedFrom", "URL")), TYPE),
    Row("IL506", "type Handle", one_more(rel(PARENT, "IsDerivedFrom", "Handle")), TYPE),
    *(
        Row("IL506", f"unknown prefix, {kind}, {value}", one_more(rel(value, relation, kind, **more)), TYPE)
        for kind, value, relation, more in (
            ("URL", "https://doi.org/10.99999/ABC1", "IsPartOf", {"resourceTypeGeneral": "PhysicalObject"}),
            ("URL", "10.99999/ABC1", "HasPart", {}),
            ("ARK", "10.99999/ABC1", "IsPartOf", {"resourceTypeGeneral": "PhysicalObject"}),
            ("Handle", "10.99999/ABC1", "IsDerivedFrom", {}),
            ("URL", f"igsn:{PARENT}1", "IsDerivedFrom", {}),
        )
    ),
    Row(
        "IL506",
        "a collection",
        one_more(rel("https://doi.org/10.99999/ABC1", "IsPartOf", "URL", resourceTypeGeneral="Collection")),
        None,
    ),
    Row("IL506", "not between samples", one_more(rel("https://doi.org/10.99999/ABC1", "IsCitedBy", "URL")), None),
    Row("IL506", "paper as URL", one_more(rel(f"https://doi.org/{PAPER}", "IsCitedBy", "URL")), None),
    Row(
        "IL506",
        "page of a sample",
        one_more(rel("https://app.geosamples.org/sample/igsn/SSH000SUB", "IsDescribedBy", "URL")),
        None,
    ),
    Row("IL506", "DOI", one_more(rel(PARENT, "IsDerivedFrom")), None),
    Row("IL507", "a word as DOI", one_more(rel("hello", "IsReferencedBy")), VALUE),
    Row("IL507", "URL without scheme", one_more(rel("www.example.org/x", "IsDescribedBy", "URL")), VALUE),
    Row("IL507", "empty", one_more(rel("", "IsReferencedBy")), VALUE),
    Row("IL507", "a word as IGSN", one_more(rel("unregistered", "IsDerivedFrom", "IGSN")), VALUE),
    Row("IL507", "short ISSN", one_more(rel("0077-560", "IsPublishedIn", "ISSN")), VALUE),
    Row("IL507", "a sentence as IGSN", one_more(rel("see Table 3", "IsDerivedFrom", "IGSN")), VALUE),
    Row("IL507", "a label as IGSN", one_more(rel("Core 7", "IsDerivedFrom", "IGSN")), VALUE),
    Row("IL507", "a gap behind a tag", one_more(rel("doi:10.1016/a b", "IsCitedBy")), VALUE),
    Row("IL507", "resolver without scheme", one_more(rel(f"doi.org/{PAPER}", "IsCitedBy")), None),
    *(
        Row("IL507", f"a right {kind}", one_more(rel(example, "IsDescribedBy", kind)), None)
        for kind, _, example in facts.rows("related-types")
        if kind not in {"DOI", "Handle"}
    ),
    Row("IL507", "white space around it", one_more(rel(f" {PAPER}\n", "IsCitedBy")), None),
    Row("IL508", "tag", one_more(rel(f"igsn:{PARENT}", "IsDerivedFrom")), VALUE),
    Row("IL508", "tag of a paper", one_more(rel(f"doi:{PAPER}", "IsCitedBy")), VALUE),
    Row("IL508", "old resolver", one_more(rel(f"http://dx.doi.org/{PARENT}", "IsDerivedFrom")), VALUE),
    Row("IL508", "resolver without scheme", one_more(rel(f"doi.org/{PARENT}", "IsDerivedFrom")), VALUE),
    Row("IL508", "resolver of Handles", one_more(rel(f"https://hdl.handle.net/{PARENT}", "IsDerivedFrom")), VALUE),
    Row("IL508", "resolver of Handles for a paper", one_more(rel(f"hdl:{PAPER}", "IsCitedBy")), VALUE),
    Row("IL508", "old resolver of IGSN", one_more(rel(f"http://igsn.org/{PARENT}", "IsDerivedFrom")), VALUE),
    Row("IL508", "canonical URL", one_more(rel(f"https://doi.org/{PARENT}", "IsDerivedFrom")), None),
    Row("IL508", "bare", one_more(rel(PAPER, "IsCitedBy")), None),
    Row("IL508", "http under the type URL", one_more(rel("http://example.org/x", "IsDescribedBy", "URL")), None),
    Row("IL509", "Handle", one_more(rel("10273/SSH000SUC", "IsDerivedFrom", "Handle")), VALUE),
    Row("IL509", "code", one_more(rel("SSH000SUC", "IsDerivedFrom", "IGSN")), VALUE),
    Row("IL509", "old URL", one_more(rel("http://igsn.org/SSH000SUC", "IsDerivedFrom", "IGSN")), VALUE),
    Row("IL509", "code of digits", one_more(rel("847000106", "IsDerivedFrom", "IGSN")), VALUE),
    Row("IL509", "code of few digits", one_more(rel("0012", "IsDerivedFrom", "IGSN")), VALUE),
    Row("IL509", "a number with decimals", one_more(rel("0.25", "IsDerivedFrom", "IGSN")), None),
    Row("IL509", "own Handle", one_more(rel("10273/SSH000SUA", "IsIdenticalTo", "IGSN")), None),
    Row("IL509", "Handle of a text", one_more(rel("2027/mdp.390150", "IsDocumentedBy", "Handle")), None),
    Row("IL509", "Handle of a repository", one_more(rel("20.500.11850/1234", "IsReferencedBy", "Handle")), None),
    Row("IL509", "DOI", one_more(rel(PARENT, "IsDerivedFrom")), None),
    Row("IL510", "version", one_more(rel(PARENT + "1", "IsVersionOf")), RELATION),
    Row("IL510", "citation", one_more(rel(PARENT + "1", "Cites")), RELATION),
    Row(
        "IL510",
        "supplement",
        one_more(rel("10.1234/X1", "IsSupplementTo", resourceTypeGeneral="PhysicalObject")),
        RELATION,
    ),
    Row("IL510", "person", one_more(rel("https://orcid.org/0000-0001-5000-0007", "IsCollectedBy", "URL")), RELATION),
    Row("IL510", "paper cites", one_more(rel("10.1016/j.x.1", "IsCitedBy")), None),
    Row(
        "IL510",
        "instrument",
        one_more(rel("10.58052/RIG0001", "IsCollectedBy", resourceTypeGeneral="Instrument")),
        None,
    ),
    Row("IL510", "sample requires sample", one_more(rel(PARENT + "1", "Requires")), None),
    Row(
        "IL511",
        "scheme",
        one_more(rel(URL, "IsDescribedBy", "URL", relatedMetadataScheme="X")),
        THIRD + "relatedMetadataScheme",
    ),
    Row(
        "IL511",
        "address of a scheme",
        one_more(rel(URL, "IsDescribedBy", "URL", schemeUri=URL)),
        "/relatedIdentifiers/2/schemeUri",
    ),
    Row(
        "IL511",
        "explanation",
        one_more(rel(URL, "IsDescribedBy", "URL", relationTypeInformation="x")),
        "/relatedIdentifiers/2/relationTypeInformation",
    ),
    Row(
        "IL511",
        "of metadata",
        one_more(rel(URL, "HasMetadata", "URL", relatedMetadataScheme="X", schemeUri=URL, schemeType="XSD")),
        None,
    ),
    Row("IL511", "of Other", one_more(rel(URL, "Other", "URL", relationTypeInformation="x")), None),
    Row("IL511", "empty", one_more(rel(URL, "IsDescribedBy", "URL", relatedMetadataScheme=" ")), None),
    Row(
        "IL512",
        "derived",
        related(rel(PAPER, "IsReferencedBy"), rel(PARENT, "IsDerivedFrom")),
        "/relatedIdentifiers/1/relationType",
    ),
    Row(
        "IL512",
        "source",
        related(rel(PAPER, "IsReferencedBy"), rel(PARENT, "IsSourceOf")),
        "/relatedIdentifiers/1/relationType",
    ),
    Row(
        "IL512",
        "both, at the first",
        related(rel(PARENT, "IsDerivedFrom"), rel(PARENT + "1", "IsSourceOf")),
        "/relatedIdentifiers/0/relationType",
    ),
    Row(
        "IL512",
        "part of a data set",
        related(rel("10.9999/X1", resourceTypeGeneral="Dataset"), rel(PARENT, "IsDerivedFrom")),
        "/relatedIdentifiers/1/relationType",
    ),
    Row(
        "IL512",
        "part of a collection",
        related(rel("10.9999/X1", resourceTypeGeneral="Collection"), rel(PARENT, "IsDerivedFrom")),
        None,
    ),
    Row("IL512", "part as well", one_more(rel(PARENT, "IsDerivedFrom")), None),
    Row("IL512", "a part of its own", related(rel(PARENT, "IsDerivedFrom"), rel(PARENT + "1", "HasPart")), None),
    Row("IL512", "no sample", related(rel(PAPER, "IsReferencedBy")), None),
    Row("IL512", "source of data", related(rel(PAPER, "IsSourceOf")), None),
    Row("IL512", "of a data set", related(rel("10.9999/X1", "IsSourceOf", resourceTypeGeneral="Dataset")), None),
    Row("IL513", "title", text("Aliquot 3"), "/titles/0/title"),
    Row("IL513", "type", text(kind="Thin section"), "/types/resourceType"),
    Row("IL513", "description", text(described="It is a split of the core."), "/descriptions/0/description"),
    Row("IL513", "half", text("Archive half of section 2"), "/titles/0/title"),
    Row("IL513", "powder", text("Powder of 7", "Powder"), "/titles/0/title"),
    Row("IL513", "collection", text("Thin section collection", "Collection"), None),
    Row(
        "IL513",
        "drill hole",
        text("Hole ICDP5054EEW1001", "Drill hole", "Core sections were cut; an aliquot was dated."),
        None,
    ),
    Row("IL513", "place", text("Lava from the Slab of Hell", "Rock", "From Powder River, near Split."), None),
    Row("IL513", "a part of something", lambda r: r["titles"][0].update(title="Aliquot 3"), None),
    Row("IL513", "a child beside it", text("Hand specimen with thin section", "Rock"), None),
    Row("IL513", "what it is for", text("Billet for a thin section", "Rock"), None),
    Row("IL513", "plural", text("Subsamples of lake 3, mixed"), None),
    Row("IL513", "in two words", text("Sub sample 4"), "/titles/0/title"),
    Row("IL513", "in German", text("Dünnschliff 7"), "/titles/0/title"),
    Row("IL513", "in French", text(kind="Lame mince"), "/types/resourceType"),
    Row("IL513", "in Spanish", text("Submuestra 3 del testigo"), "/titles/0/title"),
    Row("IL513", "none taken", text("Basalt (no subsample taken)"), None),
    Row("IL513", "a child", text(described="We took a subsample of it."), None),
]
FORMS: dict[str, tuple[str, Callable[[Record], str]]] = {
    "json": ("json", json.dumps),
    "api": ("json", lambda record: json.dumps({"data": {"id": OWN, "type": "dois", "attributes": record}})),
    "yaml": ("yaml", lambda record: yaml.safe_dump(record, sort_keys=False, allow_unicode=True)),
    "xml": ("xml", to_xml),
}
"""How a record is written, by the name of the format: the ending of the file, and its text."""
CASES = [pytest.param(row, form, id=f"{row.rule}-{form}-{row.name}") for row in ROWS for form in FORMS]


def look(record: Record, form: str, name: str = "record") -> list[tuple[str, str, str]]:
    ending, text = FORMS[form]
    found = lint(
        (f"{name}.{ending}", text(record).encode()), registry=REGISTRY, settings=SETTINGS, ignore=["IL3", "IL4"]
    ).findings
    return [(f.rule, f.pointer, f.severity) for f in found]


@pytest.mark.parametrize("form", FORMS)
def test_the_clean_record_has_no_finding(form: str) -> None:
    assert look(base(), form) == []


@pytest.mark.parametrize(("row", "form"), CASES)
def test_a_row_is_found_where_it_says_and_by_its_rule_alone(row: Row, form: str) -> None:
    changed = copy.deepcopy(base())
    row.change(changed)
    if row.path == "record":
        assert changed != base()
    found = look(changed, form, row.path)
    if row.at is None:
        assert [one for one in found if one[0] == row.rule] == []
        assert [one for one in found if one[2] == "error"] == []
        return
    at = row.at
    if form == "xml" and row.name == "empty" and row.rule == "IL507":
        at = VALUE
    assert [one[:2] for one in found if one[0] == row.rule] == [(row.rule, place(at, changed, form))]
    assert [one for one in found if one[0] != row.rule and one[2] != "note"] == []


def test_every_rule_has_three_faults_and_three_near_misses() -> None:
    rules = [code for code in REGISTRY.codes if code.startswith("IL5")]
    counts = Counter((row.rule, row.at is None) for row in ROWS)
    assert [(rule, missed) for rule in rules for missed in (False, True) if counts[rule, missed] < 3] == []


def test_a_map_of_handles_gives_the_doi_and_its_type() -> None:
    record = base()
    record["relatedIdentifiers"].append(rel("10273/SSH000SUC", "IsDerivedFrom", "Handle"))
    data = json.dumps(record).encode()
    (finding,) = lint(("a.json", data), registry=REGISTRY, settings=SETTINGS, select=["IL509"]).findings
    assert finding.replacement == "https://doi.org/10.58052/SSH000SUC"
    assert sorted(edit.text for edit in finding.edits) == ["DOI", "https://doi.org/10.58052/SSH000SUC"]
    assert not finding.safe


def test_a_damaged_spelling_and_a_placeholder_are_not_a_wrong_type_too() -> None:
    for value in ("10.58052%2FSSH000SUB", "10.58052/SSH000\u0421UB", "10.58052/XXXX"):
        record = base() | {"relatedIdentifiers": [rel(value)]}
        assert "IL507" not in {rule for rule, _, _ in look(record, "json")}


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([OWN, PARENT, "10273/X1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(rel("x", a="b"))), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from([*rel(""), "schemeUri", "relationTypeInformation"]), values, max_size=5)),
    values,
)
def test_no_shape_of_relations_breaks_a_check(relations: list[Any], other: Any) -> None:
    for value in (relations, other):
        record = base() | {"relatedIdentifiers": value, "titles": other}
        report = lint(
            ("a.json", json.dumps(record).encode()), registry=REGISTRY, settings=SETTINGS, select=["IL5", "IL6"]
        )
        assert report.failures == []


def test_many_relations_take_linear_time() -> None:
    def seconds(count: int) -> float:
        relations = [rel(f"10.58052/A{n % (count // 2):06}", "IsPartOf" if n % 3 else "HasPart") for n in range(count)]
        data = json.dumps(base() | {"relatedIdentifiers": relations}).encode()
        begun = time.process_time()
        assert lint(("a.json", data), registry=REGISTRY, select=["IL5"]).failures == []
        return time.process_time() - begun

    assert seconds(8000) < 40 * max(seconds(1000), 0.01)
