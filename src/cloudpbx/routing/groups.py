"""Groups of targets, and how they ring.

Here: the members of a group, their own delays and ring times, and the strategy by which
they are called. Not here: the state that some strategies keep between calls (`turns`), or
the ringing itself (`planning`).
"""

from enum import StrEnum, unique
from typing import Final

from attrs import field, frozen

from cloudpbx._values import (
    check_each,
    check_flag,
    check_member,
    check_text,
    check_unique,
    check_whole,
    shown,
)
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.target_texts import (
    AFTER_HOURS_CODE,
    check_target,
    is_name,
)

__all__ = ["MOST_SECONDS", "Group", "Member", "Strategy", "check_ring"]

MOST_SECONDS: Final = 600
"""The longest that a target may ring."""


@unique
class Strategy(StrEnum):
    """Name how the targets of a group are called (鳴動方式).

    All but the first call one target after the other. Circular and longest idle need
    what was before (`Turns`), weighted the id of the call.
    """

    SIMULTANEOUS = "simultaneous"
    SEQUENTIAL = "sequential"
    CIRCULAR = "circular"
    LONGEST_IDLE = "longest_idle"
    WEIGHTED = "weighted"

    @property
    def takes_turns(self) -> bool:
        """Say whether one target is called after the other."""
        return self is not Strategy.SIMULTANEOUS

    @property
    def is_ordered_by_call(self) -> bool:
        """Say whether the order of the targets differs from call to call."""
        return self in _ORDERED_BY_CALL


_ORDERED_BY_CALL: Final = frozenset(
    {Strategy.CIRCULAR, Strategy.LONGEST_IDLE, Strategy.WEIGHTED}
)


def check_ring(strategy: object, seconds: int | None, repeat: int, *, what: str) -> Strategy:
    """Return a strategy when it, the ring time and the rounds can be what they are."""
    if seconds is not None:
        check_whole(seconds, what=f"the ring time of {what}", low=1, high=MOST_SECONDS)
    check_whole(repeat, what=f"the number of rounds of {what}", low=1, high=10)
    return check_member(strategy, Strategy, what="a ring strategy")


@frozen
class Member:
    """Say how one member of a group is called.

    Attributes:
        target: An extension, the name of a group, or an outside number.
        delay: Seconds that pass before it is called in its turn, 0 to 600; they pass also
            when its line turns out to be taken then.
        seconds: How long it rings, 1 to 600; None for as long as the group says.
        weight: How often it is called first by the weighted strategy, 1 to 9.
        honour_forwards: Whether its own forwards act; otherwise it rings or is left out.
            A group has none.

    Raises:
        InvalidValueError: a field cannot be what it is.
    """

    target: str = field(converter=check_target)
    delay: int = field(default=0, kw_only=True)
    seconds: int | None = field(default=None, kw_only=True)
    weight: int = field(default=1, kw_only=True)
    honour_forwards: bool = field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_whole(self.delay, what="the delay of a member", low=0, high=MOST_SECONDS)
        if self.seconds is not None:
            what = "the ring time of a member"
            check_whole(self.seconds, what=what, low=1, high=MOST_SECONDS)
        check_whole(self.weight, what="the weight of a member", low=1, high=9)
        check_flag(self.honour_forwards, what="honour_forwards")
        if is_name(self.target) and not self.honour_forwards:
            fix = "say it of each member of that group"
            msg = f"{shown(self.target)} is a group, which has no forwards of its own: {fix}"
            raise InvalidValueError(msg)


@frozen
class Group:
    """Name extensions and outside numbers that ring together (着信グループ).

    Attributes:
        name: Its name; it has a letter, so that it is no number.
        members: Its targets; a group may hold groups. A `Member` stands for a target with
            settings of its own; one without any is kept as its text.
        strategy: How the members are called.
        seconds: How long each turn rings, all members together being one turn of the
            simultaneous strategy, 1 to 600. None: phones ring 20 seconds where something
            follows, else until the caller hangs up; groups take their own time.
        repeat: How many rounds are made, 1 to 10; a round in which nobody rings is the last.
        overflow: The target that is called when nobody answered (あふれ呼の転送先), or None.

    >>> Group("sales", ("1001", Member("1002", delay=10))).targets
    ('1001', '1002')

    Raises:
        InvalidValueError: the name has no letter, there are no members, one stands twice,
            or a field cannot be what it is.
    """

    name: str
    members: tuple[str | Member, ...]
    strategy: Strategy = field(default=Strategy.SIMULTANEOUS, kw_only=True)
    seconds: int | None = field(default=None, kw_only=True)
    repeat: int = field(default=1, kw_only=True)
    overflow: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_target(check_text(self.name, what="the name of a group"))
        if not is_name(self.name):
            msg = f"{shown(self.name)} is not the name of a group: a name has a letter"
            raise InvalidValueError(msg)
        given = check_each(self.members, (str, Member), what="a member")
        members = tuple(map(_shortest, given))
        object.__setattr__(self, "members", members)
        if not members or AFTER_HOURS_CODE in self.targets:
            fix = "name a member" if not members else "a guidance cannot be a member"
            msg = f"`{self.name}` is not a group that can ring: {fix}"
            raise InvalidValueError(msg)
        check_unique(self.targets, what="members of a group")
        strategy = check_ring(self.strategy, self.seconds, self.repeat, what="a group")
        object.__setattr__(self, "strategy", strategy)
        if self.overflow is not None:
            self._check_overflow(check_target(self.overflow))

    def _check_overflow(self, target: str) -> None:
        if target == AFTER_HOURS_CODE:
            msg = f"`{target}` cannot be called by a group: let it follow, as `Ring(…, then=…)`"
            raise InvalidValueError(msg)
        object.__setattr__(self, "overflow", target)

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the targets of the members, in order."""
        return tuple(each.target for each in self.all_members)

    @property
    def all_members(self) -> tuple[Member, ...]:
        """Return every member with its settings, in order."""
        return tuple(
            each if isinstance(each, Member) else Member(each) for each in self.members
        )

    @property
    def called(self) -> tuple[str, ...]:
        """Return every target that the group may call, the overflow last."""
        return self.targets if self.overflow is None else (*self.targets, self.overflow)


def _shortest(member: str | Member) -> str | Member:
    """Return the one form of a member: its text when it has no settings of its own."""
    given = Member(member) if isinstance(member, str) else member
    return given.target if given == Member(given.target) else given
