"""Recurrence rules of whole days, and dateutil asked from the start as the oracle."""

from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest
from dateutil.rrule import rrulestr

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Recurrence

GREGORIAN: Final = 146_097
PARTS: Final = (
    "`BYDAY`, `BYMONTH`, `BYMONTHDAY`, `BYSETPOS`, `BYWEEKNO`, `BYYEARDAY`, `COUNT`, "
    "`DTSTART`, `FREQ`, `INTERVAL`, `UNTIL`, `WKST`"
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("rrule:FREQ=DAILY", "FREQ=DAILY", id="as it is"),
        pytest.param(
            "RRULE:wkst=su;byday=mo;freq=weekly", "FREQ=WEEKLY;BYDAY=MO;WKST=SU", id="in order"
        ),
        pytest.param("rrule:FREQ=DAILY;INTERVAL=1", "FREQ=DAILY", id="an interval of one"),
        pytest.param(
            "rrule:FREQ=DAILY;COUNT=3;DTSTART=20260101",
            "DTSTART=20260101;FREQ=DAILY;COUNT=3",
            id="the start first",
        ),
    ],
)
def test_a_rule_is_read(text: str, rule: str) -> None:
    """Parts are put in order, so that equal rules are equal values."""
    assert Recurrence.parse(text).rule == rule
    assert str(Recurrence.parse(text)) == f"rrule:{rule}"


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        pytest.param(
            "", "`` is empty: a recurrence rule needs at least one character", id="no"
        ),
        pytest.param(
            "FREQ=HOURLY",
            "`FREQ=HOURLY` has no frequency of whole days: write `FREQ=` and one of `YEARLY`, "
            "`MONTHLY`, `WEEKLY`, `DAILY`",
            id="hourly",
        ),
        pytest.param(
            "BYDAY=MO",
            "`BYDAY=MO` has no frequency of whole days: write `FREQ=` and one of `YEARLY`, "
            "`MONTHLY`, `WEEKLY`, `DAILY`",
            id="no frequency",
        ),
        pytest.param(
            "FREQ=DAILY;FREQ=DAILY",
            "`FREQ` in `FREQ=DAILY;FREQ=DAILY` stands twice: write each part once, as "
            "`FREQ=WEEKLY`",
            id="a part twice",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=",
            "`BYDAY` in `FREQ=WEEKLY;BYDAY=` has no value that can be read: write each part "
            "once, as `FREQ=WEEKLY`",
            id="no value",
        ),
        pytest.param(
            "FREQ=DAILY;BYHOUR=3",
            "`BYHOUR` in `FREQ=DAILY;BYHOUR=3` is not a part of a rule of whole days: write "
            f"one of {PARTS}",
            id="hours",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=MO;",
            "`` in `FREQ=WEEKLY;BYDAY=MO;` is not a part of a rule of whole days: write one of "
            f"{PARTS}",
            id="a semicolon too many",
        ),
        pytest.param(
            "FREQ=WEEKLY",
            "`FREQ=WEEKLY` depends on its start: add `DTSTART=`, as `DTSTART=20260105`",
            id="days of the start",
        ),
        pytest.param(
            "FREQ=DAILY;COUNT=3",
            "`FREQ=DAILY;COUNT=3` depends on its start: add `DTSTART=`, as `DTSTART=20260105`",
            id="counted from the start",
        ),
        pytest.param(
            "FREQ=DAILY;INTERVAL=2",
            "`FREQ=DAILY;INTERVAL=2` depends on its start: add `DTSTART=`, as "
            "`DTSTART=20260105`",
            id="every second from the start",
        ),
        pytest.param(
            "FREQ=DAILY;INTERVAL=0;DTSTART=20260101",
            "`INTERVAL=0` in `FREQ=DAILY;INTERVAL=0;DTSTART=20260101` is out of range: it is 1 "
            "to 9999, not 0",
            id="an interval of nothing, which would never end",
        ),
        pytest.param(
            "FREQ=DAILY;COUNT=-1;DTSTART=20260101",
            "`COUNT=-1` in `FREQ=DAILY;COUNT=-1;DTSTART=20260101` is out of range: it is 1 to "
            "10000, not 0",
            id="a negative count",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=1,13;BYMONTHDAY=1",
            "`BYMONTH=1,13` in `FREQ=YEARLY;BYMONTH=1,13;BYMONTHDAY=1` is out of range: it is "
            "1 to 12, not 0",
            id="13 months",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "`BYMONTHDAY=0` in `FREQ=MONTHLY;BYMONTHDAY=0` is out of range: it is -31 to 31, "
            "not 0",
            id="the 0th",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=MO,XX",
            "`BYDAY=MO,XX` in `FREQ=WEEKLY;BYDAY=MO,XX` names no weekday: write `MO` to `SU`",
            id="no weekday",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=MO;WKST=1MO",
            "`FREQ=WEEKLY;BYDAY=MO;WKST=1MO` is not a recurrence rule of RFC 5545: invalid "
            "'WKST': 1MO",
            id="what dateutil refuses",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=2MO",
            "`BYDAY` in `FREQ=WEEKLY;BYDAY=2MO` counts weekdays: use `FREQ=MONTHLY` or "
            "`FREQ=YEARLY`",
            id="the second Monday of a week",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYMONTHDAY=3",
            "`BYMONTHDAY` in `FREQ=WEEKLY;BYMONTHDAY=3` does not go with `FREQ=WEEKLY`: use "
            "`FREQ=DAILY` or `FREQ=MONTHLY` or `FREQ=YEARLY`",
            id="a day of the month, weekly",
        ),
        pytest.param(
            "FREQ=DAILY;BYDAY=MO;BYSETPOS=1",
            "`BYSETPOS` in `FREQ=DAILY;BYDAY=MO;BYSETPOS=1` does not go with `FREQ=DAILY`: use "
            "`FREQ=WEEKLY` or `FREQ=MONTHLY` or `FREQ=YEARLY`",
            id="picked from one day",
        ),
        pytest.param(
            "DTSTART=20260101;FREQ=MONTHLY;BYSETPOS=1",
            "`BYSETPOS` in `DTSTART=20260101;FREQ=MONTHLY;BYSETPOS=1` picks from no days: add "
            "`BYDAY=`, as `BYDAY=MO,TU`",
            id="picked from nothing",
        ),
        pytest.param(
            "DTSTART=20260101;FREQ=DAILY;COUNT=2;UNTIL=20260105",
            "`DTSTART=20260101;FREQ=DAILY;COUNT=2;UNTIL=20260105` ends twice: write `COUNT=` "
            "or `UNTIL=`, not both",
            id="two ends",
        ),
        pytest.param(
            "FREQ=DAILY;UNTIL=20260230",
            "`20260230` is not a date of a recurrence rule: write `20261229`",
            id="30 February",
        ),
        pytest.param(
            "FREQ=DAILY;UNTIL=20260203T000000",
            "`20260203T000000` is not a date of a recurrence rule: write `20261229`",
            id="a time",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "`FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30` names no day: loosen or remove the rule",
            id="no day",
        ),
        pytest.param(
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "`FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30` names no day: loosen or remove the rule",
            id="no day, looked for daily",
        ),
        pytest.param(
            "FREQ=DAILY;UNTIL=20200101;DTSTART=20260101",
            "`DTSTART=20260101;FREQ=DAILY;UNTIL=20200101` names no day: loosen or remove the "
            "rule",
            id="ends before it starts",
        ),
        pytest.param(
            5,
            '`5` is not text, as a recurrence rule must be: write it in quotes, "5"',
            id="int",
        ),
    ],
)
def test_a_rule_is_refused(rule: Any, message: str) -> None:
    """A rule that is none of whole days is refused with the part and the fix."""
    with pytest.raises(InvalidValueError) as refusal:
        Recurrence(rule)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "rule",
    [
        "DTSTART=20200229;FREQ=YEARLY",
        "DTSTART=20200131;FREQ=MONTHLY",
        "DTSTART=20200131;FREQ=MONTHLY;INTERVAL=5",
        "DTSTART=20200610;FREQ=MONTHLY;INTERVAL=7;BYDAY=-1FR",
        "DTSTART=20200101;FREQ=WEEKLY",
        "DTSTART=20200101;FREQ=WEEKLY;INTERVAL=2",
        "DTSTART=20200105;FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
        "DTSTART=20200105;FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "DTSTART=20200108;FREQ=WEEKLY;INTERVAL=300;BYDAY=MO,FR",
        "DTSTART=20200101;FREQ=DAILY;INTERVAL=3",
        "DTSTART=20200101;FREQ=DAILY;INTERVAL=10;BYMONTH=1,6",
        "DTSTART=20200701;FREQ=YEARLY;INTERVAL=2;BYMONTH=1,12",
        "DTSTART=20200701;FREQ=YEARLY;INTERVAL=3;BYWEEKNO=1,53;BYDAY=MO",
        "DTSTART=20200701;FREQ=YEARLY;BYYEARDAY=-1,60",
        "DTSTART=20200701;FREQ=YEARLY;BYMONTH=9",
        "DTSTART=20200701;FREQ=YEARLY;BYDAY=20MO",
        "DTSTART=20200701;FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "DTSTART=20200701;FREQ=WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=2",
        "DTSTART=20200701;FREQ=DAILY;COUNT=100",
        "DTSTART=20200701;FREQ=MONTHLY;BYMONTHDAY=31;COUNT=9",
        "DTSTART=20200701;FREQ=WEEKLY;UNTIL=20300703",
        "DTSTART=20400101;FREQ=DAILY",
    ],
)
def test_days_are_those_of_dateutil(rule: str) -> None:
    """From 2018 to 2034, the days named are those that dateutil counts from DTSTART."""
    recurrence = Recurrence(rule)
    start, text = rule.split(";", 1)
    first = datetime.strptime(start, "DTSTART=%Y%m%d")  # noqa: DTZ007 - a day
    days = [date(2018, 1, 1) + timedelta(number) for number in range(6_200)]
    named = {
        moment.date()
        for moment in rrulestr(text, dtstart=first).between(
            datetime(2017, 12, 31),  # noqa: DTZ001 - a day
            datetime(2035, 1, 1),  # noqa: DTZ001 - a day
        )
    }

    assert [day for day in days if recurrence.matches(day)] == [
        day for day in days if day in named
    ]


