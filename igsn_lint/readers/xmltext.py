"""From bytes to an XML tree: what is hostile, entity names that no declaration explains, and plain words for faults."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from igsn_lint.model import Fault
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igsn_lint.source import Source

CHILD = "\ufffc"
"""Stands in the text of an element where a child element stands, so that nothing is read across it."""


class Parsed(NamedTuple):
    """An XML tree, or None; the faults; and whether names of entities were replaced, which may hide any character."""

    root: Any
    faults: tuple[Fault, ...] = ()
    replaced: bool = False


@cache
def _parser(*, huge: bool = False) -> etree.XMLParser:
    """Return a parser that expands internal entities within libxml2's limits, and fetches nothing."""
    return etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs know only bool
        no_network=True,
        load_dtd=False,
        huge_tree=huge,
    )


_UNDECLARED = {26, 27}
_LIMITS = {89, 110, 114}
_ENCODING = {32, 81}


def parse(source: Source) -> Parsed:
    """Return the tree of a Source, also where only its encoding or the name of an entity is at fault."""
    data = source.data
    error: Any
    try:
        return Parsed(etree.fromstring(data, _parser()))
    except (etree.XMLSyntaxError, ValueError) as caught:
        error = caught
    code = getattr(error, "code", 0)
    if code in _LIMITS:
        return _beyond_limits(source, error)
    if code in _ENCODING or _WRONG_ENCODING.match(data) is not None:
        return _wrong_encoding(source, error)
    if code in _UNDECLARED:
        return _undeclared(source, error)
    return Parsed(None, (_malformed(source, error),))


def _beyond_limits(source: Source, error: Any) -> Parsed:
    """Return what can be read of what libxml2's limits refuse: long texts, where no entity can multiply them."""
    message = str(error.msg)
    at = _offset(source, error)
    if "entity" in message.lower():
        declared = source.text.find("<!ENTITY")
        words = "entities that expand to many times the size of the file; it is not read"
        return Parsed(None, (Fault("hostile-document", max(declared, 0), words),))
    if "depth" in message.lower():
        words = "more than 256 elements lie in one another; it is not read as XML"
        return Parsed(None, (Fault("hostile-document", at, words),))
    if "<!ENTITY" not in source.text:
        try:
            return Parsed(etree.fromstring(source.data, _parser(huge=True)))
        except (etree.XMLSyntaxError, ValueError) as caught:
            if getattr(caught, "code", 0) not in _LIMITS:
                return Parsed(None, (_malformed(source, caught),))
    return Parsed(None, (Fault("hostile-document", at, "a name or text beyond every limit; it is not read as XML"),))


_WRONG_ENCODING = lazy(
    rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]{0,100}?encoding\s*=\s*["'](?:utf-?16|utf-?32|ucs-?[24]|iso-10646)""",
    re.IGNORECASE,
)
_DECLARED = lazy(r"""^(\ufeff?<\?xml[^>]{0,100}?)(\sencoding\s*=\s*["'])([^"']{0,60})(["'])""")


def _wrong_encoding(source: Source, error: Any) -> Parsed:
    """Return the tree of the text as far as it can be decoded, with a Fault that says what is wrong with it."""
    text = source.text
    declared = _DECLARED.match(text)
    bad = source.undecodable
    if bad is not None:
        at: int = source.from_byte(bad.byte_offset)
        offset = source.first_byte + bad.byte_offset
        words = f'the byte "0x{bad.byte:02X}" at offset "{offset}" is not {bad.encoding.upper()}'
    elif declared is not None:
        at = declared.start(3)
        known = not str(error.msg).startswith("Unsupported encoding")
        words = f'the file says that its encoding is "{declared[3]}", ' + (
            f"and it is {source.encoding.upper()}" if known else "which nobody knows"
        )
    else:
        return Parsed(None, (_malformed(source, error),))
    fault = Fault("malformed-document", at, f"not well-formed XML: {words}")
    if declared is not None:
        text = declared[1] + " " * (declared.end() - declared.end(1)) + text[declared.end() :]
    try:
        return Parsed(etree.fromstring(text.lstrip("\ufeff").encode("utf-8", "replace"), _parser()), (fault,))
    except (etree.XMLSyntaxError, ValueError):
        return Parsed(None, (fault,))


