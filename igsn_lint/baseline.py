"""The baseline: findings that are known and stay silent until they change.

A file of JSON lines, one an entry, sorted, so that people can read it and git can merge it. An entry is the Anchor of
a finding and how often it stands in a file; lines, columns and indices are no part of it.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from igsn_lint.model import Finding

NAME = "igsn-lint-baseline.jsonl"
FORMAT_VERSION = "1"


class BadBaseline(ValueError):
    """A baseline that can not be used; the message names the file and the line."""


class Entry(NamedTuple):
    """A known finding: path (from the folder of the baseline on), rule, anchor, how often, and words for people."""

    path: str
    rule: str
    anchor: str
    times: int
    about: str


class Baseline:
    """The entries of one file, by path. ``gone`` are the entries of files that do not exist any more."""

    def __init__(self, path: str, entries: Iterable[Entry]) -> None:
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path))
        self.entries = sorted(entries)
        self.by_path: dict[str, dict[str, Entry]] = {}
        for entry in self.entries:
            self.by_path.setdefault(entry.path, {})[entry.anchor] = entry
        self._anywhere = {entry.anchor: entry.times for entry in self.entries if entry.rule.startswith("IL6")}
        members = cache(_members)
        self.gone = {name for name in self.by_path if not self._is_there(name, members)}

    def _is_there(self, name: str, members: Callable[[str], frozenset[str] | None]) -> bool:
        """Return whether there is a file, or a member of an archive (``a.zip!/b.csv``)."""
        outer, inside, member = name.partition("!/")
        path = os.path.join(self.folder, outer)
        if not inside or not os.path.isfile(path):
            return os.path.exists(path)
        names = members(path)
        return names is None or member.partition("!/")[0] in names

    def relative(self, name: str) -> str:
        """Return the path of a file as entries write it."""
        return os.path.relpath(os.path.abspath(name), self.folder).replace(os.sep, "/")

    def known(self, name: str) -> dict[str, int]:
        """Return by anchor how many findings of a file are known.

        A file without entries may have been renamed: it takes those of files that are gone. Which of several files
        has a finding on the collection depends on their names: these are known in all of them.
        """
        counts = dict(self._anywhere)
        own = self.by_path.get(self.relative(name))
        if own is not None:
            return counts | {anchor: entry.times for anchor, entry in own.items()}
        for gone in self.gone:
            for anchor, entry in self.by_path[gone].items():
                counts[anchor] = max(counts.get(anchor, 0), entry.times)
        return counts

    def line(self, entry: Entry) -> int:
        """Return the 1-based line of an entry; the first line says what the file is."""
        return self.entries.index(entry) + 2

    def text(self) -> str:
        """Return the file's text."""
        import json

        head = {"igsn-lint-baseline": FORMAT_VERSION}
        rows = [json.dumps(head), *(json.dumps(entry._asdict(), ensure_ascii=False) for entry in self.entries)]
        return "\n".join(rows) + "\n"


def _members(path: str) -> frozenset[str] | None:
    from igsn_lint.archive import names_in

    return names_in(path)


def load(path: str) -> Baseline:
    """Return the baseline of a file.

    Raises BadBaseline where it is none or of a newer format, OSError where it can not be read.
    """
    import json

    with open(path, encoding="utf-8") as file:
        try:
            lines = file.read().splitlines()
        except UnicodeDecodeError as error:
            raise BadBaseline(f"{path}: not a baseline of igsn-lint") from error
    try:
        version = json.loads(lines[0])["igsn-lint-baseline"]
    except (ValueError, LookupError, TypeError) as error:
        raise BadBaseline(f"{path}: not a baseline of igsn-lint") from error
    if version != FORMAT_VERSION:
        raise BadBaseline(f"{path}: the format is {version}, this igsn-lint reads {FORMAT_VERSION}")
    entries = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise BadBaseline(f"{path}:{number}: not an entry of a baseline (a merge conflict?)") from error
        entries.append(entry)
    return Baseline(path, entries)


def of(path: str, findings: Iterable[Finding], kept: Iterable[Entry] = ()) -> Baseline:
    """Return a baseline of findings (each by itself, none aggregated), and of entries that are kept."""
    empty = Baseline(path, ())
    counts: Counter[tuple[str, str, str]] = Counter()
    about: dict[str, str] = {}
    for finding in findings:
        key = empty.relative(finding.path), finding.rule, finding.anchor
        counts[key] += 1
        about.setdefault(finding.anchor, finding.identifier or " ".join(finding.text.split())[:80])
    entries = {(e.path, e.rule, e.anchor): e for e in kept}
    for (name, rule, anchor), count in counts.items():
        entries[name, rule, anchor] = Entry(name, rule, anchor, count, about[anchor])
    return Baseline(path, entries.values())


def merged(
    old: Baseline,
    new: Baseline,
    read: Iterable[str],
    broken_off: Iterable[str],
    *,
    pruning: bool,
    on: set[str],
    whole: bool,
) -> Baseline:
    """Return the baseline after a run that read some files with some rules on, and some others not to their end.

    What the run could not have found stays: unless it is ``whole``, a file that is gone may have been renamed to one
    that was not read, and of two records that collide only one may have been. ``pruning`` only takes out what is not
    found any more.
    """
    seen = {new.relative(name) for name in read}
    unknown = tuple(new.relative(name) for name in broken_off)
    within = tuple(f"{name}!/" for name in unknown)
    found = {(entry.path, entry.rule, entry.anchor): entry for entry in new.entries}
    # A file that was renamed keeps what is known of it.
    moved = {(entry.rule, entry.anchor): entry for entry in new.entries if entry.path not in old.by_path}
    kept: list[Entry] = []
    for entry in old.entries:
        now = found.get((entry.path, entry.rule, entry.anchor))
        if now is None and entry.path in old.gone:
            now = moved.get((entry.rule, entry.anchor))
        is_unknown = entry.path in unknown or entry.path.startswith(within) or entry.rule not in on
        is_elsewhere = not whole and now is None and (entry.path in old.gone or entry.rule.startswith("IL6"))
        is_read = entry.path.partition("!/")[0] in seen or entry.path in old.gone
        if is_unknown or is_elsewhere or not is_read:
            kept.append(entry)
        elif pruning and now is not None:
            kept.append(now._replace(times=min(entry.times, now.times)))
    return Baseline(old.path, kept if pruning else [*kept, *new.entries])


def counted(baseline: Baseline) -> str:
    """Return in words how much a baseline knows."""
    count = sum(entry.times for entry in baseline.entries)
    files = len(baseline.by_path)
    known = "1 finding is known" if count == 1 else f"{count} findings are known"
    return f"{known} in {files} {'file' if files == 1 else 'files'}"


def table(baseline: Baseline) -> str:
    """Return the known findings counted by rule and by file."""
    rules: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for entry in baseline.entries:
        rules[entry.rule] += entry.times
        files[entry.path] += entry.times
    lines = [f"{count:>6} {name}" for counts in (rules, files) for name, count in sorted(counts.items())]
    return "\n".join([*lines, counted(baseline)]) + "\n"
