"""From an arriving call to a ring plan.

Here: the called numbers of a tenant and the question "what rings now?". Not here: the
plan itself (`ring_plans`) or the tenant's document (`cloudpbx.tenant`).
"""

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from cloudpbx._values import (
    check_each,
    check_flag,
    check_instance,
    check_text,
    check_unique,
    check_whole,
    shown,
)
from cloudpbx.decisions import Actor, Reason, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.calls import Call, LineState
from cloudpbx.routing.destinations import DESTINATIONS, Announce, Busy, Destination, Ring
from cloudpbx.routing.extensions import Extension, ExtensionRange, Group
from cloudpbx.routing.numbers import check_number, check_region, looked_up, spellings
from cloudpbx.routing.ring_plans import RingPlan, RingRules, RouteOutcome, lines_of, plan_ring
from cloudpbx.routing.routes import Route
from cloudpbx.routing.schedules import Schedule, answers_of
from cloudpbx.routing.targets import Targets

__all__ = ["CalledNumber", "Router"]

_MOST_PLANS: Final = 1_024
"""How many states of the lines keep their plan, for each destination."""

_NO_LINES: Final[Mapping[str, LineState]] = {}


@frozen
class CalledNumber:
    """Give a called number (着信番号) its destinations (着信設定).

    Attributes:
        number: The number.
        schedule: What it does when; a gap is no route.
        name: What people call it; may be empty.

    Raises:
        InvalidValueError: the number has not the shape of one, or an answer of the
            schedule is no destination.
    """

    number: str
    schedule: Schedule[Destination]
    name: str = ""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "number", check_number(self.number, what="a called number"))
        check_text(self.name, what="the name of a number", empty=True)
        schedule = check_instance(self.schedule, Schedule, what="the schedule of a number")
        forced = schedule.override.value if schedule.override else None
        answers = [*(rule.value for rule in schedule.rules), schedule.otherwise, forced]
        given = [each for each in answers if each is not None]
        check_each(given, DESTINATIONS, what="an answer of a number's schedule")


class _Ready:
    """Hold a destination with the plans that were worked out for it."""

    __slots__ = ("caller_id", "destination", "lines", "plans", "rules")

    def __init__(self, destination: Destination, rules: RingRules, caller_id: str) -> None:
        self.destination = destination
        self.rules = rules
        self.caller_id = caller_id
        self.lines: tuple[str, ...] = ()
        self.plans: dict[tuple[Any, ...], RingPlan] = {}
        if isinstance(destination, Ring):
            self.lines = lines_of(destination, rules.targets)

    def plan(self, states: tuple[Any, ...]) -> RingPlan:
        """Work out the plan for the states of `lines`, and keep it."""
        if isinstance(self.destination, Ring):
            named = dict(zip(self.lines, states, strict=True))
            plan = plan_ring(self.destination, self.rules, named, self.caller_id)
        else:
            plan = _plan_without_ringing(self.destination)
        if len(self.plans) >= _MOST_PLANS:
            self.plans.clear()
        self.plans[states] = plan
        return plan


def _plan_without_ringing(destination: Announce | Busy) -> RingPlan:
    if isinstance(destination, Announce):
        code = destination.code
        reason = Reason("destination.announce", code)
        return RingPlan(outcome=RouteOutcome.ANNOUNCE, announcement=code, reasons=(reason,))
    remedy = Remedy("destination.change", Actor.PORTAL_ADMINISTRATOR)
    return RingPlan(
        outcome=RouteOutcome.BUSY, reasons=(Reason("destination.busy"),), remedies=(remedy,)
    )


_UNKNOWN: Final = RingPlan(outcome=RouteOutcome.UNKNOWN_NUMBER)
_UNKNOWN_AND_NOT_ACTIVATED: Final = RingPlan(
    outcome=RouteOutcome.UNKNOWN_NUMBER,
    reasons=(Reason("subscription.not_activated"),),
    remedies=(Remedy("subscription.activate", Actor.CUSTOMER),),
)
_NO_ROUTE: Final = RingPlan(
    outcome=RouteOutcome.NO_ROUTE, reasons=(Reason("destination.none"),)
)


