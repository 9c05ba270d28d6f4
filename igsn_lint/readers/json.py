"""JSON: every string as a Segment labelled by its key, and DataCite records in all their shapes."""

from __future__ import annotations

import re
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any
from zlib import crc32

import orjson

from igsn_lint import facts
from igsn_lint.identifier import upper
from igsn_lint.labels import is_igsn_label, kind_named
from igsn_lint.model import Document, Fault, Part, Place, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers.jsontext import DEEPEST, KEY, JsonText, Path, is_too_deep, may_repeat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Literal

    from igsn_lint.model import Item, Record, SchemaFault, Settings, Wanted
    from igsn_lint.source import Source

# Property of the DataCite schema -> key of the list (or object) in JSON, key of the value inside.
_PROPERTIES: dict[str, tuple[str, str]] = {
    "creator": ("creators", "name"),
    "title": ("titles", "title"),
    "subject": ("subjects", "subject"),
    "contributor": ("contributors", "name"),
    "date": ("dates", "date"),
    "relatedIdentifier": ("relatedIdentifiers", "relatedIdentifier"),
    "description": ("descriptions", "description"),
    "resourceType": ("types", "resourceType"),
    "publisher": ("publisher", "name"),
    "publicationYear": ("publicationYear", ""),
    "rights": ("rightsList", "rights"),
    "geoLocation": ("geoLocations", "geoLocationPlace"),
}
# Name inside a property -> keys that hold it, key of the value inside where it is an object.
_NESTED: dict[str, tuple[tuple[str, ...], str]] = {
    "nameIdentifier": (("nameIdentifiers", "nameIdentifier"), "nameIdentifier"),
    "affiliation": (("affiliation", "affiliations"), "name"),
}
_NAMES = {"creatorName", "contributorName"}
_ELSEWHERE = {*_NAMES, *_NESTED}
"""Names that another key may hold."""

# Attribute -> keys of it. DataCite writes schemeUri; schemeURI stands in older and other JSON.
_ATTRIBUTES = {
    "schemeURI": ("schemeUri", "schemeURI"),
    "valueURI": ("valueUri", "valueURI"),
    "rightsURI": ("rightsUri", "rightsURI"),
    "awardURI": ("awardUri", "awardURI"),
    "xml:lang": ("lang", "xml:lang"),
}
_MARKS = {"creators", "titles", "publisher", "publicationYear", "types", "doi", "identifiers", "relatedIdentifiers"}
_SERVER_KEYS = {"agency", "created", "registered", "updated", "isActive", "citationCount", "viewCount"}
"""What only the server writes."""
_COUNTED = {
    "updated",
    *(
        f"{what}Count"
        for what in ("view", "download", "citation", "reference", "part", "partOf", "version", "versionOf")
    ),
    *(f"{what}OverTime" for what in ("views", "downloads", "citations")),
}
"""What differs between two answers of the server although nobody has changed the record."""


_UNREAD: Any = object()
_BLANK = lazy(r"\s*,\s*")


