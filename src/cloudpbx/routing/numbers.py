"""Telephone numbers as far as routing needs them.

Here: one spelling for each number, the spellings a switch may use for it, whether it is
abroad, and how to print it. Not here: what kind of number it is or whether it exists.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, TypeVar

from cloudpbx._values import check_text, shown
from cloudpbx.errors import InvalidValueError

__all__ = [
    "check_number",
    "check_region",
    "global_form",
    "is_abroad",
    "is_outside",
    "printed",
    "spelled",
    "spellings",
]

V = TypeVar("V")

_SEPARATORS: Final = str.maketrans("", "", " -().\u2010\u2011\u2012\u2013\u2212")
_OUTSIDE = re.compile(r"\+\d{7,15}|\d{9,24}", re.ASCII)

# A carrier selected in front of a domestic number: 00XY, 001 or 0091XY, then 0 and an
# area code. Whatever else starts with 00 leads abroad or cannot be told, and is barred
# with it: a wrong "abroad" costs a call, a wrong "domestic" a bill.
_ABROAD_OR_CARRIER: Final = ("00", "010")
_CARRIER_THEN_DOMESTIC = re.compile(r"00(?:91\d\d|[2-8]\d|1)0(?!10)[1-9]\d+", re.ASCII)

# 184 withholds the caller's number for one call and 186 shows it, whatever follows.
_CALLER_ID_PREFIX = re.compile(r"^18[46](?=0)", re.ASCII)


def spelled(text: str) -> str:
    """Return a number without what people put between its digits.

    >>> spelled("03-1234-5678"), spelled("+81 (3) 1234 5678")
    ('0312345678', '+81312345678')
    """
    return text.translate(_SEPARATORS)


def is_outside(text: str) -> bool:
    """Say whether text is shaped as an outside number, in any spelling."""
    return _OUTSIDE.fullmatch(spelled(text)) is not None


def check_number(value: object, *, what: str) -> str:
    """Return the one spelling of an outside number; only its shape is checked.

    Raises:
        InvalidValueError: the value is no text, or not shaped as an outside number.
    """
    text = check_text(value, what=what)
    number = spelled(text)
    if not is_outside(text):
        wide = any(char.isdecimal() and not char.isascii() for char in number)
        fix = "write half-width digits" if wide else "write `03-1234-5678` or `+81312345678`"
        msg = f"{shown(text)} is not an outside number, as {what} must be: {fix}"
        raise InvalidValueError(msg)
    return number


def check_region(value: object) -> str:
    """Return the ISO 3166-1 code of a region that has a numbering plan."""
    import phonenumbers  # noqa: PLC0415 - 40 ms, and only configurations need it

    text = check_text(value, what="a region")
    if text not in phonenumbers.SUPPORTED_REGIONS:
        msg = f"{shown(text)} is not a region: write its ISO 3166-1 code, as `JP`"
        raise InvalidValueError(msg)
    return text


@lru_cache(maxsize=4096)
def global_form(number: str, region: str) -> str:
    """Return a number with its country code: the same text for every spelling of it.

    >>> global_form("0312345678", "JP"), global_form("+81312345678", "JP")
    ('+81312345678', '+81312345678')
    """
    import phonenumbers  # noqa: PLC0415 - see above

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    return f"+{parsed.country_code}{phonenumbers.national_significant_number(parsed)}"


def looked_up(text: str, index: Mapping[str, V], region: str) -> V | None:
    """Return what an index of `spellings` has for a number, however it is written."""
    number = spelled(text)
    if number in index or not is_outside(number):
        return index.get(number)
    return index.get(global_form(number, region))


def spellings(number: str, region: str) -> frozenset[str]:
    """Return every spelling under which a switch may deliver a number.

    >>> sorted(spellings("0312345678", "JP"))
    ['+81312345678', '0312345678', '81312345678']
    """
    import phonenumbers  # noqa: PLC0415 - see above

    found = {number}
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return frozenset(found)
    found.add(f"+{parsed.country_code}{phonenumbers.national_significant_number(parsed)}")
    found.add(f"{parsed.country_code}{phonenumbers.national_significant_number(parsed)}")
    if phonenumbers.country_code_for_region(region) == parsed.country_code:
        national = phonenumbers.PhoneNumberFormat.NATIONAL
        found.add(spelled(phonenumbers.format_number(parsed, national)))
    return frozenset(found)


def is_abroad(number: str, region: str) -> bool:
    """Say whether calling a number from a region is an international call (国際電話).

    In order, and the first that applies wins:

    1. Japan: 184 and 186 in front say nothing about where a call goes;
    2. Japan: a carrier selected in front of a domestic number (00XY) stays inside, and
       whatever else starts with 00 or 010 is abroad;
    3. what starts with an international prefix is abroad, and so is what no country's
       numbers look like;
    4. a number of another country's code, or of another country under the same code, is
       abroad.

    >>> is_abroad("010" "12125550123", "JP"), is_abroad("0312345678", "JP")
    (True, False)
    """
    import phonenumbers  # noqa: PLC0415 - see above

    if region == "JP":
        number = _CALLER_ID_PREFIX.sub("", number)
        if number.startswith(_ABROAD_OR_CARRIER):
            return not _CARRIER_THEN_DOMESTIC.fullmatch(number)
    try:
        parsed = phonenumbers.parse(number, region, keep_raw_input=True)
    except phonenumbers.NumberParseException:
        return True
    source = phonenumbers.CountryCodeSource.FROM_NUMBER_WITH_IDD
    if parsed.country_code_source == source:
        return True
    if parsed.country_code != phonenumbers.country_code_for_region(region):
        return True
    home = phonenumbers.region_code_for_number(parsed)
    return home is not None and home != region


@lru_cache(maxsize=4096)
def printed(number: str, region: str) -> str:
    """Return a number as people of its country write it.

    >>> printed("0312345678", "JP"), printed("+819012345678", "JP"), printed("1001", "JP")
    ('03-1234-5678', '+81 90-1234-5678', '1001')
    """
    import phonenumbers  # noqa: PLC0415 - see above

    if not is_outside(number):
        return number
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    forms = phonenumbers.PhoneNumberFormat
    home = phonenumbers.country_code_for_region(region) == parsed.country_code
    national = home and not number.startswith("+")
    form = forms.NATIONAL if national else forms.INTERNATIONAL
    text = phonenumbers.format_number(parsed, form)
    return text if spelled(text) == number else number
