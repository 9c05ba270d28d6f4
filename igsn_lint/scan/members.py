"""Members: the IDs that a tag reaches: one, or the members of a list, with their prefix or as bare codes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from igsn_lint.codes import begin_alike, is_code, is_series
from igsn_lint.identifier import dissect, upper
from igsn_lint.patterns import lazy
from igsn_lint.scan.extent import LONGEST, before_dash, odd, trim
from igsn_lint.scan.found import Found
from igsn_lint.scan.wrappers import LEFT_REACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings
    from igsn_lint.scan.names import Names


class Members:
    """What a tag reaches in one text."""

    def __init__(self, text: str, names: Names, settings: Settings) -> None:
        self._text, self._names, self._settings = text, names, settings

    def listed(self, start: int, at: int, *, strong: bool) -> Iterator[Found]:
        """Yield the IDs of a list that begins at ``at``, or the only one; what calls them so begins at ``start``."""
        text = self._text
        first: str | None = None
        while True:
            found = self._member(start, at, strong, first)
            if found is None:
                return
            yield found
            first = first or found.spelling.suffix
            end = _past_closing(text, found.end)
            joiner = _joiner().match(text, end)
            if joiner is None and (remark := _REMARK.match(text, end)) is not None:
                # IEABC0001 (a glass), IEABC0002 (its rim): here the next one must begin like the first.
                joiner = _joiner().match(text, remark.end())
                other = None if joiner is None else self._member(joiner.end(), joiner.end(), False, first)
                whole = other is not None and other.spelling.prefix is not None
                if other is None or not (whole or begin_alike([first, other.spelling.suffix])):
                    return
            if joiner is None and (until := _UNTIL.match(text, end)) is not None:
                last = self._member(until.end(), until.end(), False, first)
                if last is None or not is_series(found.spelling.suffix, last.spelling.suffix):
                    return
                yield last
                joiner = _joiner().match(text, _past_closing(text, last.end))
            if joiner is None:
                return
            start = at = joiner.end()
            strong = False

    def below(self, at: int) -> Iterator[Found]:
        """Yield the IDs that stand line by line below a tag with a colon; each item of the list begins with its ID."""
        text = self._text
        match: re.Match[str] | None = _FIRST_ITEM.match(text, at)
        first: str | None = None
        bulleted = match is not None and match["bullet"] is not None
        while match is not None:
            found = self._member(match.end(), match.end(), False, first)
            if found is None:
                return
            yield found
            first = first or found.spelling.suffix
            end = _past_closing(text, found.end)
            match = (_NEXT_ITEM.match(text, end) if bulleted else None) or _NEXT_LINE.match(text, end)

    def bracketed(self, at: int) -> Iterator[Found]:
        """Yield the IDs that stand in brackets of their own, up to the end of the sentence."""
        text = self._text
        first: str | None = None
        end = _SENTENCE_END.search(text, at)
        for bracket in _IN_BRACKETS.finditer(text, at, end.start() if end is not None else len(text)):
            found = self._member(bracket.start("id"), bracket.start("id"), False, first)
            if found is not None and found.end == bracket.end("id"):
                yield found
                first = first or found.spelling.suffix

    def lines(self, at: int) -> Iterator[Found]:
        """Yield the codes with which lines begin from ``at`` on, where there are two at least and they look alike."""
        found: list[Found] = []
        match = LINE_WITH_CODE.match(self._text, at)
        while match is not None:
            code = coded(self._text, match.end(), match.end(), strong=False)
            if code is None or (found and not begin_alike([found[0].spelling.suffix, code.spelling.suffix])):
                break
            found.append(code)
            match = _NEXT_WITH_CODE.match(self._text, code.end)
        if len(found) > 1:
            yield from found

    def item(self, first: str | None, *, loosely: bool = False) -> Found | None:
        """Return the ID with which an item of a list of IDs begins; it must look like the ``first`` one.

        Where the list is introduced ``loosely`` it must look like an ID by itself, too.
        """
        match = _ITEM.match(self._text)
        if match is None or (loosely and _LONG_CODE.match(self._text, match.end()) is None):
            return None
        return self._member(match.end(), match.end(), False, first)

    def _member(self, start: int, at: int, strong: bool, first: str | None) -> Found | None:
        """Return the ID at ``at`` that a tag reaches; members of a list must look like the first one."""
        found = self._names.at(at)
        if self._names.begins(at):
            if found is None or (first is not None and self._settings.holds(found.spelling.prefix) == "none"):
                return None
            if found.tagged and found.evidence is not None:
                return found
            return found._replace(evidence=found.evidence or "tag", tagged=True)
        behind_slash = first is not None and self._text.startswith("/", at)
        if behind_slash:
            # The prefix of the first one holds for all: 10.58052/IEABC0001, /IEABC0002
            start = at = at + 1
        found = coded(self._text, start, at, strong=strong)
        if found is None or first is None:
            return found
        suffix = found.spelling.suffix
        if upper(suffix[:2]) != upper(first[:2]) and (
            behind_slash or _TAG_BEHIND.match(self._text, found.end) is not None
        ):
            # A path, or the name of the next sample: MB-1, IGSN IEABC0001; MB-2, IGSN IEABC0002
            return None
        alike = suffix[:2].isalpha() == first[:2].isalpha() and (suffix.isupper() == first.isupper())
        return found if alike and any(c.isalpha() for c in suffix) else None


def _past_closing(text: str, at: int) -> int:
    """Return the offset behind quotes, emphasis and the target of a link in Markdown that close a word."""
    at = _past_marks(text, at)
    if text.startswith(("](", "]["), at) and (tail := _LINK_TAIL.match(text, at)) is not None:
        return _past_marks(text, tail.end())
    return at


def _past_marks(text: str, at: int) -> int:
    while at < len(text) and (text[at] in "\"'`*_>’”»」』" or text[at : at + 2] in _SET_OFF):
        at += 1
    return at


_SET_OFF = {" »", "\u00a0»", "\u202f»"}
"""In French a blank stands inside of the quotes."""


_LINK_TAIL = lazy(r"\](?:\(<?[^()\s]{1,500}(?:\s{1,9}[\"'][^\"'\n]{0,200}[\"'])?\)|\[[^\[\]\n]{0,100}\])")


@cache
def _joiner() -> re.Pattern[str]:
    """What joins the members of a list."""
    return re.compile(
        r"(?:\s*[,;，、；・／]\s*(?:(?:and|und|et|y|or|e|&)\s+)?|\s*[/‒–—―]\s*|\s+(?:and|und|et|y|or|e|&)\s+"
        r"|\s*[和及与與、やと및]\s*)(?:[\"'`*_(\[‘“「『]|«\s?){0,3}"
    )


_UNTIL = lazy(
    r"(?:(?:\s{1,20}(?:to|bis(?:\s{1,9}zu)?|through|thru|until|up\s{1,9}to|jusqu['’]à|à|hasta|al?)|[^\S\n][-‐‑])\s{1,20}"
    r"|[^\S\n]?[-‐‑](?=[A-Z]{2}))(?:[\"'`*_(\[‘“]|«\s?){0,3}"
)

_TAG_BEHIND = lazy(r"[,:]?\s{0,3}[(\[]?igsns?\b", re.IGNORECASE)
_REMARK = lazy(r"\s{1,3}\([^()\n]{1,60}\)")

_BULLET = r"(?:[-*+•‣◦·]|\(?[0-9A-Za-z]{1,2}[.)])[^\S\n]{1,8}"
_LINE = r"\n[^\S\n]{0,40}"
_BEFORE_ID = r"[\"'`*_(\[<]{0,3}"
_FIRST_ITEM = lazy(rf"[:：][*_]{{0,2}}[^\S\n]{{0,8}}(?:{_LINE}){{1,2}}(?P<bullet>{_BULLET})?{_BEFORE_ID}")
_NEXT_ITEM = lazy(rf"[^\n\ufffc]{{0,400}}(?:{_LINE}){{1,2}}{_BULLET}{_BEFORE_ID}")
_NEXT_LINE = lazy(rf"[^\S\n]{{0,8}}[,;]?[^\S\n]{{0,8}}{_LINE}{_BEFORE_ID}")

_LONG = r"(?=[A-Z0-9]{9})[A-Z]{2,5}(?=[A-Z]*[0-9][A-Z]*[0-9])[A-Z0-9]{4,40}(?![\w@/])"
_LONG_CODE = lazy(_LONG)
_WITH_CODE = rf"(?:{_LINE}){{1,2}}(?:{_BULLET})?{_BEFORE_ID}(?={_LONG}(?!\t|[,;|]\S))"
LINE_WITH_CODE = lazy(_WITH_CODE)
"""The beginning of a line, up to the code in capitals that stands there: long enough to be none of a laboratory.

