"""A route to look at: as text, as SVG, as HTML.

Here: the lines and bars of a ring plan. Not here: the plan (`ring_plans`), or how charts
and columns are drawn (`cloudpbx._render`).
"""

from typing import TYPE_CHECKING, Final

from cloudpbx._render import Bar, BarRow, bar_chart, html_table, text_columns
from cloudpbx.routing.numbers import printed
from cloudpbx.routing.targets import TargetKind
from cloudpbx.texts import say

if TYPE_CHECKING:
    from cloudpbx.routing.ring_plans import Leg
    from cloudpbx.routing.routes import Route

__all__ = ["route_html", "route_svg", "route_text"]

_COLORS: Final = {TargetKind.EXTENSION: 0, TargetKind.OUTSIDE: 1}
_ANNOUNCEMENT_COLOR: Final = 2
_OPEN_SECONDS: Final = 20
"""How much of the axis a bar takes that ends when the caller hangs up."""


def route_text(route: "Route", lang: str) -> str:
    """Write the call, the outcome and a line for each leg."""
    lines = [_heading(route, lang), _outcome(route, lang)]
    rows = [
        (f"{leg.start:>4} s", printed(leg.target, route.region), *_said(leg, lang))
        for leg in route.legs
    ]
    if rows:
        lines += [f"  {line}".rstrip() for line in text_columns(rows).splitlines()]
    return "\n".join(lines)


def route_svg(route: "Route", lang: str) -> str:
    """Draw a row for each target and a bar for each leg."""
    ends = [leg.end or leg.start + _OPEN_SECONDS for leg in route.legs]
    end = max(ends, default=_OPEN_SECONDS)
    step = 10 if end <= 120 else 60  # noqa: PLR2004 - two minutes still have room for tens
    return bar_chart(
        _rows(route, lang),
        title=_heading(route, lang),
        description=route.explain(lang),
        ticks=[(second, f"{second} s") for second in range(0, end + 1, step)],
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


def _rows(route: "Route", lang: str) -> list[BarRow]:
    """Return a row for each target; what does not ring has one row for what happens."""
    rows = []
    for target in dict.fromkeys(leg.target for leg in route.legs):
        legs = [leg for leg in route.legs if leg.target == target]
        recorded = say("phrase", "leg.recorded", lang, {}) if legs[0].recording else ""
        bars = tuple(_bar(leg, lang) for leg in legs)
        rows.append(BarRow(label=printed(target, route.region), note=recorded, bars=bars))
    if rows:
        return rows
    color = _ANNOUNCEMENT_COLOR if route.announcement else None
    said = _outcome(route, lang)
    bar = Bar(
        start=0, end=None, color=color, mark="" if color else "!", text=said, tooltip=said
    )
    return [BarRow(label=route.announcement, bars=(bar,))]


def _bar(leg: "Leg", lang: str) -> Bar:
    return Bar(
        start=leg.start,
        end=leg.end,
        color=_COLORS[leg.kind],
        text=_way(leg, lang) or _length(leg, lang),
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


def _outcome(route: "Route", lang: str) -> str:
    return say("route", route.outcome.value, lang, {"announcement": route.announcement})


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
