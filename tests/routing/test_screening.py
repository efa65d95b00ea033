"""Which callers pass, rule by rule of the sources."""

import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from cloudpbx.decisions import Actor, Outcome, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Call, CallerKind, Screening
from cloudpbx.routing.screening_gates import ScreeningGate

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

TOKYO = "03-3312-3456"
OSAKA = "06-6123-4567"
MOBILE = "090-1234-5678"
ABROAD = "+44 20 7123 4567"


def call(caller: str = "", **what: Any) -> Call:
    """Call a toll-free number."""
    return Call(to="0120-765-432", at=NOON, caller=caller, **what)


def kinds(*names: str) -> frozenset[CallerKind]:
    """Return kinds of callers by their names."""
    return frozenset(map(CallerKind, names))


@pytest.mark.parametrize(
    ("screening", "asked", "gate"),
    [
        pytest.param(Screening(), call(), "passed", id="nothing is screened"),
        pytest.param(
            Screening(accepted_areas=("03",)), call(TOKYO), "passed", id="3-30 inside the area"
        ),
        pytest.param(
            Screening(accepted_areas=("03",)), call(OSAKA), "area", id="3-30 outside the area"
        ),
        pytest.param(
            Screening(accepted_areas=("3", "13101")),
            call(area="3"),
            "passed",
            id="2.1 codes of two schemes stand side by side",
        ),
        pytest.param(
            Screening(accepted_areas=("13", "13101")),
            call(area="13101"),
            "passed",
            id="2.1 Tokyo and Chiyoda: Chiyoda",
        ),
        pytest.param(
            Screening(accepted_areas=("13", "13101")),
            call(area="13104"),
            "area",
            id="2.1 Tokyo and Chiyoda: the rest of Tokyo",
        ),
        pytest.param(
            Screening(accepted_areas=("03", "0344")),
            call(TOKYO),
            "area",
            id="2.1 the finer area replaces the coarser one",
        ),
        pytest.param(
            Screening(accepted_areas=("03",), refused_areas=("033",)),
            call(TOKYO),
            "area",
            id="a finer area is refused",
        ),
        pytest.param(
            Screening(accepted_areas=("033",), refused_areas=("03",)),
            call(TOKYO),
            "passed",
            id="a finer area is accepted",
        ),
        pytest.param(
            Screening(refused_areas=("06",)), call(TOKYO), "passed", id="only some are refused"
        ),
        pytest.param(
            Screening(accepted_areas=("03",)), call(), "area", id="withheld, without an area"
        ),
        pytest.param(
            Screening(accepted_areas=("03",)),
            call(area="03"),
            "passed",
            id="withheld, and the network tells the area",
        ),
        pytest.param(
            Screening(accepted_areas=("03",)), call(MOBILE), "area", id="a mobile has no area"
        ),
        pytest.param(
            Screening(accepted_areas=("03",)),
            call(MOBILE, area="03"),
            "passed",
            id="2.1 a mobile's area is told by the network",
        ),
        pytest.param(
            Screening(accepted_areas=("03", "090")),
            call(MOBILE),
            "passed",
            id="the range of mobiles is accepted by itself",
        ),
        pytest.param(
            Screening(accepted_areas=("03",), refused_areas=("06",)),
            call(OSAKA, area="03"),
            "passed",
            id="of two that are equally fine, the network's",
        ),
        pytest.param(
            Screening(accepted_areas=("03",), refused_areas=("06",)),
            call(TOKYO, area="06"),
            "area",
            id="the same the other way round",
        ),
        pytest.param(
            Screening(accepted_areas=("03",)), call("1234"), "area", id="no number of any plan"
        ),
        pytest.param(
            Screening(accepted_areas=("12",)), call("1234"), "area", id="digits are no code"
        ),
        pytest.param(
            Screening(refused_areas=("+44",)), call(ABROAD), "area", id="a country is refused"
        ),
        pytest.param(
            Screening(refused_kinds=kinds("mobile")), call(MOBILE), "kind", id="2.1 mobiles"
        ),
        pytest.param(
            Screening(refused_kinds=kinds("ip_phone")),
            call("050-1234-5678"),
            "kind",
            id="2.1 calls from 050",
        ),
        pytest.param(
            Screening(refused_kinds=kinds("abroad")), call(ABROAD), "kind", id="2.1 from abroad"
        ),
        pytest.param(
            Screening(refused_kinds=kinds("payphone")),
            call(TOKYO, kind=CallerKind.PAYPHONE),
            "kind",
            id="2.1 payphones, told by the network",
        ),
        pytest.param(
            Screening(refused_kinds=kinds("mobile")), call(TOKYO), "passed", id="another kind"
        ),
        pytest.param(Screening(refused_kinds=kinds("withheld")), call(), "kind", id="withheld"),
        pytest.param(
            Screening(refused_kinds=kinds("withheld")),
            call(kind=CallerKind.MOBILE),
            "kind",
            id="a mobile that withholds the number",
        ),
        pytest.param(
            Screening(refused_kinds=kinds("withheld")),
            call(kind=CallerKind.PAYPHONE),
            "passed",
            id="a payphone has no number to show",
        ),
        pytest.param(
            Screening(blocked=(TOKYO,)), call("+81333123456"), "blocked", id="a blocked number"
        ),
        pytest.param(
            Screening(blocked=("0120*",)), call("0120-123-456"), "blocked", id="a beginning"
        ),
        pytest.param(Screening(blocked=(TOKYO,)), call(OSAKA), "passed", id="another number"),
        pytest.param(Screening(blocked=("*",)), call(), "passed", id="withheld is on no list"),
        pytest.param(
            Screening(allowed=(OSAKA,), accepted_areas=("03",)),
            call(OSAKA),
            "allowed",
            id="allowed from outside the area",
        ),
        pytest.param(
            Screening(allowed=("090*",), refused_kinds=kinds("mobile")),
            call(MOBILE),
            "allowed",
            id="allowed though of a refused kind",
        ),
        pytest.param(
            Screening(allowed=(TOKYO,), blocked=("03*",)),
            call(TOKYO),
            "allowed",
            id="the whole number is finer than a beginning",
        ),
        pytest.param(
            Screening(allowed=("03*",), blocked=("033*",)),
            call(TOKYO),
            "blocked",
            id="the longer beginning is finer",
        ),
        pytest.param(
            Screening(allowed=(TOKYO,), blocked=("03-3312-3456*",)),
            call(TOKYO),
            "allowed",
            id="a whole number is finer than itself as a beginning",
        ),
        pytest.param(
            Screening(allowed=(TOKYO,), blocked=("*",)),
            call(OSAKA),
            "blocked",
            id="everybody but some",
        ),
        pytest.param(
            Screening(blocked=("1234567",)), call("1234567"), "blocked", id="no real number"
        ),
        pytest.param(
            Screening(
                accepted_areas=("03",),
                refused_kinds=kinds("mobile"),
                blocked=("090*",),
            ),
            call(MOBILE),
            "area",
            id="3-40 the area comes first",
        ),
        pytest.param(
            Screening(refused_kinds=kinds("mobile"), blocked=("090*",)),
            call(MOBILE),
            "kind",
            id="then the kind",
        ),
    ],
)
def test_gates(screening: Screening, asked: Call, gate: str) -> None:
    """The first gate that refuses decides."""
    answer = screening.ask(asked, "JP")

    assert answer.gate == gate
    assert answer.passed is (gate in {"passed", "allowed"})
    assert answer.decision.outcome is (Outcome.ALLOWED if answer.passed else Outcome.REFUSED)


