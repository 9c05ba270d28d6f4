"""A clean record in every format, and what a row of the table of mutations is.

The record is a plain value in the keys of DataCite's JSON. A row changes it; the formats are written from what comes
out. Places are JSON Pointers into that value: each format knows where the same thing stands in it.

Another family of rules adds a module to this package with ``ROWS``, from ``breaks`` and ``keeps``.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

KERNEL = "http://datacite.org/schema/kernel-4"

BASE: dict[str, Any] = {
    "doi": "10.58052/SSH000SUA",
    "url": "https://samples.example.edu/SSH000SUA",
    "creators": [
        {
            "name": "White, Tim",
            "nameType": "Personal",
            "givenName": "Tim",
            "familyName": "White",
            "nameIdentifiers": [
                {
                    "nameIdentifier": "https://orcid.org/0000-0001-5000-0007",
                    "nameIdentifierScheme": "ORCID",
                    "schemeUri": "https://orcid.org",
                }
            ],
            "affiliation": [
                {
                    "name": "DataCite",
                    "affiliationIdentifier": "https://ror.org/04wxnsj81",
                    "affiliationIdentifierScheme": "ROR",
                    "schemeUri": "https://ror.org",
                }
            ],
        }
    ],
    "titles": [{"title": "Soil core 7, Shale Hills", "lang": "en"}],
    "publisher": {
        "name": "SESAR",
        "publisherIdentifier": "https://ror.org/04wxnsj81",
        "publisherIdentifierScheme": "ROR",
        "schemeUri": "https://ror.org",
    },
    "publicationYear": 2012,
    "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Core"},
    "subjects": [
        {"subject": "soil", "subjectScheme": "CGI lithology", "schemeUri": "http://resource.geosciml.org/classifier"}
    ],
    "contributors": [
        {"name": "Penn State", "nameType": "Organizational", "contributorType": "HostingInstitution"},
    ],
    "dates": [
        {"date": "2012-06-01", "dateType": "Collected"},
        {"date": "2012-09-01", "dateType": "Issued"},
        {"date": "2012-08-15", "dateType": "Other", "dateInformation": "Destroyed"},
    ],
    "alternateIdentifiers": [{"alternateIdentifier": "BOX-7", "alternateIdentifierType": "local"}],
    "relatedIdentifiers": [
        {
            "relatedIdentifier": "10.58052/SSH000SUX",
            "relatedIdentifierType": "DOI",
            "relationType": "IsPartOf",
            "resourceTypeGeneral": "PhysicalObject",
        }
    ],
    "sizes": ["7 cm x 120 cm"],
    "formats": ["whole round core"],
    "rightsList": [{"rights": "CC0 1.0", "rightsUri": "https://creativecommons.org/publicdomain/zero/1.0/"}],
    "descriptions": [{"description": "Hand auger on the ridge top.", "descriptionType": "Methods"}],
    "geoLocations": [
        {
            "geoLocationPlace": "Shale Hills, Pennsylvania",
            "geoLocationPoint": {"pointLatitude": 40.66, "pointLongitude": -77.9},
            "geoLocationBox": {
                "westBoundLongitude": -78,
                "eastBoundLongitude": -77.8,
                "southBoundLatitude": 40.6,
                "northBoundLatitude": 40.7,
            },
            "geoLocationPolygon": [
                {"polygonPoint": {"pointLatitude": 40.6, "pointLongitude": -78}},
                {"polygonPoint": {"pointLatitude": 40.6, "pointLongitude": -77.8}},
                {"polygonPoint": {"pointLatitude": 40.7, "pointLongitude": -77.8}},
                {"polygonPoint": {"pointLatitude": 40.6, "pointLongitude": -78}},
            ],
        }
    ],
}


class Row(NamedTuple):
    """One change of the clean record: the rule, the change, and the JSON Pointer of the finding; None for silence.

    ``formats`` are those that the change is made in. ``tree`` changes the XML itself, where the keys of JSON do not
    reach; its place is a path in the XML.
    """

    rule: str
    change: Callable[[dict[str, Any]], None]
    at: str | None
    formats: tuple[str, ...]
    tree: Callable[[Any], None] | None
    name: str


RECORDS = "xml json api yaml"
JSON_ONLY = ("url", "id", "state", "event", "identifiers")


def breaks(
    rule: str,
    path: str,
    value: Any = None,
    *,
    at: str | None = None,
    also: dict[str, Any] | None = None,
    only: str = RECORDS,
) -> Row:
    """Return a row in which ``value`` at ``path`` (None: nothing there) breaks a rule, at ``at`` or right there.

    ``also`` are further paths and values of the same change.
    """
    return _row(rule, {path: value, **(also or {})}, f"/{path}" if at is None else at, only)


def keeps(rule: str, path: str, value: Any = None, *, also: dict[str, Any] | None = None, only: str = RECORDS) -> Row:
    """Return a row in which ``value`` at ``path`` is a near miss: the rule stays silent."""
    return _row(rule, {path: value, **(also or {})}, None, only)


def tree(rule: str, words: str, change: Callable[[Any], None], at: str | None) -> Row:
    """Return a row that changes the XML tree; ``at`` is a path in it, None for silence."""
    return Row(rule, lambda data: None, at, ("xml",), change, words)


def _row(rule: str, changes: dict[str, Any], at: str | None, only: str) -> Row:
    def change(data: dict[str, Any]) -> None:
        for path, value in changes.items():
            _put(data, path.split("/"), value)

    formats = tuple(only.split())
    if any(path.split("/")[0] in JSON_ONLY for path in changes):
        formats = tuple(form for form in formats if form != "xml")
    words = ", ".join(
        f"{path}={'nothing' if value is None else json.dumps(value)[:40]}" for path, value in changes.items()
    )
    return Row(rule, change, at, formats, None, words)


def _put(data: Any, steps: list[str], value: Any) -> None:
    *way, last = steps
    for step in way:
        data = data[int(step)] if isinstance(data, list) else data[step]
    if isinstance(data, list):
        if value is None:
            del data[int(last)]
        elif int(last) == len(data):
            data.append(value)
        else:
            data[int(last)] = value
    elif value is None:
        del data[last]
    else:
        data[last] = value


class Written(NamedTuple):
    """A record in a format: the file's name, its text, and where each JSON Pointer of the value stands in it."""

    name: str
    text: str
    places: Callable[[str], str]


