"""A toll-free number with everything on: who passes, what rings, what comes next.

Run it with `python examples/toll_free.py`, or cell by cell.
"""

# %% Load the document. Everything about the number stands in it.
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import cloudpbx
from cloudpbx.routing import Call, LineState, Route, RouteOutcome

TOKYO = ZoneInfo("Asia/Tokyo")
MORNING = datetime(2026, 11, 25, 10, tzinfo=TOKYO)

tenant = cloudpbx.load(Path(__file__).parent / "toll_free" / "toll_free.toml")
router = tenant.router()
orders = tenant.numbers[0]
print(orders.name, orders.number)
assert tenant.check() == ()


def call(caller: str = "03-3123-4567", at: datetime = MORNING, **more: str) -> Call:
    """Return a call to the toll-free number."""
    return Call(to="0120-123-456", caller=caller, at=at, **more)


def shown(route: Route) -> None:
    """Print what becomes of a call, and why."""
    print(route.explain(), end="\n\n")


# %% Screening: an area that is not accepted, a caller on the allow list, a withheld number.
outside = router.route(call("052-111-2222"))
shown(outside)
assert outside.outcome is RouteOutcome.OUT_OF_AREA
assert outside.announcement == "009609"
assert router.route(call("052-123-4567")).outcome is RouteOutcome.RING
assert router.route(call("")).remedies[0].code == "screening.show"

# %% After hours the office takes the calls, until it is after hours there too.
evening = router.route(call(at=MORNING.replace(hour=21)))
night = router.route(call(at=MORNING.replace(hour=23)))
shown(evening)
assert [leg.target for leg in evening.legs] == ["1004", "1005"]
assert (night.outcome, night.announcement) == (RouteOutcome.ANNOUNCE, "009608")

# %% Channels: three calls are connected, and three channels are enabled.
full = router.route(call(), in_use=3)
shown(full)
assert full.remedies[0].explain() == "customer: raise the channels that can be used to 4"

# %% Members in turn, with a delay and a ring time of their own; then the managers; then all.
first = router.route(call())
shown(first)
assert [leg.target for leg in first.legs[:3]] == ["1001", "1002", "1003"]
assert [leg.start for leg in first.legs[:3]] == [0, 18, 33]
assert first.announcement == "009610"

# %% The next call begins with the next member: the router hands back what to remember.
second = router.route(call(), turns=first.turns)
print("next time it begins with", second.legs[0].target)
assert second.legs[0].target == "1002"

# %% What comes next, when somebody rejects the call, and then nobody is there?
rejected = first.after("1001", "rejected", second=4)
later = rejected.after("1002", "no_answer")
print("then", [(leg.target, leg.start) for leg in later.legs[:2]])
assert rejected.legs[0].target == "1002"
assert later.legs[0].target == "1003"

# %% On Saturday everybody is busy: the call goes on to the office, whose guidance it hears.
saturday = MORNING.replace(day=28, hour=11)
lines = {"1004": LineState.BUSY, "1005": LineState.DO_NOT_DISTURB}
busy = router.route(call(at=saturday), lines)
shown(busy)
assert "diversion.busy" in [reason.code for reason in busy.because]
assert busy.announcement == "009610"

# %% On Fridays in December the office takes all calls: one hop, and no feature of it acts.
friday = router.route(call(at=MORNING.replace(month=12, day=4)))
shown(friday)
assert "reception.changed" in [reason.code for reason in friday.because]

# %% Forced by hand at noon, until the schedule would change anyway.
forced = router.route(call(at=MORNING.replace(day=24, hour=13)))
back = router.route(call(at=MORNING.replace(day=24, hour=18)))
print("forced:", [leg.target for leg in forced.legs])
assert [leg.target for leg in forced.legs] == ["1005", "09012340005"]
assert back.announcement == "009608"

# %% Another number distributes by ratio: after ten calls everybody had what was agreed.
turns = first.turns
count = {"1004": 0, "1005": 0}
for _ in range(10):
    support = router.route(Call(to="0120-123-457", caller="03-1", at=MORNING), turns=turns)
    turns = support.turns
    count[support.legs[0].target] += 1
print("of ten calls", count)
assert count == {"1004": 7, "1005": 3}

# %% It is written back as it was read.
assert cloudpbx.loads(cloudpbx.dumps(tenant)) == tenant
