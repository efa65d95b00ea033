"""Simulations: what is counted, expected, refused and shown."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing.distributions import Distribute, hashed_order
from cloudpbx.routing.simulations import Simulation, simulate

RATIO = {"1001": 3, "1002": 0, "1003": 2, "1004": 5}


@pytest.mark.parametrize(
    ("policy", "unavailable", "expected"),
    [
        pytest.param("next", (), (30, 0, 20, 50), id="all can"),
        pytest.param("next", ("1001",), (0, 0, 50, 50), id="next, past weight 0"),
        pytest.param("next", ("1004",), (80, 0, 20, 0), id="next, round the end"),
        pytest.param("next", ("1003", "1004"), (100, 0, 0, 0), id="next but one"),
        pytest.param("busy", ("1003", "1004"), (30, 0, 0, 0), id="busy"),
        pytest.param("renormalise", ("1004",), (60, 0, 40, 0), id="renormalised"),
        pytest.param("next", ("1001", "1003", "1004"), (0, 0, 0, 0), id="next, nobody"),
        pytest.param("renormalise", ("1001", "1003", "1004"), (0,) * 4, id="drawn, nobody"),
    ],
)
@pytest.mark.parametrize("draw", ["hash", "turns"])
def test_expected(
    draw: str, policy: str, unavailable: tuple[str, ...], expected: tuple[int, ...]
) -> None:
    """What a target should get is its share and what the policy adds, and it gets that."""
    distribution = Distribute(RATIO, draw=draw, when_unavailable=policy)
    found = simulate(distribution, 100, unavailable=unavailable)

    assert tuple(found.expected.values()) == tuple(Fraction(n, 100) for n in expected)
    assert found.lost == 100 - sum(found.counts.values())
    for target, count in found.counts.items():
        assert found.deviations[target] == count - 100 * found.expected[target]
        if draw == "hash":
            assert abs(found.deviations[target]) <= 3 * found.standard_deviations[target]
        else:
            assert found.deviations[target] == 0
            assert found.standard_deviations[target] == 0


def test_real_calls_are_taken_one_by_one() -> None:
    """Ids of calls are drawn for as they come, and an id counts each time it comes."""
    distribution = Distribute(RATIO)
    asked = []

    def calls() -> Iterator[str]:
        for number in (1, 1, 4, 6):
            asked.append(f"call-{number}")
            yield asked[-1]

    found = simulate(distribution, calls())

    assert found.calls == len(asked) == 4
    firsts = Counter(hashed_order(distribution, call)[0] for call in asked)
    assert found.counts == {target: firsts[target] for target in RATIO}
    assert simulate(distribution, 2) == simulate(distribution, ("call-1", "call-2"))


def test_a_simulation_keeps_what_was_asked() -> None:
    """A target is unavailable once, in its one spelling."""
    distribution = Distribute({"03-1234-5678": 1, "b": 1})
    found = simulate(distribution, 9, unavailable=("0312-345678", "0312345678"))

    assert found.unavailable == ("0312345678",)
    assert found.counts == {"0312345678": 0, "b": 9}


TEXT = """\
1000 calls: distribute by ratio (1001: 3, 1002: 7)
target  weight  expected     got  calls  deviation  standard deviation
1001         3    30.0 %  28.3 %    283      -17.0                14.5
1002         7    70.0 %  71.7 %    717      +17.0                14.5
a hash is exact only in the long run: two of three counts are within one standard deviation"""

TEXT_JA = """\
10呼: 順番に振分(1001: 3, 1002: 7)(着信できない場合は話中音)、着信不可: 1002
着信先      比率  期待値    結果  呼数    差
1001           3  30.0 %  30.0 %     3  +0.0
1002           7   0.0 %   0.0 %     0  +0.0
着信先なし        70.0 %  70.0 %     7
順番による振分は10呼ごとに比率どおりになります"""


def busy() -> Simulation:
    """Simulate a distribution that loses calls."""
    distribution = Distribute({"1001": 3, "1002": 7}, draw="turns", when_unavailable="busy")
    return simulate(distribution, 10, unavailable=("1002",))


def test_text() -> None:
    """The text has a line for each target, and one for the calls that nobody took."""
    found = simulate(Distribute({"1001": 3, "1002": 7}))

    assert str(found) == found.to_text() == TEXT
    assert busy().to_text("ja") == TEXT_JA


@pytest.mark.parametrize(
    ("fields", "unavailable", "note"),
    [
        pytest.param({}, ("1001",), "a hash is exact only in the long run", id="a hash"),
        pytest.param({"draw": "turns"}, ("1001",), "exact over every 10 calls$", id="turns"),
        pytest.param(
            {"draw": "turns", "when_unavailable": "renormalise"},
            (),
            "exact over every 10 calls$",
            id="renormalised, and nobody is unavailable",
        ),
        pytest.param(
            {"draw": "turns", "when_unavailable": "renormalise"},
            ("1001",),
            "exact over every 10 calls; what the rest take over is shared nearly by weight",
            id="renormalised turns",
        ),
    ],
)
def test_how_exact_it_is(
    fields: dict[str, Any], unavailable: tuple[str, ...], note: str
) -> None:
    """The text ends by saying how exact the counts can be."""
    found = simulate(Distribute(RATIO, **fields), 10, unavailable=unavailable)

    assert re.search(note, found.to_text().splitlines()[-1])


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_svg(lang: str) -> None:
    """The picture has a bar for each target that got calls, and says the same in words."""
    svg = busy().to_svg(lang)
    root = ET.fromstring(svg)
    bars = [each for each in root.iter() if (each.text or "").startswith(("1001: ", "1002: "))]

    assert [each.text for each in bars] == ["1001: 3 (30.0 %)"]
    assert "7 (70.0 %)" in svg
    assert {"0 %", "70 %"} <= {each.text for each in root.iter()}
    assert any(each.text == busy().to_text(lang) for each in root.iter())


def test_html() -> None:
    """The page has the picture, the numbers and the note."""
    found = simulate(Distribute({"<b>": 1}), 4)
    html = found.to_html("ja")

    assert found._repr_html_() == found.to_html()
    assert found.to_svg("ja") in html
    assert "<td" in html
    assert "標準偏差の範囲内" in html
    assert "<b>" not in html
    assert ET.fromstring(html.replace("<br/>", "")).get("lang") == "ja"


def test_data() -> None:
    """The counts are written as plain data."""
    found = simulate(Distribute({"1001": 1, "1002": 3}, draw="turns"), 8)

    assert found.to_dict() == {
        "distribution": {"distribute": {"1001": 1, "1002": 3}, "draw": "turns"},
        "unavailable": [],
        "calls": 8,
        "lost": 0,
        "targets": {
            "1001": {
                "calls": 2,
                "expected": 0.25,
                "part": 0.25,
                "deviation": 0.0,
                "standard_deviation": 0.0,
            },
            "1002": {
                "calls": 6,
                "expected": 0.75,
                "part": 0.75,
                "deviation": 0.0,
                "standard_deviation": 0.0,
            },
        },
    }


def test_values() -> None:
    """Simulations are equal and hash by what they found."""
    assert len({busy(), busy(), simulate(Distribute({"1001": 1}), 1)}) == 2


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        pytest.param(
            {"calls": 0},
            InvalidValueError,
            "`0` is out of range: the number of calls is 1 or more",
            id="no call",
        ),
        pytest.param(
            {"calls": []},
            InvalidValueError,
            "there is no call to draw for: give the id of one at least",
            id="no id",
        ),
        pytest.param(
            {"calls": "call-1"},
            InvalidValueError,
            "`call-1` is not a sequence: write `(…,)` with the id of a call in it",
            id="one id alone",
        ),
        pytest.param(
            {"calls": [1]},
            InvalidValueError,
            '`1` is not text, as the id of a call must be: write it in quotes, "1"',
            id="an int for an id",
        ),
        pytest.param(
            {"calls": 2.0},
            InvalidValueError,
            "`2.0` is not a sequence: write `(…,)` with the id of a call in it",
            id="a fraction",
        ),
        pytest.param(
            {"unavailable": "1001"},
            InvalidValueError,
            "`1001` is not a sequence: write `(…,)` with a target in it",
            id="a target alone",
        ),
        pytest.param(
            {"unavailable": ["1005"]},
            UnknownReferenceError,
            "`1005` is no target of this distribution: did you mean `1004`?",
            id="an unknown target",
        ),
        pytest.param(
            {"distribution": {"1001": 3}},
            InvalidValueError,
            "`{'1001': 3}` is not `Distribute`, as what is simulated must be",
            id="weights alone",
        ),
    ],
)
def test_refused(given: dict[str, Any], error: type[Exception], message: str) -> None:
    """What cannot be tried out is refused."""
    with pytest.raises(error) as caught:
        simulate(**{"distribution": Distribute(RATIO), **given})
    assert str(caught.value) == message
