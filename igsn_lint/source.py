"""A Source: bytes with a name, their text, and the index of its lines.

All positions inside the program are offsets in ``Source.text``, which has one character for each character of the file
(a byte order mark included), so that ``Source.to_byte`` leads back to the bytes.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_ENCODING = lazy(rb"""^<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_HTML = lazy(r"\.x?html?$", re.IGNORECASE)
_HTML_BEGIN = lazy(rb"\s{0,100}<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_HTML_COMMENT = lazy(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_HTML_ENCODING = lazy(
    rb"""<meta\s[^>]{0,500}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE
)
_HTML_HEAD = 1024
"""In so many bytes HTML says what its encoding is."""

_MEANT = {
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "cp1252": "windows-1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gbk",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What browsers read where HTML names one of these encodings; cp1252 by the name that says it was declared."""

_UNWRITTEN = ("utf", "iso2022", "hz", "idna", "punycode", "unicode", "raw_unicode")
"""Encodings that HTML has not, and those in which a character is not written alike everywhere."""

_KEPT = 4 * 1024 * 1024
"""The text of so many bytes is kept before anybody asks for it."""

_CONTROLS = lazy("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffd]")
_NEWLINE = lazy(r"\r\n|\n|\r")


class Region(NamedTuple):
    """Where something stands in a text: 1-based lines and columns in Unicode code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Undecodable(NamedTuple):
    """A byte that the encoding does not have."""

    byte_offset: int
    encoding: str
    byte: int


class Source:
    """Bytes with a name.

    ``name`` is the path as it is shown, with ``/``; ``data`` the bytes. A piece of a longer file has the number of its
    first line and the offset of its first byte there.
    """

    def __init__(self, name: str, data: bytes, first_line: int = 1, first_byte: int = 0) -> None:
        self.name = name
        self.data = data
        self.first_line = first_line
        self.first_byte = first_byte

    @cached_property
    def encoding(self) -> str:
        """The encoding: of the byte order mark, as XML or HTML declare it, UTF-8, UTF-16 by its NULs, else cp1252."""
        data = self.data
        for bom, name in _BOMS:
            if data.startswith(bom):
                return name
        if (match := _XML_ENCODING.match(data)) is not None:
            name = match[1].decode("ascii").lower()
            # What reads as ASCII can be none of the wide ones, whatever it says.
            try:
                wide = codecs.lookup(name).name.startswith(("utf-16", "utf-32"))
            except LookupError:
                wide = True
            if not wide:
                return "utf-8" if name in {"utf8", "us-ascii", "ascii"} else name
        if (declared := self._declared_in_html()) is not None:
            return declared
        head = data[:400]
        if len(head) >= 4 and head.count(0) * 3 > len(head):
            return "utf-16-be" if head[0] == 0 else "utf-16-le"
        try:
            if not data.isascii():
                text = data.decode("utf-8")
                if len(data) <= _KEPT:
                    # What took the time to find out is kept.
                    self.__dict__.update(text=text, undecodable=None)
        except UnicodeDecodeError:
            # LaTeX is asked last: many files are UTF-8 by now below a head that says otherwise.
            return declared_in_latex(self.name, data) or "cp1252"
        return "utf-8"

    def _declared_in_html(self) -> str | None:
        """Return the encoding that a page of HTML declares, where it is another one than UTF-8."""
        head = self.data[:_HTML_HEAD]
        if b"charset" not in head.lower() or not (_HTML.search(self.name) or _HTML_BEGIN.match(head)):
            return None
        match = _HTML_ENCODING.search(_HTML_COMMENT.sub(b"", head))
        if match is None:
            return None
        try:
            name = codecs.lookup(match[1].decode("ascii")).name
            meant = _MEANT.get(name, name)
            # Every byte must be written again as it was: some encodings write one character in two ways.
            text = self.data.decode(meant, "replace")
            exact = "\ufffd" in text or text.encode(meant) == self.data
        except (LookupError, ValueError):
            return None
        # UTF-16 that is declared in ASCII is UTF-8, which is looked for anyway.
        return None if name.startswith(_UNWRITTEN) or not exact else meant

    @cached_property
    def undecodable(self) -> Undecodable | None:
        """The first byte that is not of the encoding that the file has or claims, or None.

        A file without any declaration should be UTF-8: where it is read as cp1252 instead, this says why.
        """
        for encoding in dict.fromkeys(("utf-8", "utf-8") if self.encoding == "cp1252" else (self.encoding,)):
            try:
                self.data.decode(encoding)
            except UnicodeDecodeError as error:
                return Undecodable(error.start, encoding, self.data[error.start])
        return None

    @cached_property
    def text(self) -> str:
        """The decoded text; bytes that the encoding does not have become U+FFFD."""
        return self.data.decode(self.encoding, "replace")

    @property
    def plain(self) -> bytes | None:
        """The bytes where every ASCII character of the text is one byte in them; None for UTF-16 and the like."""
        head = self.data[:4]
        return None if b"\0" in head or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else self.data

    @cached_property
    def is_text(self) -> bool:
        """Whether the bytes look like text: hardly any control characters at the beginning."""
        head = self.text[:2000]
        return len(_CONTROLS.findall(head)) * 20 <= len(head)

    @cached_property
    def says(self) -> bytes:
        """The first of the words ``igsn`` and ``datacite`` that stands in the bytes, in any case; empty without."""
        low = self.data.lower()
        return next((word for word in (b"igsn", b"datacite") if word in low), b"")

    @cached_property
    def _line_starts(self) -> list[int]:
        text = self.text
        if "\r" in text:
            return [0, *(match.end() for match in _NEWLINE.finditer(text))]
        starts, at = [0], text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column (1-based, code points) of an offset in the text; a byte order mark has no column."""
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        if line == 1 and self.text.startswith("\ufeff") and offset > 0:
            start = 1
        return line + self.first_line - 1, offset - start + 1

    def region(self, start: int, end: int) -> Region:
        """Return the Region between two offsets in the text."""
        line, column = self.position(start)
        starts, following = self._line_starts, line - self.first_line + 1
        if 0 < start <= end and (following == len(starts) or end < starts[following]):
            # Most end in the line in which they begin.
            return Region(line, column, line, column + end - start)
        return Region(line, column, *self.position(max(start, end)))

    def line(self, number: int) -> str:
        """Return a line without its line end; ``number`` is 1-based."""
        starts = self._line_starts
        number -= self.first_line - 1
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n").removeprefix("\ufeff")

    def offset_at(self, line: int, column: int) -> int:
        """Return the offset in the text of a 1-based line and column."""
        starts = self._line_starts
        line -= self.first_line - 1
        return min(starts[min(max(line, 1), len(starts)) - 1] + max(column, 1) - 1, len(self.text))

    def to_byte(self, offset: int) -> int:
        """Return the offset in the bytes of an offset in the text.

        Exact wherever the bytes are of the encoding; a U+FFFD for a bad byte counts as that byte.
        """
        if self.data.isascii():
            return offset
        head = self.text[:offset]
        if "\ufffd" not in head:
            return len(head.encode(self.encoding))
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        seen = 0
        for i in range(len(self.data)):
            if seen >= offset:
                return i
            seen += len(decoder.decode(self.data[i : i + 1]))
        return len(self.data)

    def can_write(self, text: str) -> bool:
        """Return whether the encoding of the source has all characters of a text."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def spliced(self, changes: Iterable[tuple[int, int, str]]) -> bytes:
        """Return the bytes with other characters between pairs of offsets; they must not overlap.

        Bytes outside of the changes stay as they are, also those that the encoding does not have.
        """
        exact = "\ufffd" not in self.text
        pieces: list[bytes] = []
        at = 0
        for start, end, text in sorted(changes):
            kept = (
                self.text[at:start].encode(self.encoding)
                if exact
                else self.data[self.to_byte(at) : self.to_byte(start)]
            )
            pieces += [kept, text.encode(self.encoding)]
            at = end
        pieces.append(self.text[at:].encode(self.encoding) if exact else self.data[self.to_byte(at) :])
        return b"".join(pieces)

    def from_byte(self, offset: int) -> int:
        """Return the offset in the text of an offset in the bytes."""
        return offset if self.data.isascii() else len(self.data[:offset].decode(self.encoding, "replace"))


_LATEX = lazy(r"\.(?:tex|ltx|latex)$", re.IGNORECASE)
_LATEX_ENCODING = lazy(
    rb"^[^%\n]{0,200}?\\(?:usepackage|RequirePackage)\s{0,9}\[([^\]\n]{0,100})\]\s{0,9}\{inputenc\}", re.MULTILINE
)
_LATEX_HEAD = 65_536
"""In so many bytes a LaTeX document says what its encoding is."""

_INPUTENC = {
    "latin1": "iso8859-1", "latin2": "iso8859-2", "latin3": "iso8859-3", "latin4": "iso8859-4", "latin5": "iso8859-9",
    "latin9": "iso8859-15", "latin10": "iso8859-16", "ansinew": "windows-1252", "cp1252": "windows-1252",
    "cp1250": "cp1250", "cp1251": "cp1251", "cp1257": "cp1257", "cp437": "cp437", "cp850": "cp850", "cp852": "cp852",
    "cp858": "cp858", "cp865": "cp865", "cp866": "cp866", "applemac": "mac-roman", "macce": "mac-latin2",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u",
}  # fmt: skip
"""Python's names of the encodings of LaTeX; cp1252 by the one that says it was declared."""


def declared_in_latex(name: str, data: bytes) -> str | None:
    """Return the encoding other than UTF-8 that a LaTeX document declares, or None; its files have the ``name``."""
    if not _LATEX.search(name):
        return None
    found = _LATEX_ENCODING.findall(data[:_LATEX_HEAD])
    # The last option of the last one is what is in force.
    return _INPUTENC.get(found[-1].decode("ascii", "replace").split(",")[-1].strip()) if found else None


def visible(text: str) -> str:
    """Return the text so that a terminal shows every character and obeys none.

    Tabs become blanks; control and invisible characters are shown as ``<U+200B>``.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if c == "\t" else f"<U+{ord(c):04X}>" if category(c) in _UNSEEN else c for c in text)


_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
