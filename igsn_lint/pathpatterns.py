"""Patterns for paths in the form of .gitignore; the library that understands them is imported where a path may match.

Importing it takes as long as an eighth of a run over one file, and most patterns are about other files.
"""

from __future__ import annotations

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


def _literal(line: str) -> str:
    """Return the longest text that stands in every path that a pattern matches."""
    if _PLAIN.fullmatch(line) is None:
        return ""
    return max((part.strip("/") for part in _WILD.split(line)), key=len)
