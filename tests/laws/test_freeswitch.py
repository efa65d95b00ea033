"""Laws of FreeSWITCH's time conditions.

Here: what holds for every dialplan and every schedule. Not here: messages and findings
(`tests/routing/test_freeswitch.py`).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cloudpbx.errors import DocumentError
from cloudpbx.routing import DateRange, Rule, Schedule, YearlyRange
from cloudpbx.routing.freeswitch import read_freeswitch, write_freeswitch
from cloudpbx.testing import holiday_calendars, moments, schedules
from tests.spec import freeswitch as spec

ZONES = ("Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")

# Ends of years and of Februaries, changes of clocks, a day that Apia left out, and others.
DAYS = (
    date(1972, 2, 29),
    date(2000, 3, 1),
    date(2011, 12, 29),
    date(2011, 12, 31),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 12, 31),
    date(2025, 2, 28),
    date(2025, 3, 1),
    date(2026, 1, 1),
    date(2026, 3, 8),
    date(2026, 4, 5),
    date(2026, 7, 17),
    date(2026, 10, 4),
    date(2026, 11, 1),
    date(2026, 11, 23),
    date(2026, 12, 24),
    date(2026, 12, 27),
    date(2027, 1, 4),
    date(2028, 3, 1),
    date(2029, 5, 31),
    date(2100, 3, 1),
)


# Dialplans.


@st.composite
def numbers(draw: st.DrawFn, low: int, high: int) -> str:
    """Write a list of numbers and ranges, some of which are of no use."""
    number = st.integers(max(low - 1, 0), high + 2)
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        first, last = draw(number), draw(st.none() | number)
        parts.append(str(first) if last is None else f"{first}-{last}")
    return ",".join(parts)


weekdays = st.sampled_from((*spec.NAMES, "MON", *map(str, range(1, 8))))
weekday_lists = st.lists(
    weekdays | st.builds("{}-{}".format, weekdays, weekdays), min_size=1, max_size=3
).map(",".join)
clocks = st.sampled_from(range(0, 86400, 1800)) | st.integers(0, 86399)


@st.composite
def clock_texts(draw: st.DrawFn) -> str:
    """Write a time of the day, with seconds or without."""
    minutes, second = divmod(draw(clocks), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}" + draw(st.sampled_from(("", f":{second:02}")))


time_lists = st.lists(
    st.builds("{}-{}".format, clock_texts(), clock_texts()), min_size=1, max_size=2
).map(",".join)
instants = st.builds(
    "{}{}".format,
    st.sampled_from(DAYS),
    st.just("") | st.builds(" {}".format, clock_texts()) | st.just(" 24:00:00"),
)
date_lists = st.lists(
    st.builds("{}~{}".format, instants, instants), min_size=1, max_size=2
).map(",".join)

ATTRIBUTES = {
    "date-time": date_lists,
    "year": st.lists(
        st.sampled_from(("2026", "2024-2026", "2027-2025", "0", "9998-10000")), min_size=1
    ).map(",".join),
    "yday": numbers(1, 366),
    "mon": numbers(1, 12),
    "mday": numbers(1, 31),
    "week": numbers(1, 53),
    "mweek": numbers(1, 6),
    "wday": weekday_lists,
    "hour": numbers(0, 23),
    "minute": numbers(0, 59),
    "minute-of-day": numbers(1, 1440),
    "time-of-day": time_lists,
    "dst": st.just("false"),
}
TIMES = st.lists(st.sampled_from(sorted(ATTRIBUTES)), unique=True, max_size=2).flatmap(
    lambda names: st.fixed_dictionaries({name: ATTRIBUTES[name] for name in names})
)
# Times that match about half of the time, so that every way is gone.
SIMPLE_TIMES = st.sampled_from(
    (
        {},
        {"wday": "2-6"},
        {"hour": "9-17"},
        {"mon": "1-6", "wday": "3-1"},
        {"mday": "1-15"},
        {"time-of-day": "12:00-01:00"},
    )
)
ACTIONS = st.lists(st.sampled_from(("open", "closed", "night")), max_size=2).map(tuple)


def conditions(depth: int) -> st.SearchStrategy[tuple[spec.Condition, ...]]:
    """Draw the conditions of an extension, nested ones among them."""
    nested = conditions(depth - 1) if depth else st.just(())
    return st.lists(
        st.builds(
            spec.Condition,
            times=SIMPLE_TIMES | SIMPLE_TIMES | TIMES,
            breaks=st.sampled_from(("on-false", "on-false", "on-true", "always", "never")),
            actions=ACTIONS,
            anti_actions=st.just(()) | ACTIONS,
            nested=nested,
            needs_nested=st.booleans(),
        ),
        max_size=3 if depth else 1,
    ).map(tuple)


plain_conditions = st.lists(TIMES.map(spec.Condition), min_size=1, max_size=2)
dialplans = st.lists(
    st.builds(
        spec.Extension,
        st.sampled_from("abc"),
        plain_conditions.map(tuple),
        st.sampled_from((False,)),
    )
    | st.builds(
        spec.Extension,
        st.sampled_from("def"),
        conditions(1),
        st.sampled_from((False, False, True)),
    ),
    max_size=4,
)


def xml_of(extensions: Iterable[spec.Extension]) -> str:
    """Write a dialplan."""
    root = Element("include")
    for extension in extensions:
        element = SubElement(root, "extension", name=extension.name)
        if extension.goes_on:
            element.set("continue", "true")
        add_conditions(element, extension.conditions)
    return tostring(root, encoding="unicode")


def add_conditions(parent: Element, conditions: Iterable[spec.Condition]) -> None:
    """Write conditions into an element."""
    for condition in conditions:
        element = SubElement(
            parent, "condition", {**condition.times, "break": condition.breaks}
        )
        if not condition.needs_nested:
            element.set("require-nested", "false")
        for tag, actions in (
            ("action", condition.actions),
            ("anti-action", condition.anti_actions),
        ):
            for action in actions:
                SubElement(element, tag, application="transfer", data=action)
        add_conditions(element, condition.nested)


def worth_trying(extensions: Iterable[spec.Extension], zone: str) -> Iterator[datetime]:
    """Yield moments around the times that a dialplan names, on days of every kind."""
    seconds = {0, 1, 43200, 86399}
    for extension in extensions:
        every = list(extension.conditions)
        for condition in every:
            every.extend(condition.nested)
            for name in ("time-of-day", "date-time"):
                for text in condition.times.get(name, "0:0").replace("~", ",").split(","):
                    for end in text.rpartition(" ")[2].split("-"):
                        at = spec.seconds(end) if ":" in end else 0
                        seconds |= {(at + step) % 86400 for step in (-1, 0, 1)}
    for day in DAYS:
        for second in seconds:
            naive = datetime(day.year, day.month, day.day) + timedelta(seconds=second)  # noqa: DTZ001
            for fold in (0, 1):
                local = naive.replace(tzinfo=ZoneInfo(zone), fold=fold)
                yield local.astimezone(UTC)


class TestDialplans:
    """A dialplan means what FreeSWITCH would do, asked condition by condition."""

    @given(extensions=dialplans, zone=st.sampled_from(ZONES), data=st.data())
    def test_a_schedule_answers_what_the_conditions_say(
        self, extensions: list[spec.Extension], zone: str, data: st.DataObject
    ) -> None:
        """At every instant a schedule answers what the naive hunt does, or is refused."""
        text = xml_of(extensions)
        problems = problems_of(text, zone)
        # An end within an hour that the clock repeats is no time of a clock.
        assert all("shows twice" in problem for problem in problems)
        assume(not problems)
        schedule = read_freeswitch(text, zone=zone).schedule
        others = data.draw(st.lists(moments(zone=zone, years=(1970, 2101)), max_size=20))
        for moment in (*worth_trying(extensions, zone), *others):
            assert schedule.at(moment) == spec.answer(extensions, moment, zone), moment

    @given(
        text=st.text()
        | st.text(alphabet="<>/=\"' aconditionextesm&;!DOCTYPE[]-,:0123~")
        | st.lists(
            st.sampled_from(
                (
                    "<extension>",
                    "<extension name='a' continue='yes'>",
                    "</extension>",
                    "<condition wday='mon'>",
                    "<condition break='nevr' hour='1-'>",
                    "</condition>",
                    "<action application='transfer' data='x'/>",
                    "<anti-action/>",
                    "<context name='a'>",
                    "</context>",
                    "<regex/>",
                    "&amp;",
                    "<!-- -->",
                )
            )
        ).map("".join)
    )
    def test_nonsense_is_read_or_refused(self, text: str) -> None:
        """Whatever is read is a dialplan, or each problem has one line."""
        problems = problems_of(text)

        assert all("\n" not in problem for problem in problems)

    @given(
        name=st.sampled_from((*ATTRIBUTES, "tz-offset", "break", "field", "require-nested")),
        value=st.text() | st.text(alphabet="0123456789-,:~ +montue"),
        zone=st.sampled_from(ZONES),
    )
    @example(name="date-time", value="2026-13-01~2026-12-32", zone="UTC")
    @example(name="minute", value="99999999999999", zone="UTC")
    def test_nonsense_in_an_attribute_is_read_or_refused(
        self, name: str, value: str, zone: str
    ) -> None:
        """Whatever an attribute holds, it is read or refused with its place."""
        assume(value.isprintable())
        element = Element("extension", name="a")
        SubElement(element, "condition", {name: value})

        for problem in problems_of(tostring(element, encoding="unicode"), zone):
            assert problem.startswith(
                ("plan.xml: extension 1 (a), condition 1", "plan.xml: line")
            )


def problems_of(text: str, zone: str = "UTC") -> list[str]:
    """Return what is wrong with a text; nothing when it can be read."""
    try:
        read_freeswitch(text, zone=zone, source="plan.xml")
    except DocumentError as error:
        return [str(problem) for problem in error.problems] or ["an error without problems"]
    return []


# Schedules.


@st.composite
def writable(draw: st.DrawFn, zone: str) -> Schedule[str]:
    """Draw a schedule, without the rules that no condition can say."""
    schedule: Schedule[str] = draw(schedules(zone=zone, years=(1971, 2060)))
    calendar = draw(st.none() | holiday_calendars(years=(1971, 2060)))
    schedule = evolve(schedule, override=None, holidays=calendar)
    return evolve(schedule, rules=tuple(filter(is_writable, schedule.rules)))


def is_writable(rule: Rule[str]) -> bool:
    """Say whether a rule alone can be written."""
    try:
        write_freeswitch(Schedule(zone="UTC", rules=(rule,)))
    except DocumentError:
        return False
    return True


class TestSchedules:
    """What the dialect can say comes back from it with the same answers."""

    @given(zone=st.sampled_from(ZONES), data=st.data())
    def test_reading_what_was_written_answers_the_same(
        self, zone: str, data: st.DataObject
    ) -> None:
        """A schedule that was written and read answers the same at every instant."""
        schedule = data.draw(writable(zone))
        again = read_freeswitch(write_freeswitch(schedule), zone=zone).schedule
        others = data.draw(st.lists(moments(zone=zone, years=(1971, 2062)), max_size=20))
        for moment in (*moments_of(schedule), *others):
            assert again.at(moment) == schedule.at(moment), moment

    @given(zone=st.sampled_from(ZONES), data=st.data())
    def test_what_was_written_is_what_the_model_answers(
        self, zone: str, data: st.DataObject
    ) -> None:
        """The naive hunt through what was written answers what the schedule does."""
        schedule = data.draw(writable(zone))
        extensions = extensions_of(write_freeswitch(schedule))
        for moment in moments_of(schedule):
            assert spec.answer(extensions, moment, zone) == schedule.at(moment), moment


def moments_of(schedule: Schedule[str]) -> Iterator[datetime]:
    """Yield moments around the ends of a schedule's spans, on days of every kind."""
    seconds = {0, 43200, 86399}
    days = {*DAYS}
    for rule in schedule.rules:
        for span in rule.when.spans:
            for at in (span.start, span.end):
                seconds |= {(at - 1) % 86400, at % 86400}
        for term in (term for word in rule.when.days.words for term in word):
            if isinstance(term, DateRange):
                days |= around(term.first) | around(term.last)
            if isinstance(term, YearlyRange):
                days |= around(date(2028, *term.first)) | around(date(2028, *term.last))
    for day in days:
        for second in seconds:
            naive = datetime(day.year, day.month, day.day) + timedelta(seconds=second)  # noqa: DTZ001
            yield naive.replace(tzinfo=ZoneInfo(schedule.zone)).astimezone(UTC)


def around(day: date) -> set[date]:
    """Return the days around a date."""
    return {day + timedelta(step) for step in (-1, 0, 1, 2)}


def extensions_of(text: str) -> list[spec.Extension]:
    """Return what was written as the model has it."""
    return [
        spec.Extension(
            element.get("name", ""),
            tuple(spec.Condition(dict(each.attrib)) for each in element.findall("condition")),
        )
        for element in fromstring(text)
    ]


@pytest.mark.parametrize(
    ("text", "second", "expected"),
    [
        pytest.param("9:00-18:00", 64800, True, id="the last second is in it"),
        pytest.param("9:00-18:00", 64801, False, id="the next is not"),
        pytest.param("22:00-6:00", 0, True, id="it wraps within the day"),
    ],
)
def test_the_model_knows_where_a_time_ends(text: str, second: int, *, expected: bool) -> None:
    """The model takes the second of an end, and no more."""
    assert spec.in_times(text, second) is expected
