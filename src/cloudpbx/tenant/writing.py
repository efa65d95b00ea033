"""A tenant written as a document.

Here: a tenant as plain data, canonical and exact: what is read back equals what was
written, and is written the same again. Not here: reading (`documents`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from attrs import asdict, fields

from cloudpbx._documents import write_json, write_toml
from cloudpbx._values import check_instance, nearest, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import (
    Destination,
    Distribute,
    Divert,
    Extension,
    Forwards,
    Group,
    HolidayCalendar,
    LineType,
    Member,
    Ring,
    Schedule,
    Screening,
    Until,
)
from cloudpbx.routing.numbers import printed, spelled
from cloudpbx.tenant.misfits import calendar_name
from cloudpbx.tenant.numbers import Number
from cloudpbx.tenant.places import is_short
from cloudpbx.tenant.tenants import Tenant

__all__ = ["write_tenant"]


def write_tenant(tenant: Tenant, *, kind: str = "toml") -> str:
    """Write a tenant as a document of a kind, `toml` or `json`.

    Raises:
        InvalidValueError: `kind` is neither.
    """
    check_instance(tenant, Tenant, what="what is written")
    writers = {"toml": write_toml, "json": write_json}
    if kind not in writers:
        msg = f"{shown(kind)} is not a kind of document: {nearest(str(kind), writers)}"
        raise InvalidValueError(msg)
    return writers[kind](_tenant_data(tenant))


def _tenant_data(tenant: Tenant) -> dict[str, Any]:
    quota = tenant.subscription
    return _without_defaults(
        {
            "name": tenant.name,
            "zone": tenant.zone,
            "region": tenant.region,
            "line_type": _line_type_id(tenant.line_type),
            "extension_range": str(tenant.extension_range),
            "subscription": asdict(quota),
            "calendars": {
                name: _calendar_data(each) for name, each in tenant.calendars.items()
            },
            "schedules": {
                name: _schedule_data(tenant, each, _label_data, str, rules="rules")
                for name, each in tenant.schedules.items()
            },
            "groups": {
                # In TOML what stands in one line comes before tables of their own.
                name: _group_data(tenant, tenant.groups[name])
                for name in sorted(
                    tenant.groups, key=lambda each: not is_short(tenant.groups[each])
                )
            },
            "extensions": [_extension_data(tenant, each) for each in tenant.extensions],
            "numbers": [_number_data(tenant, each) for each in tenant.numbers],
        }
    )


def _without_defaults(data: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is empty; every empty value here is the default of its key."""
    return {key: each for key, each in data.items() if each not in ("", None, [], {}, False)}


def _calendar_data(calendar: HolidayCalendar) -> dict[str, Any]:
    return _without_defaults(
        {
            "country": calendar.country,
            "subdivision": calendar.subdivision,
            "working_days": sorted(calendar.working_days),
            "days": {day.isoformat(): name for day, name in calendar.days.items()},
        }
    )


def _schedule_data(
    tenant: Tenant,
    schedule: Schedule[Any],
    answer: Callable[[Any], dict[str, Any]],
    otherwise: Callable[[Any], Any],
    *,
    rules: str,
) -> dict[str, Any]:
    """Return a schedule: `answer` writes the answer of a rule, `otherwise` one alone."""
    override = schedule.override
    data = {
        "zone": "" if schedule.zone == tenant.zone else schedule.zone,
        "holidays": calendar_name(schedule, tenant.calendars)
        if schedule.holidays is not None
        else "",
        "spill": "" if schedule.spill == "keep" else schedule.spill,
        "overlap": "" if schedule.overlap == "refuse" else schedule.overlap,
        "otherwise": None if schedule.otherwise is None else otherwise(schedule.otherwise),
        "override": None
        if override is None
        else {
            **answer(override.value),
            **_without_defaults({"since": override.since, "until": _end(override.until)}),
        },
    }
    return {
        **_without_defaults(data),
        rules: [
            {
                "when": str(rule.when),
                **answer(rule.value),
                **_without_defaults({"name": rule.name}),
            }
            for rule in schedule.rules
        ],
    }


def _end(until: datetime | Until | None) -> datetime | str | None:
    """Return the end of an override as a document writes it."""
    return until.value if isinstance(until, Until) else until


def _label_data(label: str) -> dict[str, Any]:
    return {"value": label}


