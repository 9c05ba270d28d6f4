"""Prints the PDFs that a browser makes (the date in them differs each time, so they are kept as printed).

python browser.py chromium
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent / "documents"

TWO_COLUMNS = """<meta charset=utf-8><style>@page{size:A4;margin:18mm} body{font:9.5pt/1.25 serif} .c{columns:2;column-gap:7mm;text-align:justify;hyphens:auto}
h1{font-size:15pt} footer{position:fixed;bottom:0;font-size:7pt} table{font-size:7pt;border-collapse:collapse;width:100%} td,th{border-top:.3pt solid #888;padding:1pt}</style>
<html lang=en><body><footer>Chem. Geol. 641 (2024) 121–133 · https://doi.org/10.1016/j.chemgeo.2023.121777</footer>
<h1>Lithium isotopes in weathering profiles on the Columbia River basalts</h1><p>A. Berg<sup>a,*</sup>, C. Ortiz<sup>b</sup> · Received 2 May 2023</p>
<div class=c><p>Profiles at Cowlitz (CRB-C) and Pe Ell (CRB-P) were augered to 12&nbsp;m. Samples are archived at the Washington Geological Survey and
were registered with SESAR; the augers of Cowlitz have the IGSN IECRB000A (0–2&nbsp;m), IECRB000B (2–4&nbsp;m) and IECRB000C (4–6&nbsp;m). That of Pe Ell,
https://doi.org/10.58052/IECRB00P1, has been used by Liu et al. (2013). Waters were filtered at 0.2&nbsp;µm; LSVEC and IRMM-016 were the standards.
The saprolite block (<a href="https://app.geosamples.org/sample/igsn/IECRB00S7">sample page</a>) was too large to be digested as a whole.</p>
<table><tr><th>Sample<th>IGSN<th>δ<sup>7</sup>Li<th>Lab #</tr><tr><td>CRB-C-1<td>IECRB00C1<td>+1.2<td>UW-Li-0412</tr><tr><td>CRB-C-2<td>IECRB00C2<td>−0.7<td>UW-Li-0413</tr>
<tr><td>CRB-C-3<td>n/a<td>−2.1<td>UW-Li-0414</tr><tr><td>CRB-P-1<td>IECRB00C4<sup>†</sup><td>+0.4<td>UW-Li-0415</tr></table><p style="font-size:7pt">† replicate of IECRB00C1.</p>
<p>Dust was taken from the literature (Kisakürek et al., 2004, doi:10.1016/j.chemgeo.2004.07.010). The gravity datum is IGSN71. Clay fractions carry the field names
CRB-C-1f to CRB-C-9f and no identifiers. Thin sections are numbered WGS-TS-10273 to WGS-TS-10290. Sample IECRB000C was lost in 2021.</p>
<p>Acknowledgements. NSF EAR-1841234. Data availability: EarthChem Library, https://doi.org/10.26022/IEDA/112999.</p></div></body></html>"""

LANDSCAPE = """<meta charset=utf-8><style>@page{size:A4 landscape;margin:12mm} body{font:8pt sans-serif} table{border-collapse:collapse} td,th{border:.3pt solid #555;padding:2pt 5pt}
tfoot td{border:0}</style><p><b>Table A.3.</b> Ice cores and dated firn samples. Continued from previous page.</p>
<table><thead><tr><th rowspan=2>Core<th colspan=2>Identifier<th colspan=3>Section<th rowspan=2>Data DOI</tr><tr><th>IGSN<th>AWI bag no.<th>Top / m<th>Bottom / m<th>Box</tr></thead>
<tr><td>B53<td>GFAWI0B53<td>bag 112–140<td>112.0<td>140.0<td>K7<td>10.1594/PANGAEA.890001</tr>
<tr><td rowspan=2>B54<td>GFAWI0B54A<td>bag 1–55<td>1.0<td>55.0<td>K8<td rowspan=2>10.1594/PANGAEA.890002</tr><tr><td>GFAWI0B54B<td>bag 56–90<td>56.0<td>90.0<td>K9</tr>
<tr><td>B55<td>–<td>bag 1–12<td>1.0<td>12.0<td>K9<td>–</tr>
<tr><td>B56<td>10.60510/<br>GFAWI0B56<td>bag 3–9<td>3.0<td>9.0<td>K10<td>10.5194/tc-2021-99</tr></table>
<p>Remarks: B54 is two cores of one hole. Bag 57 of B54 (IGSN GFAWI0X57) melted. Grants: Helmholtz VH-NG-802; DROMLAN flight D6-1819.</p><p style="text-align:right">A-17</p>"""

LABELS = """<meta charset=utf-8><style>@page{size:A4;margin:10mm} .g{display:grid;grid-template-columns:repeat(3,1fr);gap:3mm} .l{border:.4pt solid;padding:2mm;font:8pt serif;height:22mm}</style>
<div class=g>%s</div>""" % "".join(
    f"<div class=l>Rock Store · UiB<br>{name}<br>{igsn}<br>{where}<br>{date}</div>"
    for name, igsn, where, date in [
        ("BG-21-004", "IGSN: IEUIB0004", "Shelf N2-117", "2021-07-01"),
        ("BG-21-005", "IGSN: IEUIB0005", "Shelf N2-117", "2021-07-01"),
        ("BG-21-006", "igsn.org/IEUIB0006", "Shelf N2-118", "2021-07-02"),
        ("BG-21-007", "IGSN: ________", "Shelf N2-118", "2021-07-02"),
        ("BG-21-008", "10.58052/IEUIB0008", "Shelf N2-119", "2021-07-02"),
        ("BG-21-009", "IGSN: IEUIB0009 / 2", "Shelf N2-119", "2021-07-03"),
    ]
)

NONE = """<meta charset=utf-8><style>@page{size:A4;margin:25mm} body{font:11pt/1.6 serif}</style><h2>Cruise report M 147, appendix C: stations and acknowledgements</h2>
<table border=1 cellspacing=0><tr><th>Station<th>Device<th>Latitude<th>Bottle / core<th>PANGAEA event</tr><tr><td>M147_11-1<td>CTD-RO<td>0°12.3'S<td>N12-441<td>M147_11-1</tr>
<tr><td>GeoB22701-3<td>GC<td>1°04.5'S<td>SL-03<td>GeoB22701-3</tr><tr><td>M147_17-2<td>GO-FLO<td>2°55.1'S<td>GF-0017<td>M147_17-2</tr></table>
<p>Samples will be registered at IGSN after the cruise; no number has been issued. The gravimeter was tied to IGSN71 in Las Palmas (station 43210A). Reports: doi:10.2312/cr_m147,
Meteor-Berichte ISSN 2195-8475. Sequencing: PRJEB41234, ERS5112233. Ship time was funded by DFG (MerMet 16-92). Seawater reference: P161; SAFe D1 #212; GEOTRACES GSC-27.</p>"""

PAGES = {
    "article_lithium_two_columns.pdf": TWO_COLUMNS,
    "thesis_table_landscape.pdf": LANDSCAPE,
    "labels_rock_store.pdf": LABELS,
    "none_cruise_appendix.pdf": NONE,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "page.html"
            source.write_text(page, encoding="utf-8")
            options = [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={folder}/profile",
            ]
            subprocess.run([sys.argv[1], *options, f"--print-to-pdf={HERE / name}", source.as_uri()], check=True)
