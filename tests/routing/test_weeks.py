"""Weeks: what each of seven days shows, as values, as text and as pictures."""

import datetime as dt
import re
from collections.abc import Callable
from datetime import UTC, date
from textwrap import dedent
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.day_terms import WEEK, Weekday
from cloudpbx.routing.rules import Override, Rule
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.weeks import Day, Segment, Week

SVG = "{http://www.w3.org/2000/svg}"
TOKYO = ZoneInfo("Asia/Tokyo")
HOSTILE = "<script>alert('1001')</script> & \"more\" " + "長い" * 40
DAY = 86_400
SUNDAY = date(2026, 11, 29)

OFFICE = Schedule(
    zone="Asia/Tokyo",
    rules=(
        Rule("00:00-08:00", "guidance 009608"),
        Rule("08:00-20:00", "ring 1001, 1002"),
        Rule("20:00-24:00", "ring 1003"),
    ),
)
NIGHT = Schedule(zone="Asia/Tokyo", rules=(Rule("fri-sun 22:00-06:00", "ring 1003"),))
SHOP = Schedule(
    zone="Asia/Tokyo",
    rules=(
        Rule("mon-fri 09:00-12:00,12:45-18:00", "ring 1001"),
        Rule("tue-sat 18:00-09:00", "guidance 009608"),
        Rule("sat 09:00:10-18:00", "ring 1002"),
        Rule("holiday 10:00-16:00", "ring 2001"),
        Rule("2026-11-25 00:00-24:00", "ring 3001"),
    ),
    holidays={date(2026, 11, 23): "勤労感謝の日", date(2026, 11, 27): "founding day"},
)


def _legend(week: Week) -> list[tuple[str, ...]]:
    """Return the rows of the table below a week: mark, value, times."""
    rows = [row.findall("td") for row in ET.fromstring(week.to_html()).iter("tr")]
    return [tuple("\n".join(cell.itertext()) for cell in cells) for cells in rows if cells]


def _text(text: str) -> str:
    return dedent(text).strip("\n")


def test_the_office_of_the_manual_as_text() -> None:
    """A letter stands for each half hour, in order of first appearance."""
    assert OFFICE.week().to_text() == _text("""
             0     3     6     9     12    15    18    21    24
             | . . | . . | . . | . . | . . | . . | . . | . . |
        mon  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        tue  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        wed  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        thu  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        fri  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        sat  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        sun  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC

        A  guidance 009608  daily 00:00-08:00
        B  ring 1001, 1002  daily 08:00-20:00
        C  ring 1003        daily 20:00-24:00
    """)


def test_the_office_of_the_manual_in_japanese() -> None:
    """Weekdays and fixed words are Japanese, and the columns still align."""
    assert OFFICE.week().to_text("ja") == _text("""
            0     3     6     9     12    15    18    21    24
            | . . | . . | . . | . . | . . | . . | . . | . . |
        月  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        火  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        水  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        木  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        金  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        土  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC
        日  AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCC

        A  guidance 009608  毎日 00:00-08:00
        B  ring 1001, 1002  毎日 08:00-20:00
        C  ring 1003        毎日 20:00-24:00
    """)


def test_an_overnight_schedule_as_text() -> None:
    """A night is shown on both its days and told as part of the day it starts on."""
    assert str(NIGHT.week()) == _text("""
             0     3     6     9     12    15    18    21    24
             | . . | . . | . . | . . | . . | . . | . . | . . |
        mon  AAAAAAAAAAAA!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
        tue  !!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
        wed  !!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
        thu  !!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
        fri  !!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!AAAA
        sat  AAAAAAAAAAAA!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!AAAA
        sun  AAAAAAAAAAAA!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!AAAA

        A  ring 1003                                   fri-sun 22:00-06:00
        !  nothing answers (caller hears a busy tone)  mon 06:00-24:00
                                                       tue-thu 00:00-24:00
                                                       fri 00:00-22:00
                                                       sat,sun 06:00-22:00
    """)


