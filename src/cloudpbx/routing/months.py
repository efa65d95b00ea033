"""A month of a schedule: which rules own each day, and what holds in it.

Here: every date of a month with its holiday, its owner, and the parts of rules as they
really act (`Month`). Not here: drawing it (`month_pictures`), which rule wins (`rules`,
`timelines`), or an ordinary week (`weeks`).

As a week, a month shows days as the clock on the wall does: each from 00:00 to 24:00,
also where a zone leaves out an hour or repeats one.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator
from typing import Any, Final, Self

from attrs import evolve, field, frozen

from cloudpbx._values import (
    check_each,
    check_flag,
    check_instance,
    check_member,
    check_text,
    check_whole,
    shown,
)
from cloudpbx.decisions import Reason
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.day_terms import WEEK, Weekday, check_date
from cloudpbx.routing.explanations import reason_of_override, reasons_of_day
from cloudpbx.routing.rules import Tier
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import DAY, clock_time
from cloudpbx.routing.timelines import Timeline
from cloudpbx.routing.value_marks import is_same
from cloudpbx.routing.weeks import Segment, Week
from cloudpbx.texts import data_of, words_of

__all__ = ["Month", "MonthDay", "MonthSegment"]

_FIRST_YEAR: Final = 2
_LAST_YEAR: Final = 9998


def _tier(value: str | None) -> Tier | None:
    return None if value is None else check_member(value, Tier, what="a tier")


@frozen(kw_only=True)
class MonthSegment:
    """Hold part of a day, from `start` up to but not including `end`, and what rules it.

    Attributes:
        start: Seconds after midnight, 0 to 86399.
        end: Seconds after midnight, 1 to 86400.
        value: What the schedule answers in it; None in a gap.
        rule: The label of the rule that says so; empty where no rule does.
        spilled: Whether the rule's span began the day before.
        forced: Whether the override says so, and no rule.

    Raises:
        InvalidValueError: a bound is out of range, or `end` is not after `start`.
    """

    start: int
    end: int
    value: Any
    rule: str = ""
    spilled: bool = False
    forced: bool = False

    def __attrs_post_init__(self) -> None:
        check_whole(self.start, what="the start of a segment in seconds", low=0, high=DAY - 1)
        check_whole(
            self.end, what="the end of a segment in seconds", low=self.start + 1, high=DAY
        )
        check_text(self.rule, what="the rule of a segment", empty=True)
        check_flag(self.spilled, what="whether a segment is spilled")
        check_flag(self.forced, what="whether a segment is forced")


@frozen(kw_only=True)
class MonthDay:
    """Hold one day of a month.

    Attributes:
        date: Its date.
        holiday: The name of the public holiday (祝日) it is, or empty.
        owner: The tier of the rules that own it; None when no rule names it.
        rules: The labels of those rules, in their order.
        because: What makes it special: its holiday, an owner above the weekdays, the day
            before, the override. Empty on an ordinary day.
        differs: Whether it answers otherwise than its weekday of the ordinary week.
        segments: What holds in it, from 00:00 to 24:00 without a hole.

    Raises:
        InvalidValueError: the segments do not follow each other from 00:00 to 24:00.
    """

    date: dt.date
    holiday: str = ""
    owner: Tier | None = field(default=None, converter=_tier)
    rules: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()
    differs: bool = False
    segments: tuple[MonthSegment, ...]

    def __attrs_post_init__(self) -> None:
        check_date(self.date, what="the date of a day")
        check_instance(self.holiday, str, what="the name of a holiday")
        check_flag(self.differs, what="whether a day differs")
        for name, kind, what in (
            ("rules", str, "the label of a rule"),
            ("because", Reason, "a reason of a day"),
            ("segments", MonthSegment, "a segment of a day"),
        ):
            object.__setattr__(self, name, check_each(getattr(self, name), kind, what=what))
        edges = [0, *(segment.end for segment in self.segments)]
        if [*(segment.start for segment in self.segments), DAY] != edges:
            msg = f"`{self.date}` has a hole: let segments follow each other from 0 to {DAY}"
            raise InvalidValueError(msg)

    @property
    def weekday(self) -> Weekday:
        """Return its weekday (曜日)."""
        return WEEK[self.date.weekday()]

    @property
    def is_special(self) -> bool:
        """Say whether anything but the rules of weekdays has a say in it."""
        return bool(self.because)


@frozen(kw_only=True)
class Month:
    """Show what a schedule answers on each day of a month, and which rules own it.

    Attributes:
        year: The year, 2 to 9998.
        month: The month, 1 to 12.
        week: The ordinary week with which its days are compared.
        days: Its days, from the first to the last.

    >>> from cloudpbx.routing import Rule, Schedule
    >>> hours = Schedule(
    ...     zone="Asia/Tokyo",
    ...     rules=(Rule("mon-fri 09:00-18:00", "open"), Rule("holiday 00:00-24:00", "closed")),
    ...     holidays={dt.date(2026, 11, 3): "文化の日", dt.date(2026, 11, 23): "勤労感謝の日"},
    ...     otherwise="closed",
    ... )
    >>> print(hours.month(2026, 11))
    2026-11
    <BLANKLINE>
    mon      tue      wed      thu      fri      sat    sun
                                                         1  A
     2  ABA   3* A     4  ABA   5  ABA   6  ABA   7  A   8  A
     9  ABA  10  ABA  11  ABA  12  ABA  13  ABA  14  A  15  A
    16  ABA  17  ABA  18  ABA  19  ABA  20  ABA  21  A  22  A
    23* A    24  ABA  25  ABA  26  ABA  27  ABA  28  A  29  A
    30  ABA
    <BLANKLINE>
    A  closed  no rule: otherwise
               holiday 00:00-24:00
    B  open    mon-fri 09:00-18:00
    <BLANKLINE>
    *  tue 3   文化の日, rules for holidays      A 00:00-24:00  holiday 00:00-24:00
    *  mon 23  勤労感謝の日, rules for holidays  A 00:00-24:00  holiday 00:00-24:00

    Raises:
        InvalidValueError: there is no such month, or the days are not its days.
    """

    year: int
    month: int
    week: Week
    days: tuple[MonthDay, ...]

    def __attrs_post_init__(self) -> None:
        _check_month(self.year, self.month)
        check_instance(self.week, Week, what="the ordinary week of a month")
        days = check_each(self.days, MonthDay, what="a day of a month")
        object.__setattr__(self, "days", days)
        if [day.date for day in days] != _dates(self.year, self.month):
            name = shown(f"{self.year:04}-{self.month:02}")
            msg = f"{name} has other days than were given: give each of its days once, in order"
            raise InvalidValueError(msg)

    @classmethod
    def of(cls, schedule: Schedule[Any], year: int, month: int) -> Self:
        """Return a month of a schedule.

        Raises:
            InvalidValueError: there is no such month, or it is near the calendar's ends.
        """
        check_instance(schedule, Schedule, what="what a month shows")
        _check_month(year, month)
        week = schedule.week()
        days = tuple(_day(schedule, week, date) for date in _dates(year, month))
        return cls(year=year, month=month, week=week, days=days)

    @property
    def special_days(self) -> tuple[MonthDay, ...]:
        """Return the days on which more than the rules of weekdays has a say."""
        return tuple(day for day in self.days if day.is_special)

    def to_text(self, lang: str = "en") -> str:
        """Write the month as a calendar, then what its letters and marks mean.

        Each day has the letters of what it answers, in the order of the day, and `*` when
        it is special. `lang` is `en` or `ja`.
        """
        from cloudpbx.routing.month_pictures import month_text  # noqa: PLC0415 - for eyes only

        return month_text(self, lang)

    def to_svg(self, lang: str = "en") -> str:
        """Draw the month as an SVG document, `lang` being `en` or `ja`."""
        from cloudpbx.routing.month_pictures import month_svg  # noqa: PLC0415 - for eyes only

        return month_svg(self, lang)

    def to_html(self, lang: str = "en") -> str:
        """Draw the month above tables of its values and special days."""
        from cloudpbx.routing.month_pictures import month_html  # noqa: PLC0415 - for eyes only

        return month_html(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the month as plain data for JSON."""
        return {
            "year": self.year,
            "month": self.month,
            "days": [
                {
                    "date": day.date.isoformat(),
                    "weekday": day.weekday.value,
                    "holiday": day.holiday or None,
                    "owner": None if day.owner is None else day.owner.value,
                    "rules": list(day.rules),
                    "because": [reason.to_dict(lang) for reason in day.because],
                    "differs": day.differs,
                    "segments": [
                        {
                            "start": clock_time(each.start),
                            "end": clock_time(each.end),
                            "value": data_of(each.value),
                            "text": None if each.value is None else words_of(each.value, lang),
                            "rule": each.rule or None,
                            "spilled": each.spilled,
                            "forced": each.forced,
                        }
                        for each in day.segments
                    ],
                }
                for day in self.days
            ],
        }

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def __str__(self) -> str:
        """Write the month as text in English."""
        return self.to_text()


