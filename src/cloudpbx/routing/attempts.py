"""Trying a phone: its line, its forwards, its ringing.

Here: what becomes of one extension or outside number that a hunt calls. Not here: which
ones are called when (`planning`).
"""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import evolve, frozen

from cloudpbx.decisions import Actor
from cloudpbx.routing.calls import LegOutcome, LineState
from cloudpbx.routing.drafts import Draft, Moment
from cloudpbx.routing.extensions import Extension, Forward, ForwardKind
from cloudpbx.routing.groups import Strategy
from cloudpbx.routing.hunts import Hunt
from cloudpbx.routing.ring_plans import Leg, Offer, RouteOutcome
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import TargetKind

__all__ = ["Attempt", "Attempts", "Report"]


@frozen
class Report:
    """Tell what a switch reported of a leg.

    Attributes:
        target: Whose leg it was.
        start: When that leg began to ring, in seconds after the call arrived.
        outcome: What came of it.
        second: When.
    """

    target: str
    start: int
    outcome: LegOutcome
    second: int


@frozen(kw_only=True)
class Attempt:
    """Try a target at a second, as part of a hunt.

    Attributes:
        target: What is tried.
        start: When, in seconds after the call arrived.
        limit: When its turn is over; None for never.
        is_followed: Whether a group is to leave time for what follows it.
        hunt: Who called it.
        spot: Where it stands among the targets.
        honours: Whether its forwards act.
        via: The forwards by which the call came here.
    """

    target: str
    start: int
    limit: int | None
    is_followed: bool
    hunt: Hunt
    spot: tuple[int, ...]
    honours: bool = True
    via: tuple[Forward, ...] = ()

    @property
    def moment(self) -> Moment:
        """Return when it is tried."""
        return Moment(self.start, is_try=True, hops=len(self.via), spot=self.spot)


_SETTABLE: Final = {
    ForwardKind.OFFLINE: "forward.offline.set",
    ForwardKind.BUSY: "forward.busy.set",
}
_KINDS: Final = {
    LegOutcome.BUSY: ForwardKind.BUSY,
    LegOutcome.REJECTED: ForwardKind.BUSY,
    LegOutcome.NO_ANSWER: ForwardKind.NO_ANSWER,
    LegOutcome.NOT_REGISTERED: ForwardKind.OFFLINE,
    LegOutcome.NOT_REACHABLE: ForwardKind.OFFLINE,
    LegOutcome.FAILURE: ForwardKind.OFFLINE,
}
"""Which forward applies when a leg came to this."""

_STATES: Final = {ForwardKind.BUSY: LineState.BUSY, ForwardKind.OFFLINE: LineState.OFFLINE}
"""How a line is taken to be from then on; one that was not answered may ring again."""

_FAILURES: Final = {
    ForwardKind.BUSY: RouteOutcome.BUSY,
    ForwardKind.OFFLINE: RouteOutcome.UNREACHABLE,
    ForwardKind.NO_ANSWER: RouteOutcome.NO_ANSWER,
}


