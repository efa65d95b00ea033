"""Boxes and arrows as SVG.

Here: texts in boxes, arrows with labels. Not here: where they go (`_layouts`), colours and
cards (`_render`), or what is drawn; each area says that.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from unicodedata import category, east_asian_width

from attrs import frozen

from cloudpbx._columns import cut, display_width, one_line
from cloudpbx._layouts import Layout, Link, Size, Spot, laid_out
from cloudpbx._render import (
    CELL,
    COLORS,
    INK,
    LANE,
    LONGEST_TITLE,
    MARGIN,
    QUIET,
    escaped,
    svg_document,
    svg_rect,
    svg_text,
)

__all__ = ["Arrow", "Box", "diagram_chart", "wrapped"]

_TOP: Final = 50
_LINE: Final = 16
_SMALL_LINE: Final = 14
_SMALL_CELL: Final = 6
_PADDING: Final = 10
_HEAD: Final = 8
_STROKE: Final = "#7d8590"
"""One grey that can be seen on a light and on a dark card."""

# Lengths in cells.
_LONGEST_TITLE: Final = 26
_LONGEST_LINE: Final = 32
_LONGEST_LABEL: Final = 22
_MOST_LINES: Final = 8

_SMALL: Final = 11
_LARGE: Final = 12


@frozen(kw_only=True)
class Box:
    """Draw one box.

    Attributes:
        title: What it is, in bold letters.
        lines: What else there is to say.
        color: A place in `COLORS`, counted round.
        is_round: Whether it has round ends.
    """

    title: str
    lines: tuple[str, ...] = ()
    color: int = 0
    is_round: bool = False


@frozen(kw_only=True)
class Arrow:
    """Lead from one box to another.

    Attributes:
        source: The place of the box that it leaves.
        target: The place of the box that it comes to.
        lines: What stands on it.
    """

    source: int
    target: int
    lines: tuple[str, ...] = ()


def diagram_chart(
    boxes: Sequence[Box], arrows: Sequence[Arrow], *, title: str, description: str, lang: str
) -> str:
    """Draw boxes in layers with arrows from the top down, as an SVG document.

    Args:
        boxes: The boxes, the first at the top.
        arrows: The arrows, at most one from one box to another.
        title: What stands above the drawing.
        description: The same facts in words, for who cannot see the drawing.
        lang: The language of the texts.
    """
    titles = [wrapped((box.title,), _LONGEST_TITLE, 2) for box in boxes]
    texts = [wrapped(box.lines, _LONGEST_LINE, _MOST_LINES) for box in boxes]
    labels = [wrapped(arrow.lines, _LONGEST_LABEL, _MOST_LINES) for arrow in arrows]
    layout = laid_out(
        list(map(_box_size, titles, texts)),
        [
            Link(source=arrow.source, target=arrow.target, label=_label_size(label))
            for arrow, label in zip(arrows, labels, strict=True)
        ],
    )
    heading = cut(title, LONGEST_TITLE)
    body = [svg_text(MARGIN, MARGIN + 12, "", INK, mark=heading, size=14)]
    width = max(layout.width, (CELL + 1) * display_width(heading))
    left = MARGIN + (width - layout.width) / 2
    body.append(f'<g transform="translate({round(left)} {_TOP})">')
    for number, arrow in enumerate(arrows):
        body += _arrow(arrow, boxes, labels[number], layout, number)
    for box, spot, head, lines in zip(boxes, layout.boxes, titles, texts, strict=True):
        body += _box(box, spot, head, lines)
    body.append("</g>")
    return svg_document(
        body,
        width=round(width) + 2 * MARGIN,
        height=round(layout.height) + _TOP + MARGIN,
        title=title,
        description=description,
        lang=lang,
    )


def _box_size(head: Sequence[str], lines: Sequence[str]) -> Size:
    wide = max(map(display_width, head)) * CELL
    small = max(map(display_width, lines), default=0) * _SMALL_CELL
    return Size(max(wide, small) + 2 * _PADDING, (len(head) + len(lines)) * _LINE + _PADDING)


def _label_size(lines: Sequence[str]) -> Size:
    cells = max(map(display_width, lines), default=0)
    return Size(cells * _SMALL_CELL + 4 if cells else 0, len(lines) * _SMALL_LINE)


def _box(box: Box, spot: Spot, head: Sequence[str], lines: Sequence[str]) -> list[str]:
    x, y = round(spot.x - spot.width / 2), round(spot.y)
    fill, _ = COLORS[box.color % len(COLORS)]
    rx = min(14, spot.height // 2) if box.is_round else 3
    middle, baseline = x + spot.width / 2, y + _LINE
    drawn = [
        '<g class="cloudpbx-box">',
        f"<title>{escaped(chr(10).join([box.title, *box.lines]))}</title>",
        svg_rect(
            x, y, spot.width, spot.height, f'{LANE} stroke="{fill}" stroke-width="2"', rx=rx
        ),
    ]
    for text in head:
        drawn.append(
            svg_text(middle, baseline, "", INK, mark=text, anchor="middle", size=_LARGE)
        )
        baseline += _LINE
    for text in lines:
        drawn.append(svg_text(middle, baseline, text, QUIET, anchor="middle", size=_SMALL))
        baseline += _LINE
    return [*drawn, "</g>"]


def _arrow(
    arrow: Arrow, boxes: Sequence[Box], lines: Sequence[str], layout: Layout, number: int
) -> list[str]:
    """Draw an arrow through the rows that it passes, and its label in the last of them."""
    way = layout.ways[number]
    is_turned = number in layout.turned
    # An arrow that leads up keeps beside those that lead down.
    side = _HEAD + 4 if is_turned else 0
    first, last = way[0].x + side, way[-1].x + side
    points = [(first, way[0].bottom), (first, way[0].floor)]
    for spot in way[1:-1]:
        points += [(spot.x, spot.y), (spot.x, spot.bottom)]
    points.append((last, way[-1].y))
    path = [f"M{round(points[0][0])} {round(points[0][1])}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        path.append(_step(round(x), round(y), round(to_x), round(to_y)))
    tip, up = (points[0], -1) if is_turned else (points[-1], 1)
    dashes = ' stroke-dasharray="5 3"' if is_turned else ""
    source, target = boxes[arrow.source].title, boxes[arrow.target].title
    drawn = [
        '<g class="cloudpbx-arrow">',
        f"<title>{escaped(' '.join([source, '→', target, *arrow.lines]))}</title>",
        f'<path d="{"".join(path)}" fill="none" stroke="{_STROKE}"{dashes}/>',
        f'<path d="M{round(tip[0])} {round(tip[1])}l-4 {-_HEAD * up}h8z" fill="{_STROKE}"/>',
    ]
    if lines:
        spot = layout.labels[number]
        top = spot.y + (spot.height - len(lines) * _SMALL_LINE) / 2
        card = 'class="cloudpbx-card" fill="#ffffff" style="stroke:none"'
        x = round(spot.x - spot.width / 2)
        drawn.append(svg_rect(x, round(top), spot.width, len(lines) * _SMALL_LINE, card))
        for text in lines:
            top += _SMALL_LINE
            drawn.append(svg_text(spot.x, top - 3, text, INK, anchor="middle", size=_SMALL))
    return [*drawn, "</g>"]


def _step(x: int, y: int, to_x: int, to_y: int) -> str:
    """Return a line straight down, or a curve that begins and ends so."""
    if x == to_x:
        return f"V{to_y}"
    bend = (y + to_y) // 2
    return f"C{x} {bend} {to_x} {bend} {to_x} {to_y}"


def wrapped(texts: Sequence[str], width: int, most: int) -> list[str]:
    """Return texts in lines of a width, not more than some; the last says if it was cut.

    The lines of one text are of nearly one length.

    >>> wrapped(("calls are taken only from: 03, 06",), 22, 6)
    ['calls are taken', 'only from: 03, 06']
    >>> wrapped(("着信を受け付ける地域、東京",), 20, 6)
    ['着信を受け付け', 'る地域、東京']
    """
    lines: list[str] = []
    for text in texts:
        # What could not be shown anyway is not looked at.
        lines += _even(_words(cut(one_line(text), width * (most + 1))), width)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(lines[most - 1], width - 1).removesuffix("…") + "…"]


def _even(words: Sequence[str], width: int) -> list[str]:
    """Return words in as few lines as a width allows, none longer than it needs to be."""
    lines = _filled(words, width)
    for narrower in range(width - 1, 0, -1):
        found = _filled(words, narrower)
        if len(found) > len(lines):
            break
        lines = found
    return lines


def _filled(words: Sequence[str], width: int) -> list[str]:
    """Return words in lines, as much on each as fits."""
    lines: list[str] = []
    line = ""
    for word in words:
        if line and display_width((line + word).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word
        while display_width(line.rstrip()) > width:
            kept = _fitting(line, width)
            lines.append(line[:kept])
            line = line[kept:]
    return [*lines, line.rstrip()]


def _words(text: str) -> list[str]:
    """Part text where a line may end: after a space or comma, and between wide letters."""
    words: list[str] = []
    for char in text:
        before = words[-1][-1:] if words else " "
        is_joined = not _is_wide(char) and not _is_wide(before) and before not in _BREAKS
        if words and (is_joined or _is_closing(char) or _is_opening(before)):
            words[-1] += char
        else:
            words.append(char)
    return words


_BREAKS: Final = " ,/"
"""After what a line of narrow letters may end."""


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in {"W", "F"}


def _is_closing(char: str) -> bool:
    """Say whether a line may not begin with it: marks that close, and long vowels."""
    return char in " 、。，．ー々" or category(char) in {"Pe", "Pf"}


def _is_opening(char: str) -> bool:
    """Say whether a line may not end with it."""
    return category(char) in {"Ps", "Pi"} if char else False


def _fitting(line: str, width: int) -> int:
    """Return how many characters fit, one at least."""
    return max(1, sum(display_width(line[:end]) <= width for end in range(1, len(line))))
