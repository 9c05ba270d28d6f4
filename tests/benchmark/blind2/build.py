"""Writes the zipped and the RTF documents, the same bytes each time. Standard library only."""

import io
import os
import zipfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "documents")
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def pack(name, parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for path, text in parts:
            info = zipfile.ZipInfo(path, (2021, 11, 9, 12, 0, 0))
            info.external_attr = 0o644 << 16
            info.create_system = 3
            info.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, text.encode("utf-8"))
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(out.getvalue())


REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006/relationships"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"


def rels(*rows):
    body = "".join(
        '<Relationship Id="%s" Type="%s/%s" Target="%s"%s/>'
        % (i, REL, t, x, ' TargetMode="External"' if t == "hyperlink" else "")
        for i, t, x in rows
    )
    return XML + '<Relationships xmlns="%s">%s</Relationships>' % (PKG, body)


def types(*rows):
    body = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    body += "".join(
        '<Override PartName="%s" ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/>' % r for r in rows
    )
    return XML + '<Types xmlns="%s">%s</Types>' % (CT, body)


# ---------------------------------------------------------------- XLSX

SML = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s"' % REL


def cell(ref, v):
    if v is None:
        return ""
    if isinstance(v, (int, float)):
        return '<c r="%s"><v>%r</v></c>' % (ref, v)
    if v.startswith("="):  # formula|cached value
        f, c = v[1:].split("|")
        return '<c r="%s" t="str"><f>%s</f><v>%s</v></c>' % (ref, f, c)
    if v.startswith("<is>"):
        return '<c r="%s" t="inlineStr">%s</c>' % (ref, v)
    return '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (ref, v)


def sheet(rows, merges=(), links="", extra=""):
    body = ""
    for n, row in rows:
        body += '<row r="%d">%s</row>' % (n, "".join(cell("%s%d" % (c, n), v) for c, v in zip("ABCDEFGHIJKLM", row)))
    m = "".join('<mergeCell ref="%s"/>' % x for x in merges)
    m = '<mergeCells count="%d">%s</mergeCells>' % (len(merges), m) if merges else ""
    return XML + "<worksheet %s><sheetData>%s</sheetData>%s%s%s</worksheet>" % (SML, body, m, links, extra)


