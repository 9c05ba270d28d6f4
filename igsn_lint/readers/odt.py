"""ODT (OpenDocument text, ISO/IEC 26300): body, notes, annotations, headers, text boxes and properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from igsn_lint.model import Fault
from igsn_lint.patterns import lazy
from igsn_lint.readers.flow import Flow, FlowDocument, TableCell, Unit
from igsn_lint.readers.package import Package, Spot, add_property, attribute, first, local, opened, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from igsn_lint.model import Settings, State
    from igsn_lint.readers.flow import Fate
    from igsn_lint.source import Source

_SPACES = lazy(r"[ \t\r\n]+")
_BLOCKS = {"p", "h", "table"}
_APART = {"note", "annotation", "frame", "custom-shape", "text-box", "rect", "ellipse", "polygon", "path", "line"}
"""What hangs in a paragraph and is read by itself, behind it."""

_SKIPPED = {"annotation-end", "ruby-text", "note-citation", "bookmark", "tracked-changes", "title", "desc"}
_PROPERTIES = ("{*}title", "{*}description", "{*}subject", "{*}keyword", "{*}user-defined")
_MOST_SPACES = 1000


class _Styles:
    """The names of styles whose text is hidden, raised or struck through."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.raised: set[str] = set()
        self.struck: set[str] = set()

    def read(self, root: Any) -> None:
        """Take in the styles of a part."""
        for style in root.iter("{*}style") if root is not None else ():
            for properties in style.iterchildren("{*}text-properties"):
                if attribute(properties, "display") == "none":
                    self.hidden.add(attribute(style, "name"))
                if attribute(properties, "text-position").startswith(("super", "3", "4", "5")):
                    self.raised.add(attribute(style, "name"))
                line = attribute(properties, "text-line-through-style") or "none"
                if line != "none" and attribute(properties, "text-line-through-type") != "none":
                    self.struck.add(attribute(style, "name"))


class _Text:
    """Reads paragraphs into a Flow; white space is folded as the format has it (6.1.2 of part 3).

    ``changes`` are the texts of tracked deletions, by the number of the change, and None for insertions.
    """

    def __init__(self, styles: _Styles, changes: Mapping[str, str | None]) -> None:
        self._styles, self._changes = styles, changes
        self._blank = True
        self._fate: Fate = "kept"

    def flow(self, paragraphs: Iterable[Any]) -> Flow:
        """Return the text of some paragraphs, a line each."""
        flow = Flow()
        for i, paragraph in enumerate(paragraphs):
            if i:
                flow.put("\n")
            self._blank = True
            hidden = attribute(paragraph, "style-name") in self._styles.hidden
            self._content(paragraph, flow, hidden=hidden, raised=False)
        return flow

    def _put(self, flow: Flow, text: str | None, spot: Spot, *, hidden: bool, raised: bool) -> None:
        if not text:
            return
        folded = _SPACES.sub(" ", text)
        if self._blank and folded.startswith(" "):
            folded = folded[1:]
        if not folded:
            return
        self._blank = folded.endswith(" ")
        put = flow.put_raised if raised else flow.put
        # A run can be written back only where its text stands in the file as it is.
        put(folded, spot if folded == text else None, self._fate, hidden=hidden)

    def _content(self, element: Any, flow: Flow, *, hidden: bool, raised: bool) -> None:
        self._put(flow, element.text, Spot(element, "text"), hidden=hidden, raised=raised)
        for each in element:
            name = local(each)
            if name == "s":
                flow.put(" " * _number(each, "c"), None, hidden=hidden)
                self._blank = False
            elif name in {"tab", "line-break"}:
                flow.put("\t" if name == "tab" else "\n", None, hidden=hidden)
                self._blank = name == "line-break"
            elif name == "change":
                flow.put(self._changes.get(attribute(each, "change-id")) or "", None, "deleted")
            elif name in {"change-start", "change-end"}:
                inserted = attribute(each, "change-id") in self._changes
                self._fate = "inserted" if inserted and name == "change-start" else "kept"
            elif name == "a":
                start = flow.length
                self._content(each, flow, hidden=hidden, raised=raised)
                flow.link(start, attribute(each, "href"), Spot(each, "href"))
            elif name and name not in _SKIPPED and name not in _APART:
                style = attribute(each, "style-name") if name == "span" else ""
                unseen = hidden or style in self._styles.hidden or name in {"hidden-text", "hidden-paragraph"}
                struck, fate = style in self._styles.struck, self._fate
                if struck:
                    self._fate = "deleted"
                self._content(each, flow, hidden=unseen, raised=raised or style in self._styles.raised)
                if struck:
                    self._fate = fate
            self._put(flow, each.tail, Spot(each, "tail"), hidden=hidden, raised=raised)


def _number(element: Any, name: str, default: int = 1) -> int:
    """Return a count that an attribute gives, within what is sensible."""
    value = attribute(element, name)
    return min(int(value), _MOST_SPACES) if value.isascii() and value.isdecimal() and len(value) < 10 else default


