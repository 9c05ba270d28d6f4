"""IL215 in tables of texts: which rows lack the ID of their sample, and where that is told."""

from __future__ import annotations

import time

import pytest

from igsn_lint.api import lint


def told(name: str, text: str) -> list[str]:
    """Return line, column and message of each finding."""
    found = lint((name, text.encode()), select=["IL215"]).findings
    assert all(finding.region is not None for finding in found)
    return [f"{f.region.line}:{f.region.column} {f.message}" for f in found if f.region is not None]


LACKS = "the row has no ID"
ID = "10.58052/IEJMA0002"


def html(*rows: str) -> str:
    return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


HEAD = "<th>Sample</th><th>IGSN</th><th>Rock</th>"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("<td>S2</td><td></td><td>gabbro</td>", [f"4:20 {LACKS}"]),
        ("<td>S2</td><td>&nbsp;</td><td>gabbro</td>", [f"4:20 {LACKS}"]),
        ("<td>S2</td><td><i></i></td><td>gabbro</td>", [f"4:27 {LACKS}"]),
        ("<td>S2</td><td> pending </td><td>gabbro</td>", ['4:20 "pending" stands where the ID of the sample should']),
        ("<td>S2<td><td>gabbro", [f"4:15 {LACKS}"]),
        ("<th>S2</th><td></td><td>gabbro</td>", [f"4:20 {LACKS}"]),
        ("<td>S2</td><td>10.58052/IEJMA0003</td><td></td>", []),
        # Something to see that is no text.
        ('<td>S2</td><td><a href="https://example.org/1"><img src="a.png"></a></td><td>gabbro</td>', []),
        ('<td>S2</td><td><input name="igsn"></td><td>gabbro</td>', []),
        # The row goes on with the sample above it, is a title, or a heading again.
        ("<td></td><td></td><td>gabbro</td>", []),
        ('<td colspan="3">Measured in 2021</td>', []),
        ("<td>Measured in 2021</td>", []),
        ("<td></td><td></td><td></td>", []),
        ("<th>Site B</th><th></th><th>Depth</th>", []),
    ],
)
def test_rows_of_html_without_an_id(row: str, expected: list[str]) -> None:
    assert told("a.html", html(HEAD, f"<td>S1</td><td>{ID}</td><td>basalt</td>", row)) == expected


def test_cell_over_several_rows_holds_for_all_of_them() -> None:
    rows = (
        f'<td>S1</td><td rowspan="2">{ID}</td><td>x</td>',
        "<td>S2</td><td>y</td>",
        "<td>S3</td><td></td><td>z</td>",
    )
    assert told("a.html", html(HEAD, *rows)) == [f"5:20 {LACKS}"]
    assert told("a.html", html('<th rowspan="2">Sample</th><th colspan="2">Names</th>', "<th>IGSN</th><th>x</th>",
                               "<td>S1</td><td></td><td>y</td>")) == [f"4:20 {LACKS}"]  # fmt: skip


def test_columns_that_not_each_sample_has_may_be_empty() -> None:
    head = "<th>Sample</th><th>IGSN</th><th>Parent IGSN</th>"
    assert told("a.html", html(head, f"<td>S1</td><td>{ID}</td><td></td>", "<td>S2</td><td></td><td></td>")) == []
    assert told("a.html", html(head, "<td>S2</td><td></td><td>10.58052/IEJMA0001</td>")) == [f"3:20 {LACKS}"]
    assert (
        told("a.html", html("<th>Sample</th><th>Parent IGSN</th><th>Rock</th>", "<td>S</td><td></td><td>x</td>")) == []
    )
    assert told("a.html", html("<th>Sample</th><th>DOI</th><th>Rock</th>", "<td>S</td><td></td><td>x</td>")) == []


def test_rows_of_markdown_without_an_id() -> None:
    rows = [
        "| Sample | IGSN | Rock |",
        "|:--|---|---|",
        f"| S1 | `{ID}` | basalt |",
        "| S2 | | gabbro |",
        "| S3 |  n/a  | gabbro |",
        "| S4 | ![](qr.png) | gabbro |",
        "|  | | altered |",
        "| S5 |",
        "| | | |",
    ]
    expected = [f"4:8 {LACKS}", '5:9 "n/a" stands where the ID of the sample should']
    assert told("a.md", "\n".join(rows)) == expected
    assert told("a.md", "\r\n".join(rows)) == expected


def test_rows_of_other_texts_without_an_id() -> None:
    tex = (
        "\\begin{tabular}{lll}\nSample & IGSN & Rock \\\\\nS1 & %s & x \\\\\nS2 & & y \\\\\n & & z \\\\\n\\end{tabular}"
    )
    assert told("a.tex", tex % ID) == [f"4:5 {LACKS}"]
    assert told("a.tex", tex % r"\multirow{2}{*}{IEJMA0001}") == []
    assert told("a.tex", tex % r"\multirow{1}{*}{IEJMA0001}") == [f"4:5 {LACKS}"]
    assert told("a.tex", (tex % r"\multirow{9}{*}{IEJMA0001}").replace("S2 & &", "S2 & n/a &")) == [
        '4:5 "n/a" stands where the ID of the sample should'
    ]
    line = "== ================== =\n"
    rst = f"{line}S  IGSN               R\n{line}S1 {{}}\nS2 {{}}\n{line}"
    assert told("a.rst", rst.format(f"{ID} x", f"{' ' * 18} y")) == [f"5:3 {LACKS}"]
    jats = "<article><body><table-wrap><table>{}</table></table-wrap></body></article>"
    row = "<tr><td>S2</td><td/><td>gabbro</td></tr>"
    assert told("a.jats", jats.format(f"<tr>{HEAD}</tr>\n{row}")) == [f"2:21 {LACKS}"]
    assert told("a.jats", jats.format(f"<tr>{HEAD}</tr><tr><td/><td>{ID}</td><td>x</td></tr>")) == []
    assert told("a.jats", jats.format(f"<tr>{HEAD}</tr><tr><td>S</td><td>-</td><td/></tr>")) != []


def test_wide_and_long_tables_take_linear_time() -> None:
    start = time.monotonic()
    many = html(HEAD, *["<td>S</td><td></td><td>x</td>"] * 1_000)
    assert len(lint(("a.html", many.encode()), select=["IL215"]).findings) == 1
    lint(("a.html", html(HEAD, *['<td colspan="9999" rowspan="9999">'] * 1_000).encode()), select=["IL215"])
    lint(("a.html", ("<table><tr><td>igsn" + "<table><tr><td>" * 1_000).encode()), select=["IL215"])
    lint(("a.md", ("| IGSN |" + " |" * 1_000 + "\n|-" * 2 + "\n").encode()), select=["IL215"])
    assert time.monotonic() - start < 20
