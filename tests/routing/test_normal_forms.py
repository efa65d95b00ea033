"""What the normal form of a schedule's rules joins, and what it leaves apart."""

import pytest

from cloudpbx.routing import Rule, Schedule
from cloudpbx.routing.normal_forms import joined_rules


def normal(*written: str) -> list[str]:
    """Return the normal form of rules with one value and no name."""
    schedule = Schedule(zone="UTC", rules=tuple(Rule(when, "open") for when in written))
    return [str(rule.when) for rule in schedule.normalise().rules]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param((), [], id="no rule"),
        pytest.param(
            ("mon 09:00-18:00", "tue 09:00-18:00"), ["mon,tue 09:00-18:00"], id="equal spans"
        ),
        pytest.param(
            ("mon 09:00-12:00", "mon 13:00-18:00"),
            ["mon 09:00-12:00,13:00-18:00"],
            id="equal days",
        ),
        pytest.param(
            ("mon-fri 09:00-12:00", "thu,fri 12:00-18:00", "mon-wed 12:00-18:00"),
            ["mon-fri 09:00-18:00"],
            id="touching spans",
        ),
        pytest.param(
            ("mon-fri 09:00-12:00", "fri 13:00-18:00", "sat 09:00-12:00"),
            ["fri 09:00-12:00,13:00-18:00", "mon-thu,sat 09:00-12:00"],
            id="one rule for each time of the day",
        ),
        pytest.param(
            ("mon-sat 00:00-24:00", "sun 00:00-24:00"), ["00:00-24:00"], id="every day"
        ),
        pytest.param(
            ("fri 22:00-24:00", "sat 00:00-06:00"),
            ["fri 22:00-24:00", "sat 00:00-06:00"],
            id="the next morning has another owner",
        ),
        pytest.param(
            ("fri 20:00-22:00", "fri 22:00-06:00"), ["fri 20:00-06:00"], id="an overnight span"
        ),
        pytest.param(
            ("mon 00:00-12:00", "mon 12:00-06:00"),
            ["mon 00:00-15:00", "mon 15:00-06:00"],
            id="longer than a day: cut in the middle",
        ),
        pytest.param(
            ("mon 06:00-12:00", "mon 12:00-06:00"),
            ["mon 06:00-15:00", "mon 15:00-06:00"],
            id="a whole day over midnight: cut in the middle",
        ),
        pytest.param(
            ("mon 00:00-12:00,13:00-14:00", "mon 14:00-12:00", "wed 18:00-12:00"),
            ["mon 00:00-12:00,13:00-12:00", "wed 18:00-12:00"],
            id="shorter than a day over midnight",
        ),
        pytest.param(
            ("mon,tue 22:00-06:00,05:00-07:00", "tue 12:00-13:00"),
            ["mon,tue 05:00-07:00,22:00-06:00", "tue 12:00-13:00"],
            id="a rule that runs into its own next morning stays whole",
        ),
        pytest.param(
            ("mon 22:00-06:00", "mon 05:00-07:00"),
            ["mon 05:00-07:00,22:00-06:00"],
            id="the next morning of another day may be cut",
        ),
        pytest.param(
            ("2026-12-30 09:00-12:00", "2026-12-29 09:00-12:00", "2027-01-03 09:00-12:00"),
            ["2026-12-29..2026-12-30,2027-01-03 09:00-12:00"],
            id="dates",
        ),
        pytest.param(
            ("12-29 09:00-12:00", "12-29 12:00-13:00", "12-30 09:00-13:00"),
            ["12-29,12-30 09:00-13:00"],
            id="dates of every year, spans first",
        ),
        pytest.param(
            ("2026-12-29 00:00-12:00", "2026-12-29 12:00-06:00"),
            ["2026-12-29 00:00-12:00", "2026-12-29 12:00-06:00"],
            id="spans of dates longer than a day stay apart",
        ),
        pytest.param(
            ("mon[1] 09:00-12:00", "tue[1] 09:00-12:00"),
            ["mon[1],tue[1] 09:00-12:00"],
            id="recurring weekdays",
        ),
        pytest.param(
            (
                "rrule:FREQ=MONTHLY;BYMONTHDAY=1 09:00-12:00",
                "rrule:FREQ=MONTHLY;BYMONTHDAY=2 09:00-12:00",
            ),
            [
                "rrule:FREQ=MONTHLY;BYMONTHDAY=1 09:00-12:00",
                "rrule:FREQ=MONTHLY;BYMONTHDAY=2 09:00-12:00",
            ],
            id="recurrence rules have no list",
        ),
        pytest.param(
            ("07-01..08-31 mon-fri 09:00-12:00", "07-01..08-31 sat 09:00-12:00"),
            ["07-01..08-31 mon-sat 09:00-12:00"],
            id="one word of several",
        ),
        pytest.param(
            ("07-01..08-31 mon-fri 09:00-12:00", "07-01..08-31 sat,sun 09:00-12:00"),
            ["07-01..08-31 mon-fri 09:00-12:00", "07-01..08-31 sat,sun 09:00-12:00"],
            id="all weekdays of a season would be another tier",
        ),
        pytest.param(
            ("07-01..08-31 mon 09:00-12:00", "09-01..09-30 tue 09:00-12:00"),
            ["07-01..08-31 mon 09:00-12:00", "09-01..09-30 tue 09:00-12:00"],
            id="two words differ",
        ),
        pytest.param(
            ("holiday mon 09:00-12:00", "holiday tue-sun 09:00-12:00"),
            ["holiday 09:00-12:00"],
            id="all holidays",
        ),
        pytest.param(
            ("sun 09:00-12:00", "holiday 09:00-12:00", "2026-12-29 09:00-12:00"),
            ["2026-12-29 09:00-12:00", "holiday 09:00-12:00", "sun 09:00-12:00"],
            id="never across tiers, the highest first",
        ),
        pytest.param(
            ("holiday,sun 09:00-12:00", "sat 09:00-12:00"),
            ["holiday 09:00-12:00", "sat,sun 09:00-12:00"],
            id="a rule of two tiers becomes one for each",
        ),
        pytest.param(
            ("holiday 07-01,mon 09:00-12:00",),
            ["07-01,mon holiday 09:00-12:00"],
            id="two parts of one tier stay one rule",
        ),
        pytest.param(
            ("holiday,mon tue-fri 09:00-12:00",),
            ["holiday tue-fri 09:00-12:00"],
            id="a part that names no day goes",
        ),
    ],
)
def test_rules_are_joined(written: tuple[str, ...], expected: list[str]) -> None:
    """Rules that say the same are joined into the one way to write them."""
    assert normal(*written) == expected
    assert normal(*expected) == expected


