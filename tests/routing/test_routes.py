"""The answer of a router: what it says, in words and as data."""

import json
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.routing import (
    Call,
    CalledNumber,
    Extension,
    Forwards,
    LineState,
    Ring,
    Router,
    Rule,
    Schedule,
)

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
