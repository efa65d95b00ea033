"""Schedules, by stories: precedence, nights, changes of the clocks, and what never changes."""

import copy
import pickle
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Finding
from cloudpbx.routing import HolidayCalendar, Override, Rule, Schedule, Week
from cloudpbx.routing.months import Month
from cloudpbx.routing.rules import Until
from cloudpbx.routing.schedules import answers_of

NOON: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEW_YORK: Final = ZoneInfo("America/New_York")


def schedule(*rules: str, zone: str = "UTC", **settings: Any) -> Schedule[str]:
    """Make a schedule of rules written as `notation → value`."""
    pairs = [rule.split(" → ") for rule in rules]
    made = tuple(Rule(when, value) for when, value in pairs)
    return Schedule(zone=zone, rules=made, **settings)


def day_of(hours: Schedule[str], day: str) -> str:
    """Write what a schedule answers on one day, as `00:00 gap | 09:00 open | 18:00 gap`."""
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(hours.zone))
    end = (start.replace(tzinfo=None) + timedelta(1)).replace(tzinfo=start.tzinfo)
    found = hours.intervals(start, end)
    return " | ".join(f"{each.start:%H:%M} {each.value or 'gap'}" for each in found)


@pytest.mark.parametrize(
    ("rules", "settings", "day", "expected"),
    [
        pytest.param((), {}, "2026-11-24", "00:00 gap", id="no rule: a gap"),
        pytest.param((), {"otherwise": "closed"}, "2026-11-24", "00:00 closed", id="otherwise"),
        pytest.param(
            ("tue 09:00-18:00 → open",),
            {},
            "2026-11-24",
            "00:00 gap | 09:00 open | 18:00 gap",
            id="a weekday",
        ),
        pytest.param(
            ("tue 09:00-18:00 → open", "11-01..11-30 tue 10:00-12:00 → season"),
            {},
            "2026-11-24",
            "00:00 gap | 10:00 season | 12:00 gap",
            id="a season owns the day",
        ),
        pytest.param(
            ("11-01..11-30 tue 09:00-18:00 → season", "tue[4] 10:00-12:00 → fourth"),
            {},
            "2026-11-24",
            "00:00 gap | 10:00 fourth | 12:00 gap",
            id="a recurring day owns it before a season",
        ),
        pytest.param(
            ("tue[4] 09:00-18:00 → fourth", "holiday 10:00-12:00 → holiday"),
            {"holidays": {date(2026, 11, 24): "x"}},
            "2026-11-24",
            "00:00 gap | 10:00 holiday | 12:00 gap",
            id="a holiday before a recurring day",
        ),
        pytest.param(
            ("holiday 09:00-18:00 → holiday", "11-24 10:00-12:00 → yearly"),
            {"holidays": {date(2026, 11, 24): "x"}},
            "2026-11-24",
            "00:00 gap | 10:00 yearly | 12:00 gap",
            id="a date of every year before a holiday",
        ),
        pytest.param(
            ("11-24 09:00-18:00 → yearly", "2026-11-24 10:00-12:00 → dated"),
            {},
            "2026-11-24",
            "00:00 gap | 10:00 dated | 12:00 gap",
            id="a date before one of every year",
        ),
        pytest.param(
            ("2026-11-24 09:00-18:00 → dated",),
            {"override": Override("forced", since=NOON, until=NOON + timedelta(hours=1))},
            "2026-11-24",
            "00:00 gap | 09:00 dated | 12:00 forced | 13:00 dated | 18:00 gap",
            id="the override before all",
        ),
        pytest.param(
            ("mon 22:00-06:00 → night",),
            {},
            "2026-11-24",
            "00:00 night | 06:00 gap",
            id="a night belongs to the day it begins on",
        ),
        pytest.param(
            ("mon 22:00-06:00 → night", "2026-11-24 04:00-12:00 → dated"),
            {},
            "2026-11-24",
            "00:00 night | 06:00 dated | 12:00 gap",
            id="a night runs out into a day of a higher tier",
        ),
        pytest.param(
            ("mon 22:00-06:00 → night", "2026-11-24 04:00-12:00 → dated"),
            {"spill": "clip"},
            "2026-11-24",
            "00:00 gap | 04:00 dated | 12:00 gap",
            id="clipped, it does not",
        ),
        pytest.param(
            ("2026-11-23 22:00-06:00 → night", "tue 04:00-12:00 → open"),
            {"spill": "clip"},
            "2026-11-24",
            "00:00 night | 06:00 open | 12:00 gap",
            id="a lower tier clips nothing",
        ),
        pytest.param(
            ("mon-fri 22:00-06:00 → night",),
            {"spill": "clip"},
            "2026-11-24",
            "00:00 night | 06:00 gap | 22:00 night",
            id="nor does the same tier",
        ),
        pytest.param(
            ("2026-11-23 22:00-06:00 → night",),
            {"spill": "clip"},
            "2026-11-24",
            "00:00 night | 06:00 gap",
            id="nor does a day that nothing owns",
        ),
        pytest.param(
            ("tue 10:00-12:00 → first", "tue 09:00-18:00 → second"),
            {"overlap": "first"},
            "2026-11-24",
            "00:00 gap | 09:00 second | 10:00 first | 12:00 second | 18:00 gap",
            id="of two rules the first",
        ),
        pytest.param(
            ("tue 04:00-12:00 → day", "mon 22:00-06:00 → night"),
            {"overlap": "first"},
            "2026-11-24",
            "00:00 night | 04:00 day | 12:00 gap",
            id="the first, though the other began the evening before",
        ),
        pytest.param(
            ("tue 09:00-12:00 → open", "tue 12:00-18:00 → open"),
            {},
            "2026-11-24",
            "00:00 gap | 09:00 open | 18:00 gap",
            id="equal answers are merged",
        ),
        pytest.param(
            ("holiday mon-fri 00:00-24:00 → closed", "tue 00:00-24:00 → open"),
            {"holidays": HolidayCalendar(days={date(2026, 11, 24): "x"})},
            "2026-11-24",
            "00:00 closed",
            id="a holiday on a weekday",
        ),
        pytest.param(
            ("holiday sat 00:00-24:00 → closed", "tue 00:00-24:00 → open"),
            {"holidays": HolidayCalendar(days={date(2026, 11, 24): "x"})},
            "2026-11-24",
            "00:00 open",
            id="a holiday on another weekday",
        ),
    ],
)
def test_precedence(
    rules: tuple[str, ...], settings: dict[str, Any], day: str, expected: str
) -> None:
    """On Tuesday, 24 November 2026, the order of precedence gives this day."""
    assert day_of(schedule(*rules, **settings), day) == expected


