"""Strategies for the notation of schedules: days, spans of the day, and its text.

Here: every kind of day term, days, spans, when a rule applies, and text that is of the
notation or nearly. Not here: rules with their values (`for_schedules`).
"""

from datetime import date
from typing import Final, Literal

from hypothesis import strategies as st

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.day_terms import (
    DateRange,
    DayTerm,
    NthWeekday,
    PublicHoliday,
    Weekday,
    YearlyRange,
)
from cloudpbx.routing.days import Days
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import When
from cloudpbx.routing.spans import DAY, Span

__all__ = [
    "date_ranges",
    "dates",
    "day_terms",
    "days",
    "notations",
    "nth_weekdays",
    "recurrences",
    "spans",
    "whens",
    "yearly_ranges",
]

WIDEST_DATES: Final = (1, 9999)
_LEAP_YEAR: Final = 2000
_NTH: Final = (1, 2, 3, 4, 5, -1, -2, -3, -4, -5)
_TELLING_TIMES: Final = (0, 1, 7200, 9000, 32_400, 43_200, 64_800, 79_200, DAY - 1)
_NEAR_TEXTS: Final = (
    "25:00", "9:60", "9-18", "９:00-18:00", "24:00-25:00", "18:00-18:00", "09:00-", "funday",
    "mon-", "mon[0]", "mon[6]", "13-01", "02-30", "2026-02-29", "2027-01-03..2026-12-29",
    "rrule:", "rrule:FREQ=HOURLY", "rrule:FREQ=WEEKLY;BYDAY=", "holidays", "月曜", ",", "..",
)  # fmt: skip


def dates(*, years: tuple[int, int] = WIDEST_DATES) -> st.SearchStrategy[date]:
    """Draw dates, the ends of months and years more often."""
    anywhere = st.dates(date(years[0], 1, 1), date(years[1], 12, 31))
    edges = st.builds(
        lambda year, place: date(year, *place),
        st.integers(*years),
        st.sampled_from(((1, 1), (2, 28), (3, 1), (12, 31))),
    )
    return anywhere | edges


@st.composite
def date_ranges(draw: st.DrawFn, *, years: tuple[int, int] = WIDEST_DATES) -> DateRange:
    """Draw ranges of dates, from one day to all of them."""
    first = draw(dates(years=years))
    days_more = st.integers(0, 40) | st.integers(0, date.max.toordinal())
    last = min(first.toordinal() + draw(days_more), date(years[1], 12, 31).toordinal())
    return DateRange(first, date.fromordinal(last))


def yearly_ranges() -> st.SearchStrategy[YearlyRange]:
    """Draw days of every year, ranges that wrap its end and 29 February among them."""
    places = st.sampled_from(((2, 29), (1, 1), (12, 31))) | st.dates(
        date(_LEAP_YEAR, 1, 1), date(_LEAP_YEAR, 12, 31)
    ).map(lambda day: (day.month, day.day))
    return st.builds(YearlyRange, places, places) | places.map(lambda at: YearlyRange(at, at))


def nth_weekdays() -> st.SearchStrategy[NthWeekday]:
    """Draw nth weekdays of a month, counted from either end."""
    return st.builds(NthWeekday, st.sampled_from(Weekday), st.sampled_from(_NTH))


