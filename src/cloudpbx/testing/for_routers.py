"""Strategies for routers: numbers, extensions, destinations, calls, and states of lines.

Here: what a tenant configures for its incoming calls, the call that arrives, and what the
phones are doing. Not here: the schedules that choose a destination (`for_schedules`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from attrs import evolve
from hypothesis import strategies as st

from cloudpbx.routing.calls import Call, LineState
from cloudpbx.routing.destinations import Announce, Busy, Destination, Ring
from cloudpbx.routing.extensions import (
    Extension,
    ExtensionRange,
    Forwards,
    Group,
)
from cloudpbx.routing.numbers import spelled, spellings
from cloudpbx.routing.router import CalledNumber, Router
from cloudpbx.routing.routes import Route
from cloudpbx.routing.schedules import Schedule
from cloudpbx.testing import for_schedules
from cloudpbx.testing.for_times import moments

__all__ = [
    "called_numbers",
    "calls",
    "destinations",
    "extension_numbers",
    "extensions",
    "forwards",
    "groups",
    "line_states",
    "outside_numbers",
    "routers",
    "routes",
]

_DOMESTIC: Final = {
    "JP": (
        ("0", 9),
        ("090", 8),
        ("050", 8),
        ("0120", 6),
        ("+81", 9),
        ("+8190", 8),
        ("00390", 9),  # a carrier selected
        ("0010", 9),
        ("0091300", 9),
        ("1860", 9),  # the caller's number shown
    ),
    "US": (("212", 7), ("1415", 7), ("+1212", 7), ("+1800", 7)),
}
_ABROAD: Final = {
    "JP": (
        ("+44", 9),
        ("+1876", 7),
        ("+852", 8),
        ("0101", 10),
        ("01044", 9),
        ("00330101", 10),  # a carrier selected
        ("00101044", 9),
        ("0091300101", 10),
        ("003344", 9),
        ("1840101", 10),  # the caller's number withheld
    ),
    "US": (("+81", 9), ("+1876", 7), ("1876", 7), ("01144", 9)),
}
"""What numbers start with, and how many digits follow, the first of them 2 to 9."""

_SEPARATORS: Final = ("", "", "", "-", " ", ".", "\u2010")
_NEAR_NUMBERS: Final = ("", "1001", "110", "anonymous", "０３-1234-5678", "+", "sip:a@b", "-")
_WORDS: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="{},"),
    max_size=8,
)
_MOST_FORWARDS: Final = st.sampled_from((5, 5, 0, 1, 2, 3, 20))
_MOSTLY: Final = st.sampled_from((True, True, True, True, False))
_RING_SECONDS: Final = st.sampled_from((20, 20, 1, 5, 40, 600)) | st.integers(1, 600)


@st.composite
def outside_numbers(
    draw: st.DrawFn, *, region: str = "JP", abroad: bool | None = None, well_formed: bool = True
) -> str:
    """Draw outside numbers, now and then with separators as people write them.

    Args:
        draw: Given by Hypothesis.
        region: Whose numbering plan they are of, `JP` or `US`.
        abroad: Whether calling them is an international call. When left out, both, and
            numbers of no plan that only have the shape.
        well_formed: Whether they are numbers; otherwise they nearly are, and at times are.
    """
    kinds = {False: _DOMESTIC[region], True: _ABROAD[region]}
    if abroad is None:
        known, shaped = (*kinds[False], *kinds[True]), (("+", 7), ("+", 15), ("", 9), ("", 24))
        start, digits = draw(st.sampled_from((*known, *shaped)))
    else:
        start, digits = draw(st.sampled_from(kinds[abroad]))
    rest = draw(st.integers(2 * 10 ** (digits - 1), 10**digits - 1))
    number = _separated(draw, f"{start}{rest}")
    if well_formed or draw(st.booleans()):
        return number
    near = draw(st.sampled_from(_NEAR_NUMBERS) | st.text(max_size=12))
    return draw(st.sampled_from((near, number + near)))


def _separated(draw: st.DrawFn, number: str) -> str:
    separator = draw(st.sampled_from(_SEPARATORS))
    place = draw(st.integers(1, 6)) if separator else 0
    return number[:place] + separator + number[place:]


def extension_numbers(
    *, extension_range: ExtensionRange | None = None
) -> st.SearchStrategy[str]:
    """Draw extension numbers of a range, the default one when left out."""
    bounds = extension_range or ExtensionRange()
    digits = len(bounds.first)
    return st.integers(int(bounds.first), int(bounds.last)).map(lambda n: f"{n:0{digits}}")


def forwards(*, targets: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Forwards]:
    """Draw forwards, any of the four set or not.

    Args:
        targets: Where they lead; extensions and outside numbers when left out.
    """
    each = st.none() | (_ANY_TARGET if targets is None else targets)
    # A call that always leaves asks nothing of the others, so it is rarer.
    return st.builds(
        Forwards,
        unconditional=st.none() | st.none() | each,
        offline=each,
        busy=each,
        no_answer=each,
        ring_seconds=_RING_SECONDS,
    )


@st.composite
def extensions(
    draw: st.DrawFn,
    *,
    numbers: st.SearchStrategy[str] | None = None,
    forwarding: st.SearchStrategy[Forwards] | None = None,
) -> Extension:
    """Draw extensions; a forward to itself is left out.

    Args:
        draw: Given by Hypothesis.
        numbers: Their numbers; the default range when left out.
        forwarding: Their forwards; any when left out.
    """
    number = draw(extension_numbers() if numbers is None else numbers)
    drawn = draw(forwards() if forwarding is None else forwarding)
    itself: dict[str, Any] = {
        str(kind): None for kind, target in drawn.targets() if target == number
    }
    return Extension(
        number=number,
        name=draw(_WORDS),
        department=draw(_WORDS),
        caller_id=draw(_CALLER_IDS),
        recording=draw(st.booleans()),
        forwards=evolve(drawn, **itself),
    )


@st.composite
def groups(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] | None = None,
    targets: st.SearchStrategy[str] | None = None,
) -> Group:
    """Draw groups.

    Args:
        draw: Given by Hypothesis.
        names: Their names; words when left out.
        targets: Their members; extensions and outside numbers when left out.
    """
    name = draw(_GROUP_NAMES if names is None else names)
    members = (_ANY_TARGET if targets is None else targets).filter(lambda each: each != name)
    return Group(name, draw(_several(members)))


def _several(targets: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    found = st.lists(targets, min_size=1, max_size=4, unique_by=spelled)
    return found.map(tuple)


def destinations(
    *, targets: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[Destination]:
    """Draw destinations, ringing more often than the rest.

    Args:
        targets: What rings; extensions and outside numbers when left out.
    """
    ring = st.builds(Ring, _several(_ANY_TARGET if targets is None else targets))
    return st.one_of(ring, ring, ring, st.builds(Announce, _GUIDANCES), st.just(Busy()))


_ANY_TARGET: Final = extension_numbers() | outside_numbers()
_CALLER_IDS: Final = st.none() | outside_numbers(abroad=False)
_GUIDANCES: Final = st.just("009608") | st.text("0123456789", min_size=1, max_size=8)
_GROUP_NAMES: Final = st.builds(
    str.__add__, st.sampled_from(("sales", "Q", "受付", "g")), _WORDS
)


_NAMES_OF_GROUPS: Final = st.lists(_GROUP_NAMES, unique=True, max_size=2)


def _targets(names: Sequence[str], outside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw one of the tenant's own targets more often than an outside number."""
    return st.sampled_from(names) | st.sampled_from(names) | outside if names else outside


