"""A ratio tried out: who gets how many calls.

Here: drawing for many calls, counting, and showing the counts beside what was expected.
Not here: the draw itself (`distributions`).
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, sqrt
from typing import Any

from attrs import field, frozen

from cloudpbx._render import (
    Bar,
    BarRow,
    bar_chart,
    display_width,
    escaped,
    html_table,
    text_columns,
)
from cloudpbx._values import (
    FrozenMapping,
    check_instance,
    check_text,
    check_whole,
    nearest,
    shown,
)
from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing.distributions import (
    Distribute,
    Draw,
    WhenUnavailable,
    hashed_order,
    turn_order,
)
from cloudpbx.routing.target_texts import check_target
from cloudpbx.texts import say

__all__ = ["Simulation", "simulate"]


def _frozen(counts: Mapping[str, int]) -> FrozenMapping[str, int]:
    return FrozenMapping(counts)


@frozen(kw_only=True)
class Simulation:
    """Hold how many of some calls each target got; `simulate` makes it.

    Attributes:
        distribution: What was tried out.
        unavailable: The targets that took no call.
        counts: How many calls each target got, in the written order.
        lost: How many calls nobody took.
    """

    distribution: Distribute
    unavailable: tuple[str, ...]
    counts: Mapping[str, int] = field(converter=_frozen)
    lost: int

    @property
    def calls(self) -> int:
        """Return how many calls there were."""
        return sum(self.counts.values()) + self.lost

    @property
    def expected(self) -> Mapping[str, Fraction]:
        """Return the part of the calls that each target should get, exactly.

        The part of a target that is unavailable falls to the next one, or to the others
        by their weights, or to nobody.
        """
        given = self.distribution
        ready = {each for each in given.called if each not in self.unavailable}
        expected = dict.fromkeys(given.targets, Fraction())
        if given.when_unavailable is WhenUnavailable.RENORMALISE:
            weights = {each: given.weights[each] for each in ready}
            total = sum(weights.values())
            expected |= {each: Fraction(weight, total) for each, weight in weights.items()}
            return FrozenMapping(expected)
        for place, target in enumerate(given.targets):
            tried = (*given.targets[place:], *given.targets[:place])
            if given.when_unavailable is WhenUnavailable.BUSY:
                tried = (target,)
            taker = next((each for each in tried if each in ready), None)
            if taker is not None:
                expected[taker] += given.shares[target]
        return FrozenMapping(expected)

    @property
    def deviations(self) -> Mapping[str, Fraction]:
        """Return how many calls each target got more than expected, exactly."""
        expected, calls = self.expected, self.calls
        return FrozenMapping(
            (target, count - calls * expected[target]) for target, count in self.counts.items()
        )

    @property
    def standard_deviations(self) -> Mapping[str, float]:
        """Return how far a count is from its expectation on average, in calls.

        It is that of drawing by lot, which a hash does: two thirds of all counts are
        closer, one in twenty is more than twice as far away. Turns draw no lots: 0.
        """
        hashed = self.distribution.draw is Draw.HASH
        return FrozenMapping(
            (target, sqrt(self.calls * part * (1 - part)) if hashed else 0.0)
            for target, part in self.expected.items()
        )

    def to_text(self, lang: str = "en") -> str:
        """Return a line for each target: weight, expected, got, calls and deviation."""
        rows = [self._head(lang), *self._rows(lang)]
        widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
        lines = text_columns(
            (first, *map(_right, others, widths[1:])) for first, *others in rows
        )
        return f"{self._title(lang)}\n{lines}\n{self._note(lang)}"

    def to_svg(self, lang: str = "en") -> str:
        """Return a bar for each target as long as its part of the calls, in SVG."""
        most = max(self.lost, *self.counts.values())
        tens = ceil(Fraction(most, self.calls) * 10)
        rows = [
            self._bar_row(target, self.counts[target], part, lang)
            for target, part in self.expected.items()
        ]
        if self.lost:
            rows.append(self._bar_row("", self.lost, self._expected_lost, lang))
        return bar_chart(
            rows,
            title=self._title(lang),
            description=self.to_text(lang),
            ticks=[(ten * 10, f"{ten * 10} %") for ten in range(tens + 1)],
            end=tens * 10,
            lang=lang,
        )

    def to_html(self, lang: str = "en") -> str:
        """Return the bars above a table of the numbers."""
        table = html_table(self._head(lang), self._rows(lang))
        note = f"<p>{escaped(self._note(lang))}</p>"
        parts = (f'<div class="cloudpbx" lang="{lang}">', self.to_svg(lang), table, note)
        return "\n".join((*parts, "</div>"))

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain data for JSON, parts as numbers from 0 to 1."""
        deviations, spread = self.deviations, self.standard_deviations
        return {
            "distribution": self.distribution.to_dict(),
            "unavailable": list(self.unavailable),
            "calls": self.calls,
            "lost": self.lost,
            "targets": {
                target: {
                    "calls": self.counts[target],
                    "expected": float(part),
                    "part": self.counts[target] / self.calls,
                    "deviation": float(deviations[target]),
                    "standard_deviation": spread[target],
                }
                for target, part in self.expected.items()
            },
        }

    def __str__(self) -> str:
        """Write the counts as text in English."""
        return self.to_text()

    @property
    def _expected_lost(self) -> Fraction:
        return 1 - sum(self.expected.values(), Fraction())

    def _bar_row(self, target: str, count: int, expected: Fraction, lang: str) -> BarRow:
        """Return the row of a target; the empty one stands for nobody."""
        label = target or say("simulation", "nobody", lang, {})
        part = Fraction(count, self.calls)
        text = f"{count} ({_percent(part)})"
        bar = Bar(
            start=0,
            end=float(part * 100),
            color=0 if target else None,
            mark="" if target else "!",
            text=text,
            tooltip=f"{label}: {text}",
        )
        note = say("simulation", "of", lang, {"part": _percent(expected)})
        return BarRow(label=label, note=note, bars=(bar,) if count else ())

    def _title(self, lang: str) -> str:
        what = self.distribution.explain(lang)
        title = say("simulation", "title", lang, {"calls": self.calls, "what": what})
        if not self.unavailable:
            return title
        about = ", ".join(self.unavailable)
        return say("simulation", "unavailable", lang, {"what": title, "about": about})

    def _note(self, lang: str) -> str:
        given = self.distribution
        code = f"note.{given.draw}"
        again = given.when_unavailable is WhenUnavailable.RENORMALISE
        if given.draw is Draw.TURNS and again and self.unavailable:
            code = "note.renormalise"
        return say("simulation", code, lang, {"total": given.total})

    def _head(self, lang: str) -> tuple[str, ...]:
        codes = ("target", "weight", "expected", "got", "calls", "deviation", "spread")
        return tuple(say("simulation", code, lang, {}) for code in codes[: self._columns])

    @property
    def _columns(self) -> int:
        # How far turns are off is no matter of chance: they have no spread.
        return 7 if self.distribution.draw is Draw.HASH else 6

    def _rows(self, lang: str) -> list[tuple[str, ...]]:
        deviations, spread = self.deviations, self.standard_deviations
        weights = self.distribution.weights
        rows = [
            (
                target,
                str(weights[target]),
                *self._parts(self.counts[target], part),
                f"{float(deviations[target]):+.1f}",
                f"{spread[target]:.1f}",
            )[: self._columns]
            for target, part in self.expected.items()
        ]
        if self.lost:
            nobody = say("simulation", "nobody", lang, {})
            parts = self._parts(self.lost, self._expected_lost)
            rows.append((nobody, "", *parts, "", "")[: self._columns])
        return rows

    def _parts(self, count: int, expected: Fraction) -> tuple[str, str, str]:
        return _percent(expected), _percent(Fraction(count, self.calls)), str(count)


