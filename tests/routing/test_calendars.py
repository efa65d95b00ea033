"""Calendars of public holidays, and anything else that tells a schedule its holidays."""

import sys
from datetime import UTC, date, datetime
from typing import Any, Final

import holidays
import pytest

from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing import HolidayCalendar, Rule, Schedule
from cloudpbx.routing.calendars import holiday_name, holiday_source

LABOUR_DAY: Final = date(2026, 11, 23)
ORDINARY: Final = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("calendar", "day", "name"),
    [
        pytest.param(
            HolidayCalendar(days={ORDINARY: "創立記念日"}), ORDINARY, "創立記念日", id="listed"
        ),
        pytest.param(HolidayCalendar(days={ORDINARY: "x"}), LABOUR_DAY, None, id="not listed"),
        pytest.param(HolidayCalendar(), ORDINARY, None, id="empty"),
        pytest.param(HolidayCalendar(country="JP"), LABOUR_DAY, "勤労感謝の日", id="country"),
        pytest.param(HolidayCalendar(country="JP"), ORDINARY, None, id="no day of the country"),
        pytest.param(
            HolidayCalendar(country="JP", days={LABOUR_DAY: "ours"}),
            LABOUR_DAY,
            "ours",
            id="our own name wins",
        ),
        pytest.param(
            HolidayCalendar(country="JP", working_days=frozenset({LABOUR_DAY})),
            LABOUR_DAY,
            None,
            id="a working day wins",
        ),
        pytest.param(
            HolidayCalendar(days={ORDINARY: "x"}, working_days=frozenset({ORDINARY})),
            ORDINARY,
            None,
            id="a working day wins over ours",
        ),
        pytest.param(
            HolidayCalendar(country="DE", subdivision="BY"),
            date(2026, 1, 6),
            "Heilige Drei Könige",
            id="a part of a country",
        ),
        pytest.param(HolidayCalendar(country="DE"), date(2026, 1, 6), None, id="the whole"),
    ],
)
def test_a_calendar_names_holidays(
    calendar: HolidayCalendar, day: date, name: str | None
) -> None:
    """Working days come first, then our own days, then the country's."""
    assert calendar(day) == name


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param(
            {"days": 5},
            "`5` is not a mapping of dates to names, as holidays must be",
            id="no mapping",
        ),
        pytest.param(
            {"days": {"2026-01-01": "x"}},
            "`2026-01-01` is not a date, as a holiday must be: write `date(2026, 12, 29)`",
            id="a date as text",
        ),
        pytest.param(
            {"days": {datetime(2026, 1, 1, tzinfo=UTC): "x"}},
            "`datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezone…` is not a date, as "
            "a holiday must be: write `date(2026, 12, 29)`",
            id="a date with a time",
        ),
        pytest.param(
            {"days": {ORDINARY: 5}},
            '`5` is not text, as the name of a holiday must be: write it in quotes, "5"',
            id="a name that is a number",
        ),
        pytest.param(
            {"days": {ORDINARY: ""}},
            "`` is empty: the name of a holiday needs at least one character",
            id="no name",
        ),
        pytest.param(
            {"working_days": 5},
            "`5` is not a sequence: write `(…,)` with a working day in it",
            id="working days that are a number",
        ),
        pytest.param(
            {"working_days": ("2026-01-01",)},
            "`2026-01-01` is not `date`, as a working day must be",
            id="a working day as text",
        ),
        pytest.param(
            {"working_days": (datetime(2026, 1, 1, tzinfo=UTC),)},
            "`datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezone…` is not a date, as "
            "a working day must be: write `date(2026, 12, 29)`",
            id="a working day with a time",
        ),
        pytest.param(
            {"country": 5},
            '`5` is not text, as a country of holidays must be: write it in quotes, "5"',
            id="a country that is a number",
        ),
        pytest.param(
            {"subdivision": "BY"},
            "`BY` is a part of no country: give the country too",
            id="a part of nothing",
        ),
    ],
)
def test_a_calendar_is_refused(fields: dict[str, Any], message: str) -> None:
    """What is no date and no name is refused when the calendar is made."""
    with pytest.raises(InvalidValueError) as refusal:
        HolidayCalendar(**fields)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("country", "subdivision", "unknown"),
    [
        pytest.param("XX", "", "XX", id="no country"),
        pytest.param("DE", "XX", "XX", id="no part of it"),
    ],
)
def test_an_unknown_place_is_refused(country: str, subdivision: str, unknown: str) -> None:
    """A place that the `holidays` package lacks is named when the calendar is made."""
    with pytest.raises(UnknownReferenceError) as refusal:
        HolidayCalendar(country=country, subdivision=subdivision)

    assert str(refusal.value) == f"`{unknown}` is not a place the `holidays` package knows"


