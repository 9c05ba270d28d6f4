"""Series: which further codes belong to the IDs of a text: numbered like them, or pieces of their samples."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from igsn_lint.identifier import upper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igsn_lint.model import Mention

_LONGEST_SERIAL = 4
_MOST_SERIES = 20

_NAMESPACE = 5
_LONG = 8
_VERY_LONG = 12
_PIECE = 4


class Series:
    """The series of Mentions that are no properties of records; further IDs of it often stand bare in running text.

    IGSN IERSK0041 to IERSK0060 … IERSK0044 was lost. Or: IGSN CDR00FSH2B4L1 … archive half: CDR00FSH2B4L1A.
    ``stems`` are what all bare ones begin with.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        in_text: set[str] = set()
        samples: set[str] = set()
        for mention in mentions:
            samples.add(mention.sample)
            if not mention.segment.cell:
                in_text.add(mention.sample)
        self._numbered = self._of_numbers(in_text)
        self._kin = self._of_beginnings(samples)
        self._lengths = {begin: set(map(len, alike)) for begin, alike in self._kin.items()}
        self.stems = {stem for stem, _ in self._numbered} | set(self._kin)

    @staticmethod
    def _of_numbers(samples: Iterable[str]) -> set[tuple[str, int]]:
        """Return what two IDs share, and how many digits follow."""
        members: dict[tuple[str, int], set[str]] = {}
        for sample in samples:
            stem = sample.rstrip("0123456789")
            stem = sample[: max(len(stem), len(sample) - _LONGEST_SERIAL)]
            digits = len(sample) - len(stem)
            if (
                digits >= 2
                and len(stem) >= 5
                and stem.isascii()
                and stem.isalnum()
                and sum(map(str.isalpha, stem)) >= 2
            ):
                members.setdefault((stem, digits), set()).add(sample)
        found = {series for series, alike in members.items() if len(alike) >= 2}
        if len(found) > _MOST_SERIES:
            return set()
        # A long one has its neighbours, also where it stands alone.
        alone = {(sample[:-2], 2) for sample in samples if _is_numbered(sample)}
        return found | alone if len(found | alone) <= _MOST_SERIES else found

    @staticmethod
    def _of_beginnings(samples: Iterable[str]) -> dict[str, set[str]]:
        """Return the long IDs with letters enough in their beginning, by that, where there are two."""
        members: dict[str, set[str]] = {}
        for sample in samples:
            begin = sample[:_NAMESPACE]
            if len(sample) >= _LONG and sample.isascii() and sample.isalnum() and sum(map(str.isalpha, begin)) >= 3:
                members.setdefault(begin, set()).add(sample)
        found = {begin: alike for begin, alike in members.items() if len(alike) >= 2}
        return found if len(found) <= _MOST_SERIES else {}

    def holds(self, token: str, *, within: Literal["text", "code", "comment"]) -> bool:
        """Return whether a token is an ID of one of the series; in program text it has to look more like one."""
        sample = upper(token)
        if any(
            len(sample) == len(stem) + digits and sample.startswith(stem) and sample[len(stem) :].isdigit()
            for stem, digits in self._numbered
        ):
            return True
        alike = self._kin.get(sample[:_NAMESPACE]) if within != "comment" else None
        if alike is None or token[:-1] != sample[:-1] or not sample.isalnum() or sum(map(str.isdigit, sample)) < 2:
            return False
        if len(sample) in self._lengths[sample[:_NAMESPACE]]:
            return True
        # Pieces of a sample often get its ID and a letter or a number more.
        return (
            within == "text"
            and len(sample) >= _LONG
            and (sample in self._wholes or not alike.isdisjoint(_shortened(sample)))
        )

    def is_like(self, token: str) -> bool:
        """Return whether a token by itself is as long as IDs that begin like it, and in capitals as they are."""
        alike = token.isascii() and token.isalnum() and token.isupper()
        return alike and len(token) in self._lengths.get(token[:_NAMESPACE], ())

    @cached_property
    def _wholes(self) -> set[str]:
        """What the IDs with letters enough may be pieces of."""
        return {whole for alike in self._kin.values() for piece in alike for whole in _shortened(piece)}


def _is_numbered(sample: str) -> bool:
    """Return whether an ID is long, begins with letters and ends with a number."""
    return (
        len(sample) >= _VERY_LONG
        and sample[:2].isalpha()
        and sample[-3:].isdigit()
        and sample.isalnum()
        and sample.isascii()
    )


def _shortened(sample: str) -> list[str]:
    """Return what a sample is called of which this one may be a piece."""
    return [sample[:-cut] for cut in range(1, _PIECE + 1)]


NO_SERIES = Series(())
