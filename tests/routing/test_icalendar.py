"""iCalendar's dialect: every property, every refusal, every finding.

Here: tables. Not here: what holds for all calendars (`tests/laws/test_icalendar.py`).
"""

import sys
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import DocumentError, InvalidValueError, UnknownReferenceError
from cloudpbx.routing import HolidayCalendar, Override, Rule, Schedule
from cloudpbx.routing.icalendar import read_icalendar, read_icalendar_holidays
from cloudpbx.routing.icalendar.writing import write_icalendar
from cloudpbx.routing.imports import Imported

TOKYO = ZoneInfo("Asia/Tokyo")
NO_DATE = "is not a date or a time: write `20261229` or `20261229T090000`"
NO_DURATION = "is not a duration: write `PT8H30M`, `P1D` or `P2W`"
NO_DAYS = "is not of whole days, as a holiday is: write dates, as `DTSTART;VALUE=DATE`"
NOT_ALIKE = "is not written as `DTSTART` is"
OPEN_END = "leaves open whether its day counts: write both as dates, or both as times"
NO_RULE = (
    "has no rule for the days before or after its own: write what is past midnight as an "
    "event of its own"
)
MONDAY = date(2026, 1, 5)


def event_of(*lines: str, summary: str = "SUMMARY:open") -> str:
    """Return an event with these lines."""
    return "\n".join(("BEGIN:VEVENT", *([summary] if summary else []), *lines, "END:VEVENT"))


def calendar_of(*parts: str) -> str:
    """Return a file with these parts."""
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""))


def read(*lines: str, zone: str | None = "Asia/Tokyo") -> Imported[str]:
    """Read a file of one event."""
    return read_icalendar(calendar_of(event_of(*lines)), zone=zone)


def rules_of(imported: Imported[str]) -> list[str]:
    """Return the rules of a schedule, without what they answer."""
    return [str(rule.when) for rule in imported.schedule.rules]


