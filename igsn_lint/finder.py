"""The finder: the one module that turns Segments into Mentions.

It goes over a document twice: first it takes what shows by itself that it is an IGSN ID (evidence), then what names an
ID that is known from the same document. Without evidence there is no Mention: a paper's own DOI, the gravity net IGSN71
and a grant number are no samples.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from igsn_lint import facts
from igsn_lint.codes import begin_alike, is_placeholder, is_series
from igsn_lint.identifier import Igsn, NotAnIgsn, Spelling, Wrapper, dissect, to_ascii, upper
from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Gap, Mention
from igsn_lint.patterns import lazy
from igsn_lint.samples import is_sample_record, own_evidence, related_evidence
from igsn_lint.scan.hints import DAMAGED, hints, lower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Evidence, Item, Part, Record, Role, Segment, Settings, Slot, State
    from igsn_lint.scan.found import Found
    from igsn_lint.scan.text import Scan


_is_label = lru_cache(maxsize=1024)(is_igsn_label)
"""The same few labels stand over all cells of a table."""


@cache
def _literals() -> tuple[tuple[str, bytes], ...]:
    """Return the hints with their bytes."""
    return tuple((hint, hint.encode()) for hint in hints())


_BEFORE_SLASH = {"10.", "20.500."}
"""Hints that are the beginning of a prefix: without a slash they are decimals."""


class _Wanted:
    """Which strings of a part are worth a Segment: those with a hint, or with a label that says IGSN.

    The bytes of the part tell which hints it has at all, unless escapes or another encoding may hide one.
    """

    def __init__(self, raw: bytes | None) -> None:
        self._hints = hints()
        self._labels = True
        self.low = low = None if raw is None else raw.lower()
        if low is not None:
            called = b"gsn" in low
            self._hints = tuple(
                [hint for hint, literal in _literals() if (called or hint != "igsn") and literal in low]
            )
            self._labels = called or b"sample number" in low

    def anything_but(self, claimed: Iterable[str]) -> bool:
        """Return whether the part has a hint or label apart from the identifiers of its records."""
        low = self.low
        if low is None or self._labels:
            return True
        texts = lower("\n".join(claimed))
        return any(low.count(hint.encode()) > texts.count(hint) for hint in self._hints)

    def __call__(self, text: str, label: str | None) -> bool:
        if self._labels and label is not None and _is_label(label):
            return True
        slash = "/" in text
        if slash and "10." in text:
            return True
        low = text.lower()
        slash = slash or "%2f" in low
        for hint in self._hints:  # any() with a generator takes twice as long
            if hint in low and (slash or hint not in _BEFORE_SLASH):
                return True
        return slash and any(beginning in low for beginning in DAMAGED)


def find(part: Part, settings: Settings, gaps: list[Gap] | None = None) -> list[Mention]:
    """Return the Mentions of one part of a document, those of records first, then in the order in which they stand.

    Cells under a label that should hold an ID and do not are added to ``gaps``.
    """
    mentions: list[Mention] = []
    claimed = _Claimed()
    for record in part.records:
        mentions.extend(_record_mentions(record, claimed, settings))
    candidates: list[_Candidate] = []
    wanted = _Wanted(part.raw)
    items = _Items()
    for segment in part.segments(wanted) if wanted.anything_but(claimed.texts()) else ():
        if segment.origin is not None and segment.origin in claimed.origins:
            continue
        if segment.label is not None and _is_label(segment.label):
            if segment.origin is not None:
                claimed.origins.add(segment.origin)
            if (gap := _gap(segment)) is None:
                mentions.extend(_field_mentions(segment, settings))
            elif gaps is not None and (segment.due or gap.damage is not None):
                gaps.append(gap)
            continue
        surroundings: _Surroundings | None = None
        scan = _scan(segment.text, settings)
        if segment.lead is None and not scan.shows:
            # What only looks like an ID is of use where the part has an ID that it can repeat.
            candidates.append((segment, None, None))
            continue
        finds = scan.found()
        for found in finds if segment.lead is None else items.added(finds, segment, scan):
            surroundings = surroundings or _Surroundings(segment)
            if found.evidence is None:
                candidates.append((segment, surroundings, found))
            else:
                mentions.append(surroundings.mention(found, found.evidence))
    if mentions:
        _read_breaks(mentions, part)
        mentions.extend(_known_again(mentions, candidates, part, wanted.low, claimed, settings))
        mentions.extend(_parallel(mentions, part))
        mentions = _without_shown(mentions)
    for mention in mentions:
        mention.state = _state(mention, settings)
    return mentions


def _scan(text: str, settings: Settings) -> Scan:
    # Loaded here: most records hold no text that has to be scanned.
    from igsn_lint.scan.text import Scan

    return Scan(text, settings)


class _Claimed:
    """The values that are identifiers of records: they are no texts to look for others in."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def texts(self) -> Iterable[str]:
        """Return what the values say."""
        return [item.words for item in self.items]

    @cached_property
    def origins(self) -> set[object]:
        """Where the values stand, and other values that were taken as a whole; few parts need to know."""
        return {value.origin for item in self.items if (value := item.value) is not None}


