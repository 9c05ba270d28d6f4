"""Makes the binary documents of this set, the same bytes each time (the four PDFs of a browser apart: see ``browser.py``).

python build.py            writes into documents/ beside this file
"""

from __future__ import annotations

from pathlib import Path

from packages import Sheet, cell, docx, opendocument, package, par, pdf, row, run, table, xls, xlsx

HERE = Path(__file__).resolve().parent / "documents"


def _ins(text: str) -> str:
    return f'<w:ins w:id="9" w:author="R. Meyer" w:date="2024-02-01T10:00:00Z">{run(text)}</w:ins>'


def _del(text: str) -> str:
    return (
        f'<w:del w:id="8" w:author="R. Meyer" w:date="2024-02-01T10:00:00Z"><w:r><w:delText xml:space="preserve">{text}'
        "</w:delText></w:r></w:del>"
    )


def _link(rid: str, *texts: str) -> str:
    return f'<w:hyperlink r:id="{rid}">{"".join(map(run, texts))}</w:hyperlink>'


def _field(code: str, shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        + mark.format("separate")
        + run(shown)
        + mark.format("end")
    )


def _note(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def manuscript_karoo() -> bytes:
    """A revised manuscript with tracked changes, a footnote, comments, cross references and a table."""
    body = "".join(
        [
            par("Dolerite sills of the Karoo: a reply to the reviewers’ comments", style="Title"),
            par(
                "L. Ncube",
                run("1", '<w:vertAlign w:val="superscript"/>'),
                ", R. Meyer",
                run("1,2", '<w:vertAlign w:val="superscript"/>'),
            ),
            par("2.1 Sampling", style="Heading2"),
            par(
                "Nine sills were sampled (",
                _field("REF _Ref158812 \\h", "Table 1"),
                "). The type sill, GH-1 (IGSN ",
                run("IEKAR"),
                run("00"),
                run("G1", "<w:i/>"),
                "), is exposed at Golden Valley; GH-2 (IGSN ",
                _del("IEKAR00G9"),
                _ins("IEKAR00G2"),
                ") is its feeder. Chilled margins",
                _note(2),
                " were avoided.",
            ),
            par(
                '<w:commentRangeStart w:id="0"/>',
                "Drill core G39974 of the Council for Geoscience was sampled at 412 m (igsn:10.58052/IEKAR0",
                "<w:r><w:softHyphen/></w:r>",
                "0D1).",
                '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
            ),
            f'<w:p><w:bookmarkStart w:id="3" w:name="_Ref158812"/>{run("Table 1")}<w:bookmarkEnd w:id="3"/>'
            f"{run('. Samples. n.r.: not registered.')}</w:p>",
            table(
                row("Sill", "Field no.", "IGSN", "MgO (wt%)", "Rb/Sr lab no."),
                row("Golden Valley", "GH-1", "IEKAR00G1", "6.91", "CT-18-441"),
                row(
                    "Golden Valley feeder", "GH-2", cell(par(_del("IEKAR00G9"), _ins("IEKAR00G2"))), "7.02", "CT-18-442"
                ),
                row(
                    "Harmony",
                    "HA-7",
                    cell("IEKAR00H7", run("b", '<w:vertAlign w:val="superscript"/>')),
                    "5.50",
                    "CT-18-450",
                ),
                row("Morning Sun", "MS-3", "n.r.", "5.61", "CT-18-451"),
                row(cell("b Powder exhausted; second split IEKAR00H8.", span=5)),
            ),
            par("References", style="Heading1"),
            par("Svensen, H. (2012). EPSL 325–326, 1–9. https://doi.org/10.1016/j.epsl.2012.02.001"),
            par("Data: https://doi.org/10.26022/IEDA/112987. NRF grant 98827; ORCID 0000-0003-0212-5643."),
        ]
    )
    footnotes = f'<w:footnote w:id="2">{par("One margin was kept: 10273/IEKAR00M1, a block of 3 kg (collection no. WITS-GS-4471).")}</w:footnote>'
    comments = f'<w:comment w:id="0" w:author="Reviewer 2">{par("Is this the same as IGSN IEKAR00D2? Please check.")}</w:comment>'
    header = par("Ncube and Meyer, Karoo sills – SAJG-2023-0117.R1")
    return docx(body, footnotes=footnotes, comments=comments, header1=header)


def availability_form() -> bytes:
    """A form of a journal with content controls, a text box with its fallback, and links."""
    control = '<w:sdt><w:sdtPr><w:alias w:val="{}"/>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        "<w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = "".join(
        [
            par("Research material form (v. 4, 2023)", style="Title"),
            par("Manuscript number: ", control.format("ms", "", run("QSR-D-23-00812"))),
            par("1. Does the study use physical samples? ☒ Yes  ☐ No"),
            par("2. Persistent identifiers of the samples (IGSN, one per line):"),
            control.format(
                "igsn list",
                "",
                par("10.60510/GFTMS000A") + par("10.60510/GFTMS000B") + par("GFTMS000C (under embargo)"),
            ),
            par(
                "3. Repository: ",
                control.format(
                    "repo", "<w:showingPlcHdr/>", run("Click or tap here to enter text, e.g. IGSN IEXXX0001.")
                ),
            ),
            par(
                "4. Core photographs: ",
                _link("rId1", "PANGAEA"),
                "; the cores themselves: ",
                _link("rId2", "TMS-1"),
                " and ",
                _link("rId3", "TM", "S-2"),
                ".",
            ),
            par("5. Varve slabs", box.format(par("Editor’s stamp: IGSN of slab checked: GFTMS00S1 ✓ — 2023-11-30"))),
            par(
                "6. Radiocarbon: Poz-114521 to Poz-114533. Tephra: sample TMS-T4, reference Laacher See Tephra (LST), EPMA standard MPI-DING T1-G."
            ),
            par("Funding: DFG Br 2208/13-1; Helmholtz ICLEA VH-VI-415."),
        ]
    )
    return docx(
        body,
        {
            "rId1": "https://doi.org/10.1594/PANGAEA.956017",
            "rId2": "https://doi.org/10.60510/GFTMS0TM1",
            "rId3": "https://dataservices.gfz-potsdam.de/igsn/esg/index.php?igsn=GFTMS0TM2",
        },
    )


