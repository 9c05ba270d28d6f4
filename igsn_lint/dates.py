"""Dates as the DataCite schema asks for them: W3CDTF, and ranges of these (RKMS-ISO8601).

W3CDTF (https://www.w3.org/TR/NOTE-datetime) has YYYY, YYYY-MM, YYYY-MM-DD, and with a time always its zone.
RKMS-ISO8601 (https://www.ukoln.ac.uk/metadata/dcmi/collection-RKMS-ISO8601/) adds ranges, open ones too, and years
before the common era (``-0024/-0022``).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint import facts
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    import re

Day = tuple[int, int, int]
"""Year, month, day: compares as dates do, also before the common era."""


class Span(NamedTuple):
    """The first and the last day that a date can mean; None where a range is open."""

    first: Day | None
    last: Day | None

    @property
    def backwards(self) -> bool:
        """Whether it ends before it begins."""
        return self.first is not None and self.last is not None and self.last < self.first


_DATE = lazy(
    r"(?P<year>[0-9]{4}|-[0-9]{4,9})"
    r"(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,12})?)?"
    r"(?:Z|[+-](?P<zone>[0-9]{2}):(?P<part>[0-9]{2})))?)?)?"
)
_LONGEST = 80
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=1024)
def parse(text: str) -> Span | None:
    """Return what a date or range of dates means, or None where it is neither."""
    if len(text) > _LONGEST:
        return None
    before, slash, after = text.partition("/")
    if not slash:
        return _single(text)
    if not before and not after:
        return None
    begin = _single(before) if before else Span(None, None)
    end = _single(after) if after else Span(None, None)
    return None if begin is None or end is None else Span(begin.first, end.last)


def _single(text: str) -> Span | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match["year"]), match["month"], match["day"]
    if month is None:
        return Span((year, 1, 1), (year, 12, 31))
    if not 1 <= int(month) <= 12:
        return None
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    length = 29 if leap and month == "02" else _DAYS[int(month) - 1]
    if day is None:
        return Span((year, int(month), 1), (year, int(month), length))
    if not 1 <= int(day) <= length:
        return None
    whole = year, int(month), int(day)
    if match["hour"] is None:
        return Span(whole, whole)
    if int(match["hour"]) > 24 or int(match["minute"]) > 59 or int(match["second"] or 0) > 60:
        return None
    if int(match["zone"] or 0) > 14 or int(match["part"] or 0) > 59:
        return None
    if match["hour"] == "24" and (int(match["minute"]) or int(match["second"] or 0)):
        # Only midnight at the end of a day is written so.
        return None
    return _anywhere(whole)


def _anywhere(day: Day) -> Span:
    """Return the days before and after a day with a time: which of them it is depends on the zone of the reader."""
    from datetime import date

    if not 1 < day[0] < 9999:
        return Span(day, day)
    ordinal = date(*day).toordinal()
    first, last = date.fromordinal(ordinal - 1), date.fromordinal(ordinal + 1)
    return Span((first.year, first.month, first.day), (last.year, last.month, last.day))


_STAMP = lazy(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[ tT](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?P<part>\.[0-9]{1,12})?)?)"
    r" ?(?P<zone>[zZ]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_YEAR_FIRST = lazy(r"(?P<y>[0-9]{4})(?P<sep>[-/. ])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})")
_COMPACT = lazy(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_DAY_FIRST = lazy(r"(?P<d>[0-9]{1,2})\. ?(?P<m>[0-9]{1,2})\. ?(?P<y>[0-9]{4})")
_MONTH_AND_YEAR = lazy(r"(?P<m>[0-9]{1,2})[/.](?P<y>[0-9]{4})")
_EITHER_FIRST = lazy(r"(?P<a>[0-9]{1,2})(?P<sep>[/-])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[0-9]{4})")
_NAMED = lazy(
    r"(?:(?P<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?[ -]?(?:de )?)?(?P<name>[^\W\d_]{3,10})\.?,?[ -](?:de )?"
    r"(?:(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?,? )?(?P<y>[0-9]{4})"
)
_YEAR_AND_NAME = lazy(r"(?P<y>[0-9]{4})[ -](?P<name>[^\W\d_]{3,10})\.?(?:[ -](?P<d>[0-9]{1,2}))?")
_BETWEEN = lazy(r" ?(?:/|\.\.|--|\u2013|\u2014| - | to | until | bis ) ?|(?<=^[0-9]{4})-(?=[0-9]{4}$)")


def suggestion(text: str) -> str | None:
    """Return the right form of a date that is written in another way, or None where it could mean several."""
    text = " ".join(text[: _LONGEST + 1].split())
    if len(text) > _LONGEST:
        return None
    found = _suggested(text)
    if found is None:
        # EDTF writes an open end as two dots.
        text = (
            text.removesuffix("..") if text.endswith("/..") else text.removeprefix("..") if text[:3] == "../" else text
        )
        sides = _BETWEEN.split(text)
        if len(sides) != 2:
            return None
        known = [side if not side or _single(side) is not None else _suggested(side) for side in sides]
        if None in known:
            return None
        found = "/".join(side or "" for side in known)
    meant = parse(found)
    return None if meant is None or meant.backwards else found


def _suggested(text: str) -> str | None:
    if match := _STAMP.fullmatch(text):
        return _from_stamp(match)
    for pattern in (_YEAR_FIRST, _COMPACT, _DAY_FIRST):
        if match := pattern.fullmatch(text):
            return _written(match["y"], match["m"], match["d"])
    if match := _MONTH_AND_YEAR.fullmatch(text):
        return _written(match["y"], match["m"], None)
    if match := _EITHER_FIRST.fullmatch(text):
        a, b = match["a"], match["b"]
        if int(a) > 12 or a == b:
            return _written(match["y"], b, a)
        return _written(match["y"], a, b) if int(b) > 12 else None
    match = _NAMED.fullmatch(text) or _YEAR_AND_NAME.fullmatch(text)
    if match is None or (month := facts.months().get(match["name"].lower())) is None:
        return None
    days = [day for day in (match["d"], match.groupdict().get("d2")) if day is not None]
    return None if len(days) > 1 else _written(match["y"], month, days[0] if days else None)


def _from_stamp(match: re.Match[str]) -> str | None:
    """Return the time stamp of a program with T and its zone; at midnight without a zone the day is meant."""
    zone = match["zone"]
    if zone is None:
        return match["day"] if set(match["time"]) <= set("0:.") else None
    if zone[0] not in "+-":
        zone = "Z"
    elif len(zone) == 3:
        zone += ":00"
    elif ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{match['day']}T{match['time']}{zone}"


def _written(year: str, month: str, day: str | None) -> str | None:
    text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day is not None else "")
    return text if _single(text) is not None else None
