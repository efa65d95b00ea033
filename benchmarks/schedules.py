"""Schedules beside other ways to ask for opening hours.

Here: one office, Monday to Friday from 09:00 to 18:00 and closed on Japanese holidays,
asked at random moments of a year. Not here: routing, which asks schedules (`routes`), and
checking them (`checks`).
"""

import random
import tracemalloc
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule, rruleset
from measuring import Contestant, Effort, Goal, Row, agree, alone, beside, missing

from cloudpbx.routing import Rule, Schedule

if TYPE_CHECKING:
    from opening_hours import OpeningHours

ZONE: Final = ZoneInfo("Asia/Tokyo")
YEAR: Final = 2026
HAS_OPENING_HOURS: Final = find_spec("opening_hours") is not None

_HOLIDAYS: Final = """
    2026-01-01 2026-01-12 2026-02-11 2026-02-23 2026-03-20 2026-04-29 2026-05-03 2026-05-04
    2026-05-05 2026-05-06 2026-07-20 2026-08-11 2026-09-21 2026-09-22 2026-09-23 2026-10-12
    2026-11-03 2026-11-23 2027-01-01 2027-01-11 2027-02-11 2027-02-23 2027-03-21 2027-03-22
    2027-04-29 2027-05-03 2027-05-04 2027-05-05 2027-07-19 2027-08-11 2027-09-20 2027-09-23
    2027-10-11 2027-11-03 2027-11-23
"""
HOLIDAYS: Final = {date.fromisoformat(day): "祝日" for day in _HOLIDAYS.split()}
"""The 35 public holidays of Japan in 2026 and 2027."""

_OPENS, _CLOSES = 9, 18
_HOUR: Final = 3_600
_DAY: Final = 24 * _HOUR
_STARTS: Final = [
    0,
    *(day * _DAY + hour * _HOUR for day in range(5) for hour in (_OPENS, _CLOSES)),
]
"""Seconds after the start of a week at which the office opens and closes in turn."""

_FASTER_AT: Final = Goal(4, faster=True)
_FASTER_CHANGE: Final = Goal(3.5, faster=True)
_NEAR_FLOOR: Final = Goal(2, faster=False)


def random_moments(effort: Effort) -> list[datetime]:
    """Return the moments that are asked, the same ones every time."""
    dice = random.Random(YEAR)  # noqa: S311 - no secret
    start = datetime(YEAR, 1, 1, tzinfo=UTC)
    return [
        (start + timedelta(seconds=dice.randrange(365 * _DAY))).astimezone(ZONE)
        for _ in range(effort.moments)
    ]


def office(holidays: dict[date, str] = HOLIDAYS) -> Schedule[bool]:
    """Return the office, which answers whether it is open."""
    return Schedule(
        zone=ZONE.key,
        rules=(
            Rule("mon-fri 09:00-18:00", value=True),
            Rule("holiday 00:00-24:00", value=False),
        ),
        holidays=holidays,
        otherwise=False,
    )


def floor(moment: datetime) -> bool:
    """Answer without holidays, from the second of the week: the least that can be done."""
    second = (
        moment.weekday() * 86_400 + moment.hour * 3_600 + moment.minute * 60 + moment.second
    )
    return not bisect_right(_STARTS, second) & 1


def floor_with_holidays(moment: datetime) -> bool:
    """Answer as `floor` does, but closed on holidays."""
    second = (
        moment.weekday() * 86_400 + moment.hour * 3_600 + moment.minute * 60 + moment.second
    )
    return not bisect_right(_STARTS, second) & 1 and moment.date() not in HOLIDAYS


def floor_from_utc(moment: datetime) -> bool:
    """Answer as `floor` does for a moment of another zone."""
    return floor(moment.astimezone(ZONE))


def openings_and_closings() -> rruleset:
    """Return every opening and closing as a recurrence set that is worked out already."""
    events = rruleset(cache=True)
    events.rrule(
        rrule(
            WEEKLY,
            dtstart=datetime(YEAR - 1, 12, 29, _OPENS, tzinfo=ZONE),
            until=datetime(YEAR + 1, 12, 31, _CLOSES, tzinfo=ZONE),
            byweekday=range(5),
            byhour=(_OPENS, _CLOSES),
            byminute=0,
            bysecond=0,
        )
    )
    for day in HOLIDAYS:
        for hour in (_OPENS, _CLOSES):
            events.exdate(datetime(day.year, day.month, day.day, hour, tzinfo=ZONE))
    list(events)
    return events


def _is_opening(event: datetime | None) -> bool:
    return event is not None and event.hour == _OPENS


def peer_office() -> "OpeningHours":
    """Return the office as `opening-hours-py` has it, with its own holidays."""
    from opening_hours import OpeningHours  # noqa: PLC0415 - may be missing

    return OpeningHours("Mo-Fr 09:00-18:00; PH off", timezone=ZONE, country="JP")


def holidays_known_to(hours: "OpeningHours") -> dict[date, str]:
    """Return the holidays on which `opening-hours-py` is closed, for it may not know all."""
    noons = {day: datetime(day.year, day.month, day.day, 12, tzinfo=ZONE) for day in HOLIDAYS}
    return {day: name for day, name in HOLIDAYS.items() if not hours.is_open(noons[day])}


