"""Sets of days, as FreeSWITCH's conditions can name them.

Here: sets that are exact in every year, their algebra, and the boxes of weekdays, months
and days of the month that make them up. Not here: times of
the day (`regions`), what an attribute means (`attributes`) or how
days are written in our notation (`rules`).

A condition knows a day by its year, its weekday, its month, its day of the month and its
number in the year, which together tell leap years from common ones. So the days of all
years that FreeSWITCH can tell apart are 7 weekdays times 365 days of common and 366 of
leap years: a mask has a bit for each. A set of days holds a mask for every run of years.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from operator import and_, or_
from typing import Final, NamedTuple, Self

from attrs import frozen

__all__ = [
    "EVERY_DAY",
    "Box",
    "DaySet",
    "boxes_of",
    "days_where",
    "pairs_of",
    "weekday_groups",
]

FIRST_YEAR: Final = 1
LAST_YEAR: Final = 9999
MONTHS: Final = frozenset(range(1, 13))
MONTH_DAYS: Final = frozenset(range(1, 32))
NUMBERS: Final = frozenset(range(1, 367))
WEEKDAYS: Final = tuple(range(7))

_A_COMMON_YEAR: Final = 2001
_A_LEAP_YEAR: Final = 2000
_CYCLE: Final = 400


class _Day(NamedTuple):
    """Name a day of a common or of a leap year."""

    leap: bool
    number: int
    month: int
    day: int


def _days_of(year: int) -> Iterator[_Day]:
    start = date(year, 1, 1).toordinal()
    for number in range(1, 367 if isleap(year) else 366):
        day = date.fromordinal(start + number - 1)
        yield _Day(isleap(year), number, day.month, day.day)


_DAYS: Final = (*_days_of(_A_COMMON_YEAR), *_days_of(_A_LEAP_YEAR))
_COMMON_DAYS: Final = 365
_WIDTH: Final = len(_DAYS)
_WHOLE: Final = (1 << _WIDTH) - 1
_COMMON: Final = (1 << _COMMON_DAYS) - 1
_LAST_DAYS: Final = 1 << _COMMON_DAYS - 1 | 1 << _WIDTH - 1
_FIRST_DAYS: Final = 1 | 1 << _COMMON_DAYS
EVERY_DAY: Final = (1 << 7 * _WIDTH) - 1
"""The mask of every day."""


# Masks.


def days_where(
    *,
    weekdays: Iterable[int] = WEEKDAYS,
    months: Collection[int] = MONTHS,
    days: Collection[int] = MONTH_DAYS,
    numbers: Collection[int] = NUMBERS,
    pairs: Collection[tuple[int, int]] | None = None,
) -> int:
    """Return the mask of the days that are in every set given.

    Args:
        weekdays: 0 for Monday to 6 for Sunday.
        months: 1 to 12.
        days: Days of the month.
        numbers: Days of the year, from 1.
        pairs: Months with days.
    """
    part = sum(
        1 << place
        for place, day in enumerate(_DAYS)
        if day.month in months
        and day.day in days
        and day.number in numbers
        and (pairs is None or (day.month, day.day) in pairs)
    )
    return sum(part << weekday * _WIDTH for weekday in set(weekdays))


@lru_cache(maxsize=16)
def _year_mask(leap: bool, start: int) -> int:  # noqa: FBT001 - a kind of year
    """Return the days of a year that starts on a weekday."""
    return sum(
        1 << (start + day.number - 1) % 7 * _WIDTH + place
        for place, day in enumerate(_DAYS)
        if day.leap == leap
    )


@lru_cache(maxsize=1024)
def _years_mask(first: int, last: int) -> int:
    """Return the days that there are in a run of years."""
    if last - first >= _CYCLE:
        return EVERY_DAY
    kinds = {(isleap(year), date(year, 1, 1).weekday()) for year in range(first, last + 1)}
    mask = 0
    for leap, start in kinds:
        mask |= _year_mask(leap, start)
    return mask


def _next_days(mask: int) -> tuple[int, int]:
    """Return the days that follow in the same year, and those in the next one.

    The last day of the year must be in the mask for common and leap years alike.
    """
    same, following = 0, 0
    for weekday in WEEKDAYS:
        part = mask >> weekday * _WIDTH & _WHOLE
        place = (weekday + 1) % 7 * _WIDTH
        same |= (part << 1 & _WHOLE & ~_FIRST_DAYS) << place
        following |= (_FIRST_DAYS if part & _LAST_DAYS else 0) << place
    return same, following


# Boxes: what one condition can say.


class Box(NamedTuple):
    """Hold what one condition says of days: all four must hold.

    Attributes:
        weekdays: 0 for Monday to 6 for Sunday, sorted.
        months: Months.
        days: Days of the month.
        numbers: Days of the year.
    """

    weekdays: tuple[int, ...]
    months: frozenset[int] = MONTHS
    days: frozenset[int] = MONTH_DAYS
    numbers: frozenset[int] = NUMBERS


def weekday_groups(
    mask: int, years: Iterable[tuple[int, int]]
) -> list[tuple[tuple[int, ...], int]]:
    """Return weekdays that have the same days of the year in some years, with those days."""
    present = 0
    for first, last in years:
        present |= mask & _years_mask(first, last)
    groups: dict[int, list[int]] = {}
    for weekday in WEEKDAYS:
        if present >> weekday * _WIDTH & _WHOLE:
            groups[mask >> weekday * _WIDTH & _WHOLE] = []
    # A weekday without days in these years may go with any other, and make a group whole.
    for weekday in WEEKDAYS:
        groups.get(mask >> weekday * _WIDTH & _WHOLE, []).append(weekday)
    return [(tuple(weekdays), part) for part, weekdays in groups.items()]


def pairs_of(part: int) -> tuple[frozenset[tuple[int, int]], list[_Day]]:
    """Return the months with days of a part, and the days that leap years tell apart."""
    found = [day for place, day in enumerate(_DAYS) if part >> place & 1]
    common = {(day.month, day.day) for day in found if not day.leap}
    leap = {(day.month, day.day) for day in found if day.leap}
    both = (common & leap) | (leap & {(2, 29)})
    return frozenset(both), [day for day in found if (day.month, day.day) not in both]


def boxes_of(weekdays: tuple[int, ...], part: int) -> Iterator[Box]:
    """Yield boxes that share no day and together are a group of weekdays."""
    pairs, others = pairs_of(part)
    numbers = frozenset(day.number for place, day in enumerate(_DAYS) if part >> place & 1)
    if others and days_where(weekdays=(0,), numbers=numbers) == part:
        yield Box(weekdays, numbers=numbers)
        return
    for months, days in _by_months(pairs):
        yield Box(weekdays, months, days)
    # A number names one day of a month, but its neighbour in the other kind of year: days
    # that are no neighbours can be named together.
    apart: dict[tuple[bool, int, bool], list[_Day]] = {}
    for day in others:
        apart.setdefault((day.leap, day.month, day.day % 2 == 0), []).append(day)
    for (_, month, _), days_apart in apart.items():
        yield Box(
            weekdays,
            frozenset({month}),
            frozenset(day.day for day in days_apart),
            frozenset(day.number for day in days_apart),
        )


def _by_months(
    pairs: frozenset[tuple[int, int]],
) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """Put months with the same days together; a day that a month lacks may be named."""
    has = {month: {day for each, day in pairs if each == month} for month in MONTHS}
    exist = {
        month: frozenset(range(1, monthrange(_A_LEAP_YEAR, month)[1] + 1)) for month in MONTHS
    }
    left = set(MONTHS)
    while any(has[month] for month in left):
        widest = max(sorted(left), key=lambda month: len(has[month]))
        days = frozenset(has[widest])
        if days == exist[widest]:
            days = MONTH_DAYS
        same = frozenset(month for month in left if has[month] == days & exist[month])
        # Months that lack these days are named only where that makes it every month.
        yield same if same == MONTHS else frozenset(m for m in same if has[m]), days
        left -= same


# Sets of days.


@frozen
class DaySet:
    """Hold days of all years.

    Attributes:
        pieces: The first year of each run of years with its mask; a run ends where the
            next one starts.
    """

    pieces: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, mask: int, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> Self:
        """Return the days of a mask in the years from `first` to `last`."""
        return cls(_merged([(FIRST_YEAR, 0), (first, mask), (last + 1, 0)]))

    @classmethod
    def of_dates(cls, first: date, last: date) -> "DaySet":
        """Return the dates from `first` to `last`."""
        start, end = (first.month, first.day), (last.month, last.day)
        if first.year == last.year:
            return DaySet.of(_between(start, end), first.year, last.year)
        found = DaySet.of(_between(start, (12, 31)), first.year, first.year)
        found |= DaySet.of(_between((1, 1), end), last.year, last.year)
        if last.year - first.year > 1:
            found |= DaySet.of(EVERY_DAY, first.year + 1, last.year - 1)
        return found

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Yield the first and last year of each run that has days, with its mask."""
        for (first, mask), (following, _) in pairwise((*self.pieces, (LAST_YEAR + 1, 0))):
            if mask & _years_mask(first, following - 1):
                yield first, following - 1, mask

    def dates(self, year: int) -> list[date]:
        """Return its days in a year."""
        mask = next(mask for first, mask in reversed(self.pieces) if first <= year)
        start = date(year, 1, 1)
        present = mask & _year_mask(isleap(year), start.weekday())
        return [
            start.replace(month=day.month, day=day.day)
            for place, day in enumerate(_DAYS)
            if any(present >> weekday * _WIDTH + place & 1 for weekday in WEEKDAYS)
        ]

    def following(self) -> "DaySet":
        """Return the days after its days."""
        found = DaySet.of(0)
        for first, last, mask in self.runs():
            same, following = _next_days(mask)
            found |= DaySet.of(same, first, last)
            # Before the first year there was one like it.
            start = first + 1 if first > FIRST_YEAR else first
            found |= DaySet.of(following, start, last + 1)
        return found

    def __bool__(self) -> bool:
        return any(True for _ in self.runs())

    def __and__(self, other: "DaySet") -> "DaySet":
        return self._with(other, and_)

    def __or__(self, other: "DaySet") -> "DaySet":
        return self._with(other, or_)

    def __sub__(self, other: "DaySet") -> "DaySet":
        return self._with(other, lambda one, two: one & ~two)

    def _with(self, other: "DaySet", join: Callable[[int, int], int]) -> "DaySet":
        years = sorted({first for first, _ in (*self.pieces, *other.pieces)})
        ones, others = dict(self.pieces), dict(other.pieces)
        found, one, two = [], 0, 0
        for year in years:
            one, two = ones.get(year, one), others.get(year, two)
            found.append((year, join(one, two)))
        return DaySet(_merged(found))


def _between(first: tuple[int, int], last: tuple[int, int]) -> int:
    return days_where(
        pairs={(day.month, day.day) for day in _DAYS if first <= (day.month, day.day) <= last}
    )


def _merged(pieces: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Leave out runs without years, and those that say what a neighbour says.

    A neighbour may say more, of days that there are not in these years.
    """
    at = {year: mask for year, mask in pieces if FIRST_YEAR <= year <= LAST_YEAR}
    kept: list[tuple[int, int]] = []
    for (year, mask), (following, _) in pairwise((*sorted(at.items()), (LAST_YEAR + 1, 0))):
        before = kept[-1] if kept else None
        if before and not (before[1] ^ mask) & _years_mask(year, following - 1):
            continue
        if before and not (before[1] ^ mask) & _years_mask(before[0], year - 1):
            kept[-1] = (before[0], mask)
        else:
            kept.append((year, mask))
    return tuple(kept)
