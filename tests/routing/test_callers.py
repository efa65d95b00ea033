"""What kind of terminal a call comes from, and the one spelling of its number."""

import phonenumbers
import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import CallerKind
from cloudpbx.routing.callers import (
    area_length,
    bare_caller,
    caller_kind,
    caller_number,
    global_beginning,
    local_beginning,
)


@pytest.mark.parametrize(
    ("caller", "kind", "number"),
    [
        pytest.param("03-1234-5678", "fixed", "+81312345678", id="a fixed line"),
        pytest.param("0312345678", "fixed", "+81312345678", id="without separators"),
        pytest.param("090-1234-5678", "mobile", "+819012345678", id="090"),
        pytest.param("080-1234-5678", "mobile", "+818012345678", id="080"),
        pytest.param("070-1234-5678", "mobile", "+817012345678", id="070"),
        pytest.param("050-1234-5678", "ip_phone", "+815012345678", id="050"),
        pytest.param("+81 90-1234-5678", "mobile", "+819012345678", id="with +"),
        pytest.param("819012345678", "mobile", "+819012345678", id="the + was lost"),
        pytest.param("+81 (0)90 1234 5678", "mobile", "+819012345678", id="with + and 0"),
        pytest.param("312345678", "fixed", "+81312345678", id="the 0 was lost"),
        pytest.param("0120-123-456", "unknown", "+81120123456", id="a toll-free number shown"),
        pytest.param("020-1234-5678", "unknown", "+812012345678", id="a machine"),
        pytest.param("+44 20 7123 4567", "abroad", "+442071234567", id="abroad with +"),
        pytest.param("0044 20 7123 4567", "abroad", "+442071234567", id="abroad with 00"),
        pytest.param("010 44 20 7123 4567", "abroad", "+442071234567", id="abroad as dialled"),
        pytest.param("442071234567", "abroad", "+442071234567", id="abroad, the + was lost"),
        pytest.param("+44123", "abroad", "+44123", id="no number of a country there is"),
        pytest.param("+999123", "unknown", "+999123", id="a country that is none"),
        pytest.param("03-12", "unknown", "+81312", id="too short"),
        pytest.param("1234", "unknown", "1234", id="nothing of the plan"),
        pytest.param("00", "unknown", "00", id="nothing behind the prefix"),
        pytest.param("9" * 300, "unknown", "9" * 300, id="too long for any plan"),
        pytest.param("", "withheld", "", id="no number"),
        pytest.param("非通知", "withheld", "", id="in Japanese"),
        pytest.param("Anonymous", "withheld", "", id="a word"),
        pytest.param("sip:anonymous@anonymous.invalid", "withheld", "", id="a URI"),
        pytest.param("公衆電話", "payphone", "", id="a payphone in Japanese"),
        pytest.param("Coin line/payphone", "payphone", "", id="a payphone"),
        pytest.param("unavailable", "unknown", "", id="not by the caller's wish"),
        pytest.param("表示圏外", "unknown", "", id="the same in Japanese"),
        pytest.param("０３１２３４５６７８", "unknown", "", id="full-width digits"),
        pytest.param("1-800-FLOWERS", "unknown", "", id="letters"),
        pytest.param("+", "unknown", "", id="a plus"),
        pytest.param("tel:+81-3-1234-5678;cpc=payphone", "fixed", "+81312345678", id="tel"),
    ],
)
def test_a_caller_of_japan(caller: str, kind: str, number: str) -> None:
    """A number says what it is in the plan of Japan, and a word why there is none."""
    assert caller_kind(caller, "JP") == kind
    assert caller_number(caller, "JP") == number


@pytest.mark.parametrize(
    ("caller", "region", "kind", "number"),
    [
        pytest.param("212-555-0123", "US", "fixed", "+12125550123", id="fixed or mobile"),
        pytest.param("12125550123", "US", "fixed", "+12125550123", id="with the trunk prefix"),
        pytest.param("416-555-0123", "US", "abroad", "+14165550123", id="Canada from the US"),
        pytest.param("011442071234567", "US", "abroad", "+442071234567", id="as dialled there"),
        pytest.param("07400 123456", "GB", "mobile", "+447400123456", id="a mobile"),
        pytest.param("056 1234 5678", "GB", "ip_phone", "+445612345678", id="an IP phone"),
        pytest.param("+44 1534 456789", "GB", "abroad", "+441534456789", id="Jersey from GB"),
        pytest.param("06 1234 5678", "IT", "fixed", "+390612345678", id="0 is of the number"),
        pytest.param("6123 4567", "SG", "fixed", "+6561234567", id="no trunk prefix"),
        pytest.param("131 2345 6789", "CN", "mobile", "+8613123456789", id="a trunk for some"),
        pytest.param("8 495 123-45-67", "RU", "fixed", "+74951234567", id="8 is the trunk"),
    ],
)
def test_a_caller_of_another_region(caller: str, region: str, kind: str, number: str) -> None:
    """Elsewhere the plan of the region tells."""
    assert caller_kind(caller, region) == kind
    assert caller_number(caller, region) == number


