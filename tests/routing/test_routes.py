"""The answer of a router: what it says, in words and as data."""

import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing import (
    Announce,
    Call,
    CalledNumber,
    Destination,
    Distribute,
    Draw,
    Extension,
    Forwards,
    Group,
    LegOutcome,
    LineState,
    Member,
    Ring,
    Route,
    RouteOutcome,
    Router,
    Rule,
    Schedule,
    Screening,
    Strategy,
    Turns,
)
from cloudpbx.routing.places import place_of
from tests.routing.offices import always, ask, drawn, ended, forwarding, office, said

TOKYO: Final = ZoneInfo("Asia/Tokyo")
NOON: Final = datetime(2026, 11, 24, 12, tzinfo=TOKYO)
CALL: Final = Call(to="03-1234-5678", at=NOON, caller="090-1234-5678")
MAIN: Final = CalledNumber(
    "03-1234-5678",
    Schedule(zone="Asia/Tokyo", rules=(Rule("mon-fri 09:00-18:00", Ring(("1001",))),)),
)
OFFICE: Final = Router(
    numbers=(MAIN,),
    extensions=(
        Extension(
            number="1001", recording=True, forwards=Forwards(busy="1002", no_answer="1003")
        ),
        Extension(number="1002", forwards=Forwards(offline="080-1234-5678")),
        Extension(number="1003"),
    ),
)


def test_explain() -> None:
    """A route says what rings, and every gate that was asked."""
    assert OFFICE.route(CALL).explain() == (
        "03-1234-5678 from 090-1234-5678 at 2026-11-24 12:00:00+09:00\n"
        "the call rings\n"
        "     0 s  1001  rings 20 s                       recorded\n"
        "    20 s  1003  rings until the caller hangs up  1001 did not answer\n"
        "because\n"
        "  1. 03-1234-5678 is a number of this tenant\n"
        "  2. the application has been reviewed and authenticated\n"
        "  3. rule `mon-fri 09:00-18:00` applies\n"
        "  4. the destination rings 1001\n"
        "  5. extension 1001 rings from second 0 for 20 seconds\n"
        "  6. extension 1001 forwards to 1003 when nobody answers\n"
        "  7. extension 1003 rings from second 20 until the caller hangs up"
    )


def test_explain_in_japanese() -> None:
    """It says so in Japanese too, with what would help."""
    lines = {"1001": LineState.BUSY, "1002": LineState.BUSY}
    text = OFFICE.route(CALL, lines).explain("ja").splitlines()
    assert text[1] == "話中音になります"
    assert "  6. 内線1001はビジー時に1002へ転送します" in text
    assert text[-1] == "  → ポータル管理者: 内線1002のビジー時の転送を設定する"


def test_because() -> None:
    """Reasons stand in the order of the gates."""
    lines = {"1001": LineState.BUSY, "1002": LineState.OFFLINE}
    assert [(each.code, each.about) for each in OFFICE.route(CALL, lines).because] == [
        ("number.known", "03-1234-5678"),
        ("subscription.activated", ""),
        ("schedule.rule", "mon-fri 09:00-18:00"),
        ("destination.ring", "1001"),
        ("line.busy", "1001"),
        ("forward.busy", "1001"),
        ("line.offline", "1002"),
        ("forward.offline", "1002"),
        ("target.rings.outside", "080-1234-5678"),
    ]


SATURDAY: Final = evolve(CALL, at=datetime(2026, 11, 28, 0, 30, tzinfo=TOKYO))
ADD_RULE: Final = Remedy(
    "number.rule.add",
    Actor.PORTAL_ADMINISTRATOR,
    {"about": "03-1234-5678", "when": "2026-11-28 00:30"},
)
ACTIVATE: Final = Remedy("subscription.activate", Actor.CUSTOMER)
BEFORE: Final = evolve(OFFICE, activated=False)


