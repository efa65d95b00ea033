"""A schedule: what holds at an instant, until when, and why.

Here: the value that users build and the questions they ask it. Not here: the notation
(`days`, `spans`), the order of precedence (`rules`), the fast form (`timelines`), the
checks (`coverage`).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from attrs import evolve, field, fields, frozen

from cloudpbx._values import check_aware, check_each, check_instance, nearest, shown
from cloudpbx.decisions import Reason
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.calendars import HolidaySource, holiday_source
from cloudpbx.routing.explanations import explained
from cloudpbx.routing.intervals import Interval, Resolution
from cloudpbx.routing.overlaps import find_overlaps
from cloudpbx.routing.rules import Override, Rule, Until
from cloudpbx.routing.timelines import Timeline
from cloudpbx.routing.zones import check_zone, epoch_of, moment_of

if TYPE_CHECKING:
    from cloudpbx.findings import Finding
    from cloudpbx.routing.months import Month
    from cloudpbx.routing.weeks import Week

__all__ = ["Schedule"]

_MOST_OVERLAPS: Final = 10
_FIRST_YEAR: Final = 2
_LAST_YEAR: Final = 9998

T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")


@frozen(kw_only=True)
class Schedule(Generic[T_co]):
    """Answer a value for every instant, by rules in an order of precedence.

    Which rule wins, in order:

    1. the override, while it holds;
    2. the highest tier that names the date owns it: dates > dates of every year >
       holidays > recurring days > dates narrowed by weekdays > weekdays;
    3. a span begun the evening before still runs out; with `spill="clip"` a date owned
       by a higher tier cuts it at midnight;
    4. of two rules of one tier, the one that stands first, if `overlap="first"`;
    5. `otherwise`, where no rule of the owner says anything; None is a gap.

    Rules match what the clock on the wall shows: a repeated hour matches twice, a
    skipped one never.

    Attributes:
        zone: Name of the IANA time zone whose wall clock counts.
        rules: The rules, in any order unless they may overlap.
        holidays: Where names of public holidays come from.
        otherwise: The value where no rule applies; None leaves a gap.
        spill: Whether a span runs into a date owned by a higher tier.
        overlap: Whether two rules of one tier may share an instant.
        override: A value forced by hand.

    >>> from zoneinfo import ZoneInfo
    >>> hours = Schedule(
    ...     zone="Asia/Tokyo",
    ...     rules=(Rule("mon-fri 09:00-18:00", "open"), Rule("holiday 00:00-24:00", "closed")),
    ...     holidays={date(2026, 11, 23): "勤労感謝の日"},
    ...     otherwise="closed",
    ... )
    >>> friday = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
    >>> hours.at(friday)
    'open'
    >>> hours.next_change(friday).isoformat()
    '2026-11-20T18:00:00+09:00'

    Raises:
        InvalidValueError: the zone is unknown, or two rules of one tier share an instant.
    """

    zone: str = field(converter=check_zone)
    rules: tuple[Rule[T_co], ...] = ()
    holidays: HolidaySource | None = field(default=None, converter=holiday_source, hash=False)
    otherwise: T_co | None = None
    spill: Literal["keep", "clip"] = "keep"
    overlap: Literal["refuse", "first"] = "refuse"
    override: Override[T_co] | None = None
    _timeline: Timeline[T_co] = field(init=False, eq=False, repr=False)
    _zone: Any = field(init=False, eq=False, repr=False)
    _painted: Any = field(init=False, eq=False, repr=False)
    _ends: Any = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        rules = check_each(self.rules, Rule, what="a rule of a schedule")
        object.__setattr__(self, "rules", rules)
        if self.override is not None:
            check_instance(self.override, Override, what="the override of a schedule")
        _check_word(self.spill, ("keep", "clip"), what="spill")
        _check_word(self.overlap, ("refuse", "first"), what="overlap")
        timeline = Timeline(
            self.zone, self.rules, self.holidays, self.otherwise, self.spill, self.override
        )
        if self.overlap == "refuse":
            overlaps = "; ".join(map(str, islice(find_overlaps(timeline), _MOST_OVERLAPS)))
            if overlaps:
                msg = f'{overlaps}: part them, or write overlap="first" to let the first win'
                raise InvalidValueError(msg)
        object.__setattr__(self, "_timeline", timeline)
        object.__setattr__(self, "_zone", timeline.zone)
        object.__setattr__(self, "_painted", timeline.painted_days)
        object.__setattr__(self, "_ends", timeline.ends_of_days)

    def at(self, moment: datetime) -> T_co | None:
        """Return the value at a moment, None in a gap.

        >>> from datetime import UTC
        >>> night = Schedule(zone="Asia/Tokyo", rules=(Rule("22:00-06:00", "night"),))
        >>> night.at(datetime(2026, 11, 20, 20, 59, tzinfo=UTC))
        'night'

        Raises:
            InvalidValueError: `moment` is naive, or no datetime.
        """
        try:
            local = moment if moment.tzinfo is self._zone else self._local(moment)
            day = self._painted.get(local.toordinal()) or self._timeline.day(local)
            if day is None:
                return self._timeline.value_at(epoch_of(moment))
            starts, values = day
            second = local.hour * 3600 + local.minute * 60 + local.second
        except AttributeError:
            check_aware(moment, what="the moment asked for")
            raise
        return values[bisect_right(starts, second) - 1]

    def next_change(self, moment: datetime) -> datetime | None:
        """Return when the value at a moment ends, None when it never does.

        Raises:
            InvalidValueError: `moment` is naive, or no datetime.
        """
        try:
            local = moment if moment.tzinfo is self._zone else self._local(moment)
            day = self._ends.get(local.toordinal()) or self._timeline.ends_of_day(local)
            if day is None:
                change = self._timeline.change_after(epoch_of(moment))
                return None if change is None else moment_of(change, self._zone)
            starts, ends = day
            second = local.hour * 3600 + local.minute * 60 + local.second
        except AttributeError:
            check_aware(moment, what="the moment asked for")
            raise
        return ends[bisect_right(starts, second) - 1]

    def _local(self, moment: datetime) -> datetime:
        """Return an instant in the schedule's zone, so that its clock can be read."""
        if moment.utcoffset() is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            check_aware(moment, what="the moment asked for")
            epoch_of(moment)
        return moment.astimezone(self._zone)

    def resolve(self, moment: datetime) -> Resolution[T_co]:
        """Return the value at a moment with its rule, its bounds and the reasons.

        Raises:
            InvalidValueError: `moment` is naive, or no datetime.
        """
        check_aware(moment, what="the moment asked for")
        timeline, epoch = self._timeline, epoch_of(moment)
        since = timeline.start_of(epoch)
        until = timeline.change_after(epoch)
        rule, because = explained(timeline, epoch)
        return Resolution(
            value=timeline.value_at(epoch),
            rule=rule,
            since=None if since is None else moment_of(since, self._zone),
            until=None if until is None else moment_of(until, self._zone),
            because=because,
        )

    def because(self, moment: datetime) -> tuple[Reason, ...]:
        """Return the reasons for the value at a moment, without looking for its bounds.

        Raises:
            InvalidValueError: `moment` is naive, or no datetime.
        """
        check_aware(moment, what="the moment asked for")
        return explained(self._timeline, epoch_of(moment))[1]

    def intervals(self, start: datetime, end: datetime) -> Iterator[Interval[T_co]]:
        """Yield the stretches of one value from `start` up to `end`, gaps included.

        They are disjoint, sorted and merged, and cover all the time asked for.

        Raises:
            InvalidValueError: a bound is naive, or `end` is before `start`.
        """
        check_aware(start, what="the start of the time asked for")
        check_aware(end, what="the end of the time asked for")
        first, last = epoch_of(start), epoch_of(end)
        # Two moments of one zone would compare by their wall clocks.
        length = end.astimezone(UTC) - start.astimezone(UTC)
        if length < timedelta():
            msg = f"`{end.isoformat()}` is before `{start.isoformat()}`: swap the bounds"
            raise InvalidValueError(msg)
        if not length:
            return iter(())
        last += 1 if end.microsecond else 0
        zone = self._zone
        return self._intervals(first, last, start.astimezone(zone), end.astimezone(zone))

    def _intervals(
        self, first: int, last: int, start: datetime, end: datetime
    ) -> Iterator[Interval[T_co]]:
        began, value = start, self._timeline.value_at(first)
        for epoch, other in self._timeline.segments(first):
            if epoch >= last:
                break
            if other is not value and other != value:
                moment = moment_of(epoch, self._zone)
                yield Interval(began, moment, value)
                began, value = moment, other
        yield Interval(began, end, value)

    def map(self, answer: Callable[[T_co], U]) -> "Schedule[U]":
        """Return the same schedule with other values.

        An override until the next change ends when it did: at an instant, since values
        that become equal would make the next change another one.

        >>> hours = Schedule(zone="UTC", rules=(Rule("09:00-18:00", "open"),))
        >>> hours.map({"open": True}.get).rules[0].value
        True

        Raises:
            InvalidValueError: `answer` gave None for a value.
        """
        override = self.override
        return Schedule(
            zone=self.zone,
            rules=tuple(Rule(rule.when, answer(rule.value), rule.name) for rule in self.rules),
            holidays=self.holidays,
            otherwise=None if self.otherwise is None else answer(self.otherwise),
            spill=self.spill,
            overlap=self.overlap,
            override=None
            if override is None
            else Override(
                answer(override.value), until=self._timeline.override_end, since=override.since
            ),
        )

    def forced(
        self, value: U, *, since: datetime | None = None, until: datetime | Until | None = None
    ) -> "Schedule[T_co | U]":
        """Return the schedule with its answer forced by hand; one forced before is replaced.

        Args:
            value: The forced answer; anything but None.
            since: From when; None for always.
            until: When the schedule answers again, or `Until.NEXT_CHANGE` for when it next
                changes after `since`; None for good.

        >>> from datetime import UTC
        >>> hours = Schedule(zone="UTC", rules=(Rule("09:00-18:00", "open"),))
        >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
        >>> closed = hours.forced("closed", since=noon, until=Until.NEXT_CHANGE)
        >>> closed.at(noon), str(closed.next_change(noon))
        ('closed', '2026-11-24 18:00:00+00:00')
        >>> closed.by_schedule() == hours
        True

        Raises:
            InvalidValueError: as `Override`.
        """
        schedule: Schedule[Any] = self
        return evolve(schedule, override=Override(value, since=since, until=until))

    def by_schedule(self) -> "Schedule[T_co]":
        """Return the schedule without its override, so that the rules answer again."""
        return self if self.override is None else evolve(self, override=None)

    def normalise(self) -> "Schedule[T_co]":
        """Return an equal schedule in canonical form.

        Rules of one tier, name and value are joined where their days or spans are the
        same, then sorted. Every answer stays the same, and doing it twice changes
        nothing. Where rules may overlap their order decides, so it is kept.

        >>> hours = Schedule(
        ...     zone="UTC",
        ...     rules=(Rule("tue 9:00-12:00", "open"), Rule("mon 09:00-12:00", "open")),
        ... )
        >>> [str(rule.when) for rule in hours.normalise().rules]
        ['mon,tue 09:00-12:00']
        """
        from cloudpbx.routing.normal_forms import joined_rules  # noqa: PLC0415 - a cycle else

        return self if self.overlap == "first" else evolve(self, rules=joined_rules(self.rules))

    def check(self) -> "tuple[Finding, ...]":
        """Return gaps, overlaps, and rules that never or needlessly apply.

        Each finding has a witness and its minutes a week. Schedules of weekdays alone
        are checked over a week; all others over the years that
        `cloudpbx.routing.horizons` states.
        """
        from cloudpbx.routing.coverage import check_schedule  # noqa: PLC0415 - a cycle else

        return check_schedule(self)

    def week(self, of: date | None = None) -> "Week":
        """Return a picture of the week that holds a date, or of an ordinary week.

        An ordinary week shows the rules of weekdays alone.
        """
        from cloudpbx.routing.weeks import Week  # noqa: PLC0415 - a cycle else

        return Week.of(self, of)

    def month(self, year: int, month: int) -> "Month":
        """Return a month's calendar: which rules own each day, and what holds in it.

        Raises:
            InvalidValueError: there is no such month, or it is near the calendar's ends.
        """
        from cloudpbx.routing.months import Month  # noqa: PLC0415 - a cycle else

        return Month.of(self, year, month)

    def __reduce__(self) -> tuple[Any, ...]:
        # Painted days are left behind: they are painted again when they are asked for.
        made = (each for each in fields(Schedule) if each.init)
        return partial(Schedule, **{each.name: getattr(self, each.name) for each in made}), ()

    def _repr_html_(self) -> str:
        return self.week().to_html()


def answers_of(schedule: Schedule[T_co]) -> tuple[T_co, ...]:
    """Return every value that a schedule may answer, once each; values must hash."""
    found = [rule.value for rule in schedule.rules]
    found += [schedule.otherwise] if schedule.otherwise is not None else []
    found += [schedule.override.value] if schedule.override is not None else []
    return tuple(dict.fromkeys(found))


def _check_word(value: object, words: tuple[str, ...], *, what: str) -> None:
    if value not in words:
        msg = f"{shown(value)} is not a choice for {what}: {nearest(str(value), words)}"
        raise InvalidValueError(msg)
