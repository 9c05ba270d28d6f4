"""Opens the DataCite schemas and decides validity with the fastest exact engine; only what failed is explained."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from igsn_lint import kernel
from igsn_lint.kernel import NAMESPACE, NEWEST, VERSIONS
from igsn_lint.model import Edit, Place, SchemaFault
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from igsn_lint.explain import Complaint

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_XMLNS = "{http://www.w3.org/2000/xmlns/}"


class BadSchema(ValueError):
    """A schema of the user that can not be used; the message says why."""


# ------------------------------------------------------------------------------------------------------------------ XML


@cache
def _xsd(version: str) -> Any:
    from lxml import etree

    return etree.XMLSchema(file=kernel.path(f"datacite-{version}.xsd"))


@cache
def user_xsd(path: str) -> Any:
    """Return the XSD at ``path``; what it imports or includes is read from local files only.

    The schema of the XML namespace, which some versions import from the W3C, comes from this package.
    Raises BadSchema where it can not be read, is no XSD of kernel 4, or needs what is not there.
    """
    from lxml import etree

    class LocalOnly(etree.Resolver):
        def resolve(self, url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]  # stubs
            if "://" not in url or url.startswith("file:///"):
                return None
            if re.fullmatch(r"https?://www\.w3\.org/(?:[0-9/]+/)?xml\.xsd", url):
                return self.resolve_filename(kernel.path("xml.xsd"), context)  # type: ignore[attr-defined]  # stubs
            raise BadSchema(f"it needs {url}, and nothing is fetched")

    parser = etree.XMLParser(no_network=True, load_dtd=False)
    parser.resolvers.add(LocalOnly())
    try:
        tree = etree.parse(path, parser)
        namespace = tree.getroot().get("targetNamespace")
        if namespace != NAMESPACE:
            raise BadSchema(f"its targetNamespace is {namespace}, not {NAMESPACE}")
        return etree.XMLSchema(tree)
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError, OSError) as error:
        raise BadSchema(str(error)) from error


def retired_xml(element: Any, namespace: str) -> str | None:
    """Return the version of kernel 2 or 3 that a record is written in, or None."""
    if namespace == NAMESPACE:
        return None
    location = None if namespace else element.get(f"{XSI}noNamespaceSchemaLocation") or _location(element)
    return kernel.retired(namespace or location)


def xml_faults(element: Any, namespace: str, xsd: str | None = None, *, wide: bool = False) -> Sequence[SchemaFault]:
    """Return what the newest schema (or that at ``xsd``) refuses in a DataCite record; nothing for a valid one.

    ``wide`` says that the record may hold an element with very many children. A record in a namespace that DataCite
    does not take is judged as if it were in that of kernel 4: whoever mends the namespace should not find the other
    faults only then.
    """
    schema = _xsd(NEWEST) if xsd is None else user_xsd(xsd)
    if namespace == NAMESPACE:
        return _judged(element, element, schema, wide=wide)
    if (old := retired_xml(element, namespace)) is not None:
        place = _namespace_place(element, namespace) if namespace else Place((element, None))
        message = f'DataCite no longer takes "kernel-{old}", only kernel 4'
        return (SchemaFault(place, message, "unsupported-schema"),)
    moved = deepcopy(element)
    for inner in moved.iter():
        if isinstance(inner.tag, str) and inner.tag.rpartition("}")[0].lstrip("{") == namespace:
            inner.tag = f"{{{NAMESPACE}}}{inner.tag.rpartition('}')[2]}"
    fault = _wrong_namespace(element, namespace)
    return [fault, *_judged(element, moved, schema, wide=wide)]


def _judged(element: Any, judged: Any, schema: Any, *, wide: bool) -> Sequence[SchemaFault]:
    """Return the faults of a record, of which ``judged`` is itself or a copy."""
    if wide and any(len(inner) > MANY for inner in judged.iter()):
        return _wide_faults(element, judged, schema)
    return () if schema.validate(judged) else _xml_complaints(element, judged, schema)


MANY = 2000
"""So many children of one element are looked at in time: for each fault, libxml2 counts all siblings before it."""


def _wide_faults(element: Any, judged: Any, schema: Any) -> list[SchemaFault]:
    """Return the faults of a record with very many children somewhere: all of them in the first MANY of each element.

    The verdict on the whole is that of a parser that validates as it reads, and so needs to count nothing.
    """
    from lxml import etree

    parser = etree.XMLParser(schema=schema, no_network=True, load_dtd=False)
    try:
        etree.fromstring(etree.tostring(judged, with_tail=False), parser)
    except etree.XMLSyntaxError as error:
        thin = deepcopy(judged)
        cut = set()
        for inner, original in list(zip(thin.iter(), element.iter(), strict=True)):
            if len(inner) > MANY:
                del inner[MANY:]
                cut.add((original, None))
        found = [] if schema.validate(thin) else _xml_complaints(element, thin, schema)
        # What an element lacks may have been cut off.
        if found := [fault for fault in found if fault.place.origin not in cut]:
            return found
        message = re.sub(r"\{[^}]*\}", "", str(error.msg)).partition(" (<string>")[0]
        return [SchemaFault(Place((element, None)), f"behind the first {MANY} of a list: {message[:300]}")]
    return []


@cache
def _legacy_xsd(name: str) -> Any:
    from lxml import etree

    return etree.XMLSchema(file=kernel.path(f"{name}.xsd", "igsn"))


def legacy_faults(element: Any, name: str) -> Sequence[SchemaFault]:
    """Return what the legacy IGSN schema of that name (``registration-1.0``) refuses in a record of it."""
    schema = _legacy_xsd(name)
    if schema.validate(element):
        return ()
    from igsn_lint.explain import explain_xml

    table, _, version = name.partition("-")
    form = kernel.form(version, table=f"igsn/{table}")
    return [SchemaFault(found.place, found.message) for found in explain_xml(element, element, schema, form)]


def _xml_complaints(element: Any, judged: Any, schema: Any) -> list[SchemaFault]:
    from igsn_lint.explain import explain_xml

    return [_fault(complaint) for complaint in explain_xml(element, judged, schema, kernel.form())]


def _fault(complaint: Complaint) -> SchemaFault:
    if complaint.right is None:
        return SchemaFault(complaint.place, complaint.message)
    edits = (Edit(complaint.place, complaint.right, safe=True),)
    return SchemaFault(complaint.place, complaint.message, "vocabulary-case", edits)


def _wrong_namespace(element: Any, namespace: str) -> SchemaFault:
    """Return the fault of a record in another namespace, with the edits that move it and its schemaLocation."""
    if not namespace:
        place = Place((element, None))
        name = element.tag
        edit = Edit(place, f'{name} xmlns="{NAMESPACE}"', safe=True)
        return SchemaFault(
            place, f'the record has no namespace; DataCite takes "{NAMESPACE}"', "wrong-namespace", (edit,)
        )
    place = _namespace_place(element, namespace)
    edits = [Edit(place, NAMESPACE, safe=True)]
    location = element.get(f"{XSI}schemaLocation") or ""
    for match in re.finditer(r"\S+", location):
        if match[0] == namespace:
            edits.append(Edit(Place((element, f"{XSI}schemaLocation"), *match.span()), NAMESPACE, safe=True))
    message = f'DataCite does not take the namespace "{namespace}", but "{NAMESPACE}"'
    return SchemaFault(place, message, "wrong-namespace", tuple(edits))


def _namespace_place(element: Any, namespace: str) -> Place:
    """Return where the namespace of an element is declared, on itself or above it."""
    prefix = element.prefix
    holder = element
    while (parent := holder.getparent()) is not None and parent.nsmap.get(prefix) == namespace:
        holder = parent
    return Place((holder, f"{_XMLNS}{prefix}" if prefix else "xmlns"))


def _location(element: Any) -> str | None:
    """Return the schemaLocation that is nearest to an element, its own or of what it stands in."""
    while element is not None:
        location: str | None = element.get(f"{XSI}schemaLocation")
        if location is not None:
            return location
        element = element.getparent()
    return None


def xml_remarks(element: Any, namespace: str, *, valid: bool) -> Iterator[SchemaFault]:
    """Yield what is odd about the version that a kernel-4 record declares: one too old for it, an odd location."""
    if namespace != NAMESPACE:
        return
    location = _location(element)
    if location is None:
        return
    named = _named_by(location)
    if named.odd is not None and element.get(f"{XSI}schemaLocation") is not None:
        place = Place((element, f"{XSI}schemaLocation"))
        edits = (Edit(place, _normal(location.split()), safe=True),)
        yield SchemaFault(place, f"schemaLocation {named.odd}", "odd-schema-location", edits)
    declared = named.version if valid else None
    if declared is None or _xsd(declared).validate(element):
        return
    from igsn_lint.explain import explain_xml

    def complaints(version: str) -> list[Complaint]:
        schema = _xsd(version)
        return [] if schema.validate(element) else explain_xml(element, element, schema, kernel.form(version))

    yield from _newer(complaints, declared)


def _newer(complaints: Callable[[str], list[Complaint]], declared: str) -> Iterator[SchemaFault]:
    """Yield what a version refuses that the newest takes, with the first version that takes it."""
    later = VERSIONS[VERSIONS.index(declared) + 1 :]
    found = complaints(declared)
    since: dict[Any, str] = {}
    for version in later:
        refused = {complaint.key for complaint in complaints(version)}
        for complaint in found:
            if complaint.key not in refused:
                since.setdefault(complaint.key, version)
        if len(since) == len({complaint.key for complaint in found}):
            break
    for complaint in found:
        first = since.get(complaint.key, NEWEST)
        if complaint.kind == "term":
            words = f'{complaint.subject}: "{complaint.what}" came with version {first}'
        elif complaint.kind == "unknown":
            kind, _, name = complaint.what.partition(" ")
            words = f'{complaint.subject}: the {kind} "{name}" came with version {first}'
        else:
            words = f"{complaint.subject}: allowed since version {first}, before it: {complaint.words}"
        message = f"{words}; the record declares {declared}"
        yield SchemaFault(complaint.place, message, "newer-than-declared")


_PLACEHOLDER = lazy(r"%[sdr]|[{}$<>]|kernel-(?:[xXnN]+\b|%|$|/)")
_KERNEL_LOCATION = lazy(r"kernel-(?:4(?:\.[0-9]+)?)/")
_ANY_KERNEL = lazy(r"kernel-[0-9]")


class _Named(NamedTuple):
    """What a schemaLocation says of kernel 4: the version if it is older than the newest, and what is odd about it."""

    version: str | None
    odd: str | None


@lru_cache(maxsize=64)
def _named_by(location: str) -> _Named:
    """Return what a schemaLocation says; the records of a collection mostly say the same."""
    words = location.split()
    pairs = list(zip(words[::2], words[1::2], strict=False))
    own = [place for space, place in pairs if space == NAMESPACE]
    version = next((version for place in own if (version := kernel.minor(place))), None)
    odd = None
    if len(words) % 2:
        count = "one word" if len(words) == 1 else f"{len(words)} words"
        odd = f"has {count}; they come in pairs of a namespace and a location"
    elif word := next((word for word in words if _PLACEHOLDER.search(word)), None):
        odd = f'still has a placeholder: "{word}"'
    elif word := next((space for space, _ in pairs if "datacite" in space.lower() and space != NAMESPACE), None):
        odd = f'is about "{word}", and the record is in the namespace "{NAMESPACE}"'
    elif word := next((p for p in own if _ANY_KERNEL.search(p) and not _KERNEL_LOCATION.search(p)), None):
        odd = f'leads from kernel 4 to "{word}"'
    return _Named(version, odd)


def _normal(words: list[str]) -> str:
    """Return a schemaLocation for kernel 4 that keeps what the words say about other namespaces."""
    known = (word for word in words if _KERNEL_LOCATION.search(word) and word.endswith(".xsd"))
    own = next((word for word in known if not _PLACEHOLDER.search(word)), kernel.XSD_URL)
    others = []
    if len(words) % 2 == 0:
        others = [
            word
            for pair in zip(words[::2], words[1::2], strict=True)
            if not any("datacite" in word.lower() or _PLACEHOLDER.search(word) for word in pair)
            for word in pair
        ]
    return " ".join([NAMESPACE, own, *others])


# ----------------------------------------------------------------------------------------------------------------- JSON


@cache
def _json_validator(version: str) -> Any:
    try:
        import jsonschema_rs
    except ImportError:
        # The portable engine, where there is no binary wheel of the fast one.
        from jsonschema import Draft202012Validator

        return Draft202012Validator(kernel.json_schema(version))
    return jsonschema_rs.validator_for(kernel.json_schema(version))


def json_faults(record: dict[str, Any], path: tuple[str | int, ...], *, partial: bool = False) -> Sequence[SchemaFault]:
    """Return what the newest schema refuses in the attributes of a JSON record that stands at ``path``.

    ``partial`` leaves out what is missing at the top: a draft or an update is judged for what is there.
    """
    if (old := kernel.retired(_schema_version(record))) is not None:
        message = f'DataCite no longer takes "kernel-{old}", only kernel 4'
        return (SchemaFault(Place((*path, "schemaVersion")), message, "unsupported-schema"),)
    if _json_validator(NEWEST).is_valid(record):
        return ()
    return [_fault(complaint) for complaint in _json_complaints(record, path, NEWEST, partial=partial)]


def json_remarks(
    record: dict[str, Any], path: tuple[str | int, ...], *, valid: bool, partial: bool = False
) -> Iterator[SchemaFault]:
    """Yield what is newer than the version that a valid record declares in ``schemaVersion``."""
    declared = kernel.minor(_schema_version(record)) if valid else None
    if declared is None or _json_validator(declared).is_valid(record):
        return
    yield from _newer(lambda version: _json_complaints(record, path, version, partial=partial), declared)


def _schema_version(record: dict[str, Any]) -> str | None:
    declared = record.get("schemaVersion")
    return declared if isinstance(declared, str) else None


def _json_complaints(
    record: dict[str, Any], path: tuple[str | int, ...], version: str, *, partial: bool
) -> list[Complaint]:
    validator = _json_validator(version)
    if validator.is_valid(record):
        return []
    from igsn_lint.explain import explain_json

    return explain_json(validator.iter_errors(record), record, path, version, partial=partial)
