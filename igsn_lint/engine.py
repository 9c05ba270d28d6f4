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
from igsn_lint.settle import settle
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
    """A file of a run: the name to show, how to get its bytes, whether somebody named it, and its format if known."""

    name: str
    open: Callable[[], bytes]
    named: bool = True
    form: str | None = None


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

        # By whether the record is one of a sample, and whether it is a legacy one.
        self._for_record = {
            (sample, legacy): [
                check for check in self._by_subject[Record] if _looks_at(check.code, sample=sample, legacy=legacy)
            ]
            for sample in (False, True)
            for legacy in (False, True)
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
        if item.named or unread or is_relevant(document.source):
            return self.check(document)
        return None

    def check(self, document: Document) -> Looked:
        """Return what looking at one document gave."""
        looked = Looked()
        breaches: list[tuple[str, Breach]] = []
        mentions: list[Mention] = []
        for part in document.parts():
            found = find(part, self.settings)
            mentions += found
            self._check_part(part, found, document, breaches, looked)
        looked.mentions = len(mentions)
        context = Context(self.settings, document, mentions)
        for mention in mentions:
            for check in self._for_mention[mention.is_plain, mention.role in {"declared", "related"}]:
                for breach in check.run(mention, context):
                    breaches.append((check.code, breach))
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
            for check in self._for_record[sample, record.kind == "legacy"]:
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


def _looks_at(code: str, *, sample: bool, legacy: bool) -> bool:
    """Return whether a rule looks at such records: IL3 at all, the others at samples, few of them at legacy ones."""
    if code.startswith("IL3"):
        return True
    if legacy and code.startswith(("IL4", "IL5")):
        return code in {"IL503", "IL504", "IL505"}
    return sample


def open_document(item: Input, settings: Settings) -> Document | None:
    """Return the Document of an input, or None where its kind is not read; what can not be opened has a Fault."""
    form = item.form or readers.format_of(item.name)
    if form is None:
        return None
    try:
        data = item.open()
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
    if not os.path.splitext(item.name)[1]:
        form = item.form or readers.sniff(source)
        if form is None:
            return None
    elif form in {"text", "markdown"} and not source.is_text:
        return None if not item.named else _binary(source)
    return readers.read(source, form, settings)


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
            document = open_document(self._opened[path], self._settings)
            self._documents[path] = document
            self._records[path] = [record for part in document.parts() for record in part.records] if document else []
        return self._documents[path]

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
        document = open_document(item, settings)
        if document is not None and (item.named or is_relevant(document.source)):
            yield document, [mention for part in document.parts() for mention in find(part, settings)]
