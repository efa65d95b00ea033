"""What rings, from when, for how long, and what follows.

Here: the plan of one call as a value. Not here: working it out (`planning`), or the call
and the reasons before it (`routes`).
"""

from enum import StrEnum, unique
from typing import Final

from attrs import frozen

from cloudpbx.decisions import Reason, Remedy
from cloudpbx.routing.extensions import Forward
from cloudpbx.routing.targets import TargetKind

__all__ = ["Ending", "Leg", "Offer", "RingPlan", "RouteOutcome"]


@unique
class RouteOutcome(StrEnum):
    """Name what becomes of a call.

    Attributes:
        RING: Something rings (呼出し).
        ANNOUNCE: A guidance is played (ガイダンス).
        BUSY: The caller hears the busy tone (話中).
        NO_ANSWER: Everything rang its time and nobody answered (不応答).
        NO_ROUTE: Nothing is set for this time (着信先なし).
        UNKNOWN_NUMBER: The called number is none of the tenant's.
        NOT_ACTIVATED: Calls from outside are not active yet.
        OUT_OF_AREA: The caller's area is not accepted (指定地域外発信).
        BLOCKED: The caller's number or terminal is not accepted (着信拒否).
        UNREACHABLE: No phone can be reached.
        LOOP: The call is forwarded in a circle.
        ANSWERED: A leg took the call (応答).
    """

    RING = "ring"
    ANNOUNCE = "announce"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    NO_ROUTE = "no_route"
    UNKNOWN_NUMBER = "unknown_number"
    NOT_ACTIVATED = "not_activated"
    OUT_OF_AREA = "out_of_area"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    LOOP = "loop"
    ANSWERED = "answered"

    @property
    def reached(self) -> bool:
        """Say whether something answers or rings."""
        return self in _REACHED


_REACHED: Final = frozenset({RouteOutcome.RING, RouteOutcome.ANNOUNCE, RouteOutcome.ANSWERED})


@frozen(kw_only=True)
class Leg:
    """Tell that one target rings.

    Attributes:
        target: The extension or outside number.
        kind: Which of the two it is.
        start: Seconds after the call arrived at which it begins to ring.
        seconds: How long it rings; None until the caller hangs up.
        via: The forwards by which the call came here, the first one first.
        recording: Whether the call is recorded when it is answered here.
        caller_id: The number shown to an outside target; None for extensions, which
            are shown the caller's own.
    """

    target: str
    kind: TargetKind
    start: int
    seconds: int | None
    via: tuple[Forward, ...] = ()
    recording: bool = False
    caller_id: str | None = None

    @property
    def end(self) -> int | None:
        """Return when it stops to ring, None when the caller decides."""
        return None if self.seconds is None else self.start + self.seconds

    def rings_at(self, second: int) -> bool:
        """Say whether it rings at a second after the call arrived."""
        return self.start <= second and self.is_left_at(second)

    def is_left_at(self, second: int) -> bool:
        """Say whether it rings at a second or later."""
        return self.end is None or second < self.end


@frozen
class Ending:
    """Say what happens when nobody answered.

    Attributes:
        start: Seconds after the call arrived.
        outcome: What becomes of the call then; never `RING`.
        announcement: The guidance number that is played, or empty.
    """

    start: int
    outcome: RouteOutcome
    announcement: str = ""


@frozen
class Offer:
    """Tell that a memory of turns changes when a call comes so far.

    Attributes:
        start: Seconds after the call arrived.
        place: What remembers: a circular group or ring, or a distribution.
        target: Who was offered the call.
    """

    start: int
    place: str
    target: str


@frozen(kw_only=True)
class RingPlan:
    """Hold what a destination does in one state of the lines; shared by many routes.

    Attributes:
        legs: What rings, in the order of time.
        ending: What happens when nobody answered; None when something rings until the
            caller hangs up.
        reasons: What was found out, in order.
        remedies: What would let those be called that could not be; `Route.remedies` has
            them when the call reaches nobody.
        offers: Which memories of turns change when, in the order of time.
    """

    legs: tuple[Leg, ...] = ()
    ending: Ending | None = None
    reasons: tuple[Reason, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def outcome(self) -> RouteOutcome:
        """Return what becomes of the call."""
        if self.legs or self.ending is None:
            return RouteOutcome.RING
        return self.ending.outcome

    @property
    def announcement(self) -> str:
        """Return the guidance number that is played, at once or in the end, or empty."""
        return self.ending.announcement if self.ending else ""
