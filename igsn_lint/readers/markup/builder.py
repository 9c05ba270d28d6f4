"""The builder puts Flows together of the elements of a text and of what stands between their tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Link
from igsn_lint.patterns import lazy
from igsn_lint.readers.grid import GridCell, labelled
from igsn_lint.readers.mapped import BORDER, ITEM, LONGEST_VALUE, Cell, Composer, Flow
from igsn_lint.readers.markup.characters import decode
from igsn_lint.readers.markup.grammar import IMPLIED, SCOPE, Grammar
from igsn_lint.readers.markup.labels import Labels, is_value
from igsn_lint.readers.markup.tags import Attributes, Open, note

if TYPE_CHECKING:
    from igsn_lint.model import State

_OBJECT = "\ufffc"
_OTHERS = {"sic", "orig", "expan"}
"""What stands in a ``choice`` beside what is read."""

_BREAKS = {"lb", "pb", "cb", "gb", "milestone"}
_UNBROKEN = lazy(r"<(?:\w+:)?(?:lb|pb|cb|gb|milestone)\s[^<>]{0,300}?\bbreak\s*=\s*[\"']no[\"']")
_LONGEST_BEGINNING = 40
_BEGINNING = lazy(r"(?<![^\s(\[])[A-Z]{2,}\Z")
_REST = lazy(r"[0-9][0-9A-Z][0-9A-Z-]+(?=[\s<,;)\]])")
"""The beginning and the rest of a word in capitals between which a line break stands."""

_STRUCK = lazy(
    r"\b(?:(?:style|rend|role)\s*=\s*[\"'][^\"'<>]{0,300}?(?:line-through|strike-?through)|revisionflag\s*=\s*[\"']deleted)",
    re.IGNORECASE,
)
"""What says of an element in its start tag that it is struck through."""

_SPANS = (("colspan", "cols"), ("rowspan", "rows"))
_LONGEST_TERM = 200


class _Table:
    """An open table: its rows, each with cells, and the Flow in which all of them stand."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.rows: list[list[GridCell]] = []


