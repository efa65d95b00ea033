"""Laws of outgoing calls: what an extension dials, and what becomes of it.

Here: what holds for every tenant and every text. Not here: single cases
(`tests/routing/test_dialling.py`), or the definition (`tests/spec/dialling.py`).
"""

import pickle
from datetime import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cloudpbx.decisions import Outcome, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.dialled_numbers import DialledKind, DialledNumber, read_dialled
from cloudpbx.routing.dialling import DialRules, plan_dial
from cloudpbx.routing.extensions import Extension
from cloudpbx.routing.line_types import Barred, LineType
from cloudpbx.routing.numbers import is_abroad, spelled
from cloudpbx.routing.outgoing_calls import OutgoingCall
from cloudpbx.routing.ring_plans import RingPlan
from cloudpbx.routing.targets import Targets
from cloudpbx.testing import moments, outside_numbers
from cloudpbx.testing.for_dialling import (
    barred,
    dial_rules,
    dialled_numbers,
    dialled_texts,
    line_types,
    outgoing_calls,
)
from tests.spec import dialling as spec

RINGS = RingPlan()
REGIONS = ("JP", "US")
REFUSALS = {
    "dial.unknown",
    "dial.extension.missing",
    "subscription.not_activated",
    "line_type.bars",
    "target.abroad",
    "caller_id.not_own",
}


class Question:
    """A call that an extension wants to make, and everything the answer depends on."""

    def __init__(
        self, rules: DialRules, extension: Extension, text: str, asked: str | None, at: datetime
    ) -> None:
        self.rules = rules
        self.extension = extension
        self.text = text
        self.asked = asked
        self.at = at

    def __repr__(self) -> str:
        asked = f"{self.extension}, {self.text!r}, {self.asked!r}, {self.at}"
        return f"Question({self.rules}, {asked})"

    def ask(self) -> OutgoingCall:
        """Ask it."""
        return plan_dial(
            self.text,
            extension=self.extension,
            rules=self.rules,
            at=self.at,
            ring=lambda _: RINGS,
            caller_id=self.asked,
        )


@st.composite
def questions(draw: st.DrawFn, *, well_formed: bool = True) -> Question:
    """Draw questions."""
    # Japan has more to go wrong.
    region = draw(st.sampled_from(("JP", *REGIONS)))
    rules = draw(dial_rules(region=region))
    names = list(rules.targets.extensions)
    text = draw(dialled_texts(region=region, extensions=names, well_formed=well_formed))
    numbers = outside_numbers(region=region, abroad=False)
    own = st.sampled_from(rules.numbers) if rules.numbers else numbers
    asked = draw(st.none() | st.none() | st.just("") | own | numbers)
    extension = rules.targets.extensions[draw(st.sampled_from(names))]
    return Question(rules, extension, text, asked, draw(moments()))


def refusals(call: OutgoingCall) -> list[str]:
    """Return the reasons that refuse a call."""
    return [each.code for each in call.because if each.code in REFUSALS]


def with_rules(question: Question, **changes: Any) -> None:
    """Change the configuration of a tenant for good."""
    names = [each.name for each in DialRules.__attrs_attrs__ if each.init]
    values = {name: getattr(question.rules, name) for name in names}
    question.rules = DialRules(**{**values, **changes})


def apply(remedy: Remedy, question: Question) -> None:
    """Do what a remedy says."""
    data = remedy.data
    match remedy.code:
        case "subscription.activate":
            with_rules(question, activated=True)
        case "subscription.international.enable":
            with_rules(question, international=True)
        case "line_type.change":
            with_rules(question, line_type=None)
        case "number.add":
            with_rules(question, numbers=(*question.rules.numbers, spelled(str(data["about"]))))
        case "caller_id.set":
            assert data["about"] == question.extension.number
            question.extension = evolve(question.extension, caller_id=str(data["other"]))
            targets = question.rules.targets
            extensions = {**targets.extensions, question.extension.number: question.extension}
            with_rules(
                question, targets=Targets(extensions.values(), (), targets.extension_range)
            )
        case "caller_id.choose":
            question.asked = str(data["other"])
        case "dial.nearest" | "dial.without_carrier":
            question.text = str(data["other"])
        case code:
            pytest.fail(f"nothing is known about {code}")


