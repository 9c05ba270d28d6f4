"""Clean documents in every format, and what a row of the table of mutations is.

A document is a plain value: a record in the keys of DataCite's JSON, or a text with its link and its table. A row
changes it; the formats are written from what comes out. The place of a finding is a JSON Pointer into that value (each
format knows where the same thing stands in it), or what stands between MARKS, to the very column.

Another family of rules adds a module to this package with ``ROWS``, from ``breaks`` and ``keeps``.
"""

from __future__ import annotations

import copy
import csv
import html
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from lxml import etree
from office_files import pdf

from igsn_lint.source import Region

if TYPE_CHECKING:
    from igsn_lint.model import Profile

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


TEXT: dict[str, Any] = {
    "title": "Soil cores of the Shale Hills",
    "link": {"text": "igsn:10.58052/SSH000SUA", "target": "https://doi.org/10.58052/SSH000SUA"},
    "prose": "It is kept in a cold store.",
    "heading": "IGSN",
    "cells": ["10.58052/SSH000SUB", "10.58052/SSH000SUC"],
}
"""A text: a sentence with a link, a paragraph, and a table with a column of IDs."""

MARKS = "\u27e6\u27e7"
"""Between these stands what the finding is about; they are taken out of what is written."""


class Row(NamedTuple):
    """One change of a clean document: the rule, the change, and the JSON Pointer of the finding; None for silence.

    ``formats`` are those that the change is made in. ``tree`` changes the XML itself, where the keys of JSON do not
    reach; its place is a path in the XML. ``text`` changes the file as it is written, ``file`` is another name for it.
    ``profile`` judges, and ``beside`` are notes that are right, too.
    """

    rule: str
    change: Callable[[dict[str, Any]], None]
    at: str | None
    formats: tuple[str, ...]
    tree: Callable[[Any], None] | None
    name: str
    text: Callable[[str], str] | None = None
    file: str | None = None
    profile: Profile | None = None
    beside: tuple[str, ...] = ()


RECORDS = "xml json api yaml"
JSON_ONLY = ("url", "id", "state", "event", "identifiers", "schemaVersion")
FORMATS_OF = {"prose": "md tex html txt", "link": "md tex html", "heading": "md tex html csv", "cells": "md html csv"}
"""In which formats of text there is what a row changes; all other keys are those of records."""


def breaks(
    rule: str,
    path: str,
    value: Any = None,
    *,
    at: str | None = None,
    also: dict[str, Any] | None = None,
    only: str = "",
    profile: Profile | None = None,
    beside: str = "",
) -> Row:
    """Return a row in which ``value`` at ``path`` (None: nothing there) breaks a rule, at ``at`` or right there.

    ``also`` are further paths and values of the same change.
    """
    row = _row(rule, {path: value, **(also or {})}, f"/{path}" if at is None else at, only)
    return row._replace(profile=profile, beside=tuple(beside.split()))


def keeps(
    rule: str,
    path: str,
    value: Any = None,
    *,
    also: dict[str, Any] | None = None,
    only: str = "",
    profile: Profile | None = None,
) -> Row:
    """Return a row in which ``value`` at ``path`` is a near miss: the rule stays silent."""
    return _row(rule, {path: value, **(also or {})}, None, only)._replace(profile=profile)


def tree(rule: str, words: str, change: Callable[[Any], None], at: str | None) -> Row:
    """Return a row that changes the XML tree; ``at`` is a path in it, None for silence."""
    return Row(rule, lambda data: None, at, ("xml",), change, words)


def written_as(
    rule: str,
    words: str,
    change: Callable[[str], str] | str,
    *,
    at: str | None = "",
    only: str,
    file: str | None = None,
    beside: str = "",
) -> Row:
    """Return a row that changes the text of the file, or is another one; a surrogate stands for a byte that is no text.

    Without marks the finding is one of the file as a whole, at the pointer ``at``; None for silence.
    """
    text = (lambda _: change) if isinstance(change, str) else change
    return Row(rule, lambda data: None, at, tuple(only.split()), None, words, text, file, None, tuple(beside.split()))


def replaced(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """Return a change of a text that puts other words at the first place of some; each must be there."""

    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text, f"{old!r} is not in the clean document"
            text = text.replace(old, new, 1)
        return text

    return change


def _row(rule: str, changes: dict[str, Any], at: str | None, only: str) -> Row:
    def change(data: dict[str, Any]) -> None:
        for path, value in changes.items():
            _put(data, path.split("/"), value)

    keys = [path.split("/")[0] for path in changes]
    formats = tuple((only or RECORDS).split())
    if not only:
        for key in keys:
            formats = tuple(form for form in FORMATS_OF.get(key, RECORDS).split() if form in formats or key == keys[0])
    if any(key in JSON_ONLY for key in keys):
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
    """A document in a format: the file's name, its text, and where each JSON Pointer of the value stands in it.

    ``again`` are places that say what another one says, so that a fault may be told there, too.
    """

    name: str
    text: str
    places: Callable[[str], str] = lambda at: at
    again: tuple[str, ...] = ()
    pack: Callable[[str], bytes] = lambda text: text.encode("utf-8", "surrogateescape")

    @property
    def data(self) -> bytes:
        """The bytes of the file, without the marks."""
        return self.pack(_bare(self.text))

    @property
    def marked(self) -> list[Region]:
        """What stands between marks."""
        found, text = [], self.text
        while MARKS[0] in text:
            start = text.index(MARKS[0])
            text = text.replace(MARKS[0], "", 1)
            end = text.index(MARKS[1])
            text = text.replace(MARKS[1], "", 1)
            found.append(Region(*_place(text, start), *_place(text, end)))
        return found


def _bare(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, MARKS)))


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def written(row: Row | None, form: str) -> Written:
    """Return the clean document of a format, changed by a row."""
    base, write = FORMATS[form]
    data = copy.deepcopy(base)
    if row is not None:
        row.change(data)
    made = write(data, row.tree if row is not None else None)
    if row is not None and row.text is not None:
        made = made._replace(text=row.text(made.text))
    return made if row is None or row.file is None else made._replace(name=row.file)


