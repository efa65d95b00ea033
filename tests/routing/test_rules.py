"""Rules, their tiers, and overrides."""

import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Days, Override, Rule, Span, Tier, When
from cloudpbx.routing.rules import Until, tier_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("09:00-18:00", "09:00-18:00", id="every day"),
        pytest.param("daily 9:00-18:00", "09:00-18:00", id="every day by name"),
        pytest.param("09:00-12:00 mon", "mon 09:00-12:00", id="the span first"),
        pytest.param(
            "07-01..08-31 9:00-10:00 mon", "07-01..08-31 mon 09:00-10:00", id="between"
        ),
        pytest.param(
            "mon , tue 09:00-12:00 , 13:00-18:00",
            "mon,tue 09:00-12:00,13:00-18:00",
            id="spaces around commas",
        ),
        pytest.param("mon 13:00-18:00,9:00-13:00", "mon 09:00-18:00", id="spans that touch"),
        pytest.param("00:00-24:00,09:00-10:00", "00:00-24:00", id="a span inside another"),
        pytest.param("20:00-02:00,22:00-06:00", "20:00-06:00", id="joined over midnight"),
        pytest.param("18:00-24:00,22:00-06:00", "18:00-06:00", id="from midnight on"),
        pytest.param(
            "rrule:FREQ=WEEKLY;BYDAY=MO,TU 09:00-10:00",
            "rrule:FREQ=WEEKLY;BYDAY=MO,TU 09:00-10:00",
            id="a recurrence rule with its commas",
        ),
        pytest.param("\u3000mon\u300009:00-10:00", "mon 09:00-10:00", id="full-width spaces"),
    ],
)
def test_when_is_read(text: str, printed: str) -> None:
    """Days and spans are told apart, joined, and print in one way."""
    when = When.parse(text)

    assert str(when) == printed
    assert When.parse(printed) == when


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "", "`` is empty: when a rule applies needs at least one character", id="empty"
        ),
        pytest.param(
            "mon", "`mon` has no span of the day: add `00:00-24:00` for all of it", id="no span"
        ),
        pytest.param(
            "rrule:FREQ=DAILY",
            "`rrule:FREQ=DAILY` has no span of the day: add `00:00-24:00` for all of it",
            id="the colon of a recurrence rule is no span",
        ),
        pytest.param(
            "mon 09:00-12:00 13:00-18:00",
            "`mon 09:00-12:00 13:00-18:00` has spans in 2 places: join them with commas",
            id="spans apart",
        ),
        pytest.param(
            "22:00-06:00,05:00-23:00",
            "`22:00-06:00,05:00-23:00` runs a day or longer: write the next morning as its "
            "own rule",
            id="longer than a day",
        ),
        pytest.param(
            "22:00-06:00,06:00-22:00",
            "`22:00-06:00,06:00-22:00` runs a day or longer: write the next morning as its "
            "own rule",
            id="a day that starts in the evening",
        ),
        pytest.param(
            "mon 9:00-9:60",
            "`9:60` is not a time of day: minutes are 00 to 59",
            id="a bad span",
        ),
        pytest.param(
            "mno 9:00-10:00", "`mno` is not a weekday: did you mean `mon`?", id="days"
        ),
        pytest.param(
            5,
            '`5` is not text, as when a rule applies must be: write it in quotes, "5"',
            id="int",
        ),
    ],
)
def test_text_is_refused(text: Any, message: str) -> None:
    """What is not of the notation is named; a rule refuses it likewise."""
    with pytest.raises(InvalidValueError) as refusal:
        When.parse(text)
    with pytest.raises(InvalidValueError) as refusal_of_rule:
        Rule(text, "open")

    assert str(refusal.value) == str(refusal_of_rule.value) == message


