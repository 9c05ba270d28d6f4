"""Packages: office documents as ZIP files of XML parts (DOCX, ODT)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from igsn_lint.archive import Archive, Refused
from igsn_lint.model import Fault

if TYPE_CHECKING:
    from igsn_lint.model import Document, Settings

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)


class Package:
    """The parts of an office document; what can not be read is a fault of the document, once a part.

    Raises Refused where the file is no package that can be opened.
    """

    def __init__(self, document: Document, settings: Settings) -> None:
        self._archive = Archive(document.source.data, settings)
        self._faults = document.faults
        self.names = self._archive.names

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None where there is none or it can not be read."""
        if name not in self._archive:
            return None
        try:
            return self._archive.read(name)
        except Refused as refused:
            self._faults.append(refused.fault)
            return None

    def xml(self, name: str) -> Any:
        """Return the root element of a part, or None where there is none or it can not be read."""
        data = self.data(name)
        return None if data is None else self.parse(data, name)

    def parse(self, data: bytes, name: str) -> Any:
        """Return the root element of the bytes of a part, or None with a fault."""
        try:
            return etree.fromstring(data, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            message = re.sub(r"(?:<string>, )?,? ?\(?(?:<string>, )?line \d+(?:, column \d+)?\)?", "", str(error))
            words = f'the part "{name}" is not well-formed XML: {message.strip()}'
            self._faults.append(Fault("malformed-document", None, words))
            return None


def local(element: Any) -> str:
    """Return the name of an element without its namespace; empty for an entity."""
    tag = element.tag
    return tag[tag.find("}") + 1 :] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name in whatever namespace: strict documents have others than the usual ones."""
    for key, value in element.attrib.items():
        if key[key.find("}") + 1 :] == name:
            return str(value)
    return ""


def first(element: Any, name: str) -> Any:
    """Return the first child of a name, or None."""
    return None if element is None else next((each for each in element if local(each) == name), None)
