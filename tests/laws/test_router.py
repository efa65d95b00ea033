"""Laws of routing, against the definition in `tests.spec.router` and for every router."""

import json
import pickle
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudpbx.decisions import Remedy
from cloudpbx.routing import (
    Call,
    CalledNumber,
    Days,
    Destination,
    Distribute,
    Draw,
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
    Strategy,
    TargetKind,
    When,
)
from cloudpbx.routing.destinations import chain_of
from cloudpbx.routing.numbers import (
    global_form,
    is_abroad,
    is_outside,
    spelled,
    spellings,
)
from cloudpbx.routing.places import called_by
from cloudpbx.routing.schedules import answers_of
from cloudpbx.testing import (
    called_numbers,
    calls,
    calls_in_use,
    destinations,
    distributions,
    extension_numbers,
    extensions,
    forwards,
    groups,
    line_states,
    outside_numbers,
    routers,
    routes,
)
from tests.questions import (
    FOUR,
    MAIN,
    NOON,
    hard_questions,
    plans,
    questions,
    ring_questions,
    route_of,
    small_questions,
    states_of,
    tangled_questions,
    turns_of,
)
from tests.spec.gates import Question, ask_gates
from tests.spec.router import answer

REACHABLE: Final = {"JP": "+81 3-1234-5678", "US": "+1 212-555-0123"}
GATES: Final = (
    "number",
    "subscription",
    "screening",
    "after_hours",
    "channels",
    "reception",
    "destination",
)
"""How the codes of reasons begin, in the order in which the gates are asked."""


class TestTheDefinition:
    """A router answers what its definition says."""

    def check(self, question: Question) -> None:
        """Compare the outcome, what rings, what follows, and what is remembered."""
        route = route_of(question)
        expected = answer(question)
        assert route.outcome is expected.outcome
        assert route.legs == expected.legs
        assert route.ending == expected.ending
        assert route.turns == expected.turns

    @settings(max_examples=2 * settings().max_examples)
    @given(questions())
    def test_every_gate(self, question: Question) -> None:
        """Every gate says what the definition says."""
        self.check(question)

    @settings(max_examples=5 * settings().max_examples)
    @given(tangled_questions())
    def test_tangles(self, question: Question) -> None:
        """So it is where everything stands in each other's way."""
        self.check(question)

    @settings(max_examples=5 * settings().max_examples)
    @given(small_questions())
    def test_small_tangles(self, question: Question) -> None:
        """So it is where each of two phones decides how the call ends."""
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
            Question(
                router=router,
                call=data.draw(calls(router=router)),
                lines=data.draw(states_of(router)),
                in_use=data.draw(calls_in_use(router=router)),
                turns=data.draw(turns_of(router)),
            )
        )

    @given(ring_questions() | tangled_questions(), st.data())
    def test_asking_again(self, question: Question, data: st.DataObject) -> None:
        """What was asked before does not matter."""
        for _ in range(3):
            self.check(
                evolve(
                    question,
                    lines=data.draw(states_of(question.router)),
                    turns=data.draw(turns_of(question.router)),
                )
            )
        self.check(question)


