"""Laws of Asterisk's dialect.

Here: what holds for every list of times and every schedule. Not here: messages and tables
of examples (`tests/routing/test_asterisk.py`).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from cloudpbx.errors import DocumentError, InvalidValueError, Problem
from cloudpbx.findings import Finding
from cloudpbx.routing import Override, Rule, Schedule
from cloudpbx.routing.asterisk import read_asterisk, write_asterisk
from cloudpbx.testing import schedules as any_schedules
from tests.spec import asterisk as spec

ZONES = ("Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
LABELS = ("open", "closed,s,1", "night", "ivr,${EXTEN:1},1")

# Days around what is special in a year, and days on which clocks change.
FROM = tuple(
    date(year, month, day)
    for year in (2011, 2023, 2024, 2026)
    for month, day in ((2, 26), (3, 7), (4, 1), (7, 12), (10, 1), (10, 31), (12, 27))
)


# Lists of lines.


def clock(minute: int) -> str:
    """Write minutes after midnight."""
    return f"{minute // 60}:{minute % 60:02}"


minutes = st.sampled_from((0, 1, 480, 539, 540, 1020, 1021, 1439)) | st.integers(0, 1439)
time_ranges = st.builds(lambda one, other: f"{clock(one)}-{clock(other)}", minutes, minutes)
single_times = minutes.map(clock)


def ranges_of(names: Sequence[str]) -> st.SearchStrategy[str]:
    """Draw elements of a list: names, and ranges of them in either order."""
    one = st.sampled_from(names)
    return one | st.builds("{}-{}".format, one, one)


def lists_of(elements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw fields: everything, or elements joined."""
    joined = st.lists(elements, min_size=1, max_size=3).map("&".join)
    return st.just("*") | joined


weekday_names = (*spec.WEEKDAYS, "Mon", "SUN", *map(str, range(1, 8)))
month_names = (*spec.MONTHS, "Dec", *map(str, range(1, 13)))
well_formed_fields = (
    lists_of(time_ranges | single_times),
    lists_of(ranges_of(weekday_names)),
    lists_of(ranges_of(tuple(map(str, range(1, 32))))),
    lists_of(ranges_of(month_names)),
)
wild_pieces = st.sampled_from(
    (
        "9:00", "17:00", "24:00", "09:5", "9:60", "+9:00", " 9:00 ", "9: 30", "9:00am",
        "009:00", "0", "7", "8", "31", "32", "031", "+5", "13", "mon", " mon", "monday", "MON",
        "jan", "june", "*", " *", "-", "-", "&", "", "–", "x", "９:00", "\t", "ſun", "a9:00",
    )
)  # fmt: skip
wild_fields = st.lists(wild_pieces, max_size=5).map("".join)


@st.composite
def times(draw: st.DrawFn, zone: str, *, wild: bool, dates: bool) -> str:
    """Write times, well formed or wild, of weekdays alone or with dates."""
    fields = [
        draw(wild_fields if wild and draw(st.booleans()) else field)
        for field in well_formed_fields[: 4 if dates else 2]
    ]
    if not dates or draw(st.booleans()):
        fields += ["*"] * (4 - len(fields)) + draw(st.sampled_from(([], [zone])))
        return ",".join(fields)
    return "|".join(fields[: draw(st.integers(1, 4))])


@st.composite
def lists(draw: st.DrawFn, zone: str, *, wild: bool) -> list[spec.Line]:
    """Draw lines; those with a label for no match are few, as they end the list."""
    dates = draw(st.booleans())
    found = []
    for _ in range(draw(st.integers(0, 6))):
        label, negative = draw(
            st.tuples(st.sampled_from(LABELS), st.just(""))
            | st.tuples(st.sampled_from(LABELS), st.just(""))
            | st.tuples(st.sampled_from(("", *LABELS)), st.sampled_from(LABELS))
        )
        text = draw(times(zone, wild=wild, dates=dates))
        assume(spec.zone_of(text) in {"", zone})
        found.append(spec.Line(text, label, negative))
    return found


