"""Whether two rules can apply at the same instant.

Here: the pairs of rules of one tier whose spans meet on a day that both name. Not
here: which of two rules wins (`timelines`).

Days are compared exactly: periodic terms over a span of years that shows every
combination of date and weekday, ranges of dates on their own dates. Any day may be a
public holiday. Recurrence rules are compared over 28 years from their start.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any, Final

from attrs import frozen

from cloudpbx.routing.day_terms import WEEK, DateRange, PublicHoliday, Weekday, YearlyRange
from cloudpbx.routing.days import Conjunction
from cloudpbx.routing.profiles import Alternative
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import Rule
from cloudpbx.routing.spans import DAY, Span
from cloudpbx.routing.timelines import Timeline

__all__ = ["Overlap", "find_overlaps"]

_START: Final = date(2000, 1, 1).toordinal()
_LEAP_CYCLE: Final = 4 * 366 + 1
_WEEKDAY_CYCLE: Final = 28 * 366 + 1
_GREGORIAN_CYCLE: Final = 146_097 + 1


@frozen
class Overlap:
    """Name two rules that share an instant.

    Attributes:
        first: The rule that stands first.
        second: The other rule.
        day: A date on which they share it.
        start: Seconds after midnight of that date at which they start to share.
        end: Seconds after that midnight at which they stop.
    """

    first: Rule[Any]
    second: Rule[Any]
    day: date
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return the shared part of the day."""
        return Span(self.start, self.end)

    def __str__(self) -> str:
        """Name both rules and the time that they share."""
        when = f"{self.span} on {WEEK[self.day.weekday()]} {self.day}"
        return f"`{self.first.label}` and `{self.second.label}` share {when}"


def find_overlaps(timeline: Timeline[Any]) -> Iterator[Overlap]:
    """Yield each pair of rules of one tier that share an instant, once."""
    found: set[tuple[int, int]] = set()
    for group, _ in timeline.groups:
        for one, other in combinations(group, 2):
            pair = (one.index, other.index)
            if one.index == other.index or pair in found:
                continue
            overlap = _overlap(one, other)
            if overlap is not None:
                found.add(pair)
                yield overlap


def _overlap(one: Alternative, other: Alternative) -> Overlap | None:
    """Look for an instant on one day, then where one's span runs into the other's day."""
    same_day = _shared(_parts(one), _parts(other))
    if same_day and (day := shared_day(one.days, other.days, 0)):
        return Overlap(one.rule, other.rule, day, *same_day)
    for early, late in ((one, other), (other, one)):
        next_day = _shared(_mornings(early), _parts(late))
        if next_day and (day := shared_day(early.days, late.days, 1)):
            following = date.fromordinal(day.toordinal() + 1)
            return Overlap(one.rule, other.rule, following, *next_day)
    return None


def _parts(alternative: Alternative) -> list[tuple[int, int]]:
    """Return the spans within the day they start on."""
    return [
        (span.start, DAY if span.overnight else span.end)
        for span in alternative.rule.when.spans
    ]


def _mornings(alternative: Alternative) -> list[tuple[int, int]]:
    """Return what the spans run into the next day."""
    return [(0, span.end) for span in alternative.rule.when.spans if span.overnight]


def _shared(
    first: Iterable[tuple[int, int]], second: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    for start, end in first:
        for other_start, other_end in second:
            low, high = max(start, other_start), min(end, other_end)
            if low < high:
                return low, high
    return None


def shared_day(early: Conjunction, late: Conjunction, step: int) -> date | None:
    """Return a day that `early` names and `late` names `step` days later, or None."""
    if early.kinds | late.kinds == {Weekday}:
        return _shared_weekday(early, late, step)
    for start, length in _windows(early, late, step):
        both = _mask(early, start, length) & _mask(late, start + step, length)
        if both:
            return date.fromordinal(start + (both & -both).bit_length() - 1)
    return None


def _shared_weekday(early: Conjunction, late: Conjunction, step: int) -> date | None:
    for number in range(7):
        day = date.fromordinal(_START + number)
        following = date.fromordinal(_START + number + step)
        if early.matches(day, holiday=True) and late.matches(following, holiday=True):
            return day
    return None


def _windows(early: Conjunction, late: Conjunction, step: int) -> Iterator[tuple[int, int]]:
    """Yield first days and lengths that together show every pair of days there is."""
    ranges = _ranges(early)
    later = [(low - step, high - step) for low, high in _ranges(late)]
    if not ranges and not later:
        yield _periodic_window(early, late)
        return
    whole = [(date.min.toordinal() + 1, date.max.toordinal() - 1)]
    for low, high in ranges or whole:
        for other_low, other_high in later or whole:
            start, end = max(low, other_low, whole[0][0]), min(high, other_high, whole[0][1])
            if start <= end:
                yield start, min(end - start + 1, _GREGORIAN_CYCLE)


def _periodic_window(early: Conjunction, late: Conjunction) -> tuple[int, int]:
    starts = [
        term.start.toordinal()
        for days in (early, late)
        for word in days.words
        for term in word
        if isinstance(term, Recurrence) and term.start
    ]
    if early.kinds | late.kinds <= {YearlyRange, PublicHoliday}:
        return _START, _LEAP_CYCLE
    return max(starts, default=_START), _WEEKDAY_CYCLE


def _ranges(days: Conjunction) -> list[tuple[int, int]]:
    return [
        (term.first.toordinal(), term.last.toordinal())
        for word in days.words
        for term in word
        if isinstance(term, DateRange)
    ]


@lru_cache(maxsize=1024)
def _mask(days: Conjunction, start: int, length: int) -> int:
    """Return the days of a window as bits, the lowest bit being its first day."""
    end = min(length, date.max.toordinal() - start + 1)
    bits = bytearray(-(-length // 8))
    for number in range(end):
        if days.matches(date.fromordinal(start + number), holiday=True):
            bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")
