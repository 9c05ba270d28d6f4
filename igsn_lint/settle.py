"""From breaches to findings: severity by profile, precedence, aggregation; only what survives gets a position."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.identifier import Igsn, NotAnIgsn
from igsn_lint.model import Finding, RelatedPlace, Replacement, Whole, in_order
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Sequence
    from hashlib import blake2b

    from igsn_lint.model import Breach, Document, Edit, Mention, Place, Profile, Record, Rule, Settings, Severity
    from igsn_lint.registry import Registry

AGGREGATE_ABOVE = 20
"""So many places of one document may break one rule in one way before they become one finding."""

_MOST_TEXT = 200
"""So many characters are quoted of what is no Mention."""

_DAMAGED_SPELLING = {f"IL{n}" for n in (*range(102, 112), 118)}


def precedence(code: str) -> int:
    """Return the rank of a rule: at one place the lowest rank speaks and the others are silent."""
    family = code[:3]
    if code in _DAMAGED_SPELLING:
        return 2
    if code == "IL304":
        # What is only newer than declared is no refusal, and hides no error about the same value.
        return 6
    return {"IL0": 0, "IL3": 1, "IL4": 3, "IL5": 3, "IL1": 4, "IL2": 5}.get(family, 6)


class Judged(NamedTuple):
    """A breach with the rule that it breaks, its severity, and by whose standard; what settling is about."""

    rule: Rule
    severity: Severity
    profile: Profile
    breach: Breach


def profile_of(breach: Breach, document: Document, *, has_records: bool, settings: Settings) -> Profile:
    """Return by whose standard a breach is judged: what a run sets for all, else by its subject."""
    if settings.profile is not None:
        return settings.profile
    if breach.mention is not None:
        return "publish" if breach.mention.role in {"declared", "related"} else "cite"
    return "publish" if breach.record is not None or has_records else "cite"


def settle(
    document: Document,
    breaches: Iterable[tuple[str, Breach]],
    registry: Registry,
    settings: Settings,
    *,
    has_records: bool,
    silences: Callable[[Finding], bool] | None = None,
) -> list[Finding]:
    """Return the findings of one document; ``silences`` is asked of each, before many become one."""
    settled = Settled()
    settled.add(document, surviving(document, breaches, registry, settings, has_records=has_records), silences)
    return settled.findings()


class Settled:
    """The findings of one file, which may come in pieces; plain data, so that it can cross a process."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str, str], _Group] = {}

    def take(self, later: Settled) -> None:
        """Take in the findings of a later piece of the same file."""
        for key, group in later._groups.items():
            mine = self._groups.get(key)
            if mine is None:
                self._groups[key] = group
                continue
            free = AGGREGATE_ABOVE - len(mine.findings)
            mine.findings.extend(group.findings[:free])
            mine.others.extend(_shown(finding) for finding in group.findings[free:])
            mine.others.extend(group.others)

    def thin(self, before: Counter[tuple[str, str, str]]) -> None:
        """Keep only the places of findings that so many others of their kind stood ``before``, and count these."""
        for key, group in self._groups.items():
            free = max(AGGREGATE_ABOVE - before[key], 0)
            before[key] += len(group.findings)
            group.others[:0] = [_shown(finding) for finding in group.findings[free:]]
            del group.findings[free:]

    def add(
        self,
        document: Document,
        judged: Sequence[Judged],
        silences: Callable[[Finding], bool] | None = None,
    ) -> None:
        """Locate what breaks a rule in a document or a piece of one; ``silences`` is asked of each finding."""
        beside = _Beside(judged)
        for key, items in _groups(judged).items():
            group = self._groups.setdefault(key, _Group([], []))
            for item in items:
                full = len(group.findings) >= AGGREGATE_ABOVE
                if silences is not None or not full:
                    finding = _finding(item, document, beside.of(item))
                    if silences is not None and silences(finding):
                        continue
                    if not full:
                        group.findings.append(finding)
                        continue
                place, text = item.breach.place, _offending(item, document)
                group.others.append(
                    RelatedPlace(
                        item.breach.message,
                        document.source.name,
                        document.region(place),
                        document.pointer(place),
                        text[:_MOST_TEXT],
                    )
                )

    def findings(self) -> list[Finding]:
        """Return the findings; more than 20 places that break one rule in one way are one."""
        return [
            finding
            for group in self._groups.values()
            for finding in ([_aggregate(group)] if group.others else group.findings)
        ]


