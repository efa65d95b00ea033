"""Laws of OpenStreetMap's `opening_hours`.

Here: what holds for every text and every schedule that has one. Not here: messages and
examples (`tests/routing/test_opening_hours.py`).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from cloudpbx.errors import DocumentError
from cloudpbx.routing import Rule, Schedule
from cloudpbx.routing.opening_hours import read_opening_hours, write_opening_hours
from tests.spec import opening_hours as spec

TOKYO = ZoneInfo("Asia/Tokyo")

# Holidays on all kinds of days: alone, two in a row, in a range of dates, at a month's end.
HOLIDAYS = {
    date(2026, 4, 29): "昭和の日",
    date(2026, 9, 21): "敬老の日",
    date(2026, 9, 22): "国民の休日",
    date(2026, 11, 23): "勤労感謝の日",
    date(2026, 12, 25): "founding day",
    date(2027, 1, 1): "元日",
    date(2028, 2, 29): "leap day",
}
DAYS = (
    *(date(2026, 11, 16) + timedelta(number) for number in range(21)),
    *(date(2026, 12, 22) + timedelta(number) for number in range(14)),
    *(date(2028, 2, 26) + timedelta(number) for number in range(6)),
    *(date(2027, 2, 26) + timedelta(number) for number in range(5)),
    *(day + timedelta(step) for day in HOLIDAYS for step in (-1, 0, 1)),
    date(2026, 7, 1),
    date(2026, 8, 31),
    date(2026, 9, 1),
)

UNSAYABLE = (
    "cuts nights whose days cannot be named",
    "a night runs on through days that cannot be named",
    "their month: write them apart",
)
"""What no schedule can say, though each rule can be read."""

UNPLACED = (
    "a night runs on through days that cannot be named",
    "some weekdays are neither counted from the first nor from the last",
)
"""What is said of no rule alone."""

UNWRITABLE = (
    "runs over midnight",
    "closes a night",
    "no rule of opening hours can name",
    "shares days that cannot be named",
)
"""What opening hours cannot say, or not so that all read it alike."""


def clock(minutes: int) -> str:
    """Write minutes of a day, or of two, as a time."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def times(draw: st.DrawFn, *, nights: bool = True, extended: bool = True) -> str:
    """Write times that do not overlap, the last of which may be a night."""
    marks = st.one_of(st.sampled_from(range(0, 1440, 60)), st.integers(0, 1439))
    bounds = sorted(draw(st.lists(marks, min_size=2, max_size=6, unique=True)))
    spans = [f"{clock(a)}-{clock(b)}" for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    if nights and draw(st.booleans()):
        start = draw(st.sampled_from((1080, 1320, 1439)))
        ends = (0, 120, 540) + ((1080, 1440, 1560, 1860, 2879, 2880) if extended else ())
        end = draw(st.sampled_from(ends))
        spans = [f"{clock(start)}-{clock(end)}"]
    return ",".join(spans)


WEEKDAY_SETS = st.one_of(
    st.sampled_from(("Mo-Fr", "Sa,Su", "Fr-Mo", "Mo-Su", "We", "Sa", "Tu,Th-Sa")),
    st.lists(st.sampled_from(spec.WEEKDAYS), min_size=1, max_size=3, unique=True).map(",".join),
)
COUNTED = st.sampled_from(("Mo[1]", "Fr[-1]", "Sa[1,3]", "Tu[2],We", "Su[5]", "Mo[-4]"))
HOLIDAY = st.sampled_from(("PH", "PH,Su", "Sa,PH", "PH Mo-Fr", "We PH"))
DATES = st.sampled_from(
    (
        "Dec 25",
        "Dec 24-26",
        "Dec 24-Jan 02",
        "Jan-Mar",
        "Jul-Aug",
        "Nov-Feb",
        "Feb 28-29",
        "Feb 29",
        "Mar 01",
        "Nov 23,Dec 31",
        "2026 Dec 25",
        "2026 Dec 24-26",
        "2026 Dec 24-2027 Jan 02",
        "2026 Nov",
        "2026",
        "2027-2028",
    )
)


@st.composite
def rules(draw: st.DrawFn, *, weekly: bool, nights: bool, first: bool) -> str:
    """Write one rule; one that is not the first has days, for times would belong before."""
    words = [draw(st.sampled_from(("", "Mo-Su")) if first else WEEKDAY_SETS)]
    words = [draw(st.one_of(st.just(words[0]), WEEKDAY_SETS))]
    if not weekly:
        words = [draw(st.one_of(st.just(words[0]), COUNTED, HOLIDAY))]
        words = draw(st.sampled_from(([], [draw(DATES)]))) + words
    words = [word for word in words if word]
    state = draw(st.sampled_from(("", "", "", " off", ' open "now"', " closed")))
    if state not in {" off", " closed"} or draw(st.integers(0, 2)) == 0:
        words.append(draw(times(nights=nights)))
    return (" ".join(words) + state).strip()


@st.composite
def texts(draw: st.DrawFn, *, weekly: bool = False, nights: bool = True) -> str:
    """Write rules, joined in each of the ways there are."""
    text = draw(rules(weekly=weekly, nights=nights, first=True))
    for _ in range(draw(st.integers(0, 4))):
        joined = draw(st.sampled_from(("; ", "; ", ", ") if weekly else ("; ", ", ", " || ")))
        first = joined == "; "
        text += joined + draw(rules(weekly=weekly, nights=nights, first=first))
    return text


def minutes_of_interest(text: str) -> list[int]:
    """Return the minutes around all times of a text, and noon."""
    minutes = {0, 720, 1439}
    for rule in spec.rules_of(text):
        for time in filter(None, rule.times.replace("-", ",").split(",")):
            hour, minute = map(int, time.split(":"))
            minutes |= {(hour * 60 + minute - step) % 1440 for step in (0, 1)}
    return sorted(minutes)


def moments(text: str) -> Iterator[datetime]:
    """Yield these minutes on days of all kinds, as the wall of a place shows them."""
    for day in DAYS:
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the wall's
        for minute in minutes_of_interest(text):
            yield midnight + timedelta(minutes=minute)


def expected_of(text: str) -> Iterator[tuple[datetime, bool]]:
    """Yield the same, each with whether it is open as the model reads the text."""
    found: dict[date, set[int]] = {}
    for wall in moments(text):
        today, yesterday = wall.date(), wall.date() - timedelta(1)
        for day in {today, yesterday} - found.keys():
            found[day] = spec.open_minutes(text, day, HOLIDAYS)
        minute = wall.hour * 60 + wall.minute
        yield wall, minute in found[today] or minute + 1440 in found[yesterday]


def refusal(text: str, closed: str | None = "closed") -> str:
    """Return why a text is refused, nothing when it is read."""
    try:
        read_opening_hours(text, zone="Asia/Tokyo", holidays=HOLIDAYS, closed=closed)
    except DocumentError as error:
        return str(error)
    return ""


def read(text: str, closed: str | None = "closed") -> Schedule[str]:
    """Read a text, passing over those that no schedule can say."""
    refused = refusal(text, closed)
    assume(not any(reason in refused for reason in UNSAYABLE))
    return read_opening_hours(
        text, zone="Asia/Tokyo", holidays=HOLIDAYS, closed=closed
    ).schedule


def written(schedule: Schedule[str]) -> str:
    """Write a schedule, nothing when it has nights or days that cannot be written."""
    try:
        return write_opening_hours(schedule)
    except DocumentError as error:
        known = all(
            any(each in str(problem) for each in UNWRITABLE) for problem in error.problems
        )
        return "" if known else f"refused: {error}"


@st.composite
def schedules(draw: st.DrawFn) -> Schedule[str]:
    """Build a schedule of whole minutes in all tiers; the first of overlapping rules wins."""
    days = (
        *("", "mon-fri", "sat,sun", "wed", "thu-sat", "holiday", "holiday mon-fri", "mon[1]"),
        *(
            "holiday,sun",
            "fri[-1]",
            "rrule:FREQ=MONTHLY;BYDAY=2TU,-1FR",
            "12-25",
            "12-29..01-03",
        ),
        *("2026-12-25", "2026-11-20..2026-12-24", "07-01..08-31 mon-fri", "mon[1],wed"),
        *("2026-11-01..2026-12-31 mon-sat", "02-29", "2026-01-01..2027-06-30 12-01..12-31"),
    )
    rules = draw(
        st.lists(
            st.builds(
                lambda day, time, value: Rule(f"{day} {time}", value),
                st.sampled_from(days),
                times(extended=False),
                st.sampled_from(("open", "open", "closed")),
            ),
            max_size=5,
        )
    )
    return Schedule(
        zone="Asia/Tokyo",
        rules=tuple(rules),
        holidays=HOLIDAYS,
        otherwise=draw(st.sampled_from((None, None, "closed", "open"))),
        spill=draw(st.sampled_from(("keep", "clip"))),
        overlap="first",
    )


class TestTexts:
    """A schedule that was read says what the text says, rule by rule and minute by minute."""

    @given(text=texts())
    def test_a_schedule_answers_what_the_rules_say(self, text: str) -> None:
        """At every minute the schedule answers what the naive reading of the text does."""
        schedule = read(text)

        for wall, is_open in expected_of(text):
            expected = "open" if is_open else "closed"
            assert schedule.at(wall.replace(tzinfo=TOKYO)) == expected, wall

    @given(text=texts())
    def test_a_gap_takes_the_place_of_closed_time(self, text: str) -> None:
        """Without a value for closed time the schedule has gaps, and nothing else differs."""
        if "needs a value for closed time" in refusal(text, closed=None):
            assert any(rule.value == "closed" for rule in read(text).rules)
            return
        schedule = read(text, closed=None)

        for wall, is_open in expected_of(text):
            expected = "open" if is_open else None
            assert schedule.at(wall.replace(tzinfo=TOKYO)) == expected, wall

    @given(
        text=st.one_of(
            st.text(),
            st.text(alphabet='MoTuPHDec 012:-,;|[]"/+'),
            st.lists(
                st.sampled_from(
                    (
                        *("Mo", "Fr", "PH", "SH", "Dec", "2026", "24", "24/7", "off", "week"),
                        *(
                            '"now"',
                            "open",
                            "09:00",
                            "26:00",
                            "-",
                            ",",
                            ";",
                            "||",
                            "[",
                            "1",
                            "]",
                        ),
                        *("+", "easter", "day", "Mon", "9.00", "–", ":", "９", "unknown"),
                    )
                ),
                max_size=12,
            ).map(" ".join),
        )
    )
    def test_nonsense_is_refused_with_its_places(self, text: str) -> None:
        """Whatever is read is of the notation, or refused with a place and in one line."""
        for line in refusal(text).splitlines():
            assert line.startswith(("character ", *UNPLACED))


class TestSchedules:
    """What the notation can say comes back from it with the same answers."""

    @given(text=texts())
    def test_writing_what_was_read_says_the_same(self, text: str) -> None:
        """What is read and written is open at the same minutes."""
        schedule = read(text)
        again = written(schedule)
        assert not again.startswith("refused")
        assume(again)

        answers = read(again)
        for wall in moments(text):
            moment = wall.replace(tzinfo=TOKYO)
            assert answers.at(moment) == schedule.at(moment), wall

    @given(text=texts(weekly=True))
    def test_what_was_written_of_a_week_is_canonical(self, text: str) -> None:
        """Reading and writing what was written of weekdays gives the same text."""
        canonical = written(read(text))

        assert written(read(canonical)) == canonical

    @given(schedule=schedules())
    def test_reading_what_was_written_answers_the_same(self, schedule: Schedule[str]) -> None:
        """A schedule that was written and read is open and closed at the same instants."""
        text = written(schedule)
        assert not text.startswith("refused")
        assume(text)

        again = read(text)
        for wall in moments(text):
            moment = wall.replace(tzinfo=TOKYO)
            assert (again.at(moment) == "open") == (schedule.at(moment) == "open"), wall


class TestPeer:
    """Another reader of the notation agrees, where both read it by the specification."""

    @given(text=texts(weekly=True, nights=False), zone=st.sampled_from(("Asia/Tokyo", "UTC")))
    def test_days_of_a_week(self, text: str, zone: str) -> None:
        """Rules of weekdays without nights mean the same to both."""
        hours = OpeningHours(text, timezone=ZoneInfo(zone))
        schedule = read_opening_hours(text, zone=zone).schedule

        for wall in moments(text):
            moment = wall.replace(tzinfo=ZoneInfo(zone))
            assert hours.is_open(moment) == (schedule.at(moment) == "open"), wall

    @given(days=WEEKDAY_SETS, span=times())
    def test_nights_of_one_rule(self, days: str, span: str) -> None:
        """The nights of a rule alone mean the same to both.

        Where rules follow each other, the peer cuts the night of the earlier at midnight,
        and forgets that of a later one in the morning of a day that has hours of its own.
        """
        text = f"{days} {span}"
        hours = OpeningHours(text, timezone=TOKYO)
        schedule = read_opening_hours(text, zone="Asia/Tokyo").schedule

        for wall in moments(text):
            moment = wall.replace(tzinfo=TOKYO)
            assert hours.is_open(moment) == (schedule.at(moment) == "open"), wall
