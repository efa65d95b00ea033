"""What a check of a schedule finds, case by case."""

from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.decisions import Actor
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing import Override, Rule, Schedule
from cloudpbx.texts import LANGUAGES, catalogue

TOKYO: Final = ZoneInfo("Asia/Tokyo")
HOLIDAYS: Final = {date(2026, 11, 23): "勤労感謝の日", date(2027, 1, 1): "元日"}


def schedule(*written: tuple[str, str], **settings: Any) -> Schedule[str]:
    """Build a schedule of Tokyo from pairs of notation and value."""
    given: dict[str, Any] = {"zone": "Asia/Tokyo", "holidays": HOLIDAYS, **settings}
    return Schedule(rules=tuple(Rule(*each) for each in written), **given)


def check(*written: tuple[str, str], **settings: Any) -> tuple[Finding, ...]:
    """Check a schedule built from pairs of notation and value."""
    return schedule(*written, **settings).check()


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, float]]:
    """Return what matters most of each finding."""
    return [(each.code, each.about, each.minutes_a_week) for each in findings]


def test_the_sample_of_asterisk_leaves_ten_minutes_a_week() -> None:
    """Daytime, weekend and weeknights of the sample dial plan leave 10 minutes open."""
    findings = check(
        ("mon-fri 09:00-17:01", "daytime"),
        ("sat,sun 00:00-24:00", "weekend"),
        ("mon-fri 00:00-08:59,17:02-24:00", "weeknights"),
    )

    assert told(findings) == [
        ("schedule.gap", "mon-fri 08:59-09:00", 5.0),
        ("schedule.gap", "mon-fri 17:01-17:02", 5.0),
    ]
    assert sum(each.minutes_a_week for each in findings) == 10
    assert findings[0].witness == datetime(2020, 1, 6, 8, 59, tzinfo=TOKYO)
    assert findings[0].severity is Severity.ERROR
    assert not findings[0].data


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param((), [("schedule.gap", "00:00-24:00", 10080.0)], id="no rule"),
        pytest.param(
            (("mon-fri 22:00-06:00", "a"), ("mon-fri 06:00-22:00", "b")),
            [
                ("schedule.gap", "mon 00:00-06:00", 360.0),
                ("schedule.gap", "sat 06:00-24:00", 1080.0),
                ("schedule.gap", "sun 00:00-24:00", 1440.0),
            ],
            id="overnight",
        ),
        pytest.param(
            (("00:00-23:59:30", "a"),),
            [("schedule.gap", "23:59:30-24:00", 3.5)],
            id="seconds",
        ),
        pytest.param(
            (("00:00-24:00", "a"), ("holiday 00:00-12:00", "b")),
            [("schedule.gap.holiday", "2026-11-23 12:00-24:00", 0.99)],
            id="holidays",
        ),
        pytest.param(
            (("00:00-24:00", "a"), ("2026-12-29 12:00-24:00", "b")),
            [("schedule.gap.dated", "2026-12-29 00:00-12:00", 0.49)],
            id="a date",
        ),
        pytest.param(
            (("00:00-24:00", "a"), ("12-29 12:00-24:00", "b")),
            [("schedule.gap.yearly", "2020-12-29 00:00-12:00", 13.8)],
            id="a day of every year",
        ),
        pytest.param(
            (("00:00-24:00", "a"), ("mon[2] 00:00-23:00", "b")),
            [("schedule.gap.recurring", "2020-01-13 23:00-24:00", 13.8)],
            id="a recurring day",
        ),
        pytest.param(
            (("00:00-24:00", "a"), ("07-01..08-31 sun 01:00-24:00", "b")),
            [("schedule.gap.seasonal", "2020-07-05 00:00-01:00", 10.18)],
            id="a season",
        ),
        pytest.param(
            (
                ("mon-fri 00:00-22:00", "a"),
                ("mon-thu 22:00-24:00", "b"),
                ("fri 22:00-06:00", "c"),
                ("sat 06:00-24:00", "d"),
                ("sun 00:00-24:00", "e"),
                ("2026-11-27 00:00-24:00", "f"),
            ),
            [("schedule.gap.after", "2026-11-28 00:00-06:00", 0.25)],
            id="the morning after a date that has no night",
        ),
        pytest.param(
            (
                ("sun 22:00-08:00", "a"),
                ("mon 10:00-24:00", "b"),
                ("tue-sat 00:00-24:00", "c"),
                ("sun 00:00-22:00", "d"),
                ("2026-11-22 00:00-24:00", "e"),
            ),
            [
                ("schedule.gap", "mon 08:00-10:00", 120.0),
                ("schedule.gap.after", "2026-11-23 00:00-08:00", 0.33),
            ],
            id="what is usually missing is not told again",
        ),
        pytest.param(
            (
                ("mon[1],mon[2],mon[3],mon[4],mon[5] 00:00-24:00", "a"),
                ("wed-sun 00:00-24:00", "b"),
            ),
            [("schedule.gap.after", "2020-01-07 00:00-24:00", 1440.0)],
            id="a day that is never ordinary",
        ),
    ],
)
def test_gaps(
    written: tuple[tuple[str, str], ...], expected: list[tuple[str, str, float]]
) -> None:
    """Time that nothing covers is told by days, with its size."""
    assert told(check(*written)) == expected


