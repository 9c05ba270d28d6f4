"""The words that have few values, as types: severities, profiles, roles, states, kinds of evidence."""

from __future__ import annotations

from typing import Literal

Severity = Literal["error", "warning", "note"]
Profile = Literal["register", "publish", "cite"]
Role = Literal["declared", "related", "cited", "target"]
State = Literal["plain", "deleted", "comment", "hidden", "placeholder", "test"]
Evidence = Literal["tag", "label", "prefix", "legacy", "host", "record", "document"]

SuppressionKind = Literal["inline", "sidecar", "per-file", "baseline"]
Slot = Literal["identifier", "relatedIdentifier", "alternateIdentifier", "field", ""]

ROLES: tuple[Role, ...] = ("declared", "related", "cited", "target")
IN_TEXTS: tuple[Role, ...] = ("cited", "target")
"""The roles of Mentions that no record declares or relates to."""

PROFILES: tuple[Profile, ...] = ("register", "publish", "cite")
JUDGING: tuple[Profile, ...] = ("publish", "cite")
"""The profiles by which is judged where a run sets none."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
