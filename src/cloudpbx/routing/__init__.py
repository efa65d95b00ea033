"""This call, now, these phones busy: what rings, for how long, and then?

The values a tenant configures (`Schedule`, `Rule`, `Extension`, `CalledNumber`, …), the
question (`Router.route`) and its answer (`Route`).

>>> from datetime import datetime
>>> from zoneinfo import ZoneInfo
>>> from cloudpbx.routing import (
...     Call, CalledNumber, Extension, Forwards, LineState, Ring, Router, Rule, Schedule
... )
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

from typing import TYPE_CHECKING

from cloudpbx._facades import on_first_use

if TYPE_CHECKING:
    from cloudpbx.routing.asterisk import read_asterisk, write_asterisk
    from cloudpbx.routing.calendars import HolidayCalendar, HolidaySource
    from cloudpbx.routing.called_numbers import CalledNumber
    from cloudpbx.routing.callers import CallerKind
    from cloudpbx.routing.calls import Call, LegOutcome, LineState
    from cloudpbx.routing.channels import Channels
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
    from cloudpbx.routing.destinations import (
        AFTER_HOURS_CODE,
        Announce,
        Busy,
        Destination,
        Divert,
        Ring,
    )
    from cloudpbx.routing.dialled_numbers import DialledKind, DialledNumber
    from cloudpbx.routing.distributions import Distribute, Draw, WhenUnavailable
    from cloudpbx.routing.extensions import (
        Extension,
        ExtensionRange,
        Forward,
        ForwardKind,
        Forwards,
    )
    from cloudpbx.routing.flows import CallFlow, FlowEdge, FlowKind, FlowLabel, FlowNode
    from cloudpbx.routing.freeswitch import read_freeswitch, write_freeswitch
    from cloudpbx.routing.groups import Group, Member, Strategy
    from cloudpbx.routing.icalendar import (
        read_icalendar,
        read_icalendar_holidays,
        write_icalendar,
    )
    from cloudpbx.routing.imports import Imported
    from cloudpbx.routing.intervals import Interval, Resolution
    from cloudpbx.routing.line_types import Barred, LineType
    from cloudpbx.routing.months import Month, MonthDay, MonthSegment
    from cloudpbx.routing.opening_hours import read_opening_hours, write_opening_hours
    from cloudpbx.routing.outgoing_calls import OutgoingCall
    from cloudpbx.routing.recurrences import Recurrence
    from cloudpbx.routing.ring_plans import Ending, Leg, RingPlan, RouteOutcome
    from cloudpbx.routing.router import Router
    from cloudpbx.routing.routes import Route
    from cloudpbx.routing.rules import Override, Rule, Tier, Until, When
    from cloudpbx.routing.schedules import Schedule
    from cloudpbx.routing.screened import Screened
    from cloudpbx.routing.screening import Screening
    from cloudpbx.routing.screening_gates import ScreeningGate
    from cloudpbx.routing.simulations import Simulation, simulate
    from cloudpbx.routing.spans import Span
    from cloudpbx.routing.targets import TargetKind
    from cloudpbx.routing.turns import Turns
    from cloudpbx.routing.weeks import Day, Segment, Week
else:
    __getattr__ = on_first_use(
        __name__,
        {
            "asterisk": ("read_asterisk", "write_asterisk"),
            "calendars": ("HolidayCalendar", "HolidaySource"),
            "called_numbers": ("CalledNumber",),
            "callers": ("CallerKind",),
            "calls": ("Call", "LegOutcome", "LineState"),
            "channels": ("Channels",),
            "clocall": ("read_clocall", "write_clocall"),
            "day_terms": (
                "DateRange",
                "DayTerm",
                "NthWeekday",
                "PublicHoliday",
                "Weekday",
                "YearlyRange",
            ),
            "days": ("Days",),
            "destinations": (
                "AFTER_HOURS_CODE",
                "Announce",
                "Busy",
                "Destination",
                "Divert",
                "Ring",
            ),
            "dialled_numbers": ("DialledKind", "DialledNumber"),
            "distributions": ("Distribute", "Draw", "WhenUnavailable"),
            "extensions": ("Extension", "ExtensionRange", "Forward", "ForwardKind", "Forwards"),
            "flows": ("CallFlow", "FlowEdge", "FlowKind", "FlowLabel", "FlowNode"),
            "freeswitch": ("read_freeswitch", "write_freeswitch"),
            "groups": ("Group", "Member", "Strategy"),
            "icalendar": ("read_icalendar", "read_icalendar_holidays", "write_icalendar"),
            "imports": ("Imported",),
            "intervals": ("Interval", "Resolution"),
            "line_types": ("Barred", "LineType"),
            "months": ("Month", "MonthDay", "MonthSegment"),
            "opening_hours": ("read_opening_hours", "write_opening_hours"),
            "outgoing_calls": ("OutgoingCall",),
            "recurrences": ("Recurrence",),
            "ring_plans": ("Ending", "Leg", "RingPlan", "RouteOutcome"),
            "router": ("Router",),
            "routes": ("Route",),
            "rules": ("Override", "Rule", "Tier", "Until", "When"),
            "schedules": ("Schedule",),
            "screened": ("Screened",),
            "screening": ("Screening",),
            "screening_gates": ("ScreeningGate",),
            "simulations": ("Simulation", "simulate"),
            "spans": ("Span",),
            "targets": ("TargetKind",),
            "turns": ("Turns",),
            "weeks": ("Day", "Segment", "Week"),
        },
    )

__all__ = [
    "AFTER_HOURS_CODE",
    "Announce",
    "Barred",
    "Busy",
    "Call",
    "CallFlow",
    "CalledNumber",
    "CallerKind",
    "Channels",
    "DateRange",
    "Day",
    "DayTerm",
    "Days",
    "Destination",
    "DialledKind",
    "DialledNumber",
    "Distribute",
    "Divert",
    "Draw",
    "Ending",
    "Extension",
    "ExtensionRange",
    "FlowEdge",
    "FlowKind",
    "FlowLabel",
    "FlowNode",
    "Forward",
    "ForwardKind",
    "Forwards",
    "Group",
    "HolidayCalendar",
    "HolidaySource",
    "Imported",
    "Interval",
    "Leg",
    "LegOutcome",
    "LineState",
    "LineType",
    "Member",
    "Month",
    "MonthDay",
    "MonthSegment",
    "NthWeekday",
    "OutgoingCall",
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
    "Screened",
    "Screening",
    "ScreeningGate",
    "Segment",
    "Simulation",
    "Span",
    "Strategy",
    "TargetKind",
    "Tier",
    "Turns",
    "Until",
    "Week",
    "Weekday",
    "When",
    "WhenUnavailable",
    "YearlyRange",
    "read_asterisk",
    "read_clocall",
    "read_freeswitch",
    "read_icalendar",
    "read_icalendar_holidays",
    "read_opening_hours",
    "simulate",
    "write_asterisk",
    "write_clocall",
    "write_freeswitch",
    "write_icalendar",
    "write_opening_hours",
]
