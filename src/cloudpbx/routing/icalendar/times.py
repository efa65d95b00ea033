"""When one event of an iCalendar file holds, in the terms of rules.

Here: an event with its recurrence, its exceptions and its zone as days and spans of the
schedule's wall clock. Not here: reading the event (`events`), or rules of
several events (`dialect`).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from attrs import frozen

from cloudpbx._values import shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.day_terms import DateRange
from cloudpbx.routing.icalendar.events import Event, Report
from cloudpbx.routing.icalendar.values import (
    Stamp,
    distance_of,
    read_stamp,
    seconds_of,
    whole_seconds,
)
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.spans import DAY, Span

__all__ = ["Recurring", "Times", "TimesReader", "occurrences", "shifted"]

_UNTIL = re.compile(r"(?<=UNTIL=)[^;]*")
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_OCCURRENCES: Final = 400
_LONGEST_SEARCH: Final = 146_097


@frozen
class Recurring:
    """Hold days by a rule, with a span of each.

    Attributes:
        days: Which days.
        excluded: Those of them that are left out.
        span: Which part of each day.
    """

    days: Recurrence
    excluded: frozenset[date]
    span: Span


@frozen
class Times:
    """Hold when an event holds.

    Attributes:
        recurring: Days by rules.
        dates: Spans with the dates they are for.
    """

    recurring: tuple[Recurring, ...]
    dates: tuple[tuple[Span, DateRange], ...]


class TimesReader:
    """Find out when an event holds by the wall clock of a zone.

    Attributes:
        causes: Why the event, or part of it, never holds.
        idle: Exceptions that except nothing, as property and value.
    """

    def __init__(self, event: Event, zone: str, report: Report) -> None:
        self.event = event
        self.zone = zone
        self.report = report
        self.own_zone: str = event.start.zone or zone
        self.time: int = seconds_of(event.start.wall)
        self.causes: list[str] = []
        self.idle: list[tuple[str, str]] = []

    def times(self, replaced: Iterable[Stamp]) -> Times:
        """Return when the event holds, without the occurrences that others replace.

        What cannot be said exactly is reported.
        """
        try:
            return self._times(replaced)
        except OverflowError:
            self._refuse("DTSTART", "is too near the end of the calendar: use another year")
        except InvalidValueError as error:
            self._refuse("RRULE" if self.event.rule else "DTSTART", str(error))
        return Times((), ())

    def _refuse(self, name: str, message: str) -> None:
        self.report.add(f"{self.event.place}, {name}", message)

    def _times(self, replaced: Iterable[Stamp]) -> Times:
        """Work out the occurrences.

        1. the first start, or the days of the recurrence rule, which names it too;
        2. and the starts that are listed;
        3. without those that are excluded, or replaced by another event.
        """
        event = self.event
        rule = self._recurrence() if event.rule else None
        starts = {} if event.rule else {event.start.wall: event.length}
        for stamp, length in event.added:
            starts.setdefault(stamp.in_zone(self.own_zone).wall, length)
        named = bool(rule or starts)
        excluded = self._excluded(rule, starts, replaced)
        if rule and not (self._lasts(event.length) and _remain(rule, excluded)):
            rule = None
        starts = {wall: length for wall, length in starts.items() if self._lasts(length)}
        if named and not (rule or starts or self.causes):
            self.causes.append("excluded")
        recurring = self._recurring(rule, excluded) if rule else ()
        if rule and recurring is None:
            for day in occurrences(rule, excluded) or ():
                starts.setdefault(datetime.combine(day, event.start.wall.time()), event.length)
        dates = [part for start in sorted(starts) for part in self._dates(start, starts[start])]
        return Times(recurring or (), tuple(dates))

    def _excluded(
        self,
        rule: Recurrence | None,
        starts: dict[datetime, timedelta],
        replaced: Iterable[Stamp],
    ) -> frozenset[date]:
        """Take out of the starts what is excluded, and return the days of the rule that are."""
        days = set()
        for name, stamp in (
            *(("EXDATE", each) for each in self.event.excluded),
            *(("RECURRENCE-ID", each) for each in replaced),
        ):
            wall = stamp.in_zone(self.own_zone).wall
            recurs = rule and seconds_of(wall) == self.time and rule.matches(wall.date())
            if stamp.whole != self.event.start.whole or not (recurs or wall in starts):
                self.idle.append((name, str(stamp)))
                continue
            starts.pop(wall, None)
            if recurs:
                days.add(wall.date())
        return frozenset(days)

    def _lasts(self, length: timedelta) -> bool:
        """Say whether an occurrence takes time, and note why when it does not."""
        if length > timedelta():
            return True
        cause = "backwards" if length else "empty"
        if cause not in self.causes:
            self.causes.append(cause)
        return False

    # The rule.

    def _recurrence(self) -> Recurrence | None:
        """Return the days of the rule by the clock of the event's own zone."""
        start = self.event.start.wall.date()
        text = f"DTSTART={_digits(start)};{self.event.rule}"
        until = _UNTIL.search(text)
        if until is None:
            rule = Recurrence(text)
        else:
            low, high = self._last_days(read_stamp(until[0], {}))
            if high < start:
                self.causes.append("no_day")
                return None
            rule = Recurrence(_UNTIL.sub(_digits(high), text))
            if any(rule.matches(high - timedelta(back)) for back in range((high - low).days)):
                fix = "write both as dates, or both as times"
                msg = f"{shown(until[0])} leaves open whether its day counts: {fix}"
                raise InvalidValueError(msg)
        if not rule.matches(start):
            msg = (
                f"`{self.event.start}` is no day of the rule, which leaves open whether the "
                "event is then: start it on the first day of the rule"
            )
            raise InvalidValueError(msg)
        return rule

    def _last_days(self, until: Stamp) -> tuple[date, date]:
        """Return the earliest and the latest day that an UNTIL may mean to be the last.

        They differ where it is not written as the start is.
        """
        day = until.wall.date()
        if self.event.start.whole:
            other = until.in_zone(self.zone).wall.date()
            return min(day, other), max(day, other)
        if until.whole:
            return day - timedelta(1 if self.time else 0), day
        wall = until.in_zone(self.own_zone).wall
        last = wall.date() - timedelta(seconds_of(wall) < self.time)
        return last, last

    def _recurring(
        self, rule: Recurrence, excluded: frozenset[date]
    ) -> tuple[Recurring, ...] | None:
        """Return the parts of days by the schedule's clock.

        None when no rules of days can say them; that is reported if they never end, and
        if they are too many.
        """
        start = self.event.start.wall.date()
        ahead = distance_of(self.own_zone, self.zone, start, rule.end)
        refused = (
            f"the clocks of `{self.own_zone}` and `{self.zone}` are not always equally far "
            f"apart: write the event in `{self.zone}`"
        )
        if ahead is not None:
            shift, time = divmod(self.time + ahead, DAY)
            parts = _parts(time, whole_seconds(self.event.length))
            moved = [(shifted(rule, shift + step), shift + step, span) for step, span in parts]
            found = tuple(
                Recurring(days, frozenset(day + timedelta(step) for day in excluded), span)
                for days, step, span in moved
                if days is not None
            )
            if len(found) == len(parts):
                return found
            refused = (
                f"`{rule.rule}` has no rule for the days before or after its own: write what "
                "is past midnight as an event of its own"
            )
        if occurrences(rule, excluded) is None:
            self._refuse("RRULE", refused)
        return None

    # Dates.

    def _dates(self, wall: datetime, length: timedelta) -> Iterator[tuple[Span, DateRange]]:
        """Yield the parts of one occurrence by the schedule's clock."""
        begin = Stamp(wall, self.own_zone).in_zone(self.zone).wall
        end = Stamp(wall + length, self.own_zone).in_zone(self.zone).wall
        if end <= begin:
            msg = f"`{begin}` to `{end}` runs backwards on the clock of `{self.zone}`"
            self._refuse("DTSTART", f"{msg}: write the event in this zone")
            return
        first = begin.date()
        for step, span in _parts(seconds_of(begin), whole_seconds(end - begin)):
            day = first + timedelta(step)
            yield span, DateRange(day, day)


