"""Laws of what comes after a leg, against the definition in `tests.spec.router`.

Here: what holds when a switch reports again and again what came of a leg. Not here: the
first answer to a call (`test_router`), or messages (`tests/routing/test_routes.py`).
"""

import pickle
from collections.abc import Iterable
from typing import Final

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cloudpbx.errors import UnknownReferenceError
from cloudpbx.routing import Leg, LegOutcome, Route, RouteOutcome
from cloudpbx.routing.numbers import is_outside, spellings
from cloudpbx.testing import leg_outcomes
from tests.questions import (
    hard_questions,
    questions,
    route_of,
    small_questions,
    tangled_questions,
)
from tests.spec.gates import Question
from tests.spec.router import answer, report

MOST_REPORTS: Final = 2_000
"""More than any call here has legs."""

FAILED: Final = tuple(each for each in LegOutcome if each != LegOutcome.ANSWERED_ELSEWHERE)


def seconds() -> st.SearchStrategy[int | None]:
    """Draw when a report arrives: as soon as can be, or at a second."""
    return st.none() | st.integers(0, 60) | st.integers(0, 5)


@st.composite
def ringing(draw: st.DrawFn) -> Question:
    """Draw a question whose answer rings."""
    question = draw(tangled_questions() | small_questions() | hard_questions())
    assume(route_of(question).legs)
    return question


@st.composite
def some_reports_later(draw: st.DrawFn) -> Route:
    """Draw a route that still rings after none or some reports."""
    route = route_of(draw(ringing()))
    for _ in range(draw(st.integers(0, 3))):
        leg = draw(st.sampled_from(route.legs))
        further = route.after(leg.target, draw(st.sampled_from(FAILED)), second=draw(seconds()))
        if not further.legs:
            break
        route = further
    return route


class TestTheDefinition:
    """After every report a route says what its definition says."""

    @settings(max_examples=5 * settings().max_examples)
    @given(ringing() | questions(), st.data())
    def test_reports(self, question: Question, data: st.DataObject) -> None:
        """Outcome, legs, ending and memory are those of the definition, report by report."""
        route, expected = route_of(question), answer(question)
        for _ in range(6):
            if not route.legs:
                break
            leg = data.draw(st.sampled_from(route.legs))
            texts = [leg.target]
            if is_outside(leg.target):
                texts += sorted(spellings(leg.target, question.router.region))
            heard = (data.draw(st.sampled_from(texts)), data.draw(leg_outcomes()))
            second = data.draw(seconds())
            route = route.after(*heard, second=second)
            expected = report(expected, *heard, second)
            assert route.outcome is expected.outcome
            assert route.legs == expected.legs
            assert route.ending == expected.ending
            assert route.turns == expected.turns


class TestEnding:
    """Asked again and again, a call always comes to an end."""

    @given(ringing(), st.data())
    def test_any_reports(self, question: Question, data: st.DataObject) -> None:
        """Whatever is reported of whichever leg, at last nothing rings, in one outcome."""
        route = route_of(question)
        picks = data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=5))
        outcomes = data.draw(st.lists(st.sampled_from(FAILED), min_size=1, max_size=5))
        moments = data.draw(st.lists(seconds(), min_size=1, max_size=5))
        for number in range(MOST_REPORTS):
            if not route.legs:
                break
            leg = route.legs[picks[number % len(picks)] % len(route.legs)]
            outcome = outcomes[number % len(outcomes)]
            route = route.after(leg.target, outcome, second=moments[number % len(moments)])
            assert route.outcome in RouteOutcome
        assert not route.legs
        assert route.ending is not None
        assert route.outcome is route.ending.outcome
        assert route.outcome not in {RouteOutcome.RING, RouteOutcome.ANSWERED}

    @given(some_reports_later(), st.data())
    def test_an_answer_ends_it(self, route: Route, data: st.DataObject) -> None:
        """When another leg took the call, nothing rings, and no report changes that."""
        several = [each.target for each in route.legs]
        taken = route.after(data.draw(st.sampled_from(several)), "answered_elsewhere")
        assert taken.outcome is RouteOutcome.ANSWERED
        assert not taken.legs
        again = data.draw(st.sampled_from(several))
        assert taken.after(again, data.draw(st.sampled_from(LegOutcome))) == taken


class TestThePast:
    """A report changes what comes, never what was."""

    @given(some_reports_later(), st.data())
    def test_it_stays(self, route: Route, data: st.DataObject) -> None:
        """What began to ring before stays as it was; the leg itself ends at the report."""
        leg = data.draw(st.sampled_from(route.legs))
        later = route.after(
            leg.target, data.draw(st.sampled_from(FAILED)), second=data.draw(seconds())
        )
        assert later.progress is not None
        heard = later.progress.reports[-1]
        now = later.progress.second

        def apart(legs: Iterable[Leg]) -> tuple[list[Leg], list[Leg]]:
            """Return the reported leg by itself, and the others that began before."""
            begun = [each for each in legs if each.start < now or each.start == heard.start]
            its = [
                each
                for each in begun
                if (each.target, each.start) == (heard.target, heard.start)
            ]
            return its, [each for each in begun if each.start < now and each not in its]

        (reported,), before = apart(route.plan.legs)
        ended, after = apart(later.plan.legs)
        assert after == before
        expected = evolve(reported, seconds=now - reported.start)
        assert ended == ([expected] if expected.seconds else [])

    @given(some_reports_later(), st.data())
    def test_what_would_have_been(self, route: Route, data: st.DataObject) -> None:
        """To report that nobody answered, when the ring time is over, changes no leg."""
        leg = data.draw(st.sampled_from(route.legs))
        later = route.after(leg.target, LegOutcome.NO_ANSWER)
        assert later.progress is not None
        heard = later.progress.reports[-1]
        bounded = {(each.target, each.start) for each in route.legs if each.end is not None}
        if (heard.target, heard.start) in bounded:
            assert later.plan.legs == route.plan.legs
            assert later.ending == route.ending

    @given(some_reports_later(), st.data())
    def test_nothing_is_stored(self, route: Route, data: st.DataObject) -> None:
        """The same report of the same route gives the same answer, pickled or not."""
        leg = data.draw(st.sampled_from(route.legs))
        outcome, second = data.draw(st.sampled_from(LegOutcome)), data.draw(seconds())
        before = (route.legs, route.outcome, route.because)
        copy: Route = pickle.loads(pickle.dumps(route))
        assert copy == route
        first = route.after(leg.target, outcome, second=second)
        assert copy.after(leg.target, outcome, second=second) == first
        assert route.after(leg.target, outcome, second=second) == first
        assert (route.legs, route.outcome, route.because) == before

    @given(some_reports_later())
    def test_strangers(self, route: Route) -> None:
        """A target without a leg cannot be reported."""
        with pytest.raises(UnknownReferenceError):
            route.after("9999", LegOutcome.BUSY)
