"""Why a schedule answers what it does.

Here: the reasons for an instant, in the order of precedence, and those that a whole day
has. Not here: the answer (`timelines`), or the words (`cloudpbx.texts`).
"""

from datetime import date, datetime
from typing import TypeVar

from cloudpbx.decisions import Reason
from cloudpbx.routing.rules import Override, Rule, Tier, Until
from cloudpbx.routing.timelines import Timeline

__all__ = ["explained", "reason_of_override", "reasons_of_day"]

T = TypeVar("T")


def explained(
    timeline: Timeline[T], epoch: int
) -> tuple[Rule[T] | Override[T] | None, tuple[Reason, ...]]:
    """Ask in the order of precedence, and keep what each said and who answered."""
    override = timeline.override
    if override is not None and timeline.is_overridden(epoch):
        return override, (reason_of_override(override, timeline.override_end),)
    ordinal, second = timeline.local(epoch)
    day = date.fromordinal(ordinal)
    because = reasons_of_day(timeline, day)
    source = timeline.profile(ordinal).source_at(second)
    if source is None:
        code = "schedule.gap" if timeline.otherwise is None else "schedule.otherwise"
        return None, (*because, Reason(code, str(day)))
    rule: Rule[T] = source.alternative.rule
    code = "schedule.spill" if source.spilled else "schedule.rule"
    return rule, (*because, Reason(code, rule.label))


def reasons_of_day(timeline: Timeline[T], day: date) -> tuple[Reason, ...]:
    """Say which holiday a day is, and which tier above the weekdays owns it."""
    because = []
    name = timeline.holiday(day)
    if name is not None:
        because.append(Reason("schedule.holiday", str(day), {"name": name}))
    owners = timeline.active(day.toordinal())
    if owners and owners[0].tier is not Tier.WEEKDAY:
        because.append(Reason(f"schedule.owner.{owners[0].tier}", str(day)))
    return tuple(because)


def reason_of_override(override: Override[T], end: datetime | None) -> Reason:
    """Say how long an override holds that ends at an instant, or never."""
    if end is None:
        return Reason("schedule.override")
    by_change = override.until is Until.NEXT_CHANGE
    code = "schedule.override.next_change" if by_change else "schedule.override.until"
    return Reason(code, data={"until": end.isoformat()})
