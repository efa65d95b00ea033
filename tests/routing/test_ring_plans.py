"""Ring plans, rule by rule of source 004: who rings, from when, for how long, and by whom."""

from collections.abc import Mapping
from typing import Final

import pytest

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.routing import (
    Announce,
    Busy,
    Extension,
    Forward,
    ForwardKind,
    Forwards,
    Group,
    LineState,
    Ring,
    RouteOutcome,
    Router,
    TargetKind,
)
from tests.routing.offices import ask, drawn, forwarding, office, said

BUSY, OFFLINE = LineState.BUSY, LineState.OFFLINE
SALES: Final = Group("sales", ("1002", "1001"))


@pytest.mark.parametrize(
    ("router", "targets", "lines", "legs"),
    [
        pytest.param(
            office(), ("1001", "1002"), {}, ["1001 0-", "1002 0-"], id="4-20 all at once"
        ),
        pytest.param(
            office(), ("0300001234",), {}, ["0300001234 0-"], id="4-24 the example number"
        ),
        pytest.param(
            office(),
            ("1001", "0300001234", "090-1234-5678"),
            {},
            ["1001 0-", "0300001234 0-", "09012345678 0-"],
            id="4-25 extensions and outside numbers",
        ),
        pytest.param(
            office(groups=(SALES,)),
            ("1001", "sales"),
            {},
            ["1001 0-", "1002 0-"],
            id="4-20 a group, once each",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002")),
            ("1001",),
            {"1001": BUSY},
            ["1002 0- < 1001 busy"],
            id="4-16 busy",
        ),
        pytest.param(
            office(forwarding("1001", busy="03-0000-1234")),
            ("1001",),
            {"1001": BUSY},
            ["0300001234 0- < 1001 busy"],
            id="4-16 busy, to outside",
        ),
        pytest.param(
            office(forwarding("1001", no_answer="1002")),
            ("1001",),
            {},
            ["1001 0-20", "1002 20- < 1001 no_answer"],
            id="4-17 no answer within 20 s",
        ),
        pytest.param(
            office(forwarding("1001", no_answer="1002", ring_seconds=5)),
            ("1001",),
            {},
            ["1001 0-5", "1002 5- < 1001 no_answer"],
            id="4-17 no answer within 5 s",
        ),
        pytest.param(
            office(forwarding("1001", offline="1002")),
            ("1001",),
            {"1001": OFFLINE},
            ["1002 0- < 1001 offline"],
            id="4-18 offline",
        ),
        pytest.param(
            office(forwarding("1001", offline="1002", busy="1003", no_answer="0300001234")),
            ("1001",),
            {"1001": OFFLINE},
            ["1002 0- < 1001 offline"],
            id="4-19 all three: offline",
        ),
        pytest.param(
            office(forwarding("1001", offline="1002", busy="1003", no_answer="0300001234")),
            ("1001",),
            {"1001": BUSY},
            ["1003 0- < 1001 busy"],
            id="4-19 all three: busy",
        ),
        pytest.param(
            office(forwarding("1001", offline="1002", busy="1003", no_answer="0300001234")),
            ("1001",),
            {},
            ["1001 0-20", "0300001234 20- < 1001 no_answer"],
            id="4-19 all three: idle",
        ),
        pytest.param(
            office(forwarding("1001", unconditional="1002", busy="1003")),
            ("1001",),
            {"1001": BUSY},
            ["1002 0- < 1001 unconditional"],
            id="4-19 unconditional before all",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002"), forwarding("1002", offline="1003")),
            ("1001",),
            {"1001": BUSY, "1002": OFFLINE},
            ["1003 0- < 1001 busy < 1002 offline"],
            id="4-19 two forwards",
        ),
        pytest.param(
            office(forwarding("1001", no_answer="1002"), forwarding("1002", no_answer="1003")),
            ("1001",),
            {},
            [
                "1001 0-20",
                "1002 20-40 < 1001 no_answer",
                "1003 40- < 1001 no_answer < 1002 no_answer",
            ],
            id="4-17 nobody answers, twice",
        ),
        pytest.param(
            office(forwarding("1001", no_answer="1002"), forwarding("1002", no_answer="1001")),
            ("1001",),
            {},
            ["1001 0-20", "1002 20-40 < 1001 no_answer"],
            id="4-19 a loop by no answer ends",
        ),
        pytest.param(
            office(forwarding("1001", no_answer="1003"), forwarding("1002", no_answer="1003")),
            ("1001", "1002"),
            {},
            ["1001 0-20", "1002 0-20", "1003 20- < 1001 no_answer"],
            id="two ways to one target ring it once",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002")),
            ("1001", "1002"),
            {"1001": BUSY},
            ["1002 0-"],
            id="who is called directly is not rung by a forward",
        ),
        pytest.param(
            office(
                forwarding("1001", no_answer="1002", ring_seconds=5),
                forwarding("1002", no_answer="1003", ring_seconds=5),
            ),
            ("1001", "1002"),
            {},
            ["1001 0-5", "1002 0-5", "1002 5-10 < 1001 no_answer", "1003 5- < 1002 no_answer"],
            id="a phone that stopped to ring rings again",
        ),
        pytest.param(
            office(
                forwarding("1001", no_answer="1002", ring_seconds=15),
                forwarding("1002", no_answer="0300001234", ring_seconds=5),
                forwarding("1003", no_answer="0300005678", ring_seconds=20),
            ),
            ("1001", "1003"),
            {},
            [
                "1001 0-15",
                "1003 0-20",
                "1002 15-20 < 1001 no_answer",
                "0300005678 20- < 1003 no_answer",
                "0300001234 20- < 1001 no_answer < 1002 no_answer",
            ],
            id="at one second, the shorter way first",
        ),
        pytest.param(
            office(
                forwarding("1001", busy="1002"),
                forwarding("1002", no_answer="1003"),
                max_forwards=1,
            ),
            ("1001", "1002"),
            {"1001": BUSY},
            ["1002 0-20", "1003 20- < 1002 no_answer"],
            id="a way to what rings already ends there",
        ),
        pytest.param(
            office(forwarding("1001", busy="+81 90-1234-5678")),
            ("1001", "090-1234-5678"),
            {"1001": BUSY},
            ["09012345678 0-"],
            id="an outside number in two spellings rings once",
        ),
        pytest.param(
            office(forwarding("1001", busy="010-1-212-555-0123"), international=True),
            ("1001",),
            {"1001": BUSY},
            ["01012125550123 0- < 1001 busy"],
            id="4-09 a forward abroad that is allowed",
        ),
        pytest.param(
            office(forwarding("1001", busy="0039-03-1234-5678")),
            ("1001",),
            {"1001": BUSY},
            ["00390312345678 0- < 1001 busy"],
            id="4-09 a carrier is not abroad",
        ),
        pytest.param(
            office(
                forwarding("1001", busy="1002"),
                forwarding("1002", no_answer="1003"),
                max_forwards=1,
            ),
            ("1001",),
            {"1001": BUSY},
            ["1002 0-20 < 1001 busy"],
            id="one forward too many ends a ringing call",
        ),
    ],
)
def test_legs(
    router: Router, targets: tuple[str, ...], lines: Mapping[str, LineState], legs: list[str]
) -> None:
    """Targets ring at once, or as their forwards say."""
    route = ask(router, Ring(targets), lines)
    assert drawn(route) == legs
    assert route.outcome is RouteOutcome.RING
    assert route.remedies == ()


