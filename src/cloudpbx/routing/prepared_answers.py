"""Destinations made ready for calls.

Here: which lines and which memories the plan of a destination depends on, and the plans
that were worked out already. Not here: working one out (`planning`), or which destination
a call comes to (`router`).
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from cloudpbx._values import nearest, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.attempts import Report
from cloudpbx.routing.calls import Call, LineState
from cloudpbx.routing.destinations import Destination, Divert, Ring, chain_of
from cloudpbx.routing.places import Caller, called_by, callers_of, id_of, order_of, place_of
from cloudpbx.routing.planning import Circumstances, Stage, plan_stages
from cloudpbx.routing.ring_plans import RingPlan
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import TargetKind, Targets
from cloudpbx.routing.turns import Turns

__all__ = ["PreparedAnswer", "check_turns", "diverted_targets"]

_MOST_PLANS: Final = 1_024
"""How many states of the lines keep their plan, for each destination."""

_MOST_TURNS: Final = 10_000
"""How many targets one destination may call, every round counted."""

_STATES: Final = frozenset(map(str, LineState))


class PreparedAnswer:
    """Hold what a call comes to, with the plans that were worked out for it.

    Attributes:
        stages: The destination, and after it each number of a busy diversion.
        diverted: Where the called numbers lead to which it may divert.
        lines: The extensions whose lines a plan may depend on, sorted.
        callers: Those whose order of targets depends on the call, by their place.
        plans: Plans by the states of `lines` and, where there are `callers`, the orders.
    """

    __slots__ = ("caller_id", "callers", "diverted", "lines", "plans", "rules", "stages")

    def __init__(
        self,
        stages: tuple[Stage, ...],
        diverted: Mapping[str, Stage],
        rules: RingRules,
        caller_id: str,
    ) -> None:
        self.stages: tuple[Stage, ...] = stages
        self.diverted: Mapping[str, Stage] = diverted
        self.rules: RingRules = rules
        self.caller_id: str = caller_id
        self.plans: dict[Any, RingPlan] = {}
        destinations = [
            each.destination
            for each in (*stages, *diverted.values())
            if each.destination is not None
        ]
        self.lines: tuple[str, ...] = _lines_of(destinations, rules.targets)
        self.callers: dict[str, Caller] = {
            place_of(each): each for each in callers_of(destinations, rules.targets)
        }
        for each in destinations:
            check_turns(each, rules.targets)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what was prepared; plans are worked out again."""
        given = (self.stages, self.diverted, self.rules, self.caller_id)
        return partial(PreparedAnswer, *given), ()

    def states(self, lines: Mapping[str, LineState]) -> tuple[Any, ...]:
        """Return the states of the lines that matter, None for those that are not named."""
        return tuple(map(lines.get, self.lines))

    def orders(self, call: Call, turns: Turns) -> dict[str, tuple[str, ...]]:
        """Return in which order each caller calls its targets this time."""
        call_id = id_of(call, self.caller_id)
        return {place: order_of(each, call_id, turns) for place, each in self.callers.items()}

    def plan(self, states: tuple[Any, ...], orders: Mapping[str, tuple[str, ...]]) -> RingPlan:
        """Return the plan for some states and orders, and keep it."""
        key = (states, *orders.values()) if orders else states
        try:
            kept = self.plans.get(key)
        except TypeError:
            # What cannot be hashed is no state, which working out the plan says.
            kept = None
        if kept is None:
            kept = self.plan_after(states, orders, ())
            if len(self.plans) >= _MOST_PLANS:
                self.plans.clear()
            self.plans[key] = kept
        return kept

    def plan_after(
        self,
        states: tuple[Any, ...],
        orders: Mapping[str, tuple[str, ...]],
        reports: tuple[Report, ...],
    ) -> RingPlan:
        """Return the plan after a switch reported what came of some legs."""
        named = zip(self.lines, states, strict=True)
        here = Circumstances(
            states={number: _read_state(number, state) for number, state in named},
            caller_id=self.caller_id,
            orders=orders,
            diverted=self.diverted,
            reports=reports,
        )
        return plan_stages(self.stages, self.rules, here)


def _read_state(number: str, state: object) -> LineState:
    if state is None:
        return LineState.IDLE
    if isinstance(state, str) and state in _STATES:
        return LineState(state)
    msg = f"{shown(state)} is not a state of line `{number}`: {nearest(str(state), _STATES)}"
    raise InvalidValueError(msg)


def _lines_of(destinations: Iterable[Destination], targets: Targets) -> tuple[str, ...]:
    """Return the extensions whose lines a plan may depend on, sorted."""
    found: set[str] = set()
    followed = [each for destination in destinations for each in chain_of(destination)]
    called = [target for each in followed for target in called_by(each)]
    waiting = [phone for target in called for phone in targets.members(target)]
    while waiting:
        target = waiting.pop()
        if target in found or targets.kind_of(target) is not TargetKind.EXTENSION:
            continue
        found.add(target)
        waiting += [each for _, each in targets.extensions[target].forwards.targets()]
    return tuple(sorted(found))


def diverted_targets(destination: Destination | None) -> tuple[str, ...]:
    """Return what a destination, or what follows it, diverts to."""
    if destination is None:
        return ()
    return tuple(each.target for each in chain_of(destination) if isinstance(each, Divert))


def check_turns(destination: Destination, targets: Targets) -> None:
    """Refuse a destination that would call more targets than any call can last for.

    Raises:
        InvalidValueError: its groups and rounds come to more than 10,000 calls.
    """
    counted: dict[str, int] = {}
    for each in chain_of(destination):
        rounds = each.repeat if isinstance(each, Ring) else 1
        total = rounds * sum(_turns(target, targets, counted) for target in called_by(each))
        if total > _MOST_TURNS:
            fix = "make fewer rounds, or take groups out of each other"
            what = f"{shown(str(each))} calls {total} targets, {_MOST_TURNS} is the most"
            msg = f"{what}: {fix}"
            raise InvalidValueError(msg)


def _turns(target: str, targets: Targets, counted: dict[str, int]) -> int:
    """Return how many phones a target stands for, every round of its groups counted."""
    waiting = [target]
    while waiting:
        group = targets.groups.get(waiting[-1])
        if group is None or group.name in counted:
            waiting.pop()
            continue
        inside = [each for each in group.called if each in targets.groups]
        missing = [each for each in inside if each not in counted]
        if missing:
            waiting += missing
            continue
        members = sum(counted.get(each, 1) for each in group.targets)
        overflow = 0 if group.overflow is None else counted.get(group.overflow, 1)
        counted[group.name] = group.repeat * members + overflow
    return counted.get(target, 1)
