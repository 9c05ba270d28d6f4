"""The loop: sources to documents, to mentions and records, checks, settling, and the checks of the whole set."""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from igsn_lint import readers
from igsn_lint.finder import find
from igsn_lint.model import (
    Breach,
    Collection,
    Context,
    Document,
    Fault,
    Finding,
    Mention,
    Notice,
    Place,
    Record,
    RelatedPlace,
    Report,
    Settings,
    Trace,
)
from igsn_lint.samples import is_sample_record
from igsn_lint.settle import Settling
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from igsn_lint.model import Check, Part
    from igsn_lint.registry import Registry

_RELEVANT = re.compile(rb"igsn|10273|datacite|10\.[0-9]{4,5}(?:/|%2f)", re.IGNORECASE)
_RELEVANT_TEXT = re.compile(r"igsn|10273|datacite|10\.[0-9]{4,5}(?:/|\\/)", re.IGNORECASE)


def is_relevant(source: Source) -> bool:
    """Return whether a file that nobody named can concern us: its text says IGSN, 10273, DataCite, or holds a DOI."""
    if _RELEVANT.search(source.data) is not None:
        return True
    if source.encoding in {"utf-8", "cp1252"} and b"\\/" not in source.data:
        return False
    return _RELEVANT_TEXT.search(source.text) is not None


@dataclass(frozen=True, slots=True)
class Input:
    """A file of a run: the name to show, how to get its bytes, whether somebody named it, and its format if known.

    ``opener`` opens it for formats that are read piece by piece; without it they are read from the bytes.
    """

    name: str
    open: Callable[[], bytes]
    named: bool = True
    form: str | None = None
    opener: Callable[[], IO[bytes]] | None = None

    def stream(self) -> IO[bytes]:
        """Return the file, opened."""
        return self.opener() if self.opener is not None else io.BytesIO(self.open())


@dataclass(slots=True)
class Looked:
    """What looking at one document gave: findings, traces for the Collection checks, and counts."""

    findings: list[Finding] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    records: int = 0
    mentions: int = 0
    pieces: int = 0


@dataclass(slots=True)
class Seen:
    """What looking at some inputs gave: a Report of them without the whole set, and their traces."""

    report: Report = field(default_factory=Report)
    traces: list[Trace] = field(default_factory=list)


