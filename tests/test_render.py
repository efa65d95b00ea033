"""Pictures as strings: widths, escaping, tables, and where a chart puts its bars."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudpbx._render import (
    COLORS,
    Bar,
    BarRow,
    LegendEntry,
    bar_chart,
    cut,
    display_width,
    escaped,
    html_table,
    one_line,
    text_columns,
)

SVG = "{http://www.w3.org/2000/svg}"
WILD = st.text(st.characters(exclude_categories=()), max_size=30)
PLOT = 720.0


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("mon", 3, id="latin"),
        pytest.param("月曜", 4, id="kanji"),
        pytest.param("ｶﾅ", 2, id="half-width kana"),
        pytest.param("１Ａ", 4, id="full-width forms"),
        pytest.param("か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}", 2, id="combining"),
        pytest.param("☎\N{TELEPHONE RECEIVER}", 3, id="ambiguous is narrow, emoji is wide"),
    ],
)
def test_display_width(text: str, width: int) -> None:
    """Wide and full-width characters take two columns, combining ones none."""
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("ring", 4, "ring", id="fits"),
        pytest.param("rings", 4, "rin…", id="too long by one"),
        pytest.param("ring 1001", 6, "ring…", id="no space before the ellipsis"),
        pytest.param("月火水", 6, "月火水", id="wide, fits"),
        pytest.param("月火水", 5, "月火…", id="wide, fills the room"),
        pytest.param("月火水", 4, "月…", id="wide, half a character left over"),
        pytest.param("ring", 1, "…", id="room for the ellipsis alone"),
        pytest.param("ring", 0, "", id="no room"),
        pytest.param("ring", -3, "", id="less than no room"),
    ],
)
def test_cut(text: str, width: int, expected: str) -> None:
    """Text is cut to a width, and says so."""
    assert cut(text, width) == expected


@given(WILD, st.integers(0, 20))
def test_cut_text_fits(text: str, width: int) -> None:
    """Cut text never takes more room than it was given."""
    assert display_width(cut(text, width)) <= width


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("a b", "a b", id="plain"),
        pytest.param("a\r\n\tb ", "a b", id="white space"),
        pytest.param("山田\N{IDEOGRAPHIC SPACE}太郎", "山田 太郎", id="ideographic space"),
        pytest.param("a\x1b[31mb", "a\N{REPLACEMENT CHARACTER}[31mb", id="escape sequence"),
        pytest.param(
            "1\N{RIGHT-TO-LEFT OVERRIDE}2", "1\N{REPLACEMENT CHARACTER}2", id="turned text"
        ),
        pytest.param(12, "12", id="not text"),
    ],
)
def test_one_line(value: object, expected: str) -> None:
    """A value becomes one line that cannot steer a terminal."""
    assert one_line(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<script>", "&lt;script&gt;", id="tag"),
        pytest.param("a & b", "a &amp; b", id="ampersand"),
        pytest.param("\"'", "&quot;&#x27;", id="quotes"),
        pytest.param("a\x00\ud800b", "a��b", id="not a character of XML"),
        pytest.param("月", "月", id="kanji"),
    ],
)
def test_escaped(text: str, expected: str) -> None:
    """Escaped text is shown, never obeyed."""
    assert escaped(text) == expected


def test_text_columns_align_wide_text() -> None:
    """Columns begin at one place, whatever the width of the characters before them."""
    text = text_columns([("月", "A", "x"), ("mon", "BCD"), ("", "E", "y"), ()])

    assert text == "月   A  x\nmon  BCD\n     E  y\n"


def test_html_table_keeps_cells_apart_and_escapes_them() -> None:
    """Every cell arrives as the text it was; a line break stays one."""
    table = ET.fromstring(html_table(["<a>", "b"], [["1&2", "x\ny"], ["3", "<script>"]]))

    assert [head.text for head in table.iter("th")] == ["<a>", "b"]
    assert ["|".join(cell.itertext()) for cell in table.iter("td")] == [
        "1&2",
        "x|y",
        "3",
        "<script>",
    ]
    assert len(list(table.iter("br"))) == 1
    assert "background" not in html_table(["a"], [["b"]])


def test_html_table_colours_first_cells() -> None:
    """A colour fills the first cell of its row alone; what is missing is not filled."""
    table = ET.fromstring(
        html_table(["a", "b"], [["A", "x"], ["H", "y"], ["!", "z"]], colors=[0, 7, None])
    )
    styles = [[cell.get("style", "") for cell in row.iter("td")] for row in table.iter("tr")][
        1:
    ]

    assert [f"background:{COLORS[0][0]}" in first for first, _ in styles] == [True, True, False]
    assert "color:#d55e00" in styles[2][0]
    assert not any("color" in second for _, second in styles)


def test_every_colour_carries_its_ink() -> None:
    """Text on a colour has the contrast that WCAG asks of small text."""
    for fill, ink in COLORS:
        light, dark = sorted((_luminance(fill), _luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_differ() -> None:
    """No fill stands twice, and none is the colour kept for what is missing."""
    assert len({fill for fill, _ in COLORS} | {"#d55e00"}) == len(COLORS) + 1


def _chart(*rows: BarRow, end: float = 60, **more: object) -> ET.Element:
    return ET.fromstring(
        bar_chart(
            rows,
            title="Ring plan",
            description="1001 for 20 s",
            ticks=[(0, "0 s"), (end / 2, "half"), (end, "end")],
            end=end,
            **more,  # type: ignore[arg-type]
        )
    )


def _shapes(chart: ET.Element) -> list[tuple[str, ET.Element, list[str]]]:
    """Return each bar or swatch: its tooltip, its shape, and the words on it."""
    found = []
    for group in chart.iter(f"{SVG}g"):
        shapes = [each for each in group if each.tag in {f"{SVG}rect", f"{SVG}path"}]
        if shapes:
            words = ["".join(text.itertext()) for text in group.iter(f"{SVG}text")]
            found.append((group.findtext(f"{SVG}title", ""), shapes[0], words))
    return found


def _place(shape: ET.Element, name: str) -> float:
    return float(shape.get(name, "nan"))


def test_a_chart_says_what_it_shows() -> None:
    """Title and description stand first, for who hears the picture, in their language."""
    chart = _chart(lang="ja")

    assert [chart[0].tag, chart[0].text] == [f"{SVG}title", "Ring plan"]
    assert [chart[1].tag, chart[1].text] == [f"{SVG}desc", "1001 for 20 s"]
    assert chart.get("role") == "img"
    assert chart.get("aria-label") == "Ring plan"
    assert chart.get("lang") == "ja"


def test_a_chart_stands_alone() -> None:
    """Nothing is loaded from elsewhere, nothing runs, and no name can clash."""
    text = bar_chart(
        [BarRow(label="1001", bars=(Bar(start=0, end=None, color=0),))],
        title="t",
        description="d",
        ticks=[],
        end=60,
        legend=[LegendEntry(color=None, mark="!", text="nothing")],
    )

    assert not re.search(r"href|src|url\(|<script| id=|@import|@font-face", text)
    assert "prefers-color-scheme: dark" in text


def test_bars_stand_where_the_axis_says() -> None:
    """A bar's left edge and width are its start and length on the axis."""
    chart = _chart(
        BarRow(
            label="1001",
            bars=(
                Bar(start=0, end=20, color=0, text="20 s", tooltip="first"),
                Bar(start=20, end=60, color=1, text="40 s"),
            ),
        )
    )
    (tip, first, words), (other_tip, second, other_words) = _shapes(chart)
    lines = chart.iter(f"{SVG}path")
    edges = [float(re.findall(r"M([\d.]+)", line.get("d", ""))[0]) for line in lines]

    assert (tip, words) == ("first", ["20 s"])
    assert (other_tip, other_words) == ("40 s", ["40 s"])
    assert _place(first, "width") == PLOT / 3
    assert _place(second, "width") == PLOT * 2 / 3
    assert _place(second, "x") == _place(first, "x") + _place(first, "width")
    assert edges == [_place(first, "x") + part * PLOT for part in (0, 0.5, 1)]