@pytest.mark.parametrize(
    ("days", "spans", "message"),
    [
        pytest.param(
            Days(),
            (),
            "`()` has no span of the day: add `00:00-24:00` for all of it",
            id="no span",
        ),
        pytest.param(
            "mon",
            (Span(0, 1),),
            "`mon` is not `Days`, as the days of a rule must be",
            id="days are text",
        ),
        pytest.param(
            Days(),
            Span(0, 1),
            "`Span(start=0, end=1)` is not a sequence: write `(…,)` with a span of a rule "
            "in it",
            id="one span",
        ),
        pytest.param(
            Days(),
            ("09:00-10:00",),
            "`09:00-10:00` is not `Span`, as a span of a rule must be",
            id="a span is text",
        ),
    ],
)
def test_objects_are_refused(days: Any, spans: Any, message: str) -> None:
    """Objects of the wrong type are named."""
    with pytest.raises(InvalidValueError) as refusal:
        When(days, spans)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        pytest.param("2026-01-01", [Tier.DATED], id="a date"),
        pytest.param("2026-01-01..2026-12-31 12-24", [Tier.DATED], id="a date and yearly"),
        pytest.param("12-24", [Tier.YEARLY], id="yearly"),
        pytest.param("holiday", [Tier.HOLIDAY], id="holiday"),
        pytest.param("holiday 12-24 mon[1] mon", [Tier.HOLIDAY], id="holiday, narrowed"),
        pytest.param("mon[1]", [Tier.RECURRING], id="nth"),
        pytest.param("rrule:FREQ=DAILY 12-24", [Tier.RECURRING], id="recurrence, narrowed"),
        pytest.param("12-24 mon", [Tier.SEASONAL], id="yearly and weekdays"),
        pytest.param("2026-01-01 mon", [Tier.SEASONAL], id="dates and weekdays"),
        pytest.param("mon", [Tier.WEEKDAY], id="weekdays"),
        pytest.param("", [Tier.WEEKDAY], id="every day"),
        pytest.param("holiday,sun", [Tier.HOLIDAY, Tier.WEEKDAY], id="a union has both"),
    ],
)
def test_tiers(text: str, tiers: list[Tier]) -> None:
    """The terms that days are made of tell their tier."""
    assert [tier_of(part) for part in Days.parse(text).alternatives()] == tiers


def test_tiers_are_ordered() -> None:
    """The order of precedence is the order of the members."""
    assert list(Tier) == ["dated", "yearly", "holiday", "recurring", "seasonal", "weekday"]


@pytest.mark.parametrize(
    ("rule", "label", "printed"),
    [
        pytest.param(
            Rule("mon 9:00-10:00", 7), "mon 09:00-10:00", "mon 09:00-10:00 → 7", id="no"
        ),
        pytest.param(
            Rule(When.parse("mon 9:00-10:00"), 7, "early"),
            "early",
            "early: mon 09:00-10:00 → 7",
            id="named",
        ),
    ],
)
def test_a_rule_is_called_by_its_name(rule: Rule[int], label: str, printed: str) -> None:
    """A rule without a name is called by its notation."""
    assert (rule.label, str(rule)) == (label, printed)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ("mon 09:00-10:00", None),
            "`mon 09:00-10:00` says None, which means no answer: leave the rule out",
            id="None",
        ),
        pytest.param(
            ("mon 09:00-10:00", "open", 5),
            '`5` is not text, as the name of a rule must be: write it in quotes, "5"',
            id="a name that is a number",
        ),
        pytest.param(
            ("mon 09:00-10:00", "open", "a\nb"),
            "`a\\nb` has a control character: the name of a rule is one line of text",
            id="a name of two lines",
        ),
    ],
)
def test_a_rule_is_refused(arguments: Any, message: str) -> None:
    """A rule needs an answer, and a name of one line if any."""
    with pytest.raises(InvalidValueError) as refusal:
        Rule(*arguments)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("arguments", "limits", "message"),
    [
        pytest.param(
            (None,), {}, "`None` is no answer to force: leave the override out", id="None"
        ),
        pytest.param(
            ("open",),
            {"until": "2026-01-01"},
            "`2026-01-01` is not a datetime, as the start or end of an override must be",
            id="text",
        ),
        pytest.param(
            ("open",),
            {"since": datetime(2026, 1, 1)},  # noqa: DTZ001 - refused
            "`2026-01-01T00:00:00` is naive: the start or end of an override needs a time "
            'zone, as in `datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="naive",
        ),
        pytest.param(
            ("open",),
            {"since": NOON, "until": NOON},
            "`2026-11-24T12:00:00+00:00` ends the override before it starts: swap them",
            id="empty",
        ),
        pytest.param(
            ("open",),
            {
                "since": datetime(2026, 11, 1, 1, 15, tzinfo=NEW_YORK, fold=1),
                "until": datetime(2026, 11, 1, 1, 45, tzinfo=NEW_YORK),
            },
            "`2026-11-01T01:45:00-04:00` ends the override before it starts: swap them",
            id="backwards in a repeated hour",
        ),
        pytest.param(
            ("open",),
            {"until": Until.NEXT_CHANGE},
            "`next_change` needs the moment it is counted from: give `since`",
            id="the next change after no moment",
        ),
        pytest.param(
            ("open",),
            {"since": Until.NEXT_CHANGE},
            "`next_change` is not a datetime, as the start or end of an override must be",
            id="since the next change",
        ),
        pytest.param(
            ("open",),
            {"until": datetime.max.replace(tzinfo=UTC)},
            "`9999-12-31T23:59:59.999999+00:00` is too near the end of the calendar: use "
            "years 2 to 9998",
            id="the end of the calendar",
        ),
    ],
)
def test_an_override_is_refused(arguments: Any, limits: Any, message: str) -> None:
    """An override needs an answer, and aware bounds in their order."""
    with pytest.raises(InvalidValueError) as refusal:
        Override(*arguments, **limits)

    assert str(refusal.value) == message