class TestRingPlans:
    """A ring plan is finite, and rings nothing twice or where it may not."""

    @given(plans(most_extensions=8) | tangled_questions() | questions())
    def test_no_target_rings_twice(self, question: Question) -> None:
        """No target rings twice at the same moment."""
        found: list[Leg] = []
        for leg in route_of(question).legs:
            assert not any(
                {leg.target, global_form(leg.target, question.router.region)}
                & {each.target, global_form(each.target, question.router.region)}
                and leg.start < (each.end or leg.start + 1)
                and each.start < (leg.end or each.start + 1)
                for each in found
            )
            found.append(leg)

    @given(tangled_questions() | questions())
    def test_one_outcome(self, question: Question) -> None:
        """A call rings or ends, in one outcome, and nothing rings on past its end."""
        route = route_of(question)
        assert route.outcome in RouteOutcome
        assert bool(route.legs) is (route.outcome is RouteOutcome.RING)
        assert route.legs == tuple(sorted(route.legs, key=lambda leg: leg.start))
        assert all(leg.seconds is None or leg.seconds > 0 for leg in route.legs)
        ends = [leg.end for leg in route.legs]
        if route.ending is None:
            assert None in ends
            return
        assert route.ending.outcome not in {RouteOutcome.RING, RouteOutcome.ANSWERED}
        assert all(end is not None and end <= route.ending.start for end in ends)

    @given(plans(most_extensions=8))
    def test_legs_are_bounded(self, question: Question) -> None:
        """Each target begins no more ways than the most forwards allow, in order of time."""
        plan = route_of(question).legs
        most = question.router.max_forwards
        assert [leg.start for leg in plan] == sorted(leg.start for leg in plan)
        assert all(len(leg.via) <= most for leg in plan)
        firsts = {leg.via[0].extension if leg.via else leg.target for leg in plan}
        assert len(plan) <= len(firsts) * (most + 1)

    @given(plans(most_extensions=8) | tangled_questions())
    def test_a_way_never_comes_back(self, question: Question) -> None:
        """No extension stands twice on the way to a leg, its target included."""
        for leg in route_of(question).legs:
            way = [*(each.extension for each in leg.via), leg.target]
            assert len(way) == len(set(way))

    @given(plans(most_extensions=8))
    def test_a_loop_comes_back(self, question: Question) -> None:
        """A loop is told only where a forward leads to an extension already on the way."""
        route = route_of(question)
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

    @given(plans(international=False) | tangled_questions() | questions(international=False))
    def test_nothing_rings_abroad(self, question: Question) -> None:
        """While international calls are off no leg is abroad, by whatever way or prefix."""
        question = evolve(question, router=evolve(question.router, international=False))
        for leg in route_of(question).legs:
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
        legs = route_of(evolve(question, router=changed)).legs
        assert spelled(number) not in {leg.target for leg in legs}

    @given(ring_questions() | tangled_questions())
    def test_the_number_shown(self, question: Question) -> None:
        """An outside number is shown whose forward it was, or else the called number."""
        called = question.router.numbers[0].number
        own = {each.number: each.caller_id for each in question.router.extensions}
        for leg in route_of(question).legs:
            shown = own[leg.via[-1].extension] or called if leg.via else called
            assert leg.caller_id == (shown if leg.kind is TargetKind.OUTSIDE else None)


