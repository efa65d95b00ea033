"""Answers with their bounds, as values."""

import pickle
from datetime import UTC, datetime, timedelta

from cloudpbx.decisions import Reason
from cloudpbx.routing import Interval, Resolution, Rule

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
