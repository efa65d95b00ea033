"""The features of a called number, asked in their order.

Here: what each gate says of a call, and the destinations that are left for it. Not here:
ringing them (`planning`), or numbers without features, which have no gates (`router`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final, Protocol

from attrs import frozen

from cloudpbx._values import check_whole, shown
from cloudpbx.decisions import Reason, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.calls import Call
from cloudpbx.routing.destinations import Announce, Destination, Divert, Ring
from cloudpbx.routing.numbers import looked_up, printed, spelled, spellings
from cloudpbx.routing.planning import Stage
from cloudpbx.routing.ring_plans import Ending, RingPlan, RouteOutcome
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.screening_gates import ScreeningGate

__all__ = ["Asked", "Gated", "ask_gates", "calls_in_use", "check_in_use"]


class Asked(Protocol):
    """Tell what one gate said; reasons are worked out when they are read."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return what it said, in order."""
        ...


@frozen
class _Told:
    """Hold what a gate said of a number, and the other number it named."""

    code: str
    number: str
    region: str
    target: str = ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return it in so many words."""
        data = {"target": printed(self.target, self.region)} if self.target else {}
        return (Reason(self.code, printed(self.number, self.region), data),)


@frozen
class _Scheduled:
    """Hold a schedule that was asked, and what it came to."""

    schedule: Schedule[Destination] | Schedule[Announce] | Schedule[Divert]
    moment: datetime
    conclusion: _Told | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why the schedule answers as it does, then what that means."""
        told = () if self.conclusion is None else self.conclusion.reasons
        return (*self.schedule.because(self.moment), *told)


@frozen(kw_only=True)
class Gated:
    """Tell what the gates left of a call.

    Attributes:
        asked: What each gate said, in order.
        plan: What becomes of a call that a gate ended, else None.
        stages: The destination of every other call, and after it its busy diversion.
    """

    asked: tuple[Asked, ...]
    plan: RingPlan | None = None
    stages: tuple[Stage, ...] = ()


_REFUSED: Final = {ScreeningGate.AREA: RouteOutcome.OUT_OF_AREA}


def ask_gates(
    called: CalledNumber,
    call: Call,
    in_use: int | Mapping[str, int],
    own: Callable[[str], CalledNumber | None],
    region: str,
) -> Gated:
    """Ask every feature that a called number has.

    In order, and the first that ends the call wins:

    1. the screening refuses the caller;
    2. it is after hours for the number and for every number of its busy diversion: the
       guidance is played;
    3. as many calls as channels are enabled are in use: busy;
    4. reception is changed: the call goes there, and no feature of that place acts;
    5. the schedule answers, and then the busy diversion, each number of it that is not
       after hours and has a channel left.

    A number that is after hours while one of its busy diversion is not gives its calls to
    those that are not; change of reception and schedule are not asked then. When none of
    those has a channel left, the call is busy.

    Args:
        called: The number.
        call: The call.
        in_use: How many calls the number has, or each number.
        own: Finds a called number of the tenant.
        region: Whose numbering plan the numbers are of.
    """
    return _Gates(called, call, in_use, own, region).ask()


