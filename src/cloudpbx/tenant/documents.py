"""The tenant document: one TOML or JSON file for a whole office.

Here: reading it strictly into a `Tenant`, with every problem at its place. Not here:
schedules and their parts (`readings`), whether everything fits together (`misfits`),
what the values mean (`tenants`, `cloudpbx.routing`), or writing them (`writing`).

The JSON Schema of the document is `schema/tenant.schema.json`.
"""

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from attrs import asdict

from cloudpbx._documents import Reading, joined, parse, picked, read_text
from cloudpbx._values import check_instance, check_text
from cloudpbx.errors import DocumentError
from cloudpbx.plans import Subscription
from cloudpbx.routing import Busy, Extension, ExtensionRange, Forwards, Group, Schedule
from cloudpbx.tenant.keys import KEYS, OWN_SCHEDULE, SHARED_SCHEDULE
from cloudpbx.tenant.misfits import Parts, find_misfits
from cloudpbx.tenant.numbers import Number
from cloudpbx.tenant.readings import DESTINATIONS, LABELS, ScheduleReading
from cloudpbx.tenant.tenants import Tenant

__all__ = ["read_tenant", "read_tenant_file"]

R = TypeVar("R")


def read_tenant_file(path: str | PathLike[str]) -> Tenant:
    """Read a tenant document from a file; `.json` is JSON, any other name TOML.

    Raises:
        DocumentError: the file cannot be read or has problems; `.problems` has all.
    """
    text = read_text(path)
    kind = "json" if Path(path).suffix.casefold() == ".json" else "toml"
    return read_tenant(text, kind=kind, source=str(path))


def read_tenant(text: str, *, kind: str = "toml", source: str = "") -> Tenant:
    """Read a tenant document.

    Raises:
        DocumentError: there are problems; `.problems` has all of them.
    """
    check_instance(source, str, what="the source of a document")
    reading = _TenantReading(source)
    tenant = reading.tenant(parse(text, kind=kind, source=source))
    if tenant is None:
        raise DocumentError(tuple(reading.problems))
    return tenant


