"""From an arriving call to a ring plan.

Here: the question "what rings now?", and "what becomes of this dialled number?". Not here:
the plan itself (`planning`), the features of a number (`gates`), or the tenant's document
(`cloudpbx.tenant`).
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen

from cloudpbx._values import (
    check_each,
    check_flag,
    check_instance,
    check_text,
    check_unique,
    check_whole,
    nearest,
    shown,
)
from cloudpbx.decisions import Actor, Reason, Remedy
from cloudpbx.errors import UnknownReferenceError
from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.calls import Call, LineState
from cloudpbx.routing.destinations import Ring
from cloudpbx.routing.extensions import Extension, ExtensionRange
from cloudpbx.routing.gates import ask_gates, check_in_use
from cloudpbx.routing.groups import Group
from cloudpbx.routing.line_types import LineType
from cloudpbx.routing.number_indexes import NumberIndex
from cloudpbx.routing.numbers import check_region, looked_up, spellings
from cloudpbx.routing.planning import Stage
from cloudpbx.routing.prepared_answers import PreparedAnswer, diverted_targets
from cloudpbx.routing.ring_plans import Ending, RingPlan, RouteOutcome
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.router_checks import check_line, check_numbers, check_targets
from cloudpbx.routing.routes import Progress, Route
from cloudpbx.routing.schedules import Schedule, answers_of
from cloudpbx.routing.targets import TargetKind, Targets
from cloudpbx.routing.turns import Turns

if TYPE_CHECKING:
    from cloudpbx.routing.dialling import DialRules
    from cloudpbx.routing.flows import CallFlow
    from cloudpbx.routing.outgoing_calls import OutgoingCall

__all__ = ["CalledNumber", "Router"]

_MOST_ANSWERS: Final = 1_024
"""How many destinations that came of features are kept ready."""

_NO_LINES: Final[Mapping[str, LineState]] = {}
_NO_TURNS: Final = Turns()
_NO_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {}

_UNKNOWN: Final = RingPlan(ending=Ending(0, RouteOutcome.UNKNOWN_NUMBER))
_UNKNOWN_AND_NOT_ACTIVATED: Final = RingPlan(
    ending=Ending(0, RouteOutcome.UNKNOWN_NUMBER),
    reasons=(Reason("subscription.not_activated"),),
    remedies=(Remedy("subscription.activate", Actor.CUSTOMER),),
)
_NO_ROUTE: Final = RingPlan(
    ending=Ending(0, RouteOutcome.NO_ROUTE), reasons=(Reason("destination.none"),)
)


def _not_activated(later: Route) -> Route:
    """Close the gate in front of a route, and keep what else stands in the way."""
    passed = {"number.known", "subscription.activated"}
    behind = () if later.outcome.reached else later.because
    obstacles = (each for each in behind if each.code not in passed)
    plan = RingPlan(
        ending=Ending(0, RouteOutcome.NOT_ACTIVATED),
        reasons=(Reason("subscription.not_activated"), *obstacles),
        remedies=(Remedy("subscription.activate", Actor.CUSTOMER), *later.remedies),
    )
    before = later.progress.turns if later.progress else later.memory
    return Route(later.call, later.number, plan, later.region, memory=before)


@frozen(kw_only=True)
class Router:
    """Answer what a call rings.

    Attributes:
        numbers: The called numbers.
        extensions: The extensions.
        groups: The groups.
        extension_range: Which extension numbers there may be.
        region: ISO 3166-1 code whose numbering plan the numbers are of.
        international: Whether calls abroad are allowed, forwards included (国際電話利用可否).
        activated: Whether calls from outside are allowed; before, extensions only.
        max_forwards: How often one call may be forwarded, 0 to 20.
        line_type: The type of the line (回線種別), which may bar numbers and bound
            distributions; None for a line without such limits.

    Raises:
        InvalidValueError: a number or extension stands twice or out of its range, a group
            holds itself, or a distribution has more targets than the line type allows.
        UnknownReferenceError: a target does not exist.
    """

    numbers: tuple[CalledNumber, ...]
    extensions: tuple[Extension, ...] = ()
    groups: tuple[Group, ...] = ()
    extension_range: ExtensionRange = field(factory=ExtensionRange)
    region: str = field(default="JP", converter=check_region)
    international: bool = False
    activated: bool = True
    max_forwards: int = 5
    line_type: LineType | None = None
    _rules: RingRules = field(init=False, eq=False, repr=False)
    _own: NumberIndex = field(init=False, eq=False, repr=False)
    _ready: dict[str, tuple[CalledNumber, Schedule[PreparedAnswer]]] = field(
        init=False, eq=False, repr=False
    )
    _prepared: dict[Any, PreparedAnswer] = field(init=False, eq=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        kinds = {"numbers": CalledNumber, "extensions": Extension, "groups": Group}
        for name, kind in kinds.items():
            values = check_each(getattr(self, name), kind, what=f"one of the {name}")
            object.__setattr__(self, name, values)
        check_instance(self.extension_range, ExtensionRange, what="the extension range")
        check_flag(self.international, what="international")
        check_flag(self.activated, what="activated")
        check_whole(self.max_forwards, what="the maximum number of forwards", low=0, high=20)
        check_unique((each.number for each in self.extensions), what="extension numbers")
        check_unique((each.name for each in self.groups), what="names of groups")
        if self.line_type is not None:
            check_instance(self.line_type, LineType, what="the line type")
        rules = RingRules(
            targets=Targets(self.extensions, self.groups, self.extension_range),
            region=self.region,
            international=self.international,
            max_forwards=self.max_forwards,
        )
        check_targets(rules.targets)
        object.__setattr__(self, "_rules", rules)
        object.__setattr__(self, "_own", NumberIndex(self.numbers, self.region))
        check_numbers(self.numbers, self._own, rules.targets, self.region)
        if self.line_type is not None:
            check_line(self.numbers, self.line_type)
        object.__setattr__(self, "_ready", self._compiled())

    def _compiled(self) -> dict[str, tuple[CalledNumber, Schedule[PreparedAnswer]]]:
        """Make every destination ready that is reached without any feature."""
        ready: dict[str, tuple[CalledNumber, Schedule[PreparedAnswer]]] = {}
        for called in self.numbers:
            answers = {
                each: PreparedAnswer((Stage(destination=each),), {}, self._rules, called.number)
                for each in answers_of(called.schedule)
            }
            if not called.has_features and not any(map(self._own.is_led_to, answers)):
                entry = (called, called.schedule.map(answers.__getitem__))
                ready |= dict.fromkeys(spellings(called.number, self.region), entry)
        return ready

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what was configured; the rest is made anew."""
        names = [each.name for each in self.__attrs_attrs__ if each.init]
        return _build, ({name: getattr(self, name) for name in names},)

    def route(
        self,
        call: Call,
        lines: Mapping[str, LineState] = _NO_LINES,
        *,
        in_use: int | Mapping[str, int] = 0,
        turns: Turns = _NO_TURNS,
    ) -> Route:
        """Say what becomes of a call.

        The gates, in order, and the first that ends the call wins:

        1. the number is known;
        2. the subscription is activated;
        3. its screening lets the caller pass;
        4. it is not after hours, or not for every number of its busy diversion;
        5. fewer calls are in use than channels are enabled;
        6. its reception is not changed; otherwise the call goes there, one hop;
        7. its schedule answers with a destination;
        8. the destination plays a guidance, is busy, sends the call on, or rings its
           targets, whose lines and forwards decide;
        9. what came to busy goes on to the busy diversion.

        Gates 3 to 6 and 9 are asked where the number has them. The remedies name what
        stands in the way at later gates too when the subscription is not activated.

        Args:
            call: The call.
            lines: States by extension number; a line that is not named is idle. Names
                that are no extension of the tenant are ignored.
            in_use: How many calls are connected through the called number already, or a
                mapping of each number to that, which the busy diversion asks too.
            turns: What strategies with a memory remember; `Route.turns` is what they do
                after this call.

        Raises:
            InvalidValueError: a state is not a `LineState`, a number of calls is not a
                whole number, `call` is no call, or `lines` no mapping.
        """
        if in_use != 0:
            check_in_use(in_use)
        try:
            route = self._route(call, lines, in_use, turns)
        except AttributeError:
            check_instance(call, Call, what="what is routed")
            check_instance(lines, Mapping, what="the states of the lines")
            check_instance(turns, Turns, what="what is remembered")
            raise
        return route if self.activated or route.number is None else _not_activated(route)

    def _route(
        self,
        call: Call,
        lines: Mapping[str, LineState],
        in_use: int | Mapping[str, int],
        turns: Turns,
    ) -> Route:
        entry = self._ready.get(call.to) or looked_up(call.to, self._ready, self.region)
        if entry is None:
            called = self._own.find(call.to)
            if called is None:
                plan = _UNKNOWN if self.activated else _UNKNOWN_AND_NOT_ACTIVATED
                return Route(call, None, plan, self.region, memory=turns)
            return self._route_through_gates(call, called, lines, in_use, turns)
        called, schedule = entry
        prepared = schedule.at(call.at)
        if prepared is None:
            return Route(call, called, _NO_ROUTE, self.region, memory=turns)
        return self._planned(call, called, prepared, lines, turns)

    def _route_through_gates(
        self,
        call: Call,
        called: CalledNumber,
        lines: Mapping[str, LineState],
        in_use: int | Mapping[str, int],
        turns: Turns,
    ) -> Route:
        gated = ask_gates(called, call, in_use, self._own.find, self.region)
        if gated.plan is not None:
            return Route(call, called, gated.plan, self.region, gated.asked, memory=turns)
        if gated.stages[0] == _NOTHING_SET:
            return Route(call, called, _NO_ROUTE, self.region, gated.asked, memory=turns)
        diverted = {}
        for stage in gated.stages:
            for target in () if stage.is_hop else diverted_targets(stage.destination):
                other = self._own.find(target)
                if other is not None:
                    answer = other.schedule.at(call.at)
                    diverted[target] = Stage(destination=answer, is_hop=True)
        key = (called.number, gated.stages, tuple(diverted.items()))
        prepared = self._prepared.get(key)
        if prepared is None:
            prepared = PreparedAnswer(gated.stages, diverted, self._rules, called.number)
            if len(self._prepared) >= _MOST_ANSWERS:
                self._prepared.clear()
            self._prepared[key] = prepared
        route = self._planned(call, called, prepared, lines, turns)
        return evolve(route, asked=gated.asked)

    def _planned(
        self,
        call: Call,
        called: CalledNumber,
        prepared: PreparedAnswer,
        lines: Mapping[str, LineState],
        turns: Turns,
    ) -> Route:
        states = prepared.states(lines)
        orders = prepared.orders(call, turns) if prepared.callers else _NO_ORDERS
        plan = prepared.plan(states, orders)
        progress = Progress(prepared=prepared, states=states, orders=orders, turns=turns)
        return Route(call, called, plan, self.region, None, progress)

    def dial(
        self,
        extension: str,
        text: str,
        *,
        at: datetime,
        lines: Mapping[str, LineState] = _NO_LINES,
        caller_id: str | None = None,
    ) -> "OutgoingCall":
        """Say what becomes of a number that an extension dials (発信).

        `cloudpbx.routing.dialling` has the gates in their order.

        Args:
            extension: Who dials.
            text: What was dialled, in any spelling; also a `tel:` or `sip:` address.
            at: When; aware.
            lines: States by extension number, for a call to an extension.
            caller_id: The number to present for this call; None for the usual one, the
                empty text for none.

        >>> from datetime import UTC
        >>> router = Router(numbers=(), extensions=(Extension(number="1001"),))
        >>> router.dial("1001", "110", at=datetime(2026, 11, 24, tzinfo=UTC)).allowed
        True

        Raises:
            UnknownReferenceError: the extension does not exist.
            InvalidValueError: the text is empty, a caller ID is none, a state is not a
                `LineState`, or the time is naive.
        """
        from cloudpbx.routing.dialling import plan_dial  # noqa: PLC0415 - few routers dial

        check_text(extension, what="an extension")
        targets = self._rules.targets
        if targets.kind_of(extension) is not TargetKind.EXTENSION:
            fix = nearest(extension, targets.extensions) if self.extensions else "add it"
            msg = f"{shown(extension)} is not an extension of this tenant: {fix}"
            raise UnknownReferenceError(msg)

        def ring(number: str) -> RingPlan:
            prepared = self._internal(number)
            # Whoever dials is on the phone.
            states = prepared.states({**lines, extension: LineState.BUSY})
            return prepared.plan(states, _NO_ORDERS)

        return plan_dial(
            text,
            extension=targets.extensions[extension],
            rules=self._dial_rules,
            at=at,
            ring=ring,
            caller_id=caller_id,
        )

    @cached_property
    def _dial_rules(self) -> "DialRules":
        from cloudpbx.routing.dialling import DialRules  # noqa: PLC0415 - see `dial`

        return DialRules(
            targets=self._rules.targets,
            region=self.region,
            numbers=tuple(each.number for each in self.numbers),
            international=self.international,
            activated=self.activated,
            line_type=self.line_type,
        )

    def flow(self, number: str) -> "CallFlow":
        """Return everything that may become of the calls of a number, to look at.

        Raises:
            UnknownReferenceError: the number is none of the tenant's.
        """
        from cloudpbx.routing.flow_ways import flow_of  # noqa: PLC0415 - for eyes only

        return flow_of(number, self._rules, self._own, activated=self.activated)

    def _internal(self, number: str) -> PreparedAnswer:
        """Return what a call of one extension to another comes to."""
        prepared = self._prepared.get(number)
        if prepared is None:
            own = next((each.number for each in self.numbers), "")
            stage = Stage(destination=Ring((number,)))
            rules = evolve(self._rules, reaches_outside=self.activated)
            prepared = PreparedAnswer((stage,), {}, rules, own)
            self._prepared[number] = prepared
        return prepared


_NOTHING_SET: Final = Stage(destination=None)


def _build(values: dict[str, Any]) -> Router:
    return Router(**values)
