"""The finder on documents whose IDs are known: made by a script, and written by somebody who had not seen it."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmark.compose import FORMS, Cite, Paragraph
from benchmark.score import (
    BLIND,
    EIGHTH,
    ELEVENTH,
    FIFTEENTH,
    FIFTH,
    FOURTEENTH,
    FOURTH,
    NINTH,
    SECOND,
    SEVENTH,
    SIXTH,
    TENTH,
    THIRD,
    THIRTEENTH,
    TWELFTH,
    Expected,
    Score,
    read_expected,
    score,
    write_own,
)
from benchmark.writers import FORMATS, documents

ENOUGH = 0.98


def good(result: Score) -> bool:
    return result.precision >= ENOUGH and result.recall >= ENOUGH


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Score:
    return score(write_own(tmp_path_factory.mktemp("benchmark")))


@pytest.fixture(scope="module")
def blind() -> Score:
    if not (BLIND / "expected.jsonl").exists():
        pytest.skip("the half that was written blind is not there")
    return score(read_expected(BLIND))


def test_ids_of_documents_made_by_a_script_are_found(own: Score) -> None:
    assert len(own.results) >= 24
    assert good(own), f"\n{own}"


def test_ids_of_documents_written_blind_are_found(blind: Score) -> None:
    assert len(blind.results) >= 20
    assert good(blind), f"\n{blind}"


@pytest.mark.parametrize(
    ("folder", "count"),
    [
        (SECOND, 39),
        (FIFTH, 31),
        (SIXTH, 40),
        (EIGHTH, 80),
        (NINTH, 77),
        (TENTH, 72),
        (ELEVENTH, 36),
        (TWELFTH, 80),
        (THIRTEENTH, 40),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_ids_of_further_documents_written_blind_are_found(folder: Path, count: int) -> None:
    result = score(read_expected(folder))
    assert len(result.results) >= count
    assert good(result), f"\n{result}"


def test_ids_of_the_third_documents_written_blind_are_found() -> None:
    third = score(read_expected(THIRD))
    assert len(third.results) >= 40
    assert third.recall >= ENOUGH, f"\n{third}"
    # A field name as Parent IGSN, and a reference zircon as IGSN: the column says so, and the finder believes it.
    assert {result.path.name for result in third.results if result.wrong} <= {
        "none_registration_sheet.xlsx",
        "supplement_zircon.xlsx",
    }, f"\n{third}"


def test_ids_of_the_fourth_documents_written_blind_are_found() -> None:
    fourth = score(read_expected(FOURTH))
    assert len(fourth.results) >= 36
    assert fourth.recall >= ENOUGH, f"\n{fourth}"
    # A stand-in with a number, which may be real (IL119), and an entry of a list that is commented out in R.
    assert {result.path.name for result in fourth.results if result.wrong} <= {
        "none_correo_registro_es.txt",
        "grain_size_analysis.Rmd",
    }, f"\n{fourth}"


def test_ids_of_both_halves_with_equal_weight_are_found(own: Score, blind: Score) -> None:
    precision, recall = ((getattr(own, what) + getattr(blind, what)) / 2 for what in ("precision", "recall"))
    assert min(precision, recall) >= ENOUGH, f"\n{own}\n{blind}"


def test_documents_with_look_alikes_only_have_no_id(own: Score) -> None:
    none = [result for result in own.results if "-none" in result.path.name]
    assert len(none) >= 10
    assert [(result.path.name, result.wrong) for result in none if result.wrong] == []


def test_each_form_stands_in_each_format_and_each_place_in_those_that_have_it() -> None:
    seen: dict[str, set[str]] = {}
    places: dict[str, set[str]] = {}
    for document, _ in documents():
        form = document.name.rsplit("-", 1)[0]
        for block in document.blocks:
            for part in block.parts if isinstance(block, Paragraph) else ():
                if isinstance(part, Cite):
                    places.setdefault(form, set()).add(part.place)
                    seen.setdefault(form, set()).add(part.form)
    for form, (_, wanted, _) in FORMATS.items():
        assert places[form] == set(wanted)
        assert seen[form] == set(FORMS)


def test_the_same_documents_are_made_each_time() -> None:
    one, other = (
        [
            (document.name, document.ids, data)
            for document, data in documents()
            if document.name.endswith((".txt", ".tex"))
        ]
        for _ in range(2)
    )
    assert one == other


def test_the_score_counts_what_is_missed_and_what_is_too_much(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("igsn:10.60516/AU1101, igsn:10.60516/AU1102; see igsn:10.58052/XXXXXXXXX\n")
    (tmp_path / "b.txt").write_text("http://igsn.org/AU1101 and 10273/AU1101 and IGSN: AU1105\n")
    result = score(
        [
            Expected(tmp_path / "a.txt", frozenset({"10.60516/AU1101", "AU1103"})),
            Expected(tmp_path / "b.txt", frozenset({"10.60516/AU1101"}), frozenset({"AU1105"})),
        ]
    )
    a, b = result.results
    assert (a.right, a.missed, a.wrong) == (1, ("AU1103",), ("10.60516/AU1102",))
    assert (b.right, b.missed, b.wrong) == (1, (), ())
    assert (result.precision, result.recall) == (0.75, 0.75)
    assert "missed    AU1103" in str(result)
    assert "too much  10.60516/AU1102" in str(result)


def test_ids_of_the_seventh_documents_written_blind_are_found() -> None:
    seventh = score(read_expected(SEVENTH))
    assert len(seventh.results) >= 53
    assert good(seventh), f"\n{seventh}"
    # An ID with an underscore and one digit, which may be the number of a piece.
    assert {result.path.name for result in seventh.results if result.wrong} <= {"samples_biblatex.bib"}, f"\n{seventh}"


def test_ids_of_the_fourteenth_documents_written_blind_are_found() -> None:
    fourteenth = score(read_expected(FOURTEENTH))
    assert len(fourteenth.results) >= 44
    assert fourteenth.precision >= ENOUGH, f"\n{fourteenth}"
    # TOML is not read; a question in a list of definitions, and half a sentence in an element, are no tags.
    assert {result.path.name for result in fourteenth.results if result.missed} <= {
        "csiro_faq_definition_lists.html",
        "eml_soilpits.xml",
        "expedition_config.toml",
    }, f"\n{fourteenth}"


def test_ids_of_the_fifteenth_documents_written_blind_are_found() -> None:
    fifteenth = score(read_expected(FIFTEENTH))
    assert len(fifteenth.results) >= 40
    assert fifteenth.precision >= ENOUGH, f"\n{fifteenth}"
    # The prefix stands in the heading; the label in the last line, or in another column; SQL is not read.
    assert {result.path.name for result in fifteenth.results if result.missed} <= {
        "thin_sections_prefix_in_heading.xlsx",
        "ree_matrix.csv",
        "aquifer_split.json",
        "dump_samples.sql",
    }, f"\n{fifteenth}"
