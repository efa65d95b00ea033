"""A call flow to look at: as text, as Mermaid, as SVG.

Here: the words of places and ways, and how they are written down. Not here: which there
are (`flow_ways`), or where boxes and arrows go (`cloudpbx._diagrams`).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from cloudpbx._diagrams import Arrow, Box, diagram_chart
from cloudpbx._render import COLORS, one_line
from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.channels import Channels
from cloudpbx.routing.destinations import Ring
from cloudpbx.routing.distributions import Distribute
from cloudpbx.routing.extensions import Extension
from cloudpbx.routing.flows import FlowKind
from cloudpbx.routing.groups import Group
from cloudpbx.routing.ring_plans import RouteOutcome
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.screening import Screening
from cloudpbx.texts import say

if TYPE_CHECKING:
    from cloudpbx.routing.flows import CallFlow, FlowEdge, FlowLabel, FlowNode

__all__ = ["flow_mermaid", "flow_svg", "flow_text", "label_text", "node_text"]

_COLORS: Final = {
    FlowKind.NUMBER: 5,
    FlowKind.ACTIVATION: 4,
    FlowKind.SCREENING: 4,
    FlowKind.AFTER_HOURS: 4,
    FlowKind.CHANNELS: 4,
    FlowKind.RECEPTION: 4,
    FlowKind.SCHEDULE: 0,
    FlowKind.HOP: 5,
    FlowKind.RING: 1,
    FlowKind.ANNOUNCE: 2,
    FlowKind.BUSY: 6,
    FlowKind.DISTRIBUTE: 1,
    FlowKind.DIVERT: 1,
    FlowKind.GROUP: 3,
    FlowKind.EXTENSION: 3,
    FlowKind.OUTSIDE: 3,
    FlowKind.ENDING: 6,
}
"""Five families that colour-blind people can tell apart; a box says what it is in words."""

_SHAPES: Final = {
    FlowKind.NUMBER: ("([", "])"),
    FlowKind.HOP: ("([", "])"),
    FlowKind.ACTIVATION: ("{{", "}}"),
    FlowKind.SCREENING: ("{{", "}}"),
    FlowKind.AFTER_HOURS: ("{{", "}}"),
    FlowKind.CHANNELS: ("{{", "}}"),
    FlowKind.RECEPTION: ("{{", "}}"),
    FlowKind.SCHEDULE: ("{{", "}}"),
    FlowKind.GROUP: ("[[", "]]"),
    FlowKind.OUTSIDE: (">", "]"),
    FlowKind.ENDING: ("(", ")"),
}
"""What Mermaid draws around a place; a rectangle around the others."""

_ROUND: Final = frozenset({FlowKind.NUMBER, FlowKind.HOP, FlowKind.ENDING})

_NAMED: Final = frozenset(
    {FlowKind.NUMBER, FlowKind.HOP, FlowKind.GROUP, FlowKind.EXTENSION, FlowKind.OUTSIDE}
)
"""What has a name of its own, and says beside it what it is."""

_MERMAID: Final = str.maketrans({char: f"#{ord(char)};" for char in "\"#&'*<>[]()\\_`{|}~"})
"""What Mermaid would read as notation, each as the entity that it shows."""


def flow_text(flow: "CallFlow", lang: str) -> str:
    """Write an indented tree; a place that stands above already is only named."""
    lines: list[str] = []
    nodes = {node.id: node for node in flow.nodes}
    leaving: dict[str, list[FlowEdge]] = {node.id: [] for node in flow.nodes}
    for edge in flow.edges:
        leaving[edge.source].append(edge)
    written: set[str] = set()
    waiting = [("", flow.nodes[0].id, 0)]
    while waiting:
        label, name, depth = waiting.pop()
        what = node_text(nodes[name], lang)
        if name in written and leaving[name]:
            title = _title(nodes[name], lang)
            what = say("flow", "above", lang, {"what": title})
        lines.append("  " * depth + (f"{label} → {what}" if label else what))
        if name not in written:
            written.add(name)
            waiting += [
                (_labels(edge, lang), edge.target, depth + 1)
                for edge in reversed(leaving[name])
            ]
    return "\n".join(lines)


def flow_mermaid(flow: "CallFlow", lang: str) -> str:
    """Write a flowchart from the top down: the places, the ways, the colours."""
    lines = ["flowchart TD"]
    for node in flow.nodes:
        opening, closing = _SHAPES.get(node.kind, ("[", "]"))
        words = "<br/>".join(map(_mermaid, (_title(node, lang), *_details(node, lang))))
        lines.append(f'  {node.id}{opening}"{words}"{closing}:::color{_COLORS[node.kind]}')
    for edge in flow.edges:
        words = "<br/>".join(_mermaid(label_text(each, lang)) for each in edge.labels)
        label = f'|"{words}"|' if words else ""
        lines.append(f"  {edge.source} -->{label} {edge.target}")
    for color in sorted({_COLORS[node.kind] for node in flow.nodes}):
        fill, ink = COLORS[color]
        lines.append(f"  classDef color{color} fill:{fill},stroke:#656d76,color:{ink}")
    return "\n".join(lines)


def _mermaid(text: str) -> str:
    return one_line(text).translate(_MERMAID)


def flow_svg(flow: "CallFlow", lang: str) -> str:
    """Draw boxes in layers, with arrows between them."""
    places = {node.id: place for place, node in enumerate(flow.nodes)}
    boxes = [
        Box(
            title=_title(node, lang),
            lines=tuple(_details(node, lang)),
            color=_COLORS[node.kind],
            is_round=node.kind in _ROUND,
        )
        for node in flow.nodes
    ]
    arrows = [
        Arrow(
            source=places[edge.source],
            target=places[edge.target],
            lines=tuple(label_text(each, lang) for each in edge.labels),
        )
        for edge in flow.edges
    ]
    return diagram_chart(
        boxes,
        arrows,
        title=say("flow", "title", lang, {"about": flow.nodes[0].about}),
        description=flow_text(flow, lang),
        lang=lang,
    )


def label_text(label: "FlowLabel", lang: str) -> str:
    """Say a label in words."""
    return say("flow_label", label.code, lang, label.data)


def node_text(node: "FlowNode", lang: str) -> str:
    """Say on one line what a place is."""
    details = say("flow", "join", lang, {}).join(_details(node, lang))
    data = {"what": _title(node, lang), "details": details}
    return one_line(say("flow", "node", lang, data) if details else data["what"])


def _labels(edge: "FlowEdge", lang: str) -> str:
    labels = (label_text(each, lang) for each in edge.labels)
    return one_line(say("flow", "join", lang, {}).join(labels))


def _title(node: "FlowNode", lang: str) -> str:
    value = node.value
    if isinstance(value, RouteOutcome):
        return say("route", value.value, lang, {"announcement": ""})
    if isinstance(value, Ring):
        if len(value.targets) == 1:
            return say("flow", "ring", lang, {})
        return say("flow", f"ring.{value.strategy}", lang, {})
    if isinstance(value, Extension):
        return f"{value.number} {value.name}".rstrip()
    return say("flow", f"title.{node.kind}", lang, {"about": node.about})


def _details(node: "FlowNode", lang: str) -> Iterator[str]:
    """Yield what else there is to say of a place, a line for each thing."""
    if node.kind in _NAMED:
        yield say("flow", f"kind.{node.kind}", lang, {})
    match node.value:
        case CalledNumber() as called:
            yield from filter(None, (called.name,))
        case Screening() as screening:
            yield from screening.explain(lang).splitlines()
        case Schedule() as schedule:
            yield say("flow", "zone", lang, {"zone": schedule.zone})
        case Channels() as channels:
            data = {"most": channels.contracted, "enabled": channels.enabled}
            yield say("flow", "channels", lang, data)
        case Ring() | Group() as caller:
            yield from _calling(caller, lang)
        case Distribute() as distribute:
            yield from _drawing(distribute, lang)
        case Extension() as extension:
            recorded = say("phrase", "leg.recorded", lang, {}) if extension.recording else ""
            yield from filter(None, (extension.department, recorded))
        case _:
            pass
    for note in node.notes:
        yield label_text(note, lang)


def _calling(caller: Ring | Group, lang: str) -> Iterator[str]:
    if isinstance(caller, Group):
        yield say("flow", f"ring.{caller.strategy}", lang, {})
    if caller.seconds is not None:
        code = "seconds.each" if caller.strategy.takes_turns else "seconds"
        yield say("flow", code, lang, {"seconds": caller.seconds})
    if caller.repeat > 1:
        yield say("flow", "repeat", lang, {"repeat": caller.repeat})


def _drawing(distribute: Distribute, lang: str) -> Iterator[str]:
    yield say("flow", f"draw.{distribute.draw}", lang, {})
    never = [target for target, weight in distribute.weights.items() if not weight]
    if never:
        yield say("flow", "never", lang, {"about": ", ".join(never)})
    yield say("flow", f"unavailable.{distribute.when_unavailable}", lang, {})
    if distribute.seconds is not None:
        yield say("flow", "seconds", lang, {"seconds": distribute.seconds})
