"""What the checks of relations share: the related identifiers of a record, and which of them mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from igsn_lint import facts
from igsn_lint.checks._values import parsed
from igsn_lint.identifier import Igsn, NotAnIgsn, Spelling, dissect, is_doi_prefix, upper
from igsn_lint.samples import own_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from igsn_lint.model import Item, Record, Segment, Settings


SCHEME = ("relatedMetadataScheme", "schemeURI", "schemeType")
DETAILS = frozenset({*SCHEME, "schemeUri", "relationTypeInformation"})
"""The attributes that only some relations have, as they are named in XML and in JSON."""


class Target(NamedTuple):
    """One related identifier that has a value: the item, its value and how that is spelled, relation and type.

    ``kind`` is the type. ``doi`` is the DOI name in upper case, or None where the value names no DOI, or the page that
    shows one.
    """

    item: Item
    value: Segment
    spelling: Spelling
    relation: str
    kind: str
    doi: str | None

    @property
    def text(self) -> str:
        """The value without white space around it."""
        return self.value.text.strip()

    @property
    def igsn(self) -> Igsn | None:
        """The ID that the value is, or None; under the type IGSN a bare number is one, as it is behind a tag."""
        try:
            return Igsn.parse(self.value.text)
        except NotAnIgsn as error:
            return parsed(f"igsn:{self.text}") if self.kind == "IGSN" and error.reason == "a-number" else None

    @property
    def is_page(self) -> bool:
        """Whether the value is the URL of a page that shows a sample."""
        return self.spelling.has("landing-url")

    @property
    def is_structure(self) -> bool:
        """Whether the relation holds between samples: a page that it leads to stands for its sample."""
        return self.relation in facts.sample_relations()

    @property
    def code(self) -> str | None:
        """The code of an IGSN ID that is written without DOI prefix, in upper case, or None."""
        if self.doi is not None or self.is_page:
            return None
        igsn = self.igsn
        return None if igsn is None or igsn.doi is not None else upper(igsn.suffix)

    @property
    def is_placeholder(self) -> bool:
        """Whether the value only holds the place of an ID."""
        return facts.placeholder().fullmatch(upper(self.spelling.suffix)) is not None

    def is_sample(self, settings: Settings) -> bool:
        """Return whether the target is a sample by the way its ID is written, by its type or by what is said of it."""
        if self.item.text("resourceTypeGeneral") not in {"", "PhysicalObject"}:
            return False
        return (
            own_evidence(self.spelling, settings) is not None
            or self.kind == "IGSN"
            or (
                self.item.text("resourceTypeGeneral") == "PhysicalObject"
                and settings.holds(self.spelling.prefix) != "none"
            )
        )


def targets(record: Record) -> list[Target]:
    """Return the related identifiers of a record that have a value."""
    found: list[Target] | None = record.memo.get(targets)
    if found is not None:
        return found
    record.memo[targets] = found = []
    for item in record.items("relatedIdentifier"):
        value = item.value
        if value is not None and value.text.strip():
            kind = item.text("relatedIdentifierType").strip()
            spelling, relation = dissect(value.text), facts.relation(item.text("relationType"))
            found.append(Target(item, value, spelling, relation, kind, _doi(spelling)))
    return found


def may_repeat(found: Sequence[Target]) -> bool:
    """Return whether two targets of a record may be the same; cheaper than to compare them."""
    # Whatever two targets are compared by, their suffixes are equal where they are.
    compared = {
        upper(target.text if target.spelling.has("other-url") else target.spelling.suffix).rstrip("/")
        for target in found
    }
    return len(compared) < len(found)


def _doi(s: Spelling) -> str | None:
    named = s.prefix is not None and s.suffix and is_doi_prefix(s.prefix) and not s.has("landing-url")
    return upper(f"{s.prefix}/{s.suffix}") if named else None


class Seen:
    """Relations that stood before, found again by their target in any form."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], Target] = {}

    def add(self, target: Target, relation: str) -> None:
        """Note a relation, unless it stood before."""
        names = [*_names(target), *([f"doi:{upper(target.spelling.suffix)}"] if target.doi is not None else [])]
        for name in names:
            self._first.setdefault((name, relation), target)

    def find(self, target: Target, relation: str) -> Target | None:
        """Return the first target with this relation that means the same, or None."""
        names: Iterable[str] = _names(target)
        if target.doi is not None:
            names = [*names, f"code:{upper(target.spelling.suffix)}"]
        elif (code := _code(target)) is not None:
            names = [*names, f"doi:{code}"]
        return next((found for name in names if (found := self._first.get((name, relation)))), None)


def _names(target: Target) -> list[str]:
    """Return what a target is compared by: the DOI, the code of an ID without DOI prefix, or the text itself."""
    if target.doi is not None:
        return [target.doi]
    code = _code(target)
    return [f"code:{code}"] if code is not None else [f"{target.kind} {target.text.rstrip('/')}"]


def _code(target: Target) -> str | None:
    """Return the code of a sample that is named without its DOI, also by the page that stands for it, or None."""
    if target.is_page:
        igsn = target.igsn if target.is_structure else None
        return None if igsn is None else upper(igsn.suffix)
    return target.code
