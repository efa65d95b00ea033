"""What of a tenant does not fit together.

Here: references to what does not exist, things that stand twice, and quotas that are
exceeded, each with its place in the document. Not here: whether one value is legal by
itself, which it says when it is made, or what is legal but doubtful (`Tenant.check`).

A part that could not be read is None, and nothing is said that might be untrue because
of it: a document has no problem that is not a mistake of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from cloudpbx._documents import joined
from cloudpbx._values import check_text, nearest, shown
from cloudpbx.decisions import Decision
from cloudpbx.errors import CloudPBXError, UnknownReferenceError
from cloudpbx.routing import (
    Destination,
    Distribute,
    ExtensionRange,
    Group,
    HolidayCalendar,
    Ring,
    Schedule,
)
from cloudpbx.routing.numbers import printed, spellings
from cloudpbx.routing.prepared_answers import check_turns
from cloudpbx.routing.targets import Targets
from cloudpbx.tenant.numbers import Number
from cloudpbx.tenant.places import (
    Parts,
    first_destinations,
    placed_answers,
    placed_destinations,
    placed_feature_hops,
    placed_hops,
    placed_targets,
)

__all__ = ["calendar_name", "find_misfits"]

V = TypeVar("V")

Misfit: TypeAlias = tuple[str, str]
"""A place and what is wrong there."""


def find_misfits(parts: Parts) -> Iterator[Misfit]:
    """Yield everything that does not fit together, with its place.

    1. extensions: twice, or out of range;
    2. seats: more extensions, or more that record, than the subscription has;
    3. caller IDs that are none of the tenant's numbers;
    4. targets that do not exist: of forwards, groups and destinations, and where numbers
       send calls on to;
    5. groups that stand under another name, or hold themselves;
    6. shared schedules: answers that are not text, holidays without a name;
    7. numbers: twice, holidays without a name, answers of their schedule without a
       destination;
    8. features of numbers: entries of a screening that contradict each other in the
       region, distributions that are too large for the type of the line, destinations
       that would call more phones than a call can last for.
    """
    yield from _extension_misfits(parts)
    yield from _seat_misfits(parts)
    yield from _caller_id_misfits(parts)
    yield from _target_misfits(parts)
    group_misfits = list(_group_misfits(parts.groups or {}))
    yield from group_misfits
    for name, schedule in (parts.schedules or {}).items():
        if schedule is not None:
            for path, answer in placed_answers(schedule, joined("schedules", name), "rules"):
                yield from _refusals(path, check_text, answer, what="an answer")
            yield from _holiday_misfits(joined("schedules", name), schedule, parts)
    yield from _number_misfits(parts)
    for place, number in enumerate(parts.numbers or ()):
        if number is not None:
            yield from _feature_misfits(f"numbers[{place}]", number, parts)
    if not group_misfits:
        yield from _length_misfits(parts)


def _extension_misfits(parts: Parts) -> Iterator[Misfit]:
    seen: set[str] = set()
    for place, each in enumerate(parts.extensions or ()):
        if each is None:
            continue
        path = f"extensions[{place}].number"
        if each.number in seen:
            yield path, f"{shown(each.number)} stands twice: remove one"
        elif parts.extension_range is not None:
            yield from _refusals(path, parts.extension_range.check, each.number)
        seen.add(each.number)


def _seat_misfits(parts: Parts) -> Iterator[Misfit]:
    quota, extensions = parts.subscription, parts.extensions
    if quota is None or extensions is None:
        return
    count = len(extensions)
    if count > quota.max_extensions:
        what = f"`{quota.max_extensions}` is too low: there are {count} in `extensions`"
        fix = quota.may_add_extension(existing=count - 1)
        yield "subscription.max_extensions", f"{what}: {_remedies(fix)}"
    recording = sum(each is not None and each.recording for each in extensions)
    if recording > quota.recording_seats:
        what = f"`{quota.recording_seats}` is too low: {recording} of `extensions` record"
        fix = quota.may_record_one_more(recording=recording - 1)
        yield "subscription.recording_seats", f"{what}: {_remedies(fix)}"


def _caller_id_misfits(parts: Parts) -> Iterator[Misfit]:
    region, numbers = parts.region, _all_known(parts.numbers)
    if region is None or numbers is None:
        return
    own = {one for each in numbers for one in spellings(each.number, region)}
    known = [printed(each.number, region) for each in numbers]
    for place, each in enumerate(parts.extensions or ()):
        if each is not None and each.caller_id is not None and each.caller_id not in own:
            text = printed(each.caller_id, region)
            fix = nearest(text, known) if known else "it has none yet"
            path = f"extensions[{place}].caller_id"
            yield path, f"{shown(text)} is none of the tenant's numbers: {fix}"


def _target_misfits(parts: Parts) -> Iterator[Misfit]:
    if parts.extension_range is None:
        return
    targets = _targets(parts, parts.extension_range)
    all_extensions, all_groups = _all_known(parts.extensions), parts.groups
    for path, target in (*placed_targets(parts), *placed_hops(parts)):
        try:
            targets.kind_of(target)
        except UnknownReferenceError as error:
            if (all_extensions if target.isdecimal() else all_groups) is not None:
                yield path, str(error)
        except CloudPBXError as error:
            yield path, str(error)


def _targets(parts: Parts, extension_range: ExtensionRange) -> Targets:
    extensions = [each for each in parts.extensions or () if each is not None]
    return Targets(extensions, (parts.groups or {}).values(), extension_range)


def _group_misfits(groups: Mapping[str, Group]) -> Iterator[Misfit]:
    told: set[str] = set()
    for name, group in groups.items():
        if group.name != name:
            yield joined("groups", name), f"group {shown(group.name)} stands under another name"
        circle = () if name in told else _circle(name, groups)
        told.update(circle)
        if circle:
            path = " → ".join(circle)
            fix = "take one of these groups out of the other"
            yield joined("groups", name), f"`{name}` holds itself ({path}): {fix}"


def _circle(name: str, groups: Mapping[str, Group]) -> tuple[str, ...]:
    """Return the shortest way from a group back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(name,)]
    seen: set[str] = set()
    for way in ways:
        for member in groups[way[-1]].called:
            if member == name:
                return (*way, name)
            if member in groups and member not in seen:
                seen.add(member)
                ways.append((*way, member))
    return ()


