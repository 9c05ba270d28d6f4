"""Macros inside a line: characters, accents, break points, spaces, and which of several texts is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from igsn_lint.patterns import lazy
from igsn_lint.readers.latex.words import ACCENTS

if TYPE_CHECKING:
    from igsn_lint.readers.latex.page import Command, Page

_NUMBER = lazy(r"-?\d*(?:[ \t]*(?:\\relax\b)?)[ \t]*")
_LENGTH = lazy(r"[ \t]*-?[\d.]*[a-z]{0,2}(?:[ \t]+(?:plus|minus)[ \t]+[\d.]+[a-z]{2,5})*[ \t]*")


def symbol(page: Page, character: str, at: int, behind: int, end: int) -> int:
    r"""Put down the character that a macro prints; behind a word, blanks and {} belong to it."""
    if page.source[at + 1].isalpha():
        behind = page.arguments.past_blank(behind, end)
        if page.source.startswith("{}", behind) and (group := page.arguments.group(behind, end)) is not None:
            behind = group[1] + 1
    page.put(character, at, behind)
    return behind


def accent(page: Page, name: str, at: int, behind: int, end: int) -> int:
    """Put down the letter behind an accent with it."""
    group = page.arguments.group(behind, end)
    start, stop = group if group is not None else (behind, min(behind + 1, end))
    letter = page.source[start:stop]
    if len(letter) == 1 and letter.isalpha():
        stop += group is not None
        page.put(normalize("NFC", letter + ACCENTS[name]), at, stop)
        return stop
    return behind


def _discretionary(page: Page, at: int, behind: int, end: int) -> int:
    groups, stop = page.arguments.groups(behind, end, 3)
    if len(groups) == 3:
        page.inside(*groups[2])
    return stop


def _first_of_two(page: Page, at: int, behind: int, end: int) -> int:
    groups, stop = page.arguments.groups(behind, end, 2)
    if groups:
        page.inside(*groups[0])
    return stop


def _penalty(page: Page, at: int, behind: int, end: int) -> int:
    match = _NUMBER.match(page.source, behind, end)
    return match.end() if match else behind


def _skip(page: Page, at: int, behind: int, end: int) -> int:
    match = _LENGTH.match(page.source, behind, end)
    return match.end() if match else behind


def _hspace(page: Page, at: int, behind: int, end: int) -> int:
    group = page.arguments.group(behind, end)
    if group is None:
        return behind
    if not page.source[group[0] : group[1]].strip().startswith("0"):
        page.put(" ", at, group[1] + 1)
    return group[1] + 1


COMMANDS: dict[str, Command] = {
    "discretionary": _discretionary,
    "texorpdfstring": _first_of_two,
    "penalty": _penalty,
    "hskip": _skip,
    "kern": _skip,
    "hspace": _hspace,
    "hspace*": _hspace,
}
