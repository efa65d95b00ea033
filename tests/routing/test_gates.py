"""The features of a number, each from its rule: source 003 (services 1.3), and table 2.1."""

from collections.abc import Mapping
from typing import Any, Final

import pytest
from attrs import evolve

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import (
    Announce,
    Busy,
    Call,
    CalledNumber,
    CallerKind,
    Channels,
    Destination,
    Distribute,
    Divert,
    Group,
    LineState,
    Ring,
    Route,
    RouteOutcome,
    Router,
    Rule,
    Schedule,
    Screening,
)
from cloudpbx.routing.gates import calls_in_use
from tests.routing.offices import NOON, always, drawn, ended, office

MAIN: Final = "0120123456"
SECOND, THIRD = "0322222222", "0333333333"
BUSY, OFFLINE, DND = LineState.BUSY, LineState.OFFLINE, LineState.DO_NOT_DISTURB
GAP: Final[Schedule[Destination]] = Schedule(zone="Asia/Tokyo")
NIGHT: Final = Schedule[Announce](zone="Asia/Tokyo", otherwise=Announce("009600"))
DAY: Final = Schedule[Announce](zone="Asia/Tokyo")
NO_CHANGE: Final = Schedule[Divert](zone="Asia/Tokyo")
FULL: Final = Channels(5, 0)
TOKYO_ONLY: Final = Screening(accepted_areas=("03",), announcement="009601")
PLAIN: Final = CalledNumber(MAIN, always(Ring(("1001",))))
GROUPS: Final = (Group("sales", ("1004", "1005")),)


def changed(target: str) -> Schedule[Divert]:
    """Return a change of reception that is active."""
    return Schedule(zone="Asia/Tokyo", otherwise=Divert(target))


def second(**features: Any) -> CalledNumber:
    """Return a second number, which rings 1002."""
    return CalledNumber(SECOND, features.pop("schedule", always(Ring(("1002",)))), **features)


def third(**features: Any) -> CalledNumber:
    """Return a third number, which rings 1003."""
    return CalledNumber(THIRD, features.pop("schedule", always(Ring(("1003",)))), **features)


def tenant(*numbers: CalledNumber, **settings: Any) -> Router:
    """Return the router of an office with these numbers."""
    return evolve(office(groups=GROUPS), numbers=numbers, **settings)


def ring(
    *numbers: CalledNumber,
    lines: Mapping[str, LineState] | None = None,
    in_use: int | Mapping[str, int] = 0,
    caller: str = "06-1234-5678",
    **call: Any,
) -> Route:
    """Call the first of some numbers."""
    asked = Call(to=numbers[0].number, at=NOON, caller=caller, **call)
    return tenant(*numbers).route(asked, lines or {}, in_use=in_use)


def codes(route: Route) -> list[str]:
    """Return the codes of the reasons after those that every known number has."""
    known, activated, *others = [each.code for each in route.because]
    assert (known, activated) == ("number.known", "subscription.activated")
    return others


