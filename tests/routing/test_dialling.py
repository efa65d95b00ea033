"""The gates of outgoing calls, one by one and together."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from cloudpbx.decisions import Actor, Outcome
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.dialled_numbers import DialledKind
from cloudpbx.routing.dialling import DialRules, plan_dial
from cloudpbx.routing.extensions import Extension, ExtensionRange
from cloudpbx.routing.line_types import Barred, LineType
from cloudpbx.routing.outgoing_calls import OutgoingCall
from cloudpbx.routing.ring_plans import RingPlan
from cloudpbx.routing.targets import Targets

NOW = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
BEFORE_TELEDOME = NOW.replace(year=2010)
HIKARI = LineType.named("hikari_denwa")
FIRST, SECOND, FOREIGN = "0312345678", "0312345679", "0666666666"
EXTENSIONS = (
    Extension(number="1001"),
    Extension(number="1002", caller_id="03-1234-5679"),
    Extension(number="1003", caller_id=FOREIGN),
)
RINGS = RingPlan()


def rules_of(**changes: Any) -> DialRules:
    """Make the rules of a tenant with two numbers, with some of them changed."""
    values: dict[str, Any] = {
        "targets": Targets(EXTENSIONS, (), ExtensionRange()),
        "region": "JP",
        "numbers": (FIRST, SECOND),
        "international": False,
        "activated": True,
    }
    return DialRules(**{**values, **changes})


def dial(
    text: str,
    rules: DialRules | None = None,
    *,
    extension: str = "1001",
    asked: str | None = None,
    at: datetime = NOW,
) -> OutgoingCall:
    """Let an extension dial."""
    used = rules or rules_of()
    return plan_dial(
        text,
        extension=used.targets.extensions[extension],
        rules=used,
        at=at,
        ring=lambda _: RINGS,
        caller_id=asked,
    )


def codes(call: OutgoingCall) -> list[str]:
    """Return the codes of the reasons."""
    return [each.code for each in call.because]


def remedies(call: OutgoingCall) -> list[tuple[str, Actor]]:
    """Return the codes of the remedies, and who must act."""
    return [(each.code, each.actor) for each in call.remedies]


@pytest.mark.parametrize(
    ("text", "reasons", "caller_id"),
    [
        pytest.param("1002", ["dial.kind.extension"], None, id="extension"),
        pytest.param("009608", ["dial.kind.guidance"], None, id="guidance"),
        pytest.param(
            "110", ["dial.kind.emergency", "caller_id.default"], FIRST, id="emergency"
        ),
        pytest.param(
            "117",
            ["dial.kind.special_service", "subscription.activated", "caller_id.default"],
            FIRST,
            id="special service",
        ),
        pytest.param(
            "090-1111-2222",
            ["dial.kind.domestic", "subscription.activated", "caller_id.default"],
            FIRST,
            id="domestic",
        ),
        pytest.param(
            "0120-123-456",
            ["dial.kind.toll_free", "subscription.activated", "caller_id.default"],
            FIRST,
            id="toll-free",
        ),
        pytest.param(
            "010-1-212-555-0123",
            [
                "dial.kind.international",
                "subscription.activated",
                "subscription.international.on",
                "caller_id.default",
            ],
            FIRST,
            id="abroad",
        ),
        pytest.param(
            "0036-03-1111-2222",
            [
                "dial.kind.domestic",
                "dial.carrier",
                "subscription.activated",
                "caller_id.default",
            ],
            FIRST,
            id="a carrier selected",
        ),
        pytest.param(
            "+81-3-1234-5679",
            [
                "dial.kind.domestic",
                "subscription.activated",
                "caller_id.default",
                "dial.own_number",
            ],
            FIRST,
            id="an own number",
        ),
    ],
)
def test_what_is_allowed_says_every_gate(
    text: str, reasons: list[str], caller_id: str | None
) -> None:
    """A call that is allowed says what each gate said, and has no remedies."""
    call = dial(text, rules_of(international=True))

    assert call.outcome is Outcome.ALLOWED
    assert codes(call) == reasons
    assert call.caller_id == caller_id
    assert call.remedies == ()


@pytest.mark.parametrize(
    ("text", "reason", "remedy", "near"),
    [
        pytest.param(
            "1008", "dial.extension.missing", "dial.nearest", "1001", id="a wrong digit"
        ),
        pytest.param("0110", "dial.extension.missing", "dial.correct", None, id="none near"),
        pytest.param("0101", "dial.extension.missing", "dial.nearest", "1001", id="swapped"),
        pytest.param("10001", "dial.unknown", "dial.nearest", "1001", id="a digit too many"),
        pytest.param("9001", "dial.unknown", "dial.nearest", "1001", id="out of the range"),
        pytest.param("12345", "dial.unknown", "dial.correct", None, id="nothing like it"),
        pytest.param("10-08", "dial.extension.missing", "dial.nearest", "1001", id="separated"),
        pytest.param("1" * 100_000, "dial.unknown", "dial.correct", None, id="very long"),
        pytest.param("*", "dial.unknown", "dial.correct", None, id="one sign"),
    ],
)
def test_what_is_nothing_known_is_refused(
    text: str, reason: str, remedy: str, near: str | None
) -> None:
    """What nothing answers to is refused at once, with the nearest extension."""
    call = dial(text, rules_of(activated=False))

    assert call.outcome is Outcome.REFUSED
    assert call.kind is DialledKind.UNKNOWN
    assert (call.number, call.caller_id) == ("", None)
    assert codes(call) == [reason]
    assert remedies(call) == [(remedy, Actor.USER)]
    assert call.remedies[0].data.get("other") == near


@pytest.mark.parametrize(
    "text", ["110", "118", "119", "１１０", "tel:119", "sip:118@pbx.example"]
)
def test_an_emergency_number_is_never_barred(text: str) -> None:
    """No activation, line, setting or caller ID stands in the way of an emergency call."""
    line = LineType(
        id="own",
        name="Own",
        name_ja="自営",
        barred=(Barred(prefix="1", name="x", name_ja="x"),),
    )
    rules = rules_of(activated=False, international=False, line_type=line, numbers=())

    call = dial(text, rules, extension="1003", asked=FOREIGN)

    assert call.outcome is Outcome.ALLOWED
    assert codes(call) == ["dial.kind.emergency", "caller_id.none"]


@pytest.mark.parametrize(
    ("text", "extension", "asked", "reasons", "caller_id"),
    [
        pytest.param("110", "1002", None, ["extension"], SECOND, id="the extension's"),
        pytest.param("110", "1001", SECOND, ["asked"], SECOND, id="the one asked for"),
        pytest.param("110", "1003", None, ["default"], FIRST, id="not a foreign one"),
        pytest.param("110", "1002", FOREIGN, ["extension"], SECOND, id="nor asked for"),
        pytest.param("110", "1001", "anonymous", ["default"], FIRST, id="nor what is none"),
        pytest.param("184110", "1001", None, ["emergency", "default"], FIRST, id="184"),
        pytest.param("110", "1001", "", ["emergency", "default"], FIRST, id="none asked for"),
        pytest.param("186110", "1002", None, ["extension"], SECOND, id="186"),
    ],
)
def test_an_emergency_service_is_shown_a_number(
    text: str, extension: str, asked: str | None, reasons: list[str], caller_id: str
) -> None:
    """An emergency service is shown the best number of the tenant that there is."""
    call = dial(text, extension=extension, asked=asked)

    assert codes(call)[1:] == [f"caller_id.{each}" for each in reasons]
    assert call.caller_id == caller_id


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        pytest.param("1002", True, id="extension"),
        pytest.param("009608", True, id="guidance"),
        pytest.param("119", True, id="emergency"),
        pytest.param("117", False, id="special service"),
        pytest.param("03-1111-2222", False, id="domestic"),
        pytest.param("0120-123-456", False, id="toll-free"),
        pytest.param(FIRST, False, id="an own number"),
    ],
)
def test_before_activation_extensions_only(text: str, *, allowed: bool) -> None:
    """Before activation only extensions are called, and emergency numbers (4-02)."""
    call = dial(text, rules_of(activated=False))

    assert call.allowed == allowed
    closed = [("subscription.activate", Actor.CUSTOMER)]
    assert remedies(call) == ([] if allowed else closed)


@pytest.mark.parametrize(
    ("text", "at", "remedy"),
    [
        pytest.param("0039-03-1111-2222", NOW, "dial.without_carrier", id="0039"),
        pytest.param("0091-30-03-1111-2222", NOW, "dial.without_carrier", id="0091XY"),
        pytest.param("114", NOW, "line_type.change", id="114"),
        pytest.param("136", NOW, "line_type.change", id="136"),
        pytest.param("159", NOW, "line_type.change", id="159"),
        pytest.param("0180-123-456", NOW, "line_type.change", id="0180"),
        pytest.param("+81-180-123-456", NOW, "line_type.change", id="0180 behind +81"),
        pytest.param("0180-993-000", NOW, None, id="Teledome"),
        pytest.param("0180-993-000", BEFORE_TELEDOME, "line_type.change", id="in 2010"),
        pytest.param("117", NOW, None, id="117"),
        pytest.param("03-1111-2222", NOW, None, id="domestic"),
    ],
)
def test_what_a_line_type_cannot_dial(text: str, at: datetime, remedy: str | None) -> None:
    """On Hikari Denwa what its provider names cannot be dialled; without a type all can."""
    call = dial(text, rules_of(line_type=HIKARI), at=at)

    assert [each.code for each in call.remedies] == ([remedy] if remedy else [])
    assert ("line_type.dials" in codes(call)) == (remedy is None)
    assert dial(text, at=at).allowed


def test_what_is_left_without_the_carrier() -> None:
    """The remedy for a carrier names what to dial, 184 included."""
    call = dial("184-0033-010-1-212-555-0123", rules_of(line_type=HIKARI, international=True))

    assert call.remedies[0].data["other"] == "184+12125550123"
    again = dial("184+12125550123", rules_of(line_type=HIKARI, international=True))
    assert again.allowed
    assert again.dialled == evolve(call.dialled, text="184+12125550123", carrier="")


def test_a_carrier_and_its_number_are_barred_each() -> None:
    """Where both are barred, both are named with what to do."""
    call = dial("0039-0180-123-456", rules_of(line_type=HIKARI))

    assert [each.data["prefix"] for each in call.because if "prefix" in each.data] == [
        "00",
        "0180",
    ]
    assert remedies(call) == [
        ("dial.without_carrier", Actor.USER),
        ("line_type.change", Actor.CUSTOMER),
    ]


@pytest.mark.parametrize(
    ("text", "region", "abroad"),
    [
        pytest.param("010-44-20-7946-0000", "JP", True, id="010"),
        pytest.param("+44 20 7946 0000", "JP", True, id="a country code"),
        pytest.param("001-44-20-7946-0000", "JP", True, id="a carrier"),
        pytest.param("0033-010-44-20-7946-0000", "JP", True, id="a carrier and 010"),
        pytest.param("+81 3 1111 2222", "JP", False, id="the own country"),
        pytest.param("0033-03-1111-2222", "JP", False, id="a carrier at home"),
        pytest.param("011 44 20 7946 0000", "US", True, id="011"),
        pytest.param("1-876-555-0123", "US", True, id="Jamaica, which looks domestic"),
        pytest.param("+1 809 222 1234", "US", True, id="Dominican Republic"),
        pytest.param("1-212-555-0123", "US", False, id="domestic"),
    ],
)
def test_abroad_is_off_at_first(text: str, region: str, *, abroad: bool) -> None:
    """A call abroad, however it is written, is refused until that is on (4-09)."""
    rules = rules_of(region=region, numbers=("+12125550000",) if region == "US" else (FIRST,))

    call = dial(text, rules)

    switched = [("subscription.international.enable", Actor.CUSTOMER)]
    assert remedies(call) == (switched if abroad else [])
    assert ("target.abroad" in codes(call)) == abroad
    international = rules_of(region=region, numbers=rules.numbers, international=True)
    assert dial(text, international).allowed


@pytest.mark.parametrize(
    ("text", "extension", "asked", "reasons", "caller_id"),
    [
        pytest.param("0611112222", "1001", None, ["default"], FIRST, id="the first number"),
        pytest.param("0611112222", "1002", None, ["extension"], SECOND, id="the extension's"),
        pytest.param("0611112222", "1002", FIRST, ["asked"], FIRST, id="the one asked for"),
        pytest.param("0611112222", "1001", "+81 3-1234-5679", ["asked"], SECOND, id="spelled"),
        pytest.param("1840611112222", "1002", None, ["withheld"], None, id="184"),
        pytest.param("1840611112222", "1003", FOREIGN, ["withheld"], None, id="184, foreign"),
        pytest.param("0611112222", "1002", "", ["withheld"], None, id="none asked for"),
        pytest.param("1860611112222", "1002", None, ["shown", "extension"], SECOND, id="186"),
        pytest.param(
            "1860611112222",
            "1002",
            "",
            ["shown", "extension"],
            SECOND,
            id="186, none asked for",
        ),
        pytest.param(
            "1860611112222", "1001", "", ["shown", "default"], FIRST, id="186, none set"
        ),
    ],
)
def test_which_number_is_presented(
    text: str, extension: str, asked: str | None, reasons: list[str], caller_id: str | None
) -> None:
    """The number presented is the one asked for, the extension's, or the first."""
    call = dial(text, extension=extension, asked=asked)

    assert call.allowed
    assert codes(call)[2:] == [f"caller_id.{each}" for each in reasons]
    assert call.caller_id == caller_id