@pytest.mark.parametrize(
    ("router", "call", "reasons", "remedies"),
    [
        pytest.param(
            OFFICE,
            SATURDAY,
            ["number.known", "subscription.activated", "schedule.gap", "destination.none"],
            (ADD_RULE,),
            id="4-36 a gap",
        ),
        pytest.param(
            OFFICE,
            evolve(SATURDAY, at=SATURDAY.at.astimezone(UTC), to="+81312345678"),
            ["number.known", "subscription.activated", "schedule.gap", "destination.none"],
            (ADD_RULE,),
            id="4-36 a gap, asked in another zone and spelling",
        ),
        pytest.param(
            OFFICE,
            evolve(CALL, to="03-9999-9999"),
            ["number.unknown"],
            (Remedy("number.add", Actor.CUSTOMER, {"about": "03-9999-9999"}),),
            id="4-10 an unknown number",
        ),
        pytest.param(
            OFFICE,
            evolve(CALL, to="anonymous"),
            ["number.unknown"],
            (Remedy("number.correct", Actor.USER, {"about": "anonymous"}),),
            id="no number at all",
        ),
        pytest.param(
            BEFORE,
            CALL,
            ["number.known", "subscription.not_activated"],
            (ACTIVATE,),
            id="4-02 not activated, and nothing else in the way",
        ),
        pytest.param(
            BEFORE,
            SATURDAY,
            ["number.known", "subscription.not_activated", "schedule.gap", "destination.none"],
            (ACTIVATE, ADD_RULE),
            id="4-02 not activated, and a gap behind",
        ),
        pytest.param(
            BEFORE,
            evolve(CALL, to="03-9999-9999"),
            ["number.unknown", "subscription.not_activated"],
            (Remedy("number.add", Actor.CUSTOMER, {"about": "03-9999-9999"}), ACTIVATE),
            id="4-02 not activated, and unknown",
        ),
    ],
)
def test_gates(
    router: Router, call: Call, reasons: list[str], remedies: tuple[Remedy, ...]
) -> None:
    """A gate that ends a call says so, and everything that would open the way."""
    route = router.route(call)
    assert [each.code for each in route.because] == reasons
    assert route.remedies == remedies


def test_withheld() -> None:
    """A caller who withholds the number is said to."""
    route = OFFICE.route(evolve(CALL, caller=""))
    assert route.to_text().startswith("03-1234-5678 from withheld at")


def test_data() -> None:
    """A route is plain data for JSON."""
    route = OFFICE.route(CALL, {"1001": LineState.BUSY, "1002": LineState.OFFLINE})
    data = json.loads(json.dumps(route.to_dict()))
    assert data["call"] == {
        "to": "03-1234-5678",
        "caller": "090-1234-5678",
        "at": "2026-11-24T12:00:00+09:00",
    }
    assert (data["number"], data["outcome"], data["announcement"]) == ("0312345678", "ring", "")
    assert data["legs"] == [
        {
            "target": "08012345678",
            "kind": "outside",
            "start": 0,
            "seconds": None,
            "via": [
                {"extension": "1001", "kind": "busy"},
                {"extension": "1002", "kind": "offline"},
            ],
            "recording": False,
            "caller_id": "0312345678",
        }
    ]
    assert data["because"][5] == {
        "code": "forward.busy",
        "about": "1001",
        "data": {"target": "1002"},
        "text": "extension 1001 forwards to 1002 when it is busy",
    }
    assert data["remedies"] == []


def test_data_of_what_fails() -> None:
    """What does not ring has no number or no legs, and its remedies."""
    unknown = OFFICE.route(evolve(CALL, to="0399999999")).to_dict("ja")
    assert (unknown["number"], unknown["legs"]) == (None, [])
    assert unknown["remedies"] == [
        {
            "code": "number.add",
            "actor": "customer",
            "data": {"about": "03-9999-9999"},
            "text": "契約者: 利用する電話番号に03-9999-9999を追加する",
        }
    ]


def test_pictures() -> None:
    """A route can be looked at as text, SVG and HTML."""
    route = OFFICE.route(CALL)
    assert route.to_text() in route.explain()
    assert route.to_svg("ja").startswith("<svg")
    assert route.to_svg() in route._repr_html_()


BUSY_OUTCOMES: Final = (LegOutcome.BUSY, LegOutcome.REJECTED)
OFFLINE_OUTCOMES: Final = (
    LegOutcome.NOT_REGISTERED,
    LegOutcome.NOT_REACHABLE,
    LegOutcome.FAILURE,
)
FORWARDING: Final = office(
    forwarding("1001", offline="1002", busy="1003", no_answer="1004", ring_seconds=30)
)


