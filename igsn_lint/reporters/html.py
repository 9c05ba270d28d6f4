"""One HTML file for people who do not use a terminal: to read, print, and send to an author.

It holds everything it needs, runs no script and asks no server. Texts of the files are quoted, never interpreted.
"""

from __future__ import annotations

import os
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from igsn_lint.identifier import upper
from igsn_lint.inventory import samples
from igsn_lint.reporters.common import gravest_first, place_in_words, plural
from igsn_lint.reporters.letter import everywhere, letter, quoted_id, shown, words
from igsn_lint.source import visible
from igsn_lint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Finding, Report, Severity
    from igsn_lint.registry import Registry

_AROUND = 80
_MOST = 2000
_MOST_RELATED = 10
_WORDS: dict[Severity, str] = {"error": "must be changed", "warning": "should be changed", "note": "worth a look"}


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the page."""
    title = "IGSN IDs: what was found"
    pieces = [
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="igsn-lint {__version__}">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<style>\n{_style()}</style>\n</head>\n<body>\n",
        *_head(title, report),
        "<main>\n",
        *_letter(report, registry),
        *_by_file(report, registry),
        *_by_sample(report),
        *_not_checked(report),
        "</main>\n",
        f"<footer><p>Made by igsn-lint {__version__}, a checker for IGSN IDs, the persistent identifiers of physical",
        " samples. It looked at the files alone and asked no registry whether an ID exists.</p></footer>\n",
        "</body>\n</html>\n",
    ]
    return "".join(pieces)


def _style() -> str:
    with open(os.path.join(os.path.dirname(__file__), "report.css"), encoding="utf-8") as file:
        return file.read()


def _text(text: str) -> str:
    return escape(visible(text))


def _head(title: str, report: Report) -> Iterator[str]:
    yield f"<header>\n<h1>{title}</h1>\n"
    named = len(samples(report.inventory))
    what = (
        f"{plural(report.files, 'file')}, {plural(report.records, 'record')}, "
        f"{plural(report.mentions, 'IGSN ID')} ({plural(named, 'sample')})"
    )
    yield f"<p>Checked: {what}.</p>\n"
    yield '<ul class="counts">\n'
    for severity, kind in _WORDS.items():
        yield f"<li><b>{report.count(severity)}</b> {kind}</li>\n"
    yield "</ul>\n"
    if report.suppressed:
        yield f"<p>{plural(len(report.suppressed), 'finding')} silenced by the people who keep these files.</p>\n"
    if not report.findings:
        yield "<p>There is nothing to change.</p>\n"
    yield "</header>\n"


def _letter(report: Report, registry: Registry) -> Iterator[str]:
    """Yield the wording for authors, to be copied into a mail."""
    if wording := letter(report, registry):
        yield "<h2>Letter to the author</h2>\n<details><summary>Show the wording, to be copied into a mail</summary>\n"
        yield f"<pre>{escape(wording)}</pre>\n</details>\n"


def _by_file(report: Report, registry: Registry) -> Iterator[str]:
    if not report.findings:
        return
    yield "<h2>By file</h2>\n"
    left = len(report.findings) - _MOST
    for path, group in groupby(report.findings[:_MOST], key=lambda finding: finding.path):
        findings = list(group)
        yield f"<section>\n<h3>{_text(path)}</h3>\n"
        for finding in findings:
            yield from _article(finding, registry)
        yield "</section>\n"
    if left > 0:
        yield f"<p>{left} more findings are not shown here; the formats for programs have them all.</p>\n"


def _article(finding: Finding, registry: Registry) -> Iterator[str]:
    rule = registry.rule(finding.rule)
    yield f'<article class="{finding.severity}">\n'
    yield f'<p class="kind">{_WORDS[finding.severity]} · {_text(place_in_words(finding)) or "the whole file"}</p>\n'
    many = f" ({finding.count} places)" if finding.count > 1 else ""
    says = words(finding, registry)
    head = _capital(says) if finding.whole is None else f"{quoted_id(finding)}: {says}"
    yield f"<h4>{escape(shown(head))}{many}.</h4>\n"
    if quoted := _passage(finding):
        yield f"<blockquote>{quoted}</blockquote>\n"
    if finding.replacement is not None and finding.count == 1:
        verb = "Link it to" if finding.links else "Write"
        yield f'<p>{verb} <code class="write">{_text(finding.replacement)}</code></p>\n'
    if finding.count > 1:
        yield f'<p class="soft">Where: {_text(everywhere(finding))}.</p>\n'
    else:
        yield from _related(finding)
    demand = " ".join(rule.demand.replace("`", "").split())
    link = f'<a href="{escape(finding.source)}">{finding.rule} {finding.name}</a>'
    yield f'<p class="why">{_text(demand)} ({link})</p>\n</article>\n'


def _related(finding: Finding) -> Iterator[str]:
    for related in finding.related[:_MOST_RELATED]:
        at = f"line {related.region.line}" if related.region else related.pointer
        yield f'<p class="soft">See {_text(related.path)}, {_text(at)}: {_text(related.message)}.</p>\n'
    if len(finding.related) > _MOST_RELATED:
        yield f'<p class="soft">And {plural(len(finding.related) - _MOST_RELATED, "more place")}.</p>\n'


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _passage(finding: Finding) -> str:
    """Return the quoted passage with the place marked: the whole ID, if it stands there."""
    line = finding.lines[0] if finding.lines else finding.text
    if not line.strip():
        return ""
    start, end = _span(finding, line)
    if start < 0:
        return _text(line.strip()[: 3 * _AROUND])
    first, last = max(0, start - _AROUND), min(len(line), max(end, start) + _AROUND)
    before, after = line[first:start], line[end:last]
    # Cut between words, where there are any.
    if first:
        before = "… " + before[_begin(before) :]
    if last < len(line):
        after = after[: len(after) - _begin(after[::-1])] + " …"
    return f"{_text(before.lstrip())}<mark>{_text(line[start:end]) or '‸'}</mark>{_text(after.rstrip())}"


def _begin(text: str) -> int:
    """Return where the first whole word of a text begins that was cut out of another; 0 where there is none."""
    gap = next((i for i, c in enumerate(text) if c.isspace()), -1)
    return gap + 1


def _span(finding: Finding, line: str) -> tuple[int, int]:
    """Return the offsets in a passage of what is marked in it; the first is negative where it does not stand there."""
    whole = finding.whole.text if finding.whole is not None else finding.text
    if finding.region is None:
        folded = " ".join(whole.split())
        start = line.find(folded) if folded else -1
        return start, start + len(folded)
    start = finding.region.column - 1
    same_line = finding.region.end_line == finding.region.line
    end = finding.region.end_column - 1 if same_line else len(line)
    around = line.find(whole, max(0, end - len(whole)), start + len(whole)) if whole else -1
    return (start, end) if around < 0 else (around, around + len(whole))


def _by_sample(report: Report) -> Iterator[str]:
    if not report.inventory:
        return
    listed = samples(report.inventory)
    about: dict[str, list[Finding]] = {}
    for finding in gravest_first(report):
        if finding.identifier:
            about.setdefault(finding.identifier.rpartition("/")[2], []).append(finding)
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("sample", "DOI", "how often", "first", "findings"))
    yield f"<h2>By sample</h2>\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for sample in listed[:_MOST]:
        url = sample.canonical
        link = f'<a href="{escape(url)}">{_text(url)}</a>' if url else "not known"
        state = f' <span class="soft">({", ".join(sample.states)})</span>' if sample.states else ""
        code = str(sample.first["suffix"])
        rules = ", ".join(dict.fromkeys(finding.rule for finding in about.get(upper(code), ())))
        yield f'<tr><th scope="row"><code>{_text(code) or "–"}</code>{state}</th><td>{link}</td>'
        yield f"<td>{sample.times}</td><td>{_text(sample.where)}</td><td>{rules or '–'}</td></tr>\n"
    yield "</tbody>\n</table>\n"
    if len(listed) > _MOST:
        more = len(listed) - _MOST
        yield f"<p>{more} more samples are not shown here; <code>igsn-lint list</code> has them all.</p>\n"


def _not_checked(report: Report) -> Iterator[str]:
    if not report.not_checked:
        return
    yield "<h2>Not checked</h2>\n<p>These files, or parts of them, were not looked at:</p>\n<ul>\n"
    for notice in report.not_checked[:_MOST]:
        yield f"<li><code>{_text(notice.path)}</code>: {_text(notice.reason)}</li>\n"
    yield "</ul>\n"
