"""Laws of checking and of normal forms, against answers sampled from the clock."""

from datetime import date
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Finding
from cloudpbx.routing import Rule, Schedule, Span, Weekday
from tests.spec.coverage import (
    NEW_YEARS,
    ORDINARY_WEEK,
    answers,
    by_name,
    needless,
)

DAY: Final = 86_400
WEEKDAYS: Final = ("", "mon", "fri", "sat,sun", "mon-fri", "wed-sun", "tue,thu", "sun,mon")
SPECIAL: Final = ("2021-01-01", "2021-01-03..2021-01-05", "01-02", "01-01..01-03", "holiday")
SPECIAL_AND_RARE: Final = (*SPECIAL, "mon[1]", "01-02..01-05 mon-wed", "holiday,sun")
HOLIDAYS: Final = {date(2021, 1, 2): "one", date(2021, 1, 3): "two", date(2022, 1, 5): "three"}


def spans(step: int) -> st.SearchStrategy[str]:
    """Draw one or two spans whose ends are whole steps of seconds."""
    ends = st.integers(0, DAY // step - 1).map(lambda number: number * step)
    pairs = st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1])
    one = pairs.map(lambda pair: str(Span(*pair)))
    return st.one_of(one, st.just("00:00-24:00"))


@st.composite
def schedules(
    draw: st.DrawFn, *, days: tuple[str, ...], step: int, overlap: str
) -> Schedule[str]:
    """Draw a schedule of a few rules, named for their place, that fit each other."""
    settings: dict[str, Any] = {
        "zone": "UTC",
        "holidays": HOLIDAYS,
        "overlap": overlap,
        "spill": draw(st.sampled_from(("keep", "clip"))),
        "otherwise": draw(st.sampled_from((None, "open"))),
    }
    rules: tuple[Rule[str], ...] = ()
    for number in range(draw(st.integers(0, 6))):
        when = f"{draw(st.sampled_from(days))} {draw(spans(step))}"
        rule = Rule(when, draw(st.sampled_from(("open", "closed"))), name=f"rule {number}")
        try:
            Schedule(rules=(*rules, rule), **settings)
        except InvalidValueError:
            continue
        rules = (*rules, rule)
    return Schedule(rules=rules, **settings)


def weekly(overlap: str = "first") -> st.SearchStrategy[Schedule[str]]:
    """Draw a schedule of weekdays, to the minute."""
    return schedules(days=WEEKDAYS, step=60, overlap=overlap)


def yearly(overlap: str = "first") -> st.SearchStrategy[Schedule[str]]:
    """Draw a schedule of all tiers whose dates stand in the first days of January."""
    return schedules(days=WEEKDAYS + SPECIAL, step=10_800, overlap=overlap)


def found(schedule: Schedule[str], code: str) -> list[Finding]:
    """Return the findings of a family of codes."""
    return [each for each in schedule.check() if f"{each.code}.".startswith(f"{code}.")]


def names(findings: list[Finding]) -> set[str]:
    """Return the rules that findings are about."""
    return {each.about for each in findings}


class TestGaps:
    """What the check calls a gap is where no answer comes, and nothing else is."""

    @given(weekly())
    def test_a_week_has_as_many_minutes_of_gap_as_minutes_without_answer(
        self, schedule: Schedule[str]
    ) -> None:
        """All gaps of a week together are the minutes at which there is no answer."""
        silent = answers(schedule, ORDINARY_WEEK).count(None)

        assert sum(each.minutes_a_week for each in found(schedule, "schedule.gap")) == silent

    @given(yearly())
    def test_there_are_gaps_exactly_where_some_moment_has_no_answer(
        self, schedule: Schedule[str]
    ) -> None:
        """A schedule of all tiers has gaps if and only if a moment has no answer."""
        gaps = found(schedule, "schedule.gap")

        assert bool(gaps) == (None in answers(schedule, NEW_YEARS))

    @given(yearly())
    def test_a_witness_has_no_answer(self, schedule: Schedule[str]) -> None:
        """At the witness of a gap the schedule says nothing."""
        for gap in found(schedule, "schedule.gap"):
            assert gap.witness is not None
            assert schedule.at(gap.witness) is None


