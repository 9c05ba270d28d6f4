"""Markdown: the text as it stands, with its links, code, comments, tables and front matter."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING

from igsn_lint.codes import closes_brackets
from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Link
from igsn_lint.patterns import lazy
from igsn_lint.readers import apart
from igsn_lint.readers.grid import GridCell, labelled
from igsn_lint.readers.mapped import Cell, Flow, FlowDocument, in_flow
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Place, Segment, Settings, State, Wanted
    from igsn_lint.readers.yaml import YamlDocument

_FENCE = lazy(
    r"^[ >]{0,20}(?P<mark>`{3,}+|~{3,}+)[^\n]*\n(?P<body>.*?)(?:^[ >]{0,20}(?P=mark)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_CODE_SPAN = lazy(r"(?<!`)(`{1,9})(?!`)(?P<body>[^\n]{1,500}?)(?<!`)\1(?!`)")
_COMMENT = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE = lazy(
    r"\[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]*\]|\n(?!\s*\n)){0,300})\]\(\s*<?(?P<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_REFERENCE = lazy(r"\[(?P<text>[^\[\]\n]{1,300})\](?:\[(?P<label>[^\[\]\n]{0,200})\])?(?![(:])")
_DEFINITION = lazy(r"^ {0,3}\[(?P<label>[^\[\]\n]{1,200})\]:\s*<?(?P<target>[^\s<>]+)>?", re.MULTILINE)
_DEFINES = lazy(r"\]:")
_AUTOLINK = lazy(r"<(?P<target>(?:https?|doi|hdl|info|igsn):[^\s<>]+)>")
_BARE_URL = lazy(r"(?<!\]\()(?<![<\[\"'=\w/])(?:https?://|www\.)[^\s<>\]\"'`]+")
_URL_BEGINS = lazy("http"), lazy(r"www\.")
_HTML_LINK = lazy(
    r"<a\s[^<>]{0,300}?href\s*=\s*[\"'](?P<target>[^\"'\n<>]{0,2000})[\"'][^<>]{0,300}>(?P<text>.{0,1000}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = lazy(r"<(?!a\b)[A-Za-z][\w-]{0,40}(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_ENTITY = lazy(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = frozenset("<>[](){}`*|\\&\"'#\n\r")
"""Characters that an entity keeps from being markup."""

_ESCAPE = lazy(r"\\(?=[-_.~/:*()])")
"""A backslash before a character that an ID may have; the others would change what is a link."""

_EMPHASIS = lazy(
    r"(?<![*\\])(?P<mark>\*{1,3})(?P<text>[A-Za-z0-9](?:[A-Za-z0-9.:/_-]{0,60}[A-Za-z0-9/])?)(?P=mark)(?!\*)"
)
_STRUCK = lazy(r"(?<!~)~~(?=[^\s~])(?P<text>(?:[^~\n]|\n(?!\s*\n)){1,2000}?)(?<!\s)~~(?!~)")

_FRONT_MATTER = lazy(
    r"\ufeff?(?:(?P<yaml>---)|\+\+\+)[ \t]*\r?\n(?P<body>.*?)^(?(yaml)(?:---|\.\.\.)|\+\+\+)[ \t]*\r?$",
    re.MULTILINE | re.DOTALL,
)
_KEY = lazy(r"(?P<indent>[ ]*)(?:-[ ]+)?[\"']?(?P<key>[\w .()-]{1,60}?)[\"']?[ ]*[:=](?:[ \t]+(?P<value>[^\n]*))?$")
_ENTRY = lazy(r"(?P<indent>[ ]*)-[ ]+(?P<value>[^\n]+)$")
_DELIMITERS = lazy(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = lazy(r"(?<!\\)\|")
_WHOLE_LINK = lazy(r"\[(?P<text>[^\[\]\n]{1,300})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])\Z")
_NOTES = lazy(r"(?:[ \t]*(?:\[\^[^\[\]\n]{1,60}\]|<sup>[^<>\n]{1,20}</sup>)){1,9}[ \t]*\Z")
"""Marks of footnotes at the end of a cell."""

_LONGEST_NOTES = 200
_LONGEST_ROW = 50_000


def flow_of(text: str, begin: int = 0, *, front: bool = True) -> Flow:
    """Return a Markdown text as a Flow: without the escapes in its prose, with all that stands out in it.

    It is read from ``begin`` on; with ``front``, what looks like front matter is left as it is.
    """
    flow = Flow()
    at = begin
    for start, end, character in _escapes(text[begin:]):
        flow.copy(text, at, begin + start)
        flow.put(character, begin + start, begin + end)
        if not character and text[begin + start] == "*":
            flow.cut()
        at = begin + end
    flow.copy(text, at, len(text))
    decoded = flow.text
    flow.code = _code_blocks(decoded)
    prose = _blanked(decoded, flow.code)
    if "<" in prose:
        flow.marked = [(*match.span(), "comment") for match in _COMMENT.finditer(prose)]
        flow.marked += [(*match.span(), "hidden") for match in _HTML_TAG.finditer(prose)]
    if "~~" in prose:
        flow.marked += [(*match.span("text"), "deleted") for match in _STRUCK.finditer(prose)]
    flow.links = list(_links(prose))
    flow.code += [match.span("body") for match in _CODE_SPAN.finditer(prose)] if "`" in prose else []
    flow.code += apart.elements(prose, apart.CODE)
    flow.raw = list(flow.code)
    flow.cells = [*_front_matter(decoded, flow.marked), *_tables(prose), *apart.macros(prose)]
    if front and (head := _FRONT_MATTER.match(decoded)) is not None:
        flow.kept.append(head.span())
        flow.fields.append(head.span())
    flow.later = partial(_set_apart, prose)
    if flow.cells:
        flow.links += list(_alone(flow))
    return flow


def _set_apart(prose: str, flow: Flow) -> None:
    """Note where a Flow with this prose is no ordinary text; only what is reported asks for it."""
    fields = list(apart.fields(prose))
    flow.fields += fields
    flow.kept += [*fields, *apart.kept(prose)]
    flow.unlinked += [*apart.unlinked(prose), *_behind_links(prose)]


def _escapes(text: str) -> list[tuple[int, int, str]]:
    """Return where something is escaped in prose, and what it stands for: in code a backslash is one."""
    if "\\" not in text and "&" not in text and ("*" not in text or _EMPHASIS.search(text) is None):
        return []
    prose = _blanked(text, _code_blocks(text))
    prose = _blanked(prose, [match.span("body") for match in _CODE_SPAN.finditer(prose)])
    found = [(*match.span(), "") for match in _ESCAPE.finditer(prose)]
    if "&" in prose:
        from html import unescape
    for match in _ENTITY.finditer(prose):
        character = unescape(match[0])
        if character != match[0] and not _MARKUP.intersection(character):
            found.append((*match.span(), character))
    for match in _EMPHASIS.finditer(prose) if "*" in prose else ():
        begin, end = match.span("text")
        # Only inside a word or path: around one, the marks part it from what stands beside it.
        before, after = prose[match.start() - 1 : match.start()], prose[match.end() : match.end() + 1]
        if before.isalnum() or before == "/" or after.isalnum():
            found += [(match.start(), begin, ""), (end, match.end(), "")]
    return sorted(found)


def _fenced(text: str) -> list[tuple[int, int]]:
    """Return the spans of the blocks of code."""
    # A search for one character is many times faster than one for three.
    if not ("`" in text and "```" in text) and not ("~" in text and "~~~" in text):
        return []
    return [match.span("body") for match in _FENCE.finditer(text)]


def _code_blocks(text: str) -> list[tuple[int, int]]:
    """Return the spans of the blocks of code, between fences and set in."""
    fenced = _fenced(text)
    return sorted([*fenced, *apart.set_in(_blanked(text, fenced))])


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with the given spans as blanks, so that offsets stay."""
    if not spans:
        return text
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _links(text: str) -> Iterator[Link]:
    """Yield the links of the text; where the target stands behind the shown text, with its offset."""
    brackets, angles = "[" in text, "<" in text
    for pattern in (_INLINE,) * brackets + (_HTML_LINK,) * angles:
        for match in pattern.finditer(text):
            yield Link(*match.span("text"), match["target"], match.start("target"))
    for match in _AUTOLINK.finditer(text) if angles else ():
        yield Link(*match.span("target"), match["target"])
    for match in _bare_urls(text):
        yield Link(*match.span(), match[0].rstrip(".,;:!?)*_"))
    defined = _DEFINITION.finditer(text) if brackets and _DEFINES.search(text) is not None else ()
    definitions = {" ".join(match["label"].lower().split()): match for match in defined}
    if definitions:
        for match in _REFERENCE.finditer(text):
            found = definitions.get(" ".join((match["label"] or match["text"]).lower().split()))
            if found is not None:
                yield Link(*match.span("text"), found["target"])
        for match in definitions.values():
            # The definition itself shows no text: its target is one, at the place where it stands.
            yield Link(match.start("target"), match.start("target"), match["target"], match.start("target"))


