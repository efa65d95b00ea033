"""What dialled texts are, region by region and spelling by spelling."""

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.dialled_numbers import DialledKind, DialledNumber, read_dialled

EXTENSIONS = frozenset({"1001", "1002"})


def read(
    text: str, region: str = "JP", extensions: frozenset[str] = EXTENSIONS, digits: int = 4
) -> DialledNumber:
    """Read a dialled text."""
    return read_dialled(
        text,
        region=region,
        extensions=extensions,
        extension_digits=digits,
        guidance=frozenset({"009608"}),
    )


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        pytest.param("1001", "extension", "1001", id="extension"),
        pytest.param("1009", "unknown", "", id="extension that is missing"),
        pytest.param("009608", "guidance", "009608", id="guidance, source 004 (4-23)"),
        pytest.param("110", "emergency", "110", id="police"),
        pytest.param("118", "emergency", "118", id="coast guard"),
        pytest.param("119", "emergency", "119", id="fire and ambulance"),
        pytest.param("104", "special_service", "104", id="directory enquiries"),
        pytest.param("171", "special_service", "171", id="disaster messages"),
        pytest.param("188", "special_service", "188", id="consumer hotline"),
        pytest.param("#7119", "special_service", "#7119", id="four digits behind #"),
        pytest.param("184", "unknown", "", id="184 alone"),
        pytest.param("186", "unknown", "", id="186 alone"),
        pytest.param("911", "unknown", "", id="emergency number of elsewhere"),
        pytest.param("0312345678", "domestic", "0312345678", id="geographic"),
        pytest.param("0300001234", "domestic", "0300001234", id="source 004 (4-24)"),
        pytest.param("09012345678", "domestic", "09012345678", id="mobile 090"),
        pytest.param("06012345678", "domestic", "06012345678", id="mobile 060"),
        pytest.param("05012345678", "domestic", "05012345678", id="IP phone"),
        pytest.param("02012345678", "domestic", "02012345678", id="data"),
        pytest.param("02001234567890", "domestic", "02001234567890", id="data, 14 digits"),
        pytest.param("06001234567", "domestic", "06001234567", id="fixed and mobile"),
        pytest.param("0570012345", "domestic", "0570012345", id="0570"),
        pytest.param("0180993000", "domestic", "0180993000", id="0180"),
        pytest.param("0120123456", "toll_free", "0120123456", id="0120"),
        pytest.param("08001234567", "toll_free", "08001234567", id="0800"),
        pytest.param("01201234567", "unknown", "", id="0120 with a digit too many"),
        pytest.param("0800123456", "unknown", "", id="0800 with a digit too few"),
        pytest.param("0901234567", "unknown", "", id="090 with a digit too few"),
        pytest.param("312345678", "unknown", "", id="without its 0"),
        pytest.param("12345678", "unknown", "", id="without its area code"),
        pytest.param("12345", "unknown", "", id="nothing"),
        pytest.param("+81312345678", "domestic", "0312345678", id="with the country code"),
        pytest.param("+81120123456", "toll_free", "0120123456", id="toll-free, the same"),
        pytest.param("+81110", "unknown", "", id="no number behind the country code"),
        pytest.param("+8131234567", "unknown", "", id="a digit too few behind it"),
        pytest.param("+12125550123", "international", "+12125550123", id="abroad"),
        pytest.param("01012125550123", "international", "+12125550123", id="behind 010"),
        pytest.param("01081312345678", "international", "+81312345678", id="out and back"),
        pytest.param("+999123456", "unknown", "", id="no such country"),
        pytest.param("+44123", "unknown", "", id="too short for its country"),
        pytest.param("010", "unknown", "", id="010 alone"),
        pytest.param("0100123456789", "unknown", "", id="no country begins with 0"),
        pytest.param("+", "unknown", "", id="a plus alone"),
        pytest.param("*21", "unknown", "", id="a feature code"),
        pytest.param("sales", "unknown", "", id="a name"),
    ],
)
def test_what_is_dialled_in_japan(text: str, kind: str, number: str) -> None:
    """In Japan a text is what the numbering plan says."""
    found = read(text)

    assert (found.kind, found.number) == (kind, number)
    assert (found.text, found.carrier, found.prefix) == (text, "", "")


