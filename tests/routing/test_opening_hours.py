"""OpenStreetMap's `opening_hours`: every form, every refusal, every finding.

Here: tables. Not here: what holds for all texts (`tests/laws/test_opening_hours.py`).
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import DocumentError, InvalidValueError
from cloudpbx.routing import Override, Ring, Rule, Schedule
from cloudpbx.routing.opening_hours import read_opening_hours, write_opening_hours

TOKYO = ZoneInfo("Asia/Tokyo")


def rule_texts(text: str, **settings: Any) -> list[str]:
    """Return the rules that a text comes to."""
    found = read_opening_hours(text, zone="Asia/Tokyo", holidays={}, **settings)
    return list(map(str, found.schedule.rules))


def refusals(text: str, **settings: Any) -> list[str]:
    """Return what is said against a text, a line for each problem."""
    with pytest.raises(DocumentError) as caught:
        read_opening_hours(text, zone="Asia/Tokyo", **settings)
    return str(caught.value).splitlines()


def codes(text: str, **settings: Any) -> list[tuple[str, str]]:
    """Return the findings about a text, each with its place."""
    found = read_opening_hours(text, zone="Asia/Tokyo", **{"holidays": {}, **settings})
    return [(each.code.removeprefix("opening_hours."), each.path) for each in found.findings]


def schedule_of(*rules: Rule[Any], **settings: Any) -> Schedule[Any]:
    """Return a schedule of rules."""
    return Schedule(**{"zone": "Asia/Tokyo", "rules": rules, **settings})


# Reading.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("24/7", ["00:00-24:00 → open"], id="always"),
        pytest.param("24/7 off", [], id="never"),
        pytest.param("off", [], id="closed"),
        pytest.param("open", ["00:00-24:00 → open"], id="open"),
        pytest.param("Mo", ["mon 00:00-24:00 → open"], id="a whole day"),
        pytest.param("Mo-Fr 9:00-17:00", ["mon-fri 09:00-17:00 → open"], id="one digit"),
        pytest.param("Mo-Fr 09:00 - 17:00;", ["mon-fri 09:00-17:00 → open"], id="spaces"),
        pytest.param("Fr-Mo 09:00-17:00", ["fri-mon 09:00-17:00 → open"], id="over Sunday"),
        pytest.param("Mo,We: 09:00-17:00", ["mon,wed 09:00-17:00 → open"], id="a colon"),
        pytest.param(
            "08:00-12:00, 13:00-17:30", ["08:00-12:00,13:00-17:30 → open"], id="times, spaced"
        ),
        pytest.param("Mo[1,3] 09:00-17:00", ["mon[1],mon[3] 09:00-17:00 → open"], id="nth"),
        pytest.param("Mo[1-2] 09:00-17:00", ["mon[1],mon[2] 09:00-17:00 → open"], id="1-2"),
        pytest.param("Fr[-1] 09:00-17:00", ["fri[-1] 09:00-17:00 → open"], id="last"),
        pytest.param(
            "Fr[1,-1] 09:00-17:00", ["fri[-1],fri[1] 09:00-17:00 → open"], id="first and last"
        ),
        pytest.param(
            "Mo[1],Tu 09:00-17:00",
            ["tue 09:00-17:00 → open", "mon[1] 09:00-17:00 → open"],
            id="nth among weekdays",
        ),
        pytest.param(
            "PH,Su 10:00-12:00",
            ["sun 10:00-12:00 → open", "holiday 10:00-12:00 → open"],
            id="either",
        ),
        pytest.param("PH We 10:00-12:00", ["holiday wed 10:00-12:00 → open"], id="both"),
        pytest.param(
            "We PH 10:00-12:00", ["holiday wed 10:00-12:00 → open"], id="both, turned"
        ),
        pytest.param("Dec 25 off", ["12-25 00:00-24:00 → closed"], id="a day of every year"),
        pytest.param(
            "Dec 24-26,31 off",
            ["12-24..12-26,12-31 00:00-24:00 → closed"],
            id="days of a month",
        ),
        pytest.param(
            "Dec 24-Jan 02: 10:00-12:00",
            ["12-24..01-02 10:00-12:00 → open"],
            id="over the year",
        ),
        pytest.param("Feb off", ["02-01..02-29 00:00-24:00 → closed"], id="a month"),
        pytest.param(
            "Nov-Mar Mo 10:00-12:00", ["11-01..03-31 mon 10:00-12:00 → open"], id="months"
        ),
        pytest.param("2026 Dec 25 off", ["2026-12-25 00:00-24:00 → closed"], id="a date"),
        pytest.param(
            "2026 Dec 24-2027 Jan 02,2027 May 01 off",
            ["2026-12-24..2027-01-02,2027-05-01 00:00-24:00 → closed"],
            id="dates",
        ),
        pytest.param(
            "2026 Dec 24-26 off", ["2026-12-24..2026-12-26 00:00-24:00 → closed"], id="short"
        ),
        pytest.param(
            "2026 Jul-Aug off",
            ["2026-07-01..2026-08-31 00:00-24:00 → closed"],
            id="2026's months",
        ),
        pytest.param(
            "2026-2027,2029 Dec 25 off",
            ["2026-01-01..2027-12-31,2029-01-01..2029-12-31 12-25 00:00-24:00 → closed"],
            id="years",
        ),
        pytest.param(
            "2026+ off", ["2026-01-01..9999-12-31 00:00-24:00 → closed"], id="from on"
        ),
        pytest.param("22:00-26:00", ["22:00-02:00 → open"], id="extended"),
        pytest.param(
            "We 22:00-22:00",
            ["wed 22:00-23:00 → open", "wed 23:00-22:00 → open"],
            id="24 hours",
        ),
        pytest.param(
            "Mo 10:00-48:00", ["mon 10:00-24:00 → open", "tue 00:00-24:00 → open"], id="48:00"
        ),
        pytest.param(
            'Mo 09:00-12:00 open "phone", Mo 12:00-13:00',
            ["phone: mon 09:00-12:00 → open", "mon 12:00-13:00 → open"],
            id="a comment names",
        ),
        pytest.param(
            'Dec 25 off "家族"', ["家族: 12-25 00:00-24:00 → closed"], id="a closed name"
        ),
    ],
)
def test_a_text_is_read(text: str, expected: list[str]) -> None:
    """Each form of the notation comes to the rule it means."""
    assert rule_texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Mo-Fr 09:00-18:00; We 09:00-12:00",
            ["mon,tue,thu,fri 09:00-18:00 → open", "wed 09:00-12:00 → open"],
            id="a weekday overrides weekdays",
        ),
        pytest.param(
            "Mo-Fr 09:00-18:00; We off", ["mon,tue,thu,fri 09:00-18:00 → open"], id="off clears"
        ),
        pytest.param(
            "Mo-Fr 09:00-18:00; We 12:00-13:00 off",
            ["mon,tue,thu,fri 09:00-18:00 → open", "wed 09:00-12:00,13:00-18:00 → open"],
            id="off for an hour",
        ),
        pytest.param(
            "Mo-Su 18:00-03:00; We 01:00-02:00 off",
            [
                "thu-mon 18:00-03:00 → open",
                "tue 18:00-01:00 → open",
                "wed 02:00-03:00,18:00-03:00 → open",
            ],
            id="off for an hour of a night",
        ),
        pytest.param(
            "Mo-Fr 08:00-12:00, We 14:00-18:00",
            ["mon,tue,thu,fri 08:00-12:00 → open", "wed 08:00-12:00,14:00-18:00 → open"],
            id="a comma adds",
        ),
        pytest.param(
            'Mo 08:00-12:00 || Mo 10:00-14:00 open "late"',
            ["mon 08:00-12:00 → open", "late: mon 12:00-14:00 → open"],
            id="a fallback stands under",
        ),
        pytest.param("Mo 08:00-12:00 || off", ["mon 08:00-12:00 → open"], id="no fallback"),
        pytest.param(
            "Mo-Fr 09:00-18:00; PH off; Dec 25 10:00-12:00",
            [
                "mon-fri 09:00-18:00 → open",
                "holiday 00:00-24:00 → closed",
                "12-25 10:00-12:00 → open",
            ],
            id="in the order of the tiers",
        ),
        pytest.param(
            "PH 10:00-12:00; Mo-Sa 09:00-18:00",
            ["mon-sat 09:00-18:00 → open", "holiday sun 10:00-12:00 → open"],
            id="weekdays over holidays",
        ),
        pytest.param(
            "Dec 25 10:00-12:00; PH off",
            [
                "12-25 mon-fri 10:00-12:00 → open",
                "12-25 sat,sun 10:00-12:00 → open",
                "holiday 00:00-24:00 → closed",
            ],
            id="holidays over a date",
        ),
        pytest.param(
            "Mo-Fr 09:00-18:00; PH 12:00-13:00 off",
            ["mon-fri 09:00-18:00 → open", "holiday mon-fri 09:00-12:00,13:00-18:00 → open"],
            id="an hour of holidays",
        ),
        pytest.param("Mo[1] 10:00-12:00; Mo off", [], id="weekdays over counted ones"),
        pytest.param(
            "Mo 10:00-12:00; Mo[1] 09:00-10:00; Mo[5] off; Jun Mo 08:00-09:00",
            [
                "06-01..06-30 mon 08:00-09:00 → open",
                "07-01..05-31 mon[1] 09:00-10:00 → open",
                "07-01..05-31 mon[2],mon[3],mon[4] 10:00-12:00 → open",
            ],
            id="a season over counted weekdays",
        ),
        pytest.param(
            "Mo-Fr 09:00-18:00; Sa 09:00-18:00", ["mon-sat 09:00-18:00 → open"], id="joined"
        ),
    ],
)
def test_later_rules_override(text: str, expected: list[str]) -> None:
    """The last rule for a day wins it, whatever the tiers would say."""
    assert rule_texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mo-Fr 09:00-18:00", ["mon-fri 09:00-18:00 → open"], id="weekdays"),
        pytest.param(
            "Mo-Fr 09:00-18:00; Dec 25 off",
            ["12-26..12-24 mon-fri 09:00-18:00 → open"],
            id="without a date",
        ),
    ],
)
def test_closed_time_may_be_a_gap(text: str, expected: list[str]) -> None:
    """Without a value for closed time, no rule says that a day is closed."""
    found = read_opening_hours(text, zone="Asia/Tokyo", closed=None).schedule

    assert list(map(str, found.rules)) == expected
    assert found.otherwise is None


def test_a_closed_holiday_needs_a_value() -> None:
    """A holiday takes its days from weekdays by a rule, which needs a value."""
    assert refusals("Mo 09:00-18:00; PH off", closed=None) == [
        'character 17: `PH off` needs a value for closed time: give one, as `closed="closed"`'
    ]


def test_the_answers_are_chosen() -> None:
    """Open and closed time answer what they are given."""
    found = read_opening_hours("Mo 09:00-18:00", zone="Asia/Tokyo", open="day", closed="night")

    assert found.schedule.at(datetime(2026, 11, 23, 9, tzinfo=TOKYO)) == "day"
    assert found.schedule.at(datetime(2026, 11, 23, 18, tzinfo=TOKYO)) == "night"


def test_nights_may_run_into_open_time() -> None:
    """A night that runs into open time of the next day is open all the while."""
    found = read_opening_hours("Mo 20:00-10:00, Tu 09:00-12:00", zone="Asia/Tokyo")

    assert found.schedule.overlap == "first"
    assert found.schedule.next_change(datetime(2026, 11, 23, 20, tzinfo=TOKYO)) == datetime(
        2026, 11, 24, 12, tzinfo=TOKYO
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "character 1: `` ends the text too early", id="nothing"),
        pytest.param(";", "character 1: `;` stands where a rule is missing", id="no rule"),
        pytest.param("Mo ||", "character 6: `` ends the text too early", id="no fallback"),
        pytest.param(
            "Mon-Fri 09:00-17:00",
            "character 1: `Mon` is not a word of the notation: write `Mo`",
            id="Mon",
        ),
        pytest.param(
            "Mo-Friday 09:00-17:00",
            "character 4: `Friday` is not a word of the notation: write `Fr`",
            id="Friday",
        ),
        pytest.param(
            "mo 09:00-17:00",
            "character 1: `mo` is not a word of the notation: write `Mo`",
            id="mo",
        ),
        pytest.param(
            "Mox 09:00-17:00",
            "character 1: `Mox` is not a word of the notation: did you mean `Mo`?",
            id="Mox",
        ),
        pytest.param("September off", "write `Sep`", id="September"),
        pytest.param("holiday off", "write `PH`", id="holiday"),
        pytest.param(
            "Mo-Fr 9-17",
            "character 7: `9` is not understood here: write times as `09:00-17:00`",
            id="9-17",
        ),
        pytest.param(
            "Mo-Fr 9.00-17.00",
            "`9.00` is not understood here: write times as `09:00-17:00`",
            id="9.00",
        ),
        pytest.param(
            "Mo-Fr 9am-5pm",
            "`9am` is not understood here: write times as `09:00-17:00`",
            id="9am",
        ),
        pytest.param(
            "Mo–Fr 09:00-17:00", "character 3: `–` is no hyphen: write `-`", id="a dash"
        ),
        pytest.param(
            "Mo ０９:00-17:00",
            "character 4: `０` is full-width: write it half-width",
            id="full width",
        ),
        pytest.param(
            "月 09:00-17:00",
            "character 1: `月` is not understood here: remove it",
            id="a kanji",
        ),
        pytest.param(
            "Mo Tu 09:00-17:00",
            "character 4: `Tu` stands beside days of its kind",
            id="a space between weekdays",
        ),
        pytest.param(
            "PH PH off", "character 4: `PH` stands beside days of its kind", id="PH and PH"
        ),
        pytest.param(
            "Mo, 09:00-17:00",
            "character 3: `,` joins a rule to one without times",
            id="a comma before times",
        ),
        pytest.param(
            "Mo 09:00-17:00,",
            "character 16: `` ends the text too early",
            id="a comma at the end",
        ),
        pytest.param(
            "09:00-12:00 13:00-17:00",
            "character 13: `13:00` stands in a second place: join times with commas",
            id="times twice",
        ),
        pytest.param(
            "Mo 24/7", "character 4: `24/7` is every day and hour", id="24/7 after days"
        ),
        pytest.param(
            "24/7 Mo", "character 6: `Mo` stands in the wrong place", id="days after 24/7"
        ),
        pytest.param(
            "Mo 09:60-10:00",
            "character 4: `09:60` is no time: minutes are 00 to 59",
            id="minutes",
        ),
        pytest.param(
            "Mo 24:00-25:00",
            "character 4: `24:00` is out of range: write `00:00` to `23:59` here",
            id="a start",
        ),
        pytest.param(
            "Mo 10:00-48:01",
            "character 10: `48:01` is out of range: write `00:00` to `48:00` here",
            id="an end",
        ),
        pytest.param(
            "Mo 10:00-x", "`x` is not a word of the notation: write one of `", id="no end"
        ),
        pytest.param(
            "Mo 10:00+",
            "character 9: `+` leaves the end open: write it, as `10:00-18:00`",
            id="an open end",
        ),
        pytest.param(
            "Mo 10:00-12:00+",
            "character 15: `+` leaves an end open",
            id="an open end after one",
        ),
        pytest.param(
            "Mo 10:00",
            "character 4: `10:00` has no end: write it, as `10:00-18:00`",
            id="a point in time",
        ),
        pytest.param(
            "Mo 10:00-16:00/90",
            "character 15: `/` repeats a point in time",
            id="repeated points",
        ),
        pytest.param("Mo sunrise-12:00", "`sunrise` is another time every day", id="sunrise"),
        pytest.param("Mo 10:00-dusk", "`dusk` is another time every day", id="dusk"),
        pytest.param(
            "(sunset-01:00)-22:00",
            "character 1: `(` begins a time that moves with the sun",
            id="a moved sunset",
        ),
        pytest.param("easter off", "`easter` is another date every year", id="easter"),
        pytest.param("week 1-10 Mo", "`week` counts the weeks of a year", id="week"),
        pytest.param("SH off", "`SH` is for school holidays", id="SH"),
        pytest.param(
            "PH,SH off", "character 4: `SH` is for school holidays", id="SH in a list"
        ),
        pytest.param(
            'Mo unknown "call"',
            "character 4: `unknown` is neither open nor closed",
            id="unknown",
        ),
        pytest.param(
            'Mo "call"',
            'character 4: `"call"` alone says neither open nor closed: write `open "call"`',
            id="a comment alone",
        ),
        pytest.param(
            '"kitchen": 09:00-17:00',
            "alone says neither open nor closed",
            id="a comment in front",
        ),
        pytest.param(
            'Mo off "a" "b"',
            'character 12: `"b"` stands before what it is about',
            id="two comments",
        ),
        pytest.param(
            'Mo off "a\tb"',
            "has a control character: a comment is one line of text",
            id="a tab",
        ),
        pytest.param(
            'Mo off "a',
            'character 8: `"` opens a comment that never ends: close it',
            id="a comment without end",
        ),
        pytest.param(
            "PH -1 day off", "character 4: `-` moves a day by some days", id="a day before"
        ),
        pytest.param(
            "Sa[-1] +1 day off", "character 8: `+` moves a day by some days", id="a day after"
        ),
        pytest.param(
            "Dec 25 -2 days off", "character 8: `-` moves a day by some days", id="days before"
        ),
        pytest.param(
            "Dec 25 +1 day off", "character 8: `+` moves a day by some days", id="days after"
        ),
        pytest.param(
            "Feb 30 off", "character 1: `Feb` is no day: Feb has no day 30", id="30 February"
        ),
        pytest.param("2027 Feb 29 off", "is no day: Feb has no day 29", id="29 February"),
        pytest.param(
            "Dec 24-40 off", "character 8: `40` is no day: Dec has no day 40", id="40 December"
        ),
        pytest.param(
            "Dec 24-Feb off",
            "character 8: `Feb` has no day where the other end has one",
            id="half a day",
        ),
        pytest.param(
            "Dec 24-2027 Jan 02 off",
            "`2027` has a year where the first end has none",
            id="half a year",
        ),
        pytest.param(
            "2026 Dec 24-Jan 02 off",
            "`Jan` ends the range before it begins: write the year of both",
            id="backwards",
        ),
        pytest.param(
            "2026 Jan,Mar off",
            "character 10: `Mar` and what stands before: give all a year, or none",
            id="a year once",
        ),
        pytest.param(
            "2026 Dec 24-2027 x",
            "character 18: `x` is not a word of the notation",
            id="no month",
        ),
        pytest.param(
            "1800 off", "`1800` is no year of the notation: they begin with 1900", id="1800"
        ),
        pytest.param(
            "2028-2026 off", "character 6: `2026` is before 2028", id="years backwards"
        ),
        pytest.param(
            "Mo[6] off", "character 4: `6` is no place in a month", id="a sixth Monday"
        ),
        pytest.param(
            "Mo[1 off",
            "character 6: `off` is not understood here: write `Mo[1]`",
            id="no bracket",
        ),
        pytest.param(
            "PH 10:00-48:00", "a night runs on through days that cannot be named", id="two days"
        ),
        pytest.param(
            "Dec 24, Mo 09:00-17:00",
            "character 7: `,` joins a rule to one without times",
            id="a comma after dates",
        ),
        pytest.param(
            "18:00-02:00; Mar 01 00:00-01:00 off",
            "character 14: `Mar 01 00:00-01:00 off` cuts nights whose days cannot be named",
            id="nights before 1 March",
        ),
        pytest.param(
            "Mo-Su 18:00-03:00; PH 00:00-02:00 off",
            "character 20: `PH 00:00-02:00 off` cuts nights whose days cannot be named",
            id="nights before holidays",
        ),
        pytest.param(
            "Mo[-4] 10:00-12:00; Mo[1] 11:00-13:00",
            "some weekdays are neither counted from the first nor from the last of their month",
            id="counted from both ends",
        ),
    ],
)
def test_a_text_is_refused(text: str, expected: str) -> None:
    """What is not of the notation is refused in one line, with its place and the fix."""
    (line,) = refusals(text)

    assert expected in line


def test_all_that_is_wrong_is_named_at_once() -> None:
    """Each rule between separators is told what is wrong with it."""
    school = "`SH` is for school holidays, which a schedule does not know"

    assert refusals("Mon 09:00-17:00; Tu off || SH off; We 9-17") == [
        "character 1: `Mon` is not a word of the notation: write `Mo`",
        f"character 28: {school}: write their dates",
        "character 39: `9` is not understood here: write times as `09:00-17:00`",
    ]


def test_a_tangle_of_rules_is_refused() -> None:
    """More kinds of days than can be told apart are refused, and soon."""
    months = (
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    )
    text = ", ".join(
        f"{2000 + at}-{2050 + at} {months[at]}-{months[(at + 6) % 12]} Mo-We,PH 0{at}:00-09:00"
        for at in range(9)
    )

    assert any("makes more kinds of days" in line for line in refusals(text))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"text": 7}, "`7` is not text", id="no text"),
        pytest.param({"zone": "Tokio"}, "`Tokio` is not a time zone", id="no zone"),
        pytest.param(
            {"open": ""}, "the answer in open time needs at least one", id="no answer"
        ),
        pytest.param(
            {"closed": 0}, "`0` is not text, as the answer in closed time", id="closed"
        ),
    ],
)
def test_misuse_is_refused(given: dict[str, Any], message: str) -> None:
    """What is no text, no zone and no answer is refused."""
    arguments = {"text": "24/7", "zone": "Asia/Tokyo", **given}

    with pytest.raises(InvalidValueError, match=message):
        read_opening_hours(arguments.pop("text"), **arguments)


# Findings.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mo-Fr 09:00-18:00; PH off; Dec 25 off", [], id="nothing"),
        pytest.param(
            "PH off; Mo-Fr 09:00-18:00", [("overwritten", "character 1")], id="PH first"
        ),
        pytest.param(
            "PH off; Mo-Su 09:00-18:00",
            [("never", "character 1"), ("overwritten", "character 1")],
            id="PH first, all of them",
        ),
        pytest.param("PH off; Mo off", [], id="the same said twice"),
        pytest.param(
            "Mo-Fr 09:00-18:00; Mo 10:00-12:00; Mo-Su off",
            [("never", "character 1"), ("never", "character 20")],
            id="all taken",
        ),
        pytest.param(
            "Mo 09:00-18:00, Mo off", [("never", "character 1")], id="off after a comma"
        ),
        pytest.param("Jan 01 Mo[3] off", [("no_day", "character 1")], id="no such day"),
        pytest.param(
            "Mo-Th 18:00-02:00; Fr,Sa 18:00-04:00",
            [("night", "character 1")],
            id="a night into the next rule's day",
        ),
        pytest.param(
            "Mo-Su 18:00-02:00; PH off", [("night", "character 1")], id="a night's day"
        ),
        pytest.param("Mo 18:00-02:00; Fr 18:00-04:00", [], id="nights apart"),
        pytest.param("Mo-Th 18:00-02:00, Fr,Sa 18:00-04:00", [], id="a comma cuts no night"),
    ],
)
def test_what_is_probably_not_meant_is_told(text: str, expected: list[tuple[str, str]]) -> None:
    """Findings name the rule by its place."""
    assert codes(text) == expected


def test_a_finding_is_one_line() -> None:
    """A rule that was written on several lines is told of on one."""
    found = read_opening_hours("Mo\n 09:00-18:00;\nMo off", zone="Asia/Tokyo")

    assert [each.about for each in found.findings] == ["Mo 09:00-18:00"]


def test_holidays_that_are_not_known_are_told() -> None:
    """A rule for holidays needs to know them."""
    assert codes("Mo 09:00-18:00; PH off", holidays=None) == [
        ("holidays_unknown", "character 17")
    ]


def test_a_finding_says_what_to_do() -> None:
    """A rule that is overwritten is mended by moving the other before it."""
    found = read_opening_hours(
        "PH off; Mo-Fr 09:00-18:00", zone="Asia/Tokyo", holidays={date(2026, 11, 23): "祝日"}
    )

    assert found.findings[0].explain("ja") == (
        "character 1: 警告: 「PH off」は後にある「Mo-Fr 09:00-18:00」に上書きされています。"
        "意図した設定ではない可能性があります [opening_hours.overwritten]\n"
        "  → ポータル管理者: 「Mo-Fr 09:00-18:00」を「PH off」より前に移す"
    )


# Writing.


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param([], "off", id="nothing"),
        pytest.param(["00:00-24:00"], "24/7", id="always"),
        pytest.param(["09:00-12:00,13:00-18:00"], "09:00-12:00,13:00-18:00", id="every day"),
        pytest.param(["sat-mon,wed 09:00-12:00"], "We,Sa-Mo 09:00-12:00", id="weekdays"),
        pytest.param(["mon,tue 18:00-02:00"], "Mo,Tu 18:00-02:00", id="a night"),
        pytest.param(
            ["mon-thu 18:00-02:00", "fri,sat 18:00-04:00"],
            "Mo-Th 18:00-02:00, Fr,Sa 18:00-04:00",
            id="nights are joined with commas",
        ),
        pytest.param(
            ["mon 18:00-08:00", "mon 08:00-18:00"], "Mo 08:00-32:00", id="longer than a day"
        ),
        pytest.param(
            ["mon-fri 09:00-12:00", "mon,tue 14:00-18:00"],
            "Mo,Tu 09:00-12:00,14:00-18:00; We-Fr 09:00-12:00",
            id="rules of one day",
        ),
        pytest.param(
            ["mon[1],mon[3],tue 09:00-12:00"], "Tu 09:00-12:00; Mo[1,3] 09:00-12:00", id="nth"
        ),
        pytest.param(["fri[-1] 09:00-12:00"], "Fr[-1] 09:00-12:00", id="last"),
        pytest.param(
            ["rrule:FREQ=MONTHLY;BYDAY=2MO,-1FR 09:00-12:00"],
            "Mo[2],Fr[-1] 09:00-12:00",
            id="rrule",
        ),
        pytest.param(["holiday mon-fri 09:00-12:00"], "PH Mo-Fr 09:00-12:00", id="holidays"),
        pytest.param(["12-25 09:00-12:00"], "Dec 25 09:00-12:00", id="a day of every year"),
        pytest.param(
            ["12-24..12-26 09:00-12:00"], "Dec 24-26 09:00-12:00", id="days of a month"
        ),
        pytest.param(
            ["12-29..01-03 09:00-12:00"], "Dec 29-Jan 03 09:00-12:00", id="over the year"
        ),
        pytest.param(
            ["12-20..12-10 09:00-12:00"], "Dec 20-Dec 10 09:00-12:00", id="around the year"
        ),
        pytest.param(["02-01..02-29 09:00-12:00"], "Feb 09:00-12:00", id="a month"),
        pytest.param(["11-01..03-31 mon 09:00-12:00"], "Nov-Mar Mo 09:00-12:00", id="months"),
        pytest.param(["2026-12-25 09:00-12:00"], "2026 Dec 25 09:00-12:00", id="a date"),
        pytest.param(
            ["2026-12-24..2026-12-26 09:00-12:00"], "2026 Dec 24-26 09:00-12:00", id="short"
        ),
        pytest.param(
            ["2026-12-29..2027-01-03 09:00-12:00"],
            "2026 Dec 29-2027 Jan 03 09:00-12:00",
            id="long",
        ),
        pytest.param(
            ["2026-01-01..2027-12-31 12-25,01-01 09:00-12:00"],
            "2026 Jan 01,2026 Dec 25,2027 Jan 01,2027 Dec 25 09:00-12:00",
            id="days of some years",
        ),
        pytest.param(["2027-01-01..2027-02-01 12-25 09:00-12:00"], "off", id="no such day"),
    ],
)
def test_a_schedule_is_written(rules: list[str], expected: str) -> None:
    """Each kind of day has its words, and what is written is read as the same."""
    schedule = schedule_of(*(Rule(rule, "open") for rule in rules))
    written = write_opening_hours(schedule)

    assert written == expected
    assert write_opening_hours(read_opening_hours(written, zone="UTC").schedule) == written


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        pytest.param(
            schedule_of(
                Rule("12-25 10:00-12:00", "open"),
                Rule("holiday 00:00-24:00", "closed"),
                Rule("mon-fri 09:00-18:00", "open"),
                Rule("sat 09:00-18:00", "closed"),
                otherwise="closed",
            ),
            "Mo-Fr 09:00-18:00; PH off; Dec 25 10:00-12:00",
            id="weaker tiers first",
        ),
        pytest.param(
            schedule_of(Rule("holiday 09:00-18:00", "closed"), otherwise="open"),
            "24/7; PH 00:00-09:00,18:00-24:00",
            id="open otherwise",
        ),
        pytest.param(
            schedule_of(
                Rule("mon-fri 12:00-13:00", "closed"),
                Rule("mon-fri 09:00-18:00", "open"),
                overlap="first",
            ),
            "Mo-Fr 09:00-12:00,13:00-18:00",
            id="the first wins",
        ),
        pytest.param(
            schedule_of(
                Rule("mon-wed 09:00-18:00", "open"),
                Rule("holiday mon 18:00-02:00", "open"),
                Rule("holiday wed 20:00-03:00", "open"),
            ),
            "Mo-We 09:00-18:00; PH Mo off; PH We off, PH Mo 18:00-02:00, PH We 20:00-03:00",
            id="nights of a stronger tier",
        ),
        pytest.param(
            schedule_of(
                Rule("mon-fri 09:00-18:00", "open"),
                Rule("mon-fri 18:00-09:00", "closed"),
                Rule("holiday 10:00-12:00", "open"),
            ),
            "Mo-Fr 09:00-18:00; PH 10:00-12:00",
            id="closed nights",
        ),
    ],
)
def test_tiers_are_written(schedule: Schedule[str], expected: str) -> None:
    """The last rule for a day wins there, as the strongest tier does here."""
    assert write_opening_hours(schedule) == expected


def test_a_caller_says_which_answers_are_open() -> None:
    """Any answer is written when it is known to be open or not."""
    schedule = schedule_of(Rule("mon 09:00-18:00", Ring(("1001",))), otherwise="night")

    assert (
        write_opening_hours(schedule, is_open=lambda answer: isinstance(answer, Ring))
        == "Mo 09:00-18:00"
    )


NIGHT = Rule("mon-fri 20:00-03:00", "open")


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        pytest.param(
            schedule_of(Rule("09:00:30-18:00", "open")),
            ["rule 1: `09:00:30-18:00` has seconds, which no rule can say"],
            id="seconds",
        ),
        pytest.param(
            schedule_of(Rule("mon 09:00-18:00", "night"), otherwise="day"),
            [
                "rule 1: `night` is neither `open` nor `closed`: say which answers are open",
                "otherwise: `day` is neither `open` nor `closed`",
            ],
            id="other answers",
        ),
        pytest.param(
            schedule_of(Rule("rrule:FREQ=MONTHLY;BYMONTHDAY=15 09:00-18:00", "open")),
            ["rule 1: `rrule:FREQ=MONTHLY;BYMONTHDAY=15 09:00-18:00` recurs by a rule"],
            id="a recurrence rule",
        ),
        pytest.param(
            schedule_of(Rule("rrule:FREQ=MONTHLY;BYDAY=MO;BYMONTH=5 09:00-18:00", "open")),
            ["recurs by a rule"],
            id="a recurrence rule of a month",
        ),
        pytest.param(
            schedule_of(override=Override("open")),
            ["override: `open` is forced by hand, which no rule can say: take it back first"],
            id="an override",
        ),
        pytest.param(
            schedule_of(Rule("1850-01-01..2026-12-31 09:00-18:00", "open")),
            ["has days that no rule of opening hours can name: write dates from 1900 on"],
            id="an early year",
        ),
        pytest.param(
            schedule_of(Rule("2026-01-01..2046-12-31 12-25 09:00-18:00", "open")),
            ["has days that no rule of opening hours can name"],
            id="a day of many years",
        ),
        pytest.param(
            schedule_of(
                Rule("mon[1] 09:00-10:00", "open"),
                Rule("mon[-4] 10:00-12:00", "open"),
            ),
            [
                "rule 1: `mon[1] 09:00-10:00` shares days that cannot be named",
                "rule 2: `mon[-4] 10:00-12:00` shares days that cannot be named",
            ],
            id="counted from both ends",
        ),
        pytest.param(
            schedule_of(NIGHT, Rule("holiday 00:00-24:00", "closed")),
            ["rule 1: `mon-fri 20:00-03:00` runs over midnight, and `rule 2` takes its day or"],
            id="a night and a stronger tier",
        ),
        pytest.param(
            schedule_of(NIGHT, Rule("mon 22:00-23:00", "closed"), overlap="first"),
            ["rule 1: `mon-fri 20:00-03:00` runs over midnight, and `rule 2` may overlap it"],
            id="a night and overlapping rules",
        ),
        pytest.param(
            schedule_of(Rule("mon 20:00-03:00", "closed"), Rule("holiday 02:00-09:00", "open")),
            ["rule 1: `mon 20:00-03:00` runs over midnight, and `rule 2` opens in its morning"],
            id="a closed night",
        ),
        pytest.param(
            schedule_of(Rule("mon 20:00-03:00", "closed"), otherwise="open"),
            ["rule 1: `mon 20:00-03:00` closes a night, and `otherwise` opens: end"],
            id="a closed night, open otherwise",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(
    schedule: Schedule[Any], expected: list[str]
) -> None:
    """All that opening hours cannot say is named, with its place in the schedule."""
    with pytest.raises(DocumentError) as caught:
        write_opening_hours(schedule)

    lines = str(caught.value).splitlines()
    assert len(lines) == len(expected)
    assert all(part in line for part, line in zip(expected, lines, strict=True))


def test_only_a_schedule_is_written() -> None:
    """What is no schedule is refused."""
    with pytest.raises(InvalidValueError, match="is not `Schedule`"):
        write_opening_hours("24/7")  # type: ignore[arg-type]
