"""The called numbers of a tenant.

Here: a number with its own incoming settings, or with destinations for the answers of
a schedule that several numbers share, and its features. Not here: telephone numbers in
general (`cloudpbx.routing.numbers`), what the features do (`cloudpbx.routing`), or whether
the schedule exists (`misfits`).
"""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from cloudpbx._values import FrozenMapping, check_instance, check_text, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import (
    Announce,
    CalledNumber,
    Channels,
    Destination,
    Divert,
    Schedule,
    Screening,
)
from cloudpbx.routing.called_numbers import check_features
from cloudpbx.routing.destinations import DESTINATIONS
from cloudpbx.routing.numbers import check_number
from cloudpbx.tenant.keys import FEATURES

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
        screening: Which callers are turned away (着信規制); None for none.
        after_hours: When which guidance is played instead (時間外案内); a gap is never.
        channels: How many calls it takes at a time (接続できるch数); None for any number.
        reception_change: When its calls go where instead (受付先変更); a gap is never.
        diversion: Where its calls go, one after the other, while it is busy (話中時迂回).

    Raises:
        InvalidValueError: a field cannot be what it is, destinations stand beside
            incoming settings, or a busy diversion beside a distribution by ratio.
    """

    number: str
    incoming: Schedule[Destination] | str
    destinations: Mapping[str, Destination] = field(factory=FrozenMapping)
    name: str = ""
    screening: Screening | None = None
    after_hours: Schedule[Announce] | None = None
    channels: Channels | None = None
    reception_change: Schedule[Divert] | None = None
    diversion: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "number", check_number(self.number, what="a called number"))
        check_text(self.name, what="the name of a number", empty=True)
        destinations = named(self.destinations, what="an answer of a schedule")
        for each in destinations.values():
            check_instance(each, DESTINATIONS, what="a destination")
        object.__setattr__(self, "destinations", destinations)
        if isinstance(self.incoming, Schedule):
            diversion = self.called(self.incoming).diversion
            if destinations:
                msg = f"`{self.number}` has settings of its own: leave `destinations` out"
                raise InvalidValueError(msg)
        else:
            check_instance(
                self.incoming, (Schedule, str), what="the incoming settings of a number"
            )
            check_text(self.incoming, what="the name of a schedule")
            diversion = check_features(
                number=self.number, answers=destinations.values(), **self._features
            )
        object.__setattr__(self, "diversion", diversion)

    @property
    def _features(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FEATURES}

    def called(self, schedule: Schedule[Destination]) -> CalledNumber:
        """Return the number as a router has it, doing what a schedule says."""
        return CalledNumber(self.number, schedule, self.name, **self._features)
