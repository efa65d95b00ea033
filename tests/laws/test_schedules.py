"""Laws of schedules, on generated schedules and moments.

Here: what holds for every schedule at every moment, with `tests.spec.schedules` as the
definition. Not here: single cases (`tests/routing`) and the notation (`test_notation`).
"""

import copy
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import combinations, pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Override, Rule, Schedule
from cloudpbx.routing.rules import Until
from cloudpbx.testing import moments, overrides, rules, schedules, spans, zones
from tests.spec.schedules import (
    answer_at,
    begins_and_covers,
    runs_into,
    spelt_out,
    tiers_on,
)

YEARS: Final = (2019, 2031)
DAY: Final = timedelta(1)
SECOND: Final = timedelta(seconds=1)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Schedule[str], datetime]:
    """Draw a schedule and a moment that is telling in its zone.

    With an override until the next change it is a moment near the start of that, from
    where the model can walk.
    """
    schedule: Schedule[str] = draw(schedules(years=YEARS))
    near = moments(zone=schedule.zone, years=YEARS)
    override = schedule.override
    if override is not None and override.since and override.until is Until.NEXT_CHANGE:
        since = override.since.astimezone(UTC)
        near = st.integers(-1, 20 * 86_400).map(lambda seconds: since + seconds * SECOND)
    return schedule, draw(near | edges(schedule, near))


def spelt_out_before(schedule: Schedule[str], end: datetime) -> Schedule[str]:
    """Return a schedule whose override says the instant of its end, if that is before `end`."""
    since = None if schedule.override is None else schedule.override.since
    if since is None:
        return schedule
    return spelt_out(schedule, cuts(schedule, since.astimezone(UTC), end + SECOND))


@st.composite
def edges(
    draw: st.DrawFn, schedule: Schedule[str], near: st.SearchStrategy[datetime]
) -> datetime:
    """Draw a moment at which a span of a schedule starts or ends, or a second beside it."""
    seconds = {
        second
        for rule in schedule.rules
        for span in rule.when.spans
        for second in (span.start, span.end)
    }
    dates = [
        day
        for rule in schedule.rules
        for word in rule.when.days.words
        for term in word
        for day in (getattr(term, "first", None), getattr(term, "last", None))
        if isinstance(day, date) and YEARS[0] <= day.year <= YEARS[1]
    ]
    day = draw(near).astimezone(ZoneInfo(schedule.zone)).date()
    chosen = draw(st.booleans())
    if dates and chosen:
        day = draw(st.sampled_from(dates)) + draw(st.integers(-1, 2)) * DAY
    second = draw(st.sampled_from(sorted({0, *seconds})))
    wall = datetime(day.year, day.month, day.day) + timedelta(seconds=second)  # noqa: DTZ001
    moment = wall.replace(tzinfo=ZoneInfo(schedule.zone), fold=draw(st.integers(0, 1)))
    return moment.astimezone(UTC) + draw(st.integers(-1, 1)) * SECOND


