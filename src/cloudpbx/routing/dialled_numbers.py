"""What a dialled text (ダイヤルした番号) is, and what a switch sends for it.

Here: reading the text, peeling what stands in front of the number, and telling the kinds
apart. Not here: whether the call is allowed (`dialling`), or what line types cannot dial
(`line_types`).
"""

import re
from collections.abc import Container
from enum import StrEnum, unique
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from cloudpbx._values import check_text
from cloudpbx.routing.numbers import global_form, is_abroad, spelled

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

__all__ = ["DialledKind", "DialledNumber"]


@unique
class DialledKind(StrEnum):
    """Name what was dialled."""

    EXTENSION = "extension"
    GUIDANCE = "guidance"
    EMERGENCY = "emergency"
    SPECIAL_SERVICE = "special_service"
    DOMESTIC = "domestic"
    TOLL_FREE = "toll_free"
    INTERNATIONAL = "international"
    UNKNOWN = "unknown"

    @property
    def is_internal(self) -> bool:
        """Say whether the call stays within the tenant."""
        return self in _INTERNAL


_INTERNAL: Final = frozenset({DialledKind.EXTENSION, DialledKind.GUIDANCE})


@frozen(kw_only=True)
class DialledNumber:
    """Say what a dialled text is.

    Attributes:
        text: What was dialled.
        kind: What it is.
        number: What a switch sends: an extension, a guidance, a short number, a domestic
            number in its national spelling, or one abroad with `+` and its country code;
            empty when unknown.
        carrier: The carrier selected in front of it (事業者識別番号), as `0033`; may be empty.
        prefix: `184` or `186` where one stood in front, to withhold or show the caller's
            number; otherwise empty.
    """

    text: str
    kind: DialledKind
    number: str = ""
    carrier: str = ""
    prefix: str = ""


WITHHOLD: Final = "184"
"""Withholds the caller's number for one call (番号非通知)."""

SHOW: Final = "186"
"""Shows the caller's number for one call (番号通知)."""

# Somebody copies a number from a page set in full-width letters; an emergency call must
# not fail for that. Circled and other digits are no digits of a telephone.
_HALF_WIDTH: Final = str.maketrans(
    "０１２３４５６７８９＋－（）．＃\u3000", "0123456789+-().# "
)

_URI: Final = re.compile(r"(?:(tel)|sips?):(.*)", re.IGNORECASE)
_CONTEXT: Final = re.compile(r";phone-context=\+([\d.()-]+)", re.IGNORECASE | re.ASCII)
_DIGITS: Final = re.compile(r"\+?\d{1,32}", re.ASCII)
_DIGITS_IN_JAPAN: Final = re.compile(r"(?:18[46])?(?:\+?\d{1,32}|#\d{4})", re.ASCII)

_COAST_GUARD: Final = "118"
"""The emergency number that `phonenumbers` does not know."""

# 1XY, and numbers such as #7119.
_SPECIAL_SERVICE_IN_JAPAN: Final = re.compile(r"1(?!84|86)\d\d|#\d{4}", re.ASCII)

# A carrier (0091XY, 00XY or 001) before a domestic number, before the international prefix
# 010, or directly before a country code; or 010 alone.
_SELECTED_IN_JAPAN: Final = re.compile(
    r"(?P<carrier>00(?:91\d\d|[2-8]\d|1))(?P<domestic>0(?!10)[1-9]\d+)"
    r"|(?P<selected>00(?:91\d\d|[2-8]\d|1))?010(?P<abroad>[1-9]\d+)"
    r"|(?P<direct>00(?:91\d\d|[2-8]\d|1))(?P<beyond>[1-9]\d+)",
    re.ASCII,
)

# Numbers as long as the numbering plan has them: 020, 050 to 090 and 0800 have 11 digits,
# 0200 has 14, the rest 10. Fictional ones such as 0300001234 have the length and pass.
_DOMESTIC_IN_JAPAN: Final = re.compile(
    r"0(?:[134]\d|[2-9][1-9])\d{7}|0[25-9]0[1-9]\d{7}|0[68]00\d{7}|0200\d{10}", re.ASCII
)
_TOLL_FREE_IN_JAPAN: Final = ("0120", "0800")


def read_dialled(
    text: str,
    *,
    region: str,
    extensions: Container[str],
    extension_digits: int,
    guidance: Container[str],
) -> DialledNumber:
    """Say what a dialled text is.

    Full-width digits are read as half-width ones; what people put between digits is left
    out; of `tel:` and `sip:` addresses the number is taken, and the host is not asked for,
    since the switch that asks was called under it. Then, in order, and the first that
    applies wins; 2 to 7 are asked of the text as it stands, and in Japan once more of what
    follows 184 or 186:

    1. an emergency number of the region, in Japan also behind 184 or 186;
    2. a guidance code;
    3. an extension that exists;
    4. a special service: in Japan 1XY and `#` with four digits, elsewhere a short number;
    5. nothing that is known, when it has as many digits as an extension;
    6. an outside number: in Japan after a carrier that is selected (00XY, 0091XY, 001) and
       the international prefix 010; abroad when `is_abroad` says so;
    7. nothing that is known.

    >>> def read(text):
    ...     return read_dialled(
    ...         text, region="JP", extensions={"1001"}, extension_digits=4, guidance={"009608"}
    ...     )
    >>> read("184-03-1234-5678").prefix, read("0033-010-1-212-555-0123").number
    ('184', '+12125550123')

    Raises:
        InvalidValueError: it is no text, or empty.
    """
    digits = _digits(check_text(text, what="what is dialled"), region)
    readings = [("", digits)]
    if region == "JP" and digits.startswith((WITHHOLD, SHOW)):
        readings.append((digits[:3], digits[3:]))
    for prefix, number in readings:
        if _is_emergency(number, region):
            kind = DialledKind.EMERGENCY
            return DialledNumber(text=text, kind=kind, number=number, prefix=prefix)
    for prefix, number in readings:
        if number in guidance:
            kind = DialledKind.GUIDANCE
        elif number in extensions:
            kind = DialledKind.EXTENSION
        elif _is_special_service(number, region):
            kind = DialledKind.SPECIAL_SERVICE
        elif len(number) == extension_digits:
            continue
        else:
            outside = _outside(number, region)
            if outside.kind is DialledKind.UNKNOWN:
                continue
            return evolve(outside, text=text, prefix=prefix)
        return DialledNumber(text=text, kind=kind, number=number, prefix=prefix)
    return DialledNumber(text=text, kind=DialledKind.UNKNOWN)