_MARKUP = lazy(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|&(?P<name>[A-Za-z_:][\w.:\-]{0,60});", re.DOTALL)
_SUBSET = lazy(r"<!DOCTYPE[^\[>]{0,2000}\[(.*?)\]\s*>", re.DOTALL)
_INTERNAL = lazy(r"<!ENTITY\s+([^\s%]+)\s+[\"']")
_PARAMETER = lazy(r"%[A-Za-z_:][\w.:\-]*;")


def _undeclared(source: Source, error: Any) -> Parsed:
    """Return the tree with the names of entities replaced by what HTML means by them; unknown ones stay as written.

    With a DOCTYPE that names an external subset, or refers to one by a parameter entity, the declarations may stand
    there, which is never fetched; without one the document is not well-formed.
    """
    text = source.text.lstrip("\ufeff")
    subset = _SUBSET.search(text)
    internal = set(_INTERNAL.findall(subset[1])) if subset else set()
    internal |= {"amp", "lt", "gt", "quot", "apos"}

    def replaced(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None or name in internal:
            return match[0]
        return "".join(f"&#{ord(c)};" for c in entity(name))

    if subset is not None:
        text = text[: subset.start(1)] + _PARAMETER.sub("", subset[1]) + text[subset.end(1) :]
    if (declared := _DECLARED.match(text)) is not None:
        text = declared[1] + text[declared.end() :]
    elsewhere = error.code == 27 or (subset is not None and _EXTERNAL.search(subset[1]) is not None)
    faults = () if elsewhere else (_malformed(source, error),)
    data = _MARKUP.sub(replaced, text).encode("utf-8", "replace")
    try:
        return Parsed(etree.fromstring(data, _parser()), faults, replaced=True)
    except (etree.XMLSyntaxError, ValueError) as caught:
        if getattr(caught, "code", 0) in _LIMITS:
            return _beyond_limits(source, caught)
        return Parsed(None, faults or (_malformed(source, error),))


_EXTERNAL = lazy(r"<!ENTITY\s+[^>\"']{1,200}?\s(?:SYSTEM|PUBLIC)\s")


def entity(name: str) -> str:
    """Return what the name of an entity stands for in HTML; an unknown one as it is written."""
    from html.entities import html5

    return html5.get(f"{name};", f"&{name};")


def _offset(source: Source, error: Any) -> int:
    line, column = getattr(error, "position", (1, 1)) or (1, 1)
    return source.offset_at(line or 1, column or 1)


def _malformed(source: Source, error: Any) -> Fault:
    at = _offset(source, error)
    end = None
    if (named := _NAMED.search(str(getattr(error, "msg", "")))) is not None:
        # libxml2 points behind the reference.
        at = max(source.text.rfind(f"&{named[1]};", 0, at), 0) or at
    elif (tag := _CLOSED.search(str(getattr(error, "msg", "")))) is not None:
        # And behind the end tag.
        begin = source.text.rfind("</", 0, at)
        if source.text.startswith(f"</{tag[1]}", max(begin, 0)):
            at, end = begin, at
    return Fault("malformed-document", at, f"not well-formed XML: {_in_words(error)}", end=end)


_CLOSED = lazy(r"^Opening and ending tag mismatch: .* and ([^\s,]+)")
_NAMED = lazy(r"Entity '([^']*)' not defined")


_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"Entity '(.*)' not defined",
        'the entity "{0}" is not declared; XML itself knows only amp, lt, gt, quot and apos',
    ),
    (r"xmlParseEntityRef: no name", 'a "&" stands for itself; it is written &amp;'),
    (r"EntityRef: expecting ';'", 'a reference lacks its ";"; an "&" that stands for itself is written &amp;'),
    (r"xmlParseCharRef: invalid .*", "a character reference that names no character of XML"),
    (
        r"Opening and ending tag mismatch: (.*) line (\d+) and (.*)",
        '"{2}" ends here, but "{0}", begun in line {1}, is still open',
    ),
    (r"Premature end of data in tag (.*) line (\d+)", 'the file ends while "{0}", begun in line {1}, is still open'),
    (r"Extra content at the end of the document", "there is more behind the end of the root element"),
    (r".*?invalid Char value (\d+)", "the character {0:U} may not stand in XML"),
    (r"Sequence '\]\]>' not allowed in content", '"]]>" may not stand in a text; it is written ]]&gt;'),
    (r"Document is empty", "there is no element"),
    (r"Start tag expected, '<' not found", "an element must begin here"),
    (r"Couldn't find end of Start Tag (\S+).*", 'the start tag of "{0}" has no ">"'),
    (r"expected '>'", 'a ">" is missing here'),
    (r"Unescaped '<' not allowed in attributes values", 'a "<" in the value of an attribute is written &lt;'),
    (r"AttValue: \" or ' expected", "the value of an attribute stands without quotes"),
    (r"AttValue: ' expected", "the value of an attribute has no quote at its end"),
    (r"Specification mandates value for attribute (.*)", 'the attribute "{0}" has no value'),
    (r"attributes construct error", "white space is missing between two attributes, or a quote too many"),
    (r"Attribute (.*) redefined", 'the attribute "{0}" stands twice'),
    (r"error parsing attribute name", "the name of an attribute is expected here"),
    (r"StartTag: invalid element name", 'no name follows the "<"; where it stands for itself it is written &lt;'),
    (r"xmlParse(?:StartTag|QName|EndTag).*", "the name of an element is expected here"),
    (r"XML declaration allowed only at the start of the document", "the XML declaration stands behind the beginning"),
    (r"(?:XML or text|Text|XML) declaration expected.*", "the XML declaration is broken"),
    (r"parsing XML declaration: '\?>' expected", "the XML declaration is broken"),
    (r"Blank needed here", "white space is missing here"),
    (r"Double hyphen within comment.*", '"--" may not stand inside a comment'),
    (r"Comment not terminated.*", "a comment does not end"),
    (r"CData section not finished.*", "a CDATA section does not end"),
    (r"Namespace prefix (.*) on (.*) is not defined", 'the prefix "{0}" of "{1}" is not declared'),
    (r"Namespace prefix (.*) for (.*) on (.*) is not defined", 'the prefix "{0}" of "{1}" is not declared'),
    (r"Unsupported version '(.*)'", 'the XML version "{0}" does not exist'),
)  # fmt: skip
_WHERE = lazy(r"(?:<string>, )?,? ?line \d+, column \d+(?: \(<string>, line \d+\))?")


def _in_words(error: Any) -> str:
    """Return what libxml2 says of a document in words that a curator understands."""
    message = " ".join(_WHERE.sub("", str(getattr(error, "msg", error))).split())
    for pattern, words in _WORDS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            if "{0:U}" in words:
                return words.replace("{0:U}", f"U+{int(match[1]):04X}")
            return words.format(*match.groups())
    return message


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


_MANY_ATTRIBUTES = 1000


def attributes(element: Any) -> Iterable[tuple[str, str]]:
    """Return the attributes of an element: name and value; of very many, lxml looks for each among all."""
    if len(element.attrib) < _MANY_ATTRIBUTES:
        return element.items()  # type: ignore[no-any-return]  # lxml is not typed
    return [(value.attrname, str(value)) for value in element.xpath("@*")]