@pytest.mark.parametrize("target", ["1001", "090-1234-5678"])
@pytest.mark.parametrize(
    ("outcome", "ending"),
    [
        *((each, RouteOutcome.BUSY) for each in BUSY_OUTCOMES),
        *((each, RouteOutcome.UNREACHABLE) for each in OFFLINE_OUTCOMES),
        (LegOutcome.NO_ANSWER, RouteOutcome.NO_ANSWER),
        (LegOutcome.ANSWERED_ELSEWHERE, RouteOutcome.ANSWERED),
    ],
)
def test_after_the_only_leg(target: str, outcome: LegOutcome, ending: RouteOutcome) -> None:
    """Without a forward the call ends by what was reported of its only leg, and then."""
    route = ask(office(), Ring((target,))).after(target, outcome, second=3)
    assert drawn(route) == []
    assert (route.outcome, ended(route)) == (ending, f"3 {ending}")
    if outcome is not LegOutcome.ANSWERED_ELSEWHERE:
        assert f"leg.{outcome} {target}" in said(route)
        assert {each.code: each for each in route.because}[f"leg.{outcome}"].data == {
            "second": 3
        }


@pytest.mark.parametrize(
    ("outcome", "leg"),
    [
        *((each, "1003 3- < 1001 busy") for each in BUSY_OUTCOMES),
        *((each, "1002 3- < 1001 offline") for each in OFFLINE_OUTCOMES),
        (LegOutcome.NO_ANSWER, "1004 3- < 1001 no_answer"),
    ],
)
def test_after_with_a_forward(outcome: LegOutcome, leg: str) -> None:
    """Each outcome leads to the forward that is set for it, at the second of the report."""
    route = ask(FORWARDING, Ring(("1001",)))
    assert drawn(route) == ["1001 0-30", "1004 30- < 1001 no_answer"]
    later = route.after("1001", outcome, second=3)
    assert drawn(later) == [leg]
    assert later.outcome is RouteOutcome.RING


def test_answered_elsewhere_stops_the_forwards() -> None:
    """An answered call rings nobody any more, whatever forwards there are."""
    route = ask(FORWARDING, Ring(("1001", "1005")))
    later = route.after("1001", "answered_elsewhere", second=4)
    assert (drawn(later), ended(later)) == ([], "4 answered")
    assert later.outcome.reached
    assert later.remedies == ()
    assert later.explain().splitlines()[1].endswith("the call is answered")


@pytest.mark.parametrize("outcome", [*BUSY_OUTCOMES, *OFFLINE_OUTCOMES])
def test_forwards_that_are_not_honoured(outcome: LegOutcome) -> None:
    """A report leads to no forward that the group does not honour."""
    router = office(
        forwarding("1001", offline="1002", busy="1003", no_answer="1004"),
        groups=(Group("sales", (Member("1001", honour_forwards=False),)),),
    )
    later = ask(router, Ring(("sales",), then=Announce())).after("1001", outcome, second=3)
    assert (drawn(later), ended(later)) == ([], "3 announce")


TURNS: Final = Ring(("1001", "1002"), strategy=Strategy.SEQUENTIAL, then=Announce())
BOTH: Final = Ring(("1001", "1002"), then=Announce())
Step = tuple[str, str, int | None]


