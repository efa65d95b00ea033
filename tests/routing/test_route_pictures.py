"""Pictures of routes."""

from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

import cloudpbx
from cloudpbx.routing import (
    Announce,
    Call,
    CalledNumber,
    Destination,
    Extension,
    Forwards,
    LineState,
    Ring,
    Route,
    Router,
    Schedule,
    Screening,
    Strategy,
)
from tests.project import ROOT

SVG: Final = "{http://www.w3.org/2000/svg}"
TOKYO: Final = ZoneInfo("Asia/Tokyo")


@pytest.fixture(scope="module")
def router() -> Router:
    """Return the router of the office of the manual."""
    return cloudpbx.load(ROOT / "examples" / "clocall" / "office.toml").router()


def asked(router: Router, hour: int, lines: dict[str, LineState], to: str) -> Route:
    """Ask for a route on 24 November 2026."""
    at = datetime(2026, 11, 24, hour, tzinfo=TOKYO)
    return router.route(Call(to=to, caller="090-1234-5678", at=at), lines)


def texts_of(svg: str) -> list[str]:
    """Return what is written in a picture, in its order."""
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_picture_has_a_row_for_each_target(router: Router) -> None:
    """Targets stand in the order in which they ring, with what brought the call there."""
    route = asked(router, 10, {"1001": LineState.BUSY}, "03-1234-5678")
    texts = texts_of(route.to_svg())

    rows = ["1002", "1003", "090-1234-0003"]
    assert [each for each in texts if each in rows] == rows
    assert "1002 did not answer" in texts
    assert "0 s" in texts


def test_bars_lie_where_their_legs_ring(router: Router) -> None:
    """A leg of the second twenty seconds begins where one of the first ends."""
    route = asked(router, 10, {"1001": LineState.BUSY}, "03-1234-5678")
    tips = {
        title.text: group.find(f"{SVG}rect")
        for group in ET.fromstring(route.to_svg()).iter(f"{SVG}g")
        if (title := group.find(f"{SVG}title")) is not None
    }
    first = tips["0 s: rings 20 s"]
    second = tips["20 s: rings 20 s  1002 did not answer"]

    assert first is not None
    assert second is not None
    end = float(first.attrib["x"]) + float(first.attrib["width"])
    assert float(second.attrib["x"]) == pytest.approx(end)
    assert second.attrib["width"] == first.attrib["width"]


def test_recording_stands_below_the_target(router: Router) -> None:
    """An extension whose calls are recorded says so, in the language asked for."""
    route = asked(router, 10, {}, "03-1234-5678")

    assert texts_of(route.to_svg()).count("recorded") == 1
    assert texts_of(route.to_svg("ja")).count("録音") == 1


def test_a_guidance_is_one_row(router: Router) -> None:
    """What answers with a guidance shows its number and what is heard."""
    texts = texts_of(asked(router, 2, {}, "03-1234-5678").to_svg())

    assert "009608" in texts
    assert "guidance 009608 is played" in texts


def test_nobody_is_one_row(router: Router) -> None:
    """What reaches nobody shows why, marked as missing."""
    texts = texts_of(asked(router, 10, {}, "03-9999-9999").to_svg())

    assert "! the number is not known" in texts


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_page_shows_reasons_and_remedies(router: Router, lang: str) -> None:
    """HTML has the picture, then each reason and each remedy in words."""
    route = asked(router, 10, {}, "03-9999-9999")
    page = ET.fromstring(route.to_html(lang))
    cells = ["".join(each.itertext()) for each in page.iter("td")]

    told = [each.explain(lang) for each in route.because]
    assert cells[1::2] == told + [each.explain(lang) for each in route.remedies]
    assert page.find(f".//{SVG}svg") is not None


def test_a_notebook_shows_the_page(router: Router) -> None:
    """The page is what a notebook asks for."""
    route = asked(router, 10, {}, "03-1234-5678")

    assert route._repr_html_() == route.to_html()


def ringing(destination: Destination, screening: Screening | None = None) -> Route:
    """Ask an office of twelve extensions, whose number has one destination."""
    numbers = [str(number) for number in range(1001, 1013)]
    schedule: Schedule[Destination] = Schedule(zone="Asia/Tokyo", otherwise=destination)
    router = Router(
        numbers=(CalledNumber("03-1234-5678", schedule, screening=screening),),
        extensions=(
            Extension(number="1001", forwards=Forwards(no_answer="090-1234-5678")),
            *(Extension(number=number) for number in numbers[1:]),
        ),
    )
    return asked(router, 10, {}, "03-1234-5678")


