"""IL306, IL307: metadata for the former IGSN registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Breach, Context, Record, check

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("IL306", Record)
def legacy_registration_invalid(record: Record, context: Context) -> Iterator[Breach]:
    """Report what the legacy IGSN schemas refuse."""
    for fault in record.schema_faults():
        yield Breach(fault.place, fault.message, record=record)


@check("IL307", Record)
def retired_service(record: Record, context: Context) -> Iterator[Breach]:
    """Report metadata made for the registry that is closed; descriptions and other formats are still of use."""
    if record.family == "registration-xml":
        message = "the IGSN registry that took this is closed; samples are registered with DataCite"
        yield Breach(record.place, message, record=record)
