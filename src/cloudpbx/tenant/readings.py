"""Reading the schedules of a tenant document.

Here: holiday calendars, and schedules with rules and overrides, each strictly and with
every problem at its place. Not here: the destinations that schedules answer with
(`destination_readings`), the rest of the document (`documents`), or what the values mean
(`cloudpbx.routing`).

A value that cannot be read is left out, or a stand-in takes its place, so that the rest
is read and compared as if there were no mistake; no tenant is made of it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from attrs import frozen

from cloudpbx._documents import joined, picked
from cloudpbx._values import check_text, nearest, shown
from cloudpbx.routing import (
    Announce,
    Busy,
    Divert,
    HolidayCalendar,
    Override,
    Rule,
    Schedule,
    Until,
    When,
)
from cloudpbx.tenant.destination_readings import DestinationReading
from cloudpbx.tenant.keys import KEYS

__all__ = ["DESTINATIONS", "GUIDANCES", "LABELS", "RECEPTIONS", "ScheduleReading"]

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


class ScheduleReading(DestinationReading):
    """Read what schedules are made of; each method reads one kind of value."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.zone = "UTC"
        self.calendars: Mapping[str, HolidayCalendar | None] | None = None

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
            key: Until.NEXT_CHANGE
            if key == "until" and table[key] == Until.NEXT_CHANGE
            else self.moment(table[key], joined(path, key))
            for key in times
            if key in table
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

    def guidance(self, value: object, path: str) -> Announce | None:
        """Read a guidance that is a table of its own."""
        table = self.table(value, path, required=("announce",))
        return None if table is None else self.guidance_in(table, path)

    def guidance_in(self, table: Mapping[str, Any], path: str) -> Announce | None:
        """Read the guidance of a rule that plays one."""
        if "announce" not in table:
            return None
        return self.build(joined(path, "announce"), Announce, table["announce"])

    def reception(self, value: object, path: str) -> Divert | None:
        """Read a new reception that is a table of its own."""
        table = self.table(value, path, required=("divert",))
        return None if table is None else self.reception_in(table, path)

    def reception_in(self, table: Mapping[str, Any], path: str) -> Divert | None:
        """Read where a rule sends calls instead."""
        if "divert" not in table:
            return None
        fix = "name a number or a target that rings"
        return self.divert(table["divert"], joined(path, "divert"), fix=fix)

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
    optional=KEYS["destination"],
    read=ScheduleReading.destination_in,
    otherwise=ScheduleReading.destination,
    stand_in=Busy(),
)
"""The answers of a number's own schedule."""

GUIDANCES: Final = Answers(
    required=("announce",),
    read=ScheduleReading.guidance_in,
    otherwise=ScheduleReading.guidance,
    stand_in=Announce(),
)
"""The answers of an after-hours guidance."""

RECEPTIONS: Final = Answers(
    required=("divert",),
    read=ScheduleReading.reception_in,
    otherwise=ScheduleReading.reception,
    stand_in=Divert("0" * 24),
)
"""The answers of a change of reception."""