def test_an_override_is_cut_to_seconds() -> None:
    """Bounds are whole seconds, as all changes are."""
    override = Override(
        "open", since=NOON.replace(microsecond=1), until=NOON + timedelta(days=1)
    )

    assert (override.since, override.until) == (NOON, NOON + timedelta(days=1))


def test_overrides_are_equal_by_instant() -> None:
    """The same instant is equal in every zone; two readings of an hour are not."""
    tokyo = timezone(timedelta(hours=9))
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)

    assert Override("open", until=NOON) == Override("open", until=NOON.astimezone(tokyo))
    assert Override("open", until=first) != Override("open", until=first.replace(fold=1))
    assert Override("open", until=first) != Override("open")
    assert hash(Override("open", since=NOON)) == hash(
        Override("open", since=NOON.astimezone(tokyo))
    )


def test_the_next_change_is_an_end_of_its_own() -> None:
    """It is equal to no instant and to no missing end, may be written as text, and pickles."""
    override = Override("open", since=NOON, until=Until.NEXT_CHANGE)

    assert override == Override("open", since=NOON, until="next_change")  # type: ignore[arg-type]
    assert override.until is Until.NEXT_CHANGE
    assert override != Override("open", since=NOON)
    assert override != Override("open", since=NOON, until=NOON + timedelta(1))
    assert override != Override("open", since=NOON + timedelta(1), until=Until.NEXT_CHANGE)
    assert pickle.loads(pickle.dumps(override)) == override
    assert hash(pickle.loads(pickle.dumps(override))) == hash(override)


def test_an_override_may_span_a_repeated_hour() -> None:
    """From the first 1:45 to the second 1:15 is half an hour."""
    since = datetime(2026, 11, 1, 1, 45, tzinfo=NEW_YORK)
    until = datetime(2026, 11, 1, 1, 15, tzinfo=NEW_YORK, fold=1)

    assert Override("open", since=since, until=until).until == until


@pytest.mark.parametrize(
    "text",
    ["9-17", "mon-fri 9-17", "9am-5pm", "0900-1700", "9.00-17.00", "24/7", "9時から"],
)
def test_what_people_write_for_a_span_is_told_how_to_write_it(text: str) -> None:
    """A last word that is meant as a span is named, and not the lack of one."""
    with pytest.raises(InvalidValueError) as caught:
        When.parse(text)

    word = text.rsplit(maxsplit=1)[-1]
    assert str(caught.value) == f"`{word}` is not a span of the day: write `09:00-17:00`"


@pytest.mark.parametrize(
    "text", ["", "mon-fri", "12-29", "2026-12-29..2027-01-03", "12-29,01-03"]
)
def test_days_without_a_span_need_one(text: str) -> None:
    """Days alone are no rule, and the whole day is one span away."""
    with pytest.raises(InvalidValueError) as caught:
        When.parse(text or " ")

    assert str(caught.value).endswith("has no span of the day: add `00:00-24:00` for all of it")
