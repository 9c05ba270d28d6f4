"""Writes a kernel-4 record in XML as DataCite JSON, faults and all, so that the verdicts on both can be compared.

What JSON can not say raises Inexpressible with one of CLASSES: these are the differences that schemas/README.md lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

NS = "{http://datacite.org/schema/kernel-4}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
SPACE = " \t\r\n"

CLASSES = {
    "order": "the keys of an object have no order",
    "wrapper": "a list has no attributes and no text between its items",
    "server": "unknown keys are let pass where DataCite's server adds its own",
    "merged": "two elements are one object in JSON: whose attribute it was is gone",
    "open text": "what the XSD takes by accident on an element that is plain text in JSON",
    "name": "the name of a person may be missing where there is a family name",
    "xml": "attributes of XML and of XML Schema itself have no keys",
}


class Inexpressible(Exception):
    """A fault that JSON has no way to show; the text is one of CLASSES."""


def as_json(root: _Element) -> dict[str, Any]:
    """Return the record as the attributes of DataCite JSON."""
    for name in map(str, root.attrib):
        if name not in {f"{XSI}schemaLocation", f"{XSI}noNamespaceSchemaLocation"}:
            raise Inexpressible("xml" if name.startswith((XSI, XML)) else "server")
    _no_text(root)
    record: dict[str, Any] = {}
    for child in _children(root):
        name = _name(child)
        if name == "identifier":
            _identifier(child, record)
        elif name in _PLAIN:
            _put(record, name, _plain(child))
        elif name in _ITEMS:
            item, write = _ITEMS[name]
            _put(record, name, _list(child, item, write))
        elif name == "publisher":
            _put(record, name, _leaf("name")(child) if child.attrib else _plain(child))
        elif name == "resourceType":
            if {str(key) for key in child.attrib} - {"resourceTypeGeneral"} or _children(child):
                raise Inexpressible("server")
            _put(record, "types", _leaf("resourceType")(child))
        else:
            raise Inexpressible("server")
    return record


def _name(element: _Element) -> str:
    return str(element.tag).removeprefix(NS)


def _children(element: _Element) -> list[_Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _text(element: _Element) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _no_text(element: _Element) -> None:
    if _text(element).strip(SPACE):
        raise Inexpressible("wrapper")


def _put(target: dict[str, Any], key: str, value: Any) -> None:
    """Put a value under a key; where one is there already, a list of both, which no single value may be."""
    target[key] = [target[key], value] if key in target else value


def _attributes(element: _Element) -> dict[str, str]:
    found = {}
    for key, value in element.attrib.items():
        name = str(key)
        if name == f"{XML}lang":
            name = "lang"
        elif name.startswith((XSI, XML)):
            raise Inexpressible("xml")
        found[name.replace("URI", "Uri")] = str(value)
    return found


def _others(element: _Element, target: dict[str, Any]) -> None:
    """Put children that do not belong there into the object, where they are unknown keys."""
    for child in _children(element):
        _put(target, _name(child), _text(child))


def _leaf(key: str) -> Callable[[_Element], Any]:
    """Return what writes an element with a text as an object: text and attributes."""

    def write(element: _Element) -> Any:
        found: dict[str, Any] = {key: _text(element), **_attributes(element)}
        _others(element, found)
        return found

    return write


def _plain(element: _Element) -> Any:
    """Return the text of an element that is a plain value, or an object where it has more."""
    if element.attrib or _children(element):
        found: dict[str, Any] = {"text": _text(element), **_attributes(element)}
        _others(element, found)
        return found
    return _text(element)


def _open(element: _Element) -> None:
    """Raise Inexpressible where there is something in an open element that the XSD looks at all the same."""
    if {_name(inner) for inner in _children(element)} & {"resource", "nameIdentifier"}:
        raise Inexpressible("open text")
    if f"{XML}lang" in element.attrib:
        raise Inexpressible("xml")


def _open_text(element: _Element) -> str:
    if element.attrib or _children(element):
        raise Inexpressible("open text")
    return _text(element)


def _in_order(element: _Element, order: tuple[str, ...]) -> None:
    """Raise Inexpressible where only the order of known children is wrong."""
    places = [order.index(_name(child)) for child in _children(element) if _name(child) in order]
    if places != sorted(places):
        raise Inexpressible("order")


def _list(element: _Element, item: str, write: Callable[[_Element], Any]) -> list[Any]:
    if element.attrib:
        raise Inexpressible("xml" if any(str(key).startswith(XSI) for key in element.attrib) else "wrapper")
    _no_text(element)
    found: list[Any] = []
    for child in _children(element):
        if _name(child) != item:
            found.append({_name(child): _text(child), "\0": "\0"})
        elif write is _places:
            found += _places(child)
        else:
            found.append(write(child))
    return found


def _identifier(element: _Element, record: dict[str, Any]) -> None:
    attributes = _attributes(element)
    if attributes.pop("identifierType", None) is None:
        _put(record, "identifiers", [{"identifier": _text(element)}])
    elif attributes or _children(element):
        _put(record, "doi", attributes)
    else:
        _put(record, "doi", _text(element))


def _person(kind: str, *, in_item: bool = False) -> Callable[[_Element], Any]:
    name = f"{kind}Name"
    order = (name, "givenName", "familyName", "nameIdentifier", "affiliation")
    own = {"nameType", "lang"}

    def write(element: _Element) -> Any:
        _no_text(element)
        found: dict[str, Any] = _attributes(element)
        if own & found.keys():
            raise Inexpressible("merged")
        _in_order(element, order)
        for child in _children(element):
            what = _name(child)
            if what == name:
                attributes = _attributes(child)
                if {"contributorType"} & attributes.keys() or (in_item and attributes.keys() - own):
                    raise Inexpressible("server" if in_item else "merged")
                _put(found, "name", _text(child))
                found.update(attributes)
                if _children(child):
                    raise Inexpressible("merged")
            elif what in {"givenName", "familyName"}:
                _put(found, what, _open_text(child))
            elif in_item:
                raise Inexpressible("server")
            elif what == "nameIdentifier":
                _open(child)
                found.setdefault("nameIdentifiers", []).append(_leaf("nameIdentifier")(child))
            elif what == "affiliation":
                _open(child)
                bare = not (child.attrib or _children(child))
                found.setdefault("affiliation", []).append(_text(child) if bare else _leaf("name")(child))
            else:
                _put(found, what, _text(child))
        if "name" not in found and str(found.get("familyName") or "").strip():
            raise Inexpressible("name")
        if in_item and set(found) - {"name", "givenName", "familyName", "contributorType"} - own:
            raise Inexpressible("server")
        return found

    return write


def _description(element: _Element) -> Any:
    for child in _children(element):
        if _name(child) == "br":
            if child.attrib or _children(child) or _text(child):
                raise Inexpressible("wrapper")
            element = _without(element)
            break
    return _leaf("description")(element)


def _without(element: _Element) -> _Element:
    """Return a description with line breaks instead of br."""
    from copy import deepcopy

    copy = deepcopy(element)
    for child in _children(copy):
        if _name(child) == "br":
            if child.attrib or _children(child) or _text(child):
                raise Inexpressible("wrapper")
            child.tag = "gone"
    text = _text(copy)
    for child in _children(copy):
        if child.tag == "gone":
            copy.remove(child)
    for child in list(copy):
        child.tail = None
    copy.text = text
    return copy


def _numbers(element: _Element) -> Any:
    """Return a point or a box."""
    _no_text(element)
    found: dict[str, Any] = _attributes(element)
    for child in _children(element):
        _put(found, _name(child), _plain(child))
    return found


def _polygon(element: _Element) -> list[Any]:
    if element.attrib:
        raise Inexpressible("xml" if any(str(key).startswith(XSI) for key in element.attrib) else "wrapper")
    _no_text(element)
    _in_order(element, ("polygonPoint", "inPolygonPoint"))
    return [{_name(child): _numbers(child)} for child in _children(element)]


def _places(element: _Element) -> list[dict[str, Any]]:
    """Return a geoLocation, as several where it has several places, points or boxes."""
    _no_text(element)
    found: list[dict[str, Any]] = [_attributes(element)]
    for child in _children(element):
        name = _name(child)
        value: Any
        if name == "geoLocationPlace":
            value = _open_text(child)
        elif name in {"geoLocationPoint", "geoLocationBox"}:
            value = _numbers(child)
        elif name == "geoLocationPolygon":
            value = [_polygon(child)]
        else:
            value = _text(child)
        free = next((entry for entry in found if name not in entry), None)
        if free is None:
            free = {}
            found.append(free)
        free[name] = value
    return found


def _funding(element: _Element) -> Any:
    _no_text(element)
    found: dict[str, Any] = _attributes(element)
    merged = {"funderIdentifier": {"funderIdentifierType", "schemeUri"}, "awardNumber": {"awardUri"}}
    all_merged = set().union(*merged.values())
    if all_merged & found.keys():
        raise Inexpressible("merged")
    for child in _children(element):
        name = _name(child)
        if name == "awardTitle":
            _put(found, name, _open_text(child))
        elif name in merged:
            attributes = _attributes(child)
            if (all_merged - merged[name]) & attributes.keys():
                raise Inexpressible("merged")
            if name == "funderIdentifier" and not _text(child) and "funderIdentifierType" not in attributes:
                raise Inexpressible("merged")
            _put(found, name, _text(child))
            found.update(attributes)
            if _children(child):
                raise Inexpressible("merged")
        else:
            _put(found, name, _plain(child))
    return found


_IN_ITEM = (
    "relatedItemIdentifier", "creators", "titles", "publicationYear", "volume", "issue", "number", "firstPage",
    "lastPage", "publisher", "edition", "contributors",
)  # fmt: skip


def _item(element: _Element) -> Any:
    _no_text(element)
    found: dict[str, Any] = _attributes(element)
    if "numberType" in found:
        raise Inexpressible("merged")
    _in_order(element, _IN_ITEM)
    for child in _children(element):
        name = _name(child)
        if name in {"creators", "contributors"}:
            person = name.removesuffix("s")
            _put(found, name, _list(child, person, _person(person, in_item=True)))
        elif name == "titles":
            _put(found, name, _list(child, "title", _leaf("title")))
        elif name == "relatedItemIdentifier":
            _put(found, name, _leaf(name)(child))
        elif name == "publicationYear":
            _put(found, name, _plain(child))
        elif name == "number":
            attributes = _attributes(child)
            if {"relationType", "relatedItemType", "relationTypeInformation"} & attributes.keys():
                raise Inexpressible("merged")
            _put(found, name, _text(child))
            found.update(attributes)
            if _children(child):
                raise Inexpressible("merged")
        elif name in _IN_ITEM:
            _put(found, name, _open_text(child))
        else:
            _put(found, name, _text(child))
    return found


_PLAIN = {"publicationYear", "language", "version"}
_ITEMS: dict[str, tuple[str, Callable[[_Element], Any]]] = {
    "creators": ("creator", _person("creator")),
    "titles": ("title", _leaf("title")),
    "subjects": ("subject", _leaf("subject")),
    "contributors": ("contributor", _person("contributor")),
    "dates": ("date", _leaf("date")),
    "alternateIdentifiers": ("alternateIdentifier", _leaf("alternateIdentifier")),
    "relatedIdentifiers": ("relatedIdentifier", _leaf("relatedIdentifier")),
    "sizes": ("size", _plain),
    "formats": ("format", _plain),
    "rightsList": ("rights", _leaf("rights")),
    "descriptions": ("description", _description),
    "geoLocations": ("geoLocation", _places),
    "fundingReferences": ("fundingReference", _funding),
    "relatedItems": ("relatedItem", _item),
}
