"""Bad input: one finding with a position, in bounded time and memory, and the rest is still checked."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from igsn_lint.api import lint
from igsn_lint.model import Settings
from igsn_lint.readers import EXTENSIONS, jsontext, read
from igsn_lint.source import Source


def found(name: str, data: bytes | str, *select: str) -> list[tuple[str, int | None, int | None]]:
    content = data.encode() if isinstance(data, str) else data
    report = lint((name, content), select=select or ["IL0"])
    return [(f.rule, f.region and f.region.line, f.region and f.region.column) for f in report.findings]


KEYS = st.text(st.sampled_from('ab":,{}[] \\\n\u00e9'), max_size=4)
VALUES = st.recursive(
    st.none() | st.integers(0, 99) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(KEYS, inner), max_size=4).map(tuple),
    max_leaves=12,
)


def written(value: Any, style: tuple[str, str], ascii_only: bool) -> tuple[str, int]:
    """Return JSON in which a tuple of pairs is an object, and how many keys stand in it twice."""
    if isinstance(value, tuple):
        pairs = [(json.dumps(k, ensure_ascii=ascii_only), *written(v, style, ascii_only)) for k, v in value]
        twice = len(value) - len({k for k, _ in value})
        text = "{" + f"{style[0]},".join(f"{key}{style[1]}:{style[0]}{inner}" for key, inner, _ in pairs) + "}"
        return text, twice + sum(count for _, _, count in pairs)
    if isinstance(value, list):
        inner = [written(entry, style, ascii_only) for entry in value]
        return f"[{','.join(text for text, _ in inner)}]", sum(count for _, count in inner)
    return json.dumps(value, ensure_ascii=ascii_only), 0


@given(VALUES, st.sampled_from([("", ""), (" ", ""), ("\n  ", " "), ("", "\t")]), st.booleans())
@settings(max_examples=200, deadline=None)
def test_every_key_that_stands_twice_is_found_whatever_the_layout(
    value: Any, style: tuple[str, str], ascii_only: bool
) -> None:
    text, twice = written(value, style, ascii_only)
    parsed = json.loads(text)
    # What a parser drops is not read anew, so that detection may not depend on what is in it.
    if twice:
        assert jsontext.may_repeat(text.encode(), parsed)
    assert len(list(jsontext.JsonText(text).repeated())) == twice
    source = Source("x.json", text.encode())
    document = read(source, "json", Settings())
    list(document.parts())
    assert len(document.faults) == twice


@given(st.recursive(st.integers(0, 9), lambda i: st.lists(i, max_size=3) | st.dictionaries(KEYS, i, max_size=3)))
@settings(deadline=None)
def test_every_value_of_a_json_text_has_its_span(value: Any) -> None:
    text = json.dumps(value, indent=1)
    places = jsontext.JsonText(text)
    stack: list[tuple[Any, jsontext.Path]] = [(value, ())]
    while stack:
        inner, path = stack.pop()
        span, there = places.span(path)
        assert there
        assert json.loads(text[slice(*span)]) == inner
        if isinstance(inner, dict):
            stack += [(child, (*path, key)) for key, child in inner.items()]
        elif isinstance(inner, list):
            stack += [(child, (*path, i)) for i, child in enumerate(inner)]
    assert places.span(("no such key",))[1] is False


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max((depth(child) for child in inner), default=0)


@given(
    st.recursive(
        st.just("]}"), lambda i: st.lists(i, max_size=3) | st.dictionaries(KEYS, i, max_size=3), max_leaves=30
    ),
    st.integers(1, 6),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_depth_is_told_from_the_bytes(monkeypatch: pytest.MonkeyPatch, value: Any, deepest: int) -> None:
    monkeypatch.setattr(jsontext, "_HARMLESS", 0)
    monkeypatch.setattr(jsontext, "DEEPEST", deepest)
    assert jsontext.is_too_deep(json.dumps(value).encode()) == (depth(value) > deepest)


def test_the_key_that_stood_there_first_is_named() -> None:
    (finding,) = lint(("x.json", b'{"igsn": "10.58052/A1",\n "igsn": "10.58052/A2"}'), select=["IL004"]).findings
    assert finding.region == (2, 2, 2, 8)
    assert [place.region and place.region[:2] for place in finding.related] == [(1, 2)]


DEEP = 100_000


@pytest.mark.parametrize(
    ("name", "data", "column"),
    [
        ("x.json", '{"igsn":' + "[" * 10_000 + "]" * 10_000 + "}", 258),
        ("x.json", '{"igsn":' + "[" * 300 + "]" * 300 + "}", None),
        ("x.json", '{"igsn":' + '{"a":' * 10_000 + "1" + "}" * 10_000 + "}", None),
        ("x.json", '{"igsn":' + '["]]]]",' * DEEP + "1" + "]" * DEEP + "}", None),
        ("x.jsonl", '{"igsn":' + "[" * DEEP * 10 + "]" * DEEP * 10 + "}\n", None),
        ("x.xml", "<igsn>" + "<a>" * 10_000 + "</a>" * 10_000 + "</igsn>", None),
    ],
)
def test_what_lies_too_deep_is_one_finding(name: str, data: str, column: int | None) -> None:
    start = time.process_time()
    (only,) = found(name, data)
    assert only[:2] == ("IL005", 1)
    assert column is None or only[2] == column
    assert time.process_time() - start < 20


def test_what_lies_as_deep_as_is_allowed_is_read() -> None:
    deep = "[" * 249 + '"10.58052/SSH–1"' + "]" * 249
    assert found("x.json", '{"igsn":' + deep + "}", "IL0", "IL106") == [("IL106", 1, 271)]
    xml = "<a>" * 200 + "igsn:10.58052/SSH–1" + "</a>" * 200
    assert [rule for rule, _, _ in found("x.xml", xml, "IL0", "IL106")] == ["IL106"]


def test_a_record_deep_inside_is_checked_without_an_error() -> None:
    record = {"doi": "10.58052/A1", "creators": [], "titles": [], "types": {"resourceTypeGeneral": "PhysicalObject"}}
    for depth in (200, *range(240, 262), 300, 3000):
        value = json.dumps({**record, "container": 0}).replace(": 0", ": " + "[" * depth + "]" * depth)
        report = lint(("x.json", value.encode()))
        assert report.failures == []


BOMBS = {
    "many": b"<!DOCTYPE r [<!ENTITY a '"
    + b"igsn" * 50
    + b"'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(8))
    + b"]>\n<r>&i;</r>",
    "long": b"<!DOCTYPE r [<!ENTITY a '" + b"igsn" * 50_000 + b"'>]>\n<r>" + b"&a;" * 5_000 + b"</r>",
    "loop": b"<!DOCTYPE r [<!ENTITY a 'igsn &b;'><!ENTITY b '&a;'>]>\n<r>&a;</r>",
    "attribute": b"<!DOCTYPE r [<!ENTITY a '" + b"igsn" * 50_000 + b"'>]>\n<r a='" + b"&a;" * 5_000 + b"'/>",
}


@pytest.mark.parametrize("name", BOMBS)
def test_entities_that_multiply_are_one_finding_where_they_are_declared(name: str) -> None:
    start = time.process_time()
    assert found("x.xml", BOMBS[name]) == [("IL005", 1, 14)]
    assert time.process_time() - start < 10


LONG = "A1" * 5_500_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.json", f'{{"note": "{LONG}", "igsn": "10.58052/SSH–1"}}'),
        ("x.jsonl", f'{{"note": "{LONG}", "igsn": "10.58052/SSH–1"}}'),
        ("x.xml", f'<r note="x"><p>{LONG}</p><igsn>10.58052/SSH–1</igsn></r>'),
        ("x.xml", f'<r note="{LONG}"><igsn>10.58052/SSH–1</igsn></r>'),
        ("x.yaml", f"note: {LONG}\nigsn: 10.58052/SSH–1"),
        ("x.txt", f"{LONG} igsn:10.58052/SSH–1"),
        ("x.md", f"{LONG} igsn:10.58052/SSH–1"),
    ],
)
def test_a_line_of_10_mb_is_read(name: str, data: str) -> None:
    start = time.process_time()
    assert [rule for rule, _, _ in found(name, data, "IL0", "IL106")] == ["IL106"]
    assert time.process_time() - start < 20


ENTITIES = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">\n'


@pytest.mark.parametrize(
    "text",
    [
        f'{ENTITIES}<a t="x&nbsp;y">Split&nbsp;&mdash; igsn:10.58052/SSH–1 &unknown;</a>',
        f"{ENTITIES}<a>&eacute;<b/>&#xe9;&amp; igsn:10.58052/SSH–1 <![CDATA[&nbsp; <!-- ]]></a>",
        "<!DOCTYPE a SYSTEM 'http://example.org/x.dtd' [<!ENTITY % p SYSTEM 'http://example.org/y'> %p;]>\n"
        "<a>&q; igsn:10.58052/SSH–1</a>",
        "<!DOCTYPE a [<!ENTITY own 'The core'><!ENTITY far SYSTEM 'file:///etc/passwd'>]>\n"
        "<a>&own; &far; &nbsp; igsn:10.58052/SSH–1</a>",
        "<!DOCTYPE a PUBLIC 'x' 'y' [<!ENTITY own 'The core'>]>\n<a>&own; &nbsp; igsn:10.58052/SSH–1</a>",
    ],
)
def test_names_of_entities_that_may_be_declared_elsewhere_do_no_harm(text: str) -> None:
    column = text.partition("\n")[2].index("–") + 1
    assert found("x.xml", text, "IL0", "IL106") == [("IL106", 2, column)]


def test_names_of_entities_are_those_of_html_and_unknown_ones_stay_as_written() -> None:
    text = f'{ENTITIES}<a t="&eacute;&own;">A&nbsp;B&mdash;&own;</a>'
    document = read(Source("x.xml", text.encode()), "xml", Settings())
    (part,) = document.parts()
    shown = {s.text: document.shown(s.place()) for s in part.segments(lambda text, label: True)}
    assert shown == {"A\u00a0B\u2014&own;": "A&nbsp;B&mdash;&own;", "é&own;": "&eacute;&own;"}


def test_an_id_may_be_written_with_names_of_entities() -> None:
    text = f"{ENTITIES}<p>igsn&colon;10&period;58052&sol;SSH&ndash;1</p>"
    assert found("x.xml", text, "IL0", "IL106") == [("IL106", 2, text.partition("\n")[2].index("&ndash;") + 1)]


def test_a_name_without_any_declaration_is_one_finding_and_the_records_are_checked() -> None:
    text = (
        '<resource xmlns="http://datacite.org/schema/kernel-4">\n<identifier identifierType="DOI">10.58052/SSH–1'
        "</identifier><creators/><titles><title>A&nbsp;B</title></titles></resource>"
    )
    report = lint(("x.xml", text.encode()), select=["IL002", "IL106"])
    assert [(f.rule, f.region and f.region[:2]) for f in report.findings] == [
        ("IL106", (2, 46)),
        ("IL002", (2, text.partition("\n")[2].index("&nbsp;") + 1)),
    ]
    assert report.records == 1


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("x.xml", b"<r>\n<igsn>10.58052/SS\xfcA1</igsn><n>\xfc</n></r>", ("IL002", 2, 18)),
        ("x.xml", b"<?xml version='1.0' encoding='utf-8'?>\n<igsn>10.58052/SS\xfcA1</igsn>", ("IL002", 2, 18)),
        ("x.xml", b"<?xml version='1.0' encoding='us-ascii'?>\n<igsn n='\xfc'>10.58052/SSA1</igsn>", ("IL002", 2, 10)),
        ("x.xml", b"<?xml version='1.0' encoding='utf-16'?>\n<igsn>10.58052/SSA1</igsn>", ("IL002", 1, 31)),
        ("x.xml", b"<?xml version='1.0' encoding='no-such'?>\n<igsn>10.58052/SSA1</igsn>", ("IL002", 1, 31)),
        ("x.json", b'{"igsn": "10.58052/SS\xfcA1", "b": "igsn:10.58052/SS\xfcA2"}', ("IL003", 1, 22)),
        ("x.json", b'\xef\xbb\xbf{"igsn": "10.58052/SS\xfcA1"}', ("IL003", 1, 22)),
        ("x.jsonl", b'{"igsn": "10.58052/SSA1"}\n{"igsn": "10.58052/SS\xa0A1"}', ("IL003", 2, 22)),
        ("x.yaml", b"a: 1\nigsn: 10.58052/SS\xfcA1", ("IL003", 2, 18)),
        ("x.md", b"The cores\nigsn:10.58052/SS\xfcA1 and igsn:10.58052/SS\xa0A2", ("IL003", 2, 17)),
    ],
)
def test_a_wrong_encoding_is_one_finding_and_no_spelling_is_blamed_for_it(
    name: str, data: bytes, expected: tuple[str, int, int]
) -> None:
    assert found(name, data, "IL0", "IL1") == [expected]


def test_without_the_rule_on_encodings_the_spelling_is_told() -> None:
    assert found("x.json", b'{"igsn": "10.58052/SS\xfcA1"}', "IL104") == [("IL104", 1, 22)]


@pytest.mark.parametrize(
    ("name", "data", "records"),
    [
        ("x.json", "<?xml version='1.0'?><igsn>10.58052/SSH–1</igsn>", None),
        ("x.json", "\n<igsn>10.58052/SSH–1</igsn>", None),
        ("x.xml", '{"igsn": "10.58052/SSH–1"}', None),
        ("x.xml", '\ufeff{"igsn": "10.58052/SSH–1"}\n{"igsn": 1}', None),
        ("x.yaml", "<?xml version='1.0'?><igsn>10.58052/SSH–1</igsn>", None),
        ("x.json", '{"igsn": "10.58052/SSH–1"}\n{"igsn": "10.58052/SSH2"}', None),
        ("x.jsonl", '{\n"igsn": "10.58052/SSH–1"}', None),
    ],
)
def test_a_misnamed_file_is_read_as_what_it_is(name: str, data: str, records: None) -> None:
    assert {rule for rule, _, _ in found(name, data, "IL0", "IL106")} == {"IL006", "IL106"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.json", "<html><body>igsn 502 Bad Gateway</body></html>"),
        ("x.xml", '{"igsn": '),
        ("x.json", '{"igsn": 1}\n{broken'),
        ("x.jsonl", '{"igsn": 1\n{"igsn": 2}'),
    ],
)
def test_what_is_nothing_known_is_malformed_and_not_misnamed(name: str, data: str) -> None:
    assert {rule for rule, _, _ in found(name, data)} == {"IL002"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<igsn><a></igsn>", '"igsn" ends here, but "a", begun in line 1, is still open'),
        ("<igsn>A & B</igsn>", 'a "&" stands for itself; it is written &amp;'),
        ("<igsn>A&B</igsn>", 'a reference lacks its ";"; an "&" that stands for itself is written &amp;'),
        ("<igsn>", 'the file ends while "igsn", begun in line 1, is still open'),
        ("<igsn/><b/>", "there is more behind the end of the root element"),
        ("<igsn a='1' a='2'/>", 'the attribute "a" stands twice'),
        ("<igsn a=1/>", "the value of an attribute stands without quotes"),
        ("<x:igsn/>", 'the prefix "x" of "igsn" is not declared'),
        ("<igsn>1 < 2</igsn>", 'no name follows the "<"; where it stands for itself it is written &lt;'),
        ("<igsn>\x07</igsn>", "the character U+0007 may not stand in XML"),
    ],
)
def test_what_is_wrong_with_xml_is_said_in_plain_words(text: str, words: str) -> None:
    (finding,) = lint(("x.xml", text.encode()), select=["IL0"]).findings
    assert finding.message == f"not well-formed XML: {words}"


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    with path.open("wb") as file:
        file.write(b"<igsn>")
        file.truncate(3 * 2**40)
    named = lint(path, select=["IL0"])
    assert [(f.rule, f.message) for f in named.findings] == [
        ("IL005", "the file has 3145728 MB, more than the 256 MB that are read at most")
    ]
    walked = lint(tmp_path, select=["IL0"])
    assert walked.findings == []
    assert [os.path.basename(notice.path) for notice in walked.notices] == ["big.xml"]


def _one_of_each_format() -> dict[str, bytes]:
    """Return the smallest document of the benchmark in each format, by extension."""
    folder = Path(__file__).parent / "benchmark"
    documents = [path for path in folder.glob("blind*/documents/*") if path.suffix in EXTENSIONS]
    smallest = {path.suffix: path for path in sorted(documents, key=lambda path: -path.stat().st_size)}
    lines = b'{"igsn": "10.60516/AU1101"}\n[{"igsn": "10.60516/AU1102"}]\n'
    return {".jsonl": lines} | {extension: path.read_bytes() for extension, path in smallest.items()}


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_any_content_may_stand_under_any_name(extension: str) -> None:
    contents = _one_of_each_format()
    assert len(contents) > 20
    report = lint([(f"{content[1:]}{extension}", data) for content, data in contents.items()])
    assert report.failures == []
