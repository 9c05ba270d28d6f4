"""Readers: one module a format family, and the table that says which reader takes which Source."""

from __future__ import annotations

import os
import re
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from igsn_lint.model import Document, Settings
    from igsn_lint.source import Source

FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "xml": ("xml", (".xml", ".nxml", ".jats", ".tei")),
    "json": ("json", (".json", ".jsonld", ".geojson", ".csljson")),
    "jsonl": ("json", (".jsonl", ".ndjson")),
    "markdown": ("markdown", (".md", ".markdown")),
    "html": ("markup", (".html", ".htm", ".xhtml")),
    "latex": ("latex", (".tex", ".ltx", ".latex")),
    "rst": ("rst", (".rst", ".rest")),
    "notebook": ("notebook", (".ipynb",)),
    "bibtex": ("bibliography", (".bib",)),
    "ris": ("bibliography", (".ris",)),
    "text": ("text", (".txt", ".text", "")),
}
"""By the name of a format: the module of this package that reads it, and its extensions."""

_HTML = re.compile(r"(?:<!--[^>]{0,200}-->\s{0,20})?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)

EXTENSIONS = {extension: form for form, (_, extensions) in FORMATS.items() for extension in extensions}
"""Which format a file's extension stands for; a file of any other extension is not read."""


def format_of(name: str, source: Source | None = None) -> str | None:
    """Return the format of a file by its extension, or None where its kind is not read.

    With a Source, a name without a telling extension (standard input, ``record.datacite``) is judged by content.
    """
    extension = os.path.splitext(name)[1].lower()
    known = EXTENSIONS.get(extension)
    if extension and known is None:
        return None
    if not extension and source is not None:
        return sniff(source)
    return known


def sniff(source: Source) -> str | None:
    """Return the format that the content shows: XML, JSON, text; None for binary data."""
    if not source.is_text:
        return None
    head = source.text[:400].lstrip("\ufeff \t\r\n")
    if head.startswith("<?xml") or (head.startswith("<") and "xmlns" in head):
        return "xml"
    if _HTML.match(head) is not None:
        return "html"
    if head[:1] in {"{", "["}:
        return "json"
    if "\\documentclass" in head:
        return "latex"
    return "text"


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Document that a Source is in the format ``form``; it never raises on any bytes."""
    document: Document = import_module(f"igsn_lint.readers.{FORMATS[form][0]}").read(source, form, settings)
    return document
