"""XML: every text and attribute as a Segment, and DataCite records wherever they stand in it."""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zlib import crc32

from lxml import etree

from igsn_lint import facts
from igsn_lint.labels import is_igsn_label, kind_named
from igsn_lint.model import Document, Part, Place, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers.xmltext import CHILD, attributes, local_name, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from igsn_lint.model import Item, SchemaFault, Settings, Wanted
    from igsn_lint.readers.legacy import LegacyRecord
    from igsn_lint.readers.xmlplaces import Paths, Positions
    from igsn_lint.source import Source

_KERNEL = lazy(r"\{([^}]*datacite[^}]*kernel[^}]*)\}resource", re.IGNORECASE)
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_CONTAINERS = {
    "creator": "creators",
    "title": "titles",
    "subject": "subjects",
    "contributor": "contributors",
    "date": "dates",
    "alternateIdentifier": "alternateIdentifiers",
    "relatedIdentifier": "relatedIdentifiers",
    "size": "sizes",
    "format": "formats",
    "description": "descriptions",
    "rights": "rightsList",
    "geoLocation": "geoLocations",
    "fundingReference": "fundingReferences",
    "relatedItem": "relatedItems",
}


_NOTHING_READ: Any = MappingProxyType({})
_UNREAD: Any = object()
"""Stands in a cache for what has not been read (``functools.cached_property`` locks, which costs more than reading)."""


_MOST_NAMES = 1000


class _Names(dict[Any, str | None]):
    """The local names of the tags of one namespace; None for all other tags, and for comments, whose tag is no text."""

    def __init__(self, namespace: str) -> None:
        super().__init__()
        self._begin = f"{{{namespace}}}" if namespace else ""

    def __missing__(self, tag: Any) -> str | None:
        local = None
        if isinstance(tag, str):
            begin, brace, name = tag.rpartition("}")
            local = name if begin + brace == self._begin else None
        if len(self) < _MOST_NAMES:
            self[tag] = local
        return local


@lru_cache(maxsize=64)
def _names_in(namespace: str) -> _Names:
    """Return the names of a namespace; there are few tags and many elements."""
    return _Names(namespace)


def _children(element: Any, names: _Names) -> dict[str, list[Any]]:
    """Return the child elements with these names, by their names."""
    found: dict[str, list[Any]] = {}
    # A slice takes a third of the time of iterating.
    for child in element[:]:
        if (local := names[child.tag]) is not None:
            if (alike := found.get(local)) is None:
                found[local] = [child]
            else:
                alike.append(child)
    return found


def value_of(element: Any) -> Segment:
    """Return the own text of an element; of an empty one an empty text, whose place is the element."""
    text = _own_text(element)
    return Segment(text, (element, "" if text else None), None, cell=True)


class XmlItem:
    """One property of an XML record: an element."""

    __slots__ = ("_element", "_held", "_items", "_names", "_value", "_words")

    def __init__(self, element: Any, names: _Names) -> None:
        self._element, self._names = element, names
        self._value: Segment | None = _UNREAD
        self._words: str | None = None
        self._held: dict[str, list[Any]] | None = None
        self._items: dict[str, list[XmlItem]] = _NOTHING_READ

    @property
    def value(self) -> Segment | None:
        """The element's own text; of an empty element an empty text, whose place is the element."""
        if self._value is _UNREAD:
            self._value = value_of(self._element)
        return self._value

    @property
    def words(self) -> str:
        """The element's own text without white space around it."""
        words = self._words
        if words is None:
            element = self._element
            self._words = words = ((element.text or "") if len(element) == 0 else _own_text(element)).strip()
        return words

    @property
    def place(self) -> Place:
        """The whole element."""
        return Place((self._element, None))

    def text(self, name: str) -> str:
        """Return the text of the attribute ``name``, empty where it is absent."""
        return self._element.get(name, "")  # type: ignore[no-any-return]  # lxml is not typed

    def get(self, name: str) -> Segment | None:
        """Return the attribute ``name``, or the text of the child ``name``."""
        value = self._element.get(name)
        if value is not None:
            return Segment(value, (self._element, name), name, cell=True)
        for child in self._element:
            if local_name(child) == name:
                return value_of(child)
        return None

    def items(self, name: str) -> Sequence[Item]:
        """Return the child elements ``name`` of the same namespace."""
        found = self._items.get(name)
        if found is not None:
            return found
        if self._held is None:
            self._held, self._items = _children(self._element, self._names), {}
        names = self._names
        self._items[name] = found = [XmlItem(element, names) for element in self._held.get(name, ())]
        return found

    def names(self) -> Sequence[str]:
        """Return the attributes (those of XML itself as ``xml:lang``) and child elements."""
        element = self._element
        names: list[str] = [name.replace(_XML, "xml:") for name in element.keys()]  # noqa: SIM118  # no dict
        return [*names, *(local_name(child) for child in element.iterchildren("*"))] if len(element) else names


