"""``igsn-lint fix`` in packages: one part is spliced, all else stays byte for byte."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from office_files import docx, odt, packed, paragraph, run, table
from workbooks import relations, sheet, xlsx

from igsn_lint.archive import Archive
from igsn_lint.cli import cli
from igsn_lint.engine import Engine
from igsn_lint.fixes import mend
from igsn_lint.inputs import Input
from igsn_lint.model import Change, Document, Settings
from igsn_lint.readers.package import Package, Spot
from igsn_lint.registry import Registry
from igsn_lint.source import Source

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = Registry.load()
ENGINE = Engine(REGISTRY, Settings(handle_map={"IE": "10.58052"}), set(REGISTRY.codes) - {"IL210", "IL610"})
LINK = '<w:hyperlink r:id="{}">{}</w:hyperlink>'


def fixed(name: str, data: bytes, *, unsafe: bool = False) -> bytes:
    """Return the mended file, after asking that a second run leaves it as it is."""
    done = mend(Input(name, lambda: data), ENGINE, unsafe=unsafe)
    assert done is not None
    again = mend(Input(name, lambda: done.data), ENGINE, unsafe=unsafe)
    assert again is not None
    assert again.data == done.data
    return done.data


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def part(name: str, data: bytes, *, unsafe: bool = False) -> tuple[str, str]:
    """Return the text of the only part that fixing changes, before and after; the rest must be as it was."""
    new = fixed(name, data, unsafe=unsafe)
    before, after = members(data), members(new)
    assert list(before) == list(after)
    changed = [member for member in before if before[member] != after[member]]
    assert len(changed) == 1, changed
    rest = [info_of(data, member) == info_of(new, member) for member in before]
    assert all(rest)
    return before[changed[0]].decode(), after[changed[0]].decode()


def info_of(data: bytes, name: str) -> tuple[object, ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(name)
    return info.date_time, info.compress_type, info.flag_bits, info.extra, info.comment, info.external_attr


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    return packed({**members(data), name: content})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dated IGSN: 10.58052/IE001 once", "dated igsn:10.58052/IE001 once"),
        ("see http://dx.doi.org/10.58052/IE001", "see https://doi.org/10.58052/IE001"),
        ("A & B <IGSN: 10.58052/IE001> & C", "A & B <igsn:10.58052/IE001> & C"),
        ("IGSN: 10.58052/IE001 & IGSN: 10.58052/IE002", "igsn:10.58052/IE001 & igsn:10.58052/IE002"),
        ("Größe 𝛿¹⁸O, IGSN: 10.58052/IE001", "Größe 𝛿¹⁸O, igsn:10.58052/IE001"),
        ("with 10.58052/IE001 alone", "with igsn:10.58052/IE001 alone"),
    ],
)
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_only_the_span_changes_in_a_text(kind: str, old: str, new: str) -> None:
    from xml.sax.saxutils import escape

    data = docx("Before", old, "After") if kind == "docx" else odt("Before", old, "After")
    before, after = part(f"a.{kind}", data)
    assert after == before.replace(escape(old), escape(new))


def test_every_place_of_a_word_document_is_reached() -> None:
    tagged = "IGSN: 10.58052/IE00"
    data = docx(
        paragraph(run("A core, "), run(f"{tagged}1", "<w:i/>"), " and more"),
        table(["Sample", "Remark"], ["a", f"taken as {tagged}2"]),
        f"<w:p><w:ins>{run(f'{tagged}3')}</w:ins></w:p>",
        parts={
            "footnotes": f'<w:footnote w:id="2">{paragraph(f"see {tagged}4")}</w:footnote>',
            "comments": f'<w:comment w:id="2">{paragraph(f"is it {tagged}5?")}</w:comment>',
            "header": paragraph(f"{tagged}6"),
        },
        core=f"On {tagged}7",
    )
    new = members(fixed("a.docx", data))
    old = members(data)
    # In a comment nothing is shown to readers.
    for name in ("word/document.xml", "word/footnotes.xml", "word/header.xml"):
        assert new[name] == old[name].replace(b"IGSN: ", b"igsn:"), name
    assert new["word/comments.xml"] == old["word/comments.xml"]


def test_what_was_deleted_or_is_hidden_stays() -> None:
    gone = '<w:r><w:delText xml:space="preserve">IGSN: 10.58052/IE001</w:delText></w:r>'
    data = docx(paragraph(f"<w:del>{gone}</w:del>", run("IGSN: 10.58052/IE002", "<w:vanish/>")))
    assert fixed("a.docx", data) == data


def test_span_over_two_runs_is_left_and_the_finding_says_what_to_write(tmp_path: Path) -> None:
    data = docx(paragraph("see http://dx.", run("doi.org/10.58052/IE001", "<w:b/>")))
    assert fixed("a.docx", data) == data
    (tmp_path / "a.docx").write_bytes(data)
    shown = CliRunner().invoke(cli, ["check", "-f", "json", "--select", "IL201", str(tmp_path / "a.docx")]).stdout
    assert '"replacement": "https://doi.org/10.58052/IE001"' in shown


def test_insertion_between_two_runs_goes_to_the_id() -> None:
    before, after = part("a.docx", docx(paragraph("with ", run("10.58052/IE001", "<w:b/>"))))
    assert after == before.replace(">10.58052", ">igsn:10.58052")


def test_link_targets_are_mended_where_nothing_shows_the_id() -> None:
    data = docx(
        paragraph(LINK.format("r1", run("the core")), " and ", LINK.format("r1", run("the same core"))),
        links={"r1": "http://dx.doi.org/10.58052/IE001?a=1&b=2", "r2": "https://example.org/"},
    )
    before, after = part("a.docx", data)
    assert after == before.replace("http://dx.doi.org", "https://doi.org")
    data = odt('<text:p>see <text:a xlink:href="http://dx.doi.org/10.58052/IE001">the core</text:a></text:p>')
    before, after = part("a.odt", data)
    assert after == before.replace("http://dx.doi.org", "https://doi.org")


def test_text_behind_other_elements_of_a_paragraph_is_found_in_odt() -> None:
    spans = '<text:span text:style-name="T1">x &amp; y</text:span>'
    body = (
        f"<text:p>A{spans}<!-- c -->B {spans}, IGSN: 10.58052/IE001<text:s/>or<text:tab/>IGSN: 10.58052/IE002</text:p>"
    )
    before, after = part("a.odt", odt(body))
    assert after == before.replace("IGSN: ", "igsn:")


def test_mimetype_of_odt_stays_first_and_stored() -> None:
    data = odt("IGSN: 10.58052/IE001")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(data).items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    new = fixed("a.odt", stream.getvalue())
    assert new != stream.getvalue()
    assert new[30:38] == b"mimetype"
    assert new[38:77] == b"application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_parts_keep_their_encoding(encoding: str) -> None:
    old = members(docx("Größe, IGSN: 10.58052/IE001"))["word/document.xml"].decode()
    old = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\r\n{old}'
    data = with_part(docx(), "word/document.xml", old.encode(encoding))
    assert members(fixed("a.docx", data))["word/document.xml"] == old.replace("IGSN: ", "igsn:").encode(encoding)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<![CDATA[IGSN: 10.58052/IE001]]>", "<![CDATA[igsn:10.58052/IE001]]>"),
        ("&#73;GSN: 10.58052/IE001", "igsn:10.58052/IE001"),
        ("IG<!-- c -->SN: 10.58052/IE001", None),
        ("IG<?c?>SN: 10.58052/IE001", None),
        ("IG<![CDATA[SN]]>: 10.58052/IE001", None),
        ("<![CDATA[a &amp; b, &IGSN: 10.58052/IE001]]>", "<![CDATA[a &amp; b, &igsn:10.58052/IE001]]>"),
    ],
)
def test_odd_ways_to_write_a_text_are_kept_or_left(old: str, new: str | None) -> None:
    part_before = members(docx("TEXT"))["word/document.xml"].decode()
    data = with_part(docx(), "word/document.xml", part_before.replace("TEXT", old).encode())
    after = members(fixed("a.docx", data, unsafe=True))["word/document.xml"].decode()
    assert after == part_before.replace("TEXT", old if new is None else new)


def test_what_must_be_escaped_is_written_in_texts_and_not_in_cdata() -> None:
    for text, written in (("<t>a &lt; b</t>", "x&amp;y"), ("<t>a <![CDATA[< b]]></t>", None)):
        document = Document(Source("a.docx", packed({"a.xml": text})))
        package = Package(document, Settings())
        change = package.change(Spot(package.xml("a.xml"), "text"), 0, 1, "x&y")
        assert (None if change is None else change.text) == written


def test_part_with_a_document_type_is_left() -> None:
    old = members(docx("&i;: 10.58052/IE001"))["word/document.xml"].decode().replace("&amp;i;", "&i;")
    old = f'<!DOCTYPE w [<!ENTITY i "IGSN">]>{old}'.replace("&i;: ", "IGSN: ")
    data = with_part(docx(), "word/document.xml", old.encode())
    assert fixed("a.docx", data) == data


PARTS = {"bare": "<t>doi: x</t>", "kept": '<t xml:space="preserve">doi: x</t>'}


def test_no_white_space_comes_to_stand_where_word_drops_it() -> None:
    text = "<w:p><w:r><w:t>a </w:t></w:r><w:r><w:t{}>doi: https://doi.org/10.58052/IE001 b</w:t></w:r></w:p>"
    package = Package(Document(Source("a.docx", packed(PARTS))), Settings())
    for name, expected in (("bare", [False, True, False]), ("kept", [True, True, True])):
        spot = Spot(package.xml(name), "text")
        spans = [(0, 4), (0, 5), (5, 6)]
        assert [package.change(spot, *span, "") is not None for span in spans] == expected
    before, after = part("a.docx", docx(text.format("")))
    assert after == before.replace("doi: https", "https")


@pytest.mark.parametrize("name", ["_xmlsignatures/sig1.xml", "META-INF/documentsignatures.xml"])
def test_signed_package_is_left(name: str) -> None:
    for kind, data in (("docx", docx("IGSN: 10.58052/IE001")), ("odt", odt("IGSN: 10.58052/IE001"))):
        signed = with_part(data, name, b"<x/>")
        assert fixed(f"a.{kind}", data) != data
        assert fixed(f"a.{kind}", signed) == signed


def test_package_with_a_member_twice_or_a_password_is_left() -> None:
    stream = io.BytesIO(docx("IGSN: 10.58052/IE001"))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("docProps/core.xml", "<x/>")
    assert fixed("a.docx", stream.getvalue()) == stream.getvalue()
    data = bytearray(with_part(docx("IGSN: 10.58052/IE001"), "secret", b"x"))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    assert fixed("a.docx", bytes(data)) == bytes(data)


def described(data: bytes, *, mark: bool = True) -> bytes:
    """Return the archive as programs write it that can not go back: sums stand behind each member."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    stream = Pipe()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(data).items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_sums_behind_the_members_are_kept_there() -> None:
    data = described(docx("IGSN: 10.58052/IE001", "more"))
    assert data[6] & 8
    before, after = part("a.docx", data)
    assert after == before.replace("IGSN: ", "igsn:")


