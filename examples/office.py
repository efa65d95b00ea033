"""A whole office: what a call rings, why, and the week as a picture.

Run it with `python examples/office.py`, or cell by cell.
"""

# %% Load the document. A mistake in it would be one error with every place and fix.
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import cloudpbx
from cloudpbx.routing import Call, LineState, RouteOutcome

TOKYO = ZoneInfo("Asia/Tokyo")
HERE = Path(__file__).parent

office = cloudpbx.load(HERE / "clocall" / "office.toml")
print(office.name, "with", len(office.extensions), "extensions")
assert [each.number for each in office.extensions] == ["1001", "1002", "1003"]

# %% What rings, when 1001 is on the phone?
router = office.router()
morning = datetime(2026, 11, 24, 10, tzinfo=TOKYO)
call = Call(to="03-1234-5678", caller="090-1234-5678", at=morning)
route = router.route(call, lines={"1001": LineState.BUSY})
print(route.explain())
assert [leg.target for leg in route.legs] == ["1002", "1003", "09012340003"]
assert [leg.start for leg in route.legs] == [0, 20, 40]

# %% The reasons again, in Japanese.
for number, reason in enumerate(route.because, 1):
    print(number, reason.explain("ja"))
assert route.because[0].code == "number.known"

# %% At night a guidance answers.
night = router.route(Call(to="03-1234-5678", at=morning.replace(hour=3)))
print(night.to_text())
assert night.outcome is RouteOutcome.ANNOUNCE

# %% Who reaches nobody gets a remedy, never an exception.
evening = Call(to="03-1234-5678", at=morning.replace(hour=21))
lost = router.route(evening, lines={"1003": LineState.OFFLINE})
for remedy in lost.remedies:
    print(remedy.explain())
assert not lost.outcome.reached
assert lost.remedies[0].code == "forward.offline.set"

# %% The week of a holiday, to look at.
week = office.schedule_of("050-1234-5678").week(date(2026, 11, 23))
print(week)
assert week.days[0].holiday == "勤労感謝の日"

# %% The same as a picture, for a page or a mail.
with TemporaryDirectory() as folder:
    picture = Path(folder) / "week.svg"
    picture.write_text(week.to_svg("ja"), encoding="utf-8")
    print("the picture has", picture.stat().st_size, "bytes")
    assert picture.read_text(encoding="utf-8").startswith("<svg")

# %% Nothing to complain about, and it is written back as it was read.
assert office.check() == ()
assert cloudpbx.loads(cloudpbx.dumps(office)) == office
print("nothing was found, and the document is written back to an equal office")
