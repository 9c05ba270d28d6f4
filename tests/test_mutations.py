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
from mutations.table import FORMATS, Row, written

from igsn_lint.api import lint
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from igsn_lint.model import Finding

REGISTRY = Registry.load()
MODULES = sorted(
    p.stem for p in (Path(__file__).parent / "mutations").glob("*.py") if p.stem not in {"__init__", "table"}
)
ROWS: list[Row] = [row for name in MODULES for row in import_module(f"mutations.{name}").ROWS]
CASES = [pytest.param(row, form, id=f"{row.rule}-{form}-{row.name}") for row in ROWS for form in row.formats]
AT_LEAST = 3


def look(row: Row | None, form: str) -> list[Finding]:
    record = written(row, form)
    return lint((record.name, record.text.encode()), registry=REGISTRY).findings


@cache
def clean(form: str) -> frozenset[tuple[str, str]]:
    return frozenset((f.rule, f.pointer) for f in look(None, form))


@pytest.mark.parametrize("form", FORMATS)
def test_the_clean_record_has_nothing_above_a_note(form: str) -> None:
    assert [(f.rule, f.message) for f in look(None, form) if f.severity != "note"] == []
    assert not {rule for rule, _ in clean(form)} & {row.rule for row in ROWS}


@pytest.mark.parametrize(("row", "form"), [case for case in CASES if case.values[0].at is not None])
def test_a_fault_is_found_at_its_place_and_by_one_rule(row: Row, form: str) -> None:
    record = written(row, form)
    assert record.text != written(None, form).text, "the mutation changes nothing"
    found = [(f.rule, f.pointer) for f in look(row, form)]
    assert [entry for entry in found if entry not in clean(form)] == [(row.rule, record.places(row.at or ""))]


@pytest.mark.parametrize(("row", "form"), [case for case in CASES if case.values[0].at is None])
def test_a_near_miss_is_silent(row: Row, form: str) -> None:
    assert written(row, form).text != written(None, form).text, "the mutation changes nothing"
    found = look(row, form)
    assert [(f.rule, f.message) for f in found if f.rule == row.rule or f.severity != "note"] == []


def test_every_rule_of_the_table_has_enough_faults_and_near_misses() -> None:
    faults, misses = (
        Counter(row.rule for row in ROWS if row.at is not None),
        Counter(r.rule for r in ROWS if r.at is None),
    )
    codes = {row.rule for row in ROWS} | {code for code in REGISTRY.codes if code.startswith("IL4")}
    assert {code: (faults[code], misses[code]) for code in codes if min(faults[code], misses[code]) < AT_LEAST} == {}
