"""Times as Asterisk writes them: `times,weekdays,days,months[,timezone]`.

Here: reading one such text the way Asterisk does, with all that it ignores in silence, and
writing its fields. Not here: the lines of a dialplan (`dialplan`), or which of them
wins (`dialect`).

How Asterisk reads it (`main/pbx_timing.c`), in order:

1. Fields are parted by `,` or by the older `|`. A missing or empty field, or `*` alone, is
   everything. With exactly four commas, what follows the last is a time zone; all other
   fields after the fourth are ignored.
2. A field is a list joined with `&`. An element that cannot be read is skipped, and the
   rest of the list holds; a list without one readable element never matches.
3. Times are `H:MM-H:MM`, both minutes included, or one minute, from `0:00` to `23:59`; what
   follows the digits is ignored. A range whose end is before its start wraps within the
   day.
4. Weekdays (`sun` is 1), days of the month and months (`jan` is 1) are names of three
   letters, or numbers, or ranges of them, which wrap. No space may stand beside a name.
5. An instant matches when its minute, its weekday, its day and its month all do.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Sequence
from typing import Final, TypeAlias

from attrs import evolve, frozen

from cloudpbx.routing.spans import Span

__all__ = ["Flaw", "TimeSpec", "days_text", "months_text", "read_times", "weekdays_text"]

Run: TypeAlias = tuple[int, int]
"""Part of a day in minutes after midnight, the last minute included."""

LAST_MINUTE: Final = 1439
LAST_DAY: Final = 31
_ALL_DAY: Final[Run] = (0, LAST_MINUTE)
_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FROM_SUNDAY: Final = ("sun", *_WEEK[:6])
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
ALL_WEEKDAYS: Final = frozenset(range(7))
ALL_DAYS: Final = frozenset(range(1, LAST_DAY + 1))
ALL_MONTHS: Final = frozenset(range(1, 13))
_ZONE_COMMAS: Final = 4
_LEAP_YEAR: Final = 2000

_EXAMPLES: Final = ("9:00-16:59", "mon-fri", "1-31", "jan-dec")
"""What can be written in each field."""

_SPACES: Final = " \t\n\r\f\v"
_INTEGER: Final = rf"[{_SPACES}]*(\d\d?|\+\d)"
_CLOCK: Final = re.compile(f"{_INTEGER}:{_INTEGER}", re.ASCII)
_NUMBER: Final = re.compile(_INTEGER, re.ASCII)
_OTHER_DASHES: Final = str.maketrans("–—−~〜～", "------")
_MEANT: Final = re.compile(
    r"(\d{1,2})(?:[:.h]?(\d{2})|h)?(?::\d{2})?\s*(?:([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE
)


@frozen(kw_only=True)
class Flaw:
    """Hold what Asterisk ignores in a text.

    Attributes:
        field: The field it stands in, the first being 0.
        text: What is ignored.
        element: What to write anew.
        fix: What to write for it.
    """

    field: int
    text: str
    element: str
    fix: str


@frozen(kw_only=True)
class TimeSpec:
    """Hold what Asterisk makes of a text.

    Attributes:
        text: What was read, with spaces for what does not print; empty times never match.
        runs: The minutes of the day, sorted and joined.
        weekdays: 0 for Monday to 6 for Sunday.
        days: Days of the month.
        months: 1 for January to 12.
        zone: The name of a time zone, as written; empty when there is none.
        wraps: The ranges of times whose end is before their start.
        flaws: What is ignored.
    """

    text: str
    runs: tuple[Run, ...] = (_ALL_DAY,)
    weekdays: frozenset[int] = ALL_WEEKDAYS
    days: frozenset[int] = ALL_DAYS
    months: frozenset[int] = ALL_MONTHS
    zone: str = ""
    wraps: tuple[Run, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @property
    def empty_fields(self) -> frozenset[int]:
        """Return the places of the fields of which nothing is left."""
        fields = (self.runs, self.weekdays, self.days, self.months)
        return frozenset(place for place, field in enumerate(fields) if not field)

    @property
    def never(self) -> bool:
        """Say whether it matches at no instant: also `31,feb` names no day."""
        if self.empty_fields:
            return True
        first = min(self.days)
        return all(monthrange(_LEAP_YEAR, month)[1] < first for month in self.months)

    @property
    def every_date(self) -> bool:
        """Say whether days and months leave all dates."""
        return self.days == ALL_DAYS and self.months == ALL_MONTHS

    @property
    def every_day(self) -> bool:
        """Say whether it is for all days."""
        return self.every_date and self.weekdays == ALL_WEEKDAYS

    @property
    def always(self) -> bool:
        """Say whether it matches at every instant."""
        return self.every_day and self.runs == (_ALL_DAY,)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return its minutes as spans of the day; none runs over midnight."""
        return tuple(Span(first * 60, (last + 1) * 60) for first, last in self.runs)

    def others(self) -> "tuple[TimeSpec, ...]":
        """Return what together matches at all other instants, and at none of its own.

        The other months; of its months the other days; of those days the other weekdays;
        of those weekdays the other minutes.
        """
        whole = evolve(self, runs=(_ALL_DAY,), weekdays=ALL_WEEKDAYS)
        found = (
            evolve(whole, months=ALL_MONTHS - self.months, days=ALL_DAYS),
            evolve(whole, days=ALL_DAYS - self.days),
            evolve(whole, weekdays=ALL_WEEKDAYS - self.weekdays),
            evolve(self, runs=_rest_of_day(self.runs)),
        )
        return tuple(each for each in found if not each.never)