def test_all_bytes_between_and_behind_the_members_stay() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for i, (name, content) in enumerate(members(docx("IGSN: 10.58052/IE001")).items()):
            info = zipfile.ZipInfo(name, (1990 + i, 2, 3, 4, 5, 6))
            info.compress_type = zipfile.ZIP_STORED if i % 2 else zipfile.ZIP_DEFLATED
            info.extra, info.comment, info.external_attr = b"\x99\x99\x02\x00ab", b"note", 0o644 << 16
            archive.writestr(info, content)
        archive.comment = b"the whole"
    data = stream.getvalue()
    part("a.docx", data)
    with zipfile.ZipFile(io.BytesIO(fixed("a.docx", data))) as archive:
        assert archive.comment == b"the whole"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.binary(max_size=300), min_size=1, max_size=6), st.integers(0, 5), st.booleans(), st.text(max_size=40)
)
@example([b"", b"abc"], 0, True, "")
def test_other_members_stay_byte_for_byte_whatever_they_hold(
    contents: list[bytes], which: int, stream: bool, text: str
) -> None:
    text = text.encode("utf-8", "replace").decode()
    which %= len(contents)
    contents[which] = b"some text"
    data = packed({f"m{i}": content for i, content in enumerate(contents)})
    data = described(data) if stream else data
    archive = Archive(data, Settings())
    archive.source(f"m{which}")
    new = archive.spliced([Change(f"m{which}", 5, 9, text)])
    contents[which] = b"some " + text.encode()
    assert list(members(new).values()) == contents
    assert archive.spliced([Change(f"m{which}", 5, 9, "text")]).startswith(data[:20])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_archive_is_never_written_wrong(data: st.DataObject) -> None:
    old = bytearray(docx("IGSN: 10.58052/IE001 and IGSN: 10.58052/IE002"))
    for _ in range(data.draw(st.integers(1, 3))):
        old[data.draw(st.integers(0, len(old) - 1))] = data.draw(st.integers(0, 255))
    done = mend(Input("a.docx", lambda: bytes(old)), ENGINE, unsafe=True)
    if done is not None and done.data != bytes(old):
        with zipfile.ZipFile(io.BytesIO(bytes(old))) as before, zipfile.ZipFile(io.BytesIO(done.data)) as after:
            assert before.namelist() == after.namelist()
            assert b"igsn:10.58052/IE00" in after.read("word/document.xml")


