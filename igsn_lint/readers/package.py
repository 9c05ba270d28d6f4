"""Packages: office documents as ZIP files of XML parts (DOCX, ODT), read, and written where a text stands as it is."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from igsn_lint.archive import Archive, Refused
from igsn_lint.model import Change, Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from igsn_lint.model import Document, Settings
    from igsn_lint.readers.flow import FlowDocument
    from igsn_lint.source import Source

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Spot(NamedTuple):
    """Where a text stands in a part: an element, and ``text``, ``tail`` or the local name of its attribute."""

    element: Any
    what: str

    @property
    def value(self) -> str:
        """The text."""
        if self.what in {"text", "tail"}:
            return getattr(self.element, self.what) or ""
        return attribute(self.element, self.what)


class Package:
    """The parts of an office document; what can not be read is a fault of the document, once a part.

    Raises Refused where the file is no package that can be opened.
    """

    def __init__(self, document: Document, settings: Settings) -> None:
        self.archive = Archive(document.source.data, settings)
        self._faults = document.faults
        self.names = self.archive.names
        self._parts: dict[Any, str] = {}
        self._places: dict[str, _Places] = {}

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None where there is none or it can not be read."""
        if name not in self.archive:
            return None
        try:
            return self.archive.read(name)
        except Refused as refused:
            self._faults.append(refused.fault)
            return None

    def xml(self, name: str) -> Any:
        """Return the root element of a part, or None where there is none or it can not be read."""
        data = self.data(name)
        return None if data is None else self.parse(data, name)

    def parse(self, data: bytes, name: str) -> Any:
        """Return the root element of the bytes of a part, or None with a fault."""
        try:
            root = etree.fromstring(data, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            message = re.sub(r"(?:<string>, )?,? ?\(?(?:<string>, )?line \d+(?:, column \d+)?\)?", "", str(error))
            words = f'the part "{name}" is not well-formed XML: {message.strip()}'
            self._faults.append(Fault("malformed-document", None, words))
            return None
        self._parts[root] = name
        return root

    def change(self, spot: Spot, start: int, end: int, value: str) -> Change | None:
        """Return what it takes to write ``value`` in the place of a span of a text; None where nobody can tell."""
        root = spot.element.getroottree().getroot()
        name = self._parts[root]
        try:
            source = self.archive.source(name)
        except Refused:
            return None
        # An entity of a DTD may stand for any text; neither format may have one.
        if "<!DOCTYPE" in source.text or not self.archive.writable:
            return None
        preserves = spot.what == "text" and spot.element.get(_SPACE) == "preserve"
        if not preserves and not keeps_edges(spot.value, start, end, value):
            return None
        if name not in self._places:
            self._places[name] = _Places(source, root)
        new = written(value, quoted=spot.what not in {"text", "tail"})
        span = self._places[name].span(spot, start, end)
        # What must be escaped in a text stands for itself in CDATA.
        if span is None or (new != value and "<![CDATA[" in source.text) or not source.can_write(new):
            return None
        return Change(name, *span, new)


def written(value: str, *, quoted: bool = False) -> str:
    """Return a text as it is written in an element, or ``quoted`` in an attribute."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace('"', "&quot;").replace("'", "&apos;") if quoted else value


def keeps_edges(text: str, start: int, end: int, value: str) -> bool:
    """Return whether no white space comes to stand at an edge of a text, where a program may drop it."""
    before = text[:1] if start else (value or text[end : end + 1])[:1]
    after = text[-1:] if end < len(text) else (value or text[:start][-1:])[-1:]
    return (not before.isspace() or text[:1].isspace()) and (not after.isspace() or text[-1:].isspace())


class _Places:
    """Where the texts of one part stand in it."""

    def __init__(self, source: Source, root: Any) -> None:
        from igsn_lint.readers.xmlplaces import Positions

        self._source = source
        self._positions = Positions(source.text)
        self._numbers = {e: i for i, e in enumerate(e for e in root.iter() if isinstance(e.tag, str))}
        self._tails: dict[Any, dict[Any, int]] = {}

    def span(self, spot: Spot, start: int, end: int) -> tuple[int, int] | None:
        """Return the offsets of a span of a text, or None where it is not one stretch of characters there."""
        text, source = spot.value, self._source.text
        first, last = max(start - 1, 0), min(end + 1, len(text))
        around = self._find(spot, first, last)
        # With a character on each side: no comment and no border of CDATA may be in it.
        if around is None or "<" in (raw := source[slice(*around)]) or unescape(raw) != text[first:last]:
            return None
        if start == end:
            found = self._find(spot, start, last) if start < len(text) else around[::-1]
            return None if found is None else (found[0], found[0])
        return self._find(spot, start, end)

    def _find(self, spot: Spot, start: int, end: int) -> tuple[int, int] | None:
        element, what = spot
        before = 0
        if what == "tail":
            element = element.getparent()
            before = self._before(element)[spot.element]
        part = "" if what in {"text", "tail"} else next(k for k in element.attrib if k.rpartition("}")[2] == what)
        return self._positions.span(self._numbers[element], part, before + start, before + end)

    def _before(self, parent: Any) -> dict[Any, int]:
        """Return how much of the text of an element stands before the tail of each of its children."""
        if parent not in self._tails:
            found, at = {}, len(parent.text or "")
            for child in parent:
                # Each child counts as one character there.
                at += 1
                found[child] = at
                at += len(child.tail or "")
            self._tails[parent] = found
        return self._tails[parent]


def local(element: Any) -> str:
    """Return the name of an element without its namespace; empty for an entity."""
    tag = element.tag
    return tag[tag.find("}") + 1 :] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name in whatever namespace: strict documents have others than the usual ones."""
    for key, value in element.attrib.items():
        if key[key.find("}") + 1 :] == name:
            return str(value)
    return ""


def first(element: Any, name: str) -> Any:
    """Return the first child of a name, or None."""
    return None if element is None else next((each for each in element if local(each) == name), None)


_STRING = etree.XPath("string()")


def text_of(element: Any) -> str:
    """Return all text in an element."""
    return str(_STRING(element))


def add_property(document: FlowDocument, element: Any) -> None:
    """Take in a property of an office document: its title, its keywords, or what its authors named themselves."""
    name = attribute(element, "name") or local(element)
    spot = None if len(element) else Spot(element, "text")
    document.add_text(text_of(element), f"properties, {name}", label=name, spot=spot)


def opened(document: FlowDocument, settings: Settings, take: Callable[[Package, FlowDocument], None]) -> FlowDocument:
    """Return an office document with what ``take`` finds in its package; with a Fault where it can not be opened."""
    try:
        document.package = Package(document, settings)
        take(document.package, document)
    except Refused as refused:
        document.faults.append(refused.fault)
    return document
