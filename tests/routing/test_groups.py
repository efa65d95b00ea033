"""Groups and their members: what is taken, what is refused, and the one form of each."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Group, Member, Strategy


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: Group("1001", ("1002",)),
            "`1001` is not the name of a group: a name has a letter",
            id="a group named as an extension",
        ),
        pytest.param(
            lambda: Group("", ("1002",)),
            "`` is empty: the name of a group needs at least one character",
            id="a group without a name",
        ),
        pytest.param(
            lambda: Group("a,b", ("1002",)),
            "`a,b` is not one target: write each as its own text, without spaces",
            id="a group with a comma",
        ),
        pytest.param(
            lambda: Group("sales", ()),
            "`sales` is not a group that can ring: name a member",
            id="a group without members",
        ),
        pytest.param(
            lambda: Group("sales", ("1001", "009608")),
            "`sales` is not a group that can ring: a guidance cannot be a member",
            id="4-23 a guidance in a group",
        ),
        pytest.param(
            lambda: Group("sales", ("1001", "10-01")),
            "`1001` stands twice: members of a group must differ, remove one",
            id="a member twice",
        ),
        pytest.param(
            lambda: Group("sales", "1001"),  # type: ignore[arg-type]
            '`1001` is not a sequence: write `("1001",)`',
            id="text for members",
        ),
        pytest.param(
            lambda: Group("sales", ("1001", Member("10-01", delay=5))),
            "`1001` stands twice: members of a group must differ, remove one",
            id="a member twice, with settings of its own",
        ),
        pytest.param(
            lambda: Group("sales", (1001,)),  # type: ignore[arg-type]
            "`1001` is not `str` or `Member`, as a member must be",
            id="a number for a member",
        ),
        pytest.param(
            lambda: Group("sales", (Member("009608"),)),
            "`sales` is not a group that can ring: a guidance cannot be a member",
            id="4-23 a guidance as a member with settings",
        ),
        pytest.param(
            lambda: Group(5, ("1001",)),  # type: ignore[arg-type]
            '`5` is not text, as the name of a group must be: write it in quotes, "5"',
            id="a number for a name",
        ),
        pytest.param(
            lambda: Group("sales", ("1001",), strategy="round"),  # type: ignore[arg-type]
            "`round` is not a ring strategy: write one of "
            "`circular`, `longest_idle`, `sequential`, `simultaneous`, `weighted`",
            id="an unknown strategy",
        ),
        pytest.param(
            lambda: Group("sales", ("1001",), strategy="sequental"),  # type: ignore[arg-type]
            "`sequental` is not a ring strategy: did you mean `sequential`?",
            id="a misspelled strategy",
        ),
        pytest.param(
            lambda: Group("sales", ("1001",), seconds=0),
            "`0` is out of range: the ring time of a group is 1 to 600",
            id="no time to ring",
        ),
        pytest.param(
            lambda: Group("sales", ("1001",), seconds=601),
            "`601` is out of range: the ring time of a group is 1 to 600",
            id="too much time to ring",
        ),
        pytest.param(
            lambda: Group("sales", ("1001",), repeat=0),
            "`0` is out of range: the number of rounds of a group is 1 to 10",
            id="no round",
        ),
        pytest.param(
            lambda: Group("sales", ("1001",), repeat=11),
            "`11` is out of range: the number of rounds of a group is 1 to 10",
            id="too many rounds",
        ),
        pytest.param(
            lambda: Group("sales", ("1001",), overflow="009608"),
            "`009608` cannot be called by a group: let it follow, as `Ring(…, then=…)`",
            id="4-23 a guidance for an overflow",
        ),
        pytest.param(
            lambda: Group("sales", ("1001",), overflow=""),
            "`` is empty: a target needs at least one character",
            id="an empty overflow",
        ),
        pytest.param(
            lambda: Member(""),
            "`` is empty: a target needs at least one character",
            id="a member without a target",
        ),
        pytest.param(
            lambda: Member("1001", delay=-1),
            "`-1` is out of range: the delay of a member is 0 to 600",
            id="a delay below nothing",
        ),
        pytest.param(
            lambda: Member("1001", delay=601),
            "`601` is out of range: the delay of a member is 0 to 600",
            id="a delay that is too long",
        ),
        pytest.param(
            lambda: Member("1001", delay=None),  # type: ignore[arg-type]
            "`None` is not a whole number, as the delay of a member must be",
            id="None for no delay",
        ),
        pytest.param(
            lambda: Member("1001", seconds=0),
            "`0` is out of range: the ring time of a member is 1 to 600",
            id="a member without time to ring",
        ),
        pytest.param(
            lambda: Member("1001", weight=0),
            "`0` is out of range: the weight of a member is 1 to 9",
            id="a member without weight",
        ),
        pytest.param(
            lambda: Member("1001", weight=10),
            "`10` is out of range: the weight of a member is 1 to 9",
            id="a weight of two digits",
        ),
        pytest.param(
            lambda: Member("1001", honour_forwards=0),  # type: ignore[arg-type]
            "`0` is not true or false, as honour_forwards must be",
            id="a number for honour_forwards",
        ),
        pytest.param(
            lambda: Member("sales", honour_forwards=False),
            "`sales` is a group, which has no forwards of its own: say it of each member of "
            "that group",
            id="forwards of a group",
        ),
    ],
)
def test_refused(make: Callable[[], Any], message: str) -> None:
    """What cannot be is refused in one line, with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Group("sales", ("1001",), seconds=1, repeat=1), id="the least"),
        pytest.param(lambda: Group("sales", ("1001",), seconds=600, repeat=10), id="the most"),
        pytest.param(
            lambda: Member("1001", delay=0, seconds=1, weight=1), id="the least of one"
        ),
        pytest.param(
            lambda: Member("1001", delay=600, seconds=600, weight=9), id="the most of one"
        ),
    ],
)
def test_bounds(make: Callable[[], object]) -> None:
    """The first and the last value of each setting are taken."""
    assert make() == make()


