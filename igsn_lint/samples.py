"""Which records describe samples, and which of their related identifiers name samples (DESIGN 2: Record, evidence)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.identifier import LEGACY_PREFIX, Spelling, dissect, upper

if TYPE_CHECKING:
    from igsn_lint.model import Evidence, Item, Record, Settings


def own_evidence(spelling: Spelling, settings: Settings) -> Evidence | None:
    """Return why an ID is one of a sample by the way it is written, or None."""
    if spelling.has("igsn-tag"):
        return "tag"
    holds = settings.holds(spelling.prefix)
    if holds == "samples":
        return "prefix"
    if spelling.prefix == LEGACY_PREFIX or spelling.has("igsn-url") or (spelling.prefix or "").startswith("20.500."):
        return "legacy"
    if spelling.has("landing-url") and spelling.prefix is None:
        return "host"
    return None


def is_physical_object(record: Record) -> bool:
    """Return whether the record's resourceTypeGeneral is PhysicalObject, in any case."""
    return any(
        upper(general.text.strip()) == "PHYSICALOBJECT"
        for item in record.items("resourceType")
        if (general := item.get("resourceTypeGeneral")) is not None
    )


def sample_evidence(record: Record, settings: Settings) -> Evidence | None:
    """Return why a record is one of a sample apart from its resourceTypeGeneral, or None."""
    identifier = record.identifier
    if identifier is not None and identifier.value is not None:
        spelling = dissect(identifier.value.text)
        evidence = own_evidence(spelling, settings)
        if evidence is not None:
            return evidence
        kind = identifier.get("identifierType")
        if kind is not None and upper(kind.text.strip()) == "IGSN":
            return "label"
    for item in record.items("alternateIdentifier"):
        kind = item.get("alternateIdentifierType")
        if kind is not None and upper(kind.text.strip()) == "IGSN":
            return "label"
    return None


def is_sample_record(record: Record, settings: Settings) -> bool:
    """Return whether the record describes a sample."""
    return record.kind == "legacy" or is_physical_object(record) or sample_evidence(record, settings) is not None


def related_evidence(item: Item, spelling: Spelling, in_sample_record: bool, settings: Settings) -> Evidence | None:
    """Return why a related identifier names a sample, or None."""
    if (evidence := own_evidence(spelling, settings)) is not None:
        return evidence
    kind = item.get("relatedIdentifierType")
    if kind is not None and upper(kind.text.strip()) == "IGSN":
        return "label"
    relation = item.get("relationType")
    general = item.get("resourceTypeGeneral")
    if (
        in_sample_record
        and relation is not None
        and relation.text in facts.sample_relations()
        and (general is None or general.text == "PhysicalObject")
        and spelling.prefix is not None
        and settings.holds(spelling.prefix) != "none"
    ):
        return "record"
    return None
