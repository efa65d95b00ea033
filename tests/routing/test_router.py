"""The router: what may be configured, and which gate ends a call."""

import pickle
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any, Final

import pytest
from attrs import evolve

from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing import (
    Announce,
    Busy,
    Call,
    CalledNumber,
    Channels,
    Destination,
    DialledKind,
    Distribute,
    Divert,
    Extension,
    Forwards,
    Group,
    LineState,
    LineType,
    Override,
    Ring,
    RouteOutcome,
    Router,
    Rule,
    Schedule,
    Screening,
    Strategy,
)
from tests.routing.offices import always, drawn, office

NOON: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)
ALWAYS: Final[Schedule[Destination]] = Schedule(zone="Asia/Tokyo", otherwise=Ring(("1001",)))
MAIN: Final = CalledNumber("03-1234-5678", ALWAYS)
OFFICE: Final = Router(numbers=(MAIN,), extensions=(Extension(number="1001"),))
HIKARI: Final = LineType.named("hikari_denwa")
RATIO_OF_FIVE: Final = Distribute({f"09000000{each:03}": 1 for each in range(5)})
RATIO_OF_SIX: Final = Distribute({f"09000000{each:03}": 1 for each in range(6)})
HUGE: Final = (
    *(Group(f"g{level}", (f"g{level + 1}",), repeat=10) for level in range(1, 5)),
    Group("g5", ("1001",), repeat=10),
)
TOO_MUCH: Final = (
    "calls 100000 targets, 10000 is the most: make fewer rounds, "
    "or take groups out of each other"
)


