"""Laws of distribution by ratio, of turns and of what is remembered of them.

Here: what holds for every ratio and every call. Not here: messages and examples
(`tests/routing`).
"""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cloudpbx.routing.distributions import (
    Distribute,
    Draw,
    WhenUnavailable,
    hashed_order,
    turn_order,
    weighted_order,
)
from cloudpbx.routing.simulations import simulate
from cloudpbx.routing.turns import Turns, circular_order, longest_idle_order
from tests.spec import distributions as spec

NAMES = ("1001", "1002", "受付", "09012345678", '"A\\"', "1003", "b")

weights = st.one_of(st.sampled_from((0, 1, 1, 9)), st.integers(0, 9))
policies = st.sampled_from(WhenUnavailable)
keys = st.sampled_from(("", "a", "鍵"))
call_ids = st.one_of(
    st.integers(0, 10**6).map("call-{}".format), st.text(st.characters(codec=None))
)


@st.composite
def ratios(draw: st.DrawFn, most: int = len(NAMES)) -> spec.Ratio:
    """Give some targets their weights, not all 0."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=most))
    found = [(name, draw(weights)) for name in names]
    if not any(weight for _, weight in found):
        found[0] = (found[0][0], draw(st.integers(1, 9)))
    return found


def firsts(given_: Distribute, calls: int, state: tuple[int, ...] | None) -> list[str]:
    """Return whose turn each of some calls is."""
    found = []
    for _ in range(calls):
        order, state = turn_order(given_, state)
        found.append(order[0])
    return found


class TestHashes:
    """A call is drawn by its id alone, as the definition says."""

    @given(ratio=ratios(), policy=policies, key=keys, call_id=call_ids)
    def test_a_call_tries_whom_the_definition_says(
        self, ratio: spec.Ratio, policy: WhenUnavailable, key: str, call_id: str
    ) -> None:
        """The engine and the definition try the same targets in the same order."""
        given_ = Distribute(ratio, when_unavailable=policy, key=key)

        assert list(hashed_order(given_, call_id)) == spec.hashed(
            ratio, policy.value, key, call_id
        )

    @given(ratio=ratios(), key=keys, call_id=call_ids)
    def test_lots_are_drawn_until_nobody_is_left(
        self, ratio: spec.Ratio, key: str, call_id: str
    ) -> None:
        """An order by lot is that of the definition, and has whoever has a weight once."""
        names, numbers = zip(*ratio, strict=True)
        order = weighted_order(names, numbers, key, call_id)

        assert list(order) == spec.by_lot(ratio, key, call_id)
        assert sorted(order) == sorted(name for name, weight in ratio if weight)

    @given(ratio=ratios(), key=keys, call_id=call_ids, policy=policies)
    def test_how_long_it_rings_and_what_follows_changes_no_draw(
        self, ratio: spec.Ratio, key: str, call_id: str, policy: WhenUnavailable
    ) -> None:
        """A call is drawn by ratio and key; the policy only says who else is tried."""
        plain = Distribute(ratio, key=key)
        other = Distribute(
            ratio, key=key, when_unavailable=policy, seconds=20, then=Distribute({"1009": 1})
        )

        assert hashed_order(plain, call_id)[0] == hashed_order(other, call_id)[0]


class TestTurns:
    """Turns are exact over every period, and nobody is ever a whole call off its share."""

    @given(ratio=ratios(), policy=policies, periods=st.integers(0, 3), data=st.data())
    def test_a_call_tries_whom_the_definition_says(
        self, ratio: spec.Ratio, policy: WhenUnavailable, periods: int, data: st.DataObject
    ) -> None:
        """The engine and the definition try the same targets in the same order."""
        given_ = Distribute(ratio, draw="turns", when_unavailable=policy)
        call = periods * given_.total + data.draw(st.integers(0, given_.total - 1))
        state: tuple[int, ...] | None = None
        for _ in range(call):
            _, state = turn_order(given_, state)

        assert list(turn_order(given_, state)[0]) == spec.by_turns(ratio, policy.value, call)

    @given(ratio=ratios(), offset=st.integers(0, 100))
    def test_any_stretch_of_a_period_is_exact(self, ratio: spec.Ratio, offset: int) -> None:
        """Of as many consecutive calls as the sum of the weights, each has its weight."""
        given_ = Distribute(ratio, draw="turns")
        stretch = firsts(given_, offset + given_.total, None)[offset:]

        assert Counter(stretch) == {name: weight for name, weight in ratio if weight}

    @given(ratio=ratios(), calls=st.integers(1, 150))
    def test_nobody_is_a_whole_call_off_its_share(self, ratio: spec.Ratio, calls: int) -> None:
        """After any number of n targets' calls, each is off by 1 - 1/(2n - 2) at most."""
        given_ = Distribute(ratio, draw="turns")
        most = 1 - Fraction(1, max(1, 2 * len(given_.called) - 2))
        counts = Counter(firsts(given_, calls, None))

        for name, share in given_.shares.items():
            assert abs(counts[name] - calls * share) <= most

    @given(ratio=ratios(), data=st.data())
    def test_a_period_that_began_under_another_ratio_ends_exactly(
        self, ratio: spec.Ratio, data: st.DataObject
    ) -> None:
        """Whatever turns were had that fit into a period, it ends with each weight used."""
        given_ = Distribute(ratio, draw="turns")
        had = tuple(data.draw(st.integers(0, weight)) for weight in given_.ratio)
        if had == given_.ratio:
            had = (0,) * len(had)
        counts = Counter(firsts(given_, given_.total - sum(had), had))

        for target, each in zip(given_.targets, had, strict=True):
            assert counts[target] + each == given_.weights[target]

    @given(ratio=ratios(), state=st.lists(st.integers(-2, 12), max_size=8).map(tuple))
    def test_any_state_is_taken(self, ratio: spec.Ratio, state: tuple[int, ...]) -> None:
        """A state of any other distribution gives a turn, and a state that goes on."""
        given_ = Distribute(ratio, draw="turns")
        order, kept = turn_order(given_, state)

        fits = len(state) == len(ratio) and all(
            0 <= each <= weight for each, weight in zip(state, given_.ratio, strict=True)
        )
        if not fits or state == given_.ratio:
            assert (order, kept) == turn_order(given_, None)
        assert set(order) == set(given_.called)
        assert sum(kept) < given_.total

    @given(ratio=ratios(), data=st.data())
    def test_the_rest_take_turns_for_whom_cannot(
        self, ratio: spec.Ratio, data: st.DataObject
    ) -> None:
        """Renormalised, in a period the rest are less than a call off their shares each."""
        given_ = Distribute(ratio, draw="turns", when_unavailable="renormalise")
        assume(len(given_.called) > 1)
        away = data.draw(st.sampled_from(given_.called))
        tried = simulate(given_, given_.total, unavailable=(away,))
        missed, rest = given_.weights[away], given_.total - given_.weights[away]

        for name, weight in ratio:
            if name != away:
                expected = weight + Fraction(missed * weight, rest)
                assert abs(tried.counts[name] - expected) < 1