class TestGates:
    """The gates are asked as the numbered list reads."""

    @given(question=questions() | questions() | questions(well_formed=False))
    def test_the_answer_is_that_of_the_definition(self, question: Question) -> None:
        """Whatever is dialled, the answer is that of the naive reading of the list."""
        assume(question.text)
        assume(question.text.isprintable())
        rules = question.rules
        tenant = spec.Tenant(
            rules.region,
            tuple(rules.targets.extensions),
            rules.numbers,
            rules.international,
            rules.activated,
            rules.line_type,
        )

        call = question.ask()
        expected = spec.answer(
            tenant, question.extension.caller_id, question.text, question.asked, question.at
        )

        read = call.dialled
        found = ["dial" if each.startswith("dial.") else each for each in refusals(call)]
        assert (read.kind, read.number, read.carrier, read.prefix) == expected.dialled
        assert found == list(expected.refusals)
        assert call.allowed == (not expected.refusals)
        assert call.caller_id == expected.caller_id

    @given(question=questions())
    def test_a_refusal_is_cured_by_its_remedies(self, question: Question) -> None:
        """Every refusal has remedies; when all are applied, the same call is allowed."""
        call = question.ask()

        assert bool(refusals(call)) == (call.outcome is Outcome.REFUSED)
        assert len(call.remedies) == len(refusals(call))
        assume(all(each.code != "dial.correct" for each in call.remedies))
        for remedy in call.remedies:
            apply(remedy, question)
        assert question.ask().outcome is Outcome.ALLOWED

    @given(question=questions(), number=st.sampled_from(("110", "118", "119", "184110", "911")))
    def test_an_emergency_is_never_barred(self, question: Question, number: str) -> None:
        """An emergency number is allowed whatever the tenant, and shown its number."""
        region = "US" if number == "911" else "JP"
        with_rules(question, region=region)
        question.text = number

        call = question.ask()

        assert call.allowed
        assert call.kind is DialledKind.EMERGENCY
        assert call.number == number[-3:]
        assert call.caller_id in (question.rules.numbers or (None,))

    @given(question=questions())
    def test_before_activation_only_extensions_are_called(self, question: Question) -> None:
        """Before activation nothing outside is allowed but an emergency call."""
        with_rules(question, activated=False)

        call = question.ask()

        inside = call.kind.is_internal or call.kind is DialledKind.EMERGENCY
        assert call.allowed == inside

    @given(question=questions())
    def test_nothing_goes_abroad_while_that_is_off(self, question: Question) -> None:
        """While international calls are off, no allowed number is abroad."""
        with_rules(question, international=False)

        call = question.ask()

        if call.allowed and len(call.number) > 6:
            assert not is_abroad(f"{call.carrier}{call.number}", question.rules.region)

    @given(question=questions())
    def test_184_withholds_the_number(self, question: Question) -> None:
        """Behind 184 no number is presented, but to an emergency service."""
        with_rules(question, region="JP")
        question.text = f"184{spelled(question.text)}"

        call = question.ask()

        if call.kind is not DialledKind.EMERGENCY and call.dialled.prefix == "184":
            assert call.caller_id is None

    @given(question=questions())
    def test_what_is_presented_is_a_number_of_the_tenant(self, question: Question) -> None:
        """No number is presented that is not the tenant's, whoever asks for it."""
        call = question.ask()

        assert call.caller_id is None or call.caller_id in question.rules.numbers

    @given(question=questions(), others=st.lists(questions(), max_size=3))
    def test_what_is_remembered_never_shows(
        self, question: Question, others: list[Question]
    ) -> None:
        """An answer is the same whatever was asked before, and the second time too."""
        fresh = question.ask()
        with_rules(question)
        for other in others:
            Question(
                question.rules, question.extension, other.text, other.asked, other.at
            ).ask()

        assert question.ask() == fresh
        assert question.ask() == fresh


