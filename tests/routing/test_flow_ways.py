"""The ways of a call flow: where each gate, destination and target leads."""

from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing import (
    Announce,
    Busy,
    CalledNumber,
    Channels,
    Destination,
    Distribute,
    Divert,
    Extension,
    ExtensionRange,
    Forwards,
    Group,
    Member,
    Override,
    Ring,
    Rule,
    Schedule,
    Screening,
    Strategy,
    Until,
)
from cloudpbx.routing.flow_ways import flow_of
from cloudpbx.routing.flows import CallFlow, FlowKind
from cloudpbx.routing.number_indexes import NumberIndex
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import Targets

NUMBER: Final = "03-1234-5678"
EXTENSIONS: Final = (
    Extension(number="1001", forwards=Forwards(busy="1002", offline="1002", no_answer="1003")),
    Extension(number="1002", forwards=Forwards(unconditional="090-1234-5678")),
    Extension(number="1003", forwards=Forwards(busy="1004", no_answer="+1 212-555-0123")),
    Extension(number="1004", forwards=Forwards(busy="1003", no_answer="1003", ring_seconds=9)),
    Extension(number="1005"),
    Extension(number="1006"),
)
GROUPS: Final = (
    Group(
        "sales",
        (Member("1005", delay=5, seconds=9), Member("1006", honour_forwards=False)),
        seconds=30,
        overflow="pool",
    ),
    Group("pool", ("1005", Member("1006", weight=3)), strategy=Strategy.WEIGHTED, repeat=2),
)
NIGHT: Final = Schedule(zone="Asia/Tokyo", rules=(Rule("22:00-06:00", Announce()),))
OTHERS: Final = (
    CalledNumber("03-1111-1111", Schedule(zone="UTC", otherwise=Ring(("1005",)))),
    CalledNumber(
        "03-2222-2222",
        Schedule(zone="UTC", otherwise=Ring(("1006",))),
        after_hours=NIGHT,
        channels=Channels(2),
    ),
    CalledNumber(
        "03-3333-3333",
        Schedule(
            zone="UTC",
            rules=(
                Rule("mon 00:00-24:00", Distribute({"1005": 1})),
                Rule("tue 00:00-24:00", Divert("03-1111-1111")),
                Rule("wed 00:00-24:00", Busy()),
            ),
        ),
    ),
)


def flow(
    called: CalledNumber, *, activated: bool = True, international: bool = False
) -> CallFlow:
    """Return the flow of a number of an office."""
    rules = RingRules(
        targets=Targets(EXTENSIONS, GROUPS, ExtensionRange()),
        region="JP",
        international=international,
        max_forwards=5,
    )
    own = NumberIndex((called, *OTHERS), "JP")
    return flow_of(called.number, rules, own, activated=activated)


def always(answer: Destination) -> Schedule[Destination]:
    """Return a schedule of one answer."""
    return Schedule(zone="Asia/Tokyo", otherwise=answer)