def test_defaults() -> None:
    """A group rings all at once, one round, as long as the caller waits, and then no more."""
    group = Group("sales", ("1001",))
    assert group.strategy is Strategy.SIMULTANEOUS
    assert (group.seconds, group.repeat, group.overflow) == (None, 1, None)
    member = Member("1001")
    assert (member.delay, member.seconds, member.weight) == (0, None, 1)
    assert member.honour_forwards


def test_one_form() -> None:
    """A member without settings of its own is kept as its text, so that equals are equal."""
    plain = Group("sales", ("1001", "03-1234-5678"))
    wordy = Group("sales", [Member("1001"), Member("0312345678", weight=1)])  # type: ignore[arg-type]
    assert plain == wordy
    assert hash(plain) == hash(wordy)
    assert wordy.members == ("1001", "0312345678")
    assert Group("sales", ("1001",), strategy="circular") == Group(  # type: ignore[arg-type]
        "sales", ("1001",), strategy=Strategy.CIRCULAR
    )


def test_settings_make_a_difference() -> None:
    """Every setting of a member tells two groups apart, and is kept."""
    members = [
        Member("1001"),
        Member("1001", delay=1),
        Member("1001", seconds=1),
        Member("1001", weight=2),
        Member("1001", honour_forwards=False),
    ]
    assert len({Group("sales", (each,)) for each in members}) == len(members)
    for each in members:
        assert Group("sales", (each,)).all_members == (each,)


def test_targets() -> None:
    """A group calls its members in order, and its overflow in the end."""
    group = Group("sales", (Member("090-1234-5678", delay=5), "1001"), overflow="080-1234-5678")
    assert group.targets == ("09012345678", "1001")
    assert group.called == ("09012345678", "1001", "08012345678")
    assert Group("sales", ("1001",)).called == ("1001",)
    assert group.all_members == (Member("09012345678", delay=5), Member("1001"))


@pytest.mark.parametrize(
    ("strategy", "takes_turns", "by_call"),
    [
        pytest.param(Strategy.SIMULTANEOUS, False, False, id="simultaneous"),
        pytest.param(Strategy.SEQUENTIAL, True, False, id="sequential"),
        pytest.param(Strategy.CIRCULAR, True, True, id="circular"),
        pytest.param(Strategy.LONGEST_IDLE, True, True, id="longest idle"),
        pytest.param(Strategy.WEIGHTED, True, True, id="weighted"),
    ],
)
def test_strategies(strategy: Strategy, *, takes_turns: bool, by_call: bool) -> None:
    """All but one call one target after the other, and three in an order of each call."""
    assert strategy.takes_turns is takes_turns
    assert strategy.is_ordered_by_call is by_call


def test_pickling() -> None:
    """A group can be sent to another process."""
    group = Group("sales", ("1001", Member("1002", delay=5)), overflow="1003", repeat=2)
    assert pickle.loads(pickle.dumps(group)) == group
