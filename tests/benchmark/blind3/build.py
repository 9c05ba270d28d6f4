"""Writes the zipped documents (DOCX, XLSX, ODT) again, byte by byte; standard library only."""

import os
import re
import zipfile
from xml.sax.saxutils import escape

DOCS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "documents")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument."


def pack(name, parts):
    with zipfile.ZipFile(os.path.join(DOCS, name), "w") as z:
        for path, data in parts:
            info = zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.create_system = 3
            info.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, data.encode("utf-8"))


def types(overrides):
    return (
        HEAD + f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{p}" ContentType="{MAIN}{t}+xml"/>' for p, t in overrides)
        + "</Types>"
    )


def rels(rows):
    return (
        HEAD
        + f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{i}" Type="{OFFICE}/{t}" Target="{escape(target)}"'
            + (' TargetMode="External"' if t == "hyperlink" else "")
            + "/>"
            for i, t, target in rows
        )
        + "</Relationships>"
    )


# ---------------------------------------------------------------- DOCX

W = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'


def r(text, props=""):
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs, style=""):
    st = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{st}{''.join(x if x.startswith('<') else r(x) for x in runs)}</w:p>"


def link(rid, text):
    style = '<w:rStyle w:val="Hyperlink"/>'
    return f'<w:hyperlink r:id="{rid}">{r(text, style)}</w:hyperlink>'


def field(address, text):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{escape(address)}" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(text)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def ins(n, text):
    return f'<w:ins w:id="{n}" w:author="B. Quist" w:date="2024-03-05T10:11:00Z">{r(text)}</w:ins>'


def dele(n, text):
    return (
        f'<w:del w:id="{n}" w:author="B. Quist" w:date="2024-03-05T10:11:00Z">'
        f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


def note(n, kind="footnote"):
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{n}"/></w:r>'


def table(rows):
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
        + "".join(
            "<w:tr>" + "".join(f"<w:tc>{c if c.startswith('<w:tcPr') else p(c)}</w:tc>" for c in row) + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )


def docx(name, body, links=(), footnotes=(), comments=()):
    over = [("/word/document.xml", "wordprocessingml.document.main")]
    rows = [(i, "hyperlink", t) for i, t in links]
    parts = []
    if footnotes:
        over.append(("/word/footnotes.xml", "wordprocessingml.footnotes"))
        rows.append(("rIdFn", "footnotes", "footnotes.xml"))
        sep = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        notes = "".join(
            f'<w:footnote w:id="{i}">{p("<w:r><w:footnoteRef/></w:r>", t)}</w:footnote>' for i, t in footnotes
        )
        parts.append(("word/footnotes.xml", HEAD + f"<w:footnotes {W}>{sep}{notes}</w:footnotes>"))
    if comments:
        over.append(("/word/comments.xml", "wordprocessingml.comments"))
        rows.append(("rIdCm", "comments", "comments.xml"))
        notes = "".join(
            f'<w:comment w:id="{i}" w:author="{a}" w:date="2024-03-05T10:20:00Z">{p(t)}</w:comment>'
            for i, a, t in comments
        )
        parts.append(("word/comments.xml", HEAD + f"<w:comments {W}>{notes}</w:comments>"))
    document = HEAD + f"<w:document {W}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    pack(
        name,
        [
            ("[Content_Types].xml", types(over)),
            ("_rels/.rels", rels([("rId1", "officeDocument", "word/document.xml")])),
            ("word/document.xml", document),
            ("word/_rels/document.xml.rels", rels(rows)),
            *parts,
        ],
    )


