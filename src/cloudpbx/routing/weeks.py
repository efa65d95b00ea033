"""Seven days of a schedule: what holds in each, and where nothing does.

Here: what holds from midnight to midnight of each weekday (`Week`). Not here: drawing
it (`week_pictures`), which rule wins (`rules`, `timelines`), or finding gaps over years
(`coverage`).

A week shows days as the clock on the wall does: each from 00:00 to 24:00, also where
a zone leaves out an hour or repeats one.
"""

import datetime as dt
from typing import Any, Final, Self

from attrs import field, frozen

from cloudpbx._values import check_each, check_instance, check_whole, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.day_terms import WEEK, Weekday, check_date, read_weekday
from cloudpbx.routing.days import Days
from cloudpbx.routing.rules import Rule, Tier, When
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import DAY, clock_time
from cloudpbx.routing.timelines import Timeline
from cloudpbx.texts import data_of, words_of

__all__ = ["Day", "Segment", "Week"]

_SOME_MONDAY: Final = dt.date(2001, 1, 1)
_FIRST_YEAR: Final = 2
_LAST_YEAR: Final = 9998


@frozen(kw_only=True)
class Segment:
    """Hold part of a day, from `start` up to but not including `end`.

    Attributes:
        start: Seconds after midnight, 0 to 86399.
        end: Seconds after midnight, 1 to 86400.
        value: What the schedule answers in it; None in a gap.

    Raises:
        InvalidValueError: a bound is out of range, or `end` is not after `start`.
    """

    start: int
    end: int
    value: Any

    def __attrs_post_init__(self) -> None:
        check_whole(self.start, what="the start of a segment in seconds", low=0, high=DAY - 1)
        check_whole(
            self.end, what="the end of a segment in seconds", low=self.start + 1, high=DAY
        )


@frozen(kw_only=True)
class Day:
    """Hold one day of a week.

    Attributes:
        weekday: Its weekday (曜日).
        date: Its date; None in an ordinary week.
        holiday: The name of the public holiday (祝日) it is, or None.
        segments: What holds in it, from 00:00 to 24:00 without a hole.

    Raises:
        InvalidValueError: the segments do not follow each other from 00:00 to 24:00, or
            the date is another weekday.
    """

    weekday: Weekday = field(converter=read_weekday)
    date: dt.date | None = None
    holiday: str | None = None
    segments: tuple[Segment, ...]

    def __attrs_post_init__(self) -> None:
        segments = check_each(self.segments, Segment, what="a segment of a day")
        object.__setattr__(self, "segments", segments)
        edges = [0, *(segment.end for segment in segments)]
        if [*(segment.start for segment in segments), DAY] != edges:
            msg = f"`{self.weekday}` has a hole: let segments follow each other from 0 to {DAY}"
            raise InvalidValueError(msg)
        if self.holiday is not None:
            check_instance(self.holiday, str, what="the name of a holiday")
        if self.date is not None:
            day = check_date(self.date, what="the date of a day")
            if not self.weekday.matches(day):
                msg = f"`{day}` is not {self.weekday} but {WEEK[day.weekday()]}: change one"
                raise InvalidValueError(msg)


