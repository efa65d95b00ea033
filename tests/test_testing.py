"""What `cloudpbx.testing` gives to other test suites."""

import os
import subprocess
import sys
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cloudpbx.testing
from cloudpbx.decisions import Decision, Reason
from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Finding
from cloudpbx.routing import (
    Days,
    Interval,
    NthWeekday,
    Override,
    PublicHoliday,
    Recurrence,
    Rule,
    Schedule,
    Span,
    Weekday,
    When,
)
from cloudpbx.testing import (
    decisions,
    findings,
    for_tenants,
    holiday_sources,
    intervals,
    moments,
    notations,
    reasons,
    register,
    schedules,
    zones,
)

register()


def loaded_after(script: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after a script."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{script}\nprint(*sys.modules)"],
        env={
            **os.environ,
            "HYPOTHESIS_NO_PLUGINS": "1",
            "PYTHONPATH": ":".join(filter(None, sys.path)),
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split())


def test_importing_it_needs_no_hypothesis() -> None:
    """The façade is there before Hypothesis is."""
    assert "hypothesis" not in loaded_after("import cloudpbx.testing")


def test_registering_loads_nothing() -> None:
    """The entry point costs nothing: types and strategies wait until they are used."""
    before = loaded_after("import cloudpbx.testing, hypothesis.strategies")
    after = loaded_after("import cloudpbx.testing; cloudpbx.testing.register()")

    assert not {name for name in after - before if name.startswith("cloudpbx")}


def test_types_are_registered_when_they_are_imported() -> None:
    """A type that is imported after the entry point was called is drawn as any other."""
    loaded = loaded_after(
        "import cloudpbx.testing; cloudpbx.testing.register(); cloudpbx.testing.register()\n"
        "from cloudpbx.routing import Schedule\n"
        "from hypothesis import given, settings, strategies as st\n"
        "law = given(st.from_type(Schedule[bool]))(lambda value: None)\n"
        "settings(max_examples=3, deadline=None, database=None)(law)()"
    )

    assert "cloudpbx.testing.for_schedules" in loaded


def test_every_strategy_is_in_the_facade() -> None:
    """What the modules of strategies offer, the façade offers."""
    offered = {
        name
        for area in cloudpbx.testing._MODULES  # noqa: SLF001 - its own test
        for name in import_module(f"cloudpbx.testing.{area}").__all__
    }

    assert offered | {"register"} == set(cloudpbx.testing.__all__) == set(dir(cloudpbx.testing))


def test_an_unknown_name_is_an_attribute_error() -> None:
    """The façade has nothing else."""
    with pytest.raises(AttributeError) as refusal:
        cloudpbx.testing.schedule  # noqa: B018

    assert str(refusal.value) == "module 'cloudpbx.testing' has no attribute 'schedule'"


REGISTERED = [
    getattr(import_module(module), name)
    for module, names in cloudpbx.testing._STRATEGIES.items()  # noqa: SLF001 - its own test
    for name in names
]


@pytest.mark.parametrize("thing", [*REGISTERED, PublicHoliday, Weekday])
def test_a_type_is_drawn_by_its_name(thing: Any) -> None:
    """`from_type` draws every public type."""

    @settings(max_examples=10)
    @given(st.from_type(thing))
    def law(value: Any) -> None:
        assert isinstance(value, thing)

    law()


@pytest.mark.parametrize("thing", [Rule[bool], Override[bool], Schedule[bool]])
def test_a_type_is_drawn_with_the_values_it_holds(thing: Any) -> None:
    """`Schedule[bool]` answers with truth values."""

    @settings(max_examples=10)
    @given(st.from_type(thing))
    def law(value: Any) -> None:
        rules = value.rules if isinstance(value, Schedule) else (value,)
        assert {type(rule.value) for rule in rules} <= {bool}

    law()


@given(zones())
def test_zones_are_known(name: str) -> None:
    """A zone that is well formed exists."""
    assert name in available_timezones()


@given(moments(zone="Europe/Paris", years=(2020, 2021)))
def test_moments_are_aware_and_in_their_years(moment: Any) -> None:
    """A moment knows its offset, and lies in the years asked for."""
    assert moment.utcoffset() is not None
    assert moment.astimezone(ZoneInfo("UTC")).year in {2020, 2021}


@pytest.mark.parametrize(
    ("of", "read"),
    [
        pytest.param("when", When.parse, id="when"),
        pytest.param("days", Days.parse, id="days"),
        pytest.param("span", Span.parse, id="span"),
    ],
)
def test_notations_are_read(of: Any, read: Any) -> None:
    """Text that is well formed is read; wild text is refused at least once."""

    @given(notations(of=of))
    def law(text: str) -> None:
        read(text)

    refused = []

    @settings(max_examples=60)
    @given(notations(of=of, well_formed=False))
    def wild(text: str) -> None:
        try:
            read(text)
        except InvalidValueError:
            refused.append(text)

    law()
    wild()
    assert refused


@given(schedules(zone="Asia/Tokyo", overlap="refuse", recurring=False, most_rules=2))
def test_schedules_are_as_asked(schedule: Schedule[str]) -> None:
    """Zone, overlap, kinds of days and number of rules are what was asked for."""
    kinds = {
        type(term) for rule in schedule.rules for word in rule.when.days.words for term in word
    }

    assert (schedule.zone, schedule.overlap) == ("Asia/Tokyo", "refuse")
    assert not kinds & {NthWeekday, Recurrence}
    assert len(schedule.rules) <= 3


@given(holiday_sources(), st.dates())
def test_holiday_sources_answer(source: Any, day: Any) -> None:
    """Any source tells the holidays of a schedule."""
    hours = Schedule(zone="UTC", rules=(Rule("holiday 00:00-24:00", "x"),), holidays=source)
    name = source(day) if callable(source) else source.get(day)

    assert (hours._timeline.holiday(day) is None) == (not name)  # noqa: SLF001 - its own test


@given(intervals())
def test_intervals_run_forward(interval: Interval[str]) -> None:
    """An interval ends after it starts."""
    assert interval.start < interval.end


@given(reasons(), decisions(), findings())
def test_codes_have_words(reason: Reason, decision: Decision, finding: Finding) -> None:
    """What is well formed can be said in either language."""
    for lang in ("en", "ja"):
        assert reason.explain(lang)
        assert decision.explain(lang)
        assert finding.explain(lang)


@given(decisions(well_formed=False), findings(well_formed=False))
def test_any_code_is_a_value(decision: Decision, finding: Finding) -> None:
    """Codes of other suites are values too, whose words are theirs."""
    assert decision == Decision(decision.outcome, decision.reasons, decision.remedies)
    assert finding.code


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        pytest.param("value", ["odd"], id="another value"),
        pytest.param("drop", [], id="one less"),
        pytest.param("add", ["1001", "odd"], id="one more"),
        pytest.param("rename", ["1001", "1001"], id="twice"),
    ],
)
def test_a_list_of_a_wild_document_is_broken_in_every_way(
    how: str, expected: list[str]
) -> None:
    """What breaks a table breaks a list too, in its own way."""
    data: dict[str, Any] = {"targets": ["1001"]}
    drawn = iter([(data["targets"], 0), how, "odd"])

    draw: Any = lambda _: next(drawn)  # noqa: E731 - it stands for Hypothesis's

    for_tenants.break_one_place(draw, data, kind="json")

    assert data == {"targets": expected}
