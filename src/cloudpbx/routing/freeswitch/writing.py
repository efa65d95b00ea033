"""Rules of ours as FreeSWITCH's conditions.

Here: what a schedule answers as a list of days with times, of which the first that
matches holds, and the attributes that say them. Not here: reading (`rules`) or
XML (`dialect`).

A flat list has no tiers: a date that a stronger tier owns is taken out of the days of the
weaker ones, unless what stands before them in the list answers all of it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from cloudpbx.routing.calendars import HolidayCalendar
from cloudpbx.routing.day_terms import (
    WEEK,
    DateRange,
    DayTerm,
    NthWeekday,
    PublicHoliday,
    YearlyRange,
)
from cloudpbx.routing.days import Conjunction
from cloudpbx.routing.freeswitch.calendar import (
    EVERY_DAY,
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_DAYS,
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    DaySet,
    boxes_of,
    days_where,
    weekday_groups,
)
from cloudpbx.routing.freeswitch.regions import ALL_DAY, Seconds, joined
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import TIERS, Tier, tier_of
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import DAY, Span

__all__ = ["conditions_of", "days_refused"]

_NONE: Final = DaySet.of(0)
_ALL: Final = DaySet.of(EVERY_DAY)


# Days.


def days_refused(days: Conjunction, holidays: Any) -> str:
    """Say why no condition can name days; empty when one can."""
    for word in days.words:
        for term in word:
            if isinstance(term, Recurrence):
                return "recurs by a rule, as no condition can: write its dates"
            if isinstance(term, NthWeekday) and term.nth < 0:
                return "counts from the end of the month, as no condition can: write its dates"
            if isinstance(term, PublicHoliday) and not _are_listed(holidays):
                return "is for public holidays that no calendar lists: list their dates"
    return ""


def _are_listed(holidays: Any) -> bool:
    listed = isinstance(holidays, HolidayCalendar) and not holidays.country
    return listed or holidays is None


def _days_of(days: Conjunction, holidays: Any) -> DaySet:
    found = _ALL
    for word in days.words:
        named = _NONE
        for term in word:
            named |= _named(term, holidays)
        found &= named
    return found


def _named(term: DayTerm, holidays: Any) -> DaySet:
    if isinstance(term, DateRange):
        return DaySet.of_dates(term.first, term.last)
    if isinstance(term, PublicHoliday):
        found = _NONE
        for day in () if holidays is None else holidays.days:
            found |= DaySet.of_dates(day, day) if holidays(day) else _NONE
        return found
    if isinstance(term, YearlyRange):
        first, last = term.first, term.last
        pairs = {
            (month, day)
            for month in MONTHS
            for day in MONTH_DAYS
            if (first <= (month, day) <= last)
            or (first > last and not last < (month, day) < first)
        }
        return DaySet.of(days_where(pairs=pairs))
    if isinstance(term, NthWeekday):
        days = range(7 * term.nth - 6, 7 * term.nth + 1)
        return DaySet.of(days_where(weekdays=(term.weekday.number,), days=days))
    # A weekday: recurrence rules have been refused.
    return DaySet.of(days_where(weekdays=(term.number,)))  # type: ignore[union-attr]


# What a schedule answers.


class _Part(NamedTuple):
    """Hold the days of a rule that belong to one tier.

    Attributes:
        tier: The tier.
        value: What the rule says.
        spans: Its spans.
        named: The days that it names.
        owned: Those that no stronger tier owns.
    """

    tier: Tier
    value: Any
    spans: tuple[Span, ...]
    named: DaySet
    owned: DaySet

    @property
    def today(self) -> Seconds:
        """Return its time of the day that it owns."""
        return joined((span.start, DAY if span.overnight else span.end) for span in self.spans)

    @property
    def tomorrow(self) -> Seconds:
        """Return what it runs into the next day."""
        return joined((0, span.end) for span in self.spans if span.overnight)


class _Entry(NamedTuple):
    """Hold a value with its days and times."""

    days: DaySet
    seconds: Seconds
    value: Any


def _parts(schedule: Schedule[Any]) -> list[_Part]:
    """Return the parts of all rules, the strongest tier first, in the order of rules."""
    found: list[_Part] = []
    above = _NONE
    for tier in TIERS:
        named = [
            (rule, _days_of(days, schedule.holidays))
            for rule in schedule.rules
            for days in rule.when.days.alternatives()
            if tier_of(days) is tier
        ]
        found += [
            _Part(tier, rule.value, rule.when.spans, days, days - above) for rule, days in named
        ]
        for _, days in named:
            above |= days
    return found


def _entries(schedule: Schedule[Any]) -> Iterator[_Entry]:
    """Yield what a schedule answers; of two entries that share time the first holds.

    1. What a rule runs into a day that another tier owns, or none; with `spill="clip"` not
       into a day of a stronger tier.
    2. Tier by tier, the strongest first: its rules in their order, each with what it runs
       into a day of its own tier.
    3. After each tier that leaves time of its days open, `otherwise` for these days.
    4. `otherwise` for all that is left.
    """
    parts = _parts(schedule)
    owned = {tier: _united(each.owned for each in parts if each.tier is tier) for tier in TIERS}
    for part in parts:
        days = part.owned.following() - owned[part.tier]
        if schedule.spill == "clip":
            for stronger in TIERS[: TIERS.index(part.tier)]:
                days -= owned[stronger]
        yield _Entry(days, part.tomorrow, part.value)
    answered = _NONE
    for tier in TIERS:
        for part in (each for each in parts if each.tier is tier):
            yield _Entry(part.owned.following() & owned[tier], part.tomorrow, part.value)
            yield _Entry(_widened(part.owned, part.named, answered), part.today, part.value)
            answered |= part.owned if part.today == ALL_DAY else _NONE
        open_days = owned[tier] - answered
        weaker = (each for each in parts if TIERS.index(each.tier) > TIERS.index(tier))
        if schedule.otherwise is not None and any(each.named & open_days for each in weaker):
            named = _united(each.named for each in parts if each.tier is tier)
            yield _Entry(_widened(owned[tier], named, answered), ALL_DAY, schedule.otherwise)
            answered |= owned[tier]
    if schedule.otherwise is not None:
        yield _Entry(_ALL, ALL_DAY, schedule.otherwise)


def _united(sets: Iterable[DaySet]) -> DaySet:
    found = _NONE
    for days in sets:
        found |= days
    return found


def _widened(days: DaySet, wide: DaySet, answered: DaySet) -> DaySet:
    """Return the wider days, which are said in fewer words, where it makes no difference."""
    return days if wide - days - answered else wide


# Conditions.


def conditions_of(schedule: Schedule[Any]) -> Iterator[tuple[Any, dict[str, str]]]:
    """Yield each value with the attributes of its condition, in their order."""
    for days, seconds, value in _entries(schedule):
        if seconds:
            for attributes in _days_attributes(days):
                if seconds != ALL_DAY:
                    attributes["time-of-day"] = ",".join(
                        f"{_clock(start)}-{_clock(end - 1)}" for start, end in seconds
                    )
                yield value, attributes


def _clock(second: int) -> str:
    minutes, second = divmod(second, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}"


def _days_attributes(days: DaySet) -> Iterator[dict[str, str]]:
    years_of: dict[int, list[tuple[int, int]]] = {}
    for first, last, mask in days.runs():
        years_of.setdefault(mask, []).append((first, last))
    for mask, years in years_of.items():
        for weekdays, part in weekday_groups(mask, years):
            for box in boxes_of(weekdays, part):
                attributes = {}
                if years != [(FIRST_YEAR, LAST_YEAR)]:
                    attributes["year"] = _years(years)
                for name, values, every in (
                    ("mon", box.months, MONTHS),
                    ("mday", box.days, MONTH_DAYS),
                    ("yday", box.numbers, NUMBERS),
                ):
                    if values != every:
                        attributes[name] = _numbers(values)
                if len(box.weekdays) < len(WEEKDAYS):
                    attributes["wday"] = _weekdays(box.weekdays)
                yield attributes


def _weekdays(weekdays: Iterable[int]) -> str:
    return _listed(weekdays, lambda number: WEEK[number].value)


def _numbers(values: Iterable[int]) -> str:
    return _listed(sorted(values), str)


def _listed(values: Iterable[int], name: Callable[[int], str]) -> str:
    """Write sorted numbers, runs of them as ranges."""
    runs: list[list[int]] = []
    for value in values:
        if runs and value == runs[-1][1] + 1:
            runs[-1][1] = value
        else:
            runs.append([value, value])
    return ",".join(name(a) if a == b else f"{name(a)}-{name(b)}" for a, b in runs)


def _years(years: Iterable[tuple[int, int]]) -> str:
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in years)
