"""Bad use: one clear line, the documented exit code, nothing half written; whatever a file is called."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from igsn_lint.cli import cli
from igsn_lint.reporters import FORMATS

OLD = "see http://dx.doi.org/10.60516/AU1101\n"
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a POSIX shell and names of bytes")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(OLD)
    return tmp_path


def refused(*arguments: str, data: str = "") -> str:
    """Return the one line that a command says that could not run."""
    before = sorted(os.listdir())
    done = CliRunner().invoke(cli, arguments, input=data)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert sorted(os.listdir()) == before
    (line,) = done.stderr.splitlines()
    assert line.startswith("igsn-lint: ")
    return line.removeprefix("igsn-lint: ")


@posix
def test_names_that_the_encoding_of_the_output_lacks_stop_nothing() -> None:
    for name in ("試料.md", "後.md"):
        Path(name).write_text(OLD)
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "igsn_lint"]
    done = subprocess.run([*command, "fix", "."], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "fixed 試料.md: IL201 1" in done.stdout.decode().splitlines()
    assert "dx.doi.org" not in Path("後.md").read_text() + Path("試料.md").read_text()
    arguments = [*command, "baseline", "create", "--baseline", "試.jsonl"]
    done = subprocess.run(arguments, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_fix_does_not_pass_over_standard_input() -> None:
    for arguments in (["-"], ["--diff", "-"]):
        assert refused("fix", *arguments, data=OLD) == "standard input can not be mended: name files"


# ----------------------------------------------------------------------------------------------------- configuration


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"ignore = []\nselect = [\n", ":2:11: a value is missing"),
        (
            b"ignore = []\r\nselect = IL201\r\n",
            ":2:10: \"IL201\" is no value; a text stands in quotation marks: 'IL201'",
        ),
        (b"profile = \n", ":1:11: a value is missing"),
        (b"select = [, 'IL2']", ":1:11: a value is missing"),
        (
            b"# IL2\nselect = [\n  'IL2',\n\n[limits]\nfile-seconds = 1",
            ':5:2: "limits" is no value of the list that begins in line 2',
        ),
        (b"select = [\n  'IL1'\n  'IL2']", ":3:3: the list that begins in line 1 is not closed, or lacks a comma"),
        (b'a = 1\nprofile = "cite\n', ":2:16: the text that begins in line 2 is not closed"),
        (b'a = 1\nprofile = """cite\n\n', ":2:1: the text that begins in line 2 is not closed"),
        (b"profile: 'cite'", ":1:8: a key is followed by ="),
        (b'known-ids = ["C:\\ids"]', ":1:19: a backslash in a text is written twice, or"),
        (b"profile = 'cite' select = []", ':1:18: "select" stands behind a value that is complete'),
        (b"limits = { file-seconds = 1", ":1:28: the table in {} that begins in line 1 is not closed"),
        (b"\n* select = []", ':2:1: "*" begins no key and no table'),
        (b'a = "\\u12"', ":1:8: Invalid hex value"),
        (b"[a]\nb = 1\n[a]\n", ":3:1: the table stands here again"),
        (b"\n\nselect = \xff", ":3: byte 0xFF is not UTF-8"),
        (b"a = 1\na = 2", ":2:1: the key stands here again"),
        (b"\n[limits", ":2:8: the name of a table is not closed by ]"),
        (b"[tool.igsn-lint]\nprofile = 'cite'", ":1: only in pyproject.toml keys stand below [tool.igsn-lint]"),
        (b"prefixes = ['10.60516/']", ":1: prefixes.0: expected a DOI prefix such as 10.58052"),
        (b"[prefixes]\n'doi:10.5' = 'none'", ":2: prefixes.doi:10.5: expected a DOI prefix such as 10.58052"),
        (b"[handle-map]\nIE = '10273'", ":2: handle-map.IE: expected a DOI prefix such as 10.58052"),
        (b"exclude = ['a', '!']", ":1: exclude: '!' is no pattern as in .gitignore"),
        (b"[per-file]\n'!' = ['IL2']", ":2: per-file: '!' is no pattern as in .gitignore"),
        (b"[[suppress]]\npath = '!'\nrules = ['IL2']\nreason = 'x'", ":2: suppress: '!' is no pattern"),
        (
            b"[severity]\nIL201 = 'error'\nnon-canonical-url = 'off'",
            ":3: severity: 'IL201' and 'non-canonical-url' are the same rule",
        ),
    ],
)
def test_a_configuration_that_can_not_be_used_is_told_with_its_line(text: bytes, line: str) -> None:
    Path("igsn-lint.toml").write_bytes(text)
    assert refused("check").startswith(f"igsn-lint.toml{line}")


