"""JSON inside another format, as in the scripts of a page."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Place, Segment, State, Wanted
    from igsn_lint.readers.jsontext import JsonText


class Island:
    """A piece of JSON inside another format: its decoded value, and where it stands."""

    def __init__(self, text: str, start: int, data: Any, state: State) -> None:
        self._text, self.start, self.data, self.state = text, start, data, state

    @cached_property
    def _json(self) -> JsonText:
        from igsn_lint.readers.jsontext import JsonText

        return JsonText(self._text, self.start)

    def segments(self, wanted: Wanted) -> Iterator[Segment]:
        """Yield the wanted strings."""
        from igsn_lint.readers import json

        for segment in json.segments(self.data, (), wanted):
            segment.origin = (self, segment.origin)
            if self.state != "plain":
                segment.marked = [(0, len(segment.text), self.state)]
            yield segment

    def locate(self, path: Any, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place in the whole text."""
        span, found = self._json.span(path)
        return self._json.inside(span, place.start, place.end) if found else None
