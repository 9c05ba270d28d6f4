"""Write those documents that are no plain UTF-8 text: zipped formats, RTF, other encodings, invisible characters.

The other documents were written by hand and are not touched. Output does not change from run to run.
"""

import pathlib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE / "documents"
SHY, NBSP, ZWSP, NDASH, NBHY, WJ = "\u00ad", "\u00a0", "\u200b", "\u2013", "\u2011", "\u2060"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CONTENT = "application/vnd.openxmlformats-officedocument."
BOOK = f"{CONTENT}spreadsheetml"


def zipped(name: str, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(OUT / name, "w") as z:
        for part, text in parts.items():
            info = zipfile.ZipInfo(part, (2022, 10, 27, 3, 58, 0))
            info.compress_type = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            z.writestr(info, text.encode("utf-8"))


# ---- Word -------------------------------------------------------------------------------------------------------


def r(text: str, props: str = "") -> str:
    props = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "") -> str:
    style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{style}{''.join(x if x.startswith('<') else r(x) for x in runs)}</w:p>"


def ins(*runs: str) -> str:
    return f'<w:ins w:id="9" w:author="RW" w:date="2022-03-01T10:00:00Z">{"".join(runs)}</w:ins>'


def gone(text: str) -> str:
    return (
        '<w:del w:id="8" w:author="RW" w:date="2022-03-01T10:00:00Z"><w:r><w:delText xml:space="preserve">'
        f"{text}</w:delText></w:r></w:del>"
    )


def field(code: list[str], shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f'<w:r><w:instrText xml:space="preserve">{c}</w:instrText></w:r>' for c in code)
        + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def link(rid: str, *runs: str) -> str:
    return f'<w:hyperlink r:id="{rid}" w:history="1">{"".join(runs)}</w:hyperlink>'


def wtable(rows: list[list[str]]) -> str:
    body = ""
    for row in rows:
        body += (
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{c if c.startswith("<w:p") else p(c)}</w:tc>'
                for c in row
            )
            + "</w:tr>"
        )
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{body}</w:tbl>'


def word(
    name: str,
    body: list[str],
    links: dict[str, str],
    notes: dict[int, str] | None = None,
    comments: dict[int, str] | None = None,
    footer: str = "",
) -> None:
    space = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
    rels = "".join(
        f'<Relationship Id="{k}" Type="{OFFICE}/hyperlink" Target="{v}" TargetMode="External"/>'
        for k, v in links.items()
    )
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{CONTENT}wordprocessingml.document.main+xml"/>'
    )
    parts = {}
    extra = (
        ("footnotes", "footnote", notes),
        ("comments", "comment", comments),
        ("footer1", "ftr", {0: p(footer)} if footer else None),
    )
    for part, tag, texts in extra:
        if not texts:
            continue
        kind = "footer" if tag == "ftr" else part
        inner = (
            texts[0]
            if tag == "ftr"
            else "".join(
                f'<w:{tag} w:id="{k}"{" w:author=" + chr(34) + "Reviewer 2" + chr(34) if tag == "comment" else ""}>'
                f"{v}</w:{tag}>"
                for k, v in texts.items()
            )
        )
        root = "ftr" if tag == "ftr" else part
        parts[f"word/{part}.xml"] = f"{XML}<w:{root} {space}>{inner}</w:{root}>"
        rels += f'<Relationship Id="rx{part}" Type="{OFFICE}/{kind}" Target="{part}.xml"/>'
        types += f'<Override PartName="/word/{part}.xml" ContentType="{CONTENT}wordprocessingml.{kind}+xml"/>'
    sect = '<w:sectPr><w:footerReference w:type="default" r:id="rxfooter1"/></w:sectPr>' if footer else "<w:sectPr/>"
    zipped(
        name,
        {
            "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"{XML}<w:document {space}><w:body>{''.join(body)}{sect}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rels}</Relationships>',  # noqa: E501
            **parts,
        },
    )