@pytest.mark.parametrize(
    ("zone", "rule", "start", "changes"),
    [
        pytest.param(
            "Europe/Paris",
            "02:15-02:45 → on",
            "2024-03-30T12:00+01:00",
            ["2024-04-01T02:15:00+02:00", "2024-04-01T02:45:00+02:00"],
            id="a skipped hour is never matched",
        ),
        pytest.param(
            "Europe/Paris",
            "02:15-02:45 → on",
            "2024-10-26T12:00+02:00",
            [
                "2024-10-27T02:15:00+02:00",
                "2024-10-27T02:45:00+02:00",
                "2024-10-27T02:15:00+01:00",
                "2024-10-27T02:45:00+01:00",
                "2024-10-28T02:15:00+01:00",
            ],
            id="a repeated hour is matched twice",
        ),
        pytest.param(
            "Europe/Paris",
            "01:30-02:30 → on",
            "2024-03-30T12:00+01:00",
            ["2024-03-31T01:30:00+01:00", "2024-03-31T03:00:00+02:00"],
            id="an end that is skipped comes where the clock jumps",
        ),
        pytest.param(
            "Europe/Paris",
            "02:30-03:30 → on",
            "2024-03-30T12:00+01:00",
            ["2024-03-31T03:00:00+02:00", "2024-03-31T03:30:00+02:00"],
            id="so does a start",
        ),
        pytest.param(
            "Europe/Paris",
            "02:30-03:30 → on",
            "2024-10-26T12:00+02:00",
            [
                "2024-10-27T02:30:00+02:00",
                "2024-10-27T02:00:00+01:00",
                "2024-10-27T02:30:00+01:00",
                "2024-10-27T03:30:00+01:00",
            ],
            id="the clock put back leaves a span and comes into it again",
        ),
        pytest.param(
            "America/New_York",
            "17:00-09:00 → on",
            "2026-10-31T12:00-04:00",
            ["2026-10-31T17:00:00-04:00", "2026-11-01T09:00:00-05:00"],
            id="a night with an hour more",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "01:45-02:15 → on",
            "2026-04-04T12:00+11:00",
            [
                "2026-04-05T01:45:00+11:00",
                "2026-04-05T01:30:00+10:30",
                "2026-04-05T01:45:00+10:30",
                "2026-04-05T02:15:00+10:30",
            ],
            id="half an hour repeated",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "02:10-02:20 → on",
            "2026-10-03T12:00+10:30",
            ["2026-10-05T02:10:00+11:00", "2026-10-05T02:20:00+11:00"],
            id="half an hour skipped",
        ),
        pytest.param(
            "Pacific/Apia",
            "fri 09:00-18:00 → on",
            "2011-12-28T12:00-10:00",
            ["2012-01-06T09:00:00+14:00", "2012-01-06T18:00:00+14:00"],
            id="a skipped Friday",
        ),
        pytest.param(
            "Pacific/Apia",
            "2011-12-30 00:00-24:00 → on",
            "2011-12-28T12:00-10:00",
            [],
            id="a date that never was",
        ),
        pytest.param(
            "Pacific/Apia",
            "fri 22:00-06:00 → on",
            "2011-12-28T12:00-10:00",
            ["2011-12-31T00:00:00+14:00", "2011-12-31T06:00:00+14:00"],
            id="the night after a skipped day is shown by the clock",
        ),
        pytest.param(
            "Pacific/Kwajalein",
            "sat 10:00-11:00 → on",
            "1993-08-20T00:00-12:00",
            ["1993-08-28T10:00:00+12:00", "1993-08-28T11:00:00+12:00"],
            id="a skipped Saturday",
        ),
        pytest.param(
            "America/Sao_Paulo",
            "00:00-00:30 → on",
            "2017-10-14T12:00-03:00",
            ["2017-10-16T00:00:00-02:00", "2017-10-16T00:30:00-02:00"],
            id="a midnight that is skipped",
        ),
        pytest.param(
            "America/Sao_Paulo",
            "sun 00:00-24:00 → on",
            "2017-10-14T12:00-03:00",
            ["2017-10-15T01:00:00-02:00", "2017-10-16T00:00:00-02:00"],
            id="a day that begins at one",
        ),
        pytest.param(
            "America/Sao_Paulo",
            "sat 23:30-00:15 → on",
            "2018-02-17T12:00-02:00",
            [
                "2018-02-17T23:30:00-02:00",
                "2018-02-17T23:00:00-03:00",
                "2018-02-17T23:30:00-03:00",
                "2018-02-18T00:15:00-03:00",
            ],
            id="a midnight that is put back to the evening",
        ),
    ],
)
def test_changes_of_the_clocks(zone: str, rule: str, start: str, changes: list[str]) -> None:
    """Around these changes of the clocks, these are the next changes, one after the other."""
    hours = schedule(rule, zone=zone)
    moment: datetime | None = datetime.fromisoformat(start)
    for expected in changes:
        assert moment is not None
        value = hours.at(moment)
        moment = hours.next_change(moment)
        assert moment is not None
        assert moment.isoformat() == expected
        assert hours.at(moment) != value
    if not changes:
        assert moment is not None
        assert hours.next_change(moment) is None