def ways(found: CallFlow) -> str:
    """Write the flow below the line of the schedule, without what is said of each place."""
    lines = [line.partition(" (")[0] for line in found.to_text().splitlines()]
    return "\n".join(line.removeprefix("    ") for line in lines[2:])


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        pytest.param(Announce("009609"), "otherwise → guidance 009609", id="guidance"),
        pytest.param(Busy(), "otherwise → busy tone", id="busy tone"),
        pytest.param(
            Ring(("1005", "1006")),
            """
otherwise → ring all at once
  1005
  1006
  nobody rings → the call ends""",
            id="ring until the caller hangs up",
        ),
        pytest.param(
            Ring(("1005",), seconds=15, repeat=2),
            """
otherwise → ring
  1005
  nobody answers within 30 s → the call ends""",
            id="ring for a time",
        ),
        pytest.param(
            Ring(("1005",), then=Ring(("1006",), seconds=9, then=Announce())),
            """
otherwise → ring
  1005
  nobody answers within 20 s → ring
    1006
    nobody answers within 9 s → guidance 009608""",
            id="what follows",
        ),
        pytest.param(
            Ring(("1006", "1005"), strategy=Strategy.SEQUENTIAL, seconds=9, then=Busy()),
            """
otherwise → ring one after the other
  turn 1 → 1006
  turn 2 → 1005
  nobody answers → busy tone""",
            id="turns have no bound together",
        ),
        pytest.param(
            Distribute({"1005": 2, "1006": 0, "090-1234-5678": 1}, then=Announce()),
            """
otherwise → distribute by ratio
  weight 2 of 3 → 1005
  weight 1 of 3 → 090-1234-5678
  nobody answers → guidance 009608""",
            id="ratio, without who never has a call",
        ),
        pytest.param(
            Distribute({"1005": 2}),
            """
otherwise → distribute by ratio
  weight 2 of 2 → 1005
  nobody rings → the call ends""",
            id="ratio, until the caller hangs up",
        ),
        pytest.param(
            Ring(("sales",)),
            """
otherwise → ring
  sales
    after 5 s; for 9 s → 1005
    its forwards do not act → 1006
    nobody answers → pool
      weight 1 of 4 → 1005
      weight 3 of 4 → 1006
  nobody answers → the call ends""",
            id="groups, and who overflows to whom",
        ),
        pytest.param(
            Ring(("1001",)),
            """
otherwise → ring
  1001
    offline; busy → 1002
      always → 090-1234-5678
    no answer after 20 s → 1003
      busy → 1004
        busy; no answer after 9 s → 1003
      no answer after 20 s → +1 212-555-0123
  nobody rings → the call ends""",
            id="forwards, and forwards in a circle",
        ),
        pytest.param(
            Divert("1005"),
            """
otherwise → send on to 1005
  ring
    1005
    nobody rings → the call ends""",
            id="sent on to a phone",
        ),
        pytest.param(
            Divert("+81 3-3333-3333"),
            """
otherwise → send on to +81 3-3333-3333
  03-3333-3333
    mon 00:00-24:00 → distribute by ratio
      does not act: sent on before → nothing answers: the caller hears the busy tone
    tue 00:00-24:00 → send on to 03-1111-1111
      does not act: sent on before → nothing answers: the caller hears the busy tone
    wed 00:00-24:00 → busy tone
    no rule → nothing answers: the caller hears the busy tone""",
            id="sent on to a number, where no feature acts",
        ),
    ],
)
def test_destinations(destination: Destination, expected: str) -> None:
    """A destination leads to its targets, and then to what follows it."""
    found = flow(CalledNumber(NUMBER, always(destination)))

    assert ways(found) == expected.strip("\n")


