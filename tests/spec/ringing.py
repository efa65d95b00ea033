"""What rings, said as simply as it can be.

Here: one call lived through a second at a time, in which everything that is in progress is
looked through again and again. Not here: what comes before (`gates`), the order of targets
(`turns`), and whether a number is abroad or the same as another, which tests of
`cloudpbx.routing.numbers` say.

In one second:

1. what has ended is settled, until nothing is left to settle;
2. then one target is tried, and everything begins anew: those called directly before those
   that forwards lead to, a shorter way before a longer one, then by place.

The place of a target is its number in its group, after that of the group in the group
around it, and so on.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from attrs import define, field, frozen

from cloudpbx.routing import (
    Announce,
    Busy,
    Destination,
    Distribute,
    Divert,
    Ending,
    Extension,
    Forward,
    ForwardKind,
    Group,
    Leg,
    LegOutcome,
    LineState,
    Member,
    Ring,
    RouteOutcome,
    Router,
    Strategy,
    TargetKind,
    Turns,
)
from cloudpbx.routing.numbers import global_form, is_abroad, is_outside
from tests.spec.gates import Question, Stage, hop, own_number
from tests.spec.turns import (
    counts_after,
    name_of,
    order_of_members,
    order_of_targets,
    turns_had,
)

USUAL_SECONDS: Final = 20
"""How long a phone rings where something follows and nothing else is said."""

Way: TypeAlias = tuple[Forward, ...]


@frozen(kw_only=True)
class Report:
    """Tell what a switch reported: whose leg, when the leg began, what came of it, when."""

    target: str
    start: int
    outcome: LegOutcome
    second: int


@define(eq=False, kw_only=True)
class Turn:
    """One member while it is called: it waits, rings, is a group that calls, or is over."""

    calling: "Calling"
    member: Member
    place: tuple[int, ...]
    target: str
    start: int
    limit: int | None
    is_followed: bool
    via: Way = ()
    state: str = "waits"
    end: int | None = None
    group: "Calling | None" = None
    rang: bool = False


@define(eq=False, kw_only=True)
class Calling:
    """A ring, a group or a distribution while it calls its members."""

    name: str
    members: list[Member]
    strategy: Strategy
    seconds: int | None = None
    rounds: int = 1
    overflow: str | None = None
    only_one: bool = False
    is_followed: bool
    limit: int | None = None
    inside: Turn | None = None
    next_member: int = 0
    turns: list[Turn] = field(factory=list)

    @property
    def is_round_followed(self) -> bool:
        """Say whether another round, an overflow or something outside follows a round."""
        return self.rounds > 1 or self.overflow is not None or self.is_followed

    def has_time(self, second: int) -> bool:
        """Say whether the time of whoever called this is not over."""
        return self.limit is None or second < self.limit


def earliest(*seconds: int | None) -> int | None:
    """Return the first of some seconds, None being never."""
    return min((each for each in seconds if each is not None), default=None)


def later(second: int, seconds: int | None) -> int | None:
    """Return a second some seconds later, None being never."""
    return None if seconds is None else second + seconds


@define(kw_only=True)
class Life:
    """Live through one call, second by second."""

    question: Question
    stages: Iterator[Stage]
    reports: tuple[Report, ...]
    second: int = 0
    is_hop: bool = False
    destination: Destination | None = None
    calling: Calling | None = None
    legs: list[Leg] = field(factory=list)
    failures: set[RouteOutcome] = field(factory=set)
    ending: Ending | None = None
    lines: dict[str, LineState] = field(factory=dict)
    tried: set[tuple[int, str]] = field(factory=set)
    circular: list[tuple[int, str, str]] = field(factory=list)
    drawn: list[tuple[int, Distribute]] = field(factory=list)

    def live(self) -> None:
        """Let the seconds pass until the call ends, or nothing more will happen."""
        self.enter(next(self.stages))
        while self.ending is None:
            while self.settle_one() or self.try_one():
                pass
            if not any(each.state == "waits" or each.end is not None for each in self.open()):
                return
            self.second += 1

    def open(self) -> list[Turn]:
        """Return the turns that are not over, those of groups after the groups."""
        found: list[Turn] = []
        callings = [] if self.calling is None else [self.calling]
        while callings:
            turns = [each for each in callings.pop(0).turns if each.state != "over"]
            found += turns
            callings += [each.group for each in turns if each.group is not None]
        return found

    # What follows what.

    def enter(self, stage: Stage) -> None:
        """Come to the first destination, or to one that the call is sent on to."""
        self.is_hop = stage.is_hop
        self.follow(stage.destination)

    def follow(self, destination: Destination | None) -> None:
        """Do what a destination says."""
        self.destination, self.calling = destination, None
        if isinstance(destination, Announce):
            self.ending = Ending(self.second, RouteOutcome.ANNOUNCE, destination.code)
        elif isinstance(destination, Busy):
            # A busy tone by configuration is not diverted.
            self.ending = Ending(self.second, RouteOutcome.BUSY)
        elif isinstance(destination, Ring):
            self.call(destination, is_followed=destination.then is not None)
        elif isinstance(destination, Distribute) and not self.is_hop:
            self.distribute(destination)
        elif isinstance(destination, Divert) and not self.is_hop:
            if own_number(self.question.router, destination.target) is None:
                self.call(Ring((destination.target,)), is_followed=False)
            else:
                self.enter(hop(destination.target, self.question))
        else:
            # Nothing is set; and where a call was sent on to, it is not sent on again.
            self.end(RouteOutcome.NO_ROUTE)

    def end(self, outcome: RouteOutcome) -> None:
        """End the call; one that ends busy goes on to the next place of a busy diversion."""
        stage = next(self.stages, None) if outcome is RouteOutcome.BUSY else None
        if stage is None:
            self.calling, self.ending = None, Ending(self.second, outcome)
        else:
            self.enter(stage)

    def go_on(self) -> None:
        """Go on when a destination is over and nobody answered."""
        given = self.destination
        if isinstance(given, Ring | Distribute) and given.then is not None:
            self.follow(given.then)
            return
        if isinstance(given, Distribute) and given.when_unavailable == "busy":
            self.failures.add(RouteOutcome.BUSY)
        for outcome in (
            RouteOutcome.NO_ANSWER,
            RouteOutcome.BUSY,
            RouteOutcome.LOOP,
            RouteOutcome.UNREACHABLE,
        ):
            if outcome in self.failures:
                self.end(outcome)
                return
        # Nobody was tried at all: their delays were too long.
        self.end(RouteOutcome.NO_ANSWER)

    def distribute(self, given: Distribute) -> None:
        """Call the target that was drawn; the first that rings is the only one."""
        self.drawn.append((self.second, given))
        order = order_of_targets(given, self.question)
        self.begin_round(
            Calling(
                name=name_of(given),
                members=[Member(target, seconds=given.seconds) for target in order],
                strategy=Strategy.SEQUENTIAL,
                only_one=True,
                is_followed=given.then is not None,
            )
        )

    def call(
        self, given: Ring | Group, *, is_followed: bool, inside: Turn | None = None
    ) -> None:
        """Call the members of a ring, or of a group in its turn."""
        calling = Calling(
            name=name_of(given),
            members=order_of_members(given, self.question),
            strategy=given.strategy,
            seconds=given.seconds,
            rounds=given.repeat,
            overflow=given.overflow if isinstance(given, Group) else None,
            is_followed=is_followed,
            limit=inside.limit if inside else None,
            inside=inside,
        )
        if inside is not None:
            inside.group = calling
        self.begin_round(calling)

    # Rounds and turns.

    def begin_round(self, calling: Calling) -> None:
        """Call everybody at once, or the first."""
        if calling.inside is None:
            self.calling = calling
        calling.turns, calling.next_member = [], 0
        self.begin(calling)
        if calling.strategy is Strategy.SIMULTANEOUS:
            while calling.next_member < len(calling.members):
                self.begin(calling)

    def begin(self, calling: Calling) -> None:
        """Call the next member: let it wait for its delay.

        1. Nobody rings on when the time of who called the group is over.
        2. Where a time is set, the member's own counts from its start. That of the ring or
           group counts from the beginning of the round when all ring at once; else it is
           the time of who has none of its own.
        3. Where none is set and something follows, phones have the usual time.
        """
        number, member = calling.next_member, calling.members[calling.next_member]
        at_once = calling.strategy is Strategy.SIMULTANEOUS
        is_last = at_once or calling.only_one or number == len(calling.members) - 1
        is_set = member.seconds is not None or calling.seconds is not None
        is_followed = (calling.is_round_followed or not is_last) and not is_set
        is_phone = group_of(self.question.router, member.target) is None
        seconds = USUAL_SECONDS if is_followed and is_phone else calling.seconds
        start = self.second + member.delay
        if at_once:
            ends = [later(self.second, seconds), later(start, member.seconds)]
        else:
            ends = [later(start, member.seconds or seconds)]
        turn = Turn(
            calling=calling,
            member=member,
            place=(*(calling.inside.place if calling.inside else ()), number),
            target=member.target,
            start=start,
            limit=earliest(calling.limit, *ends),
            is_followed=is_followed,
        )
        if turn.limit is not None and turn.limit <= start:
            # Its delay is too long, so that it is not called; that is no failure.
            turn.state = "over"
        calling.turns.append(turn)
        calling.next_member += 1

    def settle_one(self) -> bool:
        """Settle one thing that has ended; say whether there was any."""
        if self.calling is None:
            return False
        for turn in self.open():
            if turn.state == "rings" and turn.end == self.second:
                self.stop(turn)
                return True
        several = [self.calling, *(each.group for each in self.open() if each.group)]
        for calling in several:
            if all(turn.state == "over" for turn in calling.turns):
                self.next_of(calling)
                return True
        return False

    def next_of(self, calling: Calling) -> None:
        """Go on after a round or a turn; the first that applies wins."""
        has_time = calling.has_time(self.second)
        is_enough = calling.only_one and calling.turns[-1].rang
        # 1. The next turn of this round.
        if calling.next_member < len(calling.members) and has_time and not is_enough:
            self.begin(calling)
        # 2. Another round, unless nobody rang in this one.
        elif calling.rounds > 1 and has_time and any(turn.rang for turn in calling.turns):
            calling.rounds -= 1
            self.begin_round(calling)
        # 3. The overflow, as one last turn.
        elif calling.overflow is not None and has_time:
            calling.members = [Member(calling.overflow)]
            calling.strategy, calling.overflow, calling.rounds = Strategy.SEQUENTIAL, None, 1
            self.begin_round(calling)
        # 4. Whoever called this group.
        elif calling.inside is not None:
            calling.inside.state, calling.inside.group = "over", None
        # 5. What follows the destination.
        else:
            self.go_on()

    # Targets.

    def try_one(self) -> bool:
        """Try the first target that is due; say whether there was any."""
        due = [each for each in self.open() if each.state == "waits"]
        due = [each for each in due if each.start <= self.second]
        if not due:
            return False
        turn = min(due, key=lambda each: (len(each.via), each.place))
        group = group_of(self.question.router, turn.target)
        if group is not None:
            turn.state = "calls"
            self.call(group, is_followed=turn.is_followed, inside=turn)
        elif not turn.via and (self.second, turn.target) in self.tried:
            # Several groups name it in this second.
            turn.state = "over"
        else:
            if not turn.via:
                self.tried.add((self.second, turn.target))
            self.attempt(turn)
        return True

    def attempt(self, turn: Turn) -> None:
        """Ring a phone, or follow the forward that applies at once."""
        router = self.question.router
        extension = extension_of(router, turn.target)
        known = self.lines.get(self.form(turn.target))
        if extension is None:
            if is_abroad(turn.target, router.region) and not router.international:
                self.failures.add(RouteOutcome.UNREACHABLE)
                turn.state = "over"
            elif known is not None:
                turn.state = "over"
            else:
                self.ring(turn, None)
            return
        state = known or self.question.lines.get(turn.target) or LineState.IDLE
        if turn.member.honour_forwards and extension.forwards.unconditional is not None:
            self.forward(turn, extension, ForwardKind.UNCONDITIONAL)
        elif state is LineState.OFFLINE:
            self.forward(turn, extension, ForwardKind.OFFLINE)
        elif state is LineState.IDLE:
            self.ring(turn, extension)
        else:
            self.forward(turn, extension, ForwardKind.BUSY)

    def ring(self, turn: Turn, extension: Extension | None) -> None:
        """Ring a phone until the first of a report, the end of its turn, and its forward."""
        form = self.form(turn.target)
        if any(
            self.form(leg.target) == form and leg.rings_at(self.second) for leg in self.legs
        ):
            turn.state = "over"
            return
        turn.state = "rings"
        turn.start = self.second
        turn.end = earliest(turn.limit, self.forwards_at(turn, extension))
        heard = self.report_of(turn)
        if heard is not None:
            turn.end = heard.second
        if turn.end == self.second:
            # A phone that stops before it begins never rang.
            return
        self.legs.append(self.leg_of(turn, extension))
        outer: Turn | None = turn
        while outer is not None:
            if outer.calling.strategy is Strategy.CIRCULAR and not outer.rang:
                # Its turn began before its delay.
                began = outer.start - outer.member.delay
                offer = began, outer.calling.name, outer.member.target
                self.circular.append(offer)
            outer.rang = True
            outer = outer.calling.inside

    def leg_of(self, turn: Turn, extension: Extension | None) -> Leg:
        """Return the leg of a phone that begins to ring."""
        seconds = None if turn.end is None else turn.end - turn.start
        if extension is not None:
            return Leg(
                target=turn.target,
                kind=TargetKind.EXTENSION,
                start=turn.start,
                seconds=seconds,
                via=turn.via,
                recording=extension.recording,
            )
        # An outside number is shown whose forward it was, or else the called number.
        called = own_number(self.question.router, self.question.call.to)
        assert called is not None
        shown = called.number
        if turn.via:
            forwarding = extension_of(self.question.router, turn.via[-1].extension)
            assert forwarding is not None
            shown = forwarding.caller_id or shown
        return Leg(
            target=turn.target,
            kind=TargetKind.OUTSIDE,
            start=turn.start,
            seconds=seconds,
            via=turn.via,
            caller_id=shown,
        )

    def forwards_at(self, turn: Turn, extension: Extension | None) -> int | None:
        """Return when a phone forwards a call that nobody answers."""
        if extension is None or not turn.member.honour_forwards:
            return None
        if extension.forwards.no_answer is None:
            return None
        return turn.start + extension.forwards.ring_seconds

    def report_of(self, turn: Turn) -> Report | None:
        """Return what was reported of a leg."""
        for each in self.reports:
            if (each.target, each.start) == (turn.target, turn.start):
                return each
        return None

    def stop(self, turn: Turn) -> None:
        """See how the ringing of a phone ended."""
        heard = self.report_of(turn)
        extension = extension_of(self.question.router, turn.target)
        kind = ForwardKind.NO_ANSWER
        if heard is not None:
            if heard.outcome in {LegOutcome.BUSY, LegOutcome.REJECTED}:
                kind = ForwardKind.BUSY
                self.lines[self.form(turn.target)] = LineState.BUSY
            elif heard.outcome is not LegOutcome.NO_ANSWER:
                kind = ForwardKind.OFFLINE
                self.lines[self.form(turn.target)] = LineState.OFFLINE
        # When its turn is over in this second, no forward comes into question any more.
        if extension is None or turn.end == turn.limit:
            self.fail(turn, kind)
        else:
            self.forward(turn, extension, kind)

    def forward(self, turn: Turn, extension: Extension, kind: ForwardKind) -> None:
        """Follow a forward in this second, unless it leads nowhere."""
        following = extension.forwards.target(kind)
        if kind is ForwardKind.NO_ANSWER:
            # It rang and nobody answered, wherever the call goes from here.
            self.failures.add(RouteOutcome.NO_ANSWER)
        if following is None or not turn.member.honour_forwards:
            self.fail(turn, kind)
            return
        way = (*turn.via, Forward(extension.number, kind))
        if following in [each.extension for each in way]:
            self.failures.add(RouteOutcome.LOOP)
        elif len(way) > self.question.router.max_forwards:
            self.failures.add(RouteOutcome.UNREACHABLE)
        else:
            turn.state, turn.start, turn.end = "waits", self.second, None
            turn.target, turn.via = following, way
            return
        turn.state = "over"

    def fail(self, turn: Turn, kind: ForwardKind) -> None:
        """Leave a target that could not ring, or was not answered."""
        turn.state = "over"
        self.failures.add(
            {
                ForwardKind.BUSY: RouteOutcome.BUSY,
                ForwardKind.OFFLINE: RouteOutcome.UNREACHABLE,
                ForwardKind.NO_ANSWER: RouteOutcome.NO_ANSWER,
            }[kind]
        )

    def form(self, target: str) -> str:
        """Return the same text for every spelling of a target."""
        region = self.question.router.region
        return global_form(target, region) if is_outside(target) else target

    # What is remembered.

    def remembered(self, now: int) -> Turns:
        """Return the memory of strategies when the call has come so far.

        A circular group or ring remembers the last that rang, a distribution by turns that
        a turn of it was taken: one, however often the call comes to it.
        """
        turns = self.question.turns
        for second, name, target in self.circular:
            if second <= now:
                turns = turns.offered(name, target)
        for second, given in self.drawn:
            if second <= now and given.draw == "turns":
                had = turns_had(given, self.question.turns)
                turns = turns.shared(name_of(given), counts_after(given, had + 1))
        return turns


def group_of(router: Router, name: str) -> Group | None:
    """Return the group of a name."""
    return next((each for each in router.groups if each.name == name), None)


def extension_of(router: Router, number: str) -> Extension | None:
    """Return the extension of a number."""
    return next((each for each in router.extensions if each.number == number), None)
