"""What a check relies on holds: where it is not asked, it would have found nothing."""

from __future__ import annotations

import contextlib
import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations.table import BASE

from igsn_lint.api import lint
from igsn_lint.data import folder
from igsn_lint.model import Context, Document, Record, Settings
from igsn_lint.readers.json import JsonRecord
from igsn_lint.registry import Registry
from igsn_lint.source import Source

if TYPE_CHECKING:
    from pathlib import Path


REGISTRY = Registry.load()
ASKED_ALWAYS = Registry([check._replace(unless=()) for check in REGISTRY.checks], [folder("rules")])
CONDITIONS = sorted(
    {c for check in REGISTRY.checks if check.subject is Record for c in check.unless}, key=lambda c: c.__name__
)

VALUES = (
    "", " ", "N/A", "n/a", ":unav", ":unas", "(:unkn)", ":x:", "anonymous", "10.58052/SSH000SUA",
    "10.58052/ssh000sua", "SSH000SUA", "https://doi.org/10.58052/SSH000SUA", "http://dx.doi.org/10.58052/X1",
    "10273/AU1101", "IGSN", "DOI", "URL", "doi", "IsPartOf", "ispartof", "IsDerivedFrom", "IsSourceOf", "Cites",
    "IsCitedBy", "IsCollectedBy", "HasMetadata", "Other", "IsPieceOf", "Collected", "Issued", "Available",
    "Withdrawn", "Destroyed", "Created", "1971", "0999", "9999", "2012-06-01", "2012-06-01/2011-01-01", "2030/",
    "/2001", "June 2012", "0", "0.0", "90", "-180", "181", "1e2", "NaN", "PhysicalObject", "Dataset",
    "Physical Object", "Powder", "image/png", "Software", "Abstract", "Personal", "ORCID", "ROR", " ORCID",
    "https://orcid.org/0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0098", "someone@mail.net",
    "core section of a core", "https://ror.org/02nr0ka47", "x" * 40, None, 0, 1971, 91.5, [], {}, True,
)  # fmt: skip
"""What may stand in a property, right in some and odd in others."""


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all values of a record, and of what they lie in."""
    held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([path] if path else []), *(leaf for key, inner in held for leaf in leaves(inner, (*path, key)))]


PLAIN = {
    **{key: value for key, value in BASE.items() if key != "formats"},
    "contributors": [{**BASE["creators"][0], "contributorType": "DataCollector"}],
    "dates": BASE["dates"][:2],
    "geoLocations": [
        {key: BASE["geoLocations"][0][key] for key in ("geoLocationPlace", "geoLocationPoint")},
        {"geoLocationPlace": "Pennsylvania"},
    ],
}
KEYS = (
    "relatedMetadataScheme", "schemeUri", "schemeURI", "schemeType", "relationTypeInformation", "resourceTypeGeneral",
    "titleType", "dateInformation", "publisherIdentifier", "affiliationIdentifier", "nameIdentifierScheme", "valueUri",
    "subjectScheme", "geoLocationBox", "geoLocationPolygon", "geoLocationPlace", "formats", "alternateIdentifiers",
    "contributors", "identifiers", "state", "id", "url", "container", "relatedItems", "lang", "name", "type",
)  # fmt: skip
"""Keys that may be added to any object."""


def added(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of keys that may be added to the objects of a record."""
    held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    own = [(*path, key) for key in KEYS if key not in value] if isinstance(value, dict) else []
    return [*own, *(new for key, inner in held for new in added(inner, (*path, key)))]


PATHS = [*leaves(PLAIN), *added(PLAIN)]


def changed(changes: list[tuple[tuple[Any, ...], Any, bool]]) -> dict[str, Any]:
    """Return the plain record with other values at some paths, or with an entry of a list doubled."""
    data: dict[str, Any] = copy.deepcopy(PLAIN)
    for path, value, twice in changes:
        inner: Any = data
        with contextlib.suppress(LookupError, TypeError):
            # What it lies in may be changed already.
            for key in path[:-1]:
                inner = inner[key]
            if twice and isinstance(inner, list):
                inner.append(copy.deepcopy(inner[path[-1]]))
            else:
                inner[path[-1]] = value
    return data


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda c: c.__name__)
def test_the_clean_record_is_plain_in_everything(condition: Any) -> None:
    context = Context(Settings(), Document(Source("record.json", b"")), ())
    assert condition(JsonRecord(PLAIN, (), api=False), context)


@settings(max_examples=700, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(VALUES), st.booleans()), min_size=1, max_size=3))
def test_a_check_that_is_not_asked_would_have_found_nothing(changes: list[tuple[tuple[Any, ...], Any, bool]]) -> None:
    file = "record.json", json.dumps(changed(changes)).encode()
    assert lint(file, registry=REGISTRY) == lint(file, registry=ASKED_ALWAYS)


def test_the_same_is_found_in_all_corpora(corpora: Path) -> None:
    assert lint(corpora, registry=REGISTRY) == lint(corpora, registry=ASKED_ALWAYS)
