"""IL3: schema validity, exactly as DataCite decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Breach, Context, Record, check

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("IL301", Record)
def schema_invalid(record: Record, context: Context) -> Iterator[Breach]:
    """Report what the newest DataCite kernel-4 schema refuses."""
    for fault in record.schema_faults():
        yield Breach(fault.place, fault.message, record=record)
