"""Names: the IDs of a text that say themselves what they are: PREFIX/SUFFIX, and the URL of a landing page."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.codes import is_code, is_handle_code, is_other, is_placeholder, is_ratio
from igsn_lint.identifier import LEGACY_PREFIX, dissect, to_ascii
from igsn_lint.patterns import lazy
from igsn_lint.samples import own_evidence
from igsn_lint.scan.extent import LONGEST, before_dash, odd, trim
from igsn_lint.scan.found import Found
from igsn_lint.scan.wrappers import LEFT_REACH, left_of

if TYPE_CHECKING:
    from igsn_lint.model import Settings


class Names:
    """The names in one text; each is read once."""

    def __init__(self, text: str, settings: Settings) -> None:
        self._text, self._settings = text, settings
        self._read: dict[int, Found | None] = {}

    def begins(self, at: int) -> bool:
        """Return whether what looks like PREFIX/SUFFIX begins at an offset."""
        return at in self._read or _name().match(self._text, at) is not None

    def at(self, at: int) -> Found | None:
        """Return the ID at PREFIX/SUFFIX, or None; where a tag stands before it, it is asked for twice."""
        if at not in self._read and (name := _name().match(self._text, at)) is not None:
            self._read[at] = _named(self._text, name, self._settings)
        return self._read.get(at)

    def hosted(self, at: int, reach: int = 20) -> Found | None:
        """Return the ID of the URL in which a hint stands, at most ``reach`` behind where the URL begins, or None."""
        host = _host_at(self._text, at, reach)
        return None if host is None else _hosted(self._text, host)


@cache
def _name() -> re.Pattern[str]:
    """PREFIX/SUFFIX, also where the prefix is damaged in a way that can still be recognised.

    A suffix may hold nearly everything; quotes, brackets, commas, white space and characters of other scripts that look
    like none of its letters end it in prose.
    """
    long_token = rf"(?:(?![\"<>`{{}}|\\^,;\[\]'&?#])[!-~À-ɏ{odd()}]){{0,{LONGEST}}}"
    return re.compile(
        rf"(?<![A-Za-z0-9.])(?:10273|20\.500\.11812|10\.\d{{4,9}}(?:\.\d+)*|[1Il][0O][.,·]\d[0-9A-Za-z]{{2,8}})"
        rf"(?:/|%2f)(?P<suffix>{long_token})",
        re.IGNORECASE,
    )


def _named(text: str, match: re.Match[str], settings: Settings) -> Found | None:
    """Return the ID at PREFIX/SUFFIX, with the tags and resolvers before it."""
    suffix = before_dash(trim(match["suffix"]))
    if (
        "-" in suffix
        and _BADGE.search(text, max(0, match.start() - _LONGEST_BADGE), match.start()) is not None
        and _COLOUR.fullmatch(suffix, suffix.rindex("-")) is not None
    ):
        # Behind the ID in the address of a badge stands its colour.
        suffix = suffix.rpartition("-")[0]
    if match["suffix"].startswith(("..", "…")):
        # Any ID: https://doi.org/10.58052/...
        return None
    left = left_of(text, match.start())
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
        code = trim(rest["rest"])
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
        before = text[max(0, start - LEFT_REACH) : start]
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


_BADGE = lazy(r"/badge/[^\s/]{0,40}\Z")
_LONGEST_BADGE = 50
_COLOUR = lazy(r"-(?:[a-z]{3,}|(?=[0-9]*[a-f])[0-9a-f]{3}(?:[0-9a-f]{3})?)(?:\.[a-z]{3})?")

_BROKEN = lazy(r"[ \t]*(?:\r?\n|(?<=/)\n\n)?[ \t]*(?P<rest>[A-Za-z0-9][A-Za-z0-9.\-]*)")

_EXPLAINED = lazy(
    r"[\"'`*_>)\]}]{0,4},?\s{0,3}(?:\+|(?:plus|followed\s+by|gefolgt|seguid[oa]|suivie?|seguit[oa])\b|に続|后接)",
    re.IGNORECASE,
)
"""What a text goes on with that explains how IDs are made: https://doi.org/10.58052/ followed by the code."""

_EXPLAINING = lazy(
    r"\b(?:(?:under|below|beneath|unter|sous|bajo|sob|sotto|onder|prefix|präfix|prepend)"
    r"|(?:add|append|put|attach|prepend)\b[^.\n]{0,40}\b(?:to|behind|after|with)"
    r"|(?:preceded|prefixed)\s{1,3}(?:by|with))\s{1,3}[\"'`*_<(\[]{0,3}\Z",
    re.IGNORECASE,
)
"""What stands before a prefix in such a text: they resolve under https://doi.org/10.60510/, prepend it."""

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


@cache
def _host() -> re.Pattern[str]:
    """A URL at igsn.org or a landing page, and the code behind it, which may stand in the next line."""
    landing = "|".join(pattern for pattern, alone in facts.landing_hosts() if alone)
    code = rf"[\w.\-{odd()}]{{1,{LONGEST}}}"
    begin = r"(?:\r?\n[ \t]{0,8})?"
    return re.compile(
        rf"(?:https?:/{{1,2}}(?:www\.)?|(?<![\w./-])(?:www\.)?)igsn\.org/(?:10\.273/)?{begin}(?P<igsn>{code})"
        rf"|(?:https?:/{{1,2}}|(?<![\w./-]))(?:{landing}){begin}(?P<landing>{code})",
        re.IGNORECASE,
    )


def _host_at(text: str, at: int, reach: int) -> re.Match[str] | None:
    """Return the URL in which a hint stands; another one may end shortly before."""
    host = _host().search(text, max(0, at - reach), at + 300)
    while host is not None and host.end() <= at:
        host = _host().search(text, host.end(), at + 300)
    return host


def _hosted(text: str, match: re.Match[str]) -> Found | None:
    """Return the ID at a landing page or igsn.org URL that ends with a code."""
    group = "igsn" if match["igsn"] is not None else "landing"
    suffix = trim(match[group])
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
    if (group == "igsn" and _PAGE.fullmatch(suffix)) or (suffix.isdigit() and len(suffix) < _SHORTEST_NUMBER):
        return None
    end = match.start(group) + len(suffix)
    spelling = dissect(text[match.start() : end])
    if "\n" in match[0]:
        spelling = spelling._replace(suffix=suffix, suffix_start=match.start(group) - match.start())
    return Found(match.start(), end, spelling, "legacy" if group == "igsn" else "host", tagged=False)


_SHORTEST_NUMBER = 4
"""Behind the URL of a home page the number of a page or footnote may stand."""

_PAGE = lazy(
    r"(?:[a-z]{4,}(?:[-_][a-z]+){0,9}[-_]?(?:(?:19|20)\d\d|\d{1,2}(?!\d))|[a-z]{2,3}(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:[-_][a-z]+){1,9})"
)
"""The page of a meeting or a report: general-assembly-2023, ga2019, 2021-ga-minutes."""
