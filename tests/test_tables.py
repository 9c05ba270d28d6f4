"""Tables: CSV, TSV, XLSX, ODS and XLS; what stands under a heading that says IGSN, exactly where it stands."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import ods, ods_row, packed, relations, sheet, xlsx

from igsn_lint.api import lint
from igsn_lint.archive import OLE
from igsn_lint.finder import find
from igsn_lint.model import Gap, Settings
from igsn_lint.readers import read
from igsn_lint.source import Source

if TYPE_CHECKING:
    from igsn_lint.model import Document, Mention

SETTINGS = Settings()
EXAMPLES = Path(__file__).parent / "examples" / "tables"


def document(data: bytes | str, form: str = "csv") -> Document:
    return read(Source(f"x.{form}", data.encode() if isinstance(data, str) else data), form, SETTINGS)


def mentions(found: Document, gaps: list[Gap] | None = None) -> list[Mention]:
    return [mention for part in found.parts() for mention in find(part, SETTINGS, gaps)]


def ids(data: bytes | str, form: str = "csv") -> list[str]:
    return [mention.suffix for mention in mentions(document(data, form))]


def where(data: bytes | str, form: str = "csv") -> dict[str, str]:
    found = document(data, form)
    return {mention.suffix: found.pointer(mention.place()) for mention in mentions(found)}


def gaps(data: bytes | str, form: str = "csv") -> list[tuple[str, str | None]]:
    found, empty = document(data, form), list[Gap]()
    mentions(found, empty)
    return [(found.pointer(gap.segment.place()), gap.damage) for gap in empty]


def states(data: bytes | str, form: str) -> dict[str, str]:
    return {mention.suffix: mention.state for mention in mentions(document(data, form))}


# CSV and TSV

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00\x85"), max_size=8)
TABLES = st.lists(st.tuples(CELLS, CELLS), max_size=6)


@given(
    TABLES,
    st.sampled_from(",;\t|"),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(max_examples=150, deadline=None)
def test_what_the_csv_module_writes_is_found_at_its_exact_place(
    rows: list[tuple[str, str]], delimiter: str, end: str, quoting: int, encoding: str
) -> None:
    # Each cell holds one ID between the random text, so that every cell is wanted and all places can be compared.
    numbered = [[f"{text} 10.58052/IE{i}X{j} {text}" for j, text in enumerate(row)] for i, row in enumerate(rows, 1)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["Sample", "Text", "IGSN"])  # tells the delimiter
    writer.writerows([[*(cell.replace("\r", " ") for cell in row), "-"] for row in numbered])
    found = document(out.getvalue().encode(encoding))
    read_again = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=delimiter))
    seen = set()
    for mention in mentions(found):
        if not mention.suffix.startswith("IE"):
            continue  # the random text may hold something by itself
        span = found.locate(mention.place(mention.spelling.prefix_start, mention.spelling.suffix_end))
        assert span is not None
        name = f"10.58052/{mention.suffix}"
        assert found.source.text[slice(*span)] == name
        row, column = found.pointer(mention.place()).removeprefix("row ").split(", column ")
        names = read_again[0]
        at = names.index(column) if column in names else int(column) - 1
        if "\n" not in "".join(map("".join, rows)):  # an empty line is a row, as in a spreadsheet
            assert name in read_again[int(row) - 1][at]
        seen.add((int(row) - 1, at))
    assert seen == {(i, j) for i, row in enumerate(rows, 1) for j in range(len(row))}
    assert found.faults == []


def test_places_inside_quotes_count_doubled_quotes_and_line_breaks() -> None:
    text = 'Name,Remarks\r\n"a ""b""","see ""igsn:10.58052/HRV003M16"",\r\nor ""10.58052/IEWER7215"""\r\n'
    found = document(text)
    spans = [found.locate(mention.place()) for mention in mentions(found)]
    assert [text[slice(*span)] for span in spans if span] == ["igsn:10.58052/HRV003M16", "10.58052/IEWER7215"]
    assert where(text) == {"HRV003M16": "row 2, column Remarks", "IEWER7215": "row 2, column Remarks"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    rows = [["Probe", "IGSN", "Höhe"], ["Süd 1", "AU1101", "1,5"], ["Süd 2", "AU1102", "2,5"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert where(out.getvalue().encode(encoding)) == {
        "AU1101": "row 2, column IGSN",
        "AU1102": "row 3, column IGSN",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IGSN\nAU1101\nAU1102\n", ["AU1101", "AU1102"]),
        ("IGSN\nAU1101;AU1102\nAU1103;AU1104\n", ["AU1101", "AU1102", "AU1103", "AU1104"]),
        ("sep=;\nName;IGSN\nx;AU1101\n", ["AU1101"]),
        ("Samples of 2019\n\nName,IGSN*,Lat\nx,AU1101,3.2\n", ["AU1101"]),
        ("Object Type:,Core\nName,igsn_id,Parent IGSN\nx,AU1101,AU1100\n", ["AU1101", "AU1100"]),
        ("Name,IGSN,Lat\n,(text),(deg)\nx,AU1101,3.2\n", ["AU1101"]),
        ("IGSN,Location,\n,lat,lon\nAU1101,3,4\n", ["AU1101"]),
        ("Name,A,B\nIGSN,AU1101,AU1102\nLatitude,3.1,4.1\n", ["AU1101", "AU1102"]),
        ("IGSN,SiO2\nAU1101,51.2\n", ["AU1101"]),
        (
            'Field,M1,M2\nIGSN,AU1101,"AU1102; AU1103"\nIGSN (padre),,AU1100\nNote,x,\n',
            ["AU1101", "AU1102", "AU1103", "AU1100"],
        ),
        ("Kiste,K1,K2\nIGSN der Kiste,AU1101,folgt\nPlombe,DE1,DE2\n", ["AU1101"]),
        ("Campo,M1,M2\nIGSN,pendiente,AU1101\nRoca,toba,-\n", ["AU1101"]),
        ("IGSN,Parent IGSN\nn/a,AU1100\n-,AU1100\n", ["AU1100", "AU1100"]),
        ('Name,IGSN\nx,"AU1101, AU1102"\n', ["AU1101", "AU1102"]),
        ('Name, "IGSN"\nx, "AU1101"\n', ["AU1101"]),
        ("a,b\nx,see igsn:AU1101\ny,AU1101\n", ["AU1101", "AU1101"]),
        ("a,IGSN\r1,AU1101\r2,AU1102\r", ["AU1101", "AU1102"]),
        ("IGSN,Note\nAU1101,x\n\nAll of these are kept in the core store\n", ["AU1101"]),
        ("Name,SiO2\nIE1,10.58\nIE2,10.52/3\n", []),
        ("igsnPrefix,isIgsn\nAU,true\n", []),
    ],
)
def test_columns_and_rows_named_igsn(text: str, found: list[str]) -> None:
    assert ids(text) == found


def test_the_comment_above_a_table_is_a_text() -> None:
    text = (
        "/* DATA DESCRIPTION:\nCitation:\tCore taken as IGSN: ICDP5054EHW1001, doi:10.1594/PANGAEA.839477\n*/\n"
        "Event\tIGSN\tDepth [m]\nA\tBGRB5054RX05201\t1\nB\t\t2\n"
    )
    assert where(text, "tsv") == {"ICDP5054EHW1001": "", "BGRB5054RX05201": "row 5, column IGSN"}
    assert gaps(text, "tsv") == [("row 6, column IGSN", None)]
    assert ids("# of IGSN:AU1101\n# and so on\nName,IGSN\nx,AU1102\n") == ["AU1101", "AU1102"]
    assert ids("#IGSN,Name\nAU1102,x\n") == ["AU1102"]


def test_a_quote_that_is_never_closed_is_found_where_it_opens_and_hides_nothing() -> None:
    text = 'Name,IGSN\n5" core,AU1101\n"open,AU1102\nx,AU1103\n'
    found = document(text)
    assert [mention.suffix for mention in mentions(found)] == ["AU1101", "AU1102", "AU1103"]
    assert [(fault.kind, fault.offset) for fault in found.faults] == [("malformed-document", text.index('"open'))]


@pytest.mark.parametrize("quote", ['"', ' "', '"  '])
@pytest.mark.parametrize("behind", ["", ",b", ",b\ny,10.60516/AU1102,c", '\ny,10.60516/AU1102,"c"'])
def test_a_quote_that_is_never_closed_is_one_finding(quote: str, behind: str) -> None:
    text = f"Name,IGSN,Note\nx,{quote}10.60516/AU1101{behind}\n"
    report = lint(("a.csv", text.encode()), ignore="IL2,IL6")
    at = text.index('"')
    assert [(f.rule, f.region.column if f.region else 0) for f in report.findings] == [
        ("IL002", at - text.rfind("\n", 0, at))
    ]
    found = document(text)
    assert [mention.suffix for mention in mentions(found)] == ["AU1101", "AU1102"][: 1 + behind.count("AU")]


def test_of_two_quotes_that_may_be_open_the_last_one_is() -> None:
    text = 'Name,IGSN\n"over\ntwo lines" and more,AU1101\nx,"AU1102\n'
    found = document(text)
    assert [mention.suffix for mention in mentions(found)] == ["AU1101", "AU1102"]
    assert [fault.offset for fault in found.faults] == [text.index('"AU1102')]


def test_a_title_above_the_heading_is_no_heading() -> None:
    for title in ("IGSN", "IGSNs,,", "IGSN,,\n,,"):
        text = f"{title}\nName,IGSN,Depth\nfoo,10.60516/AU1101,3\nbar,10.60516/AU1102,4\n"
        assert ids(text) == ["AU1101", "AU1102"]
    # Below a heading of several columns stands its second row.
    assert ids("IGSN,,Depth\nown,parent,m\nAU1101,x,3\n") == ["AU1101"]


def test_a_row_of_words_with_nothing_below_it_is_no_second_heading() -> None:
    report = lint(("a.csv", b"Sample,IGSN\nfoo,bar baz\n"), select="IL101")
    assert [finding.rule for finding in report.findings] == ["IL101"]
    assert ids("Sample,IGSN\nname,text\nfoo,AU1101\n") == ["AU1101"]
    assert gaps("Dredge,IGSN,Lat,Rock\n(cruise),,°S,\nD1,AU1101,3,basalt\n") == []
    assert gaps("Dredge,IGSN,Lat,Rock\nD2,,north,tuff\nD1,AU1101,3,basalt\n") == [("row 2, column IGSN", None)]


def test_fixes_are_written_in_the_quotes_of_the_file() -> None:
    found = document('Name,Remarks\nx,"say ""igsn:10.58052/HRV003M16"""\ny,igsn:10.58052/HRV003M17\n')
    quoted, plain = (mention.place() for mention in mentions(found))
    assert found.write('a"b', quoted) == 'a""b'
    assert found.write("a,b", plain) == '"a,b"'
    assert found.write("ab", plain) == "ab"


# Gaps: IL122 and IL215


@pytest.mark.parametrize(
    ("value", "damage"),
    [
        ("5.8E+12", "a number"),
        ("1E-05", "a number"),
        ("5,8e12", "a number"),
        ("05-Mar", "a date"),
        ("Mär 58", "a date"),
        ("05/03/2019", "a date"),
        ("2019-03-05 00:00:00", "a date"),
        ("#NAME?", "an error value"),
        ("########", "a number"),
        ("05:08", "a time"),
        ("TRUE", "a truth value"),
    ],
)
def test_what_a_spreadsheet_made_of_an_id_is_a_gap_and_no_mention(value: str, damage: str) -> None:
    text = f"Name,IGSN\nx,{value}\ny,AU1101\n" if "," not in value else f"Name;IGSN\nx;{value}\ny;AU1101\n"
    assert gaps(text) == [("row 2, column IGSN", damage)]
    assert ids(text) == ["AU1101"]


@pytest.mark.parametrize("value", ["10273/847000106", "58052123", "IE12E5", "12E5X", "MAR05X", "5E12AB", "DEC-01-X"])
def test_a_code_that_only_looks_a_little_like_one_is_none(value: str) -> None:
    assert gaps(f"Name,IGSN\nx,{value}\n") == []


def test_rows_without_an_id_are_gaps_but_titles_parents_and_empty_rows_are_none() -> None:
    text = (
        "Name,IGSN,Parent IGSN,Rock\nSite A,,,\nS1,AU1101,,basalt\nS2,,AU1101,basalt\n"
        "S3,pending,,gabbro\n,,,\nS4,x\nS5\n"
    )
    assert gaps(text) == [("row 4, column IGSN", None), ("row 5, column IGSN", None), ("row 7, column IGSN", None)]
    assert gaps("Name,Parent IGSN\nS1,\nS2,AU1101\n") == []
    assert gaps("IGSN (old),IGSN\nAU1100,AU1101\n,AU1102\nAU1103,\n") == [("row 4, column IGSN", None)]


def test_rows_of_standards_blanks_and_statistics_are_no_samples() -> None:
    rows = ["BCR-2 (n = 7)", "NIST SRM 612", "Plešovice", "Procedural blank", "Mean", "2 SD", "Summe:", "91500"]
    text = "Name,IGSN,Rock\nS1,AU1101,tuff\n" + "".join(f"{name},,x\n" for name in rows)
    assert gaps(text) == []
    # Field numbers and other words
    assert gaps("Name,IGSN,Rock\nS1,AU1101,tuff\nG-2,,x\nBlank Rock,,x\nMean Hill 3,,x\n") == [
        (f"row {i}, column IGSN", None) for i in (3, 4, 5)
    ]
    assert ids("Name,IGSN,Rock\nS1,AU1101,tuff\nBCR-2,AU1102,x\n") == ["AU1101", "AU1102"]


def test_very_many_rows_without_an_id_are_told_up_to_a_number() -> None:
    text = "Name,IGSN,Rock\n" + "S,,basalt\n" * 3000
    report = lint(("x.csv", text.encode()), select=["IL215"])
    assert [finding.count for finding in report.findings] == [1000]
    assert [notice.reason for notice in report.notices] == ["of the rows without an ID only 1,000 are told"]
    rows: list[list[object]] = [["Name", "IGSN"], *([f"S{i}"] for i in range(1500))]
    assert len(gaps(xlsx({"s": sheet(rows)}), "xlsx")) == 1000


# Workbooks

ROWS: list[list[object]] = [
    ["Object Type:", "Core", "User Code:", "IEABC"],
    ["Sample Name", "IGSN", "Parent IGSN", "Remarks"],
    ["S1", "10.58052/IEJMA0002", "IEMEG0001", "see igsn:10.58052/HRV003M16"],
    ["S2", "IEMEG0215", None, "10.1016/j.epsl.2020.116000"],
    ["S3", "IEWER7215; IEWER7216"],
    ["S4", "IEJMA0009"],
    ["S5", None, "IEMEG0001"],
]


def test_cells_of_xlsx_have_their_names() -> None:
    assert where(xlsx({"samples": sheet(ROWS), "My sheet's": sheet([["IGSN"], ["AU1101"]])}), "xlsx") == {
        "IEJMA0002": "samples!B3",
        "IEMEG0001": "samples!C7",
        "HRV003M16": "samples!D3",
        "IEMEG0215": "samples!B4",
        "IEWER7215": "samples!B5",
        "IEWER7216": "samples!B5",
        "IEJMA0009": "samples!B6",
        "AU1101": "'My sheet''s'!A2",
    }
    assert gaps(xlsx({"samples": sheet(ROWS)}), "xlsx") == [("samples!B7", None)]


def test_shared_strings_and_sheets_that_do_not_begin_at_a1_are_read() -> None:
    strings = (
        "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>IGSN</t></si>"
        "<si><r><t>AU</t></r><r><t>1101</t></r></si></sst>"
    )
    part = sheet([]).replace(
        "<sheetData>",
        '<sheetData><row r="4"><c r="C4" t="s"><v>0</v></c></row><row r="6"><c r="C6" t="s"><v>1</v></c></row>',
    )
    rels = "xl/_rels/workbook.xml.rels"
    with_strings = xlsx(
        {"s": part},
        extra={
            "xl/sharedStrings.xml": strings,
            rels: relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
            ),
        },
    )
    assert where(with_strings, "xlsx") == {"AU1101": "s!C6"}


def test_hidden_sheets_rows_and_columns_notes_and_footers_count_with_their_state() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    comments = (
        f'<comments xmlns="{main}"><commentList><comment ref="A3"><text><r><t>IGSN: </t></r>'
        "<r><t>IECUR001E</t></r></text>"
        "</comment></commentList></comments>"
    )
    drawn = '<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:t>igsn:10.58052/IEDRA</a:t><a:t>W0001</a:t></a:p></d>'
    part = sheet(
        [*ROWS, ["S8", None, None, "igsn:AU1103"]],
        behind="<headerFooter><oddFooter>&amp;CCite igsn:10.58052/SSH000SUA &amp;P</oddFooter></headerFooter>",
        before='<cols><col min="4" max="4" hidden="1"/></cols>',
        hidden=(6,),
    )
    data = xlsx(
        {"samples": part, "old": sheet([["IGSN"], ["DSR0000RQ"]])},
        {"old": "hidden"},
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("rId1", "comments", "../comments1.xml"), ("rId2", "drawing", "../drawings/drawing1.xml")
            ),
            "xl/comments1.xml": comments,
            "xl/drawings/drawing1.xml": drawn,
        },
    )
    found = states(data, "xlsx")
    assert found["IEJMA0002"] == found["IEDRAW0001"] == found["SSH000SUA"] == "plain"
    assert found["IEJMA0009"] == found["DSR0000RQ"] == found["HRV003M16"] == found["AU1103"] == "hidden"
    assert found["IECUR001E"] == "comment"
    assert where(data, "xlsx")["IECUR001E"] == "samples!A3 note"
    assert where(data, "xlsx")["SSH000SUA"] == "samples footer"


