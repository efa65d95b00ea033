"""The whole configuration of one customer.

Here: its values, and what they make: a router, a check. Not here: whether they fit
together (`misfits`), what the check finds (`checks`), the document it is read from
(`documents`) or the rules of routing (`cloudpbx.routing`).
"""

from collections.abc import Mapping

from attrs import field, frozen

from cloudpbx._documents import Reading
from cloudpbx._values import (
    FrozenMapping,
    check_each,
    check_instance,
    check_text,
    nearest,
    shown,
)
from cloudpbx.errors import UnknownReferenceError
from cloudpbx.findings import Finding
from cloudpbx.plans import Subscription
from cloudpbx.routing import (
    CalledNumber,
    Destination,
    Extension,
    ExtensionRange,
    Group,
    HolidayCalendar,
    LineType,
    Router,
    Schedule,
)
from cloudpbx.routing.numbers import check_region, looked_up, printed, spellings
from cloudpbx.routing.zones import check_zone
from cloudpbx.tenant.checks import check_tenant
from cloudpbx.tenant.misfits import find_misfits
from cloudpbx.tenant.numbers import Number, named
from cloudpbx.tenant.places import Parts

__all__ = ["Tenant"]


@frozen(kw_only=True)
class Tenant:
    """Hold everything one customer configures.

    Attributes:
        zone: The time zone of schedules that name none.
        name: What people call the customer; may be empty.
        region: ISO 3166-1 code whose numbering plan the numbers are of.
        line_type: The type of the line (回線種別); None for one without limits.
        extension_range: Which extension numbers there may be.
        subscription: Quotas and permissions.
        extensions: The extensions.
        groups: Groups by name, each with its members.
        calendars: Holiday calendars by name.
        schedules: Schedules that numbers share, by name.
        numbers: The called numbers.

    Raises:
        DocumentError: something does not fit together; `.problems` has all of it.
    """

    zone: str = field(converter=check_zone)
    name: str = ""
    region: str = field(default="JP", converter=check_region)
    line_type: LineType | None = None
    extension_range: ExtensionRange = field(factory=ExtensionRange)
    subscription: Subscription = field(factory=Subscription)
    extensions: tuple[Extension, ...] = ()
    groups: Mapping[str, Group] = field(factory=FrozenMapping)
    calendars: Mapping[str, HolidayCalendar] = field(factory=FrozenMapping)
    schedules: Mapping[str, Schedule[str]] = field(factory=FrozenMapping)
    numbers: tuple[Number, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_text(self.name, what="the name of a tenant", empty=True)
        if self.line_type is not None:
            check_instance(self.line_type, LineType, what="the line type")
        check_instance(self.extension_range, ExtensionRange, what="the range of extensions")
        check_instance(self.subscription, Subscription, what="the subscription")
        for name, kind in (("extensions", Extension), ("numbers", Number)):
            values = check_each(getattr(self, name), kind, what=f"one of the {name}")
            object.__setattr__(self, name, values)
        for name, held in (
            ("groups", Group),
            ("calendars", HolidayCalendar),
            ("schedules", Schedule),
        ):
            mapping = named(getattr(self, name), what=f"a name in `{name}`")
            check_each(mapping.values(), held, what=f"one of the {name}")
            object.__setattr__(self, name, mapping)
        reading = Reading()
        for path, message in find_misfits(self._parts):
            reading.note(path, message)
        reading.finish()

    @property
    def _parts(self) -> Parts:
        return Parts(
            region=self.region,
            line_type=self.line_type,
            extension_range=self.extension_range,
            subscription=self.subscription,
            extensions=self.extensions,
            groups=self.groups,
            calendars=self.calendars,
            schedules=self.schedules,
            numbers=self.numbers,
        )

    def number_of(self, number: str) -> str:
        """Return the digits of one of the tenant's numbers, from any spelling of it.

        Raises:
            UnknownReferenceError: the number is none of the tenant's.
        """
        return self._found(number).number

    def schedule_of(self, number: str) -> Schedule[Destination]:
        """Return what a number does when; `number` in any spelling.

        Raises:
            UnknownReferenceError: the number is none of the tenant's.
        """
        return self._incoming(self._found(number))

    def _incoming(self, number: Number) -> Schedule[Destination]:
        if isinstance(number.incoming, Schedule):
            return number.incoming
        return self.schedules[number.incoming].map(number.destinations.__getitem__)

    def _found(self, number: str) -> Number:
        check_text(number, what="a number")
        index = {
            one: each for each in self.numbers for one in spellings(each.number, self.region)
        }
        found = looked_up(number, index, self.region)
        if found is not None:
            return found
        msg = f"{shown(number)} is none of the tenant's numbers: {self._nearest_number(number)}"
        raise UnknownReferenceError(msg)

    def _nearest_number(self, number: str) -> str:
        known = [printed(each.number, self.region) for each in self.numbers]
        return nearest(printed(number, self.region), known) if known else "it has none yet"

    def _called_numbers(self) -> tuple[CalledNumber, ...]:
        return tuple(each.called(self._incoming(each)) for each in self.numbers)

    def router(self) -> Router:
        """Return the router of this configuration; make it once and keep it."""
        return Router(
            numbers=self._called_numbers(),
            extensions=self.extensions,
            # Their order says nothing, and equal tenants make equal routers.
            groups=tuple(self.groups[name] for name in sorted(self.groups)),
            extension_range=self.extension_range,
            region=self.region,
            international=self.subscription.international,
            activated=self.subscription.activated,
            line_type=self.line_type,
        )

    def check(self) -> tuple[Finding, ...]:
        """Return what is wrong or doubtful although every value is legal.

        1. schedules that numbers share: gaps, overlaps, rules that never or needlessly
           apply;
        2. each number: its own schedule; its after-hours guidance and its change of
           reception, which may have gaps; channels that connect no call;
        3. numbers that nobody can call yet, as the subscription is not activated;
        4. calls that are sent on to a number where they end, as its distribution and its
           diversions do not act after a hop;
        5. targets and forwards abroad while international calls are off.
        """
        return tuple(check_tenant(self, self._parts, self._called_numbers()))
