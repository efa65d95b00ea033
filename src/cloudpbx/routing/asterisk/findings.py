"""What the author of Asterisk times should know about them.

Here: times that never match, parts that are ignored, nights that do not run into the
morning, and lines that are never reached. Not here: gaps and overlaps, which the check of
the schedule finds (`coverage`), and lines that cannot be read at all (`dialplan`).
"""

from collections.abc import Iterator
from typing import Final

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.asterisk.dialplan import TimedLine
from cloudpbx.routing.asterisk.specs import (
    LAST_MINUTE,
    Flaw,
    TimeSpec,
    on_a_line,
    run_text,
    weekdays_text,
)

__all__ = ["findings_of", "hidden_finding"]

_ACTOR: Final = Actor.PORTAL_ADMINISTRATOR
_EXAMPLE: Final = "9:00-16:59,mon-fri,*,*"


def findings_of(line: TimedLine) -> Iterator[Finding]:
    """Yield what is probably not meant in a line.

    1. `asterisk.never`: Asterisk reads nothing of a field; `asterisk.never.empty`: there
       are no times; `asterisk.never.date`: no month has such a day.
    2. `asterisk.ignored`: Asterisk skips a part, and the rest holds.
    3. `asterisk.overnight`: times wrap on some days only.
    """
    times, path = line.times, f"row {line.place}"
    if times.never:
        yield _never_finding(line, path)
    for flaw in times.flaws:
        if flaw.field not in times.empty_fields:
            yield Finding(
                code="asterisk.ignored",
                severity=Severity.WARNING,
                about=times.text,
                data={"text": flaw.text},
                path=path,
                remedies=(_correction(flaw),),
            )
    if times.never or times.every_day or times.runs == ((0, LAST_MINUTE),):
        return
    for first, last in times.wraps:
        yield Finding(
            code="asterisk.overnight",
            severity=Severity.WARNING,
            about=times.text,
            data={"text": run_text((first, last))},
            path=path,
            remedies=(_split(times, first, last),),
        )


def _never_finding(line: TimedLine, path: str) -> Finding:
    times = line.times
    if not times.text:
        return Finding(
            code="asterisk.never.empty",
            severity=Severity.ERROR,
            about=_empty_times(line),
            path=path,
            remedies=(Remedy("asterisk.times.add", _ACTOR, {"fix": _EXAMPLE}),),
        )
    if not times.empty_fields:
        return Finding(
            code="asterisk.never.date",
            severity=Severity.ERROR,
            about=times.text,
            path=path,
            remedies=(Remedy("asterisk.date.correct", _ACTOR, {"about": times.text}),),
        )
    causes = [flaw for flaw in times.flaws if flaw.field in times.empty_fields]
    return Finding(
        code="asterisk.never",
        severity=Severity.ERROR,
        about=times.text,
        data={"text": ", ".join(flaw.text for flaw in causes)},
        path=path,
        remedies=tuple(map(_correction, causes)),
    )


def _empty_times(line: TimedLine) -> str:
    """Name a line that has no times by its label."""
    return on_a_line(f"?{line.label or line.negative}")


def _correction(flaw: Flaw) -> Remedy:
    return Remedy("asterisk.correct", _ACTOR, {"text": flaw.element, "fix": flaw.fix})


def _split(times: TimeSpec, first: int, last: int) -> Remedy:
    """Advise two lines for a night; which days follow is plain for weekdays alone."""
    if not times.every_date:
        return Remedy("asterisk.split.days", _ACTOR, {"text": run_text((first, last))})
    zone = f",{times.zone}" if times.zone else ""
    evening = f"{run_text((first, LAST_MINUTE))},{weekdays_text(times.weekdays)},*,*{zone}"
    following = {(weekday + 1) % 7 for weekday in times.weekdays}
    morning = f"{run_text((0, last))},{weekdays_text(following)},*,*{zone}"
    return Remedy("asterisk.split", _ACTOR, {"evening": evening, "morning": morning})


def hidden_finding(line: TimedLine, last: TimedLine) -> Finding:
    """Say that no call reaches a line, because another before it ends the list."""
    about = line.times.text or _empty_times(line)
    move = Remedy("asterisk.row.move", _ACTOR, {"about": about, "row": last.place})
    return Finding(
        code="asterisk.hidden",
        severity=Severity.WARNING,
        about=about,
        data={"row": last.place},
        path=f"row {line.place}",
        remedies=(move,),
    )
