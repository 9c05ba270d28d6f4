"""IL0: the file and the run."""

from __future__ import annotations

from typing import Any

from mutations.table import Row, keeps, replaced, written_as

IGNORED = "<!-- igsn-lint: ignore[{}] quoted -->"
MARKED = "<!-- ⟦igsn-lint: ignore[{}] quoted⟧ -->"
KEPT = "It is kept in a cold store."
HANDLE = "Half of 10273/SSH000SUA is left. "


def excused(comment: str) -> Any:
    """Return a change that puts a comment behind the paragraph."""
    return replaced((KEPT, f"{KEPT} {comment}"))


def excused_handle(comment: str) -> Any:
    return replaced((KEPT, f"{HANDLE}{comment}"))


MULTIPLYING = (
    '<!DOCTYPE resource [\n⟦<⟧!ENTITY a "IGSN IGSN IGSN IGSN IGSN IGSN IGSN IGSN IGSN IGSN">\n'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">\n' for a, b in ("ab", "bc", "cd", "de", "ef"))
    + "]>\n"
)
ALIASES = "".join(
    f"{b}: &{b} [{', '.join([f'*{a}' if a != 'z' else 'igsn'] * 9)}]\n"
    for a, b in ("za", "ab", "bc", "cd", "de", "ef", "fg")
)

