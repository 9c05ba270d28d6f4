"""The words of the program as types: what readers make, what checks look at, and what they yield.

A reader addresses a place by an *origin* that only it understands (a JSON path, an XML element, None for a text), and
an offset in the decoded value. Logical paths, lines and columns are worked out later, and only for what is reported.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeAlias

from igsn_lint import facts
from igsn_lint.identifier import LEGACY_PREFIX, Form, Igsn, NotAnIgsn, Spelling, is_doi_prefix, mended, upper
from igsn_lint.known import KnownIds
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from igsn_lint.pathpatterns import FilePatterns
    from igsn_lint.source import Region, Source

Severity = Literal["error", "warning", "note"]
Profile = Literal["register", "publish", "cite"]
Role = Literal["declared", "related", "cited", "target"]
State = Literal["plain", "deleted", "comment", "hidden", "placeholder", "test"]
Evidence = Literal["tag", "label", "prefix", "legacy", "host", "record", "document"]

SuppressionKind = Literal["inline", "sidecar", "per-file", "baseline"]
Slot = Literal["identifier", "relatedIdentifier", "alternateIdentifier", "field", ""]

ROLES: tuple[Role, ...] = ("declared", "related", "cited", "target")
IN_TEXTS: tuple[Role, ...] = ("cited", "target")
"""The roles of Mentions that no record declares or relates to."""

PROFILES: tuple[Profile, ...] = ("register", "publish", "cite")
JUDGING: tuple[Profile, ...] = ("publish", "cite")
"""The profiles by which is judged where a run sets none."""

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
    whether the whole text is one value (a field, a cell) and not prose. ``due`` says that the cell belongs to a row of
    a sample, so that its ID should stand there; ``number`` that it is a number in a column of IGSN IDs that its format
    prints otherwise, or whose other cells are texts. ``breaks`` are the offsets of hyphens at line
    ends that the layout may have put there. ``unseen`` says that the text is the target of a link that only programs
    see: an ID in it counts where no text that people see names the same sample. ``lead`` is the paragraph that
    introduces the list of which this one may be an item, in formats that keep paragraphs apart.
    """

    __slots__ = (
        "breaks",
        "cell",
        "code",
        "due",
        "label",
        "lead",
        "links",
        "marked",
        "number",
        "origin",
        "text",
        "unseen",
    )

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
        breaks: Sequence[int] = (),
        unseen: bool = False,
        due: bool = False,
        number: bool = False,
    ) -> None:
        self.text, self.origin, self.label, self.cell = text, origin, label, cell
        self.links, self.marked, self.code = links, marked, code
        self.breaks, self.unseen = breaks, unseen
        self.due, self.number = due, number
        self.lead: str | None = None

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return the Place of a span of this segment, or of all of it."""
        return Place(self.origin, start, end)


class Item(Protocol):
    """One property of a Record, or one inside another: its value, attributes and children, and its place.

    Names are those of the elements and attributes of the DataCite schema (``nameIdentifier``, ``schemeURI``) in every
    format. Null and ill-typed values count as absent.
    """

    @property
    def value(self) -> Segment | None:
        """The property's own text."""

    @property
    def words(self) -> str:
        """The property's own text without white space around it; empty where there is none. Cheaper than ``value``."""

    @property
    def place(self) -> Place:
        """The whole property."""

    def get(self, name: str) -> Segment | None:
        """Return the attribute or simple child ``name``."""

    def text(self, name: str) -> str:
        """Return the text of the attribute ``name``, empty where it is absent or no text."""

    def items(self, name: str) -> Sequence[Item]:
        """Return the items of that name inside this one: ``creatorName``, ``nameIdentifier``, ``geoLocationPoint`` …"""

    def names(self) -> Iterable[str]:
        """Return the attributes and children as they are named in the file."""