def _record_mentions(record: Record, claimed: _Claimed, settings: Settings) -> Iterator[Mention]:
    """Yield the Mentions of a record's identifiers, and note which values they are."""
    sample = is_sample_record(record, settings)
    identifier = record.identifier
    if identifier is not None and (own := identifier.value) is not None:
        spelling = dissect(own.text)
        evidence: Evidence | None = own_evidence(spelling, settings) or ("record" if sample else None)
        claimed.items.append(identifier)
        if evidence is not None:
            yield _whole(own, spelling, "declared", evidence, record, "identifier", identifier)
    for item in record.items("alternateIdentifier"):
        if upper(item.text("alternateIdentifierType").strip()) == "IGSN" and item.value is not None:
            claimed.items.append(item)
            if not _is_null(item.value.text):
                spelling = dissect(item.value.text)
                yield _whole(item.value, spelling, "declared", "label", record, "alternateIdentifier", item)
    for item in record.items("relatedIdentifier"):
        claimed.items.append(item)
        if _names_no_sample(item, settings):
            continue
        value = item.value
        if value is None:
            continue
        text = value.text
        spelling = dissect(text)
        if (found := related_evidence(item, spelling, sample, settings)) is not None and not _is_null(text):
            yield _whole(value, spelling, "related", found, record, "relatedIdentifier", item)


def _names_no_sample(item: Item, settings: Settings) -> bool:
    """Return whether a related identifier is surely none of a sample: a bare DOI below a prefix of which none is known.

    Most are DOIs of papers; what they may be otherwise is not worth working out.
    """
    if item.text("relatedIdentifierType") != "DOI" or item.text("relationType") in facts.sample_relations():
        return False
    prefix, slash, _ = item.words.partition("/")
    return slash != "" and prefix[:3] == "10." and prefix[3:].isdecimal() and settings.holds(prefix) is None


def _whole(
    segment: Segment, spelling: Spelling, role: Role, evidence: Evidence, record: Record, slot: Slot, item: Item
) -> Mention:
    """Return the Mention that is the whole value of a record's property; white space around it is left out."""
    text = segment.text
    start, end = 0, len(text)
    if end and (text[0].isspace() or text[-1].isspace()):
        start = end - len(text.lstrip())
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


def _is_null(text: str) -> bool:
    return facts.says_none(text) or not text.strip()


_SEPARATOR = lazy(r"[;|,，、；\n]|<br\s{0,2}/?>|\s(?:and|und|et|y|e|i|oraz|en|och|og|or|oder|ou|o|&|\+|=|[-=]>|→)\s")
_SLASH = lazy(r"\s/\s")
_MOST_MEMBERS = 10_000
_SPACE = lazy(r"\s+")
_RANGE = lazy(r"[‒–—―]|(?<=\s)-(?=\s)|\s(?:to|bis|through|thru|until|à|al?|hasta|até|do|до)\s")
_HYPHEN = lazy(r"(?<=\d)-(?=[A-Za-z]{2})")


