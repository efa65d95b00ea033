"""Which gate ends a call, said as simply as it can be.

Here: the gates of a called number in their order, and the destinations that they leave.
Not here: schedules and screening in Japan, which have definitions of their own; screening
elsewhere; and who calls or when two numbers are the same, which tests of their modules say.
"""

from collections.abc import Mapping

from attrs import frozen

from cloudpbx.routing import (
    Announce,
    Call,
    CalledNumber,
    Destination,
    Ending,
    LineState,
    Ring,
    RouteOutcome,
    Router,
    Turns,
)
from cloudpbx.routing.callers import caller_kind, caller_number
from cloudpbx.routing.numbers import global_form, is_outside, spelled, spellings
from tests.spec import screening


@frozen(kw_only=True)
class Question:
    """Ask a router what a call does while the lines are in a state."""

    router: Router
    call: Call
    lines: Mapping[str, LineState]
    in_use: int | Mapping[str, int] = 0
    turns: Turns = Turns()  # noqa: RUF009 - a frozen value


@frozen
class Stage:
    """A destination that a call comes to, and whether it was sent on to it."""

    destination: Destination | None
    is_hop: bool


def ask_gates(question: Question) -> Ending | list[Stage]:
    """Ask the gates in order; the first that ends the call wins."""
    router, call = question.router, question.call
    # 1. The number is known.
    called = own_number(router, call.to)
    if called is None:
        return Ending(0, RouteOutcome.UNKNOWN_NUMBER)
    # 2. The subscription is activated.
    if not router.activated:
        return Ending(0, RouteOutcome.NOT_ACTIVATED)
    return ask_features(called, question)


def ask_features(called: CalledNumber, question: Question) -> Ending | list[Stage]:
    """Ask the features of a called number in order, then its schedule."""
    router, call = question.router, question.call
    # 3. Its screening lets the caller pass.
    refused = screened(called, call, router.region)
    if refused is not None and called.screening is not None:
        return Ending(0, refused, called.screening.announcement)
    # 4. It is not after hours, or not for every number of its busy diversion.
    guidance = guidance_of(called, call)
    others = [(target, own_number(router, target)) for target in called.diversion]
    if guidance is not None and all(
        other is not None and guidance_of(other, call) is not None for _, other in others
    ):
        return Ending(0, RouteOutcome.ANNOUNCE, guidance.code)
    # 5. Fewer calls are in use than channels are enabled.
    if not has_channel(called, question):
        return Ending(0, RouteOutcome.BUSY)
    stages = []
    if guidance is None:
        # 6. Its reception is not changed; otherwise the call goes there, one hop.
        change = called.reception_change and called.reception_change.at(call.at)
        if change:
            return [hop(change.target, question)]
        # 7. Its schedule answers with a destination.
        stages.append(Stage(called.schedule.at(call.at), is_hop=False))
    # 8. What comes to busy goes on to the busy diversion: to each place that is not after
    # hours and has a channel left.
    stages += [
        hop(target, question)
        for target, other in others
        if other is None or (guidance_of(other, call) is None and has_channel(other, question))
    ]
    return stages or Ending(0, RouteOutcome.BUSY)


def own_number(router: Router, text: str) -> CalledNumber | None:
    """Return the called number that a text is a spelling of, however separated."""
    for each in router.numbers:
        if spelled(text) in spellings(each.number, router.region):
            return each
        if is_outside(text) and global_form(spelled(text), router.region) == global_form(
            each.number, router.region
        ):
            return each
    return None


def screened(called: CalledNumber, call: Call, region: str) -> RouteOutcome | None:
    """Return how a caller is turned away, or nothing."""
    rules = called.screening
    if rules is None:
        return None
    if region != "JP":
        gates = [str(each) for each in rules.ask(call, region).refusals]
    else:
        kind = caller_kind(call.caller, region, call.kind)
        caller = screening.Caller(caller_number(call.caller, region), kind, call.area)
        gates = screening.refusals(
            screening.Rules(
                rules.accepted_areas,
                rules.refused_areas,
                frozenset(map(str, rules.refused_kinds)),
                rules.allowed,
                rules.blocked,
            ),
            caller,
        )
    if not gates:
        return None
    return RouteOutcome.OUT_OF_AREA if gates[0] == "area" else RouteOutcome.BLOCKED


def guidance_of(called: CalledNumber, call: Call) -> Announce | None:
    """Return the guidance of a number that is after hours."""
    return None if called.after_hours is None else called.after_hours.at(call.at)


def has_channel(called: CalledNumber, question: Question) -> bool:
    """Say whether a number can take one more call."""
    if called.channels is None:
        return True
    router, used = question.router, 0
    if isinstance(question.in_use, int):
        if called == own_number(router, question.call.to):
            used = question.in_use
    else:
        for text, count in question.in_use.items():
            if own_number(router, text) == called:
                used = count
    return used < called.channels.enabled


def hop(target: str, question: Question) -> Stage:
    """Send a call on: to what a called number's schedule answers, or elsewhere."""
    other = own_number(question.router, target)
    if other is None:
        return Stage(Ring((target,)), is_hop=True)
    return Stage(other.schedule.at(question.call.at), is_hop=True)