def note(n: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{n}"/></w:r>'


def docx_manuscript() -> None:
    sup = '<w:vertAlign w:val="superscript"/>'
    word(
        "pumice_rafts_tracked.docx",
        [
            p("Pumice rafts and the corals that ride on them", style="Title"),
            p("Abstract", style="Heading1"),
            p(
                "Pumice of the 2019 eruption (IGSN: ",
                r("IEP"),
                r("UM", "<w:b/>"),
                r("0001"),
                ") crossed half an ocean in a year. We follow it by the corals on it.",
            ),
            p("Samples", style="Heading1"),
            p(
                "Beach finds carry the numbers ",
                r("IGSN"),
                r(NBSP),
                r("IEPUM0002"),
                " and ",
                link("rId10", r("IEPUM"), r("0003")),
                ". A piece from the summit was dredged later (",
                field([" HYPERLINK ", '"https://doi.org/10.58052', '/IEPUM0010" '], "summit piece"),
                ").",
            ),
            p(
                "For comparison we used ",
                gone("IGSN: IEPUM0077"),
                ins(r("IGSN: IEPUM0078")),
                ", and the clast IGSN: IEPUM00",
                gone("81"),
                ins(r("82")),
                " of the older raft",
                note(2),
                ".",
            ),
            p(
                gone("Two more pieces (igsn:IEPUM0090, https://doi.org/10.58052/IEPUM0091) were lost at sea."),
                ins(r("No piece was lost at sea.")),
            ),
            p(
                ins(r("A new reviewer"), r("\u2019s piece stands in the list as 10273/IEPUM0"), r("101.")),
                '<w:commentRangeStart w:id="0"/>',
                r(" Corals were counted by eye."),
                '<w:commentRangeEnd w:id="0"/>',
                '<w:r><w:commentReference w:id="0"/></w:r>',
            ),
            wtable(
                [
                    ["Find", "Date", p("IGSN", r("1", sup)), "Corals"],
                    ["Beach A", "2020-04-10", "IEPUM0002", "14"],
                    ["Beach A", "2020-04-10", p(link("rId10", r("IEPUM0003"))), "9"],
                    ["Beach B", "2020-08-27", p(r("IEPUM0004"), r("2", sup)), "31"],
                    ["Beach C", "2020-10-27", p(gone("IEPUM0005"), ins(r("IEPUM0006"))), "0"],
                    ["Beach D", "2021-01-05", "\u2014", "3"],
                ]
            ),
            p(r("1", sup), " International Generic Sample Number. ", r("2", sup), " With a live crab."),
            p("Data availability", style="Heading1"),
            p(
                "Counts: https://doi.org/10.5281/zenodo.6051027. Photos of all finds: ",
                link("rId11", r("gallery")),
                ".",
            ),
        ],
        {
            "rId10": "https://app.geosamples.org/sample/igsn/IEPUM0003",
            "rId11": "https://photos.example.org/10273/pumice",
        },
        notes={2: p("It has been kept at the museum since 1986, IGSN:", NBSP, r("NHB0077CC"), ".")},
        comments={0: p("Should the crab not have a number too? I find igsn:IEPUM0120 in the catalogue.")},
        footer="Manuscript 2022GC010273, submitted to G-Cubed",
    )


def docx_availability() -> None:
    word(
        "none_statement.docx",
        [
            p("Statement on data and samples", style="Title"),
            p(
                "Gravity was read at 210 stations and tied to IGSN71. The readings are kept at ",
                link("rId20", r("PANGAEA")),
                " and ",
                field([' HYPERLINK "https://doi.org/10.5880/GFZ.1.2.2021.003" '], "GFZ"),
                "; rock densities come from hand pieces that were not kept and so have no IGSN.",
            ),
            wtable(
                [
                    ["Station", "IGSN71 (mGal)", "Error"],
                    ["BGR50541", "981027.30", "0.03"],
                    ["GFZ00102", "981058.05", "0.02"],
                    ["IE000273", "981060.51", "0.02"],
                ]
            ),
            p("Sequences: GenBank MK102730", NDASH, "MK102739. Reads: PRJNA605102. Protein: 1IGS (chain N)."),
            p("Money came from grant 10273/2019 and from the IGSN", NBSP, "e.V. (travel)", note(2), "."),
        ],
        {"rId20": "https://doi.org/10.1594/PANGAEA.910273"},
        notes={2: p("See https://www.igsn.org/.")},
    )


# ---- OpenDocument -----------------------------------------------------------------------------------------------

ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(name: str, body: str) -> None:
    spaces = (
        f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:table="{ODF}table:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    zipped(
        name,
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{ODF}'
            'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.'
            'opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'  # noqa: E501
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        },
    )