class JsonItem:
    """One property of a JSON record: an object, or a plain value."""

    __slots__ = ("_data", "_items", "_key", "_names", "_path", "_value", "_words")

    def __init__(self, data: Any, path: Path, key: str, names: dict[str, str] | None = None) -> None:
        self._data, self._path, self._key, self._names = data, path, key, names
        self._value: Segment | None = _UNREAD
        self._words: str | None = None
        self._items: dict[str, Sequence[JsonItem]] | None = None

    @property
    def value(self) -> Segment | None:
        """The property's own text."""
        if self._value is _UNREAD:
            whole = not isinstance(self._data, dict)
            self._value = _segment(self._data, self._path, self._key) if whole else self.get(self._key)
        return self._value

    @property
    def words(self) -> str:
        """The property's own text without white space around it."""
        words = self._words
        if words is None:
            data = self._data
            value = data.get(self._key) if isinstance(data, dict) else data
            self._words = words = value.strip() if isinstance(value, str) else _text(value)
        return words

    @property
    def place(self) -> Place:
        """The whole property."""
        return Place(self._path)

    def _named(self, name: str) -> str:
        """Return the key of an attribute or simple child."""
        if self._names is not None and name in self._names:
            return self._names[name]
        known = _ATTRIBUTES.get(name)
        return name if known is None else next((key for key in known if key in self._data), known[0])

    def text(self, name: str) -> str:
        """Return the text of the attribute ``name``, empty where it is absent or no text."""
        data = self._data
        if not isinstance(data, dict):
            return ""
        value = data.get(name if self._names is None and name not in _ATTRIBUTES else self._named(name))
        return value if isinstance(value, str) else ""

    def get(self, name: str) -> Segment | None:
        """Return the attribute or simple child ``name``, if it is text or a number."""
        if not isinstance(self._data, dict):
            return None
        name = self._named(name)
        return _segment(self._data.get(name), (*self._path, name), name)

    def items(self, name: str) -> Sequence[Item]:
        """Return what the object holds under ``name``, or the points of a polygon, which is a list in JSON."""
        if self._items is None:
            self._items = {}
        found: Sequence[JsonItem] | None = self._items.get(name)
        if found is None:
            data = self._data
            absent = isinstance(data, dict) and name not in data and name not in _ELSEWHERE
            self._items[name] = found = () if absent else self._read(name)
        return found

    def _read(self, name: str) -> list[JsonItem]:
        if isinstance(self._data, list):
            held = enumerate(self._data)
            return [
                JsonItem(e[name], (*self._path, i, name), name) for i, e in held if isinstance(e, dict) and name in e
            ]
        if not isinstance(self._data, dict):
            return []
        if name in _NAMES and "name" in self._data:
            # The name stands in the object beside the attributes that it has in XML.
            return [JsonItem(self._data, self._path, "name")]
        if name == "geoLocationPolygon":
            return _polygons(self._data.get(name), (*self._path, name))
        keys, value = _NESTED.get(name, ((name,), name))
        for key in keys:
            data = self._data.get(key)
            if data is not None:
                return _entries(data, (*self._path, key), value)
        return []

    def names(self) -> Sequence[str]:
        """Return the keys of the object."""
        return list(self._data) if isinstance(self._data, dict) else []


def _entries(data: Any, path: Path, value: str) -> list[JsonItem]:
    """Return the items of a list, or the one that stands without a list."""
    if isinstance(data, list):
        return [JsonItem(entry, (*path, i), value) for i, entry in enumerate(data) if entry is not None]
    return [] if data is None else [JsonItem(data, path, value)]


def _polygons(data: Any, path: Path) -> list[JsonItem]:
    """Return the polygons: a list of points is one, a list of lists or of objects with a list of points several."""
    if isinstance(data, list) and any(_is_ring(entry) for entry in data):
        return [JsonItem(entry, (*path, i), "") for i, entry in enumerate(data) if _is_ring(entry)]
    return [] if data is None else [JsonItem(data, path, "")]


def _is_ring(data: Any) -> bool:
    return isinstance(data, list) or (isinstance(data, dict) and isinstance(data.get("polygonPoint"), list))


def _segment(value: Any, path: Path, label: str) -> Segment | None:
    if isinstance(value, str):
        return Segment(value, path, label, cell=True)
    text = _text(value)
    return Segment(text, path, label, cell=True) if text else None


