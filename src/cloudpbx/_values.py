"""Checks and small types that every value shares.

Here: validators that name what they refuse, aware instants, a frozen mapping.
Not here: anything that knows telephony.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from cloudpbx.errors import InvalidValueError

K = TypeVar("K")
V = TypeVar("V")
E = TypeVar("E", bound=StrEnum)

_SHOWN = 60
_MOST_WORDS = 12


class FrozenMapping(Mapping[K, V], Generic[K, V]):
    """Hold a mapping that cannot change, hashes by its items and pickles."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._items: dict[K, V] = dict(items)

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMapping):
            return self._items == other._items
        return self._items == other

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)


def shown(value: object) -> str:
    """Quote a value for a message: one line, backquoted, never longer than a line."""
    try:
        text = value if isinstance(value, str) else repr(value)
    except ValueError:
        # Python refuses to write a number of thousands of digits.
        text = f"a very long {type(value).__name__}"
    if not text.isprintable():
        text = "".join(char if char.isprintable() else _escape(char) for char in text)
    return f"`{text}`" if len(text) <= _SHOWN else f"`{text[:_SHOWN]}…`"


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode()


def is_similar(word: str, words: Iterable[str]) -> bool:
    """Say whether a word is one of some, but for a slip."""
    return nearest(word, words).startswith("did you mean")


def nearest(word: str, words: Iterable[str]) -> str:
    """Say the allowed words, the most similar first when one is similar enough."""
    from difflib import get_close_matches  # noqa: PLC0415 - only refusals need it

    allowed = sorted(words)
    close = get_close_matches(word.casefold(), allowed, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    more = ", …" if len(allowed) > _MOST_WORDS else ""
    return "write one of " + ", ".join(f"`{each}`" for each in allowed[:_MOST_WORDS]) + more


def check_text(value: object, *, what: str, empty: bool = False) -> str:
    """Return `value` when it is text without control characters."""
    if not isinstance(value, str):
        digits = type(value) is int and shown(value).strip("`").lstrip("-")
        fix = f': write it in quotes, "{value}"' if digits and digits.isdecimal() else ""
        msg = f"{shown(value)} is not text, as {what} must be{fix}"
        raise InvalidValueError(msg)
    if not value and not empty:
        msg = f"`` is empty: {what} needs at least one character"
        raise InvalidValueError(msg)
    # A space as wide as a kanji is how Japanese names are written: 山田　太郎.
    if not value.replace("\u3000", " ").isprintable():
        msg = f"{shown(value)} has a control character: {what} is one line of text"
        raise InvalidValueError(msg)
    return value


def check_flag(value: object, *, what: str) -> bool:
    """Return `value` when it is a truth value."""
    if not isinstance(value, bool):
        msg = f"{shown(value)} is not true or false, as {what} must be"
        raise InvalidValueError(msg)
    return value


def check_whole(value: object, *, what: str, low: int, high: int | None = None) -> int:
    """Return `value` when it is a whole number from `low` to `high`."""
    if not isinstance(value, int) or isinstance(value, bool):
        msg = f"{shown(value)} is not a whole number, as {what} must be"
        raise InvalidValueError(msg)
    if value < low or (high is not None and value > high):
        bounds = f"{low} or more" if high is None else f"{low} to {high}"
        msg = f"{shown(value)} is out of range: {what} is {bounds}"
        raise InvalidValueError(msg)
    return value


def check_aware(value: object, *, what: str) -> datetime:
    """Return `value` when it is a datetime that knows its offset from UTC."""
    if not isinstance(value, datetime):
        msg = f"{shown(value)} is not a datetime, as {what} must be"
        raise InvalidValueError(msg)
    if value.utcoffset() is None:
        msg = (
            f"`{value.isoformat()}` is naive: {what} needs a time zone, as in "
            '`datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`'
        )
        raise InvalidValueError(msg)
    return value


def check_instance(value: object, kinds: type | tuple[type, ...], *, what: str) -> Any:
    """Return `value` when it is one of `kinds`."""
    if not isinstance(value, kinds):
        if kinds is str:
            check_text(value, what=what)
        names = kinds if isinstance(kinds, tuple) else (kinds,)
        expected = " or ".join(f"`{kind.__name__}`" for kind in names)
        msg = f"{shown(value)} is not {expected}, as {what} must be"
        raise InvalidValueError(msg)
    return value


def check_member(value: object, kind: type[E], *, what: str) -> E:
    """Return `value` as a member of a closed set of words."""
    if isinstance(value, kind):
        return value
    text = check_text(value, what=what)
    try:
        return kind(text)
    except ValueError:
        msg = f"{shown(text)} is not {what}: {nearest(text, (each.value for each in kind))}"
        raise InvalidValueError(msg) from None


def check_each(values: object, kinds: type | tuple[type, ...], *, what: str) -> tuple[Any, ...]:
    """Return `values` as a tuple when each is one of `kinds`."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        # Only what stands in one short line is written out.
        short = isinstance(values, str) and shown(values) == f"`{values}`"
        fix = f'`("{values}",)`' if short else f"`(…,)` with {what} in it"
        msg = f"{shown(values)} is not a sequence: write {fix}"
        raise InvalidValueError(msg)
    return tuple(check_instance(value, kinds, what=what) for value in values)


def frozen_data(data: Mapping[str, str | int]) -> FrozenMapping[str, str | int]:
    """Return the data of a reason, a remedy or a finding, frozen."""
    return FrozenMapping(data)


def check_unique(keys: Iterable[str], *, what: str) -> None:
    """Refuse a key that stands twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            msg = f"{shown(key)} stands twice: {what} must differ, remove one"
            raise InvalidValueError(msg)
        seen.add(key)
