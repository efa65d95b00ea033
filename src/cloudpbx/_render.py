"""Pictures as plain strings: tables of HTML, charts of SVG.

Here: escaping, the colours, tables, the parts of a chart, and one chart, rows of bars on
an axis. Not here: widths and columns of text (`_columns`), calendars (`_grids`), or what
is drawn; each area says that.

A picture stands alone: no script, no font, no address, and no `id` that could clash
with another picture on the page. It brings its own card, light or dark as the reader's
system is, so it is legible on any page. A colour never says anything alone: a mark or a
text always stands beside it.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from attrs import frozen

from cloudpbx._columns import cut, display_width, one_line, text_columns

__all__ = [
    "BAR",
    "CELL",
    "COLORS",
    "INK",
    "LANE",
    "LINE",
    "LONGEST_TITLE",
    "MARGIN",
    "QUIET",
    "Bar",
    "BarRow",
    "LegendEntry",
    "bar_chart",
    "cut",
    "display_width",
    "escaped",
    "html_table",
    "one_line",
    "svg_bar",
    "svg_document",
    "svg_legend",
    "svg_rect",
    "svg_text",
    "text_columns",
]

COLORS: Final = (
    ("#56b4e9", "#000000"),
    ("#e69f00", "#000000"),
    ("#009e73", "#000000"),
    ("#cc79a7", "#000000"),
    ("#f0e442", "#000000"),
    ("#0072b2", "#ffffff"),
    ("#999999", "#000000"),
)
"""Fills that colour-blind people can tell apart (Okabe and Ito), each with its ink."""

_WARNING: Final = "#d55e00"
"""The one colour of that palette kept for what is missing."""

_FONTS: Final = (
    "system-ui, -apple-system, 'Segoe UI', 'Hiragino Sans', 'Noto Sans CJK JP', "
    "'Noto Sans JP', 'Yu Gothic UI', Meiryo, sans-serif"
)
_DARK: Final = (
    "@media (prefers-color-scheme: dark) {"
    " .cloudpbx-card { fill: #1c2026; stroke: #3b424b } .cloudpbx-ink { fill: #e8eaed }"
    " .cloudpbx-quiet { fill: #a3abb5 } .cloudpbx-lane { fill: #272c33 }"
    " .cloudpbx-grid { stroke: #3b424b } .cloudpbx-edge { stroke: #1c2026 } }"
)
_CARD: Final = 'class="cloudpbx-card" fill="#ffffff" stroke="#dfe3e8"'
INK: Final = 'class="cloudpbx-ink" fill="#1f2328"'
QUIET: Final = 'class="cloudpbx-quiet" fill="#656d76"'
LANE: Final = 'class="cloudpbx-lane" fill="#f3f5f7" fill-opacity="0.7"'
_GRID: Final = 'class="cloudpbx-grid" stroke="#d5dae0"'
_HOLLOW: Final = f'fill="none" pointer-events="all" stroke="{_WARNING}" stroke-width="1.5"'
_EDGE: Final = 'class="cloudpbx-edge" stroke="#ffffff"'

# Lengths in pixels. A cell is the room for one narrow character at the font's size.
CELL: Final = 7
MARGIN: Final = 20
_PLOT: Final = 720
_TOP: Final = 68
_ROW: Final = 32
BAR: Final = 24
_ARROW: Final = 12
_NARROW: Final = 10
LINE: Final = 22
_SWATCH: Final = 16

_CELL_STYLE: Final = "text-align:left;vertical-align:top;padding:2px 10px"

# Lengths in cells.
LONGEST_TITLE: Final = 84
_LONGEST_LABEL: Final = 24
_LONGEST_ENTRY: Final = 44
_SHORTEST_CUT: Final = 4

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """Write text so that HTML and SVG show it and never obey it.

    >>> escaped("<b>&")
    '&lt;b&gt;&amp;'
    """
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def html_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, colors: Sequence[int | None] = ()
) -> str:
    """Write a table; a line break in a cell is kept.

    Args:
        head: The names of the columns.
        rows: The cells of each row.
        colors: For each row the colour of its first cell, a place in `COLORS`; None
            for what is missing. Left out, no cell has a colour.
    """
    styles = [_cell_style(color) for color in colors]
    lines = [
        '<table class="cloudpbx" style="border-collapse:collapse"><thead><tr>',
        *(f'<th scope="col" style="{_CELL_STYLE}">{escaped(cell)}</th>' for cell in head),
        "</tr></thead><tbody>",
    ]
    for number, row in enumerate(rows):
        first = styles[number] if styles else _CELL_STYLE
        cells = [
            f'<td style="{_CELL_STYLE if place else first}">'
            f"{escaped(cell).replace(chr(10), '<br/>')}</td>"
            for place, cell in enumerate(row)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def _cell_style(color: int | None) -> str:
    if color is None:
        return f"{_CELL_STYLE};font-weight:bold;color:{_WARNING}"
    fill, ink = COLORS[color % len(COLORS)]
    return f"{_CELL_STYLE};font-weight:bold;background:{fill};color:{ink}"


@frozen(kw_only=True)
class Bar:
    """Draw one stretch of a row.

    Attributes:
        start: Where it begins, in units of the axis.
        end: Where it ends; None for an end that nobody knows, drawn as an arrow.
        color: A place in `COLORS`, counted round; None for what is missing, drawn hollow.
        mark: One character that stands for the bar in a legend; may be empty.
        text: What is written on the bar as far as there is room.
        tooltip: What is said when it is pointed at.
    """

    start: float
    end: float | None
    color: int | None
    mark: str = ""
    text: str = ""
    tooltip: str = ""


@frozen(kw_only=True)
class BarRow:
    """Draw one row of bars.

    Attributes:
        label: What stands before the bars.
        note: What stands below the label, in small letters.
        bars: The bars, which do not overlap.
    """

    label: str
    note: str = ""
    bars: tuple[Bar, ...] = ()


@frozen(kw_only=True)
class LegendEntry:
    """Explain one colour.

    Attributes:
        color: As in `Bar`.
        mark: As in `Bar`.
        text: What the colour stands for.
        details: Lines beside it.
    """

    color: int | None
    mark: str
    text: str
    details: tuple[str, ...] = ()


def bar_chart(
    rows: Sequence[BarRow],
    *,
    title: str,
    description: str,
    ticks: Sequence[tuple[float, str]],
    end: float,
    legend: Sequence[LegendEntry] = (),
    lang: str = "en",
) -> str:
    """Draw rows of bars on an axis from 0 to `end`, as an SVG document.

    Args:
        rows: The rows, from the top down.
        title: What stands above the chart.
        description: The same facts in words, for who cannot see the chart.
        ticks: Places on the axis, each with its text.
        end: The last place on the axis.
        legend: What stands below the chart.
        lang: The language of the texts.
    """
    labels = [(cut(row.label, _LONGEST_LABEL), cut(row.note, _LONGEST_LABEL)) for row in rows]
    left = MARGIN + CELL * max(
        (2 + display_width(text) for label in labels for text in label), default=0
    )
    bottom = _TOP + _ROW * len(rows)
    scale = _PLOT / end
    body = [svg_text(MARGIN, MARGIN + 12, "", INK, mark=cut(title, LONGEST_TITLE), size=14)]
    for at, text in ticks:
        x = left + at * scale
        body += [
            svg_text(x, _TOP - 8, text, QUIET, size=11, anchor="middle"),
            f'<path d="M{_number(x)} {_TOP - 2}V{bottom}" {_GRID}/>',
        ]
    for number, (row, (label, note)) in enumerate(zip(rows, labels, strict=True)):
        middle = _TOP + _ROW * number + _ROW // 2
        shift = 3 if note else -4
        body += [
            "<g>",
            f"<title>{escaped(f'{row.label} {row.note}'.strip())}</title>",
            svg_text(MARGIN, middle - shift, label, INK),
            *([svg_text(MARGIN, middle + 10, note, QUIET, size=10)] if note else ()),
            "</g>",
            svg_rect(left, middle - BAR // 2, _PLOT, BAR, LANE),
        ]
        # What is missing is drawn last, so that no neighbour hides a narrow one.
        for bar in sorted(row.bars, key=lambda bar: bar.color is None):
            body += svg_bar(bar, left, middle - BAR // 2, scale)
    width = left + _PLOT + _ARROW + MARGIN
    body += svg_legend(legend, bottom + MARGIN, width)
    lines = sum(max(1, len(entry.details)) for entry in legend)
    height = bottom + MARGIN + (lines * LINE + MARGIN // 2 if legend else 0)
    return svg_document(
        body, width=width, height=height, title=title, description=description, lang=lang
    )


def svg_document(
    body: Iterable[str], *, width: int, height: int, title: str, description: str, lang: str
) -> str:
    """Put what was drawn on a card, with its title and description in words."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" style="max-width:100%;height:auto" role="img" '
        f'lang="{escaped(lang)}" aria-label="{escaped(title)}" font-family="{_FONTS}">'
    )
    return "\n".join(
        [
            head,
            f"<title>{escaped(title)}</title>",
            f"<desc>{escaped(description)}</desc>",
            f"<style>{_DARK}</style>",
            svg_rect(0.5, 0.5, width - 1, height - 1, _CARD, rx=8),
            *body,
            "</svg>",
        ]
    )