def refusals(text: str, zone: str | None = "Asia/Tokyo") -> list[str]:
    """Return what is said against a file, a line for each problem."""
    with pytest.raises(DocumentError) as caught:
        read_icalendar(text, zone=zone, source="hours.ics")
    return [line.removeprefix("hours.ics: ") for line in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    ("lines", "rules"),
    [
        pytest.param(
            ["DTSTART:20260105T090000", "DTEND:20260105T180000"],
            ["2026-01-05 09:00-18:00"],
            id="once",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20261229", "DTEND;VALUE=DATE:20270104"],
            ["2026-12-29..2027-01-03 00:00-24:00"],
            id="whole days end the day before",
        ),
        pytest.param(["DTSTART:20260105"], ["2026-01-05 00:00-24:00"], id="a date is a day"),
        pytest.param(
            ["DTSTART:20260105T220000", "DURATION:PT8H"],
            ["2026-01-05 22:00-06:00"],
            id="over midnight",
        ),
        pytest.param(
            ["DTSTART:20260105T220000", "DURATION:P2DT4H"],
            [
                "2026-01-05 22:00-24:00",
                "2026-01-06..2026-01-07 00:00-24:00",
                "2026-01-08 00:00-02:00",
            ],
            id="longer than a day",
        ),
        pytest.param(
            ["DTSTART:20260105T220000", "DURATION:P1D"],
            ["2026-01-05 22:00-24:00", "2026-01-06 00:00-22:00"],
            id="as long as a day",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU"],
            ["mon,tue 09:00-10:00"],
            id="every week",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY"],
            ["09:00-10:00"],
            id="every day",
        ),
        pytest.param(
            ["DTSTART:20260109T180000", "DURATION:P2DT15H", "RRULE:FREQ=WEEKLY"],
            ["fri 18:00-24:00", "sat,sun 00:00-24:00", "mon 00:00-09:00"],
            id="every weekend",
        ),
        pytest.param(
            [
                "DTSTART:20260109T180000",
                "DURATION:P1DT2H",
                "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
            ],
            [
                "rrule:DTSTART=20260109;FREQ=WEEKLY;INTERVAL=2;BYDAY=FR 18:00-24:00",
                "rrule:DTSTART=20260110;FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;WKST=TU 00:00-20:00",
            ],
            id="every other week, longer than a day",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=WEEKLY;UNTIL=20260131T145959Z",
            ],
            ["rrule:DTSTART=20260105;FREQ=WEEKLY;UNTIL=20260131 09:00-10:00"],
            id="until an instant",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=DAILY;UNTIL=20260131T085959",
            ],
            ["rrule:DTSTART=20260105;FREQ=DAILY;UNTIL=20260130 09:00-10:00"],
            id="until just before it would begin",
        ),
        pytest.param(
            ["DTSTART:20260105", "RRULE:FREQ=WEEKLY;UNTIL=20260131"],
            ["rrule:DTSTART=20260105;FREQ=WEEKLY;UNTIL=20260131 00:00-24:00"],
            id="until a date",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20260131"],
            ["rrule:DTSTART=20260105;FREQ=WEEKLY;UNTIL=20260131 09:00-10:00"],
            id="until a date that does not matter",
        ),
        pytest.param(
            ["DTSTART:20260105T000000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20260112"],
            ["rrule:DTSTART=20260105;FREQ=WEEKLY;UNTIL=20260112 00:00-01:00"],
            id="until a date, at midnight",
        ),
        pytest.param(
            [
                "DTSTART:20260105",
                "RRULE:FREQ=WEEKLY;UNTIL=20260130T150000Z",
            ],
            ["rrule:DTSTART=20260105;FREQ=WEEKLY;UNTIL=20260131 00:00-24:00"],
            id="whole days until an instant",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=WEEKLY",
                "EXDATE:20260112T090000",
            ],
            [
                "2026-01-05..2026-01-11 rrule:DTSTART=20260105;FREQ=WEEKLY 09:00-10:00",
                "rrule:DTSTART=20260119;FREQ=WEEKLY 09:00-10:00",
            ],
            id="without a week",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=WEEKLY",
                "EXDATE:20260105T090000",
            ],
            ["rrule:DTSTART=20260112;FREQ=WEEKLY 09:00-10:00"],
            id="without the first",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE:20260105T090000,20260107T090000",
            ],
            ["2026-01-06 rrule:DTSTART=20260105;FREQ=DAILY;COUNT=3 09:00-10:00"],
            id="without the first and the last",
        ),
        pytest.param(
            [
                "DTSTART;VALUE=DATE:20260131",
                "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA;BYSETPOS=-1",
                "EXDATE;VALUE=DATE:20260228",
            ],
            [
                (
                    "2026-01-31..2026-02-27,2026-03-01..9999-12-31 "
                    "rrule:DTSTART=20260131;FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA;BYSETPOS=-1 "
                    "00:00-24:00"
                )
            ],
            id="a place in a month keeps its start",
        ),
        pytest.param(
            [
                "DTSTART;VALUE=DATE:20260101",
                "RRULE:FREQ=YEARLY;INTERVAL=9000",
                "EXDATE;VALUE=DATE:20260101",
                "RDATE;VALUE=DATE:20260201",
            ],
            ["2026-02-01 rrule:FREQ=DAILY 00:00-24:00"],
            id="nothing is left of the rule before the calendar ends",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RDATE:20260107T090000"],
            ["2026-01-05,2026-01-07 09:00-10:00"],
            id="listed dates",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:PT1H",
                (
                    ""
                    "RDATE;VALUE=PERIOD;TZID=Asia/Tokyo:20260107T090000/PT2H,"
                    "20260108T010000Z/20260108T020000Z"
                ),
                "EXDATE:20260105T090000",
            ],
            ["2026-01-07 09:00-11:00", "2026-01-08 10:00-11:00"],
            id="listed periods",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=WEEKLY",
                "RDATE:20260107T100000",
            ],
            [
                "rrule:DTSTART=20260105;FREQ=WEEKLY 09:00-10:00",
                "2026-01-07 rrule:FREQ=DAILY 10:00-11:00",
            ],
            id="a rule and a date",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20261230", "DURATION:P3D", "RRULE:FREQ=YEARLY"],
            [
                "rrule:DTSTART=20261230;FREQ=YEARLY 00:00-24:00",
                "rrule:DTSTART=20261231;FREQ=YEARLY 00:00-24:00",
                "rrule:DTSTART=20270101;FREQ=YEARLY 00:00-24:00",
            ],
            id="the turn of every year",
        ),
        pytest.param(
            [
                "DTSTART;VALUE=DATE:20260503",
                "DURATION:P2D",
                "RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3;UNTIL=20280503",
            ],
            [
                (
                    "rrule:DTSTART=20260503;FREQ=YEARLY;UNTIL=20280503;BYMONTH=5;BYMONTHDAY=3 "
                    "00:00-24:00"
                ),
                "rrule:DTSTART=20260504;FREQ=YEARLY;UNTIL=20280504 00:00-24:00",
            ],
            id="a date with its month",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20260131", "DURATION:P2D", "RRULE:FREQ=MONTHLY;COUNT=2"],
            ["2026-01-31..2026-02-01,2026-03-31..2026-04-01 00:00-24:00"],
            id="few are written out",
        ),
        pytest.param(
            ["DTSTART:20260105T000000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO"],
            ["mon 09:00-10:00"],
            id="every week in UTC",
        ),
        pytest.param(
            ["DTSTART:20260104T230000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=SU"],
            ["mon 08:00-09:00"],
            id="every week in UTC, the day before",
        ),
        pytest.param(
            [
                "DTSTART;TZID=America/New_York:20261026T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=WEEKLY;COUNT=2",
            ],
            ["2026-10-26 22:00-23:00", "2026-11-02 23:00-24:00"],
            id="two weeks of another zone",
        ),
        pytest.param(
            [
                "DTSTART;TZID=America/New_York:20260105T090000",
                "DTEND;TZID=Europe/Paris:20260105T160000",
            ],
            ["2026-01-05 23:00-24:00"],
            id="start and end in two other zones",
        ),
        pytest.param(
            ["DTSTART;TZID=Tokyo Standard Time:20260105T090000", "DURATION:PT1H"],
            ["2026-01-05 09:00-10:00"],
            id="a zone of Windows",
        ),
        pytest.param(
            ['DTSTART;TZID="/example.org/2026/Asia/Tokyo":20260105T090000', "DURATION:+PT1H"],
            ["2026-01-05 09:00-10:00"],
            id="a zone with a prefix",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:P1W",
                "STATUS:CONFIRMED",
                "BEGIN:VALARM",
                "SUMMARY:wake up",
                "END:VALARM",
                "GEO:nowhere",
            ],
            [
                "2026-01-05 09:00-24:00",
                "2026-01-06..2026-01-11 00:00-24:00",
                "2026-01-12 00:00-09:00",
            ],
            id="what does not say when means nothing",
        ),
    ],
)
def test_an_event_comes_to_rules(lines: list[str], rules: list[str]) -> None:
    """An event is read as rules that say the same."""
    imported = read(*lines)

    assert rules_of(imported) == rules
    assert imported.findings == ()
    assert {rule.value for rule in imported.schedule.rules} == {"open"}


def test_texts_are_unfolded_and_unescaped() -> None:
    """A summary may be long and hold commas, semicolons and backslashes."""
    text = calendar_of(
        event_of("DTSTART:20260105", summary="SUMMARY:open\\, or n\n ot\\; \\\\ 営業中")
    )

    rule = read_icalendar(
        "\ufeff" + text.replace("\n", "\r\n"), zone="Asia/Tokyo"
    ).schedule.rules[0]

    assert rule.value == "open, or not; \\ 営業中"


