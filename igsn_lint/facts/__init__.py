"""Facts about IGSN IDs as data files, with their evidence, and the loader that reads them.

Each ``NAME.tsv`` beside this module has comment lines (``#``), one heading line and one row a line.
"""

from __future__ import annotations

import os
import re
from functools import cache

_FOLDER = os.path.dirname(__file__)


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table ``name`` (without heading), each a tuple of its cells."""
    with open(os.path.join(_FOLDER, f"{name}.tsv"), encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
    return tuple(tuple(line.split("\t")) for line in lines[1:] if line)


def character(cell: str) -> str:
    """Return the character that a ``U+XXXX`` cell names."""
    return chr(int(cell[2:], 16))


@cache
def prefixes() -> dict[str, str]:
    """Return what each known prefix holds: ``samples``, ``none``, ``test`` or ``example``.

    Rows of low confidence are left out: they are hints for people, no evidence.
    """
    return {prefix: holds for prefix, holds, confidence, *_ in rows("doi-prefixes") if confidence != "low"}


@cache
def sample_prefixes() -> frozenset[str]:
    """Return the DOI prefixes known to hold samples."""
    return frozenset(prefix for prefix, holds in prefixes().items() if holds == "samples")


@cache
def landing_hosts() -> tuple[tuple[str, bool], ...]:
    """Return the landing pages: a regular expression (behind ``https://``), and whether it is evidence by itself."""
    return tuple((pattern, follows == "id") for pattern, follows, *_ in rows("landing-hosts"))


@cache
def landing_hints() -> tuple[str, ...]:
    """Return literals, in lower case, of which the URL of each landing page holds one."""
    return tuple(dict.fromkeys(hint for _, _, hint, *_ in rows("landing-hosts") if hint != "-"))


@cache
def namespaces() -> frozenset[str]:
    """Return the namespaces of legacy IGSN handles."""
    return frozenset(namespace for namespace, *_ in rows("legacy-namespaces"))


@cache
def longest_namespace() -> int:
    """Return the length of the longest namespace of legacy IGSN handles."""
    return max(map(len, namespaces()))


@cache
def lookalikes() -> dict[str, str]:
    """Return the ASCII character that each look-alike of another script stands for."""
    return {character(cell): ascii_ for cell, ascii_, *_ in rows("lookalikes")}


@cache
def dashes_and_slashes() -> dict[str, str]:
    """Return ``-`` or ``/`` for each typographic dash and slash."""
    return {character(cell): ascii_ for cell, ascii_, _ in rows("dashes-and-slashes")}


@cache
def invisible() -> frozenset[str]:
    """Return the characters that print nothing."""
    return frozenset(character(cell) for cell, _ in rows("invisible"))


@cache
def labels() -> frozenset[str]:
    """Return the names of fields and columns that hold an IGSN ID, in lower case."""
    return frozenset(label for (label,) in rows("labels"))


@cache
def null_words() -> frozenset[str]:
    """Return what people write where there is no ID, in lower case."""
    return frozenset(word for (word,) in rows("null-words"))


@cache
def damages() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns (for lower case) of what spreadsheets make of IDs, each with what it is then."""
    return tuple((re.compile(pattern), what) for pattern, what, *_ in rows("spreadsheet-damages"))


@cache
def placeholder() -> re.Pattern[str]:
    """Return the pattern of suffixes (upper case) that only hold the place of an ID."""
    return re.compile("|".join(pattern for pattern, _ in rows("placeholders")))


@cache
def other_codes() -> re.Pattern[str]:
    """Return the pattern of words (upper case) that look like a code and are something else."""
    return re.compile("|".join(pattern for pattern, _ in rows("other-codes")))


@cache
def sample_relations() -> dict[str, str]:
    """Return the relations that hold between samples, each with its inverse."""
    return {relation: inverse for relation, inverse in rows("sample-relations")}  # noqa: C416  # typed as pairs


def likely_agent(suffix: str) -> str | None:
    """Return who probably registered the legacy code ``suffix``, by the longest known namespace, or None."""
    known = {namespace: agent for namespace, agent, *_ in rows("legacy-namespaces")}
    upper = "".join(chr(ord(c) - 32) if "a" <= c <= "z" else c for c in suffix)
    return next((known[upper[:n]] for n in range(min(len(upper), 12), 1, -1) if upper[:n] in known), None)