class _Beside:
    """What else is wrong with the Mention of a breach: the form to write is right in all of it."""

    def __init__(self, judged: Iterable[Judged]) -> None:
        self._by_mention: dict[int, list[Judged]] = {}
        for item in judged:
            if item.breach.mention is not None:
                self._by_mention.setdefault(id(item.breach.mention), []).append(item)

    def of(self, item: Judged) -> list[Judged]:
        """Return the other breaches at the same Mention, a damaged spelling first."""
        others = [other for other in self._by_mention.get(id(item.breach.mention), ()) if other is not item]
        return sorted(others, key=lambda other: precedence(other.rule.code))


def unsilenced(judged: Sequence[Judged], document: Document, silences: Callable[[Finding], bool]) -> list[Judged]:
    """Return the breaches whose findings are not silenced."""
    return [item for item in judged if not silences(_finding(item, document))]


class _Group(NamedTuple):
    """The places that break one rule in one way: the first as findings, the others as what an aggregate shows."""

    findings: list[Finding]
    others: list[RelatedPlace]


def _decoded(judged: list[Judged], document: Document) -> list[Judged]:
    """Return the breaches without those of a spelling that the wrong encoding made, where that is a finding itself."""
    codes = {item.rule.code for item in judged}
    source = document.source
    if not codes & {"IL002", "IL003"} or not codes & _DAMAGED_SPELLING or source.undecodable is None:
        return judged

    def is_made(item: Judged) -> bool:
        if item.rule.code not in _DAMAGED_SPELLING:
            return False
        shown = document.shown(item.breach.place)
        return "\ufffd" in shown or (source.encoding == "cp1252" and not shown.isascii())

    return [item for item in judged if not is_made(item)]


def surviving(
    document: Document,
    breaches: Iterable[tuple[str, Breach]],
    registry: Registry,
    settings: Settings,
    *,
    has_records: bool,
) -> list[Judged]:
    """Return the breaches of one document that count: their rule is on for the profile, and no other comes before."""
    judged = []
    for code, breach in breaches:
        rule = registry.rule(code)
        profile = profile_of(breach, document, has_records=has_records, settings=settings)
        severity = settings.severity.get(code, rule.severity[profile])
        if severity is not None:
            judged.append(Judged(rule, severity, profile, _undecided(breach)))
    return _give_way(_decoded(judged, document))


def _undecided(breach: Breach) -> Breach:
    """Return a breach without what to write instead where the ID can be read in two ways: that would be guessed.

    Edits of the tag or resolver before it leave both readings.
    """
    mention = breach.mention
    if mention is None or not mention.doubtful:
        return breach
    begin = mention.start + mention.spelling.suffix_start
    before = all(edit.target is None and (edit.place.end or begin + 1) <= begin for edit in breach.edits)
    return breach._replace(edits=breach.edits if before else (), replacement=None)


def _give_way(judged: Sequence[Judged]) -> list[Judged]:
    """Return what remains where at one place only the rule of the lowest rank speaks."""
    by_value: dict[object, list[Judged]] = {}
    lacking: list[Judged] = []
    for item in judged:
        # What a record lacks is told at the record: that another thing is missing, too, makes it no less true.
        if item.breach.record is None or item.breach.place != item.breach.record.place:
            by_value.setdefault(item.breach.place.origin, []).append(item)
        elif item.rule.gives_way_to:
            lacking.append(item)
    silent = _said_twice(lacking, judged) if lacking else set()
    silent |= _of_one_property(judged)
    for items in by_value.values():
        if len(items) == 1:
            continue
        for loser, winner in _overlaps(items):
            if loser.rule.code == winner.rule.code:
                continue
            if winner.rule.code in loser.rule.gives_way_to or precedence(winner.rule.code) < precedence(
                loser.rule.code
            ):
                silent.add(id(loser))
    return [item for item in judged if id(item) not in silent]


def _of_one_property(judged: Iterable[Judged]) -> set[int]:
    """Return (by ``id``) what is said of a part of a property that a rule which it gives way to has found wrong."""
    by_property: dict[object, list[Judged]] = {}
    for item in judged:
        if item.breach.item is not None:
            by_property.setdefault(item.breach.item.place.origin, []).append(item)
    silent: set[int] = set()
    for items in by_property.values():
        codes = {item.rule.code for item in items}
        silent.update(id(item) for item in items if not codes.isdisjoint(item.rule.gives_way_to))
    return silent


