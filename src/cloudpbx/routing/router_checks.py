"""What a router refuses, beyond what each value refuses by itself.

Here: targets that do not exist, and destinations that are too much for a call or for the
line. Not here: the same with its place in a document (`cloudpbx.tenant`).
"""

from collections.abc import Iterable

from cloudpbx._values import shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.destinations import Destination, Divert, Ring, chain_of
from cloudpbx.routing.distributions import Distribute
from cloudpbx.routing.line_types import LineType
from cloudpbx.routing.number_indexes import NumberIndex
from cloudpbx.routing.prepared_answers import check_turns
from cloudpbx.routing.schedules import answers_of
from cloudpbx.routing.targets import Targets

__all__ = ["check_line", "check_numbers", "check_targets"]


def check_targets(targets: Targets) -> None:
    """Refuse extensions out of range, and forwards and members that do not exist.

    Raises:
        InvalidValueError: an extension is out of its range, or a group holds itself.
        UnknownReferenceError: a target does not exist.
    """
    for extension in targets.extensions.values():
        targets.extension_range.check(extension.number)
        for _, target in extension.forwards.targets():
            targets.kind_of(target)
    for name in targets.groups:
        targets.members(name)


def check_numbers(
    numbers: Iterable[CalledNumber], own: NumberIndex, targets: Targets, region: str
) -> None:
    """Refuse features and destinations of numbers that cannot act.

    Raises:
        InvalidValueError: a destination calls too many targets, or entries of a screening
            speak against each other in the region.
        UnknownReferenceError: a target does not exist.
    """
    for called in numbers:
        if called.screening is not None:
            called.screening.in_region(region)
        places: dict[str, Destination] = {each: Ring((each,)) for each in called.diversion}
        if called.reception_change is not None:
            places |= {each.target: each for each in answers_of(called.reception_change)}
        for target, place in places.items():
            if own.find(target) is None:
                _check_answer(place, own, targets)
        for answer in answers_of(called.schedule):
            _check_answer(answer, own, targets)


def _check_answer(answer: Destination, own: NumberIndex, targets: Targets) -> None:
    for each in chain_of(answer):
        if isinstance(each, (Ring, Distribute)):
            for target in each.targets:
                targets.members(target)
        elif isinstance(each, Divert) and own.find(each.target) is None:
            targets.members(each.target)
    check_turns(answer, targets)


def check_line(numbers: Iterable[CalledNumber], line_type: LineType) -> None:
    """Refuse distributions over more targets than a type of line has.

    Raises:
        InvalidValueError: there are too many.
    """
    most = line_type.most_distribution_targets
    for called in numbers:
        for answer in answers_of(called.schedule):
            for each in chain_of(answer):
                if not isinstance(each, Distribute) or most is None:
                    continue
                if len(each.targets) > most:
                    what = f"{shown(str(each))} has {len(each.targets)} targets, and this type"
                    msg = f"{what} of line distributes to {most} at most: leave some out"
                    raise InvalidValueError(msg)
