"""IL5: the related identifiers of one sample record, each by itself and beside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._plain import plain_relations
from igsn_lint.checks._targets import DETAILS, SCHEME, Seen, Target, may_repeat, targets
from igsn_lint.checks._values import parsed
from igsn_lint.identifier import LEGACY_PREFIX, Igsn, NotAnIgsn, dissect, upper
from igsn_lint.model import Breach, Context, Edit, Record, Related, check, is_sentence
from igsn_lint.samples import mapped_prefix, own_evidence, related_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings

_SAME_THING = {"IsIdenticalTo", "IsVariantFormOf", "IsOriginalFormOf", "Obsoletes", "IsObsoletedBy"}
_OF_METADATA = {"HasMetadata", "IsMetadataFor"}
_RESOLVER = "https://doi.org/"
_LONG = 512
"""A value that is longer is not compared with the form of its type."""


@check("IL503", Record, unless=(plain_relations,))
def self_relation(record: Record, context: Context) -> Iterator[Breach]:
    """Report relations of a record to itself; its own Handle of before 2023 may be named as identical to it."""
    own_item = record.identifier
    if own_item is None or own_item.value is None:
        return
    suffix = upper(dissect(own_item.value.text).suffix)
    for target in targets(record):
        if suffix not in upper(target.value.text):
            continue
        own, other = parsed(own_item.value.text), target.igsn
        if own is None or other is None or not own.same_sample(other):
            continue
        if target.is_page and (target.relation in _SAME_THING or not target.is_structure):
            # The page that shows the sample is not the sample, but nothing is a part of a page.
            continue
        if own.key == other.key or target.relation not in _SAME_THING:
            here = (Related("the record's own identifier", own_item.value.place()),)
            gone = (Edit(target.item.place, None, safe=False),)
            message = f'the record is "{target.relation or "related"}" to itself'
            yield Breach(
                target.value.place(),
                message,
                gone,
                record=record,
                related=here,
                identifier=own.key,
                item=target.item,
            )


@check("IL504", Record, unless=(plain_relations,))
def contradictory_relation(record: Record, context: Context) -> Iterator[Breach]:
    """Report relations to a target that another one to it turns round."""
    found = targets(record)
    if not may_repeat(found):
        return
    seen, inverses = Seen(), facts.inverses()
    for target in found:
        inverse = inverses.get(target.relation)
        if inverse is None or inverse == target.relation:
            continue
        first = seen.find(target, inverse)
        if first is not None:
            here = (Related(f"{inverse} to the same target", first.value.place()),)
            message = f'"{target.relation}" contradicts "{inverse}" to the same target'
            yield Breach(target.value.place(), message, record=record, related=here)
        seen.add(target, target.relation)


@check("IL505", Record, unless=(plain_relations,))
def duplicate_relation(record: Record, context: Context) -> Iterator[Breach]:
    """Report relations that stand twice, also with the target in another form."""
    found = targets(record)
    if not may_repeat(found):
        return
    seen = Seen()
    for target in found:
        relation = target.relation
        if relation in _OF_METADATA:
            relation += target.item.text("relatedMetadataScheme")
        elif relation == "Other":
            relation += target.item.text("relationTypeInformation")
        first = seen.find(target, relation)
        if first is None:
            seen.add(target, relation)
        else:
            here = (Related("the first one", first.value.place()),)
            # Of a page and the DOI the DOI should stay.
            gone = (Edit(target.item.place, None, safe=target.is_page or not first.is_page),)
            message = f'"{target.relation}" to "{target.text}" stands twice'
            yield Breach(target.value.place(), message, gone, record=record, related=here, item=target.item)


def _is_mistyped_sample(target: Target, settings: Settings) -> bool:
    """Return whether the target is the DOI of a sample under another type than DOI."""
    spelling = target.spelling
    if (
        target.doi is None
        or target.kind == "DOI"
        or upper(target.kind) in {"DOI", ""}
        or settings.holds(spelling.prefix) == "none"
    ):
        return False
    if parsed(target.value.text) is None:
        return False
    return related_evidence(target.item, spelling, True, settings) is not None


@check("IL506", Record, unless=(plain_relations,))
def igsn_type_on_doi(record: Record, context: Context) -> Iterator[Breach]:
    """Report DOIs of samples under another type than DOI."""
    if record.kind != "datacite":
        return
    for target in targets(record):
        if not _is_mistyped_sample(target, context.settings):
            continue
        kind = target.item.get("relatedIdentifierType")
        if kind is not None:
            place = kind.place()
            message = f'the DOI of a sample has the type "{kind.text}" instead of DOI'
            edits = (Edit(place, "DOI", safe=True),)
            yield Breach(place, message, edits, record=record, identifier=target.doi, item=target.item)


@check("IL507", Record, unless=(plain_relations,))
def related_type_mismatch(record: Record, context: Context) -> Iterator[Breach]:
    """Report related identifiers that are empty, or not what their type says."""
    if record.kind != "datacite":
        return
    found, items = targets(record), record.items("relatedIdentifier")
    for item in items if len(found) < len(items) else ():
        if item.value is None or not item.value.text.strip():
            place = item.place if item.value is None else item.value.place()
            yield Breach(place, "the related identifier is empty", record=record)
    for target in found:
        if (expected := _expected(target)) is not None and not _is_mistyped_sample(target, context.settings):
            message = f'"{target.text}" is no {target.kind}, which looks like "{expected}"'
            yield Breach(target.value.place(), message, record=record, item=target.item)


def _is_doi(name: str) -> bool:
    return len(name) > _LONG or facts.related_types()["DOI"][0].fullmatch(name) is not None


def _expected(target: Target) -> str | None:
    """Return an example of the type where the value is none; None where it is one or the type is not known."""
    text = target.text
    if target.kind == "IGSN":
        try:
            Igsn.parse(text)
        except NotAnIgsn as error:
            spelling = target.spelling
            no_id = error.reason in {"unknown-resolver", "foreign-handle", "a-word", "missing-prefix"} or (
                spelling.prefix is None and is_sentence(spelling.suffix)
            )
            return "10273/AU1101" if no_id and not target.is_placeholder else None
        return None
    known = facts.related_types().get(target.kind)
    if known is None or len(text) > _LONG:
        return None
    pattern, example = known
    if target.kind == "DOI" and target.spelling.prefix == LEGACY_PREFIX and target.spelling.has("doi-url"):
        # A Handle below doi.org has a rule of its own.
        return None
    return None if pattern.fullmatch(text) else example


@check("IL508", Record, unless=(plain_relations,))
def related_value_form(record: Record, context: Context) -> Iterator[Breach]:
    """Report related DOIs with something else before them than https://doi.org/."""
    if record.kind != "datacite":
        return
    for target in targets(record):
        spelling = target.spelling
        if target.kind != "DOI" or target.doi is None or not spelling.wrappers or spelling.has("other-url"):
            continue
        written = spelling.text[spelling.start : spelling.prefix_start]
        # What is no DOI is no better with another resolver.
        if written == _RESOLVER or not _is_doi(spelling.text[spelling.prefix_start : spelling.suffix_end]):
            continue
        place = target.value.place(spelling.start, spelling.prefix_start)
        fix = _RESOLVER if spelling.has("doi-url") else ""
        message = f'before a related DOI stands nothing or "{_RESOLVER}", not "{written}"'
        replacement = f"{fix}{spelling.prefix}/{spelling.suffix}"
        edits = (Edit(place, fix, safe=True),)
        yield Breach(
            place,
            message,
            edits,
            record=record,
            replacement=replacement,
            identifier=target.doi,
            item=target.item,
        )


