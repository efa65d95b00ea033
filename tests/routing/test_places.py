"""Places whose order depends on the call: their names, their orders, what is remembered."""

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from cloudpbx.routing import (
    Busy,
    Call,
    Destination,
    Distribute,
    Divert,
    Draw,
    ExtensionRange,
    Group,
    Member,
    Ring,
    Strategy,
    Turns,
    WhenUnavailable,
)
from cloudpbx.routing.places import (
    Caller,
    called_by,
    callers_of,
    groups_of,
    id_of,
    order_of,
    place_of,
    remembered,
)
from cloudpbx.routing.ring_plans import Offer
from cloudpbx.routing.targets import Targets
from tests.routing.offices import NOON, NUMBER
from tests.spec import distributions as spec

CIRCULAR, WEIGHTED = Strategy.CIRCULAR, Strategy.WEIGHTED
TWO: Final = ("1001", "1002")
CALL: Final = Call(to=NUMBER, at=NOON, caller="0312345679", id="call-1")
ROUND: Final = Group("round", ("1001", "inner"), strategy=CIRCULAR, overflow="more")
INNER: Final = Group("inner", TWO, strategy=WEIGHTED)
MORE: Final = Group("more", ("inner", "plain"), strategy=Strategy.LONGEST_IDLE)
PLAIN: Final = Group("plain", TWO)
TARGETS: Final = Targets((), (ROUND, INNER, MORE, PLAIN), ExtensionRange())
IN_TURN: Final = Distribute({"1001": 1, "1002": 2}, draw=Draw.TURNS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Ring(TWO), Ring(("1002", "1001")), id="the order of targets"),
        pytest.param(
            Ring(TWO, strategy=CIRCULAR), Ring(TWO, strategy=WEIGHTED), id="strategies"
        ),
        pytest.param(Group("a", TWO), Group("b", TWO), id="names of groups"),
        pytest.param(Ring(("1001",)), Group("ring 1001", TWO), id="a group named as a ring"),
        pytest.param(IN_TURN, evolve(IN_TURN, draw=Draw.HASH), id="draws"),
        pytest.param(
            IN_TURN, evolve(IN_TURN, when_unavailable=WhenUnavailable.BUSY), id="policies"
        ),
        pytest.param(IN_TURN, evolve(IN_TURN, key="2"), id="keys"),
        pytest.param(IN_TURN, Distribute({"1001": 2, "1002": 1}, draw=Draw.TURNS), id="ratios"),
        pytest.param(
            IN_TURN, Distribute({"1002": 2, "1001": 1}, draw=Draw.TURNS), id="written orders"
        ),
    ],
)
def test_places_differ(one: Caller, other: Caller) -> None:
    """Two callers whose orders differ are remembered in two places."""
    assert place_of(one) != place_of(other)


def test_places() -> None:
    """A group is remembered by its name, and what follows a ring changes nothing."""
    assert place_of(ROUND) == "round"
    ring = Ring(TWO, strategy=CIRCULAR)
    assert place_of(ring) == place_of(evolve(ring, seconds=5, repeat=2, then=Busy()))
    assert place_of(IN_TURN) == place_of(evolve(IN_TURN, seconds=5, then=Busy()))


@pytest.mark.parametrize(
    ("destination", "called"),
    [
        pytest.param(Ring(TWO, then=Ring(("1003",))), TWO, id="a ring, without what follows"),
        pytest.param(Distribute({"1001": 1, "1002": 0}), ("1001",), id="a ratio, without 0"),
        pytest.param(Divert("sales"), ("sales",), id="a diversion"),
        pytest.param(Busy(), (), id="the busy tone"),
    ],
)
def test_called(destination: Destination, called: tuple[str, ...]) -> None:
    """A destination calls its own targets."""
    assert called_by(destination) == called


def test_groups() -> None:
    """Every group that may be called is found once, through members and overflow."""
    found = groups_of(("round", "inner", "1001"), TARGETS)
    assert sorted(each.name for each in found) == ["inner", "more", "plain", "round"]
    assert list(groups_of(TWO, TARGETS)) == []


