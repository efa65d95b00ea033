"""Rings and groups in progress.

Here: how long a round and a turn last, and what comes next in one. Not here: trying
targets (`attempts`), or the order in which they are called (`places`).
"""

from typing import Final, Self

from cloudpbx.routing.destinations import Ring
from cloudpbx.routing.groups import Group, Member, Strategy

__all__ = ["TURN_SECONDS", "Hunt", "earliest"]

TURN_SECONDS: Final = 20
"""How long a phone rings where something follows and nothing else is said.

The ring time before a no-answer forward (source 004, 4-17), and that of most systems.
"""


def earliest(limit: int | None, start: int, seconds: int | None) -> int | None:
    """Return when a limit or some seconds are over, whichever is first; None for never.

    >>> earliest(None, 5, 20), earliest(10, 5, 20), earliest(None, 5, None)
    (25, 10, None)
    """
    if seconds is None:
        return limit
    return start + seconds if limit is None else min(limit, start + seconds)


class Hunt:
    """Hold how far a ring, a group or a distribution has come.

    Attributes:
        name: The name of a group, for its overflow.
        members: Who is called, in order.
        strategy: How.
        seconds: How long each turn lasts; None for what is usual.
        rounds: How many rounds are left, this one with them.
        overflow: Who is called in the end, or None.
        parent: The hunt that called this group, or None.
        spot: Where it stands among the targets, for the order within a second.
        limit: When the time that it was given is over, or None.
        is_followed: Whether something follows when it is over.
        stops: Whether the first member who rings is the last, as in a distribution.
        turn: Whose turn it is.
        began: When that turn began, before the delay of the member.
        pending: How many members of a simultaneous round have not ended.
        rang: Whether anybody rang in this round.
        turn_rang: Whether anybody rang in this turn.
    """

    __slots__ = (
        "began",
        "is_followed",
        "limit",
        "members",
        "name",
        "overflow",
        "parent",
        "pending",
        "place",
        "rang",
        "rounds",
        "seconds",
        "spot",
        "stops",
        "strategy",
        "turn",
        "turn_rang",
    )

    def __init__(self, members: tuple[Member, ...], *, is_followed: bool) -> None:
        self.name: str = ""
        self.place: str = ""
        self.members: tuple[Member, ...] = members
        self.strategy: Strategy = Strategy.SEQUENTIAL
        self.seconds: int | None = None
        self.rounds: int = 1
        self.overflow: str | None = None
        self.parent: Hunt | None = None
        self.spot: tuple[int, ...] = ()
        self.limit: int | None = None
        self.is_followed: bool = is_followed
        self.stops: bool = False
        self.turn: int = 0
        self.began: int = 0
        self.pending: int = 0
        self.rang: bool = False
        self.turn_rang: bool = False

    @classmethod
    def of_distribution(cls, members: tuple[Member, ...], *, is_followed: bool) -> Self:
        """Return the hunt for the target that was drawn, and who takes its place."""
        hunt = cls(members, is_followed=is_followed)
        hunt.stops = True
        return hunt

    @classmethod
    def of_ring(cls, ring: Ring, members: tuple[Member, ...], place: str) -> Self:
        """Return the hunt of a ring."""
        hunt = cls(members, is_followed=ring.then is not None)
        hunt.place = place
        hunt.strategy, hunt.seconds, hunt.rounds = ring.strategy, ring.seconds, ring.repeat
        return hunt

    @classmethod
    def of_group(
        cls,
        group: Group,
        members: tuple[Member, ...],
        place: str,
        *,
        parent: "Hunt",
        spot: tuple[int, ...],
        limit: int | None,
        is_followed: bool,
    ) -> Self:
        """Return the hunt of a group that another hunt called."""
        hunt = cls(members, is_followed=is_followed)
        hunt.name, hunt.place = group.name, place
        hunt.strategy, hunt.seconds, hunt.rounds = group.strategy, group.seconds, group.repeat
        hunt.overflow = group.overflow
        hunt.parent, hunt.spot, hunt.limit = parent, spot, limit
        return hunt

    @property
    def takes_turns(self) -> bool:
        """Say whether one member is called after the other."""
        return self.strategy.takes_turns

    @property
    def is_round_followed(self) -> bool:
        """Say whether something follows when this round is over."""
        return self.is_followed or self.rounds > 1 or self.overflow is not None

    @property
    def is_turn_followed(self) -> bool:
        """Say whether something follows when this turn is over and nobody answered."""
        is_last = not self.takes_turns or self.stops or self.turn == len(self.members) - 1
        return self.is_round_followed or not is_last

    def is_usual(self, member: Member) -> bool:
        """Say whether a member takes its usual time: something follows, and no time is set.

        A phone rings 20 seconds then, and a group does what it does when it is followed.
        """
        is_set = member.seconds is not None or self.seconds is not None
        return self.is_turn_followed and not is_set

    def limit_of(self, member: Member, second: int, *, is_group: bool) -> int | None:
        """Return when a member stops whose turn, or whose round, begins at a second."""
        usual = TURN_SECONDS if self.is_usual(member) and not is_group else None
        start = second + member.delay
        if self.takes_turns:
            return earliest(self.limit, start, member.seconds or self.seconds or usual)
        round_limit = earliest(self.limit, second, self.seconds or usual)
        return earliest(round_limit, start, member.seconds)

    def has_time(self, second: int) -> bool:
        """Say whether time is left."""
        return self.limit is None or second < self.limit

    def has_next_turn(self, second: int) -> bool:
        """Say whether another member has a turn in this round."""
        is_done = self.stops and self.turn_rang
        return self.turn + 1 < len(self.members) and self.has_time(second) and not is_done

    def has_next_round(self, second: int) -> bool:
        """Say whether there is another round; after one in which nobody rang there is none."""
        return self.rounds > 1 and self.rang and self.has_time(second)

    def call_only(self, target: str) -> None:
        """Go on with one last turn."""
        self.members = (Member(target),)
        self.strategy = Strategy.SEQUENTIAL
        self.rounds = 1
        self.overflow = None
        self.turn = 0
