"""Months: what each day shows and why, as values, as text and as pictures."""

import datetime as dt
import json
import re
from collections.abc import Callable
from datetime import date
from textwrap import dedent
from typing import Any, Final
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from cloudpbx._render import display_width
from cloudpbx.decisions import Reason
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.destinations import Announce, Busy, Ring
from cloudpbx.routing.months import Month, MonthDay, MonthSegment
from cloudpbx.routing.rules import Rule, Tier, Until
from cloudpbx.routing.schedules import Schedule

SVG: Final = "{http://www.w3.org/2000/svg}"
TOKYO: Final = ZoneInfo("Asia/Tokyo")
HOSTILE: Final = "<script>alert('1001')</script> & \"more\""

OFFICE: Final = Schedule(
    zone="Asia/Tokyo",
    rules=(
        Rule("mon-fri 09:00-12:00,13:00-18:00", Ring(("1001", "1002")), "office"),
        Rule("sun-thu 18:00-09:00", Announce()),
        Rule("fri 20:00-06:00", Ring(("1003",)), "friday night"),
        Rule("12-29..01-03 00:00-24:00", Announce("1"), "New Year"),
        Rule("holiday 10:00-16:00", Ring(("2001",)), "祝日"),
        Rule("2026-12-10 08:00-20:00", Ring(("1001",)), "棚卸し"),
        Rule("wed[2] 09:00-12:00", Ring(("1001",))),
    ),
    holidays={date(2026, 12, 11): "創立記念日"},
)
FORCED: Final = OFFICE.forced(
    Busy(), since=dt.datetime(2026, 12, 15, 11, tzinfo=TOKYO), until=Until.NEXT_CHANGE
)
SHOP: Final = Schedule(
    zone="Asia/Tokyo",
    rules=(Rule("mon-fri 09:00-18:00", "open"),),
    holidays={date(2026, 11, 3): "文化の日"},
    otherwise="closed",
)


def _text(text: str) -> str:
    return dedent(text).strip("\n")


def _days(schedule: Schedule[Any], year: int = 2026, month: int = 12) -> dict[int, MonthDay]:
    return {day.date.day: day for day in schedule.month(year, month).days}


def test_a_december_as_text() -> None:
    """A calendar with letters and marks, what they mean, and the days that are special."""
    assert FORCED.month(2026, 12).to_text() == _text("""
        2026-12

        mon        tue         wed        thu        fri         sat     sun
                    1  AB!BA    2  AB!BA   3  AB!BA   4  AB!B!C   5  C!   6  !A
         7  AB!BA   8  AB!BA    9* AD!    10* !D!    11* !E!     12* !   13  !A
        14  AB!BA  15* ABF!BA  16  AB!BA  17  AB!BA  18  AB!B!C  19  C!  20  !A
        21  AB!BA  22  AB!BA   23  AB!BA  24  AB!BA  25  AB!B!C  26  C!  27  !A
        28  AB!BA  29* AG      30* G      31* G

        A  announce 009608  sun-thu 18:00-09:00
        B  ring 1001, 1002  office
        C  ring 1003        friday night
        D  ring 1001        wed[2] 09:00-12:00
                            棚卸し
        E  ring 2001        祝日
        F  busy             forced by hand
        G  announce 1       New Year
        !  nothing answers (caller hears a busy tone)

        *  wed 9   rules for recurring days        A 00:00-09:00              sun-thu 18:00-09:00, from the day before
                                                   D 09:00-12:00              wed[2] 09:00-12:00
                                                   ! 12:00-24:00
        *  thu 10  rules for the date              ! 00:00-08:00,20:00-24:00
                                                   D 08:00-20:00              棚卸し
        *  fri 11  創立記念日, rules for holidays  ! 00:00-10:00,16:00-24:00
                                                   E 10:00-16:00              祝日
        *  sat 12  the night before is special     ! 00:00-24:00
        *  tue 15  forced by hand                  A 00:00-09:00              sun-thu 18:00-09:00, from the day before
                                                   B 09:00-11:00,13:00-18:00  office
                                                   F 11:00-12:00              forced by hand
                                                   ! 12:00-13:00
                                                   A 18:00-24:00              sun-thu 18:00-09:00
        *  tue 29  yearly rules                    A 00:00-09:00              sun-thu 18:00-09:00, from the day before
                                                   G 09:00-24:00              New Year
        *  30-31   yearly rules                    G 00:00-24:00              New Year
    """)  # noqa: E501 - as a terminal shows it


