"""Destinations: what is taken, what is refused, how it is written."""

import pickle
from collections.abc import Callable
from typing import Any, Final

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import (
    AFTER_HOURS_CODE,
    Announce,
    Busy,
    Destination,
    Distribute,
    Divert,
    Member,
    Ring,
    Strategy,
)
from cloudpbx.routing.destinations import chain_of

EVERYTHING: Final = Ring(
    ("1001", "sales"),
    strategy=Strategy.CIRCULAR,
    seconds=15,
    repeat=2,
    then=Distribute({"1002": 1}, then=Divert("090-1234-5678")),
)


@pytest.mark.parametrize(
    ("destination", "text"),
    [
        pytest.param(Ring(("1001", "1002")), "ring 1001, 1002", id="4-20 extensions"),
        pytest.param(Ring(("03-0000-1234",)), "ring 0300001234", id="4-24 an outside number"),
        pytest.param(
            Ring(("0300001234", "090-1234-5678")),
            "ring 0300001234, 09012345678",
            id="4-25 outside numbers",
        ),
        pytest.param(Ring(("1001", "0300001234")), "ring 1001, 0300001234", id="4-25 mixed"),
        pytest.param(Ring(("受付",)), "ring 受付", id="a group"),
        pytest.param(Ring(("1st floor",)), "ring 1st floor", id="a group with a space"),
        pytest.param(Announce(), "announce 009608", id="4-23 the after-hours guidance"),
        pytest.param(Announce("009600"), "announce 009600", id="another guidance"),
        pytest.param(Busy(), "busy", id="the busy tone"),
        pytest.param(Divert("03-1234-5678"), "divert to 0312345678", id="3-25 a diversion"),
        pytest.param(
            Ring(("1001", "1002"), strategy=Strategy.SEQUENTIAL),
            "ring one after the other 1001, 1002",
            id="sequential",
        ),
        pytest.param(
            Ring(("1001", "1002"), strategy=Strategy.CIRCULAR),
            "ring in turn 1001, 1002",
            id="circular",
        ),
        pytest.param(
            Ring(("1001", "1002"), strategy=Strategy.LONGEST_IDLE),
            "ring who is idle longest of 1001, 1002",
            id="longest idle",
        ),
        pytest.param(
            Ring(("1001", "1002"), strategy=Strategy.WEIGHTED),
            "ring by weight 1001, 1002",
            id="weighted",
        ),
        pytest.param(
            Ring(("1001",), seconds=20, repeat=3), "ring 1001 for 20 s, 3 rounds", id="rounds"
        ),
        pytest.param(
            EVERYTHING,
            "ring in turn 1001, sales for 15 s, 2 rounds, "
            "then distribute by ratio (1002: 1), then divert to 09012345678",
            id="a chain with everything",
        ),
    ],
)
def test_text(destination: Destination, text: str) -> None:
    """A destination is written in words."""
    assert str(destination) == text


@pytest.mark.parametrize(
    ("destination", "text"),
    [
        pytest.param(Ring(("1001", "1002")), "1001, 1002を鳴動", id="ring"),
        pytest.param(Announce(), "ガイダンス009608", id="guidance"),
        pytest.param(Busy(), "話中音", id="the busy tone"),
        pytest.param(Divert("1001"), "1001へ転送", id="a diversion"),
        pytest.param(
            Ring(("1001",), seconds=20, repeat=2, then=Busy()),
            "1001を鳴動（20秒）（2巡）、続いて話中音",
            id="a chain",
        ),
    ],
)
def test_text_in_japanese(destination: Destination, text: str) -> None:
    """It is written in Japanese too."""
    assert destination.explain("ja") == text


