"""The cells of a row of Clocall's incoming settings (着信設定).

Here: what each column may hold, reading a cell and writing it. Not here: the whole of
the dialect, which `dialect` specifies, or what rows mean together.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cloudpbx._values import check_unique, shown
from cloudpbx.errors import DocumentError, InvalidValueError, Problem
from cloudpbx.routing.day_terms import WEEK, Weekday
from cloudpbx.routing.destinations import Announce, Destination, Ring
from cloudpbx.routing.extensions import ExtensionRange
from cloudpbx.routing.numbers import check_number, spelled
from cloudpbx.routing.target_texts import AFTER_HOURS_CODE, is_name

__all__ = [
    "COLUMNS",
    "END",
    "NUMBER",
    "READERS",
    "START",
    "TARGETS",
    "WEEKDAYS",
    "check_called",
    "check_target",
    "days_text",
    "half_width",
    "refusals",
    "span_text",
    "time_text",
]

NUMBER: Final = "電話番号"
TARGETS: Final = "着信先内線ユーザー"
WEEKDAYS: Final = "曜日"
START: Final = "開始"
END: Final = "終了"
COLUMNS: Final = (NUMBER, TARGETS, WEEKDAYS, START, END)

_NAMES: Final = dict(zip("月火水木金土日", WEEK, strict=True))
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_JOINED = re.compile(r"[\s.]")
_WIDE_COMMA: Final = str.maketrans("、", ",")
_SHORTEST_OUTSIDE: Final = 9
_EXTENSIONS: Final = ExtensionRange()


def half_width(cell: str) -> str:
    """Return a cell when it has no full-width characters (全角)."""
    written = unicodedata.normalize("NFKC", cell).translate(_WIDE_COMMA)
    if written != cell:
        msg = f"{shown(cell)} is not half-width: write {shown(written)}"
        raise InvalidValueError(msg)
    return cell


# 電話番号


def check_called(value: object, *, what: str = "a called number") -> str:
    """Return the one spelling of a number as it is called from inside the country."""
    number = check_number(value, what=what)
    if not number.startswith(("0", "+")):
        fix = "a spreadsheet keeps the 0 when the cell is text"
        msg = f"{shown(value)} does not begin with 0 or +, as {what} must: {fix}"
        raise InvalidValueError(msg)
    return number


# 着信先内線ユーザー


def _read_destination(cell: str) -> Destination:
    targets = [target.strip() for target in cell.split(",")]
    if "" in targets:
        msg = f"{shown(cell)} has an empty target: write each between commas, as `1001,1002`"
        raise InvalidValueError(msg)
    if targets == [AFTER_HOURS_CODE]:
        return Announce()
    _check_all(check_target, targets)
    return Ring(tuple(targets))


def check_target(text: str) -> str:
    """Return the one spelling of an extension or an outside number.

    In order, and the first that applies wins:

    1. the guidance is no target among others (4-23);
    2. a name is none, and neither are two targets in one;
    3. four digits of the range are an extension (4-13);
    4. anything else is an outside number, by its shape (4-24).
    """
    if text == AFTER_HOURS_CODE:
        msg = f"`{text}` is guidance, which answers before a phone can: give it its own row"
        raise InvalidValueError(msg)
    if is_name(text):
        msg = f"{shown(text)} is a name: write the numbers of a group one by one"
        raise InvalidValueError(msg)
    if _JOINED.search(text):
        msg = f"{shown(text)} is not one target: part targets with a half-width comma"
        raise InvalidValueError(msg)
    number = spelled(text)
    if number in _EXTENSIONS and number.isdecimal():
        return number
    if number.isdecimal() and len(number) < _SHORTEST_OUTSIDE:
        msg = (
            f"{shown(text)} is not a target: write an extension of `{_EXTENSIONS}`, "
            f"`{AFTER_HOURS_CODE}` or an outside number"
        )
        raise InvalidValueError(msg)
    return check_called(text, what="an outside target")


def refusals(check: Callable[[str], object], texts: Iterable[str]) -> list[str]:
    """Return what a check says against texts, each once."""
    found = []
    for text in texts:
        try:
            check(text)
        except InvalidValueError as error:
            found.append(str(error))
    return list(dict.fromkeys(found))


def _check_all(check: Callable[[str], object], texts: Iterable[str]) -> None:
    if messages := refusals(check, texts):
        raise DocumentError(tuple(Problem(path="", message=each) for each in messages))


# 曜日


def _read_weekdays(cell: str) -> frozenset[Weekday]:
    names = [name.strip() for name in cell.split(",")] if cell else list(_NAMES)
    _check_all(_check_weekday, names)
    check_unique(names, what="weekdays")
    return frozenset(_NAMES[name] for name in names)


def _check_weekday(name: str) -> None:
    if name not in _NAMES:
        fix = f"write some of `{','.join(_NAMES)}`, or nothing for every day"
        msg = f"{shown(name)} is not a weekday: {fix}"
        raise InvalidValueError(msg)


def days_text(days: Iterable[Weekday]) -> str:
    """Write weekdays, every one of them."""
    return ",".join(name for name, weekday in _NAMES.items() if weekday in days)


# 開始, 終了


def _read_time(cell: str) -> int:
    """Read a time of day as seconds after midnight, 0 to 86399."""
    match = _TIME.fullmatch(cell)
    if match is None:
        msg = f"{shown(cell)} is not a time of day: write `9:00` or `9:00:00`"
        raise InvalidValueError(msg)
    hour, minute, second = (int(part or 0) for part in match.groups())
    if minute > 59 or second > 59:  # noqa: PLR2004 - a clock face
        part = "minutes" if minute > 59 else "seconds"  # noqa: PLR2004 - a clock face
        msg = f"`{cell}` is not a time of day: {part} are 00 to 59"
        raise InvalidValueError(msg)
    if hour > 23:  # noqa: PLR2004 - a clock face
        fix = "hours are 0 to 23, the day starts with `0:00:00` and ends with `23:59:59`"
        msg = f"`{cell}` is not a time of day: {fix}"
        raise InvalidValueError(msg)
    return hour * 3600 + minute * 60 + second


def _read_end(cell: str) -> int:
    """Read an end, inclusive at its written precision, as the first second after it."""
    return _read_time(cell) + (60 if cell.count(":") == 1 else 1)


def time_text(seconds: int) -> str:
    """Write seconds after midnight."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}"


def span_text(start: int, end: int) -> str:
    """Write the first and the last second of a part of the day."""
    return f"{time_text(start)}-{time_text(end - 1)}"


# All of them.

READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    NUMBER: check_called,
    TARGETS: _read_destination,
    WEEKDAYS: _read_weekdays,
    START: _read_time,
    END: _read_end,
}
"""How the cell of each column is read, once it is half-width."""
