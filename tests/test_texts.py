"""Formats of texts: LaTeX, HTML, JATS and TEI, reStructuredText, Markdown, notebooks, bibliographies."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igsn_lint import facts
from igsn_lint.api import lint
from igsn_lint.engine import Engine
from igsn_lint.finder import find
from igsn_lint.fixes import mend
from igsn_lint.inputs import Input
from igsn_lint.model import Document, Finding, Mention, Settings
from igsn_lint.readers import EXTENSIONS, read
from igsn_lint.readers.mapped import Flow
from igsn_lint.registry import Registry
from igsn_lint.source import Source

SETTINGS = Settings()
FORMATS = {
    "tex": "latex", "html": "html", "rst": "rst", "md": "markdown", "ipynb": "notebook", "bib": "bibtex", "ris": "ris",
    "xml": "xml", "json": "json",
}  # fmt: skip


def document(text: str, ending: str) -> Document:
    return read(Source(f"x.{ending}", text.encode()), FORMATS[ending], SETTINGS)


def mentions(text: str, ending: str) -> list[Mention]:
    return [mention for part in document(text, ending).parts() for mention in find(part, SETTINGS)]


def seen(text: str, ending: str) -> dict[str, tuple[str, str, str]]:
    """Return for each suffix what stands in the source at its place, its role and its state."""
    found = document(text, ending)
    rows = {}
    for part in found.parts():
        for mention in find(part, SETTINGS):
            at = mention.spelling.suffix_start
            span = found.locate(mention.place(at, mention.end - mention.start))
            assert span is not None
            rows[mention.suffix] = (found.source.text[slice(*span)], mention.role, mention.state)
    return rows


def where(text: str, ending: str) -> dict[str, str]:
    return {suffix: raw for suffix, (raw, _, _) in seen(text, ending).items()}


def fixed(name: str, text: str, rule: str) -> str:
    """Return the text with the edits of one rule made."""
    source = Source(name, text.encode())
    edits = []
    found: list[Finding] = lint((name, text.encode()), select=[rule]).findings
    for finding in found:
        for edit in finding.edits:
            region = edit.region
            start = source.offset_at(region.line, region.column)
            edits.append((start, source.offset_at(region.end_line, region.end_column), edit.text))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


# The map from decoded text to the source

PIECES = st.lists(
    st.tuples(st.sampled_from(["copy", "put", "skip", "cut"]), st.text(min_size=1, max_size=5), st.text(max_size=3)),
    max_size=12,
)


@given(PIECES, st.data())
def test_every_offset_of_a_flow_leads_back_to_its_piece(
    pieces: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    source, flow, origins = "", Flow(), []
    for how, raw, text in pieces:
        start, source = len(source), source + raw
        if how == "copy":
            flow.copy(source, start, len(source))
            origins += [(i, i + 1) for i in range(start, len(source))]
        elif how == "put":
            flow.put(text, start, len(source))
            origins += [(start, len(source))] * len(text)
        elif how == "cut":
            flow.cut()
    assert len(flow.text) == flow.length == len(origins)
    if not origins:
        assert flow.span(0, 0) == (0, 0)
        return
    start = data.draw(st.integers(0, len(origins) - 1))
    end = data.draw(st.integers(start + 1, len(origins)))
    assert flow.span(start, end) == (origins[start][0], origins[end - 1][1])
    joined = "".join(segment.text for segment in flow.segments(lambda text, label: True))
    assert joined == flow.text


CODE = st.from_regex(r"[A-HJ-NP-Z]{3}[0-9]{4,6}", fullmatch=True)
WORDS = st.sampled_from(
    ["Höhe 12 m", "a\u0000b"[:1], "(basalt)", "𝛿18O", "Smith et al.", "3 & 4", "100 %", "x_1", "$5"]
)
WRITERS: dict[str, Any] = {
    "tex": lambda text, code: "".join(f"\\{c}" if c in "&%_$" else c for c in text) + f" igsn:10.58052/\\-{code}. ",
    "html": lambda text, code: f"<p>{text.replace('&', '&amp;')} igsn:10.58052/<b>{code[:3]}</b>{code[3:]}</p>",
    "xml": lambda text, code: (
        f"<p>{text.replace('&', '&amp;')} igsn:10.58052/<italic>{code[:2]}</italic>{code[2:]}</p>"
    ),
    "rst": lambda text, code: f"{text} **igsn:**\\ 10.58052/{code}\n\n",
    "md": lambda text, code: f"{text} **igsn:10.58052/{code}**\n\n",
    "ris": lambda text, code: f"N1  - {text} igsn:10.58052/{code}\n",
    "bib": lambda text, code: f"@misc{{k, note = {{{text.replace('%', '').replace('$', '')} igsn:10.58052/{code}}}}}\n",
}


@pytest.mark.parametrize("ending", sorted(WRITERS))
@given(st.lists(st.tuples(WORDS, CODE), min_size=1, max_size=5, unique_by=lambda row: row[1]))
@settings(max_examples=60, deadline=None)
def test_ids_are_found_at_their_place_whatever_stands_around(ending: str, rows: list[tuple[str, str]]) -> None:
    text = "".join(WRITERS[ending](words, code) for words, code in rows)
    if ending == "xml":
        text = f"<article><body>{text}</body></article>"
    if ending == "ris":
        text = f"TY  - DATA\n{text}"
    found = where(text, ending)
    assert sorted(found) == sorted(code for _, code in rows)
    for code, raw in found.items():
        assert raw[:2] == code[:2]
        assert raw[-1] == code[-1]
        assert "".join(c for c in raw if c.isalnum()).startswith(code[:2])


@given(st.lists(st.tuples(WORDS, CODE), min_size=1, max_size=4), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_ids_in_notebooks_are_found_at_their_place(rows: list[tuple[str, str]], whole: bool, ascii_only: bool) -> None:
    lines = [f'"{words}" igsn:10.58052/{code}\n' for words, code in rows]
    cell = {"cell_type": "markdown", "source": "".join(lines) if whole else lines}
    text = json.dumps({"cells": [cell], "metadata": {}}, ensure_ascii=ascii_only)
    assert where(text, "ipynb") == {code: code for _, code in rows}
    found = document(text, "ipynb")
    places = [found.pointer(m.place()) for part in found.parts() for m in find(part, SETTINGS)]
    assert set(places) == {"cell 1"}


# LaTeX


@pytest.mark.parametrize(
    ("table", "column"),
    [("latex-macros", 1), ("latex-environments", 1), ("latex-symbols", 2), ("latex-packages", 1)],
)
def test_each_row_of_a_table_of_latex_stands_once_and_its_word_is_explained(table: str, column: int) -> None:
    path = Path(facts.__file__).with_name(f"{table}.tsv")
    head = " ".join(line for line in path.read_text("utf-8").splitlines() if line.startswith("#"))
    said = Counter((row[0], row[column]) for row in facts.rows(table))
    assert said.most_common(1)[0][1] == 1
    assert {what for _, what in said if re.search(rf"\b{what}", head) is None} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"igsn:10.58052/IE\_A1\-000\allowbreak 2.", {"IE_A10002": r"IE\_A1\-000\allowbreak 2"}),
        (r"\textbf{igsn:}\texttt{10.58052/SSH000SUA}", {"SSH000SUA": "SSH000SUA"}),
        (r"IGSN~AU1101 and igsn:10.58052/\discretionary{-}{}{}SSH001", {"AU1101": "AU1101", "SSH001": "SSH001"}),
        ("igsn:10.58052/SSH%\n  000SUA", {"SSH000SUA": "SSH%\n  000SUA"}),
        (r"50\% of igsn:AU1101", {"AU1101": "AU1101"}),
        (r"IGSN: AU1101\textsuperscript{2} and IGSN: AU1102$^{3}$", {"AU1101": "AU1101", "AU1102": "AU1102"}),
        (r"IGSN: AU1101$^\dagger$, AU1102$^\ast$, AU1103$^\mathrm{b}$, AU1104$^a$, AU1105$_2$, AU1106$^*$",
         {f"AU110{i}": f"AU110{i}" for i in range(1, 7)}),
        (r"IGSN: AU1101\fnm{1}, AU1102$^\text{c,d}$, AU1103$^\dagger\,$ and AU1104$^\%$",
         {f"AU110{i}": f"AU110{i}" for i in range(1, 5)}),
        (r"\newcommand{\igsn}[1]{\href{https://doi.org/10.1/#1}{igsn:#1}} x", {}),
        (r"\newcommand\igsn[1]{#1} \igsn{AU1101}", {"AU1101": "AU1101"}),
        (r"\def\smp#1{\textsc{igsn}:#1} \smp{AU1101}", {"AU1101": "AU1101"}),
        (r"\newcommand{\smp}[2]{#1 (igsn:#2)} \smp{Basalt}{AU1101}", {"AU1101": "AU1101"}),
        (r"\newcommand{\smp}[1]{\href{https://doi.org/10.58052/#1}{#1}} \smp{SSH0001}", {"SSH0001": "SSH0001"}),
        (r"\newcommand{\smp}[2]{#1 (\href{https://igsn.org/#2}{#2})} \smp{Basalt}{SSH0001}", {"SSH0001": "SSH0001"}),
        (r"\newcommand{\rock}{igsn:AU1101} see \rock", {"AU1101": "AU1101"}),
        (r"\begin{tabular}{l}IGSN\\ \rowcolor[HTML]{EFEFEF}AU1101\\ \cellcolor[gray]{.9}AU1102\\\end{tabular}",
         {"AU1101": "AU1101", "AU1102": "AU1102"}),
        (r"\citep{igsn:AU1101} \label{igsn:AU1102} \cite{IGSN2015}", {}),
        (r"\newcommand{\rock}[1]{\emph{#1}} \rock{AU1101}", {}),
        (r"\doi{10.58052/SSH000SUA}", {"SSH000SUA": "SSH000SUA"}),
        (r"\url{https://doi.org/10.58052/SSH\_1A}", {"SSH_1A": r"SSH\_1A"}),
        ("IGSNs:\n\\begin{itemize}\n\\item AU1101 (chert)\n\\item AU1102\n\\end{itemize}",
         {"AU1101": "AU1101", "AU1102": "AU1102"}),
    ],
)  # fmt: skip
def test_what_latex_prints_is_read(text: str, expected: dict[str, str]) -> None:
    assert where(text, "tex") == expected


@pytest.mark.parametrize("macro", ["section", "section*", "subsection[Samples]", "chapter*", "caption*[IGSNs]"])
def test_a_heading_of_latex_says_nothing_of_the_words_below_it(macro: str) -> None:
    assert mentions(f"\\{macro}{{Samples and their IGSN}}\nIEABC0002 is a core.", "tex") == []


def test_a_table_of_latex_may_end_inside_its_head() -> None:
    text = r"\begin{supertabular}{l}\tablehead{ IGSN \end{supertabular} } IGSN: AU1101"
    assert [mention.suffix for mention in mentions(text, "tex")] == ["AU1101"]


LINKING = r"\href{https://doi.org/#1/#2}{igsn:#1/#2}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rf"\newcommand{{\smp}}[2][10.58052]{{{LINKING}}} \smp{{SSH0001}} \smp[10.60516]{{AU1101}}",
         {"10.58052/SSH0001": 2, "10.60516/AU1101": 2}),
        (rf"\NewDocumentCommand{{\smp}}{{O{{10.58052}} m}}{{{LINKING}}} \smp{{SSH0001}} \smp[10.60516]{{AU1101}}",
         {"10.58052/SSH0001": 2, "10.60516/AU1101": 2}),
        (r"\NewDocumentCommand\smp{s +m o}{igsn:10.58052/#2} \smp{SSH0001} \smp*{SSH0002}[x]",
         {"10.58052/SSH0001": 1, "10.58052/SSH0002": 1}),
        (rf"\newcommand*{{\smp}}[2]{{{LINKING}}} \smp{{10.60516}}{{AU1101}}" "\n\\smp{10.60516}%\n  {AU1102}",
         {"10.60516/AU1101": 2, "10.60516/AU1102": 2}),
        (r"\newcommand\smp[1]{igsn:10.58052/#1}\let\core\smp \let\rock=\core \core{SSH0001} \rock{SSH0002}",
         {"10.58052/SSH0001": 1, "10.58052/SSH0002": 1}),
        (r"\newcommand{\pre}{10.58052} igsn:\pre/SSH0001 \url{https://doi.org/\pre/SSH0002}",
         {"10.58052/SSH0001": 1, "10.58052/SSH0002": 1}),
        (r"\newcommand{\base}{https://doi.org/10.58052/} \href{\base SSH0001}{a} \href{\base{}SSH0002}{b}",
         {"10.58052/SSH0001": 1, "10.58052/SSH0002": 1}),
        (r"\def\pre{10.58052}\newcommand{\smp}[2][\pre]{igsn:#1/#2} \smp{SSH0001}", {"10.58052/SSH0001": 1}),
        (r"\newcommand{\smp}[2][rock]{#1 igsn:10.58052/#2} \smp[sand]{SSH0001}", {"10.58052/SSH0001": 1}),
        (r"\newcommand{\smp}[2][x]{igsn:10.58052/#2} \smp[y]", {}),
        (r"\let\smp", {}),
    ],
)  # fmt: skip
def test_macros_of_a_latex_file_are_read_with_what_they_are_given(text: str, expected: dict[str, int]) -> None:
    assert Counter(m.key for m in mentions(text, "tex")) == expected


def test_macros_whose_targets_double_their_arguments_do_not_grow() -> None:
    target, argument = "#1" * 400, "10.58052/AU1101," * 900
    text = rf"\newcommand{{\smp}}[1]{{\href{{https://doi.org/{target}}}{{igsn:AU1101}}}}\smp{{{argument}}}"
    flows = document(text, "tex").flows
    assert sum(len(flow.text) + sum(len(link.target) for link in flow.links) for flow in flows) < 4 * len(text)


def test_tables_in_latex_are_read_by_their_heading() -> None:
    text = (
        "\\begin{table}\\caption{Samples}\n\\begin{tabular}{lcr}\n\\tophline\n"
        "Name & \\textbf{IGSN}$^{a}$ & \\multicolumn{2}{c}{Age \\& error} \\\\\n & & Ma & 2s\\\\ \\middlehline\n"
        "A\\_1 & AU1101 & 5 & 1\\\\\nB & \\href{https://doi.org/10.60516/AU1102}{AU1102}$^{b}$ & 6 & 1\\\\\n"
        "C & -- & 7 & 1\\\\ \\bottomhline\n\\end{tabular}\\end{table}"
    )
    assert seen(text, "tex") == {
        "AU1101": ("AU1101", "cited", "plain"),
        "AU1102": ("AU1102", "cited", "plain"),
    } or {m.suffix for m in mentions(text, "tex")} == {"AU1101", "AU1102"}
    deluxe = (
        "\\begin{deluxetable}{ll}\\tablehead{\\colhead{Sample} & \\colhead{IGSN}}\n"
        "\\startdata\nA & AU1103 \\\\\nB & AU1104\n\\enddata\n\\end{deluxetable}"
    )
    assert set(where(deluxe, "tex")) == {"AU1103", "AU1104"}


@pytest.mark.parametrize("heading", [r"\begin{tabular}[c]{@{}l@{}}%s\end{tabular}", r"\shortstack{%s}"])
@pytest.mark.parametrize("braces", ["%s", "{%s}"])
def test_a_table_that_breaks_the_lines_of_a_cell_is_no_table(heading: str, braces: str) -> None:
    head, both = (braces % (heading % words) for words in (r"IGSN\\ number", r"AU1102\\ AU1103"))
    text = (
        rf"\begin{{tabular}}{{ll}} Sample & {head} \\ \midrule A & AU1101 \\ B & {both} \\ C & AU1104 \end{{tabular}}"
    )
    assert set(where(text, "tex")) == {"AU1101", "AU1102", "AU1103", "AU1104"}
    inner = r"\begin{tabular}{ll}Sample & IGSN\\A & AU1101\\\end{tabular}"
    assert set(where(rf"\begin{{tabular}}{{l}}{inner}\\\end{{tabular}}", "tex")) == {"AU1101"}


@pytest.mark.parametrize("heading", ["paragraph", "subparagraph"])
def test_the_text_goes_on_behind_a_heading_in_its_line(heading: str) -> None:
    assert set(where(rf"\{heading}{{IGSNs:}} AU1101, AU1102.", "tex")) == {"AU1101", "AU1102"}
    assert where(rf"A AU1101. \{heading}{{IGSN}}AU1102", "tex") == {"AU1102": "AU1102"}


def test_comments_and_options_of_latex_have_their_state_and_verbatim_is_code() -> None:
    text = (
        "% igsn:AU1101\n\\hypersetup{pdfkeywords={igsn:AU1102}}\n\\begin{comment}igsn:AU1103\\end{comment}\n"
        "\\begin{lstlisting}\nigsn:AU1104\n\\end{lstlisting}\\footnote{igsn:AU1105}"
    )
    assert {suffix: state for suffix, (_, _, state) in seen(text, "tex").items()} == {
        "AU1101": "comment", "AU1102": "hidden", "AU1103": "comment", "AU1104": "plain", "AU1105": "plain",
    }  # fmt: skip
    assert [m.suffix for m in mentions(text, "tex") if m.code] == ["AU1104"]


def test_what_latex_no_longer_prints_is_no_citation() -> None:
    text = (
        "\\newcommand{\\igsn}[1]{IGSN #1}\\newcommand{\\stop}{\\end{document}}\\begin{document}\n"
        "IGSN \\sout{AU1101} \\deleted[id=A]{IGSN AU1102}\\added{igsn:AU1103} IGSN~\\replaced{AU1104}{AU1105}\n"
        "\\if0 IGSN AU1106 \\fi IGSN \\DIFdel{AU1107 }\\DIFadd{AU1108}, the 1\\st{}~IGSN AU1109\n% \\end{document}\n"
        "\\begin{verbatim}\\end{document}\\end{verbatim}\\ifx\\a\\b\\endinput\\fi IGSN AU1110\n"
        "\\end{document}\nIGSN AU1111, \\igsn{AU1112}\\end{document}"
    )
    states = {suffix: state for suffix, (_, _, state) in seen(text, "tex").items()}
    assert {s for s, state in states.items() if state == "deleted"} == {"AU1101", "AU1102", "AU1105", "AU1107"}
    assert {s for s, state in states.items() if state == "comment"} == {"AU1106", "AU1111", "AU1112"}
    assert set(states) == {f"AU11{i:02}" for i in range(1, 13)}
    tracked = "IGSN \\remove[ab]{AU1101}\\add{AU1102} IGSN \\change{AU1103}{AU1104} \\change{IGSN AU1105}"
    states = {suffix: state for suffix, (_, _, state) in seen(tracked, "tex").items()}
    assert {s for s, state in states.items() if state == "deleted"} == {"AU1101", "AU1103"}
    assert {s for s, state in states.items() if state == "plain"} == {"AU1102", "AU1104", "AU1105"}
    nested = "\\iffalse \\ifx\\a\\b IGSN AU1101 \\else\\fi IGSN AU1102 \\fi $a \\iff b$ IGSN AU1103"
    states = {suffix: state for suffix, (_, _, state) in seen(nested, "tex").items()}
    assert states == {"AU1101": "comment", "AU1102": "comment", "AU1103": "plain"}
    package = "\\igsn{AU1101}\n  \\endinput % here\nIGSN AU1102\n"
    assert [state for _, _, state in seen(package, "tex").values()] == ["plain", "comment"]


@pytest.mark.parametrize(
    ("option", "encoding"),
    [("latin1", "iso8859-1"), ("latin9", "iso8859-15"), ("cp1252", "cp1252"), ("ansinew", "cp1252"),
     ("applemac", "mac-roman"), ("utf8", "utf-8"), ("utf8,latin1", "iso8859-1")],
)  # fmt: skip
def test_latex_is_read_in_the_encoding_that_it_declares(option: str, encoding: str) -> None:
    head = "\\documentclass{article}\n% \\usepackage[koi8-r]{inputenc}\n\\usepackage[" + option + "] {inputenc}\n"
    text = head + "Gr\u00fcn, IGSN: AU1101"
    assert not lint(("x.tex", text.encode(encoding)), select=["IL003"]).findings
    source = Source("x.tex", text.encode(encoding))
    assert (source.text, source.spliced([])) == (text, text.encode(encoding))
    # What is UTF-8 is UTF-8, whatever an old head says.
    assert Source("x.tex", text.encode()).text == text


@pytest.mark.parametrize("option", ["utf8", "ascii", "", "nonsense", "latin1,utf8"])
def test_latex_in_no_declared_encoding_is_reported(option: str) -> None:
    text = "% \\usepackage[latin1]{inputenc}\n\\usepackage[" + option + "]{inputenc}\nGr\u00fcn, IGSN: AU1101"
    assert lint(("x.tex", text.encode("latin-1")), select=["IL003"]).findings
    quoted = "As in \\usepackage[latin1]{inputenc}: Gr\u00fcn"
    assert lint(("x.md", quoted.encode("latin-1")), select=["IL003"]).findings


def settled(text: str) -> str:
    """Return a LaTeX text with all safe fixes made, as often as there are some."""
    registry = Registry.load()
    engine = Engine(registry, Settings(), set(registry.codes))
    mended = mend(Input("x.tex", text.encode), engine, unsafe=False)
    assert mended is not None
    return mended.data.decode()


ADDING = "IL206", "IL210"
"""The rules whose edits add something: the tag, a link."""


@pytest.mark.parametrize(
    "text",
    [
        r"\nolinkurl{10.58052/SSH1A}", r"\path{10.58052/SSH1A}", r"\url{10.58052/SSH1A}", r"\path|10.58052/SSH1A|",
        r"\url|https://doi.org/10.58052/SSH1A|", r"\mintinline{text}{10.58052/SSH1A}",
        r"\mintinline[a=b]{text}|10.58052/SSH1A|", r"\lstinline[language=C]|10.58052/SSH1A|",
        r"\detokenize{10.58052/SSH1A}", r"\sample{10.58052/SSH1A}", r"\bibinfo {a} {10.58052/SSH1A}",
        r"$\mathrm{10.58052/SSH1A}$", r"$$ 10.58052/SSH1A $$", r"\(10.58052/SSH1A\)", r"\[10.58052/SSH1A\]",
        r"\begin{align*}10.58052/SSH1A\end{align*}", r"\tikz \node (10.58052/SSH1A) {a};",
        r"\tikz[a]{\x; (10.58052/SSH1A)}",
        r"\begin{tikzpicture}\node (10.58052/SSH1A) {a};\end{tikzpicture}", r"\hyperlink{a}{10.58052/SSH1A}",
        r"\hyperref[sec:a]{10.58052/SSH1A}", r"\cite[10.58052/SSH1A]{a}", r"\title[10.58052/SSH1A]{x}",
        "\\cite[{[10.58052/SSH1A]},\nx]{a}", r"\begin{theorem}[10.58052/SSH1A]\end{theorem}",
        r"\begin{boxed}{10.58052/SSH1A}\end{boxed}",
        r"\newglossaryentry{a}{name={10.58052/SSH1A}}", r"\newcommand{\core}{10.58052/SSH1A} igsn:\core",
        r"\def\core{Core 10.58052/SSH1A}", r"\newcommand{\smp}[1]{IGSN: #1}\smp{10.58052/SSH1A}",
        "\\begin{filecontents}{a.bib}\n@misc{x, doi={10.58052/SSH1A}, note={10.58052/SSH1A}}\n\\end{filecontents}",
    ],
)  # fmt: skip
def test_nothing_is_added_in_latex_where_no_running_text_stands(text: str) -> None:
    assert [fixed("x.tex", text, rule) for rule in ADDING] == [text, text]
    tagged = text.replace("10.58052", "igsn:10.58052")
    assert fixed("x.tex", tagged, "IL210") == tagged
    assert settled(settled(text)) == settled(text)


@pytest.mark.parametrize(
    "text", [r"\emph{%s}", r"\foo{a} and %s", r"\section[a]{%s}", r"$5$ and %s $6$", r"\dataavailability{See %s.}",
             r"\footnote{%s}", r"\textcolor{red}{%s}", r"$$a$$ %s", r"\tikz \node {a}; %s", r"\newcommand{\b}{a}%s",
             "$ %s\n\n $", r"\url{a} %s", r"\begin{center}%s\end{center}", r"\[a\] %s", r"\caption{%s}", r"\x[%s",
             r"\section*{%s}", r"\tikz{a;} %s"],
)  # fmt: skip
def test_an_id_in_the_running_text_of_latex_gets_its_tag_and_its_link(text: str) -> None:
    assert fixed("x.tex", text % "10.58052/SSH1A", "IL206") == text % "igsn:10.58052/SSH1A"
    link = r"\href{https://doi.org/10.58052/SSH1A}{igsn:10.58052/SSH1A}"
    assert fixed("x.tex", text % "igsn:10.58052/SSH1A", "IL210") == text % link
    assert settled(text % "10.58052/SSH1A") == settled(text % link) == text % link


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (r"\newcommand{\smp}[1]{IGSN~#1}\smp{SSH0001A}", "IL208"),
        (r"\newcommand{\smp}[2]{#1 (IGSN: #2)}\smp{Basalt}{10.58052/SSH0001A}", "IL208"),
        (r"\newcommand{\smp}{IGSN~}\smp 10.58052/SSH0001A", "IL208"),
        (r"\newcommand{\smp}[1]{\href{http://dx.doi.org/10.58052/#1}{#1}}\smp{SSH0001A}", "IL201"),
    ],
)
def test_the_words_of_a_macro_are_not_overwritten_where_it_is_called(text: str, rule: str) -> None:
    assert lint(("x.tex", text.encode()), select=[rule]).findings
    assert fixed("x.tex", text, rule) == text


def test_a_name_for_an_id_needs_no_tag() -> None:
    assert not lint(("x.tex", rb"\newcommand{\core}{10.58052/SSH1A} igsn:\core"), select=["IL206"]).findings
    assert lint(("x.tex", rb"\newcommand{\core}{the core 10.58052/SSH1A}"), select=["IL206"]).findings


@pytest.mark.parametrize(
    ("head", "linked"),
    [
        (r"\documentclass{article}", False),
        (r"\documentclass[11pt]{scrartcl}\usepackage[T1]{fontenc}\usepackage{graphicx, amsmath} % \input{a}", False),
        (r"\documentclass{article}\usepackage{hyperref}", True),
        (r"\documentclass{article}\usepackage{graphicx, mystyle}", True),
        (r"\documentclass{article}\RequirePackage{url}", True),
        (r"\documentclass{article}\input{head}", True),
        (r"\documentclass{article}\newcommand{\href}[2]{#2}", True),
        (r"\documentclass{copernicus}", True),
        (r"\documentclass{article}\documentclass{copernicus}", True),
        ("", True),
    ],
)  # fmt: skip
def test_a_link_is_made_where_the_document_may_have_them(head: str, linked: bool) -> None:
    text = head + "\n\\begin{document}\nCore igsn:10.58052/SSH1A\n\\end{document}"
    finding, *_ = lint(("x.tex", text.encode()), select=["IL210"]).findings
    assert bool(finding.edits) == linked
    assert finding.replacement == "https://doi.org/10.58052/SSH1A"


# HTML, JATS, TEI


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>igsn:10.58052/SSH<b>000</b>SU&#65;</p>", {"SSH000SUA": ("SSH<b>000</b>SU&#65;", "cited", "plain")}),
        ("<p>IGSN&nbsp;AU1101<sup>1</sup></p>", {"AU1101": ("AU1101", "cited", "plain")}),
        ("<p>igsn:10.58052/SSH<wbr>000</p>", {"SSH000": ("SSH<wbr>000", "cited", "plain")}),
        ("<p>IGSN</p><p>AU1101</p>", {}),
        ("<div hidden>igsn:AU1101</div>", {"AU1101": ("AU1101", "cited", "hidden")}),
        ("<!-- igsn:AU1101 -->", {"AU1101": ("AU1101", "cited", "comment")}),
        ('<meta name="citation_igsn" content="AU1101">', {"AU1101": ("AU1101", "cited", "hidden")}),
        ('<meta name="DC.identifier" content="https://doi.org/10.58052/SSH1A">', {"SSH1A": ("SSH1A", "cited", "hidden")}),  # noqa: E501
        ('<p data-igsn="AU1101">x</p>', {"AU1101": ("AU1101", "cited", "hidden")}),
        ("<dl><dt>IGSN:</dt><dd>AU1101</dd></dl>", {"AU1101": ("AU1101", "cited", "plain")}),
        ("<table><tr><th>IGSN</th><td>AU1101</td></tr></table>", {"AU1101": ("AU1101", "cited", "plain")}),
        ("<table><tr><td>x<td>IGSN<tr><td>y<td>AU1101</table>", {"AU1101": ("AU1101", "cited", "plain")}),
        ("<table><tr><th colspan=2>IGSN<th>x<tr><td>AU1101<td>AU1102<td>AU1103</table>",
         {"AU1101": ("AU1101", "cited", "plain"), "AU1102": ("AU1102", "cited", "plain")}),
        ('<script type="application/ld+json">{"propertyID": "IGSN", "value": "AU1101"}</script>',
         {"AU1101": ("AU1101", "cited", "hidden")}),
        ("<ul><li>IGSN: AU1101<li>AU1102</ul>", {"AU1101": ("AU1101", "cited", "plain")}),
        ("IGSNs:<ul><li>AU1101<li><i>AU1102</i> x</ul>",
         {"AU1101": ("AU1101", "cited", "plain"), "AU1102": ("AU1102", "cited", "plain")}),
        ("<a href=https://doi.org/10.58052/SSH1A>x</a>", {"SSH1A": ("SSH1A", "target", "plain")}),
    ],
)  # fmt: skip
def test_what_html_shows_and_hides_is_read(text: str, expected: dict[str, tuple[str, str, str]]) -> None:
    assert seen(text, "html") == expected


@pytest.mark.parametrize(
    ("ending", "text", "expected"),
    [
        ("html", "<p>IGSN <del>AU1101</del> <ins>AU1102</ins></p>", {"AU1101": "deleted", "AU1102": "plain"}),
        ("html", "<p>IGSN AU<s>11</s><ins>22</ins>02, <strike>IGSN AU1103</strike></p>",
         {"AU2202": "plain", "AU1103": "deleted"}),
        ("html", '<p>Not <span style="text-decoration: line-through">IGSN AU1101</span></p>', {"AU1101": "deleted"}),
        ("html", "<dl><dt>IGSN</dt><dd><del>AU1101</del> AU1102</dd></dl>", {"AU1101": "deleted", "AU1102": "plain"}),
        ("html", "<table><tr><th>IGSN<tr><td><del>AU1101</del> AU1102</table>",
         {"AU1101": "deleted", "AU1102": "plain"}),
        ("html", "<table><tr><th>Rock<th>IGSN<tr><td style='text-decoration:line-through'>x<td>AU1101"
         "<tr style='text-decoration:line-through'><td>y<td>IGSN AU1102<tr><td>z<td>AU1103</table>",
         {"AU1101": "plain", "AU1102": "deleted", "AU1103": "plain"}),
        ("html", "<table><tr><th>IGSN</th></tr><del><tr><td>IGSN AU1101</td></tr></del><tr><td>AU1102</table>",
         {"AU1101": "deleted", "AU1102": "plain"}),
        ("xml", "<TEI><p>IGSN <subst><del>AU1101</del><add>AU1102</add></subst></p></TEI>",
         {"AU1101": "deleted", "AU1102": "plain"}),
        ("xml", "<TEI><p>IGSN <hi rend='strikethrough'>AU1101</hi></p></TEI>", {"AU1101": "deleted"}),
        ("xml", "<article><p>IGSN <strike>AU1101</strike></p></article>", {"AU1101": "deleted"}),
        ("xml", "<article><para revisionflag='deleted'>IGSN AU1101</para></article>",
         {"AU1101": "deleted"}),
    ],
)  # fmt: skip
def test_what_markup_strikes_out_is_deleted(ending: str, text: str, expected: dict[str, str]) -> None:
    assert {suffix: state for suffix, (_, _, state) in seen(text, ending).items()} == expected
    assert set(where(text, ending).values()) >= set(expected) - {"AU2202"}


def test_what_remains_beside_a_deleted_id_is_a_remark() -> None:
    text = b"<table><tr><th>No<th>IGSN<tr><td>1<td><del>AU1101</del> lost<tr><td>2<td>AU1102</table>"
    assert lint(("x.html", text)).findings == []


@pytest.mark.parametrize("behind", ["<p>", "]]> <![CDATA[ c <p>"])
def test_a_section_of_cdata_without_an_end_hides_no_more_of_html_than_a_comment(behind: str) -> None:
    text = f"<html><body><![CDATA[ a {behind} igsn:10.60516/AU1101</p> b > igsn:10.60516/AU1102"
    assert set(where(text, "html")) == {"AU1101", "AU1102"}


def test_items_without_a_digit_in_a_field_are_remarks() -> None:
    text = b"<dl><dt>Child IGSNs<dd><ul><li>AU1101<li>none for the blank</ul></dl>"
    assert lint(("x.html", text), select=["IL101"]).findings == []


@pytest.mark.parametrize(
    ("text", "suffixes"),
    [
        ("<dl><dt>Child IGSNs<dd><ul><li>AU1101<li><b>AU</b>1102<li>none for the blank</ul></dl>",
         {"AU1101", "AU1102"}),
        ("<table><tr><th>IGSN<tr><td><ol><li>AU1101</li><li>AU1102</li></ol></table>", {"AU1101", "AU1102"}),
        ("<dl><dt>IGSN</dt><dd><p>AU1101</p></dd></dl>", {"AU1101"}),
        ("<dl><dt>Former names</dt><dd><ul><li>AU1101<li>AU1102</ul></dd></dl>", set()),
        ("<table><tr><th>IGSN<tr><td>IEABC<br>0001<tr><td>IEABC0002<br>IEABC0003</table>",
         {"IEABC0001", "IEABC0002", "IEABC0003"}),
        ("<p>IGSN<br>847000131, ISO<br>9001, DOI<br>10.58052/AU1102</p>", {"847000131", "AU1102"}),
    ],
)  # fmt: skip
def test_lists_and_line_breaks_in_fields_of_html_are_read(text: str, suffixes: set[str]) -> None:
    assert {m.suffix for m in mentions(text, "html") if any(c.isdigit() for c in m.suffix)} == suffixes


def test_a_shown_id_knows_its_link_in_every_format_with_links() -> None:
    target = "https://doi.org/10.58052/SSH000SUA"
    texts = {
        "html": f'<p><a href="{target}">igsn:<b>SSH000SUA</b></a></p>',
        "tex": f"\\href{{{target}}}{{igsn:SSH000SUA}}",
        "md": f"[igsn:SSH000SUA]({target})",
        "rst": f"`igsn:SSH000SUA <{target}>`_",
        "xml": f'<article xmlns:x="urn:x"><p><ext-link x:href="{target}">igsn:SSH000SUA</ext-link></p></article>',
    }
    for ending, text in texts.items():
        found = {m.role: m for m in mentions(text, ending)}
        assert found["cited"].target == target, ending
        assert found["target"].raw == target, ending
        assert lint((f"x.{ending}", text.encode()), select=["IL210", "IL211"]).findings == [], ending
        other = text.replace("igsn:", "igsn:1")
        wrong = lint((f"x.{ending}", other.encode()), select=["IL211"]).findings
        assert [f.rule for f in wrong] == ["IL211"], ending


@pytest.mark.parametrize(
    ("text", "suffixes"),
    [
        ("<article><p>IGSN <italic>AU</italic>1101<xref>1</xref></p></article>", {"AU1101"}),
        ('<article><p><named-content content-type="igsn">AU1101</named-content></p></article>', {"AU1101"}),
        ('<article><p><object-id pub-id-type="igsn">AU1101</object-id></p></article>', {"AU1101"}),
        ("<article><table><tr><th>IGSN</th></tr><tr><td>AU1101</td></tr></table></article>", {"AU1101"}),
        ("<article><p>igsn:AU1101<fn><p>igsn:AU1102</p></fn>.</p></article>", {"AU1101", "AU1102"}),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p><idno type="IGSN">AU1101</idno></p></TEI>', {"AU1101"}),
        ("<TEI><table><row><cell>IGSN</cell></row><row><cell>AU1101</cell></row></table></TEI>", {"AU1101"}),
        ("<article><p>IGSNs:</p><list><list-item><p>AU1101</p></list-item><list-item><p>AU1102</p></list-item>"
         "</list></article>", {"AU1101", "AU1102"}),
        ("<!DOCTYPE article SYSTEM 'http://x/jats.dtd'><article><p>IGSN&nbsp;AU1101</p></article>", {"AU1101"}),
        ("<article><p>https://doi.org/<?br?>10.58052/<wbr/>SSH<?br?>001 of 2</p></article>", {"SSH001"}),
        ("<article><table><tr><th>IGSN</th></tr><tr><td>IEABC<break/>0001</td></tr></table></article>", {"IEABC0001"}),
        ('<TEI><p>IGSN IEABC<lb break="no"/>0001, IGSN IEABC\n  <pb n="2" break="no"/>\n  <hi>0002</hi></p></TEI>',
         {"IEABC0001", "IEABC0002"}),
        ("<TEI><list><label>IGSN</label><item>AU1101</item><label>N</label><item>B22</item></list></TEI>", {"AU1101"}),
        ("<TEI><p>IGSN <choice><sic>IEABO0001</sic><corr>IEABC0001</corr></choice></p></TEI>", {"IEABC0001"}),
        ("<TEI><p><choice><abbr>IGSN</abbr><expan>Int. Nr.</expan></choice> <num>AU1101</num></p></TEI>", {"AU1101"}),
        ("<TEI><p>IGSN <app><lem>AU1101</lem><rdg>AU1107</rdg></app></p></TEI>", {"AU1101"}),
        ("<article><variablelist><varlistentry><term>IGSN</term><listitem>"
         "<para>AU1101</para></listitem></varlistentry></variablelist></article>", {"AU1101"}),
    ],
)  # fmt: skip
def test_articles_in_xml_are_read_over_their_inline_elements(text: str, suffixes: set[str]) -> None:
    assert set(where(text, "xml")) == suffixes


# Other formats


def test_front_matter_and_tables_of_markdown_are_read_by_their_labels() -> None:
    text = (
        "---\ntitle: x\nigsn: AU1101\nparent_igsn: '10.60516/AU1102' # old\nigsns:\n  - AU1103\n  - AU1104\n# igsn:AU1105\n"  # noqa: E501
        "---\n\n| Rock | **IGSN** |\n|---|:--|\n| a | `AU1106` |\n| b | [AU1107](https://doi.org/10.60516/AU1107) |\n"
    )
    found = {m.suffix for m in mentions(text, "md")}
    assert found == {f"AU110{i}" for i in range(1, 8)}
    assert [m.suffix for m in mentions(text, "md") if m.role == "target"] == ["AU1107"]


FRONT = """---
title: "Samples igsn:10.58052/IEFMT0001"
igsn: ["IEFMT0002", 'IEFMT0003']
samples: [{igsn: IEFMT0004, rock: basalt}]
parent_igsn: >-
  IEFMT0005