class TestOrders:
    """Whoever is tried has a weight, and is tried once."""

    @given(ratio=ratios(), draw=st.sampled_from(Draw), policy=policies, call_id=call_ids)
    def test_an_order_has_whoever_may_be_tried(
        self, ratio: spec.Ratio, draw: Draw, policy: WhenUnavailable, call_id: str
    ) -> None:
        """Busy tries one; the other policies try all that have a weight, each once."""
        given_ = Distribute(ratio, draw=draw, when_unavailable=policy)
        order = (
            hashed_order(given_, call_id) if draw is Draw.HASH else turn_order(given_, None)[0]
        )

        assert len(order) == (1 if policy == "busy" else len(given_.called))
        assert len(set(order)) == len(order)
        assert set(order) <= set(given_.called)

    @given(
        members=st.lists(st.sampled_from(NAMES), unique=True),
        last=st.one_of(st.none(), st.sampled_from(NAMES)),
    )
    def test_going_round_leaves_nobody_out(self, members: list[str], last: str | None) -> None:
        """A circular order has every member once, and the one that was first at last."""
        order = circular_order(members, last)

        assert sorted(order) == sorted(members)
        if last in members:
            assert order[-1] == last
        else:
            assert list(order) == members

    @given(members=st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    def test_going_round_is_fair(self, members: list[str]) -> None:
        """Offering to the first each time offers to everybody equally often."""
        turns, offered = Turns(), []
        for _ in range(3 * len(members)):
            first = circular_order(members, turns.last.get("sales"))[0]
            turns = turns.offered("sales", first)
            offered.append(first)

        assert offered == members * 3

    @given(
        members=st.lists(st.sampled_from(NAMES), unique=True),
        idle=st.dictionaries(
            st.sampled_from(NAMES),
            st.integers(0, 3).map(lambda hour: datetime(2026, 11, 24, hour, tzinfo=UTC)),
        ),
    )
    def test_who_is_idle_longest_comes_first(
        self, members: list[str], idle: dict[str, datetime]
    ) -> None:
        """Of two members the one that is idle longer comes first, then the one written."""
        order = longest_idle_order(members, idle)

        assert sorted(order) == sorted(members)
        for one, other in pairwise(order):
            never = datetime(1, 1, 1, tzinfo=UTC)
            first, second = idle.get(one, never), idle.get(other, never)
            assert first < second or (
                first == second and members.index(one) < members.index(other)
            )


class TestSimulations:
    """A simulation counts every call once."""

    @given(
        ratio=ratios(),
        draw=st.sampled_from(Draw),
        policy=policies,
        calls=st.integers(1, 60),
        away=st.sets(st.sampled_from(NAMES)),
    )
    def test_every_call_is_taken_or_lost(
        self,
        ratio: spec.Ratio,
        draw: Draw,
        policy: WhenUnavailable,
        calls: int,
        away: set[str],
    ) -> None:
        """Counts and lost calls make up all, and nobody gets what it cannot take."""
        given_ = Distribute(ratio, draw=draw, when_unavailable=policy)
        away &= set(given_.targets)
        found = simulate(given_, calls, unavailable=away)

        assert found.calls == calls
        for target in given_.targets:
            if target in away or not given_.weights[target]:
                assert found.counts[target] == found.expected[target] == 0
        if policy != "busy" and set(given_.called) - away:
            assert found.lost == 0

    @given(
        ratio=ratios(),
        policy=st.sampled_from(("next", "busy")),
        away=st.sets(st.sampled_from(NAMES)),
        periods=st.integers(1, 3),
    )
    def test_turns_get_what_is_expected(
        self, ratio: spec.Ratio, policy: str, away: set[str], periods: int
    ) -> None:
        """Over whole periods turns give exactly what is expected, whoever is unavailable."""
        given_ = Distribute(ratio, draw="turns", when_unavailable=policy)
        away &= set(given_.targets)
        found = simulate(given_, periods * given_.total, unavailable=away)

        assert set(found.deviations.values()) == {0}


class TestMemory:
    """What is remembered survives being stored."""

    @given(
        last=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES)),
        idle=st.dictionaries(
            st.sampled_from(NAMES),
            st.datetimes(
                min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
                max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - the same
                timezones=st.timezones(),
            ),
        ),
        shares=st.dictionaries(st.sampled_from(NAMES), st.lists(st.integers(0, 9)).map(tuple)),
    )
    def test_it_comes_back_from_json(
        self,
        last: dict[str, str],
        idle: dict[str, datetime],
        shares: dict[str, tuple[int, ...]],
    ) -> None:
        """What was written as JSON and read is what was written."""
        turns = Turns(last=last, idle_since=idle, shares=shares)
        again = Turns.from_dict(json.loads(json.dumps(turns.to_dict())))

        assert again == turns
        assert hash(again) == hash(turns)

    @given(ratio=ratios(), calls=st.integers(0, 40))
    def test_turns_go_on_from_what_was_stored(self, ratio: spec.Ratio, calls: int) -> None:
        """Stored after each call, turns are the same as without."""
        given_ = Distribute(ratio, draw="turns")
        turns, found = Turns(), list[str]()
        for _ in range(calls):
            order, state = turn_order(given_, turns.shares.get("main"))
            turns = Turns.from_dict(
                json.loads(json.dumps(turns.shared("main", state).to_dict()))
            )
            found.append(order[0])

        assert found == firsts(given_, calls, None)