_Schedules: TypeAlias = Callable[
    [st.SearchStrategy[Destination]], st.SearchStrategy[Schedule[Destination]]
]


def called_numbers(
    *,
    numbers: st.SearchStrategy[str] | None = None,
    schedules: st.SearchStrategy[Schedule[Destination]] | None = None,
) -> st.SearchStrategy[CalledNumber]:
    """Draw called numbers.

    Args:
        numbers: The numbers; domestic ones when left out.
        schedules: Their schedules; any when left out, every other without a gap.
    """
    return st.builds(
        CalledNumber,
        outside_numbers(abroad=False) if numbers is None else numbers,
        _schedules(destinations()) if schedules is None else schedules,
        _WORDS,
    )


def _schedules(
    answers: st.SearchStrategy[Destination],
) -> st.SearchStrategy[Schedule[Destination]]:
    zones = st.sampled_from(("Asia/Tokyo", "America/New_York", "UTC"))
    always = st.builds(lambda zone, each: Schedule(zone=zone, otherwise=each), zones, answers)
    return always | for_schedules.schedules(answers, most_rules=3)


@st.composite
def routers(
    draw: st.DrawFn,
    *,
    region: str | None = None,
    international: bool | None = None,
    activated: bool | None = None,
    most_extensions: int = 5,
    schedules: _Schedules = _schedules,
) -> Router:
    """Draw routers whose few extensions forward to each other, and groups of groups.

    Args:
        draw: Given by Hypothesis.
        region: `JP` or `US`; either when left out.
        international: Whether calls abroad are allowed; either when left out.
        activated: Whether calls from outside are; either when left out.
        most_extensions: How many extensions there are at most.
        schedules: Makes schedules of the destinations it is given; any when left out.
    """
    region = draw(st.sampled_from(("JP", "JP", "US"))) if region is None else region
    bounds = draw(
        st.sampled_from((ExtensionRange(), ExtensionRange(), ExtensionRange("10", "99")))
    )
    numbers = draw(
        st.lists(
            extension_numbers(extension_range=bounds), unique=True, max_size=most_extensions
        )
    )
    names = draw(_NAMES_OF_GROUPS)
    outside = outside_numbers(region=region)
    own = _targets(numbers, outside)
    forwarding = forwards(targets=own)
    answered: dict[str, CalledNumber] = {}
    several = called_numbers(
        numbers=outside_numbers(region=region, abroad=False),
        schedules=schedules(destinations(targets=_targets([*numbers, *names], outside))),
    )
    for called in draw(st.lists(several, min_size=1, max_size=2)):
        spelt = spellings(called.number, region)
        if not spelt & answered.keys():
            answered |= dict.fromkeys(spelt, called)
    return Router(
        numbers=tuple(dict.fromkeys(answered.values())),
        extensions=tuple(
            draw(extensions(numbers=st.just(number), forwarding=forwarding))
            for number in numbers
        ),
        # A group holds only those after it, so that none holds itself.
        groups=tuple(
            Group(name, draw(_several(_targets([*numbers, *names[place:]], outside))))
            for place, name in enumerate(names, 1)
        ),
        extension_range=bounds,
        region=region,
        international=draw(st.booleans()) if international is None else international,
        activated=draw(_MOSTLY) if activated is None else activated,
        max_forwards=draw(_MOST_FORWARDS),
    )


