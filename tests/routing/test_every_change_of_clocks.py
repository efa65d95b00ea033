"""Every change of every zone's clocks from 1970 to 2037.

Here: schedules asked around each of them, against what the clock on the wall shows.
Not here: single cases with a story (`test_schedules`).
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.routing import Rule, Schedule
from cloudpbx.routing.zones import changes_of_offset, find_zone
from tests.spec.zone_data import (
    EPOCH,
    FIRST_YEAR,
    LAST_YEAR,
    changes,
    offset,
    zones_that_differ,
)

CHUNKS: Final = 16
DAY: Final = 86_400
AROUND: Final = 30 * 3600

# The answer by the wall clock alone: weekday, Monday being 0, and second of the day.
Predicted = Callable[[int, int], bool]
SCHEDULES: Final[dict[str, Predicted]] = {
    "17:00-09:00": lambda _, second: second >= 61_200 or second < 32_400,
    "02:15-02:45": lambda _, second: 8_100 <= second < 9_900,
    "fri 09:00-18:00": lambda weekday, second: weekday == 4 and 32_400 <= second < 64_800,
    "sun 01:30-02:30": lambda weekday, second: weekday == 6 and 5_400 <= second < 9_000,
    "sat 22:00-01:15": lambda weekday, second: (
        (weekday == 5 and second >= 79_200) or (weekday == 6 and second < 4_500)
    ),
}
EDGES: Final = {
    "17:00-09:00": (61_200, 32_400),
    "02:15-02:45": (8_100, 9_900),
    "fri 09:00-18:00": (0, 32_400, 64_800),
    "sun 01:30-02:30": (0, 5_400, 9_000),
    "sat 22:00-01:15": (0, 79_200, 4_500),
}


def chunk(number: int) -> tuple[str, ...]:
    """Return every sixteenth zone."""
    return zones_that_differ()[number::CHUNKS]


def moment(instant: int) -> datetime:
    """Return seconds since 1970 as a moment."""
    return EPOCH + timedelta(seconds=instant)


def instants_around(zone: ZoneInfo, change: int, edges: Sequence[int]) -> list[int]:
    """Return where an answer may change near a change of the clocks.

    That is where the wall clock, before it is changed or after, shows an edge; and the
    change itself with the seconds beside it.
    """
    found = {change - AROUND, change - 1, change, change + 1, change + AROUND}
    for side in (change - 1, change):
        ahead = offset(zone, side)
        assert ahead is not None
        shift = int(ahead.total_seconds())
        midnight = (change + shift) // DAY * DAY - shift
        found |= {midnight + day * DAY + edge for day in range(-3, 4) for edge in edges}
    return sorted(instant for instant in found if abs(instant - change) <= AROUND)


def check(schedule: Schedule[bool], zone: ZoneInfo, change: int, notation: str) -> None:
    """Compare the answers and their ends around one change of the clocks."""
    predicted = SCHEDULES[notation]
    instants = instants_around(zone, change, EDGES[notation])
    answers = []
    for instant in instants:
        shown = moment(instant).astimezone(zone)
        second = shown.hour * 3600 + shown.minute * 60 + shown.second
        answers.append(predicted(shown.weekday(), second))

    place = instants.index(change)
    for near in range(place - 2, place + 3):
        assert (schedule.at(moment(instants[near])) is True) == answers[near]
    for start in (place - 2, place - 1, place):
        later = zip(instants[start:], answers[start:], strict=True)
        expected = next((each for each, other in later if other != answers[start]), None)
        end = schedule.next_change(moment(instants[start]))
        assert end is not None
        if expected is None:
            assert end > moment(instants[-1])
        else:
            assert end.astimezone(UTC) == moment(expected)


@pytest.mark.parametrize("number", range(CHUNKS))
def test_changes_of_the_clocks_are_found(number: int) -> None:
    """Probing a day at a time finds every change that the zone data list.

    It relies on two changes of one zone never being less than three days apart.
    """
    for key in chunk(number):
        expected = changes(key)
        found = [
            change
            for year in range(FIRST_YEAR, LAST_YEAR + 1)
            for change in changes_of_offset(find_zone(key), year)
        ]

        assert tuple(found) == expected, key
        assert all(later - earlier > 3 * DAY for earlier, later in pairwise(expected)), key


@pytest.mark.parametrize("number", range(CHUNKS))
def test_answers_are_what_the_wall_clock_shows(number: int) -> None:
    """Around every change, answers are those of the wall clock, and so are their ends."""
    for key in chunk(number):
        zone = ZoneInfo(key)
        for notation in SCHEDULES:
            schedule = Schedule(zone=key, rules=(Rule(notation, value=True),))
            for change in changes(key):
                check(schedule, zone, change, notation)