def rows(effort: Effort) -> Iterator[Row]:
    """Yield what the table says of schedules.

    Raises:
        DisagreementError: the contestants answer differently.
    """
    moments = random_moments(effort)
    yield from _at_rows(moments, effort)
    yield from _change_rows(moments, effort)
    yield from _construction_rows(effort)
    yield painted_year("one painted year, `at` alone", changes=False)
    yield painted_year("one painted year, `at` and `next_change`", changes=True)


def notes() -> Iterator[str]:
    """Yield what a reader of the table must know of the answers that were compared."""
    yield (
        "Before anything is timed, all contestants have given equal answers for all moments; "
        "the bare floor was not asked on holidays, which it does not know."
    )
    if HAS_OPENING_HOURS:
        unknown = sorted(HOLIDAYS.keys() - holidays_known_to(peer_office()).keys())
        if unknown:
            days = ", ".join(map(str, unknown))
            yield (
                f"opening-hours-py is open on {days}, public holidays of Japan; its answers "
                "equal those of a schedule that does not know them either."
            )


def _at_rows(moments: list[datetime], effort: Effort) -> Iterator[Row]:
    hours, events = office(), openings_and_closings()
    ours = Contestant("cloudpbx", hours.at, moments)
    bare = Contestant("the floor", floor, moments)
    full = Contestant("the floor, and a set of holidays", floor_with_holidays, moments)
    recurring = Contestant(
        "dateutil `rruleset.before`, cached",
        lambda moment: _is_opening(events.before(moment, inc=True)),
        moments,
    )
    agree(ours, full)
    agree(ours, recurring)
    workdays = [each for each in moments if each.date() not in HOLIDAYS]
    agree(Contestant("cloudpbx", hours.at, workdays), Contestant("the floor", floor, workdays))
    others: dict[Contestant, Goal | None] = {bare: _NEAR_FLOOR, full: None, recurring: None}
    what = "`Schedule.at`, moments of its own zone"
    if not HAS_OPENING_HOURS:
        yield missing(what, "opening-hours-py", _FASTER_AT)
    else:
        theirs = peer_office()
        peer = Contestant("opening-hours-py `is_open`", theirs.is_open, moments)
        agree(Contestant("cloudpbx", office(holidays_known_to(theirs)).at, moments), peer)
        others = {peer: _FASTER_AT, **others}
    yield from beside(what, ours, others, effort)

    universal = [moment.astimezone(UTC) for moment in moments]
    from_utc = Contestant("cloudpbx", hours.at, universal)
    agree(ours, from_utc)
    bare_from_utc = Contestant("the floor after `astimezone`", floor_from_utc, universal)
    yield from beside(
        "`Schedule.at`, moments in UTC", from_utc, {bare_from_utc: _NEAR_FLOOR}, effort
    )


def _change_rows(moments: list[datetime], effort: Effort) -> Iterator[Row]:
    hours, events = office(), openings_and_closings()
    ours = Contestant("cloudpbx", hours.next_change, moments)
    recurring = Contestant("dateutil `rruleset.after`, cached", events.after, moments)
    agree(ours, recurring)
    others: dict[Contestant, Goal | None] = {recurring: None}
    what = "`next_change`, moments of its own zone"
    if not HAS_OPENING_HOURS:
        yield missing(what, "opening-hours-py", _FASTER_CHANGE)
    else:
        theirs = peer_office()
        peer = Contestant("opening-hours-py `next_change`", theirs.next_change, moments)
        known = office(holidays_known_to(theirs))
        agree(Contestant("cloudpbx", known.next_change, moments), peer)
        others = {peer: _FASTER_CHANGE, **others}
    yield from beside(what, ours, others, effort)

    universal = [moment.astimezone(UTC) for moment in moments]
    from_utc = Contestant("cloudpbx", hours.next_change, universal)
    agree(ours, from_utc)
    yield alone("`next_change`, moments in UTC", from_utc, effort)


def _construction_rows(effort: Effort) -> Iterator[Row]:
    ours = Contestant("cloudpbx", lambda _: office(), [None])
    what = "construct a `Schedule` from text"
    if not HAS_OPENING_HOURS:
        yield missing(what, "opening-hours-py", None)
        yield alone(what, ours, effort)
    else:
        peer = Contestant("opening-hours-py", lambda _: peer_office(), [None])
        yield from beside(what, ours, {peer: None}, effort)
    noons = [datetime(YEAR, 1, 1, 12, tzinfo=ZONE) + timedelta(day) for day in range(365)]

    def paint(_: object) -> None:
        hours = office()
        for noon in noons:
            hours.at(noon)

    yield alone(
        "construct, then `at` once on each day of a year", Contestant("", paint, [None]), effort
    )


def painted_year(what: str, *, changes: bool) -> Row:
    """Measure the most memory that a schedule takes while each day of a year is asked."""
    noons = [datetime(YEAR, 1, 1, 12, tzinfo=ZONE) + timedelta(day) for day in range(365)]
    hours = office()
    # What is kept for the zone and not for the schedule comes first.
    office().next_change(noons[0])
    tracemalloc.start()
    try:
        for noon in noons:
            hours.at(noon)
            if changes:
                hours.next_change(noon)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return Row(what=what, time=f"{peak / 1024:.0f} KiB", values={"bytes": peak})
