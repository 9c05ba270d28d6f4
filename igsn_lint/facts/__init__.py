"""Facts about IGSN IDs, and about LaTeX, as data files with their evidence, and the loader that reads them.

Each ``NAME.tsv`` beside this module has comment lines (``#``), one heading line and one row a line.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

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
def destroyed_words(kind: str) -> frozenset[str]:
    """Return words before "destroyed": names of the ``sample``, what is ``said`` of it, what makes a ``part`` of it."""
    return frozenset(word for word, is_ in rows("destroyed-words") if is_ == kind)


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
    """Return what each look-alike stands for: a character of ASCII, or the letters of a ligature."""
    return {character(cell): ascii_ for cell, ascii_, *_ in rows("lookalikes")}


@cache
def typesetting() -> dict[int, str]:
    """Return a table for ``str.translate`` of what only a typesetter put there.

    Ligatures, letters and digits as wide as Chinese ones, and what prints nothing.
    """
    typeset = {ord(c): letters for c, letters in lookalikes().items() if len(letters) > 1 or c in _WIDE}
    return {**typeset, **{ord(c): "" for c in invisible()}}


_WIDE = {chr(number) for number in range(0xFF01, 0xFF5F)}


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
def identifier_keys(says: str) -> frozenset[str]:
    """Return the keys that say of which kind an identifier is (``type``) or what it is called, or that hold it.

    These are ``value``, and ``typed`` beside a type alone.
    """
    return frozenset(name for key, word, _ in rows("identifier-keys") if word == says for name in _spellings(key))


def _spellings(key: str) -> Iterator[str]:
    """Yield the ways to write a key of several words."""
    words = [word.lower() for word in _WORD.findall(key)]
    yield from (key, key.lower(), key[0].upper() + key[1:], f"@{key}", f"dwc:{key}")
    yield from (joint.join(words) for joint in "_-")
    yield "_".join(word.capitalize() for word in words)


_WORD = lazy(r"[A-Z]?[a-z]+|[A-Z]+")


@cache
def label_nouns() -> frozenset[str]:
    """Return the kinds of samples that stand before such a name: core IGSN, parent sample IGSN."""
    return frozenset(noun for (noun,) in rows("label-nouns"))


@cache
def relative_words() -> frozenset[str]:
    """Return words in the name of a field that say that the IDs in it are those of other samples."""
    return frozenset(word for word, _ in rows("relative-words"))


@cache
def kin_words() -> frozenset[str]:
    """Return those of them that say so behind the word IGSN, too."""
    return frozenset(word for word, behind in rows("relative-words") if behind == "yes")


@cache
def label_words(what: str) -> frozenset[str]:
    """Return what else such a name holds: ``id`` behind the noun, ``whose`` before one, ``no-id`` where it is none."""
    return frozenset(words for words, kind, _ in rows("label-words") if kind == what)


@cache
def sentence_words(what: str) -> str:
    """Return the pattern of words that lead from the word IGSN to a code: ``example``, ``of-what``, ``verb``.

    Behind those of ``no-sample`` stands the code of another thing. A paragraph with one of ``list`` introduces the list
    behind it, but not one with a ``denial``.
    """
    return "|".join(pattern for pattern, kind, _ in rows("sentence-words") if kind == what)


def is_null(text: str) -> bool:
    """Return whether a text says that there is no ID, or says nothing."""
    return says_none(text) or not text.strip()


_LONGEST_NULL = 60


def says_none(text: str) -> bool:
    """Return whether a text, also in brackets or with a full stop, says that there is no ID; an empty one does not."""
    word = text.strip().lower()
    if word in null_words() or (word[:2] == "--" and not word.strip("-")) or _is_in_another_script(word):
        return True
    if not word or not (word[0] in "([" or word[-1] in ".)]" or "  " in word):
        return False
    words = " ".join(word[:_LONGEST_NULL].split())
    return words.strip("()[].") in null_words() or words.partition(" (")[0] in null_words()


def _is_in_another_script(word: str) -> bool:
    """Return whether a text has letters of which none is a Latin one, and no digit: words, and no ID."""
    if word.isascii() or any(c.isdigit() or (c.isascii() and c.isalpha()) for c in word):
        return False
    return any(map(str.isalpha, word))


@cache
def null_words() -> frozenset[str]:
    """Return what people write where there is no ID, in lower case."""
    return frozenset(word for (word,) in rows("null-words"))


def is_no_sample(text: str) -> bool:
    """Return whether a cell names a reference material, a blank or a statistic and no sample of the study."""
    word = text.strip().lower()
    return len(word) <= _LONGEST_NULL and _no_samples().fullmatch(word) is not None


@cache
def _no_samples() -> re.Pattern[str]:
    names = "|".join(pattern for pattern, _ in rows("no-samples"))
    return re.compile(rf"(?:{names})[\s*†‡§:.]*(?:[(\[,;=].*)?")


@cache
def damages() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns (for lower case) of what spreadsheets make of IDs, each with what it is then."""
    return tuple((re.compile(pattern), what) for pattern, what, *_ in rows("spreadsheet-damages"))


@cache
def placeholder() -> re.Pattern[str]:
    """Return the pattern of suffixes (upper case) that only hold the place of an ID."""
    return re.compile("|".join(pattern for pattern, _ in rows("placeholders")))


@cache
def other_codes(*, strong: bool = False) -> re.Pattern[str]:
    """Return the pattern of words (in upper case) that are no codes of samples; ``strong`` behind the tag ``IGSN:``."""
    patterns = [pattern for pattern, _, where in rows("other-codes") if where == "anywhere" or not strong]
    return re.compile("|".join(patterns))


