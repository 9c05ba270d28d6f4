"""RTF (Rich Text Format 1.9.1): body, tables, notes, comments, headers and text boxes, read control word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Fault
from igsn_lint.patterns import lazy
from igsn_lint.readers.flow import Flow, FlowDocument, TableCell, Unit, field_target

if TYPE_CHECKING:
    from igsn_lint.model import Settings, State
    from igsn_lint.readers.flow import Fate
    from igsn_lint.source import Source

_TOKEN = lazy(
    r"\\(?P<word>[A-Za-z]{1,64})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "softline": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "zwj": "\u200d",
    "zwnj": "\u200c",
}
_SIGNS = {"~": "\u00a0", "-": "\u00ad", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n", "\t": "\t"}
_SKIPPED = {
    "colortbl",
    "stylesheet",
    "pict",
    "nonshppict",
    "objdata",
    "objclass",
    "themedata",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "atnid",
    "atnauthor",
    "atndate",
    "atnref",
    "atrfstart",
    "atrfend",
    "bkmkstart",
    "bkmkend",
    "filetbl",
    "revtbl",
    "xe",
    "tc",
    "rxe",
    "author",
    "operator",
    "company",
    "manager",
    "category",
    "doccomm",
    "datafield",
    "formfield",
    "sp",
    "listtext",
    "pntext",
    "ftnsep",
    "ftnsepc",
    "ftncn",
    "aftnsep",
    "aftnsepc",
    "aftncn",
}
_STARRED = {"annotation", "shptxt", "fldinst", "shppict", "shpinst", "ud", "footnote"}
"""Destinations behind \\* that are read; all others behind it are left out, as the format asks for."""

_PROPERTIES = {"title", "subject", "keywords"}
_HEADERS = {"header": "header", "headerl": "header", "headerr": "header", "headerf": "header"}
_HEADERS |= {name.replace("header", "footer"): "footer" for name in list(_HEADERS)}
_CODE_PAGES = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_ANSI = {437: "cp437", 850: "cp850", 10000: "mac_roman", 65001: "utf-8"} | {n: f"cp{n}" for n in range(1250, 1259)}
_ANSI |= {n: f"cp{n}" for n in (874, 932, 936, 949, 950)}


class _Story:
    """A text of its own: the body, or a note, comment, header or box in it."""

    def __init__(self, pointer: str, state: State = "plain") -> None:
        self.pointer, self.state = pointer, state
        self.flow = Flow()
        self.in_table = False
        self.cells: list[tuple[int, Unit]] = []
        self.table: list[TableCell] | None = None
        self.row = 0


class _Field:
    """A field: its instruction, and where its result begins."""

    def __init__(self) -> None:
        self.instruction = ""


class _Group:
    """What holds from one brace to the one that closes it."""

    __slots__ = ("change", "ends", "field", "font", "hidden", "raised", "sink", "skip", "story", "struck", "surplus")

    def __init__(self, story: _Story) -> None:
        self.story = story
        self.skip = self.hidden = self.raised = self.struck = False
        self.change: Fate = "kept"
        self.font = -1
        self.surplus = 1
        self.sink = ""
        self.field: _Field | None = None
        self.ends: tuple[str, int] | None = None

    def inner(self) -> _Group:
        """Return a group within this one."""
        group = _Group(self.story)
        group.skip, group.hidden, group.raised, group.change = self.skip, self.hidden, self.raised, self.change
        group.font, group.surplus, group.sink, group.field = self.font, self.surplus, self.sink, self.field
        group.struck = self.struck
        return group


class _Parser:
    """Reads control words one by one; nothing in it recurses, however deep groups are."""

    def __init__(self, text: str, document: FlowDocument) -> None:
        self._text, self._document = text, document
        self._body = _Story("")
        self._groups = [_Group(self._body)]
        self._fonts: dict[int, str] = {}
        self._ansi = "cp1252"
        self._bytes = bytearray()
        self._skip_characters = 0
        self._high = 0
        self._star = False
        self._property = ""
        self._counts: dict[str, int] = {}

    def parse(self) -> bool:
        """Take the text in; return whether all groups were closed."""
        at, size = 0, len(self._text)
        closed = False
        while at < size:
            match = _TOKEN.match(self._text, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            kind = match.lastgroup
            if kind == "byte":
                self._byte(int(match["byte"], 16))
                continue
            if kind == "text":
                self._characters(match["text"])
                continue
            self._flush()
            if kind == "brace":
                self._skip_characters = 0
                if match["brace"] == "{":
                    self._groups.append(self._groups[-1].inner())
                elif len(self._groups) > 1:
                    self._end_group()
                    if len(self._groups) == 1:
                        closed = True
                        break
            elif kind in {"word", "number"}:
                number = int(match["number"]) if match["number"] else None
                if match["word"] == "bin" and number:
                    at += max(number, 0)
                else:
                    self._word(match["word"], number)
            elif kind == "sign":
                self._sign(match["sign"])
        self._flush()
        while len(self._groups) > 1:
            self._end_group()
        self._end_story(self._body, self._next("paragraph"))
        return closed

    def _byte(self, value: int) -> None:
        if self._skip_characters:
            self._skip_characters -= 1
            return
        self._bytes.append(value)

    def _characters(self, text: str) -> None:
        if self._skip_characters:
            skipped = min(self._skip_characters, len(text))
            self._skip_characters -= skipped
            text = text[skipped:]
        if text.isascii():
            self._flush()
            self._put(text)
        else:
            self._bytes += text.encode("latin-1", "replace")

    def _flush(self) -> None:
        """Decode the bytes that were collected: some code pages have several for one character."""
        if self._bytes:
            encoding = self._fonts.get(self._groups[-1].font, self._ansi)
            text = bytes(self._bytes).decode(encoding, "replace")
            self._bytes.clear()
            self._put(text)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._star = True
        elif sign in _SIGNS:
            if sign in "\r\n":
                self._end_paragraph(self._groups[-1].story)
            else:
                self._put(_SIGNS[sign])

    def _put(self, text: str) -> None:
        group = self._groups[-1]
        self._star = False
        if not text:
            return
        if group.sink == "field" and group.field is not None:
            group.field.instruction += text
        elif group.sink == "property":
            self._property += text
        elif not group.skip and group.sink != "fonts":
            put = group.story.flow.put_raised if group.raised else group.story.flow.put
            put(text, None, "deleted" if group.struck else group.change, hidden=group.hidden)

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        star, self._star = self._star, False
        if word == "u":
            self._unicode(number or 0)
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif group.sink == "fonts":
            if word == "f" and number is not None:
                group.font = number
            elif word == "fcharset" and number in _CODE_PAGES:
                self._fonts[group.font] = _CODE_PAGES[number]
        elif star and word not in _STARRED and word not in _HEADERS:
            group.skip = True
        elif self._destination(word, group):
            pass
        elif word in {"par", "sect"}:
            self._end_paragraph(group.story)
        elif word in {"cell", "nestcell"}:
            self._end_cell(group.story)
        elif word in {"row", "nestrow"}:
            self._end_row(group.story)
        elif word == "intbl":
            group.story.in_table = True
        elif word == "pard":
            group.story.in_table = False
        else:
            self._look(word, number, group)

    def _look(self, word: str, number: int | None, group: _Group) -> None:
        """Take in how characters look, and other states of a group."""
        if word == "v":
            group.hidden = number != 0
        elif word == "deleted":
            group.change = "deleted" if number != 0 else "kept"
        elif word == "revised":
            group.change = "inserted" if number != 0 else "kept"
        elif word in {"strike", "striked"}:
            group.struck = number != 0
        elif word == "super":
            group.raised = number != 0
        elif word in {"nosupersub", "sub"}:
            group.raised = False
        elif word == "plain":
            group.hidden = group.raised = group.struck = False
            group.change = "kept"
        elif word == "f" and number is not None:
            group.font = number
        elif word == "uc":
            group.surplus = max(0, min(number or 0, 100))
        elif word == "ansicpg":
            self._ansi = _ANSI.get(number or 0, "cp1252")
        elif word == "mac":
            self._ansi = "mac_roman"

    def _destination(self, word: str, group: _Group) -> bool:
        """Begin a destination; return whether the word is the name of one."""
        if word == "fonttbl":
            group.sink = "fonts"
        elif word in _PROPERTIES:
            group.sink, group.ends = "property", (word, 0)
            self._property = ""
        elif word in _SKIPPED:
            group.skip = True
        elif word == "field":
            group.field = _Field()
        elif word == "fldinst":
            group.sink = "field"
        elif word == "fldrslt":
            group.sink, group.ends = "", ("fldrslt", group.story.flow.length)
        elif word == "ftnalt" and group.ends is not None and group.ends[0] == "footnote":
            # The note is one at the end of the document after all.
            self._counts["footnote"] -= 1
            group.story.pointer = self._next("endnote")
        elif word in {"footnote", "annotation", "shptxt"} or word in _HEADERS:
            self._begin_story(word, group)
        else:
            return False
        return True

    def _begin_story(self, word: str, group: _Group) -> None:
        if word == "shptxt":
            within = group.story.pointer or f"paragraph {self._counts.get('paragraph', 0) + 1}"
            group.story = _Story(f"{within}, text box", group.story.state)
        elif word == "annotation":
            group.story = _Story(self._next("comment"), "comment")
        elif word == "footnote":
            group.story = _Story(self._next("footnote"))
        else:
            group.story = _Story(_HEADERS[word])
        group.ends = (word, 0)
        group.skip = group.hidden = group.raised = group.struck = False
        group.change = "kept"

    def _next(self, what: str) -> str:
        self._counts[what] = self._counts.get(what, 0) + 1
        return f"{what} {self._counts[what]}"

    def _unicode(self, number: int) -> None:
        """Put a character of 16 bits; two of some kinds are one character."""
        code = number % 0x10000
        high, self._high = self._high, 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            self._put(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd")
        else:
            self._put(chr(code))
        self._skip_characters = self._groups[-1].surplus

    def _end_group(self) -> None:
        group = self._groups.pop()
        if group.ends is None:
            return
        what, start = group.ends
        if what == "fldrslt":
            if group.field is not None and not group.skip:
                group.story.flow.link(start, field_target(group.field.instruction))
        elif what in _PROPERTIES:
            self._document.add_text(self._property, f"properties, {what}", label=what)
        else:
            self._end_story(group.story, group.story.pointer)

    def _end_story(self, story: _Story, pointer: str) -> None:
        """Take in what is left of a text, and its last table."""
        self._end_row(story)
        if story.table is not None:
            self._document.tables.append(story.table)
        self._take(story, pointer)

    def _end_paragraph(self, story: _Story) -> None:
        if story.in_table or story.pointer:
            # A cell or a note is one piece, of several lines.
            story.flow.put("\n")
            return
        if story.table is not None:
            self._document.tables.append(story.table)
            story.table = None
        self._take(story, self._next("paragraph"))

    def _end_cell(self, story: _Story) -> None:
        if story.table is None:
            story.table, story.row = [], 0
            self._next("table")
        table = f"table {self._counts['table']}"
        column = len(story.cells)
        place = f"{table}, row {story.row + 1}, column {column + 1}"
        unit = self._take(story, f"{story.pointer}, {place}" if story.pointer else place, cell=True)
        story.cells.append((column, unit))

    def _end_row(self, story: _Story) -> None:
        if story.table is not None:
            story.table += [TableCell(story.row, column, 1, unit) for column, unit in story.cells]
            story.row += 1
        story.cells = []

    def _take(self, story: _Story, pointer: str, *, cell: bool = False) -> Unit:
        """Take in what was put together so far."""
        flow, story.flow = story.flow, Flow()
        unit = Unit(pointer, lambda: flow.everything, lambda: flow, cell=cell, state=story.state)
        return self._document.add(unit)


def read(source: Source, form: str, settings: Settings) -> FlowDocument:
    """Return the Source as RTF; where it is none, a Document with the Fault."""
    document = FlowDocument(source, "rtf")
    if not source.data.lstrip()[:5].lower().startswith(b"{\\rtf"):
        document.faults.append(Fault("unreadable-file", None, "the file is no RTF"))
        return document
    if not _Parser(source.data.decode("latin-1"), document).parse():
        document.faults.append(Fault("unreadable-file", None, "the file is truncated: groups in it have no end"))
    return document