@pytest.mark.parametrize(
    ("head", "start", "zone"),
    [
        pytest.param("X-WR-TIMEZONE:Asia/Tokyo", "DTSTART:20260105", "Asia/Tokyo", id="named"),
        pytest.param(
            "X-WR-TIMEZONE:Asia/Tokyo",
            "DTSTART;TZID=Europe/Paris:20260105T090000",
            "Asia/Tokyo",
            id="named beside another",
        ),
        pytest.param(
            "", "DTSTART;TZID=Europe/Paris:20260105T090000", "Europe/Paris", id="in use"
        ),
    ],
)
def test_a_file_says_whose_clock_counts(head: str, start: str, zone: str) -> None:
    """Without a zone, the calendar's counts, and else the only one in use."""
    lines = [head] if head else []
    imported = read_icalendar(calendar_of(*lines, event_of(start, "DURATION:P1D")))

    assert imported.schedule.zone == zone
    assert read_icalendar(calendar_of(*lines), zone="UTC").schedule == Schedule(
        zone="UTC", overlap="first"
    )


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        pytest.param(
            ["DTSTART:2026-01-05"],
            f"event 1, DTSTART: `2026-01-05` {NO_DATE}",
            id="a date in another form",
        ),
        pytest.param(
            ["DTSTART:20260230"],
            f"event 1, DTSTART: `20260230` {NO_DATE}",
            id="no day of the calendar",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20260105T090000"],
            (
                "event 1, DTSTART: `20260105T090000` is not what `VALUE=DATE` says: write "
                "`20261229` or `20261229T090000`"
            ),
            id="not of its kind",
        ),
        pytest.param(
            ["DTSTART;TZID=Asia/Tokio:20260105T090000"],
            "event 1, DTSTART: `Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?",
            id="no zone",
        ),
        pytest.param(
            ["DTEND:20260105T090000"],
            "event 1, DTSTART: is missing: an event needs its start",
            id="no start",
        ),
        pytest.param(
            ["DTSTART:20260105", "DTSTART:20260106"],
            "event 1, DTSTART: stands 2 times: write it once",
            id="two starts",
        ),
        pytest.param(
            ["DTSTART:20260105", "DTEND;VALUE=DATE:20260106", "DURATION:P1D"],
            "event 1, DURATION: stands beside `DTEND`: write one of the two",
            id="two ends",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:8H"],
            f"event 1, DURATION: `8H` {NO_DURATION}",
            id="no duration",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT"],
            f"event 1, DURATION: `PT` {NO_DURATION}",
            id="an empty duration",
        ),
        pytest.param(
            ["DTSTART:20260105", "DURATION:PT8H"],
            (
                "event 1, DURATION: `PT8H` is not of whole days, as its start is: write it as "
                "`P1D`"
            ),
            id="hours of a date",
        ),
        pytest.param(
            ["DTSTART:20260105", "DTEND:20260106T000000"],
            f"event 1, DTEND: `20260106T000000` {NOT_ALIKE}, `20260105`: write both alike",
            id="a date until a time",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DTEND:20260105T180000Z"],
            (
                f"event 1, DTEND: `20260105T180000Z` {NOT_ALIKE}, `20260105T090000`: write "
                "both alike"
            ),
            id="floating until an instant",
        ),
        pytest.param(
            ["DTSTART;TZID=Asia/Tokyo:99991231T090000", "DTEND:99991231T235959Z"],
            (
                "event 1, DTEND: `99991231T235959Z` is too near the end of the calendar: use "
                "another year"
            ),
            id="the end of the calendar",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RDATE;VALUE=DATE:20260106"],
            f"event 1, RDATE: `20260106` {NOT_ALIKE}, `20260105T090000`: write both alike",
            id="a date listed beside times",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RDATE:x"],
            f"event 1, RDATE: `x` {NO_DATE}",
            id="no date listed",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RDATE;VALUE=PERIOD:x/PT1H"],
            f"event 1, RDATE: `x` {NO_DATE}",
            id="no start of a period",
        ),
        pytest.param(
            [
                "DTSTART:20260105T090000",
                "DURATION:PT1H",
                "RDATE;VALUE=PERIOD:20260106T090000/PT",
            ],
            f"event 1, RDATE: `PT` {NO_DURATION}",
            id="no length of a period",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20260106T090000"],
            f"event 1, RDATE: `` {NO_DATE}",
            id="no end of a period",
        ),
        pytest.param(
            ["DTSTART:20260105", "STATUS:CANCELED"],
            (
                "event 1, STATUS: `CANCELED` is not the status of an event: write one of "
                "`CANCELLED`, `CONFIRMED`, `TENTATIVE`"
            ),
            id="no status",
        ),
        pytest.param(
            ["DTSTART:20260105", "EXRULE:FREQ=DAILY"],
            "event 1, EXRULE: is no longer part of iCalendar: list the days as `EXDATE`",
            id="an exception rule",
        ),
        pytest.param(
            ["DTSTART:20260105", "RRULE:FREQ=HOURLY"],
            (
                "event 1, RRULE: `DTSTART=20260105;FREQ=HOURLY` has no frequency of whole "
                "days: write `FREQ=` and one of `YEARLY`, `MONTHLY`, `WEEKLY`, `DAILY`"
            ),
            id="every hour",
        ),
        pytest.param(
            ["DTSTART:20260105", "RRULE:FREQ=WEEKLY;BYDAY=TU"],
            (
                "event 1, RRULE: `20260105` is no day of the rule, which leaves open whether "
                "the event is then: start it on the first day of the rule"
            ),
            id="a start beside its rule",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20260131"],
            f"event 1, RRULE: `20260131` {OPEN_END}",
            id="times until a date",
        ),
        pytest.param(
            ["DTSTART:20260105", "RRULE:FREQ=DAILY;UNTIL=20260131T150000Z"],
            f"event 1, RRULE: `20260131T150000Z` {OPEN_END}",
            id="dates until a time",
        ),
        pytest.param(
            ["DTSTART:20260105", "RRULE:FREQ=DAILY;UNTIL=soon"],
            f"event 1, RRULE: `SOON` {NO_DATE}",
            id="until no date",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20260131", "DURATION:P2D", "RRULE:FREQ=MONTHLY"],
            f"event 1, RRULE: `DTSTART=20260131;FREQ=MONTHLY` {NO_RULE}",
            id="two days of every month",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20280229", "DURATION:P2D", "RRULE:FREQ=YEARLY"],
            f"event 1, RRULE: `DTSTART=20280229;FREQ=YEARLY` {NO_RULE}",
            id="the day after a leap day",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20260228", "DURATION:P2D", "RRULE:FREQ=YEARLY"],
            f"event 1, RRULE: `DTSTART=20260228;FREQ=YEARLY` {NO_RULE}",
            id="the day after 28 February",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20260501", "DURATION:P2D", "RRULE:FREQ=YEARLY;BYMONTH=5,6"],
            f"event 1, RRULE: `DTSTART=20260501;FREQ=YEARLY;BYMONTH=5,6` {NO_RULE}",
            id="two months of every year",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20260501", "DURATION:P2D", "RRULE:FREQ=YEARLY;BYMONTHDAY=1"],
            f"event 1, RRULE: `DTSTART=20260501;FREQ=YEARLY;BYMONTHDAY=1` {NO_RULE}",
            id="a day of every month of the year",
        ),
        pytest.param(
            [
                "DTSTART;VALUE=DATE:20260101",
                "DURATION:P2D",
                "RRULE:FREQ=DAILY;BYMONTH=1;UNTIL=20501231",
            ],
            f"event 1, RRULE: `DTSTART=20260101;FREQ=DAILY;UNTIL=20501231;BYMONTH=1` {NO_RULE}",
            id="too many to write out",
        ),
        pytest.param(
            [
                "DTSTART;TZID=America/New_York:20260105T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=DAILY",
            ],
            (
                "event 1, RRULE: the clocks of `America/New_York` and `Asia/Tokyo` are not "
                "always equally far apart: write the event in `Asia/Tokyo`"
            ),
            id="every day in a zone that changes",
        ),
        pytest.param(
            ["DTSTART:99991231T235959Z", "DURATION:PT1H"],
            "event 1, DTSTART: is too near the end of the calendar: use another year",
            id="past the end of the calendar",
        ),
        pytest.param(
            ["DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"],
            (
                "event 1, RRULE: `0001-01-01T12:00:00+00:00` is too near the end of the "
                "calendar: use years 2 to 9998"
            ),
            id="before the calendar",
        ),
        pytest.param(
            ["DTSTART:20260105", "UID:one", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260105"],
            (
                "event 1, RECURRENCE-ID: changes all that follows: end the event with "
                "`UNTIL`, and write another for what follows"
            ),
            id="this and what follows",
        ),
        pytest.param(
            ["DTSTART:20260105", "RECURRENCE-ID:20260105"],
            "event 1, UID: is missing: it says whose occurrence this event replaces",
            id="replaces an occurrence of nobody",
        ),
        pytest.param(
            ["DTSTART:20260105", "UID:one", "RRULE:FREQ=DAILY", "RECURRENCE-ID:20260105"],
            "event 1, RECURRENCE-ID: is for one occurrence, and this event has many",
            id="many for one",
        ),
        pytest.param(
            ["DTSTART:20260105", "UID one"],
            "event 1: `UID one` is no line of an iCalendar file: write `NAME:value`",
            id="no property",
        ),
    ],
)
def test_what_cannot_be_said_exactly_is_refused(lines: list[str], refusal: str) -> None:
    """An event that cannot be read, or not be said exactly, is refused with its place."""
    assert refusals(calendar_of(event_of(*lines))) == [refusal]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "",
            ["holds no calendar: an iCalendar file begins with `BEGIN:VCALENDAR`"],
            id="empty",
        ),
        pytest.param(
            "BEGIN:VCARD\nEND:VCARD\n",
            ["`VCARD` stands outside of a calendar: put it in one"],
            id="another file",
        ),
        pytest.param(
            "SUMMARY:x\n",
            ["`SUMMARY:x` stands outside of a calendar: remove it"],
            id="a property",
        ),
        pytest.param(
            "BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n",
            ["`END:VEVENT` stands within `VCALENDAR`: remove it"],
            id="an end without a beginning",
        ),
        pytest.param(
            "BEGIN:VCALENDAR\n",
            ["`BEGIN:VCALENDAR` has no end: add `END:`"],
            id="a beginning without an end",
        ),
        pytest.param(
            calendar_of(event_of("DTSTART:20260105", summary="")),
            ["event 1, SUMMARY: is missing: it is what the schedule answers"],
            id="no summary",
        ),
        pytest.param(
            calendar_of(event_of("DTSTART:20260105", summary="SUMMARY:two\\nlines")),
            [
                (
                    "event 1, SUMMARY: `two\\nlines` has a control character: what an event "
                    "says is one line of text"
                )
            ],
            id="a summary of two lines",
        ),
        pytest.param(
            calendar_of(
                event_of("DTSTART:20260105", "UID:one"),
                event_of("DTSTART:20260106", "UID:one"),
                event_of("DTSTART:20260107", "UID:one", "RECURRENCE-ID:20260105"),
            ),
            [
                (
                    "event 3, RECURRENCE-ID: is for an occurrence of `event 1` and `event 2`, "
                    "which have one UID: part them"
                )
            ],
            id="whose occurrence",
        ),
        pytest.param(
            calendar_of(event_of("DTSTART:x", "DTEND:y"), event_of("DTSTART:z")),
            [
                f"event {place}, {name}: `{value}` {NO_DATE}"
                for place, name, value in ((1, "DTSTART", "x"), (2, "DTSTART", "z"))
            ],
            id="all of it at once",
        ),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, found: list[str]) -> None:
    """A file that is not well formed is refused, and all of it is named."""
    assert refusals(text) == found


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        pytest.param(
            [event_of("DTSTART:20260105")],
            'names no time zone: say whose clock counts, as `zone="Asia/Tokyo"`',
            id="none",
        ),
        pytest.param(
            [
                event_of("DTSTART;TZID=Asia/Tokyo:20260105T090000"),
                event_of("DTSTART;TZID=Europe/Paris:20260105T090000"),
            ],
            'names 2 time zones: say whose clock counts, as `zone="Asia/Tokyo"`',
            id="two",
        ),
        pytest.param(
            ["X-WR-TIMEZONE:Asia/Tokio"],
            "X-WR-TIMEZONE: `Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?",
            id="wrong",
        ),
    ],
)
def test_the_clock_that_counts_must_be_known(parts: list[str], refusal: str) -> None:
    """A file that does not say whose clock counts needs a zone."""
    assert refusals(calendar_of(*parts), zone=None) == [refusal]
    with pytest.raises(InvalidValueError, match="is not a time zone"):
        read_icalendar(calendar_of(*parts), zone="Asia/Tokio")