def xlsx(name, sheets, extra=()):
    over = [("/xl/workbook.xml", "spreadsheetml.sheet.main")]
    over += [("/xl/worksheets/sheet%d.xml" % (i + 1), "spreadsheetml.worksheet") for i in range(len(sheets))]
    over += [("/" + p, t) for p, t, _ in extra if t]
    wb = XML + "<workbook %s><sheets>%s</sheets></workbook>" % (
        SML,
        "".join('<sheet name="%s" sheetId="%d" r:id="rId%d"/>' % (t, i + 1, i + 1) for i, (t, _) in enumerate(sheets)),
    )
    parts = [
        ("[Content_Types].xml", types(*over)),
        ("_rels/.rels", rels(("rId1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", wb),
        (
            "xl/_rels/workbook.xml.rels",
            rels(*[("rId%d" % (i + 1), "worksheet", "worksheets/sheet%d.xml" % (i + 1)) for i in range(len(sheets))]),
        ),
    ]
    parts += [("xl/worksheets/sheet%d.xml" % (i + 1), x) for i, (_, x) in enumerate(sheets)]
    parts += [(p, x) for p, _, x in extra]
    pack(name, parts)


def build_xlsx():
    s1 = sheet(
        [
            (
                1,
                [
                    "Table S2. Travertine and cave carbonate, Trebisnica valley (exported from LabVault 7; batch IETRB2020)"
                ],
            ),
            (3, ["Sample", None, "IGSN", None, "Isotopes", None, "Store", None]),
            (4, ["name", "lab no.", "parent", "child", "d18O", "d13C", "box", "record"]),
            (5, ["TRV-1", "IETRL0001", "IETRV0001", "IETRV000A", -6.1, 2.4, "TRVB00017", "record"]),
            (6, ["TRV-2", "IETRL0002", None, "IETRV000B", -6.3, 2.1, "TRVB00017", None]),
            (
                7,
                [
                    "TRV-3",
                    "IETRL0003",
                    "IETRV0002",
                    "<is><r><t>IETRV</t></r><r><rPr><b/></rPr><t>000C</t></r></is>",
                    -5.8,
                    1.9,
                    "TRVB00018",
                    "see note 1",
                ],
            ),
            (
                8,
                [
                    "TRV-4",
                    "IETRL0004",
                    "IETRV0002",
                    '=CONCATENATE("IETRV0","00D")|IETRV000D',
                    -5.9,
                    10.58052,
                    "TRVB00018",
                    None,
                ],
            ),
            (9, ["TRV-5", "IETRL0005", "\u2013", 847000163, -7.0, 0.2, "TRVB00018", "old user code 847"]),
            (10, ["TRV-6", "IETRL0006", "IETRV0003 (lost)", "none", -7.4, 0.6, "\u2013", None]),
            (11, ["TRV-7", "IETRL0007", "IETRV0004\n(2 pieces)", "IETRV000F ", -7.2, 0.5, "TRVB00019", None]),
            (13, ["1) Child re-registered as igsn:IETRV000Z after the split of March 2020."]),
        ],
        merges=("A1:H1", "A3:B3", "C3:D3", "E3:F3", "G3:H3", "C5:C6"),
        links='<hyperlinks><hyperlink ref="H5" r:id="rId1"/></hyperlinks>',
    )
    s2 = sheet(
        [
            (1, ["Column", "Meaning"]),
            (2, ["parent", "IGSN of the hand specimen or core"]),
            (3, ["child", "IGSN of the powder or slab, null: none"]),
            (4, ["record", "link to SESAR; the calcite standard is https://app.geosamples.org/sample/igsn/IESTD000Q"]),
            (5, ["lab no.", "IETRL + 4 digits, our own numbers, no IGSN"]),
            (6, ["contact", "tel. +387 10273 58052"]),
        ]
    )
    s3 = sheet(
        [
            (1, ["", "TRV-1", "TRV-8", "TRV-9"]),
            (2, ["Lithology", "travertine", "tufa", "flowstone"]),
            (3, ["IGSN:", "IETRV000A", "iETRV0008", "to follow"]),
            (4, ["Lab no.", "IETRL0001", "IETRL0008", "IETRL0009"]),
            (5, ["U/Th date", "2020-03-11", "2020-03-12", None]),
        ]
    )
    xlsx(
        "two_row_heading.xlsx",
        [("S2", s1), ("ReadMe", s2), ("UTh", s3)],
        [
            (
                "xl/worksheets/_rels/sheet1.xml.rels",
                None,
                rels(("rId1", "hyperlink", "https://app.geosamples.org/sample/igsn/10.58052/IETRV000A")),
            )
        ],
    )

    n1 = sheet(
        [
            (1, ["Leihverkehr 2021 – Institute of Geological Sciences (I.G.S.)"]),
            (
                2,
                [
                    "I.G.S. No.",
                    "Inv.-Nr.",
                    "IGSN vorhanden?",
                    "IGSN-Agent",
                    "IGSN beantragt am",
                    "Leihschein",
                    "Anzahl IGSN",
                ],
            ),
            (3, ["IGS 21527", "IE 1907/0034", "nein", "GFZ", "2021-04-03", "LS10273", 0]),
            (4, ["IGS 21528", "MB.R.1973.2", "ja (siehe Akte)", "SESAR2", "2021-04-19", "LS10274", 1]),
            (5, ["IGS 21529", "GPIT/RE/10273", "unbekannt", "MARUM1", None, "LS10275", None]),
            (6, ["MI 10273", "NHMW1885D00471", "nein", "\u2013", None, "LS10276", None]),
            (8, ["Summe IGSN", 1, None, "Stand", "2021-11-09", None, "=SUM(G3:G6)|1"]),
        ]
    )
    n2 = sheet(
        [(1, ["IGSN"]), (2, ["noch keine vergeben"]), (3, ["-"]), (4, ["s. o."]), (6, ["IGSN71-Anschluss: nein"])]
    )
    xlsx("none_leihverkehr.xlsx", [("Leihe", n1), ("IGSN", n2)])


# ---------------------------------------------------------------- DOCX

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="%s" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"' % REL
)


def r(t, pr=""):
    return '<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>' % ("<w:rPr>%s</w:rPr>" % pr if pr else "", t)


def p(*x):
    return "<w:p>%s</w:p>" % "".join(i if i.startswith("<") else r(i) for i in x)


def tc(x, span=0, vm=""):
    pr = ('<w:gridSpan w:val="%d"/>' % span if span else "") + vm
    return "<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>" % (pr, p(x) if x else "<w:p/>")


def tbl(*rows):
    return "<w:tbl><w:tblPr/><w:tblGrid/>%s</w:tbl>" % "".join("<w:tr>%s</w:tr>" % "".join(x) for x in rows)


WHO = 'w:author="Production" w:date="2021-11-09T12:00:00Z"'


def docx(name, body, rel=(), **parts):
    ptypes = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "header1": "header"}
    over = [("/word/document.xml", "wordprocessingml.document.main")]
    over += [("/word/%s.xml" % k, "wordprocessingml." + ptypes[k]) for k in parts]
    files = [
        ("[Content_Types].xml", types(*over)),
        ("_rels/.rels", rels(("rId1", "officeDocument", "word/document.xml"))),
        ("word/document.xml", XML + "<w:document %s><w:body>%s</w:body></w:document>" % (W, body)),
        (
            "word/_rels/document.xml.rels",
            rels(*(list(rel) + [("rId9%d" % i, ptypes[k], k + ".xml") for i, k in enumerate(parts)])),
        ),
    ]
    files += [("word/%s.xml" % k, XML + v) for k, v in parts.items()]
    pack(name, files)


