"""From paths to files: named ones, those below folders (without what git ignores), and lists of paths."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import lru_cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.gitignores import Ignores
from igsn_lint.pathpatterns import PathPatterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_NEVER = {
    ".git",
    ".hg",
    ".svn",
    "__pycache__",
    "node_modules",
    ".tox",
    ".venv",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
}


class Found(NamedTuple):
    """A file to check: its path, the name to show, and whether it was named (or found by walking)."""

    path: str
    name: str
    named: bool


def shown(path: str) -> str:
    """Return a path as it is shown: relative to the working directory where it lies below it, with ``/``.

    Bytes that are no UTF-8 are shown as ``\\xff``, so that names that differ in them differ here.
    """
    if os.path.isabs(path):
        here = os.getcwd()
        if path.startswith(here + os.sep):
            path = path[len(here) + 1 :]
    path = os.path.normpath(path)
    return path.replace(os.sep, "/").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def discover(
    paths: Iterable[str], missing: list[str], exclude: Sequence[str] = (), base: str | None = None
) -> Iterator[Found]:
    """Yield the files of the given paths, each once, also where links lead to it.

    A path that does not exist goes to ``missing``. What the patterns of ``exclude`` (in the form of .gitignore, from
    the folder ``base`` on) match is left out, also where it was named: hooks name every changed file.
    """
    seen: set[str] = set()
    excluded = PathPatterns(exclude)
    real = partial(_real, real_folder=lru_cache(maxsize=1024)(os.path.realpath))

    def unseen(found: Iterable[Found], key_of: Callable[[str], str]) -> Iterator[Found]:
        for file in found:
            key = key_of(file.path)
            if key not in seen and not (exclude and excluded.match(_relative(file.path, base))):
                seen.add(key)
                yield file

    links: list[Found] = []
    for path in paths:
        if os.path.isdir(path):
            yield from unseen(_walk(path, links), _below(path))
        elif os.path.lexists(path):
            yield from unseen([Found(path, shown(path), named=True)], real)
        else:
            missing.append(path)
    # A file has the name of a link only where it is met under no other.
    yield from unseen(links, real)


def leaves_out(exclude: Sequence[str], path: str, base: str | None) -> bool:
    """Return whether the patterns of ``exclude``, from the folder ``base`` on, leave out a path."""
    return bool(exclude) and PathPatterns(exclude).match(_relative(path, base))


def _real(path: str, real_folder: Callable[[str], str]) -> str:
    """Return the path of a file without links; a link that leads nowhere is what it is itself."""
    if os.path.islink(path):
        with suppress(OSError):
            return os.path.realpath(path, strict=True)
    folder, name = os.path.split(path)
    return os.path.join(real_folder(folder), name)


def _below(top: str) -> Callable[[str], str]:
    """Return what makes real paths of those below a folder, between which and the file no link is."""
    cut, head = len(top.rstrip(os.sep)), os.path.realpath(top).rstrip(os.sep)
    return lambda path: head + path[cut:]


def _relative(path: str, base: str | None) -> str:
    return os.path.relpath(os.path.abspath(path), base or os.getcwd()).replace(os.sep, "/")


def is_regular(path: str) -> bool:
    """Return whether a path is a regular file (through links); reading another kind could wait for ever."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True


def _walk(top: str, links: list[Found]) -> Iterator[Found]:
    """Yield the files below a folder; links to files go to ``links``, those to folders are not followed."""
    ignores = Ignores(top)
    unreadable: list[str] = []
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=_name)
        except OSError as error:
            unreadable.append(error.filename)
            continue
        ignores.enter(folder, {entry.name for entry in inside})
        above = shown(folder)
        below: list[str] = []
        for entry in inside:
            path, name = entry.path, entry.name
            if entry.is_dir(follow_symlinks=False):
                if name not in _NEVER and not ignores.drops(path, is_folder=True):
                    below.append(path)
                continue
            is_link = entry.is_symlink()
            wanted = not os.path.isdir(path) and is_regular(path) if is_link else entry.is_file(follow_symlinks=False)
            if wanted and not ignores.drops(path, is_folder=False):
                written = name if above == "." else f"{above}/{name}"
                file = Found(path, written if name.isascii() else shown(path), named=False)
                if is_link:
                    links.append(file)
                else:
                    yield file
        folders += reversed(below)
    for path in unreadable:
        # Opened as a file it gives the finding that says why it could not be read.
        yield Found(path, shown(path), named=True)


_name = attrgetter("name")


def is_writable(path: str) -> bool:
    """Return whether a file may be written; also root leaves what git-annex and others have locked."""
    return bool(os.stat(path).st_mode & 0o222) and os.access(path, os.W_OK)


def replace_file(path: str, data: bytes) -> None:
    """Write a file beside ``path`` and rename it, so that nothing is left half written; a link keeps leading to it.

    Raises OSError where that can not be done.
    """
    target = os.path.realpath(path)
    beside = f"{target}.{os.getpid()}.tmp"
    try:
        with open(beside, "wb") as file:
            file.write(data)
        if os.path.exists(target):
            os.chmod(beside, os.stat(target).st_mode & 0o7777)
        os.replace(beside, target)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise
