"""The configuration: where it is found, what it takes, and what it says of what it does not take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from igsn_lint.cli import cli
from igsn_lint.config import KEYS, BadConfig, find, line_of, load

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "config.schema.json").read_text(encoding="utf-8"))

WHOLE = """\
required-version = ">=0.1,<99"
profile = "publish"
select = ["IL1"]
extend-select = ["IL2"]
ignore = ["IL116"]
require-reason = true
baseline = "known.jsonl"
exclude = ["old/"]
long-suffix = 30
formats = ["text"]
not-checked = "error"
prefixes = ["10.99999"]

[severity]
IL203 = "error"

[per-file]
"labels/*" = ["IL208"]

[handle-map]
IE = "10.58052"

[[suppress]]
path = "a.json"
rules = ["IL402"]
reason = "a data set"
expires = 2099-01-01
"""


def test_the_nearest_configuration_above_the_common_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "c").mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.igsn-lint]\nprofile = 'register'\n")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert find([str(tmp_path / "a" / "b"), str(tmp_path / "a" / "c")]) == str(tmp_path / "pyproject.toml")
    (tmp_path / "a" / "igsn-lint.toml").write_text("")
    assert find([str(tmp_path / "a" / "b"), str(tmp_path / "a" / "c")]) == str(tmp_path / "a" / "igsn-lint.toml")
    assert load(str(tmp_path / "pyproject.toml"))["profile"] == "register"


@pytest.mark.parametrize(
    "text",
    [
        "tool = {igsn-lint = {profile = 'cite'}}",
        "[tool]\nigsn-lint = {profile = 'cite'}",
        "[tool]\nigsn-lint.profile = 'cite'",
        "tool.igsn-lint.profile = 'cite'",
        "[tool.'igsn-lint']\nprofile = 'cite'",
        "[ tool . igsn-lint ]\nprofile = 'cite'",
        "\ufeff[tool.igsn-lint]\nprofile = 'cite'",
    ],
)
def test_the_table_of_pyproject_may_be_written_in_every_way_of_toml(text: str, tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(text)
    assert find([str(tmp_path)]) == str(path)
    assert load(str(path))["profile"] == "cite"


@pytest.mark.parametrize(
    "text",
    ["# [tool.igsn-lint]", "[project]\ndependencies = ['igsn-lint']", "tool = ['igsn-lint']", "igsn-lint = ["],
)
def test_a_pyproject_that_only_names_igsn_lint_is_no_configuration(text: str, tmp_path: Path) -> None:
    (tmp_path / "igsn-lint.toml").write_text("")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text(text)
    assert find([str(tmp_path / "a")]) == str(tmp_path / "igsn-lint.toml")
    with pytest.raises(BadConfig):
        load(str(tmp_path / "a" / "pyproject.toml"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\nprofile = 'publsh'", ":2: profile: expected one of register, publish, cite; did you mean 'publish'"),
        ("slect = ['IL1']", ":1: slect: there is no such key; did you mean 'select'"),
        ("select = 'IL1'", ":1: select: expected a list"),
        ("select = ['IL1', 2]", ":1: select.1: expected a text"),
        ("prefixes = {'10.9999' = 'rocks'}", ":1: prefixes.10.9999: expected one of samples"),
        ("long-suffix = 0", ":1: long-suffix: expected a number of at least 1"),
        ("long-suffix = true", ":1: long-suffix: expected a whole number"),
        ("\n[handle-map]\nAU = 1", ":3: handle-map.AU: expected a text"),
        ("[[suppress]]\npath='a'\nrules=['IL1']", ":1: suppress.0: the key 'reason' is missing"),
        ("[[suppress]]\npath='a'\nrules=[]\nreason='x'", ":3: suppress.0.rules: expected a list that is not empty"),
        (
            "[[suppress]]\npath='a'\nrules=['IL1']\nreason='x'\nexpires='soon'",
            ":5: suppress.0.expires: expected a date",
        ),
        ("required-version = '>=99'", ":1: this is igsn-lint"),
        ("required-version = 'new'", ":1: this is igsn-lint"),
        ("required-version = '~=0.1'", 'required is ~=0.1, which is not of the form ">=0.1,<1"'),
        ("select = [", "igsn-lint.toml"),
    ],
)
def test_what_can_not_be_used_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "igsn-lint.toml"
    path.write_text(text)
    with pytest.raises(BadConfig, match=r"igsn-lint\.toml") as caught:
        load(str(path))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("select = ['IL999']", 1),
        ("\nignore = ['nothing-like-it']", 2),
        ("[severity]\nIL999 = 'error'", 2),
        ("[per-file]\n'a/*' = ['IL999']", 2),
        ("[[suppress]]\npath='a'\nrules=['IL999']\nreason='x'", 3),
    ],
)
def test_rule_that_does_not_exist_ends_the_run_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "igsn-lint.toml"
    path.write_text(text)
    done = CliRunner().invoke(cli, ["check", str(tmp_path)])
    assert done.exit_code == 2
    assert f"igsn-lint.toml:{line}: " in done.stderr
    assert "there is no rule" in done.stderr


def test_schema_takes_what_the_program_takes(tmp_path: Path) -> None:
    import tomllib

    path = tmp_path / "igsn-lint.toml"
    path.write_text(WHOLE)
    load(str(path))
    data = json.loads(json.dumps(tomllib.loads(WHOLE), default=str))
    Draft202012Validator(SCHEMA).validate(data)
    assert set(SCHEMA["properties"]) == set(KEYS)


def test_config_shows_each_key_with_its_value_and_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "igsn-lint.toml").write_text("\nprofile = 'cite'\n[severity]\nIL203 = 'off'\n")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["config"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert any(line.startswith("profile ") and line.endswith('= "cite"  # igsn-lint.toml:2') for line in lines)
    assert any(
        line.startswith("severity ") and line.endswith('= {"IL203": "off"}  # igsn-lint.toml:3') for line in lines
    )
    assert {line.split()[0] for line in lines} == set(KEYS)


def test_severity_of_a_rule_can_be_set_and_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n")
    run = CliRunner()
    assert run.invoke(cli, ["check", "a.md"]).exit_code == 0
    Path("igsn-lint.toml").write_text("[severity]\ntag-style = 'error'\n")
    assert run.invoke(cli, ["check", "a.md"]).exit_code == 1
    Path("igsn-lint.toml").write_text("[severity]\nIL2 = 'off'\n")
    assert run.invoke(cli, ["check", "a.md", "--fail-on", "note"]).exit_code == 0


def test_what_was_not_checked_can_be_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.bin").write_bytes(b"\x00")
    run = CliRunner()
    assert run.invoke(cli, ["check", "a.bin"]).exit_code == 0
    Path("igsn-lint.toml").write_text("not-checked = 'error'\n")
    assert run.invoke(cli, ["check", "a.bin"]).exit_code == 1
    for form in (["-q"], ["-f", "concise"], ["-f", "csv"]):
        done = run.invoke(cli, ["check", "a.bin", *form])
        assert done.stderr == "igsn-lint: not checked: a.bin: files of this kind (.bin) are not read\n"
    assert run.invoke(cli, ["check", "a.bin", "--fail-on", "never"]).exit_code == 0
    # Nobody named it, and the file of the configuration is there as well.
    assert run.invoke(cli, ["check", "."]).exit_code == 0


def test_formats_of_the_configuration_are_printed_without_a_format_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n")
    Path("igsn-lint.toml").write_text("formats = ['concise', 'json=out.json']\n")
    done = CliRunner().invoke(cli, ["check", "a.md"])
    assert done.stdout.startswith("a.md:1:1 note IL208")
    assert json.loads(Path("out.json").read_text())["summary"]["notes"] == 1


def test_files_of_formats_count_from_the_folder_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "texts").mkdir()
    monkeypatch.chdir(tmp_path / "texts")
    Path("a.md").write_text("IGSN: 10.60516/AU1101\n")
    (tmp_path / "igsn-lint.toml").write_text("formats = ['concise', 'json=out.json']\n")
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0
    assert (tmp_path / "out.json").exists()
    assert not Path("out.json").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[severity]\nIL203 = 'error'\n", None),
        ("\nformats = ['tex']\n", "igsn-lint.toml:2: formats: there is no format 'tex'; did you mean text?"),
        ("formats = ['json=no/x']\n", "igsn-lint.toml:1: formats: no/x: its folder does not exist"),
        ("formats = ['json', 'text']\n", "igsn-lint.toml:1: formats: only one format can go to standard output"),
        ("baseline = 'known.jsonl'\n", "known.jsonl: there is no such baseline; `igsn-lint baseline create`"),
        ("[handle-map]\n'10273/IE' = '10.58052'\n", "igsn-lint.toml:2: handle-map.10273/IE: expected the beginning"),
        ("[handle-map]\n'IE*' = '10.58052'\n", "igsn-lint.toml:2: handle-map.IE*: expected the beginning of IDs"),
        ("[handle-map]\nicdp5054 = '10.60510'\n", None),
    ],
)
def test_what_can_not_be_used_is_told_with_its_place(
    text: str, message: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("igsn:10.60516/AU1101\n")
    Path("igsn-lint.toml").write_text(text)
    done = CliRunner().invoke(cli, ["check", "a.md"])
    assert done.exit_code == (0 if message is None else 2)
    assert (message or "") in done.stderr


@pytest.mark.parametrize("command", [["check", "-f", "concise"], ["list"]])
def test_the_name_of_standard_input_finds_the_configuration_and_may_be_left_out(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "igsn-lint.toml").write_text("exclude = ['draft*']\nignore = ['IL2']\n")

    def run(*arguments: str) -> str:
        return CliRunner().invoke(cli, [*command, *arguments], input="IGSN: 10.60516/AU1101\n").stdout

    assert "a.md" in run("--stdin-filename", "a.md")
    assert run("--stdin-filename", str(tmp_path / "texts" / "draft.md"), "-") == ""
    assert ("texts/a.md" in run("--stdin-filename", "texts/a.md")) == (command == ["list"])
    assert "-:" in run("-")


def test_configuration_itself_is_no_file_that_was_not_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("igsn-lint.toml").write_text("prefixes = ['10.99999']\n[handle-map]\nIE = '10.58052'\n")
    Path("other.toml").write_text("igsn = '10.58052/IE1'\n")
    assert "1 .toml" in CliRunner().invoke(cli, ["check"]).stdout
    Path("other.toml").unlink()
    assert "not checked" not in CliRunner().invoke(cli, ["check"]).stdout


def test_configuration_that_is_a_link_to_nowhere_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("igsn-lint.toml").symlink_to("shared.toml")
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code == 2
    assert done.stderr == "igsn-lint: igsn-lint.toml: No such file or directory\n"
    Path("shared.toml").write_text("ignore = ['IL2']\n")
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0


def test_nested_configuration_is_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("igsn-lint.toml").write_text("")
    Path("sub").mkdir()
    Path("sub/igsn-lint.toml").write_text("ignore = ['IL2']")
    Path("other").mkdir()
    Path("other/pyproject.toml").write_text("[tool.igsn-lint]\nignore = ['IL2']")
    Path("pyproject.toml").write_text("[tool.igsn]\nprefix = '10.58052'")
    done = CliRunner().invoke(cli, ["check"]).stdout
    assert "sub/igsn-lint.toml: another configuration" in done
    assert "other/pyproject.toml: another configuration" in done
    assert done.count("another configuration") == 2
    assert "1 .toml" in done


def test_line_of_a_value_is_that_of_its_key_or_table() -> None:
    steps = {("severity", "IL203"): 15, ("suppress", 0, "reason"): 26, ("suppress", 0): 23, ("profile",): 2}
    steps |= {("suppress",): 23, ("severity",): 14, ("handle-map", "none"): 20, ("none",): 1}
    assert {path: line_of(WHOLE, path) for path in steps} == steps
    assert line_of("[tool.igsn-lint]\nselect = []\n[tool.igsn-lint.severity]\nIL1 = 'x'", ("severity", "IL1")) == 4
