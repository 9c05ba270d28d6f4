"""The IGSN ID as a value: parsed from every form that people write, compared, and shown in its right forms.

An IGSN ID is a DataCite DOI (``10.60516/AU1101``) and was, before 2023, a Handle (``10273/AU1101``); people also write
only its code (``AU1101``). This module knows how these look; it does not know which DOI prefixes hold samples, opens no
file of a user and no socket, and can be used on its own::

    >>> igsn = Igsn.parse("http://dx.doi.org/10.60516/au1101")
    >>> igsn.canonical
    'https://doi.org/10.60516/AU1101'
    >>> igsn.preferred, igsn.alternate
    ('igsn:10.60516/AU1101', 'igsn:AU1101')

Sources: the IGSN e.V. syntax guidelines (https://igsn.github.io/syntax), DataCite's display guidelines for IGSN IDs
(https://support.datacite.org/docs/displaying-igsn-ids), and what DataCite's REST API takes when a DOI is created.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from igsn_lint import facts
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Form = Literal["url", "curie", "tag", "doi", "handle", "bare"]
"""How an ID is written: ``curie`` is igsn:X, ``tag`` IGSN X or IGSN: X, ``doi`` and ``handle`` names, no URLs."""

WrapperKind = Literal[
    "igsn-tag", "doi-tag", "handle-tag", "doi-url", "handle-url", "igsn-url", "landing-url", "other-url"
]

LEGACY_PREFIX = "10273"
"""The Handle prefix of all IGSN registered before 2023."""

MAX_LENGTH = 255
"""The longest DOI that DataCite accepts, in characters."""

TRAILING = ".,;:!?'\"’”»)]}>"
"""Characters that end a sentence or a bracket and not an ID (a closing bracket only where none was opened)."""

REFUSED_BY_DATACITE = "!#&'+,?@[]"
"""Characters that the IGSN syntax takes and DataCite's API refuses when the DOI is created."""

OUTSIDE_RFC3986 = '"<>\\^`{|}'
"""ASCII characters that no URI may hold unencoded (RFC 3986, 2.2 and 2.3)."""

_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

_TAG = r"(?:urn:igsn:|igsn(?:[ _-]?(?:ids?|numbers?|no\.?|codes?))?\s*[:：]\s*|igsn(?:[ _-]ids?)?\s+)"
_DOI_TAG = r"(?:info:doi/|doi\s*[:：]\s*|doi\s+)"
_HANDLE_TAG = r"(?:info:hdl/|hdl\s*:\s*|handle\s*:\s*)"
_SCHEME = r"(?:https?:/{1,2})"
_DOI_URL = rf"(?:{_SCHEME}?(?:www\.|dx\.)?doi\.org/)"
_HANDLE_URL = rf"(?:{_SCHEME}?hdl\.handle\.net/(?:api/handles/)?)"
_IGSN_URL = rf"(?:{_SCHEME}?(?:www\.)?igsn\.org/)"
_OTHER_URL = r"(?:[a-z][a-z0-9+.-]{1,15}://\S*)"
_PREFIX = lazy(
    r"(?P<legacy>10273)(?:/|%2f)"
    r"|(?P<handle>20\.500\.\d+)(?:/|%2f)"
    r"|(?P<doi>10\.\d{4,5})(?:/|%2f)"
    # What was meant as a prefix and is none: 10.273/, 1O.58052/, 10,58052/, 10.5805x/, 10.123456/
    r"|(?P<odd>[1Il|][0Oo][.,·][0-9A-Za-z.]{2,12}|1[Oo]273|10[.,]273)(?:/|%2f)"
    r"|(?P<other>[0-9]{2,}(?:\.[0-9A-Za-z]+)*)(?:/|%2f)",
    re.IGNORECASE | re.ASCII,
)
_DOI_PREFIX = lazy(r"10\.\d{4,5}", re.ASCII)
_DECIMAL = lazy(r"[+-]?\d+[.,]\d+", re.ASCII)
_CANONICAL = "https://doi.org/"
_CURIE = "igsn:"
_DIGITS = "0123456789"
_PERCENT = lazy(r"%[0-9A-Fa-f]{2}")


