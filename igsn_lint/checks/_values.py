"""What the checks of records share: texts of properties, and what kind of thing a record describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.identifier import Igsn, NotAnIgsn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Item, Place, Record, Segment


def trimmed(segment: Segment) -> Place:
    """Return the place of a text without the white space around it."""
    text = segment.text
    inner = text.strip()
    if not inner or inner == text:
        return segment.place()
    start = len(text) - len(text.lstrip())
    return segment.place(start, start + len(inner))


def names(record: Record, role: str) -> Iterator[Item]:
    """Yield the names of all persons and organisations of a role: ``creator`` or ``contributor``."""
    for person in record.items(role):
        yield from person.items(f"{role}Name")


def texts(record: Record, *properties: str) -> Iterator[Segment]:
    """Yield the values of properties that hold text."""
    for name in properties:
        for item in record.items(name):
            value = item.value
            if value is not None and value.text and not value.text.isspace():
                yield value


def parsed(text: str) -> Igsn | None:
    """Return the ID that a text is as a whole, or None."""
    try:
        return Igsn.parse(text)
    except NotAnIgsn:
        return None


def is_kind(record: Record, kind: str) -> bool:
    """Return whether the record says that it is of a kind: ``feature``, ``collection``, ``synthetic``."""
    patterns = facts.sampling_kinds()
    whole, anywhere = patterns.get(f"{kind} whole"), patterns.get(f"{kind} any")
    if whole is not None and any(whole.fullmatch(value.text.strip()) for value in texts(record, "resourceType")):
        return True
    if anywhere is None:
        return False
    return any(anywhere.search(value.text) for value in texts(record, "resourceType", "title", "subject"))
