"""Laws of routing, against the definition in `tests.spec.router` and for every router."""

import json
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudpbx.decisions import Remedy
from cloudpbx.routing import (
    Call,
    CalledNumber,
    Days,
    Destination,
    Extension,
    ForwardKind,
    Forwards,
    Group,
    Leg,
    LineState,
    Ring,
    Route,
    RouteOutcome,
    Router,
    Rule,
    Schedule,
    Span,
    TargetKind,
    When,
)
from cloudpbx.routing.numbers import (
    global_form,
    is_abroad,
    is_outside,
    spelled,
    spellings,
)
from cloudpbx.routing.schedules import answers_of
from cloudpbx.testing.for_routers import (
    called_numbers,
    calls,
    destinations,
    extension_numbers,
    extensions,
    forwards,
    groups,
    line_states,
    outside_numbers,
    routers,
    routes,
)
from tests.spec.router import answer

NOON: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOURS: Final = ("mon-fri 09:00-18:00", "sat 22:00-06:00", "2026-11-24 00:00-12:00")
FOUR: Final = ("1001", "1002", "1003", "1004")
LEADING_FROM: Final = {
    number: st.builds(
        Forwards,
        unconditional=st.sampled_from((None, None, None, *others)),
        offline=st.sampled_from((None, *others, "010-1-212-555-0123")),
        busy=st.sampled_from((None, None, *others, "+1-212-555-0123")),
        no_answer=st.sampled_from((None, *others)),
        ring_seconds=st.sampled_from((10, 20)),
    )
    for number in FOUR
    for others in [tuple(each for each in FOUR if each != number)]
}
HARD_STATES: Final = st.fixed_dictionaries(
    dict.fromkeys(
        FOUR,
        st.sampled_from((LineState.BUSY, LineState.BUSY, LineState.OFFLINE, LineState.IDLE)),
    )
)
REACHABLE: Final = {"JP": "+81 3-1234-5678", "US": "+1 212-555-0123"}


def weekly(answers: st.SearchStrategy[Destination]) -> st.SearchStrategy[Schedule[Destination]]:
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


def ringing(
    answers: st.SearchStrategy[Destination],
) -> st.SearchStrategy[Schedule[Destination]]:
    """Draw schedules that ring the same targets at all times."""
    rings = answers.filter(lambda each: isinstance(each, Ring))
    return st.builds(lambda each: Schedule(zone="Asia/Tokyo", otherwise=each), rings)


def moments() -> st.SearchStrategy[datetime]:
    """Draw moments of a fortnight, to the second."""
    return st.integers(-604_800, 604_800).map(lambda second: NOON + timedelta(seconds=second))


@frozen
class Question:
    """Ask a router what a call does while the lines are in a state."""

    router: Router
    call: Call
    lines: Mapping[str, LineState]

    def route(self) -> Route:
        """Ask it."""
        return self.router.route(self.call, self.lines)


@st.composite
def questions(draw: st.DrawFn, /, **settings: Any) -> Question:
    """Draw a question about a week of a router."""
    router = draw(routers(schedules=weekly, **settings))
    call = draw(calls(router=router, at=moments()))
    return Question(router, call, draw(states_of(router)))


@st.composite
def ring_questions(draw: st.DrawFn, /, **settings: Any) -> Question:
    """Draw a question that comes as far as a ring plan."""
    router = draw(routers(schedules=ringing, activated=True, **settings))
    call = Call(to=router.numbers[0].number, at=NOON)
    return Question(router, call, draw(states_of(router)))


@st.composite
def hard_questions(draw: st.DrawFn, /) -> Question:
    """Draw a call to lines that are mostly busy or offline, and forward to each other."""
    extensions = tuple(
        Extension(number=number, forwards=draw(LEADING_FROM[number])) for number in LEADING_FROM
    )
    targets = draw(st.lists(st.sampled_from(tuple(LEADING_FROM)), min_size=1, unique=True))
    main = CalledNumber(
        "03-1234-5678", Schedule(zone="Asia/Tokyo", otherwise=Ring(tuple(targets)))
    )
    most = draw(st.sampled_from((5, 0, 1, 2)))
    router = Router(numbers=(main,), extensions=extensions, max_forwards=most)
    return Question(router, Call(to=main.number, at=NOON), draw(HARD_STATES))


