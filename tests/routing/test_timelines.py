"""The painted form of a schedule, below what users ask."""

import pickle
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.routing import Override, Rule, timelines
from cloudpbx.routing.timelines import Timeline
from cloudpbx.routing.zones import LAST, epoch_of, moment_of

TUESDAY = date(2026, 11, 24).toordinal()
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("UTC"))


def timeline(*rules: str, spill: str = "keep", override: Any = None) -> Timeline[str]:
    """Make the fast form of rules that say their own number."""
    made = [Rule(when, str(number)) for number, when in enumerate(rules)]
    return Timeline("UTC", made, None, None, spill, override)


@pytest.mark.parametrize(
    ("rules", "starts", "values", "sources"),
    [
        pytest.param((), (0,), (None,), (0,), id="nothing"),
        pytest.param(("00:00-24:00",), (0,), ("0",), (0,), id="all the day"),
        pytest.param(
            ("tue 09:00-18:00",),
            (0, 32_400, 64_800),
            (None, "0", None),
            (0, 32_400, 64_800),
            id="a part",
        ),
        pytest.param(
            ("22:00-06:00",),
            (0, 21_600, 79_200),
            ("0", None, "0"),
            (0, 21_600, 79_200),
            id="two nights",
        ),
        pytest.param(
            ("12:00-11:00",),
            (0, 39_600, 43_200),
            ("0", None, "0"),
            (0, 39_600, 43_200),
            id="nearly always",
        ),
    ],
)
def test_a_painted_day(
    rules: tuple[str, ...],
    starts: tuple[int, ...],
    values: tuple[Any, ...],
    sources: tuple[int, ...],
) -> None:
    """A day is painted from midnight on, each part once."""
    profile = timeline(*rules).profile(TUESDAY)

    assert (profile.starts, profile.values, profile.source_starts) == (starts, values, sources)
    assert profile.source_at(0) is profile.sources[0]


def test_sources_change_where_values_do_not() -> None:
    """Two rules of one value are two sources and one value."""
    made = [Rule("tue 00:00-12:00", "x"), Rule("tue 12:00-24:00", "x")]
    profile = Timeline("UTC", made, None, None, "keep", None).profile(TUESDAY)

    assert profile.starts == (0,)
    assert profile.source_starts == (0, 43_200)
    assert [source and source.alternative.index for source in profile.sources] == [0, 1]


def test_equal_days_share_one_profile() -> None:
    """Days with the same rules are painted once."""
    week = timeline("mon-fri 09:00-18:00")

    assert week.profile(TUESDAY) is week.profile(TUESDAY + 1)
    assert week.profile(TUESDAY) is not week.profile(TUESDAY + 4)


def test_few_profiles_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """When too many days were painted, they are painted again; the answers stay."""
    monkeypatch.setattr(timelines, "_MOST_DAYS", 2)
    week = timeline("mon 09:00-10:00", "tue 10:00-11:00", "wed 11:00-12:00")
    expected = ["1", "2", None, None, None, None, "0"]
    for _ in range(2):
        moments = [
            NOON.replace(hour=hour) + timedelta(day) for day in range(7) for hour in (9, 10, 11)
        ]
        found = []
        for number, moment in enumerate(moments):
            day = week.day(moment)
            ends = week.ends_of_day(moment)
            assert day is not None
            assert ends is not None
            if number % 3 == 0:
                found.append(max(filter(None, day[1]), default=None))
        assert found == expected


def test_a_timeline_pickles_without_what_it_painted() -> None:
    """It is made anew from what it was made of."""
    week = timeline("mon 09:00-10:00")
    empty = len(pickle.dumps(week))
    for number in range(100):
        week.ends_of_day(NOON + timedelta(number))

    again = pickle.loads(pickle.dumps(week))
    assert len(pickle.dumps(week)) == empty
    assert again.value_at(epoch_of(NOON - timedelta(days=1, hours=2, minutes=30))) == "0"


def test_an_override_paints_no_day() -> None:
    """With an override no day is answered by its wall clock alone."""
    forced = timeline("mon 09:00-10:00", override=Override("x", until=NOON))

    assert forced.day(NOON) is None
    assert forced.ends_of_day(NOON) is None


@pytest.mark.parametrize(
    ("since", "until"),
    [
        pytest.param(None, None, id="for good"),
        pytest.param(NOON, None, id="from then on"),
        pytest.param(None, NOON, id="until then"),
        pytest.param(NOON, NOON + timedelta(days=2), id="between"),
        pytest.param(NOON - timedelta(days=9), NOON - timedelta(days=8), id="long ago"),
    ],
)
def test_segments_of_an_override(since: datetime | None, until: datetime | None) -> None:
    """Segments come in order and say what is answered where they start."""
    forced = timeline("mon-fri 09:00-18:00", override=Override("x", since=since, until=until))
    start = epoch_of(NOON - timedelta(days=3))
    found = []
    for epoch, value in forced.segments(start):
        if epoch > epoch_of(NOON + timedelta(days=7)):
            break
        found.append((epoch, value))

    assert found[0][0] == start
    assert all(one < other for (one, _), (other, _) in pairwise(found))
    assert all(forced.value_at(epoch) == value for epoch, value in found)


def test_segments_end_with_the_calendar() -> None:
    """Nothing is painted after the last instant that can be asked for."""
    every = timeline("mon 09:00-10:00")
    forced = timeline("mon 09:00-10:00", override=Override("x"))

    assert [value for _, value in every.segments(LAST - 60)] == [None]
    assert list(forced.segments(LAST - 60)) == [(LAST - 60, "x")]
    assert list(every.segments(LAST)) == []
    last = moment_of(LAST, ZoneInfo("UTC"))
    to_come = timeline("mon 09:00-10:00", override=Override("x", since=last))
    assert list(to_come.segments(LAST - 60)) == [(LAST - 60, None), (LAST, "x")]
