"""The scheme for Invenio's idutils, tried on the real package."""

from __future__ import annotations

import idutils
import pytest
from hypothesis import given
from hypothesis import strategies as st
from idutils.proxies import custom_schemes_registry

from igsn_lint.idutils_scheme import normalize


def test_the_installed_package_offers_its_scheme() -> None:
    assert "igsn" in dict(custom_schemes_registry().pick_scheme_key("validator"))


@pytest.mark.parametrize(
    "text",
    ["igsn:10.60516/AU1101", "10.60516/AU1101", "https://doi.org/10.60516/au1101", "10273/AU1101", "IGSN: AU1101"],
)
def test_a_sample_is_detected_as_igsn_first(text: str) -> None:
    assert idutils.detect_identifier_schemes(text)[0] == "igsn"


@pytest.mark.parametrize(
    "text", ["10.1016/j.epsl.2011.11.037", "AU1101", "10.5281/zenodo.1234", "978-3-16-148410-0", "igsn.org"]
)
def test_other_identifiers_are_not_called_igsn(text: str) -> None:
    assert "igsn" not in idutils.detect_identifier_schemes(text)


def test_normalizing_and_linking_go_through_idutils() -> None:
    assert idutils.normalize_pid("http://dx.doi.org/10.60516/au1101", "igsn") == "igsn:10.60516/AU1101"
    assert idutils.to_url("igsn:10.60516/AU1101", "igsn") == "https://doi.org/10.60516/AU1101"
    assert idutils.to_url("10273/AU1101", "igsn") == "https://hdl.handle.net/10273/AU1101"


@given(
    st.one_of(
        st.text(), st.from_regex(r"(igsn:|10273/|https://doi\.org/10\.60516/)?[A-Za-z0-9./-]{1,12}", fullmatch=True)
    )
)
def test_the_normalizer_is_idempotent(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