class TestGates:
    """The first gate that ends a call wins, whatever stands behind it, and each is named."""

    @given(questions())
    def test_gap(self, question: Question) -> None:
        """In a gap of the schedule nothing ever rings."""
        gap = CalledNumber(question.router.numbers[0].number, Schedule(zone="Asia/Tokyo"))
        router = evolve(question.router, numbers=(gap,), activated=True)
        route = route_of(evolve(question, router=router, call=Call(to=gap.number, at=NOON)))
        assert route.outcome is RouteOutcome.NO_ROUTE
        assert not route.legs

    @given(questions())
    def test_unknown(self, question: Question) -> None:
        """A number the tenant does not have is unknown, activated or not."""
        router = evolve(question.router, numbers=())
        assert route_of(evolve(question, router=router)).outcome is RouteOutcome.UNKNOWN_NUMBER

    @given(questions(activated=False))
    def test_not_activated(self, question: Question) -> None:
        """Before activation no known number rings, whatever else is configured."""
        route = route_of(question)
        known = route.number is not None
        expected = RouteOutcome.NOT_ACTIVATED if known else RouteOutcome.UNKNOWN_NUMBER
        assert route.outcome is expected
        assert not route.legs
        assert not route.announcement

    @given(questions(), st.data())
    def test_reasons_in_order(self, question: Question, data: st.DataObject) -> None:
        """Every gate that was asked is named in its order, and none that was not."""
        number = data.draw(st.sampled_from(question.router.numbers)).number
        question = evolve(question, call=evolve(question.call, to=number))
        route = route_of(question)
        first = (reason.code.split(".")[0] for reason in route.because)
        names = list(dict.fromkeys(name for name in first if name in GATES))
        assert names == [name for name in GATES if name in names]
        assert names[:2] == ["number", "subscription"]
        called = route.number
        assert called is not None
        asked = {
            "after_hours": called.after_hours,
            "channels": called.channels,
            "reception": called.reception_change,
        }
        assert all(asked[name] is not None for name in names if name in asked)
        if isinstance(ask_gates(question), list):
            # Who is after hours, while one of the busy diversion is not, asks no further.
            if any(reason.code == "after_hours.diverted" for reason in route.because):
                del asked["reception"]
            assert {name for name, each in asked.items() if each is not None} <= {*names}

    @given(questions(), st.data())
    def test_spelling(self, question: Question, data: st.DataObject) -> None:
        """The route does not depend on how the called number is spelled."""
        number = data.draw(st.sampled_from(question.router.numbers)).number
        several = sorted(spellings(number, question.router.region))
        text = data.draw(st.sampled_from(several))
        place = data.draw(st.integers(0, len(text)))
        separated = text[:place] + data.draw(st.sampled_from("-. ()")) + text[place:]
        plans = [
            route_of(evolve(question, call=evolve(question.call, to=each))).plan
            for each in (*several, separated)
        ]
        assert plans == [plans[0]] * len(plans)

    @given(ring_questions(), st.data())
    def test_other_lines(self, question: Question, data: st.DataObject) -> None:
        """The route does not depend on lines that no forward leads to."""
        router = question.router
        forwards_of = {each.number: each.forwards for each in router.extensions}
        members = {each.name: each.called for each in router.groups}
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
        assert route_of(changed) == route_of(question)

    @given(questions())
    def test_names_are_states(self, question: Question) -> None:
        """A state may be given by its name."""
        named: dict[str, Any] = {line: str(state) for line, state in question.lines.items()}
        assert route_of(evolve(question, lines=named)) == route_of(question)


class TestMemory:
    """What is handed back with each call makes the turns of the next ones exact."""

    def firsts(self, question: Question, calls: int) -> list[str]:
        """Return who rings first in each of some calls, fed with what came back."""
        found = []
        for number in range(calls):
            later = timedelta(minutes=number)
            call = evolve(question.call, id=f"call-{number}", at=question.call.at + later)
            question = evolve(question, call=call)
            route = route_of(question)
            found.append(route.legs[0].target)
            question = evolve(question, turns=route.turns)
        return found

    @given(distributions(targets=st.sampled_from(FOUR)), st.integers(0, 30), st.integers(1, 2))
    def test_every_period_is_exact(self, ratio: Distribute, begun: int, periods: int) -> None:
        """By turns every target is drawn exactly its weight in every period."""
        ratio = evolve(ratio, draw=Draw.TURNS)
        question = asked_of(ratio)
        targets = self.firsts(question, begun + periods * ratio.total)[begun:]
        assert Counter(targets) == {
            target: periods * weight for target, weight in ratio.weights.items() if weight
        }

    @given(
        st.lists(st.sampled_from(FOUR), min_size=1, unique=True),
        st.booleans(),
        st.integers(0, 3),
    )
    def test_every_member_is_first_once(
        self,
        targets: list[str],
        grouped: bool,  # noqa: FBT001 - Hypothesis gives it
        begun: int,
    ) -> None:
        """Of n calls to n idle members of a circular group or ring each is first once."""
        group = Group("sales", tuple(targets), strategy=Strategy.CIRCULAR)
        ring = Ring(("sales",)) if grouped else Ring(tuple(targets), strategy="circular")  # type: ignore[arg-type]
        question = asked_of(ring, group)
        several = self.firsts(question, begun + len(targets))[begun:]
        assert sorted(several) == sorted(targets)

    @given(questions() | tangled_questions())
    def test_nothing_is_forgotten(self, question: Question) -> None:
        """What is remembered of others comes back as it was, whatever becomes of a call."""
        turns = route_of(question).turns
        assert turns.idle_since == question.turns.idle_since
        assert turns.last.keys() >= question.turns.last.keys()
        assert turns.shares.keys() >= question.turns.shares.keys()