EVERYTHING = Screening(
    accepted_areas=("03",),
    refused_areas=("06",),
    refused_kinds=kinds("mobile", "withheld"),
    allowed=("0120*",),
    blocked=("090*", "+44*", "03-3312-3456"),
    announcement="009608",
)


@pytest.mark.parametrize(
    ("asked", "english", "japanese"),
    [
        pytest.param(
            call("0120-123-456"),
            "allowed\n  - 0120-123-456 is on the allow list (`0120*`)",
            "可\n  - 0120-123-456は許可リストに登録されています(0120*)",
            id="the allow list alone",
        ),
        pytest.param(
            call("03-4412-3456"),
            "allowed\n"
            "  - 03-4412-3456 lies in the accepted area 03\n"
            "  - calls from fixed lines are accepted\n"
            "  - 03-4412-3456 is not on the block list",
            "可\n"
            "  - 03-4412-3456は着信を受け付ける地域03に含まれます\n"
            "  - 固定電話からの着信を受け付けます\n"
            "  - 03-4412-3456は拒否リストに登録されていません",
            id="every gate passes",
        ),
        pytest.param(
            call(OSAKA),
            "refused\n"
            "  - 06-6123-4567 lies in the refused area 06\n"
            "  - calls from fixed lines are accepted\n"
            "  - 06-6123-4567 is not on the block list\n"
            "  → customer: accept calls from area 06\n"
            "  → customer: put 06-6123-4567 on the allow list",
            "不可\n"
            "  - 06-6123-4567は着信を拒否する地域06に含まれます\n"
            "  - 固定電話からの着信を受け付けます\n"
            "  - 06-6123-4567は拒否リストに登録されていません\n"
            "  → 契約者: 地域06からの着信を受け付ける\n"
            "  → 契約者: 許可リストに06-6123-4567を登録する",
            id="a refused area",
        ),
        pytest.param(
            call(MOBILE, area="13"),
            "refused\n"
            "  - 13 is in none of the accepted areas\n"
            "  - calls from mobile phones are refused\n"
            "  - 090-1234-5678 is on the block list (`090*`)\n"
            "  → customer: accept calls from area 13\n"
            "  → customer: accept calls from mobile phones\n"
            "  → customer: take 090* off the block list\n"
            "  → customer: put 090-1234-5678 on the allow list",
            "不可\n"
            "  - 13は発信地域として指定された地域に含まれません\n"
            "  - 携帯電話からの着信を拒否します\n"
            "  - 090-1234-5678は拒否リストに登録されています(090*)\n"
            "  → 契約者: 地域13からの着信を受け付ける\n"
            "  → 契約者: 携帯電話からの着信を受け付ける\n"
            "  → 契約者: 拒否リストから090*を外す\n"
            "  → 契約者: 許可リストに090-1234-5678を登録する",
            id="every gate refuses",
        ),
        pytest.param(
            call(kind=CallerKind.MOBILE),
            "refused\n"
            "  - the caller's area is not known, and calls are taken from some areas only\n"
            "  - calls from mobile phones are refused\n"
            "  - calls without the caller's number are refused\n"
            "  → customer: ask the caller to show the number "
            "(in Japan, by dialling 186 first)\n"
            "  → customer: accept calls from everywhere\n"
            "  → customer: accept calls from mobile phones\n"
            "  → customer: accept calls without the caller's number",
            "不可\n"
            "  - 発信地域が不明ですが、指定された地域からの着信だけを受け付けます\n"
            "  - 携帯電話からの着信を拒否します\n"
            "  - 番号非通知の着信を拒否します\n"
            "  → 契約者: 発信者に番号を通知して(相手の番号の前に186をつけて)かけ直してもらう\n"
            "  → 契約者: すべての地域からの着信を受け付ける\n"
            "  → 契約者: 携帯電話からの着信を受け付ける\n"
            "  → 契約者: 番号非通知の着信を受け付ける",
            id="a mobile that withholds the number",
        ),
        pytest.param(
            call(TOKYO),
            "refused\n"
            "  - 03-3312-3456 lies in the accepted area 03\n"
            "  - calls from fixed lines are accepted\n"
            "  - 03-3312-3456 is on the block list (`0333123456`)\n"
            "  → customer: take 0333123456 off the block list",
            "不可\n"
            "  - 03-3312-3456は着信を受け付ける地域03に含まれます\n"
            "  - 固定電話からの着信を受け付けます\n"
            "  - 03-3312-3456は拒否リストに登録されています(0333123456)\n"
            "  → 契約者: 拒否リストから0333123456を外す",
            id="a blocked number cannot be allowed beside it",
        ),
    ],
)
def test_words(asked: Call, english: str, japanese: str) -> None:
    """Every gate says what it found, and every refusal what to do, in both languages."""
    answer = EVERYTHING.ask(asked, "JP")

    assert answer.explain() == english
    assert answer.explain("ja") == japanese


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        pytest.param(call(TOKYO), ["screening.area.unlisted"], id="in no refused area"),
        pytest.param(call(), ["screening.area.unknown.accepted"], id="the area is not known"),
        pytest.param(
            call(TOKYO, area="06"), ["screening.area.refused"], id="the network tells it"
        ),
    ],
)
def test_refused_areas_alone(asked: Call, codes: list[str]) -> None:
    """A gate without entries is not asked, and says nothing."""
    answer = Screening(refused_areas=("06",)).ask(asked, "JP")

    assert [reason.code for reason in answer.reasons] == codes