def test_many_edits_in_one_paragraph_are_all_made() -> None:
    body = "".join(f"<text:span>s</text:span> IGSN: 10.58052/IE{n:05}, " for n in range(1000))
    before, after = part("a.odt", odt(f"<text:p>{body}</text:p>"))
    assert after == before.replace("IGSN: ", "igsn:")


def test_diff_of_a_package_is_text_to_read_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = docx("Before", "Dated by \u202egrain IGSN: 10.58052/IE001 again")
    (tmp_path / "a.docx").write_bytes(data)
    done = CliRunner().invoke(cli, ["fix", "--diff", "--ignore", "IL210", "a.docx"])
    assert done.exit_code == 1
    assert done.stdout == (
        "# a.docx, word/document.xml, paragraph 2\n"
        "#   before: Dated by <U+202E>grain IGSN: 10.58052/IE001 again\n"
        "#   after:  Dated by <U+202E>grain igsn:10.58052/IE001 again\n"
    )
    assert (tmp_path / "a.docx").read_bytes() == data


def test_real_documents_are_mended_and_readable(corpora: Path) -> None:
    paths = [*sorted((corpora / "manuscripts" / "derived").glob("*.*t*")), corpora / "planted" / "plant.docx"]
    count = 0
    for path in paths:
        if path.suffix not in {".docx", ".odt"}:
            continue
        data = path.read_bytes()
        new = fixed(path.name, data)
        if new != data:
            count += 1
            before, after = members(data), members(new)
            assert sum(before[name] != after[name] for name in before) == 1
            assert all(info_of(data, name) == info_of(new, name) for name in before)
    assert count >= 2