def _gap(segment: Segment) -> Gap | None:
    """Return the Gap that a labelled cell is where no ID stands in it, or None."""
    text = segment.text
    if _is_null(text):
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


def _field_mentions(segment: Segment, settings: Settings) -> Iterator[Mention]:
    """Yield the Mentions of a field whose label says that it holds IGSN IDs: the whole value, or a list of IDs."""
    text = segment.text
    surroundings = _Surroundings(segment) if segment.links or segment.marked else None
    spans = [_without_marks(text, 0, len(text))]
    if not _parses(text) or any(c in text for c in ";,|，、；<-"):
        spans = _list(text) or _with_a_remark(text) or spans
    for a, b in spans:
        if _is_null(text[a:b]):
            continue
        spelling = dissect(text[a:b])
        if spelling.prefix is None and not spelling.suffix and (spelling.has("igsn-url") or spelling.has("doi-url")):
            # A home page (https://igsn.org/) names the system and no sample.
            continue
        evidence = own_evidence(spelling, settings) or "label"
        mention = Mention(segment, a, b, spelling, "cited", evidence, tagged=True, slot="field")
        if surroundings is not None:
            surroundings.tell(mention)
        yield mention


_IN_BRACKETS = lazy(r"(?P<id>\S{5,400})\s+\([^()]*\)")
_RAISED = r"*\u00b9\u00b2\u00b3\u2070-\u207f\u1d43-\u1dbf\u2020\u2021\u00a7\u00b6\u2016"
_FOOTNOTE_MARKS = lazy(rf"(?:[{_RAISED}]|\[(?:\^[^\[\]\n]{{1,40}}|[0-9A-Za-z]|#[\w-]{{0,40}})\]_?|\s)+\Z")
"""Marks of notes at the end of a cell: a star, a raised number or letter, a number in square brackets."""

_REMARK = lazy(r"(?P<id>\S{5,})(?:\s+\([^()]*\)|\s+[^\W\d_][^\d]{0,80})\Z")


def _with_a_remark(text: str) -> list[tuple[int, int]]:
    """Return the span of the ID where a remark without a digit, or in brackets, stands behind it."""
    match = _REMARK.match(text.rstrip(), len(text) - len(text.lstrip()))
    if match is None:
        return []
    start, end = _without_marks(text, *match.span("id"))
    inner = text[start:end]
    return [(start, end)] if _parses(inner) and _is_telling(dissect(inner).suffix) else []


def _list(text: str) -> list[tuple[int, int]]:
    """Return the spans of the IDs where one value holds several: a list, or the two ends of a range."""
    for separator in (_SEPARATOR, _SLASH, _SPACE, _RANGE):
        spans = [_without_remark(text, a, b) for a, b in _members(text, separator)]
        ids = [text[a:b] for a, b in spans]
        if not 2 <= len(ids) <= _MOST_MEMBERS or not all(_parses(member) for member in ids):
            continue
        if separator is _SEPARATOR and "\n" in text:
            # An ID that is broken over two lines is no list: a part without any digit is none by itself.
            if all(any(c.isdigit() for c in dissect(member).suffix) for member in ids if not _is_null(member)):
                return spans
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


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a value without the white space and the marks of footnotes around it."""
    while start < end and (text[start].isspace() or text[start] in "*†‡§¶"):
        start += 1
    end = start + len(text[start:end].rstrip())
    if text.startswith("~~", start) and text.endswith("~~", start + 2, end):
        # Struck out
        start, end = start + 2, end - 2
    last = text[end - 1 : end]
    if last.isascii() and last.isalnum():
        return start, end
    if text[start : start + 1] + last in _PAIRS and _is_telling(inner := text[start + 1 : end - 1]) and _parses(inner):
        return start + 1, end - 1
    marks = _FOOTNOTE_MARKS.search(text, max(start, end - _LONGEST_MARKS), end)
    return start, end if marks is None else marks.start()


_PAIRS = {"()", "[]", '""', "''", "``", "“”", "„“", "«»", "（）", "「」"}
"""Brackets and quotes around a whole value."""


_LONGEST_MARKS = 60


def _without_remark(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a member of a list without its marks and what stands in brackets behind its ID."""
    start, end = _without_marks(text, start, end)
    if end <= start or text[end - 1] != ")" or (match := _IN_BRACKETS.fullmatch(text, start, end)) is None:
        return start, end
    return match.span("id")


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
    if _is_null(text):
        return True
    try:
        Igsn.parse(text)
    except NotAnIgsn:
        return False
    return True


