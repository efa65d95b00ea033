"""Nights, holidays, the turn of the year, and clocks that change.

Run it with `python examples/overnight_and_holidays.py`, or cell by cell.
"""

# %% A support line: people by day, one of them by night, nobody on holidays.
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from cloudpbx.routing import HolidayCalendar, Rule, Schedule

TOKYO = ZoneInfo("Asia/Tokyo")

japan = HolidayCalendar(
    days={date(2026, 11, 3): "文化の日", date(2026, 11, 23): "勤労感謝の日"}
)
support = Schedule(
    zone="Asia/Tokyo",
    rules=(
        Rule("mon-fri 09:00-18:00", "team"),
        Rule("mon-fri 18:00-09:00", "on call"),
        Rule("holiday 00:00-24:00", "guidance"),
        Rule("12-29..01-03 00:00-24:00", "guidance", name="turn of the year"),
    ),
    holidays=japan,
    otherwise="guidance",
)

# %% Friday's night runs until Saturday at nine; it belongs to Friday.
saturday = datetime(2026, 11, 21, 8, 59, 59, tzinfo=TOKYO)
print("Saturday, 08:59:59:", support.at(saturday))
assert support.at(saturday) == "on call"
assert support.at(saturday + timedelta(seconds=1)) == "guidance"

# %% Monday's night runs into Tuesday's holiday, unless the holiday shall cut it.
holiday = datetime(2026, 11, 3, 3, tzinfo=TOKYO)
clipped = evolve(support, spill="clip")
print("the holiday at three:", support.at(holiday), "| clipped:", clipped.at(holiday))
assert (support.at(holiday), clipped.at(holiday)) == ("on call", "guidance")

# %% The morning after a holiday: nobody's night began on it.
after = support.resolve(datetime(2026, 11, 24, 7, tzinfo=TOKYO))
print(after.explain())
assert after.value == "guidance"

# %% Why was it closed? The holiday has its name.
why = support.resolve(datetime(2026, 11, 23, 10, tzinfo=TOKYO))
print(why.explain())
assert why.because[0].data["name"] == "勤労感謝の日"

# %% The turn of the year comes every year, and wraps over its end.
first_of_2030 = datetime(2030, 1, 1, 12, tzinfo=TOKYO)
reopened = support.next_change(first_of_2030)
print("closed on 1 January 2030 until", reopened)
assert reopened == datetime(2030, 1, 4, 9, tzinfo=TOKYO)

# %% Clocks change in Paris: an hour is shown twice, and a rule for it holds twice.
paris = Schedule(zone="Europe/Paris", rules=(Rule("02:00-03:00", "night bus"),))
before = datetime(2026, 10, 24, 23, tzinfo=UTC)
buses = [each for each in paris.intervals(before, before + timedelta(hours=4)) if each.value]
for bus in buses:
    print("night bus", bus.start.isoformat(), "to", bus.end.isoformat())
assert [bus.end.astimezone(UTC) - bus.start.astimezone(UTC) for bus in buses] == [
    timedelta(hours=2)
]

# %% In spring that hour does not come at all.
spring = datetime(2026, 3, 29, tzinfo=UTC)
assert all(each.value is None for each in paris.intervals(spring, spring + timedelta(hours=12)))
print("no night bus on 29 March 2026")
