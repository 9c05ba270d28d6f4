"""LaTeX: the text as it is printed, without its markup, with exact offsets.

What stands in the way of an ID is resolved: escapes, break points, groups, comments at line ends, and macros of the
file itself that print or link an ID. Nothing is executed, and no other file is read.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Link
from igsn_lint.patterns import lazy
from igsn_lint.readers.grid import GridCell, labelled, without_covered
from igsn_lint.readers.latexlinks import may_link
from igsn_lint.readers.mapped import BORDER, ITEM, Cell, Composer, Flow, FlowDocument
from igsn_lint.readers.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from igsn_lint.model import Change, Edit, Place, Settings, State
    from igsn_lint.source import Source

_TOKEN = lazy(r"\\(?:[A-Za-z@]+\*?|[\s\S]|\Z)|[%~{}$&^]|--+|``|''|\n[ \t]*\n\s*")
_BRACE = lazy(r"\\[\s\S]|[{}]|\n[ \t]*\n")
_CONTROL_WORD = lazy(r"\\(?:[A-Za-z@]+|[\s\S])")
_URL_BRACE = lazy(r"[{}]|\n[ \t]*\n")
_BLANK = lazy(r"[ \t]*\n?[ \t]*(?!\n)")
_GAP = lazy(r"(?:[ \t]*%[ \t]*\n)?[ \t]*\n?[ \t]*(?!\n)")
_OPTION = lazy(r"[ \t]*\[([^\[\]\n]{0,300})\]")
_NUMBER = lazy(r"-?\d*(?:[ \t]*(?:\\relax\b)?)[ \t]*")
_LENGTH = lazy(r"[ \t]*-?[\d.]*[a-z]{0,2}(?:[ \t]+(?:plus|minus)[ \t]+[\d.]+[a-z]{2,5})*[ \t]*")
_COMMENT_END = lazy(r"\n[ \t]*")
_ESCAPED = lazy(r"\\(?:allowbreak\s*|([%#&_~{}$\\^/-])(?:\{\})?|([A-Za-z@]+)(?:\{\}|[ \t]*))")
_PARAMETER = lazy(r"#([1-9])")
_BRACKET = lazy(r"\\[\s\S]|[\[\]{}]|\n[ \t]*\n")
_DOI_NAME = lazy(r"\s*10\.\d{4,9}/\S+\s*")

_LONGEST_ARGUMENT = 20_000
_LONGEST_OPTION = 500
_LONGEST_BODY = 1000
_DEEPEST = 12
_SHOWN_PARAMETER = "\ue000"
_PARAMETERS = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008"
"""Private characters that stand for the parameters of a macro while its body is read."""

_VERBATIM = {"verbatim", "Verbatim", "BVerbatim", "LVerbatim", "lstlisting", "minted", "alltt", "code", "listing"}
_RAW = {"filecontents", "filecontents*"}
_TABLES = {"tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "longtable": 1, "supertabular": 1, "array": 1,
           "xtabular": 1, "tblr": 1, "longtblr": 1, "deluxetable": 1, "deluxetable*": 1, "xltabular": 2, "tabu": 1,
           "longtabu": 1, "splittabular": 1}  # fmt: skip
"""Environments with cells, and how many arguments stand before the first one."""

_SYMBOLS = {
    "textendash": "–", "textemdash": "—", "textunderscore": "_", "textasciitilde": "~", "slash": "/", "hyp": "-",
    "textbackslash": "\\", "textquotesingle": "'", "textquotedblleft": "“", "textquotedblright": "”", "ldots": "…",
    "dots": "…", "textminus": "−", "textcolon": ":", "quad": " ", "qquad": " ", "thinspace": " ", "space": " ",
    "enspace": " ", "newline": "\n", "linebreak": "\n", "nobreakspace": " ", "xspace": " ", "textdegree": "°",
    "ss": "ß", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "l": "ł", "L": "Ł", "i": "ı",
    "_": "_", "%": "%", "&": "&", "#": "#", "$": "$", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", ",": " ",
    ";": " ", ":": " ", ">": " ", "babelhyphen": "-", "cdots": "…", "textperiodcentered": "·",
}  # fmt: skip
_NOTHING = {"-", "/", "!", "allowbreak", "nobreak", "protect", "relax", "null", "leavevmode", "noindent", "unskip",
            "ignorespaces", "selectfont", "nobreakdash", "(", ")", "[", "]", "par@", "nolinebreak", "nolinebreak*",
            "centering", "bfseries", "itshape", "ttfamily", "rmfamily", "sffamily", "scshape", "small", "footnotesize",
            "scriptsize", "tiny", "normalfont", "normalsize", "raggedright", "tt", "bf", "it", "em"}  # fmt: skip
_ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", '"': "\u0308", ".": "\u0307",
            "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a", "k": "\u0328"}  # fmt: skip
_SKIPPED = {
    "label": 1, "ref": 1, "eqref": 1, "pageref": 1, "autoref": 1, "cref": 1, "Cref": 1, "nameref": 1, "vref": 1,
    "bibitem": 1, "input": 1, "include": 1, "includegraphics": 1, "bibliography": 1, "bibliographystyle": 1,
    "usepackage": 1, "RequirePackage": 1, "documentclass": 1, "PassOptionsToPackage": 2, "vspace": 1, "vspace*": 1,
    "setlength": 2, "addtolength": 2, "rule": 2, "color": 1, "pagestyle": 1, "thispagestyle": 1, "setcounter": 2,
    "graphicspath": 1, "definecolor": 3, "fontsize": 2, "index": 1, "hypertarget": 1, "hyperlink": 1, "textcolor": 1,
    "parbox": 1, "resizebox": 2, "resizebox*": 2, "scalebox": 1, "rotatebox": 1, "raisebox": 1, "cline": 1,
    "cmidrule": 1, "addbibresource": 1, "colorbox": 1, "rowcolor": 1, "cellcolor": 1, "columncolor": 1, "urlstyle": 1,
    "hyperdef": 2, "fontfamily": 1, "tablewidth": 1, "tablenum": 0, "linewidth": 0, "phantomsection": 0,
}  # fmt: skip
"""Macros whose first arguments are keys, names and lengths, and no text."""

_BLOCKS = {"section", "subsection", "subsubsection", "paragraph", "chapter", "part", "title", "caption", "author",
           "abstract", "keywords", "tablecaption", "captionof", "subparagraph", "frametitle", "date"}  # fmt: skip
_RUN_IN = {"paragraph", "subparagraph"}
"""Those of them behind which the text goes on in the same line."""

_NOTES = {"footnote", "footnotetext", "thanks", "tablefootnote", "marginpar", "todo", "textsuperscript", "tnote",
          "tablenotemark", "tablenotetext", "endnote", "sidenote", "belowtable", "nomenclature", "fnm", "fnref",
          "super"}  # fmt: skip
_DEFINING = {"newcommand", "newcommand*", "renewcommand", "renewcommand*", "providecommand", "providecommand*", "def",
             "DeclareRobustCommand", "NewDocumentCommand", "RenewDocumentCommand", "gdef", "edef", "xdef",
             "ProvideDocumentCommand", "DeclareDocumentCommand", "newrobustcmd", "DeclareRobustCommand*"}  # fmt: skip
_ITEMS = {"item", "bibitem"}
_RUNNING = {
    "textbf", "textit", "texttt", "textrm", "textsf", "textsc", "textsl", "textup", "textmd", "textnormal", "text",
    "emph", "underline", "uline", "enquote", "mbox", "fbox", "makebox", "framebox", "centerline", "textsubscript",
    "makecell", "thead", "shortstack", "added", "DIFadd", "DIFaddFL", "textcolor", "captionof", "subtitle",
    "acknowledgments", "acknowledgements", "acknowledgment", "acknowledgement", "appendix", "introduction",
    "conclusions", "dataavailability", "codeavailability", "codedataavailability", "sampleavailability",
    "authorcontribution", "competinginterests", "disclaimer", "financialsupport", "supplementary", "openresearch",
    "colhead", "twocolhead", "tablecomments", "tablerefs", "bibitem",
} | _BLOCKS | _NOTES | _ITEMS  # fmt: skip
"""Macros whose arguments are running text, in which a link can stand; of any other one nobody knows."""

_FORMULAS = {"math", "displaymath", "equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray",
             "split", "dmath"}  # fmt: skip
_PICTURES = {"tikzpicture", "picture", "pspicture", "axis", "forest", "pgfpicture", "overpic"}

_HEAD_ENDS = {"midrule", "middlehline", "endhead", "endfirsthead", "colhrule"}
_RULES = {"midrule", "middlehline"}
"""Those of them that may part groups of the body, too."""


class _Macro(NamedTuple):
    """A macro of the file that prints or links an ID: what it prints around its parameters, and where it links to.

    ``parameters`` has for each the text that stands for it where it is left out, or None where it can not be.
    ``shown`` and ``target`` are texts in which a private character stands for each parameter.
    """

    parameters: tuple[str | None, ...]
    shown: str
    target: str | None = None


class _Tabular:
    """An open table: its rows, and the cell that is being read."""

    def __init__(self, stack: object, level: int, begin: int) -> None:
        self.stack, self.level, self.begin = stack, level, begin
        self.rows: list[list[GridCell]] = [[]]
        self.columns = self.spanned = 1
        self._headed, self._says_igsn = 0, False

    def end_head(self, *, sure: bool) -> None:
        """Make the rows so far the head; a rule ends no head where one that says IGSN stands above it."""
        if sure or not self._says_igsn:
            for i in range(self._headed, len(self.rows)):
                self.rows[i] = [cell._replace(head=True) for cell in self.rows[i]]
                self._says_igsn = self._says_igsn or any(is_igsn_label(cell.text) for cell in self.rows[i])
            # The last row may still be empty.
            self._headed = len(self.rows) - 1


def _count(number: str) -> int:
    """Return over how many columns or rows a cell goes: upwards, or nobody knows how far, is over one."""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1


class _Group(NamedTuple):
    """An open group: what begins with its brace, and where in the decoded text; ``opened`` is where in the source."""

    kind: str
    start: int
    target: str = ""
    opened: int = 0


_SWITCHED_ON = lazy(r"\\(?:fi|else)(?![A-Za-z])")
_SWITCHED_OFF = lazy(r"[ \t]?0(?!\d)")
_ALONE = lazy(r"[ \t]*\\endinput[ \t]*(?:%|$)", re.MULTILINE)


class _Scanner(Composer):
    """Goes over a LaTeX text once and builds the Flows of it.

    ``held`` are spans of the source where nothing may be added, no link and no tag: arguments of which nobody knows
    what becomes of them, URLs, formulas, verbatim texts. ``calls`` are those that stand for words of a macro. Both
    begin with a brace or the like, and end at the last character of it.
    """

    def __init__(self, source: str, macros: dict[str, _Macro] | None = None) -> None:
        super().__init__(source)
        self.macros: dict[str, _Macro] = {} if macros is None else macros
        self._tables: list[_Tabular] = []
        self._depth = 0
        self._unclosed_before = 0
        self._comment: tuple[Flow, int] | None = None
        self._math = False
        self.held: list[tuple[int, int]] = []
        self.calls: list[tuple[int, int]] = []
        self._formula = self._display = -1
        self._argument_at = -1
        self._option_end = self._unclosed_option = -1

    def run(self) -> None:
        """Read the whole text."""
        self.scan(0, len(self.source))

    def scan(self, start: int, end: int, *, rows: bool = False) -> None:
        """Read ``start:end``; with ``rows`` it holds cells of the table that is open."""
        source, at = self.source, start
        stack: list[_Group] = []
        if rows and self._tables:
            table = self._tables[-1]
            outer = table.stack, table.level
            table.stack, table.level = stack, 0
        while (token := _TOKEN.search(source, at, end)) is not None:
            self._plain(at, token.start())
            at = self._read(token, end, stack)
        self._plain(at, end)
        while stack:
            self._close(stack.pop(), end)
        if rows and self._tables:
            self._end_row(end)
            table.stack, table.level = outer

    # Text

    def _plain(self, start: int, end: int) -> None:
        if start < end:
            if self.pending and self.source[start:end].isspace():
                return
            self.flush(start)
            self.flow.copy(self.source, start, end)

    def _put(self, text: str, start: int, end: int) -> None:
        if text.isspace() and self.pending:
            return
        self.flush(start)
        self.flow.put(text, start, end)

    def _read(self, token: re.Match[str], end: int, stack: list[_Group]) -> int:
        """Read one token and what belongs to it, and return where to go on."""
        text, at, behind = token[0], token.start(), token.end()
        first = text[0]
        if first == "\\":
            return self._control(text[1:], at, behind, end, stack)
        if first == "{":
            self.flow.cut()
            stack.append(_Group("argument" if self._awaited(at) else "", self.flow.length, opened=at))
        elif first == "}":
            if stack:
                self._close(stack.pop(), at)
            if self.source.startswith("{", behind):
                # The next argument of a macro: the two are no word together.
                self._put(" ", behind, behind)
            self.flow.cut()
        elif first == "%":
            return self._comment_line(at, end)
        elif first == "~":
            self._put(" ", at, behind)
        elif first == "-":
            self._put("–" if len(text) == 2 else "—", at, behind)
        elif first in "`'":
            self._put("“" if first == "`" else "”", at, behind)
        elif first == "$":
            self._dollar(at)
            self.flow.cut()
            if self._math and self.source.startswith("_", behind):
                return self._superscript(behind, behind + 1, end)
        elif first == "^":
            return self._superscript(at, behind, end)
        elif first == "&":
            self._ampersand(at, stack)
        else:
            self._math, self._display = False, -1
            self.border()
        return behind

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

    def _superscript(self, at: int, behind: int, end: int) -> int:
        group = self._argument(behind, end)
        if group is None and self._math:
            # One character, or one macro with its argument.
            macro = _CONTROL_WORD.match(self.source, behind, end)
            behind = macro.end() if macro else min(behind + 1, end)
            group = self._argument(behind, end) if macro else None
        if group is None:
            return behind
        self._note(*group)
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
        saved = self.flow, self.pending, self._math, self._tables, self._comment
        formulas = self._formula, self._display
        self.flow, self.pending, self._tables = flow, "", []
        self._depth += 1
        if self._depth < _DEEPEST:
            self.scan(at + 1, stop)
        self._depth -= 1
        self.flow, self.pending, self._math, self._tables, self._comment = saved
        self._formula, self._display = formulas
        self._comment = flow, min(stop + 1, end)
        self.flow.cut()
        skipped = _COMMENT_END.match(source, stop, end)
        if skipped is None or source.startswith("\n", skipped.end()):
            return stop
        # The line end behind a comment is no blank: an ID may go on in the next line.
        return skipped.end()

    # Arguments

    def _argument(self, at: int, end: int, *, url: bool = False) -> tuple[int, int] | None:
        """Return the span of the argument in braces that begins at ``at`` (behind blanks), or None."""
        blank = _GAP.match(self.source, at, end)
        begin = blank.end() if blank else at
        if not self.source.startswith("{", begin) or begin >= end or begin < self._unclosed_before:
            return None
        depth, limit = 0, min(end, begin + _LONGEST_ARGUMENT)
        for match in (_URL_BRACE if url else _BRACE).finditer(self.source, begin, limit):
            brace = match[0]
            if brace == "{":
                depth += 1
            elif brace == "}":
                depth -= 1
                if depth == 0:
                    return begin + 1, match.start()
            elif url and brace[0] == "\n":
                break
        self._unclosed_before = limit
        return None

    def _arguments(self, at: int, end: int, count: int) -> tuple[list[tuple[int, int]], int]:
        """Return the spans of up to ``count`` arguments, and where they end."""
        found: list[tuple[int, int]] = []
        while len(found) < count and (group := self._argument(at, end)) is not None:
            found.append(group)
            at = group[1] + 1
        return found, at

    def _options(self, at: int, end: int, *, shown: bool = False) -> int:
        """Pass the optional arguments at ``at``."""
        while (option := _OPTION.match(self.source, at, end)) is not None:
            if shown:
                self._put(" ", at, at)
                self.scan(*option.span(1))
                self._put(" ", option.end(), option.end())
            at = option.end()
        return at

    def _awaited(self, brace: int) -> bool:
        """Return whether the brace opens the argument of a macro that nobody knows."""
        at = self._argument_at
        return 0 <= at <= brace < at + 80 and not self.source[at:brace].strip()

    def _hold_options(self, at: int, end: int) -> int:
        """Hold the optional arguments at ``at``, and return where they end."""
        while at > self._option_end and (option := self._option(at, end)) is not None:
            self.held.append(option)
            at = option[1] + 1
            self._option_end = option[1]
        return at

    def _option(self, at: int, end: int) -> tuple[int, int] | None:
        """Return where the brackets of the optional argument at ``at`` stand, or None."""
        blank = _BLANK.match(self.source, at, end)
        begin = blank.end() if blank else at
        if not self.source.startswith("[", begin) or begin >= end or begin < self._unclosed_option:
            return None
        depth, braces, limit = 0, 0, min(end, begin + _LONGEST_OPTION)
        for match in _BRACKET.finditer(self.source, begin, limit):
            mark = match[0]
            if mark in "{}":
                braces += 1 if mark == "{" else -1
            elif mark[0] == "\n" or braces < 0:
                break
            elif mark in "[]" and braces == 0:
                depth += 1 if mark == "[" else -1
                if depth == 0:
                    return begin, match.start()
        self._unclosed_option = limit
        return None

    def _hold_until(self, mark: str, at: int, end: int) -> None:
        """Hold what stands before a mark, as far as an argument may reach."""
        limit = min(end, at + _LONGEST_ARGUMENT)
        close = self.source.find(mark, at, limit)
        self.held.append((at - 1, limit if close < 0 else close))

    def _inside(self, start: int, end: int) -> None:
        """Read an argument, as deep as arguments may lie in one another."""
        if self._depth >= _DEEPEST:
            self._plain(start, end)
            return
        self._depth += 1
        self.scan(start, end)
        self._depth -= 1

    def _note(self, start: int, end: int, state: State | None = None, words: str = "") -> None:
        """Read an argument apart from the line that it stands in, behind words of this line."""
        pending, self.pending = self.pending, ""
        before = self.aside(state)
        self.flow.put(words, start, start)
        self.flow.cut()
        tables, self._tables = self._tables, []
        self._inside(start, end)
        self._tables = tables
        self.flow, self.pending = before, pending
        self.flow.cut()

    # Macros

    def _control(self, name: str, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        source = self.source
        if name.rstrip("*") in self.macros and name not in {"begin", "end"}:
            return self._expand(self.macros[name.rstrip("*")], name, at, behind, end)
        if name == "\\" or name in {"tabularnewline", "cr"}:
            return self._line_end(at, behind, end, stack)
        if name in _ACCENTS and (name not in "cvuHrk" or source[behind : behind + 1] == "{"):
            return self._accent(name, at, behind, end)
        word = name[:1].isalpha()
        if (symbol := _SYMBOLS.get(name)) is not None:
            stop = _past_blank(source, behind, end) if word else behind
            group = self._argument(stop, end) if word and source.startswith("{}", stop) else None
            stop = group[1] + 1 if group else stop
            self._put(symbol, at, stop)
            return stop
        if name in _NOTHING:
            self.flow.cut() if word else None
            if name in {"(", "["}:
                self._formula = at
            elif name in {")", "]"} and self._formula >= 0:
                self.held.append((self._formula, at))
                self._formula = -1
            return _past_blank(source, behind, end) if word else behind
        handler = _HANDLERS.get(name)
        if handler is not None:
            return int(handler(self, at, behind, end, stack))
        if name in _SKIPPED or _CITING.fullmatch(name):
            if name in _ITEMS:
                self.border(ITEM)
            self.flow.cut()
            self._hold_options(behind, end)
            behind = self._options(behind, end, shown=name not in _SKIPPED)
            if source.startswith("(", behind) and (close := source.find(")", behind, behind + 40)) > 0:
                behind = close + 1
            behind = self._arguments(behind, end, _SKIPPED.get(name, 1))[1]
            if name == "hyperlink":
                self._argument_at = behind
            return behind
        if name in _NOTES:
            stop = self._options(behind, end)
            if (group := self._argument(stop, end)) is not None:
                self._note(*group)
                return group[1] + 1
            return behind
        if name in _DEFINING:
            return self._define(name, behind, end)
        if name in _HEAD_ENDS and self._tables:
            self._tables[-1].end_head(sure=name not in _RULES)
            return behind
        if word and "igsn" in name.lower() and source.startswith("{", behind):
            # A macro of a class or package that is named after the ID.
            return self._expand(_Macro((None,), f"igsn:{_SHOWN_PARAMETER}"), name, at, behind, end)
        self.flow.cut()
        if name in _BLOCKS or name in {"item", "par"}:
            self.border(ITEM if name == "item" else BORDER)
            if source.startswith("{", behind):
                stack.append(_Group("heading" if name in _RUN_IN else "block", self.flow.length))
                return behind + 1
        if word:
            stop = self._hold_options(behind, end)
            if name == "tikz" and not source.startswith("{", stop):
                self._hold_until(";", stop, end)
            elif name.rstrip("*") not in _RUNNING:
                self._argument_at = stop
        return behind

    def _accent(self, name: str, at: int, behind: int, end: int) -> int:
        group = self._argument(behind, end)
        start, stop = group if group is not None else (behind, min(behind + 1, end))
        letter = self.source[start:stop]
        if len(letter) == 1 and letter.isalpha():
            self._put(normalize("NFC", letter + _ACCENTS[name]), at, stop + (group is not None))
            return stop + (group is not None)
        return behind

    def _line_end(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        if self.source.startswith("*", behind):
            behind += 1
        option = _OPTION.match(self.source, behind, end)
        behind = option.end() if option else behind
        if self._tables and self._tables[-1].stack is stack and self._tables[-1].level == len(stack):
            self._end_row(at)
        else:
            self._put("\n", at, behind)
        return behind

    def _close(self, group: _Group, at: int) -> None:
        flow = self.flow
        flow.cut()
        if group.kind == "link" and flow.length > group.start:
            flow.links.append(Link(group.start, flow.length, group.target))
        elif group.kind == "block":
            self.border()
        elif group.kind == "heading":
            self._put(" ", at, at)
        elif group.kind == "argument":
            self.held.append((group.opened, at))
            self._argument_at = at + 1

    def _url(self, start: int, end: int) -> tuple[Flow, str]:
        """Return a URL without the escapes in it, as a Flow and as a text."""
        flow = Flow(self.flow.state)
        self._copy_url(flow, start, end)
        flow.raw.append((0, flow.length))
        return flow, flow.text

    def _copy_url(self, flow: Flow, start: int, end: int) -> None:
        """Put down a URL without the escapes in it, and with what macros say in it."""
        at = start
        for match in _ESCAPED.finditer(self.source, start, end):
            macro = self.macros.get(match[2] or "")
            if match[2] and (macro is None or macro.parameters):
                continue
            flow.copy(self.source, at, match.start())
            if macro is not None:
                flow.put(macro.shown.rstrip(), *match.span())
                self.calls.append((match.start(), match.end() - 1))
            elif match[1] and match[1] not in "/-":
                flow.put(match[1], *match.span())
            at = match.end()
        flow.copy(self.source, at, end)

    def _href(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        behind = self._options(behind, end)
        group = self._argument(behind, end, url=True)
        self.flow.cut()
        if group is None:
            return behind
        flow, target = self._url(*group)
        flow.links.append(Link(0, 0, target, 0))
        self.flows.append(flow)
        blank = _BLANK.match(self.source, group[1] + 1, end)
        behind = blank.end() if blank else group[1] + 1
        if self.source.startswith("{", behind):
            self.flush(behind)
            stack.append(_Group("link", self.flow.length, target))
            return behind + 1
        return behind

    def _shown_url(self, at: int, behind: int, end: int, stack: list[_Group], *, linked: bool = True) -> int:
        group = self._argument(behind, end, url=True) or self._between_marks(behind, end)
        self.flow.cut()
        if group is None:
            return behind
        start, close = group
        self.held.append((start - 1, close))
        self.flush(start)
        begin = self.flow.length
        self._copy_url(self.flow, start, close)
        self.flow.raw.append((begin, self.flow.length))
        if linked and self.flow.length > begin:
            self.flow.links.append(Link(begin, self.flow.length, self.flow.tail(begin, _LONGEST_ARGUMENT)))
        self.flow.cut()
        return close + 1

    def _between_marks(self, at: int, end: int) -> tuple[int, int] | None:
        """Return the span of an argument between two marks, as in ``\\url|…|``, or None."""
        if _MARK.match(self.source, at, end) is None:
            return None
        stop = self.source.find("\n", at, end)
        close = self.source.find(self.source[at], at + 1, end if stop < 0 else stop)
        return None if close < 0 else (at + 1, close)

    def _nolinkurl(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        return self._shown_url(at, behind, end, stack, linked=False)

    def _doi(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        group = self._argument(behind, end, url=True)
        if group is None:
            return behind
        _, name = self._url(*group)
        resolver = "" if "://" in name else "https://doi.org/"
        self.flush(at)
        begin = self.flow.length
        self.flow.put(resolver, at, group[0])
        self.calls.append((at, group[0] - 1))
        stop = self._shown_url(at, behind, end, stack, linked=False)
        self.flow.links.append(Link(begin, self.flow.length, resolver + name))
        return stop

    def _verb(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        mark = self.source[behind : behind + 1]
        if not mark or mark.isspace():
            return behind
        line_end = self.source.find("\n", behind, end)
        close = self.source.find("}" if mark == "{" else mark, behind + 1, end if line_end < 0 else line_end)
        if close < 0:
            return behind
        self.flush(at)
        begin = self.flow.length
        self.flow.cut()
        self.flow.copy(self.source, behind + 1, close)
        self.flow.cut()
        self.flow.code.append((begin, self.flow.length))
        self.flow.raw.append((begin, self.flow.length))
        return close + 1

    def _listing(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        return self._verb(at, self._options(behind, end), end, stack)

    def _minted(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        language = self._argument(self._options(behind, end), end)
        return behind if language is None else self._verb(at, language[1] + 1, end, stack)

    def _discretionary(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        groups, stop = self._arguments(behind, end, 3)
        if len(groups) == 3:
            self._inside(*groups[2])
        return stop

    def _first_of_two(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        groups, stop = self._arguments(behind, end, 2)
        if groups:
            self._inside(*groups[0])
        return stop

    def _penalty(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        match = _NUMBER.match(self.source, behind, end)
        return match.end() if match else behind

    def _skip(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        match = _LENGTH.match(self.source, behind, end)
        return match.end() if match else behind

    def _hspace(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        group = self._argument(behind, end)
        if group is None:
            return behind
        if not self.source[group[0] : group[1]].strip().startswith("0"):
            self._put(" ", at, group[1] + 1)
        return group[1] + 1

    def _hypersetup(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        group = self._argument(behind, end)
        if group is None:
            return behind
        self._note(*group, "hidden")
        return group[1] + 1

    def _deleted(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        """Read what is struck out apart, so that it never joins what replaced it."""
        group = self._argument(self._options(behind, end), end)
        self.flow.cut()
        if group is None:
            return behind
        self._note(*group, "deleted", self.words_before())
        return group[1] + 1

    def _replaced(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        """Read the new text in the line, and the old one, which stands behind it, apart."""
        groups, stop = self._arguments(self._options(behind, end), end, 2)
        self.flow.cut()
        words = self.words_before()
        for i, group in enumerate(groups):
            self._note(*group, "deleted", words) if i else self._inside(*group)
        return stop if groups else behind

    def _if(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        r"""Read what stands behind \if0 as a comment."""
        off = _SWITCHED_OFF.match(self.source, behind, end)
        return behind if off is None else self._iffalse(at, off.end(), end, stack)

    def _endinput(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        alone = _ALONE.match(self.source, self.source.rfind("\n", 0, at) + 1, end) is not None
        return self._leave(behind, end) if alone else behind

    def _leave(self, at: int, end: int) -> int:
        """Read what stands behind the end of the document as a comment."""
        if self._depth or end < len(self.source):
            return at
        self.border()
        self._note(at, end, "comment")
        return end

    def _iffalse(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        """Read what is switched off as a comment."""
        stop = _SWITCHED_ON.search(self.source, behind, end)
        before = self.aside("comment")
        self.flow.copy(self.source, behind, stop.start() if stop else end)
        self.flow = before
        self.border()
        return stop.end() if stop else end

    # Environments and tables

    def _begin(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        group = self._argument(behind, end)
        if group is None or group[1] - group[0] > 60:
            return behind
        source = self.source
        name = source[group[0] : group[1]].strip()
        behind = group[1] + 1
        self.flow.cut()
        if name in _VERBATIM or name in _RAW or name == "comment":
            return self._verbatim(name, behind, end)
        pending = self.pending
        self.border()
        if name in _TABLES:
            behind = self._options(behind, end)
            behind = self._arguments(behind, end, _TABLES[name])[1]
            if self._tables and self._is_stack(name, behind, end):
                self.pending = pending
                self._put(" ", behind, behind)
                stack.append(_Group("lines", self.flow.length))
                return behind
            self.flush(behind)
            self.flow.put(BORDER, behind, behind)
            self._tables.append(_Tabular(stack, len(stack), self.flow.length))
        elif name in {"table", "table*", "figure", "figure*", "minipage"}:
            behind = self._options(behind, end)
        elif name.rstrip("*") in _FORMULAS or name in _PICTURES:
            self._hold_until(f"\\end{{{name}}}", behind, end)
        else:
            stop = self._hold_options(behind, end)
            if source.startswith("{", stop):
                self._argument_at = stop
        return behind

    def _is_stack(self, name: str, at: int, end: int) -> bool:
        """Return whether a table in a cell of another one only breaks the lines of that cell."""
        close = self.source.find(f"\\end{{{name}}}", at, min(end, at + _LONGEST_BODY))
        return close >= 0 and _CELLS.search(self.source, at, close) is None

    def _verbatim(self, name: str, behind: int, end: int) -> int:
        close = self.source.find(f"\\end{{{name}}}", behind, end)
        if close < 0:
            close = end
        self.held.append((behind - 1, close))
        before = self.aside("comment" if name == "comment" else None)
        self.flow.copy(self.source, behind, close)
        self.flow.raw.append((0, self.flow.length))
        if name in _VERBATIM:
            self.flow.code.append((0, self.flow.length))
        self.flow = before
        self.border()
        return close

    def _end(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        group = self._argument(behind, end)
        if group is None or group[1] - group[0] > 60:
            return behind
        name = self.source[group[0] : group[1]].strip()
        if name in _TABLES and stack and stack[-1].kind == "lines":
            stack.pop()
            self.flow.cut()
            return group[1] + 1
        if name in _TABLES and self._tables:
            self._end_row(at)
            self.flow.cells.extend(labelled(without_covered(self._tables.pop().rows)))
        self.flow.cut()
        self.border()
        return self._leave(group[1] + 1, end) if name == "document" else group[1] + 1

    def _ampersand(self, at: int, stack: list[_Group]) -> None:
        if self._tables and self._tables[-1].stack is stack and self._tables[-1].level == len(stack):
            self._end_cell(at)
        else:
            self._put(" ", at, at + 1)

    def _end_cell(self, at: int) -> None:
        table = self._tables[-1]
        text = self.flow.tail(table.begin)
        table.rows[-1].append(GridCell(table.begin, self.flow.length, text, table.columns, table.spanned))
        table.columns = table.spanned = 1
        self.pending = ""
        self.flow.put(BORDER, at, at)
        table.begin = self.flow.length

    def _end_row(self, at: int) -> None:
        self._end_cell(at)
        table = self._tables[-1]
        if any(cell.text.strip() for cell in table.rows[-1]):
            table.rows.append([])
        else:
            table.rows[-1] = []

    def _multicolumn(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        groups, stop = self._arguments(behind, end, 2)
        if len(groups) == 2 and self._tables:
            number = self.source[slice(*groups[0])].strip()
            self._tables[-1].columns = _count(number)
        self.flow.cut()
        return stop

    def _multirow(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        groups, behind = self._arguments(self._options(behind, end), end, 1)
        if groups and self._tables:
            self._tables[-1].spanned = _count(self.source[slice(*groups[0])].strip())
        behind = self._options(behind, end)
        self.flow.cut()
        return self._arguments(behind, end, 1)[1]

    def _tablehead(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        group = self._argument(behind, end)
        if group is None or not self._tables or self._depth >= _DEEPEST:
            return behind
        self._depth += 1
        self.scan(*group, rows=True)
        self._depth -= 1
        table = self._tables[-1]
        table.rows = [[cell._replace(head=True) for cell in row] for row in table.rows]
        return group[1] + 1

    # Macros of the file

    def _define(self, how: str, behind: int, end: int) -> int:
        """Note what a macro prints and links to; only what concerns an ID is worth it."""
        source = self.source
        self.flow.cut()
        name = _MACRO_NAME.match(source, behind, end)
        if name is None:
            return behind
        at = name.end()
        parameters: tuple[str | None, ...] = ()
        if how.endswith("def"):
            head = _DEF_PARAMETERS.match(source, at, end)
            at, parameters = (head.end(), (None,) * head[0].count("#")) if head else (at, ())
        elif "Document" in how:
            kinds = self._argument(at, end)
            if kinds is None:
                return at
            found = _KIND.findall(source, *kinds)[:9]
            parameters = tuple(None if kind in "mrRvb" else self._printed(default) for kind, default in found)
            at = kinds[1] + 1
        else:
            first = True
            while (option := _OPTION.match(source, at, end)) is not None:
                if first and option[1].strip().isdigit():
                    parameters = (None,) * min(int(option[1]), 9)
                else:
                    parameters = (self._printed(option[1]), *parameters[1:])
                first, at = False, option.end()
        body = self._argument(at, end)
        if body is None:
            return at
        self.held.append((body[0] - 1, body[1]))
        self._remember(name[1], parameters, *body)
        return body[1] + 1

    def _let(self, at: int, behind: int, end: int, stack: list[_Group]) -> int:
        """Give a macro a second name."""
        names = _LET.match(self.source, behind, end)
        if names is None:
            return behind
        if (macro := self.macros.get(names[2])) is not None:
            self.macros[names[1]] = macro
        return names.end()

    def _printed(self, text: str) -> str:
        """Return what a short text prints."""
        return self._apart(text).main.text.strip() if "\\" in text else text.strip()

    def _apart(self, text: str) -> _Scanner:
        """Read a text that stands nowhere by itself."""
        inner = _Scanner(text, dict(self.macros))
        inner._depth = self._depth + 6
        if inner._depth < _DEEPEST + 6:
            inner.run()
        return inner

    def _remember(self, name: str, parameters: tuple[str | None, ...], start: int, end: int) -> None:
        if parameters and end - start > _LONGEST_BODY:
            return
        body = _PARAMETER.sub(lambda m: chr(ord(_SHOWN_PARAMETER) + int(m[1]) - 1), self.source[start:end])
        if self._depth >= _DEEPEST:
            return
        inner = self._apart(body)
        shown = inner.main.text.strip()
        target = next((link.target for flow in inner.flows for link in flow.links if _has_parameter(link.target)), None)
        if len(shown) + len(target or "") > _LONGEST_BODY:
            # Macros that double their argument over and over must not grow.
            return
        says = (
            "igsn" in f"{name}{shown}{target or ''}".lower() or _RESOLVER.search(f"{shown} {target or ''}") is not None
        )
        if parameters and says:
            if not _has_parameter(shown) and target is None:
                shown = _needed(parameters) or _SHOWN_PARAMETER
            if _LEADING_PARAMETER.match(shown) and target is not None and _RESOLVER.match(target):
                # It prints the code alone and links it: the target says what the code is.
                shown = target[: target.index(shown[0])] + shown if shown[0] in target else shown
            if "igsn" in name.lower() and _LEADING_PARAMETER.match(shown):
                shown = "igsn:" + shown
            self.macros[name] = _Macro(parameters, shown, target)
        elif not parameters and _BEGINNING.fullmatch(shown):
            self.macros[name] = _Macro((), shown)
        elif not parameters and says and len(shown) < 40 and not any(c.isdigit() for c in shown):
            self.macros[name] = _Macro((), shown + " ")
        elif not parameters:
            # A text that is kept under a name: it stands here.
            number = len(self.flows)
            self._note(start, end)
            flow = self.flows[number]
            if _DOI_NAME.fullmatch(flow.text):
                # What stands before it where it is used is not known: it is a value.
                flow.cells.append(Cell(0, flow.length, ""))

    def _expand(self, macro: _Macro, name: str, at: int, behind: int, end: int) -> int:
        """Put down what a macro prints, with its arguments where it puts them."""
        if name.endswith("*"):
            behind = at + 1 + len(name)
        if not macro.parameters:
            stop = behind + 2 if self.source.startswith("{}", behind) else _past_blank(self.source, behind, end)
            self._put(macro.shown, at, behind)
            self.calls.append((at, behind - 1))
            return stop
        spans, words, stop = self._given(macro, behind, end)
        self.flow.cut()
        if not spans:
            return behind
        first = min(spans.values())[0]
        self.held.append((at, stop - 1))
        self.calls.append((at, first - 1))
        target = macro.target
        if target is not None:
            arguments = {c: self._url(*span)[1] for c, span in spans.items()}
            target = "".join(arguments.get(c, words.get(c, c)) for c in target)
            if len(target) > _LONGEST_ARGUMENT:
                target = None
        self.flush(at)
        begin, position = self.flow.length, at
        left = dict(spans)
        for piece in _PIECES.findall(macro.shown):
            if piece in left:
                start, close = left.pop(piece)
                self.flow.cut()
                self._inside(start, close)
                self.flow.cut()
                position = close
            elif piece not in spans:
                self.flow.put(words.get(piece, piece), position, first if position == at else position)
        if target and self.flow.length > begin:
            self.flow.links.append(Link(begin, self.flow.length, target))
        unseen = False
        for parameter, (start, close) in spans.items():
            head, used, _ = (macro.target or "").partition(parameter)
            if parameter in left and (macro.target is None or len(left) == len(spans)):
                self._put(" ", start, start)
                self._inside(start, close)
            elif used and (parameter in left or head not in macro.shown):
                unseen = True
        if unseen and target and macro.target is not None:
            self._linked(macro.target, spans, words, at, first)
        return stop

    def _given(self, macro: _Macro, at: int, end: int) -> tuple[dict[str, tuple[int, int]], dict[str, str], int]:
        """Return the arguments of a macro at a place, the words that stand for those left out, and where they end.

        All are by the private characters of the parameters.
        """
        spans: dict[str, tuple[int, int]] = {}
        words = dict.fromkeys(_PARAMETERS, "")
        behind = at
        for parameter, default in zip(_PARAMETERS, macro.parameters, strict=False):
            words[parameter] = default or ""
            if default is None:
                span = self._argument(behind, end)
            else:
                option = _OPTION.match(self.source, behind, end)
                span = option.span(1) if option else None
            if span is not None:
                spans[parameter] = span
                behind = span[1] + 1
            elif default is None:
                break
        needed = _needed(macro.parameters)
        return ({}, words, at) if needed is not None and needed not in spans else (spans, words, behind)

    def _linked(
        self, target: str, spans: dict[str, tuple[int, int]], words: dict[str, str], at: int, first: int
    ) -> None:
        """Put down the target that a macro makes of its arguments, beside the text: there it is not seen."""
        linked = Flow(self.flow.state)
        position = at
        for piece in _PIECES.findall(target):
            if piece in spans:
                self._copy_url(linked, *spans[piece])
                linked.cut()
                position = spans[piece][1]
            else:
                linked.put(words.get(piece, piece), position, first if position == at else position)
                linked.cut()
        linked.raw.append((0, linked.length))
        linked.links.append(Link(0, 0, linked.text, 0))
        self.flows.append(linked)


_CELLS = lazy(r"(?<!\\)&|\\begin(?![A-Za-z])")
_MARK = lazy(r"[^\sA-Za-z0-9{}\[\]\\%#~*.,;:)&$^-]")
_CITING = lazy(r"[A-Za-z]*[Cc]ite[A-Za-z]*\*?")
_MACRO_NAME = lazy(r"\s*\{?\s*\\([A-Za-z@]+)\s*\}?")
_LET = lazy(r"\s{0,3}\{?\\([A-Za-z@]+)\s{0,3}\}?\s{0,3}=?\s{0,3}\{?\\([A-Za-z@]+)\}?")
_KIND = lazy(r"(?:>\s*\{[^{}]*\}\s*)?([A-Za-z])(?:[^A-Za-z{}]{0,4}\{([^{}]{0,300})\})?")
_BEGINNING = lazy(
    r"(?=.*[/\d]$)(?:igsn:\s*)?(?:(?:https?://)?(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)/?)?(?:10\.\d{4,9}/?|10273/)?",
    re.IGNORECASE,
)
"""What an ID begins with: a macro that says no more stands for it where it is used, and is no ID."""
_DEF_PARAMETERS = lazy(r"(?:#[1-9])*")
_PIECES = lazy("[\ue000-\ue008]|[^\ue000-\ue008]+")
_LEADING_PARAMETER = lazy("[\ue000-\ue009]")
_RESOLVER = lazy(r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)/", re.IGNORECASE)


def _needed(parameters: tuple[str | None, ...]) -> str | None:
    """Return the private character of the first parameter that can not be left out, or None."""
    return next((c for c, default in zip(_PARAMETERS, parameters, strict=False) if default is None), None)


def _has_parameter(text: str) -> bool:
    return _LEADING_PARAMETER.search(text) is not None


def _past_blank(source: str, at: int, end: int) -> int:
    blank = _BLANK.match(source, at, end)
    return blank.end() if blank else at


_HANDLERS = {
    "href": _Scanner._href,
    "url": _Scanner._shown_url,
    "burl": _Scanner._shown_url,
    "path": _Scanner._nolinkurl,
    "nolinkurl": _Scanner._nolinkurl,
    "doi": _Scanner._doi,
    "verb": _Scanner._verb,
    "verb*": _Scanner._verb,
    "lstinline": _Scanner._listing,
    "let": _Scanner._let,
    "LetLtxMacro": _Scanner._let,
    "NewCommandCopy": _Scanner._let,
    "mintinline": _Scanner._minted,
    "discretionary": _Scanner._discretionary,
    "texorpdfstring": _Scanner._first_of_two,
    "penalty": _Scanner._penalty,
    "hskip": _Scanner._skip,
    "kern": _Scanner._skip,
    "hspace": _Scanner._hspace,
    "hspace*": _Scanner._hspace,
    "hypersetup": _Scanner._hypersetup,
    "iffalse": _Scanner._iffalse,
    "if": _Scanner._if,
    "endinput": _Scanner._endinput,
    "st": _Scanner._deleted,
    "sout": _Scanner._deleted,
    "xout": _Scanner._deleted,
    "deleted": _Scanner._deleted,
    "DIFdel": _Scanner._deleted,
    "DIFdelFL": _Scanner._deleted,
    "replaced": _Scanner._replaced,
    "begin": _Scanner._begin,
    "end": _Scanner._end,
    "multicolumn": _Scanner._multicolumn,
    "multirow": _Scanner._multirow,
    "tablehead": _Scanner._tablehead,
}

_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\^{}", **{c: f"\\{c}" for c in "_%&#${}"}}


def flows_of(source: str, start: int, end: int) -> list[Flow]:
    """Return a span of LaTeX that stands in another format as Flows."""
    scanner = _Scanner(source)
    scanner.scan(start, end)
    return scanner.flows


class LatexDocument(FlowDocument):
    """A LaTeX text; origins are those of Flows."""

    format = "latex"

    def __init__(self, source: Source) -> None:
        super().__init__(source, self._flows)
        self._held, self._calls = Spans(()), Spans(())

    def _flows(self, text: str) -> Sequence[Flow]:
        scanner = _Scanner(text)
        scanner.run()
        self._held, self._calls = Spans(scanner.held), Spans(scanner.calls)
        return scanner.flows

    @cached_property
    def _may_link(self) -> bool:
        return may_link(self.source.text)

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` with the escapes of LaTeX; in a URL only % and # need one."""
        if isinstance(place.origin, tuple):
            flow, start, _ = place.origin
            at = start + (place.start or 0)
            if any(a <= at < b for a, b in flow.raw):
                return value
        return "".join(_SPECIAL.get(c, c) for c in value)

    def change(self, edit: Edit) -> Change | None:
        """Return what an edit does; None where it would add to what is held, or overwrite the call of a macro."""
        change = super().change(edit)
        if change is None:
            return None
        adds = edit.target is not None or change.start == change.end
        kept = self._held if adds else self._calls
        return None if kept.touch(change.start, change.end) else change

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` (as it stands in the source) as a link to ``target``, or None where no macro makes one."""
        if not self._may_link:
            return None
        return "\\href{" + re.sub(r"[%#]", r"\\\g<0>", target) + "}{" + shown + "}"


def read(source: Source, form: str, settings: Settings) -> LatexDocument:
    """Return the Source as LaTeX."""
    return LatexDocument(source)