@pytest.mark.parametrize(
    ("rules", "settings", "start", "expected"),
    [
        pytest.param((), {}, "2026-11-24", None, id="no rule"),
        pytest.param(("00:00-24:00 → open",), {}, "2026-11-24", None, id="always the same"),
        pytest.param(
            ("mon 00:00-24:00 → open",),
            {"otherwise": "open"},
            "2026-11-24",
            None,
            id="constant",
        ),
        pytest.param(("2026-01-05 09:00-10:00 → x",), {}, "2026-11-24", None, id="expired"),
        pytest.param(
            ("2026-01-05..2026-03-01 mon 09:00-10:00 → x",), {}, "2026-11-24", None, id="season"
        ),
        pytest.param(
            ("rrule:DTSTART=20260101;FREQ=DAILY;COUNT=5 09:00-10:00 → x",),
            {},
            "2026-11-24",
            None,
            id="counted out",
        ),
        pytest.param(
            ("rrule:FREQ=DAILY;UNTIL=20260105 09:00-10:00 → x",),
            {},
            "2026-11-24",
            None,
            id="until has passed",
        ),
        pytest.param(
            ("rrule:DTSTART=20260101;FREQ=DAILY;COUNT=10000 09:00-10:00 → x",),
            {},
            "2060-01-01",
            None,
            id="a long count",
        ),
        pytest.param(
            ("holiday 09:00-10:00 → x",),
            {"holidays": {date(2026, 1, 1): "元日"}},
            "2026-11-24",
            None,
            id="holidays used up",
        ),
        pytest.param(("holiday 09:00-10:00 → x",), {}, "2026-11-24", None, id="no holidays"),
        pytest.param(
            ("holiday 09:00-10:00 → x",),
            {"holidays": HolidayCalendar()},
            "2026-11-24",
            None,
            id="an empty calendar",
        ),
        pytest.param(
            ("mon 09:00-10:00 → x",),
            {"override": Override("forced", since=NOON - timedelta(days=9))},
            "2026-11-24",
            None,
            id="forced for good",
        ),
        pytest.param(
            ("00:00-24:00 → forced",),
            {"override": Override("forced", until=NOON)},
            "2026-11-24",
            None,
            id="forced to what it is",
        ),
        pytest.param(
            ("02-29 mon 09:00-10:00 → x",), {}, "2026-11-24", "2044-02-29T09:00:00", id="sparse"
        ),
        pytest.param(
            ("02-29 mon 09:00-10:00 → x",),
            {},
            "2072-03-01",
            "2112-02-29T09:00:00",
            id="over 2100",
        ),
        pytest.param(
            ("9998-06-01 09:00-10:00 → x",), {}, "2026-11-24", "9998-06-01T09:00:00", id="far"
        ),
        pytest.param(
            ("2026-01-01..9999-12-31 00:00-24:00 → x",), {}, "2026-11-24", None, id="for good"
        ),
        pytest.param(
            ("2027-01-01..9999-12-31 00:00-24:00 → x",),
            {},
            "2026-11-24",
            "2027-01-01T00:00:00",
            id="for good, later",
        ),
        pytest.param(
            ("2026-01-01..2030-12-31 12-29 00:00-24:00 → x",),
            {},
            "2026-12-30",
            "2027-12-29T00:00:00",
            id="a day of every year in a range of dates",
        ),
        pytest.param(
            ("2026-01-01..2090-12-31 02-29 mon 00:00-24:00 → x",),
            {},
            "2026-11-24",
            "2044-02-29T00:00:00",
            id="the same, narrowed by weekdays",
        ),
        pytest.param(
            ("rrule:DTSTART=29000101;FREQ=DAILY;COUNT=3 00:00-24:00 → x",),
            {},
            "2026-11-24",
            "2900-01-01T00:00:00",
            id="a recurrence that starts in 900 years",
        ),
        pytest.param(
            ("rrule:DTSTART=20000101;FREQ=YEARLY;INTERVAL=500 00:00-24:00 → x",),
            {},
            "2026-11-24",
            "2500-01-01T00:00:00",
            id="an interval longer than the calendar's cycle",
        ),
        pytest.param(
            ("rrule:DTSTART=20260105;FREQ=WEEKLY;INTERVAL=2 00:00-24:00 → x",),
            {},
            "2026-11-24",
            "2026-12-07T00:00:00",
            id="every second week",
        ),
        pytest.param(
            ("holiday 09:00-10:00 → x",),
            {"holidays": {date(2926, 1, 1): "元日"}},
            "2026-11-24",
            "2926-01-01T09:00:00",
            id="a holiday far ahead",
        ),
        pytest.param(
            ("holiday 09:00-10:00 → x",),
            {"holidays": lambda day: "x" if (day.month, day.day) == (2, 29) else None},
            "2026-11-24",
            "2028-02-29T09:00:00",
            id="a callable's holiday",
        ),
        pytest.param(
            ("mon 09:00-10:00 → x",),
            {"override": Override("x", since=NOON, until=NOON + timedelta(days=600))},
            "2026-11-24",
            "2026-11-24T12:00:00",
            id="an override to come",
        ),
        pytest.param(
            ("mon 09:00-10:00 → x",),
            {"override": Override("x", until=NOON + timedelta(days=600))},
            "2026-11-24",
            "2028-07-16T12:00:00",
            id="an override that ends",
        ),
    ],
)
def test_never_and_seldom(
    rules: tuple[str, ...], settings: dict[str, Any], start: str, expected: str | None
) -> None:
    """The search for a change ends: with the next one, however far, or with None."""
    hours = schedule(*rules, **settings)
    change = hours.next_change(datetime.fromisoformat(start).replace(tzinfo=UTC))

    assert (change and change.replace(tzinfo=None).isoformat()) == expected