def test_the_area_told_is_named() -> None:
    """The reason names the area or the number, whichever lies in the entry."""
    screening = Screening(accepted_areas=("033",), refused_areas=("06",))
    by_number, by_area = (
        screening.ask(call(TOKYO, area=area), "JP").reasons[0] for area in ("06", "033")
    )

    assert (by_number.about, by_number.data["entry"]) == (TOKYO, "033")
    assert (by_area.about, by_area.data["entry"]) == ("033", "033")


@pytest.mark.parametrize(
    ("screening", "asked", "remedies"),
    [
        pytest.param(
            Screening(refused_areas=("03", "033")),
            call(area="0333"),
            [("screening.area.release", "033, 03")],
            id="all areas in the way are released",
        ),
        pytest.param(
            Screening(accepted_areas=("03",), refused_areas=("033",)),
            call(area="0333"),
            [("screening.area.release", "033")],
            id="up to the one that is accepted",
        ),
        pytest.param(
            Screening(accepted_areas=("033",)),
            call("03-4412-3456"),
            [("screening.area.accept", "034"), ("screening.allow", "03-4412-3456")],
            id="the area next to a finer one",
        ),
        pytest.param(
            Screening(accepted_areas=("06",), refused_areas=("+813",)),
            call(area="03"),
            [("screening.area.accept", "+813")],
            id="the area as it is written on the other side",
        ),
        pytest.param(
            Screening(accepted_areas=("033",)),
            call(area="東京"),
            [("screening.area.open", "")],
            id="an area that cannot be written",
        ),
        pytest.param(
            Screening(accepted_areas=("13101",), refused_areas=("13",)),
            call(area="13"),
            [("screening.area.open", "")],
            id="only a part of the area told can be accepted",
        ),
        pytest.param(
            Screening(accepted_areas=("+1",)),
            call(ABROAD),
            [("screening.area.accept", "+44"), ("screening.allow", ABROAD)],
            id="a country",
        ),
        pytest.param(
            Screening(accepted_areas=("03",)),
            call("1234"),
            [("screening.area.open", "")],
            id="a number too short for a list",
        ),
        pytest.param(
            Screening(allowed=("03*",), blocked=("033*", "0333*", "*")),
            call(TOKYO),
            [
                ("screening.blocked.remove", "0333*, 033*"),
                ("screening.allow", TOKYO),
            ],
            id="entries that are finer than the one that allows",
        ),
    ],
)
def test_remedies(screening: Screening, asked: Call, remedies: list[tuple[str, str]]) -> None:
    """A remedy names the least that opens its gate."""
    answer = screening.ask(asked, "JP")
    found = [(each.code, each.data.get("about", "")) for each in answer.remedies]

    assert [each for each in found if each[0] != "screening.show"] == remedies


