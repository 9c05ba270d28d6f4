"""What git leaves alone in a folder: what the patterns of a repository and of its user match, and what is not tracked.

It is read from the files of git, without the program: a few lines for most folders, and the index only where
something is ignored.
"""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from igsn_lint.pathpatterns import compiled
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Collection

_MOST = 16 << 20
_MOST_INDEX = 64 << 20
"""So many bytes are read of a file of git, and of its index: more than half a million files."""

_EXCLUDES_FILE = lazy(r"^[ \t]*(?:\[core\][ \t]*)?excludesfile[ \t]*=([^\n]*)", re.IGNORECASE | re.MULTILINE)
_SHA256 = lazy(r"^[ \t]*objectformat[ \t]*=[ \t]*sha256\b", re.IGNORECASE | re.MULTILINE)
_SPECIAL, _ESCAPED = lazy(r"[\\*?\[\]]|\s(?=\Z)"), r"\\\g<0>"


class Ignores:
    """What git ignores in a walk, by the patterns of the folders that were entered and of those above ``top``.

    Who names a folder wants it looked at: that ``top`` itself is ignored, or one above it, does not count in it.
    """

    def __init__(self, top: str) -> None:
        self._specs: dict[str, Any] = {}
        self._shortest = 0
        self._repositories: dict[str, _Repository] = {}
        self._ignored: set[str] = set()
        folder = os.path.abspath(top)
        above: list[str] = []
        while not os.path.exists(os.path.join(folder, ".git")):
            parent = os.path.dirname(folder)
            if parent == folder:
                above = []
                break
            folder = parent
            above.append(folder)
        for folder in above:
            names = [name for name in (".git", ".gitignore") if os.path.exists(os.path.join(folder, name))]
            self.enter(folder, names, os.path.relpath(os.path.abspath(top), folder).replace(os.sep, "/"))

    def enter(self, folder: str, names: Collection[str], top: str = "") -> None:
        """Read the patterns of a folder in which these names may be; those of its .gitignore have the last word.

        ``top`` is the path, from there on, of a folder below it that is wanted although they match it.
        """
        lines: list[str] = []
        if ".git" in names:
            repository = _Repository(os.path.abspath(folder))
            self._repositories[repository.root] = repository
            lines += repository.patterns()
        if ".gitignore" in names:
            lines += _patterns(os.path.join(folder, ".gitignore"))
        if not lines:
            return
        absolute = os.path.abspath(folder)
        try:
            spec = compiled(lines)
            if top and spec.match_file(f"{top}/"):
                spec = compiled(inside for line in lines if (inside := _inside(top, line)))
            self._specs[absolute] = spec
        except ValueError:
            return
        self._shortest = min(self._shortest or len(absolute), len(absolute))

    def drops(self, path: str, *, is_folder: bool) -> bool:
        """Return whether git would leave a path alone: it is ignored, and neither it nor what is below is tracked."""
        if not self._specs:
            return False
        absolute = os.path.abspath(path)
        above = bool(self._ignored) and os.path.dirname(absolute) in self._ignored
        if not above and not self._matches(absolute, is_folder=is_folder):
            return False
        if not self._tracks(absolute, is_folder=is_folder):
            return True
        if is_folder:
            # In it nothing counts that is not tracked.
            self._ignored.add(absolute)
        return False

    def _matches(self, absolute: str, *, is_folder: bool) -> bool:
        """Return whether the patterns match; the nearest folder that says something decides."""
        folder = os.path.dirname(absolute)
        while len(folder) >= self._shortest:
            spec = self._specs.get(folder)
            if spec is not None:
                relative = absolute[len(folder) :].lstrip(os.sep).replace(os.sep, "/") + ("/" if is_folder else "")
                verdict = spec.check_file(relative).include
                if verdict is not None:
                    return bool(verdict)
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
        return False

    def _tracks(self, absolute: str, *, is_folder: bool) -> bool:
        """Return whether the repository that a path lies in tracks it, or something below it."""
        folder = os.path.dirname(absolute)
        while (repository := self._repositories.get(folder)) is None:
            parent = os.path.dirname(folder)
            if parent == folder:
                return False
            folder = parent
        name = os.fsencode(absolute[len(folder) :].lstrip(os.sep).replace(os.sep, "/"))
        wanted = name + b"/" if is_folder else name
        at = bisect_left(repository.tracked, wanted)
        if at == len(repository.tracked):
            return False
        return repository.tracked[at].startswith(wanted) if is_folder else repository.tracked[at] == wanted


