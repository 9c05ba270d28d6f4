"""The installed command, as people and pipelines use it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from igsn_lint.data import folder

FAULTY = "see http://doi.org/10.60516/AU1101 and [igsn:AU1102](https://doi.org/10.60516/AU1103)\n"
CLEAN = "see <https://doi.org/10.60516/AU1101>\n"


def run(*arguments: str, cwd: Path | None = None, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "igsn_lint", *arguments]
    return subprocess.run(command, cwd=cwd, input=data, capture_output=True, check=False)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "faulty.md").write_text(FAULTY)
    (tmp_path / "clean.md").write_text(CLEAN)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["clean.md"], 0),
        (["faulty.md"], 1),
        (["faulty.md", "--ignore", "IL211"], 0),
        (["faulty.md", "--ignore", "IL211", "--fail-on", "warning"], 1),
        (["faulty.md", "--fail-on", "never"], 0),
        (["missing.md", "clean.md"], 2),
        (["--select", "IL999", "clean.md"], 2),
        (["-f", "xml", "clean.md"], 2),
        (["-f", "text", "-f", "json", "clean.md"], 2),
        (["--no-such-option"], 2),
        (["-f", "sarif=no/such/folder/x.sarif", "clean.md"], 2),
    ],
)
@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif"])
def test_the_exit_code_is_exact_and_never_depends_on_the_format(
    files: Path, arguments: list[str], code: int, form: str
) -> None:
    own = [] if "-f" in arguments else ["-f", form]
    done = run("check", *own, *arguments, cwd=files)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_a_missing_path_is_one_line_and_the_rest_is_checked(files: Path) -> None:
    done = run("check", "-f", "concise", "missing.md", "faulty.md", cwd=files)
    assert done.stderr.decode().splitlines() == ["igsn-lint: no such file or folder: missing.md"]
    assert b"faulty.md:1:5 warning IL201" in done.stdout


def test_reports_name_a_missing_path(files: Path) -> None:
    report = json.loads(run("check", "-f", "json", "missing.md", "clean.md", cwd=files).stdout)
    assert report["not_checked"] == [{"path": "missing.md", "reason": "there is no such file or folder"}]
    log = json.loads(run("check", "-f", "sarif", "missing.md", "clean.md", cwd=files).stdout)
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False
    assert b"missing.md" in run("check", "-f", "html", "missing.md", "clean.md", cwd=files).stdout


def test_an_unknown_rule_names_the_nearest(files: Path) -> None:
    done = run("check", "--select", "tag-stile", "clean.md", cwd=files)
    assert done.stderr.decode().strip().endswith("did you mean tag-style?")


def test_several_formats_go_to_several_files(files: Path) -> None:
    run("check", "-f", "concise", "-f", "json=out.json", "-f", "sarif=out.sarif", "faulty.md", cwd=files)
    report = json.loads((files / "out.json").read_text())
    schema = json.loads((Path(folder("schemas")) / "report.schema.json").read_text())
    jsonschema.validate(report, schema)
    assert report["summary"] == {
        "files": 1, "records": 0, "mentions": 3, "errors": 1, "warnings": 1, "notes": 1,
        "suppressed": 0, "not_checked": 0,
    }  # fmt: skip
    sarif = json.loads((files / "out.sarif").read_text())
    assert len(sarif["runs"][0]["results"]) == 3
    assert not list(files.glob("*.tmp"))


def test_standard_input_has_the_format_of_the_given_name(files: Path) -> None:
    named = run("check", "-f", "concise", "--stdin-filename", "in/x.json", "-", data=b'{"igsn": "10.60516/AU 1101"}')
    assert named.stdout.startswith(b"in/x.json:1:22 error IL108")
    bare = run("check", "-f", "concise", "-", data=FAULTY.encode())
    assert bare.stdout.startswith(b"-:1:5 warning IL201")


@pytest.mark.parametrize("separator", ["\n", "\0", "\r\n"])
def test_paths_can_be_listed_in_a_file_or_on_standard_input(files: Path, separator: str) -> None:
    (files / "a b.md").write_text(FAULTY)
    listed = separator.join(["faulty.md", "a b.md", ""])
    (files / "list").write_bytes(listed.encode())
    for arguments, data in ((["--files-from", "list"], None), (["--files-from", "-"], listed.encode())):
        done = run("check", "-f", "json", *arguments, cwd=files, data=data)
        assert {f["path"] for f in json.loads(done.stdout)["findings"]} == {"a b.md", "faulty.md"}
    assert run("check", "--files-from", "no-list", cwd=files).returncode == 2
    assert run("check", "--files-from", "-", cwd=files, data=b"").returncode == 0


def test_folders_are_walked_without_what_git_ignores_and_what_does_not_concern_us(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n*.tmp.md\n")
    (tmp_path / "sub" / "build").mkdir(parents=True)
    for name in ("a.md", "b.tmp.md", "sub/c.md", "sub/build/d.md"):
        (tmp_path / name).write_text(FAULTY)
    (tmp_path / "sub" / ".gitignore").write_text("*.json\n!keep.json\n")
    (tmp_path / "sub" / "x.json").write_text('{"igsn": "10.60516/AU 1101"}')
    (tmp_path / "sub" / "keep.json").write_text('{"igsn": "10.60516/AU 1101"}')
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "paper.dxf").write_bytes(b"PK")
    (tmp_path / "empty.md").write_text("")
    done = run("check", "-f", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert {f["path"] for f in report["findings"]} == {"a.md", "sub/c.md", "sub/keep.json"}
    assert report["not_checked"] == [{"path": "paper.dxf", "reason": "files of this kind are not read"}]
    assert b"not checked, kinds of files that are not read: 1 .dxf" in run("check", cwd=tmp_path).stdout
    named = json.loads(run("check", "-f", "json", "broken.json", "b.tmp.md", cwd=tmp_path).stdout)
    assert {f["rule"] for f in named["findings"]} >= {"IL002", "IL201"}


def test_what_the_repository_excludes_and_a_gitignore_with_a_byte_order_mark_count(tmp_path: Path) -> None:
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("# only here\nprivate.md\nkept.md\n")
    (tmp_path / ".gitignore").write_bytes(b"\xef\xbb\xbfbuild/\r\n!kept.md\r\n")
    (tmp_path / "sub" / "build").mkdir(parents=True)
    for name in ("a.md", "private.md", "kept.md", "sub/private.md", "sub/build/d.md"):
        (tmp_path / name).write_text(FAULTY)
    for top, below in ((tmp_path, {"a.md", "kept.md"}), (tmp_path / "sub", set())):
        report = json.loads(run("check", "-f", "json", cwd=top).stdout)
        assert {f["path"] for f in report["findings"]} == below


def test_a_file_that_is_named_in_two_ways_is_checked_once(files: Path) -> None:
    named = ["faulty.md", "./faulty.md", str(files / "faulty.md"), f"../{files.name}/faulty.md", "."]
    once = run("check", "-f", "json", "faulty.md", "clean.md", cwd=files).stdout
    assert run("check", "-f", "json", *named, cwd=files).stdout == once


def test_text_shows_the_line_the_caret_and_the_right_form(files: Path) -> None:
    (files / "ü.txt").write_text("Größe → http://doi.org/10.60516/AU1101\n")
    lines = run("check", "ü.txt", cwd=files).stdout.decode().splitlines()
    assert lines[0].startswith("ü.txt:1:9: warning IL201 non-canonical-url:")
    assert lines[1] == "   1 | Größe → http://doi.org/10.60516/AU1101"
    assert lines[2] == "     |         ^^^^^^^^^^^^^^^"
    assert lines[3] == "     = help: write https://doi.org/10.60516/AU1101; `igsn-lint explain IL201` says why"
    assert lines[-1] == "0 errors, 1 warning, 0 notes (1 file, 0 records, 1 IGSN ID checked)"


def test_notes_are_one_line_a_rule_unless_asked_for(files: Path) -> None:
    (files / "n.md").write_text("IGSN: AU1101 and IGSN: AU1102\n")
    short = run("check", "n.md", cwd=files).stdout.decode()
    assert "note IL208 tag-style: 2 places in 1 file" in short
    assert short.count("IL208") == 1
    assert run("check", "--show", "note", "n.md", cwd=files).stdout.decode().count("note IL208 tag-style:") == 2
    assert b"IL208" not in run("check", "--quiet", "n.md", cwd=files).stdout


def test_the_line_of_a_rule_counts_places_where_many_make_one_finding(files: Path) -> None:
    (files / "n.md").write_text("".join(f"IGSN: AU11{n:02} was cut.\n" for n in range(30)))
    done = run("check", "--select", "IL208", "n.md", cwd=files).stdout.decode().splitlines()
    assert done[0] == "note IL208 tag-style: 30 places in 1 file"
    assert done[-1].startswith("0 errors, 0 warnings, 1 note (")


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "many.md").write_text(FAULTY * 5000)
    command = f"{sys.executable} -m igsn_lint list many.md | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("many.md:1:29 http://doi.org/10.60516/AU1101")
    assert done.stderr == ""


def test_an_internal_error_is_told_and_exits_with_2(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from igsn_lint import cli, engine

    def broken(*arguments: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(engine, "find", broken)
    monkeypatch.chdir(files)
    for command in ("check", "list"):
        monkeypatch.setattr(sys, "argv", ["igsn-lint", command, "clean.md"])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        assert caught.value.code == 2


def test_list_goes_on_behind_a_file_in_which_it_breaks(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from igsn_lint import cli, engine

    whole = engine.find

    def breaking(*arguments: Any) -> Any:
        found = whole(*arguments)
        if any(mention.suffix == "AU1103" for mention in found):
            raise RuntimeError("broken")
        return found

    monkeypatch.setattr(engine, "find", breaking)
    monkeypatch.chdir(files)
    Path("other.md").write_text("IGSN: 10.60516/AU7\n")
    done = CliRunner().invoke(cli.cli, ["list", "faulty.md", "other.md"])
    assert done.exit_code == 2
    assert done.stdout.startswith("other.md:1:16 IGSN: 10.60516/AU7")
    assert done.stderr == "igsn-lint: internal error in faulty.md: RuntimeError: broken; please report it\n"


def test_list_prints_one_row_a_mention(files: Path) -> None:
    rows = [json.loads(line) for line in run("list", "-f", "jsonl", "faulty.md", cwd=files).stdout.splitlines()]
    assert list(rows[0]) == [
        "path", "line", "column", "pointer", "text", "form", "role", "state", "evidence",
        "prefix", "suffix", "canonical", "also",
    ]  # fmt: skip
    assert [(row["line"], row["column"], row["suffix"], row["role"]) for row in rows] == [
        (1, 29, "AU1101", "cited"),
        (1, 46, "AU1102", "cited"),
        (1, 79, "AU1103", "target"),
    ]
    assert rows[0]["canonical"] == "https://doi.org/10.60516/AU1101"
    assert len(json.loads(run("list", "-f", "json", "faulty.md", cwd=files).stdout)) == 3


def test_id_says_what_a_text_is() -> None:
    done = run("id", "http://dx.doi.org/10.60516/AU1101", "foo bar")
    assert done.returncode == 1
    assert re.search(rb"canonical +https://doi.org/10.60516/AU1101", done.stdout)
    assert b"no IGSN ID: white space inside the ID" in done.stdout
    rows = json.loads(run("id", "-f", "json", "10273/AU1101").stdout)
    assert rows[0]["likely_agent"] == "Geoscience Australia"
    assert run("id", "AU1101").returncode == 0


@pytest.mark.parametrize("text", ["10.5880/GFZ.4.3.2020.001", " https://doi.org/10.5880/x1 ", "igsn:10.5880/GFZ.1"])
def test_a_doi_of_something_else_is_no_igsn_id(text: str) -> None:
    done = run("id", text)
    assert done.returncode == 1
    told = "a DOI of something else: 10.5880 is known to hold no samples"
    assert done.stdout.decode().splitlines()[2] == f"  no IGSN ID: {told} (not-a-sample-prefix)"
    assert b"preferred" not in done.stdout
    (row,) = json.loads(run("id", "-f", "json", text).stdout)
    assert row == {
        "text": text, "valid": False, "reason": "not-a-sample-prefix", "message": told,
        "start": text.index("10."), "end": text.index("10.") + 7,
    }  # fmt: skip


def test_id_knows_the_prefixes_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "igsn-lint.toml").write_text('[prefixes]\n"10.5880" = "samples"\n"10.99999" = "none"\n')
    ours = run("id", "10.5880/GFZ.4.3.2020.001", cwd=tmp_path)
    assert (ours.returncode, b"(known to hold samples)" in ours.stdout) == (0, True)
    assert run("id", "10.99999/X1", cwd=tmp_path).returncode == 1
    assert run("id", "10.60516/AU1101", cwd=tmp_path).returncode == 0
    (tmp_path / "igsn-lint.toml").write_text("prefixes = 3")
    assert run("id", "10.60516/AU1101", cwd=tmp_path).returncode == 2


def test_rules_are_listed_with_their_severities() -> None:
    table = {row["code"]: row for row in json.loads(run("rules", "-f", "json").stdout)}
    assert table["IL114"]["severity"] == {"register": "warning", "publish": "off", "cite": "off"}
    assert b"IL208" in run("rules", "IL2").stdout
    assert b"IL101" not in run("rules", "IL2").stdout


def test_explain_prints_the_page() -> None:
    assert run("explain", "il208").stdout.decode() == (Path(folder("rules")) / "IL208.md").read_text(encoding="utf-8")
    assert run("explain", "nothing-like-it").returncode == 2


def test_help_texts_show_examples() -> None:
    for command in ("check", "list", "id", "explain", "rules"):
        assert b"Example" in run(command, "--help").stdout
    assert run("--version").stdout.startswith(b"igsn-lint, version ")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root can read every file")
def test_a_file_without_permission_is_a_finding(files: Path) -> None:
    (files / "faulty.md").chmod(0)
    assert (
        b"error IL001 the file can not be read: permission denied"
        in run("check", "-f", "concise", "faulty.md", cwd=files).stdout
    )


def test_text_shows_no_line_where_none_could_be_read(files: Path) -> None:
    (files / "gone.md").symlink_to("nowhere")
    (files / "large.md").write_text("igsn:10.60516/AU1101\n" * 60_000)
    (files / "igsn-lint.toml").write_text("[limits]\nfile-mb = 1\n")
    blocks = run("check", "gone.md", "large.md", cwd=files).stdout.decode().split("\n\n")
    assert [block.splitlines()[1:] for block in blocks[:2]] == [
        ["     = help: `igsn-lint explain IL001` says why"],
        ["     = help: `igsn-lint explain IL005` says why"],
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root can read every folder")
def test_a_folder_without_permission_is_a_finding_that_says_so(files: Path) -> None:
    (files / "closed").mkdir(mode=0)
    for path in ("closed", "."):
        lines = run("check", "-f", "concise", path, cwd=files).stdout.splitlines()
        assert b"closed:1:1 error IL001 the file can not be read: permission denied" in lines


def test_odd_files_end_in_one_line_each(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.json")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "dangling.json").symlink_to("nowhere")
    os.symlink(".", tmp_path / "loop")
    (Path(os.fsdecode(bytes(tmp_path) + b"/n\xff\n.md"))).write_text(FAULTY)
    done = run("check", "-f", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert {f["path"] for f in report["findings"]} == {"n\\xff\n.md"}
    assert [row["path"] for row in report["not_checked"]] == ["dangling.json"]
    named = run("check", "-f", "concise", "fifo.json", "dangling.json", cwd=tmp_path)
    assert named.stdout.decode().splitlines() == [
        "dangling.json:1:1 error IL001 the file can not be read: no such file or directory",
        "fifo.json:1:1 error IL001 the file can not be read: not a regular file",
    ]
    assert named.returncode == 1
