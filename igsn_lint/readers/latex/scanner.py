"""The scanner goes over a text token by token, and gives each macro to the module that knows what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy
from igsn_lint.readers.latex import definitions, environments, inline, links, unprinted, verbatim
from igsn_lint.readers.latex.arguments import OPTION
from igsn_lint.readers.latex.expansion import NAMED_AFTER_ID, expand
from igsn_lint.readers.latex.page import DEEPEST, Group, Page
from igsn_lint.readers.latex.words import (
    ACCENTS,
    BLOCKS,
    CITING,
    DEFINING,
    HEAD_ENDS,
    ITEMS,
    KEYS,
    LINE_ENDS,
    NOTES,
    NOTHING,
    RULES,
    RUN_IN,
    RUNNING,
    SYMBOLS,
)
from igsn_lint.readers.mapped import BORDER, ITEM, Flow

if TYPE_CHECKING:
    import re

    from igsn_lint.readers.latex.macro import Macro

_TOKEN = lazy(r"\\(?:[A-Za-z@]+\*?|[\s\S]|\Z)|[%~{}$&^]|--+|``|''|\n[ \t]*\n\s*")
_CONTROL_WORD = lazy(r"\\(?:[A-Za-z@]+|[\s\S])")
_COMMENT_END = lazy(r"\n[ \t]*")

_COMMANDS = (
    links.COMMANDS
    | verbatim.COMMANDS
    | inline.COMMANDS
    | unprinted.COMMANDS
    | definitions.COMMANDS
    | environments.COMMANDS
)


class Scanner(Page):
    """Goes over a LaTeX text once and builds the Flows of it."""

    def __init__(self, source: str, macros: dict[str, Macro] | None = None) -> None:
        super().__init__(source, macros)
        self._comment: tuple[Flow, int] | None = None
        self._math = False
        self._formula = self._display = -1

    def scan(self, start: int, end: int, *, rows: bool = False) -> None:
        """Read ``start:end``; with ``rows`` it holds cells of the table that is open."""
        source, at = self.source, start
        outside, self.stack = self.stack, []
        if rows and self.tables:
            table = self.tables[-1]
            outer = table.stack, table.level
            table.stack, table.level = self.stack, 0
        while (token := _TOKEN.search(source, at, end)) is not None:
            self.plain(at, token.start())
            at = self._read(token, end)
        self.plain(at, end)
        while self.stack:
            self.close(self.stack.pop(), end)
        if rows and self.tables:
            self.end_row(end)
            table.stack, table.level = outer
        self.stack = outside

    def _read(self, token: re.Match[str], end: int) -> int:
        """Read one token and what belongs to it, and return where to go on."""
        text, at, behind = token[0], token.start(), token.end()
        first = text[0]
        if first == "\\":
            return self._control(text[1:], at, behind, end)
        if first == "{":
            self.flow.cut()
            self.stack.append(Group("argument" if self.is_awaited(at) else "", self.flow.length, opened=at))
        elif first == "}":
            if self.stack:
                self.close(self.stack.pop(), at)
            if self.source.startswith("{", behind):
                # The next argument of a macro: the two are no word together.
                self.put(" ", behind, behind)
            self.flow.cut()
        elif first == "%":
            return self._comment_line(at, end)
        elif first == "~":
            self.put(" ", at, behind)
        elif first == "-":
            self.put("–" if len(text) == 2 else "—", at, behind)
        elif first in "`'":
            self.put("“" if first == "`" else "”", at, behind)
        elif first == "$":
            self._dollar(at)
            self.flow.cut()
            if self._math and self.source.startswith("_", behind):
                return self._superscript(behind + 1, end)
        elif first == "^":
            return self._superscript(behind, end)
        elif first == "&":
            self._ampersand(at)
        else:
            self._math, self._display = False, -1
            self.border()
        return behind

    # Signs

    def _dollar(self, at: int) -> None:
        """Begin or end a formula; one with nothing in it is the mark of a displayed one."""
        self._math = not self._math
        if self._math:
            self._formula = at
        elif at - self._formula > 1:
            self.held.append((self._formula, at))
        elif self._display < 0:
            self._display = at
        else:
            self.held.append((self._display, at))
            self._display = -1

    def _superscript(self, behind: int, end: int) -> int:
        group = self.arguments.group(behind, end)
        if group is None and self._math:
            # One character, or one macro with its argument.
            macro = _CONTROL_WORD.match(self.source, behind, end)
            behind = macro.end() if macro else min(behind + 1, end)
            group = self.arguments.group(behind, end) if macro else None
        if group is None:
            return behind
        self.note(*group)
        return group[1] + 1

    def _comment_line(self, at: int, end: int) -> int:
        source = self.source
        stop = source.find("\n", at, end)
        stop = end if stop < 0 else stop
        if self._comment is not None and not source[self._comment[1] : at].strip():
            flow = self._comment[0]
            flow.put("\n", at, at)
        else:
            flow = Flow("comment")
            self.flows.append(flow)
        saved = self.flow, self.pending, self._math, self.tables, self._comment
        formulas = self._formula, self._display
        self.flow, self.pending, self.tables = flow, "", []
        self.depth += 1
        if self.depth < DEEPEST:
            self.scan(at + 1, stop)
        self.depth -= 1
        self.flow, self.pending, self._math, self.tables, self._comment = saved
        self._formula, self._display = formulas
        self._comment = flow, min(stop + 1, end)
        self.flow.cut()
        skipped = _COMMENT_END.match(source, stop, end)
        if skipped is None or source.startswith("\n", skipped.end()):
            return stop
        # The line end behind a comment is no blank: an ID may go on in the next line.
        return skipped.end()

    def _ampersand(self, at: int) -> None:
        if self.tables and self.tables[-1].stands_in(self.stack):
            self.end_cell(at)
        else:
            self.put(" ", at, at + 1)

    def _line_end(self, at: int, behind: int, end: int) -> int:
        if self.source.startswith("*", behind):
            behind += 1
        option = OPTION.match(self.source, behind, end)
        behind = option.end() if option else behind
        if self.tables and self.tables[-1].stands_in(self.stack):
            self.end_row(at)
        else:
            self.put("\n", at, behind)
        return behind

    # Macros

    def _control(self, name: str, at: int, behind: int, end: int) -> int:
        source = self.source
        if (macro := self.macros.get(name.rstrip("*"))) is not None and name not in {"begin", "end"}:
            return expand(self, macro, name, at, behind, end)
        if name in LINE_ENDS:
            return self._line_end(at, behind, end)
        word = name[:1].isalpha()
        if name in ACCENTS and (not word or source.startswith("{", behind)):
            return inline.accent(self, name, at, behind, end)
        if (character := SYMBOLS.get(name)) is not None:
            return inline.symbol(self, character, at, behind, end)
        if name in NOTHING:
            return self._nothing(name, at, behind, end)
        if (command := _COMMANDS.get(name)) is not None:
            return command(self, at, behind, end)
        if name in KEYS or CITING.fullmatch(name):
            return self._keys(name, behind, end)
        if name in NOTES:
            group = self.arguments.group(self.arguments.past_options(behind, end), end)
            if group is None:
                return behind
            self.note(*group)
            return group[1] + 1
        if name in DEFINING:
            return definitions.define(self, name, behind, end)
        if name in HEAD_ENDS and self.tables:
            self.tables[-1].end_head(sure=name not in RULES)
            return behind
        if word and "igsn" in name.lower() and source.startswith("{", behind):
            return expand(self, NAMED_AFTER_ID, name, at, behind, end)
        self.flow.cut()
        plain = name.rstrip("*")
        if plain in BLOCKS or name in {"item", "par"}:
            self.border(ITEM if name == "item" else BORDER)
            # The short form of a heading is for a list of them.
            stop = self.arguments.past_options(behind, end) if plain in BLOCKS else behind
            if source.startswith("{", stop):
                self.stack.append(Group("heading" if plain in RUN_IN else "block", self.flow.length))
                return stop + 1
        if word:
            self._await(name, behind, end)
        return behind

    def _nothing(self, name: str, at: int, behind: int, end: int) -> int:
        r"""Pass a macro that prints nothing; \(…\) and \[…\] are formulas."""
        if name[:1].isalpha():
            self.flow.cut()
            return self.arguments.past_blank(behind, end)
        if name in {"(", "["}:
            self._formula = at
        elif name in {")", "]"} and self._formula >= 0:
            self.held.append((self._formula, at))
            self._formula = -1
        return behind

    def _keys(self, name: str, behind: int, end: int) -> int:
        """Pass arguments that are keys; the options of a citation are printed."""
        if name in ITEMS:
            self.border(ITEM)
        self.flow.cut()
        self.hold_options(behind, end)
        past_options = self.arguments.past_options if name in KEYS else self._shown_options
        behind = past_options(behind, end)
        if self.source.startswith("(", behind) and (close := self.source.find(")", behind, behind + 40)) > 0:
            behind = close + 1
        behind = self.arguments.past_groups(behind, end, KEYS.get(name, 1))
        if name == "hyperlink":
            self.await_argument(behind)
        return behind

    def _shown_options(self, at: int, end: int) -> int:
        while (option := OPTION.match(self.source, at, end)) is not None:
            self.put(" ", at, at)
            self.scan(*option.span(1))
            at = option.end()
            self.put(" ", at, at)
        return at

    def _await(self, name: str, behind: int, end: int) -> None:
        """Hold the options of a macro, and its argument unless it is running text."""
        stop = self.hold_options(behind, end)
        if name == "tikz" and not self.source.startswith("{", stop):
            self.hold_until(";", stop, end)
        elif name.rstrip("*") not in RUNNING:
            self.await_argument(stop)
