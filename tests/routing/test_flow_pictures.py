"""Pictures of call flows: words in both languages, Mermaid, SVG."""

import re
from itertools import combinations
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from cloudpbx._render import COLORS
from cloudpbx.routing import (
    Announce,
    Busy,
    CalledNumber,
    Channels,
    Destination,
    Distribute,
    Divert,
    Extension,
    ExtensionRange,
    Forwards,
    Group,
    Member,
    Ring,
    RouteOutcome,
    Rule,
    Schedule,
    Screening,
    Strategy,
)
from cloudpbx.routing.flow_ways import flow_of
from cloudpbx.routing.flows import CallFlow, FlowEdge, FlowKind, FlowLabel, FlowNode
from cloudpbx.routing.number_indexes import NumberIndex
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import Targets

SVG: Final = "{http://www.w3.org/2000/svg}"
NODE: Final = re.compile(
    r' {2}(n\d+)(\[\[|\(\[|\{\{|\[|\(|>)"(.*)"(\]\]|\]\)|\}\}|\]|\)):::(\w+)'
)
EDGE: Final = re.compile(r' {2}(n\d+) -->(?:\|"(.*)"\|)? (n\d+)')


def everything() -> CallFlow:
    """Return the flow of a number with everything on."""
    extensions = (
        Extension(number="1001", name="山田", forwards=Forwards(busy="1002", no_answer="1003")),
        Extension(
            number="1002",
            name="Smith",
            department="Sales",
            recording=True,
            forwards=Forwards(offline="1001", no_answer="090-1234-5678"),
        ),
        Extension(number="1003"),
    )
    groups = (
        Group("sales", ("1001", Member("1002", delay=10), "support"), overflow="1003"),
        Group("support", ("1003", "1002"), strategy=Strategy.CIRCULAR, seconds=15, repeat=2),
    )
    night = Schedule(zone="Asia/Tokyo", rules=(Rule("mon-fri 22:00-06:00", Announce()),))
    schedule: Schedule[Destination] = Schedule(
        zone="Asia/Tokyo",
        rules=(
            Rule("mon-fri 09:00-18:00", Ring(("sales",), seconds=40, then=Announce()), "営業"),
            Rule("sat 10:00-15:00", Ring(("1003",), then=Busy()), "Saturday"),
            Rule("sun 10:00-12:00", Divert("03-1234-5678")),
            Rule("12-29..01-03 00:00-24:00", Announce("009609")),
        ),
    )
    called = CalledNumber(
        "0120-123-456",
        schedule,
        "Head office",
        screening=Screening(
            accepted_areas=("03", "06"), refused_kinds=("withheld",), announcement="009610"
        ),
        after_hours=night,
        channels=Channels(5, 2),
        reception_change=Schedule(
            zone="Asia/Tokyo", rules=(Rule("2026-12-24 00:00-24:00", Divert("1003")),)
        ),
        diversion=("03-1234-5678", "support"),
    )
    ratio = Distribute({"1001": 3, "1003": 0}, draw="turns", seconds=20)
    other = CalledNumber(
        "03-1234-5678",
        Schedule(zone="UTC", rules=(Rule("08:00-20:00", ratio),), otherwise=Ring(("1002",))),
        after_hours=night,
    )
    rules = RingRules(
        targets=Targets(extensions, groups, ExtensionRange()),
        region="JP",
        international=False,
        max_forwards=5,
    )
    return flow_of("0120-123-456", rules, NumberIndex((called, other), "JP"))


EVERYTHING: Final = everything()


def one(node: FlowNode) -> CallFlow:
    """Return a flow of one place."""
    return CallFlow(nodes=(node,), edges=())


SCHEDULE: Final = Schedule(zone="Asia/Tokyo", otherwise=Busy())


