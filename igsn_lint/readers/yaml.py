"""YAML: what JSON gives, from one document or several; comments are Segments of their own.

Values are texts as they are written (0012 stays "0012"). Where a record needs them, null, booleans and numbers are told
apart as in the core schema of YAML 1.2.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from igsn_lint.model import Document, Fault, Part, Place, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers.json import JsonRecord, as_pointer, left_out, records, segments
from igsn_lint.readers.jsontext import COMMENTS, DEEPEST, KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings, Wanted
    from igsn_lint.readers.jsontext import Path, Span
    from igsn_lint.source import Source

_MOST_COPIES = 100_000
"""So many values may aliases stand for beyond ten times those that are written."""


class _Node:
    """A scalar, list or mapping as it stands in the file; an alias is the node that it names."""

    __slots__ = ("children", "end", "height", "offsets", "size", "start", "style", "tag", "text")

    def __init__(self, start: int, end: int, tag: str | None, style: str, text: str = "") -> None:
        self.start, self.end, self.tag, self.style, self.text = start, end, tag, style, text
        # Of a list its entries; of a mapping its keys and values in turn; an alias is a pair of its span and its node.
        self.children: list[_Node | _Alias] = []
        # With what its aliases stand for: how many values it holds, and how deep they lie in one another.
        self.size = self.height = 1
        # Of a scalar in which a place was asked for: where each of its characters stands, and where it ends.
        self.offsets: list[int] | None = None


class _Alias:
    """A place where a node stands again by its name."""

    __slots__ = ("node",)

    def __init__(self, node: _Node) -> None:
        self.node = node


_LIST, _MAPPING = "[", "{"


_TOO_DEEP = f"more than {DEEPEST} mappings and lists lie in one another"


class _Hostile(Exception):
    """What goes beyond the limits; its arguments are the offset and the words."""


def _compose(text: str) -> list[_Node]:
    """Return the roots of the documents in a YAML text.

    Raises yaml.YAMLError where it is not well-formed, and _Hostile where it goes beyond the limits.
    """
    import yaml

    loader: Any = getattr(yaml, "CLoader", yaml.Loader)
    roots: list[_Node] = []
    opened: list[_Node] = []
    anchors: dict[str, _Node] = {}
    written = 0
    event: Any
    for event in yaml.parse(text, Loader=loader):
        kind = type(event)
        node: _Node | _Alias
        if kind is yaml.ScalarEvent:
            style = event.style or ""
            tag = event.tag if event.tag is not None or event.implicit[0] else "!"
            value = event.value if event.value.isascii() else _SURROGATE.sub("\ufffd", event.value)
            node = _Node(event.start_mark.index, event.end_mark.index, None if style else tag, style, value)
        elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            style = _LIST if kind is yaml.SequenceStartEvent else _MAPPING
            node = _Node(event.start_mark.index, event.end_mark.index, None, style)
        elif kind is yaml.AliasEvent:
            if event.anchor not in anchors:
                mark = event.start_mark
                raise yaml.composer.ComposerError(None, None, f"nothing is named &{event.anchor} before", mark)
            node = _Alias(anchors[event.anchor])
            if node.node in opened:
                raise _Hostile(event.start_mark.index, f'the value named "{event.anchor}" holds itself')
        else:
            if kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                done = opened.pop()
                done.end = max(done.end, event.end_mark.index)
                if opened:
                    opened[-1].size += done.size
                    opened[-1].height = max(opened[-1].height, done.height + 1)
            elif kind is yaml.DocumentStartEvent:
                anchors = {}
            continue
        written += 1
        if opened:
            opened[-1].children.append(node)
        else:
            roots.append(node.node if isinstance(node, _Alias) else node)
        if isinstance(node, _Alias):
            if opened:
                opened[-1].size += node.node.size
                opened[-1].height = max(opened[-1].height, node.node.height + 1)
            if len(opened) + node.node.height > DEEPEST:
                raise _Hostile(event.start_mark.index, _TOO_DEEP)
            if sum(parent.size for parent in opened) > 10 * written + _MOST_COPIES:
                raise _Hostile(event.start_mark.index, "aliases multiply what is written; its records are not read")
            continue
        if event.anchor is not None:
            anchors[event.anchor] = node
        if node.style in {_LIST, _MAPPING}:
            opened.append(node)
            if len(opened) > DEEPEST:
                raise _Hostile(event.start_mark.index, _TOO_DEEP)
        elif opened:
            opened[-1].size += 1
    return roots


_SURROGATE = lazy("[\ud800-\udfff]")
_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = lazy(r"-?(?:0|[1-9][0-9]{0,14})")
_FLOAT = lazy(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")


def _scalar(node: _Node, *, numbers: bool) -> Any:
    """Return the value of a scalar: null and booleans, with ``numbers`` also these, else the text.

    A number that would be written in another way (0012, 1.50) stays a text: what is written counts.
    """
    text = node.text
    if node.style or node.tag is not None:
        return text
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if numbers and _INTEGER.fullmatch(text):
        return int(text)
    if numbers and _FLOAT.fullmatch(text) and repr(value := float(text)) == text:
        return value
    return text


def _value(node: _Node | _Alias, *, numbers: bool, aliases: bool) -> Any:
    """Return what a node says as JSON would have it; without ``aliases`` nothing is there where an alias stands."""
    if isinstance(node, _Alias):
        if not aliases:
            return None
        node = node.node
    if node.style == _LIST:
        return [_value(child, numbers=numbers, aliases=aliases) for child in node.children]
    if node.style != _MAPPING:
        return _scalar(node, numbers=numbers)
    found: dict[str, Any] = {}
    merged: list[Any] = []
    for key, child in _pairs(node):
        value = _value(child, numbers=numbers, aliases=aliases)
        if key == "<<" and isinstance(value, dict | list):
            merged += value if isinstance(value, list) else [value]
        else:
            found[key] = value
    for other in merged:
        if isinstance(other, dict):
            found = {**other, **found}
    return found


def _pairs(node: _Node) -> Iterator[tuple[str, _Node | _Alias]]:
    """Yield the keys and values of a mapping; a key that is no text is named by its place."""
    for i in range(0, len(node.children) - 1, 2):
        yield _key(node.children[i]), node.children[i + 1]


def _key(node: _Node | _Alias) -> str:
    node = node.node if isinstance(node, _Alias) else node
    return f"?{node.start}" if node.style in {_LIST, _MAPPING} else node.text


def _repeated(roots: list[_Node]) -> Iterator[Fault]:
    """Yield a Fault for each key that stands twice in one mapping."""
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node.style == _MAPPING:
            seen: dict[str, int] = {}
            for key in node.children[::2]:
                name = _key(key)
                if isinstance(key, _Alias) or name == "<<" or name in COMMENTS:
                    continue
                if name in seen:
                    words = f'the key "{name}" stands twice in one mapping; programs keep one of the two values'
                    yield Fault("duplicate-key", key.start, words, key.end, seen[name])
                seen[name] = key.start
        stack += [child for child in reversed(node.children) if isinstance(child, _Node)]


class YamlDocument(Document):
    """YAML; origins are the number of the document and a path of keys and indices, or the offset of a comment."""

    format = "yaml"

    def __init__(self, source: Source, roots: list[_Node], settings: Settings) -> None:
        super().__init__(source)
        self._roots, self._settings = roots, settings
        self._shift = 1 if source.text.startswith("\ufeff") else 0
        self._by_name: dict[int, dict[str, tuple[_Node | _Alias, _Node | _Alias]]] = {}

    @property
    def is_mapping(self) -> bool:
        """Whether the file is one document, of keys and values."""
        return [root.style for root in self._roots] == [_MAPPING]

    def parts(self) -> Iterator[Part]:
        """Yield all documents of the file as one part."""
        found: list[JsonRecord] = []
        for number, root in enumerate(self._roots):
            if root.style in {_LIST, _MAPPING}:
                found += records(_value(root, numbers=True, aliases=True), (number,))
        for record in found:
            record.family = "yaml"
        self.notices += left_out(found, self._settings)
        yield Part(found, self._segments)

    def _segments(self, wanted: Wanted) -> Iterator[Segment]:
        """Yield the wanted texts of all documents, then the wanted comments."""
        for number, root in enumerate(self._roots):
            yield from segments(_value(root, numbers=False, aliases=False), (number,), wanted)
        for start, end in self._comments:
            text = self.source.text[start:end]
            if wanted(text, None):
                yield Segment(text, start, marked=[(0, len(text), "comment")])

    @cached_property
    def _comments(self) -> list[Span]:
        """The spans of the comments: they stand between the scalars, and behind the head of a block scalar."""
        text, shift = self.source.text, self._shift
        scalars: list[Span] = []
        stack = list(self._roots)
        while stack:
            node = stack.pop()
            if node.style in {"|", ">"}:
                head = text.find("\n", node.start + shift)
                scalars.append((head if head >= 0 else node.end + shift, node.end + shift))
            elif node.style not in {_LIST, _MAPPING}:
                scalars.append((node.start + shift, node.end + shift))
            stack += [child for child in node.children if isinstance(child, _Node)]
        found: list[Span] = []
        at = 0
        for start, end in [*sorted(scalars), (len(text), len(text))]:
            # A comment reaches to the end of its line, a scalar never begins inside one.
            found += [match.span(1) for match in _COMMENT.finditer(text, at, max(at, start))]
            at = max(at, end)
        return found

    def _node(self, origin: Path) -> tuple[_Node | None, bool]:
        """Return the node at a path, or the nearest above and False."""
        if origin[-1] == KEY:
            above, found = self._node(origin[:-2])
            key = self._members(above).get(str(origin[-2])) if found and above is not None else None
            return (above, False) if key is None or isinstance(key[0], _Alias) else (key[0], True)
        number, *path = origin
        node = self._roots[int(number)]
        for step in path:
            inner = self._child(node, step)
            if inner is None:
                return node, False
            node = inner
        return node, True

    def _members(self, node: _Node) -> dict[str, tuple[_Node | _Alias, _Node | _Alias]]:
        """Return the keys and values of a mapping by name; each mapping is gone through once."""
        found = self._by_name.get(id(node))
        if found is None:
            pairs = zip(node.children[::2], node.children[1::2], strict=False) if node.style == _MAPPING else ()
            found = self._by_name[id(node)] = {_key(key): (key, value) for key, value in pairs}
        return found

    def _child(self, node: _Node, step: str | int) -> _Node | None:
        found: _Node | _Alias | None = None
        merged: list[_Node] = []
        if node.style == _LIST and isinstance(step, int) and step < len(node.children):
            found = node.children[step]
        elif node.style == _MAPPING:
            members = self._members(node)
            if step in members:
                found = members[str(step)][1]
            elif "<<" in members:
                for inner in [_target(value) for key, value in _pairs(node) if key == "<<"]:
                    merged += [inner] if inner.style == _MAPPING else [_target(child) for child in inner.children]
        if found is None:
            return next((child for other in merged if (child := self._child(other, step)) is not None), None)
        return _target(found)

    def locate(self, place: Place) -> Span | None:
        """Return the offsets of a place: what is written without its quotes, or the whole list or mapping."""
        if place.origin is None:
            return super().locate(place)
        if isinstance(place.origin, int):
            end = self.source.text.find("\n", place.origin)
            last = len(self.source.text) if end < 0 else end
            return place.origin + (place.start or 0), last if place.end is None else place.origin + place.end
        node, found = self._node(place.origin)
        if node is None:
            return None
        return _inside(self.source.text, node, self._shift, *(place[1:] if found else (None, None)))

    def extent(self, place: Place) -> Span | None:
        """Return the offsets of an entry of a list: with its lines, or with the comma that parts it from another.

        None where more would go or stay than the entry: no other entry is there to keep the list, something else stands
        on its lines, or an alias names it.
        """
        if not isinstance(place.origin, tuple) or len(place.origin) < 2 or not isinstance(place.origin[-1], int):
            return None
        parent, found = self._node(place.origin[:-1])
        if not found or parent is None or parent.style != _LIST or place.origin[-1] >= len(parent.children):
            return None
        node = parent.children[place.origin[-1]]
        if isinstance(node, _Alias) or any(node.start <= at < node.end for at in self._named):
            return None
        text, shift = self.source.text, self._shift
        if _in_brackets(text, parent, shift):
            return _between_commas(text, node.start + shift, node.end + shift)
        return _on_lines(text, node, shift) if len(parent.children) > 1 else None

    @cached_property
    def _named(self) -> list[int]:
        """Where the nodes begin for which aliases stand."""
        found, stack = [], list(self._roots)
        while stack:
            for child in stack.pop().children:
                if isinstance(child, _Node):
                    stack.append(child)
                else:
                    found.append(child.node.start)
        return found

    def pointer(self, place: Place) -> str:
        """Return the JSON Pointer inside the YAML document; empty for a comment."""
        if not isinstance(place.origin, tuple):
            return ""
        return as_pointer(place.origin[1:])

    def editable(self, place: Place) -> Span | None:
        """Return the offsets of a place, or None where it is a key, by which programs find its value."""
        return None if isinstance(place.origin, tuple) and place.origin[-1] == KEY else self.locate(place)

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` with the escapes of the scalar it is written in."""
        if not isinstance(place.origin, tuple):
            return value
        node, _ = self._node(place.origin)
        style = node.style if node is not None else ""
        if style == "'":
            return value.replace("'", "''")
        return value.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else value


