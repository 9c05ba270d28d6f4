"""reStructuredText: the text without its escapes, with links, roles, code, comments, tables and lists of fields."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Link
from igsn_lint.patterns import lazy
from igsn_lint.readers.grid import GridCell, labelled
from igsn_lint.readers.mapped import Cell, Flow, FlowDocument

if TYPE_CHECKING:
    from igsn_lint.model import Change, Edit, Place, Settings, State
    from igsn_lint.source import Source

_INLINE = lazy(
    r"(?P<literal>``(?P<code>[^`\n]{1,500}(?:\n[^`\n]{1,500})?)``)"
    r"|(?::(?P<role>[A-Za-z][\w.+:-]{0,60}):)?`(?P<body>[^`\\]{0,1000}(?:\\[\s\S][^`\\]{0,1000}){0,50})`(?P<mark>_{0,2})"
    r"|\\(?P<escaped>[\s\S])"
    r"|(?<![<`\w])(?P<url>https?://[^\s<>\"'`]+)"
    r"|(?<![\w`])(?P<word>[A-Za-z0-9](?:[\w.+-]*[A-Za-z0-9])?)__?(?![\w])"
    r"|(?<![\w`])`(?P<open>)"
)
_DEFINITION = lazy(r"[ \t]*\.\.[ \t]+_(?P<name>`[^`\n]+`|[^:\n\\]+(?:\\:[^:\n\\]*)*):[ \t]+(?P<target>\S+)[ \t]*$")
_DIRECTIVE = lazy(r"(?P<indent>[ \t]*)\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?(?P<name>[\w+:.-]+)::(?P<rest>[^\n]*)")
_COMMENT = lazy(r"(?P<indent>[ \t]*)\.\.(?:[ \t]+(?![_\[|]|[\w+:.-]+::)|[ \t]*$)")
_FIELD = lazy(r"(?P<lead>[ \t]*:)(?P<name>[^:\n`][^:\n]{0,80}):[ \t]+(?P<value>\S[^\n]*)$")
_CODE = {"code", "code-block", "sourcecode", "highlight", "parsed-literal", "ipython", "doctest", "testcode", "prompt"}
_URL_ROLES = {"doi": "https://doi.org/", "hdl": "https://hdl.handle.net/"}
_TITLE = lazy(r"(?P<title>[^\n]*\S[^\n]*)\n(?P<line>([-=~^\"'`#*+.:_<>!$%&,;?@|/\\(){}\[\]])\3{1,})[ \t]*\r?(?:\n|\Z)")
_LONGEST_TITLE = 500
_MOST_COLUMNS = 500
_LONGEST_ROW = 20_000
_INDENT = lazy(r"[ \t]*")
_NOTES = lazy(r"(?:\s*\[[^\[\]\s]{1,60}\]_){1,9}\s*\Z")
"""Marks of footnotes at the end of a cell."""

_LONGEST_NOTES = 200


def _is_border(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 2 and bare[0] == bare[-1] == "+" and bare[1] in "-=" and not bare.strip("+-= \t")


def _is_rule(line: str) -> bool:
    bare = line.strip()
    return bare[:1] == "=" and not bare.strip("= \t") and len(bare.split(None, 2)) > 1


def _cell(start: int, text: str) -> GridCell:
    """Return a cell of a table without the emphasis and the marks of footnotes around its text."""
    notes = _NOTES.search(text, max(0, len(text) - _LONGEST_NOTES))
    end = len(text) if notes is None else notes.start()
    bare = text[:end].strip("*")
    begin = text.find(bare)
    return GridCell(start + begin, start + begin + len(bare), bare)


class _Scanner:
    """Goes over the lines once, and over the inline markup of each block of text once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.flow = Flow()
        self.flows = [self.flow]
        self._definitions: dict[str, tuple[str, int]] = {}
        self._waiting: list[tuple[int, int, str]] = []

    def run(self) -> None:
        """Read the whole text."""
        lines = [match.span() for match in re.finditer(r"[^\n]*\n|[^\n]+\Z", self.source)]
        number, begin = 0, 0
        while number < len(lines):
            block = self._block(lines, number)
            if block is None:
                number += 1
                continue
            self._inline(begin, lines[number][0])
            number = block
            begin = lines[number][0] if number < len(lines) else len(self.source)
        self._inline(begin, len(self.source))
        for start, end, name in self._waiting:
            found = self._definitions.get(name)
            if found is not None:
                self.flow.links.append(Link(start, end, found[0]))

    def _text(self, span: tuple[int, int]) -> str:
        return self.source[slice(*span)].rstrip("\r\n")

    def _block(self, lines: list[tuple[int, int]], number: int) -> int | None:
        """Read what is no plain text at a line; return the number of the line behind it, or None."""
        line = self._text(lines[number])
        bare = line.lstrip()
        if not bare or (bare[0] not in ".:+=" and not line.endswith("::")):
            return None
        if (match := _DEFINITION.match(line)) is not None:
            self._definition(match, lines[number][0])
            return number + 1
        if (match := _DIRECTIVE.match(line)) is not None:
            return self._directive(match, lines, number)
        if (match := _COMMENT.match(line)) is not None:
            end = self._indented(lines, number + 1, len(match["indent"]))
            self._apart(lines, number, end, state="comment")
            return end
        if (match := _FIELD.match(line)) is not None and is_igsn_label(match["name"]):
            begin = lines[number][0]
            self.flow.copy(self.source, begin, begin + match.start("value"))
            start = self.flow.length
            self._inline(begin + match.start("value"), begin + match.end("value"))
            self.flow.cells.append(Cell(start, self.flow.length, match["name"]))
            self.flow.copy(self.source, begin + match.end("value"), lines[number][1])
            return number + 1
        if _is_border(line):
            return self._grid(lines, number)
        if _is_rule(line):
            return self._simple(lines, number)
        if line.endswith("::") and not bare.startswith(".."):
            self._inline(*lines[number])
            end = self._indented(lines, number + 1, len(line) - len(bare))
            self._apart(lines, number + 1, end, code=True)
            return end
        return None

    def _indented(self, lines: list[tuple[int, int]], number: int, indent: int) -> int:
        """Return the number of the first line that is not blank and not deeper than ``indent``."""
        last = number
        while number < len(lines):
            line = self._text(lines[number])
            if line.strip():
                blank = _INDENT.match(line)
                if blank is None or blank.end() <= indent:
                    break
                last = number + 1
            number += 1
        return last

    def _apart(
        self, lines: list[tuple[int, int]], first: int, end: int, *, state: State = "plain", code: bool = False
    ) -> None:
        """Take lines as they stand, apart from the text around them."""
        if first >= end:
            return
        flow = Flow(state)
        flow.copy(self.source, lines[first][0], lines[end - 1][1])
        if code:
            flow.code.append((0, flow.length))
        self.flows.append(flow)

    def _definition(self, match: re.Match[str], begin: int) -> None:
        name = " ".join(match["name"].strip("`").lower().split())
        target = match["target"]
        self._definitions.setdefault(name, (target, begin))
        flow = Flow()
        flow.target(target, begin + match.start("target"))
        self.flows.append(flow)

    def _directive(self, match: re.Match[str], lines: list[tuple[int, int]], number: int) -> int | None:
        name = match["name"].lower()
        if name not in _CODE | {"csv-table", "list-table", "raw"}:
            return None
        end = self._indented(lines, number + 1, len(match["indent"]))
        if name in _CODE:
            self._apart(lines, number, end, code=True)
            return end
        if name in {"csv-table", "list-table"}:
            self.flow.copy(self.source, *lines[number])
            self._rows(self._listed(lines, number + 1, end) if name == "list-table" else self._csv(lines, number, end))
            return end
        self._apart(lines, number, end)
        return end

    # Tables

    def _rows(self, rows: list[list[list[tuple[int, int]]]], *, drawn: bool = False) -> None:
        """Put down the cells of a table, each given as spans of the source (one a line).

        A table that is ``drawn`` has columns of a fixed width: what is longer or shorter breaks it.
        """
        grid = []
        at = 0
        begin = self.flow.length
        for row in rows:
            cells = []
            for spans in row:
                start = self.flow.length
                for i, (a, b) in enumerate(spans):
                    if i:
                        self.flow.put("\n", a, a)
                    self._inline(a, b)
                cells.append(_cell(start, self.flow.tail(start)))
                # An empty cell has the place where the one before it ends.
                at = spans[-1][1] if spans else at
                self.flow.put("\n\ufffc\n", at, at)
            grid.append(cells)
        if drawn and self.flow.length > begin:
            self.flow.kept.append((begin, self.flow.length))
        self.flow.cells.extend(labelled(grid))

    def _grid(self, lines: list[tuple[int, int]], number: int) -> int:
        """Read a grid table: columns stand between the crossings of its first border."""
        end = number
        while end < len(lines) and self._text(lines[end]).lstrip()[:1] in {"+", "|"}:
            end += 1
        border = self._text(lines[number])
        edges = [i for i, c in enumerate(border) if c == "+"][:_MOST_COLUMNS]
        rows: list[list[list[tuple[int, int]]]] = [[]]
        for span in lines[number + 1 : end]:
            line = self._text(span)
            if line.lstrip().startswith("+"):
                rows.append([])
                continue
            cells = [self._stripped(span[0] + a + 1, span[0] + min(b, len(line))) for a, b in pairwise(edges)]
            rows[-1] = rows[-1] or [[] for _ in cells]
            for cell, piece in zip(rows[-1], cells, strict=False):
                if piece is not None:
                    cell.append(piece)
        self._rows([row for row in rows if row], drawn=True)
        return end

    def _simple(self, lines: list[tuple[int, int]], number: int) -> int | None:
        """Read a simple table: columns stand below the runs of = in its first line."""
        rule = self._text(lines[number])
        columns = [match.span() for match in re.finditer("=+", rule)][:_MOST_COLUMNS]
        rows: list[list[list[tuple[int, int]]]] = []
        end, rules = number + 1, 1
        while end < len(lines):
            line = self._text(lines[end])
            if _is_rule(line):
                rules += 1
                following = self._text(lines[end + 1]) if end + 1 < len(lines) else ""
                if rules >= 2 and not following.strip():
                    end += 1
                    break
            elif line.strip():
                begin = lines[end][0]
                last = len(columns) - 1
                cells = [
                    self._stripped(begin + a, begin + (len(line) if i == last else min(columns[i + 1][0], len(line))))
                    for i, (a, _) in enumerate(columns)
                ]
                rows.append([[cell] if cell is not None else [] for cell in cells])
            elif rules == 1 and not rows:
                return None
            end += 1
        self._rows(rows, drawn=True)
        return end

    def _stripped(self, start: int, end: int) -> tuple[int, int] | None:
        text = self.source[start:end] if start < end else ""
        if not text.strip():
            return None
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def _listed(self, lines: list[tuple[int, int]], first: int, end: int) -> list[list[list[tuple[int, int]]]]:
        """Return the cells of a list-table: a list of rows, each a list of cells."""
        rows: list[list[list[tuple[int, int]]]] = []
        for span in lines[first:end]:
            line = self._text(span)
            match = re.match(r"[ \t]*(?P<row>[*-][ \t]+)?(?P<cell>[*-](?:[ \t]+|$))?", line)
            if match is None or (line.lstrip().startswith(":") and not rows):
                continue
            begin = match.end()
            if match["row"] and match["cell"] is not None:
                rows.append([[]])
            elif match["row"] and rows:
                rows[-1].append([])
            piece = self._stripped(span[0] + begin, span[0] + len(line))
            if rows and rows[-1] and piece is not None:
                rows[-1][-1].append(piece)
        return rows

    def _csv(self, lines: list[tuple[int, int]], number: int, end: int) -> list[list[list[tuple[int, int]]]]:
        """Return the cells of a csv-table, its option ``header`` first."""
        rows = []
        for span in lines[number + 1 : end]:
            line = self._text(span)
            option = re.match(r"[ \t]*:(?P<name>[\w-]+):[ \t]*", line)
            if (option is not None and option["name"] != "header") or len(line) > _LONGEST_ROW:
                continue
            begin = option.end() if option else 0
            row = []
            for match in re.finditer(r"[ \t]*(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^,\"]+))[ \t]*(?:,|$)", line[begin:]):
                at = span[0] + begin
                group = "quoted" if match["quoted"] is not None else "plain"
                piece = self._stripped(at + match.start(group), at + match.end(group))
                row.append([piece] if piece is not None else [])
            if row:
                rows.append(row)
        return rows

    # Inline markup

    def _inline(self, start: int, end: int) -> None:
        flow, source, at = self.flow, self.source, start
        for match in _INLINE.finditer(source, start, end):
            if match.start() < at:
                continue
            flow.copy(source, at, match.start())
            at = match.end()
            if match["code"] is not None:
                flow.cut()
                begin = flow.length
                flow.copy(source, *match.span("code"))
                flow.code.append((begin, flow.length))
                flow.raw.append((begin, flow.length))
                flow.cut()
            elif match["body"] is not None:
                self._marked(match)
            elif match["escaped"] is not None:
                if not match["escaped"].isspace():
                    flow.put(match["escaped"], *match.span())
            elif match["url"] is not None:
                url = match["url"].rstrip(".,;:!?)*_")
                flow.links.append(Link(flow.length, flow.length + len(url), url))
                flow.copy(source, *match.span())
            elif match["word"] is not None:
                begin = flow.length
                flow.copy(source, *match.span("word"))
                self._waiting.append((begin, flow.length, match["word"].lower()))
                flow.cut()
            else:
                flow.copy(source, *match.span())
        flow.copy(source, at, end)

    def _marked(self, match: re.Match[str]) -> None:
        """Put down interpreted text or a link."""
        flow, source, body = self.flow, self.source, match["body"]
        first, last = match.span("body")
        role = (match["role"] or "").rpartition(":")[2].lower()
        opening = body.rfind("<") if body.rstrip().endswith(">") else -1
        targeted = opening >= 0
        flow.cut()
        if targeted:
            last = first + len(body[:opening].rstrip())
        if not targeted and is_igsn_label(role):
            flow.put("igsn:", match.start(), first)
        elif not targeted and role in _URL_ROLES:
            flow.put(_URL_ROLES[role], match.start(), first)
        begin = flow.length
        self._unescaped(flow, first, last)
        flow.cut()
        if targeted:
            target, offset = body[opening + 1 : body.rindex(">")], first + opening + 1
            before = "igsn:" if is_igsn_label(role) else _URL_ROLES.get(role, "")
            if match["mark"] or role:
                if begin < flow.length and before != "igsn:":
                    # What a role of a project makes of an ID alone is known to nobody here.
                    flow.links.append(Link(begin, flow.length, before + target))
                linked = Flow()
                linked.put(before, offset, offset)
                self._unescaped(linked, offset, offset + len(target))
                linked.links.append(Link(0, 0, linked.text, 0))
                self.flows.append(linked)
            else:
                # Somebody forgot the mark of a link: both stand there as text.
                flow.copy(source, last, match.end("body"))
        elif role in _URL_ROLES:
            start = begin - len(_URL_ROLES[role])
            flow.links.append(Link(start, flow.length, _URL_ROLES[role] + body))
        elif match["mark"]:
            self._waiting.append((begin, flow.length, " ".join(body.lower().split())))

    def _unescaped(self, flow: Flow, start: int, end: int) -> None:
        at = start
        while (found := self.source.find("\\", at, end)) >= 0 and found + 1 < end:
            flow.copy(self.source, at, found)
            if not self.source[found + 1].isspace():
                flow.put(self.source[found + 1], found, found + 2)
            at = found + 2
        flow.copy(self.source, at, end)


class RstDocument(FlowDocument):
    """A text in reStructuredText; origins are those of Flows."""

    format = "rst"

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` as it stands: what an ID may hold needs no escape but in front of white space."""
        return re.sub(r"[\\*`|]|_(?=\W|$)", r"\\\g<0>", value)

    def change(self, edit: Edit) -> Change | None:
        """Return what an edit does; None where a title would be longer than the line below it."""
        change = super().change(edit)
        if change is None:
            return None
        text = self.source.text
        first = max(0, change.start - _LONGEST_TITLE)
        begin = text.rfind("\n", first, change.start) + 1 or first
        title = _TITLE.match(text, begin, change.end + 2 * _LONGEST_TITLE)
        grown = len(change.text) - (change.end - change.start)
        if title is None or grown <= 0 or len(title["title"].rstrip()) + grown <= len(title["line"]):
            return change
        return None


def read(source: Source, form: str, settings: Settings) -> RstDocument:
    """Return the Source as reStructuredText."""
    return RstDocument(source, _flows)


def _flows(text: str) -> list[Flow]:
    scanner = _Scanner(text)
    scanner.run()
    return scanner.flows
