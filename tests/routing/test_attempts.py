"""One phone: its line, its forwards, its turn, and what was reported of it."""

from collections.abc import Mapping
from typing import Final

import pytest

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.routing import (
    Extension,
    Forwards,
    Group,
    LegOutcome,
    LineState,
    Member,
    Ring,
    RouteOutcome,
    Router,
    Strategy,
)
from tests.routing.offices import ask, drawn, ended, forwarding, office, said

IDLE, BUSY, OFFLINE = LineState.IDLE, LineState.BUSY, LineState.OFFLINE
DND: Final = LineState.DO_NOT_DISTURB
SEQUENTIAL: Final = Strategy.SEQUENTIAL
SALES: Final = Ring(("sales",))


def pair(*, honour: bool, **forwards: str | int) -> Router:
    """Return an office whose group has 1001, with forwards that act or not, and 1002."""
    members = (Member("1001", honour_forwards=honour), "1002")
    return office(forwarding("1001", **forwards), groups=(Group("sales", members),))


@pytest.mark.parametrize(
    ("forwards", "state", "honoured", "left_alone"),
    [
        pytest.param(
            {"unconditional": "1003"},
            IDLE,
            ["1002 0-", "1003 0- < 1001 unconditional"],
            ["1001 0-", "1002 0-"],
            id="unconditional: it rings instead",
        ),
        pytest.param(
            {"unconditional": "1003"},
            BUSY,
            ["1002 0-", "1003 0- < 1001 unconditional"],
            ["1002 0-"],
            id="unconditional, and busy: it is left out",
        ),
        pytest.param(
            {"offline": "1003"},
            OFFLINE,
            ["1002 0-", "1003 0- < 1001 offline"],
            ["1002 0-"],
            id="offline: it is left out",
        ),
        pytest.param(
            {"busy": "1003"},
            BUSY,
            ["1002 0-", "1003 0- < 1001 busy"],
            ["1002 0-"],
            id="busy: it is left out",
        ),
        pytest.param(
            {"busy": "1003"},
            DND,
            ["1002 0-", "1003 0- < 1001 busy"],
            ["1002 0-"],
            id="do not disturb counts as busy: it is left out",
        ),
        pytest.param(
            {"no_answer": "1003"},
            IDLE,
            ["1001 0-20", "1002 0-", "1003 20- < 1001 no_answer"],
            ["1001 0-", "1002 0-"],
            id="no answer: it rings on",
        ),
    ],
)
def test_honour_forwards(
    forwards: Mapping[str, str],
    state: LineState,
    *,
    honoured: list[str],
    left_alone: list[str],
) -> None:
    """Where its forwards are not honoured, a member rings or is left out."""
    lines = {"1001": state}
    assert drawn(ask(pair(honour=True, **forwards), SALES, lines)) == honoured
    assert drawn(ask(pair(honour=False, **forwards), SALES, lines)) == left_alone


@pytest.mark.parametrize(
    ("state", "outcome", "register"),
    [
        pytest.param(BUSY, RouteOutcome.BUSY, False, id="busy"),
        pytest.param(DND, RouteOutcome.BUSY, False, id="do not disturb"),
        pytest.param(OFFLINE, RouteOutcome.UNREACHABLE, True, id="offline"),
    ],
)
def test_forwards_that_would_help(
    state: LineState, outcome: RouteOutcome, *, register: bool
) -> None:
    """When a member is left out and nobody rings, its forwards are what would help."""
    forwards = Forwards(offline="1003", busy="1003")
    members = (Member("1001", honour_forwards=False),)
    router = office(
        Extension(number="1001", forwards=forwards), groups=(Group("sales", members),)
    )
    route = ask(router, SALES, {"1001": state})
    assert route.outcome is outcome
    about = {"about": "1001"}
    honour = Remedy("group.forwards.honour", Actor.PORTAL_ADMINISTRATOR, about)
    phone = Remedy("line.register", Actor.USER, about)
    assert route.remedies == ((honour, phone) if register else (honour,))


