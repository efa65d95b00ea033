"""Spans of the day, one by one."""

from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Span
from cloudpbx.routing.spans import DAY, clock_time, read_clock_time


@pytest.mark.parametrize(
    ("text", "start", "end", "printed"),
    [
        pytest.param("09:00-18:00", 32_400, 64_800, "09:00-18:00", id="hours"),
        pytest.param("9:00-9:05", 32_400, 32_700, "09:00-09:05", id="one digit of an hour"),
        pytest.param("9:00:01-09:00:02", 32_401, 32_402, "09:00:01-09:00:02", id="seconds"),
        pytest.param("00:00-24:00", 0, DAY, "00:00-24:00", id="the whole day"),
        pytest.param("22:00-06:00", 79_200, 21_600, "22:00-06:00", id="over midnight"),
        pytest.param("22:00-00:00", 79_200, DAY, "22:00-24:00", id="up to midnight"),
        pytest.param("23:59:59-00:00:01", 86_399, 1, "23:59:59-00:00:01", id="two seconds"),
    ],
)
def test_a_span_is_read(text: str, start: int, end: int, printed: str) -> None:
    """The text gives start and end, and prints in two digits each."""
    span = Span.parse(text)

    assert span == Span(start, end)
    assert str(span) == printed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "`` is empty: a span needs at least one character", id="empty"),
        pytest.param(
            "9-18",
            "`9` is not a time of day: write `HH:MM`, as `09:00` or `18:30:15`",
            id="no minutes",
        ),
        pytest.param(
            "9:60-10:00", "`9:60` is not a time of day: minutes are 00 to 59", id="60 minutes"
        ),
        pytest.param(
            "09:00-09:00:60",
            "`09:00:60` is not a time of day: seconds are 00 to 59",
            id="60 seconds",
        ),
        pytest.param(
            "09:00-25:00",
            "`25:00` is past the end of the day: hours are 00 to 23, and `24:00` the end; "
            "for the next morning write `01:00`",
            id="25:00",
        ),
        pytest.param(
            "09:00-48:00",
            "`48:00` is past the end of the day: hours are 00 to 23, and `24:00` the end",
            id="48:00 is no next morning",
        ),
        pytest.param(
            "９:00-18:00",
            "`９:00` is not a time of day: write half-width digits, as `09:00` or `18:30:15`",
            id="full-width digits",
        ),
        pytest.param(
            "09:00-09:00",
            "`09:00-09:00` is empty: for the whole day write `00:00-24:00`",
            id="start is end",
        ),
        pytest.param(
            "00:00-00:00",
            "`00:00-00:00` is empty: for the whole day write `00:00-24:00`",
            id="midnight twice",
        ),
        pytest.param(
            "24:00-06:00",
            "`24:00-06:00` starts at the end of the day: write `00:00` for its start",
            id="24:00 as a start",
        ),
        pytest.param(
            "09:00",
            "`09:00` is not a span: write start and end, as `09:00-18:00`",
            id="one time",
        ),
        pytest.param(
            "09:00-",
            "`` is not a time of day: write `HH:MM`, as `09:00` or `18:30:15`",
            id="no end",
        ),
        pytest.param(
            "09:00\n-18:00",
            "`09:00\\n-18:00` has a control character: a span is one line of text",
            id="two lines",
        ),
        pytest.param(
            900, '`900` is not text, as a span must be: write it in quotes, "900"', id="int"
        ),
        pytest.param(None, "`None` is not text, as a span must be", id="None"),
    ],
)
def test_text_is_refused(text: Any, message: str) -> None:
    """A text that is no span is refused with the place and the fix."""
    with pytest.raises(InvalidValueError) as refusal:
        Span.parse(text)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        pytest.param(
            -1, 5, "`-1` is out of range: the start of a span in seconds is 0 to 86399", id="-1"
        ),
        pytest.param(
            DAY,
            5,
            "`86400` is out of range: the start of a span in seconds is 0 to 86399",
            id="start at 24:00",
        ),
        pytest.param(
            0,
            DAY + 1,
            "`86401` is out of range: the end of a span in seconds is 0 to 86400",
            id="a second too long",
        ),
        pytest.param(
            5,
            5,
            "`00:00:05-00:00:05` is empty: for the whole day write `00:00-24:00`",
            id="equal",
        ),
        pytest.param(
            "0",
            5,
            "`0` is not a whole number, as the start of a span in seconds must be",
            id="text",
        ),
        pytest.param(
            0,
            True,
            "`True` is not a whole number, as the end of a span in seconds must be",
            id="bool",
        ),
        pytest.param(
            1.5,
            5,
            "`1.5` is not a whole number, as the start of a span in seconds must be",
            id="float",
        ),
    ],
)
def test_seconds_are_refused(start: Any, end: Any, message: str) -> None:
    """Bounds that are no seconds of a day are refused with the range."""
    with pytest.raises(InvalidValueError) as refusal:
        Span(start, end)

    assert str(refusal.value) == message


def test_an_end_at_midnight_is_one_value() -> None:
    """`00:00` and `24:00` as an end are the same span."""
    assert Span(5, 0) == Span(5, DAY)
    assert not Span(5, 0).overnight


@pytest.mark.parametrize(
    ("text", "overnight", "seconds"),
    [
        pytest.param("09:00-18:00", False, 9 * 3600, id="in a day"),
        pytest.param("22:00-06:00", True, 8 * 3600, id="over midnight"),
        pytest.param("00:00-24:00", False, DAY, id="a day"),
        pytest.param("12:00-11:59:59", True, DAY - 1, id="all but a second"),
    ],
)
def test_length(text: str, *, overnight: bool, seconds: int) -> None:
    """A span knows whether it runs over midnight, and how long it is."""
    span = Span.parse(text)

    assert (span.overnight, span.seconds) == (overnight, seconds)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        pytest.param(0, "00:00", id="midnight"),
        pytest.param(DAY - 1, "23:59:59", id="the last second"),
        pytest.param(DAY, "24:00", id="the end"),
        pytest.param(61, "00:01:01", id="seconds only where needed"),
    ],
)
def test_clock_times_print_and_read(seconds: int, text: str) -> None:
    """Seconds print as a clock shows them, and are read back."""
    assert clock_time(seconds) == text
    assert read_clock_time(text) == seconds


def test_spans_are_ordered_by_their_start() -> None:
    """Spans sort by start, then by end."""
    texts = ["09:00-18:00", "09:00-10:00", "08:00-20:00"]

    assert sorted(map(Span.parse, texts)) == [Span.parse(text) for text in reversed(texts)]