def answering(destination: Destination) -> CalledNumber:
    """Return the main number with one answer at all times."""
    return evolve(MAIN, schedule=always(destination))


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda: evolve(OFFICE, extensions=(Extension(number="1001"),) * 2),
            InvalidValueError,
            "`1001` stands twice: extension numbers must differ, remove one",
            id="4-13 an extension twice",
        ),
        pytest.param(
            lambda: evolve(OFFICE, extensions=(Extension(number="9000"),)),
            InvalidValueError,
            "`9000` is not in the range of extensions `0000-8999`",
            id="4-13 extension 9000",
        ),
        pytest.param(
            lambda: evolve(OFFICE, numbers=(MAIN, CalledNumber("+81 3-1234-5678", ALWAYS))),
            InvalidValueError,
            "`+81312345678` is the same number as `0312345678`: "
            "called numbers must differ, remove one",
            id="4-10 a number twice in two spellings",
        ),
        pytest.param(
            lambda: evolve(OFFICE, groups=(Group("sales", ("1001",)),) * 2),
            InvalidValueError,
            "`sales` stands twice: names of groups must differ, remove one",
            id="a group twice",
        ),
        pytest.param(
            lambda: evolve(OFFICE, groups=(Group("a", ("b",)), Group("b", ("1001", "a")))),
            InvalidValueError,
            "`a` holds itself (a → b → a): take one of these groups out of the other",
            id="a group in itself",
        ),
        pytest.param(
            lambda: evolve(OFFICE, groups=(Group("sales", ("1002",)),)),
            UnknownReferenceError,
            "`1002` is not an extension of this tenant: did you mean `1001`?",
            id="4-22 an unknown member",
        ),
        pytest.param(
            lambda: evolve(OFFICE, extensions=()),
            UnknownReferenceError,
            "`1001` is not an extension of this tenant: define it, there are none yet",
            id="4-22 an unknown target",
        ),
        pytest.param(
            lambda: evolve(
                OFFICE, extensions=(Extension(number="1001", forwards=Forwards(busy="1002")),)
            ),
            UnknownReferenceError,
            "`1002` is not an extension of this tenant: did you mean `1001`?",
            id="4-16 a forward to an unknown extension",
        ),
        pytest.param(
            lambda: evolve(
                OFFICE, extensions=(Extension(number="1001", forwards=Forwards(busy="12345")),)
            ),
            InvalidValueError,
            "`12345` is not an outside number, as a target that is no extension and no group "
            "must be: write `03-1234-5678` or `+81312345678`",
            id="4-16 a forward to no number",
        ),
        pytest.param(
            lambda: evolve(OFFICE, numbers=(ALWAYS,)),  # type: ignore[arg-type]
            InvalidValueError,
            f"`{repr(ALWAYS)[:60]}…` is not `CalledNumber`, as one of the numbers must be",
            id="a schedule for a number",
        ),
        pytest.param(
            lambda: evolve(OFFICE, extensions="1001"),  # type: ignore[arg-type]
            InvalidValueError,
            '`1001` is not a sequence: write `("1001",)`',
            id="text for extensions",
        ),
        pytest.param(
            lambda: evolve(OFFICE, extension_range="0000-8999"),  # type: ignore[arg-type]
            InvalidValueError,
            "`0000-8999` is not `ExtensionRange`, as the extension range must be",
            id="text for the extension range",
        ),
        pytest.param(
            lambda: evolve(OFFICE, region="Japan"),
            InvalidValueError,
            "`Japan` is not a region: write its ISO 3166-1 code, as `JP`",
            id="a region by its name",
        ),
        pytest.param(
            lambda: evolve(OFFICE, international=None),  # type: ignore[arg-type]
            InvalidValueError,
            "`None` is not true or false, as international must be",
            id="4-09 None for off",
        ),
        pytest.param(
            lambda: evolve(OFFICE, activated=1),  # type: ignore[arg-type]
            InvalidValueError,
            "`1` is not true or false, as activated must be",
            id="4-02 a number for activated",
        ),
        pytest.param(
            lambda: evolve(OFFICE, max_forwards=21),
            InvalidValueError,
            "`21` is out of range: the maximum number of forwards is 0 to 20",
            id="too many forwards",
        ),
        pytest.param(
            lambda: CalledNumber(312345678, ALWAYS),  # type: ignore[arg-type]
            InvalidValueError,
            "`312345678` is not text, as a called number must be: "
            'write it in quotes, "312345678"',
            id="4-10 an int for a number",
        ),
        pytest.param(
            lambda: CalledNumber("０３１２３４５６７８", ALWAYS),
            InvalidValueError,
            "`０３１２３４５６７８` is not an outside number, as a called number must be: "
            "write half-width digits",
            id="4-27 full-width digits",
        ),
        pytest.param(
            lambda: CalledNumber("03-1234-5678", "open"),  # type: ignore[arg-type]
            InvalidValueError,
            "`open` is not `Schedule`, as the schedule of a number must be",
            id="no schedule",
        ),
        pytest.param(
            lambda: CalledNumber("03-1234-5678", ALWAYS, name="a\nb"),
            InvalidValueError,
            "`a\\nb` has a control character: the name of a number is one line of text",
            id="two lines for a name",
        ),
        pytest.param(
            lambda: CalledNumber(
                "03-1234-5678",
                Schedule(zone="UTC", rules=(Rule("00:00-24:00", ["1001"]),)),  # type: ignore[arg-type]
            ),
            InvalidValueError,
            "`['1001']` is not `Ring` or `Announce` or `Busy` or `Distribute` or `Divert`, "
            "as an answer of a number's schedule must be",
            id="4-21 a list for a destination",
        ),
        pytest.param(
            lambda: CalledNumber("03-1234-5678", Schedule(zone="UTC", otherwise="1001")),  # type: ignore[arg-type]
            InvalidValueError,
            "`1001` is not `Ring` or `Announce` or `Busy` or `Distribute` or `Divert`, "
            "as an answer of a number's schedule must be",
            id="text for a destination",
        ),
        pytest.param(
            lambda: CalledNumber("03-1234-5678", Schedule(zone="UTC", override=Override({}))),  # type: ignore[arg-type]
            InvalidValueError,
            "`{}` is not `Ring` or `Announce` or `Busy` or `Distribute` or `Divert`, "
            "as an answer of a number's schedule must be",
            id="a mapping for an override",
        ),
        pytest.param(
            lambda: evolve(OFFICE, line_type="hikari_denwa"),  # type: ignore[arg-type]
            InvalidValueError,
            "`hikari_denwa` is not `LineType`, as the line type must be",
            id="the id of a line type",
        ),
        pytest.param(
            lambda: evolve(OFFICE, line_type=HIKARI, numbers=(answering(RATIO_OF_SIX),)),
            InvalidValueError,
            f"`{str(RATIO_OF_SIX)[:60]}…` has 6 targets, and this type of line distributes "
            "to 5 at most: leave some out",
            id="3-25 a ratio of six on a line for five",
        ),
        pytest.param(
            lambda: evolve(
                OFFICE,
                line_type=HIKARI,
                numbers=(answering(Ring(("1001",), then=RATIO_OF_SIX)),),
            ),
            InvalidValueError,
            f"`{str(RATIO_OF_SIX)[:60]}…` has 6 targets, and this type of line distributes "
            "to 5 at most: leave some out",
            id="3-25 a ratio of six that follows",
        ),
        pytest.param(
            lambda: evolve(OFFICE, numbers=(evolve(MAIN, diversion=("1002",)),)),
            UnknownReferenceError,
            "`1002` is not an extension of this tenant: did you mean `1001`?",
            id="a busy diversion to an unknown extension",
        ),
        pytest.param(
            lambda: evolve(
                OFFICE,
                numbers=(
                    evolve(
                        MAIN, reception_change=Schedule(zone="UTC", otherwise=Divert("sales"))
                    ),
                ),
            ),
            UnknownReferenceError,
            "`sales` is not a group of this tenant: define it, there are none yet",
            id="3-25 a change of reception to an unknown group",
        ),
        pytest.param(
            lambda: evolve(OFFICE, numbers=(answering(Divert("1002")),)),
            UnknownReferenceError,
            "`1002` is not an extension of this tenant: did you mean `1001`?",
            id="a diversion to an unknown extension",
        ),
        pytest.param(
            lambda: evolve(OFFICE, numbers=(answering(Ring(("1001",), then=Ring(("1002",)))),)),
            UnknownReferenceError,
            "`1002` is not an extension of this tenant: did you mean `1001`?",
            id="an unknown extension that follows",
        ),
        pytest.param(
            lambda: evolve(OFFICE, numbers=(answering(Distribute({"1001": 1, "1002": 0})),)),
            UnknownReferenceError,
            "`1002` is not an extension of this tenant: did you mean `1001`?",
            id="an unknown extension of weight 0",
        ),
        pytest.param(
            lambda: evolve(OFFICE, groups=(Group("sales", ("1001",), overflow="1002"),)),
            UnknownReferenceError,
            "`1002` is not an extension of this tenant: did you mean `1001`?",
            id="an unknown overflow",
        ),
        pytest.param(
            lambda: evolve(
                OFFICE,
                groups=(Group("a", ("1001",), overflow="b"), Group("b", ("1001", "a"))),
            ),
            InvalidValueError,
            "`a` holds itself (a → b → a): take one of these groups out of the other",
            id="a group in its own overflow",
        ),
        pytest.param(
            lambda: evolve(OFFICE, groups=(Group("a", ("1001",), overflow="a"),)),
            InvalidValueError,
            "`a` holds itself (a → a): take one of these groups out of the other",
            id="a group that overflows to itself",
        ),
        pytest.param(
            lambda: evolve(
                OFFICE,
                numbers=(
                    evolve(
                        MAIN,
                        screening=Screening(accepted_areas=("03",), refused_areas=("+813",)),
                    ),
                ),
            ),
            InvalidValueError,
            "`03` and `+813` are the same in JP, and one lets callers pass where the other "
            "refuses them: remove one",
            id="3-30 an area in two spellings, accepted and refused",
        ),
        pytest.param(
            lambda: evolve(OFFICE, groups=HUGE, numbers=(answering(Ring(("g1",))),)),
            InvalidValueError,
            f"`ring g1` {TOO_MUCH}",
            id="too many turns",
        ),
        pytest.param(
            lambda: evolve(OFFICE, groups=HUGE, numbers=(answering(Divert("g1")),)),
            InvalidValueError,
            f"`divert to g1` {TOO_MUCH}",
            id="too many turns by a diversion",
        ),
        pytest.param(
            lambda: evolve(
                OFFICE,
                groups=HUGE,
                numbers=(
                    evolve(MAIN, reception_change=Schedule(zone="UTC", otherwise=Divert("g1"))),
                ),
            ),
            InvalidValueError,
            f"`divert to g1` {TOO_MUCH}",
            id="too many turns by a change of reception",
        ),
        pytest.param(
            lambda: evolve(OFFICE, groups=HUGE, numbers=(evolve(MAIN, diversion=("g1",)),)),
            InvalidValueError,
            f"`ring g1` {TOO_MUCH}",
            id="too many turns by a busy diversion",
        ),
    ],
)
def test_refused(make: Callable[[], Any], error: type[Exception], message: str) -> None:
    """What cannot be configured is refused in one line, with the fix."""
    with pytest.raises(error) as caught:
        make()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("states", "message"),
    [
        pytest.param(
            {"1001": "buzy"},
            "`buzy` is not a state of line `1001`: did you mean `busy`?",
            id="buzy",
        ),
        pytest.param(
            {"1001": 1},
            "`1` is not a state of line `1001`: "
            "write one of `busy`, `do_not_disturb`, `idle`, `offline`",
            id="a number",
        ),
        pytest.param(
            {"1001": ["busy"]},
            "`['busy']` is not a state of line `1001`: did you mean `busy`?",
            id="a list, which cannot be hashed",
        ),
        pytest.param(
            {"1001": LineState.IDLE, "1002": "up"},
            "`up` is not a state of line `1002`: "
            "write one of `busy`, `do_not_disturb`, `idle`, `offline`",
            id="a line that the call does not come to",
        ),
    ],
)
def test_states_refused(states: Any, message: str) -> None:
    """A state that is none is refused wherever a call might come to its line."""
    waiting = Extension(number="1001", forwards=Forwards(busy="1002"))
    router = evolve(OFFICE, extensions=(waiting, Extension(number="1002")))
    with pytest.raises(InvalidValueError) as caught:
        router.route(Call(to=MAIN.number, at=NOON), states)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("router", "to", "outcome"),
    [
        pytest.param(OFFICE, "03-1234-5678", RouteOutcome.RING, id="4-20 a known number"),
        pytest.param(OFFICE, "0312345678", RouteOutcome.RING, id="without hyphens"),
        pytest.param(OFFICE, "+81312345678", RouteOutcome.RING, id="with the country code"),
        pytest.param(OFFICE, "81312345678", RouteOutcome.RING, id="without plus"),
        pytest.param(
            OFFICE, "+81 (0)3-1234-5678", RouteOutcome.RING, id="with a needless zero"
        ),
        pytest.param(OFFICE, "010-81-3-1234-5678", RouteOutcome.RING, id="with a prefix"),
        pytest.param(OFFICE, "03-1234-5679", RouteOutcome.UNKNOWN_NUMBER, id="another number"),
        pytest.param(OFFICE, "1001", RouteOutcome.UNKNOWN_NUMBER, id="an extension"),
        pytest.param(OFFICE, "anonymous", RouteOutcome.UNKNOWN_NUMBER, id="no number"),
        pytest.param(
            OFFICE, "tel:03-1234-5678", RouteOutcome.UNKNOWN_NUMBER, id="a number in words"
        ),
        pytest.param(
            evolve(OFFICE, activated=False),
            "03-1234-5678",
            RouteOutcome.NOT_ACTIVATED,
            id="4-02 not activated",
        ),
        pytest.param(
            evolve(OFFICE, activated=False),
            "03-1234-5679",
            RouteOutcome.UNKNOWN_NUMBER,
            id="4-02 not activated, unknown",
        ),
        pytest.param(
            evolve(OFFICE, numbers=(evolve(MAIN, schedule=Schedule(zone="UTC")),)),
            "03-1234-5678",
            RouteOutcome.NO_ROUTE,
            id="4-36 a gap",
        ),
        pytest.param(
            evolve(
                OFFICE,
                activated=False,
                numbers=(evolve(MAIN, schedule=Schedule(zone="UTC")),),
            ),
            "03-1234-5678",
            RouteOutcome.NOT_ACTIVATED,
            id="4-02 not activated, a gap",
        ),
    ],
)
def test_gates(router: Router, to: str, outcome: RouteOutcome) -> None:
    """The first gate that ends a call wins."""
    assert router.route(Call(to=to, at=NOON)).outcome is outcome


