"""The loop: sources to documents, to mentions and records, checks, settling, and the checks of the whole set."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from igsn_lint.codes import is_expression
from igsn_lint.dispatch import Dispatch
from igsn_lint.finder import find
from igsn_lint.inputs import Input, is_relevant, members_of, open_document, opened
from igsn_lint.model import (
    JUDGING,
    Breach,
    Collection,
    Context,
    Document,
    Finding,
    Gap,
    Mention,
    Notice,
    Place,
    Report,
    Settings,
    Trace,
)
from igsn_lint.processes import spread
from igsn_lint.samples import is_sample_record
from igsn_lint.settle import Judged, Settled, settle, surviving, unsilenced
from igsn_lint.source import Source
from igsn_lint.suppressions import Silencer
from igsn_lint.timelimit import TimeLimit, TookTooLong
from igsn_lint.traces import Located, LocatedDocument, MentionTraces, first_order, locate, of_records, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from igsn_lint.model import Part, Record, Said, Suppression
    from igsn_lint.registry import Registry
    from igsn_lint.source import Region
    from igsn_lint.suppressions import FileSilencer, Silenced

_COMPARING = {"IL601", "IL611"}
"""The rules that ask what the records say that share an ID."""

_UNREAD = {"unreadable-file": "IL001", "malformed-document": "IL002", "hostile-document": "IL005"}
"""The Faults for which a document is not read, or not as what it is, with the rules that report them."""


def _is_filled_in(record: Record) -> bool:
    """Return whether a program puts in what a record is called: a template has no ID and no year, and need not."""
    return record.identifier is not None and is_expression(record.identifier.words)


class Looked:
    """What looking at one piece of a document gave, or at all of them: findings, traces, notices and counts.

    ``number`` is that of the piece. ``named`` are the IDs that it names, and ``settled`` what becomes findings.
    """

    __slots__ = (
        "findings", "inventory", "mentions", "named", "notices", "number", "pieces", "records", "settled", "silenced",
        "traces",
    )  # fmt: skip

    def __init__(self, number: int, named: MentionTraces) -> None:
        self.number, self.named = number, named
        self.settled = Settled()
        self.findings: list[Finding] = []
        self.traces: list[Trace] = []
        self.notices: list[Notice] = []
        self.silenced: list[Silenced] = []
        self.inventory: list[dict[str, Any]] = []
        self.records = self.mentions = 0
        self.pieces = 1

    def take(self, later: Looked) -> None:
        """Take in what looking at a later piece of the same document gave."""
        self.named.take(later.named)
        self.settled.take(later.settled)
        self.traces += later.traces
        self.notices += later.notices
        self.inventory += later.inventory
        self.records += later.records
        self.mentions += later.mentions
        self.pieces += later.pieces


@dataclass
class Seen:
    """What looking at some inputs gave: a Report of them without the whole set, their traces, and what was silenced.

    ``broken_off`` are those of which nothing is known although they are of a kind that is read; ``formats`` counts what
    was looked at.
    """

    report: Report = field(default_factory=Report)
    traces: list[Trace] = field(default_factory=list)
    silenced: list[Silenced] = field(default_factory=list)
    broken_off: list[str] = field(default_factory=list)
    formats: dict[str, int] = field(default_factory=dict)


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
        file_seconds: int = 0,
    ) -> None:
        """``inventory`` asks for a row for each Mention, ``file_seconds`` limits the time for a file (0: no limit)."""
        self.registry = registry
        self._limit = TimeLimit(file_seconds)
        self._inventory = inventory
        self._silencer = silencer or Silencer(registry, enabled, settings=settings)
        self.settings = settings
        self.enabled = enabled
        self._dispatch = Dispatch(registry.checks, enabled)
        # Validity is a matter of the record alone: where nothing else is asked, no ID has to be found.
        self._finds = any(not code.startswith(("IL0", "IL3")) for code in enabled)

    def run(self, inputs: Iterable[Input]) -> Report:
        """Return the Report over all inputs."""
        inputs = list(inputs)
        return self.report([self.look(inputs)], inputs)

    def look(self, inputs: Iterable[Input], *, jobs: int = 1) -> Seen:
        """Return what looking at each input by itself gave; plain data, so that it can cross a process.

        A file that is looked at in many pieces gets so many processes as ``jobs`` says.
        """
        seen = Seen()
        with self._limit:
            for item in inputs:
                self._look(item, self.settings, seen, jobs)
        return seen

    def _look(self, item: Input, settings: Settings, seen: Seen, jobs: int) -> None:
        """Look at one input, and at what lies in it where it is an archive."""
        report = seen.report
        try:
            try:
                self._limit.start()
                document = open_document(item, settings)
                looked = self._check(item, document, report, jobs)
                members = members_of(item, document) if document is not None else ()
            finally:
                self._limit.stop()
        except TookTooLong:
            self._limit.stop()
            report.notices.append(Notice(item.name, f"took longer than {self._limit.seconds} s"))
            seen.broken_off.append(item.name)
            return
        except Exception as error:  # one bad file never stops the others; told, with exit code 2
            report.failures.append(_broken(item, error))
            report.notices.append(Notice(item.name, "internal error of igsn-lint"))
            seen.broken_off.append(item.name)
            return
        if looked is not None:
            form = document.format if document is not None and type(document) is not Document else "could not be read"
            seen.formats[form] = seen.formats.get(form, 0) + 1
            report.files += 1
            report.records += looked.records
            report.mentions += looked.mentions
            report.findings += looked.findings
            report.inventory += looked.inventory
            report.notices += looked.notices
            seen.traces += looked.traces
            seen.silenced += looked.silenced
        for member, within in members:
            self._look(member, within, seen, jobs)

    def report(self, pieces: Iterable[Seen], inputs: Iterable[Input]) -> Report:
        """Return the Report over what was seen of the inputs, with the findings of the whole set."""
        whole = Report(profiles=(self.settings.profile,) if self.settings.profile else JUDGING)
        traces: list[Trace] = []
        silenced: list[Silenced] = []
        for piece in pieces:
            whole.add(piece.report)
            traces += piece.traces
            silenced += piece.silenced
        findings, also_silenced = self._collection(traces, inputs)
        silenced += also_silenced
        whole.findings = [*self._remaining(whole.findings, findings), *findings]
        if self._dispatch.of_suppressions:
            # What the configuration silences of the comments counts when it is judged itself.
            whole.findings += self._about(self._silencer.comments(silenced), silenced)
            whole.findings += self._about(self._silencer.others(silenced), silenced)
        whole.suppressed = sorted((f for one in silenced for f in one.findings), key=lambda finding: finding.sort_key)
        if self._dispatch.of_collection:
            whole.notices += (Notice(name, reason) for name, reason in self.settings.known_ids.left_out.items())
        whole.findings.sort(key=lambda finding: finding.sort_key)
        whole.has_baseline = self._silencer.baseline is not None
        whole.notices.sort()
        whole.inventory.sort(key=lambda row: row["path"])
        return whole

    def _remaining(self, findings: list[Finding], of_collection: list[Finding]) -> list[Finding]:
        """Return the findings of documents that give way to none of the Collection about the same ID there."""

        def where(finding: Finding) -> tuple[object, ...]:
            line = finding.region.line if finding.region else None
            return finding.path, line, finding.pointer, finding.identifier

        taken = {(finding.rule, *where(finding)) for finding in of_collection}
        if not taken:
            return findings
        weaker = {code: self.registry.rule(code).gives_way_to for code in {finding.rule for finding in findings}}
        return [f for f in findings if not any((code, *where(f)) in taken for code in weaker[f.rule])]

    def _check(self, item: Input, document: Document | None, report: Report, jobs: int) -> Looked | None:
        """Return what one input gave, or None where it is not read or does not concern us."""
        if document is not None:
            unread = not document.source.data and (document.faults or document.notices)
            return self.check(document, all_pieces=item.named or bool(unread), jobs=jobs)
        extension = os.path.splitext(item.name)[1].lower() or "other"
        if item.named:
            report.notices.append(Notice(item.name, f"files of this kind ({extension}) are not read"))
        else:
            report.unread[extension] = report.unread.get(extension, 0) + 1
            report.unread_paths.append(item.name)
        return None

    def check(self, document: Document, *, all_pieces: bool = True, jobs: int = 1) -> Looked | None:
        """Return what looking at one document gave, piece by piece; without ``all_pieces`` only at what concerns us.

        None where nothing does. The pieces of a long one are shared out over ``jobs`` processes.
        """
        silencer = self._silencer.of(document)
        silences = silencer.silences if silencer is not None else None
        # What silences counts what it has silenced, and so has to see all pieces.
        shares = jobs if document.is_long and silencer is None else 1
        if shares == 1:
            pieces = self._pieces(document, silences, all_pieces=all_pieces)
        else:
            pieces = self._shared_out(document, shares, all_pieces=all_pieces)
        whole = next(pieces, None)
        if whole is None:
            return None
        for piece in pieces:
            whole.take(piece)
        whole.findings = whole.settled.findings()
        if self._dispatch.of_collection:
            whole.traces += whole.named.all(has_records=whole.records > 0)
        if silencer is not None:
            whole.silenced.append(silencer.result)
        whole.notices = list(dict.fromkeys(whole.notices))
        return whole

    def _shared_out(self, document: Document, shares: int, *, all_pieces: bool) -> Iterator[Looked]:
        """Yield what looking at each piece of a document gave, each share of them by a process of its own."""

        def work(share: int) -> list[Looked]:
            pieces = []
            before: Counter[tuple[str, str, str]] = Counter()
            for piece in self._pieces(document, None, share, shares, all_pieces=all_pieces):
                # What stands behind so many others of this share does so in the whole.
                piece.settled.thin(before)
                pieces.append(piece)
            # What is waited for are the other processes, which have their own limits.
            self._limit.stop()
            return pieces

        found = [piece for pieces in spread(work, shares) for piece in pieces]
        yield from sorted(found, key=lambda piece: piece.number)

    def _pieces(
        self,
        document: Document,
        silences: Callable[[Finding], bool] | None,
        share: int = 0,
        shares: int = 1,
        *,
        all_pieces: bool,
    ) -> Iterator[Looked]:
        """Yield what looking at each piece of a share of a document gave; plain data."""
        for number, piece in enumerate(document.pieces()):
            if number:
                # A long file may take long; the limit is for what does not move on.
                self._limit.start()
            broken_off = bool(piece.faults) and not piece.source.data
            if number % shares == share and (all_pieces or broken_off or is_relevant(piece)):
                looked = Looked(number, MentionTraces(document))
                if breaches := self._breaches(piece, looked):
                    survived = surviving(piece, breaches, self.registry, self.settings, has_records=looked.records > 0)
                    looked.settled.add(piece, survived, silences)
                looked.notices = [Notice(document.source.name, told) for told in (*piece.notices, *self._untold(piece))]
                yield looked

    def _untold(self, document: Document) -> list[str]:
        """Return why a document could not be read, or not as what it is, where the rule that would say so is off."""
        for fault in () if document.is_template else document.faults:
            if fault.kind in _UNREAD and _UNREAD[fault.kind] not in self.enabled:
                return [fault.message]
        return []

    def judge(self, document: Document) -> list[Judged]:
        """Return the breaches of one document that count and are not wanted so, before they are findings."""
        looked = Looked(0, MentionTraces(document))
        breaches = self._breaches(document, looked)
        judged = surviving(document, breaches, self.registry, self.settings, has_records=looked.records > 0)
        wanted = self._silencer.wanted(document)
        return judged if wanted is None else unsilenced(judged, document, wanted.silences)

    def _breaches(self, document: Document, looked: Looked) -> list[tuple[str, Breach]]:
        """Return what the checks find in one document or piece of one, and note what else looking at it gave."""
        breaches: list[tuple[str, Breach]] = []
        mentions: list[Mention] = []
        gaps: list[Gap] | None = [] if self._dispatch.of_gaps else None
        for number, part in document.numbered():
            found = find(part, self.settings, gaps) if self._finds else []
            # Numbered within the part: which pieces and parts concern us does not count when one is looked for again.
            before = first_order(looked.number, number)
            if self._dispatch.of_collection:
                looked.named.add(found, before)
            mentions += found
            self._check_part(part, found, document, breaches, looked, before)
        looked.mentions += len(mentions)
        if self._inventory:
            from igsn_lint.inventory import rows

            looked.inventory += rows(document, mentions)
        context = Context(self.settings, document, mentions)
        for mention in mentions:
            for check in self._dispatch.of_mention(mention, context):
                for breach in check.run(mention, context):
                    breaches.append((check.code, breach))
        for gap in gaps or ():
            for check in self._dispatch.of_gaps:
                breaches += [(check.code, breach) for breach in check.run(gap, context)]
        for check in self._dispatch.of_document(document, context):
            breaches += [(check.code, breach) for breach in check.run(document, context)]
        return breaches

    def _check_part(
        self,
        part: Part,
        mentions: list[Mention],
        document: Document,
        breaches: list[tuple[str, Breach]],
        looked: Looked,
        before: int,
    ) -> None:
        """Check the records of one part, and leave their traces, whose order begins behind ``before``."""
        context = Context(self.settings, document, mentions)
        for record in part.records:
            looked.records += 1
            sample = self._finds and is_sample_record(record, self.settings)
            found = [
                (check.code, breach)
                for check in self._dispatch.of_record(record, context, sample=sample)
                for breach in check.run(record, context)
            ]
            if found and not _is_filled_in(record):
                breaches += found
        if self._dispatch.of_collection:
            looked.traces += of_records(part.records, mentions, document, before)

    def _about(self, suppressions: Iterable[Suppression], silenced: list[Silenced]) -> list[Finding]:
        """Return the findings about what was meant to silence others; what is silent of them joins ``silenced``."""
        by_path: dict[str, list[tuple[str, Breach]]] = {}
        for suppression in suppressions:
            for check in self._dispatch.of_suppressions:
                for breach in check.run(suppression):
                    by_path.setdefault(suppression.path, []).append((check.code, breach))
        findings: list[Finding] = []
        for path, breaches in by_path.items():
            silencer = self._silencer.of_comments(path)
            silences = None
            if silencer is not None:
                silences = silencer.silences
                silenced.append(silencer.result)
            written = _Written(path)
            findings += settle(written, breaches, self.registry, self.settings, has_records=True, silences=silences)
        return findings

    def _collection(self, traces: Iterable[Trace], inputs: Iterable[Input]) -> tuple[list[Finding], list[Silenced]]:
        """Return the findings of the Collection checks and what was silenced; only files with one are opened again."""
        again = _Again(inputs, self.settings)
        collection = Collection(traces)
        if any(check.code in _COMPARING for check in self._dispatch.of_collection):
            collection.said = _said(collection.sharing(), again)
        found = [
            (check.code, breach)
            for check in self._dispatch.of_collection
            for breach in check.run(collection, self.settings)
        ]
        if not found:
            return [], []
        places, silencers = self._located(found, again)
        by_path: dict[str, list[tuple[str, Breach]]] = {}
        for code, breach in found:
            trace = breach.place.origin
            here = breach._replace(
                place=Place(places[trace]),
                identifier=breach.identifier or trace.key or None,
                related=tuple(
                    related._replace(place=Place(places[related.place.origin]), path=related.place.origin.path)
                    for related in breach.related
                ),
            )
            by_path.setdefault(trace.path, []).append((code, here))
        of_records = {trace.path for trace in (*collection.records, *collection.related)}
        findings: list[Finding] = []
        for path, breaches in by_path.items():
            silencer = silencers.get(path)
            findings += settle(
                LocatedDocument(path),
                breaches,
                self.registry,
                self.settings,
                has_records=path in of_records,
                silences=silencer.silences if silencer is not None else None,
            )
        return findings, [silencer.result for silencer in silencers.values()]

    def _located(
        self, found: Iterable[tuple[str, Breach]], again: _Again
    ) -> tuple[dict[Trace, Located], dict[str, FileSilencer]]:
        """Return where the traces of breaches stand (of their related traces without the line), and what silences them.

        Each file is opened once and let go of again.
        """
        needed: dict[str, dict[Trace, bool]] = {}
        for _, breach in found:
            trace = breach.place.origin
            needed.setdefault(trace.path, {})[trace] = True
            for related in breach.related:
                trace = related.place.origin
                needed.setdefault(trace.path, {}).setdefault(trace, False)
        places: dict[Trace, Located] = {}
        silencers: dict[str, FileSilencer] = {}
        for path in sorted(needed):
            document = again.open(path)
            places.update(locate(document, needed[path], self.settings))
            if document is not None and any(needed[path].values()):
                silencer = self._silencer.of(document)
                if silencer is not None:
                    silencers[path] = silencer
        return places, silencers


class _Again:
    """Opens the documents of a run a second time; most runs never ask for it."""

    def __init__(self, inputs: Iterable[Input], settings: Settings) -> None:
        self._given, self._settings = inputs, settings

    @cached_property
    def _inputs(self) -> dict[str, Input]:
        return {item.name: item for item in self._given}

    def open(self, path: str) -> Document | None:
        """Return the Document at a path, also where it lies in an archive."""
        outer = path
        while outer not in self._inputs:
            outer = outer.rpartition("!/")[0]
        return next((d for _, d in opened(self._inputs[outer], self._settings) if d.source.name == path), None)


def _said(traces: Iterable[Trace], again: _Again) -> dict[Trace, Said]:
    """Return what records say; their files are opened again, which few collections need."""
    by_path: dict[str, list[Trace]] = {}
    for trace in traces:
        by_path.setdefault(trace.path, []).append(trace)
    found: dict[Trace, Said] = {}
    for path, wanted in by_path.items():
        document = again.open(path)
        if document is not None:
            found.update(said(document, wanted))
    return found


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


def documents(
    inputs: Iterable[Input], settings: Settings, failures: list[tuple[str, str]] | None = None
) -> Iterator[tuple[Document, list[Mention]]]:
    """Yield each readable document of a run with its Mentions, for ``list``.

    Files in which igsn-lint itself broke go to ``failures``; where there is no such list, it breaks.
    """
    for item in inputs:
        try:
            for given, document in opened(item, settings):
                for piece in document.pieces():
                    if given.named or is_relevant(piece):
                        yield piece, [mention for part in piece.parts() for mention in find(part, settings)]
        except Exception as error:
            if failures is None:
                raise
            failures.append(_broken(item, error))


def _broken(item: Input, error: Exception) -> tuple[str, str]:
    """Return the row that tells of a file in which igsn-lint itself broke."""
    return item.name, f"{type(error).__name__}: {error}"