def plans(**settings: Any) -> st.SearchStrategy[Question]:
    """Draw a question that comes as far as a ring plan, easy or hard."""
    return hard_questions() | ring_questions(**settings)


def states_of(router: Router) -> st.SearchStrategy[Mapping[str, LineState]]:
    """Draw what the lines of a router are doing."""
    return line_states(extensions=[each.number for each in router.extensions])


class TestTheDefinition:
    """A router answers what its definition says."""

    def check(self, question: Question) -> None:
        """Compare outcome, legs and announcement."""
        route = question.route()
        expected = answer(question.router, question.call, question.lines)
        assert route.outcome is expected.outcome
        assert route.legs == expected.legs
        assert route.announcement == expected.announcement

    @given(questions())
    def test_every_gate(self, question: Question) -> None:
        """Every gate says what the definition says."""
        self.check(question)

    @given(plans())
    def test_ring_plans(self, question: Question) -> None:
        """Every ring plan is the one of the definition."""
        self.check(question)

    @settings(max_examples=5 * settings().max_examples)
    @given(hard_questions())
    def test_hard_lines(self, question: Question) -> None:
        """So it is where most lines are busy or offline."""
        self.check(question)

    @given(ring_questions(most_extensions=12))
    def test_long_ways(self, question: Question) -> None:
        """So is it where many extensions forward to each other."""
        self.check(question)

    @given(st.data())
    def test_any_schedule(self, data: st.DataObject) -> None:
        """So it is with any schedule, at any moment."""
        router = data.draw(routers())
        self.check(
            Question(router, data.draw(calls(router=router)), data.draw(states_of(router)))
        )

    @given(ring_questions(), st.data())
    def test_asking_again(self, question: Question, data: st.DataObject) -> None:
        """What was asked before does not matter."""
        for _ in range(3):
            self.check(evolve(question, lines=data.draw(states_of(question.router))))
        self.check(question)


