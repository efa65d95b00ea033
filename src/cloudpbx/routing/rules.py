"""The rules of a schedule, and which of them wins.

Here: when a rule applies (`When`), what it says (`Rule`), its place in the order of
precedence (`Tier`), and the manual override (`Override`, `Until`). Not here: evaluating
them (`timelines`) or asking (`schedules`).
"""

import re
from datetime import UTC, datetime
from enum import StrEnum, unique
from typing import Any, Final, Generic, Self, TypeVar

from attrs import field, frozen

from cloudpbx._values import check_aware, check_each, check_instance, check_text, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.day_terms import (
    DateRange,
    NthWeekday,
    PublicHoliday,
    Weekday,
    YearlyRange,
)
from cloudpbx.routing.days import Conjunction, Days
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.spans import DAY, Span
from cloudpbx.routing.zones import epoch_of

__all__ = ["Override", "Rule", "Tier", "Until", "When"]

T_co = TypeVar("T_co", covariant=True)


@unique
class Tier(StrEnum):
    """Name a place in the order of precedence, the strongest first.

    The highest tier that names a date owns that date: lower tiers do not apply to it.
    """

    DATED = "dated"
    YEARLY = "yearly"
    HOLIDAY = "holiday"
    RECURRING = "recurring"
    SEASONAL = "seasonal"
    WEEKDAY = "weekday"


TIERS: Final = tuple(Tier)

_DATE = re.compile(r"(\d{4}-)?\d{2}-\d{2}", re.ASCII)


def tier_of(days: Conjunction) -> Tier:
    """Say which tier intersected words belong to.

    In order, and the first that applies wins:

    1. with public holidays: holiday;
    2. with an nth weekday or a recurrence rule: recurring;
    3. with dates, of one year or of every year, and weekdays: seasonal;
    4. with dates: dated;
    5. with dates of every year: yearly;
    6. weekdays, or every day: weekday.
    """
    kinds = days.kinds
    if PublicHoliday in kinds:
        return Tier.HOLIDAY
    if kinds & {NthWeekday, Recurrence}:
        return Tier.RECURRING
    if kinds & {DateRange, YearlyRange} and Weekday in kinds:
        return Tier.SEASONAL
    if DateRange in kinds:
        return Tier.DATED
    return Tier.YEARLY if YearlyRange in kinds else Tier.WEEKDAY


@frozen
class When:
    """Join days with the spans of each of them.

    Equal when they mean the same, however they were written.

    Attributes:
        days: Which days.
        spans: Which parts of each day, sorted and joined.

    >>> when = When.parse("mon-fri 9:00-12:00,12:00-18:00")
    >>> print(when)
    mon-fri 09:00-18:00

    Raises:
        InvalidValueError: there is no span, or joined over midnight they run a day or longer.
    """

    days: Days
    spans: tuple[Span, ...]

    def __attrs_post_init__(self) -> None:
        check_instance(self.days, Days, what="the days of a rule")
        spans = check_each(self.spans, Span, what="a span of a rule")
        object.__setattr__(self, "spans", _joined(spans))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read days, then spans, as `mon-fri 09:00-12:00,13:00-18:00`.

        Raises:
            InvalidValueError: the text is not of the notation; the message says where.
        """
        check_text(text, what="when a rule applies")
        # Spaces beside a mark that joins are no spaces between words: `9:00 - 18:00`.
        words = re.sub(r"\s*(,|-|\.\.)\s*", r"\1", text.strip()).split()
        times = [word for word in words if ":" in word and "rrule:" not in word.casefold()]
        if not times:
            last = words[-1] if words else ""
            if _is_like_a_span(last):
                msg = f"{shown(last)} is not a span of the day: write `09:00-17:00`"
            else:
                msg = f"{shown(text)} has no span of the day: add `00:00-24:00` for all of it"
            raise InvalidValueError(msg)
        if len(times) > 1:
            msg = f"{shown(text)} has spans in {len(times)} places: join them with commas"
            raise InvalidValueError(msg)
        days = Days.parse(" ".join(word for word in words if word not in times))
        return cls(days, tuple(map(Span.parse, times[0].split(","))))

    def __str__(self) -> str:
        """Write it as it is read."""
        return f"{self.days} {','.join(map(str, self.spans))}".lstrip()


def _is_like_a_span(word: str) -> bool:
    """Say whether a word is what people write for a span: `9-17`, `9am-5pm`, `0900-1700`."""
    parts = re.split(r",|\.\.", word)
    return word[:1].isdigit() and not all(map(_DATE.fullmatch, parts))


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Sort spans and join those that touch."""
    if not spans:
        msg = "`()` has no span of the day: add `00:00-24:00` for all of it"
        raise InvalidValueError(msg)
    joined: list[list[int]] = []
    for start, end in sorted((span.start, span.start + span.seconds) for span in spans):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    for start, end in joined:
        if end > DAY and end - start >= DAY:
            text = ",".join(map(str, spans))
            msg = f"`{text}` runs a day or longer: write the next morning as its own rule"
            raise InvalidValueError(msg)
    return tuple(Span(start, end if end <= DAY else end - DAY) for start, end in joined)


