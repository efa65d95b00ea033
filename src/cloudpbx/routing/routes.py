"""The answer to a routing question.

Here: the route as a value with its ring plan, its reasons and its remedies. Not here:
finding it (`router`) or drawing it (`route_pictures`).
"""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attrs import field, frozen

from cloudpbx.decisions import Actor, Reason, Remedy
from cloudpbx.routing.calls import Call
from cloudpbx.routing.numbers import is_outside, printed
from cloudpbx.routing.ring_plans import Leg, RingPlan, RouteOutcome
from cloudpbx.texts import say

if TYPE_CHECKING:
    from cloudpbx.routing.router import CalledNumber

__all__ = ["Route"]


@frozen
class Route:
    """Say what becomes of a call, and why.

    Attributes:
        call: The call that was asked about.
        number: The called number as configured, or None when it is unknown.
        plan: What the number's destination does in the state the lines were in.
        region: Whose numbering plan the numbers are printed by.
    """

    call: Call
    number: "CalledNumber | None"
    plan: RingPlan = field(repr=False)
    region: str = field(default="JP", repr=False)

    @property
    def outcome(self) -> RouteOutcome:
        """Return what becomes of the call."""
        return self.plan.outcome

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Return what rings, in the order of time."""
        return self.plan.legs

    @property
    def announcement(self) -> str:
        """Return the guidance number that is played, or the empty text."""
        return self.plan.announcement

    @property
    def because(self) -> tuple[Reason, ...]:
        """Return every gate that was asked, in order, with what it said.

        1. Is the number one of the tenant's?
        2. May it be called from outside?
        3. What does its schedule say, and which rule?
        4. What do the targets and their forwards do?
        """
        about = printed(self.call.to, self.region)
        if self.number is None:
            return (Reason("number.unknown", about), *self.plan.reasons)
        reasons = [Reason("number.known", printed(self.number.number, self.region))]
        if self.outcome is not RouteOutcome.NOT_ACTIVATED:
            reasons.append(Reason("subscription.activated"))
            reasons += self.number.schedule.because(self.call.at)
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
        if self.outcome is RouteOutcome.NO_ROUTE:
            # An administrator writes settings by the clock of the number's schedule.
            local = self.call.at.astimezone(ZoneInfo(self.number.schedule.zone))
            data = {
                "about": printed(self.number.number, self.region),
                "when": f"{local.date()} {local:%H:%M}",
            }
            return (Remedy("number.rule.add", Actor.PORTAL_ADMINISTRATOR, data),)
        return self.plan.remedies

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
