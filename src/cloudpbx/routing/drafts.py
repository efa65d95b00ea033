"""A ring plan while it is being worked out.

Here: what was found so far, and what is to be done at which second. Not here: doing it
(`attempts`, `planning`).
"""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Any

from attrs import field, frozen

from cloudpbx.decisions import Actor, Reason, Remedy
from cloudpbx.routing.ring_plans import Ending, Leg, Offer, RingPlan, RouteOutcome

__all__ = ["Draft", "Moment"]


@frozen(order=True)
class Moment:
    """Say when something is done, and before what else of that second.

    Attributes:
        second: Seconds after the call arrived.
        is_try: Whether a target is tried; what has ended is settled before.
        hops: How often the call was forwarded on the way; those called directly come first.
        spot: Where it stands among the targets.
    """

    second: int
    is_try: bool = field(default=False, kw_only=True)
    hops: int = field(default=0, kw_only=True)
    spot: tuple[int, ...] = field(default=(), kw_only=True)


class Draft:
    """Collect legs, reasons and remedies in the order of time."""

    def __init__(self) -> None:
        self.legs: list[Leg] = []
        self.offers: list[Offer] = []
        self.failures: set[RouteOutcome] = set()
        self.ending: Ending | None = None
        self.reasons: list[Reason] = []
        self.remedies: list[Remedy] = []
        self._events: list[tuple[Moment, int, Callable[..., None], tuple[Any, ...]]] = []
        self._number = count()

    def wait(self, moment: Moment, act: Callable[..., None], *given: Any) -> None:
        """Do something when its time comes."""
        heappush(self._events, (moment, next(self._number), act, given))

    def run(self) -> None:
        """Do everything that waits, and what comes of it."""
        while self._events:
            _, _, act, given = heappop(self._events)
            act(*given)

    def note(self, code: str, about: str = "", **data: str | int) -> None:
        """Add a reason."""
        self.reasons.append(Reason(code, about, data))

    def advise(self, code: str, actor: Actor = Actor.PORTAL_ADMINISTRATOR, **data: str) -> None:
        """Add a remedy."""
        self.remedies.append(Remedy(code, actor, data))

    def plan(self) -> RingPlan:
        """Return what was found."""
        return RingPlan(
            legs=tuple(self.legs),
            ending=self.ending,
            reasons=tuple(self.reasons),
            remedies=tuple(dict.fromkeys(self.remedies)),
            offers=tuple(self.offers),
        )