def _parts(time: int, length: int) -> list[tuple[int, Span]]:
    """Cut what begins at a time of the day into spans, with how many days later each is."""
    end = time + length
    if end <= DAY or length < DAY:
        return [(0, Span(time, end if end <= DAY else end - DAY))]
    return [
        (day, Span(time if day == 0 else 0, min(end - day * DAY, DAY)))
        for day in range(-(-end // DAY))
    ]


def occurrences(rule: Recurrence, excluded: Iterable[date]) -> list[date] | None:
    """Return the days of a rule one by one, None when they never end or are too many."""
    first, last = rule.start, rule.end
    if first is None or last is None or (last - first).days > _LONGEST_SEARCH:
        return None
    every = (first + timedelta(step) for step in range((last - first).days + 1))
    days = [day for day in every if rule.matches(day)]
    return None if len(days) > _MOST_OCCURRENCES else sorted({*days} - {*excluded})


def _remain(rule: Recurrence, excluded: frozenset[date]) -> bool:
    """Say whether a rule that ends names a day that is not excluded."""
    days = occurrences(rule, excluded)
    return days is None or bool(days)


def shifted(rule: Recurrence, days: int) -> Recurrence | None:
    """Return the rule of the days that lie some days later, None when none can say them.

    1. of every so many days, and of weekdays: the weekdays move, and with them the week;
    2. of one date of every so many years: the date moves, but not past a 29 February.
    """
    if days == 0:
        return rule
    parts = dict(part.split("=") for part in rule.rule.split(";"))
    start = rule.start
    if start is None or not _can_shift(parts, start, days):
        return None
    later = timedelta(days)
    parts["DTSTART"] = _digits(start + later)
    if "UNTIL" in parts:
        parts["UNTIL"] = _digits(_day(parts["UNTIL"]) + later)
    if parts["FREQ"] == "YEARLY":
        parts.pop("BYMONTH", None)
        parts.pop("BYMONTHDAY", None)
    else:
        if "INTERVAL" in parts:
            # The week of `every other week` begins as many days later too.
            parts.setdefault("WKST", "MO")
        for key in {"BYDAY", "WKST"} & parts.keys():
            names = parts[key].split(",")
            numbers = [(_WEEKDAYS.index(name) + days) % 7 for name in names]
            parts[key] = ",".join(_WEEKDAYS[number] for number in numbers)
    return Recurrence(";".join(f"{key}={value}" for key, value in parts.items()))


def _can_shift(parts: dict[str, str], start: date, days: int) -> bool:
    given = parts.keys() - {"DTSTART", "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
    if parts["FREQ"] in {"DAILY", "WEEKLY"}:
        return given <= {"BYDAY"}
    if parts["FREQ"] != "YEARLY" or given not in (
        set(),
        {"BYMONTH"},
        {"BYMONTH", "BYMONTHDAY"},
    ):
        return False
    month, day = str(start.month), str(start.day)
    if parts.get("BYMONTH", month) != month or parts.get("BYMONTHDAY", day) != day:
        return False
    if (start.month, start.day) == (2, 29):
        return False
    ends = {
        (later.month, later.day)
        for year in (2000, 2001)
        for later in [start.replace(year=year) + timedelta(days)]
    }
    return len(ends) == 1


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _day(digits: str) -> date:
    return date.fromisoformat(digits)
