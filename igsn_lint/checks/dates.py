"""IL4: when a sample was collected, published and destroyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._values import is_kind, trimmed
from igsn_lint.dates import Span, parse, suggestion
from igsn_lint.model import Breach, Context, Edit, Record, Related, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Item, Segment

_YEAR = re.compile(r"[0-9]{4}")


def _years(record: Record) -> Iterator[tuple[int, Segment]]:
    """Yield the years of publication that are years."""
    for item in record.items("publicationYear"):
        value = item.value
        if value is not None and _YEAR.fullmatch(value.text.strip()):
            yield int(value.text), value


@check("IL410", Record)
def implausible_year(record: Record, context: Context) -> Iterator[Breach]:
    """Report years of publication before 1000, and in the future where no date Available goes with them."""
    today = context.settings.today
    for year, value in _years(record):
        if year < 1000:
            yield Breach(trimmed(value), f'"{value.text.strip()}" can not be the year of publication', record=record)
        elif year > today[0] and not _available(record, year):
            message = f'"{year}" lies in the future, and no date Available says that an embargo ends then'
            yield Breach(trimmed(value), message, record=record)


def _available(record: Record, year: int) -> bool:
    """Return whether a date Available reaches this year."""
    for item in record.items("date"):
        if item.text("dateType").strip() == "Available" and item.value is not None:
            span = parse(item.value.text.strip())
            if span is not None and (span.last is None or span.last[0] >= year):
                return True
    return False


@check("IL411", Record)
def malformed_date(record: Record, context: Context) -> Iterator[Breach]:
    """Report dates that are neither W3CDTF, nor a range of such, nor a code for unknown information."""
    for item in record.items("date"):
        value = item.value
        if value is None:
            continue
        text = value.text.strip()
        if parse(text) is not None or text in facts.unknown_codes():
            continue
        place = trimmed(value)
        if not text:
            yield Breach(place, "the date is empty", record=record)
            continue
        right = suggestion(text)
        if right is not None:
            message = f'the date "{text}" is written {right} in a record'
            yield Breach(place, message, (Edit(place, right, safe=False),), record=record)
        else:
            yield Breach(place, f'"{text}" is no date of the form YYYY-MM-DD, and no range of such', record=record)


_DESTROYED = re.compile(
    r"\b(?<!not )(?<!non )(?<!non-)(?<!never )(?<!partly )(?<!partially )"
    r"(?:destroyed|destruction|zerstört|détruite?|destruid[oa])\b",
    re.IGNORECASE,
)


def _is_destroyed(item: Item) -> bool:
    """Return whether a date is that of the sample's destruction, however it says so."""
    if item.text("dateType").strip().lower() == "destroyed":
        return True
    information = item.text("dateInformation")
    return bool(information) and _DESTROYED.search(information) is not None


@check("IL412", Record)
def date_order(record: Record, context: Context) -> Iterator[Breach]:
    """Report ranges that run backwards, and a collecting in the future, after publication or after destruction."""
    today = context.settings.today
    collected: list[tuple[Span, Segment]] = []
    published: list[tuple[Span, Segment]] = []
    destroyed: list[tuple[Span, Segment]] = []
    for item in record.items("date"):
        value = item.value
        span = parse(value.text.strip()) if value is not None else None
        if value is None or span is None:
            continue
        if span.backwards:
            yield Breach(trimmed(value), f'the range "{value.text.strip()}" ends before it begins', record=record)
            continue
        kind = item.text("dateType").strip()
        if kind == "Collected":
            if span.first is not None and span.first > today:
                yield Breach(trimmed(value), f'collected in the future: "{value.text.strip()}"', record=record)
            else:
                collected.append((span, value))
        elif _is_destroyed(item):
            destroyed.append((span, value))
        elif kind in {"Issued", "Available"}:
            published.append((span, value))
    if not collected or any(span.first is None for span, _ in collected):
        return
    first, value = min(collected, key=lambda entry: entry[0].first or today)
    begun = first.first or today
    when = value.text.strip()
    for span, end in destroyed:
        if span.last is not None and span.last < begun:
            here = (Related(f'collected on "{when}"', trimmed(value)),)
            message = f'destroyed on "{end.text.strip()}", before it was collected'
            yield Breach(trimmed(end), message, record=record, related=here)
    published += [(Span((year, 1, 1), (year, 12, 31)), own) for year, own in _years(record) if year >= 1000]
    early = [own for span, own in published if span.last is not None and span.last < begun]
    if early:
        others = tuple(Related(f'published in "{own.text.strip()}"', trimmed(own)) for own in early)
        message = f'collected on "{when}", after it was published in "{early[0].text.strip()}"'
        yield Breach(trimmed(value), message, record=record, related=others)


@check("IL413", Record)
def no_collection_date(record: Record, context: Context) -> Iterator[Breach]:
    """Report material samples without a date Collected."""
    for item in record.items("date"):
        if item.text("dateType").strip() == "Collected":
            return
    if not any(is_kind(record, kind) for kind in ("feature", "collection", "synthetic")):
        yield Breach(record.place, "no date says when the sample was collected (dateType Collected)", record=record)


@check("IL414", Record)
def destroyed_date_form(record: Record, context: Context) -> Iterator[Breach]:
    """Report dates of destruction that are not of the type Other with the information Destroyed."""
    for item in record.items("date"):
        kind, information = item.get("dateType"), item.get("dateInformation")
        if kind is None or not _is_destroyed(item):
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
