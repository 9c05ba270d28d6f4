"""What is printed as it stands in the source: verbatim texts and code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.readers.latex.words import RAW, VERBATIM
from igsn_lint.readers.tabled import tables

if TYPE_CHECKING:
    from igsn_lint.readers.latex.page import Command, Page

_COMMENT = "comment"


def is_verbatim(environment: str) -> bool:
    """Return whether an environment is copied as it stands."""
    return environment in VERBATIM or environment in RAW or environment == _COMMENT


def environment(page: Page, name: str, behind: int, end: int) -> int:
    """Read an environment that is copied as it stands."""
    close = page.source.find(f"\\end{{{name}}}", behind, end)
    if close < 0:
        close = end
    page.held.append((behind - 1, close))
    before = page.aside("comment" if name == _COMMENT else None)
    page.flow.copy(page.source, behind, close)
    page.flow.raw.append((0, page.flow.length))
    if name in RAW:
        # The data of a table or plot, in filecontents
        page.flow.cells.extend(tables(page.source[behind:close]))
    if name in VERBATIM:
        page.flow.code.append((0, page.flow.length))
    page.flow = before
    page.border()
    return close


def _verb(page: Page, at: int, behind: int, end: int) -> int:
    mark = page.source[behind : behind + 1]
    if not mark or mark.isspace():
        return behind
    line_end = page.source.find("\n", behind, end)
    close = page.source.find("}" if mark == "{" else mark, behind + 1, end if line_end < 0 else line_end)
    if close < 0:
        return behind
    page.flush(at)
    flow = page.flow
    begin = flow.length
    flow.cut()
    flow.copy(page.source, behind + 1, close)
    flow.cut()
    flow.code.append((begin, flow.length))
    flow.raw.append((begin, flow.length))
    return close + 1


def _listing(page: Page, at: int, behind: int, end: int) -> int:
    return _verb(page, at, page.arguments.past_options(behind, end), end)


def _minted(page: Page, at: int, behind: int, end: int) -> int:
    language = page.arguments.group(page.arguments.past_options(behind, end), end)
    return behind if language is None else _verb(page, at, language[1] + 1, end)


COMMANDS: dict[str, Command] = {
    "verb": _verb,
    "verb*": _verb,
    "lstinline": _listing,
    "mintinline": _minted,
}
