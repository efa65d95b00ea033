"""Offices that call plans are tried in.

Here: routers with a few extensions, one call to a destination, and its legs in short. Not
here: tests.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from attrs import evolve

from cloudpbx.routing import (
    Call,
    CalledNumber,
    Destination,
    Extension,
    Forwards,
    Group,
    LineState,
    Route,
    Router,
    Schedule,
    Turns,
)

NOON: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)
NUMBER: Final = "0312345678"
NO_TURNS: Final = Turns()


def forwarding(number: str, **forwards: str | int) -> Extension:
    """Return an extension with forwards."""
    return Extension(number=number, forwards=Forwards(**forwards))  # type: ignore[arg-type]


def office(
    *extensions: Extension,
    groups: Iterable[Group] = (),
    max_forwards: int = 5,
    international: bool = False,
) -> Router:
    """Return a router of extensions 1001 to 1005; those that are not given forward nothing."""
    plain = {f"{number}": Extension(number=f"{number}") for number in range(1001, 1006)}
    return Router(
        numbers=(),
        extensions=tuple((plain | {each.number: each for each in extensions}).values()),
        groups=tuple(groups),
        max_forwards=max_forwards,
        international=international,
    )


def always(destination: Destination) -> Schedule[Destination]:
    """Return a schedule with one answer at all times."""
    return Schedule(zone="Asia/Tokyo", otherwise=destination)


def ask(
    router: Router,
    destination: Destination,
    lines: Mapping[str, LineState] | None = None,
    *,
    turns: Turns = NO_TURNS,
    call_id: str = "",
) -> Route:
    """Call a number that has a destination at all times, beside the others of the office."""
    number = CalledNumber(NUMBER, always(destination))
    called = evolve(router, numbers=(number, *router.numbers))
    return called.route(Call(to=NUMBER, at=NOON, id=call_id), lines or {}, turns=turns)


def drawn(route: Route) -> list[str]:
    """Write legs as `target start-end`, with the forwards that led there."""
    lines = []
    for leg in route.legs:
        via = "".join(f" < {each.extension} {each.kind}" for each in leg.via)
        lines.append(f"{leg.target} {leg.start}-{'' if leg.end is None else leg.end}{via}")
    return lines


def ended(route: Route) -> str:
    """Write what happens when nobody answers as `second outcome`; `never` when that is open."""
    return "never" if route.ending is None else f"{route.ending.start} {route.ending.outcome}"


def said(route: Route) -> list[str]:
    """Return the codes of a plan's reasons, with what each is about."""
    return [f"{each.code} {each.about}".rstrip() for each in route.plan.reasons]
