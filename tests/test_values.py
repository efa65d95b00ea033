"""The checks that every value shares name what they refuse and how to mend it.

Here: each check with what it takes and what it says. Not here: who uses it.
"""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudpbx._values import (
    FrozenMapping,
    check_aware,
    check_each,
    check_flag,
    check_instance,
    check_member,
    check_text,
    check_unique,
    check_whole,
    nearest,
    shown,
)
from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Severity

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NAIVE = NOON.replace(tzinfo=None)


class Unsure(tzinfo):
    """A time zone that does not know its offset."""

    def utcoffset(self, _moment: datetime | None, /) -> None:
        """Return nothing, as the standard library allows."""

    dst = tzname = utcoffset


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("9:60", "`9:60`", id="text"),
        pytest.param(9, "`9`", id="a number"),
        pytest.param(None, "`None`", id="nothing"),
        pytest.param("", "``", id="empty"),
        pytest.param("a\nb\x00", r"`a\nb\x00`", id="control characters"),
        pytest.param("９：００", "`９：００`", id="full width"),
        pytest.param("x" * 60, f"`{'x' * 60}`", id="as long as a line may be"),
        pytest.param("x" * 61, f"`{'x' * 60}…`", id="longer than a line"),
    ],
)
def test_a_value_is_shown_on_one_line(value: object, text: str) -> None:
    """What is refused is quoted on one line and cut."""
    assert shown(value) == text


@given(st.text() | st.integers() | st.binary())
def test_anything_is_shown_on_one_short_line(value: object) -> None:
    """Whatever is refused, what is shown of it is one short printable line."""
    assert shown(value).isprintable()
    assert len(shown(value)) <= 63


@pytest.mark.parametrize(
    ("word", "text"),
    [
        pytest.param("mno", "did you mean `mon`?", id="similar"),
        pytest.param("MON", "did you mean `mon`?", id="upper case"),
        pytest.param("x", "write one of `mon`, `tue`", id="nothing similar"),
    ],
)
def test_the_nearest_word_is_suggested(word: str, text: str) -> None:
    """A similar word is suggested, or all of them in order."""
    assert nearest(word, ["tue", "mon"]) == text


@pytest.mark.parametrize(
    "accepted",
    [
        pytest.param(lambda: check_text("内線", what="a name") == "内線", id="text"),
        pytest.param(lambda: check_text("", what="a name", empty=True) == "", id="empty text"),
        pytest.param(lambda: check_flag(True, what="it") is True, id="true"),  # noqa: FBT003
        pytest.param(lambda: check_flag(False, what="it") is False, id="false"),  # noqa: FBT003
        pytest.param(lambda: check_whole(0, what="it", low=0) == 0, id="the lowest"),
        pytest.param(lambda: check_whole(9, what="it", low=0, high=9) == 9, id="the highest"),
        pytest.param(lambda: check_whole(10**9, what="it", low=0) == 10**9, id="no highest"),
        pytest.param(lambda: check_aware(NOON, what="it") is NOON, id="an aware moment"),
        pytest.param(lambda: check_instance(1, int, what="it") == 1, id="one kind"),
        pytest.param(lambda: check_instance("", (int, str), what="it") == "", id="two kinds"),
        pytest.param(lambda: check_each([1, 2], int, what="it") == (1, 2), id="a list"),
        pytest.param(lambda: check_each(iter(()), int, what="it") == (), id="none at all"),
    ],
)
def test_what_fits_is_returned(accepted: Callable[[], bool]) -> None:
    """A check returns what it was given when it fits."""
    assert accepted()


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        pytest.param(
            lambda: check_text(1001, what="an extension"),
            '`1001` is not text, as an extension must be: write it in quotes, "1001"',
            id="a number for text",
        ),
        pytest.param(
            lambda: check_text(None, what="a name"),
            "`None` is not text, as a name must be",
            id="nothing for text",
        ),
        pytest.param(
            lambda: check_text(True, what="a name"),  # noqa: FBT003
            "`True` is not text, as a name must be",
            id="a truth value for text",
        ),
        pytest.param(
            lambda: check_text("", what="a name"),
            "`` is empty: a name needs at least one character",
            id="empty text",
        ),
        pytest.param(
            lambda: check_text("a\tb", what="a name"),
            r"`a\tb` has a control character: a name is one line of text",
            id="a control character",
        ),
        pytest.param(
            lambda: check_flag(1, what="recording"),
            "`1` is not true or false, as recording must be",
            id="a number for a truth value",
        ),
        pytest.param(
            lambda: check_whole("20", what="seconds", low=1),
            "`20` is not a whole number, as seconds must be",
            id="text for a number",
        ),
        pytest.param(
            lambda: check_whole(True, what="seconds", low=1),  # noqa: FBT003
            "`True` is not a whole number, as seconds must be",
            id="a truth value for a number",
        ),
        pytest.param(
            lambda: check_whole(0, what="seconds", low=1),
            "`0` is out of range: seconds is 1 or more",
            id="too low",
        ),
        pytest.param(
            lambda: check_whole(10, what="a weight", low=0, high=9),
            "`10` is out of range: a weight is 0 to 9",
            id="too high",
        ),
        pytest.param(
            lambda: check_aware(date(2026, 11, 21), what="the moment"),
            "`datetime.date(2026, 11, 21)` is not a datetime, as the moment must be",
            id="a date for a moment",
        ),
        pytest.param(
            lambda: check_aware(NAIVE, what="the moment"),
            "`2026-11-21T12:00:00` is naive: the moment needs a time zone, as in "
            '`datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="a naive moment",
        ),
        pytest.param(
            lambda: check_aware(NAIVE.replace(tzinfo=Unsure()), what="the moment"),
            "`2026-11-21T12:00:00` is naive: the moment needs a time zone, as in "
            '`datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="a zone without an offset",
        ),
        pytest.param(
            lambda: check_instance("1", int, what="it"),
            "`1` is not `int`, as it must be",
            id="one kind",
        ),
        pytest.param(
            lambda: check_instance(None, (int, str), what="it"),
            "`None` is not `int` or `str`, as it must be",
            id="two kinds",
        ),
        pytest.param(
            lambda: check_each(7, int, what="a target"),
            "`7` is not a sequence: write `(…,)` with a target in it",
            id="no sequence",
        ),
        pytest.param(
            lambda: check_each("1001", str, what="a target"),
            '`1001` is not a sequence: write `("1001",)`',
            id="text is no sequence",
        ),
        pytest.param(
            lambda: check_each([1, "2"], int, what="a target"),
            "`2` is not `int`, as a target must be",
            id="a wrong one among others",
        ),
        pytest.param(
            lambda: check_unique(["1001", "1002", "1001"], what="extensions"),
            "`1001` stands twice: extensions must differ, remove one",
            id="twice",
        ),
    ],
)
def test_what_does_not_fit_is_refused(refused: Callable[[], object], message: str) -> None:
    """A check says what it refuses, what it expects and how to mend it."""
    with pytest.raises(InvalidValueError) as caught:
        refused()

    assert str(caught.value) == message