def test_names_and_values_keep_rules_apart() -> None:
    """Only rules of one name and equal values are joined; values need no hash."""
    rules = (
        Rule("mon 09:00-12:00", ["1001"]),
        Rule("tue 09:00-12:00", ["1001"]),
        Rule("wed 09:00-12:00", ["1002"]),
        Rule("thu 09:00-12:00", ["1001"], name="late"),
    )

    assert [str(rule) for rule in joined_rules(rules)] == [
        "mon,tue 09:00-12:00 → ['1001']",
        "late: thu 09:00-12:00 → ['1001']",
        "wed 09:00-12:00 → ['1002']",
    ]


def test_rules_that_never_apply_are_ordered_by_value() -> None:
    """Rules that could not be told apart otherwise stand in the order of their values."""
    one, two = (Rule("2026-12-29 mon 09:00-12:00", value) for value in ("a", "b"))

    assert joined_rules((two, one)) == joined_rules((one, two)) == (one, two)


def test_the_order_of_rules_that_may_overlap_is_kept() -> None:
    """Where the order decides, nothing is joined."""
    rules = (Rule("tue 09:00-12:00", "open"), Rule("mon 09:00-12:00", "open"))
    schedule = Schedule(zone="UTC", rules=rules, overlap="first")

    assert schedule.normalise() is schedule
