"""Asterisk's dialect: every form of a line, every finding, every refusal.

Here: tables. Not here: what holds for all lists and schedules (`tests/laws/test_asterisk.py`).
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import DocumentError, InvalidValueError
from cloudpbx.routing import Override, Rule, Schedule
from cloudpbx.routing.asterisk import read_asterisk, write_asterisk
from tests.project import ROOT

TOKYO = ZoneInfo("Asia/Tokyo")


def rules_of(text: str) -> list[str]:
    """Return when the rules apply that a text comes to, and what they say."""
    schedule = read_asterisk(text, zone="Asia/Tokyo").schedule
    return [f"{rule.when} → {rule.value}" for rule in schedule.rules]


def findings_of(text: str) -> list[str]:
    """Return what there is to say of a text, a line for each finding and remedy."""
    found = read_asterisk(text, zone="Asia/Tokyo").findings
    return [line for each in found for line in each.explain().splitlines()]


def refusals(text: str) -> list[str]:
    """Return what is said against a text, a line for each problem."""
    with pytest.raises(DocumentError) as caught:
        read_asterisk(text, zone="Asia/Tokyo")
    return str(caught.value).splitlines()


def written(*rules: Rule[Any], **settings: Any) -> list[str]:
    """Return the times and labels that a schedule in UTC is written as."""
    text = write_asterisk(Schedule(zone="UTC", rules=rules, **settings))
    return [
        line.removeprefix("same => n,GotoIfTime(").removesuffix(")").replace(",UTC?", " ? ")
        for line in text.splitlines()
    ]


# Asterisk's own sample.


def test_the_sample_of_asterisk_leaves_ten_minutes_a_week() -> None:
    """The three times of Asterisk's sample leave 08:59 and 17:01 of Monday to Friday."""
    sample = (
        "include => daytime,9:00-17:00,mon-fri,*,*\n"
        "include => weekend,*,sat-sun,*,*\n"
        "include => weeknights,17:02-8:58,mon-fri,*,*\n"
    )
    found = read_asterisk(sample, zone="Asia/Tokyo")

    checked = found.schedule.check()

    assert [(each.code, each.about) for each in checked] == [
        ("schedule.gap", "mon-fri 08:59-09:00"),
        ("schedule.gap", "mon-fri 17:01-17:02"),
    ]
    assert sum(each.minutes_a_week for each in checked) == 10
    assert [(each.path, each.code) for each in found.findings] == [
        ("row 3", "asterisk.overnight")
    ]


# Reading: the forms of a line.


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("exten => s,1,GotoIfTime(9:00-17:00,mon-fri,*,*?open)", id="exten"),
        pytest.param("exten=>s,1,GotoIfTime(9:00-17:00,mon-fri,*,*?open)", id="no spaces"),
        pytest.param("exten = s,1,gotoiftime(9:00-17:00,mon-fri,*,*?open)", id="one sign"),
        pytest.param("same => n,GotoIfTime(9:00-17:00,mon-fri,*,*?open)", id="same"),
        pytest.param("same => n(day), GotoIfTime (9:00-17:00,mon-fri,*,*?open)", id="label"),
        pytest.param("GotoIfTime(9:00-17:00,mon-fri,*,*?open)", id="application alone"),
        pytest.param("ExecIfTime(9:00-17:00,mon-fri,*,*?open)", id="ExecIfTime"),
        pytest.param("include => open,9:00-17:00,mon-fri,*,*", id="include"),
        pytest.param("include => open|9:00-17:00|mon-fri|*|*", id="old include"),
        pytest.param("9:00-17:00,mon-fri,*,*?open", id="times alone"),
        pytest.param("9:00-17:00|mon-fri?open", id="old separators, fields left out"),
        pytest.param("9:00-17:00,mon-fri,*,*? open ", id="spaces around the label"),
        pytest.param("\ufeff9:00-17:00,mon-fri,*,*?open\r\n", id="byte-order mark, CRLF"),
        pytest.param("9:00-17:00,mon-fri,*,*,Asia/Tokyo?open", id="its own zone"),
        pytest.param("9:00-17:00,mon-fri,*,*,?open", id="an empty zone"),
        pytest.param("9:00-17:00,mon-fri,*,*?open ; until five", id="comment"),
        pytest.param(
            ";-- 1?a\n2?b ;-- 3?c --; --; 9:00-17:00,mon-fri?open", id="block comment"
        ),
        pytest.param(";--- a line\n9:00-17:00,mon-fri?open", id="no block comment"),
    ],
)
def test_a_line_is_read_in_each_of_its_forms(text: str) -> None:
    """Every form of a line with the same times is the same rule."""
    assert rules_of(text) == ["mon-fri 09:00-17:01 → open"]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="blank"),
        pytest.param("; 9:00-17:00,mon-fri,*,*?open", id="comment"),
        pytest.param("[office]", id="context"),
        pytest.param('#include "more.conf"', id="another file"),
        pytest.param("exten => s,1,Answer()", id="another application"),
        pytest.param("same => n,Hangup", id="an application without arguments"),
        pytest.param("exten => s,hint,SIP/1001", id="hint"),
        pytest.param("switch => Realtime", id="another key"),
    ],
)
def test_lines_that_do_not_decide_by_time_are_skipped(line: str) -> None:
    """A line that does not decide by time is no rule and no finding."""
    found = read_asterisk(line, zone="Asia/Tokyo")

    assert (found.schedule, found.findings) == (Schedule(zone="Asia/Tokyo"), ())


