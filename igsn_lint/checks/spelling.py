"""IL1: how the identifier is spelled.

A placeholder is no spelling: only IL119 speaks of it. Words in place of an ID are none, either: they are IL101's.
Rules about choosing characters look at declared IDs only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._plain import of_a_sample
from igsn_lint.checks._values import hidden_before
from igsn_lint.codes import closes_brackets, is_expression
from igsn_lint.identifier import (
    LEGACY_PREFIX,
    MAX_LENGTH,
    OUTSIDE_RFC3986,
    REFUSED_BY_DATACITE,
    TRAILING,
    Igsn,
    NotAnIgsn,
    is_doi_prefix,
    percent_escapes,
    to_ascii,
    trailing_punctuation,
    upper,
)
from igsn_lint.model import Breach, Context, Edit, Mention, check
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER_IN_A_URI = frozenset(OUTSIDE_RFC3986) | {chr(n) for n in (*range(9), *range(14, 32), 127)}
_DISCOURAGED = "._~;:()*$=/"
_SPACES = " \t\n\u00a0"
_GENERATED = lazy(r"[a-z0-9]{4}-[a-z0-9]{4}")
_MENDED = str.maketrans("OoIl|,·", "00111..")


def _characters(mention: Mention, wanted: str | frozenset[str] | set[str]) -> Iterator[int]:
    """Yield the offsets of the suffix's characters that are among ``wanted``; trailing punctuation is left out."""
    spelling = mention.spelling
    end = len(spelling.suffix) - trailing_punctuation(spelling.suffix)
    for i, character in enumerate(spelling.suffix[:end], spelling.suffix_start):
        if character in wanted:
            yield i


def _listed(mention: Mention, offsets: list[int]) -> str:
    """Return the characters at the offsets, each once, for a message."""
    text = mention.spelling.text
    return " ".join(dict.fromkeys(text[i] for i in offsets))


_NO_FORM = {"unknown-resolver", "foreign-handle", "missing-prefix", "a-decimal"}


