"""The words of the program as types: what readers make, what checks look at, and what they yield.

A reader addresses a place by an *origin* that only it understands (a JSON path, an XML element, None for a text), and
an offset in the decoded value. Logical paths, lines and columns are worked out later, and only for what is reported.
"""

from __future__ import annotations

from igsn_lint.model.checking import Check, Condition, Context, Rule, check
from igsn_lint.model.collection import CONTENTS, Collection, Said, Trace
from igsn_lint.model.document import Document, Fault, Member, Notice, Part, Unreadable, Wanted
from igsn_lint.model.findings import (
    Finding,
    RelatedPlace,
    Replacement,
    Report,
    Selector,
    Suppressed,
    Suppression,
    Whole,
    in_order,
)
from igsn_lint.model.mention import Breach, Gap, Mention, Related, is_sentence
from igsn_lint.model.places import Change, Edit, Link, Place, Segment
from igsn_lint.model.record import Item, Record, SchemaFault
from igsn_lint.model.settings import Complete, Matcher, RequiredRelation, Settings, earliest_day, latest_day
from igsn_lint.model.words import (
    IN_TEXTS,
    JUDGING,
    PROFILES,
    ROLES,
    SEVERITIES,
    Evidence,
    Profile,
    Role,
    Severity,
    Slot,
    State,
    SuppressionKind,
)

__all__ = [
    "CONTENTS",
    "IN_TEXTS",
    "JUDGING",
    "PROFILES",
    "ROLES",
    "SEVERITIES",
    "Breach",
    "Change",
    "Check",
    "Collection",
    "Complete",
    "Condition",
    "Context",
    "Document",
    "Edit",
    "Evidence",
    "Fault",
    "Finding",
    "Gap",
    "Item",
    "Link",
    "Matcher",
    "Member",
    "Mention",
    "Notice",
    "Part",
    "Place",
    "Profile",
    "Record",
    "Related",
    "RelatedPlace",
    "Replacement",
    "Report",
    "RequiredRelation",
    "Role",
    "Rule",
    "Said",
    "SchemaFault",
    "Segment",
    "Selector",
    "Settings",
    "Severity",
    "Slot",
    "State",
    "Suppressed",
    "Suppression",
    "SuppressionKind",
    "Trace",
    "Unreadable",
    "Wanted",
    "Whole",
    "check",
    "earliest_day",
    "in_order",
    "is_sentence",
    "latest_day",
]
