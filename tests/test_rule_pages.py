"""Every example on every rule page does what the page says."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

import pages
import pytest
from conftest import SHARED

from igsn_lint.config import load, severities
from igsn_lint.model import PROFILES, Collection, Document, Gap, Mention, Record, Suppression
from igsn_lint.registry import Registry
from igsn_lint.rules import Example, Rule, examples, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from igsn_lint.model import Profile

REGISTRY = Registry.load()
OWN = [read_page(str(path)) for path in sorted(pages.RULES.glob("IL*.md"))]
EXAMPLES = [pytest.param(rule, example, id=f"{rule.code}:{example.line}") for rule in OWN for example in examples(rule)]
SUBJECTS = {
    "Mention": Mention,
    "Gap": Gap,
    "Record": Record,
    "Document": Document,
    "Collection": Collection,
    "Suppression": Suppression,
}


@pytest.mark.parametrize(("rule", "example"), [p for p in EXAMPLES if not p.values[1].conforms])
def test_non_conforming_example_gives_the_output_on_its_page(rule: Rule, example: Example) -> None:
    assert example.output is not None, "an example that does not conform needs an output fence"
    assert example.output.strip(), "an example that does not conform has a finding"
    assert pages.output(example, REGISTRY, rule) == example.output


@pytest.mark.parametrize(("rule", "example"), [p for p in EXAMPLES if p.values[1].fixed is not None])
def test_fixed_example_is_what_the_edits_make_of_it(rule: Rule, example: Example) -> None:
    assert pages.fixed(example, REGISTRY, rule) == example.fixed
    mended = example._replace(files=(example.files[0]._replace(text=example.fixed or ""),))
    assert pages.output(mended, REGISTRY, rule) == ""


@pytest.mark.parametrize(("rule", "example"), [p for p in EXAMPLES if p.values[1].conforms])
def test_conforming_example_has_no_finding_of_its_rule_and_no_error_of_any(rule: Rule, example: Example) -> None:
    found = pages.findings(example, REGISTRY, [])
    assert [f for f in found if f.severity == "error" or f.rule == rule.code] == []


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.code)
def test_page_is_complete(rule: Rule) -> None:
    kinds = Counter(example.conforms for example in examples(rule))
    assert kinds[True], "no example that conforms"
    assert kinds[False], "no example that does not conform"
    assert [
        h for h in re.findall(r"^## (.+)$", rule.text, re.MULTILINE) if h in {"Why", "Conforms", "Does not conform"}
    ] == [
        "Why",
        "Conforms",
        "Does not conform",
    ]
    assert rule.source.startswith("https://")
    assert rule.fix in {"none", "safe", "unsafe"}
    if rule.fix != "none":
        assert any(example.fixed is not None for example in examples(rule)), "a rule with a fix shows what it does"


def test_every_rule_has_a_check_on_its_subject_and_every_check_a_page() -> None:
    own = {check.code: check.subject for check in REGISTRY.checks if check.run.__module__.startswith("igsn_lint.")}
    assert own == {rule.code: SUBJECTS[rule.subject] for rule in OWN}
    assert len(own) == sum(check.run.__module__.startswith("igsn_lint.") for check in REGISTRY.checks)


def test_names_are_unique_and_no_two_pages_share_a_sentence() -> None:
    assert max(Counter(rule.name for rule in OWN).values()) == 1
    prose = {
        rule.code: re.sub(r"^(`{3,}).*?^\1$|^#[^\n]*$", "\n", rule.text, flags=re.MULTILINE | re.DOTALL) for rule in OWN
    }
    sentences = {
        code: {" ".join(s.split()) for s in re.split(r"(?<=[.!?])\s", text) if len(s.split()) > 4}
        for code, text in prose.items()
    }
    shared = [s for s, n in Counter(chain.from_iterable(sentences.values())).items() if n > 1]
    assert shared == []


def test_rules_give_way_only_to_rules_that_exist() -> None:
    known = {f"IL{n}" for n in range(1000)} | {f"IL{n:03}" for n in range(1000)}
    assert all(code in known and code != rule.code for rule in OWN for code in rule.gives_way_to)


@pytest.mark.parametrize("name", PROFILES)
def test_profile_file_says_what_the_pages_say_and_can_be_copied(name: Profile, tmp_path: Path) -> None:
    text = (pages.PROFILES / f"{name}.toml").read_text(encoding="utf-8")
    assert text == pages.profile(name), "python tests/pages.py writes it"
    (tmp_path / "igsn-lint.toml").write_text(text, encoding="utf-8")
    levels = severities(load(str(tmp_path / "igsn-lint.toml")), REGISTRY)
    assert levels == {rule.code: rule.severity[name] for rule in OWN}


def test_names_and_severities_are_those_of_the_catalogue() -> None:
    catalogue = SHARED / "RULES.md"
    if not catalogue.is_file():
        pytest.skip("the catalogue (../shared/RULES.md) is not beside this checkout")
    row = re.compile(r"^\| (IL\d{3}) \| ([\w-]+) \| ([EWN-])/([EWN-])/([EWN-]) \|", re.MULTILINE)
    listed = {code: (name, *signs) for code, name, *signs in row.findall(catalogue.read_text(encoding="utf-8"))}
    sign = {"error": "E", "warning": "W", "note": "N", None: "-"}
    assert {rule.code: (rule.name, *(sign[rule.severity[profile]] for profile in PROFILES)) for rule in OWN} == listed