def read_times(text: str) -> TimeSpec:
    """Read a text as Asterisk does; what it ignores is among the flaws.

    >>> read_times("9:00-24:00,fri").flaws
    (Flaw(field=0, text='9:00-24:00', element='9:00-24:00', fix='9:00-23:59'),)
    """
    if not text:
        return TimeSpec(text="", runs=())
    fields = re.split(r"[,|]", text)
    has_zone = text.count(",") == _ZONE_COMMAS
    times, *lists = (*fields, "", "", "")[:4]
    runs, wraps, flaws = _read_times(times)
    numbers = []
    for place, field in enumerate(lists, 1):
        found, ignored = _read_list(place, field)
        numbers.append(found)
        flaws += ignored
    more = ",".join(fields[4:-1] if has_zone else fields[4:])
    if more:
        fix = on_a_line(",".join(fields[:5]))
        flaws.append(Flaw(field=4, text=on_a_line(more), element=on_a_line(text), fix=fix))
    weekdays, days, months = numbers
    return TimeSpec(
        text=on_a_line(text),
        runs=runs,
        # Asterisk counts from Sunday.
        weekdays=frozenset((number - 2) % 7 for number in weekdays),
        days=days,
        months=months,
        zone=fields[-1] if has_zone else "",
        wraps=wraps,
        flaws=tuple(flaws),
    )


# Times.


def _read_times(field: str) -> tuple[tuple[Run, ...], tuple[Run, ...], list[Flaw]]:
    """Return the minutes, the ranges that wrap, and what is ignored."""
    if field in {"", "*"}:
        return (_ALL_DAY,), (), []
    runs: list[Run] = []
    wraps: list[Run] = []
    flaws: list[Flaw] = []
    for element in field.split("&"):
        run, ignored = _read_run(element)
        if ignored:
            flaws.append(_flaw(0, field, element, ignored))
        if run is None:
            continue
        first, last = run
        if first <= last:
            runs.append(run)
        else:
            wraps.append(run)
            runs += [(0, last), (first, LAST_MINUTE)]
    return _joined(runs), tuple(wraps), flaws


def _read_run(element: str) -> tuple[Run | None, str]:
    """Return the first and last minute of an element, None if it has none, and the rest."""
    start, dash, end = element.partition("-")
    digit = re.search(r"\d", end, re.ASCII)
    if dash and digit is None:
        return None, element
    # Whatever stands before the digits of the end is passed over.
    before, end = (end[: digit.start()], end[digit.start() :]) if digit else ("", start)
    first, last = _read_clock(start), _read_clock(end)
    if first is None or last is None:
        return None, element
    rest = (first[1], before, last[1]) if dash else (first[1],)
    return (first[0], last[0]), " ".join(filter(None, (text.strip(_SPACES) for text in rest)))


