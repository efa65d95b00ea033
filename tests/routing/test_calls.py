"""Calls and states of lines."""

from datetime import UTC, datetime
from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Call, CallerKind, LegOutcome, LineState

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(
            {"at": datetime(2026, 11, 24, 12)},  # noqa: DTZ001 - that is what is refused
            "`2026-11-24T12:00:00` is naive: the time of a call needs a time zone, as in "
            '`datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="a naive time",
        ),
        pytest.param(
            {"at": "12:00"},
            "`12:00` is not a datetime, as the time of a call must be",
            id="text",
        ),
        pytest.param(
            {"to": 312345678},
            "`312345678` is not text, as a called number must be: "
            'write it in quotes, "312345678"',
            id="an int for the called number",
        ),
        pytest.param(
            {"to": ""},
            "`` is empty: a called number needs at least one character",
            id="nobody called",
        ),
        pytest.param(
            {"caller": None},
            "`None` is not text, as a calling number must be",
            id="None for withheld",
        ),
        pytest.param(
            {"caller": "090\t1234"},
            "`090\\t1234` has a control character: a calling number is one line of text",
            id="a tab in the caller",
        ),
        pytest.param(
            {"kind": "mobil"},
            "`mobil` is not a kind of caller: did you mean `mobile`?",
            id="a kind that is none",
        ),
        pytest.param(
            {"area": 3},
            '`3` is not text, as a calling area must be: write it in quotes, "3"',
            id="an int for the area",
        ),
        pytest.param(
            {"id": None},
            "`None` is not text, as the id of a call must be",
            id="None for the id",
        ),
    ],
)
def test_call_refuses(values: dict[str, Any], message: str) -> None:
    """A call has numbers of text and an aware time."""
    with pytest.raises(InvalidValueError) as caught:
        Call(**{"to": "03-1234-5678", "at": NOON, **values})
    assert str(caught.value) == message


def test_call() -> None:
    """A call keeps its numbers as they came; without a caller it is withheld."""
    call = Call(to="03-1234-5678", at=NOON)
    assert (call.to, call.caller, call.at) == ("03-1234-5678", "", NOON)
    assert (call.kind, call.area, call.id) == (None, "", "")


def test_what_the_network_says() -> None:
    """A call keeps what the network says, and a word for a kind is that kind."""
    kind: Any = "mobile"
    call = Call(to="03-1234-5678", at=NOON, kind=kind, area="03", id="a84b4c76e66710")
    assert call.kind is CallerKind.MOBILE
    assert (call.area, call.id) == ("03", "a84b4c76e66710")


def test_line_states() -> None:
    """A line is idle, busy, offline, or its user takes no calls."""
    assert [str(state) for state in LineState] == ["idle", "busy", "offline", "do_not_disturb"]


def test_leg_outcomes() -> None:
    """A switch reports one of seven things of a leg that did not become the conversation."""
    assert [str(outcome) for outcome in LegOutcome] == [
        "busy",
        "no_answer",
        "rejected",
        "not_registered",
        "not_reachable",
        "failure",
        "answered_elsewhere",
    ]
