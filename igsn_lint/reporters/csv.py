"""A table of the findings, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from igsn_lint.inventory import cell

if TYPE_CHECKING:
    from igsn_lint.model import Report
    from igsn_lint.registry import Registry

COLUMNS = ("path", "line", "column", "pointer", "severity", "rule", "name", "message", "identifier", "text", "write")


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return one row a finding."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for f in report.findings:
        line, column = (f.region.line, f.region.column) if f.region else ("", "")
        row = (f.path, line, column, f.pointer, f.severity, f.rule, f.name, f.message, f.identifier, f.text)
        write = f"a link to {f.replacement}" if f.links and f.replacement is not None else f.replacement
        writer.writerow([cell(value) for value in (*row, write)])
    return out.getvalue()
