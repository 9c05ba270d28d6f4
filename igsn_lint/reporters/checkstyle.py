"""Checkstyle XML, which many tools that show findings can read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from igsn_lint.reporters.common import sentence
from igsn_lint.source import visible

if TYPE_CHECKING:
    from igsn_lint.model import Finding, Report
    from igsn_lint.registry import Registry

_SEVERITIES = {"error": "error", "warning": "warning", "note": "info"}


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the findings by file."""
    pieces = ['<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n']
    for path, group in groupby(report.findings, key=lambda finding: finding.path):
        pieces += [f"  <file name={quoteattr(visible(path))}>\n", *map(_error, group), "  </file>\n"]
    return "".join([*pieces, "</checkstyle>\n"])


def _error(finding: Finding) -> str:
    at = f'line="{finding.region.line}" column="{finding.region.column}"' if finding.region else 'line="1"'
    message = quoteattr(visible(sentence(finding)))
    source = quoteattr(f"igsn-lint.{finding.rule}")
    return f'    <error {at} severity="{_SEVERITIES[finding.severity]}" message={message} source={source}/>\n'
