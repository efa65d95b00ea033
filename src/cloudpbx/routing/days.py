"""Which days a rule is for.

Here: the notation that combines terms, reading and printing it. Not here: the terms
(`day_terms`), the time of day (`spans`), which rule wins (`rules`).

Terms separated by commas unite, by spaces intersect:

==========================  =====================================================
`mon-fri`, `mon,wed`        weekdays; a range may wrap, as `sat-mon`
`mon[2]`, `fri[-1]`         the second Monday, the last Friday of a month
`2026-12-29`                a date; `2026-12-29..2027-01-03` a range of dates
`12-29`, `12-29..01-03`     a day of every year; a range may wrap
`holiday`                   a public holiday of the schedule's calendar
`rrule:FREQ=…`              a recurrence of RFC 5545, whole days, a word of its own
(nothing), or `daily`       every day
==========================  =====================================================
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Self, TypeAlias

from attrs import frozen

from cloudpbx._values import check_each, check_text, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.day_terms import (
    EVERY_DAY,
    WEEK,
    DateRange,
    DayTerm,
    NthWeekday,
    PublicHoliday,
    Weekday,
    YearlyRange,
    read_weekday,
)
from cloudpbx.routing.recurrences import Recurrence

__all__ = ["Conjunction", "Days"]

KINDS: Final = (DateRange, YearlyRange, PublicHoliday, NthWeekday, Recurrence, Weekday)
"""The kinds of term in the order in which they are printed."""

Word: TypeAlias = tuple[DayTerm, ...]

_NTH = re.compile(r"([a-z]+)\[([+-]?\d{1,2})\]", re.ASCII)
_WEEKDAYS = re.compile(r"([a-z]+)(?:-([a-z]+))?", re.ASCII)
_DATES = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?", re.ASCII)
_YEARLY = re.compile(r"(\d{2})-(\d{2})(?:\.\.(\d{2})-(\d{2}))?", re.ASCII)


@frozen(init=False)
class Days:
    """Name days by words: the terms of a word unite, the words intersect.

    Equal when they name the same words, however they were written.

    Attributes:
        words: Each a tuple of terms; none at all is every day.

    >>> days = Days.parse("fri,mon-thu 07-01..08-31")
    >>> print(days)
    07-01..08-31 mon-fri
    >>> days == Days((YearlyRange((7, 1), (8, 31)),), WEEK[:5])
    True
    >>> days.matches(date(2026, 7, 1)), days.matches(date(2026, 7, 4))
    (True, False)

    Raises:
        InvalidValueError: the words name no day at all, or cannot be intersected.
    """

    words: tuple[Word, ...]

    def __init__(self, *words: Iterable[DayTerm]) -> None:
        self.__attrs_init__(_canonical_words(words))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the notation of this module.

        Raises:
            InvalidValueError: a term is not of the notation; the message names it.
        """
        check_text(text, what="the days of a rule", empty=True)
        return cls(*map(_read_word, text.split()))

    def alternatives(self) -> tuple["Conjunction", ...]:
        """Return the same days as unions of words that each hold one kind of term.

        `holiday,sun 07-01..08-31` gives `holiday 07-01..08-31` and `sun 07-01..08-31`.
        Words of weekdays become one; where they leave none, there is no alternative.
        """
        found: list[tuple[Word, ...]] = [()]
        for word in self.words:
            groups = [_of_kind(word, kind) for kind in KINDS]
            found = [(*head, group) for head in found for group in groups if group]
        joined = (_weekdays_joined(words) for words in found)
        return tuple(Conjunction(words) for words in joined if words is not None)

    def matches(self, day: date, *, holiday: bool = False) -> bool:
        """Say whether `day` is one of the days, `holiday` being whether it is one."""
        return any(each.matches(day, holiday=holiday) for each in self.alternatives())

    def __str__(self) -> str:
        """Write the days in the notation; every day is the empty text."""
        return " ".join(map(_word_text, self.words))


@frozen
class Conjunction:
    """Intersect words that each hold one kind of term."""

    words: tuple[Word, ...]

    @property
    def kinds(self) -> frozenset[type]:
        """Return the kinds of its words."""
        return frozenset(type(word[0]) for word in self.words)

    def matches(self, day: date, *, holiday: bool) -> bool:
        """Say whether `day` is in every word."""
        for word in self.words:
            if type(word[0]) is PublicHoliday:
                if not holiday:
                    return False
                continue
            for term in word:
                if term.matches(day):  # type: ignore[union-attr]
                    break
            else:
                return False
        return True


