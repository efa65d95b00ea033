"""What rules come to together that override each other day by day.

Here: the rules of OpenStreetMap's `dialect` as layers, each laid over those before it,
and the same days as rules of a schedule. Not here: reading or writing the notation
(`terms`, `dialect`), or cutting days (`boxes`).

Layers, in order: on its days

1. a rule that opens takes the place of all that the rules before it say;
2. one joined with a comma, or as a fallback, is added to them;
3. one that closes whole days leaves nothing of them; one that closes at some time leaves
   nothing at that time, also of a night that began the day before.

A night belongs to the day it begins on: it goes when its day goes, and it runs out into the
next day whatever is said of that day.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial, reduce
from operator import or_
from typing import Any, Final, NamedTuple, TypeAlias

from attrs import evolve

from cloudpbx._values import shown
from cloudpbx.errors import DocumentError, Problem
from cloudpbx.routing.opening_hours.boxes import (
    EVERY_DAY,
    HOLIDAYS,
    ONE_WEEKDAY,
    WHOLE_WEEK,
    WORKDAYS,
    Box,
    tier_of_box,
    united,
    weekday_bits,
)
from cloudpbx.routing.opening_hours.selectors import DAY_MINUTES
from cloudpbx.routing.opening_hours.terms import Join, Term
from cloudpbx.routing.rules import TIERS, Tier

__all__ = [
    "Content",
    "Layer",
    "Stretch",
    "changed",
    "closed_parts",
    "layers_of",
    "merged",
    "order_of",
    "painted",
    "uncovered",
]


class Stretch(NamedTuple):
    """Hold open time of a day: minutes after its midnight, and the comment it is under."""

    start: int
    end: int
    name: str


Content: TypeAlias = tuple[Stretch, ...]
"""What is open of a day, sorted and disjoint; none at all is a closed day."""

MOST_LAYERS: Final = 300
_WORKING_WEEK: Final = weekday_bits(range(5))


class Layer(NamedTuple):
    """Hold days that have the same content; `note` is the comment of a closed day."""

    box: Box
    content: Content
    note: str = ""


# Contents.


def painted(content: Content, coats: Iterable[Stretch], *, over: bool = True) -> Content:
    """Return a content with stretches added, over those it has or under them."""
    for coat in coats:
        if over:
            content = (*closed_parts(content, coat.start, coat.end), coat)
        else:
            left: Content = (coat,)
            for each in content:
                left = closed_parts(left, each.start, each.end)
            content += left
    return _joined(content)


def closed_parts(content: Content, start: int, end: int) -> Content:
    """Return a content without some time."""
    cut = (
        Stretch(low, high, name)
        for first, last, name in content
        for low, high in ((first, min(last, start)), (max(first, end), last))
    )
    return tuple(each for each in cut if each.start < each.end)


def _joined(content: Content) -> Content:
    joined: list[Stretch] = []
    for each in sorted(content):
        if joined and joined[-1].end == each.start and joined[-1].name == each.name:
            joined[-1] = joined[-1]._replace(end=each.end)
        else:
            joined.append(each)
    return tuple(joined)


# Layers.


def lay(terms: Iterable[Term], layers: Iterable[Layer] = ()) -> list[Layer]:
    """Lay rules over layers, one after the other; layers share no day.

    Raises:
        DocumentError: the days cannot be told apart, or there are too many kinds of them.
    """
    found = list(layers)
    for term in terms:
        stretches = [Stretch(*part, term.comment) for part in term.parts or [(0, DAY_MINUTES)]]
        if term.overrides:
            content = painted((), stretches) if term.is_open else ()
            note = "" if term.is_open else term.comment
            for box in term.boxes:
                found = [each for each in found for each in _without(each, box)]
                found.append(Layer(box, content, note))
        elif term.is_open:
            over = term.join is not Join.FALLBACK
            found = _added(found, term.boxes, stretches, over=over)
        elif term.join is not Join.FALLBACK:
            found = _closed(found, term)
        if len(found) > MOST_LAYERS:
            raise refused(term, "makes more kinds of days than can be told apart: simplify")
    return found


def refused(term: Term, message: str) -> DocumentError:
    """Return the refusal of a rule."""
    problem = Problem(path=f"character {term.place}", message=f"{shown(term.text)} {message}")
    return DocumentError((problem,))


def _without(layer: Layer, box: Box) -> list[Layer]:
    return [layer._replace(box=left) for left in layer.box.without(box)]


def changed(layer: Layer, box: Box, change: Callable[[Content], Content]) -> list[Layer]:
    """Return a layer with the content of some of its days changed."""
    both = layer.box.meet(box)
    if both is None:
        return [layer]
    return [*_without(layer, box), layer._replace(box=both, content=change(layer.content))]


def uncovered(box: Box, layers: Iterable[Layer]) -> list[Box]:
    """Return the days of a box that are in none of some layers."""
    left = [box]
    for layer in layers:
        left = [rest for each in left for rest in each.without(layer.box)]
    return left


def _added(
    layers: Sequence[Layer], boxes: Iterable[Box], stretches: Sequence[Stretch], *, over: bool
) -> list[Layer]:
    """Return layers with open time added on some days."""
    add = partial(painted, coats=stretches, over=over)
    found = list(layers)
    for box in boxes:
        bare = [Layer(left, ()) for left in uncovered(box, found)]
        found = [new for layer in (*found, *bare) for new in changed(layer, box, add)]
    return found


def _closed(layers: Sequence[Layer], term: Term) -> list[Layer]:
    """Return layers with some time closed, on its days and of the nights before them."""
    found = list(layers)
    for start, end in term.parts:
        close = partial(closed_parts, start=start, end=end)
        for box in term.boxes:
            found = [new for layer in found for new in changed(layer, box, close)]
            found = _closed_nights(found, term, box, start + DAY_MINUTES, end + DAY_MINUTES)
    return found


def _closed_nights(
    layers: Sequence[Layer], term: Term, box: Box, start: int, end: int
) -> list[Layer]:
    """Return layers with some time of the morning after closed."""
    close = partial(closed_parts, start=start, end=end)
    near, exact = box.near(-1), box.moved(-1)
    found: list[Layer] = []
    for layer in layers:
        if close(layer.content) == layer.content or layer.box.meet(near) is None:
            found.append(layer)
        elif exact is None:
            raise refused(term, "cuts nights whose days cannot be named: write their ends")
        else:
            found += changed(layer, exact, close)
    return found


# The same days as rules of a schedule, where the highest tier that names a date owns it.


def layers_of(terms: Sequence[Term], *, may_close: bool) -> list[Layer]:
    """Return what rules come to, as layers each of which is one tier's.

    Each tier by itself, where the tiers own what the order of the rules gives them; else
    every kind of day by itself.

    Args:
        terms: The rules.
        may_close: Whether a layer may say that a day is closed; else it is left out.

    Raises:
        DocumentError: no rules of a schedule come to the same.
    """
    meant = lay(terms, [Layer(EVERY_DAY, ())])
    natural = [layer for tier in TIERS[::-1] for layer in _of_tier(terms, tier)]
    sayable = all(is_sayable(each) for layer in natural for each in layer.content)
    closing = any(not layer.content for layer in natural)
    if sayable and (may_close or not closing) and _agree(natural, meant):
        return natural
    layers = _one_by_one(meant)
    if not may_close and any(not layer.content for layer in layers):
        term = next(term for term in terms if not term.is_open)
        raise refused(term, 'needs a value for closed time: give one, as `closed="closed"`')
    return layers


def _of_tier(terms: Iterable[Term], tier: Tier) -> list[Layer]:
    """Return the layers of the rules' days that are one tier's."""
    own = [
        evolve(term, boxes=tuple(box for box in term.boxes if tier_of_box(box) is tier))
        for term in terms
    ]
    layers = merged(lay(own), one_tier=True)
    return [each for each in layers if each.content or tier is not Tier.WEEKDAY]


def _one_by_one(meant: Iterable[Layer]) -> list[Layer]:
    """Return layers that share no day, so that no tier takes a day from another.

    Only a holiday can take what is said of other days: it is given rules of its own.
    """
    layers = merged(_carried(merged(meant)))
    working = [each for each in layers if each.content and each.box.holidays == WORKDAYS]
    found: list[Layer] = []
    for layer in layers:
        if layer in working:
            found += [layer._replace(box=box) for box in _below_holidays(layer.box)]
        elif layer.content or (
            layer.box.holidays == HOLIDAYS
            and any(layer.box.meet(each.box._replace(holidays=HOLIDAYS)) for each in working)
        ):
            found.append(layer)
    return [each for layer in found for each in _of_one_kind(layer)]


def _below_holidays(box: Box) -> list[Box]:
    """Return the days with holidays among them, in a tier that holidays are above."""
    box = box._replace(holidays=HOLIDAYS | WORKDAYS)
    if tier_of_box(box) not in {Tier.DATED, Tier.YEARLY}:
        return [box]
    return [
        box._replace(weekdays=weekdays)
        for weekdays in (_WORKING_WEEK, WHOLE_WEEK ^ _WORKING_WEEK)
    ]


def _of_one_kind(layer: Layer) -> list[Layer]:
    """Part weekdays from those that are counted in their month."""
    whole = weekday_bits(
        number for number, part in enumerate(layer.box.parts) if part == ONE_WEEKDAY
    )
    kinds = (whole, layer.box.weekdays & ~whole)
    return [layer._replace(box=layer.box._replace(weekdays=kind)) for kind in kinds if kind]


def is_sayable(stretch: Stretch) -> bool:
    """Say whether a rule of the day, or two, can be open from its start to its end."""
    if stretch.end <= DAY_MINUTES or stretch.end - stretch.start < DAY_MINUTES:
        return stretch.start < DAY_MINUTES
    # Of two rules, the second begins in the last minute of the day or before.
    return stretch.start < DAY_MINUTES - 1 and stretch.end < 2 * DAY_MINUTES - 1


def _carried(layers: list[Layer]) -> list[Layer]:
    """Move what no rule can say of a night to the day it runs into."""
    while True:
        place = next(
            (at for at, layer in enumerate(layers) if not all(map(is_sayable, layer.content))),
            None,
        )
        if place is None:
            return layers
        layer = layers[place]
        rest = [
            Stretch(max(start, DAY_MINUTES) - DAY_MINUTES, end - DAY_MINUTES, name)
            for start, end, name in layer.content
            if not is_sayable(Stretch(start, end, name))
        ]
        following = layer.box.moved(1)
        if following is None:
            message = "a night runs on through days that cannot be named: write them as a rule"
            raise DocumentError((Problem(path="", message=message),))
        content = layer.content
        for each in rest:
            content = closed_parts(content, each.start + DAY_MINUTES, each.end + DAY_MINUTES)
        layers[place] = layer._replace(content=content)
        layers = _added(layers, [following], rest, over=False)


def order_of(layer: Layer) -> tuple[bool, int, Layer]:
    """Return what layers of a tier are sorted by: open ones first, then by weekday."""
    return not layer.content, layer.box.weekdays & -layer.box.weekdays, layer


def merged(layers: Iterable[Layer], *, one_tier: bool = False) -> list[Layer]:
    """Join layers that differ in one kind of day only, and stay of one tier if asked to."""
    found = list(layers)
    while True:
        before = len(found)
        for axis in ("weekdays", "dates", "yearly", "holidays"):
            groups: dict[Any, list[Layer]] = {}
            for layer in found:
                rest = {**layer.box._asdict(), axis: None}.values()
                tier = tier_of_box(layer.box) if one_tier else None
                groups.setdefault((layer.content, layer.note, tuple(rest), tier), []).append(
                    layer
                )
            found = [
                each for key, group in groups.items() for each in _union(axis, group, key[3])
            ]
        if len(found) == before:
            return found


def _union(axis: str, group: list[Layer], tier: Tier | None) -> list[Layer]:
    """Return layers that differ in an axis as one, unless that is of another tier."""
    join: Callable[[Any, Any], Any] = united if axis == "dates" else or_
    joined: Any = reduce(join, (getattr(layer.box, axis) for layer in group))
    whole = group[0]._replace(box=group[0].box._replace(**{axis: joined}))
    return [whole] if tier in {None, tier_of_box(whole.box)} else group


def _agree(layers: Iterable[Layer], meant: Iterable[Layer]) -> bool:
    """Say whether the tiers of layers give each day the content that is meant."""
    ordered = sorted(layers, key=lambda layer: TIERS.index(tier_of_box(layer.box)))
    for each in meant:
        left = [each.box]
        for layer in ordered:
            if layer.content != each.content and any(box.meet(layer.box) for box in left):
                return False
            left = [rest for box in left for rest in box.without(layer.box)]
    return True