@pytest.mark.parametrize(
    ("destination", "steps", "legs", "ending"),
    [
        pytest.param(
            TURNS, [("1001", "busy", 5)], ["1002 5-25"], "25 announce", id="the next turn"
        ),
        pytest.param(
            TURNS,
            [("1001", "busy", None)],
            ["1002 0-20"],
            "20 announce",
            id="as soon as can be",
        ),
        pytest.param(
            TURNS,
            [("1001", "no_answer", None)],
            ["1002 20-40"],
            "40 announce",
            id="no answer when its ring time is over",
        ),
        pytest.param(
            TURNS,
            [("1001", "rejected", 30)],
            ["1002 20-40"],
            "40 announce",
            id="after the leg is at its end",
        ),
        pytest.param(
            TURNS,
            [("1002", "busy", 3)],
            [],
            "20 announce",
            id="before the leg is at its start",
        ),
        pytest.param(
            TURNS,
            [("1001", "busy", 10), ("1002", "busy", 4)],
            [],
            "10 announce",
            id="before the last report is then",
        ),
        pytest.param(
            TURNS,
            [("1001", "failure", 2), ("1002", "no_answer", None)],
            [],
            "22 announce",
            id="one after the other",
        ),
        pytest.param(
            TURNS,
            [("1001", "busy", 5), ("1001", "no_answer", 9)],
            ["1002 5-25"],
            "25 announce",
            id="reported already",
        ),
        pytest.param(
            TURNS,
            [("1002", "busy", 25), ("1001", "busy", 26)],
            [],
            "25 announce",
            id="ended already",
        ),
        pytest.param(
            BOTH, [("1001", "busy", 3)], ["1002 0-20"], "20 announce", id="the other rings on"
        ),
        pytest.param(
            BOTH,
            [("1001", "busy", 3), ("1002", "rejected", 5)],
            [],
            "5 announce",
            id="both are over",
        ),
        pytest.param(
            BOTH,
            [("1001", "no_answer", 20), ("1002", "no_answer", 20)],
            [],
            "20 announce",
            id="both at their end",
        ),
        pytest.param(
            Ring(("1001",)),
            [("1001", "no_answer", None)],
            [],
            "20 no_answer",
            id="no answer of a leg without an end: after the usual time",
        ),
        pytest.param(
            Ring(("1001",)),
            [("1001", "no_answer", 100)],
            [],
            "100 no_answer",
            id="a leg without an end may ring for long",
        ),
        pytest.param(
            BOTH,
            [("1002", "answered_elsewhere", 7), ("1001", "answered_elsewhere", 7)],
            [],
            "7 answered",
            id="answered, and told of every leg",
        ),
        pytest.param(
            BOTH,
            [("1002", "answered_elsewhere", 7), ("1001", "busy", 8)],
            [],
            "7 answered",
            id="answered, and a late report",
        ),
        pytest.param(
            Ring(("1001", "1002"), seconds=10, repeat=2),
            [("1001", "busy", 2)],
            ["1002 0-10", "1002 10-20"],
            "20 no_answer",
            id="busy for the rest of the call",
        ),
        pytest.param(
            Ring(("1001",), then=Ring(("1002",), then=Ring(("1003",)))),
            [("1001", "busy", 1), ("1002", "not_registered", 2), ("1003", "rejected", 3)],
            [],
            "3 busy",
            id="to the end of a chain",
        ),
    ],
)
def test_after(
    destination: Destination, steps: list[Step], legs: list[str], ending: str
) -> None:
    """A report leads to what comes next, never before the leg, after it, or backwards."""
    route = ask(office(), destination)
    for target, outcome, second in steps:
        route = route.after(target, outcome, second=second)
    assert drawn(route) == legs
    assert ended(route) == ending


def test_after_changes_nothing() -> None:
    """A leg that ended, or was reported, or an answered call, gives the same route."""
    route = ask(office(), BOTH)
    busy = route.after("1001", "busy", second=5)
    assert busy.after("1001", "rejected", second=6) == busy
    ended_both = busy.after("1002", "no_answer", second=20)
    assert ended_both.after("1001", "busy") == ended_both
    answered = busy.after("1002", "answered_elsewhere", second=8)
    assert answered.after("1002", "answered_elsewhere", second=9) == answered
    assert drawn(route) == ["1001 0-20", "1002 0-20"]


@pytest.mark.parametrize("second", [0, 5])
def test_after_in_any_spelling(second: int) -> None:
    """A leg is found by every spelling of its target, also when it was reported already."""
    route = ask(office(), Ring(("090-1234-5678", "1001")))
    for spelling in ("09012345678", "090-1234-5678", "+81 90-1234-5678", "+819012345678"):
        busy = route.after(spelling, "busy", second=second)
        assert drawn(busy) == ["1001 0-"]
        for again in ("09012345678", "090-1234-5678", "+81 90-1234-5678", "+819012345678"):
            assert busy.after(again, "busy") == busy


