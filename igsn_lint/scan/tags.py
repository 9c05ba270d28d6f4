"""Tags: where a text calls something an IGSN: before it, behind it in brackets, or in the words of a sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.codes import begin_alike, is_code
from igsn_lint.identifier import dissect
from igsn_lint.patterns import lazy
from igsn_lint.scan.found import Found
from igsn_lint.scan.hints import lower
from igsn_lint.scan.leads import LONGEST, speaks_of_list
from igsn_lint.scan.members import LINE_WITH_CODE, coded
from igsn_lint.scan.wrappers import LEFT_REACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.scan.members import Members
    from igsn_lint.scan.names import Names


class Tags:
    """The tags in one text."""

    def __init__(self, text: str, low: str, names: Names, members: Members) -> None:
        self._text, self._low, self._names, self._members = text, low, names, members
        self._listed = 0

    def reached(self) -> Iterator[Found | None]:
        """Yield the IDs that each tag reaches."""
        for at in self._places():
            yield from self._at(at)

    def _places(self) -> Iterator[int]:
        """Yield where the word IGSN stands, and then where it is spelled out."""
        low = self._low
        at = low.find("igsn")
        while at >= 0:
            yield at
            at = low.find("igsn", at + 1)
        at = low.find("sample number")
        while at >= 0:
            name = _spelled_out().search(self._text, max(0, at - _REACH), at + _REACH)
            if name is not None and name.start() < at < name.end():
                yield name.start()
            at = low.find("sample number", at + 1)

    def _at(self, at: int) -> Iterator[Found | None]:
        """Yield what stands at the word IGSN."""
        text = self._text
        if text[max(0, at - 3) : at].endswith(_WIKI) and _WIKI_LINK.match(text, at) is not None:
            return
        if (tag := _tag().match(text, at)) is not None:
            yield from self._tagged(tag)
            if (told := self._told_behind(tag.end("tag"))) is not None:
                yield from self._members.listed(told.end(), told.end(), strong=False)
        yield from self._listed_below(at)
        before = text[at - 1 : at]
        if before in {"(", "[", " ", "（"}:
            yield from self._called_behind(at)
        if before in {"/", "?"} or self._low.startswith("igsn.org/", at):
            yield self._names.hosted(at, reach=60)
        if before in {'"', "'"} and "=" in text[max(0, at - 3) : at]:
            attribute = _attribute().match(text, at)
            if attribute is not None:
                yield coded(text, attribute.end(), attribute.end(), strong=True)

    def _listed_below(self, at: int) -> Iterator[Found]:
        """Yield the codes with which the lines of a list begin that the paragraph around an offset introduces."""
        text = self._text
        line = LINE_WITH_CODE.search(text, at, at + LONGEST)
        # A list of which the items speak of IGSN, too, is read once.
        if line is None or line.start() < self._listed or "\n\n" in text[at : line.start()]:
            return
        paragraph = text[max(0, at - LONGEST) : line.start()].rpartition("\n\n")[2]
        if speaks_of_list(paragraph):
            for found in self._members.lines(line.start()):
                self._listed = found.end
                yield found

    def _told_behind(self, at: int) -> re.Match[str] | None:
        """Return what leads in a sentence to a code, from the word IGSN that ends at an offset."""
        behind = self._text[at : at + 1]
        return _told().match(self._text, at) if behind.isspace() or behind in {",", ";"} else None

    def _called_behind(self, at: int) -> Iterator[Found]:
        """Yield the codes that a tag in brackets behind them calls IGSNs: IEABC0001 and IEABC0002 (both IGSNs)."""
        text = self._text
        if _CLOSED.match(text, at) is None:
            return
        codes = _CODES_BEFORE.search(text, max(0, at - LEFT_REACH), at)
        if codes is None:
            return
        found = [match for match in _CODE.finditer(text, *codes.span("codes")) if is_code(match[0], strong=False)]
        if found and begin_alike([match[0] for match in found]):
            yield from (Found(*match.span(), dissect(match[0]), "label", tagged=True) for match in found)

    def _tagged(self, match: re.Match[str]) -> Iterator[Found]:
        """Yield the IDs behind a tag: one, or the members of its list."""
        text = self._text
        if match["sign"] in {":", "："} and "\n" in text[match.start("sign") : match.end() + 2]:
            yield from self._members.below(match.start("sign"))
        if (brackets := _NAMES_BRACKETS.match(text, match.end("tag"))) is not None:
            yield from self._members.bracketed(brackets.end())
            return
        strong = bool(match["sign"])
        if not strong and (match["close"] + match["open"]).strip("\\") in {"", "_"}:
            # The beginning of another word, or of the name of a variable
            return
        if match["sign"] == ">" and text[match.start() - 1 : match.start()] not in {"<", ":"}:
            return
        breaks = (match["close"] + match["open"]).count("\n")
        if breaks > 1 or (breaks and not strong and _heads_a_column(text, match.start())):
            return
        yield from self._members.listed(match.start("tag"), match.end(), strong=strong)


def introduces_ids(text: str) -> bool:
    """Return whether a paragraph ends with a tag and a colon, so that those behind it may be a list of IDs."""
    match = _tag().match(text, max(0, lower(text).rfind("igsn")))
    return match is not None and match["sign"] in {":", "："} and match.end() == len(text)


def _heads_a_column(text: str, at: int) -> bool:
    """Return whether the word at ``at`` stands in a line of several columns: the next line says other things."""
    before = text[max(0, at - LEFT_REACH) : at].rpartition("\n")[2].lstrip()
    return "\t" in before or "  " in before


_WIKI = ("[[", "{{", "{{:")
_WIKI_LINK = lazy(r"(?i:igsn):(?=[a-z])[^\[\]{}|\n]{1,120}(?:\||\]\]|\}\})")
"""A page or file of a wiki in the name space igsn: [[igsn:statutes2011|the statutes]]; wikis write them small."""

_SPELLED_OUT = r"international\s{1,9}(?:geo|generic|geological)[\s-]{1,9}sample\s{1,9}numbers?"
_REACH = 60
"""So long is the name spelled out at most."""

_QUALIFIED = (
    r"(?:(?:[^\S\n]{1,3}\([^()\n]{1,40}\)"
    r"|[^\S\n](?:of|for|da|do|de|del|der|des|du|von|vom)[^\S\n][^\d\n.:;,()]{1,40})(?=[^\S\n]{0,3}[:：]))?"
)
"""What says more of a tag before its colon: IGSN (before 2022): X, IGSN of the parent: X."""


@cache
def _spelled_out() -> re.Pattern[str]:
    return re.compile(_SPELLED_OUT, re.IGNORECASE)


@cache
def _tag() -> re.Pattern[str]:
    """The word IGSN as a tag or label, and what stands between it and the ID."""
    return re.compile(
        rf"(?<![A-Za-z0-9.@#\-])(?<![A-Za-z0-9]_)(?P<tag>(?:igsn(?:s|'s|\(s\))?|{_SPELLED_OUT})"
        r"(?:(?:[_-]|[^\S\n]{1,8}|[^\S\n]{0,8}\n[^\S\n]{0,8})?"
        r"(?:ids?|numbers?|nos?\.?|nr\.?|nummern?|num[eé]ros?|n\.?\s?[º°]s?\.?|№|codes?|identifiers?|suffix|handles?"
        r"|番号|编号|編號|号|コード|识别码|번호|코드)(?:(?<![A-Za-z])|(?![A-Za-z0-9])))?)"
        rf"{_QUALIFIED}"
        r"(?P<close>[\s\"'`*_)\]’”»）］」』】\\]{0,5})(?P<sign>(?:[:：]|=>|=|>|(?<=[号號ド码호드])[は为為是은는]|(?<=n)[は은])?)(?P<open>[\s\"'`*_(\[‘“«<（［「『【\\#]{0,8})",
        re.IGNORECASE,
    )


@cache
def _attribute() -> re.Pattern[str]:
    """The rest of a start tag behind an attribute with the value IGSN, in XML that stands in a text."""
    return re.compile(r"igsn\\?[\"'][^<>\n]{0,160}>\s*", re.IGNORECASE)


_CLOSED = lazy(r"igsns?(?:[\s_-]?(?:ids?|numbers?|no\.?))?[)\],;）]", re.IGNORECASE)
_CODE_IN_CAPITALS = r"[A-Z]{2,5}(?=[A-Z]*[0-9][A-Z]*[0-9])[A-Z0-9]{4,40}(?:-[A-Z0-9]{1,20}){0,4}"
"""A code in capitals, long enough to be none of a laboratory."""

_CODE = lazy(_CODE_IN_CAPITALS)
_CODES_BEFORE = lazy(
    rf"(?<![A-Za-z0-9_./@-])(?P<codes>(?:{_CODE_IN_CAPITALS}(?:,\s{{1,3}}(?:and\s|und\s|et\s|y\s)?|\s(?:and|und|et|y|&)\s)){{0,5}}{_CODE_IN_CAPITALS})"
    r"(?:\s{0,3}（|\s{0,3}[(\[])(?:(?:all|both|each|alle|beide|jeweils)\s)?\Z"
)
_NAMES_BRACKETS = lazy(
    r"\s{1,9}(?:(?:are|is|given|shown|listed|stehen)\s{1,9}){0,2}in\s{1,9}(?:parentheses|brackets|klammern)\b",
    re.IGNORECASE,
)

_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,3}\n[^\S\n]{0,8})"
_ANY_CODE = r"[A-Z]{2,5}(?=[A-Z]*[0-9][A-Z]*[0-9])[A-Z0-9]{4,40}(?![A-Za-z_@/])"
_LONG_CODE = rf"(?=[A-Z0-9]{{9}}){_ANY_CODE}"


@cache
def _told() -> re.Pattern[str]:
    """What leads in a sentence from the word IGSN to a code in capitals: the IGSN of the core is IEABC0001."""
    example, of_what, verb, no_sample = map(facts.sentence_words, ("example", "of-what", "verb", "no-sample"))
    return re.compile(
        rf"(?i:[,;]?{_GAP}(?:{example})[,:]?{_GAP}"
        rf"|(?:{_GAP}(?:{of_what})){{0,8}}?{_GAP}(?:{verb}):?{_GAP})[\"'`*_(\[‘“«<]{{0,3}}(?={_LONG_CODE})"
        rf"|(?:{_GAP}(?!(?:{no_sample})\b)[a-z]{{2,20}}){{1,4}}:{_GAP}[\"'`*_(\[‘“«<]{{0,3}}(?={_ANY_CODE})"
        rf"|(?:{_GAP}[a-z]{{2,20}}){{1,4}}{_GAP}(?P<stem>[A-Z][A-Z0-9]{{1,9}}):{_GAP}[\"'`*_(\[‘“«<]{{0,3}}(?=(?P=stem)[A-Z0-9])"
        rf"(?={_ANY_CODE})"
        rf"|,{_GAP}(?={_LONG_CODE}[,;)])"
    )
