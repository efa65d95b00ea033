"""A schedule in OpenStreetMap's notation.

Here: each tier as rules that take the place of those of the tiers below, what the notation
cannot say, and its words for days and times. Not here: reading (`terms`).

Weaker tiers come first: the last rule for a day wins there, as the strongest tier does here.
Rules of one tier share no day when they are written, unless there are nights: then they are
joined with commas, so that no reader cuts a night at midnight.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial, reduce
from itertools import starmap
from typing import Any, Final, NamedTuple

from cloudpbx._values import shown
from cloudpbx.errors import DocumentError, Problem
from cloudpbx.routing.day_terms import WEEK
from cloudpbx.routing.days import Days
from cloudpbx.routing.opening_hours.boxes import (
    ANY_DATE,
    EVERY_DAY,
    HOLIDAYS,
    ONE_WEEKDAY,
    WHOLE_WEEK,
    WHOLE_YEAR,
    Box,
    box_of,
    nths_of,
    place_in_year,
    united,
    year_runs,
)
from cloudpbx.routing.opening_hours.layers import (
    Content,
    Layer,
    Stretch,
    changed,
    closed_parts,
    merged,
    order_of,
    painted,
    uncovered,
)
from cloudpbx.routing.opening_hours.selectors import DAY_MINUTES
from cloudpbx.routing.opening_hours.tokens import MONTHS, WEEKDAYS
from cloudpbx.routing.rules import TIERS, Rule, Tier, tier_of
from cloudpbx.routing.schedules import Schedule

__all__ = ["write_layers"]

_ANSWERS: Final = ("open", "closed")
_WHOLE_DAY: Final = (Stretch(0, DAY_MINUTES, ""),)
_FIRST_DAY: Final = date(1900, 1, 1).toordinal()
_LEAP_YEAR: Final = date(2000, 1, 1).toordinal()
_MANY_DAYS: Final = 3660


class _Piece(NamedTuple):
    """Hold what one rule says of one box of days."""

    place: int
    tier: Tier
    box: Box
    parts: tuple[tuple[int, int], ...]
    is_open: bool


class _Written(NamedTuple):
    """Hold the text of a rule, and what joins it to the one before it."""

    mark: str
    text: str


def write_layers(schedule: Schedule[Any], is_open: Callable[[Any], bool] | None) -> str:
    """Write a schedule, as `opening_hours.write_opening_hours` says."""
    problems: list[Problem] = []
    opens = _judge(schedule, is_open, problems)
    otherwise = schedule.otherwise is not None and opens(schedule.otherwise)
    pieces = [
        piece
        for place, rule in enumerate(schedule.rules, 1)
        for piece in _pieces(place, rule, is_open=opens(rule.value), problems=problems)
    ]
    problems += _refused(schedule, pieces, otherwise=otherwise)
    if problems:
        raise DocumentError(tuple(dict.fromkeys(problems)))
    rules = [_Written("; ", "24/7")] if otherwise else []
    for tier in TIERS[::-1]:
        own = [piece for piece in pieces if piece.tier is tier]
        layers = _layers(own, _WHOLE_DAY if otherwise else ())
        problems += _unnamed(schedule, layers, own)
        rules += _rules(layers, below=bool(rules))
    if problems:
        raise DocumentError(tuple(dict.fromkeys(problems)))
    first, *others = rules or [_Written("", "off")]
    return first.text + "".join(f"{each.mark}{each.text}" for each in others)


def _judge(
    schedule: Schedule[Any], is_open: Callable[[Any], bool] | None, problems: list[Problem]
) -> Callable[[Any], bool]:
    """Return what says whether an answer is open; note answers of which nothing is known."""
    if is_open is not None:
        return is_open
    answers = [(f"rule {place}", rule.value) for place, rule in enumerate(schedule.rules, 1)]
    answers += [("otherwise", schedule.otherwise)] if schedule.otherwise is not None else []
    for path, value in answers:
        if value not in _ANSWERS:
            said = f"{shown(str(value))} is neither `open` nor `closed`"
            fix = "say which answers are open, as `is_open=lambda answer: …`"
            problems.append(Problem(path=path, message=f"{said}: {fix}"))
    return lambda value: bool(value == _ANSWERS[0])


def _pieces(
    place: int, rule: Rule[Any], *, is_open: bool, problems: list[Problem]
) -> Iterator[_Piece]:
    """Yield what a rule says of each of its boxes; note what cannot be said of it."""
    path, when = f"rule {place}", shown(str(rule.when))
    if any(each.start % 60 or each.end % 60 for each in rule.when.spans):
        message = f"{when} has seconds, which no rule can say: write whole minutes"
        problems.append(Problem(path=path, message=message))
    parts = tuple(
        (each.start // 60, (each.start + each.seconds) // 60) for each in rule.when.spans
    )
    for days in rule.when.days.alternatives():
        box = box_of(days)
        if box is None:
            fix = "write the weekdays by their place in the month, as `mon[2]`, or the dates"
            message = f"{when} recurs by a rule, which no rule of opening hours can say: {fix}"
            problems.append(Problem(path=path, message=message))
        elif not box.has_days():
            continue
        elif _days_text(box) is None:
            fix = "write dates from 1900 on, without days of the year beside many years"
            message = f"{when} has days that no rule of opening hours can name: {fix}"
            problems.append(Problem(path=path, message=message))
        else:
            yield _Piece(place, tier_of(days), box, parts, is_open)


def _refused(
    schedule: Schedule[Any], pieces: Sequence[_Piece], *, otherwise: bool
) -> Iterator[Problem]:
    """Yield what no rules together can say.

    1. An answer that is forced by hand.
    2. A night that meets a day of a stronger tier: readers take it for different things.
    3. A closed night in whose morning another tier, or `otherwise`, opens.
    4. Nights among rules that overlap, when some of them open and some close.
    """
    if schedule.override is not None:
        value = shown(str(schedule.override.value))
        message = f"{value} is forced by hand, which no rule can say: take it back first"
        yield Problem(path="override", message=message)
    for night in pieces:
        if night.parts[-1][1] <= DAY_MINUTES:
            continue
        when = shown(str(schedule.rules[night.place - 1].when))
        path = f"rule {night.place}"
        for other in pieces:
            against = _said_against(night, other, mixes=schedule.overlap == "first")
            if against:
                about = f"{when} runs over midnight, and `rule {other.place}`"
                yield Problem(path=path, message=f"{about} {against}")
        if otherwise and not night.is_open:
            message = f"{when} closes a night, and `otherwise` opens: end it at midnight"
            yield Problem(path=path, message=message)


def _said_against(night: _Piece, other: _Piece, *, mixes: bool) -> str:
    """Say what is against a night beside what another rule says, nothing when all is well."""
    morning = night.box.near(1)
    if other.tier is night.tier:
        if mixes and night.is_open != other.is_open:
            return "may overlap it and says otherwise: part the rules"
        return ""
    if night.is_open:
        stronger = TIERS.index(other.tier) < TIERS.index(night.tier)
        if stronger and any(box.meet(other.box) for box in (night.box, morning)):
            fix = "write the next morning as its own rule"
            return f"takes its day or the next, of which readers differ: {fix}"
        return ""
    starts_in_it = other.parts[0][0] < night.parts[-1][1] - DAY_MINUTES
    if other.is_open and starts_in_it and other.box.meet(morning):
        return "opens in its morning: end it at midnight"
    return ""


def _layers(pieces: Sequence[_Piece], base: Content) -> list[Layer]:
    """Return what the pieces of a tier come to; of two for one time the first wins."""
    layers: list[Layer] = []
    for piece in pieces:
        layers += [Layer(box, base) for box in uncovered(piece.box, layers)]
    for piece in pieces[::-1]:
        for start, end in piece.parts:
            change = (
                partial(painted, coats=(Stretch(start, end, ""),))
                if piece.is_open
                else partial(closed_parts, start=start, end=end)
            )
            layers = [new for layer in layers for new in changed(layer, piece.box, change)]
    return sorted(merged(layers, one_tier=True), key=order_of)


def _unnamed(
    schedule: Schedule[Any], layers: Iterable[Layer], pieces: Iterable[_Piece]
) -> Iterator[Problem]:
    """Yield rules that share some days with others of their tier which cannot be named."""
    for layer in layers:
        if _days_text(layer.box) is None:
            place = next(each.place for each in pieces if each.box.meet(layer.box))
            when = shown(str(schedule.rules[place - 1].when))
            message = f"{when} shares days that cannot be named with other rules: part them"
            yield Problem(path=f"rule {place}", message=message)


def _rules(layers: Sequence[Layer], *, below: bool) -> Iterator[_Written]:
    """Yield the rules of a tier, `below` being whether they take days from weaker ones."""
    nights = any(each.end > DAY_MINUTES for layer in layers for each in layer.content)
    apart = nights and len(layers) > 1
    if below and apart:
        for layer in layers:
            yield _Written("; ", f"{_days_text(layer.box)} off")
    for layer in layers:
        if layer.content:
            text = f"{_days_text(layer.box)} {_times_text(layer.content)}".strip()
            text = "24/7" if layer.box == EVERY_DAY and layer.content == _WHOLE_DAY else text
            yield _Written(", " if apart else "; ", text)
        elif below and not apart:
            yield _Written("; ", f"{_days_text(layer.box)} off".strip())


# Words.


def _days_text(box: Box) -> str | None:
    """Write dates, then public holidays, then weekdays; None when they cannot be named."""
    dates, weekdays = _dates_text(box), _weekdays_text(box)
    if dates is None or weekdays is None:
        return None
    return " ".join(filter(None, (dates, "PH" if box.holidays == HOLIDAYS else "", weekdays)))


def _dates_text(box: Box) -> str | None:
    """Write dates or days of the year; both are written as dates, when they are few."""
    if box.dates == ANY_DATE:
        return ",".join(starmap(_yearly_text, year_runs(box.yearly)))
    if box.dates[0][0] < _FIRST_DAY:
        return None
    dates = box.dates
    if box.yearly != WHOLE_YEAR:
        if sum(last - first for first, last in dates) > _MANY_DAYS:
            return None
        days = (date.fromordinal(each) for run in dates for each in range(run[0], run[1] + 1))
        named = (day for day in days if box.yearly >> place_in_year(day.month, day.day) & 1)
        dates = reduce(united, (((day.toordinal(),) * 2,) for day in named))
    return ",".join(starmap(_dated_text, dates))


def _yearly_text(first: int, last: int) -> str:
    """Write a run of days of the year, which may run over its end."""
    start, end = (date.fromordinal(_LEAP_YEAR + number) for number in (first, last))
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return "-".join(dict.fromkeys((MONTHS[start.month - 1], MONTHS[end.month - 1])))
    if start.month == end.month and start < end:
        return f"{_day_text(start)}-{end.day:02}"
    return "-".join(dict.fromkeys((_day_text(start), _day_text(end))))


def _dated_text(first: int, last: int) -> str:
    """Write a run of dates."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    text = f"{start.year:04} {_day_text(start)}"
    if start == end:
        return text
    if (start.year, start.month) == (end.year, end.month):
        return f"{text}-{end.day:02}"
    return f"{text}-{end.year:04} {_day_text(end)}"


def _day_text(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day:02}"


def _weekdays_text(box: Box) -> str | None:
    """Write weekdays, runs of three or more as a range, then those that are counted."""
    if box.weekdays == WHOLE_WEEK:
        return ""
    whole = tuple(WEEK[number] for number, part in enumerate(box.parts) if part == ONE_WEEKDAY)
    # The weekdays of our notation are those of this one, but for the third letter.
    words = [
        "-".join(name[:2].title() for name in word.split("-"))
        for word in (str(Days(whole)).split(",") if whole else ())
    ]
    for number, part in enumerate(box.parts):
        places = nths_of(part)
        if places is None:
            return None
        words += [f"{WEEKDAYS[number]}[{','.join(map(str, places))}]"] if places else []
    return ",".join(words)


def _times_text(content: Content) -> str:
    return ",".join(f"{_clock(each.start)}-{_clock(_end(each))}" for each in content)


def _end(stretch: Stretch) -> int:
    """Return an end within the day, unless it is a day or more after the start."""
    is_short = stretch.end - stretch.start < DAY_MINUTES
    return stretch.end - DAY_MINUTES if stretch.end > DAY_MINUTES and is_short else stretch.end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
