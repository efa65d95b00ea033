"""A calendar as SVG: weeks as rows, a small bar of hours in each day.

Here: where days, bars and the lines below them go. Not here: bars, legends and colours
(`_render`), or what a day holds; each area says that.
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from attrs import frozen

from cloudpbx._columns import cut, display_width
from cloudpbx._render import (
    BAR,
    CELL,
    INK,
    LANE,
    LINE,
    LONGEST_TITLE,
    MARGIN,
    QUIET,
    Bar,
    LegendEntry,
    escaped,
    svg_bar,
    svg_document,
    svg_legend,
    svg_rect,
    svg_text,
)

__all__ = ["GridDay", "calendar_chart"]

# Lengths in pixels.
_COLUMN: Final = 120
_PITCH: Final = 66
_DAY: Final = 60
_PADDING: Final = 6
_TOP: Final = 68
_NOTE: Final = 32
_AXIS: Final = _COLUMN - 4 - 2 * _PADDING

_LONGEST_NOTE: Final = 14
"""Columns of text that a day has room for beside its number."""


@frozen(kw_only=True)
class GridDay:
    """Draw one day of a calendar.

    Attributes:
        column: Which column it stands in, from 0.
        label: What stands at its top left.
        note: What stands beside the label, in small letters.
        tooltip: What is said when it is pointed at.
        bars: The bars of its hours, which do not overlap.
    """

    column: int
    label: str
    note: str = ""
    tooltip: str = ""
    bars: tuple[Bar, ...] = ()


def calendar_chart(
    days: Sequence[GridDay],
    *,
    title: str,
    description: str,
    head: Sequence[str],
    end: float,
    legend: Sequence[LegendEntry] = (),
    notes: Sequence[Sequence[str]] = (),
    lang: str = "en",
) -> str:
    """Draw days in rows that begin with column 0, as an SVG document.

    Args:
        days: The days in their order.
        title: What stands above the calendar.
        description: The same facts in words, for who cannot see the calendar.
        head: The names of the columns.
        end: The last place on the axis of each day.
        legend: What stands below the calendar.
        notes: Lines below the legend, in aligned columns.
        lang: The language of the texts.
    """
    width = 2 * MARGIN + _COLUMN * len(head)
    body = [svg_text(MARGIN, MARGIN + 12, "", INK, mark=cut(title, LONGEST_TITLE), size=14)]
    for column, name in enumerate(head):
        body.append(svg_text(_left(column) + _PADDING, _TOP - 8, name, QUIET, size=11))
    top = _TOP
    for number, day in enumerate(days):
        if number and day.column == 0:
            top += _PITCH
        body += _drawn(day, top, end)
    y = top + _PITCH + _PADDING
    body += svg_legend(legend, y, width)
    y += LINE * sum(max(1, len(entry.details)) for entry in legend)
    if notes:
        y += _PADDING
        body += _noted(notes, y, width)
        y += LINE * len(notes)
    return svg_document(
        body,
        width=width,
        height=y + MARGIN // 2,
        title=title,
        description=description,
        lang=lang,
    )


def _left(column: int) -> int:
    return MARGIN + _COLUMN * column


def _drawn(day: GridDay, top: int, end: float) -> list[str]:
    left = _left(day.column)
    lines = [
        "<g>",
        f"<title>{escaped(day.tooltip)}</title>",
        svg_rect(left, top, _COLUMN - 4, _DAY, LANE),
        svg_text(left + _PADDING, top + 17, "", INK, mark=day.label),
    ]
    if day.note:
        note = cut(day.note, _LONGEST_NOTE)
        lines.append(svg_text(left + _NOTE, top + 17, note, INK, size=10))
    lines.append("</g>")
    for bar in sorted(day.bars, key=lambda bar: bar.color is None):
        bar_top = top + _DAY - BAR - _PADDING
        lines += svg_bar(bar, left + _PADDING, bar_top, _AXIS / end)
    return lines


def _noted(notes: Sequence[Sequence[str]], y: int, width: int) -> Iterable[str]:
    columns = list(zip_longest(*notes, fillvalue=""))
    widths = [max(map(display_width, column)) for column in columns]
    for number, row in enumerate(notes):
        x = MARGIN
        for place, text in enumerate(row):
            ink = INK if place < len(row) - 1 else QUIET
            room = (width - MARGIN - x) // CELL
            yield svg_text(x, y + 12 + LINE * number, cut(text, room), ink)
            x += CELL * (widths[place] + 2)