@pytest.mark.parametrize(
    ("branches", "expected"),
    [
        pytest.param("open,s,1", "open,s,1", id="context, extension and priority"),
        pytest.param("ivr,${EXTEN:1},1", "ivr,${EXTEN:1},1", id="a colon of a variable"),
        pytest.param("say\\;(a)", "say;(a)", id="escaped semicolon, brackets"),
        pytest.param("what?", "what?", id="a second question mark"),
    ],
)
def test_the_value_is_the_label_as_written(branches: str, expected: str) -> None:
    """A value is the text after the question mark."""
    text = f"exten => s,1,GotoIfTime(9:00-17:00,mon-fri,*,*?{branches})"

    assert rules_of(text) == [f"mon-fri 09:00-17:01 → {expected}"]


def test_an_application_is_a_value_with_its_arguments() -> None:
    """Of ExecIfTime the application is the value, colons included."""
    text = "exten => s,1,ExecIfTime(9:00-17:00,mon-fri,*,*?Playback(open:now))"

    assert rules_of(text) == ["mon-fri 09:00-17:01 → Playback(open:now)"]


# Reading: times.


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param("9:00-17:00", "09:00-17:01", id="the end minute is included"),
        pytest.param("9:5-17:00", "09:05-17:01", id="a minute of one digit"),
        pytest.param("9:00-16:59&18:00-19:59", "09:00-17:00,18:00-20:00", id="two ranges"),
        pytest.param("9:00-11:59&12:00-12:59", "09:00-13:00", id="ranges that touch"),
        pytest.param("9:00", "09:00-09:01", id="one minute"),
        pytest.param("22:00-5:59", "00:00-06:00,22:00-24:00", id="within one day"),
        pytest.param("12:00-11:58", "00:00-11:59,12:00-24:00", id="all but a minute"),
        pytest.param("0:00-23:59,mon", "mon 00:00-24:00", id="a whole day"),
        pytest.param("*,sat-mon", "sat-mon 00:00-24:00", id="weekdays wrap"),
        pytest.param("*,7-2", "sat-mon 00:00-24:00", id="weekdays by number, 1 is Sunday"),
        pytest.param("*,MON&Wed", "mon,wed 00:00-24:00", id="weekdays joined"),
        pytest.param(
            "*,*,1,jan", "rrule:FREQ=DAILY;BYMONTH=1;BYMONTHDAY=1 00:00-24:00", id="a date"
        ),
        pytest.param(
            "*,mon,15-21,*",
            "rrule:FREQ=DAILY;BYMONTHDAY=15,16,17,18,19,20,21;BYDAY=MO 00:00-24:00",
            id="the third Monday",
        ),
        pytest.param("*,*,*,dec-2", "rrule:FREQ=DAILY;BYMONTH=1,2,12 00:00-24:00", id="winter"),
        pytest.param(
            "*,*,30-2,dec",
            "rrule:FREQ=DAILY;BYMONTH=12;BYMONTHDAY=1,2,30,31 00:00-24:00",
            id="days wrap within the month",
        ),
    ],
)
def test_times_are_what_asterisk_makes_of_them(times: str, expected: str) -> None:
    """Times become days and spans that match at the same minutes."""
    assert rules_of(f"{times}?open") == [f"{expected} → open"]


def test_a_rule_is_called_by_its_times() -> None:
    """Findings and reasons call a rule what its author wrote."""
    found = read_asterisk("9:00-17:00,mon-fri,*,*?open", zone="Asia/Tokyo")

    assert [rule.name for rule in found.schedule.rules] == ["9:00-17:00,mon-fri,*,*"]


def test_one_date_makes_recurrences_of_all_lines() -> None:
    """Where one line names dates, every line stands in one tier."""
    text = "*,*,1,jan?closed\n9:00-16:59,mon-fri,*,*?open\n*,*,*,*?night"

    assert rules_of(text) == [
        "rrule:FREQ=DAILY;BYMONTH=1;BYMONTHDAY=1 00:00-24:00 → closed",
        "rrule:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR 09:00-17:00 → open",
    ]