def test_a_november_in_japanese() -> None:
    """Fixed words are Japanese, columns align, and a holiday without rules is named."""
    assert SHOP.month(2026, 11).to_text("ja") == _text("""
        2026年11月

        月       火       水       木       金       土     日
                                                             1  A
         2  ABA   3* ABA   4  ABA   5  ABA   6  ABA   7  A   8  A
         9  ABA  10  ABA  11  ABA  12  ABA  13  ABA  14  A  15  A
        16  ABA  17  ABA  18  ABA  19  ABA  20  ABA  21  A  22  A
        23  ABA  24  ABA  25  ABA  26  ABA  27  ABA  28  A  29  A
        30  ABA

        A  closed  該当する設定なし(既定の値)
        B  open    mon-fri 09:00-18:00

        *  3日(火)  文化の日, 通常どおり  A 00:00-09:00,18:00-24:00  該当する設定なし(既定の値)
                                          B 09:00-18:00              mon-fri 09:00-18:00
    """)


def test_a_month_without_special_days_ends_with_its_letters() -> None:
    """A month like every other has no third part, in text as in HTML."""
    month = SHOP.month(2026, 10)

    assert str(month).endswith("B  open    mon-fri 09:00-18:00")
    assert month.special_days == ()
    assert month.to_html().count("<table") == 1
    assert SHOP.month(2026, 11).to_html().count("<table") == 2


@pytest.mark.parametrize(
    ("day", "owner", "rules", "codes", "differs"),
    [
        pytest.param(8, "weekday", 2, [], False, id="ordinary"),
        pytest.param(9, "recurring", 1, ["schedule.owner.recurring"], True, id="recurring"),
        pytest.param(10, "dated", 1, ["schedule.owner.dated"], True, id="a date"),
        pytest.param(
            11,
            "holiday",
            1,
            ["schedule.holiday", "schedule.owner.holiday"],
            True,
            id="a holiday",
        ),
        pytest.param(12, None, 0, ["schedule.day_before"], True, id="no night before"),
        pytest.param(
            15,
            "weekday",
            2,
            ["schedule.override.next_change"],
            True,
            id="forced",
        ),
        pytest.param(30, "yearly", 1, ["schedule.owner.yearly"], True, id="yearly"),
    ],
)
def test_what_is_told_of_a_day(
    day: int,
    owner: str | None,
    rules: int,
    codes: list[str],
    differs: bool,  # noqa: FBT001
) -> None:
    """A day tells its owner, the rules that own it, and what makes it special."""
    found = _days(FORCED)[day]

    assert (found.owner, len(found.rules)) == (owner, rules)
    assert [reason.code for reason in found.because] == codes
    assert (found.differs, found.is_special) == (differs, bool(codes))


@pytest.mark.parametrize(
    ("rules", "day", "expected", "codes"),
    [
        pytest.param(
            ("2026-12-11 22:00-06:00",),
            12,
            [(0, 6, "2026-12-11 22:00-06:00", True), (6, 24, "", False)],
            ["schedule.day_before"],
            id="a special night runs on",
        ),
        pytest.param(
            ("2026-12-11 22:00-06:00", "sat 00:00-24:00"),
            12,
            [(0, 6, "2026-12-11 22:00-06:00", True), (6, 24, "sat 00:00-24:00", False)],
            ["schedule.day_before"],
            id="it runs into an ordinary day",
        ),
        pytest.param(
            ("2026-12-11 22:00-06:00", "12-12 12:00-24:00"),
            12,
            [
                (0, 6, "2026-12-11 22:00-06:00", True),
                (6, 12, "", False),
                (12, 24, "12-12 12:00-24:00", False),
            ],
            ["schedule.owner.yearly", "schedule.day_before"],
            id="it runs into another special day",
        ),
        pytest.param(
            ("2026-12-11 12:00-18:00", "fri 22:00-06:00", "12-12 12:00-24:00"),
            12,
            [(0, 12, "", False), (12, 24, "12-12 12:00-24:00", False)],
            ["schedule.owner.yearly"],
            id="the owner of the day says enough",
        ),
        pytest.param(
            ("2026-12-11 12:00-18:00", "fri 22:00-06:00", "sat 12:00-24:00"),
            12,
            [(0, 12, "", False), (12, 24, "sat 12:00-24:00", False)],
            ["schedule.day_before"],
            id="a special day has no night",
        ),
        pytest.param(
            ("2026-12-11 12:00-18:00", "sat 12:00-24:00"),
            12,
            [(0, 12, "", False), (12, 24, "sat 12:00-24:00", False)],
            [],
            id="nothing was lost",
        ),
        pytest.param(
            ("fri 22:00-06:00", "sat 12:00-24:00"),
            12,
            [
                (0, 6, "fri 22:00-06:00", True),
                (6, 12, "", False),
                (12, 24, "sat 12:00-24:00", False),
            ],
            [],
            id="an ordinary night runs on",
        ),
    ],
)
def test_nights(
    rules: tuple[str, ...],
    day: int,
    expected: list[tuple[int, int, str, bool]],
    codes: list[str],
) -> None:
    """A segment tells its rule and whether it runs on; a special night makes a day special."""
    hours = Schedule(zone="Asia/Tokyo", rules=tuple(Rule(when, "x") for when in rules))
    found = _days(hours)[day]

    assert [
        (each.start / 3600, each.end / 3600, each.rule, each.spilled) for each in found.segments
    ] == expected
    assert [reason.code for reason in found.because] == codes