@pytest.mark.parametrize(
    ("router", "ring", "lines", "legs", "reasons"),
    [
        pytest.param(
            office(forwarding("1001", no_answer="1003", ring_seconds=5)),
            Ring(("1001", "1002"), strategy=SEQUENTIAL),
            {},
            ["1001 0-5", "1003 5-20 < 1001 no_answer", "1002 20-"],
            ["forward.no_answer 1001"],
            id="a no-answer forward acts within its turn",
        ),
        pytest.param(
            office(forwarding("1001", no_answer="1003", ring_seconds=20)),
            Ring(("1001", "1002"), strategy=SEQUENTIAL),
            {},
            ["1001 0-20", "1002 20-"],
            ["forward.too_late 1001"],
            id="a no-answer forward at the end of its turn is too late",
        ),
        pytest.param(
            office(forwarding("1001", no_answer="1003", ring_seconds=30)),
            Ring(("1001", "1002"), seconds=25),
            {},
            ["1001 0-25", "1002 0-25"],
            ["forward.too_late 1001"],
            id="a no-answer forward after its turn is too late",
        ),
        pytest.param(
            office(forwarding("1001", no_answer="1003", ring_seconds=30)),
            Ring(("1001",), seconds=31),
            {},
            ["1001 0-30", "1003 30-31 < 1001 no_answer"],
            ["forward.no_answer 1001"],
            id="a no-answer forward a second before its turn is over",
        ),
        pytest.param(
            office(
                forwarding("1001", no_answer="1003", ring_seconds=5),
                forwarding("1003", no_answer="1001", ring_seconds=5),
            ),
            Ring(("1001", "1002"), strategy=SEQUENTIAL),
            {},
            ["1001 0-5", "1003 5-10 < 1001 no_answer", "1002 10-"],
            ["forward.loop 1003"],
            id="a loop ends the turn",
        ),
        pytest.param(
            office(forwarding("1001", busy="1003")),
            Ring(("1001", "1002"), strategy=SEQUENTIAL),
            {"1001": DND},
            ["1003 0-20 < 1001 busy", "1002 20-"],
            ["line.do_not_disturb 1001", "forward.busy 1001"],
            id="do not disturb follows the busy forward",
        ),
        pytest.param(
            office(forwarding("1001", busy="1003"), forwarding("1002", busy="1003")),
            Ring(("1001", "1002"), strategy=SEQUENTIAL, seconds=10),
            {"1001": BUSY, "1002": BUSY},
            ["1003 0-10 < 1001 busy", "1003 10-20 < 1002 busy"],
            ["forward.busy 1002"],
            id="the same phone in two turns rings twice",
        ),
        pytest.param(
            office(forwarding("1001", busy="1002")),
            Ring(("1001", "1002"), strategy=SEQUENTIAL),
            {"1001": BUSY, "1002": BUSY},
            [],
            ["line.busy 1002", "line.busy 1002"],
            id="a forward to somebody whose turn comes later, busy",
        ),
        pytest.param(
            office(),
            Ring(("+1 212-555-0123", "1001"), strategy=SEQUENTIAL),
            {},
            ["1001 0-"],
            ["target.abroad +1 212-555-0123"],
            id="4-09 a number abroad has no turn",
        ),
        pytest.param(
            office(),
            Ring(("0312345679", "+81 3-1234-5679"), strategy=SEQUENTIAL, seconds=10),
            {},
            ["0312345679 0-10", "+81312345679 10-20"],
            ["target.rings.outside.for 03-1234-5679"],
            id="an outside number in two spellings has two turns",
        ),
        pytest.param(
            office(),
            Ring(("0312345679", "+81 3-1234-5679")),
            {},
            ["0312345679 0-"],
            ["target.rings_already +81 3-1234-5679"],
            id="an outside number in two spellings rings once at a time",
        ),
        pytest.param(
            office(groups=(Group("sales", ("1002", "1001")),)),
            Ring(("1001", "sales")),
            {"1001": BUSY},
            ["1002 0-"],
            ["line.busy 1001"],
            id="named directly twice in one second: tried once, silently",
        ),
        pytest.param(
            office(groups=(Group("sales", (Member("1001", delay=5), "1002")),)),
            Ring(("1001", "sales")),
            {},
            ["1001 0-", "1002 0-"],
            ["target.rings_already 1001"],
            id="named again while it rings",
        ),
        pytest.param(
            office(groups=(Group("sales", (Member("1001", delay=5, seconds=5),)),)),
            Ring(("sales", "1001"), seconds=5),
            {},
            ["1001 0-5"],
            ["member.too_late 1001"],
            id="named again when its time is over",
        ),
    ],
)
def test_turns(
    router: Router,
    ring: Ring,
    lines: Mapping[str, LineState],
    legs: list[str],
    reasons: list[str],
) -> None:
    """A phone rings in its turn, and its forwards act within it."""
    route = ask(router, ring, lines)
    assert drawn(route) == legs
    assert [each for each in said(route) if each in reasons] == reasons


