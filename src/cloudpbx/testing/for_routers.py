"""Strategies for routers: called numbers with their features, calls, and routes.

Here: what a tenant configures for its incoming calls as a whole, the call that arrives,
and what becomes of it. Not here: the parts it is made of (`for_targets`, `for_groups`,
`for_destinations`, `for_screening`), or the schedules that choose a destination
(`for_schedules`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from hypothesis import strategies as st

from cloudpbx.routing.calls import Call, LegOutcome
from cloudpbx.routing.destinations import Destination, chain_of
from cloudpbx.routing.distributions import Distribute
from cloudpbx.routing.extensions import ExtensionRange
from cloudpbx.routing.numbers import spelled, spellings
from cloudpbx.routing.router import CalledNumber, Router
from cloudpbx.routing.routes import Route
from cloudpbx.routing.schedules import Schedule, answers_of
from cloudpbx.testing import for_schedules
from cloudpbx.testing.for_destinations import announcements, destinations, diverts
from cloudpbx.testing.for_groups import ANY_TARGET, GROUP_NAMES, groups
from cloudpbx.testing.for_screening import channels, screened_calls, screenings
from cloudpbx.testing.for_targets import (
    WORDS,
    extension_numbers,
    extensions,
    forwards,
    line_states,
    outside_numbers,
    separated,
)
from cloudpbx.testing.for_times import moments

if TYPE_CHECKING:
    from cloudpbx.routing.groups import Group

__all__ = ["called_numbers", "calls", "calls_in_use", "leg_outcomes", "routers", "routes"]

A = TypeVar("A")

_MOST_FORWARDS: Final = st.sampled_from((5, 5, 0, 1, 2, 3, 20))
_MOSTLY: Final = st.sampled_from((True, True, True, True, False))
_RARELY: Final = st.sampled_from((False, False, False, True))
_NAMES_OF_GROUPS: Final = st.lists(GROUP_NAMES, unique=True, max_size=3)
_SHAPES: Final = ("JP", "JP", "US")


class Schedules(Protocol):
    """Make schedules of the answers they are given."""

    def __call__(self, answers: st.SearchStrategy[A]) -> st.SearchStrategy[Schedule[A]]:
        """Return a strategy for schedules of these answers."""
        ...


def any_schedules(answers: st.SearchStrategy[A]) -> st.SearchStrategy[Schedule[A]]:
    """Draw schedules, every other without a gap."""
    zones = st.sampled_from(("Asia/Tokyo", "America/New_York", "UTC"))
    always = st.builds(lambda zone, each: Schedule(zone=zone, otherwise=each), zones, answers)
    return always | for_schedules.schedules(answers, most_rules=3)


def _targets(names: Sequence[str], outside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw one of the tenant's own targets more often than an outside number."""
    return st.sampled_from(names) | st.sampled_from(names) | outside if names else outside


@st.composite
def called_numbers(
    draw: st.DrawFn,
    *,
    numbers: st.SearchStrategy[str] | None = None,
    schedules: st.SearchStrategy[Schedule[Destination]] | None = None,
    places: st.SearchStrategy[str] | None = None,
    region: str = "JP",
    made_by: Schedules = any_schedules,
    plain: bool = False,
) -> CalledNumber:
    """Draw called numbers, each feature there or not.

    Args:
        draw: Given by Hypothesis.
        numbers: The numbers; domestic ones when left out.
        schedules: Their schedules; any when left out, every other without a gap.
        places: Where calls are sent on to; extensions and outside numbers when left out.
        region: Whose numbers are screened, `JP` or `US`.
        made_by: Makes the schedules of features; any when left out.
        plain: Whether they have a schedule of plain destinations and nothing else.
    """
    given = any_schedules(destinations(plain=plain)) if schedules is None else schedules
    number = draw(outside_numbers(abroad=False) if numbers is None else numbers)
    schedule, name = draw(given), draw(WORDS)
    if plain:
        return CalledNumber(number, schedule, name)
    sent = ANY_TARGET if places is None else places
    possible: dict[str, st.SearchStrategy[Any]] = {
        "screening": screenings(region=region),
        "after_hours": made_by(announcements()),
        "channels": channels(most=3),
        "reception_change": made_by(diverts(targets=sent)),
    }
    distributes = any(
        isinstance(each, Distribute) for one in answers_of(schedule) for each in chain_of(one)
    )
    if not distributes:
        others = sent.filter(lambda each: spelled(each) != spelled(number))
        possible["diversion"] = st.lists(others, unique_by=spelled, min_size=1, max_size=3).map(
            tuple
        )
    found = {feature: draw(each) for feature, each in possible.items() if draw(_RARELY)}
    return CalledNumber(number, schedule, name, **found)