def otable(rows: list[list[str]]) -> str:
    return (
        '<table:table table:name="T1">'
        + "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
    )


def odt_report() -> None:
    odt(
        "volcan_informe_es.odt",
        f"""
<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info><dc:creator>M</dc:creator>
<dc:date>2021-05-04T10:00:00</dc:date></office:change-info><text:p>La bomba IGSN:IEVES0099 se descartó.</text:p>
</text:deletion></text:changed-region><text:changed-region text:id="ct2"><text:insertion><office:change-info>
<dc:creator>M</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Informe: cenizas del volcán, otoño de 2021</text:h>
<text:p>Durante la erupción se recogió ceniza en cuatro azoteas. Las muestras están registradas con los códigos
IGSN<text:s/>IEV<text:span text:style-name="T1">ES0</text:span>001, IEVES0002 y
IEVES0003.<text:change text:change-id="ct1"/></text:p>
<text:p>Una colada temprana lleva el identificador <text:a xlink:type="simple"
xlink:href="https://doi.org/10.58052/IEVES0020">«lava del 21 de septiembre»</text:a>; la ceniza
fina<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>
<text:p>Tamizada a 63 µm; la fracción gruesa es la muestra hdl:10273/IEVES0031.</text:p></text:note-body></text:note>
se guarda aparte. <text:change-start text:change-id="ct2"/>Más tarde llegó una quinta muestra
(IGSN:{NBSP}IEVES0005).<text:change-end text:change-id="ct2"/></text:p>
{
            otable(
                [
                    ["Azotea", "Espesor (mm)", "Código IGSN"],
                    ["Norte", "3", "IEVES0001"],
                    ["Sur", "12", "IEVES0002"],
                    ["Puerto", "10,273", "IEVES0003"],
                    ["Iglesia", "7", "IE<text:span>VES</text:span>0004"],
                ]
            )
        }
<text:p>La Ley 10273/2010 no se aplica. Expediente GVA-2021-0273; presupuesto: 10.605 €.</text:p>
<text:p>Los datos figuran en https://doi.org/10.20350/digitalCSIC/10273.</text:p>""",
    )


def odt_without() -> None:
    odt(
        "none_rundbrief_de.odt",
        f"""
<text:h text:outline-level="1">Rundbrief der Sammlungsleute, Nr. 27</text:h>
<text:p>Der IGSN e.{NBSP}V. hat gewählt. Wer eine IGSN braucht, wende sich an das <text:a
xlink:href="https://www.igsn.org/contact">Büro des IGSN</text:a>; der Beitrag kostet 102,73 €.</text:p>
<text:p>Im Paragraphen 58 Absatz 5 (BGBl. I S. 10273) steht nichts von Steinen. Das Schwerenetz IGSN{NBSP}71 hat mit
uns nichts zu tun, auch wenn die Post uns manchmal Schwerewerte schickt.</text:p>
{
            otable(
                [
                    ["Sammlung", "Inventar", "IGSN"],
                    ["Aachen", "AC 10273", "noch keine"],
                    ["Kiel", "KI/605/10", "in Arbeit"],
                    ["Ulm", "ULM-0027", ""],
                ]
            )
        }
<text:p>Druck: ISSN 1027-3605, Kto. 10 273 605 10, Tel. (0 58) 0 52-1 02 73.</text:p>""",
    )


# ---- Excel ------------------------------------------------------------------------------------------------------


