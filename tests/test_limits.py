"""Limits of the configuration: of sizes, and of the time for one file."""

from __future__ import annotations

import json
import os
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from igsn_lint import config, readers
from igsn_lint.cli import cli
from igsn_lint.config import BadConfig
from igsn_lint.engine import Engine
from igsn_lint.inputs import Input
from igsn_lint.model import Settings
from igsn_lint.registry import Registry
from igsn_lint.timelimit import TimeLimit, TookTooLong

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

CITED = "see <https://doi.org/10.60516/AU1101>\n"
REGISTRY = Registry.load()
needs_alarm = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no alarm clock")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "-f", "json", "--select", "IL0,IL201", *arguments])


def found(done: Result) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the findings as rule and message, and what was not checked."""
    report = json.loads(done.stdout)
    notices = [(row["path"], row["reason"]) for row in report["not_checked"] if row["path"] != "igsn-lint.toml"]
    return [(row["rule"], row["message"]) for row in report["findings"]], notices


def limits(**values: int) -> None:
    lines = [f"{key.replace('_', '-')} = {value}\n" for key, value in values.items()]
    Path("igsn-lint.toml").write_text("[limits]\n" + "".join(lines))


def zipped(name: str, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)


# ------------------------------------------------------------------------------------------------------------- sizes


def test_without_a_configuration_the_limits_are_those_of_the_settings() -> None:
    ours, plain = config.Config().settings(None), Settings()
    names = ("max_bytes", "max_member", "max_ratio", "max_members", "max_depth")
    assert [getattr(ours, name) for name in names] == [getattr(plain, name) for name in names]


def test_a_limit_that_is_left_out_keeps_its_default() -> None:
    limits(ratio=7)
    settings = config.load("igsn-lint.toml").settings(None)
    assert (settings.max_ratio, settings.max_members) == (7, Settings().max_members)


def test_limits_hold_for_archives_and_can_be_raised() -> None:
    noise = b"".join(b"%d\n" % (n * n * 7919) for n in range(200_000))
    zipped("a.zip", {"a.txt": noise, "b.md": CITED.encode(), "zeros.txt": b"0" * (2 << 20)})
    assert [rule for rule, _ in found(check("a.zip"))[0]] == ["IL005"]
    limits(ratio=5000)
    assert found(check("a.zip"))[0] == []
    limits(member_mb=1, ratio=5000)
    words = found(check("a.zip"))[0]
    assert words[0] == ("IL005", 'the member "a.txt" has more than 1 MB unpacked')
    limits(members=2)
    assert found(check("a.zip"))[0] == [("IL005", "the archive has more than 2 members")]


def test_limits_hold_for_office_files() -> None:
    body = "<w:p><w:r><w:t>a paragraph of nothing</w:t></w:r></w:p>" * 22_000
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    zipped("a.docx", {"word/document.xml": part.encode()})
    limits(ratio=2000)
    assert found(check("a.docx"))[0] == []
    limits(member_mb=1, ratio=2000)
    assert found(check("a.docx"))[0][0] == ("IL005", 'the member "word/document.xml" has more than 1 MB unpacked')


def test_archives_in_archives_are_read_as_deep_as_is_said() -> None:
    zipped("1.zip", {"a.md": b"http://dx.doi.org/10.60516/AU1101"})
    for outer, inner in (("2.zip", "1.zip"), ("3.zip", "2.zip")):
        zipped(outer, {inner: Path(inner).read_bytes()})
    assert found(check("3.zip")) == ([], [("3.zip!/2.zip!/1.zip", "archives in archives are read to a depth of 2")])
    limits(depth=3)
    assert [rule for rule, _ in found(check("3.zip"))[0]] == ["IL201"]
    limits(depth=1)
    assert found(check("3.zip"))[1] == [("3.zip!/2.zip", "archives in archives are read to a depth of 1")]


def test_a_file_above_the_limit_is_a_finding_where_it_was_named() -> None:
    Path("a.md").write_text(CITED + "x" * (1 << 20))
    limits(file_mb=1)
    assert found(check("a.md"))[0] == [("IL005", "the file has 1 MB, more than the 1 MB that are read at most")]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("ratio", "0", ":2: limits.ratio: expected a number of at least 1"),
        ("depth", "11", ":2: limits.depth: expected a number of at most 10"),
        ("file-seconds", "-1", ":2: limits.file-seconds: expected a number of at least 0"),
        ("member-mb", "1.5", ":2: limits.member-mb: expected a whole number"),
        ("raito", "3", ":2: limits.raito: there is no such key; did you mean 'ratio'"),
    ],
)
def test_a_limit_that_is_none_ends_the_run(key: str, value: str, words: str) -> None:
    Path("igsn-lint.toml").write_text(f"[limits]\n{key} = {value}\n")
    with pytest.raises(BadConfig) as caught:
        config.load("igsn-lint.toml")
    assert words in str(caught.value)


# -------------------------------------------------------------------------------------------------------------- time


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each file whose name begins with ``slow`` take for ever."""
    read = readers.read

    def slowly(source: Any, form: str, settings: Settings) -> Any:
        while source.name.rpartition("/")[2].startswith("slow"):
            # What a broken file raises is caught by readers; the end of the time must not be.
            try:
                time.sleep(0.01)
            except Exception:
                continue
        return read(source, form, settings)

    monkeypatch.setattr(readers, "read", slowly)