@st.composite
def routers(
    draw: st.DrawFn,
    *,
    region: str | None = None,
    international: bool | None = None,
    activated: bool | None = None,
    most_extensions: int = 5,
    schedules: Schedules = any_schedules,
    plain: bool = False,
) -> Router:
    """Draw routers whose few extensions forward to each other, and groups of groups.

    Args:
        draw: Given by Hypothesis.
        region: `JP` or `US`; either when left out.
        international: Whether calls abroad are allowed; either when left out.
        activated: Whether calls from outside are; either when left out.
        most_extensions: How many extensions there are at most.
        schedules: Makes schedules of the answers it is given; any when left out.
        plain: Whether everything rings at once, and numbers have no features.
    """
    region = draw(st.sampled_from(_SHAPES)) if region is None else region
    bounds = draw(
        st.sampled_from((ExtensionRange(), ExtensionRange(), ExtensionRange("10", "99")))
    )
    numbers = draw(
        st.lists(
            extension_numbers(extension_range=bounds), unique=True, max_size=most_extensions
        )
    )
    outside = outside_numbers(region=region)
    forwarding = forwards(targets=_targets(numbers, outside))
    found: list[Group] = []
    for name in draw(_NAMES_OF_GROUPS):
        # A group holds only those before it, so that none holds itself.
        held = _targets([*numbers, *(each.name for each in found)], outside)
        found.append(draw(groups(names=st.just(name), targets=held, plain=plain)))
    names = [*numbers, *(each.name for each in found)]
    return Router(
        numbers=draw(_several_numbers(region, names, schedules, plain=plain)),
        extensions=tuple(
            draw(extensions(numbers=st.just(number), forwarding=forwarding))
            for number in numbers
        ),
        groups=tuple(reversed(found)),
        extension_range=bounds,
        region=region,
        international=draw(st.booleans()) if international is None else international,
        activated=draw(_MOSTLY) if activated is None else activated,
        max_forwards=draw(_MOST_FORWARDS),
    )


@st.composite
def _several_numbers(
    draw: st.DrawFn, region: str, names: Sequence[str], schedules: Schedules, *, plain: bool
) -> tuple[CalledNumber, ...]:
    """Draw a few called numbers that send calls on to each other."""
    known: dict[str, str] = {}
    drawn = st.lists(outside_numbers(region=region, abroad=False), min_size=1, max_size=3)
    for number in draw(drawn):
        spelt = spellings(spelled(number), region)
        if not spelt & known.keys():
            known |= dict.fromkeys(spelt, number)
    numbers = tuple(dict.fromkeys(known.values()))
    outside = outside_numbers(region=region)
    targets, places = _targets(names, outside), _targets([*numbers, *names], outside)
    answers = destinations(targets=targets, places=places, plain=plain)
    return tuple(
        draw(
            called_numbers(
                numbers=st.just(number),
                schedules=schedules(answers),
                places=places,
                region=region,
                made_by=schedules,
                plain=plain,
            )
        )
        for number in numbers
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
        to = separated(draw, draw(st.sampled_from(known)))
    else:
        to = draw(_CALLED_BY_MISTAKE)
    region = "JP" if router is None else router.region
    who = draw(screened_calls(region=region))
    caller = draw(st.just("") | outside_numbers() | WORDS | st.just(who["caller"]))
    return Call(
        to=to,
        at=draw(moments() if at is None else at),
        id=draw(st.just("") | st.integers(0, 99).map("call-{}".format) | WORDS),
        **{**who, "caller": caller},
    )


def _spellings(router: Router) -> list[str]:
    several = [spellings(each.number, router.region) for each in router.numbers]
    return sorted(set().union(*several))


@st.composite
def calls_in_use(draw: st.DrawFn, *, router: Router | None = None) -> int | Mapping[str, int]:
    """Draw how many calls there are, of the called number or of each.

    Args:
        draw: Given by Hypothesis.
        router: Whose numbers are named, in any of their spellings; none when left out.
    """
    few = st.integers(0, 4)
    if router is None or draw(st.booleans()):
        return draw(few)
    return {
        separated(
            draw, draw(st.sampled_from(sorted(spellings(each.number, router.region))))
        ): draw(few)
        for each in router.numbers
        if draw(st.booleans())
    }


def leg_outcomes() -> st.SearchStrategy[LegOutcome]:
    """Draw what switches report, that another leg took the call more rarely."""
    often = [each for each in LegOutcome if each is not LegOutcome.ANSWERED_ELSEWHERE]
    return st.sampled_from((*often, *often, LegOutcome.ANSWERED_ELSEWHERE))


@st.composite
def routes(draw: st.DrawFn, *, router: Router | None = None) -> Route:
    """Draw answers of routers, some of them after a few reports.

    Args:
        draw: Given by Hypothesis.
        router: Who is asked; any when left out.
    """
    asked = draw(routers()) if router is None else router
    lines = line_states(extensions=[each.number for each in asked.extensions])
    found = asked.route(
        draw(calls(router=asked)), draw(lines), in_use=draw(calls_in_use(router=asked))
    )
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        if found.legs:
            leg = draw(st.sampled_from(found.legs))
            second = draw(st.none() | st.integers(0, 60))
            found = found.after(leg.target, draw(leg_outcomes()), second=second)
    return found