def box(text):
    inner = "<w:txbxContent>%s</w:txbxContent>" % p(text)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        "<wps:wsp><wps:txbx>%s</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape><v:textbox>%s</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>" % (inner, inner)
    )


def build_docx():
    sup = '<w:vertAlign w:val="superscript"/>'
    vs, vc = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = "".join(
        [
            p("Author proof: Obsidian of the Vrisoula flow (MS 2021-IE-0417, galley 2)"),
            p(
                "The glassy rind was sampled twice (IGSN ",
                r("IEV", "<w:i/>"),
                r("RS0001"),
                r("3", sup),
                ") and the core once, IGSN",
                r("\u00a0"),
                r("IEVRS0002", "<w:b/>"),
                ".",
            ),
            p(
                "Old number: ",
                '<w:del w:id="1" %s><w:r><w:delText>IGSN IEVRS0091</w:delText></w:r></w:del>' % WHO,
                '<w:ins w:id="2" %s>%s</w:ins>' % (WHO, r("IGSN IEVRS0003")),
                ", now corrected.",
            ),
            p(
                "The ",
                '<w:hyperlink r:id="rId1">%s</w:hyperlink>' % r("grey variety"),
                " and the ",
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK '
                '"https://hdl.handle.net/10273/IEVRS0005" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                '%s<w:r><w:fldChar w:fldCharType="end"/></w:r>' % r("mahogany variety"),
                " are kept in drawer IE-10273",
                '<w:r><w:footnoteReference w:id="2"/></w:r>',
                ".",
            ),
            p(
                r("Figure 4. "),
                '<w:commentRangeStart w:id="0"/>',
                r("Hydration rim of VRS-6"),
                '<w:commentRangeEnd w:id="0"/>',
                '<w:r><w:commentReference w:id="0"/></w:r>',
                " in plane light [IGSN: IEVRS000",
                "<w:r><w:softHyphen/></w:r>",
                "6].",
                box("Box 1. All thin sections: IGSNs IEVRS000A and IEVRS000B; the microprobe mount VRSM0012 has none."),
            ),
            tbl(
                [tc("Piece", vm=vs), tc("IGSN", span=2), tc("Weight", vm=vs)],
                [tc("", vm=vc), tc("whole"), tc("powder"), tc("", vm=vc)],
                [tc("VRS-7"), tc("IEVRS0007"), tc("IEVRS000G"), tc("10.273 g")],
                [tc("VRS-8"), tc("IEVRS0008"), tc("not made"), tc("7.1 g")],
            ),
            p("AQ3: Please check \u2018IGSN No. IEVRS0012\u2019 against the list; we read IEVRS001Z in the figure."),
        ]
    )
    note = '<w:footnotes %s><w:footnote w:id="2">%s</w:footnote></w:footnotes>' % (
        W,
        p("International Geo Sample Number IEVRS000N; the museum number is MM IE000N-71."),
    )
    com = '<w:comments %s><w:comment w:id="0" %s>%s</w:comment></w:comments>' % (
        W,
        WHO,
        p("Copy editor: VRS-6 or VRS-16? The latter is IGSN IEVRS0016 in the table of part 1."),
    )
    head = "<w:hdr %s>%s</w:hdr>" % (W, p("Galley 2 \u2013 IGSN checked 2021-11-09 \u2013 JOB10273"))
    docx(
        "proof_galley2.docx",
        body,
        [("rId1", "hyperlink", "https://doi.org/10.58052/IEVRS0004")],
        footnotes=note,
        comments=com,
        header1=head,
    )

    body = "".join(
        [
            p("IGSN General Assembly, working group minutes (IGSN 2040 / IGSN-WG-2019-03)"),
            p("Present: the IGSN Secretary, 17 members; Zoom 910 273 5805, code IGSN2019."),
            p("1. IGSN: new members. 2. IGSN 101: training. 3. IGSN Agent BGRB, codes IE, CS, AU."),
            p(
                "Example in the slides: ",
                '<w:del w:id="1" %s><w:r><w:delText>IGSN IEWGX0001, igsn:10.58052/IEWGX0002</w:delText></w:r></w:del>'
                % WHO,
                '<w:ins w:id="2" %s>%s</w:ins>' % (WHO, r("no example of an IGSN")),
                ".",
            ),
            p(
                "Decision IGSN/2019/12: the ",
                '<w:hyperlink r:id="rId1">%s</w:hyperlink>' % r("IGSN site"),
                " moves to ",
                '<w:hyperlink r:id="rId2">%s</w:hyperlink>' % r("igsn.github.io"),
                " before GA2020.",
            ),
            tbl(
                [tc("Item"), tc("IGSN budget"), tc("IGSN contact")],
                [tc("Travel"), tc("EUR 10273"), tc("Treasurer2")],
                [tc("Server"), tc("EUR 5805.20"), tc("ICDP1 desk")],
            ),
            p("Next meeting: IGSN 2020 in Room IE0021. ", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        ]
    )
    note = '<w:footnotes %s><w:footnote w:id="2">%s</w:footnote></w:footnotes>' % (
        W,
        p("Report: https://doi.org/10.5281/zenodo.3905364; ISSN 1683-1470; Lehnert-type IGSN, see Data Sci. J. 16:33."),
    )
    docx(
        "none_assembly_minutes.docx",
        body,
        [
            ("rId1", "hyperlink", "https://www.igsn.org/assembly2019"),
            ("rId2", "hyperlink", "https://igsn.github.io/members"),
        ],
        footnotes=note,
    )


# ---------------------------------------------------------------- ODF

O = "urn:oasis:names:tc:opendocument:xmlns:"
NS = " ".join(
    'xmlns:%s="%s%s:1.0"' % (a, O, b)
    for a, b in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
) + (' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"')


def odf(name, kind, body):
    mime = "application/vnd.oasis.opendocument." + kind
    man = XML + (
        '<manifest:manifest xmlns:manifest="%smanifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        % (O, mime)
    )
    content = (
        XML
        + '<office:document-content %s office:version="1.2"><office:body>%s</office:body></office:document-content>'
        % (NS, body)
    )
    pack(name, [("mimetype", mime), ("content.xml", content), ("META-INF/manifest.xml", man)])


def oc(x="", attr=""):
    if isinstance(x, (int, float)):
        return (
            '<table:table-cell office:value-type="float" office:value="%r" %s><text:p>%r</text:p></table:table-cell>'
            % (x, attr, x)
        )
    if not x:
        return "<table:table-cell %s/>" % attr
    if not x.startswith("<"):
        x = "<text:p>%s</text:p>" % x
    return '<table:table-cell office:value-type="string" %s>%s</table:table-cell>' % (attr, x)


def orow(*cells):
    return "<table:table-row>%s</table:table-row>" % "".join(cells)


COV = "<table:covered-table-cell/>"


def build_ods():
    rows = [
        orow(
            oc("Dauerleihgabe Sammlung Kammbergen – Liste für die Spedition", 'table:number-columns-spanned="6"'),
            COV,
            COV,
            COV,
            COV,
            COV,
        ),
        orow(oc(attr='table:number-columns-repeated="6"')),
        orow(oc("Inv.-Nr."), oc("Objekt"), oc("IGSN"), oc("IGSN (alt)"), oc("Kiste"), oc("Bemerkung")),
        orow(oc("KB10273"), oc("Gneis"), oc("GFKMB0001"), oc("10273/GFKMB000A"), oc("K0017"), oc()),
        orow(
            oc("KB10274"),
            oc("Gneis, Anschliff"),
            oc("GFKMB0002", 'table:number-rows-spanned="2"'),
            oc("o. IGSN"),
            oc("K0017"),
            oc("mit KB10275 verklebt"),
        ),
        orow(oc("KB10275"), oc("Gneis, Rest"), COV, oc("keine"), oc("K0017"), oc()),
        orow(
            oc("KB10276"),
            oc("Eklogit"),
            oc(
                "<office:annotation><dc:creator>Kustodin</dc:creator><text:p>Etikett sagt GFKMB0030 (IGSN), bitte prüfen</text:p>"
                "</office:annotation><text:p>gfkmb<text:span>0003</text:span></text:p>"
            ),
            oc(),
            oc("K0018"),
            oc(),
        ),
        orow(
            oc("KB10277"),
            oc("Marmor"),
            oc('<text:p><text:a xlink:href="https://doi.org/10.60510/GFKMB0004">Datensatz</text:a></text:p>'),
            oc("\u2014"),
            oc("K0018"),
            oc("Dublette: IGSN GFKMB000D"),
        ),
        orow(
            oc("KB10278"),
            oc("Amphibolit"),
            oc("GFKMB0005\u00a0(?)"),
            oc(),
            oc("K0018"),
            oc("GFKB0005 ist die Fotonummer"),
        ),
        orow(
            oc("KB10279", 'table:number-columns-repeated="1"'),
            oc("Schlacke"),
            oc("entfällt"),
            oc(attr='table:number-columns-repeated="2"'),
            oc("Inv. GFKMI0279"),
        ),
    ]
    t2 = [
        orow(oc("Kiste"), oc("K0017"), oc("K0018")),
        orow(oc("Gewicht (kg)"), oc(10.58052), oc(10.6051)),
        orow(oc("IGSN der Kiste"), oc("GFKMBK017"), oc("folgt")),
        orow(oc("Plombe"), oc("DE10273017"), oc("DE10273018")),
    ]
    body = "<office:spreadsheet>%s</office:spreadsheet>" % "".join(
        '<table:table table:name="%s">%s</table:table>' % (n, "".join(x)) for n, x in (("Liste", rows), ("Kisten", t2))
    )
    odf("dauerleihgabe.ods", "spreadsheet", body)


def build_odt():
    body = (
        "<office:text>"
        + (
            '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info>'
            "<dc:creator>Protokoll</dc:creator><dc:date>2021-11-09T12:00:00</dc:date></office:change-info>"
            "<text:p>IGSN GFKLG0098</text:p></text:deletion></text:changed-region></text:tracked-changes>"
            "<text:h>Protokoll Kernlager, 9. November 2021 (Az. KL-10273/21)</text:h>"
            "<text:p>TOP 1: Der Kern <text:span>GFK</text:span><text:span>LG0001</text:span> (IGSN) wird verlegt; Platz von"
            '<text:s/><text:change text:change-id="ct1"/>IGSN<text:tab/>GFKLG0002 bleibt frei.</text:p>'
            "<text:p>TOP 2: Wasserproben: IGSNs GFKLG0011,<text:line-break/>GFKLG0012 und<text:line-break/>GFKLG0013"
            '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>7</text:note-citation><text:note-body>'
            "<text:p>Nicht zu verwechseln mit GFKLG0031 (IGSN der Gasprobe).</text:p></text:note-body></text:note>"
            " gehen an das Labor, Auftrag GFKLA0011.</text:p>"
            '<text:p>TOP 3: <text:a xlink:href="https://doi.org/10.60510/GFKLG0004">Der Geschiebelehm</text:a> ist trocken. '
            "Zur IGSN des Bohrkerns (GFKL\u00adG0005) siehe Anlage"
            "<office:annotation><dc:creator>Leitung</dc:creator><text:p>Anlage fehlt! Es ist die mit IGSN GFKLG0006.</text:p></office:annotation>.</text:p>"
            '<table:table table:name="T1">'
            + orow(oc("Regal"), oc("Kern-IGSN"), oc("Zustand"))
            + orow(oc("R10273"), oc("GFKLG0021"), oc("gut"))
            + orow(oc("R10274"), oc("<text:p>GFKLG0022</text:p><text:p>GFKLG0023</text:p>"), oc("feucht"))
            + orow(oc("R10275"), oc("noch offen"), oc("Schimmel, Foto GFKLF0023"))
            + "</table:table>"
            "<text:p>TOP 4: Verschiedenes. Schwereanschluss nach IGSN 71, Punkt 4711 B. Tel. 10273.</text:p>"
        )
        + "</office:text>"
    )
    odf("protokoll_kernlager.odt", "text", body)


# ---------------------------------------------------------------- RTF


def build_rtf():
    text = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}{\info{\title Carnet de terrain IGSN}{\doccomm v10273}}
