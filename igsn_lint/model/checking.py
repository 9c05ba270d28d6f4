"""A rule, the check that looks for breaches of it, and what it may know."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from igsn_lint.identifier import is_doi_prefix, upper
from igsn_lint.model.words import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from igsn_lint.model.document import Document
    from igsn_lint.model.mention import Breach, Mention
    from igsn_lint.model.places import Link
    from igsn_lint.model.settings import Settings
    from igsn_lint.model.words import Profile, Role, Severity


class Rule(NamedTuple):
    """What is demanded and why: the head of a rule page, and its text.

    ``plain`` says in words for authors what is wrong, where the message has words for programmers; ``ask`` what authors
    are asked where there is nothing to write, in place of the demand. A question is put to them whatever the severity.
    """

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
    plain: str = ""
    ask: str = ""


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
