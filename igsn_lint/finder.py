"""The finder: the one module that turns Segments into Mentions.

It goes over a document twice: first it takes what shows by itself that it is an IGSN ID (evidence), then what names an
ID that is known from the same document. Without evidence there is no Mention: a paper's own DOI, the gravity net IGSN71
and a grant number are no samples.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from igsn_lint import facts
from igsn_lint.identifier import LEGACY_PREFIX, Igsn, NotAnIgsn, Spelling, Wrapper, dissect, to_ascii, upper
from igsn_lint.model import Mention
from igsn_lint.samples import is_sample_record, own_evidence, related_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Evidence, Item, Part, Record, Role, Segment, Settings, Slot, State

_WINDOW = 400
"""How many characters around a hint are looked at in a long text."""


@cache
def _odd() -> str:
    """Return the characters outside ASCII that may stand in a damaged ID, for a character class."""
    odd = {*facts.lookalikes(), *facts.dashes_and_slashes(), *facts.invisible()}
    return re.escape("".join(sorted(c for c in odd if not c.isascii())))


class _Patterns(NamedTuple):
    hint: re.Pattern[str]
    name: re.Pattern[str]
    host: re.Pattern[str]
    tag: re.Pattern[str]
    attribute: re.Pattern[str]
    code: re.Pattern[str]
    joiner: re.Pattern[str]
    left: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    odd = _odd()
    landing = "|".join(pattern for pattern, alone in facts.landing_hosts() if alone)
    # A suffix behind a prefix may hold nearly everything; quotes, brackets, commas and white space end it in prose.
    # Characters of other scripts end it too, unless they look like its letters.
    long_token = rf"(?:(?![\"<>`{{}}|\\^,;\[\]'&?#])[!-~À-ɏ{odd}])*"
    flags = re.IGNORECASE
    return _Patterns(
        hint=re.compile(rf"igsn|10273|10[.,]\d{{3}}|1o\.\d|20\.500\.11812|{landing}", flags),
        # PREFIX/SUFFIX, also where the prefix is damaged in a way that can still be recognised
        name=re.compile(
            rf"(?<![A-Za-z0-9.])(?:10273|20\.500\.11812|10\.\d{{4,9}}(?:\.\d+)*|[1Il][0O][.,·]\d[0-9A-Za-z]{{2,8}})"
            rf"(?:/|%2f)(?P<suffix>{long_token})",
            flags,
        ),
        host=re.compile(
            rf"(?:https?:/{{1,2}}(?:www\.)?|(?<![\w./-])(?:www\.)?)igsn\.org/(?:10\.273/)?(?P<igsn>[\w.\-{odd}]+)"
            rf"|(?:https?:/{{1,2}}|(?<![\w./-]))(?:{landing})(?P<landing>[\w.\-{odd}]+)",
            flags,
        ),
        tag=re.compile(
            r"(?<![\w.@#\-])(?P<tag>igsn(?:s|'s)?"
            r"(?:[ _-]?(?:ids?|numbers?|nos?\.?|codes?|identifiers?|suffix|handles?))?)"
            r"(?P<close>[\s\"'`*_)\]’”»\\]{0,5})(?P<sign>(?:[:：]|=>|=|>)?)(?P<open>[\s\"'`*_(\[‘“«<\\#]{0,8})",
            flags,
        ),
        attribute=re.compile(r"=\\?[\"']igsn\\?[\"'][^<>\n]{0,160}>\s*", flags),
        code=re.compile(rf"[A-Za-z0-9{odd}][A-Za-z0-9.\-{odd}]*", flags),
        joiner=re.compile(
            r"(?:\s*[,;]\s*(?:(?:and|und|et|y|or|&)\s+)?|\s*[/‒–—―]\s*|\s+(?:and|und|et|y|or|&)\s+)[\"'`*_(\[‘“«]{0,3}"
        ),
        left=re.compile(
            r"(?:urn:igsn:|(?<![\w.@#\-])igsns?(?:[ _-]?(?:ids?|numbers?|no\.?))?\s*[:：]?\s*[\[<(]?"
            r"|(?<![\w.])(?:info:doi/|doi\s*[:：]\s*|doi\s+|info:hdl/|hdl\s*:\s*|handle\s*:\s*)"
            r"|(?:https?:/{1,2})?(?:www\.|dx\.)?doi\.org/|(?:https?:/{1,2})?hdl\.handle\.net/"
            r"|(?:https?:/{1,2})?(?:www\.)?igsn\.org/"
            + "".join(rf"|(?:https?:/{{1,2}})?{pattern}" for pattern, _ in facts.landing_hosts())
            + r")+\Z",
            flags,
        ),
    )


class _Found(NamedTuple):
    start: int
    end: int
    spelling: Spelling
    evidence: Evidence | None
    tagged: bool


def find(part: Part, settings: Settings) -> list[Mention]:
    """Return the Mentions of one part of a document, in the order in which they stand."""
    mentions: list[Mention] = []
    claimed: set[object] = set()
    for record in part.records:
        mentions.extend(_record_mentions(record, claimed, settings))
    candidates: list[_Candidate] = []
    searched: list[Segment] = []
    for segment in part.segments:
        if segment.origin is not None and segment.origin in claimed:
            continue
        searched.append(segment)
        if segment.label is not None and is_igsn_label(segment.label):
            mentions.extend(_field_mentions(segment, settings))
            continue
        surroundings: _Surroundings | None = None
        for found in scan(segment.text, settings):
            surroundings = surroundings or _Surroundings(segment)
            if found.evidence is None:
                candidates.append((segment, surroundings, found))
            else:
                mentions.append(surroundings.mention(segment, found, found.evidence))
    if mentions:
        mentions.extend(_known_again(mentions, candidates, searched))
    for mention in mentions:
        mention.state = _state(mention, settings)
    return mentions


def _record_mentions(record: Record, claimed: set[object], settings: Settings) -> Iterator[Mention]:
    """Yield the Mentions of a record's identifiers, and note which values they are."""
    sample = is_sample_record(record, settings)
    identifier = record.identifier
    if identifier is not None and identifier.value is not None:
        spelling = dissect(identifier.value.text)
        evidence: Evidence | None = own_evidence(spelling, settings) or ("record" if sample else None)
        claimed.add(identifier.value.origin)
        if evidence is not None:
            yield _whole(identifier.value, spelling, "declared", evidence, record, "identifier", identifier)
    for item in record.items("alternateIdentifier"):
        kind = item.get("alternateIdentifierType")
        if item.value is not None and kind is not None and upper(kind.text.strip()) == "IGSN":
            claimed.add(item.value.origin)
            if not _is_null(item.value.text):
                spelling = dissect(item.value.text)
                yield _whole(item.value, spelling, "declared", "label", record, "alternateIdentifier", item)
    for item in record.items("relatedIdentifier"):
        if item.value is None:
            continue
        spelling = dissect(item.value.text)
        claimed.add(item.value.origin)
        if (found := related_evidence(item, spelling, sample, settings)) is not None and not _is_null(item.value.text):
            yield _whole(item.value, spelling, "related", found, record, "relatedIdentifier", item)


