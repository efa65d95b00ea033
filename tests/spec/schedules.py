"""What a schedule means, as it would be explained with a calendar and a clock in hand.

Here: the answer at an instant, worked out anew from the rules each time it is asked, in
the words of the definition of `Schedule`. Not here: anything fast. Nothing is kept,
searched or shared with the engine but the values users write (rules, days, spans).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import evolve
from dateutil.rrule import rrulestr

from cloudpbx.routing import (
    DateRange,
    Days,
    DayTerm,
    NthWeekday,
    PublicHoliday,
    Recurrence,
    Rule,
    Schedule,
    Span,
    Weekday,
    YearlyRange,
)
from cloudpbx.routing.months import Month
from cloudpbx.routing.rules import Until

STRONGEST_FIRST: Final = ("dated", "yearly", "holiday", "recurring", "seasonal", "weekday")
NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def answer_at(schedule: Schedule[Any], moment: datetime) -> Any:
    """Say what holds at an instant; an override must say the instant of its end."""
    override = schedule.override
    if override is not None:
        assert not isinstance(override.until, Until)
        second = moment.astimezone(UTC).replace(microsecond=0)
        begun = override.since is None or override.since.astimezone(UTC) <= second
        ended = override.until is not None and override.until.astimezone(UTC) <= second
        if begun and not ended:
            return override.value
    return answer_by_rules(schedule, moment)


def answer_by_rules(schedule: Schedule[Any], moment: datetime) -> Any:
    """Say what the rules answer at an instant, whatever is forced."""
    wall = moment.astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None)
    return answer_on_the_wall(schedule, wall)


def spelt_out(schedule: Schedule[Any], instants: Iterable[datetime]) -> Schedule[Any]:
    """Write the end of an override until the next change as an instant.

    It is the first of some instants after the override was set at which the rules answer
    otherwise than they did when it was set, and never when there is none. The instants
    come in order, and are all at which anything may change.
    """
    override = schedule.override
    if override is None or override.since is None or override.until is not Until.NEXT_CHANGE:
        return schedule
    since = override.since.astimezone(UTC)
    answer = answer_by_rules(schedule, since)
    later = (each.astimezone(UTC) for each in instants)
    changes = (
        each for each in later if each > since and answer_by_rules(schedule, each) != answer
    )
    return evolve(schedule, override=evolve(override, until=next(changes, None)))


def shown_at(month: Month, wall: datetime) -> Any:
    """Read what a month shows where the clock on the wall shows `wall`."""
    second = wall.hour * 3600 + wall.minute * 60 + wall.second
    (shown,) = [
        segment.value
        for segment in month.days[wall.day - 1].segments
        if segment.start <= second < segment.end
    ]
    return shown


def answer_on_the_wall(schedule: Schedule[Any], wall: datetime) -> Any:
    """Say what the rules answer when the clock on the wall shows `wall`."""
    today = wall.date()
    yesterday = today - timedelta(1)
    second = wall.hour * 3600 + wall.minute * 60 + wall.second
    owner, rules_of_today = owner_of(schedule, today)
    owner_before, rules_of_yesterday = owner_of(schedule, yesterday)

    running_out = [rule for rule in rules_of_yesterday if runs_into(rule, second)]
    begun_today = [rule for rule in rules_of_today if begins_and_covers(rule, second)]
    if owner is not None and owner == owner_before:
        # One tier: of two rules, the one that stands first.
        order = [rule for rule in schedule.rules if is_one_of(rule, running_out + begun_today)]
    elif schedule.spill == "clip" and is_stronger(owner, owner_before):
        order = begun_today
    else:
        order = running_out + begun_today
    return order[0].value if order else schedule.otherwise


def owner_of(schedule: Schedule[Any], day: date) -> tuple[str | None, list[Rule[Any]]]:
    """Name the tier that owns a date, and its rules for that date in their order."""
    named = [(rule, tiers_on(rule, day, schedule)) for rule in schedule.rules]
    for tier in STRONGEST_FIRST:
        found = [rule for rule, tiers in named if tier in tiers]
        if found:
            return tier, found
    return None, []


def is_stronger(one: str | None, other: str | None) -> bool:
    """Say whether one owner stands above another."""
    if one is None or other is None:
        return False
    return STRONGEST_FIRST.index(one) < STRONGEST_FIRST.index(other)


def is_one_of(rule: Rule[Any], rules: list[Rule[Any]]) -> bool:
    """Say whether a rule is among some, itself and not its equal."""
    return any(rule is each for each in rules)


def begins_and_covers(rule: Rule[Any], second: int) -> bool:
    """Say whether a span that begins on the day itself covers a second of it."""
    return any(
        span.start <= second and (second < span.end or runs_over_midnight(span))
        for span in rule.when.spans
    )


def runs_into(rule: Rule[Any], second: int) -> bool:
    """Say whether a span that began the day before still covers a second of this day."""
    return any(runs_over_midnight(span) and second < span.end for span in rule.when.spans)


def runs_over_midnight(span: Span) -> bool:
    """Say whether a span ends on the day after it began."""
    return span.end < span.start


# Days: words intersect, the terms of a word unite.


def tiers_on(rule: Rule[Any], day: date, schedule: Schedule[Any]) -> set[str]:
    """Return the tiers by which a rule names a date: one for each way it names it."""
    holiday = is_holiday(schedule.holidays, day)
    return set(tiers_of_days(rule.when.days, day, holiday=holiday))


def tiers_of_days(days: Days, day: date, *, holiday: bool) -> Iterator[str]:
    """Yield the tier of each choice of one term a word that names a date."""
    for terms in product(*days.words):
        if all(names(term, day, holiday=holiday) for term in terms):
            yield tier_of_terms(terms)


def tier_of_terms(terms: tuple[DayTerm, ...]) -> str:
    """Say how strong terms are together."""
    kinds = {type(term) for term in terms}
    if PublicHoliday in kinds:
        return "holiday"
    if NthWeekday in kinds or Recurrence in kinds:
        return "recurring"
    has_dates = DateRange in kinds or YearlyRange in kinds
    if has_dates and Weekday in kinds:
        return "seasonal"
    if has_dates:
        return "dated" if DateRange in kinds else "yearly"
    return "weekday"


def is_holiday(source: Any, day: date) -> bool:
    """Say whether a date is a public holiday."""
    if source is None:
        return False
    return bool(source.get(day) if isinstance(source, Mapping) else source(day))


def names(term: DayTerm, day: date, *, holiday: bool) -> bool:
    """Say whether one term names a date."""
    if isinstance(term, Weekday):
        return NAMES[day.weekday()] == term.value
    if isinstance(term, NthWeekday):
        return day == nth_of_month(term, day)
    if isinstance(term, DateRange):
        return term.first.isoformat() <= day.isoformat() <= term.last.isoformat()
    if isinstance(term, YearlyRange):
        return lies_in(term, day)
    if isinstance(term, PublicHoliday):
        return holiday
    return recurs(term.rule, day)


def nth_of_month(term: NthWeekday, day: date) -> date | None:
    """Return the nth such weekday of the month of a date, None when it has too few."""
    month = [day.replace(day=number) for number in range(1, 32) if exists(day, number)]
    such = [each for each in month if NAMES[each.weekday()] == term.weekday.value]
    place = term.nth - 1 if term.nth > 0 else term.nth
    return such[place] if -len(such) <= place < len(such) else None


def exists(day: date, number: int) -> bool:
    """Say whether the month of a date has a day of that number."""
    try:
        day.replace(day=number)
    except ValueError:
        return False
    return True


def lies_in(term: YearlyRange, day: date) -> bool:
    """Say whether a date is met on the way from the first day of a range to its last."""
    first, last, here = map(place_in_year, (term.first, term.last, (day.month, day.day)))
    return (here - first) % 366 <= (last - first) % 366


def place_in_year(month_and_day: tuple[int, int]) -> int:
    """Number the days of a leap year."""
    return date(2000, *month_and_day).timetuple().tm_yday


def recurs(rule: str, day: date) -> bool:
    """Ask dateutil, from DTSTART or from the start of the year before the last."""
    parts = dict(part.split("=") for part in rule.split(";"))
    start = parts.pop("DTSTART", f"{day.year - 2:04}0101")
    recurrence = rrulestr(
        ";".join(f"{key}={value}" for key, value in parts.items()),
        dtstart=datetime(int(start[:4]), int(start[4:6]), int(start[6:])),  # noqa: DTZ001 - a day
    )
    return datetime(day.year, day.month, day.day) in recurrence  # noqa: DTZ001 - a day