class TestRingPlans:
    """A ring plan is finite, and rings nothing twice or where it may not."""

    @given(plans(most_extensions=8))
    def test_no_target_rings_twice(self, question: Question) -> None:
        """No target rings twice at the same moment."""
        found: list[Leg] = []
        for leg in question.route().legs:
            assert not any(
                {leg.target, global_form(leg.target, question.router.region)}
                & {each.target, global_form(each.target, question.router.region)}
                and leg.start < (each.end or leg.start + 1)
                and each.start < (leg.end or each.start + 1)
                for each in found
            )
            found.append(leg)

    @given(plans(most_extensions=8))
    def test_legs_are_bounded(self, question: Question) -> None:
        """Each target begins no more ways than the most forwards allow, in order of time."""
        plan = question.route().legs
        most = question.router.max_forwards
        assert [leg.start for leg in plan] == sorted(leg.start for leg in plan)
        assert all(len(leg.via) <= most for leg in plan)
        firsts = {leg.via[0].extension if leg.via else leg.target for leg in plan}
        assert len(plan) <= len(firsts) * (most + 1)

    @given(plans(most_extensions=8))
    def test_a_way_never_comes_back(self, question: Question) -> None:
        """No extension stands twice on the way to a leg, its target included."""
        for leg in question.route().legs:
            way = [*(each.extension for each in leg.via), leg.target]
            assert len(way) == len(set(way))

    @given(plans(most_extensions=8))
    def test_a_loop_comes_back(self, question: Question) -> None:
        """A loop is told only where a forward leads to an extension already on the way."""
        route = question.route()
        loops = [each for each in route.because if each.code == "forward.loop"]
        assert loops or route.outcome is not RouteOutcome.LOOP
        forwards_of = {each.number: each.forwards for each in question.router.extensions}

        def reaches(start: str, goal: str) -> bool:
            found, waiting = set[str](), [start]
            while waiting:
                number = waiting.pop()
                if number in forwards_of and number not in found:
                    found.add(number)
                    waiting += [target for _, target in forwards_of[number].targets()]
            return goal in found

        for loop in loops:
            target = loop.data["target"]
            assert target in {each for _, each in forwards_of[loop.about].targets()}
            assert reaches(str(target), loop.about)

    @given(plans(international=False))
    def test_nothing_rings_abroad(self, question: Question) -> None:
        """While international calls are off no leg is abroad, by whatever way or prefix."""
        for leg in question.route().legs:
            if leg.kind is TargetKind.OUTSIDE:
                assert not is_abroad(leg.target, question.router.region)

    @given(ring_questions(international=False), st.data())
    def test_abroad_is_refused_however_it_is_reached(
        self, question: Question, data: st.DataObject
    ) -> None:
        """A forward abroad is not followed from any extension in any state of its line."""
        router = question.router
        number = data.draw(outside_numbers(region=router.region, abroad=True))
        kind = data.draw(st.sampled_from(ForwardKind))
        target: dict[str, Any] = {str(kind): number}
        changed = evolve(
            router,
            extensions=tuple(
                evolve(each, forwards=evolve(each.forwards, **target))
                for each in router.extensions
            ),
        )
        legs = evolve(question, router=changed).route().legs
        assert spelled(number) not in {leg.target for leg in legs}

    @given(ring_questions())
    def test_the_number_shown(self, question: Question) -> None:
        """An outside number is shown whose forward it was, or else the called number."""
        called = question.router.numbers[0].number
        own = {each.number: each.caller_id for each in question.router.extensions}
        for leg in question.route().legs:
            shown = own[leg.via[-1].extension] or called if leg.via else called
            assert leg.caller_id == (shown if leg.kind is TargetKind.OUTSIDE else None)


class TestGates:
    """The first gate that ends a call wins, whatever stands behind it."""

    @given(questions())
    def test_gap(self, question: Question) -> None:
        """In a gap of the schedule nothing ever rings."""
        number = question.router.numbers[0]
        gap = evolve(number, schedule=Schedule(zone="Asia/Tokyo"))
        router = evolve(question.router, numbers=(gap,), activated=True)
        route = Question(router, Call(to=gap.number, at=NOON), question.lines).route()
        assert route.outcome is RouteOutcome.NO_ROUTE
        assert not route.legs

    @given(questions())
    def test_unknown(self, question: Question) -> None:
        """A number the tenant does not have is unknown, activated or not."""
        router = evolve(question.router, numbers=())
        assert evolve(question, router=router).route().outcome is RouteOutcome.UNKNOWN_NUMBER

    @given(questions(activated=False))
    def test_not_activated(self, question: Question) -> None:
        """Before activation no known number rings, whatever else is configured."""
        route = question.route()
        known = route.number is not None
        expected = RouteOutcome.NOT_ACTIVATED if known else RouteOutcome.UNKNOWN_NUMBER
        assert route.outcome is expected
        assert not route.legs
        assert not route.announcement

    @given(questions(), st.data())
    def test_spelling(self, question: Question, data: st.DataObject) -> None:
        """The route does not depend on how the called number is spelled."""
        number = data.draw(st.sampled_from(question.router.numbers)).number
        several = sorted(spellings(number, question.router.region))
        text = data.draw(st.sampled_from(several))
        place = data.draw(st.integers(0, len(text)))
        separated = text[:place] + data.draw(st.sampled_from("-. ()")) + text[place:]
        plans = [
            evolve(question, call=evolve(question.call, to=each)).route().plan
            for each in (*several, separated)
        ]
        assert plans == [plans[0]] * len(plans)

    @given(ring_questions(), st.data())
    def test_other_lines(self, question: Question, data: st.DataObject) -> None:
        """The route does not depend on lines that no forward leads to."""
        router = question.router
        forwards_of = {each.number: each.forwards for each in router.extensions}
        members = {each.name: each.members for each in router.groups}
        destination = router.numbers[0].schedule.otherwise
        assert isinstance(destination, Ring)
        closure, waiting = set[str](), list(destination.targets)
        while waiting:
            target = waiting.pop()
            if target not in closure:
                closure.add(target)
                waiting += members.get(target, ())
                if target in forwards_of:
                    waiting += [each for _, each in forwards_of[target].targets()]
        other = data.draw(
            line_states(extensions=[each for each in forwards_of if each not in closure])
        )
        strange = {"9999": LineState.BUSY, "nobody": LineState.OFFLINE}
        changed = evolve(question, lines={**question.lines, **other, **strange})
        assert changed.route() == question.route()

    @given(questions())
    def test_names_are_states(self, question: Question) -> None:
        """A state may be given by its name."""
        named: dict[str, Any] = {line: str(state) for line, state in question.lines.items()}
        assert evolve(question, lines=named).route() == question.route()