@pytest.mark.parametrize("second", [0, 3])
def test_what_helps_after_a_report(second: int) -> None:
    """When a report ends the call, it is said what would have made it reach somebody."""
    later = ask(office(), Ring(("1001",))).after("1001", "busy", second=second)
    data = {"about": "1001"}
    remedy = Remedy("forward.busy.set", Actor.PORTAL_ADMINISTRATOR, data)
    assert later.outcome is RouteOutcome.BUSY
    assert later.remedies == (remedy,)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda route: route.after("1003", "busy"),
            UnknownReferenceError,
            "`1003` is no target of a leg of this call: did you mean `1002`?",
            id="a target without a leg",
        ),
        pytest.param(
            lambda route: route.after("sales", "busy"),
            UnknownReferenceError,
            "`sales` is no target of a leg of this call: write one of `1001`, `1002`",
            id="a group, which has no leg",
        ),
        pytest.param(
            lambda _: ask(office(), Announce()).after("1001", "busy"),
            UnknownReferenceError,
            "`1001` is no target of a leg of this call: nothing rings",
            id="a guidance has no leg",
        ),
        pytest.param(
            lambda _: OFFICE.route(evolve(CALL, to="0399999999")).after("1001", "busy"),
            UnknownReferenceError,
            "`1001` is no target of a leg of this call: nothing rings",
            id="an unknown number has no leg",
        ),
        pytest.param(
            lambda route: route.after(1001, "busy"),
            InvalidValueError,
            '`1001` is not text, as the target of a leg must be: write it in quotes, "1001"',
            id="an int for a target",
        ),
        pytest.param(
            lambda route: route.after("1001", "bussy"),
            InvalidValueError,
            "`bussy` is not an outcome of a leg: did you mean `busy`?",
            id="a misspelled outcome",
        ),
        pytest.param(
            lambda route: route.after("1001", None),
            InvalidValueError,
            "`None` is not text, as an outcome of a leg must be",
            id="None for an outcome",
        ),
        pytest.param(
            lambda route: route.after("1001", "busy", second=-1),
            InvalidValueError,
            "`-1` is out of range: the second of a report is 0 or more",
            id="before the call",
        ),
        pytest.param(
            lambda route: route.after("1001", "busy", second=1.5),
            InvalidValueError,
            "`1.5` is not a whole number, as the second of a report must be",
            id="a fraction of a second",
        ),
    ],
)
def test_after_refuses(
    make: Callable[[Any], Route], error: type[Exception], message: str
) -> None:
    """What is no report of a leg of this call is refused in one line, with the fix."""
    with pytest.raises(error) as caught:
        make(ask(office(), BOTH))
    assert str(caught.value) == message


ROUND: Final = Ring(("1001", "1002", "1003"), strategy=Strategy.CIRCULAR)


@pytest.mark.parametrize(
    ("lines", "steps", "last"),
    [
        pytest.param({}, [], "1001", id="who rings at once"),
        pytest.param({"1001": LineState.BUSY}, [], "1002", id="who rings instead"),
        pytest.param({}, [("1001", "no_answer", None)], "1002", id="no answer"),
        pytest.param({}, [("1001", "answered_elsewhere", 5)], "1001", id="answered"),
        pytest.param(
            {}, [("1002", "answered_elsewhere", 25)], "1002", id="the second answered"
        ),
        pytest.param({}, [("1001", "busy", 0)], "1002", id="busy after all: no offer"),
        pytest.param(
            {},
            [("1001", "rejected", 2), ("1002", "rejected", 4)],
            "1003",
            id="two who refused",
        ),
    ],
)
def test_turns_of_a_circular_ring(
    lines: dict[str, LineState], steps: list[Step], last: str
) -> None:
    """What is handed back is who was offered the call last, as far as the call has come."""
    before = Turns(last={"other": "1005"})
    route = ask(office(), ROUND, lines, turns=before)
    for target, outcome, second in steps:
        route = route.after(target, outcome, second=second)
    assert route.turns == before.offered(place_of(ROUND), last)


def test_turns_of_a_group_inside() -> None:
    """Each circular group that offers a call remembers whom."""
    groups = (
        Group("outer", ("inner", "1003"), strategy=Strategy.CIRCULAR),
        Group("inner", ("1001", "1002"), strategy=Strategy.CIRCULAR),
    )
    route = ask(office(groups=groups), Ring(("outer",)))
    assert route.turns == Turns(last={"outer": "inner", "inner": "1001"})
    later = route.after("1001", "no_answer", second=4)
    assert later.turns == Turns(last={"outer": "inner", "inner": "1002"})
    last = later.after("1002", "no_answer", second=8)
    assert last.turns == Turns(last={"outer": "1003", "inner": "1002"})