class _Spans:
    """Spans of a segment in order, asked which of them holds an offset; they hardly ever lie in one another."""

    def __init__(self, spans: Iterable[tuple[int, int, Any]]) -> None:
        self._spans = sorted(spans, key=lambda span: span[:2])
        self._starts = [span[0] for span in self._spans]

    def at(self, start: int, end: int) -> Any:
        """Return what the innermost span that holds start:end carries, or None."""
        if not self._starts:
            return None
        i = bisect_right(self._starts, start)
        for span in reversed(self._spans[max(0, i - 4) : i]):
            if end <= span[1] and start < max(span[1], span[0] + 1):
                return span[2]
        return None


class _Surroundings:
    """What surrounds the Mentions of one segment: links, targets, comments, program text."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._links = _Spans((link.start, link.end, link) for link in segment.links)
        self._targets = _Spans(
            (link.target_start, link.target_start + len(link.target), link)
            for link in segment.links
            if link.target_start is not None
        )
        self._marked = _Spans(segment.marked)
        self._code = _Spans((start, end, True) for start, end in segment.code)

    def tell(self, mention: Mention) -> None:
        """Tell a Mention that is a whole field its state and its link."""
        mention.state = self._marked.at(mention.start, mention.start) or "plain"
        mention.link = self._links.at(mention.start, mention.end)

    def mention(self, found: Found, evidence: Evidence) -> Mention:
        """Return the Mention that was found, with its role, state and link."""
        return self._mention(found.start, found.end, found.spelling, evidence, found.tagged)

    def repeated(self, start: int, code: str) -> Mention:
        """Return the Mention of a code that stands bare, and as an ID elsewhere."""
        return self._mention(start, start + len(code), Spelling(code, (), None, 0, code, 0), "document", False)

    def _mention(self, start: int, end: int, spelling: Spelling, evidence: Evidence, tagged: bool) -> Mention:
        at = start + spelling.suffix_start
        return Mention(
            self._segment,
            start,
            end,
            spelling,
            "target" if (target := self._targets.at(at, at)) else "cited",
            evidence,
            self._marked.at(start, start) or "plain",
            tagged=tagged,
            # The tag may stand before the link.
            link=target or self._links.at(start, end) or self._links.at(at, end),
            code=bool(self._code.at(start, start)),
        )


class _Items:
    """The items of a list that a paragraph of its own calls IGSN IDs, as far as they begin with one."""

    def __init__(self) -> None:
        self._lead: str | None = None
        self._goes_on = False
        self._first: str | None = None

    def added(self, found: list[Found], segment: Segment, scan: Scan) -> list[Found]:
        """Return what was found in a segment, and the ID that the item begins with if nothing else shows that."""
        if segment.lead is not self._lead and segment.lead is not None:
            # Loaded with the scan
            from igsn_lint.scan.tags import introduces_ids

            self._lead, self._first, self._goes_on = segment.lead, None, introduces_ids(segment.lead)
        item = scan.item(self._first) if self._goes_on else None
        self._goes_on = item is not None
        if item is None:
            return found
        self._first = self._first or item.spelling.suffix
        if any(other.evidence is not None and other.start < item.end for other in found):
            return found
        return [item, *(other for other in found if other.start >= item.end)]


_Candidate: TypeAlias = "tuple[Segment, _Surroundings, Found] | tuple[Segment, None, None]"
"""What looks like an ID, or a segment in which only such things are, and which was not searched yet."""

_FEW = 16
"""So many known IDs are looked for one by one; of more, their beginnings are."""

_BEGINNING = 4
_WORD = lazy(r"[\w.\-]*[A-Z0-9]", re.ASCII)
"""A token and what may stand around it; without its hyphens it is what it would be without a line break."""


def _searched(candidates: Iterable[_Candidate], settings: Settings) -> Iterator[tuple[_Surroundings, Found]]:
    """Yield what looks like an ID, in order; what was not searched is searched now."""
    for segment, surroundings, found in candidates:
        if surroundings is not None and found is not None:
            yield surroundings, found
        else:
            surroundings = _Surroundings(segment)
            yield from ((surroundings, found) for found in _scan(segment.text, settings).found())


def _known_again(
    mentions: list[Mention],
    candidates: list[_Candidate],
    part: Part,
    low: bytes | None,
    claimed: _Claimed,
    settings: Settings,
) -> list[Mention]:
    """Return further Mentions of IDs that stand elsewhere in the part, whose bytes in lower case are ``low``."""
    again: list[Mention] = []
    keys = {mention.key for mention in mentions} if candidates else set()
    for surroundings, found in _searched(candidates, settings):
        if upper(f"{found.spelling.prefix}/{found.spelling.suffix}") in keys:
            again.append(surroundings.mention(found, "document"))
    known = _repeated((*mentions, *again), low)
    free = [mention for mention in (*mentions, *again) if mention.record is None and mention.state != "deleted"]
    series = _Series(free) if free else _NO_SERIES
    if not known and not series.stems:
        return again
    taken: dict[object, list[tuple[int, int, int]]] = {}
    for mention in (*mentions, *again):
        taken.setdefault(mention.segment.origin, []).append((mention.start, mention.end, mention.end))

    # Of many known IDs the beginnings are looked for, which are few in most documents; else each word is looked up.
    beginnings = known if len(known) <= _FEW else {suffix[:_BEGINNING] for suffix in known}
    beginnings = beginnings | series.stems
    few = len(beginnings) <= 2 * _FEW

    def wanted(text: str, label: str | None) -> bool:
        folded = upper(text)
        if few:
            return any(beginning in folded for beginning in beginnings)
        words = _WORD.findall(folded)
        return (
            any(stem in folded for stem in series.stems)
            or not known.isdisjoint(words)
            or not known.isdisjoint([w.replace("-", "") for w in words if "-" in w])
        )

    for segment in part.segments(wanted):
        if segment.origin is None or segment.origin not in claimed.origins:
            again += _bare(segment, known, series, _Spans(taken.get(segment.origin, ())))
    return again


_LONGEST_SERIAL = 4
_MOST_SERIES = 20


class _Series:
    """The series of Mentions that are no properties of records; further IDs of it often stand bare in running text.

    IGSN IERSK0041 to IERSK0060 … IERSK0044 was lost. Or: IGSN CDR00FSH2B4L1 … archive half: CDR00FSH2B4L1A.
    ``stems`` are what all bare ones begin with.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        in_text: set[str] = set()
        samples: set[str] = set()
        for mention in mentions:
            samples.add(mention.sample)
            if not mention.segment.cell:
                in_text.add(mention.sample)
        self._numbered = self._of_numbers(in_text)
        self._kin = self._of_beginnings(samples)
        self._lengths = {begin: set(map(len, alike)) for begin, alike in self._kin.items()}
        self.stems = {stem for stem, _ in self._numbered} | set(self._kin)

    @staticmethod
    def _of_numbers(samples: Iterable[str]) -> set[tuple[str, int]]:
        """Return what two IDs share, and how many digits follow."""
        members: dict[tuple[str, int], set[str]] = {}
        for sample in samples:
            stem = sample.rstrip("0123456789")
            stem = sample[: max(len(stem), len(sample) - _LONGEST_SERIAL)]
            digits = len(sample) - len(stem)
            if (
                digits >= 2
                and len(stem) >= 5
                and stem.isascii()
                and stem.isalnum()
                and sum(map(str.isalpha, stem)) >= 2
            ):
                members.setdefault((stem, digits), set()).add(sample)
        found = {series for series, alike in members.items() if len(alike) >= 2}
        return found if len(found) <= _MOST_SERIES else set()

    @staticmethod
    def _of_beginnings(samples: Iterable[str]) -> dict[str, set[str]]:
        """Return the long IDs with letters enough in their beginning, by that, where there are two."""
        members: dict[str, set[str]] = {}
        for sample in samples:
            begin = sample[:_NAMESPACE]
            if len(sample) >= _LONG and sample.isascii() and sample.isalnum() and sum(map(str.isalpha, begin)) >= 3:
                members.setdefault(begin, set()).add(sample)
        found = {begin: alike for begin, alike in members.items() if len(alike) >= 2}
        return found if len(found) <= _MOST_SERIES else {}

    def holds(self, token: str, *, within: Literal["text", "code", "comment"]) -> bool:
        """Return whether a token is an ID of one of the series; in program text it has to look more like one."""
        sample = upper(token)
        if any(
            len(sample) == len(stem) + digits and sample.startswith(stem) and sample[len(stem) :].isdigit()
            for stem, digits in self._numbered
        ):
            return True
        alike = self._kin.get(sample[:_NAMESPACE]) if within != "comment" else None
        if alike is None or token[:-1] != sample[:-1] or not sample.isalnum() or sum(map(str.isdigit, sample)) < 2:
            return False
        if len(sample) in self._lengths[sample[:_NAMESPACE]]:
            return True
        # Pieces of a sample often get its ID and a letter or a number more.
        return (
            within == "text"
            and len(sample) >= _LONG
            and (sample in self._wholes or not alike.isdisjoint(_shortened(sample)))
        )

    @cached_property
    def _wholes(self) -> set[str]:
        """What the IDs with letters enough may be pieces of."""
        return {whole for alike in self._kin.values() for piece in alike for whole in _shortened(piece)}