def test_links_count_where_no_text_names_the_same_sample() -> None:
    part = sheet(
        [
            ["Name", "IGSN"],
            ["S1", "IEWER7214"],
            ["S2", "IEWER7215"],
            ["S3", b'<f>HYPERLINK("http://igsn.org/AU1101","here")</f>'],
        ],
        behind='<hyperlinks><hyperlink ref="B2" r:id="rId1"/><hyperlink ref="B3" r:id="rId2"/>'
        '<hyperlink ref="A2" location="x!A1"/></hyperlinks>',
    )
    data = xlsx(
        {"s": part},
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("rId1", "hyperlink", "http://igsn.org/IEWER7299"),
                ("rId2", "hyperlink", "https://doi.org/10.58052/IEWER7215"),
            )
        },
    )
    assert where(data, "xlsx") == {
        "IEWER7214": "s!B2",
        "IEWER7215": "s!B3",
        "IEWER7299": "s!B2 link",
        "AU1101": "s!B4 link",
    }
    assert [f.pointer for f in lint(("x.xlsx", data), select=["IL211"]).findings] == ["s!B2"]


def test_words_that_link_to_an_id_are_named_by_it() -> None:
    part = sheet(
        [
            ["Name", "IGSN", "Page"],
            ["S1", "sample page", ""],
            ["S2", "no such page", ""],
            ["S3", "AU1103", b'<f>HYPERLINK("https://doi.org/10.60516/"&amp;B4,B4)</f>'],
        ],
        behind='<hyperlinks><hyperlink ref="B2" r:id="rId1"/><hyperlink ref="B3" r:id="rId2"/></hyperlinks>',
    )
    links = (("rId1", "hyperlink", "https://doi.org/10.60516/AU1101"), ("rId2", "hyperlink", "https://example.org/"))
    data = xlsx({"s": part}, extra={"xl/worksheets/_rels/sheet1.xml.rels": relations(*links)})
    assert where(data, "xlsx") == {"AU1101": "s!B2 link", "AU1103": "s!B4", "no such page": "s!B3"}
    told = [(f.rule, f.pointer) for f in lint(("x.xlsx", data), select=["IL1", "IL215"]).findings]
    assert told == [("IL101", "s!B3")]


