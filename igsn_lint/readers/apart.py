"""What stands in Markdown and is none, or means more than it says: code, formulas, citations, shortcodes, raw HTML.

All of it is found in one text; who reads it says what that text is. Each search takes time in proportion to the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.labels import is_igsn_label
from igsn_lint.patterns import lazy
from igsn_lint.readers.mapped import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = lazy(r"[^\n]*\n|[^\n]+\Z")
_SET_IN = lazy(r" {0,3}\t| {4}")
_CONTINUED = lazy(
    r" {0,3}(?:(?:[-+*]|\d{1,9}[.)]|\(?[A-Za-z#@][\w-]{0,9}[.)]|[:~]|\.\.)[ \t]"
    r"|\[\^[^\[\]\n]{1,60}\]:|!!!|\?\?\?|:::|>)"
)
"""Behind the beginning of an item, a definition, a note or a box, what is set in belongs to it."""

_NO_TEXT = lazy(r" {0,3}(?:#{1,6}(?:\s|$)|(?:[-*_][ \t]*){3,}\r?$)")
_NO_CODE = ("<", "|", "+-", "+=")
"""With these begin HTML and tables, which are meant as such also where they are set in too far."""


def set_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the blocks of code that begin with four blanks, and do not go on with a text or a list."""
    if "    " not in text and "\t" not in text:
        return
    begin = end = 0
    in_text = in_item = False
    blank = True
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if not words:
            in_text, blank = False, True
        elif _SET_IN.match(line[0]) is not None and not in_text and not in_item and not words.startswith(_NO_CODE):
            begin, end = begin if end else line.start(), line.end()
            blank = False
        else:
            if end:
                yield begin, end
                end = 0
            if _SET_IN.match(line[0]) is None:
                goes_on = in_item and (not blank or line[0][0] in " \t")
                in_item = goes_on or _CONTINUED.match(line[0]) is not None
                in_text = _NO_TEXT.match(line[0]) is None
            else:
                in_text = True
            blank = False
    if end:
        yield begin, end


CODE = frozenset({"pre", "code"})
_UNLINKED = frozenset(
    {"a", "button", "summary", "textarea", "select", "option", "title", "iframe", "object", "svg", "math"}
)
_KEPT = frozenset({"script", "style"})
_ELEMENT = lazy(r"<(?P<name>[A-Za-z]{1,10})(?=[\s>])[^<>]{0,1000}>")