@pytest.mark.parametrize(
    ("rules", "settings", "moment", "expected"),
    [
        pytest.param(("00:00-24:00 → x",), {}, "2026-11-24", None, id="always"),
        pytest.param(
            ("mon 00:00-24:00 → x",), {}, "2026-11-24", "2026-11-24T00:00:00", id="now"
        ),
        pytest.param(
            ("2026-01-05 09:00-10:00 → x",),
            {},
            "2060-11-24",
            "2026-01-05T10:00:00",
            id="expired",
        ),
        pytest.param(
            ("2926-01-05 09:00-10:00 → x",), {}, "2026-11-24", None, id="what is far ahead"
        ),
        pytest.param(
            ("02-29 mon 09:00-10:00 → x",), {}, "2043-01-01", "2016-02-29T10:00:00", id="sparse"
        ),
        pytest.param(
            ("rrule:DTSTART=20000101;FREQ=DAILY;COUNT=3 09:00-10:00 → x",),
            {},
            "2900-01-01",
            "2000-01-03T10:00:00",
            id="counted out long ago",
        ),
        pytest.param(
            ("mon 09:00-10:00 → x",),
            {"override": Override("y", since=NOON - timedelta(days=600))},
            "2026-11-24",
            "2025-04-03T12:00:00",
            id="forced since",
        ),
        pytest.param(
            ("2000-01-01..2001-01-01 mon,tue 00:00-24:00 → x",),
            {"otherwise": "y"},
            "2026-11-24",
            "2001-01-02T00:00:00",
            id="the end of a season",
        ),
        pytest.param(
            ("mon 00:00-24:00 → x",), {}, "0002-01-03", "0002-01-01T00:00:00", id="the year 2"
        ),
        pytest.param(
            ("0001-01-02..2026-12-31 00:00-24:00 → x",),
            {},
            "2026-11-24",
            None,
            id="from the start",
        ),
    ],
)
def test_since_when(
    rules: tuple[str, ...], settings: dict[str, Any], moment: str, expected: str | None
) -> None:
    """An answer tells since when it holds, or None when it always did."""
    found = schedule(*rules, **settings).resolve(
        datetime.fromisoformat(moment).replace(tzinfo=UTC)
    )

    assert (found.since and found.since.replace(tzinfo=None).isoformat()) == expected


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"])
def test_far_dates_begin_and_end_on_the_wall(zone: str) -> None:
    """A date far from the moment asked for begins and ends where its zone's clock says."""
    hours = schedule("2030-01-05 00:00-06:00,22:00-24:00 → x", zone=zone)
    found = []
    change = hours.next_change(NOON)
    while change is not None:
        found.append(f"{change:%Y-%m-%dT%H:%M}")
        change = hours.next_change(change)
    since = hours.resolve(NOON + timedelta(days=9_000)).since

    assert found == [
        "2030-01-05T00:00",
        "2030-01-05T06:00",
        "2030-01-05T22:00",
        "2030-01-06T00:00",
    ]
    assert since is not None
    assert f"{since:%Y-%m-%dT%H:%M}" == "2030-01-06T00:00"


