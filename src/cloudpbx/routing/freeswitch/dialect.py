"""The time conditions of FreeSWITCH's XML dialplan, in and out.

Here: the dialect, reading it into a schedule and writing a schedule in it. Not here: XML
(`conditions`), what an attribute means (`attributes`,
`dates`), the ways through an extension (`extensions`), what they come
to as rules (`rules`), or rules as conditions (`writing`).

The dialect, as FreeSWITCH 1.10 reads it (`mod_dialplan_xml.c`, `switch_xml.c`,
`switch_utils.c`):

1. Extensions are asked in their order; the first that wins ends the hunt, unless it says
   `continue="true"`. They stand alone, or in `include`, `context`, `section`, `dialplan`
   or `document`; one context is read at a time, and a DOCTYPE is refused.
2. An extension wins when the last of its conditions that was asked matches, or does its
   `anti-action`. A condition that does not match ends it: `break="on-false"`. Others end
   it when they match (`on-true`), in any case (`always`) or in none (`never`). Conditions
   within one that matches must match too, unless it says `require-nested="false"`.
3. A condition matches when all of its time attributes do. One without any matches always.
   One with a `field` or a `regex` is decided by the call and not by the time: here it is
   taken to match, and so are its times, which FreeSWITCH then passes over.
4. `year`, `yday`, `mon`, `mday`, `hour` and `minute` are numbers; `week` is the seven days
   of the year in which `yday` lies, from 1; `mweek` is the row of the calendar, from 1,
   its weeks beginning on Sunday; `minute-of-day` counts from 1. `wday` is 1 for Sunday to
   7 for Saturday, or `sun` to `sat`.
5. `time-of-day` is `09:00-18:00`, with seconds or without: the second of the end is in it.
6. `date-time` is `2026-12-24 00:00:00~2026-12-27 00:00:00`: the end is not in it. It is
   read in the zone of the server and everything else in the zone of the channel: here both
   are the one zone given.
7. All but `date-time` take lists with `,` and ranges with `-`. A range that wraps, as
   `22:00-06:00`, wraps within the same day, week or year. `date-time` takes lists.
8. `tz-offset` asks for the zone's offset in whole hours; `dst="false"` never matches. What
   depends on summer time is refused: no rule can say it.

Reading: the value is the extension's name, when it does one thing only. When it does
different things, with actions in several conditions or with anti-actions, the value is
what it then does: the data of the first action that sends the call somewhere, or of the
first one. Instants are those since 1970.

Writing is canonical: one condition an extension, the attributes in the order `year`,
`mon`, `mday`, `yday`, `wday`, `time-of-day`, times with seconds. Dates are written by
year, month and day, and not as `date-time`, so that the zone of the server does not
matter. There are no actions: what an extension does is for the one who installs it.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar
from xml.etree.ElementTree import (
    Element,
    SubElement,
    indent,
    tostring,
)

from cloudpbx._values import check_instance, check_text, shown
from cloudpbx.errors import DocumentError, InvalidValueError, Problem
from cloudpbx.routing.freeswitch.conditions import read_extensions
from cloudpbx.routing.freeswitch.extensions import Report, answers_of
from cloudpbx.routing.freeswitch.rules import schedule_of
from cloudpbx.routing.freeswitch.writing import conditions_of, days_refused
from cloudpbx.routing.imports import Imported
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.zones import check_zone

__all__ = ["read_freeswitch", "write_freeswitch"]

T = TypeVar("T")


# Reading.


def read_freeswitch(
    text: str, *, zone: str, otherwise: str | None = None, source: str = ""
) -> Imported[str]:
    """Read the extensions of a dialplan into a schedule of their names.

    Args:
        text: The XML.
        zone: Whose wall clock counts: the zone of the channel and of the server.
        otherwise: What holds where no extension wins; None leaves a gap.
        source: The file's name, for messages.

    >>> hours = read_freeswitch('''
    ... <extension name="christmas"><condition mon="12" mday="24-26"/></extension>
    ... <extension name="open"><condition wday="2-6" time-of-day="09:00-18:00"/></extension>
    ... ''', zone="Asia/Tokyo", otherwise="closed")
    >>> for rule in hours.schedule.rules:
    ...     print(rule)
    12-24..12-26 00:00-24:00 → christmas
    mon-fri 09:00-18:00:01 → open
    >>> hours.findings[0].path, hours.findings[0].code
    ('extension 2 (open), condition 1, time-of-day', 'freeswitch.end.second')

    Raises:
        DocumentError: something cannot be read, or cannot be said exactly; all of it is named.
        InvalidValueError: the zone is unknown, or the text is none.
    """
    check_instance(text, str, what="the text of a file")
    check_text(source, what="the name of a file", empty=True)
    report = Report(zone=check_zone(zone), source=source)
    extensions = read_extensions(text, report)
    answers = [answer for each in extensions for answer in answers_of(each, report)]
    if report.problems:
        raise DocumentError(tuple(report.problems))
    schedule = schedule_of(answers, zone=report.zone, otherwise=otherwise)
    return Imported(schedule, tuple(report.findings))


# Writing.


def write_freeswitch(schedule: Schedule[T], *, name_of: Callable[[T], str] = str) -> str:
    """Write a schedule as extensions, of which the first that matches wins.

    Args:
        schedule: What to write.
        name_of: What to call an extension that stands for a value.

    >>> from cloudpbx.routing import Rule, Schedule
    >>> night = Schedule(zone="Asia/Tokyo", rules=(Rule("fri 18:00-09:00", "night"),))
    >>> print(write_freeswitch(night), end="")
    <include>
      <extension name="night">
        <condition wday="sat" time-of-day="00:00:00-08:59:59" />
      </extension>
      <extension name="night">
        <condition wday="fri" time-of-day="18:00:00-23:59:59" />
      </extension>
    </include>

    Raises:
        DocumentError: the dialect cannot say something; all of it is named.
        InvalidValueError: this is no schedule.
    """
    check_instance(schedule, Schedule, what="what is written")
    problems = tuple(
        Problem(path=path, message=message) for path, message in _refused(schedule, name_of)
    )
    if problems:
        raise DocumentError(problems)
    root = Element("include")
    for value, attributes in conditions_of(schedule):
        extension = SubElement(root, "extension", name=name_of(value))
        SubElement(extension, "condition", attributes)
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def _refused(schedule: Schedule[T], name_of: Callable[[T], str]) -> Iterator[tuple[str, str]]:
    """Yield what no condition can say, with its place in the schedule."""
    override = schedule.override
    if override is not None:
        value = shown(str(override.value))
        yield "override", f"{value} is forced by hand, which no condition can say: take it back"
    for place, rule in enumerate(schedule.rules, 1):
        for days in rule.when.days.alternatives():
            reason = days_refused(days, schedule.holidays)
            if reason:
                yield f"rule {place}", f"{shown(str(rule.when))} {reason}"
        yield from _name_refused(f"rule {place}", rule.value, name_of)
    if schedule.otherwise is not None:
        yield from _name_refused("otherwise", schedule.otherwise, name_of)


def _name_refused(
    path: str, value: T, name_of: Callable[[T], str]
) -> Iterator[tuple[str, str]]:
    try:
        check_text(name_of(value), what="the name of an extension")
    except InvalidValueError as error:
        yield path, str(error)