# Workbooks


TAGGED = "IGSN: 10.58052/IE001"


def shared(reference: str, number: int) -> str:
    return f'<c r="{reference}" t="s"><v>{number}</v></c>'


def workbook(cells: dict[str, list[str]], strings: list[str], tables: dict[str, str] | None = None) -> bytes:
    """Return a workbook as Excel writes it: sheets of cells by row, and shared strings (the XML in ``si``)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {}
    for name, rows in cells.items():
        lines = "".join(f'<row r="{n}" spans="1:2">{row}</row>' for n, row in enumerate(rows, 1))
        parts[name] = f'<?xml version="1.0"?>\r\n<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
    items = "".join(f"<si>{string}</si>" for string in strings)
    extra = {"xl/sharedStrings.xml": f'<sst xmlns="{main}" count="9" uniqueCount="{len(strings)}">{items}</sst>'}
    for part, reference in (tables or {}).items():
        extra[f"xl/worksheets/_rels/{part}.xml.rels"] = relations(("rId1", "table", "../tables/table1.xml"))
        extra["xl/tables/table1.xml"] = f'<table xmlns="{main}" ref="{reference}" totalsRowCount="1"/>'
    data = members(xlsx(parts, extra=dict(extra)))
    name = "xl/_rels/workbook.xml.rels"
    more = relations(("rIdT", "sharedStrings", "sharedStrings.xml")).partition(">")[2].encode()
    return packed({**data, name: data[name].replace(b"</Relationships>", more)})


def test_inline_string_of_a_cell_is_mended() -> None:
    rows = [["Sample", "Remark"], ["a & b", f"R&D, {TAGGED} & more"], ["c", "http://dx.doi.org/10.58052/IE002"]]
    data = xlsx({"S": sheet([list(row) for row in rows])})
    before, after = part("a.xlsx", data)
    assert after == before.replace("IGSN: ", "igsn:").replace("http://dx.doi.org", "https://doi.org")


def test_shared_string_is_mended_where_all_its_cells_ask_for_it() -> None:
    strings = ["<t>Remark</t>", f"<t>the {TAGGED}</t>", "<t>on IGSN: 10.58052/IE002 &amp; co</t>"]
    once = workbook({"S": [shared("A1", 0), shared("A2", 1)]}, strings)
    before, after = part("a.xlsx", once)
    assert after == before.replace(f"the {TAGGED}", "the igsn:10.58052/IE001")
    # The rules ask for the same in each of the cells, over all sheets.
    often = workbook({"S": [shared("A1", 0), shared("A2", 1), shared("A3", 2)], "T": [shared("A1", 1)] * 1}, strings)
    done = mend(Input("a.xlsx", lambda: often), ENGINE, unsafe=False)
    assert done is not None
    assert done.fixed == {"IL208": 3}
    assert [told.pointer for told in done.told] == ["S!A2", "T!A1", "S!A3"]
    before, after = part("a.xlsx", often)
    assert after == before.replace("IGSN: ", "igsn:")


def test_shared_string_stays_where_one_of_its_cells_does_not_ask_for_it() -> None:
    # In a hidden sheet nothing is shown to readers.
    data = workbook({"S": [shared("A1", 0)], "H": [shared("A1", 0), shared("A2", 1)]}, [f"<t>{TAGGED}</t>", "<t>x</t>"])
    name = "xl/workbook.xml"
    data = with_part(data, name, members(data)[name].replace(b'name="H"', b'name="H" state="hidden"'))
    assert fixed("a.xlsx", data) == data


@pytest.mark.parametrize(
    ("string", "new"),
    [
        (f'<r><rPr><b/></rPr><t xml:space="preserve">old </t></r><r><t>{TAGGED}</t></r>', "IGSN: "),
        ('<r><t xml:space="preserve">see IGSN</t></r><r><t>: 10.58052/IE001</t></r>', None),
        (f"<t>{TAGGED}</t><rPh sb='0' eb='1'><t>a</t></rPh>", None),
        (f"<!-- <si><t>no</t></si> --><t>{TAGGED}</t>", None),
        (f"<t><![CDATA[{TAGGED}]]></t>", None),
        (f"<t>a &#x26; b&#10;{TAGGED}</t>", "IGSN: "),
        (f'<t xml:space="preserve"> {TAGGED} </t>', "IGSN: "),
        ("<t>&#73;GSN: 10.58052/IE001</t>", "&#73;GSN: "),
    ],
)
def test_string_in_pieces_or_with_what_only_looks_so(string: str, new: str | None) -> None:
    data = workbook({"S": [shared("A1", 0)]}, [string])
    if new is None:
        assert fixed("a.xlsx", data) == data
    else:
        before, after = part("a.xlsx", data)
        assert after == before.replace(new, "igsn:")


def test_results_of_formulas_and_headings_of_tables_stay() -> None:
    formula = f'<c r="A2" t="str"><f>B1&amp;C1</f><v>{TAGGED}</v></c>'
    data = workbook({"S": [shared("A1", 0), formula]}, ["<t>x</t>"])
    assert fixed("a.xlsx", data) == data
    texts = [f"<t>IGSN: 10.58052/IE00{n}</t>" for n in range(4)]
    data = workbook({"S": [shared(f"A{n + 1}", n) for n in range(4)]}, texts, {"sheet1": "A1:B4"})
    _, after = part("a.xlsx", data)
    assert [f"igsn:10.58052/IE00{n}" in after for n in range(4)] == [False, True, True, False]


@pytest.mark.parametrize(
    "row",
    [
        f'<c t="inlineStr" r="A1"><is><t>{TAGGED}</t></is></c>',
        f'<c r="A1" t="inlineStr"><is><t>{TAGGED}</t></is></c><c r="A1" t="inlineStr"><is><t>{TAGGED}</t></is></c>',
        f"<c r='A1' t='inlineStr'><is><t>{TAGGED}</t></is></c>",
        f'<c t="inlineStr"><is><t>{TAGGED}</t></is></c>',
        "<c r='A1' t='s'><v>0</v></c>",
        '<c r="A1" t="s"><v> 0 </v></c>',
    ],
)
def test_cell_that_is_written_in_an_unusual_way_is_left_or_right(row: str) -> None:
    data = workbook({"S": [row]}, [f"<t>{TAGGED}</t>"])
    assert fixed("a.xlsx", data) == data


def test_thousands_of_cells_are_mended_at_once() -> None:
    texts = [f"<t>taken as IGSN: 10.58052/IE{n:05}</t>" for n in range(700)]
    data = workbook({"S": [shared(f"B{n + 1}", n) for n in range(700)]}, texts)
    before, after = part("a.xlsx", data)
    assert after == before.replace("IGSN: ", "igsn:")


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet='<>/c"=st v is0123A row&;:', max_size=60), st.integers(0, 400))
def test_sheet_with_anything_in_it_is_left_or_mended_right(noise: str, where: int) -> None:
    data = workbook({"S": [shared("A1", 0), f'<c r="A2" t="inlineStr"><is><t>{TAGGED}</t></is></c>']}, ["<t>x</t>"])
    name = "xl/worksheets/sheet1.xml"
    old = members(data)[name].decode()
    where %= len(old)
    data = with_part(data, name, (old[:where] + noise + old[where:]).encode())
    done = mend(Input("a.xlsx", lambda: data), ENGINE, unsafe=True)
    if done is not None and done.data != data:
        before, after = members(data)[name].decode(), members(done.data)[name].decode()
        assert after.replace("igsn:", "").replace("IGSN: ", "") == before.replace("IGSN: ", "")


def test_a_link_that_shows_its_target_goes_on_to_do_so() -> None:
    old, new = "http://dx.doi.org/10.58052/IEFIX0006", "https://doi.org/10.58052/IEFIX0006"
    data = docx(paragraph("See ", f'<w:hyperlink r:id="l">{run(old)}</w:hyperlink>', " there."), links={"l": old})
    after = fixed("a.docx", data)
    assert new in members(after)["word/document.xml"].decode()
    assert f'Target="{new}"' in members(after)["word/_rels/document.xml.rels"].decode()
    shown = docx(paragraph(f'<w:hyperlink r:id="l">{run(old)}</w:hyperlink>'), links={"l": "https://example.org/a"})
    assert b"https://example.org/a" in members(fixed("a.docx", shown))["word/_rels/document.xml.rels"]