class Wrapper(NamedTuple):
    """A tag or resolver around an ID: what kind it is and where it stands in the text."""

    kind: WrapperKind
    start: int
    end: int


class Spelling(NamedTuple):
    """What stands where in a text that is meant to be an IGSN ID; nothing in it has been judged."""

    text: str
    wrappers: tuple[Wrapper, ...]
    prefix: str | None
    prefix_start: int
    suffix: str
    suffix_start: int

    @property
    def suffix_end(self) -> int:
        """The offset behind the suffix."""
        return self.suffix_start + len(self.suffix)

    @property
    def start(self) -> int:
        """The offset where the ID begins, its tag or resolver included."""
        if self.wrappers:
            return self.wrappers[0].start
        return self.prefix_start if self.prefix is not None else self.suffix_start

    @property
    def name_start(self) -> int:
        """The offset where the ID begins without tag and resolver."""
        return self.prefix_start if self.prefix is not None else self.suffix_start

    @property
    def doubled(self) -> Spelling | None:
        """The ID inside, where a tag, resolver or prefix stands before another one that makes it wrong; else None."""
        kinds = [wrapper.kind for wrapper in self.wrappers]
        for i, kind in enumerate(kinds[1:], 1):
            before = kinds[i - 1]
            if kind == before or before.endswith("-url") or (before != "igsn-tag" and not kind.endswith("-url")):
                return dissect(self.text[self.wrappers[i].start :], _at=self.wrappers[i].start, _text=self.text)
        if self.prefix is not None and self.suffix:
            inner = dissect(self.suffix, _at=self.suffix_start, _text=self.text)
            if any(w.kind != "other-url" for w in inner.wrappers) and inner.suffix:
                return inner
            if (
                inner.prefix is not None
                and inner.suffix
                and (inner.prefix == LEGACY_PREFIX or _DOI_PREFIX.fullmatch(inner.prefix))
            ):
                return inner
        return None

    @property
    def form(self) -> Form:
        """How the ID is written, by what stands outermost."""
        if self.wrappers:
            first = self.wrappers[0]
            if first.kind == "igsn-tag":
                glued = self.text[first.start : first.end].translate(_UPPER)
                return "curie" if glued in {"IGSN:", "URN:IGSN:"} else "tag"
            if first.kind.endswith("-url"):
                return "url"
            return "doi" if first.kind == "doi-tag" else "handle"
        if self.prefix is None:
            return "bare"
        return "doi" if self.prefix[:3] in {"10.", "10,"} else "handle"

    def has(self, kind: WrapperKind) -> bool:
        """Return whether a tag or resolver of this kind stands around the ID."""
        for wrapper in self.wrappers:  # noqa: SIM110  # any() with a generator takes three times as long
            if wrapper.kind == kind:
                return True
        return False


class NotAnIgsn(ValueError):
    """Why a text is no IGSN ID, and where.

    ``reason`` is one word for programs, ``start`` and ``end`` are offsets in ``text`` of what is wrong.
    """

    def __init__(self, reason: str, message: str, text: str, start: int, end: int) -> None:
        super().__init__(message)
        self.reason, self.message, self.text, self.start, self.end = reason, message, text, start, end


