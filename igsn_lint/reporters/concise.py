"""One line a finding: ``PATH:LINE:COL severity ILnnn message``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.reporters.common import where
from igsn_lint.source import visible

if TYPE_CHECKING:
    from igsn_lint.model import Report
    from igsn_lint.registry import Registry


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the findings, one a line."""
    return "".join(
        f"{visible(finding.path)}:{where(finding)} {finding.severity} {finding.rule} {visible(finding.message)}\n"
        for finding in report.findings
        if not quiet or finding.severity == "error"
    )