def test_neighbours_with_one_name_and_one_answer_are_one_segment() -> None:
    """Two rules that cannot be told apart are shown as one; a third answer is not."""
    hours = Schedule(
        zone="UTC",
        rules=(
            Rule("00:00-12:00", "x", "office"),
            Rule("12:00-18:00", "x", "office"),
            Rule("18:00-24:00", "x", "night"),
        ),
    )
    segments = _days(hours)[1].segments

    assert [(each.start / 3600, each.end / 3600, each.rule) for each in segments] == [
        (0, 18, "office"),
        (18, 24, "night"),
    ]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(None, None, [(0, 24, "forced")], id="for good"),
        pytest.param(
            10, 11, [(0, 9, "o"), (9, 10, "x"), (10, 11, "forced"), (11, 24, "x")], id="inside"
        ),
        pytest.param(None, 9, [(0, 9, "forced"), (9, 24, "x")], id="up to a change"),
        pytest.param(9, None, [(0, 9, "o"), (9, 24, "forced")], id="from a change on"),
        pytest.param(24, None, [(0, 9, "o"), (9, 24, "x")], id="from the next day"),
        pytest.param(None, 0, [(0, 9, "o"), (9, 24, "x")], id="up to the day before"),
        pytest.param(-30, -20, [(0, 9, "o"), (9, 24, "x")], id="the day before"),
        pytest.param(3, "change", [(0, 3, "o"), (3, 9, "forced"), (9, 24, "x")],
                     id="until the next change"),
    ],
)  # fmt: skip
def test_an_override_is_laid_over_its_days(
    since: int | None, until: int | str | None, expected: list[tuple[int, int, str]]
) -> None:
    """A forced value shows exactly where it holds, in a month as in a week."""
    midnight = dt.datetime(2026, 11, 24, tzinfo=TOKYO)
    start = None if since is None else midnight + dt.timedelta(hours=since)
    end: dt.datetime | Until | None = None
    if isinstance(until, int):
        end = midnight + dt.timedelta(hours=until)
    elif until:
        end = Until.NEXT_CHANGE
    hours = Schedule(
        zone="Asia/Tokyo", rules=(Rule("09:00-24:00", "x"),), otherwise="o"
    ).forced("forced", since=start, until=end)
    day = _days(hours, 2026, 11)[24]
    shown = [(each.start / 3600, each.end / 3600, each.value) for each in day.segments]

    assert shown == expected
    assert day.is_special == any(each.forced for each in day.segments)
    (tuesday,) = (each for each in hours.week(day.date).days if each.date == day.date)
    assert [(each.start / 3600, each.end / 3600, each.value) for each in tuesday.segments] == (
        expected
    )


def test_a_forced_value_that_changes_nothing_is_special_and_as_usual() -> None:
    """Who forces what the rules say anyway sees both: that it is forced, and no difference."""
    forced = SHOP.forced("closed", since=dt.datetime(2026, 11, 7, tzinfo=TOKYO),
                         until=dt.datetime(2026, 11, 8, tzinfo=TOKYO))  # fmt: skip
    day = _days(forced, 2026, 11)[7]

    assert (day.differs, day.is_special) == (False, True)
    assert "*  sat 7  forced by hand, as usual  A 00:00-24:00" in str(forced.month(2026, 11))


def test_letters_are_those_of_the_ordinary_week() -> None:
    """A value has the letter of its week, though the month shows another one first."""
    holidays = {date(2027, 2, number): "snow" for number in range(1, 29)}
    hours = evolve(OFFICE, holidays={**holidays})
    rows = hours.month(2027, 2).to_text().splitlines()

    assert rows[3].split()[:3] == ["1*", "A!D!", "2*"]
    assert [row[0] for row in rows[8:11]] == ["A", "D", "!"]
    assert "A  announce 009608" in hours.week().to_text()


