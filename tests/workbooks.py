"""Makes small workbooks for tests: XLSX and ODS, written by hand so that every part is known."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def cell(reference: str, value: object, style: int | None = None) -> str:
    """Return a cell: a text inline, a number, a boolean, or the XML that a ``bytes`` value holds."""
    styled = "" if style is None else f' s="{style}"'
    if isinstance(value, bytes):
        return f'<c r="{reference}"{styled}>{value.decode()}</c>'
    if isinstance(value, bool):
        return f'<c r="{reference}"{styled} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{reference}"{styled}><v>{value}</v></c>'
    return f'<c r="{reference}"{styled} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet(rows: list[list[object]], behind: str = "", before: str = "", hidden: tuple[int, ...] = ()) -> str:
    """Return a sheet part; a value may be a pair of value and style, and None is no cell."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for letter, value in zip("ABCDEFGHIJ", row, strict=False):
            if isinstance(value, tuple):
                cells.append(cell(f"{letter}{number}", *value))
            elif value is not None:
                cells.append(cell(f"{letter}{number}", value))
        mark = ' hidden="1"' if number in hidden else ""
        lines.append(f'<row r="{number}"{mark}>{"".join(cells)}</row>')
    inner = f"{before}<sheetData>{''.join(lines)}</sheetData>{behind}"
    return f'<worksheet xmlns="{_MAIN}" xmlns:r="{_REL}">{inner}</worksheet>'


def xlsx(
    sheets: dict[str, str], states: dict[str, str] | None = None, extra: dict[str, str | bytes] | None = None
) -> bytes:
    """Return a workbook of the given sheet parts; ``extra`` adds or replaces parts."""
    listed, relations, types = [], [], []
    parts: dict[str, str | bytes] = {}
    for i, (name, part) in enumerate(sheets.items(), 1):
        state = (states or {}).get(name)
        mark = f' state="{state}"' if state else ""
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{i}"{mark} r:id="rId{i}"/>')
        relations.append(f'<Relationship Id="rId{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>')
        types.append(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_KIND}.worksheet+xml"/>')
        parts[f"xl/worksheets/sheet{i}.xml"] = part
    relations.append(f'<Relationship Id="rIdS" Type="{_REL}/styles" Target="styles.xml"/>')
    head: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{"".join(types)}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{"".join(listed)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
        '<numFmt numFmtId="164" formatCode="#,##0.00"/></numFmts>'
        '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="1"/><xf numFmtId="11"/><xf numFmtId="14"/>'
        '<xf numFmtId="164"/></cellXfs></styleSheet>',
    }
    return packed({**head, **parts, **(extra or {})})


def relations(*targets: tuple[str, str, str]) -> str:
    """Return a part of relationships: id, kind, target; targets with a scheme lie outside."""
    found = "".join(
        f'<Relationship Id="{number}" Type="{_REL}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for number, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(body: str, styles: str = "", manifest: str = "") -> bytes:
    """Return a workbook whose tables are ``body``."""
    names = "".join(f' xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = (
        f'<office:document-content{names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "content.xml": content,
        }
    )


def ods_row(*values: str, attributes: str = "") -> str:
    """Return a row of texts; a value that begins with ``<`` is a cell as it is."""
    cells = (
        value
        if value.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        if value
        else "<table:table-cell/>"
        for value in values
    )
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"