_NO_SERIES = _Series(())


def _shortened(sample: str) -> list[str]:
    """Return what a sample is called of which this one may be a piece."""
    return [sample[:-cut] for cut in range(1, _PIECE + 1)]


_NAMESPACE = 5
_LONG = 8
_PIECE = 4


_LEAD = lazy(r"[^\S\n]{0,20}(?P<lead>[A-Za-z][^\n\d:]{1,30}):[^\S\n]{1,4}")
_BEHIND_LEAD = lazy(
    r"^[^\S\n]{0,20}(?P<lead>[A-Za-z][^\n\d:]{1,30}):[^\S\n]{1,4}"
    r"(?P<code>(?=[A-Z0-9]{9}(?![A-Za-z0-9_@/-]))[A-Z]{2,5}(?=[A-Z]*[0-9][A-Z]*[0-9])[A-Z0-9]+)",
    re.MULTILINE,
)
"""A classical code, of nine letters and digits, behind a word and a colon that begin a line."""


def _parallel(mentions: list[Mention], part: Part) -> Iterator[Mention]:
    """Yield codes behind a word that begins a line where the same word leads two other IDs with evidence.

    Sample: igsn:IEABC0001 … Sample: IEABC0002 (IGSN) … Sample: IEXYZ000K
    """
    samples: dict[str, set[str]] = {}
    for mention in mentions:
        segment = mention.segment
        if segment.cell or mention.record is not None or mention.state == "deleted":
            continue
        lead = _LEAD.fullmatch(segment.text, segment.text.rfind("\n", 0, mention.start) + 1, mention.start)
        if lead is not None:
            samples.setdefault(lead["lead"].lower(), set()).add(mention.sample)
    leads = {lead for lead, known in samples.items() if len(known) >= 2}
    if not leads:
        return
    taken: dict[object, list[tuple[int, int, int]]] = {}
    for mention in mentions:
        taken.setdefault(mention.segment.origin, []).append((mention.start, mention.end, mention.end))
    for segment in part.segments(lambda text, label: any(lead in text.lower() for lead in leads)):
        spans = _Spans(taken.get(segment.origin, ()))
        for match in _BEHIND_LEAD.finditer(segment.text) if not segment.cell else ():
            start, end = match.span("code")
            if match["lead"].lower() in leads and spans.at(start, end) is None:
                yield _Surroundings(segment).repeated(start, match["code"])


