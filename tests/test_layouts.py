"""Where boxes and arrows go: nothing overlaps, arrows begin and end where they should."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudpbx._layouts import Layout, Link, Size, Spot, laid_out

NONE = Size(0, 0)
BOX = Size(100, 40)


def chain(*pairs: tuple[int, int], label: Size = NONE) -> list[Link]:
    """Return links between boxes, all with one label."""
    return [Link(source=source, target=target, label=label) for source, target in pairs]


def layers_of(layout: Layout) -> list[int]:
    """Return in which row each box is, from the top."""
    tops = sorted({box.y for box in layout.boxes})
    return [tops.index(box.y) for box in layout.boxes]


@pytest.mark.parametrize(
    ("count", "pairs", "layers"),
    [
        pytest.param(1, [], [0], id="one box"),
        pytest.param(2, [], [0, 0], id="two boxes, not joined"),
        pytest.param(3, [(0, 1), (1, 2)], [0, 1, 2], id="a chain"),
        pytest.param(3, [(0, 1), (0, 2)], [0, 1, 1], id="a fork"),
        pytest.param(3, [(0, 1), (0, 2), (1, 2)], [0, 1, 2], id="the longest way counts"),
        pytest.param(4, [(0, 1), (1, 2), (2, 3), (0, 3)], [0, 1, 2, 3], id="a short cut"),
        pytest.param(3, [(0, 1), (1, 2), (2, 1)], [0, 1, 2], id="back and forth"),
        pytest.param(3, [(0, 1), (1, 2), (2, 0)], [0, 1, 2], id="a circle"),
        pytest.param(3, [(2, 1), (1, 0)], [2, 1, 0], id="from the last"),
    ],
)
def test_layers(count: int, pairs: list[tuple[int, int]], layers: list[int]) -> None:
    """A box is below all that lead to it, but for what leads back."""
    assert layers_of(laid_out([BOX] * count, chain(*pairs))) == layers


def test_a_layer_that_is_full_goes_on_below() -> None:
    """Boxes beside each other become no wider than a screen."""
    layout = laid_out([BOX] * 31, chain(*((0, each) for each in range(1, 31))))

    assert max(layers_of(layout)) > 1
    assert layout.width <= 1_100


def test_what_is_empty_takes_no_room() -> None:
    """No boxes are laid out as nothing."""
    layout = laid_out([], [])

    assert (layout.width, layout.height, layout.boxes) == (0, 0, ())


def test_links_that_lead_up_are_told() -> None:
    """Of two links back and forth, the one that is found second is turned."""
    assert laid_out([BOX] * 2, chain((0, 1), (1, 0))).turned == {1}


def test_links_of_one_box_pass_a_layer_together() -> None:
    """Links that leave one box share their way down to where they part."""
    layout = laid_out([BOX] * 5, chain((0, 1), (1, 2), (2, 3), (2, 4), (0, 3), (0, 4)))

    assert layout.ways[4][:-2] == layout.ways[5][:-2]


def test_fewer_links_cross() -> None:
    """Boxes change places where links would cross needlessly."""
    layout = laid_out([BOX] * 5, chain((0, 1), (0, 2), (1, 4), (2, 3)))
    boxes = layout.boxes

    assert (boxes[1].x < boxes[2].x) == (boxes[4].x < boxes[3].x)


def test_a_chain_is_straight() -> None:
    """Boxes that lead to each other alone stand below each other."""
    layout = laid_out(
        [Size(width, 30) for width in (50, 200, 90)], chain((0, 1), (1, 2), label=Size(60, 14))
    )

    assert len({round(spot.x, 6) for spot in (*layout.boxes, *layout.labels)}) == 1


sizes = st.builds(Size, st.integers(10, 200), st.integers(10, 90))
labels = st.just(NONE) | st.builds(Size, st.integers(10, 120), st.integers(10, 60))


@st.composite
def drawings(draw: st.DrawFn) -> tuple[list[Size], list[Link]]:
    """Draw boxes with links between them, circles among them."""
    boxes = draw(st.lists(sizes, min_size=2, max_size=12))
    ends = st.tuples(st.integers(0, len(boxes) - 1), st.integers(0, len(boxes) - 1))
    pairs = draw(st.lists(ends.filter(lambda pair: pair[0] != pair[1]), unique=True))
    return boxes, [Link(source=one, target=two, label=draw(labels)) for one, two in pairs]


def overlap(one: Spot, two: Spot) -> bool:
    """Say whether two things share a place."""
    aside = abs(one.x - two.x) >= (one.width + two.width) / 2
    return not aside and one.y < two.bottom and two.y < one.bottom


@given(drawings())
def test_nothing_overlaps(drawing: tuple[list[Size], list[Link]]) -> None:
    """No box and no label shares a place with another, and no arrow passes through one."""
    boxes, links = drawing
    layout = laid_out(boxes, links)
    shown = [spot for spot, link in zip(layout.labels, links, strict=True) if link.label.width]
    solid = [*layout.boxes, *shown]
    passed = {spot for way in layout.ways for spot in way[1:-1]} - set(shown)

    assert [(spot.width, spot.height) for spot in layout.boxes] == [
        (size.width, size.height) for size in boxes
    ]
    assert not any(overlap(one, two) for one, two in combinations(solid, 2))
    assert not any(overlap(one, two) for one in passed if one.height for two in solid)
    assert all(spot.x - spot.width / 2 + 1e-6 >= 0 for spot in solid)
    assert all(spot.x + spot.width / 2 <= layout.width + 1e-6 for spot in solid)
    assert all(spot.bottom <= layout.height for spot in solid)


@given(drawings())
def test_a_way_leads_down_from_box_to_box(drawing: tuple[list[Size], list[Link]]) -> None:
    """The way of a link begins at the upper box, ends at the lower, and only goes down."""
    boxes, links = drawing
    layout = laid_out(boxes, links)
    for number, link in enumerate(links):
        way = layout.ways[number]
        ends = (link.source, link.target)
        upper, lower = reversed(ends) if number in layout.turned else ends
        assert (way[0], way[-1]) == (layout.boxes[upper], layout.boxes[lower])
        assert way[-2] == layout.labels[number]
        assert all(above.floor <= below.y for above, below in pairwise(way))
