"""Scanning: where in a running text an IGSN ID stands, by its tag, prefix, resolver or landing page.

Everything starts at a hint, a literal that every written form holds; a text without one costs a few searches for
literals, most of them around slashes only. All patterns are matched at hints, never searched for through a text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint import facts
from igsn_lint.codes import (
    FILE_ENDING,
    begin_alike,
    is_code,
    is_handle_code,
    is_other,
    is_placeholder,
    is_ratio,
    is_series,
)
from igsn_lint.identifier import LEGACY_PREFIX, Spelling, dissect, to_ascii, upper
from igsn_lint.patterns import lazy
from igsn_lint.samples import own_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Evidence, Settings

_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_LEFT_WORDS = ("doi", "gsn", "hdl", "handle", "//")
_LEFT_PARTS = ("gsn", "id", "no", "number", "doi", "hdl", "handle", "info", "urn", "/", ":", "：", "[", "<", "(")
"""What each word of a tag or resolver has one of."""

_NEVER_LEFT = ",;)]>"
"""What stands in no tag and no resolver."""

_WORD_ENDS = frozenset("nsſdro.iıle:：")
"""What a word of a tag ends with where a blank follows."""

_LONGEST = 400
"""How many characters of a suffix are read in a text; no DOI may be as long."""

_LEFT_REACH = 120
"""How many characters before a prefix are looked at for tags and resolvers."""


class Found(NamedTuple):
    """What was found in a text: its span, what it says, why it is an IGSN ID, and whether a tag reaches it."""

    start: int
    end: int
    spelling: Spelling
    evidence: Evidence | None
    tagged: bool


def lower(text: str) -> str:
    """Return ``text`` in lower case, each character at its place (``str.lower`` makes two of ``İ``)."""
    low = text.lower()
    return low if len(low) == len(text) else text.translate(_LOWER)


@cache
def hints() -> tuple[str, ...]:
    """Return the literals, in lower case, of which every written form of an ID with evidence holds one."""
    hosts = dict.fromkeys(facts.landing_hints())
    return (*_WORDS, "10273", "10.", "20.500.", *hosts)


_WORDS = ("igsn", "sample number")
"""What every tag holds: the word, or its end where it is spelled out."""


DAMAGED = ("10,", "1o.", "l0.", "i0.", "lo.", "io.")
"""The beginnings, in lower case, of prefixes that are damaged in a way that can still be recognised."""


@cache
def _odd() -> str:
    """Return the characters outside ASCII that may stand in a damaged ID, for a character class."""
    odd = {*facts.lookalikes(), *facts.dashes_and_slashes(), *facts.invisible()}
    return re.escape("".join(sorted(c for c in odd if not c.isascii())))


@cache
def _name() -> re.Pattern[str]:
    """PREFIX/SUFFIX, also where the prefix is damaged in a way that can still be recognised.

    A suffix may hold nearly everything; quotes, brackets, commas, white space and characters of other scripts that look
    like none of its letters end it in prose.
    """
    long_token = rf"(?:(?![\"<>`{{}}|\\^,;\[\]'&?#])[!-~À-ɏ{_odd()}]){{0,{_LONGEST}}}"
    return re.compile(
        rf"(?<![A-Za-z0-9.])(?:10273|20\.500\.11812|10\.\d{{4,9}}(?:\.\d+)*|[1Il][0O][.,·]\d[0-9A-Za-z]{{2,8}})"
        rf"(?:/|%2f)(?P<suffix>{long_token})",
        re.IGNORECASE,
    )


@cache
def _host() -> re.Pattern[str]:
    """A URL at igsn.org or a landing page, and the code behind it, which may stand in the next line."""
    landing = "|".join(pattern for pattern, alone in facts.landing_hosts() if alone)
    code = rf"[\w.\-{_odd()}]{{1,{_LONGEST}}}"
    begin = r"(?:\r?\n[ \t]{0,8})?"
    return re.compile(
        rf"(?:https?:/{{1,2}}(?:www\.)?|(?<![\w./-])(?:www\.)?)igsn\.org/(?:10\.273/)?{begin}(?P<igsn>{code})"
        rf"|(?:https?:/{{1,2}}|(?<![\w./-]))(?:{landing}){begin}(?P<landing>{code})",
        re.IGNORECASE,
    )


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
        rf"(?<![A-Za-z0-9.@#\-])(?<![A-Za-z0-9]_)(?P<tag>(?:igsn(?:s|'s)?|{_SPELLED_OUT})"
        r"(?:(?:[_-]|[^\S\n]{1,8}|[^\S\n]{0,8}\n[^\S\n]{0,8})?"
        r"(?:ids?|numbers?|nos?\.?|nr\.?|nummern?|num[eé]ros?|n\.?\s?[º°]s?\.?|№|codes?|identifiers?|suffix|handles?)"
        r"(?![A-Za-z0-9]))?)"
        rf"{_QUALIFIED}"
        r"(?P<close>[\s\"'`*_)\]’”»\\]{0,5})(?P<sign>(?:[:：]|=>|=|>)?)(?P<open>[\s\"'`*_(\[‘“«<\\#]{0,8})",
        re.IGNORECASE,
    )


@cache
def _attribute() -> re.Pattern[str]:
    """The rest of a start tag behind an attribute with the value IGSN, in XML that stands in a text."""
    return re.compile(r"igsn\\?[\"'][^<>\n]{0,160}>\s*", re.IGNORECASE)


@cache
def _code() -> re.Pattern[str]:
    """A bare code; one with an underscore is in capitals, others are names of variables and fields."""
    plain = rf"[A-Za-z0-9{_odd()}][A-Za-z0-9.\-{_odd()}]{{0,{_LONGEST}}}"
    return re.compile(rf"[A-Z][A-Z0-9.\-]{{0,60}}_[A-Z0-9.\-]{{2,60}}(?![A-Za-z0-9_@/])|{plain}")


@cache
def _joiner() -> re.Pattern[str]:
    """What joins the members of a list."""
    return re.compile(
        r"(?:\s*[,;，、；]\s*(?:(?:and|und|et|y|or|e|&)\s+)?|\s*[/‒–—―]\s*|\s+(?:and|und|et|y|or|e|&)\s+"
        r"|\s*[和及与與、やと및]\s*)[\"'`*_(\[‘“«]{0,3}"
    )


@cache
def _left() -> re.Pattern[str]:
    """Tags and resolvers that end where a prefix begins."""
    return re.compile(
        r"(?:urn:igsn:|(?<![A-Za-z0-9.@#\-])(?<![A-Za-z0-9]_)"
        r"igsns?(?:[\s_-]?(?:ids?|numbers?|no\.?))?\s*[:：]?\s*[\[<(]?"
        r"|(?<![\w.])(?:info:doi/|doi\s*[:：]\s*|doi\s+|info:hdl/|hdl\s*:\s*|handle\s*:\s*)"
        r"|(?:https?:/{1,2})?(?:www\.|dx\.)?doi\.org/|(?:https?:/{1,2})?hdl\.handle\.net/(?:api/handles/)?"
        r"|(?:https?:/{1,2})?(?:www\.)?igsn\.org/"
        + "".join(rf"|(?:https?:/{{1,2}})?{pattern}" for pattern, _ in facts.landing_hosts())
        + r")+\Z",
        re.IGNORECASE,
    )


_RESOLVER = "https://doi.org/"
_CURIE = "igsn:"
_BEFORE_CURIE = {" ", "\n", "(", "["}
_TAG_ENDS = ("gsn", "gsns", "id", "ids", "number", "numbers", "no", "no.", "doi", "hdl", "handle", "/", "=")


def _left_of(text: str, at: int) -> str:
    """Return the tags and resolvers that end at ``at``; empty where there is none."""
    before = text[max(0, at - _LEFT_REACH) : at]
    low = lower(before)
    # What stands before most IDs is a word of the sentence, or the resolver or tag after such a word.
    known = 0
    if low.endswith(_RESOLVER):
        known = len(_RESOLVER)
    elif low.endswith(_CURIE) and low[-len(_CURIE) - 1 : -len(_CURIE)] in _BEFORE_CURIE:
        known = len(_CURIE)
    elif not any(word in low for word in _LEFT_WORDS):
        return ""
    head = low[: len(low) - known].rstrip()
    while head != (shorter := head.rstrip(":：[<(").rstrip()):
        head = shorter
    if not head.endswith(_TAG_ENDS) and (known or low[-1] not in "/="):
        return before[len(before) - known :] if known else ""
    match = _left().search(before, _left_begin(low))
    return match[0] if match is not None else ""


def _left_begin(low: str) -> int:
    """Return the offset before which no tag or resolver can begin that reaches to the end of a text."""
    border = max(map(low.rfind, _NEVER_LEFT)) + 1
    end = len(low)
    while end > border:
        begin = max(low.rfind(" ", border, end) + 1, border)
        word = low[begin:end]
        if word and not (
            any(part in word for part in _LEFT_PARTS) and (end == len(low) or word.rstrip()[-1] in _WORD_ENDS)
        ):
            break
        end = begin - 1
    return max(end, border)


_FAR = 300
"""So far behind a hint the slash stands at most that makes a host of it."""

_NEAR = 60
"""So far behind a slash the hint of its host ends at most."""


def _around_slashes(low: str) -> list[tuple[int, int]]:
    """Return the spans in which a prefix or a host can stand: both need a slash, as it is or encoded.

    Each begins with a word, so that no prefix is cut; none is longer than the text between two blanks allows.
    """
    if "%" in low and "%2f" in low:
        return [(0, len(low))]
    spans: list[tuple[int, int]] = []
    end = 0
    at = low.find("/")
    while at >= 0:
        begin = low.rfind(" ", end, max(end, at - _FAR)) + 1 or end
        while (further := low.rfind("/", at + 1, at + _FAR)) >= 0:
            at = further
        if spans and begin == end:
            begin = spans.pop()[0]
        end = at + _NEAR
        spans.append((begin, end))
        at = low.find("/", at + 1)
    return spans


_NUMBER = lazy(r"(10\.[0-9.]+)(?:/|%2f)")


class Scan:
    """A running text in which IGSN IDs are looked for."""

    def __init__(self, text: str, settings: Settings) -> None:
        self._text, self._settings = text, settings
        self._low = low = lower(text)
        self._spans = _around_slashes(low)
        self._named: dict[int, Found | None] = {}

    def _hints(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Yield each hint but the tag, with the spans in which it counts."""
        if self._spans:
            for hint in hints()[len(_WORDS) :]:
                yield hint, self._spans
            if "/" in self._low:
                for hint in DAMAGED:
                    yield hint, self._spans

    @property
    def shows(self) -> bool:
        """Whether something in it may be an ID by itself; the DOIs of papers are none."""
        low = self._low
        return any(word in low for word in _WORDS) or any(
            self._may_show(hint, at) for hint, spans in self._hints() for at in _places(low, hint, spans)
        )

    def _may_show(self, hint: str, at: int) -> bool:
        if hint == "10." and (number := _NUMBER.match(self._low, at)) is not None:
            return self._settings.holds(number[1]) == "samples"
        return not _begins_prefix(hint) or _name().match(self._text, at) is not None

    def found(self) -> list[Found]:
        """Return what looks like an IGSN ID, in order; evidence is None where the document must tell."""
        low = self._low
        found: dict[int, Found] = {}
        for at in self._tags():
            for item in self._at_tag(at):
                _keep(found, item)
        for hint, spans in self._hints():
            here = self._name_at if _begins_prefix(hint) else self._at_host
            done = 0
            for at in _places(low, hint, spans):
                if at >= done and (item := here(at)) is not None:
                    _keep(found, item)
                    done = item.end
        return _without_overlaps(found.values()) if found else []

    def _tags(self) -> Iterator[int]:
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

    def _at_tag(self, at: int) -> Iterator[Found | None]:
        """Yield what stands at the word IGSN."""
        text = self._text
        if (tag := _tag().match(text, at)) is not None:
            yield from self._tagged(tag)
            if (told := _TOLD.match(text, tag.end("tag"))) is not None:
                yield from self._members(told.end(), told.end(), strong=False)
        before = text[at - 1 : at]
        if before in {"(", "["}:
            yield self._called_behind(at)
        if (before in {"/", "?"} or self._low.startswith("igsn.org/", at)) and (host := _host_at(text, at, 60)):
            yield _hosted(text, host)
        if before in {'"', "'"} and "=" in text[max(0, at - 3) : at]:
            attribute = _attribute().match(text, at)
            if attribute is not None:
                yield _coded(text, attribute.end(), attribute.end(), strong=True)

    def _called_behind(self, at: int) -> Found | None:
        """Return the code that a tag in brackets behind it calls an IGSN: IEABC0001 (IGSN)."""
        text = self._text
        if _CLOSED.match(text, at) is None:
            return None
        code = _CODE_BEFORE.search(text, max(0, at - _LEFT_REACH), at)
        if code is None or not is_code(code["code"], strong=False):
            return None
        return Found(*code.span("code"), dissect(code["code"]), "label", tagged=True)

    def _bracketed(self, at: int) -> Iterator[Found]:
        """Yield the IDs that stand in brackets of their own, up to the end of the sentence."""
        text = self._text
        first: str | None = None
        end = _SENTENCE_END.search(text, at)
        for bracket in _IN_BRACKETS.finditer(text, at, end.start() if end is not None else len(text)):
            found = self._member(bracket.start("id"), bracket.start("id"), False, first)
            if found is not None and found.end == bracket.end("id"):
                yield found
                first = first or found.spelling.suffix

    def _at_host(self, at: int) -> Found | None:
        """Return what stands at the hint of a landing page."""
        host = _host_at(self._text, at, 20)
        return None if host is None else _hosted(self._text, host)

    def _name_at(self, at: int) -> Found | None:
        """Return the ID at PREFIX/SUFFIX, or None; where a tag stands before it, it is asked for twice."""
        if at not in self._named and (name := _name().match(self._text, at)) is not None:
            self._named[at] = _named(self._text, name, self._settings)
        return self._named.get(at)

    def _tagged(self, match: re.Match[str]) -> Iterator[Found]:
        """Yield the IDs behind a tag: one, or the members of its list."""
        text = self._text
        if match["sign"] in {":", "："} and "\n" in text[match.start("sign") : match.end() + 2]:
            yield from self._listed(match.start("sign"))
        if (brackets := _NAMES_BRACKETS.match(text, match.end("tag"))) is not None:
            yield from self._bracketed(brackets.end())
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
        yield from self._members(match.start("tag"), match.end(), strong=strong)

    def _members(self, start: int, at: int, *, strong: bool) -> Iterator[Found]:
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
                if other is None or not begin_alike([first, other.spelling.suffix]):
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

    def _listed(self, at: int) -> Iterator[Found]:
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

    def item(self, first: str | None) -> Found | None:
        """Return the ID with which an item of a list of IDs begins; it must look like the ``first`` one."""
        match = _ITEM.match(self._text)
        return None if match is None else self._member(match.end(), match.end(), False, first)

    def _member(self, start: int, at: int, strong: bool, first: str | None) -> Found | None:
        """Return the ID at ``at`` that a tag reaches; members of a list must look like the first one."""
        found = self._name_at(at)
        if at in self._named:
            if found is None or (first is not None and self._settings.holds(found.spelling.prefix) == "none"):
                return None
            if found.tagged and found.evidence is not None:
                return found
            return found._replace(evidence=found.evidence or "tag", tagged=True)
        found = _coded(self._text, start, at, strong=strong)
        if found is None or first is None:
            return found
        suffix = found.spelling.suffix
        alike = suffix[:2].isalpha() == first[:2].isalpha() and (suffix.isupper() == first.isupper())
        return found if alike and any(c.isalpha() for c in suffix) else None