@frozen
class Week:
    """Show what a schedule answers in seven days, Monday to Sunday.

    Attributes:
        days: The days, Monday first.

    >>> from cloudpbx.routing import Rule, Schedule
    >>> hours = Schedule(
    ...     zone="Asia/Tokyo",
    ...     rules=(Rule("mon-fri 09:00-18:00", "open"), Rule("mon-fri 18:00-09:00", "night")),
    ... )
    >>> print(hours.week())
         0     3     6     9     12    15    18    21    24
         | . . | . . | . . | . . | . . | . . | . . | . . |
    mon  !!!!!!!!!!!!!!!!!!AAAAAAAAAAAAAAAAAABBBBBBBBBBBB
    tue  BBBBBBBBBBBBBBBBBBAAAAAAAAAAAAAAAAAABBBBBBBBBBBB
    wed  BBBBBBBBBBBBBBBBBBAAAAAAAAAAAAAAAAAABBBBBBBBBBBB
    thu  BBBBBBBBBBBBBBBBBBAAAAAAAAAAAAAAAAAABBBBBBBBBBBB
    fri  BBBBBBBBBBBBBBBBBBAAAAAAAAAAAAAAAAAABBBBBBBBBBBB
    sat  BBBBBBBBBBBBBBBBBB!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
    sun  !!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
    <BLANKLINE>
    A  open                                        mon-fri 09:00-18:00
    B  night                                       mon-fri 18:00-09:00
    !  nothing answers (caller hears a busy tone)  mon 00:00-09:00
                                                   sat 09:00-24:00
                                                   sun 00:00-24:00

    Raises:
        InvalidValueError: the days are not Monday to Sunday, or their dates do not
            follow each other.
    """

    days: tuple[Day, ...]

    def __attrs_post_init__(self) -> None:
        days = check_each(self.days, Day, what="a day of a week")
        object.__setattr__(self, "days", days)
        if tuple(day.weekday for day in days) != WEEK:
            names = shown(", ".join(day.weekday for day in days))
            msg = f"{names} is not a week: give its seven days from mon to sun"
            raise InvalidValueError(msg)
        first = days[0].date
        dates = [None if first is None else first + dt.timedelta(place) for place in range(7)]
        if [day.date for day in days] != dates:
            msg = f"`{first}` does not begin seven dates of one week: give all of them, or none"
            raise InvalidValueError(msg)

    @classmethod
    def of(cls, schedule: Schedule[Any], of: dt.date | None = None) -> Self:
        """Return the week of a schedule that holds a date, or an ordinary week.

        An ordinary week shows the rules of weekdays alone, repeated for ever; a week
        with dates shows all that holds: holidays, other days of their own, an override.

        Raises:
            InvalidValueError: `of` is not a date, or too near the calendar's ends.
        """
        check_instance(schedule, Schedule, what="what a week shows")
        if of is None:
            timeline = _ordinary(schedule)
            start = _SOME_MONDAY.toordinal()
            return cls(
                tuple(
                    Day(weekday=weekday, segments=_segments(timeline, start + place))
                    for place, weekday in enumerate(WEEK)
                )
            )
        check_date(of, what="the date of a week")
        if not _FIRST_YEAR <= of.year <= _LAST_YEAR:
            msg = f"`{of}` is too near the end of the calendar: use years 2 to 9998"
            raise InvalidValueError(msg)
        return cls(
            tuple(
                _dated(schedule, of + dt.timedelta(place - of.weekday())) for place in range(7)
            )
        )

    def to_text(self, lang: str = "en") -> str:
        """Write a row for each day and a letter for each half hour, then what they mean.

        A letter stands for the value that holds longest in its half hour; `!` for a half
        hour in which nothing answers, however shortly. `lang` is `en` or `ja`.
        """
        from cloudpbx.routing.week_pictures import week_text  # noqa: PLC0415 - for eyes only

        return week_text(self.days, lang)

    def to_svg(self, lang: str = "en") -> str:
        """Draw the week as an SVG document, `lang` being `en` or `ja`."""
        from cloudpbx.routing.week_pictures import week_svg  # noqa: PLC0415 - for eyes only

        return week_svg(self.days, lang)

    def to_html(self, lang: str = "en") -> str:
        """Draw the week above a table of its values, `lang` being `en` or `ja`."""
        from cloudpbx.routing.week_pictures import week_html  # noqa: PLC0415 - for eyes only

        return week_html(self.days, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the week as plain data for JSON; `schema/week.schema.json` describes it."""
        return {
            "days": [
                {
                    "weekday": day.weekday.value,
                    "date": None if day.date is None else day.date.isoformat(),
                    "holiday": day.holiday,
                    "segments": [
                        {
                            "start": clock_time(each.start),
                            "end": clock_time(each.end),
                            "value": data_of(each.value),
                            "text": None if each.value is None else words_of(each.value, lang),
                        }
                        for each in day.segments
                    ],
                }
                for day in self.days
            ]
        }

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def __str__(self) -> str:
        """Write the week as text in English."""
        return self.to_text()


def _ordinary(schedule: Schedule[Any]) -> Timeline[Any]:
    """Return the timeline of a schedule's weekday rules alone."""
    rules = [
        Rule(When(Days(*each.days.words), each.rule.when.spans), each.rule.value)
        for each in schedule._timeline.alternatives  # noqa: SLF001 - one area, one value
        if each.tier is Tier.WEEKDAY
    ]
    return Timeline(schedule.zone, rules, None, schedule.otherwise, schedule.spill, None)


def _segments(timeline: Timeline[Any], ordinal: int) -> tuple[Segment, ...]:
    profile = timeline.profile(ordinal)
    return tuple(
        Segment(start=start, end=end, value=value)
        for start, end, value in zip(
            profile.starts, (*profile.starts[1:], DAY), profile.values, strict=True
        )
    )


def _dated(schedule: Schedule[Any], day: dt.date) -> Day:
    timeline: Timeline[Any] = schedule._timeline  # noqa: SLF001 - one area, one value
    segments = _segments(timeline, day.toordinal())
    if schedule.override is not None:
        segments = _overridden(segments, schedule.override.value, timeline, day.toordinal())
    return Day(
        weekday=WEEK[day.weekday()], date=day, holiday=timeline.holiday(day), segments=segments
    )


def _overridden(
    segments: tuple[Segment, ...], forced: object, timeline: Timeline[Any], ordinal: int
) -> tuple[Segment, ...]:
    """Lay an override over a day, from and to what the wall clock shows at its ends."""
    low, high = timeline.forced_part(ordinal)
    if low >= high:
        return segments
    pieces = [
        *((each.start, min(each.end, low), each.value) for each in segments),
        (low, high, forced),
        *((max(each.start, high), each.end, each.value) for each in segments),
    ]
    joined: list[Segment] = []
    for start, end, value in pieces:
        if start >= end:
            continue
        if joined and (joined[-1].value is value or joined[-1].value == value):
            start = joined.pop().start  # noqa: PLW2901 - the piece grows to the left
        joined.append(Segment(start=start, end=end, value=value))
    return tuple(joined)
