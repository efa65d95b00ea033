"""The entries of a screening as texts.

Here: the one spelling of an area and of an entry on a list. Not here: what an entry means,
which needs a region (`screening_gates`).
"""

import re
from collections.abc import Callable, Iterable

from cloudpbx._values import check_each, check_text, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.numbers import spelled

__all__ = ["check_area", "check_entries", "check_entry", "is_area", "is_listable"]

_AREA = re.compile(r"\+?\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"\+\d{7,15}|\d{7,24}", re.ASCII)
_BEGINNING = re.compile(r"(?:\+?\d{1,15})?\*", re.ASCII)


def is_area(text: str) -> bool:
    """Say whether text is the one spelling of an area."""
    return _AREA.fullmatch(text) is not None


def is_listable(text: str) -> bool:
    """Say whether text is the one spelling of a number that a list may hold."""
    return _NUMBER.fullmatch(text) is not None


def check_area(value: object) -> str:
    """Return the one spelling of an area: the beginning of its numbers.

    Raises:
        InvalidValueError: the value is no text, or no beginning of a number.
    """
    text = check_text(value, what="an area")
    area = spelled(text)
    if not is_area(area):
        begins = area.endswith("*") and is_area(area[:-1])
        whole = f"an area is a beginning already, write `{area[:-1]}`"
        fix = whole if begins else _half_width(area) or "write `03`, or `+44` for a country"
        msg = f"{shown(text)} is not an area: {fix}"
        raise InvalidValueError(msg)
    return area


def check_entry(value: object) -> str:
    """Return the one spelling of an entry: a number, or a beginning with `*` at its end.

    Raises:
        InvalidValueError: the value is no text, or neither of the two.
    """
    text = check_text(value, what="an entry of a list of callers")
    entry = spelled(text)
    if not is_listable(entry) and not _BEGINNING.fullmatch(entry):
        begins = f"for all numbers that begin so, write `{entry}*`" if is_area(entry) else ""
        fix = begins or _half_width(entry) or "write `03-1234-5678`, `0120*` or `+44*`"
        msg = f"{shown(text)} is not a number: {fix}"
        raise InvalidValueError(msg)
    return entry


def check_entries(
    values: object, check: Callable[[object], str], *, what: str
) -> tuple[str, ...]:
    """Return entries in one spelling, each once, in one order."""
    given: Iterable[object] = check_each(values, str, what=what)
    return tuple(sorted({check(each) for each in given}))


def _half_width(text: str) -> str:
    wide = any(char.isdecimal() and not char.isascii() for char in text)
    return "write half-width digits" if wide else ""