class Igsn(NamedTuple):
    """An IGSN ID.

    ``prefix`` is a DOI prefix (``10.60516``), a Handle prefix (``10273``) or None where only the code was written;
    ``suffix`` stands as it was written; ``form`` says how it was written and ``text`` is what was parsed.
    Two IDs are the same ID when their ``key`` is equal.
    """

    prefix: str | None
    suffix: str
    form: Form
    text: str

    @classmethod
    def parse(cls, text: str) -> Igsn:
        """Return the IGSN ID that ``text`` is, in any form that people write; white space around it is ignored.

        Raises NotAnIgsn with the reason and the offsets of what is wrong.
        """
        spelling = dissect(text)
        for refusal in _refusals(spelling):
            raise refusal
        return cls(spelling.prefix, spelling.suffix, spelling.form, text)

    @property
    def doi(self) -> str | None:
        """The DOI name ``PREFIX/SUFFIX`` as written, or None where no DOI prefix is known."""
        return f"{self.prefix}/{self.suffix}" if self.prefix and self.prefix.startswith("10.") else None

    @property
    def canonical(self) -> str | None:
        """The canonical form, the complete DOI URL in upper case, or None where no DOI prefix is known.

        Legacy Handles have none: their DOI prefix depends on who registered the sample again.
        """
        return f"https://doi.org/{upper(self.doi)}" if self.doi else None

    @property
    def preferred(self) -> str | None:
        """The preferred short form ``igsn:PREFIX/SUFFIX`` in upper case, or None where no DOI prefix is known."""
        return f"igsn:{upper(self.doi)}" if self.doi else None

    @property
    def alternate(self) -> str:
        """The alternate short form ``igsn:SUFFIX`` in upper case; it can stand for several samples."""
        return f"igsn:{upper(self.suffix)}"

    @property
    def key(self) -> str:
        """What makes two spellings the same ID: ``PREFIX/SUFFIX``, or the bare suffix, in ASCII upper case."""
        return upper(f"{self.prefix}/{self.suffix}" if self.prefix else self.suffix)

    @property
    def fold(self) -> str:
        """The suffix with what looks alike made equal: O and 0; I, L and 1; look-alikes of other scripts."""
        return fold(self.suffix)

    def same_sample(self, other: Igsn) -> bool:
        """Return whether both name one sample: equal keys, or equal suffixes where one side has no DOI prefix."""
        if self.doi and other.doi:
            return self.key == other.key
        return upper(self.suffix) == upper(other.suffix)


def upper(text: str) -> str:
    """Return ``text`` in ASCII upper case; other letters stay (``str.upper`` turns ``ı`` into I and ``ß`` into SS)."""
    return text.upper() if text.isascii() else text.translate(_UPPER)


@cache
def _to_ascii() -> dict[int, str]:
    table = {ord(k): v for k, v in facts.lookalikes().items()}
    table.update({ord(k): v for k, v in facts.dashes_and_slashes().items()})
    table.update({ord(c): "" for c in facts.invisible()})
    return table


def to_ascii(text: str) -> str:
    """Return ``text`` with look-alikes, typographic dashes and slashes as ASCII and without invisible characters."""
    return text if text.isascii() else text.translate(_to_ascii())


def mended(key: str) -> str:
    """Return the key of the ID that was meant: a damaged spelling has rules of its own, and is no other sample."""
    if key.isascii() and key[-1:].isalnum() and "%" not in key:
        return upper(key)
    if "%" in key:
        from urllib.parse import unquote

        key = unquote(key)
    ascii_ = upper(to_ascii(key))
    return ascii_[: len(ascii_) - trailing_punctuation(ascii_)]


def fold(text: str) -> str:
    """Return ``text`` with everything made equal that a reader may confuse: case, O and 0, I and L and 1."""
    # Several times as fast as a table.
    return upper(to_ascii(text)).replace("O", "0").replace("I", "1").replace("L", "1")


@cache
def _wrapper_pattern() -> re.Pattern[str]:
    landing = "|".join(pattern for pattern, _ in facts.landing_hosts())
    return re.compile(
        rf"(?P<doi_url>{_DOI_URL})|(?P<handle_url>{_HANDLE_URL})|(?P<igsn_url>{_IGSN_URL})"
        rf"|(?P<landing_url>{_SCHEME}?(?:{landing}))"
        rf"|(?P<igsn_tag>{_TAG})|(?P<doi_tag>{_DOI_TAG})|(?P<handle_tag>{_HANDLE_TAG})|(?P<other_url>{_OTHER_URL})",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1024)