def xlsx(name: str, sheets: dict[str, list[list[object]]], links: dict[str, str] | None = None) -> None:
    """Strings go to the shared table, a pair (formula, value) to a formula, numbers stay numbers."""
    shared: list[str] = []
    parts: dict[str, str] = {}
    for n, rows in enumerate(sheets.values(), 1):
        data = ""
        for y, row in enumerate(rows, 1):
            data += f'<row r="{y}">'
            for x, cell in enumerate(row):
                ref = f"{chr(65 + x)}{y}"
                if cell is None:
                    continue
                if isinstance(cell, tuple):
                    data += f'<c r="{ref}" t="str"><f>{cell[0]}</f><v>{cell[1]}</v></c>'
                elif isinstance(cell, str) and cell.startswith("="):
                    data += f'<c r="{ref}" t="inlineStr"><is><t>{cell[1:]}</t></is></c>'
                elif isinstance(cell, str):
                    if cell not in shared:
                        shared.append(cell)
                    data += f'<c r="{ref}" t="s"><v>{shared.index(cell)}</v></c>'
                else:
                    data += f'<c r="{ref}"><v>{cell}</v></c>'
            data += "</row>"
        more = ""
        if n == 1 and links:
            more = "<hyperlinks>" + "".join(f'<hyperlink ref="{k}" r:id="h{k}"/>' for k in links) + "</hyperlinks>"
            parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
                f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
                + "".join(
                    f'<Relationship Id="h{k}" Type="{OFFICE}/hyperlink" Target="{v}" TargetMode="External"/>'
                    for k, v in links.items()
                )
                + "</Relationships>"
            )
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'{XML}<worksheet xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheetData>{data}</sheetData>{more}</worksheet>'
        )
    numbers = range(1, len(sheets) + 1)
    rich = "".join(
        f"<si>{s}</si>" if s.startswith("<r>") else f'<si><t xml:space="preserve">{s}</t></si>' for s in shared
    )
    zipped(
        name,
        {
            "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{BOOK}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{BOOK}.worksheet+xml"/>'
                for n in numbers
            )
            + f'<Override PartName="/xl/sharedStrings.xml" ContentType="{BOOK}.sharedStrings+xml"/></Types>',
            "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
            + "".join(f'<sheet name="{s}" sheetId="{n}" r:id="rId{n}"/>' for n, s in enumerate(sheets, 1))
            + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in numbers
            )
            + f'<Relationship Id="rId99" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'{XML}<sst xmlns="{SHEET}" uniqueCount="{len(shared)}">{rich}</sst>',
            **parts,
        },
    )


def xlsx_samples() -> None:
    split = "<r><t>IE</t></r><r><rPr><b/></rPr><t>CRK</t></r><r><t>000C</t></r>"
    xlsx(
        "core_sections.xlsx",
        {
            "sections": [
                ["Sections of the Crook Lake cores, opened March 2020"],
                ["Sample Name", "IGSN", "Parent IGSN", "Material", "Top (cm)", "Longitude"],
                ["CRK-1-1", "IECRK0002", "IECRK0001", "mud", 0, 10.58052],
                ["CRK-1-2", "IECRK0003", "IECRK0001", "mud", 102.73, 10.58052],
                ["CRK-2-1", "=IECRK000B", "IECRK000A", "peat", 0, 10.6051],
                ["CRK-2-2", split, "IECRK000A", "peat", 98.5, 10.6051],
                ["CRK-3-1", None, None, "not registered", 0, 10.60516],
                ["CRK-4-1", 847000106, None, "sand", 0, 10.58095],
                [
                    "CRK-5-1",
                    ('HYPERLINK("https://doi.org/10.58052/IECRK000K","record")'.replace('"', "&quot;"), "record"),
                    None,
                    "till",
                    3,
                    10.5,
                ],
                ["CRK-6-1", "see link", None, "till", 4, 10.5],
            ],
            "notes": [
                ["Note"],
                ["The long core CRK-1 (IGSN: IECRK0001) was split on deck. Store: room 10273."],
                ["A raft of wood, 10273/IECRK0021, floated by."],
                ["Data: doi:10.25921/1027-3x58"],
            ],
        },
        links={"B10": "https://data.isamples.org/digitalsample/igsn/IECRK000M"},
    )


def xlsx_without() -> None:
    xlsx(
        "none_gravity_ties.xlsx",
        {
            "ties": [
                ["Base", "IGSN71", "IGSN71 old", "Code"],
                ["Airport", 981027.3, 981041.3, "GB10273"],
                ["Harbour", 980605.1, 980619.1, "IE0001"],
                ["Church", 980580.52, None, "AU1101"],
            ],
            "read me": [
                ["Values on the International Gravity Standardization Net (IGSN) 1971; IGSN 71 = Potsdam minus 14"],
                ["doi:10.4095/102730"],
                ["Schema: http://schema.igsn.org/description/1.0 (not used)"],
            ],
        },
    )


