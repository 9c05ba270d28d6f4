"""What is not printed, or as struck out: what was deleted, is switched off, or stands behind the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from igsn_lint.readers.latex.page import Command, Page

_CONDITIONAL = lazy(r"\\(?:fi|else|if(?!f\b|thenelse)[A-Za-z@]*)(?![A-Za-z])")
_SWITCHED_OFF = lazy(r"[ \t]?0(?!\d)")
_ALONE = lazy(r"[ \t]*\\endinput[ \t]*(?:%|$)", re.MULTILINE)


def leave(page: Page, at: int, end: int) -> int:
    """Read what stands behind the end of the document as a comment."""
    if page.depth or end < len(page.source):
        return at
    page.border()
    page.note(at, end, "comment")
    return end


def _endinput(page: Page, at: int, behind: int, end: int) -> int:
    alone = _ALONE.match(page.source, page.source.rfind("\n", 0, at) + 1, end) is not None
    return leave(page, behind, end) if alone else behind


def _if(page: Page, at: int, behind: int, end: int) -> int:
    r"""Read what stands behind \if0 as a comment."""
    off = _SWITCHED_OFF.match(page.source, behind, end)
    return behind if off is None else _iffalse(page, at, off.end(), end)


def _iffalse(page: Page, at: int, behind: int, end: int) -> int:
    """Read what is switched off as a comment."""
    stop = _switched_on(page.source, behind, end)
    before = page.aside("comment")
    page.flow.copy(page.source, behind, stop.start() if stop else end)
    page.flow = before
    page.border()
    return stop.end() if stop else end


def _switched_on(source: str, at: int, end: int) -> re.Match[str] | None:
    """Return what ends or turns a condition; those inside it are passed."""
    depth = 0
    for match in _CONDITIONAL.finditer(source, at, end):
        if match[0].startswith("\\if"):
            depth += 1
        elif not depth:
            return match
        elif match[0] == "\\fi":
            depth -= 1
    return None


def _deleted(page: Page, at: int, behind: int, end: int) -> int:
    """Read what is struck out apart, so that it never joins what replaced it."""
    group = page.arguments.group(page.arguments.past_options(behind, end), end)
    page.flow.cut()
    if group is None:
        return behind
    page.note(*group, "deleted", page.words_before())
    return group[1] + 1


def _replaced(page: Page, at: int, behind: int, end: int) -> int:
    """Read the new text in the line, and the old one, which stands behind it, apart."""
    groups, stop = page.arguments.groups(page.arguments.past_options(behind, end), end, 2)
    page.flow.cut()
    words = page.words_before()
    for i, group in enumerate(groups):
        page.note(*group, "deleted", words) if i else page.inside(*group)
    return stop if groups else behind


def _changed(page: Page, at: int, behind: int, end: int) -> int:
    """Read the old text apart, and the new one, which stands behind it, in the line; one group alone is a text."""
    groups, stop = page.arguments.groups(page.arguments.past_options(behind, end), end, 2)
    page.flow.cut()
    if len(groups) < 2:
        return behind
    page.note(*groups[0], "deleted", page.words_before())
    page.inside(*groups[1])
    return stop


def _hypersetup(page: Page, at: int, behind: int, end: int) -> int:
    group = page.arguments.group(behind, end)
    if group is None:
        return behind
    page.note(*group, "hidden")
    return group[1] + 1


COMMANDS: dict[str, Command] = {
    "endinput": _endinput,
    "if": _if,
    "iffalse": _iffalse,
    "st": _deleted,
    "sout": _deleted,
    "xout": _deleted,
    "deleted": _deleted,
    "DIFdel": _deleted,
    "DIFdelFL": _deleted,
    "replaced": _replaced,
    # The package trackchanges
    "remove": _deleted,
    "change": _changed,
    "hypersetup": _hypersetup,
}
