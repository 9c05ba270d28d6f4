"""The baseline: what is known stays silent however the file is rewritten, and what is new does not."""

from __future__ import annotations

import json
import random
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from igsn_lint.cli import cli

NAME = "igsn-lint-baseline.jsonl"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    # A Markdown text whose IDs are no links has findings that are not the matter here.
    (tmp_path / "igsn-lint.toml").write_text("ignore = ['IL210', 'IL217']\n")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def rules(*arguments: str) -> list[str]:
    done = run("check", "-f", "concise", "--baseline", NAME, *arguments)
    assert done.exit_code in {0, 1}, done.output
    return [line.rsplit(" ")[2] for line in done.stdout.splitlines()]


def entries() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(NAME).read_text().splitlines()[1:]]


def test_known_findings_are_silent_and_a_further_one_is_not() -> None:
    Path("a.md").write_text("IGSN: 10.60516/AU1101 and 10.60516/AU1102\n")
    assert run("baseline", "create").exit_code == 0
    assert rules() == []
    Path("a.md").write_text("New line.\n\nIGSN:  10.60516/AU1101 and 10.60516/AU1102, IGSN: 10.60516/AU1103\n")
    assert rules() == ["IL208"]


def test_list_passes_over_known_findings() -> None:
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n")
    before = run("list").stdout
    assert run("baseline", "create").exit_code == 0
    assert run("baseline", "create", "--baseline", "known.jsonl").exit_code == 0
    Path("igsn-lint.toml").write_text("baseline = 'known.jsonl'\n")
    assert run("list").stdout == before
    assert "known.jsonl" in run("list", "known.jsonl").stdout


def test_count_matters_for_equal_findings() -> None:
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n" * 2)
    run("baseline", "create")
    assert [entry["times"] for entry in entries()] == [2]
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n\n" * 3)
    assert rules() == ["IL208"]


def test_one_more_of_many_that_make_one_finding_wakes_alone() -> None:
    Path("a.md").write_text("".join(f"IGSN: 10.60516/AU{n}\n\n" for n in range(1000, 1040)))
    run("baseline", "create")
    assert len(entries()) == 40
    Path("a.md").write_text("".join(f"IGSN: 10.60516/AU{n}\n\n" for n in range(999, 1040)))
    done = run("check", "-f", "json", "--baseline", NAME)
    (finding,) = [found for found in json.loads(done.stdout)["findings"] if not found["suppressed"]]
    assert (finding["identifier"], finding["count"]) == ("10.60516/AU999", 1)


def test_renamed_file_takes_its_known_findings_along() -> None:
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n")
    run("baseline", "create")
    Path("a.md").rename("b.md")
    assert rules() == []
    assert run("baseline", "update").exit_code == 0
    assert [entry["path"] for entry in entries()] == ["b.md"]


@pytest.mark.parametrize("action", ["prune", "update"])
def test_run_over_a_part_forgets_nothing_that_may_stand_elsewhere(action: str) -> None:
    Path("texts").mkdir()
    Path("records").mkdir()
    Path("texts/a.md").write_text("IGSN: 10.60516/AU1101\n")
    for name, title in (("one", "Granite 1101"), ("two", "Granite 1102")):
        Path(f"records/{name}.json").write_text(
            f'{{"doi": "10.60516/AU1102", "creators": [{{"name": "G"}}], "titles": [{{"title": "{title}"}}],'
            ' "publisher": "G", "publicationYear": 2022, "types": {"resourceTypeGeneral": "PhysicalObject"}}'
        )
    run("baseline", "create")
    assert {"IL208", "IL601"} <= {entry["rule"] for entry in entries()}
    Path("texts/a.md").rename("texts/b.md")
    run("baseline", action, "records/two.json")
    assert rules() == []
    # The whole repository is asked: what is renamed is followed, and what is mended forgotten.
    Path("records/one.json").unlink()
    run("baseline", action)
    assert {entry["path"] for entry in entries()} == {"texts/b.md", "records/two.json"}
    assert "IL601" not in {entry["rule"] for entry in entries()}


def test_member_of_an_archive_is_no_file_that_was_renamed() -> None:
    def pack(**members: str) -> None:
        with zipfile.ZipFile("a.zip", "w") as archive:
            for name, text in members.items():
                archive.writestr(f"{name}.md", text)

    text = "IGSN: 10.60516/AU1101\n"
    pack(one=text, two="IGSN: 10.60516/AU1102\n")
    run("baseline", "create")
    Path("new.md").write_text(text)
    assert rules() == ["IL208"]
    Path("new.md").unlink()
    # What is renamed within the archive, or with it, stays known.
    pack(three=text, two="igsn:10.60516/AU1102\n")
    assert rules() == ["IL007"]
    Path("a.zip").rename("b.zip")
    assert rules() == ["IL007"]
    run("baseline", "prune")
    assert [entry["path"] for entry in entries()] == ["b.zip!/three.md"]


def test_mended_finding_is_told_and_pruned() -> None:
    Path("a.md").write_text("IGSN: 10.60516/AU1101 and 10273/AU1102\n")
    run("baseline", "create")
    Path("a.md").write_text("igsn:10.60516/AU1101 and 10273/AU1102, IGSN: 10.60516/AU1103\n")
    done = run("check", "-f", "concise", "--baseline", NAME).stdout
    assert f"{NAME}:3:1 warning IL007" in done
    run("baseline", "prune")
    assert [entry["rule"] for entry in entries()] == ["IL203"]
    assert rules() == ["IL208"]
    run("baseline", "update")
    assert rules() == []