@pytest.mark.parametrize(
    ("destination", "data"),
    [
        pytest.param(Ring(["1001"]), {"ring": ["1001"]}, id="ring"),  # type: ignore[arg-type]
        pytest.param(Announce("009600"), {"announce": "009600"}, id="guidance"),
        pytest.param(Busy(), {"busy": True}, id="the busy tone"),
        pytest.param(Divert("03-1234-5678"), {"divert": "0312345678"}, id="a diversion"),
        pytest.param(
            EVERYTHING,
            {
                "ring": ["1001", "sales"],
                "strategy": "circular",
                "seconds": 15,
                "repeat": 2,
                "then": {"distribute": {"1002": 1}, "then": {"divert": "09012345678"}},
            },
            id="a chain with everything",
        ),
    ],
)
def test_data(destination: Destination, data: dict[str, object]) -> None:
    """A destination is plain data as a document has it, without what is usual."""
    assert destination.to_dict() == data


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        pytest.param(
            (), "`()` rings nothing: name a target, or use `Busy()`", id="4-21 empty targets"
        ),
        pytest.param(
            ("1001", "009608"),
            "`009608` is a guidance, which answers before a phone can: "
            "give it a rule of its own",
            id="4-23 the guidance in a mix",
        ),
        pytest.param(
            ("009608",),
            "`009608` is a guidance, which answers before a phone can: "
            'use `Announce("009608")`',
            id="4-23 the guidance alone",
        ),
        pytest.param(
            ("00-9608", "1001"),
            "`009608` is a guidance, which answers before a phone can: "
            "give it a rule of its own",
            id="4-23 the guidance with a hyphen",
        ),
        pytest.param(
            ("1001", "1002", "1001"),
            "`1001` stands twice: targets must differ, remove one",
            id="a target twice",
        ),
        pytest.param(
            ("0312345678", "03-1234-5678"),
            "`0312345678` stands twice: targets must differ, remove one",
            id="a target twice in two spellings",
        ),
        pytest.param(
            "1001",
            '`1001` is not a sequence: write `("1001",)`',
            id="text for a sequence",
        ),
        pytest.param(
            1001, "`1001` is not a sequence: write `(…,)` with a target in it", id="an int"
        ),
        pytest.param(
            (1001,),
            '`1001` is not text, as a target must be: write it in quotes, "1001"',
            id="4-13 an int for an extension",
        ),
        pytest.param(
            ("1001,1002",),
            "`1001,1002` is not one target: write each as its own text, without spaces",
            id="4-22 two in one text",
        ),
        pytest.param(
            (" 1001",),
            "` 1001` is not one target: write each as its own text, without spaces",
            id="4-22 a space around",
        ),
        pytest.param(
            ("",), "`` is empty: a target needs at least one character", id="empty text"
        ),
    ],
)
def test_ring_refuses(targets: Any, message: str) -> None:
    """Targets that cannot ring are refused with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        Ring(targets)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("code", "message"),
    [
        pytest.param(
            "after hours",
            "`after hours` is not a guidance number: write half-width digits",
            id="words",
        ),
        pytest.param(
            "００９６０８",
            "`００９６０８` is not a guidance number: write half-width digits",
            id="wide",
        ),
        pytest.param(
            "", "`` is empty: a guidance number needs at least one character", id="empty"
        ),
        pytest.param(
            9608,
            '`9608` is not text, as a guidance number must be: write it in quotes, "9608"',
            id="an int",
        ),
    ],
)
def test_announce_refuses(code: Any, message: str) -> None:
    """A guidance number is made of half-width digits."""
    with pytest.raises(InvalidValueError) as caught:
        Announce(code)
    assert str(caught.value) == message


def chain(length: int) -> Ring:
    """Return a chain of so many destinations."""
    found = Ring(("1001",))
    for _ in range(length - 1):
        found = Ring(("1001",), then=found)
    return found


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: Ring(("1001",), strategy="all"),  # type: ignore[arg-type]
            "`all` is not a ring strategy: write one of "
            "`circular`, `longest_idle`, `sequential`, `simultaneous`, `weighted`",
            id="an unknown strategy",
        ),
        pytest.param(
            lambda: Ring(("1001",), seconds=0),
            "`0` is out of range: the ring time of a destination is 1 to 600",
            id="no time to ring",
        ),
        pytest.param(
            lambda: Ring(("1001",), seconds=601),
            "`601` is out of range: the ring time of a destination is 1 to 600",
            id="too much time to ring",
        ),
        pytest.param(
            lambda: Ring(("1001",), repeat=11),
            "`11` is out of range: the number of rounds of a destination is 1 to 10",
            id="too many rounds",
        ),
        pytest.param(
            lambda: Ring(("1001",), repeat=True),
            "`True` is not a whole number, as the number of rounds of a destination must be",
            id="true for rounds",
        ),
        pytest.param(
            lambda: Ring((Member("1001"),)),  # type: ignore[arg-type]
            "`Member(target='1001', delay=0, seconds=None, weight=1, honou…` "
            "is not text, as a target must be",
            id="a member of a group for a target",
        ),
        pytest.param(
            lambda: Ring(("1001",), then="busy"),  # type: ignore[arg-type]
            "`busy` is not `Ring` or `Announce` or `Busy` or `Distribute` or `Divert`, "
            "as what follows a destination must be",
            id="text for what follows",
        ),
        pytest.param(
            lambda: Distribute({"1001": 1}, then="busy"),  # type: ignore[arg-type]
            "`busy` is not `Ring` or `Announce` or `Busy` or `Distribute` or `Divert`, "
            "as what follows a destination must be",
            id="text for what follows a distribution",
        ),
        pytest.param(
            lambda: chain(21),
            "`21` destinations follow each other: leave 20 at most",
            id="a chain of 21",
        ),
        pytest.param(
            lambda: Distribute({"1001": 1}, then=chain(20)),
            "`21` destinations follow each other: leave 20 at most",
            id="a chain of 21 that begins with a distribution",
        ),
        pytest.param(
            lambda: Divert("009608"),
            "`009608` is a guidance, which answers before a phone can: "
            'use `Announce("009608")`',
            id="4-23 a diversion to the guidance",
        ),
        pytest.param(
            lambda: Divert("1001,1002"),
            "`1001,1002` is not one target: write each as its own text, without spaces",
            id="a diversion to two",
        ),
    ],
)
def test_refused(make: Callable[[], Any], message: str) -> None:
    """What cannot be is refused in one line, with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert str(caught.value) == message