def _behind_links(text: str) -> Iterator[tuple[int, int]]:
    """Yield where targets and titles of links stand, and the lines that define them."""
    if "[" in text:
        yield from ((match.end("text"), match.end()) for match in _INLINE.finditer(text))
        for match in _DEFINITION.finditer(text) if _DEFINES.search(text) is not None else ():
            end = text.find("\n", match.end())
            yield match.start(), len(text) if end < 0 else end


def _bare_urls(text: str) -> Iterator[re.Match[str]]:
    """Yield the URLs that stand in the text as they are; looking for their beginnings first takes a tenth."""
    at = 0
    for start in sorted(begin.start() for literal in _URL_BEGINS for begin in literal.finditer(text)):
        if start >= at and (match := _BARE_URL.match(text, start)) is not None:
            yield match
            at = match.end()


def _alone(flow: Flow) -> Iterator[Link]:
    """Yield the targets whose shown text is (in) a cell by itself, as links without a text."""
    starts = {cell.start for cell in flow.cells}
    for link in flow.links:
        if link.target_start is not None and link.start in starts and link.end > link.start:
            yield Link(link.target_start, link.target_start, link.target, link.target_start)


def _tables(text: str) -> Iterator[Cell]:
    """Yield the cells of pipe tables that a heading names."""
    if "|" not in text or "gsn" not in text.lower():
        return
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    number = 1
    while number < len(starts):
        line = _line(text, starts, number)
        if (
            "-" in line
            and not line.strip(" \t|:-")
            and "|" in _line(text, starts, number - 1)
            and _DELIMITERS.match(line)
        ):
            rows = [_row(text, starts, number - 1, head=True)]
            number += 1
            while number < len(starts) and "|" in _line(text, starts, number):
                rows.append(_row(text, starts, number))
                number += 1
            yield from labelled(rows)
        number += 1