class Record(Protocol):
    """The metadata of one resource, whatever format it was written in, in the words of the DataCite schema."""

    kind: Literal["datacite", "legacy"]
    family: str
    sample: bool | None
    memo: dict[object, Any]
    """What several checks need of it, worked out once, by who works it out."""

    @property
    def api_export(self) -> bool:
        """Whether DataCite wrote it, which shows all IDs in lower case."""

    @property
    def is_resource(self) -> bool:
        """Whether it is a resource of JSON:API, as DataCite's API takes and gives it."""

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
        """Return the items of a property by the name of its element: ``relatedIdentifier``, ``title``, ``size`` …"""

    def field(self, name: str) -> Segment | None:
        """Return what stands beside the schema's properties in a body for DataCite's API: ``url``, ``state`` …"""

    def schema_faults(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what the newest DataCite schema refuses; nothing for a valid record.

        ``xsd`` is the path of the XSD that decides instead of the project's own; it says nothing of JSON.
        """

    def schema_remarks(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what is odd about the version that a record declares, though the newest schema takes it."""

    def digest(self) -> bytes:
        """Return a digest of the record as it stands, equal for byte-equal copies."""


class SchemaFault(NamedTuple):
    """One fault against a schema: where, and in words what was found and expected.

    ``kind`` is the name of the IL3 rule that reports it, ``edits`` mend it where it is clear how.
    """

    place: Place
    message: str
    kind: Literal[
        "schema-invalid",
        "unsupported-schema",
        "wrong-namespace",
        "newer-than-declared",
        "vocabulary-case",
        "odd-schema-location",
    ] = "schema-invalid"
    edits: tuple[Edit, ...] = ()


class Fault(NamedTuple):
    """What a reader saw go wrong: the kind is the name of the IL0 rule that reports it.

    ``offset`` and ``end`` are in the source's text; without ``end`` one character is meant. ``first`` is the offset of
    what was there before, where the fault is that it stands twice.
    """

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
    end: int | None = None
    first: int | None = None


class Unreadable(Exception):
    """What getting the bytes of a member of an archive raises where it is not read; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


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


class Member(NamedTuple):
    """What lies in an archive: its name (``a.zip!/b.csv``), how to get its bytes, and the settings to read it by."""

    name: str
    open: Callable[[], bytes]
    settings: Settings


class Document:
    """A Source that was understood. Readers derive from it; this base stands for a text without any structure.

    ``format`` names what it was read as, ``has_links`` says whether the format can show a text as a hyperlink, and
    ``writable`` whether edits can be made in the file as it is (it is not compressed), ``has_lines`` whether it is a
    text, with lines and columns, ``is_long`` whether it is looked at in many pieces, and ``is_template`` whether a
    program makes the data of it, before which it need not be well-formed.
    """

    format = "text"
    has_links = False
    writable = True
    has_lines = True
    is_long = False
    is_template = False

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.notices: list[str] = []

    @property
    def is_malformed(self) -> bool:
        """Whether it is not well-formed, so that nothing but its text is known."""
        return bool(self.faults) and any(fault.kind == "malformed-document" for fault in self.faults)

    def pieces(self) -> Iterator[Document]:
        """Yield the documents that are looked at by themselves: this one, or the pieces of one too long for memory."""
        yield self

    def parts(self) -> Iterator[Part]:
        """Yield what can be searched by itself, one after the other."""
        yield Part((), lambda wanted: [Segment(self.source.text)])

    def numbered(self, only: Container[int] | None = None) -> Iterator[tuple[int, Part]]:
        """Yield the parts with their numbers, which rise; with ``only`` those that have one of these numbers."""
        for number, part in enumerate(self.parts()):
            if only is None or number in only:
                yield number, part

    def may_hold(self, character: str) -> bool:
        """Return False where it is cheap to say that an ASCII character stands nowhere in the document."""
        return True

    def members(self) -> Iterable[Member]:
        """Return what lies in this one where it is an archive; each is a document of its own."""
        return ()

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the pattern matches somewhere in what the document says."""
        return pattern.search(self.source.text) is not None

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source's text of a place, or None where the format has no lines."""
        end = len(self.source.text)
        return (0 if place.start is None else place.start), (end if place.end is None else place.end)

    def order(self, place: Place) -> tuple[int, int]:
        """Return what places are sorted by."""
        return self.locate(place) or (0, 0)

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

    def extent(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of all that goes when the property at a place is taken out; None where nothing can."""
        return None

    def editable(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source's text that an edit may replace, or None where it would break something."""
        return self.locate(place)

    def is_field(self, place: Place) -> bool:
        """Return whether a place in a text is the value of a field, which programs read, and no running text."""
        return False

    def may_link(self, place: Place) -> bool:
        """Return whether what stands at a place is shown to readers, so that it can be shown as a hyperlink."""
        return self.has_links and not self.is_field(place)

    def takes_link(self, place: Place) -> bool:
        """Return whether the markup of a link can be written at a place where it may stand."""
        return True

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` (as it stands in the source) as a link to the URL ``target``; None where there are none."""
        return None

    def change(self, edit: Edit) -> Change | None:
        """Return what an edit does to the source; None where this format can not be rewritten there."""
        if not self.writable:
            return None
        span = self.editable(edit.place) if edit.text is not None else self.extent(edit.place)
        if span is None:
            return None
        text = "" if edit.text is None else self.write(edit.text, edit.place)
        if edit.target is not None:
            shown = self.source.text[slice(*span)]
            link = self.link(shown, edit.target) if self.takes_link(edit.place) else None
            return None if link is None else Change("", *span, link)
        return Change("", *span, text) if self.source.can_write(text) else None

    def rewrite(self, changes: Sequence[Change]) -> bytes:
        """Return the bytes of the source with changes made that do not overlap; all other bytes stay."""
        return self.source.spliced([(change.start, change.end, change.text) for change in changes])

    def region(self, place: Place) -> Region | None:
        """Return the Region of a place."""
        span = self.locate(place)
        return None if span is None else self.source.region(*span)


_PLAIN = lazy(r"(?:https://doi\.org/|igsn:)?10\.[0-9]{4,5}/[A-Za-z0-9](?:[A-Za-z0-9-]{0,200}[A-Za-z0-9])?")


def is_sentence(text: str) -> bool:
    """Return whether a text without DOI prefix is words of a language and no code with gaps."""
    words = text.split()
    if len(words) < 2:
        return False
    first = words[0].rstrip(".,")
    if (first.isalpha() and first.islower()) or any(word.endswith((":", "：")) for word in words):
        return True
    plain = [word for word in (word.strip(".,;()") for word in words) if word.isalpha() and word[1:].islower()]
    return (
        not any(c.isdigit() for c in text)
        or len(plain) > 1
        or any(len(word) > 3 and word[0].isupper() for word in plain)
    )


@dataclass(slots=True, eq=False)
class Mention:
    """An IGSN ID written somewhere: what it says, where it stands, and what shows that it is an IGSN ID.

    ``start`` and ``end`` delimit it in its segment, tag and resolver included; offsets of ``spelling`` count from
    ``start``. ``tagged`` says whether a tag or label before it calls it an IGSN, also that of a list it stands in.
    ``link`` is the hyperlink that shows it, ``code`` whether it stands in program text, ``slot`` which property or
    labelled field it is the whole value of, and ``item`` that property. Where a hyphen at a line end leaves it open
    what the suffix is, ``reading`` is the likeliest and ``also`` are the others. ``linked`` says that a link which
    shows other words leads to it.
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
    reading: str | None = None
    also: tuple[str, ...] = ()
    linked: bool = False

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
        """The suffix as understood: without ligatures and invisible characters, its case as written."""
        suffix = self.spelling.suffix if self.reading is None else self.reading
        return suffix if suffix.isascii() else suffix.translate(facts.typesetting())

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
    def is_sentence(self) -> bool:
        """Whether it is words of a language and no code with gaps: "see Table 3", "vgl. W1", "Lab: 7"."""
        return self.prefix is None and is_sentence(self.suffix)

    @property
    def is_words(self) -> bool:
        """Whether a field named for an ID holds words instead (one or several): it names no sample."""
        suffix = self.suffix
        if self.evidence != "label" or self.prefix is not None:
            return False
        return self.is_sentence or (suffix != upper(suffix) and not any(c.isdigit() for c in suffix))

    @property
    def sample(self) -> str:
        """The suffix in ASCII upper case."""
        return upper(self.suffix)

    @property
    def canonical(self) -> str | None:
        """The canonical URL of the ID that is meant, or None where the DOI prefix is unknown."""
        return f"https://doi.org/{''.join(mended(self.key).split())}" if self.doi_prefix and self.suffix else None

    @property
    def is_plain(self) -> bool:
        """Whether it is spelled without anything odd: the DOI name, the canonical URL or igsn: and the DOI name.

        Of a link target it must be all. What stands right before it may be part of it where it is not ASCII.
        """
        text, start = self.segment.text, self.start
        if _PLAIN.fullmatch(text, start, self.end) is None or (start and not text[start - 1].isascii()):
            return False
        return self.role != "target" or (self.link is not None and self._ends(self.link))

    def _ends(self, link: Link) -> bool:
        return link.target_start is not None and self.end == link.target_start + len(link.target)

    @property
    def is_legacy(self) -> bool:
        """Whether it is written as a Handle of before 2023."""
        return self.prefix == LEGACY_PREFIX or (self.prefix is None and self.spelling.has("igsn-url"))

    @property
    def target(self) -> str | None:
        """Where its hyperlink leads."""
        return self.link.target if self.link else None

    @property
    def linked_doi(self) -> Igsn | None:
        """The DOI of the sample where a suffix alone is shown, and its link leads to it."""
        if self.prefix is not None or self.link is None or not self.suffix:
            return None
        try:
            target = Igsn.parse(self.link.target)
        except NotAnIgsn:
            return None
        return target if target.doi and upper(target.suffix) == self.sample else None

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


class Gap(NamedTuple):
    """A cell in which an ID should stand and none does: it is empty, or a spreadsheet damaged what stood there.

    ``damage`` names what became of the ID (a number, a date); None where the cell is empty or holds a null word.
    """

    segment: Segment
    damage: str | None

    def breach(self, message: str) -> Breach:
        """Return a Breach at the whole cell."""
        return Breach(self.segment.place(0, len(self.segment.text)), message)


class Edit(NamedTuple):
    """The new value at a place; only the Document knows how to write it. ``safe`` where the meaning can not change.

    Without a text the whole property at the place is taken out, its name and its separators included. With a
    ``target`` the text stays as it is written, and becomes a link to that URL.
    """

    place: Place
    text: str | None
    safe: bool
    target: str | None = None


class Change(NamedTuple):
    """What an Edit does to a source: new characters for those from start to end in the text of a part.

    A file that is one text has one part, the empty name; the parts of a package are its members. Where it shows in
    several places (``uses``), the same change must be wanted for each of them.
    """

    part: str
    start: int
    end: int
    text: str
    uses: int = 1


class Related(NamedTuple):
    """Another place that belongs to a Breach; ``path`` is set where it stands in another file."""

    message: str
    place: Place
    path: str | None = None


class Breach(NamedTuple):
    """One break of a rule: where, in which words, and how to mend it.

    ``replacement`` is the right form of the whole Mention to paste; ``path`` is set by Collection checks only.
    ``item`` is the property of which the place is a part, for rules that give way to one about the whole of it.
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
    item: Item | None = None


class Trace(NamedTuple):
    """The row that a file leaves for the Collection checks: plain data, so that it can cross a process.

    A ``record`` has the ID ``key``; its ``role`` is ``sample``, ``collection``, ``other``, or empty where
    it does not say what it describes. A ``related`` row is one
    relation of the record ``key`` (empty where it has no ID) to ``target``; its role is ``sample`` where the target is
    an IGSN ID by evidence. A ``cited`` row is the first Mention of an ID in a document, ``times`` how often it stands
    there; its role is ``listed`` where a field or column of data says that it is the ID of that row, else ``cited``.

    ``order`` is the number of the record or the Mention in the document, ``item`` that of the relation in its record.
    With these the place is found again.
    """

    kind: Literal["cited", "record", "related"]
    key: str
    path: str
    order: int
    item: int = 0
    role: str = ""
    relation: str = ""
    target: str = ""
    family: str = ""
    times: int = 1


class Said(NamedTuple):
    """What a record says, to be compared with other records of its ID.

    ``digest`` is that of all of it, ``contents`` are the texts of ``CONTENTS``, empty where there is none.
    """

    digest: bytes
    contents: tuple[str, ...]


CONTENTS = ("creators", "title", "publication year", "general resource type", "resource type")
"""What of a record is compared with its copies in other formats."""


class Rule(NamedTuple):
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


_NUMBERS = lazy(r"[0-9]+")


def in_order(pointer: str) -> str:
    """Return what pointers are sorted by where there are no lines: page 2 stands before page 10."""
    return _NUMBERS.sub(lambda number: number[0].zfill(9), pointer)


def latest_day(seconds: float) -> tuple[int, int, int]:
    """Return the day that a calendar shows at this time where it is latest, fourteen hours ahead of Greenwich."""
    moment = time.gmtime(seconds + 14 * 3600)
    return moment.tm_year, moment.tm_mon, moment.tm_mday


def earliest_day(seconds: float) -> tuple[int, int, int]:
    """Return the day that a calendar shows at this time where it is earliest, twelve hours behind Greenwich."""
    moment = time.gmtime(seconds - 12 * 3600)
    return moment.tm_year, moment.tm_mon, moment.tm_mday


class Matcher(Protocol):
    """What says of a text whether it is meant: a regular expression, or patterns for files."""

    def match(self, text: str, /) -> object:
        """Return something true where the text is meant."""


class RequiredRelation(NamedTuple):
    """A relation that the user demands of some records: one of ``any_of``.

    ``conditions`` are patterns by what they are compared with: ``resource-type``, ``subject``, ``prefix``, ``suffix``,
    ``path``. Records that meet all of them are meant.
    """

    any_of: tuple[str, ...]
    conditions: Mapping[str, Matcher]


class Complete(NamedTuple):
    """What the user declares complete: DOI prefixes, files that hold all IDs of the prefixes in them, known IDs."""

    prefixes: frozenset[str] = frozenset()
    paths: FilePatterns | None = None
    known_ids: bool = False


@dataclass(frozen=True)
class Settings:
    """What configuration adds; readers, finder and checks get it and import no configuration.

    ``prefixes`` maps further DOI prefixes to what they hold, ``handle_map`` legacy namespaces to DOI prefixes, and
    ``severity`` gives rules by their codes another severity in every profile,
    ``long_suffix`` is the length in characters above which IL116 speaks, ``today`` the day (year, month, day) after
    which all is future, and ``xsd`` the path of a DataCite XSD that decides validity instead of the project's own.
    Of an archive at most ``max_members`` members are read, each of at most ``max_member`` bytes and ``max_ratio`` times
    its packed size, and archives inside it down to ``max_depth`` levels.
    ``known_ids`` exist although no file of the run declares them; ``complete`` says of which IDs all are in the run.
    """

    profile: Profile | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    handle_map: Mapping[str, str] = field(default_factory=dict)
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    long_suffix: int = 24
    today: tuple[int, int, int] = field(default_factory=lambda: latest_day(time.time()))
    max_bytes: int = 256 * 1024 * 1024
    xsd: str | None = None
    max_member: int = 64 * 1024 * 1024
    max_ratio: int = 200
    max_members: int = 2000
    max_depth: int = 2
    known_ids: KnownIds = field(default_factory=KnownIds)
    complete: Complete = field(default_factory=Complete)
    required_relations: tuple[RequiredRelation, ...] = ()

    def holds(self, prefix: str | None) -> str | None:
        """Return what a prefix holds (``samples``, ``none``, ``test``, ``example``), or None where it is not known."""
        if prefix is None:
            return None
        if self.prefixes and prefix in self.prefixes:
            return self.prefixes[prefix]
        return facts.prefixes().get(prefix)


def _without_escapes(url: str) -> str:
    """Return a URL without percent-encoding: its server sees no difference."""
    if "%" not in url:
        return url
    from urllib.parse import unquote

    return unquote(url)


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
        """Return whether the sample stands anywhere in the document with a prefix, or leads to its DOI."""
        if any(prefix is not None for prefix in self._prefixes.get(sample, ())):
            return True
        return sample in self._linked_by_doi

    @cached_property
    def _linked_by_doi(self) -> frozenset[str]:
        return frozenset([mention.sample for mention in self.mentions if mention.linked_doi is not None])

    def doi_prefix(self, sample: str) -> str | None:
        """Return the only DOI prefix with which a suffix (in upper case) stands in the document, else None."""
        found = {prefix for prefix in self._prefixes.get(sample, ()) if prefix and is_doi_prefix(prefix)}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def undoubted(self) -> frozenset[str]:
        """The suffixes (in upper case) that stand in the document without a hyphen at a line end in them."""
        return frozenset([mention.sample for mention in self.mentions if not mention.also])

    @cached_property
    def linked(self) -> frozenset[str]:
        """The suffixes (in upper case) of all samples that the document links, to whatever page shows them."""
        found = {mention.sample for mention in self.mentions if mention.linked or mention.role == "target"}
        for mention in self.mentions:
            if mention.link is not None and mention.sample in upper(_without_escapes(mention.link.target)):
                found.add(mention.sample)
        return frozenset(found)

    @cached_property
    def first_shown(self) -> dict[str, Mention]:
        """The Mention that shows each sample first in a text, by its suffix in upper case; no code, no comment."""
        found: dict[str, Mention] = {}
        for mention in self.mentions:
            shown = mention.role == "cited" and mention.state == "plain" and not mention.code and not mention.slot
            shown = shown and self.document.may_link(mention.place())
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


Condition: TypeAlias = "Callable[[Any, Context], bool]"
"""Something that holds of a subject."""


class Check(NamedTuple):
    """A function that looks for breaches of one rule in one kind of subject.

    ``odd_only`` says that it finds nothing in a Mention of plain spelling, and ``roles`` in which roles it may find
    something, so that it need not be asked of others. Where all conditions of ``unless`` hold of a subject, it
    finds nothing there; several checks may share one, which is asked once.
    """

    code: str
    subject: type
    run: Callable[..., Iterable[Breach]]
    odd_only: bool = False
    roles: tuple[Role, ...] = ROLES
    unless: tuple[Condition, ...] = ()


class Collection:
    """All files of one run, as sorted traces: ``records``, their relations (``related``) and ``cited`` IDs.

    ``said`` is what the sample records say that share their ID with another one.
    """

    def __init__(self, traces: Iterable[Trace]) -> None:
        kinds: dict[str, list[Trace]] = {"record": [], "related": [], "cited": []}
        for trace in sorted(traces):
            kinds[trace.kind].append(trace)
        self.records, self.related, self.cited = kinds["record"], kinds["related"], kinds["cited"]
        self.said: Mapping[Trace, Said] = {}
        self.memo: dict[object, Any] = {}
        """What several checks need of it, worked out once, by who works it out."""

    def sharing(self) -> list[Trace]:
        """Return the sample records that share their ID with another one, in order."""
        samples = [trace for trace in self.records if trace.role == "sample"]
        times = Counter([trace.key for trace in samples])
        return [trace for trace in samples if times[trace.key] > 1] if len(times) < len(samples) else []


def check(
    code: str,
    subject: type,
    *,
    odd_only: bool = False,
    roles: tuple[Role, ...] = ROLES,
    unless: tuple[Condition, ...] = (),
) -> Callable[[Callable[..., Iterable[Breach]]], Check]:
    """Return a decorator that makes a function a Check of rule ``code`` on ``subject``.

    It gives back the Check and registers nothing: ``Registry.load`` collects checks from the modules that define them.
    """

    def decorate(run: Callable[..., Iterable[Breach]]) -> Check:
        return Check(code, subject, run, odd_only, roles, unless)

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


class Suppressed(NamedTuple):
    """What silences a finding: of which kind it is, where it is written, and the reason that it gives."""

    kind: SuppressionKind
    path: str
    line: int
    reason: str


class Selector(NamedTuple):
    """Rules as they are written in a suppression, and the codes that this names; none where there is no such rule."""

    text: str
    codes: frozenset[str]
    nearest: str | None = None


@dataclass(slots=True, eq=False)
class Suppression:
    """Something that a user wrote to silence findings; plain data, so that it can cross a process.

    ``path``, ``region`` and ``line_text`` say where it is written. ``used`` gathers the codes that it silenced,
    ``judged`` those that it could have silenced in this run, ``flaw`` says why it silences nothing at all.
    """

    kind: SuppressionKind
    path: str
    region: Region
    line_text: str
    selectors: tuple[Selector, ...]
    reason: str = ""
    flaw: str = ""
    used: set[str] = field(default_factory=set)
    judged: set[str] = field(default_factory=set)

    def names(self, code: str) -> bool:
        """Return whether it can silence a rule."""
        return not self.flaw and any(code in selector.codes for selector in self.selectors)

    def note(self) -> Suppressed:
        """Return what a silenced finding says about it."""
        return Suppressed(self.kind, self.path, self.region.line, self.reason)


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
    suppressed: Suppressed | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str, str]:
        """The order of findings: by path, place, rule."""
        if self.region is not None:
            return self.path, self.region.line, self.region.column, "", self.rule, self.pointer, self.message
        return self.path, 0, 0, in_order(self.pointer), self.rule, self.pointer, self.message


@dataclass
class Report:
    """The result of a run: findings in order, what was not checked, and counts.

    ``suppressed`` are the findings that a user has silenced, ``inventory`` a row for each Mention where a format asks
    for it. ``failures`` names files in which igsn-lint itself broke:
    a defect of the program, never of the file.
    """

    findings: list[Finding] = field(default_factory=list)
    suppressed: list[Finding] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    inventory: list[dict[str, Any]] = field(default_factory=list)
    profiles: tuple[Profile, ...] = ("publish", "cite")
    files: int = 0
    records: int = 0
    mentions: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    unread_paths: list[str] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    has_baseline: bool = False

    def add(self, other: Report) -> None:
        """Take in another report, of other files."""
        self.findings += other.findings
        self.suppressed += other.suppressed
        self.notices += other.notices
        self.inventory += other.inventory
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
