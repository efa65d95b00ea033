"""Destinations: what is taken, what is refused, how it is written."""

from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import AFTER_HOURS_CODE, Announce, Busy, Destination, Ring


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
    ],
)
def test_text(destination: Destination, text: str) -> None:
    """A destination is written in words."""
    assert str(destination) == text


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


def test_the_code() -> None:
    """The after-hours guidance has the number that the source gives (4-23)."""
    assert Announce() == Announce(AFTER_HOURS_CODE) == Announce("009608")


def test_values() -> None:
    """Destinations are equal and hash by what they say."""
    assert Ring(["1001"]) == Ring(("1001",))  # type: ignore[arg-type]
    assert len({Ring(("1001",)), Ring(("1001",)), Busy(), Busy(), Announce(), Announce()}) == 3
