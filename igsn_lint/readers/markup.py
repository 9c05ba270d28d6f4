"""HTML, and the XML of articles and editions (JATS, TEI, DocBook): text joined over inline elements.

One scanner reads both, because what an ID meets in them is the same: elements inside a line, links, tables, lists,
notes. It never fails on any text. Nothing that a page refers to is ever fetched.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from html.entities import html5
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Link, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers.grid import GridCell, labelled
from igsn_lint.readers.mapped import BORDER, ITEM, LONGEST_VALUE, Cell, Composer, Flow, FlowDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Place, Settings, State, Wanted
    from igsn_lint.readers.jsontext import JsonText
    from igsn_lint.readers.xml import Pointers
    from igsn_lint.source import Source


class _Grammar(NamedTuple):
    """What the elements of a format do, by their names in lower case."""

    xml: bool
    inline: frozenset[str]
    block: frozenset[str]
    void: frozenset[str]
    item: frozenset[str]
    mark: frozenset[str]
    note: frozenset[str]
    deleted: frozenset[str]
    row: frozenset[str]
    cell: frozenset[str]
    head: frozenset[str]
    term: frozenset[str]
    definition: frozenset[str]
    code: frozenset[str]
    links: dict[str, tuple[str, ...]]
    listed: frozenset[str]
    """Items that may stand directly behind the term that they belong to."""

    hidden: frozenset[str]
    """Elements whose text stands outside the page that is read, and where nothing can be a link."""

    unlinked: frozenset[str]
    """Elements in which no link can stand: links, controls, drawings, formulas, and what holds a text alone."""

    fields: frozenset[str]
    """Elements that hold an identifier by itself and say what kind it is, in whatever text they stand."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HTML = _Grammar(
    xml=False,
    inline=frozenset(),
    block=_names(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript ol"
        " optgroup option p pre section select summary table tbody td textarea tfoot th thead title tr ul video audio"
        " canvas iframe object template search button"
    ),
    void=_names("area base br col embed hr img input link meta source track wbr param frame keygen"),
    item=_names("li"),
    mark=_names("sup"),
    note=frozenset(),
    deleted=_names("del s strike"),
    row=_names("tr"),
    cell=_names("td th"),
    head=_names("th"),
    term=_names("dt"),
    definition=_names("dd"),
    listed=frozenset(),
    code=_names("pre code samp kbd tt listing xmp"),
    links={"a": ("href",), "area": ("href",)},
    hidden=_names("template title option noscript"),
    unlinked=_names("a button summary textarea select option title iframe object script style svg math"),
    fields=frozenset(),
)

_ARTICLE = _Grammar(
    xml=True,
    inline=_names(
        # JATS
        "italic bold sup sub sc monospace underline strike overline roman sans-serif ext-link uri xref named-content"
        " styled-content email abbrev milestone-start milestone-end inline-graphic private-char target break"
        " fixed-case ruby rb rt related-object inline-supplementary-material wbr"
        # TEI
        " hi ref ptr emph term ident code gi att val foreign lb pb cb milestone anchor c w pc seg orig reg corr sic"
        " abbr expan choice ex am unclear supplied add rs mentioned soCalled distinct formula objectname idno"
        " num measure name persname placename orgname geogname subst del damage restore surplus gap space app lem"
        # DocBook
        " emphasis link ulink phrase literal citetitle quote subscript superscript filename"
    )
    | {"socalled"},
    block=frozenset(),
    void=frozenset(),
    item=_names("list-item item listitem"),
    mark=_names("sup superscript xref"),
    # Another reading in an apparatus is a note, too.
    note=_names("fn note footnote rdg"),
    deleted=_names("del strike"),
    row=_names("tr row"),
    cell=_names("td th cell entry"),
    head=_names("th"),
    term=_names("term meta-name label"),
    definition=_names("def meta-value"),
    listed=_names("item listitem"),
    code=_names("code preformat programlisting screen eg"),
    links={
        "ext-link": ("href",),
        "uri": ("href",),
        "self-uri": ("href",),
        "related-object": ("href",),
        "supplementary-material": ("href",),
        "ref": ("target",),
        "ptr": ("target",),
        "link": ("href",),
        "ulink": ("url",),
    },
    hidden=frozenset(),
    unlinked=_names(
        # JATS
        "ext-link uri self-uri xref email related-object related-article tex-math math meta-name"
        # TEI
        " ref ptr formula"
    ),
    fields=_names(
        "pub-id object-id article-id issue-id volume-id journal-id book-id contrib-id institution-id elocation-id"
        " issn isbn idno"
    ),
)

