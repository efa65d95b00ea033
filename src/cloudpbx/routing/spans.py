"""A span of the day, as the clock on the wall shows it.

Here: reading, checking and printing `09:00-18:00`. Not here: on which days it
applies (`days`), what it means (`rules`), or time zones (`zones`).

A span is half-open, `[start, end)`, in whole seconds. `24:00` is a legal end. A span
whose end is before its start runs over midnight and belongs to the day it starts on.
"""

import re
from typing import Final, Self

from attrs import field, frozen

from cloudpbx._values import check_text, check_whole, shown
from cloudpbx.errors import InvalidValueError

__all__ = ["DAY", "Span", "clock_time"]

DAY: Final = 86_400
"""Seconds from one midnight of the wall clock to the next."""

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


def clock_time(seconds: int) -> str:
    """Write seconds after midnight as `HH:MM`, or `HH:MM:SS` where needed.

    >>> clock_time(32400), clock_time(86399)
    ('09:00', '23:59:59')
    """
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")


def read_clock_time(text: str) -> int:
    """Read `H:MM`, `HH:MM` or `HH:MM:SS` as seconds after midnight, 0 to 86400."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        fix = "write half-width digits" if _has_wide_digits(text) else "write `HH:MM`"
        msg = f"{shown(text)} is not a time of day: {fix}, as `09:00` or `18:30:15`"
        raise InvalidValueError(msg)
    hour, minute, second = (int(part or 0) for part in match.groups())
    if minute > 59 or second > 59:  # noqa: PLR2004 - a clock face
        part = "minutes" if minute > 59 else "seconds"  # noqa: PLR2004 - a clock face
        msg = f"`{text}` is not a time of day: {part} are 00 to 59"
        raise InvalidValueError(msg)
    seconds = hour * 3600 + minute * 60 + second
    if seconds > DAY:
        msg = f"`{text}` is past the end of the day: hours are 00 to 23, and `24:00` the end"
        if hour < 48:  # noqa: PLR2004 - two days
            msg += f"; for the next morning write `{clock_time(seconds - DAY)}`"
        raise InvalidValueError(msg)
    return seconds


def _has_wide_digits(text: str) -> bool:
    return any(char.isdecimal() and not char.isascii() for char in text)


@frozen(order=True)
class Span:
    """Cover part of a day, from `start` up to but not including `end`.

    Attributes:
        start: Seconds after midnight, 0 to 86399.
        end: Seconds after midnight, 1 to 86400; before `start` it is on the next day.

    >>> Span.parse("9:00-18:00")
    Span(start=32400, end=64800)
    >>> print(Span(79200, 21600), Span(79200, 21600).overnight)
    22:00-06:00 True

    Raises:
        InvalidValueError: a bound is out of range, or both are equal.
    """

    start: int = field()
    end: int = field()

    def __attrs_post_init__(self) -> None:
        check_whole(self.start, what="the start of a span in seconds", low=0, high=DAY - 1)
        check_whole(self.end, what="the end of a span in seconds", low=0, high=DAY)
        if self.start == self.end:
            msg = f"`{self}` is empty: for the whole day write `00:00-24:00`"
            raise InvalidValueError(msg)
        if self.end == 0:
            # `22:00-00:00` and `22:00-24:00` mean the same, so they are the same.
            object.__setattr__(self, "end", DAY)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `09:00-18:00`; minutes are needed, seconds are not.

        Raises:
            InvalidValueError: `text` is not a span; the message says where and the fix.
        """
        check_text(text, what="a span")
        start, dash, end = text.partition("-")
        if not dash:
            msg = f"{shown(text)} is not a span: write start and end, as `09:00-18:00`"
            raise InvalidValueError(msg)
        first = read_clock_time(start)
        if first == DAY:
            msg = f"`{text}` starts at the end of the day: write `00:00` for its start"
            raise InvalidValueError(msg)
        return cls(first, read_clock_time(end))

    @property
    def overnight(self) -> bool:
        """Say whether the span runs over midnight."""
        return self.end < self.start

    @property
    def seconds(self) -> int:
        """Return the length in seconds of a wall clock that does not jump."""
        return self.end - self.start + (DAY if self.overnight else 0)

    def __str__(self) -> str:
        """Write the span as it is read."""
        return f"{clock_time(self.start)}-{clock_time(self.end)}"