# ---- RTF, other encodings, invisible characters --------------------------------------------------------------------


def plain(name: str, text: str, encoding: str = "utf-8", ends: str = "\n") -> None:
    (OUT / name).write_bytes(text.replace("\n", ends).encode(encoding))


def rtf() -> None:
    plain(
        "kolloquium_abstract_de.rtf",
        r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times New Roman;}}
{\info{\title Bims und Bernstein}{\author J. M\'fcller}}
\pard\qc\b Bims und Bernstein: was die K\'fcste erz\'e4hlt\b0\par
\pard J. M\'fcller, Kiel. Vortrag 27, Raum 10273.\par
Aus drei Bohrungen der Bucht wurden Schichten mit Bims geborgen. Der dickste St\'fcck
(IGSN:\~GFKUE0\-005) lag \'fcber Torf, der zweite, {\i IGSN} {\b GFK}{\b0 UE0006}, darunter.
Weitere Funde: IGSN GFKUE0011\endash GFKUE0014.\par
{\field{\*\fldinst{HYPERLINK "https://doi.org/10.60510/GFKUE0020"}}{\fldrslt{\ul Der Bernstein}}} stammt aus dem Watt
und wurde 1911 gekauft.{\footnote\pard\plain Kaufpreis 10,273 Mark; Gegenst\'fcck im Museum: igsn:GFKUE0021.}\par
Im Archiv liegt ein Zettel, der als \ldblquote 10273/GFKUE0022\rdblquote  zu lesen ist.\par
{\deleted\revauthdel1 Das St\'fcck IGSN:GFKUE0088 ist falsch.}\par
\trowd\cellx3000\cellx6000\intbl Fund\cell IGSN\cell\row
\trowd\cellx3000\cellx6000\intbl Torf oben\cell GFKUE0031\cell\row
\trowd\cellx3000\cellx6000\intbl Torf unten\cell GFKUE0032\cell\row
\pard Daten: https://doi.org/10.1594/PANGAEA.881273. F\'f6rderung: Az. GF 10273/2.\par
}
""",
        "ascii",
    )


def rtf_without() -> None:
    plain(
        "none_presse_de.rtf",
        r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}
\pard\b Steine mit Hausnummer\b0\par
Wie der IGSN e.\~V. mitteilt, wird k\'fcnftig jede Gesteinsprobe eine Nummer tragen k\'f6nnen. Die Geschichte der
IGSN (der International Generic Sample Number, heute schlicht IGSN\~ID) beginnt 2004. Mehr dazu unter
{\field{\*\fldinst{HYPERLINK "https://www.igsn.org/about/"}}{\fldrslt www.igsn.org}}.\par
Ein Schild kostet 10,27 Euro, ein Jahr Pflege 580,52 Euro. Aktenzeichen 10273/21, Drucksache 20/10273,
\'a7 27 Abs. 3. R\'fcckfragen: presse@igsn.example, Tel. 0331/10273-60510.\par
}
""",
        "ascii",
    )


def mail_cp1252() -> None:
    plain(
        "mail_sammlung_cp1252.txt",
        f"""Von: Käthe Brömel
An: Sammlungsverwaltung
Betreff: Leihgabe, Rückgabe bis 27.10.

Liebe Kolleginnen und Kollegen,

ich schicke die Dünnschliffe zurück. Im Karton liegen die Stücke „GFBRL0001“, „GFBRL0002“
und „GFBRL0003“ – so jedenfalls die IGSN auf den Klebern; dazu der Block IGSN:{NBSP}GFBRL0010
(halb), ferner GFBRL0021{NDASH}GFBRL0029 (das sind die Fläschchen, auch mit IGSN).

Nicht dabei ist https://doi.org/10.60510/GFBRL0040, den hat Jürgen. Den Kern
<http://hdl.handle.net/10273/GFBRL0041> holt die Spedition (Auftrag 10273/41, 58,05 €).

Grüße
Käthe Brömel
--
Geländegeologie, Zi. 1027, Tel. 0273-605105
> Am 3.10. schrieb die Verwaltung:
> Es fehlt noch igsn:gfbrl0004 aus der Lade 60.510!
""",
        "cp1252",
        "\r\n",
    )


def curator_utf16() -> None:
    plain(
        "curator_note_utf16.txt",
        """\ufeffCURATOR'S NOTE \u2014 cabinet 27, drawer 3

Relabelled today. Old paper labels are kept in the envelope.

IGSN\tOld label\tRemark
DSR0008A1\tT-10273\tbasalt, wet
DSR0008A2\tT-10274\tbasalt, dry; see 10.58052/DSR0008B9
DSR0008A3\tT-10275\tlost its crust
\tT-10276\tno number yet

The big block in the yard is http://igsn.org/DSR0008C0 (do not move it with the 10.58 t crane).
Somebody pencilled \u201cIGSN DSR0008C1?\u201d on the pallet next to it; this is right.
Shelf mark 10.60510 is a shelf mark. \u0141\u00f3d\u017a, 12.IX.2019
""",
        "utf-16-le",
        "\r\n",
    )


def pdf_text() -> None:
    plain(
        "text_from_pdf.txt",
        f"""Journal of Slow Processes 12 (2018) 273{NDASH}281

Creep of rock salt at room temperature
Helmer Ravn, Tuva Lie

1 Materials
Cylinders were turned from salt of three mines. The first (IGSN: IEHRV{SHY}
0001) is clear, the second (IGSN: IEHRV0002) grey, and the third, which was reg-
istered by the mine itself (https://doi.org/10.60510/
GFSLZ0003), holds two per cent of anhydrite. A fourth was bought
(https://{ZWSP}doi.org/{ZWSP}10.60510/{ZWSP}GFSLZ0004). Powder for X-rays was taken from IGSN{NBSP}IEHRV{WJ}0005.
Smaller pieces are numbered IGSN IEHRV0011{NDASH}IEHRV0019, of which we used all
but one. Brine: IGSN IE{SHY}HRV{SHY}0020.

274                                   H. Ravn and T. Lie

Table 1. Creep rates
Cylinder   IGSN{NBSP}¹        Rate (1/s)
1          IEHRV0001      2.1e-13
2          IEHRV0002      3.0e-13
3          GFSLZ0003      10.273e-13
5          IEHRV0005²     0.9e-13
¹ see www.geosamples.org  ² powder

The core GeoB12802{NBHY}13 (http://igsn.org/GEOB12802-13) is shown for its halite.
Rates below 1e-14 1/s (0.10273 mm in a year) could not be
seen (Ravn, 2016, doi:10.1016/j.jsg.2016.05.-
010).
""",
    )


def csv_bom() -> None:
    plain(
        "ostracods_semicolon.csv",
        f"""\ufeffProbe;Tiefe (m);IGSN;IGSN der Mutterprobe;Anmerkung
OS-1;0,10;GFOST0002;GFOST0001;
OS-2;10,273;GFOST0003;GFOST0001;"siehe auch „GFOST0007“, IGSN beantragt und erteilt"
OS-3;0,30;{NBSP}GFOST0004{NBSP};10.60510/GFOST0011;
OS-4;0,40;gfost0005;;"Foto 10273/4.jpg"
OS-5;0,50;k. A.;;
""",
        ends="\r\n",
    )


def note_utf16be() -> None:
    plain(
        "none_lettre_fr_utf16be.txt",
        """\ufeffMonsieur,

La France a deux sigles pour une seule abréviation : IGSN, le réseau gravimétrique de 1971 (IGSN 71), et IGSN, le
numéro d\u2019échantillon. Votre facture n° 10273/IE-2021 (1 027,30 \u20ac) parle du premier. Nos échantillons
AU-1101 et IE-0001 n\u2019ont reçu aucun numéro IGSN à ce jour.

Coordonnées : 10,60510° E ; 58,052° N. Arrêté n° 2010-10273 du 5 août.
""",
        "utf-16-be",
    )


if __name__ == "__main__":
    for make in (
        docx_manuscript,
        docx_availability,
        odt_report,
        odt_without,
        xlsx_samples,
        xlsx_without,
        rtf,
        rtf_without,
        mail_cp1252,
        curator_utf16,
        pdf_text,
        csv_bom,
        note_utf16be,
    ):
        make()