def test_an_hour_that_runs_backwards_is_refused() -> None:
    """An event that the clock shows to end before it starts cannot be said."""
    text = calendar_of(event_of("DTSTART:20261101T053000Z", "DTEND:20261101T061500Z"))

    assert refusals(text, zone="America/New_York") == [
        (
            "event 1, DTSTART: `2026-11-01 01:30:00` to `2026-11-01 01:15:00` runs backwards "
            "on the clock of `America/New_York`: write the event in this zone"
        )
    ]


@pytest.mark.parametrize(
    ("lines", "code", "severity"),
    [
        pytest.param(
            ["DTSTART:20260105T090000", "DTEND:20260105T080000"],
            "icalendar.never.backwards",
            "warning",
            id="backwards",
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:-PT1H", "RDATE:20260106T090000"],
            "icalendar.never.backwards",
            "warning",
            id="a negative duration, twice",
        ),
        pytest.param(
            ["DTSTART:20260105T090000"], "icalendar.never.empty", "warning", id="empty"
        ),
        pytest.param(
            ["DTSTART:20260105T090000", "RRULE:FREQ=WEEKLY"],
            "icalendar.never.empty",
            "warning",
            id="empty every week",
        ),
        pytest.param(
            ["DTSTART:20260105", "RRULE:FREQ=WEEKLY;UNTIL=20260101"],
            "icalendar.never.no_day",
            "warning",
            id="over before it begins",
        ),
        pytest.param(
            ["DTSTART:20260105", "EXDATE:20260105"],
            "icalendar.never.excluded",
            "warning",
            id="excluded",
        ),
        pytest.param(
            ["DTSTART:20260105", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260105,20260106"],
            "icalendar.never.excluded",
            "warning",
            id="all excluded",
        ),
        pytest.param(
            ["DTSTART:20260105", "STATUS:CANCELLED"],
            "icalendar.never.cancelled",
            "note",
            id="cancelled",
        ),
    ],
)
def test_what_never_holds_is_found(lines: list[str], code: str, severity: str) -> None:
    """An event that never holds is a finding and no rule."""
    imported = read(*lines)
    (finding,) = imported.findings

    assert imported.schedule.rules == ()
    assert (finding.code, finding.severity, finding.path) == (code, severity, "event 1")
    assert finding.explain().startswith(f"event 1: {severity}: `open` never holds: ")
    assert finding.explain("ja").startswith("event 1: ")


def test_what_is_cancelled_need_not_say_what_it_was() -> None:
    """A cancelled event without a summary is called by its UID."""
    text = calendar_of(event_of("DTSTART:20260105", "UID:one", "STATUS:CANCELLED", summary=""))

    assert read_icalendar(text, zone="UTC").findings[0].about == "one"


@pytest.mark.parametrize(
    "exception",
    [
        pytest.param("EXDATE:20260106T090000", id="another day"),
        pytest.param("EXDATE:20260105T091500", id="another time"),
        pytest.param("EXDATE;VALUE=DATE:20260105", id="a date for a time"),
    ],
)
def test_an_exception_from_nothing_is_found(exception: str) -> None:
    """What excludes no occurrence is a finding, and the occurrences stay."""
    imported = read(
        "DTSTART:20260105T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2", exception
    )
    (finding,) = imported.findings

    assert finding.explain() == (
        f"event 1: warning: EXDATE {exception.partition(':')[2]} of `open` is not the "
        "start of an occurrence: it excludes nothing [icalendar.exception]"
    )
    assert rules_of(imported) == ["rrule:DTSTART=20260105;FREQ=WEEKLY;COUNT=2 09:00-10:00"]


WEEKLY = event_of("DTSTART:20260105T090000", "DURATION:PT1H", "UID:one", "RRULE:FREQ=WEEKLY")


@pytest.mark.parametrize(
    ("lines", "rules"),
    [
        pytest.param(
            ["DTSTART:20260113T090000", "DURATION:PT1H", "RECURRENCE-ID:20260112T090000"],
            [
                "2026-01-05..2026-01-11 rrule:DTSTART=20260105;FREQ=WEEKLY 09:00-10:00",
                "rrule:DTSTART=20260119;FREQ=WEEKLY 09:00-10:00",
                "2026-01-13 rrule:FREQ=DAILY 09:00-10:00",
            ],
            id="moved",
        ),
        pytest.param(
            ["DTSTART:20260112T090000", "STATUS:CANCELLED", "RECURRENCE-ID:20260112T000000Z"],
            [
                "2026-01-05..2026-01-11 rrule:DTSTART=20260105;FREQ=WEEKLY 09:00-10:00",
                "rrule:DTSTART=20260119;FREQ=WEEKLY 09:00-10:00",
            ],
            id="cancelled, told in UTC",
        ),
    ],
)
def test_an_occurrence_may_be_replaced(lines: list[str], rules: list[str]) -> None:
    """An event with RECURRENCE-ID takes the place of one occurrence."""
    text = calendar_of(WEEKLY, event_of("UID:one", *lines))
    imported = read_icalendar(text, zone="Asia/Tokyo")

    assert rules_of(imported) == rules
    assert imported.findings == ()


def test_an_occurrence_of_no_event_stands_alone() -> None:
    """An event that replaces an occurrence of an event not in the file holds all the same."""
    imported = read("DTSTART:20260105", "UID:two", "RECURRENCE-ID:20260104")

    assert rules_of(imported) == ["2026-01-05 00:00-24:00"]


def test_weekdays_are_for_weeks_that_begin_together() -> None:
    """Weeks that begin at different times stay recurring days with their starts."""
    text = calendar_of(
        event_of("DTSTART:20260105", "RRULE:FREQ=WEEKLY"),
        event_of("DTSTART:20260406", "RRULE:FREQ=WEEKLY"),
    )

    assert rules_of(read_icalendar(text, zone="UTC")) == [
        "rrule:DTSTART=20260105;FREQ=WEEKLY 00:00-24:00",
        "rrule:DTSTART=20260406;FREQ=WEEKLY 00:00-24:00",
    ]


@pytest.mark.parametrize(
    ("first", "second", "when"),
    [
        pytest.param(
            ["DTSTART:20260105T090000", "DURATION:PT9H", "RRULE:FREQ=DAILY"],
            ["DTSTART:20260504", "RRULE:FREQ=YEARLY;COUNT=2"],
            datetime(2026, 5, 4, 9, tzinfo=TOKYO),
            id="a rule and a rule that ends",
        ),
        pytest.param(
            ["DTSTART:20260105T220000", "DURATION:PT9H"],
            ["DTSTART:20260106"],
            datetime(2026, 1, 6, tzinfo=TOKYO),
            id="the next morning",
        ),
        pytest.param(
            ["DTSTART:20260106"],
            ["DTSTART:20260101T220000", "DURATION:PT3H", "RRULE:FREQ=DAILY;INTERVAL=2"],
            datetime(2026, 1, 6, tzinfo=TOKYO),
            id="the morning after a recurring night",
        ),
        pytest.param(
            ["DTSTART:20260105T220000", "DURATION:PT2H"], ["DTSTART:20260106"], None, id="apart"
        ),
        pytest.param(
            ["DTSTART:20260105", "RRULE:FREQ=WEEKLY"],
            ["DTSTART:20260106T090000", "DURATION:PT9H", "RRULE:FREQ=WEEKLY"],
            None,
            id="other weekdays",
        ),
        pytest.param(
            ["DTSTART:20260105", "RDATE:20270105", "RDATE:99990105"],
            ["DTSTART:20260106", "RRULE:FREQ=DAILY;UNTIL=20260110"],
            None,
            id="too late to look for",
        ),
    ],
)
def test_the_first_in_the_file_wins(
    first: list[str], second: list[str], when: datetime | None
) -> None:
    """Events that say different things at one time are a finding, and the first wins."""
    text = calendar_of(event_of(*first), event_of(*second, summary="SUMMARY:closed"))
    imported = read_icalendar(text, zone="Asia/Tokyo")

    assert [finding.witness for finding in imported.findings] == ([when] if when else [])
    if when:
        assert imported.schedule.at(when) == "open"
        assert imported.findings[0].explain() == (
            "event 2: warning: `closed` shares time with `open` (event 1), first on "
            f"{when:%Y-%m-%d}: what stands first in the file wins [icalendar.overlap]"
        )


def test_each_event_that_loses_is_named_once() -> None:
    """Of the events that win over another, the first is named."""
    names = ("a", "b", "c", "c")
    events = (event_of("DTSTART:20260105", summary=f"SUMMARY:{name}") for name in names)
    imported = read_icalendar(calendar_of(*events), zone="Asia/Tokyo")

    assert [(each.path, each.data["other"]) for each in imported.findings] == [
        ("event 2", "a"),
        ("event 3", "a"),
        ("event 4", "a"),
    ]


def test_events_that_agree_may_overlap() -> None:
    """Events that say the same are no contradiction, whatever another says at other times."""
    text = calendar_of(
        event_of("DTSTART:20260105T090000", "DURATION:PT2H"),
        event_of("DTSTART:20260105T100000", "DURATION:PT2H"),
        event_of("DTSTART:20260106", summary="SUMMARY:closed"),
    )

    assert read_icalendar(text, zone="Asia/Tokyo").findings == ()


def test_the_extra_is_named_when_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the `icalendar` package the message says what to install."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    refusal = (
        "`icalendar` is the package that takes such files apart, and it is not installed: "
        "`pip install 'cloudpbx[icalendar]'`"
    )

    with pytest.raises(UnknownReferenceError) as reading:
        read_icalendar("BEGIN:VCALENDAR")
    with pytest.raises(UnknownReferenceError) as writing:
        write_icalendar(Schedule(zone="UTC"), MONDAY)

    assert [str(reading.value), str(writing.value)] == [refusal, refusal]


