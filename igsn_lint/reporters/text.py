"""For people at a terminal: each finding with its line, a caret below the span, and how to mend it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from igsn_lint.reporters.common import counts, instead, plural, where
from igsn_lint.source import visible

if TYPE_CHECKING:
    from igsn_lint.model import Finding, Report
    from igsn_lint.registry import Registry

_WIDTH = 110
"""How many characters of a source line are shown; longer lines are cut around the span."""

_RELATED = 5
"""How many related places are shown."""


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the report for a terminal: errors and warnings in full, notes as one line a rule."""
    full = {"error"} if quiet else {"error", "warning", *show}
    pieces = [_block(finding) for finding in report.findings if finding.severity in full]
    if not quiet:
        notes: Counter[tuple[str, str]] = Counter()
        for finding in report.findings:
            if finding.severity == "note" and "note" not in full:
                notes[finding.rule, finding.name] += finding.count
        files = {key: len({f.path for f in report.findings if f.rule == key[0]}) for key in notes}
        for (rule, name), count in sorted(notes.items()):
            pieces.append(f"note {rule} {name}: {plural(count, 'place')} in {plural(files[rule, name], 'file')}\n")
        if notes:
            pieces.append("(--show note prints the notes one by one)\n\n")
        pieces.append(closing(report))
    return "".join(pieces)


def _block(finding: Finding) -> str:
    lines = [
        f"{visible(finding.path)}:{where(finding)}: {finding.severity} {finding.rule} {finding.name}: {finding.message}"
    ]
    # Of a file that could not be read there is no line to show.
    if finding.lines and finding.lines[0] and finding.region is not None:
        region = finding.region
        end = region.end_column if region.end_line == region.line else len(finding.lines[0]) + 1
        lines += _excerpt(finding.lines[0], region.line, region.column, max(end, region.column + 1))
    elif passage := (finding.lines[0] if finding.lines else finding.text):
        lines.append(f"     | {visible(' '.join(passage.split()))[: 2 * _WIDTH]}")
    for related in finding.related[:_RELATED]:
        at = (
            f"{related.path}:{related.region.line}:{related.region.column}"
            if related.region
            else f"{related.path} {related.pointer}"
        )
        lines.append(f"     = see {at}: {related.message}")
    if len(finding.related) > _RELATED:
        lines.append(f"     = and {len(finding.related) - _RELATED} more places")
    explain = f"`igsn-lint explain {finding.rule}` says why"
    asked = f"{visible(advice)}; " if (advice := instead(finding)) else ""
    lines.append(f"     = help: {asked}{explain}")
    return "\n".join(lines) + "\n\n"


def _excerpt(line: str, number: int, column: int, end: int) -> list[str]:
    """Return the source line and the carets below it; control and invisible characters are shown as escapes."""
    cut = 0
    if len(line) > _WIDTH:
        cut = max(0, min(column - 1 - _WIDTH // 3, len(line) - _WIDTH))
    shown = line[cut : cut + _WIDTH]
    first, last = column - 1 - cut, min(end - 1 - cut, len(shown))
    before, span, after = visible(shown[:first]), visible(shown[first:last]), visible(shown[last:])
    left = "…" if cut else ""
    right = "…" if cut + _WIDTH < len(line) else ""
    indent = " " * (_cells(before) + len(left))
    return [f"{number:>4} | {left}{before}{span}{after}{right}", f"     | {indent}{'^' * max(1, _cells(span))}"]


def _cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def closing(report: Report) -> str:
    """Return the counts of a run, and what was not checked."""
    what = f"{plural(report.files, 'file')}, {plural(report.records, 'record')}, {plural(report.mentions, 'IGSN ID')}"
    silenced = f"; {plural(len(report.suppressed), 'finding')} silenced" if report.suppressed else ""
    return "\n".join([f"{counts(report)} ({what} checked){silenced}", *not_checked(report)]) + "\n"


def not_checked(report: Report) -> list[str]:
    """Return the lines that say what was not checked."""
    lines = []
    for notice in report.notices[:20]:
        lines.append(f"not checked: {visible(notice.path)}: {notice.reason}")
    if len(report.notices) > 20:
        lines.append(f"not checked: {len(report.notices) - 20} more files, named in the json format")
    if report.unread:
        kinds = ", ".join(
            f"{count} {kind}" for kind, count in sorted(report.unread.items(), key=lambda kv: (-kv[1], kv[0]))
        )
        lines.append(f"not checked, kinds of files that are not read: {kinds}")
    return lines