def test_chain() -> None:
    """Twenty destinations may follow each other, and are told in order."""
    longest = chain(20)
    assert len(chain_of(longest)) == 20
    assert chain_of(EVERYTHING) == (
        EVERYTHING,
        Distribute({"1002": 1}, then=Divert("09012345678")),
        Divert("09012345678"),
    )
    assert chain_of(Busy()) == (Busy(),)


def test_members() -> None:
    """The targets of a ring are called as members without settings."""
    ring = Ring(("1001", "sales"))
    assert ring.all_members == (Member("1001"), Member("sales"))
    assert ring.called == ("1001", "sales")


def test_the_code() -> None:
    """The after-hours guidance has the number that the source gives (4-23)."""
    assert Announce() == Announce(AFTER_HOURS_CODE) == Announce("009608")


def test_values() -> None:
    """Destinations are equal and hash by what they say."""
    assert Ring(["1001"]) == Ring(("1001",))  # type: ignore[arg-type]
    assert len({Ring(("1001",)), Ring(("1001",)), Busy(), Busy(), Announce(), Announce()}) == 3
    assert len({Ring(("1001",)), Ring(("1001",), seconds=20), Ring(("1001",), repeat=2)}) == 3
    assert Ring(("1001",)) != Ring(("1001",), then=Busy())
    assert Ring(("1001",), strategy="weighted") == Ring(  # type: ignore[arg-type]
        ("1001",), strategy=Strategy.WEIGHTED
    )
    assert Divert("03-1234-5678") == Divert("0312345678") != Divert("1001")
    assert pickle.loads(pickle.dumps(EVERYTHING)) == EVERYTHING