SCREENED: Final = Screening(accepted_areas=("03",), announcement="009610")


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        pytest.param(
            {"screening": SCREENED},
            """
screening of callers
  area not accepted → the caller's area is not accepted
  passes → schedule
    otherwise → busy tone""",
            id="areas",
        ),
        pytest.param(
            {"screening": Screening(blocked=("0312*",))},
            """
screening of callers
  caller not accepted → the caller is not accepted
  passes → schedule
    otherwise → busy tone""",
            id="a list of callers",
        ),
        pytest.param(
            {"after_hours": NIGHT},
            """
after-hours guidance
  22:00-06:00 → guidance 009608
  not after hours → schedule
    otherwise → busy tone""",
            id="after hours",
        ),
        pytest.param(
            {"after_hours": always(Announce()), "channels": Channels(2)},
            """
after-hours guidance
  otherwise → guidance 009608""",
            id="after hours at all times",
        ),
        pytest.param(
            {"channels": Channels(5, 2)},
            """
channels
  no channel is free → the caller hears the busy tone
  a channel is free → schedule
    otherwise → busy tone""",
            id="channels",
        ),
        pytest.param(
            {
                "reception_change": Schedule(
                    zone="UTC", rules=(Rule("sun 00:00-24:00", Divert("03-1111-1111")),)
                )
            },
            """
change of reception
  sun 00:00-24:00 → 03-1111-1111
    otherwise → ring
      1005
      nobody rings → the call ends
  not changed → schedule
    otherwise → busy tone""",
            id="reception at times",
        ),
        pytest.param(
            {"reception_change": Schedule(zone="UTC", otherwise=Divert("1005"))},
            """
change of reception
  otherwise → ring
    1005
    nobody rings → the call ends""",
            id="reception at all times",
        ),
        pytest.param(
            {"diversion": ("1006",), "schedule": always(Ring(("1005",), seconds=20))},
            """
schedule
  otherwise → ring
    1005
    busy → ring
      1006
      nobody rings → the call ends
    nobody answers within 20 s → the call ends""",
            id="busy diversion",
        ),
        pytest.param(
            {"diversion": ("1006",)},
            """
schedule
  otherwise → busy tone""",
            id="no diversion of a configured busy tone",
        ),
        pytest.param(
            {"diversion": ("03-2222-2222",), "schedule": always(Ring(("1005",), seconds=20))},
            """
schedule
  otherwise → ring
    1005
    busy → 03-2222-2222
      after hours; no channel is free → the caller hears the busy tone
      otherwise → ring
        1006
        nobody rings → the call ends
    nobody answers within 20 s → the call ends""",
            id="busy diversion to a number that may be passed over",
        ),
        pytest.param(
            {"diversion": ("03-2222-2222", "03-1111-1111"), "after_hours": NIGHT},
            """
after-hours guidance
  after hours, but not every number of the busy diversion → 03-2222-2222
    after hours; no channel is free → 03-1111-1111
      otherwise → ring
        1005
        nobody rings → the call ends
    otherwise → ring
      1006
      busy → 03-1111-1111
      nobody rings → the call ends
  not after hours → schedule
    otherwise → busy tone""",
            id="no guidance while a number of the diversion is never after hours",
        ),
        pytest.param(
            {
                "diversion": ("03-2222-2222",),
                "after_hours": NIGHT,
                "channels": Channels(1),
                "schedule": always(Announce()),
            },
            """
after-hours guidance
  22:00-06:00; every number of the busy diversion is after hours too → guidance 009608
  not after hours; after hours, but not every number of the busy diversion → channels
    no channel is free → the caller hears the busy tone
    after hours, but not every number of the busy diversion → 03-2222-2222
      after hours; no channel is free → the caller hears the busy tone
      otherwise → ring
        1006
        nobody rings → the call ends
    a channel is free → schedule
      otherwise → guidance 009608""",
            id="channels before the diversion of after hours",
        ),
        pytest.param(
            {
                "diversion": ("1006",),
                "after_hours": always(Announce()),
                "channels": Channels(1),
            },
            """
after-hours guidance
  after hours, but not every number of the busy diversion → channels
    no channel is free → the caller hears the busy tone
    after hours, but not every number of the busy diversion → ring
      1006
      nobody rings → the call ends""",
            id="always after hours, and diverted",
        ),
    ],
)
def test_gates(features: dict[str, Any], expected: str) -> None:
    """A gate leads to what it says, and then to the next that the number has."""
    given = {"schedule": always(Busy()), **features}
    found = flow(CalledNumber(NUMBER, **given))
    lines = [
        line.partition(" (")[0].removeprefix("  ") for line in found.to_text().splitlines()
    ]

    assert "\n".join(lines[1:]) == expected.strip("\n")


def test_gates_in_their_order() -> None:
    """Every gate stands where the router asks it."""
    called = CalledNumber(
        NUMBER,
        always(Busy()),
        screening=SCREENED,
        after_hours=NIGHT,
        channels=Channels(2),
        reception_change=Schedule(zone="UTC", rules=(Rule("sun 00:00-24:00", Divert("1005")),)),
    )
    gates = [
        FlowKind.NUMBER,
        FlowKind.ACTIVATION,
        FlowKind.SCREENING,
        FlowKind.AFTER_HOURS,
        FlowKind.CHANNELS,
        FlowKind.RECEPTION,
        FlowKind.SCHEDULE,
    ]
    found = flow(called, activated=False)

    assert [node.kind for node in found.nodes if node.kind in gates] == gates