def chi_squared(counts: Sequence[int], expected: Sequence[float]) -> float:
    """Return how far counts are from what was expected."""
    return sum((count - each) ** 2 / each for count, each in zip(counts, expected, strict=True))


CALLS = [f"call-{number}" for number in range(20_000)]


@pytest.mark.parametrize("key", ["", "a", "b"])
@pytest.mark.parametrize(
    "numbers", [(3, 7), (1, 1, 1), (1, 2, 0, 4, 9), (9,) * 8, tuple(range(10))], ids=str
)
def test_a_hash_draws_by_weight(numbers: tuple[int, ...], key: str) -> None:
    """Over many calls a hash is no further from the ratio than chance would be.

    The bound is passed by chance once in some thousand times; the calls are always the
    same, so it either is or is not.
    """
    given_ = Distribute({str(1000 + place): n for place, n in enumerate(numbers)}, key=key)
    counts = Counter(hashed_order(given_, call)[0] for call in CALLS)
    free = len(given_.called) - 1

    found = [counts[each] for each in given_.called]
    expected = [float(given_.shares[each]) * len(CALLS) for each in given_.called]
    assert chi_squared(found, expected) < free + 5 * (2 * free) ** 0.5


def test_drawing_again_is_by_the_weights_that_are_left() -> None:
    """Every order of three is as frequent as lots without replacement make it."""
    ratio = {"1001": 1, "1002": 2, "1003": 3}
    given_ = Distribute(ratio, when_unavailable="renormalise")
    counts = Counter(hashed_order(given_, call) for call in CALLS)
    expected = {
        order: ratio[order[0]] / 6 * ratio[order[1]] / (6 - ratio[order[0]]) * len(CALLS)
        for order in counts
    }

    assert len(counts) == 6
    assert chi_squared(list(counts.values()), list(expected.values())) < 5 + 5 * 10**0.5


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Distribute({"1001": 1, "1002": 1}, key="b"), id="another key"),
        pytest.param(Distribute({"1001": 2, "1002": 2}), id="other weights"),
        pytest.param(Distribute({"1001": 1, "1003": 1}), id="another target"),
        pytest.param(Distribute({"1002": 1, "1001": 1}), id="another order"),
    ],
)
def test_two_distributions_draw_independently(other: Distribute) -> None:
    """Who is drawn by one says nothing of who is drawn by another."""
    one = Distribute({"1001": 1, "1002": 1})
    counts = Counter(
        (hashed_order(one, call)[0], hashed_order(other, call)[0]) for call in CALLS
    )

    assert len(counts) == 4
    assert chi_squared(list(counts.values()), [len(CALLS) / 4] * 4) < 3 + 5 * 6**0.5