def test_a_week_with_a_holiday_as_text() -> None:
    """Dates, names of holidays and days with rules of their own are shown."""
    assert SHOP.week(SUNDAY).to_text("ja") == _text("""
                       0     3     6     9     12    15    18    21    24
                       | . . | . . | . . | . . | . . | . . | . . | . . |
        月 2026-11-23  !!!!!!!!!!!!!!!!!!!!AAAAAAAAAAAA!!!!!!!!!!!!!!!!  勤労感謝の日
        火 2026-11-24  !!!!!!!!!!!!!!!!!!BBBBBB!!BBBBBBBBBBCCCCCCCCCCCC
        水 2026-11-25  CCCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
        木 2026-11-26  !!!!!!!!!!!!!!!!!!BBBBBB!!BBBBBBBBBBCCCCCCCCCCCC
        金 2026-11-27  CCCCCCCCCCCCCCCCCC!!AAAAAAAAAAAA!!!!!!!!!!!!!!!!  founding day
        土 2026-11-28  !!!!!!!!!!!!!!!!!!!EEEEEEEEEEEEEEEEECCCCCCCCCCCC
        日 2026-11-29  CCCCCCCCCCCCCCCCCC!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!

        A  ring 2001                               月,金 10:00-16:00
        B  ring 1001                               火,木 09:00-12:00,12:45-18:00
        C  guidance 009608                         火,木,土 18:00-09:00
        D  ring 3001                               水 09:00-24:00
        E  ring 1002                               土 09:00:10-18:00
        !  着信先なし(発信者には話中音が流れます)  月 00:00-10:00,16:00-24:00
                                                   火,木 00:00-09:00,12:00-12:45
                                                   金 09:00-10:00,16:00-24:00
                                                   土 00:00-09:00:10
                                                   日 09:00-24:00
    """)


def test_a_gap_shorter_than_its_half_hour_is_seen() -> None:
    """Ten seconds without an answer mark their half hour, and the legend is exact."""
    hours = Schedule(
        zone="Asia/Tokyo",
        rules=(Rule("00:00-12:00", "ring 1001"), Rule("12:00:10-24:00", "ring 1001")),
    )
    text = hours.week().to_text()

    assert text.splitlines()[2] == "mon  " + "A" * 24 + "!" + "A" * 23
    assert text.endswith("daily 12:00-12:00:10")


@pytest.mark.parametrize(
    ("rules", "letter"),
    [
        pytest.param(("00:00-09:10", "09:10-24:00"), "B", id="the longest wins"),
        pytest.param(("00:00-09:15", "09:15-24:00"), "A", id="of two equals the first"),
        pytest.param(("00:00-09:10,09:22-24:00", "09:10-09:22"), "A", id="parts add up"),
    ],
)
def test_a_half_hour_shows_what_holds_longest(rules: tuple[str, str], letter: str) -> None:
    """Of several values in one half hour the letter is of the longest."""
    first, second = rules
    hours = Schedule(zone="UTC", rules=(Rule(first, "one"), Rule(second, "two")))

    assert hours.week().to_text().splitlines()[2][5 + 18] == letter


def test_times_are_told_in_the_shorter_way() -> None:
    """A night joins its evening only where that makes the legend shorter."""
    hours = Schedule(
        zone="UTC", rules=(Rule("mon-fri 09:00-18:00", "open"),), otherwise="closed"
    )
    whole = Schedule(zone="UTC", rules=(Rule("00:00-24:00", "open"),))
    nightly = Schedule(zone="UTC", rules=(Rule("22:00-06:00", "night"),))

    assert _legend(hours.week()) == [
        ("A", "closed", "mon-fri 00:00-09:00,18:00-24:00\nsat,sun 00:00-24:00"),
        ("B", "open", "mon-fri 09:00-18:00"),
    ]
    assert _legend(whole.week()) == [("A", "open", "daily 00:00-24:00")]
    assert _legend(nightly.week())[0] == ("A", "night", "daily 22:00-06:00")


def test_a_week_with_dates_does_not_go_round() -> None:
    """The last night of a dated week is told as its evening; Monday's is another one."""
    text = NIGHT.week(SUNDAY).to_text()

    assert "A  ring 1003                                   mon 00:00-06:00\n" in text
    assert "\n" + " " * 47 + "fri,sat 22:00-06:00\n" in text
    assert "\n" + " " * 47 + "sun 22:00-24:00\n" in text