def test_many_letters_are_cut_and_days_alike_stand_together() -> None:
    """A day shows at most six letters; alike days share their lines, in runs."""
    spans = ",".join(f"{hour:02}:00-{hour + 1:02}:00" for hour in range(0, 24, 2))
    hours = Schedule(
        zone="UTC",
        rules=(Rule(f"2026-12-01..2026-12-03,2026-12-07 {spans}", "x"),),
        otherwise="o",
    )
    text = hours.month(2026, 12).to_text()

    assert " 1* BABAB…" in text
    assert "*  1-3,7  rules for the date  B 00:00-01:00," in text


def test_columns_align_in_either_language() -> None:
    """The days of a weekday begin below its name, also where that is wide."""
    _, _, head, *lines = OFFICE.month(2026, 12).to_text("ja").splitlines()
    places = {
        display_width(line[: line.index(f"{number:>2}")])
        for line, number in zip(lines, (4, 11, 18, 25), strict=False)
    }

    assert places == {display_width(head[: head.index("金")])}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_month_as_svg(lang: str) -> None:
    """The drawing names itself and tells its facts in words; each day has bars and tooltips."""
    svg = ET.fromstring(FORCED.month(2026, 12).to_svg(lang))
    texts = ["".join(each.itertext()) for each in svg.iter(f"{SVG}text")]
    description = svg.findtext(f"{SVG}desc") or ""

    assert svg.get("role") == "img"
    assert svg.get("lang") == lang
    assert svg.findtext(f"{SVG}title") == svg.get("aria-label")
    assert "棚卸し" in description
    assert "創立記念日" in description
    assert {"1", "15*", "31*", "創立記念日"} <= set(texts)
    tooltips = [each.text or "" for each in svg.iter(f"{SVG}title")]
    assert any(each.startswith("2026-12-15") and "11:00-12:00" in each for each in tooltips)


def test_days_stand_in_their_columns() -> None:
    """In the drawing a day stands below its weekday, and weeks stand one below the other."""
    svg = ET.fromstring(SHOP.month(2026, 11).to_svg())
    places = {
        "".join(text.itertext()): (float(text.get("x", "")), float(text.get("y", "")))
        for text in svg.iter(f"{SVG}text")
    }

    for name, days in (("mon", ("2", "9", "30")), ("tue", ("3*", "24")), ("sun", ("1", "29"))):
        assert {places[day][0] for day in days} == {places[name][0]}
    assert places["sun"][1] < places["1"][1] < places["2"][1] < places["9"][1]
    assert places["2"][1] == places["8"][1]
    assert all(0 <= x <= float(svg.get("width", "")) for x, _ in places.values())
    assert all(0 <= y <= float(svg.get("height", "")) for _, y in places.values())


