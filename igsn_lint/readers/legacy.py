"""Sample metadata other than DataCite's: of the former IGSN registry, its agents, SESAR and iSamples, in XML and JSON.

They give Records of kind ``legacy`` in the words of the DataCite schema: which sample they are about, and what it is
related to. Readers import this module where a document may hold one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

from igsn_lint import facts
from igsn_lint.model import Place, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from igsn_lint.facts import LegacyFormat
    from igsn_lint.model import Item, SchemaFault


class LegacyItem:
    """An identifier in a legacy document, with its type and relation in DataCite's words."""

    __slots__ = ("_attributes", "place", "value")

    def __init__(self, value: Segment | None, place: Place, attributes: dict[str, Segment]) -> None:
        self.value, self.place, self._attributes = value, place, attributes

    @property
    def words(self) -> str:
        """The identifier without white space around it; empty where there is none."""
        return "" if self.value is None else self.value.text.strip()

    def get(self, name: str) -> Segment | None:
        """Return the type or relation."""
        return self._attributes.get(name)

    def text(self, name: str) -> str:
        """Return the text of the type or relation, empty where it is absent."""
        segment = self._attributes.get(name)
        return "" if segment is None else segment.text

    def items(self, name: str) -> Sequence[Item]:
        """Return nothing: an identifier holds no items."""
        return ()

    def names(self) -> Iterable[str]:
        """Return nothing: no rule asks for the attributes of a legacy document."""
        return ()