CHAIN: Final = Ring(("1001", "1002"), seconds=40, then=Announce())


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        pytest.param(
            "en",
            [
                "the call rings",
                "     0 s  1001           rings 20 s",
                "     0 s  1002           rings 40 s",
                "    20 s  090-1234-5678  rings 20 s  1001 did not answer",
                "    40 s  guidance 009608 is played",
            ],
            id="en",
        ),
        pytest.param(
            "ja",
            [
                "呼び出します",
                "     0 s  1001           20秒間鳴動",
                "     0 s  1002           40秒間鳴動",
                "    20 s  090-1234-5678  20秒間鳴動  1001は無応答",
                "    40 s  ガイダンス009608が流れます",
            ],
            id="ja",
        ),
    ],
)
def test_text_ends_with_what_follows(lang: str, expected: list[str]) -> None:
    """After the legs stands what happens when nobody answers."""
    assert ringing(CHAIN).to_text(lang).splitlines()[1:] == expected


def test_what_follows_has_the_last_row() -> None:
    """A guidance that is played in the end begins where the last leg stops."""
    route = ringing(CHAIN)
    texts = texts_of(route.to_svg())
    tips = tips_of(route.to_svg())

    assert [each for each in texts if each in {"1001", "1002", "009608"}] == [
        "1001",
        "1002",
        "009608",
    ]
    assert "guidance 009608 is played" in texts
    assert left_of(tips["40 s: guidance 009608 is played"]) == pytest.approx(
        left_of(tips["0 s: rings 40 s"]) + 2 * float(width_of(tips["0 s: rings 20 s"]))
    )


def test_an_ending_without_an_answer_is_marked() -> None:
    """What reaches nobody in the end is marked as missing, in the last row."""
    texts = texts_of(ringing(Ring(("1002",), seconds=40)).to_svg())

    assert [each for each in texts if each.startswith("! nobody answers and")]


def test_what_is_past_is_left_out() -> None:
    """After a report the axis begins at its second, and what rings on keeps its seconds."""
    route = ringing(CHAIN).after("1001", "rejected", second=10)
    texts = texts_of(route.to_svg())

    assert route.to_text().splitlines()[1:] == [
        "from 10 s on: the call rings",
        "     0 s  1002  rings 40 s",
        "    40 s  guidance 009608 is played",
    ]
    assert "1001" not in texts
    assert texts[1] == "10 s"


def test_a_call_that_was_answered() -> None:
    """A call that a leg took says so, and when."""
    route = ringing(CHAIN).after("1001", "answered_elsewhere", second=7)

    assert route.to_text().splitlines()[1:] == ["from 7 s on: the call is answered"]
    assert "the call is answered" in texts_of(route.to_svg())


def test_who_is_turned_away_hears_a_guidance() -> None:
    """A caller who is turned away is told why, and which guidance is heard."""
    screening = Screening(accepted_areas=("03",), announcement="009610")
    route = ringing(CHAIN, screening)
    texts = texts_of(route.to_svg())

    assert route.to_text().splitlines()[1:] == [
        "the caller's area is not accepted; guidance 009610 is played"
    ]
    assert route.to_text("ja").splitlines()[1:] == [
        "指定地域外からの発信のためつながりません。ガイダンス009610が流れます"
    ]
    assert "009610" in texts


@pytest.mark.parametrize(
    ("seconds", "ticks"),
    [
        pytest.param(3, ["0 s", "10 s", "20 s"], id="seconds"),
        pytest.param(25, [f"{each} s" for each in range(0, 421, 60)], id="minutes"),
        pytest.param(600, [f"{each} s" for each in range(0, 10_080, 1_800)], id="half-hours"),
    ],
)
def test_the_axis_has_room_for_its_seconds(seconds: int, ticks: list[str]) -> None:
    """However long a plan is, the axis has a dozen ticks at most."""
    targets = tuple(str(number) for number in range(1001, 1013))
    strategy = Strategy.SIMULTANEOUS if seconds == 3 else Strategy.SEQUENTIAL
    ring = Ring(targets[1:] if seconds == 3 else targets, strategy=strategy, seconds=seconds)
    texts = ET.fromstring(ringing(ring).to_svg()).iter(f"{SVG}text")

    assert [each.text for each in texts if each.get("text-anchor") == "middle"] == ticks


def test_a_short_bar_has_its_seconds_alone() -> None:
    """Where there is no room for words, a bar has its seconds."""
    route = ringing(Ring(("1001", "1002"), strategy=Strategy.SEQUENTIAL, seconds=5, then=CHAIN))

    assert texts_of(route.to_svg()).count("5 s") == 2


def tips_of(svg: str) -> dict[str | None, ET.Element]:
    """Return what is drawn, by what is said when it is pointed at."""
    return {
        title.text: group
        for group in ET.fromstring(svg).iter(f"{SVG}g")
        if (title := group.find(f"{SVG}title")) is not None
    }


def left_of(group: ET.Element) -> float:
    """Return where a bar begins."""
    rect, path = group.find(f"{SVG}rect"), group.find(f"{SVG}path")
    if rect is not None:
        return float(rect.attrib["x"])
    assert path is not None
    return float(path.attrib["d"].removeprefix("M").split()[0])


def width_of(group: ET.Element) -> str:
    """Return how long a bar is."""
    rect = group.find(f"{SVG}rect")
    assert rect is not None
    return rect.attrib["width"]
