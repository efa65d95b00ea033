"""Strategies for schedules: rules, holidays, overrides, and what a schedule answers.

Here: valid schedules of every form, with the parts they are made of. Not here: days
and spans (`for_days`), zones and moments (`for_times`).
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal, TypeVar

from attrs import frozen
from hypothesis import strategies as st

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.calendars import HolidayCalendar, HolidaySource
from cloudpbx.routing.day_terms import PublicHoliday
from cloudpbx.routing.days import Days
from cloudpbx.routing.intervals import Interval, Resolution
from cloudpbx.routing.rules import Override, Rule, Until, When
from cloudpbx.routing.schedules import Schedule
from cloudpbx.testing.for_days import WIDEST_DATES, dates, spans, whens
from cloudpbx.testing.for_times import WIDEST_YEARS, moments, zones

__all__ = [
    "holiday_calendars",
    "holiday_sources",
    "intervals",
    "overrides",
    "resolutions",
    "rules",
    "schedules",
]

T = TypeVar("T")

_YEAR: Final = 365 * 86_400

_HOLIDAY_NAMES = st.sampled_from(("元日", "勤労感謝の日", "Founding Day"))
_POLICIES: Final[tuple[Literal["refuse", "first"], ...]] = ("refuse", "first")
_RULE_NAMES = st.sampled_from(("", "", "", "office", "night", "祝日"))


@frozen
class _DayOfMonth:
    """Call a day of every month a holiday: a callable that prints and compares."""

    number: int

    def __call__(self, day: date) -> str | None:
        """Return the name of the holiday that `day` is, or None."""
        return f"day {self.number}" if day.day == self.number else None


def _answers(values: st.SearchStrategy[T] | None) -> st.SearchStrategy[Any]:
    """Return what rules hold: never None, which is no answer."""
    if values is None:
        return st.sampled_from(("open", "closed", "night"))
    return values.filter(lambda value: value is not None)


@st.composite
def rules(
    draw: st.DrawFn,
    values: st.SearchStrategy[T] | None = None,
    *,
    years: tuple[int, int] = WIDEST_DATES,
    holidays: bool = True,
    recurring: bool = True,
) -> Rule[T]:
    """Draw rules of a schedule.

    Args:
        draw: Given by Hypothesis.
        values: What the rules say; three words when left out.
        years: The first and last year of dates.
        holidays: Whether public holidays are among the days.
        recurring: Whether nth weekdays and recurrence rules are.
    """
    when = draw(whens(years=years, holidays=holidays, recurring=recurring))
    return Rule(when, draw(_answers(values)), draw(_RULE_NAMES))


def holiday_calendars(
    *, years: tuple[int, int] = WIDEST_DATES
) -> st.SearchStrategy[HolidayCalendar]:
    """Draw calendars of listed holidays and working days."""
    return st.builds(
        HolidayCalendar,
        days=_named_dates(years),
        working_days=st.frozensets(dates(years=years), max_size=3),
    )


def holiday_sources(
    *, years: tuple[int, int] = WIDEST_DATES
) -> st.SearchStrategy[HolidaySource]:
    """Draw anything that tells a schedule its holidays: calendars, mappings, callables."""
    return st.one_of(
        holiday_calendars(years=years),
        _named_dates(years),
        st.builds(_DayOfMonth, st.integers(1, 31)),
    )


def _named_dates(years: tuple[int, int]) -> st.SearchStrategy[Mapping[date, str]]:
    return st.dictionaries(dates(years=years), _HOLIDAY_NAMES, max_size=8)


@st.composite
def overrides(
    draw: st.DrawFn,
    values: st.SearchStrategy[T] | None = None,
    *,
    years: tuple[int, int] = WIDEST_YEARS,
) -> Override[T]:
    """Draw values forced by hand: for good, from a moment, until one, or between two.

    Some end with the next change of the schedule after the moment they begin.

    Args:
        draw: Given by Hypothesis.
        values: What is forced; three words when left out.
        years: The first and last year.
    """
    value = draw(_answers(values))
    limit = moments(years=years)
    since = draw(st.none() | limit)
    ends: st.SearchStrategy[datetime | Until | None] = st.none() | limit
    until = draw(ends if since is None else ends | st.just(Until.NEXT_CHANGE))
    try:
        return Override(value, since=since, until=until)
    except InvalidValueError:
        # They came in the wrong order.
        return Override(value, since=since)


@st.composite
def schedules(
    draw: st.DrawFn,
    values: st.SearchStrategy[T] | None = None,
    *,
    zone: str | None = None,
    years: tuple[int, int] = WIDEST_YEARS,
    overlap: Literal["refuse", "first"] | None = None,
    recurring: bool = True,
    most_rules: int = 6,
) -> Schedule[T]:
    """Draw schedules: every tier, overnight spans, holidays, gaps and overrides.

    Args:
        draw: Given by Hypothesis.
        values: What the rules say; three words when left out.
        zone: The zone; any when left out.
        years: The first and last year of dates, holidays and overrides.
        overlap: Whether rules may overlap; either when left out.
        recurring: Whether nth weekdays and recurrence rules are among the days.
        most_rules: How many rules there are at most.
    """
    any_policy = draw(st.sampled_from(_POLICIES))
    policy = any_policy if overlap is None else overlap
    drawn: list[Rule[T]] = draw(
        st.lists(rules(values, years=years, recurring=recurring), max_size=most_rules)
    )
    if draw(st.booleans()):
        # Holidays are where the tiers meet, so every other schedule is sure to have them.
        when = When(Days((PublicHoliday(),)), (draw(spans()),))
        drawn.insert(0, Rule(when, draw(_answers(values))))
    return Schedule(
        zone=draw(zones()) if zone is None else zone,
        rules=_apart(drawn) if policy == "refuse" else tuple(drawn),
        holidays=draw(st.none() | holiday_sources(years=years)),
        otherwise=draw(st.none() | _answers(values)),
        spill=draw(st.sampled_from(("keep", "clip"))),
        overlap=policy,
        override=draw(st.none() | st.none() | overrides(values, years=years)),
    )


def _apart(drawn: Iterable[Rule[T]]) -> tuple[Rule[T], ...]:
    """Leave out each rule that overlaps one before it."""
    kept: tuple[Rule[T], ...] = ()
    for rule in drawn:
        try:
            kept = Schedule(zone="UTC", rules=(*kept, rule)).rules
        except InvalidValueError:
            continue
    return kept


@st.composite
def intervals(
    draw: st.DrawFn,
    values: st.SearchStrategy[T] | None = None,
    *,
    years: tuple[int, int] = WIDEST_YEARS,
) -> Interval[T]:
    """Draw stretches of time with what a schedule answers in them.

    Args:
        draw: Given by Hypothesis.
        values: What is answered; three words when left out.
        years: The first and last year.
    """
    start = draw(moments(years=years)).astimezone(UTC)
    length = draw(st.integers(1, _YEAR) | st.sampled_from((1, 3600, 86_400)))
    end = start + timedelta(seconds=length)
    return Interval(start, end, draw(st.none() | _answers(values)))


@st.composite
def resolutions(
    draw: st.DrawFn,
    values: st.SearchStrategy[T] | None = None,
    *,
    years: tuple[int, int] = WIDEST_YEARS,
) -> Resolution[T]:
    """Draw answers of schedules with their reasons.

    Args:
        draw: Given by Hypothesis.
        values: What is answered; three words when left out.
        years: The first and last year.
    """
    schedule = draw(schedules(values, years=years))
    return schedule.resolve(draw(moments(zone=schedule.zone, years=years)))
