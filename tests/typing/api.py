"""What a type checker must accept, and what it must make of it.

Here: the types that users meet. Not here: what happens when it runs; it never does.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_type

from cloudpbx.decisions import Actor, Decision, Outcome, Reason, Remedy
from cloudpbx.findings import Finding
from cloudpbx.routing import (
    Announce,
    Busy,
    Call,
    CalledNumber,
    Destination,
    Interval,
    LineState,
    Override,
    Resolution,
    Ring,
    Route,
    Router,
    Rule,
    Schedule,
)


class Answer(StrEnum):
    """Stand for values that a user makes up."""

    OPEN = "open"
    CLOSED = "closed"


def schedules_know_their_value(moment: datetime) -> None:
    """A schedule answers the type of its rules' values, or None in a gap."""
    hours = Schedule(
        zone="Asia/Tokyo",
        rules=(Rule("mon-fri 09:00-18:00", Answer.OPEN),),
        otherwise=Answer.CLOSED,
        override=Override(Answer.CLOSED, until=moment),
    )
    assert_type(hours, Schedule[Answer])
    assert_type(hours.at(moment), Answer | None)
    assert_type(hours.resolve(moment), Resolution[Answer])
    assert_type(hours.next_change(moment), datetime | None)
    assert_type(
        list(hours.intervals(moment, moment + timedelta(days=1))), list[Interval[Answer]]
    )
    assert_type(hours.normalise(), Schedule[Answer])
    assert_type(hours.check(), tuple[Finding, ...])
    assert_type(hours.map({Answer.OPEN: 1}.__getitem__), Schedule[int])


def holidays_come_from_a_mapping_or_a_function() -> None:
    """Holidays are a mapping, or a function that knows a day's name or says None."""
    Schedule(zone="UTC", rules=(Rule("holiday 00:00-24:00", 1),), holidays={})
    Schedule(zone="UTC", rules=(Rule("holiday 00:00-24:00", 1),), holidays=lambda _day: None)


def routes_answer_a_call(moment: datetime) -> None:
    """A router takes schedules of destinations and answers a route."""
    hours: Schedule[Destination] = Schedule(
        zone="Asia/Tokyo",
        rules=(Rule("09:00-18:00", Ring(("1001", "1002"))),),
        otherwise=Announce("009608"),
    )
    router = Router(numbers=(CalledNumber("03-1234-5678", hours),))
    call = Call(to="03-1234-5678", caller="090-1234-5678", at=moment)
    route = router.route(call, lines={"1001": LineState.BUSY})
    assert_type(route, Route)
    assert_type(route.explain("ja"), str)
    Busy()


def decisions_say_who_must_act(decision: Decision) -> Actor | None:
    """A decision has an outcome, reasons and remedies, each with its own type."""
    assert_type(decision.allowed, bool)
    assert_type(decision.outcome, Outcome)
    assert_type(decision.reasons, tuple[Reason, ...])
    assert_type(decision.remedies, tuple[Remedy, ...])
    return decision.remedies[0].actor if decision.remedies else None