_KINDS = ("content-type", "pub-id-type", "object-id-type", "ext-link-type", "type", "assigning-authority", "itemprop",
          "specific-use", "subtype")  # fmt: skip
"""Attributes that may say that the content of their element is an IGSN ID."""

_MARKUP = lazy(r"[<&]")
_NAME = lazy(r"</?([A-Za-z_][^\s/>]*)")
_ATTRIBUTE = lazy(
    r"(?P<name>[^\s=/>\"'<]{1,200})(?:\s{0,50}=\s{0,50}(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+)))?"
)
_CHARACTER = lazy(r"&(?:#(?P<number>[0-9]{1,7})|#[xX](?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));?")
_DIGIT = lazy("[0-9]")
_UNTOLD = {"id", "class", "style", "for", "headers", "rid", "width", "height", "colspan", "rowspan", "cols", "rows",
           "lang", "rel", "type", "charset", "viewbox", "d", "points", "transform", "srcset", "integrity", "nonce",
           "version", "scope", "align", "valign", "role", "idref"}  # fmt: skip
"""Attributes that name or form something inside the page, and say nothing to a reader."""

_RAW = {"script", "style", "xmp"}
_HIDING = lazy(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META = lazy(r"(?:citation|dcterms|dc|og|prism|eprints|bepress_citation)[._:]", re.IGNORECASE)


def decode(source: str, start: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    """Yield ``start:end`` of HTML or XML in pieces: text, its span, and whether it is a copy of the source."""
    at = start
    while (found := source.find("&", at, end)) >= 0:
        character = reference(source, found, end)
        if character is None:
            yield source[at : found + 1], at, found + 1, True
            at = found + 1
            continue
        if found > at:
            yield source[at:found], at, found, True
        yield character[0], found, character[1], False
        at = character[1]
    if at < end:
        yield source[at:end], at, end, True


def reference(source: str, at: int, end: int) -> tuple[str, int] | None:
    """Return the character that a reference stands for and where it ends; unknown names stay as they are written."""
    match = _CHARACTER.match(source, at, end)
    if match is None:
        return None
    if match["name"] is not None:
        text = html5.get(match["name"] + ";")
        return (text, match.end()) if text is not None and match[0].endswith(";") else None
    number = int(match["number"] or match["hex"], 10 if match["number"] else 16)
    if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000:
        return None
    return chr(number), match.end()


class _Attributes:
    """The attributes of one start tag, by name in lower case, with the spans of their values."""

    def __init__(self, source: str, start: int, end: int) -> None:
        self._source = source
        self._spans: dict[str, tuple[int, int]] = {}
        for match in _ATTRIBUTE.finditer(source, start, end):
            group = next((g for g in ("double", "single", "bare") if match[g] is not None), None)
            name = match["name"].lower()
            self._spans.setdefault(name, match.span(group) if group else (match.end(), match.end()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def find(self, name: str) -> str | None:
        """Return the full name of the attribute with this local name."""
        if name in self._spans:
            return name
        return next((full for full in self._spans if full.endswith(f":{name}")), None)

    def get(self, name: str) -> str | None:
        """Return the decoded value of an attribute, or None."""
        full = self.find(name)
        return None if full is None else "".join(piece[0] for piece in decode(self._source, *self._spans[full]))

    def has_digit(self, name: str) -> bool:
        """Return whether a digit stands in the value of an attribute, as it does in every ID."""
        return _DIGIT.search(self._source, *self._spans[name]) is not None

    def flow(self, name: str, state: State = "plain") -> Flow:
        """Return the value of an attribute as a Flow."""
        flow = Flow(state)
        for text, start, end, copied in decode(self._source, *self._spans[name]):
            if copied:
                flow.copy(self._source, start, end)
            else:
                flow.put(text, start, end)
        return flow


class _Open:
    """An open element: what has to be done when it ends."""

    __slots__ = ("attributes", "flow", "inside", "label", "link", "name", "pending", "start", "state", "what")

    def __init__(self, name: str, flow: Flow) -> None:
        self.name, self.flow, self.start = name, flow, 0
        self.attributes: _Attributes | None = None
        self.what = ""
        self.inside = 0
        self.label: str | None = None
        self.link: str | None = None
        self.state: State | None = None
        self.pending = ""


class _Table:
    """An open table: its rows, each with cells, and the Flow in which all of them stand."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.rows: list[list[GridCell]] = []


class Island:
    """A piece of JSON inside another format: its decoded value, and where it stands."""

    def __init__(self, text: str, start: int, data: Any, state: State) -> None:
        self._text, self.start, self.data, self.state = text, start, data, state

    @cached_property
    def _json(self) -> JsonText:
        from igsn_lint.readers.jsontext import JsonText

        return JsonText(self._text, self.start)

    def segments(self, wanted: Wanted) -> Iterator[Segment]:
        """Yield the wanted strings."""
        from igsn_lint.readers import json

        for segment in json.segments(self.data, (), wanted):
            segment.origin = (self, segment.origin)
            if self.state != "plain":
                segment.marked = [(0, len(segment.text), self.state)]
            yield segment

    def locate(self, path: Any, place: Place) -> tuple[int, int] | None:
        """Return the offsets of a place in the whole text."""
        from igsn_lint.readers.jsontext import inside

        span, found = self._json.span(path)
        return inside(self._text, span, place.start, place.end) if found else None


class _Scanner(Composer):
    """Goes over a text once and builds the Flows of it."""

    def __init__(self, source: str, grammar: _Grammar) -> None:
        super().__init__(source)
        self.grammar = grammar
        self.islands: list[Island] = []
        self._open: list[_Open] = []
        self._count: dict[str, int] = {}
        self._tables: list[_Table] = []
        self._term: str | None = None
        self._term_end: tuple[Flow, int] | None = None
        self._deleted: dict[Flow, list[tuple[int, Flow, int]]] = {}
        self._typed = False
        self._unbroken = False

    def run(self) -> None:
        """Read the whole text."""
        source, end, at = self.source, len(self.source), 0
        while (found := source.find("<", at)) >= 0:
            self._text(at, found)
            at = self._markup(found, end)
        self._text(at, end)
        while self._open:
            self._close(end)

    # Text

    def _text(self, start: int, end: int) -> None:
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
        inside_cell = border == BORDER and any(element.what == "cell" for element in self._open[-3:])
        self.border("\n" if inside_cell else border)

    # Markup

    def _markup(self, at: int, end: int) -> int:
        """Read what begins with < at ``at``, and return where it ends."""
        source = self.source
        following = source[at + 1 : at + 2]
        if following == "!":
            return self._declaration(at, end)
        if following == "?":
            close = source.find("?>" if self.grammar.xml else ">", at)
            self.flow.cut()
            return end if close < 0 else close + (2 if self.grammar.xml else 1)
        name = _NAME.match(source, at)
        if name is None:
            self._text(at, at + 1)
            return at + 1
        close = self._tag_end(name.end(), end)
        if close < 0:
            # The tag never ends: what follows is read as text, once.
            self._text(at, end)
            return end
        local = name[1].lower()
        if self.grammar.xml:
            local = local.rpartition(":")[2]
        if following == "/":
            self._end(local, at)
            return close
        empty = source[close - 2] == "/" and self.grammar.xml
        self._start(local, at, name.end(), close - 1, empty=empty or local in self.grammar.void)
        if not self.grammar.xml and local in _RAW:
            return self._raw(local, close, end)
        return close

    def _tag_end(self, at: int, end: int) -> int:
        """Return the offset behind the > of a tag, or -1; quoted values may hold one."""
        source = self.source
        close = source.find(">", at, end)
        # Quotes open a value only behind an equals sign; else they are part of a broken name.
        while close >= 0 and (quote := _OPENING.search(source, at, close)) is not None:
            shut = source.find(source[quote.end() - 1], quote.end(), end)
            if shut < 0:
                break
            at = shut + 1
            if at > close:
                close = source.find(">", at, end)
        return close + 1 if close >= 0 else -1

    def _declaration(self, at: int, end: int) -> int:
        source = self.source
        if source.startswith("<!--", at):
            close = source.find("-->", at + 4)
            last = end if close < 0 else close
            flow = Flow("comment")
            for text, a, b, copied in decode(source, at + 4, last):
                flow.copy(source, a, b) if copied else flow.put(text, a, b)
            self.flows.append(flow)
            self.flow.cut()
            return end if close < 0 else close + 3
        if source.startswith("<![CDATA[", at):
            close = source.find("]]>", at)
            last = end if close < 0 else close
            if self.grammar.xml and last > at + 9:
                self.flush(at)
                self.flow.cut()
                self.flow.copy(source, at + 9, last)
            return end if close < 0 else close + 3
        return self._doctype_end(at, end)

    def _doctype_end(self, at: int, end: int) -> int:
        close = self.source.find(">", at)
        first, self._typed = not self._typed, True
        subset = self.source.find("[", at, close if close >= 0 else end) if first else -1
        if subset >= 0 and (shut := _SUBSET_END.search(self.source, subset)) is not None:
            return shut.end()
        return end if close < 0 else close + 1

    def _raw(self, name: str, at: int, end: int) -> int:
        """Read the content of a script or style, and return where it ends."""
        element = self._open[-1]
        close = _raw_end(name).search(self.source, at)
        last = close.start() if close else end
        kind = element.label or ""
        element.label = None
        if name == "script" and ("json" in kind.lower()):
            self._json(at, last)
        elif name == "script":
            flow = Flow("hidden")
            flow.copy(self.source, at, last)
            flow.code.append((0, flow.length))
            self.flows.append(flow)
        return last

    def _json(self, start: int, end: int) -> None:
        import orjson

        text = self.source[start:end]
        try:
            data = orjson.loads(text.encode("utf-8", "surrogatepass"))
        except orjson.JSONDecodeError:
            flow = Flow("hidden")
            flow.copy(self.source, start, end)
            self.flows.append(flow)
            return
        self.islands.append(Island(self.source, start, data, "hidden"))

    # Elements

    def _start(self, name: str, at: int, begin: int, end: int, *, empty: bool) -> None:
        grammar = self.grammar
        attributes = _Attributes(self.source, begin, end) if end > begin else None
        block = name not in grammar.inline if grammar.xml else name in grammar.block
        self._end_implied(name, at)
        if block:
            self._border()
        if name in grammar.item:
            self._border(ITEM)
        self.flow.cut()
        element = _Open(name, self.flow)
        if attributes is not None:
            self._attributes(element, attributes, at)
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
        elif name in _OTHERS and self._open and self._open[-1].name == "choice":
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
        self._open.append(element)
        self._count[name] = self._count.get(name, 0) + 1
        if empty:
            self._close(end + 1)

    @property
    def _follows_term(self) -> bool:
        """Whether nothing was read since the last term."""
        return self._term_end == (self.flow, self.flow.length)

    @property
    def _in_table(self) -> bool:
        """Whether rows and cells that begin belong to the table that is open: those of a note do not."""
        return bool(self._tables) and self._tables[-1].flow is self.flow

    def _line_break(self, at: int, end: int) -> None:
        """Put down a line break, unless it stands inside a word."""
        before = "" if self.pending else self.flow.ending(_LONGEST_BEGINNING)
        word = _BEGINNING.search(before)
        if word is not None and "GSN" not in word[0] and _REST.match(self.source, end) is not None:
            return
        self.flush(at)
        self.flow.put("\n", at, end)

    def _begin_aside(self, element: _Open, state: State | None = None) -> None:
        element.what = "aside"
        element.pending = self.pending
        self.pending = ""
        self.aside(state)

    def _begin_deleted(self, element: _Open, at: int) -> None:
        """Read what was deleted apart, so that it never joins what replaced it; the words before may be its tag."""
        words = self.words_before()
        before, begin = self.flow, self.flow.length + len(self.pending)
        self._begin_aside(element, "deleted")
        if words:
            self.flow.put(words, at, at)
            self.flow.cut()
        self._deleted.setdefault(before, []).append((begin, self.flow, self.flow.length))

    def _label(self, flow: Flow, cell: Cell) -> None:
        """Let a label name a value: each item of a list in it, and what was deleted from it."""
        deleted = self._deleted.get(flow, [])
        first = bisect_left(deleted, cell.start, key=itemgetter(0))
        last = bisect_right(deleted, cell.end, key=itemgetter(0))
        for _, other, start in deleted[first:last]:
            if _is_value(other, start) and not other.cells:
                other.cells.append(Cell(start, other.length, cell.label))
        text = flow.tail(cell.start, cell.end - cell.start)
        if last > first and _DIGIT.search(text) is None and text.strip():
            # Words that remain beside what was deleted are a remark on it.
            return
        starts = [cell.start + match.end() for match in _ITEM_BEGIN.finditer(text)]
        if starts and not cell.due:
            ends = [*(start - len(ITEM) for start in starts[1:]), cell.end]
            items = [cell._replace(start=a, end=b) for a, b in zip(starts, ends, strict=True)]
            # An item without a digit is a remark, too.
            flow.cells += [
                item for item in items if _DIGIT.search(text, item.start - cell.start, item.end - cell.start)
            ]
        else:
            flow.cells.append(cell)

    def _begin_cell(self, element: _Open, at: int, begin: int, attributes: _Attributes | None) -> None:
        self.pending = BORDER
        self.flush(at)
        element.what = "cell"
        element.attributes = attributes
        element.inside = begin

    def _attributes(self, element: _Open, attributes: _Attributes, at: int) -> None:
        """Note what the attributes of a start tag say: links, types, other texts that hold an ID."""
        grammar = self.grammar
        name = element.name
        taken = set()
        if not grammar.xml and (
            "hidden" in attributes or ((style := attributes.get("style")) is not None and _HIDING.search(style))
        ):
            element.state = "hidden"
        for link in grammar.links.get(name, ()):
            full = attributes.find(link)
            if full is not None:
                taken.add(full)
                element.link = attributes.get(link) or ""
                flow = attributes.flow(full)
                if flow.length:
                    flow.links.append(Link(0, 0, element.link, 0))
                    self.flows.append(flow)
        if name in {"ab", "p", "div", "seg", "span"} and "code" in (attributes.get("type") or "").lower():
            element.what = "code"
        if name == "script":
            element.label = attributes.get("type")
        elif name == "meta":
            self._meta(attributes)
            taken |= {"content", "name", "property", "itemprop", "scheme", "http-equiv"}
        else:
            for kind in _KINDS:
                value = attributes.get(kind)
                if value is not None and is_igsn_label(value):
                    element.label = value
            if element.label is not None and element.link:
                self._label_link(element)
            if element.label is None and grammar.xml and is_igsn_label(name):
                element.label = name
        for attribute in attributes:
            if attribute not in taken and attribute not in _UNTOLD and not attribute.startswith(("xmlns", "aria-")):
                self._attribute(element, attribute, attributes)

    def _label_link(self, element: _Open) -> None:
        """Let a label of a link name where it leads: what a link shows may be any words."""
        target, leads = self.flows[-1], (element.link or "").lower()
        if ":" not in leads and any(c.isdigit() for c in leads):
            target.cells.append(Cell(0, target.length, element.label or ""))
            element.label = None
        elif any(hint in leads for hint in ("igsn", "10.", "10273/")):
            element.label = None

    def _attribute(self, element: _Open, name: str, attributes: _Attributes) -> None:
        local = name.rpartition(":")[2].removeprefix("data-")
        if not attributes.has_digit(name):
            return
        flow = attributes.flow(name, "hidden")
        if name == "object-id" and (kind := attributes.get("object-id-type")) and is_igsn_label(kind):
            local = kind
        if flow.length:
            if is_igsn_label(local):
                flow.cells.append(Cell(0, flow.length, local))
            self.flows.append(flow)

    def _meta(self, attributes: _Attributes) -> None:
        full = attributes.find("content")
        if full is None:
            return
        flow = attributes.flow(full, "hidden")
        for source in ("scheme", "name", "property", "itemprop"):
            label = attributes.get(source)
            while label and (vocabulary := _META.match(label)) is not None:
                label = label[vocabulary.end() :]
            if label and flow.length and is_igsn_label(label.removeprefix("identifier.")):
                flow.cells.append(Cell(0, flow.length, label.removeprefix("identifier.")))
                break
        if flow.length:
            self.flows.append(flow)

    def _end_implied(self, name: str, at: int) -> None:
        """Close what a start tag of HTML closes without an end tag: a cell, a row, an item."""
        closes = _IMPLIED.get(name)
        if closes is None or self.grammar.xml:
            return
        for depth, element in enumerate(reversed(self._open[-64:])):
            if element.name in _SCOPE.get(name, ("table",)):
                return
            if element.name in closes:
                for _ in range(depth + 1):
                    self._close(at)
                return

    def _end(self, name: str, at: int) -> None:
        if not self._count.get(name):
            self.flow.cut()
            return
        while self._open:
            if self._close(at) == name:
                return

    def _close(self, at: int) -> str:
        """End the innermost element and return its name."""
        element = self._open.pop()
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
                self._label(flow, cell)
        elif element.what == "term":
            self._term = flow.tail(element.start, _LONGEST_TERM).strip()
            self._term_end = flow, flow.length
        elif element.label is not None:
            # The border of its first block stands before the value.
            start = element.start + (len(BORDER) if flow.tail(element.start, len(BORDER)) == BORDER else 0)
            if _is_value(flow, start):
                self._label(flow, Cell(start, end, element.label))
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

    def _end_cell(self, element: _Open, at: int) -> None:
        if not self._tables:
            return
        if not self._tables[-1].rows:
            self._tables[-1].rows.append([])
        flow = self.flow
        attributes = element.attributes
        columns = rows = 1
        if attributes is not None:
            columns, rows = (_number(attributes.get(n) or attributes.get(m)) for n, m in _SPANS)
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
        self._tables[-1].rows[-1].append(GridCell(element.start, flow.length, text, columns, rows, head))
        self.pending = BORDER


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

_ITEM_BEGIN = lazy(re.escape(ITEM))
_OPENING = lazy(r"=\s{0,50}[\"']")
_SUBSET_END = lazy(r"\]\s*>")
_SPANS = (("colspan", "cols"), ("rowspan", "rows"))
_LONGEST_TERM = 200
_IMPLIED = {
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"tr"},
    "tbody": {"tr", "thead"},
    "tfoot": {"tr", "tbody"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option"},
    "p": {"p"},
    "div": {"p"},
    "table": {"p"},
    "ul": {"p"},
    "ol": {"p"},
}
_SCOPE = {"li": ("ul", "ol", "table"), "dt": ("dl",), "dd": ("dl",), "td": ("table", "tr"), "th": ("table", "tr")}


def _is_value(flow: Flow, start: int) -> bool:
    """Return whether what was read since ``start`` may be the value of a field: short, and without blocks."""
    return 0 < flow.length - start <= LONGEST_VALUE and BORDER not in flow.tail(start)


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else 1


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\b", re.IGNORECASE)


class MarkupDocument(FlowDocument):
    """A page or an article; origins are those of Flows, or an Island and a path in its JSON."""

    def __init__(self, source: Source, form: str, grammar: _Grammar) -> None:
        super().__init__(source, self._flows)
        self.format = form
        self._grammar = grammar
        self._islands: list[Island] = []

    def _flows(self, text: str) -> list[Flow]:
        scanner = _Scanner(text, self._grammar)
        scanner.run()
        self._islands = scanner.islands
        return scanner.flows

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        yield from super()._segments(wanted)
        for island in self._islands:
            yield from island.segments(wanted)

    def locate(self, place: Place) -> tuple[int, int] | None:
        """Return the offsets in the source of a place."""
        if isinstance(place.origin, tuple) and isinstance(place.origin[0], Island):
            island: Island = place.origin[0]
            return island.locate(place.origin[1], place)
        return super().locate(place)

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` escaped for text or an attribute."""
        if isinstance(place.origin, tuple) and isinstance(place.origin[0], Island):
            import orjson

            return orjson.dumps(value).decode()[1:-1].replace("</", "<\\/")
        return _escaped(value)

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` (as it stands in the source) as a link to ``target``."""
        written = _escaped(target)
        if self.format == "html":
            return f'<a href="{written}">{shown}</a>'
        if self.format == "jats" and "xlink" in self.source.text[:5000]:
            return f'<ext-link ext-link-type="uri" xlink:href="{written}">{shown}</ext-link>'
        return f'<ref target="{written}">{shown}</ref>' if self.format == "tei" else None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def read(source: Source, form: str, settings: Settings) -> MarkupDocument:
    """Return the Source as HTML."""
    return MarkupDocument(source, "html", _HTML)


def html_flows(text: str) -> list[Flow]:
    """Return HTML that stands in another format as Flows."""
    scanner = _Scanner(text, _HTML)
    scanner.run()
    return scanner.flows


class ArticleDocument(MarkupDocument):
    """An article in XML: its places have a path, too."""

    def __init__(self, source: Source, form: str, root: Any) -> None:
        super().__init__(source, form, _ARTICLE)
        self._root = root

    @cached_property
    def _pointers(self) -> Pointers:
        from igsn_lint.readers.xml import Pointers

        return Pointers(self.source.text, self._root)

    def pointer(self, place: Place) -> str:
        """Return the path of the element or attribute in which a place begins, by local names."""
        span = self.locate(place) if place.origin is not None else None
        return "" if span is None else self._pointers.at(span[0])


def read_article(source: Source, form: str, root: Any) -> ArticleDocument:
    """Return a well-formed XML text with this root as an article (``jats``, ``tei`` or ``docbook``)."""
    return ArticleDocument(source, form, root)