The first cell of a row is none.
"""
_NEXT_WITH_CODE = lazy(rf"[^\n\ufffc]{{0,400}}{_WITH_CODE}")

_ITEM = lazy(rf"\s{{0,40}}(?:{_BULLET})?{_BEFORE_ID}")

_IN_BRACKETS = lazy(r"[(\[](?P<id>[^()\[\]\s]{6,80})[)\]]")
_SENTENCE_END = lazy(r"[.!?](?=\s+[A-Z\n]|\s*\Z)|\n\s*\n")


def coded(text: str, start: int, at: int, *, strong: bool) -> Found | None:
    """Return the bare code that begins at ``at``, where a tag stands before it from ``start``."""
    match = _code().match(text, at)
    if match is None:
        return None
    code = before_dash(trim(match[0]))
    if (
        re.match(r"(?:10273|10\.\d{4,9}|20\.500\.\d+|https?|doi|hdl)\b", code, re.IGNORECASE)
        and text[at + len(code) : at + len(code) + 1] in "/:"
    ):
        return None
    if text[match.end() : match.end() + 1] in {"@", "/"} and not is_code(code, strong=False):
        return None
    if not is_code(code, strong=strong):
        return None
    end = at + len(code)
    if _TAG_TEXT.fullmatch(text, start, at):
        if (again := _AGAIN.search(text, max(0, start - LEFT_REACH), start)) is not None:
            start = again.start()
        return Found(start, end, dissect(text[start:end]), "tag", tagged=True)
    return Found(at, end, dissect(code), "label", tagged=True)


@cache
def _code() -> re.Pattern[str]:
    """A bare code; one with an underscore is in capitals, others are names of variables and fields.

    In the query of a URL its hyphens, dots and underscores may be escaped.
    """
    plain = rf"[A-Za-z0-9{odd()}](?:[A-Za-z0-9.\-{odd()}]|%(?:2[DdEe]|5[Ff])(?=[A-Za-z0-9])){{0,{LONGEST}}}"
    return re.compile(rf"[A-Z][A-Z0-9.\-]{{0,60}}(?:_[A-Z0-9.\-]{{2,60}}){{1,3}}(?![A-Za-z0-9_@/])|{plain}")


_AGAIN = lazy(r"(?<![A-Za-z0-9.@#\-:])(?<![A-Za-z0-9]_)(?:igsn:)+\Z", re.IGNORECASE)
"""The same tag again, right before a tag."""

_TAG_TEXT = lazy(
    r"(?:urn:igsn:|igsn(?:[ _-]?(?:ids?|numbers?|no\.?|codes?))?\s*[:：]\s*|igsn(?:[ _-]ids?)?\s+)", re.IGNORECASE
)
