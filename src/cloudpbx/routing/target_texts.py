"""Targets as texts: names of groups, extensions, outside numbers.

Here: the one spelling of a target, and telling a name from a number. Not here: whether a
target exists (`targets`), or what is done with it (`destinations`, `groups`).
"""

from collections.abc import Iterable
from typing import Final

from cloudpbx._values import check_text, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.numbers import spelled

__all__ = ["AFTER_HOURS_CODE", "check_guidance", "check_target", "is_name", "refuse_guidance"]

AFTER_HOURS_CODE: Final = "009608"
"""The guidance number (ガイダンス番号) of the after-hours guidance (source 004, 4-23)."""

_DIGITS: Final = frozenset("0123456789")


def is_name(text: str) -> bool:
    """Say whether a target is the name of a group: it has a letter, a number has none."""
    return any(char.isalpha() for char in text)


def check_target(value: object) -> str:
    """Return the one spelling of a target: a name as it is, a number without separators."""
    text = check_text(value, what="a target")
    if text != text.strip() or "," in text:
        msg = f"{shown(text)} is not one target: write each as its own text, without spaces"
        raise InvalidValueError(msg)
    return text if is_name(text) else spelled(text)


def check_guidance(value: object) -> str:
    """Return a guidance number when it is made of digits."""
    code = check_text(value, what="a guidance number")
    if not set(code) <= _DIGITS:
        msg = f"{shown(code)} is not a guidance number: write half-width digits"
        raise InvalidValueError(msg)
    return code


def refuse_guidance(targets: Iterable[str]) -> None:
    """Refuse the after-hours guidance among targets that ring."""
    given = tuple(targets)
    if AFTER_HOURS_CODE in given:
        announce = f'use `Announce("{AFTER_HOURS_CODE}")`'
        fix = announce if len(given) == 1 else "give it a rule of its own"
        msg = f"`{AFTER_HOURS_CODE}` is a guidance, which answers before a phone can: {fix}"
        raise InvalidValueError(msg)
