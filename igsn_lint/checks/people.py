"""IL4: identifiers of the persons and organisations that a record names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import checkdigits
from igsn_lint.checks._values import trimmed
from igsn_lint.model import Breach, Context, Record, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Item, Segment


@check("IL421", Record)
def name_identifier(record: Record, context: Context) -> Iterator[Breach]:
    """Report identifiers of persons and organisations without a scheme, and ORCID iDs and ROR IDs that are none."""
    for role in ("creator", "contributor"):
        for person in record.items(role):
            for item in person.items("nameIdentifier"):
                value = item.value
                if value is not None:
                    yield from _judged(record, item, value, "nameIdentifierScheme", whole=True)
            for item in person.items("affiliation"):
                value = item.get("affiliationIdentifier")
                if value is not None:
                    yield from _judged(record, item, value, "affiliationIdentifierScheme")


@check("IL422", Record)
def publisher_identifier(record: Record, context: Context) -> Iterator[Breach]:
    """Report identifiers of publishers without a scheme, and ROR IDs that are none."""
    for item in record.items("publisher"):
        value = item.get("publisherIdentifier")
        if value is not None:
            yield from _judged(record, item, value, "publisherIdentifierScheme")


def _judged(record: Record, item: Item, value: Segment, attribute: str, *, whole: bool = False) -> Iterator[Breach]:
    """Yield what is wrong with an identifier: its form or check digit, else that ``attribute`` names no scheme.

    A missing scheme is told at the identifier, or at the ``whole`` item, where the schema tells it in some formats.
    """
    text = value.text.strip()
    scheme = item.text(attribute).strip()
    if not text:
        if scheme:
            yield Breach(item.place, f'the identifier of the scheme "{scheme}" is empty', record=record)
        return
    name, verdict = _verdict(text, scheme)
    if verdict == "form":
        yield Breach(trimmed(value), f'"{text}" is no {name}', record=record)
    elif verdict == "digit":
        yield Breach(
            trimmed(value), f'"{text}" is no {name}: its check digits do not fit, one character is wrong', record=record
        )
    elif not scheme:
        place = item.place if whole else trimmed(value)
        yield Breach(place, f'"{text}" has no {attribute}', record=record)


def _verdict(text: str, scheme: str) -> tuple[str, checkdigits.Verdict]:
    scheme, lower = scheme.lower(), text.lower()
    if "orcid" in scheme or ("orcid.org/" in lower and "ror" not in scheme):
        return "ORCID iD", checkdigits.orcid(text)
    if scheme in {"ror", "ror id", "rorid"} or "ror.org" in scheme or "//ror.org/" in lower:
        return "ROR ID", checkdigits.ror(text)
    return "", "right"
