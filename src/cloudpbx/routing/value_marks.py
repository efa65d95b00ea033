"""A letter and a colour for each value of a schedule that is drawn.

Here: which letter stands for which value, so that every picture of a schedule uses the
same, and the legend below it. Not here: the pictures (`week_pictures`, `month_pictures`).
"""

from collections.abc import Iterable, Sequence
from string import ascii_letters, digits
from typing import Any, Final

from cloudpbx._render import LegendEntry, display_width, text_columns

__all__ = ["GAP", "distinct_values", "is_same", "legend_text", "letter_of", "place_of"]

GAP: Final = "!"
"""What stands for time in which nothing answers."""

_LETTERS: Final = ascii_letters.swapcase() + digits
_FURTHER: Final = "+"
"""The letter of every value for which none is left."""

_LONGEST_VALUE: Final = 44
"""Columns of text that a value may take before its details go to the next line."""


def distinct_values(values: Iterable[Any]) -> list[Any]:
    """Return each value once, in order of first appearance, gaps left out.

    Values need not hash; their places are their colours.
    """
    found: list[Any] = []
    for value in values:
        if value is not None and place_of(value, found) is None:
            found.append(value)
    return found


def is_same(one: object, other: object) -> bool:
    """Say whether two values are one and the same answer."""
    return one is other or one == other


def place_of(value: object, values: Sequence[object]) -> int | None:
    """Return the place of a value among distinct ones, None for a gap."""
    return next((place for place, each in enumerate(values) if is_same(each, value)), None)


def letter_of(place: int | None) -> str:
    """Return the letter of the value at a place, `!` for a gap."""
    if place is None:
        return GAP
    return _LETTERS[place] if place < len(_LETTERS) else _FURTHER


def legend_text(entries: Iterable[LegendEntry]) -> str:
    """Write what letters stand for in columns, a line for each detail."""
    rows: list[tuple[str, ...]] = []
    for entry in entries:
        details = list(entry.details)
        if not details or display_width(entry.text) > _LONGEST_VALUE:
            rows.append((entry.mark, entry.text))
        else:
            rows.append((entry.mark, entry.text, details.pop(0)))
        rows += [("", "", detail) for detail in details]
    return text_columns(rows)