@posix
@pytest.mark.parametrize("command", ["check", "check {}", "list {}", "fix --diff {}", "config"])
def test_a_current_folder_that_is_gone_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / "gone").mkdir()
    line = f"cd gone && rmdir ../gone && {sys.executable} -m igsn_lint {command.format(tmp_path / 'a.md')}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    told = "igsn-lint: the current folder: No such file or directory\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_pyproject_without_tables_has_no_configuration() -> None:
    Path("pyproject.toml").write_text("tool = 1  # [tool.igsn-lint]\n")
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0
    Path("pyproject.toml").write_text("[tool]\nigsn-lint = 1\n# [tool.igsn-lint]")
    assert refused("check") == "pyproject.toml: expected a table"


@pytest.mark.parametrize("text", ["IL201 = 'error'\nIL2 = 'off'", "IL2 = 'off'\nnon-canonical-url = 'error'"])
def test_of_two_severities_the_one_that_names_fewer_rules_counts(text: str) -> None:
    Path("igsn-lint.toml").write_text(f"[severity]\n{text}")
    found = json.loads(CliRunner().invoke(cli, ["check", "--select", "IL2", "-f", "json"]).stdout)["findings"]
    assert [(row["rule"], row["severity"]) for row in found] == [("IL201", "error")]


# ----------------------------------------------------------------------------------------------------------- options


def test_options_that_leave_no_rule_are_told() -> None:
    for command in ("check", "fix"):
        words = refused(command, "--select", "IL201", "--ignore", "IL2")
        assert words == "no rule is left: what is selected is ignored as well"
    Path("igsn-lint.toml").write_text("select = ['IL2']\nignore = ['IL2']")
    assert "no rule is left" in refused("check")


def test_the_name_of_standard_input_reads_it_and_nothing_else() -> None:
    done = CliRunner().invoke(cli, ["check", "--stdin-filename", "x.md", "-f", "concise"], input=OLD)
    assert {line.split(":")[0] for line in done.stdout.splitlines()} == {"x.md"}
    for command in ("check", "list"):
        assert "name it as the path -" in refused(command, "--stdin-filename", "x.md", "a.md", data=OLD)
        assert "can not be the list of paths and a file" in refused(command, "-", "--files-from", "-", data=OLD)


# ----------------------------------------------------------------------------------------------------------- outputs


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (["json=good.json", "sarif=no/such/x"], "no/such/x: its folder does not exist"),
        (["json=good.json", "sarif=folder"], "folder: it is a folder"),
        (["json=new", "text=./new"], "two formats can not go to one file"),
        (["json=a.md", "text=a.md"], "two formats can not go to one file"),
        (["json=a.md/x"], "a.md/x: its folder does not exist"),
    ],
)
def test_an_output_that_can_not_be_written_is_told_before_anything_is(outputs: list[str], words: str) -> None:
    Path("folder").mkdir()
    assert refused("check", *(f"--format={output}" for output in outputs)) == words
    assert Path("a.md").read_text() == OLD


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root writes everywhere")
def test_an_output_in_a_folder_that_is_closed_is_told() -> None:
    Path("folder").mkdir(mode=0o555)
    assert refused("check", "-f", "json=folder/x") == "folder/x: its folder can not be written to"