def test_the_first_line_that_matches_wins() -> None:
    """Lines may overlap, and then their order decides."""
    text = "12:00-12:59,mon-fri,*,*?lunch\n9:00-16:59,mon-fri,*,*?open"
    schedule = read_asterisk(text, zone="Asia/Tokyo").schedule

    assert schedule.overlap == "first"
    assert schedule.at(datetime(2026, 11, 20, 12, 30, tzinfo=TOKYO)) == "lunch"
    assert schedule.at(datetime(2026, 11, 20, 13, 0, tzinfo=TOKYO)) == "open"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("9:00-16:59,*,*,*,Europe/Paris?open", id="of every line"),
        pytest.param("9:00-16:59,*,*,*,Europe/Paris?open\n*,*,*,*?closed", id="but the last"),
    ],
)
def test_the_zone_of_the_lines_is_the_zone_of_the_schedule(text: str) -> None:
    """Lines that name a zone are of that zone; one that always matches needs none."""
    assert read_asterisk(text, zone="Asia/Tokyo").schedule.zone == "Europe/Paris"


# Reading: the end of a list.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("9:00-16:59,mon-fri,*,*?open", "asked", id="what was asked for"),
        pytest.param("9:00-16:59,mon-fri,*,*?open:closed", "closed", id="label for no match"),
        pytest.param("*,*,*,*?closed", "closed", id="times that always match"),
        pytest.param("include => closed", "closed", id="include without times"),
        pytest.param("include => closed,", "closed", id="include with empty times"),
        pytest.param("25:00?open:closed", "closed", id="never, but a label for no match"),
        pytest.param("25:00?:closed", "closed", id="never, and only that label"),
        pytest.param("*,*,*,*?:closed", "asked", id="always, so never that label"),
    ],
)
def test_what_ends_a_list_is_otherwise(text: str, expected: str) -> None:
    """Where no line matches, the end of the list answers, or what was asked for."""
    found = read_asterisk(text, zone="Asia/Tokyo", otherwise="asked")

    assert found.schedule.otherwise == expected


def test_a_line_with_a_label_for_no_match_alone_is_for_all_other_times() -> None:
    """`times?:label` sends away all calls but those of its times, which go on."""
    text = "9:00-16:59,mon-fri,*,1-6?:closed\n12:00-12:59?lunch\n*?open"

    assert rules_of(text) == [
        "rrule:FREQ=DAILY;BYMONTH=7,8,9,10,11,12 00:00-24:00 → closed",
        "rrule:FREQ=DAILY;BYMONTH=1,2,3,4,5,6;BYDAY=SA,SU 00:00-24:00 → closed",
        (
            "rrule:FREQ=DAILY;BYMONTH=1,2,3,4,5,6;BYDAY=MO,TU,WE,TH,FR "
            "00:00-09:00,17:00-24:00 → closed"
        ),
        "rrule:FREQ=DAILY 12:00-13:00 → lunch",
    ]


# Reading: findings.


def correction(text: str, fix: str) -> str:
    """Return the line of a remedy."""
    return f"  → portal administrator: write `{fix}` instead of `{text}`"


@pytest.mark.parametrize(
    ("times", "text", "fix"),
    [
        pytest.param("9:00-24:00", "9:00-24:00", "9:00-23:59", id="24:00"),
        pytest.param("24:00-9:00", "24:00-9:00", "9:00-16:59", id="a start of 24:00"),
        pytest.param("9-17", "9-17", "9:00-17:00", id="hours alone"),
        pytest.param("9am-5pm", "9am-5pm", "9:00-17:00", id="am and pm"),
        pytest.param("0900-1730", "0900-1730", "9:00-17:30", id="no colon"),
        pytest.param("9h30-17h", "9h30-17h", "9:30-17:00", id="hours by letter"),
        pytest.param("9:00-", "9:00-", "9:00-16:59", id="no end"),
        pytest.param("9:60-17:00", "9:60-17:00", "9:00-16:59", id="minute 60"),
        pytest.param("noon", "noon", "9:00-16:59", id="a word"),
        pytest.param("*, *", " *", "*", id="a space before everything"),
        pytest.param("*,monday-friday", "monday-friday", "mon-fri", id="long names"),
        pytest.param("*, mon", " mon", "mon", id="a space before a name"),
        pytest.param("*,0", "0", "sun", id="Sunday as 0"),
        pytest.param("*,8", "8", "mon-fri", id="weekday 8"),
        pytest.param("*,funday", "funday", "mon-fri", id="no weekday"),
        pytest.param("*,mon-", "mon-", "mon-fri", id="no last weekday"),
        pytest.param("*,*,32,*", "32", "1-31", id="day 32"),
        pytest.param("*,*,first,*", "first", "1-31", id="a day as a word"),
        pytest.param("*,*,*,december", "december", "dec", id="a long month"),
        pytest.param("*,*,*,13", "13", "jan-dec", id="month 13"),
    ],
)
def test_times_of_which_nothing_is_left_never_match(times: str, text: str, fix: str) -> None:
    """A field that Asterisk cannot read never matches, and there is a correction."""
    schedule = read_asterisk(f"{times}?open", zone="Asia/Tokyo").schedule

    assert schedule.rules == ()
    assert findings_of(f"{times}?open") == [
        (
            f"row 1: error: `{times}` can never match: Asterisk cannot read `{text}` "
            "[asterisk.never]"
        ),
        correction(text, fix),
    ]