def _inside(top: str, line: str) -> str:
    """Return the pattern that means in the folder ``top`` what a line means there, or nothing where it means no more.

    One that matches the folder, and so all that is in it, means what has such a name in it.
    """
    if line.startswith("!") or not compiled([line]).match_file(f"{top}/"):
        return line
    name = line.removeprefix("**/")
    if line == name and "/" in line.rstrip().rstrip("/"):
        return ""
    return f"/{_SPECIAL.sub(_ESCAPED, top)}/**/{name}"


class _Repository:
    """The files of git for a work tree, also where ``.git`` is a file that says where they are.

    Of work trees beside the first and of submodules the index lies there, and what all work trees share in the folder
    that ``commondir`` names.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._own = os.path.join(root, ".git")
        if not os.path.isdir(self._own) and (told := _line(self._own)).startswith("gitdir:"):
            self._own = os.path.normpath(os.path.join(root, told.removeprefix("gitdir:").strip()))
        self._common = os.path.normpath(os.path.join(self._own, _line(os.path.join(self._own, "commondir"))))

    def patterns(self) -> list[str]:
        """Return the patterns of the user, and those of the repository behind them."""
        of_user = self._excludes_file()
        return [
            *(_patterns(of_user) if of_user else ()),
            *_patterns(os.path.join(self._common, "info", "exclude")),
        ]

    def _excludes_file(self) -> str:
        """Return the path of the file that holds what a user ignores in all repositories."""
        home = os.path.expanduser("~")
        of_user = os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "git")
        for path in (None, os.path.join(home, ".gitconfig"), os.path.join(of_user, "config")):
            told = _EXCLUDES_FILE.findall(self._config if path is None else _text(path))
            if told:
                value = re.split(r"[#;]", told[-1])[0].strip().strip('"').replace("\\\\", "\\")
                return os.path.join(self.root, os.path.expanduser(value)) if value else ""
        return os.path.join(of_user, "ignore")

    @cached_property
    def _config(self) -> str:
        return _text(os.path.join(self._common, "config"))

    @cached_property
    def tracked(self) -> list[bytes]:
        """The paths that git tracks, sorted; none where the index can not be read."""
        data = _bytes(os.path.join(self._own, "index"), _MOST_INDEX + 1)
        return tracked(data, 32 if _SHA256.search(self._config) else 20) if len(data) <= _MOST_INDEX else []


def tracked(index: bytes, digest: int = 20) -> list[bytes]:
    """Return the sorted paths in an index of git of version 2, 3 or 4, whose hashes have so many bytes.

    Of an index that is broken those before the break (https://git-scm.com/docs/index-format).
    """
    version = int.from_bytes(index[4:8], "big")
    if index[:4] != b"DIRC" or version not in {2, 3, 4}:
        return []
    names: list[bytes] = []
    at, name = 12, b""
    # What stands before is not written again in version 4: a few bytes could stand for very many.
    room = 4 * len(index)
    for _ in range(int.from_bytes(index[8:12], "big")):
        flags = at + 40 + digest
        if flags + 2 >= len(index):
            break
        begin = flags + (4 if version > 2 and index[flags] & 0x40 else 2)
        kept = 0
        if version == 4:
            cut, begin = _number(index, begin)
            kept = len(name) - cut
        end = index.find(b"\0", begin)
        room -= kept + end - begin
        if end < 0 or kept < 0 or room < 0:
            break
        name = name[:kept] + index[begin:end]
        names.append(name)
        at = end + 1 if version == 4 else at + (end - at + 8 & ~7)
    names.sort()
    return names


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at an offset, seven bits a byte, and where it ends; too large a one where not."""
    number = 0
    for place, byte in enumerate(data[at : at + 5]):
        number = (number + 1 << 7 if place else 0) + (byte & 0x7F)
        if not byte & 0x80:
            return number, at + place + 1
    return 1 << 40, at


def _patterns(path: str) -> list[str]:
    """Return the patterns that a file holds; none where it can not be read."""
    return [line for line in _text(path).splitlines() if line.strip() and not line.startswith("#")]


def _line(path: str) -> str:
    """Return the first line of a file, or nothing."""
    return next(iter(_text(path).splitlines()), "").strip()


def _text(path: str) -> str:
    # A byte order mark is no part of the first pattern.
    return _bytes(path, _MOST).decode("utf-8-sig", "replace")


def _bytes(path: str, most: int) -> bytes:
    """Return so many bytes of a file; none where it can not be read, or reading could wait for ever."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return b""
        with open(path, "rb") as file:
            return file.read(most)
    except (OSError, ValueError):
        return b""
