"""On which line of a TOML text a value stands; the parser of the standard library does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = lazy(r"\s*(\[{1,2})\s*(.+?)\s*\]{1,2}\s*(?:#.*)?$")
_ASSIGNMENT = lazy(r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")
_PART = lazy(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")


def line_of(text: str, steps: Iterable[str | int]) -> int:
    """Return the 1-based line of a TOML text on which the value at a path of keys and indices begins.

    The line of the nearest table or key above it where the value has none of its own; of a list of tables that of the
    first.
    """
    wanted = list(steps)
    best, depth = 1, -1
    table: list[str | int] = []
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if (match := _TABLE.match(line)) is not None:
            names = _names(match[2])
            table = list(names)
            if match[1] == "[[":
                counts[tuple(names)] = counts.get(tuple(names), -1) + 1
                table.append(counts[tuple(names)])
            found = table
        elif (match := _ASSIGNMENT.match(line)) is not None:
            found = [*table, *_names(match[1])]
        else:
            continue
        if found[:2] == ["tool", "igsn-lint"]:
            found = found[2:]
        common = min(len(found), len(wanted))
        if found[:common] == wanted[:common] and common > depth:
            best, depth = number, common
    return best


def _names(text: str) -> list[str]:
    return [a or b or c for a, b, c in _PART.findall(text)]
