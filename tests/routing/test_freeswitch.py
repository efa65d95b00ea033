"""FreeSWITCH's time conditions: every attribute, every way, every refusal, every finding.

Here: tables. Not here: what holds for all dialplans (`tests/laws/test_freeswitch.py`).
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import DocumentError, InvalidValueError
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing import HolidayCalendar, Override, Rule, Schedule
from cloudpbx.routing.freeswitch import read_freeswitch, write_freeswitch


def plan(*conditions: str) -> str:
    """Write extensions named a, b, … with one condition each."""
    return "".join(
        f'<extension name="{name}"><condition {condition}/></extension>'
        for name, condition in zip("abcdef", conditions, strict=False)
    )


def rules(text: str, zone: str = "Asia/Tokyo") -> list[str]:
    """Return the rules that a dialplan comes to."""
    return list(map(str, read_freeswitch(text, zone=zone).schedule.rules))


def refusals(text: str, zone: str = "Asia/Tokyo") -> list[str]:
    """Return what is said against a dialplan, a line for each problem."""
    with pytest.raises(DocumentError) as caught:
        read_freeswitch(text, zone=zone)
    return str(caught.value).splitlines()


def findings(text: str, zone: str = "Asia/Tokyo") -> tuple[Finding, ...]:
    """Return what is told about a dialplan."""
    return read_freeswitch(text, zone=zone).findings


def told(text: str, zone: str = "Asia/Tokyo") -> list[str]:
    """Return the codes of what is told about a dialplan."""
    return [each.code.removeprefix("freeswitch.") for each in findings(text, zone)]


# Attributes.


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param('wday="2-6"', ["mon-fri 00:00-24:00"], id="1 is Sunday"),
        pytest.param('wday="mon-FRI,1"', ["sun-fri 00:00-24:00"], id="names of weekdays"),
        pytest.param('wday="sat-mon"', ["sat-mon 00:00-24:00"], id="weekdays wrap"),
        pytest.param('mon="12" mday="24-26"', ["12-24..12-26 00:00-24:00"], id="dates"),
        pytest.param('mon="11-2"', ["11-01..02-29 00:00-24:00"], id="months wrap"),
        pytest.param(
            'mday="1"', ["rrule:FREQ=DAILY;BYMONTHDAY=1 00:00-24:00"], id="a day of months"
        ),
        pytest.param(
            'mday="31"', ["rrule:FREQ=DAILY;BYMONTHDAY=31 00:00-24:00"], id="a day some lack"
        ),
        pytest.param('wday="mon" mday="8-14"', ["mon[2] 00:00-24:00"], id="a second Monday"),
        pytest.param(
            'wday="mon,tue" mday="29-31"', ["mon[5],tue[5] 00:00-24:00"], id="fifth weekdays"
        ),
        pytest.param(
            'wday="mon" mday="8-15"',
            ["rrule:FREQ=DAILY;BYMONTHDAY=8,9,10,11,12,13,14,15 mon 00:00-24:00"],
            id="no nth weekday",
        ),
        pytest.param(
            'mday="1-7"',
            ["rrule:FREQ=DAILY;BYMONTHDAY=1,2,3,4,5,6,7 00:00-24:00"],
            id="the first week of months",
        ),
        pytest.param(
            'yday="60"', ["rrule:FREQ=YEARLY;BYYEARDAY=60 00:00-24:00"], id="a day of years"
        ),
        pytest.param('yday="1-31"', ["01-01..01-31 00:00-24:00"], id="leap or not"),
        pytest.param(
            'week="9" mon="3"',
            [
                "rrule:FREQ=DAILY;BYMONTH=3;BYMONTHDAY=1,2,3 00:00-24:00",
                "rrule:FREQ=YEARLY;BYMONTH=3;BYYEARDAY=63;BYMONTHDAY=4 00:00-24:00",
            ],
            id="what leap years tell apart",
        ),
        pytest.param(
            'mweek="3" wday="2" mon="1"',
            ["01-10..01-16 mon 00:00-24:00"],
            id="a row of the calendar",
        ),
        pytest.param('year="2026"', ["2026-01-01..2026-12-31 00:00-24:00"], id="a year"),
        pytest.param(
            'year="2026" wday="2-6"',
            ["2026-01-01..2026-12-31 mon-fri 00:00-24:00"],
            id="weekdays of a year",
        ),
        pytest.param(
            'year="2026-2027" mon="12" mday="25"',
            ["2026-01-01..2027-12-31 12-25 00:00-24:00"],
            id="a date of years",
        ),
        pytest.param(
            'year="2026" mon="11" wday="2"',
            ["2026-11-02,2026-11-09,2026-11-16,2026-11-23,2026-11-30 00:00-24:00"],
            id="a few dates",
        ),
        pytest.param(
            'year="2028-2026"',
            ["0001-01-01..2026-12-31,2028-01-01..9999-12-31 00:00-24:00"],
            id="years wrap",
        ),
        pytest.param('hour="9-17"', ["09:00-18:00"], id="hours"),
        pytest.param('hour="22-5"', ["00:00-06:00,22:00-24:00"], id="hours wrap"),
        pytest.param(
            'hour="9" minute="0-14,30"', ["09:00-09:15,09:30-09:31"], id="minutes of hours"
        ),
        pytest.param('minute-of-day="540"', ["08:59-09:00"], id="minutes count from 1"),
        pytest.param('time-of-day="09:00-18:00"', ["09:00-18:00:01"], id="an end is in it"),
        pytest.param('time-of-day="9:00:00-17:59:59"', ["09:00-18:00"], id="with seconds"),
        pytest.param(
            'time-of-day="09:00:00 - 11:59:59, 13:00:00 - 17:59:59"',
            ["09:00-12:00,13:00-18:00"],
            id="times, with spaces",
        ),
        pytest.param('time-of-day="00:00-24:00"', ["00:00-24:00"], id="a whole day"),
        pytest.param(
            'date-time="2026-12-24 17:00:00~2026-12-27 09:00:00"',
            [
                "2026-12-24 17:00-24:00",
                "2026-12-25..2026-12-26 00:00-24:00",
                "2026-12-27 00:00-09:00",
            ],
            id="dates with times",
        ),
        pytest.param(
            'date-time="2026-12-24 9:00~2026-12-24 12:00,2026-12-31~2027-01-01 24:00:00"',
            ["2026-12-24 09:00-12:00", "2026-12-31..2027-01-01 00:00-24:00"],
            id="more dates",
        ),
        pytest.param(
            'date-time="2026-12-24 17:00~2026-12-25 9:00"',
            ["2026-12-24 17:00-24:00", "2026-12-25 00:00-09:00"],
            id="from one day to the next",
        ),
        pytest.param(
            'date-time="2025-12-31~2028-01-02"',
            ["2025-12-31..2028-01-01 00:00-24:00"],
            id="whole years between",
        ),
        pytest.param('tz-offset="9"', ["00:00-24:00"], id="the offset of the zone"),
        pytest.param("", ["00:00-24:00"], id="no time at all"),
    ],
)
def test_what_an_attribute_means(condition: str, expected: list[str]) -> None:
    """Each attribute becomes the days and times that it matches."""
    found = rules(plan(condition))

    assert found == [f"{each} → a" for each in expected]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        pytest.param(
            ('mon="12" mday="25"', 'wday="2-6" hour="9-17"'),
            ["12-25 00:00-24:00", "mon-fri 09:00-18:00"],
            id="whole days of stronger tiers first",
        ),
        pytest.param(
            ('mon="12" mday="25" hour="9-11"', 'wday="2-6" hour="9-17"'),
            ["12-25 rrule:FREQ=DAILY 09:00-12:00", "rrule:FREQ=DAILY mon-fri 09:00-18:00"],
            id="part of a day does not own it",
        ),
        pytest.param(
            ('wday="2-6"', 'mon="12" mday="25"', 'wday="2" mday="1-7"'),
            [
                "rrule:FREQ=DAILY mon-fri 00:00-24:00",
                "12-25 rrule:FREQ=DAILY 00:00-24:00",
                "mon[1] 00:00-24:00",
            ],
            id="a stronger tier stands later",
        ),
    ],
)
def test_the_first_that_matches_wins(conditions: tuple[str, ...], expected: list[str]) -> None:
    """Rules stand in tiers where that means the same, and else all in one."""
    found = [rule.rpartition(" → ")[0] for rule in rules(plan(*conditions))]

    assert found == expected


def test_rules_that_share_time_are_in_order() -> None:
    """Only extensions that share time need their order."""
    apart = read_freeswitch(plan('wday="2"', 'wday="3"'), zone="Asia/Tokyo").schedule
    shared = read_freeswitch(plan('wday="2"', 'wday="2"'), zone="Asia/Tokyo").schedule

    assert (apart.overlap, shared.overlap) == ("refuse", "first")


def test_otherwise_is_what_holds_where_no_extension_wins() -> None:
    """Time without an extension has the value for otherwise, or none."""
    noon = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
    text = plan('wday="1"')

    assert read_freeswitch(text, zone="Asia/Tokyo").schedule.at(noon) is None
    closed = read_freeswitch(text, zone="Asia/Tokyo", otherwise="closed").schedule
    assert closed.at(noon) == "closed"


def test_an_end_near_a_change_of_the_clocks() -> None:
    """FreeSWITCH takes the offset of another hour, and the rule says what the clock shows."""
    text = plan('date-time="2026-03-08 05:00:00~2026-03-08 12:00:00"')

    assert rules(text, "America/New_York") == ["2026-03-08 06:00-12:00 → a"]
    (finding,) = findings(text, "America/New_York")
    assert finding.code == "freeswitch.shifted"
    assert finding.data["clock"] == "2026-03-08 06:00:00"


# Extensions.


OPEN = '<action application="transfer" data="open"/>'
CLOSED = '<action application="transfer" data="closed"/>'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param(
            '<condition wday="2-6"/><condition hour="9"/>',
            ["mon-fri 09:00-10:00 → x"],
            id="conditions are joined",
        ),
        pytest.param(
            f'<condition field="destination_number" expression="^1$"/>'
            f'<condition wday="2-6">{OPEN}</condition>',
            ["mon-fri 00:00-24:00 → x"],
            id="a field is taken to match",
        ),
        pytest.param(
            f'<condition wday="2-6">{OPEN}<anti-action application="hangup"/></condition>',
            ["mon-fri 00:00-24:00 → open", "00:00-24:00 → hangup"],
            id="an anti-action is an answer",
        ),
        pytest.param(
            '<condition wday="2-6"><anti-action application="transfer" data="closed"/>'
            f'</condition><condition hour="9">{OPEN}</condition>',
            ["mon-fri 09:00-10:00 → open", "sat,sun 00:00-24:00 → closed"],
            id="an anti-action after which a condition may fail",
        ),
        pytest.param(
            f'<condition wday="2-6" break="on-true">{OPEN}</condition>'
            f'<condition wday="7" break="on-true"><action application="set" data="x=1"/>'
            f"{CLOSED}</condition>",
            ["mon-fri 00:00-24:00 → open", "sat 00:00-24:00 → closed"],
            id="on-true: the next is asked where one fails",
        ),
        pytest.param(
            f'<condition wday="2-6" break="always">{OPEN}</condition><condition hour="1"/>',
            ["mon-fri 00:00-24:00 → x"],
            id="always: no other is asked",
        ),
        pytest.param(
            f'<condition wday="2-6" break="NEVER">{OPEN}</condition><condition hour="1"/>',
            ["mon-fri 01:00-02:00 → x", "sat,sun 01:00-02:00 → x"],
            id="never: the last one decides",
        ),
        pytest.param(
            f'<condition wday="2-6"><condition hour="9">{OPEN}</condition></condition>',
            ["mon-fri 09:00-10:00 → x"],
            id="nested conditions must match",
        ),
        pytest.param(
            '<condition wday="2-6" require-nested="no"><condition hour="9"/></condition>',
            ["mon-fri 09:00-10:00 → x", "mon-fri 00:00-24:00 → x"],
            id="unless they need not",
        ),
        pytest.param(
            '<condition wday="2-6" break="never"><condition hour="9"/></condition>'
            f'<condition hour="10">{OPEN}</condition>',
            ["mon-fri 10:00-11:00 → x", "sat,sun 10:00-11:00 → x"],
            id="never: nor need nested ones",
        ),
        pytest.param(
            '<condition regex="any"><regex field="a" expression="b"/></condition>',
            ["00:00-24:00 → x"],
            id="a regex is no time",
        ),
    ],
)
def test_the_ways_through_an_extension(inside: str, expected: list[str]) -> None:
    """An extension answers on every way through its conditions that wins."""
    text = f'<extension name="x">{inside}</extension>'
    plain = [rule.replace("rrule:FREQ=DAILY ", "") for rule in rules(text)]

    assert sorted(plain) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<extension><condition/></extension>", "extension 1", id="nothing"),
        pytest.param(
            f"<extension><condition>{OPEN}</condition></extension>", "open", id="what it does"
        ),
        pytest.param(
            '<extension><condition><action application="set">a=1</action>'
            '<action application="answer"/></condition></extension>',
            "a=1",
            id="the first thing it does",
        ),
        pytest.param(
            "<extension><condition><action/></condition></extension>",
            "extension 1",
            id="an action without application",
        ),
    ],
)
def test_an_extension_without_a_name(text: str, expected: str) -> None:
    """The value of an extension without a name is what it does, or its place."""
    (rule,) = read_freeswitch(text, zone="UTC").schedule.rules

    assert rule.value == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{}", id="alone"),
        pytest.param(
            '<?xml version="1.0" encoding="UTF-8"?>\n<include>{}</include>', id="include"
        ),
        pytest.param(
            '\ufeff<include><context name="public">{}</context></include>', id="context"
        ),
        pytest.param(
            '<document type="freeswitch/xml"><section name="dialplan">'
            '<context name="public"><!-- hours -->{}</context></section></document>',
            id="document",
        ),
    ],
)
def test_where_extensions_stand(text: str) -> None:
    """Extensions are found alone and in containers, in their order."""
    found = rules(text.format(plan('wday="2"', 'wday="3"')))

    assert found == ["mon 00:00-24:00 → a", "tue 00:00-24:00 → b"]


def test_an_extension_after_which_the_hunt_goes_on_answers_nothing() -> None:
    """`continue` makes an extension no answer, and this is told."""
    text = '<extension name="set" continue="1"><condition wday="2"/></extension>' + plan("")

    assert rules(text) == ["00:00-24:00 → a"]
    assert told(text) == ["ignored.actions"]


def test_a_dialplan_of_nothing_answers_nothing() -> None:
    """An empty container is a schedule without rules."""
    assert rules("<include/>") == []


# Refusals.


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(
            'mon="12 -1"',
            "mon: `12 -1` is not a number or a range: write `2`, `2-6` or `2,4-6`, without "
            "spaces",
            id="a space that ends the reading",
        ),
        pytest.param('mday=""', "mday: `` is not a number", id="nothing"),
        pytest.param(
            'wday="0"', "wday: `0` is not a weekday: 1 is Sunday, 7 is Saturday", id="0"
        ),
        pytest.param(
            'wday="monday"', "wday: `monday` is not a weekday: did you mean `mon`?", id="Monday"
        ),
        pytest.param(
            'time-of-day="09:00"',
            "time-of-day: `09:00` is not a start and an end: write `09:00:00-17:59:59`",
            id="a time without an end",
        ),
        pytest.param(
            'time-of-day="09:60-10:00"',
            "time-of-day: `09:60-10:00` is not a time of day: minutes and seconds are 00 to 59",
            id="a minute too many",
        ),
        pytest.param(
            'time-of-day="09:00-25:00"',
            "time-of-day: `09:00-25:00` is past the end of the day: write `23:59:59` for its "
            "end",
            id="past the end",
        ),
        pytest.param(
            'date-time="2026-12-24"',
            "date-time: `2026-12-24` has no end: write `2026-12-24 00:00:00~2026-12-27 "
            "00:00:00`",
            id="a date without an end",
        ),
        pytest.param(
            'date-time="12-24~12-26"',
            "date-time: `12-24` is not a date with its time: write `2026-12-24 00:00:00`",
            id="a date without a year",
        ),
        pytest.param(
            'date-time="2026-02-30~2026-03-01"',
            "date-time: `2026-02-30` is no day of 1971 to 9998: correct it",
            id="no day of the calendar",
        ),
        pytest.param(
            'date-time="1969-02-01~2026-03-01"',
            "date-time: `1969-02-01` is no day of 1971 to 9998: correct it",
            id="before there was a clock",
        ),
        pytest.param(
            'date-time="2026-02-01 24:01~2026-03-01"',
            "date-time: `2026-02-01 24:01` has no time of day: hours are 00 to 24, minutes 00",
            id="past midnight",
        ),
        pytest.param(
            'tz-offset="9.5"',
            "tz-offset: `9.5` is not an offset in whole hours: write `9`, or leave it out",
            id="half an hour",
        ),
        pytest.param(
            'dst="true"',
            "dst: `true` asks whether it is summer time: name the months with `mon`",
            id="summer time",
        ),
        pytest.param(
            'dst="tru"', "dst: `tru` is not true or false: did you mean `true`?", id="no word"
        ),
        pytest.param(
            'break="on-flase"',
            "break: `on-flase` is no break: did you mean `on-false`?",
            id="break",
        ),
    ],
)
def test_what_an_attribute_may_not_be(condition: str, expected: str) -> None:
    """What FreeSWITCH would misread in silence is refused with its place."""
    (problem,) = refusals(plan(condition))

    assert problem.startswith(f"extension 1 (a), condition 1, {expected}")


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        pytest.param("America/New_York", "2026-11-01 01:30:00", id="within the hour"),
        pytest.param("America/New_York", "2026-11-01 02:00:00", id="as it starts again"),
    ],
)
def test_an_hour_that_the_clock_shows_twice(zone: str, end: str) -> None:
    """An end that no time of the wall clock tells is refused."""
    (problem,) = refusals(plan(f'date-time="2026-10-01~{end}"'), zone)

    assert "which the clock shows twice" in problem


def test_an_offset_that_holds_at_times_only() -> None:
    """An offset of a zone that changes its clocks is refused."""
    (problem,) = refusals(plan('tz-offset="-5"'), "America/New_York")

    assert problem.endswith(
        "`-5` is the offset of `America/New_York` at times only: leave it out"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ['has no extension: write `<extension name="…">`'], id="nothing"),
        pytest.param(
            "<extension>\n<condition</extension>",
            ["line 2: is not XML from column 11 on: not well-formed (invalid token)"],
            id="no XML",
        ),
        pytest.param(
            "<extension",
            ["line 1: is not XML from column 11 on: not well-formed (invalid token)"],
            id="no XML in the first line",
        ),
        pytest.param(
            '<!DOCTYPE a [<!ENTITY b "c">]><extension name="&b;"/>',
            ["line 1: has a `<!DOCTYPE`: leave it out, and write what its entities stand for"],
            id="a DOCTYPE",
        ),
        pytest.param(
            "\ud800",
            [
                (
                    "cannot be read as XML: 'utf-8' codec can't encode character '\\ud800' "
                    "in position"
                    " 0: surrogates not allowed"
                )
            ],
            id="no text",
        ),
        pytest.param(
            "<include><extensions/></include>",
            ["`extensions` is not known here: did you mean `extension`?"],
            id="an element that is a slip",
        ),
        pytest.param(
            '<context name="a"><extension/></context><context name="b"><extension/></context>',
            ["has the contexts `a`, `b`: read one of them at a time"],
            id="two contexts",
        ),
        pytest.param(
            '<extension name="n"><condition time_of_day="9:00-17:00" hour="x"><actoin/>'
            '<regex wday="2"/></condition></extension>',
            [
                (
                    "extension 1 (n), condition 1: `time_of_day` is not known here: "
                    "did you mean `time-of-day`?"
                ),
                (
                    "extension 1 (n), condition 1: `actoin` is not known here: did you mean "
                    "`action`?"
                ),
                (
                    "extension 1 (n), condition 1: has times in a `regex`: write a condition "
                    "for each"
                    " instead"
                ),
                (
                    "extension 1 (n), condition 1, hour: `x` is not a number or a range: "
                    "write `2`, "
                    "`2-6` or `2,4-6`, without spaces"
                ),
            ],
            id="everything at once",
        ),
        pytest.param(
            "<extension>" + "<condition>" * 30 + "</condition>" * 30 + "</extension>",
            ["extension 1" + ", condition 1" * 20 + ": is 21 conditions deep: 20 are the most"],
            id="too deep",
        ),
        pytest.param(
            "<extension>" + '<condition hour="1" break="never"/>' * 9 + "</extension>",
            ["extension 1: can go more than 256 ways: write an extension for each answer"],
            id="too many ways",
        ),
    ],
)
def test_what_a_dialplan_may_not_be(text: str, expected: list[str]) -> None:
    """A text is refused with everything that is wrong in it."""
    assert refusals(text) == expected


def test_the_name_of_a_file_stands_before_a_problem() -> None:
    """A problem names the file that it is in."""
    with pytest.raises(DocumentError, match=r"^hours\.xml: line 1: is not XML"):
        read_freeswitch("<", zone="UTC", source="hours.xml")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        pytest.param(b"<include/>", "UTC", id="bytes"),
        pytest.param("<include/>", "Asia/Tokio", id="no zone"),
    ],
)
def test_what_reading_needs(text: Any, zone: str) -> None:
    """Reading needs a text and a zone."""
    with pytest.raises(InvalidValueError):
        read_freeswitch(text, zone=zone)


# Findings.


@pytest.mark.parametrize(
    ("condition", "code", "words"),
    [
        pytest.param(
            'hour="24"',
            "never.value",
            "error: `24` never matches: hour is 0 to 23",
            id="hour 24",
        ),
        pytest.param(
            'mday="1,32"',
            "never.value",
            "warning: `32` never matches: mday is 1 to 31",
            id="part of a list",
        ),
        pytest.param(
            'mweek="7"', "never.value", "error: `7` never matches: mweek is 1 to 6", id="row 7"
        ),
        pytest.param(
            'year="0"',
            "never.value",
            "error: `0` never matches: year is 1 to 9999",
            id="year 0",
        ),
        pytest.param(
            'minute-of-day="0"',
            "never.value",
            "error: `0` never matches: minute-of-day is 1 to 1440",
            id="minute 0",
        ),
        pytest.param(
            'mon="2" mday="30"',
            "never",
            'error: `mon="2" mday="30"` never matches: no second is all that it asks for',
            id="no such day",
        ),
        pytest.param(
            'time-of-day="24:00-24:00"',
            "never",
            "error: `24:00-24:00` never matches: no second is all that it asks for",
            id="no such time",
        ),
        pytest.param(
            'date-time="2026-12-26 00:00:00~2026-12-24 00:00:00"',
            "never",
            "error: `2026-12-26 00:00:00~2026-12-24 00:00:00` never matches: no second is "
            "all that"
            " it asks for",
            id="dates that run backwards",
        ),
        pytest.param(
            'dst="no"',
            "never.dst",
            "error: `no` never matches: FreeSWITCH can ask for summer time alone\n"
            "  → portal administrator: leave `dst` out",
            id="winter",
        ),
        pytest.param(
            'tz-offset="8"',
            "never.offset",
            "error: `8` never matches: Asia/Tokyo is 9 hours ahead of UTC\n"
            "  → portal administrator: leave `tz-offset` out",
            id="another offset",
        ),
        pytest.param(
            'wday="2" mweek="3"',
            "weeks",
            "warning: `3` is a row of the calendar, whose weeks begin on Sunday, and not how "
            "often "
            "the weekday `2` has come in the month\n  → portal administrator: write "
            '`mday="15-21"`',
            id="the third Monday",
        ),
        pytest.param(
            'wday="1-5"',
            "weekdays",
            "warning: `1-5` is sun to thu: 1 is Sunday\n"
            '  → portal administrator: write `wday="2-6"`',
            id="from Monday",
        ),
        pytest.param(
            'wday="fri" time-of-day="22:00:00-05:59:59"',
            "wraps",
            "warning: `22:00:00-05:59:59` wraps within the same day: it is `00:00-05:59:59` "
            "and "
            "`22:00-23:59:59` of the days named, and does not run into the next morning\n"
            "  → portal administrator: write `22:00-23:59:59` for these days and "
            "`00:00-05:59:59` "
            "for the days that follow, each in an extension of its own",
            id="a night of times",
        ),
        pytest.param(
            'wday="6" minute-of-day="1321-360"',
            "wraps",
            "warning: `1321-360` wraps within the same day: it is `1-360` and `1321-1440` of "
            "the "
            "days named, and does not run into the next morning\n"
            "  → portal administrator: write `1321-1440` for these days and `1-360` for the "
            "days "
            "that follow, each in an extension of its own",
            id="a night of minutes",
        ),
        pytest.param(
            'hour="9-17"',
            "end.hour",
            "note: `9-17` runs until 18:00: all of the last hour is in it\n"
            '  → portal administrator: write `hour="9-16"`',
            id="the last hour",
        ),
        pytest.param(
            'time-of-day="09:00-18:00"',
            "end.second",
            "note: `09:00-18:00` includes the second 18:00\n"
            "  → portal administrator: write `09:00-17:59:59`",
            id="the last second",
        ),
        pytest.param(
            'time-of-day="22:00:00-00:00:00"',
            "end.second",
            "note: `22:00:00-00:00:00` includes the second 00:00\n"
            "  → portal administrator: write `22:00-23:59:59`",
            id="midnight",
        ),
        pytest.param(
            'time-of-day="09:00-17:59"',
            "end.minute",
            "warning: `09:00-17:59` ends with the first second of 17:59: the rest of that "
            "minute "
            "is not in it\n  → portal administrator: write `09:00-17:59:59`",
            id="the last minute",
        ),
        pytest.param(
            'date-time="2026-12-24~2026-12-26"',
            "end.date",
            "warning: `2026-12-24~2026-12-26` ends when 2026-12-26 begins: that day is not "
            "in it\n"
            "  → portal administrator: write `2026-12-24~2026-12-26 24:00:00`",
            id="the last day",
        ),
        pytest.param(
            'date-time="2026-12-24 00:00:00~2026-12-26 23:59:59"',
            "end.last_second",
            "note: `2026-12-24 00:00:00~2026-12-26 23:59:59` leaves out the second 2026-12-26 "
            "23:59:59\n  → portal administrator: write `2026-12-24 00:00:00~2026-12-26 "
            "24:00:00`",
            id="the last second of a day",
        ),
        pytest.param(
            'minute-of-day="540-1020"',
            "minutes",
            "warning: `540-1020` is 08:59-17:00, as the minutes of a day count from 1: 09:00 "
            "is "
            "probably meant for its start\n"
            '  → portal administrator: write `minute-of-day="541-1020"`',
            id="minutes from 0",
        ),
        pytest.param(
            'field="destination_number" expression="^1$"',
            "ignored.field",
            "note: the condition on `destination_number` is not one of time: it is taken to "
            "match",
            id="a field",
        ),
        pytest.param(
            'field="destination_number" hour="9"',
            "ignored.times",
            "warning: the times beside `destination_number` count for nothing: FreeSWITCH "
            "passes "
            "over them when `destination_number` matches\n"
            "  → portal administrator: give the times a condition of their own",
            id="a field with times",
        ),
        pytest.param(
            'comment="x"',
            "ignored",
            "note: `comment` is passed over: it is neither an extension nor a condition nor "
            "a time",
            id="an attribute nobody knows",
        ),
    ],
)
def test_what_is_told(condition: str, code: str, words: str) -> None:
    """What never matches, or is probably not meant, is told with its place and its remedy."""
    (finding,) = findings(plan(condition))
    first, *rest = words.split("\n")

    assert finding.code == f"freeswitch.{code}"
    assert finding.path.startswith("extension 1 (a), condition 1")
    assert finding.explain().removeprefix(f"{finding.path}: ") == "\n".join(
        [f"{first} [freeswitch.{code}]", *rest]
    )
    assert "freeswitch" in finding.explain("ja")


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param('wday="2-6" time-of-day="09:00:00-17:59:59"', id="times with seconds"),
        pytest.param('time-of-day="22:00:00-05:59:59"', id="a night of every day"),
        pytest.param('hour="22-5"', id="hours of every day"),
        pytest.param('minute-of-day="541-1020"', id="minutes from 1"),
        pytest.param('minute-of-day="1-540"', id="minutes from the first"),
        pytest.param('hour="9"', id="one hour"),
        pytest.param('hour="9-23"', id="hours to the end"),
        pytest.param('mweek="1-2" wday="2"', id="rows of the calendar"),
        pytest.param('date-time="2026-12-24 00:00:00~2026-12-27 00:00:00"', id="whole days"),
        pytest.param("", id="no time at all"),
    ],
)
def test_nothing_is_told_of_what_is_clear(condition: str) -> None:
    """What is written clearly is read without a word."""
    assert findings(plan(condition)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('<extension name="x"/>', ["never.empty"], id="no condition"),
        pytest.param("<extension/>", ["never.empty"], id="no condition and no name"),
        pytest.param(
            '<extension name="x"><condition wday="2"/><condition wday="3"/></extension>',
            ["never"],
            id="conditions that exclude each other",
        ),
        pytest.param(
            '<extension name="x"><condition wday="2"/><condition hour="24"/></extension>',
            ["never.value"],
            id="a condition that excludes everything",
        ),
        pytest.param(
            f'<extension><condition wday="2" break="never">{OPEN}</condition>'
            '<condition hour="1"/></extension>',
            ["ignored.actions"],
            id="a way that acts and does not win",
        ),
        pytest.param(
            '<extension><condition field="n" expression="1"/></extension>'
            '<extension><condition field="n" expression="2"/></extension>'
            '<extension><condition field="n" expression="1"/></extension>',
            ["ignored.calls", "ignored.field", "ignored.field", "ignored.field"],
            id="extensions for different calls",
        ),
        pytest.param("<macros/>" + plan(""), ["ignored"], id="an element nobody knows"),
        pytest.param(
            '<extension name="a"><condition><comment/></condition></extension>',
            ["ignored"],
            id="an element within a condition",
        ),
        pytest.param(
            '<extension name="a"><condition wday="6"/><condition hour="22-5"/></extension>',
            ["wraps"],
            id="days in another condition",
        ),
    ],
)
def test_what_is_told_of_extensions(text: str, expected: list[str]) -> None:
    """What an extension as a whole never does, or is not read for, is told."""
    assert told(text) == expected


def test_the_third_monday_of_january_is_not_in_the_third_row() -> None:
    """`mweek` 3 misses the third Monday of January 2026, which FreeSWITCH's sample means."""
    schedule = read_freeswitch(plan('wday="2" mweek="3" mon="1"'), zone="America/New_York")
    days = [
        day
        for day in range(1, 32)
        if schedule.schedule.at(datetime(2026, 1, day, tzinfo=ZoneInfo("America/New_York")))
    ]

    assert days == [12]