def _whole(
    segment: Segment, spelling: Spelling, role: Role, evidence: Evidence, record: Record, slot: Slot, item: Item
) -> Mention:
    """Return the Mention that is the whole value of a record's property; white space around it is left out."""
    text = segment.text
    start = len(text) - len(text.lstrip())
    end = max(len(text.rstrip()), start)
    return Mention(
        segment,
        start,
        end,
        _shift(spelling, -start),
        role,
        evidence,
        record=record,
        tagged=evidence in {"tag", "label"},
        slot=slot,
        item=item,
    )


def _shift(spelling: Spelling, by: int) -> Spelling:
    """Return the spelling with offsets that count from elsewhere."""
    if by == 0:
        return spelling
    return Spelling(
        spelling.text[-by:] if by < 0 else spelling.text,
        tuple(Wrapper(w.kind, w.start + by, w.end + by) for w in spelling.wrappers),
        spelling.prefix,
        spelling.prefix_start + by,
        spelling.suffix,
        spelling.suffix_start + by,
    )


def is_igsn_label(label: str) -> bool:
    """Return whether the name of a field or column says that it holds IGSN IDs."""
    if "gsn" not in label.lower() and "geo sample" not in label.lower() and "generic sample" not in label.lower():
        return False
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label.rsplit(":", 1)[-1])
    name = re.sub(r"[*†‡§¹²³⁰-⁹()\[\]{}\"'“”#@:]+", " ", name)
    return " ".join(re.split(r"[\s_.\-]+", name.lower().strip())).strip() in facts.labels()


def _is_null(text: str) -> bool:
    return text.strip().lower() in facts.null_words() or not text.strip()


