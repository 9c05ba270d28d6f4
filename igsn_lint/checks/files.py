"""IL0: the file itself. Each rule reports the Faults of its name that the reader saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.checks._plain import read_without_faults
from igsn_lint.model import Breach, Context, Document, Place, Related, check

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
            place = Place(None, offset, min(offset + 1, end) if fault.end is None else fault.end)
            first = (
                () if fault.first is None else (Related("the first one", Place(None, fault.first, fault.first + 1)),)
            )
            yield Breach(place, fault.message, related=first)


@check("IL001", Document, unless=(read_without_faults,))
def unreadable_file(document: Document, context: Context) -> Iterator[Breach]:
    """Report files that were asked for and could not be read."""
    yield from _faults(document, "unreadable-file")


@check("IL002", Document, unless=(read_without_faults,))
def malformed_document(document: Document, context: Context) -> Iterator[Breach]:
    """Report documents that are not well-formed; a template becomes that when it is filled in."""
    if not document.is_template:
        yield from _faults(document, "malformed-document")


@check("IL003", Document)
def undecodable_text(document: Document, context: Context) -> Iterator[Breach]:
    """Report the first byte that the declared or detected encoding does not have.

    XML that its parser took has been decoded by it; XML that it refused is IL002's.
    """
    source = document.source
    if (
        not document.has_lines
        or source.data.isascii()
        or document.format == "xml"
        or (bad := source.undecodable) is None
    ):
        return
    at = source.from_byte(bad.byte_offset)
    if any(fault.offset is not None and abs(fault.offset - at) <= 1 for fault in document.faults):
        return
    offset = source.first_byte + bad.byte_offset
    message = f'the byte "0x{bad.byte:02X}" at offset "{offset}" is not {bad.encoding.upper()}'
    yield Breach(Place(None, at, at + 1), message)


@check("IL004", Document, unless=(read_without_faults,))
def duplicate_key(document: Document, context: Context) -> Iterator[Breach]:
    """Report keys that stand twice in one object of JSON or mapping of YAML."""
    yield from _faults(document, "duplicate-key")


@check("IL005", Document, unless=(read_without_faults,))
def hostile_document(document: Document, context: Context) -> Iterator[Breach]:
    """Report documents that would take time or memory beyond every measure of what they hold."""
    yield from _faults(document, "hostile-document")


@check("IL006", Document, unless=(read_without_faults,))
def misnamed_file(document: Document, context: Context) -> Iterator[Breach]:
    """Report files whose content is of another known format than their name says."""
    yield from _faults(document, "misnamed-file")