@pytest.mark.parametrize(
    ("rule", "start", "end", "cycle"),
    [
        pytest.param("FREQ=DAILY", None, None, GREGORIAN, id="daily"),
        pytest.param("FREQ=WEEKLY;BYDAY=MO", None, None, GREGORIAN, id="weekly"),
        pytest.param(
            "DTSTART=20260105;FREQ=WEEKLY;INTERVAL=2",
            date(2026, 1, 5),
            None,
            2 * GREGORIAN,
            id="every second week: 400 years hold an odd number of weeks",
        ),
        pytest.param(
            "DTSTART=20260105;FREQ=DAILY;INTERVAL=3",
            date(2026, 1, 5),
            None,
            GREGORIAN,
            id="every third day: 400 years are a multiple",
        ),
        pytest.param(
            "DTSTART=20260105;FREQ=MONTHLY;INTERVAL=7",
            date(2026, 1, 5),
            None,
            7 * GREGORIAN,
            id="every seventh month",
        ),
        pytest.param(
            "DTSTART=20260105;FREQ=YEARLY;INTERVAL=1000",
            date(2026, 1, 5),
            None,
            5 * GREGORIAN,
            id="every thousand years",
        ),
        pytest.param(
            "DTSTART=20260105;FREQ=DAILY;INTERVAL=2;COUNT=3",
            date(2026, 1, 5),
            date(2026, 1, 9),
            2 * GREGORIAN,
            id="three times",
        ),
        pytest.param(
            "FREQ=DAILY;UNTIL=20261229", None, date(2026, 12, 29), GREGORIAN, id="until"
        ),
    ],
)
def test_where_a_rule_begins_ends_and_repeats(
    rule: str, start: date | None, end: date | None, cycle: int
) -> None:
    """A rule tells its first and last day, and after how many days it says the same."""
    recurrence = Recurrence(rule)

    assert (recurrence.start, recurrence.end, recurrence.cycle) == (start, end, cycle)


@pytest.mark.parametrize(
    ("day", "named"),
    [
        pytest.param(date(1, 1, 1), True, id="the first Monday of all"),
        pytest.param(date(9999, 12, 27), True, id="the last Monday of all"),
        pytest.param(date(9999, 12, 31), False, id="the last day of all"),
    ],
)
def test_the_ends_of_the_calendar(day: date, *, named: bool) -> None:
    """A rule without a start holds in the first year and in the last."""
    assert Recurrence("FREQ=WEEKLY;BYDAY=MO").matches(day) == named
