"""Where the boxes and arrows of a layered drawing go.

Here: layers, the order within each, places in pixels, the way of each arrow. Not here:
what is drawn there (`_diagrams`).

The drawing is made in five steps:

1. arrows that lead back, as found going through the boxes depth first, are turned round;
2. each box goes in the first layer below all boxes that lead to it where there is room;
3. between two layers of boxes is a layer of labels, and arrows that pass a layer have a
   place of their own in it; those that leave one box share it;
4. within each layer everything is put in the order of what it is joined to, above and
   below by turns, and the order with the fewest crossings is kept;
5. everything moves as near to what it is joined to as its neighbours allow.

So no two things of a layer can overlap, and arrows cross each other only between layers.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

__all__ = ["Layout", "Link", "Size", "Spot", "laid_out"]

_GAP: Final = 18
"""Between two things of a layer."""

_PASSAGE: Final = 6
"""The room of an arrow that passes a layer."""

_HEIGHT: Final = 26
"""Between two layers, when no arrow goes far to the side."""

_MOST_HEIGHT: Final = 64
_SWEEPS: Final = 16
_STRAIGHT: Final = 6
"""How much more an arrow that passes a layer is worth than a box that moves aside."""

_LIMIT: Final = 1_040
"""How wide a layer of boxes is made before the next one begins."""


@frozen
class Size:
    """Give the room that a box or a label takes."""

    width: int
    height: int


@frozen(kw_only=True)
class Link:
    """Join two boxes, by their places.

    Attributes:
        source: From which.
        target: To which.
        label: The room of its label; of width 0 for none.
    """

    source: int
    target: int
    label: Size


@frozen(kw_only=True)
class Spot:
    """Tell where something is.

    Attributes:
        x: Its middle.
        y: Its upper edge.
        width: Its width.
        height: Its height.
        floor: The lower edge of its row, which may be lower than its own.
    """

    x: float
    y: float
    width: int
    height: int
    floor: float

    @property
    def bottom(self) -> float:
        """Return its lower edge."""
        return self.y + self.height


@frozen(kw_only=True)
class Layout:
    """Tell where everything is.

    Attributes:
        boxes: Where each box is.
        labels: Where the label of each link is.
        ways: What each link passes, from the upper box to the lower.
        turned: The links that lead up.
        width: How wide it all is.
        height: How high it all is.
    """

    boxes: tuple[Spot, ...]
    labels: tuple[Spot, ...]
    ways: tuple[tuple[Spot, ...], ...]
    turned: frozenset[int]
    width: float
    height: float


def laid_out(sizes: Sequence[Size], links: Sequence[Link]) -> Layout:
    """Return where boxes, labels and arrows go."""
    turned = _turned(len(sizes), links)
    ends = [
        (link.target, link.source) if number in turned else (link.source, link.target)
        for number, link in enumerate(links)
    ]
    layers = _layers(sizes, links, ends)
    grid = _Grid(sizes, links, ends, layers)
    grid.order()
    grid.place()
    spots = grid.spots()
    return Layout(
        boxes=tuple(spots[: len(sizes)]),
        labels=tuple(spots[way[-2]] for way in grid.ways),
        ways=tuple(tuple(spots[each] for each in way) for way in grid.ways),
        turned=turned,
        width=max((each.x + each.width / 2 for each in spots), default=0),
        height=max((each.bottom for each in spots), default=0),
    )


def _turned(count: int, links: Sequence[Link]) -> frozenset[int]:
    """Return the links that lead back to a box from which one came."""
    leaving: list[list[int]] = [[] for _ in range(count)]
    for number, link in enumerate(links):
        leaving[link.source].append(number)
    found: set[int] = set()
    seen: set[int] = set()
    for first in range(count):
        if first in seen:
            continue
        seen.add(first)
        within = {first}
        way = [(first, iter(leaving[first]))]
        while way:
            here, rest = way[-1]
            following = next(rest, None)
            if following is None:
                way.pop()
                within.discard(here)
                continue
            there = links[following].target
            if there in within:
                found.add(following)
            elif there not in seen:
                seen.add(there)
                within.add(there)
                way.append((there, iter(leaving[there])))
    return frozenset(found)


def _layers(
    sizes: Sequence[Size], links: Sequence[Link], ends: Sequence[tuple[int, int]]
) -> list[int]:
    """Return the layer of each box: below all that lead to it, where there is room."""
    rooms = [size.width for size in sizes]
    labels = [0] * len(sizes)
    above = [0] * len(sizes)
    below: list[list[int]] = [[] for _ in sizes]
    for link, (upper, lower) in zip(links, ends, strict=True):
        labels[lower] += (link.label.width or _PASSAGE) + _GAP
        above[lower] += 1
        below[upper].append(lower)
    layers = [0] * len(sizes)
    used: dict[int, int] = {}
    ready = [box for box, count in enumerate(above) if not count]
    for box in ready:
        room = max(rooms[box] + _GAP, labels[box])
        while used.get(layers[box], 0) and used[layers[box]] + room > _LIMIT:
            layers[box] += 1
        used[layers[box]] = used.get(layers[box], 0) + room
        for lower in below[box]:
            layers[lower] = max(layers[lower], layers[box] + 1)
            above[lower] -= 1
            if not above[lower]:
                ready.append(lower)
    return layers


class _Grid:
    """Arrange boxes, labels and passages in rows: boxes in even rows, labels in odd ones."""

    def __init__(
        self,
        sizes: Sequence[Size],
        links: Sequence[Link],
        ends: Sequence[tuple[int, int]],
        layers: Sequence[int],
    ) -> None:
        self.sizes = list(sizes)
        self.rows: list[list[int]] = [[] for _ in range(2 * max(layers, default=0) + 1)]
        self.row_of: list[int] = []
        for box, layer in enumerate(layers):
            self.rows[2 * layer].append(box)
            self.row_of.append(2 * layer)
        self.passages: dict[tuple[int, int], int] = {}
        self.ways = [
            self.way(number, links[number], upper, lower)
            for number, (upper, lower) in enumerate(ends)
        ]
        self.above: list[list[int]] = [[] for _ in self.sizes]
        self.below: list[list[int]] = [[] for _ in self.sizes]
        joined = {pair for way in self.ways for pair in pairwise(way)}
        for upper, lower in sorted(joined):
            self.below[upper].append(lower)
            self.above[lower].append(upper)
        self.middles = [0.0] * len(self.sizes)

    def way(self, number: int, link: Link, upper: int, lower: int) -> list[int]:
        """Return what a link passes; its label stands in the last row before its lower end."""
        # Links that leave one box go together, but for those that lead up.
        shared = upper if link.source == upper else -1 - number
        last = self.row_of[lower] - 1
        passed = [self.passage(shared, row) for row in range(self.row_of[upper] + 1, last)]
        has_label = link.label.width > 0
        label = self.add(link.label, last) if has_label else self.passage(shared, last)
        return [upper, *passed, label, lower]

    def passage(self, shared: int, row: int) -> int:
        """Return where arrows that go together pass a row."""
        if (shared, row) not in self.passages:
            self.passages[shared, row] = self.add(Size(_PASSAGE, 0), row)
        return self.passages[shared, row]

    def add(self, size: Size, row: int) -> int:
        """Add something to a row."""
        self.sizes.append(size)
        self.row_of.append(row)
        added = len(self.sizes) - 1
        # What passes a row passes in the middle of what is in it so far.
        middle = len(self.rows[row]) // 2 if self.is_passage(added) else len(self.rows[row])
        self.rows[row].insert(middle, added)
        return added

    # The order within rows.

    def order(self) -> None:
        """Put each row in the order of what it is joined to; keep the best order found."""
        best = (self.crossings(), [list(row) for row in self.rows])
        for sweep in range(_SWEEPS):
            places = [0] * len(self.sizes)
            down = sweep % 2 == 0
            joined = self.above if down else self.below
            for row in self.rows if down else reversed(self.rows):
                for place, each in enumerate(row):
                    places[each] = place
                keys = {
                    each: (
                        _mean([places[other] for other in joined[each]], places[each]),
                        place,
                    )
                    for place, each in enumerate(row)
                }
                row.sort(key=keys.__getitem__)
                for place, each in enumerate(row):
                    places[each] = place
            found = self.crossings()
            if found < best[0]:
                best = (found, [list(row) for row in self.rows])
        self.rows = best[1]

    def crossings(self) -> int:
        """Count how often two arrows cross."""
        found = 0
        for upper, lower in pairwise(self.rows):
            places = {each: place for place, each in enumerate(lower)}
            seen: list[int] = []
            for each in upper:
                ends = sorted(places[other] for other in self.below[each])
                found += sum(len(seen) - bisect_right(seen, end) for end in ends)
                for end in ends:
                    insort(seen, end)
        return found

    # Places in pixels.

    def place(self) -> None:
        """Move everything as near to what it is joined to as its neighbours allow.

        Boxes move first, as if they were joined directly; labels then go above their box.
        """
        boxes, labels = self.rows[::2], self.rows[1::2]
        for row in self.rows:
            self.settle(row, [0.0] * len(row))
        for sweep in range(_SWEEPS):
            is_down = sweep % 2 == 0
            for row in boxes if is_down else reversed(boxes):
                self.settle(row, [self.wanted(each, is_down=is_down) for each in row])
        for row in labels:
            self.settle(row, [self.beside(each) for each in row])

    def wanted(self, each: int, *, is_down: bool) -> float:
        """Return where a box or a passage wants to be."""
        above = [far for near in self.above[each] for far in self.above[near]]
        below = [far for near in self.below[each] for far in self.below[near]]
        if self.is_passage(each):
            near = [*above, *filter(self.is_passage, below)]
        else:
            near = (above or below) if is_down else (below or above)
        return _mean([self.middles[other] for other in near], self.middles[each])

    def beside(self, each: int) -> float:
        """Return where a label or a passage between two layers of boxes wants to be."""
        joined = self.above[each] if self.is_passage(each) else self.below[each]
        return _mean([self.middles[other] for other in joined], self.middles[each])

    def is_passage(self, each: int) -> bool:
        """Say whether something is no box and no label, and is to be straight."""
        return not self.sizes[each].height

    def settle(self, row: Sequence[int], wanted: Sequence[float]) -> None:
        """Put a row where it wants to be, as nearly as can be without any overlap."""
        offsets = [0.0]
        for left, right in pairwise(row):
            room = (self.room(left) + self.room(right)) / 2 + _GAP
            offsets.append(offsets[-1] + room)
        shifted = [each - offset for each, offset in zip(wanted, offsets, strict=False)]
        weights = [_STRAIGHT if self.is_passage(each) else 1 for each in row]
        rising = _rising(shifted, weights)
        for each, middle, offset in zip(row, rising, offsets, strict=False):
            self.middles[each] = middle + offset

    def room(self, each: int) -> int:
        """Return how wide something is, the widest label above it included."""
        size = self.sizes[each]
        if self.row_of[each] % 2 or self.is_passage(each):
            return size.width
        return max(size.width, *(self.sizes[label].width for label in self.above[each]), 0)

    def spots(self) -> list[Spot]:
        """Return where everything is, the leftmost at 0."""
        left = min(
            (self.middles[each] - size.width / 2 for each, size in enumerate(self.sizes)),
            default=0,
        )
        spots: dict[int, Spot] = {}
        y = 0.0
        for number, row in enumerate(self.rows):
            height = max((self.sizes[each].height for each in row), default=0)
            for each in row:
                size = self.sizes[each]
                # What is no box fills its row, so that arrows cross it straight.
                kept = height if number % 2 or self.is_passage(each) else size.height
                x = self.middles[each] - left
                spots[each] = Spot(x=x, y=y, width=size.width, height=kept, floor=y + height)
            y += height + self.distance(row)
        return [spots[each] for each in range(len(self.sizes))]

    def distance(self, row: Sequence[int]) -> float:
        """Return the room below a row: more where arrows go far to the side."""
        shifts = (
            abs(self.middles[each] - self.middles[other])
            for each in row
            for other in self.below[each]
        )
        return min(_MOST_HEIGHT, _HEIGHT + max(shifts, default=0) / 12)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _rising(values: Iterable[float], weights: Iterable[int]) -> list[float]:
    """Return the nearest numbers, by their weighted squares, that never fall."""
    pools: list[tuple[float, int, int]] = []
    for value, given in zip(values, weights, strict=True):
        total, weight, count = value * given, given, 1
        while pools and pools[-1][0] / pools[-1][1] > total / weight:
            before, heavy, size = pools.pop()
            total, weight, count = total + before, weight + heavy, count + size
        pools.append((total, weight, count))
    return [total / weight for total, weight, count in pools for _ in range(count)]
