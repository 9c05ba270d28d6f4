"""Suppressions: comments in files, tables of the configuration, and what silences nothing."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from igsn_lint import lint
from igsn_lint.cli import cli

XML = """<resource xmlns="http://datacite.org/schema/kernel-4">
  {before}<identifier identifierType="DOI">https://doi.org/10.60516/AU1101</identifier>{behind}
  <creators><creator><creatorName>G</creatorName></creator></creators>
  <titles><title>Granite 1101</title></titles><publisher>G</publisher><publicationYear>2022</publicationYear>
  <resourceType resourceTypeGeneral="PhysicalObject">Rock</resourceType>
</resource>
"""
JSON = json.dumps(
    {
        "doi": "https://doi.org/10.60516/AU1101",
        "creators": [{"name": "G"}],
        "titles": [{"title": "Granite 1101"}],
        "publisher": "G",
        "publicationYear": 2022,
        "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Rock"},
    }
)
TAGGED = "IGSN: 10.60516/AU1101"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "-f", "concise", "--ignore", "IL210,IL217", *arguments])


def rules(*arguments: str) -> list[str]:
    return [line.split()[2] for line in check(*arguments).stdout.splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        f"{TAGGED} <!-- igsn-lint: ignore[IL208] house style -->",
        f"<!-- igsn-lint: ignore[tag-style] -->\n{TAGGED}",
        f"<!--\n  igsn-lint: ignore[tag-style] house\n  style\n-->\n\n{TAGGED}",
        f"{TAGGED}\n\n<!-- igsn-lint: ignore-file[IL2] appendix -->",
        f"<!-- igsn-lint: ignore-start[IL208] -->\n\n{TAGGED}\n<!-- igsn-lint: ignore-end -->\n",
        f"<!-- igsn-lint: ignore-start[IL208] never ended -->\n\n{TAGGED}",
    ],
)
def test_comment_in_markdown_silences(text: str) -> None:
    Path("a.md").write_text(text)
    assert rules("a.md") == []
    assert (
        json.loads(CliRunner().invoke(cli, ["check", "-f", "json", "--ignore", "IL210", "a.md"]).stdout)["summary"][
            "suppressed"
        ]
        == 1
    )


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- igsn-lint: ignore[IL208] -->\nfirst line\n{TAGGED}",
        f"{TAGGED}\n<!-- igsn-lint: ignore[IL208] -->",
        f"<!-- igsn-lint: ignore-start[IL208] -->\nnone\n<!-- igsn-lint: ignore-end -->\n{TAGGED}",
        f"<!-- igsn-lint: ignore[IL203] -->\n{TAGGED}",
    ],
)
def test_comment_elsewhere_silences_nothing_and_is_told(text: str) -> None:
    Path("a.md").write_text(text)
    assert sorted(rules("a.md")) == ["IL007", "IL208"]


@pytest.mark.parametrize(
    "text",
    [
        f"Write igsn-lint: ignore[IL208] as here. {TAGGED}",
        f"```html\n<!-- igsn-lint: ignore-file[IL208] -->\n```\n{TAGGED}",
        f"| `<!-- igsn-lint: ignore-file[IL208] why -->` | {TAGGED} |",
    ],
)
def test_text_that_speaks_of_comments_is_none(text: str) -> None:
    Path("a.md").write_text(text)
    assert rules("a.md") == ["IL208"]


def test_word_that_there_is_not_is_told() -> None:
    Path("a.md").write_text(f"<!-- igsn-lint: ignore-next-line[IL208] -->\n{TAGGED}")
    said = check("a.md").stdout
    assert "IL007 this silences nothing: it says ignore-next-line, and not ignore, ignore-file, ignore-start" in said
    assert "note IL208" in said


def test_many_comments_do_not_take_long() -> None:
    # Each looked through all that stands before it: two thousand took eight seconds, and eight thousand over a minute.
    text = "".join(f"see 10.60516/AU{n} {n} times <!-- igsn-lint: ignore[IL208] x -->\n" for n in range(8000))
    Path("a.md").write_text(text)
    begun = time.process_time()
    run = CliRunner().invoke(cli, ["check", "--select", "IL208", "-f", "concise", "a.md"])
    assert run.stdout == ""
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "text",
    [
        # Findings that no comment silences, each with a comment, whose reach overlaps in the second.
        "".join(f"http://doi.org/10.60516/AU{n} <!-- igsn-lint: ignore[IL203] -->\n" for n in range(12_000)),
        "".join(f"http://doi.org/10.60516/AU{n} <!-- igsn-lint: ignore-start[IL203] -->\n" for n in range(8000)),
        # No comment, one that never ends, and one before a long passage of blank lines.
        "igsn-lint: ignore[IL203]\n" * 80_000,
        "<!--\n" + "igsn-lint: ignore[IL203]\n" * 30_000,
        "<!--\n" + "igsn-lint: ignore[IL203]\n" * 10_000 + "-->\n" + "\n" * 500_000,
    ],
    ids=["apart", "overlapping", "none", "open", "blank"],
)
def test_what_is_many_is_looked_up(text: str) -> None:
    # Each of these took more than twenty seconds.
    Path("a.md").write_text(text)
    begun = time.process_time()
    CliRunner().invoke(cli, ["check", "--select", "IL0,IL201,IL203", "-f", "concise", "a.md"])
    assert time.process_time() - begun < 15


def test_of_several_comments_the_first_that_reaches_a_finding_silences_it() -> None:
    around = "<!-- igsn-lint: ignore-start[IL2] around -->\n\n{}\n\n<!-- igsn-lint: ignore-end -->\n"
    for text, reason in (
        (around.format(f"{TAGGED} <!-- igsn-lint: ignore[IL208] here -->"), "around"),
        (f"{TAGGED} <!-- igsn-lint: ignore[IL208] here -->\n<!-- igsn-lint: ignore-file[IL208] all -->", "here"),
        (f"<!-- igsn-lint: ignore-file[IL208] all -->\n{TAGGED} <!-- igsn-lint: ignore[IL208] here -->", "all"),
        (around.format("nothing") + f"{TAGGED} <!-- igsn-lint: ignore[IL208] here -->", "here"),
    ):
        Path("a.md").write_text(text)
        found = json.loads(CliRunner().invoke(cli, ["check", "-f", "json", "--select", "IL208", "a.md"]).stdout)
        assert [finding["suppressed"]["reason"] for finding in found["findings"]] == [reason]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", " <!-- igsn-lint: ignore[IL401] as delivered -->"),
        ("<!-- igsn-lint: ignore[IL4] as delivered -->\n  ", ""),
        ("<!-- igsn-lint: ignore-file[identifier-not-a-doi-name] as delivered -->", ""),
    ],
)
def test_comment_in_xml_silences(before: str, behind: str) -> None:
    Path("a.xml").write_text(XML.format(before=before, behind=behind))
    assert rules("--select", "IL0,IL401", "a.xml") == []


@pytest.mark.parametrize(
    ("table", "silenced"),
    [
        ("path = 'a.json'\nrules = ['IL401']", True),
        ("path = '*.json'\nrules = ['IL4']", True),
        ("path = 'a.json'\nrules = ['IL401']\npointer = '/doi'", True),
        ("path = 'a.json'\nrules = ['IL401']\npointer = '/id'", False),
        ("path = 'a.json'\nrules = ['IL402']", False),
        ("path = 'a.json'\nrules = ['IL401']\nexpires = 2020-01-01", False),
        ("path = 'a.json'\nrules = ['IL401']\nexpires = 2999-01-01", True),
    ],
)
def test_table_in_the_configuration_silences_where_no_comment_can_stand(table: str, silenced: bool) -> None:
    Path("a.json").write_text(JSON)
    Path("igsn-lint.toml").write_text(
        f"select = ['IL0', 'IL401', 'IL402']\n[[suppress]]\n{table}\nreason = 'as delivered'\n"
    )
    assert sorted(rules(".")) == ([] if silenced else ["IL007", "IL401"])


@pytest.mark.parametrize(("epoch", "silenced"), [("1795305600", True), ("1795348799", True), ("1795348800", False)])
def test_the_last_day_ends_where_it_ends_last(epoch: str, silenced: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    # 22 November 2026 in Greenwich: its beginning, and before and at noon, when the 21st ends twelve hours behind.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    Path("a.json").write_text(JSON)
    Path("igsn-lint.toml").write_text(
        "[[suppress]]\npath = 'a.json'\nrules = ['IL401']\nreason = 'x'\nexpires = 2026-11-21\n"
    )
    assert rules("--select", "IL0,IL401", ".") == ([] if silenced else ["IL401", "IL007"])


def test_anchor_names_one_finding() -> None:
    Path("a.json").write_text(JSON)
    found = json.loads(CliRunner().invoke(cli, ["check", "-f", "json", "--select", "IL401", "a.json"]).stdout)
    anchor = found["findings"][0]["anchor"]
    Path("igsn-lint.toml").write_text(
        f"[[suppress]]\npath = 'a.json'\nrules = ['IL401']\nanchor = '{anchor}'\nreason = 'x'\n"
    )
    assert "IL401" not in rules("a.json")


@pytest.mark.parametrize("form", ["10.60516/au1101", "https://doi.org/10.60516/AU1101", "igsn:10.60516/Au1101"])
def test_table_takes_an_id_in_whatever_form_it_is_written(form: str) -> None:
    Path("a.md").write_text(TAGGED)
    entry = "[[suppress]]\npath = 'a.md'\nrules = ['IL208']\nreason = 'x'\n"
    Path("igsn-lint.toml").write_text(f"{entry}identifier = '{form}'\n")
    assert rules("a.md") == []
    Path("igsn-lint.toml").write_text(f"{entry}identifier = '{form}2'\n")
    assert sorted(rules("a.md")) == ["IL007", "IL208"]


def test_pattern_of_a_file_silences_its_rules_and_is_told_where_it_does_not() -> None:
    Path("a.md").write_text(TAGGED)
    Path("b.md").write_text("igsn:10.60516/AU1101")
    Path("igsn-lint.toml").write_text("[per-file]\n'a.*' = ['IL208']\n'b.md' = ['IL208']\n")
    assert check().stdout.startswith("igsn-lint.toml:3:1 warning IL007")
    assert check("a.md").stdout == ""
    # A pattern for many files is judged only where all were read.
    Path("igsn-lint.toml").write_text("[per-file]\n'*.md' = ['IL203']\n")
    assert "IL007" not in rules("a.md")
    assert "IL007" in rules(".")


@pytest.mark.parametrize(("pattern", "silent"), [("a.zip", 2), ("*.zip", 2), ("a.zip!/one.md", 1), ("one.md", 1)])
def test_pattern_of_an_archive_holds_for_its_members(pattern: str, silent: int) -> None:
    with zipfile.ZipFile("a.zip", "w") as archive:
        for name in ("one.md", "two.md"):
            archive.writestr(name, TAGGED)
    Path("igsn-lint.toml").write_text(f"[per-file]\n'{pattern}' = ['IL208']\n")
    assert rules("a.zip") == ["IL208"] * (2 - silent)


def test_unused_is_judged_only_where_the_rule_was_on() -> None:
    Path("a.md").write_text("igsn:10.60516/AU1101 <!-- igsn-lint: ignore[IL208] -->")
    assert rules("--ignore", "IL208", "a.md") == []
    assert rules("a.md") == ["IL007"]


def test_a_rule_that_no_profile_of_the_run_asks_judges_nothing() -> None:
    # IL112 speaks before an ID is minted only, IL610 to who cites, and the configuration turns IL208 off.
    Path("a.md").write_text("igsn:10.60516/AU1101 <!-- igsn-lint: ignore[IL112,IL208,IL610] -->")
    Path("igsn-lint.toml").write_text("severity = {IL208 = 'off'}\n[per-file]\n'a.md' = ['IL112']\n")
    assert check("--profile", "publish").stdout == ""
    assert rules() == ["IL007"]
    assert rules("--profile", "register") == ["IL007", "IL007"]
    assert [f.rule for f in lint("a.md", profile="publish", select="IL0,IL112,IL610").findings] == []


def test_configuration_silences_what_is_said_of_comments() -> None:
    Path("a.md").write_text("igsn:10.60516/AU1101 <!-- igsn-lint: ignore[IL208] -->")
    assert rules() == ["IL007"]
    for said in ("[per-file]\n'a.md' = ['IL0']\n", "[[suppress]]\npath = '*.md'\nrules = ['IL007']\nreason = 'x'\n"):
        Path("igsn-lint.toml").write_text(said)
        assert rules() == []
        assert len(CliRunner().invoke(cli, ["suppressions"]).stdout.splitlines()) == 2
    # It is good for something only where there is such a finding.
    Path("a.md").write_text("igsn:10.60516/AU1101")
    assert check().stdout.startswith("igsn-lint.toml:1:1 warning IL007")


def test_reason_can_be_demanded() -> None:
    Path("a.md").write_text(f"{TAGGED} <!-- igsn-lint: ignore[IL208] -->")
    assert rules("a.md") == []
    Path("igsn-lint.toml").write_text("require-reason = true\n")
    assert sorted(rules("a.md")) == ["IL007", "IL208"]


def test_suppressions_lists_what_is_silenced_where_and_why() -> None:
    Path("a.md").write_text(f"{TAGGED} <!-- igsn-lint: ignore[IL208] house style -->")
    done = CliRunner().invoke(cli, ["suppressions", "a.md"])
    assert done.stdout == "a.md:1:1 note IL208 (inline, a.md:1): house style\n1 finding is silenced\n"


def test_several_processes_say_the_same() -> None:
    for n in range(8):
        Path(f"{n}.md").write_text(f"{TAGGED} <!-- igsn-lint: ignore[IL208{', IL203' if n % 2 else ''}] x -->")
    Path("igsn-lint.toml").write_text("[per-file]\n'*.md' = ['IL201']\n'*1.md' = ['IL203']\n")
    assert check("-j", "1").stdout == check("-j", "3").stdout
    assert "IL007" in rules("-j", "2")


def test_fix_leaves_what_is_silenced_as_it_is(here: Path) -> None:
    (here / "igsn-lint.toml").write_text(
        '[per-file]\n"old.md" = ["IL208"]\n'
        '[[suppress]]\npath = "a.json"\nrules = ["IL401"]\nreason = "as it was deposited"\n'
    )
    comment = "<!-- igsn-lint: ignore[IL208] a quotation -->"
    texts = {
        "a.md": f"{TAGGED} {comment}\n\n{TAGGED}\n",
        "old.md": f"{TAGGED}\n",
        "a.json": JSON,
    }
    for name, text in texts.items():
        (here / name).write_text(text)
    run = CliRunner().invoke(cli, ["fix", "--unsafe", "--ignore", "IL210", "."])
    assert "1 place in 1 file fixed" in run.output
    tagged = "igsn:10.60516/AU1101"
    assert (here / "a.md").read_text() == f"{TAGGED} {comment}\n\n{tagged}\n"
    assert all((here / name).read_text() == texts[name] for name in ("old.md", "a.json"))


def test_fix_mends_what_a_baseline_knows(here: Path) -> None:
    (here / "a.md").write_text(f"{TAGGED}\n")
    (here / "igsn-lint.toml").write_text('baseline = "known.jsonl"\n')
    assert CliRunner().invoke(cli, ["baseline", "create", "."]).exit_code == 0
    assert check(".").stdout == ""
    CliRunner().invoke(cli, ["fix", "--ignore", "IL210", "."])
    assert (here / "a.md").read_text() == "igsn:10.60516/AU1101\n"
