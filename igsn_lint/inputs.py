"""What a run is given: files, opened as Documents with what lies in them, and which of them concern us."""

from __future__ import annotations

import io
import os
import re
from errno import ELOOP
from typing import IO, TYPE_CHECKING, NamedTuple

from igsn_lint import readers
from igsn_lint.model import Document, Fault, Unreadable
from igsn_lint.ownreports import is_own_report
from igsn_lint.patterns import lazy
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from igsn_lint.model import Settings

_PREFIX = lazy(rb"10(?:273|\.[0-9]{4,5}/)")
_ESCAPED_DOI = lazy(rb"10\.[0-9]{4,5}%2[Ff]")
_RELEVANT_TEXT = lazy(r"igsn|10273|datacite|10\.[0-9]{4,5}(?:/|\\/)", re.IGNORECASE)


def is_relevant(document: Document) -> bool:
    """Return whether a file that nobody named can concern us: it says IGSN, 10273, DataCite, or holds a DOI.

    Of what is no text, and could not be read or not wholly, nobody can tell: it does. A report of igsn-lint does not:
    it quotes what others are about.
    """
    if not document.has_lines:
        return bool(document.faults or document.notices) or document.matches(_RELEVANT_TEXT)
    source = document.source
    if is_own_report(source.data):
        return False
    said = _says_relevant(source)
    return document.matches(_RELEVANT_TEXT) if said is None else said


def _says_relevant(source: Source) -> bool | None:
    """Return whether the bytes of a text say what can concern us, or None where escapes or the encoding may hide it."""
    data = source.data
    # Literals one by one: a pattern of all of them takes several times as long.
    if _PREFIX.search(data) is not None or source.says or (b"%" in data and _ESCAPED_DOI.search(data) is not None):
        return True
    if source.encoding in {"utf-8", "cp1252"} and not (b"\\" in data and b"\\/" in data):
        return False
    return None


class Input(NamedTuple):
    """A file of a run: the name to show, how to get its bytes, whether somebody named it, and its format if known.

    ``opener`` opens it for formats that are read piece by piece; without it they are read from the bytes.
    ``depth`` says in how many archives it lies.
    """

    name: str
    open: Callable[[], bytes]
    named: bool = True
    form: str | None = None
    depth: int = 0
    opener: Callable[[], IO[bytes]] | None = None

    def stream(self) -> IO[bytes]:
        """Return the file, opened."""
        return self.opener() if self.opener is not None else io.BytesIO(self.open())


def concerns_us(item: Input, document: Document) -> bool:
    """Return whether a file is looked at: somebody named it, it could not be read, or it is relevant."""
    unread = not document.source.data and (document.faults or document.notices)
    return item.named or bool(unread) or is_relevant(document)


def open_document(item: Input, settings: Settings) -> Document | None:
    """Return the Document of an input, or None where its kind is not read; what can not be opened has a Fault."""
    form = item.form or readers.format_of(item.name)
    if form is None:
        return None
    try:
        if form in readers.STREAMED:
            return readers.open_streamed(item.name, item.stream, form, settings)
        data, size = _read(item, settings.max_bytes)
    except Unreadable as error:
        document = Document(Source(item.name, b""))
        document.faults.append(error.fault)
        return document
    except OSError as error:
        document = Document(Source(item.name, b""))
        if nowhere := leads_nowhere(item, error):
            document.notices.append(nowhere)
            return document
        reason = error.strerror or str(error)
        document.faults.append(
            Fault("unreadable-file", None, f"the file can not be read: {reason[:1].lower()}{reason[1:]}")
        )
        return document
    source = Source(item.name, data)
    if not readers.is_read(source, form):
        return None
    if size > settings.max_bytes:
        return _too_large(item, size, settings)
    if not item.named and (
        not size or (form in _PARSED and _says_relevant(source) is False and not readers.magic(data))
    ):
        return Document(source)
    if form == "zip" and item.depth >= settings.max_depth:
        document = Document(Source(item.name, b""))
        document.notices.append(f"archives in archives are read to a depth of {settings.max_depth}")
        return document
    if not os.path.splitext(item.name)[1]:
        form = item.form or readers.sniff(source)
        if form is None:
            return None
    elif form in {"text", "markdown"} and not source.is_text and readers.magic(data) is None:
        return None if not item.named else _binary(source)
    return readers.read(source, form, settings)


_PARSED = {"json", "xml", "yaml"}
"""The formats whose texts are not even parsed where nothing in them can concern us: most files of a repository."""


def leads_nowhere(item: Input, error: OSError) -> str | None:
    """Return the words for a file that nobody named and that is a link without target, or None for another error."""
    gone = isinstance(error, FileNotFoundError) or error.errno == ELOOP
    return "a link whose target does not exist" if gone and not item.named else None


def _read(item: Input, most: int) -> tuple[bytes, int]:
    """Return the bytes of a file and how many they are; none of one that is longer than ``most``, where it can tell."""
    if item.opener is None:
        data = item.open()
        return data, len(data)
    with item.opener() as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        return (b"" if size > most else stream.read()), size


def _too_large(item: Input, size: int, settings: Settings) -> Document:
    """Return the Document of a file that is not read: a finding where somebody asked for it, else a Notice."""
    document = Document(Source(item.name, b""))
    megabytes = size / 2**20
    has = f"{megabytes:.0f}" if megabytes >= 100 else f"{megabytes:.3g}"
    words = f"{has} MB, more than the {settings.max_bytes / 2**20:.3g} MB that are read at most"
    if item.named:
        document.faults.append(Fault("hostile-document", None, f"the file has {words}"))
    else:
        document.notices.append(words)
    return document


def members_of(item: Input, document: Document) -> list[tuple[Input, Settings]]:
    """Return what lies in a document that is an archive, each with the settings for it; nobody named it by itself."""
    return [
        (Input(member.name, member.open, named=False, depth=item.depth + 1), member.settings)
        for member in document.members()
    ]


def opened(item: Input, settings: Settings) -> Iterator[tuple[Input, Document]]:
    """Yield the Document of an input, and those of what lies in it."""
    document = open_document(item, settings)
    if document is not None:
        yield item, document
        for member, within in members_of(item, document):
            yield from opened(member, within)


def _binary(source: Source) -> Document:
    document = Document(Source(source.name, b""))
    document.notices.append("binary data under the name of a text")
    return document