def written(row: Row | None, form: str) -> Written:
    """Return the clean record in a format, changed by a row."""
    data = copy.deepcopy(BASE)
    if row is not None:
        row.change(data)
    return FORMATS[form](data, row.tree if row is not None else None)


def _json(data: dict[str, Any], _: object) -> Written:
    return Written("record.json", json.dumps(data, indent=1, ensure_ascii=False), lambda at: at)


def _api(data: dict[str, Any], _: object) -> Written:
    name = data.pop("id", None) or data.get("doi")
    body = {"data": {"id": name, "type": "dois", "attributes": data}}
    text = json.dumps(body, indent=1, ensure_ascii=False)
    return Written("record.json", text, lambda at: "/data/id" if at == "/id" else f"/data/attributes{at}")


# Key of the value, of a list's entries or of an object, and the keys that are children in XML and no attributes.
_VALUES = {
    "creators": ("creator", "name"),
    "contributors": ("contributor", "name"),
    "titles": ("title", "title"),
    "subjects": ("subject", "subject"),
    "dates": ("date", "date"),
    "alternateIdentifiers": ("alternateIdentifier", "alternateIdentifier"),
    "relatedIdentifiers": ("relatedIdentifier", "relatedIdentifier"),
    "sizes": ("size", ""),
    "formats": ("format", ""),
    "rightsList": ("rights", "rights"),
    "descriptions": ("description", "description"),
    "geoLocations": ("geoLocation", ""),
    "nameIdentifiers": ("nameIdentifier", "nameIdentifier"),
}
_RENAMED = {
    "lang": "{http://www.w3.org/XML/1998/namespace}lang",
    "schemeUri": "schemeURI",
    "valueUri": "valueURI",
    "rightsUri": "rightsURI",
}