def manuscript_revision():
    body = [
        p(
            "Garnet Lu–Hf ages from the Rognan nappe: a reply to the reviewers’ points (marked manuscript)",
            style="Title",
        ),
        p("B. Quist, M. Halloran, A. Eide"),
        p("2. Samples", style="Heading1"),
        p(
            "Four garnet-mica schists were collected along road E6. Sample RGN-3 (IGSN ",
            dele(1, "IEBQU0030"),
            ins(2, "IEBQU0003"),
            ") contains the largest garnets; RGN-5 (",
            link("rId11", "IGSN IEBQU0005"),
            ") and RGN-6 (",
            field("https://doi.org/10.58052/IEBQU0006", "IEBQU0006"),
            ") are from the contact.",
            dele(3, " Sample RGN-9 (IGSN: IEBQU0009) was not dated."),
        ),
        p(
            "Sample RGN-8 was re-collected in 2023 and is registered as ",
            r("10.58052/", ""),
            '<w:proofErr w:type="spellStart"/>',
            r("IEBQU"),
            r("001K"),
            '<w:proofErr w:type="spellEnd"/>',
            ins(4, " (its garnet separate as 10.58052/IEBQU001KG)"),
            ".",
            note(1),
        ),
        p(
            '<w:commentRangeStart w:id="0"/>',
            "The Lu–Hf data of the separates are given in Table S4",
            '<w:commentRangeEnd w:id="0"/>',
            '<w:r><w:commentReference w:id="0"/></w:r>',
            " and follow Anczkiewicz and Thirlwall (2003, https://doi.org/10.1144/GSL.SP.2003.220.01.05).",
        ),
        p("Data and sample availability", style="Heading1"),
        p(
            "The data are available from Zenodo (https://doi.org/10.5281/zenodo.10780111). ",
            ins(
                5,
                "The samples are kept at the Natural History Museum in Trondheim under "
                "the numbers NTNU-VM 27711 to 27714.",
            ),
        ),
    ]
    docx(
        "manuscript_revision.docx",
        body,
        links=[("rId11", "https://app.geosamples.org/sample/igsn/10.58052/IEBQU0005")],
        footnotes=[(1, " The first RGN-8 (igsn:10.58052/IEBQU0008) was weathered and is no longer used.")],
        comments=[
            (
                0,
                "M. Halloran",
                "Please add the matrix of RGN-3 here as well, IGSN IEBQU003M. NSF asks for it (EAR-2011040).",
            )
        ],
    )


def tesis_anexo():
    merge = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    cont = "<w:tcPr><w:vMerge/></w:tcPr><w:p/>"
    rows = [
        ["Perfil", "Muestra", "IGSN", "Profundidad (cm)", "Horizonte", "pH"],
        [merge + p("P1 Laguna Seca"), "P1-Ah", "IEPTG0101", "0–12", "Ah", "6,1"],
        [cont, "P1-Bw", "IEPTG0102", "12–45", "Bw", "6,6"],
        [cont, "P1-C", "IEPTG0103", "45–80", "C", "7,9"],
        [merge + p("P2 El Mallín"), "P2-H", "IEPTG0111", "0–30", "H", "4,8"],
        [cont, "P2-Cg", "perdida", "30–55", "Cg", "5,5"],
    ]
    body = [
        p("Universidad Nacional de la Patagonia Austral — Tesis doctoral — Anexo C", style="Header"),
        p("Anexo C. Perfiles de suelo y muestras", style="Heading1"),
        p(
            "Las muestras se registraron en SESAR con el prefijo de usuario IEPTG. Los perfiles P1 y P2 "
            "se describen en la "
            "tabla C.1; los perfiles P3 a P5, muestreados cada 5 cm, comprenden las muestras "
            "IGSN: IEPTG0121 a IEPTG0158 y "
            "no se reproducen aquí.",
            note(1),
        ),
        p("Tabla C.1. Muestras de los perfiles P1 y P2 (n.º de laboratorio LSA-2019-417)", style="Caption"),
        table(rows),
        p("Fuente: elaboración propia. Las capas de ceniza del perfil P1 se enviaron al CNEA.", note(2)),
        p(
            "Las coordenadas fueron niveladas con la red RAMSAC; la gravedad se refiere a IGSN 71. Archivo de datos: ",
            link("rId9", "repositorio institucional"),
            ".",
        ),
    ]
    docx(
        "tesis_anexo_es.docx",
        body,
        links=[("rId9", "https://hdl.handle.net/11336/102731")],
        footnotes=[
            (1, " La muestra compuesta de los tres perfiles está en https://doi.org/10.58052/IEPTG0200."),
            (2, " IGSN de la ceniza: IEPTG01CZ (submuestra de IEPTG0102)."),
        ],
    )


