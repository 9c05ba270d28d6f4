"""The text of a JSON value: where each value stands in it, and which keys stand twice in one object."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple["str | int", ...]
Span = tuple[int, int]

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_BRACKET = lazy(rf'(?:[^"\[\]{{}}]++|{_STRING})*+([\[\]{{}}])', re.DOTALL)
_KEY = lazy(rf"[\s,]*+({_STRING})\s*+:\s*+", re.DOTALL)
_GAP = lazy(r"[\s,]*+")
_SIMPLE = lazy(rf'{_STRING}|[^\s,:\[\]{{}}"]++', re.DOTALL)
_ESCAPE = lazy(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)

_STRING_BYTES = lazy(_STRING.encode(), re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ONE_KIND = bytes.maketrans(b"{}", b"[]")

_HARMLESS = 5000

KEY = -1
"""The last step of a path that leads to a key itself, behind that key; its value is where the path before it leads."""

COMMENTS = {"$comment", "_comment", "//"}
"""Keys that by custom hold remarks, which no program reads: they may stand as often as somebody has one."""

DEEPEST = 250
"""So many objects and lists may lie in one another. Recursive programs break soon above it: orjson writes 254."""


class JsonText:
    """A well-formed JSON value in a text, between two offsets; all offsets are in the whole text.

    An object or list is looked through when a place in it is asked for, each once, so that the time is linear in the
    text however many places are asked for and however deep they lie.
    """

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text, self._start, self._end = text, start, len(text) if end is None else end
        self._known: dict[int, dict[str | int, Span]] = {}
        self._named: dict[int, dict[str | int, Span]] = {}
        self._escaped: dict[int, tuple[list[int], list[int]]] = {}

    @cached_property
    def _closings(self) -> dict[int, int]:
        """Where each object and list ends, by where it begins."""
        found: dict[int, int] = {}
        opened: list[int] = []
        for match in _BRACKET.finditer(self.text, self._start, self._end):
            if match[1] in "[{":
                opened.append(match.start(1))
            elif opened:
                found[opened.pop()] = match.end()
        return found

    def _value(self, at: int) -> Span:
        """Return the span of the value that begins at an offset."""
        if self.text[at : at + 1] in {"[", "{"}:
            return at, self._closings.get(at, self._end)
        match = _SIMPLE.match(self.text, at, self._end)
        return at, match.end() if match else at

    def _members(self, begin: int) -> Iterator[tuple[str, Span, Span]]:
        """Yield key, span of the key and span of the value for each member of the object that begins at an offset."""
        at = begin + 1
        while (match := _KEY.match(self.text, at, self._end)) is not None:
            raw = match[1]
            key = orjson.loads(raw.encode("utf-8", "surrogatepass")) if "\\" in raw else raw[1:-1]
            value = self._value(match.end())
            yield key, match.span(1), value
            at = value[1]

    def _children(self, begin: int) -> dict[str | int, Span]:
        """Return the spans of the values in the object or list that begins at an offset; of equal keys the last."""
        if begin not in self._known:
            if self.text[begin] == "{":
                self._known[begin] = {key: value for key, _, value in self._members(begin)}
            else:
                self._known[begin] = dict(enumerate(self._entries(begin)))
        return self._known[begin]

    def _keys(self, begin: int) -> dict[str | int, Span]:
        """Return the spans of the keys of the object that begins at an offset."""
        if begin not in self._named:
            self._named[begin] = {key: span for key, span, _ in self._members(begin)}
        return self._named[begin]

    def _entries(self, begin: int) -> Iterator[Span]:
        """Yield the spans of the values of the list that begins at an offset."""
        at = begin + 1
        while True:
            match = _GAP.match(self.text, at, self._end)
            start, end = self._value(match.end() if match else at)
            if start == end or self.text[start] == "]":
                return
            yield start, end
            at = end

    def span(self, path: Path) -> tuple[Span, bool]:
        """Return the span of the value at a path, strings with their quotes.

        Where nothing stands there it is the span of the nearest value above, and False.
        """
        if path and path[-1] == KEY:
            above, found = self.span(path[:-2])
            key = self._keys(above[0]).get(path[-2]) if found and self.text[above[0]] == "{" else None
            return (above, False) if key is None else (key, True)
        match = _GAP.match(self.text, self._start, self._end)
        span = self._value(match.end() if match else self._start)
        for step in path:
            inner = self._children(span[0]).get(step) if self.text[span[0] : span[0] + 1] in {"[", "{"} else None
            if inner is None:
                return span, False
            span = inner
        return span, True

    def inside(self, span: Span, start: int | None, end: int | None) -> Span:
        """Return the offsets of a part of the decoded string that stands at a span, or of the value without its quotes.

        Of what is no string, offsets count in the text as it is.
        """
        first, last = span
        if self.text[first : first + 1] != '"':
            if start is None or end is None:
                return span
            return min(first + start, last), min(first + end, last)
        if start is None or end is None:
            return first + 1, last - 1
        return self._encoded(span, start), self._encoded(span, end)

    def _encoded(self, span: Span, offset: int) -> int:
        """Return the offset in the text of an offset in the decoded string that stands at a span."""
        first, last = span
        decoded, behind = self._escapes(first + 1, last - 1)
        escape = bisect_left(decoded, offset) - 1
        if escape < 0:
            return first + 1 + offset
        return min(behind[escape] + offset - decoded[escape] - 1, last - 1)

    def _escapes(self, first: int, last: int) -> tuple[list[int], list[int]]:
        """Return the offsets of the escaped characters in the decoded string, and where in the text each is over."""
        if first not in self._escaped:
            decoded: list[int] = []
            behind: list[int] = []
            longer = first
            for match in _ESCAPE.finditer(self.text, first, last):
                decoded.append(match.start() - longer)
                behind.append(match.end())
                longer += match.end() - match.start() - 1
            self._escaped[first] = decoded, behind
        return self._escaped[first]

    def repeated(self) -> Iterator[tuple[str, Span, Span]]:
        """Yield each key that stands twice in one object: the key, its span, and the span of the one before.

        Not those of remarks.
        """
        for begin in sorted(self._closings):
            if self.text[begin] == "{":
                seen: dict[str, Span] = {}
                for key, span, _ in self._members(begin):
                    if key in seen and key not in COMMENTS:
                        yield key, span, seen[key]
                    seen[key] = span

    def too_deep_at(self) -> int:
        """Return the offset of the first bracket that is deeper than DEEPEST."""
        depth = 0
        for match in _BRACKET.finditer(self.text, self._start, self._end):
            if match[1] in "]}":
                depth -= 1
                continue
            depth += 1
            if depth > DEEPEST:
                return match.start(1)
        return self._start


def is_too_deep(raw: bytes) -> bool:
    """Return whether more than DEEPEST objects and lists lie in one another, where there are thousands of them at all.

    orjson ends the whole process where it reads some 100,000 levels; a few thousand do it no harm.
    """
    if len(raw) <= _HARMLESS or raw.count(b"[") + raw.count(b"{") <= _HARMLESS:
        return False
    brackets = _STRING_BYTES.sub(b"", raw).translate(_ONE_KIND, _NO_BRACKETS)
    for left in range(DEEPEST, 0, -1):
        if len(brackets) <= 2 * left:
            return False
        inner = brackets.replace(b"[]", b"")
        gone = len(brackets) - len(inner)
        # Never more pairs go at once than before: each that becomes empty held one that was.
        if gone == 0 or len(inner) > gone * left:
            return gone > 0
        brackets = inner
    return bool(brackets)


def may_repeat(raw: bytes, value: Any) -> bool:
    """Return whether a key may stand twice in an object of the JSON text ``raw``, of which ``value`` was read.

    A parser keeps the last of two, so there are fewer colons in what is written anew. Counting them costs a fraction of
    what looking at the keys does. Raises TypeError for a value of more than 254 levels.
    """
    # A colon that is written by its number is counted on one side only.
    if b"\\" in raw and b"\\u003" in raw:
        return True
    return raw.count(b":") != orjson.dumps(value).count(b":")
