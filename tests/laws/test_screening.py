"""Laws of screening and of channels.

Here: what holds for every screening and every caller. Not here: messages and the rules of
the sources one by one (`tests/routing/test_screening.py`).
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cloudpbx.decisions import Actor
from cloudpbx.routing import Call, CallerKind, Channels, Screening
from cloudpbx.routing.callers import (
    caller_kind,
    caller_number,
    global_beginning,
    local_beginning,
)
from cloudpbx.routing.screened import Screened
from cloudpbx.routing.screening_gates import ScreeningGate
from cloudpbx.testing.for_screening import (
    caller_kinds,
    callers,
    channels,
    screened_calls,
    screenings,
)
from tests.spec import screening as spec

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TO = "0120-765-432"
REGIONS = ("JP", "US")

# Numbers whose kind their beginning tells, and the beginnings of others.
KNOWN = (
    "+81333123456",
    "+81333990000",
    "+81344123456",
    "+81661234567",
    "+819012345678",
    "+818012345678",
    "+815012345678",
    "+81120123456",
    "+442071234567",
    "+12125550123",
)
AREAS = ("", "03", "033", "0333", "+813", "06", "090", "+44", "13", "13101")


class Calling(NamedTuple):
    """Hold a caller as a call has it, and as the definition has it."""

    call: Call
    caller: spec.Caller


@st.composite
def calling(draw: st.DrawFn) -> Calling:
    """Draw a caller of Japan in one of the spellings of its number."""
    known = draw(st.sampled_from(("", *KNOWN)))
    number = known and draw(st.just(known) | st.integers(0, 9).map(f"{known[:-1]}{{}}".format))
    said = draw(st.none() | caller_kinds())
    area = draw(st.sampled_from(AREAS))
    home = number.startswith("+81")
    texts = (number, "0" + number[3:]) if home else (number, number.replace("+", "010"))
    told = spec.kind_of(number) if number else "withheld"
    return Calling(
        Call(to=TO, at=NOON, caller=draw(st.sampled_from(texts)), kind=said, area=area),
        spec.Caller(number, told if said is None else said.value, area),
    )


def rules_of(screening: Screening) -> spec.Rules:
    """Write a screening as the definition reads it."""
    return spec.Rules(
        screening.accepted_areas,
        screening.refused_areas,
        frozenset(kind.value for kind in screening.refused_kinds),
        screening.allowed,
        screening.blocked,
    )


class TestOrder:
    """A screening answers as its numbered list reads."""

    @given(screenings(region="JP"), calling())
    def test_gates(self, screening: Screening, calling: Calling) -> None:
        """The gates that refuse are those of the definition, in its order."""
        answer = screening.ask(calling.call, "JP")
        rules = rules_of(screening)

        assert list(map(str, answer.refusals)) == spec.refusals(rules, calling.caller)

    @given(screenings(region="JP"), calling())
    def test_what_decided(self, screening: Screening, calling: Calling) -> None:
        """The first gate that refuses decides; the allow list alone passes by itself."""
        answer = screening.ask(calling.call, "JP")
        allowed = spec.finest_list(rules_of(screening), calling.caller.number) == "allowed"
        passing = ScreeningGate.ALLOWED if allowed else ScreeningGate.PASSED

        assert answer.passed is not bool(answer.refusals)
        assert answer.gate is (passing if answer.passed else answer.refusals[0])


@st.composite
def answers(draw: st.DrawFn, *, well_formed: bool = True) -> Screened:
    """Draw screenings that have been asked."""
    region = draw(st.sampled_from(REGIONS))
    screening = draw(screenings(region=region))
    asked = draw(screened_calls(region=region, well_formed=well_formed))
    return screening.ask(Call(to=TO, at=NOON, **asked), region)


class TestRemedies:
    """Every refusal has remedies, and they do what they say."""

    @given(answers() | answers(well_formed=False))
    def test_all_that_the_customer_can_do(self, answer: Screened) -> None:
        """Who does all of it lets the caller pass, and only a refused one needs any."""
        mended = answer.screening
        for remedy in answer.remedies:
            assert remedy.actor is Actor.CUSTOMER
            if remedy.code != "screening.show":
                mended = mended.mended(remedy)

        assert bool(answer.remedies) is not answer.passed
        assert mended.ask(answer.call, answer.gates.region).passed

    @given(answers() | answers(well_formed=False))
    def test_each_gate(self, answer: Screened) -> None:
        """What is done for a gate opens it, and no other is closed by it."""
        region = answer.gates.region
        for gate in answer.refusals:
            mended = answer.screening
            done = [each for each in answer.remedies if each.code.split(".")[1] == gate]
            for remedy in done:
                mended = mended.mended(remedy)
            again = mended.ask(answer.call, region)

            assert done
            assert set(again.refusals) <= set(answer.refusals) - {gate}

    @given(answers() | answers(well_formed=False))
    def test_the_allow_list(self, answer: Screened) -> None:
        """The allow list is enough by itself."""
        for remedy in answer.remedies:
            if remedy.code == "screening.allow":
                mended = answer.screening.mended(remedy)
                again = mended.ask(answer.call, answer.gates.region)
                assert again.gate is ScreeningGate.ALLOWED

    @given(screenings(region="JP"), st.sampled_from(KNOWN), st.sampled_from(("", "mobile")))
    def test_showing_the_number(self, screening: Screening, number: str, said: str) -> None:
        """Who withholds the number is asked to show it, and is not when it is shown."""
        barred = evolve(screening, refused_kinds=screening.refused_kinds | {"withheld"})
        kind = CallerKind(said) if said else None
        hidden = barred.ask(Call(to=TO, at=NOON, kind=kind), "JP")
        shown = barred.ask(Call(to=TO, at=NOON, kind=kind, caller=number), "JP")

        assert hidden.remedies[0].code == "screening.show"
        assert "screening.show" not in {each.code for each in shown.remedies}
        assert CallerKind.WITHHELD not in shown.found.kinds


class TestAnswers:
    """Any text of any network gets an answer, with its words."""

    @given(answers() | answers(well_formed=False), st.sampled_from(("en", "ja")))
    def test_words(self, answer: Screened, lang: str) -> None:
        """Every answer can be read, and says nothing about gates that are not asked."""
        text = answer.explain(lang)
        codes = {each.code.split(".")[1] for each in answer.reasons}

        assert "{" not in text
        assert codes >= {gate.value for gate in answer.refusals}
        if not answer.screening.refused_kinds:
            assert "kind" not in codes

    @given(callers(well_formed=False) | callers(), st.sampled_from(REGIONS))
    def test_kinds(self, caller: str, region: str) -> None:
        """Any text has a kind, and none that the network says is doubted."""
        kind = caller_kind(caller, region)

        assert kind in CallerKind
        assert caller_number(caller, region) or kind is not CallerKind.ABROAD
        for said in CallerKind:
            assert caller_kind(caller, region, said) is said


class TestSpellings:
    """However a number is written, it is one caller."""

    @given(callers(region="JP"))
    def test_numbers(self, caller: str) -> None:
        """The one spelling of a number is a spelling of it."""
        number = caller_number(caller, "JP")
        assume(number.startswith("+"))
        for text in (number, local_beginning(number, "JP"), f"tel:{number}"):
            assert caller_number(text, "JP") == number
            assert caller_kind(text, "JP") is caller_kind(caller, "JP")

    @given(screenings(), st.sampled_from(REGIONS))
    def test_beginnings(self, screening: Screening, region: str) -> None:
        """A beginning is written in a region and read back."""
        for area in (*screening.accepted_areas, *screening.refused_areas):
            key = global_beginning(area, region)
            assert global_beginning(local_beginning(key, region), region) == key


def shuffled(data: st.DataObject, entries: tuple[str, ...]) -> list[str]:
    """Write entries in another order, some twice and with separators."""
    some = data.draw(st.lists(st.sampled_from(entries), max_size=2)) if entries else []
    mixed = data.draw(st.permutations([*entries, *some]))
    return [f"{each[:2]}-{each[2:]}" if len(each) > 2 else each for each in mixed]


class TestValues:
    """A screening is equal when it means the same, and is written as it is read."""

    @given(st.data(), screenings())
    def test_one_order(self, data: st.DataObject, screening: Screening) -> None:
        """Neither order nor separators count, nor that an entry stands twice."""
        mixed: dict[str, Any] = {
            name: shuffled(data, getattr(screening, name))
            for name in ("accepted_areas", "refused_areas", "allowed", "blocked")
        }
        again = evolve(screening, **mixed)

        assert again == screening
        assert hash(again) == hash(screening)

    @given(screenings())
    def test_plain_data(self, screening: Screening) -> None:
        """Its plain data makes the same screening, and has nothing that is not set."""
        data: dict[str, Any] = screening.to_dict()

        assert Screening(**data) == screening
        assert all(data.values())

    @given(screenings(), st.sampled_from(("en", "ja")))
    def test_words(self, screening: Screening, lang: str) -> None:
        """It has a line for each of its rules, and one when it has none."""
        assert len(screening.explain(lang).split("\n")) == max(1, len(screening.to_dict()))


class TestChannels:
    """One more call is connected exactly while an enabled channel is free."""

    @given(channels(), st.integers(0, 400))
    def test_room(self, channels: Channels, in_use: int) -> None:
        """The last channel may be taken, and none after it."""
        assert channels.ask(in_use).allowed is (in_use + 1 <= channels.enabled)

    @given(channels(), st.integers(0, 400))
    def test_remedies(self, channels: Channels, in_use: int) -> None:
        """All remedies together connect the call, and leaving one out does not."""
        decision = channels.ask(in_use)
        assert bool(decision.remedies) is not decision.allowed
        mended = channels
        for remedy in decision.remedies:
            assert not mended.ask(in_use).allowed
            mended = applied(mended, remedy.code, int(remedy.data["most"]))
        assert mended.ask(in_use).allowed

    @given(channels())
    def test_findings(self, channels: Channels) -> None:
        """A finding tells of a number that connects no call, and its remedy mends it."""
        findings = channels.check()
        assert bool(findings) is not channels.ask(0).allowed
        for remedy in (each for finding in findings for each in finding.remedies):
            mended = applied(channels, remedy.code, int(remedy.data["most"]))
            assert mended.check() == ()

    @given(channels())
    def test_plain_data(self, channels: Channels) -> None:
        """Its plain data makes the same channels."""
        data: dict[str, Any] = channels.to_dict()

        assert Channels(**data) == channels


def applied(channels: Channels, code: str, most: int) -> Channels:
    """Do what a remedy says."""
    match code:
        case "channels.contract":
            return evolve(channels, contracted=most)
        case "channels.enable":
            return evolve(channels, enabled=most)
        case _:
            pytest.fail(f"nobody knows how to apply {code}")
