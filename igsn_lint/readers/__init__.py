"""Readers: one module a format family, and the table that says which reader takes which Source."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from igsn_lint.model import Fault

if TYPE_CHECKING:
    from igsn_lint.model import Document, Settings
    from igsn_lint.source import Source

FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "xml": ("xml", (".xml",)),
    "json": ("json", (".json", ".jsonld", ".geojson")),
    "jsonl": ("json", (".jsonl", ".ndjson")),
    "csv": ("delimited", (".csv",)),
    "tsv": ("delimited", (".tsv", ".tab")),
    "markdown": ("markdown", (".md", ".markdown")),
    "docx": ("docx", (".docx", ".docm", ".dotx", ".dotm")),
    "odt": ("odt", (".odt", ".ott")),
    "pdf": ("pdf", (".pdf",)),
    "rtf": ("rtf", (".rtf",)),
    "zip": ("bundle", (".zip",)),
    "text": ("text", (".txt", ".text", "")),
}
"""By the name of a format: the module of this package that reads it, and its extensions."""

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
    """Return the format that the content shows: PDF, RTF, ZIP, XML, JSON, text; None for other binary data."""
    if (form := magic(source.data)) is not None:
        return form
    if not source.is_text:
        return None
    head = source.text[:400].lstrip("\ufeff \t\r\n")
    if head.startswith("<?xml") or (head.startswith("<") and "xmlns" in head):
        return "xml"
    if head[:1] in {"{", "["}:
        return "json"
    return "text"


def magic(data: bytes) -> str | None:
    """Return the format that the first bytes show of a file that is no text (``zip`` also for packages), or None."""
    return next((form for begin, form in _MAGIC if data.startswith(begin)), None)


_MAGIC = ((b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"PK\x03\x04", "zip"))
_PACKAGES = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("content.xml", "odt"))
_IN_ZIP = {"docx", "odt", "xlsx", "ods", "zip"}


def _content(source: Source, settings: Settings) -> str | None:
    """Return the format that the content of a file that is no text shows, or None."""
    form = magic(source.data)
    if form != "zip":
        return form
    from igsn_lint.archive import Archive, Refused

    try:
        archive = Archive(source.data, settings)
        found = next((form for part, form in _PACKAGES if part in archive), "zip")
        if found == "odt" and "mimetype" in archive and b"spreadsheet" in archive.read("mimetype"):
            found = "ods"
    except Refused:
        return None
    return found if found in FORMATS else None


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Document that a Source is in the format ``form``; it never raises on any bytes.

    Where the content is plainly another format that is read, the content decides.
    """
    document = _read(source, form, settings)
    begins = magic(source.data)
    if begins is None or (begins == form and form != "zip") or (form in _IN_ZIP - {"zip"} and not document.faults):
        return document
    content = _content(source, settings)
    if content is None or content == form:
        return document
    document = _read(source, content, settings)
    if os.path.splitext(source.name)[1]:
        document.faults.append(Fault("misnamed-file", None, f"the content is {content.upper()}, not {form.upper()}"))
    return document


def _read(source: Source, form: str, settings: Settings) -> Document:
    document: Document = import_module(f"igsn_lint.readers.{FORMATS[form][0]}").read(source, form, settings)
    return document
