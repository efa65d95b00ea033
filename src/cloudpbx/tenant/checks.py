"""What of a tenant is wrong or doubtful although every value is legal.

Here: the findings of a whole tenant, each with its place in the document. Not here: what
does not fit together and is refused (`misfits`), or the checks of one schedule
(`cloudpbx.routing`).
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from cloudpbx._documents import joined
from cloudpbx.decisions import Actor, Remedy
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing import CalledNumber, Distribute, Divert, Schedule, TargetKind
from cloudpbx.routing.destinations import chain_of
from cloudpbx.routing.number_indexes import NumberIndex
from cloudpbx.routing.numbers import is_abroad, printed
from cloudpbx.routing.schedules import answers_of
from cloudpbx.routing.targets import Targets
from cloudpbx.tenant.numbers import Number
from cloudpbx.tenant.places import Parts, placed_hops, placed_targets

if TYPE_CHECKING:
    from cloudpbx.tenant.tenants import Tenant

__all__ = ["check_tenant"]


def check_tenant(
    tenant: "Tenant", parts: Parts, numbers: tuple[CalledNumber, ...]
) -> Iterator[Finding]:
    """Yield the findings of a tenant, of its parts, and of its numbers as a router has them.

    1. schedules that numbers share;
    2. each number: its own schedule, its after-hours guidance, its channels, its change of
       reception;
    3. numbers that nobody can call yet, as the subscription is not activated;
    4. calls that are sent on to a number and end there;
    5. targets and forwards abroad while international calls are off.
    """
    for name, schedule in tenant.schedules.items():
        yield from (evolve(each, path=joined("schedules", name)) for each in schedule.check())
    for place, number in enumerate(tenant.numbers):
        yield from _number_findings(number, f"numbers[{place}]")
    if tenant.numbers and not tenant.subscription.activated:
        yield Finding(
            code="subscription.not_activated",
            severity=Severity.NOTE,
            path="subscription.activated",
            remedies=(Remedy("subscription.activate", Actor.CUSTOMER),),
        )
    yield from _resting(tenant, parts, numbers)
    if not tenant.subscription.international:
        yield from _barred(tenant, parts, numbers)


def _number_findings(number: Number, path: str) -> Iterator[Finding]:
    if isinstance(number.incoming, Schedule):
        yield from (evolve(each, path=f"{path}.incoming") for each in number.incoming.check())
    if number.after_hours is not None:
        yield from _feature_findings(number.after_hours, f"{path}.after_hours")
    if number.channels is not None:
        yield from (evolve(each, path=f"{path}.channels") for each in number.channels.check())
    if number.reception_change is not None:
        yield from _feature_findings(number.reception_change, f"{path}.reception_change")


def _feature_findings(schedule: Schedule[object], path: str) -> Iterator[Finding]:
    """Yield what is wrong with the schedule of a feature, which rests in its gaps."""
    for each in schedule.check():
        if not each.code.startswith("schedule.gap"):
            yield evolve(each, path=path)


def _resting(
    tenant: "Tenant", parts: Parts, numbers: Iterable[CalledNumber]
) -> Iterator[Finding]:
    index = NumberIndex(numbers, tenant.region)
    for path, target in placed_hops(parts):
        called = index.find(target)
        if called is not None and _sends_on(called):
            yield Finding(
                code="divert.rests",
                severity=Severity.WARNING,
                about=printed(called.number, tenant.region),
                path=path,
                remedies=(Remedy("divert.change", Actor.PORTAL_ADMINISTRATOR),),
            )


def _sends_on(called: CalledNumber) -> bool:
    """Say whether a number distributes calls, or sends them on, at some time."""
    return any(
        isinstance(each, Distribute | Divert)
        for answer in answers_of(called.schedule)
        for each in chain_of(answer)
    )


def _barred(
    tenant: "Tenant", parts: Parts, numbers: Iterable[CalledNumber]
) -> Iterator[Finding]:
    index = NumberIndex(numbers, tenant.region)
    targets = Targets(tenant.extensions, tenant.groups.values(), tenant.extension_range)
    # A call that is sent on to a number of the tenant does not leave it.
    hops = (each for each in placed_hops(parts) if index.find(each[1]) is None)
    for path, target in (*placed_targets(parts), *hops):
        if targets.kind_of(target) is TargetKind.OUTSIDE and is_abroad(target, tenant.region):
            yield Finding(
                code="target.abroad",
                severity=Severity.WARNING,
                about=printed(target, tenant.region),
                path=path,
                remedies=(Remedy("subscription.international.enable", Actor.CUSTOMER),),
            )
