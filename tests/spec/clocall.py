"""What a file of Clocall's incoming settings says, read as naively as can be.

Here: the definition of a row that matches, on the texts of its cells. Not here: the
library; nothing of it is used.
"""

import csv
from datetime import datetime
from io import StringIO
from typing import NamedTuple

WEEKDAYS = "月火水木金土日"


class Setting(NamedTuple):
    """Hold the cells of a row as they are written."""

    number: str
    targets: str
    weekdays: str
    start: str
    end: str


def settings(text: str) -> list[Setting]:
    """Return the rows of a well-formed file below its header."""
    header, *rows = (row for row in csv.reader(StringIO(text.lstrip("\ufeff"))) if row)
    places = [
        [name.strip() for name in header].index(name)
        for name in ("電話番号", "着信先内線ユーザー", "曜日", "開始", "終了")
    ]
    return [Setting(*(row[place].strip() for place in places)) for row in rows]


def digits(number: str) -> str:
    """Return a number without what stands between its digits."""
    return "".join(char for char in number if char in "+0123456789")


def clock(text: str) -> tuple[int, ...]:
    """Return hour and minute, and the second where one is written."""
    return tuple(int(part) for part in text.split(":"))


def matches(setting: Setting, weekday: int, now: tuple[int, int, int]) -> bool:
    """Say whether a row matches a second of a day, both of its ends included.

    The end is compared as precisely as it is written: a clock that shows 19:59:30 shows
    19:59 as long as nobody asks for seconds.
    """
    end = clock(setting.end)
    return (
        (not setting.weekdays or WEEKDAYS[weekday] in setting.weekdays)
        and clock(setting.start) <= now
        and now[: len(end)] <= end
    )


def answer(rows: list[Setting], number: str, local: datetime) -> tuple[str, ...] | None:
    """Return what a call reaches when the clock on the wall shows `local`; None is busy."""
    now = (local.hour, local.minute, local.second)
    found = [
        tuple(digits(target) for target in row.targets.split(","))
        for row in rows
        if digits(row.number) == number and matches(row, local.weekday(), now)
    ]
    if len(found) > 1:
        msg = "rows that share time have no meaning"
        raise AssertionError(msg)
    return found[0] if found else None


def is_forwards(setting: Setting) -> bool:
    """Say whether a row starts no later than it ends, on one day."""
    end = clock(setting.end)
    return clock(setting.start)[: len(end)] <= end


def share_time(one: Setting, other: Setting) -> bool:
    """Say whether two rows of one number match the same second.

    If they do, then the one that starts later starts within the other.
    """
    return digits(one.number) == digits(other.number) and any(
        matches(one, weekday, first_second(row)) and matches(other, weekday, first_second(row))
        for weekday in range(7)
        for row in (one, other)
    )


def first_second(setting: Setting) -> tuple[int, int, int]:
    """Return what the clock shows when a row starts."""
    hour, minute, second = (*clock(setting.start), 0)[:3]
    return hour, minute, second