def test_all_that_makes_a_line_dead_is_said_at_once() -> None:
    """A line that nothing is left of has a correction for each of its parts."""
    assert findings_of("9:00-24:00, mon&tues,*,*?open") == [
        (
            "row 1: error: `9:00-24:00, mon&tues,*,*` can never match: Asterisk cannot read "
            "`9:00-24:00,  mon, tues` [asterisk.never]"
        ),
        correction("9:00-24:00", "9:00-23:59"),
        correction(" mon", "mon"),
        correction("tues", "tue"),
    ]


def test_a_day_that_no_month_has_never_matches() -> None:
    """31 February is no day of any year; 29 February is."""
    assert findings_of("*,*,30-31,feb?open\n*,*,29,feb?leap") == [
        (
            "row 1: error: `*,*,30-31,feb` can never match: its months have no such day "
            "[asterisk.never.date]"
        ),
        "  → portal administrator: correct the days or the months of `*,*,30-31,feb`",
    ]


def test_no_times_never_match() -> None:
    """A label without times before it is never gone to."""
    assert findings_of("exten => s,1,GotoIfTime(?open)") == [
        "row 1: error: `?open` can never match: it has no times [asterisk.never.empty]",
        "  → portal administrator: write times before `?`, as `9:00-16:59,mon-fri,*,*`",
    ]


def test_a_finding_is_one_line_whatever_the_text_holds() -> None:
    """What does not print is a space in a finding."""
    (head, _) = findings_of("same => n,GotoIfTime(?open\x07now)")

    assert head.startswith("row 1: error: `?open now` can never match")


@pytest.mark.parametrize(
    ("times", "text", "fix"),
    [
        pytest.param("9:00-12:00&13:00-24:00", "13:00-24:00", "13:00-23:59", id="one range"),
        pytest.param("*,mon&tues", "tues", "tue", id="one weekday"),
        pytest.param("*,*,1&1st,*", "st", "1-31", id="what follows a number"),
        pytest.param("*,*,1-5-9,*", "-9", "1-31", id="a second dash"),
        pytest.param("*,*,031,*", "1", "31", id="a third digit"),
    ],
)
def test_what_asterisk_ignores_is_said(times: str, text: str, fix: str) -> None:
    """A part that is ignored while the rest holds is a warning, with a correction."""
    element = {"st": "1st", "-9": "1-5-9", "1": "031"}.get(text, text)

    assert findings_of(f"{times}?open") == [
        f"row 1: warning: Asterisk ignores `{text}` in `{times}` [asterisk.ignored]",
        correction(element, fix),
    ]


@pytest.mark.parametrize(
    ("times", "text", "element", "fix"),
    [
        pytest.param("9:00am-17:00", "am", "9:00am-17:00", "9:00-17:00", id="after the start"),
        pytest.param("9:00-5:00pm", "pm", "9:00-5:00pm", "9:00-17:00", id="after the end"),
        pytest.param("12:00am-1:00am", "am am", "12:00am-1:00am", "0:00-1:00", id="after both"),
        pytest.param("9:00-to 17:00", "to", "9:00-to 17:00", "9:00-16:59", id="before the end"),
        pytest.param("9:00:00-17:00", ":00", "9:00:00-17:00", "9:00-17:00", id="seconds"),
        pytest.param("9:00–17:00", "–17:00", "9:00–17:00", "9:00-17:00", id="another dash"),
        pytest.param("*,mon&", "&", "mon&", "mon", id="an empty element"),
        pytest.param("*,mon&*", "*", "mon&*", "*", id="everything in a list"),
        pytest.param(
            "9:00-17:00|*|*|*|Asia/Tokyo",
            "Asia/Tokyo",
            "9:00-17:00|*|*|*|Asia/Tokyo",
            "9:00-17:00,*,*,*,Asia/Tokyo",
            id="a zone after old separators",
        ),
        pytest.param(
            "9:00-17:00,*,*,*,UTC,x", "UTC,x", "9:00-17:00,*,*,*,UTC,x", "9:00-17:00,*,*,*,UTC",
            id="a sixth field",
        ),
    ],
)  # fmt: skip
def test_what_is_left_of_a_text_is_not_what_was_meant(
    times: str, text: str, element: str, fix: str
) -> None:
    """What Asterisk passes over is named with the text to write instead."""
    head, *rest = findings_of(f"{times}?open")

    assert head.startswith(f"row 1: warning: Asterisk ignores `{text}` in ")
    assert rest[0] == correction(element, fix)


