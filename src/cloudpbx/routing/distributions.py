"""Calls distributed by ratio.

Here: the destination that draws one of its targets for each call, and the order in which
they are tried. Not here: ringing them (`planning`), keeping the turns between calls
(`turns`), or trying a ratio out (`simulations`).

The draw of a hash is defined so that any program can repeat it:

1. The seed is BLAKE2b, of 32 bytes, over the UTF-8 text of the JSON array
   `[key,[target,…],[weight,…]]`, written without spaces or escapes.
2. Draw number n of a call, from 0, is BLAKE2b, of 8 bytes and keyed with the seed, over
   the UTF-8 text of n, a space and the id of the call, read as a big-endian number.
3. That number modulo the sum of the weights falls to the first target that it is smaller
   than, each before that taking its weight off.

A target with weight w of a sum s is drawn by w in s of all numbers; as 2^64 is no multiple
of most sums, the chance differs from w/s by less than w in 2^64.

Turns are those of Tijdeman ("The chairman assignment problem", 1980), for n targets that
have a weight:

1. A target is due when its share of all calls so far, this one among them, is more than
   what it had by 1/(2n - 2) of a call or more.
2. Of those that are due, it is the turn of the one that would soonest be 1 - 1/(2n - 2)
   calls behind; of equals, of the one that is written first.

So after any number of calls nobody has had more than 1 - 1/(2n - 2) calls above or below
its share, which is the least that can be promised for every ratio; and after as many
calls as the sum of the weights everybody has had exactly its weight.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum, unique
from functools import lru_cache
from itertools import accumulate
from math import lcm
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from cloudpbx._values import (
    FrozenMapping,
    check_member,
    check_text,
    check_unique,
    check_whole,
    shown,
)
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.groups import MOST_SECONDS
from cloudpbx.routing.target_texts import check_target, refuse_guidance
from cloudpbx.texts import say

if TYPE_CHECKING:
    from fractions import Fraction

    from cloudpbx.routing.destinations import Destination

__all__ = [
    "Distribute",
    "Draw",
    "WhenUnavailable",
    "hashed_order",
    "turn_order",
    "weighted_order",
]

_LARGEST_WEIGHT: Final = 9
_MOST_TARGETS: Final = 32
_MULTIPLE: Final = lcm(*range(1, _LARGEST_WEIGHT + 1))
"""A number that every weight divides, so that quotients by weights stay whole."""


@unique
class Draw(StrEnum):
    """Name how the target of a call is drawn.

    A hash depends on the id of the call alone: it needs no memory, and answers the same
    when it is asked again. Turns need the memory of the calls before (`Turns`), and are
    exact in every period.
    """

    HASH = "hash"
    TURNS = "turns"


@unique
class WhenUnavailable(StrEnum):
    """Name what happens when the drawn target cannot take the call.

    The next one is the next that has a weight in the written order, and after the last
    the first. To renormalise is to draw again among the rest, by their weights.
    """

    NEXT = "next"
    RENORMALISE = "renormalise"
    BUSY = "busy"


def _checked_weights(
    value: Mapping[str, int] | Iterable[tuple[str, int]],
) -> FrozenMapping[str, int]:
    found = tuple(_pair(each) for each in _items(value))
    targets = tuple(target for target, _ in found)
    check_unique(targets, what="targets")
    refuse_guidance(targets)
    if len(targets) > _MOST_TARGETS:
        msg = f"`{len(targets)}` targets are too many: a ratio has {_MOST_TARGETS} at most"
        raise InvalidValueError(msg)
    if not any(weight for _, weight in found):
        fix = "give a target a weight of 1 to 9, or use `Busy()`"
        msg = f"{shown(dict(found))} sends no call anywhere: {fix}"
        raise InvalidValueError(msg)
    return FrozenMapping(found)


def _items(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return value
    raise _no_ratio(value)


def _pair(value: object) -> tuple[str, int]:
    if not isinstance(value, tuple | list) or len(value) != len(("target", "weight")):
        raise _no_ratio(value)
    target = check_target(value[0])
    what = f"the weight of {target}"
    return target, check_whole(value[1], what=what, low=0, high=_LARGEST_WEIGHT)


def _no_ratio(value: object) -> InvalidValueError:
    msg = f'{shown(value)} gives no target a weight: write `{{"1001": 3, "1002": 7}}`'
    return InvalidValueError(msg)


def _draw(value: str) -> Draw:
    return check_member(value, Draw, what="a way to draw")


def _when_unavailable(value: str) -> WhenUnavailable:
    return check_member(value, WhenUnavailable, what="a policy for a target")


def _in_order(weights: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Tell two ratios apart also by the order in which they are written."""
    return tuple(weights.items())