def test_the_office_of_the_manual() -> None:
    """The example of the source: 1001 and 1002, then 1003, then the guidance (4-32 to 4-34)."""
    numbers = (
        CalledNumber(
            "03-0000-1234",
            Schedule(
                zone="Asia/Tokyo",
                rules=(
                    Rule("08:00-20:00", Ring(("1001", "1002"))),
                    Rule("20:00-24:00", Ring(("1003",))),
                    Rule("00:00-08:00", Announce()),
                ),
            ),
        ),
    )
    extensions = tuple(Extension(number=each) for each in ("1001", "1002", "1003"))
    router = Router(numbers=numbers, extensions=extensions)

    def what(at: str) -> list[str]:
        time = datetime.fromisoformat(f"2026-11-24T{at}+09:00")
        route = router.route(Call(to="0300001234", at=time))
        return [leg.target for leg in route.legs] or [route.announcement]

    assert what("07:59:59") == ["009608"]
    assert what("08:00:00") == ["1001", "1002"]
    assert what("19:59:59") == ["1001", "1002"]
    assert what("20:00:00") == ["1003"]
    assert what("23:59:59") == ["1003"]
    assert what("00:00:00") == ["009608"]


def test_each_number_by_itself() -> None:
    """Each number has its own destinations; the caller hears the number's own tone."""
    other = CalledNumber("03-8765-4321", Schedule(zone="UTC", otherwise=Busy()), name="fax")
    router = evolve(OFFICE, numbers=(MAIN, other))
    outcomes = [router.route(Call(to=each.number, at=NOON)).outcome for each in router.numbers]
    assert outcomes == [RouteOutcome.RING, RouteOutcome.BUSY]