def test_an_ignored_list_of_nothing_is_everything_meant() -> None:
    """A list of empty elements alone is dead, and everything is what to write."""
    assert findings_of("*,&?open")[1:] == [correction("&", "*"), correction("&", "*")]


@pytest.mark.parametrize(
    ("times", "remedy"),
    [
        pytest.param(
            "22:00-6:00,fri,*,*",
            "write two lines instead, for `22:00-23:59,fri,*,*` and for `0:00-6:00,sat,*,*`",
            id="a weekday",
        ),
        pytest.param(
            "22:00-6:00,fri&sun,*,*,Asia/Tokyo",
            "write two lines instead, for `22:00-23:59,fri&sun,*,*,Asia/Tokyo` and for "
            "`0:00-6:00,mon&sat,*,*,Asia/Tokyo`",
            id="weekdays, with a zone",
        ),
        pytest.param(
            "22:00-6:00,*,31,dec",
            "write two lines instead of `22:00-6:00`: the evening, and the morning for the "
            "days that follow",
            id="a date",
        ),
    ],
)
def test_a_night_on_some_days_does_not_run_into_the_morning(times: str, remedy: str) -> None:
    """A range that wraps on some days is early and late on each of them."""
    assert findings_of(f"{times}?night") == [
        (
            f"row 1: warning: `{times}` does not run into the next morning: `22:00-6:00` is "
            "early and late on the same day [asterisk.overnight]"
        ),
        f"  → portal administrator: {remedy}",
    ]


@pytest.mark.parametrize(
    "times",
    [
        pytest.param("22:00-6:00", id="of every day"),
        pytest.param("12:00-11:59,fri", id="that is all day"),
    ],
)
def test_a_night_that_means_what_it_says_is_no_finding(times: str) -> None:
    """A range that wraps on all days, or leaves no minute, does what is meant."""
    assert findings_of(f"{times}?night") == []


@pytest.mark.parametrize(
    "first",
    [
        pytest.param("9:00-16:59?open:closed", id="a label for no match"),
        pytest.param("include => closed", id="an include without times"),
        pytest.param("*,*,*,*?closed", id="times that always match"),
    ],
)
def test_lines_after_the_end_of_a_list_are_hidden(first: str) -> None:
    """No call reaches a line after one that sends every call elsewhere."""
    assert findings_of(f"{first}\n\n10:00-11:00,sat?late\n?never") == [
        (
            "row 3: warning: `10:00-11:00,sat` is never reached: no call goes on after row 1 "
            "[asterisk.hidden]"
        ),
        "  → portal administrator: move `10:00-11:00,sat` before row 1, or remove it",
        (
            "row 4: warning: `?never` is never reached: no call goes on after row 1 "
            "[asterisk.hidden]"
        ),
        "  → portal administrator: move `?never` before row 1, or remove it",
    ]


def test_a_line_that_others_cover_is_left_to_the_check() -> None:
    """What the check of a schedule finds is not said twice."""
    found = read_asterisk("9:00-17:00?open\n10:00-11:00,sat?late", zone="Asia/Tokyo")

    assert found.findings == ()
    assert "schedule.dead.covered" in [each.code for each in found.schedule.check()]


