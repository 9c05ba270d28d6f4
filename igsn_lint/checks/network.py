"""IL6: how the samples of one run are related to one another, as traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._index import confirmed, split
from igsn_lint.model import Breach, Collection, Place, Related, Settings, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Trace

_UP = frozenset({"IsPartOf", "IsDerivedFrom"})
_DOWN = frozenset({"HasPart", "IsSourceOf"})
_MOST_NAMED = 3
"""So many samples are named in a message."""

_MOST_STEPS = 100
"""So many steps of a circle are shown."""


class _Network:
    """Who is related to whom: the relations by the pair of samples, under one name for each sample."""

    def __init__(self, collection: Collection, settings: Settings) -> None:
        self.ids = confirmed(collection, settings)
        self.records: dict[str, Trace] = {}
        for trace in collection.records:
            key = self.ids.resolve(trace.key)
            # A record of a sample counts before others with the same ID.
            if key not in self.records or (trace.role == "sample" != self.records[key].role):
                self.records[key] = trace
        self.relations: dict[tuple[str, str], list[Trace]] = {}
        structure = facts.sample_relations()
        for trace in collection.related:
            if not trace.key or trace.relation not in structure:
                continue
            one, other = self.ids.resolve(trace.key), self.ids.resolve(trace.target)
            if one != other:
                self.relations.setdefault((one, other), []).append(trace)

    def is_sample(self, key: str) -> bool:
        """Return whether the run has a sample record with this ID."""
        trace = self.records.get(key)
        return trace is not None and trace.role == "sample"


def _network(collection: Collection, settings: Settings) -> _Network:
    found: _Network | None = collection.memo.get(_Network)
    if found is None:
        found = collection.memo[_Network] = _Network(collection, settings)
    return found


@check("IL604", Collection)
def dangling_relation(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report relations to IDs that the configuration says would be here if they existed."""
    complete = _complete_prefixes(collection, settings)
    if not complete:
        return
    ids = confirmed(collection, settings)
    missing = [
        trace
        for trace in collection.related
        if trace.role == "sample" and split(ids.resolve(trace.target))[0] in complete and not ids.has(trace.target)
    ]
    elsewhere = settings.elsewhere.of(trace.target for trace in missing)
    for trace in missing:
        if trace.target not in elsewhere:
            message = f'there is no "{trace.target}" in this collection, which is declared complete'
            yield Breach(Place(trace), message, identifier=trace.target)


def _complete_prefixes(collection: Collection, settings: Settings) -> frozenset[str]:
    """Return the prefixes of which the run has all IDs."""
    prefixes, paths, known_ids = settings.complete
    if paths is None and not known_ids:
        return prefixes
    found = set(prefixes)
    if paths is not None:
        files = {trace.path for traces in (collection.records, collection.cited) for trace in traces}
        meant = set(filter(paths.match, files))
        for traces, role in ((collection.records, "sample"), (collection.cited, "listed")):
            found |= {split(trace.key)[0] for trace in traces if trace.role == role and trace.path in meant}
    for name, keys in settings.known_ids.by_file.items():
        if known_ids or (paths is not None and paths.holds(name)):
            found |= {split(key)[0] for key in keys}
    return frozenset(found - {""})