def test_before_activation() -> None:
    """A subscription that is not activated has a gate of its own, with all behind it."""
    found = flow(CalledNumber(NUMBER, always(Busy())), activated=False)

    assert found.to_text().splitlines()[1:] == [
        "  calls from outside",
        "    not active yet → calls from outside are not active yet",
        "    once active → schedule (by the clock of Asia/Tokyo)",
        "      otherwise → busy tone",
    ]


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        pytest.param(Override(Busy()), "forced by hand", id="for good"),
        pytest.param(
            Override(Busy(), until=datetime(2026, 11, 24, 3, tzinfo=UTC)),
            "forced by hand until 2026-11-24 12:00",
            id="until an instant, on the clock of the schedule",
        ),
        pytest.param(
            Override(Busy(), since=datetime(2026, 11, 24, tzinfo=UTC), until=Until.NEXT_CHANGE),
            "forced by hand until the next change",
            id="until the next change",
        ),
    ],
)
def test_overrides(override: Override[Destination], expected: str) -> None:
    """What is forced by hand stands before the rules."""
    schedule = Schedule(
        zone="Asia/Tokyo",
        rules=(
            Rule("mon 09:00-18:00", Announce(), "morning"),
            Rule("sat 09:00-12:00", Announce()),
        ),
        holidays={date(2026, 11, 23): "勤労感謝の日"},
        override=override,
    )
    found = ways(flow(CalledNumber(NUMBER, schedule)))

    assert found.splitlines() == [
        f"{expected} → busy tone",
        "morning: mon 09:00-18:00; sat 09:00-12:00 → guidance 009608",
        "no rule → nothing answers: the caller hears the busy tone",
    ]


def test_one_place_for_every_spelling() -> None:
    """A phone that several ways lead to, however it is written, is one place."""
    ring = Ring(("090-1234-5678", "1002"), then=Ring(("+81 90-1234-5678",)))
    found = flow(CalledNumber(NUMBER, always(ring)))

    assert [node.kind for node in found.nodes].count(FlowKind.OUTSIDE) == 1


@pytest.mark.parametrize("international", [False, True])
def test_numbers_abroad(*, international: bool) -> None:
    """A number abroad says that it is never called, while that is so."""
    called = CalledNumber(NUMBER, always(Ring(("+1 212-555-0123",))))
    (node,) = [
        node
        for node in flow(called, international=international).nodes
        if node.kind is FlowKind.OUTSIDE
    ]

    assert [note.code for note in node.notes] == ([] if international else ["abroad"])


def test_a_chain_of_any_length() -> None:
    """Forwards of a thousand extensions are followed to the end."""
    chain = tuple(
        Extension(number=f"{each}", forwards=Forwards(busy=f"{each + 1}"))
        for each in range(1000, 2500)
    )
    last = Extension(number="2500")
    called = CalledNumber(NUMBER, always(Ring(("1000",))))
    rules = RingRules(
        targets=Targets((*chain, last), (), ExtensionRange()),
        region="JP",
        international=False,
        max_forwards=5,
    )
    found = flow_of(NUMBER, rules, NumberIndex((called,), "JP"))

    assert len(found.to_text().splitlines()) == len(found.nodes) == 1505


@pytest.mark.parametrize(
    ("number", "error", "message"),
    [
        pytest.param(
            "03-9999-9999",
            UnknownReferenceError,
            "`03-9999-9999` is not a called number of this tenant: name one of its numbers",
            id="unknown",
        ),
        pytest.param("", InvalidValueError, "`` is empty", id="empty"),
    ],
)
def test_numbers_that_are_none(number: str, error: type[Exception], message: str) -> None:
    """Only a called number of the tenant has a flow."""
    rules = RingRules(
        targets=Targets((), (), ExtensionRange()),
        region="JP",
        international=False,
        max_forwards=5,
    )

    with pytest.raises(error, match=message):
        flow_of(number, rules, NumberIndex(OTHERS, "JP"))
