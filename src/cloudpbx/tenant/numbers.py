"""The called numbers of a tenant.

Here: a number with its own incoming settings, or with destinations for the answers of
a schedule that several numbers share. Not here: telephone numbers in general
(`cloudpbx.routing.numbers`), or whether the schedule exists (`misfits`).
"""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from cloudpbx._values import FrozenMapping, check_instance, check_text, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import CalledNumber, Destination, Schedule
from cloudpbx.routing.destinations import DESTINATIONS
from cloudpbx.routing.numbers import check_number

__all__ = ["Number", "named"]


def named(values: Mapping[str, Any], *, what: str) -> FrozenMapping[str, Any]:
    """Return a mapping, frozen, when its keys are names."""
    if not isinstance(values, Mapping):
        msg = f"{shown(values)} is not a mapping of names to values"
        raise InvalidValueError(msg)
    for name in values:
        check_text(name, what=what)
    return FrozenMapping(values)


@frozen(kw_only=True)
class Number:
    """Configure one called number (電話番号).

    Attributes:
        number: The number.
        incoming: Its incoming settings (着信設定), or the name of a schedule of the tenant.
        destinations: With a name: what the number does for each answer of that schedule.
        name: What people call the number; may be empty.

    Raises:
        InvalidValueError: a field cannot be what it is, or destinations stand beside
            incoming settings.
    """

    number: str
    incoming: Schedule[Destination] | str
    destinations: Mapping[str, Destination] = field(factory=FrozenMapping)
    name: str = ""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "number", check_number(self.number, what="a called number"))
        check_text(self.name, what="the name of a number", empty=True)
        destinations = named(self.destinations, what="an answer of a schedule")
        for each in destinations.values():
            check_instance(each, DESTINATIONS, what="a destination")
        object.__setattr__(self, "destinations", destinations)
        if not isinstance(self.incoming, Schedule):
            check_instance(
                self.incoming, (Schedule, str), what="the incoming settings of a number"
            )
            check_text(self.incoming, what="the name of a schedule")
            return
        CalledNumber(self.number, self.incoming)
        if destinations:
            msg = f"`{self.number}` has settings of its own: leave `destinations` out"
            raise InvalidValueError(msg)
