"""The words of the program as types: what readers make, what checks look at, and what they yield.

A reader addresses a place by an *origin* that only it understands (a JSON path, an XML element, None for a text), and
an offset in the decoded value. Logical paths, lines and columns are worked out later, and only for what is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeAlias

from igsn_lint import facts
from igsn_lint.identifier import LEGACY_PREFIX, Form, Spelling, is_doi_prefix, upper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from igsn_lint.source import Region, Source

Severity = Literal["error", "warning", "note"]
Profile = Literal["register", "publish", "cite"]
Role = Literal["declared", "related", "cited", "target"]
State = Literal["plain", "deleted", "comment", "hidden", "placeholder", "test"]
Evidence = Literal["tag", "label", "prefix", "legacy", "host", "record", "document"]

Slot = Literal["identifier", "relatedIdentifier", "alternateIdentifier", "field", ""]

PROFILES: tuple[Profile, ...] = ("register", "publish", "cite")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Place(NamedTuple):
    """Where something stands in a document: the reader's address of a value, and a span of the decoded value.

    Without ``start`` the whole value is meant, or the whole element where there is no value.
    """

    origin: Any
    start: int | None = None
    end: int | None = None


class Link(NamedTuple):
    """A hyperlink in a Segment: the span of the shown text, the target, and the target's span where it stands there."""

    start: int
    end: int
    target: str
    target_start: int | None = None