def _line(text: str, starts: list[int], number: int) -> str:
    end = starts[number + 1] if number + 1 < len(starts) else len(text)
    return text[starts[number] : min(end, starts[number] + _LONGEST_ROW)].rstrip("\r\n")


def _row(text: str, starts: list[int], number: int, *, head: bool = False) -> list[GridCell]:
    """Return the cells of a line, without the blanks and the emphasis around them."""
    line, begin = _line(text, starts, number), starts[number]
    at = 0
    cells = []
    for bar in [*_PIPE.finditer(line), None]:
        end = bar.start() if bar is not None else len(line)
        if line[at:end].strip() or (at and bar is not None):
            cells.append(_cell(line, begin, at, end, head=head))
        at = end + 1
    return cells


def _cell(line: str, begin: int, start: int, end: int, *, head: bool) -> GridCell:
    if (notes := _NOTES.search(line, max(start, end - _LONGEST_NOTES), end)) is not None:
        end = notes.start()
    piece = line[start:end]
    start += len(piece) - len(piece.lstrip(" \t*_`"))
    end = max(start, end - (len(piece) - len(piece.rstrip(" \t*_`"))))
    if (link := _WHOLE_LINK.match(line[start:end])) is not None:
        start, end = start + link.start("text"), start + link.end("text")
        inner = line[start:end]
        start += len(inner) - len(inner.lstrip(" *_`"))
        end -= len(inner) - len(inner.rstrip(" *_`"))
    return GridCell(begin + start, begin + max(start, end), line[start:end], head=head)