def test_tried_once_leaves_one_reason() -> None:
    """A busy phone that two groups name in one second is said to be busy once."""
    groups = (Group("one", ("1001",)), Group("two", ("1001",)))
    route = ask(office(groups=groups), Ring(("one", "two")), {"1001": BUSY})
    assert said(route) == ["destination.ring one, two", "line.busy 1001"]
    assert ended(route) == "0 busy"


@pytest.mark.parametrize(
    ("outcome", "legs", "reason"),
    [
        pytest.param(LegOutcome.BUSY, ["1002 2-12", "1002 12-22"], "line.busy 1001", id="busy"),
        pytest.param(
            LegOutcome.REJECTED, ["1002 2-12", "1002 12-22"], "line.busy 1001", id="rejected"
        ),
        pytest.param(
            LegOutcome.NOT_REGISTERED,
            ["1002 2-12", "1002 12-22"],
            "line.offline 1001",
            id="not registered",
        ),
        pytest.param(
            LegOutcome.NOT_REACHABLE,
            ["1002 2-12", "1002 12-22"],
            "line.offline 1001",
            id="not reachable",
        ),
        pytest.param(
            LegOutcome.FAILURE,
            ["1002 2-12", "1002 12-22"],
            "line.offline 1001",
            id="failure",
        ),
        pytest.param(
            LegOutcome.NO_ANSWER,
            ["1002 2-12", "1001 12-22", "1002 22-32"],
            "leg.no_answer 1001",
            id="no answer: it may ring again",
        ),
    ],
)
def test_known_for_the_rest_of_the_call(
    outcome: LegOutcome, legs: list[str], reason: str
) -> None:
    """What was reported of a line holds for the rest of the call, but for no answer."""
    ring = Ring(("1001", "1002"), strategy=SEQUENTIAL, seconds=10, repeat=2)
    route = ask(office(), ring).after("1001", outcome, second=2)
    assert drawn(route) == legs
    assert ended(route) == f"{legs[-1].partition('-')[2]} no_answer"
    assert said(route).count(reason) == 1


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        pytest.param(LegOutcome.BUSY, "target.busy 090-1234-5678", id="busy"),
        pytest.param(LegOutcome.FAILURE, "target.offline 090-1234-5678", id="failure"),
    ],
)
def test_an_outside_number_is_not_tried_again(outcome: LegOutcome, reason: str) -> None:
    """An outside number that was busy or failed is not called in the next round."""
    ring = Ring(("090-1234-5678", "1002"), strategy=SEQUENTIAL, seconds=10, repeat=2)
    route = ask(office(), ring).after("090-1234-5678", outcome, second=2)
    assert drawn(route) == ["1002 2-12", "1002 12-22"]
    assert reason in said(route)


def test_an_outside_number_in_another_spelling() -> None:
    """What was reported of a number holds in every spelling of it."""
    ring = Ring(("090-1234-5678",), then=Ring(("+81 90-1234-5678",)))
    route = ask(office(), ring).after("090-1234-5678", "busy", second=2)
    assert drawn(route) == []
    assert ended(route) == "2 busy"


def test_the_way_of_a_forward_holds_after_a_report() -> None:
    """A forward by a report counts on its way: the circle is found."""
    router = office(forwarding("1001", busy="1002"), forwarding("1002", busy="1001"))
    route = ask(router, Ring(("1001",))).after("1001", "busy", second=3)
    assert drawn(route) == ["1002 3- < 1001 busy"]
    further = route.after("1002", "rejected", second=5)
    assert drawn(further) == []
    assert ended(further) == "5 loop"


def test_too_many_forwards_by_reports() -> None:
    """Forwards by reports are counted as all others."""
    router = office(
        forwarding("1001", busy="1002"), forwarding("1002", busy="1003"), max_forwards=1
    )
    route = ask(router, Ring(("1001",))).after("1001", "busy").after("1002", "busy", second=4)
    assert ended(route) == "4 unreachable"
    assert said(route)[-1] == "forward.too_many 1002"
