"""Jupyter notebooks: Markdown and code cells and what the code printed, each with the number of its cell."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from igsn_lint.model import Part, Place
from igsn_lint.readers import json, markdown
from igsn_lint.readers.mapped import Flow, in_flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Document, Segment, Settings, Wanted
    from igsn_lint.readers.jsontext import Path
    from igsn_lint.source import Source


class _Text:
    """A text in a notebook: one string or a list of lines, its path, and the number of the cell."""

    def __init__(self, value: Any, path: Path, cell: int, *, output: bool) -> None:
        lines = [value] if isinstance(value, str) else [line for line in value if isinstance(line, str)]
        self._whole = isinstance(value, str)
        self._starts = [0, *accumulate(map(len, lines))]
        self.text = "".join(lines)
        self.path, self.cell, self.output = path, cell, output

    def place(self, offset: int, *, closing: bool) -> Place:
        """Return the Place in the JSON of an offset in the text."""
        if self._whole:
            return Place(self.path, offset, offset)
        line = max(bisect_right(self._starts, offset - 1 if closing and offset else offset) - 1, 0)
        line = min(line, max(len(self._starts) - 2, 0))
        inside = offset - self._starts[line]
        return Place((*self.path, line), inside, inside)


class NotebookDocument(json.JsonDocument):
    """A notebook; origins are Flows of the texts in it, or paths of its other strings."""

    format = "notebook"
    has_links = True

    def __init__(self, source: Source, data: Any, raw: bytes, settings: Settings) -> None:
        super().__init__(source, data, raw, settings)
        self._texts: dict[Flow, _Text] = {}
        self._flows: list[Flow] = []
        cells = data["cells"] if isinstance(data.get("cells"), list) else []
        path: Path = ("cells",)
        sheets = data.get("worksheets")
        if not cells and isinstance(sheets, list) and sheets and isinstance(sheets[0], dict):
            cells, path = sheets[0].get("cells"), ("worksheets", 0, "cells")
        for i, cell in enumerate(cells if isinstance(cells, list) else ()):
            if isinstance(cell, dict):
                self._cell(cell, (*path, i), i + 1)

    def _cell(self, cell: dict[str, Any], path: Path, number: int) -> None:
        kind = str(cell.get("cell_type"))
        key = "input" if "input" in cell else "source"
        self._add(cell.get(key), (*path, key), number, kind if kind in {"code", "raw"} else "markdown")
        outputs = cell.get("outputs")
        for i, output in enumerate(outputs if isinstance(outputs, list) else ()):
            if not isinstance(output, dict):
                continue
            place = (*path, "outputs", i)
            self._add(output.get("text"), (*place, "text"), number, "output")
            data = output.get("data")
            if isinstance(data, dict):
                # The same table or text is given in several types: the one that says most is read.
                for media in ("text/html", "text/markdown", "text/plain"):
                    if media in data:
                        self._add(data[media], (*place, "data", media), number, media)
                        break

    def _add(self, value: Any, path: Path, number: int, kind: str) -> None:
        if not isinstance(value, str | list):
            return
        output = kind not in {"markdown", "code", "raw"}
        text = _Text(value, path, number, output=output)
        if kind in {"markdown", "raw", "text/markdown"}:
            flows = [markdown.flow_of(text.text)]
            if kind == "raw":
                # It is written in whatever the notebook is turned into.
                flows[0].kept.append((0, flows[0].length))
        elif kind == "text/html":
            from igsn_lint.readers.markup import html_flows

            flows = html_flows(text.text)
        else:
            flow = Flow()
            flow.copy(text.text, 0, len(text.text))
            flow.code.append((0, flow.length))
            flows = [flow]
        for flow in flows:
            self._texts[flow] = text
            self._flows.append(flow)

    def parts(self) -> Iterator[Part]:
        """Yield the whole notebook as one part."""
        yield Part((), self._segments)

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        for flow in self._flows:
            yield from flow.segments(wanted)
        yield from json.segments(self.tree.get("metadata"), ("metadata",), wanted)

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source of a place."""
        text = self._text_at(place)
        if text is None:
            return super().locate(place)
        flow, begin, end = place.origin
        first, last = flow.span(begin + (place.start or 0), end if place.end is None else begin + place.end)
        start = super().locate(text.place(first, closing=False))
        stop = super().locate(text.place(last, closing=True))
        return None if start is None or stop is None else (start[0], max(start[0], stop[1]))

    def _text_at(self, place: Place) -> _Text | None:
        origin = place.origin
        return self._texts.get(origin[0]) if origin and isinstance(origin[0], Flow) else None

    def editable(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets that an edit may replace; what code printed is left as it is."""
        text = self._text_at(place)
        if text is not None:
            spot = in_flow(place)
            if text.output or (spot is not None and spot[0].is_kept(*spot[1:])):
                return None
        span = self.locate(place)
        # A place that reaches over two lines has quotes and a comma between them.
        return None if span is None or "\n" in self.source.text[slice(*span)] else span

    def is_field(self, place: Place) -> bool:
        """Return whether a place lies in a field."""
        return (spot := in_flow(place)) is not None and spot[0].is_field(*spot[1:])

    def takes_link(self, place: Place) -> bool:
        """Return whether the text at a place can be made a link."""
        return (spot := in_flow(place)) is not None and spot[0].takes_link(*spot[1:])

    def pointer(self, place: Place) -> str:
        """Return the number of the cell, as notebooks show it to readers."""
        text = self._text_at(place)
        return super().pointer(place) if text is None else f"cell {text.cell}"

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` escaped for a JSON string."""
        return super().write(value, place if self._text_at(place) is None else Place(()))

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` as a link to ``target``."""
        return markdown.markdown_link(shown, target)


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as a notebook; JSON that is none is read as JSON, and JSON Lines as these."""
    document = json.read(source, "json", settings)
    if type(document) is not json.JsonDocument or not isinstance(document.tree, dict):
        return document
    return NotebookDocument(source, document.tree, document.raw, settings)
