"""The scanner finds the tags, comments and raw texts of any text, and tells the builder of them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy
from igsn_lint.readers.jsonisland import Island
from igsn_lint.readers.mapped import Flow
from igsn_lint.readers.markup.builder import Builder
from igsn_lint.readers.markup.characters import decode

if TYPE_CHECKING:
    from igsn_lint.readers.markup.grammar import Grammar

_NAME = lazy(r"</?([A-Za-z_][^\s/>]*)")
_OPENING = lazy(r"=\s{0,50}[\"']")
_SUBSET_END = lazy(r"\]\s*>")
_RAW = {"script", "style", "xmp"}


class Scanner(Builder):
    """Goes over a text once and builds the Flows of it."""

    def __init__(self, source: str, grammar: Grammar) -> None:
        super().__init__(source, grammar)
        self.islands: list[Island] = []
        self._typed = False
        # Behind it a CDATA section has no end; HTML has such sections in drawings alone, elsewhere they are comments.
        self._last_section = -1 if grammar.xml else source.rfind("]]>")

    def run(self) -> None:
        """Read the whole text."""
        source, end, at = self.source, len(self.source), 0
        while (found := source.find("<", at)) >= 0:
            self.text(at, found)
            at = self._markup(found, end)
        self.text(at, end)
        self.end_all(end)

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
            self.text(at, at + 1)
            return at + 1
        close = self._tag_end(name.end(), end)
        if close < 0:
            # The tag never ends: what follows is read as text, once.
            self.text(at, end)
            return end
        local = name[1].lower()
        if self.grammar.xml:
            local = local.rpartition(":")[2]
        if following == "/":
            self.end(local, at)
            return close
        empty = source[close - 2] == "/" and self.grammar.xml
        self.start(local, at, name.end(), close - 1, empty=empty or local in self.grammar.void)
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
        if source.startswith("<![CDATA[", at) and (self.grammar.xml or at < self._last_section):
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
        element = self.open[-1]
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


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\b", re.IGNORECASE)
