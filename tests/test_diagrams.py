"""Boxes and arrows as SVG: lines of text, and that all is drawn where there is room."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudpbx._columns import display_width
from cloudpbx._diagrams import Arrow, Box, diagram_chart, wrapped

SVG: Final = "{http://www.w3.org/2000/svg}"
WILD = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("texts", "width", "expected"),
    [
        pytest.param((), 10, [], id="nothing"),
        pytest.param(("ring",), 10, ["ring"], id="fits"),
        pytest.param(("ring", "busy"), 10, ["ring", "busy"], id="each text on its own line"),
        pytest.param(("ring one after another",), 16, ["ring one", "after another"], id="even"),
        pytest.param(("a,b,c,d",), 4, ["a,b,", "c,d"], id="after a comma"),
        pytest.param(("0312345678",), 4, ["0312", "3456", "78"], id="a word too long"),
        pytest.param(("着信番号",), 4, ["着信", "番号"], id="wide letters"),
        pytest.param(("着信、番号",), 6, ["着信、", "番号"], id="no mark begins a line"),
        pytest.param(
            ("着信（番号）",), 6, ["着信", "（番", "号）"], id="no bracket ends a line"
        ),
        pytest.param(("a b c d e f g",), 4, ["a b", "c d", "e f…"], id="too many lines"),
        pytest.param(("月火水木",), 1, ["月", "…"], id="wider than a line"),
    ],
)
def test_wrapped(texts: tuple[str, ...], width: int, expected: list[str]) -> None:
    """Texts take lines of a width, three at most here, of nearly one length."""
    assert wrapped(texts, width, 3) == expected


@given(st.lists(WILD, max_size=4), st.integers(2, 20), st.integers(1, 5))
def test_wrapped_text_fits(texts: list[str], width: int, most: int) -> None:
    """No line is wider than it may be, and there are not more than there may be."""
    lines = wrapped(texts, width, most)

    assert len(lines) <= most
    assert all(display_width(line) <= width for line in lines)


@given(st.text(st.characters(exclude_categories=("C", "Z")), max_size=60))
def test_wrapped_text_is_whole(text: str) -> None:
    """Nothing is lost where there is room for all."""
    assert "".join(wrapped((text,), 20, 60)) == text


def groups_of(svg: str, name: str) -> Iterator[ET.Element]:
    """Yield the parts of a drawing that are boxes or arrows."""
    for each in ET.fromstring(svg).iter(f"{SVG}g"):
        if each.get("class") == f"cloudpbx-{name}":
            yield each


def drawn(boxes: list[Box], arrows: list[Arrow], **given: str) -> str:
    """Draw boxes and arrows."""
    words = {"title": "Flow", "description": "What happens.", "lang": "en", **given}
    return diagram_chart(boxes, arrows, **words)


def test_a_drawing_says_what_it_is() -> None:
    """A drawing has a title and the same facts in words, in the language of its texts."""
    root = ET.fromstring(drawn([Box(title="<1001>")], [], lang="ja"))

    assert root.attrib["lang"] == "ja"
    assert [root.findtext(f"{SVG}{name}") for name in ("title", "desc")] == [
        "Flow",
        "What happens.",
    ]


def test_a_box_has_its_texts() -> None:
    """A box shows its title and its lines, and tells all of them when it is pointed at."""
    (box,) = groups_of(drawn([Box(title="1001", lines=("extension", "recorded"))], []), "box")

    assert box.findtext(f"{SVG}title") == "1001\nextension\nrecorded"
    texts = ["".join(text.itertext()) for text in box.iter(f"{SVG}text")]
    assert texts == ["1001", "extension", "recorded"]


def test_texts_stay_within_their_box() -> None:
    """A long text is wrapped, and the box is as high as its lines."""
    long = Box(title="受付" * 12, lines=("after hours, " * 12,))
    (box,) = groups_of(drawn([long], []), "box")
    (rect,) = box.iter(f"{SVG}rect")
    top = float(rect.attrib["y"])
    baselines = [float(text.attrib["y"]) for text in box.iter(f"{SVG}text")]

    assert baselines == sorted(baselines)
    assert top < baselines[0]
    assert baselines[-1] < top + float(rect.attrib["height"])


def test_an_arrow_ends_at_its_box() -> None:
    """An arrow begins at the lower edge of a box, and its head is at the upper edge of one."""
    svg = drawn([Box(title="1"), Box(title="2")], [Arrow(source=0, target=1, lines=("busy",))])
    upper, lower = (
        next(box.iter(f"{SVG}rect")).attrib | {"": ""} for box in groups_of(svg, "box")
    )
    (arrow,) = groups_of(svg, "arrow")
    line, head = (path.attrib["d"] for path in arrow.iter(f"{SVG}path"))

    assert arrow.findtext(f"{SVG}title") == "1 → 2 busy"
    assert line.startswith(f"M{middle(upper)} {int(upper['y']) + int(upper['height'])}")
    assert head.startswith(f"M{middle(lower)} {lower['y']}l")


def test_an_arrow_back_is_dashed_and_points_up() -> None:
    """An arrow that leads up has its head below the upper box, and is dashed."""
    arrows = [Arrow(source=0, target=1), Arrow(source=1, target=0)]
    there, back = groups_of(drawn([Box(title="1"), Box(title="2")], arrows), "arrow")
    paths = [list(arrow.iter(f"{SVG}path")) for arrow in (there, back)]

    assert [line.get("stroke-dasharray") for line, _ in paths] == [None, "5 3"]
    assert [head.attrib["d"].split("l")[1] for _, head in paths] == ["-4 -8h8z", "-4 8h8z"]


def test_a_round_box_has_round_ends() -> None:
    """A round box is as round as it is high, up to a bound."""
    svg = drawn([Box(title="1", is_round=True), Box(title="2")], [])
    rounded = [next(box.iter(f"{SVG}rect")).attrib["rx"] for box in groups_of(svg, "box")]

    assert rounded == ["13", "3"]


def middle(rect: dict[str, str]) -> int:
    """Return the middle of a box."""
    return round(int(rect["x"]) + int(rect["width"]) / 2)
