"""How long a turn and a round last, and what comes next."""

from typing import Any, Final

import pytest

from cloudpbx.routing import Busy, Group, Member, Ring, Strategy
from cloudpbx.routing.hunts import Hunt, earliest

TWO: Final = (Member("1001"), Member("1002"))
SEQUENTIAL: Final = Strategy.SEQUENTIAL


def hunt(*, limit: int | None = None, followed: bool = False, **settings: Any) -> Hunt:
    """Return the hunt of a group of two that a ring called."""
    group = Group("sales", settings.pop("members", TWO), **settings)
    parent = Hunt.of_ring(Ring(("sales",)), (Member("sales"),), "")
    return Hunt.of_group(
        group,
        group.all_members,
        "sales",
        parent=parent,
        spot=(0,),
        limit=limit,
        is_followed=followed,
    )


@pytest.mark.parametrize(
    ("limit", "start", "seconds", "first"),
    [
        pytest.param(None, 5, None, None, id="neither"),
        pytest.param(30, 5, None, 30, id="a limit alone"),
        pytest.param(None, 5, 20, 25, id="seconds alone"),
        pytest.param(30, 5, 20, 25, id="the seconds are over first"),
        pytest.param(10, 5, 20, 10, id="the limit is first"),
    ],
)
def test_earliest(
    limit: int | None, start: int, seconds: int | None, first: int | None
) -> None:
    """Whichever is over first counts."""
    assert earliest(limit, start, seconds) == first


@pytest.mark.parametrize(
    ("made", "member", "is_group", "limit"),
    [
        pytest.param(hunt(), Member("1001"), False, None, id="a phone, nothing follows"),
        pytest.param(
            hunt(followed=True), Member("1001"), False, 105, id="a round that is followed"
        ),
        pytest.param(
            hunt(followed=True), Member("1001"), True, None, id="a group takes its own time"
        ),
        pytest.param(hunt(repeat=2), Member("1001"), False, 105, id="another round follows"),
        pytest.param(hunt(overflow="1003"), Member("1001"), False, 105, id="an overflow"),
        pytest.param(hunt(seconds=30), Member("1001"), False, 115, id="the seconds of a group"),
        pytest.param(hunt(seconds=30), Member("1001"), True, 115, id="which cut a group too"),
        pytest.param(
            hunt(seconds=30), Member("1001", delay=10), False, 115, id="from the round's start"
        ),
        pytest.param(
            hunt(followed=True), Member("1001", delay=10), False, 105, id="usual, and a delay"
        ),
        pytest.param(
            hunt(followed=True), Member("1001", seconds=40), False, 125, id="a member's own"
        ),
        pytest.param(
            hunt(seconds=30), Member("1001", seconds=40), False, 115, id="not past the round"
        ),
        pytest.param(
            hunt(), Member("1001", delay=10, seconds=5), False, 100, id="from its own start"
        ),
        pytest.param(hunt(limit=90), Member("1001"), False, 90, id="what was inherited"),
        pytest.param(
            hunt(strategy=SEQUENTIAL), Member("1001"), False, 105, id="another turn follows"
        ),
        pytest.param(
            hunt(strategy=SEQUENTIAL), Member("1001", delay=10), False, 115, id="after a delay"
        ),
        pytest.param(
            hunt(strategy=SEQUENTIAL, seconds=10),
            Member("1001", seconds=40),
            False,
            125,
            id="a member's own turn",
        ),
        pytest.param(
            hunt(strategy=SEQUENTIAL, seconds=10, limit=90),
            Member("1001"),
            False,
            90,
            id="a turn within what was inherited",
        ),
    ],
)
def test_limits(made: Hunt, member: Member, *, is_group: bool, limit: int | None) -> None:
    """A member stops at the first of what it, its caller and whoever called that say."""
    assert made.limit_of(member, 85, is_group=is_group) == limit


def test_what_follows_a_turn() -> None:
    """The last turn of the last round is followed by what follows its caller."""
    made = hunt(strategy=SEQUENTIAL, repeat=2)
    assert [made.is_turn_followed, made.has_next_turn(0), made.has_next_round(0)] == [
        True,
        True,
        False,
    ]
    made.rang = True
    assert made.has_next_round(0)
    made.turn, made.rounds = 1, 1
    assert not made.is_turn_followed
    assert not made.has_next_turn(0)
    assert not made.has_next_round(0)
    assert Hunt.of_ring(Ring(("1001",), then=Busy()), (Member("1001"),), "").is_turn_followed


def test_no_time_is_left() -> None:
    """When the time is over there is neither another turn nor another round."""
    made = hunt(strategy=SEQUENTIAL, repeat=2, limit=30)
    made.rang = True
    assert [made.has_time(29), made.has_next_turn(29), made.has_next_round(29)] == [True] * 3
    assert [made.has_time(30), made.has_next_turn(30), made.has_next_round(30)] == [False] * 3


def test_a_distribution_stops() -> None:
    """A distribution goes on while nobody rang, and then stops."""
    made = Hunt.of_distribution(TWO, is_followed=False)
    assert made.takes_turns
    assert not made.is_turn_followed
    assert made.has_next_turn(0)
    made.turn_rang = True
    assert not made.has_next_turn(0)


def test_the_last_call() -> None:
    """An overflow is one turn, after which nothing more is of this group."""
    made = hunt(overflow="1003", repeat=3, strategy=Strategy.CIRCULAR)
    made.turn = 1
    made.call_only("1003")
    assert made.members == (Member("1003"),)
    assert made.strategy is SEQUENTIAL
    assert not made.is_turn_followed
    assert not made.has_next_turn(0)
