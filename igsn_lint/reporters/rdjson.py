"""reviewdog's diagnostic format (rdjson)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from igsn_lint.reporters.common import in_repository, repository_base, sentence

if TYPE_CHECKING:
    from igsn_lint.model import Report
    from igsn_lint.registry import Registry
    from igsn_lint.source import Region

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the diagnostics; reviewdog counts columns in bytes of UTF-8, and its ends are exclusive as ours."""
    base = repository_base()
    diagnostics = []
    for finding in report.findings:
        location: dict[str, Any] = {"path": in_repository(finding.path, base)}
        if finding.region is not None:
            location["range"] = _range(finding.region, finding.lines[0] if finding.lines else "")
        row: dict[str, Any] = {
            "message": sentence(finding),
            "location": location,
            "severity": _SEVERITIES[finding.severity],
            "code": {"value": finding.rule, "url": finding.source},
        }
        diagnostics.append(row)
    whole = {"source": {"name": "igsn-lint", "url": "https://github.com/igsn-lint/igsn-lint"}}
    return json.dumps({**whole, "diagnostics": diagnostics}, ensure_ascii=False, indent=1) + "\n"


def _range(region: Region, line: str) -> dict[str, Any]:
    def column(number: int) -> int:
        return len(line[: number - 1].encode("utf-8", "replace")) + 1

    start = {"line": region.line, "column": column(region.column)}
    if region.line != region.end_line:
        return {"start": start}
    return {"start": start, "end": {"line": region.end_line, "column": column(region.end_column)}}
