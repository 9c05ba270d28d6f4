"""Annotations of GitHub Actions: workflow commands, the gravest findings first.

GitHub shows ten errors and ten warnings of a step; what is more is counted in a last line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.reporters.common import gravest_first, in_repository, plural, repository_base, sentence

if TYPE_CHECKING:
    from igsn_lint.model import Report
    from igsn_lint.registry import Registry

_MOST = 10
_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the annotations."""
    base = repository_base()
    shown = dict.fromkeys(_LEVELS, 0)
    left = 0
    lines = []
    for finding in gravest_first(report):
        # A notice takes a place of the ten that GitHub has for warnings in its summary of a run.
        kind = "error" if finding.severity == "error" else "warning"
        if shown[kind] >= _MOST:
            left += 1
            continue
        shown[kind] += 1
        about = {"file": in_repository(finding.path, base), "title": f"{finding.rule} {finding.name}"}
        if finding.region is not None:
            line, column, end_line, end_column = finding.region
            about |= {"line": str(line), "endLine": str(end_line)}
            if line == end_line:
                # The end is exclusive in igsn-lint, inclusive in GitHub.
                about |= {"col": str(column), "endColumn": str(max(end_column - 1, column))}
        properties = ",".join(f"{key}={_property(value)}" for key, value in about.items())
        lines.append(f"::{_LEVELS[finding.severity]} {properties}::{_data(sentence(finding))}\n")
    if left:
        # Which other formats there are in a run, this one can not know.
        more = f"{plural(left, 'more finding')} not shown: GitHub takes ten errors and ten others of a step"
        lines.append(f"::notice title=igsn-lint::{more}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