class Builder(Composer):
    """Is told the start tags, end tags and texts in their order; ``open`` are the elements that have not ended."""

    def __init__(self, source: str, grammar: Grammar) -> None:
        super().__init__(source)
        self.grammar = grammar
        self.open: list[Open] = []
        self._count: dict[str, int] = {}
        self._tables: list[_Table] = []
        self._term: str | None = None
        self._term_end: tuple[Flow, int] | None = None
        self._labels = Labels()
        self._unbroken = False

    # Text

    def text(self, start: int, end: int) -> None:
        """Put down a text between tags."""
        if start >= end:
            return
        if self._unbroken:
            # A word goes on behind a line break.
            start += len(self.source[start:end]) - len(self.source[start:end].lstrip())
            self._unbroken = start == end
        if self.source[end - 1].isspace() and _UNBROKEN.match(self.source, end) is not None:
            end = start + len(self.source[start:end].rstrip())
        if start >= end:
            return
        if self.pending:
            if self.source[start:end].isspace():
                return
            self.flush(start)
        flow = self.flow
        if "&" not in self.source[start:end]:
            flow.copy(self.source, start, end)
            return
        for text, a, b, copied in decode(self.source, start, end):
            if copied:
                flow.copy(self.source, a, b)
            else:
                flow.put(text, a, b)

    def _border(self, border: str = BORDER) -> None:
        inside_cell = border == BORDER and any(element.what == "cell" for element in self.open[-3:])
        self.border("\n" if inside_cell else border)

    def end_all(self, at: int) -> None:
        """End what is still open."""
        while self.open:
            self._close(at)

    # Elements

    def start(self, name: str, at: int, begin: int, end: int, *, empty: bool) -> None:
        """Begin an element whose tag is at ``at``, with the attributes in ``begin:end``; an empty one ends at once."""
        grammar = self.grammar
        attributes = Attributes(self.source, begin, end) if end > begin else None
        block = name not in grammar.inline if grammar.xml else name in grammar.block
        self._end_implied(name, at)
        if block:
            self._border()
        if name in grammar.item:
            self._border(ITEM)
        self.flow.cut()
        element = Open(name, self.flow)
        if attributes is not None:
            note(grammar, element, attributes, self.flows)
        if name in grammar.hidden:
            element.state = "hidden"
        if name in _BREAKS and attributes is not None and attributes.get("break") == "no":
            self._unbroken = True
        elif name in {"br", "break", "lb"}:
            self._line_break(at, end + 1)
        # An empty cell is one, too: without it the next ones would stand in the wrong columns.
        if empty and not (name in grammar.cell and self._tables):
            if block:
                self._border()
            return
        struck = attributes is not None and _STRUCK.search(self.source, begin, end) is not None
        if struck and name in grammar.cell:
            element.state = "deleted"
        if (name in grammar.mark and not self.at_word_begin) or name in grammar.note:
            self._begin_aside(element)
        elif name in grammar.deleted or (struck and name not in grammar.cell):
            self._begin_deleted(element, at)
        elif name in _OTHERS and self.open and self.open[-1].name == "choice":
            self._begin_aside(element)
        elif name == "table":
            self._tables.append(_Table(self.flow))
            element.what = "table"
        elif name in grammar.row and self._in_table:
            self._tables[-1].rows.append([])
        elif name in grammar.cell and self._in_table:
            self._begin_cell(element, at, end + 1, attributes)
        elif name in grammar.term and (block or grammar.xml):
            element.what = "term"
        elif name in grammar.definition or (name in grammar.listed and self._follows_term):
            element.what = "definition"
            element.label = element.label or (self._term if self._term and is_igsn_label(self._term) else None)
        said = element.link is not None or element.label is not None or element.state is not None
        if (said or element.what == "term") and element.what != "aside":
            self.flush(at)
        element.start = self.flow.length
        self.open.append(element)
        self._count[name] = self._count.get(name, 0) + 1
        if empty:
            self._close(end + 1)

    def end(self, name: str, at: int) -> None:
        """End an element with this name and what is open in it; an end tag of none is passed."""
        if not self._count.get(name):
            self.flow.cut()
            return
        while self.open:
            if self._close(at) == name:
                return

    def _close(self, at: int) -> str:
        """End the innermost element and return its name."""
        element = self.open.pop()
        name, grammar = element.name, self.grammar
        self._count[name] -= 1
        flow = self.flow
        flow.cut()
        end = flow.length
        if element.link is not None and end > element.start and element.what != "aside":
            flow.links.append(Link(element.start, end, element.link))
        if element.what == "aside":
            self.flow = element.flow
            self.pending = element.pending
        elif element.what == "cell":
            self._end_cell(element, at)
        elif element.what == "table" and self._tables:
            self.pending = BORDER
            for cell in labelled(self._tables.pop().rows):
                self._labels.name(flow, cell)
        elif element.what == "term":
            self._term = flow.tail(element.start, _LONGEST_TERM).strip()
            self._term_end = flow, flow.length
        elif element.label is not None:
            # The border of its first block stands before the value.
            start = element.start + (len(BORDER) if flow.tail(element.start, len(BORDER)) == BORDER else 0)
            if is_value(flow, start):
                self._labels.name(flow, Cell(start, end, element.label))
        if element.state is not None and end > element.start:
            flow.marked.append((element.start, end, element.state))
        if (name in grammar.code or element.what == "code") and end > element.start:
            flow.code.append((element.start, end))
        if name in grammar.unlinked and end > element.start:
            flow.unlinked.append((element.start, end))
        elif name in grammar.fields and end > element.start:
            flow.fields.append((element.start, end))
        block = name not in grammar.inline if grammar.xml else name in grammar.block
        if block and element.what != "aside":
            self._border()
        return name

    def _end_implied(self, name: str, at: int) -> None:
        """Close what a start tag of HTML closes without an end tag: a cell, a row, an item."""
        closes = IMPLIED.get(name)
        if closes is None or self.grammar.xml:
            return
        for depth, element in enumerate(reversed(self.open[-64:])):
            if element.name in SCOPE.get(name, ("table",)):
                return
            if element.name in closes:
                for _ in range(depth + 1):
                    self._close(at)
                return

    def _line_break(self, at: int, end: int) -> None:
        """Put down a line break, unless it stands inside a word."""
        before = "" if self.pending else self.flow.ending(_LONGEST_BEGINNING)
        word = _BEGINNING.search(before)
        if word is not None and "GSN" not in word[0] and _REST.match(self.source, end) is not None:
            return
        self.flush(at)
        self.flow.put("\n", at, end)

    def _begin_aside(self, element: Open, state: State | None = None) -> None:
        element.what = "aside"
        element.pending = self.pending
        self.pending = ""
        self.aside(state)

    def _begin_deleted(self, element: Open, at: int) -> None:
        """Read what was deleted apart, so that it never joins what replaced it; the words before may be its tag."""
        words = self.words_before()
        before, begin = self.flow, self.flow.length + len(self.pending)
        self._begin_aside(element, "deleted")
        if words:
            self.flow.put(words, at, at)
            self.flow.cut()
        self._labels.deleted(before, begin, self.flow)

    @property
    def _follows_term(self) -> bool:
        """Whether nothing was read since the last term."""
        return self._term_end == (self.flow, self.flow.length)

    # Tables

    @property
    def _in_table(self) -> bool:
        """Whether rows and cells that begin belong to the table that is open: those of a note do not."""
        return bool(self._tables) and self._tables[-1].flow is self.flow

    def _begin_cell(self, element: Open, at: int, begin: int, attributes: Attributes | None) -> None:
        self.pending = BORDER
        self.flush(at)
        element.what = "cell"
        element.attributes = attributes
        element.inside = begin

    def _end_cell(self, element: Open, at: int) -> None:
        if not self._tables:
            return
        if not self._tables[-1].rows:
            self._tables[-1].rows.append([])
        flow = self.flow
        attributes = element.attributes
        columns = rows = 1
        column: int | None = None
        if attributes is not None:
            columns, rows = (_number(attributes.get(n) or attributes.get(m)) for n, m in _SPANS)
        if attributes is not None and self.grammar.xml:
            # A workbook in XML leaves empty cells out, and says how many more cells one covers.
            index = _number(attributes.get("index"), 0)
            column = index - 1 if index else None
            columns += _number(attributes.get("mergeacross"), 0)
            rows += _number(attributes.get("mergedown"), 0)
        head = element.name in self.grammar.head or (
            attributes is not None and attributes.get("role") in {"label", "columnheader"}
        )
        text = flow.tail(element.start)
        if not text.strip():
            # Something to see that is no text: a picture, a link, a field of a form.
            seen = at - element.inside > LONGEST_VALUE or self.source.find("=", element.inside, at) >= 0
            text = _OBJECT if seen else ""
        if flow.length == element.start:
            # So that the cell has a place in the source.
            flow.put(" ", at, at)
        self._tables[-1].rows[-1].append(GridCell(element.start, flow.length, text, columns, rows, head, column))
        self.pending = BORDER


def _number(text: str | None, other: int = 1) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else other
