"""Fields: the Mentions of a field whose label says IGSN, and the Gap where there is none: a value, a list, a range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.codes import begin_alike, is_expression, is_series, is_telling
from igsn_lint.finder.surroundings import Surroundings
from igsn_lint.identifier import Igsn, NotAnIgsn, dissect, fold, upper
from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Gap, Mention, is_sentence
from igsn_lint.patterns import lazy
from igsn_lint.samples import own_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Segment, Settings


def gap_of(segment: Segment) -> Gap | None:
    """Return the Gap that a labelled cell is where no ID stands in it, or None."""
    text = segment.text
    if facts.is_null(text) or (segment.cell and facts.is_no_sample(text)):
        return Gap(segment, None)
    if segment.cell:
        low = text.strip().lower() if len(text) <= _LONGEST_DAMAGE else ""
        damage = next((what for pattern, what in facts.damages() if pattern.fullmatch(low)), None)
        if damage is not None or (segment.number and not _WHOLE_NUMBER.fullmatch(low)):
            return Gap(segment, damage or "a number")
    return None


_LONGEST_DAMAGE = 40
_WHOLE_NUMBER = lazy(r"[1-9][0-9]{8}", re.ASCII)
"""A legacy code of digits alone, none of which was lost: they have nine."""


def field_mentions(segment: Segment, settings: Settings) -> Iterator[Mention]:
    """Yield the Mentions of a field whose label says that it holds IGSN IDs: the whole value, or a list of IDs."""
    text = segment.text
    surroundings = Surroundings(segment) if segment.links or segment.marked else None
    spans = [_without_marks(text, 0, len(text))]
    if segment.label is not None and (named := _behind_a_name(segment.label, text)) is not None:
        spans = named
    elif not _parses(text) or any(c in text for c in ";,|，、；・／<-"):
        spans = _list(text) or _with_a_remark(text) or _linked(text) or spans
    if segment.laid and (match := _NEXT_COLUMN.fullmatch(text)) is not None and is_telling(match["id"]):
        spans = [match.span("id")]
    for a, b in spans:
        if facts.is_null(text[a:b]) or _DITTO.match(text, a, b) is not None or _describes(text[a:b]):
            continue
        if _says_where(segment, text[a:b], settings):
            continue
        spelling = dissect(text[a:b])
        if spelling.prefix is None and facts.says_none(spelling.suffix):
            # IGSN not yet assigned
            continue
        if spelling.prefix is None and not spelling.suffix and (spelling.has("igsn-url") or spelling.has("doi-url")):
            # A home page (https://igsn.org/) names the system and no sample.
            continue
        evidence = own_evidence(spelling, settings) or "label"
        mention = Mention(segment, a, b, spelling, "cited", evidence, tagged=True, slot="field")
        mention.reading = _over_lines(spelling.suffix)
        if surroundings is not None:
            surroundings.tell(mention)
        yield mention


_NEXT_COLUMN = lazy(r"\s*(?P<id>[A-Z][A-Z0-9]{8,})\s+[0-9]{1,4}(?:[.,][0-9]{1,4})?\s*")
"""A cell of a page with the number that stands close behind it in the next column."""

_DITTO = lazy(r"(?:[\"“”„″〃]|''|``)\s*(?:\Z|\s[\w-]{1,8}\Z)")
"""What stands in a column for what stands above it, alone or before the end that differs."""


def _over_lines(suffix: str) -> str | None:
    """Return what a suffix is without the line breaks in it where it is one word then, or None."""
    if "\n" not in suffix:
        return None
    first, *rest = (line.strip() for line in suffix.split("\n"))
    if is_telling(first) and any(map(_YEAR.fullmatch, rest)):
        return None
    joined = "".join([first, *rest])
    return joined if is_telling(joined) and len(joined.split()) == 1 else None


_YEAR = lazy(r"(?:1[89]|20)\d\d")


def _describes(text: str) -> bool:
    """Return whether a value says what a field is (its meaning, type, or name elsewhere), or names the gravity net."""
    word = text.strip()
    said = (_COUNT, _FIELD_NAME, _NET, _TERM, _HOME, _FORM)
    if is_expression(word) or any(pattern.fullmatch(word) for pattern in said):
        return True
    if _BETWEEN_WORDS.search(word) is not None and (is_igsn_label(word) or _speaks_of_igsn(word)):
        return True
    return word.lower().partition("(")[0] in facts.label_words("type")


def _speaks_of_igsn(text: str) -> bool:
    """Return whether a value is a sentence about IGSN IDs: the help or the error message of the field."""
    return _CALLED.search(text) is not None and not any(c.isdigit() for c in text) and is_sentence(text)


def _says_where(segment: Segment, text: str, settings: Settings) -> bool:
    """Return whether a value is words that link to an ID, which is named by its target then."""
    if not segment.links or (_parses(text) and is_telling(dissect(text).suffix)):
        return False
    return any(own_evidence(dissect(link.target), settings) is not None for link in segment.links)


_FIELD_NAME = lazy(r"[a-z]+(?:[_.][a-z]+)+|[a-z]+(?:[A-Z][a-z]+)+")
_TERM = lazy(r"igsn|(?!igsn:|.*/10\.\d)(?:[a-z][a-z0-9+.-]{0,20}:|\.{0,2}/)(?:[^\s:]{0,400}[/#])?igsn:?", re.IGNORECASE)
"""The name itself, as in another language, or a term or path: ex:igsn, https://example.org/terms#IGSN, /api/igsn."""