def test_a_gap_of_special_days_says_how_many_there_are() -> None:
    """Count, first date and horizon stand in the data, and the witness has no answer."""
    hours = schedule(("00:00-24:00", "a"), ("holiday 00:00-12:00", "b"))
    (gap,) = hours.check()

    assert gap.data == {
        "span": "12:00-24:00",
        "first": "2026-11-23",
        "days": 2,
        "horizon": "2020-01-01..2047-12-31",
    }
    assert gap.witness == datetime(2026, 11, 23, 12, tzinfo=TOKYO)
    assert hours.at(gap.witness) is None


def test_the_witness_of_a_gap_is_on_the_clock() -> None:
    """A gap at an hour that the zone leaves out has its witness on a later day."""
    (gap,) = check(
        ("00:00-24:00", "a"),
        ("2026-03-29,2026-03-31 00:00-02:15,02:45-24:00", "b"),
        zone="Europe/Paris",
    )

    assert gap.about == "2026-03-29 02:15-02:45"
    assert gap.witness is not None
    assert gap.witness.astimezone(UTC) == datetime(2026, 3, 31, 0, 15, tzinfo=UTC)


def test_a_value_for_otherwise_leaves_no_gap() -> None:
    """Where otherwise answers, uncovered time is meant."""
    assert check(("mon-fri 09:00-18:00", "open"), otherwise="closed") == ()


def test_the_override_is_ignored() -> None:
    """A value forced by hand neither fills a gap nor makes a rule dead."""
    forced = Override("closed", until=datetime(2026, 12, 1, tzinfo=TOKYO))

    assert check(("00:00-12:00", "a"), override=forced) == check(("00:00-12:00", "a"))


@pytest.mark.parametrize(
    ("written", "about", "other", "minutes", "witness"),
    [
        pytest.param(
            ("mon-fri 09:00-18:00", "fri 17:00-19:00"),
            "mon-fri 09:00-18:00",
            "fri 17:00-19:00",
            60.0,
            datetime(2020, 1, 10, 17, tzinfo=TOKYO),
            id="weekdays",
        ),
        pytest.param(
            ("mon,tue 05:00-07:00,22:00-06:00", "tue 04:00-08:00"),
            "mon,tue 05:00-07:00,22:00-06:00",
            "tue 04:00-08:00",
            180.0,
            datetime(2020, 1, 7, 4, tzinfo=TOKYO),
            id="time shared twice counts once",
        ),
        pytest.param(
            ("12-29 09:00-18:00", "12-29..12-31 12:00-13:00"),
            "12-29 09:00-18:00",
            "12-29..12-31 12:00-13:00",
            1.15,
            datetime(2020, 12, 29, 12, tzinfo=TOKYO),
            id="averaged over the horizon",
        ),
        pytest.param(
            (
                "2026-12-29 00:00-24:00",
                "12-29 2026-12-29 mon 09:00-10:00",
                "mon 09:00-10:00",
                "mon 09:30-10:30",
            ),
            "mon 09:00-10:00",
            "mon 09:30-10:30",
            30.0,
            datetime(2020, 1, 6, 9, 30, tzinfo=TOKYO),
            id="rules of other tiers do not overlap",
        ),
    ],
)
def test_overlaps(
    written: tuple[str, ...], about: str, other: str, minutes: float, witness: datetime
) -> None:
    """Two rules that share time are told, and which one wins."""
    rules = [(when, f"value {number}") for number, when in enumerate(written)]
    findings = check(*rules, overlap="first", otherwise="closed")
    (overlap,) = [each for each in findings if each.code == "schedule.overlap"]

    assert overlap.severity is Severity.NOTE
    assert (overlap.about, overlap.data["other"]) == (about, other)
    assert (overlap.minutes_a_week, overlap.witness) == (minutes, witness)


def test_an_overlap_outside_the_horizon_is_told_with_its_own_day() -> None:
    """Rules may share a holiday that no calendar lists; then nothing is shared yet."""
    (overlap, *_) = check(
        ("holiday 09:00-12:00", "a"),
        ("holiday mon 10:00-11:00", "b"),
        holidays=None,
        overlap="first",
        otherwise="closed",
    )

    assert (overlap.code, overlap.minutes_a_week) == ("schedule.overlap", 0.0)
    assert overlap.witness is not None
    assert (overlap.witness.weekday(), overlap.witness.hour) == (0, 10)


