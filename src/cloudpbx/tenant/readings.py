"""Reading the schedules of a tenant document.

Here: holiday calendars, schedules with rules and overrides, destinations and targets,
each strictly and with every problem at its place. Not here: the rest of the document
(`documents`), or what the values mean (`cloudpbx.routing`).

A value that cannot be read is left out, or a stand-in takes its place, so that the rest
is read and compared as if there were no mistake; no tenant is made of it.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any, Final, TypeVar

from attrs import frozen

from cloudpbx._documents import Reading, joined, picked
from cloudpbx._values import check_text, nearest, shown
from cloudpbx.routing import (
    AFTER_HOURS_CODE,
    Announce,
    Busy,
    Destination,
    HolidayCalendar,
    Override,
    Ring,
    Rule,
    Schedule,
    When,
)
from cloudpbx.routing.destinations import check_target
from cloudpbx.tenant.keys import DESTINATION, KEYS

__all__ = ["DESTINATIONS", "LABELS", "ScheduleReading"]

R = TypeVar("R")

_ALWAYS: Final = When.parse("00:00-24:00")


@frozen(kw_only=True)
class Answers:
    """Tell how the answers of a schedule are read.

    Attributes:
        required: Keys of a rule that must stand there.
        optional: Keys of a rule that may.
        read: Reads an answer from the table of a rule.
        otherwise: Reads an answer that stands by itself.
        stand_in: Takes the place of an answer that cannot be read; None for nothing.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    read: Callable[["ScheduleReading", Mapping[str, Any], str], Any]
    otherwise: Callable[["ScheduleReading", object, str], Any]
    stand_in: Any = None