def word_supplement() -> bytes:
    """Supplementary tables in Word: samples as columns, merged cells, a table in a table, several lines in a cell."""
    body = "".join(
        [
            par("Supplementary Table S1. Major elements. Samples as columns."),
            table(
                row("", cell("Paraná (Brazil)", span=2), cell("Etendeka (Namibia)", span=2)),
                row("Sample", "PR-01", "PR-02", "ET-11", "ET-12"),
                row("IGSN", "IEPAE0001", "IEPAE0002", "IEPAE000B", "–"),
                row("SiO2", "50.1", "51.2", "49.8", "52.0"),
                row("Total", "99.71", "100.02", "99.93", "99.40"),
            ),
            par("Supplementary Table S2. Localities and sub-samples."),
            table(
                row("Locality", "IGSN (whole rock)", "IGSN (separates)", "Remarks"),
                row(
                    cell("Gramado", merge="restart"),
                    "IEPAE0010",
                    cell(par("IEPAE0010P (plagioclase)") + par("IEPAE0010C (clinopyroxene)")),
                    "Lab no. USP-2291",
                ),
                row(cell("", merge="on"), "IEPAE0011", "IEPAE0011P", "USP-2292"),
                row(
                    "Torres",
                    cell(table(row("upper", "IEPAE0020"), row("lower", "IEPAE0021")) + par("")),
                    "",
                    "see Table 3 of 10.1029/GM100p0089",
                ),
            ),
            par("Notes: reference materials BRP-1, BCR-2; GBM309-12. CPRM archive SOPA 4417."),
            par("Endnote", _note(4, "endnote")),
        ]
    )
    return docx(
        body, endnotes=f'<w:endnote w:id="4">{par("The block of IEPAE0011 is in the museum (DGM-R 1044).")}</w:endnote>'
    )


def none_form() -> bytes:
    """The checklist of a reviewer."""
    return docx(
        "".join(
            [
                par("Reviewer checklist – sample metadata", style="Title"),
                table(
                    row("Question", "Answer"),
                    row("Are IGSN IDs given for all samples?", "No – only field numbers (TK-09-117A)"),
                    row("IGSN", ""),
                    row("Does each IGSN resolve (https://doi.org/10.58052/…)?", "n/a"),
                    row("Are data deposited?", "Yes, 10.5880/GFZ.4.2.2021.004 and 10.1594/PANGAEA.930003"),
                    row("Reference materials", "BHVO-2, AGV-2, NIST SRM 610, IAEA-CO-8"),
                    row("Museum numbers", "NHMUK PV R 36730; NMS G.1993.56.31; MNHN.F.A47"),
                ),
                par(
                    "Manuscript NGS-2022-10-01883B; gravity data tied to IGSN71; ROR https://ror.org/04z8jg394; GND 118540238."
                ),
            ]
        )
    )