def test_turns_when_nobody_rings() -> None:
    """Who could not ring was offered nothing."""
    before = Turns(last={place_of(ROUND): "1002"})
    lines = dict.fromkeys(ROUND.targets, LineState.BUSY)
    assert ask(office(), ROUND, lines, turns=before).turns == before


def test_turns_of_a_ratio() -> None:
    """A turn of a ratio counts when the call comes to it, whoever takes the call."""
    ratio = Distribute({"1001": 1, "1002": 2}, draw=Draw.TURNS)
    had = Turns(shares={place_of(ratio): (0, 1)})
    assert ask(office(), ratio).turns == had
    assert ask(office(), ratio, {"1002": LineState.BUSY}).turns == had
    following = Ring(("1003",), then=ratio)
    route = ask(office(), following)
    assert route.turns == Turns()
    assert route.after("1003", "answered_elsewhere", second=2).turns == Turns()
    assert route.after("1003", "no_answer", second=20).turns == had
    hashed = evolve(ratio, draw=Draw.HASH)
    assert ask(office(), hashed, turns=had).turns == had


def test_turns_of_a_ratio_in_a_row() -> None:
    """What is handed back and passed in again gives each its weight."""
    ratio = Distribute({"1001": 1, "1002": 2}, draw=Draw.TURNS)
    turns, drawn_targets = Turns(), []
    for _ in range(6):
        route = ask(office(), ratio, turns=turns)
        drawn_targets.append(route.legs[0].target)
        turns = route.turns
    assert sorted(drawn_targets) == ["1001", "1001", "1002", "1002", "1002", "1002"]


@pytest.mark.parametrize(
    "router",
    [
        pytest.param(evolve(OFFICE, numbers=()), id="an unknown number"),
        pytest.param(evolve(OFFICE, activated=False), id="not activated"),
        pytest.param(
            evolve(
                OFFICE,
                numbers=(evolve(MAIN, screening=Screening(blocked=("090-1234-5678",))),),
            ),
            id="a gate ended the call",
        ),
        pytest.param(
            evolve(OFFICE, numbers=(evolve(MAIN, schedule=Schedule(zone="UTC")),)), id="a gap"
        ),
        pytest.param(
            evolve(OFFICE, numbers=(evolve(MAIN, schedule=always(Announce())),)),
            id="a guidance",
        ),
        pytest.param(OFFICE, id="a ring without a memory"),
    ],
)
def test_turns_are_never_lost(router: Router) -> None:
    """A call that changes no memory hands back what was passed in."""
    before = Turns(last={"sales": "1001"}, idle_since={"1002": NOON}, shares={"x": (1, 2)})
    assert router.route(CALL, turns=before).turns == before


def test_values() -> None:
    """A route is equal by what it says, pickles, and goes on from there."""
    route = ask(office(), TURNS)
    copy = pickle.loads(pickle.dumps(route))
    assert copy == route
    assert copy.explain() == route.explain()
    assert copy.after("1001", "busy", second=5) == route.after("1001", "busy", second=5)
    assert hash(copy) == hash(route)
    assert route != ask(office(), BOTH)


def test_explain_after_a_report() -> None:
    """What was reported is told in its place, in both languages."""
    route = OFFICE.route(CALL).after("1001", "rejected", second=4)
    assert route.explain().splitlines()[2:] == [
        "     4 s  1002  rings until the caller hangs up  1001 is busy",
        "because",
        "  1. 03-1234-5678 is a number of this tenant",
        "  2. the application has been reviewed and authenticated",
        "  3. rule `mon-fri 09:00-18:00` applies",
        "  4. the destination rings 1001",
        "  5. extension 1001 rings from second 0 for 4 seconds",
        "  6. 1001 refused the call at second 4",
        "  7. extension 1001 forwards to 1002 when it is busy",
        "  8. extension 1002 rings from second 4 until the caller hangs up",
    ]
    assert str(route.because[5].explain("ja")) == "1001は着信の4秒後に応答を拒否しました"
    data = route.to_dict()
    assert [(leg["target"], leg["start"]) for leg in data["legs"]] == [("1002", 4)]
    assert data["ending"] is None


def test_data_of_an_ending() -> None:
    """What happens when nobody answers is plain data too."""
    data = ask(office(), BOTH).to_dict()
    assert data["outcome"] == "ring"
    assert data["ending"] == {"start": 20, "outcome": "announce"}
    assert data["announcement"] == "009608"
