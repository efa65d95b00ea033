"""What a time attribute of a FreeSWITCH condition means.

Here: reading one attribute into the days and seconds it matches, and what is to be told
about it. Not here: dates and offsets, which depend on the zone (`dates`), or
conditions, which join attributes (`conditions`).

A reader gives a region and findings, or refuses with a message. All comparers take lists
with commas and, but for dates, ranges with `-` that may wrap.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from attrs import frozen

from cloudpbx._values import nearest, shown
from cloudpbx.decisions import Actor, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.freeswitch.calendar import EVERY_DAY, LAST_YEAR, DaySet, days_where
from cloudpbx.routing.freeswitch.regions import ALL_DAY, Region, Seconds, joined
from cloudpbx.routing.spans import DAY, clock_time

__all__ = ["DAY_ATTRIBUTES", "READERS", "Place", "never", "remedy_of"]

_MOST_WEEKS: Final = 5
"""How often a weekday may come in a month."""

_ROUND: Final = 5
"""Minutes to which people round the times that they mean."""


@frozen(kw_only=True)
class Place:
    """Say where an attribute stands, and collect what is to be told about it.

    Attributes:
        path: The place of the attribute.
        zone: Whose wall clock counts.
        weekdays: What `wday` says in the same condition; empty when nothing.
        names_days: Whether the extension is for some days only.
        findings: What was found so far.
    """

    path: str
    zone: str
    weekdays: str
    names_days: bool
    findings: list[Finding]


def remedy_of(text: str) -> tuple[Remedy, ...]:
    """Return the remedy that something else be written."""
    return (Remedy("freeswitch.write", Actor.PORTAL_ADMINISTRATOR, {"text": text}),)


def never(path: str, about: str) -> Finding:
    """Tell that no second is all that something asks for."""
    return Finding(code="freeswitch.never", severity=Severity.ERROR, about=about, path=path)


# Numbers.


class _Item(NamedTuple):
    """Hold one part of a list: its text and both of its ends."""

    text: str
    low: int
    high: int

    @property
    def wraps(self) -> bool:
        return self.low > self.high

    def values(self, first: int, last: int) -> frozenset[int]:
        """Return what it matches of the values that there are."""
        if not self.wraps:
            return frozenset(range(max(self.low, first), min(self.high, last) + 1))
        upper = range(max(self.low, first), last + 1)
        return frozenset((*upper, *range(first, min(self.high, last) + 1)))


_NUMBERS = re.compile(r"\s*(\d{1,9})(?:-\s*(\d{1,9}))?", re.ASCII)


def _items(text: str) -> list[_Item]:
    """Read numbers and ranges as FreeSWITCH does: a space before a mark ends its reading."""
    found = []
    for part in text.rstrip().split(","):
        match = _NUMBERS.fullmatch(part)
        if match is None:
            msg = f"{shown(part)} is not a number or a range: write `2`, `2-6` or `2,4-6`"
            raise InvalidValueError(msg + ", without spaces")
        low = int(match[1])
        found.append(_Item(part.strip(), low, int(match[2]) if match[2] else low))
    return found


def _matched(
    place: Place, attribute: str, items: Iterable[_Item], first: int, last: int
) -> frozenset[int]:
    """Return the values that a list matches, and tell what can match none."""
    matched = [(item, item.values(first, last)) for item in items]
    everything = frozenset[int]().union(*(values for _, values in matched))
    place.findings.extend(
        Finding(
            code="freeswitch.never.value",
            severity=Severity.WARNING if everything else Severity.ERROR,
            about=item.text,
            path=place.path,
            data={"attribute": attribute, "first": first, "last": last},
        )
        for item, values in matched
        if not values
    )
    return everything


def _of_days(
    attribute: str, first: int, last: int, mask_of: Callable[[frozenset[int]], int]
) -> "Reader":
    """Return the reader of an attribute that names days by numbers."""

    def read(text: str, place: Place) -> Region:
        values = _matched(place, attribute, _items(text), first, last)
        return ((DaySet.of(mask_of(values)), ALL_DAY),) if values else ()

    return read


def _in_weeks(weeks: frozenset[int]) -> frozenset[int]:
    return frozenset(number for number in range(1, 367) if (number - 1) // 7 + 1 in weeks)


def _rows(rows: frozenset[int]) -> int:
    """Return the days in rows of the calendar: weeks that begin on Sunday, the first row 1."""
    mask = 0
    for weekday in range(7):
        from_sunday = (weekday + 1) % 7
        days = {
            day
            for day in range(1, 32)
            if (day - 1 + (from_sunday - (day - 1)) % 7) // 7 + 1 in rows
        }
        mask |= days_where(weekdays=(weekday,), days=days)
    return mask


def _read_rows(text: str, place: Place) -> Region:
    items = _items(text)
    if place.weekdays and all(item.low == item.high <= _MOST_WEEKS for item in items):
        days = ",".join(f"{7 * item.low - 6}-{7 * item.low}" for item in items)
        place.findings.append(
            Finding(
                code="freeswitch.weeks",
                severity=Severity.WARNING,
                about=text,
                path=place.path,
                data={"weekday": place.weekdays},
                remedies=remedy_of(f'mday="{days}"'),
            )
        )
    values = _matched(place, "mweek", items, 1, 6)
    return ((DaySet.of(_rows(values)), ALL_DAY),) if values else ()


def _read_year(text: str, place: Place) -> Region:
    days = DaySet.of(0)
    for item in _items(text):
        low, high = max(item.low, 1), min(item.high, LAST_YEAR)
        for first, last in ((1, high), (low, LAST_YEAR)) if item.wraps else ((low, high),):
            if first <= last:
                days |= DaySet.of(EVERY_DAY, first, last)
    if days:
        return ((days, ALL_DAY),)
    _matched(place, "year", _items(text), 1, LAST_YEAR)
    return ()


# Weekdays.


_NAMES: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_USUAL: Final = {"1-5": "2-6", "6-7": "7,1", "6,7": "7,1"}
"""Weekdays as they are counted from Monday, and the same as FreeSWITCH counts them."""


def _read_weekdays(text: str, place: Place) -> Region:
    values: frozenset[int] = frozenset()
    for part in text.split(","):
        ends = [_weekday(word) for word in part.split("-", 1)]
        values |= _Item(part, ends[0], ends[-1]).values(1, 7)
    if text in _USUAL:
        place.findings.append(
            Finding(
                code="freeswitch.weekdays",
                severity=Severity.WARNING,
                about=text,
                path=place.path,
                data={"first": _NAMES[min(values) - 1], "last": _NAMES[max(values) - 1]},
                remedies=remedy_of(f'wday="{_USUAL[text]}"'),
            )
        )
    mask = days_where(weekdays={(value + 5) % 7 for value in values})
    return ((DaySet.of(mask), ALL_DAY),)


def _weekday(word: str) -> int:
    if word in {"1", "2", "3", "4", "5", "6", "7"}:
        return int(word)
    if word.casefold() in _NAMES:
        return _NAMES.index(word.casefold()) + 1
    fix = "1 is Sunday, 7 is Saturday" if word.isdecimal() else nearest(word[:3], _NAMES)
    msg = f"{shown(word)} is not a weekday: {fix}"
    raise InvalidValueError(msg)


# Times of the day.


def _tell_wrapped(place: Place, text: str, evening: str, morning: str) -> None:
    """Tell of a range that wraps on some days only: its morning is that of the same day."""
    if not place.names_days:
        return
    place.findings.append(
        Finding(
            code="freeswitch.wraps",
            severity=Severity.WARNING,
            about=text,
            path=place.path,
            data={"evening": evening, "morning": morning},
            remedies=(
                Remedy(
                    "freeswitch.split",
                    Actor.PORTAL_ADMINISTRATOR,
                    {"evening": evening, "morning": morning},
                ),
            ),
        )
    )


def _region_of(seconds: Seconds) -> Region:
    return ((DaySet.of(EVERY_DAY), seconds),) if seconds else ()


def _read_hours(text: str, place: Place) -> Region:
    items = _items(text)
    for item in items:
        if item.wraps:
            _tell_wrapped(place, item.text, f"{item.low}-23", f"0-{item.high}")
        elif item.low < item.high < 23:  # noqa: PLR2004 - the last hour of a day
            place.findings.append(
                Finding(
                    code="freeswitch.end.hour",
                    severity=Severity.NOTE,
                    about=item.text,
                    path=place.path,
                    data={"end": clock_time((item.high + 1) * 3600)},
                    remedies=remedy_of(f'hour="{item.low}-{item.high - 1}"'),
                )
            )
    hours = _matched(place, "hour", items, 0, 23)
    return _region_of(joined((hour * 3600, (hour + 1) * 3600) for hour in hours))


def _read_minutes(text: str, place: Place) -> Region:
    minutes = _matched(place, "minute", _items(text), 0, 59)
    starts = (hour * 3600 + minute * 60 for hour in range(24) for minute in minutes)
    return _region_of(joined((start, start + 60) for start in starts))


def _read_minutes_of_day(text: str, place: Place) -> Region:
    items = _items(text)
    for item in items:
        if item.wraps:
            _tell_wrapped(place, item.text, f"{item.low}-1440", f"1-{item.high}")
        elif 0 < item.low < item.high <= DAY // 60 and item.low % _ROUND == 0:
            start, end = clock_time((item.low - 1) * 60), clock_time(item.high * 60)
            place.findings.append(
                Finding(
                    code="freeswitch.minutes",
                    severity=Severity.WARNING,
                    about=item.text,
                    path=place.path,
                    data={"start": start, "end": end, "meant": clock_time(item.low * 60)},
                    remedies=remedy_of(f'minute-of-day="{item.low + 1}-{item.high}"'),
                )
            )
    minutes = _matched(place, "minute-of-day", items, 1, DAY // 60)
    return _region_of(joined(((minute - 1) * 60, minute * 60) for minute in minutes))


_TIME = r"(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?"
_TIMES = re.compile(rf"\s*{_TIME}\s*-\s*{_TIME}\s*", re.ASCII)


def _read_times(text: str, place: Place) -> Region:
    runs: list[tuple[int, int]] = []
    for part in text.split(","):
        match = _TIMES.fullmatch(part)
        if match is None:
            msg = f"{shown(part)} is not a start and an end: write `09:00:00-17:59:59`"
            raise InvalidValueError(msg)
        start, end = _second(part, *match.groups()[:3]), _second(part, *match.groups()[3:])
        first, last = clock_time(start), clock_time(end)
        if start > end:
            if end:
                _tell_wrapped(place, part.strip(), f"{first}-23:59:59", f"00:00-{last}")
            runs += [(start, DAY), (0, end + 1)]
        else:
            runs.append((start, end + 1))
        if end == 0 or (match[6] is None and end < DAY):
            _tell_end(place, part.strip(), start, end)
    seconds = joined(runs)
    if not seconds:
        place.findings.append(never(place.path, text))
    return _region_of(seconds)


def _second(text: str, hour: str, minute: str, second: str | None) -> int:
    if int(minute) > 59 or int(second or 0) > 59:  # noqa: PLR2004 - a clock face
        msg = f"{shown(text)} is not a time of day: minutes and seconds are 00 to 59"
        raise InvalidValueError(msg)
    seconds = int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    if seconds > DAY:
        msg = f"{shown(text)} is past the end of the day: write `23:59:59` for its end"
        raise InvalidValueError(msg)
    return seconds


def _tell_end(place: Place, text: str, start: int, end: int) -> None:
    """Tell of an end without seconds, or at midnight, which is its first second."""
    if end // 60 % 60 == 59:  # noqa: PLR2004 - the last minute of an hour
        place.findings.append(
            Finding(
                code="freeswitch.end.minute",
                severity=Severity.WARNING,
                about=text,
                path=place.path,
                data={"end": clock_time(end)},
                remedies=remedy_of(f"{clock_time(start)}-{clock_time(end + 59)}"),
            )
        )
    else:
        before = clock_time((end - 1) % DAY)
        place.findings.append(
            Finding(
                code="freeswitch.end.second",
                severity=Severity.NOTE,
                about=text,
                path=place.path,
                data={"end": clock_time(end)},
                remedies=remedy_of(f"{clock_time(start)}-{before}"),
            )
        )


# All of them.

Reader = Callable[[str, Place], Region]

DAY_ATTRIBUTES: Final = frozenset({"year", "yday", "mon", "mday", "week", "mweek", "wday"})
"""The attributes that name days."""

READERS: Final[Mapping[str, Reader]] = {
    "year": _read_year,
    "yday": _of_days("yday", 1, 366, lambda values: days_where(numbers=values)),
    "mon": _of_days("mon", 1, 12, lambda values: days_where(months=values)),
    "mday": _of_days("mday", 1, 31, lambda values: days_where(days=values)),
    "week": _of_days("week", 1, 53, lambda values: days_where(numbers=_in_weeks(values))),
    "mweek": _read_rows,
    "wday": _read_weekdays,
    "hour": _read_hours,
    "minute": _read_minutes,
    "minute-of-day": _read_minutes_of_day,
    "time-of-day": _read_times,
}
"""How each attribute is read that a wall clock alone decides."""
