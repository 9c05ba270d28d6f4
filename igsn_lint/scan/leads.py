"""Leads: paragraphs that introduce a list of IGSN IDs, without a colon behind the word: the IGSNs are listed below."""

from __future__ import annotations

import re
from functools import cache

from igsn_lint import facts
from igsn_lint.patterns import lazy

LONGEST = 400
"""A longer paragraph speaks of more than its list."""

_WORD = lazy(r"(?<![\w./@,;|-])igsn(?:s|'s|\(s\))?(?![./@_]?\w|-\d|\s(?:19)?71|\s?e\.)", re.IGNORECASE)
_MOST_OF_A_HEADING = 6
"""So many words has a heading at most: List of IGSNs."""


@cache
def _lists() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{facts.sentence_words('list')})\b", re.IGNORECASE)


@cache
def _denies() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{facts.sentence_words('denial')})\b", re.IGNORECASE)


def speaks_of_list(text: str) -> bool:
    """Return whether a paragraph speaks of IGSN IDs and leads to a list: by its words, a colon, or as a heading."""
    text = text.strip()
    if len(text) > LONGEST or _WORD.search(text) is None or _denies().search(text) is not None:
        return False
    return text.endswith((":", "：")) or len(text.split()) <= _MOST_OF_A_HEADING or _lists().search(text) is not None