@pytest.mark.parametrize(
    ("node", "english", "japanese"),
    [
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.NUMBER,
                about="03-1234-5678",
                value=CalledNumber("03-1234-5678", SCHEDULE, "受付"),
            ),
            "03-1234-5678 (called number; 受付)",
            "03-1234-5678（着信番号 / 受付）",
            id="number",
        ),
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.HOP,
                about="03-1234-5678",
                value=CalledNumber("03-1234-5678", SCHEDULE),
            ),
            "03-1234-5678 (called number, by its schedule alone)",
            "03-1234-5678（着信番号（着信設定のみ適用））",
            id="hop",
        ),
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.SCREENING,
                value=Screening(accepted_areas=("03",), announcement="009610"),
            ),
            "screening of callers (calls are taken only from: 03; who is refused hears "
            "guidance 009610)",
            "着信規制（着信を受け付ける地域: 03 / 着信を拒否した発信者にはガイダンス009610が"
            "流れます）",
            id="screening",
        ),
        pytest.param(
            FlowNode(id="n1", kind=FlowKind.SCHEDULE, value=SCHEDULE),
            "schedule (by the clock of Asia/Tokyo)",
            "着信設定（Asia/Tokyoの時刻）",
            id="schedule",
        ),
        pytest.param(
            FlowNode(id="n1", kind=FlowKind.CHANNELS, value=Channels(5, 2)),
            "channels (2 of 5 can be used)",
            "チャネル（5チャネル中2チャネルを利用可）",
            id="channels",
        ),
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.RING,
                value=Ring(
                    ("1001", "1002"), strategy=Strategy.LONGEST_IDLE, seconds=20, repeat=3
                ),
            ),
            "ring who is idle the longest first (20 s each; 3 rounds)",
            "待機時間の長い順に鳴動（各20秒 / 3巡）",
            id="ring",
        ),
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.GROUP,
                about="sales",
                value=Group("sales", ("1001",), seconds=20),
            ),
            "sales (group; ring all at once; for 20 s)",
            "sales（着信グループ / 一斉鳴動 / 20秒）",
            id="group",
        ),
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.DISTRIBUTE,
                value=Distribute({"1001": 2, "1002": 0}, when_unavailable="busy", seconds=9),
            ),
            "distribute by ratio (drawn by the id of the call; never: 1002; busy when the "
            "drawn one cannot take the call; for 9 s)",
            "着信振分（呼IDによる抽選 / 対象外: 1002 / 着信できない場合は話中音 / 9秒）",
            id="distribution",
        ),
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.EXTENSION,
                about="1001",
                value=Extension(number="1001", name="山田", department="営業", recording=True),
            ),
            "1001 山田 (extension; 営業; recorded)",
            "1001 山田（内線 / 営業 / 録音）",
            id="extension",
        ),
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.OUTSIDE,
                about="+1 212-555-0123",
                notes=(FlowLabel("abroad"),),
            ),
            "+1 212-555-0123 (outside number; abroad: never called while international calls "
            "are off)",
            "+1 212-555-0123（外線 / 国際電話を利用しない設定のため呼び出さない）",
            id="outside number",
        ),
        pytest.param(
            FlowNode(id="n1", kind=FlowKind.ANNOUNCE, about="009608", value=Announce()),
            "guidance 009608",
            "ガイダンス009608",
            id="guidance",
        ),
        pytest.param(
            FlowNode(
                id="n1",
                kind=FlowKind.ENDING,
                value=RouteOutcome.BLOCKED,
                notes=(FlowLabel("guidance", {"about": "009610"}),),
            ),
            "the caller is not accepted (guidance 009610)",
            "着信拒否の対象のためつながりません（ガイダンス009610）",
            id="an ending with a guidance",
        ),
        pytest.param(
            FlowNode(id="n1", kind=FlowKind.ENDING), "the call ends", "終了", id="any ending"
        ),
    ],
)
def test_words_of_a_place(node: FlowNode, english: str, japanese: str) -> None:
    """A place says what it is and what is set there, in both languages."""
    assert node.explain("en") == one(node).to_text("en") == english
    assert node.explain("ja") == one(node).to_text("ja") == japanese


