"""IL5: which relations a sample record should have, above all to the sample that it was taken from."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._plain import plain_relations
from igsn_lint.checks._targets import targets
from igsn_lint.checks._values import is_whole, parsed
from igsn_lint.model import Breach, Context, Record, check
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.checks._targets import Target
    from igsn_lint.model import RequiredRelation, Segment

_SHOWN = {"IsPartOf", "HasPart"}
_UNSEEN = {"IsDerivedFrom", "IsSourceOf"}
_UP = {"IsPartOf", "IsDerivedFrom"}
_MATERIAL = {"", "PhysicalObject", "Collection"}


def _relations(record: Record) -> set[str] | None:
    """Return the relations of a record; None where one is unknown to the schema: nobody can tell which was meant."""
    present = {item.text("relationType") for item in record.items("relatedIdentifier")}
    return {facts.relation(text) for text in present} if all(facts.is_relation(text) for text in present) else None


@check("IL501", Record)
def missing_required_relation(record: Record, context: Context) -> Iterator[Breach]:
    """Report records without a relation that the configuration demands of them."""
    if not context.settings.required_relations or not is_whole(record):
        return
    present = _relations(record)
    if present is None:
        return
    for required in context.settings.required_relations:
        if present.isdisjoint(required.any_of) and _applies(required, record, context):
            wanted = " or ".join(required.any_of)
            yield Breach(record.place, f'the configuration demands "{wanted}" of this record', record=record)


def _applies(required: RequiredRelation, record: Record, context: Context) -> bool:
    """Return whether a record meets all conditions of a required relation."""
    return all(
        any(pattern.match(text) for text in _compared(name, record, context))
        for name, pattern in required.conditions.items()
    )


def _compared(name: str, record: Record, context: Context) -> Iterator[str]:
    """Yield the texts of a record that a condition is compared with."""
    if name == "path":
        yield context.document.source.name
    elif name == "resource-type":
        for item in record.items("resourceType"):
            yield item.text("resourceTypeGeneral").strip()
            yield item.value.text.strip() if item.value is not None else ""
    elif name == "subject":
        for item in record.items("subject"):
            yield item.value.text.strip() if item.value is not None else ""
    else:
        own = record.identifier
        igsn = parsed(own.value.text) if own is not None and own.value is not None else None
        if igsn is not None:
            yield (igsn.prefix or "") if name == "prefix" else igsn.suffix


@check("IL502", Record, unless=(plain_relations,))
def no_relations(record: Record, context: Context) -> Iterator[Breach]:
    """Report records without any related identifier."""
    if is_whole(record) and not record.items("relatedIdentifier"):
        yield Breach(record.place, "the record names no other sample, data set, text or project", record=record)


def _may_be_sample(target: Target, context: Context) -> bool:
    """Return whether a target is none of the data sets and papers that were made from the sample."""
    general = target.item.text("resourceTypeGeneral")
    return general in _MATERIAL and context.settings.holds(target.spelling.prefix) != "none"


@check("IL512", Record, unless=(plain_relations,))
def invisible_relation(record: Record, context: Context) -> Iterator[Breach]:
    """Report records that name other samples only by relations which DataCite's event data leave out."""
    if record.kind != "datacite":
        return
    named = [target for target in targets(record) if target.relation in _SHOWN | _UNSEEN]
    samples = [target for target in named if _may_be_sample(target, context)]
    unseen = [target for target in samples if target.relation in _UNSEEN]
    if unseen and len(unseen) == len(samples):
        relation = unseen[0].item.get("relationType")
        if relation is not None:
            message = f'only IsPartOf and HasPart are shown as links between samples, not "{unseen[0].relation}"'
            yield Breach(relation.place(), message, record=record)


@check("IL513", Record)
def parent_not_named(record: Record, context: Context) -> Iterator[Breach]:
    """Report records whose words say that the sample was taken from another one, which they do not name."""
    if not is_whole(record):
        return
    present = _relations(record)
    if present is None or not present.isdisjoint(_UP):
        return
    if any(_UP.intersection(r.any_of) and _applies(r, record, context) for r in context.settings.required_relations):
        # What the user demands of this record has a rule of its own.
        return
    places = [item.value.text.lower() for item in record.items("geoLocation") if item.value is not None]
    for value, labels in _texts(record):
        span = _evidence(value.text, places, labels=labels)
        if span is not None:
            message = f'"{value.text[slice(*span)]}" speaks of a parent sample that no relation names'
            yield Breach(value.place(*span), message, record=record)
            return


def _texts(record: Record) -> Iterator[tuple[Segment, bool]]:
    """Yield the texts that may tell of a parent, and whether each is a label (title, type) and no prose."""
    for name in ("title", "resourceType", "description"):
        for item in record.items(name):
            if item.value is not None:
                yield item.value, name != "description"


_MOST = 2000
"""So many characters of a description are looked at: what a sample is stands at its beginning."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern for labels, and that for prose, where the words must be said of the sample itself."""
    everywhere = "|".join(pattern for pattern, anywhere in facts.parent_words() if anywhere)
    labels = "|".join(pattern for pattern, _ in facts.parent_words())
    # Of a "thin section collection", or of a word that goes on, nothing is said.
    end = r"(?![\w-])(?!\s+(?:collection|set|series|library|suite|archive)s?\b)"
    # A description that is a name (Aliquot of AU1101, 5 g), or a sentence that says what the sample is. A sentence
    # that begins in the same way and goes on with a verb (An aliquot of it was dated) tells of a child.
    subject = r"\A\s*(?:an?\s+|one\s+)?(?!(?:we|i|they|from|for|see|with)\s)"
    name = subject + r"(?![^.;\n]*\s(?:was|were|is|are|has|have|had|will|can)\b)"
    said = r"\b(?:this|it|sample|specimen|material|which)\s+(?:is|was)\s+(?:an?|the|one)\s+"
    words = rf"(?:{name}|{said})(?:[\w-]+\s+){{0,3}}?(?P<word>(?<![\w-])(?:{everywhere})){end}"
    return (
        re.compile(rf"(?<![\w-])(?P<word>{labels}){end}", re.IGNORECASE),
        re.compile(rf"{words}(?:\s+(?:of|from|taken|no\.|number|\d)|\s*[.,;:(]|\s*\Z|(?<=of))", re.IGNORECASE),
    )


_NONE_BEFORE = lazy(r"\b(?:no|not|without|kein[es]?|ohne|pas de|sans|sin)\s+(?:an?\s+)?\Z", re.IGNORECASE)
_BESIDE = lazy(
    r"\b(?:for|with|and|plus|includ(?:es|ing)|für|mit|und|pour|avec|et|para|con|y|per|e)\s+(?:an?\s+|its\s+|one\s+)?\Z",
    re.IGNORECASE,
)
"""What stands in a label before a thing that goes with the sample and was made of it: rock with thin section."""
_PLACE_BEFORE = lazy(r"\b(?:from|at|near|in|on|off|of)\s+(?:the\s+)?\Z", re.IGNORECASE)


def _evidence(text: str, places: list[str], *, labels: bool) -> tuple[int, int] | None:
    """Return where a text says that the sample was taken from another one, or None; names of places are left out."""
    for match in _patterns()[0 if labels else 1].finditer(text, 0, _MOST):
        word = match["word"]
        before = text[max(0, match.start("word") - 20) : match.start("word")]
        if _NONE_BEFORE.search(before) or (labels and _BESIDE.search(before)):
            continue
        is_place = word[:1].isupper() and _PLACE_BEFORE.search(before) is not None
        if not is_place and not any(word.lower() in place for place in places):
            return match.span("word")
    return None