# Reading: refusals.


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "open at nine",
            "`open at nine` is no line of a dialplan: write `times,weekdays,days,months?label`",
            id="no line",
        ),
        pytest.param(
            "exten => s,1,GotoIfTime,9:00-17:00|mon-fri?open",
            "`GotoIfTime,9:00-17:00|mon-fri?open` has no times in brackets",
            id="arguments of old",
        ),
        pytest.param(
            "exten => s,1,GotoIfTime",
            "`GotoIfTime` has no times in brackets: write `GotoIfTime(times?label)`",
            id="no arguments",
        ),
        pytest.param(
            "exten => s,1,ExecIfTime(9:00-17:00?Hangup",
            "`ExecIfTime(9:00-17:00?Hangup` has no times in brackets: write "
            "`GotoIfTime(times?label)`",
            id="no closing bracket",
        ),
        pytest.param(
            "exten => s,1,GotoIf(${IFTIME(9:00-17:00,*,*,*?1:0)}?open)",
            "`GotoIf(${IFTIME(9:00-17:00,*,*,*?1:0)}?open)` decides by time within something "
            "else: write it as `GotoIfTime(times?label)`",
            id="a function",
        ),
        pytest.param(
            "exten => s,1,GotoIfTime(${HOURS},mon-fri,*,*?open)",
            "`${HOURS},mon-fri,*,*` holds a variable, which only a call has: write the "
            "times out",
            id="a variable",
        ),
        pytest.param(
            "exten => s,1,GotoIfTime(9:00-$[8 + 9]:00?open)",
            "`9:00-$[8 + 9]:00` holds a variable, which only a call has: write the times out",
            id="an expression",
        ),
        pytest.param(
            "exten => s,1,GotoIfTime(9:00-17:00)",
            "`9:00-17:00` leads nowhere: write `?` and a label after the times",
            id="no label",
        ),
        pytest.param(
            "9:00-17:00?:",
            "`9:00-17:00` leads nowhere: write `?` and a label after the times",
            id="two labels, both empty",
        ),
        pytest.param(
            "include => ,9:00-17:00",
            "`,9:00-17:00` names no context: write `include => context,times`",
            id="no context",
        ),
        pytest.param(
            "9:00-17:00,*,*,*,Asia/Tokio?open",
            "`Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?",
            id="an unknown zone",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(text: str, problem: str) -> None:
    """A line that decides by time and cannot be read is a problem with its fix."""
    (found,) = refusals(f"; first\n{text}")

    assert found.startswith(f"row 2: {problem}")


def test_all_problems_are_named_at_once() -> None:
    """Problems come all together, in the order of the text."""
    text = "*,*,*,*,Nowhere?a\nopen\n*,fri,*,*,Asia/Tokyo?b\n*,sat,*,*,UTC?c\n9:00?"

    assert [line.partition(":")[0] for line in refusals(text)] == [
        "row 1",
        "row 2",
        "row 4",
        "row 5",
    ]


def test_two_zones_are_two_lists() -> None:
    """One schedule has one zone."""
    text = "9:00-17:00?open\n18:00-19:00,*,*,*,Europe/Paris?late"

    assert refusals(text) == [
        (
            "row 2: is in `Europe/Paris`, and row 1 in `Asia/Tokyo`: read the lines of each "
            "zone on their own"
        )
    ]


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        pytest.param(
            "[a]\nexten => 1,1,GotoIfTime(*,sat?x)\nsame => n,GotoIfTime(*,sun?x)\n"
            "exten => 2,1,GotoIfTime(*,sun?y)\nsame => n,GotoIfTime(*,sat?y)",
            "row 4: is of `extension 2 of [a]`, and row 2 of `extension 1 of [a]`",
            id="extensions",
        ),
        pytest.param(
            "[a]\ninclude => x,*,sat\n[b]\ninclude => y,*,sun",
            "row 4: is of `the includes of [b]`, and row 2 of `the includes of [a]`",
            id="contexts",
        ),
        pytest.param(
            "include => x,*,sat\n*,fri?z\nsame => n,GotoIfTime(*,sun?y)",
            "row 3: is of `an extension`, and row 1 of `the includes`",
            id="includes and steps",
        ),
    ],
)
def test_lines_of_several_lists_are_refused(text: str, homes: str) -> None:
    """Lines of several extensions or contexts are not one list."""
    assert refusals(text) == [f"{homes}: read each list on its own"]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param({"text": b"9:00-17:00?open", "zone": "UTC"}, id="bytes"),
        pytest.param({"text": "", "zone": "Nowhere"}, id="an unknown zone"),
        pytest.param({"text": "", "zone": "UTC", "otherwise": 1}, id="otherwise is no text"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused(arguments: dict[str, Any]) -> None:
    """The text is text, the zone is known, and labels are text."""
    with pytest.raises(InvalidValueError):
        read_asterisk(**arguments)


def test_a_problem_names_the_file() -> None:
    """The name of the file stands in front of a problem."""
    with pytest.raises(DocumentError, match=r"^extensions.conf: row 1: "):
        read_asterisk("open", zone="UTC", source="extensions.conf")


# Writing.


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param("09:00-18:00", ["9:00-17:59,*,*,*"], id="every day"),
        pytest.param("00:00-24:00", ["*,*,*,*"], id="always"),
        pytest.param("mon-fri 09:00-18:00", ["9:00-17:59,mon-fri,*,*"], id="weekdays"),
        pytest.param("sat-mon 09:00-18:00", ["9:00-17:59,sat-mon,*,*"], id="a range wraps"),
        pytest.param("mon,wed 09:00-09:01", ["9:00-9:00,mon&wed,*,*"], id="one minute"),
        pytest.param(
            "fri 22:00-06:00", ["22:00-23:59,fri,*,*", "0:00-5:59,sat,*,*"], id="a night"
        ),
        pytest.param(
            "12-29..01-03 00:00-24:00", ["*,*,1-3,jan", "*,*,29-31,dec"], id="the new year"
        ),
        pytest.param(
            "04-30,11-29,11-30 00:00-24:00", ["*,*,30,apr", "*,*,29-30,nov"], id="ends"
        ),
        pytest.param("02-29 00:00-24:00", ["*,*,29,feb"], id="a leap day"),
        pytest.param("02-01..02-29 00:00-24:00", ["*,*,*,feb"], id="a month"),
        pytest.param("11-01..02-29 00:00-24:00", ["*,*,*,nov-feb"], id="months wrap"),
        pytest.param("mon[3] 09:00-12:00", ["9:00-11:59,mon,15-21,*"], id="the third Monday"),
        pytest.param("mon[5] 09:00-12:00", ["9:00-11:59,mon,29-31,*"], id="the fifth Monday"),
        pytest.param(
            "rrule:FREQ=MONTHLY;BYMONTHDAY=25 09:00-12:00", ["9:00-11:59,*,25,*"], id="payday"
        ),
    ],
)
def test_a_rule_is_written_as_its_times(when: str, expected: list[str]) -> None:
    """What Asterisk can say is written in its notation, ends included."""
    assert written(Rule(when, "open")) == [f"{times} ? open" for times in expected]


