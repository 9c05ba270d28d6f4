"""IL6: all records and mentions of one run, as traces: which IDs there are, and which of them are confused."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from igsn_lint.checks._index import Suffixes, alike, confirmed, is_doi, split
from igsn_lint.identifier import fold, is_doi_prefix
from igsn_lint.model import CONTENTS, Breach, Collection, Place, Related, Settings, check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from igsn_lint.model import Trace


def _samples(collection: Collection) -> Iterator[Trace]:
    return (trace for trace in collection.records if trace.role == "sample")


@check("IL601", Collection)
def duplicate_identifier(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report further sample records with the ID of one before; equal copies and other formats are none."""
    # Of records with one ID the order of the files decides which is the first.
    records = sorted(collection.said, key=lambda t: (t.family, t.key, t.path, t.order))
    for (_, key), group in groupby(records, key=lambda t: (t.family, t.key)):
        first, *others = group
        for other in others:
            if collection.said[other].digest != collection.said[first].digest:
                message = f'another record has the ID "{key}" too'
                yield Breach(Place(other), message, related=(Related("the other record with this ID", Place(first)),))


@check("IL602", Collection)
def confusable_collision(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report declared IDs that differ from another one only by a character that looks alike, outside of serials."""
    first: dict[str, Trace] = {}
    for trace in _samples(collection):
        first.setdefault(trace.key, trace)
    folded = [fold(key) for key in first]
    times = Counter(folded)
    if len(times) == len(first):
        return
    suffixes = Suffixes(split(key)[1] for key in first)
    for (key, trace), looks in zip(first.items(), folded, strict=True):
        if times[looks] < 2:
            continue
        prefix, suffix = split(key)
        for other, i in alike(suffix):
            found = first.get(f"{prefix}/{other}" if prefix else other)
            # Each pair once, at the ID that comes later.
            if found is not None and other < suffix and not suffixes.is_serial(suffix[:i]):
                message = f'the ID differs from "{found.key}" only by "{suffix[i]}" and "{other[i]}"'
                yield Breach(Place(trace), message, related=(Related("the ID that looks alike", Place(found)),))


@check("IL603", Collection)
def cited_near_miss(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report cited and related IDs that nothing confirms while one that nearly looks the same is confirmed."""
    ids = confirmed(collection, settings)
    if not ids:
        return
    for trace, key in _unconfirmed_candidates(collection):
        if ids.has(key) or (near := ids.near(key)) is None:
            continue
        where = ids.trace(near)
        related = (Related("the ID that nearly looks the same", Place(where)),) if where is not None else ()
        message = f'"{key}" is not among the IDs of this collection, but "{near}" is'
        yield Breach(Place(trace), message, related=related, identifier=key)


def _unconfirmed_candidates(collection: Collection) -> Iterator[tuple[Trace, str]]:
    """Yield what names an ID without declaring it, and the ID."""
    for trace in collection.related:
        if trace.role == "sample":
            yield trace, trace.target
    for trace in collection.cited:
        if trace.role != "listed":
            yield trace, trace.key


@check("IL609", Collection)
def same_suffix(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report suffixes that stand under two DOI prefixes."""
    keys = [trace.key for trace in collection.records if trace.role == "sample"]
    keys += [trace.target for trace in collection.related if trace.role == "sample"]
    keys += [trace.key for trace in collection.cited]
    times = Counter([key.partition("/")[2] for key in dict.fromkeys(keys) if is_doi(key)])
    if max(times.values(), default=0) < 2:
        return
    telling = sorted(suffix for suffix, count in times.items() if count > 1 and _is_telling(suffix))
    several: dict[str, dict[str, Trace]] = {suffix: {} for suffix in telling}
    for trace, key in _named(collection) if several else ():
        prefix, _, suffix = key.partition("/")
        # A damaged prefix is no other one: IL102 says so.
        if suffix in several and is_doi_prefix(prefix):
            several[suffix].setdefault(prefix, trace)
    for suffix, by_prefix in several.items():
        if len(by_prefix) < 2:
            continue
        first, *others = by_prefix
        for prefix in others:
            message = f'the suffix "{suffix}" stands under the prefix "{first}" too'
            related = (Related(f"the ID under {first}", Place(by_prefix[first])),)
            yield Breach(Place(by_prefix[prefix]), message, related=related, identifier=f"{prefix}/{suffix}")


def _named(collection: Collection) -> Iterator[tuple[Trace, str]]:
    """Yield all that names an ID, and the ID.

    What confirms one comes first, so that another prefix is reported where it is only named.
    """
    for trace in _samples(collection):
        yield trace, trace.key
    for trace in collection.cited:
        if trace.role == "listed":
            yield trace, trace.key
    yield from _unconfirmed_candidates(collection)


def _is_telling(suffix: str) -> bool:
    """Return whether a suffix is so long and mixed that two agents hardly chose it by chance."""
    return len(suffix) >= 5 and any(c.isdigit() for c in suffix) and any(c.isalpha() for c in suffix)


@check("IL610", Collection)
def cited_not_described(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report IDs that a manuscript cites and that no record, table or list of known IDs of the run has."""
    ids = confirmed(collection, settings)
    if not ids:
        return
    cited = [trace for trace in collection.cited if trace.role == "cited" and not ids.has(trace.key)]
    whole = {(trace.path, split(trace.key)[1]) for trace in cited if is_doi(trace.key)}
    for trace in cited:
        # Its other names are the same sample.
        if is_doi(trace.key) or (trace.path, split(trace.key)[1]) not in whole:
            message = f'the records, tables and lists that came with this file do not have "{trace.key}"'
            yield Breach(Place(trace), message)


@check("IL611", Collection)
def disagreeing_copies(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report records that are kept in two formats and say different things in them."""
    for _, group in groupby(sorted(collection.said), key=lambda trace: trace.key):
        first: dict[str, Trace] = {}
        for trace in group:
            first.setdefault(trace.family, trace)
        if len(first) < 2:
            continue
        one, *others = (first[family] for family in sorted(first))
        for other in others:
            different = _differences(collection.said[one].contents, collection.said[other].contents)
            if different:
                what = ", ".join(different)
                message = f'"{what}" {"differ" if len(different) > 1 else "differs"} from the copy in "{one.path}"'
                yield Breach(Place(other), message, related=(Related("the copy in another format", Place(one)),))


def _differences(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return what two records say differently; what one of them does not say is no difference."""
    return [name for name, a, b in zip(CONTENTS, one, other, strict=True) if a and b and a != b]
