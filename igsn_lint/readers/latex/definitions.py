"""Definitions of macros: of each one that concerns an ID, what it prints and links to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy
from igsn_lint.readers.latex.arguments import OPTION
from igsn_lint.readers.latex.macro import PARAMETER, PARAMETERS, Macro, needed
from igsn_lint.readers.latex.page import DEEPEST
from igsn_lint.readers.mapped import Cell

if TYPE_CHECKING:
    from igsn_lint.readers.latex.page import Command, Page

_LONGEST_BODY = 1000

_NAME = lazy(r"\s*\{?\s*\\([A-Za-z@]+)\s*\}?")
_LET = lazy(r"\s{0,3}\{?\\([A-Za-z@]+)\s{0,3}\}?\s{0,3}=?\s{0,3}\{?\\([A-Za-z@]+)\}?")
_KIND = lazy(r"(?:>\s*\{[^{}]*\}\s*)?([A-Za-z])(?:[^A-Za-z{}]{0,4}\{([^{}]{0,300})\})?")
_DEF_PARAMETERS = lazy(r"(?:#[1-9])*")
_WRITTEN_PARAMETER = lazy(r"#([1-9])")
_BEGINNING = lazy(
    r"(?=.*[/\d]$)(?:igsn:\s*)?(?:(?:https?://)?(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)/?)?(?:10\.\d{4,9}/?|10273/)?",
    re.IGNORECASE,
)
"""What an ID begins with: a macro that says no more stands for it where it is used, and is no ID."""

_RESOLVER = lazy(r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)/", re.IGNORECASE)
_DOI_NAME = lazy(r"\s*10\.\d{4,9}/\S+\s*")


def define(page: Page, how: str, behind: int, end: int) -> int:
    """Note what a macro prints and links to; only what concerns an ID is worth it."""
    page.flow.cut()
    name = _NAME.match(page.source, behind, end)
    if name is None:
        return behind
    parameters, at = _parameters(page, how, name.end(), end)
    body = None if parameters is None else page.arguments.group(at, end)
    if parameters is None or body is None:
        return at
    page.held.append((body[0] - 1, body[1]))
    _remember(page, name[1], parameters, *body)
    return body[1] + 1


def _parameters(page: Page, how: str, at: int, end: int) -> tuple[tuple[str | None, ...] | None, int]:
    """Return the parameters that stand at ``at``, or None where they must and do not, and where they end."""
    source = page.source
    parameters: tuple[str | None, ...] = ()
    if how.endswith("def"):
        head = _DEF_PARAMETERS.match(source, at, end)
        return ((None,) * head[0].count("#"), head.end()) if head else ((), at)
    if "Document" in how:
        kinds = page.arguments.group(at, end)
        if kinds is None:
            return None, at
        found = _KIND.findall(source, *kinds)[:9]
        return tuple(None if kind in "mrRvb" else _printed(page, default) for kind, default in found), kinds[1] + 1
    first = True
    while (option := OPTION.match(source, at, end)) is not None:
        if first and option[1].strip().isdigit():
            parameters = (None,) * min(int(option[1]), 9)
        else:
            parameters = (_printed(page, option[1]), *parameters[1:])
        first, at = False, option.end()
    return parameters, at


def _printed(page: Page, text: str) -> str:
    """Return what a short text prints."""
    return page.apart(text).main.text.strip() if "\\" in text else text.strip()


def _remember(page: Page, name: str, parameters: tuple[str | None, ...], start: int, end: int) -> None:
    if parameters and end - start > _LONGEST_BODY:
        return
    body = _WRITTEN_PARAMETER.sub(lambda m: PARAMETERS[int(m[1]) - 1], page.source[start:end])
    if page.depth >= DEEPEST:
        return
    inner = page.apart(body)
    shown = inner.main.text.strip()
    target = next((link.target for flow in inner.flows for link in flow.links if PARAMETER.search(link.target)), None)
    if len(shown) + len(target or "") > _LONGEST_BODY:
        # Macros that double their argument over and over must not grow.
        return
    says = "igsn" in f"{name}{shown}{target or ''}".lower() or _RESOLVER.search(f"{shown} {target or ''}") is not None
    if parameters and says:
        page.macros[name] = _linking(name, parameters, shown, target)
    elif not parameters and _BEGINNING.fullmatch(shown):
        page.macros[name] = Macro((), shown)
    elif not parameters and says and len(shown) < 40 and not any(c.isdigit() for c in shown):
        page.macros[name] = Macro((), shown + " ")
    elif not parameters:
        _keep(page, start, end)


def _linking(name: str, parameters: tuple[str | None, ...], shown: str, target: str | None) -> Macro:
    """Return a macro that makes an ID of its arguments."""
    if PARAMETER.search(shown) is None and target is None:
        shown = needed(parameters) or PARAMETERS[0]
    if PARAMETER.match(shown) and target is not None and _RESOLVER.match(target):
        # It prints the code alone and links it: the target says what the code is.
        shown = target[: target.index(shown[0])] + shown if shown[0] in target else shown
    if "igsn" in name.lower() and PARAMETER.match(shown):
        shown = "igsn:" + shown
    return Macro(parameters, shown, target)


def _keep(page: Page, start: int, end: int) -> None:
    """Read a text that is kept under a name: it stands here."""
    number = len(page.flows)
    page.note(start, end)
    flow = page.flows[number]
    if _DOI_NAME.fullmatch(flow.text):
        # What stands before it where it is used is not known: it is a value.
        flow.cells.append(Cell(0, flow.length, ""))


def _let(page: Page, at: int, behind: int, end: int) -> int:
    """Give a macro a second name."""
    names = _LET.match(page.source, behind, end)
    if names is None:
        return behind
    if (macro := page.macros.get(names[2])) is not None:
        page.macros[names[1]] = macro
    return names.end()


COMMANDS: dict[str, Command] = {"let": _let, "LetLtxMacro": _let, "NewCommandCopy": _let}
