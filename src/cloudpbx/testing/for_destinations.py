"""Strategies for destinations: what rings, what is drawn, where a call is sent on to.

Here: the answers of a called number's schedule, and what strategies remember between
calls. Not here: the groups they ring (`for_groups`), or the numbers that have them
(`for_routers`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from hypothesis import strategies as st

from cloudpbx.routing.destinations import Announce, Busy, Destination, Divert, Ring
from cloudpbx.routing.distributions import Distribute, Draw, WhenUnavailable, turn_order
from cloudpbx.routing.numbers import spelled
from cloudpbx.routing.turns import Turns
from cloudpbx.testing.for_groups import (
    ANY_TARGET,
    GROUP_NAMES,
    ROUNDS,
    TURN_SECONDS,
    ring_strategies,
    several,
)
from cloudpbx.testing.for_times import moments

__all__ = ["announcements", "destinations", "distributions", "diverts", "rings", "turns"]

_GUIDANCES: Final = st.just("009608") | st.text("0123456789", min_size=1, max_size=8)
_KEYS: Final = st.sampled_from(("", "", "main", "鍵"))
_WEIGHTS: Final = st.sampled_from((0, 1, 1, 2, 3, 9))


def announcements() -> st.SearchStrategy[Announce]:
    """Draw guidances."""
    return st.builds(Announce, _GUIDANCES)


def diverts(*, targets: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Divert]:
    """Draw where calls are sent on to.

    Args:
        targets: The places; extensions and outside numbers when left out.
    """
    return st.builds(Divert, ANY_TARGET if targets is None else targets)


def rings(
    *,
    targets: st.SearchStrategy[str] | None = None,
    then: st.SearchStrategy[Destination | None] | None = None,
    plain: bool = False,
) -> st.SearchStrategy[Ring]:
    """Draw rings.

    Args:
        targets: What rings; extensions and outside numbers when left out.
        then: What follows; nothing when left out.
        plain: Whether all targets ring at once, without any settings.
    """
    found = several(ANY_TARGET if targets is None else targets)
    following = st.none() if then is None else then
    if plain:
        return st.builds(Ring, found, then=following)
    settled = st.builds(
        Ring,
        found,
        strategy=ring_strategies(),
        seconds=TURN_SECONDS,
        repeat=ROUNDS,
        then=following,
    )
    return st.builds(Ring, found, then=following) | settled


def distributions(
    *,
    targets: st.SearchStrategy[str] | None = None,
    then: st.SearchStrategy[Destination | None] | None = None,
) -> st.SearchStrategy[Distribute]:
    """Draw distributions by ratio over a few targets.

    Args:
        targets: Who gets the calls; extensions and outside numbers when left out.
        then: What follows; nothing when left out.
    """
    called = ANY_TARGET if targets is None else targets
    weights = st.lists(
        st.tuples(called, _WEIGHTS),
        min_size=1,
        max_size=4,
        unique_by=lambda each: spelled(each[0]),
    )
    return st.builds(
        Distribute,
        weights.filter(lambda ratio: any(weight for _, weight in ratio)),
        draw=st.sampled_from(Draw),
        when_unavailable=st.sampled_from(WhenUnavailable),
        key=_KEYS,
        seconds=TURN_SECONDS,
        then=st.none() if then is None else then,
    )


def destinations(
    *,
    targets: st.SearchStrategy[str] | None = None,
    places: st.SearchStrategy[str] | None = None,
    plain: bool = False,
) -> st.SearchStrategy[Destination]:
    """Draw destinations, ringing more often than the rest.

    Args:
        targets: What rings; extensions and outside numbers when left out.
        places: Where calls are sent on to; the same when left out.
        plain: Whether they ring at once, play a guidance or are busy, and nothing follows.
    """
    ended = announcements() | st.just(Busy())
    if plain:
        ring = rings(targets=targets, plain=True)
        return st.one_of(ring, ring, ring, ended)
    last: st.SearchStrategy[Destination | None] = st.none() | _one_of(
        targets, places, st.none()
    )
    return _one_of(targets, places, st.none() | st.none() | last)


def _one_of(
    targets: st.SearchStrategy[str] | None,
    places: st.SearchStrategy[str] | None,
    then: st.SearchStrategy[Destination | None],
) -> st.SearchStrategy[Destination]:
    ring = rings(targets=targets, then=then)
    return st.one_of(
        ring,
        ring,
        ring,
        distributions(targets=targets, then=then),
        diverts(targets=targets if places is None else places),
        announcements() | st.just(Busy()),
    )


@st.composite
def turns(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] | None = None,
    targets: st.SearchStrategy[str] | None = None,
    ratios: Mapping[str, Distribute] | None = None,
    at: st.SearchStrategy[datetime] | None = None,
) -> Turns:
    """Draw what strategies remember.

    Args:
        draw: Given by Hypothesis.
        names: Of groups and rings; words when left out.
        targets: Who was called; extensions and outside numbers when left out.
        ratios: Distributions by the name under which they are remembered; any when left
            out.
        at: When calls ended; any time when left out.
    """
    named = GROUP_NAMES if names is None else names
    called = ANY_TARGET if targets is None else targets
    shares: dict[str, Any] = {}
    if ratios is None:
        drawn = distributions(targets=called)
        ratios = draw(st.dictionaries(named, drawn, max_size=2))
    for name, each in ratios.items():
        if draw(st.booleans()):
            shares[name] = _state_of(each, draw(st.integers(1, 40)))
    return Turns(
        last=draw(st.dictionaries(named, called, max_size=3)),
        idle_since=draw(st.dictionaries(called, moments() if at is None else at, max_size=4)),
        shares=shares,
    )


def _state_of(distribution: Distribute, calls: int) -> tuple[int, ...]:
    """Return what a distribution remembers after some calls."""
    _, state = turn_order(distribution, None)
    for _ in range(calls - 1):
        _, state = turn_order(distribution, state)
    return state