def _check_month(year: object, month: object) -> None:
    check_whole(year, what="the year of a month", low=_FIRST_YEAR, high=_LAST_YEAR)
    check_whole(month, what="the number of a month", low=1, high=12)


def _dates(year: int, month: int) -> list[dt.date]:
    return [dt.date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]


def _day(schedule: Schedule[Any], week: Week, date: dt.date) -> MonthDay:
    timeline: Timeline[Any] = schedule._timeline  # noqa: SLF001 - one area, one value
    owners = timeline.active(date.toordinal())
    by_rules = _joined(_painted(timeline, date))
    segments = tuple(_overridden(by_rules, timeline, date))
    ordinary = _answers(week.days[date.weekday()].segments)
    because = list(reasons_of_day(timeline, date))
    if _is_night_special(timeline, date, segments, differs=_answers(by_rules) != ordinary):
        because.append(Reason("schedule.day_before", str(date - dt.timedelta(1))))
    if timeline.override is not None and any(each.forced for each in segments):
        because.insert(0, reason_of_override(timeline.override, timeline.override_end))
    return MonthDay(
        date=date,
        holiday=timeline.holiday(date) or "",
        owner=owners[0].tier if owners else None,
        rules=tuple(dict.fromkeys(each.rule.label for each in owners)),
        because=tuple(because),
        differs=_answers(segments) != ordinary,
        segments=segments,
    )


