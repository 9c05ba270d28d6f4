"""What configuration adds for readers, finder and checks."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from igsn_lint import facts
from igsn_lint.known import Elsewhere, KnownIds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from igsn_lint.model.words import Profile, Severity
    from igsn_lint.pathpatterns import FilePatterns


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
    ``known_ids`` exist although no file of the run declares them; ``complete`` says of which IDs all are in the run, or
    ``elsewhere`` where only some files are looked at.
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
    elsewhere: Elsewhere = field(default_factory=Elsewhere, compare=False)
    required_relations: tuple[RequiredRelation, ...] = ()

    def holds(self, prefix: str | None) -> str | None:
        """Return what a prefix holds (``samples``, ``none``, ``test``, ``example``), or None where it is not known."""
        if prefix is None:
            return None
        if self.prefixes and prefix in self.prefixes:
            return self.prefixes[prefix]
        return facts.prefixes().get(prefix)
