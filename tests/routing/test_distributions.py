"""Distribution by ratio: what is taken, what is refused, who is drawn."""

import pickle
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.destinations import Announce, Busy, Ring
from cloudpbx.routing.distributions import (
    Distribute,
    Draw,
    WhenUnavailable,
    hashed_order,
    turn_order,
    weighted_order,
)

OFFICE_TYPE = {str(1000 + place): 1 for place in range(32)}


@pytest.mark.parametrize(
    ("distribution", "text", "japanese"),
    [
        pytest.param(
            Distribute({"1001": 3, "1002": 7}),
            "distribute by ratio (1001: 3, 1002: 7)",
            "比率で振分(1001: 3, 1002: 7)",
            id="3-25 a ratio",
        ),
        pytest.param(
            Distribute([("03-1234-5678", 9), ("0312345679", 0)]),
            "distribute by ratio (0312345678: 9, 0312345679: 0)",
            "比率で振分(0312345678: 9, 0312345679: 0)",
            id="3-25 pairs, one never",
        ),
        pytest.param(
            Distribute({"1001": 1}, draw="turns", when_unavailable="busy"),
            "distribute in turns (1001: 1), busy when the drawn one cannot take the call",
            "順番に振分(1001: 1)(着信できない場合は話中音)",
            id="turns, busy",
        ),
        pytest.param(
            Distribute({"受付": 1}, when_unavailable="renormalise", key="x"),
            "distribute by ratio (受付: 1), drawn again when one cannot take the call",
            "比率で振分(受付: 1)(着信できない場合は残りの着信先で再抽選)",
            id="renormalised",
        ),
    ],
)
def test_text(distribution: Distribute, text: str, japanese: str) -> None:
    """A distribution is written in words of both languages."""
    assert str(distribution) == distribution.explain() == text
    assert distribution.explain("ja") == japanese


