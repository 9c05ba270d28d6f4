"""The inventory: every Mention as a row, every sample as one, and what one text is as an IGSN ID."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from igsn_lint import facts
from igsn_lint.identifier import Igsn, NotAnIgsn, dissect, mended, trailing_punctuation
from igsn_lint.model import Place
from igsn_lint.patterns import lazy
from igsn_lint.source import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Document, Mention, Settings

Row = dict[str, Any]
COLUMNS = (
    "path",
    "line",
    "column",
    "pointer",
    "text",
    "form",
    "role",
    "state",
    "evidence",
    "prefix",
    "suffix",
    "canonical",
    "also",
)


def rows(document: Document, mentions: Iterable[Mention], *, all_states: bool = False) -> Iterator[Row]:
    """Yield one row a Mention, in the order in which they stand; line and column are where the suffix begins.

    Words in a field that should hold an ID are a finding (IL101) and no row.
    """
    found = []
    for mention in mentions:
        if mention.is_words or (mention.state == "deleted" and not all_states):
            continue
        start = mention.start + mention.spelling.suffix_start
        place = Place(mention.segment.origin, start, max(mention.end, start))
        span = document.locate(place)
        line, column = document.source.position(span[0]) if span else (None, None)
        canonical = mention.canonical
        if canonical is None and not document.has_lines and (linked := mention.linked_doi) is not None:
            # Elsewhere the target of the link is a row of its own.
            canonical = linked.canonical
        values: tuple[Any, ...] = (
            document.source.name,
            line,
            column,
            document.pointer(place),
            mention.raw,
            mention.form,
            mention.role,
            mention.state,
            mention.evidence,
            mention.prefix,
            _understood(mention.suffix),
            canonical,
            list(mention.also),
        )
        found.append((document.order(place), dict(zip(COLUMNS, values, strict=True))))
    yield from (row for _, row in sorted(found, key=lambda item: item[0]))


def _understood(suffix: str) -> str:
    """Return a suffix without what belongs to the sentence or the URL around it: punctuation, percent-encoding."""
    if "%" in suffix:
        from urllib.parse import unquote

        suffix = unquote(suffix)
    return suffix[: len(suffix) - trailing_punctuation(suffix)].rstrip()


class Sample(NamedTuple):
    """A sample that files name: its ID (upper case, with the prefix where one is known), its canonical URL or None.

    ``times`` says how often it is named, where a link and the text that it shows are one time; ``first`` is the row of
    its first Mention, and ``states`` are all states but plain in which it stands. ``also`` are other readings of one
    that stands only with a hyphen at a line end in it: then nobody knows which URL is its own, and there is none.
    """

    id: str
    canonical: str | None
    times: int
    first: Row
    states: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Where it stands first, in words, and how else it can be read there."""
        at = f"line {self.first['line']}" if self.first["line"] else self.first["pointer"]
        where = f"{self.first['path']}, {at}" if at else str(self.first["path"])
        return f"{where} (or {', '.join(self.also)}: a hyphen at the line end)" if self.also else where


def samples(table: Iterable[Row]) -> list[Sample]:
    """Return the samples of an inventory, in the order in which they first stand.

    What holds the place of an ID, and IDs for tests, name none. A bare code or a legacy Handle is the same sample as
    the DOI with this suffix, if there is only one such DOI.
    """
    grouped: dict[str, dict[str | None, list[Row]]] = {}
    for row in table:
        if row["state"] in _NAMES_NOTHING:
            continue
        prefix = _prefix(row) if row["canonical"] else None
        grouped.setdefault(_meant(row["suffix"]), {}).setdefault(prefix, []).append(row)
    groups: list[list[Row]] = []
    for by_prefix in grouped.values():
        if len(by_prefix) == 2 and None in by_prefix:
            one, other = by_prefix.values()
            # Both stand in their order; which comes first tells the dictionary.
            groups.append([*one, *other])
        else:
            groups += by_prefix.values()
    return [_sample(group) for group in groups]


def _meant(key: str) -> str:
    return "".join(mended(key).split())


def _prefix(row: Row) -> str | None:
    """Return the prefix that stands in a row; where none does, that of the DOI to which it leads."""
    prefix: str | None = row["prefix"]
    if prefix is None and row["canonical"]:
        prefix = row["canonical"].removeprefix("https://doi.org/").partition("/")[0]
    return prefix