def geochem_supplement() -> bytes:
    """A data supplement of three header rows, with notes below and a hidden sheet of the laboratory."""
    data = Sheet(
        "Table S1",
        [
            ["Table S1. Whole-rock compositions, Kermadec arc (Barnes et al.)"],
            [],
            ["Sample", None, None, "Location", None, "Major elements", None],
            ["Dredge", "IGSN", "Depth", "Lat", "Long", "SiO2", "TiO2"],
            ["(cruise)", None, "m b.s.l.", "°S", "°E", "wt%", "wt%"],
            ["TAN1213-04", "IEBRN0004", 1210, -34.61, 179.11, 51.20, 0.71],
            ["TAN1213-11", "IEBRN000B", 980, -34.87, 179.05, 53.15, 0.80],
            ["Raoul Island"],
            ["P-70102", "10.58052/IEBRN0070", 0, -29.27, -177.92, 50.02, 0.66],
            ["P-70103", "IEBRN0071*", 0, -29.27, -177.92, 61.80, 0.90],
            ["BCR-2 (n = 7)", None, None, None, None, 54.0, 2.27],
            [],
            ["* Xenolith from this lava: IGSN IEBRN0072. Archive: GNS Science Petlab P70102, https://pet.gns.cri.nz"],
            ["Analyses: ICP-MS batch 2019-IE-00415; data also at https://doi.org/10.26022/IEDA/111800"],
        ],
    )
    data.merged = ["A1:G1", "A3:C3", "D3:E3", "F3:G3", "A8:G8", "A13:G13"]
    lab = Sheet(
        "lab",
        [["run", "igsn", "file"], [1, "IEBRN0004", "IEBRN0004_r1.csv"], [2, "IEBRN0099", "IEBRN0099_r1.csv"]],
        hidden=True,
    )
    read = Sheet(
        "ReadMe",
        [["Contents"], ["Sheet", "What"], ["Table S1", "compositions, with IGSN"], ["Contact", "igsn@example.ac.nz"]],
    )
    return xlsx(read, data, lab)


def transposed() -> bytes:
    """Samples as columns, with two rows of IDs."""
    sheet = Sheet(
        "EPMA_Zr-in-rt",
        [
            ["Rutile trace elements, samples in columns"],
            ["Sample", "A-17", "A-18", "A-19", "R10 (std)"],
            ["Rock type", "eclogite", "eclogite", "blueschist", "rutile"],
            ["IGSN", "GFSYR00A7", "GFSYR00A8", "GFSYR00A9", None],
            ["IGSN of thin section", "GFSYR0TA7", "GFSYR0TA8", "pending", None],
            ["Zr (ppm)", 101, 88, 65, 758],
            ["Nb (ppm)", 1204, 990, 1501, 2838],
            ["DOI of maps", "10.5281/zenodo.6612345", "10.5281/zenodo.6612346", None, None],
        ],
    )
    return xlsx(sheet)


def wide_with_links() -> bytes:
    """A wide table: names, IDs that are links, parents, and formulas that make links."""
    sheet = Sheet(
        "samples",
        [
            [
                "Sample Name",
                "IGSN",
                "Parent IGSN",
                "Sample Type",
                "Other name(s)",
                "Landing page",
                "Collector",
                "Archive",
            ],
            [
                "GeoB24304-1_001",
                "MBCR0304GC001",
                "MBCR0304GC000",
                "Core Section",
                "W-001",
                "view",
                "C. Hollstein",
                "Bremen 4B",
            ],
            [
                "GeoB24304-1_002",
                "MBCR0304GC002",
                "MBCR0304GC000",
                "Core Section",
                "W-002",
                "view",
                "C. Hollstein",
                "Bremen 4B",
            ],
            [
                "GeoB24305-2_001",
                "MBCR0305GC001",
                "MBCR0305GC000",
                "Core Section",
                "W-003",
                "MBCR0305GC001",
                "C. Hollstein",
                "Bremen 4B",
            ],
            ["GeoB24306-1", "", "", "Core", "empty liner", "", "C. Hollstein", "Bremen 4B"],
            ["SO274-7-3", "sample page", "", "Core", "W-005", "", "A. Mohtadi", "https://doi.org/10.48433/cr_so274"],
        ],
    )
    sheet.links = {
        "B2": ("https://doi.org/10.58095/MBCR0304GC001", ""),
        "B3": ("https://doi.org/10.58095/MBCR0304GC002", "GeoB24304-1_002"),
        "F2": ("https://doi.org/10.58095/MBCR0304GC001", ""),
        "B6": ("https://doi.org/10.58095/MBCRS274GC0073", ""),
        "H6": ("https://doi.org/10.48433/cr_so274", ""),
    }
    sheet.formulas = {"F4": 'HYPERLINK("https://doi.org/10.58095/"&B4,B4)'}
    return xlsx(sheet)


