"""Laws of iCalendar's dialect.

Here: what holds for every calendar and every schedule. Not here: messages and examples
(`tests/routing/test_icalendar.py`).
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cloudpbx.errors import CloudPBXError
from cloudpbx.routing import HolidayCalendar, Rule, Schedule, Weekday
from cloudpbx.routing.icalendar import read_icalendar, read_icalendar_holidays
from cloudpbx.routing.icalendar.writing import write_icalendar
from cloudpbx.testing import schedules
from tests.spec import icalendar as spec

ZONES = ("Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "UTC")
SUMMARIES = ("open", "closed", "night, and; more")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST = datetime(2026, 1, 1)  # noqa: DTZ001 - what a clock on the wall shows

# Calendars.

times = st.sampled_from(range(0, 86400, 1800)) | st.integers(0, 86399)
days_of_the_year = st.integers(0, 500)
lengths = st.one_of(
    st.sampled_from((3600, 8 * 3600, 86399, 86400, 86401, 3 * 86400)),
    st.integers(1, 5 * 86400),
).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def recurrences(draw: st.DrawFn, start: datetime) -> str:
    """Write a rule that names the day it starts on, and whose next days a rule can say."""
    weekday, month = WEEKDAYS[start.weekday()], start.month
    days = ",".join({weekday, *draw(st.sets(st.sampled_from(WEEKDAYS)))})
    rules = ["DAILY", f"WEEKLY;BYDAY={days}", f"WEEKLY;WKST=WE;BYDAY={days}", "WEEKLY"]
    if month not in {1, 2}:
        rules += ["YEARLY", f"YEARLY;BYMONTH={month};BYMONTHDAY={start.day}"]
    interval = draw(st.sampled_from(("", "", ";INTERVAL=2", ";INTERVAL=3")))
    return f"FREQ={draw(st.sampled_from(rules))}{interval}"


@st.composite
def monthly(draw: st.DrawFn, start: datetime) -> str:
    """Write a rule of months that names the day it starts on."""
    weekday, place = WEEKDAYS[start.weekday()], (start.day - 1) // 7 + 1
    rules = (f"BYDAY={place}{weekday}", f"BYMONTHDAY={start.day}", f"BYDAY={weekday}")
    return f"FREQ=MONTHLY;{draw(st.sampled_from(rules))}"


@st.composite
def events(draw: st.DrawFn) -> spec.Event:
    """Draw an event with its exceptions."""
    whole = draw(st.booleans())
    start = FIRST + timedelta(draw(days_of_the_year), 0 if whole else draw(times))
    length = timedelta(draw(st.integers(1, 6))) if whole else draw(lengths)
    kind = draw(st.sampled_from(("once", "recurs", "recurs", "monthly", "weekly")))
    rule, until = "", None
    if kind == "weekly":
        return spec.Event(
            draw(st.sampled_from(SUMMARIES)),
            start,
            length,
            f"FREQ=WEEKLY;BYDAY={WEEKDAYS[start.weekday()]}",
            whole=whole,
        )
    if kind == "recurs":
        rule = draw(recurrences(start))
    elif kind == "monthly":
        rule = draw(monthly(start))
        length = min(length, timedelta(1)) if whole else min(length, timedelta(seconds=86399))
    if rule:
        end = draw(st.sampled_from(("never", "count", "until")))
        if end == "count":
            rule += f";COUNT={draw(st.integers(1, 30))}"
        elif end == "until":
            later = draw(st.integers(0, 12) | st.integers(0, 300))
            until = start + timedelta(later, 0 if whole else draw(times))
    event = spec.Event(
        draw(st.sampled_from(SUMMARIES)), start, length, rule, until, whole=whole
    )
    usual = list(islice(spec.starts(event), 12))
    excluded = draw(st.lists(st.sampled_from(usual), max_size=3, unique=True))
    added = draw(st.lists(days_of_the_year, max_size=2))
    return event._replace(
        excluded=tuple(sorted(excluded)),
        added=tuple(
            sorted(start.replace(year=2026, month=1, day=1) + timedelta(day) for day in added)
        ),
    )


def written(stamp: datetime, zone: str, *, whole: bool = False) -> str:
    """Write a value with the parameters of its property."""
    if whole:
        return f";VALUE=DATE:{stamp:%Y%m%d}"
    if zone == "UTC":
        return f":{stamp:%Y%m%dT%H%M%SZ}"
    return f";TZID={zone}:{stamp:%Y%m%dT%H%M%S}" if zone else f":{stamp:%Y%m%dT%H%M%S}"


def lines_of(event: spec.Event, zone: str, *, floating: bool) -> Iterator[str]:
    """Write an event, its length as an end or as a duration."""
    own = "" if floating else zone
    yield "BEGIN:VEVENT"
    yield "SUMMARY:" + event.summary.replace(",", "\\,").replace(";", "\\;")
    yield "DTSTART" + written(event.start, own, whole=event.whole)
    if event.whole or event.length.seconds % 2:
        yield "DTEND" + written(event.start + event.length, own, whole=event.whole)
    else:
        yield f"DURATION:PT{event.length // timedelta(seconds=1)}S"
    if event.rule:
        rule = f"RRULE:{event.rule}"
        if event.until and event.whole:
            rule += f";UNTIL={event.until:%Y%m%d}"
        elif event.until:
            moment = event.until.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            rule += f";UNTIL={moment:%Y%m%dT%H%M%SZ}"
        yield rule
    for each in event.excluded:
        yield "EXDATE" + written(each, own, whole=event.whole)
    for each in event.added:
        yield "RDATE" + written(each, own, whole=event.whole)
    yield "END:VEVENT"


def calendar(lines: Iterator[str] | list[str], end: str = "\r\n") -> str:
    """Write a calendar."""
    return end.join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""))


def walls(found: list[spec.Event], data: st.DataObject) -> Iterator[datetime]:
    """Yield times near the starts and ends of events, and some others."""
    for event in found:
        usual = list(islice(spec.starts(event), 20)) or [event.start]
        for start in (usual[0], usual[-1], data.draw(st.sampled_from(usual)), *event.excluded):
            for moment in (start, start + event.length):
                for step in (-1, 0, 1, -86400, 86400):
                    yield moment + timedelta(seconds=step)
    for _ in range(5):
        yield FIRST + timedelta(data.draw(st.integers(0, 1500)), data.draw(times))


class TestCalendars:
    """A calendar means what its events say, read one by one."""

    @given(
        found=st.lists(events(), min_size=1, max_size=4),
        zone=st.sampled_from(ZONES),
        data=st.data(),
    )
    def test_a_schedule_answers_what_the_events_say(
        self, found: list[spec.Event], zone: str, data: st.DataObject
    ) -> None:
        """At every instant a schedule answers what the naive reading of the events does."""
        floating = data.draw(st.booleans())
        lines = [line for each in found for line in lines_of(each, zone, floating=floating)]
        schedule = read_icalendar(calendar(lines), zone=zone).schedule
        weekly = all(
            isinstance(term, Weekday)
            for rule in schedule.rules
            for word in rule.when.days.words
            for term in word
        )
        # Rules of weekdays hold also before their events begin.
        begun = max(each.start + each.length for each in found) if weekly else datetime.min  # noqa: DTZ901

        for wall in walls(found, data):
            moment = wall.replace(tzinfo=ZoneInfo(zone))
            shown = moment.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            if shown >= begun:
                assert schedule.at(moment) == spec.answer(found, shown)

    @given(event=events(), zone=st.sampled_from(ZONES), data=st.data())
    def test_a_replaced_occurrence_is_elsewhere(
        self, event: spec.Event, zone: str, data: st.DataObject
    ) -> None:
        """What replaces an occurrence holds in its place, and at no other time."""
        usual = list(islice(spec.starts(event), 5))
        assume(usual)
        replaced = data.draw(st.sampled_from(usual))
        moved = replaced + timedelta(3)
        other = spec.Event("moved", moved, timedelta(1), whole=event.whole)
        lines = list(lines_of(event, zone, floating=False))
        lines.insert(1, "UID:one")
        others = list(lines_of(other, zone, floating=False))
        who = "RECURRENCE-ID" + written(replaced, zone, whole=event.whole)
        others[1:1] = ["UID:one", who]
        schedule = read_icalendar(calendar([*lines, *others]), zone=zone).schedule
        meant = [event._replace(excluded=(*event.excluded, replaced)), other]

        for wall in walls(meant, data):
            moment = wall.replace(tzinfo=ZoneInfo(zone))
            shown = moment.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            assert schedule.at(moment) == spec.answer(meant, shown)

    @given(
        start=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001
        length=lengths,
        zone=st.sampled_from(ZONES),
        own=st.sampled_from(("UTC", "Asia/Kathmandu", "Europe/Paris")),
    )
    def test_a_single_event_of_another_zone_holds_at_its_instants(
        self, start: datetime, length: timedelta, zone: str, own: str
    ) -> None:
        """An event that does not recur begins and ends at its instants, in any zone.

        But where a clock of the two is put forward or back within a day of it.
        """
        begin = start.replace(microsecond=0, tzinfo=ZoneInfo(own))
        end = begin + length
        event = spec.Event("open", start.replace(microsecond=0), length)
        around = [begin - timedelta(1), begin, end, end + timedelta(1)]
        if any(
            len({each.astimezone(ZoneInfo(key)).utcoffset() for each in around}) > 1
            for key in (zone, own)
        ):
            return
        schedule = read_icalendar(
            calendar(lines_of(event, own, floating=False)), zone=zone
        ).schedule

        for step in (-1, 0, 1):
            second = timedelta(seconds=step)
            assert (schedule.at(begin + second) == "open") == (
                0 <= step < length.total_seconds()
            )
            assert (schedule.at(end + second) == "open") == (
                step < 0 and length.total_seconds() > -step - 1
            )

    @given(
        text=st.one_of(
            st.text(),
            st.lists(
                st.one_of(
                    st.text(alphabet='BEGINDTSAR:;=",TZ0123456789\\\r\n \t', max_size=40),
                    st.sampled_from(
                        (
                            "BEGIN:VCALENDAR",
                            "BEGIN:VEVENT",
                            "BEGIN:VALARM",
                            "END:VALARM",
                            "END:VEVENT",
                            "END:VCALENDAR",
                            "SUMMARY:open",
                            "UID:one",
                        )
                    ),
                    st.builds(
                        "{}{}:{}".format,
                        st.sampled_from(
                            (
                                "DTSTART",
                                "DTEND",
                                "DURATION",
                                "RRULE",
                                "EXDATE",
                                "RDATE",
                                "RECURRENCE-ID",
                                "STATUS",
                                "X-WR-TIMEZONE",
                            )
                        ),
                        st.sampled_from(
                            ("", ";VALUE=DATE", ";VALUE=PERIOD", ";TZID=Asia/Tokyo", ";TZID=X")
                        ),
                        st.sampled_from(
                            (
                                "20260101",
                                "20260101T090000",
                                "20260101T090000Z",
                                "00010101",
                                "00010101T000000Z",
                                "99991231T235959",
                                "99991231",
                                "20260101T090000Z/PT1H",
                                "20260101/",
                                "PT8H",
                                "-P1D",
                                "P999999W",
                                "FREQ=WEEKLY",
                                "FREQ=YEARLY;INTERVAL=9999",
                                "FREQ=DAILY;COUNT=3",
                                "FREQ=DAILY;UNTIL=20260101T000000Z",
                                "FREQ=MONTHLY;BYDAY=-1TH;UNTIL=99991231",
                                "CANCELLED",
                                "Asia/Tokyo",
                            )
                        ),
                    ),
                ),
                max_size=16,
            ).map("\n".join),
        ),
    )
    def test_nonsense_is_refused_as_what_it_is(self, text: str) -> None:
        """Whatever is read is a calendar, or is refused with an error of this library."""
        inside = calendar(["BEGIN:VEVENT", "SUMMARY:open", *text.split("\n"), "END:VEVENT"])
        for each in (text, inside):
            for zone in (None, "Asia/Tokyo"):
                with suppress(CloudPBXError):
                    assert isinstance(read_icalendar(each, zone=zone).schedule, Schedule)
            with suppress(CloudPBXError):
                assert isinstance(read_icalendar_holidays(each, years=[2026]), HolidayCalendar)


# Schedules.


def midnight(day: date, zone: str) -> datetime:
    """Return the start of a day."""
    return datetime.combine(day, time(), ZoneInfo(zone))


class TestSchedules:
    """What is written as a calendar comes back from it with the same answers."""

    @given(
        zone=st.sampled_from(ZONES),
        start=st.dates(date(2025, 1, 1), date(2028, 1, 1)),
        length=st.integers(1, 90),
        data=st.data(),
    )
    def test_a_time_of_any_schedule_comes_back(
        self, zone: str, start: date, length: int, data: st.DataObject
    ) -> None:
        """All that any schedule answers from one day up to another is read again."""
        drawn: Schedule[str] = data.draw(schedules(zone=zone, years=(2024, 2028)))
        schedule = evolve(drawn, override=None)
        end = start + timedelta(length)
        text = write_icalendar(schedule, start, end)
        bounds = (midnight(start, zone), midnight(end, zone))
        imported = read_icalendar(text)

        assert imported.findings == ()
        assert imported.schedule.zone == zone
        assert list(imported.schedule.intervals(*bounds)) == list(schedule.intervals(*bounds))
        assert write_icalendar(schedule, start, end) == text

    @given(
        zone=st.sampled_from(ZONES),
        start=st.dates(date(2025, 1, 1), date(2028, 1, 1)),
        later=st.integers(0, 4000),
        data=st.data(),
    )
    def test_for_ever_is_for_ever(
        self, zone: str, start: date, later: int, data: st.DataObject
    ) -> None:
        """A schedule of weekdays and of dates that end comes back for all time."""
        weekdays = st.sampled_from(("mon-fri", "sat", "", "sun,tue"))
        when = st.one_of(
            weekdays,
            st.sampled_from(("2026-12-29..2027-01-03", "2027-04-01", "2026-07-01..2026-08-31")),
            st.just("rrule:DTSTART=20260101;FREQ=MONTHLY;COUNT=4"),
            st.just("holiday"),
        )
        spans = st.sampled_from(
            ("09:00-12:00,13:00-18:00", "22:00-06:00", "00:00-24:00", "10:00-11:30")
        )
        drawn = data.draw(
            st.lists(st.tuples(when, spans, st.sampled_from(SUMMARIES)), max_size=5)
        )
        schedule: Schedule[str] = Schedule(
            zone=zone,
            rules=tuple(Rule(f"{days} {span}", value) for days, span, value in drawn),
            holidays={date(2026, 11, 23): "勤労感謝の日"},
            otherwise=data.draw(st.sampled_from((None, "closed"))),
            spill=data.draw(st.sampled_from(("keep", "clip"))),
            overlap="first",
        )
        imported = read_icalendar(write_icalendar(schedule, start))
        first = start + timedelta(later)
        bounds = (midnight(first, zone), midnight(first + timedelta(40), zone))

        assert imported.findings == ()
        assert list(imported.schedule.intervals(*bounds)) == list(schedule.intervals(*bounds))
