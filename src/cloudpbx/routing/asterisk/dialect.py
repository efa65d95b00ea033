"""Times of an Asterisk dialplan, in and out.

Here: what a list of lines means together, reading it into a schedule and writing a schedule
as such a list. Not here: how Asterisk reads one text of times (`specs`), where
those stand in a dialplan (`dialplan`), how a schedule becomes a list without tiers
(`lists`), or files: decode before reading, encode after writing.

The dialect, as the sources of Asterisk have it:

1. A line decides by time when it is `GotoIfTime(times?label)`, `ExecIfTime(times?app(…))`
   or `include => context,times`. The first that matches wins; where none does, the call
   goes on to what follows the list.
2. `times` is `times,weekdays,days,months`, all of which must match, and perhaps a time zone.
   The last minute of a range is included: `9:00-17:00` runs to 17:00:59.
3. Times that wrap stay within the day: `22:00-6:00,fri` is early and late on Friday.
4. What Asterisk cannot read it skips; times of which nothing is left never match.
5. There are no holidays, no years and no seconds.

Lines become weekday rules when none of them names days of the month or months, and else
recurrence rules, each of them: so all stand in one tier, and their order decides. A rule is
called by the times as they were written.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from cloudpbx._values import check_instance, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.asterisk.dialplan import Report, TimedLine, timed_lines
from cloudpbx.routing.asterisk.findings import findings_of, hidden_finding
from cloudpbx.routing.asterisk.lists import list_of
from cloudpbx.routing.asterisk.specs import ALL_DAYS, ALL_MONTHS, ALL_WEEKDAYS, TimeSpec
from cloudpbx.routing.day_terms import WEEK
from cloudpbx.routing.days import Days
from cloudpbx.routing.imports import Imported
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import Rule, When
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.zones import check_zone

if TYPE_CHECKING:
    from cloudpbx.findings import Finding

__all__ = ["read_asterisk", "write_asterisk"]

T = TypeVar("T")


# Reading.


def read_asterisk(
    text: str, *, zone: str, otherwise: str | None = None, source: str = ""
) -> Imported[str]:
    """Read a list of dialplan lines into the schedule that answers as Asterisk would.

    Values are the labels, contexts or applications as they are written. Read are, in the
    order of the text and counted as its rows:

    1. `exten => …,GotoIfTime(times?label:label)` and `ExecIfTime(times?app(…))`, the same
       after `same =>` or alone on a line; an application is taken to keep the call;
    2. `include => context,times`; without times it always matches;
    3. times and labels alone, `times?label`.

    A line that always matches, and the label for no match, end the list: they are what
    `otherwise` is. Skipped are comments, blank lines, headers of contexts, `#include`, and
    all lines that do not decide by time: give where calls go after the list as `otherwise`.
    Lines of several extensions or contexts are several lists, and refused.

    Args:
        text: The lines.
        zone: Whose wall clock the times mean that name none.
        otherwise: The value where no line matches; None leaves a gap.
        source: The file's name, for messages.

    >>> found = read_asterisk('''
    ... exten => s,1,GotoIfTime(9:00-16:59,mon-fri,*,*?open,s,1)
    ... same  =>   n,GotoIfTime(22:00-24:00,sat,*,*?night,s,1:closed,s,1)
    ... ''', zone="Asia/Tokyo")
    >>> for rule in found.schedule.rules:
    ...     print(rule.when, "→", rule.value)
    mon-fri 09:00-17:00 → open,s,1
    >>> found.schedule.otherwise
    'closed,s,1'
    >>> for finding in found.findings:
    ...     print(finding.path, finding.code, finding.remedies[0].explain())
    row 3 asterisk.never portal administrator: write `22:00-23:59` instead of `22:00-24:00`

    Raises:
        DocumentError: lines cannot be read, or are not one list; all of them are named.
        InvalidValueError: the zone is unknown, or the text is none.
    """
    check_instance(text, str, what="the text of a dialplan")
    zone = check_zone(zone)
    if otherwise is not None:
        check_instance(otherwise, str, what="the value where no line matches")
    report = Report(source)
    lines = tuple(timed_lines(text, report))
    _check_one_list(lines, report)
    zone = _one_zone(lines, zone, report)
    report.close()
    pieces: list[tuple[TimeSpec, str]] = []
    findings: list[Finding] = []
    last: TimedLine | None = None
    for line in lines:
        if last is not None:
            findings.append(hidden_finding(line, last))
            continue
        findings += findings_of(line)
        times = line.times
        if line.label and times.always:
            otherwise, last = line.label, line
        elif line.label:
            pieces += [] if times.never else [(times, line.label)]
            if line.negative:
                otherwise, last = line.negative, line
        elif times.never:
            otherwise, last = line.negative, line
        else:
            pieces += [(each, line.negative) for each in times.others()]
    return Imported(_schedule(zone, pieces, otherwise), tuple(findings))


def _check_one_list(lines: Sequence[TimedLine], report: Report) -> None:
    """Report the first line of each list but the first."""
    homes: dict[str, TimedLine] = {}
    for line in lines:
        if not line.home or line.home in homes:
            continue
        homes[line.home] = line
        first, *others = homes.values()
        if others:
            where = f"is of {shown(line.home)}, and row {first.place} of {shown(first.home)}"
            report.add(line.place, f"{where}: read each list on its own")


def _one_zone(lines: Sequence[TimedLine], zone: str, report: Report) -> str:
    """Return the zone of all lines, `zone` being that of lines which name none."""
    first: TimedLine | None = None
    found = zone
    for line in lines:
        try:
            named = check_zone(line.times.zone or zone)
        except InvalidValueError as error:
            report.add(line.place, str(error))
            continue
        if not line.times.zone and line.times.always:
            continue
        if first is None:
            first, found = line, named
        elif named != found:
            where = f"is in `{named}`, and row {first.place} in `{found}`"
            report.add(line.place, f"{where}: read the lines of each zone on their own")
    return found


def _schedule(
    zone: str, pieces: Sequence[tuple[TimeSpec, str]], otherwise: str | None
) -> Schedule[str]:
    recurring = not all(times.every_date for times, _ in pieces)
    rules = tuple(
        Rule(When(_days(times, recurring=recurring), times.spans), label, times.text)
        for times, label in pieces
    )
    try:
        return Schedule(zone=zone, rules=rules, otherwise=otherwise)
    except InvalidValueError:
        # Some share time: then the order of the lines decides.
        return Schedule(zone=zone, rules=rules, otherwise=otherwise, overlap="first")


def _days(times: TimeSpec, *, recurring: bool) -> Days:
    if not recurring:
        return Days(WEEK[number] for number in sorted(times.weekdays))
    parts = ["FREQ=DAILY"]
    if times.months < ALL_MONTHS:
        parts.append("BYMONTH=" + ",".join(map(str, sorted(times.months))))
    if times.days < ALL_DAYS:
        parts.append("BYMONTHDAY=" + ",".join(map(str, sorted(times.days))))
    if times.weekdays < ALL_WEEKDAYS:
        names = (WEEK[number].value[:2].upper() for number in sorted(times.weekdays))
        parts.append("BYDAY=" + ",".join(names))
    return Days((Recurrence(";".join(parts)),))


# Writing.


def write_asterisk(schedule: Schedule[T], *, name_of: Callable[[T], str] = str) -> str:
    """Write a schedule as a list of `GotoIfTime` lines, of which the first that matches wins.

    Put them below an `exten => …` line of your own. Where the schedule has no answer no
    line matches, and the call goes on to what follows them.

    Args:
        schedule: The schedule; its zone is written into each line.
        name_of: What to write for a value: a label, as `open` or `office,s,1`.

    >>> office = Rule("mon-fri 09:00-18:00", "open")
    >>> new_year = Rule("12-29..01-03 00:00-24:00", "away")
    >>> hours = Schedule(zone="Asia/Tokyo", rules=(office, new_year))
    >>> print(write_asterisk(hours), end="")
    same => n,GotoIfTime(*,*,1-3,jan,Asia/Tokyo?away)
    same => n,GotoIfTime(*,*,29-31,dec,Asia/Tokyo?away)
    same => n,GotoIfTime(9:00-17:59,mon-fri,*,*,Asia/Tokyo?open)

    Raises:
        DocumentError: no such list can say something; all of it is named.
        InvalidValueError: this is no schedule.
    """
    check_instance(schedule, Schedule, what="what is written for Asterisk")
    return "".join(
        f"same => n,GotoIfTime({times},{schedule.zone}?{label})\n"
        for times, label in list_of(schedule, name_of)
    )