def _digits(text: str, region: str) -> str:
    """Return what is dialled without separators, or nothing when it is no number."""
    text = text.translate(_HALF_WIDTH).strip()
    address = _URI.fullmatch(text)
    if address is not None:
        scheme, text = address.groups()
        if not scheme:
            # A URI writes `#` in the user part so.
            text = text.rpartition("@")[0].replace("%23", "#")
        context = _CONTEXT.search(text)
        if context is not None and spelled(context[1]) != _country_code(region):
            return ""
        text = re.split("[:;]", text, maxsplit=1)[0]
    digits = spelled(text)
    shape = _DIGITS_IN_JAPAN if region == "JP" else _DIGITS
    return digits if shape.fullmatch(digits) else ""


def _country_code(region: str) -> str:
    import phonenumbers  # noqa: PLC0415 - 40 ms, and only numbers that were dialled need it

    return str(phonenumbers.country_code_for_region(region))


def _is_emergency(number: str, region: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - see above

    if region == "JP" and number == _COAST_GUARD:
        return True
    return number.isdecimal() and phonenumbers.is_emergency_number(number, region)


def _is_special_service(number: str, region: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - see above

    if region == "JP":
        return _SPECIAL_SERVICE_IN_JAPAN.fullmatch(number) is not None
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return False
    written = str(parsed.national_number) == number
    return written and phonenumbers.is_valid_short_number_for_region(parsed, region)


_NOTHING: Final = DialledNumber(text="", kind=DialledKind.UNKNOWN)


@lru_cache(maxsize=4096)
def _outside(number: str, region: str) -> DialledNumber:
    """Say what an outside number is; its text is filled in by who asks."""
    if region != "JP":
        parsed = _parsed(number, region)
        return _NOTHING if parsed is None else _told(parsed, number, region)
    selected = _SELECTED_IN_JAPAN.fullmatch(number)
    if selected is None:
        if number.startswith("+"):
            parsed = _parsed(number, region)
            return _NOTHING if parsed is None else _told(parsed, number, region)
        return _domestic_in_japan(number, carrier="")
    carrier = selected["carrier"] or selected["selected"] or selected["direct"] or ""
    if selected["domestic"]:
        return _domestic_in_japan(selected["domestic"], carrier)
    parsed = _parsed(f"+{selected['abroad'] or selected['beyond']}", region)
    return _NOTHING if parsed is None else _abroad(parsed, carrier)


def _domestic_in_japan(number: str, carrier: str) -> DialledNumber:
    if not _DOMESTIC_IN_JAPAN.fullmatch(number):
        return _NOTHING
    free = number.startswith(_TOLL_FREE_IN_JAPAN)
    kind = DialledKind.TOLL_FREE if free else DialledKind.DOMESTIC
    return DialledNumber(text="", kind=kind, number=number, carrier=carrier)


def _parsed(number: str, region: str) -> "PhoneNumber | None":
    """Read a number that is as long as numbers of its country are."""
    import phonenumbers  # noqa: PLC0415 - see above

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    length = phonenumbers.is_possible_number_with_reason(parsed)
    return parsed if length == phonenumbers.ValidationResult.IS_POSSIBLE else None


def _told(parsed: "PhoneNumber", number: str, region: str) -> DialledNumber:
    """Tell a domestic number from one abroad."""
    import phonenumbers  # noqa: PLC0415 - see above

    if is_abroad(number, region):
        return _abroad(parsed, carrier="")
    if region == "JP":
        return _domestic_in_japan(f"0{phonenumbers.national_significant_number(parsed)}", "")
    free = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.TOLL_FREE
    kind = DialledKind.TOLL_FREE if free else DialledKind.DOMESTIC
    return DialledNumber(text="", kind=kind, number=_national(parsed, region))


def _national(parsed: "PhoneNumber", region: str) -> str:
    """Write a domestic number as it is dialled within its country."""
    import phonenumbers  # noqa: PLC0415 - see above

    forms = phonenumbers.PhoneNumberFormat
    world = phonenumbers.format_number(parsed, forms.E164)
    text = phonenumbers.format_number(parsed, forms.NATIONAL)
    national = "".join(filter(str.isdecimal, text))
    # Some countries write numbers for the eye, in a form that is another number.
    return national if global_form(national, region) == world else world


def _abroad(parsed: "PhoneNumber", carrier: str) -> DialledNumber:
    import phonenumbers  # noqa: PLC0415 - see above

    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    kind = DialledKind.INTERNATIONAL
    return DialledNumber(text="", kind=kind, number=number, carrier=carrier)