class _Part:
    """Puts the paragraphs and tables of one part into the document, each with its pointer."""

    def __init__(self, document: FlowDocument, styles: _Styles, changes: Mapping[str, str | None]) -> None:
        self._document, self._styles, self._changes = document, styles, changes
        self._owners: dict[Any, Unit] = {}
        self._counts: dict[str, int] = {}

    def read(self, element: Any, pointer: str = "") -> None:
        """Take in what stands in an element; without a pointer paragraphs are counted."""
        self._walk(element, pointer, "plain")
        for each in element.iter(*(f"{{*}}{name}" for name in _APART)):
            self._apart(each)
        for each in element.iter("{*}a", "{*}change"):
            if (owner := self._owner(each)) is not None:
                target = attribute(each, "href") or self._changes.get(attribute(each, "change-id"))
                owner.aside += [target] if target else []

    def _apart(self, element: Any) -> None:
        """Take in what hangs in a paragraph: a note, an annotation, a text box."""
        name = local(element)
        if name == "note":
            kind = "endnote" if attribute(element, "note-class") == "endnote" else "footnote"
            body = first(element, "note-body")
            if body is not None:
                self._walk(body, self._next(kind), "plain")
        elif name == "annotation":
            self._walk(element, self._next("comment"), "comment")
        elif name != "frame":
            owner = self._owner(element)
            self._walk(
                element, f"{owner.pointer}, text box" if owner else "text box", owner.state if owner else "plain"
            )

    def _walk(self, element: Any, pointer: str, state: State) -> None:
        together: list[Any] = []
        for name, block in _blocks(element):
            if name == "table":
                self._table(block, pointer, state)
            elif pointer:
                together.append(block)
            else:
                self._add([block], self._next("paragraph"), state)
        if together:
            self._add(together, pointer, state)

    def _next(self, what: str) -> str:
        """Return the pointer of the next one of a kind."""
        self._counts[what] = self._counts.get(what, 0) + 1
        return f"{what} {self._counts[what]}"

    def _table(self, table: Any, within: str, state: State) -> None:
        pointer = f"{within}, {self._next('table')}" if within else self._next("table")
        cells: list[TableCell] = []
        inner: list[Any] = []
        for number, row in enumerate(_rows(table)):
            column = 0
            for each in row:
                name = local(each)
                if name not in {"table-cell", "covered-table-cell"}:
                    continue
                repeated = _number(each, "number-columns-repeated")
                blocks = list(_blocks(each))
                own = [block for kind, block in blocks if kind != "table"]
                inner += [block for kind, block in blocks if kind == "table"]
                if own:
                    unit = self._add(own, f"{pointer}, row {number + 1}, column {column + 1}", state, cell=True)
                    cells.append(TableCell(number, column, _number(each, "number-columns-spanned"), unit))
                column += repeated
        self._document.tables.append(cells)
        for block in inner:
            self._table(block, within, state)

    def _add(self, paragraphs: list[Any], pointer: str, state: State, *, cell: bool = False) -> Unit:
        def read() -> Flow:
            return _Text(self._styles, self._changes).flow(paragraphs)

        def look() -> str:
            return "\n".join([text_of(each) for each in paragraphs])

        unit = self._document.add(Unit(pointer, look, read, cell=cell, state=state))
        for paragraph in paragraphs:
            self._owners[paragraph] = unit
        return unit

    def _owner(self, element: Any) -> Unit | None:
        """Return the Unit in which an element stands."""
        while element is not None and element not in self._owners:
            element = element.getparent()
        return None if element is None else self._owners[element]


def _blocks(element: Any) -> Iterator[tuple[str, Any]]:
    """Yield the paragraphs and tables in an element with their names, also those in lists, sections, indexes."""
    for each in element:
        name = local(each)
        if name in _BLOCKS:
            yield name, each
        elif name and name not in _APART and name not in _SKIPPED:
            yield from _blocks(each)


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, also those in headers and groups."""
    for each in table:
        name = local(each)
        if name == "table-row":
            yield each
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(each)


def _changes(content: Any) -> dict[str, str | None]:
    """Return the tracked changes by their number: what was deleted, and None for what was inserted."""
    changes: dict[str, str | None] = {}
    for region in content.iter("{*}changed-region"):
        deletion = first(region, "deletion")
        if deletion is not None:
            text = "\n".join([text_of(each) for _, each in _blocks(deletion)])
            changes[attribute(region, "id")] = text
        elif first(region, "insertion") is not None:
            changes[attribute(region, "id")] = None
    return changes


def _is_encrypted(package: Package) -> bool:
    """Return whether the manifest says that parts are encrypted."""
    manifest = package.xml("META-INF/manifest.xml")
    return manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None


def _read(package: Package, document: FlowDocument) -> None:
    """Read all parts of a package that hold text."""
    if _is_encrypted(package):
        document.faults.append(Fault("unreadable-file", None, "the file is password protected"))
        return
    content, styled = package.xml("content.xml"), package.xml("styles.xml")
    styles = _Styles()
    styles.read(content)
    styles.read(styled)
    body = next(content.iter("{*}body"), None) if content is not None else None
    if body is not None:
        _Part(document, styles, _changes(content)).read(body)
    elif not document.faults:
        document.faults.append(Fault("unreadable-file", None, "there is no text document in the file"))
    if styled is not None:
        part = _Part(document, styles, {})
        for kind in ("header", "footer"):
            for each in styled.iter(*(f"{{*}}{kind}{which}" for which in ("", "-left", "-first"))):
                part.read(each, kind)
    meta = package.xml("meta.xml")
    for each in meta.iter(*_PROPERTIES) if meta is not None else ():
        add_property(document, each)


def read(source: Source, form: str, settings: Settings) -> FlowDocument:
    """Return the Source as an OpenDocument text; where it can not be opened, a Document with the Fault."""
    return opened(FlowDocument(source, "odt"), settings, _read)
