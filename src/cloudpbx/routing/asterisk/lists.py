"""A schedule as a list of Asterisk times without tiers, of which the first match wins.

Here: what such a list cannot say, and the list. Not here: lines (`dialect`).

A list knows of a day its month, its day of the month and its weekday. So each combination
of the three is painted once, as the schedule paints its days, and what they have in common
becomes one entry. In order:

1. weekdays as they are on most dates are ordinary; what other dates answer instead comes
   first, also `otherwise` where an ordinary time would match;
2. ordinary times follow, for all dates on which they meet no gap;
3. `otherwise` comes last, if anything is left to it.

So a gap stays one: no time matches it.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from cloudpbx._values import check_text, shown
from cloudpbx.errors import DocumentError, InvalidValueError, Problem
from cloudpbx.routing.asterisk.dialplan import branches_of
from cloudpbx.routing.asterisk.specs import (
    ALL_DAYS,
    LAST_DAY,
    LAST_MINUTE,
    days_text,
    months_text,
    run_text,
    weekdays_text,
)
from cloudpbx.routing.day_terms import DateRange, NthWeekday, PublicHoliday
from cloudpbx.routing.days import Conjunction
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import Rule
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.timelines import Timeline

__all__ = ["list_of"]

T = TypeVar("T")

YearDay: TypeAlias = tuple[int, int]
"""A month and a day of it."""


class Part(NamedTuple):
    """Part of a day with its answer, None in a gap; minutes, the last one included."""

    first: int
    last: int
    label: str | None


Dates: TypeAlias = dict[Part, dict[int, set[YearDay]]]
"""Of parts of the day, the dates of each weekday on which they hold."""

Table: TypeAlias = list[dict[YearDay, tuple[Part, ...]]]
"""For each weekday and each date, the parts of the day."""

_LEAP_YEAR: Final = 2000
_FIRST_DAY: Final = date(2000, 1, 1)
_DAYS: Final = 28 * 365 + 7


def list_of(schedule: Schedule[T], name_of: Callable[[T], str]) -> list[tuple[str, str]]:
    """Return times, without a zone, and the label for each.

    Raises:
        DocumentError: the list cannot say something; all of it is named.
    """
    always = "*,*,*,*"
    labels = _Labels(name_of)
    override = schedule.override
    if override is not None and override.since is None and override.until is None:
        forced = labels.of("override", override.value)
        labels.close()
        return [(always, forced)]
    if override is not None:
        value = shown(str(override.value))
        labels.refuse("override", f"{value} is forced for a time: take it back first")
    rules = []
    for place, rule in enumerate(schedule.rules, 1):
        where = f"rule {place}"
        for message in dict.fromkeys(_refused(rule)):
            labels.refuse(where, message)
        rules.append(Rule(rule.when, labels.of(where, rule.value)))
    otherwise = schedule.otherwise
    rest = None if otherwise is None else labels.of("otherwise", otherwise)
    labels.close()
    table = _painted(Timeline(schedule.zone, rules, None, rest, schedule.spill, None), labels)
    labels.close()
    usual = [Counter(dates.values()).most_common(1)[0][0] for dates in table]
    found = [line for phase in _phases(table, usual, rest) for line in _written(phase)]
    if rest is not None and any(part.label == rest for parts in usual for part in parts):
        found.append((always, rest))
    return found


class _Labels:
    """Name values, and collect what is refused."""

    def __init__(self, name_of: Callable[[Any], str]) -> None:
        self.name_of = name_of
        self.problems: list[Problem] = []

    def of(self, path: str, value: object) -> str:
        """Return the label of a value; a stand-in for one that is refused."""
        try:
            return _check_label(self.name_of(value))
        except InvalidValueError as error:
            self.refuse(path, str(error))
            return "refused"

    def refuse(self, path: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(path=path, message=message))

    def close(self) -> None:
        """Raise what was refused."""
        if self.problems:
            raise DocumentError(tuple(self.problems))


def _check_label(label: object) -> str:
    text = check_text(label, what="a label")
    if ";" in text or branches_of(text) != (text, ""):
        fix = "write it without `;`, `:` and spaces at its ends"
        msg = f"{shown(text)} cannot be a label: {fix}"
        raise InvalidValueError(msg)
    return text


# What no list can say.


def _refused(rule: Rule[Any]) -> Iterator[str]:
    when = shown(str(rule.when))
    if any(span.start % 60 or span.end % 60 for span in rule.when.spans):
        yield f"{when} has seconds, as no Asterisk time has: use whole minutes"
    for days in rule.when.days.alternatives():
        kinds = days.kinds
        if DateRange in kinds:
            fix = "leave the rule out, and change the lines when its days come"
            yield f"{when} is for dates of one year, as no Asterisk time is: {fix}"
        elif PublicHoliday in kinds:
            fix = "write the days as dates of every year, or leave the rule out"
            yield f"{when} is for public holidays, which Asterisk does not know: {fix}"
        elif kinds & {NthWeekday, Recurrence} and not _is_told_by_date(days):
            fix = "write it with weekdays, days and months alone, or leave the rule out"
            yield f"{when} is for days that month, day and weekday do not tell: {fix}"


def _is_told_by_date(days: Conjunction) -> bool:
    """Say whether month, day and weekday alone tell if a date is one of the days.

    Rules without start and end repeat themselves with the kinds of year, of which 28 years
    show all.
    """
    terms = [term for word in days.words for term in word if isinstance(term, Recurrence)]
    if any(term.start is not None or term.end is not None for term in terms):
        return False
    told: dict[tuple[int, int, int], bool] = {}
    for number in range(_DAYS):
        day = _FIRST_DAY + timedelta(number)
        named = days.matches(day, holiday=False)
        if told.setdefault((day.month, day.day, day.weekday()), named) is not named:
            return False
    return True


# Painting.


@lru_cache(maxsize=1)
def _kinds_of_day() -> tuple[tuple[int, YearDay, int], ...]:
    """Return a day, as month and day and as weekday, for all there are.

    1 March stands twice: after 28 February, and after 29 February.
    """
    found: dict[tuple[YearDay, int, int], int] = {}
    for number in range(_DAYS):
        day = _FIRST_DAY + timedelta(number)
        before = day - timedelta(1)
        found.setdefault(((day.month, day.day), day.weekday(), before.day), day.toordinal())
    return tuple(
        (ordinal, year_day, weekday) for (year_day, weekday, _), ordinal in found.items()
    )


def _painted(timeline: Timeline[str], labels: _Labels) -> Table:
    table: Table = [{} for _ in range(7)]
    for ordinal, year_day, weekday in _kinds_of_day():
        profile = timeline.profile(ordinal)
        starts = [second // 60 for second in profile.starts]
        ends = [*(start - 1 for start in starts[1:]), LAST_MINUTE]
        parts = tuple(map(Part, starts, ends, profile.values))
        if table[weekday].setdefault(year_day, parts) != parts and not labels.problems:
            fix = "end what runs over midnight into 1 March at `24:00`, or begin it every year"
            labels.refuse("", f"`03-01` answers differently after a leap day: {fix}")
    return table


def _phases(
    table: Table, ordinary_days: Sequence[tuple[Part, ...]], rest: str | None
) -> tuple[Dates, Dates]:
    """Return what exceptional dates answer, and what is ordinary."""
    exceptions: Dates = {}
    ordinary: Dates = {}
    for weekday, (dates, usual) in enumerate(zip(table, ordinary_days, strict=True)):
        usual_parts = [part for part in usual if part.label not in {None, rest}]
        for year_day, parts in dates.items():
            gaps = [part for part in parts if part.label is None]
            held = [part for part in usual_parts if not any(_meet(part, gap) for gap in gaps)]
            for part in held:
                _add(ordinary, part, weekday, year_day)
            for part in parts:
                met = [each for each in usual_parts if _meet(part, each)]
                if part.label == rest and not met:
                    continue
                if part.label is not None and not any(_says(each, part) for each in held):
                    _add(exceptions, part, weekday, year_day)
    return exceptions, ordinary


def _add(found: Dates, part: Part, weekday: int, year_day: YearDay) -> None:
    found.setdefault(part, {}).setdefault(weekday, set()).add(year_day)


def _says(one: Part, other: Part) -> bool:
    """Say whether one part covers another with the same answer."""
    covers = one.first <= other.first and other.last <= one.last
    return covers and one.label == other.label


def _meet(one: Part, other: Part) -> bool:
    return one.first <= other.last and other.first <= one.last


def _written(found: Dates) -> list[tuple[str, str]]:
    """Write times in the order of their first dates, weekdays and minutes."""
    lines = []
    for part, dates_of in found.items():
        weekdays_of: dict[frozenset[YearDay], list[int]] = {}
        for weekday, held in sorted(dates_of.items()):
            weekdays_of.setdefault(frozenset(held), []).append(weekday)
        for dates, weekdays in weekdays_of.items():
            for months, days in _rectangles(dates):
                order = (months[0], min(days), weekdays[0], part.first)
                fields = (
                    run_text(part[:2]),
                    weekdays_text(weekdays),
                    days_text(days),
                    months_text(months),
                )
                lines.append((order, ",".join(fields), str(part.label)))
    return [(times, label) for _, times, label in sorted(lines)]


def _rectangles(dates: Collection[YearDay]) -> list[tuple[list[int], set[int]]]:
    """Part dates into months that have the same days, not minding those a month lacks."""
    months_of: dict[frozenset[int], list[int]] = {}
    days_of: dict[frozenset[int], set[int]] = {}
    for month in sorted({month for month, _ in dates}):
        days = {day for each, day in dates if each == month}
        last = monthrange(_LEAP_YEAR, month)[1]
        lacked = range(last + 1, LAST_DAY + 1) if last in days else ()
        key = frozenset({*days, *lacked})
        months_of.setdefault(key, []).append(month)
        days_of.setdefault(key, set()).update(days)
    return [
        (months, set(ALL_DAYS) if key == ALL_DAYS else days_of[key])
        for key, months in months_of.items()
    ]