@needs_alarm
@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_takes_too_long_is_a_notice_and_the_others_are_checked(jobs: str) -> None:
    for name in ("a.md", "b.md", "slow1.md", "slow2.md", "z.md"):
        Path(name).write_text("http://dx.doi.org/10.60516/AU1101\n")
    limits(file_seconds=1)
    done = check(".", "-j", jobs)
    rules, notices = found(done)
    assert [rule for rule, _ in rules].count("IL201") == 3
    assert notices == [(name, "took longer than 1 s") for name in ("slow1.md", "slow2.md")]
    assert done.exit_code == 0
    Path("igsn-lint.toml").write_text("not-checked = 'error'\n[limits]\nfile-seconds = 1\n")
    assert check(".", "-j", jobs).exit_code == 1
    assert check("a.md", "b.md", "-j", jobs).exit_code == 0


@needs_alarm
@pytest.mark.usefixtures("slow")
def test_in_an_archive_each_file_has_its_own_time() -> None:
    zipped(
        "a.zip",
        {"a.md": b"http://dx.doi.org/10.60516/AU1101", "slow1.md": b"igsn", "z.md": b"http://dx.doi.org/10.60516/AU1"},
    )
    limits(file_seconds=1)
    rules, notices = found(check("a.zip"))
    assert [rule for rule, _ in rules] == ["IL201", "IL201"]
    assert notices == [("a.zip!/slow1.md", "took longer than 1 s")]


@needs_alarm
@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("action", ["update", "prune"])
def test_the_baseline_keeps_what_it_knows_of_a_file_that_took_too_long(action: str) -> None:
    limits(file_seconds=1)
    Path("quick.md").write_text("http://dx.doi.org/10.60516/AU1101\n")
    zipped("a.zip", {"quick.md": b"http://dx.doi.org/10.60516/AU1102"})
    run = CliRunner()
    assert run.invoke(cli, ["baseline", "create"]).exit_code == 0
    known = Path("igsn-lint-baseline.jsonl").read_text().replace("quick.md", "slow.md")
    assert "a.zip!/slow.md" in known
    Path("igsn-lint-baseline.jsonl").write_text(known)
    Path("quick.md").rename("slow.md")
    zipped("a.zip", {"slow.md": b"http://dx.doi.org/10.60516/AU1102"})
    assert run.invoke(cli, ["baseline", action]).exit_code == 0
    assert Path("igsn-lint-baseline.jsonl").read_text() == known


def test_each_piece_of_a_long_file_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(REGISTRY, Settings(), set(REGISTRY.codes), file_seconds=60)
    started = []
    monkeypatch.setattr(engine._limit, "start", lambda: started.append(True))
    lines = b"".join(b'{"igsn": "10.60516/AU%d", "text": "%s"}\n' % (n, b"x" * 9000) for n in range(1_000))
    engine.look([Input("a.jsonl", lambda: lines)])
    assert len(started) > 3


@needs_alarm
def test_an_alarm_that_gets_lost_comes_again() -> None:
    with TimeLimit(0.05) as limit:
        limit.start()
        try:
            time.sleep(3)
        except TookTooLong:
            start = time.monotonic()
        with pytest.raises(TookTooLong):
            time.sleep(3)
        assert 0.5 < time.monotonic() - start < 2


@needs_alarm
def test_nothing_rings_after_the_end_and_the_alarm_is_as_it_was() -> None:
    import signal

    with TimeLimit(0.05) as limit:
        limit.start()
        limit.stop()
        time.sleep(0.1)
        limit.start()
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@needs_alarm
def test_an_alarm_of_somebody_else_stays_theirs() -> None:
    import signal

    def theirs(*_: object) -> None:
        raise AssertionError

    signal.signal(signal.SIGALRM, theirs)
    try:
        with TimeLimit(0.05) as limit:
            limit.start()
            time.sleep(0.1)
        assert signal.getsignal(signal.SIGALRM) is theirs
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def test_without_an_alarm_clock_there_is_no_limit() -> None:
    def in_thread(run: Callable[[], object]) -> None:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()

    passed = []

    def wait() -> None:
        with TimeLimit(0.05) as limit:
            limit.start()
            time.sleep(0.1)
            passed.append(limit)

    in_thread(wait)
    assert len(passed) == 1


def test_fix_says_what_it_did_not_read(here: Path) -> None:
    (here / "igsn-lint.toml").write_text("[limits]\nfile-mb = 1\n")
    (here / "huge.md").write_text("http://doi.org/10.60516/AU1101 " * 40_000)
    answer = CliRunner().invoke(cli, ["fix", "huge.md"])
    assert "0 places in 0 files fixed" in answer.output
    assert "huge.md: the file has 1.18 MB, more than the 1 MB that are read at most" in answer.output
