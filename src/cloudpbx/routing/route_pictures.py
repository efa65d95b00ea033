"""A route to look at: as text, as SVG, as HTML.

Here: the lines and bars of a ring plan. Not here: the plan (`ring_plans`), or how charts
and columns are drawn (`cloudpbx._render`).
"""

from typing import TYPE_CHECKING, Final

from cloudpbx._render import Bar, BarRow, bar_chart, html_table, text_columns
from cloudpbx.routing.numbers import printed
from cloudpbx.routing.ring_plans import RouteOutcome
from cloudpbx.routing.targets import TargetKind
from cloudpbx.texts import say

if TYPE_CHECKING:
    from cloudpbx.routing.ring_plans import Ending, Leg
    from cloudpbx.routing.routes import Route

__all__ = ["route_html", "route_svg", "route_text"]

_COLORS: Final = {TargetKind.EXTENSION: 0, TargetKind.OUTSIDE: 1}
_ENDING_COLOR: Final = 2
_OPEN_SECONDS: Final = 20
"""How much of the axis a bar takes at least that ends when the caller hangs up."""

_SHORT: Final = 9
"""Bars that are less than such a part of the axis have room for their seconds alone."""

_STEPS: Final = (10, 30, 60, 300, 600, 1_800)
_MOST_TICKS: Final = 12
"""How many parts of the axis have room for their seconds."""


def route_text(route: "Route", lang: str) -> str:
    """Write the call, the outcome, a line for each leg, and what follows the last one."""
    lines = [_heading(route, lang), _now(route, lang)]
    rows: list[tuple[str, ...]] = [
        (f"{leg.start:>4} s", printed(leg.target, route.region), *_said(leg, lang))
        for leg in route.legs
    ]
    if rows and route.ending is not None:
        rows.append((f"{route.ending.start:>4} s", _ending(route.ending, lang)))
    if rows:
        lines += [f"  {line}".rstrip() for line in text_columns(rows).splitlines()]
    return "\n".join(lines)


def route_svg(route: "Route", lang: str) -> str:
    """Draw a row for each target, a bar for each leg, and what follows the last one.

    The axis begins at the second to which the call has come.
    """
    now = route.progress.second if route.progress is not None else 0
    last = () if route.ending is None else (route.ending.start,)
    known = [leg.start if leg.end is None else leg.end for leg in route.legs]
    length = max((*known, *last), default=now) - now
    opened = max(_OPEN_SECONDS, length * 2 // 5)
    ends = [leg.start + opened if leg.end is None else leg.end for leg in route.legs]
    end = max((*ends, *(second + opened for second in last)), default=now + opened) - now
    step = next((each for each in _STEPS if end <= _MOST_TICKS * each), _STEPS[-1])
    first = -(-now // step) * step
    return bar_chart(
        _rows(route, now, end, lang),
        title=_heading(route, lang),
        description=route.explain(lang),
        ticks=[(second - now, f"{second} s") for second in range(first, now + end + 1, step)],
        end=end,
        lang=lang,
    )


def route_html(route: "Route", lang: str) -> str:
    """Draw the ring plan above a table of the reasons and remedies."""
    reasons = [
        (str(number), each.explain(lang)) for number, each in enumerate(route.because, 1)
    ]
    remedies = [("→", each.explain(lang)) for each in route.remedies]
    head = ("", say("phrase", "because", lang, {}))
    table = html_table(head, [*reasons, *remedies])
    return f'<div class="cloudpbx" lang="{lang}">\n{route_svg(route, lang)}\n{table}\n</div>'


def _rows(route: "Route", now: int, end: int, lang: str) -> list[BarRow]:
    """Return a row for each target, in the order in which they ring, then for the ending."""
    by_target: dict[str, list[Leg]] = {}
    for leg in route.legs:
        by_target.setdefault(leg.target, []).append(leg)
    rows = []
    for target, legs in by_target.items():
        recorded = say("phrase", "leg.recorded", lang, {}) if legs[0].recording else ""
        bars = tuple(_bar(leg, now, end, lang) for leg in legs)
        rows.append(BarRow(label=printed(target, route.region), note=recorded, bars=bars))
    if route.ending is not None:
        rows.append(_last(route, route.ending, now, lang))
    return rows


def _last(route: "Route", ending: "Ending", now: int, lang: str) -> BarRow:
    """Return the row of what follows the last leg, or of all there is."""
    said = _ending(ending, lang)
    is_missing = not (ending.outcome.reached or ending.announcement)
    start = max(ending.start, now) - now
    bar = Bar(
        start=start,
        end=None,
        color=None if is_missing else _ENDING_COLOR,
        mark="!" if is_missing else "",
        text=said,
        tooltip=f"{ending.start} s: {said}" if route.legs else said,
    )
    return BarRow(label=ending.announcement, bars=(bar,))


def _bar(leg: "Leg", now: int, end: int, lang: str) -> Bar:
    is_short = leg.seconds is not None and leg.seconds * _SHORT < end
    length = f"{leg.seconds} s" if is_short else _length(leg, lang)
    return Bar(
        start=max(leg.start, now) - now,
        end=None if leg.end is None else leg.end - now,
        color=_COLORS[leg.kind],
        text=_way(leg, lang) or length,
        tooltip=f"{leg.start} s: {'  '.join(filter(None, _said(leg, lang)))}",
    )


def _heading(route: "Route", lang: str) -> str:
    caller = route.call.caller
    withheld = say("phrase", "caller.withheld", lang, {})
    data = {
        "to": printed(route.call.to, route.region),
        "caller": printed(caller, route.region) if caller else withheld,
        "at": route.call.at.isoformat(sep=" "),
    }
    return say("phrase", "route.call", lang, data)


def _now(route: "Route", lang: str) -> str:
    """Say what becomes of a call, from which second on when it has come further."""
    if route.legs or route.ending is None:
        said = say("route", route.outcome.value, lang, {"announcement": route.announcement})
    else:
        said = _ending(route.ending, lang)
    second = route.progress.second if route.progress is not None else 0
    if not second:
        return said
    return say("phrase", "route.from", lang, {"second": second, "what": said})


def _ending(ending: "Ending", lang: str) -> str:
    """Say how a call ends when nobody answers, and which guidance is heard."""
    said = say("route", ending.outcome.value, lang, {"announcement": ending.announcement})
    if ending.outcome is RouteOutcome.ANNOUNCE or not ending.announcement:
        return said
    heard = say("route", "announce", lang, {"announcement": ending.announcement})
    return say("phrase", "route.heard", lang, {"what": said, "heard": heard})


def _length(leg: "Leg", lang: str) -> str:
    if leg.seconds is None:
        return say("phrase", "leg.open", lang, {})
    return say("phrase", "leg", lang, {"seconds": leg.seconds})


def _way(leg: "Leg", lang: str) -> str:
    """Say by which forwards a call came to a leg."""
    return ", ".join(
        say("phrase", f"via.{each.kind}", lang, {"about": each.extension}) for each in leg.via
    )


def _said(leg: "Leg", lang: str) -> tuple[str, str]:
    """Say how long a leg rings, and how the call came to it and whether it is recorded."""
    recorded = say("phrase", "leg.recorded", lang, {}) if leg.recording else ""
    return _length(leg, lang), ", ".join(filter(None, (_way(leg, lang), recorded)))
