"""Days, one form of the notation after the other."""

from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import (
    DateRange,
    Days,
    NthWeekday,
    PublicHoliday,
    Recurrence,
    Weekday,
    YearlyRange,
)
from cloudpbx.routing.day_terms import WEEK
from cloudpbx.routing.days import Conjunction

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
HINT: Final = (
    "is not a day: write `mon-fri`, `mon[2]`, `2026-12-29`, `12-29..01-03`, `holiday` or "
    "`rrule:…`"
)
WORDS: Final = "`fri`, `mon`, `sat`, `sun`, `thu`, `tue`, `wed`"


@pytest.mark.parametrize(
    ("text", "days", "printed"),
    [
        pytest.param("", Days(), "", id="nothing: every day"),
        pytest.param("daily", Days(), "", id="every day by name"),
        pytest.param("mon-sun", Days(), "", id="every weekday is every day"),
        pytest.param("daily,mon", Days(), "", id="every day and one more"),
        pytest.param("daily mon", Days((MON,)), "mon", id="every day that is a Monday"),
        pytest.param("mon", Days((MON,)), "mon", id="a weekday"),
        pytest.param("Mon,FRI", Days((FRI, MON)), "mon,fri", id="weekdays in any case"),
        pytest.param("mon-wed", Days((MON, TUE, WED)), "mon-wed", id="a range"),
        pytest.param("mon-tue", Days((MON, TUE)), "mon,tue", id="two days are no range"),
        pytest.param("mon-mon", Days((MON,)), "mon", id="a range of one"),
        pytest.param("sat-mon", Days((MON, SAT, SUN)), "sat-mon", id="a range that wraps"),
        pytest.param(
            "mon,wed,thu,fri,sun",
            Days((MON, WED, THU, FRI, SUN)),
            "wed-fri,sun,mon",
            id="several runs",
        ),
        pytest.param("mon-fri tue-sat", Days((TUE, WED, THU, FRI)), "tue-fri", id="narrowed"),
        pytest.param("mon[2]", Days((NthWeekday(MON, 2),)), "mon[2]", id="nth"),
        pytest.param("mon[+1]", Days((NthWeekday(MON, 1),)), "mon[1]", id="nth with its sign"),
        pytest.param("fri[-1]", Days((NthWeekday(FRI, -1),)), "fri[-1]", id="the last"),
        pytest.param(
            "tue[3],mon[-1],mon[2]",
            Days((NthWeekday(MON, -1), NthWeekday(MON, 2), NthWeekday(TUE, 3))),
            "mon[-1],mon[2],tue[3]",
            id="several nth",
        ),
        pytest.param(
            "2026-12-29",
            Days((DateRange(date(2026, 12, 29), date(2026, 12, 29)),)),
            "2026-12-29",
            id="a date",
        ),
        pytest.param(
            "2026-12-29..2027-01-03",
            Days((DateRange(date(2026, 12, 29), date(2027, 1, 3)),)),
            "2026-12-29..2027-01-03",
            id="dates",
        ),
        pytest.param(
            "2026-01-06,2026-01-01..2026-01-05,2026-01-03,2026-02-01",
            Days(
                (
                    DateRange(date(2026, 1, 1), date(2026, 1, 6)),
                    DateRange(date(2026, 2, 1), date(2026, 2, 1)),
                )
            ),
            "2026-01-01..2026-01-06,2026-02-01",
            id="dates that touch are joined",
        ),
        pytest.param(
            "2026-01-01..9999-12-31,9999-12-31",
            Days((DateRange(date(2026, 1, 1), date.max),)),
            "2026-01-01..9999-12-31",
            id="to the end of the calendar",
        ),
        pytest.param("12-29", Days((YearlyRange((12, 29), (12, 29)),)), "12-29", id="yearly"),
        pytest.param(
            "12-29..01-03",
            Days((YearlyRange((12, 29), (1, 3)),)),
            "12-29..01-03",
            id="yearly, over the year's end",
        ),
        pytest.param("02-29", Days((YearlyRange((2, 29), (2, 29)),)), "02-29", id="leap day"),
        pytest.param("HOLIDAY", Days((PublicHoliday(),)), "holiday", id="public holidays"),
        pytest.param(
            "sun,holiday", Days((PublicHoliday(), SUN)), "holiday,sun", id="two kinds unite"
        ),
        pytest.param(
            "mon-fri holiday",
            Days((PublicHoliday(),), (MON, TUE, WED, THU, FRI)),
            "holiday mon-fri",
            id="two kinds intersect",
        ),
        pytest.param(
            "holiday,sun 07-01..08-31",
            Days((YearlyRange((7, 1), (8, 31)),), (PublicHoliday(), SUN)),
            "07-01..08-31 holiday,sun",
            id="a union inside an intersection",
        ),
        pytest.param(
            "rrule:FREQ=DAILY mon",
            Days((Recurrence("FREQ=DAILY"),), (MON,)),
            "rrule:FREQ=DAILY mon",
            id="a recurrence rule, narrowed",
        ),
        pytest.param(
            "mon holiday mon holiday",
            Days((PublicHoliday(),), (MON,)),
            "holiday mon",
            id="the same word twice",
        ),
    ],
)
def test_days_are_read(text: str, days: Days, printed: str) -> None:
    """The text gives the same days as the objects, and prints in one way."""
    assert Days.parse(text) == days
    assert str(days) == printed
    assert hash(Days.parse(printed)) == hash(days)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "funday", f"`funday` is not a weekday: write one of {WORDS}", id="unknown word"
        ),
        pytest.param("mno", "`mno` is not a weekday: did you mean `mon`?", id="a slip"),
        pytest.param("holidays", "`holidays` is not a weekday: write `holiday`", id="s"),
        pytest.param("mon-frj", "`frj` is not a weekday: did you mean `fri`?", id="a bad end"),
        pytest.param("mon,", f"`` in `mon,` {HINT}", id="a comma too many"),
        pytest.param("mon-", f"`mon-` {HINT}", id="half a range"),
        pytest.param("月曜", f"`月曜` {HINT}", id="Japanese"),
        pytest.param("12-29..", f"`12-29..` {HINT}", id="half a yearly range"),
        pytest.param("2026-12-29..12-30", f"`2026-12-29..12-30` {HINT}", id="two kinds of end"),
        pytest.param("２０２６-12-29", f"`２０２６-12-29` {HINT}", id="full-width digits"),
        pytest.param(
            "mon,rrule:FREQ=DAILY",
            f"`rrule:FREQ=DAILY` in `mon,rrule:FREQ=DAILY` {HINT}",
            id="a recurrence rule is its own word",
        ),
        pytest.param(
            "mon[0]", "`mon[0]` names no day: the first is 1, the last is -1", id="the 0th"
        ),
        pytest.param(
            "mon[6]",
            "`6` is out of range: the place of a weekday in its month is -5 to 5",
            id="the 6th",
        ),
        pytest.param("mon[1-2]", f"`mon[1-2]` {HINT}", id="a range of places"),
        pytest.param(
            "13-01",
            "`13-01` names no day of any year: write month and day, as `12-29`",
            id="13 months",
        ),
        pytest.param(
            "01-01..02-30",
            "`01-01..02-30` names no day of any year: write month and day, as `12-29`",
            id="30 February",
        ),
        pytest.param(
            "2026-02-29",
            "`2026-02-29` is no day of the calendar: correct it, or write `2026-12-29`",
            id="no leap year",
        ),
        pytest.param(
            "2027-01-03..2026-12-29",
            "`2027-01-03..2026-12-29` runs backwards: write the earlier date first",
            id="backwards",
        ),
        pytest.param(
            "mon tue", "`tue` leaves no weekday of those named before it", id="no weekday left"
        ),
        pytest.param(
            "12-25 holiday 12-26",
            "`12-25` and `12-26` narrow each other: unite them with a comma or write one term",
            id="two words of one kind",
        ),
        pytest.param(
            5,
            '`5` is not text, as the days of a rule must be: write it in quotes, "5"',
            id="int",
        ),
    ],
)
def test_text_is_refused(text: Any, message: str) -> None:
    """A term that is not of the notation is named, with what fits."""
    with pytest.raises(InvalidValueError) as refusal:
        Days.parse(text)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ((),), "`()` names no day: leave the word out for every day", id="an empty word"
        ),
        pytest.param(
            (MON,),
            '`mon` is not a sequence: write `("mon",)`',
            id="a term instead of a word",
        ),
        pytest.param(
            ((5,),),
            "`5` is not `DateRange` or `YearlyRange` or `PublicHoliday` or `NthWeekday` or "
            "`Recurrence` or `Weekday`, as a term of the days of a rule must be",
            id="no term",
        ),
        pytest.param(
            ((MON, Recurrence("FREQ=DAILY")),),
            "`rrule:FREQ=DAILY` is a word of its own: write it as its own rule",
            id="what the notation could not print",
        ),
    ],
)
def test_objects_are_refused(words: Any, message: str) -> None:
    """Objects are checked as text is."""
    with pytest.raises(InvalidValueError) as refusal:
        Days(*words)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        pytest.param(
            NthWeekday,
            ("funday", 1),
            f"`funday` is not a weekday: write one of {WORDS}",
            id="nth of no weekday",
        ),
        pytest.param(
            NthWeekday,
            (5, 1),
            '`5` is not text, as a weekday must be: write it in quotes, "5"',
            id="nth of a number",
        ),
        pytest.param(
            NthWeekday,
            ("mon", "1"),
            "`1` is not a whole number, as the place of a weekday in its month must be",
            id="nth is text",
        ),
        pytest.param(
            DateRange,
            ("2026-01-01", date(2026, 1, 1)),
            "`2026-01-01` is not a date, as a day of a range of dates must be: write "
            "`date(2026, 12, 29)`",
            id="dates are text",
        ),
        pytest.param(
            DateRange,
            (date(2026, 1, 1), datetime(2026, 1, 1)),  # noqa: DTZ001 - refused
            "`datetime.datetime(2026, 1, 1, 0, 0)` is not a date, as a day of a range of "
            "dates must be: write `date(2026, 12, 29)`",
            id="dates with a time",
        ),
        pytest.param(
            YearlyRange,
            ((2, 30), (3, 1)),
            "`(2, 30)` is no month and day of any year: write `(12, 29)`",
            id="30 February",
        ),
        pytest.param(
            YearlyRange,
            ((1, 1), "12-29"),
            "`12-29` is no month and day of any year: write `(12, 29)`",
            id="yearly text",
        ),
        pytest.param(
            YearlyRange,
            (5, (1, 1)),
            "`5` is no month and day of any year: write `(12, 29)`",
            id="yearly number",
        ),
    ],
)
def test_terms_are_refused(make: Any, arguments: tuple[Any, ...], message: str) -> None:
    """Each kind of term refuses what it cannot be."""
    with pytest.raises(InvalidValueError) as refusal:
        make(*arguments)

    assert str(refusal.value) == message