def test_spilled_time_is_not_shared_where_it_is_cut() -> None:
    """With clipped spans, a night that a date cuts is not shared on that date."""
    night = ("fri 22:00-06:00", "a"), ("fri 23:00-05:00", "b"), ("2026-11-28 00:00-24:00", "c")
    kept, cut = (
        check(*night, overlap="first", otherwise="closed", spill=spill)[0].minutes_a_week
        for spill in ("keep", "clip")
    )

    assert (kept, cut) == (360.0, 359.79)


def test_one_rule_given_twice_overlaps_itself() -> None:
    """The same object in two places is two rules: they share all, and the second is dead."""
    rule = Rule("mon 09:00-10:00", "open")
    twice = Schedule(zone="UTC", rules=(rule, rule), otherwise="closed", overlap="first")

    assert [(each.code, each.minutes_a_week) for each in twice.check()] == [
        ("schedule.overlap", 60.0),
        ("schedule.redundant", 60.0),
        ("schedule.dead.covered", 60.0),
    ]


@pytest.mark.parametrize(
    ("written", "settings", "expected", "blockers"),
    [
        pytest.param(
            (("mon-fri 09:00-18:00", "a"), ("mon 10:00-12:00", "b")),
            {"overlap": "first"},
            ("schedule.dead.covered", "mon 10:00-12:00", 120.0),
            "mon-fri 09:00-18:00",
            id="covered by one",
        ),
        pytest.param(
            (("mon 09:00-11:00", "a"), ("mon 11:00-18:00", "b"), ("mon 10:00-12:00", "c")),
            {"overlap": "first"},
            ("schedule.dead.covered", "mon 10:00-12:00", 120.0),
            "mon 09:00-11:00; mon 11:00-18:00",
            id="covered by two",
        ),
        pytest.param(
            (("2026-12-29 mon 09:00-18:00", "a"),),
            {},
            ("schedule.dead.no_day", "2026-12-29 mon 09:00-18:00", 0.0),
            "",
            id="names no day",
        ),
        pytest.param(
            (("holiday 09:00-18:00", "a"),),
            {"holidays": None},
            ("schedule.dead.no_holidays", "holiday 09:00-18:00", 0.0),
            "",
            id="no calendar",
        ),
        pytest.param(
            (
                ("2027-01-01 00:00-24:00", "a"),
                ("2026-11-20..2026-11-30 00:00-24:00", "b"),
                ("holiday 09:00-18:00", "c"),
            ),
            {},
            ("schedule.dead.owned", "holiday 09:00-18:00", 0.74),
            "2027-01-01 00:00-24:00; 2026-11-20..2026-11-30 00:00-24:00",
            id="owned by higher tiers",
        ),
        pytest.param(
            (("2026-11-23..2027-01-05 00:00-24:00", "a"), ("holiday 09:00-18:00", "b")),
            {},
            ("schedule.dead.owned", "holiday 09:00-18:00", 0.74),
            "2026-11-23..2027-01-05 00:00-24:00",
            id="owned on each day by the same rule",
        ),
        pytest.param(
            (
                ("sun 22:00-12:00", "a"),
                ("2026-11-23 09:00-11:00", "b"),
                ("tue-sun 09:00-11:00", "c"),
            ),
            {},
            ("schedule.dead.spilled", "2026-11-23 09:00-11:00", 0.08),
            "sun 22:00-12:00",
            id="covered by the night before",
        ),
    ],
)
def test_dead_rules(
    written: tuple[tuple[str, str], ...],
    settings: dict[str, Any],
    expected: tuple[str, str, float],
    blockers: str,
) -> None:
    """A rule that never answers is told with the cause and the rules behind it."""
    findings = check(*written, otherwise="closed", **settings)
    (dead,) = [each for each in findings if each.code.startswith("schedule.dead")]

    assert told((dead,)) == [expected]
    assert dead.severity is Severity.WARNING
    assert dead.data["blockers"] == blockers


def test_a_rule_that_silences_others_is_not_dead() -> None:
    """A date that answers nothing itself, but keeps weekdays away, is left alone."""
    findings = check(
        ("sun 22:00-12:00", "a"),
        ("mon 12:00-18:00", "b"),
        ("2026-11-23 09:00-11:00", "c"),
        otherwise="closed",
    )

    assert findings == ()