class TestNeedlessRules:
    """A rule is dead or redundant if and only if no answer depends on it."""

    @given(weekly())
    def test_of_weekdays(self, schedule: Schedule[str]) -> None:
        """Taking a rule out changes an answer of the week, unless the check names it."""
        dead, redundant = (
            found(schedule, "schedule.dead"),
            found(schedule, "schedule.redundant"),
        )

        assert names(dead + redundant) == set(needless(schedule, ORDINARY_WEEK))

    @given(yearly())
    def test_of_all_tiers(self, schedule: Schedule[str]) -> None:
        """The same over the turn of each year of the horizon."""
        dead, redundant = (
            found(schedule, "schedule.dead"),
            found(schedule, "schedule.redundant"),
        )

        assert names(dead + redundant) == set(needless(schedule, NEW_YEARS))

    @given(weekly())
    def test_a_dead_rule_never_speaks_and_a_redundant_one_does(
        self, schedule: Schedule[str]
    ) -> None:
        """What tells the two apart is whether the rule ever gives the answer."""
        named = by_name(schedule)
        spoke = set(answers(named, ORDINARY_WEEK))

        assert not names(found(schedule, "schedule.dead")) & spoke
        for finding in found(schedule, "schedule.redundant"):
            assert finding.witness is not None
            assert named.at(finding.witness) == finding.about


class TestNormalForms:
    """The normal form answers the same, and there is one for each weekly schedule."""

    @given(schedules(days=WEEKDAYS + SPECIAL_AND_RARE, step=10_800, overlap="refuse"))
    def test_it_answers_the_same(self, schedule: Schedule[str]) -> None:
        """Each moment has the same answer, from a rule of the same name."""
        whole = renamed(schedule)
        normal = whole.normalise()

        assert normal.normalise() == normal
        assert answers(normal, NEW_YEARS) == answers(whole, NEW_YEARS)

    @given(weekly("refuse"), st.randoms(use_true_random=False))
    def test_it_does_not_depend_on_the_writing(
        self, schedule: Schedule[str], chance: Any
    ) -> None:
        """A schedule cut into one rule for each piece of each weekday comes back whole."""
        whole = renamed(schedule)
        pieces = [piece for rule in whole.rules for piece in cut(rule, chance)]
        chance.shuffle(pieces)
        try:
            in_pieces = Schedule(
                zone="UTC",
                rules=tuple(pieces),
                holidays=HOLIDAYS,
                spill=whole.spill,
            )
        except InvalidValueError:
            # A rule that runs into its own next morning has no other writing.
            return

        assert in_pieces.normalise() == whole.normalise()


def renamed(schedule: Schedule[str]) -> Schedule[tuple[str, str]]:
    """Give the rules two names, and answers that tell them too."""
    rules = []
    for number, rule in enumerate(schedule.rules):
        name = ("", "night")[number % 3 == 0]
        rules.append(Rule(rule.when, (rule.value, name), name))
    return Schedule(
        zone="UTC",
        rules=tuple(rules),
        holidays=HOLIDAYS,
        spill=schedule.spill,
        overlap=schedule.overlap,
    )


def cut(rule: Rule[Any], chance: Any) -> list[Rule[Any]]:
    """Write a rule of weekdays as a rule for each day, with its spans cut in two."""
    pieces = []
    for weekday in Weekday:
        if not rule.when.days.matches(date(2020, 1, 6 + weekday.number)):
            continue
        for span in rule.when.spans:
            middle = chance.randrange(span.start, DAY if span.overnight else span.end)
            parts = (
                [span]
                if middle == span.start
                else [
                    Span(span.start, middle),
                    Span(middle, span.end),
                ]
            )
            pieces += [Rule(f"{weekday} {part}", rule.value, name=rule.name) for part in parts]
    return pieces
