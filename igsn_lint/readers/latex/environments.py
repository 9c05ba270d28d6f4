"""Environments: where they begin and end, and the macros of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy
from igsn_lint.readers.grid import labelled, without_covered
from igsn_lint.readers.latex import unprinted, verbatim
from igsn_lint.readers.latex.page import DEEPEST, Group
from igsn_lint.readers.latex.tabular import Tabular
from igsn_lint.readers.latex.words import FLOATS, FORMULAS, PICTURES, TABLES
from igsn_lint.readers.mapped import BORDER

if TYPE_CHECKING:
    from igsn_lint.readers.latex.page import Command, Page

_LONGEST_NAME = 60
_LONGEST_STACK = 1000
_CELLS = lazy(r"(?<!\\)&|\\begin(?![A-Za-z])")


def _begin(page: Page, at: int, behind: int, end: int) -> int:
    group = page.arguments.group(behind, end)
    if group is None or group[1] - group[0] > _LONGEST_NAME:
        return behind
    name = page.source[group[0] : group[1]].strip()
    behind = group[1] + 1
    page.flow.cut()
    if verbatim.is_verbatim(name):
        return verbatim.environment(page, name, behind, end)
    pending = page.pending
    page.border()
    if name in TABLES:
        return _begin_table(page, name, behind, end, pending)
    if name in FLOATS:
        return page.arguments.past_options(behind, end)
    if name.rstrip("*") in FORMULAS or name in PICTURES:
        page.hold_until(f"\\end{{{name}}}", behind, end)
    else:
        stop = page.hold_options(behind, end)
        if page.source.startswith("{", stop):
            page.await_argument(stop)
    return behind


def _begin_table(page: Page, name: str, behind: int, end: int, pending: str) -> int:
    """Begin a table, or the lines of a cell, before which the border is due that was ``pending``."""
    behind = page.arguments.past_options(behind, end)
    behind = page.arguments.past_groups(behind, end, TABLES[name])
    if page.tables and _is_stack(page, name, behind, end):
        page.pending = pending
        page.put(" ", behind, behind)
        page.stack.append(Group("lines", page.flow.length))
    else:
        page.flush(behind)
        page.flow.put(BORDER, behind, behind)
        page.tables.append(Tabular(page.stack, page.flow.length))
    return behind


def _is_stack(page: Page, name: str, at: int, end: int) -> bool:
    """Return whether a table in a cell of another one only breaks the lines of that cell."""
    close = page.source.find(f"\\end{{{name}}}", at, min(end, at + _LONGEST_STACK))
    return close >= 0 and _CELLS.search(page.source, at, close) is None


def _end(page: Page, at: int, behind: int, end: int) -> int:
    group = page.arguments.group(behind, end)
    if group is None or group[1] - group[0] > _LONGEST_NAME:
        return behind
    name = page.source[group[0] : group[1]].strip()
    behind = group[1] + 1
    if name in TABLES and page.stack and page.stack[-1].kind == "lines":
        page.stack.pop()
        page.flow.cut()
        return behind
    if name in TABLES and page.tables:
        page.end_row(at)
        page.flow.cells.extend(labelled(without_covered(page.tables.pop().rows)))
    page.flow.cut()
    page.border()
    return unprinted.leave(page, behind, end) if name == "document" else behind


def _count(number: str) -> int:
    """Return over how many columns or rows a cell goes: upwards, or nobody knows how far, is over one."""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1


def _multicolumn(page: Page, at: int, behind: int, end: int) -> int:
    groups, stop = page.arguments.groups(behind, end, 2)
    if len(groups) == 2 and page.tables:
        page.tables[-1].columns = _count(page.source[slice(*groups[0])].strip())
    page.flow.cut()
    return stop


def _multirow(page: Page, at: int, behind: int, end: int) -> int:
    groups, behind = page.arguments.groups(page.arguments.past_options(behind, end), end, 1)
    if groups and page.tables:
        page.tables[-1].spanned = _count(page.source[slice(*groups[0])].strip())
    behind = page.arguments.past_options(behind, end)
    page.flow.cut()
    return page.arguments.past_groups(behind, end, 1)


def _tablehead(page: Page, at: int, behind: int, end: int) -> int:
    group = page.arguments.group(behind, end)
    if group is None or not page.tables or page.depth >= DEEPEST:
        return behind
    page.inside(*group, rows=True)
    if page.tables:
        # Else the table ended inside its own head.
        page.tables[-1].make_head()
    return group[1] + 1


COMMANDS: dict[str, Command] = {
    "begin": _begin,
    "end": _end,
    "multicolumn": _multicolumn,
    "multirow": _multirow,
    "tablehead": _tablehead,
}
