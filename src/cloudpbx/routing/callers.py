"""Who is calling: the kind of terminal (発信端末) and the one spelling of its number.

Here: reading a calling number as a switch delivers it. Not here: whether a caller may call
(`screening`), or numbers that are dialled, where 00XY selects a carrier (`numbers`).
"""

import re
from enum import StrEnum, unique
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from cloudpbx.routing.numbers import check_region, spelled

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

__all__ = [
    "CallerKind",
    "area_length",
    "bare_caller",
    "caller_kind",
    "caller_number",
    "global_beginning",
    "local_beginning",
]


@unique
class CallerKind(StrEnum):
    """Name what kind of terminal a call comes from.

    Attributes:
        FIXED: A fixed line (固定電話).
        MOBILE: A mobile phone (携帯電話).
        PAYPHONE: A payphone (公衆電話).
        IP_PHONE: An IP phone whose number has no area, in Japan 050 (IP電話).
        ABROAD: A terminal of another country (国際).
        WITHHELD: A caller who does not want the number shown (非通知).
        UNKNOWN: A number that does not tell, as 0120 or one that no plan has, or none for
            another cause than the caller's wish (不明).
    """

    FIXED = "fixed"
    MOBILE = "mobile"
    PAYPHONE = "payphone"
    IP_PHONE = "ip_phone"
    ABROAD = "abroad"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


