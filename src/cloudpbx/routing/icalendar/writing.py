"""Schedules as iCalendar files (RFC 5545).

Here: the answers of a schedule as events, for a time or for ever. Not here: reading such
files (`dialect`), or files: encode as UTF-8 after writing.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from attrs import field, frozen

from cloudpbx._values import check_instance, check_text
from cloudpbx.errors import DocumentError, InvalidValueError, Problem
from cloudpbx.routing.day_terms import check_date
from cloudpbx.routing.icalendar.events import import_icalendar
from cloudpbx.routing.icalendar.values import ONE_DAY
from cloudpbx.routing.rules import Tier
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import DAY
from cloudpbx.routing.timelines import Timeline
from cloudpbx.routing.zones import changes_of_offset, find_zone, moment_of

__all__ = ["write_icalendar"]

T = TypeVar("T")

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_YEARS: Final = 100
_ZONE_YEARS: Final = 20
_FIRST_YEAR: Final = 2
_LAST_YEAR: Final = 9_900
_FEW: Final = 3
_WEEK: Final = 7


@frozen(order=True)
class _Piece:
    """Hold part of a day and of the next one, and what is answered then."""

    start: int
    length: int
    name: str


@frozen(kw_only=True, order=True)
class _Entry:
    """Hold one event before it is written.

    Attributes:
        first: The day on which it starts the first time.
        piece: Its part of that day.
        days: How many days later it starts for the last time without a break.
        weekdays: On which weekdays it recurs; empty for once.
        last: The last day on which it may recur; None for ever.
        excluded: Days on which it does not.
    """

    first: date
    piece: _Piece
    days: int = 0
    weekdays: tuple[int, ...] = ()
    last: date | None = field(default=None, order=False)
    excluded: tuple[date, ...] = ()


def write_icalendar(
    schedule: Schedule[T],
    start: date,
    end: date | None = None,
    *,
    name_of: Callable[[T], str] = str,
    uid: str = "cloudpbx",
) -> str:
    """Write what a schedule answers as events that say it.

    1. With `end`, all that it answers from `start` up to `end`, whatever its rules.
    2. Without, all that it answers from `start` on for ever; its rules must be such that
       after some day only weekdays count.

    Time without an answer has no event. What recurs every week is one event with EXDATE
    for the days on which it does not hold; every other occurrence is an event of its own.
    The UIDs are numbered, and DTSTAMP is the midnight before `start` in UTC, so that the
    same arguments give the same text.

    Args:
        schedule: The schedule, without an override.
        start: The first day that is written.
        end: The first day that is no longer written; None to write for ever.
        name_of: What an event says for a value.
        uid: What the UIDs of the events end in, as `office.example`.

    >>> from cloudpbx.routing import Rule
    >>> hours = Schedule(zone="UTC", rules=(Rule("mon-fri 09:00-18:00", "open"),))
    >>> written = write_icalendar(hours, date(2026, 1, 5), uid="office.example")
    >>> for line in written.splitlines()[4:-1]:
    ...     print(line)
    BEGIN:VEVENT
    SUMMARY:open
    DTSTART:20260105T090000Z
    DTEND:20260105T180000Z
    DTSTAMP:20260105T000000Z
    UID:1@office.example
    RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    END:VEVENT

    Raises:
        DocumentError: there are rules that no event can say for ever; all are named.
        InvalidValueError: the schedule has an override, or a name or a date does not fit.
        UnknownReferenceError: the extra `cloudpbx[icalendar]` is not installed.
    """
    _check(schedule, start, end)
    check_text(uid, what="what UIDs end in")
    timeline: Timeline[T] = schedule._timeline  # noqa: SLF001 - one area, one value
    settled = _settled(timeline, start) if end is None else end
    if (settled - start).days > _MOST_YEARS * 366:
        fix = "give a nearer `end`" if end else "give an `end`"
        msg = f"`{start}` to `{settled}` is more than {_MOST_YEARS} years: {fix}"
        raise InvalidValueError(msg)
    days = _pieces(timeline, start, settled, name_of, forever=end is None)
    entries = sorted(
        entry
        for piece, found in days.items()
        for entry in _entries(piece, found, settled if end is None else None)
    )
    return _text(schedule.zone, entries, start, end, uid)


def _check(schedule: Schedule[Any], start: date, end: date | None) -> None:
    check_instance(schedule, Schedule, what="what is written as a calendar")
    check_date(start, what="the first day that is written")
    _check_year(start)
    if end is not None and check_date(end, what="the end of what is written") <= start:
        msg = f"`{end}` is not after `{start}`: the end is the first day not written"
        raise InvalidValueError(msg)
    if schedule.override is not None:
        msg = f"`{schedule.override.value}` is forced by hand: take it back first"
        raise InvalidValueError(msg)


def _check_year(day: date) -> None:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        years = f"{_FIRST_YEAR} to {_LAST_YEAR}"
        msg = f"`{day}` is too near the end of the calendar: use years {years}"
        raise InvalidValueError(msg)


def _settled(timeline: Timeline[Any], start: date) -> date:
    """Return a day from which on only weekdays count."""
    settled = start
    problems: dict[int, Problem] = {}
    for each, life in zip(timeline.alternatives, timeline.lives, strict=True):
        if each.tier is Tier.WEEKDAY:
            continue
        if life.last >= date.max.toordinal():
            msg = f"`{each.rule.when}` goes on for ever beside weekdays: give an `end`"
            problems.setdefault(each.index, Problem(path=f"rule {each.index + 1}", message=msg))
        else:
            # What begins on the last day may run into the next.
            settled = max(settled, date.fromordinal(life.last) + 2 * ONE_DAY)
    if problems:
        raise DocumentError(tuple(problems.values()))
    return settled


# What is answered, day by day.


def _pieces(
    timeline: Timeline[T],
    start: date,
    settled: date,
    name_of: Callable[[T], str],
    *,
    forever: bool,
) -> dict[_Piece, list[date]]:
    """Return what is answered, with the days: for ever is up to a week later."""
    stop = settled.toordinal() + (_WEEK if forever else 0)
    found: dict[_Piece, list[date]] = {}
    # One day more shows what runs past midnight.
    painted = [_named(timeline, day, name_of) for day in range(start.toordinal(), stop)]
    after = _named(timeline, stop, name_of) if forever else []
    before: list[_Piece] = []
    for step, (today, tomorrow) in enumerate(pairwise((*painted, after))):
        day = start + timedelta(step)
        rest = today[1:] if before and _join(before[-1:], today) else today
        for piece in rest[:-1]:
            found.setdefault(piece, []).append(day)
        for piece in rest[-1:]:
            joined = _join([piece], tomorrow) or piece
            found.setdefault(joined, []).append(day)
        before = rest
    return found


def _named(timeline: Timeline[T], ordinal: int, name_of: Callable[[T], str]) -> list[_Piece]:
    """Return what is answered on a day, equal names joined."""
    profile = timeline.profile(ordinal)
    pieces: list[_Piece] = []
    for (start, end), value in zip(
        pairwise((*profile.starts, DAY)), profile.values, strict=True
    ):
        if value is None:
            continue
        name = check_text(name_of(value), what="what an event says")
        last = pieces[-1] if pieces else None
        if last is not None and last.name == name and last.start + last.length == start:
            pieces[-1] = _Piece(last.start, end - last.start, name)
        else:
            pieces.append(_Piece(start, end - start, name))
    return pieces


def _join(last: list[_Piece], tomorrow: list[_Piece]) -> _Piece | None:
    """Join what runs over midnight, where it is shorter than a day."""
    for evening in last:
        for morning in tomorrow[:1]:
            reaches = evening.start + evening.length == DAY and morning.start == 0
            length = evening.length + morning.length
            if reaches and evening.name == morning.name and length < DAY:
                return _Piece(evening.start, length, evening.name)
    return None


# Events.


def _entries(piece: _Piece, days: list[date], settled: date | None) -> Iterator[_Entry]:
    """Yield the events for a piece: one that recurs every week, and one for each other day."""
    usual = (
        _usual(days) if settled is None else {day.weekday() for day in days if day >= settled}
    )
    weekly = [day for day in days if day.weekday() in usual]
    if weekly:
        first, last = weekly[0], weekly[-1]
        every = (first + timedelta(step) for step in range((last - first).days))
        yield _Entry(
            first=first,
            piece=piece,
            weekdays=tuple(sorted(usual)),
            last=None if settled else last,
            excluded=tuple(
                sorted({day for day in every if day.weekday() in usual} - {*weekly})
            ),
        )
    for run in _runs([day for day in days if day.weekday() not in usual], piece):
        yield _Entry(first=run[0], piece=piece, days=len(run) - 1)


def _usual(days: list[date]) -> set[int]:
    """Return the weekdays on which a piece is usual within its time."""
    usual = set()
    for weekday in {day.weekday() for day in days}:
        own = [day for day in days if day.weekday() == weekday]
        weeks = (own[-1] - own[0]).days // _WEEK + 1
        if len(own) >= _FEW and 2 * (weeks - len(own)) <= len(own):
            usual.add(weekday)
    return usual


def _runs(days: list[date], piece: _Piece) -> list[list[date]]:
    """Join days that follow each other, where a piece is the whole day."""
    runs: list[list[date]] = []
    for day in days:
        if piece.length == DAY and runs and runs[-1][-1] + ONE_DAY == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


# Text.


def _text(zone: str, entries: Iterable[_Entry], start: date, end: date | None, uid: str) -> str:
    package = import_icalendar()
    calendar = package.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//cloudpbx//cloudpbx//EN")
    calendar.add("x-wr-timezone", zone)
    if zone != "UTC":
        last = start.year + _ZONE_YEARS if end is None else end.year
        calendar.add_component(_zone_component(package, zone, start.year, last))
    for number, entry in enumerate(entries, 1):
        calendar.add_component(
            _event(package, entry, find_zone(zone), start, f"{number}@{uid}")
        )
    written: bytes = calendar.to_ical()
    return written.decode()


def _event(package: Any, entry: _Entry, zone: ZoneInfo, start: date, uid: str) -> Any:
    event, piece = package.Event(), entry.piece
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(start, time(), UTC))
    event.add("summary", piece.name)

    def at(day: date) -> date:
        if piece.length == DAY:
            return day
        return datetime.combine(day, time(), zone) + timedelta(seconds=piece.start)

    length = timedelta(seconds=piece.length) + entry.days * ONE_DAY
    event.add("dtstart", at(entry.first))
    event.add("dtend", at(entry.first) + length)
    if entry.weekdays:
        rule: dict[str, object] = {"FREQ": "WEEKLY"}
        if entry.last is not None:
            rule["UNTIL"] = entry.last if piece.length == DAY else _end_of(entry.last, zone)
        rule["BYDAY"] = [_WEEKDAYS[number] for number in entry.weekdays]
        event.add("rrule", rule)
    if entry.excluded:
        event.add("exdate", [at(day) for day in entry.excluded])
    return event


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the last second of a day in UTC, as UNTIL is written."""
    midnight = datetime.combine(day + ONE_DAY, time(), zone)
    return midnight.astimezone(UTC) - timedelta(seconds=1)


def _zone_component(package: Any, zone: str, first: int, last: int) -> Any:
    """Return the changes of a zone's clock within some years as a VTIMEZONE."""
    tzinfo = find_zone(zone)
    component = package.Timezone()
    component.add("tzid", zone)
    opening = datetime(first, 1, 1, tzinfo=tzinfo)
    changes = [opening]
    for year in range(first, last + 1):
        changes += [moment_of(change, tzinfo) for change in changes_of_offset(tzinfo, year)]
    before = opening.utcoffset() or timedelta()
    seen: dict[tuple[Any, ...], Any] = {}
    for change in changes:
        after = change.utcoffset() or timedelta()
        # An onset is told by the clock that it ends.
        onset = (change.astimezone(UTC) + before).replace(tzinfo=None)
        key = (bool(change.dst()), before, after, change.tzname())
        if key in seen:
            seen[key].add("rdate", onset)
        else:
            kind = package.TimezoneDaylight if key[0] else package.TimezoneStandard
            seen[key] = kind()
            seen[key].add("dtstart", onset)
            seen[key].add("tzoffsetfrom", before)
            seen[key].add("tzoffsetto", after)
            seen[key].add("tzname", key[3])
            component.add_component(seen[key])
        before = after
    return component