def none_minutes():
    body = [
        p("Sample Identifier Working Group — notes of the call of 14 February 2024", style="Title"),
        p("Present: Carla, Femi, Hyun-woo, Tor. Apologies: Anette."),
        p("1. Membership", style="Heading1"),
        p(
            "The institute joined IGSN e.V. in 2017 and DataCite in 2021. Since the partnership (see ",
            link("rId3", "the announcement"),
            ") IGSN IDs are DOIs; our new repository prefix will be requested this spring. "
            "SESAR uses 10.58052, GFZ 10.60510.",
        ),
        p("2. Suffixes", style="Heading1"),
        table(
            [
                ["Option", "Form", "Discussion"],
                ["A", "10.NNNNN/INST-YYYY-####", "readable, but the year is often wrong"],
                ["B", "10.NNNNN/<8 random characters>", "preferred by Femi"],
                ["C", "IGSN:INSTxxxxx", "old style, only for labels"],
            ]
        ),
        p("3. Next steps", style="Heading1"),
        p(
            "Tor drafts the policy until 1 March (ticket SIWG-1027). Klump et al. (2021) is good reading: ",
            link("rId4", "doi:10.5334/dsj-2021-033"),
            ". Next call: Zoom 871 0510 5852.",
        ),
        p("Before the call somebody asked if IGSN71 in the gravity data base is ours. It is not."),
    ]
    docx(
        "none_working_group_notes.docx",
        body,
        links=[
            ("rId3", "https://www.igsn.org/datacite-partnership/"),
            ("rId4", "https://doi.org/10.5334/dsj-2021-033"),
        ],
    )


# ---------------------------------------------------------------- XLSX


def column(n):
    return chr(65 + n)


