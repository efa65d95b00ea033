"""The normal form of a schedule's rules.

Here: joining rules that say the same, and the canonical order. Not here: what rules
mean (`rules`, `timelines`) or the question users ask (`Schedule.normalise`).

Only rules of one name and equal values are joined, never across tiers, and no time
moves from the day that owns it to its neighbour: what a span runs over midnight stays
with the day it starts on.
"""

from collections.abc import Iterable
from typing import Any, Final

from attrs import evolve

from cloudpbx.routing.day_terms import WEEK, Weekday
from cloudpbx.routing.days import KINDS, Days
from cloudpbx.routing.recurrences import Recurrence
from cloudpbx.routing.rules import TIERS, Rule, Tier, When, tier_of
from cloudpbx.routing.spans import DAY, Span

__all__ = ["joined_rules"]

_EVERY_DAY: Final = frozenset(WEEK)

Run = tuple[int, int]
"""Part of a day, as seconds after its midnight; the end may lie on the next day."""


def joined_rules(rules: tuple[Rule[Any], ...]) -> tuple[Rule[Any], ...]:
    """Return the normal form of rules that share no instant.

    In order:

    1. a rule whose days belong to several tiers is written as one rule for each;
    2. rules of one name and equal values are put together;
    3. of these, weekdays with the same time of the day become one rule;
    4. rules of other tiers are joined where their days or their spans are the same;
    5. the rest is order: tier, days, spans, name.

    >>> rules = (Rule("tue 9:00-18:00", "open"), Rule("mon 12:00-18:00", "open"))
    >>> for rule in joined_rules((*rules, Rule("mon 9:00-12:00", "open"))):
    ...     print(rule)
    mon,tue 09:00-18:00 → open
    """
    joined: list[Rule[Any]] = []
    for group in _grouped(part for rule in rules for part in _parted(rule)):
        weekdays = [rule for rule in group if _is_plain(rule)]
        others = [rule for rule in group if not _is_plain(rule)]
        joined += _joined_weekdays(weekdays) + _joined_others(others)
    return tuple(sorted(joined, key=_order))


def _parted(rule: Rule[Any]) -> list[Rule[Any]]:
    """Write a rule of several tiers as one rule for each.

    It stays whole where two of the parts would share a tier, and so perhaps an instant,
    or could not be written in the notation.
    """
    parts = rule.when.days.alternatives()
    tiers = {tier_of(part) for part in parts}
    writable = all(len(part.kinds) == len(part.words) for part in parts)
    if len(tiers) < len(parts) or not writable:
        return [rule]
    return [_with(rule, Days(*part.words), rule.when.spans) for part in parts]


def _with(rule: Rule[Any], days: Days, spans: Iterable[Span]) -> Rule[Any]:
    return evolve(rule, when=When(days, tuple(spans)))


def _grouped(rules: Iterable[Rule[Any]]) -> list[list[Rule[Any]]]:
    """Put rules of one name and equal values together; values need not be hashable."""
    groups: list[list[Rule[Any]]] = []
    for rule in rules:
        for group in groups:
            if group[0].name == rule.name and group[0].value == rule.value:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return groups


def _tiers(rule: Rule[Any]) -> list[Tier]:
    return [tier_of(part) for part in rule.when.days.alternatives()]


def _order(rule: Rule[Any]) -> tuple[int, str, tuple[Span, ...], str, str]:
    tier = min(map(TIERS.index, _tiers(rule)))
    return tier, str(rule.when.days), rule.when.spans, rule.name, repr(rule.value)


# Weekdays: what matters is which time of the day each of them has.


def _is_plain(rule: Rule[Any]) -> bool:
    """Say whether a rule is one of weekdays that may be taken apart.

    A rule that runs over midnight into its own next morning may not: in two rules its
    parts would share that morning.
    """
    if _tiers(rule) != [Tier.WEEKDAY]:
        return False
    spans, numbers = rule.when.spans, {day.number for day in _weekdays(rule)}
    into_itself = any((number + 1) % 7 in numbers for number in numbers)
    mornings = [span.end for span in spans if span.overnight]
    return not (into_itself and mornings and spans[0].start < mornings[0])


def _weekdays(rule: Rule[Any]) -> frozenset[Weekday]:
    words = rule.when.days.words
    return frozenset(words[0]) if words else _EVERY_DAY  # type: ignore[arg-type]


def _joined_weekdays(rules: list[Rule[Any]]) -> list[Rule[Any]]:
    days_of: dict[tuple[Run, ...], list[Weekday]] = {}
    for weekday in WEEK:
        runs = [
            (span.start, span.start + span.seconds)
            for rule in rules
            if weekday in _weekdays(rule)
            for span in rule.when.spans
        ]
        for together in _written(_merged(runs)):
            days_of.setdefault(together, []).append(weekday)
    return [
        _with(rules[0], Days(days), (_span(*run) for run in runs))
        for runs, days in days_of.items()
    ]


def _span(start: int, end: int) -> Span:
    return Span(start, end if end <= DAY else end - DAY)


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Sort runs and join those that touch."""
    merged: list[Run] = []
    for start, end in sorted(runs):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _written(runs: list[Run]) -> list[tuple[Run, ...]]:
    """Return the runs of a day as rules can write them, each tuple for one rule.

    No span runs longer than a day, and none over midnight as long as one. The last run
    of a day is cut in the middle of what it spans from midnight, which always does.
    """
    if not runs:
        return []
    start, end = runs[-1]
    if end <= DAY or end - start < DAY:
        return [tuple(runs)]
    return [(*runs[:-1], (start, end // 2)), ((end // 2, end),)]


# Other tiers: rules that differ in one thing alone, their spans or a word of their days.


def _joined_others(rules: list[Rule[Any]]) -> list[Rule[Any]]:
    """Join until nothing can be joined."""
    while True:
        fewer = _joined_spans(rules)
        for place in range(len(KINDS)):
            fewer = _joined_words(fewer, place)
        if len(fewer) == len(rules):
            return fewer
        rules = fewer


def _joined_spans(rules: list[Rule[Any]]) -> list[Rule[Any]]:
    """Join rules of the same days whose spans a rule can write together."""
    same_days: dict[Days, list[Rule[Any]]] = {}
    for rule in rules:
        same_days.setdefault(rule.when.days, []).append(rule)
    joined = []
    for days, group in same_days.items():
        spans = [span for rule in group for span in rule.when.spans]
        runs = _merged((span.start, span.start + span.seconds) for span in spans)
        joined += [_with(group[0], days, spans)] if len(_written(runs)) == 1 else group
    return joined


def _joined_words(rules: list[Rule[Any]], place: int) -> list[Rule[Any]]:
    """Join rules of the same spans whose days differ in one word, if their tier stays.

    The word holds one kind of term, and no recurrence rule: the notation has no list of
    those.
    """
    joined: list[Rule[Any]] = []
    alike: dict[tuple[object, ...], list[Rule[Any]]] = {}
    for rule in rules:
        words = rule.when.days.words
        kinds = {type(term) for term in words[place]} if place < len(words) else set()
        if len(kinds) == 1 and Recurrence not in kinds:
            rest = (words[:place], words[place + 1 :])
            alike.setdefault((rule.when.spans, rest, *kinds), []).append(rule)
        else:
            joined.append(rule)
    for group in alike.values():
        words = group[0].when.days.words
        together = [term for rule in group for term in rule.when.days.words[place]]
        days = Days(*words[:place], together, *words[place + 1 :])
        both = _with(group[0], days, group[0].when.spans)
        joined += [both] if _tiers(both) == _tiers(group[0]) else group
    return joined