def _front_matter(text: str, marked: list[tuple[int, int, State]]) -> Iterator[Cell]:
    """Yield the values of the front matter that a key names; its comments are noted in ``marked``."""
    front = _FRONT_MATTER.match(text)
    if front is None:
        return
    key: str | None = None
    indent = 0
    for line in re.finditer(r"[^\n]*\n", front["body"]):
        at = front.start("body") + line.start()
        content = line[0].rstrip()
        if content.lstrip().startswith("#"):
            marked.append((at, at + len(content), "comment"))
        elif (entry := _ENTRY.match(content)) is not None and key is not None and len(entry["indent"]) >= indent:
            yield from _value(entry, at, key)
        elif (pair := _KEY.match(content)) is not None:
            key, indent = (pair["key"], len(pair["indent"])) if is_igsn_label(pair["key"]) else (None, 0)
            if key is not None and pair["value"]:
                yield from _value(pair, at, key)
        else:
            key = None


def _value(match: re.Match[str], at: int, key: str) -> Iterator[Cell]:
    value = match["value"]
    if (comment := value.find(" #")) >= 0:
        value = value[:comment]
    bare = value.strip(" \t\"'[]")
    if bare and "://" not in key:
        start = at + match.start("value") + value.index(bare)
        yield Cell(start, start + len(bare), key)


class MarkdownDocument(FlowDocument):
    """A Markdown text; origins are those of its one Flow, or of its front matter where that is YAML."""

    format = "markdown"

    def __init__(self, source: Source, settings: Settings) -> None:
        super().__init__(source, self._flows)
        self._settings = settings

    @cached_property
    def _front(self) -> tuple[YamlDocument | None, int, bool]:
        """The front matter as YAML, where it ends, and whether what looks like it may be some other data."""
        text = self.source.text
        match = _FRONT_MATTER.match(text)
        if match is None or not match["yaml"]:
            return None, 0, True
        from igsn_lint.readers import yaml

        # What stands between the marks is one YAML document, with the first of them and the offsets of the file.
        head = Source(self.source.name, text[: match.end("body")].encode("utf-8", "replace"))
        document = yaml.read(head, "yaml", self._settings)
        if not isinstance(document, yaml.YamlDocument) or head.text != text[: match.end("body")]:
            return None, 0, True
        # Words or a list between two rules are a text.
        return (document, match.end(), True) if document.is_mapping else (None, 0, False)

    def _flows(self, text: str) -> list[Flow]:
        _, begin, front = self._front
        return [flow_of(text, begin, front=front)]

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        if (document := self._front[0]) is not None:
            for part in document.parts():
                yield from part.segments(wanted)
        yield from super()._segments(wanted)

    def _in_front(self, place: Place) -> YamlDocument | None:
        """Return the front matter where a place lies in it."""
        return self._front[0] if place.origin is not None and in_flow(place) is None else None

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source of a place."""
        document = self._in_front(place)
        return super().locate(place) if document is None else document.locate(place)

    def pointer(self, place: Place) -> str:
        """Return the JSON Pointer of a place in the front matter, else nothing."""
        document = self._in_front(place)
        return "" if document is None else document.pointer(place)

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` as it stands; in the front matter with the escapes of its scalar."""
        document = self._in_front(place)
        return value if document is None else document.write(value, place)

    def may_link(self, place: Place) -> bool:
        """Return whether a place is shown to readers; the front matter is data."""
        return self._in_front(place) is None and super().may_link(place)

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` (as it stands in the source) as a link to ``target``."""
        return markdown_link(shown, target)


def markdown_link(shown: str, target: str) -> str | None:
    """Return a link in Markdown, or None where the shown text has brackets of its own."""
    if any(c in shown for c in "[]\n"):
        return None
    if shown == target:
        return f"<{shown}>"
    written = target if closes_brackets(target) else target.replace("(", "%28").replace(")", "%29")
    return f"[{shown}]({written})"


def read(source: Source, form: str, settings: Settings) -> MarkdownDocument:
    """Return the Source as Markdown."""
    return MarkdownDocument(source, settings)
