"""Readers: one module a format family, and the table that says which reader takes which Source."""

from __future__ import annotations

import os
import re
from importlib import import_module
from typing import IO, TYPE_CHECKING

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable

    from igsn_lint.model import Document, Settings
    from igsn_lint.source import Source

FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "xml": ("xml", (".xml", ".nxml", ".jats", ".tei", ".kml", ".gml", ".gpx")),
    "json": ("json", (".json", ".jsonld", ".geojson", ".csljson")),
    "jsonl": ("jsonlines", (".jsonl", ".ndjson")),
    "yaml": ("yaml", (".yaml", ".yml", ".cff")),
    "csv": ("delimited", (".csv",)),
    "tsv": ("delimited", (".tsv", ".tab")),
    "xlsx": ("sheets", (".xlsx", ".xlsm")),
    "ods": ("sheets", (".ods",)),
    "xls": ("sheets", (".xls",)),
    "markdown": ("markdown", (".md", ".markdown", ".rmd", ".qmd")),
    "html": ("markup", (".html", ".htm", ".xhtml")),
    "latex": ("latex", (".tex", ".ltx", ".latex")),
    "rst": ("rst", (".rst", ".rest")),
    "notebook": ("notebook", (".ipynb",)),
    "bibtex": ("bibliography", (".bib",)),
    "ris": ("bibliography", (".ris",)),
    "docx": ("docx", (".docx", ".docm", ".dotx", ".dotm")),
    "odt": ("odt", (".odt", ".ott")),
    "pdf": ("pdf", (".pdf",)),
    "rtf": ("rtf", (".rtf",)),
    "zip": ("bundle", (".zip",)),
    "text": ("text", (".txt", ".text", "")),
}
"""By the name of a format: the module of this package that reads it, and its extensions."""

BY_CONTENT, _OLD_WORD = "doc", {".doc", ".dot"}
"""What the name of an old Word file stands for: it is read where its content is of a format that is."""

STREAMED = {"jsonl"}
"""The formats whose files, also those compressed by gzip (``.jsonl.gz``), are read piece by piece."""
_COMMENTED = lazy(r"(?:^|/)(?:devcontainer|[jt]sconfig[^/]*)\.json$|(?:^|/)\.(?:vscode|devcontainer)/[^/]*\.json$")
"""Settings of programs that by custom have comments, which makes them no JSON."""