abstract: |
  The core IGSN: IEFMT0006
  of 1971  # no comment
identifier: 10.58052/IEFMT0007 # igsn:IEFMT0008
---
Text igsn:10.58052/IEFMT0009
"""


@pytest.mark.parametrize(
    "text", [FRONT, "\ufeff" + FRONT, FRONT.replace("\n", "\r\n"), FRONT.replace("\n---\n", "\n...\n")]
)
def test_front_matter_of_markdown_is_yaml_at_its_place(text: str) -> None:
    opened = document(text, "md")
    rows = {}
    for mention in mentions(text, "md"):
        span = opened.locate(mention.place(mention.spelling.suffix_start, mention.spelling.suffix_end))
        assert span is not None
        assert text[slice(*span)] == mention.suffix
        rows[mention.suffix[-1]] = opened.pointer(mention.place()), mention.slot, mention.state
    assert rows == {
        "1": ("/title", "", "plain"),
        "2": ("/igsn/0", "field", "plain"),
        "3": ("/igsn/1", "field", "plain"),
        "4": ("/samples/0/igsn", "field", "plain"),
        "5": ("/parent_igsn", "field", "plain"),
        "6": ("/abstract", "", "plain"),
        "7": ("/identifier", "", "plain"),
        "8": ("", "", "comment"),
        "9": ("", "", "plain"),
    }
    assert offered("x.md", text) == {"6": {"IL208", "il207"}, "9": {"IL210"}}


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: IGSN: 10.58052/SSH1A\ndoi: 10.58052/SSH1B\n---\n",
        "---\ntitle: [\nurl: http://dx.doi.org/10.58052/SSH1A\nigsn: 10.58052/SSH1B\n---\n",
        "---\na: &a [*a]\nigsn: SSH1A\nurl: http://dx.doi.org/10.58052/SSH1B\n---\n",
        "+++\ntitle = 'IGSN: 10.58052/SSH1A'\nigsn = '10.58052/SSH1B'\n+++\n",
    ],
)
def test_front_matter_that_is_not_read_is_not_edited(front: str) -> None:
    text = front + "IGSN: 10.58052/SSH1C"
    assert [m.suffix for m in mentions(text, "md")] == ["SSH1A", "SSH1B", "SSH1C"]
    found = offered("x.md", text)
    assert found.pop("C") == {"IL208", "IL210"}
    assert all(rule.islower() and rule != "il210" for rules in found.values() for rule in rules)


def test_words_between_rules_are_no_front_matter() -> None:
    assert offered("x.md", "---\nThe core igsn:10.58052/SSH1A\n\n---\n") == {"A": {"IL210"}}


def test_emphasis_inside_a_word_of_markdown_is_no_part_of_it() -> None:
    text = "IGSN **IE**ABC0001, IE*ABC*0002 and IEABC**0003**, IGSN 10.58052/**IEABC0004**.\n"
    assert where(text, "md") == {
        "IEABC0001": "IE**ABC0001", "IEABC0002": "IE*ABC*0002", "IEABC0003": "IEABC**0003", "IEABC0004": "IEABC0004",
    }  # fmt: skip
    assert set(where("`IGSN IE**AB**01` *IGSN* AU1101* **IGSN AU1102** \\*IGSN AU1103\\*x", "md")) == {
        "AU1101", "AU1102", "AU1103",
    }  # fmt: skip
    assert fixed("x.md", "IGSN: **IE**ABC0001", "IL208") == "igsn:**IE**ABC0001"


def test_what_markdown_strikes_out_is_deleted() -> None:
    text = "~~IGSN AU1101~~ ~~\\~IGSN AU1102, ~~ IGSN AU1103 and ~~~IGSN AU1104~~~"
    states = {suffix: state for suffix, (_, _, state) in seen(text, "md").items()}
    assert states == {"AU1101": "deleted", "AU1102": "plain", "AU1103": "plain", "AU1104": "plain"}


def test_the_target_of_a_role_in_rst_is_its_id() -> None:
    text = "See :igsn:`the peel <AU1101>`, :doi:`it <10.58052/IEABC0002>` and :IGSN:`AU1103`, not :term:`x <AU1104>`."
    assert seen(text, "rst") == {
        "AU1101": ("AU1101", "target", "plain"),
        "IEABC0002": ("IEABC0002", "target", "plain"),
        "AU1103": ("AU1103", "cited", "plain"),
    }


def test_fences_in_quotes_and_lists_of_markdown_are_code() -> None:
    text = "> ```\n> igsn:AU1101\n> ```\n\n- x\n\n    ```\n    igsn:AU1102\n    ```\n\nigsn:AU1103\n"
    assert [m.suffix for m in mentions(text, "md") if m.code] == ["AU1101", "AU1102"]


def test_fields_of_bibliographies_are_values() -> None:
    bib = (
        '@misc{igsn:AU1100, title = {A {IGSN}: AU1101}, igsn = "AU1102", doi = 10.60516/AU1103, eprint={AU1104},\n'
        " eprinttype = {igsn}, note = {\\href{https://doi.org/10.60516/AU1105}{x}}}\nfree igsn:AU1106"
    )
    assert set(where(bib, "bib")) == {f"AU110{i}" for i in range(1, 7)}
    assert lint(("x.bib", bib.encode()), select=["IL206", "IL210"]).findings == []
    tied = "{{IGSN}:~{AU1101}, \\url{https://x.org/~a/10.58052/IEABC0002}}, note = {{IGSN}:~{AU1103}}"
    assert set(where(f"@misc{{a, howpublished = {tied}}}", "bib")) == {"AU1101", "IEABC0002", "AU1103"}
    ris = "TY  - DATA\nDO  - 10.60516/AU1101\nN1  - IGSN: AU1102,\n  AU1103\nER  - \n"
    assert set(where(ris, "ris")) == {"AU1101", "AU1102", "AU1103"}


def test_a_key_beside_a_value_names_it_in_json() -> None:
    data = {
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "https://registry.identifiers.org/registry/igsn",
            "value": "AU1101",
        },
        "additionalProperty": [{"name": "IGSN", "value": "AU1102"}, {"name": "Depth", "value": "AU1103"}],
        "fields": {"name": "igsn", "type": "string", "description": "AU1104"},
    }
    assert set(where(json.dumps(data), "json")) == {"AU1101", "AU1102"}


def test_cells_of_a_notebook_are_markdown_code_and_output() -> None:
    html = ["<table><tr><th>IGSN</th></tr>\n", "<tr><td>AU1103</td></tr></table>"]
    book = {
        "cells": [
            {"cell_type": "markdown", "source": ["igsn:AU1101 \\_ \n", "[x](https://doi.org/10.60516/AU1104)"]},
            {"cell_type": "code", "source": "x = 'igsn:AU1102'", "outputs": [{"data": {"text/html": html}}]},
        ]
    }
    found = document(json.dumps(book), "ipynb")
    rows = [(m.suffix, found.pointer(m.place()), m.code) for part in found.parts() for m in find(part, SETTINGS)]
    assert rows == [
        ("AU1101", "cell 1", False),
        ("AU1104", "cell 1", False),
        ("AU1102", "cell 2", True),
        ("AU1103", "cell 2", False),
    ]


# The encoding that HTML declares


@pytest.mark.parametrize(
    ("meta", "encoding", "faults"),
    [
        ('<meta charset="iso-8859-1">', "cp1252", []),
        ("<META CHARSET=latin1>", "cp1252", []),
        ("<meta http-equiv=content-type content='text/html; charset=windows-1252'>", "cp1252", []),
        ('<meta charset="windows-1250">', "cp1250", []),
        ('<meta charset="shift_jis">', "cp932", []),
        ('<meta charset="utf-16">', "utf-8", []),
        ('<meta charset="utf-8">', "utf-8", []),
        ('<meta charset="utf-8">', "cp1252", ["IL003"]),
        ('<meta charset="nobody-knows">', "cp1252", ["IL003"]),
        ("<meta charset=rot13>", "cp1252", ["IL003"]),
        ("<!-- <meta charset=iso-8859-1> -->", "cp1252", ["IL003"]),
        (" " * 1024 + "<meta charset=iso-8859-1>", "cp1252", ["IL003"]),
    ],
)
def test_html_is_read_in_the_encoding_that_it_declares(meta: str, encoding: str, faults: list[str]) -> None:
    collector = "試料" if encoding == "cp932" else "Müller„"
    page = f"{meta}<p>{collector} IGSN: 10.58052/IEHTM0001</p>"
    data = page.encode(encoding)
    findings = lint(("x.html", data), select=["IL003", "IL208"]).findings
    assert [f.rule for f in findings if f.rule == "IL003"] == faults
    assert Source("x.html", data).text == page
    assert [f.text for f in findings if f.rule == "IL208"] == ["IGSN: "]


# Edits are written in the format's escapes


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("x.tex", r"IGSN: 10.58052/SSH\_1A", r"igsn:10.58052/SSH\_1A"),
        ("x.html", "<p><i>IGSN</i>: 10.58052/SSH1A</p>", "<p><i>IGSN</i>: 10.58052/SSH1A</p>"),
        ("x.html", "<p>IGSN:&nbsp;10.58052/SSH1A</p>", "<p>igsn:10.58052/SSH1A</p>"),
        ("x.rst", r"IGSN:\ 10.58052/SSH1A", r"igsn:\ 10.58052/SSH1A"),
    ],
)
def test_a_tag_is_mended_where_no_markup_is_lost(name: str, before: str, after: str) -> None:
    assert fixed(name, before, "IL208") == after


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("x.tex", r"igsn:10.58052/SSH\_1A", r"\href{https://doi.org/10.58052/SSH_1A}{igsn:10.58052/SSH\_1A}"),
        ("x.html", "<p>igsn:10.58052/<b>SSH1A</b></p>", "<p>igsn:10.58052/<b>SSH1A</b></p>"),
        ("x.md", "| igsn:10.58052/SSH1A |", "| [igsn:10.58052/SSH1A](https://doi.org/10.58052/SSH1A) |"),
        ("x.md", "`igsn:10.58052/SSH1A`", "`igsn:10.58052/SSH1A`"),
        ("x.html", "<title>igsn:10.58052/SSH1A</title>", "<title>igsn:10.58052/SSH1A</title>"),
        ("x.html", '<img alt="igsn:10.58052/SSH1A">', '<img alt="igsn:10.58052/SSH1A">'),
        ("x.tex", "% igsn:10.58052/SSH1A", "% igsn:10.58052/SSH1A"),
        ("x.bib", "@misc{a, note={igsn:10.58052/SSH1A}}", "@misc{a, note={igsn:10.58052/SSH1A}}"),
    ],
)
def test_an_id_is_linked_where_a_link_can_stand(name: str, before: str, after: str) -> None:
    assert fixed(name, before, "IL210") == after


def offered(name: str, text: str) -> dict[str, set[str]]:
    """Return the rules that report each ID, in capitals where they have an edit for it, else in small letters."""
    found: dict[str, set[str]] = {}
    for finding in lint((name, text.encode()), select=["IL2"]).findings:
        found.setdefault((finding.identifier or "")[-1], set()).add(
            finding.rule if finding.edits else finding.rule.lower()
        )
    return found


JATS = '<article xmlns:xlink="http://www.w3.org/1999/xlink"><p>{}</p></article>'


@pytest.mark.parametrize(
    "name",
    ["a", "button", "summary", "textarea", "iframe", "svg", "math"],
)
def test_no_link_is_put_into_an_element_of_html_that_takes_none(name: str) -> None:
    text = f"<p>x</p><{name}>igsn:10.58052/SSH1A</{name}> igsn:10.58052/SSH1B"
    assert offered("x.html", text) == {"A": {"il210"}, "B": {"IL210"}}


@pytest.mark.parametrize("name", ["uri", "xref", "ext-link", "tex-math", "mml:math", "related-object", "email"])
def test_no_link_is_put_into_an_element_of_jats_that_takes_none(name: str) -> None:
    text = JATS.format(f"<{name} xmlns:mml='m'>igsn:10.58052/SSH1A</{name}> <i>igsn:10.58052/SSH1B</i>")
    assert offered("x.xml", text) == {"A": {"il210"}, "B": {"IL210"}}


@pytest.mark.parametrize(
    "text",
    [
        JATS.format('<pub-id pub-id-type="doi">10.58052/SSH1A</pub-id> 10.58052/SSH1B'),
        JATS.format('<pub-id pub-id-type="doi">doi:10.58052/SSH1A</pub-id> 10.58052/SSH1B'),
        JATS.format('<object-id pub-id-type="doi">10.58052/SSH1A</object-id> 10.58052/SSH1B'),
        '<TEI><p><idno type="DOI">10.58052/SSH1A</idno> 10.58052/SSH1B</p></TEI>',
    ],
)
def test_an_identifier_in_its_own_element_is_no_running_text(text: str) -> None:
    assert offered("x.xml", text) == {"B": {"IL206", "IL210"}}
    assert {m.suffix for m in mentions(text, "xml")} == {"SSH1A", "SSH1B"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [@doi:10.58052/SSH1A; @smith2020].", None),
        ("See @doi:10.58052/SSH1A and so on.", None),
        ('{{< igsn id="10.58052/SSH1A" >}}', None),
        ('{{% igsn "10.58052/SSH1A" %}}', None),
        ('{% igsn "10.58052/SSH1A" %}', None),
        ('::: {.callout id="10.58052/SSH1A"}\n:::', None),
        (r"\igsn{10.58052/SSH1A}", None),
        ("$$\nigsn:10.58052/SSH1A\n$$", {"il210"}),
        ("In $x = IGSN: 10.58052/SSH1A$ it is", {"il208", "il210"}),
        (r"\textbf{IGSN: 10.58052/SSH1A}", {"il208", "il210"}),
        ("\\begin{quote}\nIGSN: 10.58052/SSH1A\n\\end{quote}", {"il208", "il210"}),
        ("Text\n\n    IGSN: 10.58052/SSH1A\n\n\tx: y\n", None),
        ("# Head\n    IGSN: 10.58052/SSH1A\n", None),
        ("<pre>IGSN: 10.58052/SSH1A</pre>", None),
        ("<div>\nIGSN: 10.58052/SSH1A\n</div>", {"IL208", "il210"}),
        ("<div>\n\nIGSN: 10.58052/SSH1A\n\n</div>", {"IL208", "IL210"}),
        ("<b>IGSN: 10.58052/SSH1A</b>", {"IL208", "IL210"}),
        ("<x-box>\nigsn:10.58052/SSH1A\n</x-box>", {"il210"}),
        ("x <button>igsn:10.58052/SSH1A</button>", {"il210"}),
        ("x <a name='y'>igsn:10.58052/SSH1A</a>", {"il210"}),
        ('![](a.png "igsn:10.58052/SSH1A")', {"il210"}),
        ('[a]: https://example.org/x "igsn:10.58052/SSH1A"', {"il210"}),
        ("[[igsn:10.58052/SSH1A]]", {"il210"}),
        (
            "+---+-----------------------+\n| a | IGSN: 10.58052/SSH1A  |\n+---+-----------------------+\n",
            {"il208", "il210"},
        ),
        ("  Rock    ID\n  ----    -----------------\n  gabbro  igsn:10.58052/SSH1A\n\nEnd", {"il210"}),
        # Ordinary text all the same.
        ("- item\n\n    IGSN: 10.58052/SSH1A\n", {"IL208", "IL210"}),
        ("- item\n\n  more\n\n    IGSN: 10.58052/SSH1A\n", {"IL208", "IL210"}),
        ("[^1]: note\n\n    IGSN: 10.58052/SSH1A\n", {"IL208", "IL210"}),
        ("Text\n    IGSN: 10.58052/SSH1A\n", {"IL208", "IL210"}),
        ("It cost $5, igsn:10.58052/SSH1A, or $6.", {"IL210"}),
        ("Mail me@example.org or [IGSN: 10.58052/SSH1A, a@b.org].", {"IL208", "IL210"}),
        ("# Core igsn:10.58052/SSH1A {#core}", {"IL210"}),
    ],
)
def test_markdown_is_edited_where_it_is_ordinary_text(text: str, expected: set[str] | None) -> None:
    text = f"igsn:10.58052/SSH1B\n\n{text}\n"
    rest = {} if expected is None else {"A": expected}
    assert offered("x.md", text) == {"B": {"IL210"}} | rest
    assert {m.suffix for m in mentions(text, "md")} == {"SSH1A", "SSH1B"}


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("Core 10.58052/SSH1A\n===================", False),
        ("Core 10.58052/SSH1A\n========================", True),
        ("Core 10.58052/SSH1A\n\n===", True),
        ("+---------------------+\n| Core 10.58052/SSH1A |\n+---------------------+", False),
        ("======================  ====\nCore                    Rock\n======================  ====\n"
         "Core 10.58052/SSH1A     x\n======================  ====\n\n", False),
        (".. list-table::\n\n   * - Core 10.58052/SSH1A\n", True),
    ],
)  # fmt: skip
def test_titles_and_drawn_tables_of_rst_keep_their_width(text: str, edited: bool) -> None:
    assert offered("x.rst", text)["A"] == {"IL206" if edited else "il206", "il210"}


def test_a_macro_of_latex_in_markdown_says_what_it_holds() -> None:
    assert where(r"The core \igsn{SSH\_1A} and \ref{SSH1B}", "md") == {"SSH_1A": r"SSH\_1A"}


def test_json_lines_under_the_name_of_a_notebook_are_read_as_such() -> None:
    lines = b'{"igsn": "10.60516/AU1101"}\n{"igsn": "10.60516/AU1l02"}\n'
    report = lint(("a.ipynb", lines))
    assert not report.failures
    assert report.mentions == 2
    assert [finding.rule for finding in report.findings if finding.rule < "IL1"] == ["IL006"]


def test_raw_cells_of_a_notebook_are_not_edited() -> None:
    def cell(kind: str, end: str) -> dict[str, object]:
        return {"cell_type": kind, "metadata": {}, "source": [f"IGSN: 10.58052/SSH1{end}\n"]}

    text = json.dumps({"cells": [cell("raw", "A"), cell("markdown", "B")], "nbformat": 4})
    assert offered("x.ipynb", text) == {"A": {"il208", "il210"}, "B": {"IL208", "IL210"}}


# Hostile files

HOSTILE = [
    *(("x.html", piece) for piece in (
        "<a href='igsn", '<a b="" ', "<b>", "</b>", "<table><tr><td>IGSN", "<td>IGSN", "<!--", "<!D[>", "<![CDATA[",
        "<script>", "<script type='application/ld+json'>[", "&igsn;", "&#x", "<li>", "<a href=x>", "<sup>a", "<a =",
        "IGSN: AU1101<sup>", "<tr><td>AU1101<td>IGSN", "<dl><dt>IGSN<dd>", "<td colspan=99999 rowspan=99999>IGSN",
        "<span itemprop=igsn>", "<del>", "IGSN <del>A</del>", "<del></del>", "<td><del>A1</del>", "AB<br>123",
        "<s><td>", "<dl><dt>IGSN<dd><li>A1", "<b style='line-through",
    )),
    *(("x.tex", piece) for piece in (
        "\\href{", "\\href{a}{", "\\igsn{", "\\url{", "{", "}", "\\label{", "\\footnote{", "%igsn\n", "$^{", "\\verb|",
        "\\begin{tabular}{l}IGSN&", "\\begin{verbatim}", "\\\\", "&", "\\cite[", "\\newcommand{\\igsn}[1]{",
        "\\newcommand{\\igsn}[1]{\\igsn{#1}\\igsn{#1}}", "\\def\\igsn#1{\\href{#1}{#1}}\\igsn{", "\\multicolumn{2}{c}{",
        "\\hypersetup{", "\\tablehead{", "IGSN\\footnote{",
        "\\sout{", "IGSN \\st{a}", "\\replaced{a}{", "\\end{document}", "\\if0", "\\endinput\n",
        "\\x[", "\\x[a]", "\\x{", "\\x{a}", "\\x[{", "$$", "$x$", "$^\\a", "$^\\a{", "$_",
        "\\begin{equation}", "\\tikz", "\\url|",
        "\\mintinline{a}", "\\paragraph{", "\\begin{tabular}{l}a", "\\begin{tabular}{l}a\\end{tabular}",
        "\\let\\a", "\\newcommand{\\igsn}[2][\\igsn]{\\href{#1#2}{#1}}\\igsn[",
        "\\NewDocumentCommand\\igsn{O{",
    )),
    *(("x.rst", piece) for piece in (
        "`", "`a <", "``", "\\", "+--+\n", "+-", "====  ==\n", "::\n", ".. igsn\n", ".. list-table::\n   * - IGSN\n",
        ":IGSN: x\n", ".. csv-table::\n   a,", "a_ ", ":igsn:`a <",
    )),
    *(("x.md", piece) for piece in (
        "---\nigsn: ", "| IGSN |\n|---|\n", "|-", "- igsn:\n", "[a](", "```", "<igsn ", "**A**b", "*a", "~~", "~~a ",
        "<pre>", "<a>", "</a", "<div>\n", "{", "{a=", "{{", "{%", "$", "$$", "$a", "\\a{", "\\begin{a}", "[@a", "@a",
        "[[", "+-", "+-+\n", "-- ", "-- --\n", "    a\n\n", "\t", "- a\n\n    b\n\n", "---\n", "...\n", "<b>\n\n",
    )),
    *(("x.bib", piece) for piece in ("@a{", '@a{b,c="', "@a{b,c={", "{", "@comment{", "igsn={AU1101}", "#", "= ")),
    *(("x.ris", piece) for piece in ("N1  - IGSN\n", "\n")),
    *(("x.txt", piece) for piece in ("IGSNs:\n- A1", "IGSN AU1101 to ", "IGSN:\n\n", "- AU1101\n")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "piece"), HOSTILE)
def test_repeated_pieces_end_in_a_report_and_in_time(name: str, piece: str) -> None:
    # What is quadratic takes minutes with so much of it.
    text = "igsn " + piece * (40_000 // len(piece))
    assert lint((name, text.encode())).files <= 1
    assert lint((name, (text + "}>\"'").encode())).files <= 1


def test_many_ids_that_lines_break_are_judged_in_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "".join(f"IGSN IEABC-\n{i:06d} " for i in range(count)).encode()
        begin = time.process_time()
        assert lint(("x.txt", text), select=["IL216"]).count("note") > 0
        return time.process_time() - begin

    few, many = (min(seconds(count) for _ in range(2)) for count in (500, 4000))
    assert many < few * 8 * 3


@given(st.sampled_from(sorted(FORMATS)), st.lists(st.sampled_from([piece for _, piece in HOSTILE]), max_size=12))
@settings(max_examples=400, deadline=None)
def test_any_mixture_of_markup_ends_in_a_report_and_mentions_have_places(ending: str, pieces: list[str]) -> None:
    text = "igsn:AU1101 ".join(pieces) + " IGSN: AU1102"
    assert lint((f"x.{ending}", text.encode())).failures == []
    found = document(text, ending)
    for part in found.parts():
        for mention in find(part, SETTINGS):
            span = found.locate(mention.place())
            assert span is not None
            assert 0 <= span[0] <= span[1] <= len(text)


@pytest.mark.parametrize("ending", sorted({e for e in EXTENSIONS if e}))
@given(st.binary(max_size=120))
@settings(max_examples=25, deadline=None)
def test_any_bytes_under_any_ending_end_in_a_report(ending: str, data: bytes) -> None:
    assert lint((f"x{ending}", b"igsn " + data)).failures == []


@pytest.mark.parametrize("ending", ["tex", "html", "rst", "md", "bib", "ris", "ipynb"])
def test_a_text_cut_anywhere_ends_in_a_report(ending: str) -> None:
    texts = {
        "tex": r"\newcommand{\igsn}[1]{\href{https://doi.org/#1}{igsn:#1}}\igsn{A1}\begin{tabular}{l}IGSN\\AU1101\end{tabular}",
        "html": "<!DOCTYPE html><a href='https://doi.org/10.58052/A1'>igsn:A&amp;1</a><table><tr><th>IGSN<tr><td>AU1101</table>",
        "rst": "`igsn:AU1101 <https://doi.org/10.58052/A1>`_ ``x``\n\n+------+\n| IGSN |\n+======+\n| AU11 |\n+------+\n",  # noqa: E501
        "md": "---\nigsn: AU1101\n---\n[igsn:A1](https://x) `c` <!-- c -->\n| IGSN |\n|--|\n| AU1101 |\n",
        "bib": '@misc{key, igsn = {AU1101}, note = "IGSN {A}U1102" # x}',
        "ris": "TY  - DATA\nN1  - IGSN: AU1101\nER  - \n",
        "ipynb": '{"cells": [{"cell_type": "markdown", "source": ["igsn:AU1101\\n", "x"]}]}',
    }
    text = texts[ending]
    for end in range(len(text)):
        assert lint((f"x.{ending}", text[:end].encode())).failures == []


def test_a_row_of_a_table_in_a_text_that_tells_of_the_igsn_is_no_heading() -> None:
    table = "| source | relation |\n| ARK | has_record |\n| IGSN | has_record |\n| ARK | sample |\n"
    assert lint([("notes", table.encode())]).mentions == 0
    assert lint([("notes", b"| sample | IGSN |\n| A | IEABC0001 |\n")]).mentions == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<p>IGSN</p><table><tr><th>Core</th><th>DOI</th></tr><tr><td>7</td><td>{}</td></tr></table>"),
        ("a.tex", "IGSN \\begin{{tabular}}{{ll}}Core & DOI \\\\ 7 & {} \\\\ \\end{{tabular}}"),
        (
            "a.rst",
            "IGSN\n\n=====  =====================\nCore   DOI\n=====  =====================\n7      {}\n"
            "=====  =====================\n",
        ),
    ],
)
def test_an_id_that_fills_a_cell_is_no_running_text(name: str, text: str) -> None:
    whole = text.format("10.58052/SSH000SUA").encode()
    assert lint((name, whole), select=["IL206"]).findings == []
    part = text.format("in 10.58052/SSH0SU").encode()
    assert [f.rule for f in lint((name, part), select=["IL206"]).findings] == ["IL206"]


def test_layout_of_cells_in_latex_is_no_text() -> None:
    rows = "Sample (IGSN) & Age\\\\ \\shortstack[l]{IERQB0001} & 4\\\\ \\SetCell[r=2]{l} IERQB0002, IERQB0003 & 5\\\\"
    assert set(where(f"\\begin{{tabular}}{{ll}}{rows}\\end{{tabular}}", "tex")) == {
        "IERQB0001",
        "IERQB0002",
        "IERQB0003",
    }


def test_words_that_link_to_an_id_are_a_name_in_jats_too() -> None:
    text = '<article xmlns:xlink="http://www.w3.org/1999/xlink"><p><named-content content-type="igsn" '
    text += 'xlink:href="hdl:10273/IEMWC0008">M-8</named-content></p></article>'
    assert set(seen(text, "xml")) == {"IEMWC0008"}
