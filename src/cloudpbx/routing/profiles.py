"""One painted day: what holds from each second of it on.

Here: the parts of rules that own a day, and painting the day from them. Not here: which
rules own it and where it lies on the line of instants (`timelines`).
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import frozen

from cloudpbx.routing.day_terms import PublicHoliday
from cloudpbx.routing.days import Conjunction
from cloudpbx.routing.rules import TIERS, Rule, Tier
from cloudpbx.routing.spans import DAY

__all__ = ["Active", "Alternative", "Profile", "Source", "paint"]

T = TypeVar("T")


@frozen(eq=False)
class Alternative:
    """One union-free part of a rule's days, with the tier it belongs to."""

    index: int
    rule: Rule[Any]
    days: Conjunction
    tier: Tier
    overnight: bool

    @property
    def needs_holiday(self) -> bool:
        """Say whether its days depend on the holidays."""
        return PublicHoliday in self.days.kinds


Active: TypeAlias = tuple[Alternative, ...]
"""The alternatives that own a day, in the order of the rules."""


@frozen(eq=False)
class Source:
    """Tell which rule paints a segment, and whether it began the day before."""

    alternative: Alternative
    spilled: bool


@frozen(eq=False)
class Profile(Generic[T]):
    """Hold one painted day.

    Attributes:
        starts: Seconds after midnight at which the value changes, the first being 0.
        values: The value from each start on; None where nothing answers.
        source_starts: The same for sources, which change more often than values.
        sources: What paints each part; None where no rule does.
    """

    starts: tuple[int, ...]
    values: tuple[T | None, ...]
    source_starts: tuple[int, ...]
    sources: tuple[Source | None, ...]

    def source_at(self, second: int) -> Source | None:
        """Return what paints a second of the day."""
        return self.sources[bisect_right(self.source_starts, second) - 1]


def paint(before: Active, today: Active, otherwise: T | None, spill: str) -> Profile[T]:
    """Paint a day. At each second the first that covers it wins.

    1. Of one tier, spans begun yesterday and today's alike: the earlier rule.
    2. Of two tiers: what yesterday's rules run over midnight, then today's. When
       spans are clipped, a day owned by a higher tier cuts yesterday's at midnight.
    3. The value for otherwise, or nothing.
    """
    spilled = [
        (0, span.end, Source(each, spilled=True))
        for each in before
        for span in each.rule.when.spans
        if span.overnight
    ]
    own = [
        (span.start, DAY if span.overnight else span.end, Source(each, spilled=False))
        for each in today
        for span in each.rule.when.spans
    ]
    if before and today and before[0].tier is not today[0].tier:
        clipped = TIERS.index(today[0].tier) < TIERS.index(before[0].tier)
        coats = own if spill == "clip" and clipped else spilled + own
    else:
        coats = sorted(spilled + own, key=_rule_order)
    edges = sorted({0, *(edge for coat in coats for edge in coat[:2] if edge < DAY)})
    sources = [
        next((source for low, high, source in coats if low <= edge < high), None)
        for edge in edges
    ]
    source_starts, kept = _merged(edges, sources, _same_source)
    values = [otherwise if source is None else source.alternative.rule.value for source in kept]
    starts, merged = _merged(source_starts, values, lambda a, b: a is b or a == b)
    return Profile(tuple(starts), tuple(merged), tuple(source_starts), tuple(kept))


def _rule_order(coat: tuple[int, int, Source]) -> int:
    return coat[2].alternative.index


def _same_source(first: Source | None, second: Source | None) -> bool:
    if first is None or second is None:
        return first is second
    return (
        first.alternative.index == second.alternative.index and first.spilled == second.spilled
    )


def _merged(
    starts: Sequence[int], values: Sequence[Any], same: Callable[[Any, Any], bool]
) -> tuple[list[int], list[Any]]:
    """Leave out each value that its neighbour before it already has."""
    kept_starts: list[int] = []
    kept: list[Any] = []
    for start, value in zip(starts, values, strict=True):
        if not kept or not same(kept[-1], value):
            kept_starts.append(start)
            kept.append(value)
    return kept_starts, kept
