"""IL3: schema validity, exactly as DataCite decides it. Each rule reports the schema faults of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Breach, Context, Record, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import SchemaFault


def _of(kind: str, faults: Iterable[SchemaFault], record: Record) -> Iterator[Breach]:
    for fault in faults:
        if fault.kind == kind:
            yield Breach(fault.place, fault.message, fault.edits, record=record)


@check("IL301", Record)
def schema_invalid(record: Record, context: Context) -> Iterator[Breach]:
    """Report what the newest DataCite kernel-4 schema refuses, whatever other rule may have more to say about it."""
    if record.kind == "datacite":
        for fault in record.schema_faults(context.settings.xsd):
            if fault.kind != "unsupported-schema":
                yield Breach(fault.place, fault.message, record=record)


@check("IL302", Record)
def unsupported_schema(record: Record, context: Context) -> Iterator[Breach]:
    """Report records of kernel 2 and 3."""
    if record.kind == "datacite" and (faults := record.schema_faults(context.settings.xsd)):
        yield from _of("unsupported-schema", faults, record)


@check("IL303", Record)
def wrong_namespace(record: Record, context: Context) -> Iterator[Breach]:
    """Report records in a namespace that DataCite does not take."""
    if record.kind == "datacite" and (faults := record.schema_faults(context.settings.xsd)):
        yield from _of("wrong-namespace", faults, record)


@check("IL304", Record)
def newer_than_declared(record: Record, context: Context) -> Iterator[Breach]:
    """Report what is newer than the version that a record declares."""
    if record.kind == "datacite" and (faults := record.schema_remarks(context.settings.xsd)):
        yield from _of("newer-than-declared", faults, record)


@check("IL305", Record)
def vocabulary_case(record: Record, context: Context) -> Iterator[Breach]:
    """Report terms of controlled lists that are right but for their case."""
    if record.kind == "datacite" and (faults := record.schema_faults(context.settings.xsd)):
        yield from _of("vocabulary-case", faults, record)


@check("IL308", Record)
def odd_schema_location(record: Record, context: Context) -> Iterator[Breach]:
    """Report schemaLocations that editors and validators stumble over."""
    if record.kind == "datacite" and (faults := record.schema_remarks(context.settings.xsd)):
        yield from _of("odd-schema-location", faults, record)