def _json(data: dict[str, Any], _: object) -> Written:
    return Written("record.json", json.dumps(data, indent=1, ensure_ascii=False))


def _api(data: dict[str, Any], _: object) -> Written:
    again = () if "id" in data else ("/data/id",)
    name = data.pop("id", None) or _bare(str(data.get("doi")))
    body = {"data": {"id": name, "type": "dois", "attributes": data}}
    text = json.dumps(body, indent=1, ensure_ascii=False)
    return Written("record.json", text, lambda at: "/data/id" if at == "/id" else f"/data/attributes{at}", again)


def _yaml(data: dict[str, Any], _: object) -> Written:
    return Written("record.yaml", yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000))


def _markdown(data: dict[str, Any], _: object) -> Written:
    link, cells = (
        data["link"],
        "".join(f"| {name} | {cell} |\n" for name, cell in zip("AB", data["cells"], strict=True)),
    )
    return Written(
        "paper.md",
        f"# {data['title']}\n\nThe core [{link['text']}]({link['target']}) was drilled in 2012.\n\n{data['prose']}\n\n"
        f"| Sample | {data['heading']} |\n| --- | --- |\n{cells}",
    )


def _html(data: dict[str, Any], _: object) -> Written:
    link, e = data["link"], html.escape
    cells = "".join(
        f"<tr><td>{name}</td><td>{e(cell)}</td></tr>\n" for name, cell in zip("AB", data["cells"], strict=True)
    )
    return Written(
        "paper.html",
        f"<!DOCTYPE html>\n<html><head><title>{e(data['title'])}</title></head><body>\n"
        f'<p>The core <a href="{e(link["target"])}">{e(link["text"])}</a> was drilled in 2012.</p>\n'
        f"<p>{e(data['prose'])}</p>\n<table>\n<tr><th>Sample</th><th>{e(data['heading'])}</th></tr>\n{cells}</table>\n"
        "</body></html>\n",
    )


def _pdf(data: dict[str, Any], _: object) -> Written:
    def pack(text: str) -> bytes:
        lines = [(50, 700 - 13 * i, line) for i, line in enumerate(text.split("\n"))]
        return pdf(lines, links=[((50, 690, 200, 710), TEXT["link"]["target"])])

    return Written("paper.pdf", "\n".join(data["lines"]), pack=pack)


_TEX = str.maketrans({c: f"\\{c}" for c in "_%#&{}"})


def _latex(data: dict[str, Any], _: object) -> Written:
    link = {key: value.translate(_TEX) for key, value in data["link"].items()}
    return Written(
        "paper.tex",
        f"\\section{{{data['title']}}}\nThe core \\href{{{link['target']}}}{{{link['text']}}} was drilled in 2012.\n\n"
        f"{data['prose'].translate(_TEX)}\n\n\\paragraph{{{data['heading']}}} See the table.\n",
    )


def _plain(data: dict[str, Any], _: object) -> Written:
    return Written("paper.txt", f"{data['title']}\n\n{data['prose']}\n")


def _csv(data: dict[str, Any], _: object) -> Written:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["Sample", data["heading"], "Rock"])
    table.writerows([name, cell, "soil"] for name, cell in zip("AB", data["cells"], strict=True))
    return Written("samples.csv", out.getvalue())


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
        known[f"{at}/nameType"] = known.get(f"{at}//nameType", (element, ""))
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
        elif key in {"publicationYear", "language", "version"}:
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


DESCRIPTION = """\
<resource xmlns="http://schema.igsn.org/description/1.1" type="Sample">
  <identifier type="IGSN">10273/AU1101</identifier>
  <name>Basalt from the Browse Basin</name>
  <sampleAccess>Public</sampleAccess>
</resource>
"""
"""Metadata of before 2023 that is still of use."""

Writer = Callable[[dict[str, Any], Any], Written]

FORMATS: dict[str, tuple[dict[str, Any], Writer]] = {
    "json": (BASE, _json),
    "api": (BASE, _api),
    "yaml": (BASE, _yaml),
    "xml": (BASE, _xml),
    "md": (TEXT, _markdown),
    "tex": (TEXT, _latex),
    "html": (TEXT, _html),
    "txt": (TEXT, _plain),
    "csv": (TEXT, _csv),
    "pdf": ({"lines": ["We kept igsn:10.58052/SSH000SUA."]}, _pdf),
    "legacy": ({}, lambda data, _: Written("sample.xml", DESCRIPTION)),
}
"""The clean document and how it is written, by the name of the format."""
