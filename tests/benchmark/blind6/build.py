"""Makes the binary documents of this set from the text below, the same bytes each time.

    python build.py            writes into documents/ beside this file

Needs only the standard library. The text formats (HTML, TeX, XML, JSON, ...) are not made here: they are the files themselves.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import escape as esc

OUT = Path(__file__).resolve().parent / "documents"
OUT.mkdir(exist_ok=True)


def attr(s: str) -> str:
    return esc(s, {'"': "&quot;"})


def write_zip(name: str | None, members: list[tuple[str, bytes | str]], stored: tuple[str, ...] = ()) -> bytes:
    buf = io.BytesIO()
    with zipfile.ZipFile(buf, "w") as z:
        for path, data in members:
            info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            info.external_attr = 0
            info.compress_type = zipfile.ZIP_STORED if path in stored else zipfile.ZIP_DEFLATED
            z.writestr(info, data.encode("utf-8") if isinstance(data, str) else data)
    if name:
        (OUT / name).write_bytes(buf.getvalue())
    return buf.getvalue()


# ---------------------------------------------------------------------------------------------------------------- DOCX

NS = (
    'xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'mc:Ignorable="w14 w15 wp14"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
RSIDS = ("00A51C2E", "003F07D4", "00B2296A", "00D81E57", "0067A1B3", "00EC4470")
RT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class Docx:
    """A Word document. In the text given to `r`, `‖` is a border between two runs and ⟦…⟧ a misspelling that Word marked."""

    def __init__(self, rpr: str = "", producer: str = "word", author: str = "M. Lindqvist", lang: str = "en-GB"):
        self.base, self.producer, self.author, self.lang = rpr, producer, author, lang
        self.n = 0
        self.rels: list[tuple[str, str, str, bool]] = []
        self.body: list[str] = []
        self.notes: list[str] = []
        self.comments: list[str] = []
        self.header = self.footer = ""
        self.customxml = ""

    # --- runs
    def tick(self) -> int:
        self.n += 1
        return self.n

    def r(self, text: str, rpr: str = "", tag: str = "w:t") -> str:
        out = []
        for piece in re.split(r"(⟦.*?⟧)", text):
            if not piece:
                continue
            marked = piece.startswith("⟦")
            for part in piece.strip("⟦⟧").split("‖"):
                if not part:
                    continue
                rs = RSIDS[self.tick() * 7 % len(RSIDS)]
                both = rpr + self.base if rpr.startswith("<w:rStyle") else self.base + rpr
                rp = f"<w:rPr>{both}</w:rPr>" if both else ""
                inner = ""
                for bit in re.split(r"([\n\t\u2011\u00ad])", part):
                    if bit == "\n":
                        inner += "<w:br/>"
                    elif bit == "\t":
                        inner += "<w:tab/>"
                    elif bit == "\u2011":
                        inner += "<w:noBreakHyphen/>"
                    elif bit == "\u00ad":
                        inner += "<w:softHyphen/>"
                    elif bit:
                        sp = ' xml:space="preserve"' if bit != bit.strip() or self.producer != "word" else ""
                        inner += f"<{tag}{sp}>{esc(bit)}</{tag}>"
                a = f' w:rsidRPr="{rs}"' if self.producer == "word" and self.n % 3 else ""
                run = f"<w:r{a}>{rp}{inner}</w:r>"
                out.append(f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>' if marked else run)
        return "".join(out)

    def b(self, text: str) -> str:
        return self.r(text, "<w:b/><w:bCs/>")

    def i(self, text: str) -> str:
        return self.r(text, "<w:i/><w:iCs/>")

    def rel(self, kind: str, target: str, external: bool = False) -> str:
        for k, (kd, t, rid, _x) in enumerate(self.rels):
            if (kd, t) == (kind, target):
                return rid
        rid = f"rId{len(self.rels) + 10}"
        self.rels.append((kind, target, rid, external))
        return rid

    def link(self, text: str, url: str) -> str:
        rid = self.rel("hyperlink", url, True)
        return f'<w:hyperlink r:id="{rid}" w:history="1">{self.r(text, "<w:rStyle w:val=" + chr(34) + "Hyperlink" + chr(34) + "/>")}</w:hyperlink>'

    def field(self, instr: str, result: str, rpr: str = "") -> str:
        half = len(instr) // 2
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {esc(instr[:half])}</w:instrText></w:r>'
            f'<w:r w:rsidR="00A51C2E"><w:instrText xml:space="preserve">{esc(instr[half:])} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + self.r(result, rpr) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def fieldlink(self, text: str, url: str) -> str:
        return self.field(f'HYPERLINK "{url}"', text, '<w:rStyle w:val="Hyperlink"/>')

    def ins(self, inner: str, who: str | None = None) -> str:
        return f'<w:ins w:id="{self.tick() + 500}" w:author="{who or self.author}" w:date="2024-03-11T09:{self.n % 50 + 10}:00Z">{inner}</w:ins>'

    def dele(self, text: str, rpr: str = "", who: str | None = None) -> str:
        run = self.r(text, rpr, "w:delText")
        return f'<w:del w:id="{self.tick() + 500}" w:author="{who or self.author}" w:date="2024-03-11T09:{self.n % 50 + 10}:00Z">{run}</w:del>'

    def foot(self, inner: str) -> str:
        self.notes.append(inner)
        return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'

    def comment(self, anchor: str, text: str, who: str = "Reviewer") -> str:
        k = len(self.comments)
        self.comments.append(
            f'<w:comment w:id="{k}" w:author="{who}" w:date="2024-03-12T16:20:00Z" w:initials="R"><w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>' + self.r(text) + "</w:p></w:comment>"
        )
        return (
            f'<w:commentRangeStart w:id="{k}"/>{anchor}<w:commentRangeEnd w:id="{k}"/>'
            f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{k}"/></w:r>'
        )

    def textbox(self, paras: list[str], w: int = 2400000, h: int = 1200000) -> str:
        inner = "".join(paras)
        k = self.tick()
        return (
            '<w:r><w:rPr><w:noProof/></w:rPr><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>3500000</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>180000</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{w}" cy="{h}"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="{k + 200}" name="Text Box {k}"/><wp:cNvGraphicFramePr/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
            f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{w}" cy="{h}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
            f'<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr rot="0" vert="horz"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
            f'<mc:Fallback><w:pict><v:shape id="_x0000_s{k + 1026}" type="#_x0000_t202" style="position:absolute;width:189pt;height:94pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>'
            "</mc:AlternateContent></w:r>"
        )

    def sdt(self, inner: str, alias: str, kind: str = "<w:text/>", block: bool = False, placeholder: bool = False) -> str:
        ph = "<w:showingPlcHdr/>" if placeholder else ""
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{attr(alias)}"/><w:tag w:val="{attr(re.sub("[^a-z]", "_", alias.lower()))}"/><w:id w:val="{self.tick() * 7919}"/>'
            f"<w:placeholder><w:docPart w:val=\"DefaultPlaceholder_-1854013440\"/></w:placeholder>{ph}{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )

    def formtext(self, name: str, result: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/><w:enabled/><w:calcOnExit w:val="0"/><w:textInput/></w:ffData></w:fldChar></w:r>'
            '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + self.r(result, "<w:noProof/>") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    # --- paragraphs and tables
    def para(self, *parts: str, style: str = "", ppr: str = "") -> str:
        inner = "".join(x if x.startswith("<") else self.r(x) for x in parts)
        st = f'<w:pStyle w:val="{style}"/>' if style else ""
        pp = f"<w:pPr>{st}{ppr}</w:pPr>" if st or ppr else ""
        k = self.tick()
        a = f' w14:paraId="{0x10000000 + k * 40503:08X}" w14:textId="77777777" w:rsidR="{RSIDS[k % 6]}" w:rsidRDefault="{RSIDS[(k + 2) % 6]}"' if self.producer == "word" else ""
        return f"<w:p{a}>{pp}{inner}</w:p>"

    def p(self, *parts: str, style: str = "", ppr: str = "") -> None:
        self.body.append(self.para(*parts, style=style, ppr=ppr))

    def h(self, text: str, level: int = 1) -> None:
        k = self.tick()
        self.body.append(self.para(f'<w:bookmarkStart w:id="{k}" w:name="_Toc{16000000 + k}"/>' + self.r(text) + f'<w:bookmarkEnd w:id="{k}"/>', style=f"Heading{level}"))

    def item(self, *parts: str) -> None:
        self.p(*parts, style="ListParagraph", ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')

    def cell(self, c, width: int, head: bool = False) -> str:
        """A cell is text, XML, a list of paragraphs, or (content, span, vmerge)."""
        span, vm = 1, ""
        if isinstance(c, tuple):
            c, span, vm = (*c, "") if len(c) == 2 else c
        tc = f'<w:tcW w:w="{width * span}" w:type="dxa"/>'
        if span > 1:
            tc += f'<w:gridSpan w:val="{span}"/>'
        if vm:
            tc += '<w:vMerge w:val="restart"/>' if vm == "restart" else "<w:vMerge/>"
        items = c if isinstance(c, list) else [c]
        ps = "".join(self.para(x if x.startswith("<") or not head else self.b(x), ppr='<w:spacing w:after="0"/>') if not (x.startswith("<w:p ") or x.startswith("<w:sdt>") and "<w:p " in x) else x for x in items)
        return f"<w:tc><w:tcPr>{tc}</w:tcPr>{ps}</w:tc>"

    def table(self, rows: list, heads: int = 1, width: int = 1800) -> str:
        cols = sum(c[1] if isinstance(c, tuple) else 1 for c in rows[-1])
        out = (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>'
            + f'<w:gridCol w:w="{width}"/>' * cols + "</w:tblGrid>"
        )
        for k, row in enumerate(rows):
            tr = "<w:trPr><w:tblHeader/></w:trPr>" if k < heads else ""
            out += f'<w:tr w:rsidR="00A51C2E">{tr}' + "".join(self.cell(c, width, k < heads) for c in row) + "</w:tr>"
        return out + "</w:tbl>"

    def t(self, rows: list, heads: int = 1, width: int = 1800) -> None:
        self.body.append(self.table(rows, heads, width))
        self.p()

    def caption(self, kind: str, no: int, *parts: str) -> None:
        self.p(self.r(f"{kind} "), self.field(f"SEQ {kind} \\* ARABIC", str(no)), *parts, style="Caption")

    # --- the package
    def save(self, name: str | None) -> bytes:
        sect = ""
        parts: list[tuple[str, str, str]] = []
        wml = "application/vnd.openxmlformats-officedocument.wordprocessingml."
        if self.header:
            sect += f'<w:headerReference w:type="default" r:id="{self.rel("header", "header1.xml")}"/>'
            parts.append(("word/header1.xml", wml + "header+xml", f"{HEAD}<w:hdr {NS}>{self.header}</w:hdr>"))
        if self.footer:
            sect += f'<w:footerReference w:type="default" r:id="{self.rel("footer", "footer1.xml")}"/>'
            parts.append(("word/footer1.xml", wml + "footer+xml", f"{HEAD}<w:ftr {NS}>{self.footer}</w:ftr>"))
        if self.notes:
            self.rel("footnotes", "footnotes.xml")
            fn = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
            for k, n in enumerate(self.notes, 1):
                fn += f'<w:footnote w:id="{k}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>{self.r(" ")}{n if n.startswith("<") else self.r(n)}</w:p></w:footnote>'
            parts.append(("word/footnotes.xml", wml + "footnotes+xml", f"{HEAD}<w:footnotes {NS}>{fn}</w:footnotes>"))
        if self.comments:
            self.rel("comments", "comments.xml")
            parts.append(("word/comments.xml", wml + "comments+xml", f"{HEAD}<w:comments {NS}>{''.join(self.comments)}</w:comments>"))
        styles = "".join(
            f'<w:style w:type="paragraph" w:styleId="{s}"><w:name w:val="{n}"/><w:basedOn w:val="Normal"/><w:qFormat/></w:style>'
            for s, n in [("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"), ("Heading3", "heading 3"), ("Caption", "caption"), ("ListParagraph", "List Paragraph"), ("FootnoteText", "footnote text"), ("CommentText", "annotation text"), ("Header", "header"), ("Footer", "footer"), ("TOC1", "toc 1"), ("TOC2", "toc 2")]
        )
        styles = (
            f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Times New Roman"/><w:sz w:val="22"/><w:lang w:val="{self.lang}" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>'
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>' + styles
            + '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="808080"/></w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/><w:rPr><w:sz w:val="16"/></w:rPr></w:style>'
            '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/></w:style>'
        )
        parts.append(("word/styles.xml", wml + "styles+xml", f"{HEAD}<w:styles {NS}>{styles}</w:styles>"))
        parts.append(("word/settings.xml", wml + "settings+xml", f'{HEAD}<w:settings {NS}><w:zoom w:percent="100"/><w:proofState w:spelling="clean"/><w:defaultTabStop w:val="708"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:rsids><w:rsidRoot w:val="00A51C2E"/>' + "".join(f'<w:rsid w:val="{x}"/>' for x in RSIDS) + "</w:rsids></w:settings>"))
        parts.append(("word/numbering.xml", wml + "numbering+xml", f'{HEAD}<w:numbering {NS}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'))
        for kind, target in [("styles", "styles.xml"), ("settings", "settings.xml"), ("numbering", "numbering.xml")]:
            self.rel(kind, target)
        doc = f'{HEAD}<w:document {NS}><w:body>{"".join(self.body)}<w:sectPr w:rsidR="00A51C2E">{sect}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1134" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/><w:cols w:space="708"/></w:sectPr></w:body></w:document>'
        rels = "".join(f'<Relationship Id="{rid}" Type="{RT}{kd}" Target="{attr(t)}"{" TargetMode=" + chr(34) + "External" + chr(34) if x else ""}/>' for kd, t, rid, x in self.rels)
        ct = "".join(f'<Override PartName="/{pn}" ContentType="{c}"/>' for pn, c, _ in parts)
        app = {"word": "Microsoft Office Word", "lo": "LibreOffice/7.5.9.2$Linux_X86_64", "google": ""}[self.producer]
        members: list[tuple[str, bytes | str]] = [
            ("[Content_Types].xml", f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{wml}document.main+xml"/>{ct}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'),
            ("_rels/.rels", f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RT}officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="{RT}extended-properties" Target="docProps/app.xml"/></Relationships>'),
            ("word/document.xml", doc),
            ("word/_rels/document.xml.rels", f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'),
        ]
        members += [(pn, x) for pn, _c, x in parts]
        members += [
            ("docProps/core.xml", f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>{esc(self.author)}</dc:creator><cp:revision>14</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">2024-02-05T08:11:00Z</dcterms:created></cp:coreProperties>'),
            ("docProps/app.xml", f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>{app}</Application></Properties>'),
        ]
        return write_zip(name, members)


# ---------------------------------------------------------------------------------------------------------------- XLSX

def col(n: int) -> str:
    s = ""
    while n:
        n, k = divmod(n - 1, 26)
        s = chr(65 + k) + s
    return s


class Xlsx:
    """Cells: None, a number, text, or a dict (f formula, v value, link, style, inline, rich list of parts, note)."""

    def __init__(self, app: str = "Microsoft Excel"):
        self.sheets: list[dict] = []
        self.strings: dict[str, int] = {}
        self.app = app

    def shared(self, xml: str) -> int:
        return self.strings.setdefault(xml, len(self.strings))

    def sheet(self, name: str, rows: list, merges: tuple[str, ...] = (), state: str = "", hidden_cols: str = "", widths: str = "", hidden_rows: tuple[int, ...] = ()) -> None:
        self.sheets.append({"name": name, "rows": rows, "merges": merges, "state": state, "cols": hidden_cols or widths, "hidden_rows": hidden_rows})

    def save(self, name: str | None) -> bytes:
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        members: list[tuple[str, bytes | str]] = []
        ct = ""
        for k, sh in enumerate(self.sheets, 1):
            data, links, notes, rels = "", [], [], []
            width = 1
            for y, row in enumerate(sh["rows"], 1):
                cells = ""
                for x, c in enumerate(row, 1):
                    ref = f"{col(x)}{y}"
                    width = max(width, x)
                    if c is None:
                        continue
                    d = c if isinstance(c, dict) else {"v": c}
                    s = f' s="{d["s"]}"' if "s" in d else ""
                    if "link" in d:
                        links.append((ref, d["link"]))
                    if "note" in d:
                        notes.append((ref, x, y, d["note"]))
                    if "rich" in d:
                        xml = "".join(f'<r>{"<rPr><b/><sz val=" + chr(34) + "11" + chr(34) + "/></rPr>" if j % 2 == 0 else ""}<t xml:space="preserve">{esc(t)}</t></r>' for j, t in enumerate(d["rich"]))
                        cells += f'<c r="{ref}"{s} t="s"><v>{self.shared(xml)}</v></c>'
                    elif "f" in d:
                        v = d["v"]
                        t = ' t="str"' if isinstance(v, str) else ""
                        cells += f'<c r="{ref}"{s}{t}><f>{esc(d["f"])}</f><v>{esc(str(v))}</v></c>'
                    elif isinstance(d.get("v"), (int, float)):
                        cells += f'<c r="{ref}"{s}><v>{d["v"]}</v></c>'
                    elif d.get("inline"):
                        cells += f'<c r="{ref}"{s} t="inlineStr"><is><t xml:space="preserve">{esc(d["v"])}</t></is></c>'
                    elif d.get("v") is None:
                        cells += f'<c r="{ref}"{s}/>'
                    else:
                        sp = ' xml:space="preserve"' if d["v"] != d["v"].strip() or "\n" in d["v"] else ""
                        cells += f'<c r="{ref}"{s} t="s"><v>{self.shared("<t" + sp + ">" + esc(d["v"]) + "</t>")}</v></c>'
                if cells:
                    hid = ' hidden="1"' if y in sh["hidden_rows"] else ""
                    data += f'<row r="{y}" spans="1:{max(width, 1)}"{hid}>{cells}</row>'
            tail = ""
            if sh["merges"]:
                tail += f'<mergeCells count="{len(sh["merges"])}">' + "".join(f'<mergeCell ref="{m}"/>' for m in sh["merges"]) + "</mergeCells>"
            if links:
                tail += "<hyperlinks>"
                for ref, url in links:
                    rid = f"rId{len(rels) + 1}"
                    rels.append(f'<Relationship Id="{rid}" Type="{RT}hyperlink" Target="{attr(url)}" TargetMode="External"/>')
                    tail += f'<hyperlink ref="{ref}" r:id="{rid}"/>'
                tail += "</hyperlinks>"
            tail += '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
            if notes:
                rid = f"rId{len(rels) + 1}"
                rels.append(f'<Relationship Id="{rid}" Type="{RT}vmlDrawing" Target="../drawings/vmlDrawing{k}.vml"/>')
                rels.append(f'<Relationship Id="rId{len(rels) + 1}" Type="{RT}comments" Target="../comments{k}.xml"/>')
                tail += f'<legacyDrawing r:id="{rid}"/>'
                members.append((f"xl/comments{k}.xml", f'{HEAD}<comments xmlns="{main}"><authors><author>B. Okafor</author></authors><commentList>' + "".join(f'<comment ref="{ref}" authorId="0"><text><r><rPr><b/><sz val="9"/></rPr><t xml:space="preserve">B. Okafor:\n</t></r><r><t xml:space="preserve">{esc(t)}</t></r></text></comment>' for ref, _x, _y, t in notes) + "</commentList></comments>"))
                members.append((f"xl/drawings/vmlDrawing{k}.vml", '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">' + "".join(f'<v:shape id="_x0000_s{1025 + j}" type="#_x0000_t202" style="visibility:hidden"><x:ClientData ObjectType="Note"><x:Row>{y - 1}</x:Row><x:Column>{x - 1}</x:Column></x:ClientData></v:shape>' for j, (_r, x, y, _t) in enumerate(notes)) + "</xml>"))
                ct += f'<Override PartName="/xl/comments{k}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>'
            members.append((f"xl/worksheets/sheet{k}.xml", f'{HEAD}<worksheet xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><dimension ref="A1:{col(width)}{len(sh["rows"])}"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>{sh["cols"]}<sheetData>{data}</sheetData>{tail}</worksheet>'))
            if rels:
                members.append((f"xl/worksheets/_rels/sheet{k}.xml.rels", f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rels)}</Relationships>'))
            ct += f'<Override PartName="/xl/worksheets/sheet{k}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        n = len(self.sheets)
        wb = "".join(f'<sheet name="{attr(s["name"])}" sheetId="{k}"{s["state"] and " state=" + chr(34) + s["state"] + chr(34)} r:id="rId{k}"/>' for k, s in enumerate(self.sheets, 1))
        rel = "".join(f'<Relationship Id="rId{k}" Type="{RT}worksheet" Target="worksheets/sheet{k}.xml"/>' for k in range(1, n + 1))
        rel += f'<Relationship Id="rId{n + 1}" Type="{RT}styles" Target="styles.xml"/>'
        if self.strings:
            rel += f'<Relationship Id="rId{n + 2}" Type="{RT}sharedStrings" Target="sharedStrings.xml"/>'
            members.append(("xl/sharedStrings.xml", f'{HEAD}<sst xmlns="{main}" count="{len(self.strings)}" uniqueCount="{len(self.strings)}">' + "".join(f"<si>{x}</si>" for x in self.strings) + "</sst>"))
            ct += '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
        styles = (
            f'{HEAD}<styleSheet xmlns="{main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.000"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
            '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><strike/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            '<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )
        head: list[tuple[str, bytes | str]] = [
            ("[Content_Types].xml", f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{ct}</Types>'),
            ("_rels/.rels", f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RT}officeDocument" Target="xl/workbook.xml"/></Relationships>'),
            ("xl/workbook.xml", f'{HEAD}<workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><bookViews><workbookView activeTab="0"/></bookViews><sheets>{wb}</sheets></workbook>'),
            ("xl/_rels/workbook.xml.rels", f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rel}</Relationships>'),
            ("xl/styles.xml", styles),
        ]
        return write_zip(name, head + members)


# ----------------------------------------------------------------------------------------------------------------- ODF

ODFNS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def odf(name: str, kind: str, body: str, autostyles: str = "", master: str = "") -> None:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    x = '<?xml version="1.0" encoding="UTF-8"?>\n'
    write_zip(
        name,
        [
            ("mimetype", mime),
            ("content.xml", f'{x}<office:document-content {ODFNS} office:version="1.3"><office:scripts/><office:font-face-decls/><office:automatic-styles>{autostyles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>'),
            ("styles.xml", f'{x}<office:document-styles {ODFNS} office:version="1.3"><office:styles/><office:automatic-styles/><office:master-styles>{master}</office:master-styles></office:document-styles>'),
            ("meta.xml", f'{x}<office:document-meta {ODFNS} office:version="1.3"><office:meta><meta:generator>LibreOffice/7.6.4.1$Linux_X86_64 LibreOffice_project/60$Build-1</meta:generator><dc:date>2024-05-06T10:00:00</dc:date></office:meta></office:document-meta>'),
            ("settings.xml", f'{x}<office:document-settings {ODFNS} office:version="1.3"/>'),
            ("META-INF/manifest.xml", f'{x}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{mime}"/>' + "".join(f'<manifest:file-entry manifest:full-path="{f}" manifest:media-type="text/xml"/>' for f in ("content.xml", "styles.xml", "meta.xml", "settings.xml")) + "</manifest:manifest>"),
        ],
        stored=("mimetype",),
    )


def otext(s: str) -> str:
    """`‖` is a border of a span, \\n a line break, \\t a tab."""
    out = []
    for k, part in enumerate(s.split("‖")):
        x = esc(part).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>')
        out.append(f'<text:span text:style-name="T{k}">{x}</text:span>' if k else x)
    return "".join(out)


def op(*parts: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">' + "".join(x if x.startswith("<") else otext(x) for x in parts) + "</text:p>"


def oh(s: str, level: int = 1) -> str:
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{otext(s)}</text:h>'


def oa(text: str, url: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href="{attr(url)}" text:style-name="Internet_20_link" text:visited-style-name="Visited_20_Internet_20_Link">{otext(text)}</text:a>'


def otable(name: str, rows: list) -> str:
    n = max(len(r) for r in rows)
    out = f'<table:table table:name="{name}" table:style-name="{name}"><table:table-column table:style-name="{name}.A" table:number-columns-repeated="{n}"/>'
    for k, row in enumerate(rows):
        tr = "<table:table-row>" + "".join(f'<table:table-cell table:style-name="{name}.A1" office:value-type="string">{c if c.startswith("<text:p") else op(c, style="Table_20_Contents")}</table:table-cell>' for c in row) + "</table:table-row>"
        out += f"<table:table-header-rows>{tr}</table:table-header-rows>" if k == 0 else tr
    return out + "</table:table>"


# ----------------------------------------------------------------------------------------------------------------- PDF

WIDTHS = {
    "Helvetica": "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584",
    "Helvetica-Bold": "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584",
    "Times-Roman": "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541",
    "Times-Bold": "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 394 220 394 520",
    "Times-Italic": "250 333 420 500 500 833 778 214 333 333 500 675 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 675 675 675 500 920 611 611 667 722 611 611 722 722 333 444 667 556 833 667 722 611 722 611 500 556 722 611 833 611 556 556 389 278 389 422 500 333 500 500 444 500 444 278 500 500 278 278 444 278 722 500 500 500 500 389 389 278 500 444 667 444 444 389 400 275 400 541",
    "Courier": " ".join(["600"] * 95),
}
WIDTHS = {k: [int(x) for x in v.split()] for k, v in WIDTHS.items()}
SHORT = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Times-Roman", "F4": "Times-Bold", "F5": "Times-Italic", "F6": "Courier"}
KERN = {"AV": 80, "To": 70, "Te": 70, "We": 60, "Ta": 70, "LT": 60, "y.": 65, "r,": 40, "P.": 90}


def sw(text: str, font: str, size: float) -> float:
    w = WIDTHS[SHORT[font]]
    return sum(w[ord(c) - 32] if 32 <= ord(c) < 127 else 500 for c in text) * size / 1000


class Pdf:
    """Pages of hand-made content. With `lig` fi and fl are one glyph; with `tex` words are set by TJ without any space."""

    def __init__(self, producer: str, lig: bool = False, tex: bool = False, size: tuple[float, float] = (595.28, 841.89), objstm: bool = False, compress: bool = True):
        self.producer, self.lig, self.tex, self.size, self.objstm, self.compress = producer, lig, tex, size, objstm, compress
        self.pages: list[list[str]] = []
        self.annots: list[list[tuple[tuple[float, float, float, float], str]]] = []

    def page(self) -> None:
        self.pages.append([])
        self.annots.append([])

    def raw(self, s: str) -> None:
        self.pages[-1].append(s)

    def enc(self, s: str) -> str:
        if self.lig:
            s = s.replace("fi", "\x02").replace("fl", "\x03")
        out = ""
        for c in s:
            if c in "()\\":
                out += "\\" + c
            elif c in "\x02\x03":
                out += f"\\{ord(c):03o}"
            elif 32 <= ord(c) < 127:
                out += c
            else:
                out += f"\\{c.encode('cp1252')[0]:03o}"
        return out

    def text(self, x: float, y: float, s: str, font: str = "F3", size: float = 10, width: float = 0, rot: bool = False) -> float:
        """One line; with `width` it is justified. Gives its width back."""
        natural = sw(s, font, size)
        m = f"0 1 -1 0 {x:.2f} {y:.2f} Tm" if rot else f"1 0 0 1 {x:.2f} {y:.2f} Tm"
        gap = 0.0
        if width and s.count(" "):
            gap = (width - natural) / s.count(" ")
        if self.tex:
            arr = ""
            words = s.split(" ")
            for k, w in enumerate(words):
                piece = self.enc(w)
                for pair, v in KERN.items():
                    piece = piece.replace(pair, f"{pair[0]}){v}({pair[1]}")
                arr += f"({piece})"
                if k < len(words) - 1:
                    arr += f"{-(WIDTHS[SHORT[font]][0] + gap * 1000 / size):.0f}"
            self.raw(f"BT /{font} {size} Tf {m} [{arr}] TJ ET")
        else:
            tw = f"{gap:.3f} Tw " if gap else "0 Tw "
            self.raw(f"BT /{font} {size} Tf {tw}{m} ({self.enc(s)}) Tj ET")
        return width or natural

    def link(self, x: float, y: float, w: float, h: float, url: str) -> None:
        self.annots[-1].append(((x, y - 2, x + w, y + h), url))

    def wrap(self, s: str, font: str, size: float, width: float) -> list[tuple[str, bool]]:
        """Lines; `¬` in a word is where it may be divided with a hyphen, `¦` where without one. True: the paragraph's last line."""
        lines: list[str] = []
        cur = ""
        for word in s.split():
            clean = re.sub("[¬¦]", "", word)
            trial = f"{cur} {clean}" if cur else clean
            if sw(trial, font, size) <= width:
                cur = trial
                continue
            bits = re.split("([¬¦])", word)
            best = None
            for k in range(1, len(bits), 2):
                left = "".join(b for b in bits[:k] if b not in "¬¦") + ("-" if bits[k] == "¬" else "")
                if sw(f"{cur} {left}" if cur else left, font, size) <= width:
                    best = (left, "".join(bits[k + 1 :]))
            if best:
                lines.append(f"{cur} {best[0]}" if cur else best[0])
                cur = re.sub("[¬¦]", "", best[1])
            else:
                if cur:
                    lines.append(cur)
                cur = clean
        if cur:
            lines.append(cur)
        return [(x, k == len(lines) - 1) for k, x in enumerate(lines)]

    def block(self, x: float, y: float, s: str, width: float, font: str = "F3", size: float = 10, lead: float = 12, indent: float = 0, justify: bool = True, bottom: float = 0) -> float:
        for line, last in self.wrap(s, font, size, width):
            self.text(x, y, line, font, size, 0 if last or not justify else width)
            y -= lead
        return y

    def grid(self, x: float, y: float, rows: list[list[str]], widths: list[float], size: float = 8, lead: float = 12, font: str = "F1", head: str = "F2", heads: int = 1) -> float:
        for k, row in enumerate(rows):
            cells = [self.wrap(c, head if k < heads else font, size, w - 4) for c, w in zip(row, widths, strict=True)]
            high = max([len(c) for c in cells] + [1])
            cx = x
            for c, w in zip(cells, widths, strict=True):
                for j, (line, _l) in enumerate(c):
                    self.text(cx + 2, y - j * (size + 1.5), line, head if k < heads else font, size)
                cx += w
            y -= lead + (high - 1) * (size + 1.5)
            self.raw(f"0.4 w {x:.2f} {y + lead - 3:.2f} m {cx:.2f} {y + lead - 3:.2f} l S")
        return y

    def save(self, name: str | None, title: str) -> bytes:
        objs: list[bytes] = []

        def add(b: str | bytes) -> int:
            objs.append(b if isinstance(b, bytes) else b.encode("latin-1"))
            return len(objs)

        def stream(data: bytes, extra: str = "") -> bytes:
            if self.compress:
                data = zlib.compress(data, 9)
                extra += " /Filter /FlateDecode"
            return f"<< /Length {len(data)}{extra} >>\nstream\n".encode() + data + b"\nendstream"

        cat, tree = add(""), add("")
        fonts = ""
        if self.lig:
            cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <02> <FB01> <03> <FB02> endbfchar 1 beginbfrange <20> <7E> <0020> endbfrange endcmap end end"
            tou = add(stream(cmap.encode()))
        for f, n in SHORT.items():
            e = "/Encoding /WinAnsiEncoding"
            if self.lig:
                e = f"/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [2 /fi /fl] >> /ToUnicode {tou} 0 R"
            fonts += f"/{f} {add(f'<< /Type /Font /Subtype /Type1 /BaseFont /{n} {e} >>')} 0 R "
        kids = []
        for content, annots in zip(self.pages, self.annots, strict=True):
            c = add(stream("\n".join(content).encode("latin-1")))
            ann = ""
            if annots:
                ids = [add(f"<< /Type /Annot /Subtype /Link /Rect [{r[0]:.2f} {r[1]:.2f} {r[2]:.2f} {r[3]:.2f}] /Border [0 0 0] /A << /S /URI /URI ({u}) >> >>") for r, u in annots]
                ann = "/Annots [" + " ".join(f"{i} 0 R" for i in ids) + "] "
            kids.append(add(f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {self.size[0]} {self.size[1]}] /Resources << /Font << {fonts}>> /ProcSet [/PDF /Text] >> /Contents {c} 0 R {ann}>>"))
        objs[cat - 1] = f"<< /Type /Catalog /Pages {tree} 0 R >>".encode()
        objs[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
        t = title.replace("(", "\\(").replace(")", "\\)")
        info = add(f"<< /Title ({t}) /Producer ({self.producer}) /CreationDate (D:20240411101500+02'00') >>".encode("cp1252"))
        out = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
        where: dict[int, tuple[int, int, int]] = {}
        if not self.objstm:
            for k, o in enumerate(objs, 1):
                where[k] = (1, len(out), 0)
                out += f"{k} 0 obj\n".encode() + o + b"\nendobj\n"
            start = len(out)
            out += f"xref\n0 {len(objs) + 1}\n0000000000 65535 f \n".encode()
            out += b"".join(f"{where[k][1]:010d} 00000 n \n".encode() for k in range(1, len(objs) + 1))
            out += f"trailer\n<< /Size {len(objs) + 1} /Root {cat} 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        else:
            packed = [k for k, o in enumerate(objs, 1) if b"stream" not in o]
            for k, o in enumerate(objs, 1):
                if k not in packed:
                    where[k] = (1, len(out), 0)
                    out += f"{k} 0 obj\n".encode() + o + b"\nendobj\n"
            sid, xid = len(objs) + 1, len(objs) + 2
            head, body = "", b""
            for j, k in enumerate(packed):
                head += f"{k} {len(body)} "
                body += objs[k - 1] + b"\n"
                where[k] = (2, sid, j)
            where[sid] = (1, len(out), 0)
            data = zlib.compress(head.encode() + body, 9)
            out += f"{sid} 0 obj\n<< /Type /ObjStm /N {len(packed)} /First {len(head)} /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode() + data + b"\nendstream\nendobj\n"
            where[xid] = (1, len(out), 0)
            rows = b"\x00\x00\x00\x00\xff" + b"".join(bytes([where[k][0]]) + where[k][1].to_bytes(3, "big") + bytes([where[k][2]]) for k in range(1, xid + 1))
            data = zlib.compress(rows, 9)
            start = len(out)
            out += f"{xid} 0 obj\n<< /Type /XRef /Size {xid + 1} /W [1 3 1] /Root {cat} 0 R /Info {info} 0 R /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode() + data + b"\nendstream\nendobj\n"
            out += f"startxref\n{start}\n%%EOF\n".encode()
        if name:
            (OUT / name).write_bytes(out)
        return out


# ================================================================================================ the documents: DOCX


def manuscript() -> None:
    d = Docx(author="H. Lamminen")
    d.header = d.para("Lamminen et al., manuscript submitted to ", d.i("Contributions to Mineralogy and Petrology"), style="Header")
    d.footer = d.para("Page ", d.field("PAGE", "1"), style="Footer")
    d.p("Water in spinel peridotite xenoliths below the ‖Eifel‖: a profile through five hand specimens", style="Title")
    d.p(d.b("H. Lamminen"), d.r("1,*", '<w:vertAlign w:val="superscript"/>'), ", ", d.b("T. Oberhauser"), d.r("2", '<w:vertAlign w:val="superscript"/>'), ", ", d.b("R. N. Chaudhuri"), d.r("1", '<w:vertAlign w:val="superscript"/>'))
    d.p("* Corresponding author, ORCID ", d.link("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"))
    d.h("Abstract")
    d.p("Five xenoliths of the Dreiser Weiher suite hold 40 to 220 ppm H2O in ⟦clinopyroxene⟧. We find no relation of water to ‖the degree of melting, and a clear one to modal metasomatism.")
    d.h("1 Introduction")
    d.p("Spinel peridotites of the West Eifel were described first by ", d.field("ADDIN ZOTERO_ITEM CSL_CITATION {\"citationID\":\"k2M8sPq0\",\"citationItems\":[{\"id\":911,\"itemData\":{\"DOI\":\"10.1007/BF00371276\",\"title\":\"Peridotite xenoliths\"}}]}", "Stosch and Seck (1980)"), " and sampled again during the excursions of 2017 and 2019.")
    d.h("2 Samples and methods")
    d.p("The hand specimens are kept in the rock collection of the institute. Each has an International Generic Sample Number (IGSN; see Table 1), and so has every thick section cut from it. The section used for the FTIR map of Fig. 3 is ⟦IGSN⟧ IEHLM‖001F‖; its counterpart, prepared for the ion probe, is ", d.comment(d.r("IEHLM001G"), "Is this not the same as IEHLM001H in the 2022 paper? Please check."), ".", d.foot("As a standard we used pyroxene from the Smithsonian (IGSN: NHB006K2Q), kindly lent by the Department of Mineral Sciences."))
    d.p("Pressures follow ", d.i("Köhler and Brey"), " (1990), doi:", d.link("10.1016/0016-7037(90)90226-B", "https://doi.org/10.1016/0016-7037(90)90226-B"), ".")
    d.caption("Table", 1, ". Specimens, their identifiers and modal composition (vol. %).")
    d.t(
        [
            ["Sample", "IGSN", "Rock type", "ol", "opx", "cpx", "sp"],
            ["DW17-03", d.link("IEHLM0003", "https://doi.org/10.58052/IEHLM0003"), "lherzolite", "64", "22", "12", "2"],
            ["DW17-04", d.r("IEHLM‖0004"), "harzburgite", "77", "19", "3", "1"],
            ["DW17-11", d.r("⟦IEHLM0007⟧"), "lherzolite", "61", "25", "12", "2"],
            ["DW19-02", d.r("IEHLM000A") + d.r("a", '<w:vertAlign w:val="superscript"/>'), "wehrlite", "58", "4", "36", "2"],
            ["DW19-08", d.r("IEHLM000C"), "dunite", "96", "2", "1", "1"],
        ],
        width=1300,
    )
    d.p(d.r("a", '<w:vertAlign w:val="superscript"/>'), " Composite xenolith; only the wehrlite half was registered.")
    d.h("Data availability")
    d.p("The FTIR spectra are available from GFZ Data Services (Lamminen et al., 2024; ", d.fieldlink("https://doi.org/10.5880/fidgeo.2024.011", "https://doi.org/10.5880/fidgeo.2024.011"), "). The samples can be looked up in SESAR: ", d.fieldlink("https://doi.org/10.58052/IEHLM0003", "https://doi.org/10.58052/IEHLM0003"), " (DW17-03), ", d.link("https://doi.org/‖10.58052/‖IEHLM0004", "https://doi.org/10.58052/IEHLM0004"), " (DW17-04) and so on for the others of Table 1.")
    d.h("References")
    d.p("Brey GP, Köhler T (1990) Geothermobarometry in four-phase lherzolites II. J Petrol 31:1353–1378. ", d.link("https://doi.org/10.1093/petrology/31.6.1353", "https://doi.org/10.1093/petrology/31.6.1353"))
    d.save("manuscript_eifel_xenoliths.docx")


def response() -> None:
    d = Docx(author="Yann Le Goff")
    d.p("Response to the reviewers, manuscript 2024GC011587", style="Title")
    d.p(d.b("Reviewer 2, comment 4. "), d.i("The authors speak of \u201cour dredged basalts\u201d all the time. The journal wants IGSNs. Please give them."))
    d.p("We thank the reviewer. ", d.dele("We feel that the sample names suffice."), d.ins(d.r("Done.")), " Lines 114–119 now read:")
    d.p(
        "“Glassy basalts were recovered at four stations of the cruise SMARTIES (IGSNs ", d.ins(d.r("BFBGX-91204, BFBGX-‖91206")), d.ins(d.r(" and ")), d.ins(d.r("BFBGX-91211")), "); one more (", d.dele("IEYLG0005"), d.ins(d.r("IGSN IEYLG0006")), ") comes from the older cruise. The gabbro was registered as ‖https://doi.org/10.58052/IEYLG00", d.dele("1O"), d.ins(d.r("10")), ".”",
        ppr='<w:ind w:left="567"/>',
    )
    d.p(d.b("Reviewer 2, comment 7. "), d.i("Table S1: is DR04-1 the sample of Hékinian (1982)?"))
    d.p("It is. We have added the sentence: ", d.ins(d.r("“Sample DR04-1 (igsn:10.58052/IEYLG000K) was analysed before by Hékinian (1982), who called it CH78-DR04-1.”")))
    d.p(d.b("Reviewer 3, comment 1. "), d.i("I could not open hdl.handle.net/10273/IEYLG0002."))
    d.p("The number was right, but the record was not public. It is now; we checked with the link ", d.link("https://app.geosamples.org/sample/igsn/IEYLG0002", "https://app.geosamples.org/sample/igsn/IEYLG0002"), ". ", '<w:moveFromRangeStart w:id="901" w:author="Yann Le Goff" w:date="2024-03-11T09:44:00Z" w:name="move1"/><w:moveFrom w:id="902" w:author="Yann Le Goff" w:date="2024-03-11T09:44:00Z">' + d.r("The glass chips (IGSN: IEYLG001P) were used up.") + '</w:moveFrom><w:moveFromRangeEnd w:id="901"/>')
    d.p(d.b("Reviewer 3, comment 2. "), d.i("What remains of the material?"))
    d.p('<w:moveToRangeStart w:id="903" w:author="Yann Le Goff" w:date="2024-03-11T09:44:00Z" w:name="move1"/><w:moveTo w:id="904" w:author="Yann Le Goff" w:date="2024-03-11T09:44:00Z">' + d.r("The glass chips (IGSN: IEYLG001P) were used up.") + '</w:moveTo><w:moveToRangeEnd w:id="903"/>', " All else is in the rock store at Plouzané.")
    d.save("response_to_reviewers.docx")


def checklist() -> None:
    d = Docx(author="Editorial Office")
    ph = '<w:rStyle w:val="PlaceholderText"/>'
    d.p("Author checklist for data and samples", style="Title")
    d.p("Fill in and upload with your manuscript. For IGSN IDs see ", d.link("https://www.igsn.org", "https://www.igsn.org/"), " or write to the data editor.")

    def box(on: bool) -> str:
        return d.sdt(f'<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr><w:t>{"☒" if on else "☐"}</w:t></w:r>', "check", f'<w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox>')

    d.t(
        [
            ["Question", "Answer"],
            ["Manuscript number", d.sdt(d.r("JGR-SE-2024-03318"), "Manuscript number")],
            ["Do all samples have a persistent identifier (IGSN, ARK, DOI)?", d.para(box(True), d.r(" yes   "), box(False), d.r(" no   "), box(False), d.r(" in part"))],
            ["Who registered the samples?", d.sdt(d.r("Geoscience Australia"), "allocating agent", '<w:dropDownList><w:listItem w:displayText="SESAR" w:value="SESAR"/><w:listItem w:displayText="Geoscience Australia" w:value="Geoscience Australia"/><w:listItem w:displayText="CSIRO" w:value="CSIRO"/></w:dropDownList>')],
            ["IGSN of the key sample", d.sdt(d.r("10.60516/‖AU1983314"), "IGSN of the key sample")],
            ["Other IGSN IDs, one per line", d.sdt(d.para(d.r("AU1983315")) + d.para(d.r("AU1983316")) + d.para(d.r("AU1983‖320 (duplicate of AU1983316)")), "Other IGSN IDs", "<w:richText/>")],
            ["Link to the record of one sample", d.link("https://pid.geoscience.gov.au/‖sample/AU1983321", "https://pid.geoscience.gov.au/sample/AU1983321")],
            ["IGSN of reference materials", d.sdt(d.r("Click or tap here to enter text.", ph), "reference materials", placeholder=True)],
            ["Borehole and its IGSN", [d.formtext("Text4", "Rocklea Dome RC-12, IGSN CSRWA40117")]],
            ["DOI of the data set", [d.formtext("Text5", "https://doi.org/10.25919/5ed0b1a0c2e6f")]],
            ["Grant", [d.formtext("Text6", "ARC DP190102940")]],
            ["Samples under embargo? Give their IGSN and the date", [d.formtext("Text7", "     ")]],
        ],
        width=4500,
    )
    d.p("Remarks: ", d.sdt(d.r("The sample AU1983318 was lost in transport and is not used in the paper."), "Remarks"))
    d.save("author_checklist_filled.docx")


def thesis() -> None:
    d = Docx(author="Nomvula Dlamini")
    d.header = d.para("Chapter 4 \u2013 ", d.field("STYLEREF \"Heading 1\"", "The Barberton drill cores"), d.r("\tN. Dlamini, PhD thesis"), style="Header")
    for lvl, text, page in [(1, "4 The Barberton drill cores", "61"), (2, "4.1 Core BARB5 and its subsamples", "61"), (2, "4.2 Section 5054_5_A_112Z (IGSN ICDP5054EXK7601)", "64")]:
        d.p(d.field(f"PAGEREF _Toc{16000000 + lvl} \\h", f"{text}\t{page}"), style=f"TOC{lvl}")
    d.h("4 The Barberton drill cores")
    d.h("4.1 Core BARB5 and its subsamples", 2)
    d.p("Hole BARB5 (IGSN ID ", d.link("10.60510/ICDP5054EHE0001", "https://doi.org/10.60510/ICDP5054EHE0001"), ") was drilled in 2012 to 763 m.", d.foot(d.r("All ICDP sample numbers of this chapter are IGSNs. They open with the old resolver too, e.g. http://igsn.org/ICDP5054EX‖L7601, or ") + d.link("hdl.handle.net/10273/ICDP5054EXM7601", "http://hdl.handle.net/10273/ICDP5054EXM7601") + d.r(".")), d.r(" I took quarter cores of the chert at 221, 340 and 502 m, and of the barite at 588 m (Table 4.1)."))
    d.p(d.textbox([d.para(d.b("Box 4.1  What is an IGSN?")), d.para(d.r("A name for a sample that can be resolved on the web. The quarter core at 340 m, for instance, is doi:10.60510/ICDP5054EXB9601; the “EX” says that it is a sample taken from a section."))]))
    d.h("4.2 Section 5054_5_A_112Z (IGSN ICDP5054EXK7601)", 2)
    d.p("The section is described by ", d.field("REF _Ref2201 \\h", "Hofmann et al. (2013)"), " as banded ferruginous chert; the scanned image of its archive half (IGSN: ICDP5054ESK7601) is at ", d.link("https://data.icdp-online.org/mdis/5054/ICDP5054ESK7601", "https://data.icdp-online.org/mdis/5054/ICDP5054ESK7601"), ". It was cut in 2019 and the half with the registered number was lent to Johannesburg. Funding: DFG HO 2507/2-1, NRF 98904; XRF data in ", d.link("10.5880/ICDP.5054.001", "https://doi.org/10.5880/ICDP.5054.001"), ".")
    d.caption("Table", 1, ". Quarter cores (all IGSNs with the prefix 10.60510)")
    d.t(
        [
            [("Sample", 1, "restart"), ("Depth", 2), ("IGSN", 2)],
            [("", 1, "continue"), "top (m)", "bottom (m)", "quarter core", "powder"],
            ["B5-221", "221.10", "221.24", d.r("ICDP5054EXA9601"), d.r("ICDP5054EXAP601")],
            ["B5-340", "340.02", "340.18", d.r("ICDP5054‖EXB9601"), d.r("ICDP5054EXBP601")],
            ["B5-502", "502.55", "502.61", d.r("ICDP5054EXC9601"), "\u2013"],
            ["B5-588", "588.40", "588.49", d.r("ICDP5054EXD9601"), "not registered"],
        ],
        heads=2,
    )
    d.save("thesis_chapter4_barberton.docx")


def harz() -> None:
    d = Docx(author="Dr. K. Oelze", lang="de-DE")
    d.p("Probenahmebericht Oberharzer Gangrevier", style="Title")
    d.p("Auftrag 4711/23 · Probenehmer: Oelze, Brinkmann · Datum: 14.–16.09.2023")
    d.h("1 Anlass")
    d.p("Im Rahmen des Projektes HarzErz (FKZ 033R189B) wurden Gangproben aus den Halden am Rosenhof und aus dem Tiefen Georg-Stollen entnommen. Die IGSN der Proben wurden vorab beim GFZ reserviert (GFHRZ0001 bis GFHRZ0040) und vor Ort auf Aufkleber gedruckt.")
    d.h("2 Proben")

    def sheet(rows: list[tuple[str, str]]) -> None:
        d.t([[d.b(k), v] for k, v in rows], heads=0, width=4200)

    sheet([("Probe", "RH-23-01"), ("IGSN", d.r("GFHRZ‖0001")), ("Rechtswert / Hochwert", "32594120 / 5740377"), ("Material", "Galenit-Sphalerit-Erz, Haldenstück 3,2 kg"), ("Foto", "IMG_4471.JPG")])
    sheet([("Probe", "RH-23-02"), ("IGSN", d.r("GFHRZ0002")), ("Eltern-IGSN", d.r("GFHRZ0001")), ("Material", "Anschliff aus RH-23-01"), ("Foto", "IMG_4479.JPG")])
    sheet([("Probe", "TG-23-01"), ("IGSN", d.r("GFHRZ0007")), ("Material", "Sinter, Tiefer Georg-Stollen, Station 1480"), ("Foto", "IMG_4502.JPG")])
    sheet([("Probe", "TG-23-02"), ("IGSN", d.r("keine")), ("Material", "Grubenwasser 1 l, verworfen"), ("Foto", "\u2013")])
    d.h("3 Rückstellmuster und Vergleichsproben")
    d.p("Rückstellmuster zu TG-23-01 ist die Probe mit der IGSN GFHRZ0008, ‖jene zu RH-23-01 trägt die Nummer GFHRZ0003. Zum Vergleich dient Bohrkern aus dem Kernlager Grubenhagen der BGR (", d.link("https://doi.org/10.60510/BGRB5054RX05201", "https://doi.org/10.60510/BGRB5054RX05201"), " und ", d.link("Kern 77", "https://doi.org/10.60510/BGRB5054RX05277"), "). Die Aufkleber GFHRZ0004, GFHRZ0005 und GFHRZ0006 wurden vernässt und vernichtet.")
    d.p("Analysen: Labor-Nr. 23-11874 bis 23-11881, DIN EN ISO/IEC 17025, DAkkS D-PL-14176-01-00.")
    d.save("probenahmebericht_oberharz.docx")


def french() -> None:
    d = Docx(producer="lo", author="C. Berthelot", lang="fr-FR")
    d.p("Rapport de mission – carottage du lac d’Aiguebelette, campagne AIG22", style="Title")
    d.h("1. Opérations")
    d.p("Deux carottes ont été prélevées depuis la plateforme UWITEC le 3 mai 2022. La carotte AIG22-I (n° IGSN\u00a0: ", d.fieldlink("TOAE0000000451", "http://igsn.org/TOAE0000000451"), ") mesure 9,42\u00a0m, la carotte AIG22-II (n° IGSN\u00a0: TOAE‖0000000452) 6,10\u00a0m. La troisième, perdue au treuil, n’a pas reçu de numéro.")
    d.p("Autorisation\u00a0: arrêté préfectoral 73-2022-04-11-00003. Parcelle ZB\u00a00117.")
    d.h("2. Sections")
    d.caption("Tableau", 1, " – Sections déposées à la cyber-carothèque")
    d.t(
        [
            ["Section", "Haut (cm)", "Bas (cm)", "IGSN", "IGSN de la carotte mère"],
            ["AIG22-I-A", "0", "98", d.r("TOAE0000000453"), d.r("TOAE0000000451")],
            ["AIG22-I-B", "98", "194", d.r("TOAE0000000454"), d.r("TOAE0000000451")],
            ["AIG22-II-A", "0", "101", d.r("TOAE0000000461"), d.r("TOAE0000000452")],
            ["AIG22-II-B", "101", "187", "à attribuer", d.r("TOAE0000000452")],
        ],
        width=1900,
    )
    d.h("3. Échantillons de surface")
    d.p("Les sédiments d’interface portent les IGSN TOAE0000000470, TOAE0000000471 et TOAE0000000474\u00a0; ils sont conservés à 4\u00a0°C. La roche du rivage a été enregistrée au CNRS sous 10273/CNRS0000012045.")
    d.p("Données\u00a0: ", d.link("https://doi.org/10.17043/aig22-xrf", "https://doi.org/10.17043/aig22-xrf"), ". Projet ANR-19-CE01-0011.")
    d.save("rapport_mission_aiguebelette.docx")


def spanish() -> None:
    base = '<w:rFonts w:ascii="Arial" w:cs="Arial" w:eastAsia="Arial" w:hAnsi="Arial"/><w:rtl w:val="0"/>'
    d = Docx(rpr=base, producer="google", author="", lang="es")
    d.p("Informe de muestreo: ignimbritas de Caspana y Toconce", style="Title")
    d.p("Campaña de noviembre de 2022. Participantes: P. Huenchumil, V. Aravena, J. Zapata.")
    d.h("Muestras", 2)
    d.p("Se tomaron seis muestras de pómez y dos de vitrófiro. Los identificadores IGSN se pidieron en SESAR al volver de terreno:")
    for name, code, what in [("CAS-01", "IEPHU0011", "pómez, base del flujo"), ("CAS-02", "IEPHU0012", "pómez, techo del flujo"), ("CAS-04", "IEPHU0014", "vitrófiro")]:
        d.item(f"{name}, IGSN: {code} ({what})")
    d.item("TOC-01 e IGSN ", d.link("10.58052/IEPHU0021", "https://www.google.com/url?q=https://doi.org/10.58052/IEPHU0021&sa=D&source=docs&ust=1700000000000"), " (pómez con inclusiones de dacita)")
    d.item("TOC-03 (IGSN IEPHU0023 y duplicado IEPHU0024)")
    d.p("La muestra CAS-03 se descartó por alteración; su número, ", d.r("IGSN IEPHU0013", "<w:strike/>"), ", no se usará.")
    d.h("Trabajos anteriores", 2)
    d.p("La muestra tipo de la Ignimbrita Toconce está en Ithaca: ", d.link("https://app.geosamples.org/sample/igsn/IECOR00B7", "https://app.geosamples.org/sample/igsn/IECOR00B7"), ". Las edades U-Pb aparecen en https://doi.org/10.5027/andgeoV44n3-a01. Proyecto FONDECYT 1201786; permiso CMN N.º 4120-22.")
    d.save("informe_muestreo_caspana.docx")


def japanese() -> None:
    base = '<w:rFonts w:ascii="MS Mincho" w:eastAsia="MS Mincho" w:hAnsi="MS Mincho" w:hint="eastAsia"/>'
    d = Docx(rpr=base, author="佐藤 美咲", lang="ja-JP")
    d.p("航海報告書　付録２　採取試料一覧", style="Title")
    d.p("本航海（KS-23-5）で採取した岩石試料の一部には、国際汎用試料番号（IGSN）を付与した。付与済みの試料を表２に示す。")
    d.t(
        [
            ["試料名", "ＩＧＳＮ", "岩質", "重量（ｋｇ）", "備考"],
            ["D03-001", d.r("IEJMS‖0001"), "玄武岩", "12.4", "急冷縁あり"],
            ["D03-002", d.r("IEJMS0002"), "玄武岩", "3.1", ""],
            ["D05-001", d.r("IEJMS0005"), "はんれい岩", "7.7", d.r("薄片 IGSN：IEJMS00T5")],
            ["D05-004", "未登録", "蛇紋岩", "1.0", "熊本大学に貸出中"],
        ],
        width=1700,
    )
    d.p("D03-001の粉末試料（IGSN：IEJMS00P1）および火山ガラス（IGSN：IEJMS00G1、IEJMS00G2）は東京大学大気海洋研究所に保管されている。比較試料はhttps://doi.org/10.60471/ODP02Q4KMを参照。データはhttps://doi.org/10.17596/0002871（JAMSTEC）で公開する。")
    d.p("科研費 JP21H04505。", style="")
    d.save("koukai_houkoku_furoku2.docx")


def template() -> None:
    d = Docx(author="Core Facility")
    ph = '<w:rStyle w:val="PlaceholderText"/>'
    d.p("Field protocol – template, version 3.1", style="Title")
    d.p("Copy this file for each campaign. Write the IGSN on the bag with a permanent marker and stick the QR label on the tag. Numbers are issued in blocks; ask the curator.")
    d.t(
        [
            ["Station", "Sample name", "IGSN", "Parent IGSN", "Collector", "Date"],
            [d.r("<station>"), d.r("<name>"), "IEXXX####", "IEXXX####", d.r("<initials>"), "YYYY-MM-DD"],
            ["", "", d.sdt(d.r("Enter IGSN", ph), "IGSN", placeholder=True), "n/a", "", ""],
            ["", "", "to be assigned", "none", "", ""],
        ],
        width=1500,
    )
    d.p("How the identifier is cited in papers: ", d.r("https://doi.org/10.58052/{IGSN}"), " or ", d.r("IGSN: XXXXXXXXX"), ". Do not write the old handles (hdl.handle.net/10273/…) any longer.")
    d.p("Lab bag codes such as LB-2024-0117 or the freezer position F3-B12-07 are not identifiers of samples outside this house. More on the web page of the IGSN e.V., ", d.link("https://www.igsn.org/faq", "https://www.igsn.org/faq"), ".")
    d.save("none_field_protocol_template.docx")


def grant() -> None:
    d = Docx(author="Prof. A. Benedetti")
    d.header = d.para("Grant agreement 101045678 – DEEPMELT – Periodic report 2", style="Header")
    d.p("Periodic technical report, part B", style="Title")
    d.p("WP2 has met its milestone MS7. The deliverable D2.4 (", d.link("https://doi.org/10.5281/zenodo.7781234", "https://doi.org/10.5281/zenodo.7781234"), ") lists the experimental charges PC1107, PC1108 and GG0412. All our natural samples will receive IGSNs in the last period; ‖so far 40 of 112 have been described in the local database (numbers AB00417 to AB00456).")
    d.p("Publications: ", d.link("10.1029/2022GC010701", "https://doi.org/10.1029/2022GC010701"), "; ", d.link("10.1016/j.epsl.2023.118012", "https://doi.org/10.1016/j.epsl.2023.118012"), ". ISBN 978-3-16-148410-0. National co-funding: NSF EAR-1952641, NERC NE/T012595/1, DFG BE 2131/14-2, Swiss 200021_192296.")
    d.t([["Person", "ORCID", "Months"], ["Benedetti", "0000-0001-5109-3700", "6.2"], ["Kurz", "0000-0003-1415-9269", "12"], ["IGSN data steward (N.N.)", "\u2013", "0"]], width=2600)
    d.p("Deviation: registration with the IGSN allocating agent was late because of the move of IGSN e.V. to DataCite.", d.foot("IGSN e.V. and DataCite, joint statement of 2021; see https://www.igsn.org/ for news."))
    d.save("none_periodic_report_deepmelt.docx")


manuscript(), response(), checklist(), thesis(), harz(), french(), spanish(), japanese(), template(), grant()

# ================================================================================================ the documents: XLSX


def register() -> None:
    """A batch registration sheet given back by SESAR, kept by a department."""
    x = Xlsx()
    b = {"s": 1}
    rows: list[list] = [
        [{"v": "Department of Earth Sciences – register of field samples 2023", **b}],
        ["Curator: B. Okafor, user code IEBOK. Status of 12 Jan 2024."],
        [],
        [{"v": "Identification", **b}, None, None, None, {"v": "Collection", **b}, None, None, {"v": "Storage", **b}],
        [{"v": h, **b} for h in ["Sample Name", "IGSN", "Parent IGSN", "Material", "Date", "Latitude", "Longitude", "Room"]],
        ["BO23-001", "IEBOK0001", None, "Rock", {"v": 45082, "s": 3}, 7.1043, 3.9921, "B114"],
        ["BO23-001a", "IEBOK0002", "IEBOK0001", "Rock, thin section", {"v": 45082, "s": 3}, 7.1043, 3.9921, "B114"],
        ["BO23-002", {"v": "IEBOK0003", "link": "https://app.geosamples.org/sample/igsn/IEBOK0003"}, None, "Rock", {"v": 45083, "s": 3}, 7.1102, 3.9877, "B114"],
        ["BO23-003", {"v": "IEBOK0004", "note": "was labelled IEBOK000X in the field"}, None, "Soil", {"v": 45083, "s": 3}, 7.12, 3.98, "cold room"],
        ["BO23-004", {"v": "IEBOK00E5", "s": 4}, None, "Soil", {"v": 45084, "s": 3}, 7.1244, 3.9811, "cold room"],
        ["BO23-005", "pending", None, "Water", {"v": 45084, "s": 3}, 7.1310, 3.9804, "discarded"],
        ["BO23-006", "IEBOK0007 ", "IEPAR0031", "Rock", {"v": 45085, "s": 3}, 7.1407, 3.9799, "B114"],
        [],
        [{"v": "IEPAR0031 is the outcrop, registered by the survey in 2019.", "s": 0}],
    ]
    x.sheet("Samples", rows, merges=("A1:H1", "A4:D4", "E4:G4", "A14:H14"))
    x.sheet("Rooms", [["Room", "Shelf code", "Barcode"], ["B114", "B114-07-C", {"v": 4006381333931}], ["cold room", "CR-2", {"v": 4006381334006}]])
    x.save("sample_register_2023.xlsx")


def geochem() -> None:
    """Data set with a read-me sheet, data in wide form (samples in columns) and a hidden working sheet; by a Python library."""
    x = Xlsx(app="openpyxl")
    t = lambda s: {"v": s, "inline": True}  # noqa: E731
    x.sheet("README", [[t("Title"), t("Major and trace elements of Permian rhyolites, Saar-Nahe basin")], [t("Authors"), t("Weidenfeller, J.; Raab, S.")], [t("Data DOI"), t("https://doi.org/10.5880/GFZ.4.8.2023.007")], [t("Samples"), t("The samples of sheet \"WR\" were registered as IGSN by GFZ; the reference rhyolite is igsn:10.60510/GFRKA0100.")], [t("License"), t("CC BY 4.0")]])
    wr: list[list] = [
        [t("Sample"), t("SN-01"), t("SN-02"), t("SN-05"), t("SN-06"), t("BHVO-2")],
        [t("IGSN"), t("GFRKA0101"), t("GFRKA0102"), t("GFRKA0105"), t("GFRKA0106"), t("\u2013")],
        [t("GPS E"), 7.3301, 7.3412, 7.3907, 7.4011, None],
    ]
    for ox, vals in [("SiO2", (74.12, 73.88, 71.05, 76.4, 49.9)), ("TiO2", (0.211, 0.225, 0.301, 0.144, 2.73)), ("Al2O3", (13.01, 13.4, 14.22, 12.5, 13.5)), ("Rb (ppm)", (188, 177, 164, 230, 9.1))]:
        wr.append([t(ox), *[{"v": v, "s": 2} for v in vals]])
    x.sheet("WR", wr)
    x.sheet(
        "Zr U-Pb",
        [
            [t("Grain"), t("Sample"), t("Mount"), t("206Pb/238U"), t("±2s")],
            [t("SN01-1"), t("SN-01"), t("10.60510/GFRKA010M"), 0.04611, 0.00051],
            [t("SN01-2"), t("SN-01"), t("10.60510/GFRKA010M"), 0.04623, 0.00049],
            [t("SN05-1"), t("SN-05"), t("10.60510/GFRKA010N"), 0.04655, 0.00057],
        ],
    )
    x.sheet("raw", [[t("file"), t("run")], [t("GFL240117A.csv"), 17], [t("GFL240118A.csv"), 18]], state="hidden")
    x.save("saar_nahe_rhyolites.xlsx")


def loans() -> None:
    x = Xlsx()
    res = "https://doi.org/"
    rows: list[list] = [
        [{"rich": ["Loan list ", "National Museum of Natural History, Mineral Sciences"]}],
        [],
        ["Loan no.", "Cat. no.", "IGSN (DOI)", "Name", "Borrower", "Due", "Remarks"],
    ]
    for no, cat, code, what, who, due, rem in [
        (2071, "NMNH 111312-44", "10.58151/NHB0044A1", "Lherzolite, Kilbourne Hole", "L. Ferrière", 45626, None),
        (2071, "NMNH 111356-2", "10.58151/NHB0044A7", "Wehrlite, San Carlos", "L. Ferrière", 45626, "two chips"),
        (2074, "NMNH 117229-1", "10.58151/NHB005XC2", "Komatiite, Belingwe", "A. Nyambe", 45657, "section back 3 May"),
    ]:
        rows.append([no, cat, {"f": f'HYPERLINK("{res}{code}","{code}")', "v": code}, what, who, {"v": due, "s": 3}, rem])
    rows.append([2075, "NMNH 98800", "IGSN not yet assigned", "Obsidian, Glass Buttes", "M. Sato", {"v": 45657, "s": 3}, "old catalogue card"])
    rows.append([2079, "NMNH 118279", "NHB006J40", "Fumarole crust, Kilauea", "U. Wirth", {"v": 45700, "s": 3}, "goes with IGSN NHB006J41 and NHB006J42"])
    rows.append([2080, {"v": "NMNH 116111-3", "s": 5}, {"v": "10.58151/NHB0044B0", "s": 5}, {"v": "withdrawn", "s": 5}, None, None, None])
    rows.append([None, None, {"f": 'COUNTA(C4:C9)', "v": 6}, "entries"])
    x.sheet("Open loans", rows, merges=("A1:G1",))
    x.sheet("Borrowers", [["Name", "ORCID", "Institution (ROR)"], ["L. Ferrière", "0000-0002-9082-6230", "https://ror.org/01tv5y993"], ["A. Nyambe", "0000-0001-7205-1141", "https://ror.org/03gh19d69"]])
    x.save("museum_open_loans.xlsx")


def scans() -> None:
    """Log of a core scanner: the identifier of the section in one column, run numbers that look alike in another."""
    x = Xlsx()
    rows: list[list] = [["XRF core scanner, log of runs (Avaatech)"], ["Section", "Section IGSN", "Run", "File", "Operator"]]
    for n, sec, run in [("GeoB22301-2 A", "10.58095/GEOB22301A", "R0230101"), ("GeoB22301-2 B", "10.58095/GEOB22301B", "R0230102"), ("5034_C_70_2", "MBCR5034RC70210", "R0230107"), ("5034_C_70_3", "https://igsn.org/MBCR5034RC70310", "R0230108")]:
        rows.append([n, sec, run, f"/scan/2023/{run}.spe", "VB"])
    rows.append([None, None, "R0230109", "/scan/2023/R0230109.spe", "VB"])
    rows.append(["5034_C_71_1", "MBCR5034RC71110", "R0230110", "/scan/2023/R0230110.spe", "HK"])
    x.sheet("Runs 2023", rows, merges=("A1:E1",), widths='<cols><col min="1" max="5" width="22" customWidth="1"/></cols>')
    x.sheet("Standards", [["Standard", "Lot"], ["SARM-4", "GBW07309"], ["JR-1", "GSJ JR-1"]])
    x.save("xrf_scanner_log.xlsx")


def accessions() -> None:
    x = Xlsx()
    x.sheet("MIxS", [
        ["Supplementary Table S3. Sequence accessions of the hot-spring mats"],
        ["Sample", "BioProject", "BioSample", "SRA run", "GenBank", "Voucher", "sample_id", "Collection permit"],
        ["YM1", "PRJNA748391", "SAMN20339011", "SRR15247719", "MZ669811", "YPM IP 530021", "YNP-2019-M1", "YELL-2019-SCI-5480"],
        ["YM2", "PRJNA748391", "SAMN20339012", "SRR15247720", "MZ669812", "YPM IP 530022", "YNP-2019-M2", "YELL-2019-SCI-5480"],
        ["YM4", "PRJNA748391", "SAMEA8714402", "ERR6246519", "OU015634.1", "USNM PAL 720114", "YNP-2019-M4", "YELL-2019-SCI-5480"],
    ], merges=("A1:H1",))
    x.sheet("Notes", [["Data paper", {"v": "10.1128/MRA.00712-21", "link": "https://doi.org/10.1128/MRA.00712-21"}], ["Metagenomes", "https://www.ncbi.nlm.nih.gov/biosample/SAMN20339011"], ["Physical samples", "No IGSN or other sample PID has been registered."], ["Collection", "GBIF occurrence 3355421009"]])
    x.save("none_sequence_accessions.xlsx")


register(), geochem(), loans(), scans(), accessions()

# ================================================================================================= the documents: ODF


def cruise() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region xml:id="ct1" text:id="ct1"><text:deletion><office:change-info><dc:creator>S. Thoresen</dc:creator><dc:date>2024-02-01T10:00:00</dc:date></office:change-info>'
        '<text:p text:style-name="Text_20_body">, and IGSN IEGSM000X</text:p></text:deletion></text:changed-region>'
        '<text:changed-region xml:id="ct2" text:id="ct2"><text:insertion><office:change-info><dc:creator>S. Thoresen</dc:creator><dc:date>2024-02-01T10:02:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>'
    )
    rows = [
        ["Station", "Device", "Recovery", "IGSN"],
        ["GS21-07", "gravity corer", "3.12 m", "IEGSM0007"],
        ["GS21-08", "gravity corer", "none", "\u2013"],
        ["GS21-09", "multicorer", "8 tubes", op("IEGSM0009", style="Table_20_Contents") + op("IEGSM000‖A", style="Table_20_Contents")],
        ["GS21-12", "dredge", "40 kg", op(oa("10.58052/IEGSM000C", "https://doi.org/10.58052/IEGSM000C"), style="Table_20_Contents")],
    ]
    note = '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p text:style-name="Footnote">The box core of 2018 has the IGSN IEGSM‖00B3.</text:p></text:note-body></text:note>'.replace("‖", '<text:span text:style-name="T1">') .replace("00B3.", "00B3</text:span>.")
    body = (
        "<office:text>" + changes
        + oh("Cruise report GS21-221, Mohns Ridge")
        + op("The ship left Bergen on 2 July. Stations and identifiers of the samples are in Table 1; the dive numbers (GS21-221-ROV05 and so on) are those of the vehicle.")
        + op("Sediment was taken in addition at the vent field (IGSN IEGSM000F", '<text:change text:change-id="ct1"/>', '<text:change-start text:change-id="ct2"/>', ", IGSN IEGSM000‖G", '<text:change-end text:change-id="ct2"/>', ").", note)
        + op('Table 1. Stations.', style="Table")
        + otable("Table1", rows)
        + oh("Storage", 2)
        + op("Sulphide chimneys went to the Bergen store under the\u00a0handles ", oa("hdl:10273/IEGSM000H", "https://hdl.handle.net/10273/IEGSM000H"), " and ", oa("hdl:10273/IEGSM000J", "https://hdl.handle.net/10273/IEGSM000J"), ". Multibeam data: doi:10.21335/NMDC-1247712727. Funding RCN 179560; cruise permit 21/8830.")
        + '<text:p text:style-name="Text_20_body"><draw:frame draw:name="Frame1" text:anchor-type="paragraph" svg:width="7cm"><draw:text-box fo:min-height="2cm">' + op("Fig. 3. Chimney IEGSM000H on deck. Photo: E. Vik.") + "</draw:text-box></draw:frame></text:p>"
        + "</office:text>"
    )
    odf("cruise_report_gs21.odt", "text", body, '<style:style style:name="T1" style:family="text"/>')


def letter() -> None:
    body = (
        "<office:text>"
        + op("Bremen Core Repository\nKlagenfurter Straße 2–4\n28359 Bremen")
        + op("3 June 2024")
        + op("Sample request 087421IODP – confirmation", style="Heading_20_2")
        + op("Dear Dr. Achterberg,")
        + op("your samples were cut last week. The identifiers are IGSN IDs of MARUM; please cite them in full, for instance https://doi.org/10.58095/‖MBCR5063RC3R201.")
        + "<text:list><text:list-item>" + op("10.58095/MBCR5063RC3R202 – 20 cc, interval 44–46 cm")
        + "</text:list-item><text:list-item>" + op("10.58095/MBCR5063RC3R203 – 20 cc, interval 64–66 cm")
        + "</text:list-item><text:list-item>" + op("10.58095/MBCR5063RC3R204 – 10 cc, interval 84–86 cm")
        + "</text:list-item></text:list>"
        + op("The half core itself is BCR-5063-C-3R-2 in our data base. The residues of your request of 2021 (IGSN: MBCR5054RX88101 and MBCR5054RX88102) are still here; may we send them back?", '<office:annotation office:name="1"><dc:creator>VL</dc:creator><dc:date>2024-06-03T09:00:00</dc:date><text:p>Ask Holger about MBCR5054RX88103 first.</text:p></office:annotation>')
        + op("Shipping: DHL 00340434161094042557; invoice RE-2024-00871.")
        + op("Yours sincerely, V. Lohmann")
        + "</office:text>"
    )
    odf("letter_core_repository.odt", "text", body, '<style:style style:name="T1" style:family="text"/>')


def museum() -> None:
    rows = [
        ["Inv.-Nr.", "Objekt", "Fundort", "Literatur"],
        ["MB.Ma.48110", "Backenzahn, Mammuthus", "Rixdorf", "10.1002/mmng.201300009"],
        ["NHMUK PV R 16440", "Abguss", "Lyme Regis", "ISBN 0-565-09012-1"],
        ["SMNS 80042", "Platte mit Seelilien", "Holzmaden", "–"],
        ["SNSB-BSPG 1889 XI 1", "Gegenplatte", "Solnhofen", "https://doi.org/10.5852/ejt.2019.543"],
        ["GZG.INV.17220", "Handstück, Typmaterial", "Harz", "Kat. GZG 1911, S. 14"],
    ]
    body = (
        "<office:text>" + oh("Leihverkehr der Sammlung, 2. Quartal")
        + op("Die Liste nennt die Inventarnummern; IGSN wurden für die Paläontologie bisher nicht vergeben. Die Frage, ob wir dem IGSN e.V. beitreten, ist vertagt (Vermerk IGSN2021).")
        + otable("Tabelle1", rows)
        + op("Versicherung: Police 40-7718-2231. Zoll: ATA-Carnet DE/24/0133. Förderung DFG ME 1712/4-1.")
        + "</office:text>"
    )
    odf("none_leihverkehr_museum.odt", "text", body)


def inventory() -> None:
    def cell(v: str, rep: int = 1, href: str = "", note: str = "", cols: int = 1, num: bool = False) -> str:
        a = f' table:number-columns-repeated="{rep}"' if rep > 1 else ""
        a += f' table:number-columns-spanned="{cols}" table:number-rows-spanned="1"' if cols > 1 else ""
        if not v:
            return f"<table:table-cell{a}/>"
        ty = f' office:value-type="float" office:value="{v}" calcext:value-type="float"' if num else ' office:value-type="string" calcext:value-type="string"'
        inner = oa(v, href) if href else esc(v)
        n = f'<office:annotation draw:style-name="gr1"><dc:date>2024-01-09T00:00:00</dc:date><text:p>{esc(note)}</text:p></office:annotation>' if note else ""
        cov = f'<table:covered-table-cell table:number-columns-repeated="{cols - 1}"/>' if cols > 1 else ""
        return f"<table:table-cell{a}{ty}>{n}<text:p>{inner}</text:p></table:table-cell>{cov}"

    def row(*cells: str, attrs: str = "") -> str:
        return f'<table:table-row table:style-name="ro1"{attrs}>' + "".join(cells) + "</table:table-row>"

    sheet1 = (
        row(cell("Rock store Perth – drawer list 14", cols=6))
        + row(cell("", 6), attrs=' table:number-rows-repeated="2"')
        + row(*(cell(h) for h in ("Drawer", "Field no.", "igsn", "Related IGSN", "Lithology", "Mass (g)")))
        + row(cell("14-A"), cell("RDG-001"), cell("CSRWA4410"), cell(""), cell("BIF"), cell("1210", num=True))
        + row(cell("14-A"), cell("RDG-002"), cell("CSRWA4411"), cell("CSRWA4410", note="core tray, see drawer 2"), cell("BIF"), cell("340", num=True))
        + row(cell("14-B"), cell("RDG-007"), cell("csrwa4417"), cell("CSRWASC00310"), cell("hematite ore"), cell("905", num=True))
        + row(cell("14-B"), cell("RDG-008"), cell("10.58108/CSRWA4418", href="https://doi.org/10.58108/CSRWA4418"), cell(""), cell("shale"), cell("77", num=True))
        + row(cell("14-C"), cell("RDG-011"), cell("missing label", 2), cell("chert"), cell("51", num=True))
        + row(cell(""), attrs=' table:number-rows-repeated="1048566"')
    )
    sheet2 = row(cell("Tray"), cell("Box code")) + row(cell("T1"), cell("CSBOX0014")) + row(cell("T2"), cell("CSBOX0015"))
    body = f'<office:spreadsheet><table:table table:name="Drawer 14" table:style-name="ta1"><table:table-column table:number-columns-repeated="6"/>{sheet1}</table:table><table:table table:name="Trays" table:style-name="ta1"><table:table-column table:number-columns-repeated="2"/>{sheet2}</table:table></office:spreadsheet>'
    odf("drawer_list_perth.ods", "spreadsheet", body)


cruise(), letter(), museum(), inventory()

# ================================================================================================= the documents: PDF


def paper() -> None:
    d = Pdf("pdfTeX-1.40.25", lig=True, tex=True, objstm=True)
    cw, xs = 240.0, (50.0, 305.0)

    def column(x: float, y: float, parts: list[tuple[str, str]]) -> float:
        for kind, s in parts:
            if kind == "h":
                y -= 6
                d.text(x, y, s, "F4", 10)
                y -= 14
            elif kind == "r":
                y = d.block(x, y, s, cw, "F3", 7.5, 9.2, justify=False)
            else:
                y = d.block(x, y, s, cw, "F3", 9.5, 11.6)
        return y

    d.page()
    d.text(50, 805, "Earth Syst. Sci. Notes, 7, 211\u2013224, 2024", "F5", 8)
    d.text(430, 805, "doi:10.5194/essn-7-211-2024", "F5", 8)
    d.text(50, 765, "Luminescence ages of loess beneath the Cologne embayment,", "F4", 15)
    d.text(50, 747, "and where the dated material is now", "F4", 15)
    d.text(50, 725, "Birgit Schallmo, Fionn Kilbride, and Oluwaseun Adeyemi", "F3", 10)
    d.text(50, 712, "Institute of Geography, University of Cologne, Germany", "F5", 8.5)
    left = [
        ("p", "Abstract. We give thirty-one ages of loess from five cored profiles. Seven of them were classified as minimum ages. All sediment tubes are kept, and each is registered with an IGSN."),
        ("h", "1   Introduction"),
        ("p", "The loess of the em¬bay¬ment was first dated by Frechen (1992). Since then the fields around Garz¬weiler have been dug away, so that new sections can no longer be offered to those who want to repeat the measure¬ments."),
        ("h", "2   Material and methods"),
        ("p", "Five cores were taken by percussion drilling, with a flow of nitrogen in the liner. The deepest, GW-3, is registered as https://doi.org/¦10.60510/¦GFBSC0003. From it come the tubes GW-3/4 (IGSN: GFBSC0031) and GW-3/9 (IGSN: GFBSC¬0036), the latter from the Horrem soil. The dose rate was measured on a second split of the same tube; that split has its own number, igsn:¦10.60510/¦GFBSC00S6. Equivalent doses were determined with the post-IR protocol of Thiel et al. (2011)."),
        ("p", "Quartz was etched for 40 min and sieved. The luminescence reader was a Risø TL/OSL-DA-20 (serial number 308). Blind tests were made with the calibration quartz of batch 118."),
    ]
    right = [
        ("h", "3   Results"),
        ("p", "The ages of profile GW-1 increase from 18.4 ± 1.1 to 62 ± 4 ka (Table 1). In profile IN-2 the tubes with the IGSNs GFBSC0121, GFBSC0122 and GFBSC0125 agree within error; GFBSC¬0124 is older by two sigma, and we suspect incomplete bleaching. The tephra (IGSN GFBSC01T1) was identified by its glass chemistry as Eltville tephra. A first sample of it had been registered at Bremen long ago and is found as hdl.handle.net/¦10273/¦BGRB0410T2201."),
        ("h", "Data availability"),
        ("p", "Ages and dose rates: https://doi.org/¦10.1594/¦PANGAEA.¦963118. Sediment: the remaining tubes can be asked for; see the landing pages https://dataservices.gfz-potsdam.de/¦igsn/esg/¦index.php?igsn=¦GFBSC0001 and https://doi.org/¦10.60510/¦GFBSC0003."),
        ("h", "Acknowledgements"),
        ("p", "Funded by DFG (SCHA 1234/5-1, project 57444011) under permit of RWE."),
        ("h", "References"),
        ("r", "Frechen, M.: Systematic thermoluminescence dating of two loess profiles, Quat. Sci. Rev., 11, 93\u2013101, https://doi.org/10.1016/0277-3791(92)90048-D, 1992."),
        ("r", "Thiel, C., Buylaert, J.-P., Murray, A. et al.: Luminescence dating of the Stratzing loess profile, Quatern. Int., 234, 23\u201331, https://doi.org/10.1016/j.quaint.2010.05.018, 2011."),
    ]
    column(xs[0], 685, left)
    column(xs[1], 685, right)
    d.text(290, 40, "211", "F3", 8)
    d.page()
    d.text(50, 805, "B. Schallmo et al.: Loess beneath the Cologne embayment", "F5", 8)
    d.text(530, 805, "212", "F3", 8)
    d.text(50, 775, "Table 1. Ages of the profile GW-1. The IGSN is that of the sediment tube.", "F4", 9)
    y = d.grid(50, 758, [["Tube", "IGSN", "Depth (m)", "Dose (Gy)", "Age (ka)"], ["GW-1/1", "GFBSC0011", "0.8", "71 ± 3", "18.4 ± 1.1"], ["GW-1/2", "GFBSC0012", "2.1", "96 ± 5", "24.9 ± 1.6"], ["GW-1/5", "GFBSC0015", "5.7", "241 ± 11", "62 ± 4"]], [90, 120, 90, 90, 100], 8.5, font="F3", head="F4")
    column(xs[0], y - 20, [("p", "Table 1 does not hold the field blanks, which were poured away after the measure¬ment and never registered.")])
    d.save("paper_loess_two_column.pdf", "Luminescence ages of loess")


def supplement() -> None:
    d = Pdf("Microsoft: Print To PDF", size=(841.89, 595.28))
    data = [
        ("CE-101", "UGS0011JA", "38.9912", "-110.1144", "Summerville Fm.", "siltstone", "3.11", "0.8"),
        ("CE-102", "UGS0011JB", "38.9915", "-110.1139", "Summerville Fm.", "gypsum", "1.02", "0.1"),
        ("CE-103", "UGS0011JC", "38.9921", "-110.1131", "Curtis Fm.", "glauconitic sandstone", "2.44", "1.7"),
        ("CE-104", "not submitted", "38.9930", "-110.1122", "Curtis Fm.", "sandstone", "2.90", "1.1"),
        ("CE-107", "UGS0011JF", "38.9951", "-110.1109", "Entrada Ss.", "sandstone", "1.75", "0.4"),
        ("CE-108", "UGS0011JG", "38.9960", "-110.1101", "Entrada Ss.", "sandstone", "1.81", "0.4"),
        ("CE-109", "UGS0011JH*", "38.9972", "-110.1090", "Entrada Ss.", "siltstone", "2.20", "0.9"),
        ("CE-201", "10.58136/UGS0011K1", "39.0114", "-110.2011", "Morrison Fm.", "mudstone", "4.47", "2.2"),
        ("CE-202", "10.58136/UGS0011K2", "39.0117", "-110.2008", "Morrison Fm.", "bentonite", "6.02", "0.2"),
        ("CE-203", "10.58136/UGS0011K3", "39.0121", "-110.2001", "Morrison Fm.", "bentonite", "5.87", "0.2"),
    ]
    head = ["Field no.", "IGSN", "Lat", "Long", "Unit", "Lithology", "K2O (wt%)", "TOC (wt%)"]
    widths = [60, 120, 60, 65, 120, 130, 70, 70]
    for part, rows in enumerate([data[:6], data[6:]], 1):
        d.page()
        d.text(40, 560, "Supplementary material to Whitcomb & Yazzie, Rocky Mountain Geology", "F1", 8)
        d.text(760, 560, f"{part} of 2", "F1", 8)
        d.text(40, 535, "Table S2. Sample localities and bulk chemistry" + (" (continued)" if part == 2 else ""), "F2", 11)
        y = d.grid(40, 515, [head, *[list(r) for r in rows]], widths, 8)
        if part == 2:
            d.text(40, y - 8, "* Same bed as UGS0006JB of Whitcomb (2019). Datum WGS84. USGS standard SDC-1; run IDs U2103-U2111.", "F1", 7.5)
    d.save("supplement_table_s2.pdf", "Table S2")


def antarctica() -> None:
    d = Pdf("LibreOffice 7.4")
    def top(n: int) -> None:
        d.page()
        d.text(60, 805, "Season report 2022/23, Heimefrontfjella", "F1", 8)
        d.text(500, 805, f"page {n}", "F1", 8)

    top(1)
    d.text(60, 770, "Season report: erratics and moraine boulders", "F2", 16)
    y = d.block(60, 745, "Three of us worked from the tent camp at Scharffenbergbotnen between 4 and 19 January. Weather stopped the work on five days. We took 14 boulders for exposure dating, and registered them on the ship with the numbers we had got from SESAR before the season.", 475, "F1", 10, 13.5, justify=False)
    d.text(60, y - 8, "Boulders", "F2", 12)
    y -= 26
    for name, code, text in [("HF-01", "IEHFS0001", "gneiss, 1.4 m high"), ("HF-02", "IEHFS0002", "granite, 0.9 m"), ("HF-05", "IEHFS0005", "quartzite, perched")]:
        line = f"{name}: {text}; record in SESAR:"
        w = d.text(70, y, line + " ", "F1", 10)
        url = f"https://app.geosamples.org/sample/igsn/{code}"
        lw = d.text(70 + w, y, "open", "F1", 10)
        d.link(70 + w, y, lw, 10, url)
        y -= 14
    s = "HF-07: dolerite, 2.2 m; record in SESAR: "
    w = d.text(70, y, s, "F1", 10)
    lw = d.text(70 + w, y, "https://doi.org/10.58052/IEHFS0007", "F1", 10)
    d.link(70 + w, y, lw, 10, "https://doi.org/10.58052/IEHFS0007")
    y -= 24
    y = d.block(60, y, "The remaining ten have the IGSNs IEHFS0008 to IEHFS0017. Of HF-12 (IGSN IEHFS0012) a second piece was cut for the Norwegian Polar Institute. One label, number 18, blew away.", 475, "F1", 10, 13.5, justify=False)
    top(2)
    d.text(60, 770, "Ice cores", "F2", 12)
    y = d.block(60, 750, "Two firn cores were drilled for the stake line. They are not registered yet; the internal names are HF23-FC1 and HF23-FC2. Drilling was done under permit FIN-2022-0117. GNSS base: SVEA 0001, antenna ASH701945E_M; gravity tie to IGSN71 by LCR G-378.", 475, "F1", 10, 13.5, justify=False)
    y = d.block(60, y - 12, "Older boulders of the Norwegian expedition of 1989 have been looked up in the database of the museum. Two could be found again (IGSN: NHB0091Q5 and 10.58151/NHB0091Q8).", 475, "F1", 10, 13.5, justify=False)
    d.text(60, 60, "Logistics: FINNARP, DROMLAN flight D5, container FINU 301422-8.", "F1", 8)
    d.save("season_report_heimefrontfjella.pdf", "Season report")


def poster() -> None:
    d = Pdf("Adobe PDF Library 17.0", size=(2383.94, 3370.39))
    d.page()

    def box(x: float, y: float, w: float, title: str, lines: list[str]) -> None:
        d.raw(f"0.85 0.9 0.95 rg {x - 20} {y - 620} {w + 40} 680 re f 0 g")
        d.text(x, y, title, "F2", 44)
        y -= 60
        for s in lines:
            y = d.block(x, y, s, w, "F1", 30, 38, justify=False) - 10

    # the boxes as they were drawn, not as they are read
    box(1250, 2300, 1000, "4  Where are the rocks?", ["Hand specimens and powders of this poster:", "IGSN 10.58108/CSRWA7011", "IGSN 10.58108/CSRWA7014", "IGSN 10.58108/CSRWA7020", "Drill core (GSWA): see WAMEX A128341, hole TKD-114"])
    box(80, 3000, 2200, "1  Why another look at the Jimberlana dyke?", ["Its chromite has been mapped five times and its samples were thrown away four times. We used what the Commonwealth collections kept, and did the rest ourselves. EGU24-11873, session GMPV2.3"])
    box(80, 2300, 1000, "2  Methods", ["EPMA and LA-ICP-MS on 14 sections. The orthocumulate AU1101 (igsn:10.60516/AU1101) was used as the monitor; the bronzitite is 10273/AU1107.", "Reduction: Iolite 4, doi:10.1039/c1ja10172b"])
    box(80, 1560, 1000, "3  Results", ["Cr# falls inwards from 0.71 to 0.58 in the traverse through CSRWA7011; the chilled margin (CSRWA7014) is the odd one out."])
    box(1250, 1560, 1000, "5  Talk to us", ["T. Karlsson, t.karlsson@example.org", "Preprint: https://doi.org/10.31223/X5PQ1W"])
    d.text(2330, 400, "Printed on recycled paper. Poster no. X2.118", "F1", 20, rot=True)
    d.text(80, 3220, "Chromite in the Jimberlana dyke: rocks that were kept", "F2", 72)
    d.save("poster_jimberlana.pdf", "Poster Jimberlana")


def coresheet() -> None:
    d = Pdf("Adobe Illustrator 27.4 (PDF library)")
    d.page()
    d.raw("1 w 40 40 515 760 re S 40 700 m 555 700 l S 110 40 m 110 700 l S 180 40 m 180 700 l S 400 40 m 400 700 l S")
    d.text(50, 780, "VISUAL CORE DESCRIPTION", "F2", 12)
    for y, pairs in [(758, [("Expedition", "ICDP 5063"), ("Hole", "5063_1_C"), ("Core", "17"), ("Section", "2")]), (738, [("IGSN", "ICDP5063ESC1702"), ("Core IGSN", "ICDP5063EC01701"), ("Date", "2021-10-04")]), (718, [("Top", "41.220 mbs"), ("Length", "0.98 m"), ("Described by", "AKL / PN")])]:
        x = 50.0
        for k, v in pairs:
            d.text(x, y, k + ":", "F2", 8)
            d.text(x + sw(k + ": ", "F2", 8) + 3, y, v, "F6", 8)
            x += 165 if len(pairs) < 4 else 125
    for x, s in [(60, "Scale"), (130, "Log"), (190, "Description"), (410, "Samples")]:
        d.text(x, 688, s, "F2", 8)
    for k in range(10):
        d.text(55, 660 - k * 64, f"{k * 10} cm", "F1", 7)
        d.raw(f"110 {655 - k * 64} m 118 {655 - k * 64} l S")
    for y, h, g in [(560, 100, 0.8), (400, 160, 0.6), (300, 100, 0.9)]:
        d.raw(f"q {g} g 112 {y} 66 {h} re f Q")
    y = d.block(186, 650, "Dark grey diatomaceous clay, faintly laminated. A tephra of 4 mm at 11 cm. Sharp base.", 205, "F1", 8, 10, justify=False)
    d.block(186, 550, "Olive silt with plant remains; the wood at 27 cm was taken for 14C (Poz-148822).", 205, "F1", 8, 10, justify=False)
    d.block(186, 390, "As above, disturbed by gas. Void 71\u201374 cm.", 205, "F1", 8, 10, justify=False)
    for y, lines in [(612, ["TEPH 10-12 cm", "IGSN ICDP5063EX4QG01"]), (520, ["14C 27-28 cm", "IGSN ICDP5063EX5QG01"]), (430, ["BIO 44-45 cm", "request 5063-0081"]), (360, ["PMAG 62-64 cm", "IGSN ICDP5063EX7QG01"])]:
        for j, s in enumerate(lines):
            d.text(406, y - j * 10, s, "F6", 7.5)
    d.text(550, 60, "https://doi.org/10.60510/ICDP5063ESC1702", "F1", 7, rot=True)
    d.text(50, 46, "Core description sheet v2.0 - mDIS - printed 2021-10-04 18:22 - box 5063_1_C_B11", "F1", 6.5)
    d.save("core_description_5063_1_C_17_2.pdf", "VCD 5063_1_C_17_2")


def gravity() -> None:
    d = Pdf("pdfTeX-1.40.21", lig=True, tex=True)
    d.page()
    d.text(60, 790, "Re-occupation of gravity base stations, 2019", "F4", 15)
    y = d.block(60, 765, "All values refer to the International Gravity Standardization Net 1971 (IGSN 71; Morelli et al., 1974). The Potsdam datum was removed by subtracting 14 mGal. IGSN-71 values of the airport stations were taken from the files of BGI; the absolute stations were tied with an FG5 (serial 215).", 475, "F3", 10, 12.5)
    y = d.grid(60, y - 15, [["Station", "IGSN71 no.", "IGSN71 (mGal)", "This work (mGal)", "Difference"], ["Windhoek A", "35427A", "978 303.41", "978 303.44", "0.03"], ["Windhoek J", "35427J", "978 310.02", "978 310.00", "-0.02"], ["Walvis Bay K", "35424K", "978 893.77", "978 893.81", "0.04"], ["Keetmanshoop", "39168B", "978 602.13", "978 602.10", "-0.03"]], [95, 95, 95, 105, 80], 9, font="F3", head="F4")
    d.block(60, y - 15, "The IGSN system and the newer IGSF differ in the treatment of the permanent tide (Wziontek et al., 2021, https://doi.org/10.1007/s00190-020-01438-9). Bench marks: SAGRS 22, BM 1904. Instruments: LCR G-378, CG-5 41140.", 475, "F3", 10, 12.5)
    d.save("none_gravity_base_stations.pdf", "Gravity base stations")


def wells() -> None:
    d = Pdf("Crystal Reports", compress=False)
    d.page()
    d.text(40, 800, "WELL INVENTORY - CUTTINGS AND CORE ON FILE", "F2", 12)
    d.text(40, 785, "State core library. Barcodes are library barcodes.", "F1", 8)
    d.grid(40, 765, [["API number", "UWI", "Well name", "Barcode", "Interval (ft)", "Sample ID"], ["42-329-41234", "100/06-12-047-05W4/00", "UNIVERSITY 8-19 #2H", "CL0048812", "8812-8870", "AU22-0017"], ["42-329-41307", "100/11-12-047-05W4/00", "FEDERAL GF 14-22", "CL0048840", "9004-9061", "AU22-0031"], ["05-045-07113", "-", "GRAND VALLEY GV 12-1", "CL0051177", "cuttings", "-"], ["49-037-25519", "-", "ICDP TEST 1 (plugged)", "CL0051180", "120-400", "KGM-7"]], [80, 125, 125, 65, 70, 65], 7.5)
    d.text(40, 650, "Logs: LAS 2.0; curve mnemonics GR, RHOB, IEL. Report DOI: 10.2172/1812345. Permit WY-24-0031.", "F1", 8)
    d.save("none_well_inventory.pdf", "Well inventory")


paper(), supplement(), antarctica(), poster(), coresheet(), gravity(), wells()

# ========================================================================================= the document: a supplement


def bundle() -> None:
    x = Xlsx()
    x.sheet("S1", [["Table S1. Clumped isotopes of soil carbonates"], ["Nodule", "Horizon", "n", "D47 (permil)", "IGSN ID"], ["PED-1-K", "Bk", 4, 0.633, "IERQZ000P"], ["PED-1-K2", "Bk", 3, 0.629, "IERQZ000Q"], ["PED-4-K", "Bkm", 5, 0.641, "10.58052/IERQZ000T"], ["ETH-3", "standard", 22, 0.613, "-"]], merges=("A1:E1",))
    readme = (
        "Supplement to: Quiroz, M. & Ekberg, S. Soil carbonates of the Altiplano record ...\r\n\r\n"
        "Files\r\n  Table_S1.xlsx      clumped isotopes\r\n  samples.csv        localities\r\n  code/age_model.py  the age model\r\n\r\n"
        "The pit PED-1 itself is registered as a site, IGSN: IERQZ0001, and so is PED-4 (IGSN: IERQZ0004).\r\n"
        "The data without the samples are at https://doi.org/10.5281/zenodo.10044521.\r\n"
    )
    csv = (
        "\ufeffsample;lat;lon;elev_m;igsn;note\r\n"
        "PED-1-A;-19,1124;-68,4521;3921;IERQZ000A;A horizon\r\n"
        "PED-1-K;-19,1124;-68,4521;3921;IERQZ000P;\r\n"
        "PED-4-A;-19,2017;-68,4410;3988;IERQZ000D;\"A horizon; roots\"\r\n"
        "PED-4-B;-19,2017;-68,4410;3988;;not kept\r\n"
    )
    py = (
        '"""Age model. Input: samples.csv. IGSN of the dated charcoal is kept with the results."""\n\n'
        "CHARCOAL = {\n    \"PED-1\": (\"IGSN:IERQZ00C1\", 4210, 35),  # Poz-131007\n    \"PED-4\": (\"IGSN:IERQZ00C2\", 6120, 40),  # Poz-131008\n}\n"
        "SEED = 20231\n"
    )
    write_zip("supplement_quiroz_ekberg.zip", [("supplement/README.txt", readme), ("supplement/samples.csv", csv), ("supplement/Table_S1.xlsx", x.save(None)), ("supplement/code/age_model.py", py)])


bundle()