def test_the_end_of_the_calendar() -> None:
    """At the ends of what can be asked for, searches end too."""
    hours = schedule("mon 00:00-24:00 → x")
    last = datetime(9999, 12, 29, 23, tzinfo=UTC)

    assert hours.next_change(last) is None
    assert hours.resolve(last).until is None
    assert hours.next_change(datetime(9999, 12, 25, tzinfo=UTC)) is not None
    found = list(hours.intervals(last, last + timedelta(hours=1)))
    assert [each.value for each in found] == [None]
    first = datetime(1, 1, 3, tzinfo=ZoneInfo("UTC"))
    assert hours.at(first) is None
    assert hours.resolve(first).since is None


@pytest.mark.parametrize(
    ("rules", "settings", "value", "rule", "words"),
    [
        pytest.param(
            ("tue 09:00-18:00 → open",),
            {},
            "open",
            "tue 09:00-18:00",
            ["schedule.rule"],
            id="a weekday",
        ),
        pytest.param(
            ("mon 22:00-13:00 → night",),
            {},
            "night",
            "mon 22:00-13:00",
            ["schedule.spill"],
            id="begun the evening before",
        ),
        pytest.param((), {"otherwise": "x"}, "x", None, ["schedule.otherwise"], id="else"),
        pytest.param((), {}, None, None, ["schedule.gap"], id="a gap"),
        pytest.param(
            ("holiday 09:00-18:00 → closed",),
            {"holidays": {date(2026, 11, 24): "x"}},
            "closed",
            "holiday 09:00-18:00",
            ["schedule.holiday", "schedule.owner.holiday", "schedule.rule"],
            id="a holiday",
        ),
        pytest.param(
            ("2026-11-24 09:00-10:00 → x", "tue 09:00-18:00 → open"),
            {},
            None,
            None,
            ["schedule.owner.dated", "schedule.gap"],
            id="a date without an answer",
        ),
        pytest.param(
            (),
            {"override": Override("x")},
            "x",
            "override",
            ["schedule.override"],
            id="hand",
        ),
        pytest.param(
            (),
            {"override": Override("x", until=NOON + timedelta(1))},
            "x",
            "override",
            ["schedule.override.until"],
            id="by hand, for a time",
        ),
        pytest.param(
            ("tue 09:00-18:00 → open",),
            {"override": Override("x", since=NOON, until=Until.NEXT_CHANGE)},
            "x",
            "override",
            ["schedule.override.next_change"],
            id="by hand, until the next change",
        ),
        pytest.param(
            (),
            {"override": Override("x", since=NOON, until=Until.NEXT_CHANGE)},
            "x",
            "override",
            ["schedule.override"],
            id="by hand, where nothing ever changes",
        ),
    ],
)
def test_reasons(
    rules: tuple[str, ...],
    settings: dict[str, Any],
    value: str | None,
    rule: str | None,
    words: list[str],
) -> None:
    """On Tuesday at noon, an answer tells its rule and its reasons, in order."""
    hours = schedule(*rules, **settings)
    found = hours.resolve(NOON)

    assert found.value == value
    assert [reason.code for reason in found.because] == words
    assert hours.because(NOON) == found.because
    if isinstance(found.rule, Rule):
        assert found.rule.label == rule
    else:
        assert found.rule == (hours.override if rule else None)
    assert len(found.explain().splitlines()) == len(found.explain("ja").splitlines())


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param(
            {"zone": "Asia/Tokio"},
            "`Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?",
            id="zone",
        ),
        pytest.param(
            {"rules": ("mon 09:00-10:00",)},
            "`mon 09:00-10:00` is not `Rule`, as a rule of a schedule must be",
            id="a rule as text",
        ),
        pytest.param(
            {"rules": 5},
            "`5` is not a sequence: write `(…,)` with a rule of a schedule in it",
            id="no rules",
        ),
        pytest.param(
            {"spill": "cut"},
            "`cut` is not a choice for spill: write one of `clip`, `keep`",
            id="spill",
        ),
        pytest.param(
            {"overlap": "frist"},
            "`frist` is not a choice for overlap: did you mean `first`?",
            id="overlap",
        ),
        pytest.param(
            {"spill": 5}, "`5` is not a choice for spill: write one of `clip`, `keep`", id="int"
        ),
        pytest.param(
            {"override": "open"},
            "`open` is not `Override`, as the override of a schedule must be",
            id="an override as text",
        ),
        pytest.param(
            {"rules": (Rule("mon 09:00-12:00", "a"), Rule("11:00-13:00", "b", "lunch"))},
            "`mon 09:00-12:00` and `lunch` share 11:00-12:00 on mon 2000-01-03: part them, or "
            'write overlap="first" to let the first win',
            id="an overlap",
        ),
    ],
)
def test_a_schedule_is_refused(settings: dict[str, Any], message: str) -> None:
    """What cannot be a schedule is refused when it is made."""
    with pytest.raises(InvalidValueError) as refusal:
        Schedule(**{"zone": "UTC", **settings})

    assert str(refusal.value) == message