def _written(tenant: Tenant, number: str) -> str:
    """Write a number as people do, where that is the same number."""
    text = printed(number, tenant.region)
    return text if spelled(text) == number else number


def _destination_data(tenant: Tenant, destination: Destination) -> dict[str, Any]:
    data = destination.to_dict()
    if isinstance(destination, Ring):
        data["ring"] = [_written(tenant, target) for target in destination.targets]
    elif isinstance(destination, Distribute):
        weights = destination.weights.items()
        data["distribute"] = {_written(tenant, target): weight for target, weight in weights}
    elif isinstance(destination, Divert):
        data["divert"] = _written(tenant, destination.target)
    if isinstance(destination, (Ring, Distribute)) and destination.then is not None:
        data["then"] = _destination_data(tenant, destination.then)
    return data


def _line_type_id(line_type: LineType | None) -> str:
    """Return the id of a shipped line type; a document cannot say what another one is."""
    if line_type is None:
        return ""
    if line_type not in LineType.shipped():
        what = f"line type {shown(line_type.id)} is not as it is shipped"
        fix = "use one of `LineType.shipped()`"
        msg = f"{what}, and a document can only name one that is: {fix}"
        raise InvalidValueError(msg)
    return line_type.id


def _group_data(tenant: Tenant, group: Group) -> list[Any] | dict[str, Any]:
    members = [_member_data(tenant, each) for each in group.members]
    if is_short(group):
        return members
    settings = _settings(group, "strategy", "seconds", "repeat", "overflow")
    if group.overflow is not None:
        settings["overflow"] = _written(tenant, group.overflow)
    return {"members": members, **settings}


def _member_data(tenant: Tenant, member: str | Member) -> str | dict[str, Any]:
    if isinstance(member, str):
        return _written(tenant, member)
    settings = _settings(member, "delay", "seconds", "weight", "honour_forwards")
    return {"target": _written(tenant, member.target), **settings}


def _settings(value: Group | Member, *names: str) -> dict[str, Any]:
    """Return those settings of a value that are not their defaults."""
    defaults = {each.name: each.default for each in fields(type(value))}
    given = {name: getattr(value, name) for name in names}
    return {name: each for name, each in given.items() if each != defaults[name]}


def _extension_data(tenant: Tenant, extension: Extension) -> dict[str, Any]:
    forwards = extension.forwards
    targets = {kind.value: _written(tenant, each) for kind, each in forwards.targets()}
    seconds = forwards.ring_seconds
    return _without_defaults(
        {
            "number": extension.number,
            "name": extension.name,
            "department": extension.department,
            "caller_id": _written(tenant, extension.caller_id or ""),
            "recording": extension.recording,
            "forwards": targets
            if seconds == Forwards().ring_seconds
            else {**targets, "ring_seconds": seconds},
        }
    )


def _number_data(tenant: Tenant, number: Number) -> dict[str, Any]:
    answer = partial(_destination_data, tenant)

    def feature(schedule: Schedule[Any] | None) -> dict[str, Any] | None:
        if schedule is None:
            return None
        return _schedule_data(tenant, schedule, answer, answer, rules="rules")

    screening, channels = number.screening, number.channels
    head = {
        "number": _written(tenant, number.number),
        "name": number.name,
        "screening": None if screening is None else _screening_data(tenant, screening),
        "after_hours": feature(number.after_hours),
        "channels": None if channels is None else channels.to_dict(),
        "reception_change": feature(number.reception_change),
        "diversion": [_written(tenant, target) for target in number.diversion],
    }
    # A screening of no entries is not the same as none.
    head = {key: each for key, each in head.items() if each not in ("", None, [])}
    if isinstance(number.incoming, Schedule):
        own = _schedule_data(tenant, number.incoming, answer, answer, rules="incoming")
        return {**head, **own}
    destinations = {key: answer(each) for key, each in number.destinations.items()}
    return {**head, "schedule": number.incoming, "destinations": destinations}


def _screening_data(tenant: Tenant, screening: Screening) -> dict[str, Any]:
    lists = {
        "allowed": [_written(tenant, each) for each in screening.allowed],
        "blocked": [_written(tenant, each) for each in screening.blocked],
    }
    data = screening.to_dict()
    return {key: lists.get(key, each) for key, each in data.items()}