def test_a_month_as_html() -> None:
    """The drawing stands above a table of letters and one of special days."""
    month = FORCED.month(2026, 12)
    page = ET.fromstring(month.to_html())
    tables = [
        [["\n".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        for table in page.iter("table")
    ]

    assert tables[0][0] == ["mark", "answer", "rules"]
    assert ["D", "ring 1001", "wed[2] 09:00-12:00\n棚卸し"] in tables[0]
    assert tables[1][0] == ["day", "why", "when"]
    assert ["30-31", "yearly rules", "G 00:00-24:00 (New Year)"] in tables[1]
    assert month._repr_html_() == month.to_html()
    assert month._repr_svg_() == month.to_svg()


def test_what_users_wrote_is_never_obeyed() -> None:
    """Names with marks of HTML are shown as they are."""
    hours = Schedule(
        zone="UTC",
        rules=(Rule("holiday 00:00-12:00", HOSTILE, HOSTILE),),
        holidays={date(2026, 12, 1): HOSTILE},
    )
    month = hours.month(2026, 12)

    for picture in (month.to_svg(), month.to_html()):
        assert "<script>" not in picture
        assert ET.fromstring(picture) is not None


def test_a_month_as_data() -> None:
    """All that is shown is there for JSON, with its words."""
    data = FORCED.month(2026, 12).to_dict("ja")
    days = {day["date"]: day for day in data["days"]}

    assert json.loads(json.dumps(data)) == data
    assert (data["year"], data["month"], len(days)) == (2026, 12, 31)
    assert days["2026-12-11"] == {
        "date": "2026-12-11",
        "weekday": "fri",
        "holiday": "創立記念日",
        "owner": "holiday",
        "rules": ["祝日"],
        "because": [
            {
                "code": "schedule.holiday",
                "about": "2026-12-11",
                "data": {"name": "創立記念日"},
                "text": "2026-12-11は祝日です(創立記念日)",
            },
            {
                "code": "schedule.owner.holiday",
                "about": "2026-12-11",
                "data": {},
                "text": "2026-12-11には祝日の設定が適用されます",
            },
        ],
        "differs": True,
        "segments": [
            {"start": "00:00", "end": "10:00", "value": None, "text": None, "rule": None,
             "spilled": False, "forced": False},
            {"start": "10:00", "end": "16:00", "value": {"ring": ["2001"]},
             "text": "2001を鳴動", "rule": "祝日", "spilled": False, "forced": False},
            {"start": "16:00", "end": "24:00", "value": None, "text": None, "rule": None,
             "spilled": False, "forced": False},
        ],
    }  # fmt: skip
    assert days["2026-12-12"]["owner"] is None
    assert [each["forced"] for each in days["2026-12-15"]["segments"]].count(True) == 1


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [
        pytest.param(2024, 2, 29, id="a leap year"),
        pytest.param(2026, 2, 28, id="no leap year"),
        pytest.param(2, 1, 31, id="the first month there is"),
        pytest.param(9998, 12, 31, id="the last month there is"),
    ],
)
def test_a_month_has_its_days(year: int, month: int, days: int) -> None:
    """Each date of the month stands there once, with its weekday."""
    found = SHOP.month(year, month).days

    assert [day.date for day in found] == [date(year, month, n + 1) for n in range(days)]
    assert all(day.weekday.matches(day.date) for day in found)


WHOLE: Final = MonthSegment(start=0, end=86_400, value="x")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: SHOP.month(2026, 13),
            "`13` is out of range: the number of a month is 1 to 12",
            id="a thirteenth month",
        ),
        pytest.param(
            lambda: SHOP.month(9999, 1),
            "`9999` is out of range: the year of a month is 2 to 9998",
            id="the last year of the calendar",
        ),
        pytest.param(
            lambda: Month.of("shop", 2026, 1),  # type: ignore[arg-type]
            "`shop` is not `Schedule`, as what a month shows must be",
            id="no schedule",
        ),
        pytest.param(
            lambda: evolve(SHOP.month(2026, 11), month=12),
            "`2026-12` has other days than were given: give each of its days once, in order",
            id="the days of another month",
        ),
        pytest.param(
            lambda: evolve(SHOP.month(2026, 11), week="week"),  # type: ignore[arg-type]
            "`week` is not `Week`, as the ordinary week of a month must be",
            id="no week",
        ),
        pytest.param(
            lambda: MonthDay(date=date(2026, 11, 1), segments=(evolve(WHOLE, start=1),)),
            "`2026-11-01` has a hole: let segments follow each other from 0 to 86400",
            id="a hole",
        ),
        pytest.param(
            lambda: MonthDay(date=date(2026, 11, 1), owner="sunny", segments=(WHOLE,)),
            "`sunny` is not a tier: write one of `dated`, `holiday`, `recurring`, `seasonal`, "
            "`weekday`, `yearly`",
            id="no tier",
        ),
        pytest.param(
            lambda: MonthSegment(start=9, end=9, value=None),
            "`9` is out of range: the end of a segment in seconds is 10 to 86400",
            id="an empty segment",
        ),
        pytest.param(
            lambda: SHOP.month(2026, 11).to_text("fr"),
            "`fr` is not a language of this library",
            id="an unknown language",
        ),
    ],
)
def test_what_is_no_month_is_refused(make: Callable[[], object], message: str) -> None:
    """A wrong value is refused in one line that says the fix."""
    with pytest.raises(InvalidValueError, match=re.escape(message)):
        make()


def test_a_day_is_a_value() -> None:
    """Sequences become tuples, and the tier may be given by its name."""
    because = [Reason("schedule.holiday", "2026-11-03", {"name": "文化の日"})]
    day = MonthDay(
        date=date(2026, 11, 3),
        owner="holiday",
        rules=["a"],  # type: ignore[arg-type]
        because=because,  # type: ignore[arg-type]
        segments=[WHOLE],  # type: ignore[arg-type]
    )

    assert day.owner is Tier.HOLIDAY
    assert (day.rules, day.because, day.segments) == (("a",), tuple(because), (WHOLE,))
    assert hash(day) == hash(evolve(day))
