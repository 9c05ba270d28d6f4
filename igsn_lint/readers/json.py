"""JSON and JSON Lines: every string as a Segment labelled by its key, and DataCite records in all their shapes."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import orjson

from igsn_lint.model import Document, Fault, Part, Place, Segment
from igsn_lint.scan import is_igsn_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from igsn_lint.model import Item, SchemaFault, Settings, Wanted
    from igsn_lint.source import Source

Path = tuple["str | int", ...]

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
_MARKS = {"creators", "titles", "publisher", "publicationYear", "types", "doi", "identifiers", "relatedIdentifiers"}
_SERVER_KEYS = {"state", "created", "registered", "updated", "isActive", "citationCount", "viewCount"}


_UNREAD: Any = object()


class JsonItem:
    """One property of a JSON record: an object, or a plain value."""

    __slots__ = ("_data", "_key", "_names", "_path", "_value")

    def __init__(self, data: Any, path: Path, key: str, names: dict[str, str] | None = None) -> None:
        self._data, self._path, self._key, self._names = data, path, key, names
        self._value: Segment | None = _UNREAD

    @property
    def value(self) -> Segment | None:
        """The property's own text."""
        if self._value is _UNREAD:
            whole = not isinstance(self._data, dict)
            self._value = _segment(self._data, self._path, self._key) if whole else self.get(self._key)
        return self._value

    @property
    def place(self) -> Place:
        """The whole property."""
        return Place(self._path)

    def text(self, name: str) -> str:
        """Return the text of the attribute ``name``, empty where it is absent or no text."""
        if not isinstance(self._data, dict):
            return ""
        value = self._data.get(name if self._names is None else self._names.get(name, name))
        return value if isinstance(value, str) else ""

    def get(self, name: str) -> Segment | None:
        """Return the attribute or simple child ``name``, if it is text or a number."""
        if not isinstance(self._data, dict):
            return None
        if self._names is not None:
            name = self._names.get(name, name)
        return _segment(self._data.get(name), (*self._path, name), name)