def dissect(text: str, *, _at: int = 0, _text: str | None = None) -> Spelling:
    """Return what stands where in ``text``, which is meant to be one IGSN ID; white space around it is left out.

    Never raises: a text that is no ID gives a Spelling without prefix or suffix, or with an odd one.
    """
    end = len(text.rstrip())
    at = len(text) - len(text.lstrip())
    wrappers: list[Wrapper] = []
    # The canonical forms need no pattern.
    if at == 0 and text.startswith(_CANONICAL):
        at = len(_CANONICAL)
        wrappers.append(Wrapper("doi-url", _at, _at + at))
    elif at == 0 and text.startswith(_CURIE) and text[len(_CURIE) : len(_CURIE) + 1] in _DIGITS:
        at = len(_CURIE)
        wrappers.append(Wrapper("igsn-tag", _at, _at + at))
    pattern = _wrapper_pattern()
    # No tag and no resolver begins with a digit: most IDs in records do.
    while at < end and text[at] not in _DIGITS and (match := pattern.match(text, at, end)) and match.end() > at:
        kind: WrapperKind = str(match.lastgroup).replace("_", "-")  # type: ignore[assignment]  # group names are kinds
        wrappers.append(Wrapper(kind, _at + match.start(), _at + match.end()))
        at = match.end()
    prefix = None
    prefix_start = at
    if match := _PREFIX.match(text, at, end):
        prefix = match[match.lastgroup or 0]
        at = match.end()
    return Spelling(
        _text if _text is not None else text, tuple(wrappers), prefix, _at + prefix_start, text[at:end], _at + at
    )


def percent_escapes(text: str) -> list[re.Match[str]]:
    """Return the percent-encoded characters of ``text``."""
    return list(_PERCENT.finditer(text))


def trailing_punctuation(suffix: str) -> int:
    """Return how many characters at the end of ``suffix`` end a sentence or a bracket and not the ID."""
    end = len(suffix)
    pairs = {")": "(", "]": "[", "}": "{", ">": "<"}
    while end and suffix[end - 1] in TRAILING:
        opening = pairs.get(suffix[end - 1])
        if opening and suffix.count(opening, 0, end) >= suffix.count(suffix[end - 1], 0, end):
            break
        end -= 1
    return len(suffix) - end


def is_doi_prefix(prefix: str) -> bool:
    """Return whether ``prefix`` has the form that DataCite assigns: ``10.`` and four or five digits."""
    return _DOI_PREFIX.fullmatch(prefix) is not None


def is_test_handle(prefix: str) -> bool:
    """Return whether ``prefix`` is one of the Handle prefixes below which IGSN IDs were registered for tests."""
    return prefix.startswith("20.500.") and prefix in facts.prefixes()


def is_legacy(spelling: Spelling) -> bool:
    """Return whether the ID is written as a Handle of before 2023: below 10273, or at igsn.org without a DOI prefix."""
    return spelling.prefix == LEGACY_PREFIX or (spelling.prefix is None and spelling.has("igsn-url"))