@pytest.mark.parametrize("question", ["at", "next_change", "resolve", "because"])
@pytest.mark.parametrize(
    ("moment", "message"),
    [
        pytest.param(
            datetime(2026, 1, 1),  # noqa: DTZ001 - refused
            "`2026-01-01T00:00:00` is naive: the moment asked for needs a time zone, as in "
            '`datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="naive",
        ),
        pytest.param(
            date(2026, 1, 1),
            "`datetime.date(2026, 1, 1)` is not a datetime, as the moment asked for must be",
            id="a date",
        ),
        pytest.param(
            time(9, tzinfo=UTC),
            "`datetime.time(9, 0, tzinfo=datetime.timezone.utc)` is not a datetime, as the "
            "moment asked for must be",
            id="a time",
        ),
        pytest.param(
            "2026-01-01",
            "`2026-01-01` is not a datetime, as the moment asked for must be",
            id="text",
        ),
        pytest.param(
            None, "`None` is not a datetime, as the moment asked for must be", id="None"
        ),
        pytest.param(
            datetime.min.replace(tzinfo=UTC),
            "`0001-01-01T00:00:00+00:00` is too near the end of the calendar: use years 2 to "
            "9998",
            id="the first moment",
        ),
        pytest.param(
            datetime.max.replace(tzinfo=ZoneInfo("Asia/Tokyo")),
            "`9999-12-31T23:59:59.999999+09:00` is too near the end of the calendar: use years "
            "2 to 9998",
            id="the last moment, in the schedule's zone",
        ),
    ],
)
def test_a_moment_is_refused(question: str, moment: Any, message: str) -> None:
    """A moment that is none, or naive, or out of reach, is refused by every question."""
    hours = schedule("mon 09:00-10:00 → x", zone="Asia/Tokyo")

    with pytest.raises(InvalidValueError) as refusal:
        getattr(hours, question)(moment)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        pytest.param(
            NOON,
            datetime(2026, 11, 25),  # noqa: DTZ001 - refused
            "`2026-11-25T00:00:00` is naive: the end of the time asked for needs a time zone, "
            'as in `datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="naive",
        ),
        pytest.param(
            "now",
            NOON,
            "`now` is not a datetime, as the start of the time asked for must be",
            id="text",
        ),
        pytest.param(
            NOON,
            NOON - timedelta(1),
            "`2026-11-23T12:00:00+00:00` is before `2026-11-24T12:00:00+00:00`: swap the "
            "bounds",
            id="backwards",
        ),
        pytest.param(
            datetime(2026, 11, 1, 1, 15, tzinfo=NEW_YORK, fold=1),
            datetime(2026, 11, 1, 1, 45, tzinfo=NEW_YORK),
            "`2026-11-01T01:45:00-04:00` is before `2026-11-01T01:15:00-05:00`: swap the "
            "bounds",
            id="backwards in a repeated hour",
        ),
        pytest.param(
            datetime.min.replace(tzinfo=UTC),
            NOON,
            "`0001-01-01T00:00:00+00:00` is too near the end of the calendar: use years 2 to "
            "9998",
            id="the first moment",
        ),
    ],
)
def test_bounds_are_refused(start: Any, end: Any, message: str) -> None:
    """Bounds that are none are refused at once, before the first interval."""
    with pytest.raises(InvalidValueError) as refusal:
        schedule(zone="America/New_York").intervals(start, end)

    assert str(refusal.value) == message


def test_an_error_of_the_holidays_is_theirs() -> None:
    """What a callable raises comes through as it is."""

    def broken(day: date) -> str:
        return day.hour  # type: ignore[attr-defined, no-any-return]

    hours = schedule("holiday 00:00-24:00 → x", holidays=broken)

    with pytest.raises(AttributeError, match="hour"):
        hours.at(NOON)
    with pytest.raises(AttributeError, match="hour"):
        hours.next_change(NOON)


