"""Days that recur by a rule of RFC 5545 section 3.3.10.

Here: reading, checking and printing `rrule:FREQ=WEEKLY;…`, and which dates it names.
Not here: times of day (a rule of a schedule has its span) and the algorithm, which is
python-dateutil's.

Whole days only: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY, and there is no BYHOUR. A rule
that depends on where it starts (INTERVAL above 1, COUNT, or days taken from the first
occurrence) needs its DTSTART; all others mean the same from any start. COUNT and UNTIL
exclude each other.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import lcm
from typing import TYPE_CHECKING, Final, Self

from attrs import field, frozen

from cloudpbx._values import check_text, nearest, shown
from cloudpbx.errors import InvalidValueError

if TYPE_CHECKING:
    from dateutil.rrule import rrule

__all__ = ["Recurrence"]

_PARTS: Final = (
    "DTSTART",
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYWEEKNO",
    "BYYEARDAY",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
    "WKST",
)
_FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_DAY_PARTS: Final = frozenset({"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY"})
_DATE = re.compile(r"\d{8}", re.ASCII)
_VALUE = re.compile(r"[A-Z0-9,+-]+", re.ASCII)
_NUMBER = re.compile(r"[+-]?[1-9]\d{0,4}", re.ASCII)
_WEEKDAY = re.compile(r"([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)")
_GREGORIAN_DAYS: Final = 146_097
_GREGORIAN_YEARS: Final = 400
_NUMBERS: Final = {
    "INTERVAL": (1, 9_999),
    "COUNT": (1, 10_000),
    "BYMONTH": (1, 12),
    "BYWEEKNO": (-53, 53),
    "BYYEARDAY": (-366, 366),
    "BYMONTHDAY": (-31, 31),
    "BYSETPOS": (-366, 366),
}
_GOES_WITH: Final = {
    "BYWEEKNO": ("YEARLY",),
    "BYYEARDAY": ("YEARLY",),
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYSETPOS": ("WEEKLY", "MONTHLY", "YEARLY"),
}
_PREFIX: Final = "rrule:"


@frozen(order=True)
class Recurrence:
    """Name the days of an RFC 5545 recurrence rule.

    Attributes:
        rule: The parts in canonical order, as `FREQ=MONTHLY;BYDAY=2MO`.

    >>> payday = Recurrence.parse("rrule:FREQ=MONTHLY;BYDAY=-1FR")
    >>> payday.matches(date(2026, 11, 27))
    True
    >>> print(payday)
    rrule:FREQ=MONTHLY;BYDAY=-1FR

    Raises:
        InvalidValueError: the rule is not one of whole days, needs its DTSTART, or
            names no day at all.
    """

    rule: str = field()

    def __attrs_post_init__(self) -> None:
        parts = _read_parts(self.rule)
        object.__setattr__(self, "rule", ";".join(f"{key}={parts[key]}" for key in parts))
        if _first_year(self.rule) is None:
            msg = f"{shown(self.rule)} names no day: loosen or remove the rule"
            raise InvalidValueError(msg)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the rule with its prefix, `rrule:FREQ=…`."""
        return cls(text[len(_PREFIX) :])

    @property
    def start(self) -> date | None:
        """Return its DTSTART, or None when the rule means the same from any start."""
        first = self.rule.partition(";")[0]
        return _read_day(first[8:]).date() if first.startswith("DTSTART=") else None

    @property
    def end(self) -> date | None:
        """Return a day after which it names none, or None when it goes on for ever."""
        if "COUNT=" in self.rule:
            return date.fromordinal(max(_counted_ordinals(self.rule)))
        until = self.rule.partition("UNTIL=")[2][:8]
        return _read_day(until).date() if until else None

    @property
    def cycle(self) -> int:
        """Return the days after which it repeats itself, between its start and its end."""
        parts = dict(part.split("=") for part in self.rule.split(";"))
        interval = int(parts.get("INTERVAL", "1"))
        months = 12 * _GREGORIAN_YEARS
        return {
            "DAILY": lcm(_GREGORIAN_DAYS, interval),
            "WEEKLY": lcm(_GREGORIAN_DAYS, 7 * interval),
            "MONTHLY": lcm(months, interval) // months * _GREGORIAN_DAYS,
            "YEARLY": lcm(months, 12 * interval) // months * _GREGORIAN_DAYS,
        }[parts["FREQ"]]

    def matches(self, day: date) -> bool:
        """Say whether the rule names `day`."""
        if "COUNT=" in self.rule:
            return day.toordinal() in _counted_ordinals(self.rule)
        return day.toordinal() in _ordinals(self.rule, day.year)

    def __str__(self) -> str:
        """Write the term as it is read."""
        return _PREFIX + self.rule