# Holidays.


@pytest.mark.parametrize(
    ("events", "days"),
    [
        pytest.param(
            [event_of("DTSTART;VALUE=DATE:20260101", summary="SUMMARY:元日")],
            {date(2026, 1, 1): "元日"},
            id="one day",
        ),
        pytest.param(
            [event_of("DTSTART:20260101T000000", "DURATION:P2D", summary="SUMMARY:Yule")],
            {date(2026, 1, 1): "Yule", date(2026, 1, 2): "Yule"},
            id="from midnight to midnight",
        ),
        pytest.param(
            [
                event_of("DTSTART;VALUE=DATE:20260101", summary="SUMMARY:元日"),
                event_of("DTSTART;VALUE=DATE:20260101", summary="SUMMARY:New Year"),
                event_of("DTSTART;VALUE=DATE:20260101", summary="SUMMARY:元日"),
            ],
            {date(2026, 1, 1): "元日; New Year"},
            id="two names",
        ),
        pytest.param(
            [event_of("DTSTART:20250301", "RRULE:FREQ=YEARLY", "EXDATE:20270301")],
            {date(2026, 3, 1): "open", date(2028, 3, 1): "open"},
            id="for ever",
        ),
        pytest.param(
            [event_of("DTSTART:20240301", "RRULE:FREQ=YEARLY;COUNT=2")],
            {date(2024, 3, 1): "open", date(2025, 3, 1): "open"},
            id="for a time",
        ),
        pytest.param(
            [event_of("DTSTART:20240301", "STATUS:CANCELLED")],
            {},
            id="cancelled, and no holiday",
        ),
    ],
)
def test_holidays_have_names(events: list[str], days: dict[date, str]) -> None:
    """Every day of an event of whole days is a holiday with its name."""
    found = read_icalendar_holidays(calendar_of(*events), years=range(2026, 2029))

    assert found == HolidayCalendar(days=days)


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        pytest.param(
            ["DTSTART:20260101T090000", "DURATION:PT1H"],
            f"event 1, DTSTART: {NO_DAYS}",
            id="an hour",
        ),
        pytest.param(
            ["DTSTART:20260101T000000Z", "DURATION:P1D"],
            f"event 1, DTSTART: {NO_DAYS}",
            id="a day of UTC",
        ),
        pytest.param(
            ["DTSTART:20260101", "RRULE:FREQ=YEARLY"],
            (
                "event 1, RRULE: never ends: say for which years it counts, as "
                "`years=range(2026, 2036)`"
            ),
            id="for ever",
        ),
        pytest.param(
            ["DTSTART:20260101", "DTEND:20260101"],
            "event 1: `open` never holds: it ends as soon as it starts",
            id="no day at all",
        ),
        pytest.param(
            ["DTSTART:20260101", "EXDATE:20260102"],
            (
                "event 1: EXDATE 20260102 of `open` is not the start of an occurrence: it "
                "excludes nothing"
            ),
            id="an idle exception",
        ),
        pytest.param(
            ["DTSTART:2026"],
            f"event 1, DTSTART: `2026` {NO_DATE}",
            id="no date",
        ),
    ],
)
def test_what_is_no_holiday_is_refused(lines: list[str], refusal: str) -> None:
    """A calendar of holidays holds nothing but whole days that come."""
    with pytest.raises(DocumentError) as caught:
        read_icalendar_holidays(calendar_of(event_of(*lines)), source="holidays.ics")

    assert str(caught.value) == f"holidays.ics: {refusal}"