class XmlRecord:
    """A DataCite record in XML, of any kernel."""

    kind: Literal["datacite", "legacy"] = "datacite"
    family = "xml"
    api_export = False
    is_resource = False
    identifier_may_be_url = False

    def __init__(self, element: Any, namespace: str, data: bytes | None = None, *, wide: bool = False) -> None:
        self._element, self.namespace, self._data, self._wide = element, namespace, data, wide
        self._names = _names_in(namespace)
        self._held: dict[str, list[Any]] | None = None
        self._known: dict[str, Sequence[Item]] = {}
        self._faults: Sequence[SchemaFault] | None = None
        self._remarks: Sequence[SchemaFault] | None = None
        self.sample: bool | None = None
        self.memo: dict[object, Any] = {}

    @property
    def place(self) -> Place:
        """The whole record."""
        return Place((self._element, None))

    @property
    def identifier(self) -> Item | None:
        """The record's own identifier."""
        items = self.items("identifier")
        return items[0] if items else None

    def items(self, name: str) -> Sequence[Item]:
        """Return the items of a property in the words of the DataCite schema."""
        found = self._known.get(name)
        if found is None:
            names = self._names
            if self._held is None:
                self._held = _children(self._element, names)
            held = self._held.get(_CONTAINERS.get(name, name), ())
            if held and name in _CONTAINERS:
                held = [child for child in held[0][:] if names[child.tag] == name]
            self._known[name] = found = [XmlItem(element, names) for element in held]
        return found

    def field(self, name: str) -> Segment | None:
        """Return nothing: XML holds the properties of the schema alone."""
        return None

    def schema_faults(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what the newest DataCite schema refuses; records of kernel 2 and 3 are not judged by it."""
        if self._faults is None:
            from igsn_lint import schemas

            self._faults = schemas.xml_faults(self._element, self.namespace, xsd, wide=self._wide)
        return self._faults

    def schema_remarks(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what is odd about the version that the record declares."""
        if self._remarks is None:
            from igsn_lint import schemas

            valid = not self.schema_faults(xsd)
            self._remarks = tuple(schemas.xml_remarks(self._element, self.namespace, valid=valid))
        return self._remarks

    def not_judged(self) -> str | None:
        """Return why the record is not judged by a schema, or None."""
        from igsn_lint import kernel, schemas

        old = schemas.retired_xml(self._element, self.namespace)
        return None if old is None else kernel.not_judged(old)

    def digest(self) -> bytes:
        """Return a digest of what the record's elements say: the same alone and in an envelope, indented or not."""
        return digest_of(self._element)


def digest_of(element: Any) -> bytes:
    """Return a digest of the texts and attributes in an element, whatever white space stands between them."""
    text: bytes = etree.tostring(element, method="text", encoding="utf-8", with_tail=False)
    attributes = "\0".join(_attributes()(element)).encode("utf-8", "surrogatepass")
    return crc32(attributes, crc32(b"".join(text.split()))).to_bytes(4, "big")


@cache
def _attributes() -> Any:
    # Not those of the element itself: where its schema lies is no part of what it says.
    return etree.XPath("*/descendant-or-self::*/@*", smart_strings=False)


class XmlDocument(Document):
    """An XML tree; origins are an element and ``""`` (its text), an attribute's name, or None (all of it)."""

    format = "xml"

    def __init__(self, source: Source, root: Any, *, plain: bool = True) -> None:
        super().__init__(source)
        self.tree = root
        self._as_it_is = plain

    def parts(self) -> Iterator[Part]:
        """Yield the whole document as one part."""
        yield Part([*self._records(), *self._legacy_records()], self._segments, self._plain)

    def _records(self) -> Iterator[XmlRecord]:
        for record in self._found_records():
            if (reason := record.not_judged()) is not None and reason not in self.notices:
                self.notices.append(reason)
            yield record

    def _found_records(self) -> Iterator[XmlRecord]:
        root = self.tree
        if isinstance(root.tag, str) and (match := _KERNEL.match(root.tag)):
            yield XmlRecord(root, match[1], self.source.data, wide=self._wide)
            return
        if root.tag == "resource" and root.find("identifier") is not None and root.find("creators") is not None:
            yield XmlRecord(root, "", self.source.data, wide=self._wide)
            return
        for element in root.iter("{*}resource"):
            if match := _KERNEL.match(element.tag):
                yield XmlRecord(element, match[1], wide=self._wide)

    @cached_property
    def _wide(self) -> bool:
        """Whether some element in a record has very many children; only long documents can."""
        return len(self.source.data) > 100_000 and bool(_wide_elements()(self.tree))

    def _legacy_records(self) -> Sequence[LegacyRecord]:
        """Return the records of formats other than DataCite's; all of these say igsn somewhere."""
        if _KERNEL.match(str(self.tree.tag)) or not self._has_types:
            return ()
        from igsn_lint.readers import legacy

        records = list(legacy.in_xml(self.tree))
        self.notices += [notice for notice in legacy.notices(records) if notice not in self.notices]
        return records

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        """Yield the wanted texts, attributes and comments in document order."""
        typed = self._has_types
        for element in self.tree.iter():
            tag = element.tag
            if not isinstance(tag, str):
                text = element.text
                if tag is etree.Comment and text and wanted(text, None):
                    yield Segment(text, (element, ""), marked=[(0, len(text), "comment")])
                continue
            leaf = len(element) == 0
            text = element.text if leaf else _own_text(element)
            if text and not (text if leaf else text.replace(CHILD, " ")).isspace():
                label = tag.rpartition("}")[2]
                label = _label(element, label) if typed and leaf else label
                if wanted(text, label):
                    yield Segment(text, (element, ""), label, cell=leaf)
            for name, value in attributes(element):
                local = name.rpartition("}")[2]
                if typed and local == "value":
                    local = _label(element, local)
                if value and not name.startswith(_XSI) and wanted(value, local):
                    yield Segment(value, (element, name), local, cell=True)

    @cached_property
    def _has_types(self) -> bool:
        """Whether the value of an attribute may say that an element holds an IGSN ID."""
        raw = self.source.plain
        return raw is None or b"gsn" in raw.lower()

    @cached_property
    def _paths(self) -> Paths:
        from igsn_lint.readers.xmlplaces import Paths

        return Paths()

    @cached_property
    def _positions(self) -> Positions:
        from igsn_lint.readers.xmlplaces import Positions

        return Positions(self.source.text)

    @cached_property
    def _numbers(self) -> dict[Any, int]:
        found = {node: i for i, node in enumerate(node for node in self.tree.iter() if isinstance(node.tag, str))}
        # Comments count from the beginning of the file, also those before the root.
        outside = list(self.tree.itersiblings(etree.Comment, preceding=True))
        comments = [*reversed(outside), *self.tree.iter(etree.Comment)]
        return found | {node: i for i, node in enumerate(comments)}

    @cached_property
    def _plain(self) -> bytes | None:
        """The bytes where no character is written by reference."""
        raw = self.source.plain if self._as_it_is else None
        # Without an ampersand nothing in the file is written by reference.
        return None if raw is None or (b"&" in raw and (b"&#" in raw or b"<!ENTITY" in raw)) else raw

    def may_hold(self, character: str) -> bool:
        """Return False where an ASCII character stands nowhere in the file, not even by reference."""
        return self._plain is None or character.encode() in self._plain

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place: a text or attribute value, or the name in the start tag of an element."""
        if place.origin is None:
            return super().locate(place)
        element, part = place.origin
        number = self._numbers.get(element)
        if number is not None and not isinstance(element.tag, str):
            return self._positions.comment_span(number, place.start or 0, place.end)
        if number is None:
            return None
        return self._positions.span(number, part, place.start, place.end)

    def extent(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of an element with its tags and the white space before it."""
        number = self._numbers.get(place.origin[0]) if place.origin else None
        return None if number is None else self._positions.element(number)

    def pointer(self, place: Place) -> str:
        """Return the path of a place, by local names, with an index only among equal siblings."""
        if place.origin is None:
            return ""
        element, part = place.origin
        if not isinstance(element.tag, str):
            element, part = element.getparent(), None
        path = self._paths.of(element)
        return f"{path}/@{part.rpartition('}')[2]}" if part else path

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` escaped for XML text or an attribute."""
        return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;" if place.origin[1] else '"')


@cache
def _wide_elements() -> Any:
    from igsn_lint.schemas import MANY

    return etree.XPath(f"boolean(//*[local-name()='resource']/descendant-or-self::*[*[{MANY + 1}]])")


_CALLED = ("name", "key")
_ONE_OF_THEM = {"value", "item", "str", "string", "li", "member", "entry", "CharacterString", "Anchor"}
"""What an element is called that holds one of several values, or any text: those around it tell what they are."""

_MOST_BESIDE = 20
"""Among so many elements one says what another one is."""


def _label(element: Any, local: str) -> str:
    """Return what names the content of an element: its name, or what an attribute or an element beside it calls it."""
    types = facts.identifier_keys("type")
    for name in element.attrib:
        # Only what is wanted is looked up: each look-up goes through all.
        value = element.get(name) if name in types or name in _CALLED else ""
        if name in types and "gsn" in value.lower() and (kind := kind_named(value)) is not None:
            return kind
        if name in _CALLED and is_igsn_label(value):
            return str(value)
    holder = element.getparent()
    if holder is None:
        return local
    if local in facts.identifier_keys("value") or local in facts.identifier_keys("typed"):
        kind = _kind_beside(holder, local)
        if kind is not None:
            return kind
    if local in _ONE_OF_THEM:
        before = element.getprevious()
        if local == "value" and before is not None and isinstance(before.tag, str) and local_name(before) in _CALLED:
            return (before.text or "").strip() or local
        return _label(holder, local_name(holder))
    return local


def _kind_beside(holder: Any, local: str) -> str | None:
    """Return the label that an element beside the one of this name gives to it, or None."""
    if len(holder) > _MOST_BESIDE:
        return None
    saying = facts.identifier_keys("type")
    if local in facts.identifier_keys("value") and not local.lower().endswith("identifier"):
        # An identifier beside a name is that of what is called so: an organisation, a term.
        saying |= facts.identifier_keys("name")
    for beside in holder.iterchildren("*"):
        if local_name(beside) in saying:
            for text in islice(beside.itertext(), _MOST_BESIDE):
                if "gsn" in text.lower() and (kind := kind_named(text)) is not None:
                    return kind
    return None


def _own_text(element: Any) -> str:
    """Return the text of an element with U+FFFC for each child element; comments inside do not cut it."""
    if len(element) == 0:
        return element.text or ""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            pieces.append(CHILD)
        pieces.append(child.tail or "")
    return "".join(pieces)


_ARTICLES = {"article": "jats", "sub-article": "jats", "book-part-wrapper": "jats", "TEI": "tei", "teiCorpus": "tei"}
"""Root elements of texts with elements inside the line, which are read as texts; DocBook's article is one."""

_WORKBOOK = "{urn:schemas-microsoft-com:office:spreadsheet}Workbook"
"""The root of a workbook as Excel 2003 and many a database write it: tables, and so read as texts are."""


def _article(root: Any) -> str | None:
    """Return the format of what is read as a text, by its root, or None."""
    if not isinstance(root.tag, str):
        return None
    return "xml" if root.tag == _WORKBOOK else _ARTICLES.get(local_name(root))


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as XML; where it can not be read as such, a Document with the Fault."""
    if not source.data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return Document(source)
    parsed = parse(source)
    document: Document
    if parsed.root is None:
        document = Document(source)
    elif (article := _article(parsed.root)) is not None:
        from igsn_lint.readers.markup import read_article

        document = read_article(source, article, parsed.root)
    else:
        document = XmlDocument(source, parsed.root, plain=not parsed.replaced)
    document.faults += parsed.faults
    return document