def _repeated(mentions: Iterable[Mention], low: bytes | None) -> set[str]:
    """Return the suffixes (in upper case) that may stand in the part more often than they were found."""
    times = Counter([mention.sample for mention in mentions])
    counts = {sample: seen for sample, seen in times.items() if _is_telling(sample)}
    if low is None or len(counts) > _FEW:
        return set(counts)
    return {suffix for suffix, seen in counts.items() if "/" in suffix or low.count(suffix.encode().lower()) > seen}


def _is_telling(suffix: str) -> bool:
    """Return whether a suffix is long and mixed enough to be recognised where it stands bare."""
    if len(suffix) < 5:
        return False
    if suffix.isascii() and suffix.isalnum():
        return not (suffix.isalpha() or suffix.isdigit())
    return any(c.isdigit() for c in suffix) and any(c.isalpha() for c in suffix)


def _bare(segment: Segment, known: set[str], series: _Series, taken: _Spans) -> Iterator[Mention]:
    """Yield the known IDs that stand bare in a segment, between token borders or at the end of a URL.

    Those of a known ``series`` count in running text only.
    """
    text = segment.text
    surroundings: _Surroundings | None = None
    code = _Spans((start, end, True) for start, end in segment.code)
    for match in _tokens(text, taken):
        suffix = match[0].rstrip(".-_")
        start = match.start()
        reading = _known_reading(segment, start, suffix, known)
        if reading is None and not segment.cell and series.holds(suffix, within="text"):
            in_text = code.at(start, start) is None
            if in_text or series.holds(suffix, within=_part_of_code(text, start)):
                reading = suffix
        if reading is None:
            continue
        in_path = start > 0 and text[start - 1] in "/="
        if in_path and not _URL_BEFORE.search(text, max(0, start - 200), start):
            continue
        surroundings = surroundings or _Surroundings(segment)
        mention = surroundings.repeated(start, suffix)
        if segment.breaks and reading != suffix:
            mention.reading, mention.also = reading, (suffix,)
        yield mention


