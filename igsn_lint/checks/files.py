"""IL0: the file itself. Each rule reports the Faults of its name that the reader saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Breach, Context, Document, Place, check

if TYPE_CHECKING:
    from collections.abc import Iterator


def _faults(document: Document, kind: str) -> Iterator[Breach]:
    for fault in document.faults:
        if fault.kind == kind and not document.has_lines:
            yield Breach(Place(None), fault.message)
        elif fault.kind == kind:
            # What breaks at the end is shown behind the last character, not on an empty line.
            end = len(document.source.text.rstrip())
            offset = min(fault.offset or 0, end)
            yield Breach(Place(None, offset, min(offset + 1, end)), fault.message)


@check("IL001", Document)
def unreadable_file(document: Document, context: Context) -> Iterator[Breach]:
    """Report files that were asked for and could not be read."""
    yield from _faults(document, "unreadable-file")


@check("IL002", Document)
def malformed_document(document: Document, context: Context) -> Iterator[Breach]:
    """Report documents that are not well-formed."""
    yield from _faults(document, "malformed-document")


@check("IL003", Document)
def undecodable_text(document: Document, context: Context) -> Iterator[Breach]:
    """Report the first byte that the declared or detected encoding does not have.

    XML that its parser took has been decoded by it; XML that it refused is IL002's.
    """
    if not document.has_lines or document.source.data.isascii() or document.format == "xml" or document.faults:
        return
    bad = document.source.undecodable
    if bad is not None:
        at = document.source.from_byte(bad.byte_offset)
        message = f'the byte "0x{bad.byte:02X}" at offset "{bad.byte_offset}" is not {bad.encoding.upper()}'
        yield Breach(Place(None, at, at + 1), message)