@pytest.mark.parametrize(
    ("extension", "asked", "numbers", "remedy", "data"),
    [
        pytest.param(
            "1003",
            None,
            (FIRST, SECOND),
            ("caller_id.set", Actor.PORTAL_ADMINISTRATOR),
            {"about": "1003", "other": "03-1234-5678"},
            id="the extension's",
        ),
        pytest.param(
            "1001",
            "06-6666-6666",
            (FIRST, SECOND),
            ("caller_id.choose", Actor.USER),
            {"other": "03-1234-5678"},
            id="the one asked for",
        ),
        pytest.param(
            "1003",
            None,
            (),
            ("number.add", Actor.CUSTOMER),
            {"about": "06-6666-6666"},
            id="of a tenant without numbers",
        ),
    ],
)
def test_a_foreign_number_is_not_presented(
    extension: str,
    asked: str | None,
    numbers: tuple[str, ...],
    remedy: tuple[str, Actor],
    data: dict[str, str],
) -> None:
    """A number that is not the tenant's is refused, with who can change that (4-14)."""
    call = dial("0611112222", rules_of(numbers=numbers), extension=extension, asked=asked)

    assert call.outcome is Outcome.REFUSED
    assert call.caller_id is None
    assert codes(call)[-1] == "caller_id.not_own"
    assert remedies(call) == [remedy]
    assert call.remedies[0].data == data


