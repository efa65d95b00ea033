"""A month to look at: as text, as SVG, as HTML.

Here: the days of the calendar, and saying in words which rules act and which days are
special. Not here: what holds (`months`), the letters of values (`value_marks`), or how
calendars and tables are drawn (`cloudpbx._grids`, `cloudpbx._render`).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from cloudpbx._grids import GridDay, calendar_chart
from cloudpbx._render import (
    Bar,
    LegendEntry,
    cut,
    html_table,
    one_line,
    text_columns,
)
from cloudpbx.routing.day_terms import WEEK
from cloudpbx.routing.rules import Tier
from cloudpbx.routing.spans import DAY, Span
from cloudpbx.routing.value_marks import (
    distinct_values,
    is_same,
    legend_text,
    letter_of,
    place_of,
)
from cloudpbx.texts import say, words_of

if TYPE_CHECKING:
    from cloudpbx.routing.months import Month, MonthDay, MonthSegment

__all__ = ["month_html", "month_svg", "month_text"]

_SPECIAL: Final = "*"
_LONGEST_LETTERS: Final = 6
"""How many letters a day of the calendar has room for."""


@frozen
class _Group:
    """Hold special days that are alike: which, why, and what holds in them."""

    days: str
    why: str
    lines: tuple[tuple[str, str], ...]

    def texts(self) -> Iterator[str]:
        """Yield a line for each rule: a letter with its times, then the rule."""
        for times, origin in self.lines:
            yield f"{times} ({origin})" if origin else times

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the same in columns, with the mark, the days and the reason before it."""
        for number, line in enumerate(self.lines):
            yield (*(("", "", "") if number else (_SPECIAL, self.days, self.why)), *line)


def month_text(month: "Month", lang: str) -> str:
    """Write the calendar, then what the letters mean, then the special days."""
    values = _values(month)
    rows = [[say("week", weekday, lang, {}) for weekday in WEEK]]
    rows += [[""] * 7 for _ in range(_row(month.days[-1]) + 1)]
    for day in month.days:
        cell = f"{_label(day):<3} {cut(_letters(day, values), _LONGEST_LETTERS)}"
        rows[_row(day) + 1][day.date.weekday()] = cell
    parts = [_title(month, lang), text_columns(rows), legend_text(_legend(month, lang))]
    special = [row for group in _groups(month, lang) for row in group.rows()]
    if special:
        parts.append(text_columns(special))
    return "\n\n".join(parts)


def month_svg(month: "Month", lang: str) -> str:
    """Draw the calendar, then what the letters mean, then the special days."""
    legend = _legend(month, lang)
    return _chart(month, lang, legend, with_legend=True)


def month_html(month: "Month", lang: str) -> str:
    """Draw the calendar, above a table of the rules and one of the special days."""
    legend = _legend(month, lang)
    head = [
        say("week", "mark", lang, {}),
        say("week", "answer", lang, {}),
        say("month", "rules", lang, {}),
    ]
    rows = [(entry.mark, entry.text, "\n".join(entry.details)) for entry in legend]
    parts = [
        _chart(month, lang, legend, with_legend=False),
        html_table(head, rows, colors=[entry.color for entry in legend]),
    ]
    groups = _groups(month, lang)
    if groups:
        head = [
            say("month", "date", lang, {}),
            say("month", "why", lang, {}),
            say("week", "times", lang, {}),
        ]
        special = [(each.days, each.why, "\n".join(each.texts())) for each in groups]
        parts.append(html_table(head, special))
    return "\n".join([f'<div class="cloudpbx" lang="{lang}">', *parts, "</div>"])


def _chart(
    month: "Month", lang: str, legend: Sequence[LegendEntry], *, with_legend: bool
) -> str:
    groups = _groups(month, lang)
    facts = [f"{entry.text}: {', '.join(entry.details)}".rstrip(": ") for entry in legend]
    facts += [f"{each.days} {each.why}: {', '.join(each.texts())}" for each in groups]
    notes = [row for group in groups for row in group.rows()]
    values = _values(month)
    return calendar_chart(
        [_grid_day(day, values, lang) for day in month.days],
        title=_title(month, lang),
        description="; ".join(facts),
        head=[say("week", weekday, lang, {}) for weekday in WEEK],
        end=DAY,
        legend=legend if with_legend else (),
        notes=notes if with_legend else (),
        lang=lang,
    )


def _grid_day(day: "MonthDay", values: Sequence[object], lang: str) -> GridDay:
    name = f"{day.date} {say('week', day.weekday, lang, {})}"
    bars = []
    for segment in day.segments:
        place = place_of(segment.value, values)
        said = _said(segment, lang)
        times = Span(segment.start, segment.end)
        origin = _origin(segment, lang)
        bars.append(
            Bar(
                start=segment.start,
                end=segment.end,
                color=place,
                mark=letter_of(place),
                tooltip=f"{name} {times}  {said}  {origin}".rstrip(),
            )
        )
    return GridDay(
        column=day.date.weekday(),
        label=_label(day).strip(),
        note=one_line(day.holiday),
        tooltip="\n".join([name, *(reason.explain(lang) for reason in day.because)]),
        bars=tuple(bars),
    )