def elements(text: str, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield what the HTML elements of these names hold, as far as they end."""
    if "</" not in text:
        return
    low = text.lower()
    if len(low) != len(text):
        low = text
    ends: dict[str, int] = {}
    for match in _ELEMENT.finditer(text):
        name = match["name"].lower()
        if name not in names or match.start() < ends.get(name, 0):
            continue
        end = low.find(f"</{name}", match.end())
        # What has no end here has none farther on.
        ends[name] = len(text) if end < 0 else end
        if end >= 0:
            yield match.end(), end


_BLOCK = lazy(
    r"^ {0,3}</?(?:address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|main|menu|nav|noscript|ol|optgroup"
    r"|option|p|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?=[\s/>])[^\n]*"
    r"(?:\n(?![ \t]*\r?$)[^\n]*)*",
    re.MULTILINE | re.IGNORECASE,
)
"""Such a line of HTML begins a block that reaches to the next blank line, in which Markdown is not read."""

_ALONE = lazy(
    r"(?:\A|(?<=\n\n)|(?<=\n\r\n)) {0,3}</?[A-Za-z][\w-]{0,40}(?:\s[^<>\n]{0,1000})?>[ \t]*\r?\n"
    r"(?:(?![ \t]*\r?$)[^\n]*(?:\n|\Z))*",
    re.MULTILINE,
)
_WIKI_LINK = lazy(r"\[\[[^\[\]\n]{1,300}\]\]")


def unlinked(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans in which a link in Markdown would be no link, or one inside another."""
    if "<" in text:
        yield from elements(text, _UNLINKED)
        for pattern in (_BLOCK, _ALONE):
            yield from (match.span() for match in pattern.finditer(text))
    if "[[" in text:
        yield from (match.span() for match in _WIKI_LINK.finditer(text))


_CITED = lazy(r"(?<![\w@\\])-?@(?:\{[^{}\n]{1,300}\}|\w[\w.:/#$%&+?~-]{0,300})")
_BRACKETS = lazy(r"\[[^\[\]]{1,1000}\]")
_SHORTCODE = lazy(r"\{\{[^{}]{1,1000}\}\}|\{%[^{}]{1,1000}%\}")
_BRACES = lazy(r"\{(?:[#.:][^{}\n]{0,500}|[\w-]{1,60}=[^{}\n]{0,500}|[\w-]{1,60}[ ][^{}\n=]{0,200}=[^{}\n]{0,500})\}")
_FORMULA = lazy(r"\$\$[^$]{1,5000}\$\$|(?<![\\$\w])\$(?![\s$])(?:[^$\\\n]|\\[^\n]){1,500}(?<!\s)\$(?![\d$])")
_MACRO = lazy(r"\\(?P<name>[A-Za-z]{1,40})\*?(?:\[[^\[\]\n]{0,200}\]){0,3}(?:\{(?P<body>[^{}\n]{0,500})\}){1,9}")
_BEGIN = lazy(r"\\begin\{(?P<name>[A-Za-z]{1,40}\*?)\}")
_GRID = lazy(r"^[ \t]*\+[-=:+]+\+[ \t]*\r?\n(?:[ \t]*[|+][^\n]*(?:\n|\Z))*", re.MULTILINE)
_RULE = lazy(r"^[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*\r?$", re.MULTILINE)
_BLANK_LINE = lazy(r"\n[ \t]*\r?\n")


def fields(text: str) -> Iterator[tuple[int, int]]:
    """Yield what programs read and readers never see: keys of citations, shortcodes, attributes in braces."""
    if "@" in text:
        yield from (match.span() for match in _CITED.finditer(text))
    if "{" in text:
        for pattern in (_SHORTCODE, _BRACES):
            yield from (match.span() for match in pattern.finditer(text))


def macros(text: str) -> Iterator[Cell]:
    """Yield what macros of LaTeX hold whose names say that it is an IGSN ID."""
    for match in _MACRO.finditer(text) if "\\" in text else ():
        if is_igsn_label(match["name"]) and (match["body"] or "").strip():
            yield Cell(*match.span("body"), match["name"])


def kept(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans in which nothing may be changed, although readers see what is made of them."""
    if "@" in text:
        yield from (match.span() for match in _BRACKETS.finditer(text) if "@" in match[0] and _CITED.search(match[0]))
    if "$" in text:
        yield from (match.span() for match in _FORMULA.finditer(text))
    if "\\" in text:
        yield from (match.span() for match in _MACRO.finditer(text))
        yield from _environments(text)
    if "<" in text:
        yield from elements(text, _KEPT)
    # In these tables a column is as wide as the line above it.
    if "+-" in text or "+=" in text:
        yield from (match.span() for match in _GRID.finditer(text))
    if "-- " in text or "--\t" in text:
        yield from _simple_tables(text)


def _environments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the environments of LaTeX."""
    at = 0
    for match in _BEGIN.finditer(text):
        if match.start() >= at:
            at = text.find(f"\\end{{{match['name']}}}", match.end(), match.end() + _LONGEST)
            if at >= 0:
                yield match.start(), at


_LONGEST = 20_000


def _simple_tables(text: str) -> Iterator[tuple[int, int]]:
    """Yield the tables whose columns are the runs of hyphens in one line, with the line above it."""
    at = 0
    for match in _RULE.finditer(text):
        if match.start() >= at:
            blank = _BLANK_LINE.search(text, match.end())
            at = blank.start() if blank is not None else len(text)
            yield max(text.rfind("\n", 0, max(match.start() - 1, 0)), 0), at
