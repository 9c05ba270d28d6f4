"""What the checks of records share: texts of properties, and what kind of thing a record describes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.identifier import Igsn, NotAnIgsn
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from igsn_lint.model import Item, Mention, Place, Record, Segment


def trimmed(segment: Segment) -> Place:
    """Return the place of a text without the white space around it."""
    text = segment.text
    inner = text.strip()
    if not inner or inner == text:
        return segment.place()
    start = len(text) - len(text.lstrip())
    return segment.place(start, start + len(inner))


def stands(item: Item) -> Place:
    """Return the place of an item's text without the white space around it, or of the item where it has none."""
    value = item.value
    return item.place if value is None else trimmed(value)


_BEFORE_AN_ID = lazy(r"(?:\b(?:igsn|doi|hdl)\s*[:：]|\b(?:doi|igsn)\.org/|\bhdl\.handle\.net/)\Z", re.IGNORECASE)
_MOST_HIDDEN = 40


def hidden_before(mention: Mention) -> int:
    """Return how many invisible characters part the ID from the tag or resolver that stands before it."""
    text, start = mention.segment.text, mention.start
    if start == 0 or text[start - 1].isascii() or text[start - 1] not in facts.invisible():
        return 0
    before = text[max(0, start - _MOST_HIDDEN) : start]
    seen = before.rstrip("".join(facts.invisible()))
    return len(before) - len(seen) if _BEFORE_AN_ID.search(seen) is not None else 0


def names(record: Record, role: str) -> list[Item]:
    """Return the names of all persons and organisations of a role: ``creator`` or ``contributor``."""
    key = names, role
    found: list[Item] | None = record.memo.get(key)
    if found is None:
        found = [item for person in record.items(role) for item in person.items(f"{role}Name")]
        record.memo[key] = found
    return found


def is_whole(record: Record) -> bool:
    """Return whether the record says what it describes; bodies of partial updates are not asked for the rest."""
    return record.kind == "datacite" and bool(record.items("title") or record.items("creator"))


def with_text(record: Record, *properties: str) -> list[Item]:
    """Return the items of properties that have text."""
    found: list[Item] | None = record.memo.get(properties)
    if found is None:
        found = [item for name in properties for item in record.items(name) if item.words]
        record.memo[properties] = found
    return found


def parsed(text: str) -> Igsn | None:
    """Return the ID that a text is as a whole, or None."""
    try:
        return Igsn.parse(text)
    except NotAnIgsn:
        return None


LONGEST = 32
"""So many characters has what stands for unknown information, or for nothing, at most."""

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
AROUND = " .,;:!\u2026()[]{}<>\"'\u00ab\u00bb\u201c\u201d"
"""Marks that may stand around a text and say nothing."""

_CODE_LIKE = lazy(r"[(\[]?\s*:\s*([a-z]{2,5})\s*[.,;:]?\s*[)\]]?|([a-z]{2,4}):")
_SODIUM = "Na"
"""An element, and a name: of the ways to write "not available" the one that is left alone."""


def is_blank(text: str) -> bool:
    """Return whether a text without white space around it shows nothing."""
    return len(text) <= LONGEST and not text.strip(_UNSEEN)


def is_undressed(text: str) -> bool:
    """Return whether a text is what it is, with nothing around it, no comma and no gaps between its words."""
    return text[:1].isalnum() and text[-1:].isalnum() and "," not in text and "  " not in text and text.isprintable()


@lru_cache(maxsize=4096)
def meant(text: str) -> str | None:
    """Return the code for unknown information that a text should be; None for a right code, and for other texts.

    Empty where the text looks like a code and there is none of that name.
    """
    codes = facts.unknown_codes()
    if len(text) > LONGEST or text in codes or text == _SODIUM:
        return None
    known, word = facts.unknown_words(), text.lower()
    code = known.get(word)
    if code is None and not is_undressed(word):
        word = " ".join(word.split())
        # "Unknown, Unknown" is what programs make of an empty name in two fields.
        parts = {part.strip(AROUND) for part in word.split(",")} - {""}
        code = known.get(word) or (known.get(parts.pop()) if len(parts) == 1 else None)
    if code is not None or ":" not in text:
        return code
    match = _CODE_LIKE.fullmatch(word)
    if match is None:
        return None
    code = f":{match[1] or match[2]}"
    if code in codes:
        return code
    # "of:" and the like are the ends of sentences, no codes.
    return "" if match[1] else None


def is_kind(record: Record, kind: str) -> bool:
    """Return whether the record says that it is of a kind: ``feature``, ``collection``, ``synthetic``."""
    patterns = facts.sampling_kinds()
    whole, anywhere = patterns.get(f"{kind} whole"), patterns.get(f"{kind} any")
    if whole is not None and any(whole.fullmatch(item.words) for item in with_text(record, "resourceType")):
        return True
    if anywhere is None:
        return False
    return any(anywhere.search(item.words) for item in with_text(record, "resourceType", "title", "subject"))


@lru_cache(maxsize=1024)
def is_digital(text: str) -> bool:
    """Return whether a resource type is one of a file or an instrument, and of no material."""
    low = text.lower()
    if len(text) > 100 or not any(hint in low for hint in facts.digital_hints()):
        return False
    return facts.digital_types().fullmatch(text) is not None


NUMBER = lazy(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""A number of decimal degrees."""


def degrees(item: Item, name: str) -> float | None:
    """Return the degrees that a child gives, or None where it is no decimal number or absent."""
    for child in item.items(name):
        text = child.words
        if NUMBER.fullmatch(text):
            return float(text)
    return None


def position(item: Item) -> tuple[float, float] | None:
    """Return latitude and longitude of a point that can be one, or None."""
    latitude, longitude = degrees(item, "pointLatitude"), degrees(item, "pointLongitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude
