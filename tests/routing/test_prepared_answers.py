"""Destinations made ready: which lines matter, what is kept, and how much may be called."""

import pickle
from collections.abc import Mapping
from typing import Any, Final

import pytest

from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing import (
    Announce,
    Call,
    Destination,
    Distribute,
    Divert,
    ExtensionRange,
    Group,
    LineState,
    Ring,
    Router,
    Strategy,
    Turns,
)
from cloudpbx.routing.places import place_of
from cloudpbx.routing.planning import Stage
from cloudpbx.routing.prepared_answers import PreparedAnswer, diverted_targets
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import Targets
from tests.routing.offices import NOON, NUMBER, forwarding, office

CIRCULAR: Final = Strategy.CIRCULAR
CALL: Final = Call(to=NUMBER, at=NOON)
OFFICE: Final = office(
    forwarding("1001", busy="1004", no_answer="090-1234-5678"),
    forwarding("1004", offline="1005"),
    groups=(Group("sales", ("1001", "1002"), strategy=CIRCULAR, overflow="1003"),),
)


def rules(router: Router) -> RingRules:
    """Return what every plan of an office depends on."""
    return RingRules(
        targets=Targets(router.extensions, router.groups, ExtensionRange()),
        region="JP",
        international=False,
        max_forwards=5,
    )


def prepared(*destinations: Destination, router: Router = OFFICE) -> PreparedAnswer:
    """Make destinations ready that follow each other by a busy diversion."""
    stages = tuple(Stage(destination=each) for each in destinations)
    return PreparedAnswer(stages, {}, rules(router), NUMBER)


@pytest.mark.parametrize(
    ("destinations", "lines"),
    [
        pytest.param((Ring(("1002",)),), "1002", id="who is called"),
        pytest.param((Ring(("1001",)),), "1001 1004 1005", id="and who is forwarded to"),
        pytest.param((Ring(("sales",)),), "1001 1002 1003 1004 1005", id="groups, overflow"),
        pytest.param((Ring(("1002",), then=Ring(("1003",))),), "1002 1003", id="what follows"),
        pytest.param((Distribute({"1002": 1, "1003": 0}),), "1002", id="who has a weight"),
        pytest.param((Divert("1003"),), "1003", id="a diversion"),
        pytest.param((Ring(("1002",)), Ring(("1003",))), "1002 1003", id="a busy diversion"),
        pytest.param((Ring(("090-1234-5678",)),), "", id="nobody of the office"),
        pytest.param((Announce(),), "", id="a guidance"),
    ],
)
def test_lines(destinations: tuple[Destination, ...], lines: str) -> None:
    """A plan depends on the lines that a call may come to, and on no other."""
    assert prepared(*destinations).lines == tuple(lines.split())


def test_lines_of_numbers_it_leads_to() -> None:
    """Where a call may be diverted to, the lines there matter too."""
    there = {"0387654321": Stage(destination=Ring(("1003",)), is_hop=True)}
    stage = Stage(destination=Divert("03-8765-4321"))
    assert PreparedAnswer((stage,), there, rules(OFFICE), NUMBER).lines == ("1003",)


def test_states_and_orders() -> None:
    """States stand in the order of the lines, and each place has its order."""
    ready = prepared(Ring(("sales",)))
    states = ready.states({"1002": LineState.BUSY, "1009": LineState.BUSY})
    assert states == (None, LineState.BUSY, None, None, None)
    turns = Turns(last={"sales": "1001"})
    assert ready.orders(CALL, turns) == {"sales": ("1002", "1001")}
    assert prepared(Ring(("1001",))).orders(CALL, turns) == {}


def test_plans_are_kept() -> None:
    """One state of the lines, with one order, has one plan, which is worked out once."""
    ready = prepared(Ring(("sales",)))
    states = ready.states({})
    first = ready.plan(states, ready.orders(CALL, Turns()))
    assert ready.plan(states, ready.orders(CALL, Turns())) is first
    other = ready.plan(states, ready.orders(CALL, Turns(last={"sales": "1001"})))
    assert [each.legs[0].target for each in (first, other)] == ["1001", "1002"]
    assert len(ready.plans) == 2


def test_pickling() -> None:
    """What was made ready can be sent to another process, without the plans."""
    ready = prepared(Ring(("sales",)))
    orders = ready.orders(CALL, Turns())
    plan = ready.plan(ready.states({}), orders)
    copy = pickle.loads(pickle.dumps(ready))
    assert copy.plans == {}
    assert copy.plan(copy.states({}), orders) == plan


