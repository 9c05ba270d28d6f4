"""Start tags: the elements that they open, and what their attributes say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.labels import is_igsn_label
from igsn_lint.model import Link
from igsn_lint.patterns import lazy
from igsn_lint.readers.mapped import Cell, Flow
from igsn_lint.readers.markup.characters import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import State
    from igsn_lint.readers.markup.grammar import Grammar

_ATTRIBUTE = lazy(
    r"(?P<name>[^\s=/>\"'<]{1,200})(?:\s{0,50}=\s{0,50}(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+)))?"
)
_DIGIT = lazy("[0-9]")
_KINDS = ("content-type", "pub-id-type", "object-id-type", "ext-link-type", "type", "assigning-authority", "itemprop",
          "specific-use", "subtype")  # fmt: skip
"""Attributes that may say that the content of their element is an IGSN ID."""

_UNTOLD = {"id", "class", "style", "for", "headers", "rid", "width", "height", "colspan", "rowspan", "cols", "rows",
           "lang", "rel", "type", "charset", "viewbox", "d", "points", "transform", "srcset", "integrity", "nonce",
           "version", "scope", "align", "valign", "role", "idref"}  # fmt: skip
"""Attributes that name or form something inside the page, and say nothing to a reader."""

_HIDING = lazy(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META = lazy(r"(?:citation|dcterms|dc|og|prism|eprints|bepress_citation)[._:]", re.IGNORECASE)


class Attributes:
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


class Open:
    """An open element: what has to be done when it ends."""

    __slots__ = ("attributes", "flow", "inside", "label", "link", "name", "pending", "start", "state", "what")

    def __init__(self, name: str, flow: Flow) -> None:
        self.name, self.flow, self.start = name, flow, 0
        self.attributes: Attributes | None = None
        self.what = ""
        self.inside = 0
        self.label: str | None = None
        self.link: str | None = None
        self.state: State | None = None
        self.pending = ""


def note(grammar: Grammar, element: Open, attributes: Attributes, flows: list[Flow]) -> None:
    """Note in the element what its attributes say, and add those that hold an ID by themselves to the Flows."""
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
                flows.append(flow)
    if name in {"ab", "p", "div", "seg", "span"} and "code" in (attributes.get("type") or "").lower():
        element.what = "code"
    if name == "script":
        element.label = attributes.get("type")
    elif name == "meta":
        _meta(attributes, flows)
        taken |= {"content", "name", "property", "itemprop", "scheme", "http-equiv"}
    else:
        for kind in _KINDS:
            value = attributes.get(kind)
            if value is not None and is_igsn_label(value):
                element.label = value
        if element.label is not None and element.link:
            _label_link(element, flows[-1])
        if element.label is None and grammar.xml and is_igsn_label(name):
            element.label = name
    for attribute in attributes:
        if attribute not in taken and attribute not in _UNTOLD and not attribute.startswith(("xmlns", "aria-")):
            _attribute(attribute, attributes, flows)


def _label_link(element: Open, target: Flow) -> None:
    """Let a label of a link name where it leads: what a link shows may be any words."""
    leads = (element.link or "").lower()
    if ":" not in leads and any(c.isdigit() for c in leads):
        target.cells.append(Cell(0, target.length, element.label or ""))
        element.label = None
    elif any(hint in leads for hint in ("igsn", "10.", "10273/")):
        element.label = None


def _attribute(name: str, attributes: Attributes, flows: list[Flow]) -> None:
    local = name.rpartition(":")[2].removeprefix("data-")
    if not attributes.has_digit(name):
        return
    flow = attributes.flow(name, "hidden")
    if name == "object-id" and (kind := attributes.get("object-id-type")) and is_igsn_label(kind):
        local = kind
    if flow.length:
        if is_igsn_label(local):
            flow.cells.append(Cell(0, flow.length, local))
        flows.append(flow)


def _meta(attributes: Attributes, flows: list[Flow]) -> None:
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
        flows.append(flow)
