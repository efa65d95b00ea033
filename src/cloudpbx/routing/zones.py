"""Time zones: where the clock on the wall stands at an instant.

Here: checking a zone's name, instants as whole seconds since 1970, and when a zone's
offset changes. Not here: schedules.

The standard library does not say when a zone's offset changes, so each year is probed
once, a day at a time. No zone of the IANA data has changed twice within three days.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cloudpbx._values import check_text, nearest, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.spans import DAY

__all__ = ["check_zone", "find_zone"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL: Final = EPOCH.toordinal()

# Two days inside what `datetime` can hold, so that every local time exists too.
FIRST: Final = int((datetime(1, 1, 3, tzinfo=UTC) - EPOCH).total_seconds())
LAST: Final = int((datetime(9999, 12, 30, tzinfo=UTC) - EPOCH).total_seconds())


def check_zone(key: object) -> str:
    """Return the name of a time zone when the IANA data has it.

    >>> check_zone("Asia/Tokyo")
    'Asia/Tokyo'

    Raises:
        InvalidValueError: there is no such zone; the message names the most similar.
    """
    if isinstance(key, ZoneInfo) and key.key:
        return key.key
    find_zone(check_text(key, what="a time zone"))
    return str(key)


@lru_cache(maxsize=1024)
def find_zone(key: str) -> ZoneInfo:
    """Return the time zone of a name."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = available_timezones()
        fix = nearest(key, known)
        if not known:
            fix = "this machine has no time zone data, `pip install tzdata`"
        elif not fix.startswith("did you mean"):
            fix = "write a name of the IANA data, as `Asia/Tokyo`"
        msg = f"{shown(key)} is not a time zone: {fix}"
        raise InvalidValueError(msg) from None


def epoch_of(moment: datetime) -> int:
    """Return an aware datetime as whole seconds since 1970, rounded down.

    Raises:
        InvalidValueError: `moment` is within two days of the calendar's ends.
    """
    since = moment - EPOCH
    epoch = since.days * DAY + since.seconds
    if not FIRST <= epoch <= LAST:
        msg = f"`{moment.isoformat()}` is too near the end of the calendar: use years 2 to 9998"
        raise InvalidValueError(msg)
    return epoch


def moment_of(epoch: int, zone: tzinfo) -> datetime:
    """Return seconds since 1970 as an aware datetime of `zone`."""
    return (EPOCH + timedelta(seconds=epoch)).astimezone(zone)


def offset_at(zone: tzinfo, epoch: int) -> int:
    """Return how many seconds the wall clock is ahead of UTC."""
    offset = moment_of(epoch, zone).utcoffset()
    return 0 if offset is None else offset.days * DAY + offset.seconds


@lru_cache(maxsize=16_384)
def changes_of_offset(zone: ZoneInfo, year: int) -> tuple[int, ...]:
    """Return the instants of a UTC year at which the zone's offset changes."""
    start = int((datetime(year, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
    end = min(int((datetime(year, 12, 31, tzinfo=UTC) - EPOCH).total_seconds()) + DAY, LAST)
    found = []
    low = max(start - 1, FIRST)
    offset = offset_at(zone, low)
    for high in (*range(low + DAY, end - 1, DAY), end - 1):
        later = offset_at(zone, high)
        if later != offset:
            found.append(_first_with(zone, later, low, high))
        low, offset = high, later
    return tuple(found)


def _first_with(zone: ZoneInfo, offset: int, low: int, high: int) -> int:
    """Return the first instant after `low` that has `offset`, as `high` has."""
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, middle) == offset:
            high = middle
        else:
            low = middle
    return high


def end_of_offset(zone: ZoneInfo, epoch: int) -> int:
    """Return an instant after `epoch` up to which the offset stays what it is.

    It is the next change of the offset, or the end of the UTC year if that is sooner.
    """
    year = (EPOCH + timedelta(seconds=epoch)).year
    for change in changes_of_offset(zone, year):
        if change > epoch:
            return change
    return int((datetime(year, 12, 31, tzinfo=UTC) - EPOCH).total_seconds()) + DAY


def is_plain_day(zone: ZoneInfo, ordinal: int) -> bool:
    """Say whether the offset stays the same from the day before to the day after.

    On such a day the wall clock alone tells the instant.
    """
    start = (ordinal - EPOCH_ORDINAL - 2) * DAY
    end = start + 5 * DAY
    if start < FIRST or end > LAST:
        return False
    first = (EPOCH + timedelta(seconds=start)).year
    last = (EPOCH + timedelta(seconds=end)).year
    return not any(
        start <= change <= end
        for year in {first, last}
        for change in changes_of_offset(zone, year)
    )
