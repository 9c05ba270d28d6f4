"""IDs that a line end breaks behind a hyphen, in plain text: it was copied from a page, or wrapped by a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAK = lazy(r"-[ \t]{0,8}\r?\n[ \t>]{0,40}(?=[A-Z0-9])")
_BREAK_IN_BYTES = lazy(rb"-[ \t]{0,8}\r?\n[ \t>]{0,40}[A-Z0-9]")
_BEFORE = lazy(r"(?<![A-Za-z0-9])[A-Z0-9]{2,40}\Z")
_AFTER = lazy(r"[A-Z0-9]{1,40}(?![A-Za-z])")
_LONGEST = 50
_WORDS = {"IGSN", "IGSNS", "DOI", "DOIS", "HDL"}


def may_break(data: bytes) -> bool:
    """Return whether some line of a text may end inside an ID."""
    return _BREAK_IN_BYTES.search(data) is not None


def breaks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where lines end inside of what may be an ID: from behind the hyphen to the rest of it.

    Both halves are capitals and digits, and together they have letters and digits: no word of a language, and no years.
    """
    for found in _BREAK.finditer(text):
        before = _BEFORE.search(text, max(0, found.start() - _LONGEST), found.start())
        after = _AFTER.match(text, found.end())
        if before is not None and after is not None and before[0] not in _WORDS:
            code = before[0] + after[0]
            if not code.isalpha() and not code.isdigit():
                yield found.start() + 1, found.end()
