"""HTML, and the XML of articles and editions (JATS, TEI, DocBook): text joined over inline elements.

One scanner reads both, because what an ID meets in them is the same: elements inside a line, links, tables, lists,
notes. It never fails on any text. Nothing that a page refers to is ever fetched.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from igsn_lint.readers.jsonisland import Island
from igsn_lint.readers.mapped import Flow, FlowDocument
from igsn_lint.readers.markup.grammar import ARTICLE, HTML, Grammar
from igsn_lint.readers.markup.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Place, Segment, Settings, Wanted
    from igsn_lint.readers.xmlplaces import Pointers
    from igsn_lint.source import Source


class MarkupDocument(FlowDocument):
    """A page or an article; origins are those of Flows, or an Island and a path in its JSON."""

    def __init__(self, source: Source, form: str, grammar: Grammar) -> None:
        super().__init__(source, self._flows)
        self.format = form
        self._grammar = grammar
        self._islands: list[Island] = []

    def _flows(self, text: str) -> list[Flow]:
        scanner = Scanner(text, self._grammar)
        scanner.run()
        self._islands = scanner.islands
        return scanner.flows

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        yield from super()._segments(wanted)
        for island in self._islands:
            yield from island.segments(wanted)

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source of a place."""
        if isinstance(place.origin, tuple) and isinstance(place.origin[0], Island):
            island: Island = place.origin[0]
            return island.locate(place.origin[1], place)
        return super().locate(place)

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` escaped for text or an attribute."""
        if isinstance(place.origin, tuple) and isinstance(place.origin[0], Island):
            import orjson

            return orjson.dumps(value).decode()[1:-1].replace("</", "<\\/")
        return _escaped(value)

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` (as it stands in the source) as a link to ``target``."""
        written = _escaped(target)
        if self.format == "html":
            return f'<a href="{written}">{shown}</a>'
        if self.format == "jats" and "xlink" in self.source.text[:5000]:
            return f'<ext-link ext-link-type="uri" xlink:href="{written}">{shown}</ext-link>'
        return f'<ref target="{written}">{shown}</ref>' if self.format == "tei" else None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def read(source: Source, form: str, settings: Settings) -> MarkupDocument:
    """Return the Source as HTML."""
    return MarkupDocument(source, "html", HTML)


def html_flows(text: str) -> list[Flow]:
    """Return HTML that stands in another format as Flows."""
    scanner = Scanner(text, HTML)
    scanner.run()
    return scanner.flows


class ArticleDocument(MarkupDocument):
    """An article in XML: its places have a path, too."""

    def __init__(self, source: Source, form: str, root: Any) -> None:
        super().__init__(source, form, ARTICLE)
        self._root = root

    @cached_property
    def _pointers(self) -> Pointers:
        from igsn_lint.readers.xmlplaces import Pointers

        return Pointers(self.source.text, self._root)

    def pointer(self, place: Place) -> str:
        """Return the path of the element or attribute in which a place begins, by local names."""
        span = self.locate(place) if place.origin is not None else None
        return "" if span is None else self._pointers.at(span[0])


def read_article(source: Source, form: str, root: Any) -> ArticleDocument:
    """Return a well-formed XML text with this root as an article (``jats``, ``tei`` or ``docbook``)."""
    return ArticleDocument(source, form, root)