@st.composite
def recurrences(draw: st.DrawFn, *, years: tuple[int, int] = WIDEST_DATES) -> Recurrence:
    """Draw recurrence rules of whole days that name at least one."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = {"FREQ": frequency, **draw(st.sampled_from(_parts_of(frequency)))}
    start = draw(dates(years=years))
    if draw(st.booleans()):
        parts["INTERVAL"] = str(draw(st.integers(1, 5)))
    end = draw(st.sampled_from(("never", "count", "until")))
    if end == "count":
        parts["COUNT"] = str(draw(st.integers(1, 40)))
    if end == "until":
        until = min(start.toordinal() + draw(st.integers(0, 3000)), date.max.toordinal())
        parts["UNTIL"] = f"{date.fromordinal(until):%Y%m%d}".rjust(8, "0")
    if draw(st.booleans()):
        parts["WKST"] = draw(st.sampled_from(("MO", "SU", "WE")))
    parts["DTSTART"] = f"{start:%Y%m%d}".rjust(8, "0")
    if draw(st.booleans()):
        parts = _without_start(parts)
    try:
        return Recurrence(";".join(f"{key}={value}" for key, value in parts.items()))
    except InvalidValueError:
        # UNTIL came before the first occurrence, or there is no year left for one.
        return Recurrence(f"FREQ={frequency};BYDAY=MO")


def _without_start(parts: dict[str, str]) -> dict[str, str]:
    """Leave out the start where the rule means the same from any."""
    timeless = {key: value for key, value in parts.items() if key != "DTSTART"}
    try:
        Recurrence(";".join(f"{key}={value}" for key, value in timeless.items()))
    except InvalidValueError:
        return parts
    return timeless


def _parts_of(frequency: str) -> tuple[dict[str, str], ...]:
    """Return parts that go with a frequency, and together name a day soon."""
    return {
        "DAILY": ({}, {"BYMONTH": "1,2,12"}, {"BYDAY": "MO,WE"}, {"BYMONTHDAY": "1,-1"}),
        "WEEKLY": (
            {},
            {"BYDAY": "TU"},
            {"BYDAY": "MO,FR,SU"},
            {"BYDAY": "MO,TU,WE", "BYSETPOS": "-1"},
        ),
        "MONTHLY": (
            {},
            {"BYDAY": "2MO"},
            {"BYDAY": "-1FR,1SA"},
            {"BYMONTHDAY": "31"},
            {"BYMONTHDAY": "13", "BYDAY": "FR"},
            {"BYDAY": "MO,TU,WE,TH,FR", "BYSETPOS": "-1"},
        ),
        "YEARLY": (
            {},
            {"BYMONTH": "11", "BYDAY": "4TH"},
            {"BYMONTH": "2", "BYMONTHDAY": "29"},
            {"BYYEARDAY": "1,100,-1"},
            {"BYWEEKNO": "1,20,53", "BYDAY": "MO"},
            {"BYMONTH": "3,6"},
        ),
    }[frequency]


def day_terms(
    *, years: tuple[int, int] = WIDEST_DATES, holidays: bool = True, recurring: bool = True
) -> st.SearchStrategy[DayTerm]:
    """Draw one term of the notation.

    Args:
        years: The first and last year of dates.
        holidays: Whether public holidays are among them.
        recurring: Whether nth weekdays and recurrence rules are.
    """
    kinds: list[st.SearchStrategy[DayTerm]] = [
        st.sampled_from(Weekday),
        yearly_ranges(),
        date_ranges(years=years),
    ]
    if holidays:
        kinds.append(st.just(PublicHoliday()))
    if recurring:
        kinds += [nth_weekdays(), recurrences(years=years)]
    return st.one_of(kinds)


@st.composite
def days(
    draw: st.DrawFn,
    *,
    years: tuple[int, int] = WIDEST_DATES,
    holidays: bool = True,
    recurring: bool = True,
) -> Days:
    """Draw days: every day, unions, and intersections that the notation takes.

    Args:
        draw: Given by Hypothesis.
        years: The first and last year of dates.
        holidays: Whether public holidays are among them.
        recurring: Whether nth weekdays and recurrence rules are.
    """
    terms = day_terms(years=years, holidays=holidays, recurring=recurring)
    alone = terms.map(lambda term: [term])
    united = st.lists(
        terms.filter(lambda term: not isinstance(term, Recurrence)), min_size=1, max_size=4
    )
    weekdays = st.lists(st.sampled_from(Weekday), min_size=1, max_size=5)
    found = Days()
    for word in draw(st.lists(st.one_of(weekdays, alone, united), max_size=3)):
        try:
            found = Days(*found.words, word)
        except InvalidValueError:
            # Two words of one kind narrow each other, so the first stays.
            continue
    return found


@st.composite
def spans(draw: st.DrawFn, *, overnight: bool | None = None) -> Span:
    """Draw spans of the day to the second, whole hours and midnights more often.

    Args:
        draw: Given by Hypothesis.
        overnight: Whether they run over midnight; either when left out.
    """
    times = st.sampled_from(_TELLING_TIMES) | st.integers(0, DAY - 1)
    if overnight or (overnight is None and draw(st.booleans())):
        end = draw(times.map(lambda second: min(max(second, 1), DAY - 2)))
        return Span(draw(st.integers(end + 1, DAY - 1)), end)
    start = draw(times)
    return Span(start, draw(st.integers(start + 1, DAY) | st.just(DAY)))


@st.composite
def whens(
    draw: st.DrawFn,
    *,
    years: tuple[int, int] = WIDEST_DATES,
    holidays: bool = True,
    recurring: bool = True,
) -> When:
    """Draw when a rule applies: days with up to three spans.

    Args:
        draw: Given by Hypothesis.
        years: The first and last year of dates.
        holidays: Whether public holidays are among the days.
        recurring: Whether nth weekdays and recurrence rules are.
    """
    chosen = draw(days(years=years, holidays=holidays, recurring=recurring))
    several = draw(st.lists(spans(), min_size=1, max_size=3))
    try:
        return When(chosen, tuple(several))
    except InvalidValueError:
        # Together they run longer than a day.
        return When(chosen, tuple(several[:1]))


@st.composite
def notations(
    draw: st.DrawFn, *, of: Literal["when", "days", "span"] = "when", well_formed: bool = True
) -> str:
    """Draw text of the notation, as people write it.

    Args:
        draw: Given by Hypothesis.
        of: What the text is read as: `When`, `Days` or `Span`.
        well_formed: Whether it can be read; otherwise it nearly can, and at times does.
    """
    day_text = draw(days().map(str))
    span_text = draw(spans().map(str))
    if of == "when":
        text = draw(st.sampled_from((f"{day_text} {span_text}", f"{span_text} {day_text}")))
    else:
        text = {"days": day_text, "span": span_text}[of]
    if of != "span":
        text = draw(st.sampled_from((text, text.upper(), f"  {text.replace(' ', '   ')} ")))
    if well_formed:
        return text
    places = st.integers(0, len(text))
    low, high = sorted((draw(places), draw(places)))
    piece = draw(st.sampled_from((*_NEAR_TEXTS, "")) | st.text(max_size=5))
    return draw(st.sampled_from((text[:low] + piece + text[high:], f"{text} {piece}", piece)))