@check("IL101", Mention, odd_only=True)
def malformed_identifier(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report values in a labelled field, column, alternate identifier or legacy record that are no form of an ID."""
    legacy = mention.record is not None and mention.record.kind == "legacy"
    if (mention.slot not in {"field", "alternateIdentifier"} and not legacy) or mention.state == "placeholder":
        return
    try:
        Igsn.parse(mention.raw)
    except NotAnIgsn as error:
        sentence = mention.is_sentence
        word = error.reason == "a-word" and mention.suffix.islower()
        if sentence or word or error.reason in _NO_FORM:
            message = "it is a sentence and no code" if sentence else error.message
            yield mention.breach(f'"{mention.raw}" is no IGSN ID: {message}')


@check("IL102", Mention, odd_only=True)
def malformed_prefix(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report prefixes that were meant as a DOI prefix or 10273 and are neither."""
    spelling = mention.spelling
    prefix = spelling.prefix
    if prefix is None or prefix == LEGACY_PREFIX or is_doi_prefix(prefix):
        return
    mended = prefix.translate(_MENDED)
    if mended in {"10.273", LEGACY_PREFIX}:
        mended = LEGACY_PREFIX
    elif prefix[:2].translate(_MENDED) != "10" or prefix.isdigit():
        return
    good = mended == LEGACY_PREFIX or is_doi_prefix(mended)
    yield mention.breach(
        f'"{prefix}" is no DOI prefix (10. and four or five digits) and not {LEGACY_PREFIX}',
        spelling.prefix_start,
        spelling.prefix_start + len(prefix),
        fix=mended if good else None,
    )


@check("IL103", Mention, odd_only=True)
def missing_suffix(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report prefixes, tags and resolvers with nothing behind them."""
    spelling = mention.spelling
    if spelling.has("other-url"):
        return
    if (spelling.prefix is not None or spelling.wrappers) and not spelling.suffix.strip(TRAILING + "/-_"):
        yield mention.breach(f'nothing stands behind "{spelling.text[spelling.start : spelling.suffix_start].strip()}"')


@check("IL104", Mention, odd_only=True)
def non_ascii_character(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report letters outside ASCII that look like no ASCII letter."""
    if mention.raw.isascii() or mention.is_sentence:
        return
    known = {*facts.lookalikes(), *facts.dashes_and_slashes(), *facts.invisible()}
    spelling = mention.spelling
    for i, c in enumerate(spelling.suffix, spelling.suffix_start):
        if not c.isascii() and c not in known and not c.isspace():
            yield mention.breach(f'the character "{c}" (U+{ord(c):04X}) is not ASCII', i, i + 1)
            return


def _replaced(mention: Mention, table: dict[str, str]) -> tuple[list[int], tuple[tuple[int, str], ...]]:
    """Return the offsets of a name's characters that the table has, and what to put there."""
    spelling = mention.spelling
    start = spelling.name_start
    offsets = [i for i in range(start, spelling.suffix_end) if spelling.text[i] in table]
    return offsets, tuple((i, table[spelling.text[i]]) for i in offsets)


def _respelled(mention: Mention, message: str, changes: tuple[tuple[int, str], ...], *, safe: bool) -> Breach:
    """Return one Breach over all characters to change."""
    first, last = changes[0][0], changes[-1][0] + 1
    edits = tuple(Edit(mention.place(i, i + 1), text, safe) for i, text in changes)
    return mention.breach(message, first, last)._replace(edits=edits)


@check("IL105", Mention, odd_only=True)
def lookalike_character(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report letters and digits of other scripts that look like ASCII."""
    if mention.raw.isascii() or mention.is_sentence:
        return
    offsets, changes = _replaced(mention, facts.lookalikes())
    if changes:
        found = ", ".join(f"U+{ord(mention.spelling.text[i]):04X} for {text}" for i, text in changes)
        yield _respelled(mention, f'"{_listed(mention, offsets)}" only looks like ASCII ({found})', changes, safe=False)


@check("IL106", Mention, odd_only=True)
def typographic_dash_or_slash(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report typographic dashes and slashes inside an ID."""
    if mention.raw.isascii() or mention.is_sentence:
        return
    offsets, changes = _replaced(mention, facts.dashes_and_slashes())
    if changes:
        repaired = upper(to_ascii(mention.suffix))
        stands = context.stands(repaired)
        points = " ".join(f"U+{ord(mention.spelling.text[i]):04X}" for i in offsets)
        yield _respelled(
            mention, f'a typographic "{_listed(mention, offsets)}" ({points}) inside the ID', changes, safe=stands
        )


@check("IL107", Mention, odd_only=True)
def invisible_character(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report characters that print nothing inside an ID, or between it and its tag or resolver."""
    if hidden := hidden_before(mention):
        points = " ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in mention.segment.text[: mention.start][-hidden:]))
        message = f'an invisible character "{points}" between the ID and what stands before it'
        yield mention.breach(message, -hidden, 0, fix="", safe=True)
    if mention.raw.isascii() or mention.is_sentence:
        return
    offsets, changes = _replaced(mention, dict.fromkeys(facts.invisible(), ""))
    if changes:
        points = " ".join(dict.fromkeys(f"U+{ord(mention.spelling.text[i]):04X}" for i in offsets))
        yield _respelled(mention, f'an invisible character "{points}" inside the ID', changes, safe=True)


@check("IL108", Mention, odd_only=True)
def whitespace_in_identifier(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report white space inside an ID."""
    spelling = mention.spelling
    start = spelling.name_start
    name = spelling.text[start : spelling.suffix_end]
    rest = _rest_of_target(mention)
    if not any(c.isdigit() for c in spelling.suffix + rest) or mention.is_sentence:
        return
    gaps = [match.span() for match in re.finditer(r"\s+", name.rstrip(TRAILING + _SPACES))]
    if mention.segment.laid:
        # The lines of a page are broken by a program, also inside an ID.
        gaps = [(a, b) for a, b in gaps if "\n" not in name[a:b]]
    if not gaps and (gap := re.match(r"\s+(?=\S)", rest)):
        gaps = [(len(name), len(name) + gap.end())]
    if gaps:
        edits = tuple(Edit(mention.place(start + a, start + b), "", safe=False) for a, b in gaps)
        if any(name[a - 1 : a] in {",", ";", ":"} for a, _ in gaps):
            # What follows a comma is rather another thing than the rest of the ID.
            edits = ()
        first = gaps[0]
        yield mention.breach("white space inside the ID", start + first[0], start + first[1])._replace(edits=edits)


@check("IL109", Mention, odd_only=True)
def percent_encoded(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report percent-encoded characters in an ID or its doi.org URL."""
    spelling = mention.spelling
    if spelling.has("landing-url") or "%" not in spelling.text or mention.is_sentence or _in_other_url(mention):
        return
    start = spelling.name_start
    name = spelling.text[start : spelling.suffix_end]
    escapes = percent_escapes(name)
    if not escapes:
        return
    from urllib.parse import unquote

    decoded = unquote(name, errors="replace")
    if mention.role == "target" and not closes_brackets(decoded):
        # A link in Markdown would end at such a bracket.
        return
    allowed = decoded.isascii() and not any(
        c.isspace() or c in OUTSIDE_RFC3986 or c in REFUSED_BY_DATACITE or c == "%" for c in decoded
    )
    breach = mention.breach(
        f'"{escapes[0][0]}" is percent-encoded', start + escapes[0].start(), start + escapes[0].end()
    )
    if allowed:
        breach = breach._replace(edits=(Edit(mention.place(start, spelling.suffix_end), decoded, safe=True),))
    yield breach


def _in_other_url(mention: Mention) -> bool:
    """Return whether the ID is part of a URL of another host, which may have to encode it."""
    before = mention.segment.text[max(0, mention.start - 300) : mention.start]
    return re.search(r"://[^\s<>\"]*\Z", before) is not None


@check("IL110", Mention, odd_only=True)
def character_outside_rfc3986(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report characters that no URI may hold."""
    if mention.state == "placeholder" or mention.is_sentence:
        return
    if offsets := list(_characters(mention, _NEVER_IN_A_URI)):
        shown = " ".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in _listed(mention, offsets).split(" "))
        yield mention.breach(f'a URI can not hold "{shown}"', offsets[0], offsets[0] + 1)


@check("IL111", Mention, odd_only=True)
def character_refused_by_datacite(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report characters that DataCite refuses when the DOI is created; Handles of before 2023 may have them."""
    if mention.state == "placeholder" or mention.is_legacy or mention.spelling.has("landing-url"):
        return
    if mention.is_sentence:
        return
    if offsets := list(_characters(mention, REFUSED_BY_DATACITE)):
        yield mention.breach(f'DataCite refuses "{_listed(mention, offsets)}" in a DOI', offsets[0], offsets[0] + 1)


@check("IL112", Mention, odd_only=True, roles=("declared",))
def discouraged_character(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report characters that DataCite takes and advises against."""
    if mention.role == "declared" and mention.slot == "identifier" and mention.state == "plain":
        offsets = list(_characters(mention, _DISCOURAGED))
        if offsets:
            yield mention.breach(
                f'DataCite advises against "{_listed(mention, offsets)}" in a suffix', offsets[0], offsets[0] + 1
            )


@check("IL113", Mention, roles=("declared",))
def confusable_letter(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report the letters I, O and l in the free part of a declared suffix."""
    if mention.role != "declared" or mention.slot != "identifier" or mention.state == "placeholder":
        return
    suffix = mention.spelling.suffix
    if not ("I" in suffix or "O" in suffix or "l" in suffix):
        return
    free = _free_part(suffix)
    offsets = [mention.spelling.suffix_start + i for i in range(free, len(suffix)) if suffix[i] in "IOl"]
    if offsets:
        yield mention.breach(f'"{_listed(mention, offsets)}" can be mistaken for a digit', offsets[0], offsets[0] + 1)


def _free_part(suffix: str) -> int:
    """Return where the part of a suffix begins that its registrant chooses: behind the namespace or leading letters."""
    known = facts.namespaces()
    code = upper(suffix)
    for length in range(min(len(code), facts.longest_namespace()), 1, -1):
        if code[:length] in known:
            return length
    return next((i for i, c in enumerate(code) if not c.isalpha()), len(code))


@check("IL114", Mention, roles=("declared",))
def lower_case(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report lower-case letters in a declared suffix; exports of DataCite write all IDs in lower case."""
    spelling = mention.spelling
    if mention.role != "declared" or mention.slot != "identifier" or mention.state == "placeholder":
        return
    if mention.record is not None and mention.record.api_export:
        return
    if spelling.suffix != upper(spelling.suffix) and not _GENERATED.fullmatch(spelling.suffix):
        yield mention.breach(
            f'"{spelling.suffix}" has lower-case letters',
            spelling.suffix_start,
            spelling.suffix_end,
            fix=upper(spelling.suffix),
        )


@check("IL115", Mention, odd_only=True)
def over_255_characters(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report DOIs that are longer than DataCite accepts."""
    spelling = mention.spelling
    length = spelling.suffix_end - spelling.name_start
    if length > MAX_LENGTH:
        yield mention.breach(f'the ID has "{length}" characters, more than {MAX_LENGTH}')


@check("IL116", Mention, roles=("declared",))
def long_suffix(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report declared suffixes that are hard to type because of their length."""
    length = len(mention.suffix)
    limit = context.settings.long_suffix
    if mention.role == "declared" and mention.slot == "identifier" and limit < length <= MAX_LENGTH:
        spelling = mention.spelling
        yield mention.breach(
            f'the suffix has "{length}" characters, more than {limit}', spelling.suffix_start, spelling.suffix_end
        )


@check("IL117", Mention, odd_only=True)
def trailing_punctuation_taken_in(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report punctuation at the end of an ID in a field or a link target."""
    spelling = mention.spelling
    if mention.is_sentence:
        return
    count = trailing_punctuation(spelling.suffix)
    if (
        count
        and count < len(spelling.suffix)
        and (mention.slot or mention.role == "target")
        and mention.state != "placeholder"
    ):
        end = spelling.suffix_end
        yield mention.breach(f'"{spelling.suffix[-count:]}" behind the ID', end - count, end, fix="", safe=True)
    elif mention.state != "placeholder" and (left_over := _left_over(mention)):
        end = spelling.suffix_end
        yield mention.breach(f'"{left_over}" behind the ID', end, end + len(left_over), fix="", safe=True)


def _left_over(mention: Mention) -> str:
    """Return the punctuation between an ID and the end of its link target; the finder takes it off the ID."""
    rest = _rest_of_target(mention)
    return "" if rest.strip(TRAILING) else rest


def _rest_of_target(mention: Mention) -> str:
    """Return what stands between an ID and the end of the link target in which it stands."""
    link = mention.link
    if mention.role != "target" or link is None or link.target_start is None:
        return ""
    return mention.segment.text[mention.end : link.target_start + len(link.target)]


@check("IL118", Mention, odd_only=True)
def doubled_prefix(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report tags, resolvers and prefixes that stand twice."""
    spelling = mention.spelling
    inner = spelling.doubled
    if inner is None:
        return
    outer = spelling.text[spelling.start : inner.start]
    message = f'"{outer}" stands before an ID that is complete without it'
    if spelling.prefix is None or inner.start < spelling.prefix_start:
        # The same tag or resolver again: leaving one out can not change what is named.
        again = inner.wrappers[0].kind if inner.wrappers else None
        safe = any(wrapper.kind == again for wrapper in spelling.wrappers if wrapper.start < inner.start)
        edit = Edit(mention.place(spelling.start, inner.start), "", safe)
    elif inner.prefix is not None and is_doi_prefix(inner.prefix):
        # One tag or resolver stays: the outer one, else the inner one.
        end = inner.name_start if spelling.wrappers else inner.start
        edit = Edit(mention.place(spelling.prefix_start, end), "", safe=False)
    else:
        taken_in = spelling.text[inner.start : inner.suffix_start]
        message = f'"{taken_in}" stands behind the prefix "{spelling.prefix}" and becomes part of the suffix'
        edit = Edit(mention.place(inner.start, inner.suffix_start), "", safe=False)
    yield mention.breach(message, spelling.start, inner.name_start)._replace(edits=(edit,))


@check("IL119", Mention, unless=(of_a_sample,))
def placeholder_identifier(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report what holds the place of an ID that was never put in; program text is left alone, as in templates."""
    if mention.state == "placeholder" and not mention.code and not is_expression(mention.suffix):
        yield mention.breach(f'"{mention.suffix}" holds the place of an ID')


@check("IL120", Mention, unless=(of_a_sample,))
def test_prefix(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report IDs below prefixes and namespaces for tests."""
    if mention.state == "test" and not mention.code:
        spelling = mention.spelling
        name = f"{mention.prefix}/{mention.suffix}" if mention.prefix else mention.suffix
        yield mention.breach(
            f'"{name}" is an ID for tests and may be deleted',
            spelling.name_start,
            spelling.suffix_end,
        )


@check("IL121", Mention, roles=("declared",), unless=(of_a_sample,))
def example_prefix(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report declared IDs below prefixes that only documentation uses."""
    if context.settings.holds(mention.prefix) == "example" and mention.role == "declared" and not mention.code:
        spelling = mention.spelling
        yield mention.breach(
            f'"{mention.prefix}" is a prefix for examples',
            spelling.prefix_start,
            spelling.prefix_start + len(mention.prefix or ""),
        )


@check("IL123", Mention, unless=(of_a_sample,))
def not_a_sample_prefix(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report DOIs of prefixes that hold no samples where a tag, label or type says IGSN."""
    if context.settings.holds(mention.prefix) == "none" and mention.evidence in {"tag", "label"}:
        spelling = mention.spelling
        yield mention.breach(
            f'below "{mention.prefix}" are papers or data sets and no samples',
            spelling.prefix_start,
            spelling.prefix_start + len(mention.prefix or ""),
        )
