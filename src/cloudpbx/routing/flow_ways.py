"""Finding every way that the calls of a number may take.

Here: following gates, schedules, destinations, groups and forwards wherever they lead, and
whatever the lines and the time are. Not here: the flow as a value (`flows`), or one call
at one moment (`gates`, `planning`).

From each place, in order:

1. the called number leads to its gates, in the order in which they are asked, and then to
   its schedule; a gate that it does not have is left out;
2. a schedule leads to the destination of each rule, and to an ending where no rule is;
3. a destination leads to its targets, then to what follows it, else to the busy
   diversion and to an ending; the busy tone leads to the busy diversion;
4. a group leads to its members, then to its overflow;
5. an extension leads to what it forwards to.

Where a call was sent on before, a diversion and a distribution by ratio do not act, so
there they lead to an ending.
"""

from collections import deque
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from cloudpbx._values import check_text, shown
from cloudpbx.errors import UnknownReferenceError
from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.destinations import (
    Announce,
    Busy,
    Destination,
    Divert,
    Ring,
    chain_of,
)
from cloudpbx.routing.distributions import Distribute
from cloudpbx.routing.extensions import Extension, ForwardKind
from cloudpbx.routing.flow_labels import (
    answers_with_labels,
    gap_labels,
    skip_labels,
    turns_of,
)
from cloudpbx.routing.flows import CallFlow, FlowEdge, FlowKind, FlowLabel, FlowNode
from cloudpbx.routing.groups import Group
from cloudpbx.routing.hunts import TURN_SECONDS
from cloudpbx.routing.number_indexes import NumberIndex
from cloudpbx.routing.ring_plans import RouteOutcome
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.screening import Screening
from cloudpbx.routing.targets import TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["flow_of"]


def flow_of(
    number: str, rules: RingRules, own: NumberIndex, *, activated: bool = True
) -> CallFlow:
    """Return everything that may become of the calls of a number.

    Args:
        number: The called number, in any spelling.
        rules: The targets, the numbering plan and the limits of its tenant.
        own: Finds a called number of the tenant.
        activated: Whether calls from outside are allowed.

    Raises:
        UnknownReferenceError: the number is none of the tenant's.
    """
    called = own.find(check_text(number, what="a called number"))
    if called is None:
        fix = "name one of its numbers"
        msg = f"{shown(number)} is not a called number of this tenant: {fix}"
        raise UnknownReferenceError(msg)
    finder = _Finder(rules, own)
    finder.begin(called, activated=activated)
    return finder.flow()


@frozen
class _Way:
    """Tell what a destination depends on besides itself.

    Attributes:
        is_hop: Whether the call was sent on before.
        diversion: The numbers that it goes on to when it ends busy.
    """

    is_hop: bool = False
    diversion: tuple[str, ...] = ()


_RESTING: Final = (Distribute, Divert)
"""What does not act where a call was sent on before."""

_KINDS: Final = {
    Ring: FlowKind.RING,
    Announce: FlowKind.ANNOUNCE,
    Busy: FlowKind.BUSY,
    Distribute: FlowKind.DISTRIBUTE,
    Divert: FlowKind.DIVERT,
}
_FORWARDS: Final = {
    ForwardKind.UNCONDITIONAL: "forward.unconditional",
    ForwardKind.OFFLINE: "forward.offline",
    ForwardKind.BUSY: "forward.busy",
}


