"""Strategies, rounds, overflow, groups in groups, chains, distribution and diversion."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import pytest
from attrs import evolve

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.routing import (
    Announce,
    Busy,
    CalledNumber,
    Destination,
    Distribute,
    Divert,
    Draw,
    ExtensionRange,
    Group,
    LineState,
    Member,
    Ring,
    RouteOutcome,
    Router,
    Schedule,
    Strategy,
    Turns,
    WhenUnavailable,
)
from cloudpbx.routing.places import place_of
from cloudpbx.routing.planning import Circumstances, Stage, plan_stages
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import Targets
from tests.routing.offices import NOON, always, ask, drawn, ended, forwarding, office, said
from tests.spec import distributions as spec

BUSY, OFFLINE, DND = LineState.BUSY, LineState.OFFLINE, LineState.DO_NOT_DISTURB
SIMULTANEOUS, SEQUENTIAL = Strategy.SIMULTANEOUS, Strategy.SEQUENTIAL
CIRCULAR, LONGEST_IDLE, WEIGHTED = Strategy.CIRCULAR, Strategy.LONGEST_IDLE, Strategy.WEIGHTED
TWO: Final = ("1001", "1002")
THREE: Final = ("1001", "1002", "1003")
CALL_ID: Final = "call-1"


def called_after(last: str) -> Turns:
    """Return the memory of a circular ring of three after somebody was offered the call."""
    return Turns(last={place_of(Ring(THREE, strategy=CIRCULAR)): last})


IDLE: Final = Turns(
    idle_since={"1001": NOON - timedelta(hours=1), "1002": NOON - timedelta(hours=2)}
)


@pytest.mark.parametrize(
    ("ring", "lines", "legs", "ending"),
    [
        pytest.param(Ring(TWO), {}, ["1001 0-", "1002 0-"], "never", id="simultaneous: idle"),
        pytest.param(Ring(TWO), {"1001": BUSY}, ["1002 0-"], "never", id="simultaneous: busy"),
        pytest.param(
            Ring(TWO), {"1002": OFFLINE}, ["1001 0-"], "never", id="simultaneous: offline"
        ),
        pytest.param(
            Ring(TWO), {"1001": DND}, ["1002 0-"], "never", id="simultaneous: do not disturb"
        ),
        pytest.param(
            Ring(TWO),
            {"1001": DND, "1002": OFFLINE},
            [],
            "0 busy",
            id="simultaneous: do not disturb counts as busy, which comes before offline",
        ),
        pytest.param(
            Ring(TWO),
            {"1001": OFFLINE, "1002": OFFLINE},
            [],
            "0 unreachable",
            id="simultaneous: all offline",
        ),
        pytest.param(
            Ring(TWO, seconds=30),
            {},
            ["1001 0-30", "1002 0-30"],
            "30 no_answer",
            id="simultaneous: with seconds and nothing after it ends",
        ),
        pytest.param(
            Ring(TWO, then=Busy()),
            {},
            ["1001 0-20", "1002 0-20"],
            "20 busy",
            id="simultaneous: 20 seconds where something follows",
        ),
        pytest.param(
            Ring(TWO, repeat=2),
            {},
            ["1001 0-20", "1002 0-20", "1001 20-", "1002 20-"],
            "never",
            id="simultaneous: two rounds",
        ),
        pytest.param(
            Ring(TWO, repeat=3, seconds=10),
            {"1001": BUSY},
            ["1002 0-10", "1002 10-20", "1002 20-30"],
            "30 no_answer",
            id="simultaneous: three rounds of ten seconds, one busy",
        ),
        pytest.param(
            Ring(TWO, repeat=3, seconds=10),
            {"1001": BUSY, "1002": OFFLINE},
            [],
            "0 busy",
            id="simultaneous: after a round in which nobody rang there is no other",
        ),
        pytest.param(
            Ring(THREE, strategy=SEQUENTIAL),
            {},
            ["1001 0-20", "1002 20-40", "1003 40-"],
            "never",
            id="sequential: the last one rings on",
        ),
        pytest.param(
            Ring(TWO, strategy=SEQUENTIAL, seconds=7),
            {},
            ["1001 0-7", "1002 7-14"],
            "14 no_answer",
            id="sequential: the seconds are of each turn",
        ),
        pytest.param(
            Ring(TWO, strategy=SEQUENTIAL, then=Announce()),
            {},
            ["1001 0-20", "1002 20-40"],
            "40 announce",
            id="sequential: a guidance follows",
        ),
        pytest.param(
            Ring(THREE, strategy=SEQUENTIAL),
            {"1001": BUSY},
            ["1002 0-20", "1003 20-"],
            "never",
            id="sequential: busy has no turn",
        ),
        pytest.param(
            Ring(THREE, strategy=SEQUENTIAL),
            {"1001": OFFLINE, "1002": DND},
            ["1003 0-"],
            "never",
            id="sequential: offline and do not disturb have no turn",
        ),
        pytest.param(
            Ring(TWO, strategy=SEQUENTIAL),
            {"1002": BUSY},
            ["1001 0-20"],
            "20 no_answer",
            id="sequential: the last one busy, after somebody did not answer",
        ),
        pytest.param(
            Ring(TWO, strategy=SEQUENTIAL, repeat=2),
            {"1001": OFFLINE, "1002": OFFLINE},
            [],
            "0 unreachable",
            id="sequential: all offline",
        ),
        pytest.param(
            Ring(TWO, strategy=SEQUENTIAL, repeat=2),
            {},
            ["1001 0-20", "1002 20-40", "1001 40-60", "1002 60-"],
            "never",
            id="sequential: two rounds",
        ),
        pytest.param(
            Ring(TWO, strategy=SEQUENTIAL, repeat=2, seconds=5),
            {"1002": BUSY},
            ["1001 0-5", "1001 5-10"],
            "10 no_answer",
            id="sequential: two rounds, one busy",
        ),
    ],
)
def test_rings(
    ring: Ring, lines: Mapping[str, LineState], legs: list[str], ending: str
) -> None:
    """Targets ring at the same moment, or one after the other, those that can."""
    route = ask(office(), ring, lines)
    assert drawn(route) == legs
    assert ended(route) == ending
    assert route.outcome == ("ring" if legs else ending.partition(" ")[2])


@pytest.mark.parametrize(
    ("strategy", "turns", "lines", "order"),
    [
        pytest.param(CIRCULAR, Turns(), {}, "1001 1002 1003", id="circular: nobody before"),
        pytest.param(
            CIRCULAR, called_after("1001"), {}, "1002 1003 1001", id="circular: after the first"
        ),
        pytest.param(
            CIRCULAR, called_after("1003"), {}, "1001 1002 1003", id="circular: after the last"
        ),
        pytest.param(
            CIRCULAR, called_after("1005"), {}, "1001 1002 1003", id="circular: after who left"
        ),
        pytest.param(
            CIRCULAR, called_after("1001"), {"1002": BUSY}, "1003 1001", id="circular: busy"
        ),
        pytest.param(
            CIRCULAR,
            called_after("1001"),
            {"1003": OFFLINE},
            "1002 1001",
            id="circular: offline",
        ),
        pytest.param(
            CIRCULAR, called_after("1001"), {"1002": DND}, "1003 1001", id="circular: disturb"
        ),
        pytest.param(
            LONGEST_IDLE, Turns(), {}, "1001 1002 1003", id="longest idle: nothing known"
        ),
        pytest.param(
            LONGEST_IDLE, IDLE, {}, "1003 1002 1001", id="longest idle: who had no call first"
        ),
        pytest.param(LONGEST_IDLE, IDLE, {"1003": BUSY}, "1002 1001", id="longest idle: busy"),
        pytest.param(
            LONGEST_IDLE, IDLE, {"1002": OFFLINE}, "1003 1001", id="longest idle: offline"
        ),
        pytest.param(
            LONGEST_IDLE, IDLE, {"1003": DND}, "1002 1001", id="longest idle: do not disturb"
        ),
    ],
)
def test_memory(
    strategy: Strategy, turns: Turns, lines: Mapping[str, LineState], order: str
) -> None:
    """A strategy with a memory calls one after the other, those that can ring, in its order."""
    route = ask(office(), Ring(THREE, strategy=strategy, seconds=10), lines, turns=turns)
    expected = [
        f"{each} {10 * place}-{10 * place + 10}" for place, each in enumerate(order.split())
    ]
    assert drawn(route) == expected
    assert f"strategy.{strategy} " in " ".join(said(route))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param({}, id="idle"),
        pytest.param({"1001": BUSY}, id="busy"),
        pytest.param({"1002": OFFLINE}, id="offline"),
        pytest.param({"1003": DND}, id="do not disturb"),
    ],
)
def test_weighted(lines: Mapping[str, LineState]) -> None:
    """The weighted strategy draws its order by weight and the id of the call."""
    members = (Member("1001", weight=9), "1002", Member("1003", weight=5))
    ratio = [("1001", 9), ("1002", 1), ("1003", 5)]
    router = office(groups=(Group("sales", members, strategy=WEIGHTED, seconds=10),))
    for call_id in ("a", "b", "c"):
        route = ask(router, Ring(("sales",)), lines, call_id=call_id)
        order = [each for each in spec.by_lot(ratio, "sales", call_id) if each not in lines]
        assert [(leg.target, leg.start) for leg in route.legs] == [
            (each, 10 * place) for place, each in enumerate(order)
        ]


def test_weights_count() -> None:
    """Of many calls, a member of weight 9 is called first about nine times as often as one."""
    members = (Member("1001", weight=9), Member("1002", weight=1))
    router = office(groups=(Group("sales", members, strategy=WEIGHTED),))
    firsts = [
        ask(router, Ring(("sales",)), call_id=f"call-{each}").legs[0].target
        for each in range(300)
    ]
    assert 250 < firsts.count("1001") < 290


SALES: Final = Ring(("sales",))


@pytest.mark.parametrize(
    ("group", "ring", "lines", "legs", "ending"),
    [
        pytest.param(
            Group("sales", ("1001", Member("1002", delay=10))),
            SALES,
            {},
            ["1001 0-", "1002 10-"],
            "never",
            id="delay: a member of a simultaneous group",
        ),
        pytest.param(
            Group("sales", ("1001", Member("1002", delay=15))),
            Ring(("sales",), then=Busy()),
            {},
            ["1001 0-20", "1002 15-20"],
            "20 busy",
            id="delay: the usual 20 seconds are from the start of the round",
        ),
        pytest.param(
            Group("sales", ("1001", Member("1002", delay=20))),
            Ring(("sales",), then=Busy()),
            {},
            ["1001 0-20"],
            "20 busy",
            id="delay: not less than the usual time, so never called",
        ),
        pytest.param(
            Group("sales", ("1001", Member("1002", delay=10)), seconds=10),
            SALES,
            {},
            ["1001 0-10"],
            "10 no_answer",
            id="delay: not less than the time of the group, so never called",
        ),
        pytest.param(
            Group("sales", (Member("1001", delay=30),), seconds=10),
            SALES,
            {},
            [],
            "0 no_answer",
            id="delay: nobody is ever called, and nobody answers",
        ),
        pytest.param(
            Group("sales", ("1001", Member("1002", delay=5)), strategy=SEQUENTIAL, seconds=10),
            SALES,
            {},
            ["1001 0-10", "1002 15-25"],
            "25 no_answer",
            id="delay: before a turn, which it does not shorten",
        ),
        pytest.param(
            Group("sales", (Member("1001", delay=5), "1002"), strategy=SEQUENTIAL),
            SALES,
            {"1001": BUSY},
            ["1002 5-"],
            "never",
            id="delay: waited for also when the line turns out to be busy",
        ),
        pytest.param(
            Group("sales", ("1001", Member("1002", delay=5, seconds=5))),
            SALES,
            {},
            ["1001 0-", "1002 5-10"],
            "never",
            id="member time: from when it is called",
        ),
        pytest.param(
            Group("sales", ("1001", Member("1002", seconds=40)), seconds=30),
            SALES,
            {},
            ["1001 0-30", "1002 0-30"],
            "30 no_answer",
            id="member time: not past the round of a simultaneous group",
        ),
        pytest.param(
            Group("sales", ("1001", Member("1002", seconds=40))),
            Ring(("sales",), then=Busy()),
            {},
            ["1001 0-20", "1002 0-40"],
            "40 busy",
            id="member time: instead of the usual 20 seconds",
        ),
        pytest.param(
            Group(
                "sales", (Member("1001", seconds=40), "1002"), strategy=SEQUENTIAL, seconds=10
            ),
            SALES,
            {},
            ["1001 0-40", "1002 40-50"],
            "50 no_answer",
            id="member time: instead of the time of a turn",
        ),
        pytest.param(
            Group("sales", (Member("1001", seconds=5), "1002"), strategy=SEQUENTIAL),
            SALES,
            {},
            ["1001 0-5", "1002 5-"],
            "never",
            id="member time: of one in turn",
        ),
        pytest.param(
            Group("sales", TWO, repeat=2),
            SALES,
            {"1002": BUSY},
            ["1001 0-20", "1001 20-"],
            "never",
            id="repeat: the last round has no end",
        ),
        pytest.param(
            Group("sales", TWO, repeat=10, strategy=SEQUENTIAL),
            SALES,
            {"1001": BUSY, "1002": BUSY},
            [],
            "0 busy",
            id="repeat: a round in which nobody rang is the last",
        ),
        pytest.param(
            Group("sales", TWO, overflow="1003"),
            SALES,
            {},
            ["1001 0-20", "1002 0-20", "1003 20-"],
            "never",
            id="overflow: called when nobody answered",
        ),
        pytest.param(
            Group("sales", TWO, overflow="1003"),
            SALES,
            {"1001": BUSY, "1002": OFFLINE},
            ["1003 0-"],
            "never",
            id="overflow: at once when nobody can ring",
        ),
        pytest.param(
            Group("sales", ("1001",), overflow="1003", seconds=10),
            SALES,
            {},
            ["1001 0-10", "1003 10-20"],
            "20 no_answer",
            id="overflow: one last turn, with the time of a turn",
        ),
        pytest.param(
            Group("sales", ("1001",), overflow="1003", repeat=2, seconds=10),
            Ring(("sales",), then=Busy()),
            {},
            ["1001 0-10", "1001 10-20", "1003 20-30"],
            "30 busy",
            id="overflow: once, after all rounds, before what follows",
        ),
        pytest.param(
            Group("sales", ("1001",), overflow="1003"),
            SALES,
            {"1003": BUSY},
            ["1001 0-20"],
            "20 no_answer",
            id="overflow: busy as well",
        ),
        pytest.param(
            Group("sales", TWO, strategy=CIRCULAR, overflow="090-1234-5678"),
            SALES,
            {"1001": OFFLINE, "1002": OFFLINE},
            ["09012345678 0-"],
            "never",
            id="overflow: an outside number",
        ),
        pytest.param(
            Group("sales", ("1001",), overflow="1002", seconds=20),
            Ring(("sales",), seconds=20),
            {},
            ["1001 0-20"],
            "20 no_answer",
            id="overflow: not when the time of the group is over",
        ),
        pytest.param(
            Group("sales", TWO, repeat=2, seconds=15),
            Ring(("sales",), seconds=20),
            {},
            ["1001 0-15", "1002 0-15", "1001 15-20", "1002 15-20"],
            "20 no_answer",
            id="limit: the second round is cut",
        ),
        pytest.param(
            Group("sales", THREE, strategy=SEQUENTIAL, seconds=15),
            Ring(("sales",), seconds=30),
            {},
            ["1001 0-15", "1002 15-30"],
            "30 no_answer",
            id="limit: no turn when the time is over",
        ),
    ],
)
def test_groups(
    group: Group, ring: Ring, lines: Mapping[str, LineState], legs: list[str], ending: str
) -> None:
    """A group calls its members as it says, with their delays and ring times."""
    route = ask(office(groups=(group,)), ring, lines)
    assert drawn(route) == legs
    assert ended(route) == ending


ONE_BY_ONE: Final = (SEQUENTIAL, CIRCULAR, LONGEST_IDLE)


@pytest.mark.parametrize("outer", [SIMULTANEOUS, *ONE_BY_ONE])
@pytest.mark.parametrize("inner", [SIMULTANEOUS, *ONE_BY_ONE])
def test_groups_inside_groups(outer: Strategy, inner: Strategy) -> None:
    """Each strategy holds inside each: a group takes its own time, phones 20 seconds."""
    groups = (
        Group("outer", ("inner", "1003"), strategy=outer),
        Group("inner", TWO, strategy=inner),
    )
    expected = {
        (False, False): ["1001 0-", "1002 0-", "1003 0-"],
        (False, True): ["1001 0-20", "1003 0-", "1002 20-"],
        (True, False): ["1001 0-20", "1002 0-20", "1003 20-"],
        (True, True): ["1001 0-20", "1002 20-40", "1003 40-"],
    }
    route = ask(office(groups=groups), Ring(("outer",)))
    assert drawn(route) == expected[outer.takes_turns, inner.takes_turns]
    assert ended(route) == "never"


@pytest.mark.parametrize("outer", list(Strategy))
def test_a_weighted_group_inside(outer: Strategy) -> None:
    """A weighted group inside another has its own draw, and so has one that holds it."""
    groups = (
        Group("outer", ("inner", "1003"), strategy=outer, seconds=30),
        Group("inner", TWO, strategy=WEIGHTED, seconds=5),
    )
    route = ask(office(groups=groups), Ring(("outer",)), call_id=CALL_ID)
    inner = spec.by_lot([("1001", 1), ("1002", 1)], "inner", CALL_ID)
    order = ["inner", "1003"]
    if outer is WEIGHTED:
        order = spec.by_lot([("inner", 1), ("1003", 1)], "outer", CALL_ID)
    starts = {"inner": 0, "1003": 0}
    if outer.takes_turns:
        starts = {"inner": 30, "1003": 0} if order[0] == "1003" else {"inner": 0, "1003": 10}
    start = starts["inner"]
    assert {(leg.target, leg.start) for leg in route.legs} == {
        (inner[0], start),
        (inner[1], start + 5),
        ("1003", starts["1003"]),
    }


@pytest.mark.parametrize(
    ("groups", "ring", "turns", "legs", "ending"),
    [
        pytest.param(
            (
                Group("outer", ("inner", "1003"), strategy=SEQUENTIAL, seconds=30),
                Group("inner", TWO, strategy=SEQUENTIAL),
            ),
            Ring(("outer",)),
            Turns(),
            ["1001 0-20", "1002 20-30", "1003 30-60"],
            "60 no_answer",
            id="limit: what is inside is cut at the turn of its caller",
        ),
        pytest.param(
            (
                Group("outer", (Member("inner", seconds=30), "1003"), strategy=SEQUENTIAL),
                Group("inner", TWO),
            ),
            Ring(("outer",)),
            Turns(),
            ["1001 0-30", "1002 0-30", "1003 30-"],
            "never",
            id="limit: nothing inside is followed where a time is set",
        ),
        pytest.param(
            (
                Group("outer", ("1001", "inner"), strategy=SEQUENTIAL),
                Group("inner", ("1002", "1003"), strategy=SEQUENTIAL),
            ),
            Ring(("outer",), seconds=25),
            Turns(),
            ["1001 0-20", "1002 20-25"],
            "25 no_answer",
            id="limit: inherited through two groups",
        ),
        pytest.param(
            (Group("inner", TWO, strategy=SEQUENTIAL),),
            Ring(("inner", "1003"), then=Announce()),
            Turns(),
            ["1001 0-20", "1003 0-20", "1002 20-40"],
            "40 announce",
            id="limit: a group beside a phone takes its own time where something follows",
        ),
        pytest.param(
            (Group("inner", TWO, strategy=SEQUENTIAL, repeat=2, seconds=5),),
            Ring(("inner", "1003"), strategy=SEQUENTIAL),
            Turns(),
            ["1001 0-5", "1002 5-10", "1001 10-15", "1002 15-20", "1003 20-"],
            "never",
            id="rounds inside a turn",
        ),
        pytest.param(
            (Group("inner", ("1001",), overflow="1002", seconds=5),),
            Ring(("inner", "1003"), strategy=SEQUENTIAL, repeat=2, seconds=8),
            Turns(),
            ["1001 0-5", "1002 5-8", "1003 8-16", "1001 16-21", "1002 21-24", "1003 24-32"],
            "32 no_answer",
            id="an overflow inside a turn, each round",
        ),
        pytest.param(
            (
                Group("outer", ("inner", "1003"), strategy=CIRCULAR, seconds=10),
                Group("inner", TWO, strategy=CIRCULAR, seconds=5),
            ),
            Ring(("outer",)),
            Turns(last={"outer": "inner", "inner": "1001"}),
            ["1003 0-10", "1002 10-15", "1001 15-20"],
            "20 no_answer",
            id="circular in circular: each has its own memory",
        ),
        pytest.param(
            (Group("outer", ("1001",), overflow="inner"), Group("inner", ("1002", "1003"))),
            Ring(("outer",)),
            Turns(),
            ["1001 0-20", "1002 20-", "1003 20-"],
            "never",
            id="overflow: to a group",
        ),
        pytest.param(
            (Group("one", TWO), Group("two", ("1002", "1003"))),
            Ring(("one", "two")),
            Turns(),
            ["1001 0-", "1002 0-", "1003 0-"],
            "never",
            id="a phone of two groups is tried once",
        ),
        pytest.param(
            (Group("one", TWO, seconds=10), Group("two", ("1002", "1003"), seconds=10)),
            Ring(("one", "two"), strategy=SEQUENTIAL),
            Turns(),
            ["1001 0-10", "1002 0-10", "1002 10-20", "1003 10-20"],
            "20 no_answer",
            id="a phone of two groups rings in both turns",
        ),
    ],
)
def test_nested(
    groups: tuple[Group, ...], ring: Ring, turns: Turns, legs: list[str], ending: str
) -> None:
    """Nothing rings on past the turn of whoever called it."""
    route = ask(office(groups=groups), ring, turns=turns)
    assert drawn(route) == legs
    assert ended(route) == ending


def test_what_a_group_says() -> None:
    """Strategies, late members and overflows leave their reasons, in the order of time."""
    members = ("1001", Member("1002", delay=30))
    groups = (
        Group("desk", members, seconds=10, overflow="1003"),
        Group("line", ("desk", "1004"), strategy=SEQUENTIAL),
    )
    assert said(ask(office(groups=groups), Ring(("line",)))) == [
        "destination.ring line",
        "strategy.sequential desk, 1004",
        "member.too_late 1002",
        "target.rings.extension.for 1001",
        "group.overflow desk",
        "target.rings.extension.for 1003",
        "target.rings.extension 1004",
    ]


def chain(length: int) -> Ring:
    """Return rings of a second each that follow each other."""
    found = Ring(("1001",), seconds=1)
    for _ in range(length - 1):
        found = Ring(("1001",), seconds=1, then=found)
    return found


@pytest.mark.parametrize(
    ("destination", "lines", "legs", "ending"),
    [
        pytest.param(
            Ring(("1001",), then=Ring(("1002",), then=Announce())),
            {},
            ["1001 0-20", "1002 20-40"],
            "40 announce",
            id="another ring, then a guidance",
        ),
        pytest.param(
            Ring(("1001",), seconds=5, then=Ring(("1002",))),
            {},
            ["1001 0-5", "1002 5-"],
            "never",
            id="the last ring has no end",
        ),
        pytest.param(
            Ring(("1001",), then=Ring(("1002",))),
            {"1001": BUSY},
            ["1002 0-"],
            "never",
            id="at once when nobody can ring: busy",
        ),
        pytest.param(
            Ring(("1001",), then=Ring(("1002",), seconds=10)),
            {"1001": OFFLINE},
            ["1002 0-10"],
            "10 no_answer",
            id="at once when nobody can ring: offline",
        ),
        pytest.param(
            Ring(("1001",), then=Ring(("1002",), then=Announce("009600"))),
            {"1001": DND, "1002": BUSY},
            [],
            "0 announce",
            id="at once to the last",
        ),
        pytest.param(
            Ring(("1001",), then=Ring(("1002",))),
            {"1001": BUSY, "1002": OFFLINE},
            [],
            "0 busy",
            id="the ending is of all that happened: busy before unreachable",
        ),
        pytest.param(
            Ring(("1001",), then=Ring(("1002",))),
            {"1002": BUSY},
            ["1001 0-20"],
            "20 no_answer",
            id="the ending is of all that happened: no answer before busy",
        ),
        pytest.param(
            Ring(("1001",), seconds=30),
            {},
            ["1001 0-30"],
            "30 no_answer",
            id="a ring with seconds and nothing after",
        ),
        pytest.param(Ring(("1001",), then=Busy()), {}, ["1001 0-20"], "20 busy", id="busy"),
        pytest.param(
            Ring(("1001",), then=Divert("090-1234-5678")),
            {},
            ["1001 0-20", "09012345678 20-"],
            "never",
            id="a diversion",
        ),
        pytest.param(
            Ring(("1001",), then=Distribute({"1002": 1, "1003": 0}, seconds=10)),
            {},
            ["1001 0-20", "1002 20-30"],
            "30 no_answer",
            id="a distribution",
        ),
        pytest.param(
            Distribute({"1001": 1}, then=Ring(("1002",), then=Busy())),
            {},
            ["1001 0-20", "1002 20-40"],
            "40 busy",
            id="after a distribution",
        ),
        pytest.param(
            chain(20),
            {},
            [f"1001 {second}-{second + 1}" for second in range(20)],
            "20 no_answer",
            id="twenty",
        ),
        pytest.param(chain(20), {"1001": BUSY}, [], "0 busy", id="twenty, none of which rings"),
    ],
)
def test_chains(
    destination: Destination, lines: Mapping[str, LineState], legs: list[str], ending: str
) -> None:
    """What follows begins when nobody answered, and at once when nobody can ring."""
    route = ask(office(), destination, lines)
    assert drawn(route) == legs
    assert ended(route) == ending


def test_an_announcement_in_the_end() -> None:
    """A guidance that follows phones is told, though the call rings first."""
    route = ask(office(), Ring(("1001",), then=Announce("009600")))
    assert (route.outcome, route.announcement) == (RouteOutcome.RING, "009600")


RATIO: Final = {"1001": 1, "1002": 2, "1003": 0, "1004": 3}
PAIRS: Final = list(RATIO.items())


def drawn_order(policy: WhenUnavailable, draw: Draw) -> list[str]:
    """Return who is tried in the first call, as the definitions say."""
    if draw is Draw.HASH:
        return spec.hashed(PAIRS, policy, "", CALL_ID)
    return spec.by_turns(PAIRS, policy, 0)


@pytest.mark.parametrize("draw", list(Draw))
@pytest.mark.parametrize("policy", list(WhenUnavailable))
@pytest.mark.parametrize(
    ("seconds", "then", "end", "ending"),
    [
        pytest.param(None, None, "", "never", id="until the caller hangs up"),
        pytest.param(15, None, "15", "15 no_answer", id="seconds"),
        pytest.param(None, Busy(), "20", "20 busy", id="20 seconds where something follows"),
        pytest.param(15, Announce(), "15", "15 announce", id="seconds, then"),
    ],
)
def test_distribution(
    draw: Draw,
    policy: WhenUnavailable,
    *,
    seconds: int | None,
    then: Destination | None,
    end: str,
    ending: str,
) -> None:
    """One target is drawn, and when it rings no other is tried."""
    first = drawn_order(policy, draw)[0]
    destination = Distribute(
        RATIO, draw=draw, when_unavailable=policy, seconds=seconds, then=then
    )
    route = ask(office(), destination, call_id=CALL_ID)
    assert drawn(route) == [f"{first} 0-{end}"]
    assert ended(route) == ending
    assert said(route)[0] == f"destination.distribute {first}"


@pytest.mark.parametrize("state", [BUSY, OFFLINE, DND])
@pytest.mark.parametrize("draw", list(Draw))
@pytest.mark.parametrize("policy", [WhenUnavailable.NEXT, WhenUnavailable.RENORMALISE])
def test_the_drawn_one_is_unavailable(
    policy: WhenUnavailable, draw: Draw, state: LineState
) -> None:
    """The next one, or the next that is drawn, takes the place of who cannot ring."""
    first, second, *_ = drawn_order(policy, draw)
    destination = Distribute(RATIO, draw=draw, when_unavailable=policy)
    route = ask(office(), destination, {first: state}, call_id=CALL_ID)
    assert drawn(route) == [f"{second} 0-"]


@pytest.mark.parametrize("state", [BUSY, OFFLINE, DND])
@pytest.mark.parametrize("draw", list(Draw))
def test_busy_when_unavailable(draw: Draw, state: LineState) -> None:
    """By the policy busy the caller hears the busy tone, or what follows."""
    policy = WhenUnavailable.BUSY
    (only,) = drawn_order(policy, draw)
    destination = Distribute(RATIO, draw=draw, when_unavailable=policy)
    lines = {only: state}
    assert ended(ask(office(), destination, lines, call_id=CALL_ID)) == "0 busy"
    followed = evolve(destination, then=Announce())
    assert ended(ask(office(), followed, lines, call_id=CALL_ID)) == "0 announce"


@pytest.mark.parametrize(
    ("router", "destination", "lines", "legs", "ending"),
    [
        pytest.param(
            office(),
            Distribute({"1001": 1, "1002": 1}),
            {"1001": BUSY, "1002": OFFLINE},
            [],
            "0 busy",
            id="nobody can ring",
        ),
        pytest.param(
            office(),
            Distribute({"1001": 1, "1002": 0}),
            {"1001": OFFLINE},
            [],
            "0 unreachable",
            id="3-25 a weight of 0 is never called",
        ),
        pytest.param(
            office(forwarding("1001", busy="1005")),
            Distribute({"1001": 1, "1002": 0}),
            {"1001": BUSY},
            ["1005 0- < 1001 busy"],
            "never",
            id="a forward takes the call of who was drawn",
        ),
        pytest.param(
            office(groups=(Group("sales", TWO, seconds=10),)),
            Distribute({"sales": 1, "1003": 0}),
            {},
            ["1001 0-10", "1002 0-10"],
            "10 no_answer",
            id="a group is drawn as one",
        ),
        pytest.param(
            office(groups=(Group("sales", TWO, strategy=SEQUENTIAL),)),
            Distribute({"sales": 1}, seconds=30),
            {},
            ["1001 0-20", "1002 20-30"],
            "30 no_answer",
            id="the seconds are of the group that was drawn",
        ),
    ],
)
def test_distribution_to(
    router: Router,
    destination: Destination,
    lines: Mapping[str, LineState],
    legs: list[str],
    ending: str,
) -> None:
    """What was drawn is called as any target."""
    route = ask(router, destination, lines, call_id=CALL_ID)
    assert drawn(route) == legs
    assert ended(route) == ending


def beside(schedule: Schedule[Destination]) -> CalledNumber:
    """Return another called number of the office."""
    return CalledNumber("03-8765-4321", schedule)


OTHER: Final = Divert("+81 3-8765-4321")


@pytest.mark.parametrize(
    ("destination", "schedule", "legs", "ending", "reasons"),
    [
        pytest.param(
            OTHER,
            always(Ring(("1002",))),
            ["1002 0-"],
            "never",
            ["destination.divert +81 3-8765-4321", "destination.ring 1002"],
            id="to a number of the tenant: its schedule answers",
        ),
        pytest.param(
            OTHER,
            always(Ring(("1002",), then=Announce())),
            ["1002 0-20"],
            "20 announce",
            ["destination.divert +81 3-8765-4321", "destination.ring 1002"],
            id="to a number: what follows there follows",
        ),
        pytest.param(
            OTHER,
            always(Announce()),
            [],
            "0 announce",
            ["destination.divert +81 3-8765-4321", "destination.announce 009608"],
            id="to a number that plays a guidance",
        ),
        pytest.param(
            OTHER,
            always(Busy()),
            [],
            "0 busy",
            ["destination.divert +81 3-8765-4321", "destination.busy"],
            id="to a number that is busy",
        ),
        pytest.param(
            OTHER,
            Schedule(zone="UTC"),
            [],
            "0 no_route",
            ["destination.divert +81 3-8765-4321", "destination.none"],
            id="to a number with a gap",
        ),
        pytest.param(
            OTHER,
            always(Divert("1002")),
            [],
            "0 no_route",
            ["destination.divert +81 3-8765-4321", "divert.rests 1002"],
            id="2.1 rule 3: a second hop rests",
        ),
        pytest.param(
            OTHER,
            always(Divert("03-1234-5678")),
            [],
            "0 no_route",
            ["destination.divert +81 3-8765-4321", "divert.rests 03-1234-5678"],
            id="2.1 rule 3: two numbers that divert to each other",
        ),
        pytest.param(
            OTHER,
            always(Distribute({"1002": 1})),
            [],
            "0 no_route",
            ["destination.divert +81 3-8765-4321", "distribute.rests"],
            id="2.1 rule 3: a distribution of the other number rests",
        ),
        pytest.param(
            OTHER,
            always(Ring(("1002",), then=Distribute({"1003": 1}))),
            ["1002 0-20"],
            "20 no_route",
            [
                "destination.divert +81 3-8765-4321",
                "destination.ring 1002",
                "target.rings.extension.for 1002",
                "distribute.rests",
            ],
            id="2.1 rule 3: a distribution rests also where it follows",
        ),
        pytest.param(
            Divert("03-1234-5678"),
            always(Busy()),
            [],
            "0 no_route",
            ["destination.divert 03-1234-5678", "divert.rests 03-1234-5678"],
            id="a number that diverts to itself",
        ),
        pytest.param(
            Divert("1003"),
            always(Busy()),
            ["1003 0-"],
            "never",
            ["destination.divert 1003", "target.rings.extension 1003"],
            id="to an extension",
        ),
        pytest.param(
            Divert("sales"),
            always(Busy()),
            ["1001 0-20", "1002 20-"],
            "never",
            ["destination.divert sales", "strategy.sequential 1001, 1002"],
            id="to a group",
        ),
        pytest.param(
            Divert("round"),
            always(Busy()),
            ["1002 0-20", "1001 20-"],
            "never",
            ["destination.divert round", "strategy.circular 1002, 1001"],
            id="to a group with a memory",
        ),
        pytest.param(
            Divert("090-1234-5678"),
            always(Busy()),
            ["09012345678 0-"],
            "never",
            ["destination.divert 090-1234-5678", "target.rings.outside 090-1234-5678"],
            id="to outside",
        ),
        pytest.param(
            Divert("+1 212-555-0123"),
            always(Busy()),
            [],
            "0 unreachable",
            ["destination.divert +1 212-555-0123", "target.abroad +1 212-555-0123"],
            id="4-09 abroad",
        ),
        pytest.param(
            Ring(("1001",), then=OTHER),
            always(Ring(("1002",))),
            ["1001 0-20", "1002 20-"],
            "never",
            [
                "destination.ring 1001",
                "target.rings.extension.for 1001",
                "destination.divert +81 3-8765-4321",
            ],
            id="as what follows, to a number",
        ),
        pytest.param(
            Ring(("1001",), then=Divert("1003")),
            always(Busy()),
            ["1001 0-20", "1003 20-"],
            "never",
            [
                "destination.ring 1001",
                "target.rings.extension.for 1001",
                "destination.divert 1003",
            ],
            id="as what follows, to an extension",
        ),
        pytest.param(
            Distribute({"1001": 1}, then=OTHER),
            always(Ring(("1002",))),
            ["1001 0-20", "1002 20-"],
            "never",
            ["destination.distribute 1001", "target.rings.extension.for 1001"],
            id="after a distribution",
        ),
    ],
)
def test_diversion(
    destination: Destination,
    schedule: Schedule[Destination],
    legs: list[str],
    ending: str,
    reasons: list[str],
) -> None:
    """A call is sent on once, to a number's schedule or to a target."""
    groups = (
        Group("sales", TWO, strategy=SEQUENTIAL),
        Group("round", TWO, strategy=CIRCULAR),
    )
    router = evolve(office(groups=groups), numbers=(beside(schedule),))
    route = ask(router, destination, turns=Turns(last={"round": "1001"}))
    assert drawn(route) == legs
    assert ended(route) == ending
    assert said(route)[: len(reasons)] == reasons


