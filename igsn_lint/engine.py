"""The loop: sources to documents, to mentions and records, checks, settling, and the checks of the whole set."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from igsn_lint import readers
from igsn_lint.finder import find
from igsn_lint.model import (
    Breach,
    Collection,
    Context,
    Document,
    Fault,
    Finding,
    Gap,
    Mention,
    Notice,
    Place,
    Record,
    RelatedPlace,
    Report,
    Settings,
    Trace,
    Unreadable,
)
from igsn_lint.samples import is_sample_record
from igsn_lint.settle import settle
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from igsn_lint.model import Check, Part
    from igsn_lint.registry import Registry

_RELEVANT = re.compile(rb"igsn|10273|datacite|10\.[0-9]{4,5}(?:/|%2f)", re.IGNORECASE)
_RELEVANT_TEXT = re.compile(r"igsn|10273|datacite|10\.[0-9]{4,5}(?:/|\\/)", re.IGNORECASE)


def is_relevant(document: Document) -> bool:
    """Return whether a file that nobody named can concern us: it says IGSN, 10273, DataCite, or holds a DOI.

    Of what is no text, and could not be read or not wholly, nobody can tell: it does.
    """
    source = document.source
    if not document.has_lines:
        return bool(document.faults or document.notices) or document.matches(_RELEVANT_TEXT)
    if _RELEVANT.search(source.data) is not None:
        return True
    if source.encoding in {"utf-8", "cp1252"} and b"\\/" not in source.data:
        return False
    return _RELEVANT_TEXT.search(source.text) is not None


@dataclass(frozen=True, slots=True)
class Input:
    """A file of a run: the name to show, how to get its bytes, whether somebody named it, and its format if known.

    ``depth`` says in how many archives it lies.
    """

    name: str
    open: Callable[[], bytes]
    named: bool = True
    form: str | None = None
    depth: int = 0


@dataclass(slots=True)
class Looked:
    """What looking at one document gave: findings, traces for the Collection checks, and counts."""

    findings: list[Finding] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    records: int = 0
    mentions: int = 0


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
        self._by_subject: dict[type, list[Check]] = {Mention: [], Gap: [], Record: [], Document: [], Collection: []}
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
        for item in inputs:
            self._look(item, self.settings, seen)
        return seen

    def _look(self, item: Input, settings: Settings, seen: Seen) -> None:
        """Look at one input, and at what lies in it where it is an archive."""
        report = seen.report
        try:
            document = open_document(item, settings)
            looked = self._check(item, document, report)
            members = _members(item, document) if document is not None else ()
        except Exception as error:  # one bad file never stops the others; told, with exit code 2
            report.failures.append((item.name, f"{type(error).__name__}: {error}"))
            report.notices.append(Notice(item.name, "internal error of igsn-lint"))
            return
        if looked is not None:
            report.files += 1
            report.records += looked.records
            report.mentions += looked.mentions
            report.findings += looked.findings
            report.notices += looked.notices
            seen.traces += looked.traces
        for member, within in members:
            self._look(member, within, seen)

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

    def _check(self, item: Input, document: Document | None, report: Report) -> Looked | None:
        """Return what one input gave, or None where it is not read or does not concern us."""
        if document is None:
            extension = os.path.splitext(item.name)[1].lower() or "other"
            if item.named:
                report.notices.append(Notice(item.name, f"files of this kind ({extension}) are not read"))
            else:
                report.unread[extension] = report.unread.get(extension, 0) + 1
                report.unread_paths.append(item.name)
            return None
        unread = not document.source.data and (document.faults or document.notices)
        if item.named or unread or is_relevant(document):
            return self.check(document)
        return None

    def check(self, document: Document) -> Looked:
        """Return what looking at one document gave."""
        looked = Looked()
        breaches: list[tuple[str, Breach]] = []
        mentions: list[Mention] = []
        gaps: list[Gap] | None = [] if self._by_subject[Gap] else None
        for part in document.parts():
            found = find(part, self.settings, gaps)
            mentions += found
            self._check_part(part, found, document, breaches, looked)
        looked.mentions = len(mentions)
        context = Context(self.settings, document, mentions)
        for mention in mentions:
            for check in self._for_mention[mention.is_plain, mention.role in {"declared", "related"}]:
                for breach in check.run(mention, context):
                    breaches.append((check.code, breach))
        for gap in gaps or ():
            for check in self._by_subject[Gap]:
                breaches += [(check.code, breach) for breach in check.run(gap, context)]
        for check in self._by_subject[Document]:
            breaches += [(check.code, breach) for breach in check.run(document, context)]
        if breaches:
            looked.findings = settle(document, breaches, self.registry, self.settings, has_records=looked.records > 0)
        looked.notices = [Notice(document.source.name, reason) for reason in document.notices]
        return looked

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
        places = _TracePlaces({item.name: item for item in inputs}, self.settings)
        findings = []
        for path in sorted(breaches):
            document = places.document(path)
            if document is None:
                continue
            located = []
            for code, breach in breaches[path]:
                own, record = places.of(breach.place.origin)
                located.append(
                    (code, breach._replace(place=own, record=record, related=(), identifier=breach.place.origin.key))
                )
            settled = settle(document, located, self.registry, self.settings, has_records=True)
            # Collection breaches are few and distinct in their words: a finding is matched to its breach by these.
            by_words = {(code, breach.message): breach for code, breach in breaches[path]}
            findings += [
                _with_related(finding, by_words.get((finding.rule, finding.message)), places) for finding in settled
            ]
        return findings


def open_document(item: Input, settings: Settings) -> Document | None:
    """Return the Document of an input, or None where its kind is not read; what can not be opened has a Fault."""
    form = item.form or readers.format_of(item.name)
    if form is None:
        return None
    try:
        data = item.open()
    except Unreadable as error:
        document = Document(Source(item.name, b""))
        document.faults.append(error.fault)
        return document
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
    if len(data) > settings.max_bytes:
        document = Document(Source(item.name, b""))
        document.notices.append(f"larger than {settings.max_bytes // 2**20} MB")
        return document
    if form == "zip" and item.depth >= settings.max_depth:
        document = Document(Source(item.name, b""))
        document.notices.append(f"archives in archives are read to a depth of {settings.max_depth}")
        return document
    if not os.path.splitext(item.name)[1]:
        form = item.form or readers.sniff(source)
        if form is None:
            return None
    elif form in {"text", "markdown"} and not source.is_text and readers.magic(data) is None:
        return None if not item.named else _binary(source)
    return readers.read(source, form, settings)


def _members(item: Input, document: Document) -> list[tuple[Input, Settings]]:
    """Return what lies in a document that is an archive, each with the settings for it; nobody named it by itself."""
    return [
        (Input(member.name, member.open, named=False, depth=item.depth + 1), member.settings)
        for member in document.members()
    ]


def _opened(item: Input, settings: Settings) -> Iterator[tuple[Input, Document]]:
    """Yield the Document of an input, and those of what lies in it."""
    document = open_document(item, settings)
    if document is not None:
        yield item, document
        for member, within in _members(item, document):
            yield from _opened(member, within)


def _binary(source: Source) -> Document:
    document = Document(Source(source.name, b""))
    document.notices.append("binary data under the name of a text")
    return document


class _TracePlaces:
    """Opens files again to say where the record of a trace stands; the last document is kept."""

    def __init__(self, opened: dict[str, Input], settings: Settings) -> None:
        self._opened, self._settings = opened, settings
        self._documents: dict[str, Document | None] = {}
        self._records: dict[str, list[Record]] = {}

    def document(self, path: str) -> Document | None:
        """Return the document at ``path``."""
        if path not in self._documents:
            document = self._open(path)
            self._documents[path] = document
            self._records[path] = [record for part in document.parts() for record in part.records] if document else []
        return self._documents[path]

    def _open(self, path: str) -> Document | None:
        """Return the Document at a path, also where it lies in an archive."""
        outer = path
        while outer not in self._opened:
            outer = outer.rpartition("!/")[0]
        item = self._opened[outer]
        return next((d for _, d in _opened(item, self._settings) if d.source.name == path), None)

    def of(self, trace: Trace) -> tuple[Place, Record | None]:
        """Return the place of the record's identifier, and the record."""
        if self.document(trace.path) is None or trace.order > len(self._records[trace.path]):
            return Place(None), None
        record = self._records[trace.path][trace.order - 1]
        identifier = record.identifier
        value = identifier.value if identifier is not None else None
        return (value.place() if value is not None else record.place), record

    def related(self, message: str, trace: Trace) -> RelatedPlace:
        """Return the place of a trace, ready to be shown."""
        document = self.document(trace.path)
        place, _ = self.of(trace)
        if document is None:
            return RelatedPlace(message, trace.path, None, "", trace.key)
        return RelatedPlace(message, trace.path, document.region(place), document.pointer(place), document.shown(place))


def _with_related(finding: Finding, breach: Breach | None, places: _TracePlaces) -> Finding:
    if breach is None:
        return finding
    values = {name: getattr(finding, name) for name in Finding.__slots__}
    values["related"] = tuple(places.related(related.message, related.place.origin) for related in breach.related)
    return Finding(**values)


def documents(inputs: Iterable[Input], settings: Settings) -> Iterator[tuple[Document, list[Mention]]]:
    """Yield each readable document of a run with its Mentions, for ``list``."""
    for item in inputs:
        for opened, document in _opened(item, settings):
            if opened.named or is_relevant(document):
                yield document, [mention for part in document.parts() for mention in find(part, settings)]
