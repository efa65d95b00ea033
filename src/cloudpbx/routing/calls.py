"""An arriving call, the state of the lines when it arrives, and what came of a leg.

Here: the input of a routing question. Not here: the answer (`routes`), or what kind of
terminal a number belongs to (`callers`).
"""

from datetime import datetime
from enum import StrEnum, unique

from attrs import field, frozen

from cloudpbx._values import check_aware, check_member, check_text
from cloudpbx.routing.callers import CallerKind

__all__ = ["Call", "LegOutcome", "LineState"]


@unique
class LineState(StrEnum):
    """Name what the line of an extension is doing.

    Attributes:
        IDLE: It can ring (空き).
        BUSY: It is in a call (話し中).
        OFFLINE: Its phone is not registered (オフライン).
        DO_NOT_DISTURB: Its user takes no calls (着信拒否), which counts as busy.
    """

    IDLE = "idle"
    BUSY = "busy"
    OFFLINE = "offline"
    DO_NOT_DISTURB = "do_not_disturb"


@unique
class LegOutcome(StrEnum):
    """Name what a switch reports of a leg that did not become the conversation.

    Attributes:
        BUSY: The line is in a call (話中).
        NO_ANSWER: It rang its time and nobody answered (不応答).
        REJECTED: The user refused the call (応答拒否), which counts as busy.
        NOT_REGISTERED: No phone is registered there (未登録).
        NOT_REACHABLE: A phone is registered and does not respond (圏外).
        FAILURE: The call could not be set up for another reason (接続失敗).
        ANSWERED_ELSEWHERE: Another leg took the call (他で応答).
    """

    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    NOT_REGISTERED = "not_registered"
    NOT_REACHABLE = "not_reachable"
    FAILURE = "failure"
    ANSWERED_ELSEWHERE = "answered_elsewhere"


def _kind(value: str | None) -> CallerKind | None:
    return None if value is None else check_member(value, CallerKind, what="a kind of caller")


@frozen(kw_only=True)
class Call:
    """Describe a call that arrives from outside.

    Attributes:
        to: The called number, in any spelling.
        at: When it arrives; aware.
        caller: The calling number (発信者番号), in any spelling; empty when withheld
            (非通知).
        kind: What the network says of the calling terminal (発信端末); None when it says
            nothing, and the number tells.
        area: The code of the calling area (発信地域) where the network tells it, as it
            does for mobiles; empty when it does not, and the number tells.
        id: The switch's own id of the call, as the Call-ID of SIP: what a distribution
            without memory is keyed by.

    Raises:
        InvalidValueError: a number, an area or an id is not text, the kind is none of the
            closed set, or the time is naive.
    """

    to: str
    at: datetime
    caller: str = ""
    kind: CallerKind | None = field(default=None, converter=_kind)
    area: str = ""
    id: str = ""

    def __attrs_post_init__(self) -> None:
        check_text(self.to, what="a called number")
        check_text(self.caller, what="a calling number", empty=True)
        check_text(self.area, what="a calling area", empty=True)
        check_text(self.id, what="the id of a call", empty=True)
        check_aware(self.at, what="the time of a call")