def none_standards() -> bytes:
    """Reference materials and sessions of a laboratory."""
    return xlsx(
        Sheet(
            "RM",
            [
                ["Reference material", "Lot / split", "Certificate", "GeoReM ID", "IGSN?"],
                ["BCR-2", "0117-4", "USGS OFR", 1122, "no"],
                ["BHVO-2G", "US 19-22", "USGS", 1123, "no"],
                ["91500", "Harvard 91500", "Wiedenbeck 1995", 4412, "no"],
                ["NIST SRM 612", "IE0001-612", "NIST", 611, "no"],
                ["GSJ JB-2", "AU-12", "GSJ", 912, "no"],
            ],
        ),
        Sheet(
            "sessions",
            [
                ["Session", "Instrument S/N", "Mount"],
                ["2023-10273", "SN IENTX00417", "Z6611"],
                ["2024-00144", "SN IENTX00417", "Z7012"],
            ],
        ),
    )


def batch_template() -> bytes:
    """A batch upload of SESAR: object type and user code on the first row, the headings on the second."""
    return xls(
        {
            "Rock": [
                [
                    "Object Type:",
                    "Individual Sample",
                    "User Code:",
                    "IEJHN",
                    "",
                    "SESAR batch registration template v. 8",
                ],
                [
                    "Sample Name",
                    "IGSN",
                    "Parent IGSN",
                    "Release Date",
                    "Material",
                    "Field name (informal classification)",
                    "Latitude",
                    "Longitude",
                    "Collector/Chief Scientist",
                    "Sample Comment",
                ],
                ["JH22-01", "IEJHN0001", "", "2024-01-01", "Rock", "tonalite", 46.2011, 11.5401, "J. Hahn", ""],
                [
                    "JH22-01-TS",
                    "IEJHN0002",
                    "IEJHN0001",
                    "2024-01-01",
                    "Rock",
                    "tonalite",
                    46.2011,
                    11.5401,
                    "J. Hahn",
                    "thin section no. 4471",
                ],
                [
                    "JH22-02",
                    "",
                    "",
                    "2024-01-01",
                    "Rock",
                    "gabbro",
                    46.2102,
                    11.5513,
                    "J. Hahn",
                    "number to be given by SESAR",
                ],
                [
                    "JH22-03",
                    "IEJHN000C",
                    "IEJHN0003",
                    "2024-01-01",
                    "Mineral>>garnet",
                    "garnet",
                    46.2102,
                    11.5513,
                    "J. Hahn",
                    "formerly 847000212",
                ],
            ],
            "Help": [
                ["Field", "Explanation"],
                ["IGSN", "Leave empty to have an IGSN assigned. Example: IESPR0001"],
                ["Material", "Choose from the list"],
            ],
        }
    )


