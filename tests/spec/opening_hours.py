"""What opening hours say, read minute by minute with a calendar in hand.

Here: the definition of the notation, on the text itself: rules one after the other, each day
a set of minutes. It reads texts that are well formed and spaced as the notation is usually
written: `; `, `, ` and ` || ` stand between rules, a comma without a space within one. Not
here: the library; nothing of it is used.
"""

import re
from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta
from typing import NamedTuple

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = 1440
RANGE = re.compile(
    r"(?:(\d{4}) )?([A-Z][a-z]{2})(?: (\d\d))?(?:-(?:(\d{4}) )?(?:([A-Z][a-z]{2}) ?)?(\d\d)?)?"
)


class Rule(NamedTuple):
    """Hold the parts of a rule as they are written."""

    joined: str
    dates: str
    weekdays: list[str]
    times: str
    opens: bool


def rules_of(text: str) -> list[Rule]:
    """Return the rules of a text."""
    pieces = re.split(r"(; |, | \|\| )", text)
    return [
        rule_of(joined.strip(), piece)
        for joined, piece in zip(["; ", *pieces[1::2]], pieces[::2], strict=True)
    ]


def rule_of(joined: str, piece: str) -> Rule:
    """Take one rule apart."""
    words = re.sub(r' "[^"]*"$', "", piece).split()
    opens = words[-1] not in {"off", "closed"}
    words = [word for word in words if word not in {"24/7", "open", "off", "closed"}]
    times = "".join(word for word in words if ":" in word)
    days = [word for word in words if ":" not in word]
    dates = [word for word in days if word[0].isdigit() or word[:3] in MONTHS]
    return Rule(joined, " ".join(dates), [w for w in days if w not in dates], times, opens)


def open_minutes(text: str, day: date, holidays: Container[date]) -> set[int]:
    """Return the minutes of a day that are open; those from 1440 are the next morning's.

    It is open at a minute that is one of its day, or of the night of the day before.
    """
    found: set[int] = set()
    for rule in rules_of(text):
        named = names(rule, day, holidays)
        if rule.opens and named:
            found = (set() if rule.joined == ";" else found) | minutes_of(rule.times)
        if rule.opens or rule.joined == "||":
            continue
        if named:
            found = found - minutes_of(rule.times) if rule.times else set()
        if rule.times and names(rule, day + timedelta(1), holidays):
            found -= {minute + DAY for minute in minutes_of(rule.times)}
    return found


def minutes_of(times: str) -> set[int]:
    """Return the minutes of times, the end excluded; of no times, those of the whole day."""
    found: set[int] = set()
    for span in (times or "00:00-24:00").split(","):
        start, end = (
            int(hour) * 60 + int(minute)
            for hour, minute in (clock.split(":") for clock in span.split("-"))
        )
        found |= set(range(start, end if end > start else end + DAY))
    return found


def names(rule: Rule, day: date, holidays: Container[date]) -> bool:
    """Say whether a rule is for a day: what a space parts must all name it."""
    return (not rule.dates or in_dates(rule.dates, day)) and all(
        any(is_weekday(each, day, holidays) for each in split(word)) for word in rule.weekdays
    )


def split(word: str) -> list[str]:
    """Part a list at its commas, but not within brackets."""
    return re.findall(r"[^,\[]+(?:\[[^\]]*\])?", word)


def is_weekday(term: str, day: date, holidays: Container[date]) -> bool:
    """Say whether a day is a public holiday, a weekday, or the nth one of its month."""
    if term == "PH":
        return day in holidays
    if "[" in term:
        name, _, places = term.rstrip("]").partition("[")
        return WEEKDAYS[day.weekday()] == name and any(
            is_nth(int(place), day) for place in places.split(",")
        )
    first, _, last = term.partition("-")
    number = WEEKDAYS.index(first)
    run = [WEEKDAYS[number]]
    while run[-1] != (last or first):
        number += 1
        run.append(WEEKDAYS[number % 7])
    return WEEKDAYS[day.weekday()] in run


def is_nth(nth: int, day: date) -> bool:
    """Say whether a day is the nth of its weekday in its month, -1 being the last."""
    days = monthrange(day.year, day.month)[1]
    such = [number for number in range(1, days + 1) if (number - day.day) % 7 == 0]
    place = such.index(day.day)
    return nth in {place + 1, place - len(such)}


def in_dates(text: str, day: date) -> bool:
    """Say whether a day is in a list of years, of dates, or of days of every year."""
    years = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    if years:
        return int(years[1]) <= day.year <= int(years[2] or years[1])
    return any(in_range(each, day) for each in text.split(","))


def in_range(text: str, day: date) -> bool:
    """Say whether a day is in `Dec 24`, `Jan-Mar`, `Dec 24-Jan 02`, or the like of a year."""
    match = RANGE.fullmatch(text)
    assert match is not None
    year, month, number, last_year, last_month, last_number = match.groups()
    first = (MONTHS.index(month), int(number or 1))
    last = (
        MONTHS.index(last_month or month),
        int(last_number or ("31" if last_month or not number else number)),
    )
    place = (day.month - 1, day.day)
    if year:
        return (int(year), *first) <= (day.year, *place) <= (int(last_year or year), *last)
    if first <= last:
        return first <= place <= last
    return place >= first or place <= last
