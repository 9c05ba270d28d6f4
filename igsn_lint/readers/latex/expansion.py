"""Uses of macros of the file: what one prints is put down, with its arguments where it puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Link
from igsn_lint.patterns import lazy
from igsn_lint.readers.latex.arguments import LONGEST_ARGUMENT, OPTION
from igsn_lint.readers.latex.links import copy_url, url
from igsn_lint.readers.latex.macro import PARAMETERS, Macro, needed
from igsn_lint.readers.mapped import Flow

if TYPE_CHECKING:
    from igsn_lint.readers.latex.page import Page

NAMED_AFTER_ID = Macro((None,), f"igsn:{PARAMETERS[0]}")
"""What is printed by a macro of a class or package that is named after the ID."""

_PIECES = lazy("[\ue000-\ue008]|[^\ue000-\ue008]+")


def expand(page: Page, macro: Macro, name: str, at: int, behind: int, end: int) -> int:
    """Put down what a macro prints, with its arguments where it puts them."""
    if name.endswith("*"):
        behind = at + 1 + len(name)
    if not macro.parameters:
        stop = behind + 2 if page.source.startswith("{}", behind) else page.arguments.past_blank(behind, end)
        page.put(macro.shown, at, behind)
        page.calls.append((at, behind - 1))
        return stop
    spans, words, stop = _given(page, macro, behind, end)
    page.flow.cut()
    if not spans:
        return behind
    first = min(spans.values())[0]
    page.held.append((at, stop - 1))
    page.calls.append((at, first - 1))
    target = _target(page, macro.target, spans, words)
    page.flush(at)
    begin = page.flow.length
    left = _put_shown(page, macro.shown, spans, words, at, first)
    if target and page.flow.length > begin:
        page.flow.links.append(Link(begin, page.flow.length, target))
    unseen = False
    for parameter, (start, close) in spans.items():
        head, used, _ = (macro.target or "").partition(parameter)
        if parameter in left and (macro.target is None or len(left) == len(spans)):
            page.put(" ", start, start)
            page.inside(start, close)
        elif used and (parameter in left or head not in macro.shown):
            unseen = True
    if unseen and target and macro.target is not None:
        _put_target(page, macro.target, spans, words, at, first)
    return stop


def _given(page: Page, macro: Macro, at: int, end: int) -> tuple[dict[str, tuple[int, int]], dict[str, str], int]:
    """Return the arguments of a macro at a place, the words that stand for those left out, and where they end.

    All are by the private characters of the parameters.
    """
    spans: dict[str, tuple[int, int]] = {}
    words = dict.fromkeys(PARAMETERS, "")
    behind = at
    for parameter, default in zip(PARAMETERS, macro.parameters, strict=False):
        words[parameter] = default or ""
        if default is None:
            span = page.arguments.group(behind, end)
        else:
            option = OPTION.match(page.source, behind, end)
            span = option.span(1) if option else None
        if span is not None:
            spans[parameter] = span
            behind = span[1] + 1
        elif default is None:
            break
    must = needed(macro.parameters)
    return ({}, words, at) if must is not None and must not in spans else (spans, words, behind)


def _target(page: Page, target: str | None, spans: dict[str, tuple[int, int]], words: dict[str, str]) -> str | None:
    """Return the target that a macro makes of its arguments; None where there is none, or too long a one."""
    if target is None:
        return None
    arguments = {c: url(page, *span)[1] for c, span in spans.items()}
    made = "".join(arguments.get(c, words.get(c, c)) for c in target)
    return None if len(made) > LONGEST_ARGUMENT else made


def _put_shown(
    page: Page, shown: str, spans: dict[str, tuple[int, int]], words: dict[str, str], at: int, first: int
) -> dict[str, tuple[int, int]]:
    """Put down what a macro shows, each argument once, and return the arguments that it does not show."""
    position = at
    left = dict(spans)
    for piece in _PIECES.findall(shown):
        if piece in left:
            start, close = left.pop(piece)
            page.flow.cut()
            page.inside(start, close)
            page.flow.cut()
            position = close
        elif piece not in spans:
            page.flow.put(words.get(piece, piece), position, first if position == at else position)
    return left


def _put_target(
    page: Page, target: str, spans: dict[str, tuple[int, int]], words: dict[str, str], at: int, first: int
) -> None:
    """Put down the target that a macro makes of its arguments, beside the text: there it is not seen."""
    linked = Flow(page.flow.state)
    position = at
    for piece in _PIECES.findall(target):
        if piece in spans:
            copy_url(page, linked, *spans[piece])
            linked.cut()
            position = spans[piece][1]
        else:
            linked.put(words.get(piece, piece), position, first if position == at else position)
            linked.cut()
    linked.raw.append((0, linked.length))
    linked.links.append(Link(0, 0, linked.text, 0))
    page.flows.append(linked)
