"""Writes a document in each format, an ID at the place that was asked for."""

from __future__ import annotations

import html
import json
import re
import textwrap
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import office_files
import workbooks

from .compose import Bullets, Cite, Document, Heading, Paragraph, Table, papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOFT, ZERO, HARD = "\u00ad", "\u200b", "\u00a0"


def spoiled(cite: Cite) -> str:
    """Return the ID with the character in it that its place asks for."""
    shown, middle = cite.shown, len(cite.shown) - len(cite.code) + len(cite.code) // 2
    if cite.place == "soft-hyphen":
        return shown[:middle] + SOFT + shown[middle:]
    if cite.place == "zero-width":
        return shown[:middle] + ZERO + shown[middle:]
    if cite.place == "before-code":
        return shown[: -len(cite.code)] + ZERO + cite.code
    if cite.place == "no-break":
        return shown.replace(" ", HARD)
    if cite.place == "ligature":
        return shown.replace("fi", "ﬁ").replace("fl", "ﬂ")
    return shown


def thirds(text: str, code: str) -> tuple[str, str, str]:
    """Return a text in three pieces; both cuts lie in the code at its end."""
    at = len(text) - len(code)
    return (
        text[: at + len(code) // 3],
        text[at + len(code) // 3 : at + 2 * len(code) // 3],
        text[at + 2 * len(code) // 3 :],
    )


def told(paragraph: Paragraph, write: Callable[[Cite], str], plain: Callable[[str], str] = str) -> str:
    """Return a paragraph, its IDs by one function and the text between them by another."""
    return "".join(write(part) if isinstance(part, Cite) else plain(part) for part in paragraph.parts)


def as_shown(paragraph: Paragraph) -> str:
    return told(paragraph, spoiled)


# Plain text


def text(document: Document) -> bytes:
    lines = [document.title.upper(), ""]
    for block in document.blocks:
        if isinstance(block, Heading):
            lines += ["", block.text, "-" * len(block.text), ""]
        elif isinstance(block, Paragraph):
            whole = textwrap.fill(as_shown(block), 88, break_long_words=False, break_on_hyphens=False)
            for cite in (part for part in block.parts if isinstance(part, Cite)):
                if cite.place == "slash-break":
                    whole = whole.replace(cite.shown, cite.shown[: -len(cite.code)] + "\n" + cite.code)
            lines += [whole, ""]
        elif isinstance(block, Table):
            lines += [block.caption, "\t".join(block.head), *("\t".join(row) for row in block.rows), ""]
        else:
            lines += [block.intro, *(f"- {item}" for item in block.items), ""]
    return "\n".join(lines).encode()


# Markdown and notebooks


def _markdown(cite: Cite) -> str:
    if cite.place == "link":
        return f"[{cite.code[:2]}-12]({cite.url})"
    if cite.place == "other-target":
        return f"[{cite.shown}]({cite.url})"
    if cite.place == "url":
        return f"<{cite.shown}>"
    if cite.place == "code-span":
        return f"`{cite.shown}`"
    if cite.place == "emphasis":
        return f"**{cite.shown}**"
    if cite.place == "underscore":
        return cite.shown.replace("_", r"\_")
    return spoiled(cite).replace(SOFT, "&shy;").replace(HARD, "&nbsp;")


def _markdown_blocks(document: Document) -> Iterator[str]:
    notes = []
    for block in document.blocks:
        if isinstance(block, Heading):
            yield f"## {block.text}\n"
        elif isinstance(block, Paragraph) and block.where == "footnote":
            notes.append(told(block, _markdown))
            yield f"Not all of it was used.[^{len(notes)}]\n"
        elif isinstance(block, Paragraph) and block.where == "comment":
            yield f"<!-- {told(block, _markdown)} -->\n"
        elif isinstance(block, Paragraph):
            yield told(block, _markdown) + "\n"
        elif isinstance(block, Table):
            rows = (block.head, tuple("---" for _ in block.head), *block.rows)
            yield f"Table: {block.caption}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
        else:
            yield f"{block.intro}\n\n" + "\n".join(f"* {item}" for item in block.items) + "\n"
    yield from (f"[^{number}]: {note}\n" for number, note in enumerate(notes, 1))


def markdown(document: Document) -> bytes:
    front, body = _without(document, "meta")
    head = "".join(f"description: {json.dumps(as_shown(one), ensure_ascii=False)}\n" for one in front[:1])
    rest = "".join(f"note{i}: {json.dumps(as_shown(one), ensure_ascii=False)}\n" for i, one in enumerate(front[1:]))
    return (
        f"---\ntitle: {json.dumps(document.title)}\n{head}{rest}---\n\n" + "\n".join(_markdown_blocks(body))
    ).encode()


def _without(document: Document, where: str) -> tuple[list[Paragraph], Document]:
    """Return the paragraphs of one place, and the document without them."""
    found = [block for block in document.blocks if isinstance(block, Paragraph) and block.where == where]
    rest = [block for block in document.blocks if not (isinstance(block, Paragraph) and block.where == where)]
    return found, Document(document.name, document.title, document.about, rest)


def notebook(document: Document) -> bytes:
    cells = []

    def cell(kind: str, source: str, outputs: list[dict[str, object]] | None = None) -> None:
        made: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
        if kind == "code":
            made |= {"execution_count": 1, "outputs": outputs or []}
        cells.append(made)

    for place in ("code", "output"):
        paragraphs, document = _without(document, place)
        for paragraph in paragraphs:
            said = as_shown(paragraph)
            if place == "code":
                cell("code", f"# {said}\nplot(spectrum)\n")
            else:
                printed = {"output_type": "stream", "name": "stdout", "text": [said + "\n"]}
                cell("code", "print(about)\n", [printed])
    return json.dumps(
        {
            "cells": [
                *({"cell_type": "markdown", "metadata": {}, "source": [b]} for b in _markdown_blocks(document)),
                *cells,
            ],
            "metadata": {"language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        ensure_ascii=False,
        indent=1,
    ).encode()


# LaTeX

_TEX = {
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    SOFT: r"\-",
    HARD: "~",
    ZERO: r"\hspace{0pt}",
    "µ": r"\textmu{}",
}
_TEX |= {"±": r"$\pm$", "°": r"\textdegree{}", "–": "--"}


def tex(text_: str) -> str:
    return "".join(_TEX.get(c, c) for c in text_)


def _latex(cite: Cite) -> str:
    shown = spoiled(cite)
    if cite.place == "url":
        return rf"\url{{{shown}}}"
    if cite.place == "link":
        return rf"\href{{{cite.url}}}{{sample {cite.code[:2]}-12}}"
    if cite.place == "other-target":
        return rf"\href{{{cite.url}}}{{{tex(shown)}}}"
    if cite.place == "split":
        a, b, c = (tex(piece) for piece in thirds(shown, cite.code))
        return rf"{a}\textbf{{{b}}}{c}"
    if cite.place == "allowbreak":
        return tex(shown[: -len(cite.code)]) + r"\allowbreak " + tex(cite.code)
    if cite.place == "typewriter":
        return rf"\texttt{{{tex(shown)}}}"
    if cite.place == "macro":
        return rf"\igsn{{{cite.code}}}"
    if cite.place == "path":
        return rf"\sesar{{{shown.removeprefix('https://doi.org/10.')}}}"
    return tex(shown)


_TEX_HEADS = {
    "copernicus": "\\documentclass[cp, manuscript]{copernicus}\n",
    "agu": "\\documentclass[draft]{agujournal2019}\n\\journalname{Geochemistry, Geophysics, Geosystems}\n",
}


def latex(kind: str) -> Callable[[Document], bytes]:
    def write(document: Document) -> bytes:
        lines = [
            _TEX_HEADS[kind] + "\\usepackage{hyperref}",
            r"\newcommand{\igsn}[1]{IGSN:\,#1}",
            r"\newcommand{\sesar}[1]{\href{https://doi.org/10.#1}{10.#1}}",
            rf"\begin{{document}}{chr(10)}\title{{{document.title}}}",
        ]
        for block in document.blocks:
            if isinstance(block, Heading):
                star = "*" if kind == "agu" else ""
                last = kind == "copernicus" and block.text == "Data availability"
                lines.append(r"\dataavailability{Below.}" if last else rf"\section{star}{{{block.text}}}")
            elif isinstance(block, Paragraph):
                said = told(block, _latex, tex)
                if block.where == "footnote":
                    lines.append(rf"Not all of it was used.\footnote{{{said}}}")
                elif block.where == "comment":
                    lines.append(f"% {said}")
                elif block.where == "caption":
                    lines.append(rf"\begin{{figure}}\caption{{{said}}}\end{{figure}}")
                else:
                    lines.append("\n".join(textwrap.wrap(said, 90, break_long_words=False, break_on_hyphens=False)))
            elif isinstance(block, Table):
                rows = "\n".join(" & ".join(map(tex, row)) + r" \\" for row in (block.head, *block.rows))
                rows = rows.replace("†", r"$^{\dagger}$").replace("¹", r"\textsuperscript{1}")
                rule = r"\tophline" if kind == "copernicus" else r"\hline"
                lines.append(
                    rf"\begin{{table}}\caption{{{block.caption}}}{chr(10)}\begin{{tabular}}{{llrl}}{rule}{chr(10)}{rows}"
                    rf"{chr(10)}\end{{tabular}}\end{{table}}"
                )
            else:
                items = "\n".join(rf"\item {item}" for item in block.items)
                lines.append(rf"{block.intro}{chr(10)}\begin{{itemize}}{chr(10)}{items}{chr(10)}\end{{itemize}}")
            lines.append("")
        return "\n".join([*lines, r"\end{document}", ""]).encode()

    return write


# HTML, JATS, TEI


def _markup(text_: str) -> str:
    return html.escape(text_, quote=False).replace(SOFT, "&#xAD;").replace(HARD, "&#160;").replace(ZERO, "&#8203;")


def _tagged(cite: Cite, bold: str, anchor: Callable[[str, str], str]) -> str:
    shown = spoiled(cite)
    if cite.place == "split":
        a, b, c = (_markup(piece) for piece in thirds(shown, cite.code))
        return f"{a}<{bold}>{b}</{bold}>{c}"
    if cite.place == "link":
        return anchor(cite.url, f"sample {cite.code[:2]}-12")
    if cite.place == "other-target":
        return anchor(cite.url, _markup(shown))
    if cite.place == "linked":
        return anchor(cite.url, _markup(shown))
    return _markup(shown)


def _raised(head: str) -> str:
    """Return a heading with its footnote mark above the line."""
    return re.sub("([†¹*])", r"<sup>\1</sup>", head)


def page(document: Document) -> bytes:
    def write(cite: Cite) -> str:
        if cite.place == "word-break":
            return _markup(cite.shown[: -len(cite.code)]) + "<wbr>" + cite.code
        if cite.place == "attribute":
            return f'<img src="a.png" alt="the sample" data-sample="{cite.shown}">'
        made = _tagged(cite, "b", lambda url, shown: f'<a href="{html.escape(url)}">{shown}</a>')
        return made.replace("&#xAD;", "&shy;").replace("&#160;", "&nbsp;")

    metas, document = _without(document, "meta")
    head = "".join(f'<meta name="description" content="{html.escape(as_shown(one))}">\n' for one in metas)
    body = [f"<h1>{document.title}</h1>"]
    for block in document.blocks:
        if isinstance(block, Heading):
            body.append(f"<h2>{block.text}</h2>")
        elif isinstance(block, Paragraph):
            said = told(block, write, _markup)
            name = {"comment": "!--", "footnote": "aside"}.get(block.where, "p")
            body.append(f"<!-- {said} -->" if name == "!--" else f"<{name}>{said}</{name}>")
        elif isinstance(block, Table):
            head_row = "".join(f"<th>{_raised(one)}</th>" for one in block.head)
            rows = "".join(f"<tr>{''.join(f'<td>{_markup(c)}</td>' for c in row)}</tr>\n" for row in block.rows)
            body.append(f"<table><caption>{block.caption}</caption>\n<tr>{head_row}</tr>\n{rows}</table>")
        else:
            body.append(f"<p>{block.intro}</p>\n<ul>{''.join(f'<li>{item}</li>' for item in block.items)}</ul>")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{document.title}</title>\n{head}</head>\n'
        f"<body>\n{chr(10).join(body)}\n</body></html>\n"
    ).encode()


def jats(document: Document) -> bytes:
    def write(cite: Cite) -> str:
        return _tagged(
            cite,
            "bold",
            lambda url, shown: f'<ext-link ext-link-type="uri" xlink:href={quoteattr(url)}>{shown}</ext-link>',
        )

    body, notes = [], []
    for block in document.blocks:
        if isinstance(block, Heading):
            body.append(f"</sec><sec><title>{block.text}</title>" if body else f"<sec><title>{block.text}</title>")
        elif isinstance(block, Paragraph):
            said = told(block, write, _markup)
            if block.where == "footnote":
                notes.append(f'<fn id="fn{len(notes)}"><p>{said}</p></fn>')
            elif block.where == "comment":
                body.append(f"<!-- {said} -->")
            elif block.where == "caption":
                body.append(f"<fig><caption><p>{said}</p></caption></fig>")
            else:
                body.append(f"<p>{said}</p>")
        elif isinstance(block, Table):
            heads = "".join(f"<th>{_raised(one)}</th>" for one in block.head)
            rows = "".join(f"<tr>{''.join(f'<td>{_markup(c)}</td>' for c in row)}</tr>" for row in block.rows)
            body.append(
                f"<table-wrap><caption><p>{block.caption}</p></caption><table><thead><tr>{heads}</tr></thead>"
                f"<tbody>{rows}</tbody></table></table-wrap>"
            )
        else:
            items = "".join(f"<list-item><p>{item}</p></list-item>" for item in block.items)
            body.append(f'<p>{block.intro}</p><list list-type="bullet">{items}</list>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<article xmlns:xlink="http://www.w3.org/1999/xlink" dtd-version="1.2">'
        f"<front><article-meta><title-group><article-title>{document.title}</article-title></title-group></article-meta>"
        f"</front>\n<body>{chr(10).join(body)}</sec></body>\n<back><fn-group>{''.join(notes)}</fn-group></back></article>\n"
    ).encode()


def tei(document: Document) -> bytes:
    def write(cite: Cite) -> str:
        return _tagged(cite, "hi", lambda url, shown: f"<ref target={quoteattr(url)}>{shown}</ref>")

    body = []
    for block in document.blocks:
        if isinstance(block, Heading):
            body.append(f"</div><div><head>{block.text}</head>" if body else f"<div><head>{block.text}</head>")
        elif isinstance(block, Paragraph):
            said = told(block, write, _markup)
            note = f'<p>See the note.<note place="foot">{said}</note></p>'
            body.append({"comment": f"<!-- {said} -->", "footnote": note}.get(block.where, f"<p>{said}</p>"))
        elif isinstance(block, Table):
            cells = ("".join(f"<cell>{_markup(c)}</cell>" for c in row) for row in block.rows)
            heads = "".join(f"<cell>{one}</cell>" for one in block.head)
            rows = "".join(f"<row>{row}</row>" for row in cells)
            body.append(f'<table><head>{block.caption}</head><row role="label">{heads}</row>{rows}</table>')
        else:
            body.append(f"<p>{block.intro}</p><list>{''.join(f'<item>{item}</item>' for item in block.items)}</list>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
        f"<title>{document.title}</title></titleStmt></fileDesc></teiHeader><text><body>{chr(10).join(body)}</div></body>"
        "</text></TEI>\n"
    ).encode()


# reStructuredText


def rst(document: Document) -> bytes:
    def write(cite: Cite) -> str:
        if cite.place == "link":
            return f"`sample {cite.code[:2]}-12 <{cite.url}>`__"
        if cite.place == "other-target":
            return f"`{cite.shown} <{cite.url}>`__"
        if cite.place == "code-span":
            return f"``{cite.shown}``"
        if cite.place == "emphasis":
            return f"**{cite.shown}**"
        return spoiled(cite)

    lines = [document.title, "=" * len(document.title), ""]
    for block in document.blocks:
        if isinstance(block, Heading):
            lines += [block.text, "-" * len(block.text)]
        elif isinstance(block, Paragraph):
            said = told(block, write, lambda t: t.replace("*", r"\*"))
            if block.where == "footnote":
                lines += ["Not all of it was used [#]_.", "", f".. [#] {said}"]
            elif block.where == "comment":
                lines += [f".. {said}"]
            elif block.where == "caption":
                lines += [".. figure:: a.png", "", f"   {said}"]
            else:
                lines += textwrap.wrap(said, 80, break_long_words=False, break_on_hyphens=False)
        elif isinstance(block, Table):
            lines += [f".. list-table:: {block.caption}", "   :header-rows: 1", ""]
            for row in (block.head, *block.rows):
                lines += [f"   {'* -' if i == 0 else '  -'} {_rst_cell(c)}" for i, c in enumerate(row)]
        else:
            lines += [block.intro, "", *(f"* {item}" for item in block.items)]
        lines.append("")
    return "\n".join(lines).encode()


def _rst_cell(value: str) -> str:
    return r"\-" if value == "-" else value.replace("*", r"\*")


# Office documents


def _word_runs(cite: Cite, links: dict[str, str]) -> str:
    shown = spoiled(cite)
    if cite.place == "split":
        a, b, c = thirds(shown, cite.code)
        return office_files.run(a) + office_files.run(b, "<w:b/>") + office_files.run(c)
    if cite.place == "soft-hyphen":
        a, b = shown.split(SOFT)
        return f"{office_files.run(a)}<w:r><w:softHyphen/></w:r>{office_files.run(b)}"
    if cite.place == "hard-hyphen":
        pieces = [office_files.run(piece) for piece in shown.split("-")]
        return "<w:r><w:noBreakHyphen/></w:r>".join(pieces)
    if cite.place in ("link", "linked", "other-target"):
        number = f"r{len(links)}"
        links[number] = cite.url
        words = f"sample {cite.code[:2]}-12" if cite.place == "link" else shown
        return f'<w:hyperlink r:id="{number}">{office_files.run(words)}</w:hyperlink>'
    if cite.place == "field":
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        code = f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{escape(cite.url)}" </w:instrText></w:r>'
        return mark.format("begin") + code + mark.format("separate") + office_files.run(shown) + mark.format("end")
    if cite.place == "control":
        return f"<w:sdt><w:sdtContent>{office_files.run(shown)}</w:sdtContent></w:sdt>"
    return office_files.run(shown)


def word(document: Document) -> bytes:
    body: list[str] = []
    links: dict[str, str] = {}
    notes: dict[str, list[str]] = {"footnote": [], "endnote": [], "comment": [], "header": [], "footer": []}
    for block in document.blocks:
        if isinstance(block, Heading):
            body.append(office_files.paragraph(f"<w:pPr/>{office_files.run(block.text)}"))
        elif isinstance(block, Paragraph):
            runs = "".join(
                _word_runs(part, links) if isinstance(part, Cite) else office_files.run(part) for part in block.parts
            )
            whole = f"<w:p>{runs}</w:p>"
            if block.where in notes:
                notes[block.where].append(whole)
                number = len(notes[block.where])
                mark = f'<w:r><w:{block.where}Reference w:id="{number}"/></w:r>' if "note" in block.where else ""
                body.append(f"<w:p>{office_files.run('See the remark.')}{mark}</w:p>")
            elif block.where == "box":
                inner = f"<w:pict><w:txbxContent>{whole}</w:txbxContent></w:pict>"
                body.append(
                    f"<w:p><w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
                    "</mc:AlternateContent></w:r></w:p>"
                )
            elif block.where == "inserted":
                body.append(f'<w:p><w:ins w:id="7">{runs}</w:ins></w:p>')
            elif block.where == "deleted":
                gone = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
                body.append(f'<w:p>{office_files.run("It was kept.")}<w:del w:id="8">{gone}</w:del></w:p>')
            else:
                body.append(whole)
        elif isinstance(block, Table):
            body += [office_files.paragraph(block.caption), office_files.table(block.head, *block.rows)]
        else:
            body += [office_files.paragraph(block.intro), *(office_files.paragraph(item) for item in block.items)]
    parts = {
        f"{kind}s": "".join(f'<w:{kind} w:id="{i}">{one}</w:{kind}>' for i, one in enumerate(notes[kind], 1))
        for kind in ("footnote", "endnote", "comment")
        if notes[kind]
    } | {kind: "".join(notes[kind]) for kind in ("header", "footer") if notes[kind]}
    return office_files.docx(*body, links=links, parts=parts, core=document.title)


def open_text(document: Document) -> bytes:
    body: list[str] = []
    heads: list[str] = []

    def write(cite: Cite) -> str:
        shown = spoiled(cite)
        if cite.place == "split":
            a, b, c = thirds(shown, cite.code)
            return f'{a}<text:span text:style-name="T1">{escape(b)}</text:span>{c}'
        if cite.place in ("link", "linked", "other-target"):
            words = f"sample {cite.code[:2]}-12" if cite.place == "link" else escape(shown)
            return f'<text:a xlink:type="simple" xlink:href={quoteattr(cite.url)}>{words}</text:a>'
        return escape(shown)

    gone: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            body.append(f'<text:h text:outline-level="1">{block.text}</text:h>')
        elif isinstance(block, Paragraph):
            said = told(block, write, escape)
            whole = f"<text:p>{said}</text:p>"
            if block.where in ("footnote", "endnote"):
                body.append(
                    f'<text:p>Not all of it was used.<text:note text:note-class="{block.where}"><text:note-citation>1'
                    f"</text:note-citation><text:note-body>{whole}</text:note-body></text:note></text:p>"
                )
            elif block.where == "comment":
                body.append(f"<text:p>To be shown.<office:annotation>{whole}</office:annotation></text:p>")
            elif block.where in ("header", "footer"):
                heads.append(f"<style:{block.where}>{whole}</style:{block.where}>")
            elif block.where == "box":
                body.append(f"<text:p><draw:frame><draw:text-box>{whole}</draw:text-box></draw:frame></text:p>")
            elif block.where == "deleted":
                gone.append(whole)
                body.append(f'<text:p>It was kept.<text:change text:change-id="d{len(gone)}"/></text:p>')
            elif block.where == "inserted":
                start, end = (f'<text:change-{edge} text:change-id="i1"/>' for edge in ("start", "end"))
                body.append(f"<text:p>{start}{said}{end}</text:p>")
            else:
                body.append(whole)
        elif isinstance(block, Table):
            lines = (
                "".join(f"<table:table-cell><text:p>{escape(value)}</text:p></table:table-cell>" for value in row)
                for row in (block.head, *block.rows)
            )
            rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
            body += [f"<text:p>{block.caption}</text:p>", f"<table:table>{rows}</table:table>"]
        else:
            items = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in block.items)
            body.append(f"<text:p>{block.intro}</text:p><text:list>{items}</text:list>")
    changes = "".join(
        f'<text:changed-region text:id="d{i}"><text:deletion>{one}</text:deletion></text:changed-region>'
        for i, one in enumerate(gone, 1)
    )
    changes += '<text:changed-region text:id="i1"><text:insertion/></text:changed-region>'
    return office_files.odt(
        f"<text:tracked-changes>{changes}</text:tracked-changes>",
        *(block if block.startswith("<") else f"<text:p>{block}</text:p>" for block in body),
        styles="".join(f"<style:master-page>{one}</style:master-page>" for one in heads),
        meta=f"<dc:title>{document.title}</dc:title>",
    )


def rich_text(document: Document) -> bytes:
    def plain(text_: str) -> str:
        text_ = text_.replace("\\", "\\\\").replace(SOFT, r"\-").replace(HARD, r"\~")
        return "".join(c if ord(c) < 128 else rf"\u{ord(c)}?" for c in text_)

    def write(cite: Cite) -> str:
        shown = spoiled(cite)
        if cite.place == "split":
            a, b, c = (plain(piece) for piece in thirds(shown, cite.code))
            return rf"{a}{{\b {b}}}{c}"
        if cite.place in ("link", "linked", "other-target"):
            words = f"sample {cite.code[:2]}-12" if cite.place == "link" else plain(shown)
            return rf'{{\field{{\*\fldinst{{HYPERLINK "{cite.url}"}}}}{{\fldrslt{{{words}}}}}}}'
        if cite.place == "hard-hyphen":
            return plain(shown).replace("-", r"\_")
        return plain(shown)

    wraps = {
        "footnote": r"See below.{{\super\chftn}}{{\footnote \pard {}}}\par ",
        "comment": r"To be shown.{{\*\annotation {}}}\par ",
        "header": r"{{\header \pard {}\par}}",
        "footer": r"{{\footer \pard {}\par}}",
        "inserted": r"{{\revised {}}}\par ",
        "deleted": r"It was kept.{{\deleted {}}}\par ",
    }
    body = [plain(document.title) + r"\par "]
    for block in document.blocks:
        if isinstance(block, Heading):
            body.append(rf"{{\b {block.text}}}\par ")
        elif isinstance(block, Paragraph):
            body.append(wraps.get(block.where, r"{}\par ").format(told(block, write, plain)))
        elif isinstance(block, Table):
            body.append(plain(block.caption) + r"\par ")
            for row in (block.head, *block.rows):
                edges = "".join(rf"\cellx{2000 * i}" for i in range(1, len(row) + 1))
                body.append(rf"\trowd{edges} " + "".join(plain(c) + r"\intbl\cell " for c in row) + r"\row ")
            body.append(r"\pard ")
        else:
            body.append(plain(block.intro) + r"\par " + "".join(rf"\bullet  {item}\par " for item in block.items))
    return office_files.rtf("\n".join(body))


# PDF


def printed(columns: int) -> Callable[[Document], bytes]:
    """Return a writer of PDFs with the text in one or two columns and tables over the whole width below."""

    def write(document: Document) -> bytes:
        width = 92 if columns == 1 else 44
        lines: list[tuple[str, str | None]] = [(document.title[:width], None)]
        tables: list[Table] = []
        for block in document.blocks:
            if isinstance(block, Heading):
                lines += [("", None), (block.text, None)]
            elif isinstance(block, Paragraph):
                lines += _set(block, width)
            elif isinstance(block, Table):
                tables.append(block)
            else:
                lines += [(block.intro, None), *((f"- {item}", None) for item in block.items)]
        pages: list[list[tuple[float, float, str]]] = []
        links: list[office_files.Link] = []
        per_column = 54
        for start in range(0, len(lines), per_column * columns):
            sheet: list[tuple[float, float, str]] = []
            for i, (line, url) in enumerate(lines[start : start + per_column * columns]):
                x, y = 50 + 270 * (i // per_column), 760 - 13 * (i % per_column)
                if line:
                    sheet.append((x, y, line))
                if url is not None and not pages:
                    links.append(((x, y - 2, x + 250, y + 9), url))
            pages.append(sheet)
        for one in tables:
            sheet = [(50, 760, one.caption)]
            for i, row in enumerate((one.head, *one.rows)):
                sheet += [(x, 740 - 14 * i, value) for x, value in zip((50, 150, 230, 300), row, strict=True)]
            pages.append(sheet)
        return office_files.pdf(*pages, links=links)

    return write


def _set(paragraph: Paragraph, width: int) -> list[tuple[str, str | None]]:
    """Return the lines of a paragraph as they are printed."""
    lines: list[str] = [""]
    for part in paragraph.parts:
        shown = part if isinstance(part, str) else spoiled(part)
        if isinstance(part, Cite) and part.place in ("line-end", "slash-break"):
            at = len(shown) - len(part.code) + (len(part.code) // 2 if part.place == "line-end" else 0)
            lines[-1] += shown[:at] + ("-" if part.place == "line-end" else "")
            lines.append(shown[at:])
        else:
            if isinstance(part, Cite) and part.place == "soft-as-hyphen":
                shown = shown.replace("-", SOFT)
            words = textwrap.wrap(lines[-1] + shown + "|", width, break_long_words=False, break_on_hyphens=False)
            words[-1] = words[-1][:-1]
            lines[-1:] = words
    return [(line, None) for line in lines if line]


# Tables


def _remarks(document: Document) -> Iterator[Paragraph]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Bullets):
            yield Paragraph((f"{block.intro} {', '.join(block.items)}",))


def workbook(document: Document) -> bytes:
    rows: list[list[object]] = [["Field name", "Remarks", "Link"]]
    notes, links, hidden = [], [], []
    rich: dict[str, str] = {}
    for paragraph in _remarks(document):
        number = len(rows) + 1
        cite = next((part for part in paragraph.parts if isinstance(part, Cite)), None)
        said = as_shown(paragraph)
        if paragraph.where == "comment":
            notes.append(f'<comment ref="A{number}"><text><r><t>{escape(said)}</t></r></text></comment>')
            rows.append([f"KV-{number}", "see the note"])
        elif cite is not None and paragraph.where == "hidden":
            hidden.append([f"KV-{number}", said])
        elif cite is not None and cite.place == "link":
            links.append((f"B{number}", cite.url))
            rows.append([f"KV-{number}", "kept in the store"])
        elif cite is not None and cite.place == "split":
            a, b, c = (escape(piece) for piece in thirds(cite.shown, cite.code))
            runs = f'<r><t xml:space="preserve">{a}</t></r><r><rPr><b/></rPr><t>{b}</t></r><r><t>{c}</t></r>'
            before, after = (escape(part) if isinstance(part, str) else "" for part in paragraph.parts[::2])
            runs = f'<r><t xml:space="preserve">{before}</t></r>{runs}<r><t xml:space="preserve">{after}</t></r>'
            rich[f"RICH{number}."] = runs
            rows.append([f"KV-{number}", f"RICH{number}."])
        else:
            rows.append([f"KV-{number}", said])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shown = "".join(f'<hyperlink ref="{at}" r:id="rId{i + 2}"/>' for i, (at, _) in enumerate(links))
    behind = f"<hyperlinks>{shown}</hyperlinks>" if links else ""
    sheets = {"Remarks": workbooks.sheet(rows, behind)}
    for place, runs in rich.items():
        sheets["Remarks"] = sheets["Remarks"].replace(f"<t>{place}</t>", runs)
    for i, block in enumerate(one for one in document.blocks if isinstance(one, Table)):
        table: list[list[object]] = [[block.caption], list(block.head), *(list(row) for row in block.rows)]
        sheets[f"S{i + 1}"] = workbooks.sheet(table)
    sheets["Old"] = workbooks.sheet([["Field name", "Remarks"], *hidden])
    extra: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": workbooks.relations(
            ("rId1", "comments", "../comments1.xml"),
            *((f"rId{i + 2}", "hyperlink", url) for i, (_, url) in enumerate(links)),
        ),
        "xl/comments1.xml": f'<comments xmlns="{main}"><commentList>{"".join(notes)}</commentList></comments>',
    }
    return workbooks.xlsx(sheets, {"Old": "hidden"}, extra)


def open_sheet(document: Document) -> bytes:
    start, end = '<table:table-cell office:value-type="string">', "</table:table-cell>"

    def write(cite: Cite) -> str:
        shown = spoiled(cite)
        if cite.place == "split":
            a, b, c = thirds(shown, cite.code)
            return f"{escape(a)}<text:span>{b}</text:span>{c}"
        if cite.place == "link":
            return f"<text:a xlink:href={quoteattr(cite.url)}>sample KV-12</text:a>"
        return escape(shown)

    rows = [workbooks.ods_row("Field name", "Remarks")]
    for i, paragraph in enumerate(_remarks(document)):
        said = told(paragraph, write, escape)
        inner = f"<text:p>{said}</text:p>"
        if paragraph.where == "comment":
            inner = f"<office:annotation>{inner}</office:annotation><text:p>see the note</text:p>"
        rows.append(workbooks.ods_row(f"KV-{i}", f"{start}{inner}{end}"))
    body = f'<table:table table:name="Remarks">{"".join(rows)}</table:table>'
    for i, block in enumerate(one for one in document.blocks if isinstance(one, Table)):
        lines = "".join(workbooks.ods_row(*row) for row in (block.head, *block.rows))
        body += f'<table:table table:name="S{i}">{lines}</table:table>'
    return workbooks.ods(body)


def separated(document: Document) -> bytes:
    def quoted(*values: str) -> str:
        return ",".join('"{}"'.format(v.replace('"', '""')) if set(v) & set(',"\n') else v for v in values)

    tables = [block for block in document.blocks if isinstance(block, Table)]
    head = tables[0].head if tables else ("Sample", "Rock", "Depth (m)", "Lab no.")
    lines = [quoted(*head, "Remarks")]
    remarks = [as_shown(paragraph) for paragraph in _remarks(document)]
    rows = [row for one in tables for row in one.rows]
    for i in range(max(len(remarks), len(rows))):
        row = rows[i] if i < len(rows) else (f"KV-{i}", "tuff", f"{i}.5", "")
        lines.append(quoted(*row, remarks[i] if i < len(remarks) else ""))
    return "\n".join([*lines, ""]).encode("utf-8")


# Bibliographies, YAML and JSON


def _values(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the cells under the last heading of each table, with that heading."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from ((block.head[-1], row[-1]) for row in block.rows if len(row[-1]) > 4 and row[-1] != "pending")


def bibtex(document: Document) -> bytes:
    def write(cite: Cite) -> str:
        return rf"\url{{{cite.shown}}}" if cite.place == "url" else tex(spoiled(cite))

    entries = []
    for i, paragraph in enumerate(_remarks(document)):
        name = "annote" if paragraph.where == "note" else "note"
        entries.append(
            f"@misc{{key{i},\n  title = {{{document.title}}},\n  {name} = {{{told(paragraph, write, tex)}}}\n}}"
        )
    for i, (head, cell) in enumerate(_values(document)):
        label = "igsn" if "igsn" in head.lower() else "number"
        entries.append(f"@misc{{sample{i},\n  title = {{Rock {i}}},\n  {label} = {{{tex(cell)}}}\n}}")
    return "\n\n".join([*entries, ""]).encode()


def ris(document: Document) -> bytes:
    entries = []
    for paragraph in _remarks(document):
        cite = next((part for part in paragraph.parts if isinstance(part, Cite)), None)
        link = cite is not None and cite.place == "url"
        field_ = f"UR  - {cite.shown}" if link and cite is not None else f"N1  - {as_shown(paragraph)}"
        entries.append(f"TY  - GEN\nTI  - {document.title}\n{field_}\nER  - \n")
    for head, cell in _values(document):
        entries.append(f"TY  - GEN\nTI  - Rock\nN1  - {head}: {cell}\nER  - \n")
    return "\n".join(entries).encode()


def yaml(document: Document) -> bytes:
    lines = [f"title: {document.title}", "notes:"]
    for paragraph in _remarks(document):
        said = as_shown(paragraph)
        if paragraph.where == "comment":
            lines.append(f"  # {said}")
        elif any(isinstance(part, Cite) and part.place == "folded" for part in paragraph.parts):
            lines += [
                "  - >-",
                *(f"    {line}" for line in textwrap.wrap(said, 60, break_long_words=False, break_on_hyphens=False)),
            ]
        else:
            lines.append(f"  - {json.dumps(said, ensure_ascii=False)}")
    lines.append("samples:")
    for head, cell in _values(document):
        lines += [f"  - rock: tuff\n    {json.dumps(head, ensure_ascii=False)}: {json.dumps(cell)}"]
    return "\n".join([*lines, ""]).encode()


def structured(document: Document) -> bytes:
    """Return JSON: notes as strings, samples as objects whose key or ``propertyID`` says IGSN."""
    notes = [{"@type": "Comment", "text": as_shown(paragraph)} for paragraph in _remarks(document)]
    samples: list[dict[str, object]] = []
    for i, (head, cell) in enumerate(_values(document)):
        if "igsn" not in head.lower():
            samples.append({"name": f"Rock {i}", head: cell})
        elif i % 3 == 0:
            named = {"@type": "PropertyValue", "propertyID": "IGSN", "value": cell}
            samples.append({"@type": "Thing", "name": f"Rock {i}", "identifier": named})
        elif i % 3 == 1:
            samples.append({"name": f"Rock {i}", head: cell.split("; ")})
        else:
            samples.append({"name": f"Rock {i}", head: cell})
    made = json.dumps(
        {"@context": "https://schema.org", "name": document.title, "comment": notes, "hasPart": samples}, indent=1
    )
    return made.replace("/IE", r"\/IE").encode()


_PROSE = ("plain", "zero-width", "no-break", "soft-hyphen", "before-code")
FORMATS: dict[str, tuple[str, tuple[str, ...], Callable[[Document], bytes]]] = {
    "text": (".txt", (*_PROSE, "ligature", "slash-break"), text),
    "markdown": (
        ".md",
        (*_PROSE, "link", "other-target", "url", "code-span", "emphasis", "underscore", "footnote", "comment", "meta"),
        markdown,
    ),
    "notebook": (".ipynb", ("plain", "link", "code", "output", "code-span", "no-break"), notebook),
    "copernicus": (
        ".tex",
        (*_PROSE, "url", "link", "other-target", "split", "allowbreak", "typewriter", "macro", "underscore", "comment"),
        latex("copernicus"),
    ),
    "agu": (
        ".tex",
        ("plain", "footnote", "caption", "path", "no-break", "allowbreak", "url", "link", "macro"),
        latex("agu"),
    ),
    "html": (
        ".html",
        (*_PROSE, "split", "link", "linked", "other-target", "word-break", "attribute", "meta", "comment", "footnote"),
        page,
    ),
    "jats": (".xml", (*_PROSE, "split", "link", "linked", "other-target", "comment", "footnote", "caption"), jats),
    "tei": (".tei", (*_PROSE, "split", "link", "linked", "comment", "footnote"), tei),
    "rst": (".rst", (*_PROSE, "link", "other-target", "code-span", "emphasis", "footnote", "comment", "caption"), rst),
    "docx": (
        ".docx",
        (
            *_PROSE,
            "split",
            "hard-hyphen",
            "link",
            "linked",
            "other-target",
            "field",
            "control",
            "footnote",
            "endnote",
            "comment",
            "header",
            "footer",
            "box",
            "inserted",
            "deleted",
        ),
        word,
    ),
    "odt": (
        ".odt",
        (
            *_PROSE,
            "split",
            "link",
            "linked",
            "other-target",
            "footnote",
            "endnote",
            "comment",
            "header",
            "footer",
            "box",
            "inserted",
            "deleted",
        ),
        open_text,
    ),
    "rtf": (
        ".rtf",
        (
            *_PROSE,
            "split",
            "hard-hyphen",
            "link",
            "linked",
            "other-target",
            "footnote",
            "comment",
            "header",
            "inserted",
            "deleted",
        ),
        rich_text,
    ),
    "pdf": (".pdf", ("plain", "no-break", "ligature", "line-end", "slash-break", "soft-as-hyphen"), printed(1)),
    "columns": (".pdf", ("plain", "line-end", "slash-break"), printed(2)),
    "xlsx": (".xlsx", (*_PROSE, "split", "link", "comment", "hidden"), workbook),
    "ods": (".ods", (*_PROSE, "split", "link", "comment"), open_sheet),
    "csv": (".csv", _PROSE, separated),
    "bibtex": (".bib", ("plain", "url", "underscore", "no-break", "note"), bibtex),
    "ris": (".ris", ("plain", "url", "no-break"), ris),
    "yaml": (".yaml", ("plain", "folded", "comment", "zero-width"), yaml),
    "json": (".json", (*_PROSE,), structured),
}
"""What the files of a format end in, the places that it has, and its writer."""


_IN_CELLS = {"xlsx", "ods", "csv", "bibtex", "ris", "yaml", "json"}
"""Formats in which each sentence has a cell or field of its own."""


def documents() -> Iterator[tuple[Document, bytes]]:
    """Yield all documents with their bytes."""
    for form, (ending, places, write) in FORMATS.items():
        for document in papers(form, places, ending, joined=form not in _IN_CELLS):
            yield document, write(document)
