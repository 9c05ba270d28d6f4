"""What the checks of a collection share: which IDs are confirmed, which names mean one sample, what looks alike."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from igsn_lint.identifier import LEGACY_PREFIX, fold
from igsn_lint.samples import mapped_prefix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.model import Collection, Settings, Trace

SERIAL = 5
"""So many IDs that share all before a character are a serial: neighbours in it may look alike."""

_ALIKE = {"O": "0", "0": "O", "I": "1L", "L": "1I", "1": "IL"}
_OTHER_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"


def split(key: str) -> tuple[str, str]:
    """Return the prefix (empty where there is none) and the suffix of a key."""
    head, slash, tail = key.partition("/")
    if tail and head.startswith("10."):
        return head, tail
    return (head, tail) if slash and (head == LEGACY_PREFIX or (head[:1].isdigit() and "." in head)) else ("", key)


def is_doi(prefix: str) -> bool:
    """Return whether the prefix of a key is one of a DOI."""
    return prefix.startswith("10.")


def namespace(suffix: str) -> str:
    """Return the letters that a suffix begins with."""
    return suffix[: len(suffix) - len(suffix.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]


def alike(suffix: str) -> Iterator[tuple[str, int]]:
    """Yield the suffixes that differ in one character that looks alike (O/0, I/L/1), each with its offset."""
    for i, character in enumerate(suffix):
        for other in _ALIKE.get(character, ""):
            yield suffix[:i] + other + suffix[i + 1 :], i


def zero_more_or_less(suffix: str) -> Iterator[str]:
    """Yield the suffixes with one zero more or less inside; at the end it would be another number."""
    body = suffix.rstrip("0")
    for i, character in enumerate(body):
        if character == "0" and body[i - 1 : i] != "0":
            yield suffix[:i] + suffix[i + 1 :]
        if i and body[i - 1] != "0":
            yield suffix[:i] + "0" + suffix[i:]


class Suffixes:
    """Suffixes in order, asked which of them begin alike."""

    def __init__(self, suffixes: Iterable[str]) -> None:
        self._sorted = sorted(suffixes)

    def count(self, stem: str) -> int:
        """Return how many begin with ``stem``."""
        return bisect_left(self._sorted, stem + "\uffff") - bisect_left(self._sorted, stem)

    def is_serial(self, stem: str) -> bool:
        """Return whether so many begin with ``stem`` that what follows counts."""
        return self.count(stem) >= SERIAL

    def has_letters_behind(self, stem: str) -> bool:
        """Return whether letters that look like no digit follow ``stem``: what follows then counts in letters too."""
        return any(self.count(stem + letter) for letter in _OTHER_LETTERS)


class Confirmed:
    """The IDs that records declare, tables list, or the user knows."""

    def __init__(self, collection: Collection, settings: Settings) -> None:
        self._prefixes: dict[str, tuple[str, ...]] = {}
        self._traces: dict[str, Trace] = {}
        self._settings = settings
        samples = (trace for trace in collection.records if trace.role == "sample")
        listed = (trace for trace in collection.cited if trace.role == "listed")
        for traces in (samples, listed):
            for trace in traces:
                self._add(trace.key, trace)
        for key in settings.known_ids.keys if settings.known_ids else ():
            self._add(key, None)

    def _add(self, key: str, trace: Trace | None) -> None:
        prefix, suffix = split(key)
        prefixes = self._prefixes.get(suffix, ())
        if prefix not in prefixes:
            self._prefixes[suffix] = (*prefixes, prefix)
            if trace is not None:
                self._traces[key] = trace

    def __bool__(self) -> bool:
        return bool(self._prefixes)

    def find(self, prefix: str, suffix: str) -> str | None:
        """Return the key of the confirmed ID that means the same sample as this prefix and suffix, or None."""
        prefixes = self._prefixes.get(suffix)
        if prefixes is None:
            return None
        if prefix in prefixes:
            return f"{prefix}/{suffix}" if prefix else suffix
        if not is_doi(prefix):
            return _joined(prefixes[0], suffix)
        without = next((other for other in prefixes if not is_doi(other)), None)
        return None if without is None else _joined(without, suffix)

    def has(self, key: str) -> bool:
        """Return whether the sample that a key names is confirmed."""
        return key in self._traces or self.find(*split(key)) is not None

    def trace(self, key: str) -> Trace | None:
        """Return where a confirmed ID is declared or listed first; None where it is only known."""
        return self._traces.get(key)

    def resolve(self, key: str) -> str:
        """Return one key for all names of a sample: a code without DOI prefix gets that of the only DOI with it."""
        if is_doi(key) and "/" in key:
            return key
        _, suffix = split(key)
        mapped = mapped_prefix(suffix, self._settings)
        dois = [mapped] if mapped else [other for other in self._prefixes.get(suffix, ()) if is_doi(other)]
        return f"{dois[0]}/{suffix}" if len(dois) == 1 else suffix

    @cached_property
    def _skeletons(self) -> set[str]:
        return {_skeleton(suffix) for suffix in self._prefixes}

    @cached_property
    def _suffixes(self) -> Suffixes:
        return Suffixes(self._prefixes)

    @cached_property
    def _lengths(self) -> set[tuple[str, int]]:
        return {(namespace(suffix), len(suffix)) for suffix in self._prefixes}

    def near(self, key: str) -> str | None:
        """Return the key of a confirmed ID that differs from this one by a character that looks alike or by one zero.

        None inside a serial whose place counts in letters too, and where the series has IDs of this length.
        """
        prefix, suffix = split(key)
        if _skeleton(suffix) not in self._skeletons:
            return None
        for other, i in alike(suffix):
            if (found := self.find(prefix, other)) is not None and not (
                self._suffixes.is_serial(suffix[:i]) and self._suffixes.has_letters_behind(suffix[:i])
            ):
                return found
        if (namespace(suffix), len(suffix)) in self._lengths:
            return None
        return next((found for other in zero_more_or_less(suffix) if (found := self.find(prefix, other))), None)


def _joined(prefix: str, suffix: str) -> str:
    return f"{prefix}/{suffix}" if prefix else suffix


def _skeleton(suffix: str) -> str:
    """Return what is left of a suffix where look-alikes are one and zeros are left out."""
    return fold(suffix).replace("0", "")


def confirmed(collection: Collection, settings: Settings) -> Confirmed:
    """Return the confirmed IDs of a collection; they are gathered once."""
    found: Confirmed | None = collection.memo.get(Confirmed)
    if found is None:
        found = collection.memo[Confirmed] = Confirmed(collection, settings)
    return found