class _Gates:
    """Ask the gates of one call."""

    def __init__(
        self,
        called: CalledNumber,
        call: Call,
        in_use: int | Mapping[str, int],
        own: Callable[[str], CalledNumber | None],
        region: str,
    ) -> None:
        self.called = called
        self.call = call
        self.in_use = in_use
        self.own = own
        self.region = region
        self.asked: list[Asked] = []
        self.full: list[Remedy] = []

    def ask(self) -> Gated:
        """Ask them in order."""
        plan = self.screened() or self.after_hours_plan() or self.channels_plan()
        if plan is not None:
            return Gated(asked=tuple(self.asked), plan=plan)
        if self.is_after_hours(self.called):
            stages: tuple[Stage, ...] = ()
        else:
            stages = self.changed() or (self.scheduled(),)
        if not stages or not stages[0].is_hop:
            stages = (*stages, *self.diversion(is_busy=bool(stages)))
        if not stages:
            plan = _ended(RouteOutcome.BUSY, tuple(self.full))
        return Gated(asked=tuple(self.asked), plan=plan, stages=stages)

    def note(self, code: str, number: str) -> None:
        """Keep what a gate said of a number."""
        self.asked.append(_Told(code, number, self.region))

    # 1. The screening.

    def screened(self) -> RingPlan | None:
        """Return the plan of a caller who is refused."""
        screening = self.called.screening
        if screening is None:
            return None
        screened = screening.ask(self.call, self.region)
        self.asked.append(screened)
        if screened.passed:
            return None
        outcome = _REFUSED.get(screened.gate, RouteOutcome.BLOCKED)
        return _ended(outcome, screened.remedies, screening.announcement)

    # 2. The after-hours guidance.

    def is_after_hours(self, called: CalledNumber) -> bool:
        """Say whether a number is in its after-hours time."""
        hours = called.after_hours
        return hours is not None and hours.at(self.call.at) is not None

    def after_hours_plan(self) -> RingPlan | None:
        """Return the plan of a call that hears the guidance."""
        hours = self.called.after_hours
        if hours is None:
            return None
        guidance = hours.at(self.call.at)
        if guidance is None:
            self.note("after_hours.off", self.called.number)
            return None
        on = _Told("after_hours.on", self.called.number, self.region)
        self.asked.append(_Scheduled(hours, self.call.at, on))
        for target in self.called.diversion:
            other = self.own(target)
            if other is None or not self.is_after_hours(other):
                self.note("after_hours.diverted", target)
                return None
        self.note("destination.announce", guidance.code)
        return RingPlan(ending=Ending(0, RouteOutcome.ANNOUNCE, guidance.code))

    # 3. The channels.

    def channels_plan(self) -> RingPlan | None:
        """Return the plan of a call for which no channel is left."""
        channels = self.called.channels
        if channels is None:
            return None
        used = calls_in_use(self.in_use, self.called.number, self.called.number, self.region)
        decision = channels.ask(used)
        self.asked.append(decision)
        return None if decision.allowed else _ended(RouteOutcome.BUSY, decision.remedies)

    # 4. Change of reception.

    def changed(self) -> tuple[Stage, ...]:
        """Return where a change of reception sends the call, or nothing."""
        change = self.called.reception_change
        if change is None:
            return ()
        divert = change.at(self.call.at)
        if divert is None:
            self.note("reception.unchanged", self.called.number)
            return ()
        number, target = self.called.number, divert.target
        changed = _Told("reception.changed", number, self.region, target)
        self.asked.append(_Scheduled(change, self.call.at, changed))
        other = self.own(target)
        if other is None:
            return (Stage(destination=Ring((target,)), is_hop=True),)
        self.asked.append(_Scheduled(other.schedule, self.call.at))
        return (Stage(destination=other.schedule.at(self.call.at), is_hop=True),)

    # 5. The schedule and the busy diversion.

    def scheduled(self) -> Stage:
        """Return what the number's schedule answers."""
        schedule = self.called.schedule
        self.asked.append(_Scheduled(schedule, self.call.at))
        return Stage(destination=schedule.at(self.call.at))

    def diversion(self, *, is_busy: bool) -> tuple[Stage, ...]:
        """Return each number of the busy diversion that can take the call.

        The first of them is come to because the called number is busy, or else because it
        is after hours; every other because the one before it is busy.
        """
        stages: list[Stage] = []
        for target in self.called.diversion:
            code = "diversion.busy" if is_busy or stages else "diversion.open"
            reasons = _diverted(code, target, self.region)
            other = self.own(target)
            if other is None:
                stages.append(Stage(destination=Ring((target,)), reasons=reasons, is_hop=True))
            elif self.is_after_hours(other):
                self.note("diversion.after_hours", target)
            elif not self.has_channel(other):
                self.note("diversion.full", target)
            else:
                destination = other.schedule.at(self.call.at)
                stages.append(Stage(destination=destination, reasons=reasons, is_hop=True))
        return tuple(stages)

    def has_channel(self, called: CalledNumber) -> bool:
        """Say whether a number of the busy diversion has a channel left."""
        if called.channels is None:
            return True
        used = calls_in_use(self.in_use, called.number, self.called.number, self.region)
        decision = called.channels.ask(used)
        self.full += decision.remedies
        return decision.allowed


@lru_cache(maxsize=1024)
def _diverted(code: str, target: str, region: str) -> tuple[Reason, ...]:
    return (Reason(code, printed(target, region)),)


def _ended(
    outcome: RouteOutcome, remedies: tuple[Remedy, ...], announcement: str = ""
) -> RingPlan:
    return RingPlan(ending=Ending(0, outcome, announcement), remedies=remedies)


def check_in_use(in_use: object) -> None:
    """Refuse what is no number of calls, nor one for each number.

    Raises:
        InvalidValueError: it is not.
    """
    if not isinstance(in_use, (int, Mapping)):
        msg = f"{shown(in_use)} is no number of calls: write `3`, or one for each number"
        raise InvalidValueError(msg)
    for count in in_use.values() if isinstance(in_use, Mapping) else (in_use,):
        check_whole(count, what="the number of calls in use", low=0)


def calls_in_use(in_use: int | Mapping[str, int], number: str, called: str, region: str) -> int:
    """Return how many calls a number has; a whole number speaks of the called one alone."""
    if not isinstance(in_use, Mapping):
        return in_use if number == called else 0
    names = {one: name for name in in_use for one in spellings(spelled(name), region)}
    name = looked_up(number, names, region)
    return 0 if name is None else in_use[name]