def _read_parts(rule: str) -> dict[str, str]:
    """Check the parts of a rule and put them in order."""
    check_text(rule, what="a recurrence rule")
    given: dict[str, str] = {}
    for part in rule.upper().split(";"):
        key, _, value = part.partition("=")
        if key not in _PARTS:
            msg = f"{shown(key)} in {shown(rule)} is not a part of a rule of whole days: "
            raise InvalidValueError(msg + nearest(key, _PARTS))
        if key in given or not _VALUE.fullmatch(value):
            what = "stands twice" if key in given else "has no value that can be read"
            msg = f"`{key}` in {shown(rule)} {what}: write each part once, as `FREQ=WEEKLY`"
            raise InvalidValueError(msg)
        given[key] = value
    if given.get("FREQ") not in _FREQUENCIES:
        msg = f"{shown(rule)} has no frequency of whole days: write `FREQ=` and one of "
        raise InvalidValueError(msg + ", ".join(f"`{each}`" for each in _FREQUENCIES))
    _check_values(rule, given)
    if given.get("INTERVAL") == "1":
        del given["INTERVAL"]
    _check_together(rule, given)
    return {key: given[key] for key in _PARTS if key in given}


def _check_values(rule: str, given: dict[str, str]) -> None:
    """Refuse values that are not those of their part."""
    for key, value in given.items():
        each = value.split(",") if key.startswith("BY") else [value]
        if key in {"DTSTART", "UNTIL"}:
            _read_day(value)
        if key in _NUMBERS and not all(_is_number(number, *_NUMBERS[key]) for number in each):
            bounds = "{} to {}".format(*_NUMBERS[key])
            msg = f"`{key}={value}` in {shown(rule)} is out of range: it is {bounds}, not 0"
            raise InvalidValueError(msg)
        if key in {"BYDAY", "WKST"} and not all(map(_WEEKDAY.fullmatch, each)):
            msg = f"`{key}={value}` in {shown(rule)} names no weekday: write `MO` to `SU`"
            raise InvalidValueError(msg)


def _is_number(text: str, low: int, high: int) -> bool:
    return bool(_NUMBER.fullmatch(text)) and low <= int(text) <= high


def _check_together(rule: str, given: dict[str, str]) -> None:
    """Refuse parts that do not go together, and a rule that lacks its start."""
    frequency = given["FREQ"]
    if "COUNT" in given and "UNTIL" in given:
        msg = f"{shown(rule)} ends twice: write `COUNT=` or `UNTIL=`, not both"
        raise InvalidValueError(msg)
    for key, frequencies in _GOES_WITH.items():
        if key in given and frequency not in frequencies:
            fix = " or ".join(f"`FREQ={each}`" for each in frequencies)
            msg = f"`{key}` in {shown(rule)} does not go with `FREQ={frequency}`: use {fix}"
            raise InvalidValueError(msg)
    if "BYSETPOS" in given and not given.keys() & {*_DAY_PARTS, "BYMONTH"}:
        msg = f"`BYSETPOS` in {shown(rule)} picks from no days: add `BYDAY=`, as `BYDAY=MO,TU`"
        raise InvalidValueError(msg)
    if frequency in {"DAILY", "WEEKLY"} and any(map(str.isdigit, given.get("BYDAY", ""))):
        msg = f"`BYDAY` in {shown(rule)} counts weekdays: use `FREQ=MONTHLY` or `FREQ=YEARLY`"
        raise InvalidValueError(msg)
    depends = frequency != "DAILY" and not _DAY_PARTS & given.keys()
    if "DTSTART" not in given and (depends or given.keys() & {"INTERVAL", "COUNT"}):
        msg = f"{shown(rule)} depends on its start: add `DTSTART=`, as `DTSTART=20260105`"
        raise InvalidValueError(msg)


