"""Patterns for paths in the form of .gitignore; the library that understands them is imported where a path may match.

Importing it takes as long as an eighth of a run over one file, and most patterns are about other files.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = lazy(r"(?=.*\w)/?[\w.*?-]+(?:/[\w.*?-]+)*/?", re.ASCII)
"""A pattern without anything that has to be looked up: no negation, comment, escape or brackets."""

_WILD = lazy(r"[*?]+")


def is_pattern(line: str) -> bool:
    """Return whether a line is a pattern."""
    if _PLAIN.fullmatch(line) is not None:
        return True
    try:
        compiled([line])
    except ValueError:
        return False
    return True


def compiled(lines: Iterable[str]) -> Any:
    """Return lines as in a .gitignore as a GitIgnoreSpec; raises ValueError where one is no pattern."""
    import warnings

    from pathspec import GitIgnoreSpec

    try:
        with warnings.catch_warnings():
            # Of what stands in brackets, re says what it may mean one day.
            warnings.simplefilter("ignore", FutureWarning)
            return GitIgnoreSpec.from_lines(lines)
    except re.error as error:
        raise ValueError(str(error)) from error


class PathPatterns:
    """Lines as in a .gitignore, the last one that matches a path decides. Raises ValueError where one is no pattern."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)
        # What a path must hold that one of the lines matches; an empty text where that can not be told.
        self._needed = [_literal(line) for line in self._lines]
        if "" in self._needed:
            self._spec  # noqa: B018  # what is wrong with a line is told at once

    @cached_property
    def _spec(self) -> Any:
        return compiled(self._lines)

    def match(self, path: str) -> bool:
        """Return whether a path (with ``/``, from the folder of the patterns on) is meant."""
        return any(part in path for part in self._needed) and bool(self._spec.match_file(path))


class FilePatterns:
    """Lines as in a .gitignore for files, as their paths are from ``folder`` on, wherever the program runs.

    Without a folder that is the working directory. Two are equal where they mean the same files.
    """

    def __init__(self, lines: Iterable[str], folder: str | None = None) -> None:
        self._folder, self._lines = folder, tuple(lines)
        self._patterns = PathPatterns(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FilePatterns) and (self._folder, self._lines) == (other._folder, other._lines)

    def __hash__(self) -> int:
        return hash((self._folder, self._lines))

    def match(self, name: str) -> bool:
        """Return whether the file of a name (as a finding shows it, from the working directory on) is meant."""
        return self._patterns.match(from_folder(name, self._folder))

    def holds(self, relative: str) -> bool:
        """Return whether a file is meant whose path counts from the folder on."""
        return self._patterns.match(os.path.normpath(relative).replace(os.sep, "/"))


def from_folder(name: str, folder: str | None) -> str:
    """Return the path of a file (with ``/``) from a folder on, which is the working directory where none is given."""
    try:
        return os.path.relpath(name, folder or os.getcwd()).replace(os.sep, "/")
    except ValueError:
        # On another drive than the folder.
        return os.path.abspath(name).replace(os.sep, "/")


def _literal(line: str) -> str:
    """Return the longest text that stands in every path that a pattern matches."""
    if _PLAIN.fullmatch(line) is None:
        return ""
    return max((part.strip("/") for part in _WILD.split(line)), key=len)
