"""Call flows as values: data for JSON, words, equality."""

import json
import pickle

from cloudpbx.routing import CalledNumber, Extension, ExtensionRange, Forwards, Ring, Schedule
from cloudpbx.routing.flow_ways import flow_of
from cloudpbx.routing.flows import CallFlow, FlowEdge, FlowKind, FlowLabel, FlowNode
from cloudpbx.routing.number_indexes import NumberIndex
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import Targets


def flow() -> CallFlow:
    """Return the flow of a number that rings an extension with a forward."""
    extensions = (
        Extension(number="1001", forwards=Forwards(no_answer="1002")),
        Extension(number="1002"),
    )
    called = CalledNumber("03-1234-5678", Schedule(zone="UTC", otherwise=Ring(("1001",))))
    rules = RingRules(
        targets=Targets(extensions, (), ExtensionRange()),
        region="JP",
        international=False,
        max_forwards=5,
    )
    return flow_of("+81312345678", rules, NumberIndex((called,), "JP"))


def test_a_flow_is_a_value() -> None:
    """Asked twice, a flow is the same, also after pickling."""
    found = flow()

    assert found == flow()
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_flow_as_data() -> None:
    """A flow is plain data with its words, in the language asked for."""
    found = flow().to_dict("ja")

    assert json.loads(json.dumps(found)) == found
    assert found["nodes"][0] == {
        "id": "n1",
        "kind": "number",
        "about": "03-1234-5678",
        "text": "03-1234-5678（着信番号）",
    }
    assert found["edges"][-1] == {
        "source": "n4",
        "target": "n6",
        "labels": [
            {"code": "forward.no_answer", "data": {"seconds": 20}, "text": "20秒無応答"}
        ],
    }


def test_a_flow_is_written_as_its_text() -> None:
    """What prints is the tree, in English."""
    assert str(flow()) == flow().to_text("en")
    assert str(flow()).splitlines()[0] == "03-1234-5678 (called number)"


def test_a_notebook_shows_the_drawing() -> None:
    """The drawing is what a notebook asks for."""
    assert flow()._repr_html_() == flow().to_svg()


def test_places_and_labels_say_themselves() -> None:
    """A place and a label have words of their own."""
    node = FlowNode(id="n1", kind=FlowKind.OUTSIDE, about="090-1234-5678")

    assert node.explain() == "090-1234-5678 (outside number)"
    assert FlowLabel("weight", {"weight": 3, "total": 10}).explain("ja") == "比率 3/10"
    assert FlowEdge(source="n1", target="n2").to_dict() == {
        "source": "n1",
        "target": "n2",
        "labels": [],
    }
