"""Leads: paragraphs that introduce a list of IGSN IDs, without a colon behind the word: the IGSNs are listed below."""

from __future__ import annotations

import re
from functools import cache

from igsn_lint import facts
from igsn_lint.labels import is_igsn_label
from igsn_lint.patterns import lazy

LONGEST = 400
"""A longer paragraph speaks of more than its list."""

_WORD = lazy(r"(?<![\w./@,;|-])igsn(?:s|'s|\(s\))?(?![./@_]?\w|-\d|\s(?:19)?71|\s?e\.)", re.IGNORECASE)
_IDS = lazy(r"igsn(?:s|'s|\(s\))", re.IGNORECASE)
_MOST_OF_A_HEADING = 6
"""So many words has a heading at most: IGSNs of the glasses."""


@cache
def _lists() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{facts.sentence_words('list')})\b", re.IGNORECASE)


@cache
def _denies() -> re.Pattern[str]:
    """What says that there is no ID, or that other things are listed: the following cruises, GenBank accessions."""
    others, lists = facts.sentence_words("no-sample"), facts.sentence_words("list")
    return re.compile(
        rf"\b(?:{facts.sentence_words('denial')})\b|\b(?:{lists})\s(?:\w{{1,40}}\s)?(?:{others})\b"
        rf"|\b(?:{others})(?:[:：]\Z|\s(?:{lists})\b)",
        re.IGNORECASE,
    )


def speaks_of_list(text: str) -> bool:
    """Return whether a paragraph speaks of IGSN IDs and leads to a list: by its words, a colon, or as a heading."""
    text = text.strip()
    if len(text) > LONGEST or (word := _WORD.search(text)) is None or _denies().search(text) is not None:
        return False
    if text.endswith((":", "：")) or _lists().search(text) is not None:
        return True
    # IGSN support, How to get an IGSN: a heading of IDs names several, or is the name of a field.
    is_several = _IDS.match(word[0]) is not None and len(text.split()) <= _MOST_OF_A_HEADING
    return is_several or is_igsn_label(text)
