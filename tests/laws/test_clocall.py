"""Laws of Clocall's dialect.

Here: what holds for every file and every schedule of weekdays. Not here: messages and
the manual's examples (`tests/routing/test_clocall.py`).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cloudpbx.errors import DocumentError, InvalidValueError, Problem
from cloudpbx.routing import (
    Announce,
    Destination,
    Ring,
    Rule,
    Schedule,
    read_clocall,
    write_clocall,
)
from tests.spec import clocall as spec

HEADER = ("電話番号", "着信先内線ユーザー", "曜日", "開始", "終了")
NUMBERS = ("03-1234-5678", "0312345678", "050-1234-5678", "+81 6-1234-5678")
TARGETS = ("1001", "1001,1002", "009608", "090-1234-5678 , 0001")
DESTINATIONS: tuple[Destination, ...] = (
    Ring(("1001",)),
    Ring(("1001", "1002")),
    Announce(),
    Ring(("0001", "0300001234")),
)
ZONES = ("Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")

# Weeks with a change of the clocks in some zone of the above, and ordinary ones.
WEEKS = (
    datetime(2026, 3, 5, tzinfo=UTC),
    datetime(2026, 4, 2, tzinfo=UTC),
    datetime(2026, 10, 1, tzinfo=UTC),
    datetime(2026, 10, 29, tzinfo=UTC),
    datetime(2026, 11, 20, tzinfo=UTC),
    datetime(2011, 12, 26, tzinfo=UTC),
)


# Files.


@st.composite
def clock_texts(draw: st.DrawFn, seconds: st.SearchStrategy[int]) -> str:
    """Write a time of day in one of its spellings, cut to what the spelling can say."""
    minutes, second = divmod(draw(seconds), 60)
    hour, minute = divmod(minutes, 60)
    width = draw(st.sampled_from(("", "02")))
    text = f"{hour:{width}}:{minute:02}"
    return text + draw(st.sampled_from(("", f":{second:02}")))


starts = st.one_of(st.just(0), st.sampled_from(range(0, 86400, 1800)), st.integers(0, 86399))
ends = st.one_of(
    st.just(86399), st.sampled_from(range(1799, 86400, 1800)), st.integers(0, 86399)
)
weekday_sets = st.one_of(
    st.just(""),
    st.sampled_from(("月,火,水,木,金", "火,水,木,金,土", "土", "日", "月,火,水,木,金,土,日")),
    st.sets(st.sampled_from(spec.WEEKDAYS), min_size=1).map(",".join),
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Write a file that is well formed, in one of its spellings."""
    rows: list[spec.Setting] = []
    for _ in range(draw(st.integers(0, 8))):
        row = spec.Setting(
            draw(st.sampled_from(NUMBERS)),
            draw(st.sampled_from(TARGETS)),
            draw(weekday_sets),
            draw(clock_texts(starts)),
            draw(clock_texts(ends)),
        )
        if spec.is_forwards(row) and not any(spec.share_time(row, other) for other in rows):
            rows.append(row)
    places = draw(st.permutations(range(len(HEADER))))
    end = draw(st.sampled_from(("\n", "\r\n")))
    blank = draw(st.sampled_from(("", end)))
    mark = draw(st.sampled_from(("", "\ufeff")))
    lines = (",".join(f'"{cells[place]}"' for place in places) for cells in (HEADER, *rows))
    return mark + "".join(f"{line}{end}{blank}" for line in lines)


def told(value: Destination | None) -> tuple[str, ...] | None:
    """Return a destination as the model says it."""
    if value is None:
        return None
    if isinstance(value, Announce):
        return (value.code,)
    assert isinstance(value, Ring)
    return value.targets


def moments(rows: list[spec.Setting], zone: str) -> Iterator[datetime]:
    """Yield the instants around everything a file names, in every week, and noons."""
    seconds = {0, 43200}
    for row in rows:
        for hour, minute, second in (
            (*spec.clock(row.start), 0)[:3],
            (*spec.clock(row.end), 59)[:3],
        ):
            at = hour * 3600 + minute * 60 + second
            seconds |= {at - 1, at, at + 1}
    for week in WEEKS:
        for day in range(8):
            for second in seconds:
                naive = week.replace(tzinfo=None) + timedelta(days=day, seconds=second)
                for fold in (0, 1):
                    local = naive.replace(tzinfo=ZoneInfo(zone), fold=fold)
                    yield local.astimezone(UTC)


def problems_of(text: str) -> tuple[Problem, ...]:
    """Return what is wrong with a file; none at all when it can be read."""
    try:
        read_clocall(text, source="incoming.csv")
    except DocumentError as error:
        return error.problems or (Problem(path="", message="an error without problems"),)
    return ()


