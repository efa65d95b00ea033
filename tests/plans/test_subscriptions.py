"""What a subscription allows, rule by rule of source 004."""

from collections.abc import Callable
from typing import Any

import pytest

from cloudpbx.decisions import Decision, Outcome
from cloudpbx.errors import InvalidValueError
from cloudpbx.plans import Subscription


@pytest.mark.parametrize(
    ("decision", "explained"),
    [
        pytest.param(
            Subscription().may_call_outside(),
            "refused\n"
            "  - the application has not been reviewed and authenticated yet\n"
            "  → customer: complete the review of the application and the authentication",
            id="4-02 before review and authentication",
        ),
        pytest.param(
            Subscription(activated=True).may_call_outside(),
            "allowed\n  - the application has been reviewed and authenticated",
            id="4-02 after both",
        ),
        pytest.param(
            Subscription(max_extensions=5).may_add_extension(existing=4),
            "allowed\n  - 4 of 5 extensions exist",
            id="4-07 the last extension",
        ),
        pytest.param(
            Subscription(max_extensions=5).may_add_extension(existing=5),
            "refused\n"
            "  - 5 of 5 extensions exist: no seat is left\n"
            "  → customer: raise the maximum number of extensions to 6",
            id="4-07 one more than the maximum",
        ),
        pytest.param(
            Subscription(max_extensions=3).may_add_extension(existing=5),
            "refused\n"
            "  - 5 of 3 extensions exist: no seat is left\n"
            "  → customer: raise the maximum number of extensions to 6",
            id="4-07 more exist than the maximum",
        ),
        pytest.param(
            Subscription(recording_seats=1).may_record_one_more(recording=0),
            "allowed\n  - 0 of 1 recording seats are in use",
            id="4-08 the last seat",
        ),
        pytest.param(
            Subscription(recording_seats=1).may_record_one_more(recording=1),
            "refused\n"
            "  - 1 of 1 recording seats are in use: none is left\n"
            "  → customer: raise the recording seats to 2",
            id="4-08 one more than the seats",
        ),
        pytest.param(
            Subscription().may_record_one_more(recording=0),
            "refused\n"
            "  - 0 of 0 recording seats are in use: none is left\n"
            "  → customer: raise the recording seats to 1",
            id="4-15 no seats at all",
        ),
        pytest.param(
            Subscription(activated=True).may_call_abroad(),
            "refused\n"
            "  - the application has been reviewed and authenticated\n"
            "  - international calls are off\n"
            "  → customer: switch international calls on",
            id="4-09 off unless it is switched on",
        ),
        pytest.param(
            Subscription(international=True).may_call_abroad(),
            "refused\n"
            "  - the application has not been reviewed and authenticated yet\n"
            "  - international calls are on\n"
            "  → customer: complete the review of the application and the authentication",
            id="4-09 on, but not activated",
        ),
        pytest.param(
            Subscription(activated=True, international=True).may_call_abroad(),
            "allowed\n"
            "  - the application has been reviewed and authenticated\n"
            "  - international calls are on",
            id="4-09 on and activated",
        ),
    ],
)
def test_rules(decision: Decision, explained: str) -> None:
    """Each quota says what was found and what would help."""
    assert decision.explain() == explained


def test_defaults() -> None:
    """A new subscription allows nothing yet."""
    new = Subscription()
    decisions = [
        new.may_add_extension(existing=0),
        new.may_record_one_more(recording=0),
        new.may_call_outside(),
        new.may_call_abroad(),
    ]
    assert [each.outcome for each in decisions] == [Outcome.REFUSED] * 4


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: Subscription(activated=1),  # type: ignore[arg-type]
            "`1` is not true or false, as activated must be",
            id="activated is a number",
        ),
        pytest.param(
            lambda: Subscription(international="no"),  # type: ignore[arg-type]
            "`no` is not true or false, as international must be",
            id="international is a word",
        ),
        pytest.param(
            lambda: Subscription(max_extensions=-1),
            "`-1` is out of range: the maximum number of extensions is 0 or more",
            id="a negative quota",
        ),
        pytest.param(
            lambda: Subscription(recording_seats=1.5),  # type: ignore[arg-type]
            "`1.5` is not a whole number, as the recording seats must be",
            id="half a seat",
        ),
        pytest.param(
            lambda: Subscription().may_add_extension(existing=-1),
            "`-1` is out of range: the number of extensions is 0 or more",
            id="fewer than none exist",
        ),
        pytest.param(
            lambda: Subscription().may_record_one_more(recording=True),
            "`True` is not a whole number, as the number of recorded extensions must be",
            id="a truth value for a count",
        ),
    ],
)
def test_refused(make: Callable[[], Any], message: str) -> None:
    """What cannot be is refused in one line."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert str(caught.value) == message
