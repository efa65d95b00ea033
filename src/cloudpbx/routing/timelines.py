"""The fast form of a schedule: each day painted once, instants found by bisection.

Here: which rules own a date, the place of its painted parts on the line of instants, and
searching that line in both directions. Not here: painting a day (`profiles`), reading
rules (`rules`) or the questions users ask (`schedules`).

A day is painted from the rules that own it and from the spans that yesterday's rules
run over midnight, so equal pairs of days share one `Profile`. Days near a change of
the zone's offset are answered through UTC; on all others the wall clock tells the
instant.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from math import lcm
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from attrs import evolve

from cloudpbx.routing.calendars import holiday_name
from cloudpbx.routing.lifetimes import WEEK_CYCLE, Life, boundaries_of, life_of
from cloudpbx.routing.profiles import Active, Alternative, Profile, paint
from cloudpbx.routing.rules import TIERS, Override, Rule, Until, tier_of
from cloudpbx.routing.spans import DAY
from cloudpbx.routing.zones import (
    EPOCH_ORDINAL,
    FIRST,
    LAST,
    end_of_offset,
    epoch_of,
    find_zone,
    is_plain_day,
    moment_of,
    offset_at,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["Timeline"]

T = TypeVar("T")

_MOST_DAYS: Final = 8_192
"""How many painted days are kept; a day takes about 200 bytes."""

_SPARE: Final = 15
"""Days more to look at: a zone may leave out an hour, or a whole day, of one week."""

_WIDEST_LOOK: Final = 64 * DAY
"""Seconds that a search backwards looks at together."""

_NEVER: Final = (LAST + 1, LAST + 1)
"""The limits of an override that is not there."""

_MARGIN: Final = 3
"""Days around a boundary that it may touch: a span into the next day, a zone's offset."""