def test_a_country_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the `holidays` package the message says what to install."""
    monkeypatch.setitem(sys.modules, "holidays", None)

    with pytest.raises(UnknownReferenceError) as refusal:
        HolidayCalendar(country="IS")

    assert str(refusal.value) == (
        "`IS` needs the holidays of a country, which are not installed: "
        "`pip install 'cloudpbx[holidays]'`"
    )


def test_calendars_are_values() -> None:
    """Calendars of the same days are equal, in whatever order they were given."""
    first = HolidayCalendar(days={ORDINARY: "a", LABOUR_DAY: "b"}, working_days=frozenset())
    second = HolidayCalendar(days={LABOUR_DAY: "b", ORDINARY: "a"})

    assert first == second
    assert hash(first) == hash(second)
    assert list(first.days) == [LABOUR_DAY, ORDINARY]


class Listed(dict[date, str]):
    """A mapping of its own kind, as the `holidays` package has them."""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(HolidayCalendar(days={LABOUR_DAY: "勤労感謝の日"}), id="calendar"),
        pytest.param({LABOUR_DAY: "勤労感謝の日"}, id="dict"),
        pytest.param(Listed({LABOUR_DAY: "勤労感謝の日"}), id="mapping"),
        pytest.param(holidays.country_holidays("JP", language="ja"), id="the holidays package"),
        pytest.param(
            lambda day: "勤労感謝の日" if day == LABOUR_DAY else None, id="callable: None"
        ),
        pytest.param(lambda day: "勤労感謝の日" * (day == LABOUR_DAY), id="callable: no text"),
        pytest.param(lambda day: day == LABOUR_DAY and "勤労感謝の日", id="callable: False"),
    ],
)
def test_any_source_fits(source: Any) -> None:
    """Mappings and callables tell a schedule its holidays, and their names."""
    hours = Schedule(
        zone="Asia/Tokyo", rules=(Rule("holiday 00:00-24:00", "closed"),), holidays=source
    )
    found = hours.resolve(datetime(2026, 11, 23, 3, tzinfo=UTC))

    assert found.value == "closed"
    assert found.because[0].data == {"name": "勤労感謝の日"}
    assert hours.at(datetime(2026, 11, 24, 3, tzinfo=UTC)) is None


def test_a_dict_is_copied() -> None:
    """What happens to the dict later changes no schedule."""
    days = {LABOUR_DAY: "x"}
    source = holiday_source(days)
    days.clear()

    assert holiday_name(source)(LABOUR_DAY) == "x"


def test_no_source_knows_no_holiday() -> None:
    """Without holidays no day is one."""
    assert holiday_name(None)(LABOUR_DAY) is None


def test_a_source_is_refused() -> None:
    """What is neither a mapping nor a callable is refused."""
    with pytest.raises(InvalidValueError) as refusal:
        Schedule(zone="UTC", holidays=5)

    assert str(refusal.value) == (
        "`5` tells no holidays: give a mapping or a callable, date to name"
    )


def test_what_a_source_gives_is_refused() -> None:
    """A callable that gives something else than a name is refused when it is asked."""
    hours = Schedule(
        zone="UTC",
        rules=(Rule("holiday 00:00-24:00", "closed"),),
        holidays=lambda day: day.day,
    )

    with pytest.raises(InvalidValueError) as refusal:
        hours.at(datetime(2026, 11, 23, tzinfo=UTC))

    assert str(refusal.value) == (
        "`22` is what the holidays give for `2026-11-22`: a name or None fits"
    )
