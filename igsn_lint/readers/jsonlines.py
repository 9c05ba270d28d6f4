"""JSON Lines: one JSON value a line, also compressed by gzip; long files are read in pieces of whole lines."""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8
from functools import cached_property, partial
from typing import IO, TYPE_CHECKING

from igsn_lint.model import Document, Fault, Part, Place
from igsn_lint.readers.json import JsonDocument, parse, repeated_keys, segments, unescaped
from igsn_lint.readers.jsontext import JsonText, Path
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from igsn_lint.model import Settings

WHOLE = 8 * 1024 * 1024
"""A file of so many bytes (uncompressed) is one document; a longer one is looked at in pieces."""

PIECE = 2 * 1024 * 1024
"""About so many bytes of whole lines are one piece."""

LONGEST_LINE = 64 * 1024 * 1024
"""A longer line is not read."""

_HIGHEST_RATIO = 200
"""What a byte of a compressed file may give: records that repeat each other reach 20 to 50, gzip can 1,030."""

_UNSUSPECTED = 32 * 1024 * 1024


class JsonLinesDocument(JsonDocument):
    """One JSON value a line; origins begin with the number of the line, the first line of the file being 0."""

    format = "jsonl"

    def __init__(self, source: Source, settings: Settings, first: int = 0) -> None:
        Document.__init__(self, source)
        self._settings = settings
        self._first = first
        self._held = {}
        self._escaping = {}
        self._texts: dict[int, JsonText] = {}

    def parts(self) -> Iterator[Part]:
        """Yield each line as a part; a line that is no JSON is a Fault, and the others are read."""
        for _, part in self.numbered():
            yield part

    def numbered(self, only: Container[int] | None = None) -> Iterator[tuple[int, Part]]:
        """Yield the parts with the numbers of their lines in this document; other lines than those are not read."""
        for at, raw in enumerate(self._lines()):
            if not raw or raw.isspace() or (only is not None and at not in only):
                continue
            number = self._first + at
            data, fault = parse(raw)
            if fault is not None:
                self.faults.append(self._in_file(fault, number, raw))
                continue
            faults = repeated_keys(raw, data, partial(self._text_of, number))
            self.faults += faults
            plain = unescaped(raw)
            yield at, Part(self.found(faults, data, (number,), plain), partial(segments, data, (number,)), plain)

    def _lines(self) -> Iterator[bytes]:
        """Yield the lines in UTF-8. Only line feeds end a line: U+2028 and the like may stand in a string."""
        source = self.source
        if source.encoding == "utf-8" and source.undecodable is None:
            yield from source.data.removeprefix(BOM_UTF8).split(b"\n")
            return
        for line in source.text.removeprefix("\ufeff").split("\n"):
            yield line.encode("utf-8", "surrogatepass")

    def _in_file(self, fault: Fault, number: int, raw: bytes) -> Fault:
        """Return a Fault in a line as one in the file, not behind the end of what stands in the line."""
        text = raw.decode("utf-8", "replace")
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        return fault._replace(offset=self._begin(number) + max(start, min(fault.offset or 0, end - 1)))

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of each line in the text."""
        text = self.source.text
        starts = [1 if text.startswith("\ufeff") else 0]
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return starts

    def _begin(self, number: int) -> int:
        return self._starts[number - self._first]

    def _end(self, number: int) -> int:
        at = number - self._first + 1
        return self._starts[at] - 1 if at < len(self._starts) else len(self.source.text)

    def _text_of(self, number: int) -> JsonText:
        """Return the JSON text of a line; that of the last one asked for is kept."""
        if number not in self._texts:
            self._texts = {number: JsonText(self.source.text, self._begin(number), self._end(number))}
        return self._texts[number]

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place in its line."""
        if place.origin is None:
            return Document.locate(self, place)
        number, *path = place.origin
        text = self._text_of(number)
        span, found = text.span(tuple(path))
        return text.inside(span, *(place[1:] if found else (None, None)))

    def extent(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of an entry of a list; a whole line is none."""
        return super().extent(place) if place.origin and len(place.origin) > 1 else None

    def whole(self, origin: Path) -> tuple[int, int] | None:
        """Return the offsets of a whole value, its quotes or brackets included."""
        number, *path = origin
        span, found = self._text_of(int(number)).span(tuple(path))
        return span if found else None

    def pointer(self, place: Place) -> str:
        """Return the JSON Pointer inside the line."""
        return super().pointer(Place((place.origin or ())[1:]))


class LongJsonLinesDocument(Document):
    """JSON Lines too long to be held in memory: its pieces are documents by themselves.

    So what a check asks of "the document" (whether a sample stands anywhere in it with its prefix) is answered by the
    piece. The source has the beginning of the file only.
    """

    format = "jsonl"
    is_long = True

    def __init__(self, source: Source, opener: Callable[[], IO[bytes]], settings: Settings) -> None:
        super().__init__(source)
        self._opener, self._settings = opener, settings

    def pieces(self) -> Iterator[Document]:
        """Yield pieces of whole lines; what stopped the reading is a Fault of the last one."""
        number, line, at = 0, 1, 0
        for data, fault, size, breaks in _whole_lines(self._opener):
            piece = JsonLinesDocument(Source(self.source.name, data, line, at), self._settings, number)
            piece.faults += [*(self.faults if at == 0 else ()), *([fault] if fault else ())]
            piece.writable = self.writable
            yield piece
            number += breaks
            line += breaks + (data.count(b"\r") - data.count(b"\r\n") if b"\r" in data else 0)
            at += size


class _Reader:
    """Reads a file in order, uncompressing it where it is compressed; never more in memory than what is asked for."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.fault: Fault | None = None
        self.packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        self._raw = stream
        self._stream = _unpacking(stream) if self.packed else stream
        self._given = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end; ``fault`` says why where that is not the end of the file."""
        if self.fault is not None:
            return b""
        try:
            data = self._stream.read(size)
        except EOFError:
            self.fault = Fault("unreadable-file", 0, "the compressed file is cut off: it ends before its end mark")
            return b""
        except (zlib.error, OSError) as error:
            reason = getattr(error, "strerror", None) or "its compressed data are damaged"
            self.fault = Fault("unreadable-file", 0, f"the file can not be read: {reason[:1].lower()}{reason[1:]}")
            return b""
        self._given += len(data)
        if self.packed and self._given > max(_UNSUSPECTED, _HIGHEST_RATIO * self._raw.tell()):
            words = f"each byte of the compressed file gives more than {_HIGHEST_RATIO}"
            self.fault = Fault("hostile-document", 0, f"{words}; it is read no further")
            return b""
        return data


def _unpacking(stream: IO[bytes]) -> IO[bytes]:
    from gzip import GzipFile

    return GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]  # it reads bytes, as IO[bytes] does


def _whole_lines(opener: Callable[[], IO[bytes]]) -> Iterator[tuple[bytes, Fault | None, int, int]]:
    """Yield a file in pieces of whole lines: the bytes, a Fault, and how many bytes and line feeds it goes on by."""
    with opener() as stream:
        reader = _Reader(stream)
        rest = b""
        while block := reader.read(PIECE):
            data = rest + block
            cut = data.rfind(b"\n") + 1
            if cut:
                yield data[:cut], None, cut, data.count(b"\n", 0, cut)
                rest = data[cut:]
            elif len(data) <= LONGEST_LINE:
                rest = data
            else:
                words = f"a line of more than {LONGEST_LINE // 2**20} MB is not read"
                skipped, rest = _rest_of_line(reader)
                yield b"", Fault("hostile-document", 0, words), len(data) + skipped, 1
        if rest and reader.fault is None:
            yield rest, None, len(rest), 0
        if reader.fault is not None:
            # What came of the last line is not all of it.
            yield b"", reader.fault, 0, 0


def _rest_of_line(reader: _Reader) -> tuple[int, bytes]:
    """Read to the next line feed; return how many bytes that were, and what was read behind it."""
    skipped = 0
    while block := reader.read(PIECE):
        at = block.find(b"\n") + 1
        if at:
            return skipped + at, block[at:]
        skipped += len(block)
    return skipped, b""


def open_lines(name: str, opener: Callable[[], IO[bytes]], settings: Settings) -> Document:
    """Return the Document of a file of JSON Lines, of which no more is read than is needed now.

    Raises OSError where it can not be opened.
    """
    with opener() as stream:
        reader = _Reader(stream)
        packed = reader.packed
        data = _up_to(reader, WHOLE)
        wide = Source(name, data).plain is None
        if len(data) > WHOLE and wide and len(data := data + _up_to(reader, settings.max_bytes)) > settings.max_bytes:
            # In UTF-16 a byte of a line feed may be one of another character: such a file is read whole or not at all.
            document = Document(Source(name, b""))
            document.notices.append(f"UTF-16 of more than {settings.max_bytes / 2**20:.3g} MB")
            return document
        fault = reader.fault
    if len(data) > WHOLE and not wide:
        document = LongJsonLinesDocument(Source(name, data), opener, settings)
    elif fault is not None:
        # What came of the last line is not all of it.
        document = JsonLinesDocument(Source(name, data[: data.rfind(b"\n") + 1]), settings)
        document.faults.append(fault._replace(offset=len(document.source.text)))
    else:
        document = read(Source(name, data), "jsonl", settings)
    document.writable = not packed
    if data and packed != name.lower().endswith(".gz"):
        what = "compressed by gzip" if packed else "not compressed"
        document.faults.append(Fault("misnamed-file", 0, f"the file is {what}, which its name does not say"))
    return document


def _up_to(reader: _Reader, size: int) -> bytes:
    """Return the next bytes, at most one block more than ``size``."""
    blocks = []
    while size >= 0 and (block := reader.read(PIECE)):
        blocks.append(block)
        size -= len(block)
    return b"".join(blocks)


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as JSON Lines; one value over many lines is read as the JSON that it is."""
    first, feed, more = source.text.lstrip("\ufeff \t\r\n")[:100_000].partition("\n")
    if feed and more.strip() and parse(first.encode("utf-8", "surrogatepass"))[1] is not None:
        from igsn_lint.readers import json

        whole = json.read(source, "json", settings)
        if whole.format == "json":
            words = "the file is JSON, one value over many lines; by its name it is JSON Lines, one value a line"
            whole.faults.append(Fault("misnamed-file", 0, words))
            return whole
    return JsonLinesDocument(source, settings)