ROWS: list[Row] = [
    written_as(
        "IL001", "text as PDF", "The core igsn:10.58052/SSH000SUA was split.\n", at="file", only="txt", file="a.pdf"
    ),
    written_as(
        "IL001", "half a PDF", "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n", at="file", only="txt", file="a.pdf"
    ),
    written_as(
        "IL001",
        "half an RTF",
        "{\\rtf1\\ansi The IGSN of the core {\\b split",
        at="file",
        only="txt",
        file="a.rtf",
    ),
    written_as(
        "IL001", "text as Word", "The core igsn:10.58052/SSH000SUA was split.\n", at="file", only="txt", file="a.docx"
    ),
    written_as("IL001", "empty", "", at=None, only="txt"),
    written_as("IL001", "a whole RTF", "{\\rtf1\\ansi The IGSN {\\b is} there.}", at=None, only="txt", file="a.rtf"),
    written_as("IL001", "a format nobody reads", "igsn:10.58052/SSH000SUA", at=None, only="txt", file="a.dxf"),
    written_as("IL002", "trailing comma", lambda text: text.rstrip()[:-1].rstrip() + "⟦,⟧\n}\n", only="json"),
    written_as("IL002", "no comma", replaced(('"url"', '⟦"⟧url"'), (",\n", "\n")), only="json"),
    written_as("IL002", "open element", replaced(("</creators>", "⟦</creators>⟧"), ("</creator>", "")), only="xml"),
    written_as("IL002", "ampersand", replaced(("White, Tim", "White &⟦ ⟧Tim")), only="xml"),
    written_as("IL002", "quote", replaced(("A,", '⟦"⟧A,')), only="csv"),
    written_as("IL002", "tab", replaced(("creators:", "⟦\t⟧creators:")), only="yaml"),
    written_as("IL002", "escaped", replaced(("White, Tim", "White &amp; Tim &#8211; X")), at=None, only="xml"),
    written_as("IL002", "no line ends", lambda text: text.replace("\n ", " "), at=None, only="json api"),
    written_as("IL002", "comment", replaced(("creators:", "# Tim: [\ncreators:")), at=None, only="yaml"),
    written_as("IL002", "quotes", replaced(("A,", '"A ""7""",')), at=None, only="csv"),
    written_as("IL002", "HTML", replaced(("</p>", "")), at=None, only="html"),
    written_as("IL003", "Latin-1", replaced((KEPT, "Frau Gr⟦\udcfc⟧n in Köln.")), only="md tex txt"),
    written_as("IL003", "in JSON", replaced(("Hand auger", "Gr⟦\udcfc⟧n")), only="json api yaml"),
    written_as("IL003", "in a table", replaced((",soil", ",Gr⟦\udcfc⟧n")), only="csv"),
    keeps("IL003", "prose", "Frau Grün in Köln, 北京."),
    keeps("IL003", "descriptions/0/description", "Grün \ufffd."),
    written_as(
        "IL003",
        "declared",
        lambda text: '<?xml version="1.0" encoding="ISO-8859-1"?>\n' + text.replace("Hand", "Gr\udcfcn"),
        at=None,
        only="xml",
    ),
    written_as("IL003", "byte order mark", lambda text: "\ufeff" + text, at=None, only="json yaml xml md csv"),
    written_as(
        "IL004",
        "again",
        replaced(
            ('"titles"', '"url": "https://example.org/7",\n "titles"'),
            ('"url": "https://example', '⟦"url"⟧: "https://example'),
        ),
        only="json",
    ),
    written_as(
        "IL004",
        "inside",
        replaced(('"nameType": "Personal"', '"nameType": "Personal", ⟦"nameType"⟧: "Personal"')),
        only="json api",
    ),
    written_as(
        "IL004",
        "escaped",
        replaced(('"nameType": "Personal"', '"nameType": "Personal", ⟦"name\\u0054ype"⟧: "Personal"')),
        only="json api",
    ),
    written_as("IL004", "in YAML", lambda text: text + "⟦sizes⟧: [7 cm]\n", only="yaml"),
    written_as(
        "IL004",
        "another case",
        replaced(('"titles"', '"URL": "https://example.org/7",\n "titles"')),
        at=None,
        only="json",
    ),
    written_as("IL004", "in a text", replaced(("Hand auger", '\\"url\\": 1, \\"url\\": 2')), at=None, only="json api"),
    written_as(
        "IL004", "in YAML, further in", lambda text: text + "container: {url: 1, doi: 2}\n", at=None, only="yaml"
    ),
    written_as("IL005", "entities", lambda text: MULTIPLYING + text.replace("Hand auger", "&f;&f;&f;"), only="xml"),
    written_as(
        "IL005",
        "aliases",
        lambda text: text + ALIASES,
        at="",
        only="yaml",
    ),
    written_as(
        "IL005", "nesting", lambda text: text.rstrip()[:-1] + ',"x":' + "[" * 5000 + "]" * 5000 + "}", only="json"
    ),
    written_as(
        "IL005",
        "some entities",
        lambda text: '<!DOCTYPE resource [<!ENTITY lab "Penn State">]>\n' + text.replace("Hand auger", "&lab; &lab;"),
        at=None,
        only="xml",
    ),
    written_as(
        "IL005",
        "DOCTYPE",
        lambda text: '<!DOCTYPE resource SYSTEM "http://example.org/x.dtd">\n' + text,
        at=None,
        only="xml",
    ),
    written_as(
        "IL005",
        "one alias",
        lambda text: text.replace("sizes:", "sizes: &s", 1) + "container: {size: *s}\n",
        at=None,
        only="yaml",
    ),
    written_as(
        "IL005",
        "some nesting",
        lambda text: text.rstrip()[:-1] + ',"x":' + "[" * 50 + "]" * 50 + "}",
        at=None,
        only="json",
    ),
    written_as("IL006", "JSON as XML", lambda text: text, only="json", file="record.xml"),
    written_as("IL006", "XML as JSON", lambda text: text, only="xml", file="record.json"),
    written_as("IL006", "JSON as Lines", lambda text: text, only="json", file="record.jsonl"),
    written_as("IL006", "Markdown as text", lambda text: text, at=None, only="md", file="paper.txt"),
    written_as("IL006", "JSON as YAML", lambda text: text, at=None, only="json", file="record.yaml"),
    written_as(
        "IL006",
        "one line of JSON Lines",
        lambda text: " ".join(text.split()),
        at=None,
        only="json",
        file="record.jsonl",
    ),
    written_as("IL007", "nothing there", excused("<!-- ⟦igsn-lint: ignore[IL203] quoted⟧ -->"), only="md html"),
    written_as("IL007", "no rule", excused_handle("<!-- ⟦igsn-lint: ignore⟧ -->"), only="md html", beside="IL203"),
    written_as("IL007", "in LaTeX", excused("% ⟦igsn-lint: ignore[IL203] quoted⟧"), only="tex"),
    written_as("IL007", "in YAML", replaced(("titles:", "titles: # ⟦igsn-lint: ignore[IL407]⟧")), only="yaml"),
    written_as("IL007", "used", excused_handle(IGNORED.format("IL203")), at=None, only="md html"),
    written_as("IL007", "used by name", excused_handle(IGNORED.format("legacy-handle")), at=None, only="md html"),
    written_as("IL007", "spoken of", excused("Write `igsn-lint: ignore[IL203]` there."), at=None, only="md html txt"),
    written_as("IL008", "name", excused_handle(MARKED.format("IL203, legacy-handel")), only="md html"),
    written_as("IL008", "code", excused_handle(MARKED.format("IL203, IL999")), only="md html"),
    written_as("IL008", "in LaTeX", excused_handle("% ⟦igsn-lint: ignore[IL203, IL2o3]⟧"), only="tex"),
    written_as("IL008", "both", excused_handle(IGNORED.format("IL203, IL2")), at=None, only="md html"),
    written_as("IL008", "by name", excused_handle(IGNORED.format("legacy-handle")), at=None, only="md html"),
    written_as("IL008", "spoken of", excused("Write `igsn-lint: ignore[IL2o3]` there."), at=None, only="md html txt"),
]