def _is_night_special(
    timeline: Timeline[Any],
    date: dt.date,
    segments: tuple[MonthSegment, ...],
    *,
    differs: bool,
) -> bool:
    """Say whether a day is special for what runs over midnight into it, or does not.

    The day before then has an owner above the weekdays, and

    1. something runs on from it; or
    2. nothing does, which tells in a day that is ordinary but for that.
    """
    owners, before = (timeline.active(date.toordinal() - ago) for ago in (0, 1))
    if not before or before[0].tier is Tier.WEEKDAY:
        return False
    is_ordinary = not owners or owners[0].tier is Tier.WEEKDAY
    return any(each.spilled for each in segments) or (is_ordinary and differs)


def _painted(timeline: Timeline[Any], date: dt.date) -> Iterator[MonthSegment]:
    """Yield what the rules say from 00:00 to 24:00."""
    profile = timeline.profile(date.toordinal())
    ends = (*profile.source_starts[1:], DAY)
    for start, end, source in zip(profile.source_starts, ends, profile.sources, strict=True):
        if source is None:
            yield MonthSegment(start=start, end=end, value=timeline.otherwise)
        else:
            rule = source.alternative.rule
            yield MonthSegment(
                start=start,
                end=end,
                value=rule.value,
                rule=rule.label,
                spilled=source.spilled,
            )


def _overridden(
    segments: Iterable[MonthSegment], timeline: Timeline[Any], date: dt.date
) -> Iterator[MonthSegment]:
    """Lay the override over a day, if there is one that holds in it."""
    low, high = timeline.forced_part(date.toordinal())
    if timeline.override is None or low >= high:
        yield from segments
        return
    kept = list(segments)
    yield from (evolve(each, end=min(each.end, low)) for each in kept if each.start < low)
    yield MonthSegment(start=low, end=high, value=timeline.override.value, forced=True)
    yield from (evolve(each, start=max(each.start, high)) for each in kept if each.end > high)


def _joined(segments: Iterable[MonthSegment]) -> tuple[MonthSegment, ...]:
    """Join neighbours that differ in nothing but their times."""
    found: list[MonthSegment] = []
    for each in segments:
        if found and _origin(found[-1]) == _origin(each):
            found[-1] = evolve(found[-1], end=each.end)
        else:
            found.append(each)
    return tuple(found)


def _origin(segment: MonthSegment) -> tuple[object, ...]:
    return segment.value, segment.rule, segment.spilled, segment.forced


def _answers(segments: Iterable[MonthSegment | Segment]) -> list[tuple[int, Any]]:
    """Return what is answered from which second on, whichever rules say so."""
    found: list[tuple[int, Any]] = []
    for each in segments:
        if not found or not is_same(found[-1][1], each.value):
            found.append((each.start, each.value))
    return found
