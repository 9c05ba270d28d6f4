"""Identifiers of persons and organisations that carry check digits: ORCID iDs and ROR IDs."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import mul
from typing import Literal

from igsn_lint.patterns import lazy

Verdict = Literal["right", "form", "digit"]
"""``right``, or what is wrong: the form, or the check digit."""

_ORCID = lazy(
    r"(?:(?:https?://)?(?:(?:www|sandbox)\.)?orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3})([0-9X])/?",
    re.IGNORECASE,
)
_ROR = lazy(r"(?:(?:https?://)?(?:www\.)?ror\.org/)?0([0-9a-hjkmnp-tv-z]{6})([0-9]{2})/?", re.IGNORECASE)
_BASE_32 = {character: value for value, character in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}


_DOUBLED = [2**power for power in range(15, 0, -1)]
"""What each of the fifteen digits counts: it is doubled on the way to the check digit."""

_OF_ZEROS = sum(_DOUBLED) * ord("0")


def orcid(text: str) -> Verdict:
    """Say whether a text is an ORCID iD, bare or as URL; the check digit is that of ISO 7064, MOD 11-2."""
    match = _ORCID.fullmatch(text)
    if match is None:
        return "form"
    total = sum(map(mul, match[1].replace("-", "").encode(), _DOUBLED)) - _OF_ZEROS
    return "right" if "0123456789X"[(12 - total % 11) % 11] == match[2].upper() else "digit"


def ror(text: str) -> Verdict:
    """Say whether a text is a ROR ID, bare or as URL; the two check digits are those of ISO 7064, MOD 97-10."""
    match = _ROR.fullmatch(text)
    if match is None:
        return "form"
    number = 0
    for character in match[1].lower():
        number = number * 32 + _BASE_32[character]
    return "right" if 98 - number * 100 % 97 == int(match[2]) else "digit"


@lru_cache(maxsize=4096)
def verdict(text: str, scheme: str) -> tuple[str, Verdict]:
    """Return what an identifier should be by its scheme or its own looks (empty: anything), and whether it is that."""
    scheme, lower = scheme.lower(), text.lower()
    if "orcid" in scheme or ("orcid.org/" in lower and "ror" not in scheme):
        return "ORCID iD", orcid(text)
    if scheme in {"ror", "ror id", "rorid"} or "ror.org" in scheme or "//ror.org/" in lower:
        return "ROR ID", ror(text)
    return "", "right"


def is_right(text: str, scheme: str) -> bool:
    """Return whether an identifier names its scheme, and is what that asks for; both without white space around."""
    return scheme != "" and text != "" and scheme == scheme.strip() and verdict(text, scheme)[1] == "right"
