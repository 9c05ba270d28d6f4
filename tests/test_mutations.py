"""Every rule on records finds each planted fault at its place, and nothing else; near misses stay silent.

The rows are in ``tests/mutations``, a module for each family of rules.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import test_collection
import test_relations
from mutations.table import Row, written

from igsn_lint.api import lint
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from igsn_lint.model import Finding, Profile

REGISTRY = Registry.load()
MODULES = sorted(
    p.stem for p in (Path(__file__).parent / "mutations").glob("*.py") if p.stem not in {"__init__", "table"}
)
ROWS: list[Row] = [row for name in MODULES for row in import_module(f"mutations.{name}").ROWS]
CASES = [pytest.param(row, form, id=f"{row.rule}-{form}-{row.name}") for row in ROWS for form in row.formats]
AT_LEAST = 3


def look(row: Row | None, form: str) -> list[Finding]:
    document = written(row, form)
    profile = row.profile if row is not None else None
    return lint((document.name, document.data), registry=REGISTRY, profile=profile).findings


@cache
def clean(form: str, profile: Profile | None) -> list[Finding]:
    name, data = (document := written(None, form)).name, document.data
    return lint((name, data), registry=REGISTRY, profile=profile).findings


PROFILED = sorted({(form, row.profile) for row in ROWS for form in row.formats}, key=str)


@pytest.mark.parametrize(("form", "profile"), PROFILED)
def test_the_clean_document_has_nothing_above_a_note(form: str, profile: Profile | None) -> None:
    found = clean(form, profile)
    assert [(f.rule, f.message) for f in found if f.severity != "note"] == []
    tried = {row.rule for row in ROWS if form in row.formats and row.profile == profile}
    assert not {f.rule for f in found} & tried


@pytest.mark.parametrize(("row", "form"), [case for case in CASES if case.values[0].at is not None])
def test_a_fault_is_found_at_its_place_and_by_one_rule(row: Row, form: str) -> None:
    document = written(row, form)
    assert document.data != written(None, form).data or row.file, "the mutation changes nothing"
    known = {(f.rule, f.pointer) for f in clean(form, row.profile)}
    found = [f for f in look(row, form) if (f.rule, f.pointer) not in known]
    assert [(f.rule, f.message) for f in found if f.rule != row.rule and f.rule not in row.beside] == []
    found = [f for f in found if f.rule == row.rule and f.pointer not in document.again]
    if document.marked:
        assert [f.region for f in found] == document.marked
    else:
        assert [f.pointer for f in found] == [row.at if row.text else document.places(row.at or "")]


@pytest.mark.parametrize(("row", "form"), [case for case in CASES if case.values[0].at is None])
def test_a_near_miss_is_silent(row: Row, form: str) -> None:
    document = written(row, form)
    assert document.data != written(None, form).data or row.file, "the mutation changes nothing"
    found = look(row, form)
    assert [(f.rule, f.message) for f in found if f.rule == row.rule or f.severity != "note"] == []


def test_every_rule_has_enough_faults_and_near_misses() -> None:
    """Rows of one rule count once, in however many formats they are tried."""
    rows = [(row.rule, row.at is not None) for row in ROWS]
    rows += [(row.rule, row.at is not None) for row in test_relations.ROWS]
    rows += [(row.rule, bool(row.at)) for row in test_collection.ROWS]
    counts = Counter(rows)
    lacking = {
        code: (counts[code, True], counts[code, False])
        for code in REGISTRY.codes
        if min(counts[code, True], counts[code, False]) < AT_LEAST
    }
    assert lacking == {}