@frozen
class Distribute:
    """Distribute calls over targets by ratio (着信振分).

    Attributes:
        weights: The ratio (振分比率): each target with its weight, 0 to 9, in the written
            order; 0 is never drawn. At most 32 targets.
        draw: How the target of a call is drawn.
        when_unavailable: What happens when it cannot take the call.
        key: Another key draws other targets for the same calls.
        seconds: How long the target rings, 1 to 600; None as in `Ring`.
        then: What follows when nobody answered; None ends the call.

    >>> half = Distribute({"1001": 3, "1002": 3, "1003": 0})
    >>> print(half)
    distribute by ratio (1001: 3, 1002: 3, 1003: 0)
    >>> half.shares["1001"]
    Fraction(1, 2)

    Raises:
        InvalidValueError: no target has a weight, a weight is not 0 to 9, a target stands
            twice, one is a guidance, there are too many, or a field cannot be what it is.
    """

    weights: Mapping[str, int] = field(converter=_checked_weights, eq=_in_order)
    draw: Draw = field(default=Draw.HASH, converter=_draw, kw_only=True)
    when_unavailable: WhenUnavailable = field(
        default=WhenUnavailable.NEXT, converter=_when_unavailable, kw_only=True
    )
    key: str = field(default="", kw_only=True)
    seconds: int | None = field(default=None, kw_only=True)
    then: "Destination | None" = field(default=None, kw_only=True)

    targets: tuple[str, ...] = field(init=False, eq=False, repr=False)
    """Every target in the written order, those of weight 0 too."""

    ratio: tuple[int, ...] = field(init=False, eq=False, repr=False)
    """The weights in that order."""

    def __attrs_post_init__(self) -> None:
        check_text(self.key, what="the key of a distribution", empty=True)
        if self.seconds is not None:
            what = "the ring time of a distribution"
            check_whole(self.seconds, what=what, low=1, high=MOST_SECONDS)
        object.__setattr__(self, "targets", tuple(self.weights))
        object.__setattr__(self, "ratio", tuple(self.weights.values()))
        if self.then is not None:
            # What may follow is defined with the other destinations, this one among them.
            from cloudpbx.routing.destinations import check_destination  # noqa: PLC0415

            check_destination(self)

    @property
    def total(self) -> int:
        """Return the sum of the weights: after so many turns each has had its weight."""
        return sum(self.ratio)

    @property
    def shares(self) -> "Mapping[str, Fraction]":
        """Return which part of all calls each target is drawn for, exactly."""
        from fractions import Fraction  # noqa: PLC0415 - a router needs none

        total = self.total
        return FrozenMapping(
            (target, Fraction(weight, total)) for target, weight in self.weights.items()
        )

    @property
    def called(self) -> tuple[str, ...]:
        """Return every target that may be called before `then`."""
        return tuple(target for target, weight in self.weights.items() if weight)

    def explain(self, lang: str = "en") -> str:
        """Say the destination in words, `lang` being `en` or `ja`."""
        ratio = ", ".join(f"{target}: {weight}" for target, weight in self.weights.items())
        words = [say("destination", f"distribute.{self.draw}", lang, {"about": ratio})]
        if self.seconds is not None:
            words.append(say("destination", "seconds", lang, {"seconds": self.seconds}))
        if self.when_unavailable is not WhenUnavailable.NEXT:
            words.append(say("destination", f"unavailable.{self.when_unavailable}", lang, {}))
        text = "".join(words)
        if self.then is None:
            return text
        return say("destination", "then", lang, {"what": text, "then": self.then.explain(lang)})

    def to_dict(self) -> dict[str, object]:
        """Return the destination as a document has it."""
        found: dict[str, object] = {"distribute": dict(self.weights)}
        if self.draw is not Draw.HASH:
            found["draw"] = self.draw.value
        if self.when_unavailable is not WhenUnavailable.NEXT:
            found["when_unavailable"] = self.when_unavailable.value
        if self.key:
            found["key"] = self.key
        if self.seconds is not None:
            found["seconds"] = self.seconds
        return found if self.then is None else {**found, "then": self.then.to_dict()}

    def __str__(self) -> str:
        """Write the destination in words."""
        return self.explain()


def hashed_order(distribution: Distribute, call_id: str) -> tuple[str, ...]:
    """Return the targets that a call tries, the drawn one first, by the hash of its id.

    >>> hashed_order(Distribute({"1001": 3, "1002": 7}), "call-1")
    ('1002', '1001')
    """
    targets, ratio = distribution.targets, distribution.ratio
    if distribution.when_unavailable is WhenUnavailable.RENORMALISE:
        return weighted_order(targets, ratio, distribution.key, call_id)
    seed = _seed(distribution.key, targets, ratio)
    return _followed(distribution, _drawn_place(ratio, _number(seed, 0, call_id)))


