"""What the attributes of a FreeSWITCH condition mean that depend on a zone.

Here: `date-time`, `tz-offset` and `dst`. Not here: the attributes that a wall clock alone
decides (`attributes`).

FreeSWITCH makes an instant of each end of a `date-time`: it reads the text as if it were
UTC, and takes off the offset that the zone has at that instant. Near a change of the
clocks that offset is not the one of the time written, so the end is an hour away from it.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from cloudpbx._values import nearest, shown
from cloudpbx.decisions import Actor, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.freeswitch.attributes import Place, Reader, never, remedy_of
from cloudpbx.routing.freeswitch.calendar import DaySet
from cloudpbx.routing.freeswitch.regions import ALL_DAY, ALWAYS, Region, Seconds
from cloudpbx.routing.spans import DAY
from cloudpbx.routing.zones import (
    changes_of_offset,
    epoch_of,
    find_zone,
    moment_of,
    offset_at,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["ZONE_READERS", "is_true"]

# FreeSWITCH takes the instant 0 for a text that it cannot read.
_FIRST_YEAR: Final = 1971
_LAST_YEAR: Final = 9998
_YEARS_ASKED: Final = range(1970, 2100)
_HOUR: Final = 3600

_END = re.compile(
    r"\s*(\d{4}-\d{1,2}-\d{1,2})(?:\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?\s*", re.ASCII
)


# Dates with times.


def _read_dates(text: str, place: Place) -> Region:
    found: list[tuple[DaySet, Seconds]] = []
    for part in text.split(","):
        start, tilde, end = part.partition("~")
        if not tilde:
            msg = f"{shown(part)} has no end: write `2026-12-24 00:00:00~2026-12-27 00:00:00`"
            raise InvalidValueError(msg)
        low, high = _clock_at(start, place), _clock_at(end, place)
        if low < high:
            _tell_end(place, part, end)
            found += _between(low, high)
        else:
            place.findings.append(never(place.path, part.strip()))
    return tuple(found)


def _clock_at(text: str, place: Place) -> datetime:
    """Return what the clock on the wall shows at an end.

    Raises:
        InvalidValueError: the text is no end, or the clock shows that time twice.
    """
    written = _written(text)
    zone = find_zone(place.zone)
    as_utc = epoch_of(written.replace(tzinfo=UTC))
    instant = as_utc - offset_at(zone, as_utc)
    clock = moment_of(instant, zone).replace(tzinfo=None, fold=0)
    if _is_shown_again(zone, instant):
        msg = (
            f"{shown(text.strip())} is {clock}, which the clock shows twice: write another hour"
        )
        raise InvalidValueError(msg)
    if clock != written:
        place.findings.append(
            Finding(
                code="freeswitch.shifted",
                severity=Severity.WARNING,
                about=text.strip(),
                path=place.path,
                data={"clock": str(clock)},
            )
        )
    return clock


def _written(text: str) -> datetime:
    """Read an end as a date and a time without a zone."""
    match = _END.fullmatch(text)
    if match is None:
        msg = f"{shown(text)} is not a date with its time: write `2026-12-24 00:00:00`"
        raise InvalidValueError(msg)
    year, month, day = map(int, match[1].split("-"))
    hour, minute, second = (int(part or 0) for part in match.groups()[1:])
    try:
        written = datetime.combine(date(year, month, day), time(), None)
    except ValueError:
        written = None
    if written is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        msg = f"{shown(match[1])} is no day of {_FIRST_YEAR} to {_LAST_YEAR}: correct it"
        raise InvalidValueError(msg)
    seconds = hour * _HOUR + minute * 60 + second
    if minute > 59 or second > 59 or seconds > DAY:  # noqa: PLR2004 - a clock face
        msg = f"{shown(text.strip())} has no time of day: hours are 00 to 24, minutes 00 to 59"
        raise InvalidValueError(msg)
    return written + timedelta(seconds=seconds)


def _is_shown_again(zone: "ZoneInfo", instant: int) -> bool:
    """Say whether the clock shows at other instants what it shows before or after this one.

    Where it does not, the time since an end is the time at which the clock shows it or
    later, and no other.
    """
    shown_then = instant + offset_at(zone, instant)
    years = {moment_of(instant + step, zone).year for step in (-2 * DAY, 2 * DAY)}
    for change in (each for year in years for each in changes_of_offset(zone, year)):
        low = change + offset_at(zone, change)
        high = change + offset_at(zone, change - 1)
        if low < shown_then < high or (shown_then == low < high and instant == change):
            return True
    return False


def _tell_end(place: Place, part: str, end: str) -> None:
    """Tell of an end that leaves out a day, or the last second of one."""
    if ":" not in end:
        place.findings.append(
            Finding(
                code="freeswitch.end.date",
                severity=Severity.WARNING,
                about=part.strip(),
                path=place.path,
                data={"end": end.strip()},
                remedies=remedy_of(f"{part.strip()} 24:00:00"),
            )
        )
    elif end.rstrip().endswith("23:59:59"):
        place.findings.append(
            Finding(
                code="freeswitch.end.last_second",
                severity=Severity.NOTE,
                about=part.strip(),
                path=place.path,
                data={"end": end.strip()},
                remedies=remedy_of(part.strip().removesuffix("23:59:59") + "24:00:00"),
            )
        )


def _between(low: datetime, high: datetime) -> list[tuple[DaySet, Seconds]]:
    """Return the days from one time to another; the first and the last may be cut."""
    first, last = low.date(), high.date()
    start, end = (each.hour * _HOUR + each.minute * 60 + each.second for each in (low, high))
    if first == last:
        return [(DaySet.of_dates(first, last), ((start, end),))]
    found: list[tuple[DaySet, Seconds]] = []
    if start:
        found.append((DaySet.of_dates(first, first), ((start, DAY),)))
        first += timedelta(1)
    if first < last:
        found.append((DaySet.of_dates(first, last - timedelta(1)), ALL_DAY))
    if end:
        found.append((DaySet.of_dates(last, last), ((0, end),)))
    return found


# The offset of the zone, and summer time.


_OFFSET = re.compile(r"\s*[+-]?\d{1,2}\s*", re.ASCII)


def _read_offset(text: str, place: Place) -> Region:
    if not _OFFSET.fullmatch(text):
        msg = f"{shown(text)} is not an offset in whole hours: write `9`, or leave it out"
        raise InvalidValueError(msg)
    hours = _hours_of(find_zone(place.zone))
    if int(text) not in hours:
        place.findings.append(
            Finding(
                code="freeswitch.never.offset",
                severity=Severity.ERROR,
                about=text.strip(),
                path=place.path,
                data={"zone": place.zone, "hours": ", ".join(map(str, sorted(hours)))},
                remedies=_leave_out("tz-offset"),
            )
        )
        return ()
    if len(hours) > 1:
        msg = f"{shown(text)} is the offset of `{place.zone}` at times only: leave it out"
        raise InvalidValueError(msg)
    return ALWAYS


def _hours_of(zone: "ZoneInfo") -> frozenset[int]:
    """Return the whole hours that a zone is ahead of UTC, from 1970 on, cut towards 0."""
    changes = [change for year in _YEARS_ASKED for change in changes_of_offset(zone, year)]
    return frozenset(int(offset_at(zone, instant) / _HOUR) for instant in (0, *changes))


_NUMBER = re.compile(r"[+-]?(\d{1,9})[\d.]*", re.ASCII)
_TRUE: Final = frozenset({"yes", "on", "true", "t", "enabled", "active", "allow"})
_FALSE: Final = frozenset({"no", "off", "false", "f", "disabled", "inactive", "disallow", "0"})


def is_true(text: str) -> bool:
    """Say whether FreeSWITCH takes a word, or a number but 0, for true."""
    number = _NUMBER.fullmatch(text)
    return int(number[1]) != 0 if number else text.casefold() in _TRUE


def _read_summer(text: str, place: Place) -> Region:
    if is_true(text):
        msg = f"{shown(text)} asks whether it is summer time: name the months with `mon`"
        raise InvalidValueError(msg)
    if text.casefold() not in _FALSE:
        msg = f"{shown(text)} is not true or false: {nearest(text, ('true', 'false'))}"
        raise InvalidValueError(msg)
    place.findings.append(
        Finding(
            code="freeswitch.never.dst",
            severity=Severity.ERROR,
            about=text,
            path=place.path,
            remedies=_leave_out("dst"),
        )
    )
    return ()


def _leave_out(attribute: str) -> tuple[Remedy, ...]:
    return (
        Remedy("freeswitch.leave_out", Actor.PORTAL_ADMINISTRATOR, {"attribute": attribute}),
    )


# All of them.

ZONE_READERS: Final[Mapping[str, Reader]] = {
    "date-time": _read_dates,
    "tz-offset": _read_offset,
    "dst": _read_summer,
}
"""How each attribute is read that depends on the zone."""
