"""JUnit XML: one test case a finding, in one suite a file."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from igsn_lint.reporters.common import plural, statement, where
from igsn_lint.source import visible

if TYPE_CHECKING:
    from igsn_lint.model import Finding, Report
    from igsn_lint.registry import Registry


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the suites: errors and warnings are failures, notes pass, silenced findings are skipped."""
    suites = []
    findings = sorted([*report.findings, *report.suppressed], key=lambda finding: finding.sort_key)
    for path, group in groupby(findings, key=lambda finding: finding.path):
        cases = list(group)
        failures = sum(_fails(case) for case in cases)
        skipped = sum(case.suppressed is not None for case in cases)
        head = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'
        suites += [f"  <testsuite name={_attribute(path)} {head}>\n", *map(_case, cases), "  </testsuite>\n"]
    if not suites:
        suites = [
            '  <testsuite name="igsn-lint" tests="1" failures="0" errors="0" skipped="0" time="0">\n',
            f'    <testcase name="no findings in {plural(report.files, "file")}" classname="igsn-lint" time="0"/>\n',
            "  </testsuite>\n",
        ]
    failures = sum(_fails(finding) for finding in report.findings)
    total = f'tests="{max(len(findings), 1)}" failures="{failures}" errors="0" time="0"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="igsn-lint" {total}>\n'
    return head + "".join(suites) + "</testsuites>\n"


def _fails(finding: Finding) -> bool:
    return finding.suppressed is None and finding.severity != "note"


def _attribute(text: str) -> str:
    """Return a quoted attribute; XML has no place for most control characters."""
    return quoteattr(visible(text))


def _case(finding: Finding) -> str:
    name = _attribute(f"{finding.rule} {finding.name} {where(finding)}")
    head = f'    <testcase name={name} classname={_attribute(finding.path)} time="0"'
    message = statement(finding)
    body = escape(visible(f"{finding.path}:{where(finding)}: {message}"))
    if finding.suppressed is not None:
        reason = finding.suppressed.reason or finding.suppressed.kind
        return f"{head}>\n      <skipped message={_attribute(reason)}/>\n    </testcase>\n"
    if finding.severity == "note":
        return f"{head}>\n      <system-out>{body}</system-out>\n    </testcase>\n"
    failure = f'<failure type="{finding.severity}" message={_attribute(message)}>{body}</failure>'
    return f"{head}>\n      {failure}\n    </testcase>\n"