def test_update_keeps_what_this_run_could_not_find() -> None:
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n")
    Path("b.md").write_text("IGSN: 10.60516/AU1101\n")
    run("baseline", "create")
    Path("a.md").write_text("clean\n")
    run("baseline", "update", "a.md")
    assert [entry["path"] for entry in entries()] == ["b.md"]


def test_known_findings_that_the_profile_does_not_ask_for_are_not_useless() -> None:
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n")
    Path("b.json").write_text(
        '{"doi": "https://doi.org/10.60516/AU1101", "creators": [{"name": "G"}], "titles": [{"title": "Granite 1101"}],'
        ' "publisher": "G", "publicationYear": 2022, "types": {"resourceTypeGeneral": "PhysicalObject"}}'
    )
    run("baseline", "create")
    before = entries()
    assert {"IL401", "IL208"} <= {entry["rule"] for entry in before}
    assert rules("--profile", "cite") == []
    run("baseline", "prune", "--profile", "cite")
    assert entries() == before
    # A rule of the profile that finds nothing is told as before.
    Path("a.md").write_text("igsn:10.60516/AU1101\n")
    assert rules("--profile", "cite") == ["IL007"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a baseline"),
        ("{}\n", "not a baseline"),
        ('{"igsn-lint-baseline": "2"}\n', "the format is 2"),
        ('{"igsn-lint-baseline": "1"}\n<<<<<<< HEAD\n', ":2: not an entry"),
    ],
)
def test_baseline_that_can_not_be_used_ends_the_run(text: str, message: str) -> None:
    Path(NAME).write_text(text)
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n")
    done = run("check", "--baseline", NAME)
    assert done.exit_code == 2
    assert message in done.stderr


def test_baseline_of_the_configuration_counts_from_its_folder() -> None:
    Path("sub").mkdir()
    Path("igsn-lint.toml").write_text(f"ignore = ['IL210', 'IL217']\nbaseline = '{NAME}'\n")
    Path("sub/a.md").write_text("IGSN: 10.60516/AU1101\n")
    assert run("baseline", "create").exit_code == 0
    assert run("check", "-f", "concise", "sub").stdout == ""
    assert run("baseline", "create").exit_code == 2


# ----------------------------------------------------------------------------------------------- generated edits

ROOT = Path(__file__).parents[1]


def _insert_lines(text: str, rng: random.Random) -> str:
    at = rng.randrange(3)
    lines = text.split("\n")
    while at < len(lines) and lines[at].strip():
        at += 1
    return "\n".join([*lines[:at], "", "", *lines[at:]])


def _reindent_json(text: str, rng: random.Random) -> str:
    return json.dumps(json.loads(text), indent=rng.choice([None, 1, 3, 8]), ensure_ascii=rng.random() < 0.5)


def _reorder_json(text: str, rng: random.Random) -> str:
    def shuffled(value: object) -> object:
        if isinstance(value, dict):
            keys = list(value)
            rng.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(entry) for entry in value] if isinstance(value, list) else value

    return json.dumps(shuffled(json.loads(text)), indent=2)


def _move_records(text: str, rng: random.Random) -> str:
    data = json.loads(text)
    for holder in (data, data.get("data")) if isinstance(data, dict) else (data,):
        if isinstance(holder, list):
            rng.shuffle(holder)
    return json.dumps(data, indent=2)


def _reindent_xml(text: str, rng: random.Random) -> str:
    return re.sub(r">\n[ \t]*<", lambda match: ">\n" + " " * rng.randrange(9) + "<", text)


EDITS = {".md": [_insert_lines], ".json": [_reindent_json, _reorder_json, _move_records], ".xml": [_reindent_xml]}


def test_two_hundred_edits_wake_no_known_finding_and_every_planted_fault_wakes(corpora: Path) -> None:
    faulty = sorted((ROOT / "examples" / "faulty").rglob("*"))
    real = sorted((corpora / "records").rglob("*")) + sorted((corpora / "manuscripts" / "src").rglob("*"))
    taken = 0
    for path in [*faulty, *real]:
        if path.suffix not in EDITS or not path.is_file() or path.stat().st_size > 60_000:
            continue
        data = path.read_bytes().replace(b"\r\n", b"\n")
        if path.suffix == ".json":
            try:
                json.loads(data)
            except ValueError:
                continue
        Path(f"{taken}{path.suffix}").write_bytes(data)
        taken += 1
    # What writes JSON anew writes each key once.
    Path("igsn-lint.toml").write_text("ignore = ['IL004', 'IL210', 'IL217']\n")
    run("baseline", "create")
    known = {str(entry["path"]) for entry in entries()}
    assert len(known) >= 15
    subprocess.run("git init -q && git add -A", shell=True, check=True)
    before = {name: Path(name).read_text(encoding="utf-8") for name in known}
    rng = random.Random(20261121)
    done = 0
    while done < 200:
        for name in sorted(known):
            text = before[name]
            Path(name).write_text(rng.choice(EDITS[Path(name).suffix])(text, rng), encoding="utf-8")
            done += 1
        renamed = rng.choice(sorted(known))
        new = f"renamed{Path(renamed).suffix}"
        subprocess.run(["git", "mv", renamed, new], check=True)
        assert rules() == [], f"after {done} edits"
        subprocess.run(["git", "mv", new, renamed], check=True)
        Path(renamed).write_text(before[renamed], encoding="utf-8")
    for name in sorted(known):
        Path(name).write_text(before[name], encoding="utf-8")
        if name.endswith(".md"):
            Path(name).write_text(before[name] + "\n\nIGSN: 10.60516/AU1999\n", encoding="utf-8")
            assert rules(name) == ["IL208"], name
            Path(name).write_text(before[name], encoding="utf-8")