def _not_activated(later: Route) -> Route:
    """Close the gate in front of a route, and keep what else stands in the way."""
    passed = {"number.known", "subscription.activated"}
    behind = () if later.outcome.reached else later.because
    obstacles = (each for each in behind if each.code not in passed)
    plan = RingPlan(
        outcome=RouteOutcome.NOT_ACTIVATED,
        reasons=(Reason("subscription.not_activated"), *obstacles),
        remedies=(Remedy("subscription.activate", Actor.CUSTOMER), *later.remedies),
    )
    return Route(later.call, later.number, plan, later.region)


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

    Raises:
        InvalidValueError: a number or extension stands twice or out of its range, or a
            group holds itself.
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
    _ready: dict[str, tuple[CalledNumber, Schedule[_Ready]]] = field(
        init=False, eq=False, repr=False
    )

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
        rules = RingRules(
            targets=Targets(self.extensions, self.groups, self.extension_range),
            region=self.region,
            international=self.international,
            max_forwards=self.max_forwards,
        )
        self._check_targets(rules.targets)
        object.__setattr__(self, "_ready", self._compiled(rules))

    def _check_targets(self, targets: Targets) -> None:
        for extension in self.extensions:
            self.extension_range.check(extension.number)
            for _, target in extension.forwards.targets():
                targets.kind_of(target)
        for group in self.groups:
            targets.members(group.name)

    def _compiled(self, rules: RingRules) -> dict[str, tuple[CalledNumber, Schedule[_Ready]]]:
        """Index every spelling of every number, with its destinations made ready."""
        found: dict[str, tuple[CalledNumber, Schedule[_Ready]]] = {}
        for called in self.numbers:
            ready = {
                each: _Ready(each, rules, called.number) for each in answers_of(called.schedule)
            }
            entry = (called, called.schedule.map(ready.__getitem__))
            for spelling in spellings(called.number, self.region):
                if spelling in found:
                    other = found[spelling][0].number
                    msg = (
                        f"{shown(called.number)} is the same number as {shown(other)}: "
                        "called numbers must differ, remove one"
                    )
                    raise InvalidValueError(msg)
                found[spelling] = entry
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what was configured; the rest is made anew."""
        names = [each.name for each in self.__attrs_attrs__ if each.init]
        return _build, ({name: getattr(self, name) for name in names},)

    def route(self, call: Call, lines: Mapping[str, LineState] = _NO_LINES) -> Route:
        """Say what becomes of a call.

        The gates, in order, and the first that ends the call wins:

        1. the number is known;
        2. the subscription is activated;
        3. the number's schedule answers with a destination;
        4. the destination plays a guidance, is busy, or rings its targets, whose lines
           and forwards decide.

        The remedies name what stands in the way at later gates too.

        Args:
            call: The call.
            lines: States by extension number; a line that is not named is idle. Names
                that are no extension of the tenant are ignored.

        Raises:
            InvalidValueError: a state is not a `LineState`, `call` is no call, or `lines`
                no mapping.
        """
        try:
            return self._route(call, lines)
        except AttributeError:
            check_instance(call, Call, what="what is routed")
            check_instance(lines, Mapping, what="the states of the lines")
            raise

    def _route(self, call: Call, lines: Mapping[str, LineState]) -> Route:
        entry = self._ready.get(call.to) or looked_up(call.to, self._ready, self.region)
        if entry is None:
            plan = _UNKNOWN if self.activated else _UNKNOWN_AND_NOT_ACTIVATED
            return Route(call, None, plan, self.region)
        called, schedule = entry
        ready = schedule.at(call.at)
        if ready is None:
            route = Route(call, called, _NO_ROUTE, self.region)
        else:
            states = tuple(map(lines.get, ready.lines))
            try:
                kept = ready.plans.get(states)
            except TypeError:
                # What cannot be hashed is no state, which working out the plan says.
                kept = None
            route = Route(call, called, kept or ready.plan(states), self.region)
        return route if self.activated else _not_activated(route)


def _build(values: dict[str, Any]) -> Router:
    return Router(**values)