class TestFiles:
    """A file means what its rows say, read one by one."""

    @given(text=files(), zone=st.sampled_from(ZONES))
    def test_a_schedule_answers_what_the_rows_say(self, text: str, zone: str) -> None:
        """At every instant a schedule answers what the naive reading of the rows does."""
        rows = spec.settings(text)
        schedules = read_clocall(text, zone=zone)

        assert list(schedules) == list(dict.fromkeys(spec.digits(row.number) for row in rows))
        for moment in moments(rows, zone):
            local = moment.astimezone(ZoneInfo(zone))
            for number, schedule in schedules.items():
                assert told(schedule.at(moment)) == spec.answer(rows, number, local)

    @given(text=files())
    def test_writing_what_was_read_gives_the_same_again(self, text: str) -> None:
        """What is read and written once is canonical: doing it again changes nothing."""
        written = write_clocall(read_clocall(text))

        assert write_clocall(read_clocall(written)) == written

    @given(text=files())
    def test_no_row_is_lost_in_writing(self, text: str) -> None:
        """Writing what was read gives as many rows for each number as there were."""
        before, after = spec.settings(text), spec.settings(write_clocall(read_clocall(text)))

        assert sorted(spec.digits(row.number) for row in before) == sorted(
            row.number for row in after
        )

    @given(
        text=st.one_of(
            st.text(),
            st.text(alphabet='電話番号曜日開始終了月土009608:,"\r\n １：、'),
            st.lists(
                st.lists(st.sampled_from((*HEADER, *TARGETS, "月", "8:00", '"', "24:00")))
            ).map(lambda rows: "\n".join(map(",".join, rows))),
        )
    )
    def test_nonsense_is_refused_with_its_places(self, text: str) -> None:
        """Whatever is read is a file of the dialect or names the rows that are not."""
        for problem in problems_of(text):
            assert problem.path.startswith("row ")
            assert problem.source == "incoming.csv"
            assert problem.message == " ".join(problem.message.splitlines())


# Schedules.


times = st.one_of(st.sampled_from(range(0, 86400, 3600)), st.integers(0, 86399))


@st.composite
def notations(draw: st.DrawFn) -> str:
    """Write when a rule of weekdays applies, perhaps over midnight."""
    days = draw(st.sets(st.sampled_from(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))))
    bounds = draw(st.lists(times, min_size=2, max_size=6, unique=True))
    if draw(st.booleans()):
        bounds.sort()
    clocks = [str(dt.timedelta(seconds=bound)) for bound in bounds]
    spans = ",".join(f"{a}-{b}" for a, b in zip(clocks[::2], clocks[1::2], strict=False))
    return f"{','.join(sorted(days))} {draw(st.sampled_from((spans, '00:00-24:00')))}".strip()


@st.composite
def schedules(draw: st.DrawFn, zone: str) -> Schedule[Destination]:
    """Build a schedule of weekdays: each rule that fits beside those before it."""
    schedule: Schedule[Destination] = Schedule(
        zone=zone, otherwise=draw(st.one_of(st.none(), st.sampled_from(DESTINATIONS)))
    )
    for _ in range(draw(st.integers(0, 5))):
        try:
            rule = Rule(draw(notations()), draw(st.sampled_from(DESTINATIONS)))
            schedule = Schedule(
                zone=zone, rules=(*schedule.rules, rule), otherwise=schedule.otherwise
            )
        except InvalidValueError:
            continue
    return schedule


@st.composite
def mappings(draw: st.DrawFn) -> Mapping[str, Schedule[Destination]]:
    """Give numbers their schedules, all of one zone."""
    zone = draw(st.sampled_from(ZONES))
    numbers = draw(st.lists(st.sampled_from(NUMBERS[1:]), unique=True, max_size=2))
    found = {spec.digits(number): draw(schedules(zone)) for number in numbers}
    assume(all(each.rules or each.otherwise is not None for each in found.values()))
    return found


class TestSchedules:
    """What the dialect can say comes back from it with the same answers."""

    @given(mapping=mappings())
    def test_reading_what_was_written_answers_the_same(
        self, mapping: Mapping[str, Schedule[Destination]]
    ) -> None:
        """A schedule that was written and read answers the same at every instant."""
        zone = next((each.zone for each in mapping.values()), "Asia/Tokyo")
        again = read_clocall(write_clocall(mapping), zone=zone)

        assert list(again) == list(mapping)
        for number, schedule in mapping.items():
            for week in WEEKS:
                bounds = (week, week + timedelta(days=8))
                assert list(again[number].intervals(*bounds)) == list(
                    schedule.intervals(*bounds)
                )

    @given(mapping=mappings())
    def test_what_was_written_is_canonical(
        self, mapping: Mapping[str, Schedule[Destination]]
    ) -> None:
        """Reading and writing what was written gives the same text."""
        written = write_clocall(mapping)

        assert write_clocall(read_clocall(written)) == written

    @given(zone=st.sampled_from(ZONES), data=st.data())
    def test_one_span_comes_back_as_one_rule(self, zone: str, data: st.DataObject) -> None:
        """A rule of one span, overnight or not, is the rule that comes back."""
        when = data.draw(notations())
        value = data.draw(st.sampled_from(DESTINATIONS))
        assume("," not in when.rpartition(" ")[2])
        rule = Rule(when, value)
        schedule = Schedule(zone=zone, rules=(rule,))

        again = read_clocall(write_clocall({"0312345678": schedule}), zone=zone)

        assert again == {"0312345678": schedule}


def test_the_model_knows_where_a_row_ends() -> None:
    """The model takes an end as precisely as it is written."""
    minute = spec.Setting("0312345678", "1001", "月", "8:00", "19:59")
    second = minute._replace(end="19:59:00")

    assert spec.matches(minute, 0, (19, 59, 59))
    assert not spec.matches(second, 0, (19, 59, 1))
    assert not spec.matches(minute, 0, (20, 0, 0))
    assert not spec.matches(minute, 1, (12, 0, 0))


@pytest.mark.parametrize("zone", ZONES)
def test_the_weeks_tried_are_worth_trying(zone: str) -> None:
    """Every zone but the one without has a change of its clocks in the weeks tried."""
    offsets = {
        (week + timedelta(days=day)).astimezone(ZoneInfo(zone)).utcoffset()
        for week in WEEKS
        for day in range(8)
    }

    assert (len(offsets) > 1) == (zone != "Asia/Tokyo")
