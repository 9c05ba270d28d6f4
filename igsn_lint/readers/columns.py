"""Which columns of a table hold IGSN IDs: found in its first rows, whatever format the table has."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint import facts
from igsn_lint.codes import is_code, is_placeholder
from igsn_lint.identifier import Igsn, NotAnIgsn, dissect
from igsn_lint.labels import is_igsn_label, is_noun, label_words
from igsn_lint.model import is_sentence
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FIRST_ROWS = 60
"""In so many rows at the top headings are looked for: titles and units stand there, too."""

_ANOTHER = lazy(
    r"parent|eltern|padre|child|sibling|related|source|altern|legacy|old|new|collection|cruise|campaign|core|hole"
    r"|section|site|station|sub|doi|url|uri|link|handle"
)
"""Words in a heading (lower case) that say that not every row has such an ID: another sample's, or a second one."""

_REMARK = lazy(r"\s+\([^()]*\)")
_MEMBERS = lazy(r"\s*[;,|\n]\s*|\s+/\s+")

_NOTE_WORDS, _NOTE_LENGTH = 5, 20
"""A text of so many words and characters alone in its row is a note below the table."""

MOST_DUE = 1000
"""So many rows of a document without an ID are told one by one."""


class Band(NamedTuple):
    """A stretch of rows below one heading.

    ``first`` is the row after the heading, ``names`` the headings by column, ``labels`` those of them that say IGSN,
    and ``own`` the columns among these where each sample has its ID.
    """

    first: int
    names: Mapping[int, str]
    labels: Mapping[int, str]
    own: tuple[int, ...]


class Head(NamedTuple):
    """What the first rows of a table say: its bands from top to bottom, and cells that a heading left of them names.

    ``names`` are the headings of a table in which none says IGSN. In a table of one value a row, ``listed`` are the
    column that says what the value is and the one that holds it.
    """

    bands: Sequence[Band]
    beside: Mapping[tuple[int, int], str]
    names: Mapping[int, str]
    listed: tuple[int, int] | None = None

    def told(self, row: Sequence[str], column: int) -> str | None:
        """Return what a cell of a table of one value a row is called, where that is IGSN."""
        if self.listed is None or column != self.listed[1] or self.listed[0] >= len(row):
            return None
        name = row[self.listed[0]].strip()
        return name if is_igsn_label(name) else None

    def band(self, row: int) -> Band | None:
        """Return the band that a row (from 0) lies in."""
        found = None
        for band in self.bands:
            if band.first <= row:
                found = band
        return found


class Cell(NamedTuple):
    """A cell under a label: its column and label, and whether its row should have an ID there."""

    column: int
    label: str | None
    due: bool


def head(rows: Sequence[Sequence[str]], merged: Mapping[tuple[int, int], int] | None = None) -> Head:
    """Return what the first rows say; ``merged`` gives the last column of headings that span several."""
    if rows and not any(map(is_igsn_label, rows[0])) and (listed := _listed(rows[0])) is not None:
        return Head((), {}, _words(rows[0]), listed)
    bands: list[Band] = []
    beside: dict[tuple[int, int], str] = {}
    at = 0
    while at < len(rows):
        row, number = rows[at], at
        at += 1
        labels = {column: text.strip() for column, text in enumerate(row) if is_igsn_label(text)}
        if not labels:
            continue
        below = rows[at] if at < len(rows) else ()
        if _names_its_row(row, min(labels), below, number):
            beside.update(
                {(number, c): labels[min(labels)] for c in range(min(labels) + 1, len(row)) if row[c].strip()}
            )
            continue
        for column in list(labels):
            if spells_out(row, column) or not stands_over_ids(
                (r[column] for r in rows[at:] if column < len(r)), first=number == 0
            ):
                del labels[column]
        if bands and _heads_another_table(row, bands[-1]):
            # The heading itself is no row of the table above.
            bands.append(Band(number, {}, {}, ()))
        if not labels:
            continue
        names = {column: " ".join(text.split()) for column, text in enumerate(row) if text.strip()}
        if len(names) == 1 and not merged and _is_title_of(next(filter(any, rows[at:]), ())):
            continue
        for column, label in list(labels.items()):
            last = (merged or {}).get((number, column), column)
            labels.update(dict.fromkeys(range(column + 1, last + 1), label))
        # A heading has rows below it: what stands last is one.
        if at + 1 < len(rows) and _goes_on(row, below, labels):
            names |= {column: " ".join(text.split()) for column, text in enumerate(below) if text.strip()}
            labels |= {column: text.strip() for column, text in enumerate(below) if is_igsn_label(text)}
            at += 1
        own = tuple(c for c, label in labels.items() if not _is_of_another(f"{label} {names.get(c, '')}"))
        bands.append(Band(at, names, labels, own))
    return Head(bands, beside, _words(rows[0]) if rows and not bands else {})