@pytest.mark.parametrize(
    ("values", "same"),
    [
        pytest.param(
            {"accepted_areas": ["0-3", "03"]}, {"accepted_areas": ("03",)}, id="areas"
        ),
        pytest.param(
            {"blocked": ("(03) 1234 5678", "0120-*")},
            {"blocked": ("0120*", "03-1234-5678")},
            id="lists",
        ),
        pytest.param(
            {"refused_kinds": ["mobile", CallerKind.MOBILE]},
            {"refused_kinds": kinds("mobile")},
            id="kinds",
        ),
    ],
)
def test_equal(values: dict[str, Any], same: dict[str, Any]) -> None:
    """Screenings that mean the same are equal."""
    assert Screening(**values) == Screening(**same)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(
            {"accepted_areas": "03"},
            '`03` is not a sequence: write `("03",)`',
            id="a text for areas",
        ),
        pytest.param(
            {"accepted_areas": (3,)},
            '`3` is not text, as an area must be: write it in quotes, "3"',
            id="an int for an area",
        ),
        pytest.param(
            {"accepted_areas": ("Tokyo",)},
            "`Tokyo` is not an area: write `03`, or `+44` for a country",
            id="the name of an area",
        ),
        pytest.param(
            {"refused_areas": ("03*",)},
            "`03*` is not an area: an area is a beginning already, write `03`",
            id="a star behind an area",
        ),
        pytest.param(
            {"refused_areas": ("０３",)},
            "`０３` is not an area: write half-width digits",
            id="full-width digits",
        ),
        pytest.param(
            {"accepted_areas": ("03", "06"), "refused_areas": ("0-6",)},
            "`06` is accepted and refused: take the area out of one of the two",
            id="an area on both sides",
        ),
        pytest.param(
            {"refused_kinds": ("mobil",)},
            "`mobil` is not a kind of caller: did you mean `mobile`?",
            id="a kind that is none",
        ),
        pytest.param(
            {"refused_kinds": "mobile"},
            '`mobile` is not a sequence: write `("mobile",)`',
            id="a text for kinds",
        ),
        pytest.param(
            {"blocked": ("0120",)},
            "`0120` is not a number: for all numbers that begin so, write `0120*`",
            id="a beginning without a star",
        ),
        pytest.param(
            {"blocked": ("+*",)},
            "`+*` is not a number: write `03-1234-5678`, `0120*` or `+44*`",
            id="nothing before the star",
        ),
        pytest.param(
            {"blocked": ("０３１２３４５６７８",)},
            "`０３１２３４５６７８` is not a number: write half-width digits",
            id="a number in full-width digits",
        ),
        pytest.param(
            {"allowed": ("0120*", "03-1234-5678"), "blocked": ("0312345678",)},
            "`0312345678` is allowed and blocked: take it off one of the two lists",
            id="a number on both lists",
        ),
        pytest.param(
            {"announcement": "closed"},
            "`closed` is not a guidance number: write half-width digits",
            id="a guidance that is no number",
        ),
        pytest.param(
            {"announcement": None},
            "`None` is not text, as the guidance of a screening must be",
            id="None for no guidance",
        ),
    ],
)
def test_refused(values: dict[str, Any], message: str) -> None:
    """What is no entry is refused with the fix, and so is what stands on both sides."""
    with pytest.raises(InvalidValueError) as caught:
        Screening(**values)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("screening", "region", "message"),
    [
        pytest.param(
            Screening(accepted_areas=("03",), refused_areas=("+813",)),
            "JP",
            "`03` and `+813` are the same in JP, and one lets callers pass where the other "
            "refuses them: remove one",
            id="an area",
        ),
        pytest.param(
            Screening(allowed=("0312345678",), blocked=("+81312345678",)),
            "JP",
            "`0312345678` and `+81312345678` are the same in JP, and one lets callers pass "
            "where the other refuses them: remove one",
            id="a number",
        ),
        pytest.param(
            Screening(blocked=("010*",)),
            "JP",
            "`010` stands before every number from abroad in JP: write a country's code, as "
            "`+44`, or refuse the kind `abroad`",
            id="an international prefix",
        ),
        pytest.param(
            Screening(),
            "Japan",
            "`Japan` is not a region: write its ISO 3166-1 code, as `JP`",
            id="no region",
        ),
    ],
)
def test_refused_in_a_region(screening: Screening, region: str, message: str) -> None:
    """What cannot be meant in a region is refused when it is known."""
    with pytest.raises(InvalidValueError) as caught:
        screening.in_region(region)
    assert str(caught.value) == message


