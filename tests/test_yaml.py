"""The reader of YAML: values as they are written, exact places in every style of scalar, comments, aliases, keys."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from igsn_lint.api import lint
from igsn_lint.finder import find
from igsn_lint.model import Document, Segment, Settings
from igsn_lint.readers import read
from igsn_lint.source import Source

CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"], include_characters="\n\t\"'\\:#-"
)
VALUES = st.recursive(
    st.text(CHARACTERS, max_size=30) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4),
    max_leaves=10,
)


def document(text: str) -> Document:
    return read(Source("x.yaml", text.encode()), "yaml", Settings())


def segments(text: str) -> tuple[Document, list[Segment]]:
    found = document(text)
    return found, [s for part in found.parts() for s in part.segments(lambda text, label: True)]


def shown(text: str) -> list[tuple[str, str]]:
    found, all_segments = segments(text)
    return [(s.text, found.shown(s.place())) for s in all_segments]


@given(VALUES, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans(), st.sampled_from([20, 80]))
@example([{"": "0", "a": "0 0"}], '"', True, 20)
@settings(max_examples=300, deadline=None)
def test_what_is_read_is_what_a_yaml_parser_reads_and_every_character_has_a_place(
    value: Any, style: Any, flow: bool, width: int
) -> None:
    text = yaml.safe_dump(value, default_style=style, default_flow_style=flow, width=width, allow_unicode=True)
    found, all_segments = segments(text)
    assert found.faults == []
    for segment in all_segments:
        if segment.marked:
            continue
        at: Any = yaml.load(text, Loader=yaml.BaseLoader)
        for step in segment.origin[1:]:
            at = at[step]
        assert at == segment.text
        end = 0
        for i, character in enumerate(segment.text):
            start, after = found.locate(segment.place(i, i + 1)) or (-1, -1)
            assert start >= end or character == "\n"
            assert start <= after
            piece = found.source.text[start:after]
            assert piece == character or piece[:1] in {"\\", "'", "\n", "\r", " ", "\t"} or character in " \n"
            end = start


@given(st.text(st.sampled_from("ab:-#[]{}&*!|>'\"%@`, \n\t?<0\\\ufeff\x85\u2028é"), max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_ends_in_a_report(text: str) -> None:
    lint(("x.yaml", f"igsn: {text}".encode()))
    lint(("x.yaml", f"{text}\nigsn: AU1101".encode()))


def test_a_value_is_what_is_written() -> None:
    text = (
        "a: 0012\nb: 1.50\nc: 2012-05-03\nd: yes\ne: 1_000\nf: 12:30:00\ng: 0x1F\nh: ~\ni: null\nj: true\nk: 'null'\n"
    )
    assert [s.text for s in segments(text)[1]] == [
        "0012", "1.50", "2012-05-03", "yes", "1_000", "12:30:00", "0x1F", "null",
    ]  # fmt: skip


def test_an_id_of_digits_keeps_its_zeros() -> None:
    found, _ = segments("igsn: 0008470001\n")
    assert [m.suffix for part in found.parts() for m in find(part, Settings())] == ["0008470001"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: plain  # note", [("plain", "plain"), ("note", "note")]),
        ("a: 'it''s'", [("it's", "it''s")]),
        (r'a: "x\x41\u00e9"', [("xAé", r"x\x41\u00e9")]),
        ("a: &n !!str 12\n", [("12", "12")]),
        ("a: |  # head\n   one\n    two\n", [("one\n two\n", "one\n    two"), ("head", "head")]),
        ("a: >-\n  one\n  two\n\n  three\nb: 1", [("one two\nthree", "one\n  two\n\n  three"), ("1", "1")]),
        ("a: one\n  two\n", [("one two", "one\n  two")]),
        ("- a#b\n- 'c # d'\n", [("a#b", "a#b"), ("c # d", "c # d")]),
        ("\ufeff# top\na: 1\r\nb: 2\r\n", [("1", "1"), ("2", "2"), ("top", "top")]),
        ("a: 1\n---\nb: 2\n...\n", [("1", "1"), ("2", "2")]),
        ("{a: 1, # c\n b: 2}", [("1", "1"), ("2", "2"), ("c", "c")]),
    ],
)
def test_values_and_comments_stand_where_they_are_shown(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


def test_a_comment_counts_with_its_state() -> None:
    found, _ = segments("# the core igsn:10.58052/SSH000SUA\nname: core 7\n")
    mentions = [m for part in found.parts() for m in find(part, Settings())]
    assert [(m.suffix, m.state) for m in mentions] == [("SSH000SUA", "comment")]


def test_places_in_escapes_and_folds_are_exact() -> None:
    text = 'igsn: "10.58052/\\u0053SH–SUA"\nnote: >\n  see igsn:10.58052/SSH000SUB\n  and igsn:10.58052/SSH–SUC\n'
    found = [(f.rule, f.region and f.region[:2]) for f in lint(("x.yaml", text.encode()), select=["IL106"]).findings]
    assert found == [("IL106", (1, 25)), ("IL106", (4, 24))]


def test_an_alias_is_read_in_records_and_shown_where_it_was_named() -> None:
    text = (
        "person: &p {name: 'White, Tim'}\ndoi: 10.58052/SSH000SUA\ncreators: [*p]\ntitles: [{title: Core}]\n"
        "publisher: {name: SESAR}\npublicationYear: 2012\ntypes: {resourceTypeGeneral: PhysicalObject}\n"
    )
    found = document(text)
    (part,) = found.parts()
    (record,) = part.records
    assert record.family == "yaml"
    (creator,) = record.items("creator")
    assert creator.value is not None
    assert creator.value.text == "White, Tim"
    assert found.shown(creator.value.place()) == "White, Tim"


def test_a_merge_key_gives_what_is_not_there() -> None:
    text = (
        "base: &b\n  publisher: {name: SESAR}\n  publicationYear: 2012\n---\n"
        "x: &b {publisher: {name: SESAR}, publicationYear: 2011}\ndoi: 10.58052/A1\n<<: *b\n"
        "titles: [{title: T}]\ncreators: [{name: N}]\ntypes: {resourceTypeGeneral: PhysicalObject}\n"
    )
    found = document(text)
    (part,) = found.parts()
    (record,) = part.records
    (year,) = record.items("publicationYear")
    assert year.value is not None
    assert (year.value.text, found.shown(year.value.place())) == ("2011", "2011")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("igsn: a\nx: 1\nigsn: b\n", [(3, 1)]),
        ("igsn: {x: 1, 'x': 2}", [(1, 14)]),
        ("- igsn: a\n- igsn: b\n", []),
        ("igsn: 1\nx: &m {a: 1}\ny:\n  <<: *m\n  <<: *m\n", []),
        ("igsn: 1\n---\nigsn: 1\n", []),
    ],
)
def test_a_key_that_stands_twice_is_found(text: str, expected: list[tuple[int, int]]) -> None:
    report = lint(("x.yaml", text.encode()), select=["IL004"])
    assert [f.region and f.region[:2] for f in report.findings] == expected


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("igsn: [1, 2", 1, None),
        ("igsn: b: c", 1, 8),
        ("igsn: x\n\tb: 1", 2, 1),
        ('igsn: "x', 1, None),
        ("igsn: *x", 1, 7),
        ("igsn: \x01", 1, 7),
        ('igsn: "\\q"', 1, None),
    ],
)
def test_what_is_not_well_formed_is_one_finding_with_its_position(text: str, line: int, column: int | None) -> None:
    (found,) = lint(("x.yaml", text.encode()), select=["IL0"]).findings
    assert found.rule == "IL002"
    assert found.region is not None
    assert found.region.line == line
    assert column is None or found.region.column == column


HOSTILE = {
    "laughs": "a0: &a0 [igsn]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)),
    "chain": "a0: &a0 [igsn]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 5000)),
    "itself": "igsn: &a [1, *a]\n",
    "brackets": "igsn: " + "[" * 20_000 + "]" * 20_000,
    "open": "igsn: " + "[" * 100_000,
    "entries": "igsn:\n" + "- " * 20_000 + "a",
    "braces": "igsn: " + "{a: " * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_one_finding_in_little_time(name: str) -> None:
    start = time.process_time()
    found = lint(("x.yaml", HOSTILE[name].encode()), select=["IL0"]).findings
    assert [f.rule for f in found] == ["IL005"]
    assert found[0].region is not None
    assert time.process_time() - start < 5


def test_the_portable_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# c\na: |\n  one\n  two\nb: [0012, 'x''y', \"\\x41 z\"]  # d\n---\n- &q {igsn: 10.58052/A1}\n- *q\n"
    fast = shown(text)
    monkeypatch.delattr(yaml, "CLoader")
    assert shown(text) == fast
    assert "IL002" in {f.rule for f in lint(("x.yaml", b"igsn: [1, 2")).findings}
