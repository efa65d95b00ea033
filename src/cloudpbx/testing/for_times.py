"""Strategies for time: zones and instants.

Here: names of time zones, and aware moments near the places where mistakes hide. Not
here: days and times of the day (`for_days`).
"""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from cloudpbx.routing.zones import EPOCH, changes_of_offset

__all__ = ["moments", "zones"]

WIDEST_YEARS: Final = (2, 9998)
"""The years in which every question about a moment has an answer."""

_TELLING_ZONES: Final = (
    "UTC",
    "Asia/Tokyo",
    "America/New_York",
    "Europe/Paris",
    "America/Sao_Paulo",  # midnight was skipped
    "Australia/Lord_Howe",  # half an hour
    "Pacific/Apia",  # a day was skipped
    "Asia/Kathmandu",
    "Africa/Casablanca",  # two changes within a month
    "Africa/Monrovia",  # seconds in the offset until 1972
)
_NEAR_ZONES: Final = ("Asia/Tokio", "asia/tokyo ", "UTC+9", "JST", "Europe", "../UTC", "")
_LAST_LISTED_YEAR: Final = 2100
_FIRST_LISTED_YEAR: Final = 1900
_NEAR: Final = (-3601, -3600, -1800, -1, 0, 1, 1799, 1800, 3599, 3600, 7199, 7200, 86_399)


def zones(*, well_formed: bool = True) -> st.SearchStrategy[str]:
    """Draw names of time zones, those with odd changes of their clocks more often."""
    known = st.sampled_from(_TELLING_ZONES) | st.sampled_from(_all_zones())
    if well_formed:
        return known
    return known | known.map(str.swapcase) | st.sampled_from(_NEAR_ZONES) | st.text(max_size=20)


@st.composite
def moments(
    draw: st.DrawFn, *, zone: str | None = None, years: tuple[int, int] = WIDEST_YEARS
) -> datetime:
    """Draw aware moments near changes of a clock, leap days, midnights and year ends.

    Args:
        draw: Given by Hypothesis.
        zone: The zone whose clock matters; any if left out. The moments are not all
            expressed in it.
        years: The first and last year.
    """
    name = draw(zones()) if zone is None else zone
    kind = draw(st.sampled_from(("plain", "day", "change")))
    if kind == "change":
        moment = _near_a_change(draw, ZoneInfo(name), years)
    elif kind == "day":
        moment = _near_midnight(draw, ZoneInfo(name), years)
    else:
        moment = draw(st.datetimes(*_bounds(years), timezones=st.just(UTC)))
    shown_in: tzinfo = draw(
        st.sampled_from((ZoneInfo(name), UTC))
        | zones().map(ZoneInfo)
        | st.integers(-839, 839).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    )
    low, high = (bound.replace(tzinfo=UTC) for bound in _bounds(years))
    return min(max(moment, low), high).astimezone(shown_in)


def _near_a_change(draw: st.DrawFn, zone: ZoneInfo, years: tuple[int, int]) -> datetime:
    """Draw an instant near a change of a zone's offset, or near the start of a year."""
    first = min(max(years[0], _FIRST_LISTED_YEAR), years[1])
    last = max(min(years[1], _LAST_LISTED_YEAR), first)
    year = draw(st.integers(first, last))
    changes = changes_of_offset(zone, year)
    if not changes:
        return _near_midnight(draw, zone, (year, year))
    change = EPOCH + timedelta(seconds=draw(st.sampled_from(changes)))
    return change + timedelta(seconds=draw(st.sampled_from(_NEAR)))


def _near_midnight(draw: st.DrawFn, zone: ZoneInfo, years: tuple[int, int]) -> datetime:
    """Draw an instant near a midnight of the wall clock, leap days and year ends first."""
    year = draw(st.integers(*years))
    leap_day = date(year, 2, 28) + timedelta(1)
    day = draw(
        st.sampled_from((date(year, 1, 1), date(year, 12, 31), leap_day))
        | st.dates(date(year, 1, 1), date(year, 12, 31))
    )
    midnight = datetime.combine(day, time(), zone).astimezone(UTC)
    return midnight + timedelta(seconds=draw(st.sampled_from(_NEAR)))


def _bounds(years: tuple[int, int]) -> tuple[datetime, datetime]:
    low = datetime(years[0], 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone
    high = datetime(years[1], 12, 31, 23, 59, 59, 999_999)  # noqa: DTZ001 - the same
    return low + timedelta(2), high - timedelta(2)


@cache
def _all_zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))
