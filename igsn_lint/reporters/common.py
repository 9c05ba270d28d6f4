"""What several reporters share: paths as a repository names them, and places in words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from igsn_lint.model import SEVERITIES, in_order

if TYPE_CHECKING:
    from igsn_lint.model import Finding, RelatedPlace, Report


def repository_base() -> str:
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


def in_repository(path: str, base: str) -> str:
    """Return a path of a Report from the repository's root on."""
    if not base or os.path.isabs(path):
        return path
    return os.path.normpath(os.path.join(base, path)).replace(os.sep, "/")


def where(finding: Finding) -> str:
    """Return ``LINE:COL`` of a finding, or its logical path in brackets where its format has no lines."""
    if finding.region is None:
        return f"[{finding.pointer}]"
    return f"{finding.region.line}:{finding.region.column}"


def place_in_words(place: Finding | RelatedPlace) -> str:
    """Return in words where something stands; empty where that is the file as a whole."""
    if place.region is None:
        return place.pointer
    at = f"line {place.region.line}"
    return f"{at}, {place.pointer}" if place.pointer else at


def all_places(finding: Finding) -> list[Finding | RelatedPlace]:
    """Return all places of a finding that stands for many, in their order."""
    return sorted([finding, *finding.related], key=lambda place: (place.region or (), in_order(place.pointer)))


def sentence(finding: Finding) -> str:
    """Return what a finding says in one line, with its place where that is no line, and what to write instead."""
    place = f"{finding.pointer}: " if finding.region is None and finding.pointer else ""
    return f"{place}{statement(finding)}"


def statement(finding: Finding) -> str:
    """Return what a finding says in one line, and what to write instead, where its place is told apart."""
    return f"{finding.message}{f'; {asked}' if (asked := instead(finding)) else ''}"


def instead(finding: Finding) -> str:
    """Return what a finding asks for in words, "write X" or "link it to X"; empty where it knows nothing to put."""
    if finding.replacement is None or finding.count > 1:
        return ""
    return f"{'link it to' if finding.links else 'write'} {finding.replacement}"


def gravest_first(report: Report) -> list[Finding]:
    """Return the findings by severity, and in their order within one."""
    return sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))


def plural(count: int, word: str) -> str:
    """Return a number with its noun."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def counts(report: Report) -> str:
    """Return the closing count in words."""
    return ", ".join(plural(report.count(severity), severity) for severity in SEVERITIES)
