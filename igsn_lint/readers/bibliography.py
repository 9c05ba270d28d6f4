"""BibTeX and RIS: every field as a value with its name."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from igsn_lint.labels import is_igsn_label
from igsn_lint.patterns import lazy
from igsn_lint.readers.mapped import Cell, Flow, FlowDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Place, Settings
    from igsn_lint.source import Source

_ENTRY = lazy(r"@[ \t]*(?P<kind>[A-Za-z]+)\s{0,50}(?P<open>[{(])")
_KEY = lazy(r"\s*[^\s,{}=\"]*\s*,")
_FIELD = lazy(r"[\s,]*(?P<name>[A-Za-z][\w:.+/-]{0,80})\s*=\s*")
_BRACE = lazy(r"\\[\s\S]|[{}]")
_QUOTE = lazy(r"\\[\s\S]|[{}\"]")
_BARE = lazy(r"[^\s,{}\"#@]+")
_JOINED = lazy(r"\s*#\s*")
_PLAIN_FIELDS = {"doi", "url", "eprint", "howpublished", "igsn", "file", "link", "ee"}
_ADDRESSES = {"doi", "url", "file", "link", "ee"}
_ADDRESS_MARKUP = lazy(r"\\(?=[_%&#~{}])|\}\s*\{|[{}]")
_MARKUP = lazy(r"\\(?=[_%&#~{}])|\}\s*\{|[{}]|(?<![/\\])~")
_RIS_LINE = lazy(r"^\ufeff?(?P<tag>[A-Z][A-Z0-9]) {1,2}-[ \t]?(?P<value>[^\n]*)$", re.MULTILINE)


class BibliographyDocument(FlowDocument):
    """A bibliography: a Flow for each field, labelled by its name."""

    has_links = False

    def __init__(self, source: Source, form: str) -> None:
        super().__init__(source, _ris if form == "ris" else _bibtex)
        self.format = form

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` with the escapes of LaTeX where the field is a text."""
        if self.format == "ris" or place.origin is None or place.origin[0].raw:
            return value
        return re.sub(r"[_%&#$]", r"\\\g<0>", value)


def _bibtex(source: str) -> Iterator[Flow]:
    at, unclosed = 0, 0
    for entry in _ENTRY.finditer(source):
        if entry.start() < at:
            continue
        yield from _outside(source, at, entry.start())
        at = entry.end()
        kind = entry["kind"].lower()
        if kind in {"comment", "preamble"}:
            end = _closing(source, at - 1, unclosed) if entry["open"] == "{" else None
            if end is None:
                unclosed = len(source)
                continue
            yield from _outside(source, at, end)
            at = end + 1
            continue
        if kind != "string" and (key := _KEY.match(source, at)) is not None:
            at = key.end()
        fields: dict[str, list[Flow]] = {}
        while (field := _FIELD.match(source, at)) is not None:
            name = field["name"].lower()
            at, flows = _value(source, field.end(), name)
            fields.setdefault(name, []).extend(flows)
            if at == field.end():
                break
        yield from _labelled(fields)
    yield from _outside(source, at, len(source))


def _outside(source: str, start: int, end: int) -> Iterator[Flow]:
    """Yield what stands between the entries, which is a comment."""
    if not source[start:end].strip(" \t\r\n,})"):
        return
    flow = Flow("comment")
    flow.copy(source, start, end)
    yield flow


def _closing(source: str, at: int, unclosed: int) -> int | None:
    """Return the offset of the brace that closes the one at ``at``."""
    if at < unclosed:
        return None
    depth = 0
    for match in _BRACE.finditer(source, at):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.start()
    return None


def _value(source: str, at: int, name: str) -> tuple[int, list[Flow]]:
    """Return where the value that begins at ``at`` ends, and its Flows."""
    flows: list[Flow] = []
    while True:
        first = source[at : at + 1]
        if first == "{":
            end = _closing(source, at, 0)
        elif first == '"':
            end = _end_quote(source, at)
        else:
            bare = _BARE.match(source, at)
            if bare is None:
                return at, flows
            flow = Flow()
            flow.copy(source, *bare.span())
            flows.append(flow)
            end = bare.end() - 1
            first = ""
        if end is None:
            # The rest of the file belongs to a value that never ends.
            end = len(source)
        if first:
            flows += _read(source, at + 1, end, name)
        at = min(end + 1, len(source))
        joined = _JOINED.match(source, at)
        if joined is None or joined.end() >= len(source):
            return at, flows
        at = joined.end()


def _end_quote(source: str, at: int) -> int | None:
    depth = 0
    for match in _QUOTE.finditer(source, at + 1):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif match[0] == '"' and depth <= 0:
            return match.start()
    return None


def _read(source: str, start: int, end: int, name: str) -> list[Flow]:
    if name in _PLAIN_FIELDS:
        flow = Flow()
        at = start
        for match in (_ADDRESS_MARKUP if name in _ADDRESSES else _MARKUP).finditer(source, start, end):
            flow.copy(source, at, match.start())
            at = match.end()
            if len(match[0]) > 1 or match[0] == "~":
                # The next argument of a macro, or a blank
                flow.put(" ", match.start(), at)
        flow.copy(source, at, end)
        flow.raw.append((0, flow.length))
        return [flow]
    from igsn_lint.readers.latex import flows_of

    return flows_of(source, start, end)


def _labelled(fields: dict[str, list[Flow]]) -> Iterator[Flow]:
    """Yield the Flows of an entry; the type of an e-print names what the e-print is."""
    kind = next((flow.text for name in ("eprinttype", "archiveprefix") for flow in fields.get(name, ())), "")
    for name, flows in fields.items():
        label = kind if name == "eprint" and is_igsn_label(kind) else name
        for flow in flows:
            if flow.length:
                flow.cells.append(Cell(0, flow.length, label))
            yield flow


def _ris(source: str) -> Iterator[Flow]:
    lines = list(_RIS_LINE.finditer(source))
    if not lines or lines[0].start() > 0:
        yield from _outside(source, 0, lines[0].start() if lines else len(source))
    for line, following in zip_longest(lines, lines[1:]):
        # What a line without a tag says belongs to the field above it.
        end = following.start() if following is not None else len(source)
        flow = Flow()
        flow.copy(source, line.start("value"), len(source[:end].rstrip()) if following is None else end)
        if flow.length:
            flow.cells.append(Cell(0, flow.length, line["tag"]))
        flow.raw.append((0, flow.length))
        yield flow


def read(source: Source, form: str, settings: Settings) -> BibliographyDocument:
    """Return the Source as BibTeX or RIS."""
    return BibliographyDocument(source, form)