def _number_misfits(parts: Parts) -> Iterator[Misfit]:
    seen: set[str] = set()
    for place, each in enumerate(parts.numbers or ()):
        if each is None:
            continue
        path = f"numbers[{place}]"
        if parts.region is not None:
            forms = spellings(each.number, parts.region)
            if forms & seen:
                yield f"{path}.number", f"{shown(each.number)} stands twice: remove one"
            seen |= forms
        for feature in ("after_hours", "reception_change"):
            schedule = getattr(each, feature)
            if schedule is not None:
                yield from _holiday_misfits(f"{path}.{feature}", schedule, parts)
        if isinstance(each.incoming, Schedule):
            yield from _holiday_misfits(path, each.incoming, parts)
        elif parts.schedules is not None:
            yield from _answer_misfits(path, each.incoming, each.destinations, parts.schedules)


def _answer_misfits(
    path: str,
    name: str,
    destinations: Mapping[str, Destination],
    schedules: Mapping[str, Schedule[Any] | None],
) -> Iterator[Misfit]:
    if name not in schedules:
        fix = nearest(name, schedules) if schedules else "define it"
        yield f"{path}.schedule", f"{shown(name)} is not a schedule: {fix}"
        return
    schedule = schedules[name]
    if schedule is None:
        return
    given = (answer for _, answer in placed_answers(schedule, "", ""))
    answers = tuple(dict.fromkeys(each for each in given if isinstance(each, str)))
    for answer in answers:
        if answer not in destinations:
            what = f"answer {shown(answer)} of `{name}` has no destination"
            yield f"{path}.destinations", f"{what}: add one"
    for answer in destinations:
        if answer not in answers:
            fix = nearest(answer, answers) if answers else "it has none"
            where = joined(f"{path}.destinations", answer)
            yield where, f"{shown(answer)} is no answer of `{name}`: {fix}"


def _feature_misfits(path: str, number: Number, parts: Parts) -> Iterator[Misfit]:
    if number.screening is not None and parts.region is not None:
        ask = number.screening.in_region
        yield from _refusals(f"{path}.screening", ask, parts.region)
    most = None if parts.line_type is None else parts.line_type.most_distribution_targets
    for where, each in placed_destinations(number, path):
        if isinstance(each, Distribute) and most is not None and len(each.targets) > most:
            what = f"`{len(each.targets)}` targets are too many"
            fix = f"this type of line distributes to {most} at most, leave some out"
            yield f"{where}.distribute", f"{what}: {fix}"


def _length_misfits(parts: Parts) -> Iterator[Misfit]:
    """Yield where a call would go on and on; groups must not hold themselves."""
    targets = _targets(parts, parts.extension_range or ExtensionRange())
    for place, number in enumerate(parts.numbers or ()):
        if number is not None:
            for path, each in first_destinations(number, f"numbers[{place}]"):
                yield from _refusals(path, check_turns, each, targets)
    for path, target in placed_feature_hops(parts):
        yield from _refusals(path, check_turns, Ring((target,)), targets)


def _holiday_misfits(path: str, schedule: Schedule[Any], parts: Parts) -> Iterator[Misfit]:
    if schedule.holidays is not None and calendar_name(schedule, parts.calendars or {}) is None:
        yield f"{path}.holidays", "these holidays have no name: add them to `calendars`"


def calendar_name(
    schedule: Schedule[Any], calendars: Mapping[str, HolidayCalendar | None]
) -> str | None:
    """Return the name of a schedule's calendar, or None when it has none."""
    source = schedule.holidays
    return next((name for name, each in calendars.items() if each == source), None)


def _all_known(values: Sequence[V | None] | None) -> list[V] | None:
    """Return the values when all could be read."""
    known = [each for each in values or () if each is not None]
    return known if values is not None and len(known) == len(values) else None


def _refusals(
    path: str, ask: Callable[..., object], *given: Any, **named: Any
) -> Iterator[Misfit]:
    try:
        ask(*given, **named)
    except CloudPBXError as error:
        yield path, str(error)


def _remedies(decision: Decision) -> str:
    """Return what a refused decision advises, as the end of a problem."""
    return "; ".join(each.explain() for each in decision.remedies)