class Attempts:
    """Try phones, and write down what becomes of them."""

    def __init__(
        self,
        draft: Draft,
        rules: RingRules,
        *,
        states: Mapping[str, LineState],
        caller_id: str,
        reports: tuple[Report, ...],
        over: Callable[[Hunt, int], None],
    ) -> None:
        self.draft = draft
        self.rules = rules
        self.states = states
        self.caller_id = caller_id
        self.reports: dict[tuple[str, int], Report] = {
            (each.target, each.start): each for each in reports
        }
        self.over = over
        self.known: dict[str, LineState] = {}
        self.tried: set[tuple[int, str]] = set()
        self.latest: dict[str, Leg] = {}

    def make(self, attempt: Attempt) -> None:
        """Ring a phone, or follow the forward that applies at once."""
        target = attempt.target
        if not attempt.via:
            if (attempt.start, target) in self.tried:
                self.over(attempt.hunt, attempt.start)
                return
            self.tried.add((attempt.start, target))
        extension = self.rules.targets.extensions.get(target)
        if extension is None:
            self.call_outside(attempt)
        else:
            self.call_extension(extension, attempt)

    def call_extension(self, extension: Extension, attempt: Attempt) -> None:
        """Ring an extension, unless a forward applies before its line can ring."""
        number = extension.number
        kind = ForwardKind.UNCONDITIONAL
        if not attempt.honours or extension.forwards.unconditional is None:
            state = self.known.get(number) or self.states[number]
            if state is LineState.IDLE:
                self.ring(extension, attempt)
                return
            self.draft.note(f"line.{state}", number)
            kind = ForwardKind.OFFLINE if state is LineState.OFFLINE else ForwardKind.BUSY
        self.forward(extension, kind, attempt, attempt.start)

    def call_outside(self, attempt: Attempt) -> None:
        """Ring an outside number, unless it is abroad and that is off."""
        number, via = attempt.target, attempt.via
        about, state = self.rules.printed(number), self.known.get(self.rules.form(number))
        if not self.rules.reaches_outside:
            self.draft.note("subscription.not_activated")
            self.draft.failures.add(RouteOutcome.UNREACHABLE)
            self.draft.advise("subscription.activate", Actor.CUSTOMER)
            self.over(attempt.hunt, attempt.start)
        elif self.rules.is_barred(number):
            self.draft.note("target.abroad", about)
            self.draft.failures.add(RouteOutcome.UNREACHABLE)
            self.draft.advise("subscription.international.enable", Actor.CUSTOMER)
            self.over(attempt.hunt, attempt.start)
        elif state is not None:
            self.draft.note(f"target.{state}", about)
            self.over(attempt.hunt, attempt.start)
        else:
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
            self.add(leg, attempt, None)

    def ring(self, extension: Extension, attempt: Attempt) -> None:
        """Ring an extension."""
        leg = Leg(
            target=extension.number,
            kind=TargetKind.EXTENSION,
            start=attempt.start,
            seconds=None,
            via=attempt.via,
            recording=extension.recording,
        )
        self.add(leg, attempt, extension)

    def add(self, leg: Leg, attempt: Attempt, extension: Extension | None) -> None:
        """Add a leg, unless its target rings at that moment already, and see how it ends.

        In order, and the first that comes wins: its switch reported something; its turn is
        over; it forwards calls nobody answers; otherwise the caller decides.
        """
        about = self.rules.printed(leg.target)
        latest = self.latest.get(self.rules.form(leg.target))
        if latest is not None and latest.rings_at(leg.start):
            self.draft.note("target.rings_already", about, start=leg.start)
            self.over(attempt.hunt, leg.start)
            return
        forwards_at = self.forwards_at(extension, attempt)
        ends = [each for each in (attempt.limit, forwards_at) if each is not None]
        report = self.reports.get((leg.target, leg.start))
        end = min(ends, default=None) if report is None else report.second
        self.write(leg, end, attempt, about)
        if report is not None:
            moment = Moment(report.second, spot=attempt.spot)
            self.draft.wait(moment, self.reported, report, attempt, extension)
        elif end is None:
            return
        elif extension is not None and forwards_at == end != attempt.limit:
            self.forward(extension, ForwardKind.NO_ANSWER, attempt, end)
        else:
            if forwards_at is not None:
                data = {"seconds": forwards_at - leg.start}
                self.draft.note("forward.too_late", about, **data)
            self.turn_over(ForwardKind.NO_ANSWER, attempt, end)

    def forwards_at(self, extension: Extension | None, attempt: Attempt) -> int | None:
        """Return when a phone forwards a call that nobody answers, None for never."""
        if extension is None or not attempt.honours or extension.forwards.no_answer is None:
            return None
        return attempt.start + extension.forwards.ring_seconds

    def write(self, leg: Leg, end: int | None, attempt: Attempt, about: str) -> None:
        """Write a leg down; one that ends in the second in which it starts never rang."""
        if end == leg.start:
            return
        code, data = f"target.rings.{leg.kind}", {"start": leg.start}
        if end is not None:
            leg = evolve(leg, seconds=end - leg.start)
            code = f"target.rings.{leg.kind}.for"
            data["seconds"] = end - leg.start
        self.draft.legs.append(leg)
        self.latest[self.rules.form(leg.target)] = leg
        self.draft.note(code, about, **data)
        hunt: Hunt | None = attempt.hunt
        while hunt is not None:
            if hunt.strategy is Strategy.CIRCULAR and not hunt.turn_rang:
                offered = hunt.members[hunt.turn].target
                self.draft.offers.append(Offer(hunt.began, hunt.place, offered))
            hunt.rang = hunt.turn_rang = True
            hunt = hunt.parent

    def turn_over(self, kind: ForwardKind, attempt: Attempt, second: int) -> None:
        """Settle that a phone was not answered, and no forward comes into question."""
        self.draft.failures.add(_FAILURES[kind])
        self.over(attempt.hunt, second)

    def reported(self, report: Report, attempt: Attempt, extension: Extension | None) -> None:
        """Settle what a switch reported of a leg; one whose turn is over forwards no more."""
        kind = _KINDS[report.outcome]
        about = self.rules.printed(report.target)
        self.draft.note(f"leg.{report.outcome}", about, second=report.second)
        if kind in _STATES:
            self.known[self.rules.form(report.target)] = _STATES[kind]
        if extension is None or report.second == attempt.limit:
            self.turn_over(kind, attempt, report.second)
        else:
            self.forward(extension, kind, attempt, report.second)

    def forward(
        self, extension: Extension, kind: ForwardKind, attempt: Attempt, second: int
    ) -> None:
        """Follow a forward, or leave the target when there is none."""
        following = extension.forwards.target(kind) if attempt.honours else None
        if kind is ForwardKind.NO_ANSWER:
            # It rang and nobody answered, wherever the call goes from here.
            self.draft.failures.add(RouteOutcome.NO_ANSWER)
        if following is None:
            self.leave(extension, kind, attempt)
        elif self.may_forward(extension.number, kind, following, attempt.via):
            self.follow(extension.number, kind, following, attempt, second)
            return
        self.over(attempt.hunt, second)

    def follow(
        self, number: str, kind: ForwardKind, following: str, attempt: Attempt, second: int
    ) -> None:
        """Try what a target forwards to, at once or later."""
        via = (*attempt.via, Forward(number, kind))
        further = evolve(attempt, target=following, start=second, via=via)
        self.draft.wait(further.moment, self.make, further)

    def may_forward(
        self, number: str, kind: ForwardKind, following: str, via: tuple[Forward, ...]
    ) -> bool:
        """Refuse a loop and one forward too many; otherwise tell where the call goes."""
        way = (*via, Forward(number, kind))
        target = self.rules.printed(following)
        if any(following == each.extension for each in way):
            self.draft.note("forward.loop", number, target=target)
            self.draft.failures.add(RouteOutcome.LOOP)
        elif len(via) >= self.rules.max_forwards:
            most = str(self.rules.max_forwards)
            self.draft.note("forward.too_many", number, target=target, most=most)
            self.draft.failures.add(RouteOutcome.UNREACHABLE)
        else:
            self.draft.note(f"forward.{kind}", number, target=target)
            return True
        self.lead_elsewhere(way)
        return False

    def leave(self, extension: Extension, kind: ForwardKind, attempt: Attempt) -> None:
        """Tell how a line that cannot ring, and has no forward for that, can be passed."""
        number, via = extension.number, attempt.via
        self.draft.failures.add(_FAILURES[kind])
        if kind is ForwardKind.NO_ANSWER:
            return
        if not attempt.honours:
            self.draft.advise("group.forwards.honour", about=number)
        elif len(via) < self.rules.max_forwards:
            self.draft.advise(_SETTABLE[kind], about=number)
        else:
            self.lead_elsewhere(via)
        if kind is ForwardKind.OFFLINE:
            self.draft.advise("line.register", Actor.USER, about=number)

    def lead_elsewhere(self, way: tuple[Forward, ...]) -> None:
        """Name the last forward of a way that is followed wherever it leads.

        One forward too many is never followed, so changing it would not help.
        """
        followed = way[: self.rules.max_forwards]
        if followed:
            last = followed[-1]
            self.draft.advise(f"forward.change.{last.kind}", about=last.extension)
        else:
            self.draft.advise("destination.change")
