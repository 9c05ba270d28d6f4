"""Dates by W3CDTF and RKMS-ISO8601, and the check digits of ORCID and ROR."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igsn_lint import checkdigits, facts
from igsn_lint.dates import Span, parse, suggestion


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2012", Span((2012, 1, 1), (2012, 12, 31))),
        ("2012-02", Span((2012, 2, 1), (2012, 2, 29))),
        ("1900-02", Span((1900, 2, 1), (1900, 2, 28))),
        ("2012-06-01", Span((2012, 6, 1), (2012, 6, 1))),
        ("2012-06-01T14:30Z", Span((2012, 5, 31), (2012, 6, 2))),
        ("2012-06-01T14:30:15.25+10:00", Span((2012, 5, 31), (2012, 6, 2))),
        ("2012/2013-06", Span((2012, 1, 1), (2013, 6, 30))),
        ("2012/", Span((2012, 1, 1), None)),
        ("/2012", Span(None, (2012, 12, 31))),
        ("-0024/-0022", Span((-24, 1, 1), (-22, 12, 31))),
        ("0001-01-01T00:00Z", Span((1, 1, 1), (1, 1, 1))),
    ],
)
def test_dates_mean_spans_of_days(text: str, span: Span) -> None:
    assert parse(text) == span


@pytest.mark.parametrize(
    "text",
    ["", "/", "2012-13", "2012-02-30", "2012-6-1", "12", "20120601", "2012-06-01T14:30", "2012-06-01 14:30Z",
     "2012/2013/2014", "June 2012", "2012-06-01T25:00Z", "\u0662\u0660\u0661\u0662", "2012-06-01\n"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("June 2012", "2012-06"),
        ("1. Juni 2012", "2012-06-01"),
        ("June 1st, 2012", "2012-06-01"),
        ("01-Jun-2012", "2012-06-01"),
        ("25/12/2012", "2012-12-25"),
        ("12/25/2012", "2012-12-25"),
        ("06/01/2012", None),
        ("3.7.2012", "2012-07-03"),
        ("20120601", "2012-06-01"),
        ("2012-06-01 14:30:15.5+0000", "2012-06-01T14:30:15.5+00:00"),
        ("2012-06-01 00:00:00", "2012-06-01"),
        ("2012-06-01 14:30:00", None),
        ("2012-2013", "2012/2013"),
        ("2012-04-01 \u2013 2012-04-09", "2012-04-01/2012-04-09"),
        ("2012/..", "2012/"),
        ("2013 - 2012", None),
        ("2012-02-30", None),
        ("ca. 1950", None),
        ("x" * 10_000, None),
    ],
)
def test_another_form_is_suggested_where_it_can_mean_one_thing(text: str, right: str | None) -> None:
    assert suggestion(text) == right


@given(st.text(st.sampled_from("0123456789-/.: TZJunejanvier,+"), max_size=30))
def test_what_is_suggested_is_a_date(text: str) -> None:
    right = suggestion(text)
    assert right is None or parse(right) is not None


@given(st.lists(st.integers(0, 9), min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_of_an_orcid_is_always_seen(digits: list[int], at: int, by: int) -> None:
    def written(numbers: list[int]) -> str:
        text = "".join(map(str, numbers))
        return next(
            whole
            for check in "0123456789X"
            if checkdigits.orcid(whole := "-".join((text + check)[i : i + 4] for i in range(0, 16, 4))) == "right"
        )

    right = written(digits)
    wrong = list(digits)
    wrong[at] = (wrong[at] + by) % 10
    assert written(wrong)[:-1] + right[-1] == "-".join(
        ("".join(map(str, wrong)) + right[-1])[i : i + 4] for i in range(0, 16, 4)
    )
    assert checkdigits.orcid(written(wrong)[:-1] + right[-1]) == "digit"


@pytest.mark.parametrize(
    "text", ["https://ror.org/04wxnsj81", "ror.org/05dxps055", "02nr0ka47", "HTTPS://ROR.ORG/04Z8JG394/"]
)
def test_ror_ids_in_use_are_right(text: str) -> None:
    assert checkdigits.ror(text) == "right"


def test_two_changed_places_of_a_ror_id_are_seen() -> None:
    assert (checkdigits.ror("04wxnsj18"), checkdigits.ror("04xwnsj81"), checkdigits.ror("4wxnsj81")) == (
        "digit",
        "digit",
        "form",
    )


def test_open_elements_are_those_of_the_schema() -> None:
    import tomllib
    from pathlib import Path

    with (Path(__file__).parents[1] / "schemas" / "datacite" / "facts.toml").open("rb") as file:
        shapes = tomllib.load(file)["shape"]
    expected = {}
    for within in ("creator", "contributor", "geoLocation", "fundingReference", "relatedItem"):
        rows = [row for row in shapes[within]["children"] if "open" in row]
        expected[within] = {
            row["name"]: {a["name"] for a in shapes.get(row["is"], {}).get("attributes", ())} for row in rows
        }
    assert {
        within: {name: set(known) for name, known in held} for within, held in facts.open_elements().items()
    } == expected
