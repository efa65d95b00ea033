"""What FreeSWITCH's conditions answer, asked one by one as a switch asks them.

Here: a condition compared with a clock, an extension walked from its first condition to
its last, a list of extensions hunted through. Not here: the library; nothing of it is used.

The attributes are texts as they stand in the XML. All are asked what the clock shows but
`date-time`, which is asked the instant.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


class Condition(NamedTuple):
    """Hold a condition as it is written."""

    times: dict[str, str]
    breaks: str = "on-false"
    actions: tuple[str, ...] = ()
    anti_actions: tuple[str, ...] = ()
    nested: "tuple[Condition, ...]" = ()
    needs_nested: bool = True


class Extension(NamedTuple):
    """Hold an extension as it is written."""

    name: str
    conditions: tuple[Condition, ...]
    goes_on: bool = False


# A condition.


def in_list(text: str, value: int) -> bool:
    """Say whether a number is one of a list of numbers and ranges; a range may wrap."""
    return any(in_range(part, value) for part in text.split(","))


def in_range(part: str, value: int) -> bool:
    """Say whether a number is in one range, both of its ends included."""
    first, _, last = part.partition("-")
    return between(int(first), int(last or first), value)


def between(low: int, high: int, value: int) -> bool:
    """Say whether a number is met on the way from one end to the other."""
    if low <= high:
        return low <= value <= high
    return value >= low or value <= high


def weekday(word: str) -> int:
    """Return 1 for Sunday to 7 for Saturday."""
    return int(word) if word.isdigit() else NAMES.index(word.lower()) + 1


def in_weekdays(text: str, value: int) -> bool:
    """Say whether a weekday is one of a list."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        if between(weekday(first), weekday(last or first), value):
            return True
    return False


def seconds(text: str) -> int:
    """Return a time of the day as seconds."""
    hour, minute, second = (*(int(part) for part in text.split(":")), 0)[:3]
    return hour * 3600 + minute * 60 + second


def in_times(text: str, value: int) -> bool:
    """Say whether a second of the day is in a list of times, their last seconds included."""
    for part in text.split(","):
        first, last = part.split("-")
        if between(seconds(first), seconds(last), value):
            return True
    return False


def instant(text: str, zone: str) -> datetime:
    """Return the instant that FreeSWITCH makes of a date with a time.

    It takes the clock's time for one of UTC, asks which offset the zone has then, and
    takes that off.
    """
    day, _, clock = text.partition(" ")
    year, month, number = (int(part) for part in day.split("-"))
    as_utc = datetime(year, month, number, tzinfo=UTC) + timedelta(
        seconds=seconds(clock or "0:0")
    )
    offset = as_utc.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return as_utc - offset


def in_dates(text: str, moment: datetime, zone: str) -> bool:
    """Say whether a moment is in a list of dates with times, their ends excluded."""
    for part in text.split(","):
        first, last = part.split("~")
        if instant(first, zone) <= moment.astimezone(UTC) < instant(last, zone):
            return True
    return False


def row(local: datetime) -> int:
    """Return the row of the calendar that a day is in, Sunday beginning a week."""
    found = 1
    for day in range(2, local.day + 1):
        found += local.replace(day=day).isoweekday() == 7
    return found


def matches(times: dict[str, str], moment: datetime, zone: str) -> bool:
    """Say whether all times of a condition match a moment."""
    local = moment.astimezone(ZoneInfo(zone))
    number = (local.date() - local.date().replace(month=1, day=1)).days
    clock = {
        "year": local.year,
        "yday": number + 1,
        "mon": local.month,
        "mday": local.day,
        "week": number // 7 + 1,
        "mweek": row(local),
        "hour": local.hour,
        "minute": local.minute,
        "minute-of-day": local.hour * 60 + local.minute + 1,
    }
    second = local.hour * 3600 + local.minute * 60 + local.second
    for name, text in times.items():
        if name == "wday":
            holds = in_weekdays(text, local.isoweekday() % 7 + 1)
        elif name == "time-of-day":
            holds = in_times(text, second)
        elif name == "date-time":
            holds = in_dates(text, moment, zone)
        elif name == "dst":
            holds = False
        else:
            holds = in_list(text, clock[name])
        if not holds:
            return False
    return True


# A dialplan.


def walk(
    conditions: tuple[Condition, ...], moment: datetime, zone: str, done: list[str]
) -> bool:
    """Ask conditions in their order, note what is done, and say whether they proceed."""
    proceeds = False
    for condition in conditions:
        holds = matches(condition.times, moment, zone)
        actions = condition.actions if holds else condition.anti_actions
        done += actions
        proceeds = holds or bool(actions)
        if condition.breaks == "always":
            break
        if condition.breaks == "on-true" and holds:
            break
        if condition.breaks == "on-false" and not holds:
            break
        if proceeds and condition.nested:
            proceeds = walk(condition.nested, moment, zone, done) or not condition.needs_nested
            if not proceeds and condition.breaks != "never":
                break
    return proceeds


def does_one_thing(conditions: tuple[Condition, ...]) -> bool:
    """Say whether one condition at most does something, and that when it matches."""
    every = list(conditions)
    for condition in every:
        every.extend(condition.nested)
    acting = [each for each in every if each.actions]
    return len(acting) <= 1 and not any(each.anti_actions for each in every)


def answer(extensions: list[Extension], moment: datetime, zone: str) -> str | None:
    """Return what the first extension that wins comes to; None when none does."""
    for extension in extensions:
        done: list[str] = []
        if walk(extension.conditions, moment, zone, done) and not extension.goes_on:
            if does_one_thing(extension.conditions) or not done:
                return extension.name
            return done[0]
    return None