def read_date(text: str) -> date:
    """Read `2026-12-29`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{shown(text)} is no day of the calendar: correct it, or write `2026-12-29`"
        raise InvalidValueError(msg) from None


def _of_kind(word: Iterable[DayTerm], kind: type) -> Word:
    return tuple(term for term in word if type(term) is kind)


def _weekdays_joined(words: tuple[Word, ...]) -> tuple[Word, ...] | None:
    """Intersect words of weekdays; None when they leave none."""
    weekdays = [word for word in words if type(word[0]) is Weekday]
    if len(weekdays) < 2:  # noqa: PLR2004 - nothing to intersect
        return words
    left = tuple(day for day in WEEK if all(day in word for word in weekdays))
    others = tuple(word for word in words if word not in weekdays)
    return (*others, left) if left else None


def _canonical_words(words: Iterable[Iterable[DayTerm]]) -> tuple[Word, ...]:
    plain: list[Word] = []
    weekdays: Word = WEEK
    for word in words:
        terms = _canonical_word(word)
        if {type(term) for term in terms} == {Weekday}:
            weekdays = tuple(term for term in weekdays if term in terms)
            if not weekdays:
                msg = f"`{_word_text(terms)}` leaves no weekday of those named before it"
                raise InvalidValueError(msg)
        elif terms not in plain:
            plain.append(terms)
    singles = [type(word[0]) for word in plain if len({type(term) for term in word}) == 1]
    for kind in KINDS:
        if singles.count(kind) > 1:
            texts = " and ".join(
                f"`{_word_text(word)}`" for word in plain if _of_kind(word, kind) == word
            )
            msg = f"{texts} narrow each other: unite them with a comma or write one term"
            raise InvalidValueError(msg)
    if len(weekdays) < len(WEEK):
        plain.append(weekdays)
    return tuple(sorted(plain, key=_print_order))


def _canonical_word(word: Iterable[DayTerm]) -> Word:
    terms = check_each(word, KINDS, what="a term of the days of a rule")
    if not terms:
        msg = "`()` names no day: leave the word out for every day"
        raise InvalidValueError(msg)
    if len(terms) > 1 and (recurrences := _of_kind(terms, Recurrence)):
        msg = f"{shown(str(recurrences[0]))} is a word of its own: write it as its own rule"
        raise InvalidValueError(msg)
    if set(terms) >= set(WEEK):
        return WEEK
    kept: list[DayTerm] = []
    for kind in KINDS:
        same = sorted(set(_of_kind(terms, kind)), key=_term_order)
        kept += _joined(same) if kind is DateRange else same  # type: ignore[arg-type]
    return tuple(kept)


def _joined(ranges: list[DateRange]) -> list[DateRange]:
    """Join ranges of dates that overlap or follow each other."""
    joined = ranges[:1]
    for each in ranges[1:]:
        before = joined[-1]
        if before.last == date.max or each.first <= before.last + timedelta(1):
            joined[-1] = DateRange(before.first, max(before.last, each.last))
        else:
            joined.append(each)
    return joined


def _term_order(term: DayTerm) -> tuple[int, object]:
    return (term.number, "") if isinstance(term, Weekday) else (0, _sortable(term))


def _sortable(term: DayTerm) -> object:
    if isinstance(term, NthWeekday):
        return (term.weekday.number, term.nth)
    return str(term)


def _print_order(word: Word) -> tuple[int, str]:
    return (KINDS.index(type(word[0])), _word_text(word))


def _word_text(word: Word) -> str:
    numbers = [term.number for term in word if isinstance(term, Weekday)]
    return ",".join([*(str(t) for t in word if not isinstance(t, Weekday)), *_runs(numbers)])


def _runs(numbers: list[int]) -> list[str]:
    """Write runs of three weekdays or more as ranges; a run may wrap over Sunday."""
    if not numbers:
        return []
    start = next((n for n in numbers if (n - 1) % 7 not in numbers), 0)
    turned = sorted(numbers, key=lambda number: (number - start) % 7)
    runs = [[turned[0]]]
    for before, number in pairwise(turned):
        if number == (before + 1) % 7:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = []
    for run in sorted(runs):
        names = [WEEK[number].value for number in run]
        texts += [f"{names[0]}-{names[-1]}"] if len(run) > 2 else names  # noqa: PLR2004 - a run
    return texts


def _read_word(word: str) -> Word:
    if word.casefold().startswith("rrule:"):
        return (Recurrence.parse(word),)
    return tuple(term for text in word.split(",") for term in _read_terms(text, word))


def _read_terms(text: str, word: str) -> Iterable[DayTerm]:
    """Read one term of the notation.

    1. every day, and public holidays, by name;
    2. dates, then days of every year, by their digits;
    3. the nth weekday, by its brackets;
    4. weekdays and ranges of them.
    """
    lower = text.casefold()
    if lower == EVERY_DAY:
        return WEEK
    if lower == "holiday":
        return (PublicHoliday(),)
    if dates := _DATES.fullmatch(text):
        return (DateRange(read_date(dates[1]), read_date(dates[2] or dates[1])),)
    if yearly := _YEARLY.fullmatch(text):
        month, day, *last = (int(part) for part in yearly.groups() if part)
        try:
            return (YearlyRange((month, day), tuple(last) or (month, day)),)
        except InvalidValueError:
            msg = f"`{text}` names no day of any year: write month and day, as `12-29`"
            raise InvalidValueError(msg) from None
    if nth := _NTH.fullmatch(lower):
        return (NthWeekday(read_weekday(nth[1]), int(nth[2])),)
    if weekdays := _WEEKDAYS.fullmatch(lower):
        first = read_weekday(weekdays[1]).number
        last_number = read_weekday(weekdays[2]).number if weekdays[2] else first
        return tuple(WEEK[(first + step) % 7] for step in range((last_number - first) % 7 + 1))
    where = f" in {shown(word)}" if text != word else ""
    msg = (
        f"{shown(text)}{where} is not a day: write `mon-fri`, `mon[2]`, `2026-12-29`, "
        "`12-29..01-03`, `holiday` or `rrule:…`"
    )
    raise InvalidValueError(msg)