_SCHEME = re.compile(r"\s*(?:sips?|tel):", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d+", re.ASCII)

# What switches write in place of a number; "coin line/payphone" is what Japanese SIP
# networks show for a payphone.
_WORDS: Final = {
    "": CallerKind.WITHHELD,
    "anonymous": CallerKind.WITHHELD,
    "private": CallerKind.WITHHELD,
    "restricted": CallerKind.WITHHELD,
    "withheld": CallerKind.WITHHELD,
    "非通知": CallerKind.WITHHELD,
    "coin line/payphone": CallerKind.PAYPHONE,
    "payphone": CallerKind.PAYPHONE,
    "公衆電話": CallerKind.PAYPHONE,
}


@frozen(kw_only=True)
class _Plan:
    """Hold how the numbers of a region are written.

    Attributes:
        country: Its country code, as `81`.
        abroad: What stands before the country code of a number from elsewhere.
        trunk: What stands before the area code, as `0`; may be empty.
        has_trunk: Whether national numbers are printed with it, as they are in Japan and
            are not in the United States.
    """

    country: str
    abroad: re.Pattern[str]
    trunk: str
    has_trunk: bool


@cache
def _plan_of(region: str) -> _Plan:
    import phonenumbers  # noqa: PLC0415 - 40 ms, and only configurations and calls need it

    metadata: Any = phonenumbers.PhoneMetadata.metadata_for_region(check_region(region))
    example: Any = phonenumbers.example_number(region)
    trunk: str = metadata.national_prefix or ""
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    digits = re.sub(r"\D", "", phonenumbers.format_number(example, national))
    return _Plan(
        country=str(example.country_code),
        # Whatever a region dials, 00 is what the networks of most write.
        abroad=re.compile(f"(?:{metadata.international_prefix})|00"),
        trunk=trunk,
        has_trunk=bool(trunk)
        and digits == trunk + phonenumbers.national_significant_number(example),
    )


def bare_caller(caller: str) -> str:
    """Return a calling number without what SIP writes around it.

    >>> bare_caller('"Sato" <sip:0312345678@pbx.example;user=phone>')
    '0312345678'
    """
    text = _SCHEME.sub("", caller.rpartition("<")[2], count=1)
    for end in ">@;":
        text = text.partition(end)[0]
    return text.strip()


def global_beginning(text: str, region: str) -> str:
    """Return the beginning of a number with its country code.

    In order, and the first that applies wins:

    1. `+` is there already;
    2. an international prefix stands for it: that of the region, or 00. No calling number
       has a carrier selected in front (00XY), so 00 leads abroad here, in Japan too;
    3. a national beginning, written as the region prints its numbers, is one of the region;
    4. what is left is no beginning of a number, and stays as it is.

    >>> global_beginning("03", "JP"), global_beginning("0044", "JP")
    ('+813', '+44')
    >>> global_beginning("212", "US"), global_beginning("13101", "JP")
    ('+1212', '13101')
    """
    if text.startswith("+"):
        return text
    plan = _plan_of(region)
    if found := plan.abroad.match(text):
        return f"+{text[found.end() :]}"
    if plan.has_trunk and not text.startswith(plan.trunk):
        return text
    return f"+{plan.country}{text.removeprefix(plan.trunk)}"


def local_beginning(text: str, region: str) -> str:
    """Return the beginning of a number as it is written in a region, if it can be told so.

    >>> local_beginning("+813", "JP"), local_beginning("+44", "JP")
    ('03', '+44')
    """
    plan = _plan_of(region)
    home = f"+{plan.country}"
    if not text.startswith(home):
        return text
    local = (plan.trunk if plan.has_trunk else "") + text.removeprefix(home)
    # Nothing is left of `+1`, and 010… would be read as a number from abroad.
    return local if local and global_beginning(local, region) == text else text


def caller_kind(caller: str, region: str, said: CallerKind | None = None) -> CallerKind:
    """Say what kind of terminal a call comes from; any text has one.

    In order, and the first that applies wins:

    1. what the network says;
    2. no number: withheld, or a payphone where the text says so; for any other word, as
       `unavailable`, unknown;
    3. a number of another country's code, or of another country under the same code, is
       abroad;
    4. a number of the region is what its numbering plan says: fixed, mobile or IP phone. One
       that the plan does not tell apart counts as fixed;
    5. any other, as 0120 or a number that no plan has, is unknown.

    Args:
        caller: The calling number as it arrives: national, as `+44…`, as `0044…`, as the
            region dials it (`01044…`), or with its country code and no `+`, where nothing
            else can be meant; also as a SIP or tel URI.
        region: Where the called number is, as `JP`.
        said: What the network says of the terminal; None when it says nothing.

    >>> str(caller_kind("090-1234-5678", "JP")), str(caller_kind("anonymous", "JP"))
    ('mobile', 'withheld')
    """
    return _read(caller, region)[0] if said is None else said


def caller_number(caller: str, region: str) -> str:
    """Return the one spelling of a calling number; empty when there is none.

    It has its country code when one can be told, and is otherwise as it came.

    >>> caller_number("03-1234-5678", "JP"), caller_number("81312345678", "JP")
    ('+81312345678', '+81312345678')
    """
    return _read(caller, region)[1]


def area_length(number: str, region: str) -> int:
    """Return how much of a number, as `caller_number` spells it, names its area.

    Of a number of another country, that is the country's code.

    >>> area_length("+81312345678", "JP"), area_length("+442071234567", "JP")
    (4, 3)
    """
    import phonenumbers  # noqa: PLC0415 - see above

    parsed = _parsed(number)
    if parsed is None:
        return 1
    country = f"+{parsed.country_code}"
    if country != f"+{_plan_of(region).country}":
        return len(country)
    length = phonenumbers.length_of_geographical_area_code(parsed)
    return len(country) + (length or phonenumbers.length_of_national_destination_code(parsed))


@lru_cache(maxsize=4096)
def _read(caller: str, region: str) -> tuple[CallerKind, str]:
    bare = bare_caller(caller)
    digits = spelled(bare)
    if not _NUMBER.fullmatch(digits):
        return _WORDS.get(bare.casefold(), CallerKind.UNKNOWN), ""
    import phonenumbers  # noqa: PLC0415 - see above

    number = global_beginning(digits, region)
    readings = [number]
    if not digits.startswith("+"):
        # Some countries print a trunk prefix before some numbers alone; and a number that is
        # one only with `+` in front has lost it on its way.
        readings += [f"+{_plan_of(region).country}{digits}", f"+{digits}"]
    for text in readings:
        parsed = _parsed(text)
        if parsed is not None and phonenumbers.is_valid_number(parsed):
            significant = phonenumbers.national_significant_number(parsed)
            return _kind_of(parsed, region), f"+{parsed.country_code}{significant}"
    parsed = _parsed(number)
    kind = CallerKind.UNKNOWN if parsed is None else _kind_of(parsed, region)
    return kind, digits if number == "+" else number


def _parsed(number: str) -> "PhoneNumber | None":
    import phonenumbers  # noqa: PLC0415 - see above

    try:
        return phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None


def _kind_of(parsed: "PhoneNumber", region: str) -> CallerKind:
    import phonenumbers  # noqa: PLC0415 - see above

    if str(parsed.country_code) != _plan_of(region).country:
        return CallerKind.ABROAD
    home = phonenumbers.region_code_for_number(parsed)
    if home is not None and home != region:
        return CallerKind.ABROAD
    kinds = phonenumbers.PhoneNumberType
    match phonenumbers.number_type(parsed):
        case kinds.FIXED_LINE | kinds.FIXED_LINE_OR_MOBILE:
            return CallerKind.FIXED
        case kinds.MOBILE:
            return CallerKind.MOBILE
        case kinds.VOIP:
            return CallerKind.IP_PHONE
        case _:
            return CallerKind.UNKNOWN
