"""Writers of the binary formats, with the standard library alone: the same bytes each time."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def package(members: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive of the members, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode() if isinstance(content, str) else content)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """Return a run of Word."""
    prop = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{prop}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(*parts: str, style: str = "") -> str:
    """Return a paragraph of Word: parts that begin with ``<`` are XML, others are text."""
    prop = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{prop}{''.join(p if p.startswith('<') else run(p) for p in parts)}</w:p>"


def cell(*parts: str, span: int = 0, merge: str = "") -> str:
    """Return a cell of Word; parts that begin with ``<w:p>``, ``<w:p `` or ``<w:tbl>`` are blocks, others one paragraph."""
    prop = (f'<w:gridSpan w:val="{span}"/>' if span else "") + {
        "": "",
        "restart": '<w:vMerge w:val="restart"/>',
        "on": "<w:vMerge/>",
    }[merge]
    blocks = "".join(parts) if parts and re.match(r"<w:(p|tbl)[ >]", parts[0]) else par(*parts)
    return f"<w:tc><w:tcPr>{prop}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str) -> str:
    """Return a row of Word: of cells, or of texts."""
    return f"<w:tr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str) -> str:
    """Return a table of Word."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def docx(body: str, links: dict[str, str] | None = None, **parts: str) -> bytes:
    """Return a document of Word: further parts are footnotes, endnotes, comments, header1, footer1."""
    kinds = {"header1": "header", "footer1": "footer"}
    rels, types = [], []
    for number, name in enumerate(parts, 100):
        kind = kinds.get(name, name)
        rels.append(f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{name}.xml"/>')
        types.append(
            f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        )
    rels += [
        f'<Relationship Id="{key}" Type="{_R}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        for key, target in (links or {}).items()
    ]
    spaces = (
        f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    )
    roots = {"header1": "hdr", "footer1": "ftr"}
    return package(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_CT}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
            f"{''.join(types)}</Types>",
            "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_REL}"><Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"{_HEAD}<w:document {spaces}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_REL}">{"".join(rels)}</Relationships>',
            **{
                f"word/{name}.xml": f"{_HEAD}<w:{roots.get(name, name)} {spaces}>{content}</w:{roots.get(name, name)}>"
                for name, content in parts.items()
            },
        }
    )


def _name(column: int) -> str:
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return letters


class Sheet:
    """A sheet of Excel."""

    def __init__(self, title: str, rows: list[list[object]], *, hidden: bool = False) -> None:
        self.title, self.rows, self.hidden = title, rows, hidden
        self.merged: list[str] = []
        self.links: dict[str, tuple[str, str]] = {}
        self.formulas: dict[str, str] = {}
        self.hidden_columns: list[int] = []


def xlsx(*sheets: Sheet) -> bytes:
    """Return a workbook of Excel with shared strings."""
    strings: dict[str, int] = {}
    members: dict[str, str | bytes] = {}
    for number, sheet in enumerate(sheets, 1):
        lines = []
        for y, values in enumerate(sheet.rows, 1):
            cells = []
            for x, value in enumerate(values):
                at = f"{_name(x)}{y}"
                if at in sheet.formulas:
                    cells.append(
                        f'<c r="{at}" t="str"><f>{escape(sheet.formulas[at])}</f><v>{escape(str(value))}</v></c>'
                    )
                elif value is None or value == "":
                    continue
                elif isinstance(value, str):
                    cells.append(f'<c r="{at}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>')
                else:
                    cells.append(f'<c r="{at}"><v>{value}</v></c>')
            lines.append(f'<row r="{y}">{"".join(cells)}</row>')
        hidden = "".join(f'<col min="{c + 1}" max="{c + 1}" hidden="1" width="9"/>' for c in sheet.hidden_columns)
        merged = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merged)
        links = "".join(
            f'<hyperlink ref="{at}" r:id="rId{i}"' + (f' tooltip="{escape(tip)}"' if tip else "") + "/>"
            for i, (at, (_, tip)) in enumerate(sheet.links.items(), 1)
        )
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'{_HEAD}<worksheet xmlns="{_S}" xmlns:r="{_R}">{f"<cols>{hidden}</cols>" if hidden else ""}'
            f"<sheetData>{''.join(lines)}</sheetData>"
            + (f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "")
            + (f"<hyperlinks>{links}</hyperlinks>" if links else "")
            + "</worksheet>"
        )
        if sheet.links:
            members[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = (
                f'{_HEAD}<Relationships xmlns="{_REL}">'
                + "".join(
                    f'<Relationship Id="rId{i}" Type="{_R}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
                    for i, (target, _) in enumerate(sheet.links.values(), 1)
                )
                + "</Relationships>"
            )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    books = "".join(
        f'<sheet name="{escape(s.title)}" sheetId="{i}"{" state=" + chr(34) + "hidden" + chr(34) if s.hidden else ""} r:id="rId{i}"/>'
        for i, s in enumerate(sheets, 1)
    )
    return package(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_CT}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{main}.worksheet+xml"/>'
                for i in range(1, len(sheets) + 1)
            )
            + f'<Override PartName="/xl/sharedStrings.xml" ContentType="{main}.sharedStrings+xml"/></Types>',
            "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_REL}"><Relationship Id="rId1" Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>{books}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_REL}">'
            + "".join(
                f'<Relationship Id="rId{i}" Type="{_R}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                for i in range(1, len(sheets) + 1)
            )
            + f'<Relationship Id="rId99" Type="{_R}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_S}" count="{len(strings)}" uniqueCount="{len(strings)}">'
            + "".join(f'<si><t xml:space="preserve">{escape(one)}</t></si>' for one in strings)
            + "</sst>",
            **members,
        }
    )


