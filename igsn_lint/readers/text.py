"""Plain text: one Segment, and nothing to understand but the two lines that DataCite's MDS takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.model import Document, Part, Place, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings, Wanted
    from igsn_lint.source import Source

_LONGEST_BODY = 4000
_BODY = re.compile(
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


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as one run of text, or as the two fields of a registration."""
    short = source.data if len(source.data) <= _LONGEST_BODY else b""
    if b"=" in short and b"url" in short and (body := _BODY.match(source.text)) is not None:
        return BodyDocument(source, {name: body.span(name) for name in ("doi", "url")})
    return Document(source)
