"""What a check of a schedule must find, by looking at the clock again and again.

Here: every answer of a stretch of time, one a step, asked as a user would ask. Not
here: anything that knows how rules are stored or compared.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve

from cloudpbx.routing import Rule, Schedule

MINUTE = timedelta(minutes=1)
THREE_HOURS = timedelta(hours=3)


def every(step: timedelta, first: datetime, days: int) -> list[datetime]:
    """Return the moments of some days, a step apart."""
    return [first + step * number for number in range(timedelta(days) // step)]


ORDINARY_WEEK = every(MINUTE, datetime(2020, 1, 6, tzinfo=UTC), 7)
"""Every minute of a week."""

NEW_YEARS = [
    moment
    for year in range(2020, 2047)
    for moment in every(THREE_HOURS, datetime(year, 12, 31, tzinfo=UTC), 13)
]
"""Every third hour of the turn of each year, so that 1 to 5 January and the days after them
are seen on all weekdays."""


def answers(schedule: Schedule[Any], moments: Sequence[datetime]) -> list[Any]:
    """Ask a schedule for its value at each moment."""
    return [schedule.at(moment) for moment in moments]


def without(schedule: Schedule[Any], place: int) -> Schedule[Any]:
    """Return a schedule without one of its rules."""
    rules = schedule.rules
    return evolve(schedule, rules=rules[:place] + rules[place + 1 :])


def needless(schedule: Schedule[Any], moments: Sequence[datetime]) -> list[str]:
    """Return the names of the rules without which all answers are the same."""
    now = answers(schedule, moments)
    return [
        rule.name
        for place, rule in enumerate(schedule.rules)
        if answers(without(schedule, place), moments) == now
    ]


def by_name(schedule: Schedule[Any]) -> Schedule[Any]:
    """Return a schedule that answers with the name of the rule that gave the answer."""
    rules = tuple(Rule(rule.when, rule.name, rule.name) for rule in schedule.rules)
    return evolve(schedule, rules=rules)