def _heads_another_table(row: Sequence[str], band: Band) -> bool:
    """Return whether a row that says IGSN is the heading of another table below a band.

    In a row of the same table an ID stands below its heading, or a word for none.
    """
    below = [row[column].strip() for column in band.labels if column < len(row)]
    return not any(_stands_for_an_id(text.lower()) or _is_surely_id(text) for text in below if text) and any(below)


def _listed(row: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns of the name and the value where a heading is that of a table of one value a row."""
    words = [text.strip().lower() for text in row]
    for column, word in enumerate(words[1:]):
        # An identifier beside a name is that of what is called so: an organisation, a term.
        holds = word in facts.identifier_keys("value") and not word.endswith("identifier")
        if holds and words[column] in facts.identifier_keys("name"):
            return column, column + 1
    return None


def stands_over_ids(below: Iterable[str], *, first: bool) -> bool:
    """Return whether a text that may be a heading is one of IGSN IDs by what stands below it, as far as that tells.

    Tables that describe data name the IGSN in their rows (a list of columns, of metadata fields, of abbreviations) or
    as a standard in their ``first`` row: what stands below are words.
    """
    texts = [text.strip() for text in islice(below, _TELLING_ROWS)]
    said = [text for text in texts if text and (is_igsn_label(text) or not _stands_for_an_id(text.lower()))]
    words = sum(map(_is_words, said))
    if first:
        return words < _NO_MISTAKE or words < len(said)
    others = words + sum("://" in text and not _is_id(text) for text in said)
    return not said or max(others, 1) <= sum(map(_is_surely_id, said))


def spells_out(row: Sequence[str], column: int) -> bool:
    """Return whether a row spells out the label in one of its cells: IGSN, International Generic Sample Number."""
    return (
        column < len(row)
        and not _SPELLED_OUT.search(row[column].lower())
        and any(_SPELLED_OUT.search(text.lower()) for i, text in enumerate(row) if i != column)
    )


_SPELLED_OUT = lazy(r"\b(?:geo|generic|geological)[\s-]+sample[\s-]+number")
_TELLING_ROWS = 20
_NO_MISTAKE = 2
"""So many words and nothing else below the first row are no mistake of somebody who was to give IDs."""

_MOST_IN_AN_ID = 3


def _is_words(text: str) -> bool:
    """Return whether a cell holds words, and nothing that was meant to be an ID."""
    if not any(c.isdigit() for c in text):
        return True
    return (is_sentence(text) or len(text.split()) > _MOST_IN_AN_ID) and not _is_id(text)


def _is_surely_id(text: str) -> bool:
    """Return whether a cell holds an ID, and not the name of a column or of a standard: d18O_SMOW, lon_2, WGS84."""
    text = _REMARK.sub("", text)
    if "/" in text or dissect(text).wrappers:
        return _is_id(text)
    code = "".join(text.split())
    alike = code in {code.upper(), code.lower()} or _SERIAL.search(code) is not None
    return len(code) >= _SHORTEST and alike and is_code(code, strong=False)


_SHORTEST = 6
_SERIAL = lazy(r"[0-9]{4}")
"""What letters of both cases stand before in a code: GeoB12802-13."""


def _is_title_of(below: Sequence[str]) -> bool:
    """Return whether what stands alone in its row is the title of a table whose heading is the row below it."""
    return sum(1 for text in below if text.strip()) > 1 and any(map(is_igsn_label, below))


def _is_of_another(heading: str) -> bool:
    """Return whether a heading says that not every row has such an ID."""
    return _ANOTHER.search(heading.lower()) is not None or not facts.relative_words().isdisjoint(label_words(heading))


def _words(row: Sequence[str]) -> dict[int, str]:
    """Return the headings of columns that a row of words gives; empty where a number stands in it."""
    names = {column: " ".join(text.split()) for column, text in enumerate(row) if text.strip()}
    return {} if any(c.isdigit() for name in names.values() for c in name) else names


def _names_its_row(row: Sequence[str], column: int, below: Sequence[str], number: int) -> bool:
    """Return whether a heading names what stands right of it: IDs stand there, and below it stands another heading."""
    if any(text.strip() for text in row[:column]) or (number == 0 and not below):
        return False
    if not are_ids(row[column + 1 :]):
        return False
    under = below[column].strip() if column < len(below) else ""
    if not under:
        return not any(text.strip() for text in below)
    return not _is_surely_id(under) and not facts.says_none(under)


def _goes_on(row: Sequence[str], below: Sequence[str], labels: Mapping[int, str]) -> bool:
    """Return whether the row below a heading belongs to it: units, kinds, or the second row of merged headings."""
    filled = {column: text for column, text in enumerate(below) if text.strip()}
    if not filled or any(c.isdigit() for text in filled.values() for c in text):
        return False
    under = [filled[column].strip().lower() for column in labels if column in filled]
    if not all(map(_goes_with_a_heading, under)):
        return False
    # Below an empty cell of the heading stands its second row, as do units; else all its cells must be words.
    return (
        bool(under)
        or any(column >= len(row) or not row[column].strip() for column in filled)
        or any(map(_UNIT.fullmatch, filled.values()))
    )


_UNIT = lazy(r"\s*(?:[(\[][^()\[\]]{1,20}[)\]]|[^\W\d]{0,3}\.?\s?[%‰°][^\W\d]{0,2})\s*")
"""A unit, or another remark in brackets: wt%, ‰, °S, (cruise)."""


def _goes_with_a_heading(text: str) -> bool:
    """Return whether a text (in lower case) below a heading goes on with it: a kind of sample, a type, brackets."""
    if _stands_for_an_id(text):
        return False
    if text[0] in "([{" or is_igsn_label(text):
        return True
    more = facts.label_words("more")
    return all(word in more or is_noun(word) for word in label_words(text))


def _stands_for_an_id(text: str) -> bool:
    """Return whether a text (in lower case) stands where an ID should: a null word, a placeholder, a damaged code."""
    if facts.says_none(text) or is_placeholder(text):
        return True
    return any(pattern.fullmatch(text[:40]) for pattern, _ in facts.damages())


def are_ids(row: Iterable[str]) -> bool:
    """Return whether the texts of a row are IGSN IDs or lists of them, as far as they do not say that there is none."""
    said = (text for text in row if text.strip() and not facts.says_none(text))
    first = list(islice(said, 3))
    return bool(first) and all(map(_holds_ids, first))


def _holds_ids(text: str) -> bool:
    """Return whether a text is an ID or a list of them, each perhaps with a remark in brackets."""
    said = _REMARK.sub("", text.strip())
    return all(map(_is_id, filter(None, _MEMBERS.split(said)))) or all(map(_is_surely_id, said.split()))


def _is_id(text: str) -> bool:
    try:
        Igsn.parse(text)
    except NotAnIgsn:
        return False
    return True


def cells(band: Band, row: Sequence[str]) -> Iterator[Cell]:
    """Yield the cells of a row below a heading that a label names; nothing where the row is empty.

    A longer text that stands alone in its row is a note and has no label. A row is one of a sample, and should have
    an ID, where more than a title stands in it, and no standard, blank or statistic.
    """
    own = band.own
    missing = bool(own) and not any(_holds(row, column) for column in own)
    filled = sum([1 for text in row if text and not text.isspace()]) if missing else 0
    if missing:
        missing = (filled > 1 or (filled == 1 and len(band.names) <= 2)) and not facts.is_no_sample(_first(band, row))
    for column, label in band.labels.items():
        text = row[column] if column < len(row) else ""
        if text and not text.isspace():
            note = len(text) > _NOTE_LENGTH and len(text.split()) >= _NOTE_WORDS and len(band.names) > 1
            if note and not any(other.strip() for i, other in enumerate(row) if i != column):
                yield Cell(column, None, due=False)
            else:
                yield Cell(column, label, due=missing and column == own[0])
        elif missing and column == own[0]:
            yield Cell(column, label, due=True)


def _first(band: Band, row: Sequence[str]) -> str:
    """Return what stands first in a row, beside its IDs."""
    return next((text for i, text in enumerate(row) if i not in band.labels and text and not text.isspace()), "")


def _holds(row: Sequence[str], column: int) -> bool:
    """Return whether something that can be an ID stands in a column."""
    return column < len(row) and bool(text := row[column].strip()) and not facts.says_none(text)
