"""JSON Lines: one finding a line, in the form that the json format gives it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from igsn_lint.reporters.json import finding_as_dict

if TYPE_CHECKING:
    from igsn_lint.model import Report
    from igsn_lint.registry import Registry


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the findings, silenced ones last."""
    return "".join(
        json.dumps(finding_as_dict(finding), ensure_ascii=False) + "\n"
        for finding in (*report.findings, *report.suppressed)
    )
