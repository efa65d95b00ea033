"""The called numbers of a tenant, with everything that happens to their calls.

Here: a number with its schedule and its optional features as a value. Not here: asking
them (`gates`), or telephone numbers in general (`numbers`).
"""

from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from cloudpbx._values import (
    check_each,
    check_instance,
    check_text,
    check_unique,
    shown,
)
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.channels import Channels
from cloudpbx.routing.destinations import (
    DESTINATIONS,
    Announce,
    Destination,
    Divert,
    chain_of,
)
from cloudpbx.routing.distributions import Distribute
from cloudpbx.routing.numbers import check_number
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.screening import Screening
from cloudpbx.routing.target_texts import check_target, refuse_guidance

__all__ = ["CalledNumber", "check_features"]


def check_features(
    *,
    number: str,
    answers: Iterable[Destination],
    screening: Screening | None,
    after_hours: Schedule[Announce] | None,
    channels: Channels | None,
    reception_change: Schedule[Divert] | None,
    diversion: tuple[str, ...],
) -> tuple[str, ...]:
    """Return the targets of a busy diversion when all features of a number fit.

    Raises:
        InvalidValueError: a feature is not what it must be, or two exclude each other.
    """
    if screening is not None:
        check_instance(screening, Screening, what="the screening of a number")
    if channels is not None:
        check_instance(channels, Channels, what="the channels of a number")
    _check_answers(after_hours, Announce, what="the after-hours guidance of a number")
    _check_answers(reception_change, Divert, what="the change of reception of a number")
    targets = tuple(map(check_target, check_each(diversion, str, what="a busy diversion")))
    check_unique(targets, what="the numbers of a busy diversion")
    if number in targets:
        msg = f"{shown(number)} is its own busy diversion: name another number"
        raise InvalidValueError(msg)
    refuse_guidance(targets)
    if targets and any(
        isinstance(each, Distribute) for answer in answers for each in chain_of(answer)
    ):
        what = f"{shown(number)} has a busy diversion and distributes by ratio"
        msg = f"{what}: a number can have one of the two, leave the other out"
        raise InvalidValueError(msg)
    return targets


def _check_answers(schedule: object, kind: type, *, what: str) -> None:
    if schedule is None:
        return
    found: Schedule[Any] = check_instance(schedule, Schedule, what=what)
    check_each(_given(found), kind, what=f"an answer of {what}")


def _given(schedule: Schedule[Any]) -> list[Any]:
    forced = schedule.override.value if schedule.override else None
    answers = [*(rule.value for rule in schedule.rules), schedule.otherwise, forced]
    return [each for each in answers if each is not None]


@frozen
class CalledNumber:
    """Give a called number (着信番号) its destinations (着信設定) and its features.

    Attributes:
        number: The number.
        schedule: What it does when; a gap is no route.
        name: What people call it; may be empty.
        screening: Which callers are turned away (発信地域指定, 発信端末拒否); None for none.
        after_hours: When which guidance is played instead (時間外案内); a gap is never.
        channels: How many calls it takes at a time (接続できるch数); None for any number.
        reception_change: When its calls go where instead (受付先変更); a gap is never.
        diversion: Where its calls go, one after the other, while it is busy (話中時迂回).

    Raises:
        InvalidValueError: the number has not the shape of one, an answer of a schedule is
            not what it must be, or it has a busy diversion and distributes by ratio.
    """

    number: str
    schedule: Schedule[Destination]
    name: str = ""
    screening: Screening | None = field(default=None, kw_only=True)
    after_hours: Schedule[Announce] | None = field(default=None, kw_only=True)
    channels: Channels | None = field(default=None, kw_only=True)
    reception_change: Schedule[Divert] | None = field(default=None, kw_only=True)
    diversion: tuple[str, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "number", check_number(self.number, what="a called number"))
        check_text(self.name, what="the name of a number", empty=True)
        schedule = check_instance(self.schedule, Schedule, what="the schedule of a number")
        answers = _given(schedule)
        check_each(answers, DESTINATIONS, what="an answer of a number's schedule")
        diversion = check_features(
            number=self.number,
            answers=answers,
            screening=self.screening,
            after_hours=self.after_hours,
            channels=self.channels,
            reception_change=self.reception_change,
            diversion=self.diversion,
        )
        object.__setattr__(self, "diversion", diversion)

    @property
    def has_features(self) -> bool:
        """Say whether anything but the schedule is asked."""
        features = (self.screening, self.after_hours, self.channels, self.reception_change)
        return bool(self.diversion) or any(each is not None for each in features)