def weighted_order(
    names: Sequence[str], weights: Sequence[int], key: str, call_id: str
) -> tuple[str, ...]:
    """Return names by lot: each is drawn by its weight among those that are left.

    A name of weight 0 is left out.

    >>> weighted_order(("1001", "1002", "1003"), (1, 0, 1), "", "call-1")
    ('1001', '1003')
    """
    left = list(weights)
    seed = _seed(key, tuple(names), tuple(weights))
    order: list[str] = []
    while any(left):
        place = _drawn_place(left, _number(seed, len(order), call_id))
        order.append(names[place])
        left[place] = 0
    return tuple(order)


@lru_cache(maxsize=1024)
def _seed(key: str, names: tuple[str, ...], weights: tuple[int, ...]) -> bytes:
    # Both are slow to import, and few numbers draw by a hash.
    from hashlib import blake2b  # noqa: PLC0415
    from json import dumps  # noqa: PLC0415

    text = dumps([key, names, weights], ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode(errors="surrogatepass"), digest_size=32).digest()


def _number(seed: bytes, draw: int, call_id: str) -> int:
    from hashlib import blake2b  # noqa: PLC0415 - see `_seed`

    # Whatever a switch took from a header is an id, also what is no valid text.
    data = f"{draw} {call_id}".encode(errors="surrogatepass")
    return int.from_bytes(blake2b(data, key=seed, digest_size=8).digest(), "big")


def _drawn_place(weights: Sequence[int], number: int) -> int:
    rest = number % sum(weights)
    return next(place for place, end in enumerate(accumulate(weights)) if rest < end)


def turn_order(
    distribution: Distribute, current: tuple[int, ...] | None
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the targets that a call tries, the one whose turn it is first, and what to keep.

    What is kept says how many turns of this period each target has had. None, or what
    cannot be of this distribution, begins a period; what is left of another ratio with
    the same number of targets is taken over as long as it fits. A turn counts for whom
    it was, also when another took the call.

    >>> turn_order(Distribute({"1001": 1, "1002": 2}), None)
    (('1002', '1001'), (0, 1))
    >>> turn_order(Distribute({"1001": 1, "1002": 2}), (0, 1))
    (('1001', '1002'), (1, 1))
    """
    ratio = distribution.ratio
    had = (0,) * len(ratio)
    if current is not None and _is_within_a_period(ratio, current):
        had = current
    place = _turn(ratio, had)
    kept = tuple(count + (each == place) for each, count in enumerate(had))
    if kept == ratio:
        kept = (0,) * len(ratio)
    if distribution.when_unavailable is WhenUnavailable.RENORMALISE:
        places = _turns_among_the_rest(ratio, place, had[place])
        return tuple(distribution.targets[each] for each in places), kept
    return _followed(distribution, place), kept


def _is_within_a_period(ratio: tuple[int, ...], had: tuple[int, ...]) -> bool:
    """Say whether these turns may have been had, with more to come in the period."""
    return (
        len(had) == len(ratio)
        and had != ratio
        and all(0 <= count <= weight for count, weight in zip(had, ratio, strict=True))
    )


def _turn(ratio: Sequence[int], had: Sequence[int]) -> int:
    """Return whose turn it is; whole numbers only, by the rule the module begins with.

    Somebody is always due: what all lag behind, this call among it, is one call, so one
    of n lags behind by 1/n of it or more. Who is due has had less than its weight, so a
    period ends with every weight used up.
    """
    total, call = sum(ratio), sum(had) + 1
    parts = max(1, 2 * sum(map(bool, ratio)) - 2)
    due = (
        (((count + 1) * parts - 1) * _MULTIPLE // weight, place)
        for place, (weight, count) in enumerate(zip(ratio, had, strict=True))
        if weight and (count * parts + 1) * total <= call * weight * parts
    )
    return min(due)[1]


def _turns_among_the_rest(ratio: Sequence[int], place: int, turn: int) -> list[int]:
    """Return a place, and after it those that take turns for the calls it cannot take.

    The first call of a period that one cannot take is the first turn among the rest, the
    second the second; so it goes on for whom that turn is, when it cannot either.
    """
    rest, order = list(ratio), [place]
    rest[place] = 0
    while any(rest):
        had = [0] * len(rest)
        for _ in range(turn % sum(rest)):
            had[_turn(rest, had)] += 1
        place = _turn(rest, had)
        order.append(place)
        turn, rest[place] = had[place], 0
    return order


def _followed(distribution: Distribute, place: int) -> tuple[str, ...]:
    """Return the target at a place, and those that follow it in the written order."""
    targets, ratio = distribution.targets, distribution.ratio
    if distribution.when_unavailable is WhenUnavailable.BUSY:
        return (targets[place],)
    around = (*range(place, len(targets)), *range(place))
    return tuple(targets[each] for each in around if ratio[each])