def branches(line: spec.Line) -> str:
    """Write where a line goes."""
    return f"{line.label}:{line.negative}" if line.negative else line.label


def as_steps(lines: list[spec.Line]) -> str:
    """Write lines as the steps of an extension."""
    heads = ["exten => s,1,", *(["same => n(next),", "same=n,"] * len(lines))]
    return "".join(
        f"{head}GotoIfTime({line.times}?{branches(line)})\n"
        for head, line in zip(heads, lines, strict=False)
    )


def as_includes(lines: list[spec.Line]) -> str:
    """Write lines without a label for no match as includes of contexts."""
    return "".join(f"include => {line.label},{line.times}\n" for line in lines)


def as_written_down(lines: list[spec.Line]) -> str:
    """Write lines as times and labels alone, with comments between them."""
    return "\n; next\n".join(f"{line.times}?{branches(line)} ; why" for line in lines)


def walls(lines: list[spec.Line], first: date) -> Iterator[datetime]:
    """Yield what clocks show around all minutes that lines name, on some days."""
    seconds = {0, 43200, 86399}
    for line in lines:
        mask = spec.masks(line.times)[0]
        for minute in range(1440):
            if mask[minute] != mask[minute - 1]:
                seconds |= {minute * 60 - 1, minute * 60, minute * 60 + 59}
    for day in range(9):
        midnight = datetime.combine(first, datetime.min.time()) + timedelta(day)
        for second in sorted(seconds):
            yield midnight + timedelta(seconds=second)


def assert_same(schedule: Schedule[str], lines: list[spec.Line], first: date) -> None:
    """Compare a schedule with the model, on days from a date on."""
    zone = ZoneInfo(schedule.zone)
    for wall in walls(lines, first):
        for fold in (0, 1):
            moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            shown = moment.astimezone(zone).replace(tzinfo=None)
            assert schedule.at(moment) == spec.answer(lines, shown)


def said_of(text: str) -> tuple[Sequence[Problem], Sequence[Finding]]:
    """Return what is wrong with a text, or what there is to say of it."""
    try:
        return (), read_asterisk(text, zone="Asia/Tokyo", source="extensions.conf").findings
    except DocumentError as error:
        return error.problems or (Problem(path="", message="an error without problems"),), ()


