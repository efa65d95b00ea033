"""Whether an extension may dial something, said as simply as it can be.

Here: the definition that outgoing calls are compared with, to be read gate by gate; what
is dialled is read character by character, for Japan and the United States. Not here:
whether a number is abroad or the same as another, which tests of
`cloudpbx.routing.numbers` say, and how long numbers of other countries are, which
`phonenumbers` knows.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import phonenumbers

from cloudpbx.routing.line_types import Barred, LineType
from cloudpbx.routing.numbers import global_form, is_abroad

DIGITS = "0123456789"
FULL_WIDTH = "０１２３４５６７８９＋－（）．＃　"
HALF_WIDTH = "0123456789+-().# "
BETWEEN = " -().\u2010\u2011\u2012\u2013\u2212"
GUIDANCE = "009608"
EMERGENCY = {"JP": ("110", "118", "119"), "US": ("911", "112")}
COUNTRY = {"JP": "81", "US": "1"}

LENGTHS_IN_JAPAN = {
    "0": 10,
    "020": 11,
    "050": 11,
    "060": 11,
    "070": 11,
    "080": 11,
    "090": 11,
    "0200": 14,
    "0500": None,
    "0600": 11,
    "0700": None,
    "0800": 11,
    "0900": None,
}
"""How many digits numbers have that begin so; the longest beginning counts."""


class Tenant(NamedTuple):
    """Hold what an outgoing call depends on."""

    region: str
    extensions: tuple[str, ...]
    numbers: tuple[str, ...]
    international: bool
    activated: bool
    line_type: LineType | None


class Dialled(NamedTuple):
    """Hold what was dialled."""

    kind: str
    number: str = ""
    carrier: str = ""
    prefix: str = ""


class Answer(NamedTuple):
    """Hold what an answer must say."""

    dialled: Dialled
    refusals: tuple[str, ...]
    caller_id: str | None


UNKNOWN = Dialled("unknown")


def answer(
    tenant: Tenant, caller_id_set: str | None, text: str, asked: str | None, at: datetime
) -> Answer:
    """Ask the gates in order, each of which may refuse."""
    # 2. What was dialled.
    dialled = read(tenant, text)
    if dialled.kind == "unknown":
        return Answer(dialled, ("dial",), None)
    # 3. An emergency number is never barred, and shown a number of the tenant.
    if dialled.kind == "emergency":
        wanted = [each for each in (asked, caller_id_set) if each]
        found = [own for each in wanted if (own := own_number(tenant, each))]
        return Answer(dialled, (), next(iter([*found, *tenant.numbers]), None))
    # 4. Within the tenant, nothing is asked; outside, activation.
    if dialled.kind in {"extension", "guidance"}:
        return Answer(dialled, (), None)
    refusals = [] if tenant.activated else ["subscription.not_activated"]
    # 5. The line type.
    if tenant.line_type is not None:
        refusals += [
            "line_type.bars" for each in tenant.line_type.barred if bars(each, dialled, at)
        ]
    # 6. Abroad.
    if dialled.kind == "international" and not tenant.international:
        refusals.append("target.abroad")
    # 7. The number to present.
    caller_id = None
    if dialled.prefix == "184" or (asked == "" and dialled.prefix != "186"):
        pass
    elif wanted_one := asked or caller_id_set:
        caller_id = own_number(tenant, wanted_one)
        if caller_id is None:
            refusals.append("caller_id.not_own")
    elif tenant.numbers:
        caller_id = tenant.numbers[0]
    # 8. What is left is allowed.
    return Answer(dialled, tuple(refusals), None if refusals else caller_id)


def bars(barred: Barred, dialled: Dialled, at: datetime) -> bool:
    """Say whether a row bars what is sent, with the carrier or by itself, at a time."""
    if barred.since is not None and at.timestamp() < barred.since.timestamp():
        return False
    if barred.until is not None and at.timestamp() >= barred.until.timestamp():
        return False
    for sent in (dialled.carrier + dialled.number, dialled.number):
        begins = sent[: len(barred.prefix)] == barred.prefix
        if begins and not any(sent[: len(each)] == each for each in barred.unless):
            return True
    return False


def own_number(tenant: Tenant, wanted: str) -> str | None:
    """Return the tenant's number that another spelling stands for."""
    plain = "".join(char for char in wanted if char not in BETWEEN)
    for each in tenant.numbers:
        if global_form(each, tenant.region) == global_form(plain, tenant.region):
            return each
    return None


def read(tenant: Tenant, text: str) -> Dialled:
    """Say what was dialled: as it stands, else behind 184 or 186."""
    sent = digits_of(text, tenant.region)
    readings = [("", sent)]
    if tenant.region == "JP" and sent[:3] in {"184", "186"}:
        readings.append((sent[:3], sent[3:]))
    for prefix, number in readings:
        if number in EMERGENCY[tenant.region]:
            return Dialled("emergency", number, "", prefix)
    for prefix, number in readings:
        found = kind_of(tenant, number)
        if found.kind != "unknown":
            return found._replace(prefix=prefix)
    return UNKNOWN


