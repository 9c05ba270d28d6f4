"""On which line of a TOML text a value stands, and in plain words what its parser says of a broken one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = lazy(r"\s*(\[{1,2})\s*(.+?)\s*\]{1,2}\s*(?:#.*)?$")
_ASSIGNMENT = lazy(r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")
_PART = lazy(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")

_AT = lazy(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\Z")
_WORD = lazy(r"[^\s,\]}#]{1,40}")
_BARE = lazy(r"[A-Za-z_*][\w.*/-]*", re.ASCII)
_NOT_CLOSED = "that begins in line {begin} is not closed"
_PLAIN = {
    "Invalid value": "{word} is no value",
    "Unclosed array": f"the list {_NOT_CLOSED}, or lacks a comma",
    "Unclosed inline table": f"the table in {{}} {_NOT_CLOSED}, or lacks a comma",
    "Expected ']": "the name of a table is not closed by ]",
    "Unterminated string": f"the text {_NOT_CLOSED}",
    'Expected "\'"': f"the text {_NOT_CLOSED}",
    "Illegal character '\\n'": f"the text {_NOT_CLOSED}",
    "Unescaped '\\'": "a backslash in a text is written twice, or the text stands in single quotation marks",
    "Expected '=' after a key": "a key is followed by =",
    "Expected newline or end of document": "{word} stands behind a value that is complete",
    "Invalid statement": "{word} begins no key and no table",
    "Cannot overwrite a value": "the key stands here again",
    "Cannot declare": "the table stands here again",
}
"""What the parser says at the beginning of its messages, in words for people who write configurations."""

_AT_BEGIN = ("Cannot overwrite a value", "Cannot declare", "Unterminated string", 'Expected "\'"')
"""What is about a key or table and not the place to which the parser had come."""


def plainly(message: str, text: str) -> str:
    """Return what is wrong with a TOML text, from the message of the parser: ``LINE:COLUMN: what``."""
    match = _AT.search(message)
    if match is None:
        return f"1:1: {message}"
    lines = (text if match["line"] else text.rstrip()).replace("\r\n", "\n").split("\n")
    line = int(match["line"] or len(lines))
    column = int(match["column"] or len(lines[-1]) + 1)
    before = [*lines[: line - 1], lines[line - 1][: column - 1]]
    begin = next((i for i in range(line, 0, -1) if _ASSIGNMENT.match(before[i - 1])), line)
    said = message[: match.start()]
    known = next((start for start in _PLAIN if said.startswith(start)), None)
    if known is None:
        return f"{line}:{column}: {said}"
    found = _WORD.match(lines[line - 1], column - 1)
    word = found[0] if found is not None else lines[line - 1][column - 1 : column]
    words = _PLAIN[known].replace("{begin}", str(begin)).replace("{word}", f'"{word}"')
    if known == "Invalid value" and found is None:
        words = "a value is missing"
    elif known == "Invalid value" and begin < line:
        words += f" of the list that begins in line {begin}"
    elif known == "Invalid value" and _BARE.fullmatch(word):
        words += f"; a text stands in quotation marks: '{word}'"
    if known == "Cannot declare":
        begin = line
    return f"{begin}:1: {words}" if known in _AT_BEGIN else f"{line}:{column}: {words}"


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