class TestLists:
    """A list of lines means what Asterisk makes of them, one by one."""

    @pytest.mark.parametrize("wild", [False, True], ids=["well formed", "wild"])
    @given(data=st.data(), zone=st.sampled_from(ZONES), first=st.sampled_from(FROM))
    def test_a_schedule_answers_what_asterisk_does(
        self, *, wild: bool, data: st.DataObject, zone: str, first: date
    ) -> None:
        """At every instant a schedule answers what the walk through the masks does."""
        lines = data.draw(lists(zone, wild=wild))

        found = read_asterisk(as_steps(lines), zone=zone)

        assert_same(found.schedule, lines, first)

    @given(data=st.data(), zone=st.sampled_from(ZONES), first=st.sampled_from(FROM))
    def test_the_form_of_a_line_does_not_matter(
        self, data: st.DataObject, zone: str, first: date
    ) -> None:
        """Steps, includes and times alone say the same."""
        lines = [
            line._replace(label=line.label.replace(",", "-") or "x", negative="")
            for line in data.draw(lists(zone, wild=False))
        ]
        found = read_asterisk(as_steps(lines), zone=zone)

        assert_same(found.schedule, lines, first)
        assert read_asterisk(as_includes(lines), zone=zone) == found
        for line in found.schedule.rules:
            assert line.name in {each.times for each in lines}
        again = read_asterisk(as_written_down(lines), zone=zone)
        assert again.schedule == found.schedule

    @pytest.mark.parametrize("wild", [False, True], ids=["well formed", "wild"])
    @given(data=st.data())
    def test_what_never_matches_is_said(self, *, wild: bool, data: st.DataObject) -> None:
        """Of each line that is reached it is said whether it can match at all."""
        lines = data.draw(lists("UTC", wild=wild))

        findings = read_asterisk(as_steps(lines), zone="UTC").findings

        hidden = {each.path for each in findings if each.code == "asterisk.hidden"}
        never = {each.path for each in findings if each.code.startswith("asterisk.never")}
        assert never == {
            f"row {place}"
            for place, line in enumerate(lines, 1)
            if not spec.can_match(line.times) and f"row {place}" not in hidden
        }

    @given(data=st.data(), first=st.sampled_from(FROM))
    def test_a_hidden_line_changes_nothing(self, data: st.DataObject, first: date) -> None:
        """Without the lines that are said to be hidden, all answers are the same."""
        lines = data.draw(lists("UTC", wild=False))
        findings = read_asterisk(as_steps(lines), zone="UTC").findings
        hidden = {each.path for each in findings if each.code == "asterisk.hidden"}
        kept = [line for place, line in enumerate(lines, 1) if f"row {place}" not in hidden]

        for wall in walls(lines, first):
            assert spec.answer(kept, wall) == spec.answer(lines, wall)

    @given(
        text=st.text()
        | st.text(alphabet="exten=>sameinclud,|&*-:?()[]$;0123456789 \n\t")
        | st.lists(
            st.lists(
                wild_pieces
                | st.sampled_from(
                    (
                        "exten => s,1,", "same => n,", "GotoIfTime(", "ExecIfTime(", ")", "?",
                        "include => day,", "[day]", ";", ";--", "--;", "${X}", ":", ",", "|",
                        "IFTIME(", "Asia/Tokyo", "#include x",
                    )
                )
            ).map("".join)
        ).map("\n".join)
    )  # fmt: skip
    def test_nonsense_is_refused_with_its_rows(self, text: str) -> None:
        """Whatever is read is a list, or the rows that are none are named."""
        problems, findings = said_of(text)

        for problem in problems:
            assert problem.path.startswith("row ")
            assert problem.source == "extensions.conf"
            assert problem.message.isprintable()
        for finding in findings:
            assert finding.explain().replace("\n", "").isprintable()
            assert finding.explain("ja").replace("\n", "").isprintable()


# Schedules.


