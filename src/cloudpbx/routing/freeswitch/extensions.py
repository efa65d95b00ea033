"""Extensions of a FreeSWITCH dialplan, and the ways that a call can take through them.

Here: what an extension answers and when, given its conditions. Not here: reading them
from XML (`conditions`), or rules of ours (`rules`).
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from attrs import field, frozen

from cloudpbx.errors import InvalidValueError, Problem
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.freeswitch.attributes import never
from cloudpbx.routing.freeswitch.regions import ALWAYS, Region, intersection, without

__all__ = ["Action", "Condition", "Extension", "Report", "answers_of"]

_MOST_WAYS: Final = 256


@frozen(kw_only=True)
class Report:
    """Collect what is wrong with a text, and what is to be told about it."""

    zone: str
    source: str
    problems: list[Problem] = field(factory=list)
    findings: list[Finding] = field(factory=list)

    def refuse(self, path: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(path=path, message=message, source=self.source))


class Action(NamedTuple):
    """Hold what an extension does: an application and its data."""

    application: str
    data: str

    @property
    def routes(self) -> bool:
        """Say whether it sends the call somewhere or ends it."""
        return self.application in _ROUTING

    def __str__(self) -> str:
        return self.data or self.application


_ROUTING: Final = frozenset(
    {
        "bridge",
        "callcenter",
        "conference",
        "deflect",
        "execute_extension",
        "fifo",
        "hangup",
        "ivr",
        "park",
        "playback",
        "redirect",
        "respond",
        "transfer",
        "voicemail",
    }
)
"""Applications that send a call somewhere, or end it."""


@frozen(eq=False, kw_only=True)
class Condition:
    """Hold one condition.

    Attributes:
        path: Where it stands.
        region: When it matches; None when no time decides it, which is taken for always.
        breaks: Which answer ends the extension.
        actions: What is done when it matches.
        anti_actions: What is done when it does not.
        nested: The conditions within it.
        needs_nested: Whether those must match.
    """

    path: str
    region: Region | None
    breaks: str
    actions: tuple[Action, ...]
    anti_actions: tuple[Action, ...]
    nested: "tuple[Condition, ...]"
    needs_nested: bool


@frozen(eq=False, kw_only=True)
class Extension:
    """Hold one extension of a dialplan.

    Attributes:
        path: Where it stands.
        name: Its name, or empty.
        goes_on: Whether the hunt goes on after it.
        conditions: Its conditions.
    """

    path: str
    name: str
    goes_on: bool
    conditions: tuple[Condition, ...]


# The ways through an extension.


class Way(NamedTuple):
    """Hold one way through conditions: what each answered, and what is done then."""

    answers: tuple[tuple[Condition, bool], ...]
    wins: bool
    actions: tuple[Action, ...]

    @property
    def order(self) -> tuple[bool, ...]:
        """Sort a way on which a condition matches before one on which it does not."""
        return tuple(not holds for _, holds in self.answers)


def answers_of(extension: Extension, report: Report) -> list[tuple[str, Region]]:
    """Return what an extension answers and when; of two that share time the first holds.

    1. Every way through the conditions that wins is an answer, those on which a condition
       matches before those on which it does not.
    2. Its time is that of the conditions that match on it.
    3. Without the time of one that does not, where an earlier way through it loses: all
       other time of that condition has had its answer.
    """
    if extension.goes_on:
        _tell_going_on(extension, report)
        return []
    try:
        ways = sorted(
            _ways(extension.conditions, Way((), wins=False, actions=())),
            key=lambda way: way.order,
        )
    except InvalidValueError as error:
        report.refuse(extension.path, str(error))
        return []
    losing = [way for way in ways if not way.wins]
    if any(action.routes for way in losing for action in way.actions):
        _tell_going_on(extension, report)
    lost = {way.answers[:end] for way in losing for end in range(1, len(way.answers) + 1)}
    found = [(_value(extension, way.actions), _time_of(way, lost)) for way in ways if way.wins]
    if not any(region for _, region in found):
        _tell_never(extension, report)
    return [(value, region) for value, region in found if region]


def _ways(conditions: tuple[Condition, ...], start: Way) -> list[Way]:
    """Return every way through conditions; the last one asked says whether a way wins."""
    ways, ended = [start._replace(wins=False)], []
    for condition in conditions:
        going: list[Way] = []
        for way in ways:
            for holds in (True,) if condition.region is None else (True, False):
                after = _after(way, condition, holds=holds)
                if condition.breaks in {"always", "on-true" if holds else "on-false"}:
                    ended.append(after)
                elif after.wins and condition.nested:
                    for inner in _ways(condition.nested, after):
                        wins = inner.wins or not condition.needs_nested
                        goes_on = wins or condition.breaks == "never"
                        (going if goes_on else ended).append(inner._replace(wins=wins))
                else:
                    going.append(after)
        ways = going
        if len(ways) + len(ended) > _MOST_WAYS:
            msg = f"can go more than {_MOST_WAYS} ways: write an extension for each answer"
            raise InvalidValueError(msg)
    return ended + ways


def _after(way: Way, condition: Condition, *, holds: bool) -> Way:
    answered = () if condition.region is None else ((condition, holds),)
    actions = condition.actions if holds else condition.anti_actions
    return Way(way.answers + answered, holds or bool(actions), way.actions + actions)


def _time_of(way: Way, lost: set[tuple[tuple[Condition, bool], ...]]) -> Region:
    region = ALWAYS
    for place, (condition, holds) in enumerate(way.answers):
        time = condition.region or ()
        if holds:
            region = intersection(region, time)
        elif (*way.answers[:place], (condition, True)) in lost:
            region = without(region, time)
    return region


def _value(extension: Extension, actions: tuple[Action, ...]) -> str:
    """Say what an extension answers.

    1. Its name, when it always does the same.
    2. What it does: the first action that sends the call somewhere, or the first one.
    3. Its name, or else its place.
    """
    every = list(_all(extension.conditions))
    acting = [each for each in every if each.actions]
    if extension.name and len(acting) < 2 and not any(each.anti_actions for each in every):  # noqa: PLR2004 - one place that acts
        return extension.name
    routing = [action for action in actions if action.routes]
    for action in (*routing, *actions):
        if str(action):
            return str(action)
    return extension.name or extension.path


def _all(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in conditions:
        yield condition
        yield from _all(condition.nested)


# What is told.


def _tell_going_on(extension: Extension, report: Report) -> None:
    report.findings.append(
        Finding(
            code="freeswitch.ignored.actions",
            severity=Severity.WARNING,
            about=extension.name or extension.path,
            path=extension.path,
        )
    )


def _tell_never(extension: Extension, report: Report) -> None:
    """Tell that an extension never wins, unless what it is made of has told so."""
    below = f"{extension.path}, "
    if not extension.conditions:
        report.findings.append(
            Finding(
                code="freeswitch.never.empty",
                severity=Severity.ERROR,
                about=extension.name or extension.path,
                path=extension.path,
            )
        )
    elif not any(
        each.path.startswith(below) and each.severity is Severity.ERROR
        for each in report.findings
    ):
        report.findings.append(never(extension.path, extension.name or extension.path))