@pytest.mark.parametrize(
    ("screening", "call", "outcome", "said"),
    [
        pytest.param(
            Screening(accepted_areas=("03",)),
            {"caller": "06-1234-5678"},
            RouteOutcome.OUT_OF_AREA,
            ["screening.area.outside"],
            id="3-30 3-37 outside of the designated areas",
        ),
        pytest.param(
            Screening(accepted_areas=("03",)),
            {"caller": "03-1111-1111"},
            RouteOutcome.RING,
            ["screening.area.accepted"],
            id="3-30 in a designated area",
        ),
        pytest.param(
            Screening(refused_areas=("06",)),
            {"caller": "06-1234-5678"},
            RouteOutcome.OUT_OF_AREA,
            ["screening.area.refused"],
            id="3-30 in a refused area",
        ),
        pytest.param(
            Screening(accepted_areas=("3", "13101")),
            {"caller": "090-1234-5678", "area": "13102"},
            RouteOutcome.OUT_OF_AREA,
            ["screening.area.outside"],
            id="2.1 the area that the network tells",
        ),
        pytest.param(
            Screening(refused_kinds=frozenset({CallerKind.MOBILE})),
            {"caller": "090-1234-5678"},
            RouteOutcome.BLOCKED,
            ["screening.kind.refused.mobile"],
            id="2.1 a refused kind of terminal",
        ),
        pytest.param(
            Screening(refused_kinds=frozenset({CallerKind.PAYPHONE})),
            {"caller": "03-1111-1111", "kind": CallerKind.PAYPHONE},
            RouteOutcome.BLOCKED,
            ["screening.kind.refused.payphone"],
            id="2.1 a refused kind that the network tells",
        ),
        pytest.param(
            Screening(refused_kinds=frozenset({CallerKind.WITHHELD})),
            {"caller": ""},
            RouteOutcome.BLOCKED,
            ["screening.kind.refused.withheld"],
            id="2.1 a withheld number",
        ),
        pytest.param(
            Screening(blocked=("06-1234-5678",)),
            {"caller": "06-1234-5678"},
            RouteOutcome.BLOCKED,
            ["screening.blocked"],
            id="the block list",
        ),
        pytest.param(
            Screening(blocked=("06-1234-5678",)),
            {"caller": "06-1234-5679"},
            RouteOutcome.RING,
            ["screening.unlisted"],
            id="not on the block list",
        ),
        pytest.param(
            Screening(accepted_areas=("03",), allowed=("06-1234-5678",)),
            {"caller": "06-1234-5678"},
            RouteOutcome.RING,
            ["screening.allowed"],
            id="the allow list passes whatever else is set",
        ),
        pytest.param(
            Screening(accepted_areas=("03",), refused_kinds=frozenset({CallerKind.MOBILE})),
            {"caller": "090-1234-5678"},
            RouteOutcome.OUT_OF_AREA,
            ["screening.area.outside", "screening.kind.refused.mobile"],
            id="3-40 area before kind",
        ),
        pytest.param(Screening(), {"caller": ""}, RouteOutcome.RING, [], id="3-30 nationwide"),
    ],
)
def test_screening(
    screening: Screening, call: dict[str, Any], outcome: RouteOutcome, said: list[str]
) -> None:
    """A caller who is turned away hears the guidance of the screening, and nothing rings."""
    route = ring(evolve(PLAIN, screening=evolve(screening, announcement="009601")), **call)
    assert route.outcome is outcome
    assert codes(route)[: len(said)] == said
    if outcome is RouteOutcome.RING:
        assert drawn(route) == ["1001 0-"]
        assert (route.announcement, route.remedies) == ("", ())
    else:
        assert codes(route) == said
        assert drawn(route) == []
        assert route.announcement == "009601"
        assert route.remedies


def test_what_opens_a_screening() -> None:
    """The remedies of a refused caller are those of the screening."""
    route = ring(evolve(PLAIN, screening=TOKYO_ONLY))
    assert route.remedies == (
        Remedy("screening.area.accept", Actor.CUSTOMER, {"about": "06"}),
        Remedy("screening.allow", Actor.CUSTOMER, {"about": "06-1234-5678"}),
    )