def test_formulas_count_by_their_result_and_are_told_without_one() -> None:
    part = sheet(
        [
            ["Name", "IGSN"],
            ["S1", b'<f>"IE"&amp;"ABC0001"</f><v>IEABC0001</v>'],
            ["S2", b"<f>A2&amp;1</f>"],
            ["igsn:AU1101", b'<f>"igsn:AU1102"</f>'],
        ]
    ).replace('<c r="B2">', '<c r="B2" t="str">')
    found = document(xlsx({"s": part}), "xlsx")
    assert [mention.suffix for mention in mentions(found)] == ["IEABC0001", "AU1101"]
    assert found.notices == ['2 formulas of the sheet "s" without a result (B3, B4): the file was never calculated']
    assert gaps(xlsx({"s": part}), "xlsx") == []


def test_numbers_are_damage_only_where_their_format_prints_them_otherwise_or_the_column_is_text() -> None:
    digits: list[list[object]] = [["IGSN"], [58052123], [(58052124, 1)], [(580521250000, 1)], ["10273/847000106"]]
    assert ids(xlsx({"s": sheet(digits)}), "xlsx") == ["847000106", "58052123", "58052124", "580521250000"]
    odd: list[list[object]] = [["IGSN"], [5800000000000], [(58052124, 2)], [(58052125, 4)], [(45000, 3)], [True]]
    assert gaps(xlsx({"s": sheet(odd)}), "xlsx") == [
        ("s!A2", "a number"),
        ("s!A3", "a number"),
        ("s!A4", "a number"),
        ("s!A5", "a date"),
        ("s!A6", "a truth value"),
    ]
    among: list[list[object]] = [["IGSN"], ["IEABC0001"], ["IEABC0002"], [58052123]]
    assert gaps(xlsx({"s": sheet(among)}), "xlsx") == [("s!A4", "a number")]


