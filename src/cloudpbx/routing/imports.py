"""What reading another system's times gave.

Here: the schedule together with what the reader has to tell about its source. Not here:
the dialects themselves (`asterisk`, `freeswitch`, `opening_hours`, `icalendar`), or
Clocall's rows (`clocall`), which are refused whole when one of them is wrong.
"""

from typing import Generic, TypeVar

from attrs import frozen

from cloudpbx.findings import Finding
from cloudpbx.routing.schedules import Schedule

__all__ = ["Imported"]

T_co = TypeVar("T_co", covariant=True)


@frozen
class Imported(Generic[T_co]):
    """Hold a schedule that was read from another system's notation.

    Attributes:
        schedule: What the source means, to the second.
        findings: What can never match there, or is probably not what its author meant;
            each with its place in the source.
    """

    schedule: Schedule[T_co]
    findings: tuple[Finding, ...] = ()