def _refusals(s: Spelling) -> Iterator[NotAnIgsn]:
    """Yield why ``s`` is no IGSN ID, the gravest first."""

    def no(reason: str, message: str, start: int, end: int) -> NotAnIgsn:
        return NotAnIgsn(reason, message, s.text, start, end)

    whole = len(s.text) - len(s.text.lstrip()), len(s.text.rstrip())
    if not s.text.strip():
        yield no("empty", "there is no text", 0, len(s.text))
    if s.has("other-url"):
        yield no(
            "unknown-resolver", "the URL is neither doi.org, igsn.org, hdl.handle.net nor a known landing page", *whole
        )
    if (inner := s.doubled) is not None:
        yield no("doubled", "a tag, resolver or prefix stands twice", s.start, inner.start)
    if (
        s.prefix is not None
        and s.prefix != LEGACY_PREFIX
        and not is_doi_prefix(s.prefix)
        and not is_test_handle(s.prefix)
    ):
        at = s.prefix_start, s.prefix_start + len(s.prefix)
        if s.prefix[:1] in "1Il|" and s.prefix[1:2] in "0Oo" and not s.prefix.isdigit():
            yield no(
                "malformed-prefix", "a DOI prefix is 10. and four or five digits (the old Handle prefix is 10273)", *at
            )
        else:
            yield no("foreign-handle", "a Handle of another prefix than 10273 is no IGSN ID", *at)
    if not s.suffix or s.suffix.strip(TRAILING + "/-_") == "":
        yield no(
            "missing-suffix", "nothing stands behind the prefix", s.suffix_start, max(s.suffix_end, s.suffix_start)
        )
    if s.suffix_end - s.name_start > MAX_LENGTH:
        yield no("too-long", f"the ID is longer than {MAX_LENGTH} characters", s.name_start, s.suffix_end)
    yield from _suffix_refusals(s, no)


def _suffix_refusals(s: Spelling, no: Callable[[str, str, int, int], NotAnIgsn]) -> Iterator[NotAnIgsn]:
    """Yield what is wrong with the suffix of ``s``, or with its missing prefix."""
    for i, c in enumerate(s.suffix, s.suffix_start):
        if c.isspace():
            yield no("white-space", "white space inside the ID", i, i + 1)
        elif c in facts.invisible() or ord(c) < 32 or ord(c) == 127:
            yield no("invisible-character", f"an invisible character (U+{ord(c):04X}) inside the ID", i, i + 1)
        elif not c.isascii():
            hint = _to_ascii().get(ord(c))
            like = f" that looks like {hint}" if hint else ""
            yield no("non-ascii", f"a character outside ASCII (U+{ord(c):04X}){like}", i, i + 1)
        elif c in OUTSIDE_RFC3986:
            yield no("forbidden-character", f"the character {c} may not stand in a URI", i, i + 1)
        elif c in "?#":
            yield no(
                "query-or-fragment",
                f"{c} begins a query or fragment: a URL with it does not lead to the sample",
                i,
                i + 1,
            )
    for escape in percent_escapes(s.suffix):
        yield no(
            "percent-encoded",
            "percent-encoded characters are not allowed",
            s.suffix_start + escape.start(),
            s.suffix_start + escape.end(),
        )
    if count := trailing_punctuation(s.suffix):
        yield no("trailing-punctuation", "punctuation behind the ID", s.suffix_end - count, s.suffix_end)
    if s.prefix is None:
        at = s.suffix_start, s.suffix_end
        if s.has("doi-tag") or s.has("doi-url"):
            yield no("missing-prefix", "a DOI has a prefix (10.NNNN/) before its suffix", *at)
        elif s.has("handle-tag") or s.has("handle-url"):
            yield no("missing-prefix", "a Handle has a prefix (10273/) before its code", *at)
        elif not s.wrappers and _DECIMAL.fullmatch(s.suffix) and not is_doi_prefix(s.suffix):
            yield no("a-decimal", "a number with decimals is no code of a sample", *at)
        elif is_doi_prefix(s.suffix):
            yield no("missing-prefix", "it is a prefix alone, without the suffix of a sample", *at)
        elif "/" in s.suffix:
            yield no("missing-prefix", "the part before the slash is neither a DOI prefix nor 10273", *at)
        elif not any(c.isdigit() for c in s.suffix):
            yield no("a-word", "a code without any digit can not be told from a word", *at)
        elif not s.wrappers and (s.suffix.isdigit() or len(s.suffix) < 4):
            yield no("a-number", "a short code or bare number needs a tag or a prefix before it", *at)
