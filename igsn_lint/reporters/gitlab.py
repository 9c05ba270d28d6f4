"""GitLab Code Quality: a list of issues in the part of the Code Climate format that GitLab reads."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from igsn_lint.reporters.common import in_repository, repository_base, sentence

if TYPE_CHECKING:
    from igsn_lint.model import Report
    from igsn_lint.registry import Registry

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the issues; the fingerprint is the Anchor with the path, so that moved lines do not change it."""
    base = repository_base()
    seen: Counter[str] = Counter()
    issues = []
    for finding in report.findings:
        path = in_repository(finding.path, base)
        key = f"{path}\0{finding.anchor}"
        seen[key] += 1
        issues.append(
            {
                "type": "issue",
                "check_name": f"{finding.rule} {finding.name}",
                "description": sentence(finding),
                "categories": ["Style" if finding.severity == "note" else "Bug Risk"],
                "fingerprint": sha256(f"{key}\0{seen[key]}".encode()).hexdigest(),
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": path,
                    "lines": {
                        "begin": finding.region.line if finding.region else 1,
                        "end": finding.region.end_line if finding.region else 1,
                    },
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"