def cuts(schedule: Schedule[Any], start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield every instant of a stretch at which its answer may change.

    These are midnights and ends of spans on the wall clock, in either reading of an
    hour that is repeated; each quarter of an hour near a change of the clocks; and the
    bounds of an override.
    """
    zone = ZoneInfo(schedule.zone)
    seconds = {0} | {
        second
        for rule in schedule.rules
        for span in rule.when.spans
        for second in (span.start, span.end)
    }
    found = set()
    if schedule.override is not None:
        limits = (schedule.override.since, schedule.override.until)
        found |= {limit.astimezone(UTC) for limit in limits if isinstance(limit, datetime)}
    day = start.astimezone(zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    day -= 2 * DAY
    while day.replace(tzinfo=UTC) < end + 2 * DAY:
        walls = [(day + timedelta(seconds=second)).replace(tzinfo=zone) for second in seconds]
        found |= {wall.replace(fold=fold).astimezone(UTC) for wall in walls for fold in (0, 1)}
        midnight = day.replace(tzinfo=UTC)
        if (
            midnight.astimezone(zone).utcoffset()
            != (midnight + DAY).astimezone(zone).utcoffset()
        ):
            found |= {midnight + timedelta(minutes=15 * step) for step in range(97)}
        day += DAY
    return (each for each in sorted(found) if start <= each < end)


class TestNextChange:
    """The answer stays up to the next change, and is another one there."""

    @given(questions())
    def test_nothing_changes_before_and_something_does_then(
        self, question: tuple[Schedule[str], datetime]
    ) -> None:
        """At no cut before the next change is there another answer, and at it there is."""
        schedule, moment = question
        answer = schedule.at(moment)
        change = schedule.next_change(moment)
        last = moment.astimezone(UTC) + 40 * DAY
        if change is not None:
            assert change.astimezone(UTC) > moment.astimezone(UTC)
            assert schedule.at(change) != answer
            assert schedule.at(change.astimezone(UTC) - SECOND / 2) == answer
            last = min(last, change.astimezone(UTC))

        assert {schedule.at(cut) for cut in cuts(schedule, moment.astimezone(UTC), last)} <= {
            answer
        }

    @given(questions(), st.lists(st.integers(0, 20_000 * 86_400), max_size=60))
    def test_never_is_never(
        self, question: tuple[Schedule[str], datetime], later: list[int]
    ) -> None:
        """Where nothing is said to change before a day, nothing differs up to that day."""
        schedule, moment = question
        change = schedule.next_change(moment)
        for seconds in later:
            other = moment.astimezone(UTC) + timedelta(seconds=seconds)
            if change is None or other < change.astimezone(UTC):
                assert schedule.at(other) == schedule.at(moment)


class TestIntervals:
    """Intervals are disjoint, sorted, merged, and what sampling every cut would give."""

    @given(questions(), st.timedeltas(timedelta(), timedelta(30)))
    def test_intervals_are_samples(
        self, question: tuple[Schedule[str], datetime], length: timedelta
    ) -> None:
        """Intervals begin and end with the time asked for and answer as each cut does."""
        schedule, start = question
        start = start.astimezone(UTC)
        end = start + length
        found = list(schedule.intervals(start, end))

        if not length:
            assert found == []
            return
        assert found[0].start.astimezone(UTC) == start
        assert found[-1].end.astimezone(UTC) == end
        assert all(each.start.astimezone(UTC) < each.end.astimezone(UTC) for each in found)
        for one, next_one in pairwise(found):
            assert one.end.astimezone(UTC) == next_one.start.astimezone(UTC)
            assert one.value != next_one.value
        plain = spelt_out_before(schedule, end)
        for cut in (start, *cuts(plain, start, end)):
            (holds,) = [
                each.value
                for each in found
                if each.start.astimezone(UTC) <= cut < each.end.astimezone(UTC)
            ]
            assert holds == answer_at(plain, cut)


class TestZoneOfTheQuestion:
    """An answer depends on the instant, not on the zone in which it is asked."""

    @given(questions(), zones(), st.integers(-1439, 1439))
    def test_the_same_instant_has_the_same_answer(
        self, question: tuple[Schedule[str], datetime], other: str, minutes: int
    ) -> None:
        """UTC, an offset, another zone and the schedule's own all ask the same."""
        schedule, moment = question
        shown = [
            moment.astimezone(UTC),
            moment.astimezone(timezone(timedelta(minutes=minutes))),
            moment.astimezone(ZoneInfo(other)),
            moment.astimezone(ZoneInfo(schedule.zone)),
            moment.astimezone(ZoneInfo.no_cache(schedule.zone)),
        ]

        assert len({schedule.at(each) for each in shown}) == 1
        assert len({str(schedule.next_change(each)) for each in shown}) == 1


class TestAgreement:
    """The fast form answers what the definition says."""

    @given(questions())
    def test_answers_are_those_of_the_definition(
        self, question: tuple[Schedule[str], datetime]
    ) -> None:
        """`at` gives what the model works out from the rules."""
        schedule, moment = question

        plain = spelt_out_before(schedule, moment.astimezone(UTC))
        assert schedule.at(moment) == answer_at(plain, moment)

    @given(questions())
    def test_a_resolution_says_the_same_as_the_short_questions(
        self, question: tuple[Schedule[str], datetime]
    ) -> None:
        """`resolve` agrees with `at` and `next_change`, and tells who answered."""
        schedule, moment = question
        found = schedule.resolve(moment)

        assert found.value == schedule.at(moment)
        assert str(found.until) == str(schedule.next_change(moment))
        if found.rule is None:
            assert found.value == schedule.otherwise
        else:
            assert found.value == found.rule.value
        for lang in ("en", "ja"):
            assert len(found.explain(lang).splitlines()) == len(found.because)

    @given(questions())
    def test_an_answer_holds_since_its_start_and_not_before(
        self, question: tuple[Schedule[str], datetime]
    ) -> None:
        """From `since` on the answer is the same; just before it, it is another."""
        schedule, moment = question
        since = schedule.resolve(moment).since
        moment = moment.astimezone(UTC)
        first = moment - 40 * DAY
        if since is not None:
            assert since.astimezone(UTC) <= moment
            assert schedule.at(since.astimezone(UTC) - SECOND) != schedule.at(moment)
            first = max(first, since.astimezone(UTC))

        assert {schedule.at(cut) for cut in (first, *cuts(schedule, first, moment))} == {
            schedule.at(moment)
        }


class TestNormalForm:
    """The normal form answers as the schedule does, and is its own normal form."""

    @given(questions(), st.timedeltas(timedelta(), timedelta(15)))
    def test_the_normal_form_answers_the_same(
        self, question: tuple[Schedule[str], datetime], length: timedelta
    ) -> None:
        """At every cut of a stretch both forms answer the same."""
        schedule, start = question
        normal = schedule.normalise()

        assert normal.normalise() == normal
        for cut in (
            start,
            *cuts(schedule, start.astimezone(UTC), start.astimezone(UTC) + length),
        ):
            assert normal.at(cut) == schedule.at(cut)


class TestOverlap:
    """A schedule is refused exactly when two rules of one tier claim one instant."""

    @given(
        st.lists(
            rules(years=(2023, 2024), holidays=False, recurring=False), min_size=2, max_size=3
        )
    )
    def test_refusals_are_those_of_brute_force(self, drawn: list[Rule[str]]) -> None:
        """Walking through 28 years finds a shared second where the refusal says so."""
        lenient = Schedule(zone="UTC", rules=tuple(drawn), overlap="first")
        try:
            Schedule(zone="UTC", rules=tuple(drawn))
        except InvalidValueError:
            refused = True
        else:
            refused = False

        assert refused == any(
            share_an_instant(one, other, lenient) for one, other in combinations(drawn, 2)
        )

    @given(schedules(years=YEARS), rules(years=YEARS), st.integers(0, 6))
    def test_order_matters_only_where_rules_overlap(
        self, schedule: Schedule[str], rule: Rule[str], place: int
    ) -> None:
        """What is refused is accepted as an ordered list."""
        several = (*schedule.rules[:place], rule, *schedule.rules[place:])

        assert Schedule(zone="UTC", rules=several, overlap="first").rules == several


def share_an_instant(one: Rule[str], other: Rule[str], schedule: Schedule[str]) -> bool:
    """Walk through every day of 28 years and look for a second that both claim."""
    edges = {0} | {
        second
        for rule in (one, other)
        for span in rule.when.spans
        for second in (span.start, span.end % 86_400)
    }
    before: tuple[set[str], set[str]] = (set(), set())
    for number in range(28 * 366):
        day = date(2004, 1, 1) + number * DAY
        today = (tiers_on(one, day, schedule), tiers_on(other, day, schedule))
        if (today[0] | before[0]) & (today[1] | before[1]):
            for second in edges:
                first, second_one = (
                    {tier for tier in now if begins_and_covers(rule, second)}
                    | {tier for tier in then if runs_into(rule, second)}
                    for rule, now, then in zip((one, other), today, before, strict=True)
                )
                if first & second_one:
                    return True
        before = today
    return False


class TestOverride:
    """An override holds from its start up to its end, and nothing else changes."""

    @given(questions(), overrides(st.just("forced"), years=YEARS))
    def test_an_override_is_the_only_answer_while_it_holds(
        self, question: tuple[Schedule[str], datetime], override: Override[str]
    ) -> None:
        """The answer is the forced one exactly between the bounds."""
        schedule, moment = question
        schedule = schedule.by_schedule()
        forced = schedule.forced("forced", since=override.since, until=override.until)
        if override.until is not Until.NEXT_CHANGE:
            end = override.until
        else:
            end = None if override.since is None else schedule.next_change(override.since)
        for each in (moment, override.since, end):
            if each is None:
                continue
            instant = each.astimezone(UTC).replace(microsecond=0)
            begun = override.since is None or override.since.astimezone(UTC) <= instant
            ended = end is not None and end.astimezone(UTC) <= instant
            expected = "forced" if begun and not ended else schedule.at(instant)
            assert forced.at(instant) == expected
        assert forced.override == override

    @given(questions())
    def test_until_the_next_change_is_until_that_instant(
        self, question: tuple[Schedule[str], datetime]
    ) -> None:
        """An override until the next change is one until the instant of that change."""
        schedule, moment = question
        schedule = schedule.by_schedule()
        change = schedule.next_change(moment)
        named = schedule.forced("forced", since=moment, until=Until.NEXT_CHANGE)
        timed = schedule.forced("forced", since=moment, until=change)
        around = [moment, *(() if change is None else (change, change + 9 * DAY))]

        for each in around:
            one, other = named.resolve(each), timed.resolve(each)
            assert (one.value, one.since, one.until) == (other.value, other.since, other.until)

    @given(questions(), st.lists(st.integers(0, 20 * 86_400), max_size=4))
    def test_until_the_next_change_is_what_the_model_says(
        self, question: tuple[Schedule[str], datetime], later: list[int]
    ) -> None:
        """The forced answer ends at the first instant at which the rules answer otherwise."""
        schedule, since = question
        forced = schedule.forced("forced", since=since, until=Until.NEXT_CHANGE)
        since = since.astimezone(UTC)
        instants = [since - SECOND, *(since + seconds * SECOND for seconds in (0, *later))]
        plain = spelt_out_before(forced, max(instants))
        assert plain.override is not None
        if isinstance(plain.override.until, datetime):
            end = plain.override.until.astimezone(UTC)
            instants += [end - SECOND, end, end + SECOND]

        for each in instants:
            assert forced.at(each) == answer_at(plain, each)

    @given(questions(), overrides(st.just("forced"), years=YEARS))
    def test_forced_then_by_schedule_is_as_before(
        self, question: tuple[Schedule[str], datetime], override: Override[str]
    ) -> None:
        """To force an answer and to take it back changes nothing."""
        schedule = question[0].by_schedule()
        forced = schedule.forced(override.value, since=override.since, until=override.until)

        assert forced.by_schedule() == schedule
        assert hash(forced.by_schedule()) == hash(schedule)
        assert schedule.by_schedule() is schedule


class TestValue:
    """A schedule is a value: copies and pickles are equal and answer the same."""

    @given(questions())
    def test_copies_answer_the_same(self, question: tuple[Schedule[str], datetime]) -> None:
        """What was painted stays behind, and the answers come back."""
        schedule, moment = question
        schedule.next_change(moment)
        for again in (
            pickle.loads(pickle.dumps(schedule)),
            copy.copy(schedule),
            copy.deepcopy(schedule),
        ):
            assert again == schedule
            assert hash(again) == hash(schedule)
            assert again.at(moment) == schedule.at(moment)
            assert str(again.next_change(moment)) == str(schedule.next_change(moment))

    @given(questions())
    def test_mapped_values_are_mapped_answers(
        self, question: tuple[Schedule[str], datetime]
    ) -> None:
        """To map a schedule is to map its answers."""
        schedule, moment = question
        answer = schedule.at(moment)

        assert schedule.map(len).at(moment) == (None if answer is None else len(answer))


class TestMemory:
    """An answer does not depend on what was asked before."""

    @given(questions(), st.lists(st.integers(-4_000 * 86_400, 4_000 * 86_400), max_size=6))
    def test_a_schedule_that_was_asked_answers_as_a_new_one(
        self, question: tuple[Schedule[str], datetime], others: list[int]
    ) -> None:
        """What a schedule remembers of its searches never shows."""
        schedule, moment = question
        instants = [moment, *(moment.astimezone(UTC) + each * SECOND for each in others)]
        for each in instants:
            new = copy.copy(schedule)
            assert schedule.at(each) == new.at(each)
            assert str(schedule.next_change(each)) == str(new.next_change(each))
            assert str(schedule.resolve(each).since) == str(new.resolve(each).since)


class TestDeadRules:
    """A rule that a check calls dead changes no answer."""

    @given(questions(), st.timedeltas(timedelta(), timedelta(30)))
    def test_without_a_dead_rule_every_answer_is_the_same(
        self, question: tuple[Schedule[str], datetime], length: timedelta
    ) -> None:
        """Each rule that is found dead can go."""
        schedule, start = question
        assume(schedule.override is None)
        dead = {
            finding.about
            for finding in schedule.check()
            if finding.code.startswith("schedule.dead")
        }
        labels = [rule.label for rule in schedule.rules]
        for label in dead:
            if labels.count(label) > 1:
                continue
            rest = tuple(rule for rule in schedule.rules if rule.label != label)
            without = Schedule(
                zone=schedule.zone,
                rules=rest,
                holidays=schedule.holidays,
                otherwise=schedule.otherwise,
                spill=schedule.spill,
                overlap="first",
            )
            start = start.astimezone(UTC)
            for cut in (start, *cuts(schedule, start, start + length)):
                assert without.at(cut) == schedule.at(cut)


@pytest.mark.parametrize("overnight", [True, False])
def test_spans_are_drawn_as_asked(overnight: bool) -> None:  # noqa: FBT001 - a case
    """The strategy of spans keeps its word, so that laws about nights are about nights."""

    @given(spans(overnight=overnight))
    def law(span: Any) -> None:
        assert span.overnight == overnight

    law()
