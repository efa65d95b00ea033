"""The days and times of a rule of OpenStreetMap's `dialect`.

Here: reading them from tokens, and what is refused of them. Not here: tokens
(`tokens`), or rules (`terms`).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from cloudpbx.routing.opening_hours.boxes import (
    ANY_DATE,
    EVERY_DAY,
    HOLIDAYS,
    Box,
    Runs,
    nth_bits,
    place_in_year,
    united,
    weekday_bits,
    year_bits,
)
from cloudpbx.routing.opening_hours.tokens import MONTHS, WEEKDAYS, Cursor, Token

__all__ = ["DAY_MINUTES", "Part", "read_days", "read_times"]

DAY_MINUTES: Final = 1440
"""Minutes from one midnight to the next."""

Part: TypeAlias = tuple[int, int]
"""Minutes after the midnight a day begins with, up to but not including the second."""

_FIRST_YEAR: Final = 1900
_LEAP: Final = 2000
_OFFSET: Final = "moves a day by some days, which a schedule cannot: write the day itself"


# Days.


def read_days(cursor: Cursor) -> list[Box]:
    """Read dates, then weekdays and public holidays; what is left out is every day."""
    dates = _read_dates(cursor)
    if dates:
        cursor.skip(":")
    weekdays = _read_weekdays(cursor)
    if weekdays:
        cursor.skip(":")
    return [
        both
        for date_box in dates or [EVERY_DAY]
        for weekday_box in weekdays or [EVERY_DAY]
        if (both := date_box.meet(weekday_box))
    ]


class _Day(NamedTuple):
    """Hold one end of a range as it is written: 0 for what is left out."""

    token: Token
    year: int
    month: int
    day: int


def _is_year(token: Token) -> bool:
    return token.kind == "number" and len(token.text) == 4  # noqa: PLR2004 - digits of a year


def _is_day(token: Token) -> bool:
    return token.kind == "number" and len(token.text) <= 2  # noqa: PLR2004 - digits of a day


def _is_month(token: Token) -> bool:
    return token.kind == "word" and token.text in MONTHS


def _read_dates(cursor: Cursor) -> list[Box]:
    """Read dates with years, or years, days of every year, or both."""
    if _is_year(cursor.token) and _is_month(cursor.peek()):
        return [Box(dates=_all_of(map(_runs, _read_ranges(cursor))))]
    years = _all_of(_read_years(cursor))
    yearly = 0
    if _is_month(cursor.token):
        for first, last in _read_ranges(cursor):
            yearly |= year_bits(_place(first, 1), _place(last, 31))
    if not years and not yearly:
        return []
    return [Box(dates=years or ANY_DATE, yearly=yearly or EVERY_DAY.yearly)]


def _all_of(runs: Iterable[Runs]) -> Runs:
    found: Runs = ()
    for each in runs:
        found = united(found, each)
    return found


def _read_years(cursor: Cursor) -> Iterator[Runs]:
    """Read `2026`, `2026-2028` or `2026+`, joined with commas."""
    while _is_year(cursor.token):
        first = last = _year(cursor, cursor.take())
        if cursor.skip("+"):
            last = date.max.year
        elif cursor.stands("mark", "-") and _is_year(cursor.peek()):
            cursor.take()
            token = cursor.take()
            last = _year(cursor, token)
            if last < first:
                cursor.refuse(f"is before {first}: write the earlier year first", token)
        yield ((date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()),)
        if not (cursor.stands("mark", ",") and _is_year(cursor.peek())):
            break
        cursor.take()


def _year(cursor: Cursor, token: Token) -> int:
    if int(token.text) < _FIRST_YEAR:
        cursor.refuse(f"is no year of the notation: they begin with {_FIRST_YEAR}", token)
    return int(token.text)


def _read_ranges(cursor: Cursor) -> Iterator[tuple[_Day, _Day]]:
    """Read `Dec 24`, `Dec 24-26`, `Dec 24-Jan 02`, `Jan-Mar`, joined with commas.

    Either all have a year or none; a day may leave out the month of the one before it.
    """
    first = _read_end(cursor)
    while True:
        last = _read_last(cursor, first)
        _refuse_offset(cursor)
        yield first, last
        following = cursor.peek()
        if not cursor.stands("mark", ","):
            return
        if _is_day(following) and last.day:
            cursor.take()
            first = _valid(cursor, last._replace(token=following, day=int(cursor.take().text)))
        elif _is_month(following) or _is_year(following):
            cursor.take()
            first = _read_end(cursor)
            if bool(first.year) != bool(last.year):
                cursor.refuse("and what stands before: give all a year, or none", following)
        else:
            return


def _read_end(cursor: Cursor) -> _Day:
    """Read `2026 Dec 24`, without what is left out."""
    token = cursor.token
    year = _year(cursor, cursor.take()) if _is_year(token) else 0
    if not _is_month(cursor.token):
        cursor.unexpected()
    month = MONTHS.index(cursor.take().text) + 1
    day = int(cursor.take().text) if _is_day(cursor.token) else -1
    return _valid(cursor, _Day(token, year, month, day))


def _valid(cursor: Cursor, day: _Day) -> _Day:
    """Refuse a day that its month does not have; -1 stands for a whole month."""
    if day.day == -1:
        return day._replace(day=0)
    if not 1 <= day.day <= monthrange(day.year or _LEAP, day.month)[1]:
        month = MONTHS[day.month - 1]
        cursor.refuse(f"is no day: {month} has no day {day.day}", day.token)
    return day


def _read_last(cursor: Cursor, first: _Day) -> _Day:
    """Read what follows a hyphen, the first end itself when there is none."""
    following = cursor.peek()
    if not cursor.stands("mark", "-"):
        return first
    if _is_day(following) and first.day and cursor.peek(2).text not in {"day", "days"}:
        cursor.take()
        last = _valid(cursor, first._replace(token=following, day=int(cursor.take().text)))
    elif _is_month(following) or _is_year(following):
        cursor.take()
        last = _read_end(cursor)
    else:
        return first
    if bool(first.day) != bool(last.day):
        cursor.refuse("has no day where the other end has one: add it", last.token)
    if bool(first.year) < bool(last.year):
        cursor.refuse("has a year where the first end has none: add it there", last.token)
    last = last._replace(year=last.year or first.year)
    if first.year and last[1:] < first[1:]:
        cursor.refuse("ends the range before it begins: write the year of both", last.token)
    return last


def _refuse_offset(cursor: Cursor) -> None:
    """Refuse what moves a day, as `+1 day`, and a hyphen before what is no day."""
    if cursor.stands("mark", "-") and cursor.peek().kind == "word":
        cursor.take()
        cursor.unexpected()
    if cursor.stands("mark", "+", "-"):
        cursor.refuse(_OFFSET)


def _place(end: _Day, other: int) -> int:
    """Return the number of a day in the year; of a month, its first day or its last."""
    return place_in_year(end.month, end.day or min(other, monthrange(_LEAP, end.month)[1]))


def _runs(ends: tuple[_Day, _Day]) -> Runs:
    first, last = ends
    end = last.day or monthrange(last.year, last.month)[1]
    return (
        (
            date(first.year, first.month, first.day or 1).toordinal(),
            date(last.year, last.month, end).toordinal(),
        ),
    )


def _read_weekdays(cursor: Cursor) -> list[Box]:
    """Read weekdays and public holidays joined with commas; a space asks for both."""
    first = _read_sequence(cursor)
    token = cursor.token
    second = _read_sequence(cursor)
    if not second:
        return first
    kinds = {tuple(sorted({each.holidays for each in boxes})) for boxes in (first, second)}
    if kinds != {(HOLIDAYS,), (EVERY_DAY.holidays,)}:
        cursor.refuse("stands beside days of its kind: join them with a comma", token)
    return [both for one in first for other in second if (both := one.meet(other))]


def _read_sequence(cursor: Cursor) -> list[Box]:
    boxes: list[Box] = []
    while cursor.stands("word", *WEEKDAYS, "PH"):
        boxes.append(_read_weekday(cursor))
        _refuse_offset(cursor)
        if not (cursor.stands("mark", ",") and cursor.peek().text in {*WEEKDAYS, "PH", "SH"}):
            break
        cursor.take()
    whole = [box for box in boxes if box.is_whole and box.holidays != HOLIDAYS]
    others = [box for box in boxes if box not in whole]
    bits = 0
    for box in whole:
        bits |= box.weekdays
    return ([Box(weekdays=bits)] if bits else []) + list(dict.fromkeys(others))


def _read_weekday(cursor: Cursor) -> Box:
    """Read `PH`, `Mo`, `Mo-Fr` or `Mo[1,3]`."""
    token = cursor.take()
    if token.text == "PH":
        return Box(holidays=HOLIDAYS)
    number = WEEKDAYS.index(token.text)
    if cursor.skip("["):
        return Box(weekdays=_read_places(cursor, number))
    last = number
    if cursor.stands("mark", "-") and cursor.peek().text in WEEKDAYS:
        cursor.take()
        last = WEEKDAYS.index(cursor.take().text)
    return Box(
        weekdays=weekday_bits((number + step) % 7 for step in range((last - number) % 7 + 1))
    )


def _read_places(cursor: Cursor, number: int) -> int:
    """Read the places of a weekday in its month up to the bracket: `1,3`, `1-3` or `-1`."""
    bits = 0
    while True:
        sign = -1 if cursor.skip("-") else 1
        first = last = sign * _read_place(cursor)
        if sign > 0 and cursor.skip("-"):
            last = _read_place(cursor)
        for nth in range(first, last + 1):
            bits |= nth_bits(number, nth)
        if not cursor.skip(","):
            break
    if not cursor.skip("]"):
        cursor.refuse("is not understood here: write `Mo[1]`, `Mo[1,3]` or `Mo[-1]`")
    return bits


def _read_place(cursor: Cursor) -> int:
    if not (cursor.stands("number") and cursor.token.text in {"1", "2", "3", "4", "5"}):
        cursor.refuse("is no place in a month: write 1 to 5, or -1 for the last")
    return int(cursor.take().text)


# Times.


def read_times(cursor: Cursor) -> list[Part]:
    """Read `09:00-12:00,13:00-18:00`."""
    parts: list[Part] = []
    while cursor.stands("clock"):
        parts.append(_read_time(cursor))
        if not (cursor.stands("mark", ",") and cursor.peek().kind == "clock"):
            break
        cursor.take()
    return parts


def _read_time(cursor: Cursor) -> Part:
    token = cursor.take()
    start = _minutes(cursor, token, "23:59", DAY_MINUTES - 1)
    if cursor.stands("mark", "+"):
        cursor.refuse(f"leaves the end open: write it, as `{token.text}-18:00`")
    if not cursor.skip("-"):
        cursor.refuse(f"has no end: write it, as `{token.text}-18:00`", token)
    if not cursor.stands("clock"):
        cursor.unexpected()
    end = _minutes(cursor, cursor.take(), "48:00", 2 * DAY_MINUTES)
    if cursor.stands("mark", "+", "/"):
        cursor.unexpected()
    return start, end if end > start else end + DAY_MINUTES


def _minutes(cursor: Cursor, token: Token, last: str, most: int) -> int:
    hour, minute = map(int, token.text.split(":"))
    if minute > 59:  # noqa: PLR2004 - a clock face
        cursor.refuse("is no time: minutes are 00 to 59", token)
    if hour * 60 + minute > most:
        cursor.refuse(f"is out of range: write `00:00` to `{last}` here", token)
    return hour * 60 + minute