def _xml(data: dict[str, Any], change: Callable[[Any], None] | None) -> Written:
    root = etree.Element(f"{{{KERNEL}}}resource", nsmap={None: KERNEL})
    known: dict[str, tuple[Any, str]] = {"": (root, "")}

    def leaf(parent: Any, tag: str, value: Any, at: str, inner: str = "") -> None:
        element = etree.SubElement(parent, f"{{{KERNEL}}}{tag}")
        known[at] = element, ""
        if not isinstance(value, dict):
            element.text = str(value)
            return
        for key, held in value.items():
            if key == inner:
                element.text = str(held)
                known[f"{at}/{key}"] = element, ""
            else:
                name = _RENAMED.get(key, key)
                element.set(name, str(held))
                known[f"{at}/{key}"] = element, name

    def person(parent: Any, role: str, value: dict[str, Any], at: str) -> None:
        element = etree.SubElement(parent, f"{{{KERNEL}}}{role}")
        known[at] = element, ""
        name = {key: value[key] for key in ("name", "nameType") if key in value}
        leaf(element, f"{role}Name", name, f"{at}/", "name")
        known[f"{at}/name"] = known.pop(f"{at}/")
        for key in ("givenName", "familyName"):
            if key in value:
                leaf(element, key, value[key], f"{at}/{key}")
        for i, entry in enumerate(value.get("nameIdentifiers", ())):
            leaf(element, "nameIdentifier", entry, f"{at}/nameIdentifiers/{i}", "nameIdentifier")
        for i, entry in enumerate(value.get("affiliation", ())):
            leaf(element, "affiliation", entry, f"{at}/affiliation/{i}", "name")
        if "contributorType" in value:
            element.set("contributorType", value["contributorType"])

    def place(parent: Any, value: dict[str, Any], at: str) -> None:
        element = etree.SubElement(parent, f"{{{KERNEL}}}geoLocation")
        for key, held in value.items():
            if isinstance(held, str):
                leaf(element, key, held, f"{at}/{key}")
                continue
            inner = etree.SubElement(element, f"{{{KERNEL}}}{key}")
            known[f"{at}/{key}"] = inner, ""
            rows = enumerate(held) if isinstance(held, list) else ()
            for i, entry in rows:
                for name, point in entry.items():
                    corner = etree.SubElement(inner, f"{{{KERNEL}}}{name}")
                    for side, degrees in point.items():
                        leaf(corner, side, degrees, f"{at}/{key}/{i}/{name}/{side}")
            if isinstance(held, dict):
                for side, degrees in held.items():
                    leaf(inner, side, degrees, f"{at}/{key}/{side}")

    for key, value in data.items():
        if key == "doi":
            leaf(root, "identifier", {"identifier": value, "identifierType": "DOI"}, "/doi", "identifier")
        elif key == "types":
            leaf(root, "resourceType", value, "/types", "resourceType")
        elif key == "publisher":
            leaf(root, "publisher", value, "/publisher", "name")
        elif key == "publicationYear":
            leaf(root, key, value, f"/{key}")
        elif key in _VALUES:
            group = etree.SubElement(root, f"{{{KERNEL}}}{key}")
            tag, inner = _VALUES[key]
            for i, entry in enumerate(value):
                if tag in {"creator", "contributor"}:
                    person(group, tag, entry, f"/{key}/{i}")
                elif tag == "geoLocation":
                    place(group, entry, f"/{key}/{i}")
                else:
                    leaf(group, tag, entry, f"/{key}/{i}", inner)
    if change is not None:
        change(root)

    def where(at: str) -> str:
        if at.startswith("/resource"):
            return at
        element, attribute = known[at]
        return _path(element) + (f"/@{attribute.rpartition('}')[2]}" if attribute else "")

    return Written("record.xml", etree.tostring(root, encoding="unicode", pretty_print=True), where)


def _path(element: Any) -> str:
    steps = []
    while element is not None:
        parent, name = element.getparent(), etree.QName(element).localname
        same = [] if parent is None else parent.findall(element.tag)
        steps.append(f"{name}[{same.index(element) + 1}]" if len(same) > 1 else name)
        element = parent
    return "/" + "/".join(reversed(steps))


def _yaml(data: dict[str, Any], _: object) -> Written:
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    return Written("record.yaml", text, lambda at: at)


FORMATS: dict[str, Callable[[dict[str, Any], Any], Written]] = {
    "json": _json,
    "api": _api,
    "yaml": _yaml,
    "xml": _xml,
}
"""How a record is written, by the name of the format."""
