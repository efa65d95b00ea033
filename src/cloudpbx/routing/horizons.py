"""The days that a check of a schedule looks at.

Here: which days those are, sorted into kinds that are answered alike. Not here: what
is found on them (`coverage`).

Days are compared as the wall clock shows them, without the hours that a zone leaves
out or repeats. Which days, is the horizon:

1. a schedule of weekdays alone: one ordinary week;
2. any other: the 28 years from 2020, in which every date falls on every weekday, and
   on to the years of all dates that its rules and its holidays name, and to 28 years
   from the start of a recurrence rule; never more than 400 years, none before 1900.

The days of the horizon are sorted by what is active on them and on the day before, and
each such kind of day is looked at once.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple, Self

from attrs import frozen

from cloudpbx.routing.profiles import Active, Source
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import TIERS, Tier
from cloudpbx.routing.spans import DAY
from cloudpbx.routing.timelines import Timeline

__all__ = ["Horizon", "Kind", "Part", "Stretch", "is_weekday"]

_FIRST_YEAR: Final = 2020
_YEARS: Final = 28
_EARLIEST_YEAR: Final = 1900
_MOST_YEARS: Final = 400
_MONDAY: Final = date(2020, 1, 6).toordinal()


class Part(NamedTuple):
    """Part of a day as it is painted, in seconds after midnight."""

    start: int
    end: int
    source: Source | None


class Stretch(NamedTuple):
    """Part of a day that a rule covers, whoever wins, in seconds after midnight."""

    start: int
    end: int
    rule: int
    tier: Tier


@frozen(eq=False)
class Kind:
    """Hold days on which, and on the day before which, the same is active.

    Attributes:
        before: What is active on the day before.
        today: What is active on the day.
        days: The days of the horizon as ordinals, sorted.
        parts: What each second of the day is painted by.
    """

    before: Active
    today: Active
    days: Sequence[int]
    parts: Sequence[Part]

    @property
    def is_ordinary(self) -> bool:
        """Say whether rules of weekdays, or no rule, own the day and the day before."""
        return is_weekday(self.before) and is_weekday(self.today)

    def concerns(self, rule: int) -> bool:
        """Say whether a rule is active on the day or on the day before."""
        return any(each.index == rule for each in (*self.before, *self.today))

    def shifts_without(self, rule: int) -> bool:
        """Say whether a day would fall to a lower tier, perhaps another each time."""
        return any(
            not is_weekday(active) and all(each.index == rule for each in active)
            for active in (self.before, self.today)
        )

    def holes(self) -> list[tuple[int, int]]:
        """Return the time that no rule paints."""
        return [(part.start, part.end) for part in self.parts if part.source is None]

    def stretches(self, spill: str) -> list[Stretch]:
        """Return what each rule covers, sorted."""
        found = {
            Stretch(span.start, DAY if span.overnight else span.end, each.index, each.tier)
            for each in self.today
            for span in each.rule.when.spans
        }
        if spill == "keep" or not _outranks(self.today, self.before):
            found |= {
                Stretch(0, span.end, each.index, each.tier)
                for each in self.before
                for span in each.rule.when.spans
                if span.overnight
            }
        return sorted(found)


@frozen(eq=False)
class Horizon:
    """Hold the days that a check looks at.

    Attributes:
        timeline: The fast form of the schedule, without its override.
        days: The days as ordinals.
        kinds: The same days, sorted into kinds.
        is_week: Whether it is one ordinary week.
    """

    timeline: Timeline[Any]
    days: range
    kinds: Sequence[Kind]
    is_week: bool

    @classmethod
    def of(cls, timeline: Timeline[Any]) -> Self:
        """Find the horizon of a schedule."""
        is_week = all(each.tier is Tier.WEEKDAY for each in timeline.alternatives)
        days = range(_MONDAY, _MONDAY + 7) if is_week else _years(timeline)
        return cls(timeline, days, _kinds(timeline, days), is_week)

    def minutes_a_week(self, seconds: int) -> float:
        """Average seconds of the horizon to minutes a week."""
        return round(seconds * 7 / len(self.days) / 60, 2)

    def witness(self, days: Iterable[int], start: int, end: int) -> datetime | None:
        """Return the first instant that the wall clock shows on one of the days.

        None when it shows none of that time on any of them.
        """
        zone = self.timeline.zone
        for day in days:
            midnight = datetime.fromordinal(day).replace(tzinfo=zone)
            # Over UTC, a time that the clock leaves out comes back as a later one.
            moment = (midnight + timedelta(seconds=start)).astimezone(UTC).astimezone(zone)
            if moment < midnight + timedelta(seconds=end):
                return moment
        return None

    def __str__(self) -> str:
        """Write its first and last day, as a range of dates."""
        return f"{date.fromordinal(self.days[0])}..{date.fromordinal(self.days[-1])}"


def is_weekday(active: Active) -> bool:
    """Say whether rules of weekdays, or no rule, own a day."""
    return not active or active[0].tier is Tier.WEEKDAY


def _outranks(active: Active, other: Active) -> bool:
    if not active or not other:
        return False
    return TIERS.index(active[0].tier) < TIERS.index(other[0].tier)


def _years(timeline: Timeline[Any]) -> range:
    years = {_FIRST_YEAR, _FIRST_YEAR + _YEARS - 1}
    years |= {date.fromordinal(day).year for day in timeline.boundaries}
    for each in timeline.alternatives:
        for word in each.days.words:
            for term in word:
                if isinstance(term, Recurrence) and term.start:
                    years |= {term.start.year, term.start.year + _YEARS}
    first = max(min(years), _EARLIEST_YEAR)
    last = min(max(years), first + _MOST_YEARS - 1)
    return range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1)


def _kinds(timeline: Timeline[Any], horizon: range) -> list[Kind]:
    days_of: dict[tuple[Active, Active], list[int]] = {}
    before = timeline.active(horizon.start - 1)
    for day in horizon:
        today = timeline.active(day)
        days_of.setdefault((before, today), []).append(day)
        before = today
    kinds = []
    for (before, today), days in days_of.items():
        profile = timeline.profile(days[0])
        edges = pairwise((*profile.source_starts, DAY))
        parts = [Part(*edge, by) for edge, by in zip(edges, profile.sources, strict=True)]
        kinds.append(Kind(before, today, days, parts))
    return kinds