_HOME = lazy(r"https?://[^\s/]+/?")
"""A home page names a system and no sample, with a slash behind it or without."""

_FORM = lazy(r"\w{0,20}_{3,}\w{0,20}")
"""A line to write on, behind what all begin with: WHO______."""

_CALLED = lazy(r"\b(?:IGSNs?|International (?:Geo|Generic) Sample Numbers?)\b", re.IGNORECASE)
_NET = lazy(r"IGSN[\s-]?(?:19)?71|[0-9]{5}[A-Z]", re.IGNORECASE)
"""The gravity net, or a station of it: five digits, of the square of ten degrees and within it, and a letter."""
_COUNT = lazy(r"[0-9]{1,3}")
"""How many IGSN IDs there are, or the number of a row; no ID is so short and of digits alone."""

_BETWEEN_WORDS = lazy(r"\w[\s_]\w")


def _behind_a_name(label: str, text: str) -> list[tuple[int, int]] | None:
    """Return the spans of the IDs in brackets behind the name of a sample, where the heading is one of both; else None.

    Sample (IGSN): MB-12 (IEABC0001), MB-13 (n.a.)
    """
    name, bracket, rest = label.partition("(")
    if not bracket or not name.strip() or "gsn" in name.lower() or "gsn" not in rest.lower():
        return None
    match = _NAMED.fullmatch(text)
    if match is None:
        return None
    start, end = match.span("ids")
    if facts.is_null(match["ids"]):
        return []
    spans = [(start + a, start + b) for a, b in _list(text[start:end])] or [(start, end)]
    return spans if all(_parses(text[a:b]) and is_telling(dissect(text[a:b]).suffix) for a, b in spans) else None


_NAMED = lazy(r"\s*[^\s()\[\]][^()\[\]]{0,200}[(\[](?P<ids>[^()\[\]]{1,400})[)\]]\W*")


def _with_a_remark(text: str) -> list[tuple[int, int]]:
    """Return the span of the ID where a remark without a digit, or in brackets, stands behind it."""
    match = _REMARK.match(text.rstrip(), len(text) - len(text.lstrip()))
    if match is None:
        return []
    start, end = _without_marks(text, *match.span("id"))
    inner = text[start:end]
    return [(start, end)] if _parses(inner) and is_telling(dissect(inner).suffix) else []