def _read_day(text: str) -> datetime:
    try:
        if _DATE.fullmatch(text):
            return datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 - a whole day has no zone
    except ValueError:
        pass
    msg = f"{shown(text)} is not a date of a recurrence rule: write `20261229`"
    raise InvalidValueError(msg)


@lru_cache(maxsize=1024)
def _first_year(rule: str) -> int | None:
    """Return the year of the first occurrence, or None when there is none."""
    if "FREQ=DAILY" in rule:
        # dateutil would try the millions of days of the calendar, one by one.
        filters = [part for part in rule.split(";") if part.startswith("BY")]
        if filters and _first_year(";".join(("FREQ=YEARLY", *filters))) is None:
            return None
    try:
        first = next(iter(_dateutil_rule(rule, 1970)), None)
    except (ValueError, TypeError, IndexError) as error:
        msg = f"{shown(rule)} is not a recurrence rule of RFC 5545: {error}"
        raise InvalidValueError(msg) from None
    return first.year if first else None


def _dateutil_rule(rule: str, year: int) -> "rrule":
    """Build dateutil's rule, started so that it soon reaches `year`.

    1. Without DTSTART any start does: the December before, so that the first week is
       whole.
    2. A rule with COUNT is always asked from its start.
    3. Otherwise the start moves ahead by whole intervals, after what dateutil would
       take from the first occurrence has been written out.
    """
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - 10 ms that few users need

    parts = dict(part.split("=") for part in rule.split(";"))
    if "DTSTART" not in parts:
        start = _midnight(date(max(year - 1, 1), 12 if year > 1 else 1, 1))
    else:
        start = _read_day(parts.pop("DTSTART"))
        if "COUNT" not in parts and start.year < year - 2:
            start = _moved_ahead(parts, start, year)
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    return rrulestr(text, dtstart=start)  # type: ignore[return-value]


def _moved_ahead(parts: dict[str, str], start: datetime, year: int) -> datetime:
    """Move a start to the same phase of its interval shortly before `year`."""
    interval = int(parts.get("INTERVAL", "1"))
    goal = _midnight(date(year - 1, 1, 1))
    frequency = parts["FREQ"]
    if not _DAY_PARTS & parts.keys():
        if frequency == "YEARLY":
            parts.setdefault("BYMONTH", str(start.month))
        if frequency in {"YEARLY", "MONTHLY"}:
            parts["BYMONTHDAY"] = str(start.day)
        if frequency == "WEEKLY":
            parts["BYDAY"] = _WEEKDAYS[start.weekday()]
    if frequency == "YEARLY":
        first = start.year + (goal.year - start.year) // interval * interval
        return goal.replace(year=first) if first > start.year else start
    if frequency == "MONTHLY":
        months = (goal.year - start.year) * 12 + goal.month - start.month
        later = start.year * 12 + start.month - 1 + months // interval * interval
        moved = goal.replace(year=later // 12, month=later % 12 + 1)
        return max(moved, start)
    if frequency == "WEEKLY":
        week = _WEEKDAYS.index(parts.get("WKST", "MO"))
        start -= timedelta((start.weekday() - week) % 7) if goal > start else timedelta()
        interval *= 7
    return start + timedelta((goal - start).days // interval * interval)


_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a whole day has no zone


@lru_cache(maxsize=256)
def _counted_ordinals(rule: str) -> frozenset[int]:
    """Return the proleptic ordinals of all days that a rule with COUNT names."""
    return frozenset(moment.toordinal() for moment in _dateutil_rule(rule, 1))


@lru_cache(maxsize=4096)
def _ordinals(rule: str, year: int) -> frozenset[int]:
    """Return the proleptic ordinals of the days that the rule names in a year."""
    found = set()
    for moment in _dateutil_rule(rule, year):
        if moment.year > year:
            break
        if moment.year == year:
            found.add(moment.toordinal())
    return frozenset(found)
