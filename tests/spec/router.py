"""What becomes of a call, said as simply as it can be.

Here: the definition that the router is compared with, to be read. Time passes a second at
a time, forwards are followed by recursion, and nothing is kept from one call to the next.
Not here: schedules, which have a definition of their own, and whether a number is abroad
or the same as another, which tests of `cloudpbx.routing.numbers` say.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import field, frozen

from cloudpbx.routing import (
    Announce,
    Busy,
    Call,
    Extension,
    Forward,
    ForwardKind,
    Leg,
    LineState,
    Ring,
    RouteOutcome,
    Router,
    TargetKind,
)
from cloudpbx.routing.numbers import global_form, is_abroad, is_outside, spelled, spellings

Waiting: TypeAlias = tuple[int, str, tuple[Forward, ...]]
"""The second at which a target is tried, the target, and the way to it."""


@frozen(kw_only=True)
class Answer:
    """What a route must say."""

    outcome: RouteOutcome
    legs: tuple[Leg, ...] = ()
    announcement: str = ""


def answer(router: Router, call: Call, lines: Mapping[str, LineState]) -> Answer:
    """Ask the gates in order; the first that ends the call wins."""
    # 1. The number is known.
    known = [each for each in router.numbers if is_called(each.number, call.to, router.region)]
    if not known:
        return Answer(outcome=RouteOutcome.UNKNOWN_NUMBER)
    # 2. The subscription is activated.
    if not router.activated:
        return Answer(outcome=RouteOutcome.NOT_ACTIVATED)
    # 3. The number's schedule answers with a destination.
    destination = known[0].schedule.at(call.at)
    if destination is None:
        return Answer(outcome=RouteOutcome.NO_ROUTE)
    # 4. The destination plays a guidance, is busy, or rings its targets.
    if isinstance(destination, Announce):
        return Answer(outcome=RouteOutcome.ANNOUNCE, announcement=destination.code)
    if isinstance(destination, Busy):
        return Answer(outcome=RouteOutcome.BUSY)
    return Ringing(router, lines, known[0].number).answer(destination)


def is_called(number: str, text: str, region: str) -> bool:
    """Say whether a number is called by a text: a spelling of it, however separated."""
    if spelled(text) in spellings(number, region):
        return True
    return is_outside(text) and global_form(spelled(text), region) == global_form(
        number, region
    )


def is_due(slot: tuple[int, Waiting | None], second: int) -> bool:
    """Say whether what waits is to be tried now."""
    waits = slot[1]
    return waits is not None and waits[0] <= second


def ways(slot: tuple[int, Waiting | None]) -> tuple[int, int, str, tuple[Forward, ...]]:
    """Put the number of forwards first, then the place among the targets."""
    place, waits = slot
    assert waits is not None
    _, target, via = waits
    return len(via), place, target, via


@frozen
class Ringing:
    """Live through one call, second by second."""

    router: Router
    lines: Mapping[str, LineState]
    called: str
    legs: list[Leg] = field(factory=list)
    failures: set[RouteOutcome] = field(factory=set)

    def answer(self, ring: Ring) -> Answer:
        """Try every target at once, then each second whoever was not answered."""
        waiting: list[Waiting | None] = [
            (0, target, ()) for target in self.once_each(ring.targets)
        ]
        longest = max(
            (each.forwards.ring_seconds for each in self.router.extensions), default=0
        )
        for second in range((self.router.max_forwards + 1) * longest + 1):
            while due := [ways(each) for each in enumerate(waiting) if is_due(each, second)]:
                # Whoever was called directly comes first, then the shorter way.
                _, place, target, via = min(due)
                waiting[place] = self.attempt(target, second, via)
        assert not any(waiting), "a call is forwarded for ever"
        if self.legs:
            return Answer(outcome=RouteOutcome.RING, legs=tuple(self.legs))
        if RouteOutcome.BUSY in self.failures:
            return Answer(outcome=RouteOutcome.BUSY)
        if RouteOutcome.LOOP in self.failures:
            return Answer(outcome=RouteOutcome.LOOP)
        return Answer(outcome=RouteOutcome.UNREACHABLE)

    def once_each(self, targets: Iterable[str]) -> list[str]:
        """Open the groups, and keep what stands twice where it stands first."""
        found: list[str] = []
        for target in targets:
            groups = [each for each in self.router.groups if each.name == target]
            members = self.once_each(groups[0].members) if groups else [target]
            found += [each for each in members if each not in found]
        return found

    def attempt(self, target: str, second: int, via: tuple[Forward, ...]) -> Waiting | None:
        """Try a target; return what is tried later because of it."""
        owners = [each for each in self.router.extensions if each.number == target]
        if not owners:
            self.call_outside(target, second, via)
            return None
        extension = owners[0]
        state = self.lines.get(target, LineState.IDLE)
        kind = {LineState.OFFLINE: ForwardKind.OFFLINE, LineState.BUSY: ForwardKind.BUSY}.get(
            state
        )
        if extension.forwards.unconditional is not None:
            kind = ForwardKind.UNCONDITIONAL
        if kind is not None:
            return self.forward(extension, kind, second, via)
        # A target that is ringing is not rung twice.
        if self.rings(target, second):
            return None
        # It rings its time if it forwards calls that nobody answers, otherwise for good.
        waits = extension.forwards.no_answer is not None
        ring_seconds = extension.forwards.ring_seconds if waits else None
        leg = Leg(
            target=target,
            kind=TargetKind.EXTENSION,
            start=second,
            seconds=ring_seconds,
            via=via,
            recording=extension.recording,
        )
        self.legs.append(leg)
        if ring_seconds is None:
            return None
        return self.forward(extension, ForwardKind.NO_ANSWER, second + ring_seconds, via)

    def forward(
        self, extension: Extension, kind: ForwardKind, second: int, via: tuple[Forward, ...]
    ) -> Waiting | None:
        """Follow a forward, at once or when nobody answered."""
        following = extension.forwards.target(kind)
        way = (*via, Forward(extension.number, kind))
        if following is None:
            offline = kind is ForwardKind.OFFLINE
            self.failures.add(RouteOutcome.UNREACHABLE if offline else RouteOutcome.BUSY)
            return None
        if following in [each.extension for each in way]:
            self.failures.add(RouteOutcome.LOOP)
            return None
        if len(way) > self.router.max_forwards:
            self.failures.add(RouteOutcome.UNREACHABLE)
            return None
        return (second, following, way)

    def call_outside(self, number: str, second: int, via: tuple[Forward, ...]) -> None:
        """Ring an outside number for good, unless it may not be called."""
        if is_abroad(number, self.router.region) and not self.router.international:
            self.failures.add(RouteOutcome.UNREACHABLE)
            return
        if self.rings(number, second):
            return
        owners = [
            each for each in self.router.extensions if via and each.number == via[-1].extension
        ]
        own = owners[0].caller_id if owners else None
        leg = Leg(
            target=number,
            kind=TargetKind.OUTSIDE,
            start=second,
            seconds=None,
            via=via,
            caller_id=own or self.called,
        )
        self.legs.append(leg)

    def rings(self, target: str, second: int) -> bool:
        """Say whether a target rings at a second, under any spelling of it."""
        names = {target, global_form(target, self.router.region)}
        return any(
            names & {leg.target, global_form(leg.target, self.router.region)}
            for leg in self.legs
            if leg.start <= second and (leg.seconds is None or second < leg.start + leg.seconds)
        )
