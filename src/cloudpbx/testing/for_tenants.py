"""Strategies for tenants and their documents.

Here: whole tenants, their called numbers, and the text of tenant documents, right or
broken. Not here: what a tenant is made of (`for_routers`, `for_schedules`,
`for_subscriptions`).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from attrs import evolve
from hypothesis import strategies as st

from cloudpbx import dumps
from cloudpbx._documents import write_toml
from cloudpbx.routing.calendars import HolidayCalendar
from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.destinations import Announce, Busy, Destination, chain_of
from cloudpbx.routing.distributions import Distribute
from cloudpbx.routing.line_types import LineType
from cloudpbx.routing.numbers import is_outside, spellings
from cloudpbx.routing.schedules import Schedule, answers_of
from cloudpbx.tenant.keys import FEATURES
from cloudpbx.tenant.numbers import Number
from cloudpbx.tenant.tenants import Tenant
from cloudpbx.testing.for_destinations import destinations
from cloudpbx.testing.for_routers import called_numbers, routers
from cloudpbx.testing.for_schedules import holiday_calendars, schedules
from cloudpbx.testing.for_subscriptions import subscriptions
from cloudpbx.testing.for_times import zones

__all__ = ["tenant_documents", "tenant_numbers", "tenants"]

_NAMES: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"))
    | st.sampled_from(("\u3000", " ", '"', "\\", "'", ".")),
    min_size=1,
    max_size=8,
)
_ODD_VALUES: Final[tuple[Any, ...]] = (
    True, False, 0, -1, 1001, 10**30, "", "x", "1001", "9000", "１００１", "009608",
    "03-1234-5678", "mon 09:00-12:00", "25:00", "9:60", "Asia/Tokio", "2026-11-24",
    "2026-11-24T09:00:00", "a\nb", "\x7f", "\u0085", "\ufeff", "…", [], {}, ["1001"], [[]],
    [{}], {"": ""}, {"a": {"b": {"c": 1}}}, None, {"1001": 3}, {"1001": 0}, "next_change",
    {"ring": ["1001"]}, {"divert": "03-1234-5678"}, {"target": "1001", "delay": 5}, "circular",
)  # fmt: skip
_ODD_KEYS: Final = (
    "", "x", "nmber", "number", "rng", "ring", "when", "zone", "a.b", 'a"b', "a\nb", "電話",
    "then", "distribute", "divert", "strategy", "seconds", "members", "diversion", "screening",
)  # fmt: skip


@st.composite
def tenant_numbers(
    draw: st.DrawFn,
    *,
    called: st.SearchStrategy[CalledNumber] | None = None,
    shared: Mapping[str, Schedule[str]] | None = None,
    answers: st.SearchStrategy[Destination] | None = None,
) -> Number:
    """Draw called numbers of a tenant, with settings of their own or a shared schedule.

    Args:
        draw: Given by Hypothesis.
        called: The number as a router has it; the first of Tokyo's with anything when
            left out.
        shared: Schedules it may name instead of its own; none when left out.
        answers: Its destinations then; any when left out.
    """
    tokyo = called_numbers(numbers=st.just("03-1234-5678"))
    drawn = draw(tokyo if called is None else called)
    features = {name: getattr(drawn, name) for name in FEATURES}
    if not shared or draw(st.booleans()):
        return Number(number=drawn.number, incoming=drawn.schedule, name=drawn.name, **features)
    name = draw(st.sampled_from(sorted(shared)))
    any_answers = destinations() if answers is None else answers
    by_answer = {each: draw(any_answers) for each in answers_of(shared[name])}
    if any(
        isinstance(each, Distribute) for one in by_answer.values() for each in chain_of(one)
    ):
        # One number cannot have both.
        features["diversion"] = ()
    return Number(
        number=drawn.number, incoming=name, destinations=by_answer, name=drawn.name, **features
    )


@st.composite
def tenants(
    draw: st.DrawFn,
    *,
    region: str | None = None,
    international: bool | None = None,
    activated: bool | None = None,
    most_extensions: int = 5,
) -> Tenant:
    """Draw tenants that fit together: calendars, shared schedules, groups, features.

    Args:
        draw: Given by Hypothesis.
        region: `JP` or `US`; either when left out.
        international: Whether calls abroad are allowed; either when left out.
        activated: Whether calls from outside are; either when left out.
        most_extensions: How many extensions there are at most.
    """
    router = draw(
        routers(
            region=region,
            international=international,
            activated=activated,
            most_extensions=most_extensions,
        )
    )
    calendars = draw(st.dictionaries(_NAMES, holiday_calendars(), max_size=2))
    shared = {
        name: _with_calendar(draw, schedule, calendars)
        for name, schedule in draw(
            st.dictionaries(_NAMES, schedules(_NAMES, most_rules=3), max_size=2)
        ).items()
    }
    found = [answer for each in router.numbers for answer in answers_of(each.schedule)]
    answers = st.sampled_from([Announce(), Busy(), *found])
    numbers = [
        draw(
            tenant_numbers(
                called=st.just(_with_calendars(draw, each, calendars)),
                shared=shared,
                answers=answers,
            )
        )
        for each in router.numbers
    ]
    own = [one for each in numbers for one in _caller_ids(each.number, router.region)]
    extensions = tuple(
        evolve(each, caller_id=draw(st.none() | st.sampled_from(own)))
        for each in router.extensions
    )
    spare = draw(st.integers(0, 3))
    recording = sum(each.recording for each in extensions)
    quota = draw(subscriptions(activated=router.activated, international=router.international))
    return Tenant(
        name=draw(st.just("") | _NAMES),
        zone=draw(zones()),
        region=router.region,
        line_type=draw(st.none() | st.sampled_from(LineType.shipped())),
        extension_range=router.extension_range,
        subscription=evolve(
            quota,
            max_extensions=max(quota.max_extensions, len(extensions) + spare),
            recording_seats=max(quota.recording_seats, recording),
        ),
        extensions=extensions,
        groups={each.name: each for each in router.groups},
        calendars=calendars,
        schedules=shared,
        numbers=tuple(numbers),
    )


def _caller_ids(number: str, region: str) -> list[str]:
    """Return the spellings of a number that are numbers by themselves."""
    return [each for each in sorted(spellings(number, region)) if is_outside(each)]


def _with_calendar(
    draw: st.DrawFn, schedule: Schedule[Any], calendars: Mapping[str, HolidayCalendar]
) -> Schedule[Any]:
    """Give a schedule the holidays of one of the tenant's calendars, or none."""
    return evolve(schedule, holidays=draw(st.sampled_from([None, *calendars.values()])))