def test_merged_headings_name_all_columns_that_they_span() -> None:
    part = sheet(
        [["Rock", "IGSN", None, "lat"], [None, "own", "parent"], ["x", "IEAAA0001", "IEAAA0002", 3.2]],
        behind='<mergeCells><mergeCell ref="B1:C1"/></mergeCells>',
    )
    assert where(xlsx({"s": part}), "xlsx") == {"IEAAA0001": "s!B3", "IEAAA0002": "s!C3"}


def test_ods_is_read_as_it_is_displayed() -> None:
    styles = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    number = (
        '<table:table-cell office:value-type="float" office:value="5.8E12"><text:p>5,80E+12</text:p></table:table-cell>'
    )
    linked = (
        '<table:table-cell office:value-type="string">'
        "<office:annotation><text:p>IGSN: IECUR001E</text:p></office:annotation>"
        '<text:p><text:a xlink:href="http://igsn.org/IEWER7299">IEWER<text:span>7214</text:span></text:a></text:p>'
        "</table:table-cell>"
    )
    formula = (
        '<table:table-cell table:formula="of:=HYPERLINK(&quot;http://igsn.org/AU1101&quot;;&quot;AU1101&quot;)" '
        'office:value-type="string"><text:p>AU1101</text:p></table:table-cell>'
    )
    body = (
        "<table:tracked-changes><table:deletion><table:table-cell><text:p>igsn:ICDP5054OLD01</text:p></table:table-cell>"
        '</table:deletion></table:tracked-changes><table:table table:name="samples">'
        + ods_row("Core", "", "IEABC")
        + ods_row("Name", "IGSN", "Remarks")
        + ods_row("S1", linked, "see igsn:10.58052/HRV003M16")
        + ods_row("S2", "IEMEG0215", attributes='table:visibility="collapse"')
        + ods_row("S3", number)
        + ods_row("S4", formula)
        + ods_row("", "", attributes='table:number-rows-repeated="1048000"')
        + '</table:table><table:table table:name="old" table:style-name="h">'
        + ods_row("IGSN")
        + ods_row("DSR0000RQ")
        + "</table:table>"
    )
    data = ods(body, styles)
    assert states(data, "ods") == {
        "IEWER7214": "plain",
        "HRV003M16": "plain",
        "IEMEG0215": "hidden",
        "AU1101": "plain",
        "IECUR001E": "comment",
        "IEWER7299": "plain",
        "DSR0000RQ": "hidden",
    }
    assert where(data, "ods")["IEWER7299"] == "samples!B3 link"
    assert gaps(data, "ods") == [("samples!B5", "a number")]


