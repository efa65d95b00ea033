"""iCalendar files (RFC 5545) as schedules and as holidays.

Here: the dialect, and what the events of a file come to together. Not here: lines and
properties (`events`), when one event holds (`times`), rules of several
(`rules`), writing (`writing`), or files: decode UTF-8 before reading.

The dialect:

1. A VEVENT says its SUMMARY from its start up to its end, `[start, end)`; outside of all
   events there is no answer. Other components, and properties that do not say when or
   what, mean nothing here.
2. DTSTART with DTEND or DURATION; a date without an end is that day. Dates are whole days,
   and their DTEND is the day after the last.
3. RRULE of whole days (`recurrences`), with UNTIL or COUNT, EXDATE, RDATE, and events that
   replace one occurrence (RECURRENCE-ID) or cancel it (STATUS:CANCELLED). A rule must
   name the day on which its event starts: RFC 5545 leaves open what it means otherwise.
4. Times are those of the clock on the wall. A floating time or a date is of the
   schedule's zone. A single time of another zone, or of UTC, is converted; a recurring
   one only where the two clocks are always equally far apart.
5. An event begins and ends when the clock shows its start and its end, as spans do: a
   repeated hour counts twice, a skipped one never. To the letter of RFC 5545 a recurring
   event that runs through a change of the clocks would keep its length instead.
6. Where events that say different things share time, the one that stands first wins.

An event without a way to be said exactly is refused with its place and the reason.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from cloudpbx._values import check_whole
from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.calendars import HolidayCalendar
from cloudpbx.routing.icalendar.events import Event, Report, read_calendar_file
from cloudpbx.routing.icalendar.rules import Held, find_conflicts, rules_of
from cloudpbx.routing.icalendar.times import TimesReader
from cloudpbx.routing.icalendar.values import Stamp, resolve_zone
from cloudpbx.routing.imports import Imported
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import DAY, Span
from cloudpbx.routing.zones import check_zone

__all__ = ["read_icalendar", "read_icalendar_holidays"]


def read_icalendar(text: str, *, zone: str | None = None, source: str = "") -> Imported[str]:
    """Read the events of a calendar into a schedule that answers what they say.

    All rules are of one tier, so that no event hides another:

    1. weekdays, where all events recur every week without end or exception and begin
       within two weeks; such rules hold also before the events begin;
    2. dates, where no event recurs;
    3. recurring days else.

    What never holds is a finding, and so is an event that shares time with one before it
    that says something else, looked for until 28 years after the last date in the file.

    Args:
        text: The file.
        zone: Whose wall clock counts; what X-WR-TIMEZONE says when left out, or the
            only TZID in use.
        source: The file's name, for messages.

    >>> lines = '''BEGIN:VCALENDAR
    ... BEGIN:VEVENT
    ... SUMMARY:open
    ... DTSTART;TZID=Asia/Tokyo:20260105T090000
    ... DTEND;TZID=Asia/Tokyo:20260105T180000
    ... RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    ... END:VEVENT
    ... END:VCALENDAR
    ... '''
    >>> for rule in read_icalendar(lines).schedule.rules:
    ...     print(rule)
    mon-fri 09:00-18:00 → open

    Raises:
        DocumentError: something cannot be read, or not be said exactly; all of it is named.
        InvalidValueError: the zone is unknown, or the text is none.
        UnknownReferenceError: the extra `cloudpbx[icalendar]` is not installed.
    """
    name = None if zone is None else check_zone(zone)
    report = Report(source)
    file = read_calendar_file(text, report)
    report.close()
    own_zone = name or _zone_of(file.zone, file.events, report)
    report.close()
    findings: list[Finding] = []
    held = list(_held(file.events, own_zone, report, findings))
    report.close()
    rules = rules_of(held)
    findings += find_conflicts(held, own_zone)
    schedule = Schedule(zone=own_zone, rules=tuple(rules), overlap="first")
    return Imported(schedule, tuple(findings))


def read_icalendar_holidays(
    text: str, *, years: Iterable[int] = (), source: str = ""
) -> HolidayCalendar:
    """Read the events of a calendar of holidays (祝日) as dates with their names.

    Every event must be of whole days, and names each of them by its SUMMARY. Two names of
    one day are joined.

    Args:
        text: The file.
        years: For which years events that recur for ever are written out, as
            `range(2026, 2036)`.
        source: The file's name, for messages.

    >>> lines = '''BEGIN:VCALENDAR
    ... BEGIN:VEVENT
    ... SUMMARY:元日
    ... DTSTART;VALUE=DATE:20260101
    ... RRULE:FREQ=YEARLY
    ... END:VEVENT
    ... END:VCALENDAR
    ... '''
    >>> holidays = read_icalendar_holidays(lines, years=range(2026, 2029))
    >>> [str(day) for day in holidays.days]
    ['2026-01-01', '2027-01-01', '2028-01-01']

    Raises:
        DocumentError: an event is not of whole days, never takes place, or recurs for ever
            and no years are given; all such events are named.
        InvalidValueError: a year is none, or the text is none.
        UnknownReferenceError: the extra `cloudpbx[icalendar]` is not installed.
    """
    wanted = sorted({check_whole(year, what="a year", low=1, high=9999) for year in years})
    report = Report(source)
    file = read_calendar_file(text, report)
    report.close()
    findings: list[Finding] = []
    names: dict[date, list[str]] = {}
    for held in _held(file.events, "", report, findings):
        for day in _whole_days(held, wanted, report):
            summary = held.event.summary
            if summary not in names.setdefault(day, []):
                names[day].append(summary)
    for finding in findings:
        if finding.code != "icalendar.never.cancelled":
            words = finding.explain().removeprefix(f"{finding.path}: {finding.severity}: ")
            report.add(finding.path, words.removesuffix(f" [{finding.code}]"))
    report.close()
    return HolidayCalendar(days={day: "; ".join(found) for day, found in names.items()})


def _zone_of(named: str, events: Iterable[Event], report: Report) -> str:
    """Return the zone of a file that nobody named."""
    used = {event.start.zone for event in events} - {"", "UTC"}
    if named:
        try:
            return resolve_zone(named)
        except InvalidValueError as error:
            report.add("X-WR-TIMEZONE", str(error))
    elif len(used) == 1:
        return used.pop()
    else:
        which = f"names {len(used)} time zones" if used else "names no time zone"
        report.add("", f'{which}: say whose clock counts, as `zone="Asia/Tokyo"`')
    return ""


# Events.


def _held(
    events: Iterable[Event], zone: str, report: Report, findings: list[Finding]
) -> Iterator[Held]:
    """Yield the events that ever hold, in the order of the file.

    Without a zone, each is read by its own.
    """
    events = tuple(events)
    replaced = _replaced(events, report)
    for event in events:
        if event.cancelled:
            if event.replaces is None:
                findings.append(_never(event, "cancelled"))
            continue
        reader = TimesReader(event, zone or event.start.zone or "UTC", report)
        times = reader.times(replaced.get(event.place, ()))
        findings += [_never(event, cause) for cause in reader.causes]
        findings += [
            Finding(
                code="icalendar.exception",
                severity=Severity.WARNING,
                about=event.summary,
                data={"exception": name, "start": start},
                path=event.place,
            )
            for name, start in reader.idle
        ]
        if times.recurring or times.dates:
            yield Held(event, times)


def _never(event: Event, cause: str) -> Finding:
    severity = Severity.NOTE if cause == "cancelled" else Severity.WARNING
    about = event.summary or event.uid or event.place
    return Finding(
        code=f"icalendar.never.{cause}", severity=severity, about=about, path=event.place
    )


def _replaced(events: Iterable[Event], report: Report) -> dict[str, list[Stamp]]:
    """Return the occurrences of each event that others replace, by its place."""
    originals: dict[str, list[Event]] = {}
    for event in events:
        if event.replaces is None and event.uid and not event.cancelled:
            originals.setdefault(event.uid, []).append(event)
    replaced: dict[str, list[Stamp]] = {}
    for event in events:
        if event.replaces is not None:
            found = originals.get(event.uid, ())
            if len(found) > 1:
                places = " and ".join(f"`{each.place}`" for each in found)
                msg = f"is for an occurrence of {places}, which have one UID: part them"
                report.add(f"{event.place}, RECURRENCE-ID", msg)
            elif found:
                replaced.setdefault(found[0].place, []).append(event.replaces)
    return replaced


def _whole_days(held: Held, years: list[int], report: Report) -> Iterator[date]:
    """Yield the days of an event that is of whole days."""
    event = held.event
    spans = {span for span, _ in held.times.dates}
    spans |= {recurring.span for recurring in held.times.recurring}
    if event.start.zone == "UTC" or spans != {Span(0, DAY)}:
        msg = "is not of whole days, as a holiday is: write dates, as `DTSTART;VALUE=DATE`"
        report.add(f"{event.place}, DTSTART", msg)
        return
    for _, days in held.times.dates:
        yield days.first
    for each in held.times.recurring:
        end = each.days.end
        start = each.days.start or date.min
        if end is None and not years:
            msg = "never ends: say for which years it counts, as `years=range(2026, 2036)`"
            report.add(f"{event.place}, RRULE", msg)
            return
        for year in years if end is None else range(start.year, end.year + 1):
            first = date(year, 1, 1).toordinal()
            for ordinal in range(first, date(year, 12, 31).toordinal() + 1):
                day = date.fromordinal(ordinal)
                if each.days.matches(day) and day not in each.excluded:
                    yield day
