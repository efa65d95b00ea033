"""What a type checker must refuse.

Here: one mistake a line, with the error it must give; a line that gives none is an
error itself. Not here: what happens when it runs; it never does.
"""

from datetime import datetime

from cloudpbx.decisions import Decision, Outcome, Reason
from cloudpbx.findings import Finding
from cloudpbx.routing import Call, Ring, Rule, Schedule


def values_do_not_change(schedule: Schedule[str], decision: Decision) -> None:
    """A field of a value cannot be assigned."""
    schedule.zone = "UTC"  # type: ignore[misc]
    decision.outcome = Outcome.ALLOWED  # type: ignore[misc]


def many_arguments_go_by_name(moment: datetime) -> None:
    """A value of three fields or more is made by names."""
    Schedule("UTC", ())  # type: ignore[call-arg]
    Call("03-1234-5678", moment)  # type: ignore[call-arg]
    Finding("schedule.gap", "note")  # type: ignore[call-arg]


def numbers_are_text() -> None:
    """A number of an extension is text, because a leading zero counts."""
    Ring((1001,))  # type: ignore[arg-type]


def modes_are_words() -> None:
    """A mode is one of its words."""
    Schedule(zone="UTC", spill="cut")  # type: ignore[arg-type]


def values_of_a_schedule_keep_their_type(schedule: Schedule[str], moment: datetime) -> int:
    """A schedule of text does not answer a number."""
    return schedule.at(moment)  # type: ignore[return-value]


def a_gap_must_be_thought_of(schedule: Schedule[str], moment: datetime) -> str:
    """A schedule may answer None."""
    return schedule.at(moment)  # type: ignore[return-value]


def reasons_are_reasons() -> None:
    """A decision takes reasons, not their codes."""
    Decision(Outcome.REFUSED, ("line.busy",))  # type: ignore[arg-type]
    Reason("line.busy", about=1001)  # type: ignore[arg-type]
    Rule("09:00-18:00")  # type: ignore[call-arg]