@pytest.mark.parametrize(
    ("state", "message"),
    [
        pytest.param(
            "buzy",
            "`buzy` is not a state of line `1002`: did you mean `busy`?",
            id="misspelled",
        ),
        pytest.param(
            [],
            "`[]` is not a state of line `1002`: "
            "write one of `busy`, `do_not_disturb`, `idle`, `offline`",
            id="a list, which has no hash",
        ),
        pytest.param(
            LineState,
            "`<enum 'LineState'>` is not a state of line `1002`: "
            "write one of `busy`, `do_not_disturb`, `idle`, `offline`",
            id="the states themselves",
        ),
    ],
)
def test_states_refused(state: Any, message: str) -> None:
    """What is no state is refused with the nearest that is."""
    ready = prepared(Ring(("1002",)))
    with pytest.raises(InvalidValueError) as caught:
        ready.plan(ready.states({"1002": state}), {})
    assert str(caught.value) == message


def test_states_as_text() -> None:
    """The word for a state is as good as the state."""
    ready = prepared(Ring(("1002",)))
    plans = [ready.plan(ready.states(each), {}) for each in states_of_1002()]
    assert plans[0] == plans[1]
    assert plans[0].outcome == "busy"


def states_of_1002() -> list[Mapping[str, Any]]:
    """Return one state, as a state and as a word."""
    return [{"1002": LineState.DO_NOT_DISTURB}, {"1002": "do_not_disturb"}]


@pytest.mark.parametrize(
    ("destination", "targets"),
    [
        pytest.param(None, (), id="none"),
        pytest.param(Ring(("1001",)), (), id="a ring"),
        pytest.param(Divert("03-8765-4321"), ("0387654321",), id="a diversion"),
        pytest.param(Ring(("1001",), then=Divert("1002")), ("1002",), id="what follows"),
    ],
)
def test_diverted(destination: Destination | None, targets: tuple[str, ...]) -> None:
    """A destination diverts where it, or what follows it, says."""
    assert diverted_targets(destination) == targets


def nested(rounds: int) -> Router:
    """Return an office with four groups inside each other, each with so many rounds."""
    groups = [Group(f"g{level}", (f"g{level + 1}",), repeat=rounds) for level in range(1, 4)]
    return office(groups=(*groups, Group("g4", ("1001",), repeat=rounds)))


@pytest.mark.parametrize(
    "destination",
    [
        pytest.param(Ring(("g1",), repeat=2), id="a ring"),
        pytest.param(Ring(("g1", "1002")), id="one more beside"),
        pytest.param(Ring(("1002",), then=Ring(("g1", "1002"))), id="what follows"),
        pytest.param(Distribute({"g1": 1, "g2": 1}), id="a distribution"),
    ],
)
def test_too_many_turns(destination: Destination) -> None:
    """A destination that would call for longer than any call lasts is refused."""
    with pytest.raises(InvalidValueError, match="10000 is the most: make fewer rounds, or"):
        prepared(destination, router=nested(10))
    assert prepared(destination, router=nested(8)).lines[0] == "1001"


def test_the_message_of_too_many_turns() -> None:
    """It is said what calls how many, and what to do."""
    with pytest.raises(InvalidValueError) as caught:
        prepared(Ring(("g1",), repeat=2), router=nested(10))
    assert str(caught.value) == (
        "`ring g1, 2 rounds` calls 20000 targets, 10000 is the most: "
        "make fewer rounds, or take groups out of each other"
    )


def test_as_many_turns_as_can_be() -> None:
    """Ten thousand calls are not too many, and an overflow counts as one more."""
    assert prepared(Ring(("g1",)), router=nested(10)).lines == ("1001",)
    router = office(
        groups=(
            *nested(10).groups,
            Group("more", ("1002",), overflow="g1"),
            Group("less", ("1002",), overflow="1003"),
        )
    )
    assert prepared(Ring(("less",)), router=router).lines == ("1002", "1003")
    with pytest.raises(InvalidValueError, match="calls 10001 targets"):
        prepared(Ring(("more",)), router=router)


def test_what_does_not_exist() -> None:
    """A target that does not exist is refused where it is made ready."""
    with pytest.raises(UnknownReferenceError, match="`1009` is not an extension"):
        prepared(Ring(("1001",), then=Divert("1009")))


def test_callers() -> None:
    """Those whose order depends on the call are known by their places."""
    ring = Ring(("1001", "sales"), strategy=CIRCULAR)
    ready = prepared(ring, Divert("sales"))
    assert set(ready.callers) == {place_of(ring), "sales"}
