"""The tenant document: one TOML or JSON file for a whole office.

Here: reading it strictly into a `Tenant`, with every problem at its place. Not here:
schedules (`readings`), destinations (`destination_readings`) and called numbers
(`number_readings`), whether everything fits together (`misfits`), what the values mean
(`tenants`, `cloudpbx.routing`), or writing them (`writing`).

The JSON Schema of the document is `schema/tenant.schema.json`.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from cloudpbx._documents import Reading, joined, parse, picked, read_text
from cloudpbx._values import check_instance
from cloudpbx.errors import DocumentError
from cloudpbx.plans import Subscription
from cloudpbx.routing import (
    AFTER_HOURS_CODE,
    Extension,
    ExtensionRange,
    Forwards,
    Group,
    LineType,
    Member,
    Schedule,
)
from cloudpbx.routing.target_texts import check_target
from cloudpbx.tenant.keys import KEYS
from cloudpbx.tenant.misfits import find_misfits
from cloudpbx.tenant.number_readings import NumberReading
from cloudpbx.tenant.places import Parts
from cloudpbx.tenant.readings import LABELS
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


class _TenantReading(NumberReading):
    """Read a tenant document; each method reads one kind of table."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.member_places: dict[str, tuple[str, ...]] = {}

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
        parts: dict[str, Any] = {
            "region": None if is_region_lost else head.get("region", "JP"),
            "line_type": self.line_type(table),
            "extension_range": extension_range,
            "subscription": subscription,
            "extensions": extensions,
            "groups": groups,
            "calendars": self.calendars,
            "schedules": schedules,
            "numbers": numbers,
        }
        if not self.problems:
            # What does not fit together is told below, where this document has it.
            with suppress(DocumentError):
                return Tenant(**{**parts, **head})
        for path, message in find_misfits(Parts(**parts, member_places=self.member_places)):
            self.note(path, message)
        return None

    def line_type(self, table: Mapping[str, Any]) -> LineType | None:
        """Read the type of the line; one that is lost has no limits."""
        if "line_type" not in table:
            return None
        return self.build("line_type", LineType.named, table["line_type"])

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
        """Read the groups by name; None when they are lost."""
        value = table.get("groups", {})
        found = {}
        for name, path, each in self.named(value, "groups", what="a name in `groups`"):
            # One that is wrong still exists for those who name it.
            stand_in = self.build(path, Group, name, (next(self.fillers),))
            group = self.group(each, path, name if stand_in else "a")
            if stand_in is not None:
                found[name] = group or stand_in
        is_lost = not isinstance(value, dict) or self.is_misspelt("", "groups")
        return None if is_lost else found

    def group(self, value: object, path: str, name: str) -> Group | None:
        """Read one group: a list of members, or a table with them and settings."""
        settings: dict[str, Any] = {}
        members, where = value, path
        if isinstance(value, dict):
            table = self.table(value, path, required=("members",), optional=KEYS["group"]) or {}
            settings = picked(table, "strategy", "seconds", "repeat", "overflow")
            settings = self.group_settings(settings, path)
            if "members" not in table:
                return None
            members, where = table["members"], joined(path, "members")
        placed = [self.member(each, place) for place, each in self.items(members, where)]
        if not isinstance(members, list):
            return None
        self.member_places[name] = tuple(place for place, _ in placed)
        return self.build(where, Group, name, tuple(each for _, each in placed), **settings)

    def group_settings(self, settings: dict[str, Any], path: str) -> dict[str, Any]:
        """Read the settings of a group."""
        where = joined(path, "overflow")
        fix = f'let it follow the group, as `then = {{ announce = "{AFTER_HOURS_CODE}" }}`'
        if self.is_guidance(settings.get("overflow", ""), where, fix=fix):
            del settings["overflow"]
        return self.fields(path, Group, settings, name="a", members=("00",))

    def member(self, value: object, path: str) -> tuple[str, Member]:
        """Read one member with the place of its target; one that is wrong is stood in for."""
        if not isinstance(value, dict):
            target = self.build(path, check_target, value)
            return path, Member(target or next(self.fillers))
        table = self.table(value, path, required=("target",), optional=KEYS["member"]) or {}
        where, target = joined(path, "target"), None
        if "target" in table:
            target = self.build(where, check_target, table["target"])
        settings = picked(table, "delay", "seconds", "weight", "honour_forwards")
        settings = self.fields(path, Member, settings, target="00")
        return where, Member(target or next(self.fillers), **settings)