def _part_of_code(text: str, at: int) -> Literal["code", "comment"]:
    """Return what an offset in program text lies in: its code, or a comment that begins the line."""
    begin = text.rfind("\n", 0, at) + 1
    return "comment" if _COMMENT.match(text, begin, at) else "code"


_COMMENT = lazy(r"\s{0,200}(?:[#%]|//|--)")


def _known_reading(segment: Segment, start: int, suffix: str, known: set[str]) -> str | None:
    """Return the reading of a bare token that is a known ID, or None."""
    if upper(suffix) in known:
        return suffix
    if not segment.breaks:
        return None
    return next((reading for reading in _readings(segment, start, suffix) if upper(reading) in known), None)


_IN_TOKEN = b"".join(
    b"0" if c.isdigit() else b"a" if c.isalnum() or c in "_.-" else b" " for c in map(chr, range(128))
).ljust(256)
"""What each byte is to a token: a digit, another character of it, or none."""


def _tokens(text: str, taken: _Spans) -> Iterator[re.Match[str]]:
    """Yield the tokens that may be IDs and are not taken, in order: they have a digit, and few words of a text do."""
    kinds = text.encode("ascii", "replace").translate(_IN_TOKEN)
    token = _token()
    at = kinds.find(b"0")
    while at >= 0:
        begin = kinds.rfind(b" ", 0, at) + 1
        end = taken.at(begin, begin)
        if end is None and (match := token.match(text, begin)) is not None:
            yield match
        end = kinds.find(b" ", at if end is None else max(at, end - 1))
        at = kinds.find(b"0", end) if end >= 0 else -1


