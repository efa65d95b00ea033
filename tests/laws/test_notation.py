"""Laws of the notation: what is printed is read back, what cannot be read says why.

Here: text and objects of days, spans and rules. Not here: what they mean
(`test_schedules`) and single messages (`tests/routing`).
"""

import copy
import pickle
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Days, DayTerm, Recurrence, Rule, Schedule, Span, When
from cloudpbx.testing import day_terms, days, notations, rules, spans, whens, zones
from tests.spec.schedules import tiers_of_days

YEARS: Final = (2000, 2040)


class TestPrinting:
    """Everything prints in the notation, and reading that gives the same value."""

    @given(day_terms())
    def test_a_term_reads_back(self, term: DayTerm) -> None:
        """One term alone is one word of one term, or every day's weekdays."""
        assert Days.parse(str(term)) == Days((term,))

    @given(days())
    def test_days_read_back(self, value: Days) -> None:
        """Days are what they print."""
        assert Days.parse(str(value)) == value

    @given(spans())
    def test_a_span_reads_back(self, value: Span) -> None:
        """A span is what it prints."""
        assert Span.parse(str(value)) == value

    @given(whens())
    def test_when_reads_back(self, value: When) -> None:
        """When a rule applies is what it prints."""
        assert When.parse(str(value)) == value

    @given(rules())
    def test_a_rule_reads_back(self, rule: Rule[str]) -> None:
        """A rule is made of its notation as well as of objects."""
        assert Rule(str(rule.when), rule.value, rule.name) == rule


class TestReading:
    """Reading depends on what is written, not on how."""

    @given(notations())
    def test_case_and_spaces_do_not_matter(self, text: str) -> None:
        """The same letters in another case, with other spaces, mean the same."""
        expected = When.parse(text)

        assert When.parse(text.lower()) == expected
        assert When.parse(f"\u3000{text.replace(',', ' , ')}\u3000") == expected
        assert When.parse(str(expected)) == expected

    @given(
        st.lists(day_terms().filter(lambda term: not isinstance(term, Recurrence)), min_size=1)
    )
    def test_terms_of_a_word_may_stand_in_any_order(self, terms: list[DayTerm]) -> None:
        """Terms unite, so their order and their number of times say nothing."""
        expected = Days(terms)

        assert Days(terms[::-1]) == expected
        assert Days([*terms, *terms]) == expected
        assert Days.parse(",".join(map(str, terms))) == expected

    @given(days())
    def test_words_may_stand_in_any_order(self, value: Days) -> None:
        """Words intersect, so their order and their number of times say nothing."""
        assert Days(*value.words[::-1]) == value
        assert Days(*value.words, *value.words) == value

    @given(days(years=YEARS), st.dates(), st.booleans())
    def test_alternatives_are_the_same_days(self, value: Days, day: Any, holiday: bool) -> None:  # noqa: FBT001 - drawn
        """Days match what the definition says, and so do their parts."""
        day = day.replace(year=2000 + day.year % 40, day=min(day.day, 28))
        expected = bool(list(tiers_of_days(value, day, holiday=holiday)))

        assert value.matches(day, holiday=holiday) == expected
        assert (
            any(part.matches(day, holiday=holiday) for part in value.alternatives()) == expected
        )


class TestRefusing:
    """Text that is not of the notation is refused with one line, and nothing else."""

    @given(notations(well_formed=False))
    def test_when_is_read_or_refused(self, text: str) -> None:
        """Any text is read, and then prints and reads back, or is refused in one line."""
        read_or_refuse(When.parse, text)

    @given(notations(of="days", well_formed=False))
    def test_days_are_read_or_refused(self, text: str) -> None:
        """The same holds of days."""
        read_or_refuse(Days.parse, text)

    @given(notations(of="span", well_formed=False))
    def test_a_span_is_read_or_refused(self, text: str) -> None:
        """The same holds of spans."""
        read_or_refuse(Span.parse, text)

    @given(st.text())
    def test_a_recurrence_is_read_or_refused(self, text: str) -> None:
        """The same holds of recurrence rules."""
        read_or_refuse(Recurrence.parse, f"rrule:{text}")

    @given(zones(well_formed=False))
    def test_a_zone_is_known_or_refused(self, name: str) -> None:
        """The same holds of zones."""
        read_or_refuse(lambda zone: Schedule(zone=zone), name)


def read_or_refuse(read: Any, text: str) -> None:
    """Read text; a refusal is one line that starts in lower case or with the value."""
    try:
        value = read(text)
    except InvalidValueError as error:
        message = str(error)
        assert message.isprintable()
        assert message.startswith("`")
        assert not message.endswith(".")
    else:
        if not isinstance(value, Schedule):
            assert read(str(value)) == value


class TestValues:
    """Equal values are one value: they hash, copy and pickle alike."""

    @given(st.one_of(days(), spans(), whens(), rules(), day_terms()))
    def test_a_value_survives(self, value: Any) -> None:
        """Copies and pickles are equal and have the same hash."""
        for again in (
            pickle.loads(pickle.dumps(value)),
            copy.copy(value),
            copy.deepcopy(value),
        ):
            assert again == value
            assert hash(again) == hash(value)

    @given(st.lists(st.one_of(days(), spans(), whens()), max_size=6))
    def test_equal_values_have_equal_hashes(self, values: list[Any]) -> None:
        """A value read from what another prints has its hash."""
        for value in values:
            again = type(value).parse(str(value))
            assert again == value
            assert hash(again) == hash(value)