_JSON = lazy(r"\{\s*[\"}]|\[\s*(?:[\[{\"\]]|-?[0-9]|true|false|null)")
_HTML = lazy(r"(?:<!--[^>]{0,200}-->\s{0,20})?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)

EXTENSIONS = {extension: form for form, (_, extensions) in FORMATS.items() for extension in extensions}
"""Which format a file's extension stands for; a file of any other extension is not read."""


def format_of(name: str, source: Source | None = None) -> str | None:
    """Return the format of a file by its extension, or None where its kind is not read.

    With a Source, a name without a telling extension (standard input, ``record.datacite``) is judged by content.
    """
    stem, extension = os.path.splitext(name)
    extension = extension.lower()
    known = EXTENSIONS.get(extension)
    if known == "json" and _COMMENTED.search(name) is not None:
        return "text"
    if extension == ".gz":
        known = EXTENSIONS.get(os.path.splitext(stem)[1].lower())
        return known if known in STREAMED else None
    if extension and known is None:
        return BY_CONTENT if extension in _OLD_WORD else None
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
    if _HTML.match(head) is not None:
        return "html"
    if _JSON.match(head) is not None:
        return "json"
    if "\\documentclass" in head:
        return "latex"
    return "text"


def is_read(source: Source, form: str) -> bool:
    """Return whether a Source is read: of an old Word file the content decides, and texts are not what it should be."""
    return form != BY_CONTENT or _shown_by_content(source, form) is not None


def open_streamed(name: str, opener: Callable[[], IO[bytes]], form: str, settings: Settings) -> Document:
    """Return the Document of a file in one of the STREAMED formats; ``opener`` opens it, as often as it is read.

    Raises OSError where it can not be opened.
    """
    document: Document = import_module(f"igsn_lint.readers.{FORMATS[form][0]}").open_lines(name, opener, settings)
    return document


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
    """Return the Document that a Source is in the format ``form``, or in the one that its content shows.

    It never raises on any bytes.
    """
    actual = _shown_by_content(source, form) or form
    document = _read(source, actual, settings)
    begins = magic(source.data)
    packed = begins is not None and (begins != form or form == "zip")
    if packed and not (form in _IN_ZIP - {"zip"} and not document.faults):
        content = _content(source, settings) or form
        # What should be a package and is none is told as that by its own reader.
        if content != actual and not (content == "zip" and form in _IN_ZIP):
            actual, document = content, _read(source, content, settings)
    if not source.data:
        document.faults.clear()
    elif actual != form and os.path.splitext(source.name)[1]:
        from igsn_lint.model import Fault

        words = f"the content is {_named(actual)}; by its name the file is {_named(form)}"
        document.faults.append(Fault("misnamed-file", 0 if document.has_lines else None, words))
    if actual in _DATA and document.is_malformed and _TEMPLATE.search(source.text) is not None:
        document.is_template = True
        document.notices.append(f"a template, read as a text: it is {_named(actual)} when it is filled in")
    return document


_DATA = {"xml", "json", "yaml"}
_TEMPLATE = lazy(r"\{\{[^{}\n]{0,200}[\w.][^{}\n]{0,200}\}\}|\{%[^{}\n]{1,200}%\}|<%[^<>\n]{1,200}%>")
"""What programs fill in: of Jinja, Mustache, Go and Liquid, and of ERB and JSP."""


def _read(source: Source, form: str, settings: Settings) -> Document:
    document: Document = import_module(f"igsn_lint.readers.{FORMATS[form][0]}").read(source, form, settings)
    return document


_NAMES = {"xml": "XML", "json": "JSON", "jsonl": "JSON Lines", "yaml": "YAML", "markdown": "Markdown", "text": "text"}


def _named(form: str) -> str:
    return _NAMES.get(form, form.upper())


def _shown_by_content(source: Source, form: str) -> str | None:
    """Return the format that the content of a file is of without doubt, where it is not that of its name."""
    if form == BY_CONTENT:
        return magic(source.data) or _marked_up(source)
    if form in _SHEETS:
        return _exported(source)
    if form not in {"xml", "json", "yaml"}:
        return None
    head = source.data[:200] if source.plain is not None else source.text[:200].encode("utf-8", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if form == "xml":
        return _json_or_lines(source) if head[:1] in {b"{", b"["} else None
    markup = head.startswith(b"<?xml") or (form == "json" and head[:1] == b"<" and not _MARKUP.match(head))
    return "xml" if markup else None


_SHEETS = {"xlsx", "xls", "ods"}


def _exported(source: Source) -> str | None:
    """Return what the text under the name of a workbook is: some programs export pages and tables under such names."""
    from igsn_lint.archive import OLE

    if not source.data or source.data.startswith(OLE) or magic(source.data) is not None or not source.is_text:
        return None
    if (form := _marked_up(source)) is not None:
        return form
    return "tsv" if "\t" in source.text[:_HEAD].lstrip().partition("\n")[0] else "csv"


def _marked_up(source: Source) -> str | None:
    """Return whether a text is HTML or XML; what Office exports is HTML that declares namespaces."""
    form = sniff(source)
    if form == "xml" and _HTML.match(source.text[:400].lstrip("\ufeff \t\r\n")) is not None:
        return "html"
    return form if form in {"html", "xml"} else None


_HEAD = 10_000

_MARKUP = lazy(rb"<!doctype html|<html\b|<!--", re.IGNORECASE)


def _json_or_lines(source: Source) -> str | None:
    from igsn_lint.readers.json import parse

    first = source.text.lstrip("\ufeff").lstrip().partition("\n")[0]
    if parse(source.text.lstrip("\ufeff").encode("utf-8", "replace"))[1] is None:
        return "json"
    return "jsonl" if parse(first.encode("utf-8", "replace"))[1] is None else None