@given(st.sets(st.integers(1, 86_399), max_size=20))
def test_bars_that_touch_stay_touching(cuts: set[int]) -> None:
    """Rounding never opens a hole: the bars of a full row are as wide as the axis."""
    edges = sorted({0, 86_400, *cuts})
    bars = tuple(Bar(start=a, end=b, color=0, tooltip=str(a)) for a, b in pairwise(edges))
    shapes = [shape for _, shape, _ in _shapes(_chart(BarRow(label="", bars=bars), end=86_400))]

    assert sum(_place(shape, "width") for shape in shapes) == pytest.approx(PLOT)
    for before, after in pairwise(shapes):
        reached = _place(before, "x") + _place(before, "width")
        assert _place(after, "x") == pytest.approx(reached)


def test_an_open_end_is_an_arrow() -> None:
    """A bar without an end points over the end of the axis, inside the picture."""
    chart = _chart(BarRow(label="1001", bars=(Bar(start=30, end=None, color=0, text="open"),)))
    ((_, shape, words),) = _shapes(chart)
    places = [float(place) for place in re.findall(r"[MHL]([\d.]+)", shape.get("d", ""))]
    left = float(chart.findall(f"{SVG}rect")[1].get("x", "nan"))

    assert words == ["open"]
    assert shape.tag == f"{SVG}path"
    assert min(places) == left + PLOT / 2
    assert left + PLOT < max(places) < _place(chart, "width")