_REMARK = lazy(
    r"(?P<id>\S{5,}?)(?:(?:[,;:]|\s+[-–—])?(?:\s+\([^()]*\)|\s+[^\W\d_][^\d]{0,80})|\s+[-–—]\s+[^\W\d_][^\n]{0,80})\Z"
)


def _linked(text: str) -> list[tuple[int, int]]:
    """Return the spans of the IDs where the value is a link of HTML, Markdown or a spreadsheet: target and text."""
    match = _LINK.fullmatch(text) if len(text) <= _LONGEST_LINK and text.rstrip()[-1:] in {")", ">"} else None
    if match is None:
        return []
    spans = sorted(match.span(i) for i, part in enumerate(match.groups(), 1) if part)
    spans = [_without_marks(text, a, b) for a, b in spans]
    return [(a, b) for a, b in spans if _parses(text[a:b]) and is_telling(dissect(text[a:b]).suffix)]


_LONGEST_LINK = 2000
_LINK = lazy(
    r"\s*(?:<a\s(?:[^<>]*\s)?href\s*=\s*[\"']?([^<>\"'\s]+)[^<>]*>([^<>]*)</a>"
    r"|\[([^\[\]]*)\]\(([^()\s]+)\)"
    r"|=hyperlink\(\s*\"([^\"]*)\"\s*(?:[,;]\s*\"([^\"]*)\"\s*)?\))\s*",
    re.IGNORECASE,
)


def _list(text: str) -> list[tuple[int, int]]:
    """Return the spans of the IDs where one value holds several: a list, or the two ends of a range."""
    for separator in (_SEPARATOR, _SLASH, _SPACE, _RANGE, _BARE_SLASH):
        spans = [_without_remark(text, a, b) for a, b in _members(text, separator)]
        if separator is _SEPARATOR and len(spans) <= _MOST_MEMBERS:
            spans = [_behind_words(text, a, b, spans[0]) for a, b in spans]
        ids = [text[a:b] for a, b in spans]
        good = _parses if separator is not _SEPARATOR else _is_member
        if not 2 <= len(ids) <= _MOST_MEMBERS or not all(good(member) for member in ids):
            continue
        if separator is _SEPARATOR and "\n" in text:
            # An ID that is broken over two lines is no list: a part without any digit is none by itself.
            if all(any(c.isdigit() for c in dissect(member).suffix) for member in ids if not facts.is_null(member)):
                return _below_a_name(text, spans) or spans
        elif separator is _SEPARATOR or begin_alike(ids):
            return spans
    ends = _members(text, _HYPHEN) if text.count("-") == 1 else []
    if (
        len(ends) == 2
        and is_series(*(text[a:b] for a, b in ends))
        and ends[0][1] - ends[0][0] == ends[1][1] - ends[1][0]
    ):
        return ends
    return []


