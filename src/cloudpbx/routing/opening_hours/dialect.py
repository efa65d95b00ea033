"""OpenStreetMap's `dialect`, in and out.

Here: the dialect, reading it into a schedule and writing a schedule in it. Not here: its
notation (`terms`, `selectors`), what its rules come to together
(`layers`), what can be told about a text (`findings`), or what a
schedule answers (`schedules`).

The dialect, from the specification of the key `dialect`, version 0.7:

1. Rules are joined with `;`, `,` or `||`. On the days it names, a rule after `;` takes the
   place of all before it; one after `,` is added to them, and so is one after `||`, as long
   as it opens. `off` and `closed` leave nothing of the rules before them, on the whole day or
   at the time they name.
2. A rule is dates, then weekdays, then times, then `open` or `off`, then a comment in
   quotation marks; what is left out is every day, the whole day, open.
3. Dates are `Dec 25`, `Dec 24-26`, `Dec 24-Jan 02`, `Jan-Mar`, the same with a year in front,
   or years. Weekdays are `Mo-Fr`, `Sa,Su`, `Mo[1,3]`, `Fr[-1]`, and `PH` for public holidays;
   `PH,Su` is either, `PH Mo-Fr` is both.
4. Times are in minutes, the end excluded, up to `48:00`; an end that is not after its start
   is on the next day.
5. Refused: times that move with the sun, `easter`, `week`, `SH`, `unknown` and a comment
   alone, ends left open, repeated points in time, days moved by days.

The specification is silent on nights that meet a day with other rules. Here a night belongs
to the day it begins on, as it does in a schedule; other readers cut it at midnight, or leave
its morning when its day is taken. A finding names every rule whose nights they may read
otherwise.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from cloudpbx._values import check_instance, check_text
from cloudpbx.errors import DocumentError, InvalidValueError, Problem
from cloudpbx.routing.calendars import HolidaySource
from cloudpbx.routing.imports import Imported
from cloudpbx.routing.opening_hours.boxes import days_of, tier_of_box
from cloudpbx.routing.opening_hours.findings import findings_of
from cloudpbx.routing.opening_hours.layers import Layer, Stretch, layers_of, order_of
from cloudpbx.routing.opening_hours.selectors import DAY_MINUTES
from cloudpbx.routing.opening_hours.terms import read_terms
from cloudpbx.routing.opening_hours.writer import write_layers
from cloudpbx.routing.rules import TIERS, Rule, When
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import DAY, Span
from cloudpbx.routing.zones import check_zone

__all__ = ["read_opening_hours", "write_opening_hours"]


def read_opening_hours(
    text: str,
    *,
    zone: str,
    holidays: HolidaySource | None = None,
    open: str = "open",  # noqa: A002 - the word of the dialect
    closed: str | None = "closed",
) -> Imported[str]:
    """Read opening hours into a schedule.

    Args:
        text: The value of the key.
        zone: Whose wall clock the times mean.
        holidays: Where names of public holidays come from, for `PH`.
        open: What the schedule answers in open time; a comment names the rule.
        closed: What it answers in closed time; None leaves a gap.

    >>> found = read_opening_hours("Mo-Fr 09:00-18:00; PH off", zone="Asia/Tokyo")
    >>> for rule in found.schedule.rules:
    ...     print(rule)
    mon-fri 09:00-18:00 → open
    holiday 00:00-24:00 → closed
    >>> [finding.code for finding in found.findings]
    ['opening_hours.holidays_unknown']

    Raises:
        DocumentError: something is not of the dialect, or a schedule cannot say it; all of
            it is named, with its place.
        InvalidValueError: the zone is unknown, or the text or a value is none.
    """
    check_instance(text, str, what="the opening hours")
    check_text(open, what="the answer in open time")
    if closed is not None:
        check_text(closed, what="the answer in closed time")
    zone = check_zone(zone)
    terms = read_terms(text)
    layers = layers_of(terms, may_close=closed is not None)
    rules = tuple(_rules(layers, open, closed))
    schedule = _schedule(zone=zone, rules=rules, holidays=holidays, otherwise=closed)
    return Imported(schedule, findings_of(terms, knows_holidays=holidays is not None))


def _rules(layers: list[Layer], is_open: str, closed: str | None) -> Iterator[Rule[str]]:
    """Yield rules, weekdays first; those that close stand last in their tier."""
    for layer in sorted(layers, key=lambda each: (-_rank(each), order_of(each))):
        days = days_of(layer.box)
        if days is None:
            message = "some weekdays are neither counted from the first nor from the last of "
            problem = Problem(path="", message=f"{message}their month: write them apart")
            raise DocumentError((problem,))
        if not layer.content:
            yield Rule(When(days, (Span(0, DAY),)), closed, layer.note)  # type: ignore[arg-type]
        for name in dict.fromkeys(each.name for each in layer.content):
            own = [each for each in layer.content if each.name == name]
            for spans in _spans(own):
                yield Rule(When(days, spans), is_open, name)


def _rank(layer: Layer) -> int:
    return TIERS.index(tier_of_box(layer.box))


def _spans(stretches: list[Stretch]) -> Iterator[tuple[Span, ...]]:
    """Yield the spans of rules; a night as long as a day needs a rule for its second half."""
    spans: list[Span] = []
    halves: list[Span] = []
    for start, end, _ in stretches:
        if end > DAY_MINUTES and end - start >= DAY_MINUTES:
            middle = (max(start, end - DAY_MINUTES) + DAY_MINUTES) // 2
            spans.append(_span(start, middle))
            halves.append(_span(middle, end))
        else:
            spans.append(_span(start, end))
    yield tuple(spans)
    if halves:
        yield tuple(halves)


def _span(start: int, end: int) -> Span:
    return Span(start * 60, (end if end <= DAY_MINUTES else end - DAY_MINUTES) * 60)


def _schedule(**settings: Any) -> Schedule[str]:
    """Return a schedule; nights may run into open time of the next day, and stay open."""
    try:
        return Schedule(**settings)
    except InvalidValueError:
        return Schedule(**settings, overlap="first")


T = TypeVar("T")


def write_opening_hours(
    schedule: Schedule[T], *, is_open: Callable[[T], bool] | None = None
) -> str:
    """Write a schedule as opening hours.

    The zone, the holidays and the names of rules are not written.

    Args:
        schedule: The schedule.
        is_open: Says which answers are open; left out, `open` is and `closed` is not, and
            any other is refused. A gap is closed.

    >>> hours = Schedule(
    ...     zone="Asia/Tokyo",
    ...     rules=(
    ...         Rule("mon-fri 09:00-12:00,13:00-18:00", "open"),
    ...         Rule("holiday 00:00-24:00", "closed"),
    ...     ),
    ... )
    >>> write_opening_hours(hours)
    'Mo-Fr 09:00-12:00,13:00-18:00; PH off'

    Raises:
        DocumentError: the dialect cannot say something; all of it is named.
        InvalidValueError: this is no schedule.
    """
    check_instance(schedule, Schedule, what="what is written as opening hours")
    return write_layers(schedule, is_open)