@pytest.mark.parametrize(
    ("end", "words"),
    [
        pytest.param(60, ["A ring 1001, 1002"], id="room for all"),
        pytest.param(8, ["A ring 1001…"], id="room for a part"),
        pytest.param(4, ["A"], id="room for the mark"),
        pytest.param(0.5, [], id="room for nothing"),
    ],
)
def test_words_on_a_bar_fit_it(end: float, words: list[str]) -> None:
    """A bar shows mark and text, the text cut, the mark alone, or nothing."""
    bar = Bar(start=0, end=end, color=0, mark="A", text="ring 1001, 1002", tooltip="t")
    ((tip, _, shown),) = _shapes(_chart(BarRow(label="", bars=(bar,))))

    assert (tip, shown) == ("t", words)


def test_a_bar_without_mark_or_room_is_bare() -> None:
    """A narrow bar without a mark has its tooltip only."""
    bar = Bar(start=0, end=1, color=0, text="ring 1001")

    ((tip, _, words),) = _shapes(_chart(BarRow(label="", bars=(bar,))))

    assert (tip, words) == ("ring 1001", [])


def test_what_is_missing_is_never_hidden() -> None:
    """A hollow bar is drawn after its neighbours, and a narrow one has a pointer."""
    row = BarRow(
        label="",
        bars=(
            Bar(start=0, end=3, color=None, mark="!", tooltip="short"),
            Bar(start=3, end=30, color=0, mark="A", text="x", tooltip="full"),
            Bar(start=30, end=60, color=None, mark="!", tooltip="long"),
        ),
    )
    chart = _chart(row, end=6000)
    wide = _chart(row)

    assert [tip for tip, _, _ in _shapes(chart)] == ["full", "short", "long"]
    assert [words for _, _, words in _shapes(wide)] == [["A x"], ["!"], ["!"]]
    assert [words for _, _, words in _shapes(chart)] == [[], [], []]
    for group in list(chart.iter(f"{SVG}g"))[-2:]:
        shape, pointer = list(group)[1:]
        assert shape.get("fill") == "none"
        assert shape.get("stroke") == pointer.get("fill") == "#d55e00"
        centre = _place(shape, "x") + _place(shape, "width") / 2
        assert pointer.get("d", "").startswith(f"M{centre:g} ")