def test_an_override() -> None:
    """A destination that is forced by hand is one like all others."""
    forced = evolve(MAIN, schedule=evolve(ALWAYS, override=Override(Announce())))
    route = evolve(OFFICE, numbers=(forced,)).route(Call(to=MAIN.number, at=NOON))
    assert route.outcome is RouteOutcome.ANNOUNCE


def test_another_region() -> None:
    """A tenant abroad has the numbers, and the countries, of its region."""
    schedule = Schedule(zone="America/New_York", otherwise=Ring(("+1 876-555-0123", "1001")))
    number = CalledNumber("(212) 555-0123", schedule)
    router = Router(numbers=(number,), extensions=(Extension(number="1001"),), region="US")
    route = router.route(Call(to="+12125550123", at=NOON))
    assert [leg.target for leg in route.legs] == ["1001"]
    assert "target.abroad" in {each.code for each in route.because}


def test_more_states_than_are_kept() -> None:
    """A route is right however many states of the lines were asked before."""
    numbers = [f"{1001 + place}" for place in range(11)]
    router = Router(
        numbers=(
            CalledNumber("03-1234-5678", Schedule(zone="UTC", otherwise=Ring(tuple(numbers)))),
        ),
        extensions=tuple(Extension(number=number) for number in numbers),
    )
    call = Call(to="0312345678", at=NOON)

    def idle(states: Mapping[str, LineState]) -> list[str]:
        return [number for number in numbers if states[number] is LineState.IDLE]

    for each in product((LineState.BUSY, LineState.IDLE), repeat=len(numbers)):
        states = dict(zip(numbers, each, strict=True))
        assert [leg.target for leg in router.route(call, states).legs] == idle(states)


