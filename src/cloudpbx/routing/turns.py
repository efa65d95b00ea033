"""What strategies remember from call to call.

Here: the memory as a value, which a service keeps between calls, and the orders that
follow from it. Not here: the turns of a ratio (`distributions`), or ringing the targets
in their order (`planning`).

The router reads this memory and never changes it: a route carries the one to keep.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from attrs import evolve, field, frozen

from cloudpbx._values import (
    FrozenMapping,
    check_aware,
    check_instance,
    check_text,
    check_whole,
)
from cloudpbx.routing.target_texts import check_target
from cloudpbx.routing.zones import epoch_of

if TYPE_CHECKING:
    from cloudpbx._documents import Reading

__all__ = ["Turns", "circular_order", "longest_idle_order"]

V = TypeVar("V")

_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)


class _Memory(FrozenMapping[str, V]):
    """Hold entries that were checked one by one, so that one more costs one check."""

    __slots__ = ("_check",)

    def __init__(
        self, items: Iterable[tuple[str, V]], check: Callable[[object, object], tuple[str, V]]
    ) -> None:
        super().__init__(items)
        self._check = check

    def is_checked_by(self, check: object) -> bool:
        """Say whether the entries passed this check."""
        return self._check is check

    def with_entry(self, key: str, value: object) -> Self:
        """Return the same with one entry new or changed."""
        name, entry = self._check(key, value)
        return type(self)([*self._items.items(), (name, entry)], self._check)


def _remembered(
    value: object, check: Callable[[object, object], tuple[str, V]], *, what: str
) -> _Memory[V]:
    if isinstance(value, _Memory) and value.is_checked_by(check):
        return value
    given = check_instance(value, Mapping, what=what)
    return _Memory((check(key, each) for key, each in given.items()), check)


def _offer(name: object, target: object) -> tuple[str, str]:
    return check_text(name, what="the name of a group or ring"), check_target(target)


def _idle(target: object, since: object) -> tuple[str, datetime]:
    moment = check_aware(since, what="the end of a call")
    epoch_of(moment)
    # Two moments of one zone would compare by their wall clocks.
    return check_target(target), moment.astimezone(UTC)


def _share(name: object, turns: object) -> tuple[str, tuple[int, ...]]:
    what = "the number of turns of a target"
    given = check_instance(turns, (tuple, list), what="the turns of a distribution")
    counts = tuple(check_whole(each, what=what, low=0) for each in given)
    return check_text(name, what="the name of a distribution"), counts


def _last(value: Mapping[str, str]) -> _Memory[str]:
    return _remembered(value, _offer, what="the memory of last offers")


def _idle_since(value: Mapping[str, datetime]) -> _Memory[datetime]:
    return _remembered(value, _idle, what="the memory of idle times")


def _shares(value: Mapping[str, tuple[int, ...]]) -> _Memory[tuple[int, ...]]:
    return _remembered(value, _share, what="the memory of distributions")


@frozen(kw_only=True)
class Turns:
    """Remember whose turn it was.

    A service passes it to the router with each call and keeps the one that comes back;
    as JSON by `to_dict` and `from_dict`. Nothing in it is needed: what is forgotten
    begins anew.

    Attributes:
        last: Who was offered the last call first, by the name of a circular group or ring.
        idle_since: When the last call of an extension ended, kept in UTC. Who is not named
            has been idle the longest.
        shares: How many turns of the period each target of a distribution has had, by the
            distribution's name.

    >>> from zoneinfo import ZoneInfo
    >>> turns = Turns().offered("sales", "1001")
    >>> turns = turns.ended("1002", datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Asia/Tokyo")))
    >>> turns.to_dict()["idle_since"]
    {'1002': '2026-11-24T00:00:00+00:00'}
    >>> Turns.from_dict(turns.to_dict()) == turns
    True

    Raises:
        InvalidValueError: a name or target is no text, a time is naive, or a number of
            turns is not whole.
    """

    last: Mapping[str, str] = field(factory=dict, converter=_last)
    idle_since: Mapping[str, datetime] = field(factory=dict, converter=_idle_since)
    shares: Mapping[str, tuple[int, ...]] = field(factory=dict, converter=_shares)

    def offered(self, name: str, target: str) -> Self:
        """Return what is remembered after a target was offered a call first.

        Raises:
            InvalidValueError: the name or the target is no text.
        """
        return evolve(self, last=_last(self.last).with_entry(name, target))

    def ended(self, extension: str, at: datetime) -> Self:
        """Return what is remembered after a call of an extension ended.

        Raises:
            InvalidValueError: the extension is no text, or the time is naive.
        """
        return evolve(self, idle_since=_idle_since(self.idle_since).with_entry(extension, at))

    def shared(self, name: str, state: tuple[int, ...]) -> Self:
        """Return what is remembered after a turn of a distribution.

        Raises:
            InvalidValueError: the name is no text, or a number of turns is not whole.
        """
        return evolve(self, shares=_shares(self.shares).with_entry(name, state))

    def to_dict(self) -> dict[str, Any]:
        """Return what is remembered as plain data for JSON."""
        return {
            "last": dict(self.last),
            "idle_since": {name: each.isoformat() for name, each in self.idle_since.items()},
            "shares": {name: list(each) for name, each in self.shares.items()},
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read what `to_dict` wrote; what is left out is forgotten.

        >>> Turns.from_dict({"last": {"sales": 1001}})
        Traceback (most recent call last):
        ...
        cloudpbx.errors.DocumentError: last.sales: `1001` is not text, as a target must be: write it in quotes, "1001"

        Raises:
            DocumentError: something in it cannot be, each with its place.
        """  # noqa: E501 - the message is one line
        from cloudpbx._documents import Reading  # noqa: PLC0415 - a router reads none

        reading = Reading()
        table = reading.table(data, "", optional=("last", "idle_since", "shares")) or {}
        found: dict[str, dict[str, Any]] = {"last": {}, "idle_since": {}, "shares": {}}
        for key, place, each in reading.entries(table.get("last", {}), "last"):
            found["last"] |= _entry(reading, place, _offer, key, each)
        for key, place, each in reading.entries(table.get("idle_since", {}), "idle_since"):
            moment = reading.moment(each, place)
            if moment is not None:
                found["idle_since"] |= _entry(reading, place, _idle, key, moment)
        for key, place, each in reading.entries(table.get("shares", {}), "shares"):
            found["shares"] |= _entry(reading, place, _share, key, each)
        reading.finish()
        return cls(**found)


def _entry(
    reading: "Reading",
    place: str,
    check: Callable[[object, object], tuple[str, Any]],
    key: str,
    value: object,
) -> dict[str, Any]:
    entry = reading.build(place, check, key, value)
    return {} if entry is None else dict([entry])


def circular_order(members: Sequence[str], last: str | None) -> tuple[str, ...]:
    """Return members beginning after the one that was offered the last call (巡回).

    When nobody was, or somebody who is no member any more, the first begins.

    >>> circular_order(("1001", "1002", "1003"), "1001")
    ('1002', '1003', '1001')
    """
    start = members.index(last) + 1 if last in members else 0
    return (*members[start:], *members[:start])


def longest_idle_order(
    members: Sequence[str], idle_since: Mapping[str, datetime]
) -> tuple[str, ...]:
    """Return members beginning with who has been idle the longest (最長空き).

    Who is not named has never had a call and comes first; equals stay as they are written.

    >>> nine = datetime(2026, 11, 24, 9, tzinfo=UTC)
    >>> longest_idle_order(("1001", "1002"), {"1001": nine})
    ('1002', '1001')
    """
    return tuple(sorted(members, key=lambda each: idle_since.get(each, _EARLIEST)))