def test_long_labels_are_cut_and_told_in_full() -> None:
    """A label never runs into the bars; pointing at it tells all of it."""
    name = "代表電話" * 20
    chart = _chart(BarRow(label=name, note="note " * 20, bars=(Bar(start=0, end=1, color=0),)))
    texts = ["".join(text.itertext()) for text in chart.iter(f"{SVG}text")]
    tips = [tip.text for tip in chart.iter(f"{SVG}title")]

    assert cut(name, 24) in texts
    assert cut("note " * 20, 24) in texts
    assert f"{name} {'note ' * 20}".strip() in tips
    assert _place(_shapes(chart)[0][1], "x") > 20 + 24 * 6


def test_a_long_title_is_cut() -> None:
    """A title stays in the picture, and is whole where it is read aloud."""
    chart = ET.fromstring(
        bar_chart([], title="長" * 99, description="", ticks=[], end=60, lang="ja")
    )

    assert "".join(next(chart.iter(f"{SVG}text")).itertext()) == "長" * 41 + "…"
    assert chart.get("aria-label") == "長" * 99


def test_a_legend_explains_every_colour() -> None:
    """Each entry has its mark on its colour, its text and all its lines, below the rows."""
    legend = [
        LegendEntry(color=0, mark="A", text="ring", details=("mon 08:00", "tue 09:00")),
        LegendEntry(color=len(COLORS), mark="H", text="x" * 99),
        LegendEntry(color=None, mark="!", text="nothing", details=("sun",)),
    ]
    chart = _chart(BarRow(label="1001"), legend=legend)
    swatches = _shapes(chart)
    heights = [_place(shape, "y") for _, shape, _ in swatches]

    assert [words for _, _, words in swatches] == [
        ["A", "ring", "mon 08:00", "tue 09:00"],
        ["H", cut("x" * 99, 44)],
        ["!", "nothing", "sun"],
    ]
    assert swatches[1][0] == "x" * 99
    assert [shape.get("fill") for _, shape, _ in swatches] == [
        COLORS[0][0],
        COLORS[0][0],
        "none",
    ]
    assert heights[1] - heights[0] == 2 * (heights[2] - heights[1])
    assert heights[2] + 16 < _place(chart, "height")


def test_everything_lies_in_the_picture() -> None:
    """The view box holds every text and every rectangle."""
    chart = _chart(
        BarRow(label="1001", note="n", bars=(Bar(start=0, end=60, color=0, text="x"),)),
        BarRow(label="1002"),
        legend=[LegendEntry(color=0, mark="A", text="ring", details=("a", "b", "c"))],
    )
    x, y, width, height = map(float, chart.get("viewBox", "").split())

    assert (x, y) == (0, 0)
    for each in [*chart.iter(f"{SVG}rect"), *chart.iter(f"{SVG}text")]:
        assert 0 <= _place(each, "x") <= width - float(each.get("width", 0))
        assert 0 <= _place(each, "y") <= height - float(each.get("height", 0))


def test_a_chart_without_rows_is_a_chart() -> None:
    """Nothing to draw still gives a picture with its title."""
    assert _chart().findtext(f"{SVG}title") == "Ring plan"


@given(WILD)
def test_any_text_gives_well_formed_pictures(text: str) -> None:
    """Whatever a value says, SVG and HTML can be read and hold no element of its making."""
    row = BarRow(label=text, note=text, bars=(Bar(start=0, end=60, color=0, text=text),))
    entry = LegendEntry(color=0, mark="A", text=text, details=(text,))
    chart = bar_chart(
        [row], title=text, description=text, ticks=[(0, text)], end=60, legend=[entry]
    )
    known = {"svg", "title", "desc", "style", "g", "rect", "path", "text", "tspan"}

    assert {each.tag.removeprefix(SVG) for each in ET.fromstring(chart).iter()} <= known
    table = ET.fromstring(html_table([text], [[text]]))
    assert {each.tag for each in table.iter()} <= {
        "table", "thead", "tbody", "tr", "th", "td", "br",
    }  # fmt: skip