class TestNumbers:
    """What was dialled is what is sent."""

    @given(
        number=st.sampled_from(REGIONS).flatmap(lambda region: dialled_numbers(region=region))
    )
    def test_a_number_is_made_of_what_a_switch_can_send(self, number: DialledNumber) -> None:
        """A number has no separators, and nothing is sent for what is not known."""
        unknown = number.kind is DialledKind.UNKNOWN

        assert (number.number == "") == unknown
        assert set(number.number) <= set("+#0123456789")
        assert spelled(number.number) == number.number

    @given(region=st.sampled_from(REGIONS), data=st.data())
    def test_what_is_sent_means_the_same_again(self, region: str, data: st.DataObject) -> None:
        """Dialling what is sent, with its carrier, is the same call again."""
        number = data.draw(dialled_numbers(region=region))
        assume(number.kind not in {DialledKind.UNKNOWN, DialledKind.EXTENSION})
        # Out of the country and back in again is another way to say a domestic number.
        assume(not (region == "JP" and number.number.startswith("+81")))
        idd = "010" if number.carrier else "+"
        sent = number.carrier + number.number.replace("+", idd)

        again = read_dialled(
            sent, region=region, extensions=(), extension_digits=4, guidance={"009608"}
        )

        assert again.number == number.number
        assert (again.kind, again.carrier) == (number.kind, number.carrier)

    @given(region=st.sampled_from(REGIONS), data=st.data())
    def test_a_number_is_abroad_exactly_when_routing_says_so(
        self, region: str, data: st.DataObject
    ) -> None:
        """What is dialled is international exactly when `is_abroad` says so of it."""
        text = data.draw(outside_numbers(region=region))

        number = read_dialled(
            text, region=region, extensions=(), extension_digits=4, guidance=()
        )

        if number.kind is not DialledKind.UNKNOWN:
            abroad = is_abroad(spelled(text), region)
            assert (number.kind is DialledKind.INTERNATIONAL) == abroad

    @given(text=st.text(min_size=1))
    def test_any_text_is_read(self, text: str) -> None:
        """Every text without control characters is something, if only unknown."""
        try:
            number = read_dialled(
                text, region="JP", extensions=(), extension_digits=4, guidance=()
            )
        except InvalidValueError:
            assert not text.replace("\u3000", " ").isprintable()
        else:
            assert number.text == text


class TestValues:
    """Answers and line types are values."""

    @given(call=outgoing_calls())
    def test_an_answer_says_itself(self, call: OutgoingCall) -> None:
        """An answer has words in both languages, plain data, and comes back from a pickle."""
        for lang in ("en", "ja"):
            text = call.explain(lang)
            assert call.to_text(lang) in text
            # No words are left open; what was dialled may have braces of its own.
            assert "{" not in text.replace(call.dialled.text, "")
            assert call.to_dict(lang)["outcome"] == call.outcome.value
        assert pickle.loads(pickle.dumps(call)) == call

    @given(line_type=line_types(), number=st.sampled_from(("114", "0180993000", "0312345678")))
    def test_a_line_type_says_one_thing_in_a_period(
        self, line_type: LineType, number: str
    ) -> None:
        """What bars a number is the same throughout a period."""
        edges = [each for bar in line_type.barred for each in (bar.since, bar.until) if each]
        said: dict[int, object] = {}
        for edge in edges:
            answer = line_type.bars(number, at=edge)
            assert said.setdefault(line_type.period(edge), answer) == answer

    @given(bar=barred(), at=moments())
    def test_what_is_barred_is_barred_for_a_time(self, bar: Barred, at: datetime) -> None:
        """What is barred is in force from its first instant on and before its last."""
        after = bar.since is None or at.timestamp() >= bar.since.timestamp()
        before = bar.until is None or at.timestamp() < bar.until.timestamp()

        assert bar.is_in_force(at) == (after and before)
