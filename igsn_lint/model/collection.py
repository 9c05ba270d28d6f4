"""What all files of a run leave for the checks that look at them together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Trace(NamedTuple):
    """The row that a file leaves for the Collection checks: plain data, so that it can cross a process.

    A ``record`` has the ID ``key``; its ``role`` is ``sample``, ``collection``, ``other``, or empty where
    it does not say what it describes. A ``related`` row is one
    relation of the record ``key`` (empty where it has no ID) to ``target``; its role is ``sample`` where the target is
    an IGSN ID by evidence. A ``cited`` row is the first Mention of an ID in a document, ``times`` how often it stands
    there; its role is ``listed`` where a field or column of data says that it is the ID of that row, else ``cited``.

    ``order`` is the number of the record or the Mention in the document, ``item`` that of the relation in its record.
    With these the place is found again.
    """

    kind: Literal["cited", "record", "related"]
    key: str
    path: str
    order: int
    item: int = 0
    role: str = ""
    relation: str = ""
    target: str = ""
    family: str = ""
    times: int = 1


class Said(NamedTuple):
    """What a record says, to be compared with other records of its ID.

    ``digest`` is that of all of it, ``contents`` are the texts of ``CONTENTS``, empty where there is none.
    """

    digest: bytes
    contents: tuple[str, ...]


CONTENTS = ("creators", "title", "publication year", "general resource type", "resource type")
"""What of a record is compared with its copies in other formats."""


class Collection:
    """All files of one run, as sorted traces: ``records``, their relations (``related``) and ``cited`` IDs.

    ``said`` is what the sample records say that share their ID with another one.
    """

    def __init__(self, traces: Iterable[Trace]) -> None:
        kinds: dict[str, list[Trace]] = {"record": [], "related": [], "cited": []}
        for trace in sorted(traces):
            kinds[trace.kind].append(trace)
        self.records, self.related, self.cited = kinds["record"], kinds["related"], kinds["cited"]
        self.said: Mapping[Trace, Said] = {}
        self.memo: dict[object, Any] = {}
        """What several checks need of it, worked out once, by who works it out."""

    def sharing(self) -> list[Trace]:
        """Return the sample records that share their ID with another one, in order."""
        samples = [trace for trace in self.records if trace.role == "sample"]
        times = Counter([trace.key for trace in samples])
        return [trace for trace in samples if times[trace.key] > 1] if len(times) < len(samples) else []