@pytest.mark.parametrize(
    ("written", "settings", "expected"),
    [
        pytest.param(
            (("mon-fri 09:00-18:00", "open"), ("sat 00:00-24:00", "closed")),
            {},
            [("schedule.redundant", "sat 00:00-24:00", 1440.0)],
            id="says what is said otherwise",
        ),
        pytest.param(
            (
                ("mon-fri 09:00-18:00", "open"),
                ("12-29..01-03 00:00-24:00", "closed"),
                ("holiday 00:00-24:00", "closed"),
            ),
            {"holidays": {date(2027, 1, 2): "Saturday"}},
            [("schedule.dead.owned", "holiday 00:00-24:00", 0.99)],
            id="owned",
        ),
        pytest.param(
            (("mon-fri 09:00-18:00", "open"), ("holiday 00:00-24:00", "closed")),
            {"holidays": {date(2027, 1, 2): "Saturday", date(2027, 1, 3): "Sunday"}},
            [("schedule.redundant", "holiday 00:00-24:00", 1.97)],
            id="on all of its days the lower tier says the same",
        ),
        pytest.param(
            (("mon-fri 09:00-18:00", "open"), ("holiday 00:00-24:00", "closed")),
            {"holidays": {date(2027, 1, 2): "Saturday", date(2027, 1, 4): "Monday"}},
            [],
            id="on one of its days the lower tier says something else",
        ),
        pytest.param(
            (("mon 09:00-18:00", "open"), ("holiday 00:00-24:00", "closed")),
            {"holidays": {date(2027, 1, 3): "Sunday", date(2027, 1, 11): "Monday"}},
            [],
            id="days of one kind may fall to different rules",
        ),
    ],
)
def test_redundant_rules(
    written: tuple[tuple[str, str], ...],
    settings: dict[str, Any],
    expected: list[tuple[str, str, float]],
) -> None:
    """A rule without which all answers are the same is told."""
    assert told(check(*written, otherwise="closed", **settings)) == expected


def test_findings_come_with_remedies() -> None:
    """The portal administrator can mend each of them, in this order."""
    findings = check(
        ("mon-fri 09:00-18:00", "a"),
        ("mon 10:00-12:00", "b"),
        ("2026-12-29 mon 10:00-12:00", "c"),
        overlap="first",
    )
    remedies = {each.code: [remedy.code for remedy in each.remedies] for each in findings}

    assert remedies == {
        "schedule.gap": ["schedule.rule.add"],
        "schedule.overlap": ["schedule.rule.part"],
        "schedule.dead.covered": ["schedule.rule.remove", "schedule.rule.move"],
        "schedule.dead.no_day": ["schedule.rule.remove"],
    }
    actors = {remedy.actor for each in findings for remedy in each.remedies}
    assert actors == {Actor.PORTAL_ADMINISTRATOR}


def test_a_rule_for_holidays_that_nobody_knows_asks_for_a_calendar() -> None:
    """A forgotten calendar is named first, and only then the rule itself."""
    (finding,) = check(("holiday 09:00-18:00", "a"), otherwise="b", holidays=None)

    assert [each.code for each in finding.remedies] == [
        "schedule.holidays.set",
        "schedule.rule.remove",
    ]


def test_moving_a_covered_rule_first_makes_it_apply() -> None:
    """The remedy of a covered rule mends it."""
    before = ("mon-fri 09:00-18:00", "a"), ("mon 10:00-12:00", "b")
    after = before[::-1]

    assert [each.code for each in check(*before, overlap="first", otherwise="c")] == [
        "schedule.overlap",
        "schedule.dead.covered",
    ]
    assert [each.code for each in check(*after, overlap="first", otherwise="c")] == [
        "schedule.overlap"
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_words(lang: str) -> None:
    """Each code of a schedule's check can be said, with what the check gives it."""
    everything = (
        check(
            ("mon[2] 00:00-23:00", "a"),
            ("2026-11-27 00:00-23:00", "b"),
            ("12-29 00:00-23:00", "c"),
            ("holiday 00:00-23:00", "d"),
            ("07-01..08-31 sun 00:00-23:00", "e"),
            ("fri 22:00-06:00", "f"),
            ("2026-11-23 holiday 00:00-23:00", "g"),
            ("2026-11-27,2026-11-23 00:00-24:00", "h"),
            ("2026-12-29 mon 00:00-23:00", "i"),
            ("12-29 12:00-13:00", "j"),
            overlap="first",
        )
        + check(
            ("sun 22:00-12:00", "a"), ("2026-11-23 09:00-11:00", "b"), ("mon 12:00-13:00", "a")
        )
        + check(("sun 22:00-12:00", "a"), ("2026-11-23 09:00-11:00", "b"))
        + check(("sat 00:00-24:00", "closed"), otherwise="closed")
        + check(("holiday 00:00-24:00", "closed"), otherwise="open", holidays=None)
    )
    written = {code for code in catalogue(lang)["finding"] if code.startswith("schedule.")}

    assert {each.code for each in everything} == written
    for each in everything:
        said = each.explain(lang)
        assert each.about in said or str(each.data["span"]) in said
