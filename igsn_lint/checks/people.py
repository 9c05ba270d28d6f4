"""IL4: identifiers of the persons and organisations that a record names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import checkdigits
from igsn_lint.checks._plain import plain_persons, plain_texts
from igsn_lint.checks._values import trimmed
from igsn_lint.model import Breach, Context, Record, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Item


@check("IL421", Record, unless=(plain_persons,))
def name_identifier(record: Record, context: Context) -> Iterator[Breach]:
    """Report identifiers of persons and organisations without a scheme, and ORCID iDs and ROR IDs that are none."""
    for role in ("creator", "contributor"):
        for person in record.items(role):
            for item in person.items("nameIdentifier"):
                if checkdigits.is_right(item.words, item.text("nameIdentifierScheme")):
                    continue
                if item.words or item.value is not None:
                    yield from _judged(record, item, item.words, "nameIdentifierScheme")
            for item in person.items("affiliation"):
                if item.text("affiliationIdentifier"):
                    yield from _judged(record, item, item.text("affiliationIdentifier"), "affiliationIdentifier")


@check("IL422", Record, unless=(plain_texts,))
def publisher_identifier(record: Record, context: Context) -> Iterator[Breach]:
    """Report identifiers of publishers without a scheme, and ROR IDs that are none."""
    for item in record.items("publisher"):
        if item.text("publisherIdentifier"):
            yield from _judged(record, item, item.text("publisherIdentifier"), "publisherIdentifier")


def _judged(record: Record, item: Item, text: str, name: str) -> Iterator[Breach]:
    """Yield what is wrong with an identifier that is the item's text, or the attribute ``name`` of it."""
    text = text.strip()
    own = name == "nameIdentifierScheme"
    attribute = name if own else f"{name}Scheme"
    scheme = item.text(attribute).strip()
    if not text:
        if scheme:
            yield Breach(item.place, f'the identifier of the scheme "{scheme}" is empty', record=record)
        return
    kind, verdict = checkdigits.verdict(text, scheme)
    if verdict == "right" and scheme:
        return
    value = item.value if own else item.get(name)
    place = item.place if value is None else trimmed(value)
    if verdict == "form":
        yield Breach(place, f'"{text}" is no {kind}', record=record)
    elif verdict == "digit":
        message = f'"{text}" is no {kind}: its check digits do not fit, one character is wrong'
        yield Breach(place, message, record=record)
    else:
        # Where the schema refuses a name identifier without scheme (in JSON), it says so at the whole of it.
        yield Breach(item.place if own else place, f'"{text}" has no {attribute}', record=record)