def test_what_never_matches_is_an_error() -> None:
    """A dead extension is as grave as a gap."""
    (finding,) = findings('<extension name="x"/>')

    assert finding.severity is Severity.ERROR


# Writing.


def written(*notations: tuple[str, str], **settings: Any) -> list[str]:
    """Return the conditions that a schedule is written as, with their names."""
    rules = tuple(Rule(when, value) for when, value in notations)
    text = write_freeswitch(Schedule(**{"zone": "Asia/Tokyo", "rules": rules, **settings}))
    names = [line.split('"')[1] for line in text.splitlines() if "<extension" in line]
    conditions = [line.strip() for line in text.splitlines() if "<condition" in line]
    return [
        f"{name}: {condition.removeprefix('<condition').removesuffix('/>').strip()}"
        for name, condition in zip(names, conditions, strict=True)
    ]


@pytest.mark.parametrize(
    ("notations", "settings", "expected"),
    [
        pytest.param((), {}, [], id="nothing"),
        pytest.param((), {"otherwise": "closed"}, ["closed: "], id="otherwise alone"),
        pytest.param(
            (("mon-fri,sun 9:00-12:00,13:00-18:00", "open"),),
            {},
            ['open: wday="mon-fri,sun" time-of-day="09:00:00-11:59:59,13:00:00-17:59:59"'],
            id="weekdays",
        ),
        pytest.param(
            (("fri 22:00-06:00", "night"),),
            {},
            [
                'night: wday="sat" time-of-day="00:00:00-05:59:59"',
                'night: wday="fri" time-of-day="22:00:00-23:59:59"',
            ],
            id="a night",
        ),
        pytest.param(
            (("fri,sat 22:00-06:00", "night"),),
            {},
            [
                'night: wday="sun" time-of-day="00:00:00-05:59:59"',
                'night: wday="sat" time-of-day="00:00:00-05:59:59"',
                'night: wday="fri-sat" time-of-day="22:00:00-23:59:59"',
            ],
            id="nights in a row",
        ),
        pytest.param(
            (("mon-fri 9:00-18:00", "open"), ("12-25 00:00-24:00", "closed")),
            {},
            [
                'closed: mon="12" mday="25"',
                'open: wday="mon-fri" time-of-day="09:00:00-17:59:59"',
            ],
            id="a whole day of a stronger tier",
        ),
        pytest.param(
            (("mon-fri 9:00-18:00", "open"), ("12-25 9:00-12:00", "short")),
            {},
            [
                'short: mon="12" mday="25" time-of-day="09:00:00-11:59:59"',
                'open: mon="1-11" wday="mon-fri" time-of-day="09:00:00-17:59:59"',
                (
                    'open: mon="12" mday="1-24,26-31" wday="mon-fri" '
                    'time-of-day="09:00:00-17:59:59"'
                ),
            ],
            id="a gap of a stronger tier stays one",
        ),
        pytest.param(
            (("mon-fri 9:00-18:00", "open"), ("12-25 9:00-12:00", "short")),
            {"otherwise": "closed"},
            [
                'short: mon="12" mday="25" time-of-day="09:00:00-11:59:59"',
                'closed: mon="12" mday="25"',
                'open: wday="mon-fri" time-of-day="09:00:00-17:59:59"',
                "closed: ",
            ],
            id="otherwise of a stronger tier",
        ),
        pytest.param(
            (("thu 22:00-06:00", "night"), ("2026-12-25 00:00-24:00", "closed")),
            {"spill": "clip"},
            [
                'night: year="1-2025,2027-9999" wday="fri" time-of-day="00:00:00-05:59:59"',
                'night: year="2026" mon="1-11" wday="fri" time-of-day="00:00:00-05:59:59"',
                (
                    'night: year="2026" mon="12" mday="1-24,26-31" wday="fri" '
                    'time-of-day="00:00:00-05:59:59"'
                ),
                'closed: year="2026" mon="12" mday="25"',
                'night: wday="thu" time-of-day="22:00:00-23:59:59"',
            ],
            id="a night that is clipped",
        ),
        pytest.param(
            (("thu 22:00-06:00", "night"), ("2026-12-25 00:00-24:00", "closed")),
            {},
            [
                'night: wday="fri" time-of-day="00:00:00-05:59:59"',
                'closed: year="2026" mon="12" mday="25"',
                'night: wday="thu" time-of-day="22:00:00-23:59:59"',
            ],
            id="a night that is kept",
        ),
        pytest.param(
            (("02-28 22:00-06:00", "night"),),
            {},
            [
                'night: yday="60" time-of-day="00:00:00-05:59:59"',
                'night: mon="2" mday="28" time-of-day="22:00:00-23:59:59"',
            ],
            id="the night before a leap day, or none",
        ),
        pytest.param(
            (("12-29..01-03 00:00-24:00", "closed"), ("mon[2] 12:00-13:00", "lunch")),
            {},
            [
                'closed: mon="1" mday="1-3"',
                'closed: mon="12" mday="29-31"',
                'lunch: mday="8-14" wday="mon" time-of-day="12:00:00-12:59:59"',
            ],
            id="years' ends and nth weekdays",
        ),
        pytest.param(
            (("holiday 00:00-24:00", "closed"),),
            {
                "holidays": HolidayCalendar(
                    days={
                        date(2026, 11, 3): "文化の日",
                        date(2026, 11, 23): "勤労感謝の日",
                        date(2026, 11, 24): "休業日",
                    },
                    working_days=frozenset({date(2026, 11, 24)}),
                )
            },
            ['closed: year="2026" mon="11" mday="3,23"'],
            id="holidays that are listed",
        ),
        pytest.param((("holiday 00:00-24:00", "closed"),), {}, [], id="no holidays"),
        pytest.param(
            (("2026-01-02..2030-12-31 sat 00:00-24:00", "closed"),),
            {},
            ['closed: year="2026-2030" wday="sat"'],
            id="a year is whole when what it lacks is not in it",
        ),
    ],
)
def test_what_a_schedule_is_written_as(
    notations: tuple[tuple[str, str], ...], settings: dict[str, Any], expected: list[str]
) -> None:
    """A schedule is the conditions that answer what it does, the first that matches winning."""
    assert written(*notations, **settings) == expected


