"""Which days a check of a schedule looks at."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.routing import Rule
from cloudpbx.routing.calendars import HolidayCalendar
from cloudpbx.routing.horizons import Horizon
from cloudpbx.routing.timelines import Timeline


def horizon(*written: str, zone: str = "Asia/Tokyo", **holidays: str) -> Horizon:
    """Return the horizon of rules, with holidays given as `d20260101="New Year"`."""
    days = {date.fromisoformat(key[1:]): name for key, name in holidays.items()}
    rules = [Rule(when, "open") for when in written]
    calendar = HolidayCalendar(days=days)
    return Horizon.of(Timeline(zone, rules, calendar, None, "keep", None))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param((), "2020-01-06..2020-01-12", id="no rule: a week"),
        pytest.param(("mon-fri 09:00-18:00",), "2020-01-06..2020-01-12", id="weekdays: a week"),
        pytest.param(("12-29 09:00-18:00",), "2020-01-01..2047-12-31", id="28 years"),
        pytest.param(
            ("2051-05-05 09:00-18:00",), "2020-01-01..2051-12-31", id="a date after them"
        ),
        pytest.param(
            ("1999-05-05 09:00-18:00",), "1999-01-01..2047-12-31", id="a date before them"
        ),
        pytest.param(
            ("1500-05-05 09:00-18:00", "9000-01-01 09:00-18:00"),
            "1900-01-01..2299-12-31",
            id="400 years from 1900 at most",
        ),
        pytest.param(
            ("rrule:DTSTART=20260105;FREQ=WEEKLY;INTERVAL=2 09:00-18:00",),
            "2020-01-01..2054-12-31",
            id="28 years from the start of a recurrence rule",
        ),
        pytest.param(
            ("rrule:FREQ=MONTHLY;BYMONTHDAY=1 09:00-18:00",),
            "2020-01-01..2047-12-31",
            id="a recurrence rule without a start",
        ),
    ],
)
def test_the_days_of_a_horizon(written: tuple[str, ...], expected: str) -> None:
    """A week does for weekdays; years hold every date that a rule names."""
    assert str(horizon(*written)) == expected


def test_listed_holidays_lie_inside() -> None:
    """The years of all listed holidays belong to the horizon."""
    assert str(horizon("holiday 09:00-18:00", d20600505="こどもの日")).endswith("2060-12-31")


def test_each_day_is_of_one_kind() -> None:
    """The kinds part the days of the horizon."""
    found = horizon("mon-fri 09:00-18:00", "12-29..01-03 00:00-24:00")

    assert sorted(day for kind in found.kinds for day in kind.days) == list(found.days)


def test_a_witness_is_shown_by_the_clock() -> None:
    """Time that a zone leaves out is no witness: a later one is found, or none."""
    found = horizon("00:00-24:00", zone="Europe/Paris")
    spring = date(2026, 3, 29).toordinal()

    assert found.witness([spring], 9000, 9060) is None
    assert found.witness([spring, spring + 7], 9000, 9060) == datetime(
        2026, 4, 5, 2, 30, tzinfo=ZoneInfo("Europe/Paris")
    )
    later = found.witness([spring], 9000, 18_000)
    assert later is not None
    assert later.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_day_that_a_zone_leaves_out_has_no_witness() -> None:
    """In Apia there was no 30 December 2011."""
    found = horizon("00:00-24:00", zone="Pacific/Apia")
    skipped = date(2011, 12, 30).toordinal()

    assert found.witness([skipped], 36_000, 64_800) is None
