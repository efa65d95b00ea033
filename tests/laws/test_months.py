"""Laws of months, on generated schedules.

Here: what a month shows is what the schedule answers, with `tests.spec.schedules` as the
definition of who owns a day. Not here: single months and pictures
(`tests/routing/test_months.py`).
"""

import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from cloudpbx.routing import Days, Rule, Schedule, Tier, When
from cloudpbx.routing.months import Month, MonthDay
from cloudpbx.testing import schedules
from tests.spec.schedules import answer_on_the_wall, owner_of, shown_at

YEARS: Final = (2019, 2031)
MINUTE: Final = timedelta(minutes=1)


@st.composite
def months(draw: st.DrawFn) -> tuple[Schedule[str], Month]:
    """Draw a schedule and one of its months, often one in which it is forced by hand."""
    schedule: Schedule[str] = draw(schedules(years=YEARS))
    forced_on = None if schedule.override is None else schedule.override.since
    day = draw(st.dates(date(YEARS[0], 1, 1), date(YEARS[1], 12, 31)))
    if forced_on is not None and draw(st.booleans()):
        day = forced_on.date()
    return schedule, schedule.month(day.year, day.month)


def instants(schedule: Schedule[str], month: Month) -> list[datetime]:
    """Return every minute of a month by the clock of its zone."""
    zone = ZoneInfo(schedule.zone)
    first = datetime.combine(month.days[0].date, datetime.min.time(), zone).astimezone(UTC)
    minutes = (first + number * MINUTE for number in range(-180, 32 * 1440))
    local = (minute.astimezone(zone) for minute in minutes)
    return [each for each in local if (each.year, each.month) == (month.year, month.month)]


def is_repeated(moment: datetime) -> bool:
    """Say whether the clock on the wall shows a moment's time twice."""
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


class TestSegments:
    """The segments of a month are what sampling the schedule gives."""

    @settings(max_examples=15)
    @given(months())
    def test_every_minute_is_shown_as_it_is_answered(
        self, drawn: tuple[Schedule[str], Month]
    ) -> None:
        """At each minute the month shows the answer.

        But for an hour that is repeated while it is forced by hand: the wall clock cannot
        tell its two readings apart, and the override may hold in one of them alone.
        """
        schedule, month = drawn
        for moment in instants(schedule, month):
            if schedule.override is None or not is_repeated(moment):
                assert shown_at(month, moment) == schedule.at(moment), moment

    @given(months())
    def test_segments_without_an_override_are_those_of_the_model(
        self, drawn: tuple[Schedule[str], Month]
    ) -> None:
        """Where a segment starts and just before it ends, the model answers its value."""
        schedule = drawn[0].by_schedule()
        month = schedule.month(drawn[1].year, drawn[1].month)
        for day in month.days:
            midnight = datetime.combine(day.date, datetime.min.time())
            for segment in day.segments:
                for second in (segment.start, segment.end - 1):
                    wall = midnight + timedelta(seconds=second)
                    assert answer_on_the_wall(schedule, wall) == segment.value


class TestOwners:
    """Each day is owned by the highest tier that names it."""

    @given(months())
    def test_owners_and_rules_are_those_of_the_model(
        self, drawn: tuple[Schedule[str], Month]
    ) -> None:
        """The owner, the rules it has for the day, and the holiday are told."""
        schedule, month = drawn
        for day in month.days:
            owner, rules = owner_of(schedule, day.date)
            assert day.owner == owner
            assert day.rules == tuple(dict.fromkeys(rule.label for rule in rules))
            labels = {rule.label for rule in schedule.rules}
            assert {segment.rule for segment in day.segments} <= {"", *labels}


def ordinary(schedule: Schedule[str]) -> Schedule[str]:
    """Return a schedule with what its rules say of weekdays alone, by the model's tiers."""
    rules = tuple(
        Rule(When(Days(*words), rule.when.spans), rule.value)
        for rule in schedule.rules
        for words in [weekday_words(rule)]
        if words is not None
    )
    return Schedule(
        zone="UTC",
        rules=rules,
        otherwise=schedule.otherwise,
        spill=schedule.spill,
        overlap="first",
    )


def weekday_words(rule: Any) -> Any:
    """Return the words of a rule's days with their weekdays alone, None where one has none."""
    words = [
        tuple(term for term in word if type(term).__name__ == "Weekday")
        for word in rule.when.days.words
    ]
    return None if not all(words) else tuple(words)


class TestSpecialDays:
    """A day that differs from the ordinary week says why."""

    @given(months())
    def test_a_day_differs_when_its_answers_do(
        self, drawn: tuple[Schedule[str], Month]
    ) -> None:
        """A day is said to differ exactly when some second of it has another answer."""
        schedule, month = drawn
        usual = ordinary(schedule)
        monday = datetime(2001, 1, 1)  # noqa: DTZ001 - a clock on the wall
        for day in month.days:
            midnight = monday + timedelta(day.date.weekday())
            edges = {0} | {segment.start for segment in day.segments}
            edges |= {
                span.start if at else span.end % 86_400
                for rule in schedule.rules
                for span in rule.when.spans
                for at in (True, False)
            }
            answers = [
                (held(day, second), answer_on_the_wall(usual, midnight + timedelta(0, second)))
                for second in edges
            ]
            assert day.differs == any(shown != said for shown, said in answers)

    @given(months())
    def test_a_day_that_differs_has_a_reason(self, drawn: tuple[Schedule[str], Month]) -> None:
        """Nothing differs without a word about it, and every word can be said."""
        for day in drawn[1].days:
            assert day.is_special or not day.differs
            assert day.owner in {None, Tier.WEEKDAY} or day.is_special
            assert day.is_special or not day.holiday
            assert all(reason.explain(lang) for reason in day.because for lang in ("en", "ja"))


def held(day: MonthDay, second: int) -> Any:
    """Return what a day shows at a second."""
    return next(each.value for each in day.segments if each.start <= second < each.end)


class TestPictures:
    """Every month can be seen, and is a value."""

    @given(months(), st.sampled_from(("en", "ja")))
    def test_pictures_are_made_and_pickles_are_equal(
        self, drawn: tuple[Schedule[str], Month], lang: str
    ) -> None:
        """Text, SVG and HTML name each day, and a copy is equal."""
        month = drawn[1]
        last = str(month.days[-1].date.day)

        assert last in month.to_text(lang)
        assert last in month.to_svg(lang)
        assert month.to_svg(lang).count("<svg") == month.to_html(lang).count("<svg") == 1
        assert pickle.loads(pickle.dumps(month)) == month
        assert hash(pickle.loads(pickle.dumps(month))) == hash(month)
        assert len(month.to_dict(lang)["days"]) == len(month.days)
