"""IL6: all records and mentions of one run, as traces."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from igsn_lint.model import Breach, Collection, Place, Related, Settings, check

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("IL601", Collection)
def duplicate_identifier(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report further sample records with the ID of one before; equal copies and other formats are none."""
    records = sorted(
        (t for t in collection.traces if t.kind == "record"), key=lambda t: (t.family, t.key, t.path, t.order)
    )
    for (_, key), group in groupby(records, key=lambda t: (t.family, t.key)):
        first, *others = group
        for other in others:
            if other.digest != first.digest:
                message = f'another record has the ID "{key}" too'
                yield Breach(Place(other), message, related=(Related("the other record with this ID", Place(first)),))
