"""Hypothesis strategies for every public value, for your tests and for ours.

Here: the façade, and `register`, which the `hypothesis` entry point calls so that
`@given` and `from_type` know the types of this library. Not here: the strategies, one
module for each kind of value, which are imported when the first is asked for, and
Hypothesis with them: install the extra `cloudpbx[testing]`.

Every function returns a strategy and takes keywords only, apart from the values that
rules hold. What it draws without arguments is the widest that is valid; text has
`well_formed=False` for what is nearly but not always valid.

>>> from hypothesis import given, settings
>>> from cloudpbx.testing import moments, schedules
>>> @settings(deadline=None, max_examples=10)
... @given(schedules(), moments())
... def test_a_change_is_a_change(schedule, moment):
...     change = schedule.next_change(moment)
...     assert change is None or schedule.at(change) != schedule.at(moment)
>>> test_a_change_is_a_change()
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

if TYPE_CHECKING:
    from cloudpbx.testing.for_days import (
        date_ranges,
        dates,
        day_terms,
        days,
        notations,
        nth_weekdays,
        recurrences,
        spans,
        whens,
        yearly_ranges,
    )
    from cloudpbx.testing.for_decisions import decisions, findings, reasons, remedies
    from cloudpbx.testing.for_destinations import (
        announcements,
        destinations,
        distributions,
        diverts,
        rings,
        turns,
    )
    from cloudpbx.testing.for_dialling import (
        barred,
        dialled_numbers,
        dialled_texts,
        line_types,
        outgoing_calls,
    )
    from cloudpbx.testing.for_groups import groups, members, ring_strategies
    from cloudpbx.testing.for_routers import (
        called_numbers,
        calls,
        calls_in_use,
        leg_outcomes,
        routers,
        routes,
    )
    from cloudpbx.testing.for_schedules import (
        holiday_calendars,
        holiday_sources,
        intervals,
        overrides,
        resolutions,
        rules,
        schedules,
    )
    from cloudpbx.testing.for_screening import (
        caller_kinds,
        callers,
        channels,
        screened_calls,
        screenings,
    )
    from cloudpbx.testing.for_subscriptions import subscriptions
    from cloudpbx.testing.for_targets import (
        extension_numbers,
        extensions,
        forwards,
        line_states,
        outside_numbers,
    )
    from cloudpbx.testing.for_tenants import tenant_documents, tenant_numbers, tenants
    from cloudpbx.testing.for_times import moments, zones

__all__ = [
    "announcements",
    "barred",
    "called_numbers",
    "caller_kinds",
    "callers",
    "calls",
    "calls_in_use",
    "channels",
    "date_ranges",
    "dates",
    "day_terms",
    "days",
    "decisions",
    "destinations",
    "dialled_numbers",
    "dialled_texts",
    "distributions",
    "diverts",
    "extension_numbers",
    "extensions",
    "findings",
    "forwards",
    "groups",
    "holiday_calendars",
    "holiday_sources",
    "intervals",
    "leg_outcomes",
    "line_states",
    "line_types",
    "members",
    "moments",
    "notations",
    "nth_weekdays",
    "outgoing_calls",
    "outside_numbers",
    "overrides",
    "reasons",
    "recurrences",
    "register",
    "remedies",
    "resolutions",
    "ring_strategies",
    "rings",
    "routers",
    "routes",
    "rules",
    "schedules",
    "screened_calls",
    "screenings",
    "spans",
    "subscriptions",
    "tenant_documents",
    "tenant_numbers",
    "tenants",
    "turns",
    "whens",
    "yearly_ranges",
    "zones",
]

_MODULES: Final = (
    "for_times",
    "for_days",
    "for_schedules",
    "for_decisions",
    "for_screening",
    "for_targets",
    "for_groups",
    "for_destinations",
    "for_routers",
    "for_dialling",
    "for_subscriptions",
    "for_tenants",
)

_STRATEGIES: Final = {
    "cloudpbx.decisions": {
        "Decision": "decisions",
        "Reason": "reasons",
        "Remedy": "remedies",
    },
    "cloudpbx.findings": {"Finding": "findings"},
    "cloudpbx.plans.subscriptions": {"Subscription": "subscriptions"},
    "cloudpbx.routing.calendars": {"HolidayCalendar": "holiday_calendars"},
    "cloudpbx.routing.day_terms": {
        "DateRange": "date_ranges",
        "NthWeekday": "nth_weekdays",
        "YearlyRange": "yearly_ranges",
    },
    "cloudpbx.routing.called_numbers": {"CalledNumber": "called_numbers"},
    "cloudpbx.routing.calls": {"Call": "calls"},
    "cloudpbx.routing.channels": {"Channels": "channels"},
    "cloudpbx.routing.days": {"Days": "days"},
    "cloudpbx.routing.destinations": {
        "Announce": "announcements",
        "Divert": "diverts",
        "Ring": "rings",
    },
    "cloudpbx.routing.dialled_numbers": {"DialledNumber": "dialled_numbers"},
    "cloudpbx.routing.distributions": {"Distribute": "distributions"},
    "cloudpbx.routing.extensions": {
        "Extension": "extensions",
        "Forwards": "forwards",
    },
    "cloudpbx.routing.groups": {"Group": "groups", "Member": "members"},
    "cloudpbx.routing.intervals": {"Interval": "intervals", "Resolution": "resolutions"},
    "cloudpbx.routing.line_types": {"Barred": "barred", "LineType": "line_types"},
    "cloudpbx.routing.outgoing_calls": {"OutgoingCall": "outgoing_calls"},
    "cloudpbx.routing.recurrences": {"Recurrence": "recurrences"},
    "cloudpbx.routing.router": {"Router": "routers"},
    "cloudpbx.routing.routes": {"Route": "routes"},
    "cloudpbx.routing.rules": {"Override": "overrides", "Rule": "rules", "When": "whens"},
    "cloudpbx.routing.schedules": {"Schedule": "schedules"},
    "cloudpbx.routing.screening": {"Screening": "screenings"},
    "cloudpbx.routing.spans": {"Span": "spans"},
    "cloudpbx.routing.turns": {"Turns": "turns"},
    "cloudpbx.tenant.numbers": {"Number": "tenant_numbers"},
    "cloudpbx.tenant.tenants": {"Tenant": "tenants"},
}
"""Which function draws which public type, by the module that defines the type."""


def __getattr__(name: str) -> Any:
    if name in __all__:
        modules = (import_module(f"{__name__}.{place}") for place in _MODULES)
        return getattr(next(each for each in modules if name in each.__all__), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return __all__


def register() -> None:
    """Tell Hypothesis how to draw the public types; its entry point does it for you.

    It imports nothing: the types of a module are registered when the module is imported,
    and no strategy before one is drawn.

    >>> from hypothesis import strategies as st
    >>> from cloudpbx.routing import Schedule
    >>> register()
    >>> st.from_type(Schedule[bool]).map(lambda schedule: schedule.zone)
    schedules(values=booleans()).map(lambda schedule: schedule.zone)
    """
    for name in _STRATEGIES:
        if name in sys.modules:
            _register_types(sys.modules[name])
    if not any(isinstance(finder, _RegisterAfterImport) for finder in sys.meta_path):
        sys.meta_path.insert(0, _RegisterAfterImport())


class _RegisterAfterImport(MetaPathFinder):
    """Find the modules of public types as ever, and register their types once they ran."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname in _STRATEGIES else None
        if spec is None or spec.loader is None:
            return None
        run = spec.loader.exec_module

        def run_and_register(module: ModuleType) -> None:
            run(module)
            _register_types(module)

        spec.loader.exec_module = run_and_register  # type: ignore[method-assign]
        return spec


def _register_types(module: ModuleType) -> None:
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415 - an extra

    for type_name, name in _STRATEGIES[module.__name__].items():
        register_type_strategy(getattr(module, type_name), _drawn_by(name))


def _drawn_by(name: str) -> Any:
    """Return what looks a strategy up when a type is drawn, with the values it holds."""

    def strategy(thing: type) -> Any:
        from hypothesis.strategies import from_type  # noqa: PLC0415 - an extra

        make = __getattr__(name)
        held = [each for each in get_args(thing) if not isinstance(each, TypeVar)]
        return make(*map(from_type, held))

    return strategy