def _said_twice(lacking: Iterable[Judged], judged: Iterable[Judged]) -> set[int]:
    """Return (by ``id``) what a rule says of a record as a whole in the very words of one that it gives way to."""
    said = {(item.rule.code, item.breach.place.origin, item.breach.message) for item in judged}
    return {
        id(item)
        for item in lacking
        for code in item.rule.gives_way_to
        if (code, item.breach.place.origin, item.breach.message) in said
    }


def _overlaps(items: list[Judged]) -> Iterable[tuple[Judged, Judged]]:
    """Yield the pairs (both ways round) whose places overlap, in a time that is linear in what stands apart."""

    def begin(item: Judged) -> int:
        return -1 if item.breach.place.start is None else item.breach.place.start

    def finish(item: Judged) -> float:
        place = item.breach.place
        return float("inf") if place.end is None or place.start is None else max(place.end, place.start + 1)

    active: list[Judged] = []
    for item in sorted(items, key=begin):
        active = [other for other in active if finish(other) > begin(item)]
        for other in active:
            yield item, other
            yield other, item
        active.append(item)


_QUOTED = lazy(r'"[^"]*"')


def _groups(judged: Sequence[Judged]) -> dict[tuple[str, str, str], list[Judged]]:
    """Return the breaches grouped by rule and the way in which they break it."""
    groups: dict[tuple[str, str, str], list[Judged]] = {}
    for item in judged:
        way = _QUOTED.sub('""', item.breach.message)
        groups.setdefault((item.rule.code, item.profile, way), []).append(item)
    return groups


def _finding(item: Judged, document: Document, beside: Sequence[Judged] = ()) -> Finding:
    """Return the Finding of one breach, located; ``beside`` is what else is wrong with its Mention."""
    rule, severity, profile, breach = item
    source = document.source
    region = document.region(breach.place)
    pointer = document.pointer(breach.place)
    text = _offending(item, document)
    mention = breach.mention
    identifier = breach.identifier or (mention.key if mention is not None and mention.suffix else None)
    if identifier is None and mention is None and breach.record is not None:
        identifier = _own(breach.record)
    # The text of an object changes with the order of its keys: what is said of it does not.
    offending = breach.message if text[:1] in {"", "{", "["} else text
    edits = []
    # What is no text has no region for an edit; only fixing looks where it would stand.
    for edit in breach.edits if document.has_lines else ():
        change = document.change(edit)
        if change is not None:
            edits.append(Replacement(source.region(change.start, change.end), change.text))
    if mention is not None:
        subject = {"kind": "mention", "role": str(mention.role)}
    elif rule.subject == "Collection":
        subject = {"kind": "collection"}
    else:
        subject = {"kind": "record" if breach.record else "document"}
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=severity,
        message=breach.message,
        path=source.name,
        region=region,
        pointer=pointer,
        text=text,
        identifier=identifier,
        subject=subject,
        profile=profile,
        anchor=anchor(rule.code, identifier, pointer, offending),
        source=rule.source,
        strength=rule.strength,
        replacement=breach.replacement or _replacement(item, beside),
        safe=bool(breach.edits) and all(edit.safe for edit in breach.edits),
        edits=tuple(edits),
        related=tuple(_related(document, *related) for related in breach.related),
        lines=(passage,) if (passage := document.passage(breach.place)) or region else (),
        links=any(edit.target is not None for edit in breach.edits),
        order=(0, 0) if region is not None else document.order(breach.place),
        whole=None if mention is None else _whole(breach.place, mention, document),
    )


def _whole(place: Place, mention: Mention, document: Document) -> Whole:
    """Return the ID that a place is about, with the place where that reaches beyond it."""
    own = mention.place()
    start, end = mention.start, mention.end
    if place.origin == own.origin and place.start is not None and place.end is not None:
        start, end = min(start, place.start), max(end, place.end)
    return Whole(mention.segment.text[start:end][:_MOST_TEXT], document.order(own))


def _offending(item: Judged, document: Document) -> str:
    """Return the text that offends; where the whole record lacks something, none of it does."""
    breach = item.breach
    lacking = breach.record is not None and breach.place == breach.record.place
    text = "" if lacking else document.shown(breach.place)
    return text[:_MOST_TEXT] if breach.place.start is None and breach.mention is None else text


def _own(record: Record) -> str | None:
    """Return the record's own ID, or None where it has none that can be read."""
    return None if record.identifier is None else _key(record.identifier.words)


@lru_cache(maxsize=16)
def _key(text: str) -> str | None:
    try:
        return Igsn.parse(text).key
    except NotAnIgsn:
        return None


