"""Rows of Clocall's incoming settings (着信設定) as rules, and rules as rows.

Here: what rows mean together: which share time, which are one overnight rule, and which
rows a schedule comes to. Not here: text (`dialect`, `cells`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import frozen

from cloudpbx.routing.day_terms import WEEK, Weekday
from cloudpbx.routing.days import Days
from cloudpbx.routing.destinations import Destination
from cloudpbx.routing.rules import Rule, When
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import DAY, Span

__all__ = ["Row", "overlapping_rows", "rows_of", "rules_of"]

Run: TypeAlias = tuple[int, int]
"""Part of a day, as seconds after its midnight; the end is the first second after it."""


@frozen(kw_only=True)
class Row:
    """Hold one setting.

    Attributes:
        number: The called number, in its one spelling.
        destination: What rings, or the guidance.
        days: Its weekdays.
        start: Its first second after midnight.
        end: The first second after its last.
        place: Where it stands in the file; 0 when there is no file.
    """

    number: str
    destination: Destination
    days: frozenset[Weekday]
    start: int
    end: int
    place: int = 0


def overlapping_rows(rows: Iterable[Row]) -> Iterator[tuple[Row, Row, list[Weekday]]]:
    """Yield each row of a number that shares time with another, and when.

    Of each pair the row that stands first comes first. A row that shares time with many
    comes with one of them for each weekday, so that a careless file stays quick to read.
    """
    shared: dict[tuple[Row, Row], list[Weekday]] = {}
    in_order = sorted(rows, key=lambda row: row.start)
    for weekday in WEEK:
        longest: Row | None = None
        for row in in_order:
            if weekday not in row.days:
                continue
            if longest is not None and row.start < longest.end:
                pair = (longest, row) if longest.place < row.place else (row, longest)
                shared.setdefault(pair, []).append(weekday)
            if longest is None or row.end > longest.end:
                longest = row
    for (first, second), days in shared.items():
        yield first, second, days


def rules_of(rows: Iterable[Row]) -> tuple[Rule[Destination], ...]:
    """Make each row a rule, and an evening with its morning one overnight rule.

    Rows share no second, so no evening has two mornings and no morning two evenings.
    """
    spans = {row: Span(row.start, row.end) for row in rows}
    mornings = {(row.days, row.destination): row for row in spans if row.start == 0}
    for row in tuple(spans):
        morning = mornings.get((_following(row.days), row.destination))
        if row.end == DAY and morning is not None and morning.end < row.start:
            spans[row] = Span(row.start, morning.end)
            del spans[morning]
    return tuple(
        Rule(When(Days(row.days), (span,)), row.destination) for row, span in spans.items()
    )


def _following(days: Iterable[Weekday]) -> frozenset[Weekday]:
    return frozenset(WEEK[(day.number + 1) % len(WEEK)] for day in days)


def rows_of(number: str, schedule: Schedule[Destination]) -> list[Row]:
    """Return the rows of a schedule of weekdays, sorted by weekday and start.

    1. Each span of a rule is a row; one that runs over midnight is two, the second for
       the weekdays that follow.
    2. Where a rule runs into its own next morning, the time is joined, day by day.
    3. `otherwise` fills what is left of each weekday.
    """
    runs_of_rules = [_runs_of(rule) for rule in schedule.rules]
    rows = [
        Row(number=number, destination=rule.value, days=days, start=start, end=end)
        for rule, runs in zip(schedule.rules, runs_of_rules, strict=True)
        for (start, end), days in _grouped(runs)
    ]
    if schedule.otherwise is not None:
        gaps = {
            weekday: _gaps(sorted(run for runs in runs_of_rules for run in runs[weekday]))
            for weekday in WEEK
        }
        rows += [
            Row(number=number, destination=schedule.otherwise, days=days, start=start, end=end)
            for (start, end), days in _grouped(gaps)
        ]
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[list[int], int]:
    return sorted(day.number for day in row.days), row.start


def _runs_of(rule: Rule[Destination]) -> dict[Weekday, list[Run]]:
    """Return which parts of each weekday a rule covers."""
    words = rule.when.days.words
    days = frozenset(weekday for weekday in WEEK if not words or weekday in words[0])
    mornings = _following(days)
    return {
        weekday: _united(
            part
            for span in rule.when.spans
            for part, named in (
                ((span.start, DAY if span.overnight else span.end), weekday in days),
                ((0, span.end), span.overnight and weekday in mornings),
            )
            if named
        )
        for weekday in WEEK
    }


def _united(runs: Iterable[Run]) -> list[Run]:
    """Sort runs and unite those that share time; touching ones stay apart."""
    united: list[Run] = []
    for start, end in sorted(runs):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united


def _gaps(runs: Iterable[Run]) -> list[Run]:
    """Return what sorted runs that share no time leave of a day."""
    gaps = []
    reached = 0
    for start, end in (*runs, (DAY, DAY)):
        if start > reached:
            gaps.append((reached, start))
        reached = end
    return gaps


def _grouped(runs: Mapping[Weekday, Iterable[Run]]) -> list[tuple[Run, frozenset[Weekday]]]:
    """Return each run once, with its weekdays."""
    days_of: dict[Run, list[Weekday]] = {}
    for weekday, parts in runs.items():
        for part in parts:
            days_of.setdefault(part, []).append(weekday)
    return [(run, frozenset(days)) for run, days in days_of.items()]