def core_store() -> bytes:
    """A spreadsheet of a core store, in German, with repeated cells, a comment on a cell and a second heading."""

    def line(*values: str) -> str:
        return (
            "<table:table-row>"
            + "".join(
                v
                if v.startswith("<")
                else f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>'
                if v
                else "<table:table-cell/>"
                for v in values
            )
            + "</table:table-row>"
        )

    remark = (
        '<table:table-cell office:value-type="string"><office:annotation><dc:creator>Lager</dc:creator><text:p>Kiste vertauscht mit IGSN BGRB5054RX09901?'
        "</text:p></office:annotation><text:p>BGRB5054RX05301</text:p></table:table-cell>"
    )
    linked = (
        '<table:table-cell office:value-type="string"><text:p><text:a xlink:href="https://doi.org/10.60510/BGRB5054RX05401">BGRB5054RX05401</text:a>'
        "</text:p></table:table-cell>"
    )
    several = '<table:table-cell office:value-type="string"><text:p>BGRB5054RX05501</text:p><text:p>BGRB5054RX05502</text:p></table:table-cell>'
    body = (
        '<table:table table:name="Regal 4">'
        + line("Kernlager Spandau, Stand 01.02.2024")
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="6"/></table:table-row>'
        + line("Kiste", "Kernmarsch", "IGSN", "Teufe [m]", "Entnahme", "Bemerkung")
        + line("K-0412", "5054_1_B_52", "BGRB5054RX05201", "412,10", "2019-04-02", "LBEG-Nr. 3021IG0044")
        + line("K-0413", "5054_1_B_53", remark, "415,30", "", "")
        + line("K-0414", "5054_1_B_54", linked, "418,50", "", "Dünnschliff D-1203")
        + line("K-0415", "5054_1_B_55", several, "421,70", "2020-01-17", "zwei Hälften")
        + line("K-0416", "5054_1_B_56", '<table:table-cell table:number-columns-repeated="3"/>', "fehlt")
        + line("")
        + line("Summe", "", "", "4 Kisten")
        + "</table:table>"
        '<table:table table:name="Ausleihe">'
        + line("Datum", "Entleiher", "Objekt (IGSN)", "Schein")
        + line("2024-01-09", "TU Clausthal", "BGRB5054RX06001; BGRB5054RX06101", "AS-24-003")
        + line("2024-01-15", "Univ. Jena", "Handstück ohne Nummer", "AS-24-004")
        + "</table:table>"
    )
    return opendocument("spreadsheet", body)


def annual_report() -> bytes:
    """A report in French: notes, a list, a table, a tracked deletion, a header."""
    body = (
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><text:p>IGSN TOAE0000000499</text:p></text:deletion></text:changed-region></text:tracked-changes>'
        "<text:h>Rapport annuel de la lithothèque — 2023</text:h>"
        "<text:p>En 2023, 214 échantillons ont été enregistrés auprès de l’agence CNRS. Le plus ancien (n° IGSN <text:span>TOAE</text:span>"
        '<text:span>0000000411</text:span>) provient du Cantal<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Échantillon-témoin au BRGM sous le numéro BSS000ABCD ; sa lame mince : IGSN TOAE0000000412.</text:p></text:note-body></text:note>.</text:p>"
        '<text:p>Envoi perdu : <text:change text:change-id="ct1"/>colis Chronopost XY 123 456 789 FR.</text:p>'
        "<text:list><text:list-item><text:p>Mission PYRÉNÉES (ANR-21-CE49-0012) : IGSN DTPYR00017, DTPYR00018 et DTPYR00019 ;</text:p></text:list-item>"
        "<text:list-item><text:p>Mission MAYOBS 23 (doi:10.17600/18001983) : dragues non enregistrées (MAY23-DR01 …) ;</text:p></text:list-item>"
        '<text:list-item><text:p>Fonds ancien : <text:a xlink:href="https://igsn.org/CNRS0000004411">la météorite d’Ensisheim</text:a>, MNHN 2156.</text:p></text:list-item></text:list>'
        '<table:table table:name="T1"><table:table-row><table:table-cell><text:p>Échantillon</text:p></table:table-cell><table:table-cell><text:p>IGSN</text:p></table:table-cell><table:table-cell><text:p>Jeu de données</text:p></table:table-cell></table:table-row>'
        "<table:table-row><table:table-cell><text:p>CAN-12</text:p></table:table-cell><table:table-cell><text:p>TOAE0000000420</text:p></table:table-cell><table:table-cell><text:p>10.24396/ORDAR-93</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>CAN-13</text:p></table:table-cell><table:table-cell><text:p>TOAE\u00ad0000000421</text:p></table:table-cell><table:table-cell><text:p>—</text:p></table:table-cell></table:table-row></table:table>"
    )
    styles = '<style:master-page style:name="Standard"><style:header><text:p>OTELo — lithothèque — UMS 3562</text:p></style:header></style:master-page>'
    return opendocument("text", body, styles)