class TestPickling:
    """What is pickled answers the same."""

    @given(questions())
    def test_routers_and_routes(self, question: Question) -> None:
        """A router and its routes come back equal, with the same answers and hashes."""
        copy = pickle.loads(pickle.dumps(question.router))
        route = question.route()
        assert copy == question.router
        assert hash(copy) == hash(question.router)
        assert evolve(question, router=copy).route() == route
        assert pickle.loads(pickle.dumps(route)) == route


class TestWords:
    """Every route can be said in words and written as data."""

    @given(questions() | hard_questions(), st.sampled_from(("en", "ja")))
    def test_words(self, question: Question, lang: str) -> None:
        """Words are complete in both languages."""
        route = question.route()
        text = route.explain(lang)
        assert "{" not in text or "{" in question.call.to
        assert all(each.explain(lang) in text for each in route.because)
        assert all(each.explain(lang) in text for each in route.remedies)

    @given(questions() | hard_questions(), st.sampled_from(("en", "ja")))
    def test_data(self, question: Question, lang: str) -> None:
        """Plain data survives JSON, and is the same each time it is asked for."""
        data = question.route().to_dict(lang)
        assert json.loads(json.dumps(data)) == data
        fresh = evolve(question, router=evolve(question.router))
        assert fresh.route().to_dict(lang) == data


def applied(question: Question, remedy: Remedy, route: Route) -> Question:
    """Do what a remedy says, in the most ordinary way."""
    router = question.router
    about = str(remedy.data.get("about", ""))
    ring = Ring((REACHABLE[router.region],))
    match remedy.code:
        case "number.add":
            added = CalledNumber(about, Schedule(zone="UTC", otherwise=ring))
            changed = evolve(router, numbers=(*router.numbers, added))
        case "number.rule.add" | "destination.change":
            changed = redirected(question, remedy, route, ring)
        case "subscription.activate":
            changed = evolve(router, activated=True)
        case "subscription.international.enable":
            changed = evolve(router, international=True)
        case "forward.offline.set" | "forward.busy.set":
            changed = forwarded(router, about, remedy.code.split(".")[1])
        case code if code.startswith("forward.change."):
            changed = forwarded(router, about, code.split(".")[2])
        case "line.register":
            return evolve(question, lines={**question.lines, about: LineState.IDLE})
        case _:
            pytest.fail(f"nobody knows how to apply {remedy.code}")
    assert changed != router
    return evolve(question, router=changed)


def forwarded(router: Router, number: str, kind: str) -> Router:
    """Let one forward of an extension lead to a number that can be reached."""
    target: dict[str, Any] = {kind: REACHABLE[router.region]}
    changed = tuple(
        evolve(each, forwards=evolve(each.forwards, **target))
        if each.number == number
        else each
        for each in router.extensions
    )
    return evolve(router, extensions=changed)