def xlsx(name, sheets, shared=True):
    """sheets: (title, rows, {cell: address}); a number is written as a number, None as no cell."""
    strings, parts, names, book = [], [], [], []
    for n, (title, rows, links) in enumerate(sheets, 1):
        out = []
        for y, row in enumerate(rows, 1):
            cells = []
            for x, v in enumerate(row):
                ref = f"{column(x)}{y}"
                if v is None:
                    continue
                if isinstance(v, (int, float)):
                    cells.append(f'<c r="{ref}"><v>{v}</v></c>')
                elif shared:
                    if v not in strings:
                        strings.append(v)
                    cells.append(f'<c r="{ref}" t="s"><v>{strings.index(v)}</v></c>')
                else:
                    cells.append(f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(v)}</t></is></c>')
            out.append(f'<row r="{y}">{"".join(cells)}</row>')
        tail = "".join(f'<hyperlink ref="{c}" r:id="rId{i}"/>' for i, c in enumerate(links, 1))
        parts.append(
            (
                f"xl/worksheets/sheet{n}.xml",
                HEAD
                + f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}">'
                f"<sheetData>{''.join(out)}</sheetData>"
                + (f"<hyperlinks>{tail}</hyperlinks>" if tail else "")
                + "</worksheet>",
            )
        )
        if links:
            parts.append(
                (
                    f"xl/worksheets/_rels/sheet{n}.xml.rels",
                    rels([(f"rId{i}", "hyperlink", a) for i, a in enumerate(links.values(), 1)]),
                )
            )
        names.append((f"/xl/worksheets/sheet{n}.xml", "spreadsheetml.worksheet"))
        book.append(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>')
    wrels = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    if strings:
        names.append(("/xl/sharedStrings.xml", "spreadsheetml.sharedStrings"))
        wrels.append(("rId99", "sharedStrings", "sharedStrings.xml"))
        parts.append(
            (
                "xl/sharedStrings.xml",
                HEAD + '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                f'uniqueCount="{len(strings)}">'
                + "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in strings)
                + "</sst>",
            )
        )
    pack(
        name,
        [
            ("[Content_Types].xml", types([("/xl/workbook.xml", "spreadsheetml.sheet.main"), *names])),
            ("_rels/.rels", rels([("rId1", "officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                HEAD + '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                f'xmlns:r="{OFFICE}"><sheets>{"".join(book)}</sheets></workbook>',
            ),
            ("xl/_rels/workbook.xml.rels", rels(wrels)),
            *parts,
        ],
    )


def supplement_zircon():
    doi = "https://doi.org/10.58052/"
    samples = [
        ["Table S1. Samples of the Lomagundi traverse"],
        [],
        ["Sample", "IGSN (linked)", "Latitude", "Longitude", "Rock", "Zircon yield"],
        ["LG-101", "IENMK0101", -17.1021, 30.2010, "tonalite", "good"],
        ["LG-104", "IENMK0104", -17.1177, 30.2055, "granodiorite", "good"],
        ["LG-105", "IENMK0105", -17.1180, 30.2059, "granodiorite", "poor"],
        ["LG-110", "not registered", -17.1502, 30.2301, "dolerite", "none"],
        ["LG-112", "IENMK0112", -17.1630, 30.2377, "tuff", "fair"],
    ]
    analyses = [["Spot", "Sample IGSN", "U ppm", "Th/U", "206Pb/238U", "2s", "Age Ma", "2s"]]
    for k, (s, u, t, a, b, c) in enumerate(
        [
            ("10.58052/IENMK0101", 212, 0.41, 0.5012, 0.0061, 2619),
            ("10.58052/IENMK0101", 188, 0.44, 0.5001, 0.0059, 2614),
            ("10.58052/IENMK0104", 97, 0.62, 0.4402, 0.0050, 2351),
            ("10.58052/IENMK0112", 301, 0.30, 0.4020, 0.0047, 2178),
            ("91500", 81, 0.35, 0.1791, 0.0012, 1062),
            ("Plesovice", 655, 0.11, 0.0537, 0.0004, 337),
        ],
        1,
    ):
        analyses.append([f"a{k:03d}", s, u, t, a, b, c, 21])
    readme = [
        ["Supplement to Moyana et al., U-Pb ages of the Lomagundi traverse"],
        ["Mounts: epoxy discs NM-4 (IGSN: IENMK0M04) and NM-5 (IGSN: IENMK0M05), kept at the University of Harare"],
        [
            "Laser: RESOlution 193 nm; ICP-MS: Agilent 8900. Data reduction with Iolite 4, https://doi.org/10.1039/C1JA10172B"
        ],
        ["Version 3 of 2023-10-05; replaces 10.6084/m9.figshare.22105852.v2"],
    ]
    xlsx(
        "supplement_zircon.xlsx",
        [
            ("READ ME", readme, {}),
            (
                "S1 samples",
                samples,
                {"B4": doi + "IENMK0101", "B5": doi + "IENMK0104", "B6": doi + "IENMK0105", "B8": doi + "IENMK0112"},
            ),
            ("S2 U-Pb", analyses, {}),
        ],
    )


def inventario():
    rows = [
        ["Inventario carote – magazzino di Pozzuoli", None, None, None, None, None],
        ["aggiornato al 31/01/2024; responsabile: dott.ssa G. Ferrante", None, None, None, None, None],
        ["Scaffale", "Cassa", "Carota / campione", "Codice IGSN", "IGSN del pozzo", "Note"],
        ["A1", 1, "CF23-1, 0–1 m", "IEGFR0101", "IEGFR0001", ""],
        ["A1", 1, "CF23-1, 1–2 m", "IEGFR0102", "IEGFR0001", "prestito a INOGS"],
        ["A1", 2, "CF23-1, 2–3 m", "igsn: IEGFR0103", "IEGFR0001", ""],
        ["A2", 3, "CF23-2, 0–1 m", "https://igsn.org/IEGFR0201", "IEGFR0002", ""],
        ["A2", 4, "CF23-2, 1–2 m", "da assegnare", "IEGFR0002", "etichetta illeggibile"],
        ["B1", 7, "AGIP Mofete 2, 1202 m", 847000231, None, "vecchia numerazione, registrato 2014"],
        ["B1", 7, "AGIP Mofete 2, 1389 m", 847000232, None, "vedi anche 10273/847000233 (sezione sottile)"],
        ["B4", 12, "pomice di confronto, Lipari", "10.60510/GFLIP00P7", None, "scambio con Potsdam, prot. 2022/10273"],
    ]
    xlsx("inventario_carote_it.xlsx", [("Magazzino", rows, {}), ("Foglio2", [[]], {})], shared=False)


def none_template():
    guide = [
        ["How to fill in the sheet 'Samples'"],
        [
            "IGSN: leave empty if you want us to register the sample; otherwise the full DOI (https://doi.org/10.58052/...)"
        ],
        ["Sample name: your field name, e.g. ABC-21-001. Do not use blanks."],
        ["Help: https://www.geosamples.org/help or samples@example.org"],
    ]
    rows = [
        ["User code", "IEXXX"],
        ["Sample Name", "IGSN", "Parent IGSN", "Material", "Latitude", "Longitude", "Collector"],
        ["TRM-21-001", "", "", "Rock", 61.2011, 7.1044, "Aune"],
        ["TRM-21-002", "tbd", "", "Rock", 61.2013, 7.1050, "Aune"],
        ["TRM-21-003", "to be registered", "", "Sediment", 61.2090, 7.1101, "Aune"],
        ["TRM-21-004", "N/A", "TRM-21-003", "Sediment", 61.2090, 7.1101, "Aune"],
        ["TRM-21-005", "IEXXX####", "", "Water", 61.2101, 7.1123, "Aune"],
    ]
    xlsx(
        "none_registration_sheet.xlsx",
        [("Guide", guide, {"A4": "https://www.geosamples.org/help"}), ("Samples", rows, {})],
    )


# ---------------------------------------------------------------- ODT

ODF = " ".join(
    f'xmlns:{k}="{v}"'
    for k, v in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)


def tp(text, tag="p"):
    return f"<text:{tag}>{text}</text:{tag}>"


def otable(rows):
    return (
        '<table:table table:name="Tabelle1">'
        + "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell>{tp(c)}</table:table-cell>" for c in row)
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
    )


def oa(address, text):
    return f'<text:a xlink:type="simple" xlink:href="{escape(address)}">{text}</text:a>'


def odt(name, body):
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document-content {ODF} office:version="1.2"><office:body><office:text>{"".join(body)}'
        "</office:text></office:body></office:document-content>"
    )
    pack(name, [("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)])


def bohrkernbericht():
    body = [
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info>'
        "<dc:creator>Wiebke Thom</dc:creator><dc:date>2023-02-01T09:00:00</dc:date></office:change-info>"
        + tp("Die Probe 14 (IGSN: GFWTH0014) wurde verworfen.")
        + "</text:deletion></text:changed-region></text:tracked-changes>",
        tp("Kernbericht Forschungsbohrung Wietze-Süd 2", "h"),
        tp("Landesamt für Geologie, Kernlager Grubenhagen · Bearbeiterin: W. Thom · Stand 3. Februar 2023"),
        tp("1 Übersicht", "h"),
        tp(
            "Die Bohrung (IGSN des Bohrlochs: GFWTH0H02) erschloss von 212 bis 268 m den Wealden. "
            "Der Kern wurde gesägt; "
            "die Archivhälfte bleibt im Kernlager. Für das Projekt (BGR, Az. B3.1-10273/22) wurden Proben entnommen."
        ),
        tp("2 Proben", "h"),
        otable(
            [
                ["Probe", "Teufe [m]", "IGSN", "Gestein", "Bemerkung"],
                ["WS2-1", "214,30", "GFWTH0021", "Tonstein", ""],
                [
                    "WS2-2",
                    "219,75",
                    "GFWTH0022",
                    "Tonstein, bituminös",
                    "Dünnschliff " + oa("https://doi.org/10.60510/GFWTH022D", "GFWTH022D"),
                ],
                ["WS2-3", "230,10", "GFWTH0023", "Sandstein", ""],
                ["WS2-4", "241,00", "–", "Kohle", "keine IGSN vergeben"],
                ["WS2-5", "266,42", "GFWTH0025", "Mergelstein", "Restmaterial bei der BGR"],
            ]
        ),
        tp(
            '<text:change text:change-id="ct1"/>'
            "Die Proben WS2-1 und WS2-3 wurden geteilt; die Teilproben tragen die Nummern GFWTH021a und GFWTH023a."
        ),
        "<text:list>"
        + "".join(
            f"<text:list-item>{tp(t)}</text:list-item>"
            for t in (
                "Vergleichskern Wietze-Süd 1, 233 m: igsn:10.60510/GFWTH0133",
                "Ölprobe der alten Förderung: "
                + oa("https://hdl.handle.net/10273/BGRWIE1904", "Sammlung Hannover")
                + " (Flasche 7)",
            )
        )
        + "</text:list>",
        tp(
            "Zum Verfahren siehe DIN EN ISO 22475-1 und Meyer (2015), ISBN 978-3-510-49231-2."
            '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body>"
            + tp("Eine Splitterprobe aus 250 m liegt in Potsdam (IGSN GFWTH0S50).")
            + "</text:note-body></text:note>"
        ),
    ]
    odt("bohrkernbericht.odt", body)


def none_dank():
    body = [
        tp("Danksagung und Förderung", "h"),
        tp(
            "Wir danken dem IGSN e.V. und seiner Geschäftsstelle in Potsdam für die Einladung zum Workshop "
            "„Proben sichtbar machen“ (" + oa("https://www.igsn.org", "www.igsn.org") + ") sowie der DFG (GE 1058/5-2, "
            "Projektnummer 605102024) und dem BMBF (FKZ 03G0273A)."
        ),
        tp(
            "Die Proben der Doktorarbeit werden nach der Veröffentlichung bei GFZ Data Services registriert; "
            "IGSNs liegen noch nicht vor. "
            "Die Handstücke tragen bis dahin Feldnummern (GFR-19-001 bis GFR-19-044)."
        ),
        otable(
            [
                ["Gegenstand", "Nummer"],
                ["Bewilligung", "GFZ-2019-0044"],
                ["Zollpapier", "DE/2021/10273-A"],
                ["Dissertation", "urn:nbn:de:kobv:517-opus4-585221"],
                ["Daten", "https://doi.org/10.5880/GFZ.1.4.2022.003"],
            ]
        ),
        tp("Alle Schweremessungen sind an das Internationale Schwerenetz (IGSN 1971) angeschlossen."),
    ]
    odt("none_danksagung.odt", body)


def main():
    manuscript_revision()
    tesis_anexo()
    none_minutes()
    supplement_zircon()
    inventario()
    none_template()
    bohrkernbericht()
    none_dank()
    for name in sorted(os.listdir(DOCS)):
        if name.endswith((".docx", ".xlsx", ".odt")):
            with zipfile.ZipFile(os.path.join(DOCS, name)) as z:
                for part in z.namelist():
                    if not part.startswith("mimetype"):
                        assert re.match(r"<\?xml", z.read(part).decode("utf-8")), (name, part)


if __name__ == "__main__":
    main()