def test_a_long_value_does_not_push_its_times_away() -> None:
    """A value too long for its column has its times on the lines below it."""
    hours = Schedule(zone="UTC", rules=(Rule("mon 00:00-12:00", HOSTILE),), otherwise="other")
    lines = hours.week().to_text().splitlines()[-4:]

    assert lines[0] == f"A  {HOSTILE}"
    assert lines[1] == " " * 10 + "mon 00:00-12:00"
    assert lines[2] == "B  other  mon 12:00-24:00"


def test_every_value_has_a_letter_while_there_are_letters() -> None:
    """Capitals, small letters and digits are given in turn; then `+` stands for all."""
    rules = tuple(
        Rule(f"{day} {hour:02}:00-{hour + 1:02}:00", f"{day} {hour}")
        for day in WEEK
        for hour in range(24)
    )
    text = Schedule(zone="UTC", rules=rules).week().to_text()
    letters = "".join(row[5:53:2] for row in text.splitlines()[2:9])

    assert letters.startswith("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+")
    assert letters[62:] == "+" * (168 - 62)
    assert text.splitlines()[-1] == "+  sun 23  sun 23:00-24:00"


def test_values_that_do_not_hash_are_shown() -> None:
    """A value may be anything; equal ones share a letter."""
    hours = Schedule(
        zone="UTC", rules=(Rule("00:00-06:00", ["1001"]), Rule("12:00-18:00", ["1001"]))
    )

    assert _legend(hours.week())[0] == ("A", "['1001']", "daily 00:00-06:00,12:00-18:00")


def test_a_dated_week_shows_what_the_schedule_answers() -> None:
    """At every five minutes of the wall clock the picture and the schedule agree."""
    forced = Override(
        "forced",
        since=dt.datetime(2026, 11, 26, 3, 5, tzinfo=UTC),
        until=dt.datetime(2026, 11, 27, 1, 30, tzinfo=UTC),
    )
    schedules = [SHOP, NIGHT, Schedule(zone="Asia/Tokyo", rules=SHOP.rules, override=forced)]
    for schedule in schedules:
        for day in schedule.week(SUNDAY).days:
            assert day.date is not None
            midnight = dt.datetime.combine(day.date, dt.time(), TOKYO)
            for second in range(0, DAY, 300):
                (shown,) = [s.value for s in day.segments if s.start <= second < s.end]
                assert shown == schedule.at(midnight + dt.timedelta(seconds=second))


@pytest.mark.parametrize("shift", range(7))
def test_any_date_of_a_week_gives_that_week(shift: int) -> None:
    """A week holds the date asked for, and begins on its Monday."""
    week = SHOP.week(SUNDAY - dt.timedelta(shift))

    assert week == Week.of(SHOP, SUNDAY)
    assert [day.date for day in week.days] == [date(2026, 11, 23 + place) for place in range(7)]
    assert [day.holiday for day in week.days if day.holiday] == ["勤労感謝の日", "founding day"]


def test_an_ordinary_week_shows_weekday_rules_alone() -> None:
    """Holidays, dates, recurring days, seasons and the override are left out."""
    weekday = Rule("mon-fri 09:00-18:00", "open")
    busy = Schedule(
        zone="Asia/Tokyo",
        rules=(
            weekday,
            Rule("holiday 00:00-24:00", "closed"),
            Rule("12-29..01-03 00:00-24:00", "closed"),
            Rule("2001-01-01 00:00-24:00", "closed"),
            Rule("mon[1] 00:00-24:00", "closed"),
            Rule("01-01..12-31 mon-fri 19:00-20:00", "season"),
        ),
        holidays={date(2001, 1, 1): "New Year"},
        override=Override("forced"),
    )
    plain = Schedule(zone="Asia/Tokyo", rules=(weekday,))

    assert busy.week() == plain.week()
    assert {(day.date, day.holiday) for day in busy.week().days} == {(None, None)}