def svg_bar(bar: Bar, left: int, top: int, scale: float) -> list[str]:
    """Draw a bar on an axis that begins at `left`, with `scale` pixels for a unit."""
    # Rounded places, not rounded widths: bars that touch stay touching.
    low = round(left + bar.start * scale, 3)
    high = left + _PLOT if bar.end is None else round(left + bar.end * scale, 3)
    width = high - low
    narrow = width < _NARROW
    ink, paint = _paint(bar.color)
    if bar.color is None:
        paint += "" if narrow else ' stroke-dasharray="4 3"'
    elif not narrow:
        paint += f" {_EDGE}"
    if bar.end is None:
        middle, tip = top + BAR // 2, _number(high + _ARROW)
        edge = f"H{_number(high)}L{tip} {middle}L{_number(high)} {top + BAR}"
        drawn = f'<path d="M{_number(low)} {top}{edge}H{_number(low)}Z" {paint}/>'
    else:
        drawn = svg_rect(low, top, width, BAR, paint, rx=0 if narrow else 3)
    lines = ["<g>", f"<title>{escaped(bar.tooltip or bar.text)}</title>", drawn]
    centre, baseline = (low + high) / 2, top + 16
    cells = int(width) // CELL - 1
    room = cells - (display_width(bar.mark) + 1 if bar.mark else 0)
    if bar.text and room >= min(_SHORTEST_CUT, display_width(bar.text)):
        lines.append(svg_text(low + CELL, baseline, cut(bar.text, room), ink, mark=bar.mark))
    elif bar.mark and cells >= display_width(bar.mark):
        lines.append(svg_text(centre, baseline, "", ink, mark=bar.mark, anchor="middle"))
    elif bar.color is None:
        lines.append(f'<path d="M{_number(centre)} {top + 2}l-4 -6h8z" {ink}/>')
    return [*lines, "</g>"]


