"""Write the binary documents of this set (PDF, RTF, DOCX, XLSX), byte by byte the same each time."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent / "documents"


# --- PDF -------------------------------------------------------------------------------------------------------------


class Pdf:
    def __init__(self, width=595, height=842, title="", word_gaps=False):
        self.size = (width, height)
        self.title = title
        self.word_gaps = word_gaps
        self.pages = []

    def page(self):
        self.pages.append(([], []))

    def raw(self, operators):
        self.pages[-1][0].append(operators)

    def text(self, x, y, lines, size=10, font="R", leading=None):
        if isinstance(lines, str):
            lines = lines.strip("\n").split("\n")
        out = [f"BT /{font} {size} Tf {leading or size * 1.2:.1f} TL {x} {y} Td"]
        for number, line in enumerate(lines):
            if number:
                out.append("T*")
            if line:
                out.append(self.shown(line))
        out.append("ET")
        self.pages[-1][0].append("\n".join(out))

    def shown(self, line):
        line = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        if self.word_gaps:  # as TeX does it: no space characters, only moves
            return "[(" + ")-278(".join(line.split()) + ")]TJ"
        return f"({line}) Tj"

    def link(self, box, uri):
        self.pages[-1][1].append((box, uri))

    def save(self, name):
        objects = []

        def add(body):
            objects.append(body)
            return len(objects)

        catalog, tree = add(b""), add(b"")
        fonts = {}
        for key, face in (("R", "Times-Roman"), ("B", "Times-Bold"), ("I", "Times-Italic"), ("H", "Helvetica")):
            body = f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>"
            fonts[key] = add(body.encode())
        named = " ".join(f"/{key} {number} 0 R" for key, number in fonts.items())
        kids = []
        for contents, links in self.pages:
            stream = "\n".join(contents).encode("cp1252")
            content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
            notes = [
                add(
                    f"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [{' '.join(map(str, box))}] "
                    f"/A << /S /URI /URI ({uri}) >> >>".encode()
                )
                for box, uri in links
            ]
            annots = f"/Annots [{' '.join(f'{note} 0 R' for note in notes)}] " if notes else ""
            kids.append(
                add(
                    f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {self.size[0]} {self.size[1]}] {annots}"
                    f"/Resources << /Font << {named} >> >> /Contents {content} 0 R >>".encode()
                )
            )
        info = add(f"<< /Title ({self.title}) /Producer (small script) >>".encode("cp1252"))
        objects[catalog - 1] = f"<< /Type /Catalog /Pages {tree} 0 R >>".encode()
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        objects[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
        data, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(objects, 1):
            offsets.append(len(data))
            data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(data)
        data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        for offset in offsets:
            data += b"%010d 00000 n \n" % offset
        data += (
            f"trailer\n<< /Size {len(objects) + 1} /Root {catalog} 0 R /Info {info} 0 R >>\n"
            f"startxref\n{start}\n%%EOF\n".encode()
        )
        (HERE / name).write_bytes(data)


def article_pdf():
    pdf = Pdf(title="Strain localisation in the Seve Nappe")
    pdf.page()
    pdf.text(72, 790, "Solid Earth Letters 14, 211–213, 2023", 8, "I")
    pdf.text(420, 790, "https://doi.org/10.5194/sel-14-211-2023", 8, "I")
    pdf.text(72, 745, "Strain localisation in the Seve Nappe: a note from two boreholes", 15, "B")
    pdf.text(72, 722, "A. Nordgren and F. Weiß", 11)
    pdf.text(72, 690, "2  Samples and methods", 11, "B")
    pdf.text(
        72,
        672,
        """
We sampled the core of the COSC-1 borehole in the repository in Spandau. Section ICDP5054EEW1001 (IGSN)
is the reference for depth; from it came the plugs GFNOR19013 and GFNOR19014 (IGSNs), cut parallel and
normal to the lineation. The mylonite that was dated earlier can be found as https://doi.org/10.60510/
GFNOR19012, and its thin section as https://doi.org/10.60510/GFNOR19012TS. EBSD maps were taken from
seven more sections (IGSN: GFNOR19020 to GFNOR19026) with a step size of 2.5 µm.
""",
        10.5,
        leading=14,
    )
    pdf.link((395, 640, 520, 655), "https://doi.org/10.60510/GFNOR19012")
    pdf.text(72, 585, "3  Results", 11, "B")
    pdf.text(
        72,
        567,
        """
Quartz c-axes form a single girdle in GFNOR19013 and a Y-maximum in GFNOR19014 (Fig. 2). Differential
stress from the recrystallised grain size (Stipp and Tullis, 2003) is 38 ± 6 MPa.
""",
        10.5,
        leading=14,
    )
    pdf.text(72, 520, "Data and sample availability", 11, "B")
    pdf.text(
        72,
        502,
        """
