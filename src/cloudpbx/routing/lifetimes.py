"""When rules can apply at all, and how soon they repeat themselves.

Here: the first and last day of each rule's days and the cycle between the two, from
which a search knows how far it must look. Not here: the search (`timelines`).
"""

from collections.abc import Iterable
from datetime import date, datetime
from math import lcm
from typing import Any, Final

from attrs import frozen

from cloudpbx.routing.calendars import HolidayCalendar
from cloudpbx.routing.day_terms import DateRange, DayTerm, PublicHoliday, Weekday
from cloudpbx.routing.days import Conjunction
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import Override

__all__ = ["WEEK_CYCLE", "Life", "boundaries_of", "life_of"]

WEEK_CYCLE: Final = 7
"""Days after which weekdays repeat themselves."""

_GREGORIAN_CYCLE: Final = 146_097
"""Days after which dates of every year and nth weekdays do so: 400 years."""


@frozen(eq=False)
class Life:
    """Bound the days on which an alternative can apply.

    Attributes:
        first: Proleptic ordinal of the first such day, or of an earlier one.
        last: Proleptic ordinal of the last such day, or of a later one.
        cycle: Days after which it repeats itself between the two.
    """

    first: int
    last: int
    cycle: int


_ALWAYS: Final = Life(date.min.toordinal(), date.max.toordinal(), WEEK_CYCLE)


def boundaries_of(
    days: Iterable[Conjunction], holidays: Any, override: Override[Any] | None
) -> tuple[int, ...]:
    """Return the days, sorted, at which what rules say may change for good."""
    found: set[int] = set()
    for each in days:
        for word in each.words:
            for term in word:
                if isinstance(term, (DateRange, Recurrence)):
                    found |= set(_bounds(term, holidays))
    if isinstance(holidays, HolidayCalendar):
        found |= {day.toordinal() for day in (*holidays.days, *holidays.working_days)}
    if override is not None:
        limits = (override.since, override.until)
        found |= {limit.toordinal() for limit in limits if isinstance(limit, datetime)}
    return tuple(sorted(found - {_ALWAYS.first, _ALWAYS.last}))


def life_of(days: Conjunction, holidays: Any) -> Life:
    """Return when intersected words can apply: each word narrows what is left."""
    first, last, cycle = _ALWAYS.first, _ALWAYS.last, WEEK_CYCLE
    for word in days.words:
        bounds = [_bounds(term, holidays) for term in word]
        first = max(first, min(low for low, _ in bounds))
        last = min(last, max(high for _, high in bounds))
        cycle = lcm(cycle, *(_cycle(term, holidays) for term in word))
    return Life(first, last, cycle)


def _bounds(term: DayTerm, holidays: Any) -> tuple[int, int]:
    """Return the first and last day that a term can name."""
    if isinstance(term, DateRange):
        return term.first.toordinal(), term.last.toordinal()
    if isinstance(term, Recurrence):
        start, end = term.start or date.min, term.end or date.max
        return start.toordinal(), end.toordinal()
    if isinstance(term, PublicHoliday) and _are_listed(holidays):
        listed = [day.toordinal() for day in holidays.days] if holidays else ()
        return min(listed, default=_ALWAYS.last), max(listed, default=_ALWAYS.first)
    return _ALWAYS.first, _ALWAYS.last


def _cycle(term: DayTerm, holidays: Any) -> int:
    """Return the days after which a term repeats itself between its bounds."""
    if isinstance(term, Recurrence):
        return term.cycle
    if isinstance(term, (Weekday, DateRange)):
        return WEEK_CYCLE
    if isinstance(term, PublicHoliday) and _are_listed(holidays):
        return WEEK_CYCLE
    return _GREGORIAN_CYCLE


def _are_listed(holidays: Any) -> bool:
    """Say whether every public holiday is one that a boundary marks."""
    if isinstance(holidays, HolidayCalendar):
        return not holidays.country
    return holidays is None