@cache
def _relations() -> dict[str, str]:
    names = [relation for relation, *_ in rows("relations")]
    return {name: name for name in names} | {name.lower(): name for name in names}


def relation(text: str) -> str:
    """Return the relation that a text means in any case; the text itself where it means none."""
    known = _relations()
    return known.get(text) or known.get(text.strip().lower(), text)


def is_relation(text: str) -> bool:
    """Return whether a text is a relation of the DataCite schema, in any case."""
    return text.strip().lower() in _relations()


@cache
def inverses() -> dict[str, str]:
    """Return the inverse of each relation that has one."""
    return {relation: inverse for relation, inverse, _ in rows("relations") if inverse != "-"}


@cache
def _between(kind: str) -> frozenset[str]:
    return frozenset(relation for relation, _, between in rows("relations") if between == kind)


def sample_relations() -> frozenset[str]:
    """Return the relations that hold between samples."""
    return _between("structure")


def work_relations() -> frozenset[str]:
    """Return the relations that hold between written works, and so never between two samples."""
    return _between("work")


def collector_relations() -> frozenset[str]:
    """Return the relations between what was collected and the instrument or project that collected it."""
    return _between("collector")


@cache
def related_types() -> dict[str, tuple[re.Pattern[str], str]]:
    """Return for each type of related identifiers what one looks like, and an example."""
    return {kind: (lazy(pattern, re.IGNORECASE), example) for kind, pattern, example in rows("related-types")}


@cache
def parent_words() -> tuple[tuple[str, bool], ...]:
    """Return words that say that a sample was taken from another one, and whether they count in a description too."""
    return tuple((pattern, where == "any") for pattern, where, _ in rows("parent-words"))


@cache
def _agents() -> dict[str, str]:
    """Return who registered the legacy codes of a namespace."""
    return {namespace: agent for namespace, agent, *_ in rows("legacy-namespaces")}


def likely_agent(suffix: str) -> str | None:
    """Return who probably registered the legacy code ``suffix``, by the longest known namespace, or None."""
    known = _agents()
    upper = "".join(chr(ord(c) - 32) if "a" <= c <= "z" else c for c in suffix)
    return next((known[upper[:n]] for n in range(min(len(upper), 12), 1, -1) if upper[:n] in known), None)


class LegacyFormat(NamedTuple):
    """A format of sample metadata in XML other than DataCite's; the head of its table explains the columns."""

    namespace: str
    element: str
    title: str
    family: str
    identifier: str
    related: str
    alternate: str
    schema: str


@cache
def legacy_formats() -> dict[str, LegacyFormat]:
    """Return the legacy formats by their element as ``{namespace}name``; ``parent/name`` where the parent decides."""
    found = {}
    for row in rows("legacy-formats"):
        known = LegacyFormat(*("" if cell == "-" else cell for cell in row))
        found[f"{{{known.namespace}}}{known.element}" if known.namespace else known.element] = known
    return found


@cache
def legacy_words() -> dict[str, str]:
    """Return DataCite's word for what other formats call a type or relation, in lower case."""
    return {written: word for written, word in rows("legacy-words")}  # noqa: C416  # typed as pairs


@cache
def unknown_codes() -> dict[str, str]:
    """Return the standard values for unknown information, each with its meaning."""
    return dict(rows("unknown-codes"))  # type: ignore[arg-type]  # two cells a row


@cache
def unknown_words() -> dict[str, str]:
    """Return what people write instead (in lower case), each with the standard value that is likely meant."""
    return dict(rows("unknown-words"))  # type: ignore[arg-type]


@cache
def open_elements() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """Return by property the elements in it that the XSD leaves open, each with the attributes that it may have."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for element, within, attributes in rows("open-elements"):
        found.setdefault(within, []).append((element, frozenset(attributes.split()) - {"-"}))
    return {within: tuple(elements) for within, elements in found.items()}


@cache
def sampling_kinds() -> dict[str, re.Pattern[str]]:
    """Return patterns by kind and where they count: ``feature any`` in any text, ``feature whole`` as whole type."""
    found: dict[str, list[str]] = {}
    for pattern, kind, where in rows("sampling-kinds"):
        found.setdefault(f"{kind} {where}", []).append(pattern)
    return {
        kind: re.compile(
            rf"\b(?:{'|'.join(patterns)})\b" if kind.endswith("any") else "|".join(patterns), re.IGNORECASE
        )
        for kind, patterns in found.items()
    }


@cache
def digital_types() -> re.Pattern[str]:
    """Return the pattern of resource types that are no material."""
    return re.compile("|".join(pattern for pattern, _ in rows("digital-types")), re.IGNORECASE)


@cache
def digital_hints() -> tuple[str, ...]:
    """Return literals, in lower case, of which each resource type that is no material holds one."""
    return tuple(dict.fromkeys(hint for _, hints in rows("digital-types") for hint in hints.split()))


@cache
def months() -> dict[str, str]:
    """Return the two digits of each month by its names in lower case."""
    return dict(rows("months"))  # type: ignore[arg-type]


@cache
def role_mailboxes() -> frozenset[str]:
    """Return what stands before the @ of mailboxes of an office, in lower case."""
    return frozenset(name for (name,) in rows("role-mailboxes"))


@cache
def withheld() -> re.Pattern[str]:
    """Return the pattern of words that say that a place is kept back on purpose."""
    return re.compile("|".join(pattern for pattern, _ in rows("withheld")), re.IGNORECASE)