def test_intervals_of_a_repeated_hour() -> None:
    """From the first 1:30 to the second 1:30 is an hour."""
    start = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    hours = schedule("01:45-02:00 → on", zone="America/New_York")
    found = list(hours.intervals(start, start.replace(fold=1)))

    assert [(each.start.isoformat(), each.value) for each in found] == [
        ("2026-11-01T01:30:00-04:00", None),
        ("2026-11-01T01:45:00-04:00", "on"),
        ("2026-11-01T01:00:00-05:00", None),
    ]
    assert found[-1].end.isoformat() == "2026-11-01T01:30:00-05:00"
    assert list(hours.intervals(start, start)) == []


def test_intervals_keep_parts_of_a_second() -> None:
    """Bounds stand as they were asked for; changes are at whole seconds."""
    start = NOON - timedelta(microseconds=1)
    end = NOON + timedelta(microseconds=1)
    found = list(schedule("12:00-13:00 → on").intervals(start, end))

    assert [(each.start, each.end, each.value) for each in found] == [
        (start, NOON, None),
        (NOON, end, "on"),
    ]


def test_values_of_any_kind() -> None:
    """Values need not hash, and equal values are one answer."""
    hours = Schedule(
        zone="UTC",
        rules=(Rule("09:00-12:00", ["a"]), Rule("12:00-18:00", ["a"])),
        otherwise=["b"],
    )
    (found,) = hours.intervals(NOON - timedelta(hours=1), NOON + timedelta(hours=1))

    assert found.value == ["a"]
    assert str(hours.next_change(NOON)) == "2026-11-24 18:00:00+00:00"


def test_a_schedule_is_a_value() -> None:
    """Equal schedules are equal, hash alike, and survive copying and pickling unpainted."""
    calendar = {date(2026, 11, 23): "勤労感謝の日"}
    hours = schedule("mon 09:00-10:00 → x", zone="Asia/Tokyo", holidays=calendar)
    for number in range(400):
        hours.next_change(NOON + timedelta(number))

    again = pickle.loads(pickle.dumps(hours))
    assert again == hours == copy.deepcopy(hours)
    assert hash(again) == hash(hours)
    assert again != schedule("mon 09:00-10:00 → x", zone="Asia/Tokyo")
    assert len(pickle.dumps(hours)) < 2_000
    assert "_painted" not in repr(hours)


def test_many_days_are_forgotten_again() -> None:
    """However many days are asked for, the answers stay right."""
    hours = schedule("mon 09:00-10:00 → x")
    first = datetime(2000, 1, 3, 9, tzinfo=UTC)
    moments = [first + timedelta(number) for number in range(8_400)]

    assert [hours.at(moment) for moment in moments] == [
        "x" if moment.weekday() == 0 else None for moment in moments
    ]
    changes = [hours.next_change(moment) for moment in moments]
    assert changes[-1] == moments[-1] + timedelta((7 - moments[-1].weekday()) % 7)


def test_mapped_values() -> None:
    """To map a schedule maps rules, otherwise and override."""
    hours = schedule(
        "mon 09:00-10:00 → x", otherwise="yy", override=Override("zzz", until=NOON)
    ).map(len)

    assert (hours.rules[0].value, hours.otherwise) == (1, 2)
    assert hours.override == Override(3, until=NOON)
    assert schedule("mon 09:00-10:00 → x").map(len).otherwise is None
    with pytest.raises(InvalidValueError, match="says None, which means no answer"):
        schedule("mon 09:00-10:00 → x").map(lambda _: None)


HOUR: Final = timedelta(hours=1)
OFFICE: Final = ("mon-fri 09:00-18:00 → open", "holiday 00:00-24:00 → closed")


