"""Forwards: phones that are busy or offline, a circle, and a number abroad.

Run it with `python examples/forwarding.py`, or cell by cell.
"""

# %% One number, three extensions with forwards.
from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import evolve

from cloudpbx.routing import (
    Call,
    CalledNumber,
    Extension,
    Forwards,
    Group,
    LineState,
    Ring,
    RouteOutcome,
    Router,
    Schedule,
)

always = Schedule(zone="Asia/Tokyo", otherwise=Ring(("sales",)))
router = Router(
    numbers=(CalledNumber("03-1234-5678", always),),
    groups=(Group("sales", ("1001", "1002")),),
    extensions=(
        Extension(number="1001", forwards=Forwards(busy="1003", no_answer="1003")),
        Extension(number="1002", forwards=Forwards(offline="090-1234-5678")),
        Extension(number="1003", forwards=Forwards(busy="1001", ring_seconds=30)),
    ),
)
call = Call(to="03-1234-5678", at=datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Tokyo")))

# %% Everybody is free: the group rings, then 1003 rings for 1001.
print(router.route(call).to_text())
assert [(leg.target, leg.start, leg.seconds) for leg in router.route(call).legs] == [
    ("1001", 0, 20),
    ("1002", 0, None),
    ("1003", 20, None),
]

# %% One is busy and one is offline: both forwards apply at once.
route = router.route(call, lines={"1001": LineState.BUSY, "1002": LineState.OFFLINE})
print(route.to_text())
assert [(leg.target, leg.start) for leg in route.legs] == [("1003", 0), ("09012345678", 0)]

# %% 1001 and 1003 forward to each other. A circle ends the way, and says so.
busy = router.route(call, lines=dict.fromkeys(("1001", "1002", "1003"), LineState.BUSY))
print(busy.explain())
assert busy.outcome is RouteOutcome.BUSY
assert "forward.loop" in {reason.code for reason in busy.because}

# %% A forward abroad is a call that the tenant pays for, so it needs the permission.
travelling = Extension(number="1002", forwards=Forwards(offline="+1 212-555-0123"))
sales = evolve(
    router,
    groups=(Group("sales", ("1002",)),),
    extensions=(router.extensions[0], travelling, router.extensions[2]),
)
refused = sales.route(call, lines={"1002": LineState.OFFLINE})
print(refused.explain())
assert refused.outcome is RouteOutcome.UNREACHABLE
assert refused.remedies[0].code == "subscription.international.enable"

# %% Do what the remedy says, and the same question is answered.
allowed = evolve(sales, international=True).route(call, lines={"1002": LineState.OFFLINE})
print(allowed.to_text())
assert allowed.outcome is RouteOutcome.RING
