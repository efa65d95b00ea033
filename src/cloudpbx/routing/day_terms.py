"""One term of the days of a rule: a weekday, a date, a holiday.

Here: the kinds of term, which dates each names, and how each prints. Not here: combining
them and reading their notation (`days`), or recurrence rules (`recurrences`).
"""

from calendar import monthrange
from datetime import date
from enum import StrEnum, unique
from typing import Any, Final, TypeAlias

from attrs import field, frozen

from cloudpbx._values import check_text, check_whole, is_similar, nearest, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.recurrences import Recurrence

__all__ = [
    "DateRange",
    "DayTerm",
    "NthWeekday",
    "PublicHoliday",
    "Weekday",
    "YearlyRange",
]

EVERY_DAY: Final = "daily"
"""The word for every day, which prints as nothing."""

_LEAP: Final = 2000
_OTHER_WORDS: Final = {
    "weekday": "mon-fri",
    "weekdays": "mon-fri",
    "weekend": "sat,sun",
    "weekends": "sat,sun",
    "everyday": EVERY_DAY,
    "always": EVERY_DAY,
    "holidays": "holiday",
}
"""Words that people write, and what the notation has for them."""


@unique
class Weekday(StrEnum):
    """Name a day of the week (曜日)."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """Return 0 for Monday to 6 for Sunday, as `datetime.date.weekday` does."""
        return _NUMBERS[self]

    def matches(self, day: date) -> bool:
        """Say whether `day` is this weekday."""
        return day.weekday() == _NUMBERS[self]


WEEK: Final = tuple(Weekday)
_NUMBERS: Final = {weekday: number for number, weekday in enumerate(WEEK)}


def _weekday(value: object) -> Weekday:
    return read_weekday(check_text(value, what="a weekday"))


@frozen(order=True)
class NthWeekday:
    """Name the nth such weekday of every month; -1 is the last.

    >>> str(NthWeekday(Weekday.MON, 2))
    'mon[2]'

    Raises:
        InvalidValueError: `nth` is not 1 to 5 or -5 to -1.
    """

    weekday: Weekday = field(converter=_weekday)
    nth: int

    def __attrs_post_init__(self) -> None:
        check_whole(self.nth, what="the place of a weekday in its month", low=-5, high=5)
        if self.nth == 0:
            msg = f"`{self}` names no day: the first is 1, the last is -1"
            raise InvalidValueError(msg)

    def matches(self, day: date) -> bool:
        """Say whether `day` is that weekday of its month."""
        if day.weekday() != self.weekday.number:
            return False
        if self.nth > 0:
            return (day.day - 1) // 7 == self.nth - 1
        return (monthrange(day.year, day.month)[1] - day.day) // 7 == -self.nth - 1

    def __str__(self) -> str:
        """Write the term as it is read."""
        return f"{self.weekday}[{self.nth}]"


@frozen(order=True)
class DateRange:
    """Name the dates from `first` to `last`, both included.

    >>> str(DateRange(date(2026, 12, 29), date(2027, 1, 3)))
    '2026-12-29..2027-01-03'

    Raises:
        InvalidValueError: `last` is before `first`.
    """

    first: date
    last: date

    def __attrs_post_init__(self) -> None:
        for each in (self.first, self.last):
            check_date(each, what="a day of a range of dates")
        if self.last < self.first:
            msg = f"`{self}` runs backwards: write the earlier date first"
            raise InvalidValueError(msg)

    def matches(self, day: date) -> bool:
        """Say whether `day` lies in the range."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """Write the term as it is read."""
        return _range_text(self.first.isoformat(), self.last.isoformat())


def _month_and_day(value: Any) -> tuple[int, int]:
    try:
        month, day = value
        date(_LEAP, month, day)
    except (TypeError, ValueError):
        msg = f"{shown(value)} is no month and day of any year: write `(12, 29)`"
        raise InvalidValueError(msg) from None
    return month, day


@frozen(order=True)
class YearlyRange:
    """Name days of every year, both ends included; a range may wrap the year's end.

    29 February is a day of leap years only.

    Attributes:
        first: Month and day, as `(12, 29)`.
        last: Month and day, as `(1, 3)`.

    >>> str(YearlyRange((12, 29), (1, 3)))
    '12-29..01-03'

    Raises:
        InvalidValueError: an end is no day of any year.
    """

    first: tuple[int, int] = field(converter=_month_and_day)
    last: tuple[int, int] = field(converter=_month_and_day)

    def matches(self, day: date) -> bool:
        """Say whether `day` lies in the range of its year."""
        place = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= place <= self.last
        return place >= self.first or place <= self.last

    def __str__(self) -> str:
        """Write the term as it is read."""
        return _range_text(*(f"{month:02}-{day:02}" for month, day in (self.first, self.last)))


@frozen(order=True)
class PublicHoliday:
    """Name the public holidays (祝日) of a schedule's calendar."""

    def __str__(self) -> str:
        """Write the term as it is read."""
        return "holiday"


DayTerm: TypeAlias = DateRange | YearlyRange | PublicHoliday | NthWeekday | Recurrence | Weekday
"""One term of the notation."""


def check_date(value: object, *, what: str) -> date:
    """Return `value` when it is a date without a time."""
    if type(value) is not date:
        msg = f"{shown(value)} is not a date, as {what} must be: write `date(2026, 12, 29)`"
        raise InvalidValueError(msg)
    return value


def _range_text(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"


def read_weekday(name: str) -> Weekday:
    try:
        return Weekday(name)
    except ValueError:
        other = _OTHER_WORDS.get(name)
        similar = is_similar(name, ("holiday", EVERY_DAY)) and name != EVERY_DAY
        words = ("holiday", EVERY_DAY) if similar else WEEK
        fix = f"write `{other}`" if other else nearest(name, words)
        msg = f"{shown(name)} is not a weekday: {fix}"
        raise InvalidValueError(msg) from None
