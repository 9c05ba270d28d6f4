"""Plain text: one Segment, but for tables and broken IDs in it, and the two lines that DataCite's MDS takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Document, Part, Place, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers.linebreaks import may_break

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings, Wanted
    from igsn_lint.source import Source

_LONGEST_BODY = 4000
_BODY = lazy(
    r"\A\ufeff?(?:#[^\n]*\n)*[ \t]*doi[ \t]*=[ \t]*(?P<doi>[^\r\n]*?)[ \t]*\r?\n"
    r"[ \t]*url[ \t]*=[ \t]*(?P<url>[^\r\n]*?)[ \t]*\s*\Z"
)


class BodyDocument(Document):
    """What is sent to DataCite's MDS to register a DOI: a line ``doi=`` and a line ``url=``.

    Each is a field, as in JSON; what is registered is no record, for its metadata stands elsewhere. Origins are the
    names of the fields.
    """

    format = "mds"

    def __init__(self, source: Source, fields: dict[str, tuple[int, int]]) -> None:
        super().__init__(source)
        self._fields = fields

    def parts(self) -> Iterator[Part]:
        """Yield both fields as one part."""
        yield Part((), self._segments)

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        for name, (start, end) in self._fields.items():
            value = self.source.text[start:end]
            if wanted(value, name):
                yield Segment(value, name, name, cell=True)

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a span of a field."""
        if place.origin is None:
            return super().locate(place)
        start, end = self._fields[place.origin]
        return start + (place.start or 0), end if place.end is None else start + place.end

    def pointer(self, place: Place) -> str:
        """Return the name of the field."""
        return place.origin or ""


_HINTS = (b"IGSN", b"igsn", b"Igsn")
_HEADING = lazy(rb"[^\n\t|]{0,24}?(?:\t|\||\xe2\x94[\x82\x83\x86]|\xe2\x95\x91|[;,]|  |\r?\n|\Z)")
_CODE = lazy(rb"\s*[\w.:/-]{0,60}\d[\w.:/-]{0,60}\s*\Z")
_LONGEST_LABEL = 60
_LONGEST_ROW = 10_000


def _heads_columns(data: bytes) -> bool:
    """Return whether the name of a column may say IGSN: the word stands at the border of a column."""
    for hint in _HINTS:
        at = data.find(hint)
        while at >= 0:
            if _HEADING.match(data, at + len(hint)) is not None:
                start = data.rfind(b"\n", max(0, at - _LONGEST_ROW), at) + 1
                end = data.find(b"\n", at, at + _LONGEST_ROW)
                end = end if end >= 0 else at + _LONGEST_ROW
                line = data[start:end].strip()
                if b"\t" in line or b"|" in line or b"  " in line or b"\xe2\x94" in line or b"\xe2\x95" in line:
                    return True
                following = data[end + 1 : end + _LONGEST_ROW].lstrip(b"\r\n").partition(b"\n")[0]
                if any(0 < line.count(mark) == following.count(mark) for mark in (b";", b",")):
                    return True
                if len(line) <= _LONGEST_LABEL and _CODE.match(following) is not None:
                    return True
            at = data.find(hint, at + 1)
    return False


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as a run of text, with tables and IDs that lines break, or as the fields of a registration."""
    short = source.data if len(source.data) <= _LONGEST_BODY else b""
    if b"=" in short and b"url" in short and (body := _BODY.match(source.text)) is not None:
        return BodyDocument(source, {name: body.span(name) for name in ("doi", "url")})
    plain = source.plain
    if plain is None or source.says == b"igsn":
        data = plain or source.text.encode("utf-8", "replace")
        if _heads_columns(data) or may_break(data):
            from igsn_lint.readers.tabled import read as read_tables

            return read_tables(source)
    return Document(source)
