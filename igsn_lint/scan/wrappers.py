"""Wrappers: the tags and resolvers that stand before the prefix of an ID and belong to it."""

from __future__ import annotations

import re
from functools import cache

from igsn_lint import facts
from igsn_lint.patterns import lazy
from igsn_lint.scan.hints import lower

LEFT_REACH = 120
"""How many characters before a prefix are looked at for tags and resolvers."""


def left_of(text: str, at: int) -> str:
    """Return the tags and resolvers that end at ``at``; empty where there is none."""
    before = text[max(0, at - LEFT_REACH) : at]
    low = lower(before)
    # What stands before most IDs is a word of the sentence, or the resolver or tag after such a word.
    known = 0
    if low.endswith(_RESOLVER):
        known = len(_RESOLVER)
    elif low.endswith(_CURIE) and low[-len(_CURIE) - 1 : -len(_CURIE)] in _BEFORE_CURIE:
        known = len(_CURIE)
    elif not any(word in low for word in _LEFT_WORDS):
        return ""
    head = low[: len(low) - known].rstrip()
    while head != (shorter := head.rstrip(":：[<(").rstrip()):
        head = shorter
    if not head.endswith(_TAG_ENDS) and (known or low[-1] not in "/="):
        return before[len(before) - known :] if known else ""
    match = _left().search(before, _left_begin(low))
    if match is None:
        return ""
    label = _LABEL.match(match[0])
    return match[0] if label is None else match[0][label.end() :]


_RESOLVER = "https://doi.org/"
_CURIE = "igsn:"
_BEFORE_CURIE = {" ", "\n", "(", "["}
_TAG_ENDS = ("gsn", "gsns", "id", "ids", "number", "numbers", "no", "no.", "doi", "hdl", "handle", "/", "=")

_LABEL = lazy(r"igsns?(?:[\s_-]?(?:ids?|numbers?|no\.?))?(?:\s*[:：]\s|\s)\s*[\[<(]?(?=igsn:\Z)", re.IGNORECASE)
"""The word before an ID that has its tag: the IGSN igsn:10.58052/SSH000SUA, IGSNs: igsn:10.58052/SSH000SUA."""

_LEFT_WORDS = ("doi", "gsn", "hdl", "handle", "//")


def _left_begin(low: str) -> int:
    """Return the offset before which no tag or resolver can begin that reaches to the end of a text."""
    border = max(map(low.rfind, _NEVER_LEFT)) + 1
    end = len(low)
    while end > border:
        begin = max(low.rfind(" ", border, end) + 1, border)
        word = low[begin:end]
        if word and not (
            any(part in word for part in _LEFT_PARTS) and (end == len(low) or word.rstrip()[-1] in _WORD_ENDS)
        ):
            break
        end = begin - 1
    return max(end, border)


_LEFT_PARTS = ("gsn", "id", "no", "number", "doi", "hdl", "handle", "info", "urn", "/", ":", "：", "[", "<", "(")
"""What each word of a tag or resolver has one of."""

_NEVER_LEFT = ",;)]>"
"""What stands in no tag and no resolver."""

_WORD_ENDS = frozenset("nsſdro.iıle:：")
"""What a word of a tag ends with where a blank follows."""


@cache
def _left() -> re.Pattern[str]:
    """Tags and resolvers that end where a prefix begins."""
    return re.compile(
        r"(?:urn:igsn:|(?<![A-Za-z0-9.@#\-])(?<![A-Za-z0-9]_)"
        r"igsns?(?:[\s_-]?(?:ids?|numbers?|no\.?))?\s*[:：]?\s*[\[<(]?"
        r"|(?<![\w.])(?:info:doi/|doi\s*[:：]\s*|doi\s+|info:hdl/|hdl\s*:\s*|handle\s*:\s*)"
        r"|(?:https?:/{1,2})?(?:www\.|dx\.)?doi\.org/|(?:https?:/{1,2})?hdl\.handle\.net/(?:api/handles/)?"
        r"|(?:https?:/{1,2})?(?:www\.)?igsn\.org/"
        + "".join(rf"|(?:https?:/{{1,2}})?{pattern}" for pattern, _ in facts.landing_hosts())
        + r")+\Z",
        re.IGNORECASE,
    )