def _paint(color: int | None) -> tuple[str, str]:
    """Return the ink of what is written on a colour, and the colour."""
    if color is None:
        return f'fill="{_WARNING}"', _HOLLOW
    fill, ink = COLORS[color % len(COLORS)]
    return f'fill="{ink}"', f'fill="{fill}"'


def svg_legend(entries: Sequence[LegendEntry], y: int, width: int) -> list[str]:
    """Explain colours from `y` on, a line for each detail."""
    texts = [cut(entry.text, _LONGEST_ENTRY) for entry in entries]
    first = MARGIN + _SWATCH + CELL + 3
    second = first + CELL * max((2 + display_width(text) for text in texts), default=0)
    room = (width - second - MARGIN) // CELL
    lines: list[str] = []
    for entry, text in zip(entries, texts, strict=True):
        ink, paint = _paint(entry.color)
        lines += [
            "<g>",
            f"<title>{escaped(chr(10).join([entry.text, *entry.details]))}</title>",
            svg_rect(MARGIN, y, _SWATCH, _SWATCH, paint),
            svg_text(MARGIN + _SWATCH / 2, y + 12, "", ink, mark=entry.mark, anchor="middle"),
            svg_text(first, y + 12, text, INK),
            *(
                svg_text(second, y + 12 + LINE * number, cut(detail, room), QUIET)
                for number, detail in enumerate(entry.details)
            ),
            "</g>",
        ]
        y += LINE * max(1, len(entry.details))
    return lines


def svg_text(
    x: float, y: float, text: str, ink: str, *, mark: str = "", size: int = 12, anchor: str = ""
) -> str:
    """Write text, after a mark in bold letters when there is one."""
    bold = f'<tspan font-weight="600">{escaped(mark)}</tspan>' if mark else ""
    more = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" font-size="{size}" {ink}{more}>'
        f"{' '.join(filter(None, (bold, escaped(text))))}</text>"
    )


def svg_rect(
    x: float, y: float, width: float, height: float, paint: str, *, rx: int = 3
) -> str:
    """Draw a rectangle with rounded corners."""
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" '
        f'height="{_number(height)}" rx="{rx}" {paint}/>'
    )


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
