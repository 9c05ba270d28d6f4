"""Where the text of a cell stands in the parts of an XLSX workbook, so that it can be written there.

Cells, rows and strings are found as all programs write them; of what is written otherwise nothing is said. What is
found must read as the cell does ([ECMA-376] 18.3.1.4, 18.4.8).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from igsn_lint.archive import Refused
from igsn_lint.model import Change
from igsn_lint.patterns import lazy
from igsn_lint.readers.package import keeps_edges, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from igsn_lint.archive import Archive
    from igsn_lint.source import Source

_ROW = lazy(r'<row r="([0-9]{1,7})"')
_SHARED = lazy(
    r"""<(?:[\w.-]{1,20}:)?c\s(?>[^<>]*?\bt\s*=\s*["']s["'])(?>[^<>]*)>\s*"""
    r"""<(?:[\w.-]{1,20}:)?v(?>[^<>]*)>\s*([0-9]{1,9})\s*<"""
)
_SAYS_SHARED = lazy(r"""\st\s*=\s*["']s["']""")
_STRING = lazy(r"<si(?:\s[^<>]*)?>")
_CELL = lazy(r"(?P<head>[^<>]*)(?<!/)>(?:<is>(?P<inline>.*?)</is>|<v>(?P<number>[0-9]{1,9})</v>)</c>", re.DOTALL)
_LONGEST, _LONGEST_WRITTEN = 32_767, 1 << 20
"""So many characters Excel takes in a cell, and so many they may take to write."""

_TEXT = lazy(r"<t(?P<head>(?:\s[^<>]*)?)(?<!/)>(?P<text>[^<]*)</t>")
_CHARACTER = lazy(r"&[^;\s]{1,12};|\r\n|.", re.DOTALL)


class Cells:
    """The cells of a workbook: ``parts`` are those of all its sheets, ``strings`` is that of its shared strings."""

    def __init__(self, archive: Archive, most: int, parts: Sequence[str], strings: str | None) -> None:
        self._archive, self._most, self._parts, self._strings = archive, most, parts, strings
        self._sources: dict[str, Source | None] = {}
        self._rows: dict[str, tuple[array[int], array[int]]] = {}

    def change(self, part: str, reference: str, text: str, start: int, end: int, value: str) -> Change | None:
        """Return what it takes to write ``value`` for a span of the text of a cell; None where that can not be told.

        Where several cells have one string, the change is good for all of them or none.
        """
        try:
            return self._change(part, reference, text, start, end, value) if self._archive.writable else None
        except Refused:
            return None

    def _change(self, part: str, reference: str, text: str, start: int, end: int, value: str) -> Change | None:
        cell = self._cell(part, reference)
        if cell is None:
            return None
        if cell["inline"] is not None and 't="inlineStr"' in cell["head"]:
            return _written(self._source(part), cell.span("inline"), text, start, end, value)
        if cell["number"] is None or 't="s"' not in cell["head"] or self._strings is None:
            return None
        number = int(cell["number"])
        source = self._source(self._strings)
        if self._uses is None or source is None or number >= len(self._starts):
            return None
        begin = self._starts[number]
        change = _written(source, (begin, source.text.find("</si>", begin)), text, start, end, value)
        return None if change is None else change._replace(uses=self._uses[number])

    def _source(self, part: str) -> Source | None:
        """Return a part as a Source; None where something in it might only look like a cell or string."""
        if part not in self._sources:
            source = self._archive.source(part, self._most)
            odd = "<!" in source.text or source.text.rfind("<?") > 1
            self._sources[part] = None if odd else source
        return self._sources[part]

    def _cell(self, part: str, reference: str) -> re.Match[str] | None:
        """Return the cell behind its reference, or None where it is not written as usual or holds a formula."""
        source = self._source(part)
        if source is None:
            return None
        text = source.text
        if part not in self._rows:
            found = [(int(match[1]), match.end()) for match in _ROW.finditer(text)]
            ordered = all(a < b for (a, _), (b, _) in pairwise(found))
            self._rows[part] = (
                array("l", [number for number, _ in found] if ordered else []),
                array("l", [at for _, at in found]),
            )
        numbers, starts = self._rows[part]
        number = int(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        at = bisect_left(numbers, number)
        if at == len(numbers) or numbers[at] != number:
            return None
        last = starts[at + 1] if at + 1 < len(starts) else len(text)
        name = f'<c r="{reference}"'
        begin = text.find(name, starts[at], last)
        if begin < 0 or text.find(name, begin + 1, last) >= 0:
            return None
        close = text.find("</c>", begin, last)
        return _CELL.fullmatch(text, begin + len(name), close + len("</c>")) if close >= 0 else None

    @cached_property
    def _starts(self) -> array[int]:
        """Where each shared string begins, by its number."""
        source = self._source(self._strings) if self._strings is not None else None
        return array("l", [] if source is None else [match.end() for match in _STRING.finditer(source.text)])

    @cached_property
    def _uses(self) -> Counter[int] | None:
        """How many cells have each shared string; None where they can not be counted."""
        found: Counter[int] = Counter()
        for part in self._parts:
            text = self._archive.source(part, self._most).text
            numbers = _SHARED.findall(text)
            if len(numbers) != sum(1 for _ in _SAYS_SHARED.finditer(text)):
                return None
            found.update(map(int, numbers))
        return found


def _written(
    source: Source | None, span: tuple[int, int], text: str, start: int, end: int, value: str
) -> Change | None:
    """Return the change of a span of the text that the runs in a span of a part say, if it is in one of them."""
    if source is None or span[1] < 0 or len(text) > _LONGEST or span[1] - span[0] > _LONGEST_WRITTEN:
        return None
    runs = list(_runs(source.text, *span))
    if "".join(said for said, *_ in runs) != text:
        return None
    at = 0
    found = None
    for said, begin, close, preserves in runs:
        if at <= start and end <= at + len(said):
            found = said, begin, close, preserves, start - at, end - at
        at += len(said)
    if found is None:
        return None
    said, begin, close, preserves, first, last = found
    offsets = [begin + match.start() for match in _CHARACTER.finditer(source.text[begin:close])]
    if len(offsets) != len(said) or not (preserves or keeps_edges(said, first, last, value)):
        return None
    offsets.append(close)
    new = written(value)
    return Change(source.name, offsets[first], offsets[last], new) if source.can_write(new) else None


def _runs(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the runs of a string: text, offsets, and whether white space at its edges is kept.

    Those that say how it is pronounced are among them, so that such a string does not read as its cell.
    """
    for match in _TEXT.finditer(text, start, end):
        yield unescape(match["text"]), *match.span("text"), 'xml:space="preserve"' in match["head"]
