"""Everything that may become of the calls of a number, as a graph.

Here: the places that a call may come to, and the ways between them, as values. Not here:
finding them (`flow_ways`), drawing them (`flow_pictures`), or what one call does now
(`routes`).
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from typing import Any

from attrs import field, frozen

from cloudpbx._values import frozen_data

__all__ = ["CallFlow", "FlowEdge", "FlowKind", "FlowLabel", "FlowNode"]


@unique
class FlowKind(StrEnum):
    """Name what a place in a call flow is.

    Attributes:
        NUMBER: The called number (着信番号).
        ACTIVATION: Whether calls from outside are active.
        SCREENING: Which callers are turned away (着信規制).
        AFTER_HOURS: The after-hours guidance (時間外案内).
        CHANNELS: How many calls there are at a time (接続できるch数).
        RECEPTION: The change of reception (受付先変更).
        SCHEDULE: The schedule of the called number (着信設定).
        HOP: Another number of the tenant, whose schedule alone answers.
        RING: Targets ring (鳴動).
        ANNOUNCE: A guidance is played (ガイダンス).
        BUSY: The busy tone (話中音).
        DISTRIBUTE: A target is drawn by ratio (着信振分).
        DIVERT: The call is sent on.
        GROUP: A group (着信グループ).
        EXTENSION: An extension (内線).
        OUTSIDE: An outside number (外線).
        ENDING: The call ends.
    """

    NUMBER = "number"
    ACTIVATION = "activation"
    SCREENING = "screening"
    AFTER_HOURS = "after_hours"
    CHANNELS = "channels"
    RECEPTION = "reception"
    SCHEDULE = "schedule"
    HOP = "hop"
    RING = "ring"
    ANNOUNCE = "announce"
    BUSY = "busy"
    DISTRIBUTE = "distribute"
    DIVERT = "divert"
    GROUP = "group"
    EXTENSION = "extension"
    OUTSIDE = "outside"
    ENDING = "ending"


@frozen
class FlowLabel:
    """Say when a call goes a way, or one thing about a place.

    Attributes:
        code: What is said.
        data: What the words need.

    >>> FlowLabel("unanswered.within", {"seconds": 20}).explain()
    'nobody answers within 20 s'
    """

    code: str
    data: Mapping[str, str | int] = field(factory=dict, converter=frozen_data)

    def explain(self, lang: str = "en") -> str:
        """Say it in words, `lang` being `en` or `ja`."""
        from cloudpbx.routing.flow_pictures import label_text  # noqa: PLC0415 - for eyes only

        return label_text(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the label as plain data for JSON, with its words."""
        return {"code": self.code, "data": dict(self.data), "text": self.explain(lang)}


@frozen(kw_only=True)
class FlowNode:
    """Name a place that a call may come to.

    Attributes:
        id: Its name in this flow, as `n1`; the same each time.
        kind: What it is.
        about: Whose it is, as it is printed: a number, an extension, the name of a group,
            a guidance; empty when the kind says all.
        value: What is configured there; None for an outside number. How the call ends for
            an ending, a `RouteOutcome`, or None when that depends on what happened.
        notes: What else is to be said of it.
    """

    id: str
    kind: FlowKind
    about: str = ""
    value: object = None
    notes: tuple[FlowLabel, ...] = ()

    def explain(self, lang: str = "en") -> str:
        """Say what it is, on one line."""
        from cloudpbx.routing.flow_pictures import node_text  # noqa: PLC0415 - for eyes only

        return node_text(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the place as plain data for JSON, with its words."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "about": self.about,
            "text": self.explain(lang),
        }


@frozen(kw_only=True)
class FlowEdge:
    """Lead from one place to another.

    Attributes:
        source: The id of the place that a call leaves.
        target: The id of the place that it comes to.
        labels: When it goes this way, each on its own; empty for always.
    """

    source: str
    target: str
    labels: tuple[FlowLabel, ...] = ()

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the way as plain data for JSON, with its words."""
        return {
            "source": self.source,
            "target": self.target,
            "labels": [each.to_dict(lang) for each in self.labels],
        }


@frozen(kw_only=True)
class CallFlow:
    """Show everything that may become of the calls of a number.

    A place that several ways lead to appears once; ways may lead back, as forwards may
    run in a circle, where a call ends. Whatever a call rings in any state of the lines is
    among the places.

    Attributes:
        nodes: The places, the called number first.
        edges: The ways between them, at most one from one place to another.
    """

    nodes: tuple[FlowNode, ...]
    edges: tuple[FlowEdge, ...]

    def to_text(self, lang: str = "en") -> str:
        """Return an indented tree; a place that stands above already is only named."""
        from cloudpbx.routing.flow_pictures import flow_text  # noqa: PLC0415 - for eyes only

        return flow_text(self, lang)

    def to_mermaid(self, lang: str = "en") -> str:
        """Return the flow in the notation of Mermaid, a flowchart from the top down."""
        from cloudpbx.routing.flow_pictures import (  # noqa: PLC0415 - for eyes only
            flow_mermaid,
        )

        return flow_mermaid(self, lang)

    def to_svg(self, lang: str = "en") -> str:
        """Return the flow as a drawing in SVG: boxes in layers, with arrows between them."""
        from cloudpbx.routing.flow_pictures import flow_svg  # noqa: PLC0415 - for eyes only

        return flow_svg(self, lang)

    def _repr_html_(self) -> str:
        return self.to_svg()

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the flow as plain data for JSON, with its words."""
        return {
            "nodes": [each.to_dict(lang) for each in self.nodes],
            "edges": [each.to_dict(lang) for each in self.edges],
        }

    def __str__(self) -> str:
        """Write the flow as an indented tree."""
        return self.to_text()
