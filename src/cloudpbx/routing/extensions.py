"""Extensions and their forwards.

Here: the values a tenant configures. Not here: groups of them (`groups`), how many a
subscription may hold (`cloudpbx.plans`), or what a call does with them (`planning`).
"""

import re
from collections.abc import Iterator
from enum import StrEnum, unique
from typing import Final, Self

from attrs import field, frozen

from cloudpbx._values import (
    check_flag,
    check_instance,
    check_text,
    check_whole,
    shown,
)
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.numbers import check_number
from cloudpbx.routing.target_texts import AFTER_HOURS_CODE, check_target, is_name

__all__ = ["Extension", "ExtensionRange", "Forward", "ForwardKind", "Forwards"]

_EXTENSION = re.compile(r"\d{2,8}", re.ASCII)


def check_extension(value: object, *, what: str) -> str:
    """Return an extension number when it is text of 2 to 8 half-width digits."""
    text = check_text(value, what=what)
    if not _EXTENSION.fullmatch(text):
        msg = f"{shown(text)} is not an extension: write half-width digits, as `1001`"
        raise InvalidValueError(msg)
    return text


@frozen
class ExtensionRange:
    """Bound the extension numbers (内線番号) of a tenant.

    All have as many digits as the bounds; the default is that of source 004 (4-13).

    >>> plan = ExtensionRange.parse("0000-8999")
    >>> "0001" in plan, "9000" in plan
    (True, False)

    Raises:
        InvalidValueError: the bounds differ in length, or run backwards.
    """

    first: str = "0000"
    last: str = "8999"

    def __attrs_post_init__(self) -> None:
        for each in (self.first, self.last):
            check_extension(each, what="the bound of a range of extensions")
        if len(self.first) != len(self.last) or self.last < self.first:
            msg = f"`{self}` is not a range of extensions: write `0000-8999`"
            raise InvalidValueError(msg)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `0000-8999`.

        Raises:
            InvalidValueError: `text` is not a range of extensions.
        """
        first, _, last = check_text(text, what="a range of extensions").partition("-")
        return cls(first, last)

    def __contains__(self, number: str) -> bool:
        """Say whether an extension number lies in the range."""
        shaped = len(number) == len(self.first) and _EXTENSION.fullmatch(number) is not None
        return shaped and self.first <= number <= self.last

    def check(self, number: str) -> str:
        """Return an extension number when it lies in the range.

        Raises:
            InvalidValueError: it does not.
        """
        if number not in self:
            msg = f"{shown(number)} is not in the range of extensions `{self}`"
            raise InvalidValueError(msg)
        return number

    def __str__(self) -> str:
        """Write the range as it is read."""
        return f"{self.first}-{self.last}"


@unique
class ForwardKind(StrEnum):
    """Name when a call is forwarded (転送), in the order in which it is asked.

    The codes are those of 3GPP TS 24.604.
    """

    UNCONDITIONAL = "unconditional"
    OFFLINE = "offline"
    BUSY = "busy"
    NO_ANSWER = "no_answer"

    @property
    def code(self) -> str:
        """Return its 3GPP code, as `CFB`."""
        return _CODES[self]


_CODES: Final = {
    ForwardKind.UNCONDITIONAL: "CFU",
    ForwardKind.OFFLINE: "CFNL",
    ForwardKind.BUSY: "CFB",
    ForwardKind.NO_ANSWER: "CFNR",
}


@frozen
class Forward:
    """Tell that a call left an extension by one of its forwards.

    Attributes:
        extension: Whose forward it was.
        kind: Why it applied.
    """

    extension: str
    kind: ForwardKind


def _check_forward(value: str | None) -> str | None:
    if value is None:
        return None
    target = check_target(value)
    if is_name(target) or target == AFTER_HOURS_CODE:
        msg = f"{shown(value)} cannot be forwarded to: name an extension or an outside number"
        raise InvalidValueError(msg)
    return target


@frozen(kw_only=True)
class Forwards:
    """Say where the calls of an extension go when it does not take them (転送設定).

    In order, and the first that is set and applies wins: unconditional, then offline
    (オフライン時), then busy (ビジー時), then no answer (無応答時). Source 004, 4-16 to 4-19.

    Attributes:
        unconditional: Target of every call (CFU); None for none, as for the others.
        offline: Target while the line is not registered (CFNL).
        busy: Target while the line is busy (CFB).
        no_answer: Target when nobody answered in time (CFNR).
        ring_seconds: How long a line rings before that, 1 to 600; a call answered in
            that very second is answered.

    Raises:
        InvalidValueError: a target is neither an extension nor an outside number.
    """

    unconditional: str | None = field(default=None, converter=_check_forward)
    offline: str | None = field(default=None, converter=_check_forward)
    busy: str | None = field(default=None, converter=_check_forward)
    no_answer: str | None = field(default=None, converter=_check_forward)
    ring_seconds: int = 20

    def __attrs_post_init__(self) -> None:
        check_whole(self.ring_seconds, what="the ring time in seconds", low=1, high=600)

    def target(self, kind: ForwardKind) -> str | None:
        """Return the target of a kind of forward, or None.

        >>> Forwards(busy="1002").target(ForwardKind.BUSY)
        '1002'
        """
        found: str | None = getattr(self, kind)
        return found

    def targets(self) -> Iterator[tuple[ForwardKind, str]]:
        """Yield the forwards that are set, in the order in which they are asked."""
        for kind in ForwardKind:
            target = self.target(kind)
            if target is not None:
                yield kind, target


@frozen(kw_only=True)
class Extension:
    """Configure one extension (内線ユーザーID).

    Attributes:
        number: Its extension number, as `1001`.
        name: Who uses it; may be empty.
        department: Where; may be empty.
        caller_id: The number shown to those it calls (発信時通知番号), one of the tenant's.
        recording: Whether its calls are recorded (通話録音).
        forwards: Where its calls go when it does not take them.

    Raises:
        InvalidValueError: a field cannot be what it is, or it forwards to itself.
    """

    number: str
    name: str = ""
    department: str = ""
    caller_id: str | None = None
    recording: bool = False
    forwards: Forwards = field(factory=Forwards)

    def __attrs_post_init__(self) -> None:
        check_extension(self.number, what="the number of an extension")
        check_text(self.name, what="the name of an extension", empty=True)
        check_text(self.department, what="the department of an extension", empty=True)
        check_flag(self.recording, what="recording")
        check_instance(self.forwards, Forwards, what="the forwards of an extension")
        if self.caller_id is not None:
            caller_id = check_number(self.caller_id, what="a caller ID")
            object.__setattr__(self, "caller_id", caller_id)
        for kind, target in self.forwards.targets():
            if target == self.number:
                msg = f"`{target}` forwards to itself ({kind}): name another target"
                raise InvalidValueError(msg)