class Segment:
    """A run of decoded text.

    ``origin`` is the reader's address of it, ``label`` the heading, key or element that names it, ``links`` its
    hyperlinks, ``marked`` spans with another state than plain, ``code`` spans that are program text, and ``cell``
    whether the whole text is one value (a field, a cell) and not prose.
    """

    __slots__ = ("cell", "code", "label", "links", "marked", "origin", "text")

    def __init__(
        self,
        text: str,
        origin: Any = None,
        label: str | None = None,
        *,
        cell: bool = False,
        links: Sequence[Link] = (),
        marked: Sequence[tuple[int, int, State]] = (),
        code: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.text, self.origin, self.label, self.cell = text, origin, label, cell
        self.links, self.marked, self.code = links, marked, code

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return the Place of a span of this segment, or of all of it."""
        return Place(self.origin, start, end)


class Item(Protocol):
    """One property of a Record: its value, its attributes, and its place; null and ill-typed values count as absent."""

    @property
    def value(self) -> Segment | None:
        """The property's own text."""

    @property
    def place(self) -> Place:
        """The whole property."""

    def get(self, name: str) -> Segment | None:
        """Return the attribute or simple child ``name``."""

    def text(self, name: str) -> str:
        """Return the text of the attribute ``name``, empty where it is absent or no text."""


class Record(Protocol):
    """The metadata of one resource, whatever format it was written in, in the words of the DataCite schema."""

    kind: Literal["datacite", "legacy"]
    family: str
    sample: bool | None

    @property
    def api_export(self) -> bool:
        """Whether DataCite wrote it, which shows all IDs in lower case."""

    @property
    def identifier_may_be_url(self) -> bool:
        """Whether this format writes the identifier as a URL."""

    @property
    def place(self) -> Place:
        """The whole record."""

    @property
    def identifier(self) -> Item | None:
        """The record's own identifier; its attribute ``identifierType`` says of which type."""

    def items(self, name: str) -> Sequence[Item]:
        """Return the items of a property by the name of its element: ``relatedIdentifier``, ``title`` …"""

    def schema_faults(self) -> Iterable[SchemaFault]:
        """Yield what the newest DataCite schema refuses; nothing for a valid record."""

    def digest(self) -> bytes:
        """Return a digest of the record as it stands, equal for byte-equal copies."""


class SchemaFault(NamedTuple):
    """One fault against a schema: where, and in words what was found and expected."""

    place: Place
    message: str


class Fault(NamedTuple):
    """What a reader saw go wrong: the kind is the name of the IL0 rule that reports it."""

    kind: Literal[
        "unreadable-file",
        "malformed-document",
        "undecodable-text",
        "duplicate-key",
        "hostile-document",
        "misnamed-file",
    ]
    offset: int | None
    message: str


class Notice(NamedTuple):
    """Something that was left out without being wrong."""

    path: str
    reason: str


Wanted: TypeAlias = "Callable[[str, str | None], bool]"
"""Says of a text and its label whether a Segment of it is wanted."""


class Part(NamedTuple):
    """A piece of a Document that can be looked at by itself: its records, and its segments.

    ``segments`` gives those that are wanted, as often as it is asked. ``raw`` are the bytes of the piece where every
    ASCII text in it stands in them as it is; None where escapes or the encoding may hide one.
    """

    records: Sequence[Record]
    segments: Callable[[Wanted], Iterable[Segment]]
    raw: bytes | None = None


class Document:
    """A Source that was understood. Readers derive from it; this base stands for a text without any structure.

    ``format`` names what it was read as, ``has_links`` says whether the format can show a text as a hyperlink.
    """

    format = "text"
    has_links = False

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.notices: list[str] = []

    def parts(self) -> Iterator[Part]:
        """Yield the document piece by piece, so that a long one need not be held in memory."""
        yield Part((), lambda wanted: [Segment(self.source.text)])

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source's text of a place, or None where the format has no lines."""
        end = len(self.source.text)
        return (0 if place.start is None else place.start), (end if place.end is None else place.end)

    def pointer(self, place: Place) -> str:
        """Return the logical path of a place (XPath, JSON Pointer, …); empty for a text."""
        return ""

    def shown(self, place: Place) -> str:
        """Return what stands in the source at a place; empty where it stands nowhere."""
        span = self.locate(place)
        return "" if span is None else self.source.text[span[0] : span[1]]

    def passage(self, place: Place) -> str:
        """Return what a person needs to see around a place: the line it begins in, or a quoted passage."""
        span = self.locate(place)
        return "" if span is None else self.source.line(self.source.position(span[0])[0])

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` as it must be written at ``place`` in the format's escaping."""
        return value

    def editable(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source's text that an edit may replace, or None where it would break something."""
        return self.locate(place)

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` (as it stands in the source) as a link to the URL ``target``; None where there are none."""
        return None

    def region(self, place: Place) -> Region | None:
        """Return the Region of a place."""
        span = self.locate(place)
        return None if span is None else self.source.region(*span)


_PLAIN = re.compile(r"(?:https://doi\.org/|igsn:)?10\.[0-9]{4,5}/[A-Za-z0-9](?:[A-Za-z0-9-]{0,200}[A-Za-z0-9])?")


@dataclass(slots=True, eq=False)
class Mention:
    """An IGSN ID written somewhere: what it says, where it stands, and what shows that it is an IGSN ID.

    ``start`` and ``end`` delimit it in its segment, tag and resolver included; offsets of ``spelling`` count from
    ``start``. ``tagged`` says whether a tag or label before it calls it an IGSN, also that of a list it stands in.
    ``link`` is the hyperlink that shows it, ``code`` whether it stands in program text, ``slot`` which property or
    labelled field it is the whole value of, and ``item`` that property.
    """

    segment: Segment
    start: int
    end: int
    spelling: Spelling
    role: Role
    evidence: Evidence
    state: State = "plain"
    record: Record | None = None
    tagged: bool = False
    link: Link | None = None
    code: bool = False
    slot: Slot = ""
    item: Item | None = None

    @property
    def raw(self) -> str:
        """The ID as it stands, with tag or resolver."""
        return self.segment.text[self.start : self.end]

    @property
    def prefix(self) -> str | None:
        """The prefix, or None where only a code stands."""
        return self.spelling.prefix

    @property
    def suffix(self) -> str:
        """The suffix as understood: without invisible characters, its case as written."""
        suffix = self.spelling.suffix
        return suffix if suffix.isascii() else "".join(c for c in suffix if c not in facts.invisible())

    @property
    def form(self) -> Form:
        """How the ID is written."""
        return self.spelling.form

    @property
    def doi_prefix(self) -> str | None:
        """The prefix where it is one of a DOI."""
        return self.prefix if self.prefix and is_doi_prefix(self.prefix) else None

    @property
    def key(self) -> str:
        """What makes two Mentions the same ID: PREFIX/SUFFIX or the bare suffix, in ASCII upper case."""
        prefix = self.prefix
        return upper(f"{prefix}/{self.suffix}" if prefix else self.suffix)

    @property
    def sample(self) -> str:
        """The suffix in ASCII upper case."""
        return upper(self.suffix)

    @property
    def canonical(self) -> str | None:
        """The canonical URL, or None where the DOI prefix is unknown."""
        return f"https://doi.org/{self.key}" if self.doi_prefix and self.suffix else None

    @property
    def is_plain(self) -> bool:
        """Whether it is spelled without anything odd: the DOI name, the canonical URL or igsn: and the DOI name."""
        return _PLAIN.fullmatch(self.segment.text, self.start, self.end) is not None and self.role != "target"

    @property
    def is_legacy(self) -> bool:
        """Whether it is written as a Handle of before 2023."""
        return self.prefix == LEGACY_PREFIX or (self.prefix is None and self.spelling.has("igsn-url"))

    @property
    def target(self) -> str | None:
        """Where its hyperlink leads."""
        return self.link.target if self.link else None

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return the Place of a span of the spelling, or of the whole Mention."""
        return Place(
            self.segment.origin,
            self.start if start is None else self.start + start,
            self.end if end is None else self.start + end,
        )

    def breach(
        self,
        message: str,
        start: int | None = None,
        end: int | None = None,
        *,
        fix: str | None = None,
        safe: bool = False,
    ) -> Breach:
        """Return a Breach at a span of the spelling; ``fix`` is the text to put there."""
        place = self.place(start, end)
        edits = (Edit(place, fix, safe),) if fix is not None else ()
        return Breach(place, message, edits, mention=self)


class Edit(NamedTuple):
    """The new value at a place; only the Document knows how to write it. ``safe`` where the meaning can not change.

    With a ``target`` the text stays as it is written, and becomes a link to that URL.
    """

    place: Place
    text: str
    safe: bool
    target: str | None = None


class Related(NamedTuple):
    """Another place that belongs to a Breach; ``path`` is set where it stands in another file."""

    message: str
    place: Place
    path: str | None = None


class Breach(NamedTuple):
    """One break of a rule: where, in which words, and how to mend it.

    ``replacement`` is the right form of the whole Mention to paste; ``path`` is set by Collection checks only.
    """

    place: Place
    message: str
    edits: tuple[Edit, ...] = ()
    mention: Mention | None = None
    record: Record | None = None
    replacement: str | None = None
    related: tuple[Related, ...] = ()
    path: str | None = None
    identifier: str | None = None


class Trace(NamedTuple):
    """The row that a file leaves for the Collection checks: plain data, so that it can cross a process."""

    kind: Literal["record", "cited", "related"]
    key: str
    path: str
    order: int
    family: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Rule:
    """What is demanded and why: the head of a rule page, and its text."""

    code: str
    name: str
    severity: Mapping[Profile, Severity | None]
    subject: str
    since: str
    fix: Literal["none", "safe", "unsafe"]
    source: str
    strength: str
    gives_way_to: tuple[str, ...]
    demand: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What configuration adds; readers, finder and checks get it and import no configuration.

    ``prefixes`` maps further DOI prefixes to what they hold, ``handle_map`` legacy namespaces to DOI prefixes, and
    ``long_suffix`` is the length in characters above which IL116 speaks.
    """

    profile: Profile | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    handle_map: Mapping[str, str] = field(default_factory=dict)
    long_suffix: int = 24
    max_bytes: int = 256 * 1024 * 1024

    def holds(self, prefix: str | None) -> str | None:
        """Return what a prefix holds (``samples``, ``none``, ``test``, ``example``), or None where it is not known."""
        if prefix is None:
            return None
        if self.prefixes and prefix in self.prefixes:
            return self.prefixes[prefix]
        return facts.prefixes().get(prefix)


class Context:
    """What a check may know besides its subject: the settings, the document, and all Mentions of it."""

    def __init__(self, settings: Settings, document: Document, mentions: Sequence[Mention]) -> None:
        self.settings, self.document, self.mentions = settings, document, mentions

    @cached_property
    def _prefixes(self) -> dict[str, set[str | None]]:
        found: dict[str, set[str | None]] = {}
        for mention in self.mentions:
            found.setdefault(mention.sample, set()).add(mention.prefix)
        return found

    @cached_property
    def _links(self) -> Counter[tuple[object, Link | None]]:
        return Counter((m.segment.origin, m.link) for m in self.mentions if m.link is not None and m.role != "target")

    def stands(self, sample: str) -> bool:
        """Return whether the suffix (in upper case) stands anywhere in the document."""
        return sample in self._prefixes

    def has_full_form(self, sample: str) -> bool:
        """Return whether the sample stands anywhere in the document with a prefix."""
        return any(prefix is not None for prefix in self._prefixes.get(sample, ()))

    def doi_prefix(self, sample: str) -> str | None:
        """Return the only DOI prefix with which a suffix (in upper case) stands in the document, else None."""
        found = {prefix for prefix in self._prefixes.get(sample, ()) if prefix and is_doi_prefix(prefix)}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def linked(self) -> frozenset[str]:
        """The suffixes (in upper case) of all samples that the document links, to whatever page shows them."""
        found = {mention.sample for mention in self.mentions if mention.role == "target"}
        for mention in self.mentions:
            if mention.link is not None and mention.sample in upper(mention.link.target):
                found.add(mention.sample)
        return frozenset(found)

    @cached_property
    def first_shown(self) -> dict[str, Mention]:
        """The Mention that shows each sample first in a text, by its suffix in upper case; no code, no comment."""
        found: dict[str, Mention] = {}
        for mention in self.mentions:
            shown = mention.role == "cited" and mention.state == "plain" and not mention.code and not mention.slot
            other = found.get(mention.sample) if shown else mention
            if other is None or _stands_before(mention, other):
                found[mention.sample] = mention
        return found

    def following(self, mention: Mention) -> Mention | None:
        """Return the Mention that comes next in the same segment's text, or None."""
        mine = self._by_origin.get(mention.segment.origin, [])
        at = bisect_left(mine, mention.end, key=lambda other: other.start)
        return mine[at] if at < len(mine) else None

    @cached_property
    def _by_origin(self) -> dict[object, list[Mention]]:
        found: dict[object, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.segment.origin, []).append(mention)
        for mine in found.values():
            mine.sort(key=lambda mention: mention.start)
        return found

    def shown_in_link(self, mention: Mention) -> int:
        """Return how many IDs the link of a Mention shows."""
        return self._links[mention.segment.origin, mention.link]


def _stands_before(one: Mention, other: Mention) -> bool:
    """Return whether one Mention stands before another in the same segment."""
    return one.segment.origin == other.segment.origin and one.start < other.start


class Check(NamedTuple):
    """A function that looks for breaches of one rule in one kind of subject.

    ``odd_only`` says that it finds nothing in a Mention of plain spelling, ``cited_only`` that it finds nothing in one
    that a record declares or relates to, so that it need not be asked.
    """

    code: str
    subject: type
    run: Callable[..., Iterable[Breach]]
    odd_only: bool = False
    cited_only: bool = False


class Collection(NamedTuple):
    """All files of one run, as sorted traces."""

    traces: Sequence[Trace]


def check(
    code: str, subject: type, *, odd_only: bool = False, cited_only: bool = False
) -> Callable[[Callable[..., Iterable[Breach]]], Check]:
    """Return a decorator that makes a function a Check of rule ``code`` on ``subject``.

    It gives back the Check and registers nothing: ``Registry.load`` collects checks from the modules that define them.
    """

    def decorate(run: Callable[..., Iterable[Breach]]) -> Check:
        return Check(code, subject, run, odd_only, cited_only)

    return decorate


class RelatedPlace(NamedTuple):
    """A place that belongs to a Finding, ready to be shown."""

    message: str
    path: str
    region: Region | None
    pointer: str
    text: str


class Replacement(NamedTuple):
    """One edit of a Finding: the Region to replace, and the text as it must be written in the file."""

    region: Region
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A Breach that survived settling, with everything that a reporter needs."""

    rule: str
    name: str
    severity: Severity
    message: str
    path: str
    region: Region | None
    pointer: str
    text: str
    identifier: str | None
    subject: Mapping[str, str]
    profile: Profile
    anchor: str
    source: str
    strength: str
    count: int = 1
    replacement: str | None = None
    safe: bool = False
    edits: tuple[Replacement, ...] = ()
    related: tuple[RelatedPlace, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """The order of findings: by path, place, rule."""
        line, column = (self.region.line, self.region.column) if self.region else (0, 0)
        return self.path, line, column, self.rule, self.pointer, self.message


@dataclass(slots=True)
class Report:
    """The result of a run: findings in order, what was not checked, and counts.

    ``failures`` names files in which igsn-lint itself broke: a defect of the program, never of the file.
    """

    findings: list[Finding] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    profiles: tuple[Profile, ...] = ("publish", "cite")
    files: int = 0
    records: int = 0
    mentions: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    unread_paths: list[str] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take in another report, of other files."""
        self.findings += other.findings
        self.notices += other.notices
        self.files += other.files
        self.records += other.records
        self.mentions += other.mentions
        for extension, count in other.unread.items():
            self.unread[extension] = self.unread.get(extension, 0) + count
        self.unread_paths += other.unread_paths
        self.failures += other.failures

    @property
    def not_checked(self) -> list[Notice]:
        """Everything that was left out, by name: also the files of kinds that are not read."""
        named = {notice.path for notice in self.notices}
        unread = [
            Notice(path, "files of this kind are not read") for path in sorted(self.unread_paths) if path not in named
        ]
        return sorted([*self.notices, *unread])

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def exit_code(self, fail_on: Severity | Literal["never"] = "error") -> int:
        """Return 1 where a finding is as grave as ``fail_on`` or graver, else 0."""
        if fail_on == "never":
            return 0
        grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return int(any(finding.severity in grave for finding in self.findings))
