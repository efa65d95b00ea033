"""A week to look at: as text, as SVG, as HTML.

Here: the rows of a week, and saying in words when each value holds. Not here: what holds
(`weeks`), the letters of values (`value_marks`), or how charts and tables are drawn
(`cloudpbx._render`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from cloudpbx._render import (
    Bar,
    BarRow,
    LegendEntry,
    bar_chart,
    html_table,
    one_line,
    text_columns,
)
from cloudpbx.routing.day_terms import WEEK, Weekday
from cloudpbx.routing.days import Days
from cloudpbx.routing.spans import DAY, Span
from cloudpbx.routing.value_marks import (
    GAP,
    distinct_values,
    is_same,
    legend_text,
    letter_of,
    place_of,
)
from cloudpbx.texts import say, words_of

if TYPE_CHECKING:
    from cloudpbx.routing.weeks import Day

__all__ = ["week_html", "week_svg", "week_text"]

_CELL: Final = 1800
"""Seconds that one letter stands for."""

_HOURS: Final = range(0, 25, 3)
"""Hours that the ruler names."""


def week_text(days: Sequence["Day"], lang: str) -> str:
    """Write a row for each day, a letter for each half hour, then what they mean."""
    values = _values(days)
    hours = "".join(f"{hour:<6}" for hour in _HOURS)
    rows: list[tuple[str, ...]] = [("", hours), ("", "| . . " * (len(_HOURS) - 1) + "|")]
    for day in days:
        cells = "".join(_cell(day, start, values) for start in range(0, DAY, _CELL))
        rows.append((_label(day, lang), cells, *_names(day)))
    return f"{text_columns(rows)}\n\n{legend_text(_legend(days, lang))}"


def week_svg(days: Sequence["Day"], lang: str) -> str:
    """Draw a row of bars for each day, then what they mean."""
    legend = _legend(days, lang)
    return _chart(days, lang, legend, shown=legend)


def week_html(days: Sequence["Day"], lang: str) -> str:
    """Draw a row of bars for each day, above a table of what they mean."""
    legend = _legend(days, lang)
    head = [say("week", code, lang, {}) for code in ("mark", "answer", "times")]
    rows = [(entry.mark, entry.text, "\n".join(entry.details)) for entry in legend]
    table = html_table(head, rows, colors=[entry.color for entry in legend])
    chart = _chart(days, lang, legend, shown=())
    return f'<div class="cloudpbx" lang="{lang}">\n{chart}\n{table}\n</div>'


def _chart(
    days: Sequence["Day"],
    lang: str,
    legend: Sequence[LegendEntry],
    *,
    shown: Sequence[LegendEntry],
) -> str:
    values = _values(days)
    dates = {"first": str(days[0].date), "last": str(days[-1].date)}
    facts = (f"{entry.text}: {', '.join(entry.details)}" for entry in legend)
    return bar_chart(
        [_row(day, values, lang) for day in days],
        title=say("week", "title" if days[0].date is None else "title.dated", lang, dates),
        description="; ".join(facts),
        ticks=[(hour * 3600, str(hour)) for hour in _HOURS],
        end=DAY,
        legend=shown,
        lang=lang,
    )


def _values(days: Sequence["Day"]) -> list[Any]:
    """Return each value once, in order of first appearance."""
    return distinct_values(segment.value for day in days for segment in day.segments)


def _legend(days: Sequence["Day"], lang: str) -> list[LegendEntry]:
    """Say for each value, and at last for gaps, when it holds."""
    entries = [
        LegendEntry(
            color=place,
            mark=letter_of(place),
            text=one_line(words_of(value, lang)),
            details=_times(days, value, lang),
        )
        for place, value in enumerate(_values(days))
    ]
    times = _times(days, None, lang)
    if times:
        text = say("week", "gap", lang, {})
        entries.append(LegendEntry(color=None, mark=GAP, text=text, details=times))
    return entries


def _times(days: Sequence["Day"], value: object, lang: str) -> tuple[str, ...]:
    """Say when a value holds, in the shorter of two ways that are both true.

    1. the night as part of the day it starts on, as `sat 22:00-06:00`;
    2. each day by itself, as `sat 22:00-24:00` and `sun 00:00-06:00`; so are gaps.
    """
    daily = [
        [Span(each.start, each.end) for each in day.segments if is_same(each.value, value)]
        for day in days
    ]
    nightly = _over_midnight(daily, wraps=days[0].date is None)
    ways = [_grouped(daily)] if value is None else [_grouped(nightly), _grouped(daily)]
    groups = min(ways, key=lambda way: (len(way), sum(map(len, way))))
    return tuple(
        f"{_weekdays(weekdays, lang)} {','.join(map(str, spans))}"
        for spans, weekdays in groups.items()
    )


def _cell(day: "Day", start: int, values: Sequence[object]) -> str:
    """Return the letter of a half hour."""
    held: Counter[str] = Counter()
    for segment in day.segments:
        seconds = min(segment.end, start + _CELL) - max(segment.start, start)
        if seconds > 0:
            held[letter_of(place_of(segment.value, values))] += seconds
    return GAP if GAP in held else held.most_common(1)[0][0]


def _row(day: "Day", values: Sequence[object], lang: str) -> BarRow:
    label = _label(day, lang)
    bars = []
    for segment in day.segments:
        place = place_of(segment.value, values)
        text = "" if place is None else one_line(words_of(segment.value, lang))
        said = say("week", "gap", lang, {}) if place is None else text
        bars.append(
            Bar(
                start=segment.start,
                end=segment.end,
                color=place,
                mark=letter_of(place),
                text=text,
                tooltip=f"{label} {Span(segment.start, segment.end)}  {said}",
            )
        )
    return BarRow(label=label, note=" ".join(_names(day)), bars=tuple(bars))


def _label(day: "Day", lang: str) -> str:
    name = say("week", day.weekday, lang, {})
    return name if day.date is None else f"{name} {day.date}"


def _names(day: "Day") -> tuple[str, ...]:
    return () if day.holiday is None else (one_line(day.holiday),)


def _over_midnight(days: Sequence[Sequence[Span]], *, wraps: bool) -> list[list[Span]]:
    """Join what ends at midnight with what goes on after it."""
    joined = [list(spans) for spans in days]
    for place, spans in enumerate(joined):
        following = joined[(place + 1) % 7] if wraps or place < 6 else []  # noqa: PLR2004 - Sunday
        if spans and following:
            evening, morning = spans[-1], following[0]
            if evening.end == DAY and morning.start == 0 and morning.end < evening.start:
                spans[-1] = Span(evening.start, morning.end)
                del following[0]
    return joined


def _grouped(days: Iterable[Sequence[Span]]) -> dict[tuple[Span, ...], list[Weekday]]:
    """Return the weekdays that have the same spans."""
    groups: dict[tuple[Span, ...], list[Weekday]] = {}
    for weekday, spans in zip(WEEK, days, strict=True):
        if spans:
            groups.setdefault(tuple(spans), []).append(weekday)
    return groups


def _weekdays(weekdays: Sequence[Weekday], lang: str) -> str:
    """Write weekdays in the notation of schedules, with the names of a language."""
    words = str(Days(weekdays)) or "daily"
    return re.sub("[a-z]+", lambda name: say("week", name[0], lang, {}), words)
