"""The answer to a routing question.

Here: the route as a value with its ring plan, its reasons and its remedies, and what
comes after a leg. Not here: finding it (`router`) or drawing it (`route_pictures`).
"""

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from cloudpbx._values import check_member, check_text, check_whole, nearest, shown
from cloudpbx.decisions import Actor, Reason, Remedy
from cloudpbx.errors import UnknownReferenceError
from cloudpbx.routing.attempts import Report
from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.calls import Call, LegOutcome
from cloudpbx.routing.gates import Asked
from cloudpbx.routing.hunts import TURN_SECONDS
from cloudpbx.routing.numbers import global_form, is_outside, looked_up, printed, spellings
from cloudpbx.routing.places import remembered
from cloudpbx.routing.prepared_answers import PreparedAnswer
from cloudpbx.routing.ring_plans import Ending, Leg, RingPlan, RouteOutcome
from cloudpbx.routing.turns import Turns
from cloudpbx.texts import say

__all__ = ["Progress", "Route"]

_NOTHING_REMEMBERED: Final = Turns()


@frozen(kw_only=True)
class Progress:
    """Hold what a route was worked out from, to go on from there.

    Attributes:
        prepared: What the call came to.
        states: The states of its lines.
        orders: In which order its callers call their targets.
        turns: What was remembered before the call.
        reports: What the switch reported so far.
        second: How far the call has come, in seconds after it arrived.
    """

    prepared: PreparedAnswer
    states: tuple[Any, ...]
    orders: Mapping[str, tuple[str, ...]]
    turns: Turns
    reports: tuple[Report, ...] = ()
    second: int = 0


