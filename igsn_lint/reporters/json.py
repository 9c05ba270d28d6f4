"""JSON for programs: the contract of ``schemas/report.schema.json``; keys are added to it, never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from igsn_lint.version import __version__

if TYPE_CHECKING:
    from igsn_lint.model import Finding, RelatedPlace, Report
    from igsn_lint.registry import Registry
    from igsn_lint.source import Region

FORMAT_VERSION = "1"


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the whole report as one JSON object."""
    return json.dumps(as_dict(report), ensure_ascii=False, indent=1) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "format_version": FORMAT_VERSION,
        "tool": {"name": "igsn-lint", "version": __version__},
        "profiles": list(report.profiles),
        "summary": {
            "files": report.files,
            "records": report.records,
            "mentions": report.mentions,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "notes": report.count("note"),
            "suppressed": len(report.suppressed),
            "not_checked": len(report.not_checked),
        },
        "findings": [finding_as_dict(finding) for finding in (*report.findings, *report.suppressed)],
        "not_checked": [{"path": notice.path, "reason": notice.reason} for notice in report.not_checked],
    }


def _region(region: Region | None) -> dict[str, int | None]:
    line, column, end_line, end_column = region or (None, None, None, None)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _related(place: RelatedPlace) -> dict[str, Any]:
    at = _region(place.region)
    return {
        "message": place.message,
        "path": place.path,
        "line": at["line"],
        "column": at["column"],
        "pointer": place.pointer,
        "text": place.text,
    }


def finding_as_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data."""
    fix = None
    if finding.edits:
        fix = {"safe": finding.safe, "edits": [{**_region(edit.region), "text": edit.text} for edit in finding.edits]}
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "path": finding.path,
        **_region(finding.region),
        "pointer": finding.pointer,
        "text": finding.text,
        "identifier": finding.identifier,
        "subject": dict(finding.subject),
        "profile": finding.profile,
        "anchor": finding.anchor,
        "count": finding.count,
        "source": finding.source,
        "strength": finding.strength,
        "replacement": finding.replacement,
        "fix": fix,
        "related": [_related(place) for place in finding.related],
        "suppressed": None if finding.suppressed is None else finding.suppressed._asdict(),
    }
