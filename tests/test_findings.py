"""What a check found is said with its size and what mends it.

Here: the value and its words. Not here: which findings a check makes.
"""

import json
import pickle
from datetime import UTC, datetime

import pytest
from attrs import evolve

from cloudpbx import texts
from cloudpbx.decisions import Actor, Remedy
from cloudpbx.findings import Finding, Severity

ENABLE = Remedy("subscription.international.enable", Actor.CUSTOMER)


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a code of these tests its words, so that they stand when others change."""
    words = {
        lang: {**texts.catalogue(lang), "finding": {"test.gap": "{about} <{name}> {minutes}"}}
        for lang in texts.LANGUAGES
    }
    monkeypatch.setattr(texts, "catalogue", words.__getitem__)


def finding(path: str = "", remedies: tuple[Remedy, ...] = ()) -> Finding:
    """Return a finding with data of every kind."""
    return Finding(
        code="test.gap",
        severity=Severity.WARNING,
        about="main",
        data={"name": "night"},
        path=path,
        witness=datetime(2026, 11, 21, 20, tzinfo=UTC),
        minutes_a_week=7.5,
        remedies=remedies,
    )


@pytest.mark.parametrize(
    ("given", "lang", "text"),
    [
        pytest.param(finding(), "en", "warning: main <night> 7.5 [test.gap]", id="alone"),
        pytest.param(
            finding("numbers[0]"),
            "en",
            "numbers[0]: warning: main <night> 7.5 [test.gap]",
            id="with its path",
        ),
        pytest.param(
            finding("", (ENABLE,)),
            "ja",
            "警告: main <night> 7.5 [test.gap]\n  → 契約者: 国際電話を利用可にする",
            id="with a remedy, in Japanese",
        ),
    ],
)
def test_a_finding_is_said_with_what_it_knows(given: Finding, lang: str, text: str) -> None:
    """A finding is said as place, severity, words, code, and remedies below."""
    assert given.explain(lang) == text


def test_a_severity_that_does_not_exist_is_refused() -> None:
    """A severity is one of a closed set, by value or by member."""
    assert Finding(code="test.gap", severity="note").severity is Severity.NOTE
    with pytest.raises(ValueError, match="grave"):
        Finding(code="test.gap", severity="grave")


def test_a_finding_is_plain_data_for_json() -> None:
    """A finding becomes plain data that JSON writes as it is, moments as text."""
    value = finding("numbers[0]", (ENABLE,))
    plain = value.to_dict()

    assert json.loads(json.dumps(plain)) == plain
    assert plain["code"] == "test.gap"
    assert plain["witness"] == "2026-11-21T20:00:00+00:00"
    assert plain["remedies"] == [ENABLE.to_dict()]
    assert evolve(value, witness=None).to_dict()["witness"] is None


def test_a_finding_survives_a_pickle() -> None:
    """A pickled finding is equal and has the same hash."""
    value = finding("numbers[0]", (ENABLE,))
    other = pickle.loads(pickle.dumps(value))

    assert other == value
    assert hash(other) == hash(value)