RTF = r"""{\rtf1\ansi\ansicpg1252\deff0\nouicompat\deflang1031{\fonttbl{\f0\fnil\fcharset0 Calibri;}{\f1\fmodern Courier New;}}
{\colortbl ;\red5\green99\blue193;}{\*\generator Riched20 10.0.19041}{\info{\title Leihvertrag 2024/17}{\company IGSN-Zentrale IEXYZ0001}}
\viewkind4\uc1\pard\sa200\f0\fs22\b Leihvertrag Nr. 2024/17\b0\par
zwischen der Geologischen Landessammlung und Frau Dr. K. Br\'fcckner, Universit\'e4t M\'fcnster (DFG BR 4417/2-1).\par
\pard Das Handst\'fcck {\b IGSN GFHES}{\b\i 00B7} und die Teilprobe {\field{\*\fldinst{HYPERLINK "https://doi.org/10.60510/GFHES00B8"}}{\fldrslt{\ul\cf1 GFHES00B8}}} werden bis 30.09.2024 \'fcberlassen.{\*\bkmkstart tab}\par
\trowd\trgaph70\cellx2000\cellx5000\cellx8000\intbl Inv.-Nr.\cell IGSN\cell Fundort\cell\row
\trowd\trgaph70\cellx2000\cellx5000\cellx8000\intbl HLNUG-M 1204\cell GFHES00C1\cell Weilburg\cell\row
\trowd\trgaph70\cellx2000\cellx5000\cellx8000\intbl HLNUG-M 1205\cell\f1 GFHES00\-C2\f0\cell Dillenburg\cell\row
\trowd\trgaph70\cellx2000\cellx5000\cellx8000\intbl HLNUG-M 1206\cell\strike GFHES00C3\strike0\cell Diez \endash zur\'fcckgezogen\cell\row
\pard\par {\revised\revauth1 Nachtrag: IGSN GFHES00D1.}{\deleted\revauth1 Nachtrag: IGSN GFHES00D9.}\par
Anlage: Fotos IMG_20240112_1027.jpg; Daten: https://doi.org/10.5880/GFZ.HES.2024.001{\v versteckt: IGSN GFHES00V1}\par
{\header\pard Leihvertrag 2024/17 \endash  Seite \chpgn\par}{\footnote Alter Aufkleber: 10273/GFHES\u8203?00A1.\par}
}
"""


def _review_pdf() -> bytes:
    """A manuscript for review: double spaced, with line numbers in the margin, IDs broken at line ends."""
    text = [
        "Mineral chemistry of Archean komatiites from the Yilgarn Craton",
        "J. Marsh, T. Rossi and P. Nguyen. Manuscript submitted to Precambrian Research",
        "2. Materials and methods",
        "The 34 samples were taken from drill cores stored at the Joe Lord Core Library in",
        "Kalgoorlie. Full sample lists with International Generic Sample Numbers are given in",
        "Table S1. Sample KD-112A (IGSN: CSRWA60112) is the reference for olivine, and sample",
        "KD-118 (IGSN: CSRWA60118) for chromite. Cumulates were split; the halves are CSRWA-",
        "60119A and CSRWA60119B (IGSN). The two flow tops, https://doi.org/10.58108/",
        "CSRWA60204 and https://doi.org/10.58108/CSRWA60205, were not polished. Earlier",
        "numbers of the Geological Survey of Western Australia (GSWA 112233, 112234) are listed",
        "by Barnes (2006), doi:10.1016/j.lithos.2005.10.001. Pulps of the AU series, IGSN",
        "AU1104417, come from Geoscience Australia. Reference materials were WITS-1, OKUM and",
        "KAL-1; the laboratory codes UWA-2201 to UWA-2234 are those of Bureau Veritas.",
    ]
    more = [
        "Pt isotopes were measured on mounts M1204 and M1205 (no IGSN). The data are available",
        "at doi:10.25919/x1y2-z345; ARC LP190100785. Table 1 lists what was measured.",
        "Table 1. Samples",
        "Sample        IGSN            Type",
        "KD-112A     CSRWA60112      olivine cumulate",
        "KD-118       CSRWA60118      chromitite",
        "KD-131       not assigned       basalt",
        "KD-140       CSRWA60140      spinifex A2",
    ]
    pages = []
    number = 0
    for lines, page in ((text, 1), (more, 2)):
        drawn = [
            (300.0, 30.0, 9.0, str(page)),
            (72.0, 805.0, 8.0, "Preprint submitted to Precambrian Research 12 March 2024"),
        ]
        y = 770.0
        for line in lines:
            number += 1
            drawn.append((40.0, y, 7.0, str(number)))
            if page == 2 and "  " in line:
                parts = [p.strip() for p in line.split("  ") if p.strip()]
                drawn += [(x, y, 11.0, p) for x, p in zip((72.0, 180.0, 320.0), parts, strict=True)]
            else:
                drawn.append((72.0, y, 11.0, line))
            y -= 26
        pages.append(drawn)
    return pdf(pages)


