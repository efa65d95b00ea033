"""Numbers as far as routing needs them: spelling, countries, print."""

from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.numbers import (
    check_number,
    check_region,
    global_form,
    is_abroad,
    is_outside,
    printed,
    spelled,
    spellings,
)


@pytest.mark.parametrize(
    ("number", "region", "abroad"),
    [
        pytest.param("0312345678", "JP", False, id="an area code"),
        pytest.param("0300001234", "JP", False, id="4-24 the example, which nobody has"),
        pytest.param("0120123456", "JP", False, id="0120: free phone"),
        pytest.param("0570012345", "JP", False, id="0570: navigation dial"),
        pytest.param("05012345678", "JP", False, id="050: IP phone"),
        pytest.param("09012345678", "JP", False, id="090: mobile"),
        pytest.param("02001234567890", "JP", False, id="0200: machines"),
        pytest.param("+81312345678", "JP", False, id="own country code"),
        pytest.param("81312345678", "JP", False, id="own country code without plus"),
        pytest.param("00390312345678", "JP", False, id="0039-03: a domestic carrier"),
        pytest.param("00330120123456", "JP", False, id="0033-0120: a domestic carrier"),
        pytest.param("0010312345678", "JP", False, id="001-03: a domestic carrier"),
        pytest.param("0091300312345678", "JP", False, id="009130-03: a domestic carrier"),
        pytest.param("1840312345678", "JP", False, id="184-03: withheld, domestic"),
        pytest.param("18600390312345678", "JP", False, id="186-0039-03: shown, domestic"),
        pytest.param("01012125550123", "JP", True, id="010-1: international prefix"),
        pytest.param("01081312345678", "JP", True, id="010-81: abroad and back"),
        pytest.param("01001234567", "JP", True, id="010-0: no country, still 010"),
        pytest.param("+12125550123", "JP", True, id="another country code"),
        pytest.param("+442079460000", "JP", True, id="a longer country code"),
        pytest.param("+99912345678", "JP", True, id="a country code nobody has"),
        pytest.param("+870123456789", "JP", True, id="a satellite"),
        pytest.param("003301012125550123", "JP", True, id="0033-010-1: a carrier, abroad"),
        pytest.param("00101012125550123", "JP", True, id="001-010-1: a carrier, abroad"),
        pytest.param("009130010121255501", "JP", True, id="009130-010-1: a carrier, abroad"),
        pytest.param("00331234567890", "JP", True, id="0033-1: a carrier, no area code"),
        pytest.param("00442079460000", "JP", True, id="0044-2: a carrier, no area code"),
        pytest.param("18401012125550123", "JP", True, id="184-010-1: withheld, abroad"),
        pytest.param("186003301012125550123", "JP", True, id="186-0033-010-1: shown, abroad"),
        pytest.param("030000123456789012345678", "JP", True, id="longer than any number"),
        pytest.param("2125550123", "US", False, id="US: an area code"),
        pytest.param("+12125550123", "US", False, id="US: own country code"),
        pytest.param("+18005550123", "US", False, id="US: free phone"),
        pytest.param("+18765550123", "US", True, id="US: Jamaica shares +1"),
        pytest.param("8765550123", "US", True, id="US: Jamaica without +1"),
        pytest.param("011442079460000", "US", True, id="US: international prefix"),
        pytest.param("01112125550123", "US", True, id="US: abroad and back"),
        pytest.param("+81312345678", "US", True, id="US: another country code"),
        pytest.param("00390312345678", "IT", True, id="IT: 00 is no carrier there"),
    ],
)
def test_is_abroad(number: str, region: str, *, abroad: bool) -> None:
    """A number is abroad by prefix and country code, and when that cannot be told."""
    assert is_abroad(number, region) is abroad


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("03-1234-5678", "0312345678", id="hyphens"),
        pytest.param("+81 (3) 1234.5678", "+81312345678", id="spaces, brackets, full stops"),
        pytest.param("03\u20101234\u20115678", "0312345678", id="hyphens of typographers"),
        pytest.param("03\u20121234\u20135678", "0312345678", id="dashes"),
        pytest.param("03\u22121234\u22125678", "0312345678", id="minus signs"),
        pytest.param("0300001234", "0300001234", id="4-24 the example of the source"),
        pytest.param("+1234567", "+1234567", id="shortest with plus"),
        pytest.param("+123456789012345", "+123456789012345", id="longest with plus"),
        pytest.param("123456789", "123456789", id="shortest without"),
        pytest.param("1" * 24, "1" * 24, id="longest without"),
    ],
)
def test_check_number(text: str, number: str) -> None:
    """A number has one spelling, without what people put between its digits."""
    assert check_number(text, what="a number") == number
    assert spelled(text) == number
    assert is_outside(text)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(
            312345678,
            '`312345678` is not text, as a number must be: write it in quotes, "312345678"',
            id="an int has lost its zeros",
        ),
        pytest.param(None, "`None` is not text, as a number must be", id="None"),
        pytest.param("", "`` is empty: a number needs at least one character", id="empty"),
        pytest.param(
            "０３１２３４５６７８",
            "`０３１２３４５６７８` is not an outside number, as a number must be: "
            "write half-width digits",
            id="4-27 full-width digits",
        ),
        pytest.param(
            "12345678",
            "`12345678` is not an outside number, as a number must be: "
            "write `03-1234-5678` or `+81312345678`",
            id="too short",
        ),
        pytest.param(
            "1" * 25,
            f"`{'1' * 25}` is not an outside number, as a number must be: "
            "write `03-1234-5678` or `+81312345678`",
            id="too long",
        ),
        pytest.param(
            "+1234567890123456",
            "`+1234567890123456` is not an outside number, as a number must be: "
            "write `03-1234-5678` or `+81312345678`",
            id="too long with plus",
        ),
        pytest.param(
            "03-1234-56+78",
            "`03-1234-56+78` is not an outside number, as a number must be: "
            "write `03-1234-5678` or `+81312345678`",
            id="a plus inside",
        ),
        pytest.param(
            "03-1234\n5678",
            "`03-1234\\n5678` has a control character: a number is one line of text",
            id="two lines",
        ),
    ],
)
def test_check_number_refuses(value: Any, message: str) -> None:
    """What is not shaped as a number is refused with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        check_number(value, what="a number")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(
            "JPN", "`JPN` is not a region: write its ISO 3166-1 code, as `JP`", id="3 letters"
        ),
        pytest.param(
            "jp", "`jp` is not a region: write its ISO 3166-1 code, as `JP`", id="lower case"
        ),
        pytest.param(
            81, '`81` is not text, as a region must be: write it in quotes, "81"', id="81"
        ),
    ],
)
def test_check_region_refuses(value: Any, message: str) -> None:
    """A region is an ISO 3166-1 code in capitals."""
    with pytest.raises(InvalidValueError) as caught:
        check_region(value)
    assert str(caught.value) == message


def test_check_region() -> None:
    """A region with a numbering plan is taken."""
    assert [check_region(each) for each in ("JP", "US", "VA")] == ["JP", "US", "VA"]


@pytest.mark.parametrize(
    ("number", "region", "expected"),
    [
        pytest.param(
            "0312345678", "JP", {"0312345678", "+81312345678", "81312345678"}, id="national"
        ),
        pytest.param(
            "+81312345678", "JP", {"0312345678", "+81312345678", "81312345678"}, id="with plus"
        ),
        pytest.param(
            "+12125550123", "US", {"2125550123", "+12125550123", "12125550123"}, id="no trunk 0"
        ),
        pytest.param("+442079460000", "JP", {"+442079460000", "442079460000"}, id="abroad"),
        pytest.param(
            "+390612345678", "IT", {"0612345678", "+390612345678", "390612345678"}, id="IT"
        ),
        pytest.param("+99912345678", "JP", {"+99912345678"}, id="no country"),
    ],
)
def test_spellings(number: str, region: str, expected: set[str]) -> None:
    """A switch may deliver a number in national or international form, with plus or not."""
    assert spellings(number, region) == expected


@pytest.mark.parametrize(
    ("number", "region", "form"),
    [
        pytest.param("0312345678", "JP", "+81312345678", id="national"),
        pytest.param("81312345678", "JP", "+81312345678", id="without plus"),
        pytest.param("+810312345678", "JP", "+81312345678", id="with a needless zero"),
        pytest.param("01081312345678", "JP", "+81312345678", id="dialled from home"),
        pytest.param("+390612345678", "IT", "+390612345678", id="a zero that counts"),
        pytest.param("+99912345678", "JP", "+99912345678", id="no country"),
    ],
)
def test_global_form(number: str, region: str, form: str) -> None:
    """Every spelling of a number has the same global form."""
    assert global_form(number, region) == form


@pytest.mark.parametrize(
    ("number", "region", "text"),
    [
        pytest.param("0312345678", "JP", "03-1234-5678", id="national"),
        pytest.param("09012345678", "JP", "090-1234-5678", id="mobile"),
        pytest.param("+81312345678", "JP", "+81 3-1234-5678", id="with plus"),
        pytest.param("81312345678", "JP", "81312345678", id="not as people write it"),
        pytest.param("+12125550123", "JP", "+1 212-555-0123", id="abroad"),
        pytest.param("01012125550123", "JP", "01012125550123", id="as it is dialled"),
        pytest.param("2125550123", "US", "(212) 555-0123", id="US"),
        pytest.param("+99912345678", "JP", "+99912345678", id="no country"),
        pytest.param("1001", "JP", "1001", id="an extension"),
        pytest.param("sales", "JP", "sales", id="a group"),
    ],
)
def test_printed(number: str, region: str, text: str) -> None:
    """A number is printed as people of its country write it, and can be read back."""
    assert printed(number, region) == text
    assert spelled(printed(number, region)) == number
