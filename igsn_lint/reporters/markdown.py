"""Markdown for the summary of a step, a comment or a mail: counts, a table of findings, and what was not checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint.reporters.common import counts, gravest_first, plural, where
from igsn_lint.source import visible

if TYPE_CHECKING:
    from igsn_lint.model import Report
    from igsn_lint.registry import Registry

_MOST = 500
"""How many findings the table holds: GitHub takes a summary of at most 1 MiB."""

_TEXT = 300


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the page."""
    what = ", ".join(
        (plural(report.files, "file"), plural(report.records, "record"), plural(report.mentions, "IGSN ID"))
    )
    lines = ["## igsn-lint", "", f"**{counts(report)}** in {what}."]
    if report.suppressed:
        lines += ["", f"{plural(len(report.suppressed), 'finding')} silenced."]
    findings = gravest_first(report)
    if findings:
        lines += ["", "| | rule | where | what | write |", "| --- | --- | --- | --- | --- |"]
        for finding in findings[:_MOST]:
            rule = f"[{finding.rule}]({finding.source} {_quoted(finding.name)})"
            at = _code(f"{finding.path}:{where(finding)}")
            write = _code(finding.replacement) if finding.replacement is not None and finding.count == 1 else ""
            instead = f"a link to {write}" if write and finding.links else write
            lines.append(f"| {finding.severity} | {rule} | {at} | {_plain(finding.message)} | {instead} |")
        if len(findings) > _MOST:
            lines += ["", f"{len(findings) - _MOST} more findings are not shown."]
    if report.not_checked:
        lines += ["", f"<details><summary>Not checked: {plural(len(report.not_checked), 'file')}</summary>", ""]
        lines += [f"- {_code(notice.path)}: {_plain(notice.reason)}" for notice in report.not_checked[:_MOST]]
        lines += ["", "</details>"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _plain(text: str) -> str:
    """Return a text in which nothing is mark-up."""
    return re.sub(r"([\\`*_{}\[\]<>#|~@!])", r"\\\1", visible(" ".join(text.split()))[:_TEXT])


def _code(text: str) -> str:
    """Return a text as code in a cell of a table."""
    shown = visible(" ".join(text.split()))[:_TEXT].replace("|", "\\|")
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"