@frozen
class Route:
    """Say what becomes of a call, and why.

    Attributes:
        call: The call that was asked about.
        number: The called number as configured, or None when it is unknown.
        plan: What the number's destination does in the state the lines were in.
        region: Whose numbering plan the numbers are printed by.
        asked: What each feature of the number said, its schedule with them; None when the
            schedule alone was asked.
        progress: What the plan was worked out from; None when nothing could ring.
        memory: What is remembered when nothing could ring: the same as before.
    """

    call: Call
    number: CalledNumber | None
    plan: RingPlan = field(repr=False)
    region: str = field(default="JP", repr=False)
    asked: tuple[Asked, ...] | None = field(default=None, repr=False, eq=False)
    progress: Progress | None = field(default=None, repr=False, eq=False)
    memory: Turns = field(default=_NOTHING_REMEMBERED, repr=False, eq=False)

    @property
    def outcome(self) -> RouteOutcome:
        """Return what becomes of the call from now on."""
        return self.plan.outcome if self.legs or self.ending is None else self.ending.outcome

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Return what rings now and later, in the order of time."""
        if self.progress is None or not self.progress.second:
            return self.plan.legs
        now = self.progress.second
        return tuple(leg for leg in self.plan.legs if leg.is_left_at(now))

    @property
    def ending(self) -> Ending | None:
        """Return what happens when nobody answers, None when something rings on."""
        return self.plan.ending

    @property
    def announcement(self) -> str:
        """Return the guidance number that is played, at once or in the end, or empty."""
        return self.plan.announcement

    @property
    def turns(self) -> Turns:
        """Return what is to be remembered when the call comes no further than it has.

        Keep it, and pass it to the router with the next call.
        """
        if self.progress is None:
            return self.memory
        made = [each for each in self.plan.offers if each.start <= self.progress.second]
        return remembered(self.progress.turns, made, self.progress.prepared.callers)

    def after(
        self, target: str, outcome: LegOutcome | str, *, second: int | None = None
    ) -> "Route":
        """Return what happens next when a switch reports what came of a leg.

        The legs of the answer are those that ring from then on, with the same seconds. In
        order, and the first that applies wins:

        1. a call that was answered, a leg that ended already, or was reported already,
           changes nothing;
        2. answered elsewhere ends the call: it is answered;
        3. busy and rejected lead to the busy forward, not registered, not reachable and
           failure to the offline forward, no answer to the no-answer forward;
        4. without that forward the target's turn is over: the next one, or what follows.

        Asked again and again it always comes to an end.

        Args:
            target: Whose leg it is, in any spelling.
            outcome: What came of it.
            second: When, after the call arrived; left out: as soon as can be, and for no
                answer when its ring time is over. A time outside of the leg, or before
                what was reported already, is taken as the nearest that is not.

        Raises:
            UnknownReferenceError: the call has no leg of that target.
            InvalidValueError: the outcome is none, or the second no whole number from 0 on.
        """
        found = check_member(outcome, LegOutcome, what="an outcome of a leg")
        if second is not None:
            check_whole(second, what="the second of a report", low=0)
        if self.outcome is RouteOutcome.ANSWERED:
            return self
        legs = self._legs_of(target)
        progress = self.progress
        leg = next((each for each in self.legs if each in legs), None)
        if progress is None or leg is None:
            return self
        when = _second(leg, found, second, progress.second)
        if found is LegOutcome.ANSWERED_ELSEWHERE:
            ending = Ending(when, RouteOutcome.ANSWERED)
            plan = RingPlan(ending=ending, reasons=self.plan.reasons, offers=self.plan.offers)
            return evolve(self, plan=plan, progress=evolve(progress, second=when))
        report = Report(leg.target, leg.start, found, when)
        reports = (*progress.reports, report)
        plan = progress.prepared.plan_after(progress.states, progress.orders, reports)
        further = evolve(progress, reports=reports, second=when)
        return evolve(self, plan=plan, progress=further)

    def _legs_of(self, target: str) -> tuple[Leg, ...]:
        """Return the legs of a target, in any spelling of it."""
        check_text(target, what="the target of a leg")
        legs, reported = self.plan.legs, self.progress.reports if self.progress else ()
        forms = {
            spelling: global_form(each, self.region) if is_outside(each) else each
            for each in (*(leg.target for leg in legs), *(each.target for each in reported))
            for spelling in (spellings(each, self.region) if is_outside(each) else (each,))
        }
        form = looked_up(target, forms, self.region)
        if form is None:
            names = [each.target for each in legs]
            fix = nearest(target, names) if names else "nothing rings"
            msg = f"{shown(target)} is no target of a leg of this call: {fix}"
            raise UnknownReferenceError(msg)
        return tuple(each for each in legs if forms[each.target] == form)

    @property
    def because(self) -> tuple[Reason, ...]:
        """Return every gate that was asked, in order, with what it said.

        1. Is the number one of the tenant's?
        2. May it be called from outside?
        3. What do its screening, its after-hours guidance, its channels and its change of
           reception say, where it has them?
        4. What does its schedule say, and which rule?
        5. What do the targets, their forwards and the busy diversion do?
        """
        about = printed(self.call.to, self.region)
        if self.number is None:
            return (Reason("number.unknown", about), *self.plan.reasons)
        reasons = [Reason("number.known", printed(self.number.number, self.region))]
        if self.outcome is RouteOutcome.NOT_ACTIVATED:
            return (*reasons, *self.plan.reasons)
        reasons.append(Reason("subscription.activated"))
        if self.asked is None:
            reasons += self.number.schedule.because(self.call.at)
        else:
            reasons += [each for asked in self.asked for each in asked.reasons]
        return (*reasons, *self.plan.reasons)

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """Return what would make the call reach somebody; empty when it does."""
        if self.number is None:
            about = {"about": printed(self.call.to, self.region)}
            if is_outside(self.call.to):
                first = Remedy("number.add", Actor.CUSTOMER, about)
            else:
                first = Remedy("number.correct", Actor.USER, about)
            return (first, *self.plan.remedies)
        if self.outcome is RouteOutcome.NO_ROUTE and not self.plan.remedies:
            # An administrator writes settings by the clock of the number's schedule.
            local = self.call.at.astimezone(ZoneInfo(self.number.schedule.zone))
            data = {
                "about": printed(self.number.number, self.region),
                "when": f"{local.date()} {local:%H:%M}",
            }
            return (Remedy("number.rule.add", Actor.PORTAL_ADMINISTRATOR, data),)
        return () if self.outcome.reached else self.plan.remedies

    def to_text(self, lang: str = "en") -> str:
        """Return the call, the outcome and the ring plan, a leg a line."""
        from cloudpbx.routing.route_pictures import route_text  # noqa: PLC0415 - for eyes only

        return route_text(self, lang)

    def to_svg(self, lang: str = "en") -> str:
        """Return the ring plan as a timeline in SVG: a row a target, a bar a leg."""
        from cloudpbx.routing.route_pictures import route_svg  # noqa: PLC0415 - for eyes only

        return route_svg(self, lang)

    def to_html(self, lang: str = "en") -> str:
        """Return the timeline above a table of the reasons and remedies."""
        from cloudpbx.routing.route_pictures import route_html  # noqa: PLC0415 - for eyes only

        return route_html(self, lang)

    def _repr_html_(self) -> str:
        return self.to_html()

    def explain(self, lang: str = "en") -> str:
        """Return the ring plan, the reasons and the remedies in words."""
        lines = [self.to_text(lang), say("phrase", "because", lang, {})]
        lines += [f"  {n}. {each.explain(lang)}" for n, each in enumerate(self.because, 1)]
        lines += [f"  → {each.explain(lang)}" for each in self.remedies]
        return "\n".join(lines)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the route as plain data for JSON; `schema/route.schema.json` describes it."""
        return {
            "call": {
                "to": self.call.to,
                "caller": self.call.caller,
                "at": self.call.at.isoformat(),
            },
            "number": None if self.number is None else self.number.number,
            "outcome": self.outcome.value,
            "announcement": self.announcement,
            "ending": None
            if self.ending is None
            else {"start": self.ending.start, "outcome": self.ending.outcome.value},
            "legs": [
                {
                    "target": leg.target,
                    "kind": leg.kind.value,
                    "start": leg.start,
                    "seconds": leg.seconds,
                    "via": [
                        {"extension": each.extension, "kind": each.kind.value}
                        for each in leg.via
                    ],
                    "recording": leg.recording,
                    "caller_id": leg.caller_id,
                }
                for leg in self.legs
            ],
            "because": [reason.to_dict(lang) for reason in self.because],
            "remedies": [remedy.to_dict(lang) for remedy in self.remedies],
        }


def _second(leg: Leg, outcome: LegOutcome, second: int | None, now: int) -> int:
    """Return when a report is taken to be: within the leg, and never before the last one."""
    first = max(leg.start, now)
    when = first
    if second is not None:
        when = max(first, second)
    elif outcome is LegOutcome.NO_ANSWER:
        when = first + TURN_SECONDS if leg.end is None else leg.end
    return when if leg.end is None else min(when, leg.end)