def _read_clock(text: str) -> tuple[int, str] | None:
    """Return minutes after midnight, and what follows them in the text."""
    match = _CLOCK.match(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:  # noqa: PLR2004 - a clock face
        return None
    return hour * 60 + minute, text[match.end() :]


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Sort runs and join those that share or touch."""
    joined: list[Run] = []
    for first, last in sorted(runs):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def _rest_of_day(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return what sorted runs leave of a day."""
    starts = [0, *(last + 1 for _, last in runs)]
    ends = [*(first - 1 for first, _ in runs), LAST_MINUTE]
    return tuple((start, end) for start, end in zip(starts, ends, strict=True) if start <= end)


# Weekdays, days of the month, months.


def _names(place: int) -> tuple[str, ...]:
    return ((), _FROM_SUNDAY, (), _MONTHS)[place]


def _highest(place: int) -> int:
    return len(_names(place)) or LAST_DAY


def _read_list(place: int, field: str) -> tuple[frozenset[int], list[Flaw]]:
    """Return the numbers of a field, the first being 1, and what is ignored."""
    highest = _highest(place)
    if field in {"", "*"}:
        return frozenset(range(1, highest + 1)), []
    numbers: set[int] = set()
    flaws: list[Flaw] = []
    for element in field.split("&"):
        start, dash, end = element.partition("-")
        first, last = (_read_number(place, text) for text in (start, end if dash else start))
        if first is None or last is None:
            flaws.append(_flaw(place, field, element, element))
            continue
        rest = (first[1], last[1]) if dash else (first[1],)
        if ignored := " ".join(filter(None, (text.strip(_SPACES) for text in rest))):
            flaws.append(_flaw(place, field, element, ignored))
        steps = (last[0] - first[0]) % highest
        numbers |= {(first[0] - 1 + step) % highest + 1 for step in range(steps + 1)}
    return frozenset(numbers), flaws


def _read_number(place: int, text: str) -> tuple[int, str] | None:
    """Return the number that a text begins with or names, and what follows it."""
    names = _names(place)
    if text.lower() in names:
        return names.index(text.lower()) + 1, ""
    match = _NUMBER.match(text)
    if match is None or not 1 <= int(match[1]) <= _highest(place):
        return None
    return int(match[1]), text[match.end() :]


# What was meant.


def _flaw(place: int, field: str, element: str, ignored: str) -> Flaw:
    """Name what is ignored in an element, with the most likely correction."""
    meant = element.translate(_OTHER_DASHES).strip().casefold()
    if meant in {"", "*"}:
        others = [each for each in field.split("&") if each.strip() not in {"", "*"}]
        fix = "*" if meant or not others else "&".join(others)
        text = on_a_line(ignored) or "&"
        return Flaw(field=place, text=text, element=on_a_line(field), fix=on_a_line(fix))
    start, dash, end = (part.strip() for part in meant.partition("-"))
    halves = [_meant(place, start), *([_meant(place, end, is_end=True)] if dash else [])]
    fix = _EXAMPLES[place] if "" in halves else "-".join(halves)
    return Flaw(field=place, text=on_a_line(ignored), element=on_a_line(element), fix=fix)


def on_a_line(text: str) -> str:
    """Return a text so that it can be shown: with spaces for what does not print."""
    return "".join(char if char.isprintable() else " " for char in text)


def _meant(place: int, text: str, *, is_end: bool = False) -> str:
    """Return what somebody meant who wrote a time, a name or a number; empty if unclear."""
    if place == 0:
        return _meant_time(text, is_end=is_end)
    if text[:3] in _names(place):
        return text[:3]
    if text.isdecimal() and text.isascii():
        number = int(text[-3:])
        if number == 0 and place == 1:
            return _FROM_SUNDAY[0]
        return str(number) if 1 <= number <= _highest(place) else ""
    return ""


def _meant_time(text: str, *, is_end: bool) -> str:
    match = _MEANT.fullmatch(text)
    if match is None:
        return ""
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    if (hour, minute, is_end) == (24, 0, True):
        hour, minute = 23, 59
    return f"{hour}:{minute:02}" if hour < 24 and minute < 60 else ""  # noqa: PLR2004 - a clock


# Writing.


def run_text(run: Run) -> str:
    """Write minutes of the day; all of them are `*`.

    >>> run_text((540, 1019)), run_text((0, 1439))
    ('9:00-16:59', '*')
    """
    if run == _ALL_DAY:
        return "*"
    return "-".join(f"{minute // 60}:{minute % 60:02}" for minute in run)


def weekdays_text(weekdays: Collection[int]) -> str:
    """Write weekdays, 0 for Monday; all of them are `*`, and a range may wrap."""
    return _list_text(weekdays, _WEEK)


def days_text(days: Collection[int]) -> str:
    """Write days of the month; all of them are `*`, and no range wraps."""
    runs = _joined([(day, day) for day in days])
    if runs == ((1, LAST_DAY),):
        return "*"
    return "&".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def months_text(months: Collection[int]) -> str:
    """Write months, 1 for January; all of them are `*`, and a range may wrap."""
    return _list_text([month - 1 for month in months], _MONTHS)


def _list_text(places: Collection[int], names: Sequence[str]) -> str:
    if len(places) == len(names):
        return "*"
    runs = list(_joined([(place, place) for place in places]))
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][1] == len(names) - 1:
        runs[-1] = (runs[-1][0], runs.pop(0)[1])
    return "&".join(
        names[low] if low == high else f"{names[low]}-{names[high]}" for low, high in runs
    )
