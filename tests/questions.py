"""Questions to routers, for laws about their answers.

Here: strategies for a router together with a call and everything it depends on, from the
widest to the most tangled. Not here: the parts they are made of, which `cloudpbx.testing`
gives to everybody, or what is said of the answers (`tests/laws`).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from cloudpbx.routing import (
    Call,
    CalledNumber,
    Distribute,
    Extension,
    Forwards,
    Group,
    LineState,
    Ring,
    Route,
    Router,
    Rule,
    Schedule,
    Turns,
)
from cloudpbx.routing.destinations import chain_of
from cloudpbx.routing.places import place_of
from cloudpbx.routing.schedules import answers_of
from cloudpbx.testing import (
    called_numbers,
    calls,
    calls_in_use,
    destinations,
    groups,
    line_states,
    routers,
    turns,
)
from tests.spec.gates import Question

A = TypeVar("A")

NOON: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOURS: Final = ("mon-fri 09:00-18:00", "sat 22:00-06:00", "2026-11-24 00:00-12:00")
FOUR: Final = ("1001", "1002", "1003", "1004")
OUTSIDE: Final = ("090-1234-5678", "+81-90-1234-5678", "010-1-212-555-0123")
"""A number in two spellings, and one abroad."""

MAIN: Final = "03-1234-5678"
OTHER: Final = "03-9876-5432"


def route_of(question: Question) -> Route:
    """Ask a router."""
    return question.router.route(
        question.call, question.lines, in_use=question.in_use, turns=question.turns
    )


def weekly(answers: st.SearchStrategy[A]) -> st.SearchStrategy[Schedule[A]]:
    """Draw schedules of a few rules that never overlap, gaps included."""
    return st.builds(
        lambda zone, several, otherwise: Schedule(
            zone=zone,
            rules=tuple(Rule(when, each) for when, each in zip(HOURS, several, strict=False)),
            otherwise=otherwise,
        ),
        st.sampled_from(("Asia/Tokyo", "America/New_York", "UTC")),
        st.lists(answers, max_size=3),
        st.none() | answers,
    )


def always(answers: st.SearchStrategy[A]) -> st.SearchStrategy[Schedule[A]]:
    """Draw schedules that answer the same at all times."""
    return st.builds(lambda each: Schedule(zone="Asia/Tokyo", otherwise=each), answers)


def ringing(answers: st.SearchStrategy[A]) -> st.SearchStrategy[Schedule[A]]:
    """Draw schedules that ring the same targets at all times."""
    return always(answers.filter(lambda each: isinstance(each, Ring)))


def moments_around() -> st.SearchStrategy[datetime]:
    """Draw moments of a fortnight, to the second."""
    return st.integers(-604_800, 604_800).map(lambda second: NOON + timedelta(seconds=second))


def states_of(router: Router) -> st.SearchStrategy[Mapping[str, LineState]]:
    """Draw what the lines of a router are doing."""
    return line_states(extensions=[each.number for each in router.extensions])


@st.composite
def turns_of(draw: st.DrawFn, router: Router) -> Turns:
    """Draw what the strategies of a router remember."""
    callers: dict[str, Ring | Group | Distribute] = {each.name: each for each in router.groups}
    for number in router.numbers:
        for answer in answers_of(number.schedule):
            for each in chain_of(answer):
                if isinstance(each, Ring | Distribute):
                    callers[place_of(each)] = each
    known = sorted({each for caller in callers.values() for each in caller.called})
    if not known:
        return Turns()
    ratios = {name: each for name, each in callers.items() if isinstance(each, Distribute)}
    hours = st.integers(0, 3).map(lambda hour: NOON - timedelta(hours=hour))
    return draw(
        turns(
            names=st.sampled_from(sorted(callers)),
            targets=st.sampled_from(known),
            ratios=ratios,
            at=hours,
        )
    )


@st.composite
def questions(draw: st.DrawFn, /, **settings: Any) -> Question:
    """Draw a question about a week of a router."""
    router = draw(routers(**{"schedules": weekly, **settings}))
    return Question(
        router=router,
        call=draw(calls(router=router, at=moments_around())),
        lines=draw(states_of(router)),
        in_use=draw(calls_in_use(router=router)),
        turns=draw(turns_of(router)),
    )


@st.composite
def ring_questions(draw: st.DrawFn, /, **settings: Any) -> Question:
    """Draw a question that comes as far as a ring plan, everything ringing at once."""
    router = draw(routers(schedules=ringing, activated=True, plain=True, **settings))
    call = Call(to=router.numbers[0].number, at=NOON)
    return Question(router=router, call=call, lines=draw(states_of(router)))


def leading_to(*targets: str) -> st.SearchStrategy[Forwards]:
    """Draw forwards to some targets, each of the four set or not."""
    some = st.sampled_from((None, None, *targets))
    return st.builds(
        Forwards,
        unconditional=st.sampled_from((None, None, None, None, *targets)),
        offline=some,
        busy=some,
        no_answer=some,
        ring_seconds=st.sampled_from((1, 2, 10, 20, 21)),
    )


def leading_from(number: str, *outside: str) -> st.SearchStrategy[Forwards]:
    """Draw forwards to the other extensions of the four, and outside."""
    return leading_to(*(each for each in FOUR if each != number), *outside)


HARD_STATES: Final = st.fixed_dictionaries(
    dict.fromkeys(
        FOUR,
        st.sampled_from((LineState.BUSY, LineState.BUSY, LineState.OFFLINE, LineState.IDLE)),
    )
)


@st.composite
def hard_questions(draw: st.DrawFn, /) -> Question:
    """Draw a call to lines that are mostly busy or offline, and forward to each other."""
    extensions = tuple(
        Extension(number=number, forwards=draw(leading_from(number, OUTSIDE[2])))
        for number in FOUR
    )
    targets = draw(st.lists(st.sampled_from(FOUR), min_size=1, unique=True))
    main = CalledNumber(MAIN, Schedule(zone="Asia/Tokyo", otherwise=Ring(tuple(targets))))
    most = draw(st.sampled_from((5, 0, 1, 2)))
    router = Router(numbers=(main,), extensions=extensions, max_forwards=most)
    return Question(router=router, call=Call(to=main.number, at=NOON), lines=draw(HARD_STATES))


@st.composite
def tangled_questions(draw: st.DrawFn, /) -> Question:
    """Draw a call to few phones that stand in each other's way as much as can be.

    Groups hold each other's members in every strategy, times end in the same seconds, and
    two numbers send their calls on to each other.
    """
    extensions = tuple(
        Extension(
            number=number,
            forwards=draw(st.just(Forwards()) | leading_from(number, *OUTSIDE)),
            caller_id=draw(st.none() | st.just(OTHER)),
        )
        for number in FOUR
    )
    called: list[str] = [*FOUR, *FOUR, *OUTSIDE]
    found: list[Group] = []
    for name in ("inner", "middle", "outer"):
        found.append(draw(groups(names=st.just(name), targets=st.sampled_from(called))))
        called += [name, name]
    targets = st.sampled_from(called)
    places = st.sampled_from([*called, OTHER, MAIN])
    numbers = tuple(
        draw(
            called_numbers(
                numbers=st.just(number),
                schedules=always(destinations(targets=targets, places=places)),
                places=places,
                made_by=always,
            )
        )
        for number in (MAIN, OTHER)
    )
    router = Router(
        numbers=numbers,
        extensions=extensions,
        groups=tuple(found),
        international=draw(st.booleans()),
        max_forwards=draw(st.sampled_from((5, 0, 1, 2))),
    )
    drawn = draw(calls(router=router, at=st.just(NOON)))
    states = st.sampled_from((*LineState, LineState.IDLE, LineState.IDLE, LineState.IDLE))
    return Question(
        router=router,
        call=evolve(drawn, to=MAIN),
        lines=draw(st.fixed_dictionaries(dict.fromkeys(FOUR, states))),
        in_use=draw(calls_in_use(router=router)),
        turns=draw(turns_of(router)),
    )


@st.composite
def small_questions(draw: st.DrawFn, /) -> Question:
    """Draw a call to two phones and a group of them, so that each decides how it ends."""
    two = FOUR[:2]
    extensions = tuple(
        Extension(number=number, forwards=draw(leading_to(*others, OUTSIDE[2])))
        for number, others in zip(two, (two[1:], two[:1]), strict=True)
    )
    phones = st.sampled_from((*two, *two, OUTSIDE[0]))
    group = draw(groups(names=st.just("inner"), targets=phones))
    answers = destinations(targets=phones | st.just("inner"))
    main = CalledNumber(MAIN, draw(always(answers)))
    router = Router(
        numbers=(main,),
        extensions=extensions,
        groups=(group,),
        max_forwards=draw(st.sampled_from((5, 1))),
    )
    states = st.sampled_from((*LineState, LineState.IDLE, LineState.IDLE))
    return Question(
        router=router,
        call=Call(to=MAIN, at=NOON),
        lines=draw(st.fixed_dictionaries(dict.fromkeys(two, states))),
    )


def plans(**settings: Any) -> st.SearchStrategy[Question]:
    """Draw a question that comes as far as a ring plan, everything ringing at once."""
    return hard_questions() | ring_questions(**settings)
