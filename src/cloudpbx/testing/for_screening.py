"""Strategies for screening: callers, their kinds, who is screened, and channels.

Here: what a number takes calls from, and the callers to ask about. Not here: whole calls
and routers (`for_routers`).
"""

from typing import Any, Final

from hypothesis import strategies as st

from cloudpbx.routing.callers import CallerKind, global_beginning, local_beginning
from cloudpbx.routing.channels import Channels
from cloudpbx.routing.numbers import printed
from cloudpbx.routing.screening import Screening

__all__ = ["caller_kinds", "callers", "channels", "screened_calls", "screenings"]

# Few numbers, so that the entries of a screening fit them.
_NUMBERS: Final = {
    "JP": (
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
        "+14165550123",
    ),
    "US": (
        "+12125550123",
        "+12125559999",
        "+14155550123",
        "+18005550123",
        "+14165550123",
        "+442071234567",
        "+81333123456",
    ),
}
_BEGINNINGS: Final = {
    "JP": ("+81", "+813", "+816", "+8190", "+8150", "+44", "+1"),
    "US": ("+1212", "+1415", "+1800", "+44", "+81"),
}
# Codes of areas that no number begins with, as a network tells them.
_CODES: Final = ("13", "13101", "13102", "27")
_ABROAD: Final = {"JP": "010", "US": "011"}
_WORDS: Final = (
    "",
    "anonymous",
    "sip:anonymous@anonymous.invalid",
    "非通知",
    "公衆電話",
    "unavailable",
)
_SHORTEST_BEGINNING: Final = 2


def caller_kinds() -> st.SearchStrategy[CallerKind]:
    """Draw kinds of callers."""
    return st.sampled_from(CallerKind)


def _numbers(region: str) -> st.SearchStrategy[str]:
    beginnings = st.sampled_from(_BEGINNINGS[region])
    digits = st.text("0123456789", min_size=7, max_size=9)
    return st.sampled_from(_NUMBERS[region]) | st.builds("{}{}".format, beginnings, digits)


@st.composite
def callers(draw: st.DrawFn, *, region: str = "JP", well_formed: bool = True) -> str:
    """Draw calling numbers as switches deliver them, and words in place of one.

    Args:
        draw: Given by Hypothesis.
        region: Where the called number is, `JP` or `US`.
        well_formed: False for any text that a call may carry.
    """
    if not well_formed:
        wild = st.text("0123456789+-*#@;<> sipantel", max_size=20)
        return draw(wild | st.text(st.characters(categories=("L", "N", "P", "S")), max_size=9))
    if draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from((*_WORDS, "1234", "110")))
    number = draw(_numbers(region))
    local = local_beginning(number, region)
    spellings = (
        number,
        local,
        printed(local, region),
        f"sip:{number}@pbx.example;user=phone",
        number.replace("+", "00" if number == local else "+"),
        number.replace("+", _ABROAD[region] if number == local else "+"),
    )
    return draw(st.sampled_from(spellings))


def _spelled_either_way(region: str, key: str) -> st.SearchStrategy[str]:
    beginning, star = key.rstrip("*"), "*" if key.endswith("*") else ""
    return st.sampled_from((key, local_beginning(beginning, region) + star))


def _beginnings(region: str) -> st.SearchStrategy[str]:
    long_enough = st.integers(_SHORTEST_BEGINNING, 9)
    some = st.builds(lambda number, end: number[:end], _numbers(region), long_enough)
    return st.sampled_from(_BEGINNINGS[region]) | some


@st.composite
def screenings(draw: st.DrawFn, *, region: str | None = None) -> Screening:
    """Draw screenings whose entries fit some callers and lie within each other.

    Args:
        draw: Given by Hypothesis.
        region: The region in which all entries can be meant, `JP` or `US`; either when left
            out.
    """
    region = draw(st.sampled_from(("JP", "US"))) if region is None else region

    def _sides(keys: st.SearchStrategy[str]) -> tuple[list[str], list[str]]:
        sides: tuple[list[str], list[str]] = ([], [])
        for key, side in draw(st.dictionaries(keys, st.integers(0, 1), max_size=4)).items():
            sides[side].append(draw(_spelled_either_way(region, key)))
        return sides

    accepted, refused = _sides(_beginnings(region) | _areas_told(region))
    starred = _beginnings(region).map("{}*".format)
    allowed, blocked = _sides(_numbers(region) | starred)
    if draw(st.integers(0, 9)) == 0:
        draw(st.sampled_from((allowed, blocked))).append("*")
    return Screening(
        accepted_areas=accepted,
        refused_areas=refused,
        refused_kinds=draw(st.frozensets(caller_kinds(), max_size=3)),
        allowed=allowed,
        blocked=blocked,
        announcement=draw(st.sampled_from(("", "009608"))),
    )


def _areas_told(region: str) -> st.SearchStrategy[str]:
    """Draw areas in one spelling: in a region without a trunk prefix, codes are numbers."""
    return st.sampled_from(_CODES).map(lambda code: global_beginning(code, region))


def screened_calls(
    *, region: str = "JP", well_formed: bool = True
) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a call has of its caller: `caller`, `kind` and `area`.

    Args:
        region: Where the called number is, `JP` or `US`.
        well_formed: False for texts that no network would send.
    """
    areas = st.just("") | _areas_told(region) | _beginnings(region)
    spelled = areas.flatmap(lambda key: _spelled_either_way(region, key))
    return st.fixed_dictionaries(
        {
            "caller": callers(region=region, well_formed=well_formed),
            "kind": st.none() | caller_kinds(),
            "area": spelled if well_formed else spelled | st.text("0123456789+ab", max_size=9),
        }
    )


@st.composite
def channels(draw: st.DrawFn, *, most: int = 300) -> Channels:
    """Draw channels, with none enabled and with all.

    Args:
        draw: Given by Hypothesis.
        most: How many are contracted at most.
    """
    contracted = draw(st.integers(1, min(3, most)) | st.integers(1, most))
    return Channels(contracted, draw(st.none() | st.integers(0, contracted)))