def _when(value: When | str) -> When:
    return value if isinstance(value, When) else When.parse(value)


@frozen
class Rule(Generic[T_co]):
    """Say what a schedule answers on some days at some time of the day.

    Attributes:
        when: The days and spans, or their notation.
        value: The answer; anything but None.
        name: What findings and reasons call the rule; its notation when left out.

    >>> print(Rule("sat 22:00-06:00", "night"))
    sat 22:00-06:00 → night

    Raises:
        InvalidValueError: the notation cannot be read, or the value is None.
    """

    when: When = field(converter=_when)
    value: T_co
    name: str = ""

    def __attrs_post_init__(self) -> None:
        check_text(self.name, what="the name of a rule", empty=True)
        if self.value is None:
            msg = f"`{self.when}` says None, which means no answer: leave the rule out"
            raise InvalidValueError(msg)

    @property
    def label(self) -> str:
        """Return the name, or the notation of a rule without one."""
        return self.name or str(self.when)

    def __str__(self) -> str:
        """Write notation and value, and the name if there is one."""
        return f"{self.name + ': ' if self.name else ''}{self.when} → {self.value}"


def _whole_second(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    check_aware(moment, what="the start or end of an override")
    epoch_of(moment)
    return moment.replace(microsecond=0)


@unique
class Until(StrEnum):
    """Name an end of an override that is not an instant."""

    NEXT_CHANGE = "next_change"


def _end(limit: datetime | Until | None) -> datetime | Until | None:
    return Until.NEXT_CHANGE if limit == Until.NEXT_CHANGE else _whole_second(limit)


def _instant(limit: Any) -> Any:
    """Return a moment in UTC: two moments of one zone compare by their wall clocks."""
    return limit.astimezone(UTC) if isinstance(limit, datetime) else limit


@frozen
class Override(Generic[T_co]):
    """Force a schedule's answer by hand (手動切り替え), for good or for a time.

    `Until.NEXT_CHANGE` ends it when the schedule, without the override, next changes
    after `since`, the moment it was set; where the schedule never changes, it never ends.

    Attributes:
        value: The forced answer; anything but None.
        until: When the schedule answers again, cut to whole seconds, or
            `Until.NEXT_CHANGE`; None for never.
        since: From when the override holds; None for always.

    >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> Override("closed", since=noon, until=Until.NEXT_CHANGE).until.value
    'next_change'

    Raises:
        InvalidValueError: a time is naive, the override ends before it starts, or it ends
            with the next change and does not say since when.
    """

    value: T_co
    until: datetime | Until | None = field(
        default=None, converter=_end, eq=_instant, kw_only=True
    )
    since: datetime | None = field(
        default=None, converter=_whole_second, eq=_instant, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.value is None:
            msg = "`None` is no answer to force: leave the override out"
            raise InvalidValueError(msg)
        since, until = _instant(self.since), _instant(self.until)
        if isinstance(until, Until) and since is None:
            msg = f"`{until}` needs the moment it is counted from: give `since`"
            raise InvalidValueError(msg)
        if isinstance(self.until, datetime) and since and until and since >= until:
            msg = f"`{self.until.isoformat()}` ends the override before it starts: swap them"
            raise InvalidValueError(msg)
