"""IL2: what only shows in all IDs of a document together."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from igsn_lint.checks._plain import names_one_record
from igsn_lint.identifier import fold, upper
from igsn_lint.model import Breach, Context, Document, Mention, Related, check
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SERIAL = 5
"""So many IDs that share a beginning are a series, in which neighbours look alike."""

_MOST_ZEROS = 12
_LONGEST = 100


@check("IL212", Document, unless=(names_one_record,))
def mixed_case_variants(document: Document, context: Context) -> Iterator[Breach]:
    """Report IDs that are written in several ways that differ in case only."""
    # Data that is no text to read (JSON, tables) has cases of its own for keys, addresses and labels.
    manuscript = document.has_links or document.format == "text"
    for mentions in (_shown(context) if manuscript else (), _declared(context)):
        by_sample: dict[str, list[Mention]] = {}
        for mention in mentions:
            by_sample.setdefault(mention.sample, []).append(mention)
        for same in by_sample.values():
            if len({mention.suffix for mention in same}) == 1:
                continue
            written = Counter(mention.suffix for mention in same)
            usual = max(written, key=lambda text: (written[text], text == upper(text), text))
            known = next(mention for mention in same if mention.suffix == usual)
            seen = {usual}
            for mention in same:
                if mention.suffix in seen:
                    continue
                seen.add(mention.suffix)
                start, end = mention.spelling.suffix_start, mention.spelling.suffix_end
                message = f'the ID is written "{mention.suffix}" here and "{usual}" elsewhere'
                fix = usual if mention.spelling.suffix == mention.suffix else None
                breach = mention.breach(message, start, end, fix=fix)
                yield breach._replace(related=(Related(f'written "{usual}"', known.place()),))


def _shown(context: Context) -> Iterator[Mention]:
    """Yield the IDs that the document shows to readers."""
    for mention in context.mentions:
        if mention.role == "cited" and mention.state == "plain" and not mention.code and mention.suffix:
            yield mention


def _declared(context: Context) -> Iterator[Mention]:
    """Yield the IDs that records declare as their own; what DataCite exported is in lower case by design."""
    for mention in context.mentions:
        if mention.slot == "identifier" and mention.record is not None and not mention.record.api_export:
            yield mention


@check("IL213", Document, unless=(names_one_record,))
def near_duplicate(document: Document, context: Context) -> Iterator[Breach]:
    """Report an ID that is cited once and differs from another one by a look-alike character or an inserted zero."""
    first: dict[str, Mention] = {}
    counts: Counter[str] = Counter()
    for mention in _shown(context):
        first.setdefault(mention.sample, mention)
        counts[mention.sample] += 1
    samples = [sample for sample in first if len(sample) <= _LONGEST]
    if len(samples) < 2:
        return
    order = {sample: i for i, sample in enumerate(samples)}
    in_order = sorted(samples)
    told: set[str] = set()
    for one, other, at in (*_alike(samples), *_longer(samples)):
        if min(counts[one], counts[other]) > 1 or _begin(in_order, one[:at]) >= _SERIAL:
            continue
        # What is cited more often, else what stands first, is taken for the right one.
        usual, rare = sorted((one, other), key=lambda sample: (-counts[sample], order[sample]))
        mine, known = first[rare], first[usual]
        elsewhere = mine.doi_prefix and known.doi_prefix and mine.doi_prefix != known.doi_prefix
        if rare in told or elsewhere or _are_known(mine, known, context):
            continue
        told.add(rare)
        spelling = mine.spelling
        message = f'"{rare}" is cited once and differs from "{usual}" by {_difference(rare, usual, at)}'
        breach = mine.breach(message, spelling.suffix_start, spelling.suffix_end)
        yield breach._replace(related=(Related(f'"{usual}"', known.place()),))


def _are_known(one: Mention, other: Mention, context: Context) -> bool:
    """Return whether the user says of both that they exist: then neither is a slip of the pen."""
    known = context.settings.known_ids
    return bool(known) and {one.key, other.key} <= known.keys


def _begin(in_order: list[str], beginning: str) -> int:
    """Return how many of the sorted texts begin so."""
    return bisect_left(in_order, beginning + "\U0010ffff") - bisect_left(in_order, beginning)


def _difference(rare: str, usual: str, at: int) -> str:
    if len(rare) == len(usual):
        return f'"{rare[at]}" for "{usual[at]}"'
    return "one zero"


def _alike(samples: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Yield pairs that differ in one character only, and there by one that looks alike; and where."""
    folded: dict[str, list[str]] = {}
    for sample in samples:
        folded.setdefault(fold(sample), []).append(sample)
    for same in folded.values():
        for i, one in enumerate(same[:_SERIAL]):
            for other in same[i + 1 : _SERIAL + 1]:
                differing = [k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
                # A look-alike of another script is IL105's, a dash of the typesetter's IL106's.
                if len(one) == len(other) and len(differing) == 1 and one.isascii() and other.isascii():
                    yield one, other, differing[0]


def _longer(samples: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield pairs of which one has a zero more, where all others of their series have one length; and where."""
    known = set(samples)
    lengths: dict[str, Counter[int]] = {}
    for sample in samples:
        for run in itertools.islice(_ZEROS.finditer(sample), _MOST_ZEROS):
            shorter = sample[: run.start()] + sample[run.start() + 1 :]
            if shorter not in known or _stem(shorter) != _stem(sample):
                continue
            if not lengths:
                for one in samples:
                    lengths.setdefault(_stem(one), Counter())[len(one)] += 1
            others = lengths[_stem(sample)] - Counter([len(sample), len(shorter)])
            if len(others) <= 1 and set(others) <= {len(sample), len(shorter)}:
                yield sample, shorter, run.start()


_ZEROS = lazy("0+")
_STEM = lazy("[A-Z]*")


def _stem(sample: str) -> str:
    match = _STEM.match(sample)
    return match[0] if match else ""


_CALLED = lazy(r"(?<![\w/.@])igsns?(?![A-Za-z])", re.IGNORECASE)


@check("IL217", Document)
def never_called_igsn(document: Document, context: Context) -> Iterator[Breach]:
    """Report a document that links DOIs of samples and says nowhere what they are."""
    if not document.has_links:
        return
    linked = next(
        (
            mention
            for mention in context.mentions
            if context.settings.holds(mention.doi_prefix) == "samples"
            and mention.state == "plain"
            and (mention.role == "target" or mention.link is not None)
        ),
        None,
    )
    if linked is None or any(mention.tagged for mention in context.mentions):
        return
    for part in document.parts():
        for _ in part.segments(lambda text, label: _CALLED.search(text) is not None):
            return
    message = f'the document links samples, as "{linked.key}", and never says IGSN'
    yield Breach(linked.place(), message, mention=linked)