def test_xls_is_read_with_hidden_sheets_and_rows() -> None:
    # Written by xlwt for this test.
    data = (EXAMPLES / "samples.xls").read_bytes()
    assert states(data, "xls") == {
        "IEJMA0002": "plain",
        "IEMEG0002": "plain",
        "HRV003M16": "plain",
        "IEMEG0215": "plain",
        "IEJMA0009": "hidden",
        "IEWER7215": "plain",
        "IEWER7216": "plain",
        "DSR0000RQ": "hidden",
    }
    assert gaps(data, "xls") == [("samples!B7", None), ("samples!B5", "a number"), ("samples!B6", "a date")]


def test_a_workbook_is_read_as_what_it_is_whatever_its_name_says() -> None:
    assert ids(b"Name\tIGSN\nx\tAU1101\n", "xls") == ["AU1101"]
    assert ids(xlsx({"s": sheet([["IGSN"], ["AU1101"]])}), "xls") == ["AU1101"]
    assert ids((EXAMPLES / "samples.xls").read_bytes(), "xlsx")[:1] == ["IEJMA0002"]
    assert document(b"", "xlsx").faults == []


def test_choices_for_the_cells_of_a_form_far_below_its_table_are_no_rows_without_an_id() -> None:
    rows: list[list[object]] = [["IGSN", "Material"], ["AU1101", "Rock"], ["", "Soil"]]
    data = xlsx({"s": sheet([*rows, *[[None, None]] * 60, ["", "Rock"], ["AU1102", "Soil"]])})
    assert gaps(data, "xlsx") == [("s!A3", None)]
    assert ids(data, "xlsx") == ["AU1101", "AU1102"]


WORKBOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Cores"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Sample</Data></Cell><Cell><Data ss:Type="String">IGSN</Data></Cell>
</Row><Row><Cell><Data ss:Type="String">A1</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">AU1101</Data></Cell>
</Row><Row><Cell ss:Index="3" ss:HRef="https://igsn.org/AU1102"><Data ss:Type="String">AU1102</Data></Cell></Row>
<Row><Cell ss:Index="4"><Data ss:Type="String">AU1103</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("ending", ["xml", "xls"])
def test_a_workbook_in_xml_is_read_by_its_columns(ending: str) -> None:
    found = [m for part in document(WORKBOOK.encode(), ending).parts() for m in find(part, SETTINGS)]
    assert [(m.raw, m.target) for m in found if m.role != "target"] == [
        ("AU1101", None),
        ("AU1102", "https://igsn.org/AU1102"),
    ]


def test_the_columns_of_a_workbook_in_xml_count_below_a_merged_cell() -> None:
    first = '<Cell ss:MergeDown="1"><Data>a</Data></Cell><Cell><Data>AU1101</Data></Cell><Cell><Data>S1</Data></Cell>'
    second = '<Cell ss:Index="2"><Data>AU1102</Data></Cell><Cell><Data>S2</Data></Cell>'
    head = "".join(f"<Cell><Data>{name}</Data></Cell>" for name in ("Kind", "IGSN", "Sample"))
    rows = "".join(f"<Row>{row}</Row>" for row in (head, first, second))
    text = f"{WORKBOOK.partition('<Row>')[0]}{rows}</Table></Worksheet></Workbook>"
    found = [m.raw for part in document(text.encode(), "xml").parts() for m in find(part, SETTINGS)]
    assert found == ["AU1101", "AU1102"]


# Hostile and broken files


def faults(data: bytes, form: str) -> list[tuple[str, str]]:
    return [(fault.kind, fault.message) for fault in document(data, form).faults]


def test_broken_and_locked_workbooks_are_named_as_what_they_are() -> None:
    good, old = xlsx({"s": sheet(ROWS)}), (EXAMPLES / "samples.xls").read_bytes()
    assert faults(good[:-200], "xlsx") == [("unreadable-file", "the file is truncated or damaged")]
    assert faults(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "xlsx") == [
        ("unreadable-file", "the file is password protected")
    ]
    assert faults(ods("", manifest="<encryption-data/>"), "ods") == [
        ("unreadable-file", "the file is password protected")
    ]
    assert faults(packed({"a.txt": "x"}), "xlsx") == [
        ("unreadable-file", "the file is a ZIP archive without a workbook")
    ]
    assert faults(old[: len(old) // 3], "xls")[0][0] == "unreadable-file"
    assert faults(OLE, "xls") == [("unreadable-file", "the workbook is truncated or damaged")]


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="Z99999999"><v>1</v></c></row>',
        '<row r="1">' + "<c><v>1</v></c>" * 9000 + "</row>" + "<row><c><v>1</v></c></row>" * 9000,
        '<row r="1"><c  r="A1"><v>1</v></c></row><row\nr="900000"><c\nr="ZZ900000"><v>1</v></c></row>',
        '<row r="1"><c s="0" r="A1"><v>1</v></c><c s="0" r="ZZZ1048576"><v>1</v></c></row>',
    ],
)
def test_cells_too_far_apart_are_refused_before_they_fill_the_memory(cells: str) -> None:
    data = xlsx({"s": sheet([]).replace("<sheetData>", f"<sheetData>{cells}")})
    assert [kind for kind, _ in faults(data, "xlsx")] == ["hostile-document"]


_FAR = '<row r="2"><c r="XFD1048576"><v>1</v></c></row>'
_NEAR = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "part",
    [
        f"{_NEAR}<!-- </sheetData> -->{_FAR}</sheetData>",
        f'{_NEAR}<row r="2"><c s="1" r="B2" s="1"/></row>{_FAR}</sheetData>',
        f'{_NEAR}<row r="2"><c r="A2" r = "XFD1048576"><v>1</v></c></row></sheetData>',
        f'{_NEAR}<row r="2"><c s="1" r="AAAAA1048576"><v>1</v></c></row></sheetData>',
        f'{_NEAR}<row r="2"><c r="AAaaa1048576"><v>1</v></c></row></sheetData>',
        f'{_NEAR}<row r="2"><c r="A{"0" * 20}99999999"><v>1</v></c></row></sheetData>',
        f'{_NEAR}<row r="2"><c r="A{"0" * 5000}99999999"><v>1</v></c></row></sheetData>',
        f'{_NEAR}<row r="A99999999"><c><v>1</v></c></row></sheetData>',
        f'{_NEAR}<row r="100000004194304001"><c><v>1</v></c></row></sheetData>',
        f'{_NEAR}<row r="2"><u:c r="XFD1048576"><v>1</v></u:c></row></sheetData>',
        f"{_NEAR}<!--{'x ' * 2_200_000}-->{_FAR}</sheetData>",
    ],
)
@pytest.mark.parametrize("opened", ["<sheetData>", "<!-- <sheetData/> --><sheetData>", '<sheetData a="1">'])
def test_cells_far_apart_are_refused_however_they_are_hidden(part: str, opened: str) -> None:
    data = xlsx({"s": sheet([]).replace("<sheetData></sheetData>", opened + part)})
    texts, kinds = read_through(data)
    assert texts == []
    assert kinds in (["hostile-document"], ["unreadable-file"])


