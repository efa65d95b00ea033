"""Answers with their bounds, as values."""

import pickle
from datetime import UTC, datetime, timedelta
from textwrap import dedent
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from cloudpbx.decisions import Reason
from cloudpbx.routing import Busy, Interval, Override, Resolution, Rule

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RULE = Rule("tue 09:00-18:00", "open")
RESOLUTION = Resolution(
    value="open",
    rule=RULE,
    since=NOON - timedelta(hours=3),
    until=NOON + timedelta(hours=6),
    because=(
        Reason("schedule.owner.holiday", "2026-11-24"),
        Reason("schedule.gap", "2026-11-24"),
    ),
)


def test_a_resolution_explains_itself_a_line_a_reason() -> None:
    """The reasons are said in their order, in either language."""
    assert RESOLUTION.explain().splitlines() == [
        "2026-11-24 follows the rules for holidays",
        "no rule says anything on 2026-11-24 at this time",
    ]
    assert len(RESOLUTION.explain("ja").splitlines()) == 2


def test_answers_are_values() -> None:
    """Intervals and resolutions are equal by what they say, and pickle."""
    interval = Interval(NOON, NOON + timedelta(hours=1), "open")

    assert pickle.loads(pickle.dumps(interval)) == interval
    assert interval != Interval(NOON, NOON + timedelta(hours=1), None)
    assert pickle.loads(pickle.dumps(RESOLUTION)) == RESOLUTION


FOR_EVER: Resolution[str] = Resolution(
    value=None,
    rule=None,
    since=None,
    until=None,
    because=(Reason("schedule.gap", "2026-11-24"),),
)
FORCED = Resolution(
    value=Busy(),
    rule=Override(Busy(), since=NOON),
    since=NOON,
    until=None,
    because=(Reason("schedule.override"),),
)


@pytest.mark.parametrize(
    ("resolution", "lang", "text"),
    [
        pytest.param(
            RESOLUTION,
            "en",
            """
            answer   open
            rule     tue 09:00-18:00
            since    2026-11-24 09:00:00+00:00
            until    2026-11-24 18:00:00+00:00
            because  2026-11-24 follows the rules for holidays
                     no rule says anything on 2026-11-24 at this time
            """,
            id="a rule",
        ),
        pytest.param(
            FOR_EVER,
            "en",
            """
            answer   nothing answers
            since    always
            until    for ever
            because  no rule says anything on 2026-11-24 at this time
            """,
            id="a gap for ever",
        ),
        pytest.param(
            FORCED,
            "ja",
            """
            結果  話中音
            設定  手動切り替え
            開始  2026-11-24 12:00:00+00:00
            終了  変更の予定なし
            理由  スケジュールは解除されるまで手動で切り替えられています
            """,
            id="forced",
        ),
    ],
)
def test_a_resolution_as_text(resolution: Resolution[Any], lang: str, text: str) -> None:
    """The answer, its rule, its bounds and the reasons stand in two columns."""
    assert resolution.to_text(lang) == dedent(text).strip()


def test_a_resolution_as_html() -> None:
    """The same stands in a table, which shows and never obeys what users wrote."""
    hostile = evolve(RESOLUTION, value="<b>open</b>")
    rows = [
        ["".join(cell.itertext()) for cell in row]
        for row in ET.fromstring(hostile.to_html()).iter("tr")
    ]

    assert rows[0] == ["answer", "<b>open</b>"]
    assert rows[-1] == ["", "no rule says anything on 2026-11-24 at this time"]
    assert len(rows) == len(hostile.to_text().splitlines())
    assert hostile._repr_html_() == hostile.to_html()
    assert 'lang="ja"' in hostile.to_html("ja")


def test_a_resolution_as_data() -> None:
    """All of it is there for JSON, the reasons with their words."""
    assert RESOLUTION.to_dict() == {
        "value": "open",
        "text": "open",
        "rule": "tue 09:00-18:00",
        "forced": False,
        "since": "2026-11-24T09:00:00+00:00",
        "until": "2026-11-24T18:00:00+00:00",
        "because": [reason.to_dict() for reason in RESOLUTION.because],
    }
    assert FORCED.to_dict("ja") == {
        "value": {"busy": True},
        "text": "話中音",
        "rule": None,
        "forced": True,
        "since": "2026-11-24T12:00:00+00:00",
        "until": None,
        "because": [reason.to_dict("ja") for reason in FORCED.because],
    }
    assert FOR_EVER.to_dict()["since"] is None


def test_an_interval_as_text_and_data() -> None:
    """A stretch tells its value and its bounds; a gap says that nothing answers."""
    interval = Interval(NOON, NOON + timedelta(hours=1), Busy())
    gap: Interval[str] = Interval(NOON, NOON + timedelta(hours=1), None)

    assert interval.to_text() == (
        "busy  2026-11-24 12:00:00+00:00 to 2026-11-24 13:00:00+00:00"
    )
    assert gap.to_text("ja").endswith(
        "  2026-11-24 12:00:00+00:00から2026-11-24 13:00:00+00:00まで"
    )
    assert interval.to_dict("ja") == {
        "start": "2026-11-24T12:00:00+00:00",
        "end": "2026-11-24T13:00:00+00:00",
        "value": {"busy": True},
        "text": "話中音",
    }
    assert gap.to_dict() == {**interval.to_dict(), "value": None, "text": "nothing answers"}