def test_a_rule_of_two_tiers_is_ordinary_on_its_weekdays() -> None:
    """A rule for Saturdays and holidays shows its Saturdays in an ordinary week."""
    hours = Schedule(zone="Asia/Tokyo", rules=(Rule("sat,holiday 10:00-16:00", "short"),))

    assert _legend(hours.week())[0] == ("A", "short", "sat 10:00-16:00")


def test_rules_keep_their_order_in_an_ordinary_week() -> None:
    """Where rules may overlap, the first still wins."""
    hours = Schedule(
        zone="UTC",
        rules=(Rule("09:00-18:00", "first"), Rule("00:00-24:00", "second")),
        overlap="first",
    )

    assert [segment.value for segment in hours.week().days[0].segments] == [
        "second",
        "first",
        "second",
    ]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(None, None, [(0, 24, "forced")], id="for good"),
        pytest.param(10, 11, [(0, 9, "o"), (9, 10, "x"), (10, 11, "forced"), (11, 24, "x")],
                     id="inside"),
        pytest.param(None, 9, [(0, 9, "forced"), (9, 24, "x")], id="up to a change"),
        pytest.param(9, None, [(0, 9, "o"), (9, 24, "forced")], id="from a change on"),
        pytest.param(24, None, [(0, 9, "o"), (9, 24, "x")], id="from the next day"),
        pytest.param(None, 0, [(0, 9, "o"), (9, 24, "x")], id="up to the day before"),
        pytest.param(-30, -20, [(0, 9, "o"), (9, 24, "x")], id="long ago"),
    ],
)  # fmt: skip
def test_an_override_is_laid_over_its_days(
    since: int | None, until: int | None, expected: list[tuple[int, int, str]]
) -> None:
    """A forced value shows exactly where it holds."""
    midnight = dt.datetime(2026, 11, 24, tzinfo=TOKYO)
    limits = {
        name: midnight + dt.timedelta(hours=hours)
        for name, hours in (("since", since), ("until", until))
        if hours is not None
    }
    hours = Schedule(
        zone="Asia/Tokyo",
        rules=(Rule("09:00-24:00", "x"),),
        otherwise="o",
        override=Override("forced", **limits),
    )
    tuesday = hours.week(SUNDAY).days[1]

    assert [(s.start // 3600, s.end // 3600, s.value) for s in tuesday.segments] == expected


def test_an_override_with_the_same_value_joins_its_neighbours() -> None:
    """A forced value and the same value before it are one segment."""
    since = dt.datetime(2026, 11, 24, 12, tzinfo=TOKYO)
    rules = (Rule("09:00-18:00", "open"),)
    forced = Schedule(
        zone="Asia/Tokyo",
        rules=rules,
        override=Override("open", since=since, until=since + dt.timedelta(hours=9)),
    )

    assert [(s.start, s.end) for s in forced.week(SUNDAY).days[1].segments] == [
        (0, 32_400),
        (32_400, 21 * 3600),
        (21 * 3600, DAY),
    ]


def _bars(svg: str) -> dict[float, list[ET.Element]]:
    """Return the bars of each row by their height on the page; a legend has none."""
    rows: dict[float, list[ET.Element]] = {}
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        for shape in group.findall(f"{SVG}rect"):
            if shape.get("width") != "16":
                rows.setdefault(float(shape.get("y", "nan")), []).append(shape)
    return rows


@pytest.mark.parametrize(
    "week",
    [
        pytest.param(OFFICE.week(), id="office"),
        pytest.param(NIGHT.week(), id="night"),
        pytest.param(SHOP.week(), id="shop"),
        pytest.param(SHOP.week(SUNDAY), id="dated"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_bars_of_every_row_fill_the_day(week: Week, lang: str) -> None:
    """Seven rows, each as wide as 24 hours, each bar as wide as its segment."""
    rows = _bars(week.to_svg(lang))

    assert len(rows) == 7
    for (_, bars), day in zip(sorted(rows.items()), week.days, strict=True):
        bars.sort(key=lambda bar: float(bar.get("x", "nan")))
        widths = [float(bar.get("width", "nan")) for bar in bars]
        assert sum(widths) == pytest.approx(720)
        assert widths == [
            pytest.approx((s.end - s.start) / 120, abs=2e-3) for s in day.segments
        ]
        assert [bar.get("fill") == "none" for bar in bars] == [
            segment.value is None for segment in day.segments
        ]


def test_a_picture_says_what_each_bar_is() -> None:
    """Pointing at a bar tells its day, its exact times and its value."""
    chart = ET.fromstring(SHOP.week(SUNDAY).to_svg("ja"))
    tips = [tip.text for tip in chart.iter(f"{SVG}title")]

    assert tips[0] == "2026-11-23から2026-11-29まで"
    assert "月 2026-11-23 勤労感謝の日" in tips
    assert "月 2026-11-23 10:00-16:00  ring 2001" in tips
    assert "土 2026-11-28 00:00-09:00:10  着信先なし(発信者には話中音が流れます)" in tips


def test_a_value_without_words_is_not_a_gap() -> None:
    """An empty text is a value like any other: no `!`, and nothing said about gaps."""
    week = Schedule(zone="UTC", rules=(Rule("00:00-24:00", ""),)).week()

    assert "!" not in week.to_text()
    assert "nothing answers" not in week.to_svg()
    assert [words.text for words in ET.fromstring(week.to_svg()).iter(f"{SVG}tspan")] == [
        "An ordinary week",
        *"AAAAAAA",
        "A",
    ]


def test_a_picture_has_its_facts_in_words() -> None:
    """The description tells who cannot see the chart what it shows."""
    chart = ET.fromstring(NIGHT.week().to_svg())

    assert chart.findtext(f"{SVG}title") == "An ordinary week"
    assert chart.findtext(f"{SVG}desc") == (
        "ring 1003: fri-sun 22:00-06:00; nothing answers (caller hears a busy tone): "
        "mon 06:00-24:00, tue-thu 00:00-24:00, fri 00:00-22:00, sat,sun 06:00-22:00"
    )


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_hostile_values_are_shown_and_never_obeyed(lang: str) -> None:
    """A value full of markup is text: cut on the bars, whole where it is pointed at."""
    week = Schedule(zone="UTC", rules=(Rule("00:00-24:00", HOSTILE),)).week()
    svg, html = week.to_svg(lang), week.to_html(lang)
    chart, page = ET.fromstring(svg), ET.fromstring(html)
    words = ["".join(text.itertext()) for text in chart.iter(f"{SVG}text")]

    assert "<script" not in svg + html
    assert not [each for each in [*chart.iter(), *page.iter()] if "script" in each.tag]
    assert any(HOSTILE in (tip.text or "") for tip in chart.iter(f"{SVG}title"))
    assert HOSTILE not in words
    assert any(word.startswith("A <script>alert(") and word.endswith("…") for word in words)
    assert [cell.text for cell in page.iter("td")][:2] == ["A", HOSTILE]


@pytest.mark.parametrize(
    ("lang", "head", "gap", "times"),
    [
        pytest.param(
            "en",
            ["mark", "answer", "when"],
            "nothing answers (caller hears a busy tone)",
            [
                "mon 06:00-24:00",
                "tue-thu 00:00-24:00",
                "fri 00:00-22:00",
                "sat,sun 06:00-22:00",
            ],
            id="en",
        ),
        pytest.param(
            "ja",
            ["記号", "着信先", "時間帯"],
            "着信先なし(発信者には話中音が流れます)",
            ["月 06:00-24:00", "火-木 00:00-24:00", "金 00:00-22:00", "土,日 06:00-22:00"],
            id="ja",
        ),
    ],
)
def test_a_page_has_the_chart_and_a_table(
    lang: str, head: list[str], gap: str, times: list[str]
) -> None:
    """HTML shows the chart once, and the values as a table that can be read aloud."""
    page = ET.fromstring(NIGHT.week().to_html(lang))
    *_, last = page.iter("tr")

    assert page.get("lang") == lang
    assert len(_bars(NIGHT.week().to_html(lang))) == 7
    assert [cell.text for cell in page.iter("th")] == head
    assert ["\n".join(cell.itertext()) for cell in last] == ["!", gap, "\n".join(times)]
    assert not [each for each in page.iter(f"{SVG}rect") if each.get("width") == "16"]


def test_notebooks_show_the_week() -> None:
    """A notebook finds HTML and SVG, of a week and of its schedule."""
    week = OFFICE.week()

    assert week._repr_html_() == week.to_html() == OFFICE._repr_html_()
    assert week._repr_svg_() == week.to_svg()


def test_a_schedule_without_rules_is_one_gap() -> None:
    """Nothing that ever answers is shown as such."""
    week = Schedule(zone="UTC").week()

    assert {row[5:] for row in week.to_text().splitlines()[2:9]} == {"!" * 48}
    assert _legend(week) == [
        ("!", "nothing answers (caller hears a busy tone)", "daily 00:00-24:00")
    ]


def _day(weekday: str = "mon", of: date | None = None) -> Day:
    whole = (Segment(start=0, end=DAY, value="x"),)
    return Day(weekday=Weekday(weekday), date=of, segments=whole)


FULL = tuple(_day(weekday) for weekday in WEEK)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: Segment(start=9, end=9, value="x"),
            "`9` is out of range: the end of a segment in seconds is 10 to 86400",
            id="an empty segment",
        ),
        pytest.param(
            lambda: Segment(start=DAY, end=DAY, value="x"),
            "`86400` is out of range: the start of a segment in seconds is 0 to 86399",
            id="a segment after the day",
        ),
        pytest.param(
            lambda: Day(weekday=Weekday.MON, segments=()),
            "`mon` has a hole: let segments follow each other from 0 to 86400",
            id="a day of nothing",
        ),
        pytest.param(
            lambda: Day(weekday=Weekday.MON, segments=(Segment(start=0, end=9, value="x"),)),
            "`mon` has a hole: let segments follow each other from 0 to 86400",
            id="a day that ends early",
        ),
        pytest.param(
            lambda: Day(weekday=Weekday.MON, segments=("x",)),  # type: ignore[arg-type]
            "`x` is not `Segment`, as a segment of a day must be",
            id="a day of something else",
        ),
        pytest.param(
            lambda: Day(weekday=Weekday.MON, holiday=1, segments=FULL[0].segments),  # type: ignore[arg-type]
            "`1` is not text, as the name of a holiday must be",
            id="a holiday that is no name",
        ),
        pytest.param(
            lambda: _day("mon", SUNDAY),
            "`2026-11-29` is not mon but sun: change one",
            id="a date of another weekday",
        ),
        pytest.param(
            lambda: Week(FULL[:2]),
            "`mon, tue` is not a week: give its seven days from mon to sun",
            id="two days",
        ),
        pytest.param(
            lambda: Week((*FULL[:6], _day("sun", SUNDAY))),
            "`None` does not begin seven dates of one week: give all of them, or none",
            id="one date",
        ),
        pytest.param(
            lambda: Week((_day("mon", date(2026, 11, 23)), *FULL[1:])),
            "`2026-11-23` does not begin seven dates of one week: give all of them, or none",
            id="the first date alone",
        ),
        pytest.param(
            lambda: Week.of("office"),  # type: ignore[arg-type]
            "`office` is not `Schedule`, as what a week shows must be",
            id="no schedule",
        ),
        pytest.param(
            lambda: OFFICE.week(dt.datetime(2026, 11, 24, tzinfo=TOKYO)),
            "is not a date, as the date of a week must be: write `date(2026, 12, 29)`",
            id="a moment",
        ),
        pytest.param(
            lambda: OFFICE.week(date.min),
            "`0001-01-01` is too near the end of the calendar: use years 2 to 9998",
            id="the first date there is",
        ),
        pytest.param(
            lambda: OFFICE.week(date.max),
            "`9999-12-31` is too near the end of the calendar: use years 2 to 9998",
            id="the last date there is",
        ),
        pytest.param(
            lambda: OFFICE.week().to_text("fr"),
            "`fr` is not a language of this library",
            id="an unknown language",
        ),
    ],
)
def test_what_is_no_week_is_refused(make: Callable[[], object], message: str) -> None:
    """A wrong value is refused in one line that says the fix."""
    with pytest.raises(InvalidValueError, match=re.escape(message)):
        make()