def dates_of(text: str, first: date, last: date, *holidays: date) -> list[str]:
    """Return the dates from first to last that some days name."""
    days = Days.parse(text)
    every = [first + timedelta(number) for number in range((last - first).days + 1)]
    return [str(day) for day in every if days.matches(day, holiday=day in holidays)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("fri", ["2024-02-23", "2024-03-01"], id="weekday"),
        pytest.param("fri[1]", ["2024-03-01"], id="first"),
        pytest.param("fri[4]", ["2024-02-23"], id="fourth"),
        pytest.param("fri[-1]", ["2024-02-23"], id="last"),
        pytest.param("thu[5],thu[-5]", ["2024-02-29"], id="fifth of five"),
        pytest.param("fri[-5]", ["2024-03-01"], id="first of five"),
        pytest.param("02-28..03-01", ["2024-02-28", "2024-02-29", "2024-03-01"], id="leap"),
        pytest.param("02-29", ["2024-02-29"], id="leap day"),
        pytest.param("12-31..02-23", ["2024-02-22", "2024-02-23"], id="wrapped yearly"),
        pytest.param(
            "02-29..01-10", ["2024-02-29", "2024-03-01"], id="wrapped, from its first"
        ),
        pytest.param("2024-02-24..2024-02-25", ["2024-02-24", "2024-02-25"], id="dates"),
        pytest.param("holiday", ["2024-02-23"], id="holiday"),
        pytest.param("holiday,thu 02-23..02-29", ["2024-02-23", "2024-02-29"], id="mixed"),
        pytest.param("rrule:FREQ=MONTHLY;BYMONTHDAY=-1", ["2024-02-29"], id="recurrence"),
        pytest.param("fri[4] holiday", ["2024-02-23"], id="nth and holiday"),
    ],
)
def test_days_match(text: str, expected: list[str]) -> None:
    """From 22 February to 1 March 2024, with a holiday on Friday 23, these are the days."""
    found = dates_of(text, date(2024, 2, 22), date(2024, 3, 1), date(2024, 2, 23))

    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("fri[5]", ["9999-12-31"], id="fifth"),
        pytest.param("fri[-1]", ["9999-12-31"], id="last"),
        pytest.param("thu[-1]", ["9999-12-30"], id="last but one"),
    ],
)
def test_the_last_month_of_the_calendar(text: str, expected: list[str]) -> None:
    """December 9999, which no month follows, has its last weekdays too."""
    assert dates_of(text, date(9999, 12, 20), date.max) == expected