class _Finder:
    """Find the places and the ways of one flow, those nearest to the number first."""

    def __init__(self, rules: RingRules, own: NumberIndex) -> None:
        self.rules = rules
        self.own = own
        self.nodes: list[FlowNode] = []
        self.ids: dict[Hashable, str] = {}
        self.edges: dict[tuple[str, str], FlowEdge] = {}
        self.here = ""
        self.on: tuple[FlowLabel, ...] | None = ()
        self.bypass: tuple[FlowLabel, ...] = ()
        self.passed: set[str] = set()
        self.waiting: deque[tuple[Callable[..., None], tuple[Any, ...]]] = deque()

    def flow(self) -> CallFlow:
        """Follow every way there is."""
        while self.waiting:
            follow, given = self.waiting.popleft()
            follow(*given)
        return CallFlow(nodes=tuple(self.nodes), edges=tuple(self.edges.values()))

    # Places and ways.

    def place(
        self, kind: FlowKind, about: str = "", value: object = None, *notes: FlowLabel
    ) -> str:
        """Add a place, and return its id."""
        name = f"n{len(self.nodes) + 1}"
        self.nodes.append(FlowNode(id=name, kind=kind, about=about, value=value, notes=notes))
        return name

    def lead(self, source: str, target: str, *labels: FlowLabel) -> None:
        """Add a way, or another reason to go it."""
        given = self.edges.get((source, target))
        if given is None:
            given = FlowEdge(source=source, target=target)
        said = tuple(dict.fromkeys((*given.labels, *labels)))
        self.edges[source, target] = evolve(given, labels=said)

    def end(
        self, source: str, outcome: RouteOutcome | None, *labels: FlowLabel, code: str = ""
    ) -> None:
        """Let a call end; every ending is a place of its own, so that no way is long."""
        notes = (FlowLabel("guidance", {"about": code}),) if code else ()
        self.lead(source, self.place(FlowKind.ENDING, "", outcome, *notes), *labels)

    # The called number and its gates.

    def begin(self, called: CalledNumber, *, activated: bool) -> None:
        """Lead through the gates to the schedule.

        What leads on from a gate is kept in `self.on`, None when nothing does.
        """
        self.here = self.place(FlowKind.NUMBER, self.rules.printed(called.number), called)
        way = _Way(diversion=called.diversion)
        if not activated:
            self.gate(FlowKind.ACTIVATION, None)
            self.end(self.here, RouteOutcome.NOT_ACTIVATED, FlowLabel("not_activated"))
            self.on = (FlowLabel("activated"),)
        if called.screening is not None:
            self.gate(FlowKind.SCREENING, called.screening)
            self.screen(called.screening)
            self.on = (FlowLabel("passes"),)
        if called.after_hours is not None:
            self.gate(FlowKind.AFTER_HOURS, called.after_hours)
            self.guide(called.after_hours, called.diversion)
        if called.channels is not None and (self.on is not None or self.bypass):
            self.gate(FlowKind.CHANNELS, called.channels, *self.bypass)
            self.end(self.here, RouteOutcome.BUSY, FlowLabel("channels.full"))
            self.on = None if self.on is None else (FlowLabel("channels.free"),)
        if self.bypass:
            self.diverted(self.here, called.diversion, *self.bypass)
        if called.reception_change is not None and self.on is not None:
            self.gate(FlowKind.RECEPTION, called.reception_change)
            for answer, label in answers_with_labels(called.reception_change):
                there = self.sent_on(answer.target, _Way(is_hop=True))
                self.lead(self.here, there, label)
            self.on = gap_labels(called.reception_change, "unchanged")
        if self.on is not None:
            self.gate(FlowKind.SCHEDULE, called.schedule)
            self.answers(self.here, called.schedule, way)

    def gate(self, kind: FlowKind, value: object, *bypass: FlowLabel) -> None:
        """Lead to the next gate."""
        there = self.place(kind, "", value)
        self.lead(self.here, there, *(self.on or ()), *bypass)
        self.here = there

    def screen(self, screening: Screening) -> None:
        """End the calls of those who are turned away."""
        code = screening.announcement
        if screening.accepted_areas or screening.refused_areas:
            self.end(self.here, RouteOutcome.OUT_OF_AREA, FlowLabel("area"), code=code)
        if screening.refused_kinds or screening.blocked:
            self.end(self.here, RouteOutcome.BLOCKED, FlowLabel("blocked"), code=code)

    def guide(self, after_hours: Schedule[Announce], diversion: tuple[str, ...]) -> None:
        """Lead to the guidance where it can be played; the busy diversion may come first."""
        others = [self.own.find(each) for each in diversion]
        if all(other is not None and other.after_hours is not None for other in others):
            both = (FlowLabel("after_hours.all"),) if diversion else ()
            for answer, label in answers_with_labels(after_hours):
                there = self.destination(answer, _Way(), self.here)
                self.lead(self.here, there, label, *both)
        self.on = gap_labels(after_hours, "after_hours.off")
        if diversion:
            self.bypass = (FlowLabel("after_hours.diverted"),)

    def answers(self, source: str, schedule: Schedule[Destination], way: _Way) -> None:
        """Lead to each destination of a schedule, and to an ending in its gaps."""
        for answer, label in answers_with_labels(schedule):
            self.lead(source, self.destination(answer, way, source), label)
        if schedule.otherwise is None:
            self.end(source, RouteOutcome.NO_ROUTE, FlowLabel("gap"))

    # Sending calls on.

    def sent_on(self, target: str, way: _Way) -> str:
        """Return the place of another number of the tenant, or of a target that rings."""
        other = self.own.find(target)
        if other is None:
            return self.destination(Ring((target,)), way, "")
        key = (FlowKind.HOP, other.number, way)
        if key not in self.ids:
            about = self.rules.printed(other.number)
            self.ids[key] = self.place(FlowKind.HOP, about, other)
            self.waiting.append((self.answers, (self.ids[key], other.schedule, way)))
        return self.ids[key]

    def diverted(self, source: str, diversion: tuple[str, ...], *labels: FlowLabel) -> None:
        """Lead to the next number of a busy diversion, and to those after it."""
        for place, target in enumerate(diversion, 1):
            there = self.sent_on(target, _Way(is_hop=True, diversion=diversion[place:]))
            self.lead(source, there, *labels)
            other = self.own.find(target)
            if other is None or there in self.passed:
                return
            source, labels = there, skip_labels(other)
            self.passed.add(there)
            if not labels:
                return
        self.end(source, RouteOutcome.BUSY, *labels)

    # Destinations.

    def destination(self, destination: Destination, way: _Way, source: str) -> str:
        """Return the place of a destination; a guidance stands by whoever leads to it."""
        key: Hashable = (destination, source)
        if not isinstance(destination, (Announce, Busy)):
            is_hop = way.is_hop and any(
                isinstance(each, _RESTING) for each in chain_of(destination)
            )
            key = (destination, evolve(way, is_hop=is_hop))
        if key not in self.ids:
            about = destination.code if isinstance(destination, Announce) else ""
            if isinstance(destination, Divert):
                about = self.rules.printed(destination.target)
            self.ids[key] = self.place(_KINDS[type(destination)], about, destination)
            self.waiting.append((self.follow, (self.ids[key], destination, way)))
        return self.ids[key]

    def follow(self, here: str, destination: Destination, way: _Way) -> None:
        """Lead from a destination to its targets and what follows."""
        match destination:
            case Distribute() | Divert() if way.is_hop:
                self.end(here, RouteOutcome.NO_ROUTE, FlowLabel("rests"))
            case Ring():
                for member, labels in turns_of(destination):
                    self.lead(here, self.target(member.target), *labels)
                self.over(here, destination, way)
            case Distribute():
                for target in destination.called:
                    data = {"weight": destination.weights[target], "total": destination.total}
                    self.lead(here, self.target(target), FlowLabel("weight", data))
                self.over(here, destination, way)
            case Divert():
                self.lead(here, self.sent_on(destination.target, evolve(way, is_hop=True)))
            case _:
                # A guidance and the busy tone end the call.
                pass

    def over(self, here: str, destination: Ring | Distribute, way: _Way) -> None:
        """Lead to what follows when nobody took the call."""
        label = self.unanswered(destination)
        if destination.then is not None:
            self.lead(here, self.destination(destination.then, way, here), label)
            return
        if way.diversion:
            self.diverted(here, way.diversion, FlowLabel("busy"))
        self.end(here, None, label)

    def unanswered(self, destination: Ring | Distribute) -> FlowLabel:
        """Say when nobody took the call, with a bound where there is one.

        Phones ring until the caller hangs up where no time is set and nothing follows.
        """
        has_groups = any(map(self.is_group, destination.called))
        seconds = destination.seconds
        if seconds is None and not has_groups:
            if destination.then is None:
                return FlowLabel("unrung")
            seconds = TURN_SECONDS
        if isinstance(destination, Distribute) or destination.strategy.takes_turns:
            return FlowLabel("unanswered")
        if seconds is None:
            return FlowLabel("unanswered")
        return FlowLabel("unanswered.within", {"seconds": destination.repeat * seconds})

    # Targets.

    def is_group(self, target: str) -> bool:
        """Say whether a target is a group."""
        return self.rules.targets.kind_of(target) is TargetKind.GROUP

    def target(self, target: str) -> str:
        """Return the place of a group, an extension or an outside number."""
        key = self.rules.form(target)
        if key in self.ids:
            return self.ids[key]
        targets = self.rules.targets
        if target in targets.groups:
            group = targets.groups[target]
            self.ids[key] = self.place(FlowKind.GROUP, group.name, group)
            self.waiting.append((self.members, (self.ids[key], group)))
        elif target in targets.extensions:
            extension = targets.extensions[target]
            self.ids[key] = self.place(FlowKind.EXTENSION, extension.number, extension)
            self.waiting.append((self.forwards, (self.ids[key], extension)))
        else:
            barred = (FlowLabel("abroad"),) if self.rules.is_barred(target) else ()
            about = self.rules.printed(target)
            self.ids[key] = self.place(FlowKind.OUTSIDE, about, None, *barred)
        return self.ids[key]

    def members(self, here: str, group: Group) -> None:
        """Lead to the members of a group, and to its overflow."""
        for member, labels in turns_of(group):
            self.lead(here, self.target(member.target), *labels)
        if group.overflow is not None:
            self.lead(here, self.target(group.overflow), FlowLabel("unanswered"))

    def forwards(self, here: str, extension: Extension) -> None:
        """Lead to what an extension forwards to."""
        forwards = extension.forwards
        for kind, target in forwards.targets():
            if kind is ForwardKind.NO_ANSWER:
                label = FlowLabel("forward.no_answer", {"seconds": forwards.ring_seconds})
            else:
                label = FlowLabel(_FORWARDS[kind])
            self.lead(here, self.target(target), label)