def test_without_a_number_none_is_presented() -> None:
    """A tenant without numbers calls without one, and says so."""
    call = dial("0611112222", rules_of(numbers=()))

    assert call.allowed
    assert call.caller_id is None
    assert codes(call)[-1] == "caller_id.none"


def test_every_gate_that_refuses_is_named() -> None:
    """All obstacles are named in the order of the gates, each with its remedy."""
    rules = rules_of(activated=False, line_type=HIKARI)

    call = dial("0039-010-44-20-7946-0000", rules, extension="1003")

    assert codes(call) == [
        "dial.kind.international",
        "dial.carrier",
        "subscription.not_activated",
        "line_type.bars",
        "target.abroad",
        "caller_id.not_own",
    ]
    assert remedies(call) == [
        ("subscription.activate", Actor.CUSTOMER),
        ("dial.without_carrier", Actor.USER),
        ("subscription.international.enable", Actor.CUSTOMER),
        ("caller_id.set", Actor.PORTAL_ADMINISTRATOR),
    ]


def test_only_an_extension_is_asked_what_rings() -> None:
    """What rings is asked for the extension that was dialled, and for nothing else."""
    asked: list[str] = []

    def ring(number: str) -> RingPlan:
        asked.append(number)
        return RINGS

    rules = rules_of()
    for text in ("10-02", "009608", "110", "0611112222", "1009"):
        call = plan_dial(text, extension=EXTENSIONS[0], rules=rules, at=NOW, ring=ring)
        assert (call.plan is RINGS) == (text == "10-02")

    assert asked == ["1002"]


