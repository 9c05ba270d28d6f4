"""Cells in which an IGSN ID should stand and none does: empty ones, and what a spreadsheet made of an ID."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Breach, Context, Gap, check

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("IL122", Gap)
def damaged_by_spreadsheet(gap: Gap, context: Context) -> Iterator[Breach]:
    """Report IDs that a spreadsheet took for a number or a date."""
    if gap.damage is not None:
        yield gap.breach(f'a spreadsheet made "{gap.segment.text.strip()}" of the ID: {gap.damage}')


@check("IL215", Gap)
def empty_igsn_cell(gap: Gap, context: Context) -> Iterator[Breach]:
    """Report rows of samples without an ID."""
    if gap.damage is None:
        word = gap.segment.text.strip()
        yield gap.breach(f'"{word}" stands where the ID of the sample should' if word else "the row has no ID")
