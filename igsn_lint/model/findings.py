"""What a run gives: findings, what silenced some, and what was not checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from igsn_lint.model.document import Notice
from igsn_lint.model.words import SEVERITIES
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from igsn_lint.model.words import Profile, Severity, SuppressionKind
    from igsn_lint.source import Region

_NUMBERS = lazy(r"[0-9]+")


def in_order(pointer: str) -> str:
    """Return what pointers are sorted by where there are no lines: page 2 stands before page 10."""
    return _NUMBERS.sub(lambda number: number[0].zfill(9), pointer)


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


class Whole(NamedTuple):
    """A whole ID as people read it, with its tag or resolver; ``begin`` tells it from equal ones."""

    text: str
    begin: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """A Breach that survived settling, with everything that a reporter needs.

    ``links`` says that ``replacement`` is no text to write but the target of a link to make. ``order`` is where it
    stands in a document without lines. ``whole`` is the ID that it is about, of which ``text`` may be a part.
    Where it stands for many places, ``alone`` is what is said of the first.
    """

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
    links: bool = False
    order: tuple[int, int] = (0, 0)
    whole: Whole | None = None
    alone: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, int, str, str, str]:
        """The order of findings: by path, place, rule."""
        if self.region is not None:
            return self.path, self.region.line, self.region.column, "", 0, self.rule, self.pointer, self.message
        block, offset = self.order
        return self.path, block, 0, in_order(self.pointer), offset, self.rule, self.pointer, self.message


@dataclass
class Report:
    """The result of a run: findings in order, what was not checked, and counts.

    ``suppressed`` are the findings that a user has silenced, ``inventory`` a row for each Mention where a format asks
    for it. ``missing`` are named paths that do not exist. ``failures`` names files in which igsn-lint itself broke:
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
    missing: list[str] = field(default_factory=list)
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
        self.missing += other.missing
        self.failures += other.failures

    @property
    def not_checked(self) -> list[Notice]:
        """Everything that was left out, by name: also the files of kinds that are not read, and paths without one."""
        named = {notice.path for notice in self.notices}
        unread = [
            Notice(path, "files of this kind are not read") for path in sorted(self.unread_paths) if path not in named
        ]
        missing = [Notice(path, "there is no such file or folder") for path in self.missing]
        return sorted([*self.notices, *unread, *missing])

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def exit_code(self, fail_on: Severity | Literal["never"] = "error") -> int:
        """Return 1 where a finding is as grave as ``fail_on`` or graver, else 0; ValueError for another word."""
        if fail_on == "never":
            return 0
        if fail_on not in SEVERITIES:
            raise ValueError(f"there is no severity {fail_on!r} (there are {', '.join(SEVERITIES)}, and never)")
        grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return int(any(finding.severity in grave for finding in self.findings))