def _begins_prefix(hint: str) -> bool:
    """Return whether a hint is the beginning of a prefix, and no host."""
    return hint[0] in "12il" and hint[1] in "0o"


def _places(low: str, hint: str, spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield where a hint stands in some spans."""
    for begin, end in spans:
        at = low.find(hint, begin, end)
        while at >= 0:
            yield at
            at = low.find(hint, at + 1, end)


def _host_at(text: str, at: int, reach: int) -> re.Match[str] | None:
    """Return the URL in which a hint stands; another one may end shortly before."""
    host = _host().search(text, max(0, at - reach), at + 300)
    while host is not None and host.end() <= at:
        host = _host().search(text, host.end(), at + 300)
    return host


def _keep(found: dict[int, Found], item: Found | None) -> None:
    """Keep the fullest reading of the ID whose suffix begins at one place."""
    if item is None:
        return
    at = item.start + item.spelling.suffix_start
    old = found.get(at)
    if old is None or (item.evidence is not None, item.end - item.start) > (
        old.evidence is not None,
        old.end - old.start,
    ):
        found[at] = item._replace(tagged=True) if old is not None and old.tagged else item
    elif item.tagged:
        found[at] = old._replace(tagged=True, evidence=old.evidence or item.evidence)


def _without_overlaps(items: Iterable[Found]) -> list[Found]:
    """Return what was found without what lies in something longer; a tag inside it reaches the longer one."""
    kept: list[Found] = []
    for item in sorted(items, key=lambda found: (found.start, -found.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
            continue
        other = kept[-1]
        longer, shorter = (item, other) if item.end - item.start > other.end - other.start else (other, item)
        suffix_at = shorter.start + shorter.spelling.suffix_start
        reached = shorter.tagged and longer.start <= suffix_at < longer.end
        kept[-1] = longer._replace(tagged=longer.tagged or reached)
    return kept


def _trim(suffix: str) -> str:
    """Return a suffix without what belongs to the sentence: punctuation, emphasis, brackets, file endings."""
    if suffix.isalnum():
        return suffix
    while True:
        shorter = suffix
        if (again := shorter.lower().find("/igsn:")) > 0:
            shorter = shorter[:again]
        for opening, closing in ("()", "[]"):
            while shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
            cut = shorter.find(closing)
            if cut >= 0 and shorter.count(opening, 0, cut) == 0:
                shorter = shorter[:cut]
        shorter = shorter.rstrip(".:!?*_~/-–—…\u00ad\u200b\ufeff\u2060'\"$=%")
        if (extension := FILE_ENDING.search(shorter)) and extension.start() > 3:
            shorter = shorter[: extension.start()]
        if shorter.endswith(("(", "[")):
            shorter = shorter[:-1]
        if shorter == suffix:
            return suffix
        suffix = shorter


def _before_dash(suffix: str) -> str:
    """Return a suffix as far as a dash that stands between two IDs, or between an ID and a word of the sentence."""
    for match in () if suffix.isascii() else re.finditer("[‒–—―]", suffix):
        head, tail = suffix[: match.start()], suffix[match.end() :]
        inner = dissect(tail)
        digits = len(head) - len(head.rstrip("0123456789"))
        if tail.isdigit() and len(tail) > 1 and digits >= len(tail):
            # The short end of a range: AU1101–1109
            return head
        word = len(tail) > 1 and not any(c.isdigit() for c in tail) and tail != upper(tail)
        if word or inner.prefix is not None or inner.wrappers or (tail[:2].isalpha() and begin_alike([head, tail])):
            return head
    head, hyphen, tail = suffix.partition("-")
    # The two ends of a range: no serial holds itself again.
    return head if hyphen and len(head) == len(tail) >= _SHORTEST_END and is_series(head, tail) else suffix


_SHORTEST_END = 6


_BROKEN = lazy(r"[ \t]*\r?\n?[ \t]*(?P<rest>[A-Za-z0-9][A-Za-z0-9.\-]*)")


def _named(text: str, match: re.Match[str], settings: Settings) -> Found | None:
    """Return the ID at PREFIX/SUFFIX, with the tags and resolvers before it."""
    suffix = _before_dash(_trim(match["suffix"]))
    if match["suffix"].startswith(("..", "…")):
        # Any ID: https://doi.org/10.58052/...
        return None
    left = _left_of(text, match.start())
    start = match.start() - len(left)
    end = match.start("suffix") + len(suffix)
    shown = text[start:end]
    spelling = dissect(shown)
    tagged = spelling.has("igsn-tag")
    if left and not spelling.prefix:
        # The words before it are a tag here ("IGSN number 10.…") and not at the beginning of an ID.
        resolver = left.lower().rfind("http")
        tagged, start = "gsn" in left.lower(), match.start() - (len(left) - resolver if resolver > 0 else 0)
        spelling = dissect(text[start:end])
    elif left and spelling.wrappers and spelling.has("landing-url") and "/" in suffix:
        end -= len(suffix) - suffix.index("/")
        spelling = dissect(text[start:end])
    prefix = spelling.prefix or ""
    if (
        not suffix[-1:].isdigit()
        and not any(c.isdigit() for c in suffix)
        and (rest := _BROKEN.match(text, end))
        and rest.start("rest") > end
    ):
        # White space behind the slash, or a line break inside: the ID goes on where a code follows.
        code = _trim(rest["rest"])
        if (not suffix or "\n" in rest[0]) and is_code(code, strong=False):
            begin, end = rest.start("rest") - start, rest.start("rest") + len(code)
            whole = text[start:end]
            at = begin if not suffix else spelling.suffix_start
            suffix = whole[at:]
            spelling = spelling._replace(text=whole, suffix=suffix, suffix_start=at)
    evidence = own_evidence(spelling, settings)
    if evidence is None and prefix and prefix == to_ascii(prefix) and settings.holds(_mended(prefix)) == "samples":
        evidence = "prefix"
    if evidence == "tag" and not tagged:
        evidence = None
    if not suffix and not (tagged or any(w.kind.endswith("-url") for w in spelling.wrappers)):
        return None
    if not suffix and end < len(text) and not text[end].isspace() and text[end] not in ".,;)>":
        return None
    if not tagged:
        before = text[max(0, start - _LEFT_REACH) : start]
        if _BEGINNING.search(before) or (not suffix and (_EXPLAINED.match(text, end) or _EXPLAINING.search(before))):
            return None
    if evidence == "prefix" and not spelling.wrappers and not tagged and is_ratio(suffix):
        return None
    bare_handle = prefix == LEGACY_PREFIX and not spelling.wrappers
    if text[end : end + 1] == "\ufffc":
        # The ID goes on in an element (or picture): what stands before it is a piece.
        return None
    before = text[max(0, match.start() - 2) : match.start()]
    if bare_handle and (before.endswith(_BEFORE_NO_HANDLE) or not is_handle_code(suffix)):
        return None
    return Found(start, end, spelling, evidence, tagged)


_EXPLAINED = lazy(
    r"[\"'`*_>)\]}]{0,4},?\s{0,3}(?:\+|(?:plus|followed\s+by|gefolgt|seguid[oa]|suivie?|seguit[oa])\b|に続|后接)",
    re.IGNORECASE,
)
"""What a text goes on with that explains how IDs are made: https://doi.org/10.58052/ followed by the code."""

_EXPLAINING = lazy(
    r"\b(?:under|below|beneath|unter|sous|bajo|sob|sotto|onder|prefix|präfix)\s{1,3}[\"'`*_<(\[]{0,3}\Z", re.IGNORECASE
)
"""What stands before a prefix in such a text: they resolve under https://doi.org/10.60510/."""

_BEGINNING = lazy(
    r"\b(?:igsns?|dois?|ids?|identifiers?|numbers?|codes?|nummern|kennungen|identifiants?|identificador(?:es)?|codici)\b[^.\n]{0,30}"
    r"\b(?:start|begin|anfang|commenc|comien|começ|inizi)\w{0,6}\s{1,3}(?:with|mit|par|con|por|com)\s{1,3}[\"'`*_<(\[]{0,3}\Z",
    re.IGNORECASE,
)
"""What leads to the beginning that IDs have in common; a profile that begins with a sample names one."""


_BEFORE_NO_HANDLE = ("/", "\\", "-", "->", "_")


def _mended(prefix: str) -> str:
    """Return a damaged prefix as it was probably meant: O for 0, l and I for 1, a comma for the dot."""
    return prefix.translate(_MENDED)


_MENDED = str.maketrans("OoIl|,·", "00111..")


def _hosted(text: str, match: re.Match[str]) -> Found | None:
    """Return the ID at a landing page or igsn.org URL that ends with a code."""
    group = "igsn" if match["igsn"] is not None else "landing"
    suffix = _trim(match[group])
    if "\n" in match[0] and not is_code(suffix, strong=False):
        # The URL ends with its line.
        return None
    rest = text[match.end(group) : match.end(group) + 1]
    if not suffix or (not any(c.isdigit() for c in suffix) and not is_placeholder(suffix)):
        return None
    if group == "igsn" and (rest == "/" or suffix.startswith("10.") or suffix == LEGACY_PREFIX or "." in suffix[-5:]):
        return None
    if suffix == LEGACY_PREFIX or re.fullmatch(r"10\.\d+", suffix) or is_other(suffix, strong=True):
        return None
    if group == "igsn" and _PAGE.fullmatch(suffix):
        return None
    end = match.start(group) + len(suffix)
    spelling = dissect(text[match.start() : end])
    if "\n" in match[0]:
        spelling = spelling._replace(suffix=suffix, suffix_start=match.start(group) - match.start())
    return Found(match.start(), end, spelling, "legacy" if group == "igsn" else "host", tagged=False)


_PAGE = lazy(r"[a-z]{4,}[-_]?(?:19|20)\d\d")
"""The page of a meeting or a report of a year."""

_TAG_TEXT = lazy(
    r"(?:urn:igsn:|igsn(?:[ _-]?(?:ids?|numbers?|no\.?|codes?))?\s*[:：]\s*|igsn(?:[ _-]ids?)?\s+)", re.IGNORECASE
)


def _coded(text: str, start: int, at: int, *, strong: bool) -> Found | None:
    """Return the bare code that begins at ``at``, where a tag stands before it from ``start``."""
    match = _code().match(text, at)
    if match is None:
        return None
    code = _before_dash(_trim(match[0]))
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
        return Found(start, end, dissect(text[start:end]), "tag", tagged=True)
    return Found(at, end, dissect(code), "label", tagged=True)


_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,3}\n[^\S\n]{0,8})"
_ANY_CODE = r"[A-Z]{2,5}(?=[A-Z]*[0-9][A-Z]*[0-9])[A-Z0-9]{4,40}(?![A-Za-z_@/])"
_LONG_CODE = rf"(?=[A-Z0-9]{{9}}){_ANY_CODE}"
_SAYS = "is|are|was|were|reads?|ist|sind|lautet|lauten|est|sont|es|son|é|são|è|sono"  # in the languages of most texts
_OF_WHAT = (
    "ids?|numbers?|codes?|identifiers?|for|of|the|this|that|these|those|its|our|each|all|whole|parent|assigned|given|registered"
    "|samples?|specimens?|cores?|holes?|boreholes?|blocks?|pieces?|sections?|rocks?|splits?|archive|working|half|halves"
    "|der|die|das|des|dieser|probe|proben|bohrung|bohrkerns?|de|du|la|le|les|l['’][^\\W\\d_]+|del|el|los|las|da|do|dos|das"
    "|cette|esta|échantillons?|muestras?|amostras?|campion[ei]|della|delle|dei"
)
_NO_SAMPLE = (
    "projects?|proposals?|grants?|awards?|contracts?|funding|reports?|papers?|permits?|orders?|cruises?|expeditions?|campaigns?|voyages?"
    "|vessels?|instruments?|methods?|labs?|laborator(?:y|ies)|versions?|schemas?|software|prefix|prefixes|namespaces?|agents?|phone|depths?"
    "|projekt|bericht|antrag|fahrt|ausfahrt|projet|rapport|campagne|proyecto|informe|crucero"
)
"""Words before a colon that lead to the code of another thing: IGSN samples from cruise: MSM2019A."""
_TOLD = lazy(
    rf"(?i:[,;]?{_GAP}(?:e\.\s?g\.|i\.\s?e\.|z\.\s?B\.|d\.\s?h\.|p\.\s?ex\.)[,:]?{_GAP}"
    rf"|(?:{_GAP}(?:{_OF_WHAT})){{0,8}}?{_GAP}(?:{_SAYS}):?{_GAP})[\"'`*_(\[‘“«<]{{0,3}}(?={_LONG_CODE})"
    rf"|(?:{_GAP}(?!(?:{_NO_SAMPLE})\b)[a-z]{{2,20}}){{1,4}}:{_GAP}[\"'`*_(\[‘“«<]{{0,3}}(?={_ANY_CODE})"
    rf"|,{_GAP}(?={_LONG_CODE}[,;)])"
)
"""What leads in a sentence from the word IGSN to a code in capitals: the IGSN of the core is IEABC0001."""