@check("IL605", Collection)
def missing_inverse(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report samples to which others of the run lead and which say nothing of these; once for each sample."""
    network = _network(collection, settings)
    missing: dict[tuple[str, str], list[Trace]] = {}
    for (one, other), traces in network.relations.items():
        relation = traces[0].relation
        if relation in _UP | _DOWN and network.is_sample(other) and (other, one) not in network.relations:
            missing.setdefault((other, relation), []).append(traces[0])
    for (other, relation), traces in missing.items():
        inverse = facts.inverses()[relation]
        message = f'no {inverse} leads back to "{_named(trace.key for trace in traces)}" from "{other}"'
        related = tuple(Related(f"{relation} {other}", Place(trace)) for trace in traces[:_MOST_STEPS])
        yield Breach(Place(network.records[other]), message, related=related, identifier=other)


def _named(keys: Iterable[str]) -> str:
    """Return some IDs for a message, and how many more there are."""
    found = list(dict.fromkeys(keys))
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return ", ".join(found[:_MOST_NAMED]) + more


@check("IL606", Collection)
def mismatched_inverse(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report pairs of samples that name one another with relations that do not belong together."""
    network = _network(collection, settings)
    inverses = facts.inverses()
    for (one, other), traces in network.relations.items():
        back = network.relations.get((other, one))
        if back is None or one > other:
            continue
        there, here = {trace.relation for trace in traces}, {trace.relation for trace in back}
        if any(inverses[relation] in here for relation in there) or _is_circle(there, here):
            continue
        first, second = traces[0], back[0]
        message = f'"{first.relation}" here and "{second.relation}" in the other direction do not belong together'
        yield Breach(Place(first), message, related=(Related(f"{second.relation} {one}", Place(second)),))


def _is_circle(there: set[str], here: set[str]) -> bool:
    """Return whether two samples are each above the other, which is IL607's to report."""
    return any(there & way and here & way for way in (_UP, _DOWN))


@check("IL607", Collection)
def relation_cycle(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report circles of samples each of which is part of, or derived from, the next."""
    network = _network(collection, settings)
    parents: dict[str, list[tuple[str, Trace]]] = {}
    for (one, other), traces in network.relations.items():
        for trace in traces:
            if trace.relation in _UP:
                parents.setdefault(one, []).append((other, trace))
            elif trace.relation in _DOWN:
                parents.setdefault(other, []).append((one, trace))
    for circle in _circles(parents):
        if len(circle) == 2 and len({(trace.path, trace.order) for _, trace in circle}) == 1:
            # One record that contradicts itself is IL504's to report.
            continue
        first = circle[0][0]
        whole = len(circle) < _MOST_STEPS
        way = " ".join(f"{child} {_upwards(trace)}" for child, trace in circle) + (f" {first}" if whole else " …")
        message = f'over "{len(circle)}{"" if whole else " or more"}" steps this sample is above itself: "{way}"'
        related = tuple(
            Related(f"step {i}: {trace.key} {trace.relation} {trace.target}", Place(trace))
            for i, (_, trace) in enumerate(circle, 1)
        )
        yield Breach(Place(circle[0][1]), message, related=related, identifier=first)


def _upwards(trace: Trace) -> str:
    """Return the relation of a step from the child to the parent."""
    return trace.relation if trace.relation in _UP else facts.inverses()[trace.relation]


def _circles(parents: dict[str, list[tuple[str, Trace]]]) -> Iterator[list[tuple[str, Trace]]]:
    """Yield circles as pairs of a sample and the step from it, beginning with the least ID; none shares its ends.

    A walk in depth without recursion, linear in the relations.
    """
    # Most samples are no parent, or have none: no circle leads through them.
    between = parents.keys() & {parent for above in parents.values() for parent, _ in above}
    done: set[str] = set()
    reported: set[str] = set()
    for start in sorted(between):
        if start in done:
            continue
        path: list[str] = [start]
        steps: list[Trace] = []
        depth = {start: 0}
        branches = [iter(parents[start])]
        while branches:
            parent, trace = next(branches[-1], (None, None))
            if parent is None or trace is None:
                branches.pop()
                done.add(left := path.pop())
                del depth[left]
                if steps:
                    steps.pop()
            elif parent in depth:
                if parent not in reported and path[-1] not in reported:
                    begin = depth[parent]
                    last = begin + _MOST_STEPS
                    circle = list(zip(path[begin:last], [*steps[begin:last], trace], strict=False))
                    reported.update(node for node, _ in circle)
                    least = min(range(len(circle)), key=lambda i: circle[i][0]) if len(circle) < _MOST_STEPS else 0
                    yield circle[least:] + circle[:least]
            elif parent in between and parent not in done:
                depth[parent] = len(path)
                path.append(parent)
                steps.append(trace)
                branches.append(iter(parents[parent]))


@check("IL608", Collection)
def parent_not_a_sample(collection: Collection, settings: Settings) -> Iterator[Breach]:
    """Report parents whose record in this run describes neither a sample nor a collection."""
    network = _network(collection, settings)
    for trace in collection.related:
        if trace.relation in _UP:
            record = network.records.get(network.ids.resolve(trace.target))
            if record is not None and record.role == "other":
                message = (
                    f'"{trace.target}" is named with {trace.relation} as the parent, but its record describes no sample'
                )
                related = (Related("the record of the parent", Place(record)),)
                yield Breach(Place(trace), message, related=related, identifier=trace.target)
