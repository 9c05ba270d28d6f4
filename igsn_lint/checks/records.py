"""IL4: what a sample record is about, and the identifiers and the URL that it gives itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._plain import plain_texts
from igsn_lint.checks._values import is_digital, parsed, stands, trimmed, with_text
from igsn_lint.identifier import dissect, is_doi_prefix, upper
from igsn_lint.model import Breach, Context, Edit, Record, Related, check
from igsn_lint.patterns import lazy
from igsn_lint.samples import is_physical_object, sample_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Item, Segment


@check("IL401", Record)
def identifier_not_a_doi_name(record: Record, context: Context) -> Iterator[Breach]:
    """Report identifiers that are a URL, a Handle or a tagged form, and types other than DOI."""
    item = record.identifier
    if record.kind != "datacite" or item is None or item.value is None:
        return
    value = item.value
    spelling = dissect(value.text)
    is_doi = spelling.prefix is not None and is_doi_prefix(spelling.prefix) and bool(spelling.suffix)
    if is_doi and not spelling.wrappers and item.text("identifierType").strip() == "DOI":
        return
    text = value.text.strip()
    if not text and value.text:
        # Where there is nothing at all the schema speaks, or DataCite makes an ID.
        yield Breach(value.place(), "the identifier is nothing but white space", record=record)
    if not text or text.lower() in facts.null_words() or facts.placeholder().fullmatch(upper(text)):
        return
    start, end = spelling.start, spelling.suffix_end
    name = f"{spelling.prefix}/{spelling.suffix}"
    kind = item.get("identifierType")
    if is_doi and spelling.wrappers and not (record.identifier_may_be_url and spelling.form == "url"):
        place = value.place(start, end)
        written = value.text[spelling.start : spelling.name_start]
        edits: tuple[Edit, ...] = (Edit(value.place(start, spelling.name_start), "", safe=True),)
        yield Breach(
            place,
            f'"{written}" is written before the DOI name, which belongs there alone',
            edits,
            record=record,
            replacement=name,
        )
    elif not is_doi:
        yield Breach(value.place(start, max(end, start)), f'"{text}" is no DOI name (10.NNNNN/SUFFIX)', record=record)
    if kind is not None and kind.text.strip() != "DOI":
        edits = (Edit(kind.place(), "DOI", safe=True),) if is_doi else ()
        yield Breach(kind.place(), f'the type of the identifier is "{kind.text}" instead of DOI', edits, record=record)


@check("IL402", Record, unless=(plain_texts,))
def not_physical_object(record: Record, context: Context) -> Iterator[Breach]:
    """Report sample records of another general type than PhysicalObject."""
    for item in record.items("resourceType"):
        if item.text("resourceTypeGeneral") == "PhysicalObject":
            continue
        general = item.get("resourceTypeGeneral")
        if general is None or upper(general.text.strip()) == "PHYSICALOBJECT":
            continue
        if record.kind == "datacite" and sample_evidence(record, context.settings) is not None:
            place = general.place()
            message = f'the resource type of a sample is PhysicalObject, not "{general.text}"'
            yield Breach(place, message, (Edit(place, "PhysicalObject", safe=False),), record=record)


_GENERAL = lazy(r"physical[\s_-]*objects?", re.IGNORECASE)


@check("IL408", Record, unless=(plain_texts,))
def resource_type_term(record: Record, context: Context) -> Iterator[Breach]:
    """Report resource types without text, and texts that only repeat PhysicalObject."""
    for item in record.items("resourceType"):
        text = item.words
        if not text:
            words = "no text says what kind of sample it is"
        elif text[0] in "pP" and _GENERAL.fullmatch(text):
            words = f'"{text}" only repeats the general type'
        else:
            continue
        yield Breach(stands(item), f'{words}; "material sample" or "feature-of-interest" would', record=record)


_MEDIA_TYPE = lazy(
    r"(?:application|audio|chemical|font|image|message|model|multipart|text|video)/[A-Za-z0-9.+_-]{1,100}(?: ?;.*)?",
    re.DOTALL | re.IGNORECASE,
)
_EXTENSION = lazy(
    r"\.?(?:avi|bmp|csv|docx?|excel|gif|hdf5?|jpe?g|json|mov|mp[34]|nc|netcdf|ods|parquet|pdf|png|pptx?|segy|svg|tar|tiff?|txt|wav"
    r"|xlsx?|xml|zip)(?:[ -](?:files?|images?|documents?))?",
    re.IGNORECASE,
)


@check("IL409", Record, unless=(plain_texts,))
def digital_object(record: Record, context: Context) -> Iterator[Breach]:
    """Report records of physical objects whose type or format is one of a file, or of an instrument."""
    if not is_physical_object(record):
        return
    for item in with_text(record, "resourceType"):
        if is_digital(item.words):
            message = f'"{item.words}" is no material sample: IGSN IDs are not for digital objects and instruments'
            yield Breach(stands(item), message, record=record)
    for item in with_text(record, "format"):
        if _MEDIA_TYPE.fullmatch(item.words) or _EXTENSION.fullmatch(item.words):
            yield Breach(stands(item), f'"{item.words}" is the format of a file, and a sample is none', record=record)


def _same(one: str, other: str) -> bool:
    """Return whether two texts are the same ID."""
    this, that = parsed(one), parsed(other)
    return this is not None and that is not None and this.key == that.key


@check("IL420", Record)
def alternate_identifier_type(record: Record, context: Context) -> Iterator[Breach]:
    """Report alternate identifiers of the type DOI, and without a type; JSON:API repeats the own DOI of a record."""
    own = record.identifier
    for item in with_text(record, "alternateIdentifier"):
        typed = item.text("alternateIdentifierType").strip()
        if typed and upper(typed) != "DOI":
            continue
        kind = item.get("alternateIdentifierType")
        if not typed and kind is not None:
            edits = (Edit(kind.place(), "local", safe=False),)
            message = f'the alternate identifier "{item.words}" has no type; one of your own has the type local'
            yield Breach(stands(item), message, edits, record=record)
        elif typed and not (
            (record.is_resource or _is_listed(item)) and own is not None and _same(own.words, item.words)
        ):
            message = (
                f'DataCite takes no alternate identifier of the type "{typed}"; another DOI is a related identifier'
            )
            yield Breach(stands(item), message, record=record)


def _is_listed(item: Item) -> bool:
    """Return whether an alternate identifier stands under ``identifiers``, where DataCite lists the DOI, too."""
    return "identifierType" in item.names()


_RESOLVER = lazy(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)


@check("IL425", Record)
def disagreeing_identifiers(record: Record, context: Context) -> Iterator[Breach]:
    """Report where ``id``, ``identifiers`` and ``url`` of a record name another DOI than its own."""
    own = record.identifier
    if own is None or own.value is None or (record.family == "xml"):
        return
    others = list(_other_names(record))
    this = parsed(own.value.text) if others else None
    if this is None or this.doi is None:
        return
    for segment in others:
        that = parsed(segment.text)
        if that is not None and that.doi is not None and that.key != this.key:
            here = (Related("the record's own identifier", trimmed(own.value)),)
            message = f'"{segment.text.strip()}" is another ID than "{this.key}", that of the record'
            yield Breach(trimmed(segment), message, record=record, related=here)


def _other_names(record: Record) -> Iterator[Segment]:
    """Yield what names the record besides its identifier."""
    name = record.field("id")
    if name is not None:
        yield name
    for item in record.items("alternateIdentifier"):
        if upper(item.text("alternateIdentifierType").strip()) == "DOI" and _is_listed(item) and item.value is not None:
            yield item.value
    url = record.field("url")
    if url is not None and _RESOLVER.match(url.text.strip()):
        yield url


_LOOP = lazy(r"https?://(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)/10\.", re.IGNORECASE)
"""A DOI is a Handle: both resolvers follow it to the landing page."""

_NEED_A_PAGE = (("event", {"publish", "register"}), ("state", {"findable", "registered"}))

_URL = lazy(r"(?:https?|ftp)://[^\s/?#]+\S*", re.IGNORECASE)


@check("IL426", Record)
def landing_page_url(record: Record, context: Context) -> Iterator[Breach]:
    """Report landing pages that no browser can open, that lead back to the DOI, or that are missing."""
    url = record.field("url")
    text = "" if url is None else url.text.strip()
    if url is None or not text:
        # Outside of the API metadata has a state, too, and never a page.
        for name, values in _NEED_A_PAGE if record.is_resource else _NEED_A_PAGE[:1]:
            said = record.field(name)
            if said is not None and said.text.strip().lower() in values:
                message = f'the {name} "{said.text.strip()}" needs the URL of a landing page'
                yield Breach(trimmed(said), message, record=record)
                break
        return
    if not _URL.fullmatch(text):
        yield Breach(trimmed(url), f'"{text}" is no URL of a landing page (https://…)', record=record)
        return
    own = record.identifier
    if own is not None and _LOOP.match(text) and _same(own.words, text):
        yield Breach(trimmed(url), f'the landing page "{text}" is the DOI itself: it leads in a circle', record=record)


@check("IL427", Record)
def unknown_attribute(record: Record, context: Context) -> Iterator[Breach]:
    """Report attributes and children that the documentation does not have, where the XSD takes anything."""
    if record.family != "xml":
        return
    for within, elements in facts.open_elements().items():
        for holder in record.items(within):
            for element, attributes in elements:
                for item in holder.items(element):
                    names = item.names()
                    if attributes.issuperset(names):
                        continue
                    for name in names:
                        # What belongs to another namespace (xml:lang, xsi:type) is no part of the schema.
                        if name in attributes or name.startswith(("xml:", "{")):
                            continue
                        right = next((known for known in attributes if known.lower() == name.lower()), None)
                        words = f"; the schema writes {right}" if right else ""
                        part = item.get(name)
                        place = item.place if part is None else part.place()
                        yield Breach(place, f'{element} has no "{name}": it is ignored{words}', record=record)
