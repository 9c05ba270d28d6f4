"""What is printed: text as it is put down piece by piece, and what in the source must stay as it is.

The macros of all modules above put down what they print with a Page. The scanner is one that knows how to read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

from igsn_lint.model import Link
from igsn_lint.readers.latex.arguments import LONGEST_ARGUMENT, Arguments
from igsn_lint.readers.mapped import Composer

if TYPE_CHECKING:
    from igsn_lint.model import State
    from igsn_lint.readers.latex.macro import Macro
    from igsn_lint.readers.latex.tabular import Tabular

DEEPEST = 12


class Group(NamedTuple):
    """An open group: what begins with its brace, and where in the decoded text; ``opened`` is where in the source."""

    kind: str
    start: int
    target: str = ""
    opened: int = 0


class Page(Composer):
    """Puts down what macros print, and notes what must stay as it is.

    ``held`` are spans of the source where nothing may be added, no link and no tag: arguments of which nobody knows
    what becomes of them, URLs, formulas, verbatim texts. ``calls`` are those that stand for words of a macro. Both
    begin with a brace or the like, and end at the last character of it. ``stack`` are the open groups of what is being
    read, and ``depth`` says how deep in arguments it stands.
    """

    def __init__(self, source: str, macros: dict[str, Macro] | None = None) -> None:
        super().__init__(source)
        self.macros: dict[str, Macro] = {} if macros is None else macros
        self.arguments = Arguments(source)
        self.tables: list[Tabular] = []
        self.stack: list[Group] = []
        self.depth = 0
        self.held: list[tuple[int, int]] = []
        self.calls: list[tuple[int, int]] = []
        self._awaited_at = -1
        self._option_end = -1

    def scan(self, start: int, end: int, *, rows: bool = False) -> None:
        """Read ``start:end``; with ``rows`` it holds cells of the table that is open."""
        raise NotImplementedError

    # Text

    def plain(self, start: int, end: int) -> None:
        """Put down ``start:end`` of the source as it stands."""
        if start < end:
            if self.pending and self.source[start:end].isspace():
                return
            self.flush(start)
            self.flow.copy(self.source, start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Put down a text that stands for ``start:end`` of the source."""
        if text.isspace() and self.pending:
            return
        self.flush(start)
        self.flow.put(text, start, end)

    def close(self, group: Group, at: int) -> None:
        """End a group; ``at`` is where the source is."""
        flow = self.flow
        flow.cut()
        if group.kind == "link" and flow.length > group.start:
            flow.links.append(Link(group.start, flow.length, group.target))
        elif group.kind == "block":
            self.border()
        elif group.kind == "heading":
            self.put(" ", at, at)
        elif group.kind == "argument":
            self.held.append((group.opened, at))
            self.await_argument(at + 1)

    def end_cell(self, at: int) -> None:
        """End the cell that is being read; ``at`` is where the source is."""
        self.tables[-1].end_cell(self.flow, at)
        self.pending = ""

    def end_row(self, at: int) -> None:
        """End the row that is being read; ``at`` is where the source is."""
        self.tables[-1].end_row(self.flow, at)
        self.pending = ""

    # Arguments

    def inside(self, start: int, end: int, *, rows: bool = False) -> None:
        """Read an argument, as deep as arguments may lie in one another."""
        if self.depth >= DEEPEST:
            self.plain(start, end)
            return
        self.depth += 1
        self.scan(start, end, rows=rows)
        self.depth -= 1

    def note(self, start: int, end: int, state: State | None = None, words: str = "") -> None:
        """Read an argument apart from the line that it stands in, behind words of this line."""
        pending, self.pending = self.pending, ""
        before = self.aside(state)
        self.flow.put(words, start, start)
        self.flow.cut()
        tables, self.tables = self.tables, []
        self.inside(start, end)
        self.tables = tables
        self.flow, self.pending = before, pending
        self.flow.cut()

    def apart(self, text: str) -> Self:
        """Return a text that stands nowhere by itself, read with the macros so far."""
        inner = type(self)(text, dict(self.macros))
        inner.depth = self.depth + DEEPEST // 2
        if self.depth < DEEPEST:
            inner.scan(0, len(text))
        return inner

    # What must stay as it is

    def await_argument(self, at: int) -> None:
        """Note that the argument of a macro that nobody knows may begin at ``at``."""
        self._awaited_at = at

    def is_awaited(self, brace: int) -> bool:
        """Return whether the brace opens the argument of a macro that nobody knows."""
        at = self._awaited_at
        return 0 <= at <= brace < at + 80 and not self.source[at:brace].strip()

    def hold_options(self, at: int, end: int) -> int:
        """Hold the optional arguments at ``at``, and return where they end."""
        while at > self._option_end and (option := self.arguments.brackets(at, end)) is not None:
            self.held.append(option)
            at = option[1] + 1
            self._option_end = option[1]
        return at

    def hold_until(self, mark: str, at: int, end: int) -> None:
        """Hold what stands before a mark, as far as an argument may reach."""
        limit = min(end, at + LONGEST_ARGUMENT)
        close = self.source.find(mark, at, limit)
        self.held.append((at - 1, limit if close < 0 else close))


Command: TypeAlias = Callable[[Page, int, int, int], int]
"""Reads what belongs to a macro: where it begins, where its name ends, where the text ends. Returns where to go on."""