EBSD data are available at https://doi.org/10.5880/GFZ.4.2.2023.003 (Nordgren and Weiß, 2023). The plugs are
kept in Freiberg. Sample names of the form 5054_1_A_... are explained in Lorenz et al. (2015),
https://doi.org/10.2312/ICDP.2015.002. The residues of the dissolved mica were discarded and carry no IGSN.
""",
        10.5,
        leading=14,
    )
    pdf.text(72, 440, "References", 11, "B")
    pdf.text(
        72,
        422,
        """
Lorenz, H. et al.: COSC-1 operational report, ICDP, https://doi.org/10.2312/ICDP.2015.002, 2015.
Stipp, M. and Tullis, J.: The recrystallized grain size piezometer for quartz, Geophys. Res. Lett., 30, 2088,
     https://doi.org/10.1029/2003GL018444, 2003.
""",
        9.5,
    )
    pdf.text(290, 40, "211", 9)
    pdf.save("article_shear_zone.pdf")


def two_column_pdf():
    pdf = Pdf(612, 792, "Organic-rich mudrocks of the Karoo Basin", word_gaps=True)
    left_1 = """
MATERIAL AND METHODS

Eleven mudrock samples of the Whitehill For-
mation were taken from borehole KZF-1. They
were registered with SESAR before cutting, and
the identifiers are used throughout this paper
(see also Table 1 of the supplement). Sample
10.58052/IEKAR00A5 is a black, pyritic mud-
rock from 2 309.4 m; samples 10.58052/
IEKAR00A6 and 10.58052/IEKAR00A9 are from the
grey interval above. The dolerite contact was
sampled once (IGSN: IEKAR00D1). A second
sample of the contact was too altered for anal-
ysis and was not registered.

Rock-Eval pyrolysis was done on 60 mg of pow-
der (Behar et al., 2001). Powders have identi-
fiers of their own: the powder of the first sam-
ple is https://doi.org/10.58052/
IEKAR00P5, that of the second is https://
doi.org/10.58052/IEKAR00P6.
"""
    right_1 = """
RESULTS

Total organic carbon ranges from 0.5 to 14.7
wt %, with the maximum in IEKAR00A5. Tmax
is between 590 and 603 °C, which means that
the rocks are overmature. Sulphur isotopes of
pyrite are heavy near the contact (IEKAR00D1,
+11.2 ‰ VCDT).

The low values of the top sample (10.58052/IEKAR-
00B2) are due to weathering.

Porosity by mercury intrusion is below 3 %. The
values agree with those from boreholes SFT 2
and CIMERA-KARIN KWV-1 (de Kock et al.,
2017; https://doi.org/10.25131/gssajg.120.1.
1). Nitrogen adsorption gave specific surface
areas of 4 to 21 m2/g.
"""
    left_2 = """
DISCUSSION

Contact metamorphism explains the maturity
only within 40 m of the sill. Farther away, bur-
ial is required, as Smithard et al. (2015) sug-
gested for the eastern basin.

ACKNOWLEDGMENTS

Supported by the NRF (Grant UID 92527) and
the DAAD (57160013).
"""
    right_2 = """
REFERENCES CITED

Behar, F., Beaumont, V., and De B. Penteado,
   H. L., 2001, Rock-Eval 6 technology: Oil &
   Gas Sci. Technol., 56, 111–134, https://
   doi.org/10.2516/ogst:2001013.
Chere, N., 2020, Core KZF-1, box 212 [sam-
   ple]: SESAR, https://doi.org/10.58052/
   IEKAR0212, accessed May 2022.
Smithard, T., Bordy, E. M., and Reid, D.,
   2015, S. Afr. J. Geol., 118, https://doi.org/
   10.2113/gssajg.118.3.249.