def _text(value: Any) -> str:
    """Return a number as text, and nothing for anything else that is no text."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


class JsonRecord:
    """A DataCite record in JSON: ``attributes`` of JSON:API, or a flat object."""

    kind: Literal["datacite", "legacy"] = "datacite"
    family = "json"
    asked_for = False
    """Whether a draft is asked for everything, because its ID is about to be registered."""

    def __init__(self, data: dict[str, Any], path: Path, *, api: bool, name: Any = None) -> None:
        self._data, self._path, self.is_resource = data, path, api
        # JSON:API has the identifier of a resource beside its attributes.
        self._name = name
        self.sample: bool | None = None
        self.memo: dict[object, Any] = {}
        self._items: dict[str, list[JsonItem]] = {}
        self._faults: Sequence[SchemaFault] | None = None
        self._remarks: Sequence[SchemaFault] | None = None

    @property
    def api_export(self) -> bool:
        """Whether it shows the marks of an export by DataCite, which writes IDs in lower case.

        A request has an event, and may have a state and the version of the schema, too.
        """
        if self._data.get("event"):
            return False
        return not _SERVER_KEYS.isdisjoint(self._data) or self._data.get("state") in ("registered", "findable")

    @property
    def place(self) -> Place:
        """The whole record."""
        return Place(self._path)

    @property
    def identifier(self) -> Item | None:
        """The record's own identifier: ``doi``, else an entry of ``identifiers`` with type DOI or IGSN, else ``id``."""
        found = self._items.get("identifier")
        if found is None:
            self._items["identifier"] = found = list(self._own())
        return found[0] if found else None

    def _own(self) -> Iterator[JsonItem]:
        """Yield the record's own identifiers, the first that counts first."""
        if isinstance(self._data.get("doi"), str):
            yield JsonItem(self._data["doi"], (*self._path, "doi"), "doi")
            return
        listed = self._data.get("identifiers")
        for i, entry in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(entry, dict) and str(entry.get("identifierType")).upper() in {"DOI", "IGSN"}:
                yield JsonItem(entry, (*self._path, "identifiers", i), "identifier")
                return
        single = self._data.get("identifier")
        if isinstance(single, dict) and isinstance(single.get("identifier"), str):
            yield JsonItem(single, (*self._path, "identifier"), "identifier")
            return
        if isinstance(self._data.get("id"), str) and "10." in self._data["id"]:
            yield JsonItem(self._data["id"], (*self._path, "id"), "id")

    @property
    def identifier_may_be_url(self) -> bool:
        """Whether DataCite itself writes the identifier as a URL here (everywhere but under ``doi``)."""
        return "doi" not in self._data

    def items(self, name: str) -> Sequence[Item]:
        """Return the items of a property in the words of the DataCite schema."""
        found = self._items.get(name)
        if found is None:
            self._items[name] = found = self._read(name)
        return found

    def _read(self, name: str) -> list[JsonItem]:
        if name == "alternateIdentifier":
            own = self.identifier
            found = [*self._list("alternateIdentifiers", name), *self._list("identifiers", "identifier")]
            return [item for item in found if own is None or item.place != own.place]
        key, value = _PROPERTIES.get(name, (f"{name}s", name))
        if name == "resourceType" and "types" not in self._data:
            key = "resourceType"
        data = self._data.get(key)
        if isinstance(data, list):
            return self._list(key, value)
        return [] if data is None else [JsonItem(data, (*self._path, key), value)]

    def field(self, name: str) -> Segment | None:
        """Return the value of a key of the body that is text or a number; ``id`` may stand beside the attributes."""
        if name == "id" and self._name is not None and "id" not in self._data:
            return _segment(self._name, (*self._path[:-1], "id"), "id")
        return _segment(self._data.get(name), (*self._path, name), name)

    def _list(self, key: str, value: str) -> list[JsonItem]:
        data = self._data.get(key)
        names = {"alternateIdentifierType": "identifierType"} if key == "identifiers" else None
        if not isinstance(data, list):
            return []
        return [
            JsonItem(entry, (*self._path, key, i), value, names) for i, entry in enumerate(data) if entry is not None
        ]

    def schema_faults(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what the newest DataCite schema refuses."""
        if self._faults is None:
            from igsn_lint import schemas

            self._faults = schemas.json_faults(self._judged(), self._path, partial=self.is_partial)
        return self._faults

    def schema_remarks(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what is newer than the version that the record declares."""
        if self._remarks is None and "schemaVersion" not in self._data:
            self._remarks = ()
        if self._remarks is None:
            from igsn_lint import schemas

            valid = not self.schema_faults()
            found = schemas.json_remarks(self._judged(), self._path, valid=valid, partial=self.is_partial)
            self._remarks = tuple(found)
        return self._remarks

    def not_judged(self) -> str | None:
        """Return why the record is not judged by a schema, or None."""
        declared = self._data.get("schemaVersion")
        if not isinstance(declared, str):
            return None
        from igsn_lint import kernel

        old = kernel.retired(declared)
        return None if old is None else kernel.not_judged(old)

    def _judged(self) -> dict[str, Any]:
        """Return the metadata that a schema judges: of a draft, an empty list is no more there than what is absent."""
        if not self.is_partial:
            return self._data
        return {key: value for key, value in self._data.items() if value not in (None, "", [], {})}

    @property
    def is_partial(self) -> bool:
        """Whether what is not there is no fault.

        A body for DataCite's API without state or event is a draft or a partial update, and a draft is not judged by
        DataCite. Metadata sent as XML inside the body: the keys beside it need not be there.
        """
        if self.is_resource and not self.asked_for and not self._data.get("event"):
            return self._has_xml or self._data.get("state") in (None, "", "draft")
        return self._has_xml

    @property
    def _has_xml(self) -> bool:
        """Whether the metadata is sent as XML inside the body; DataCite's own answers have it beside the rest."""
        xml = self._data.get("xml")
        return xml is not None and isinstance(xml, str) and xml != ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether all that the record says stands in XML inside the body."""
        return self._has_xml and not self._data.get("creators") and not self._data.get("titles")

    def left_out(self) -> list[str]:
        """Return the mandatory properties that a draft or a partial update leaves out, which is no fault of it."""
        if not self.is_partial or self._has_xml:
            return []
        return [
            key for key in ("creators", "titles", "publisher", "publicationYear", "types") if not self._data.get(key)
        ]

    def digest(self) -> bytes:
        """Return a digest of the record's values."""
        data = {key: value for key, value in self._data.items() if key not in _COUNTED}
        return crc32(orjson.dumps(data, option=orjson.OPT_SORT_KEYS)).to_bytes(4, "big")


class JsonDocument(Document):
    """A JSON value; origins are paths of keys and indices. ``raw`` are the bytes it was read from, in UTF-8."""

    format = "json"

    def __init__(self, source: Source, data: Any, raw: bytes, settings: Settings) -> None:
        super().__init__(source)
        self.tree = data
        self.raw, self._settings = raw, settings
        self._held: dict[str, bool] = {}
        self._escaping: dict[Path | None, bool] = {}

    def parts(self) -> Iterator[Part]:
        """Yield the whole document as one part."""
        faults = repeated_keys(self.raw, self.tree, lambda: self._text)
        self.faults += faults
        yield Part(self.found(faults, self.tree, (), self._plain), partial(segments, self.tree, ()), self._plain)

    @cached_property
    def _plain(self) -> bytes | None:
        return unescaped(self.source.plain)

    def may_hold(self, character: str) -> bool:
        """Return False where an ASCII character stands nowhere in the file, not even as an escape."""
        found = self._held.get(character)
        if found is None:
            self._held[character] = found = self._plain is None or character.encode() in self._plain
        return found

    def found(self, faults: Iterable[Fault], data: Any, path: Path, raw: bytes | None) -> Sequence[Record]:
        """Return the records of a JSON value: DataCite's, else those of other formats, which name igsn somewhere."""
        if is_beyond(faults):
            return []
        own = list(records(data, path))
        told = left_out(own, self._settings) if own else []
        others: list[Any] = []
        if not own and (raw is None or b"gsn" in raw.lower() or b"sample" in raw):
            from igsn_lint.readers import legacy

            others = list(legacy.in_json(data, path))
            told = legacy.notices(others)
        if told:
            self.notices += [notice for notice in told if notice not in self.notices]
        return own or others

    @cached_property
    def _text(self) -> JsonText:
        text = self.source.text
        return JsonText(text, 1 if text.startswith("\ufeff") else 0)

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place: the value without its quotes, or the whole object or list."""
        if place.origin is None:
            return super().locate(place)
        span, found = self._text.span(place.origin)
        return self._text.inside(span, *(place[1:] if found else (None, None)))

    def extent(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of an entry of a list with the comma that parts it from its neighbour."""
        if not place.origin or not isinstance(place.origin[-1], int):
            return None
        found = self.whole(place.origin)
        if found is None:
            return None
        text, (begin, end) = self.source.text, found
        before = len(text[:begin].rstrip(" \t\r\n"))
        if text[before - 1 : before] == ",":
            return before - 1, end
        after = _BLANK.match(text, end)
        return begin, after.end() if after is not None else end

    def whole(self, origin: Path) -> tuple[int, int] | None:
        """Return the offsets of a whole value, its quotes or brackets included."""
        span, found = self._text.span(origin)
        return span if found else None

    def editable(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place, or None where it is a key, by which programs find its value."""
        return None if place.origin and place.origin[-1] == KEY else self.locate(place)

    def pointer(self, place: Place) -> str:
        """Return the JSON Pointer of a place (RFC 6901); that of a key is the one of its value."""
        return as_pointer(place.origin or ())

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` escaped for a JSON string, with ``\\/`` where the string has it."""
        written = orjson.dumps(value).decode()[1:-1]
        return written.replace("/", "\\/") if "/" in written and self._escapes_slashes(place.origin) else written

    def _escapes_slashes(self, origin: Path | None) -> bool:
        """Return whether a string has a slash behind a backslash; it is looked through once."""
        if origin not in self._escaping:
            self._escaping[origin] = "\\/" in self.shown(Place(origin))
        return self._escaping[origin]


def as_pointer(path: Path) -> str:
    """Return a path as a JSON Pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path if step != KEY)


def left_out(found: Iterable[JsonRecord], settings: Settings) -> list[str]:
    """Return what is to be told of drafts and partial updates; where ``register`` judges, they are asked for all."""
    keys: dict[str, None] = {}
    told = []
    for record in found:
        record.asked_for = settings.profile == "register"
        if (reason := record.not_judged()) is not None:
            told.append(reason)
        if not record.is_partial:
            continue
        keys.update(dict.fromkeys(record.left_out()))
        if record.is_elsewhere:
            told.append("the metadata inside the body, in base64, is not read")
    if keys:
        told.insert(0, f"draft or partial update, not asked for what it leaves out: {', '.join(keys)}")
    return list(dict.fromkeys(told))


def repeated_keys(raw: bytes, data: Any, text: Callable[[], JsonText]) -> Sequence[Fault]:
    """Return a Fault for each key that stands twice in one object; ``text`` is looked through only where one may.

    A value that lies too deep to be read as a record is a Fault, too.
    """
    try:
        if not may_repeat(raw, data):
            return ()
    except TypeError:
        return [_too_deep(text().too_deep_at())]
    words = 'the key "{}" stands twice in one object; programs keep one of the two values, mostly the last'
    return [
        Fault("duplicate-key", start, words.format(key), end, first)
        for key, (start, end), (first, _) in text().repeated()
    ]


def is_beyond(faults: Iterable[Fault]) -> bool:
    """Return whether a document is beyond the limits, so that no record of it is read."""
    return any(fault.kind == "hostile-document" for fault in faults)


def parse(data: bytes) -> tuple[Any, Fault | None]:
    """Return the decoded JSON, or the Fault with the offset (in characters) where it breaks."""
    if is_too_deep(data):
        return None, _too_deep(JsonText(data.decode("utf-8", "replace")).too_deep_at())
    try:
        return orjson.loads(data), None
    except orjson.JSONDecodeError as error:
        message = re.sub(r": line \d+ column \d+ \(char \d+\)$", "", str(error))
        if "depth limit" in message or "recursion limit" in message.lower():
            return None, _too_deep(error.pos)
        return None, Fault("malformed-document", error.pos, f"not well-formed JSON: {message}")


def _too_deep(offset: int) -> Fault:
    return Fault("hostile-document", offset, f"more than {DEEPEST} objects and lists lie in one another")


def _is_record(data: dict[str, Any]) -> bool:
    """Return whether a flat object is a DataCite record."""
    if "@context" in data or "@graph" in data:
        return False
    if "datacite.org/schema/kernel" in str(data.get("schemaVersion")) and len(_MARKS.intersection(data)) >= 2:
        return True
    general = data.get("types", data.get("resourceType"))
    typed = isinstance(general, dict) and "resourceTypeGeneral" in general
    return typed and len(_MARKS.intersection(data)) >= (3 if "types" in data else 2)


def _is_body(attributes: dict[str, Any]) -> bool:
    """Return whether the attributes are those of a DOI, also where the resource does not say its type."""
    sent = "event" in attributes and not {"doi", "prefix"}.isdisjoint(attributes)
    return sent or len(_MARKS.intersection(attributes)) >= 3


def records(data: Any, path: Path) -> Iterator[JsonRecord]:
    """Yield the DataCite records of a JSON value: flat, JSON:API single or list, or a list of these."""
    if isinstance(data, list):
        for i, entry in enumerate(data):
            if isinstance(entry, dict):
                yield from records(entry, (*path, i))
    elif isinstance(data, dict):
        inner = data.get("data")
        attributes = data.get("attributes")
        if isinstance(attributes, dict) and (data.get("type") == "dois" or _is_body(attributes)):
            yield JsonRecord(attributes, (*path, "attributes"), api=True, name=data.get("id"))
        elif isinstance(inner, dict) and isinstance(inner.get("attributes"), dict):
            yield from records(inner, (*path, "data"))
        elif isinstance(inner, list):
            for i, entry in enumerate(inner):
                if isinstance(entry, dict) and isinstance(entry.get("attributes"), dict):
                    yield from records(entry, (*path, "data", i))
        elif _is_record(data):
            yield JsonRecord(data, path, api=False)


_UNLABELLED = "\0"
_DESCRIBING = {
    "@context", "properties", "definitions", "$defs", "iriMap", "dependencies", "devDependencies", "peerDependencies",
    "optionalDependencies", _UNLABELLED,
}  # fmt: skip
"""Keys of objects that say something about keys: below them a key is no label of its value."""


def _are_schemas(properties: dict[str, Any]) -> bool:
    """Return whether the values below ``properties`` say something about keys; in GeoJSON they are values."""
    return all(isinstance(value, dict | bool) for value in properties.values())


@cache
def _naming() -> frozenset[str]:
    """Return the keys whose value may say what the value beside them is."""
    return facts.identifier_keys("type") | facts.identifier_keys("name")


@cache
def _values() -> frozenset[str]:
    """Return the keys of the value that another one names."""
    return facts.identifier_keys("value") | {"#text"}


def _named(data: dict[str, Any]) -> dict[str, str]:
    """Return the labels, by key, of the values of an object that another value beside them calls IGSN IDs."""
    for key in _naming().intersection(data):
        if (named := _kind(data[key])) is not None:
            if key in facts.identifier_keys("type") and _values().isdisjoint(data) and "attributes" not in data:
                held_by = facts.identifier_keys("typed").intersection(data)
                return {held: named for held in held_by if _has_digit(data[held])}
            return dict.fromkeys(_values().intersection(data), named)
    return {}


def _paired(data: dict[str, Any]) -> dict[str, str]:
    """Return the labels, by key, of values whose kind is told by a key that begins like theirs: x and xType."""
    found = {}
    for key in data:
        if key.endswith(_OF_KINDS) and (named := _kind(data[key])) is not None:
            held = key[: -6 if key.endswith("cheme") else -4].rstrip("_-")
            if held in data:
                found[held] = named
    return found


_OF_KINDS = ("Type", "_type", "-type", "Scheme", "_scheme", "-scheme")


def _kind(said: Any) -> str | None:
    """Return the label that the name of a kind of identifiers gives to them where they are IGSN IDs, or None.

    Dataverse wraps each value in an object.
    """
    if isinstance(said, dict) and "typeName" in said:
        said = said.get("value")
    return kind_named(said) if isinstance(said, str) and "gsn" in said.lower() else None


def _nested(data: dict[str, Any], label: str) -> dict[str, str]:
    """Return the labels, by key, of what stands below a label: the ID among what belongs to it, those of its kin."""
    if not is_igsn_label(label) or data.get("type") in _SCHEMA_TYPES:
        return {}
    found = dict.fromkeys((_values() | facts.identifier_keys("typed")).intersection(data), label)
    found.update({key: f"{label} {key}" for key in data if key.lower() in facts.kin_words()})
    if not found and _PLURAL.search(label) and all(isinstance(text, str) for text in data.values()):
        # The names of samples, each with its ID
        found = dict.fromkeys(data, label)
    return {key: name for key, name in found.items() if _has_digit(data[key])}


_PLURAL = lazy(r"(?:igsn|id|number|code)s\Z", re.IGNORECASE)


_SCHEMA_TYPES = ("string", "object", "array", "integer", "number")


def _has_digit(value: Any) -> bool:
    """Return whether a value (or one of a list) is no mere name, such as that of a field of a form."""
    texts = value if isinstance(value, list) else [value]
    return any(isinstance(text, str) and any(c.isdigit() for c in text) for text in texts)


def unescaped(raw: bytes | None) -> bytes | None:
    """Return the bytes of a JSON text if no escape in them can hide an ASCII letter or digit."""
    # One byte alone is found ten times as fast as two.
    return None if raw is None or (b"\\" in raw and b"\\u" in raw) else raw


def segments(data: Any, path: Path, wanted: Wanted) -> Iterator[Segment]:
    """Yield the wanted strings of a JSON value, labelled by their key (also inside a list below the key), and keys."""
    # A step is the step before it and a key: paths are spelled out only for what is wanted.
    stack: list[tuple[Any, Any, str | None]] = [(data, None, None)]
    while stack:
        value, step, label = stack.pop()
        if isinstance(value, str):
            label = None if label is _UNLABELLED else label
            if wanted(value, label):
                yield Segment(value, (*path, *_spelled_out(step)), label, cell=True)
        elif isinstance(value, dict):
            if label in _DESCRIBING and (label != "properties" or _are_schemas(value)):
                label = _UNLABELLED
            named = {} if label is _UNLABELLED or _naming().isdisjoint(value) else _named(value)
            if not named and label is not _UNLABELLED:
                named = _paired(value)
            if not named and label is not None and "gsn" in label.lower():
                named = _nested(value, label)
            columns = {} if label is _UNLABELLED or _ROWS.isdisjoint(value) else _columns(value)
            for key in reversed(value):
                rows = value[key]
                if columns and key in _ROWS and isinstance(rows, list) and _hold_ids(rows, columns):
                    stack.extend(_cells(rows, (step, key), columns))
                else:
                    called = label if label is _UNLABELLED else named.get(key) or _last(key, rows)
                    stack.append((rows, (step, key), called))
                if (":" in key or "/" in key) and key[-1] not in ":/":
                    # The ID of a sample, of which the value tells; no prefix of IDs.
                    stack.append((key, ((step, key), KEY), None))
        elif isinstance(value, list):
            columns = {} if label is _UNLABELLED or len(value) < 2 else _headings(value[0])
            if columns and _hold_ids(value[1:], columns):
                stack.extend(_cells(value[1:], step, columns, 1))
                stack.append((value[0], (step, 0), None))
                continue
            for i in range(len(value) - 1, -1, -1):
                stack.append((value[i], (step, i), label))
        elif label is not None and "gsn" in label.lower() and isinstance(value, int) and not isinstance(value, bool):
            yield Segment(str(value), (*path, *_spelled_out(step)), label, cell=True)


def _last(key: str, value: Any) -> str:
    """Return the name that a key ends with where it is a path: sections/igsn.

    Such a key may also be that of a file, a package or a route; their values are no codes in capitals.
    """
    if "/" not in key or not isinstance(value, str) or (value != upper(value) and "10." not in value):
        return key
    last = key.rpartition("/")[2]
    return last if last.isidentifier() else key


_HEADINGS = ("columns", "columnNames", "headers", "header", "fields")
_ROWS = {"data", "rows", "values"}
"""Keys below which the headings and the rows of a table stand beside each other (pandas, ERDDAP)."""

_FIRST_ROWS = 10


def _columns(data: dict[str, Any]) -> dict[int, str]:
    """Return the headings that say IGSN, by column, of a table whose rows stand beside its headings."""
    return next((found for key in _HEADINGS if (found := _headings(data.get(key)))), {})


def _headings(row: Any) -> dict[int, str]:
    """Return the headings that say IGSN, by column, where a list is the heading of a table."""
    if not isinstance(row, list) or len(row) < 2 or not all(isinstance(name, str) for name in row):
        return {}
    return {i: name for i, name in enumerate(row) if "gsn" in name.lower() and is_igsn_label(name)}


def _hold_ids(rows: list[Any], columns: dict[int, str]) -> bool:
    """Return whether the first rows are rows of a table in which codes stand below a heading; pairs are none."""
    first = rows[:_FIRST_ROWS]
    cells = [row[i] for row in first if isinstance(row, list) for i in columns if i < len(row)]
    return all(isinstance(row, list) for row in first) and any(map(_has_digit, cells))


def _cells(
    rows: list[Any], step: Any, columns: dict[int, str], first: int = 0
) -> Iterator[tuple[Any, Any, str | None]]:
    """Yield the rows of a table from the last to the ``first``, cell by cell, each with the label of its column."""
    for i in range(len(rows) - 1, -1, -1):
        row = rows[i]
        if isinstance(row, list):
            yield from ((row[j], ((step, first + i), j), columns.get(j)) for j in range(len(row) - 1, -1, -1))
        else:
            yield row, (step, first + i), None


def _spelled_out(step: Any) -> Path:
    """Return the keys of a step and of all before it, from the root on."""
    keys = []
    while step is not None:
        step, key = step
        keys.append(key)
    return tuple(reversed(keys))


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as JSON; where it is not well-formed, a Document with the Fault."""
    plain = source.encoding == "utf-8" and not source.data.startswith(b"\xef\xbb\xbf")
    data = source.data if plain else source.text.lstrip("\ufeff").encode("utf-8", "surrogatepass")
    if not data.strip():
        return Document(source)
    tree, fault = parse(data)
    if fault is None:
        return JsonDocument(source, tree, data, settings)
    if (lines := _as_lines(source, data, fault, settings)) is not None:
        return lines
    document = Document(source)
    skipped = 1 if source.text.startswith("\ufeff") else 0
    document.faults.append(fault._replace(offset=(fault.offset or 0) + skipped))
    return document


def _as_lines(source: Source, data: bytes, fault: Fault, settings: Settings) -> Document | None:
    """Return the Source as JSON Lines where its first two lines are values by themselves, or None."""
    if fault.kind != "malformed-document" or b"\n" not in data:
        return None
    lines = [line for line in data[:10_000_000].split(b"\n") if line.strip()][:2]
    if len(lines) < 2 or any(parse(line)[1] is not None or line.strip()[:1] not in {b"{", b"["} for line in lines):
        return None
    from igsn_lint.readers.jsonlines import JsonLinesDocument

    document = JsonLinesDocument(source, settings)
    words = "the file is JSON Lines, one value a line; by its name it is JSON, one value in all"
    document.faults.append(Fault("misnamed-file", 0, words))
    return document
