"""Stretches of time in which a schedule answers the same.

Here: the answer to "until when?" (`Interval`) and to "why?" (`Resolution`). Not here:
finding them (`timelines`, `schedules`).
"""

from datetime import datetime
from typing import Generic, TypeVar

from attrs import frozen

from cloudpbx.decisions import Reason
from cloudpbx.routing.rules import Override, Rule

__all__ = ["Interval", "Resolution"]

T_co = TypeVar("T_co", covariant=True)


@frozen
class Interval(Generic[T_co]):
    """Hold one stretch of time, from `start` up to but not including `end`.

    Attributes:
        start: Its first instant.
        end: The first instant after it.
        value: What the schedule answers in it; None in a gap.
    """

    start: datetime
    end: datetime
    value: T_co | None


@frozen(kw_only=True)
class Resolution(Generic[T_co]):
    """Say what a schedule answers at an instant, for how long, and why.

    Attributes:
        value: The answer; None in a gap.
        rule: What gave it: a rule, an override, or None when no rule applies.
        since: When this answer began; None when it always was.
        until: When another answer begins; None when none ever does.
        because: What was found out on the way, in order.
    """

    value: T_co | None
    rule: Rule[T_co] | Override[T_co] | None
    since: datetime | None
    until: datetime | None
    because: tuple[Reason, ...]

    def explain(self, lang: str = "en") -> str:
        """Say the reasons in words, one a line, `lang` being `en` or `ja`."""
        return "\n".join(reason.explain(lang) for reason in self.because)
