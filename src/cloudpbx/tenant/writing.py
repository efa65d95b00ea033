"""A tenant written as a document.

Here: a tenant as plain data, canonical and exact: what is read back equals what was
written, and is written the same again. Not here: reading (`documents`).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from attrs import asdict

from cloudpbx._documents import write_json, write_toml
from cloudpbx._values import check_instance, nearest, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import (
    Announce,
    Destination,
    Extension,
    Forwards,
    HolidayCalendar,
    Ring,
    Schedule,
)
from cloudpbx.routing.numbers import printed, spelled
from cloudpbx.tenant.misfits import calendar_name
from cloudpbx.tenant.numbers import Number
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
            "extension_range": str(tenant.extension_range),
            "subscription": asdict(quota),
            "calendars": {
                name: _calendar_data(each) for name, each in tenant.calendars.items()
            },
            "schedules": {
                name: _schedule_data(tenant, each, _label_data, rules="rules")
                for name, each in tenant.schedules.items()
            },
            "groups": {
                name: [_written(tenant, member) for member in each.members]
                for name, each in tenant.groups.items()
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
    tenant: Tenant, schedule: Schedule[Any], answer: Callable[[Any], Any], *, rules: str
) -> dict[str, Any]:
    override = schedule.override
    otherwise = None if schedule.otherwise is None else answer(schedule.otherwise)
    data = {
        "zone": "" if schedule.zone == tenant.zone else schedule.zone,
        "holidays": calendar_name(schedule, tenant.calendars)
        if schedule.holidays is not None
        else "",
        "spill": "" if schedule.spill == "keep" else schedule.spill,
        "overlap": "" if schedule.overlap == "refuse" else schedule.overlap,
        "otherwise": otherwise if otherwise is None or rules != "rules" else otherwise["value"],
        "override": None
        if override is None
        else {
            **answer(override.value),
            **_without_defaults({"since": override.since, "until": override.until}),
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


def _label_data(label: str) -> dict[str, Any]:
    return {"value": label}


def _written(tenant: Tenant, number: str) -> str:
    """Write a number as people do, where that is the same number."""
    text = printed(number, tenant.region)
    return text if spelled(text) == number else number


def _destination_data(tenant: Tenant, destination: Destination) -> dict[str, Any]:
    if isinstance(destination, Ring):
        return {"ring": [_written(tenant, target) for target in destination.targets]}
    if isinstance(destination, Announce):
        return {"announce": destination.code}
    return {"busy": True}


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
    head = _without_defaults({"number": _written(tenant, number.number), "name": number.name})
    answer = partial(_destination_data, tenant)
    if isinstance(number.incoming, Schedule):
        return {**head, **_schedule_data(tenant, number.incoming, answer, rules="incoming")}
    destinations = {key: answer(each) for key, each in number.destinations.items()}
    return {**head, "schedule": number.incoming, "destinations": destinations}
