"""Places and ways of writing in which an ID is easily overlooked, and what looks like one there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import docx, odt, paragraph, rtf

from igsn_lint.api import Input, lint
from igsn_lint.engine import documents
from igsn_lint.inventory import rows
from igsn_lint.model import Settings


def found(name: str, data: str | bytes) -> list[str]:
    """Return the suffixes in a file, in the order in which they stand, without placeholders and deleted ones."""
    content = data.encode() if isinstance(data, str) else data
    listed = []
    for document, mentions in documents([Input(name, lambda: content, named=True)], Settings()):
        listed += [row["suffix"] for row in rows(document, mentions) if row["state"] not in ("placeholder", "test")]
    return listed


@pytest.mark.parametrize(
    "text",
    [
        "The core (IGSN\u00a0ID AU1101) was cut.",
        "The core is IGSN\nnumber: AU1101 and",
        "The core is IGSN\u00a0number:\u00a0AU1101.",
        "See http://igsn.org/\nAU1101 for it.",
        "See https://app.geosamples.org/sample/igsn/\r\nAU1101.",
        "See http://hdl.handle.net/api/handles/10273/AU1101.",
    ],
)
def test_blanks_and_line_breaks_inside_a_tag_or_url_hide_no_id(text: str) -> None:
    assert found("a.txt", text) == ["AU1101"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("(n° IGSN « BFBGX-118204 » et « BFBGX-118207 »)", ["BFBGX-118204", "BFBGX-118207"]),
        ("n° IGSN «\u00a0BFBGX-118204\u00a0» à «\u202fBFBGX-118208\u202f»", ["BFBGX-118204", "BFBGX-118208"]),
        ("IGSN번호는「KGM000017A」이며", ["KGM000017A"]),
        ("시료의 IGSN은 IEDHJ0001이다", ["IEDHJ0001"]),
        ("試料ODP02Q7KA（IGSN）である", ["ODP02Q7KA"]),
        ("IGSNは2011年に、IGSN은 2011년에", []),
        ("IGSN: IETUA0310\u2011IETUA0318", ["IETUA0310", "IETUA0318"]),
        ("the handle is hdl.handle.net/10273/\n\nBAR00F1C902, used", ["BAR00F1C902"]),
    ],
)
def test_quotes_and_particles_of_other_languages_hide_no_id(text: str, codes: list[str]) -> None:
    assert found("a.txt", text) == codes


LEADS = [
    "The IGSNs of all samples are listed below.",
    "Each line gives the IGSN and what remains.",
    "Samples used (IGSN, rock):",
    "List of IGSNs",
    "Die IGSN der Proben sind nachstehend genannt.",
    "Les IGSN des échantillons sont donnés ci-dessous.",
]
NO_LEADS = [
    "No IGSN was registered for the samples listed below.",
    "The accession,glis_doi,igsn",
    "The IGSN71 stations are listed below.",
    "IGSNs will be assigned to the samples listed below:",
    "IGSNs have been requested for all samples in this list:",
    "The samples have an IGSN and come from the following cruises:",
    "The IGSN of each sample is in Table 1. GenBank accessions follow.",
    "IGSN project partners:",
    "How to get an IGSN",
    "IGSN support",
    "See info@igsn.org for the following samples.",
    "An IGSN names a sample for the world and for all time, which makes it dear to those who look after many of them.",
]


@pytest.mark.parametrize("form", ["a.md", "a.txt", "a.tex", "a.html", "a.docx", "a.odt"])
@pytest.mark.parametrize("lead", [*LEADS, *NO_LEADS])
def test_lists_that_a_paragraph_introduces_hold_ids(lead: str, form: str) -> None:
    items = ["IEWTC0011 – half a core", "IEWTC0012 – powder, see its IGSN page", "IEWTC0013"]
    written: dict[str, str | bytes] = {
        "a.md": f"{lead}\n\n" + "".join(f"1. {item}\n" for item in items),
        "a.txt": f"{lead}\n\n" + "".join(f"{item}\n" for item in items),
        "a.tex": r"\begin{document}"
        + lead
        + r" \begin{itemize}"
        + "".join(rf"\item {item} " for item in items)
        + r"\end{itemize}\end{document}",
        "a.html": f"<p>{lead}</p><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>",
        "a.docx": docx("".join(map(paragraph, [lead, *items]))),
        "a.odt": odt("".join(f"<text:p>{item}</text:p>" for item in [lead, *items])),
    }
    assert found(form, written[form]) == (["IEWTC0011", "IEWTC0012", "IEWTC0013"] if lead in LEADS else [])


@pytest.mark.parametrize("lead", ["List of IGSNs", "Sample IGSN", "IGSN numbers"])
def test_a_heading_names_several_ids_or_a_field(lead: str) -> None:
    assert found("a.txt", f"{lead}\n\nIEWTC0011\nIEWTC0012\n") == ["IEWTC0011", "IEWTC0012"]


def test_an_item_that_speaks_of_igsn_does_not_change_its_list() -> None:
    items = ["IGSNs of the samples:", "AU1101 is listed with an IGSN", "BU1102", "CX1103"]
    assert found("a.docx", docx(*items)) == ["AU1101", "BU1102", "CX1103"]


def test_a_url_shortly_before_another_one_does_not_hide_it() -> None:
    text = "https://www.geosamples.org/profile?igsn=IEABC0001 and igsn.org/IEABC0002"
    assert found("a.txt", text) == ["IEABC0001", "IEABC0002"]


def test_underscores_belong_to_codes_in_capitals_only() -> None:
    assert found("a.txt", "igsn:CSR_WA0042, and igsn: sample_name2 is a variable") == ["CSR_WA0042"]
    assert found("a.tex", r"\texttt{IGSN: CSR\_WA0042}") == ["CSR_WA0042"]


def test_ligatures_in_an_id_are_its_letters() -> None:
    assert found("a.txt", "igsn:10.58052/ieﬁx0012 is bad to copy") == ["iefix0012"]


def test_entities_in_markdown_are_what_they_stand_for() -> None:
    assert found("a.md", "IGSN:&nbsp;AU1101, igsn:10.58052/IE&shy;ABC0001, `IGSN:&nbsp;AU1102`") == [
        "AU1101",
        "IEABC0001",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rock\tIGSN\tDepth\ntuff\tIEABC0001\t0.3\ngneiss\t\t0.4\nbasalt\tIEABC0002; IEABC0003\t0.5\n\nEnd KV0001.\n",
        "| Rock | IGSN |\n|------|------|\n| tuff | IEABC0001 |\n| tuff | IEABC0002, IEABC0003 |\n",
        "Rock     IGSN\u00a0¹     m\n----     ------     --\n"
        "tuff     IEABC0001  1\ntuff     IEABC0002²  1\ntuff                1\ntuff     IEABC0003  1\n",
        " igsn      | n\n-----------+---\n IEABC0001 | 1\n IEABC0002 | 2\n           | 3\n IEABC0003 | 4\n(4 rows)\n",
        "┏━━━┳━━━━━━━━━━━┓\n┃ n ┃ IGSN ┃\n┡━━━╇━━━━━━━━━━━┩\n"
        "│ 1 │ IEABC0001 │\n│   │ IEABC0002 │\n├───┼───┤\n│ 3 │ IEABC0003 │\n└───┴───┘\n",
        "n   Rock    IGSN §     SiO2\n----------------------------\n1   tuff    IEABC0001*  51.2\n"
        "2           IEABC0002 ‡  51.2\n3   tuff              49.0\n4   basalt  *IEABC0003\n-----\n§ see A1\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_tables_in_plain_text_have_columns(text: str, encoding: str) -> None:
    assert found("a.txt", text.encode(encoding)) == ["IEABC0001", "IEABC0002", "IEABC0003"]


@pytest.mark.parametrize(
    "text",
    [
        "sample, IGSN, depth\nKV-1, IEABC0001, 3\nKV-2, n/a, 3\nKV-3, IEABC0002, 4\n\nEnd.\n",
        "# sample;IGSN;depth\nKV-1;IEABC0001;3,2\nKV-2;IEABC0002;4,1\n",
        "Samples\n\nIGSN\nIEABC0001\nIEABC0002\n\nEnd, KV00003.\n",
        "IGSN:\n\nIEABC0001\nIEABC0002\nEnd.\nKV00003\n",
        "Rock   IGSN\n\ntuff   IEABC0001\ntuff   IEABC0002\n\nsand   KV00003\n",
    ],
)
def test_columns_in_plain_text_may_be_parted_by_commas_or_stand_alone(text: str) -> None:
    assert found("a.txt", text) == ["IEABC0001", "IEABC0002"]


@pytest.mark.parametrize(
    "text",
    [
        "We give a DOI, IGSN, and ORCID iD,\nas in KV00012, where basalt, tuff and sand lie.\n",
        "DOI, IGSN, ORCID\nare IDs, as of 2019, and more\n",
        "IGSN\n2019\nKV 0012 and more\n",
        "IGSN\n\n12.3.2019\n2019-2\n",
        "IGSN\n\nTable3\n",
        "IGSN\nGeneral Assembly 2019\n",
        "Name   IGSN\n\nThis   is KV00012\n",
    ],
)
def test_words_around_commas_and_line_ends_are_no_columns(text: str) -> None:
    assert found("a.txt", text) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n    ", "\n> "])
def test_a_line_of_plain_text_may_end_inside_an_id(end: str) -> None:
    text = f"Rocks (IGSN: IEABC-{end}0001), 10.58052/IEABC-{end}0002; again IGSN IEABC-{end}0003, not IEABC0003.\n"
    listed = [
        (row["suffix"], row["also"], row["line"])
        for document, mentions in documents([Input("a.txt", text.encode, named=True)], Settings())
        for row in rows(document, mentions)
    ]
    assert listed[:2] == [("IEABC0001", ["IEABC-0001"], 1), ("IEABC0002", ["IEABC-0002"], 2)]
    # What stands unbroken elsewhere says which reading is meant.
    assert [found for found, *_ in listed[2:]] == ["IEABC0003", "IEABC0003"]


def test_no_edit_goes_over_the_line_end_inside_an_id() -> None:
    text = "Table 1\nn | IGSN\n1 | IEABC0009\n\nIGSN:10.58052/IEABC-\n0001 was used.\n"
    report = lint(("a.txt", text.encode()))
    assert {f.rule for f in report.findings} >= {"IL208", "IL216"}
    edits = [edit for finding in report.findings for edit in finding.edits]
    assert edits
    assert all(edit.region.line == edit.region.end_line for edit in edits)


@pytest.mark.parametrize(
    "text",
    [
        "IGSN and rocks of 2019-\n2020, KR17-\nD04",
        "IGSN-\nIDs and the DOI-\nNUMBER of\n",
        "IGSN are for the A-\nB1, in the SAMPLE-\nS1 of\n",
    ],
)
def test_other_words_that_a_line_breaks_are_no_ids(text: str) -> None:
    assert found("a.txt", text) == []


def test_rows_that_do_not_fit_below_their_headings_are_left_out() -> None:
    head = "n   Rock    IGSN       Box\n"
    assert found("a.txt", f"{head}1   tuff    IEABC0001  B1\n2   rhyolitic tuff  IEABC0002\n3   IEABC0003  B2\n") == [
        "IEABC0001"
    ]


def test_the_heading_of_the_last_column_is_no_tag_of_the_next_line() -> None:
    assert found("a.txt", "Sample\tParent IGSN\nKV-12\tIEABC0001\n") == ["IEABC0001"]
    assert found("a.txt", "Sample  Rock  IGSN\nKV-12, a tuff\n") == []


@given(st.text(alphabet="IGSNigsn \t|\n\r12AU", max_size=200))
def test_no_table_in_a_text_breaks_the_reader(text: str) -> None:
    for document, mentions in documents([Input("a.txt", text.encode, named=True)], Settings()):
        for row in rows(document, mentions):
            assert row["line"] is not None


def office(*paragraphs: str) -> dict[str, bytes]:
    return {"a.docx": docx(*paragraphs), "a.odt": odt(*paragraphs), "a.rtf": rtf(r"\par ".join(paragraphs) + r"\par ")}


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.rtf"])
def test_paragraphs_below_one_that_ends_with_a_tag_are_a_list(name: str) -> None:
    listed = office(
        "New samples (IGSN):", "IEABC0001", "IEABC0002, basalt", "IEABC0003 (lost)", "All were cut.", "IEABC0004"
    )
    assert found(name, listed[name])[:3] == ["IEABC0001", "IEABC0002", "IEABC0003"]


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.rtf"])
def test_a_list_ends_where_something_else_stands(name: str) -> None:
    assert found(name, office("IGSN IDs:", "IEABC0001", "Field names follow.", "KV12345")[name]) == ["IEABC0001"]
    assert found(name, office("On the IGSN:", "It is an ID.", "KV12345")[name]) == []
    assert found(name, office("Our IGSN samples and others:", "KV12345")[name]) == []


def test_bare_ids_of_a_series_that_the_text_names_are_found() -> None:
    text = "IGSN IERSK0041 to IERSK0060 are on the roll. We used IERSK0043 and «IERSK0044»."
    assert found("a.txt", text) == ["IERSK0041", "IERSK0060", "IERSK0043", "IERSK0044"]


@pytest.mark.parametrize(
    "text",
    [
        "IGSN IERSK0041 is the core; IERSK0043 is a box.",  # one ID shows no series
        "IGSN IERSK0041 and IERSK0060; IERSK0043-dup, IERSK00431, XIERSK0043, IERSK004a1, x/IERSK0043",
        "IGSN AU1101, AU1102. AU1103 is a road",  # too short a stem
    ],
)
def test_what_only_resembles_a_series_is_not_found(text: str) -> None:
    assert len(found("a.txt", text)) == 2 - text.count("box")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("IGSN IEBRV006K, IEBRV00BK are here. Else send IEBRV007K.", ["IEBRV006K", "IEBRV00BK", "IEBRV007K"]),
        (
            "IGSN: CDR00FSH2B4L1, IGSN CDR00FSH2BT1; hole CDR00FSH2B, archive half CDR00FSH2B4L1A, CDR00FSH2B4L1a",
            ["CDR00FSH2B4L1", "CDR00FSH2BT1", "CDR00FSH2B", "CDR00FSH2B4L1A", "CDR00FSH2B4L1a"],
        ),
        ("Name | IGSN\nA1 | GFFKE001H\nA2 | GFFKE002H\n\nBlock GFFKE0010.\n", ["GFFKE001H", "GFFKE002H", "GFFKE0010"]),
        (
            "IGSN IEBRV006K, IEBRV00BK.\n\n"
            "```r\nx <- c('IEBRV007K', grepl('^IEBRV00[0-9]$', 'IEBRV006'))\n# 'IEBRV008K'\n```\n",
            ["IEBRV006K", "IEBRV00BK", "IEBRV007K"],
        ),
        # Too short a beginning, other lengths, capitals and digits missing
        ("IGSN AU110123, AU110124 were cut. Boxes AU12345A, AU11.", ["AU110123", "AU110124"]),
        ("IGSN IEBRV006K, IEBRV00BK. Not IEBRV1, IEBRV00000006K, Iebrv007K, IEBRVABCD", ["IEBRV006K", "IEBRV00BK"]),
    ],
)
def test_kin_of_known_ids_in_running_text_are_ids(text: str, ids: list[str]) -> None:
    assert found("a.md" if "```" in text else "a.txt", text) == ids


@pytest.mark.parametrize(
    ("text", "ids", "ranges"),
    [
        ("IGSN Numbers: IEAAA0001-IEAAA0009 (tuff)", ["IEAAA0001", "IEAAA0009"], 1),
        ("igsn:10.58052/IEAAA0001-IEAAA0009", ["IEAAA0001", "IEAAA0009"], 1),
        (
            "IGSN IEAAA0001-IEAAA0009, IEBBB0001 to IEBBB0009",
            ["IEAAA0001", "IEAAA0009", "IEBBB0001", "IEBBB0009"],
            2,
        ),
        ("IGSN NWXMAB00010-002-001, IGSN: IEAAA0001-IEAAA0001-2", ["NWXMAB00010-002-001", "IEAAA0001-IEAAA0001-2"], 0),
    ],
)
def test_the_ends_of_a_range_are_two_ids(text: str, ids: list[str], ranges: int) -> None:
    assert found("a.txt", text) == ids
    report = lint(("a.txt", text.encode()), select=["IL214"])
    assert sum(finding.count for finding in report.findings) == ranges


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The IGSN of the core is IEAAA0001.", ["IEAAA0001"]),
        ("Die IGSN der Probe lautet IEAAA0001.", ["IEAAA0001"]),
        ("L’IGSN de l’échantillon est IEAAA0001.", ["IEAAA0001"]),
        ("The IGSNs are\n  IEAAA0001 and IEAAA0002.", ["IEAAA0001", "IEAAA0002"]),
        ("The sample's IGSN, IEAAA0001, is printed.", ["IEAAA0001"]),
        ("an International Geo Sample Number (IGSN; e.g., IEAAA0001)", ["IEAAA0001"]),
        ("IGSN assigned: SSH000SUA (basalt), SSH000SUB (gabbro).", ["SSH000SUA", "SSH000SUB"]),
        ("IGSN members are DE123456 and others; IGSN is ISO123456.", []),
        ("Following IGSN, MSM63012 was a cruise. IGSN, ISSN12345678, and ORCID00001234, are identifiers.", []),
        ("The IGSN registered samples (KR170401A) are ours. The IGSN core KR170401A is ours.", []),
        ("IGSN assigned: see Table S12. IGSN used here: KR17-04.", []),
        ("Their IGSN begin with XXAB: XXAB0019A, XXAB0019B.", ["XXAB0019A", "XXAB0019B"]),
        ("Their IGSN begin with XXAB: ABCD0019A was a cruise.", []),
    ],
)
def test_a_sentence_leads_from_the_word_igsn_to_the_code(text: str, ids: list[str]) -> None:
    assert found("a.txt", text) == ids


@pytest.mark.parametrize(
    ("heading", "cell", "ids"),
    [
        ("Sample (IGSN)", "U1492C-3F-2W (IEKTM000A)", ["IEKTM000A"]),
        ("Core sample (IGSN)", "MB-12a (IEKTM000A, IEKTM000B)", ["IEKTM000A", "IEKTM000B"]),
        ("Sample (IGSN)", "IEKTM000A (core)", ["IEKTM000A"]),
        ("Sample (IGSN)", "IEKTM000A", ["IEKTM000A"]),
        ("IGSN (field name)", "IEKTM000A (MB000012)", ["IEKTM000A"]),
    ],
)
def test_a_heading_of_name_and_id_says_which_is_which(heading: str, cell: str, ids: list[str]) -> None:
    assert found("a.csv", f'No,{heading}\n1,"{cell}"\n') == ids


@pytest.mark.parametrize("cell", ["n.r.", "s/n", "NR", "ohne Nummer", "sin número"])
def test_what_says_that_there_is_no_number_is_no_id(cell: str) -> None:
    text = f"Sample,IGSN\nS1,AU1101\nS2,{cell}\n".encode()
    assert found("a.csv", text) == ["AU1101"]
    assert [finding.rule for finding in lint(("a.csv", text)).findings] == ["IL215"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("igsn:10.XXXXX/XXXXXXXXX or https://doi.org/10.58052/... or igsn:10.58052/IEXXX0000, IGSN: IE#######", []),
        ("The page is at https://doi.org/10.58052/ followed by the code, or `https://doi.org/10.58052/` + code.", []),
        ("The page is at https://doi.org/10.58052/ for all.", [""]),
        ("Suffixes only: prepend https://doi.org/10.58052/ to each of them.", []),
        ("They resolve under https://doi.org/10.58052/. 番号は https://doi.org/10.58052/ に続けて", []),
        ("| x | IGSN |\n|--|--|\n| a | 10.XXXXX/… |\n", []),
        ("The identifiers will start with 10.60510/ICDP5064, followed by a letter.", []),
        ("The profile begins with 10.60510/GFABC0001 and ends with 10.60510/GFABC0009.", ["GFABC0001", "GFABC0009"]),
        ("IGSN: ＩＥＡＡＡ０００１", ["IEAAA0001"]),
    ],
)
def test_what_stands_for_any_id_is_none(text: str, ids: list[str]) -> None:
    assert found("a.md", text) == ids


def test_a_struck_out_id_of_a_table_in_markdown_is_deleted() -> None:
    text = "| x | IGSN |\n|--|--|\n| a | ~~IEABC0001~~ mixed up |\n| b | ~~IEABC0002~~ |\n| c | IEABC0003 |\n"
    ((_, mentions),) = documents([Input("a.md", text.encode, named=True)], Settings())
    assert [(mention.suffix, mention.state) for mention in mentions] == [
        ("IEABC0001", "deleted"),
        ("IEABC0002", "deleted"),
        ("IEABC0003", "plain"),
    ]


def test_a_series_is_known_beside_many_long_ids_without_one() -> None:
    others = " ".join(f"igsn:10.58052/XQ{i:02}ABCDEF{i:03}," for i in range(30))
    text = f"IGSN G7B210101 and IGSN G7B210102, then {others} and G7B210105."
    assert {"G7B210101", "G7B210102", "G7B210105"} <= set(found("a.txt", text))


def test_codes_beside_a_series_in_cells_are_other_things() -> None:
    told = json.dumps({"text": "igsn:IERSK0041, igsn:IERSK0042", "box": "IERSK0043"})
    assert found("a.json", told) == ["IERSK0041", "IERSK0042"]


def test_lists_in_a_cell_may_have_remarks_slashes_and_footnote_marks() -> None:
    text = 'Sample,IGSN\na,"IEABC0001, IEABC0002 (duplicate)"\nb,IEABC0003 / IEABC0004\nc,IEABC0005²\n'
    assert found("a.csv", text) == ["IEABC0001", "IEABC0002", "IEABC0003", "IEABC0004", "IEABC0005"]


@pytest.mark.parametrize(
    "cell",
    ["IEABC0001*", "IEABC0001 **", "IEABC0001†", "IEABC0001 ‡", "IEABC0001ᵃ", "IEABC0001§", "IEABC0001[1]",
     "*IEABC0001", "IEABC0001[^note]", "IEABC0001 [#dry]_", "IEABC0001²⁾", " IEABC0001¹ "],
)  # fmt: skip
def test_marks_of_footnotes_are_no_part_of_a_value(cell: str) -> None:
    assert found("a.csv", f"Sample;IGSN\na;{cell}\n") == ["IEABC0001"]
    assert found("a.csv", f"Sample;IGSN\na;{cell}, IEABC0002\n") == ["IEABC0001", "IEABC0002"]


@pytest.mark.parametrize(
    "cell",
    ["IEABC0001 + IEABC0002", "IEABC0001 or IEABC0002", "IEABC0001 ou IEABC0002", "IEABC0001 = IEABC0002",
     "IEABC0001 -> IEABC0002", "IEABC0001-IEABC0002", "IEABC0001 to IEABC0002", "IEABC0001 bis IEABC0002",
     "(IEABC0001), [IEABC0002]", "'IEABC0001' i 'IEABC0002'"],
)  # fmt: skip
def test_lists_and_ranges_in_a_cell_are_their_members(cell: str) -> None:
    assert found("a.csv", f"Sample;IGSN\na;{cell}\n") == ["IEABC0001", "IEABC0002"]


@pytest.mark.parametrize("code", ["GEOB12802-13", "JHAMAC00003-S1R4C3", "CSR-001", "IEABC0001-AB0002", "AU1-AU2B"])
def test_codes_with_a_hyphen_are_no_range(code: str) -> None:
    assert found("a.csv", f"Sample;IGSN\na;{code}\n") == [code]


@pytest.mark.parametrize("cell", ["(IEABC0001)", "[IEABC0001]", "“IEABC0001”", "`IEABC0001`"])
def test_brackets_and_quotes_around_a_value_are_no_part_of_it(cell: str) -> None:
    assert found("a.csv", f"Sample;IGSN\na;{cell}\n") == ["IEABC0001"]


def test_marks_of_footnotes_stand_behind_the_markup_of_a_cell() -> None:
    assert found("a.md", "| IGSN[^1] |\n|---|\n| **IEABC0001**[^1] |\n| `IEABC0002`<sup>a</sup> |\n") == [
        "IEABC0001",
        "IEABC0002",
    ]
    rows = "   * - Box\n     - IGSN [#n]_\n   * - 1\n     - *IEABC0001* [#dry]_\n   * - 2\n     - IEABC0002\n"
    assert found("a.rst", f".. list-table::\n\n{rows}") == ["IEABC0001", "IEABC0002"]


@pytest.mark.parametrize(
    "cell", ["see W1", "siehe Probe 3", "same as above", "vgl. W1", "Lab: 17-3", "IGSN71: nein", "s. o. 3", "…"]
)
def test_words_in_a_cell_are_no_id(cell: str) -> None:
    assert found("a.csv", f"Sample;IGSN\na;{cell}\nb;IEABC0001\n") == ["IEABC0001"]


def test_rules_inside_the_body_of_a_latex_table_end_no_head() -> None:
    rows = r"\\ ".join(f"s{i} & IEABC000{i}" for i in range(1, 6))
    text = rf"\begin{{tabular}}{{ll}} Sample & IGSN \\ \midrule {rows} \\ \midrule x & IEABC0006 \\ \end{{tabular}}"
    assert found("a.tex", text) == [f"IEABC000{i}" for i in range(1, 7)]


def test_repeated_heads_of_a_long_table_are_heads() -> None:
    text = (
        r"\begin{longtable}{lll} \caption{x}\\ & \multicolumn{2}{c}{\textsc{igsn}}\\ No. & {specimen} & {aliquot}\\"
        r"\midrule\endfirsthead No. & \multicolumn{2}{c}{\textsc{igsn} (continued)}\\ \midrule\endhead "
        r"1 & IEABC0001 & IEABC0002\textsuperscript{a}\\ 2 & IEABC0003$^{\ast}$ & ---\\ \end{longtable}"
    )
    assert found("a.tex", text) == ["IEABC0001", "IEABC0002", "IEABC0003"]


def test_the_type_beside_an_id_names_it() -> None:
    kinds = [
        {"type": "IGSN", "id": "IEABC0001"},
        {"id_type": "igsn", "code": "IEABC0002", "id": 7},
        {"@type": "IGSN", "#text": "IEABC0003"},
        {"type": "barcode", "id": "IEABB0001"},
        {"type": "IGSN", "id": "A7-2", "value": "IEABC0004"},
        {"label": "IGSN", "id": "field_12", "type": "text"},
        {"type": "igsn", "id": "sampleIgsn"},
        {"type": "igsns", "id": "R71-2", "attributes": {"igsn": "IEABC0005"}},
    ]
    assert found("a.json", json.dumps(kinds)) == [f"IEABC000{i}" for i in range(1, 6)]
    assert found("a.yaml", "- {type: IGSN, id: IEABC0001}\n- {type: barcode, id: IEABB0001}\n") == ["IEABC0001"]


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"igsn": {"value": "IEABC0001", "checked": True, "lot": "KV0017"}}, ["IEABC0001"]),
        ({"IGSN": {"parent": "IEABC0001", "hijos": ["IEABC0002"]}}, ["IEABC0001", "IEABC0002"]),
        ({"igsns": {"KV-1": "IEABC0001", "KV-2": "IEABC0002", "KV-3": ""}}, ["IEABC0001", "IEABC0002"]),
        ({"igsn": {"type": "string", "id": "f12", "default": "IEDA2"}}, []),
        ({"igsn": {"source": "SESAR2", "status": "REGISTERED2021"}}, []),
        ({"columns": ["n", "IGSN"], "index": [0], "data": [["a", "IEABC0001"], ["b", None]]}, ["IEABC0001"]),
        ({"table": {"columnNames": ["igsn", "t"], "rows": [["IEABC0001", "K12345"]]}}, ["IEABC0001"]),
        ([["Sample", "IGSN"], ["K12345", "IEABC0001"], ["b"]], ["IEABC0001"]),
        ([["IGSN", "n/a"], ["name", "KV12345"]], []),
        ({"columns": ["n", "IGSN"], "data": {"a": "KV12345"}, "rows": [{"n": "KV12345"}]}, []),
    ],
)
def test_values_below_and_beside_a_label_in_json_are_named_by_it(value: object, ids: list[str]) -> None:
    assert found("a.json", json.dumps(value)) == ids


@pytest.mark.parametrize(
    "label",
    ["flake_igsns", "igsn_list", "Código IGSN", "IGSN der Mutterprobe", "IGSN 编号", "wellIgsn", "IGSN (padre)",
     "igsn_hijos", "IGSN (amostra-mãe)", "IGSN (mère)", "IGSN de l’échantillon", "Kern-IGSN", "IGSN (Kind)",
     "IGSN der Kiste", "IGSN próbki macierzystej", "IGSN родителя", "親試料のIGSN", "IGSN（親）", "样品IGSN编号",
     "igsnparent", "parentigsn", "IGSN (hand specimen)", "IGSN of the parent sample", "IGSN(s)", "IGSN (1)", "IGSN §",
     "N.º IGSN", "IGSN figlio", "igsn_filhos", "IGSN (if available)", "IGSN (SESAR)", "IGSN number (splits)",
     "IGSN [igsn.org]", "IGSN (10.58052/...)", "Sample ID (IGSN)", "International Geo Sample Number (IGSN)",
     "IGSN_2", "Registered IGSN", "SESAR IGSN", "IGSN Sample ID", "moedermonster (IGSN)", "IGSN of solution",
     "IGSN of thin section", "IGSN of the polished section", "No. IGSN", "Núm. IGSN", "Kody IGSN", "IGSN-Nummern",
     "Codici IGSN", "Коды IGSN", "IGSN 번호", "IGSNコード", "Éch. (IGSN)", "Proben-ID (IGSN)", "Specimen ID [IGSN]",
     "IGSN PID", "Nr. der Probe (IGSN)", "IGSN codes of the samples",
     "IGSN of members", "Reg. no. (IGSN)", "igsn1"],
)  # fmt: skip
def test_labels_of_other_samples_and_languages_name_their_values(label: str) -> None:
    assert found("a.json", json.dumps([{label: "AU1101"}])) == ["AU1101"]


@pytest.mark.parametrize(
    "label",
    ["has_igsn", "igsnPrefix", "isIgsn", "igsn71", "No IGSN", "requires igsn", "IGSN vorhanden?", "IGSN?",
     "IGSN (1971)", "Anzahl IGSN", "IGSN-Agent", "IGSN beantragt am", "IGSN station", "igsn_site", "igsn_source",
     "ohne IGSN", "IGSN sample type", "igsn_children_count", "IGSN contact", "designs", "IGSN y/n", "IGSN (mGal)",
     "IGSN (yes/no)", "IGSN (registration date)", "Field name (IGSN)", "Station (IGSN)", "no_igsn", "num_igsn",
     "N IGSNs", "No. IGSNs", "Number IGSNs", "IGSN n"],
)  # fmt: skip
def test_labels_that_only_speak_of_ids_name_none(label: str) -> None:
    assert found("a.json", json.dumps([{label: "AU1101"}])) == []


@pytest.mark.parametrize("said", ["未取得", "미등록", "не присвоено", "δεν υπάρχει", "無し"])
def test_words_in_other_scripts_are_no_ids(said: str) -> None:
    assert found("a.csv", f"sample,IGSN\nAK-1,IEKMK0001\nAK-2,{said}\n") == ["IEKMK0001"]


def test_tables_in_files_that_a_latex_document_brings_along_are_read() -> None:
    data = "name;igsn;lat\nKP-1;IEKOP0A11;62.1\nKP-3;;62.2\nKP-5;IEKOP0A15;62.3\n"
    text = "\\begin{filecontents*}{samples.csv}\n" + data + "\\end{filecontents*}\n\\begin{document}x\\end{document}"
    assert found("a.tex", text) == ["IEKOP0A11", "IEKOP0A15"]
    assert found("a.txt", data) == ["IEKOP0A11", "IEKOP0A15"]
    assert found("a.txt", "Keywords; IGSN; DOI\nfirst; ; second\n") == []


def test_marks_of_notes_and_lines_to_write_on_are_no_part_of_ids() -> None:
    assert found("a.csv", 'Core,IGSN\nA,"IESPG000D, IESPG000E(a)"\nB,WHO______\nC,IESPG000F(2)\n') == [
        "IESPG000D",
        "IESPG000E",
        "IESPG000F",
    ]


def test_another_table_below_has_columns_of_its_own() -> None:
    table = "Pit,IGSN,Depth\nP1,IERRR0K01,1\n\nLab ID,CO2 ppm,IGSN\nGS-001,IE19-0044,none\nGS-002,IE19-0045,none\n"
    assert found("a.csv", table) == ["IERRR0K01"]
    assert found("a.csv", "Core,IGSN,Scheme\nA,IERRR0K01,IGSN\nB,,IGSN\nC,IERRR0K03,IGSN\n") == [
        "IERRR0K01",
        "IERRR0K03",
    ]


def test_stations_of_the_gravity_net_in_a_column_are_none() -> None:
    assert found("a.csv", "Town,IGSN no.,g (mGal)\nNeuquén,40132K,980002.13\nCharata,36258J,979200.4\n") == []


def test_reference_materials_in_a_column_of_ids_are_none() -> None:
    assert found("a.csv", "IGSN,d18O\nIEKMK0001,-7.2\nJCp-1,-4.7\nBCR-2,1\nblank,0\n") == ["IEKMK0001"]


@pytest.mark.parametrize("between", ["・", "、", "／"])
def test_ids_in_a_cell_are_separated_as_east_asian_texts_do(between: str) -> None:
    assert found("a.csv", f"sample,IGSN\nAK-1,IEAMT00A2{between}IEAMT00A3\n") == ["IEAMT00A2", "IEAMT00A3"]


def test_keys_below_the_properties_of_geojson_name_their_values_and_those_of_a_schema_do_not() -> None:
    assert found("a.geojson", '{"type": "Feature", "properties": {"igsn": "AU1101", "depth": 3}}') == ["AU1101"]
    assert found("a.json", '{"properties": {"igsn": {"type": "string", "default": "AU1101"}}}') == []


def test_lists_in_chinese_are_lists() -> None:
    assert found("a.md", "样品为IGSN：IEABC0002、IEABC0003和IEABC0004。") == ["IEABC0002", "IEABC0003", "IEABC0004"]


def test_what_latex_switches_off_is_a_comment() -> None:
    source = "\\iffalse IGSN: IEABC0001 \\fi \\iffalse IGSN: IEABC0002 \\else IGSN: IEABC0003 \\fi IGSN: IEABC0004"
    (document, mentions), *_ = documents([Input("a.tex", source.encode, named=True)], Settings())
    states = {row["suffix"]: row["state"] for row in rows(document, mentions)}
    assert states == {"IEABC0001": "comment", "IEABC0002": "comment", "IEABC0003": "plain", "IEABC0004": "plain"}


@pytest.mark.parametrize(
    "text",
    ["order 10273/2022-IE", "invoice 10273/IE-22", "n° 10273/IE-2021", "project 10273/F20", "Foto 10273/4.jpg",
     "IGSN:AN04", "igsn=IGSN71", "IGSN-123"],
)  # fmt: skip
def test_file_numbers_and_gravity_nets_are_no_ids(text: str) -> None:
    assert found("a.txt", f"See {text}, please.") == []


def test_a_whole_number_of_nine_digits_is_an_id_among_texts() -> None:
    from workbooks import sheet, xlsx

    data = xlsx(
        {
            "s": sheet(
                [["Sample", "IGSN"], ["a", "IEABC0001"], ["b", 847000106], ["c", "IEABC0002"], ["d", 58052]]
                + [["e", f"IEABD000{i}"] for i in range(9)]
            )
        }
    )
    assert sorted(found("a.xlsx", data))[:3] == ["847000106", "IEABC0001", "IEABC0002"]


def test_words_in_a_field_for_an_id_are_a_finding_and_not_listed() -> None:
    from igsn_lint.api import lint

    text = b'[{"igsn": "see Table 3"}, {"igsn": "record"}]'
    assert found("a.json", text) == []
    assert [finding.rule for finding in lint(("a.json", text)).findings] == ["IL101", "IL101"]


def test_a_label_on_a_link_names_where_it_leads() -> None:
    code = '<a xmlns:l="http://www.w3.org/1999/xlink"><ext-link ext-link-type="igsn" l:href="{}">core 4</ext-link></a>'
    for target in ("IEABC0001", "http://igsn.org/IEABC0001"):
        assert found("a.xml", code.format(target).replace("<a ", "<article ").replace("</a>", "</article>")) == [
            "IEABC0001"
        ]


def test_arguments_of_a_macro_in_bibtex_are_no_word_together() -> None:
    text = r"@misc{a, howpublished = {\href{https://doi.org/10.58052/IEABC0001}{IGSN IEABC0002}}}"
    assert found("a.bib", text) == ["IEABC0001", "IEABC0002"]


def test_line_breaks_of_html_part_the_ids_of_a_cell() -> None:
    assert found("a.md", "| IGSN |\n|---|\n| IEABC0001<br>IEABC0002 |\n") == ["IEABC0001", "IEABC0002"]


def test_labels_may_have_several_kinds_of_samples() -> None:
    assert found("a.csv", "parent_sample_igsn,thinSectionIgsn\nIEABC0001,IEABC0002\n") == ["IEABC0001", "IEABC0002"]


@pytest.mark.parametrize("text", ["10.58052/kg", "10.58052/2 m", "10,60516/10,6", "10.58052/45.2", "IGSN_PREFIX2 = 1"])
def test_decimals_and_names_of_variables_are_no_ids(text: str) -> None:
    assert found("a.txt", f"The value is {text} here.") == []


def test_codes_of_digits_and_short_ones_with_a_resolver_are_ids() -> None:
    text = "10.58052/847000106 and https://doi.org/10.58052/A1 and *IGSN* AU1101 and _IGSN_ AU1102"
    assert found("a.md", text) == ["847000106", "A1", "AU1101", "AU1102"]