def _segment(value: Any, path: Path, label: str) -> Segment | None:
    if isinstance(value, str):
        return Segment(value, path, label, cell=True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Segment(str(value), path, label, cell=True)
    return None


class JsonRecord:
    """A DataCite record in JSON: ``attributes`` of JSON:API, or a flat object."""

    kind: Literal["datacite", "legacy"] = "datacite"
    family = "json"

    def __init__(self, data: dict[str, Any], path: Path, *, api: bool) -> None:
        self._data, self._path, self._api = data, path, api
        self.sample: bool | None = None
        self._items: dict[str, list[JsonItem]] = {}

    @property
    def api_export(self) -> bool:
        """Whether it shows the marks of an export by DataCite, which writes IDs in lower case."""
        return not _SERVER_KEYS.isdisjoint(self._data) or "agency" in self._data or "schemaVersion" in self._data

    @property
    def place(self) -> Place:
        """The whole record."""
        return Place(self._path)

    @property
    def identifier(self) -> Item | None:
        """The record's own identifier: ``doi``, else an entry of ``identifiers`` with type DOI or IGSN, else ``id``."""
        if "identifier" not in self._items:
            self._items["identifier"] = list(self._own())
        found = self._items["identifier"]
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
        if isinstance(self._data.get("id"), str) and "10." in self._data["id"]:
            yield JsonItem(self._data["id"], (*self._path, "id"), "id")

    @property
    def identifier_may_be_url(self) -> bool:
        """Whether DataCite itself writes the identifier as a URL here (everywhere but under ``doi``)."""
        return "doi" not in self._data

    def items(self, name: str) -> Sequence[Item]:
        """Return the items of a property in the words of the DataCite schema."""
        if name not in self._items:
            self._items[name] = self._read(name)
        return self._items[name]

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

    def _list(self, key: str, value: str) -> list[JsonItem]:
        data = self._data.get(key)
        names = {"alternateIdentifierType": "identifierType"} if key == "identifiers" else None
        if not isinstance(data, list):
            return []
        return [
            JsonItem(entry, (*self._path, key, i), value, names) for i, entry in enumerate(data) if entry is not None
        ]

    def schema_faults(self) -> Iterable[SchemaFault]:
        """Yield what the newest DataCite schema refuses.

        A body for DataCite's API without state or event is a draft or a partial update: what it leaves out is no fault.
        """
        from igsn_lint import schemas

        partial = self._api and "state" not in self._data and "event" not in self._data
        # Metadata sent as XML inside the body: the keys beside it need not be there.
        partial = partial or isinstance(self._data.get("xml"), str)
        return schemas.json_faults(self._data, self._path, partial=partial)

    def digest(self) -> bytes:
        """Return a digest of the record's values."""
        return hashlib.blake2b(orjson.dumps(self._data, option=orjson.OPT_SORT_KEYS), digest_size=8).digest()


class JsonDocument(Document):
    """A JSON value; origins are paths of keys and indices."""

    format = "json"

    def __init__(self, source: Source, data: Any) -> None:
        super().__init__(source)
        self.tree = data

    def parts(self) -> Iterator[Part]:
        """Yield the whole document as one part."""
        raw = self.source.plain
        yield Part(list(_records(self.tree, ())), partial(strings, self.tree, ()), _unescaped(raw))

    @cached_property
    def _spans(self) -> dict[Path, tuple[int, int]]:
        return scan(self.source.text, 0)

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place: the value without its quotes, or the whole object or list."""
        if place.origin is None:
            return super().locate(place)
        span = self._spans.get(place.origin)
        origin = place.origin
        while span is None and origin:
            origin = origin[:-1]
            span = self._spans.get(origin)
        if span is None:
            return None
        return inside(self.source.text, *span, place if origin == place.origin else Place(origin))

    def pointer(self, place: Place) -> str:
        """Return the JSON Pointer of a place (RFC 6901)."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place.origin or ())

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` escaped for a JSON string, with ``\\/`` where the string has it."""
        written = orjson.dumps(value).decode()[1:-1]
        span = self._spans.get(place.origin)
        return written.replace("/", "\\/") if span and "\\/" in self.source.text[slice(*span)] else written


class JsonLinesDocument(JsonDocument):
    """One JSON value a line; origins begin with the line's offset in the text."""

    format = "jsonl"

    def __init__(self, source: Source) -> None:
        Document.__init__(self, source)
        self._line_spans: dict[int, dict[Path, tuple[int, int]]] = {}

    def parts(self) -> Iterator[Part]:
        """Yield each line as a part; a line that is no JSON is a Fault, and the others are read."""
        at = 0
        # Only line feeds end a line: U+2028 and the like may stand in a string.
        for line in self.source.text.split("\n"):
            if body := line.strip("\ufeff \t\r\n"):
                raw = body.encode("utf-8", "surrogatepass")
                data, fault = _parse(raw)
                if fault is not None:
                    offset = at + line.index(body[0]) + min(fault.offset or 0, max(len(body) - 1, 0))
                    self.faults.append(fault._replace(offset=offset))
                else:
                    yield Part(list(_records(data, (at,))), partial(strings, data, (at,)), _unescaped(raw))
            at += len(line) + 1

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place in its line."""
        if place.origin is None:
            return Document.locate(self, place)
        at = place.origin[0]
        if at not in self._line_spans:
            text = self.source.text
            end = text.find("\n", at)
            self._line_spans = {
                at: {(at, *path): span for path, span in scan(text[: end if end >= 0 else None], at).items()}
            }
        span, origin = self._line_spans[at].get(place.origin), place.origin
        while span is None and len(origin) > 1:
            origin = origin[:-1]
            span = self._line_spans[at].get(origin)
        return (
            None
            if span is None
            else inside(self.source.text, *span, place if origin == place.origin else Place(origin))
        )

    def pointer(self, place: Place) -> str:
        """Return the JSON Pointer inside the line."""
        return super().pointer(Place((place.origin or ())[1:]))

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` escaped for a JSON string."""
        return orjson.dumps(value).decode()[1:-1]


def _parse(data: bytes) -> tuple[Any, Fault | None]:
    """Return the decoded JSON, or the Fault with the offset (in characters) where it breaks."""
    try:
        return orjson.loads(data), None
    except orjson.JSONDecodeError as error:
        message = re.sub(r": line \d+ column \d+ \(char \d+\)$", "", str(error))
        return None, Fault("malformed-document", error.pos, f"not well-formed JSON: {message}")


def _is_record(data: dict[str, Any]) -> bool:
    """Return whether a flat object is a DataCite record."""
    if "@context" in data or "@graph" in data:
        return False
    if "datacite.org/schema/kernel" in str(data.get("schemaVersion")) and len(_MARKS.intersection(data)) >= 2:
        return True
    general = data.get("types", data.get("resourceType"))
    typed = isinstance(general, dict) and "resourceTypeGeneral" in general
    return typed and len(_MARKS.intersection(data)) >= (3 if "types" in data else 2)


def _records(data: Any, path: Path) -> Iterator[JsonRecord]:
    """Yield the DataCite records of a JSON value: flat, JSON:API single or list, or a list of these."""
    if isinstance(data, list):
        for i, entry in enumerate(data):
            if isinstance(entry, dict):
                yield from _records(entry, (*path, i))
    elif isinstance(data, dict):
        inner = data.get("data")
        attributes = data.get("attributes")
        if isinstance(attributes, dict) and (data.get("type") == "dois" or len(_MARKS.intersection(attributes)) >= 3):
            yield JsonRecord(attributes, (*path, "attributes"), api=True)
        elif isinstance(inner, dict) and isinstance(inner.get("attributes"), dict):
            yield from _records(inner, (*path, "data"))
        elif isinstance(inner, list):
            for i, entry in enumerate(inner):
                if isinstance(entry, dict) and isinstance(entry.get("attributes"), dict):
                    yield from _records(entry, (*path, "data", i))
        elif _is_record(data):
            yield JsonRecord(data, path, api=False)


_UNLABELLED = "\0"
_DESCRIBING = {
    "@context", "properties", "definitions", "$defs", "iriMap", "dependencies", "devDependencies", "peerDependencies",
    "optionalDependencies", _UNLABELLED,
}  # fmt: skip
"""Keys of objects that say something about keys: below them a key is no label of its value."""


_NAMING = {"propertyID", "identifierType", "relatedIdentifierType", "alternateIdentifierType", "type", "@type", "name",
           "scheme", "label", "key", "property", "propertyId", "id_type", "idType"}  # fmt: skip
"""Keys whose value may say what the value beside them is."""

_VALUES = {"value", "identifier", "relatedIdentifier", "alternateIdentifier", "@value", "val", "identifierValue"}


def _kind(data: dict[str, Any]) -> str | None:
    """Return what an object calls the value that stands in it, where that is an IGSN ID."""
    for key in _NAMING.intersection(data):
        said = data[key]
        if isinstance(said, str) and "gsn" in said.lower():
            named = said.rstrip("/").rpartition("/")[2]
            if is_igsn_label(named):
                return named
    return None


def _unescaped(raw: bytes | None) -> bytes | None:
    """Return the bytes of a JSON text if no escape in them can hide an ASCII letter or digit."""
    return None if raw is None or b"\\u" in raw else raw


def strings(data: Any, path: Path, wanted: Wanted) -> Iterator[Segment]:
    """Yield the wanted strings of a JSON value, labelled by their key (also inside a list below the key)."""
    # A step is the step before it and a key: paths are spelled out only for what is wanted.
    stack: list[tuple[Any, Any, str | None]] = [(data, None, None)]
    while stack:
        value, step, label = stack.pop()
        if isinstance(value, str):
            label = None if label is _UNLABELLED else label
            if wanted(value, label):
                yield Segment(value, (*path, *_spelled_out(step)), label, cell=True)
        elif isinstance(value, dict):
            if label in _DESCRIBING:
                label = _UNLABELLED
            kind = None if label is _UNLABELLED or _NAMING.isdisjoint(value) else _kind(value)
            for key in reversed(value):
                named = _UNLABELLED if label is _UNLABELLED else kind if kind and key in _VALUES else key
                stack.append((value[key], (step, key), named))
        elif isinstance(value, list):
            for i in range(len(value) - 1, -1, -1):
                stack.append((value[i], (step, i), label))
        elif label is not None and "gsn" in label.lower() and isinstance(value, int) and not isinstance(value, bool):
            yield Segment(str(value), (*path, *_spelled_out(step)), label, cell=True)


def _spelled_out(step: Any) -> Path:
    """Return the keys of a step and of all before it, from the root on."""
    keys = []
    while step is not None:
        step, key = step
        keys.append(key)
    return tuple(reversed(keys))


_TOKEN = re.compile(
    r'[\s,:]*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<open>[\[{])|(?P<close>[\]}])|(?P<other>[^\s,:\[\]{}"]+))', re.DOTALL
)


def scan(text: str, start: int) -> dict[Path, tuple[int, int]]:
    """Return the span of every value of the JSON text from ``start``, strings with their quotes."""
    spans: dict[Path, tuple[int, int]] = {}
    # One frame an open object or list: its path, where it begins, and the next key (None: expected) or index.
    frames: list[list[Any]] = []
    at, end = start, len(text)
    while at < end and (match := _TOKEN.match(text, at)) is not None:
        at = match.end()
        kind = match.lastgroup
        begin = match.start(kind or 0)
        if kind == "close":
            if not frames:
                break
            path, opened, _, _ = frames.pop()
            spans[path] = (opened, at)
            continue
        top = frames[-1] if frames else None
        if top is not None and top[3] == "{" and top[2] is None and kind == "string":
            top[2] = (
                orjson.loads(match["string"].encode("utf-8", "surrogatepass"))
                if "\\" in match["string"]
                else match["string"][1:-1]
            )
            continue
        if top is None:
            path = ()
        else:
            path = (*top[0], top[2])
            top[2] = None if top[3] == "{" else top[2] + 1
        if kind == "open":
            frames.append([path, begin, 0 if match["open"] == "[" else None, match["open"]])
        else:
            spans[path] = (begin, at)
    return spans


_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)


def inside(text: str, begin: int, end: int, place: Place) -> tuple[int, int]:
    """Return the offsets of a span of a decoded string (or of the value without quotes) that stands at begin:end."""
    if text[begin] != '"':
        if place.start is None or place.end is None:
            return begin, end
        return min(begin + place.start, end), min(begin + place.end, end)
    raw = text[begin + 1 : end - 1]
    if place.start is None or place.end is None:
        return begin + 1, end - 1
    if "\\" not in raw:
        return begin + 1 + place.start, begin + 1 + place.end
    offsets = [match.start() for match in _ESCAPE.finditer(raw)]
    offsets.append(len(raw))
    last = len(offsets) - 1
    return begin + 1 + offsets[min(place.start, last)], begin + 1 + offsets[min(place.end, last)]


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as JSON or JSON Lines."""
    if form == "jsonl":
        return JsonLinesDocument(source)
    plain = source.encoding == "utf-8" and not source.data.startswith(b"\xef\xbb\xbf")
    data = source.data if plain else source.text.lstrip("\ufeff").encode("utf-8", "surrogatepass")
    if not data.strip():
        return Document(source)
    tree, fault = _parse(data)
    if fault is None:
        return JsonDocument(source, tree)
    document = Document(source)
    skipped = 1 if source.text.startswith("\ufeff") else 0
    document.faults.append(fault._replace(offset=(fault.offset or 0) + skipped))
    return document