@pytest.mark.parametrize(
    ("features", "outcome", "said"),
    [
        pytest.param(
            {"screening": TOKYO_ONLY, "after_hours": NIGHT},
            RouteOutcome.OUT_OF_AREA,
            ["screening.area.outside"],
            id="3-40 area before after hours",
        ),
        pytest.param(
            {"screening": TOKYO_ONLY, "channels": FULL},
            RouteOutcome.OUT_OF_AREA,
            ["screening.area.outside"],
            id="3-40 area before channels",
        ),
        pytest.param(
            {"screening": TOKYO_ONLY, "reception_change": changed("1002")},
            RouteOutcome.OUT_OF_AREA,
            ["screening.area.outside"],
            id="3-40 area before change of reception",
        ),
        pytest.param(
            {"after_hours": NIGHT, "channels": FULL},
            RouteOutcome.ANNOUNCE,
            ["schedule.otherwise", "after_hours.on", "destination.announce"],
            id="3-40 after hours before channels",
        ),
        pytest.param(
            {"after_hours": NIGHT, "reception_change": changed("1002")},
            RouteOutcome.ANNOUNCE,
            ["schedule.otherwise", "after_hours.on", "destination.announce"],
            id="2.1 rule 3: after hours before change of reception",
        ),
        pytest.param(
            {"channels": FULL, "reception_change": changed("1002")},
            RouteOutcome.BUSY,
            ["channels.full"],
            id="channels before change of reception",
        ),
        pytest.param(
            {"channels": FULL, "schedule": GAP},
            RouteOutcome.BUSY,
            ["channels.full"],
            id="channels before the schedule",
        ),
        pytest.param(
            {"reception_change": changed("1002"), "schedule": GAP},
            RouteOutcome.RING,
            [
                "schedule.otherwise",
                "reception.changed",
                "destination.ring",
                "target.rings.extension",
            ],
            id="change of reception before the schedule",
        ),
        pytest.param(
            {
                "screening": Screening(accepted_areas=("06",)),
                "after_hours": DAY,
                "channels": Channels(5),
                "reception_change": NO_CHANGE,
            },
            RouteOutcome.RING,
            [
                "screening.area.accepted",
                "after_hours.off",
                "channels.free",
                "reception.unchanged",
                "schedule.otherwise",
                "destination.ring",
                "target.rings.extension",
            ],
            id="every gate is passed, in order",
        ),
        pytest.param(
            {"after_hours": DAY, "schedule": GAP},
            RouteOutcome.NO_ROUTE,
            ["after_hours.off", "schedule.gap", "destination.none"],
            id="a gap behind a gate",
        ),
    ],
)
def test_order(features: dict[str, Any], outcome: RouteOutcome, said: list[str]) -> None:
    """The first gate that ends a call wins, and those before it say that it passed."""
    route = ring(evolve(PLAIN, **features))
    assert route.outcome is outcome
    assert codes(route) == said


def test_after_hours() -> None:
    """The guidance is played at the hours of its own schedule, and says why (3-27)."""
    hours = Schedule[Announce](zone="Asia/Tokyo", rules=(Rule("20:00-08:00", Announce()),))
    router = tenant(evolve(PLAIN, after_hours=hours))

    def what(hour: str) -> str:
        at = NOON.fromisoformat(f"2026-11-24T{hour}+09:00")
        route = router.route(Call(to=MAIN, at=at))
        return route.announcement or str(route.outcome)

    assert what("07:59:59") == "009608"
    assert what("08:00:00") == "ring"
    assert what("19:59:59") == "ring"
    assert what("20:00:00") == "009608"
    late = router.route(Call(to=MAIN, at=NOON.fromisoformat("2026-11-24T03:00+09:00")))
    assert [(each.code, each.about) for each in late.because[2:]] == [
        ("schedule.spill", "20:00-08:00"),
        ("after_hours.on", "0120-123-456"),
        ("destination.announce", "009608"),
    ]
    assert late.remedies == ()


@pytest.mark.parametrize(
    ("contracted", "enabled", "in_use", "outcome"),
    [
        pytest.param(5, 3, 0, RouteOutcome.RING, id="3-23 none in use"),
        pytest.param(5, 3, 2, RouteOutcome.RING, id="3-23 one is left"),
        pytest.param(5, 3, 3, RouteOutcome.BUSY, id="3-23 3-36 none is left"),
        pytest.param(5, 3, 4, RouteOutcome.BUSY, id="3-23 more than were enabled since"),
        pytest.param(5, None, 4, RouteOutcome.RING, id="3-23 all that are contracted"),
        pytest.param(5, None, 5, RouteOutcome.BUSY, id="3-23 all contracted are in use"),
        pytest.param(5, 0, 0, RouteOutcome.BUSY, id="3-23 none is enabled"),
        pytest.param(
            5, 3, {"+81120123456": 3}, RouteOutcome.BUSY, id="by number, in another spelling"
        ),
        pytest.param(
            5, 3, {"0120-123-456": 3}, RouteOutcome.BUSY, id="by number, with hyphens"
        ),
        pytest.param(5, 3, {"0120123456": 2}, RouteOutcome.RING, id="by number, one is left"),
        pytest.param(5, 3, {SECOND: 9}, RouteOutcome.RING, id="by number, another one's"),
        pytest.param(5, 3, {}, RouteOutcome.RING, id="by number, none named"),
    ],
)
def test_channels(
    contracted: int, enabled: int | None, in_use: Any, outcome: RouteOutcome
) -> None:
    """A call is connected while fewer calls are in use than channels are enabled."""
    route = ring(evolve(PLAIN, channels=Channels(contracted, enabled)), in_use=in_use)
    assert route.outcome is outcome
    assert codes(route)[0] == (
        "channels.full" if outcome is RouteOutcome.BUSY else "channels.free"
    )


