"""SARIF 2.1.0, for code scanning.

URIs are relative to the root of the repository (the nearest folder with ``.git`` above the working directory), because
GitHub takes them so. Formats without lines get the nominal region 1:1, and say so.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from igsn_lint.model import PROFILES, SEVERITIES
from igsn_lint.version import __version__

if TYPE_CHECKING:
    from igsn_lint.model import Finding, RelatedPlace, Report, Rule
    from igsn_lint.registry import Registry
    from igsn_lint.source import Region

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://github.com/igsn-lint/igsn-lint"
_SHORT = 1000
_MOST_RELATED = 100
"""How many related locations GitHub shows of a result."""


def render(report: Report, registry: Registry, *, show: frozenset[str], quiet: bool) -> str:
    """Return the report as one SARIF log with one run."""
    rules = registry.rules()
    index = {rule.code: i for i, rule in enumerate(rules)}
    base = _base()
    run = {
        "tool": {
            "driver": {
                "name": "igsn-lint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": _HOME,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {
                        "level": "note",
                        "message": {"text": f"Not checked: {notice.path}: {notice.reason}."},
                        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(notice.path, base)}}}],
                    }
                    for notice in report.not_checked
                ],
            }
        ],
        "results": [_result(finding, index, base) for finding in (*report.findings, *report.suppressed)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _base() -> str:
    """Return the path from the repository's root to the working directory; empty where there is no repository."""
    here = os.getcwd()
    folder = here
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent
    relative = os.path.relpath(here, folder)
    return "" if relative == "." else relative.replace(os.sep, "/")


def _uri(path: str, base: str) -> str:
    """Return a path as a URI reference relative to the repository's root."""
    if os.path.isabs(path):
        return "file://" + quote(path)
    joined = os.path.normpath(os.path.join(base, path)).replace(os.sep, "/") if base else path
    return quote(joined)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _rule(rule: Rule) -> dict[str, Any]:
    gravest = min(
        (rule.severity[p] for p in PROFILES if rule.severity[p]),
        key=lambda s: SEVERITIES.index(s or "note"),
        default=None,
    )
    level = gravest or "note"
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": _sentence(rule.title)[:_SHORT]},
        "fullDescription": {"text": _sentence(rule.demand)[:_SHORT]},
        "help": {"text": _sentence(rule.demand) + f" Source: {rule.source}", "markdown": rule.text},
        "helpUri": rule.source,
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["igsn", rule.name],
            "precision": "high",
            "problem.severity": "recommendation" if level == "note" else level,
            "strength": rule.strength,
        },
    }


def _region(region: Region | None, text: str) -> dict[str, Any]:
    line, column, end_line, end_column = region or (1, 1, 1, 1)
    found: dict[str, Any] = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    if text:
        found["snippet"] = {"text": text}
    return found


def _location(path: str, region: Region | None, pointer: str, text: str, base: str) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(path, base)}, "region": _region(region, text)}
    }
    if pointer:
        location["logicalLocations"] = [
            {"fullyQualifiedName": pointer, "kind": "member" if pointer.startswith("/") else "element"}
        ]
    return location


def _related(place: RelatedPlace, number: int, base: str) -> dict[str, Any]:
    location = _location(place.path, place.region, place.pointer, place.text, base)
    return {"id": number, "message": {"text": _sentence(place.message)}, **location}


def _result(finding: Finding, index: dict[str, int], base: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": finding.severity,
        "message": {"text": _sentence(finding.message)},
        "locations": [_location(finding.path, finding.region, finding.pointer, finding.text, base)],
        "partialFingerprints": {"igsnLint/v1": finding.anchor},
        "properties": {"profile": finding.profile, "lineIsNominal": finding.region is None},
    }
    if (why := finding.suppressed) is not None:
        result["suppressions"] = [
            {
                "kind": "inSource" if why.kind == "inline" else "external",
                "justification": why.reason or f"known: {why.path}",
                "properties": {"kind": why.kind},
            }
        ]
    if finding.count > 1:
        result["occurrenceCount"] = finding.count
    if finding.related:
        result["relatedLocations"] = [
            _related(place, i, base) for i, place in enumerate(finding.related[:_MOST_RELATED], 1)
        ]
    if finding.edits:
        result["fixes"] = [
            {
                "description": {
                    "text": f"{'Safe' if finding.safe else 'Unsafe'}: {finding.replacement or finding.edits[0].text}."
                },
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": _uri(finding.path, base)},
                        "replacements": [
                            {"deletedRegion": _region(edit.region, ""), "insertedContent": {"text": edit.text}}
                            for edit in finding.edits
                        ],
                    }
                ],
            }
        ]
    return result