def _catalogue_pdf() -> bytes:
    """A list of samples as an old database prints it: landscape, columns by position, running heads."""
    head = [
        (40.0, 560.0, 9.0, "SAMPLE MASTER LIST"),
        (600.0, 560.0, 9.0, "printed 11-Jan-2024  user IGSNADM"),
        (400.0, 20.0, 8.0, "page 1 of 1"),
    ]
    columns = (40.0, 130.0, 260.0, 390.0, 560.0)
    rows = [
        ("LAB NO", "FIELD NO", "IGSN", "PARENT IGSN", "REMARKS"),
        ("22-00117", "RK-22-01", "USRK00001", "", "hand specimen"),
        ("22-00118", "RK-22-01a", "USRK00002", "USRK00001", "split, ICP-61"),
        ("22-00119", "RK-22-02", "USRK00003", "", "see OFR 2022-1010"),
        ("22-00120", "RK-22-03", "", "", "no number yet"),
        ("22-00121", "RK-22-04", "USRK00005", "", "moved to E-210773"),
    ]
    lines = head + [
        (x, 530.0 - 16 * i, 9.0, text)
        for i, one in enumerate(rows)
        for x, text in zip(columns, one, strict=True)
        if text
    ]
    return pdf([lines], (842, 595))


def _bundle() -> bytes:
    """The supplement of an article as one ZIP, as a Mac makes it."""
    table_s2 = Sheet(
        "S2",
        [
            ["Specimen", "IGSN", "Site"],
            ["P1-1a", "IEPMG01A1", "P1"],
            ["P1-1b", "IEPMG01B1", "P1"],
            ["P2-1", "none", "P2"],
        ],
    )
    return package(
        {
            "supplement/README.txt": "Supplement to Paleomagnetism of the Deccan (10.1093/gji/ggad123)\n\nTable_S1.csv  sites\nTable_S2.xlsx specimens with IGSN\n"
            "The oriented block of site P1 has IGSN 10.58052/IEPMG0001. MagIC contribution 19712 (10.7288/V4/MAGIC/19712).\n",
            "supplement/Table_S1.csv": "site,lat,lon,block_igsn\nP1,18.92,73.41,IEPMG0001\nP2,18.95,73.44,IEPMG0002\nP3,18.99,73.47,\n",
            "supplement/Table_S2.xlsx": xlsx(table_s2),
            "__MACOSX/supplement/._Table_S1.csv": b"\0\x05\x16\x07\0\x02\0\0Mac OS X        IGSN IEPMG0XX1",
            "supplement/.DS_Store": b"\0\0\0\1Bud1",
            "supplement/fit.py": "# specimens IEPMG01A1 and IEPMG01B1\nimport csv\n",
        }
    )


DOCUMENTS = {
    "manuscript_karoo_revised.docx": manuscript_karoo,
    "availability_form_varves.docx": availability_form,
    "supplement_tables_parana.docx": word_supplement,
    "none_reviewer_checklist.docx": none_form,
    "data_supplement_kermadec.xlsx": geochem_supplement,
    "rutile_transposed.xlsx": transposed,
    "core_sections_links.xlsx": wide_with_links,
    "none_reference_materials.xlsx": none_standards,
    "sesar_batch_rocks.xls": batch_template,
    "kernlager_regal4.ods": core_store,
    "rapport_lithotheque.odt": annual_report,
    "leihvertrag_2024_17.rtf": lambda: RTF.replace("\n", "\r\n").encode("ascii"),
    "manuscript_for_review_numbered.pdf": _review_pdf,
    "sample_master_list.pdf": _catalogue_pdf,
    "supplement_paleomag.zip": _bundle,
}

if __name__ == "__main__":
    for name, make in DOCUMENTS.items():
        (HERE / name).write_bytes(make())