def test_alternatives_hold_one_kind_a_word() -> None:
    """A union of two kinds becomes two alternatives, each with its kinds."""
    parts = Days.parse("holiday,sun 07-01..08-31").alternatives()

    assert parts == (
        Conjunction(((YearlyRange((7, 1), (8, 31)),), (PublicHoliday(),))),
        Conjunction(((YearlyRange((7, 1), (8, 31)),), (SUN,))),
    )
    assert [part.kinds for part in parts] == [
        {YearlyRange, PublicHoliday},
        {YearlyRange, Weekday},
    ]


@pytest.mark.parametrize("number", range(7))
def test_weekdays_are_numbered_as_dates_are(number: int) -> None:
    """Monday is 0, and a weekday matches its dates alone."""
    weekday = list(Weekday)[number]
    week = [date(2026, 11, 23) + timedelta(each) for each in range(7)]

    assert weekday.number == number
    assert [weekday.matches(day) for day in week] == [each == number for each in range(7)]


def test_weekdays_that_exclude_each_other_are_no_alternative() -> None:
    """`02-29,tue` on Mondays is 29 February on a Monday, and never a Tuesday."""
    days = Days((YearlyRange((2, 29), (2, 29)), Weekday.TUE), (Weekday.MON,))

    assert [each.words for each in days.alternatives()] == [
        ((YearlyRange((2, 29), (2, 29)),), (Weekday.MON,))
    ]


def test_weekdays_of_several_words_are_one_word() -> None:
    """`holiday,mon-wed` on `tue-thu` has the weekdays that both name."""
    days = Days((PublicHoliday(), *WEEK[:3]), WEEK[1:4])

    assert [each.words for each in days.alternatives()] == [
        ((PublicHoliday(),), WEEK[1:4]),
        (WEEK[1:3],),
    ]


@pytest.mark.parametrize(
    ("word", "fix"),
    [
        pytest.param("weekday", "write `mon-fri`", id="weekday"),
        pytest.param("weekend", "write `sat,sun`", id="weekend"),
        pytest.param("everyday", "write `daily`", id="everyday"),
        pytest.param("holidya", "did you mean `holiday`?", id="a slip"),
    ],
)
def test_other_words_for_days_are_told_the_notation(word: str, fix: str) -> None:
    """Words that people write for days lead to those of the notation."""
    with pytest.raises(InvalidValueError) as caught:
        Days.parse(word)

    assert str(caught.value) == f"`{word}` is not a weekday: {fix}"