def simulate(
    distribution: Distribute,
    calls: int | Iterable[str] = 1000,
    *,
    unavailable: Iterable[str] = (),
) -> Simulation:
    """Draw a target for each of some calls, and count who gets how many.

    A hash is exact only in the long run: each count is printed beside its standard
    deviation. Turns are exact over every period, which is as many calls as the sum of
    the weights.

    Args:
        distribution: The ratio to try out.
        calls: How many calls to draw for, with the ids `call-1`, `call-2` and so on; or
            the ids of real ones, which are taken one by one and not kept.
        unavailable: Targets that take no call meanwhile.

    >>> print(simulate(Distribute({"1001": 3, "1002": 7}, draw="turns"), 100))
    100 calls: distribute in turns (1001: 3, 1002: 7)
    target  weight  expected     got  calls  deviation
    1001         3    30.0 %  30.0 %     30       +0.0
    1002         7    70.0 %  70.0 %     70       +0.0
    turns are exact over every 10 calls

    Raises:
        InvalidValueError: there is no call, or an id is no text.
        UnknownReferenceError: an unavailable target is none of the distribution's.
    """
    check_instance(distribution, Distribute, what="what is simulated")
    given = (_known(each, distribution) for each in _texts(unavailable, "a target"))
    away = tuple(dict.fromkeys(given))
    if isinstance(calls, int):
        count = check_whole(calls, what="the number of calls", low=1)
        calls = (f"call-{number}" for number in range(1, count + 1))
    counts = dict.fromkeys(distribution.targets, 0)
    lost, kept = 0, None
    for call_id in _texts(calls, "the id of a call"):
        if distribution.draw is Draw.TURNS:
            order, kept = turn_order(distribution, kept)
        else:
            order = hashed_order(distribution, call_id)
        taker = next((each for each in order if each not in away), None)
        if taker is None:
            lost += 1
        else:
            counts[taker] += 1
    if not lost and not any(counts.values()):
        msg = "there is no call to draw for: give the id of one at least"
        raise InvalidValueError(msg)
    return Simulation(distribution=distribution, unavailable=away, counts=counts, lost=lost)


def _texts(values: object, what: str) -> Iterable[str]:
    """Yield texts one by one, however many there are."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        msg = f"{shown(values)} is not a sequence: write `(…,)` with {what} in it"
        raise InvalidValueError(msg)
    return (check_text(each, what=what, empty=True) for each in values)


def _known(value: str, distribution: Distribute) -> str:
    target = check_target(value)
    if target not in distribution.weights:
        fix = nearest(target, distribution.targets)
        msg = f"{shown(target)} is no target of this distribution: {fix}"
        raise UnknownReferenceError(msg)
    return target


def _percent(part: Fraction) -> str:
    return f"{float(part * 100):.1f} %"


def _right(cell: str, width: int) -> str:
    return " " * (width - display_width(cell)) + cell
