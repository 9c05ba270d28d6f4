"""The loop: sources to documents, to mentions and records, checks, settling, and the checks of the whole set."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
    Suppression,
    Trace,
)
from igsn_lint.samples import concerns, is_sample_record
from igsn_lint.settle import Judged, settle, surviving
from igsn_lint.source import Source
from igsn_lint.suppressions import Silencer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from igsn_lint.model import Check, Part
    from igsn_lint.registry import Registry
    from igsn_lint.source import Region
    from igsn_lint.suppressions import Silenced

_DOI = re.compile(rb"10\.[0-9]{4,5}/")
_ESCAPED_DOI = re.compile(rb"10\.[0-9]{4,5}%2f")
_RELEVANT_TEXT = re.compile(r"igsn|10273|datacite|10\.[0-9]{4,5}(?:/|\\/)", re.IGNORECASE)


def is_relevant(source: Source) -> bool:
    """Return whether a file that nobody named can concern us: its text says IGSN, 10273, DataCite, or holds a DOI."""
    data = source.data
    # Literals one by one: a pattern of all of them takes several times as long.
    if _DOI.search(data) is not None or b"10273" in data:
        return True
    low = data.lower()
    if b"igsn" in low or b"datacite" in low or (b"%2f" in low and _ESCAPED_DOI.search(low) is not None):
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


def concerns_us(item: Input, document: Document) -> bool:
    """Return whether a file is looked at: somebody named it, it could not be read, or it is relevant."""
    unread = not document.source.data and (document.faults or document.notices)
    return item.named or bool(unread) or is_relevant(document.source)


@dataclass(slots=True)
class Looked:
    """What looking at one document gave: findings, traces for the Collection checks, and counts."""

    findings: list[Finding] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    silenced: list[Silenced] = field(default_factory=list)
    inventory: list[dict[str, Any]] = field(default_factory=list)
    records: int = 0
    mentions: int = 0


@dataclass(slots=True)
class Seen:
    """What looking at some inputs gave: a Report of them without the whole set, their traces, and what was silenced."""

    report: Report = field(default_factory=Report)
    traces: list[Trace] = field(default_factory=list)
    silenced: list[Silenced] = field(default_factory=list)


class Engine:
    """Checks documents by the rules that are on; it holds no state between documents."""

    def __init__(
        self,
        registry: Registry,
        settings: Settings,
        enabled: set[str],
        silencer: Silencer | None = None,
        *,
        inventory: bool = False,
    ) -> None:
        self.registry = registry
        self._inventory = inventory
        self._silencer = silencer or Silencer(registry, enabled)
        self.settings = settings
        self.enabled = enabled
        self._by_subject: dict[type, list[Check]] = {
            Mention: [],
            Record: [],
            Document: [],
            Collection: [],
            Suppression: [],
        }
        for check in registry.checks:
            if check.code in enabled:
                self._by_subject[check.subject].append(check)
        # By the kind of the record, and whether it is one of a sample.
        self._for_record = {
            (kind, sample): [check for check in self._by_subject[Record] if concerns(check.code, kind, sample)]
            for kind in ("datacite", "legacy")
            for sample in (False, True)
        }
        # Validity is a matter of the record alone: where nothing else is asked, no ID has to be found.
        self._finds = any(not code.startswith(("IL0", "IL3")) for code in enabled)
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
            report.inventory += looked.inventory
            report.notices += looked.notices
            seen.traces += looked.traces
            seen.silenced += looked.silenced
        return seen

    def report(self, pieces: Iterable[Seen], inputs: Iterable[Input]) -> Report:
        """Return the Report over what was seen of the inputs, with the findings of the whole set."""
        whole = Report(profiles=(self.settings.profile,) if self.settings.profile else ("publish", "cite"))
        traces: list[Trace] = []
        silenced: list[Silenced] = []
        for piece in pieces:
            whole.add(piece.report)
            traces += piece.traces
            silenced += piece.silenced
        findings, also_silenced = self._collection(traces, inputs)
        silenced += also_silenced
        whole.findings += findings
        whole.findings += self._judge_suppressions(silenced)
        whole.suppressed = sorted((f for one in silenced for f in one.findings), key=lambda finding: finding.sort_key)
        whole.findings.sort(key=lambda finding: finding.sort_key)
        whole.has_baseline = self._silencer.baseline is not None
        whole.notices.sort()
        whole.inventory.sort(key=lambda row: row["path"])
        return whole

    def _check(self, item: Input, report: Report) -> Looked | None:
        """Return what one input gave, or None where it is not read or does not concern us."""
        document = open_document(item, self.settings)
        if document is not None:
            return self.check(document) if concerns_us(item, document) else None
        extension = os.path.splitext(item.name)[1].lower() or "other"
        if item.named:
            report.notices.append(Notice(item.name, f"files of this kind ({extension}) are not read"))
        else:
            report.unread[extension] = report.unread.get(extension, 0) + 1
            report.unread_paths.append(item.name)
        return None

    def check(self, document: Document) -> Looked:
        """Return what looking at one document gave."""
        breaches, looked = self._breaches(document)
        silencer = self._silencer.of(document)
        if breaches:
            looked.findings = settle(
                document,
                breaches,
                self.registry,
                self.settings,
                has_records=looked.records > 0,
                silences=silencer.silences if silencer is not None else None,
            )
        if silencer is not None:
            looked.silenced.append(silencer.result)
        looked.notices = [Notice(document.source.name, reason) for reason in document.notices]
        return looked

    def judge(self, document: Document) -> list[Judged]:
        """Return the breaches of one document that count, as they stand before they become findings."""
        breaches, looked = self._breaches(document)
        return surviving(document, breaches, self.registry, self.settings, has_records=looked.records > 0)

    def _breaches(self, document: Document) -> tuple[list[tuple[str, Breach]], Looked]:
        """Return what the checks find in one document, and what else looking at it gave."""
        looked = Looked()
        breaches: list[tuple[str, Breach]] = []
        mentions: list[Mention] = []
        for part in document.parts():
            found = find(part, self.settings) if self._finds else []
            mentions += found
            self._check_part(part, found, document, breaches, looked)
        looked.mentions = len(mentions)
        if self._inventory:
            from igsn_lint.inventory import rows

            looked.inventory = list(rows(document, mentions))
        context = Context(self.settings, document, mentions)
        for mention in mentions:
            for check in self._for_mention[mention.is_plain, mention.role in {"declared", "related"}]:
                for breach in check.run(mention, context):
                    breaches.append((check.code, breach))
        for check in self._by_subject[Document]:
            breaches += [(check.code, breach) for breach in check.run(document, context)]
        return breaches, looked

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
            sample = self._finds and is_sample_record(record, self.settings)
            for check in self._for_record[record.kind, sample]:
                for breach in check.run(record, context):
                    breaches.append((check.code, breach))
            if sample and self._by_subject[Collection]:
                own = declared.get(id(record))
                if own is not None and own.suffix and own.state == "plain":
                    looked.traces.append(
                        Trace("record", own.key, document.source.name, looked.records, record.family, record.digest())
                    )

    def _judge_suppressions(self, silenced: Iterable[Silenced]) -> list[Finding]:
        """Return the findings about what was meant to silence others."""
        checks = self._by_subject[Suppression]
        by_path: dict[str, list[tuple[str, Breach]]] = {}
        for suppression in self._silencer.verdict(silenced) if checks else ():
            for check in checks:
                for breach in check.run(suppression):
                    by_path.setdefault(suppression.path, []).append((check.code, breach))
        return [
            finding
            for path, breaches in by_path.items()
            for finding in settle(_Written(path), breaches, self.registry, self.settings, has_records=True)
        ]

    def _collection(self, traces: list[Trace], inputs: Iterable[Input]) -> tuple[list[Finding], list[Silenced]]:
        """Return the findings of the Collection checks and what was silenced; only files with one are opened again."""
        collection = Collection(sorted(traces))
        breaches: dict[str, list[tuple[str, Breach]]] = {}
        for check in self._by_subject[Collection]:
            for breach in check.run(collection, self.settings):
                breaches.setdefault(breach.place.origin.path, []).append((check.code, breach))
        if not breaches:
            return [], []
        silenced = []
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
            silencer = self._silencer.of(document)
            settled = settle(
                document,
                located,
                self.registry,
                self.settings,
                has_records=True,
                silences=silencer.silences if silencer is not None else None,
            )
            if silencer is not None:
                silenced.append(silencer.result)
            # Collection breaches are few and distinct in their words: a finding is matched to its breach by these.
            by_words = {(code, breach.message): breach for code, breach in breaches[path]}
            findings += [
                _with_related(finding, by_words.get((finding.rule, finding.message)), places) for finding in settled
            ]
        return findings, silenced


class _Written(Document):
    """The file in which a Suppression is written; it is not read again, the Suppression knows its place."""

    format = "suppression"

    def __init__(self, path: str) -> None:
        super().__init__(Source(path, b""))

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return None: the Suppression has its Region."""
        return None

    def region(self, place: Place) -> Region:
        """Return where the Suppression is written."""
        region: Region = place.origin.region
        return region

    def passage(self, place: Place) -> str:
        """Return the line that it is written in."""
        line: str = place.origin.line_text
        return line

    def shown(self, place: Place) -> str:
        """Return what is written."""
        region = place.origin.region
        return self.passage(place)[region.column - 1 : region.end_column - 1]


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