def test_otherwise_is_the_last_line() -> None:
    """What holds else is a line that always matches, after all others."""
    assert written(Rule("mon-fri 09:00-18:00", "open"), otherwise="closed") == [
        "9:00-17:59,mon-fri,*,* ? open",
        "*,*,*,* ? closed",
    ]


def test_otherwise_that_never_holds_is_not_written() -> None:
    """A line that no call could reach is left out."""
    assert written(Rule("00:00-24:00", "open"), otherwise="closed") == ["*,*,*,* ? open"]


def test_a_date_of_its_own_comes_before_the_ordinary_week() -> None:
    """A date that a stronger tier owns answers `otherwise` where its rules say nothing."""
    rules = (Rule("mon-fri 09:00-18:00", "open"), Rule("12-30 09:00-12:00", "short"))

    assert written(*rules, otherwise="closed") == [
        "9:00-11:59,*,30,dec ? short",
        "12:00-23:59,mon-fri,30,dec ? closed",
        "9:00-17:59,mon-fri,*,* ? open",
        "*,*,*,* ? closed",
    ]


def test_a_gap_stays_a_gap() -> None:
    """Where a date has a gap, the lines of the ordinary week leave the date out."""
    rules = (Rule("mon-fri 09:00-18:00", "open"), Rule("12-30 09:00-12:00", "short"))

    assert written(*rules) == [
        "9:00-11:59,*,30,dec ? short",
        "9:00-17:59,mon-fri,*,jan-nov ? open",
        "9:00-17:59,mon-fri,1-29&31,dec ? open",
    ]


@pytest.mark.parametrize(
    ("spill", "expected"),
    [
        pytest.param(
            "keep",
            ["6:00-23:59,thu,25,dec ? away", "*,fri-wed,25,dec ? away"],
            id="the night before runs out",
        ),
        pytest.param("clip", ["*,*,25,dec ? away"], id="cut at midnight"),
    ],
)
def test_a_night_runs_into_a_date_of_its_own_or_is_cut(spill: str, expected: list[str]) -> None:
    """What a night runs into a stronger date is written as `spill` says."""
    rules = (Rule("wed 22:00-06:00", "night"), Rule("12-25 00:00-24:00", "away"))

    lines = written(*rules, spill=spill)

    assert sorted(line for line in lines if line.endswith("away")) == sorted(expected)


def test_a_value_is_written_by_its_name() -> None:
    """Any value can be written when it is given a name."""
    schedule = Schedule(zone="Asia/Tokyo", rules=(Rule("09:00-18:00", 7),), otherwise=8)

    text = write_asterisk(schedule, name_of=lambda value: f"ivr-{value},s,1")

    assert text.splitlines() == [
        "same => n,GotoIfTime(9:00-17:59,*,*,*,Asia/Tokyo?ivr-7,s,1)",
        "same => n,GotoIfTime(*,*,*,*,Asia/Tokyo?ivr-8,s,1)",
    ]


