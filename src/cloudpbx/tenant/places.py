"""The parts of a tenant, and where each thing stands in its document.

Here: the parts with their targets, destinations and places to send calls to, each with
its path. Not here: what is wrong with them (`misfits`, `checks`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import field, frozen

from cloudpbx._documents import joined
from cloudpbx.plans import Subscription
from cloudpbx.routing import (
    Destination,
    Distribute,
    Divert,
    Extension,
    ExtensionRange,
    Group,
    HolidayCalendar,
    LineType,
    Member,
    Ring,
    Schedule,
)
from cloudpbx.routing.destinations import chain_of
from cloudpbx.tenant.numbers import Number

__all__ = [
    "Parts",
    "first_destinations",
    "is_short",
    "placed_answers",
    "placed_destinations",
    "placed_feature_hops",
    "placed_hops",
    "placed_targets",
]

V = TypeVar("V")


@frozen(kw_only=True)
class Parts:
    """Hold the parts of a tenant, None for each that could not be read.

    Attributes:
        region: Whose numbering plan the numbers are of.
        line_type: The type of the line.
        extension_range: Which extension numbers there may be.
        subscription: The quotas.
        extensions: The extensions.
        groups: The groups by name.
        calendars: The holiday calendars by name.
        schedules: The schedules that numbers share, by name.
        numbers: The called numbers.
        member_places: Where the members of groups stand, by the name of the group; those
            that are left out stand where they would be written.
    """

    region: str | None
    line_type: LineType | None
    extension_range: ExtensionRange | None
    subscription: Subscription | None
    extensions: Sequence[Extension | None] | None
    groups: Mapping[str, Group] | None
    calendars: Mapping[str, HolidayCalendar | None] | None
    schedules: Mapping[str, Schedule[str] | None] | None
    numbers: Sequence[Number | None] | None
    member_places: Mapping[str, Sequence[str]] = field(factory=dict)


def is_short(group: Group) -> bool:
    """Say whether a group is written as a list of its members alone."""
    return group == Group(group.name, group.targets)


def placed_answers(schedule: Schedule[V], path: str, rules: str) -> Iterator[tuple[str, V]]:
    """Yield the answers of a schedule at `path`, whose rules stand under the key `rules`."""
    for place, rule in enumerate(schedule.rules):
        yield f"{path}.{rules}[{place}]", rule.value
    if schedule.otherwise is not None:
        yield f"{path}.otherwise", schedule.otherwise
    if schedule.override is not None:
        yield f"{path}.override", schedule.override.value


def placed_destinations(number: Number, path: str) -> Iterator[tuple[str, Destination]]:
    """Yield every destination of a number at `path`, and each that follows one."""
    for where, first in first_destinations(number, path):
        for steps, each in enumerate(chain_of(first)):
            yield where + ".then" * steps, each


def first_destinations(number: Number, path: str) -> Iterator[tuple[str, Destination]]:
    """Yield every destination of a number at `path`, without those that follow one."""
    if isinstance(number.incoming, Schedule):
        yield from placed_answers(number.incoming, path, "incoming")
    for name, destination in number.destinations.items():
        yield joined(f"{path}.destinations", name), destination


def placed_targets(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield every target of forwards, groups and destinations with its place."""
    for place, extension in enumerate(parts.extensions or ()):
        if extension is not None:
            for kind, target in extension.forwards.targets():
                yield f"extensions[{place}].forwards.{kind}", target
    for name, group in (parts.groups or {}).items():
        places = parts.member_places.get(name) or _member_places(name, group)
        yield from zip(places, group.targets, strict=False)
        if group.overflow is not None:
            yield f"{joined('groups', name)}.overflow", group.overflow
    for path, number in _placed_numbers(parts):
        for where, destination in placed_destinations(number, path):
            yield from _called(destination, where)


def _called(destination: Destination, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(destination, Ring):
        for item, target in enumerate(destination.targets):
            yield f"{path}.ring[{item}]", target
    elif isinstance(destination, Distribute):
        for target in destination.targets:
            yield joined(f"{path}.distribute", target), target


def _member_places(name: str, group: Group) -> Iterator[str]:
    path = joined("groups", name) + ("" if is_short(group) else ".members")
    for item, member in enumerate(group.members):
        yield f"{path}[{item}].target" if isinstance(member, Member) else f"{path}[{item}]"


def placed_hops(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield every place that a number sends calls on to, with where it says so.

    1. where its destinations divert to;
    2. where its features send calls.
    """
    for path, number in _placed_numbers(parts):
        for where, destination in placed_destinations(number, path):
            if isinstance(destination, Divert):
                yield f"{where}.divert", destination.target
    yield from placed_feature_hops(parts)


def placed_feature_hops(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield every place that the features of a number send calls to.

    1. where its reception is changed to;
    2. the targets of its busy diversion.
    """
    for path, number in _placed_numbers(parts):
        if number.reception_change is not None:
            where = f"{path}.reception_change"
            for place, divert in placed_answers(number.reception_change, where, "rules"):
                yield f"{place}.divert", divert.target
        for item, target in enumerate(number.diversion):
            yield f"{path}.diversion[{item}]", target


def _placed_numbers(parts: Parts) -> Iterator[tuple[str, Number]]:
    for place, number in enumerate(parts.numbers or ()):
        if number is not None:
            yield f"numbers[{place}]", number
