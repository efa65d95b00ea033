"""What the targets of a tenant stand for.

Here: telling extensions, groups and outside numbers apart, and refusing the rest with
the nearest thing that exists. Not here: ringing them (`router`).
"""

from collections.abc import Iterable
from enum import StrEnum, unique

from cloudpbx._values import nearest, shown
from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing.extensions import Extension, ExtensionRange, check_extension
from cloudpbx.routing.groups import Group
from cloudpbx.routing.numbers import check_number
from cloudpbx.routing.target_texts import is_name

__all__ = ["TargetKind", "Targets"]


@unique
class TargetKind(StrEnum):
    """Name what a target is."""

    EXTENSION = "extension"
    GROUP = "group"
    OUTSIDE = "outside"


class Targets:
    """Know the extensions and groups of a tenant."""

    __slots__ = ("extension_range", "extensions", "groups")

    def __init__(
        self,
        extensions: Iterable[Extension],
        groups: Iterable[Group],
        extension_range: ExtensionRange,
    ) -> None:
        self.extensions: dict[str, Extension] = {each.number: each for each in extensions}
        self.groups: dict[str, Group] = {each.name: each for each in groups}
        self.extension_range: ExtensionRange = extension_range

    def kind_of(self, target: str) -> TargetKind:
        """Say what a target is.

        In order, and the first that applies wins:

        1. text with a letter: a group, which must exist;
        2. as many digits as an extension has: an extension, in its range, which must exist;
        3. anything else: an outside number, by its shape.

        Raises:
            UnknownReferenceError: no such group or extension exists.
            InvalidValueError: the target is none of the three.
        """
        if is_name(target):
            return self._known(target, self.groups, TargetKind.GROUP)
        if len(target) == len(self.extension_range.first) and target.isdecimal():
            self.extension_range.check(check_extension(target, what="a target"))
            return self._known(target, self.extensions, TargetKind.EXTENSION)
        check_number(target, what="a target that is no extension and no group")
        return TargetKind.OUTSIDE

    def _known(self, target: str, names: Iterable[str], kind: TargetKind) -> TargetKind:
        if target in names:
            return kind
        words = list(names)
        fix = nearest(target, words) if words else "define it, there are none yet"
        article = "an" if kind is TargetKind.EXTENSION else "a"
        msg = f"{shown(target)} is not {article} {kind} of this tenant: {fix}"
        raise UnknownReferenceError(msg)

    def members(self, target: str) -> tuple[str, ...]:
        """Return the extensions and outside numbers that a target stands for, once each.

        Raises:
            InvalidValueError: a group holds itself, directly or through others.
        """
        found: dict[str, None] = {}
        finished: set[str] = set()
        within: list[str] = []
        waiting = [iter((target,))]
        while waiting:
            each = next(waiting[-1], None)
            if each is None:
                waiting.pop()
                finished.update(within[-1:])
                del within[-1:]
            elif self.kind_of(each) is not TargetKind.GROUP:
                found[each] = None
            elif each in within:
                path = " → ".join([*within[within.index(each) :], each])
                fix = "take one of these groups out of the other"
                msg = f"`{each}` holds itself ({path}): {fix}"
                raise InvalidValueError(msg)
            elif each not in finished:
                within.append(each)
                waiting.append(iter(self.groups[each].called))
        return tuple(found)
