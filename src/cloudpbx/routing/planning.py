"""Working out what rings, second by second.

Here: following destinations, groups and their turns in one state of the lines. Not here:
one phone with its forwards (`attempts`), the plan as a value (`ring_plans`), or the
destination that a number has at the moment (`router`).

The plan is worked out in the order of time. In one second, what has ended is settled
first; then targets that were called directly come before those of forwards, a shorter way
before a longer one, and the order of the targets decides the rest. For each target that is
to be tried:

1. a group calls its members by its strategy; a target that several ways name directly in
   one second is tried once;
2. an outside number abroad is not called while international calls are off;
3. an extension forwards unconditionally, else when its line is offline, else when it is
   busy or takes no calls; a forward that is not set, or that the group does not honour,
   leaves the target out;
4. a forward to an extension that was on the same way already is a loop, and after
   `max_forwards` of them a call is not forwarded again;
5. a target that is ringing at that moment, in whatever spelling, is not rung twice;
6. otherwise it rings until the first of these: its switch reported something, its turn is
   over, it forwards calls nobody answers, the caller hangs up.

When nobody answered, the destination's `then` follows. After the last one the call ends,
in order: nobody answered; busy; a loop; unreachable. A call that ends busy goes on to the
next number of a busy diversion.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from attrs import frozen

from cloudpbx.decisions import Reason
from cloudpbx.routing.attempts import Attempt, Attempts, Report
from cloudpbx.routing.calls import LineState
from cloudpbx.routing.destinations import Announce, Busy, Destination, Divert, Ring
from cloudpbx.routing.distributions import Distribute, WhenUnavailable
from cloudpbx.routing.drafts import Draft, Moment
from cloudpbx.routing.groups import Group, Member
from cloudpbx.routing.hunts import Hunt
from cloudpbx.routing.places import place_of
from cloudpbx.routing.ring_plans import Ending, Offer, RingPlan, RouteOutcome
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import TargetKind

__all__ = ["Circumstances", "Stage", "plan_stages"]

_FAILED: Final = (
    RouteOutcome.NO_ANSWER,
    RouteOutcome.BUSY,
    RouteOutcome.LOOP,
    RouteOutcome.UNREACHABLE,
)
"""How a call ends when nobody answered: the first of these that happened."""


@frozen(kw_only=True)
class Stage:
    """Name a destination that a call comes to, and how it came there.

    Attributes:
        destination: What is asked; None where nothing is set.
        reasons: What was found out on the way.
        is_hop: Whether the call was sent on: then no further feature acts.
    """

    destination: Destination | None
    reasons: tuple[Reason, ...] = ()
    is_hop: bool = False


@frozen(kw_only=True)
class Circumstances:
    """Hold what differs from call to call.

    Attributes:
        states: What the lines are doing, for every extension the plan may come to.
        caller_id: The number shown to outside targets.
        orders: In which order each place with a memory calls its targets.
        diverted: Where the called numbers lead to which a call may be diverted.
        reports: What the switch reported so far.
    """

    states: Mapping[str, LineState]
    caller_id: str
    orders: Mapping[str, tuple[str, ...]]
    diverted: Mapping[str, Stage]
    reports: tuple[Report, ...] = ()


def plan_stages(stages: Sequence[Stage], rules: RingRules, here: Circumstances) -> RingPlan:
    """Return what a destination, and after it each number of its busy diversion, rings."""
    return _Planner(stages, rules, here).plan()


class _Planner:
    """Work out one plan."""

    def __init__(self, stages: Sequence[Stage], rules: RingRules, here: Circumstances) -> None:
        self.stages: Iterator[Stage] = iter(stages)
        self.rules = rules
        self.here = here
        self.draft = Draft()
        self.phones = Attempts(
            self.draft,
            rules,
            states=here.states,
            caller_id=here.caller_id,
            reports=here.reports,
            over=self.over,
        )
        self.destination: Destination | None = None
        self.is_hop = False

    def plan(self) -> RingPlan:
        """Follow the first stage, and the next when one ends busy."""
        self.enter(next(self.stages), 0)
        self.draft.run()
        return self.draft.plan()

    # Destinations.

    def enter(self, stage: Stage, second: int) -> None:
        """Come to a stage."""
        self.draft.reasons += stage.reasons
        self.is_hop = stage.is_hop
        self.follow(stage.destination, second)

    def follow(self, destination: Destination | None, second: int) -> None:
        """Do what a destination says."""
        self.destination = destination
        match destination:
            case Ring():
                names = ", ".join(map(self.rules.printed, destination.targets))
                self.draft.note("destination.ring", names)
                self.ring(destination, second)
            case Announce():
                self.draft.note("destination.announce", destination.code)
                ending = Ending(second, RouteOutcome.ANNOUNCE, destination.code)
                self.draft.ending = ending
            case Busy():
                # What a customer decided is no line that happens to be taken.
                self.draft.note("destination.busy")
                self.draft.advise("destination.change")
                self.draft.ending = Ending(second, RouteOutcome.BUSY)
            case Distribute():
                self.distribute(destination, second)
            case Divert():
                self.divert(destination, second)
            case None:
                self.draft.note("destination.none")
                self.no_route(second)
            case _:
                assert_never(destination)

    def no_route(self, second: int) -> None:
        """End the call in a way that only another destination changes."""
        self.draft.advise("destination.change")
        self.end(second, RouteOutcome.NO_ROUTE)

    def end(self, second: int, outcome: RouteOutcome) -> None:
        """End the call, or go on to the next number of a busy diversion when it is busy."""
        stage = next(self.stages, None) if outcome is RouteOutcome.BUSY else None
        if stage is None:
            self.draft.ending = Ending(second, outcome)
        else:
            self.enter(stage, second)

    def divert(self, divert: Divert, second: int) -> None:
        """Send the call on, once."""
        about = self.rules.printed(divert.target)
        if self.is_hop:
            self.draft.note("divert.rests", about)
            self.no_route(second)
            return
        self.draft.note("destination.divert", about)
        stage = self.here.diverted.get(divert.target)
        if stage is None:
            self.ring(Ring((divert.target,)), second)
        else:
            self.enter(stage, second)

    def distribute(self, distribute: Distribute, second: int) -> None:
        """Call the target that was drawn, or who takes its place."""
        if self.is_hop:
            self.draft.note("distribute.rests")
            self.no_route(second)
            return
        place = place_of(distribute)
        order = self.here.orders[place]
        self.draft.note("destination.distribute", self.rules.printed(order[0]))
        self.draft.offers.append(Offer(second, place, order[0]))
        members = tuple(Member(target, seconds=distribute.seconds) for target in order)
        is_followed = distribute.then is not None
        self.begin(Hunt.of_distribution(members, is_followed=is_followed), second)

    def ring(self, ring: Ring, second: int) -> None:
        """Call the targets of a ring."""
        self.begin(Hunt.of_ring(ring, self.ordered(ring), place_of(ring)), second)

    def destination_over(self, second: int) -> None:
        """Go on to what follows, or end the call."""
        given = self.destination
        if isinstance(given, (Ring, Distribute)) and given.then is not None:
            self.follow(given.then, second)
            return
        if isinstance(given, Distribute) and given.when_unavailable is WhenUnavailable.BUSY:
            self.draft.failures.add(RouteOutcome.BUSY)
        failures = self.draft.failures
        # A member whose delay was longer than its time has not failed: nobody answered.
        self.end(second, next((each for each in _FAILED if each in failures), _FAILED[0]))

    # Rings and groups in progress.

    def ordered(self, caller: Ring | Group) -> tuple[Member, ...]:
        """Return the members in the order in which they are called, and tell it."""
        members = caller.all_members
        if caller.strategy.is_ordered_by_call:
            by_target = {each.target: each for each in members}
            members = tuple(by_target[each] for each in self.here.orders[place_of(caller)])
        if caller.strategy.takes_turns:
            names = ", ".join(self.rules.printed(each.target) for each in members)
            self.draft.note(f"strategy.{caller.strategy}", names)
        return members

    def begin(self, hunt: Hunt, second: int) -> None:
        """Begin a round."""
        hunt.rang = False
        hunt.turn = 0
        if hunt.takes_turns:
            self.begin_turn(hunt, second)
            return
        hunt.pending = len(hunt.members)
        for turn in range(hunt.pending):
            self.offer(hunt, turn, second)

    def begin_turn(self, hunt: Hunt, second: int) -> None:
        """Call the next member."""
        hunt.turn_rang = False
        hunt.began = second
        self.offer(hunt, hunt.turn, second)

    def offer(self, hunt: Hunt, turn: int, second: int) -> None:
        """Try a member after its delay, unless its time is over by then."""
        member = hunt.members[turn]
        start = second + member.delay
        is_group = self.rules.targets.kind_of(member.target) is TargetKind.GROUP
        limit = hunt.limit_of(member, second, is_group=is_group)
        if limit is not None and start >= limit:
            about = self.rules.printed(member.target)
            self.draft.note("member.too_late", about, start=start)
            self.over(hunt, second)
            return
        attempt = Attempt(
            target=member.target,
            start=start,
            limit=limit,
            is_followed=hunt.is_usual(member),
            hunt=hunt,
            spot=(*hunt.spot, turn),
            honours=member.honour_forwards,
        )
        self.draft.wait(attempt.moment, self.attempt, attempt)

    def attempt(self, attempt: Attempt) -> None:
        """Try a phone, or let a group call its members."""
        group = self.rules.targets.groups.get(attempt.target)
        if group is None:
            self.phones.make(attempt)
            return
        hunt = Hunt.of_group(
            group,
            self.ordered(group),
            place_of(group),
            parent=attempt.hunt,
            spot=attempt.spot,
            limit=attempt.limit,
            is_followed=attempt.is_followed,
        )
        self.begin(hunt, attempt.start)

    def over(self, hunt: Hunt, second: int) -> None:
        """Settle the end of a turn, when its second comes and before anything is tried."""
        self.draft.wait(Moment(second, spot=hunt.spot), self.turn_over, hunt, second)

    def turn_over(self, hunt: Hunt, second: int) -> None:
        """Go on to the next member, the next round, the overflow, or back.

        In order: the rest of a simultaneous round; the next turn of this round; another
        round; the overflow; whoever called this group; what follows the destination.
        """
        hunt.pending -= 1
        if not hunt.takes_turns and hunt.pending:
            return
        if hunt.takes_turns and hunt.has_next_turn(second):
            hunt.turn += 1
            self.begin_turn(hunt, second)
        elif hunt.has_next_round(second):
            hunt.rounds -= 1
            self.begin(hunt, second)
        elif hunt.overflow is not None and hunt.has_time(second):
            about = self.rules.printed(hunt.overflow)
            self.draft.note("group.overflow", hunt.name, target=about)
            hunt.call_only(hunt.overflow)
            self.begin_turn(hunt, second)
        elif hunt.parent is not None:
            self.over(hunt.parent, second)
        else:
            self.destination_over(second)
