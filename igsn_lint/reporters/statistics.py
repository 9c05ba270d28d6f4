"""How often each rule was broken and what was read, in place of the findings: for a first look at many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from igsn_lint.model import SEVERITIES
from igsn_lint.reporters.text import closing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from igsn_lint.model import Report


def render(report: Report, formats: Mapping[str, int], seconds: float, *, quiet: bool) -> str:
    """Return the findings counted by rule, the gravest and most frequent first, and the files counted by format."""
    counts = Counter((f.severity, f.rule, f.name) for f in report.findings if not quiet or f.severity == "error")
    rows = sorted(counts.items(), key=lambda row: (SEVERITIES.index(row[0][0]), -row[1], row[0][1]))
    lines = [f"{count:>6} {severity:<7} {rule} {name}\n" for (severity, rule, name), count in rows]
    if quiet:
        return "".join(lines)
    kinds = sorted(formats.items(), key=lambda kind: (-kind[1], kind[0]))
    files = [f"{count:>6} {form}\n" for form, count in kinds]
    return "\n".join("".join(part) for part in (lines, files, [closing(report), f"{seconds:.1f} s\n"]) if part)
