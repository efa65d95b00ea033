"""What strategies remember: what is taken, refused, stored and read."""

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import DocumentError, InvalidValueError
from cloudpbx.routing.turns import Turns, circular_order, longest_idle_order

NINE = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
MEMBERS = ("1001", "1002", "1003")


def test_methods_return_what_is_remembered_then() -> None:
    """Each method remembers one thing more, and changes nothing that was there."""
    before = Turns()
    after = before.offered("sales", "10-02").ended("1001", NINE).shared("main", (1, 2))

    assert before == Turns(last={}, idle_since={}, shares={})
    assert after == Turns(
        last={"sales": "1002"},
        idle_since={"1001": NINE.astimezone(UTC)},
        shares={"main": [1, 2]},  # type: ignore[dict-item]
    )
    assert after.offered("sales", "1003").last == {"sales": "1003"}
    assert after.offered("support", "1001").last == {"sales": "1002", "support": "1001"}
    assert after.ended("1001", NINE + timedelta(hours=1)) != after
    assert after.shared("main", (0, 0)).shares == {"main": (0, 0)}


def test_values() -> None:
    """What is remembered is equal, hashes and pickles by what it says."""
    turns = Turns(last={"a": "1", "b": "2"}, idle_since={"1001": NINE}, shares={"m": (1,)})
    again = Turns(
        last={"b": "2", "a": "1"}, idle_since={"1001": NINE.astimezone(UTC)}, shares={"m": (1,)}
    )

    assert turns == again
    assert len({turns, again, pickle.loads(pickle.dumps(turns)), Turns()}) == 2
    assert pickle.loads(pickle.dumps(turns)).offered("a", "3").last["a"] == "3"


def test_the_memory_of_one_kind_is_none_of_another() -> None:
    """What was checked as one kind is checked again as another."""
    with pytest.raises(InvalidValueError):
        Turns(last=Turns(idle_since={"1001": NINE}).idle_since)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param(
            {"last": {"sales": 1001}},
            '`1001` is not text, as a target must be: write it in quotes, "1001"',
            id="an int for a target",
        ),
        pytest.param(
            {"last": {"": "1001"}},
            "`` is empty: the name of a group or ring needs at least one character",
            id="no name",
        ),
        pytest.param(
            {"last": "1001"},
            "`1001` is not `Mapping`, as the memory of last offers must be",
            id="text for a mapping",
        ),
        pytest.param(
            {"idle_since": {"1001": datetime(2026, 11, 24)}},  # noqa: DTZ001 - what is refused
            "`2026-11-24T00:00:00` is naive: the end of a call needs a time zone, as in "
            '`datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="a naive time",
        ),
        pytest.param(
            {"idle_since": {"1001": datetime.min.replace(tzinfo=ZoneInfo("Asia/Tokyo"))}},
            "`0001-01-01T00:00:00+09:18:59` is too near the end of the calendar: "
            "use years 2 to 9998",
            id="a time that UTC does not have",
        ),
        pytest.param(
            {"shares": {"main": 3}},
            "`3` is not `tuple` or `list`, as the turns of a distribution must be",
            id="a number for turns",
        ),
        pytest.param(
            {"shares": {"main": (1, -1)}},
            "`-1` is out of range: the number of turns of a target is 0 or more",
            id="less than no turn",
        ),
        pytest.param(
            {"shares": {"main": (1, 0.5)}},
            "`0.5` is not a whole number, as the number of turns of a target must be",
            id="half a turn",
        ),
    ],
)
def test_refused(fields: dict[str, Any], message: str) -> None:
    """What cannot be remembered is refused."""
    with pytest.raises(InvalidValueError) as caught:
        Turns(**fields)
    assert str(caught.value) == message


def test_a_method_refuses_what_the_value_does() -> None:
    """The one new entry is checked as all are."""
    with pytest.raises(InvalidValueError, match="is naive"):
        Turns().ended("1001", datetime(2026, 11, 24))  # noqa: DTZ001 - what is refused
    with pytest.raises(InvalidValueError, match="is not text"):
        Turns().offered("sales", 1001)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="is out of range"):
        Turns().shared("main", (-1,))


def test_data() -> None:
    """What is remembered is written as plain data, times in UTC."""
    turns = Turns(last={"sales": "1001"}, idle_since={"1001": NINE}, shares={"main": (1, 2)})
    data = {
        "last": {"sales": "1001"},
        "idle_since": {"1001": "2026-11-24T00:00:00+00:00"},
        "shares": {"main": [1, 2]},
    }

    assert turns.to_dict() == data
    assert Turns.from_dict(data) == turns
    assert Turns.from_dict({}) == Turns()


def test_every_problem_of_the_data_is_told() -> None:
    """What was not written here is refused whole, each problem with its place."""
    with pytest.raises(DocumentError) as caught:
        Turns.from_dict(
            {
                "last": {"sales": 1001, "support": "1002"},
                "idle_since": {"1001": "yesterday", "1002": "0001-01-01T00:00:00Z"},
                "shares": {"main": [1, "2"], "other": None},
                "lst": {},
            }
        )

    assert [str(each) for each in caught.value.problems] == [
        "lst: `lst` is unknown: did you mean `last`?",
        'last.sales: `1001` is not text, as a target must be: write it in quotes, "1001"',
        "idle_since.1001: `yesterday` is not a time: write `2026-11-24T09:00:00+09:00`",
        (
            "idle_since.1002: `0001-01-01T00:00:00+00:00` is too near the end of the calendar: "
            "use years 2 to 9998"
        ),
        "shares.main: `2` is not a whole number, as the number of turns of a target must be",
        "shares.other: `None` is not `tuple` or `list`, as the turns of a distribution must be",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param([], "`[]` is not a table: write keys and values", id="a list"),
        pytest.param(
            {"last": []},
            "last: `[]` is not a table: write names and values",
            id="a list within",
        ),
    ],
)
def test_data_of_another_shape_is_refused(data: Any, message: str) -> None:
    """What is no table is refused."""
    with pytest.raises(DocumentError) as caught:
        Turns.from_dict(data)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("last", "order"),
    [
        pytest.param(None, ("1001", "1002", "1003"), id="nobody yet"),
        pytest.param("1001", ("1002", "1003", "1001"), id="the first"),
        pytest.param("1003", ("1001", "1002", "1003"), id="the last"),
        pytest.param("1009", ("1001", "1002", "1003"), id="a member no more"),
    ],
)
def test_circular_order(last: str | None, order: tuple[str, ...]) -> None:
    """A circular order begins after who was offered the last call."""
    assert circular_order(MEMBERS, last) == order


@pytest.mark.parametrize(
    ("idle_since", "order"),
    [
        pytest.param({}, ("1001", "1002", "1003"), id="no call yet"),
        pytest.param({"1001": NINE}, ("1002", "1003", "1001"), id="one had a call"),
        pytest.param(
            {"1001": NINE, "1002": NINE - timedelta(seconds=1), "1003": NINE},
            ("1002", "1001", "1003"),
            id="equals stay as written",
        ),
    ],
)
def test_longest_idle_order(idle_since: dict[str, datetime], order: tuple[str, ...]) -> None:
    """Who has been idle the longest comes first."""
    assert longest_idle_order(MEMBERS, idle_since) == order


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    """Of two calls that ended at 01:30, the one before the clocks went back is longer ago."""
    zone = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=zone)
    turns = Turns(idle_since={"1001": first.replace(fold=1), "1002": first})

    assert longest_idle_order(("1001", "1002"), turns.idle_since) == ("1002", "1001")
