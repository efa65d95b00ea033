"""Routing beside the schedule that it asks.

Here: what the forwards, the ring plan and the words cost on top of `Schedule.at`. Not
here: schedules alone (`schedules`).
"""

from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from attrs import evolve
from measuring import Contestant, Effort, Goal, Row, alone, beside
from schedules import HOLIDAYS, ZONE, random_moments

from cloudpbx.routing import (
    Announce,
    Call,
    CalledNumber,
    Channels,
    Destination,
    Divert,
    Extension,
    Forwards,
    LineState,
    Ring,
    RouteOutcome,
    Router,
    Rule,
    Schedule,
    Screening,
)

NUMBER: Final = "03-1234-5678"
MANY: Final = "03-1234-5679"
FEATURED: Final = "0120-123-456"
CALLER: Final = "090-1111-2222"
TEAM: Final = tuple(str(number) for number in range(2001, 2008))
LINES: Final = {"1001": LineState.BUSY, "1003": LineState.BUSY}
_NEAR_SCHEDULE: Final = Goal(15, faster=False)


def office() -> Router:
    """Return a router whose every call meets a busy line that forwards it."""
    hours: Schedule[Destination] = Schedule(
        zone=ZONE.key,
        rules=(
            Rule("mon-fri 09:00-18:00", Ring(("1001", "1002"))),
            Rule("holiday 00:00-24:00", Ring(("1003",))),
        ),
        holidays=HOLIDAYS,
        otherwise=Ring(("1003",)),
    )
    team: Schedule[Destination] = Schedule(
        zone=ZONE.key, rules=(Rule("00:00-24:00", Ring(TEAM)),)
    )
    extensions = (
        Extension(number="1001", forwards=Forwards(busy="1004", no_answer="1002")),
        Extension(number="1002"),
        Extension(number="1003", forwards=Forwards(busy="090-8765-4321")),
        Extension(number="1004"),
        *(Extension(number=each, forwards=Forwards(busy="1004")) for each in TEAM),
    )
    featured = CalledNumber(
        FEATURED,
        hours,
        screening=Screening(accepted_areas=("03", "090"), blocked=("090-3333-4444",)),
        after_hours=Schedule(
            zone=ZONE.key, rules=(Rule("12-29..01-03 00:00-24:00", Announce()),)
        ),
        channels=Channels(5, 3),
        reception_change=Schedule(
            zone=ZONE.key, rules=(Rule("2026-08-13..2026-08-15 00:00-24:00", Divert(MANY)),)
        ),
        diversion=(MANY,),
    )
    return Router(
        numbers=(CalledNumber(NUMBER, hours), CalledNumber(MANY, team), featured),
        extensions=extensions,
    )


def rows(effort: Effort) -> Iterator[Row]:
    """Yield what the table says of routing."""
    router = office()
    route = router.route
    moments = random_moments(effort)
    calls = [Call(to=NUMBER, caller=CALLER, at=moment) for moment in moments]
    for call in calls:
        answer = route(call, LINES)
        # A benchmark of something else would say nothing.
        if answer.outcome is not RouteOutcome.RING or not any(leg.via for leg in answer.legs):
            msg = f"`{call}` meets no busy forward"
            raise AssertionError(msg)
    asked = Contestant("`Schedule.at`", router.numbers[0].schedule.at, moments)
    unread = Contestant("cloudpbx", lambda call: route(call, LINES), calls)
    yield from beside(
        "`Router.route` with a busy forward, explanation unread",
        unread,
        {asked: _NEAR_SCHEDULE},
        effort,
    )
    made = Contestant(
        "cloudpbx",
        lambda moment: route(Call(to=NUMBER, caller=CALLER, at=moment), LINES),
        moments,
    )
    yield from beside("the same, `Call` made too", made, {asked: None}, effort)
    read = Contestant("cloudpbx", lambda call: route(call, LINES).explain(), calls)
    yield from beside("the same, explanation read", read, {asked: None}, effort)
    featured = [evolve(call, to=FEATURED) for call in calls]
    gated = Contestant("cloudpbx", lambda call: route(call, LINES, in_use=2), featured)
    yield from beside("`Router.route` through every gate", gated, {asked: None}, effort)
    yield alone(
        "`Router.route`, 7 targets in a state of the lines not met before",
        _never_met_before(router, calls[0], effort),
        effort,
    )


def _never_met_before(router: Router, call: Call, effort: Effort) -> Contestant:
    """Ask with more states of the lines than a router keeps plans for, one after another."""
    route = router.route
    team = Call(to=MANY, caller=CALLER, at=call.at)
    every = product(LineState, repeat=len(TEAM))
    states = [dict(zip(TEAM, each, strict=True)) for each in islice(every, effort.states)]
    return Contestant("cloudpbx", lambda lines: route(team, lines), states)
