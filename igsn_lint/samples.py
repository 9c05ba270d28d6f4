"""Which records describe samples, and which of their related identifiers name samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.identifier import LEGACY_PREFIX, Spelling, dissect, to_ascii, upper
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from igsn_lint.model import Evidence, Item, Record, Settings


def own_evidence(spelling: Spelling, settings: Settings) -> Evidence | None:
    """Return why an ID is one of a sample by the way it is written, or None."""
    holds = settings.holds(spelling.prefix)
    if not spelling.wrappers:
        # The common case in records: the bare name.
        if holds == "samples":
            return "prefix"
        return "legacy" if _is_old_handle(spelling.prefix, holds) else None
    if spelling.has("igsn-tag"):
        return "tag"
    if holds == "samples":
        return "prefix"
    if _is_old_handle(spelling.prefix, holds) or spelling.has("igsn-url"):
        return "legacy"
    if spelling.has("landing-url") and spelling.prefix is None:
        return "host"
    return None


def _is_old_handle(prefix: str | None, holds: str | None) -> bool:
    """Return whether a prefix is that of Handles of samples; below 20.500 are those of thousands of repositories."""
    if prefix is None:
        return False
    return prefix.startswith(LEGACY_PREFIX) or (prefix.startswith("20.500.") and holds in {"samples", "test"})


def is_physical_object(record: Record) -> bool:
    """Return whether the record's resourceTypeGeneral is PhysicalObject, in any case."""
    for item in record.items("resourceType"):
        general = item.text("resourceTypeGeneral")
        if general == "PhysicalObject" or upper(general.strip()) == "PHYSICALOBJECT":
            return True
    return False


def sample_evidence(record: Record, settings: Settings) -> Evidence | None:
    """Return why a record is one of a sample apart from its resourceTypeGeneral, or None."""
    identifier = record.identifier
    if identifier is not None and identifier.value is not None:
        spelling = dissect(identifier.value.text)
        evidence = own_evidence(spelling, settings)
        if evidence is not None:
            return evidence
        if upper(identifier.text("identifierType").strip()) == "IGSN":
            return "label"
    for item in record.items("alternateIdentifier"):
        if upper(item.text("alternateIdentifierType").strip()) == "IGSN":
            return "label"
    return None


def is_sample_record(record: Record, settings: Settings) -> bool:
    """Return whether the record describes a sample; the answer is kept with the record."""
    if record.sample is None:
        legacy = record.kind == "legacy"
        record.sample = legacy or is_physical_object(record) or sample_evidence(record, settings) is not None
    return record.sample


_OF_LEGACY = frozenset({"IL306", "IL307", "IL503", "IL504", "IL505"})


def concerns(code: str, kind: str, sample: bool) -> bool:
    """Return whether a rule looks at records of a kind: IL3 at all of DataCite's, the others at those of samples.

    Of legacy records, whose metadata is not DataCite's, only few rules can speak, and some speak of nothing else.
    """
    if kind == "legacy":
        return code in _OF_LEGACY
    return code not in {"IL306", "IL307"} and (sample or code.startswith("IL3"))


def mapped_prefix(suffix: str, settings: Settings) -> str | None:
    """Return the DOI prefix that the user's map gives for a legacy code, by the longest namespace, or None."""
    code = upper(suffix)
    known = (namespace for namespace in settings.handle_map if code.startswith(upper(namespace)))
    best = max(known, key=len, default=None)
    return settings.handle_map[best] if best is not None else None


_PARTED = lazy(r"10\s*\.\s*[0-9]{4,5}\s*/")
"""A DOI prefix with white space in it or before its slash: a damaged spelling of an ID, and no other kind of value."""


def _as_meant(spelling: Spelling) -> Spelling:
    """Return the spelling of the ID that was meant where look-alikes or what is invisible hide its prefix."""
    if spelling.prefix is not None or spelling.has("other-url"):
        return spelling
    text = to_ascii(spelling.text)
    meant = spelling if text == spelling.text else dissect(text)
    if meant.prefix is None and (match := _PARTED.match(meant.suffix)) is not None:
        meant = dissect("".join(match[0].split()) + meant.suffix[match.end() :])
    return meant if meant.prefix is not None else spelling


def related_evidence(item: Item, spelling: Spelling, in_sample_record: bool, settings: Settings) -> Evidence | None:
    """Return why a related identifier names a sample, or None."""
    spelling = _as_meant(spelling)
    if (evidence := own_evidence(spelling, settings)) is not None:
        return evidence
    if upper(item.text("relatedIdentifierType").strip()) == "IGSN":
        return "label"
    if (
        in_sample_record
        and spelling.prefix is not None
        and item.text("relationType") in facts.sample_relations()
        and item.text("resourceTypeGeneral") in {"", "PhysicalObject"}
        and settings.holds(spelling.prefix) != "none"
    ):
        return "record"
    return None