def test_an_earlier_report_is_not_checked_when_it_is_written_anew() -> None:
    command = ["check", "-f", "json=report.json", "-f", "concise"]
    first = CliRunner().invoke(cli, command)
    report = Path("report.json").read_text()
    second = CliRunner().invoke(cli, command)
    assert (first.stdout, report) == (second.stdout, Path("report.json").read_text())
    assert "report.json: a file that is checked can not be the output" in refused("check", "report.json", *command[1:])


@posix
@pytest.mark.parametrize(
    "command",
    [
        "check -f json", "check --statistics", "list", "rules", "config", "suppressions", "fix --diff", "id AU1101",
        "--help", "explain IL201", "baseline show",
    ],
)  # fmt: skip
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_one_line_and_a_closed_pipe_none(
    monkeypatch: pytest.MonkeyPatch, command: str, unbuffered: str
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    CliRunner().invoke(cli, ["baseline", "create"])
    program = f"{sys.executable} -m igsn_lint {command}"
    full = subprocess.run(f"{program} > /dev/full", shell=True, capture_output=True, text=True, check=False)
    if sys.platform == "linux":
        assert (full.returncode, full.stderr) == (2, "igsn-lint: standard output: No space left on device\n")
    line = f"set -o pipefail; {program} | true"
    closed = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert closed.stderr == ""


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_is_written_whole_or_its_end_is_told(monkeypatch: pytest.MonkeyPatch, unbuffered: str) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    program = f"{sys.executable} -m igsn_lint rules -f json"
    # Of what does not fit the system takes the part that does.
    limited = subprocess.run(["bash", "-c", f"ulimit -f 8; {program} > cut.json"], capture_output=True, check=False)
    assert (limited.returncode, limited.stderr) == (2, b"igsn-lint: standard output: File too large\n")
    Path("long.md").write_text(OLD * 2000)
    program = f"{sys.executable} -m igsn_lint list -f jsonl long.md"
    line = f"{program} | head -c 9; exit ${{PIPESTATUS[0]}}"
    closed = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
    assert (closed.returncode, closed.stderr) == (1, b"")


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_would_have_to_wait_is_waited_for(monkeypatch: pytest.MonkeyPatch, unbuffered: str) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    Path("long.md").write_text(OLD * 2000)
    command = [sys.executable, "-m", "igsn_lint", "list", "-f", "jsonl", "long.md"]
    whole = subprocess.run(command, capture_output=True, check=False).stdout
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    run = subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    time.sleep(1)  # the pipe is full by then
    with open(ours, "rb") as pipe:
        out = pipe.read()
    assert (out, run.communicate()[1], run.returncode) == (whole, b"", 0)


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_where_standard_error_is_full_the_exit_code_is_right_all_the_same(
    monkeypatch: pytest.MonkeyPatch, unbuffered: str
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    program = f"{sys.executable} -m igsn_lint check a.md missing.md 2> /dev/full"
    assert subprocess.run(program, shell=True, capture_output=True, check=False).returncode == 2


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_interrupted_says_so_and_does_not_look_like_findings(jobs: str) -> None:
    for number in range(40):
        Path(f"{number}.md").write_text(OLD * 20_000)
    os.mkfifo("paths")
    command = [sys.executable, "-m", "igsn_lint", "check", "-j", jobs, "-f", "json=out.json", "--files-from", "paths"]
    # Where the tests run in the background of a shell, the signal is ignored, and whoever is started inherits that.
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heeding)
    # From here on it is not the interpreter that is starting.
    Path("paths").write_text("".join(f"{number}.md\n" for number in range(40)))
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    assert (out, err) == (b"", b"igsn-lint: interrupted\n")
    # Where a dataclass was being made just then, CPython ends itself by the signal, which shells show as 130.
    assert run.returncode in {130, -signal.SIGINT}
    assert not [name for name in os.listdir() if name.startswith("out.json")]


# ------------------------------------------------------------------------------------------------------------- names

NAMES = (
    b"with space/a b.md", b"new\nline.md", b"tab\tname.md", b"\xff.md", b"\xfe.md", b"-f", b"::error::x.md",
    b"]x[,;.md", b"q'\"<>&%.md", "ü\u202ex.md".encode(), b"fol\nder\xff/x.md",
)  # fmt: skip


@posix
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_takes_every_name(form: str) -> None:
    for name in NAMES:
        os.makedirs(os.path.dirname(name) or b".", exist_ok=True)
        Path(os.fsdecode(name)).write_text(OLD)
    os.unlink("a.md")
    done = CliRunner().invoke(cli, ["check", "-f", form, "--select", "IL201,IL601", "--fail-on", "warning"])
    assert (done.exit_code, done.stderr) == (1, "")
    text = done.stdout
    if form in {"json", "sarif", "gitlab", "rdjson"}:
        json.loads(text)
    if form in {"junit", "checkstyle"}:
        ElementTree.fromstring(text)
    if form in {"concise", "jsonl"}:
        assert len(text.splitlines()) == len(NAMES)
    if form == "csv":
        assert text.count("IL201") == len(NAMES)
    assert "\x1b" not in text
    assert "\u202e" not in text or form not in {"text", "concise"}


@posix
def test_files_whose_names_differ_in_bytes_that_are_no_text_are_two_files() -> None:
    record = {
        "doi": "10.60516/AU1", "creators": [{"name": "a"}], "titles": [{"title": "t"}], "publisher": "x",
        "publicationYear": 2000, "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "r"},
    }  # fmt: skip
    Path(os.fsdecode(b"\xfe.json")).write_text(json.dumps(record))
    Path(os.fsdecode(b"\xff.json")).write_text("\n\n" + json.dumps(record | {"publisher": "y"}))
    done = CliRunner().invoke(cli, ["check", "--select", "IL601", "-f", "json"])
    (found,) = json.loads(done.stdout)["findings"]
    places = [(row["path"], row["line"]) for row in (found, *found["related"])]
    assert sorted(places) == [("\\xfe.json", 1), ("\\xff.json", 3)]
    missing = CliRunner().invoke(cli, ["check", os.fsdecode(b"no\n\xfffile")])
    assert missing.exit_code == 2
    assert len(missing.stderr.splitlines()) == 1


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pdf", "zip", "xml", "json", "md", "csv", "jsonl", "yaml"])
def test_an_empty_file_that_nobody_named_is_silent(extension: str) -> None:
    Path(f"empty.{extension}").write_bytes(b"")
    done = CliRunner().invoke(cli, ["check", "--select", "IL0", "."])
    assert (done.exit_code, "not checked" in done.output) == (0, False), done.output


@posix
def test_a_link_that_leads_to_itself_is_named_as_not_checked() -> None:
    os.symlink("loop.md", "loop.md")
    done = CliRunner().invoke(cli, ["check", "--select", "IL0", "."])
    assert done.exit_code == 0
    assert "not checked: loop.md: a link whose target does not exist" in done.output


def test_lists_and_configurations_may_begin_with_a_byte_order_mark() -> None:
    Path("igsn-lint.toml").write_bytes(b'\xef\xbb\xbfselect = ["IL201"]\n')
    Path("list.txt").write_bytes(b"\xef\xbb\xbfa.md\r\n")
    done = CliRunner().invoke(cli, ["check", "-f", "concise", "--files-from", "list.txt"])
    assert [line.split()[2] for line in done.stdout.splitlines()] == ["IL201"]


def test_a_configuration_asked_for_that_is_not_there_is_told() -> None:
    Path("pyproject.toml").write_text("[tool.igsn_lint]\nselect = ['IL1']\n")
    assert refused("check", "--config", "pyproject.toml", "a.md") == (
        "pyproject.toml: it has no table [tool.igsn-lint]"
    )
    done = CliRunner().invoke(cli, ["config", "no.md"])
    assert (done.exit_code, done.stderr) == (2, "igsn-lint: no such file or folder: no.md\n")