_REMARK = lazy(r"\s{1,3}\([^()\n]{1,60}\)")
_CLOSED = lazy(r"igsns?(?:[\s_-]?(?:ids?|numbers?|no\.?))?[)\],;]", re.IGNORECASE)
_CODE_BEFORE = lazy(
    r"(?<![\w./@-])(?P<code>[A-Z]{2,5}(?=[A-Z]*[0-9][A-Z]*[0-9])[A-Z0-9]{4,40}(?:-[A-Z0-9]{1,20}){0,4})\s{1,3}[(\[]\Z"
)
"""A code in capitals before a bracket, long enough to be none of a laboratory."""

_NAMES_BRACKETS = lazy(
    r"\s{1,9}(?:(?:are|is|given|shown|listed|stehen)\s{1,9}){0,2}in\s{1,9}(?:parentheses|brackets|klammern)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = lazy(r"[(\[](?P<id>[^()\[\]\s]{6,80})[)\]]")
_SENTENCE_END = lazy(r"[.!?](?=\s+[A-Z\n]|\s*\Z)|\n\s*\n")

_BULLET = r"(?:[-*+•‣◦·]|\(?[0-9A-Za-z]{1,2}[.)])[^\S\n]{1,8}"
_LINE = r"\n[^\S\n]{0,40}"
_BEFORE_ID = r"[\"'`*_(\[<]{0,3}"
_FIRST_ITEM = lazy(rf"[:：][*_]{{0,2}}[^\S\n]{{0,8}}(?:{_LINE}){{1,2}}(?P<bullet>{_BULLET})?{_BEFORE_ID}")
_NEXT_ITEM = lazy(rf"[^\n\ufffc]{{0,400}}(?:{_LINE}){{1,2}}{_BULLET}{_BEFORE_ID}")
_NEXT_LINE = lazy(rf"[^\S\n]{{0,8}}[,;]?[^\S\n]{{0,8}}{_LINE}{_BEFORE_ID}")


_ITEM = lazy(rf"\s{{0,40}}(?:{_BULLET})?{_BEFORE_ID}")


def introduces_ids(text: str) -> bool:
    """Return whether a paragraph ends with a tag and a colon, so that those behind it may be a list of IDs."""
    match = _tag().match(text, max(0, lower(text).rfind("igsn")))
    return match is not None and match["sign"] in {":", "："} and match.end() == len(text)


def _heads_a_column(text: str, at: int) -> bool:
    """Return whether the word at ``at`` stands in a line of several columns: the next line says other things."""
    before = text[max(0, at - _LEFT_REACH) : at].rpartition("\n")[2].lstrip()
    return "\t" in before or "  " in before


_UNTIL = lazy(
    r"(?:(?:\s{1,20}(?:to|bis(?:\s{1,9}zu)?|through|thru|until|up\s{1,9}to|jusqu['’]à|à|hasta|al?)|[^\S\n]-)\s{1,20}"
    r"|-(?=[A-Z]{2}))[\"'`*_(\[‘“«]{0,3}"
)


def _past_closing(text: str, at: int) -> int:
    """Return the offset behind quotes and emphasis that close a word."""
    while at < len(text) and text[at] in "\"'`*_’”»":
        at += 1
    return at
