"""An answer carries its reasons and what to do about them.

Here: the values and how they are said in words. Not here: which reasons an area gives.
"""

import copy
import json
import pickle
from collections.abc import Callable

import pytest
from attrs.exceptions import FrozenInstanceError

from cloudpbx.decisions import Actor, Decision, Outcome, Reason, Remedy
from cloudpbx.errors import InvalidValueError, UnknownReferenceError

BUSY = Reason("line.busy", "1001")
ENABLE = Remedy("subscription.international.enable", Actor.CUSTOMER)
HOLIDAY = Reason("schedule.holiday", "2026-11-23", {"name": "勤労感謝の日"})


@pytest.mark.parametrize("outcome", Outcome)
def test_only_the_allowed_outcome_is_allowed(outcome: Outcome) -> None:
    """A decision is allowed when its outcome is ALLOWED and not otherwise."""
    assert Decision(outcome).allowed is (outcome.value == "allowed")


@pytest.mark.parametrize("outcome", Outcome)
def test_a_decision_has_no_truth_value(outcome: Outcome) -> None:
    """A decision refuses to be a condition and says what to ask instead."""
    with pytest.raises(TypeError, match=r"ask `\.allowed`"):
        bool(Decision(outcome))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param(
            "en",
            "refused\n  - extension 1001 is busy\n  → customer: switch international calls on",
            id="English",
        ),
        pytest.param(
            "ja",
            "不可\n  - 内線1001は話し中です\n  → 契約者: 国際電話を利用可にする",
            id="Japanese",
        ),
    ],
)
def test_a_decision_is_said_with_all_reasons_and_remedies(lang: str, text: str) -> None:
    """Outcome, reasons and remedies are said one a line, in both languages."""
    assert Decision(Outcome.REFUSED, (BUSY,), (ENABLE,)).explain(lang) == text


def test_reasons_and_remedies_may_come_in_any_sequence() -> None:
    """Lists are kept as tuples, so that a decision stays as it is."""
    reasons = [BUSY]
    decision = Decision("refused", reasons, iter([ENABLE]))  # type: ignore[arg-type]
    reasons.append(HOLIDAY)

    assert decision == Decision(Outcome.REFUSED, (BUSY,), (ENABLE,))


def test_a_reason_keeps_its_data_from_changing() -> None:
    """Data that is changed afterwards does not change the reason."""
    data: dict[str, str | int] = {"name": "勤労感謝の日"}
    reason = Reason("schedule.holiday", "2026-11-23", data)
    data["name"] = "元日"

    assert reason == HOLIDAY
    assert hash(reason) == hash(HOLIDAY)
    with pytest.raises(FrozenInstanceError):
        reason.code = "line.busy"  # type: ignore[misc]


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_actor_has_a_name(actor: Actor, lang: str) -> None:
    """Whoever must act is named before what to do."""
    remedy = Remedy("subscription.international.enable", actor)

    assert remedy.actor_name(lang)
    assert remedy.explain(lang).startswith(f"{remedy.actor_name(lang)}: ")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: Reason("line busy"),
            r"`line busy` is not a code: write words joined by dots",
            id="a space in a code",
        ),
        pytest.param(lambda: Reason("line..busy"), "is not a code", id="an empty word"),
        pytest.param(lambda: Remedy("", Actor.USER), "`` is empty: a code", id="no code"),
        pytest.param(
            lambda: Reason(7),  # type: ignore[arg-type]
            "`7` is not text, as a code must be",
            id="no text",
        ),
        pytest.param(
            lambda: Decision(Outcome.REFUSED, BUSY),  # type: ignore[arg-type]
            r"is not a sequence: write `\(…,\)` with a decision's reason in it",
            id="one reason without a tuple",
        ),
        pytest.param(
            lambda: Decision(Outcome.REFUSED, "line.busy"),  # type: ignore[arg-type]
            "`line.busy` is not a sequence",
            id="text for reasons",
        ),
        pytest.param(
            lambda: Decision(Outcome.REFUSED, (ENABLE,)),  # type: ignore[arg-type]
            "is not `Reason`, as a decision's reason must be",
            id="a remedy among the reasons",
        ),
        pytest.param(
            lambda: Decision(Outcome.REFUSED, (), (BUSY,)),  # type: ignore[arg-type]
            "is not `Remedy`, as a decision's remedy must be",
            id="a reason among the remedies",
        ),
    ],
)
def test_what_cannot_be_said_is_refused(make: Callable[[], object], message: str) -> None:
    """A wrong part of an answer is refused where it is made."""
    with pytest.raises(InvalidValueError, match=message):
        make()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Decision("perhaps"), id="outcome"),
        pytest.param(lambda: Remedy("line.register", "nobody"), id="actor"),
    ],
)
def test_an_unknown_word_of_a_closed_set_is_refused(make: Callable[[], object]) -> None:
    """An outcome or an actor that does not exist is refused."""
    with pytest.raises(ValueError, match="is not a"):
        make()


def test_a_code_without_words_says_so() -> None:
    """Explaining a code that has no words names the nearest that has."""
    with pytest.raises(UnknownReferenceError, match=r"did you mean `line\.busy`"):
        Reason("line.bussy", "1001").explain()


def test_an_unknown_language_is_refused() -> None:
    """A language without words is refused with those there are."""
    with pytest.raises(InvalidValueError, match="`fr` is not a language"):
        BUSY.explain("fr")


@pytest.mark.parametrize(
    ("value", "lang", "plain"),
    [
        pytest.param(
            HOLIDAY,
            "en",
            {
                "code": "schedule.holiday",
                "about": "2026-11-23",
                "data": {"name": "勤労感謝の日"},
                "text": "2026-11-23 is a holiday: 勤労感謝の日",
            },
            id="reason",
        ),
        pytest.param(
            ENABLE,
            "ja",
            {
                "code": "subscription.international.enable",
                "actor": "customer",
                "data": {},
                "text": "契約者: 国際電話を利用可にする",
            },
            id="remedy, in Japanese",
        ),
    ],
)
def test_an_answer_is_plain_data_for_json(
    value: Reason | Remedy, lang: str, plain: dict[str, object]
) -> None:
    """A reason or a remedy becomes plain data that JSON writes as it is."""
    assert value.to_dict(lang) == plain
    assert json.loads(json.dumps(value.to_dict(lang))) == plain


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(HOLIDAY, id="reason"),
        pytest.param(ENABLE, id="remedy"),
        pytest.param(Decision(Outcome.REFUSED, (BUSY, HOLIDAY), (ENABLE,)), id="decision"),
    ],
)
def test_an_answer_survives_a_copy_and_a_pickle(value: object) -> None:
    """A copied or pickled answer is equal and has the same hash."""
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert other == value
        assert hash(other) == hash(value)