class ScheduleReading(Reading):
    """Read what schedules are made of; each method reads one kind of value."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.zone = "UTC"
        self.calendars: Mapping[str, HolidayCalendar | None] | None = None
        self.fillers: Iterator[str] = (f"{number:024}" for number in count())

    def calendar(self, value: object, path: str) -> HolidayCalendar | None:
        """Read one holiday calendar."""
        before = len(self.problems)
        table = self.table(value, path, optional=KEYS["calendar"]) or {}
        place = picked(table, "country", "subdivision")
        country = {"country": place.get("country", "")}
        if self.fields(path, HolidayCalendar, country):
            self.fields(path, HolidayCalendar, picked(place, "subdivision"), **country)
        days = {}
        for key, where, each in self.entries(table.get("days", {}), joined(path, "days")):
            day, what = self.day(key, where), "the name of a holiday"
            days[day] = self.build(where, check_text, each, what=what)
        where = joined(path, "working_days")
        items = self.items(table.get("working_days", []), where)
        working = [self.day(each, place) for place, each in items]
        if len(self.problems) > before:
            return None
        return self.build(path, HolidayCalendar, days=days, working_days=working, **place)

    def schedule(
        self, table: Mapping[str, Any], path: str, answers: Answers, *, rules: str
    ) -> Schedule[Any] | None:
        """Read a schedule whose rules stand under the key `rules`."""
        before = len(self.problems)
        where = joined(path, rules)
        items = self.items(table.get(rules, []), where)
        read = [self.rule(each, place, answers) for place, each in items]
        values: dict[str, Any] = {"rules": tuple(each for each in read if each is not None)}
        if "otherwise" in table:
            place = joined(path, "otherwise")
            values["otherwise"] = answers.otherwise(self, table["otherwise"], place)
        if "override" in table:
            place = joined(path, "override")
            values["override"] = self.override(table["override"], place, answers)
        holidays = None
        if "holidays" in table:
            holidays = self.holidays(table["holidays"], joined(path, "holidays"))
        words = picked(table, "zone", "spill", "overlap")
        words = self.fields(path, Schedule, words, zone="UTC")
        made: Schedule[Any] | None = None
        if len(self.problems) == before:
            words = {"zone": self.zone, **words}
            made = self.build(where, Schedule, **words, holidays=holidays, **values)
        if made is None and answers.stand_in is not None:
            made = Schedule(zone="UTC", overlap="first", **values)
        return made

    def rule(self, value: object, path: str, answers: Answers) -> Rule[Any] | None:
        """Read one rule: when it applies, what it says, and perhaps a name."""
        required = ("when", *answers.required)
        table = self.table(value, path, required=required, optional=("name", *answers.optional))
        said, when, name = None, None, None
        if table is not None:
            if "when" in table:
                when = self.build(joined(path, "when"), When.parse, table["when"])
            said = answers.read(self, table, path)
            given = table.get("name", "")
            what = "the name of a rule"
            name = self.build(joined(path, "name"), check_text, given, what=what, empty=True)
        said = answers.stand_in if said is None else said
        return None if said is None else Rule(when or _ALWAYS, said, name or "")

    def override(self, value: object, path: str, answers: Answers) -> Override[Any] | None:
        """Read a manual override."""
        times = ("since", "until")
        optional = (*times, *answers.optional)
        table = self.table(value, path, required=answers.required, optional=optional)
        if table is None:
            return None
        before = len(self.problems)
        said = answers.read(self, table, path)
        read = {
            key: self.moment(table[key], joined(path, key)) for key in times if key in table
        }
        if said is None:
            return None
        made = None
        if len(self.problems) == before:
            made = self.build(path, Override, said, **read)
        return made or Override(said)

    def holidays(self, value: object, path: str) -> HolidayCalendar | None:
        """Find the calendar that a schedule names."""
        name = self.build(path, check_text, value, what="the name of a calendar")
        if name is None or self.calendars is None:
            return None
        if name not in self.calendars:
            fix = nearest(name, self.calendars) if self.calendars else "define it"
            self.note(path, f"{shown(name)} is not a calendar: {fix}")
        return self.calendars.get(name)

    def destination(self, value: object, path: str) -> Destination | None:
        """Read a destination that is a table of its own."""
        table = self.table(value, path, optional=KEYS["destination"])
        return None if table is None else self.destination_in(table, path)

    def destination_in(self, table: Mapping[str, Any], path: str) -> Destination | None:
        """Read exactly one of `ring = […]`, `announce = "…"` and `busy = true`."""
        found = {key: table[key] for key in DESTINATION if key in table}
        if len(found) != 1:
            fix = "write one of `ring = […]`, `announce = …` and `busy = true`"
            if found:
                self.note(path, f"there are several destinations: {fix}")
            elif not self.is_misspelt(path, *DESTINATION):
                self.note(path, f"there is no destination: {fix}")
            return None
        kind, value = next(iter(found.items()))
        where = joined(path, kind)
        if kind == "ring":
            return self.ring(value, where)
        if kind == "announce":
            return self.build(where, Announce, value)
        if value is not True:
            written = "`false`" if value is False else shown(value)
            self.note(where, f"{written} is not `true`: leave `busy` out")
            return None
        return Busy()

    def ring(self, value: object, path: str) -> Ring | None:
        """Read what rings, with the fixes that a document needs."""
        targets = self.targets(value, path)
        if targets is None:
            return None
        if not targets:
            self.note(path, "`[]` rings nothing: name a target, or write `busy = true`")
            return None
        if AFTER_HOURS_CODE in targets:
            fix = "give it a rule of its own"
            if len(targets) == 1:
                fix = f'write `announce = "{AFTER_HOURS_CODE}"`'
            what = f"`{AFTER_HOURS_CODE}` is a guidance, which answers before a phone can"
            self.note(path, f"{what}: {fix}")
            return None
        return self.build(path, Ring, tuple(targets))

    def targets(self, value: object, path: str) -> list[str] | None:
        """Read a list of targets, with stand-ins for those that cannot be read."""
        found = []
        for where, each in self.items(value, path):
            target = self.build(where, check_target, each)
            found.append(next(self.fillers) if target is None else target)
        return found if isinstance(value, list) else None

    def label(self, value: object, path: str) -> str | None:
        """Read an answer of a schedule that numbers share: a word."""
        return self.build(path, check_text, value, what="an answer")

    def label_in(self, table: Mapping[str, Any], path: str) -> str | None:
        """Read the answer of a rule of such a schedule."""
        return self.label(table["value"], joined(path, "value")) if "value" in table else None


LABELS: Final = Answers(
    required=("value",), read=ScheduleReading.label_in, otherwise=ScheduleReading.label
)
"""The answers of a schedule that numbers share."""

DESTINATIONS: Final = Answers(
    optional=DESTINATION,
    read=ScheduleReading.destination_in,
    otherwise=ScheduleReading.destination,
    stand_in=Busy(),
)
"""The answers of a number's own schedule."""
