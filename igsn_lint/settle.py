"""From breaches to findings: severity by profile, precedence, aggregation; only what survives gets a position."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.model import Finding, RelatedPlace, Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from igsn_lint.model import Breach, Document, Place, Profile, Rule, Settings, Severity
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
    return {"IL0": 0, "IL3": 1, "IL4": 3, "IL5": 3, "IL1": 4, "IL2": 5}.get(family, 6)


class _Judged(NamedTuple):
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
) -> list[Finding]:
    """Return the findings of one document."""
    judged = []
    for code, breach in breaches:
        rule = registry.rule(code)
        profile = profile_of(breach, document, has_records=has_records, settings=settings)
        severity = rule.severity[profile]
        if severity is not None:
            judged.append(_Judged(rule, severity, profile, breach))
    return [
        finding
        for group in _groups(_give_way(judged))
        for finding in (
            [_aggregate(group, document)] if len(group) > AGGREGATE_ABOVE else [_finding(j, document) for j in group]
        )
    ]


def _give_way(judged: Sequence[_Judged]) -> list[_Judged]:
    """Return what remains where at one place only the rule of the lowest rank speaks."""
    by_value: dict[object, list[_Judged]] = {}
    for item in judged:
        by_value.setdefault(item.breach.place.origin, []).append(item)
    silent: set[int] = set()
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


def _overlaps(items: list[_Judged]) -> Iterable[tuple[_Judged, _Judged]]:
    """Yield the pairs (both ways round) whose places overlap, in a time that is linear in what stands apart."""

    def begin(item: _Judged) -> int:
        return -1 if item.breach.place.start is None else item.breach.place.start

    def finish(item: _Judged) -> float:
        place = item.breach.place
        return float("inf") if place.end is None or place.start is None else max(place.end, place.start + 1)

    active: list[_Judged] = []
    for item in sorted(items, key=begin):
        active = [other for other in active if finish(other) > begin(item)]
        for other in active:
            yield item, other
            yield other, item
        active.append(item)


_QUOTED = re.compile(r'"[^"]*"')


def _groups(judged: Sequence[_Judged]) -> Iterable[list[_Judged]]:
    """Return the breaches grouped by rule and the way in which they break it."""
    groups: dict[tuple[str, str, str], list[_Judged]] = {}
    for item in judged:
        way = _QUOTED.sub('""', item.breach.message)
        groups.setdefault((item.rule.code, item.profile, way), []).append(item)
    return groups.values()


def _finding(item: _Judged, document: Document) -> Finding:
    """Return the Finding of one breach, located."""
    rule, severity, profile, breach = item
    source = document.source
    region = document.region(breach.place)
    pointer = document.pointer(breach.place)
    text = document.shown(breach.place)
    if breach.place.start is None and breach.mention is None and len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT]
    mention = breach.mention
    identifier = breach.identifier or (mention.key if mention is not None and mention.suffix else None)
    edits = []
    for edit in breach.edits:
        at = document.editable(edit.place)
        if at is None:
            continue
        if edit.target is None:
            edits.append(Replacement(source.region(*at), document.write(edit.text, edit.place)))
        elif (link := document.link(source.text[slice(*at)], edit.target)) is not None:
            edits.append(Replacement(source.region(*at), link))
    subject = (
        {"kind": "mention", "role": mention.role} if mention else {"kind": "record" if breach.record else "document"}
    )
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
        anchor=anchor(rule.code, identifier, pointer, text),
        source=rule.source,
        strength=rule.strength,
        replacement=breach.replacement or _replacement(breach),
        safe=bool(breach.edits) and all(edit.safe for edit in breach.edits),
        edits=tuple(edits),
        related=tuple(
            _related(document, related.message, related.place) for related in breach.related if related.path is None
        ),
        lines=(passage,) if (passage := document.passage(breach.place)) or region else (),
    )


def _replacement(breach: Breach) -> str | None:
    """Return the whole Mention with the edits of a breach made, to be pasted; None where there is no edit in it."""
    mention = breach.mention
    if mention is None or not breach.edits:
        return None
    text = mention.segment.text
    pieces, at = [], mention.start
    for edit in sorted(breach.edits, key=lambda e: e.place.start or 0):
        place = edit.place
        if place.origin != mention.segment.origin or place.start is None or place.end is None or place.start < at:
            return edit.text
        pieces += [text[at : place.start], edit.text]
        at = place.end
    return "".join([*pieces, text[at : max(mention.end, at)]])


def _related(document: Document, message: str, place: Place) -> RelatedPlace:
    name = document.source.name
    return RelatedPlace(
        message, name, document.region(place), document.pointer(place), document.shown(place)[:_MOST_TEXT]
    )


def _aggregate(group: list[_Judged], document: Document) -> Finding:
    """Return one finding for many breaches: the count, the first three places in words, and all others as related."""
    first = _finding(group[0], document)
    located = sorted(
        (_related(document, item.breach.message, item.breach.place) for item in group),
        key=lambda place: (place.region or (0, 0), place.pointer),
    )
    places = ", ".join(f"{p.region.line}:{p.region.column}" if p.region else p.pointer for p in located[:3])
    message = f"{first.message} ({len(group)} places: {places} …)"
    values = {field: getattr(first, field) for field in Finding.__slots__}
    values.update(
        message=message, count=len(group), related=tuple(located[1:]), edits=(), replacement=first.replacement
    )
    return Finding(**values)


_SLASHES = re.compile(r"/+")
_INDEX = re.compile(r"\[\d+\]|(?<=/)\d+(?=/|$)")
_PLACE_WORDS = re.compile(r"\b(?:page|paragraph|row|line)\s+\d+|![A-Z]{1,3}\d+")


def anchor(code: str, identifier: str | None, pointer: str, text: str) -> str:
    """Return what makes a finding the same tomorrow, as a hash: rule, subject, property path, offending text.

    Lines inserted above, re-indenting and moved records do not change it.
    """
    folded = " ".join(text.split())
    subject = identifier or blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    path = _SLASHES.sub("/", _PLACE_WORDS.sub("", _INDEX.sub("", pointer)))
    whole = "\x1f".join((code, subject, path, folded))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