word_days = st.sampled_from(
    (
        "", "mon-fri", "sat,sun", "mon", "fri-sun", "wed,sun", "12-29..01-03", "02-28..03-01",
        "02-29", "03-01", "05-03..05-05", "12-31", "01-01", "07-01..08-31 mon-fri",
        "12-24,12-25,05-01", "02-29 thu", "mon[1]", "mon[2],thu[4]", "fri[5]",
        "05-01..09-30 sat[1]", "rrule:FREQ=MONTHLY;BYMONTHDAY=25",
        "rrule:FREQ=DAILY;BYMONTH=2,3;BYDAY=SU", "rrule:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    )
)  # fmt: skip


@st.composite
def notations(draw: st.DrawFn) -> str:
    """Write when a rule applies, in whole minutes, perhaps over midnight."""
    bounds = draw(st.lists(minutes, min_size=2, max_size=4, unique=True))
    if draw(st.booleans()):
        bounds.sort()
    spans = ",".join(
        f"{clock(one)}-{clock(other)}"
        for one, other in zip(bounds[::2], bounds[1::2], strict=False)
    )
    return f"{draw(word_days)} {draw(st.sampled_from((spans, '00:00-24:00')))}".strip()


@st.composite
def schedules(draw: st.DrawFn) -> Schedule[str]:
    """Draw schedules that a list can say, but for what is special about a leap day."""
    rules = []
    for _ in range(draw(st.integers(0, 5))):
        try:
            rules.append(Rule(draw(notations()), draw(st.sampled_from(LABELS))))
        except InvalidValueError:
            # Together its spans run longer than a day.
            continue
    override = draw(st.sampled_from((None, None, None, None, Override("forced"))))
    return Schedule(
        zone=draw(st.sampled_from(ZONES)),
        rules=tuple(rules),
        otherwise=draw(st.sampled_from((None, *LABELS))),
        spill=draw(st.sampled_from(("keep", "clip"))),
        overlap="first",
        override=override,
    )


def written_or_refused(schedule: Schedule[Any]) -> str:
    """Write a schedule; one that cannot be written is no example."""
    try:
        return write_asterisk(schedule)
    except DocumentError:
        reject()


def assert_intervals_agree(one: Schedule[Any], other: Schedule[Any]) -> None:
    """Compare two schedules where years, months and clocks change."""
    for first in FROM:
        start = datetime.combine(first, datetime.min.time(), UTC)
        bounds = (start, start + timedelta(9))
        assert list(one.intervals(*bounds)) == list(other.intervals(*bounds))


class TestSchedules:
    """What a list can say comes back from it with the same answers."""

    @given(schedule=schedules())
    def test_reading_what_was_written_answers_the_same(self, schedule: Schedule[str]) -> None:
        """A schedule that was written and read answers the same, gaps included."""
        found = read_asterisk(written_or_refused(schedule), zone=schedule.zone)

        assert found.findings == ()
        assert_intervals_agree(found.schedule, schedule)

    @given(schedule=schedules())
    def test_what_was_written_is_canonical(self, schedule: Schedule[str]) -> None:
        """Reading and writing what was written gives the same text."""
        written = written_or_refused(schedule)

        again = read_asterisk(written, zone=schedule.zone).schedule
        assert write_asterisk(again) == written

    @given(data=st.data(), zone=st.sampled_from(ZONES), first=st.sampled_from(FROM))
    def test_a_list_that_was_read_can_be_written(
        self, data: st.DataObject, zone: str, first: date
    ) -> None:
        """Whatever was read can be written, and means the same to Asterisk."""
        lines = data.draw(lists(zone, wild=True))

        written = write_asterisk(read_asterisk(as_steps(lines), zone=zone).schedule)

        assert_same(read_asterisk(written, zone=zone).schedule, lines, first)

    @given(schedule=any_schedules())
    def test_any_schedule_is_written_or_refused(self, schedule: Schedule[str]) -> None:
        """A schedule of any kind is written so that it answers the same, or refused whole."""
        try:
            written = write_asterisk(schedule)
        except DocumentError:
            return

        again = read_asterisk(written, zone=schedule.zone).schedule
        assert_intervals_agree(again, schedule)


@pytest.mark.parametrize(
    ("times_text", "wall", "expected"),
    [
        pytest.param("9:00-17:00", "2026-11-20 17:00:59", True, id="the end minute"),
        pytest.param("9:00-17:00", "2026-11-20 17:01:00", False, id="after it"),
        pytest.param("22:00-6:00,fri", "2026-11-20 05:00:00", True, id="early on Friday"),
        pytest.param("22:00-6:00,fri", "2026-11-21 05:00:00", False, id="not on Saturday"),
        pytest.param("*,1", "2026-11-22 12:00:00", True, id="1 is Sunday"),
        pytest.param("*,mon,15-21", "2026-11-16 12:00:00", True, id="the third Monday"),
        pytest.param("*,sat-mon", "2026-11-22 12:00:00", True, id="a range wraps"),
        pytest.param("0:00-24:00", "2026-11-22 12:00:00", False, id="24:00 is no time"),
    ],
)
def test_the_model_says_what_the_sources_say(
    times_text: str, wall: str, *, expected: bool
) -> None:
    """The model has the facts that are known of Asterisk."""
    assert spec.matches(times_text, datetime.fromisoformat(wall)) is expected
