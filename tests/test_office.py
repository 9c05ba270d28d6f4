"""Office documents and PDF: where IDs hide in them, what they are called there, and broken and hostile files."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import docx, odt, packed, paragraph, pdf, rtf, run, table
from workbooks import relations, sheet, xlsx

from igsn_lint.api import lint
from igsn_lint.engine import documents
from igsn_lint.inputs import Input
from igsn_lint.inventory import rows, samples
from igsn_lint.model import Settings
from igsn_lint.readers.layout import Extent, Page

if TYPE_CHECKING:
    from pathlib import Path


def found(name: str, data: bytes, settings_: Settings | None = None) -> list[dict[str, Any]]:
    inputs = [Input(name, lambda: data)]
    return [
        row
        for document, mentions in documents(inputs, settings_ or Settings())
        for row in rows(document, mentions, all_states=True)
    ]


def where(name: str, data: bytes) -> dict[str, str]:
    return {row["suffix"]: row["pointer"] for row in found(name, data)}


def suffixes(name: str, data: bytes) -> list[str]:
    return [row["suffix"] for row in found(name, data)]


def codes(name: str, data: bytes, **more: Any) -> list[tuple[str, str]]:
    return [(f.rule, f.pointer) for f in lint((name, data), **more).findings]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def test_word_runs_links_and_special_characters() -> None:
    data = docx(
        paragraph("see igsn:10.58052/SSH", run("000", "<w:b/>"), "SUA."),
        paragraph("(IGSN: GFANT", "<w:r><w:noBreakHyphen/></w:r>", "0012)"),
        paragraph("igsn:CSRWA", "<w:r><w:softHyphen/></w:r>", "275"),
        paragraph("IGSN", "<w:r><w:tab/></w:r>", "BSU0005JF"),
        paragraph("a core ", f'<w:hyperlink r:id="l1">{run("here")}</w:hyperlink>'),
        paragraph(FIELD.format(' HYPERLINK "https://doi.org/10.60516/AU1101" ', run("AU1101"))),
        paragraph(f'<w:fldSimple w:instr="HYPERLINK https://doi.org/10.60516/AU1102">{run("that")}</w:fldSimple>'),
        links={"l1": "https://doi.org/10.58095/MBCR5034RC57001"},
    )
    table_ = [(row["suffix"], row["pointer"], row["role"]) for row in found("a.docx", data)]
    assert table_ == [
        ("SSH000SUA", "paragraph 1", "cited"),
        ("GFANT-0012", "paragraph 2", "cited"),
        ("CSRWA275", "paragraph 3", "cited"),
        ("BSU0005JF", "paragraph 4", "cited"),
        ("MBCR5034RC57001", "paragraph 5", "target"),
        ("AU1101", "paragraph 6", "cited"),
        ("AU1102", "paragraph 7", "target"),
    ]


def test_word_link_that_leads_elsewhere_is_told() -> None:
    link = f'<w:hyperlink r:id="l1">{run("igsn:10.58052/SSH000SUA")}</w:hyperlink>'
    data = docx(paragraph(link), links={"l1": "https://doi.org/10.58052/SSH000SUB"})
    assert codes("a.docx", data, select=["IL211"]) == [("IL211", "paragraph 1")]


def test_word_link_with_other_words_links_the_id_that_is_shown_beside_it() -> None:
    link = f'<w:hyperlink r:id="l1">{run("page")}</w:hyperlink>'
    for target, expected in (("SSH000SUA", []), ("SSH000SUB", [("IL210", "paragraph 1")])):
        data = docx(
            paragraph("igsn:10.58052/SSH000SUA (", link, ")"), links={"l1": f"https://doi.org/10.58052/{target}"}
        )
        assert codes("a.docx", data, select=["IL210"]) == expected


def test_word_tracked_changes_keep_apart_what_was_deleted() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>ICDP5054OLD01</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="3">{run(" igsn:10.60516/AU1109")}</w:moveFrom>'
    data = docx(
        paragraph("IGSN: ", deleted, f'<w:ins w:id="2">{run("ICDP5054EHW1001")}</w:ins>'),
        paragraph(
            "10.58052/SSH000SUA and IGSN IEJMA00", '<w:del w:id="4"><w:r><w:delText>02</w:delText></w:r></w:del>', "01"
        ),
        paragraph("text", moved),
    )
    states = {row["suffix"]: row["state"] for row in found("a.docx", data)}
    assert states == {
        "ICDP5054EHW1001": "plain",
        "ICDP5054OLD01": "deleted",
        "SSH000SUA": "plain",
        "IEJMA0001": "plain",
        "IEJMA000201": "deleted",
        "AU1109": "deleted",
    }


def test_word_notes_comments_headers_boxes_and_properties_have_their_names() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    inner = f"<w:pict><w:txbxContent>{paragraph('igsn:BSU0005JF')}</w:txbxContent></w:pict>"
    data = docx(
        paragraph("one", '<w:r><w:footnoteReference w:id="7"/></w:r>', '<w:r><w:footnoteReference w:id="3"/></w:r>'),
        paragraph("two", box.format(inner)),
        paragraph(run("igsn:HID0001AB", "<w:vanish/>"), run("igsn:SEE0001AB", '<w:vanish w:val="0"/>')),
        parts={
            "footnotes": '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
            f'<w:footnote w:id="3">{paragraph("igsn:FOOT0003")}</w:footnote>'
            f'<w:footnote w:id="7">{paragraph("igsn:FOOT0007")}</w:footnote>',
            "endnotes": f'<w:endnote w:id="1">{paragraph("igsn:ENDN0001")}</w:endnote>',
            "comments": f'<w:comment w:id="0">{paragraph("igsn:COMM0001")}</w:comment>',
            "header": paragraph("igsn:HEAD0001"),
            "footer": paragraph("igsn:FOOTR001"),
        },
        core="The core igsn:10.58052/SSH000SUA",
    )
    assert where("a.docx", data) == {
        "BSU0005JF": "paragraph 2, text box",
        "HID0001AB": "paragraph 3",
        "SEE0001AB": "paragraph 3",
        "FOOT0003": "footnote 2",
        "FOOT0007": "footnote 1",
        "ENDN0001": "endnote 1",
        "COMM0001": "comment 1",
        "HEAD0001": "header",
        "FOOTR001": "footer",
        "SSH000SUA": "properties, title",
    }
    states = {row["suffix"]: row["state"] for row in found("a.docx", data)}
    assert [states[s] for s in ("HID0001AB", "SEE0001AB", "COMM0001", "BSU0005JF")] == [
        "hidden",
        "plain",
        "comment",
        "plain",
    ]
    assert len(found("a.docx", data)) == 10


def test_word_tables_label_the_cells_below_a_heading() -> None:
    raised = run("a", '<w:vertAlign w:val="superscript"/>')
    data = docx(
        "intro",
        table(("x", "y")),
        table(
            ("Sample", paragraph("IGSN", raised), "Parent IGSN", "Mass"),
            ("S-1", paragraph("IEWER7214", raised), "IEMEG0002; IEMEG0003", "17.4"),
            ("S-2", "-", "", "12"),
        ),
        table(("IGSN", "IEABC0001"), ("Material", "Rock 2")),
    )
    assert where("a.docx", data) == {
        "IEWER7214": "table 2, row 2, column 2",
        "IEMEG0002": "table 2, row 2, column 3",
        "IEMEG0003": "table 2, row 2, column 3",
        "IEABC0001": "table 3, row 1, column 2",
    }


def test_the_prompt_of_an_empty_content_control_is_no_text() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    prompt = run("Click to enter text, e.g. IGSN AU1101.")
    data = docx(
        paragraph("Sample: ", control.format("<w:showingPlcHdr/>", prompt)),
        control.format("<w:showingPlcHdr/>", paragraph(prompt)),
        paragraph("Sample: ", control.format('<w:showingPlcHdr w:val="0"/>', run("IGSN AU1102"))),
    )
    assert suffixes("a.docx", data) == ["AU1102"]


def test_opendocument_says_the_same_as_word() -> None:
    data = odt(
        '<text:p>see igsn:10.58052/SSH<text:span text:style-name="B">000</text:span>SUA.</text:p>',
        '<text:p>IGSN:<text:s text:c="3"/>GFANT-0012 and IGSN<text:tab/>CSRWA275</text:p>',
        '<text:p>a <text:a xlink:href="https://doi.org/10.60516/AU1101">AU1101</text:a> '
        '<text:a xlink:href="https://doi.org/10.60516/AU1102">that</text:a></text:p>',
        '<text:p>note<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>igsn:FOOT0001</text:p></text:note-body></text:note> and<office:annotation><dc:creator>Ed</dc:creator>"
        "<text:p>igsn:COMM0001</text:p></office:annotation> more</text:p>",
        "<text:p>box<draw:frame><draw:text-box><text:p>igsn:BOXX0001</text:p></draw:text-box></draw:frame></text:p>",
        '<text:p><text:span text:style-name="H">igsn:HID0001AB</text:span></text:p>',
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Sample</text:p>"
        "</table:table-cell><table:table-cell><text:p>IGSN</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>S1</text:p></table:table-cell>"
        "<table:table-cell><text:p>IEWER7214</text:p></table:table-cell></table:table-row></table:table>",
        "<text:list><text:list-item><text:p>igsn:LIST0001</text:p></text:list-item></text:list>",
        styles="<style:master-page><style:header><text:p>igsn:HEAD0001</text:p></style:header></style:master-page>",
        automatic='<style:style style:name="H"><style:text-properties text:display="none"/></style:style>',
        meta="<dc:title>igsn:TITL0001</dc:title>",
    )
    assert where("a.odt", data) == {
        "SSH000SUA": "paragraph 1",
        "GFANT-0012": "paragraph 2",
        "CSRWA275": "paragraph 2",
        "AU1101": "paragraph 3",
        "AU1102": "paragraph 3",
        "FOOT0001": "footnote 1",
        "COMM0001": "comment 1",
        "BOXX0001": "paragraph 5, text box",
        "HID0001AB": "paragraph 6",
        "IEWER7214": "table 1, row 2, column 2",
        "LIST0001": "paragraph 7",
        "HEAD0001": "header",
        "TITL0001": "properties, title",
    }
    states = {row["suffix"]: row["state"] for row in found("a.odt", data)}
    assert (states["HID0001AB"], states["COMM0001"], states["AU1101"]) == ("hidden", "comment", "plain")


def test_opendocument_tracked_changes_keep_apart_what_was_deleted() -> None:
    data = odt(
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>ICDP5054OLD01</text:p>'
        '</text:deletion></text:changed-region><text:changed-region text:id="c2"><text:insertion/>'
        "</text:changed-region></text:tracked-changes>",
        '<text:p>IGSN: <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>ICDP5054EHW1001'
        '<text:change-end text:change-id="c2"/></text:p>',
    )
    assert {row["suffix"]: (row["state"], row["pointer"]) for row in found("a.odt", data)} == {
        "ICDP5054EHW1001": ("plain", "paragraph 1"),
        "ICDP5054OLD01": ("deleted", "paragraph 1"),
    }


def test_rtf_says_the_same_as_word() -> None:
    data = rtf(
        r"see igsn:10.58052/SSH{\b 000}SUA.\par IGSN:\tab GFANT\_0012 \u8364? igsn:\u65?B\u49 ?C0001\par "
        r'{\field{\*\fldinst{HYPERLINK "https://doi.org/10.60516/AU1101"}}{\fldrslt{AU1101}}} and '
        r'{\field{\*\fldinst HYPERLINK "https://doi.org/10.60516/AU1102"}{\fldrslt there}}\par '
        r"x{\footnote igsn:FOOT0001}{\*\annotation igsn:COMM0001}{\header igsn:HEAD0001}\par "
        r"IGSN: {\deleted ICDP5054OLD01}{\revised ICDP5054EHW1001} {\v igsn:HID0001AB}.\par "
        r"{\f1 \'ce\'e1\'f0} IGSN ABCD\'2d0001{\super 1}.\par "
        r"\trowd\intbl Sample\cell IGSN\cell\row\trowd\intbl S1\cell IEWER7214\cell\row\pard after\par "
        r"{\*\unknown igsn:GONE0001}{\pict 00ff}{\info{\title igsn:TITL0001}}"
    )
    assert where("a.rtf", data) == {
        "SSH000SUA": "paragraph 1",
        "GFANT-0012": "paragraph 2",
        "AB1C0001": "paragraph 2",
        "AU1101": "paragraph 3",
        "AU1102": "paragraph 3",
        "FOOT0001": "footnote 1",
        "COMM0001": "comment 1",
        "HEAD0001": "header",
        "ICDP5054OLD01": "paragraph 5",
        "ICDP5054EHW1001": "paragraph 5",
        "HID0001AB": "paragraph 5",
        "ABCD-0001": "paragraph 6",
        "IEWER7214": "table 1, row 2, column 2",
        "TITL0001": "properties, title",
    }
    states = {row["suffix"]: row["state"] for row in found("a.rtf", data)}
    assert (states["ICDP5054OLD01"], states["COMM0001"], states["HID0001AB"]) == ("deleted", "comment", "hidden")


def test_what_is_struck_through_is_deleted() -> None:
    struck = "<w:strike/>"
    data = {
        "a.docx": docx(
            paragraph("IGSN ", run("AU1101", struck), " AU1102, ", run("IGSN AU1103", '<w:dstrike w:val="1"/>')),
            paragraph(run("IGSN AU1104", '<w:strike w:val="0"/>')),
            table(["No", "IGSN"], ["1", paragraph(run("AU1105", struck), " lost")], ["2", "AU1106"]),
        ),
        "a.odt": odt(
            '<text:p>IGSN <text:span text:style-name="S">AU1101</text:span> AU1102, <text:span text:style-name="S">IGSN'
            " AU1103</text:span></text:p>",
            '<text:p><text:span text:style-name="N">IGSN AU1104</text:span></text:p>',
            "<table:table><table:table-row><table:table-cell><text:p>No</text:p></table:table-cell><table:table-cell>"
            "<text:p>IGSN</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>1"
            '</text:p></table:table-cell><table:table-cell><text:p><text:span text:style-name="S">AU1105</text:span>'
            " lost</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>2</text:p>"
            "</table:table-cell><table:table-cell><text:p>AU1106</text:p></table:table-cell></table:table-row>"
            "</table:table>",
            automatic='<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/>'
            '</style:style><style:style style:name="N"><style:text-properties style:text-line-through-style="none"/>'
            "</style:style>",
        ),
        "a.rtf": rtf(
            r"IGSN {\strike AU1101} AU1102, \striked1 IGSN AU1103\striked0 \par \strike0 IGSN AU1104\par "
            r"\trowd\intbl No\cell IGSN\cell\row\trowd\intbl 1\cell{\strike AU1105} lost\cell\row"
            r"\trowd\intbl 2\cell AU1106\cell\row\pard"
        ),
    }
    for name, content in data.items():
        states = {row["suffix"]: row["state"] for row in found(name, content)}
        assert {suffix for suffix, state in states.items() if state == "deleted"} >= {"AU1101", "AU1103"}, name
        assert {s for s, state in states.items() if state == "plain"} == {"AU1102", "AU1104", "AU1106"}, name
        assert codes(name, content, select=["IL101"]) == [], name


def lines(*texts: str, x: float = 50, y: float = 700, step: float = 13) -> list[tuple[float, float, str]]:
    return [(x, y - i * step, text) for i, text in enumerate(texts)]


def test_pdf_text_stands_by_page_and_urls_go_on_in_the_next_line() -> None:
    data = pdf(
        lines("The core igsn:10.58052/SSH000SUA was split. See https://doi.org/", "10.60516/AU1101 and others."),
        lines("Chips: https://doi.org/10.60516/", "AU1102, and the thin section https://doi.org/10.", "60516/AU1103."),
    )
    assert where("a.pdf", data) == {"SSH000SUA": "page 1", "AU1101": "page 1", "AU1102": "page 2", "AU1103": "page 2"}
    assert {row["form"] for row in found("a.pdf", data)} == {"curie", "url"}


def test_pdf_hyphen_at_a_line_end_keeps_both_readings() -> None:
    data = pdf(lines("We dated the sample IGSN: GFANT-", "0012 again."))
    row = found("a.pdf", data)[0]
    assert (row["suffix"], row["also"]) == ("GFANT0012", ["GFANT-0012"])
    assert codes("a.pdf", data, select=["IL216"]) == [("IL216", "page 1")]
    assert [rule for rule, _ in codes("a.pdf", data) if rule in {"IL106", "IL107", "IL108"}] == []


def test_pdf_hyphen_reading_that_stands_elsewhere_wins() -> None:
    data = pdf(lines("We dated the sample IGSN: GFANT-", "0012 again."), lines("Samples: GFANT-0012, others"))
    table_ = [(row["suffix"], row["also"], row["pointer"]) for row in found("a.pdf", data)]
    assert table_ == [("GFANT-0012", ["GFANT0012"], "page 1"), ("GFANT-0012", [], "page 2")]
    assert codes("a.pdf", data, select=["IL216"]) == []


def test_pdf_id_that_goes_on_in_the_next_line_is_as_long_as_others_that_begin_like_it() -> None:
    text = (
        "The DOIs https://doi.org/10.58095/MBCR5034RC57001, https://doi.org/10.58095/MBCR50",
        "34RC58001, 10.58095/MBCR5034RC6100",
        "1 and igsn:10.58095/MBCR5034RC59001",
        "2019 were found, as was IGSN IEJMA0007",
        "R2.",
    )
    found = ["MBCR5034RC57001", "MBCR5034RC58001", "MBCR5034RC59001", "MBCR5034RC61001"]
    assert sorted(suffixes("a.pdf", pdf(lines(*text)))) == ["IEJMA0007", *found]
    assert lint(("a.pdf", pdf(lines(*text))), select=["IL108", "IL216"]).findings == []


def test_pdf_doi_that_a_line_end_breaks_holds_no_white_space() -> None:
    longer = "A line that is longer than the one above, as far as one can see, is here."
    data = pdf(lines("the pumice https://doi.org/10.60510/GFKD", "M0021 of Santorini", longer))
    assert suffixes("a.pdf", data) == ["GFKDM0021"]
    assert lint(("a.pdf", data), select=["IL108", "IL216"]).findings == []


def test_pdf_id_that_goes_on_in_the_row_below_is_as_long_as_the_others_of_its_column() -> None:
    rows_ = [("Core", "IGSN", "TOC"), *((f"B-{i}H", f"MBCR5034RX0{i}001", "0.3") for i in range(1, 6))]
    rows_ += [("B-6H", "MBCR5034", "0.4"), ("", "RC57001", ""), ("B-7H", "MBCR5034RX07001", "0.4")]
    cells = [(50.0 + 120 * i, 700.0 - 14 * k, c) for k, row in enumerate(rows_) for i, c in enumerate(row) if c]
    whole = [f"MBCR5034RX0{i}001" for i in (1, 2, 3, 4, 5, 7)]
    assert sorted(suffixes("a.pdf", pdf(cells))) == ["MBCR5034RC57001", *whole]


@pytest.mark.parametrize(
    ("rows_", "ids"),
    [
        (
            [("Sample", "IGSN"), ("A-1", "IEABC0001"), ("A-2", "IEABC0001"), ("B-1", "1234567")],
            ["1234567", "IEABC0001", "IEABC0001"],
        ),
        (
            [("Parent IGSN", "IGSN"), ("IEABC0001", "1234567"), ("IEABC0001", "2345678")],
            ["1234567", "2345678", "IEABC0001", "IEABC0001"],
        ),
    ],
)
def test_pdf_ids_of_digits_are_no_rest_of_one_that_stands_twice(rows_: list[tuple[str, str]], ids: list[str]) -> None:
    cells = [(50.0 + 150 * i, 700.0 - 14 * k, c) for k, row in enumerate(rows_) for i, c in enumerate(row)]
    assert sorted(suffixes("a.pdf", pdf(cells))) == ids


def test_pdf_ids_of_which_a_narrow_column_cuts_all_at_one_place_are_read_whole() -> None:
    rows_ = [("Core", "IGSN", "Length")]
    for core, number in (("VC-0", "0000101"), ("VC-1", "0000102"), ("VC-2", "0000117")):
        rows_ += [(core, "GFWADVC0", "90 cm"), ("", number, "")]
    cells = [(50.0 + 120 * i, 700.0 - 14 * k, c) for k, row in enumerate(rows_) for i, c in enumerate(row) if c]
    whole = ["GFWADVC00000101", "GFWADVC00000102", "GFWADVC00000117"]
    assert sorted(suffixes("a.pdf", pdf(cells))) == whole


def test_pdf_soft_hyphen_in_a_line_is_a_hyphen() -> None:
    assert suffixes("a.pdf", pdf(lines("igsn:GeoB12802\u00ad13 was taken"))) == ["GeoB12802-13"]


def test_pdf_columns_are_never_joined() -> None:
    left = lines(
        "Basalt of the ridge was",
        "sampled as IGSN:",
        "AU1101 and then dated",
        "by one of us (see IGSN",
        "AU1103 below).",
    )
    right = lines(
        "MBCR5034 is no sample, it",
        "is a cruise, and the",
        "second is igsn:AU1102",
        "CSRWA275 is a place",
        "and nothing more.",
        x=320,
    )
    by_rows = [piece for pair in zip(left, right, strict=True) for piece in pair]
    assert sorted(suffixes("a.pdf", pdf(by_rows))) == ["AU1101", "AU1102", "AU1103"]
    assert sorted(suffixes("a.pdf", pdf(left + right))) == ["AU1101", "AU1102", "AU1103"]


def test_pdf_tables_label_the_cells_below_a_heading() -> None:
    rows_ = [
        ("Sample", "IGSN", "Mass (g)"),
        ("S-1", "IEWER7214", "17.4"),
        ("S-2", "IEMEG0002", "3.2"),
        ("S-3", "-", "5.0"),
    ]
    cells = [
        (x, 700.0 - 14 * i, text) for i, row in enumerate(rows_) for x, text in zip((50, 150, 300), row, strict=True)
    ]
    page = [*cells, *lines("The IGSN of each sample stands in the table; 17 were dated by us.", y=600)]
    for data in (pdf(page), pdf([(x, y - 200, text) for x, y, text in page], sideways=True)):
        assert where("a.pdf", data) == {"IEWER7214": "page 1, table", "IEMEG0002": "page 1, table"}
        assert codes("a.pdf", data, select=["IL1"]) == []


SAMPLES = ("IEWER7214", "IEMEG0002", "IEKLO00A3")


def printed_cells(heading: list[str], step: float) -> list[tuple[float, float, str]]:
    """Return a table whose cells are printed one by one; the lines of a heading end at the same height."""
    pieces: list[tuple[float, float, str]] = []
    for i, name in enumerate(heading):
        said = name.split("\n")
        pieces += [(50.0 + 120 * i, 700.0 + 12 * (len(said) - 1 - k), text) for k, text in enumerate(said)]
    for k, code in enumerate(SAMPLES):
        values = [code if "IGSN" in name else f"{i}.{k}" for i, name in enumerate(heading)]
        pieces += [(50.0 + 120 * i, 700.0 - step * (k + 1), value) for i, value in enumerate(values)]
    return pieces


@pytest.mark.parametrize("step", [12, 20])
@pytest.mark.parametrize(
    "heading",
    [
        ["Sample", "IGSN", "Lat", "Lab no."],
        ["Sample", "IGSN\nnumber", "Lat", "Lab no."],
        ["Sample", "Lat", "Sample\nIGSN"],
        ["Sample\nname", "IGSN", "Latitude\n(deg)", "Lab"],
        ["IGSN\n(SESAR)", "Sample", "Latitude\n(deg)", "Lab"],
        ["Name", "Parent\nsample\nIGSN", "Latitude\n(deg)", "Lab\nno."],
    ],
)
def test_pdf_headings_of_several_lines_name_their_columns(heading: list[str], step: float) -> None:
    data = pdf([*lines("Table 1. Samples of this study.", y=740), *printed_cells(heading, step)])
    assert where("a.pdf", data) == dict.fromkeys(SAMPLES, "page 1, table")


def test_pdf_headings_printed_line_by_line_name_their_columns() -> None:
    rows_ = [("Sample", "Parent", "Latitude"), ("name", "IGSN", "(deg)"), ("S-1", SAMPLES[0], "5.0")]
    cells = [(50.0 + 120 * i, 700.0 - 13 * k, text) for k, row in enumerate(rows_) for i, text in enumerate(row)]
    assert where("a.pdf", pdf(cells)) == {SAMPLES[0]: "page 1, table"}


def test_raised_marks_are_no_part_of_a_heading() -> None:
    text = "Sample    IGSNa\nS-1       IEWER7214\nS-2       IEMEG0002\n"

    def extents(words: list[tuple[int, int]]) -> list[Extent]:
        # A line has 16 characters at most, each 5 points wide; the mark stands 3 points above its line.
        found_ = []
        for start, end in words:
            line = text.rfind("\n", 0, start) + 1
            base = 700.0 - 14 * text.count("\n", 0, start) + 3 * (text[start] == "a")
            found_.append(Extent(5.0 * (start - line), 5.0 * (end - line), base))
        return found_

    page = Page(text, extents)
    cells = page.read([text.index("IGSN")], lambda a, b: False)[1]
    assert [page.cell_text(cell, lambda a, b: False).text for cell in cells] == ["IEWER7214", "IEMEG0002"]


def test_pdf_ids_that_the_width_of_their_cell_cuts_are_read_whole() -> None:
    rows_ = [(100 * i, code) for i, code in enumerate(["10.60510/ICDP5|054EHW0001", "10.60510/ICDP5|054EHW1001"])]
    cells: list[tuple[float, float, str]] = [(50, 700, "Sample"), (150, 700, "IGSN"), (300, 700, "Remark")]
    for down, code in rows_:
        one, other = code.split("|")
        y = 660.0 - down / 3
        cells += [
            (50, y, f"S{down}"),
            (150, y + 12, one),
            (150, y, other),
            (300, y + 12, "a remark"),
            (300, y, "on it"),
        ]
    assert suffixes("a.pdf", pdf(cells)) == ["ICDP5054EHW0001", "ICDP5054EHW1001"]
    by_lines = [
        ("Sample", "IGSN", "Rock"),
        ("S1", "10.58052/IE", "basalt"),
        ("", "TAB0001", ""),
        ("S2", "10.58052/IE", "gabbro"),
        ("", "TAB0002", "fine"),
    ]
    cells = [(50.0 + 100 * i, 700.0 - 12 * k, c) for k, row in enumerate(by_lines) for i, c in enumerate(row) if c]
    assert suffixes("a.pdf", pdf(cells)) == ["IETAB0001", "IETAB0002"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("10.58052/IETAB0001", "IETAB0002"), ("10.58052/IETAB0001", "0002"), ("10.58052/AU1101", "10.58052/AU1102")],
)
def test_pdf_two_ids_of_a_cell_are_never_joined(one: str, other: str) -> None:
    rows_ = [("Sample", "IGSN", "Rock"), ("S1", one, "basalt"), ("", other, "")]
    cells = [(50.0 + 120 * i, 700.0 - 12 * k, c) for k, row in enumerate(rows_) for i, c in enumerate(row) if c]
    assert one.partition("/")[2] in suffixes("a.pdf", pdf(cells))


def test_pdf_ids_that_the_width_of_a_line_cuts_are_read_whole() -> None:
    cut = "The core is found at the page https://doi.org/10.58052/IEPDF"
    assert suffixes("a.pdf", pdf(lines(cut, "0012 and it was split by the team."))) == ["IEPDF0012"]
    for behind in ("2012 was the year of it.", "contains the whole set.", "and 0012 others were split."):
        assert suffixes("a.pdf", pdf(lines(cut, behind))) == ["IEPDF"]
    longer = "A line that is longer than the one above, as far as one can see, is here."
    assert suffixes("a.pdf", pdf(lines(cut, "0012 and it was split by the team.", longer))) == ["IEPDF"]


def numbered(*texts: str, begin: int = 1, step: int = 1, gap: int = 30) -> list[tuple[float, float, str]]:
    """Return lines, double spaced, with their numbers in the margin."""
    placed: list[tuple[float, float, str]] = []
    for i, text in enumerate(texts):
        line = [(72.0, 790.0 - 26 * i, text)]
        if (number := begin + i) % step == 0:
            line.insert(0 if gap > 0 else 1, (72.0 - gap, 790.0 - 26 * i, str(number)))
        placed += line
    return placed


def test_pdf_numbers_of_lines_in_the_margin_are_no_text() -> None:
    prose = "The samples of this study were taken from drill cores that are stored in Perth"
    texts = [
        prose,
        "and the two halves of the first one, IGSN",
        "AU1104417, were cut in the laboratory of the survey, as was the core of the well",
        "CSRWA-",
        "60119 that lies beside it; see the pages https://doi.org/10.58108/",
        "CSRWA60204 and https://doi.org/10.58108/CSRWA60205 of the catalogue for all others.",
        *[prose] * 6,
    ]
    known = ["AU1104417", "CSRWA60119", "CSRWA60204", "CSRWA60205"]
    for data in (
        pdf(numbered(*texts)),
        pdf(numbered(*texts, begin=98)),
        pdf(numbered(*texts, *[prose] * 16, step=5)),
        pdf(numbered(*texts, gap=-440)),
    ):
        assert suffixes("a.pdf", data) == known
    assert [row["also"] for row in found("a.pdf", pdf(numbered(*texts)))][1] == ["CSRWA-60119"]


def test_pdf_numbers_that_count_no_lines_stay() -> None:
    ends = ["We took the core which the catalogue has below its doi.org/10.58052/", "IEPDF0012 and others of the set."]
    texts = [*ends, *["We took cores of the well and of others that lie beside it"] * 6]
    # Too few, not in order, as close as words
    for few in (
        numbered(*texts[:3]),
        [(x, y, {"2": "7"}.get(text, text)) for x, y, text in numbered(*texts[:6])],
        [(x, y, f"{i} {text}") for i, (x, y, text) in enumerate(numbered(*texts, step=1000), 1)],
    ):
        assert "IEPDF0012" not in suffixes("a.pdf", pdf(few))
    rows_ = [("No", "Sample", "IGSN"), *((str(i), f"S{i}", f"IEPDF000{i}") for i in range(1, 8))]
    cells = [(50.0 + 100 * i, 700.0 - 20 * k, c) for k, row in enumerate(rows_) for i, c in enumerate(row)]
    title = (50.0, 740.0, "Table S1. List of the samples of this study and of all others")
    assert suffixes("a.pdf", pdf([title, *cells])) == [f"IEPDF000{i}" for i in range(1, 8)]


def test_pdf_rows_beside_a_cell_that_spans_them_are_rows() -> None:
    cells: list[tuple[float, float, str]] = [(150, 700, "IGSN"), (300, 700, "Bag"), (400, 700, "Box")]
    for y, name, code in ((670.0, "B53", "IEROW0053"), (600.0, "B55", "IEROW0055")):
        cells += [(50, y, name), (150, y, code), (300, y, "bag 1"), (400, y, "K7")]
    cells[7:7] = [
        (50, 640, "B54"),
        (150, 650, "IEROW054A"),
        (300, 650, "bag 2"),
        (400, 650, "K8"),
        (150, 630, "IEROW054B"),
        (300, 630, "bag 3"),
        (400, 630, "K9"),
    ]
    assert sorted(suffixes("a.pdf", pdf(cells))) == ["IEROW0053", "IEROW0055", "IEROW054A", "IEROW054B"]


def test_pdf_rows_of_a_sparse_page_are_lines() -> None:
    rows_ = [("No", "Sample", "IGSN"), *((str(i), f"S{i}", f"IEPDF000{i}") for i in range(1, 8))]
    cells = [(50.0 + 100 * i, 700.0 - 14 * k, c) for k, row in enumerate(rows_) for i, c in enumerate(row)]
    assert suffixes("a.pdf", pdf(cells)) == [f"IEPDF000{i}" for i in range(1, 8)]
    assert suffixes("a.pdf", pdf(cells, sideways=True)) == [f"IEPDF000{i}" for i in range(1, 8)]


def test_pdf_letters_that_are_printed_one_by_one_on_a_sparse_page_are_words() -> None:
    def letters(x: float, y: float, text: str) -> list[tuple[float, float, str]]:
        return [(x + 6 * i, y, c) for i, c in enumerate(text) if c != " "]

    labels = [("Rock Store", "IGSN: AU1101"), ("Rock Store", "IGSN: ____"), ("Rock Store", "10.60516/AU1103")]
    page = [
        letter
        for i, label in enumerate(labels)
        for k, text in enumerate(label)
        for letter in letters(40 + 180 * i, 780 - 12 * k, text)
    ]
    link = ((400.0, 764.0, 490.0, 778.0), "https://doi.org/10.60516/AU1103")
    rows_ = found("a.pdf", pdf(page, font="Courier", links=[link]))
    assert [(row["suffix"], row["pointer"]) for row in rows_] == [("AU1101", "page 1"), ("AU1103", "page 1")]


def test_pdf_link_over_two_lines_may_be_wider_than_what_it_shows() -> None:
    target = "https://doi.org/10.58052/IEPDF"
    data = pdf(
        lines(
            "The page of the core is https://doi.org/10.58052/IE",
            "PDF and it was split by the whole of the team in 2019.",
        ),
        links=[((150, 697, 345, 710), target), ((50, 684, 74, 697), target)],
    )
    assert [(row["suffix"], row["role"]) for row in found("a.pdf", data)] == [("IEPDF", "cited")]


def test_pdf_forms_with_a_wide_gap_behind_the_colon_are_one_line() -> None:
    data = pdf([(50, 700, "Name:"), (200, 700, "Core 7"), (50, 686, "IGSN:"), (200, 686, "IEWER7214")])
    assert suffixes("a.pdf", data) == ["IEWER7214"]


def test_pdf_links_are_matched_to_their_text() -> None:
    shown = "The core 10.58052/SSH000SUA was split"
    data = pdf(
        lines(shown, "and another"),
        links=[
            ((93, 697, 190, 710), "https://doi.org/10.58052/SSH000SUB"),
            ((50, 684, 100, 697), "https://doi.org/10.60516/AU1102"),
        ],
    )
    assert codes("a.pdf", data, select=["IL211"]) == [("IL211", "page 1")]
    roles = {row["suffix"]: row["role"] for row in found("a.pdf", data)}
    assert roles == {"SSH000SUA": "cited", "SSH000SUB": "target", "AU1102": "target"}


def test_pdf_link_over_two_lines_proves_that_they_are_one_word() -> None:
    target = "https://doi.org/10.58052/SSH000SUA"
    data = pdf(
        lines("It is https://doi.org/10.58052/SSH", "000SUA as before."),
        links=[((86, 697, 254, 710), target), ((50, 684, 86, 697), target)],
        font="Courier",
    )
    assert [(row["suffix"], row["role"]) for row in found("a.pdf", data)] == [("SSH000SUA", "cited")]


HYPERLINKS = '<hyperlinks><hyperlink ref="B2" r:id="l"/></hyperlinks>'
LINKED = "https://doi.org/10.58052/IEJMA0001"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "a.docx",
            docx(paragraph("IGSN: ", f'<w:hyperlink r:id="l">{run("IEJMA0001")}</w:hyperlink>'), links={"l": LINKED}),
        ),
        ("a.pdf", pdf(lines("IGSN: IEJMA0001 was cut."), links=[((80, 697, 140, 710), LINKED)])),
        (
            "a.xlsx",
            xlsx(
                {
                    "D": sheet(
                        [["Sample", "IGSN"], ["a", "IEJMA0001"]],
                        '<hyperlinks><hyperlink ref="B2" r:id="l"/></hyperlinks>',
                    )
                },
                extra={"xl/worksheets/_rels/sheet1.xml.rels": relations(("l", "hyperlink", LINKED))},
            ),
        ),
    ],
)
def test_the_link_of_a_suffix_tells_its_doi(name: str, data: bytes) -> None:
    table_ = found(name, data)
    assert [(row["suffix"], row["prefix"], row["canonical"]) for row in table_] == [("IEJMA0001", None, LINKED)]
    assert [(sample.id, sample.canonical) for sample in samples(table_)] == [("10.58052/IEJMA0001", LINKED)]
    assert codes(name, data, select=["IL207"]) == []


def test_a_link_to_another_sample_tells_no_doi() -> None:
    shown = paragraph("IGSN: ", f'<w:hyperlink r:id="l">{run("IEJMA0002")}</w:hyperlink>')
    data = docx(shown, links={"l": LINKED})
    assert {row["suffix"]: row["canonical"] for row in found("a.docx", data)}["IEJMA0002"] is None
    assert codes("a.docx", data, select=["IL207"]) == [("IL207", "paragraph 1")]


BOOK = xlsx({"D": sheet([["Sample", "IGSN"], ["a", "IEJMA0001"]])})
PAGE = b"<html><table><tr><th>Sample</th><th>IGSN</th></tr><tr><td>a</td><td>IEJMA0001</td></tr></table></html>"
EXPORT = PAGE.replace(b"<html>", b'<html xmlns:o="urn:schemas-microsoft-com:office:office">')
PROSE = "It is igsn:10.58052/IEJMA0001, of course."


@pytest.mark.parametrize(
    ("name", "data", "content"),
    [
        ("a.docx", BOOK, "XLSX"),
        ("a.xls", PAGE, "HTML"),
        ("a.xlsx", EXPORT, "HTML"),
        ("a.xlsx", b"Sample,IGSN\na,IEJMA0001\n", "CSV"),
        ("a.xls", b"\xef\xbb\xbfSample\tIGSN\na\tIEJMA0001\n", "TSV"),
        ("a.doc", docx(PROSE), "DOCX"),
        ("a.doc", odt(f"<text:p>{PROSE}</text:p>"), "ODT"),
        ("a.doc", rtf(PROSE), "RTF"),
        ("a.dot", pdf(lines(PROSE)), "PDF"),
        ("a.doc", EXPORT, "HTML"),
    ],
)
def test_the_content_decides_what_an_office_file_is(name: str, data: bytes, content: str) -> None:
    assert suffixes(name, data) == ["IEJMA0001"]
    by_name = name.partition(".")[2].upper().replace("DOT", "DOC")
    messages = [finding.message for finding in lint((name, data), select=["IL006"]).findings]
    assert messages == [f"the content is {content}; by its name the file is {by_name}"]


@pytest.mark.parametrize("data", [b"", b"digraph { a -> b }", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
@pytest.mark.parametrize("name", ["a.doc", "a.dot"])
def test_other_old_word_files_are_not_read(name: str, data: bytes) -> None:
    report = lint((name, data))
    assert report.findings == []
    assert [notice.reason for notice in report.notices] == [f"files of this kind ({name[1:]}) are not read"]


@pytest.mark.parametrize("ending", ["docx", "odt", "pdf", "zip", "xlsx", "ods", "xls", "rtf", "json", "xml"])
def test_an_empty_file_is_silent(ending: str) -> None:
    report = lint((f"a.{ending}", b""))
    assert (report.findings, report.notices) == ([], [])


def test_docx_deleted_ids_under_a_heading_are_told_as_deleted() -> None:
    deleted = "<w:del><w:r><w:delText>{}</w:delText></w:r></w:del>"
    old = paragraph(deleted.format("IEDEL0009"), f"<w:ins>{run('IEDCX0009')}</w:ins>")
    gone, remark = (paragraph(deleted.format(text)) for text in ("IEDEL0008", "not yet known"))
    data = docx(table(["Sample", "IGSN"], ["a", old], ["b", gone], ["c", remark]))
    assert {row["suffix"]: row["state"] for row in found("a.docx", data)} == {
        "IEDCX0009": "plain",
        "IEDEL0009": "deleted",
        "IEDEL0008": "deleted",
    }


def test_docx_table_in_a_cell_under_a_heading_is_a_list() -> None:
    data = docx(table(["Sample", "IGSN"], ["a", table(["IEDCX0006"], ["IEDCX0007"]) + paragraph("")]))
    assert where("a.docx", data) == dict.fromkeys(["IEDCX0006", "IEDCX0007"], "table 1, row 2, column 2")
    assert codes("a.docx", data, select=["IL215"]) == []
    wide = docx(table(["Sample", "IGSN"], ["a", table(["half", "IGSN: IEDCX0006"]) + paragraph("")]))
    assert (suffixes("a.docx", wide), codes("a.docx", wide, select=["IL215"])) == (["IEDCX0006"], [])


def test_a_series_goes_on_in_the_notes_of_a_table_and_in_cells_that_look_like_it() -> None:
    rows_ = [["Sample", "IGSN", "Box"], ["S1", "IEKAR00G1", "IEKARB1"], ["S2", "IEKAR00H7", "IEKAR00H71"]]
    note = ["b Powder exhausted; second split IEKAR00H8.", "Registered as", "IEKAR00K2"]
    assert suffixes("a.docx", docx(table(*rows_, note))) == ["IEKAR00G1", "IEKAR00H7", "IEKAR00H8", "IEKAR00K2"]


def test_pdf_fields_of_forms_text_boxes_and_comments_are_read() -> None:
    data = pdf(
        lines("A loan form"),
        notes=[("Text", "see IGSN: IEABC0001"), ("Highlight", "10.58052/IEABC0002"), ("FreeText", "igsn:IEABC0003")],
        fields=[("sample.igsn1", "IEABC0004"), ("sample.weight", "220 g"), ("remark", "10.58052/IEABC0005")],
    )
    rows_ = sorted((row["suffix"], row["pointer"], row["state"]) for row in found("a.pdf", data))
    assert rows_ == [
        ("IEABC0001", "page 1, comment", "comment"),
        ("IEABC0002", "page 1, comment", "comment"),
        ("IEABC0003", "page 1, text box", "plain"),
        ("IEABC0004", "page 1, field sample.igsn1", "plain"),
        ("IEABC0005", "page 1, field remark", "plain"),
    ]


def test_pdf_without_a_text_layer_says_so() -> None:
    report = lint(("scan.pdf", pdf([])))
    assert [notice.reason for notice in report.notices] == ["no text, OCR not run"]
    assert report.findings == []


def test_pdf_names_its_pages_that_are_pictures() -> None:
    def notices(*pages: list[tuple[float, float, str]], pictures: tuple[int, ...]) -> list[str]:
        return [notice.reason for notice in lint(("a.pdf", pdf(*pages, pictures=pictures))).notices]

    text = lines("It is igsn:10.58052/IEJMA0001, of course.")
    assert notices(text, [], pictures=(2,)) == ["page 2 has no text, OCR not run"]
    assert notices(text, [], [], text, [], [], text, pictures=(3, 4, 5, 6)) == [
        "pages 3, 5-6 have no text, OCR not run"
    ]
    assert notices(text, [], pictures=(1,)) == []


def test_what_needs_a_password_or_is_cut_off_is_told(corpora: Path) -> None:
    planted = corpora / "planted"
    messages = {name: lint((name, (planted / name).read_bytes())).findings for name in ("enc.docx", "enc_user.pdf")}
    assert {(f.rule, f.message) for found_ in messages.values() for f in found_} == {
        ("IL001", "the file is password protected")
    }
    assert codes("trunc.docx", (planted / "trunc.docx").read_bytes()) == [("IL001", "file")]
    encrypted = packed(
        {"content.xml": b"\0", "META-INF/manifest.xml": '<m:manifest xmlns:m="m"><m:encryption-data/></m:manifest>'}
    )
    assert [f.message for f in lint(("a.odt", encrypted)).findings] == ["the file is password protected"]


def test_planted_word_document(corpora: Path) -> None:
    import json

    expected = json.loads((corpora / "planted" / "expected.jsonl").read_text("utf-8").splitlines()[0])
    table_ = found("plant.docx", (corpora / "planted" / "plant.docx").read_bytes())
    cited = [row["suffix"].upper() for row in table_ if row["role"] == "cited" and row["state"] != "deleted"]
    assert sorted(cited) == sorted(expected["distinct"])
    assert [row["suffix"] for row in table_ if row["role"] == "target"] == expected["link_targets_only"]
    assert [row["suffix"] for row in table_ if row["state"] == "deleted"] == expected["deleted_text_only"]


@pytest.mark.parametrize("ending", ["docx", "odt", "pdf", "rtf"])
@pytest.mark.parametrize("name", ["czimea_data_metadata", "essdive_instructions", "igsn_syntax"])
def test_derived_documents_say_the_same_as_their_source(corpora: Path, name: str, ending: str) -> None:
    folder = corpora / "manuscripts"
    source = (folder / "src" / f"{name}.md").read_bytes()
    derived = (folder / "derived" / f"{name}.{ending}").read_bytes()
    assert set(suffixes(f"a.{ending}", derived)) == set(suffixes("a.md", source))


def test_members_of_an_archive_are_documents_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inner = packed({"deep.txt": "igsn:DEEP00001", "more.zip": packed({"deeper.txt": "igsn:DEEP00002"})})
    bundle = packed(
        {
            "../../evil.txt": "igsn:EVIL00001",
            "C:\\x.md": "igsn:EVIL00002",
            "tables/a.docx": docx("igsn:WORD00001"),
            "inner.zip": inner,
            "silent.txt": "nothing of ours",
            "photo.jpeg": b"\xff\xd8",
            "cut.docx": docx("igsn:WORD00002")[:200],
        }
    )
    assert {row["path"]: row["suffix"] for row in found("b.zip", bundle)} == {
        "b.zip!/../../evil.txt": "EVIL00001",
        "b.zip!/C:/x.md": "EVIL00002",
        "b.zip!/tables/a.docx": "WORD00001",
        "b.zip!/inner.zip!/deep.txt": "DEEP00001",
    }
    report = lint(("b.zip", bundle))
    assert [(f.rule, f.path) for f in report.findings if f.rule == "IL001"] == [("IL001", "b.zip!/cut.docx")]
    assert [(n.path, n.reason) for n in report.notices] == [
        ("b.zip!/inner.zip!/more.zip", "archives in archives are read to a depth of 2")
    ]
    assert report.unread == {".jpeg": 1}
    assert list(tmp_path.iterdir()) == []


def test_records_in_an_archive_are_compared_with_one_another() -> None:
    record = '{{"doi": "10.58052/SSH000SUA", "types": {{"resourceTypeGeneral": "PhysicalObject"}}, "titles": [{}]}}'
    bundle = packed({"a.json": record.format(""), "b.json": record.format('{"title": "x"}')})
    findings = lint(("b.zip", bundle), select=["IL601"]).findings
    assert [(f.path, [r.path for r in f.related]) for f in findings] == [("b.zip!/b.json", ["b.zip!/a.json"])]


def test_archives_that_unpack_to_too_much_are_refused_and_told() -> None:
    bomb = packed({"a.txt": b"igsn " * 5_000_000})
    many = packed({f"{i}.txt": "igsn:AB00001" for i in range(30)})
    assert found("b.zip", bomb) == []
    assert len(found("m.zip", many)) == 30
    small = Settings(max_members=20)
    assert found("m.zip", many, small) == []


def test_documents_that_were_walked_are_named_only_where_they_concern_us(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx("nothing of ours"))
    (tmp_path / "b.odt").write_bytes(odt("igsn:10.58052/SSH000SUA"))
    (tmp_path / "c.pdf").write_bytes(pdf(lines("nothing")))
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04 cut")
    report = lint(tmp_path)
    assert report.files == 2
    assert [(f.rule, f.path.rsplit("/", 1)[1]) for f in report.findings if f.severity == "error"] == [
        ("IL001", "d.docx")
    ]


FILES = {
    "docx": docx(
        paragraph(
            "see igsn:10.58052/SSH000SUA ", FIELD.format(' HYPERLINK "https://doi.org/10.60516/AU1101"', run("x"))
        ),
        table(("Sample", "IGSN"), ("a", "IEWER7214")),
        parts={"footnotes": f'<w:footnote w:id="3">{paragraph("igsn:FOOT0003")}</w:footnote>'},
    ),
    "odt": odt(
        "see igsn:10.58052/SSH000SUA ",
        '<text:p><text:a xlink:href="https://doi.org/10.60516/AU1101">x</text:a></text:p>',
    ),
    "rtf": rtf(
        r'igsn:10.58052/SSH000SUA\par{\field{\*\fldinst HYPERLINK "https://doi.org/10.60516/AU1"}{\fldrslt x}}\u-3?'
    ),
    "pdf": pdf(
        lines("see igsn:10.58052/SSH-", "000SUA", "Sample     IGSN"),
        [(50, 600, "Sample"), (200, 600, "IGSN"), (50, 580, "a"), (200, 580, "IEWER7214")],
        links=[((50, 690, 200, 710), "https://doi.org/10.60516/AU1101")],
    ),
    "zip": packed(
        {"a.txt": "igsn:10.58052/SSH000SUA", "b.docx": docx("igsn:AU1101"), "c.zip": packed({"d.txt": "igsn"})}
    ),
}


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.pdf", "a.rtf", "a.zip", "a.txt", "a"])
@pytest.mark.parametrize("ending", ["docx", "odt", "pdf", "rtf"])
def test_the_content_decides_what_a_file_is(name: str, ending: str) -> None:
    assert "SSH000SUA" in {row["suffix"].replace("-", "") for row in found(name, FILES[ending])}
    told = [f.rule for f in lint((name, FILES[ending])).findings if f.rule in {"IL001", "IL002", "IL003"}]
    assert told == []


@pytest.mark.parametrize("ending", FILES)
def test_truncated_files_end_in_a_finding_or_what_is_left(ending: str) -> None:
    whole = FILES[ending]
    for length in {*range(0, len(whole), max(1, len(whole) // 60)), *range(max(0, len(whole) - 12), len(whole))}:
        report = lint((f"x.{ending}", whole[:length]))
        assert report.failures == []
        if not length:
            # An empty file is silent.
            assert (report.findings, report.notices) == ([], [])
        elif length < len(whole) - 12:
            assert report.findings or report.notices, length


@pytest.mark.parametrize("ending", FILES)
def test_flipped_bytes_never_break_a_reader(ending: str) -> None:
    chance = random.Random(10273)
    whole = FILES[ending]
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert lint((f"x.{ending}", bytes(data))).failures == []


@given(
    st.sampled_from([*FILES, "docm", "ott"]),
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"{\\rtf1 "]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_a_report(ending: str, data: bytes, begin: bytes) -> None:
    assert lint((f"x.{ending}", begin + data)).failures == []


RTF = st.lists(
    st.sampled_from(
        [
            "{",
            "}",
            "\\par ",
            "\\cell ",
            "\\row ",
            "\\intbl ",
            "\\pard ",
            "{\\footnote ",
            "{\\field",
            "{\\*\\fldinst HYPERLINK x}",
            "{\\fldrslt ",
            "\\ftnalt ",
            "\\u-10179?",
            "\\u-8704?",
            "\\uc3 ",
            "\\'e4",
            "\\bin4 ",
            "igsn:AU1101 ",
            "{\\*\\annotation ",
            "\\deleted ",
            "\\plain ",
            "{\\fonttbl",
            "\\f1\\fcharset128 ",
            "{\\info{\\title ",
            "\\*",
            "\\",
            "\\shptxt ",
            "{\\header ",
        ]
    ),
    max_size=40,
)


@given(RTF)
@settings(max_examples=200, deadline=None)
def test_any_control_words_end_in_a_report(words: list[str]) -> None:
    assert lint(("x.rtf", rtf("".join(words)))).failures == []


_ELEMENTS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "del",
    "ins",
    "hyperlink",
    "fldChar",
    "instrText",
    "txbxContent",
    "sdt",
    "body",
    "rPr",
]


@given(
    st.recursive(
        st.sampled_from(["igsn:AU1101", "x"]),
        lambda inner: st.tuples(st.sampled_from(_ELEMENTS), st.lists(inner, max_size=4)),
        max_leaves=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_nesting_of_elements_ends_in_a_report(tree: Any) -> None:
    def xml(node: Any) -> str:
        return node if isinstance(node, str) else f"<w:{node[0]}>{''.join(map(xml, node[1]))}</w:{node[0]}>"

    body = f"<w:p>{xml(tree)}</w:p>{xml(tree) if not isinstance(tree, str) else ''}"
    assert lint(("x.docx", docx(body))).failures == []


def test_deep_and_long_documents_end_in_time() -> None:
    import time

    begin = time.monotonic()
    deep = "<w:sdt><w:sdtContent>" * 120 + paragraph("igsn:AU1101") + "</w:sdtContent></w:sdt>" * 120
    assert suffixes("a.docx", docx(deep)) == ["AU1101"]
    assert lint(("a.docx", docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000))).findings
    lint(("a.rtf", rtf("{" * 100_000 + "igsn:AU1101")))
    lint(("a.rtf", rtf("\\cell " * 50_000)))
    lint(("a.docx", docx("".join(paragraph(f"igsn:10.58052/AB{i:06d}") for i in range(3000)))))
    lint(("a.pdf", pdf([(50 + 3 * (i % 150), 780 - i // 150, "igsn") for i in range(6000)])))
    lint(("a.pdf", pdf([(x, 700 - 10 * y, "IGSN") for y in range(60) for x in range(50, 550, 60)])))
    assert time.monotonic() - begin < 60


def test_findings_come_in_the_order_of_the_paragraphs_and_not_of_the_rules() -> None:
    data = docx(
        *(paragraph(run(f"IGSN: 10.60516/AU11{i:02} and http://dx.doi.org/10.60516/AU12{i:02}")) for i in range(12))
    )
    findings = lint(("paper.docx", data), select=["IL201", "IL208"]).findings
    places = [(f"paragraph {n}", rule) for n in range(1, 13) for rule in ("IL208", "IL201")]
    assert [(finding.pointer, finding.rule) for finding in findings] == places


def test_no_rule_says_what_to_write_for_an_id_that_can_be_read_in_two_ways() -> None:
    page = lines(
        "See IGSN: 10.60510/GFANT-", "0012, doi: 10.60510/GFANT-", "0013, http://dx.doi.org/10.60510/GFANT-", "0014."
    )
    report = lint(("a.pdf", pdf(page)), profile="cite")
    told = {finding.rule for finding in report.findings if finding.rule != "IL216"}
    assert told == {"IL201", "IL202", "IL208", "IL210"}
    assert [finding.replacement for finding in report.findings if finding.replacement is not None] == []
    # Elsewhere it stands in one line.
    whole = lint(("a.pdf", pdf(page, lines("Samples: GFANT-0012"))), profile="cite", select=["IL208", "IL210", "IL216"])
    written = {finding.replacement for finding in whole.findings if finding.identifier == "10.60510/GFANT-0012"}
    assert written == {"igsn:10.60510/GFANT-0012", "https://doi.org/10.60510/GFANT-0012"}


def test_an_id_that_stands_elsewhere_in_both_readings_stays_doubtful() -> None:
    data = pdf(lines("We dated igsn:10.60510/GFANT-", "0012 again."), lines("Others: GFANT-0012 and GFANT0012, too"))
    assert codes("a.pdf", data, select=["IL216"]) == [("IL216", "page 1")]


def test_a_passage_of_a_page_is_cut_between_words() -> None:
    words = ["Granite", "gneiss", "schist", "basalt", "andesite", "rhyolite", "dolerite", "gabbro"]
    data = pdf(lines(*words, "doi:10.58052/IEKWV0005", *reversed(words)))
    (finding,) = lint(("a.pdf", data), select=["IL202"]).findings
    first, *between, last = finding.lines[0].split()
    assert (first, last) == ("…", "…")
    assert set(between) <= {*words, "doi:10.58052/IEKWV0005"}
