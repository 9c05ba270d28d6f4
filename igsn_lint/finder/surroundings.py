"""Surroundings: the links, targets, comments and program text around what was found in a segment."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from igsn_lint.identifier import Spelling
from igsn_lint.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igsn_lint.model import Evidence, Segment
    from igsn_lint.scan.found import Found


class Spans:
    """Spans of a segment in order, asked which of them holds an offset; they hardly ever lie in one another."""

    def __init__(self, spans: Iterable[tuple[int, int, Any]]) -> None:
        self._spans = sorted(spans, key=lambda span: span[:2])
        self._starts = [span[0] for span in self._spans]

    def at(self, start: int, end: int) -> Any:
        """Return what the innermost span that holds start:end carries, or None."""
        if not self._starts:
            return None
        i = bisect_right(self._starts, start)
        for span in reversed(self._spans[max(0, i - 4) : i]):
            if end <= span[1] and start < max(span[1], span[0] + 1):
                return span[2]
        return None


class Surroundings:
    """What surrounds the Mentions of one segment: links, targets, comments, program text."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._links = Spans((link.start, link.end, link) for link in segment.links)
        self._targets = Spans(
            (link.target_start, link.target_start + len(link.target), link)
            for link in segment.links
            if link.target_start is not None
        )
        self._marked = Spans(segment.marked)
        self._code = Spans((start, end, True) for start, end in segment.code)

    def tell(self, mention: Mention) -> None:
        """Tell a Mention that is a whole field its state and its link."""
        mention.state = self._marked.at(mention.start, mention.start) or "plain"
        mention.link = self._links.at(mention.start, mention.end)

    def mention(self, found: Found, evidence: Evidence) -> Mention:
        """Return the Mention that was found, with its role, state and link."""
        return self._mention(found.start, found.end, found.spelling, evidence, found.tagged)

    def repeated(self, start: int, code: str) -> Mention:
        """Return the Mention of a code that stands bare, and as an ID elsewhere."""
        return self._mention(start, start + len(code), Spelling(code, (), None, 0, code, 0), "document", False)

    def _mention(self, start: int, end: int, spelling: Spelling, evidence: Evidence, tagged: bool) -> Mention:
        at = start + spelling.suffix_start
        return Mention(
            self._segment,
            start,
            end,
            spelling,
            "target" if (target := self._targets.at(at, at)) else "cited",
            evidence,
            self._marked.at(start, start) or "plain",
            tagged=tagged,
            # The tag may stand before the link.
            link=target or self._links.at(start, end) or self._links.at(at, end),
            code=bool(self._code.at(start, start)),
        )