_ODF = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {
            "office": "office",
            "text": "text",
            "table": "table",
            "style": "style",
            "draw": "drawing",
            "svg": "svg-compatible",
        }.items()
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def opendocument(kind: str, body: str, styles: str = "") -> bytes:
    """Return an ODT (kind ``text``) or an ODS (kind ``spreadsheet``)."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    return package(
        {
            "mimetype": media,
            "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
            "content.xml": f'{_HEAD}<office:document-content {_ODF} office:version="1.2"><office:body><office:{kind}>{body}'
            f"</office:{kind}></office:body></office:document-content>",
            "styles.xml": f'{_HEAD}<office:document-styles {_ODF} office:version="1.2"><office:master-styles>{styles}'
            "</office:master-styles></office:document-styles>",
        }
    )


def xls(sheets: dict[str, list[list[object]]]) -> bytes:
    """Return a workbook of Excel 97 (BIFF8 in a compound file)."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def text(value: str, length: str) -> bytes:
        wide = any(ord(c) > 255 for c in value)
        return struct.pack(length, len(value)) + bytes([wide]) + value.encode("utf-16-le" if wide else "latin-1")

    strings: dict[str, int] = {}
    count = 0
    bodies = []
    for rows in sheets.values():
        cells = b""
        for y, values in enumerate(rows):
            for x, value in enumerate(values):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    cells += record(0x00FD, struct.pack("<HHHI", y, x, 15, strings.setdefault(value, len(strings))))
                    count += 1
                else:
                    cells += record(0x0203, struct.pack("<HHHd", y, x, 15, float(value)))  # type: ignore[arg-type]
        size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
        bodies.append(
            record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6))
            + record(0x0200, size)
            + cells
            + record(0x000A)
        )
    sst = record(0x00FC, struct.pack("<II", count, len(strings)) + b"".join(text(one, "<H") for one in strings))
    assert len(sst) < 8200
    font = record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + text("Arial", "<B"))
    xf = record(0x00E0, struct.pack("<HHHBBIIHH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0)[:20].ljust(20, b"\0"))
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6)) + record(
        0x0042, struct.pack("<H", 1200)
    )
    head += font * 4 + xf * 16
    tail = sst + record(0x000A)
    bounds = sum(4 + 6 + len(text(name, "<B")) for name in sheets)
    at = len(head) + bounds + len(tail)
    sheet_records = b""
    for name, body in zip(sheets, bodies, strict=True):
        sheet_records += record(0x0085, struct.pack("<IBB", at, 0, 0) + text(name, "<B"))
        at += len(body)
    stream = head + sheet_records + tail + b"".join(bodies)
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    assert len(fat) == 128

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw) if name else 0, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    directory += (bytes(64) + struct.pack("<HBBIII", 0, 0, 0, *[0xFFFFFFFF] * 3) + bytes(48)) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += (
        struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * 432
    )
    return header + struct.pack("<128I", *fat) + directory + stream


def pdf(pages: list[list[tuple[float, float, float, str]]], size: tuple[int, int] = (595, 842)) -> bytes:
    """Return a PDF of lines of text: x, y, size and text of each; no structure, as old producers write it."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>")
    for i, lines in enumerate(pages):
        content = "BT\n"
        for x, y, points, text in lines:
            safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            content += f"/F1 {points} Tf 1 0 0 1 {x} {y} Tm ({safe}) Tj\n"
        data = (content + "ET").encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    xref = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        b"%010d 00000 n \n" % o for o in offsets
    )
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n".encode()
