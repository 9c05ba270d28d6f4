"""Extent: how far an ID goes in a running text, and what behind it belongs to the sentence."""

from __future__ import annotations

import re
from functools import cache

from igsn_lint import facts
from igsn_lint.codes import FILE_ENDING, begin_alike, is_series
from igsn_lint.identifier import dissect, upper

LONGEST = 400
"""How many characters of a suffix are read in a text; no DOI may be as long."""


@cache
def odd() -> str:
    """Return the characters outside ASCII that may stand in a damaged ID, for a character class."""
    odd = {*facts.lookalikes(), *facts.dashes_and_slashes(), *facts.invisible()}
    return re.escape("".join(sorted(c for c in odd if not c.isascii())))


def trim(suffix: str) -> str:
    """Return a suffix without what belongs to the sentence: punctuation, emphasis, brackets, file endings."""
    if suffix.isalnum():
        return suffix
    while True:
        shorter = suffix
        if (again := shorter.lower().find("/igsn:")) > 0:
            shorter = shorter[:again]
        for opening, closing in ("()", "[]"):
            while shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
            cut = shorter.find(closing)
            if cut >= 0 and shorter.count(opening, 0, cut) == 0:
                shorter = shorter[:cut]
        shorter = shorter.rstrip(".:!?*_~/-–—…\u00ad\u200b\ufeff\u2060'\"$=%")
        if (extension := FILE_ENDING.search(shorter)) and extension.start() > 3:
            shorter = shorter[: extension.start()]
        if shorter.endswith(("(", "[")):
            shorter = shorter[:-1]
        if shorter == suffix:
            return suffix
        suffix = shorter


def before_dash(suffix: str) -> str:
    """Return a suffix as far as a dash that stands between two IDs, or between an ID and a word of the sentence."""
    for match in () if suffix.isascii() else re.finditer("[‒–—―]", suffix):
        head, tail = suffix[: match.start()], suffix[match.end() :]
        inner = dissect(tail)
        digits = len(head) - len(head.rstrip("0123456789"))
        if tail.isdigit() and len(tail) > 1 and digits >= len(tail):
            # The short end of a range: AU1101–1109
            return head
        word = len(tail) > 1 and not any(c.isdigit() for c in tail) and tail != upper(tail)
        if word or inner.prefix is not None or inner.wrappers or (tail[:2].isalpha() and begin_alike([head, tail])):
            return head
    head, hyphen, tail = suffix.translate(_HYPHENS).partition("-")
    # The two ends of a range: no serial holds itself again.
    return head if hyphen and len(head) == len(tail) >= _SHORTEST_END and is_series(head, tail) else suffix


_HYPHENS = {0x2010: "-", 0x2011: "-"}
_SHORTEST_END = 6
