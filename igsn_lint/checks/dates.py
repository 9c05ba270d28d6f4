"""IL4: when a sample was collected, published and destroyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._plain import plain_dates
from igsn_lint.checks._values import is_kind, is_whole, stands
from igsn_lint.dates import Span, parse, suggestion
from igsn_lint.model import Breach, Context, Edit, Record, Related, check
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Item

_YEAR = lazy(r"[0-9]{4}")


def _years(record: Record) -> Iterator[tuple[int, Item]]:
    """Yield the years of publication that are years."""
    for item in record.items("publicationYear"):
        if _YEAR.fullmatch(item.words):
            yield int(item.words), item


@check("IL410", Record, unless=(plain_dates,))
def implausible_year(record: Record, context: Context) -> Iterator[Breach]:
    """Report years of publication before 1000, and in the future where no date Available goes with them."""
    today = context.settings.today
    for year, item in _years(record):
        if year < 1000:
            yield Breach(stands(item), f'"{item.words}" can not be the year of publication', record=record)
        elif year > today[0] and not _available(record, year):
            message = f'"{year}" lies in the future, and no date Available says that an embargo ends then'
            yield Breach(stands(item), message, record=record)


def _available(record: Record, year: int) -> bool:
    """Return whether a date Available reaches this year."""
    for item in record.items("date"):
        if item.text("dateType").strip() == "Available":
            span = parse(item.words)
            if span is not None and (span.last is None or span.last[0] >= year):
                return True
    return False


@check("IL411", Record, unless=(plain_dates,))
def malformed_date(record: Record, context: Context) -> Iterator[Breach]:
    """Report dates that are neither W3CDTF, nor a range of such, nor a code for unknown information."""
    for item in record.items("date"):
        text = item.words
        if parse(text) is not None or text in facts.unknown_codes():
            continue
        if not text:
            if item.value is not None:
                yield Breach(item.value.place(), "the date is empty", record=record)
            continue
        place, right = stands(item), suggestion(text)
        if right is not None:
            message = f'the date "{text}" is written "{right}"'
            yield Breach(place, message, (Edit(place, right, safe=False),), record=record)
        else:
            yield Breach(place, f'"{text}" is no date of the form YYYY-MM-DD, and no range of such', record=record)


_DESTROYED = lazy(
    r"(?P<no>\b(?:not|non|never|no|nicht|nie|kein[es]?|pas|sans|sin|ohne|without|part(?:ly|ially)|half|teilweise|partiellement)"
    r"[\s-]+(?:(?:yet|been|fully|completely|todavía|noch|encore|vollständig)\s+){0,2})?"
    r"\b(?:destroyed|destruction|zerstört|zerstörung|d[ée]truite?s?|destruid[oa]s?|distrutt[oa])\b",
    re.IGNORECASE,
)


_OF_THE_SAMPLE = lazy(r"(?:(?:the )?(?:sample|specimen|probe|date) (?:was |is )?)?", re.IGNORECASE)

_USUAL = {"Collected", "Issued", "Available", "Created", "Other"}


def _is_destroyed(item: Item) -> bool:
    """Return whether a date is that of the sample's destruction, however it says so."""
    kind = item.text("dateType")
    if kind not in _USUAL and kind.strip().lower() == "destroyed":
        return True
    information = item.text("dateInformation").strip()
    if not information or (match := _DESTROYED.search(information)) is None or match["no"]:
        return False
    # What happened when the sample was collected may have to do with another destruction.
    before = information[: match.start()]
    if kind in _USUAL and kind != "Other":
        return _OF_THE_SAMPLE.fullmatch(before) is not None
    return _is_of_sample(before)


def _is_of_sample(before: str) -> bool:
    """Return whether what stands before "destroyed" says that it was the sample, and not its label or locality."""
    words = [word for word in _BREAKS.split(before.lower()) if word]
    said = facts.destroyed_words("said")
    while words and words[-1] in said:
        words.pop()
    if not words:
        return True
    return words[-1] in facts.destroyed_words("sample") and facts.destroyed_words("part").isdisjoint(words)


_BREAKS = lazy(r"[\s,:;.!()\[\]/0-9-]+")


@check("IL412", Record, unless=(plain_dates,))
def date_order(record: Record, context: Context) -> Iterator[Breach]:
    """Report ranges that run backwards, and a collecting in the future, after publication or after destruction."""
    today = context.settings.today
    collected: list[tuple[Span, Item]] = []
    published: list[tuple[Span, Item]] = []
    destroyed: list[tuple[Span, Item]] = []
    for item in record.items("date"):
        span = parse(item.words)
        if span is None:
            continue
        if span.backwards:
            yield Breach(stands(item), f'the range "{item.words}" ends before it begins', record=record)
            continue
        kind = item.text("dateType").strip()
        if kind == "Collected":
            if span.first is not None and span.first > today:
                yield Breach(stands(item), f'collected in the future: "{item.words}"', record=record)
            else:
                collected.append((span, item))
        elif _is_destroyed(item):
            destroyed.append((span, item))
        elif kind in {"Issued", "Available"}:
            published.append((span, item))
    if not collected or any(span.first is None for span, _ in collected):
        return
    first, item = min(collected, key=lambda entry: entry[0].first or today)
    begun = first.first or today
    for span, end in destroyed:
        if span.last is not None and span.last < begun:
            here = (Related(f'collected on "{item.words}"', stands(item)),)
            message = f'destroyed on "{end.words}", before it was collected'
            yield Breach(stands(end), message, record=record, related=here)
    published += [(Span((year, 1, 1), (year, 12, 31)), own) for year, own in _years(record) if year >= 1000]
    early = [own for span, own in published if span.last is not None and span.last < begun]
    if early:
        others = tuple(Related(f'published in "{own.words}"', stands(own)) for own in early)
        message = f'collected on "{item.words}", after it was published in "{early[0].words}"'
        yield Breach(stands(item), message, record=record, related=others)


@check("IL413", Record, unless=(plain_dates,))
def no_collection_date(record: Record, context: Context) -> Iterator[Breach]:
    """Report material samples without a date Collected."""
    for item in record.items("date"):
        if item.value is not None and item.text("dateType").strip().lower() == "collected":
            # Another case is IL305's, and an empty text IL411's.
            return
    if is_whole(record) and not any(is_kind(record, kind) for kind in ("feature", "collection", "synthetic")):
        yield Breach(record.place, "no date says when the sample was collected (dateType Collected)", record=record)


@check("IL414", Record, unless=(plain_dates,))
def destroyed_date_form(record: Record, context: Context) -> Iterator[Breach]:
    """Report dates of destruction that are not of the type Other with the information Destroyed."""
    for item in record.items("date"):
        if not _is_destroyed(item):
            continue
        kind, information = item.get("dateType"), item.get("dateInformation")
        if kind is None:
            continue
        typed = kind.text.strip()
        said = "" if information is None else information.text.strip()
        edits = []
        if typed != "Other":
            edits.append(Edit(kind.place(), "Other", safe=False))
        if information is not None and not said.lower().startswith("destroyed"):
            edits.append(Edit(information.place(), "Destroyed", safe=False))
        if edits:
            shown = f'"{typed}"' + (f' with the information "{said}"' if said else "")
            message = f"a destroyed sample has a date of the type Other with the information Destroyed, not {shown}"
            place = kind.place() if typed != "Other" or information is None else information.place()
            yield Breach(place, message, tuple(edits), record=record)
