"""Which files are found: what git ignores and tracks, and links."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from igsn_lint.discover import discover
from igsn_lint.gitignores import tracked

GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="git is not installed")
ENVIRONMENT = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a", "GIT_COMMITTER_NAME": "a"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # What the user of this machine ignores is no matter here.
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "xdg"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def write(*names: str, text: str = "igsn:10.60516/AU1101\n") -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def git(*arguments: str, cwd: str = ".") -> bytes:
    command = [str(GIT), "-c", "user.email=a@b", "-c", "user.name=a", "-c", "protocol.file.allow=always", *arguments]
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, env={**os.environ, **ENVIRONMENT}).stdout


def found(*paths: str) -> set[str]:
    names = [file.name for file in discover(paths or ["."], [])]
    assert len(set(names)) == len(names)
    return {name for name in names if not os.path.basename(name).startswith(".git")}


def seen_by_git(cwd: str = ".") -> set[str]:
    listed = git("ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=cwd).split(b"\0")
    return {name for name in map(os.fsdecode, listed) if name and not os.path.basename(name).startswith(".git")}


@needs_git
@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_what_git_tracks_is_found_though_it_is_ignored(version: str, kind: str) -> None:
    git("init", "--object-format", kind)
    write(
        "a.md", "build/kept.md", "build/left.md", "build/deep/er/kept.md", "build/none/left.md", "x.tmp.md", "ü.tmp.md"
    )
    write("sub/y.tmp.md", "sub/z.tmp.md", "build-more/a.md")
    git("add", "-f", "a.md", "build/kept.md", "build/deep", "ü.tmp.md", "sub/y.tmp.md")
    if version == "3":
        git("add", "-f", "-N", "x.tmp.md")
    git("update-index", "--index-version", version)
    write(".gitignore", text="build/\n*.tmp.md\n")
    # It would take in again what is not tracked: in a folder that is ignored it is not asked.
    write("build/.gitignore", text="!*\n")
    wanted = {"a.md", "build/kept.md", "build/deep/er/kept.md", "ü.tmp.md", "sub/y.tmp.md", "build-more/a.md"}
    wanted |= {"x.tmp.md"} if version == "3" else set()
    assert found() == seen_by_git() == wanted
    assert found("sub") == {"sub/y.tmp.md"}
    os.unlink(".git/index")
    assert found() == {"a.md", "build-more/a.md"}


@pytest.mark.parametrize(
    ("pattern", "named", "left"),
    [
        # The line, the folder that is named, and what is left out of it.
        ("out", "out", {"out/in/out/x.md", "out/in/out/y.md"}),
        ("out/", "out/in", {"out/in/out/x.md", "out/in/out/y.md"}),
        ("**/out/", "out", {"out/in/out/x.md", "out/in/out/y.md"}),
        ("/out", "out", set()),
        ("/o*", "out", set()),
        ("out/in", "out/in", set()),
        ("/*", "out/in/out", set()),
        ("out/*", "out", {"out/a.md", "out/in/b.tmp.md", "out/in/out/x.md", "out/in/out/y.md"}),
        ("out\n!x.md", "out", {"out/in/out/x.md", "out/in/out/y.md"}),
        ("out\n!out", "out", set()),
        ("out\n*.tmp.md", "out", {"out/in/b.tmp.md", "out/in/out/x.md", "out/in/out/y.md"}),
        ("out\n/out/in/out/*\n!x.md", "out/in/out", {"out/in/out/y.md"}),
        ("[so]ut?ide", "out", set()),
    ],
)
@pytest.mark.parametrize("where", [".gitignore", ".git/info/exclude"])
def test_a_folder_that_is_named_is_looked_at_though_it_is_ignored(
    monkeypatch: pytest.MonkeyPatch, pattern: str, named: str, left: set[str], where: str
) -> None:
    files = {"out/a.md", "out/in/b.tmp.md", "out/in/out/x.md", "out/in/out/y.md"}
    write(*files, ".git/HEAD")
    write(where, text=pattern + "\n")
    below = {name for name in files if name.startswith(f"{named}/")}
    assert found(named) == below - left
    monkeypatch.chdir(named)
    assert found(".") == {os.path.relpath(name, named) for name in below - left}


@pytest.mark.parametrize("name", ["[a]", "a*b ", "#a", "!a", "ü"])
def test_a_folder_of_any_name_may_be_ignored_and_named(name: str) -> None:
    write(f"{name}/x.md", f"{name}/sub/{name}/x.md", ".git/HEAD")
    write(".gitignore", text="[[]a]\na?b*\n\\#a\n\\!a\nü\n")
    assert found() == set()
    assert found(name) == {f"{name}/x.md"}


@needs_git
def test_work_trees_and_submodules_have_their_patterns_elsewhere() -> None:
    git("init", "main")
    write("main/a.md", "main/b.md", "main/c.md")
    git("add", ".", cwd="main")
    git("commit", "-m", "a", cwd="main")
    git("worktree", "add", "../other", cwd="main")
    write("main/.git/info/exclude", text="private*\n")
    write("other/private.md", "other/private-kept.md", "other/sub/private.md")
    git("add", "-f", "private-kept.md", cwd="other")
    assert found("other") == {f"other/{name}" for name in seen_by_git("other")}
    assert found("other") == {"other/a.md", "other/b.md", "other/c.md", "other/private-kept.md"}
    assert found("other/sub") == set()

    git("init", "above")
    git("submodule", "add", "../main", "part", cwd="above")
    write("above/.git/modules/part/info/exclude", text="private*\n")
    write("above/part/private.md", "above/private.md")
    assert found("above/part") == {"above/part/a.md", "above/part/b.md", "above/part/c.md"}
    assert found("above") == {"above/part/a.md", "above/part/b.md", "above/part/c.md", "above/private.md"}


@needs_git
@pytest.mark.parametrize(
    ("files", "left"),
    [
        ({}, {"a.md", "b.md", "c.md"}),
        ({"xdg/git/ignore": "a.md\n"}, {"b.md", "c.md"}),
        (
            {"xdg/git/ignore": "a.md\n", ".gitconfig": "[core]\n\texcludesFile = ~/mine # here\n", "mine": "/b.md"},
            {"a.md", "c.md"},
        ),
        (
            {"xdg/git/ignore": "a.md\n", "xdg/git/config": '[core]\nexcludesfile="~/mine"\n', "mine": "b.md"},
            {"a.md", "c.md"},
        ),
        ({"xdg/git/ignore": "a.md\n", ".gitconfig": "[core]\n\texcludesFile =\n"}, {"a.md", "b.md", "c.md"}),
    ],
)
def test_what_the_user_ignores_everywhere_is_left_out(files: dict[str, str], left: set[str], here: Path) -> None:
    write("a.md", "b.md", "c.md")
    for name, text in files.items():
        write(str(here.parent / "home" / name), text=text)
    assert found() == {"a.md", "b.md", "c.md"}
    git("init")
    assert found() == seen_by_git() == left
    # The patterns of the repository come after those of the user.
    write(".gitignore", text="!*.md\n")
    assert found() == seen_by_git() == {"a.md", "b.md", "c.md"}


def test_default_place_of_what_the_user_ignores(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    write("a.md", "b.md", ".git/HEAD")
    write(str(here.parent / "home" / ".config" / "git" / "ignore"), text="b.md\n")
    assert found() == {"a.md"}


@needs_git
@pytest.mark.parametrize("version", ["2", "4"])
def test_an_index_that_is_broken_ends_nothing(version: str) -> None:
    git("init")
    write(*(f"build/{'deep/' * (n % 7)}{n}.md" for n in range(60)))
    git("add", ".")
    git("update-index", "--index-version", version)
    write(".gitignore", text="build/\n")
    whole = Path(".git/index").read_bytes()
    assert len(tracked(whole)) == len(found()) == 60
    dice = random.Random(7)
    for _ in range(300):
        data = bytearray(whole[: dice.randrange(len(whole))] if dice.random() < 0.3 else whole)
        for _ in range(dice.randrange(1, 8)):
            if data:
                data[dice.randrange(len(data))] = dice.choice((0, 1, 127, 128, 255, dice.randrange(256)))
        assert sum(map(len, tracked(bytes(data)))) <= 4 * len(data)


def test_an_index_that_stands_for_more_than_there_is_costs_little() -> None:
    entry = bytes(62)
    begun = time.process_time()
    # Version 4 says how much of the name before is cut off: a long name could be repeated for ever.
    bomb = b"DIRC\0\0\0\4\xff\xff\xff\xff" + entry + b"\0" + b"a" * 1_000_000 + b"\0" + (entry + b"\0b\0") * 50_000
    assert sum(map(len, tracked(bomb))) <= 4 * len(bomb)
    # Of version 2: names that never end, and a number of any length.
    assert tracked(b"DIRC\0\0\0\2\xff\xff\xff\xff" + b"\1" * 4_000_000) == []
    assert tracked(b"DIRC\0\0\0\4\0\0\0\1" + entry + b"\xff" * 4_000_000) == []
    assert time.process_time() - begun < 2


@pytest.mark.skipif(os.name != "posix", reason="pipes")
@pytest.mark.parametrize(
    "said", [b"gitdir: pipe", b"gitdir: no\0where", b"gitdir: ../" + b"x" * 9000, b"\xff\xfe", b""]
)
def test_files_of_git_that_are_none_are_passed_over(said: bytes) -> None:
    write("a.md", "sub/b.md", "pipe/x.md")
    Path(".git").write_bytes(said)
    for name in ("pipe/index", "pipe/config", "pipe/commondir", "sub/.gitignore"):
        os.mkfifo(name)
    Path(".gitignore").write_text("b.md\npipe\n")
    assert found() == {"a.md"}


def test_a_file_is_found_once_whatever_leads_to_it(here: Path) -> None:
    write("z.md", "sub/b.md", str(here.parent / "outside" / "o.md"))
    for link, target in {
        "a.md": "z.md",
        "sub/up.md": "../z.md",
        "sub/here.md": "a-chain.md",
        "sub/a-chain.md": "b.md",
        "o1.md": "../outside/o.md",
        "o2.md": "../outside/o.md",
        "gone1.md": "nowhere",
        "gone2.md": "nowhere",
        "round.md": "round.md",
        "folder": "sub",
        "loop": ".",
        "outside": "../outside",
    }.items():
        os.symlink(target, link)
    once = {"z.md", "sub/b.md", "o1.md", "gone1.md", "gone2.md", "round.md"}
    assert found() == found(".", "sub", "folder", "a.md", "sub/up.md") == once
    # What is named first has that name.
    assert found("a.md", "z.md", "sub/up.md", ".") == once - {"z.md"} | {"a.md"}
    assert found("folder", ".", "sub") == once - {"sub/b.md"} | {"folder/b.md"}
    assert found("sub") == {"sub/b.md", "sub/up.md"}
    # A link stands for a file that is not found under its own name.
    assert [file.name for file in discover(["."], [], ["z.md", "sub/*", "gone*", "round.md", "o*"])] == ["a.md"]