def _with_calendars(
    draw: st.DrawFn, called: CalledNumber, calendars: Mapping[str, HolidayCalendar]
) -> CalledNumber:
    """Give every schedule of a number the holidays of one of the calendars, or none."""
    several: dict[str, Any] = {
        name: _with_calendar(draw, schedule, calendars)
        for name in ("schedule", "after_hours", "reception_change")
        if (schedule := getattr(called, name)) is not None
    }
    return evolve(called, **several)


@st.composite
def tenant_documents(
    draw: st.DrawFn, *, kind: Literal["toml", "json"] = "toml", well_formed: bool = True
) -> str:
    """Draw the text of tenant documents.

    Args:
        draw: Given by Hypothesis.
        kind: How they are written.
        well_formed: Whether they can be read; otherwise values have other types, keys are
            misspelt, dropped or added, or the text itself is damaged.
    """
    tenant = draw(tenants(most_extensions=3))
    if well_formed:
        return dumps(tenant, kind=kind)
    data: dict[str, Any] = json.loads(dumps(tenant, kind="json"))
    for _ in range(draw(st.integers(0, 3))):
        break_one_place(draw, data, kind=kind)
    text = write_toml(data) if kind == "toml" else json.dumps(data, ensure_ascii=False)
    if not draw(st.sampled_from((True, False, False, False))):
        return text
    places = st.integers(0, len(text))
    low, high = sorted((draw(places), draw(places)))
    high = min(high, low + 40)
    return text[:low] + draw(st.text(max_size=5)) + text[high:]


def break_one_place(
    draw: st.DrawFn, data: dict[str, Any], *, kind: Literal["toml", "json"]
) -> None:
    """Break a document in one place, by what its kind can hold."""
    place, key = draw(st.sampled_from(list(_places(data)) or [(data, "x")]))
    how = draw(st.sampled_from(("value", "drop", "add", "rename")))
    # TOML has no null.
    values = (
        _ODD_VALUES
        if kind == "json"
        else tuple(each for each in _ODD_VALUES if each is not None)
    )
    odd = draw(st.sampled_from(values) | st.text(max_size=8) | st.integers())
    if how == "value":
        place[key] = odd
    elif how == "drop":
        del place[key]
    elif isinstance(place, dict):
        place[draw(st.sampled_from(_ODD_KEYS))] = odd if how == "add" else place.pop(key)
    else:
        place.append(odd if how == "add" else place[key])


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every table and list with each of its keys and places."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])