class _TenantReading(ScheduleReading):
    """Read a tenant document; each method reads one kind of table."""

    def tenant(self, data: dict[str, Any]) -> Tenant | None:
        """Read the whole document."""
        table = self.table(data, "", required=("zone",), optional=KEYS["tenant"]) or {}
        head = picked(table, "zone", "name", "region")
        head = self.fields("", Tenant, head, zone=self.zone)
        self.zone = head.get("zone", self.zone)
        is_region_lost = "region" not in head and self.is_there(table, "region")
        extension_range: ExtensionRange | None = ExtensionRange()
        subscription: Subscription | None = Subscription()
        if self.is_there(table, "extension_range"):
            extension_range = self.extension_range(table)
        if self.is_there(table, "subscription"):
            subscription = self.subscription(table)
        self.calendars = self.by_name(table, "calendars", self.calendar)
        schedules = self.by_name(table, "schedules", self.labels)
        extensions = self.listed(table, "extensions", self.extension)
        groups = self.groups(table)
        numbers = self.listed(table, "numbers", self.number)
        parts = Parts(
            region=None if is_region_lost else head.get("region", "JP"),
            extension_range=extension_range,
            subscription=subscription,
            extensions=extensions,
            groups=groups,
            calendars=self.calendars,
            schedules=schedules,
            numbers=numbers,
        )
        if self.problems:
            for path, message in find_misfits(parts):
                self.note(path, message)
            return None
        return self.build("", Tenant, **{**asdict(parts, recurse=False), **head})

    def extension_range(self, table: Mapping[str, Any]) -> ExtensionRange | None:
        """Read which extension numbers there may be."""
        if "extension_range" not in table:
            return None
        return self.build("extension_range", ExtensionRange.parse, table["extension_range"])

    def subscription(self, table: Mapping[str, Any]) -> Subscription | None:
        """Read the quotas; one that is lost must not look exceeded."""
        before = len(self.problems)
        value = table.get("subscription", {})
        quotas = self.table(value, "subscription", optional=KEYS["subscription"]) or {}
        read = self.fields("subscription", Subscription, quotas)
        is_lost = len(self.problems) > before or "subscription" not in table
        return None if is_lost else Subscription(**read)

    def is_there(self, table: Mapping[str, Any], key: str) -> bool:
        """Say whether a key of the document stands there, perhaps misspelt."""
        return key in table or self.is_misspelt("", key)

    def by_name(
        self, table: Mapping[str, Any], key: str, read: Callable[[object, str], R]
    ) -> dict[str, R] | None:
        """Read the values of free names under a key; None when the names are lost."""
        value = table.get(key, {})
        entries = self.named(value, key, what=f"a name in `{key}`")
        found = {name: read(each, path) for name, path, each in entries}
        return found if isinstance(value, dict) and not self.is_misspelt("", key) else None

    def listed(
        self, table: Mapping[str, Any], key: str, read: Callable[[object, str], R | None]
    ) -> tuple[R | None, ...] | None:
        """Read the list under a key; None when it is lost."""
        value = table.get(key, [])
        found = tuple(read(each, path) for path, each in self.items(value, key))
        return found if isinstance(value, list) and not self.is_misspelt("", key) else None

    def labels(self, value: object, path: str) -> Schedule[str] | None:
        """Read a schedule that numbers share, whose answers are words."""
        table = self.table(value, path, required=("rules",), optional=KEYS["schedule"])
        return None if table is None else self.schedule(table, path, LABELS, rules="rules")

    def extension(self, value: object, path: str) -> Extension | None:
        """Read one extension."""
        table = self.table(value, path, required=("number",), optional=KEYS["extension"])
        if table is None:
            return None
        number = self.extension_number(table, path)
        where = joined(path, "forwards")
        targets = self.table(table.get("forwards", {}), where, optional=KEYS["forwards"]) or {}
        forwards = Forwards(**self.fields(where, Forwards, targets))
        rest = {key: table[key] for key in table if key not in {"number", "forwards"}}
        rest = self.fields(path, Extension, rest, number="00")
        if number is None:
            return None
        made = self.build(where, Extension, number=number, forwards=forwards, **rest)
        return made or Extension(number=number, **rest)

    def extension_number(self, table: Mapping[str, Any], path: str) -> str | None:
        """Read the number of an extension, also one that lacks its quotes."""
        if "number" not in table:
            return None
        number = table["number"]
        made = self.build(joined(path, "number"), Extension, number=number)
        if made is None and type(number) is int:
            # It is said to be wrong; what others refer to is the number that is meant.
            made = Reading().build("", Extension, number=str(number))
        return None if made is None else made.number

    def groups(self, table: Mapping[str, Any]) -> dict[str, Group] | None:
        """Read the groups: lists of members by name."""
        members = self.by_name(table, "groups", self.targets)
        if members is None:
            return None
        found = {}
        for name, targets in members.items():
            path = joined("groups", name)
            made = None
            if targets is not None:
                made = self.build(path, Group, name, tuple(targets))
            # One that is wrong still exists for those who name it.
            found[name] = made or Reading().build("", Group, name, (next(self.fillers),))
        return {name: group for name, group in found.items() if group is not None}

    def number(self, value: object, path: str) -> Number | None:
        """Read one called number, in either of its two forms."""
        table = self.table(value, path, required=("number",), optional=KEYS["number"])
        if table is None:
            return None
        head = picked(table, "number", "name")
        head = self.fields(path, Number, head, number="0" * 9, incoming="any")
        is_own = self.is_own(table, path)
        self.check_form(table, path, is_own=is_own)
        if is_own:
            incoming = self.schedule(table, path, DESTINATIONS, rules="incoming")
            values: dict[str, Any] = {"incoming": incoming}
        else:
            values = self.shared(table, path)
        return Number(**values, **head) if "number" in head else None

    def shared(self, table: Mapping[str, Any], path: str) -> dict[str, Any]:
        """Read the name of a schedule and its destinations; nothing when one is lost."""
        name, found = None, {}
        if "schedule" in table:
            what = "the name of a schedule"
            place = joined(path, "schedule")
            name = self.build(place, check_text, table["schedule"], what=what)
        value = table.get("destinations")
        if "destinations" in table:
            place = joined(path, "destinations")
            for answer, where, each in self.named(value, place, what="an answer"):
                found[answer] = self.destination(each, where) or Busy()
        if name is None or not isinstance(value, dict):
            return {"incoming": Schedule(zone="UTC")}
        return {"incoming": name, "destinations": found}

    def is_own(self, table: Mapping[str, Any], path: str) -> bool:
        """Say whether a number has a schedule of its own, or shares one by name."""
        if "incoming" in table or self.is_misspelt(path, "incoming"):
            return True
        is_shared = any(key in table for key in SHARED_SCHEDULE)
        return not is_shared and not self.is_misspelt(path, *SHARED_SCHEDULE)

    def check_form(self, table: Mapping[str, Any], path: str, *, is_own: bool) -> None:
        """Note keys of the other form, and those of this form that are missing."""
        needed: tuple[str, ...] = SHARED_SCHEDULE
        foreign: tuple[str, ...] = OWN_SCHEDULE
        form, fix = "schedule", "write it where the schedule stands"
        if is_own:
            needed, foreign = ("incoming",), SHARED_SCHEDULE
            form, fix = "incoming", "write one or the other"
        for key in foreign:
            if key in table:
                self.note(joined(path, key), f"`{key}` does not go with `{form}`: {fix}")
        for key in needed:
            if key not in table and not self.is_misspelt(path, key):
                self.note(path, f"`{key}` is missing: add it")
