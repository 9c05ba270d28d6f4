"""Small office documents and PDFs, made in memory for tests."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    """Return a run of Word."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    """Return a paragraph of Word; plain texts become runs."""
    return f"<w:p>{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def table(*rows: Iterable[str]) -> str:
    """Return a table of Word."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(
    *body: str,
    links: Mapping[str, str] | None = None,
    parts: Mapping[str, str] | None = None,
    core: str = "",
) -> bytes:
    """Return a Word document; ``links`` are external targets by ID, ``parts`` inner XML by kind (footnotes …)."""
    blocks = "".join(block if block.startswith("<") else paragraph(block) for block in body)
    relations = [
        f'<Relationship Id="{number}" Type="{_TYPES}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        for number, target in (links or {}).items()
    ]
    members: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="a" Type="{_TYPES}/officeDocument" '
        f'Target="word/document.xml"/><Relationship Id="b" Type="{_TYPES}/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {_W} {_R} {_MC}><w:body>{blocks}</w:body></w:document>",
        "docProps/core.xml": f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(core)}</dc:title></p>',
    }
    for kind, inner in (parts or {}).items():
        members[f"word/{kind}.xml"] = f"<w:{kind} {_W} {_R} {_MC}>{inner}</w:{kind}>"
        relations.append(f'<Relationship Id="p{kind}" Type="{_TYPES}/{kind}" Target="{kind}.xml"/>')
    members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_RELS}">{"".join(relations)}</Relationships>'
    return packed(members)


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("meta", "meta"),
    )
)
_ODF += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt(*body: str, styles: str = "", meta: str = "", automatic: str = "") -> bytes:
    """Return an OpenDocument text."""
    blocks = "".join(block if block.startswith("<") else f"<text:p>{escape(block)}</text:p>" for block in body)
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{blocks}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}><office:master-styles>{styles}</office:master-styles>"
            "</office:document-styles>",
            "meta.xml": f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta></office:document-meta>",
        }
    )


def rtf(body: str) -> bytes:
    """Return an RTF document."""
    return (r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Cyr;}}" + body + "}").encode("latin-1")


Link = tuple[tuple[float, float, float, float], str]


def pdf(
    *pages: Iterable[tuple[float, float, str]],
    links: Iterable[Link] = (),
    font: str = "Helvetica",
    sideways: bool = False,
    pictures: Iterable[int] = (),
    notes: Iterable[tuple[str, str]] = (),
    fields: Iterable[tuple[str, str]] = (),
) -> bytes:
    """Return a PDF of pages with texts of 10 points at x, y; ``links`` stand on the first page.

    So do ``notes``, each with its kind (Text, FreeText, Highlight), and the ``fields`` of a form with their names.

    On pages with the numbers of ``pictures`` (from 1) stands a picture.

    ``sideways`` pages are turned: what reads up the sheet is shown from left to right.
    """
    bodies: list[bytes] = [
        b"",
        b"",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding << /Type /Encoding "
        "/BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl] >> >>".encode(),
    ]
    annotations = []
    for (left, bottom, right, top), target in links:
        bodies.append(
            f"<< /Type /Annot /Subtype /Link /Rect [{left} {bottom} {right} {top}] /Border [0 0 0] "
            f"/A << /S /URI /URI ({target}) >> >>".encode()
        )
        annotations.append(f"{len(bodies)} 0 R")
    for kind, said in notes:
        bodies.append(f"<< /Type /Annot /Subtype /{kind} /Rect [9 9 99 99] /Contents ({said}) >>".encode())
        annotations.append(f"{len(bodies)} 0 R")
    filled = []
    for name, value in fields:
        widget = f"<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [9 9 99 99] /T ({name}) /V ({value}) >>"
        bodies.append(widget.encode())
        annotations.append(f"{len(bodies)} 0 R")
        filled.append(annotations[-1])
    kids = []
    for number, texts in enumerate(pages):
        stream = b"BT /F 10 Tf " + b"".join(
            (f"0 1 -1 0 {600 - y} {x} Tm (" if sideways else f"1 0 0 1 {x} {y} Tm (").encode()
            + _literal(text)
            + b") Tj "
            for x, y, text in texts
        )
        stream += b"ET"
        if number + 1 in pictures:
            stream += b" q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
        bodies.append(b"<< /Length %d >> stream\n" % len(stream) + stream + b"\nendstream")
        links_here = f"/Annots [{' '.join(annotations)}]" if annotations and number == 0 else ""
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {90 if sideways else 0} "
            f"/Contents {len(bodies)} 0 R {links_here} "
            "/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        kids.append(f"{len(bodies)} 0 R")
    form = f"/AcroForm << /Fields [{' '.join(filled)}] >> " if filled else ""
    bodies[0] = f"<< /Type /Catalog /Pages 2 0 R {form}>>".encode()
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj " % number + body + b" endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)


def _literal(text: str) -> bytes:
    text = text.replace("ﬁ", "\x01").replace("ﬂ", "\x02")
    return text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