def test_two_entries_may_mean_the_same() -> None:
    """An area in two spellings on one side is one area."""
    screening = Screening(accepted_areas=("03", "+813"))
    assert screening.ask(call(TOKYO), "JP").passed
    assert not screening.ask(call(OSAKA), "JP").passed


def test_only_calls_are_screened() -> None:
    """A number is no call."""
    number: Any = "03-1234-5678"
    with pytest.raises(InvalidValueError, match="is not `Call`, as what is screened must be"):
        Screening().ask(number, "JP")


@pytest.mark.parametrize(
    ("code", "about", "changed"),
    [
        pytest.param("allow", "06-6123-4567", {"allowed": ("0120*", OSAKA)}, id="allow"),
        pytest.param(
            "area.accept",
            "06",
            {"accepted_areas": ("03", "06"), "refused_areas": ()},
            id="accept an area",
        ),
        pytest.param("area.release", "06", {"refused_areas": ()}, id="release an area"),
        pytest.param(
            "area.open", "", {"accepted_areas": (), "refused_areas": ()}, id="open everywhere"
        ),
        pytest.param(
            "kind.accept.mobile", "", {"refused_kinds": kinds("withheld")}, id="accept a kind"
        ),
        pytest.param("blocked.remove", "090*, +44*", {"blocked": (TOKYO,)}, id="unblock"),
    ],
)
def test_mended(code: str, about: str, changed: dict[str, Any]) -> None:
    """A remedy changes what it names and nothing else."""
    remedy = Remedy(f"screening.{code}", Actor.CUSTOMER, {"about": about} if about else {})

    assert EVERYTHING.mended(remedy) == evolve(EVERYTHING, **changed)


