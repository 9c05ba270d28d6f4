"""What users silence: comments in files, tables of the configuration, and the baseline.

Everything that silences is a Suppression that notes what it was good for, so that one that silences nothing is told.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from igsn_lint.identifier import Igsn, NotAnIgsn, upper
from igsn_lint.model import JUDGING, Selector, Settings, Suppressed, Suppression
from igsn_lint.pathpatterns import PathPatterns
from igsn_lint.patterns import lazy
from igsn_lint.registry import UnknownRule
from igsn_lint.source import Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from igsn_lint.baseline import Baseline
    from igsn_lint.config import Config
    from igsn_lint.model import Document, Finding
    from igsn_lint.registry import Registry

_COMMENT = lazy(
    r"igsn-lint:[ \t]*(?P<word>ignore(?:-[\w-]*)?)\b[ \t]*"
    r"(?:\[(?P<rules>[^\]\n]*)\])?[ \t]*(?P<reason>[^\n]*)"
)
_FENCE = lazy(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_OPENERS = {
    "xml": "<!--",
    "markdown": "<!--",
    "html": "<!--",
    "latex": "%",
    "bibtex": "%",
    "yaml": "#",
    "rst": "..",
}
"""What begins a comment, by format; findings in formats without comments are silenced in the configuration."""

_WORDS = frozenset({"ignore", "ignore-file", "ignore-start", "ignore-end"})
_ALWAYS = float("inf")


class _Inline:
    """A comment that silences findings of the lines from ``first`` to ``last``."""

    __slots__ = ("first", "last", "suppression")

    def __init__(self, suppression: Suppression, first: int, last: float) -> None:
        self.suppression, self.first, self.last = suppression, first, last


class _Reach:
    """The comments of a file that name one rule, of which the first that reaches a finding silences it.

    Comments come in the order of their first lines. So of a later one only what lies behind all earlier ones counts,
    and what remains of them stands apart.
    """

    def __init__(self, comments: Iterable[tuple[int, _Inline]]) -> None:
        """Each comment comes with its number in the file."""
        self._everywhere: tuple[int, _Inline] | None = None
        self._begins: list[int] = []
        self._runs: list[tuple[float, int, _Inline]] = []
        last = 0.0
        for number, one in comments:
            if one.last == _ALWAYS:
                self._everywhere = self._everywhere or (number, one)
            elif one.last > last:
                self._begins.append(max(one.first, int(last) + 1))
                self._runs.append((one.last, number, one))
                last = one.last

    def first(self, finding: Finding) -> _Inline | None:
        """Return the first comment that reaches a finding, or None."""
        found = self._everywhere
        if finding.region is not None:
            at = bisect_right(self._begins, finding.region.line) - 1
            if at >= 0 and finding.region.line <= self._runs[at][0]:
                _, number, one = self._runs[at]
                found = (number, one) if found is None or number < found[0] else found
        return found[1] if found is not None else None


class _Entry:
    """An entry of the configuration that silences findings of the files that its pattern matches."""

    def __init__(self, suppression: Suppression, pattern: str, wanted: dict[str, str]) -> None:
        self.suppression, self.pattern, self._wanted = suppression, pattern, {k: {v} for k, v in wanted.items()}
        if "identifier" in wanted:
            self._wanted["identifier"].add(_key(wanted["identifier"]))
        self._paths = PathPatterns([pattern])

    @property
    def names_one_file(self) -> bool:
        """Whether the pattern can match one file only."""
        return not any(c in self.pattern for c in "*?[") and not self.pattern.endswith("/")

    def holds_for(self, relative: str) -> bool:
        """Return whether a file is meant, itself or as a member of an archive."""
        while not self._paths.match(relative):
            relative, inside, _ = relative.rpartition("!/")
            if not inside:
                return False
        return True

    def reaches(self, finding: Finding) -> bool:
        """Return whether the finding is meant."""
        return all(getattr(finding, name) in values for name, values in self._wanted.items())


def _key(text: str) -> str:
    """Return an ID as findings name it, in whatever form it is written."""
    try:
        return Igsn.parse(text).key
    except NotAnIgsn:
        return upper(text)


class Silencer:
    """What silences findings in a run.

    ``settings`` say by which profile is judged, ``whole`` whether the run looks at everything that the configuration
    holds for.
    """

    def __init__(
        self,
        registry: Registry,
        enabled: set[str],
        config: Config | None = None,
        baseline: Baseline | None = None,
        *,
        settings: Settings | None = None,
        today: date | None = None,
        whole: bool = False,
    ) -> None:
        self._registry, self._enabled, self.baseline, self.whole = registry, enabled, baseline, whole
        self._settings = settings or Settings()
        self._require_reason = bool(config and config["require-reason"])
        self._folder = (config.folder if config else None) or os.getcwd()
        self._entries: list[_Entry] = [] if config is None else list(self._configured(config, today))

    def _configured(self, config: Config, today: date | None) -> Iterator[_Entry]:
        for pattern, rules in config["per-file"].items():
            yield _Entry(self._entry("per-file", config, ("per-file", pattern), rules, ""), pattern, {})
        for i, row in enumerate(config["suppress"]):
            entry = self._entry("sidecar", config, ("suppress", i), row["rules"], row["reason"])
            expires = row.get("expires")
            if expires and today is not None and expires < today.isoformat():
                entry.flaw = f"expired on {expires}"
            wanted = {name: row[name] for name in ("pointer", "identifier", "anchor") if name in row}
            yield _Entry(entry, row["path"], wanted)

    def _entry(
        self, kind: Any, config: Config, steps: tuple[str | int, ...], rules: Iterable[str], reason: str
    ) -> Suppression:
        number = config.line(*steps)
        line = (config.text.splitlines() or [""])[number - 1] if config.text else ""
        region = Region(number, 1, number, len(line) + 1)
        return Suppression(kind, str(config.path), region, line, self.selectors(rules), reason)

    def selectors(self, rules: Iterable[str]) -> tuple[Selector, ...]:
        """Return what selectors of rules name."""
        found = []
        for text in rules:
            try:
                found.append(Selector(text, frozenset(self._registry.select(text))))
            except UnknownRule as error:
                found.append(Selector(text, frozenset(), error.nearest))
        return tuple(found)

    def asks(self, code: str) -> bool:
        """Return whether a rule can speak in this run: it is on, and on in a profile by which is judged."""
        if code not in self._enabled:
            return False
        profile, levels = self._settings.profile, self._settings.severity
        severity = self._registry.rule(code).severity
        return any(levels.get(code, severity[one]) is not None for one in ([profile] if profile else JUDGING))

    def of(self, document: Document) -> FileSilencer | None:
        """Return what silences findings of a document, or None where nothing does."""
        name = document.source.name
        entries = self._entries_for(name)
        inline = self._inline(document)
        if not entries and not inline and self.baseline is None:
            return None
        return FileSilencer(name, inline, entries, self.baseline, self._enabled, whole=self.whole)

    def wanted(self, document: Document) -> FileSilencer | None:
        """Return what says of a document that something shall stay as it is: comments and the configuration.

        What the baseline holds is only known, and may be mended.
        """
        name = document.source.name
        entries, inline = self._entries_for(name), self._inline(document)
        return FileSilencer(name, inline, entries, None, self._enabled, whole=False) if entries or inline else None

    def of_comments(self, path: str) -> FileSilencer | None:
        """Return what silences findings about the comments of a file: what the configuration says of it."""
        entries = self._entries_for(path)
        return FileSilencer(path, [], entries, None, self._enabled, whole=self.whole) if entries else None

    def _entries_for(self, name: str) -> list[tuple[int, _Entry]]:
        """Return the entries of the configuration that hold for a file, with their numbers."""
        if not self._entries:
            return []
        relative = os.path.relpath(os.path.abspath(name), self._folder).replace(os.sep, "/")
        return [(i, entry) for i, entry in enumerate(self._entries) if entry.holds_for(relative)]

    def comments(self, silenced: Iterable[Silenced]) -> list[Suppression]:
        """Return the comments of all files, with what they were good for."""
        inline: dict[tuple[str, Region], Suppression] = {}
        for one in silenced:
            for suppression in one.inline:
                first = inline.setdefault((suppression.path, suppression.region), suppression)
                first.used |= suppression.used
                first.judged |= suppression.judged
        return [self._judged(suppression) for suppression in inline.values()]

    def others(self, silenced: Iterable[Silenced]) -> list[Suppression]:
        """Return what else was to silence findings in a run, with what it was good for in all files together."""
        configured = [replace(entry.suppression, used=set(), judged=set()) for entry in self._entries]
        known: dict[str, dict[str, int]] = {}
        for one in silenced:
            for i, (used, judged) in one.configured.items():
                configured[i].used |= used
                configured[i].judged |= judged
            for anchor, count in one.known.items():
                counts = known.setdefault(one.path, {})
                counts[anchor] = counts.get(anchor, 0) + count
            known.setdefault(one.path, {})
        return [*map(self._judged, configured), *self._stale(known)]

    def _judged(self, suppression: Suppression) -> Suppression:
        """Return a Suppression that is judged by those rules only that can speak in this run."""
        named = frozenset[str]().union(*(selector.codes for selector in suppression.selectors))
        suppression.judged = {code for code in suppression.judged & named if self.asks(code)}
        return suppression

    def _stale(self, known: dict[str, dict[str, int]]) -> Iterator[Suppression]:
        """Yield the entries of the baseline that silence nothing any more, in files that were read."""
        if self.baseline is None:
            return
        used = {self.baseline.relative(path): counts for path, counts in known.items()}
        elsewhere = {anchor for path, counts in used.items() if path not in self.baseline.by_path for anchor in counts}
        anywhere = {anchor for counts in used.values() for anchor in counts}
        for number, entry in enumerate(self.baseline.entries, 2):
            if entry.rule.startswith("IL6"):
                unused = entry.anchor not in anywhere
            elif entry.path in used:
                unused = used[entry.path].get(entry.anchor, 0) < entry.times
            else:
                unused = self.whole and entry.path in self.baseline.gone and entry.anchor not in elsewhere
            if unused and self.asks(entry.rule) and (self.whole or not entry.rule.startswith("IL6")):
                words = f"{entry.path}: {entry.rule} {entry.about}"
                yield Suppression(
                    "baseline",
                    self.baseline.path,
                    Region(number, 1, number, 1),
                    words,
                    (Selector(entry.rule, frozenset({entry.rule})),),
                    judged={entry.rule},
                )

    def _inline(self, document: Document) -> list[_Inline]:
        opener = _OPENERS.get(document.format)
        if opener is None or b"igsn-lint:" not in (document.source.plain or b"igsn-lint:"):
            return []
        return list(self._comments(document, opener))

    def _comments(self, document: Document, opener: str) -> Iterator[_Inline]:
        """Yield the comments of a document that silence, each with the lines that it reaches."""
        source = document.source
        text = source.text
        started: list[_Inline] = []
        # Many words may stand in one comment.
        next_line = cache(partial(_next_line, document=document))
        marks = _Marks(text, opener, is_markdown=document.format == "markdown")
        for match in _COMMENT.finditer(text):
            begin = marks.begin(match.start())
            if begin is None or marks.in_code(begin):
                continue
            first, column = source.position(match.start())
            reason, closed, _ = match["reason"].partition("-->")
            end = match.start() + len(text[match.start() : match.start("reason") + len(reason)].rstrip())
            region = Region(first, column, first, column + end - match.start())
            rules = [part.strip() for part in (match["rules"] or "").split(",") if part.strip()]
            if match["word"] == "ignore-end":
                while started:
                    started.pop().last = first
                continue
            suppression = Suppression(
                "inline", source.name, region, source.line(first), self.selectors(rules), reason.strip()
            )
            if match["word"] not in _WORDS:
                suppression.flaw = f"says {match['word']}, and not ignore, ignore-file, ignore-start or ignore-end"
            elif not rules:
                suppression.flaw = "names no rule: write igsn-lint: ignore[IL203]"
            elif self._require_reason and not reason.strip():
                suppression.flaw = "gives no reason, and the configuration demands one"
            if match["word"] == "ignore-file":
                yield _Inline(suppression, 1, _ALWAYS)
            elif match["word"] == "ignore-start":
                started.append(_Inline(suppression, first, 2.0**53))
                yield started[-1]
            else:
                after = marks.end(end) if opener == "<!--" and not closed else match.end("reason")
                alone = marks.begins_line(begin) and not _rest(text, match, closed)
                line = next_line(source.position(after)[0]) if alone else first
                yield _Inline(suppression, first, line)


def _rest(text: str, match: re.Match[str], closed: str) -> str:
    """Return what stands behind the comment on its line."""
    if not closed:
        return ""
    behind = match.start("reason") + match["reason"].index("-->") + 3
    end = text.find("\n", behind)
    return text[behind : end if end >= 0 else len(text)].strip()


def _next_line(number: int, document: Document) -> int:
    """Return the number of the next line that is not blank."""
    last = document.source.position(len(document.source.text))[0]
    number += 1
    while number < last and not document.source.line(number).strip():
        number += 1
    return number


class _Marks:
    """Where the comments and the code of a text begin and end.

    What is asked of many offsets is looked up: looking through the text for each would take for ever.
    """

    def __init__(self, text: str, opener: str, *, is_markdown: bool) -> None:
        self._text, self._opener = text, opener
        self._opened, self._closed = (
            [match.start() for match in re.finditer(mark, text)] if opener == "<!--" else [] for mark in ("<!--", "-->")
        )
        self._fences = [fence.start() for fence in _FENCE.finditer(text)] if is_markdown else []
        self._is_markdown = is_markdown
        self._before = lru_cache(maxsize=1)(self._line_before)

    def begin(self, at: int) -> int | None:
        """Return where the comment that holds an offset begins, or None where the offset is in no comment."""
        if self._opener == "<!--":
            opened = bisect_right(self._opened, at - len("<!--"))
            closed = bisect_right(self._closed, at - len("-->"))
            if not opened or (closed and self._closed[closed - 1] >= self._opened[opened - 1]):
                return None
            return self._opened[opened - 1]
        line = self._text.rfind("\n", 0, at) + 1
        begin = self._text.find(self._opener, line, at)
        if begin < 0 or (self._opener == ".." and self._text[line:begin].strip()):
            return None
        return begin

    def end(self, at: int) -> int:
        """Return the end of a comment behind an offset that is in it."""
        closed = bisect_left(self._closed, at)
        return (self._closed[closed] if closed < len(self._closed) else -1) + len("-->")

    def in_code(self, at: int) -> bool:
        """Return whether an offset in Markdown is between two fences, or in a line behind a lone backtick."""
        return self._is_markdown and (bisect_left(self._fences, at) % 2 == 1 or self._before(at).count("`") % 2 == 1)

    def begins_line(self, at: int) -> bool:
        """Return whether nothing stands before an offset in its line."""
        return not self._before(at).strip()

    def _line_before(self, at: int) -> str:
        return self._text[self._text.rfind("\n", 0, at) + 1 : at]


class Recorder(Silencer):
    """Takes every finding down as a baseline needs it, each by itself; comments and configuration silence before it."""

    def __init__(
        self, registry: Registry, enabled: set[str], config: Config | None = None, settings: Settings | None = None
    ) -> None:
        super().__init__(registry, enabled, config, settings=settings)
        self.findings: list[Finding] = []

    def of(self, document: Document) -> FileSilencer:
        """Return what takes down the findings of a document that nothing else silences."""
        silencer = super().of(document) or FileSilencer(document.source.name, [], [], None, set(), whole=False)
        silences = silencer.silences

        def record(finding: Finding) -> bool:
            silenced = silences(finding)
            if not silenced:
                self.findings.append(finding)
            return silenced

        silencer.silences = record  # type: ignore[method-assign]
        return silencer

    def comments(self, silenced: Iterable[Silenced]) -> list[Suppression]:
        """Return nothing: what is taken down are the findings in files."""
        return []

    def others(self, silenced: Iterable[Silenced]) -> list[Suppression]:
        """Return nothing: what is taken down are the findings in files."""
        return []


class Silenced(NamedTuple):
    """What was silenced in one file, as plain data that can cross a process.

    ``inline`` are its comments; ``configured`` says by the number of an entry of the configuration which rules it
    silenced here and which it could have silenced; ``known`` counts by anchor what the baseline silenced.
    """

    path: str
    findings: list[Finding]
    inline: list[Suppression]
    configured: dict[int, tuple[set[str], set[str]]]
    known: dict[str, int]


class FileSilencer:
    """What silences the findings of one file, and what it was good for."""

    def __init__(
        self,
        path: str,
        inline: list[_Inline],
        entries: list[tuple[int, _Entry]],
        baseline: Baseline | None,
        enabled: set[str],
        *,
        whole: bool,
    ) -> None:
        self._inline, self._entries, self._baseline = inline, entries, baseline
        self._left = dict(baseline.known(path)) if baseline is not None else {}
        self._reaches: dict[str, _Reach] = {}
        # Rules on the collection are judged only where the whole set was looked at.
        on = {code for code in enabled if whole or not code.startswith("IL6")}
        for one in inline:
            one.suppression.judged |= on
        configured = {i: (set[str](), on if whole or entry.names_one_file else set()) for i, entry in entries}
        self.result = Silenced(path, [], [one.suppression for one in inline], configured, {})

    def silences(self, finding: Finding) -> bool:
        """Return whether the finding is silenced, and keep it where it is."""
        note = self._note(finding)
        if note is not None:
            self.result.findings.append(replace(finding, suppressed=note))
        return note is not None

    def _note(self, finding: Finding) -> Suppressed | None:
        if self._inline and (one := self._reach(finding.rule).first(finding)) is not None:
            one.suppression.used.add(finding.rule)
            return one.suppression.note()
        for i, entry in self._entries:
            if entry.suppression.names(finding.rule) and entry.reaches(finding):
                self.result.configured[i][0].add(finding.rule)
                return entry.suppression.note()
        if self._baseline is not None and self._left.get(finding.anchor, 0) > 0:
            self._left[finding.anchor] -= 1
            known = self.result.known
            known[finding.anchor] = known.get(finding.anchor, 0) + 1
            return Suppressed("baseline", self._baseline.path, 0, "")
        return None

    def _reach(self, rule: str) -> _Reach:
        """Return the comments that name a rule."""
        reach = self._reaches.get(rule)
        if reach is None:
            naming = ((i, one) for i, one in enumerate(self._inline) if one.suppression.names(rule))
            reach = self._reaches[rule] = _Reach(naming)
        return reach
