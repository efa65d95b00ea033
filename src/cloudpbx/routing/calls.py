"""An arriving call, and the state of the lines when it arrives.

Here: the input of a routing question. Not here: the answer (`routes`).
"""

from datetime import datetime
from enum import StrEnum, unique

from attrs import frozen

from cloudpbx._values import check_aware, check_text

__all__ = ["Call", "LineState"]


@unique
class LineState(StrEnum):
    """Name what the line of an extension is doing."""

    IDLE = "idle"
    BUSY = "busy"
    OFFLINE = "offline"


@frozen(kw_only=True)
class Call:
    """Describe a call that arrives from outside.

    Attributes:
        to: The called number, in any spelling.
        at: When it arrives; aware.
        caller: The calling number, in any spelling; empty when withheld (非通知).

    Raises:
        InvalidValueError: a number is not text, or the time is naive.
    """

    to: str
    at: datetime
    caller: str = ""

    def __attrs_post_init__(self) -> None:
        check_text(self.to, what="a called number")
        check_text(self.caller, what="a calling number", empty=True)
        check_aware(self.at, what="the time of a call")
