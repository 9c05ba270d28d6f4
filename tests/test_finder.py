"""The finder: what is an IGSN ID in a text, and what is not."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igsn_lint.finder import find
from igsn_lint.finder.breaks import read_line_ends
from igsn_lint.identifier import upper
from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Document, Mention, Part, Segment, Settings
from igsn_lint.readers import read
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SETTINGS = Settings()


def mentions(text: str, form: str = "text") -> list[Mention]:
    document: Document = read(Source("x", text.encode()), form, SETTINGS)
    return [mention for part in document.parts() for mention in find(part, SETTINGS)]


def shown(text: str, form: str = "text") -> list[tuple[str, str, str]]:
    return [(m.raw, m.form, m.evidence) for m in mentions(text, form)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see igsn:10.60516/AU1101.", [("igsn:10.60516/AU1101", "curie", "tag")]),
        ("see (https://doi.org/10.60516/AU1101),", [("https://doi.org/10.60516/AU1101", "url", "prefix")]),
        ("see 10.60516/AU1101; and", [("10.60516/AU1101", "doi", "prefix")]),
        ("IGSN: AU1101", [("IGSN: AU1101", "tag", "tag")]),
        ("IGSN AU1101 was", [("IGSN AU1101", "tag", "tag")]),
        ("IGSN：AU1101", [("IGSN：AU1101", "tag", "tag")]),
        ("handle 10273/AU1101", [("10273/AU1101", "handle", "legacy")]),
        ("hdl:10273/NWXMAB00010-002-001", [("hdl:10273/NWXMAB00010-002-001", "handle", "legacy")]),
        ("http://igsn.org/AU1101 is", [("http://igsn.org/AU1101", "url", "legacy")]),
        (
            "at https://app.geosamples.org/sample/igsn/IE123456.",
            [("https://app.geosamples.org/sample/igsn/IE123456", "url", "host")],
        ),
        ('"igsn": "IERRR00AF"', [("IERRR00AF", "bare", "label")]),
        ("Example (IGSN ID):   SSH000SUA", [("SSH000SUA", "bare", "label")]),
        ("the IGSN ‘CSRWASC00630’ consists", [("CSRWASC00630", "bare", "label")]),
        ("IGSNs AU1101, AU1102 and AU1103 were", [("IGSNs AU1101", "", ""), ("AU1102", "", ""), ("AU1103", "", "")]),
        ("(IGSN AU1101; AU1102)", [("IGSN AU1101", "", ""), ("AU1102", "", "")]),
        ("igsn:10.9999/AU1 and igsn:10.60516/AU1102", [("igsn:10.9999/AU1", "", ""), ("igsn:10.60516/AU1102", "", "")]),
        ("10.60516/АU1101 (Cyrillic)", [("10.60516/АU1101", "doi", "prefix")]),
        ("10.60516/AU1101について", [("10.60516/AU1101", "doi", "prefix")]),
        ("igsn:A1101/igsn:A1102", [("igsn:A1101", "", ""), ("igsn:A1102", "", "")]),
        ("(International Geo Sample Number\nIEABC001F)", [("IEABC001F", "bare", "label")]),
        ("has one (International Generic Sample Number: IEABC0077)", [("IEABC0077", "bare", "label")]),
        ("IGSN n.º IEABC000R and IGSN-Nr. IEABC000S", [("IEABC000R", "", "label"), ("IEABC000S", "", "label")]),
        ("IGSN-Nummer: IEABC0001", [("IEABC0001", "bare", "label")]),
        ("IGSN NR0001234", [("IGSN NR0001234", "tag", "tag")]),
        ("IGSN (before 2022): IEABC0417", [("IEABC0417", "bare", "label")]),
        ("IGSN of the parent sample: IEABC0001", [("IEABC0001", "bare", "label")]),
        ("IGSN da amostra-mãe: IEABC000K.", [("IEABC000K", "bare", "label")]),
        ("replaced by ICDP5071EB13002 (IGSN).", [("ICDP5071EB13002", "bare", "label")]),
        ("core JHABCD00003-S1R4C3 (IGSN, on loan)", [("JHABCD00003-S1R4C3", "bare", "label")]),
        (
            "(IGSNs in parentheses): BH-1 (IEABC0001), BH-2 (IEABC0002). A grant (IEXYZ0001).",
            [("IEABC0001", "", "label"), ("IEABC0002", "", "label")],
        ),
        (
            "IGSN IEABC0001 (a spring),\nIEABC0002 (a well) and IEABC0003 (a pit); AB123456 (a grant)",
            [("IGSN IEABC0001", "", ""), ("IEABC0002", "", ""), ("IEABC0003", "", "")],
        ),
        (
            "Sample: igsn:IEABC0001\nSample: 10273/IEXYZ0002 x\nSample: ICDEF1133 (of old)\nPerson: ICDEF1134",
            [("igsn:IEABC0001", "", ""), ("10273/IEXYZ0002", "", ""), ("ICDEF1133", "bare", "document")],
        ),
    ],
)
def test_forms_in_running_text_are_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = sorted(mentions(text), key=lambda m: m.start)
    assert [m.raw.removeprefix("IGSNs ") for m in found] == [raw.removeprefix("IGSNs ") for raw, _, _ in expected]
    for mention, (_, form, evidence) in zip(found, expected, strict=True):
        assert form in {"", mention.form}
        assert evidence in {"", mention.evidence}


@pytest.mark.parametrize(
    "text",
    [
        "values refer to IGSN71, IGSN 71 and IGSN 1971",
        "IGSN e.V. was founded; IGSN 2040 is a project; IGSN2024 a meeting",
        "IGSN: news and IGSN number alone; IGSN: identifier",
        "the IGSN contains 1854 stations",
        "http://schema.igsn.org/description/1.0 and https://igsn.org/ and https://igsn.org/about.html",
        "igsn.org/schema/kernel-v.1.0",
        "qiaoyu@igsnrr.ac.cn, info@igsn.org",
        "a paper 10.1016/j.epsl.2011.11.037 and 10.5880/GFZ.3.3.2021.005",
        "10.6051632 and 13:51:10.580956 and -10.58095",
        "github.com/David3310273/go-agent",
        "arch.igsn: https://doi.org/10.17616/R31NJMYW",
        '<resourceID relatedIdentifierType="IGSN">bW8w2m5bzZ0WoKj7SBI_</resourceID>',
        "law 10273 of 2019; 10273/2019; ALHA77001",
        "igsnPrefix: EOI, igsnStatus: 3, isIgsn: true1",
        "igsn-lint==0.1.0, IGSN v1.0, IGSN kernel-v.1.0",
        "ties at IGSN 21528J and IGSN station 21527A",
        "https://www.igsn.org/igsn2040-report and IGSN2019-TSC3 and https://igsn.org/assembly2019",
        "KR17-D04-02 (IGSN) and BH-1 (IGSN), the samples (IGSN)",
        "the International Generic Sample Number was the International Geo Sample Number before 2021",
    ],
)
def test_what_only_looks_like_it_is_not_found(text: str) -> None:
    assert shown(text) == []


def test_an_id_with_evidence_is_recognised_again_where_it_stands_bare() -> None:
    text = "Core igsn:10.60516/AU1101. Later AU1101, au1101 and https://x.org/s/AU1101, not AU1101-dup or AU1101_event."
    assert [m.raw for m in mentions(text)] == ["igsn:10.60516/AU1101", "AU1101", "au1101", "AU1101"]
    assert [m.raw for m in mentions("https://doi.org/10.9999/AU1101 is igsn:10.9999/AU1101")] == [
        "igsn:10.9999/AU1101",
        "https://doi.org/10.9999/AU1101",
    ]


@pytest.mark.parametrize(
    "label", ["IGSN", "igsn_id", "IGSN*", "IGSN (old)", "Parent IGSN", "siblingIGSN", "Eltern-IGSN", "igsn:igsn"]
)
def test_labels_of_igsn_fields_are_known(label: str) -> None:
    assert is_igsn_label(label)


@pytest.mark.parametrize("label", ["igsnPrefix", "igsnStatus", "igsn71", "isIgsn", "design", "igsn_url_template", ""])
def test_other_names_with_these_letters_are_no_labels(label: str) -> None:
    assert not is_igsn_label(label)


def test_a_labelled_field_holds_one_id_a_list_or_nothing() -> None:
    text = json.dumps({"igsn": "AU1101; AU1102", "parentIGSN": ["AU1103", "n/a"], "igsn_id": 847000106, "isIgsn": True})
    assert [m.suffix for m in mentions(text, "json")] == ["AU1101", "AU1102", "AU1103", "847000106"]


def test_markdown_targets_and_shown_ids_are_two_mentions_and_an_autolink_is_one() -> None:
    links = "[igsn:AU1101](https://doi.org/10.60516/AU1101) <https://doi.org/10.60516/AU1102>"
    text = f"{links} `igsn:AU1103` <!-- igsn:AU1104 -->"
    found = sorted(mentions(text, "markdown"), key=lambda m: m.start)
    assert [(m.sample, m.role, m.state, m.code) for m in found] == [
        ("AU1101", "cited", "plain", False),
        ("AU1101", "target", "plain", False),
        ("AU1102", "cited", "plain", False),
        ("AU1103", "cited", "plain", True),
        ("AU1104", "cited", "comment", False),
    ]
    assert found[0].target == "https://doi.org/10.60516/AU1101"


def test_a_record_gives_declared_and_related_mentions_of_samples_only() -> None:
    record = {
        "doi": "10.9999/SAMPLE1",
        "types": {"resourceTypeGeneral": "PhysicalObject"},
        "creators": [],
        "titles": [],
        "relatedIdentifiers": [
            {"relatedIdentifier": "10.9999/SAMPLE2", "relatedIdentifierType": "DOI", "relationType": "IsPartOf"},
            {"relatedIdentifier": "10.1016/paper", "relatedIdentifierType": "DOI", "relationType": "IsCitedBy"},
            {
                "relatedIdentifier": "10.9999/data",
                "relatedIdentifierType": "DOI",
                "relationType": "HasPart",
                "resourceTypeGeneral": "Dataset",
            },
            {"relatedIdentifier": "IEX000001", "relatedIdentifierType": "IGSN", "relationType": "References"},
        ],
    }
    found = [(m.role, m.suffix, m.evidence) for m in mentions(json.dumps(record), "json")]
    assert found == [
        ("declared", "SAMPLE1", "record"),
        ("related", "SAMPLE2", "record"),
        ("related", "IEX000001", "label"),
    ]


def test_a_dataset_is_no_sample_but_its_mentions_are_found() -> None:
    record = {
        "doi": "10.9999/data",
        "types": {"resourceTypeGeneral": "Dataset"},
        "creators": [],
        "titles": [{"title": "Ages of igsn:AU1101"}],
    }
    assert [(m.role, m.raw) for m in mentions(json.dumps(record), "json")] == [("cited", "igsn:AU1101")]


@given(st.text(alphabet=st.sampled_from("igsnIGSN: 10273/.AU-–\u200b\u0410[](),;<>\"'\n=_*"), max_size=80))
@settings(max_examples=300)
def test_any_text_can_be_searched_and_mentions_lie_in_it(text: str) -> None:
    for form in ("text", "markdown"):
        for mention in mentions(text, form):
            assert 0 <= mention.start <= mention.end <= len(mention.segment.text)
            assert mention.spelling.suffix in mention.raw


# Forms as they are put into sentences; what stands around must not change what is found.
_CODE = st.from_regex(r"[A-HJ-NP-Z]{3}[0-9]{4,6}", fullmatch=True)
_FORM = st.sampled_from(
    [
        "igsn:10.58052/{}",
        "https://doi.org/10.58052/{}",
        "IGSN: {}",
        "igsn:{}",
        "10273/{}",
        "https://igsn.org/{}",
        "10.58052/{}",
    ]
)
_AROUND = st.sampled_from(
    ["{}", "({})", "{}.", "“{}”", "{}, too", "the {}; and", "see {}!", "[{}]", "<{}>", "Proben {} und mehr"]
)


@given(_CODE, _FORM, _AROUND)
@settings(max_examples=300)
def test_what_stands_around_an_id_does_not_change_it(code: str, form: str, around: str) -> None:
    text = "Before. " + around.format(form.format(code)) + " After."
    assert [m.suffix for m in mentions(text)] == [code]


def _held_out(line: str) -> bool:
    """Return whether a row belongs to the third that was set aside before the finder was written."""
    return int(hashlib.sha256(line.encode()).hexdigest(), 16) % 3 == 0


def _rows(file: Path, *, held_out: bool) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if _held_out(line) == held_out:
            yield json.loads(line)


def _suffix(guess: str) -> str:
    prefix, _, rest = upper(guess).partition("/")
    return rest if rest and (prefix == "10273" or prefix.startswith(("10.", "20."))) else upper(guess)


@pytest.mark.parametrize(("held_out", "least"), [(False, 0.98), (True, 0.95)], ids=["seen", "set aside"])
def test_ids_as_people_write_them_are_found(corpora: Path, held_out: bool, least: float) -> None:
    real = [row for row in _rows(corpora / "mentions-wild.jsonl", held_out=held_out) if row["real"] == "yes"]
    missed = [
        row for row in real if _suffix(row["normalized_guess"]) not in {m.sample for m in mentions(row["context"])}
    ]
    assert 1 - len(missed) / len(real) >= least, [(row["form"], row["text"]) for row in missed]


@pytest.mark.parametrize("held_out", [False, True], ids=["seen", "set aside"])
def test_what_is_no_sample_is_not_found(corpora: Path, held_out: bool) -> None:
    allowed = {"placeholder", "typo_missed (false NEGATIVE risk)", "institution_or_test_handle"}
    wrong = [
        (row["category"], row["text"], [m.raw for m in mentions(row["context"])])
        for row in _rows(corpora / "mentions-negative.jsonl", held_out=held_out)
        if row["category"] not in allowed and mentions(row["context"])
    ]
    assert wrong == []


def test_code_that_looks_like_a_grant_is_one_only_behind_the_bare_word() -> None:
    assert [m.suffix for m in mentions("IGSN: DGE123456")] == ["DGE123456"]
    assert mentions("for IGSN EAR1234567 paid") == []
    assert mentions("IGSN: ISO8601") == []


WRITTEN = (
    "igsn:10.60516/AU1101", "https://doi.org/10.60516/AU1102", "10.60516%2fAU1103", "hdl:10273/AU1104",
    "http://pid.geoscience.gov.au/sample/AU1105", "https://digiarchiv.aiscr.cz/id/C-TX-198401106A", "1O.60516/AU1107",
    "10.60516.1/AU1108", "IGSN AU1109", "20.500.11812/AU1110",
)  # fmt: skip


@pytest.mark.parametrize("between", [1, 20, 59, 60, 61, 260, 299, 300, 301, 320, 361, 5000])
@pytest.mark.parametrize("filler", ["x ", "x", "v/w "])
def test_what_stands_far_from_an_id_does_not_change_it(between: int, filler: str) -> None:
    gap = " " + (filler * between)[:between] + " "
    by_itself = [[(m.raw, m.evidence) for m in mentions(written)] for written in WRITTEN]
    assert [len(found) for found in by_itself] == [1, 1, 1, 1, 1, 1, 1, 0, 1, 1]
    for order in (1, -1):
        text = gap + gap.join(WRITTEN[::order]) + gap
        found = sorted(mentions(text), key=lambda m: m.start)
        assert [(m.raw, m.evidence) for m in found] == [one for ids in by_itself[::order] for one in ids]


def test_a_doi_without_evidence_counts_where_a_tag_names_it_elsewhere() -> None:
    # Each cell is a segment by itself; that of the tag comes last.
    text = (
        "| a |\n|---|\n| 10.9999/ABC12 |\n\nSee 10.9999/ABC12 and 10.9999/XYZ.\n\n| IGSN |\n|---|\n| 10.9999/ABC12 |\n"
    )
    assert [(m.start, m.evidence) for m in mentions(text, "markdown")] == [
        (0, "label"),
        (text.index("10.9999/ABC12"), "document"),
        (text.index("10.9999/ABC12 and"), "document"),
    ]
    assert mentions("See 10.9999/ABC12.\n") == []


def test_letters_that_grow_in_lower_case_move_no_tag() -> None:
    (mention,) = mentions("İzmir İstanbul IGSN 10.60516/AU1101")
    assert (mention.raw, mention.tagged) == ("IGSN 10.60516/AU1101", True)


def _seconds(text: str, form: str = "text") -> float:
    begin = time.process_time()
    mentions(text, form)
    return time.process_time() - begin


def test_lists_of_ids_in_one_line_are_searched_in_linear_time() -> None:
    few, many = (
        min(_seconds(",".join(f"igsn:10.60516/AU{n:06d}" for n in range(count))) for _ in range(3))
        for count in (500, 4000)
    )
    assert many < few * 8 * 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda n: "IGSN IEABC0001, IGSN IEABC0002: " + "`IEABC0003` " * n, id="pieces of code"),
        pytest.param(
            lambda n: " ".join(f"10.58052/IEABC{i:07d} or IEABC{i:09d}X" for i in range(n)), id="codes of other lengths"
        ),
    ],
)
def test_kin_of_known_ids_are_found_in_linear_time(text: Callable[[int], str]) -> None:
    few, many = (min(_seconds(text(count), "markdown") for _ in range(3)) for count in (500, 4000))
    assert many < few * 8 * 3


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_lists_of_which_each_item_speaks_of_igsn_are_read_once(between: str) -> None:
    few, many = (
        min(_seconds(between.join(f"IEABC{i:05d} listed as IGSN" for i in range(count))) for _ in range(3))
        for count in (300, 2400)
    )
    assert many < few * 8 * 3


def test_ids_at_line_ends_of_pages_are_read_on_in_linear_time() -> None:
    def seconds(count: int) -> float:
        texts = [f"IGSN IEABC{i:06d}" + ("\nAB" if i % 2 else "") for i in range(count)]
        found = [mention for text in texts for mention in mentions(text)]
        for mention in found:
            mention.segment.laid = True
        begin = time.process_time()
        read_line_ends(found)
        return time.process_time() - begin

    few, many = (min(seconds(count) for _ in range(3)) for count in (1000, 8000))
    assert many < few * 8 * 3


def test_what_many_lines_break_is_joined_in_linear_time() -> None:
    line = "A" * 39 + "1-\n"
    few, many = (min(_seconds("IGSN AU1101\n" + line * count) for _ in range(3)) for count in (300, 2400))
    assert many < few * 8 * 3


def test_one_id_behind_a_word_does_not_make_ids_of_what_else_stands_behind_it() -> None:
    assert [m.suffix for m in mentions("Sample: igsn:IEABC0001\nSample: ICDEF1133")] == ["IEABC0001"]


@pytest.mark.parametrize(
    "text",
    [
        "IGSN samples from cruise: MSM2019A",
        "igsn project number: ANR16CE31",
        "IGSN see report number: USGS20191234",
        "Keywords: IGSN, FAIR, CO2\nCOP26, SDG13, IPCC6\n",
        "IGSN, persistent identifier\nISO19115, metadata standard\n",
        "IGSN; International Generic Sample Number\nWGS84; World Geodetic System\n",
        "Standards:\nIGSN\nISO19115\nUTF8\n",
    ],
)
def test_codes_of_other_things_beside_the_word_igsn_are_no_ids(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Samples with IGSN(s): IEAAC0001, IEAAC0002.", ["IEAAC0001", "IEAAC0002"]),
        ("試料のIGSN番号はIEAAD0004である。", ["IEAAD0004"]),
        ("样品（IGSN编号：IEAAD0003）", ["IEAAD0003"]),
        ("Sample igsn:IE_WU_00VJ is new.", ["IE_WU_00VJ"]),
        ("It is at https://app.geosamples.org/sample/ODP01XBMJ.", ["ODP01XBMJ"]),
        ("The Handle 10273/AGS000000 resolves.", ["AGS000000"]),
        ("- New [[igsn:revision2013|draft]], {{:igsn:curtin2.pdf|}} and [[igsn:statutes2011]]", []),
        ("Members of IGSN Nov.2019", []),
        ("IGSN GFSO273K02 and GFSO273K11, not yet GFSO273K??", ["GFSO273K02", "GFSO273K11"]),
        ("The IGSNs run from IESUN0041 to IESUN004B.", ["IESUN0041", "IESUN004B"]),
        ("Plugs GFBNT0002A, GFBNT0002B and GFBNT0002C (all IGSN).", ["GFBNT0002A", "GFBNT0002B", "GFBNT0002C"]),
        ("the rocks IEABC0001, IEABC0002 (IGSNs)", ["IEABC0001", "IEABC0002"]),
        ("grant NSF1234567 and core IEABC0002 (IGSN)", ["IEABC0002"]),
        ("carry IGSNs, viz. AU72001W1 (WLR 001) and AU72001W4 (WLR 004)", ["AU72001W1", "AU72001W4"]),
        ("https://img.shields.io/badge/IGSN-10.60510%2FGFPFK0001-blue", ["GFPFK0001"]),
        ("the home page, http://www.igsn.org/\n2", []),
        ("at https://example.org/data/?igsn=CSCAP876%2dMJ21 it is", ["CSCAP876%2dMJ21"]),
        ("RH-P1, IGSN IEFJV00P1; RH-P2, IGSN IEFJV00P2", ["IEFJV00P1", "IEFJV00P2"]),
        ("listed as IGSN 10.58136/UGS0006KA, /UGS0006KB, and /UGS0006KD", ["UGS0006KA", "UGS0006KB", "UGS0006KD"]),
        ("IGSN IEZSO0T01 -IEZSO0T26", ["IEZSO0T01", "IEZSO0T26"]),
        ("l'identifiant IGSN « CNRS0000014771 », l'autre « CNRS0000014772 »", ["CNRS0000014771", "CNRS0000014772"]),
        ("IGSN CNRS0000014771 (grant CNRS0000024772, lot 0000014772)", ["CNRS0000014771"]),
        ("Add the number to https://doi.org/10.58052/ and open it.", []),
        (
            "The minutes: https://www.igsn.org/general-assembly-2023/ and igsn.org/2021-ga-minutes or igsn.org/ga2019",
            [],
        ),
    ],
)
def test_ways_of_writing_that_people_have(text: str, found: list[str]) -> None:
    assert [mention.suffix for mention in mentions(text)] == found


@pytest.mark.parametrize(
    ("label", "holds"),
    [
        ("ＩＧＳＮ", True),
        ("Parent IGSN (if applicable)", True),
        ("Other IGSN IDs, one per line", True),
        ("IGSN (falls vorhanden):", True),
        ("International Geo Sample Number (IGSN) or other persistent identifier for the sample.", False),
        ("IGSN (Y/N)", False),
        ("IGSN/DOI", True),
        ("IGSN or handle", True),
        ("IGSN, sample and laboratory", False),
    ],
)
def test_names_of_fields_with_words_for_those_who_fill_them_in(label: str, holds: bool) -> None:
    assert is_igsn_label(label) is holds


@pytest.mark.parametrize(
    "value", ["International Geo Sample Number", "sample_identifier", "varchar(20)", "IGSN71", "IGSN not yet assigned"]
)
def test_what_a_field_is_said_to_be_is_no_id(value: str) -> None:
    assert ids_of_field(value) == []


def ids_of_field(value: str) -> list[str]:
    document = read(Source("x.json", json.dumps({"igsn": value}).encode()), "json", Settings())
    return [mention.raw for part in document.parts() for mention in find(part, Settings())]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("`IERWZ0006`, `IERWZ000F`[^dup]", ["IERWZ0006", "IERWZ000F"]),
        ("`IERWZ0006`<br>`IERWZ000F`", ["IERWZ0006", "IERWZ000F"]),
        ("IEFJV0204\n(replicate IEFJV0205)", ["IEFJV0204", "IEFJV0205"]),
        ("“ ESR0115", []),
        ('"', []),
        ('"IEABC0001"', ["IEABC0001"]),
        ("IEKJL0051, re-cut as IEKJL0052", ["IEKJL0051", "IEKJL0052"]),
        ("IEKJL0051, box KB000052", ["IEKJL0051, box KB000052"]),
        ("IEKJL0051, (Smith 2012a)", ["IEKJL0051"]),
        ("CNRS0000014120<br>(éclat : CNRS0000014121)", ["CNRS0000014120", "CNRS0000014121"]),
        ("~~`GFPFK0005`~~ `GFPFK0006`", ["GFPFK0005", "GFPFK0006"]),
        ("IEURQ0A72 – polvo < 63 µm", ["IEURQ0A72"]),
        ("AMB-01\nIERQB0001", ["IERQB0001"]),
        ("IERQB0001\nIERQB0002", ["IERQB0001", "IERQB0002"]),
        ("`IEXLP010D`^†^", ["IEXLP010D"]),
        ("---------", []),
        ("https://identifiers.org/igsn:", []),
    ],
)
def test_lists_marks_and_dittos_in_a_field(value: str, found: list[str]) -> None:
    assert ids_of_field(value) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IGSN MB123450, IGSN IEFJV00P1; RH-P2, IGSN IEFJV00P2", ["MB123450", "IEFJV00P1", "IEFJV00P2"]),
        ("IGSN: IEABC0001; IEABC0002, IGSN: IEABC0003", ["IEABC0001", "IEABC0002", "IEABC0003"]),
        ("Samples IGSN IEABC0001 and IEABC0002 (IGSN registered)", ["IEABC0001", "IEABC0002"]),
        ("IGSN: 10.58052/IEABC0001, /IEABC0002", ["IEABC0001", "IEABC0002"]),
        ("IGSN: 10.58052/IEABC0001, /DATA2023/x and /HOME1", ["IEABC0001"]),
        ("https://img.shields.io/badge/IGSN-10.58052/IEABC0001-blue", ["IEABC0001"]),
        ("https://img.shields.io/badge/IGSN-10.58052/IEABC0001-0a7bbc.svg", ["IEABC0001"]),
        ("https://example.org/badge/10.58052/IEABC-0001", ["IEABC-0001"]),
        ("see https://example.org/?igsn=CSRWA123%2E", ["CSRWA123"]),
    ],
)
def test_what_stands_behind_an_id_in_a_list_does_not_take_it_away(text: str, found: list[str]) -> None:
    assert [mention.suffix for mention in mentions(text)] == found


def test_the_id_in_brackets_behind_a_name_may_be_missing() -> None:
    table = "| Sample (IGSN) | Age |\n|---|---|\n| MB-12 (IEABC0001) | 3 |\n| MB-13 (n.a.) | 4 |\n| MB-14 (–) | 5 |\n"
    assert [mention.suffix for mention in mentions(table, "markdown")] == ["IEABC0001"]


@pytest.mark.parametrize(
    ("value", "suffix"),
    [("OSU\n0018GC", "OSU0018GC"), ("see\nTable 3", "see\nTable 3"), ("IEABC0001\n2023", "IEABC0001\n2023")],
)
def test_an_id_over_two_lines_of_a_field_is_one(value: str, suffix: str) -> None:
    document = read(Source("x.json", json.dumps({"igsn": value}).encode()), "json", SETTINGS)
    assert [mention.suffix for part in document.parts() for mention in find(part, SETTINGS)] == [suffix]


def test_a_cell_that_looks_like_other_ids_of_the_document_is_one() -> None:
    rows = 'Sample,IGSN,Old\na,IEKET0412,IEKET9522\nb,IEKET0417,IEKET95220\nc,,"ieket9523, inner part, IEKET9524"\n'
    found = [mention.suffix for mention in mentions(rows, "csv")]
    more = mentions(
        "<r><igsn>IEKET0412</igsn><igsn>IEKET0417</igsn><code>IEKET9522</code><box>IEKET9523</box></r>", "xml"
    )
    assert [mention.suffix for mention in more] == ["IEKET0412", "IEKET0417", "IEKET9522"]
    assert sorted(found) == ["IEKET0412", "IEKET0417", "IEKET9522", "IEKET9524"]


@pytest.mark.parametrize(
    "text",
    [
        '<gml:identifier codeSpace="https://igsn.org/">{}</gml:identifier>',
        '<alternateIdentifier system="IGSN">{}</alternateIdentifier>',
        '<identifier propertyID="igsn" value="{}"/>',
        "<a><authority><Citation><title>IGSN</title></Citation></authority><code><Anchor>{}</Anchor></code></a>",
        "<a><code><CharacterString>{}</CharacterString></code><codeSpace><String>IGSN</String></codeSpace></a>",
        "<Identifier><Identifier_Type>IGSN</Identifier_Type><Identifier>{}</Identifier></Identifier>",
        '<relatedItemIdentifier relatedItemIdentifierType="IGSN">{}</relatedItemIdentifier>',
        "<property><name>Parent IGSN</name><value>{}</value></property>",
        '{{"authority": "IGSN", "code": "{}"}}',
        '{{"system": "https://www.igsn.org", "value": "{}"}}',
        '{{"pid_type": "IGSN", "pid": "{}"}}',
        '{{"sampleIdentifier": "{}", "sampleIdentifierScheme": "IGSN"}}',
        '{{"otherIdAgency": {{"typeName": "x", "value": "IGSN"}}, "otherIdValue": {{"typeName": "y", "value": "{}"}}}}',
        '{{"dwc:measurementType": "IGSN", "dwc:measurementValue": "{}"}}',
    ],
)
@pytest.mark.parametrize(("kind", "found"), [("", ["CSRWA0001"]), ("UUID", [])])
def test_what_stands_beside_an_identifier_says_of_which_kind_it_is(text: str, kind: str, found: list[str]) -> None:
    written = text.format("CSRWA0001")
    if kind:
        for igsn in ("https://igsn.org/", "https://www.igsn.org", "Parent IGSN", "IGSN", "igsn"):
            written = written.replace(f'"{igsn}"', f'"{kind}"').replace(f">{igsn}<", f">{kind}<")
        written = written.replace("<a>", "<a><!-- igsn -->").replace('{"', '{"note": "igsn", "', 1)
    form = "json" if written[0] == "{" else "xml"
    whole = written if form == "json" else f'<r xmlns:gml="g">{written}</r>'
    assert [mention.suffix for mention in mentions(whole, form)] == found


def test_one_of_many_elements_names_no_other() -> None:
    many = "<value>CSRWA0001</value>" * 30
    assert mentions(f"<a><type>IGSN</type>{many}</a>", "xml") == []


@pytest.mark.parametrize("head", ["entity,attribute,value", "Probe,Parameter,Wert"])
def test_a_table_of_one_value_a_row_is_read_by_the_names_in_its_rows(head: str) -> None:
    rows = "".join(f"core {i},curator,someone\ncore {i},sample IGSN,CSRWA{i:04}\n" for i in range(80))
    assert [mention.suffix for mention in mentions(f"{head}\n{rows}", "csv")] == [f"CSRWA{i:04}" for i in range(80)]


@pytest.mark.parametrize("head", ["IGSN,parameter,value", "sample,variable,value,IGSN"])
def test_a_table_of_one_value_a_row_keeps_its_column_of_ids(head: str) -> None:
    row = head.replace("IGSN", "CSRWA0001").replace("value", "50")
    assert [mention.suffix for mention in mentions(f"{head}\n{row}\n", "csv")] == ["CSRWA0001"]


def test_an_identifier_beside_a_name_is_that_of_what_is_called_so() -> None:
    registrant = (
        "<registrant><name>IGSN</name><identifier type='ROR'>https://ror.org/04wxnsj81</identifier></registrant>"
    )
    assert mentions(registrant, "xml") == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("./igsn", "./dist/igsn1.js"),
        ("@app/igsn", "src1234"),
        ("api/igsn", "IgsnController1"),
        ("lib/igsn", "sha512-abc123DEF456"),
        ("@core/igsn", ["projects/IGSN/src/index1"]),
    ],
)
def test_a_key_of_json_that_is_the_path_of_a_file_names_no_id(key: str, value: object) -> None:
    assert mentions(json.dumps({"files": {key: value}}), "json") == []


def test_a_key_of_json_that_is_a_path_is_called_by_its_end() -> None:
    rows = {"data": [{"sections/igsn": "IEOZW01A1", "sections/label": "IEOZW"}], "igsn/": "IEOZW0002"}
    assert [mention.suffix for mention in mentions(json.dumps(rows), "json")] == ["IEOZW01A1"]


@pytest.mark.parametrize(("laid", "found"), [(True, ["GFRKA00ER"]), (False, ["GFRKA00ER 104"])])
def test_a_number_in_the_next_column_of_a_page_is_no_part_of_an_id(laid: bool, found: list[str]) -> None:
    segment = Segment("GFRKA00ER 104", "cell", "IGSN", cell=True, laid=laid)
    part = Part((), lambda wanted: iter([segment]), None)
    assert [mention.suffix for mention in find(part, SETTINGS)] == found
