"""The first and last day of days, their cycle, and where what rules say may change."""

from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from cloudpbx.routing import Days, HolidayCalendar, Override
from cloudpbx.routing.lifetimes import boundaries_of, life_of

GREGORIAN: Final = 146_097
CALENDAR: Final = HolidayCalendar(
    days={date(2026, 1, 1): "元日", date(2026, 11, 23): "勤労感謝の日"},
    working_days=(date(2026, 5, 6),),
)


@pytest.mark.parametrize(
    ("text", "holidays", "first", "last", "cycle"),
    [
        pytest.param("", None, date.min, date.max, 7, id="every day"),
        pytest.param("mon", None, date.min, date.max, 7, id="a weekday"),
        pytest.param("12-29", None, date.min, date.max, GREGORIAN, id="yearly"),
        pytest.param("mon[1]", None, date.min, date.max, GREGORIAN, id="nth"),
        pytest.param("2026-01-05", None, date(2026, 1, 5), date(2026, 1, 5), 7, id="a date"),
        pytest.param(
            "2026-01-05,2027-01-01..2027-02-01 mon",
            None,
            date(2026, 1, 5),
            date(2027, 2, 1),
            7,
            id="several dates",
        ),
        pytest.param(
            "2026-01-05..2026-01-09 12-29",
            None,
            date(2026, 1, 5),
            date(2026, 1, 9),
            GREGORIAN,
            id="dates and yearly",
        ),
        pytest.param("holiday", None, date.max, date.min, 7, id="no holidays"),
        pytest.param(
            "holiday", CALENDAR, date(2026, 1, 1), date(2026, 11, 23), 7, id="listed holidays"
        ),
        pytest.param(
            "holiday",
            HolidayCalendar(country="JP"),
            date.min,
            date.max,
            GREGORIAN,
            id="a country's",
        ),
        pytest.param("holiday", {}.get, date.min, date.max, GREGORIAN, id="a callable's"),
        pytest.param(
            "rrule:DTSTART=20260105;FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231",
            None,
            date(2026, 1, 5),
            date(2026, 12, 31),
            2 * GREGORIAN,
            id="a recurrence",
        ),
    ],
)
def test_lives(text: str, holidays: Any, first: date, last: date, cycle: int) -> None:
    """Days live from the first that they can name to the last."""
    (days,) = Days.parse(text).alternatives()
    life = life_of(days, holidays)

    assert (life.first, life.last, life.cycle) == (first.toordinal(), last.toordinal(), cycle)


@pytest.mark.parametrize(
    ("texts", "holidays", "override", "expected"),
    [
        pytest.param(["mon", "12-29"], None, None, [], id="what never ends"),
        pytest.param(
            ["2026-01-05..2026-02-01 mon", "2026-02-01"],
            None,
            None,
            [date(2026, 1, 5), date(2026, 2, 1)],
            id="dates",
        ),
        pytest.param(
            ["0001-01-01..9999-12-31"], None, None, [], id="the ends of the calendar are none"
        ),
        pytest.param(
            ["rrule:DTSTART=20260105;FREQ=WEEKLY", "rrule:FREQ=DAILY;UNTIL=20270101"],
            None,
            None,
            [date(2026, 1, 5), date(2027, 1, 1)],
            id="recurrences",
        ),
        pytest.param(
            ["holiday"],
            CALENDAR,
            None,
            [date(2026, 1, 1), date(2026, 5, 6), date(2026, 11, 23)],
            id="holidays and working days",
        ),
        pytest.param(
            [],
            None,
            Override("x", until=datetime(2026, 1, 5, tzinfo=UTC)),
            [date(2026, 1, 5)],
            id="an override",
        ),
        pytest.param([], None, Override("x"), [], id="an override for good"),
    ],
)
def test_boundaries(
    texts: list[str], holidays: Any, override: Override[str] | None, expected: list[date]
) -> None:
    """These days bound what rules say, in order."""
    days = [part for text in texts for part in Days.parse(text).alternatives()]
    found = boundaries_of(days, holidays, override)

    assert found == tuple(day.toordinal() for day in expected)