def _replacement(item: Judged, beside: Iterable[Judged]) -> str | None:
    """Return the whole Mention to be pasted, with the edits of a breach made, and those of others that are apart.

    None where there is no edit in it, or where it would be damaged still.
    """
    breach, mention = item.breach, item.breach.mention
    if mention is None or not breach.edits or mention.doubtful:
        return None
    edits = list(breach.edits)
    for other in beside:
        if _stays_damaged(other) and precedence(item.rule.code) > precedence(other.rule.code):
            return None
        if other.breach.edits and _are_apart(both := [*edits, *other.breach.edits], mention):
            edits = both
    text = mention.segment.text
    pieces, at = [], mention.start
    for edit in sorted(edits, key=lambda e: (e.place.start or 0, e.place.end or 0)):
        place = edit.place
        if edit.text is None:
            return None
        if place.origin != mention.segment.origin or place.start is None or place.end is None:
            return edit.text
        if place.end <= mention.start and not edit.text:
            # What goes before it is no part of it.
            continue
        if place.start < at:
            return edit.text
        pieces += [text[at : place.start], edit.text]
        at = place.end
    return "".join([*pieces, text[at : max(mention.end, at)]])


def _stays_damaged(item: Judged) -> bool:
    """Return whether a spelling is damaged for certain and nobody knows how to mend it."""
    return item.rule.code in _DAMAGED_SPELLING and item.severity == "error" and not item.breach.edits


def _are_apart(edits: Iterable[Edit], mention: Mention) -> bool:
    """Return whether edits can all be made in a Mention; two insertions at one place would have no order."""
    spans = []
    for edit in edits:
        origin, start, end = edit.place
        if edit.text is None or edit.target is not None or origin != mention.segment.origin:
            return False
        if start is None or end is None or start < mention.start:
            return False
        spans.append((start, end))
    return all(a < c and b <= c for (a, b), (c, _) in pairwise(sorted(spans)))


def _related(document: Document, message: str, place: Place, path: str | None = None) -> RelatedPlace:
    name = document.source.name if path is None else path
    return RelatedPlace(
        message, name, document.region(place), document.pointer(place), document.shown(place)[:_MOST_TEXT]
    )


def _shown(finding: Finding) -> RelatedPlace:
    """Return a finding as one of the places of an aggregate."""
    return RelatedPlace(finding.message, finding.path, finding.region, finding.pointer, finding.text[:_MOST_TEXT])


def _place(place: RelatedPlace) -> tuple[tuple[int, ...], str]:
    """Return what the places of an aggregate are sorted by."""
    return (place.region or (0, 0)), place.pointer if place.region else in_order(place.pointer)


def _aggregate(group: _Group) -> Finding:
    """Return one finding for many breaches: the count, the first places in words, and all others as related."""
    first = group.findings[0]
    shown = [_shown(finding) for finding in group.findings]
    located = sorted([*shown, *group.others], key=_place)
    places = list(dict.fromkeys(f"{p.region.line}:{p.region.column}" if p.region else p.pointer for p in located))
    named = ", ".join(places[:3]) + (" …" if len(places) > 3 else "")
    # Where each place has its own words, those of the first are not said of all.
    of = "" if all(place.message == first.message for place in located) else "one of "
    values = {field: getattr(first, field) for field in Finding.__slots__}
    values.update(
        message=f"{first.message} ({of}{len(located)} places: {named})",
        alone=first.message,
        count=len(located),
        related=tuple(place for place in located if place is not shown[0]),
        edits=(),
    )
    return Finding(**values)


_SLASHES = lazy(r"/+")
_INDEX = lazy(r"\[\d+\]|(?<=/)\d+(?=/|$)")
_PLACE_WORDS = lazy(r"\b(?:page|paragraph|row|line)\s+\d+|![A-Z]{1,3}\d+")


@cache
def _blake2b() -> type[blake2b]:
    # By its own module, as random takes its hash: hashlib loads OpenSSL first, which is a twentieth of a short run.
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

    return blake2b


def anchor(code: str, identifier: str | None, pointer: str, text: str) -> str:
    """Return what makes a finding the same tomorrow, as a hash: rule, subject, property path, offending text.

    Lines inserted above, re-indenting and moved records do not change it.
    """
    blake2b = _blake2b()
    folded = " ".join(text.split())
    subject = identifier or blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    path = _SLASHES.sub("/", _PLACE_WORDS.sub("", _INDEX.sub("", pointer))).rstrip("/") if pointer else ""
    whole = "\x1f".join((code, subject, path, folded))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
