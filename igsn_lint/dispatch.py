"""Which checks are asked about a subject: those that are on and may find something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from igsn_lint.model import ROLES, Collection, Document, Gap, Mention, Record, Suppression
from igsn_lint.samples import concerns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igsn_lint.model import Check, Context


class Asked:
    """Some checks, and what they rely on: each condition is asked once of a subject, for all checks that share it."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self._checks = list(checks)
        self._conditions = tuple(dict.fromkeys(condition for check in self._checks for condition in check.unless))
        self._left: dict[tuple[bool, ...], list[Check]] = {}

    def about(self, subject: Any, context: Context) -> list[Check]:
        """Return the checks that may find something in a subject."""
        holds = tuple([condition(subject, context) for condition in self._conditions])
        found = self._left.get(holds)
        if found is None:
            true = {condition for condition, held in zip(self._conditions, holds, strict=True) if held}
            found = [check for check in self._checks if not (check.unless and true.issuperset(check.unless))]
            self._left[holds] = found
        return found


class Dispatch:
    """The checks that are on, by what they look at."""

    def __init__(self, checks: Iterable[Check], enabled: set[str]) -> None:
        by_subject: dict[type, list[Check]] = {
            kind: [] for kind in (Mention, Gap, Record, Document, Collection, Suppression)
        }
        for check in checks:
            if check.code in enabled:
                by_subject[check.subject].append(check)
        self.of_gaps = by_subject[Gap]
        self.of_collection = by_subject[Collection]
        self.of_suppressions = by_subject[Suppression]
        self._of_document = Asked(by_subject[Document])
        # By the kind of the record, and whether it is one of a sample.
        self._of_record = {
            (kind, sample): Asked(check for check in by_subject[Record] if concerns(check.code, kind, sample))
            for kind in ("datacite", "legacy")
            for sample in (False, True)
        }
        # By whether the spelling is plain, and the role.
        self._of_mention = {
            (plain, role): Asked(
                check for check in by_subject[Mention] if not (plain and check.odd_only) and role in check.roles
            )
            for plain in (False, True)
            for role in ROLES
        }

    def of_document(self, document: Document, context: Context) -> list[Check]:
        """Return the checks that may find something in a document as a whole."""
        return self._of_document.about(document, context)

    def of_record(self, record: Record, context: Context, *, sample: bool) -> list[Check]:
        """Return the checks that may find something in a record; ``sample`` says that it is one of a sample."""
        return self._of_record[record.kind, sample].about(record, context)

    def of_mention(self, mention: Mention, context: Context) -> list[Check]:
        """Return the checks that may find something in a Mention."""
        return self._of_mention[mention.is_plain, mention.role].about(mention, context)
