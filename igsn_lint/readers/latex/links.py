r"""Macros that link: \href, \url, \doi and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Link
from igsn_lint.patterns import lazy
from igsn_lint.readers.latex.arguments import LONGEST_ARGUMENT
from igsn_lint.readers.latex.page import Group
from igsn_lint.readers.mapped import Flow

if TYPE_CHECKING:
    from igsn_lint.readers.latex.page import Command, Page

_ESCAPED = lazy(r"\\(?:allowbreak\s*|([%#&_~{}$\\^/-])(?:\{\})?|([A-Za-z@]+)(?:\{\}|[ \t]*))")


def url(page: Page, start: int, end: int) -> tuple[Flow, str]:
    """Return a URL without the escapes in it, as a Flow and as a text."""
    flow = Flow(page.flow.state)
    copy_url(page, flow, start, end)
    flow.raw.append((0, flow.length))
    return flow, flow.text


def copy_url(page: Page, flow: Flow, start: int, end: int) -> None:
    """Put down a URL without the escapes in it, and with what macros say in it."""
    at = start
    for match in _ESCAPED.finditer(page.source, start, end):
        macro = page.macros.get(match[2] or "")
        if match[2] and (macro is None or macro.parameters):
            continue
        flow.copy(page.source, at, match.start())
        if macro is not None:
            flow.put(macro.shown.rstrip(), *match.span())
            page.calls.append((match.start(), match.end() - 1))
        elif match[1] and match[1] not in "/-":
            flow.put(match[1], *match.span())
        at = match.end()
    flow.copy(page.source, at, end)


def _href(page: Page, at: int, behind: int, end: int) -> int:
    behind = page.arguments.past_options(behind, end)
    group = page.arguments.group(behind, end, url=True)
    page.flow.cut()
    if group is None:
        return behind
    flow, target = url(page, *group)
    flow.links.append(Link(0, 0, target, 0))
    page.flows.append(flow)
    behind = page.arguments.past_blank(group[1] + 1, end)
    if page.source.startswith("{", behind):
        page.flush(behind)
        page.stack.append(Group("link", page.flow.length, target))
        return behind + 1
    return behind


def _url(page: Page, at: int, behind: int, end: int) -> int:
    return _shown_url(page, behind, end, linked=True)


def _nolinkurl(page: Page, at: int, behind: int, end: int) -> int:
    return _shown_url(page, behind, end, linked=False)


def _shown_url(page: Page, behind: int, end: int, *, linked: bool) -> int:
    group = page.arguments.group(behind, end, url=True) or page.arguments.between_marks(behind, end)
    page.flow.cut()
    if group is None:
        return behind
    start, close = group
    page.held.append((start - 1, close))
    page.flush(start)
    flow = page.flow
    begin = flow.length
    copy_url(page, flow, start, close)
    flow.raw.append((begin, flow.length))
    if linked and flow.length > begin:
        flow.links.append(Link(begin, flow.length, flow.tail(begin, LONGEST_ARGUMENT)))
    flow.cut()
    return close + 1


def _doi(page: Page, at: int, behind: int, end: int) -> int:
    group = page.arguments.group(behind, end, url=True)
    if group is None:
        return behind
    _, name = url(page, *group)
    resolver = "" if "://" in name else "https://doi.org/"
    page.flush(at)
    begin = page.flow.length
    page.flow.put(resolver, at, group[0])
    page.calls.append((at, group[0] - 1))
    stop = _shown_url(page, behind, end, linked=False)
    page.flow.links.append(Link(begin, page.flow.length, resolver + name))
    return stop


COMMANDS: dict[str, Command] = {
    "href": _href,
    "url": _url,
    "burl": _url,
    "path": _nolinkurl,
    "nolinkurl": _nolinkurl,
    "doi": _doi,
}
