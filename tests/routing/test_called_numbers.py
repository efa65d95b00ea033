"""Called numbers: which features fit together, and what each must be."""

import pickle
from collections.abc import Callable
from typing import Any, Final

import pytest
from attrs import evolve

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import (
    Announce,
    CalledNumber,
    Channels,
    Destination,
    Distribute,
    Divert,
    Override,
    Ring,
    Rule,
    Schedule,
    Screening,
)
from tests.routing.offices import always

PHONE: Final = always(Ring(("1001",)))
RATIO: Final = Distribute({"1001": 3, "1002": 7})
GUIDANCE: Final = Schedule[Announce](
    zone="Asia/Tokyo", rules=(Rule("20:00-08:00", Announce()),)
)
CHANGE: Final = Schedule[Divert](
    zone="Asia/Tokyo", rules=(Rule("sat 00:00-24:00", Divert("1001")),)
)
PLAIN: Final = CalledNumber("0120-123-456", PHONE)
DESTINATIONS: Final = "`Ring` or `Announce` or `Busy` or `Distribute` or `Divert`"
BOTH: Final = (
    "`0120123456` has a busy diversion and distributes by ratio: "
    "a number can have one of the two, leave the other out"
)


def distributing(schedule: Schedule[Destination]) -> CalledNumber:
    """Return a number with a busy diversion and a schedule."""
    return evolve(PLAIN, schedule=schedule, diversion=("0312345678",))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: distributing(Schedule(zone="UTC", rules=(Rule("09:00-18:00", RATIO),))),
            BOTH,
            id="2.1 rule 2: a ratio by a rule",
        ),
        pytest.param(
            lambda: distributing(always(RATIO)), BOTH, id="2.1 rule 2: a ratio otherwise"
        ),
        pytest.param(
            lambda: distributing(evolve(PHONE, override=Override(RATIO))),
            BOTH,
            id="2.1 rule 2: a ratio by hand",
        ),
        pytest.param(
            lambda: distributing(always(Ring(("1001",), then=RATIO))),
            BOTH,
            id="2.1 rule 2: a ratio that follows",
        ),
        pytest.param(
            lambda: evolve(PLAIN, diversion=("0312345678", "03-1234-5678")),
            "`0312345678` stands twice: the numbers of a busy diversion must differ, "
            "remove one",
            id="a number twice in a busy diversion",
        ),
        pytest.param(
            lambda: evolve(PLAIN, diversion=("0120-123-456",)),
            "`0120123456` is its own busy diversion: name another number",
            id="a number that diverts to itself",
        ),
        pytest.param(
            lambda: evolve(PLAIN, diversion="0312345678"),  # type: ignore[arg-type]
            '`0312345678` is not a sequence: write `("0312345678",)`',
            id="text for a busy diversion",
        ),
        pytest.param(
            lambda: evolve(PLAIN, diversion=(312345678,)),  # type: ignore[arg-type]
            "`312345678` is not text, as a busy diversion must be: "
            'write it in quotes, "312345678"',
            id="an int for a number of a busy diversion",
        ),
        pytest.param(
            lambda: evolve(PLAIN, diversion=("009608",)),
            "`009608` is a guidance, which answers before a phone can: "
            'use `Announce("009608")`',
            id="a guidance for a busy diversion",
        ),
        pytest.param(
            lambda: evolve(PLAIN, screening="03"),  # type: ignore[arg-type]
            "`03` is not `Screening`, as the screening of a number must be",
            id="3-30 an area for a screening",
        ),
        pytest.param(
            lambda: evolve(PLAIN, channels=5),  # type: ignore[arg-type]
            "`5` is not `Channels`, as the channels of a number must be",
            id="3-23 a number for channels",
        ),
        pytest.param(
            lambda: evolve(PLAIN, after_hours=Announce()),  # type: ignore[arg-type]
            "`Announce(code='009608')` is not `Schedule`, "
            "as the after-hours guidance of a number must be",
            id="3-27 a guidance without its hours",
        ),
        pytest.param(
            lambda: evolve(PLAIN, after_hours=PHONE),  # type: ignore[arg-type]
            "`Ring(targets=('1001',), strategy=<Strategy.SIMULTANEOUS: 'si…` "
            "is not `Announce`, as an answer of the after-hours guidance of a number must be",
            id="3-27 phones after hours",
        ),
        pytest.param(
            lambda: evolve(PLAIN, reception_change=GUIDANCE),  # type: ignore[arg-type]
            "`Announce(code='009608')` is not `Divert`, "
            "as an answer of the change of reception of a number must be",
            id="3-25 a guidance for a change of reception",
        ),
        pytest.param(
            lambda: evolve(PLAIN, reception_change="1001"),  # type: ignore[arg-type]
            "`1001` is not `Schedule`, as the change of reception of a number must be",
            id="3-25 a target without its times",
        ),
        pytest.param(
            lambda: evolve(
                PLAIN,
                reception_change=evolve(CHANGE, override=Override("1001")),  # type: ignore[arg-type]
            ),
            "`1001` is not `Divert`, "
            "as an answer of the change of reception of a number must be",
            id="3-25 a change by hand that is none",
        ),
        pytest.param(
            lambda: evolve(PLAIN, schedule=GUIDANCE.map(str)),  # type: ignore[arg-type]
            f"`announce 009608` is not {DESTINATIONS}, as an answer of a number's schedule "
            "must be",
            id="text for a destination",
        ),
    ],
)
def test_refused(make: Callable[[], Any], message: str) -> None:
    """What cannot be configured is refused in one line, with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("number", "has_features"),
    [
        pytest.param(PLAIN, False, id="none"),
        pytest.param(evolve(PLAIN, name="sales"), False, id="a name is none"),
        pytest.param(evolve(PLAIN, schedule=always(RATIO)), False, id="a ratio is none"),
        pytest.param(evolve(PLAIN, screening=Screening()), True, id="a screening"),
        pytest.param(evolve(PLAIN, after_hours=GUIDANCE), True, id="after hours"),
        pytest.param(evolve(PLAIN, channels=Channels(5)), True, id="channels"),
        pytest.param(evolve(PLAIN, reception_change=CHANGE), True, id="a change"),
        pytest.param(evolve(PLAIN, diversion=("1001",)), True, id="a busy diversion"),
    ],
)
def test_features(number: CalledNumber, *, has_features: bool) -> None:
    """A feature is what is asked besides the schedule."""
    assert number.has_features is has_features


def test_one_form() -> None:
    """Numbers are kept in one spelling, so that equals are equal."""
    number = CalledNumber("0120-123-456", PHONE, diversion=("03-1234-5678", "1002"))
    assert (number.number, number.diversion) == ("0120123456", ("0312345678", "1002"))
    assert number == CalledNumber("0120123456", PHONE, diversion=["0312345678", "1002"])  # type: ignore[arg-type]
    assert number != PLAIN


def test_everything_but_a_ratio() -> None:
    """All features but the two that exclude each other stand together, and pickle."""
    number = CalledNumber(
        "0120-123-456",
        PHONE,
        screening=Screening(accepted_areas=("03",)),
        after_hours=GUIDANCE,
        channels=Channels(5, 3),
        reception_change=CHANGE,
        diversion=("03-1234-5678",),
    )
    assert number.has_features
    assert pickle.loads(pickle.dumps(number)) == number
    without = evolve(number, diversion=(), schedule=always(RATIO))
    assert without.has_features