@pytest.mark.parametrize(
    ("destination", "places"),
    [
        pytest.param(Ring(TWO), [], id="a simultaneous ring"),
        pytest.param(Ring(TWO, strategy=Strategy.SEQUENTIAL), [], id="a sequential ring"),
        pytest.param(Ring(("plain",)), [], id="a simultaneous group"),
        pytest.param(Ring(("round",)), ["inner", "more", "round"], id="groups in groups"),
        pytest.param(
            Ring(("1001",), then=Distribute({"inner": 1}, then=Ring(("more",)))),
            ["distribute inner:1,hash,next", "inner", "more"],
            id="what follows",
        ),
        pytest.param(Divert("round"), ["inner", "more", "round"], id="a diversion"),
        pytest.param(Busy(), [], id="the busy tone"),
    ],
)
def test_callers(destination: Destination, places: list[str]) -> None:
    """Only what has another order for each call is a place."""
    assert sorted(map(place_of, callers_of((destination,), TARGETS))) == places


@pytest.mark.parametrize(
    ("caller", "turns", "order"),
    [
        pytest.param(ROUND, Turns(), "1001 inner", id="circular: nobody before"),
        pytest.param(ROUND, Turns(last={"round": "1001"}), "inner 1001", id="circular"),
        pytest.param(
            ROUND, Turns(last={"inner": "1001"}), "1001 inner", id="circular: another"
        ),
        pytest.param(
            Ring(TWO, strategy=Strategy.LONGEST_IDLE),
            Turns(idle_since={"1001": NOON, "1002": NOON - timedelta(seconds=1)}),
            "1002 1001",
            id="longest idle",
        ),
        pytest.param(
            Group("g", (Member("1001", weight=9), "1002"), strategy=WEIGHTED),
            Turns(last={"g": "1001"}),
            " ".join(spec.by_lot([("1001", 9), ("1002", 1)], "g", "call-1")),
            id="weighted",
        ),
        pytest.param(
            Distribute({"1001": 1, "1002": 2}),
            Turns(),
            " ".join(spec.hashed([("1001", 1), ("1002", 2)], "next", "", "call-1")),
            id="a distribution by hash",
        ),
        pytest.param(IN_TURN, Turns(), "1002 1001", id="a distribution in turns: the first"),
        pytest.param(
            IN_TURN,
            Turns(shares={place_of(IN_TURN): (0, 1)}),
            "1001 1002",
            id="a distribution in turns: the second",
        ),
    ],
)
def test_orders(caller: Caller, turns: Turns, order: str) -> None:
    """A caller has the order that its memory, or the id of the call, gives."""
    assert order_of(caller, "call-1", turns) == tuple(order.split())


def test_ids() -> None:
    """A call without an id is told apart by its numbers and its second, in any zone."""
    assert id_of(CALL, NUMBER) == "call-1"
    without = evolve(CALL, id="")
    usual = id_of(without, NUMBER)
    assert usual == f"{NUMBER} 0312345679 {int(NOON.timestamp())}"
    assert id_of(evolve(without, to="+81 3-1234-5678"), NUMBER) == usual
    assert id_of(evolve(without, at=NOON.astimezone(ZoneInfo("Asia/Tokyo"))), NUMBER) == usual
    others = (
        id_of(evolve(without, at=NOON + timedelta(seconds=1)), NUMBER),
        id_of(evolve(without, caller=""), NUMBER),
        id_of(without, "0312345670"),
    )
    assert len({usual, *others}) == 4


def test_remembered() -> None:
    """The last offer of a place counts; a turn of a ratio counts, and a hash has no memory."""
    hashed = Distribute({"1001": 1})
    callers = {place_of(each): each for each in (ROUND, IN_TURN, hashed)}
    offers = (
        Offer(0, "round", "1001"),
        Offer(0, place_of(IN_TURN), "1002"),
        Offer(0, place_of(hashed), "1001"),
        Offer(20, "round", "inner"),
    )
    before = Turns(last={"other": "1005"})
    after = remembered(before, offers, callers)
    assert after.last == {"other": "1005", "round": "inner"}
    assert after.shares == {place_of(IN_TURN): (0, 1)}
    assert remembered(before, (), callers) == before
