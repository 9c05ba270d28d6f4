"""Labels: which names of fields and columns say that IGSN IDs stand there.

A name is on the list of labels, or says of which sample the ID is: core IGSN, IGSN der Mutterprobe, parent_igsn.
"""

from __future__ import annotations

from functools import cache

from igsn_lint import facts
from igsn_lint.patterns import lazy

_LONGEST_LABEL = 200
_MOST_NOUNS = 3

_MARK = lazy(r"[(\[]\^?[0-9A-Za-z][)\]]|[*†‡§¶¹²³⁰-⁹ᵃ-ᶻ)\]}）］\"'“”’#@:]+")
_OTHER_SCRIPT = "\u3040-\u9fff\uac00-\ud7af"
_BETWEEN = lazy(
    r"(?<=[a-z])(?=[A-Z])|(?i:(?<=igsn))(?=[1-9](?![0-9A-Za-z]))"
    rf"|(?<=[A-Za-z])(?=[{_OTHER_SCRIPT}])|(?<=[{_OTHER_SCRIPT}])(?=[A-Za-z])"
)
_TOLD = lazy(r"(?P<name>.+?)\s*(?:[,;]|[(\[（]|\s[–—-]\s)\s*(?P<rest>[^,;()\[\]（）]+?)[)\]）]?[\s:：*]*")
"""A name and what those who fill in a form are told behind it: Parent IGSN (if applicable)."""

_ENDS_IN_BRACKETS = lazy(r"[)\]}）］][\s*†‡§¶#¹²³⁰-⁹ᵃ-ᶻ:：]*\Z|\A[^)\]}）］]*\Z")
_PARTICLE = lazy("[の的]")
_NUMERO = lazy(r"\A\W*[Nn][Oo]\.[\s_]*(?=IGSN(?![A-Za-z]))")
"""The abbreviation of number; without its dot it is the word no."""
_OPENING = lazy(r"[(\[{（［]")
_BLANKS = lazy(r"[\s_.\-]+")


def is_igsn_label(label: str) -> bool:
    """Return whether the name of a field or column says that it holds IGSN IDs."""
    if not label.isascii():
        label = label.translate(_wide())
    if "gsn" not in label.lower() and "geo sample" not in label.lower() and "generic sample" not in label.lower():
        return False
    if len(label) > _LONGEST_LABEL:
        return False
    if (told := _TOLD.fullmatch(label)) is not None and " ".join(label_words(told["rest"])) in facts.label_words(
        "told"
    ):
        label = told["name"]
    words = _without_numbers(label_words(_NUMERO.sub("", label)))
    if " ".join([word for word in words if word != "("]) in facts.labels() or (
        _says_more_of(words) and _ENDS_IN_BRACKETS.search(label)
    ):
        return True
    nouns = next((i for i, word in enumerate(words) if not is_noun(word)), 0)
    if nouns > _MOST_NOUNS:
        return False
    ends = [end for end in range(nouns + 1, len(words) + 1) if _says_whose(words[end:])]
    cores = {" ".join(words[nouns:end]) for end in ends}
    return not cores.isdisjoint(facts.label_words("id")) or (nouns == 0 and not cores.isdisjoint(facts.labels()))


def kind_named(said: str) -> str | None:
    """Return the label that the name of a kind of identifiers gives to them where they are IGSN IDs, or None.

    The name may be a URL: IGSN, https://igsn.org/, http://example.org/terms/parent_igsn.
    """
    name = said.strip().rstrip("/").rpartition("/")[2]
    if name.lower() in {"igsn.org", "www.igsn.org"}:
        return "IGSN"
    return name if is_igsn_label(name) else None


@cache
def _wide() -> dict[int, int]:
    """Return a table for ``str.translate`` of the letters and digits that are as wide as those of Chinese."""
    return {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}


def label_words(label: str) -> list[str]:
    """Return the words of the name of a field or column, in lower case, without its namespace and footnote marks."""
    name = _MARK.sub(" ", label.rstrip(" \t\n:：").rsplit(":", 1)[-1])
    name = _OPENING.sub(" ( ", _PARTICLE.sub(" ", _BETWEEN.sub(" ", name)))
    return [part for word in _BLANKS.split(name.lower()) if word for part in _parted(word)]


def _without_numbers(words: list[str]) -> list[str]:
    """Return the words without those for a number or code right before or behind IGSN: Kody IGSN, IGSN PID.

    Beside the plural, as in No. IGSNs, they say how many there are.
    """
    numbers = facts.label_words("number")
    if "igsn" not in words or numbers.isdisjoint(words):
        return words
    at = words.index("igsn")
    begin, end = at, at + 1
    while begin and words[begin - 1] in numbers:
        begin -= 1
    while end < len(words) and words[end] in numbers:
        end += 1
    return [*words[:begin], words[at], *words[end:]]


def _says_more_of(words: list[str]) -> bool:
    """Return whether brackets say more of IGSN IDs, or that it is they: IGSN (SESAR), IGSN [igsn.org], core (IGSN)."""
    if "(" not in words:
        return False
    at = words.index("(")
    if at and " ".join(words[at + 1 :]) in facts.label_words("id") and _names_a_sample(words[:at]):
        return True
    inside = [part for word in words[at + 1 :] for part in word.split("/")]
    return " ".join(words[:at]) in facts.labels() and facts.label_words("no-id").isdisjoint(inside)


def _names_a_sample(words: list[str]) -> bool:
    """Return whether words are a sample or the number of one (Proben-Nr., ID of the core), and no station of a net."""
    said = [word for word in words if word != "no"]
    beside = facts.label_words("number") | facts.label_words("whose")
    return facts.label_words("no-id").isdisjoint(said) and all(word in beside or is_noun(word) for word in said)


def is_noun(word: str) -> bool:
    """Return whether a word (in lower case) is a kind of sample, or says how one is related to another."""
    return word in facts.label_nouns() or word in facts.relative_words()


def _parted(word: str) -> tuple[str, ...]:
    """Return the two words that stand in one in the name of a field (parentigsn), else the word."""
    for noun, parts in ((word[:-4], (word[:-4], "igsn")), (word[4:], ("igsn", word[4:]))):
        if "".join(parts) == word and is_noun(noun):
            return parts
    return (word,)


def _says_whose(words: list[str]) -> bool:
    """Return whether the words behind IGSN say of which sample it is."""
    if not words or all(word in facts.kin_words() for word in words):
        return len(words) <= _MOST_NOUNS
    leading = facts.label_words("whose")
    said = [word for word in words if word not in leading]
    return words[0] in leading and 0 < len(said) <= _MOST_NOUNS and all(map(is_noun, said))
