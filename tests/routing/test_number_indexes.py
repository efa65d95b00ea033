"""Called numbers, found in any spelling."""

from typing import Final

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import (
    Announce,
    Busy,
    CalledNumber,
    Destination,
    Distribute,
    Divert,
    Ring,
)
from cloudpbx.routing.number_indexes import NumberIndex
from tests.routing.offices import always

MAIN: Final = CalledNumber("03-1234-5678", always(Busy()))
FREE: Final = CalledNumber("0120-123-456", always(Busy()))
INDEX: Final = NumberIndex((MAIN, FREE), "JP")


@pytest.mark.parametrize(
    ("number", "found"),
    [
        pytest.param("0312345678", MAIN, id="national"),
        pytest.param("03-1234-5678", MAIN, id="with hyphens"),
        pytest.param("+81312345678", MAIN, id="with the country code"),
        pytest.param("81312345678", MAIN, id="without plus"),
        pytest.param("+81 (0)3 1234 5678", MAIN, id="with a needless zero"),
        pytest.param("0120123456", FREE, id="another"),
        pytest.param("0312345679", None, id="none of them"),
        pytest.param("1001", None, id="an extension"),
        pytest.param("sales", None, id="a name"),
    ],
)
def test_find(number: str, found: CalledNumber | None) -> None:
    """A number is found in every spelling of it."""
    assert INDEX.find(number) is found


@pytest.mark.parametrize(
    ("destination", "led"),
    [
        pytest.param(Divert("0120-123-456"), True, id="a diversion to a number"),
        pytest.param(Divert("+81120123456"), True, id="in another spelling"),
        pytest.param(Divert("1001"), False, id="a diversion to an extension"),
        pytest.param(Divert("090-1234-5678"), False, id="a diversion to outside"),
        pytest.param(Ring(("0120-123-456",)), False, id="a ring is no diversion"),
        pytest.param(Ring(("1001",), then=Divert("0120-123-456")), True, id="what follows"),
        pytest.param(
            Distribute({"1001": 1}, then=Ring(("1001",), then=Divert("0120-123-456"))),
            True,
            id="what follows what follows",
        ),
        pytest.param(Announce(), False, id="a guidance"),
    ],
)
def test_led_to(destination: Destination, *, led: bool) -> None:
    """A destination leads to a called number when it, or what follows it, diverts there."""
    assert INDEX.is_led_to(destination) is led


def test_twice() -> None:
    """One number in two spellings is refused."""
    with pytest.raises(InvalidValueError) as caught:
        NumberIndex((MAIN, CalledNumber("+81 3-1234-5678", always(Busy()))), "JP")
    assert str(caught.value) == (
        "`+81312345678` is the same number as `0312345678`: called numbers must differ, "
        "remove one"
    )
