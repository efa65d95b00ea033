"""Checking many schedules.

Here: how long the findings of a large tenant take, and that they take no longer for each
number when there are more. Not here: asking schedules (`schedules`).
"""

import random
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from time import process_time
from typing import Final

from measuring import Effort, Goal, Row, duration, no_garbage_collection, within

from cloudpbx.routing import Rule, Schedule, Span

RULES: Final = 10
_LIMIT: Final = 1.0
_LINEAR: Final = Goal(1.25, faster=False)
_MOST_ROUNDS: Final = 5
_STEP: Final = 300


def week_of_rules(number: int) -> Schedule[str]:
    """Return a schedule of ten weekday rules that no other number has."""
    dice = random.Random(number)  # noqa: S311 - no secret
    rules = []
    for days in ("mon-fri", "sat,sun"):
        times = sorted(dice.sample(range(0, 86_400, _STEP), RULES // 2 + 1))
        rules += [
            Rule(f"{days} {Span(start, end)}", str(1_000 + place))
            for place, (start, end) in enumerate(pairwise(times))
        ]
    return Schedule(zone="Asia/Tokyo", rules=tuple(rules))


def seconds_to_check(numbers: range) -> float:
    """Return how long it takes to check the schedules of numbers for the first time."""
    schedules = [week_of_rules(number) for number in numbers]
    with no_garbage_collection():
        start = process_time()
        for schedule in schedules:
            schedule.check()
        return process_time() - start


def rows(effort: Effort) -> Iterator[Row]:
    """Yield what the table says of checks."""
    rounds = range(min(effort.rounds, _MOST_ROUNDS))
    few = effort.numbers // 10
    every, others = range(effort.numbers), range(effort.numbers, effort.numbers + few)
    times = [(seconds_to_check(every), seconds_to_check(others)) for _ in rounds]
    time = median(many for many, _ in times)
    growth = median(many / effort.numbers / (some / few) for many, some in times)
    yield Row(
        what="`Schedule.check` of 10 weekday rules",
        time=duration(time / effort.numbers),
        values={"time": time / effort.numbers},
    )
    yield within(f"`Schedule.check` of {effort.numbers:,} numbers × 10 rules", time, _LIMIT)
    yield Row(
        what=f"the same for each number, beside {few:,} numbers",
        time=duration(time / effort.numbers),
        beside=f"{few:,} numbers",
        its_time=duration(median(some / few for _, some in times)),
        measured=f"{growth:.3g} × as long",
        goal=str(_LINEAR),
        is_reached=_LINEAR.is_reached(growth),
        values={"times_as_long": growth},
    )
