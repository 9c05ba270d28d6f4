"""Judges a JSON record by DataCite's own JSON Schemas of the REST API, attribute by attribute, from the corpora."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from pathlib import Path

ATTRIBUTES = {
    "creators": "creators", "titles": "titles", "publisher": "publisher", "publicationYear": "publication_year",
    "types": "resource_type", "subjects": "subjects", "contributors": "contributors", "dates": "dates",
    "language": "language", "identifiers": "alternate_identifiers", "relatedIdentifiers": "related_identifiers",
    "sizes": "sizes", "formats": "formats", "version": "version", "rightsList": "rights_list",
    "descriptions": "descriptions", "geoLocations": "geo_locations", "fundingReferences": "funding_references",
    "relatedItems": "related_items",
}  # fmt: skip
_BASE = "json-schema:///"
MANDATORY = ("creators", "titles", "publisher", "publicationYear", "types")


@cache
def _validators(folder: Path) -> dict[str, Any]:
    def retrieve(uri: str) -> Any:
        return json.loads((folder / uri.removeprefix(_BASE)).read_bytes())

    return {
        key: jsonschema_rs.Draft202012Validator({"$ref": f"{_BASE}{name}.json"}, retriever=retrieve)
        for key, name in ATTRIBUTES.items()
    }


def refused(record: dict[str, Any], folder: Path) -> dict[str, list[str]]:
    """Return by attribute what DataCite's schemas refuse in a record, once it has the form that they are written for.

    What is null is left out, publishers and affiliations are objects, coordinates are numbers, empty languages are left
    out, ``alternateIdentifiers`` are ``identifiers``. Mandatory attributes that are not there count as refused.
    """
    values = normalised(record)
    found: dict[str, list[str]] = {key: [] for key in MANDATORY if key not in values}
    for key, validator in _validators(folder).items():
        if key in values and (errors := [str(error.message) for error in validator.iter_errors(values[key])]):
            found[key] = errors
    return found


def normalised(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record in the one form that DataCite's schemas are written for."""
    values: dict[str, Any] = _without_null(record)
    if isinstance(values.get("publisher"), str):
        values["publisher"] = {"name": values["publisher"]}
    for key in ("creators", "contributors"):
        for person in _objects(values.get(key)):
            if isinstance(person.get("affiliation"), list):
                person["affiliation"] = [{"name": a} if isinstance(a, str) else a for a in person["affiliation"]]
    if isinstance(values.get("alternateIdentifiers"), list):
        values["identifiers"] = [
            {key.replace("alternateIdentifier", "identifier"): value for key, value in entry.items()}
            for entry in _objects(values["alternateIdentifiers"])
        ]
    _numbers(values.get("geoLocations"))
    return values


def _objects(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_null(inner)
            for key, inner in value.items()
            if inner is not None and not (key == "lang" and inner == "")
        }
    return [_without_null(inner) for inner in value] if isinstance(value, list) else value


def _numbers(value: Any) -> None:
    """Make numbers of coordinates."""
    if isinstance(value, list):
        for inner in value:
            _numbers(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key.endswith(("itude", "ongitude")) and isinstance(inner, str):
                try:
                    value[key] = float(inner)
                except ValueError:
                    continue
            else:
                _numbers(inner)
