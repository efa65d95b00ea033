"""Measure things side by side.

Here: timing several ways to answer the same questions so that a busy machine slows all of
them alike, and the rows of the table. Not here: what is measured.

Every round asks every contestant once, and each round begins with another one. A ratio is
the median of the rounds' own ratios, so a slow second touches both of its sides. The time
is that of the processor, so waiting for other programs does not count. Garbage is
collected between rounds, never during one.
"""

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median
from time import process_time_ns
from typing import Any, Final

from attrs import frozen

_NANOSECONDS: Final = {"ns": 1, "µs": 1_000, "ms": 1_000_000, "s": 1_000_000_000}


class DisagreementError(Exception):
    """Two contestants do not give the same answers, so their times say nothing."""


@frozen(kw_only=True)
class Effort:
    """Say how long to measure.

    Attributes:
        rounds: How often every contestant is asked.
        seconds: About how long each of them works in one round.
        moments: How many random moments are asked.
        states: In how many states of the lines a call is routed, one after another.
        starts: How often an interpreter is started.
        numbers: For how many numbers a whole tenant is checked.
    """

    rounds: int = 31
    seconds: float = 0.01
    moments: int = 512
    states: int = 3**7
    starts: int = 15
    numbers: int = 1_000


QUICK: Final = Effort(rounds=1, seconds=0, moments=64, states=64, starts=1, numbers=10)
"""Enough to see that everything runs; its times mean nothing."""


@frozen(eq=False)
class Contestant:
    """Name one way to answer questions.

    Attributes:
        name: What the table calls it.
        ask: Answers one question.
        questions: What is asked, in order.
    """

    name: str
    ask: Callable[[Any], object]
    questions: Sequence[Any]

    def seconds_asked(self, times: int) -> float:
        """Return how long one answer took, on average."""
        ask, questions = self.ask, self.questions
        start = process_time_ns()
        for _ in range(times):
            for question in questions:
                ask(question)
        return (process_time_ns() - start) / (1e9 * times * len(questions))


@frozen
class Goal:
    """Say what ratio is wanted.

    Attributes:
        factor: How many times.
        faster: Whether to be at least so many times as fast, or to take at most so many
            times as long.
    """

    factor: float
    faster: bool

    def __str__(self) -> str:
        """Write the goal as the table shows it."""
        return f"≥ {self.factor:g} × as fast" if self.faster else f"≤ {self.factor:g} × as long"

    def is_reached(self, times_as_long: float) -> bool:
        """Say whether a ratio of times reaches the goal."""
        if self.faster:
            return times_as_long * self.factor <= 1
        return times_as_long <= self.factor


@frozen(kw_only=True)
class Row:
    """Hold one row of the table.

    Attributes:
        what: What was measured.
        time: How long, or how much, it takes.
        beside: What it was measured beside; may be empty.
        its_time: How long that takes.
        goal: What is wanted; empty where nothing is.
        measured: What was measured of what the goal speaks of.
        is_reached: Whether the goal is reached; None where there is none.
        values: The plain numbers behind it, in seconds, bytes or times.
    """

    what: str
    time: str
    beside: str = ""
    its_time: str = ""
    goal: str = ""
    measured: str = ""
    is_reached: bool | None = None
    values: Mapping[str, float]

    def cells(self) -> tuple[str, ...]:
        """Return what the table shows."""
        verdict = {True: "yes", False: "**no**", None: ""}[self.is_reached]
        shown = (self.what, self.time, self.beside, self.its_time)
        return (*shown, self.measured, self.goal, verdict)


HEADINGS: Final = ("what", "time", "beside", "its time", "measured", "goal", "reached")


def beside(
    what: str,
    ours: Contestant,
    others: Mapping[Contestant, Goal | None],
    effort: Effort,
) -> Iterator[Row]:
    """Measure one contestant beside others and yield a row for each of them."""
    times = _rounds((ours, *others), effort)
    mine = times[ours.name]
    for other, goal in others.items():
        its = times[other.name]
        ratio = median(one / another for one, another in zip(mine, its, strict=True))
        yield Row(
            what=what,
            time=duration(median(mine)),
            beside=other.name,
            its_time=duration(median(its)),
            goal="" if goal is None else str(goal),
            measured=_ratio(ratio, goal),
            is_reached=None if goal is None else goal.is_reached(ratio),
            values={"time": median(mine), "its_time": median(its), "times_as_long": ratio},
        )


def alone(what: str, ours: Contestant, effort: Effort) -> Row:
    """Measure one contestant that has nothing beside it."""
    time = median(_rounds((ours,), effort)[ours.name])
    return Row(what=what, time=duration(time), values={"time": time})


def missing(what: str, other: str, goal: Goal | None) -> Row:
    """Make the row of something that is not installed."""
    return Row(
        what=what,
        time="",
        beside=other,
        its_time="not installed",
        goal="" if goal is None else str(goal),
        values={},
    )


def within(what: str, time: float, limit: float) -> Row:
    """Make the row of a time that is to stay within a limit, both in seconds."""
    return Row(
        what=what,
        time=duration(time),
        goal=f"≤ {duration(limit)}",
        measured=duration(time),
        is_reached=time <= limit,
        values={"time": time},
    )


def agree(first: Contestant, second: Contestant) -> None:
    """Make sure that two contestants give the same answers.

    Raises:
        DisagreementError: they do not.
    """
    pairs = zip(first.questions, second.questions, strict=True)
    for number, (question, same) in enumerate(pairs):
        one, other = first.ask(question), second.ask(same)
        if one != other:
            msg = (
                f"question {number}, `{question}`: "
                f"{first.name} says {one}, {second.name} {other}"
            )
            raise DisagreementError(msg)


def duration(seconds: float) -> str:
    """Write a time with three digits that count.

    >>> duration(0.000000356), duration(0.0123)
    ('356 ns', '12.3 ms')
    """
    unit, size = "ns", 1
    for name, nanoseconds in _NANOSECONDS.items():
        if abs(seconds) * 1e9 >= nanoseconds:
            unit, size = name, nanoseconds
    return f"{seconds * 1e9 / size:.3g} {unit}"


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Collect garbage now, and then none for a while."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def one_core() -> Iterator[None]:
    """Stay on one core for a while, on systems that let a program choose."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _rounds(contestants: Sequence[Contestant], effort: Effort) -> dict[str, list[float]]:
    """Return the time of one answer for each contestant, in each round."""
    enough = {}
    for each in contestants:
        # The first time fills what a contestant remembers, the second one tells its speed.
        each.seconds_asked(1)
        time = each.seconds_asked(1) * len(each.questions)
        enough[each.name] = max(1, round(effort.seconds / time))
    found: dict[str, list[float]] = {each.name: [] for each in contestants}
    for number in range(effort.rounds):
        place = number % len(contestants)
        for each in (*contestants[place:], *contestants[:place]):
            with no_garbage_collection():
                found[each.name].append(each.seconds_asked(enough[each.name]))
    return found


def _ratio(times_as_long: float, goal: Goal | None) -> str:
    faster = times_as_long < 1 if goal is None else goal.faster
    if faster:
        return f"{1 / times_as_long:.3g} × as fast"
    return f"{times_as_long:.3g} × as long"