class Engine:
    """Checks documents by the rules that are on; it holds no state between documents."""

    def __init__(self, registry: Registry, settings: Settings, enabled: set[str]) -> None:
        self.registry = registry
        self.settings = settings
        self.enabled = enabled
        self._by_subject: dict[type, list[Check]] = {Mention: [], Record: [], Document: [], Collection: []}
        for check in registry.checks:
            if check.code in enabled:
                self._by_subject[check.subject].append(check)
        # By whether the spelling is plain, and whether a record declares or relates to the ID.
        self._for_mention = {
            (plain, of_record): [
                check
                for check in self._by_subject[Mention]
                if not (plain and check.odd_only) and not (of_record and check.cited_only)
            ]
            for plain in (False, True)
            for of_record in (False, True)
        }

    def run(self, inputs: Iterable[Input]) -> Report:
        """Return the Report over all inputs."""
        inputs = list(inputs)
        return self.report([self.look(inputs)], inputs)

    def look(self, inputs: Iterable[Input]) -> Seen:
        """Return what looking at each input by itself gave; plain data, so that it can cross a process."""
        seen = Seen()
        report = seen.report
        for item in inputs:
            try:
                looked = self._check(item, report)
            except Exception as error:  # one bad file never stops the others; told, with exit code 2
                report.failures.append((item.name, f"{type(error).__name__}: {error}"))
                report.notices.append(Notice(item.name, "internal error of igsn-lint"))
                continue
            if looked is None:
                continue
            report.files += 1
            report.records += looked.records
            report.mentions += looked.mentions
            report.findings += looked.findings
            report.notices += looked.notices
            seen.traces += looked.traces
        return seen

    def report(self, pieces: Iterable[Seen], inputs: Iterable[Input]) -> Report:
        """Return the Report over what was seen of the inputs, with the findings of the whole set."""
        whole = Report(profiles=(self.settings.profile,) if self.settings.profile else ("publish", "cite"))
        traces: list[Trace] = []
        for piece in pieces:
            whole.add(piece.report)
            traces += piece.traces
        whole.findings += self._collection(traces, inputs)
        whole.findings.sort(key=lambda finding: finding.sort_key)
        whole.notices.sort()
        return whole

    def _check(self, item: Input, report: Report) -> Looked | None:
        """Return what one input gave, or None where it is not read or does not concern us."""
        document = open_document(item, self.settings)
        if document is None:
            extension = os.path.splitext(item.name)[1].lower() or "other"
            if item.named:
                report.notices.append(Notice(item.name, f"files of this kind ({extension}) are not read"))
            else:
                report.unread[extension] = report.unread.get(extension, 0) + 1
                report.unread_paths.append(item.name)
            return None
        unread = not document.source.data and (document.faults or document.notices)
        looked = self.check(document, all_pieces=item.named or bool(unread))
        return looked if looked.pieces else None

    def check(self, document: Document, *, all_pieces: bool = True) -> Looked:
        """Return what looking at one document gave, piece by piece; without ``all_pieces`` only at what concerns us."""
        looked = Looked()
        settling = Settling(self.registry, self.settings)
        notices: list[str] = []
        for piece in document.pieces():
            broken_off = bool(piece.faults) and not piece.source.data
            if all_pieces or broken_off or is_relevant(piece.source):
                looked.pieces += 1
                self._check_piece(piece, looked, settling)
                notices += piece.notices
        looked.findings = settling.findings()
        looked.notices = [Notice(document.source.name, reason) for reason in dict.fromkeys(notices)]
        return looked

    def _check_piece(self, document: Document, looked: Looked, settling: Settling) -> None:
        breaches: list[tuple[str, Breach]] = []
        mentions: list[Mention] = []
        for part in document.parts():
            found = find(part, self.settings)
            mentions += found
            self._check_part(part, found, document, breaches, looked)
        looked.mentions += len(mentions)
        context = Context(self.settings, document, mentions)
        for mention in mentions:
            for check in self._for_mention[mention.is_plain, mention.role in {"declared", "related"}]:
                for breach in check.run(mention, context):
                    breaches.append((check.code, breach))
        for check in self._by_subject[Document]:
            breaches += [(check.code, breach) for breach in check.run(document, context)]
        if breaches:
            settling.take(document, breaches, has_records=looked.records > 0)

    def _check_part(
        self,
        part: Part,
        mentions: list[Mention],
        document: Document,
        breaches: list[tuple[str, Breach]],
        looked: Looked,
    ) -> None:
        """Check the records of one part, and leave their traces."""
        context = Context(self.settings, document, mentions)
        declared = {id(m.record): m for m in mentions if m.slot == "identifier"}
        for record in part.records:
            looked.records += 1
            sample = is_sample_record(record, self.settings)
            for check in self._by_subject[Record]:
                if sample or check.code.startswith("IL3"):
                    for breach in check.run(record, context):
                        breaches.append((check.code, breach))
            if sample and self._by_subject[Collection]:
                own = declared.get(id(record))
                if own is not None and own.suffix and own.state == "plain":
                    looked.traces.append(
                        Trace("record", own.key, document.source.name, looked.records, record.family, record.digest())
                    )

    def _collection(self, traces: list[Trace], inputs: Iterable[Input]) -> list[Finding]:
        """Return the findings of the Collection checks; only files with a finding are opened again."""
        collection = Collection(sorted(traces))
        breaches: dict[str, list[tuple[str, Breach]]] = {}
        for check in self._by_subject[Collection]:
            for breach in check.run(collection, self.settings):
                breaches.setdefault(breach.place.origin.path, []).append((check.code, breach))
        if not breaches:
            return []
        places = _TracePlaces({item.name: item for item in inputs}, self.settings, breaches)
        findings = []
        for path in sorted(breaches):
            settling = Settling(self.registry, self.settings)
            for document, located in places.located(breaches[path]):
                settling.take(document, located, has_records=True)
            # Collection breaches are few and distinct in their words: a finding is matched to its breach by these.
            by_words = {(code, breach.message): breach for code, breach in breaches[path]}
            findings += [
                _with_related(finding, by_words.get((finding.rule, finding.message)), places)
                for finding in settling.findings()
            ]
        return findings


def open_document(item: Input, settings: Settings) -> Document | None:
    """Return the Document of an input, or None where its kind is not read; what can not be opened has a Fault."""
    form = item.form or readers.format_of(item.name)
    if form is None:
        return None
    try:
        if form in readers.STREAMED:
            return readers.open_streamed(item.name, item.stream, form, settings)
        data, size = _read(item, settings.max_bytes)
    except OSError as error:
        document = Document(Source(item.name, b""))
        if isinstance(error, FileNotFoundError) and not item.named:
            document.notices.append("a link whose target does not exist")
            return document
        reason = error.strerror or str(error)
        document.faults.append(
            Fault("unreadable-file", None, f"the file can not be read: {reason[:1].lower()}{reason[1:]}")
        )
        return document
    source = Source(item.name, data)
    if size > settings.max_bytes:
        return _too_large(item, size, settings)
    if not os.path.splitext(item.name)[1]:
        form = item.form or readers.sniff(source)
        if form is None:
            return None
    elif form in {"text", "markdown"} and not source.is_text:
        return None if not item.named else _binary(source)
    return readers.read(source, form, settings)