class Timeline(Generic[T]):
    """Answer for instants what a schedule's rules say."""

    __slots__ = (
        "_boundaries",
        "_calm_after",
        "_calm_before",
        "_limits",
        "_owners",
        "_profiles",
        "alternatives",
        "ends_of_days",
        "groups",
        "holiday",
        "lives",
        "otherwise",
        "override",
        "painted_days",
        "setup",
        "spill",
        "zone",
    )

    def __init__(  # noqa: PLR0917 - the fields of a schedule, in their order
        self,
        zone: str,
        rules: Sequence[Rule[T]],
        holidays: Any,
        otherwise: T | None,
        spill: str,
        override: Override[T] | None,
    ) -> None:
        self.setup: tuple[Any, ...] = (zone, rules, holidays, otherwise, spill, override)
        self.zone: ZoneInfo = find_zone(zone)
        self.alternatives: Active = tuple(
            Alternative(
                index, rule, days, tier_of(days), any(s.overnight for s in rule.when.spans)
            )
            for index, rule in enumerate(rules)
            for days in rule.when.days.alternatives()
        )
        self.groups: tuple[tuple[Active, bool], ...] = tuple(
            (group, any(each.needs_holiday for each in group))
            for tier in TIERS
            if (group := tuple(each for each in self.alternatives if each.tier is tier))
        )
        self.holiday: Callable[[date], str | None] = holiday_name(holidays)
        self.otherwise: T | None = otherwise
        self.override: Override[T] | None = override
        self.spill: str = spill
        self.lives: tuple[Life, ...] = tuple(
            life_of(each.days, holidays) for each in self.alternatives
        )
        # Both wait until they are asked for: the next change takes a search.
        self._limits: tuple[int, int] | None = None
        self._boundaries: tuple[int, ...] | None = None
        self._owners: dict[int, Active] = {}
        # What a long search found out once: where nothing ever changes.
        self._calm_after = LAST
        self._calm_before = FIRST
        self._profiles: dict[tuple[Active, Active], Profile[T]] = {}
        self.painted_days: dict[int, tuple[tuple[int, ...], tuple[T | None, ...]]] = {}
        self.ends_of_days: dict[int, tuple[tuple[int, ...], tuple[datetime | None, ...]]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (Timeline, self.setup)

    def active(self, ordinal: int) -> Active:
        """Return the alternatives of the tier that owns a day, in the order of rules."""
        found = self._owners.get(ordinal)
        if found is None:
            if len(self._owners) >= _MOST_DAYS:
                self._owners.clear()
            found = self._owners[ordinal] = self._owners_of(ordinal)
        return found

    def _owners_of(self, ordinal: int) -> Active:
        day = date.fromordinal(ordinal)
        holiday: bool | None = None
        for group, needs_holiday in self.groups:
            if needs_holiday and holiday is None:
                holiday = self.holiday(day) is not None
            found = tuple(
                each for each in group if each.days.matches(day, holiday=bool(holiday))
            )
            if found:
                return found
        return ()

    def profile(self, ordinal: int) -> Profile[T]:
        """Return the painted day."""
        before = tuple(each for each in self.active(ordinal - 1) if each.overnight)
        today = self.active(ordinal)
        key = (before, today)
        profile = self._profiles.get(key)
        if profile is None:
            if len(self._profiles) >= _MOST_DAYS:
                self._profiles.clear()
            profile = self._profiles[key] = paint(*key, self.otherwise, self.spill)
        return profile

    @property
    def boundaries(self) -> tuple[int, ...]:
        """Return the days, sorted, at which what is answered may change for good."""
        if self._boundaries is None:
            days = (each.days for each in self.alternatives)
            override = self.override and evolve(self.override, until=self.override_end)
            self._boundaries = boundaries_of(days, self.setup[2], override)
        return self._boundaries

    @property
    def limits(self) -> tuple[int, int]:
        """Return the instants from which and up to which the override holds."""
        if self._limits is None:
            self._limits = self._limits_of(self.override)
        return self._limits

    def _limits_of(self, override: Override[T] | None) -> tuple[int, int]:
        if override is None:
            return _NEVER
        since = FIRST if override.since is None else epoch_of(override.since)
        until: int | None = None
        if isinstance(override.until, datetime):
            until = epoch_of(override.until)
        elif override.until is Until.NEXT_CHANGE:
            zone, rules, holidays, otherwise, spill, _ = self.setup
            by_schedule: Timeline[T] = Timeline(zone, rules, holidays, otherwise, spill, None)
            until = by_schedule.change_after(since)
        return since, LAST + 1 if until is None else until

    @property
    def override_end(self) -> datetime | None:
        """Return the instant at which the override ends, None when it never does."""
        if self.override is not None and isinstance(self.override.until, datetime):
            return self.override.until
        until = self.limits[1]
        return None if until > LAST else moment_of(until, self.zone)

    # Instants: an override first, then the painted days.

    def local(self, epoch: int) -> tuple[int, int]:
        """Return the day and the second of the day that the wall clock shows."""
        day, second = divmod(epoch + offset_at(self.zone, epoch), DAY)
        return day + EPOCH_ORDINAL, second

    def is_overridden(self, epoch: int) -> bool:
        """Say whether the override holds at an instant."""
        since, until = self.limits
        return since <= epoch < until

    def forced_part(self, ordinal: int) -> tuple[int, int]:
        """Return from and up to which second of a day's wall clock the override holds.

        The second is not after the first where it does not hold at all.
        """
        places = (self.local(limit) for limit in self.limits)
        since, until = ((day - ordinal) * DAY + second for day, second in places)
        return max(since, 0), min(until, DAY)

    def value_at(self, epoch: int) -> T | None:
        """Return the value at an instant."""
        if self.override is not None and self.is_overridden(epoch):
            return self.override.value
        ordinal, second = self.local(epoch)
        profile = self.profile(ordinal)
        return profile.values[bisect_right(profile.starts, second) - 1]

    def day(self, moment: datetime) -> tuple[tuple[int, ...], tuple[T | None, ...]] | None:
        """Return the painted day of a moment that stands in the schedule's zone.

        None when the wall clock does not tell the instant on that day, or an override
        may hold: ask `value_at`.
        """
        ordinal = moment.toordinal()
        day = self.painted_days.get(ordinal)
        if day is None and self.override is None and is_plain_day(self.zone, ordinal):
            if len(self.painted_days) >= _MOST_DAYS:
                self.painted_days.clear()
            profile = self.profile(ordinal)
            day = self.painted_days[ordinal] = (profile.starts, profile.values)
        return day

    def ends_of_day(
        self, moment: datetime
    ) -> tuple[tuple[int, ...], tuple[datetime | None, ...]] | None:
        """Return the changes of the day that `day` returns: when each value ends."""
        ordinal = moment.toordinal()
        found = self.ends_of_days.get(ordinal)
        if found is None and (day := self.day(moment)):
            midnight = epoch_of(moment.replace(hour=0, minute=0, second=0, microsecond=0))
            starts = day[0]
            ends = [moment_of(midnight + start, self.zone) for start in starts[1:]]
            last = self.change_after(midnight + starts[-1])
            if len(self.ends_of_days) >= _MOST_DAYS:
                self.ends_of_days.clear()
            found = self.ends_of_days[ordinal] = (
                starts,
                (*ends, None if last is None else moment_of(last, self.zone)),
            )
        return found

    def segments(self, epoch: int) -> Iterator[tuple[int, T | None]]:
        """Yield each instant at which a value starts, from `epoch` on, with the value.

        Neighbours may have the same value.
        """
        override = self.override
        if override is None:
            yield from self._painted(epoch)
            return
        since, until = self.limits
        if epoch < since:
            for start, value in self._painted(epoch):
                if start >= since:
                    break
                yield start, value
        if epoch < until:
            yield max(epoch, since), override.value
            epoch = until
        if epoch < LAST:
            yield from self._painted(epoch)

    def _painted(self, epoch: int) -> Iterator[tuple[int, T | None]]:
        while epoch < LAST:
            offset = offset_at(self.zone, epoch)
            end = min(end_of_offset(self.zone, epoch), LAST)
            while epoch < end:
                day, second = divmod(epoch + offset, DAY)
                profile = self.profile(day + EPOCH_ORDINAL)
                starts, values = profile.starts, profile.values
                place = bisect_right(starts, second) - 1
                yield epoch, values[place]
                midnight = day * DAY - offset
                for start, value in zip(starts[place + 1 :], values[place + 1 :], strict=True):
                    if midnight + start >= end:
                        break
                    yield midnight + start, value
                epoch = min(midnight + DAY, end)

    def change_after(self, epoch: int) -> int | None:
        """Return the first instant after `epoch` with another value, or None.

        The search ends: a whole cycle of the rules without a change means that none
        comes before the next boundary.
        """
        value = self.value_at(epoch)
        if epoch >= self._calm_after or self._is_constant(value):
            return None
        position: int | None = epoch
        while position is not None:
            end, following = self._quiet_after(position)
            for start, other in self.segments(position):
                if start >= end:
                    break
                if other is not value and other != value:
                    return start
            position = following
        self._calm_after = min(epoch, self._calm_after)
        return None

    def _quiet_after(self, epoch: int) -> tuple[int, int | None]:
        """Return how far a search must look, and where it goes on after that, if at all."""
        day = epoch // DAY + EPOCH_ORDINAL
        end = min(epoch + self._cycle_at(day), LAST)
        place = bisect_right(self.boundaries, day - _MARGIN)
        if place == len(self.boundaries):
            return end, None
        near = (self.boundaries[place] - EPOCH_ORDINAL - _MARGIN) * DAY
        if near > end:
            return end, near
        past = near + (2 * _MARGIN + 1) * DAY
        return past, past

    def start_of(self, epoch: int) -> int | None:
        """Return the instant since which the value is what it is, or None for ever.

        The mirror of `change_after`, looking at more and more days at a time.
        """
        value = self.value_at(epoch)
        if epoch <= self._calm_before or self._is_constant(value):
            return None
        since, position, width = epoch, epoch + 1, DAY
        while position > FIRST:
            end, following = self._quiet_before(position)
            while position > end:
                low = max(position - width, FIRST)
                width = min(2 * width, _WIDEST_LOOK)
                found: int | None = None
                for start, other in self.segments(low):
                    if start >= position:
                        break
                    if other is not value and other != value:
                        found = None
                    elif found is None:
                        found = start
                if found != low:
                    return since if found is None else found
                since = position = low
            if following is None:
                break
            since = position = min(position, following)
        self._calm_before = max(epoch, self._calm_before)
        return None

    def _quiet_before(self, epoch: int) -> tuple[int, int | None]:
        """Mirror `_quiet_after`."""
        day = epoch // DAY + EPOCH_ORDINAL
        end = max(epoch - self._cycle_at(day), FIRST)
        place = bisect_left(self.boundaries, day + _MARGIN)
        if place == 0:
            return end, None
        near = (self.boundaries[place - 1] - EPOCH_ORDINAL + _MARGIN + 1) * DAY
        if near < end:
            return end, near
        past = max(near - (2 * _MARGIN + 1) * DAY, FIRST)
        return past, past

    def _cycle_at(self, day: int) -> int:
        """Return the seconds in which the rules that live on a day say all they ever say."""
        cycles = {
            life.cycle
            for life in self.lives
            if life.first - _MARGIN < day < life.last + _MARGIN
        }
        return (lcm(WEEK_CYCLE, *cycles) + _SPARE) * DAY

    def _is_constant(self, value: T | None) -> bool:
        values = [self.otherwise, *(each.rule.value for each in self.alternatives)]
        values += [self.override.value] if self.override is not None else []
        return all(each is value or each == value for each in values)
