"""Days and times of FreeSWITCH's conditions as rules of ours.

Here: which schedule a list of answers comes to, the first that matches winning. Not here:
XML (`conditions`) or the way back (`writing`).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from cloudpbx.routing.day_terms import (
    WEEK,
    DateRange,
    DayTerm,
    NthWeekday,
    YearlyRange,
)
from cloudpbx.routing.days import Days
from cloudpbx.routing.freeswitch.calendar import (
    EVERY_DAY,
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_DAYS,
    MONTHS,
    NUMBERS,
    Box,
    DaySet,
    boxes_of,
    pairs_of,
    weekday_groups,
)
from cloudpbx.routing.freeswitch.regions import ALL_DAY, Region, Seconds, common_seconds
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import TIERS, Rule, Tier, When, tier_of
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import Span

__all__ = ["schedule_of"]

_MOST_RANGES: Final = 6
"""How many ranges of days are clearer than a recurrence rule."""

_LEAP_YEAR: Final = 2000
_EVERY_DAY_RECURS: Final = "FREQ=DAILY"


# Answers as rules.


def schedule_of(
    answers: Iterable[tuple[str, Region]], *, zone: str, otherwise: str | None
) -> Schedule[str]:
    """Return the schedule in which the first answer that matches holds.

    1. Where stronger tiers stand before weaker ones, and all but the weakest have whole
       days, each rule is written as its days are: owning a date is then matching first.
    2. Otherwise all rules are written as recurring days, so that one tier has them all.
    """
    parts = [(days, seconds, value) for value, region in answers for days, seconds in region]
    rules = [
        Rule(When(days, tuple(Span(*run) for run in seconds)), value)
        for day_set, seconds, value in parts
        for days in _named(day_set)
    ]
    if not _in_tiers(rules):
        rules = [_recurring(each) for each in rules]
    return Schedule(
        zone=zone,
        rules=tuple(rules),
        otherwise=otherwise,
        overlap="first" if _share_time(parts) else "refuse",
    )


def _share_time(parts: Iterable[tuple[DaySet, Seconds, str]]) -> bool:
    """Say whether two parts share a second."""
    taken: dict[Seconds, DaySet] = {}
    for days, seconds, _ in parts:
        if any(common_seconds(seconds, each) and days & taken[each] for each in taken):
            return True
        taken[seconds] = taken.get(seconds, DaySet.of(0)) | days
    return False


def _tier(days: Days) -> Tier:
    (alternative,) = days.alternatives()
    return tier_of(alternative)


def _in_tiers(rules: list[Rule[str]]) -> bool:
    """Say whether owning a date means the same as matching first."""
    places = [TIERS.index(_tier(rule.when.days)) for rule in rules]
    weakest = max(places, default=0)
    whole = (Span(*ALL_DAY[0]),)
    return places == sorted(places) and all(
        rule.when.spans == whole
        for rule, place in zip(rules, places, strict=True)
        if place < weakest
    )


def _recurring(rule: Rule[str]) -> Rule[str]:
    """Write a rule as one of recurring days."""
    days = rule.when.days
    if _tier(days) is Tier.RECURRING:
        return rule
    recurring = Days(*days.words, (Recurrence(_EVERY_DAY_RECURS),))
    return Rule(When(recurring, rule.when.spans), rule.value)


def _named(days: DaySet) -> Iterator[Days]:
    """Write days in our notation: dates where years are named, or else what recurs."""
    dates: list[DateRange] = []
    years_of: dict[int, list[tuple[int, int]]] = {}
    for first, last, mask in days.runs():
        if (first, last) == (FIRST_YEAR, LAST_YEAR):
            yield from (Days(*words) for words in _words(mask, [(first, last)]))
        elif mask == EVERY_DAY:
            dates.append(_years(first, last))
        elif first == last and len(found := _ranges(days.dates(first))) <= _MOST_RANGES:
            dates += found
        else:
            years_of.setdefault(mask, []).append((first, last))
    if dates:
        yield Days(dates)
    for mask, years in years_of.items():
        ranges = [_years(first, last) for first, last in years]
        yield from (Days(ranges, *words) for words in _words(mask, years))


def _years(first: int, last: int) -> DateRange:
    return DateRange(date(first, 1, 1), date(last, 12, 31))


def _ranges(dates: list[date]) -> list[DateRange]:
    found: list[DateRange] = []
    for day in dates:
        if found and day - found[-1].last == timedelta(1):
            found[-1] = DateRange(found[-1].first, day)
        else:
            found.append(DateRange(day, day))
    return found


def _words(mask: int, years: Iterable[tuple[int, int]]) -> Iterator[list[Iterable[DayTerm]]]:
    """Write the days of a mask as words that intersect, a list for each part of them."""
    for weekdays, part in weekday_groups(mask, years):
        week = [[WEEK[number] for number in weekdays]]
        pairs, others = pairs_of(part)
        ranges = _yearly(pairs)
        if not others and len(ranges) <= _MOST_RANGES:
            # A range of the whole year is every day.
            yield [*([ranges] if len(pairs) < len(_YEAR) else []), *week]
        else:
            for box in boxes_of(weekdays, part):
                yield _box_words(box)


_YEAR: Final = tuple(
    (day.month, day.day)
    for day in (date(_LEAP_YEAR, 1, 1) + timedelta(number) for number in range(366))
)


def _yearly(pairs: frozenset[tuple[int, int]]) -> list[YearlyRange]:
    """Return the ranges of the year that days make up; one may wrap the year's end."""
    starts = [
        place
        for place, pair in enumerate(_YEAR)
        if pair in pairs and _YEAR[place - 1] not in pairs
    ]
    found = []
    for start in starts:
        end = start
        while _YEAR[(end + 1) % len(_YEAR)] in pairs:
            end += 1
        found.append(YearlyRange(_YEAR[start], _YEAR[end % len(_YEAR)]))
    return found


def _box_words(box: Box) -> list[Iterable[DayTerm]]:
    nth = (max(box.days) + 6) // 7
    place = frozenset(range(7 * nth - 6, 7 * nth + 1)) & MONTH_DAYS
    weekdays = [WEEK[number] for number in box.weekdays]
    if (box.months, box.days, box.numbers) == (MONTHS, place, NUMBERS) and len(weekdays) < 7:  # noqa: PLR2004 - a week
        return [[NthWeekday(weekday, nth) for weekday in weekdays]]
    rule = _EVERY_DAY_RECURS if box.numbers == NUMBERS else "FREQ=YEARLY"
    for part, values, every in (
        ("BYMONTH", box.months, MONTHS),
        ("BYYEARDAY", box.numbers, NUMBERS),
        ("BYMONTHDAY", box.days, MONTH_DAYS),
    ):
        if values != every:
            rule += f";{part}={','.join(map(str, sorted(values)))}"
    return [[Recurrence(rule)], weekdays]