def test_what_follows_is_said() -> None:
    """The ring time and what follows are said as those of a ring are."""
    for lang in ("en", "ja"):
        ring = Ring(("1001",), seconds=30, then=Busy()).explain(lang)
        told = Distribute({"1001": 1}, seconds=30, then=Busy()).explain(lang)
        assert (
            told.removeprefix(Distribute({"1001": 1}).explain(lang))
            == ring.removeprefix(Ring(("1001",)).explain(lang))
            != ""
        )


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        pytest.param(
            {"1001": 0, "1002": 0},
            "`{'1001': 0, '1002': 0}` sends no call anywhere: "
            "give a target a weight of 1 to 9, or use `Busy()`",
            id="all 0",
        ),
        pytest.param(
            {},
            "`{}` sends no call anywhere: give a target a weight of 1 to 9, or use `Busy()`",
            id="none",
        ),
        pytest.param(
            {"1001": 10},
            "`10` is out of range: the weight of 1001 is 0 to 9",
            id="3-25 two digits",
        ),
        pytest.param(
            {"1001": -1}, "`-1` is out of range: the weight of 1001 is 0 to 9", id="negative"
        ),
        pytest.param(
            {"1001": 0.5},
            "`0.5` is not a whole number, as the weight of 1001 must be",
            id="a fraction",
        ),
        pytest.param(
            {"1001": True},
            "`True` is not a whole number, as the weight of 1001 must be",
            id="a truth value",
        ),
        pytest.param(
            {1001: 3},
            '`1001` is not text, as a target must be: write it in quotes, "1001"',
            id="an int for an extension",
        ),
        pytest.param(
            {"0312345678": 1, "03-1234-5678": 2},
            "`0312345678` stands twice: targets must differ, remove one",
            id="a target in two spellings",
        ),
        pytest.param(
            {"1001": 1, "009608": 2},
            "`009608` is a guidance, which answers before a phone can: "
            "give it a rule of its own",
            id="a guidance",
        ),
        pytest.param(
            {**OFFICE_TYPE, "1032": 1},
            "`33` targets are too many: a ratio has 32 at most",
            id="3-25 one more than the office type has",
        ),
        pytest.param(
            "1001",
            '`1001` gives no target a weight: write `{"1001": 3, "1002": 7}`',
            id="text",
        ),
        pytest.param(
            3, '`3` gives no target a weight: write `{"1001": 3, "1002": 7}`', id="a number"
        ),
        pytest.param(
            ("1001", "1002"),
            '`1001` gives no target a weight: write `{"1001": 3, "1002": 7}`',
            id="targets alone",
        ),
        pytest.param(
            [("1001", 1, 2)],
            '`(\'1001\', 1, 2)` gives no target a weight: write `{"1001": 3, "1002": 7}`',
            id="three of a pair",
        ),
    ],
)
def test_weights_refused(weights: Any, message: str) -> None:
    """Weights that are no ratio are refused with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        Distribute(weights)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param(
            {"draw": "hsah"},
            "`hsah` is not a way to draw: did you mean `hash`?",
            id="a misspelt draw",
        ),
        pytest.param(
            {"when_unavailable": "last"},
            "`last` is not a policy for a target: write one of `busy`, `next`, `renormalise`",
            id="the last gets the rest",
        ),
        pytest.param(
            {"key": 7},
            '`7` is not text, as the key of a distribution must be: write it in quotes, "7"',
            id="a key that is no text",
        ),
        pytest.param(
            {"seconds": 0},
            "`0` is out of range: the ring time of a distribution is 1 to 600",
            id="no time",
        ),
        pytest.param(
            {"seconds": 601},
            "`601` is out of range: the ring time of a distribution is 1 to 600",
            id="too long a time",
        ),
    ],
)
def test_fields_refused(fields: dict[str, Any], message: str) -> None:
    """A field that cannot be what it is, is refused."""
    with pytest.raises(InvalidValueError) as caught:
        Distribute({"1001": 1}, **fields)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("distribution", "data"),
    [
        pytest.param(
            Distribute({"1002": 7, "1001": 3}),
            {"distribute": {"1002": 7, "1001": 3}},
            id="only the ratio",
        ),
        pytest.param(
            Distribute(
                {"1001": 1},
                draw="turns",
                when_unavailable="busy",
                key="a",
                seconds=600,
                then=Distribute({"1002": 1}, then=Announce()),
            ),
            {
                "distribute": {"1001": 1},
                "draw": "turns",
                "when_unavailable": "busy",
                "key": "a",
                "seconds": 600,
                "then": {"distribute": {"1002": 1}, "then": {"announce": "009608"}},
            },
            id="everything",
        ),
    ],
)
def test_data(distribution: Distribute, data: dict[str, object]) -> None:
    """A document has the ratio in its order, and only what is no default."""
    assert distribution.to_dict() == data
    assert list(distribution.to_dict()["distribute"]) == list(  # type: ignore[call-overload]
        distribution.weights
    )


def test_values() -> None:
    """A distribution is equal, hashes and pickles by all it says, its order too."""
    one = Distribute({"1001": 3, "10-02": 7})

    assert one == Distribute([("1001", 3), ("1002", 7)]) == evolve(one)
    assert hash(one) == hash(Distribute([["1001", 3], ["1002", 7]]))  # type: ignore[list-item]
    assert one != Distribute({"1002": 7, "1001": 3})
    assert one != Distribute({"1001": 3, "1002": 7}, key="a")
    assert one != Distribute({"1001": 3, "1002": 7}, then=Busy())
    assert len({one, evolve(one, draw="turns"), pickle.loads(pickle.dumps(one))}) == 2
    assert evolve(one, weights={"1003": 1}).targets == ("1003",)
    assert (one.draw, one.when_unavailable) == (Draw.HASH, WhenUnavailable.NEXT)


def test_shares() -> None:
    """Shares are exact, of all targets; who is never drawn is never called."""
    third = Distribute({"1001": 2, "1002": 0, "1003": 4})

    assert third.shares == {
        "1001": Fraction(1, 3),
        "1002": Fraction(0),
        "1003": Fraction(2, 3),
    }
    assert (third.total, third.targets, third.ratio) == (6, ("1001", "1002", "1003"), (2, 0, 4))
    assert third.called == ("1001", "1003")


def test_the_largest() -> None:
    """The 32 targets of the office type (3-25) are taken, and all are tried."""
    most = Distribute(OFFICE_TYPE, when_unavailable="renormalise")

    assert sorted(hashed_order(most, "a")) == list(OFFICE_TYPE)
    assert sorted(turn_order(most, None)[0]) == list(OFFICE_TYPE)


# Vectors: any program that follows the definition finds the same.


@pytest.mark.parametrize(
    ("call_id", "key", "policy", "order"),
    [
        pytest.param(
            "call-1",
            "",
            "next",
            (
                "受付",
                "09012345678",
                "1001",
            ),
            id="next",
        ),
        pytest.param(
            "call-4",
            "",
            "next",
            (
                "1001",
                "受付",
                "09012345678",
            ),
            id="next, past weight 0",
        ),
        pytest.param(
            "call-6",
            "",
            "next",
            (
                "09012345678",
                "1001",
                "受付",
            ),
            id="next, round the end",
        ),
        pytest.param(
            "call-9",
            "",
            "next",
            (
                "受付",
                "09012345678",
                "1001",
            ),
            id="a key",
        ),
        pytest.param(
            "call-9",
            "a",
            "next",
            (
                "1001",
                "受付",
                "09012345678",
            ),
            id="another key",
        ),
        pytest.param("call-6", "", "busy", ("09012345678",), id="busy"),
        pytest.param(
            "call-6",
            "",
            "renormalise",
            (
                "09012345678",
                "受付",
                "1001",
            ),
            id="renormalised",
        ),
        pytest.param(
            "call-12",
            "",
            "renormalise",
            (
                "受付",
                "09012345678",
                "1001",
            ),
            id="renormalised, another call",
        ),
        pytest.param(
            "",
            "",
            "next",
            (
                "受付",
                "09012345678",
                "1001",
            ),
            id="no id",
        ),
        pytest.param(
            "受付\ud800",
            "",
            "next",
            (
                "受付",
                "09012345678",
                "1001",
            ),
            id="an id that is no valid text",
        ),
    ],
)
def test_hashed_orders(call_id: str, key: str, policy: str, order: tuple[str, ...]) -> None:
    """A call is drawn by its id, now and in every version to come."""
    ratio = {"1001": 3, "1002": 0, "受付": 6, "09012345678": 1}
    distribution = Distribute(ratio, key=key, when_unavailable=policy)

    assert hashed_order(distribution, call_id) == order


@pytest.mark.parametrize(
    ("ratio", "period"),
    [
        pytest.param((1,), "a", id="one"),
        pytest.param((1, 1), "ab", id="in turn"),
        pytest.param((1, 9), "bbbbabbbbb", id="1:9, in the middle"),
        pytest.param((3, 7), "babbabbbab", id="3:7"),
        pytest.param((5, 1, 1), "aabaaca", id="5:1:1"),
        pytest.param((1, 2, 3), "cbcabc", id="1:2:3"),
        pytest.param((2, 0, 1), "aca", id="one never"),
        pytest.param((1, 1, 1, 9, 9), "dededeadededebdecdede", id="1:1:1:9:9"),
    ],
)
def test_a_period_of_turns(ratio: tuple[int, ...], period: str) -> None:
    """Turns are spread over a period, which begins again after the last."""
    distribution = Distribute(zip("abcde", ratio, strict=False), draw="turns")
    found, state = "", None
    for _ in range(2 * distribution.total):
        order, state = turn_order(distribution, state)
        found += order[0]

    assert found == period * 2
    assert state == (0,) * len(ratio)


@pytest.mark.parametrize(
    ("policy", "orders"),
    [
        pytest.param("next", ("acd", "dac", "acd", "cda", "dac", "acd"), id="next"),
        pytest.param(
            "renormalise", ("adc", "dac", "acd", "cad", "dac", "adc"), id="renormalise"
        ),
        pytest.param("busy", ("a", "d", "a", "c", "d", "a"), id="busy"),
    ],
)
def test_who_follows_in_turns(policy: str, orders: tuple[str, ...]) -> None:
    """Who follows the one whose turn it is, is the policy's to say."""
    ratio = (("a", 3), ("b", 0), ("c", 1), ("d", 2))
    distribution = Distribute(ratio, draw="turns", when_unavailable=policy)
    found, state = [], None
    for _ in range(distribution.total):
        order, state = turn_order(distribution, state)
        found.append("".join(order))

    assert tuple(found) == orders