def _target(node: _Node | _Alias) -> _Node:
    return node.node if isinstance(node, _Alias) else node


def _between_commas(text: str, begin: int, end: int) -> Span:
    """Return an entry of a list in brackets with the comma before it, else with that behind it."""
    before = len(text[:begin].rstrip(" \t\r\n"))
    if text[before - 1 : before] == ",":
        return before - 1, end
    after = _COMMA.match(text, end)
    return begin, end if after is None else after.end()


def _in_brackets(text: str, node: _Node, shift: int) -> bool:
    """Return whether a list or mapping is written in brackets."""
    begin = node.start + shift
    properties = _PROPERTIES.match(text, begin)
    return text[begin if properties is None else properties.end()] in "[{"


def _on_lines(text: str, node: _Node, shift: int) -> Span | None:
    """Return the lines of an entry that has them for itself, from its hyphen on; None where it has not."""
    last: _Node | _Alias = node
    while isinstance(last, _Node) and last.style in {_LIST, _MAPPING} and last.children:
        if _in_brackets(text, last, shift):
            break
        last = last.children[-1]
    hyphen = len(text[: node.start + shift].rstrip()) - 1
    head = _HYPHEN.match(text, text.rfind("\n", 0, max(hyphen, 0)) + 1, node.start + shift)
    if isinstance(last, _Alias) or head is None:
        return None
    end = last.end + shift
    if last.style not in {"|", ">"} or text[end - 1 : end] != "\n":
        rest = _REST.match(text, end)
        if rest is None:
            return None
        end = rest.end()
    begin = head.start()
    if end == len(text) and text[end - 1 : end] != "\n":
        # What is last now ends as the file did: without a line break.
        begin = len(text[:begin].removesuffix("\n").removesuffix("\r"))
    return begin, end


