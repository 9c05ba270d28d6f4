"""Traces: the plain rows that a document leaves for the Collection checks, and where in it they stand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from igsn_lint import facts
from igsn_lint.finder import find
from igsn_lint.identifier import Igsn, NotAnIgsn, mended
from igsn_lint.labels import label_words
from igsn_lint.model import Document, Place, Said, Trace
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from igsn_lint.model import Item, Mention, Part, Record, Settings
    from igsn_lint.source import Region

DATA_FORMATS = frozenset({"xml", "json", "jsonl", "yaml", "csv", "tsv", "xlsx", "xls", "ods"})
"""Formats in which a field or column that holds IGSN IDs lists samples; in others it is a table in a text."""

_IN_PART = 2**32
_IN_PIECE = 2**64
"""So many numbers of records and Mentions each part and each piece of a document has."""


def first_order(piece: int, part: int) -> int:
    """Return the order of what stands first in a part of a piece of a document."""
    return piece * _IN_PIECE + part * _IN_PART


class _Sought:
    """Traces of one document by their order, and where it has to be looked at for them."""

    def __init__(self, traces: Iterable[Trace]) -> None:
        self._by_order: dict[int, list[Trace]] = {}
        self._parts: dict[int, set[int]] = {}
        for trace in traces:
            self._by_order.setdefault(trace.order, []).append(trace)
            piece, within = divmod(trace.order, _IN_PIECE)
            self._parts.setdefault(piece, set()).add(within // _IN_PART)

    def parts(self, document: Document) -> Iterator[tuple[Document, int, Part]]:
        """Yield the parts that left the traces: the piece, the order of what stands first, and the part."""
        if not self._parts:
            return
        last = max(self._parts)
        for number, piece in enumerate(document.pieces()):
            if (wanted := self._parts.get(number)) is not None:
                for at, part in piece.numbered(wanted):
                    yield piece, first_order(number, at), part
            if number >= last:
                return

    def at(self, order: int) -> list[Trace]:
        """Return the traces with this order."""
        return self._by_order.get(order, [])


_MOST_PASSAGES = 1000
"""For so many findings of one file the line is kept to be shown."""


def of_records(records: Sequence[Record], mentions: Iterable[Mention], document: Document, first: int) -> list[Trace]:
    """Return the traces of the records of one part, and of their relations; ``first`` is the order of the first."""
    of_record: dict[int, Mention] = {}
    of_item: dict[int, Mention] = {}
    for mention in mentions:
        if mention.slot == "identifier":
            of_record[id(mention.record)] = mention
        elif mention.slot == "relatedIdentifier":
            of_item[id(mention.item)] = mention
    traces = []
    for order, record in enumerate(records, first):
        own = of_record.get(id(record))
        key = _own_key(record, own)
        if key:
            name = document.source.name
            role = "sample" if record.sample else _general(record)
            traces.append(Trace("record", key, name, order, role=role, family=record.family))
        if record.sample:
            traces += _relations(record, key, of_item, document.source.name, order)
    return traces


def _own_key(record: Record, own: Mention | None) -> str:
    """Return the ID of a record as a key; empty where it has none that counts."""
    if own is not None:
        return mended(own.key) if own.suffix and own.state == "plain" else ""
    identifier = record.identifier
    if record.sample or identifier is None or identifier.value is None:
        return ""
    return _key(identifier.value.text)


def _key(text: str) -> str:
    try:
        igsn = Igsn.parse(text)
    except NotAnIgsn:
        return ""
    return igsn.key if igsn.prefix is not None else ""


def _relations(record: Record, key: str, of_item: Mapping[int, Mention], name: str, order: int) -> Iterator[Trace]:
    """Yield the relations of a sample record to samples, and those that hold between samples to anything else."""
    structure = facts.sample_relations()
    for i, item in enumerate(record.items("relatedIdentifier")):
        relation = facts.relation(item.text("relationType"))
        mention = of_item.get(id(item))
        if mention is not None:
            if mention.suffix and mention.state == "plain":
                yield Trace("related", key, name, order, i, "sample", relation, mended(mention.key))
        elif relation in structure and item.value is not None and (target := _key(item.value.text)):
            yield Trace("related", key, name, order, i, "", relation, target)


def _general(record: Record) -> str:
    """Return the role of a record that is none of a sample; empty where it does not say what it describes."""
    general = next((item.text("resourceTypeGeneral").strip() for item in record.items("resourceType")), "")
    return "collection" if general.lower() == "collection" else "other" if general else ""


def said(document: Document, traces: Iterable[Trace]) -> Iterator[tuple[Trace, Said]]:
    """Yield what the records of a document say that left these traces."""
    sought = _Sought(traces)
    for _, first, part in sought.parts(document):
        for order, record in enumerate(part.records, first):
            for trace in sought.at(order):
                yield trace, Said(record.digest(), _contents(record))


def _contents(record: Record) -> tuple[str, ...]:
    """Return what is compared of a record; what is absent is empty."""
    types = record.items("resourceType")
    titles = [_text(item) for item in record.items("title") if not item.text("titleType")]
    return (
        "\x1f".join(_text(name) for item in record.items("creator") for name in item.items("creatorName")),
        titles[0] if titles else "",
        "".join(_text(item) for item in record.items("publicationYear")),
        types[0].text("resourceTypeGeneral").strip().lower() if types else "",
        _text(types[0]) if types else "",
    )


def _text(item: Item) -> str:
    words = " ".join(item.words.split())
    # Systems write accents as part of a letter or behind it.
    return (words if words.isascii() else normalize("NFC", words)).casefold()


class MentionTraces:
    """The traces of the IDs that a document names, apart from what its sample records declare and relate to."""

    def __init__(self, document: Document) -> None:
        self._name, self._format = document.source.name, document.format
        self._first: dict[tuple[str, bool], int] = {}
        self._times: dict[tuple[str, bool], int] = {}

    def add(self, mentions: Iterable[Mention], first: int) -> None:
        """Take in the Mentions of one part; ``first`` is the order of the first."""
        data = self._format in DATA_FORMATS
        for order, mention in enumerate(mentions, first):
            if mention.state != "plain" or not mention.suffix or (mention.record is not None and mention.record.sample):
                continue
            if mention.doubtful:
                # The other reading may be the one that other files have.
                continue
            listed = data and mention.slot == "field" and _is_own(mention.segment.label)
            at = mended(mention.key), listed
            self._first.setdefault(at, order)
            self._times[at] = self._times.get(at, 0) + 1

    def take(self, later: MentionTraces) -> None:
        """Take in what a later piece of the same document names."""
        for at, order in later._first.items():
            self._first.setdefault(at, order)
            self._times[at] = self._times.get(at, 0) + later._times[at]

    def all(self, *, has_records: bool) -> Iterator[Trace]:
        """Yield one trace for each ID; whether the document has records tells whether it is a text that cites."""
        other = "beside" if has_records or self._format in DATA_FORMATS else "cited"
        for (key, listed), order in self._first.items():
            role = "listed" if listed else other
            times = self._times[key, listed]
            yield Trace("cited", key, self._name, order, role=role, times=times)


@lru_cache(maxsize=1024)
def _is_own(label: str | None) -> bool:
    """Return whether the name of a field of IGSN IDs says that they are those of its own row."""
    return facts.relative_words().isdisjoint(label_words(label or ""))


class Located(NamedTuple):
    """Where a trace stands, in everything that a finding shows."""

    path: str
    region: Region | None
    pointer: str
    text: str
    passage: str = ""
    order: tuple[int, int] = (0, 0)


class LocatedDocument(Document):
    """Stands for a document that was read and closed again: its origins are Located."""

    def __init__(self, name: str) -> None:
        super().__init__(Source(name, b""))

    def locate(self, place: Place) -> None:
        """Return None: there is no text any more."""
        return

    def region(self, place: Place) -> Region | None:
        """Return the Region that was found."""
        return _located(place).region

    def pointer(self, place: Place) -> str:
        """Return the logical path that was found."""
        return _located(place).pointer

    def order(self, place: Place) -> tuple[int, int]:
        """Return what was found that places are sorted by."""
        return _located(place).order

    def shown(self, place: Place) -> str:
        """Return what stood there."""
        return _located(place).text

    def passage(self, place: Place) -> str:
        """Return the line that was kept."""
        return _located(place).passage


def _located(place: Place) -> Located:
    located: Located = place.origin
    return located


def locate(document: Document | None, wanted: Mapping[Trace, bool], settings: Settings) -> dict[Trace, Located]:
    """Return where the traces of a document stand; those marked True with the line they stand in.

    Only the parts that left the traces are looked at, and nothing of them is kept.
    """
    found = {trace: Located(trace.path, None, "", trace.target or trace.key) for trace in wanted}
    if document is None:
        return found
    in_records, in_mentions = (
        _Sought(trace for trace in wanted if (trace.kind == "cited") == cited) for cited in (False, True)
    )
    passages = 0

    def note(piece: Document, trace: Trace, place: Place) -> None:
        nonlocal passages
        passages += wanted[trace]
        found[trace] = Located(
            trace.path,
            piece.region(place),
            piece.pointer(place),
            piece.shown(place),
            piece.passage(place) if wanted[trace] and passages <= _MOST_PASSAGES else "",
            (0, 0) if piece.has_lines else piece.order(place),
        )

    for piece, first, part in in_records.parts(document):
        for order, record in enumerate(part.records, first):
            for trace in in_records.at(order):
                note(piece, trace, _place(trace, record))
    for piece, first, part in in_mentions.parts(document):
        for order, mention in enumerate(find(part, settings), first):
            for trace in in_mentions.at(order):
                note(piece, trace, mention.place())
    return found


def _place(trace: Trace, record: Record) -> Place:
    """Return the place of a record's identifier, or of one of its relations."""
    item: Item | None = record.identifier
    if trace.kind == "related":
        item = record.items("relatedIdentifier")[trace.item]
    if item is None:
        return record.place
    return item.place if item.value is None else item.value.place()
