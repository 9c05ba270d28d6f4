"""What people at a terminal get besides findings: how far a run is, counts, and words that the shell completes."""

from __future__ import annotations

import io
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from igsn_lint import progress
from igsn_lint.cli import cli
from igsn_lint.progress import Progress
from igsn_lint.registry import Registry
from igsn_lint.reporters import FORMATS

OLD = "http://dx.doi.org/10.60516/AU%d\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ---------------------------------------------------------------------------------------------------------- progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        """Return what stood on its line after each flush, as a terminal shows it."""
        shown = []
        line: list[str] = []
        at = 0
        for part in re.split(r"(\r)", self.getvalue()):
            if part == "\r":
                at = 0
            elif part:
                line[at : at + len(part)] = part
                at += len(part)
                shown.append("".join(line).rstrip())
        return shown


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=(shown := Terminal())))
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_BETWEEN", 0.0)
    return shown


def test_a_long_run_counts_its_files_and_wipes_the_line(terminal: Terminal) -> None:
    with Progress(1000) as shown:
        assert list(shown.each("a")) == ["a"]
        assert list(shown.each("b", 500)) == ["b"]
    assert terminal.lines() == ["0 of 1000 files checked", "500 of 1000 files checked", ""]
    assert "\x1b" not in terminal.getvalue()


def test_the_line_is_wiped_where_a_run_breaks_off(terminal: Terminal) -> None:
    def run() -> None:
        with Progress(2) as shown:
            for _ in shown.each("ab"):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert terminal.lines()[-1] == ""


def test_a_short_run_says_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 2.0)
    with Progress(2) as shown:
        assert list(shown.each("ab")) == ["a", "b"]
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_nothing_is_counted_in_a_pipeline(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with Progress(2) as shown:
        assert list(shown.each("ab")) == ["a", "b"]
    assert terminal.getvalue() == ""


def test_nothing_is_counted_quietly_or_in_a_pipe_or_where_there_is_no_standard_error(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Progress(2).wanted
    assert not Progress(2, quiet=True).wanted
    for other in (io.StringIO(), None):
        monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=other))
        assert not Progress(2).wanted


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no pseudo-terminals")
def test_on_a_real_terminal_the_line_goes_to_standard_error_and_the_findings_do_not(tmp_path: Path) -> None:
    import pty

    for number in range(20):
        (tmp_path / f"{number}.md").write_text(OLD % number)
    program = "from igsn_lint import progress; progress._PATIENCE = progress._BETWEEN = 0\n"
    program += "from igsn_lint.cli import run; run()"
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "CI"} | {"TERM": "xterm", "NO_COLOR": "1"}
    command = [sys.executable, "-c", program, "check", "-f", "concise"]
    seen = {}
    for jobs in ("1", "2"):
        done = subprocess.run(
            [*command, "-j", jobs], stdout=subprocess.PIPE, stderr=theirs, env=environment, check=False
        )
        assert done.stdout.count(b"IL201") == 20
        os.write(theirs, b"#")
        seen[jobs] = b""
        while not seen[jobs].endswith(b"#"):  # a terminal hands over what was written piece by piece
            seen[jobs] += os.read(ours, 100_000)
    os.close(theirs)
    os.close(ours)
    assert b"\r19 of 20 files checked\r" in seen["1"]
    # Which files the process that tells it gets is chance; what it says never goes back.
    counts = [int(count) for count in re.findall(rb"(\d+) of 20 files checked", seen["2"])]
    assert counts == sorted(set(counts))
    assert 0 < len(counts) <= 20
    assert all(text.endswith(b" \r#") and b"\x1b" not in text for text in seen.values())


# -------------------------------------------------------------------------------------------------------- statistics


def check(*arguments: str) -> tuple[str, str]:
    done = CliRunner().invoke(cli, ["check", "--fail-on", "never", *arguments])
    return done.stdout, done.stderr


def faulty() -> None:
    Path("a.md").write_text("".join(f"{OLD % n}\n" for n in range(3)) + "IGSN: 10.60516/AU77\n")
    Path("b.md").write_text("[igsn:AU1102](https://doi.org/10.60516/AU1103)\n")
    Path("c.json").write_text('{"igsn": "10.60516/AU1101"}')
    Path("broken.pdf").write_bytes(b"%PDF-1.4 and no more")


def test_statistics_stand_in_place_of_the_findings_and_agree_with_them() -> None:
    faulty()
    table, _ = check("--statistics")
    rows = re.findall(r"^ +(\d+) (error|warning|note) +(IL\d+) ([a-z-]+)$", table, re.MULTILINE)
    findings = json.loads(check("-f", "json")[0])["findings"]
    counted = {rule: int(count) for count, _, rule, _ in rows}
    assert counted == {rule: sum(f["rule"] == rule for f in findings) for rule in {f["rule"] for f in findings}}
    ranks = [(["error", "warning", "note"].index(severity), -int(count)) for count, severity, _, _ in rows]
    assert ranks == sorted(ranks)
    assert re.search(r"^     2 markdown\n", table, re.MULTILINE)
    assert re.search(r"^     1 json\n", table, re.MULTILINE)
    assert "(4 files, " in table
    assert re.search(r"^\d+\.\d s\n\Z", table, re.MULTILINE)
    assert "a.md" not in table


def test_statistics_count_the_same_over_several_processes() -> None:
    faulty()
    one, two = (check("--statistics", "-j", jobs)[0].rpartition("\n\n") for jobs in ("1", "2"))
    assert one[0] == two[0]


def test_statistics_go_where_the_text_would_go_else_to_standard_error() -> None:
    faulty()
    stdout, stderr = check("--statistics", "-f", "json", "-f", "text=counts.txt")
    assert json.loads(stdout)["findings"]
    assert stderr == ""
    assert "IL201 " in Path("counts.txt").read_text()
    stdout, stderr = check("--statistics", "-f", "json")
    assert json.loads(stdout)["findings"]
    assert "IL201 " in stderr


def test_statistics_quietly_count_errors_only() -> None:
    faulty()
    table, _ = check("--statistics", "-q")
    assert {line.split()[1] for line in table.splitlines()} == {"error"}
    assert CliRunner().invoke(cli, ["check", "--statistics", "-q"]).exit_code == 1


# -------------------------------------------------------------------------------------------------------- completion


def completed(*arguments: str, incomplete: str) -> list[str]:
    shell = ShellComplete(cli, {}, "igsn-lint", "_IGSN_LINT_COMPLETE")
    return [item.value for item in shell.get_completions(list(arguments), incomplete)]


CODES = Registry.load().codes


@pytest.mark.parametrize("before", [("check", "--select"), ("check", "--ignore"), ("fix", "--select"), ("explain",)])
def test_rules_are_completed_by_code_and_by_name(before: tuple[str, ...]) -> None:
    assert completed(*before, incomplete="IL20") == [code for code in CODES if code.startswith("IL20")]
    assert completed(*before, incomplete="il2")[0] == "IL2"
    assert completed(*before, incomplete="tag-s") == ["tag-style"]
    assert completed(*before, incomplete="no-such") == []
    assert set(CODES) < set(completed(*before, incomplete=""))


def test_the_last_rule_of_a_list_is_completed() -> None:
    assert completed("check", "--select", incomplete="IL301,tag-s") == ["IL301,tag-style"]
    assert completed("check", "--select", incomplete="IL301,IL20")[0] == "IL301,IL201"
    assert completed("rules", "IL1", incomplete="tag-s") == ["tag-style"]


def test_formats_commands_and_paths_are_completed() -> None:
    assert completed("check", "-f", incomplete="") == list(FORMATS)
    assert completed("check", "-f", incomplete="sa") == ["sarif"]
    assert "check" in completed(incomplete="ch")
    assert completed("check", incomplete="rec") == ["rec"]


def test_every_completion_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("")
    for selector in completed("check", "--select", incomplete="") + completed("check", "--select", incomplete="t"):
        assert CliRunner().invoke(cli, ["rules", selector]).exit_code == 0


@pytest.mark.parametrize("shell", ["zsh", "fish", "bash"])
def test_the_documented_line_gives_a_script(shell: str) -> None:
    page = (Path(__file__).parents[1] / "docs" / "index.md").read_text(encoding="utf-8")
    assert f"_IGSN_LINT_COMPLETE={shell}_source igsn-lint" in page
    program = "from igsn_lint.cli import run; run()"
    environment = {**os.environ, "_IGSN_LINT_COMPLETE": f"{shell}_source"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert "igsn-lint" in done.stdout
    assert f"{shell}_complete" in done.stdout


# ----------------------------------------------------------------------------------------------------------- picture


def test_picture_of_the_text_shows_what_the_command_prints() -> None:
    root = Path(__file__).parents[1]
    drawing = runpy.run_path(str(root / "docs" / "pictures.py"))
    picture = (root / "docs" / "images" / "text.svg").read_text(encoding="utf-8")
    assert picture == drawing["drawn"](drawing["printed"]()), "python docs/pictures.py draws it anew"
    texts = [element.text for element in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]
    assert any(str(text).endswith(" ^") for text in texts)
    assert len(texts) > 20
