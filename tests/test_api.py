"""The Python API: no printing, no global state, no change of folder."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from office_files import pdf

import igsn_lint
from igsn_lint.model import Settings
from igsn_lint.registry import UnknownRule

FAULTY = b"see http://doi.org/10.60516/AU1101"


def test_paths_bytes_and_file_objects_are_checked_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(FAULTY)
    before = os.getcwd()
    reports = [
        igsn_lint.lint(path),
        igsn_lint.lint(str(path)),
        igsn_lint.lint([tmp_path]),
        igsn_lint.lint(("a.txt", FAULTY)),
        igsn_lint.lint([("a.txt", io.BytesIO(FAULTY))]),
    ]
    assert [[(f.rule, f.region) for f in report.findings] for report in reports] == [[("IL201", (1, 5, 1, 20))]] * 5
    assert [report.exit_code() for report in reports] == [0] * 5
    assert reports[0].exit_code("warning") == 1
    assert (os.getcwd(), capsys.readouterr()) == (before, ("", ""))


@pytest.mark.parametrize("content", [bytearray(FAULTY), memoryview(FAULTY), memoryview(FAULTY[::-1])[::-1]])
def test_what_is_like_bytes_is_checked_like_bytes(content: bytearray | memoryview) -> None:
    assert igsn_lint.lint(("a.txt", content)) == igsn_lint.lint(("a.txt", FAULTY))


def test_a_tuple_of_paths_is_several(tmp_path: Path) -> None:
    one, other, third = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"
    for path in (one, other, third):
        path.write_bytes(FAULTY)
    given = ("d.txt", FAULTY)
    assert igsn_lint.lint((str(one), str(other))).files == 2
    assert igsn_lint.lint((one, other)).files == igsn_lint.lint((str(one), other)).files == 2
    assert igsn_lint.lint((one, other, third)).files == 3
    assert igsn_lint.lint((given, ("e.txt", FAULTY))).files == igsn_lint.lint((str(one), given)).files == 2
    assert igsn_lint.lint((given,)).files == igsn_lint.lint((one,)).files == 1
    assert igsn_lint.lint(()).files == 0


@pytest.mark.parametrize(
    "items",
    [("a.txt", 7), ("a.txt", None), [("a.txt", "b.txt")], [("a.txt",)], ("a.txt", io.StringIO("x")), [("a", b"", b"")]],
)
def test_a_pair_without_content_is_named(items: Any) -> None:
    with pytest.raises(TypeError, match=r"a tuple is a name with its content, .*; this one is \('a"):
        igsn_lint.lint(items)


def test_what_can_not_be_done_is_an_exception() -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.md"):
        igsn_lint.lint("missing.md")
    with pytest.raises(UnknownRule):
        igsn_lint.lint(("a.txt", FAULTY), select=["IL999"])
    for profile, settings in (("cites", None), (None, Settings(profile="cites"))):
        with pytest.raises(ValueError, match="there is no profile 'cites'"):
            igsn_lint.lint(("a.txt", FAULTY), profile=profile, settings=settings)
    with pytest.raises(ValueError, match=r"no severity 'bogus' \(there are error, warning, note, and never\)"):
        igsn_lint.lint(("a.txt", FAULTY)).exit_code("bogus")  # type: ignore[arg-type]  # that is the question
    with pytest.raises(AttributeError):
        igsn_lint.nothing  # noqa: B018  # the access is what is tested


def test_rules_may_be_a_text_as_on_the_command_line() -> None:
    for select, ignore, found in (("IL201", "", ["IL201"]), ("IL1, IL2", "", ["IL201"]), ("", "IL1,IL201", [])):
        report = igsn_lint.lint(("a.txt", FAULTY), select=select, ignore=ignore)
        assert [finding.rule for finding in report.findings] == found


_THREADS = """
import os, signal, sys
from concurrent.futures import ThreadPoolExecutor
from igsn_lint import lint
from igsn_lint.registry import Registry

registry = Registry.load()

def rules(_):
    return [finding.rule for finding in lint(sys.argv[1], select='IL201', registry=registry).findings]

# Modules are loaded: a child that is forked while another thread loads one waits for ever in the interpreter.
rules(0)
with ThreadPoolExecutor(2) as pool:
    found = pool.map(rules, range(200))
    if sys.argv[2:]:
        # Its child is alone in there, whatever the threads were doing.
        child = os.fork()
        if not child:
            signal.alarm(20)
            os._exit(len(rules(0)))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    print({*map(tuple, found)})
"""


@pytest.mark.parametrize(
    "more", [[], pytest.param(["fork"], marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here"))]
)
def test_pdfs_may_be_checked_in_several_threads(tmp_path: Path, more: list[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([(72, 700, "see http://doi.org/10.60516/AU1101")]))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _THREADS, str(path), *more], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "{('IL201',)}\n"), done.stderr


def test_the_package_is_typed_and_names_what_it_offers() -> None:
    assert (Path(igsn_lint.__file__).parent / "py.typed").is_file()
    assert {name: getattr(igsn_lint, name) for name in igsn_lint.__all__}


def test_configuration_adds_prefixes_and_a_handle_map_and_excludes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from igsn_lint.cli import cli

    (tmp_path / "igsn-lint.toml").write_text(
        "prefixes = ['10.99999']\nexclude = ['old/']\nignore = ['IL206']\n[handle-map]\nAU = '10.60516'\n"
    )
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.txt").write_bytes(FAULTY)
    (tmp_path / "a.txt").write_text("10.99999/XY0001 and igsn:10273/AU1101")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["check", "-f", "concise", "a.txt", "old/a.txt"])
    assert result.output == "a.txt:1:21 note IL203 the ID is written as a Handle of before 2023\n"
    listed = CliRunner().invoke(cli, ["list", "a.txt"])
    assert "10.99999/XY0001 [doi, cited, prefix]" in listed.output