@pytest.mark.parametrize("said", [pytest.param(each, id=each) for each in CallerKind])
def test_the_network_knows_better(said: CallerKind) -> None:
    """What the network says wins over what the number tells."""
    assert caller_kind("03-1234-5678", "JP", said) is said


@pytest.mark.parametrize(
    ("caller", "bare"),
    [
        pytest.param("0312345678", "0312345678", id="nothing around it"),
        pytest.param('"03; x" <sip:0312345678@pbx.example>', "0312345678", id="a name"),
        pytest.param("SIPS:0312345678;user=phone", "0312345678", id="in capitals"),
        pytest.param("tel:0312345678", "0312345678", id="tel"),
        pytest.param(" 03 1234 ", "03 1234", id="spaces at the ends"),
    ],
)
def test_bare(caller: str, bare: str) -> None:
    """What SIP writes around a number is taken away."""
    assert bare_caller(caller) == bare


@pytest.mark.parametrize(
    ("text", "region", "key"),
    [
        pytest.param("03", "JP", "+813", id="an area of Japan"),
        pytest.param("0", "JP", "+81", id="all of Japan"),
        pytest.param("+44", "JP", "+44", id="a country"),
        pytest.param("0044", "JP", "+44", id="a country with 00"),
        pytest.param("01044", "JP", "+44", id="a country as dialled"),
        pytest.param("13101", "JP", "13101", id="a code that is no number"),
        pytest.param("212", "US", "+1212", id="printed without the trunk prefix"),
        pytest.param("1212", "US", "+1212", id="written with it"),
        pytest.param("06", "IT", "+3906", id="0 is of the number"),
        pytest.param("06", "HU", "+36", id="the trunk prefix has two digits"),
    ],
)
def test_global_beginnings(text: str, region: str, key: str) -> None:
    """The beginning of a number has its country code where one can be told."""
    assert global_beginning(text, region) == key


@pytest.mark.parametrize(
    ("key", "region", "text"),
    [
        pytest.param("+813", "JP", "03", id="an area of Japan"),
        pytest.param("+81", "JP", "0", id="all of Japan"),
        pytest.param("+8110", "JP", "+8110", id="it would be read as from abroad"),
        pytest.param("+44", "JP", "+44", id="a country"),
        pytest.param("13101", "JP", "13101", id="a code"),
        pytest.param("+1212", "US", "212", id="an area of the United States"),
        pytest.param("+1", "US", "+1", id="nothing would be left"),
    ],
)
def test_local_beginnings(key: str, region: str, text: str) -> None:
    """A beginning is written as the region prints it, where it is still read as the same."""
    assert local_beginning(key, region) == text


@pytest.mark.parametrize(
    ("number", "length"),
    [
        pytest.param("+81312345678", len("+813"), id="Tokyo"),
        pytest.param("+81451234567", len("+8145"), id="a longer area code"),
        pytest.param("+819012345678", len("+8190"), id="a mobile has a range"),
        pytest.param("+442071234567", len("+44"), id="a country"),
        pytest.param("+999123", len("+"), id="nothing that can be told"),
    ],
)
def test_area_length(number: str, length: int) -> None:
    """The area of a number is its area code, or its country."""
    assert area_length(number, "JP") == length


def test_an_unknown_region() -> None:
    """A region must have a numbering plan."""
    with pytest.raises(InvalidValueError, match="`XX` is not a region"):
        caller_kind("0312345678", "XX")


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_every_region_reads_its_own_numbers(region: str) -> None:
    """Every region reads a fixed line of its own as people there write it."""
    example = phonenumbers.example_number(region)
    assert example is not None
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
    one = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)

    assert caller_number(written, region) == one
    assert local_beginning(one, region) != ""