@pytest.mark.parametrize(
    ("text", "kind", "number", "carrier", "prefix"),
    [
        pytest.param("184-03-1234-5678", "domestic", "0312345678", "", "184", id="184"),
        pytest.param("186-0120-123-456", "toll_free", "0120123456", "", "186", id="186"),
        pytest.param("184110", "emergency", "110", "", "184", id="184 and emergency"),
        pytest.param("186118", "emergency", "118", "", "186", id="186 and emergency"),
        pytest.param("184117", "special_service", "117", "", "184", id="184 and 117"),
        pytest.param("184#7119", "special_service", "#7119", "", "184", id="184 and #"),
        pytest.param("1841001", "extension", "1001", "", "184", id="184 and extension"),
        pytest.param("184009608", "guidance", "009608", "", "184", id="184 and guidance"),
        pytest.param("1841009", "unknown", "", "", "", id="184 and nothing"),
        pytest.param("184+81312345678", "domestic", "0312345678", "", "184", id="184 and +"),
        pytest.param("184186110", "unknown", "", "", "", id="both"),
        pytest.param("0039-03-1234-5678", "domestic", "0312345678", "0039", "", id="0039"),
        pytest.param("001-03-1234-5678", "domestic", "0312345678", "001", "", id="001"),
        pytest.param(
            "0091-30-03-1234-5678", "domestic", "0312345678", "009130", "", id="0091XY"
        ),
        pytest.param(
            "0033-010-1-212-555-0123", "international", "+12125550123", "0033", "", id="010"
        ),
        pytest.param(
            "001-44-20-7946-0000", "international", "+442079460000", "001", "", id="directly"
        ),
        pytest.param(
            "184-0036-090-1234-5678", "domestic", "09012345678", "0036", "184", id="184 first"
        ),
        pytest.param("0036-184-03-1234-5678", "unknown", "", "", "", id="184 last"),
        pytest.param("0033-03-1234", "unknown", "", "", "", id="a number too short"),
        pytest.param("0033110", "unknown", "", "", "", id="no country begins with 110"),
        pytest.param("0012345", "unknown", "", "", "", id="a carrier and too little"),
    ],
)
def test_what_stands_in_front_is_peeled_in_japan(
    text: str, kind: str, number: str, carrier: str, prefix: str
) -> None:
    """184 and 186, a carrier and the international prefix are taken off and told."""
    found = read(text)

    assert (found.kind, found.number) == (kind, number)
    assert (found.carrier, found.prefix) == (carrier, prefix)