_SEPARATOR = re.compile(r"\s*(?:[;|,\n]|\s(?:and|und|et|y|&)\s)\s*")
_SPACE = re.compile(r"\s+")
_RANGE = re.compile(r"\s*[‒–—―]\s*|\s+-\s+")


def _field_mentions(segment: Segment, settings: Settings) -> Iterator[Mention]:
    """Yield the Mentions of a field whose label says that it holds IGSN IDs: the whole value, or a list of IDs."""
    text = segment.text
    if _is_null(text):
        return
    start = len(text) - len(text.lstrip())
    spans = [(start, len(text.rstrip()))]
    try:
        Igsn.parse(text)
    except NotAnIgsn:
        spans = _list(text) or spans
    for a, b in spans:
        if _is_null(text[a:b]):
            continue
        spelling = dissect(text[a:b])
        evidence = own_evidence(spelling, settings) or "label"
        yield Mention(segment, a, b, spelling, "cited", evidence, tagged=True, slot="field")


def _list(text: str) -> list[tuple[int, int]]:
    """Return the spans of the IDs where one value holds several: a list, or the two ends of a range."""
    for separator in (_SEPARATOR, _SPACE, _RANGE):
        spans = _members(text, separator)
        ids = [text[a:b] for a, b in spans]
        if len(ids) < 2 or not all(_parses(member) for member in ids):
            continue
        if separator is _SEPARATOR and "\n" in text:
            # An ID that is broken over two lines is no list: a part without any digit is none by itself.
            if all(any(c.isdigit() for c in dissect(member).suffix) for member in ids if not _is_null(member)):
                return spans
        elif separator is _SEPARATOR or _alike(ids):
            return spans
    return []


def _alike(ids: list[str]) -> bool:
    """Return whether IDs without a comma between them are several: all have a prefix, or all begin alike."""
    spellings = [dissect(text) for text in ids]
    begin = upper(spellings[0].suffix[:2])
    return all(s.prefix is not None for s in spellings) or (
        begin.isalpha() and all(upper(s.suffix[:2]) == begin for s in spellings)
    )


