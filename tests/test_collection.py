"""Collections: each planted fault is found at its place, near misses stay silent, and no order of files counts."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_relations import rel, to_xml

from igsn_lint import config, parallel
from igsn_lint.api import enabled, files, lint
from igsn_lint.checks.network import _circles
from igsn_lint.cli import cli
from igsn_lint.discover import discover
from igsn_lint.engine import Engine
from igsn_lint.known import KnownIds
from igsn_lint.model import Complete, Settings, Trace
from igsn_lint.pathpatterns import FilePatterns
from igsn_lint.progress import Progress
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from igsn_lint.model import Finding

REGISTRY = Registry.load()
P = "10.60516/"
Files = dict[str, str]


def rec(
    suffix: str, *relations: dict[str, Any], title: str = "Rock", general: str = "PhysicalObject", **more: Any
) -> Any:
    doi = suffix if "/" in suffix else P + suffix
    plain = {
        "doi": doi,
        "creators": [{"name": "White, Tim"}],
        "titles": [{"title": title}],
        "publisher": "GA",
        "publicationYear": 2012,
        "types": {"resourceTypeGeneral": general, "resourceType": "Rock"},
    }
    return plain | ({"relatedIdentifiers": list(relations)} if relations else {}) | more


def js(*records: Any) -> str:
    return json.dumps(records[0] if len(records) == 1 else list(records))


def lines(*records: Any) -> str:
    return "\n".join(json.dumps(record) for record in records)


def up(suffix: str, relation: str = "IsPartOf") -> dict[str, Any]:
    return rel(suffix if "/" in suffix else P + suffix, relation)


def serial(*ends: str) -> str:
    return lines(*(rec(f"AU77{end}") for end in ends))


class Row(NamedTuple):
    """Files, and where which rule finds something: a path and a pointer; a near miss of the rule without any."""

    rule: str
    name: str
    files: Files
    at: tuple[tuple[str, str], ...] = ()
    settings: Settings = Settings()


REGISTER = Settings(profile="register")
COMPLETE = Settings(complete=Complete(frozenset({"10.60516"})))
FOLDER = Settings(complete=Complete(paths=FilePatterns(["all/**"])))
OWN, FIRST = "/doi", "/relatedIdentifiers/0/relatedIdentifier"
DATA = "10.1594/PANGAEA.7"
ROWS = [
    Row(
        "IL601", "two files", {"a.json": js(rec("AU7701")), "b.json": js(rec("AU7701", title="x"))}, (("b.json", OWN),)
    ),
    Row("IL601", "two lines", {"a.jsonl": lines(rec("AU7701"), rec("au7701", title="x"))}, (("a.jsonl", OWN),)),
    Row(
        "IL601",
        "JSON and JSON Lines",
        {"a.json": js(rec("AU7701")), "b.jsonl": lines(rec("AU7701", title="x"))},
        (("b.jsonl", OWN),),
    ),
    Row(
        "IL601",
        "two answers of the server",
        {"a.json": js(rec("AU7701") | {"viewCount": 3}), "b.json": js(rec("AU7701") | {"viewCount": 9})},
    ),
    Row("IL601", "equal copies", {"a.json": js(rec("AU7701")), "b.json": js(rec("AU7701"))}),
    Row(
        "IL601",
        "alone and in an envelope",
        {
            "a.xml": '<?xml version="1.0"?>\n' + to_xml(rec("AU7701", title="Fels\u00e4")).replace("><", ">\n  <"),
            "b.xml": "<OAI-PMH><metadata>" + to_xml(rec("AU7701", title="Fels\u00e4")) + "</metadata></OAI-PMH>",
        },
    ),
    Row("IL601", "another format", {"a.json": js(rec("AU7701")), "b.xml": to_xml(rec("AU7701", title="x"))}),
    Row("IL601", "another prefix", {"a.json": js(rec("AU7701")), "b.json": js(rec("10.58052/AU7701", title="x"))}),
    Row("IL602", "O and 0", {"a.json": js(rec("AU0701"), rec("AUO701"))}, (("a.json", "/1/doi"),), REGISTER),
    Row("IL602", "I and 1", {"a.json": js(rec("AU7I7")), "b.json": js(rec("AU717"))}, (("a.json", OWN),), REGISTER),
    Row("IL602", "L and 1", {"a.json": js(rec("AU7L7")), "b.json": js(rec("AU717"))}, (("a.json", OWN),), REGISTER),
    Row("IL602", "two characters", {"a.json": js(rec("AU0701"), rec("AUO7O1"))}, (), REGISTER),
    Row("IL602", "serial", {"a.jsonl": serial("0", "O", "1", "2", "3")}, (), REGISTER),
    Row("IL602", "other letters", {"a.json": js(rec("AU7B7"), rec("AU787"))}, (), REGISTER),
    Row("IL602", "registered already", {"a.json": js(rec("AU0701"), rec("AUO701"))}),
    Row("IL603", "cited", {"a.json": js(rec("AU7701")), "p.md": "igsn:10.60516/AU77O1"}, (("p.md", ""),)),
    Row(
        "IL603",
        "related",
        {"a.json": js(rec("AU7701")), "b.json": js(rec("AX1", up("AU77OI"))), "c.json": js(rec("AU770I"))},
        (("b.json", FIRST),),
    ),
    Row("IL603", "a zero too many", {"a.json": js(rec("AU7701")), "p.md": "igsn:10.60516/AU77001"}, (("p.md", ""),)),
    Row("IL603", "code alone", {"a.json": js(rec("AU77I1")), "p.md": "igsn:AU7711"}, (("p.md", ""),)),
    Row(
        "IL603",
        "listed in data",
        {"a.json": '[{"igsn": "10.60516/AU7701"}]', "p.md": "igsn:10.60516/AU77O1"},
        (("p.md", ""),),
    ),
    Row("IL603", "the same", {"a.json": js(rec("AU7701")), "p.md": "igsn:10.60516/au7701"}),
    Row("IL603", "both declared", {"a.json": js(rec("AU7701"), rec("AU77O1")), "p.md": "igsn:10.60516/AU77O1"}),
    Row(
        "IL603", "serial with letters", {"a.jsonl": serial("0", "1", "2", "A", "B", "C"), "p.md": "igsn:10.60516/AU77O"}
    ),
    Row("IL603", "two lengths", {"a.jsonl": serial("01", "002"), "p.md": "igsn:10.60516/AU77001"}),
    Row("IL603", "no record", {"p.md": "igsn:10.60516/AU7701, igsn:10.60516/AU77O1"}),
    Row("IL603", "another agent", {"a.json": js(rec("AU7701")), "p.md": "igsn:10.58052/AU77O1"}),
    Row("IL604", "prefix", {"a.json": js(rec("AU7701", up("AU7799")))}, (("a.json", FIRST),), COMPLETE),
    Row(
        "IL604",
        "folder",
        {"all/a.json": js(rec("AU7701")), "b.json": js(rec("10.58052/X1", up("AU7799")))},
        (("b.json", FIRST),),
        FOLDER,
    ),
    Row(
        "IL604",
        "old Handle of nobody",
        {"a.json": js(rec("AU7701", rel("10273/AU7799", "IsPartOf", "IGSN")))},
        (("a.json", FIRST),),
        Settings(complete=Complete(frozenset({"10.60516"})), handle_map={"AU": "10.60516"}),
    ),
    Row("IL604", "it is there", {"a.json": js(rec("AU7701", up("AU7702")), rec("AU7702"))}, (), COMPLETE),
    Row("IL604", "not declared complete", {"a.json": js(rec("AU7701", up("AU7799")))}),
    Row("IL604", "another prefix", {"a.json": js(rec("AU7701", up("10.58052/AU7799")))}, (), COMPLETE),
    Row("IL604", "another folder", {"some/a.json": js(rec("AU7701", up("AU7799")))}, (), FOLDER),
    Row("IL605", "part", {"a.json": js(rec("AU1X", up("AU2X"))), "b.json": js(rec("AU2X"))}, (("b.json", OWN),)),
    Row(
        "IL605",
        "whole",
        {"a.json": js(rec("AU1X", up("AU2X", "HasPart"))), "b.json": js(rec("AU2X"))},
        (("b.json", OWN),),
    ),
    Row(
        "IL605",
        "two, told once",
        {"a.json": js(rec("AU1X", up("AU2X")), rec("AU3X", up("AU2X"))), "b.xml": to_xml(rec("AU2X"))},
        (("b.xml", "/resource/identifier"),),
    ),
    Row("IL605", "answered", {"a.json": js(rec("AU1X", up("AU2X")), rec("AU2X", up("AU1X", "HasPart")))}),
    Row("IL605", "not here", {"a.json": js(rec("AU1X", up("AU2X")))}),
    Row(
        "IL605",
        "answered by URL",
        {"a.json": js(rec("AU1X", up("AU2X")), rec("AU2X", rel("https://doi.org/10.60516/au1x", "HasPart")))},
    ),
    Row(
        "IL606",
        "part and source",
        {"a.json": js(rec("AU1X", up("AU2X")), rec("AU2X", up("AU1X", "IsSourceOf")))},
        (("a.json", "/0" + FIRST),),
    ),
    Row(
        "IL606",
        "each obsoletes",
        {"a.json": js(rec("AU1X", up("AU2X", "Obsoletes")), rec("AU2X", up("AU1X", "Obsoletes")))},
        (("a.json", "/0" + FIRST),),
    ),
    Row(
        "IL606",
        "part and identical",
        {"a.json": js(rec("AU1X", up("AU2X"))), "b.xml": to_xml(rec("AU2X", up("AU1X", "IsIdenticalTo")))},
        (("a.json", FIRST),),
    ),
    Row(
        "IL606", "fits", {"a.json": js(rec("AU1X", up("AU2X", "IsDerivedFrom")), rec("AU2X", up("AU1X", "IsSourceOf")))}
    ),
    Row(
        "IL606",
        "one of two fits",
        {"a.json": js(rec("AU1X", up("AU2X"), up("AU2X", "IsDerivedFrom")), rec("AU2X", up("AU1X", "HasPart")))},
    ),
    Row("IL606", "circle", {"a.json": js(rec("AU1X", up("AU2X")), rec("AU2X", up("AU1X")))}),
    Row(
        "IL607",
        "two",
        {"a.json": js(rec("AU1X", up("AU2X")), rec("AU2X", up("AU1X", "IsDerivedFrom")))},
        (("a.json", "/0" + FIRST),),
    ),
    Row(
        "IL607",
        "three in two formats",
        {
            "a.json": js(rec("AU1X", up("AU2X")), rec("AU2X", up("AU3X"))),
            "c.xml": to_xml(rec("AU3X", up("AU1X"), up(DATA, "IsReferencedBy"))),
        },
        (("a.json", "/0" + FIRST),),
    ),
    Row(
        "IL607",
        "downwards",
        {"a.json": js(rec("AU2X", up("AU1X", "HasPart"), up("AU3X")), rec("AU1X", up("AU3X", "HasPart")))},
        (("a.json", "/0" + FIRST),),
    ),
    Row(
        "IL607",
        "old Handle",
        {"a.json": js(rec("AU1X", rel("10273/AU2X", "IsPartOf", "IGSN")), rec("AU2X", up("AU1X")))},
        (("a.json", "/0" + FIRST),),
    ),
    Row(
        "IL607",
        "two ways up",
        {"a.json": js(rec("AU1X", up("AU2X"), up("AU3X")), rec("AU2X", up("AU3X")), rec("AU3X"))},
    ),
    Row("IL607", "answered", {"a.json": js(rec("AU1X", up("AU2X")), rec("AU2X", up("AU1X", "HasPart")))}),
    Row(
        "IL607",
        "identical",
        {"a.json": js(rec("AU1X", up("AU2X", "IsIdenticalTo")), rec("AU2X", up("AU1X", "IsIdenticalTo")))},
    ),
    Row(
        "IL608",
        "data set",
        {"a.json": js(rec("AU1X", up(DATA))), "d.json": js(rec(DATA, general="Dataset"))},
        (("a.json", FIRST),),
    ),
    Row(
        "IL608",
        "text in XML",
        {"a.json": js(rec("AU1X", up(DATA, "IsDerivedFrom"))), "d.xml": to_xml(rec(DATA, general="Text"))},
        (("a.json", FIRST),),
    ),
    Row(
        "IL608",
        "by URL",
        {"a.json": js(rec("AU1X", rel("https://doi.org/10.1594/pangaea.7", "IsPartOf")), rec(DATA, general="Dataset"))},
        (("a.json", "/0" + FIRST),),
    ),
    Row("IL608", "collection", {"a.json": js(rec("AU1X", up(DATA))), "d.json": js(rec(DATA, general="Collection"))}),
    Row("IL608", "sample", {"a.json": js(rec("AU1X", up("AU2X")), rec("AU2X"))}),
    Row(
        "IL608",
        "another relation",
        {"a.json": js(rec("AU1X", up(DATA, "IsReferencedBy"))), "d.json": js(rec(DATA, general="Dataset"))},
    ),
    Row("IL608", "no record of it", {"a.json": js(rec("AU1X", up(DATA)))}),
    Row("IL609", "record and text", {"a.json": js(rec("AU7701")), "p.md": "igsn:10.58052/AU7701"}),
    Row(
        "IL609", "two records", {"a.json": js(rec("AU7701")), "b.json": js(rec("10.58052/AU7701"))}, (("a.json", OWN),)
    ),
    Row(
        "IL609",
        "related",
        {"a.json": js(rec("AU7701"), rec("AU1X", up("10.58052/AU7701")))},
        (("a.json", "/1" + FIRST),),
    ),
    Row(
        "IL609",
        "related in another file",
        {"a.json": js(rec("AU7701")), "b.json": js(rec("AU1X", up("10.58052/AU7701")))},
        (("b.json", FIRST),),
    ),
    Row("IL609", "old Handle", {"a.json": js(rec("AU7701")), "p.md": "igsn:10273/AU7701"}),
    Row("IL609", "number", {"a.json": js(rec("77011")), "p.md": "igsn:10.58052/77011"}),
    Row("IL609", "damaged prefix", {"a.json": js(rec("AU7701")), "p.md": "igsn:10.605166/AU7701"}),
    Row("IL609", "one prefix", {"a.json": js(rec("AU7701")), "p.md": "igsn:10.60516/au7701"}),
    Row("IL610", "text", {"a.json": js(rec("AU7701")), "p.md": "igsn:10.60516/AU8888"}, (("p.md", ""),)),
    Row(
        "IL610",
        "link",
        {"a.json": js(rec("AU7701")), "p.md": "[rock](https://doi.org/10.60516/AU8888)"},
        (("p.md", ""),),
    ),
    Row("IL610", "with data", {"a.json": '{"igsn": "10.60516/AU7701"}', "p.txt": "igsn:AU8888"}, (("p.txt", ""),)),
    Row(
        "IL610",
        "one sample by three names",
        {"a.json": js(rec("AU7701")), "p.md": "10273/AU8888, igsn:AU8888 and igsn:10.60516/AU8888"},
        (("p.md", ""),),
    ),
    Row("IL610", "described", {"a.json": js(rec("AU7701")), "p.md": "igsn:AU7701"}),
    Row("IL610", "nothing given", {"p.md": "igsn:10.60516/AU8888"}),
    Row("IL610", "damaged, and described", {"a.json": js(rec("AU7701-S2")), "p.md": "igsn:10.60516/AU7701\u2013S2"}),
    Row(
        "IL611",
        "title",
        {"a.json": js(rec("AU7701")), "b.xml": to_xml(rec("AU7701", title="x"))},
        (("b.xml", "/resource/identifier"),),
    ),
    Row(
        "IL611",
        "year",
        {"a.json": js(rec("AU7701")), "b.xml": to_xml(rec("AU7701", publicationYear=2013))},
        (("b.xml", "/resource/identifier"),),
    ),
    Row(
        "IL611",
        "creator",
        {"a.json": js(rec("AU7701")), "b.xml": to_xml(rec("AU7701", creators=[{"name": "Black, T"}]))},
        (("b.xml", "/resource/identifier"),),
    ),
    Row(
        "IL611",
        "white space",
        {"a.json": js(rec("AU7701", title="A rock")), "b.xml": to_xml(rec("AU7701", title="a\n  Rock"))},
    ),
    Row(
        "IL611",
        "accent behind its letter",
        {"a.json": js(rec("AU7701", title="Fels\u00e4")), "b.xml": to_xml(rec("AU7701", title="Felsa\u0308"))},
    ),
    Row("IL611", "left out", {"a.json": js(rec("AU7701", publicationYear=None)), "b.xml": to_xml(rec("AU7701"))}),
    Row("IL611", "publisher", {"a.json": js(rec("AU7701", publisher="X")), "b.xml": to_xml(rec("AU7701"))}),
    Row("IL611", "one format", {"a.json": js(rec("AU7701")), "b.json": js(rec("AU7701", title="x"))}),
]


def look(contents: Files, settings: Settings | None = None, **options: Any) -> list[Finding]:
    given_ = [(name, text.encode()) for name, text in contents.items()]
    return lint(given_, registry=REGISTRY, settings=settings, **options).findings


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}-{row.name}")
def test_a_row_is_found_where_it_says_and_by_its_rule_alone(row: Row) -> None:
    found = look(row.files, row.settings, select=["IL6"])
    assert [(f.path, f.pointer) for f in found if f.rule == row.rule] == list(row.at)
    if row.at:
        assert [(f.rule, f.message) for f in found if f.rule != row.rule and f.severity != "note"] == []
        assert all(f.text and (f.region or f.pointer) for f in found)


def in_yaml(text: str) -> str:
    return yaml.safe_dump(json.loads(text), sort_keys=False, allow_unicode=True)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}-{row.name}")
def test_records_in_yaml_are_found_like_those_in_json(row: Row) -> None:
    """JSON Lines beside JSON would stay the other format. Of two copies that disagree XML is followed before YAML."""
    if any(name.endswith(".jsonl") for name in row.files) or not any(name.endswith(".json") for name in row.files):
        return
    found = look(
        {
            name.replace(".json", ".yaml"): in_yaml(text) if name.endswith(".json") else text
            for name, text in row.files.items()
        },
        row.settings,
        select=["IL6"],
    )
    at = [("a.json", OWN)] if row.rule == "IL611" and row.at else list(row.at)
    assert [(f.path.replace(".yaml", ".json"), f.pointer) for f in found if f.rule == row.rule] == at


def test_every_rule_has_three_faults_and_three_near_misses() -> None:
    rules = [code for code in REGISTRY.codes if code.startswith("IL6")]
    counts = Counter((row.rule, bool(row.at)) for row in ROWS)
    assert [(rule, fault) for rule in rules for fault in (False, True) if counts[rule, fault] < 3] == []


@pytest.mark.parametrize("row", [row for row in ROWS if len(row.files) > 1], ids=lambda row: f"{row.rule}-{row.name}")
def test_the_order_of_the_files_never_changes_the_findings(row: Row) -> None:
    expected = look(row.files, row.settings, select=["IL6"])
    names = list(row.files)
    for seed in range(3):
        random.Random(seed).shuffle(names)
        assert look({name: row.files[name] for name in names}, row.settings, select=["IL6"]) == expected


suffixes = st.sampled_from(["AU1X", "AU2X", "AUIX", "AU01X", "AUO1X"])
relations = st.builds(up, suffixes, st.sampled_from(["IsPartOf", "HasPart", "IsDerivedFrom", "IsIdenticalTo"]))
records = st.builds(
    lambda s, r, t: rec(s, *r, title=t), suffixes, st.lists(relations, max_size=3), st.sampled_from("ab")
)


@settings(deadline=None)
@given(st.lists(st.tuples(records, st.booleans()), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_no_order_of_any_files_changes_the_findings(made: list[tuple[Any, bool]], rng: random.Random) -> None:
    contents = {f"{n}.{'xml' if xml else 'json'}": (to_xml if xml else js)(r) for n, (r, xml) in enumerate(made)}
    contents["p.md"] = "igsn:10.60516/AU1X and igsn:10.60516/AUO1X"
    expected = look(contents, REGISTER, select=["IL6"]) + look(contents, select=["IL6"])
    names = list(contents)
    rng.shuffle(names)
    shuffled = {name: contents[name] for name in names}
    assert look(shuffled, REGISTER, select=["IL6"]) + look(shuffled, select=["IL6"]) == expected


def test_several_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number, row in enumerate(ROWS):
        for name, text in row.files.items():
            path = tmp_path / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    found = list(discover(["."], []))
    engine = Engine(REGISTRY, Settings(), enabled(REGISTRY, ["IL6"], ()))
    alone = engine.report(parallel.look(engine, found, 1, Progress(0)), files(found)).findings
    assert len(alone) > 30
    assert engine.report(parallel.look(engine, found, 3, Progress(0)), files(found)).findings == alone


CIRCLE = {
    "a.json": js(rec("AU1X", up("AU2X"))),
    "b.xml": to_xml(rec("AU2X", up("AU3X", "IsDerivedFrom"))),
    "c.jsonl": lines(rec("AU9X"), rec("AU1X", up("AU3X", "HasPart"), title="x"))[: len(lines(rec("AU9X")))]
    + "\n"
    + lines(rec("AU3X", up("AU1X"))),
}


def test_a_circle_is_shown_step_by_step_in_every_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in CIRCLE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (finding,) = look(CIRCLE, select=["IL607"])
    way = "10.60516/AU1X IsPartOf 10.60516/AU2X IsDerivedFrom 10.60516/AU3X IsPartOf 10.60516/AU1X"
    assert finding.message.endswith(f'"{way}"')
    assert finding.subject == {"kind": "collection"}
    assert [(r.path, r.region and r.region.line, r.text) for r in finding.related] == [
        ("a.json", 1, "10.60516/AU2X"),
        ("b.xml", 6, "10.60516/AU3X"),
        ("c.jsonl", 2, "10.60516/AU1X"),
    ]
    run = CliRunner().invoke
    text = run(cli, ["check", "--select", "IL607", "."]).stdout
    assert "= see b.xml:6:" in text
    assert "step 3: 10.60516/AU3X IsPartOf 10.60516/AU1X" in text
    sarif = json.loads(run(cli, ["check", "--select", "IL607", "-f", "sarif", "."]).stdout)
    places = sarif["runs"][0]["results"][0]["relatedLocations"]
    assert [p["physicalLocation"]["artifactLocation"]["uri"] for p in places] == ["a.json", "b.xml", "c.jsonl"]
    report = json.loads(run(cli, ["check", "--select", "IL607", "-f", "json", "."]).stdout)
    assert [place["line"] for place in report["findings"][0]["related"]] == [1, 6, 2]


def test_a_near_miss_of_a_described_sample_is_told_once() -> None:
    text = "igsn:10.60516/AU7701 and igsn:10.60516/AU7701, but igsn:10.60516/AU77O1"
    both = {"a.json": js(rec("AU7701")), "p.txt": text}
    assert [f.rule for f in look({"p.txt": text}, select=["IL213", "IL6"])] == ["IL213"]
    assert [f.rule for f in look(both, select=["IL213", "IL6"])] == ["IL603"]
    assert [f.rule for f in look(both, select=["IL213"])] == ["IL213"]


def test_each_of_two_circles_is_told() -> None:
    pairs = [rec(a, up(b)) for a, b in (("AU1X", "AU2X"), ("AU2X", "AU1X"), ("AU3X", "AU4X"), ("AU4X", "AU3X"))]
    assert [f.identifier for f in look({"a.json": js(*pairs)}, select=["IL607"])] == [P + "AU1X", P + "AU3X"]


def test_a_long_way_and_a_long_circle_take_no_recursion_and_linear_time() -> None:
    def step(n: int) -> Trace:
        return Trace("related", f"A{n:07}", "a", n, relation="IsPartOf")

    count = 100_000
    way = {f"A{n:07}": [(f"A{n + 1:07}", step(n)), ("A0000000", step(n))] for n in range(1, count)}
    way["A0000000"] = [("A0000001", step(0))]
    begun = time.process_time()
    found = list(_circles(way))
    assert time.process_time() - begun < 10
    assert found
    assert all(len(circle) <= 100 for circle in found)


def test_many_near_misses_take_linear_time() -> None:
    def seconds(count: int) -> float:
        contents = {
            "a.jsonl": lines(*(rec(f"AU{n:06}X") for n in range(count))),
            "p.md": "\n".join(f"igsn:10.60516/AU{n:06}X".replace("00", "O0", 1) for n in range(count)),
        }
        begun = time.process_time()
        assert look(contents, select=["IL603", "IL610"])
        return time.process_time() - begun

    assert seconds(2400) < 40 * max(seconds(300), 0.02)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ids.txt", "# known\n10.60516/AU7701\n\n  https://doi.org/10.60516/au7702 \n"),
        ("ids.csv", "path,prefix,suffix,state\na,10.60516,AU7701,plain\na,10.60516,au7702,plain\na,,X,placeholder\n"),
        (
            "ids.csv",
            "id,url,times,first\r\n10.60516/AU7701,https://doi.org/10.60516/AU7701,2,p.md\n10.60516/au7702,,1,p\n",
        ),
        ("ids.csv", '"id";"url";"times";"first"\n"10.60516/AU7701";"";"2";"p.md; line 3"\n10.60516/au7702;;1;p\n'),
        ("ids.jsonl", '{"prefix": "10.60516", "suffix": "AU7701"}\n{"prefix": "10.60516", "suffix": "au7702"}\n'),
        ("ids.json", '[{"prefix": "10.60516", "suffix": "AU7701"}, {"prefix": "10.60516", "suffix": "au7702"}]'),
    ],
)
def test_known_ids_are_lines_or_what_list_writes(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text("\ufeff" + text, encoding="utf-8")
    known = KnownIds([(name, str(tmp_path / name))])
    assert known.keys == {P + "AU7701", P + "AU7702"}
    assert known.left_out == {}


@pytest.mark.parametrize("text", ["igsn,rock\n10.60516/AU7701,granite\n", "igsn;rock\n10.60516/AU7701;granite\n"])
def test_rows_of_a_table_are_no_known_ids(tmp_path: Path, text: str) -> None:
    (tmp_path / "ids.csv").write_text(text + "10.60516/AU7702\n", encoding="utf-8")
    known = KnownIds([("ids.csv", str(tmp_path / "ids.csv"))])
    assert known.keys == {P + "AU7702"}
    assert known.left_out == {"ids.csv": "2 of 3 entries are no IGSN ID and not known"}


def test_what_list_writes_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.md").write_text("igsn:10.60516/AU7701 and igsn:AU7702", encoding="utf-8")
    for form in ("csv", "json", "jsonl", "text"):
        (tmp_path / f"ids.{form}").write_text(CliRunner().invoke(cli, ["list", "-f", form, "p.md"]).stdout)
        assert KnownIds([("x", f"ids.{form}")]).keys == {P + "AU7701", "AU7702"}


def test_what_list_prints_as_text_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a b:c.csv").write_text("IGSN\n847000106\nAU7703\nXXXXXXXX\n10273/AU7704\n", encoding="utf-8")
    (tmp_path / "p.md").write_text("http://dx.doi.org/10.60516/AU7701 and IGSN: AU7702", encoding="utf-8")
    (tmp_path / "ids.txt").write_text(CliRunner().invoke(cli, ["list", "a b:c.csv", "p.md"]).stdout, encoding="utf-8")
    known = KnownIds([("x", "ids.txt")])
    assert known.keys == {"847000106", "AU7703", "10273/AU7704", P + "AU7701", "AU7702"}
    assert known.left_out == {}


@given(st.one_of(st.text(), st.binary().map(lambda data: data.decode("latin-1"))))
def test_no_file_of_known_ids_raises(text: str) -> None:
    from igsn_lint.known import _entries, _key

    assert all(key is None or isinstance(key, str) for key in map(_key, _entries(text)))


def test_known_ids_of_the_configuration_confirm_and_are_complete(tmp_path: Path) -> None:
    (tmp_path / "ids.txt").write_text("10.60516/AU7701\nno id at all\n", encoding="utf-8")
    file = tmp_path / "igsn-lint.toml"
    file.write_text('known-ids = ["ids.txt"]\ncomplete = ["known-ids"]\n', encoding="utf-8")
    loaded = config.load(str(file)).settings(None)
    contents = {"p.md": "igsn:10.60516/AU77O1 igsn:10.60516/AU7701", "a.json": js(rec("AX1", up("AU7799")))}
    assert [(f.rule, f.path) for f in look(contents, loaded, select=["IL603", "IL604"])] == [
        ("IL604", "a.json"),
        ("IL603", "p.md"),
    ]
    report = lint(("p.md", b"igsn:AU7701"), registry=REGISTRY, settings=loaded)
    assert [notice for notice in report.notices if notice.path == "ids.txt"]


def test_where_single_files_are_checked_what_stands_in_others_is_not_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("records").mkdir()
    Path("igsn-lint.toml").write_text('complete = ["10.60516"]\n', encoding="utf-8")
    Path("records/a.json").write_text(js(rec("AU7701", up("AU7702"))), encoding="utf-8")
    Path("records/b.json").write_text(js(rec("au7702")), encoding="utf-8")
    Path("records/c.json").write_text(js(rec("AU7703", up("AU7799"))), encoding="utf-8")

    def missing(*arguments: str) -> list[str]:
        command = ["check", "-f", "concise", "--select", "IL604", *arguments]
        return [line.partition(":")[0] for line in CliRunner().invoke(cli, command).stdout.splitlines()]

    assert missing() == missing("records") == missing("records/a.json", "records/c.json") == ["records/c.json"]
    assert missing("records/a.json") == []
    Path("records/b.json").unlink()
    assert missing("records/a.json") == ["records/a.json"]


@pytest.mark.parametrize(
    "text",
    [
        'known-ids = ["none.txt"]',
        'known-ids = "ids.txt"',
        "complete = [1]",
        'required-relations = ["IsPartOf"]',
        "[[required-relations]]\nresource-type = 'Core'",
        "[[required-relations]]\nany-of = ['isParentOf']",
        "[[required-relations]]\nany-of = ['IsPartOf']\ncolour = 'red'",
        "[[required-relations]]\nany-of = ['IsPartOf']\npath = 7",
        "[[required-relations]]\nany-of = ['IsPartOf']\npath = ['a', '[z-a]']",
        "complete = ['[z-a]']",
    ],
)
def test_a_configuration_that_can_not_be_used_says_so(tmp_path: Path, text: str) -> None:
    file = tmp_path / "igsn-lint.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(config.BadConfig):
        config.load(str(file))


def test_patterns_of_paths_know_steps() -> None:
    pattern = FilePatterns(["a/**/b*.json", "c?.xml"])
    assert [bool(pattern.match(text)) for text in ("a/b1.json", "a/x/y/b.json", "a/b/c.json", "c1.xml", "c/.xml")] == [
        True,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("here", [".", "records", "records/sub", ".."])
@pytest.mark.parametrize("pattern", ["records/**", "records/", "*.json", "/records/sub/*.json", "sub", "[rs]ecords/"])
def test_patterns_of_files_count_from_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, here: str
) -> None:
    top = tmp_path / "top"
    (top / "records" / "sub").mkdir(parents=True)
    (top / "records" / "sub" / "a.json").write_text(js(rec("AU1X", up("AU2X", "HasPart"))), encoding="utf-8")
    text = f'complete = ["{pattern}"]\n[[required-relations]]\nany-of = ["IsPartOf"]\npath = "{pattern}"\n'
    (top / "igsn-lint.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(top / here)
    arguments = ["check", "--select", "IL501,IL604", "-f", "jsonl", "--config", str(top / "igsn-lint.toml"), str(top)]
    output = CliRunner().invoke(cli, arguments).stdout
    assert sorted(json.loads(line)["rule"] for line in output.splitlines()) == ["IL501", "IL604"]


def test_globs_of_texts_have_classes() -> None:
    pattern = config.globs(["[Cc]ore*", "[S]?", "a[!b]"])
    matched = [text for text in ("Core section", "hardcore", "S1", "[S]1", "s1", "ab", "ac") if pattern.match(text)]
    assert matched == ["Core section", "S1", "s1", "ac"]


def test_lines_are_judged_as_one_document_would_be() -> None:
    made = [rec(f"AU77{n:02}", up("10.58052/X%41"), rel("10273/AU1", "IsSourceOf", "IGSN")) for n in range(5)]
    in_lines = look({"a.jsonl": lines(*made)})
    in_list = look({"a.json": js(*made)})
    assert Counter((f.rule, f.profile, f.identifier) for f in in_lines) == Counter(
        (f.rule, f.profile, f.identifier) for f in in_list
    )


def test_what_stands_behind_a_piece_that_does_not_concern_us_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    types = {
        "types": {"resourceTypeGeneral": "Dataset"},
        "titles": [{"title": "x" * 900}],
        "creators": [],
        "publisher": "",
    }
    filling = (json.dumps(types) + "\n") * 9500
    text = filling + lines(rec("AU7701", up("AU2X")), rec("AU7701", title="x"), {"igsn": "10.60516/AU9X"})
    (tmp_path / "long.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "p.md").write_text("igsn:10.60516/AU77O1", encoding="utf-8")
    found = lint(".", registry=REGISTRY, select=["IL601", "IL603"]).findings
    assert [(f.rule, f.path, f.region and f.region.line, f.text) for f in found] == [
        ("IL601", "long.jsonl", 9502, "10.60516/AU7701"),
        ("IL603", "p.md", 1, "igsn:10.60516/AU77O1"),
    ]
    assert [place.region and place.region.line for f in found for place in f.related] == [9501, 9501]


def test_records_of_one_id_that_differ_in_an_attribute_alone_are_no_copies() -> None:
    record = (
        '<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.60516/AU1101'
        "</identifier><titles><title>Rock</title></titles>"
        '<resourceType resourceTypeGeneral="PhysicalObject">Rock</resourceType><relatedIdentifiers>'
        '<relatedIdentifier relatedIdentifierType="DOI" relationType="IsPartOf">10.60516/AU1</relatedIdentifier>'
        "</relatedIdentifiers></resource>"
    )
    other = record.replace("IsPartOf", "IsDerivedFrom")
    for second, expected in ((record, 0), (record.replace("><", ">\n  <"), 0), (other, 1)):
        report = lint([("a.xml", record.encode()), ("b.xml", second.encode())], select=["IL601"])
        assert len(report.findings) == expected


def test_an_id_that_can_be_read_in_two_ways_is_neither_described_nor_missed() -> None:
    table = "Sample,IGSN\na,10.60510/GFANT-0012\nb,10.60510/GFANT-0013\n"
    text = "We dated igsn:10.60510/GFANT-\n0012 and igsn:10.60510/GFANT-0014.\n"
    found = lint(
        [("s.csv", table.encode()), ("p.txt", text.encode())], profile="cite", select=["IL603", "IL610"]
    ).findings
    assert [finding.identifier for finding in found] == ["10.60510/GFANT-0014"]