def asked_of(destination: Destination, *several: Group) -> Question:
    """Return a call to a number that always does one thing, all four extensions being idle."""
    main = CalledNumber(MAIN, Schedule(zone="UTC", otherwise=destination))
    router = Router(
        numbers=(main,),
        extensions=tuple(Extension(number=each) for each in FOUR),
        groups=several,
    )
    return Question(router=router, call=Call(to=MAIN, at=NOON), lines={})


class TestPickling:
    """What is pickled answers the same."""

    @given(questions() | tangled_questions())
    def test_routers_and_routes(self, question: Question) -> None:
        """A router and its routes come back equal, with the same answers and hashes."""
        copy = pickle.loads(pickle.dumps(question.router))
        route = route_of(question)
        assert copy == question.router
        assert hash(copy) == hash(question.router)
        assert route_of(evolve(question, router=copy)) == route
        assert pickle.loads(pickle.dumps(route)) == route


class TestWords:
    """Every route can be said in words and written as data."""

    @given(questions() | hard_questions() | tangled_questions(), st.sampled_from(("en", "ja")))
    def test_words(self, question: Question, lang: str) -> None:
        """Words are complete in both languages."""
        route = route_of(question)
        text = route.explain(lang)
        assert "{" not in text or "{" in question.call.to
        assert all(each.explain(lang) in text for each in route.because)
        assert all(each.explain(lang) in text for each in route.remedies)

    @given(questions() | hard_questions() | tangled_questions(), st.sampled_from(("en", "ja")))
    def test_data(self, question: Question, lang: str) -> None:
        """Plain data survives JSON, and is the same each time it is asked for."""
        data = route_of(question).to_dict(lang)
        assert json.loads(json.dumps(data)) == data
        fresh = evolve(question, router=evolve(question.router))
        assert route_of(fresh).to_dict(lang) == data


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

    @given(questions() | tangled_questions())
    def test_whoever_is_not_reached_is_told_how(self, question: Question) -> None:
        """A call has remedies exactly when it reaches nobody."""
        route = route_of(question)
        assert bool(route.remedies) is not route.outcome.reached

    @given(questions(plain=True) | questions(plain=True, activated=False) | hard_questions())
    def test_all_together(self, question: Question) -> None:
        """Who does all that is proposed reaches somebody; who reaches somebody need not."""
        route = route_of(question)
        assert bool(route.remedies) is not route.outcome.reached
        mended = question
        if route.number is None and not is_outside(question.call.to):
            # No tenant can have what is no number: only who calls can mend that.
            assert route.remedies[0].code == "number.correct"
            return
        for remedy in route.remedies:
            mended = applied(mended, remedy, route)
        assert route_of(mended).outcome.reached

    @settings(max_examples=3 * settings().max_examples)
    @given(hard_questions() | ring_questions(international=False))
    def test_each_alone(self, question: Question) -> None:
        """Behind the gates every remedy is a choice: each alone is enough."""
        route = route_of(question)
        for remedy in route.remedies:
            assert route_of(applied(question, remedy, route)).outcome.reached


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
        named = {*group.called, *called.diversion}
        named |= {target for _, target in extension.forwards.targets()}
        changes = called.reception_change
        for given_ in (
            destination,
            *answers_of(called.schedule),
            *(() if changes is None else answers_of(changes)),
        ):
            for each in chain_of(given_):
                # One of weight 0 is never called, and must exist all the same.
                named |= {*called_by(each), *getattr(each, "targets", ())}
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
        """Routes are those of routers: what rings has legs, or had them."""
        assert bool(route.legs) is (route.outcome is RouteOutcome.RING)


def _one_more(called: CalledNumber, destination: Destination) -> tuple[CalledNumber, ...]:
    """Return a number for a destination, unless it is the one there is."""
    other = CalledNumber("03-9999-9999", Schedule(zone="UTC", otherwise=destination))
    return () if spellings(called.number, "JP") & spellings(other.number, "JP") else (other,)
