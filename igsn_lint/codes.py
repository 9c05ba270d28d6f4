"""Codes: which words look like the code of a sample, alone or beside others, and which are something else.

A code is what stands in an ID behind its prefix: IEABC0001. Years, versions, grants, files and numbers are none.
"""

from __future__ import annotations

import itertools
import re

from igsn_lint import facts
from igsn_lint.identifier import dissect, to_ascii, upper
from igsn_lint.patterns import lazy


def is_expression(text: str) -> bool:
    """Return whether a program puts in a value for a text, as in templates: {{ doi }}, ${igsn}, $.sample.igsn."""
    return text[:1] in _EXPRESSION_BEGINS and _EXPRESSION.fullmatch(text) is not None


_EXPRESSION = lazy(r"\{\{[^{}\n]+\}\}|\$\{[^{}\n]+\}|<%[^<>\n]+%>|\$(?:\.\w+)+")
_EXPRESSION_BEGINS = {"{", "$", "<"}


def closes_brackets(text: str) -> bool:
    """Return whether each round bracket of a text has its other half: else it is escaped in a link of Markdown."""
    return _CLOSED.fullmatch(text) is not None


_CLOSED = lazy(r"[^()]*(?:\([^()]*\)[^()]*)*")


def is_placeholder(suffix: str) -> bool:
    """Return whether a suffix only holds the place of one."""
    return facts.placeholder().fullmatch(upper(suffix)) is not None


def is_code(text: str, *, strong: bool) -> bool:
    """Return whether a bare word behind a tag is the code of a sample.

    ``strong`` is a tag with a colon or a quoted key; behind the mere word IGSN a code needs more to be one.
    """
    code = to_ascii(text)
    letters = sum(c.isalpha() for c in code)
    digits = sum(c.isdigit() for c in code)
    if not digits:
        return (
            strong
            and code == upper(code)
            and is_placeholder(code)
            and code not in {"IGSN", "CODE", "ID", "SUFFIX", "SAMPLE", "EXAMPLE"}
        )
    if _YEAR.fullmatch(code) or (
        _VERSION.fullmatch(code) and not (letters == 0 and digits == len(code) and digits >= 6)
    ):
        return False
    if is_other(code, strong=strong):
        return False
    if letters == 0:
        return digits == len(code) and digits >= (6 if strong else 7)
    switches = sum(a.islower() != b.islower() for a, b in itertools.pairwise(code) if a.isalpha() and b.isalpha())
    if switches > 4 or (switches > 2 and digits and len(code) > 14):
        return False
    if re.fullmatch(r"(?:IGSN|AN)-?\d{0,4}[A-Z]?", code, re.IGNORECASE):
        # Gravity nets
        return False
    if strong:
        return len(code) >= 4
    if len(code) < 5 or re.fullmatch(r"71[a-z]*", code, re.IGNORECASE):
        return False
    if code.islower():
        return re.fullmatch(r"[a-z]{2,}\d[a-z0-9]{2,}", code) is not None
    return not re.fullmatch(r"[A-Za-z]?[a-z]+[-.]?v?\d{1,2}(?:\.\d+)*", code)


_YEAR = lazy(r"(?:1[89]|20)\d\d")
_VERSION = lazy(r"v?\d+(?:\.\d+)*", re.IGNORECASE)


def is_handle_code(suffix: str) -> bool:
    """Return whether what stands behind a bare 10273/ is the code of a sample: laws, ports and folders are not."""
    code = to_ascii(suffix)
    if code.isdigit():
        return len(code) >= 6
    if _FILE_NUMBER.fullmatch(code) or FILE_ENDING.search(code):
        return False
    if not any(c.isdigit() for c in code):
        return (code == upper(code) and len(code) >= 4) or is_placeholder(code)
    return any(c.isalpha() for c in code) and not is_other(code, strong=True)


FILE_ENDING = lazy(
    r"\.(?:json|jsonld|xml|html?|pdf|png|jpe?g|tiff?|csv|tsv|txt|zip|xlsx?|docx?|md|ttl|rdf)\Z", re.IGNORECASE
)
"""What the name of a file ends with."""

_FILE_NUMBER = lazy(
    r"[A-Z]{1,4}(?:[-./]?\d\d|[-./](?:19|20)\d\d)|(?:19|20)\d\d[-./]?[A-Z]{1,4}|[A-Z]\d{1,3}", re.IGNORECASE
)
"""What stands behind the number of an invoice, a file or a project: initials and a year."""


def is_ratio(suffix: str) -> bool:
    """Return whether what stands behind a bare prefix is a unit or a number: the prefix is a decimal then."""
    code = to_ascii(suffix)
    if not any(c.isalpha() for c in code):
        return not (code.isdigit() and len(code) >= 6)
    return len(code) < 4 and code.isalpha() and code.islower() and not is_placeholder(code)


def is_other(code: str, *, strong: bool = False) -> bool:
    """Return whether a word is known to be something else: a hash function, a standard, a grant, a table."""
    return facts.other_codes(strong=strong).fullmatch(upper(code)) is not None


def is_telling(suffix: str) -> bool:
    """Return whether a suffix is long and mixed enough to be recognised where it stands bare."""
    if len(suffix) < 5:
        return False
    if suffix.isascii() and suffix.isalnum():
        return not (suffix.isalpha() or suffix.isdigit())
    return any(c.isdigit() for c in suffix) and any(c.isalpha() for c in suffix)


def is_series(first: str, last: str) -> bool:
    """Return whether two suffixes may be the ends of one series: alike up to a number, and about as long."""
    one, other = upper(first), upper(last)
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= 2 and one != other and abs(len(one) - len(other)) <= 1 and one[same:].isalnum()


def begin_alike(ids: list[str]) -> bool:
    """Return whether IDs without a comma between them are several: all have a prefix, or all begin alike."""
    spellings = [dissect(text) for text in ids]
    begin = upper(spellings[0].suffix[:2])
    return all(s.prefix is not None for s in spellings) or (
        begin.isalpha() and all(upper(s.suffix[:2]) == begin for s in spellings)
    )