def test_an_override_for_good_is_all_that_is_written() -> None:
    """What is forced for good always matches, whatever the rules are."""
    rule = Rule("2026-12-30 09:00-18:00", "open")

    assert written(rule, override=Override("closed")) == ["*,*,*,* ? closed"]


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        pytest.param(
            Rule("09:00:30-18:00", "open"),
            "`09:00:30-18:00` has seconds, as no Asterisk time has: use whole minutes",
            id="seconds",
        ),
        pytest.param(
            Rule("2026-12-30 09:00-18:00", "open"),
            "`2026-12-30 09:00-18:00` is for dates of one year, as no Asterisk time is: leave "
            "the rule out, and change the lines when its days come",
            id="a date of one year",
        ),
        pytest.param(
            Rule("holiday 09:00-18:00", "open"),
            "`holiday 09:00-18:00` is for public holidays, which Asterisk does not know: write "
            "the days as dates of every year, or leave the rule out",
            id="public holidays",
        ),
        pytest.param(
            Rule("fri[-1] 09:00-18:00", "open"),
            "`fri[-1] 09:00-18:00` is for days that month, day and weekday do not tell: write "
            "it with weekdays, days and months alone, or leave the rule out",
            id="the last Friday",
        ),
        pytest.param(
            Rule("rrule:DTSTART=20260105;FREQ=DAILY 09:00-18:00", "open"),
            "`rrule:DTSTART=20260105;FREQ=DAILY 09:00-18:00` is for days that month, day and "
            "weekday do not tell",
            id="a recurrence with a start",
        ),
        pytest.param(
            Rule("rrule:FREQ=DAILY;UNTIL=20991231 09:00-18:00", "open"),
            "`rrule:FREQ=DAILY;UNTIL=20991231 09:00-18:00` is for days that month, day and "
            "weekday do not tell",
            id="a recurrence with an end",
        ),
        pytest.param(
            Rule("09:00-18:00", "a:b"),
            "`a:b` cannot be a label: write it without `;`, `:` and spaces at its ends",
            id="a colon",
        ),
        pytest.param(
            Rule("09:00-18:00", "a;b"),
            "`a;b` cannot be a label: write it without `;`, `:` and spaces at its ends",
            id="a semicolon",
        ),
        pytest.param(
            Rule("09:00-18:00", " a"),
            "` a` cannot be a label: write it without `;`, `:` and spaces at its ends",
            id="a space in front",
        ),
        pytest.param(Rule("09:00-18:00", ""), "`` is empty: a label needs", id="no label"),
    ],
)
def test_what_no_line_can_say_is_refused(rule: Rule[str], problem: str) -> None:
    """A rule that Asterisk has no notation for is a problem with its fix."""
    with pytest.raises(DocumentError) as caught:
        written(rule)

    (found,) = str(caught.value).splitlines()
    assert found.startswith(f"rule 1: {problem}")


def test_all_that_is_refused_is_named_at_once() -> None:
    """What cannot be written is named all together, with its places."""
    ends = datetime(2026, 12, 1, tzinfo=TOKYO)
    rules = (Rule("holiday,2026-12-30 09:00-18:00", "open"), Rule("20:00-21:00", ""))

    with pytest.raises(DocumentError) as caught:
        written(*rules, otherwise=":", override=Override("closed", until=ends))

    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "override",
        "rule 1",
        "rule 1",
        "rule 2",
        "otherwise",
    ]


@pytest.mark.parametrize(
    "override",
    [
        pytest.param(Override("x", since=datetime(2026, 12, 1, tzinfo=TOKYO)), id="begins"),
        pytest.param(Override("x", until=datetime(2026, 12, 1, tzinfo=TOKYO)), id="ends"),
    ],
)
def test_an_override_for_a_time_is_refused(override: Override[str]) -> None:
    """A value that is forced for a time cannot be written."""
    with pytest.raises(DocumentError, match=r"^override: `x` is forced for a time: take it"):
        written(override=override)


def test_what_a_leap_day_alone_tells_is_refused() -> None:
    """A night of 28 February that runs into 1 March only without a leap day is refused."""
    with pytest.raises(DocumentError) as caught:
        written(Rule("02-28 22:00-06:00", "night"))

    assert str(caught.value) == (
        "`03-01` answers differently after a leap day: end what runs over midnight into 1 "
        "March at `24:00`, or begin it every year"
    )


def test_only_a_schedule_is_written() -> None:
    """Anything but a schedule is refused."""
    with pytest.raises(InvalidValueError, match="is not `Schedule`"):
        write_asterisk("9:00-17:00")  # type: ignore[arg-type]


# The example.


def test_the_example_is_without_gap_and_finding() -> None:
    """The example of the documentation answers always, and leaves nothing to be said."""
    text = (ROOT / "examples/asterisk/extensions.conf").read_text(encoding="utf-8")
    found = read_asterisk(text, zone="Asia/Tokyo")

    assert found.findings == ()
    assert not [each for each in found.schedule.check() if "gap" in each.code]
    assert found.schedule.week(date(2026, 12, 28)).days[3].segments[0].value == "holiday,s,1"
