"""This call, now, these phones busy: what rings, for how long, and then?

The values a tenant configures (`Schedule`, `Rule`, `Extension`, `CalledNumber`, …), the
question (`Router.route`) and its answer (`Route`).

>>> from datetime import datetime
>>> from zoneinfo import ZoneInfo
>>> router = Router(
...     numbers=(
...         CalledNumber(
...             "03-1234-5678",
...             Schedule(zone="Asia/Tokyo", rules=(Rule("08:00-20:00", Ring(("1001",))),)),
...         ),
...     ),
...     extensions=(Extension(number="1001", forwards=Forwards(busy="090-1234-5678")),),
... )
>>> noon = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
>>> route = router.route(Call(to="03-1234-5678", at=noon), lines={"1001": LineState.BUSY})
>>> print(route.to_text())
03-1234-5678 from withheld at 2026-11-24 12:00:00+09:00
the call rings
     0 s  090-1234-5678  rings until the caller hangs up  1001 is busy
"""

from cloudpbx.routing.calendars import HolidayCalendar, HolidaySource
from cloudpbx.routing.calls import Call, LineState
from cloudpbx.routing.clocall import read_clocall, write_clocall
from cloudpbx.routing.day_terms import (
    DateRange,
    DayTerm,
    NthWeekday,
    PublicHoliday,
    Weekday,
    YearlyRange,
)
from cloudpbx.routing.days import Days
from cloudpbx.routing.destinations import AFTER_HOURS_CODE, Announce, Busy, Destination, Ring
from cloudpbx.routing.extensions import (
    Extension,
    ExtensionRange,
    Forward,
    ForwardKind,
    Forwards,
    Group,
)
from cloudpbx.routing.intervals import Interval, Resolution
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.ring_plans import Leg, RingPlan, RouteOutcome
from cloudpbx.routing.router import CalledNumber, Router
from cloudpbx.routing.routes import Route
from cloudpbx.routing.rules import Override, Rule, Tier, When
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import Span
from cloudpbx.routing.targets import TargetKind
from cloudpbx.routing.weeks import Day, Segment, Week

__all__ = [
    "AFTER_HOURS_CODE",
    "Announce",
    "Busy",
    "Call",
    "CalledNumber",
    "DateRange",
    "Day",
    "DayTerm",
    "Days",
    "Destination",
    "Extension",
    "ExtensionRange",
    "Forward",
    "ForwardKind",
    "Forwards",
    "Group",
    "HolidayCalendar",
    "HolidaySource",
    "Interval",
    "Leg",
    "LineState",
    "NthWeekday",
    "Override",
    "PublicHoliday",
    "Recurrence",
    "Resolution",
    "Ring",
    "RingPlan",
    "Route",
    "RouteOutcome",
    "Router",
    "Rule",
    "Schedule",
    "Segment",
    "Span",
    "TargetKind",
    "Tier",
    "Week",
    "Weekday",
    "When",
    "YearlyRange",
    "read_clocall",
    "write_clocall",
]
