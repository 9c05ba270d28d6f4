"""PDF: the text layer, page by page, with its links; what is only a picture is said to be unread."""

from __future__ import annotations

import ctypes
import itertools
import os
import re
from bisect import bisect_left
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from igsn_lint.model import Fault, Link, Segment
from igsn_lint.patterns import lazy
from igsn_lint.readers.blocks import Block, BlockDocument
from igsn_lint.readers.flow import unseen
from igsn_lint.readers.layout import Extent, Page, Text
from igsn_lint.readers.sparse import divided, parted
from igsn_lint.scan.hints import DAMAGED, hints, lower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from igsn_lint.model import Settings, State
    from igsn_lint.source import Source

_PDFIUM = RLock()
"""Held while a document is open: pdfium works in one thread at a time, also at different documents."""

if hasattr(os, "register_at_fork"):
    # A child begins with pdfium at rest, and with a lock that somebody can release.
    os.register_at_fork(before=_PDFIUM.acquire, after_in_parent=_PDFIUM.release, after_in_child=_PDFIUM.release)

_END = lazy(rb"%%EOF[\s\x00]*")
_SURROGATE = lazy("[\ud800-\udfff]")
_TAIL = 2048
_PASSWORD, _SECURITY = 4, 5
_MOST_LINKS = _MOST_NOTES = 5000
_LONGEST_NOTE = 1 << 20
_FORM = 1
"""A form of fields as PDF has them, and none of XML."""
_COMMENTS = (
    "TEXT", "LINE", "SQUARE", "CIRCLE", "POLYGON", "POLYLINE", "HIGHLIGHT", "UNDERLINE", "SQUIGGLY", "STRIKEOUT",
    "STAMP", "CARET", "INK",
)  # fmt: skip
"""The annotations that people comment with: notes, shapes, marked text, stamps and drawings."""
_MOST_OBJECTS, _MOST_INSIDE, _MOST_FORMS = 1000, 20, 2
_PROBES = 5
_LAST_WORD = lazy(r"\S{0,3}[^\S\r\n]*(?=[\r\n])")
_FIRST_WORD = lazy(r"\S{0,100}[^\W_]")
_BETWEEN = lazy(r"\s*(?:[0-9]{1,4}\s+)?", re.ASCII)
"""What stands between two lines of a page: the number of the second one at most."""


_PREFIX = lazy(r"10\.[0-9a-z]{3,10}(?:/|%2f|-?\s*(?=[\r\n\ufffe]|\Z))|20\.500\.")


def _hints(text: str) -> list[int]:
    """Return where something stands in a text that may show an ID."""
    low = lower(text)
    found = []
    for hint in (*hints(), *DAMAGED):
        at = low.find(hint)
        while at >= 0:
            if hint[0] not in "12" or hint == "10273" or _PREFIX.match(low, at) is not None:
                found.append(at)
            at = low.find(hint, at + 1)
    return found


class PdfDocument(BlockDocument):
    """The text layer of a PDF; every origin is a Block of a page."""

    format = "pdf"
    has_links = True


class _LinkBox(NamedTuple):
    target: str
    first: int
    last: int


