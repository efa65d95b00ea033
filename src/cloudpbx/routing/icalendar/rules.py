"""The events of an iCalendar file as rules of a schedule.

Here: rules that together mean what the events do, and events that contradict each other.
Not here: when one event holds (`times`), or reading (`dialect`).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from attrs import frozen

from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.day_terms import WEEK, DateRange, Weekday
from cloudpbx.routing.days import Days
from cloudpbx.routing.icalendar.events import Event
from cloudpbx.routing.icalendar.times import Recurring, Times
from cloudpbx.routing.icalendar.values import ONE_DAY
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import Rule, When
from cloudpbx.routing.spans import DAY, Span
from cloudpbx.routing.zones import find_zone

__all__ = ["Held", "find_conflicts", "rules_of"]

_FORTNIGHT: Final = timedelta(14)
_LOOK_AHEAD: Final = 28 * 366
_LONGEST_LOOK: Final = 146_097
_EVERY_DAY: Final = "FREQ=DAILY"

Part: TypeAlias = tuple[int, int, int]
"""Time of a day from one second to another, and its days as bits."""


@frozen
class Held:
    """Hold an event with when it holds."""

    event: Event
    times: Times


def rules_of(held: list[Held]) -> Iterator[Rule[str]]:
    """Yield the rules of events, all of one tier, in the order of the events."""
    weekly = _are_weekly(held)
    recurs = any(each.times.recurring for each in held)
    for each in held:
        spans: dict[Span, list[Days]] = {}
        weekdays: dict[Span, set[Weekday]] = {}
        for recurring in each.times.recurring:
            if weekly:
                weekdays.setdefault(recurring.span, set()).update(_weekdays(recurring))
            else:
                spans.setdefault(recurring.span, []).extend(_days(recurring))
        dates: dict[Span, list[DateRange]] = {}
        for span, day in each.times.dates:
            dates.setdefault(span, []).append(day)
        every_day = ((Recurrence(_EVERY_DAY),),) if recurs else ()
        for span, ranges in dates.items():
            spans.setdefault(span, []).append(Days(*every_day, ranges))
        for span, found in weekdays.items():
            spans.setdefault(span, []).append(Days(found))
        for span, all_days in spans.items():
            for days in all_days:
                yield Rule(When(days, (span,)), each.event.summary)


def _are_weekly(held: list[Held]) -> bool:
    """Say whether all events recur every week, for ever and from about the same time."""
    every = [recurring for each in held for recurring in each.times.recurring]
    if not every or any(each.times.dates for each in held):
        return False
    starts = [each.days.start or date.min for each in every]
    return max(starts) - min(starts) < _FORTNIGHT and all(
        _parts_of(each.days).keys() <= {"DTSTART", "FREQ", "BYDAY", "WKST"}
        and _parts_of(each.days)["FREQ"] in {"DAILY", "WEEKLY"}
        and not each.excluded
        for each in every
    )


def _parts_of(rule: Recurrence) -> dict[str, str]:
    return dict(part.split("=") for part in rule.rule.split(";"))


def _weekdays(recurring: Recurring) -> Iterator[Weekday]:
    """Yield the weekdays of a rule of weekdays: those of its first week."""
    start = recurring.days.start or date.min
    for step in range(7):
        day = start + timedelta(step)
        if recurring.days.matches(day):
            yield WEEK[day.weekday()]


def _days(recurring: Recurring) -> Iterator[Days]:
    """Yield days by a rule, without those that are excluded.

    1. up to the last excluded day: the rule, within the dates between the excluded ones;
    2. after it: the same rule, begun on its next day.
    """
    rule, excluded = recurring.days, sorted(recurring.excluded)
    if not excluded:
        yield Days((rule,))
        return
    # The place in a set of days is counted from the start, which so must stay.
    last = rule.end or (date.max if "BYSETPOS" in rule.rule else excluded[-1])
    ranges = []
    first = rule.start or date.min
    for day in (*excluded, last + ONE_DAY if last < date.max else None):
        end = date.max if day is None else day - ONE_DAY
        if first <= end and any(map(rule.matches, _each(first, end))):
            ranges.append(DateRange(first, end))
        if day is not None:
            first = day + ONE_DAY
    if ranges:
        yield Days((rule,), ranges)
    if last == excluded[-1] and rule.end is None:
        following = next(filter(rule.matches, _each(last + ONE_DAY, date.max)), None)
        if following is not None:
            parts = _parts_of(rule) | {"DTSTART": following.isoformat().replace("-", "")}
            yield Days((Recurrence(";".join(f"{key}={parts[key]}" for key in parts)),))


def _each(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def find_conflicts(held: list[Held], zone: str) -> Iterator[Finding]:
    """Yield each event that shares time with one before it that says something else.

    Of those before it, the first is named.
    """
    if len({each.event.summary for each in held}) < 2:  # noqa: PLR2004 - nothing differs
        return
    window = _window(held)
    seen: list[tuple[Event, list[Part]]] = []
    for each in held:
        parts = list(_parts(each.times, window))
        for other, other_parts in seen:
            if other.summary == each.event.summary:
                continue
            shared = _shared(parts, other_parts)
            if shared:
                yield _conflict(each.event, other, window, shared, zone)
                break
        seen.append((each.event, parts))


def _shared(parts: list[Part], other_parts: list[Part]) -> tuple[int, int] | None:
    """Return the first day, as a bit, and the second of it that two events share."""
    shared = [
        (both & -both, max(start, other_start))
        for start, end, days in parts
        for other_start, other_end, other_days in other_parts
        if start < other_end and other_start < end and (both := days & other_days)
    ]
    return min(shared, default=None)


def _conflict(
    event: Event, other: Event, window: range, shared: tuple[int, int], zone: str
) -> Finding:
    bit, second = shared
    day = date.fromordinal(window.start + bit.bit_length() - 1)
    midnight = datetime(day.year, day.month, day.day, tzinfo=find_zone(zone))
    return Finding(
        code="icalendar.overlap",
        severity=Severity.WARNING,
        about=event.summary,
        data={"other": other.summary, "other_path": other.place, "first": str(day)},
        path=event.place,
        witness=midnight + timedelta(seconds=second),
    )


def _window(held: list[Held]) -> range:
    """Return the days in which overlaps are looked for, as ordinals."""
    named: set[date] = set()
    for each in held:
        named |= {day.first for _, day in each.times.dates}
        for recurring in each.times.recurring:
            named |= {recurring.days.start or date.min, *recurring.excluded}
            named |= {recurring.days.end} if recurring.days.end else set()
    first, last = min(named).toordinal(), max(named).toordinal()
    length = min(last - first + _LOOK_AHEAD, _LONGEST_LOOK, date.max.toordinal() - first)
    return range(first, first + length)


def _parts(times: Times, window: range) -> Iterator[Part]:
    """Yield the time of an event within days, with those days as bits."""
    spans: dict[Span, int] = {}
    for span, days in times.dates:
        place = days.first.toordinal() - window.start
        spans[span] = spans.get(span, 0) | (1 << place if place < len(window) else 0)
    for each in times.recurring:
        first = max(window.start, (each.days.start or date.min).toordinal())
        last = min(window.stop - 1, (each.days.end or date.max).toordinal())
        bits = bytearray(len(window) // 8 + 1)
        for ordinal in range(first, last + 1):
            day = date.fromordinal(ordinal)
            if each.days.matches(day) and day not in each.excluded:
                place = ordinal - window.start
                bits[place >> 3] |= 1 << (place & 7)
        spans[each.span] = spans.get(each.span, 0) | int.from_bytes(bits, "little")
    for span, days_bits in spans.items():
        yield span.start, DAY if span.overnight else span.end, days_bits
        if span.overnight:
            yield 0, span.end, days_bits << 1
