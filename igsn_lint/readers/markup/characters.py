"""Characters that are written by reference."""

from __future__ import annotations

from html.entities import html5
from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARACTER = lazy(r"&(?:#(?P<number>[0-9]{1,7})|#[xX](?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));?")


def decode(source: str, start: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    """Yield ``start:end`` of HTML or XML in pieces: text, its span, and whether it is a copy of the source."""
    at = start
    while (found := source.find("&", at, end)) >= 0:
        character = reference(source, found, end)
        if character is None:
            yield source[at : found + 1], at, found + 1, True
            at = found + 1
            continue
        if found > at:
            yield source[at:found], at, found, True
        yield character[0], found, character[1], False
        at = character[1]
    if at < end:
        yield source[at:end], at, end, True


def reference(source: str, at: int, end: int) -> tuple[str, int] | None:
    """Return the character that a reference stands for and where it ends; unknown names stay as they are written."""
    match = _CHARACTER.match(source, at, end)
    if match is None:
        return None
    if match["name"] is not None:
        text = html5.get(match["name"] + ";")
        return (text, match.end()) if text is not None and match[0].endswith(";") else None
    number = int(match["number"] or match["hex"], 10 if match["number"] else 16)
    if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000:
        return None
    return chr(number), match.end()
