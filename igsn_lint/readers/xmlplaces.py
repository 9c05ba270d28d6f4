"""Where elements, texts and attributes stand in an XML document, and their paths: asked for findings only."""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from typing import Any

from igsn_lint.patterns import lazy
from igsn_lint.readers.xmltext import CHILD, entity, local_name

_ENTITY = lazy(r"&[^;\s]+;|\r\n|.", re.DOTALL)
_BLOCK = 4096
_CONTINUATION = bytes(range(0x80, 0xC0))
_AMPERSAND = lazy(r"&(?:amp|#0*38|#[xX]0*26);")
_ATTRIBUTE = lazy(r"\s([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TAG = lazy(r"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")


def _begun(data: bytes) -> int:
    """Return how many characters begin in a piece of UTF-8."""
    return len(data.translate(None, _CONTINUATION))


class Positions:
    """Where elements, texts and attributes stand in the text of a well-formed XML document (by expat's byte index)."""

    def __init__(self, text: str) -> None:
        from xml.parsers import expat

        self._text = text
        self._data = text.encode("utf-8", "surrogatepass")
        self._ascii = len(self._data) == len(text)
        # One row an element in document order: the offset of its start tag, and the chunks of its own text.
        self._rows: list[tuple[int, list[tuple[str, int]]]] = []
        self._ends: dict[int, int] = {}
        self._parents: list[int | None] = []
        self._starts: dict[int, list[int]] = {}
        self._comments: list[int] = []
        self._tags: dict[int, dict[str, tuple[int, int]]] = {}
        self._characters: dict[int, list[int]] = {}
        self._closes: dict[int, int] = {}
        open_rows: list[list[tuple[str, int]]] = []
        open_numbers: list[int] = []
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = False

        def start(name: str, attributes: object) -> None:
            if open_rows:
                open_rows[-1].append((CHILD, parser.CurrentByteIndex))
            chunks: list[tuple[str, int]] = []
            self._parents.append(open_numbers[-1] if open_numbers else None)
            open_numbers.append(len(self._rows))
            self._rows.append((parser.CurrentByteIndex, chunks))
            open_rows.append(chunks)

        def end(name: str) -> None:
            open_rows.pop()
            self._ends[open_numbers.pop()] = parser.CurrentByteIndex

        def text_chunk(data: str) -> None:
            if open_rows:
                open_rows[-1].append((data, parser.CurrentByteIndex))

        def comment(data: str) -> None:
            self._comments.append(parser.CurrentByteIndex + len("<!--"))

        def skipped(name: str, is_parameter: bool) -> None:
            if not is_parameter:
                text_chunk(entity(name))

        def external(names: str | None, *_: object) -> int:
            # Never fetched: it stays as it is written.
            text_chunk(f"&{(names or '').rpartition(chr(12))[2]};")
            return 1

        # Declarations may stand elsewhere: an entity without one is skipped, and ends nothing.
        parser.UseForeignDTD(True)
        handlers = {
            "SkippedEntityHandler": skipped,
            "ExternalEntityRefHandler": external,
            "CommentHandler": comment,
            "StartElementHandler": start,
            "EndElementHandler": end,
            "CharacterDataHandler": text_chunk,
        }
        for name, handler in handlers.items():
            setattr(parser, name, handler)
        # libxml2 took it: where expat does not, what it saw so far can be located.
        with suppress(expat.ExpatError):
            parser.Parse(self._data, True)
        # They hold one another; let go of, they need no search for garbage.
        for name in handlers:
            setattr(parser, name, None)

    @cached_property
    def _before(self) -> list[int]:
        """How many characters begin before each block of the bytes."""
        counts, total = [0], 0
        for at in range(0, len(self._data), _BLOCK):
            total += _begun(self._data[at : at + _BLOCK])
            counts.append(total)
        return counts

    def _character(self, byte: int) -> int:
        """Return the offset in the text of an offset in its UTF-8 bytes."""
        if self._ascii:
            return byte
        block = byte // _BLOCK
        return self._before[block] + _begun(self._data[block * _BLOCK : byte])

    def span(self, number: int, part: str | None, start: int | None, end: int | None) -> tuple[int, int] | None:
        """Return the offsets of (a span of) the text or attribute of an element, or of its name."""
        if number >= len(self._rows):
            return None
        byte, chunks = self._rows[number]
        begin = self._character(byte)
        if part == "" and chunks:
            return self._in_chunks(number, start, end)
        close = self._closes.get(begin) or self._closes.setdefault(begin, _tag_end(self._text, begin))
        if part:
            return self._in_attribute(begin, close, part, start, end)
        name = re.compile(r"<([^\s/>]+)").match(self._text, begin)
        return (begin + 1, name.end()) if name else (begin, close)

    def at(self, offset: int) -> tuple[int | None, str]:
        """Return the number of the element in which an offset lies, and the attribute where it is in one."""
        last = bisect_right(self._rows, offset, key=lambda row: self._character(row[0])) - 1
        if last < 0:
            return None, ""
        begin = self._character(self._rows[last][0])
        if offset < (close := _tag_end(self._text, begin)):
            found = (m[1] for m in _ATTRIBUTE.finditer(self._text, begin, close) if m.start() <= offset < m.end())
            return last, next(found, "")
        number: int | None = last
        while number is not None and offset > self._character(self._ends.get(number, len(self._data))):
            number = self._parents[number]
        return number, ""

    def element(self, number: int) -> tuple[int, int] | None:
        """Return the offsets of an element from the white space before its start tag to the end of its end tag."""
        if number not in self._ends:
            return None
        begin, last = self._character(self._rows[number][0]), self._character(self._ends[number])
        # An empty-element tag ends where it begins.
        end = self._text.find(">", last) + 1 if self._text.startswith("</", last) else _tag_end(self._text, begin)
        while begin and self._text[begin - 1] in " \t\r\n":
            begin -= 1
        return begin, end

    def comment_span(self, number: int, start: int, end: int | None) -> tuple[int, int] | None:
        """Return the offsets of a span of a comment."""
        if number >= len(self._comments):
            return None
        begin = self._character(self._comments[number])
        close = self._text.find("-->", begin)
        return begin + start, close if end is None else begin + end

    def _in_chunks(self, number: int, start: int | None, end: int | None) -> tuple[int, int]:
        _, chunks = self._rows[number]
        if number not in self._starts:
            self._starts[number] = [0, *accumulate(len(data) for data, _ in chunks)]
        starts = self._starts[number]
        total = starts[-1]

        def offset(position: int, *, closing: bool) -> int:
            i = min(max(bisect_right(starts, position - 1 if closing else position) - 1, 0), len(chunks) - 1)
            data, byte = chunks[i]
            at = self._character(byte)
            inside = position - starts[i]
            # An ampersand is the only character that a reference to itself begins with.
            literal = self._text.startswith(data, at) and not (data == "&" and _AMPERSAND.match(self._text, at))
            if literal:
                return at + inside
            if closing:
                match = _ENTITY.match(self._text, at)
                return match.end() if match else at
            return at

        first = 0 if start is None else start
        last = total if end is None else end
        begin = offset(min(first, total), closing=False)
        return begin, max(begin, offset(min(last, total), closing=True) if last > first else begin)

    def _in_attribute(self, begin: int, close: int, name: str, start: int | None, end: int | None) -> tuple[int, int]:
        if begin not in self._tags:
            # With a prefix and without: lxml names an attribute by its namespace, the file by a prefix.
            found: dict[str, tuple[int, int]] = {}
            for match in _ATTRIBUTE.finditer(self._text, begin, close):
                span = match.span(2) if match[2] is not None else match.span(3)
                prefix, _, local = match[1].rpartition(":")
                found[f":{local}" if prefix else local] = span
            self._tags[begin] = found
        local = name.rpartition("}")[2]
        known = self._tags[begin].get(f":{local}" if name.startswith("{") else local)
        if known is None:
            return begin + 1, close
        first, last = known
        if first not in self._characters:
            self._characters[first] = [*(at.start() for at in _ENTITY.finditer(self._text, first, last)), last]
        offsets = self._characters[first]
        most = len(offsets) - 1
        return offsets[min(start or 0, most)], offsets[most if end is None else min(end, most)]


def _tag_end(text: str, begin: int) -> int:
    match = _TAG.match(text, begin)
    return match.end() if match else min(text.find(">", begin) + 1 or len(text), len(text))


class Paths:
    """The paths of elements, by local names, with an index only among equal siblings."""

    def __init__(self) -> None:
        self._siblings: dict[tuple[Any, str], dict[Any, int]] = {}

    def of(self, element: Any) -> str:
        """Return the path of an element."""
        steps = []
        while element is not None:
            name = local_name(element)
            parent = element.getparent()
            if parent is not None:
                among = self._among(parent, element.tag)
                if len(among) > 1:
                    name += f"[{among[element]}]"
            steps.append(name)
            element = parent
        return "/" + "/".join(reversed(steps))

    def _among(self, parent: Any, tag: str) -> dict[Any, int]:
        """Return the children of one name with their numbers from 1 on."""
        key = parent, tag
        if key not in self._siblings:
            self._siblings[key] = {child: i for i, child in enumerate(parent.iterchildren(tag), 1)}
        return self._siblings[key]


class Pointers:
    """The paths of offsets in the text of an XML document that is read as a text."""

    def __init__(self, text: str, root: Any) -> None:
        self._positions = Positions(text)
        self._elements = [element for element in root.iter() if isinstance(element.tag, str)]
        self._paths = Paths()

    def at(self, offset: int) -> str:
        """Return the path of the element or attribute in which an offset lies; empty where it is outside of all."""
        number, attribute = self._positions.at(offset)
        if number is None or number >= len(self._elements):
            return ""
        path = self._paths.of(self._elements[number])
        return f"{path}/@{attribute.rpartition(':')[2]}" if attribute else path