@cache
def _token() -> re.Pattern[str]:
    # Not inside a longer token or a path, but at the end of a URL; it has a digit.
    return re.compile(
        r"(?:(?<![\w./@\-])|(?<=[/=]))(?=[A-Za-z_.\-]*[0-9])[A-Za-z0-9](?:[\w.\-]*\w)?(?![\w/@])", re.ASCII
    )


_MOST_BREAKS = 3
"""So many doubtful hyphens of one ID are read both ways; with more, all belong to it or none."""


def _readings(segment: Segment, start: int, suffix: str) -> list[str]:
    """Return what a suffix can be where it has hyphens that the layout may have put there; without any of them first.

    Empty where it has none.
    """
    end = start + len(suffix)
    breaks = segment.breaks[bisect_left(segment.breaks, start) : bisect_left(segment.breaks, end)]
    if not breaks:
        return []
    out = {b - start for b in breaks}
    if len(out) > _MOST_BREAKS:
        return ["".join(c for i, c in enumerate(suffix) if i not in out), suffix]
    choices = itertools.product((True, False), repeat=len(breaks))
    dropped = ({b - start for b, drop in zip(breaks, choice, strict=True) if drop} for choice in choices)
    return ["".join(c for i, c in enumerate(suffix) if i not in gone) for gone in dropped]


def _read_breaks(mentions: list[Mention], part: Part) -> None:
    """Choose the reading of each ID with a hyphen at a line end: what stands elsewhere wins, else the joined one."""
    doubtful: list[tuple[Mention, list[str]]] = []
    for mention in mentions:
        if mention.segment.breaks:
            start = mention.start + mention.spelling.suffix_start
            if readings := _readings(mention.segment, start, mention.spelling.suffix):
                doubtful.append((mention, readings))
    if not doubtful:
        return
    sought = {upper(reading) for _, readings in doubtful for reading in readings}
    standing = set()
    for segment in part.segments(lambda text, label: any(reading in upper(text) for reading in sought)):
        for match in _token().finditer(segment.text):
            token = upper(match[0].rstrip(".-_"))
            if token in sought and not _readings(segment, match.start(), match[0]):
                standing.add(token)
    for mention, readings in doubtful:
        elsewhere = [reading for reading in readings if upper(reading) in standing]
        chosen = elsewhere[0] if len(elsewhere) == 1 else readings[0]
        mention.reading = chosen
        mention.also = tuple(reading for reading in readings if reading != chosen)


def _without_shown(mentions: list[Mention]) -> list[Mention]:
    """Return the Mentions without those in unseen targets of links whose sample is shown somewhere."""
    unseen = {mention.sample for mention in mentions if mention.segment.unseen}
    if not unseen:
        return mentions
    shown = {mention.sample for mention in mentions if not mention.segment.unseen and mention.state != "deleted"}
    for mention in mentions:
        mention.linked = mention.sample in unseen
    return [mention for mention in mentions if not (mention.segment.unseen and mention.sample in shown)]


_URL_BEFORE = lazy(r"https?://[^\s<>\"'`]*[/=]\Z")


def _state(mention: Mention, settings: Settings) -> State:
    """Return the state of a Mention: that of its place, or placeholder or test by what it says."""
    if mention.state == "deleted":
        return mention.state
    suffix = mention.suffix
    if (suffix and is_placeholder(to_ascii(suffix))) or (mention.prefix is not None and is_placeholder(mention.prefix)):
        return "placeholder"
    if settings.holds(mention.prefix) == "test" or (mention.is_legacy and mention.sample.startswith("TEST")):
        return "test"
    return mention.state