def kind_of(tenant: Tenant, number: str) -> Dialled:
    """Say what digits are, without anything in front that concerns the caller's number."""
    if number == GUIDANCE:
        return Dialled("guidance", number)
    if number in tenant.extensions:
        return Dialled("extension", number)
    if is_special_service(number, tenant.region):
        return Dialled("special_service", number)
    if len(number) == 4 or not number or number[0] == "#":
        return UNKNOWN
    return in_japan(number) if tenant.region == "JP" else in_america(number)


def digits_of(text: str, region: str) -> str:
    """Return the digits of a text, or nothing when it is not made of them."""
    half = dict(zip(FULL_WIDTH, HALF_WIDTH, strict=True))
    text = "".join(half.get(char, char) for char in text).strip()
    scheme = next(
        (each for each in ("tel:", "sip:", "sips:") if text.lower().startswith(each)), ""
    )
    text = text[len(scheme) :]
    if scheme in {"sip:", "sips:"}:
        if "@" not in text:
            return ""
        text = text[: text.rindex("@")].replace("%23", "#")
    if scheme:
        for place in (text.find(mark) for mark in ";:"):
            text = text[:place] if place >= 0 else text
    plain = "".join(char for char in text if char not in BETWEEN)
    front = plain[:3] if region == "JP" and plain[:3] in {"184", "186"} else ""
    rest = plain[len(front) :]
    if rest[:1] == "#" and region == "JP":
        return plain if len(rest) == 5 and all_digits(rest[1:]) else ""
    if rest[:1] == "+":
        return plain if all_digits(rest[1:]) else ""
    return plain if all_digits(plain) else ""


def all_digits(text: str) -> bool:
    """Say whether text is 1 to 32 half-width digits, 3 more behind 184 and 186."""
    return 1 <= len(text) <= 35 and all(char in DIGITS for char in text)


def is_special_service(number: str, region: str) -> bool:
    """Say whether digits are a short number that is no emergency number."""
    if region == "JP":
        three = len(number) == 3 and number[0] == "1" and all_digits(number)
        return (three and number not in {"184", "186"}) or number[:1] == "#"
    if not all_digits(number) or len(number) > 6 or number[0] == "0":
        return False
    short = phonenumbers.PhoneNumber(country_code=1, national_number=int(number))
    return phonenumbers.is_valid_short_number_for_region(short, region)


def in_japan(number: str) -> Dialled:
    """Read an outside number as the network of Japan does."""
    if number[0] == "+":
        return abroad(number[1:], "") if is_abroad(number, "JP") else at_home(number)
    for size in carrier_sizes(number):
        carrier, rest = number[:size], number[size:]
        if rest[:3] == "010" and rest[3:4] not in {"", "0"}:
            return abroad(rest[3:], carrier)
        if rest[:1] == "0" and rest[1:2] not in {"", "0"}:
            return domestic(rest, carrier)
        if size and rest[:1] not in {"", "0"}:
            return abroad(rest, carrier)
    return UNKNOWN


def at_home(number: str) -> Dialled:
    """Read a number of Japan with its country code."""
    parsed = phonenumbers.parse(number, "JP")
    if not has_length(parsed):
        return UNKNOWN
    return domestic("0" + phonenumbers.national_significant_number(parsed), "")


def carrier_sizes(number: str) -> Iterable[int]:
    """Yield how many digits in front may select a carrier."""
    if number[:4] == "0091" and len(number) > 6:
        yield 6
    if number[:2] == "00" and number[2:3] in set("2345678"):
        yield 4
    if number[:3] == "001":
        yield 3
    if number[:2] != "00":
        yield 0


def domestic(number: str, carrier: str) -> Dialled:
    """Read a domestic number of Japan, which must be as long as its beginning says."""
    longest = max((each for each in LENGTHS_IN_JAPAN if number.startswith(each)), key=len)
    if len(number) != LENGTHS_IN_JAPAN[longest]:
        return UNKNOWN
    kind = "toll_free" if number[:4] in {"0120", "0800"} else "domestic"
    return Dialled(kind, number, carrier)


def in_america(number: str) -> Dialled:
    """Read an outside number as the network of the United States does."""
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        return UNKNOWN
    if not has_length(parsed):
        return UNKNOWN
    national = phonenumbers.national_significant_number(parsed)
    if is_abroad(number, "US"):
        return Dialled("international", f"+{parsed.country_code}{national}")
    free = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.TOLL_FREE
    return Dialled("toll_free" if free else "domestic", national)


def abroad(number: str, carrier: str) -> Dialled:
    """Read a country code and what follows it."""
    try:
        parsed = phonenumbers.parse(f"+{number}")
    except phonenumbers.NumberParseException:
        return UNKNOWN
    national = phonenumbers.national_significant_number(parsed)
    found = Dialled("international", f"+{parsed.country_code}{national}", carrier)
    return found if has_length(parsed) else UNKNOWN


def has_length(parsed: phonenumbers.PhoneNumber) -> bool:
    """Say whether a number is as long as numbers of its country are."""
    length = phonenumbers.is_possible_number_with_reason(parsed)
    return length == phonenumbers.ValidationResult.IS_POSSIBLE