@pytest.mark.parametrize(
    "state",
    [
        pytest.param((1,), id="too short"),
        pytest.param((1, 1, 1), id="too long"),
        pytest.param((4, 0), id="more turns than the weight"),
        pytest.param((-1, 1), id="less than none"),
        pytest.param((3, 7), id="a period that is over"),
        pytest.param((), id="empty"),
    ],
)
def test_a_state_that_does_not_fit_begins_anew(state: tuple[int, ...]) -> None:
    """What was remembered of another distribution is forgotten rather than refused."""
    distribution = Distribute({"1001": 3, "1002": 7}, draw="turns")

    assert turn_order(distribution, state) == turn_order(distribution, None)


def test_a_changed_ratio_goes_on_with_the_turns_that_were_had() -> None:
    """Settings take effect with the next call (3-02), and no turn is forgotten."""
    changed = Distribute({"1001": 5, "1002": 5}, draw="turns")

    order, state = turn_order(changed, (1, 4))

    assert order[0] == "1001"
    assert state == (2, 4)


def test_an_order_by_lot_leaves_out_weight_0() -> None:
    """Whoever has no weight is not in the lot, and without any nobody is."""
    assert weighted_order(("a", "b"), (0, 1), "", "x") == ("b",)
    assert weighted_order(("a",), (0,), "", "x") == weighted_order((), (), "", "x") == ()
