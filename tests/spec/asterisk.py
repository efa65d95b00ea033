"""What Asterisk answers for a list of times, minute by minute.

Here: the four masks of a text of times, and a walk through a list of lines, written from
what is known of `main/pbx_timing.c` and `main/pbx_builtins.c`. Not here: the library;
nothing of it is used.

A text of times is four masks: which minutes of a day, weekdays, days of a month and months
are on. It matches when all four are on. A text is scanned as C does it: spaces are skipped
before a number, a number has two characters at most, and what follows is not looked at.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MINUTES = 24 * 60


class Line(NamedTuple):
    """Hold a line: its times, where a match goes, and where no match does.

    An empty label goes nowhere: the next line is asked.
    """

    times: str
    label: str
    negative: str = ""


def answer(lines: Iterable[Line], wall: datetime) -> str | None:
    """Walk through the lines when the clock on the wall shows `wall`."""
    for line in lines:
        label = line.label if matches(line.times, wall) else line.negative
        if label:
            return label
    return None


def matches(times: str, wall: datetime) -> bool:
    """Say whether a text of times matches what the clock on the wall shows."""
    if not times:
        return False
    minutes, weekdays, days, months = masks(times)
    return (
        months[wall.month - 1]
        and days[wall.day - 1]
        and weekdays[wall.isoweekday() % 7]
        and minutes[wall.hour * 60 + wall.minute]
    )


@cache
def masks(times: str) -> tuple[list[bool], list[bool], list[bool], list[bool]]:
    """Return which minutes, weekdays, days and months are on."""
    fields = times.replace("|", ",").split(",")
    fields += ["", "", ""]
    return (
        minute_mask(fields[0]),
        list_mask(fields[1], 7, WEEKDAYS),
        list_mask(fields[2], 31, ()),
        list_mask(fields[3], 12, MONTHS),
    )


def zone_of(times: str) -> str:
    """Return the time zone of a text: a fifth field, if commas part exactly five."""
    fields = times.split(",")
    return fields[4] if len(fields) == 5 else ""


def can_match(times: str) -> bool:
    """Say whether any instant of any year matches."""
    if not times:
        return False
    minutes, weekdays, days, months = masks(times)
    lengths = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    has_date = any(
        months[month] and days[day] for month in range(12) for day in range(lengths[month])
    )
    return has_date and any(weekdays) and any(minutes)


def minute_mask(field: str) -> list[bool]:
    """Switch on the minutes of each range, the last one too, around midnight if need be."""
    if field in {"", "*"}:
        return [True] * MINUTES
    mask = [False] * MINUTES
    for element in field.split("&"):
        if "-" not in element:
            minute = scan_clock(element)
            if minute is not None:
                mask[minute] = True
            continue
        start_text, _, end_text = element.partition("-")
        while end_text and end_text[0] not in "0123456789":
            end_text = end_text[1:]
        minute, end = scan_clock(start_text), scan_clock(end_text)
        if minute is None or end is None:
            continue
        mask[end] = True
        while minute != end:
            mask[minute] = True
            minute = (minute + 1) % MINUTES
    return mask


def list_mask(field: str, size: int, names: tuple[str, ...]) -> list[bool]:
    """Switch on each element from its first to its last, around the end if need be."""
    if field in {"", "*"}:
        return [True] * size
    mask = [False] * size
    for element in field.split("&"):
        start_text, dash, end_text = element.partition("-")
        place = look_up(start_text, size, names)
        end = look_up(end_text, size, names) if dash else place
        if place is None or end is None:
            continue
        mask[end] = True
        while place != end:
            mask[place] = True
            place = (place + 1) % size
    return mask


def look_up(text: str, size: int, names: tuple[str, ...]) -> int | None:
    """Return the place of a name, or of a number that is counted from 1."""
    for place, name in enumerate(names):
        if text.lower() == name:
            return place
    scanned = scan_number(text)
    if scanned is None or not 1 <= scanned[0] <= size:
        return None
    return scanned[0] - 1


def scan_clock(text: str) -> int | None:
    """Scan hour, colon and minute; None when they are not there or no time of day."""
    hour = scan_number(text)
    if hour is None or not hour[1].startswith(":"):
        return None
    minute = scan_number(hour[1][1:])
    if minute is None or hour[0] not in range(24) or minute[0] not in range(60):
        return None
    return hour[0] * 60 + minute[0]


def scan_number(text: str) -> tuple[int, str] | None:
    """Scan spaces, then a number of two characters at most; return it and what follows."""
    text = text.lstrip(" \t\n\v\f\r")
    sign = text[:1] if text[:1] in {"+", "-"} else ""
    digits = ""
    for char in text[len(sign) : 2]:
        if char not in "0123456789":
            break
        digits += char
    if not digits:
        return None
    return int(sign + digits), text[len(sign + digits) :]
