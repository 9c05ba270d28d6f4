"""What is plain: documents, Mentions and properties of records in which the checks that rely on it find nothing.

Most records of a repository are all right, and sixty checks would each look at the same few properties to see that.
Each function here looks once at things of one kind. It answers no as soon as anything about them is out of the
ordinary, be it right or wrong: then the checks have the word. ``tests/test_plain.py`` holds them to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checkdigits import is_right
from igsn_lint.checks._targets import DETAILS
from igsn_lint.checks._values import LONGEST, is_blank, is_digital, is_undressed, meant, position
from igsn_lint.dates import parse
from igsn_lint.identifier import dissect, upper
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from igsn_lint.model import Context, Document, Mention, Record


def _says_something(text: str) -> bool:
    """Return whether a text is surely no word or code for unknown information."""
    if len(text) > LONGEST:
        return True
    if ":" in text:
        return False
    family, comma, _ = text.partition(",")
    if comma and family.isalpha():
        # The name of a person; nobody is called Unknown.
        return family.lower() not in facts.unknown_words()
    if is_undressed(text):
        return text.lower() not in facts.unknown_words()
    return meant(text) is None and not is_blank(text)


def plain_persons(record: Record, context: Context) -> bool:
    """Return whether all creators and contributors have names that say something, and identifiers that are right."""
    for role, called in (("creator", "creatorName"), ("contributor", "contributorName")):
        for person in record.items(role):
            for name in person.items(called):
                if not _says_something(name.words):
                    return False
            for item in person.items("nameIdentifier"):
                if not is_right(item.words, item.text("nameIdentifierScheme")):
                    return False
            for item in person.items("affiliation"):
                identifier = item.text("affiliationIdentifier")
                if identifier and not is_right(identifier, item.text("affiliationIdentifierScheme")):
                    return False
    return True


def plain_texts(record: Record, context: Context) -> bool:
    """Return whether titles, publisher, type, subjects and descriptions are there and tell something of the sample."""
    own = record.identifier
    suffix = "" if own is None else upper(dissect(own.words).suffix)
    for item in record.items("title"):
        words = item.words
        if not _says_something(words) or (suffix and suffix in upper(words)):
            return False
    for item in record.items("publisher"):
        identifier = item.text("publisherIdentifier")
        if not _says_something(item.words):
            return False
        if identifier and not is_right(identifier, item.text("publisherIdentifierScheme")):
            return False
    for item in record.items("resourceType"):
        words = item.words
        if item.text("resourceTypeGeneral") != "PhysicalObject" or not _says_something(words):
            return False
        if upper(words[:8]) == "PHYSICAL" or is_digital(words):
            return False
    subjects, descriptions = record.items("subject"), record.items("description")
    for item in subjects:
        if not _says_something(item.words) or not item.text("subjectScheme").strip():
            return False
        if not item.text("schemeURI").strip() and not item.text("valueURI").strip():
            return False
    for item in descriptions:
        if not _says_something(item.words) or item.text("descriptionType").strip() == "Other":
            return False
    return bool(subjects and descriptions) and not record.items("format")


_PUBLISHED = {"Issued", "Available"}
_OTHER_DATES = {
    "Accepted", "Copyrighted", "Coverage", "Created", "Submitted", "Updated", "Valid", "Withdrawn", "Other",
}  # fmt: skip


def plain_dates(record: Record, context: Context) -> bool:
    """Return whether the sample was collected in the past, and published in or after the last year of that."""
    today = context.settings.today
    collected: list[tuple[int, int, int]] = []
    published: list[tuple[int, int, int]] = []
    for item in record.items("publicationYear"):
        words = item.words
        if len(words) != 4 or not words.isdecimal() or not words.isascii() or not 1000 <= int(words) <= today[0]:
            return False
        published.append((int(words), 12, 31))
    for item in record.items("date"):
        span = parse(item.words)
        if span is None or span.first is None or span.last is None or span.backwards or item.text("dateInformation"):
            return False
        kind = item.text("dateType")
        if kind == "Collected":
            if span.last > today:
                return False
            collected.append(span.last)
        elif kind in _PUBLISHED:
            published.append(span.last)
        elif kind not in _OTHER_DATES:
            return False
    return bool(collected) and (not published or min(published) >= max(collected))


def plain_places(record: Record, context: Context) -> bool:
    """Return whether each location has a name or one point that can be, and nothing else."""
    locations = record.items("geoLocation")
    for location in locations:
        names, points = location.items("geoLocationPlace"), location.items("geoLocationPoint")
        for name in names:
            if not _says_something(name.words):
                return False
        for item in points:
            where = position(item)
            if (
                where is None
                or where == (0, 0)
                or len(item.items("pointLatitude")) + len(item.items("pointLongitude")) > 2
            ):
                return False
        if not (names or points) or location.items("geoLocationBox") or location.items("geoLocationPolygon"):
            return False
    return bool(locations)


_PLAIN_DOI = lazy(r"(?:https://doi\.org/)?(10\.[0-9]{4,5})/([A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?)")
_UNSEEN = {"IsDerivedFrom", "IsSourceOf"}
_SPECIAL = {"HasMetadata", "IsMetadataFor", "Other"}
_OF_SAMPLES = {"", "PhysicalObject"}


def plain_relations(record: Record, context: Context) -> bool:
    """Return whether all related identifiers are DOIs as they should be written, each of another thing than the record.

    Of relations between works none leads to what may be a sample, and none has attributes that only some have.
    """
    own = record.identifier
    items = record.items("relatedIdentifier")
    if own is None or not items or (match := _PLAIN_DOI.fullmatch(own.words)) is None:
        return False
    suffixes = {upper(match[2])}
    between_works = facts.work_relations()
    for item in items:
        if item.text("relatedIdentifierType") != "DOI" or (match := _PLAIN_DOI.fullmatch(item.words)) is None:
            return False
        if not DETAILS.isdisjoint(item.names()):
            return False
        suffixes.add(upper(match[2]))
        relation, general = item.text("relationType"), item.text("resourceTypeGeneral")
        if relation in _UNSEEN or relation in _SPECIAL or relation in facts.collector_relations():
            return False
        if not facts.is_relation(relation) or (relation in between_works and general in _OF_SAMPLES):
            return False
    return len(suffixes) == len(items) + 1


def read_without_faults(document: Document, context: Context) -> bool:
    """Return whether the reader saw nothing go wrong."""
    return not document.faults


def names_one_record(document: Document, context: Context) -> bool:
    """Return whether all Mentions are properties of records, of which one at most has an ID of its own."""
    own = 0
    for mention in context.mentions:
        if mention.record is None:
            return False
        own += mention.slot == "identifier"
    return own < 2


def of_a_sample(mention: Mention, context: Context) -> bool:
    """Return whether a Mention names something real, below a prefix that may hold samples."""
    return mention.state == "plain" and context.settings.holds(mention.prefix) in _MAY_HOLD_SAMPLES


_MAY_HOLD_SAMPLES = {"samples", None}