def _members(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the spans of the members of a list in one value."""
    spans, at = [], 0
    for match in separator.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    stripped = [(a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in spans]
    return [(a, b) for a, b in stripped if a < b]


def _parses(text: str) -> bool:
    if _is_null(text):
        return True
    try:
        Igsn.parse(text)
    except NotAnIgsn:
        return False
    return True


def scan(text: str, settings: Settings) -> list[_Found]:
    """Return what looks like an IGSN ID in running text, in order; evidence is None where the document must tell."""
    patterns = _patterns()
    if patterns.hint.search(text) is None:
        return []
    found: dict[int, _Found] = {}
    for begin, end in _windows(text, patterns.hint):
        for match in patterns.name.finditer(text, begin, end):
            _keep(found, _named(text, match, settings))
        for match in patterns.host.finditer(text, begin, end):
            _keep(found, _hosted(text, match))
        for match in patterns.tag.finditer(text, begin, end):
            for item in _tagged(text, match, settings):
                _keep(found, item)
        for match in patterns.attribute.finditer(text, begin, end):
            _keep(found, _coded(text, match.end(), match.end(), strong=True, settings=settings))
    return _without_overlaps(found.values())


def _windows(text: str, hint: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text around hints, widened to line ends, so that the rest costs nothing more."""
    if len(text) <= 4 * _WINDOW:
        yield 0, len(text)
        return
    begin = end = -1
    for match in hint.finditer(text):
        if match.start() + _WINDOW <= end:
            continue
        left = max(0, match.start() - _WINDOW)
        right = min(len(text), match.end() + _WINDOW)
        while right < len(text) and right < match.end() + 4 * _WINDOW and not text[right].isspace():
            right += 1
        if left <= end:
            end = right
            continue
        if end >= 0:
            yield begin, end
        begin, end = left, right
    if end >= 0:
        yield begin, end


def _keep(found: dict[int, _Found], item: _Found | None) -> None:
    """Keep the fullest reading of the ID whose suffix begins at one place."""
    if item is None:
        return
    at = item.start + item.spelling.suffix_start
    old = found.get(at)
    if old is None or (item.evidence is not None, item.end - item.start) > (
        old.evidence is not None,
        old.end - old.start,
    ):
        tagged = item.tagged or (old is not None and old.tagged)
        found[at] = item._replace(tagged=tagged)
    elif item.tagged:
        found[at] = old._replace(tagged=True, evidence=old.evidence or item.evidence)


def _without_overlaps(items: Iterable[_Found]) -> list[_Found]:
    """Return what was found without what lies in something longer; a tag inside it reaches the longer one."""
    kept: list[_Found] = []
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


_EXTENSION = re.compile(
    r"\.(?:json|jsonld|xml|html?|pdf|png|jpe?g|tiff?|csv|tsv|txt|zip|xlsx?|docx?|md|ttl|rdf)\Z", re.IGNORECASE
)


def _trim(suffix: str) -> str:
    """Return a suffix without what belongs to the sentence: punctuation, emphasis, brackets, file endings."""
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
        if (extension := _EXTENSION.search(shorter)) and extension.start() > 3:
            shorter = shorter[: extension.start()]
        if shorter.endswith(("(", "[")):
            shorter = shorter[:-1]
        if shorter == suffix:
            return suffix
        suffix = shorter


def _before_dash(suffix: str) -> str:
    """Return a suffix as far as a dash that stands between two IDs, or between an ID and a word of the sentence."""
    for match in re.finditer("[‒–—―]", suffix):
        head, tail = suffix[: match.start()], suffix[match.end() :]
        inner = dissect(tail)
        word = len(tail) > 1 and not any(c.isdigit() for c in tail) and tail != upper(tail)
        if word or inner.prefix is not None or inner.wrappers or (tail[:2].isalpha() and _alike([head, tail])):
            return head
    return suffix


_BROKEN = re.compile(r"[ \t]*\r?\n?[ \t]*(?P<rest>[A-Za-z0-9][A-Za-z0-9.\-]*)")


def _named(text: str, match: re.Match[str], settings: Settings) -> _Found | None:
    """Return the ID at PREFIX/SUFFIX, with the tags and resolvers before it."""
    suffix = _before_dash(_trim(match["suffix"]))
    left = _patterns().left.search(text[max(0, match.start() - 120) : match.start()])
    start = match.start() - (len(left[0]) if left else 0)
    end = match.start("suffix") + len(suffix)
    shown = text[start:end]
    spelling = dissect(shown)
    tagged = spelling.has("igsn-tag")
    if left and not spelling.prefix:
        # The words before it are a tag here ("IGSN number 10.…") and not at the beginning of an ID.
        spelling = dissect(text[match.start() : end])
        tagged, start = "gsn" in left[0].lower(), match.start()
    elif left and spelling.wrappers and spelling.has("landing-url") and "/" in suffix:
        end -= len(suffix) - suffix.index("/")
        spelling = dissect(text[start:end])
    prefix = spelling.prefix or ""
    if not any(c.isdigit() for c in suffix) and (rest := _BROKEN.match(text, end)) and rest.start("rest") > end:
        # White space behind the slash, or a line break inside: the ID goes on where a code follows.
        code = _trim(rest["rest"])
        if (not suffix or "\n" in rest[0]) and _is_code(code, strong=False):
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
    in_path = text[max(0, match.start() - 1) : match.start()] in {"/", "\\"}
    short = len(suffix) < 3 or (suffix.isdigit() and len(suffix) < 5)
    if prefix == LEGACY_PREFIX and not spelling.wrappers and (short or in_path):
        return None
    return _Found(start, end, spelling, evidence, tagged)


def _mended(prefix: str) -> str:
    """Return a damaged prefix as it was probably meant: O for 0, l and I for 1, a comma for the dot."""
    return prefix.translate(str.maketrans("OoIl|,·", "00111.."))


def _hosted(text: str, match: re.Match[str]) -> _Found | None:
    """Return the ID at a landing page or igsn.org URL that ends with a code."""
    group = "igsn" if match["igsn"] is not None else "landing"
    suffix = _trim(match[group])
    rest = text[match.end(group) : match.end(group) + 1]
    if not suffix or (not any(c.isdigit() for c in suffix) and not _is_placeholder(suffix)):
        return None
    if group == "igsn" and (rest == "/" or suffix.startswith("10.") or suffix == LEGACY_PREFIX or "." in suffix[-5:]):
        return None
    if suffix == LEGACY_PREFIX or re.fullmatch(r"10\.\d+", suffix):
        return None
    end = match.start(group) + len(suffix)
    spelling = dissect(text[match.start() : end])
    return _Found(match.start(), end, spelling, "legacy" if group == "igsn" else "host", tagged=False)


_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*", re.IGNORECASE)
_TAG_TEXT = re.compile(
    r"(?:urn:igsn:|igsn(?:[ _-]?(?:ids?|numbers?|no\.?|codes?))?\s*[:：]\s*|igsn(?:[ _-]ids?)?\s+)", re.IGNORECASE
)


def _is_placeholder(suffix: str) -> bool:
    return facts.placeholder().fullmatch(upper(suffix)) is not None


def _is_code(text: str, *, strong: bool) -> bool:
    """Return whether a bare word behind a tag is the code of a sample.

    ``strong`` is a tag with a colon or a quoted key; behind the mere word IGSN a code needs more to be one.
    """
    code = to_ascii(text)
    letters = sum(c.isalpha() for c in code)
    digits = sum(c.isdigit() for c in code)
    if not digits:
        return (
            strong
            and code == upper(code)
            and _is_placeholder(code)
            and code not in {"IGSN", "CODE", "ID", "SUFFIX", "SAMPLE", "EXAMPLE"}
        )
    if _YEAR.fullmatch(code) or (
        _VERSION.fullmatch(code) and not (letters == 0 and digits == len(code) and digits >= 6)
    ):
        return False
    if letters == 0:
        return digits == len(code) and digits >= (6 if strong else 7)
    switches = sum(a.islower() != b.islower() for a, b in itertools.pairwise(code) if a.isalpha() and b.isalpha())
    if switches > 4 or (switches > 2 and digits and len(code) > 14):
        return False
    if strong:
        return len(code) >= 4
    if len(code) < 5 or re.fullmatch(r"71[a-z]*", code, re.IGNORECASE):
        return False
    if code.islower():
        return re.fullmatch(r"[a-z]{2,}\d[a-z0-9]{2,}", code) is not None
    return not re.fullmatch(r"[A-Za-z]?[a-z]+[-.]?v?\d{1,2}(?:\.\d+)*", code)


def _coded(text: str, start: int, at: int, *, strong: bool, settings: Settings) -> _Found | None:
    """Return the bare code that begins at ``at``, where a tag stands before it from ``start``."""
    match = _patterns().code.match(text, at)
    if match is None:
        return None
    code = _before_dash(_trim(match[0]))
    if (
        re.match(r"(?:10273|10\.\d{4,9}|20\.500\.\d+|https?|doi|hdl)\b", code, re.IGNORECASE)
        and text[at + len(code) : at + len(code) + 1] in "/:"
    ):
        return None
    if text[match.end() : match.end() + 1] in {"@", "/"} and not _is_code(code, strong=False):
        return None
    if not _is_code(code, strong=strong):
        return None
    end = at + len(code)
    if _TAG_TEXT.fullmatch(text, start, at):
        return _Found(start, end, dissect(text[start:end]), "tag", tagged=True)
    return _Found(at, end, dissect(code), "label", tagged=True)


def _tagged(text: str, match: re.Match[str], settings: Settings) -> Iterator[_Found]:
    """Yield the IDs behind a tag: one, or the members of its list."""
    strong = bool(match["sign"])
    if not strong and not match["close"] and not match["open"]:
        return
    if match["sign"] == ">" and text[match.start() - 1 : match.start()] not in {"<", ":"}:
        return
    if (match["close"] + match["open"]).count("\n") > 1:
        return
    at = match.end()
    start = match.start("tag")
    first: str | None = None
    while True:
        found = _member(text, start, at, strong, first, settings)
        if found is None:
            return
        yield found
        first = first or found.spelling.suffix
        joiner = _patterns().joiner.match(text, _past_closing(text, found.end))
        if joiner is None:
            return
        start = at = joiner.end()
        strong = False


def _past_closing(text: str, at: int) -> int:
    """Return the offset behind quotes and emphasis that close a word."""
    while at < len(text) and text[at] in "\"'`*_’”»":
        at += 1
    return at


def _member(text: str, start: int, at: int, strong: bool, first: str | None, settings: Settings) -> _Found | None:
    """Return the ID at ``at`` that a tag reaches; members of a list must look like the first one."""
    name = _patterns().name.match(text, at)
    if name is not None:
        found = _named(text, name, settings)
        if found is None or (first is not None and settings.holds(found.spelling.prefix) == "none"):
            return None
        return found._replace(evidence=found.evidence or "tag", tagged=True)
    found = _coded(text, start, at, strong=strong, settings=settings)
    if found is None or first is None:
        return found
    suffix = found.spelling.suffix
    alike = suffix[:2].isalpha() == first[:2].isalpha() and (suffix.isupper() == first.isupper())
    return found if alike and any(c.isalpha() for c in suffix) else None


class _Spans:
    """Spans of a segment in order, asked which of them holds an offset; they hardly ever lie in one another."""

    def __init__(self, spans: Iterable[tuple[int, int, Any]]) -> None:
        self._spans = sorted(spans, key=lambda span: span[:2])
        self._starts = [span[0] for span in self._spans]

    def at(self, start: int, end: int) -> Any:
        """Return what the innermost span that holds start:end carries, or None."""
        i = bisect_right(self._starts, start)
        for span in reversed(self._spans[max(0, i - 4) : i]):
            if end <= span[1] and start < max(span[1], span[0] + 1):
                return span[2]
        return None


class _Surroundings:
    """What surrounds the Mentions of one segment: links, targets, comments, program text."""

    def __init__(self, segment: Segment) -> None:
        self._links = _Spans((link.start, link.end, link) for link in segment.links)
        self._targets = _Spans(
            (link.target_start, link.target_start + len(link.target), link)
            for link in segment.links
            if link.target_start is not None
        )
        self._marked = _Spans(segment.marked)
        self._code = _Spans((start, end, True) for start, end in segment.code)

    def mention(self, segment: Segment, found: _Found, evidence: Evidence) -> Mention:
        """Return the Mention that was found, with its role, state and link."""
        start, at = found.start, found.start + found.spelling.suffix_start
        return Mention(
            segment,
            start,
            found.end,
            found.spelling,
            "target" if self._targets.at(at, at) else "cited",
            evidence,
            self._marked.at(start, start) or "plain",
            tagged=found.tagged,
            link=self._links.at(start, found.end),
            code=bool(self._code.at(start, start)),
        )


_Candidate: TypeAlias = "tuple[Segment, _Surroundings, _Found]"


def _known_again(mentions: list[Mention], candidates: list[_Candidate], segments: list[Segment]) -> list[Mention]:
    """Return further Mentions of IDs that stand elsewhere in the document with evidence."""
    again: list[Mention] = []
    keys = {mention.key for mention in mentions}
    for segment, surroundings, found in candidates:
        if upper(f"{found.spelling.prefix}/{found.spelling.suffix}") in keys:
            again.append(surroundings.mention(segment, found, "document"))
    known = {mention.sample for mention in mentions if _is_telling(mention.suffix)}
    if not known:
        return again
    taken: dict[int, list[tuple[int, int, bool]]] = {}
    for mention in (*mentions, *again):
        taken.setdefault(id(mention.segment), []).append((mention.start, mention.end, True))
    for segment in segments:
        again += _bare(segment, known, _Spans(taken.get(id(segment), ())))
    return again


def _is_telling(suffix: str) -> bool:
    """Return whether a suffix is long and mixed enough to be recognised where it stands bare."""
    return len(suffix) >= 5 and any(c.isdigit() for c in suffix) and any(c.isalpha() for c in suffix)


def _bare(segment: Segment, known: set[str], taken: _Spans) -> Iterator[Mention]:
    """Yield the known IDs that stand bare in a segment, between token borders or at the end of a URL."""
    text = segment.text
    surroundings: _Surroundings | None = None
    for match in _token().finditer(text):
        suffix = match[0].rstrip(".-_")
        start = match.start()
        if upper(suffix) not in known or taken.at(start, start):
            continue
        in_path = start > 0 and text[start - 1] in "/="
        if in_path and not _URL_BEFORE.search(text, max(0, start - 200), start):
            continue
        surroundings = surroundings or _Surroundings(segment)
        spelling = Spelling(suffix, (), None, 0, suffix, 0)
        found = _Found(start, start + len(suffix), spelling, "document", tagged=False)
        yield surroundings.mention(segment, found, "document")


@cache
def _token() -> re.Pattern[str]:
    # Not inside a longer token or a path, but at the end of a URL.
    return re.compile(r"(?:(?<![\w./@\-])|(?<=[/=]))[A-Za-z0-9](?:[\w.\-]*\w)?(?![\w/@])", re.ASCII)


_URL_BEFORE = re.compile(r"https?://[^\s<>\"'`]*[/=]\Z")


def _state(mention: Mention, settings: Settings) -> State:
    """Return the state of a Mention: that of its place, or placeholder or test by what it says."""
    if mention.state == "deleted":
        return mention.state
    if _is_placeholder(to_ascii(mention.suffix)) and mention.suffix:
        return "placeholder"
    if settings.holds(mention.prefix) == "test" or (
        mention.prefix == LEGACY_PREFIX and mention.sample.startswith("TEST")
    ):
        return "test"
    return mention.state