"""
    for number, head, left, right in (
        (1147, "Organic-rich mudrocks of the Karoo Basin", left_1, right_1),
        (1148, "N. Chere and others", left_2, right_2),
    ):
        pdf.page()
        pdf.text(54, 752, head, 8, "I")
        pdf.text(500, 752, str(number), 8, "R")
        pdf.text(54, 715, left, 10, leading=12.5)
        pdf.text(318, 715, right, 10, leading=12.5)
        pdf.text(54, 36, "GSA Contributions, v. 7, no. 4, https://doi.org/10.1130/GSAC7004.1", 7, "H")
    pdf.save("twocolumn_mudrocks.pdf")


def table_pdf():
    pdf = Pdf(842, 595, "Table S3")
    pdf.page()
    pdf.text(60, 545, "Table S3. Glass shard populations and host samples, Lake Van and Lake Emre.", 11, "B")
    columns = (60, 130, 290, 385, 470, 540, 610)
    rows = [
        ("Tephra", "Host sample", "IGSN", "Mount IGSN", "Depth (m)", "SiO2 (wt%)", "Correlation"),
        ("V-02", "5034-2D-12H-2, 41-43 cm", "ICDP5034ESV0201", "GFVAN00M1", "18.42", "71.3", "Nemrut NCY-4"),
        ("V-07", "5034-2D-19H-1, 10-12 cm", "ICDP5034ESV0701", "GFVAN00M1", "37.05", "66.8", "?"),
        ("V-16", "5034-2E-03H-3, 77-79 cm", "ICDP5034ESV1601", "GFVAN00M2", "81.90", "73.9", "Nemrut HP-10"),
        ("V-18a", "5034-2E-05H-1, 02-04 cm", "ICDP5034ESV1801", "GFVAN00M2", "85.66", "60.4", "Süphan"),
        ("V-18b", "5034-2E-05H-1, 05-06 cm", "—", "GFVAN00M3", "85.69", "60.9", "Süphan"),
        ("E-01", "EMR12-1-7", "GFVAN0E101", "GFVAN00M3", "6.11", "74.2", "Acigöl"),
        ("E-02", "EMR12-1-9", "GFVAN0E102", "n.a.", "8.80", "—", "—"),
    ]
    for line, row in enumerate(rows):
        y = 515 - 18 * line
        for x, cell in zip(columns, row, strict=True):
            pdf.text(x, y, cell, 8.5, "B" if line == 0 else "H")
    pdf.raw("0.8 w 60 528 m 780 528 l S 60 508 m 780 508 l S 60 380 m 780 380 l S")
    pdf.text(
        60,
        364,
        """
IGSN of host samples resolve under https://doi.org/10.60510/. A dash means that the sample has no IGSN. n.a.: no mount.
Normalised to 100 % on a volatile-free basis. Secondary standards: ATHO-G, StHs6/80-G, VG-568 (NMNH 72854).
""",
        8,
        "H",
    )
    pdf.text(60, 40, "Supplement to: Quat. Sci. Rev. 293, 107699. doi:10.1016/j.quascirev.2022.107699", 7, "I")
    pdf.text(770, 40, "S-7", 7, "I")
    pdf.save("table_glass_shards.pdf")


def poster_pdf():
    pdf = Pdf(1191, 842, "Poster")
    pdf.page()
    pdf.raw("0.85 0.92 0.97 rg 0 742 1191 100 re f 0 g")
    pdf.text(40, 790, "Thaw slumps on Herschel Island: what the ground ice remembers", 34, "B")
    pdf.text(40, 758, "L. Mäkinen, O. Brandt, P. Iqaluk   •   EGU23-10417   •   X5.182", 16, "H")
    boxes = [
        (40, "1  WHY", "Retrogressive thaw slumps\nexpose ice that was buried\nsince the Wisconsinan."),
        (
            330,
            "2  ICE SAMPLES",
            "Headwall, massive ice:\nIGSN: MBHER22I01\nIGSN: MBHER22I02\nIce wedge 4 (blocks):\nIGSN: MBHER22W4A\n"
            "IGSN: MBHER22W4B\nSnow pit: not kept",
        ),
        (620, "3  RESULTS", "d18O  -29.1 … -33.4 ‰\nd-excess 4.2\nDOC up to 81 mg/L\nin MBHER22W4B"),
        (
            910,
            "4  TRY IT",
            "Scan the code to see\nour favourite sample:\n\n\n\ndoi.org/10.58095/MBHER22I02\n\nData:\n"
            "doi.org/10.1594/\nPANGAEA.951002",
        ),
    ]
    for x, head, body in boxes:
        pdf.raw(f"1.5 w {x - 10} 330 270 390 re S")
        pdf.text(x, 690, head, 20, "B")
        pdf.text(x, 655, body, 17, "H", leading=26)
    pdf.raw("1010 530 60 60 re f")
    pdf.text(
        40,
        280,
        """
Sediment cores of the slump floor are archived in Bremen: igsn:10.58095/MBHER22C07, igsn:10.58095/MBHER22C09.
Thanks: Herschel Island–Qikiqtaruk Territorial Park, permit 22-S(E)-11; Horizon 2020 grant 773421 (Nunataryuk).
""",
        15,
        "H",
    )
    pdf.text(40, 215, "Lantuit & Pollard (2008), doi:10.1016/j.geomorph.2006.07.040", 11, "I")
    pdf.save("poster_permafrost.pdf")


def gravity_pdf():
    pdf = Pdf(title="Gravity base stations", word_gaps=True)
    pdf.page()
    pdf.text(72, 780, "Geodetic Bulletin 61 (2019) 44–45", 8, "I")
    pdf.text(72, 745, "Re-observation of IGSN71 stations in the southern Andes", 15, "B")
    pdf.text(
        72,
        712,
        """
