"""Reading the called numbers of a tenant document.

Here: numbers in either of their two forms, with their features, each strictly and with
every problem at its place. Not here: schedules (`readings`), whether what they name exists
(`misfits`), or what the values mean (`cloudpbx.routing`).
"""

from collections.abc import Mapping
from typing import Any

from cloudpbx._documents import joined, picked
from cloudpbx._values import check_text
from cloudpbx.routing import Busy, Channels, Schedule, Screening
from cloudpbx.tenant.keys import KEYS, OWN_SCHEDULE, SHARED_SCHEDULE
from cloudpbx.tenant.numbers import Number
from cloudpbx.tenant.readings import (
    DESTINATIONS,
    GUIDANCES,
    RECEPTIONS,
    Answers,
    ScheduleReading,
)

__all__ = ["NumberReading"]


class NumberReading(ScheduleReading):
    """Read called numbers; each method reads one kind of value."""

    def number(self, value: object, path: str) -> Number | None:
        """Read one called number, in either of its two forms."""
        table = self.table(value, path, required=("number",), optional=KEYS["number"])
        if table is None:
            return None
        head = picked(table, "number", "name")
        head = self.fields(path, Number, head, number="0" * 9, incoming="any")
        is_own = self.is_own(table, path)
        self.check_form(table, path, is_own=is_own)
        features = self.features(table, path)
        if is_own:
            incoming = self.schedule(table, path, DESTINATIONS, rules="incoming")
            features["incoming"] = incoming
        else:
            features |= self.shared(table, path)
        diversion = self.diversion(table, path)
        if "number" not in head:
            return None
        where = joined(path, "diversion")
        made = self.build(where, Number, **head, **features, **diversion)
        return made or Number(**head, **features)

    def diversion(self, table: Mapping[str, Any], path: str) -> dict[str, Any]:
        """Read the targets of a busy diversion, if there is one."""
        if "diversion" not in table:
            return {}
        where = joined(path, "diversion")
        targets = self.targets(table["diversion"], where) or ()
        fix = "name a number or a target that rings"
        rings = [
            next(self.fillers) if self.is_guidance(each, f"{where}[{place}]", fix=fix) else each
            for place, each in enumerate(targets)
        ]
        return {"diversion": rings}

    def features(self, table: Mapping[str, Any], path: str) -> dict[str, Any]:
        """Read what a number has beside its schedule and its diversion."""
        readers = {
            "screening": self.screening,
            "after_hours": self.after_hours,
            "channels": self.channels,
            "reception_change": self.reception_change,
        }
        return {
            key: read(table[key], joined(path, key))
            for key, read in readers.items()
            if key in table
        }

    def screening(self, value: object, path: str) -> Screening | None:
        """Read which callers are turned away."""
        table = self.table(value, path, optional=KEYS["screening"])
        if table is None:
            return None
        values: dict[str, Any] = {}
        for key in (key for key in table if key != "announcement"):
            items = self.items(table[key], joined(path, key))
            # Each entry by itself, so that all that are wrong are told.
            entries = (
                (each, self.build(place, Screening, **{key: (each,)})) for place, each in items
            )
            values[key] = tuple(each for each, made in entries if made is not None)
        values |= self.fields(path, Screening, picked(table, "announcement"))
        return self.build(path, Screening, **values)

    def after_hours(self, value: object, path: str) -> Schedule[Any] | None:
        """Read when which guidance is played instead."""
        return self.feature_schedule(value, path, GUIDANCES)

    def reception_change(self, value: object, path: str) -> Schedule[Any] | None:
        """Read when calls go where instead."""
        return self.feature_schedule(value, path, RECEPTIONS)

    def feature_schedule(
        self, value: object, path: str, answers: Answers
    ) -> Schedule[Any] | None:
        """Read the schedule of a feature."""
        table = self.table(value, path, required=("rules",), optional=KEYS["schedule"])
        return None if table is None else self.schedule(table, path, answers, rules="rules")

    def channels(self, value: object, path: str) -> Channels | None:
        """Read how many calls there may be at a time."""
        table = self.table(value, path, required=("contracted",), optional=KEYS["channels"])
        if table is None:
            return None
        given = self.fields(path, Channels, picked(table, "contracted"))
        if "enabled" not in table:
            return Channels(**given) if given else None
        # How many are contracted bounds the enabled ones only when it is known.
        contracted = given.get("contracted", 10_000)
        return self.build(joined(path, "enabled"), Channels, contracted, table["enabled"])

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
