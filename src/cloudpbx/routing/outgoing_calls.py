"""The answer to the question whether an extension may dial something.

Here: the call as a value with its number, its caller ID, its reasons and its remedies. Not
here: finding it (`dialling`).
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from attrs import field, frozen

from cloudpbx._render import escaped, html_table, text_columns
from cloudpbx.decisions import Decision, Outcome, Reason, Remedy
from cloudpbx.routing.dialled_numbers import DialledKind, DialledNumber
from cloudpbx.routing.numbers import printed
from cloudpbx.texts import say

if TYPE_CHECKING:
    from cloudpbx.routing.ring_plans import RingPlan

__all__ = ["OutgoingCall"]


@frozen(kw_only=True)
class OutgoingCall:
    """Say whether an extension may dial something, and what a switch does then (発信).

    It has no truth value; ask `allowed`.

    Attributes:
        extension: Who dials.
        dialled: What was dialled, read.
        at: When.
        decision: Whether it may be, why, and what to do when it may not.
        caller_id: The number to present (発信者番号); None when it is withheld, when there
            is none, when the call is refused, and for calls within the tenant, which are
            shown the extension.
        plan: What rings when an extension is called; None for every other call.
        region: Whose numbering plan the numbers are printed by.
    """

    extension: str
    dialled: DialledNumber
    at: datetime
    decision: Decision = field(repr=False)
    caller_id: str | None = None
    plan: "RingPlan | None" = field(default=None, repr=False)
    region: str = field(default="JP", repr=False)

    @property
    def outcome(self) -> Outcome:
        """Return `ALLOWED` or `REFUSED`; what rings, or does not, is said by the plan."""
        return self.decision.outcome

    @property
    def allowed(self) -> bool:
        """Say whether the outcome is `ALLOWED`."""
        return self.decision.allowed

    @property
    def kind(self) -> DialledKind:
        """Return what was dialled."""
        return self.dialled.kind

    @property
    def number(self) -> str:
        """Return what a switch sends, after the carrier; empty when nothing is known."""
        return self.dialled.number

    @property
    def carrier(self) -> str:
        """Return the carrier that was selected in front of the number, or nothing."""
        return self.dialled.carrier

    @property
    def because(self) -> tuple[Reason, ...]:
        """Return what every gate said, in order, and what the plan found out."""
        if self.plan is None:
            return self.decision.reasons
        return (*self.decision.reasons, *self.plan.reasons)

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """Return what would make the call allowed, or make the extension ring."""
        if self.plan is None:
            return self.decision.remedies
        return (*self.decision.remedies, *self.plan.remedies)

    def __bool__(self) -> NoReturn:
        """Refuse to be a truth value, as a decision does."""
        msg = "an outgoing call has no truth value: ask `.allowed` or compare `.outcome`"
        raise TypeError(msg)

    def to_text(self, lang: str = "en") -> str:
        """Return who dials what, the outcome, and what the switch sends."""
        rows = [(name, value) for name, value in self._rows(lang) if value]
        lines = [self._heading(lang), say("outcome", self.outcome.value, lang, {})]
        lines += [f"  {line}".rstrip() for line in text_columns(rows).splitlines()]
        return "\n".join(lines)

    def to_html(self, lang: str = "en") -> str:
        """Return who dials what and the outcome above a table of the reasons and remedies."""
        reasons = [(str(n), each.explain(lang)) for n, each in enumerate(self.because, 1)]
        remedies = [("→", each.explain(lang)) for each in self.remedies]
        head = ("", say("phrase", "because", lang, {}))
        table = html_table(head, [*reasons, *remedies])
        text = escaped(self.to_text(lang))
        return f'<div class="cloudpbx" lang="{lang}">\n<pre>{text}</pre>\n{table}\n</div>'

    def _repr_html_(self) -> str:
        return self.to_html()

    def explain(self, lang: str = "en") -> str:
        """Return the call, the reasons and the remedies in words."""
        lines = [self.to_text(lang), say("phrase", "because", lang, {})]
        lines += [f"  {n}. {each.explain(lang)}" for n, each in enumerate(self.because, 1)]
        lines += [f"  → {each.explain(lang)}" for each in self.remedies]
        return "\n".join(lines)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the call as plain data for JSON."""
        plan = self.plan
        return {
            "extension": self.extension,
            "dialled": self.dialled.text,
            "at": self.at.isoformat(),
            "outcome": self.outcome.value,
            "kind": self.kind.value,
            "number": self.number,
            "carrier": self.carrier,
            "caller_id": self.caller_id,
            "plan": None if plan is None else plan.outcome.value,
            "because": [reason.to_dict(lang) for reason in self.because],
            "remedies": [remedy.to_dict(lang) for remedy in self.remedies],
        }

    def _heading(self, lang: str) -> str:
        data = {
            "extension": self.extension,
            "dialled": self.dialled.text,
            "at": self.at.isoformat(sep=" "),
        }
        return say("phrase", "dial.call", lang, data)

    def _rows(self, lang: str) -> list[tuple[str, str]]:
        """Return what a switch needs, each with its name."""
        number = printed(self.number, self.region) if self.number else ""
        caller_id = printed(self.caller_id, self.region) if self.caller_id else ""
        return [
            (say("phrase", "dial.kind", lang, {}), say("dialled", self.kind.value, lang, {})),
            (say("phrase", "dial.number", lang, {}), number),
            (say("phrase", "dial.carrier", lang, {}), self.carrier),
            (say("phrase", "dial.caller_id", lang, {}), caller_id),
            (say("phrase", "dial.plan", lang, {}), self._plan(lang)),
        ]

    def _plan(self, lang: str) -> str:
        if self.plan is None:
            return ""
        data = {"announcement": self.plan.announcement}
        return say("route", self.plan.outcome.value, lang, data)
