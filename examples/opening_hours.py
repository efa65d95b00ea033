"""Opening hours: is it open, until when, and is anything missing?

Run it with `python examples/opening_hours.py`, or cell by cell.
"""

# %% A schedule is a value: a zone, rules, and what holds otherwise.
from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import evolve

from cloudpbx.routing import Override, Rule, Schedule

TOKYO = ZoneInfo("Asia/Tokyo")

hours = Schedule(
    zone="Asia/Tokyo",
    rules=(
        Rule("mon-fri 09:00-12:00,13:00-18:00", "open"),
        Rule("sat 10:00-15:00", "open"),
        Rule("mon[2] 00:00-24:00", "closed", name="inventory"),
        Rule("12-29..01-03 00:00-24:00", "closed", name="turn of the year"),
    ),
    otherwise="closed",
)

# %% Ask for an instant. The time is an argument, in any zone.
tuesday = datetime(2026, 11, 24, 12, 30, tzinfo=TOKYO)
print("Tuesday at half past twelve:", hours.at(tuesday))
assert hours.at(tuesday) == "closed"

# %% Until when?
change = hours.next_change(tuesday)
print("until", change)
assert change == datetime(2026, 11, 24, 13, tzinfo=TOKYO)

# %% And why?
second_monday = datetime(2026, 11, 9, 10, tzinfo=TOKYO)
found = hours.resolve(second_monday)
print(found.explain())
assert found.value == "closed"
assert found.rule is hours.rules[2]

# %% All stretches of a day, gaps and all.
midnight = datetime(2026, 11, 24, tzinfo=TOKYO)
day = list(hours.intervals(midnight, midnight.replace(day=25)))
for each in day:
    print(f"{each.start:%H:%M}-{each.end:%H:%M} {each.value}")
assert [each.value for each in day] == ["closed", "open", "closed", "open", "closed"]

# %% Is there an answer for every minute? Without `otherwise` there is not.
incomplete = evolve(hours, rules=hours.rules[:2], otherwise=None)
for finding in incomplete.check():
    print(finding.explain())
assert {finding.code for finding in incomplete.check()} == {"schedule.gap"}
assert hours.check() == ()

# %% Somebody presses a button: closed for the rest of the day.
closed = evolve(
    hours, override=Override("closed", since=tuesday, until=midnight.replace(day=25))
)
afternoon = tuesday.replace(hour=15)
print("15:00 by the rules:", hours.at(afternoon), "| by hand:", closed.at(afternoon))
assert (hours.at(afternoon), closed.at(afternoon)) == ("open", "closed")