def set_forward(kind: str, number: str) -> Remedy:
    """Return the remedy to set a forward."""
    return Remedy(f"forward.{kind}.set", Actor.PORTAL_ADMINISTRATOR, {"about": number})


def change(number: str, kind: str) -> Remedy:
    """Return the remedy to change a forward."""
    data = {"about": number}
    return Remedy(f"forward.change.{kind}", Actor.PORTAL_ADMINISTRATOR, data)


def register(number: str) -> Remedy:
    """Return the remedy to register a phone."""
    return Remedy("line.register", Actor.USER, {"about": number})


CHANGE_DESTINATION: Final = Remedy("destination.change", Actor.PORTAL_ADMINISTRATOR)
ENABLE: Final = Remedy("subscription.international.enable", Actor.CUSTOMER)


@pytest.mark.parametrize(
    ("router", "targets", "lines", "outcome", "reasons", "remedies"),
    [
        pytest.param(
            office(),
            ("1001",),
            {"1001": BUSY},
            RouteOutcome.BUSY,
            ["line.busy 1001"],
            (set_forward("busy", "1001"),),
            id="4-19 busy without a forward",
        ),
        pytest.param(
            office(),
            ("1001",),
            {"1001": OFFLINE},
            RouteOutcome.UNREACHABLE,
            ["line.offline 1001"],
            (set_forward("offline", "1001"), register("1001")),
            id="4-19 offline without a forward",
        ),
        pytest.param(
            office(),
            ("1001", "1002"),
            {"1001": OFFLINE, "1002": BUSY},
            RouteOutcome.BUSY,
            ["line.offline 1001", "line.busy 1002"],
            (set_forward("offline", "1001"), register("1001"), set_forward("busy", "1002")),
            id="somebody busy, somebody offline",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002")),
            ("1001", "1002"),
            {"1001": BUSY, "1002": BUSY},
            RouteOutcome.BUSY,
            ["line.busy 1001", "forward.busy 1001", "line.busy 1002", "line.busy 1002"],
            (set_forward("busy", "1002"),),
            id="two ways to one busy line have one remedy",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002"), forwarding("1002", busy="1001")),
            ("1001",),
            {"1001": BUSY, "1002": BUSY},
            RouteOutcome.LOOP,
            ["line.busy 1001", "forward.busy 1001", "line.busy 1002", "forward.loop 1002"],
            (change("1002", "busy"),),
            id="4-19 a loop of two",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002"), forwarding("1002", busy="1001")),
            ("1001", "1003"),
            {"1001": BUSY, "1002": BUSY, "1003": OFFLINE},
            RouteOutcome.LOOP,
            [
                "line.busy 1001",
                "forward.busy 1001",
                "line.offline 1003",
                "line.busy 1002",
                "forward.loop 1002",
            ],
            (set_forward("offline", "1003"), register("1003"), change("1002", "busy")),
            id="a loop and an offline line",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002"), forwarding("1002", busy="1001")),
            ("1001", "1003"),
            dict.fromkeys(("1001", "1002", "1003"), BUSY),
            RouteOutcome.BUSY,
            [
                "line.busy 1001",
                "forward.busy 1001",
                "line.busy 1003",
                "line.busy 1002",
                "forward.loop 1002",
            ],
            (set_forward("busy", "1003"), change("1002", "busy")),
            id="a loop and a busy line",
        ),
        pytest.param(
            office(
                forwarding("1001", unconditional="1002"),
                forwarding("1002", busy="1001"),
                max_forwards=1,
            ),
            ("1001",),
            {"1002": BUSY},
            RouteOutcome.LOOP,
            ["forward.unconditional 1001", "line.busy 1002", "forward.loop 1002"],
            (change("1001", "unconditional"),),
            id="a loop at the last forward: an earlier one must change",
        ),
        pytest.param(
            office(
                forwarding("1001", busy="1002"),
                forwarding("1002", busy="1003"),
                max_forwards=1,
            ),
            ("1001",),
            {"1001": BUSY, "1002": BUSY},
            RouteOutcome.UNREACHABLE,
            ["line.busy 1001", "forward.busy 1001", "line.busy 1002", "forward.too_many 1002"],
            (change("1001", "busy"),),
            id="one forward too many: an earlier one must change",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002"), max_forwards=1),
            ("1001",),
            {"1001": BUSY, "1002": BUSY},
            RouteOutcome.BUSY,
            ["line.busy 1001", "forward.busy 1001", "line.busy 1002"],
            (change("1001", "busy"),),
            id="busy at the last forward: an earlier one must change",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002"), max_forwards=0),
            ("1001",),
            {"1001": BUSY},
            RouteOutcome.UNREACHABLE,
            ["line.busy 1001", "forward.too_many 1001"],
            (CHANGE_DESTINATION,),
            id="no forward allowed: the destination must change",
        ),
        pytest.param(
            office(max_forwards=0),
            ("1001",),
            {"1001": OFFLINE},
            RouteOutcome.UNREACHABLE,
            ["line.offline 1001"],
            (CHANGE_DESTINATION, register("1001")),
            id="no forward allowed, offline",
        ),
        pytest.param(
            office(),
            ("010-1-212-555-0123",),
            {},
            RouteOutcome.UNREACHABLE,
            ["target.abroad 01012125550123"],
            (ENABLE,),
            id="4-09 a target abroad",
        ),
        pytest.param(
            office(forwarding("1001", busy="+12125550123")),
            ("1001",),
            {"1001": BUSY},
            RouteOutcome.UNREACHABLE,
            ["line.busy 1001", "forward.busy 1001", "target.abroad +1 212-555-0123"],
            (ENABLE,),
            id="4-09 a forward abroad",
        ),
        pytest.param(
            office(forwarding("1001", offline="0033-010-1-212-555-0123")),
            ("1001",),
            {"1001": OFFLINE},
            RouteOutcome.UNREACHABLE,
            ["line.offline 1001", "forward.offline 1001", "target.abroad 003301012125550123"],
            (ENABLE,),
            id="4-09 a forward abroad with a carrier",
        ),
    ],
)
def test_nobody(
    *,
    router: Router,
    targets: tuple[str, ...],
    lines: Mapping[str, LineState],
    outcome: RouteOutcome,
    reasons: list[str],
    remedies: tuple[Remedy, ...],
) -> None:
    """Where nothing rings the route says why, and what would help."""
    route = ask(router, Ring(targets), lines)
    assert route.outcome is outcome
    assert not outcome.reached
    assert route.legs == ()
    assert said(route) == [f"destination.ring {route.plan.reasons[0].about}", *reasons]
    assert route.remedies == remedies


def test_without_ringing() -> None:
    """A guidance is played, and a busy destination is busy, whatever the lines do."""
    guidance = ask(office(), Announce(), {"1001": BUSY})
    assert (guidance.outcome, guidance.announcement) == (RouteOutcome.ANNOUNCE, "009608")
    assert guidance.outcome.reached
    busy = ask(office(), Busy(), {})
    assert (busy.outcome, busy.remedies) == (RouteOutcome.BUSY, (CHANGE_DESTINATION,))


def test_a_leg() -> None:
    """A leg says what rings and whether it is recorded; outside, which number is shown."""
    mine = Extension(
        number="1001",
        caller_id="03-1111-1111",
        recording=True,
        forwards=Forwards(no_answer="090-1234-5678"),
    )
    plain = forwarding("1002", no_answer="080-1234-5678")
    legs = ask(office(mine, plain), Ring(("1001", "1002", "070-1234-5678")), {}).legs
    assert [leg.recording for leg in legs] == [True, False, False, False, False]
    assert [leg.kind for leg in legs] == [
        TargetKind.EXTENSION,
        TargetKind.EXTENSION,
        TargetKind.OUTSIDE,
        TargetKind.OUTSIDE,
        TargetKind.OUTSIDE,
    ]
    shown = {leg.target: leg.caller_id for leg in legs}
    assert shown == {
        "1001": None,
        "1002": None,
        "07012345678": "0312345678",
        "09012345678": "0311111111",
        "08012345678": "0312345678",
    }
    assert legs[3].via == (Forward("1001", ForwardKind.NO_ANSWER),)


def test_the_number_shown_is_of_the_last_forward() -> None:
    """After two forwards, the second one's extension is whose number is shown (4-14)."""
    first = Extension(number="1001", caller_id="0311111111", forwards=Forwards(busy="1002"))
    second = Extension(
        number="1002", caller_id="0322222222", forwards=Forwards(busy="090-1234-5678")
    )
    route = ask(office(first, second), Ring(("1001",)), {"1001": BUSY, "1002": BUSY})
    assert [leg.caller_id for leg in route.legs] == ["0322222222"]


def test_the_last_second() -> None:
    """A phone rings up to its last second, and the next target from there on (4-17)."""
    legs = ask(office(forwarding("1001", no_answer="1002")), Ring(("1001",)), {}).legs
    assert [leg.rings_at(19) for leg in legs] == [True, False]
    assert [leg.rings_at(20) for leg in legs] == [False, True]
    assert [leg.rings_at(100_000) for leg in legs] == [False, True]
