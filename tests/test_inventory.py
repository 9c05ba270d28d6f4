"""The inventory of samples that an editor pastes elsewhere."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from igsn_lint.api import Input
from igsn_lint.cli import cli
from igsn_lint.engine import documents
from igsn_lint.inventory import rows as rows_of
from igsn_lint.inventory import samples
from igsn_lint.model import Settings

if TYPE_CHECKING:
    from pathlib import Path


def listed(folder: Path, texts: dict[str, str], *options: str) -> list[dict[str, str]]:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    names = [str(folder / name) for name in texts]
    answer = CliRunner().invoke(cli, ["list", "-f", "csv", *options, *names])
    assert answer.exit_code == 0
    return list(csv.DictReader(answer.stdout.splitlines()))


def test_csv_has_a_row_each_sample_with_its_url_how_often_and_where_first(tmp_path: Path) -> None:
    rows = listed(
        tmp_path,
        {
            "a.txt": "We used IGSN: AU1101 and http://igsn.org/SSH000SUA.\n",
            "b.md": "[igsn:10.60516/AU1101](https://doi.org/10.60516/AU1101); au1101 again.\n",
        },
    )
    assert [(row["id"], row["url"], row["times"]) for row in rows] == [
        ("10.60516/AU1101", "https://doi.org/10.60516/AU1101", "3"),
        ("SSH000SUA", "", "1"),
    ]
    assert rows[0]["first"] == f"{tmp_path}/a.txt, line 1"


def test_csv_has_no_placeholders_no_test_ids_and_no_words(tmp_path: Path) -> None:
    text = "Sample,IGSN\nA,XXXXXXXXX\nB,igsn:10.5072/TEST0001\nC,see Table 3\nD,record\nE,AU1101\n"
    assert [row["id"] for row in listed(tmp_path, {"a.csv": text})] == ["AU1101"]


def test_one_suffix_below_two_prefixes_is_two_samples() -> None:
    def row(prefix: str | None, suffix: str) -> dict[str, object]:
        doi = prefix is not None and prefix.startswith("10.")
        return {
            "prefix": prefix,
            "suffix": suffix,
            "canonical": f"https://doi.org/{prefix}/{suffix}" if doi else None,
            "role": "cited",
            "state": "plain",
            "path": "a.txt",
            "line": 1,
            "pointer": "",
        }

    two = [row("10.60516", "AU1101"), row("10.58052", "AU1101"), row(None, "AU1101")]
    assert [sample.id for sample in samples(two)] == ["10.60516/AU1101", "10.58052/AU1101", "AU1101"]
    one = [row("10273", "au1101"), row("10.58052", "AU1101"), row(None, "AU1101")]
    assert [(sample.id, sample.times) for sample in samples(one)] == [("10.58052/AU1101", 3)]
    legacy = [row(None, "AU1101"), row("10273", "AU1101")]
    assert [sample.id for sample in samples(legacy)] == ["10273/AU1101"]


def test_a_formula_is_not_run_by_a_spreadsheet(tmp_path: Path) -> None:
    rows = listed(tmp_path, {"a.csv": 'IGSN\n"=1+IEABC0001"\n'})
    assert all(not value.startswith("=") for row in rows for value in row.values())


def test_a_damaged_spelling_is_the_sample_that_is_meant_with_the_address_that_resolves() -> None:
    text = "igsn:10.60510/GFKWV1C01-S2 and igsn:10.60510/GFKWV1C01–S2 and igsn:10.60510/GFKWV%31C01-S2."
    ((document, mentions),) = documents([Input("a.md", text.encode, named=True)], Settings())
    table = list(rows_of(document, mentions))
    (sample,) = samples(table)
    assert (sample.id, sample.times) == ("10.60510/GFKWV1C01-S2", 3)
    assert {row["canonical"] for row in table} == {"https://doi.org/10.60510/GFKWV1C01-S2"}


def test_rows_give_the_suffix_without_what_surrounds_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Sample,IGSN\na,AU1101.\nb,AU1102?\nc,https://igsn.org/CSCAP876%2DMJ21\nd,AU1103\n")
    answer = CliRunner().invoke(cli, ["list", "-f", "jsonl", str(tmp_path)])
    found = [json.loads(line)["suffix"] for line in answer.stdout.splitlines()]
    assert found == ["AU1101", "AU1102", "CSCAP876-MJ21", "AU1103"]


def test_csv_lets_it_be_seen_where_an_id_can_be_read_in_two_ways(tmp_path: Path) -> None:
    text = "See https://doi.org/10.60510/GFANT-\n0012 and igsn:10.60510/GFANT-\n0013, or GFANT-0013.\n"
    one, other = listed(tmp_path, {"a.txt": text})
    # Which URL to print nobody knows.
    assert (one["id"], one["url"]) == ("10.60510/GFANT0012", "")
    assert one["first"].endswith("a.txt, line 1 (or GFANT-0012: a hyphen at the line end)")
    assert (other["id"], other["url"]) == ("10.60510/GFANT-0013", "https://doi.org/10.60510/GFANT-0013")
    assert other["first"].endswith("a.txt, line 2")