def _sample(group: list[Row]) -> Sample:
    fullest = next((row for row in group if row["canonical"]), None) or next(
        (row for row in group if row["prefix"]), group[0]
    )
    prefix = f"{_prefix(fullest)}/" if _prefix(fullest) else ""
    shown = sum(row["role"] != "target" for row in group)
    states = tuple(sorted({row["state"] for row in group} - {"plain"}))
    also = () if any(not row.get("also") for row in group) else tuple(group[0]["also"])
    canonical = None if also else fullest["canonical"]
    return Sample(_meant(f"{prefix}{fullest['suffix']}"), canonical, max(shown, 1), group[0], states, also)


SAMPLE_COLUMNS = ("id", "url", "times", "first")
_NAMES_NOTHING = {"placeholder", "test"}


def render(form: str, table: Iterable[Row]) -> str:
    """Return the inventory as text, JSON or JSON Lines, a row each Mention, or as CSV, a row each sample."""
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table)
    if form == "json":
        return json.dumps(list(table), ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        import csv

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(SAMPLE_COLUMNS)
        for sample in samples(table):
            writer.writerow(map(cell, (sample.id, sample.canonical, sample.times, sample.where)))
        return out.getvalue()
    lines = []
    for row in table:
        where = f"{row['line']}:{row['column']}" if row["line"] else f"[{row['pointer']}]"
        state = "" if row["state"] == "plain" else f" ({row['state']})"
        lines.append(
            f"{visible(row['path'])}:{where} {visible(' '.join(row['text'].split()))}"
            f" [{row['form']}, {row['role']}, {row['evidence']}]{state}"
        )
    return "".join(line + "\n" for line in lines)


_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def cell(value: Any) -> str:
    """Return a value for a CSV cell; a text that a spreadsheet would run as a formula gets a quote before it.

    Control characters, at which readers of CSV stop, are shown as ``<U+0000>``.
    """
    text = _CONTROL.sub(lambda match: visible(match[0]), "" if value is None else str(value))
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} and len(text) > 1 else text


def describe(text: str, settings: Settings) -> Row:
    """Return what ``text`` is: ``valid``, its parts and forms or the reason, and ``lines`` for people."""
    try:
        igsn = Igsn.parse(text)
    except NotAnIgsn as error:
        return _refused(text, error)
    holds = settings.holds(igsn.prefix)
    if igsn.prefix is not None and holds == "none":
        start = dissect(text).prefix_start
        told = f"a DOI of something else: {igsn.prefix} is {_HOLDS[holds]}"
        return _refused(text, NotAnIgsn("not-a-sample-prefix", told, text, start, start + len(igsn.prefix)))
    agent = None if igsn.doi else facts.likely_agent(igsn.suffix)
    lines = [
        text.strip(),
        f"  form       {igsn.form}",
        f"  prefix     {igsn.prefix or '-'}" + (f" ({_HOLDS[holds]})" if holds else ""),
        f"  suffix     {igsn.suffix}",
        f"  canonical  {igsn.canonical or '- (the DOI prefix of this sample is not known)'}",
        f"  preferred  {igsn.preferred or '-'}",
        f"  alternate  {igsn.alternate}",
    ]
    if agent:
        lines.append(f"  registered probably by {agent}; the code alone does not prove it")
    return {
        "text": text,
        "valid": True,
        "form": igsn.form,
        "prefix": igsn.prefix,
        "suffix": igsn.suffix,
        "canonical": igsn.canonical,
        "preferred": igsn.preferred,
        "alternate": igsn.alternate,
        "key": igsn.key,
        "prefix_holds": holds,
        "likely_agent": agent,
        "lines": lines,
    }


def _refused(text: str, error: NotAnIgsn) -> Row:
    """Return the row of a text that is no IGSN ID."""
    shown = text.replace("\n", " ").replace("\t", " ")
    return {
        "text": text,
        "valid": False,
        "reason": error.reason,
        "message": error.message,
        "start": error.start,
        "end": error.end,
        "lines": [
            f"{shown}",
            " " * error.start + "^" * max(1, error.end - error.start),
            f"  no IGSN ID: {error.message} ({error.reason})",
        ],
    }


_HOLDS = {
    "samples": "known to hold samples",
    "none": "known to hold no samples",
    "test": "for tests",
    "example": "for examples",
}
