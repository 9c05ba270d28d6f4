"""The IGSN ID as a value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igsn_lint import Igsn, NotAnIgsn
from igsn_lint.identifier import dissect, fold, upper

if TYPE_CHECKING:
    from pathlib import Path

DOI = "10.60516"
FORMS = [
    ("https://doi.org/10.60516/AU1101", "url", DOI),
    ("http://doi.org/10.60516/AU1101", "url", DOI),
    ("https://dx.doi.org/10.60516/AU1101", "url", DOI),
    ("http://www.doi.org/10.60516/AU1101", "url", DOI),
    ("doi.org/10.60516/AU1101", "url", DOI),
    ("HTTPS://DOI.ORG/10.60516/AU1101", "url", DOI),
    ("  https://doi.org/10.60516/AU1101\n", "url", DOI),
    ("10.60516/AU1101", "doi", DOI),
    ("doi:10.60516/AU1101", "doi", DOI),
    ("DOI: 10.60516/AU1101", "doi", DOI),
    ("info:doi/10.60516/AU1101", "doi", DOI),
    ("igsn:10.60516/AU1101", "curie", DOI),
    ("IGSN:10.60516/AU1101", "curie", DOI),
    ("igsn:https://doi.org/10.60516/AU1101", "curie", DOI),
    ("IGSN: 10.60516/AU1101", "tag", DOI),
    ("igsn:AU1101", "curie", None),
    ("urn:igsn:AU1101", "curie", None),
    ("IGSN: AU1101", "tag", None),
    ("IGSN AU1101", "tag", None),
    ("IGSN ID: AU1101", "tag", None),
    ("IGSN：AU1101", "tag", None),
    ("10273/AU1101", "handle", "10273"),
    ("hdl:10273/AU1101", "handle", "10273"),
    ("info:hdl/10273/AU1101", "handle", "10273"),
    ("igsn:10273/AU1101", "curie", "10273"),
    ("https://hdl.handle.net/10273/AU1101", "url", "10273"),
    ("hdl.handle.net/10273/AU1101", "url", "10273"),
    ("https://igsn.org/10273/AU1101", "url", "10273"),
    ("https://doi.org/10273/AU1101", "url", "10273"),
    ("http://igsn.org/AU1101", "url", None),
    ("igsn.org/AU1101", "url", None),
    ("https://app.geosamples.org/sample/igsn/AU1101", "url", None),
    ("https://data.geosamples.org/sample/igsn/10.60516/AU1101", "url", DOI),
    ("http://www.geosamples.org/profile?igsn=AU1101", "url", None),
    ("https://app.geosamples.org/webservices/display.php?igsn=AU1101", "url", None),
    ("http://dataservices.gfz-potsdam.de/igsn/esg/index.php?igsn=AU1101", "url", None),
    ("https://data.isamples.org/digitalsample/igsn/10.60516/AU1101", "url", DOI),
    ("https://pid.geoscience.gov.au/sample/AU1101", "url", None),
    ("https://commons.datacite.org/doi.org/10.60516/au1101", "url", DOI),
    ("https://api.datacite.org/dois/10.60516%2Fau1101", "url", DOI),
    ("https://identifiers.org/igsn:AU1101", "url", None),
    ("AU1101", "bare", None),
]


@pytest.mark.parametrize(("text", "form", "prefix"), FORMS)
def test_every_written_form_is_parsed(text: str, form: str, prefix: str | None) -> None:
    igsn = Igsn.parse(text)
    assert (igsn.form, igsn.prefix, upper(igsn.suffix)) == (form, prefix, "AU1101")
    assert igsn.canonical == ("https://doi.org/10.60516/AU1101" if prefix == DOI else None)
    assert upper(igsn.alternate) == "IGSN:AU1101"
    assert igsn.same_sample(Igsn.parse("10.60516/AU1101"))


@pytest.mark.parametrize(
    ("text", "reason", "start", "end"),
    [
        ("", "empty", 0, 0),
        ("banana", "a-word", 0, 6),
        ("igsn:banana", "a-word", 5, 11),
        ("1234", "a-number", 0, 4),
        ("doi:1234", "missing-prefix", 4, 8),
        ("https://example.org/10.60516/AU1101", "unknown-resolver", 0, 35),
        ("10.60516/", "missing-suffix", 9, 9),
        ("10.60516/.", "missing-suffix", 9, 10),
        ("1O.60516/AU1101", "malformed-prefix", 0, 8),
        ("10,60516/AU1101", "malformed-prefix", 0, 8),
        ("10.605161/AU1101", "malformed-prefix", 0, 9),
        ("https://igsn.org/10.273/AU1101", "malformed-prefix", 17, 23),
        ("10013/epic.10033", "foreign-handle", 0, 5),
        ("10.60516/AU 1101", "white-space", 11, 12),
        ("10.60516/AU\u200b1101", "invisible-character", 11, 12),
        ("10.60516/\u0410U1101", "non-ascii", 9, 10),
        ("10.60516/AU\u20131101", "non-ascii", 11, 12),
        ("10.60516/AU%201101", "percent-encoded", 11, 14),
        ("10.60516/AU<1101", "forbidden-character", 11, 12),
        ("https://doi.org/10.60516/AU1101?x=1", "query-or-fragment", 31, 32),
        ("https://doi.org/10.60516/AU1101.", "trailing-punctuation", 31, 32),
        ("igsn:igsn:AU1101", "doubled", 0, 5),
        ("https://doi.org/https://doi.org/10.60516/AU1101", "doubled", 0, 16),
        ("10.60516/10.60516/AU1101", "doubled", 0, 9),
        ("10.60516/10273/AU1101", "doubled", 0, 9),
        ("10.60516/" + "A1" * 124, "too-long", 0, 257),
    ],
)
def test_what_is_no_igsn_id_says_why_and_where(text: str, reason: str, start: int, end: int) -> None:
    with pytest.raises(NotAnIgsn) as caught:
        Igsn.parse(text)
    assert (caught.value.reason, caught.value.start, caught.value.end) == (reason, start, end)
    assert str(caught.value)


@pytest.mark.parametrize("suffix", ["847000106", "NWXMAB00010-002-001", "TEST/TESTHANDLE", "A(B)", "A.B_C~D;E:F=G$H*"])
def test_suffixes_that_other_tools_cut_or_refuse_are_kept_whole(suffix: str) -> None:
    assert Igsn.parse(f"10273/{suffix}").suffix == suffix


def test_comparison_is_by_ascii_case_only() -> None:
    assert Igsn.parse("10.60516/au1101").key == Igsn.parse("10.60516/AU1101").key == "10.60516/AU1101"
    assert upper("ıß") == "ıß"


def test_an_equal_suffix_is_the_same_sample_only_where_one_side_has_no_doi_prefix() -> None:
    one, other = Igsn.parse("10.60516/AU1101"), Igsn.parse("10.58052/AU1101")
    assert not one.same_sample(other)
    assert one.same_sample(Igsn.parse("10273/au1101"))
    assert one.same_sample(Igsn.parse("igsn:AU1101"))


def test_fold_makes_equal_what_a_reader_confuses() -> None:
    assert fold("IEJMAO0O2") == fold("iejma0002".replace("i", "1")) == fold("ΙEJMA0002")
    assert Igsn.parse("10273/IEJMA0002").fold == "1EJMA0002"


@given(st.text())
def test_any_text_is_an_igsn_id_or_refused_with_a_reason(text: str) -> None:
    try:
        igsn = Igsn.parse(text)
    except NotAnIgsn as error:
        assert error.reason
        assert 0 <= error.start <= error.end <= len(text)
    else:
        assert Igsn.parse(igsn.preferred or f"10273/{igsn.suffix}").suffix in {igsn.suffix, upper(igsn.suffix)}


_CODES = st.from_regex(r"[A-Z]{2,4}[0-9]{2,8}", fullmatch=True)
_WRAPPED = st.sampled_from([text.upper().replace("AU1101", "{}") for text, _, _ in FORMS if "%2F" not in text])


@given(_CODES, _WRAPPED)
def test_every_form_of_a_code_gives_that_code(code: str, form: str) -> None:
    assert upper(Igsn.parse(form.format(code)).suffix) == code


@given(st.text(alphabet="igsn:dohtp/.10273AU %-<>\u200b\u0410 ", max_size=40))
def test_dissecting_never_fails_and_its_offsets_lie_in_the_text(text: str) -> None:
    spelling = dissect(text)
    assert 0 <= spelling.start <= spelling.suffix_start <= spelling.suffix_end <= len(text)
    assert text[spelling.suffix_start : spelling.suffix_end] == spelling.suffix
    assert spelling.doubled is None or spelling.doubled.start > spelling.start


# Where a peer is not followed: it answers another question than "is this text an IGSN ID, in any form?", or is wrong.
ONLY_THE_NAME = "DataCite's API takes the bare DOI name alone: other forms are right to write and wrong to register"
NOT_ASCII = "the guidelines take no letters outside ASCII; the peer knows DOIs of any registry"
FOREIGN = "a Handle of another prefix than 10273 is a Handle and no IGSN ID"
REGISTRABLE = (
    "RFC 3986 allows the character, so the guidelines do; that DataCite refuses it is a rule of its own (IL111)"
)
OWN_PATTERN = "the peer knows only the codes of its own agency"
NO_REGISTRY = "whether a prefix is assigned, and for what, only a registry can tell"
STAGE = "a stage server is not a resolver of published IDs"
PEERS = {
    "bioregistry-miriam-igsn.jsonl": {
        "10.21384/AU1234": "the pattern is for the bare suffix; a DOI is the canonical form",
        "10273/AU1101": "the pattern is for the bare suffix; the Handle resolves",
    },
    "bolognese-doi-utils.jsonl": {
        "https://handle.stage.datacite.org/10.5061/dryad.8515": STAGE,
        "http://handle.stage.datacite.org/10.5061/dryad.8515": STAGE,
        "https://handle.stage.datacite.org/10.5438/55e5-t5c0": STAGE,
        "https://doi.org/10.99999/dryad.8515x": NO_REGISTRY,
        "501100001711": "a bare number without a tag is no ID; the peer expects a funder",
        "10.5061/dryad.8515": "the peer asks whether it names a funder",
        "10.5438/55e5-t5c0": "the peer is told to answer with its stage server",
        "10.5061": "a prefix alone names nothing; the peer takes it out of its text",
    },
    "idutils-doi-handle.jsonl": {
        "10.1016/üникóδé-дôΐ": NOT_ASCII,
        "10.1016/སྦ་བཞེད་": NOT_ASCII,
        "10.1002/(SICI)1521-3978(199806)46:4/5<493::AID-PROP493>3.0.CO;2-P": "< and > may not stand in a URI",
        "10013/epic.10033": FOREIGN,
        "hdl:10013/epic.10033": FOREIGN,
        "hdl: 10013/epic.10033": FOREIGN,
        "HDL:10013/epic.10033": FOREIGN,
        "hdl.handle.net/10013/epic.10033": FOREIGN,
        "http://hdl.handle.net/10013/epic.10033": FOREIGN,
        "https://hdl.handle.net/10013/epic.10033": FOREIGN,
        "10.1000.10/123456": "DataCite assigns 10. and four or five digits; the peer knows all registries",
    },
    "igsn_lib-normalize.jsonl": {
        "http://some.url/with/perhaps/igsn/1234": "any URL with /igsn/ in it is not a page that shows samples",
    },
    "lupo-doi-format-derived.jsonl": dict.fromkeys(
        [
            "10.60510/A+B",
            "10.60510/A@B",
            "10.60510/A,B",
            "10.60510/A!B",
            "10.60510/A'B",
            "10.60510/A&B",
            "10.60510/A[B]",
        ],
        REGISTRABLE,
    )
    | dict.fromkeys(
        (
            "https://doi.org/10.21384/AU1234",
            "https://doi.org/10.60510/bgrb5054rx05201",
            "doi:10.58052/SSH000SUA",
            "igsn:10.21384/AU1234",
            "igsn:AU1234",
            "IGSN: AU1234",
            "AU1234",
            "http://doi.org/10.60516/AU1101",
            "https://dx.doi.org/10.60516/AU1101",
            "https://www.doi.org/10.60516/AU1101",
            "http://igsn.org/AU1101",
            "https://igsn.org/10273/BGRB5054RX05201",
            "http://hdl.handle.net/10273/AU1101",
            "hdl:10273/AU1101",
            "10273/AU1101",
            "https://doi.org/10.60510/ICDP5O54ESY1201",
            "https://doi.org/10.60516/AU1101 ",
            "https://doi.org/10273/AU1101",
            "10.60516/AU1101\n",
        ),
        ONLY_THE_NAME,
    ),
    "otelo-projet-igsn.jsonl": {
        "01K072TVWVFK5A1RRZ5MY4PPK": OWN_PATTERN,
        "01K072TVWVFK5A1RRZ5MY4PPK99": OWN_PATTERN,
        "01L072TVWVFK5A1RRZ5MY4PPK9": OWN_PATTERN,
        "01K072TVWVFK-A1RRZ5MY4PPK9": OWN_PATTERN,
        "CNRS-000012260": OWN_PATTERN,
        "CNRS000001226": OWN_PATTERN,
        "ABCD0000000001": OWN_PATTERN,
        "http://doi.org/10.1594/IEDA.100252": "not canonical (IL201), and yet it names the object",
        "10.1594/IEDA.100252": "the peer wants a URL",
    },
}


@pytest.mark.parametrize("peer", sorted(PEERS))
def test_peer_cases_are_answered_as_the_guidelines_demand(corpora: Path, peer: str) -> None:
    unexplained = []
    for line in (corpora / "peer-cases" / peer).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        expected = case.get("valid", True)
        try:
            found = Igsn.parse(case["input"])
        except NotAnIgsn as error:
            agrees = not expected
            answer = error.reason
        else:
            agrees = expected
            answer = found.key
            if expected and "normalize" in case.get("op", ""):
                bare = upper(case["normalized"].removeprefix("https://doi.org/"))
                agrees = unquote(bare) in {found.key, upper(found.suffix)}
        if not agrees and case["input"] not in PEERS[peer]:
            unexplained.append((case["input"], expected, answer))
    assert unexplained == []