def test_a_remedy_of_something_else() -> None:
    """Only remedies of a screening change it; to show the number is the caller's part."""
    with pytest.raises(InvalidValueError) as caught:
        Screening().mended(Remedy("screening.show", Actor.CUSTOMER))
    assert str(caught.value).startswith("`screening.show` changes no screening: ")


def test_explain() -> None:
    """A screening says who passes, in the order in which it is asked."""
    assert EVERYTHING.explain() == (
        "always passes: 0120*\n"
        "calls are taken only from: 03\n"
        "calls are not taken from: 06\n"
        "refused are: mobile phones, callers who withhold the number\n"
        "on the block list: +44*, 0333123456, 090*\n"
        "who is refused hears guidance 009608"
    )
    assert EVERYTHING.explain("ja") == (
        "常に受け付ける番号: 0120*\n"
        "着信を受け付ける地域: 03\n"
        "着信を拒否する地域: 06\n"
        "着信を拒否する端末: 携帯電話、番号非通知\n"
        "拒否リスト: +44*、0333123456、090*\n"
        "着信を拒否した発信者にはガイダンス009608が流れます"
    )
    assert Screening().explain() == "every caller passes"
    assert Screening().explain("ja") == "すべての着信を受け付けます"


def test_to_dict() -> None:
    """Plain data has what is set, under the names of the fields."""
    assert EVERYTHING.to_dict() == {
        "accepted_areas": ["03"],
        "refused_areas": ["06"],
        "refused_kinds": ["mobile", "withheld"],
        "allowed": ["0120*"],
        "blocked": ["+44*", "0333123456", "090*"],
        "announcement": "009608",
    }
    assert Screening().to_dict() == {}


def test_an_answer_is_a_value() -> None:
    """An answer is equal to one of the same question, and can be hashed and pickled."""
    answer = EVERYTHING.ask(call(MOBILE), "JP")
    again = pickle.loads(pickle.dumps(answer))

    assert again == answer == EVERYTHING.ask(call(MOBILE), "JP")
    assert hash(again) == hash(answer)
    assert again.reasons == answer.reasons
    assert again.refusals == (ScreeningGate.AREA, ScreeningGate.KIND, ScreeningGate.BLOCKED)