def _read(item: Input, most: int) -> tuple[bytes, int]:
    """Return the bytes of a file and how many they are; none of one that is longer than ``most``, where it can tell."""
    if item.opener is None:
        data = item.open()
        return data, len(data)
    with item.opener() as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        return (b"" if size > most else stream.read()), size


def _too_large(item: Input, size: int, settings: Settings) -> Document:
    """Return the Document of a file that is not read: a finding where somebody asked for it, else a Notice."""
    document = Document(Source(item.name, b""))
    words = f"{size / 2**20:.0f} MB, more than the {settings.max_bytes / 2**20:.3g} MB that are read at most"
    if item.named:
        document.faults.append(Fault("hostile-document", None, f"the file has {words}"))
    else:
        document.notices.append(words)
    return document


def _binary(source: Source) -> Document:
    document = Document(Source(source.name, b""))
    document.notices.append("binary data under the name of a text")
    return document


class _TracePlaces:
    """Opens files again, each once, to say where the records of the traces in some breaches stand."""

    def __init__(
        self, opened: dict[str, Input], settings: Settings, breaches: dict[str, list[tuple[str, Breach]]]
    ) -> None:
        self._opened, self._settings = opened, settings
        self._wanted: dict[str, set[int]] = {}
        self._records: dict[str, dict[int, tuple[Document, Record]]] = {}
        for _, breach in (pair for pairs in breaches.values() for pair in pairs):
            for place in (breach.place, *(related.place for related in breach.related)):
                self._wanted.setdefault(place.origin.path, set()).add(place.origin.order)

    def _of(self, trace: Trace) -> tuple[Document, Record] | None:
        """Return the record of a trace and a document that locates it; None where the file has changed since."""
        if trace.path not in self._records:
            self._records[trace.path] = dict(self._read(trace.path))
        return self._records[trace.path].get(trace.order)

    def _read(self, path: str) -> Iterator[tuple[int, tuple[Document, Record]]]:
        document = open_document(self._opened[path], self._settings)
        wanted, order = self._wanted[path], 0
        for piece in document.pieces() if document is not None else ():
            for part in piece.parts():
                for record in part.records:
                    order += 1
                    if order in wanted:
                        # Of a file in pieces no more is kept than the lines that are needed.
                        yield order, (piece if piece is document else piece.narrowed(record), record)

    def located(self, breaches: Iterable[tuple[str, Breach]]) -> Iterable[tuple[Document, list[tuple[str, Breach]]]]:
        """Return the documents of breaches with these, at the places of the records' identifiers."""
        found: dict[int, tuple[Document, list[tuple[str, Breach]]]] = {}
        for code, breach in breaches:
            trace = breach.place.origin
            if (known := self._of(trace)) is None:
                continue
            document, record = known
            place = _of_identifier(record)
            moved = breach._replace(place=place, record=record, related=(), identifier=trace.key)
            found.setdefault(id(document), (document, []))[1].append((code, moved))
        return found.values()

    def related(self, message: str, trace: Trace) -> RelatedPlace:
        """Return the place of a trace, ready to be shown."""
        if (known := self._of(trace)) is None:
            return RelatedPlace(message, trace.path, None, "", trace.key)
        document, record = known
        place = _of_identifier(record)
        return RelatedPlace(message, trace.path, document.region(place), document.pointer(place), document.shown(place))


def _of_identifier(record: Record) -> Place:
    """Return where the identifier of a record stands, else the whole record."""
    identifier = record.identifier
    value = identifier.value if identifier is not None else None
    return value.place() if value is not None else record.place


def _with_related(finding: Finding, breach: Breach | None, places: _TracePlaces) -> Finding:
    if breach is None:
        return finding
    values = {name: getattr(finding, name) for name in Finding.__slots__}
    values["related"] = tuple(places.related(related.message, related.place.origin) for related in breach.related)
    return Finding(**values)


def documents(inputs: Iterable[Input], settings: Settings) -> Iterator[tuple[Document, list[Mention]]]:
    """Yield each readable document of a run with its Mentions, for ``list``."""
    for item in inputs:
        document = open_document(item, settings)
        for piece in document.pieces() if document is not None else ():
            if item.named or is_relevant(piece.source):
                yield piece, [mention for part in piece.parts() for mention in find(part, settings)]