Abstract. The International Gravity Standardization Net 1971 (IGSN71; Morelli et al., 1974) is still the
datum of most regional surveys. We re-observed nine IGSN 71 stations with an A10 absolute gravimeter.
Differences (new minus IGSN71) are between -0.04 and +0.11 mGal. The station IGSN 41460A in San-
tiago was destroyed in 1985; IGSN 43590B has been moved.
""",
        10.5,
        leading=14,
    )
    pdf.text(72, 630, "Table 1. Stations", 10, "B")
    rows = [
        ("IGSN71 no.", "Place", "g (mGal)", "Diff."),
        ("41460J", "Santiago, Cerro Calan", "979 414.70", "+0.03"),
        ("43592A", "Puerto Montt", "980 203.11", "-0.01"),
        ("47550K", "Punta Arenas", "981 320.02", "+0.11"),
    ]
    for line, row in enumerate(rows):
        for x, cell in zip((72, 160, 300, 390), row, strict=True):
            pdf.text(x, 612 - 15 * line, cell, 9, "B" if line == 0 else "R")
    pdf.text(
        72,
        530,
        """
Data: https://doi.org/10.5880/GFZ.1.2.2019.011 and BGI, http://doi.org/10.18168/BGI_23. Rock densities for
the terrain correction came from 212 hand specimens that were not registered (no IGSN) and not kept.
Funding: ANID Fondecyt 11170012. Transformation between IGSN-71 and ITGRS: Wziontek et al. (2021),
https://doi.org/10.1007/s00190-020-01438-9.
""",
        10.5,
        leading=14,
    )
    pdf.text(290, 40, "44", 9)
    pdf.save("none_gravity_network.pdf")


# --- RTF -------------------------------------------------------------------------------------------------------------


def rtf(text):
    out = []
    for char in text:
        if ord(char) < 128:
            out.append(char)
        elif ord(char) < 256:
            out.append(f"\\'{ord(char):02x}")
        else:
            out.append(f"\\u{ord(char)}?")
    return "".join(out)


def rtf_row(cells, edges, bold=False):
    defined = "".join(f"\\clbrdrb\\brdrs\\cellx{edge}" for edge in edges)
    style = "\\b " if bold else ""
    body = "".join(f"\\pard\\intbl {style}{rtf(cell)}\\b0\\cell" for cell in cells)
    return f"\\trowd\\trgaph70{defined}\n{body}\\row\n"


def rtf_link(url, shown):
    return f'{{\\field{{\\*\\fldinst {{HYPERLINK "{url}"}}}}{{\\fldrslt {{\\ul\\cf1 {shown}}}}}}}'


RTF_HEAD = (
    "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}{\\f1\\fswiss Arial;}}\n"
    "{\\colortbl;\\red0\\green0\\blue238;}\n"
)


def loan_rtf():
    edges = (2200, 4700, 6900, 9200)
    out = [RTF_HEAD, "{\\info{\\title Leihvertrag}{\\author Sammlungsverwaltung}}\n"]
    out.append(rtf("\\pard\\qc\\b\\f1\\fs28 Leihvertrag Nr. 2023/017\\b0\\f0\\fs22\\par\n"))
    out.append(
        rtf(
            "\\pard\\ql zwischen der Lagerstättensammlung der Bundesanstalt (Leihgeber) und dem Institut für "
            "Mineralogie der Universität Münster (Entleiher), DFG-Projekt KL 1373/20-1.\\par\\par\n"
            "\\b § 1 Gegenstand\\b0\\par\nFolgende Stücke werden ausgeliehen:\\par\n"
        )
    )
    out.append(rtf_row(("Inventar-Nr.", "Bezeichnung", "IGSN", "Wert (EUR)"), edges, bold=True))
    out.append(rtf_row(("LS 2004-118", "Zinnwaldit auf Quarz, Altenberg", "BGRB2004X118", "150,00"), edges))
    out.append(rtf_row(("LS 2004-119", "Greisen, Altenberg", "BGRB2004X119", "40,00"), edges))
    out.append(rtf_row(("LS 2011-007", "Bohrkern Zw-12, 211,4 m", "BGRB2011X007", "220,00"), edges))
    out.append(rtf_row(("ohne", "Haldenmaterial, 3 kg", "keine", "0,00"), edges))
    out.append(
        rtf("\\pard\\par\n\\b § 2 Probenahme\\b0\\par\nVom Bohrkern Zw-12 (")
        + rtf_link("https://doi.org/10.60510/BGRB2011X007", "https://doi.org/10.60510/BGRB2011X007")
        + rtf(
            ") darf ein Stück von höchstens 50 g entnommen werden. Die Teilprobe erhält die bereits reservierte "
            "IGSN\\~BGRB2011X007A{\\deleted\\revauthdel1  oder BGRB2011X007B} und ist so zu beschriften.\\par\n"
            "\\b § 3 Veröffentlichung\\b0\\par\nBei Veröffentlichung ist die IGSN anzugeben. "
            "Frühere Analysen: Seltmann "
            "et al., doi:10.2113/econgeo.2020.4812. Weitere Stücke der Stufe (BGRB2004X118-1, BGRB2004X118-2; beides "
            "IGSN) bleiben in der Sammlung.\\par\\par\nHannover, den 3.\\~Mai 2023\\par\n}"
        )
    )
    (HERE / "leihvertrag_sammlung.rtf").write_bytes("".join(out).encode("ascii"))


def french_rtf():
    edges = (1800, 4200, 6400, 9000)
    out = [RTF_HEAD]
    out.append(rtf("\\pard\\b\\fs26 Compte rendu de prélèvement – Forage de l’étang de Thau\\b0\\fs22\\par\n"))
    out.append(
        rtf(
            "\\pard Équipe : R. Sablier, C. Benoît. Dates : du 4 au 9 octobre 2021. Convention OSU OREME n° 2021-088."
            "\\par\\par\nLes carottes ont été déclarées auprès de l’agence CNRS avant leur ouverture. Les numéros IGSN "
            "sont inscrits sur les étuis. Le numéro de la carotte THAU21-1 est IGSN\\~: CNRS0000031140 ; celui de "
            "THAU21-2, CNRS0000031141.\\par\n"
        )
    )
    out.append(rtf_row(("Carotte", "Section", "N° IGSN", "Remarque"), edges, bold=True))
    out.append(rtf_row(("THAU21-1", "0–98 cm", "CNRS0000031142", ""), edges))
    out.append(rtf_row(("THAU21-1", "98–190 cm", "CNRS0000031143", "lacune à 120 cm"), edges))
    out.append(rtf_row(("THAU21-2", "0–101 cm", "CNRS0000031144", "radiographie faite"), edges))
    out.append(rtf_row(("THAU21-3", "0–40 cm", "sans objet", "carotte perdue"), edges))
    out.append(
        rtf("\\pard\\par\nÉchantillon d’eau interstitielle : ")
        + rtf_link("https://hdl.handle.net/10273/CNRS0000031150", "hdl:10273/CNRS0000031150")
        + rtf(
            ". Les foraminifères seront déposés à Lille (collection USTL 4417–4420) ; aucun IGSN n’est prévu pour les "
            "lames.\\par\nDonnées CTD : https://doi.org/10.17882/84311. Réf. : "
            "doi:10.1016/j.margeo.2019.106058.\\par\n}"
        )
    )
    (HERE / "compte_rendu_fr.rtf").write_bytes("".join(out).encode("ascii"))


# --- zipped formats --------------------------------------------------------------------------------------------------


def zipped(name, parts):
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_STORED) as archive:
        for path, body in parts:
            entry = zipfile.ZipInfo(path, (2023, 5, 1, 12, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body.encode())


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def run(text, props=""):
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*runs, style="", num=0):
    props = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        props += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>'
    body = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{body}</w:p>"


def cell(*blocks, span=0):
    props = '<w:tcW w:w="0" w:type="auto"/>' + (f'<w:gridSpan w:val="{span}"/>' if span else "")
    body = "".join(one if one.startswith(("<w:p>", "<w:tbl>")) else para(one) for one in blocks)
    if not body.endswith("</w:p>"):
        body += "<w:p/>"
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{body}</w:tc>"


def table(width, *rows):
    grid = "<w:gridCol/>" * width
    body = "".join(
        "<w:tr>" + "".join(one if one.startswith("<w:tc>") else cell(one) for one in row) + "</w:tr>" for row in rows
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'


def caption(kind, number, text):
    field = f'<w:fldSimple w:instr=" SEQ {kind} \\* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    return para(f"{kind} ", field, f". {text}", style="Caption")


def hyperlink(rid, text):
    style = '<w:color w:val="0563C1"/><w:u w:val="single"/>'
    return f'<w:hyperlink r:id="{rid}">{run(text, style)}</w:hyperlink>'


def endnote_mark(number):
    return f'<w:r><w:endnoteReference w:id="{number}"/></w:r>'


def docx(name, body, links=(), endnotes=(), numbered=False):
    types = [("document.main", "/word/document.xml")]
    rels = []
    spaces = (
        f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    parts = [("word/document.xml", f"{XML}<w:document {spaces}><w:body>{body}<w:sectPr/></w:body></w:document>")]
    for rid, url in links:
        rels.append(
            f'<Relationship Id="{rid}" Type="{OFFICE}/hyperlink" Target="{escape(url)}" TargetMode="External"/>'
        )
    if endnotes:
        notes = "".join(
            f'<w:endnote w:id="{number}">{para(text, style="EndnoteText")}</w:endnote>'
            for number, text in enumerate(endnotes, 1)
        )
        parts.append(("word/endnotes.xml", f"{XML}<w:endnotes {spaces}>{notes}</w:endnotes>"))
        types.append(("endnotes", "/word/endnotes.xml"))
        rels.append(f'<Relationship Id="rIdE" Type="{OFFICE}/endnotes" Target="endnotes.xml"/>')
    if numbered:
        level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        parts.append(
            (
                "word/numbering.xml",
                f'{XML}<w:numbering {spaces}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
                '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
            )
        )
        types.append(("numbering", "/word/numbering.xml"))
        rels.append(f'<Relationship Id="rIdN" Type="{OFFICE}/numbering" Target="numbering.xml"/>')
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}{what}+xml"/>' for what, part in types)
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    zipped(
        name,
        [
            ("[Content_Types].xml", content_types(overrides)),
            (
                "_rels/.rels",
                f'{XML}{relations}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
                "</Relationships>",
            ),
            *parts,
            ("word/_rels/document.xml.rels", f"{XML}{relations}{''.join(rels)}</Relationships>"),
        ],
    )


def content_types(overrides):
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def supplement_docx():
    sub = table(
        2,
        ("Split", "IGSN"),
        ("garnet", "IEMTN0041"),
        ("omphacite", "IEMTN0042"),
    )
    deleted = (
        '<w:del w:id="7" w:author="Reviewer 2" w:date="2022-11-02T10:00:00Z"><w:r><w:delText xml:space="preserve">'
        " and IEMTN0009 (IGSN)</w:delText></w:r></w:del>"
    )
    body = "".join(
        [
            para("Supplementary Text S1 – Eclogites of Monte Mucrone", style="Title"),
            para("The following supplements the article in ", run("Contrib. Mineral. Petrol.", "<w:i/>"), "."),
            para("S1.1 Samples", style="Heading1"),
            para("Four blocks were sawn in Turin:"),
            para("metagranite, IGSN: IEMTN", run("0003", "<w:lang w:val='it-IT'/>"), num=1),
            para("eclogitic micaschist, IGSN: IEMTN0004", deleted, num=1),
            para("glaucophanite, see ", hyperlink("rId11", "SESAR"), num=1),
            para("jadeite vein (not registered, exhausted)", num=1),
            caption("Table", 1, "Blocks, splits and laboratory. Identifiers are IGSNs."),
            table(
                3,
                ("Block (IGSN)", "Splits", "Laboratory"),
                ("IEMTN0003", cell(para("none")), "Torino"),
                ("IEMTN0004", cell(para("two mineral splits:"), sub), "Bern, lab no. B-22-1107"),
                (cell("Reference: NIST SRM 612, BIR-1G", span=3),),
            ),
            caption("Figure", 1, "Back-scattered image of mount IEMTN00M5 (IGSN), field of view 2 mm."),
            para(
                "The older sample MRN-7 of Rubatto",
                endnote_mark(1),
                " was re-analysed, and one of the Zermatt samples",
                endnote_mark(2),
                " serves for comparison.",
            ),
        ]
    )
    docx(
        "supplement_text_s1.docx",
        body,
        links=[("rId11", "https://app.geosamples.org/sample/igsn/IEMTN0006")],
        endnotes=[
            "Rubatto, D., et al., 1999, Contrib. Mineral. Petrol., https://doi.org/10.1007/s004100050502. The sample "
            "is now registered as https://doi.org/10.58052/IEMRN0007.",
            "igsn:10.58052/IEZER0013, courtesy of the museum in Sion; data in EarthChem, doi:10.26022/IEDA/111958.",
        ],
        numbered=True,
    )


def text_box(inner):
    """As Word writes it: the drawing and the VML for old versions, with the same paragraphs in both."""
    held = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        '<wp:extent cx="2520000" cy="900000"/><wp:docPr id="1" name="Caixa de texto 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:spPr/><wps:txbx>{held}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{held}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def portuguese_docx():
    box = text_box(para("Etiqueta da caixa 3") + para("IGSN: IEBRZ0P31") + para("Formação Irati, poço FP-12"))
    body = "".join(
        [
            para("Relatório de amostragem – Bacia do Paraná, campanha 2021", style="Title"),
            para(
                "As amostras foram cadastradas no SESAR. A amostra principal é a ",
                hyperlink("rId21", "IEBRZ0P10"),
                " (folhelho betuminoso); as alíquotas estão na tabela.",
            ),
            para(box),
            caption("Tabela", 1, "Alíquotas e análises previstas"),
            table(
                4,
                ("Alíquota", "IGSN", "IGSN da amostra-mãe", "Análise"),
                ("P10-a", "IEBRZ0P11", "IEBRZ0P10", "COT, S"),
                ("P10-b", "IEBRZ0P12", "IEBRZ0P10", "biomarcadores"),
                ("P10-c", "(sem IGSN)", "IEBRZ0P10", "perdida"),
                ("P31-a", "IEBRZ0P32", "IEBRZ0P31", "isótopos de C"),
            ),
            para("Observações", style="Heading2"),
            para(
                "O testemunho do poço FP-12 pertence à CPRM e tem o identificador https://doi.org/10.58052/IEBRZ0F12. "
                "Os dados estão em https://doi.org/10.5281/zenodo.5803312. Processo CNPq 308112/2020-4; ISBN da "
                "publicação: 978-65-5664-012-9.",
                num=1,
            ),
            para("Pontos gravimétricos ligados à rede IGSN-71 (estação VALINHOS).", num=1),
        ]
    )
    docx(
        "relatorio_amostragem_pt.docx",
        body,
        links=[("rId21", "https://doi.org/10.58052/IEBRZ0P10")],
        numbered=True,
    )


def policy_docx():
    body = "".join(
        [
            para("Data and Sample Management Plan – template", style="Title"),
            para("Fill in the grey fields. Delete the hints in italics before you submit."),
            para("Project number: [e.g. EP/X012345/1]", num=1),
            para("Data repository and DOI: 10.____/________", num=1),
            para("Samples: will you register IGSNs? ☐ yes ☐ no", num=1),
            caption("Table", 1, "Planned samples"),
            table(
                4,
                ("Sample type", "Number", "IGSN", "Parent IGSN"),
                ("[core]", "[n]", "[IGSN]", "[IGSN]"),
                ("[thin section]", "[n]", "10.XXXXX/…", "10.XXXXX/…"),
                ("[water]", "[n]", "TBD", "n/a"),
            ),
            para(
                run("Hint: ", "<w:i/>"),
                "an IGSN ID looks like https://doi.org/10.xxxxx/yyyyyyyyy",
                endnote_mark(1),
                ", and legacy handles like 10273/<your code>. Guidance: ",
                hyperlink("rId31", "IGSN e.V."),
                " and the FAIR principles (doi:10.1038/sdata.2016.18).",
            ),
            para("Samples under 5 g need no IGSN. IGSN minting is free of charge up to 10 000 samples a year."),
        ]
    )
    docx(
        "none_sample_plan_template.docx",
        body,
        links=[("rId31", "https://www.igsn.org/")],
        endnotes=[
            "DataCite Metadata Schema 4.5, https://doi.org/10.14454/znvd-6q68; see Damerow et al., 2021, "
            "https://doi.org/10.5334/dsj-2021-011."
        ],
        numbered=True,
    )


def column(number):
    return chr(64 + number)


def xlsx(name, sheets):
    shared, parts, overrides, names, rels = [], [], "", "", ""
    for number, (title, rows, merges) in enumerate(sheets, 1):
        body = ""
        for line, row in enumerate(rows, 1):
            cells = ""
            for place, value in enumerate(row, 1):
                at = f"{column(place)}{line}"
                if value is None:
                    continue
                if isinstance(value, int | float):
                    cells += f'<c r="{at}"><v>{value}</v></c>'
                else:
                    if value not in shared:
                        shared.append(value)
                    cells += f'<c r="{at}" t="s"><v>{shared.index(value)}</v></c>'
            body += f'<row r="{line}">{cells}</row>'
        merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
        merged = f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else ""
        path = f"xl/worksheets/sheet{number}.xml"
        parts.append((path, f'{XML}<worksheet xmlns="{SHEET}"><sheetData>{body}</sheetData>{merged}</worksheet>'))
        overrides += f'<Override PartName="/{path}" ContentType="application/vnd.openxmlformats-officedocument.'
        overrides += 'spreadsheetml.worksheet+xml"/>'
        names += f'<sheet name="{escape(title)}" sheetId="{number}" r:id="rId{number}"/>'
        rels += f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
    for what, part in (("sheet.main", "workbook"), ("sharedStrings", "sharedStrings")):
        overrides += f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        overrides += f'spreadsheetml.{what}+xml"/>'
    rels += f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    strings = "".join(f'<si><t xml:space="preserve">{escape(value)}</t></si>' for value in shared)
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    zipped(
        name,
        [
            ("[Content_Types].xml", content_types(overrides)),
            (
                "_rels/.rels",
                f'{XML}{relations}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
                "</Relationships>",
            ),
            (
                "xl/workbook.xml",
                f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
            ),
            ("xl/_rels/workbook.xml.rels", f"{XML}{relations}{rels}</Relationships>"),
            *parts,
            ("xl/sharedStrings.xml", f'{XML}<sst xmlns="{SHEET}" count="{len(shared)}">{strings}</sst>'),
        ],
    )


BATCH_HEAD = (
    "Sample Name", "IGSN", "Parent IGSN", "Release Date", "Material", "Field name (informal classification)",
    "Latitude", "Longitude", "Collector/Chief Scientist", "Related URL", "Comment",
)  # fmt: skip


def batch_xlsx():
    rows = [
        ("Object Type:", "Individual Sample", "User Code:", "IEGUA", None, None, None, None, None, None, None),
        BATCH_HEAD,
        ("GUA-21-01", "IEGUA0101", None, "2024-01-01", "Rock", "basaltic andesite", 14.4747, -90.8806, "S. Escobar",
         "https://doi.org/10.1029/2020GC009361", None),
        ("GUA-21-02", "IEGUA0102", None, "2024-01-01", "Rock", "lapilli", 14.4722, -90.8790, "S. Escobar", None,
         "fall deposit of 3 June 2018"),
        ("GUA-21-02a", None, "IEGUA0102", "2024-01-01", "Rock", "lapilli, 2-4 mm", None, None, "S. Escobar", None,
         "IGSN to be assigned on upload"),
        ("GUA-21-05", "IEGUA0105", "IEGUA0100", "2024-01-01", "Rock", "ash", 14.4690, -90.8702, "S. Escobar",
         "https://app.geosamples.org/sample/igsn/IEGUA0100", "from the outcrop"),
    ]  # fmt: skip
    help_rows = [
        ("Field", "Explanation"),
        ("IGSN", "Leave blank for new samples. To keep your own, give all nine characters."),
        ("Parent IGSN", "IGSN of the sample from which this one was taken, e.g. XXX000001"),
        ("Release Date", "YYYY-MM-DD; at most two years ahead"),
    ]
    xlsx("sesar_batch_upload.xlsx", [("Samples", rows, []), ("Help", help_rows, ["A8:B8"]), ("vocab", [("Rock",)], [])])


def workbook_xlsx():
    samples = [
        ("Isotope laboratory – run book 2022/3", None, None, None, None, None),
        ("Sample", None, None, "Weighing", None, "Remarks"),
        ("Lab no.", "Customer's no.", "IGSN", "mg", "spike (g)", None),
        ("L22-301", "NZ-KD-4", "10.58052/IENZK0004", 101.22, 0.2044, None),
        ("L22-302", "NZ-KD-5", "10.58052/IENZK0005", 99.87, 0.2051, None),
        ("L22-303", "NZ-KD-9", "10.58052/IENZK0009", 100.43, 0.2049, "little material"),
        ("L22-304", "BHVO-2", None, 100.01, 0.2050, "standard"),
        ("L22-305", "AU-991", "10.60516/AU2200991", 102.0, 0.2040, "Geoscience Australia"),
    ]
    results = [
        ("Sr – TIMS", None, None, None, None),
        (None, "Measured", None, "Blank", None),
        ("Lab no.", "87Sr/86Sr", "2 s.e.", "pg", "IGSN of solution"),
        ("L22-301", 0.704112, 0.000009, 88, "IENZK00S1"),
        ("L22-302", 0.704309, 0.000008, 91, "IENZK00S2"),
        ("L22-303", 0.705020, 0.000011, 85, "none left"),
        ("SRM 987", 0.710248, 0.000012, None, None),
    ]
    notes = [
        ("2022-10-04", "Column 7 repacked; Sr-spec lot SRB50-A111."),
        ("2022-10-05", "NZ-KD-9 is a split of https://app.geosamples.org/sample/igsn/IENZK0001, ask K. for more."),
        (
            "2022-10-05",
            "The drill mud of the blank was taken with core https://dataservices.gfz-potsdam.de/igsn/icdp/index.php?igsn="
            "ICDP5057ESN0401",
        ),
        ("2022-10-06", "Method: https://doi.org/10.1039/C9JA00413K. Invoice 2022-IG-0771."),
    ]
    xlsx(
        "lab_run_book.xlsx",
        [
            ("Samples", samples, ["A1:F1", "A2:C2", "D2:E2", "F2:F3"]),
            ("Sr", results, ["A1:E1", "B2:C2", "D2:E2"]),
            ("Notes", notes, []),
        ],
    )


def blank_batch_xlsx():
    rows = [
        ("Object Type:", "Core", "User Code:", "IEXXX", "Template version 4.1", None, None, None, None, None, None),
        BATCH_HEAD,
        ("(required)", "(leave blank)", "(optional)", "(YYYY-MM-DD)", "(required, see list)", None, None, None, None,
         "(DOI of a paper, e.g. 10.1029/2020GC009361)", None),
        ("Example 1", "IEXXX####", "IEXXX####", "2025-12-31", "Sediment", "clay", 0, 0, "Your name", None,
         "delete this line"),
        ("Example 2", "to be assigned", "unknown", "2025-12-31", "Ice", None, 0, 0, "Your name", None,
         "delete this line"),
        (None, None, None, None, None, None, None, None, None, None, None),
    ]  # fmt: skip
    about = [
        ("How to use this workbook", None),
        ("1", "One line a sample. IGSN stays blank: it is made from your user code when you upload the file."),
        ("2", "Gravity values in column K refer to IGSN71."),
        ("3", "Questions: info@geosamples.org, https://www.geosamples.org/igsnabout"),
        ("4", "Cite: Lehnert, K. et al., https://doi.org/10.5281/zenodo.3874923"),
    ]
    xlsx("none_core_batch_template.xlsx", [("About", about, ["A1:B1"]), ("Samples", rows, [])])


def main():
    article_pdf()
    two_column_pdf()
    table_pdf()
    poster_pdf()
    gravity_pdf()
    loan_rtf()
    french_rtf()
    supplement_docx()
    portuguese_docx()
    policy_docx()
    batch_xlsx()
    workbook_xlsx()
    blank_batch_xlsx()


if __name__ == "__main__":
    main()