def test_a_value_is_called_what_the_caller_says() -> None:
    """Names come from the caller and are escaped."""
    schedule = Schedule(zone="UTC", rules=(Rule("00:00-24:00", 1),))
    text = write_freeswitch(schedule, name_of=lambda value: f'<"{value}&">')

    assert rules(text) == ['00:00-24:00 → <"1&">']


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        pytest.param(
            Schedule(zone="UTC", override=Override("shut")),
            ["override: `shut` is forced by hand, which no condition can say: take it back"],
            id="an override",
        ),
        pytest.param(
            Schedule(
                zone="UTC",
                rules=(
                    Rule("rrule:FREQ=DAILY;BYMONTHDAY=1 9:00-10:00", "a"),
                    Rule("mon[-1] 9:00-10:00", "b"),
                    Rule("holiday 9:00-10:00", "c"),
                    Rule("tue 9:00-10:00", ""),
                ),
                holidays=lambda _: None,
                otherwise="\n",
            ),
            [
                (
                    "rule 1: `rrule:FREQ=DAILY;BYMONTHDAY=1 09:00-10:00` recurs by a rule, "
                    "as no "
                    "condition can: write its dates"
                ),
                (
                    "rule 2: `mon[-1] 09:00-10:00` counts from the end of the month, as no "
                    "condition "
                    "can: write its dates"
                ),
                (
                    "rule 3: `holiday 09:00-10:00` is for public holidays that no calendar "
                    "lists: list "
                    "their dates"
                ),
                "rule 4: `` is empty: the name of an extension needs at least one character",
                (
                    "otherwise: `\\n` has a control character: the name of an extension is "
                    "one line of"
                    " text"
                ),
            ],
            id="everything at once",
        ),
        pytest.param(
            Schedule(
                zone="UTC",
                rules=(Rule("holiday 9:00-10:00", "c"),),
                holidays=HolidayCalendar(country="JP"),
            ),
            [
                (
                    "rule 1: `holiday 09:00-10:00` is for public holidays that no calendar "
                    "lists: list "
                    "their dates"
                )
            ],
            id="the holidays of a country",
        ),
    ],
)
def test_what_no_condition_can_say(schedule: Schedule[str], expected: list[str]) -> None:
    """What cannot be written is refused, all of it at once."""
    with pytest.raises(DocumentError) as caught:
        write_freeswitch(schedule)

    assert str(caught.value).splitlines() == expected


def test_only_a_schedule_is_written() -> None:
    """Writing needs a schedule."""
    nothing: Any = None

    with pytest.raises(InvalidValueError, match="is not `Schedule`"):
        write_freeswitch(nothing)