def _title(month: "Month", lang: str) -> str:
    number = {"en": f"{month.month:02}"}.get(lang, str(month.month))
    return say("month", "title", lang, {"year": month.year, "month": number})


def _row(day: "MonthDay") -> int:
    """Return the row of the calendar in which a day stands."""
    return (day.date.day - 1 + day.date.replace(day=1).weekday()) // 7


def _label(day: "MonthDay") -> str:
    return f"{day.date.day:>2}{_SPECIAL if day.is_special else ''}"


def _values(month: "Month") -> list[Any]:
    """Return each value once: those of the ordinary week, as it has them, then others."""
    ordinary = [segment.value for day in month.week.days for segment in day.segments]
    return distinct_values(
        [*ordinary, *(segment.value for day in month.days for segment in day.segments)]
    )


def _letters(day: "MonthDay", values: Sequence[object]) -> str:
    """Return the letters of what a day answers, in its order."""
    letters = (letter_of(place_of(each.value, values)) for each in day.segments)
    return "".join(letter for letter, _ in groupby(letters))


def _said(segment: "MonthSegment", lang: str) -> str:
    if segment.value is None:
        return say("week", "gap", lang, {})
    return one_line(words_of(segment.value, lang))


def _origin(segment: "MonthSegment", lang: str) -> str:
    """Say what rules a segment: the override, a rule, or none."""
    if segment.forced:
        return say("month", "forced", lang, {})
    if segment.spilled:
        return say("month", "spilled", lang, {"about": segment.rule})
    if segment.rule or segment.value is None:
        return segment.rule
    return say("month", "otherwise", lang, {})


def _legend(month: "Month", lang: str) -> list[LegendEntry]:
    """Say for each value that the month has, and at last for gaps, which rules say it."""
    segments = [segment for day in month.days for segment in day.segments]
    values = _values(month)
    places = {place_of(segment.value, values) for segment in segments}
    entries = []
    for place in [*sorted(place for place in places if place is not None), None]:
        if place not in places:
            continue
        value = None if place is None else values[place]
        such = [segment for segment in segments if is_same(segment.value, value)]
        # A night says the same rule twice, before midnight and after it.
        rules = (each.rule or _origin(each, lang) for each in such)
        entries.append(
            LegendEntry(
                color=place,
                mark=letter_of(place),
                text=_said(such[0], lang),
                details=tuple(rule for rule in dict.fromkeys(rules) if rule),
            )
        )
    return entries


def _groups(month: "Month", lang: str) -> list[_Group]:
    """Return the special days, those that are alike together."""
    values = _values(month)
    alike: dict[tuple[str, tuple[tuple[str, str], ...]], list[MonthDay]] = {}
    for day in month.special_days:
        lines = tuple(_lines(day, values, lang))
        alike.setdefault((_why(day, lang), lines), []).append(day)
    return [_Group(_named(days, lang), why, lines) for (why, lines), days in alike.items()]


def _named(days: "Sequence[MonthDay]", lang: str) -> str:
    """Name days by their numbers, runs of them as ranges."""
    if len(days) == 1:
        weekday = say("week", days[0].weekday, lang, {})
        return say("month", "day", lang, {"weekday": weekday, "day": days[0].date.day})
    runs: list[list[int]] = []
    for number in (day.date.day for day in days):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = (str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return say("month", "days", lang, {"days": ",".join(texts)})


def _why(day: "MonthDay", lang: str) -> str:
    """Say in short why a day is special."""
    codes = {reason.code for reason in day.because}
    words = [one_line(day.holiday)] if day.holiday else []
    if day.owner is not None and day.owner is not Tier.WEEKDAY:
        words.append(say("month", f"owner.{day.owner}", lang, {}))
    if "schedule.day_before" in codes:
        words.append(say("month", "before", lang, {}))
    if any(segment.forced for segment in day.segments):
        words.append(say("month", "forced", lang, {}))
    if not day.differs:
        words.append(say("month", "usual", lang, {}))
    return ", ".join(words)


def _lines(day: "MonthDay", values: Sequence[object], lang: str) -> Iterator[tuple[str, str]]:
    """Yield each value with its rule: the letter with its times, and what rules them."""
    found: dict[tuple[str, str], list[Span]] = {}
    for segment in day.segments:
        key = letter_of(place_of(segment.value, values)), _origin(segment, lang)
        found.setdefault(key, []).append(Span(segment.start, segment.end))
    for (letter, origin), spans in found.items():
        yield f"{letter} {','.join(map(str, spans))}", origin
