"""DOCX (Office Open XML, ECMA-376): body, notes, comments, headers, text boxes and properties of a Word document."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Fault
from igsn_lint.readers.flow import Flow, FlowDocument, TableCell, Unit, field_target
from igsn_lint.readers.package import Package, Spot, add_property, attribute, first, local, opened, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Settings, State
    from igsn_lint.readers.flow import Fate
    from igsn_lint.source import Source

_TEXT_OF = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_SKIPPED = {"pPr", "rPr", "sdtPr", "sdtEndPr", "txbxContent", "rt", "Fallback", "delInstrText"}
_OFF = {"0", "false", "off"}
_HOLDERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "Choice"}
"""Elements around paragraphs, rows and cells that change nothing about them."""

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_PIECES = {*_NOTES, "comments", "header", "footer"}
_PROPERTIES = {"core-properties", "custom-properties"}


class _Field:
    """A field while it is read: its instruction, and where its result begins."""

    __slots__ = ("instruction", "start")

    def __init__(self, instruction: str = "") -> None:
        self.instruction = instruction
        self.start: int | None = None

    @property
    def target(self) -> str:
        """Where the field leads; empty where it is no link."""
        return field_target(self.instruction)


class _Paragraphs:
    """Reads paragraphs of one part into a Flow; ``targets`` are the outer ones of its relationships."""

    def __init__(self, targets: dict[str, Spot]) -> None:
        self._targets = targets

    def flow(self, paragraphs: Iterable[Any]) -> Flow:
        """Return the text of some paragraphs, a line each."""
        flow = Flow()
        fields: list[_Field] = []
        for i, paragraph in enumerate(paragraphs):
            if i:
                flow.put("\n")
            self._children(paragraph, flow, fields, "kept")
        for field in fields:
            # It ends in a paragraph further down.
            if field.start is not None:
                flow.link(field.start, field.target)
        return flow

    def target(self, element: Any) -> tuple[str, Spot | None]:
        """Return where a hyperlink or simple field leads, and where this is written by itself."""
        if local(element) == "fldSimple":
            return _Field(attribute(element, "instr")).target, None
        spot = self._targets.get(attribute(element, "id"))
        target = "" if spot is None else spot.value
        anchor = attribute(element, "anchor")
        return f"{target}#{anchor}" if target and anchor else target, spot

    def _children(self, element: Any, flow: Flow, fields: list[_Field], fate: Fate) -> None:
        for each in element:
            name = local(each)
            if name == "r":
                self._run(each, flow, fields, fate)
            elif name in {"del", "moveFrom"}:
                self._children(each, flow, fields, "deleted")
            elif name in {"ins", "moveTo"}:
                self._children(each, flow, fields, "inserted" if fate == "kept" else fate)
            elif name in {"hyperlink", "fldSimple"}:
                start = flow.length
                self._children(each, flow, fields, fate)
                flow.link(start, *self.target(each))
            elif name == "t":
                # Of a formula: such a run is another one than that of a text.
                flow.put(each.text or "", None, fate)
            elif name and name not in _SKIPPED and not _prompts(each):
                self._children(each, flow, fields, fate)

    def _run(self, run: Any, flow: Flow, fields: list[_Field], fate: Fate) -> None:
        hidden = raised = False
        for each in run:
            name = local(each)
            if name == "t":
                put = flow.put_raised if raised else flow.put
                put(each.text or "", Spot(each, "text"), fate, hidden=hidden)
            elif name == "rPr":
                hidden, raised, struck = _looks(each)
                fate = "deleted" if struck else fate
            elif name == "delText":
                flow.put(each.text or "", None, "deleted")
            elif name in _TEXT_OF:
                flow.put(_TEXT_OF[name], None, fate, hidden=hidden)
            elif name == "fldChar":
                _turn(attribute(each, "fldCharType"), flow, fields)
            elif name == "instrText":
                if fields and fields[-1].start is None:
                    fields[-1].instruction += each.text or ""
            elif name == "sym":
                code = attribute(each, "char")
                flow.put(chr(int(code, 16)) if re.fullmatch(r"[0-9A-Ca-cE-Fe-f][0-9A-Fa-f]{3}", code) else "\ufffc")
            elif name and name not in _SKIPPED:
                self._children(each, flow, fields, fate)


def _looks(properties: Any) -> tuple[bool, bool, bool]:
    """Return whether a run is hidden, whether it is superscript, and whether it is struck through."""
    hidden = raised = struck = False
    for each in properties:
        name = local(each)
        if name == "vanish":
            hidden = attribute(each, "val").lower() not in _OFF
        elif name == "vertAlign":
            raised = attribute(each, "val") == "superscript"
        elif name in {"strike", "dstrike"}:
            struck = struck or attribute(each, "val").lower() not in _OFF
    return hidden, raised, struck


def _turn(kind: str, flow: Flow, fields: list[_Field]) -> None:
    """Take in the begin, the separator or the end of a field."""
    if kind == "begin":
        fields.append(_Field())
    elif kind == "separate" and fields:
        fields[-1].start = flow.length
    elif kind == "end" and fields:
        field = fields.pop()
        if field.start is not None:
            flow.link(field.start, field.target)


class _Part:
    """Puts the paragraphs and tables of one part into the document, each with its pointer."""

    def __init__(self, document: FlowDocument, root: Any, targets: dict[str, Spot], *, slow: bool) -> None:
        self._document, self._root, self._slow = document, root, slow
        self._reader = _Paragraphs(targets)
        self._owners: dict[Any, Unit] = {}
        self._counts = {"paragraph": 0, "table": 0}

    def read(self, pieces: Iterable[tuple[Any, str]], state: State = "plain") -> None:
        """Take in pieces, each an element and its pointer; without a pointer its paragraphs are counted."""
        for element, pointer in pieces:
            self._walk(element, pointer, state)
        # Text boxes hang in paragraphs, and come behind them.
        for box in self._root.iter("{*}txbxContent"):
            if not _is_copy(box) and (owner := self._owner(box)) is not None:
                self._walk(box, f"{owner.pointer}, text box", owner.state)
        for link in self._root.iter("{*}hyperlink", "{*}fldSimple"):
            if (owner := self._owner(link)) is not None and (target := self._reader.target(link)[0]):
                owner.aside.append(target)

    def _walk(self, element: Any, pointer: str, state: State) -> None:
        together: list[Any] = []
        for name, block in _blocks(element):
            if name == "tbl":
                self._table(block, pointer, state)
            elif pointer:
                together.append(block)
            else:
                self._add([block], self._next("paragraph"), state)
        if together:
            self._add(together, pointer, state)

    def _next(self, what: str) -> str:
        """Return the pointer of the next paragraph or table."""
        self._counts[what] += 1
        return f"{what} {self._counts[what]}"

    def _table(self, table: Any, within: str, state: State) -> None:
        pointer = f"{within}, {self._next('table')}" if within else self._next("table")
        cells: list[TableCell] = []
        inner: list[Any] = []
        for number, row in enumerate(_rows(table)):
            column = 0
            for each in row:
                name = local(each)
                if name == "trPr":
                    column += _number(first(each, "gridBefore"), 0)
                elif name == "tc":
                    span = max(1, _number(first(first(each, "tcPr"), "gridSpan"), 1))
                    blocks = list(_blocks(each))
                    own: list[Any] = []
                    tables = []
                    for name, block in blocks:
                        listed = [block] if name == "p" else _list_in(block)
                        own += listed
                        if not listed:
                            tables.append(block)
                        elif name == "tbl":
                            # It counts as one all the same.
                            self._next("table")
                    inner += tables
                    unit = self._add(own, f"{pointer}, row {number + 1}, column {column + 1}", state, cell=True)
                    unit.holds_table = bool(tables)
                    cells.append(TableCell(number, column, span, unit))
                    column += span
        self._document.tables.append(cells)
        for block in inner:
            self._table(block, within, state)

    def _add(self, paragraphs: list[Any], pointer: str, state: State, *, cell: bool = False) -> Unit:
        def read() -> Flow:
            return self._reader.flow(paragraphs)

        def look() -> str:
            said = "\n".join([text_of(each) for each in paragraphs])
            return f"{said}\n{read().text}" if self._slow else said

        unit = self._document.add(Unit(pointer, look, read, cell=cell, state=state))
        for paragraph in paragraphs:
            self._owners[paragraph] = unit
        return unit

    def _owner(self, element: Any) -> Unit | None:
        """Return the Unit in which an element stands."""
        while element is not None and element not in self._owners:
            element = element.getparent()
        return None if element is None else self._owners[element]


def _is_copy(box: Any) -> bool:
    """Return whether a text box is what old programs show instead of the same one in a newer form."""
    around = next(box.iterancestors("{*}Fallback"), None)
    return around is not None and first(around.getparent(), "Choice") is not None


def _blocks(element: Any) -> Iterator[tuple[str, Any]]:
    """Yield the paragraphs and tables in an element with their names, also those in content controls and the like."""
    for each in element:
        name = local(each)
        if name == "p" or name == "tbl":
            yield name, each
        elif name == "AlternateContent":
            yield from _blocks(each[:1])
        elif name in _HOLDERS and not _prompts(each):
            yield from _blocks(each)


def _prompts(element: Any) -> bool:
    """Return whether an element is a content control that was not filled in: what it shows says what to write there."""
    shown = first(first(element, "sdtPr"), "showingPlcHdr") if local(element) == "sdt" else None
    return shown is not None and attribute(shown, "val").lower() not in _OFF


def _rows(table: Any) -> Iterator[list[Any]]:
    """Yield what stands in each row of a table."""
    for each in table:
        name = local(each)
        if name == "tr":
            yield list(_cells(each))
        elif name in _HOLDERS:
            yield from _rows(each)


def _list_in(table: Any) -> list[Any]:
    """Return the paragraphs of a table in a cell that is nothing but a list: of one column and of single words."""
    found: list[Any] = []
    for row in _rows(table):
        cells = [each for each in row if local(each) == "tc"]
        blocks = list(_blocks(cells[0])) if len(cells) == 1 else []
        if not blocks or any(name != "p" or len(text_of(block).split()) > 1 for name, block in blocks):
            return []
        found += [block for _, block in blocks]
    return found if not any(is_igsn_label(text_of(block)) for block in found) else []


def _cells(row: Any) -> Iterator[Any]:
    for each in row:
        if local(each) in _HOLDERS:
            yield from _cells(each)
        else:
            yield each


def _number(element: Any, default: int) -> int:
    """Return the number that an element gives, within what a table can have."""
    value = "" if element is None else attribute(element, "val")
    return min(int(value), 1000) if value.isascii() and value.isdecimal() and len(value) < 10 else default


def _notes(root: Any, body: Any, name: str) -> Iterator[tuple[Any, str]]:
    """Yield the notes of a part with their pointers; the numbers are those of their references in the text."""
    order: dict[str, int] = {}
    for reference in body.iter(f"{{*}}{name}Reference"):
        order.setdefault(attribute(reference, "id"), len(order) + 1)
    for note in root:
        if local(note) == name and attribute(note, "type") in {"", "normal"}:
            yield note, f"{name} {order.setdefault(attribute(note, 'id'), len(order) + 1)}"


class _Relation(NamedTuple):
    id: str
    kind: str
    target: str
    external: bool
    spot: Spot | None


def _relations(package: Package, part: str) -> list[_Relation]:
    """Return the relationships of a part (of the package: ""); what lies in the package has its name there."""
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = []
    for each in root if root is not None else ():
        external = attribute(each, "TargetMode") == "External"
        target = attribute(each, "Target")
        spot = Spot(each, "Target")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        found.append(
            _Relation(attribute(each, "Id"), attribute(each, "Type").rsplit("/", 1)[-1], target, external, spot)
        )
    return found


def _read(package: Package, document: FlowDocument) -> None:
    """Read all parts of a package that hold text."""
    of_package = _relations(package, "")
    main = next((relation.target for relation in of_package if relation.kind == "officeDocument"), "word/document.xml")
    body = None
    parts = [_Relation("", "officeDocument", main, external=False, spot=None), *_relations(package, main)]
    seen = set()
    for _, kind, name, external, _ in parts:
        if external or name in seen or (kind not in _PIECES and name != main):
            continue
        seen.add(name)
        data = package.data(name)
        root = package.parse(data, name) if data is not None else None
        if data is None or root is None or (name == main and local(root) != "document"):
            continue
        relations = parts[1:] if name == main else _relations(package, name)
        targets = {relation.id: relation.spot for relation in relations if relation.external and relation.spot}
        part = _Part(document, root, targets, slow=b"noBreakHyphen" in data)
        if name == main:
            body = root
            part.read([(each, "") for each in root if local(each) == "body"])
        elif kind in _NOTES and body is not None:
            part.read(_notes(root, body, _NOTES[kind]))
        elif kind == "comments":
            comments = [each for each in root if local(each) == "comment"]
            part.read([(each, f"comment {i}") for i, each in enumerate(comments, 1)], "comment")
        else:
            part.read([(root, kind)])
    if body is None and not document.faults:
        document.faults.append(Fault("unreadable-file", None, "there is no text document in the file"))
    for relation in of_package:
        if relation.kind in _PROPERTIES and not relation.external:
            _read_properties(package.xml(relation.target), document)


def _read_properties(root: Any, document: FlowDocument) -> None:
    """Take in the properties of the document: title, keywords, and what its authors named themselves."""
    for each in root if root is not None else ():
        add_property(document, each)


def read(source: Source, form: str, settings: Settings) -> FlowDocument:
    """Return the Source as a Word document; where it can not be opened, a Document with the Fault."""
    return opened(FlowDocument(source, "docx"), settings, _read)