def test_a_year_is_a_number() -> None:
    """The years for which holidays are written out must be years."""
    with pytest.raises(InvalidValueError, match="out of range: a year is 1 to 9999"):
        read_icalendar_holidays(calendar_of(), years=[0])


# Writing.


def written(*rules: Rule[str], end: date | None = None, **settings: Any) -> list[list[str]]:
    """Return the lines that say when and what, of each event that is written."""
    settings = {"zone": "UTC", **settings}
    text = write_icalendar(Schedule(rules=rules, **settings), MONDAY, end)
    lines = text.replace("\r\n ", "").split("\r\n")
    events: list[list[str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append([])
        if line.startswith(("SUMMARY", "DTSTART", "DTEND", "RRULE", "EXDATE")) and events:
            events[-1].append(line)
    return events


@pytest.mark.parametrize(
    ("rules", "end", "events"),
    [
        pytest.param([], None, [], id="nothing"),
        pytest.param(
            [Rule("mon-fri 22:00-06:00", "night"), Rule("2026-01-13 00:00-24:00", "closed")],
            None,
            [
                [
                    "SUMMARY:night",
                    "DTSTART:20260105T220000Z",
                    "DTEND:20260106T060000Z",
                    "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                    "EXDATE:20260113T220000Z",
                ],
                ["SUMMARY:closed", "DTSTART:20260113T060000Z", "DTEND:20260114T000000Z"],
            ],
            id="a day of its own after a night",
        ),
        pytest.param(
            [Rule("sat,sun 00:00-24:00", "closed")],
            None,
            [
                [
                    "SUMMARY:closed",
                    "DTSTART;VALUE=DATE:20260110",
                    "DTEND;VALUE=DATE:20260111",
                    "RRULE:FREQ=WEEKLY;BYDAY=SA,SU",
                ]
            ],
            id="whole days",
        ),
        pytest.param(
            [Rule("mon 09:00-18:00", "open")],
            date(2026, 2, 1),
            [
                [
                    "SUMMARY:open",
                    "DTSTART:20260105T090000Z",
                    "DTEND:20260105T180000Z",
                    "RRULE:FREQ=WEEKLY;UNTIL=20260126T235959Z;BYDAY=MO",
                ]
            ],
            id="weeks up to an end",
        ),
        pytest.param(
            [Rule("mon 00:00-24:00", "closed")],
            date(2026, 2, 1),
            [
                [
                    "SUMMARY:closed",
                    "DTSTART;VALUE=DATE:20260105",
                    "DTEND;VALUE=DATE:20260106",
                    "RRULE:FREQ=WEEKLY;UNTIL=20260126;BYDAY=MO",
                ]
            ],
            id="whole days up to an end",
        ),
        pytest.param(
            [Rule("01-06..01-08 00:00-24:00", "closed")],
            date(2026, 2, 1),
            [["SUMMARY:closed", "DTSTART;VALUE=DATE:20260106", "DTEND;VALUE=DATE:20260109"]],
            id="days of every year, once",
        ),
        pytest.param(
            [Rule("mon 22:00-22:00:01", "a"), Rule("22:30-22:00", "b")],
            date(2026, 1, 7),
            [
                ["SUMMARY:b", "DTSTART:20260105T000000Z", "DTEND:20260105T220000Z"],
                ["SUMMARY:a", "DTSTART:20260105T220000Z", "DTEND:20260105T220001Z"],
                ["SUMMARY:b", "DTSTART:20260105T223000Z", "DTEND:20260106T220000Z"],
                ["SUMMARY:b", "DTSTART:20260106T223000Z", "DTEND:20260107T000000Z"],
            ],
            id="cut at both ends",
        ),
    ],
)
def test_a_schedule_is_written_as_events(
    rules: list[Rule[str]], end: date | None, events: list[list[str]]
) -> None:
    """What recurs every week is one event, all else an event each."""

    def in_order(event: list[str]) -> list[str]:
        return sorted(event)

    assert sorted(map(in_order, written(*rules, end=end))) == sorted(map(in_order, events))


def test_names_that_are_equal_are_joined() -> None:
    """Values with one name are one event."""
    schedule = Schedule(
        zone="UTC", rules=(Rule("2026-01-05 09:00-12:00", 1), Rule("2026-01-05 12:00-18:00", 2))
    )
    text = write_icalendar(schedule, MONDAY, name_of=lambda _: "open")

    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART:20260105T090000Z\r\n" in text
    assert "DTEND:20260105T180000Z\r\n" in text


def test_a_zone_is_written_with_its_changes() -> None:
    """The changes of a zone's clock stand in the file, told by the clock that they end."""
    hours = Schedule(zone="America/New_York", rules=(Rule("mon 09:00-18:00", "open"),))
    text = write_icalendar(hours, MONDAY, date(2027, 6, 1))

    assert "DTSTART;TZID=America/New_York:20260105T090000\r\n" in text
    for line in ("DTSTART:20260308T020000", "RDATE:20270314T020000", "DTSTART:20261101T020000"):
        assert f"{line}\r\n" in text
    assert "RDATE:20280312T020000" not in text
    assert "RDATE:20460311T020000" in write_icalendar(hours, MONDAY)


def test_the_same_arguments_give_the_same_text() -> None:
    """UIDs and stamps come from the arguments."""
    hours = Schedule(zone="Asia/Tokyo", rules=(Rule("mon 09:00-18:00", "open"),))
    text = write_icalendar(hours, MONDAY, uid="office.example")

    assert text == write_icalendar(hours, MONDAY, uid="office.example")
    assert "UID:1@office.example\r\n" in text
    assert "DTSTAMP:20260105T000000Z\r\n" in text


@pytest.mark.parametrize(
    ("schedule", "start", "end", "refusal"),
    [
        pytest.param(
            Schedule(zone="UTC", override=Override("closed")),
            MONDAY,
            None,
            "`closed` is forced by hand: take it back first",
            id="an override",
        ),
        pytest.param(
            Schedule(zone="UTC"),
            MONDAY,
            MONDAY,
            "`2026-01-05` is not after `2026-01-05`: the end is the first day not written",
            id="no time",
        ),
        pytest.param(
            Schedule(zone="UTC"),
            date(1, 1, 1),
            None,
            "`0001-01-01` is too near the end of the calendar: use years 2 to 9900",
            id="too early",
        ),
        pytest.param(
            Schedule(zone="UTC"),
            MONDAY,
            date(2200, 1, 1),
            "`2026-01-05` to `2200-01-01` is more than 100 years: give a nearer `end`",
            id="too long",
        ),
        pytest.param(
            Schedule(zone="UTC", rules=(Rule("2200-01-01 00:00-24:00", "closed"),)),
            MONDAY,
            None,
            "`2026-01-05` to `2200-01-03` is more than 100 years: give an `end`",
            id="dates too far away",
        ),
        pytest.param(
            Schedule(
                zone="UTC",
                rules=(
                    Rule("mon-fri 09:00-18:00", "open"),
                    Rule("12-29..01-03 00:00-24:00", "closed"),
                    Rule("mon[1],fri[-1] 09:00-12:00", "open"),
                ),
            ),
            MONDAY,
            None,
            (
                "rule 2: `12-29..01-03 00:00-24:00` goes on for ever beside weekdays: give an "
                "`end`\n"
                "rule 3: `mon[1],fri[-1] 09:00-12:00` goes on for ever beside weekdays: give "
                "an `end`"
            ),
            id="other days for ever",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(
    schedule: Schedule[str], start: date, end: date | None, refusal: str
) -> None:
    """What no event can say is refused with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        write_icalendar(schedule, start, end)

    assert str(caught.value) == refusal


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        pytest.param({"name_of": lambda _: ""}, "what an event says needs", id="no name"),
        pytest.param({"uid": ""}, "what UIDs end in needs", id="no uid"),
    ],
)
def test_names_are_text(arguments: dict[str, Any], refusal: str) -> None:
    """What events say, and what they are called by, must be text."""
    hours = Schedule(zone="UTC", rules=(Rule("09:00-18:00", "open"),))

    with pytest.raises(InvalidValueError, match=refusal):
        write_icalendar(hours, MONDAY, **arguments)


def test_what_was_written_is_read() -> None:
    """A week that was written comes back as the rules it was."""
    hours = Schedule(
        zone="Asia/Tokyo",
        rules=(Rule("mon-fri 09:00-18:00", "open"), Rule("mon-fri 18:00-09:00", "night")),
    )
    imported = read_icalendar(write_icalendar(hours, MONDAY))

    assert [str(rule) for rule in imported.schedule.rules] == [
        "mon-fri 09:00-18:00 → open",
        "mon-fri 18:00-09:00 → night",
    ]
    assert imported.schedule.at(datetime(2026, 1, 5, 0, tzinfo=UTC)) == "open"
