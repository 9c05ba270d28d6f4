"""IL4: whether the texts of a sample record say something: names, titles, subjects, descriptions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._plain import plain_dates, plain_persons, plain_places, plain_relations, plain_texts
from igsn_lint.checks._values import AROUND, LONGEST, is_blank, is_whole, meant, names, parsed, stands, with_text
from igsn_lint.identifier import dissect, upper
from igsn_lint.model import Breach, Context, Edit, Record, Related, check
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from igsn_lint.model import Item, Segment


@check("IL403", Record, unless=(plain_persons, plain_texts))
def empty_mandatory_property(record: Record, context: Context) -> Iterator[Breach]:
    """Report names of creators, titles and publishers without text."""
    mandatory: tuple[tuple[str, Sequence[Item]], ...] = (
        ("name of a creator", names(record, "creator")),
        ("title", record.items("title")),
        ("publisher", record.items("publisher")),
    )
    for what, items in mandatory:
        for item in items:
            if is_blank(item.words) and item.value is not None:
                yield Breach(item.value.place(), f"the {what} is empty", record=record)


@check("IL404", Record, unless=(plain_relations,))
def misplaced_placeholder(record: Record, context: Context) -> Iterator[Breach]:
    """Report codes and words for unknown information where an identifier must stand."""
    own = record.identifier
    if own is not None and _means_unknown(own.words):
        yield Breach(stands(own), f'"{own.words}" is no identifier', record=record)
    for item in record.items("relatedIdentifier"):
        if _means_unknown(item.words):
            message = f'"{item.words}" is no identifier: a related resource without one is left out'
            yield Breach(stands(item), message, record=record)


def _means_unknown(text: str) -> bool:
    if not text or len(text) > LONGEST:
        return False
    text = _after_resolver(text)
    return text.lower() in _unknown() or bool(meant(text))


def _after_resolver(text: str) -> str:
    """Return a code that stands behind a tag or a resolver (https://doi.org/:tba), else the whole text."""
    wrappers = dissect(text).wrappers if ":" in text else ()
    rest = text[wrappers[-1].end :] if wrappers else ""
    return rest if rest.startswith(":") else text


@cache
def _unknown() -> frozenset[str]:
    """Return all that stands for unknown information, or for none."""
    return frozenset({*facts.unknown_codes(), *facts.unknown_words(), *facts.null_words()})


_FREE_TEXT = ("title", "publisher", "resourceType", "subject", "date", "description")


@check("IL405", Record, unless=(plain_persons, plain_texts, plain_dates, plain_places))
def unknown_placeholder(record: Record, context: Context) -> Iterator[Breach]:
    """Report words for unknown information that are none of the ten codes, and codes that are misspelled."""
    for item in _free_texts(record):
        text = item.words
        if (code := meant(text)) is None:
            continue
        place = stands(item)
        if code:
            message = f'"{text}" is no standard value for unknown information; likely meant: {code}'
            yield Breach(place, message, (Edit(place, code, safe=False),), record=record)
        else:
            known = ", ".join(facts.unknown_codes())
            yield Breach(place, f'"{text}" is none of the values for unknown information ({known})', record=record)


def _free_texts(record: Record) -> list[Item]:
    found = [*names(record, "creator"), *names(record, "contributor")]
    for name in _FREE_TEXT:
        found += record.items(name)
    for place in record.items("geoLocation"):
        found += place.items("geoLocationPlace")
    return found


@check("IL406", Record, unless=(plain_texts,))
def all_placeholders(record: Record, context: Context) -> Iterator[Breach]:
    """Report records whose creators, titles and publisher are all codes for unknown information."""
    codes = facts.unknown_codes()
    publishers = record.items("publisher")
    if not publishers or any(item.words not in codes for item in publishers):
        return
    titles, creators = with_text(record, "title"), names(record, "creator")
    if not titles or not creators or _state(record) == "draft":
        return
    if all(item.words in codes for item in (*titles, *creators)):
        others = tuple(Related("this is a standard value, too", stands(item)) for item in (*creators, *publishers))
        message = "creator, title and publisher are all standard values for unknown information"
        yield Breach(stands(titles[0]), message, record=record, related=others)


def _state(record: Record) -> str:
    """Return the state of the DOI that a body for DataCite's API gives, in lower case; empty without one."""
    state = record.field("state")
    return "" if state is None else state.text.strip().lower()


@check("IL407", Record, unless=(plain_texts,))
def uninformative_title(record: Record, context: Context) -> Iterator[Breach]:
    """Report main titles that are the record's own ID or a code, where no other main title says more."""
    own = record.identifier
    name = "" if own is None else own.words
    suffix = upper(dissect(name).suffix)
    found = []
    for item in with_text(record, "title"):
        if item.text("titleType").strip():
            continue
        words = _nothing_new(item.words, name, suffix)
        if words is None:
            return
        found.append((item, words))
    for item, words in found:
        message = f'the title "{item.words}" is {words}: it does not tell this sample from others'
        yield Breach(stands(item), message, record=record)


def _nothing_new(title: str, own: str, suffix: str) -> str | None:
    """Return in words what the title repeats, or None where it says something."""
    if title in facts.unknown_codes():
        return "a standard value for unknown information"
    folded = upper(title)
    if not suffix or suffix not in folded:
        return None
    bare = title.strip(AROUND)
    if suffix in {folded, upper(bare)}:
        return "the suffix of the record's own ID"
    this, that = parsed(title) or parsed(bare), parsed(own)
    return "the record's own ID" if this is not None and that is not None and this.same_sample(that) else None


@check("IL415", Record, unless=(plain_texts,))
def no_material(record: Record, context: Context) -> Iterator[Breach]:
    """Report records without any subject."""
    if is_whole(record) and not with_text(record, "subject"):
        yield Breach(record.place, "no subject says what material the sample is", record=record)


@check("IL416", Record, unless=(plain_texts,))
def subject_without_scheme(record: Record, context: Context) -> Iterator[Breach]:
    """Report subjects that do not say which vocabulary they come from, or where that is found."""
    for item in with_text(record, "subject"):
        scheme = item.text("subjectScheme").strip()
        if not scheme:
            if item.words not in facts.unknown_codes():
                yield Breach(stands(item), f'the subject "{item.words}" has no subjectScheme', record=record)
        elif not item.text("schemeURI").strip() and not item.text("valueURI").strip():
            named = item.get("subjectScheme")
            place = item.place if named is None else named.place()
            yield Breach(place, f'the scheme "{scheme}" has no schemeURI', record=record)


@check("IL423", Record, unless=(plain_texts,))
def no_description(record: Record, context: Context) -> Iterator[Breach]:
    """Report records without a description, or with descriptions of the type Other only."""
    others = False
    for item in with_text(record, "description"):
        if item.text("descriptionType").strip() != "Other":
            return
        others = True
    if others or is_whole(record):
        words = "all descriptions are of the type Other" if others else "no description"
        yield Breach(record.place, words, record=record)


_MAIL = lazy(
    r"(?<![A-Za-z0-9._%+-])(?:mailto:)?([A-Za-z0-9_%+-](?:[A-Za-z0-9._%+-]{0,63}))@"
    r"([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24})(?![A-Za-z0-9-])"
)
_EXAMPLE = lazy(r"(?:.*\.)?(?:example(?:\.(?:com|org|net|edu))?|invalid|test|localhost)", re.IGNORECASE)
_PUBLIC = (
    "title", "publisher", "subject", "description", "rights", "alternateIdentifier", "size", "format", "resourceType",
)  # fmt: skip


@check("IL424", Record)
def private_data(record: Record, context: Context) -> Iterator[Breach]:
    """Report e-mail addresses of persons."""
    if not context.document.may_hold("@"):
        return
    for value in _shown(record):
        if "@" not in value.text:
            continue
        for match in _MAIL.finditer(value.text):
            office = match[1].lower() in facts.role_mailboxes()
            # git@github.com:… and https://user@host are no mail.
            follows = value.text[match.end() : match.end() + 1]
            if office or _EXAMPLE.fullmatch(match[2]) or follows == ":" or match[1].lower() == "git":
                continue
            message = f'the e-mail address "{match[1]}@{match[2]}" is open to everybody'
            yield Breach(value.place(match.start(1), match.end()), message, record=record)


def _shown(record: Record) -> Iterator[Segment]:
    """Yield the values in which people write addresses."""
    for role in ("creator", "contributor"):
        for person in record.items(role):
            for name in (f"{role}Name", "givenName", "familyName", "affiliation", "nameIdentifier"):
                for item in person.items(name):
                    if item.value is not None:
                        yield item.value
    for item in with_text(record, *_PUBLIC):
        if item.value is not None:
            yield item.value
    for item in record.items("date"):
        information = item.get("dateInformation")
        if information is not None:
            yield information
    for location in record.items("geoLocation"):
        for item in location.items("geoLocationPlace"):
            if item.value is not None:
                yield item.value