class _PageReader:
    """Reads one page; its characters have boxes, which are asked for only where they matter."""

    def __init__(self, document: Any, number: int) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._page = document[number]
        self._text_page = self._page.get_textpage()
        self._text = self._characters()
        self._turned = self._page.get_rotation()
        self._box = [ctypes.c_double() for _ in range(4)]
        self._origin = [ctypes.c_double() for _ in range(2)]
        self._at: list[int] | None = None
        if gone := divided(self._text, self.extents):
            self._at = [i for i in range(len(self._text)) if i not in gone]
            self._text = "".join([self._text[i] for i in self._at])

    def close(self) -> None:
        """Give the page back."""
        self._text_page.close()
        self._page.close()

    @property
    def text(self) -> str:
        """The characters in the order in which they were printed."""
        return self._text

    @property
    def is_picture(self) -> bool:
        """Whether the page shows a picture and no text."""
        if self._text.strip():
            return False
        raw = self._raw
        count = raw.FPDFPage_CountObjects(self._page)
        return self._has_image(raw.FPDFPage_GetObject(self._page, i) for i in range(min(count, _MOST_OBJECTS)))

    def _has_image(self, objects: Iterator[Any], depth: int = 0) -> bool:
        """Return whether there is an image among objects of a page, or in forms that are."""
        raw = self._raw
        for each in objects:
            kind = raw.FPDFPageObj_GetType(each)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                return True
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_FORMS:
                inside = range(min(raw.FPDFFormObj_CountObjects(each), _MOST_INSIDE))
                if self._has_image((raw.FPDFFormObj_GetObject(each, i) for i in inside), depth + 1):
                    return True
        return False

    def _characters(self) -> str:
        count = self._text_page.count_chars()
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self._raw.FPDFText_GetText(self._text_page, 0, count, buffer)
        # One character a unit: what lies beyond the basic plane stands for nothing that matters here.
        text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
        return _SURROGATE.sub("\ufffd", text)

    def extents(self, words: list[tuple[int, int]]) -> list[Extent]:
        """Return where words stand as the page is shown."""
        origin, box, page = self._raw.FPDFText_GetCharOrigin, self._raw.FPDFText_GetCharBox, self._text_page.raw
        (left, right, bottom, top), (x, y) = self._box, self._origin
        at = [ctypes.byref(value) for value in (*self._box, *self._origin)]
        found = []
        for start, end in words:
            first, last = (start, end - 1) if self._at is None else (self._at[start], self._at[end - 1])
            origin(page, first, at[4], at[5])
            box(page, last, at[0], at[1], at[2], at[3])
            if self._turned == 0:
                found.append(Extent(x.value, right.value, y.value))
            elif self._turned == 90:
                found.append(Extent(y.value, top.value, -x.value))
            elif self._turned == 180:
                found.append(Extent(-x.value, -left.value, -y.value))
            else:
                found.append(Extent(-y.value, -bottom.value, x.value))
        return found

    def links(self) -> list[_LinkBox]:
        """Return the links to addresses, with the first and last character that each shows (-1: none)."""
        raw = self._raw
        position, handle = ctypes.c_int(0), raw.FPDF_LINK()
        found: list[_LinkBox] = []
        while len(found) < _MOST_LINKS and raw.FPDFLink_Enumerate(self._page, position, handle):
            target = self._target(handle)
            if target:
                found += self._shown(handle, target)
        return found

    def _target(self, link: Any) -> str:
        raw = self._raw
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            return ""
        document = self._page.pdf
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < size < 10_000:
            return ""
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(document, action, buffer, size)
        return buffer.value.decode("utf-8", "replace").strip()

    def notes(self) -> Iterator[tuple[str, str, State]]:
        """Yield what was filled into fields of a form, written onto the page, or said in comments, with its name."""
        raw = self._raw
        kinds = dict.fromkeys((getattr(raw, f"FPDF_ANNOT_{kind}") for kind in _COMMENTS), "comment")
        kinds[raw.FPDF_ANNOT_FREETEXT] = "text box"
        for i in range(min(raw.FPDFPage_GetAnnotCount(self._page), _MOST_NOTES)):
            note = raw.FPDFPage_GetAnnot(self._page, i)
            if not note:
                continue
            kind = raw.FPDFAnnot_GetSubtype(note)
            if kind in kinds:
                name, text = kinds[kind], self._said(raw.FPDFAnnot_GetStringValue, note, b"Contents")
            else:
                name, text = self._filled_in(note) if kind == raw.FPDF_ANNOT_WIDGET else ("", "")
            if text.strip():
                yield name, text, "comment" if name == "comment" else "plain"
            raw.FPDFPage_CloseAnnot(note)

    def _filled_in(self, note: Any) -> tuple[str, str]:
        """Return the name of a field of a form, as people see it where it has such a name, and what stands in it."""
        form, raw = self._page.pdf.formenv, self._raw
        if form is None:
            return "", ""
        text = self._said(raw.FPDFAnnot_GetFormFieldValue, form, note)
        names = (raw.FPDFAnnot_GetFormFieldAlternateName, raw.FPDFAnnot_GetFormFieldName)
        name = next((name for get in names if text and (name := self._said(get, form, note))), "")
        return f"field {name}", text

    def _said(self, get: Callable[..., int], *of: Any) -> str:
        """Return a text that an annotation has."""
        size = get(*of, None, 0)
        if not 2 < size <= _LONGEST_NOTE:
            return ""
        buffer = (ctypes.c_ushort * (size // 2))()
        get(*of, buffer, size)
        return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")

    def _shown(self, link: Any, target: str) -> Iterator[_LinkBox]:
        """Yield what a link shows, line by line."""
        raw = self._raw
        rectangles = []
        quad = raw.FS_QUADPOINTSF()
        for i in range(min(raw.FPDFLink_CountQuadPoints(link), 100)):
            if raw.FPDFLink_GetQuadPoints(link, i, quad):
                xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                rectangles.append((min(xs), min(ys), max(xs), max(ys)))
        if not rectangles:
            rectangle = raw.FS_RECTF()
            if raw.FPDFLink_GetAnnotRect(link, rectangle):
                xs2, ys2 = (rectangle.left, rectangle.right), (rectangle.bottom, rectangle.top)
                rectangles.append((min(xs2), min(ys2), max(xs2), max(ys2)))
        for left, bottom, right, top in rectangles:
            yield _LinkBox(target, *self._span(left, bottom, right, top, probes=_PROBES if _hints(target) else 1))
        if not rectangles:
            yield _LinkBox(target, -1, -1)

    def _span(self, left: float, bottom: float, right: float, top: float, probes: int) -> tuple[int, int]:
        """Return the first and last character in a rectangle of one line, sought at so many places from each side."""
        at = self._raw.FPDFText_GetCharIndexAtPos
        middle, reach = (bottom + top) / 2, max((top - bottom) / 3, 1.0)
        if self._turned in {90, 270}:
            across = (left + right) / 2
            low, high = (bottom, top) if self._turned == 90 else (top, bottom)
            inward = 1.5 if self._turned == 90 else -1.5
            first = at(self._text_page, across, low + inward, max((right - left) / 3, 1.0), 3.0)
            last = at(self._text_page, across, high - inward, max((right - left) / 3, 1.0), 3.0)
        else:
            first = at(self._text_page, left + 1.5, middle, 3.0, reach)
            last = at(self._text_page, right - 1.5, middle, 3.0, reach)
            # A link may begin or end beside the text that it shows.
            for i in range(1, probes):
                inward = 1.5 + (right - left) * i / probes
                first = first if first >= 0 else at(self._text_page, left + inward, middle, 3.0, reach)
                last = last if last >= 0 else at(self._text_page, right - inward, middle, 3.0, reach)
                if first >= 0 and last >= 0:
                    break
        if first >= 0 and last >= 0 and self._at is not None:
            first, last = bisect_left(self._at, first), bisect_left(self._at, last)
        if first < 0 or last < first or last >= len(self._text):
            return -1, -1
        return first, last


def _read_page(page: _PageReader, pointer: str, number: int) -> list[Segment]:
    """Return the Segments of a page."""
    links = page.links()
    notes = [_note(*note, pointer, number) for note in page.notes()]
    spots = _hints(page.text)
    if not spots and not any(_hints(link.target) for link in links):
        return [*([_simple(page.text, pointer, number)] if page.text.strip() else []), *notes]
    shown = parted(page.text, spots, page.extents)
    joins = _joins(shown, links)
    layout = Page(shown, page.extents)
    text, cells = layout.read(spots, lambda a, b: (a, b) in joins)
    found = [_segment(text, links, Block(text.text, pointer, number))] if text.text.strip() else []
    for cell in cells:
        inner = layout.cell_text(cell, lambda a, b: (a, b) in joins)
        segment = _segment(inner, links, Block(inner.text, f"{pointer}, table", number))
        segment.label, segment.cell = cell.label, True
        found.append(segment)
    targets = dict.fromkeys(link.target for link in links)
    found += [unseen(target, Block(target, pointer, number)) for target in targets]
    return [*found, *notes]


def _note(name: str, text: str, state: State, pointer: str, number: int) -> Segment:
    """Return the Segment of what was put onto a page; the name of a field is its label."""
    is_field = name.startswith("field ")
    marked = [] if state == "plain" else [(0, len(text), state)]
    # Fields lie in others: sample.parent_igsn
    label = name.removeprefix("field ").rpartition(".")[2] if is_field else None
    return Segment(text, Block(text, f"{pointer}, {name}", number), label, cell=is_field, marked=marked)


def _simple(text: str, pointer: str, number: int) -> Segment:
    """Return the Segment of a page without anything that shows an ID by itself."""
    text = text.replace("\r\n", "\n").replace("\ufffe", "-").replace("\u00ad", "-")
    return Segment(text, Block(text, pointer, number))


def _segment(text: Text, links: list[_LinkBox], origin: Block) -> Segment:
    spans: list[Link] = []
    for link in links:
        if link.first < 0:
            continue
        start, last = text.offset(link.first), text.offset(link.last)
        if start is None or last is None or last < start:
            continue
        if spans and spans[-1].target == link.target and text.text[spans[-1].end : start].strip("\n") == "":
            # The next line of the same link.
            spans[-1] = Link(spans[-1].start, last + 1, link.target)
        else:
            spans.append(Link(start, last + 1, link.target))
    return Segment(text.text, origin, links=spans, breaks=text.breaks, laid=True)


def _joins(text: str, links: list[_LinkBox]) -> set[tuple[int, int]]:
    """Return the ends and beginnings of lines that belong together, because a link shows them as one word.

    The target proves it: it holds both together.
    """
    joins = set()
    for one, other in itertools.pairwise(links):
        if one.target != other.target or one.first < 0 or other.first <= one.last:
            continue
        # A link may be a little wider or narrower than the words that it shows.
        tail, head = _LAST_WORD.match(text, one.last), _FIRST_WORD.match(text, other.first)
        if tail is None or head is None:
            continue
        end = one.last + len(tail[0].rstrip())
        before = text[one.first : end].split()[-1:]
        if (
            before
            and _BETWEEN.fullmatch(text, end, other.first)
            and f"{before[0]}{head[0]}".lower() in one.target.lower()
        ):
            joins.add((end - 1, other.first))
    return joins


def read(source: Source, form: str, settings: Settings) -> PdfDocument:
    """Return the Source as PDF; where it can not be opened, a Document with the Fault."""
    # Read and closed as a whole: what is left of it are texts.
    with _PDFIUM:
        return _read(source)


def _read(source: Source) -> PdfDocument:
    import pypdfium2

    segments: list[Segment] = []
    document = PdfDocument(source, segments)
    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in {_PASSWORD, _SECURITY}
        damaged = "truncated or damaged" if source.data[:1024].find(b"%PDF") >= 0 else "no PDF"
        document.faults.append(
            Fault("unreadable-file", None, f"the file is {'password protected' if locked else damaged}")
        )
        return document
    try:
        _read_pages(pdf, document, segments)
        for name, value in pdf.get_metadata_dict(skip_empty=True).items():
            if name in {"Title", "Subject", "Keywords"}:
                segments.append(Segment(value, Block(value, f"properties, {name}", len(segments)), cell=True))
    finally:
        pdf.close()
    if not document.faults and _END.search(source.data, max(0, len(source.data) - _TAIL)) is None:
        document.faults.append(Fault("unreadable-file", None, "the file is truncated: it has no end"))
    return document


def _read_pages(pdf: Any, document: PdfDocument, segments: list[Segment]) -> None:
    import pypdfium2

    if pdf.get_formtype() == _FORM:
        pdf.init_forms()
    empty, broken, count = 0, 0, len(pdf)
    pictures: list[int] = []
    for number in range(count):
        try:
            page = _PageReader(pdf, number)
        except pypdfium2.PdfiumError:
            broken += 1
            continue
        try:
            empty += not page.text.strip()
            if page.is_picture:
                pictures.append(number + 1)
            segments += _read_page(page, f"page {number + 1}", number + 1)
        finally:
            page.close()
    if broken:
        document.faults.append(Fault("unreadable-file", None, f"{broken} of {count} pages can not be read"))
    elif count and empty == count:
        document.notices.append("no text, OCR not run")
    elif pictures:
        document.notices.append(f"{_named(pictures)} no text, OCR not run")
    elif empty * 2 > count:
        document.notices.append(f"{empty} of {count} pages have no text, OCR not run")


def _named(pages: list[int]) -> str:
    """Return the words that name pages: "page 3 has", "pages 1, 4-6 have"."""
    if len(pages) == 1:
        return f"page {pages[0]} has"
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    names = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"pages {', '.join(names[:_MOST_NAMED])}{more} have"


_MOST_NAMED = 20