def test_different_keys_are_accepted() -> None:
    """Keys that differ are no error."""
    check_unique(["1001", "1002"], what="extensions")


@given(st.dictionaries(st.text(), st.integers()))
def test_a_frozen_mapping_is_equal_to_what_it_was_made_of(items: dict[str, int]) -> None:
    """A frozen mapping reads, compares and prints like the mapping it was made of."""
    frozen = FrozenMapping(items)

    assert frozen == items
    assert dict(frozen) == items
    assert len(frozen) == len(items)
    assert repr(frozen) == repr(items)
    assert frozen == FrozenMapping(items.items())


@given(st.dictionaries(st.text(), st.integers(), min_size=1))
def test_equal_frozen_mappings_have_one_hash(items: dict[str, int]) -> None:
    """Frozen mappings are equal, and hash alike, whatever the order of their items."""
    backwards = dict(reversed(items.items()))

    assert FrozenMapping(items) == FrozenMapping(backwards)
    assert hash(FrozenMapping(items)) == hash(FrozenMapping(backwards))
    assert FrozenMapping(items) != FrozenMapping()


def test_a_frozen_mapping_is_not_equal_to_something_else() -> None:
    """A frozen mapping is equal to mappings alone."""
    assert FrozenMapping() != ()
    assert FrozenMapping({"a": 1}) != {"a": 2}


def test_a_frozen_mapping_cannot_change() -> None:
    """A frozen mapping has no way to change, also not through what it was made of."""
    items = {"a": 1}
    frozen = FrozenMapping(items)
    items["a"] = 2

    assert frozen["a"] == 1
    assert not hasattr(frozen, "__setitem__")
    assert not hasattr(frozen, "update")


def test_a_frozen_mapping_survives_a_copy_and_a_pickle() -> None:
    """A copied or pickled frozen mapping is equal and has the same hash."""
    value = FrozenMapping({"a": 1})
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert other == value
        assert hash(other) == hash(value)


def test_a_number_too_long_to_write_is_shown_as_one() -> None:
    """Python writes no number of thousands of digits; a message says that it is one."""
    assert shown(10**5000) == "`a very long int`"
    with pytest.raises(InvalidValueError) as caught:
        check_text(10**5000, what="a number")
    assert str(caught.value) == "`a very long int` is not text, as a number must be"


def test_only_the_first_words_are_listed() -> None:
    """A thousand allowed words are not listed in one line."""
    words = [f"{number:04}" for number in range(1000)]

    assert nearest("x", words).endswith("`0011`, …")


def test_a_member_is_read_by_its_word() -> None:
    """A closed set names the nearest of its words."""
    assert check_member("warning", Severity, what="a severity") is Severity.WARNING
    assert check_member(Severity.NOTE, Severity, what="a severity") is Severity.NOTE
    with pytest.raises(InvalidValueError) as caught:
        check_member("warnign", Severity, what="a severity")
    assert str(caught.value) == "`warnign` is not a severity: did you mean `warning`?"


@pytest.mark.parametrize("text", ["a\nb", "x" * 500], ids=["two lines", "a long one"])
def test_a_text_for_a_sequence_stays_one_short_line(text: str) -> None:
    """Text in place of a sequence is written out only where a line has room for it."""
    with pytest.raises(InvalidValueError) as caught:
        check_each(text, str, what="a target")

    assert str(caught.value).endswith("is not a sequence: write `(…,)` with a target in it")
    assert str(caught.value).isprintable()