\f0\fs24 Carnet de terrain n\'b0 7 \'96 massif de l'Arp\'e9lin, \'e9t\'e9 2019\par
Jeudi 4. Gneiss \'e0 grenat, n\'b0\~IGSN\~: IEARP0001 ; amphibolite \'ab\~IGSN IEARP0002\~\'bb, et deux \'e9clogites\par
(num\'e9ros IGSN IEARP0003 et {\b IEARP}{\b0 0004}). Carotte JHAMAC00003\_S1R4C3 (IGSN, pr\'eat de M. Quatremarre).\par
Vendredi 5. Rien. Photos IEARF0005 \'e0 IEARF0019. T\'e9l. du refuge 04 10 27 35 80.\par
Samedi 6. {\field{\*\fldinst{HYPERLINK "https://app.geosamples.org/sample/igsn/10.58052/IEARP0006"}}{\fldrslt{\ul m\'e9tagranite}}} et
{\field{\*\fldinst{HYPERLINK "https://example.org/carnet?IGSN2019"}}{\fldrslt{page du carnet}}}.\par
{\deleted Dimanche 7. IGSN IEARP0097, jet\'e9.\par}
Eau de la source (IGSN\u160?\u8239?: \u8220?IEARP0008\u8221?)\super 1\nosupersub ; sable du torrent, IGSN IEARP0009\super 2\nosupersub .\par
\trowd\cellx2000\cellx5000\cellx8000\intbl \'c9chant.\cell N\'b0 IGSN\cell N\'b0 labo\cell\row
\trowd\cellx2000\cellx5000\cellx8000\intbl AR-11\cell IEARP0011\cell IEARL0011\cell\row
\trowd\cellx2000\cellx5000\cellx8000\intbl AR-12\cell n\'e9ant\cell IEARL0012\cell\row
\trowd\cellx2000\cellx5000\cellx8000\intbl AR-13\cell IEARP{\i 00}13\cell IEARL0013\cell\row
\pard\super 1\nosupersub  R\'e9plique\~: IGSN IEARP000R.{\footnote\super 2\nosupersub  Tamis\'e9\~; refus conserv\'e9 sous IGSN IEARP000T.}\par
Point gravim\'e9trique rattach\'e9 au r\'e9seau IGSN\~71. Permis IE2019/10273.\par
}
"""
    with open(os.path.join(HERE, "carnet.rtf"), "wb") as f:
        f.write(text.encode("ascii"))


if __name__ == "__main__":
    build_xlsx()
    build_docx()
    build_ods()
    build_odt()
    build_rtf()
