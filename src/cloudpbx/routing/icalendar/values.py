"""Dates, times, durations and zones as iCalendar (RFC 5545) writes them.

Here: what a single value says. Not here: the file and its events (`events`),
recurrence rules (`recurrences`), or what events come to together (`dialect`).
"""

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from attrs import frozen

from cloudpbx._values import shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.zones import changes_of_offset, epoch_of, find_zone, offset_at

__all__ = [
    "ONE_DAY",
    "Stamp",
    "distance_of",
    "read_duration",
    "read_stamp",
    "resolve_zone",
    "seconds_of",
    "whole_seconds",
]

ONE_DAY: Final = timedelta(1)

_DATE = re.compile(r"\d{8}", re.ASCII)
_TIME = re.compile(r"(\d{8}T\d{6})(Z?)", re.ASCII)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,6})W|(?:(\d{1,6})D)?(T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?)",
    re.ASCII,
)
_LAST_LISTED_YEAR: Final = 2100
"""Zones change by a rule that repeats itself long before this year."""


@frozen
class Stamp:
    """Hold a date, or a date with a time of the day.

    Attributes:
        wall: What the clock shows in its zone; midnight for a date.
        zone: The name of its zone; empty for a date or a floating time.
        whole: Whether it is a date.
    """

    wall: datetime
    zone: str = ""
    whole: bool = False

    def in_zone(self, zone: str) -> "Stamp":
        """Return the same instant as the clock of another zone shows it.

        A date and a floating time are of any zone.

        Raises:
            OverflowError: it is too near the ends of the calendar.
        """
        if self.whole or self.zone in {"", zone}:
            return self if self.whole else Stamp(self.wall, zone)
        moment = self.wall.replace(tzinfo=find_zone(self.zone))
        return Stamp(moment.astimezone(find_zone(zone)).replace(tzinfo=None), zone)

    def __str__(self) -> str:
        """Write it as iCalendar does."""
        text = self.wall.isoformat().replace("-", "").replace(":", "")
        return text[:8] if self.whole else text + "Z" * (self.zone == "UTC")


def read_stamp(text: str, parameters: dict[str, str]) -> Stamp:
    """Read `20261229`, `20261229T090000` or `20261229T000000Z`.

    Args:
        text: The value.
        parameters: Those of its property, as `TZID`.
    """
    kind = parameters.get("VALUE", "").upper()
    try:
        if _DATE.fullmatch(text) and kind in {"", "DATE"}:
            return Stamp(_read(text, "%Y%m%d"), whole=True)
        time = _TIME.fullmatch(text)
        if time and kind in {"", "DATE-TIME"}:
            wall = _read(time[1], "%Y%m%dT%H%M%S")
            tzid = parameters.get("TZID", "")
            # A time in UTC has no other zone, whatever stands beside it.
            return Stamp(wall, "UTC" if time[2] else resolve_zone(tzid) if tzid else "")
    except InvalidValueError:
        raise
    except ValueError:
        # A day or an hour that no calendar and no clock has.
        pass
    what = f"what `VALUE={kind}` says" if kind else "a date or a time"
    msg = f"{shown(text)} is not {what}: write `20261229` or `20261229T090000`"
    raise InvalidValueError(msg)


def _read(text: str, form: str) -> datetime:
    return datetime.strptime(text, form)  # noqa: DTZ007 - its zone is kept beside it


def read_duration(text: str) -> timedelta:
    """Read `PT8H30M`, `P1D` or `P2W`."""
    found = _DURATION.fullmatch(text)
    if found is None or text[-1:] in {"P", "T"}:
        msg = f"{shown(text)} is not a duration: write `PT8H30M`, `P1D` or `P2W`"
        raise InvalidValueError(msg)
    sign, weeks, days, _, hours, minutes, seconds = found.groups()
    length = timedelta(
        weeks=int(weeks or 0),
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
    )
    return -length if sign == "-" else length


def resolve_zone(name: str) -> str:
    """Return the IANA name of a zone.

    In order, and the first that applies wins:

    1. the name of a zone of the IANA data;
    2. such a name behind a prefix, as `/example.org/Asia/Tokyo`;
    3. a name of Windows, as `Tokyo Standard Time`.
    """
    try:
        return find_zone(name).key
    except InvalidValueError:
        parts = name.split("/")
        for start in range(1, len(parts)):
            if _is_zone(tail := "/".join(parts[start:])):
                return tail
        from icalendar.timezone.windows_to_olson import (  # noqa: PLC0415 - an extra
            WINDOWS_TO_OLSON,
        )

        if name in WINDOWS_TO_OLSON:
            return WINDOWS_TO_OLSON[name]
        raise


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and bool(find_zone(name))
    except InvalidValueError:
        return False


def distance_of(zone: str, other: str, first: date, last: date | None) -> int | None:
    """Return by how many seconds the clock of `other` is ahead of that of `zone`.

    None when that is not the same from `first` to `last`, or for ever.
    """
    if zone == other:
        return 0
    one, two = find_zone(zone), find_zone(other)
    start, end = _noon(first), None if last is None else _noon(last)
    ahead = offset_at(two, start) - offset_at(one, start)
    last_year = max(first.year, _LAST_LISTED_YEAR) if last is None else last.year
    for year in range(first.year, last_year + 1):
        for change in {*changes_of_offset(one, year), *changes_of_offset(two, year)}:
            inside = start - _SPARE <= change and (end is None or change <= end + _SPARE)
            if inside and offset_at(two, change) - offset_at(one, change) != ahead:
                return None
    return ahead


_SPARE: Final = 3 * 86_400
"""Seconds before the first and after the last noon in which clocks must agree too."""


def _noon(day: date) -> int:
    return epoch_of(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("UTC")))


def seconds_of(wall: datetime) -> int:
    """Return the seconds after midnight that a clock shows."""
    return wall.hour * 3600 + wall.minute * 60 + wall.second


def whole_seconds(length: timedelta) -> int:
    """Return a length in seconds."""
    return length // timedelta(seconds=1)
