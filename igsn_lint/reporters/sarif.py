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
from igsn_lint.reporters.common import gravest_first, in_repository, repository_base
from igsn_lint.reporters.linehash import line_hashes
from igsn_lint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from igsn_lint.model import Finding, RelatedPlace, Report, Rule
    from igsn_lint.registry import Registry
    from igsn_lint.source import Region

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://github.com/igsn-lint/igsn-lint"
_SHORT = 1000
_MOST_RELATED = 100
"""How many related locations GitHub shows of a result."""

_MOST_RESULTS = 25_000
"""How many results GitHub takes of a run; a file with more is refused."""

_MOST_SHOWN = 5_000
"""How many of them it shows."""

_MOST_PACKED = 10_000_000
"""How many bytes GitHub takes of a file, packed by gzip."""

_MOST_HASHED = 4_000_000
_LONGEST_CONTEXT = 1000


def render(
    report: Report, registry: Registry, *, show: frozenset[str], quiet: bool, tell: Callable[[str], None]
) -> str:
    """Return the report as one SARIF log with one run.

    GitHub refuses a log above its limits: what is too much is left out, the least grave first. The log says how many
    results that are, and ``tell`` gets a sentence of it.
    """
    base = repository_base()
    results = [*gravest_first(report), *report.suppressed]
    hashes = _hashes(results[:_MOST_RESULTS])
    most = min(len(results), _MOST_RESULTS)
    text = _log(report, registry, results, most, base, hashes)
    while most and (size := _packed(text)) > _MOST_PACKED:
        most = most * _MOST_PACKED * 9 // (size * 10)
        text = _log(report, registry, results, most, base, hashes)
    if most < len(results):
        tell(f"{_left_out(len(results), most)}, the gravest are kept")
    elif most > _MOST_SHOWN:
        tell(f"the SARIF log has {most} results, of which GitHub shows {_MOST_SHOWN}; the gravest come first")
    return text


def _left_out(count: int, most: int) -> str:
    return f"{count - most} of {count} results are left out of the SARIF log, which GitHub would refuse"


def _packed(text: str) -> int:
    """Return how many bytes a text has, packed where it may matter."""
    data = text.encode("utf-8", "backslashreplace")
    if len(data) <= _MOST_PACKED:
        return len(data)
    import zlib

    return len(zlib.compress(data))


def _log(
    report: Report,
    registry: Registry,
    results: Sequence[Finding],
    most: int,
    base: str,
    hashes: Mapping[tuple[str, int], str],
) -> str:
    """Return the SARIF log with the first ``most`` of the results."""
    rules = registry.rules()
    index = {rule.code: i for i, rule in enumerate(rules)}
    kept = results[:most]
    if len(results) <= _MOST_SHOWN:
        kept = sorted(kept, key=lambda finding: finding.sort_key)
    notifications = [
        *[
            _notification(notice.path, f"Not checked: {notice.path}: {notice.reason}.", base)
            for notice in report.not_checked
        ],
        *[_notification(path, f"Internal error: {error}.", base, "error") for path, error in report.failures],
    ]
    if most < len(results):
        notifications.append(_notification(None, f"{_left_out(len(results), most)}.", base, "warning"))
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
                "executionSuccessful": not (report.failures or report.missing),
                "toolExecutionNotifications": notifications,
            },
        ],
        "results": [_result(finding, index, base, hashes, known=report.has_baseline) for finding in kept],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _notification(path: str | None, text: str, base: str, level: str = "note") -> dict[str, Any]:
    notification: dict[str, Any] = {"level": level, "message": {"text": text}}
    if path is not None:
        notification["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": _uri(path, base)}}}]
    return notification


def _hashes(results: Iterable[Finding]) -> dict[tuple[str, int], str]:
    """Return GitHub's own fingerprint of each line with a result; of files that can not be read again there is none."""
    lines: dict[str, set[int]] = {}
    for finding in results:
        if finding.region is not None:
            lines.setdefault(finding.path, set()).add(finding.region.line)
    found = {}
    for path, wanted in lines.items():
        try:
            if os.path.getsize(path) > _MOST_HASHED:
                continue
            with open(path, encoding="utf-8", errors="replace", newline="") as file:
                text = file.read()
        except (OSError, ValueError):
            continue
        found.update({(path, line): value for line, value in line_hashes(text, wanted).items()})
    return found


def _uri(path: str, base: str) -> str:
    """Return a path as a URI reference relative to the repository's root."""
    if os.path.isabs(path):
        return "file://" + quote(path)
    return quote(in_repository(path, base))


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


def _result(
    finding: Finding, index: dict[str, int], base: str, hashes: Mapping[tuple[str, int], str], *, known: bool
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": finding.severity,
        "message": {"text": _sentence(finding.message)},
        "locations": [_location(finding.path, finding.region, finding.pointer, finding.text, base)],
        "partialFingerprints": {"igsnLint/v1": finding.anchor},
        "properties": {"profile": finding.profile, "lineIsNominal": finding.region is None},
    }
    line = finding.region.line if finding.region is not None else 0
    if (value := hashes.get((finding.path, line))) is not None:
        result["partialFingerprints"]["primaryLocationLineHash"] = value
    if finding.region is not None and finding.lines and len(finding.lines[0]) <= _LONGEST_CONTEXT:
        end = finding.region.end_line
        if end == line and finding.lines[0]:
            result["locations"][0]["physicalLocation"]["contextRegion"] = {
                "startLine": line,
                "endLine": line,
                "snippet": {"text": finding.lines[0]},
            }
    if known:
        why = finding.suppressed
        result["baselineState"] = "unchanged" if why is not None and why.kind == "baseline" else "new"
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