def test_what_makes_room() -> None:
    """A number whose channels are in use says how many would be enough."""
    route = ring(evolve(PLAIN, channels=Channels(3, 2)), in_use=3)
    assert route.remedies == (
        Remedy("channels.contract", Actor.SALES, {"most": 4}),
        Remedy("channels.enable", Actor.CUSTOMER, {"most": 4}),
    )


@pytest.mark.parametrize(
    ("in_use", "number", "count"),
    [
        pytest.param(3, MAIN, 3, id="a number speaks of the called one"),
        pytest.param(3, SECOND, 0, id="and of no other"),
        pytest.param({MAIN: 3, SECOND: 1}, SECOND, 1, id="each number"),
        pytest.param({"+81 3-2222-2222": 1}, SECOND, 1, id="each number, in any spelling"),
        pytest.param({}, MAIN, 0, id="not named"),
    ],
)
def test_calls_in_use(in_use: Any, number: str, count: int) -> None:
    """Calls are counted for the called number, or for each number."""
    assert calls_in_use(in_use, number, MAIN, "JP") == count


@pytest.mark.parametrize(
    ("in_use", "message"),
    [
        pytest.param(
            "3",
            "`3` is no number of calls: write `3`, or one for each number",
            id="text",
        ),
        pytest.param(
            None,
            "`None` is no number of calls: write `3`, or one for each number",
            id="None",
        ),
        pytest.param(
            -1,
            "`-1` is out of range: the number of calls in use is 0 or more",
            id="below nothing",
        ),
        pytest.param(
            True,
            "`True` is not a whole number, as the number of calls in use must be",
            id="true",
        ),
        pytest.param(
            {MAIN: 1.0},
            "`1.0` is not a whole number, as the number of calls in use must be",
            id="a fraction for a number",
        ),
    ],
)
def test_calls_in_use_refused(in_use: Any, message: str) -> None:
    """What counts no calls is refused in one line, with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        ring(evolve(PLAIN, channels=Channels(5)), in_use=in_use)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("target", "numbers", "legs", "ending"),
    [
        pytest.param("1002", (), ["1002 0-"], "never", id="3-25 to an extension"),
        pytest.param("sales", (), ["1004 0-", "1005 0-"], "never", id="3-25 to a group"),
        pytest.param(
            "090-1234-5678", (), ["09012345678 0-"], "never", id="3-25 to an outside number"
        ),
        pytest.param("+1 212-555-0123", (), [], "0 unreachable", id="4-09 abroad"),
        pytest.param(SECOND, (second(),), ["1002 0-"], "never", id="3-25 to another number"),
        pytest.param(
            "+81 3-2222-2222", (second(),), ["1002 0-"], "never", id="3-25 in another spelling"
        ),
        pytest.param(
            SECOND, (second(schedule=GAP),), [], "0 no_route", id="to a number with a gap"
        ),
        pytest.param(
            SECOND,
            (second(screening=Screening(blocked=("06-1234-5678",))),),
            ["1002 0-"],
            "never",
            id="2.1 rule 3: its screening rests",
        ),
        pytest.param(
            SECOND,
            (second(after_hours=NIGHT),),
            ["1002 0-"],
            "never",
            id="2.1 rule 3: its after-hours guidance rests",
        ),
        pytest.param(
            SECOND,
            (second(channels=FULL),),
            ["1002 0-"],
            "never",
            id="2.1 rule 3: its channels rest",
        ),
        pytest.param(
            SECOND,
            (second(reception_change=changed("1003")),),
            ["1002 0-"],
            "never",
            id="2.1 rule 3: its change of reception rests",
        ),
        pytest.param(
            SECOND,
            (second(schedule=always(Ring(("1005",))), diversion=(THIRD,)), third()),
            [],
            "0 busy",
            id="2.1 rule 3: its busy diversion rests",
        ),
        pytest.param(
            SECOND,
            (second(schedule=always(Distribute({"1002": 1}))),),
            [],
            "0 no_route",
            id="2.1 rule 3: its distribution rests",
        ),
        pytest.param(
            SECOND,
            (second(schedule=always(Divert("1003"))),),
            [],
            "0 no_route",
            id="2.1 rule 3: its own diversion rests",
        ),
        pytest.param(
            SECOND,
            (second(reception_change=changed(MAIN)),),
            ["1002 0-"],
            "never",
            id="2.1 rule 3: two that are changed to each other",
        ),
    ],
)
def test_change_of_reception(
    target: str, numbers: tuple[CalledNumber, ...], legs: list[str], ending: str
) -> None:
    """While reception is changed a call makes one hop, to a schedule and nothing else there."""
    main = evolve(PLAIN, reception_change=changed(target))
    route = ring(main, *numbers, lines={"1005": BUSY} if numbers else {})
    assert drawn(route) == legs
    assert ended(route) == ending
    assert "reception.changed" in codes(route)
    assert codes(route).index("reception.changed") == 1


def test_reasons_of_a_change() -> None:
    """A change of reception says its own rule, where it leads, and the rule there."""
    change = Schedule[Divert](
        zone="Asia/Tokyo", rules=(Rule("tue 09:00-22:00", Divert(SECOND)),)
    )
    other = second(
        schedule=Schedule(zone="Asia/Tokyo", rules=(Rule("20:00-22:00", Ring(("1002",))),))
    )
    route = ring(evolve(PLAIN, reception_change=change), other)
    assert [(each.code, each.about) for each in route.because[2:]] == [
        ("schedule.rule", "tue 09:00-22:00"),
        ("reception.changed", "0120-123-456"),
        ("schedule.rule", "20:00-22:00"),
        ("destination.ring", "1002"),
        ("target.rings.extension", "1002"),
    ]
    assert route.because[3].data == {"target": "03-2222-2222"}


def test_a_change_leaves_the_busy_diversion_behind() -> None:
    """A call that was sent on by a change of reception makes no second hop when it is busy."""
    main = evolve(PLAIN, reception_change=changed("1004"), diversion=(SECOND,))
    assert ended(ring(main, second(), lines={"1004": BUSY})) == "0 busy"


@pytest.mark.parametrize(
    ("main", "others", "lines", "legs", "ending"),
    [
        pytest.param(
            {"after_hours": NIGHT},
            (second(after_hours=NIGHT), third(after_hours=NIGHT)),
            {},
            [],
            "0 announce",
            id="2.1 rule 4: all after hours",
        ),
        pytest.param(
            {"after_hours": NIGHT},
            (second(after_hours=DAY), third(after_hours=NIGHT)),
            {},
            ["1002 0-"],
            "never",
            id="2.1 rule 4: the second is not",
        ),
        pytest.param(
            {"after_hours": NIGHT},
            (second(after_hours=NIGHT), third(after_hours=DAY)),
            {},
            ["1003 0-"],
            "never",
            id="2.1 rule 4: the last is not",
        ),
        pytest.param(
            {"after_hours": NIGHT},
            (second(), third(after_hours=NIGHT)),
            {},
            ["1002 0-"],
            "never",
            id="2.1 rule 4: who has no such hours is never after them",
        ),
        pytest.param(
            {"after_hours": NIGHT},
            (second(), third()),
            {"1002": BUSY},
            ["1003 0-"],
            "never",
            id="2.1 rule 4: the first that is not is busy",
        ),
        pytest.param(
            {"after_hours": NIGHT},
            (second(), third()),
            {"1002": BUSY, "1003": DND},
            [],
            "0 busy",
            id="2.1 rule 4: all that are not are busy",
        ),
        pytest.param(
            {"after_hours": NIGHT},
            (second(after_hours=NIGHT), third(channels=FULL)),
            {},
            [],
            "0 busy",
            id="2.1 rule 4: the one that is not has no channel left",
        ),
        pytest.param(
            {"after_hours": DAY},
            (second(after_hours=NIGHT), third(after_hours=NIGHT)),
            {},
            ["1001 0-"],
            "never",
            id="2.1 rule 4: the called number is not",
        ),
        pytest.param(
            {"after_hours": DAY},
            (second(after_hours=NIGHT), third(after_hours=NIGHT)),
            {"1001": BUSY},
            [],
            "0 busy",
            id="2.1 rule 4: the called number is not, and busy",
        ),
        pytest.param(
            {},
            (second(after_hours=NIGHT), third()),
            {"1001": BUSY},
            ["1003 0-"],
            "never",
            id="2.1 rule 4: one of the chain is passed over",
        ),
        pytest.param(
            {"after_hours": NIGHT, "reception_change": changed("1005")},
            (second(), third()),
            {},
            ["1002 0-"],
            "never",
            id="2.1 rules 3 and 4: after hours, a change of reception is not asked",
        ),
    ],
)
def test_busy_diversion_after_hours(
    main: dict[str, Any],
    others: tuple[CalledNumber, ...],
    lines: Mapping[str, LineState],
    legs: list[str],
    ending: str,
) -> None:
    """The guidance plays only if every number of a busy diversion is after hours."""
    route = ring(evolve(PLAIN, diversion=(SECOND, THIRD), **main), *others, lines=lines)
    assert drawn(route) == legs
    assert ended(route) == ending


def test_reasons_after_hours_with_a_diversion() -> None:
    """It is said who is not after hours, and who is passed over on the way there."""
    main = evolve(PLAIN, diversion=(SECOND, THIRD), after_hours=NIGHT)
    route = ring(main, second(after_hours=NIGHT), third())
    assert [(each.code, each.about) for each in route.because[3:7]] == [
        ("after_hours.on", "0120-123-456"),
        ("after_hours.diverted", "03-3333-3333"),
        ("diversion.after_hours", "03-2222-2222"),
        ("diversion.open", "03-3333-3333"),
    ]


def test_what_helps_when_no_channel_is_left_on_the_way() -> None:
    """After hours, when the diversion has no channel left, another one there would help."""
    main = evolve(PLAIN, diversion=(SECOND,), after_hours=NIGHT)
    route = ring(main, second(channels=Channels(5, 2)), in_use={SECOND: 2})
    assert (route.outcome, codes(route)[-1]) == (RouteOutcome.BUSY, "diversion.full")
    assert route.remedies == (Remedy("channels.enable", Actor.CUSTOMER, {"most": 3}),)


@pytest.mark.parametrize(
    ("schedule", "lines", "legs", "ending"),
    [
        pytest.param(
            always(Ring(("1001",))), {}, ["1001 0-"], "never", id="not while it can ring"
        ),
        pytest.param(
            always(Ring(("1001",))), {"1001": BUSY}, ["1002 0-"], "never", id="a line is busy"
        ),
        pytest.param(
            always(Ring(("1001",))), {"1001": DND}, ["1002 0-"], "never", id="do not disturb"
        ),
        pytest.param(
            always(Ring(("1001", "1004"))),
            {"1001": BUSY},
            ["1004 0-"],
            "never",
            id="not while one can ring",
        ),
        pytest.param(
            always(Ring(("1001", "1004"))),
            {"1001": OFFLINE, "1004": BUSY},
            ["1002 0-"],
            "never",
            id="one offline, one busy is busy",
        ),
        pytest.param(
            always(Ring(("1001",))),
            {"1001": OFFLINE},
            [],
            "0 unreachable",
            id="not when nobody can be reached",
        ),
        pytest.param(
            always(Ring(("1001",), seconds=10)),
            {},
            ["1001 0-10"],
            "10 no_answer",
            id="not when nobody answers",
        ),
        pytest.param(
            always(Ring(("1001",), seconds=10, then=Ring(("1004",)))),
            {"1004": BUSY},
            ["1001 0-10"],
            "10 no_answer",
            id="not when nobody answered before it was busy",
        ),
        pytest.param(
            always(Ring(("1001",), then=Ring(("1004",)))),
            {"1001": BUSY, "1004": BUSY},
            ["1002 0-"],
            "never",
            id="after all that follows",
        ),
        pytest.param(
            always(Ring(("1001",), then=Announce())),
            {"1001": BUSY},
            [],
            "0 announce",
            id="not when a guidance follows",
        ),
        pytest.param(always(Busy()), {}, [], "0 busy", id="not for a configured busy tone"),
        pytest.param(
            always(Ring(("1001",), then=Busy())),
            {},
            ["1001 0-20"],
            "20 busy",
            id="not for a configured busy tone that follows",
        ),
        pytest.param(GAP, {}, [], "0 no_route", id="not for a gap"),
        pytest.param(
            always(Ring(("1001",))),
            {"1001": BUSY, "1002": BUSY},
            ["1003 0-"],
            "never",
            id="on to the third",
        ),
        pytest.param(
            always(Ring(("1001",))),
            dict.fromkeys(("1001", "1002", "1003"), BUSY),
            [],
            "0 busy",
            id="all are busy",
        ),
    ],
)
def test_busy_diversion(
    schedule: Schedule[Destination],
    lines: Mapping[str, LineState],
    legs: list[str],
    ending: str,
) -> None:
    """A call that comes to busy goes on to the next number of the busy diversion."""
    main = evolve(PLAIN, schedule=schedule, diversion=(SECOND, THIRD))
    route = ring(main, second(), third(), lines=lines)
    assert drawn(route) == legs
    assert ended(route) == ending


@pytest.mark.parametrize(
    ("target", "others", "in_use", "legs", "ending"),
    [
        pytest.param("1004", (), 0, ["1004 0-"], "never", id="to an extension"),
        pytest.param("sales", (), 0, ["1004 0-", "1005 0-"], "never", id="to a group"),
        pytest.param("090-1234-5678", (), 0, ["09012345678 0-"], "never", id="to outside"),
        pytest.param(
            SECOND, (second(channels=Channels(2, 1)),), 3, ["1002 0-"], "never", id="a channel"
        ),
        pytest.param(
            SECOND,
            (second(channels=Channels(2, 1)),),
            {SECOND: 1},
            [],
            "0 busy",
            id="3-23 no channel is left there",
        ),
        pytest.param(
            SECOND,
            (second(channels=Channels(2, 2)),),
            {"+81 3-2222-2222": 1},
            ["1002 0-"],
            "never",
            id="3-23 one channel is left there",
        ),
        pytest.param(
            SECOND,
            (second(screening=Screening(blocked=("06-1234-5678",))),),
            0,
            ["1002 0-"],
            "never",
            id="one hop: its screening rests",
        ),
        pytest.param(
            SECOND,
            (second(reception_change=changed("1003")),),
            0,
            ["1002 0-"],
            "never",
            id="one hop: its change of reception rests",
        ),
        pytest.param(
            SECOND,
            (second(schedule=always(Ring(("1001",))), diversion=("1003",)),),
            0,
            [],
            "0 busy",
            id="one hop: its busy diversion rests",
        ),
        pytest.param(
            SECOND,
            (second(schedule=always(Distribute({"1002": 1}))),),
            0,
            [],
            "0 no_route",
            id="one hop: its distribution rests",
        ),
        pytest.param(
            SECOND,
            (second(schedule=always(Divert("1003"))),),
            0,
            [],
            "0 no_route",
            id="one hop: its own diversion rests",
        ),
    ],
)
def test_busy_diversion_to(
    target: str,
    others: tuple[CalledNumber, ...],
    in_use: Any,
    legs: list[str],
    ending: str,
) -> None:
    """A busy diversion is one hop, to a number that is free or to a target."""
    main = evolve(PLAIN, diversion=(target,))
    route = ring(main, *others, lines={"1001": BUSY}, in_use=in_use)
    assert drawn(route) == legs
    assert ended(route) == ending


def test_reasons_of_a_busy_diversion() -> None:
    """It is said who is passed over, that the number is busy, and where the call goes on."""
    main = evolve(PLAIN, diversion=(SECOND, THIRD))
    route = ring(main, second(channels=FULL), third(), lines={"1001": BUSY})
    assert [(each.code, each.about) for each in route.because[2:]] == [
        ("schedule.otherwise", "2026-11-24"),
        ("diversion.full", "03-2222-2222"),
        ("destination.ring", "1001"),
        ("line.busy", "1001"),
        ("diversion.busy", "03-3333-3333"),
        ("destination.ring", "1003"),
        ("target.rings.extension", "1003"),
    ]


def test_a_refused_call_goes_on() -> None:
    """A rejection counts as busy, so the busy diversion follows, at that second."""
    route = ring(evolve(PLAIN, diversion=(SECOND,)), second())
    later = route.after("1001", "rejected", second=4)
    assert drawn(later) == ["1002 4-"]
    assert drawn(route.after("1001", "not_reachable", second=4)) == []


def test_what_helps_in_a_gap_with_a_diversion() -> None:
    """A gap of a number with a busy diversion is a gap like any other: a rule is missing."""
    plain = ring(evolve(PLAIN, schedule=GAP))
    diverted = ring(evolve(PLAIN, schedule=GAP, diversion=(SECOND,)), second())
    assert [each.code for each in plain.remedies] == ["number.rule.add"]
    assert diverted.remedies == plain.remedies


def test_a_number_that_diverts_has_no_gates() -> None:
    """A schedule that diverts to a number is asked without any feature, and says so."""
    main = evolve(PLAIN, schedule=always(Divert(SECOND)))
    route = ring(main, second(channels=FULL, after_hours=NIGHT))
    assert codes(route) == [
        "schedule.otherwise",
        "destination.divert",
        "destination.ring",
        "target.rings.extension",
    ]


def test_a_gate_before_a_diversion() -> None:
    """A schedule behind gates may divert to a number or to a target."""
    chain = Ring(("1001",), then=Divert(SECOND))
    passing = evolve(PLAIN, channels=Channels(5))
    to_number = evolve(passing, schedule=always(chain))
    assert drawn(ring(to_number, second())) == ["1001 0-20", "1002 20-"]
    to_phone = evolve(passing, schedule=always(Divert("1003")))
    assert drawn(ring(to_phone, second())) == ["1003 0-"]


@pytest.mark.parametrize(
    ("before", "after", "first", "next_call"),
    [
        pytest.param(
            {},
            {"after_hours": NIGHT},
            RouteOutcome.RING,
            RouteOutcome.ANNOUNCE,
            id="after hours",
        ),
        pytest.param(
            {"channels": Channels(5, 1)},
            {"channels": FULL},
            RouteOutcome.RING,
            RouteOutcome.BUSY,
            id="channels",
        ),
        pytest.param(
            {"screening": TOKYO_ONLY},
            {"screening": None},
            RouteOutcome.OUT_OF_AREA,
            RouteOutcome.RING,
            id="screening",
        ),
        pytest.param(
            {"reception_change": changed("+1 212-555-0123")},
            {"reception_change": None},
            RouteOutcome.UNREACHABLE,
            RouteOutcome.RING,
            id="change of reception",
        ),
    ],
)
def test_settings_take_effect_with_the_next_call(
    before: dict[str, Any],
    after: dict[str, Any],
    first: RouteOutcome,
    next_call: RouteOutcome,
) -> None:
    """A changed setting answers the next call; a route that was given stays (3-01, 3-02)."""
    number = evolve(PLAIN, **before)
    call = Call(to=MAIN, at=NOON, caller="06-1234-5678")
    route = tenant(number).route(call)
    text = route.explain()
    changed_route = tenant(evolve(number, **after)).route(call)
    assert (route.outcome, changed_route.outcome) == (first, next_call)
    assert route.explain() == text
    assert tenant(number).route(call) == route


def test_not_activated() -> None:
    """Before activation, what the gates behind would say is said too (4-02)."""
    call = Call(to=MAIN, at=NOON, caller="06-1234-5678")
    route = tenant(evolve(PLAIN, screening=TOKYO_ONLY), activated=False).route(call)
    assert route.outcome is RouteOutcome.NOT_ACTIVATED
    assert [each.code for each in route.because] == [
        "number.known",
        "subscription.not_activated",
        "screening.area.outside",
    ]
    assert [each.code for each in route.remedies] == [
        "subscription.activate",
        "screening.area.accept",
        "screening.allow",
    ]
    free = tenant(evolve(PLAIN, after_hours=NIGHT), activated=False).route(call)
    assert [each.code for each in free.because][1:] == ["subscription.not_activated"]