def test_a_time_that_no_schedule_knows() -> None:
    """A call at the end of the calendar is refused."""
    with pytest.raises(InvalidValueError, match="use years 2 to 9998"):
        OFFICE.route(Call(to=MAIN.number, at=datetime(9999, 12, 31, tzinfo=UTC)))


def test_pickling() -> None:
    """A router can be sent to another process, whatever it was asked before."""
    call = Call(to=MAIN.number, at=NOON)
    route = OFFICE.route(call)
    copy = pickle.loads(pickle.dumps(OFFICE))
    assert copy == OFFICE
    assert copy.route(call) == route


def test_what_is_no_call_is_refused() -> None:
    """A text in place of a call is named, and so are lines that are no mapping."""
    router = Router(numbers=())
    at = datetime(2026, 11, 24, tzinfo=UTC)
    with pytest.raises(InvalidValueError, match="`03-1234-5678` is not `Call`"):
        router.route("03-1234-5678")  # type: ignore[arg-type]
    schedule = Schedule[Destination](zone="UTC", otherwise=Ring(("1001",)))
    router = Router(
        numbers=(CalledNumber("03-1234-5678", schedule),),
        extensions=(Extension(number="1001"),),
    )
    with pytest.raises(InvalidValueError, match="is not `Mapping`, as the states of the lines"):
        router.route(Call(to="03-1234-5678", at=at), ["1001"])  # type: ignore[arg-type]