def test_sheet_is_measured_in_the_bytes_that_calamine_reads_whatever_encoding_they_claim() -> None:
    far = _FAR.replace("<c ", '<c s="1" ')
    part = sheet([]).replace("</sheetData>", f"{_NEAR}<!--\x1b$B-->{far}<!--\x1b(B--></sheetData>")
    data = xlsx({"s": f'<?xml version="1.0" encoding="ISO-2022-JP"?>{part}'})
    assert read_through(data) == ([], ["unreadable-file"])


@pytest.mark.parametrize("name", ["worksheets/Sheet1.xml", "worksheets\\sheet1.xml", "a/../worksheets/sheet1.xml"])
def test_members_that_can_be_taken_for_one_another_are_refused(name: str) -> None:
    other = sheet([]).replace("</sheetData>", f"{_FAR}</sheetData>")
    data = xlsx({"s": sheet([["IGSN"], ["AU1101"]])}, extra={f"xl/{name}": other})
    assert read_through(data) == ([], ["hostile-document"])


def test_broken_sheet_leaves_the_others() -> None:
    broken = sheet([]).replace("</sheetData>", f'<row r="1"><c s="1" r="B2" s="1"/></row>{_FAR}</sheetData>')
    data = xlsx({"a": broken, "b": sheet([["IGSN"], ["10.60510/AU1101"]])})
    assert read_through(data) == (["IGSN", "10.60510/AU1101"], ["unreadable-file"])


def read_through(data: bytes) -> tuple[list[str], list[str]]:
    """Return the texts of all cells, and the kinds of the faults that reading them showed."""
    found = read(Source("x.xlsx", data), "xlsx", replace(SETTINGS, max_ratio=10_000))
    texts = [segment.text for part in found.parts() for segment in part.segments(lambda text, label: True)]
    return texts, [fault.kind for fault in found.faults]


def test_repeated_cells_and_wide_sheets_stay_within_bounds() -> None:
    repeated = ods(
        '<table:table table:name="s">'
        + ods_row(
            '<table:table-cell office:value-type="string" table:number-columns-repeated="900000000">'
            "<text:p>basalt 10.5/3</text:p></table:table-cell>",
            attributes='table:number-rows-repeated="999999999"',
        )
        + "</table:table>"
    )
    started = time.process_time()
    assert ids(repeated, "ods") == []
    assert time.process_time() - started < 30
    wide = "".join(f'<c r="{a}{b}1" t="inlineStr"><is><t>AU{ord(a)}{ord(b)}</t></is></c>' for a in "ABC" for b in "XYZ")
    data = xlsx({"s": sheet([]).replace("<sheetData>", f'<sheetData><row r="1">{wide}</row>')})
    assert faults(data, "xlsx") == []


def test_strings_that_a_workbook_only_claims_are_refused() -> None:
    strings = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' uniqueCount='99999999999999'/>"
    data = xlsx({"s": sheet([["IGSN"], ["AU1101"]])}, extra={"xl/sharedStrings.xml": strings})
    assert [kind for kind, _ in faults(data, "xlsx")] == ["hostile-document"]


def test_limits_hold_for_the_parts_of_a_workbook() -> None:
    data = xlsx({"s": sheet([["x" * 5_000_000]])})
    found = read(Source("x.xlsx", data), "xlsx", replace(SETTINGS, max_ratio=20))
    assert [fault.kind for fault in found.faults] == ["hostile-document"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("quotes.csv", b'igsn,"' + b'""' * 500_000),
        ("open.csv", b'igsn\n"' + b"a,b\n" * 5_000),
        ("odd.csv", b'igsn,a\n"x"y",' * 5_000),
        ("cell.csv", b"IGSN,b\n" + b"A" * 10_000_000 + b",x\n"),
        ("quoted-cell.csv", b'IGSN,b\n"' + b'AU1101 ""' * 1_000 + b'",x\n'),
        ("wide.csv", b"IGSN," * 10_000 + b"\n" + b"AU1101," * 10_000),
        ("comments.csv", b"#\n" * 100_000 + b"IGSN\n"),
        ("slash.tab", b"/*" * 100_000),
        ("lines.csv", b"IGSN\n" + b"\n" * 300_000),
        ("headings.csv", b"IGSN,IGSN\n" * 3_000),
    ],
)
def test_hostile_tables_end_in_a_report_and_in_time(name: str, data: bytes) -> None:
    started = time.process_time()
    assert lint((name, data)).failures == []
    assert time.process_time() - started < 60


@given(st.binary(max_size=200), st.sampled_from(["csv", "tsv", "tab", "xlsx", "ods", "xls"]))
@settings(max_examples=60, deadline=None)
def test_any_bytes_end_in_a_report(data: bytes, extension: str) -> None:
    for start in (b"", b"IGSN,x\n", b"PK\x03\x04", OLE):
        assert lint((f"x.{extension}", start + data)).failures == []


