"""Zones, instants, and the changes of a zone's offset."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Schedule, zones
from cloudpbx.routing.zones import (
    FIRST,
    LAST,
    changes_of_offset,
    check_zone,
    end_of_offset,
    epoch_of,
    find_zone,
    is_plain_day,
    moment_of,
    offset_at,
)


@pytest.mark.parametrize(
    "zone",
    [
        pytest.param("Asia/Tokyo", id="a name"),
        pytest.param(ZoneInfo("Asia/Tokyo"), id="a zone"),
        pytest.param(ZoneInfo.no_cache("Asia/Tokyo"), id="a zone made anew"),
    ],
)
def test_a_zone_is_known(zone: Any) -> None:
    """A zone is given by its name or as itself."""
    assert check_zone(zone) == "Asia/Tokyo"
    assert Schedule(zone=zone).zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("zone", "message"),
    [
        pytest.param(
            "Asia/Tokio",
            "`Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?",
            id="a slip",
        ),
        pytest.param(
            "Middle-earth",
            "`Middle-earth` is not a time zone: write a name of the IANA data, as `Asia/Tokyo`",
            id="nothing like it",
        ),
        pytest.param(
            "../../etc/passwd",
            "`../../etc/passwd` is not a time zone: write a name of the IANA data, as "
            "`Asia/Tokyo`",
            id="a path",
        ),
        pytest.param("", "`` is empty: a time zone needs at least one character", id="empty"),
        pytest.param(
            "UTC\0",
            "`UTC\\x00` has a control character: a time zone is one line of text",
            id="a zero byte",
        ),
        pytest.param(
            9, '`9` is not text, as a time zone must be: write it in quotes, "9"', id="int"
        ),
        pytest.param(None, "`None` is not text, as a time zone must be", id="None"),
        pytest.param(
            timezone(timedelta(hours=9)),
            "`datetime.timezone(datetime.timedelta(seconds=32400))` is not text, as a time "
            "zone must be",
            id="an offset, which has no name",
        ),
    ],
)
def test_a_zone_is_refused(zone: Any, message: str) -> None:
    """An unknown zone is named with the most similar one, or with an example."""
    with pytest.raises(InvalidValueError) as refusal:
        Schedule(zone=zone)

    assert str(refusal.value) == message


def test_a_machine_without_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no zone is known at all, the message says what to install."""
    monkeypatch.setattr(zones, "available_timezones", set)

    with pytest.raises(InvalidValueError) as refusal:
        find_zone("Nowhere/At_All")

    assert str(refusal.value) == (
        "`Nowhere/At_All` is not a time zone: this machine has no time zone data, "
        "`pip install tzdata`"
    )


@pytest.mark.parametrize(
    ("moment", "epoch"),
    [
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), 0, id="the epoch"),
        pytest.param(datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC), -1, id="before"),
        pytest.param(datetime(1970, 1, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo")), 0, id="elsewhere"),
        pytest.param(datetime(1970, 1, 1, 0, 0, 1, 999_999, tzinfo=UTC), 1, id="rounded down"),
        pytest.param(
            datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1),
            1_793_514_600,
            id="the second reading of an hour",
        ),
    ],
)
def test_instants(moment: datetime, epoch: int) -> None:
    """An instant is whole seconds since 1970, rounded down, and comes back in any zone."""
    assert epoch_of(moment) == epoch
    back = moment_of(epoch, ZoneInfo("Asia/Kathmandu"))
    assert timedelta() <= moment.astimezone(UTC) - back.astimezone(UTC) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime.min.replace(tzinfo=UTC), id="the first moment"),
        pytest.param(datetime.max.replace(tzinfo=UTC), id="the last moment"),
        pytest.param(
            datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), id="before the first"
        ),
        pytest.param(
            datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))), id="after the last"
        ),
    ],
)
def test_the_ends_of_the_calendar_are_refused(moment: datetime) -> None:
    """Within two days of the calendar's ends no local time is sure to exist."""
    with pytest.raises(InvalidValueError) as refusal:
        epoch_of(moment)

    assert str(refusal.value) == (
        f"`{moment.isoformat()}` is too near the end of the calendar: use years 2 to 9998"
    )


@pytest.mark.parametrize(
    ("zone", "year", "expected"),
    [
        pytest.param("UTC", 2026, [], id="never"),
        pytest.param(
            "America/New_York",
            2026,
            ["2026-03-08T03:00:00-04:00", "2026-11-01T01:00:00-05:00"],
            id="twice a year",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            2026,
            ["2026-04-05T01:30:00+10:30", "2026-10-04T02:30:00+11:00"],
            id="half an hour",
        ),
        pytest.param(
            "Pacific/Apia",
            2011,
            [
                "2011-04-02T03:00:00-11:00",
                "2011-09-24T04:00:00-10:00",
                "2011-12-31T00:00:00+14:00",
            ],
            id="a day skipped",
        ),
        pytest.param("Africa/Monrovia", 1972, ["1972-01-07T00:44:30+00:00"], id="with seconds"),
    ],
)
def test_changes_of_a_year(zone: str, year: int, expected: list[str]) -> None:
    """The changes of a year are the first instants with another offset."""
    key = find_zone(zone)

    assert [
        moment_of(each, key).isoformat() for each in changes_of_offset(key, year)
    ] == expected
    for change in changes_of_offset(key, year):
        assert offset_at(key, change) != offset_at(key, change - 1)


def test_the_end_of_an_offset() -> None:
    """An offset ends at the next change, or is looked at again in the next year."""
    zone = find_zone("America/New_York")
    spring = epoch_of(datetime(2026, 3, 8, 7, tzinfo=UTC))
    autumn = epoch_of(datetime(2026, 11, 1, 6, tzinfo=UTC))
    year_end = epoch_of(datetime(2027, 1, 1, tzinfo=UTC))

    assert end_of_offset(zone, spring - 1) == spring
    assert end_of_offset(zone, spring) == autumn
    assert end_of_offset(zone, autumn) == year_end


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        pytest.param(1, [], id="the first year"),
        pytest.param(
            9999, ["9999-03-28T03:00:00+02:00", "9999-10-31T02:00:00+01:00"], id="the last year"
        ),
    ],
)
def test_years_that_are_cut_off(year: int, expected: list[str]) -> None:
    """The first and the last year are looked at as far as they can be asked for."""
    zone = find_zone("Europe/Paris")
    found = changes_of_offset(zone, year)

    assert [moment_of(each, zone).isoformat() for each in found] == expected
    assert end_of_offset(zone, FIRST) > FIRST
    assert end_of_offset(zone, LAST - 1) >= LAST


@pytest.mark.parametrize(
    ("day", "plain"),
    [
        pytest.param(date(2026, 3, 4), True, id="days before"),
        pytest.param(date(2026, 3, 7), False, id="the day before"),
        pytest.param(date(2026, 3, 8), False, id="the day of a change"),
        pytest.param(date(2026, 3, 9), False, id="the day after"),
        pytest.param(date(2026, 3, 12), True, id="days after"),
        pytest.param(date(1, 1, 3), False, id="too near the start of the calendar"),
        pytest.param(date(9999, 12, 29), False, id="too near its end"),
        pytest.param(date(2026, 12, 31), True, id="the end of a year"),
    ],
)
def test_plain_days(day: date, *, plain: bool) -> None:
    """The wall clock tells the instant on days with no change near them."""
    assert is_plain_day(find_zone("America/New_York"), day.toordinal()) == plain
