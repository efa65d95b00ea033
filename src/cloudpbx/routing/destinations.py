"""What a called number does with a call.

Here: the destinations that a schedule can answer with, and what follows one of them. Not
here: distribution by ratio (`distributions`), what happens to a ringing extension
(`extensions`, `planning`), or which of them a number has at the moment (`router`).
"""

from typing import Final, TypeAlias, Union

from attrs import field, frozen

from cloudpbx._values import check_each, check_instance, check_unique, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.distributions import Distribute
from cloudpbx.routing.groups import Member, Strategy, check_ring
from cloudpbx.routing.target_texts import (
    AFTER_HOURS_CODE,
    check_guidance,
    check_target,
    refuse_guidance,
)
from cloudpbx.texts import say

__all__ = [
    "AFTER_HOURS_CODE",
    "DESTINATIONS",
    "Announce",
    "Busy",
    "Destination",
    "Divert",
    "Ring",
    "chain_of",
    "check_destination",
]

_LONGEST_CHAIN: Final = 20


@frozen
class Ring:
    """Ring targets, at the same moment or one after the other (鳴動).

    Attributes:
        targets: Extensions, names of groups and outside numbers.
        strategy: How they are called; the same moment when left out (一斉鳴動).
        seconds: How long each turn rings, all targets together being one turn of the
            simultaneous strategy, 1 to 600. None: phones ring 20 seconds where something
            follows, else until the caller hangs up; groups take their own time.
        repeat: How many rounds are made, 1 to 10; a round in which nobody rings is the last.
        then: What follows when nobody answered; None ends the call.

    >>> print(Ring(("1001", "090-1234-5678")))
    ring 1001, 09012345678
    >>> print(Ring(("1001",), seconds=30, then=Announce()))
    ring 1001 for 30 s, then announce 009608

    Raises:
        InvalidValueError: there is no target, one stands twice, or one is a guidance; a
            field cannot be what it is; or more than 20 destinations follow each other.
    """

    targets: tuple[str, ...]
    strategy: Strategy = field(default=Strategy.SIMULTANEOUS, kw_only=True)
    seconds: int | None = field(default=None, kw_only=True)
    repeat: int = field(default=1, kw_only=True)
    then: "Destination | None" = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        given = check_each(self.targets, str, what="a target")
        targets = tuple(map(check_target, given))
        if not targets:
            msg = "`()` rings nothing: name a target, or use `Busy()`"
            raise InvalidValueError(msg)
        check_unique(targets, what="targets")
        refuse_guidance(targets)
        object.__setattr__(self, "targets", targets)
        strategy = check_ring(self.strategy, self.seconds, self.repeat, what="a destination")
        object.__setattr__(self, "strategy", strategy)
        check_destination(self)

    @property
    def all_members(self) -> tuple[Member, ...]:
        """Return the targets as members of a group have them."""
        return tuple(map(Member, self.targets))

    @property
    def called(self) -> tuple[str, ...]:
        """Return every target that may be called before `then`."""
        return self.targets

    def explain(self, lang: str = "en") -> str:
        """Say the destination in words, `lang` being `en` or `ja`."""
        data = {"about": ", ".join(self.targets)}
        words = [say("destination", f"ring.{self.strategy}", lang, data)]
        if self.seconds is not None:
            words.append(say("destination", "seconds", lang, {"seconds": self.seconds}))
        if self.repeat > 1:
            words.append(say("destination", "repeat", lang, {"repeat": self.repeat}))
        text = "".join(words)
        if self.then is None:
            return text
        return say("destination", "then", lang, {"what": text, "then": self.then.explain(lang)})

    def to_dict(self) -> dict[str, object]:
        """Return the destination as a document has it."""
        found: dict[str, object] = {"ring": list(self.targets)}
        if self.strategy is not Strategy.SIMULTANEOUS:
            found["strategy"] = self.strategy.value
        if self.seconds is not None:
            found["seconds"] = self.seconds
        if self.repeat > 1:
            found["repeat"] = self.repeat
        return found if self.then is None else {**found, "then": self.then.to_dict()}

    def __str__(self) -> str:
        """Write the destination in words."""
        return self.explain()


@frozen
class Announce:
    """Answer with a guidance (ガイダンス).

    Attributes:
        code: Its guidance number.

    >>> print(Announce())
    announce 009608

    Raises:
        InvalidValueError: the code is not made of digits.
    """

    code: str = field(default=AFTER_HOURS_CODE, converter=check_guidance)

    def explain(self, lang: str = "en") -> str:
        """Say the destination in words, `lang` being `en` or `ja`."""
        return say("destination", "announce", lang, {"about": self.code})

    def to_dict(self) -> dict[str, object]:
        """Return the destination as a document has it."""
        return {"announce": self.code}

    def __str__(self) -> str:
        """Write the destination in words."""
        return self.explain()


@frozen
class Busy:
    """Let the caller hear the busy tone (話中音)."""

    def explain(self, lang: str = "en") -> str:
        """Say the destination in words, `lang` being `en` or `ja`."""
        return say("destination", "busy", lang, {})

    def to_dict(self) -> dict[str, object]:
        """Return the destination as a document has it."""
        return {"busy": True}

    def __str__(self) -> str:
        """Write the destination in words."""
        return self.explain()


@frozen
class Divert:
    """Send a call on to another number or target (受付先変更).

    To a called number of the tenant it is one hop: that number's schedule answers, and
    none of its other features acts (its screening, guidance, channels, diversions,
    distribution or change of reception).

    Attributes:
        target: A called number of the tenant, an extension, the name of a group, or an
            outside number.

    >>> print(Divert("03-1234-5678"))
    divert to 0312345678

    Raises:
        InvalidValueError: the target cannot be one, or is a guidance.
    """

    target: str = field(converter=check_target)

    def __attrs_post_init__(self) -> None:
        refuse_guidance((self.target,))

    def explain(self, lang: str = "en") -> str:
        """Say the destination in words, `lang` being `en` or `ja`."""
        return say("destination", "divert", lang, {"about": self.target})

    def to_dict(self) -> dict[str, object]:
        """Return the destination as a document has it."""
        return {"divert": self.target}

    def __str__(self) -> str:
        """Write the destination in words."""
        return self.explain()


Destination: TypeAlias = Union[Ring, Announce, Busy, Distribute, Divert]  # noqa: UP007 - see Ring
"""What a schedule of a called number answers with."""

DESTINATIONS: Final = (Ring, Announce, Busy, Distribute, Divert)


def chain_of(destination: Destination) -> tuple[Destination, ...]:
    """Return a destination and those that follow it, in order.

    >>> [str(each) for each in chain_of(Ring(("1001",), then=Announce()))]
    ['ring 1001, then announce 009608', 'announce 009608']
    """
    found = [destination]
    while isinstance(found[-1], (Ring, Distribute)) and found[-1].then is not None:
        found.append(found[-1].then)
    return tuple(found)


def check_destination(destination: Destination) -> None:
    """Refuse what cannot follow a destination, and a chain that is too long.

    Raises:
        InvalidValueError: something that is no destination follows, or too many do.
    """
    for each in chain_of(destination)[1:]:
        check_instance(each, DESTINATIONS, what="what follows a destination")
    count = len(chain_of(destination))
    if count > _LONGEST_CHAIN:
        msg = f"{shown(count)} destinations follow each other: leave {_LONGEST_CHAIN} at most"
        raise InvalidValueError(msg)