@given(st.integers(0, 5631), st.binary(min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_damage_of_an_old_workbook_ends_in_a_report(at: int, noise: bytes) -> None:
    data = bytearray((EXAMPLES / "samples.xls").read_bytes())
    data[at : at + len(noise)] = noise
    assert lint(("x.xls", bytes(data))).failures == []


@given(st.integers(0, 1500), st.text(st.characters(codec="ascii"), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_damage_of_a_sheet_ends_in_a_report(at: int, noise: str) -> None:
    part = sheet(ROWS, behind='<mergeCells><mergeCell ref="B1:C1"/></mergeCells>')
    at = min(at, len(part))
    assert lint(("x.xlsx", xlsx({"s": part[:at] + noise + part[at + len(noise) :]}))).failures == []


# Other people's files


def test_planted_workbook_gives_all_its_ids_once(corpora: Path) -> None:
    found = states((corpora / "planted" / "plant.ods").read_bytes(), "ods")
    assert found == {
        "IEWER7214": "plain",
        "IEMEG0002": "plain",
        "HRV003M16": "plain",
        "IEMEG0215": "hidden",
        "AU1101": "plain",
        "IEABC0001": "plain",
        "IECUR001E": "comment",
        "IEWER7215": "plain",
        "DSR0000RQ": "hidden",
    }


_ABOUT_DATA = {
    "a list of columns": (
        "column,unit,definition\nSample_ID,N/A,name of the sample\nIGSN,N/A,International Generic Sample Number\n"
        "Date,YYYY-MM-DD,day of sampling\nd18O,permil,ratio of isotopes\n"
    ),
    "a list of abbreviations": (
        "IGSN,International Generic Sample Number\nDOI,Digital Object Identifier\nXRF,X-ray fluorescence\n"
    ),
    "a crosswalk of standards": (
        "DataCite,IGSN,Dublin Core\nidentifier,igsn,dc:identifier\ncreator,collector,dc:creator\n"
    ),
    "a mapping of fields": "old,new\nr.id,sample.igsn\nr.latitude,position.latitude (point mode)\nr.name,sample.name\n",
}


@pytest.mark.parametrize("data", _ABOUT_DATA.values(), ids=_ABOUT_DATA)
def test_tables_that_describe_data_hold_no_ids(data: str) -> None:
    gaps: list[Gap] = []
    assert mentions(document(data), gaps) == []
    assert gaps == []
    rows = [line.split(",") for line in data.splitlines()]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:]))
    assert ids(table, "markdown") == []


def test_the_apostrophe_by_which_a_spreadsheet_is_told_of_a_text_is_no_part_of_the_id() -> None:
    assert ids("name,IGSN\na,'IEABC0001\nb,'10.58052/SSH000SUA\nc,'IEABC0002'\n") == [
        "IEABC0001",
        "SSH000SUA",
        "IEABC0002",
    ]


@pytest.mark.parametrize(
    "below",
    [
        "IEABC0001", "pending\nIEABC0001", "IEABC0001\nbasalt\nIEABC0002", "IEABC 0001", "igsn:AU1101", "IGSN: AU1101",
        "IEABC0001 (lost)", "GeoB12802-13", "https://igsn.org/AU1101", "847000106", "iebcd0001",
    ],
)  # fmt: skip
def test_a_heading_below_other_rows_still_names_ids(below: str) -> None:
    rows = "".join(f"A{n},{cell}\n" for n, cell in enumerate(below.split("\n")))
    assert ids(f"Table S1,,\nproject,Alps\nsample,IGSN\n{rows}") != []


def test_a_column_of_foreign_addresses_is_one_of_ids_that_are_wrong() -> None:
    assert len(ids("sample,IGSN\nA,https://samples.example.org/1\nB,https://samples.example.org/2\n")) == 2


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("variable,type,description\nsample_id,string,ID\nigsn,string,ID of the sample\nlat_dd1,float,latitude\n", []),
        ("IGSN,International Geo Sample Number\nWGS84,World Geodetic System\nMIS5e,marine isotope stage\n", []),
        ("IGSN,IEAAA0001\nCore_box2,BOX00012\nLab2,LAB0001\n", ["IEAAA0001"]),
        ("sample,IGSN,rock\nA,see below,basalt\nB,IEAAA0001,granite\n", ["see below", "IEAAA0001"]),
        ("sample,IGSN,rock\nname,parent,type\nA,IEAAA0001,granite\n", ["IEAAA0001"]),
    ],
)
def test_what_stands_beside_and_below_a_label_tells_whether_it_is_a_heading(data: str, found: list[str]) -> None:
    assert ids(data) == found


def test_a_quote_that_is_never_closed_is_one_finding_and_ends_with_its_line() -> None:
    report = lint(("a.csv", b'Sample,IGSN\na,"IECSV0099\nb,IECSV0098\n'))
    assert [finding.rule for finding in report.findings if finding.rule[2] in "01"] == ["IL002"]
    document = read(Source("a.csv", b'Sample,IGSN\na, "IECSV0099\nb,IECSV0098\n'), "csv", Settings())
    mentions = [mention.suffix for part in document.parts() for mention in find(part, Settings())]
    assert mentions == ["IECSV0099", "IECSV0098"]


def test_an_xls_that_ends_before_its_directory_is_told_as_truncated() -> None:
    begin = OLE + bytes(22) + (9).to_bytes(2, "little") + bytes(16) + (7).to_bytes(4, "little")
    report = lint(("a.xls", begin.ljust(1500, b"\0")))
    messages = [finding.message for finding in report.findings]
    assert messages == ["the file is truncated: it ends before the list of what is in it"]