def test_a_place_is_told_once() -> None:
    """What stands above is only named, and a phone that leads nowhere is written again."""
    names = [
        FlowNode(id=f"n{each}", kind=FlowKind.OUTSIDE, about=f"{each}") for each in range(1, 5)
    ]
    pairs = [("n1", "n2"), ("n1", "n3"), ("n2", "n3"), ("n3", "n4"), ("n1", "n4"), ("n3", "n2")]
    edges = tuple(FlowEdge(source=source, target=target) for source, target in pairs)

    assert CallFlow(nodes=tuple(names), edges=edges).to_text().splitlines() == [
        "1 (outside number)",
        "  2 (outside number)",
        "    3 (outside number)",
        "      4 (outside number)",
        "      2 (see above)",
        "  3 (see above)",
        "  4 (outside number)",
    ]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_mermaid_declares_each_place_once(lang: str) -> None:
    """Each place is declared once, in its family's colour, and ways join declared places."""
    first, *lines = EVERYTHING.to_mermaid(lang).splitlines()
    nodes = [found for line in lines if (found := NODE.fullmatch(line))]
    edges = [found for line in lines if (found := EDGE.fullmatch(line))]
    colors = [line.split()[1] for line in lines if line.startswith("  classDef ")]

    assert first == "flowchart TD"
    assert len(nodes) + len(edges) + len(colors) == len(lines)
    assert [found[1] for found in nodes] == [node.id for node in EVERYTHING.nodes]
    assert [(found[1], found[3]) for found in edges] == [
        (edge.source, edge.target) for edge in EVERYTHING.edges
    ]
    assert {found[5] for found in nodes} == set(colors)
    assert not re.search(r'["<>&]', "".join(found[3].replace("<br/>", "") for found in nodes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("山田 太郎", "山田 太郎", id="Japanese"),
        pytest.param('say "yes"', "say #34;yes#34;", id="quotes"),
        pytest.param(
            "a [b] (c) {d} |e|", "a #91;b#93; #40;c#41; #123;d#125; #124;e#124;", id="brackets"
        ),
        pytest.param("<b>&amp;", "#60;b#62;#38;amp;", id="markup"),
        pytest.param("#35; `*_~", "#35;35; #96;#42;#95;#126;", id="entities and Markdown"),
        pytest.param("1.a", "1.a", id="no list"),
    ],
)
def test_mermaid_shows_text_as_it_is(text: str, expected: str) -> None:
    """No text is read as notation."""
    node = FlowNode(id="n1", kind=FlowKind.OUTSIDE, about=text)

    assert f'"{expected}<br/>outside number"' in one(node).to_mermaid()


def test_colours_of_mermaid_can_be_read() -> None:
    """Each colour has an ink with a contrast of 4.5 or more, whatever the page's colour."""
    styles = re.findall(r"fill:(#\w+),.*color:(#\w+)", EVERYTHING.to_mermaid())

    assert len(styles) >= 6
    assert set(styles) <= set(COLORS)
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in styles)


def contrast(one: str, two: str) -> float:
    """Return the contrast of two colours, as WCAG defines it."""
    low, high = sorted(map(luminance, (one, two)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """Return how bright a colour is."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_drawing_has_every_place_and_way(lang: str) -> None:
    """Each place is a box and each way an arrow, told in words too, and no boxes overlap."""
    root = ET.fromstring(EVERYTHING.to_svg(lang))
    groups = list(root.iter(f"{SVG}g"))
    boxes = [each for each in groups if each.get("class") == "cloudpbx-box"]
    arrows = [each for each in groups if each.get("class") == "cloudpbx-arrow"]
    rects = [next(box.iter(f"{SVG}rect")).attrib for box in boxes]

    assert root.attrib["lang"] == lang
    assert root.findtext(f"{SVG}desc") == EVERYTHING.to_text(lang)
    assert len(boxes) == len(EVERYTHING.nodes)
    assert len(arrows) == len(EVERYTHING.edges)
    assert not any(overlap(one, two) for one, two in combinations(rects, 2))


def overlap(one: dict[str, str], two: dict[str, str]) -> bool:
    """Say whether two rectangles share a place."""
    return all(
        float(one[start]) < float(two[start]) + float(two[length])
        and float(two[start]) < float(one[start]) + float(one[length])
        for start, length in (("x", "width"), ("y", "height"))
    )


def test_a_drawing_is_the_same_each_time() -> None:
    """The same flow is drawn the same."""
    assert EVERYTHING.to_svg() == everything().to_svg()
    assert EVERYTHING.to_mermaid() == everything().to_mermaid()