def test_a_diversion_abroad_says_what_would_help() -> None:
    """A diversion abroad needs that international calls are on (4-09)."""
    route = ask(office(), Divert("+1 212-555-0123"))
    assert route.remedies == (Remedy("subscription.international.enable", Actor.CUSTOMER),)
    allowed = ask(office(international=True), Divert("+1 212-555-0123"))
    assert drawn(allowed) == ["+12125550123 0-"]


def test_two_orders_of_the_same_targets() -> None:
    """Two rings of the same targets keep each to its own strategy."""
    last = Ring(TWO, strategy=LONGEST_IDLE)
    first = Ring(TWO, strategy=CIRCULAR, seconds=5, then=last)
    turns = Turns(last={place_of(first): "1001"}, idle_since={"1002": NOON})
    route = ask(office(), first, turns=turns)
    assert drawn(route) == ["1002 0-5", "1001 5-10", "1001 10-30", "1002 30-"]


def test_two_policies_of_the_same_ratio() -> None:
    """Two distributions of the same ratio keep each to its own policy."""
    ratio = {"1001": 1, "1002": 1}
    first = Distribute(
        ratio,
        when_unavailable=WhenUnavailable.NEXT,
        then=Distribute(ratio, when_unavailable=WhenUnavailable.BUSY),
    )
    drawn_first, other = spec.hashed(list(ratio.items()), "next", "", CALL_ID)
    route = ask(office(), first, {drawn_first: BUSY}, call_id=CALL_ID)
    assert drawn(route) == [f"{other} 0-20"]
    assert ended(route) == "20 no_answer"


def test_what_is_no_destination() -> None:
    """A destination that the library does not have is a fault, and never silently no route."""
    targets = Targets((), (), ExtensionRange())
    rules = RingRules(targets=targets, region="JP", international=False, max_forwards=5)
    here = Circumstances(states={}, caller_id="", orders={}, diverted={})
    stage = Stage(destination="ring 1001")  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="ring 1001"):
        plan_stages((stage,), rules, here)
