"""Which rules share an instant, and where."""

from datetime import date

import pytest

from cloudpbx.routing import Days, Rule
from cloudpbx.routing.overlaps import Overlap, find_overlaps, shared_day
from cloudpbx.routing.timelines import Timeline


def overlaps(*rules: str) -> list[Overlap]:
    """Return the overlaps of rules that are named for their place."""
    made = [Rule(when, "x", str(place)) for place, when in enumerate(rules)]
    return list(find_overlaps(Timeline("UTC", made, None, None, "keep", None)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("mon 09:00-12:00", "mon 12:00-18:00", None, id="they touch"),
        pytest.param("mon 09:00-12:00", "tue 09:00-12:00", None, id="other days"),
        pytest.param(
            "mon 09:00-12:00", "mon-fri 11:00-18:00", "2000-01-03 11:00-12:00", id="weekdays"
        ),
        pytest.param(
            "mon 09:00-12:00", "09:00-09:00:01", "2000-01-03 09:00-09:00:01", id="a second"
        ),
        pytest.param(
            "sun 22:00-06:00", "mon 05:00-09:00", "2000-01-03 05:00-06:00", id="a night"
        ),
        pytest.param(
            "mon 05:00-09:00", "sun 22:00-06:00", "2000-01-03 05:00-06:00", id="turned"
        ),
        pytest.param(
            "sun 22:00-05:00", "mon 05:00-09:00", None, id="a night that ends in time"
        ),
        pytest.param("sun 22:00-06:00", "sun 00:00-22:00", None, id="the day before its night"),
        pytest.param(
            "12-31 22:00-06:00", "01-01 00:00-24:00", "2001-01-01 00:00-06:00", id="year"
        ),
        pytest.param(
            "02-28 22:00-06:00", "03-01 00:00-24:00", "2001-03-01 00:00-06:00", id="short"
        ),
        pytest.param(
            "02-28 22:00-06:00", "02-29 00:00-24:00", "2000-02-29 00:00-06:00", id="leap"
        ),
        pytest.param(
            "02-29 09:00-10:00", "03-01 09:00-10:00", None, id="29 February is no 1 March"
        ),
        pytest.param(
            "12-01..01-10 09:00-10:00",
            "01-10..01-12 09:00-10:00",
            "2000-01-10 09:00-10:00",
            id="yearly",
        ),
        pytest.param(
            "mon[1] 09:00-10:00", "mon[-5] 09:00-10:00", "2000-01-03 09:00-10:00", id="nth"
        ),
        pytest.param("mon[1] 09:00-10:00", "mon[2] 09:00-10:00", None, id="other nth"),
        pytest.param(
            "fri[-1] 22:00-06:00",
            "sat[1] 00:00-24:00",
            "2000-04-01 00:00-06:00",
            id="nth, over the end of a month",
        ),
        pytest.param(
            "02-29 mon 09:00-10:00",
            "02-01..02-29 mon,tue 09:00-10:00",
            "2016-02-29 09:00-10:00",
            id="a leap day that is a Monday",
        ),
        pytest.param(
            "2026-01-01..2026-01-05 09:00-10:00",
            "2026-01-05..2026-01-09 09:00-10:00",
            "2026-01-05 09:00-10:00",
            id="dates",
        ),
        pytest.param(
            "2026-01-01..2026-01-05 09:00-10:00",
            "2026-01-06 09:00-10:00",
            None,
            id="other dates",
        ),
        pytest.param(
            "2026-01-05 22:00-06:00",
            "2026-01-06 00:00-24:00",
            "2026-01-06 00:00-06:00",
            id="a night between dates",
        ),
        pytest.param(
            "2026-01-01..2026-12-31 mon 09:00-10:00",
            "06-01..06-30 mon 09:00-10:00",
            "2026-06-01 09:00-10:00",
            id="seasons of two kinds",
        ),
        pytest.param(
            "2026-01-01..2026-01-31 mon 09:00-10:00",
            "06-01..06-30 mon 09:00-10:00",
            None,
            id="seasons apart",
        ),
        pytest.param(
            "9999-12-31 22:00-06:00", "9999-12-31 21:00-22:00", None, id="the last day of all"
        ),
        pytest.param(
            "holiday 09:00-10:00",
            "holiday mon 09:00-10:00",
            "2000-01-03 09:00-10:00",
            id="any day may be a holiday",
        ),
        pytest.param(
            "holiday 12-25 09:00-10:00",
            "holiday 12-26 09:00-10:00",
            None,
            id="no day is two days",
        ),
        pytest.param(
            "rrule:DTSTART=20260105;FREQ=WEEKLY;INTERVAL=2 09:00-10:00",
            "mon[1] 09:00-10:00",
            "2026-01-05 09:00-10:00",
            id="recurrence",
        ),
        pytest.param(
            "rrule:DTSTART=20260105;FREQ=WEEKLY;INTERVAL=2 09:00-10:00",
            "rrule:DTSTART=20260112;FREQ=WEEKLY;INTERVAL=2 09:00-10:00",
            None,
            id="week about",
        ),
        pytest.param("2026-01-05 09:00-10:00", "mon 09:00-10:00", None, id="other tiers"),
        pytest.param(
            "2026-01-05,mon 09:00-10:00",
            "mon 09:00-10:00",
            "2000-01-03 09:00-10:00",
            id="a part of a union",
        ),
        pytest.param(
            "mon 09:00-10:00,22:00-02:00",
            "tue 01:00-03:00",
            "2000-01-04 01:00-02:00",
            id="one span of several",
        ),
    ],
)
def test_where_two_rules_meet(one: str, other: str, expected: str | None) -> None:
    """Two rules of one tier overlap on the first such day, in this part of it, or never."""
    found = overlaps(one, other)

    assert [f"{each.day} {each.span}" for each in found] == ([expected] if expected else [])
    assert [{each.first.name, each.second.name} for each in found] == [{"0", "1"}] * len(found)


def test_a_pair_is_told_once() -> None:
    """Two rules that share several tiers are one overlap, and a rule never meets itself."""
    found = overlaps("12-24,mon 09:00-10:00", "12-24..12-26,mon-fri 09:00-10:00")

    assert [(each.first.name, each.second.name) for each in found] == [("0", "1")]


def test_every_pair_is_told() -> None:
    """Of three rules that share an hour there are three overlaps."""
    found = overlaps("mon 09:00-10:00", "mon-wed 09:00-10:00", "09:00-10:00")

    assert [(each.first.name, each.second.name) for each in found] == [
        ("0", "1"),
        ("0", "2"),
        ("1", "2"),
    ]


@pytest.mark.parametrize(
    ("early", "late", "step", "expected"),
    [
        pytest.param("mon", "tue", 1, date(2000, 1, 3), id="one day later"),
        pytest.param("mon", "tue", 0, None, id="the same day"),
        pytest.param("9999-12-30", "9999-12-31", 1, date(9999, 12, 30), id="the last two days"),
        pytest.param("0001-01-01", "0001-01-02", 1, None, id="before what can be asked for"),
        pytest.param("2026-02-28", "03-01", 1, date(2026, 2, 28), id="dated, then yearly"),
        pytest.param("2028-02-28", "03-01", 1, None, id="a leap day between"),
    ],
)
def test_a_shared_day(early: str, late: str, step: int, expected: date | None) -> None:
    """A day that the first days name, and the second so many days later."""
    (first,) = Days.parse(early).alternatives()
    (second,) = Days.parse(late).alternatives()

    assert shared_day(first, second, step) == expected