_CALLED_BY_MISTAKE: Final = outside_numbers(well_formed=False).filter(
    lambda text: bool(text) and text.isprintable()
)


@st.composite
def calls(
    draw: st.DrawFn,
    *,
    router: Router | None = None,
    at: st.SearchStrategy[datetime] | None = None,
) -> Call:
    """Draw calls that arrive.

    Args:
        draw: Given by Hypothesis.
        router: Whose numbers are called, in any of their spellings, and now and then a
            number it does not know; any number, and what is none, when left out.
        at: When they arrive; any moment when left out.
    """
    known: list[str] = [] if router is None else _spellings(router)
    recognised: bool = draw(_MOSTLY)
    if known and recognised:
        to = _separated(draw, draw(st.sampled_from(known)))
    else:
        to = draw(_CALLED_BY_MISTAKE)
    return Call(
        to=to,
        at=draw(moments() if at is None else at),
        caller=draw(st.just("") | outside_numbers() | _WORDS),
    )


def _spellings(router: Router) -> list[str]:
    several = [spellings(each.number, router.region) for each in router.numbers]
    return sorted(set().union(*several))


def line_states(
    *, extensions: Sequence[str] | None = None
) -> st.SearchStrategy[Mapping[str, LineState]]:
    """Draw what the lines are doing, by extension number.

    Args:
        extensions: Whose lines; any when left out. Not every one of them is named.
    """
    if extensions is None:
        return st.dictionaries(extension_numbers(), st.sampled_from(LineState), max_size=5)
    # Idle is what a line is that is not named, so a busy one is drawn more often.
    states = st.sampled_from((*LineState, LineState.BUSY, LineState.OFFLINE))
    return st.fixed_dictionaries({}, optional=dict.fromkeys(extensions, states))


@st.composite
def routes(draw: st.DrawFn, *, router: Router | None = None) -> Route:
    """Draw answers of routers.

    Args:
        draw: Given by Hypothesis.
        router: Who is asked; any when left out.
    """
    asked = draw(routers()) if router is None else router
    lines = line_states(extensions=[each.number for each in asked.extensions])
    return asked.route(draw(calls(router=asked)), draw(lines))