def test_a_fault_of_a_mapping_is_its_own() -> None:
    """What goes wrong inside of a user's mapping is not blamed on its type."""

    class Faulty(dict[str, LineState]):
        def get(self, *_: object) -> LineState:
            msg = "no such field"
            raise AttributeError(msg)

    schedule = Schedule[Destination](zone="UTC", otherwise=Ring(("1001",)))
    router = Router(
        numbers=(CalledNumber("03-1234-5678", schedule),),
        extensions=(Extension(number="1001"),),
    )
    call = Call(to="03-1234-5678", at=datetime(2026, 11, 24, tzinfo=UTC))
    with pytest.raises(AttributeError, match="no such field"):
        router.route(call, Faulty())


def test_how_far_a_line_type_distributes() -> None:
    """A ratio has as many targets as the type of line allows, and any number without one."""
    call = Call(to=MAIN.number, at=NOON)
    five, six = answering(RATIO_OF_FIVE), answering(RATIO_OF_SIX)
    assert evolve(OFFICE, line_type=HIKARI, numbers=(five,)).route(call).legs
    assert evolve(OFFICE, numbers=(six,)).route(call).legs
    wide = LineType.named("hikari_denwa_office")
    assert evolve(OFFICE, line_type=wide, numbers=(six,)).route(call).legs


def test_places_to_divert_to() -> None:
    """A busy diversion may name a number, an extension, a group or an outside number."""
    other = CalledNumber("03-8765-4321", always(Ring(("1001",))))
    targets = ("+81 3-8765-4321", "1001", "sales", "090-1234-5678")
    main = evolve(MAIN, diversion=targets)
    router = evolve(OFFICE, numbers=(main, other), groups=(Group("sales", ("1001",)),))
    route = router.route(Call(to=MAIN.number, at=NOON), {"1001": LineState.BUSY})
    assert drawn(route) == ["09012345678 0-"]
    reasons = [each.about for each in route.because if each.code == "diversion.busy"]
    assert reasons == ["+81 3-8765-4321", "1001", "sales", "090-1234-5678"]


def test_memory_that_is_none() -> None:
    """What is no memory is named, where a strategy asks for one."""
    circular = answering(Ring(("1001",), strategy=Strategy.CIRCULAR))
    with pytest.raises(InvalidValueError) as caught:
        evolve(OFFICE, numbers=(circular,)).route(
            Call(to=MAIN.number, at=NOON),
            turns={"1001": 1},  # type: ignore[arg-type]
        )
    assert str(caught.value) == "`{'1001': 1}` is not `Turns`, as what is remembered must be"


def test_more_answers_than_are_kept() -> None:
    """A route is right however many numbers with features were asked before."""
    ringing = always(Ring(("1001",)))
    numbers = [f"03{each:08}" for each in range(10_000_000, 10_001_030)]
    router = evolve(
        OFFICE,
        numbers=tuple(CalledNumber(each, ringing, channels=Channels(1)) for each in numbers),
    )
    for each in (*numbers, *numbers[:3]):
        assert drawn(router.route(Call(to=each, at=NOON))) == ["1001 0-"]
    assert router.route(Call(to=numbers[0], at=NOON), in_use=1).outcome is RouteOutcome.BUSY


def test_pickling_with_everything() -> None:
    """A router with features can be sent to another process, whatever it was asked before."""
    main = evolve(MAIN, channels=Channels(5), diversion=("1001",))
    router = evolve(OFFICE, numbers=(main,), line_type=HIKARI, max_forwards=3)
    call = Call(to=MAIN.number, at=NOON)
    route = router.route(call)
    copy = pickle.loads(pickle.dumps(router))
    assert copy == router
    assert hash(copy) == hash(router)
    assert copy.route(call) == route


DESK: Final = evolve(
    office(
        Extension(number="1001", forwards=Forwards(busy="090-1234-5678", offline="1003")),
        Extension(number="1002", caller_id="03-1234-5678"),
        groups=(Group("sales", ("1001",)),),
    ),
    numbers=(MAIN,),
)


