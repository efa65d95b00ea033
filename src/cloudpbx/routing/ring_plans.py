"""What rings, from when, for how long, and what stands in the way.

Here: following the forwards of extensions from the targets of a destination. Not here:
which destination a number has at the moment (`router`).

The plan is worked out in the order of time; in one second, targets that were called
directly come before those of forwards, and a shorter way before a longer one. For each
target that is to be tried:

1. an outside number abroad is not called while international calls are off;
2. an extension forwards unconditionally, else when its line is offline, else when it
   is busy; a forward that is not set leaves the target offline or busy;
3. a forward to an extension that was on the same way already is a loop, and after
   `max_forwards` of them a call is not forwarded again;
4. a target that is ringing at that moment, in whatever spelling, is not rung twice;
5. otherwise it rings: an extension that forwards calls nobody answers for its ring
   time, then that target is tried; every other until the caller hangs up.
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from heapq import heappop, heappush
from typing import Final

from attrs import field, frozen

from cloudpbx._values import nearest, shown
from cloudpbx.decisions import Actor, Reason, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.calls import LineState
from cloudpbx.routing.destinations import Ring
from cloudpbx.routing.extensions import Extension, Forward, ForwardKind
from cloudpbx.routing.numbers import global_form, is_abroad, is_outside, printed
from cloudpbx.routing.targets import TargetKind, Targets

__all__ = ["Leg", "RingPlan", "RouteOutcome", "TargetKind"]


@unique
class RouteOutcome(StrEnum):
    """Name what becomes of a call."""

    RING = "ring"
    ANNOUNCE = "announce"
    BUSY = "busy"
    NO_ROUTE = "no_route"
    UNKNOWN_NUMBER = "unknown_number"
    NOT_ACTIVATED = "not_activated"
    UNREACHABLE = "unreachable"
    LOOP = "loop"

    @property
    def reached(self) -> bool:
        """Say whether something answers or rings."""
        return self in {RouteOutcome.RING, RouteOutcome.ANNOUNCE}


@frozen(kw_only=True)
class Leg:
    """Tell that one target rings.

    Attributes:
        target: The extension or outside number.
        kind: Which of the two it is.
        start: Seconds after the call arrived at which it begins to ring.
        seconds: How long it rings; None until the caller hangs up.
        via: The forwards by which the call came here, the first one first.
        recording: Whether the call is recorded when it is answered here.
        caller_id: The number shown to an outside target; None for extensions, which
            are shown the caller's own.
    """

    target: str
    kind: TargetKind
    start: int
    seconds: int | None
    via: tuple[Forward, ...] = ()
    recording: bool = False
    caller_id: str | None = None

    @property
    def end(self) -> int | None:
        """Return when it stops to ring, None when the caller decides."""
        return None if self.seconds is None else self.start + self.seconds

    def rings_at(self, second: int) -> bool:
        """Say whether it rings at a second after the call arrived."""
        return self.start <= second and (self.end is None or second < self.end)


@frozen(kw_only=True)
class RingPlan:
    """Hold what a destination does in one state of the lines; shared by many routes.

    Attributes:
        outcome: What becomes of the call.
        legs: What rings, in the order of time.
        announcement: The guidance number that is played, or empty.
        reasons: What was found out, in order.
        remedies: What would make the call reach somebody, when it does not.
    """

    outcome: RouteOutcome
    legs: tuple[Leg, ...] = ()
    announcement: str = ""
    reasons: tuple[Reason, ...] = ()
    remedies: tuple[Remedy, ...] = ()


@frozen(kw_only=True)
class RingRules:
    """Hold what every ring plan of a tenant depends on.

    Attributes:
        targets: The extensions and groups.
        region: Whose numbering plan the outside numbers are of.
        international: Whether calls abroad are allowed.
        max_forwards: How often a call may be forwarded.
    """

    targets: Targets
    region: str
    international: bool
    max_forwards: int

    def same(self, target: str, other: str) -> bool:
        """Say whether two targets are one, in whatever spelling."""
        if target == other:
            return True
        if not (is_outside(target) and is_outside(other)):
            return False
        return global_form(target, self.region) == global_form(other, self.region)

    def is_barred(self, number: str) -> bool:
        """Say whether an outside number is abroad and may not be called."""
        return not self.international and is_abroad(number, self.region)


@frozen(order=True)
class _Attempt:
    """Try a target at a second.

    In one second those called directly come first, then the shorter way, then the place
    among the targets: so no forward takes the place of somebody who was called directly.
    """

    start: int
    hops: int
    place: int
    target: str = field(order=False)
    via: tuple[Forward, ...] = field(order=False, default=())


_SETTABLE: Final = {
    ForwardKind.OFFLINE: "forward.offline.set",
    ForwardKind.BUSY: "forward.busy.set",
}


_STATES: Final = frozenset(map(str, LineState))


class _Planner:
    """Work out one plan."""

    def __init__(
        self, rules: RingRules, states: Mapping[str, LineState], caller_id: str
    ) -> None:
        self.rules = rules
        self.states = states
        self.caller_id = caller_id
        self.legs: list[Leg] = []
        self.reasons: list[Reason] = []
        self.remedies: list[Remedy] = []
        self.ends: set[RouteOutcome] = set()
        self.waiting: list[_Attempt] = []

    def plan(self, ring: Ring) -> RingPlan:
        """Try all targets and what they forward to.

        The outcome, in order: a leg rings; else somebody is busy; else a loop ended
        the call; else nobody can be reached.
        """
        names = ", ".join(self.printed(target) for target in ring.targets)
        self.reasons.append(Reason("destination.ring", names))
        targets = self.rules.targets
        found = dict.fromkeys(one for each in ring.targets for one in targets.members(each))
        # In order of time and place already, so it is a heap.
        self.waiting = [_Attempt(0, 0, place, one) for place, one in enumerate(found)]
        while self.waiting:
            self.attempt(heappop(self.waiting))
        if self.legs:
            return RingPlan(
                outcome=RouteOutcome.RING, legs=tuple(self.legs), reasons=tuple(self.reasons)
            )
        outcomes = (RouteOutcome.BUSY, RouteOutcome.LOOP, RouteOutcome.UNREACHABLE)
        return RingPlan(
            outcome=next(each for each in outcomes if each in self.ends),
            reasons=tuple(self.reasons),
            remedies=tuple(dict.fromkeys(self.remedies)),
        )

    def attempt(self, attempt: _Attempt) -> None:
        """Ring a target, or follow the forward that applies at once."""
        target, via = attempt.target, attempt.via
        if self.rules.targets.kind_of(target) is TargetKind.OUTSIDE:
            self.call_outside(attempt)
            return
        extension = self.rules.targets.extensions[target]
        kind = self.forward_at_once(extension)
        if kind is None:
            self.ring(extension, attempt)
            return
        following = extension.forwards.target(kind)
        if following is None:
            self.leave(target, kind, via)
        elif self.may_forward(extension, kind, following, via):
            self.wait(attempt, following, kind, attempt.start)

    def wait(self, attempt: _Attempt, following: str, kind: ForwardKind, start: int) -> None:
        """Try what a target forwards to, at once or later."""
        via = (*attempt.via, Forward(attempt.target, kind))
        heappush(self.waiting, _Attempt(start, len(via), attempt.place, following, via))

    def forward_at_once(self, extension: Extension) -> ForwardKind | None:
        """Say which forward applies before the line can ring, or None when it rings."""
        number = extension.number
        if extension.forwards.unconditional is not None:
            return ForwardKind.UNCONDITIONAL
        state = self.states[number]
        if state is LineState.OFFLINE:
            self.reasons.append(Reason("line.offline", number))
            return ForwardKind.OFFLINE
        if state is LineState.BUSY:
            self.reasons.append(Reason("line.busy", number))
            return ForwardKind.BUSY
        return None

    def leave(self, number: str, kind: ForwardKind, via: tuple[Forward, ...]) -> None:
        """Tell how a line that cannot ring, and has no forward for that, can be passed."""
        if len(via) < self.rules.max_forwards:
            code, data = _SETTABLE[kind], {"about": number}
            self.remedies.append(Remedy(code, Actor.PORTAL_ADMINISTRATOR, data))
        else:
            self.lead_elsewhere(via)
        if kind is ForwardKind.BUSY:
            self.ends.add(RouteOutcome.BUSY)
            return
        self.ends.add(RouteOutcome.UNREACHABLE)
        self.remedies.append(Remedy("line.register", Actor.USER, {"about": number}))

    def lead_elsewhere(self, way: tuple[Forward, ...]) -> None:
        """Name the last forward of a way that is followed wherever it leads.

        One forward too many is never followed, so changing it would not help.
        """
        followed = way[: self.rules.max_forwards]
        if followed:
            last = followed[-1]
            code, data = f"forward.change.{last.kind}", {"about": last.extension}
            remedy = Remedy(code, Actor.PORTAL_ADMINISTRATOR, data)
        else:
            remedy = Remedy("destination.change", Actor.PORTAL_ADMINISTRATOR)
        self.remedies.append(remedy)

    def may_forward(
        self, extension: Extension, kind: ForwardKind, following: str, via: tuple[Forward, ...]
    ) -> bool:
        """Refuse a loop and one forward too many; otherwise tell where the call goes."""
        number = extension.number
        way = (*via, Forward(number, kind))
        data = {"target": self.printed(following)}
        code = f"forward.{kind}"
        if any(following == each.extension for each in way):
            code, ended = "forward.loop", RouteOutcome.LOOP
        elif len(via) >= self.rules.max_forwards:
            code, ended = "forward.too_many", RouteOutcome.UNREACHABLE
            data["most"] = str(self.rules.max_forwards)
        else:
            self.reasons.append(Reason(code, number, data))
            return True
        self.ends.add(ended)
        self.reasons.append(Reason(code, number, data))
        self.lead_elsewhere(way)
        return False

    def call_outside(self, attempt: _Attempt) -> None:
        """Ring an outside number, unless it is abroad and that is off."""
        number, via = attempt.target, attempt.via
        if self.rules.is_barred(number):
            self.ends.add(RouteOutcome.UNREACHABLE)
            self.reasons.append(Reason("target.abroad", self.printed(number)))
            self.remedies.append(Remedy("subscription.international.enable", Actor.CUSTOMER))
            return
        shown_number = self.caller_id
        if via:
            last = self.rules.targets.extensions[via[-1].extension]
            shown_number = last.caller_id or shown_number
        leg = Leg(
            target=number,
            kind=TargetKind.OUTSIDE,
            start=attempt.start,
            seconds=None,
            via=via,
            caller_id=shown_number,
        )
        self.add(leg)

    def ring(self, extension: Extension, attempt: _Attempt) -> None:
        """Ring an extension, and wait for its no-answer forward where it has one."""
        number, forwards = extension.number, extension.forwards
        following = forwards.no_answer
        leg = Leg(
            target=number,
            kind=TargetKind.EXTENSION,
            start=attempt.start,
            seconds=None if following is None else forwards.ring_seconds,
            via=attempt.via,
            recording=extension.recording,
        )
        if not self.add(leg) or following is None:
            return
        kind = ForwardKind.NO_ANSWER
        if self.may_forward(extension, kind, following, attempt.via):
            self.wait(attempt, following, kind, attempt.start + forwards.ring_seconds)

    def add(self, leg: Leg) -> bool:
        """Add a leg unless its target rings at that moment already."""
        about = self.printed(leg.target)
        ringing = [each.target for each in self.legs if each.rings_at(leg.start)]
        if any(self.rules.same(leg.target, each) for each in ringing):
            self.reasons.append(Reason("target.rings_already", about, {"start": leg.start}))
            return False
        self.legs.append(leg)
        code = f"target.rings.{leg.kind}" if leg.seconds is None else "target.rings.for"
        seconds = {} if leg.seconds is None else {"seconds": leg.seconds}
        self.reasons.append(Reason(code, about, {"start": leg.start, **seconds}))
        return True

    def printed(self, target: str) -> str:
        """Return a target as people write it."""
        return printed(target, self.rules.region)


def _read_state(number: str, state: object) -> LineState:
    if state is None:
        return LineState.IDLE
    if isinstance(state, str) and state in _STATES:
        return LineState(state)
    msg = f"{shown(state)} is not a state of line `{number}`: {nearest(str(state), _STATES)}"
    raise InvalidValueError(msg)


def plan_ring(
    ring: Ring, rules: RingRules, states: Mapping[str, LineState | None], caller_id: str
) -> RingPlan:
    """Return what a destination rings in a state of the lines.

    `states` names every line that the plan may depend on; None stands for idle.

    Raises:
        InvalidValueError: a state is not a `LineState`.
    """
    read = {number: _read_state(number, state) for number, state in states.items()}
    return _Planner(rules, read, caller_id).plan(ring)


def lines_of(ring: Ring, targets: Targets) -> tuple[str, ...]:
    """Return the extensions whose lines a plan for `ring` may depend on, sorted."""
    found: set[str] = set()
    waiting = [one for target in ring.targets for one in targets.members(target)]
    while waiting:
        target = waiting.pop()
        if target in found or targets.kind_of(target) is not TargetKind.EXTENSION:
            continue
        found.add(target)
        waiting += [each for _, each in targets.extensions[target].forwards.targets()]
    return tuple(sorted(found))
