"""What is said of the ways of a call flow.

Here: when an answer of a schedule is given, how a member of a group is called, and why a
number is passed over. Not here: the ways (`flow_ways`), or the words (`cloudpbx.texts`).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.destinations import Ring
from cloudpbx.routing.flows import FlowLabel
from cloudpbx.routing.groups import Group, Member, Strategy
from cloudpbx.routing.schedules import Schedule

__all__ = ["answers_with_labels", "gap_labels", "skip_labels", "turns_of"]

T = TypeVar("T")


def turns_of(caller: Ring | Group) -> Iterator[tuple[Member, tuple[FlowLabel, ...]]]:
    """Yield each member with what is said of its turn."""
    members = caller.all_members
    total = sum(each.weight for each in members)
    for place, member in enumerate(members, 1):
        labels = []
        if caller.strategy is Strategy.SEQUENTIAL:
            labels.append(FlowLabel("turn", {"place": place}))
        if caller.strategy is Strategy.WEIGHTED:
            labels.append(FlowLabel("weight", {"weight": member.weight, "total": total}))
        if member.delay:
            labels.append(FlowLabel("delay", {"seconds": member.delay}))
        if member.seconds is not None:
            labels.append(FlowLabel("seconds", {"seconds": member.seconds}))
        if not member.honour_forwards:
            labels.append(FlowLabel("not_forwarded"))
        yield member, tuple(labels)


def answers_with_labels(schedule: Schedule[T]) -> Iterator[tuple[T, FlowLabel]]:
    """Yield every answer of a schedule and when it is given."""
    override = schedule.override
    if override is not None:
        label = FlowLabel("forced")
        if isinstance(override.until, datetime):
            until = override.until.astimezone(ZoneInfo(schedule.zone))
            label = FlowLabel("forced.until", {"until": f"{until:%Y-%m-%d %H:%M}"})
        elif override.until is not None:
            label = FlowLabel("forced.next_change")
        yield override.value, label
    for rule in schedule.rules:
        if rule.name:
            yield (
                rule.value,
                FlowLabel("rule.named", {"name": rule.name, "when": str(rule.when)}),
            )
        else:
            yield rule.value, FlowLabel("rule", {"when": str(rule.when)})
    if schedule.otherwise is not None:
        yield schedule.otherwise, FlowLabel("otherwise")


def gap_labels(schedule: Schedule[Any], code: str) -> tuple[FlowLabel, ...] | None:
    """Return what leads past a schedule, None when it always answers."""
    return (FlowLabel(code),) if schedule.otherwise is None else None


def skip_labels(called: CalledNumber) -> tuple[FlowLabel, ...]:
    """Return why a number of a busy diversion may be passed over."""
    codes = []
    if called.after_hours is not None:
        codes.append("after_hours")
    if called.channels is not None:
        codes.append("channels.full")
    return tuple(map(FlowLabel, codes))