_COMMA = lazy(r"[ \t\r\n]*,[ \t]*")
_HYPHEN = lazy(r"[ ]*-\s+\Z")
_REST = lazy(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")

_COMMENT = lazy(r"(?:^|(?<=[\s,\[\]{}\ufeff]))#[ \t]*([^\n\r]*)", re.MULTILINE)
_PROPERTIES = lazy(r"(?:[!&][^\s]*[ \t\r\n]+)+")
_BREAK = r"[ \t]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*[ \t]*"
_FLOW = {
    "": re.compile(rf"{_BREAK}|.", re.DOTALL),
    "'": re.compile(rf"''|{_BREAK}|.", re.DOTALL),
    '"': re.compile(
        rf"\\x[0-9A-Fa-f]{{2}}|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}}|\\(?:\r\n|\r|\n)[ \t]*|\\.|{_BREAK}|.", re.DOTALL
    ),
}
_FEEDS = lazy(r"\r\n|\r|\n")


def _inside(text: str, node: _Node, shift: int, start: int | None, end: int | None) -> Span:
    """Return the offsets of a part of a scalar, or of all of it without quotes; of a list or mapping all of it."""
    first, last = node.start + shift, node.end + shift
    if (properties := _PROPERTIES.match(text, first, last)) is not None:
        first = properties.end()
    if node.style in {_LIST, _MAPPING}:
        return first, first + len(text[first:last].rstrip())
    if node.style in {"'", '"'}:
        first, last = first + 1, last - 1
    is_block = node.style in {"|", ">"}
    if not is_block and (start is None or end is None):
        return first, last
    offsets = node.offsets
    if offsets is None:
        offsets_in = _block_offsets if is_block else _flow_offsets
        node.offsets = offsets = offsets_in(text, first, last, node.text if is_block else node.style)
    if is_block:
        first = offsets[0]
        last = first + len(text[first:last].rstrip())
    if start is None or end is None or len(offsets) != len(node.text) + 1:
        return first, last
    most = len(offsets) - 1
    begin = offsets[min(start, most)]
    # The end of the last character, not the beginning of the next one, which may stand on another line.
    return begin, begin if end <= start else max(begin, _behind(text, offsets, min(end, most), node.style))


_GOING_ON = {'"': "\\ \t\r\n", "'": "'"}


def _behind(text: str, offsets: list[int], end: int, style: str) -> int:
    # An escape or a folded line break goes on to the next character.
    if text[offsets[end - 1]] in _GOING_ON.get(style, ""):
        return offsets[end]
    return offsets[end - 1] + 1


def _flow_offsets(text: str, first: int, last: int, style: str) -> list[int]:
    """Return where each character of a plain or quoted scalar stands, and where it ends."""
    offsets: list[int] = []
    for match in _FLOW[style].finditer(text, first, last):
        piece = match[0]
        feeds = 0 if piece[0] == "\\" else len(_FEEDS.findall(piece))
        if piece[0] == "\\" and piece[1:2] in {"\r", "\n"}:
            continue
        # One line feed is a blank, more are one less.
        offsets += [match.start()] * max(feeds - 1, 1)
    offsets.append(last)
    return offsets


def _block_offsets(text: str, first: int, last: int, value: str) -> list[int]:
    """Return where each character of a block scalar stands, and where it ends."""
    head = text.find("\n", first, last) + 1
    if head == 0:
        return [last]
    begun = re.compile(r"(?:[ \t]*\r?\n)*([ ]*)").match(text, head, last)
    explicit = re.search(r"[1-9]", text[first : head - 1].partition("#")[0])
    indent = len(begun[1]) if begun else 0
    if explicit is not None:
        # What stands beyond the explicit indent is text: the value says how much that is.
        indent -= len(value.lstrip("\n")) - len(value.lstrip("\n").lstrip(" "))
    offsets: list[int] = []
    at, i = head, 0
    while at < last and i < len(value):
        end = text.find("\n", at, last)
        end = last if end < 0 else end
        start = min(at + indent, end)
        line = text[start:end].removesuffix("\r")
        for j in range(len(line)):
            if i < len(value) and value[i] == line[j]:
                offsets.append(start + j)
                i += 1
        if i < len(value) and value[i] in "\n ":
            offsets.append(end)
            i += 1
        at = end + 1
    offsets.append(min(at, last))
    return offsets


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as YAML; where it is not well-formed, a Document with the Fault."""
    import yaml

    text = source.text.removeprefix("\ufeff")
    shift = len(source.text) - len(text)
    try:
        roots = _compose(text)
    except _Hostile as hostile:
        return _as_text(source, Fault("hostile-document", hostile.args[0] + shift, hostile.args[1]))
    except (yaml.YAMLError, ValueError) as error:
        offset, words = _in_words(text, error)
        return _as_text(source, Fault("malformed-document", offset + shift, f"not well-formed YAML: {words}"))
    if not roots:
        return Document(source)
    document = YamlDocument(source, roots, settings)
    document.faults += [
        fault._replace(
            offset=(fault.offset or 0) + shift, end=(fault.end or 0) + shift, first=(fault.first or 0) + shift
        )
        for fault in _repeated(roots)
    ]
    return document


def _as_text(source: Source, fault: Fault) -> Document:
    """Return what is not read as YAML as a text, in which nothing is changed: a key and its value look like a tag."""
    document = Document(source)
    document.writable = False
    document.faults.append(fault)
    return document


_CONTROL = lazy("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufeff\uff00-\ufffd\U00010000-\U0010ffff]")
_WORDS: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", 'a ":" stands where no key can be; a text with a colon needs quotes'),
    ("cannot start any token", "no value begins with this character; put quotes around it, and no tabs before it"),
    ("unexpected end of stream", "a quote is never closed"),
    ("expected ',' or ']'", "a list in brackets is not closed, or lacks a comma"),
    ("expected ',' or '}'", "a mapping in braces is not closed, or lacks a comma"),
    ("expected '-' indicator", 'the list ends here; what follows is neither an entry ("- ") nor less indented'),
    ("expected key", "the mapping ends here; what follows is neither a key nor less indented"),
    ("expected <block end>", "what stands here does not fit the list or mapping around it: look at its indent"),
    ("node content", "a value is missing here"),
    ("could not find expected ':'", 'a line without ":" stands among keys'),
    ("unknown escape character", "an unknown escape in double quotes; write the backslash twice"),
)  # fmt: skip


def _in_words(text: str, error: Exception) -> tuple[int, str]:
    """Return the offset and the words for what a YAML parser says."""
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error).partition("\n")[0]
    if mark is None:
        control = _CONTROL.search(text)
        if control is None:
            return 0, problem
        return control.start(), f"the character U+{ord(control[0]):04X} may not stand in YAML"
    words = next((words for said, words in _WORDS if said in problem), problem)
    return min(mark.index, len(text)), words