@pytest.mark.parametrize(
    ("text", "region", "kind", "number"),
    [
        pytest.param("911", "US", "emergency", "911", id="US emergency"),
        pytest.param("112", "US", "emergency", "112", id="the other emergency number"),
        pytest.param("110", "US", "unknown", "", id="emergency number of elsewhere"),
        pytest.param("411", "US", "special_service", "411", id="US directory enquiries"),
        pytest.param("2125550123", "US", "domestic", "2125550123", id="US number"),
        pytest.param("1-212-555-0123", "US", "domestic", "2125550123", id="with its 1"),
        pytest.param("+1 212 555 0123", "US", "domestic", "2125550123", id="with +1"),
        pytest.param("18005550123", "US", "toll_free", "8005550123", id="toll-free"),
        pytest.param("18765550123", "US", "international", "+18765550123", id="Jamaica"),
        pytest.param("011442079460000", "US", "international", "+442079460000", id="011"),
        pytest.param("5550123", "US", "unknown", "", id="without its area code"),
        pytest.param("1842125550123", "US", "unknown", "", id="184 means nothing there"),
        pytest.param("#7119", "US", "unknown", "", id="nor does #"),
        pytest.param("999", "GB", "emergency", "999", id="GB emergency"),
        pytest.param("101", "GB", "special_service", "101", id="GB police"),
        pytest.param("02079460000", "GB", "domestic", "02079460000", id="GB number"),
        pytest.param("+442079460000", "GB", "domestic", "02079460000", id="with +44"),
        pytest.param("0012125550123", "GB", "international", "+12125550123", id="00"),
        pytest.param("000", "AU", "emergency", "000", id="AU emergency"),
        pytest.param("1234", "DE", "unknown", "", id="as long as an extension"),
        pytest.param("30123456", "DK", "domestic", "30123456", id="8 digits are enough"),
        pytest.param(
            "+5491123456789", "AR", "domestic", "0111523456789", id="mobile, with its 15"
        ),
        pytest.param(
            "+5498748891254",
            "AR",
            "domestic",
            "+5498748891254",
            id="whose national form is another number",
        ),
        pytest.param(
            "+525512345678", "MX", "domestic", "5512345678", id="without any trunk prefix"
        ),
    ],
)
def test_what_is_dialled_elsewhere(text: str, region: str, kind: str, number: str) -> None:
    """Elsewhere a text is what the region's numbering plan says."""
    found = read(text, region)

    assert (found.kind, found.number) == (kind, number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("03-1234-5678", "0312345678", id="hyphens"),
        pytest.param(" (03) 1234.5678 ", "0312345678", id="brackets, spaces and dots"),
        pytest.param("０３－１２３４－５６７８", "0312345678", id="full-width"),
        pytest.param("１１０", "110", id="emergency, full-width"),
        pytest.param("tel:+81-3-1234-5678", "0312345678", id="tel, global"),
        pytest.param("TEL:0312345678;phone-context=+81", "0312345678", id="tel, national"),
        pytest.param("tel:1001;phone-context=pbx.example", "1001", id="tel, of a domain"),
        pytest.param("tel:110;phone-context=+81", "110", id="tel, emergency"),
        pytest.param("tel:0312345678;ext=12", "0312345678", id="tel, with a parameter"),
        pytest.param("sip:1001@pbx.example", "1001", id="sip"),
        pytest.param("sip:1001:secret@pbx.example", "1001", id="sip, with a password"),
        pytest.param("sips:+81312345678@h;user=phone", "0312345678", id="sips"),
        pytest.param("sip:0312345678;phone-context=+81@h", "0312345678", id="sip, context"),
        pytest.param("sip:%237119@h", "#7119", id="sip, with an escaped #"),
        pytest.param("tel:0312345678;phone-context=+44", "", id="number of elsewhere"),
        pytest.param("tel:0312345678;phone-context=+1-914-555", "", id="number of an exchange"),
        pytest.param("sip:pbx.example", "", id="sip, nobody"),
        pytest.param("③3-1234-5678", "", id="a circled digit"),
        pytest.param("٠٣١٢٣٤٥٦٧٨", "", id="other digits"),
        pytest.param("0312345678;0312345679", "", id="two numbers"),
        pytest.param("0312345678 x12", "", id="an extension behind it"),
        pytest.param("0" * 36, "", id="too much"),
    ],
)
def test_a_text_is_read_in_any_spelling(text: str, number: str) -> None:
    """What is written for the eye or for a link is the number that is meant."""
    assert read(text).number == number


@pytest.mark.parametrize(
    ("text", "extensions", "kind"),
    [
        pytest.param("110", {"110"}, "emergency", id="emergency before an extension"),
        pytest.param("104", {"104"}, "extension", id="an extension before a service"),
        pytest.param("104", {"105"}, "special_service", id="a service that is no extension"),
        pytest.param("200", {"105"}, "unknown", id="neither"),
    ],
)
def test_which_reading_comes_first(text: str, extensions: set[str], kind: str) -> None:
    """An emergency number is one even where an extension has its digits."""
    assert read(text, extensions=frozenset(extensions), digits=3).kind == kind


def test_an_emergency_number_behind_184_comes_before_an_extension() -> None:
    """No extension hides an emergency call, not even one of six digits."""
    found = read("184110", extensions=frozenset({"184110"}), digits=6)

    assert (found.kind, found.number) == (DialledKind.EMERGENCY, "110")


def test_which_kinds_are_within_the_tenant() -> None:
    """Extensions and guidances are called without the network."""
    inside = [kind for kind in DialledKind if kind.is_internal]

    assert inside == [DialledKind.EXTENSION, DialledKind.GUIDANCE]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "", "`` is empty: what is dialled needs at least one character", id="empty"
        ),
        pytest.param(
            1001,
            '`1001` is not text, as what is dialled must be: write it in quotes, "1001"',
            id="a number",
        ),
        pytest.param(
            "1001\n",
            "`1001\\n` has a control character: what is dialled is one line of text",
            id="a line break",
        ),
    ],
)
def test_what_is_no_text_is_refused(text: str, message: str) -> None:
    """What nobody can dial is a mistake of the program that asks."""
    with pytest.raises(InvalidValueError) as caught:
        read(text)

    assert str(caught.value) == message
