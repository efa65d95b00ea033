"""Pictures of routes."""

from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

import cloudpbx
from cloudpbx.routing import Call, LineState, Route, Router
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
