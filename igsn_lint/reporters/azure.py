"""Azure Pipelines: logging commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.reporters.common import in_repository, repository_base, sentence

if TYPE_CHECKING:
    from igsn_lint.model import Report
    from igsn_lint.registry import Registry


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return one command a finding; Azure knows errors and warnings, so notes are left out."""
    base = repository_base()
    lines = []
    for finding in report.findings:
        if finding.severity == "note":
            continue
        about = {"type": finding.severity, "sourcepath": in_repository(finding.path, base), "code": finding.rule}
        if finding.region is not None:
            about |= {"linenumber": str(finding.region.line), "columnnumber": str(finding.region.column)}
        properties = ";".join(f"{key}={_escaped(value)}" for key, value in about.items())
        lines.append(f"##vso[task.logissue {properties}]{_escaped(sentence(finding), closing=False)}\n")
    return "".join(lines)


def _escaped(text: str, *, closing: bool = True) -> str:
    text = text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(";", "%3B").replace("]", "%5D") if closing else text
