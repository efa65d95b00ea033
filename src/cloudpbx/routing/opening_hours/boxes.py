"""Sets of days that can be cut exactly: what OpenStreetMap's rules override day by day.

Here: a box of days (public holiday or not, dates, days of the year, weekdays by their place
in the month), cutting boxes, and our notation for a box. Not here: OpenStreetMap's notation
(`terms`), or what rules come to together (`layers`).

A box is the days that lie in four sets at once, so that what is left of a box when another
is taken from it is again boxes. Days of the year are bits, 1 January the lowest, with 29
February; weekdays have nine bits each, one for every place in a month that has four such
weekdays or five.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeAlias

from cloudpbx.routing.day_terms import (
    WEEK,
    DateRange,
    DayTerm,
    NthWeekday,
    PublicHoliday,
    Weekday,
    YearlyRange,
)
from cloudpbx.routing.days import Conjunction, Days
from cloudpbx.routing.rules import Tier

__all__ = ["EVERY_DAY", "Box", "box_of", "days_of", "tier_of_box"]

Runs: TypeAlias = tuple[tuple[int, int], ...]
"""Sorted runs of whole numbers, both ends included."""

ANY_DATE: Final[Runs] = ((date.min.toordinal(), date.max.toordinal()),)
HOLIDAYS: Final = 0b10
WORKDAYS: Final = 0b01
WHOLE_YEAR: Final = (1 << 366) - 1

PLACES: Final = ((1, 4), (1, 5), (2, 3), (2, 4), (3, 2), (3, 3), (4, 1), (4, 2), (5, 1))
"""The places of a weekday in its month, counted from the first and from the last."""

ONE_WEEKDAY: Final = (1 << len(PLACES)) - 1
WHOLE_WEEK: Final = (1 << 7 * len(PLACES)) - 1
_FROM_FIRST: Final = (1, 2, 3, 4, 5)
_FROM_LAST: Final = (-1, -2, -3, -4, -5)
_LEAP: Final = 2000
_FEBRUARY_28: Final = 58
_ALL_KINDS: Final = 40 * 366
"""Days among which each day of the year is every weekday, by every place in its month."""


class Box(NamedTuple):
    """Hold the days that lie in each of four sets.

    Attributes:
        holidays: A bit for days that are no public holidays and one for those that are.
        dates: Runs of dates, as ordinals.
        yearly: A bit for each day of a leap year.
        weekdays: Nine bits for each weekday, Monday's the lowest.
    """

    holidays: int = HOLIDAYS | WORKDAYS
    dates: Runs = ANY_DATE
    yearly: int = WHOLE_YEAR
    weekdays: int = WHOLE_WEEK

    def meet(self, other: "Box") -> "Box | None":
        """Return the days of both, None when there is none."""
        both = Box(
            self.holidays & other.holidays,
            _shared(self.dates, other.dates),
            self.yearly & other.yearly,
            self.weekdays & other.weekdays,
        )
        return both if both.has_days() else None

    def without(self, other: "Box") -> "list[Box]":
        """Return what is left when a box is taken away, as boxes that share no day."""
        if self.meet(other) is None:
            return [self]
        both = Box(
            self.holidays & other.holidays,
            _shared(self.dates, other.dates),
            self.yearly & other.yearly,
        )
        left = (
            self._replace(holidays=self.holidays & ~other.holidays),
            self._replace(
                holidays=both.holidays, dates=_shared(self.dates, _complement(other.dates))
            ),
            both._replace(yearly=self.yearly & ~other.yearly, weekdays=self.weekdays),
            both._replace(weekdays=self.weekdays & ~other.weekdays),
        )
        return [each for each in left if each.has_days()]

    def has_days(self) -> bool:
        """Say whether the calendar has such a day."""
        return all(self) and _meet_somewhere(self.dates, self.yearly, self.weekdays)

    @property
    def parts(self) -> tuple[int, ...]:
        """Return the nine bits of each weekday."""
        return tuple(self.weekdays >> 9 * number & ONE_WEEKDAY for number in range(7))

    @property
    def is_whole(self) -> bool:
        """Say whether it names its weekdays wherever they stand in their month."""
        return all(part in {0, ONE_WEEKDAY} for part in self.parts)

    def moved(self, step: int) -> "Box | None":
        """Return the days that follow (1) or precede (-1), None when they have no box."""
        if self.holidays != HOLIDAYS | WORKDAYS or not self.is_whole:
            return None
        # What follows 28 February, or precedes 1 March, depends on the year.
        first = _FEBRUARY_28 if step > 0 else _FEBRUARY_28 + 1
        if self.yearly >> first & 1 != self.yearly >> first + 1 & 1:
            return None
        return self.near(step)

    def near(self, step: int) -> "Box":
        """Return a box that holds all days that follow, or precede, and perhaps others."""
        named = [number for number, part in enumerate(self.parts) if part]
        yearly = self.yearly
        if step > 0:
            yearly = (
                yearly << 1 | yearly >> 365 | (yearly >> _FEBRUARY_28 & 1) << _FEBRUARY_28 + 2
            )
        else:
            yearly = (
                yearly >> 1 | yearly << 365 | (yearly >> _FEBRUARY_28 + 2 & 1) << _FEBRUARY_28
            )
        low, high = ANY_DATE[0]
        return Box(
            HOLIDAYS | WORKDAYS,
            tuple(
                (first if first == low else first + step, last if last == high else last + step)
                for first, last in self.dates
            ),
            yearly & WHOLE_YEAR,
            weekday_bits((number + step) % 7 for number in named),
        )


EVERY_DAY: Final = Box()


# Sets.


def weekday_bits(numbers: Iterable[int]) -> int:
    """Return the bits of whole weekdays, Monday being 0."""
    return sum(ONE_WEEKDAY << 9 * number for number in set(numbers))


def nth_bits(number: int, nth: int) -> int:
    """Return the bits of the nth such weekday of a month, -1 being the last."""
    side = 0 if nth > 0 else 1
    return sum(
        1 << 9 * number + bit for bit, place in enumerate(PLACES) if place[side] == abs(nth)
    )


@cache
def place_in_year(month: int, day: int) -> int:
    """Return the number of a day in a leap year, from 0."""
    return date(_LEAP, month, day).timetuple().tm_yday - 1


def year_bits(first: int, last: int) -> int:
    """Return the bits from one day of the year to another, perhaps over its end."""
    if first <= last:
        return (1 << last + 1) - (1 << first)
    return WHOLE_YEAR ^ ((1 << first) - (1 << last + 1))


def _shared(one: Runs, other: Runs) -> Runs:
    if one == ANY_DATE:
        return other
    if other == ANY_DATE:
        return one
    found = (
        (max(first, other_first), min(last, other_last))
        for first, last in one
        for other_first, other_last in other
    )
    return tuple(sorted(run for run in found if run[0] <= run[1]))


def _complement(runs: Runs) -> Runs:
    edges = [ANY_DATE[0][0] - 1, *(edge for run in runs for edge in run), ANY_DATE[0][1] + 1]
    gaps = ((low + 1, high - 1) for low, high in zip(edges[::2], edges[1::2], strict=True))
    return tuple(gap for gap in gaps if gap[0] <= gap[1])


def united(one: Runs, other: Runs) -> Runs:
    """Return the runs of two sets of dates together."""
    return _complement(_shared(_complement(one), _complement(other)))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _place_bit(day: date) -> int:
    """Return the bit of a date's weekday by its place in the month."""
    days = monthrange(day.year, day.month)[1]
    place = ((day.day - 1) // 7 + 1, (days - day.day) // 7 + 1)
    return 9 * day.weekday() + PLACES.index(place)


@lru_cache(maxsize=4096)
def _meet_somewhere(dates: Runs, yearly: int, weekdays: int) -> bool:
    """Say whether a day lies in dates, days of the year and weekdays at once."""
    if yearly == WHOLE_YEAR and weekdays == WHOLE_WEEK:
        return True
    for first, last in dates:
        if last - first >= _ALL_KINDS:
            fitting = _places_of_days()
            return any(weekdays & fitting[day] for day in _bits(yearly))
        for day in map(date.fromordinal, range(first, last + 1)):
            if yearly >> place_in_year(day.month, day.day) & weekdays >> _place_bit(day) & 1:
                return True
    return False


@cache
def _places_of_days() -> tuple[int, ...]:
    """Return, for each day of a leap year, the bits of the weekdays it may be."""
    found = []
    for ordinal in range(date(_LEAP, 1, 1).toordinal(), date(_LEAP, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        # February ends on the 28th or on the 29th.
        bits = {PLACES[_place_bit(day) % 9]}
        if day.month == 2 and day.day < 29:  # noqa: PLR2004 - February
            bits.add(PLACES[_place_bit(day.replace(year=_LEAP + 1)) % 9])
        found.append(
            sum(1 << 9 * number + PLACES.index(place) for place in bits for number in range(7))
        )
    return tuple(found)


# Our notation.


def box_of(days: Conjunction) -> Box | None:
    """Return the box of intersected words, None when a recurrence rule has no box."""
    found = Box()
    for word in days.words:
        box = _box_of_word(word)
        if box is None:
            return None
        found = Box(
            found.holidays & box.holidays,
            _shared(found.dates, box.dates),
            found.yearly & box.yearly,
            found.weekdays & box.weekdays,
        )
    return found


def _box_of_word(word: tuple[DayTerm, ...]) -> Box | None:
    dates: Runs = ()
    yearly = weekdays = 0
    for term in word:
        match term:
            case PublicHoliday():
                return Box(holidays=HOLIDAYS)
            case DateRange():
                dates = united(dates, ((term.first.toordinal(), term.last.toordinal()),))
            case YearlyRange():
                yearly |= year_bits(place_in_year(*term.first), place_in_year(*term.last))
            case NthWeekday():
                weekdays |= nth_bits(term.weekday.number, term.nth)
            case Weekday():
                weekdays |= weekday_bits((term.number,))
            case _:
                weekdays = _monthly_bits(term.rule)
                if not weekdays:
                    return None
    return Box(
        dates=dates or ANY_DATE, yearly=yearly or WHOLE_YEAR, weekdays=weekdays or WHOLE_WEEK
    )


def _monthly_bits(rule: str) -> int:
    """Return the bits of a recurrence rule that only counts weekdays in each month."""
    head, _, days = rule.partition("FREQ=MONTHLY;BYDAY=")
    names = tuple(day.value[:2].upper() for day in WEEK)
    if head or not days or ";" in days:
        return 0
    found = 0
    for each in days.split(","):
        number, nth = names.index(each[-2:]), int(each[:-2] or 0)
        found |= nth_bits(number, nth) if nth else weekday_bits((number,))
    return found


def days_of(box: Box) -> Days | None:
    """Return the days of a box in our notation, None when it cannot name its weekdays.

    The box is of public holidays alone or does not ask for them.
    """
    words: list[tuple[DayTerm, ...]] = []
    if box.holidays == HOLIDAYS:
        words.append((PublicHoliday(),))
    if box.dates != ANY_DATE:
        words.append(
            tuple(
                DateRange(date.fromordinal(first), date.fromordinal(last))
                for first, last in box.dates
            )
        )
    if box.yearly != WHOLE_YEAR:
        words.append(tuple(_yearly_terms(box.yearly)))
    if box.weekdays != WHOLE_WEEK:
        terms: list[DayTerm] = []
        for number, part in enumerate(box.parts):
            found = nths_of(part)
            if found is None:
                return None
            terms += [NthWeekday(WEEK[number], nth) for nth in found]
            terms += [WEEK[number]] if part == ONE_WEEKDAY else []
        words.append(tuple(terms))
    return Days(*words)


def _yearly_terms(mask: int) -> Iterator[YearlyRange]:
    for first, last in year_runs(mask):
        start, end = (
            date.fromordinal(date(_LEAP, 1, 1).toordinal() + day) for day in (first, last)
        )
        yield YearlyRange((start.month, start.day), (end.month, end.day))


def year_runs(mask: int) -> list[tuple[int, int]]:
    """Return the runs of a set of days of the year; the last may run over its end."""
    days = list(_bits(mask))
    starts = [day for day in days if not mask >> (day - 1) % 366 & 1]
    ends = [day for day in days if not mask >> (day + 1) % 366 & 1]
    if ends and ends[0] < starts[0]:
        ends = [*ends[1:], ends[0]]
    return list(zip(starts, ends, strict=True))


def nths_of(part: int) -> tuple[int, ...] | None:
    """Return the places in the month of one weekday's bits, None when none say it.

    A weekday that is there in every place, or in none, needs no places.
    """
    if part in {0, ONE_WEEKDAY}:
        return ()
    for places in (_FROM_FIRST, _FROM_LAST, _FROM_FIRST + _FROM_LAST):
        found = [nth for nth in places if not nth_bits(0, nth) & ~part]
        # The fifth is always the last, so one of the two is enough.
        for nth in found[::-1]:
            if _covered(each for each in found if each != nth) == _covered(found):
                found.remove(nth)
        if _covered(found) == part:
            return tuple(found)
    return None


def _covered(places: Iterable[int]) -> int:
    """Return the bits of places in the month together."""
    found = 0
    for nth in places:
        found |= nth_bits(0, nth)
    return found


def tier_of_box(box: Box) -> Tier:
    """Say which tier the days of a box belong to, in the order of `rules.tier_of`."""
    has_dates = box.dates != ANY_DATE or box.yearly != WHOLE_YEAR
    if box.holidays == HOLIDAYS:
        return Tier.HOLIDAY
    if not box.is_whole:
        return Tier.RECURRING
    if has_dates and box.weekdays != WHOLE_WEEK:
        return Tier.SEASONAL
    if box.dates != ANY_DATE:
        return Tier.DATED
    return Tier.YEARLY if box.yearly != WHOLE_YEAR else Tier.WEEKDAY
