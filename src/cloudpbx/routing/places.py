"""Places where a call's order of targets depends on the call.

Here: which rings, groups and distributions those are, the order each has for one call,
and what they remember when it came so far. Not here: the orders themselves (`turns`,
`distributions`), or ringing (`planning`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from cloudpbx.routing.calls import Call
from cloudpbx.routing.destinations import Destination, Divert, Ring, chain_of
from cloudpbx.routing.distributions import (
    Distribute,
    Draw,
    hashed_order,
    turn_order,
    weighted_order,
)
from cloudpbx.routing.groups import Group, Strategy
from cloudpbx.routing.ring_plans import Offer
from cloudpbx.routing.targets import Targets
from cloudpbx.routing.turns import Turns, circular_order, longest_idle_order
from cloudpbx.routing.zones import epoch_of

__all__ = [
    "Caller",
    "called_by",
    "callers_of",
    "groups_of",
    "id_of",
    "order_of",
    "place_of",
    "remembered",
]

Caller: TypeAlias = Ring | Group | Distribute
"""What calls targets."""


def place_of(caller: Caller) -> str:
    """Return the name under which a caller is remembered: that of a group, or what it says.

    Two of one name have the same order. The others have a comma, as no group has.

    >>> place_of(Ring(("1001", "1002"), strategy="circular"))
    'ring 1001,1002,circular'
    """
    if isinstance(caller, Group):
        return caller.name
    if isinstance(caller, Ring):
        return f"ring {','.join(caller.targets)},{caller.strategy}"
    ratio = ",".join(f"{target}:{weight}" for target, weight in caller.weights.items())
    key = f",{caller.key}" if caller.key else ""
    return f"distribute {ratio},{caller.draw},{caller.when_unavailable}{key}"


def called_by(destination: Destination) -> tuple[str, ...]:
    """Return the targets that a destination may call, before what follows it."""
    if isinstance(destination, (Ring, Distribute)):
        return destination.called
    return (destination.target,) if isinstance(destination, Divert) else ()


def groups_of(called: Iterable[str], targets: Targets) -> Iterator[Group]:
    """Yield every group that may be called with some targets, once each."""
    found: set[str] = set()
    waiting = list(called)
    while waiting:
        group = targets.groups.get(waiting.pop())
        if group is not None and group.name not in found:
            found.add(group.name)
            waiting += group.called
            yield group


def callers_of(destinations: Iterable[Destination], targets: Targets) -> tuple[Caller, ...]:
    """Return every caller of some destinations whose order depends on the call."""
    found: dict[str, Caller] = {}
    for destination in destinations:
        for each in chain_of(destination):
            several: list[Caller] = list(groups_of(called_by(each), targets))
            if isinstance(each, (Ring, Distribute)):
                several.append(each)
            for caller in several:
                if isinstance(caller, Distribute) or caller.strategy.is_ordered_by_call:
                    found[place_of(caller)] = caller
    return tuple(found.values())


def id_of(call: Call, number: str) -> str:
    """Return what a draw without memory is keyed by: the id of a call, or else the call.

    The called number is given as it is configured, however the call spells it.
    """
    return call.id or f"{number} {call.caller} {epoch_of(call.at)}"


def order_of(caller: Caller, call_id: str, turns: Turns) -> tuple[str, ...]:
    """Return in which order a caller calls its targets this time."""
    place = place_of(caller)
    if isinstance(caller, Distribute):
        if caller.draw is Draw.HASH:
            return hashed_order(caller, call_id)
        return turn_order(caller, turns.shares.get(place))[0]
    names = caller.targets
    if caller.strategy is Strategy.CIRCULAR:
        return circular_order(names, turns.last.get(place))
    if caller.strategy is Strategy.LONGEST_IDLE:
        return longest_idle_order(names, turns.idle_since)
    weights = [each.weight for each in caller.all_members]
    return weighted_order(names, weights, place, call_id)


def remembered(turns: Turns, offers: Iterable[Offer], callers: Mapping[str, Caller]) -> Turns:
    """Return what is remembered after these offers were made, in the order of time."""
    found = turns
    for offer in offers:
        caller = callers[offer.place]
        if not isinstance(caller, Distribute):
            found = found.offered(offer.place, offer.target)
        elif caller.draw is Draw.TURNS:
            _, had = turn_order(caller, turns.shares.get(offer.place))
            found = found.shared(offer.place, had)
    return found