@pytest.mark.parametrize(
    ("rules", "settings", "since", "end"),
    [
        pytest.param(OFFICE, {"otherwise": "closed"}, NOON, NOON + 6 * HOUR, id="today"),
        pytest.param(
            OFFICE, {"otherwise": "closed"}, NOON + 6 * HOUR, NOON + 21 * HOUR, id="at a change"
        ),
        pytest.param(
            OFFICE,
            {"otherwise": "closed", "holidays": {date(2026, 11, 25): "founding day"}},
            NOON + 7 * HOUR,
            NOON + 45 * HOUR,
            id="over a holiday that changes nothing",
        ),
        pytest.param(OFFICE, {"otherwise": "open"}, NOON, None, id="never"),
        pytest.param(
            ("2027-01-01 00:00-24:00 → open",),
            {},
            NOON,
            datetime(2027, 1, 1, tzinfo=UTC),
            id="a day to come",
        ),
        pytest.param(
            ("2026-01-01 00:00-24:00 → open",), {}, NOON, None, id="after the last change"
        ),
    ],
)
def test_forced_until_the_next_change(
    rules: tuple[str, ...], settings: dict[str, Any], since: datetime, end: datetime | None
) -> None:
    """It ends where the rules next answer otherwise, which may be never."""
    by_schedule = schedule(*rules, **settings)
    hours = by_schedule.forced("forced", since=since, until=Until.NEXT_CHANGE)

    assert by_schedule.next_change(since) == end
    assert hours.next_change(since) == end
    assert hours.resolve(since).since == since
    assert hours.at(since - timedelta(seconds=1)) == by_schedule.at(since - HOUR / 3600)
    last = since + timedelta(9_999) if end is None else end - timedelta(seconds=1)
    assert hours.at(last) == "forced"
    if end is not None:
        assert hours.at(end) == by_schedule.at(end)
        assert hours.resolve(end).since == end
        assert hours.resolve(last).explain() == (
            f"the schedule is overridden by hand until the next change, at {end.isoformat()}"
        )
        assert [
            (each.start, each.end, each.value)
            for each in hours.intervals(since, end + timedelta(seconds=1))
        ] == [
            (since, end, "forced"),
            (end, end + timedelta(seconds=1), by_schedule.at(end)),
        ]


def test_forced_to_what_comes_next_runs_on() -> None:
    """Closed until the next change, which closes: the answer changes when it opens again."""
    hours = schedule(*OFFICE, otherwise="closed")
    closed = hours.forced("closed", since=NOON, until=Until.NEXT_CHANGE)

    assert closed.next_change(NOON) == NOON + 21 * HOUR
    assert closed.because(NOON + 5 * HOUR)[0].code == "schedule.override.next_change"
    assert closed.because(NOON + 7 * HOUR)[0].code == "schedule.otherwise"


def test_forced_is_a_value() -> None:
    """To force is to hold an override; a second one replaces it, and none stays behind."""
    hours = schedule(*OFFICE, otherwise="closed")
    once = hours.forced("closed", since=NOON, until=Until.NEXT_CHANGE)

    assert once.override == Override("closed", since=NOON, until=Until.NEXT_CHANGE)
    assert once == hours.forced("closed", since=NOON, until=Until.NEXT_CHANGE)
    assert once != hours.forced("closed", since=NOON, until=NOON + 6 * HOUR)
    assert once.forced("open").override == Override("open")
    assert hours.override is None
    assert once.by_schedule() == hours
    assert hours.by_schedule() is hours
    assert once.check() == hours.check()
    assert once.normalise().override == once.override
    again = pickle.loads(pickle.dumps(once))
    assert (again, hash(again)) == (once, hash(once))
    assert again.next_change(NOON) == once.next_change(NOON)
    with pytest.raises(InvalidValueError, match="is no answer to force"):
        hours.forced(None)


def test_a_mapped_override_ends_when_it_did() -> None:
    """Where a map makes two answers one, the override still ends with the change that was."""
    hours = schedule("tue 09:00-18:00 → red", otherwise="blue").forced(
        "green", since=NOON, until=Until.NEXT_CHANGE
    )
    mapped = hours.map(lambda color: "warm" if color == "red" else "cold")
    equal = hours.map(lambda color: "forced" if color == "green" else "same")
    never = schedule().forced("green", since=NOON, until=Until.NEXT_CHANGE).map(len)

    assert mapped.override == Override("cold", since=NOON, until=NOON + 6 * HOUR)
    assert (equal.at(NOON), equal.next_change(NOON)) == ("forced", NOON + 6 * HOUR)
    assert never.override == Override(5, since=NOON)


def test_what_may_be_answered() -> None:
    """Every value that a schedule may answer is told once."""
    hours = schedule("mon 09:00-10:00 → x", "tue 09:00-10:00 → y", "wed 09:00-10:00 → x")

    assert answers_of(hours) == ("x", "y")
    more = schedule("mon 09:00-10:00 → x", otherwise="z", override=Override("forced"))
    assert answers_of(more) == ("x", "z", "forced")


def test_the_normal_form_of_an_ordered_list_is_itself() -> None:
    """Where the order decides, the order stays."""
    ordered = schedule("tue 09:00-10:00 → x", "mon 09:00-10:00 → x", overlap="first")

    assert ordered.normalise() is ordered
    assert len(schedule("tue 9:00-10:00 → x", "mon 9:00-10:00 → x").normalise().rules) == 1


def test_a_schedule_can_be_checked_and_seen() -> None:
    """A schedule checks itself and shows its week."""
    hours = schedule("mon 09:00-10:00 → x")

    assert all(isinstance(each, Finding) for each in hours.check())
    assert isinstance(hours.week(), Week)
    assert isinstance(hours.week(date(2026, 11, 24)), Week)
    assert hours._repr_html_() == hours.week().to_html()
    assert hours.month(2026, 11) == Month.of(hours, 2026, 11)