class LegacyRecord:
    """What a legacy document tells about one sample; ``title`` names its format, ``schema`` our schema of it."""

    kind: Literal["datacite", "legacy"] = "legacy"
    api_export = False
    is_resource = False
    identifier_may_be_url = True
    schema = ""

    def __init__(self, title: str, family: str, place: Place, items: dict[str, list[LegacyItem]]) -> None:
        self.title, self.family, self.place, self._items = title, family, place, items
        self.sample: bool | None = True
        self.memo: dict[object, Any] = {}

    @property
    def identifier(self) -> Item | None:
        """The record's own identifier: for most a Handle or a bare code, by design."""
        items = self._items.get("identifier")
        return items[0] if items else None

    def items(self, name: str) -> Sequence[Item]:
        """Return the identifiers of that kind; legacy documents have no other items."""
        return self._items.get(name, ())

    def field(self, name: str) -> Segment | None:
        """Return nothing: legacy documents are no bodies for DataCite's API."""
        return None

    def schema_faults(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what the schema of the format refuses, where there is one; a DataCite XSD says nothing of it."""
        return ()

    def schema_remarks(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return nothing: a legacy document declares its version by its namespace."""
        return ()

    def digest(self) -> bytes:
        """Return a digest of the record's values."""
        raise NotImplementedError


def notices(records: Sequence[LegacyRecord]) -> list[str]:
    """Return, once a format, that the records are not validated."""
    titles = dict.fromkeys(record.title for record in records if not record.schema)
    return [f"{title}: read for its IDs and relations, not validated by its schema" for title in titles]


def is_null(text: str) -> bool:
    """Return whether a text says that there is nothing: SESAR and iSamples write "Not Provided"."""
    return not text.strip() or facts.says_none(text)


def word(written: str) -> str:
    """Return DataCite's word for a type or relation, which may be written as the address of a term."""
    term = written.strip().rstrip("/").rpartition("/")[2].rpartition("#")[2]
    return facts.legacy_words().get(term.lower(), term)


# ------------------------------------------------------------------------------------------------------------------ XML

_TYPES = ("identifierType", "relatedIdentifierType", "relatedResourceIdentifierType", "alternateIdentifierType", "type")
_NAMES = {"identifier": "identifierType", "related": "relatedIdentifierType", "alternate": "alternateIdentifierType"}


class XmlLegacyRecord(LegacyRecord):
    """A legacy record in XML."""

    def __init__(self, element: Any, known: LegacyFormat) -> None:
        items = {
            "identifier": list(_items(element, known.identifier, "identifier"))[:1],
            "relatedIdentifier": list(_items(element, known.related, "related")),
            "alternateIdentifier": list(_items(element, known.alternate, "alternate")),
        }
        super().__init__(known.title, f"{known.family}-xml", Place((element, None)), items)
        self._element, self.schema = element, known.schema

    def schema_faults(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what the legacy schema refuses; nothing where this project has none."""
        if not self.schema:
            return ()
        from igsn_lint import schemas

        return schemas.legacy_faults(self._element, self.schema)

    def digest(self) -> bytes:
        """Return a digest of the record as it stands."""

        from igsn_lint.readers.xml import digest_of

        return digest_of(self._element)


def in_xml(root: Any) -> Iterator[XmlLegacyRecord]:
    """Yield the legacy records of an XML tree, wherever they stand; what stands inside one is part of it."""
    formats = facts.legacy_formats()
    last = None
    for element in root.iter("{*}sample", "{*}resource", "{*}results"):
        known = formats.get(element.tag)
        if known is None:
            continue
        parent = element.getparent()
        if parent is not None:
            namespace, brace, _ = element.tag.rpartition("}")
            beneath = f"{namespace}{brace}{str(parent.tag).rpartition('}')[2]}/{known.element}"
            known = formats.get(beneath, known)
        if not known.namespace and (element.find("user_code") is None or element.find("igsn") is None):
            continue
        if last is not None and any(ancestor is last for ancestor in element.iterancestors()):
            continue
        last = element
        yield XmlLegacyRecord(element, known)


def _items(record: Any, paths: str, kind: str) -> Iterator[LegacyItem]:
    """Yield the identifiers that stand at the paths, as the table of formats writes them."""
    for spec in paths.split():
        path, _, relation = spec.partition("=")
        namespace = record.tag.rpartition("}")[0]
        steps = [f"{namespace}}}{step}" if namespace else step for step in path.split("/")]
        for element in record.iterfind("/".join(steps)):
            yield _item(element, kind, relation)


def _item(element: Any, kind: str, relation: str) -> LegacyItem:
    from igsn_lint.readers.xml import value_of
    from igsn_lint.readers.xmltext import attributes as written_attributes

    value = value_of(element)
    whole = (element, None)
    attributes: dict[str, Segment] = {}
    if relation:
        attributes["relationType"] = Segment(relation.rstrip("!"), whole, "relationType", cell=True)
        if relation.endswith("!"):
            attributes[_NAMES[kind]] = Segment("IGSN", whole, _NAMES[kind], cell=True)
    for name, written in written_attributes(element):
        ours = _NAMES[kind] if name in _TYPES else name
        if ours in {_NAMES[kind], "relationType"}:
            attributes[ours] = Segment(word(written), (element, name), ours, cell=True)
    return LegacyItem(None if value is None or is_null(value.text) else value, Place(whole), attributes)


# ----------------------------------------------------------------------------------------------------------------- JSON

_ISAMPLES_IDENTIFIERS = ("sampleidentifier", "sample_identifier")
_ISAMPLES_MARKS = {
    "producedBy", "produced_by", "hasMaterialCategory", "has_material_category", "hasSpecimenCategory",
    "has_specimen_category", "has_sample_object_type",
}  # fmt: skip
_OURS = ("igsn:", "doi:10.", "10.", "https://doi.org/10.")
"""How the identifier of an iSamples record begins that is an IGSN ID; the others are ARKs."""

_Path = tuple["str | int", ...]


class JsonLegacyRecord(LegacyRecord):
    """A legacy record in JSON."""

    def __init__(
        self, data: dict[str, Any], path: _Path, title: str, family: str, items: dict[str, list[LegacyItem]]
    ) -> None:
        super().__init__(title, f"{family}-json", Place(path), items)
        self._data = data

    def digest(self) -> bytes:
        """Return a digest of the record's values."""
        import orjson

        return crc32(orjson.dumps(self._data, option=orjson.OPT_SORT_KEYS)).to_bytes(4, "big")


def in_json(tree: Any, path: _Path) -> Iterator[JsonLegacyRecord]:
    """Yield the legacy records of a JSON value, wherever they stand."""
    # A step is the step before it and a key: paths are spelled out only for records.
    stack: list[tuple[Any, Any]] = [(tree, None)]
    while stack:
        data, step = stack.pop()
        if isinstance(data, dict):
            read = _reader(data)
            if read is not None:
                yield read(data, (*path, *_spelled_out(step)))
                continue
            stack.extend((data[key], (step, key)) for key in reversed(data))
        elif isinstance(data, list):
            stack.extend((data[i], (step, i)) for i in range(len(data) - 1, -1, -1))


def _spelled_out(step: Any) -> _Path:
    keys = []
    while step is not None:
        step, key = step
        keys.append(key)
    return tuple(reversed(keys))


def _reader(data: dict[str, Any]) -> Any:
    """Return what reads an object as a record, or None where it is none."""
    if isinstance(data.get("igsn"), str) and data["igsn"].strip():
        if isinstance(data.get("registrant"), dict):
            return _registration
        if isinstance(data.get("user_code"), str):
            return _sesar
    for key in _ISAMPLES_IDENTIFIERS:
        own = data.get(key)
        if isinstance(own, str) and own.strip().lower().startswith(_OURS) and not _ISAMPLES_MARKS.isdisjoint(data):
            return _isamples
    return None


def _text(data: Any, path: _Path, *, to_word: bool = False) -> Segment | None:
    """Return a text that says something."""
    if not isinstance(data, str) or is_null(data):
        return None
    return Segment(word(data) if to_word else data, path, str(path[-1]), cell=True)


def _related(value: Segment | None, place: _Path, kind: Segment | None, relation: Segment | None) -> LegacyItem:
    attributes = {"relatedIdentifierType": kind, "relationType": relation}
    return LegacyItem(value, Place(place), {name: given for name, given in attributes.items() if given is not None})


def _first(data: dict[str, Any], keys: Iterable[str], path: _Path) -> Segment | None:
    """Return the word under the first of the keys that is there."""
    return next((found for key in keys if (found := _text(data.get(key), (*path, key), to_word=True))), None)


def _entries(data: Any, path: _Path) -> Iterator[tuple[dict[str, Any], _Path]]:
    for i, entry in enumerate(data if isinstance(data, list) else ()):
        if isinstance(entry, dict):
            yield entry, (*path, i)


def _own(data: dict[str, Any], key: str, path: _Path) -> list[LegacyItem]:
    return [LegacyItem(_text(data[key], (*path, key)), Place((*path, key)), {})]


def _registration(data: dict[str, Any], path: _Path) -> JsonLegacyRecord:
    """Read IGSN registration metadata in JSON (github IGSN/igsn-json), as SESAR serves it, too."""
    related = []
    for entry, at in _entries(data.get("related"), (*path, "related")):
        inner = entry.get("identifier")
        if isinstance(inner, dict):
            relation = _first(entry, ("relationType", "relationshipType", "relationship"), at)
            value = _text(inner.get("id"), (*at, "identifier", "id"))
            kind = _text(inner.get("kind"), (*at, "identifier", "kind"), to_word=True)
            related.append(_related(value, at, kind, relation))
    description = data.get("description")
    if isinstance(description, dict):
        related += _part_of(description, "parentIdentifier", (*path, "description"))
    items = {"identifier": _own(data, "igsn", path), "relatedIdentifier": related}
    return JsonLegacyRecord(data, path, "IGSN registration metadata in JSON", "igsn", items)


def _part_of(data: dict[str, Any], key: str, path: _Path) -> Iterator[LegacyItem]:
    """Yield the parent that a sample of SESAR names under a key of its own."""
    if parent := _text(data.get(key), (*path, key)):
        kind, relation = (Segment(text, parent.origin, cell=True) for text in ("IGSN", "IsPartOf"))
        yield _related(parent, parent.origin, kind, relation)


def _sesar(data: dict[str, Any], path: _Path) -> JsonLegacyRecord:
    """Read a sample as SESAR takes and serves it."""
    related = list(_part_of(data, "parent_igsn", path))
    items = {"identifier": _own(data, "igsn", path), "relatedIdentifier": related}
    return JsonLegacyRecord(data, path, "SESAR sample metadata", "sesar", items)


def _isamples(data: dict[str, Any], path: _Path) -> JsonLegacyRecord:
    """Read an iSamples core record."""
    own = next(key for key in _ISAMPLES_IDENTIFIERS if isinstance(data.get(key), str))
    related = []
    for key in ("relatedResource", "related_resource"):
        for entry, at in _entries(data.get(key), (*path, key)):
            relation = _first(entry, ("relationship",), at)
            related.append(_related(_text(entry.get("target"), (*at, "target")), at, None, relation))
    items = {"identifier": _own(data, own, path), "relatedIdentifier": related}
    return JsonLegacyRecord(data, path, "iSamples sample metadata", "isamples", items)
