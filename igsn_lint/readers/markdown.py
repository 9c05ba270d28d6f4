"""Markdown: the text as it stands, with its links, its code and its comments."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from igsn_lint.model import Document, Link, Part, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Place, Settings, State
    from igsn_lint.source import Source

_FENCE = re.compile(
    r"^ {0,3}(?P<mark>`{3,}|~{3,})[^\n]*\n(?P<body>.*?)(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,9})(?!`)(?P<body>[^\n]{1,500}?)(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE = re.compile(
    r"\[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]*\]|\n(?!\s*\n)){0,300})\]\(\s*<?(?P<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_REFERENCE = re.compile(r"\[(?P<text>[^\[\]\n]{1,300})\](?:\[(?P<label>[^\[\]\n]{0,200})\])?(?![(:])")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\[\]\n]{1,200})\]:\s*<?(?P<target>[^\s<>]+)>?", re.MULTILINE)
_AUTOLINK = re.compile(r"<(?P<target>(?:https?|doi|hdl|info|igsn):[^\s<>]+)>")
_BARE_URL = re.compile(r"(?<![(<\[\"'=\w/])(?:https?://|www\.)[^\s<>\]\"'`]+")
_HTML_LINK = re.compile(
    r"<a\s[^<>]{0,300}?href\s*=\s*[\"'](?P<target>[^\"'\n<>]{0,2000})[\"'][^<>]{0,300}>(?P<text>.{0,1000}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)


_ESCAPE = re.compile(r"\\(?=[-_.~/:*()])")
"""A backslash before a character that an ID may have; the others would change what is a link."""


class MarkdownDocument(Document):
    """A Markdown text; its Segment is the text without the escapes in its prose."""

    format = "markdown"
    has_links = True

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        # Where, in the segment's text, an escape was left out: everything from there on stands one further in the file.
        self._left_out: list[int] = []

    def parts(self) -> Iterator[Part]:
        """Yield the text as one Segment with its links, code and comments."""
        text = self._unescaped(self.source.text)
        code = [match.span("body") for match in _FENCE.finditer(text)]
        prose = _blanked(text, code)
        comments: list[tuple[int, int, State]] = [(*match.span(), "comment") for match in _COMMENT.finditer(prose)]
        links = list(_links(prose))
        code += [match.span("body") for match in _CODE_SPAN.finditer(prose)]
        yield Part((), lambda wanted: [Segment(text, links=links, marked=comments, code=code)])

    def _unescaped(self, text: str) -> str:
        """Return the text without the escapes that stand in its prose; in code a backslash is one."""
        if "\\" not in text:
            return text
        code = [match.span("body") for match in _FENCE.finditer(text)]
        prose = _blanked(text, code)
        prose = _blanked(prose, [match.span("body") for match in _CODE_SPAN.finditer(prose)])
        cuts = [match.start() for match in _ESCAPE.finditer(prose)]
        self._left_out = [cut - i for i, cut in enumerate(cuts)]
        pieces, at = [], 0
        for cut in cuts:
            pieces.append(text[at:cut])
            at = cut + 1
        return "".join([*pieces, text[at:]])

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place in the text as it stands."""
        if not self._left_out or place.start is None or place.end is None:
            return super().locate(place)
        start = place.start + bisect_right(self._left_out, place.start)
        return start, max(start, place.end + bisect_left(self._left_out, place.end))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with the given spans as blanks, so that offsets stay."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _links(text: str) -> Iterator[Link]:
    """Yield the links of the text; where the target stands behind the shown text, with its offset."""
    for pattern in (_INLINE, _HTML_LINK):
        for match in pattern.finditer(text):
            yield Link(*match.span("text"), match["target"], match.start("target"))
    for match in _AUTOLINK.finditer(text):
        yield Link(*match.span("target"), match["target"])
    for match in _BARE_URL.finditer(text):
        yield Link(*match.span(), match[0].rstrip(".,;:!?)*_"))
    definitions = {" ".join(match["label"].lower().split()): match for match in _DEFINITION.finditer(text)}
    if definitions:
        for match in _REFERENCE.finditer(text):
            found = definitions.get(" ".join((match["label"] or match["text"]).lower().split()))
            if found is not None:
                yield Link(*match.span("text"), found["target"])
        for match in definitions.values():
            # The definition itself shows no text: its target is one, at the place where it stands.
            yield Link(match.start("target"), match.start("target"), match["target"], match.start("target"))


def read(source: Source, form: str, settings: Settings) -> MarkdownDocument:
    """Return the Source as Markdown."""
    return MarkdownDocument(source)