@check("IL509", Record, unless=(plain_relations,))
def legacy_related_identifier(record: Record, context: Context) -> Iterator[Breach]:
    """Report related samples that are named by a Handle of before 2023 or by the code alone."""
    if record.kind != "datacite":
        return
    for target in targets(record):
        if target.kind not in {"IGSN", "Handle"} or target.relation == "IsIdenticalTo" or target.is_placeholder:
            continue
        code = target.code
        if code is None or code.startswith("TEST"):
            continue
        spelling, kind = target.spelling, target.item.get("relatedIdentifierType")
        place = target.value.place(spelling.start, spelling.suffix_end)
        prefix = mapped_prefix(code, context.settings)
        what = "Handle of before 2023" if spelling.prefix is not None or spelling.wrappers else "code"
        message = f"the related sample is named by its {what}, not by its DOI"
        if prefix is None or kind is None:
            agent = facts.likely_agent(spelling.suffix)
            message += f'; "{agent}" probably registered it and can name the DOI' if agent else ""
            yield Breach(place, message, record=record, identifier=code, item=target.item)
            continue
        doi = f"{_RESOLVER}{prefix}/{spelling.suffix}"
        edits = (Edit(place, doi, safe=False), Edit(kind.place(), "DOI", safe=False))
        yield Breach(place, message, edits, record=record, identifier=code, replacement=doi, item=target.item)


@check("IL510", Record, unless=(plain_relations,))
def unsuitable_relation(record: Record, context: Context) -> Iterator[Breach]:
    """Report relations between works where both ends are samples, and samples or persons as collectors."""
    if record.kind != "datacite":
        return
    for target in targets(record):
        if target.relation not in facts.work_relations() and target.relation not in facts.collector_relations():
            continue
        place = target.item.get("relationType")
        if place is None:
            continue
        message = None
        if target.relation in facts.work_relations() and target.is_sample(context.settings):
            message = f'"{target.relation}" holds between works that somebody wrote, not between two samples'
        elif target.relation in facts.collector_relations():
            if _is_person(target):
                message = f'"{target.relation}" names the instrument or project that collected, not a person'
            elif own_evidence(target.spelling, context.settings) and target.is_sample(context.settings):
                message = f'"{target.relation}" names the instrument or project that collected, not another sample'
        if message is not None:
            yield Breach(place.place(), message, record=record, identifier=target.doi, item=target.item)


def _is_person(target: Target) -> bool:
    text = target.text.lower()
    return "://" in text and text.split("://", 1)[1].startswith(("orcid.org/", "www.orcid.org/", "isni.org/"))


@check("IL511", Record, unless=(plain_relations,))
def misplaced_relation_metadata(record: Record, context: Context) -> Iterator[Breach]:
    """Report attributes of a relation that belong to other relations only."""
    if record.kind != "datacite":
        return
    for target in targets(record):
        if not target.relation or DETAILS.isdisjoint(target.item.names()):
            continue
        names = [] if target.relation in _OF_METADATA else [name for name in SCHEME if target.item.text(name).strip()]
        belongs = "HasMetadata and IsMetadataFor"
        if not names and target.relation != "Other" and target.item.text("relationTypeInformation").strip():
            names, belongs = ["relationTypeInformation"], "Other"
        attribute = target.item.get(names[0]) if names else None
        if attribute is not None:
            message = f'"{" and ".join(names)}" belongs to the relation {belongs} only, not to "{target.relation}"'
            yield Breach(attribute.place(), message, record=record, identifier=target.doi)