@pytest.mark.parametrize(
    ("lines", "legs", "outcome"),
    [
        pytest.param({}, ["1001 0-"], RouteOutcome.RING, id="idle"),
        pytest.param(
            {"1001": LineState.BUSY},
            ["09012345678 0- < 1001 busy"],
            RouteOutcome.RING,
            id="busy, with a forward",
        ),
        pytest.param(
            {"1001": LineState.OFFLINE, "1003": LineState.BUSY},
            [],
            RouteOutcome.BUSY,
            id="offline, forwarded to busy",
        ),
        pytest.param({"1002": LineState.BUSY}, ["1001 0-"], RouteOutcome.RING, id="who dials"),
    ],
)
def test_dial_an_extension(
    lines: Mapping[str, LineState], legs: list[str], outcome: RouteOutcome
) -> None:
    """A call to an extension has the plan of its line and its forwards."""
    call = DESK.dial("1002", "1001", at=NOON, lines=lines)
    assert (call.allowed, call.kind) == (True, DialledKind.EXTENSION)
    assert call.plan is not None
    assert call.plan.outcome is outcome
    found = [
        f"{leg.target} {leg.start}-"
        + "".join(f" < {via.extension} {via.kind}" for via in leg.via)
        for leg in call.plan.legs
    ]
    assert found == legs


def test_dial_an_extension_before_activation() -> None:
    """Before activation extensions call each other, and nothing leaves the tenant (4-02)."""
    router = evolve(DESK, activated=False)
    assert router.dial("1002", "1001", at=NOON).allowed
    busy = router.dial("1002", "1001", at=NOON, lines={"1001": LineState.BUSY})
    assert busy.plan is not None
    assert busy.plan.legs == ()
    assert [each.code for each in busy.plan.remedies] == ["subscription.activate"]
    assert not router.dial("1002", "0612345678", at=NOON).allowed
    nameless = evolve(DESK, numbers=())
    plan = nameless.dial("1002", "1001", at=NOON, lines={"1001": LineState.BUSY}).plan
    assert plan is not None
    assert [leg.target for leg in plan.legs] == ["09012345678"]


def test_dial_outside() -> None:
    """A number is dialled by the rules of the tenant: its numbers, its line, its permission."""
    call = DESK.dial("1002", "06-1234-5678", at=NOON)
    assert (call.allowed, call.plan, call.caller_id) == (True, None, "0312345678")
    assert DESK.dial("1002", "06-1234-5678", at=NOON, caller_id="").caller_id is None
    abroad = "010-1-212-555-0123"
    assert not DESK.dial("1002", abroad, at=NOON).allowed
    assert evolve(DESK, international=True).dial("1002", abroad, at=NOON).allowed
    assert not evolve(DESK, line_type=HIKARI).dial("1002", "114", at=NOON).allowed
    assert DESK.dial("1002", "03-1234-5678", at=NOON).allowed


@pytest.mark.parametrize(
    ("router", "extension", "error", "message"),
    [
        pytest.param(
            DESK,
            "1009",
            UnknownReferenceError,
            "`1009` is not an extension of this tenant: did you mean `1005`?",
            id="an unknown extension",
        ),
        pytest.param(
            DESK,
            "sales",
            UnknownReferenceError,
            "`sales` is not an extension of this tenant: "
            "write one of `1001`, `1002`, `1003`, `1004`, `1005`",
            id="a group does not dial",
        ),
        pytest.param(
            Router(numbers=()),
            "03-1234-5678",
            UnknownReferenceError,
            "`03-1234-5678` is not an extension of this tenant: add it",
            id="a number does not dial",
        ),
        pytest.param(
            DESK,
            "9001",
            InvalidValueError,
            "`9001` is not in the range of extensions `0000-8999`",
            id="out of the range",
        ),
        pytest.param(
            DESK,
            1001,
            InvalidValueError,
            '`1001` is not text, as an extension must be: write it in quotes, "1001"',
            id="an int",
        ),
    ],
)
def test_dial_refuses(
    router: Router, extension: Any, error: type[Exception], message: str
) -> None:
    """Who dials is an extension of the tenant."""
    with pytest.raises(error) as caught:
        router.dial(extension, "110", at=NOON)
    assert str(caught.value) == message