def _below_a_name(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the span of the ID where the name of its sample stands in the line above it: AMB-01, IERQB0001."""
    if len(spans) != 2:
        return []
    (name, below), at = (text[slice(*span)] for span in spans), spans[1]
    is_whole = below.isalnum() and len(below) >= _CLASSICAL and below == upper(below)
    return [at] if is_whole and len(name) < _CLASSICAL - 1 and not begin_alike([name, below]) else []


_CLASSICAL = 9
"""So many letters and digits have the codes of SESAR; names of samples have fewer."""


def _is_member(text: str) -> bool:
    """Return whether a member of a list is an ID, or the damaged spelling of a whole one, with prefix or resolver."""
    if _parses(text):
        return True
    spelling = dissect(text)
    # 1O.58052 was meant as a prefix, the 12 of 12/2013 was not.
    return spelling.prefix is not None and fold(spelling.prefix)[:2] == "10" and spelling.suffix != ""


_SEPARATOR = lazy(
    r"[;|,，、；・／\n]|<br\s{0,2}/?>|\s(?:and|und|et|y|e|i|oraz|en|och|og|or|oder|ou|o|&|\+|=|[-=]>|→)\s"
)
_SLASH = lazy(r"\s/\s")
_BARE_SLASH = lazy(r"/")
_MOST_MEMBERS = 10_000
_SPACE = lazy(r"\s+")
_RANGE = lazy(r"[‒–—―]|(?<=\s)-(?=\s)|\s(?:to|bis|through|thru|until|à|al?|hasta|até|do|до)\s")
_HYPHEN = lazy(r"(?<=\d)-(?=[A-Za-z]{2})")


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a value without the white space, marks of footnotes and marks of code around it."""
    while start < end and (text[start].isspace() or text[start] in "*†‡§¶`"):
        start += 1
    end = start + len(text[start:end].rstrip())
    if text.startswith("~~", start) and text.endswith("~~", start + 2, end):
        # Struck out
        return _without_marks(text, start + 2, end - 2)
    last = text[end - 1 : end]
    if last.isascii() and last.isalnum():
        # By an apostrophe people tell a spreadsheet that a text follows.
        return start + text.startswith("'", start), end
    if text[start : start + 1] + last in _PAIRS and is_telling(inner := text[start + 1 : end - 1]) and _parses(inner):
        return start + 1, end - 1
    marks = _FOOTNOTE_MARKS.search(text, max(start, end - _LONGEST_MARKS), end)
    return start, end if marks is None else marks.start()


_RAISED = r"*\u00b9\u00b2\u00b3\u2070-\u207f\u1d43-\u1dbf\u2020\u2021\u00a7\u00b6\u2016"
_FOOTNOTE_MARKS = lazy(
    rf"(?:[{_RAISED}`]|\^[^\s^]{{1,5}}\^|\([a-z0-9]\)|\[(?:\^[^\[\]\n]{{1,40}}|[0-9A-Za-z]|#[\w-]{{0,40}})\]_?|\s)+\Z"
)
"""Marks at the end of a cell: of notes a star, a raised number or letter, a number in square brackets; of code `."""

_PAIRS = {"()", "[]", "{}", "<>", '""', "''", "“”", "„“", "«»", "（）", "「」"}
"""Brackets and quotes around a whole value."""

_LONGEST_MARKS = 60


def _without_remark(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a member of a list without its marks and what stands in brackets behind its ID."""
    start, end = _without_marks(text, start, end)
    if end <= start or text[end - 1] != ")":
        return start, end
    match = _IN_BRACKETS.fullmatch(text, start, end)
    return (start, end) if match is None else match.span("id")


_IN_BRACKETS = lazy(r"(?P<id>\S{5,400})\s+\([^()]*\)")


def _behind_words(text: str, start: int, end: int, first: tuple[int, int]) -> tuple[int, int]:
    """Return the span of the ID of a member that words stand before, where it begins like the first one.

    IEABC0001, re-cut as IEABC0002, (replicate IEABC0003)
    """
    match = _WORDS_BEFORE.fullmatch(text, start, end)
    if match is None or upper(match["id"])[:_ALIKE] != upper(text[slice(*first)])[:_ALIKE]:
        return start, end
    return match.span("id")


_ALIKE = 4
_WORDS_BEFORE = lazy(r"(\()?(?:[^\W\d]{2,30}(?:\s?:)?[\s-]{1,3}){1,4}(?P<id>[^\s()]{5,400})(?(1)\))")


def _members(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the spans of the members of a list in one value."""
    spans, at = [], 0
    for match in separator.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    stripped = []
    for a, b in spans:
        member = text[a:b]
        begin = a + len(member) - len(member.lstrip())
        if begin < b:
            stripped.append((begin, a + len(member.rstrip())))
    return stripped


def _parses(text: str) -> bool:
    if facts.is_null(text):
        return True
    try:
        Igsn.parse(text)
    except NotAnIgsn:
        return False
    return True