def redirected(question: Question, remedy: Remedy, route: Route, ring: Ring) -> Router:
    """Change what the called number does at the time of the call."""
    assert route.number is not None
    schedule = route.number.schedule
    if remedy.code == "number.rule.add":
        day, time = str(remedy.data["when"]).split()
        hour, minute = map(int, time.split(":"))
        start = hour * 3600 + minute * 60
        rule = Rule(When(Days.parse(day), (Span(start, start + 60),)), ring)
        schedule = evolve(schedule, rules=(rule, *schedule.rules), overlap="first")
    else:
        there = schedule.at(question.call.at)
        schedule = schedule.map(lambda each: ring if each == there else each)
    number = evolve(route.number, schedule=schedule)
    numbers = tuple(
        number if each == route.number else each for each in question.router.numbers
    )
    return evolve(question.router, numbers=numbers)


class TestRemedies:
    """What a remedy says helps."""

    @given(questions() | questions(activated=False) | hard_questions())
    def test_all_together(self, question: Question) -> None:
        """Who does all that is proposed reaches somebody; who reaches somebody need not."""
        route = question.route()
        assert bool(route.remedies) is not route.outcome.reached
        mended = question
        if route.number is None and not is_outside(question.call.to):
            # No tenant can have what is no number: only who calls can mend that.
            assert route.remedies[0].code == "number.correct"
            return
        for remedy in route.remedies:
            mended = applied(mended, remedy, route)
        assert mended.route().outcome.reached

    @settings(max_examples=3 * settings().max_examples)
    @given(hard_questions() | ring_questions(international=False))
    def test_each_alone(self, question: Question) -> None:
        """Behind the gates every remedy is a choice: each alone is enough."""
        route = question.route()
        for remedy in route.remedies:
            assert applied(question, remedy, route).route().outcome.reached


class TestStrategies:
    """What is drawn for tests is what it says."""

    @given(st.sampled_from(("JP", "US")), st.booleans(), st.data())
    def test_abroad(self, region: str, abroad: bool, data: st.DataObject) -> None:  # noqa: FBT001
        """Numbers are abroad where they say so, and can be told apart by their spelling."""
        number = data.draw(outside_numbers(region=region, abroad=abroad))
        assert is_outside(number)
        assert is_abroad(spelled(number), region) is abroad

    @given(extensions(), groups(), destinations(), called_numbers(), calls())
    def test_parts(
        self,
        extension: Extension,
        group: Group,
        destination: Destination,
        called: CalledNumber,
        call: Call,
    ) -> None:
        """The parts of a router fit together once their targets exist."""
        named = {*group.members}
        named |= {target for _, target in extension.forwards.targets()}
        for each in (destination, *answers_of(called.schedule)):
            named |= {*each.targets} if isinstance(each, Ring) else set()
        others = {each for each in named if len(each) == 4} - {extension.number}
        router = Router(
            numbers=(called, *_one_more(called, destination)),
            extensions=(extension, *(Extension(number=each) for each in sorted(others))),
            groups=(group,),
        )
        assert router.route(call).outcome in RouteOutcome

    @given(forwards(), extension_numbers(), line_states())
    def test_small_parts(
        self, forwarding: Forwards, number: str, lines: Mapping[str, LineState]
    ) -> None:
        """Forwards ring for a time they may, and numbers lie in the default range."""
        assert 1 <= forwarding.ring_seconds <= 600
        assert {number, *lines} <= {f"{each:04}" for each in range(9000)}

    @given(routes())
    def test_answers(self, route: Route) -> None:
        """Routes are those of routers: what rings has legs."""
        assert bool(route.legs) is (route.outcome is RouteOutcome.RING)


def _one_more(called: CalledNumber, destination: Destination) -> tuple[CalledNumber, ...]:
    """Return a number for a destination, unless it is the one there is."""
    other = CalledNumber("03-9999-9999", Schedule(zone="UTC", otherwise=destination))
    return () if spellings(called.number, "JP") & spellings(other.number, "JP") else (other,)