def test_answers_are_shared_and_forgotten() -> None:
    """The same question is worked out once; many questions do not fill the memory."""
    rules = rules_of()
    first = dial("0611112222", rules)

    assert dial("0611112222", rules).decision is first.decision
    for number in range(4_096):
        dial(f"9{number:04}", rules)
    again = dial("0611112222", rules)
    assert again.decision is not first.decision
    assert again == first


def test_what_is_remembered_ends_with_its_period() -> None:
    """A number that a line type learnt to dial is asked for anew."""
    rules = rules_of(line_type=HIKARI)

    assert not dial("0180-993-000", rules, at=BEFORE_TELEDOME).allowed
    assert dial("0180-993-000", rules).allowed
    assert not dial("0180-993-000", rules, at=BEFORE_TELEDOME).allowed


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"text": 110},
            '`110` is not text, as what is dialled must be: write it in quotes, "110"',
            id="a number",
        ),
        pytest.param(
            {"text": ["110"]},
            "`['110']` is not text, as what is dialled must be",
            id="a list",
        ),
        pytest.param(
            {"text": ""},
            "`` is empty: what is dialled needs at least one character",
            id="nothing",
        ),
        pytest.param(
            {"caller_id": 5},
            '`5` is not text, as the caller ID asked for must be: write it in quotes, "5"',
            id="a caller ID that is no text",
        ),
        pytest.param(
            {"caller_id": "sales"},
            "`sales` is not an outside number, as the caller ID asked for must be: "
            "write `03-1234-5678` or `+81312345678`",
            id="a caller ID that is no number",
        ),
        pytest.param(
            {"at": datetime(2026, 11, 24)},  # noqa: DTZ001 - what is refused
            "`2026-11-24T00:00:00` is naive: the time of a call needs a time zone, "
            'as in `datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="a naive time",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(changes: dict[str, Any], message: str) -> None:
    """A question that is none is a mistake of the program that asks, each time."""
    values = {"text": "0611112222", "at": NOW, "caller_id": None, **changes}
    rules = rules_of()

    for _ in range(2):
        with pytest.raises(InvalidValueError) as caught:
            plan_dial(
                values["text"],
                extension=EXTENSIONS[0],
                rules=rules,
                at=values["at"],
                ring=lambda _: RINGS,
                caller_id=values["caller_id"],
            )
        assert str(caught.value) == message


def test_a_line_type_is_one() -> None:
    """The name of a line type is not the type."""
    with pytest.raises(InvalidValueError) as caught:
        rules_of(line_type="hikari_denwa")

    assert str(caught.value) == ("`hikari_denwa` is not `LineType`, as the line type must be")
