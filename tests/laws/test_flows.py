"""Laws of call flows, for every router."""

from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from cloudpbx.routing import Route, Router
from cloudpbx.routing.flow_ways import flow_of
from cloudpbx.routing.flows import CallFlow, FlowKind
from cloudpbx.routing.number_indexes import NumberIndex
from cloudpbx.routing.numbers import global_form, is_outside, spelled
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import Targets
from cloudpbx.testing.for_routers import routers, routes

SVG: Final = "{http://www.w3.org/2000/svg}"
PHONES: Final = frozenset({FlowKind.EXTENSION, FlowKind.OUTSIDE})


def flow(router: Router, number: str) -> CallFlow:
    """Return the flow of a called number."""
    rules = RingRules(
        targets=Targets(router.extensions, router.groups, router.extension_range),
        region=router.region,
        international=router.international,
        max_forwards=router.max_forwards,
    )
    own = NumberIndex(router.numbers, router.region)
    return flow_of(number, rules, own, activated=router.activated)


@st.composite
def flows(draw: st.DrawFn) -> CallFlow:
    """Draw the flow of a number of a router."""
    router = draw(routers())
    return flow(router, draw(st.sampled_from(router.numbers)).number)


@st.composite
def answers(draw: st.DrawFn) -> tuple[Router, Route]:
    """Draw a router and what it answers, some of it after a few reports."""
    router = draw(routers())
    return router, draw(routes(router=router))


def form(target: str, region: str) -> str:
    """Return the same text for every spelling of a target."""
    number = spelled(target)
    return global_form(number, region) if is_outside(number) else target


@given(answers())
@settings(max_examples=3 * settings().max_examples)
def test_a_flow_has_all_that_a_call_comes_to(asked: tuple[Router, Route]) -> None:
    """Whatever a call rings, by whatever forwards, and every guidance is in the flow."""
    router, route = asked
    if route.number is None:
        return
    found = flow(router, route.number.number)
    phones = {
        form(node.about, router.region): node.id for node in found.nodes if node.kind in PHONES
    }
    ways = {(edge.source, edge.target) for edge in found.edges}

    for leg in route.plan.legs:
        passed = (*(each.extension for each in leg.via), leg.target)
        places = [phones[form(each, router.region)] for each in passed]
        assert set(pairwise(places)) <= ways
    heard = {node.about for node in found.nodes if node.kind is FlowKind.ANNOUNCE}
    heard |= {str(note.data.get("about")) for node in found.nodes for note in node.notes}
    assert not route.announcement or route.announcement in heard


@given(flows())
def test_a_flow_is_whole(found: CallFlow) -> None:
    """Ways join places of the flow, at most one from one to another, and reach them all."""
    names = [node.id for node in found.nodes]
    ways = [(edge.source, edge.target) for edge in found.edges]

    assert len(set(names)) == len(names)
    assert len(set(ways)) == len(ways)
    reached = {names[0]}
    for source, target in sorted(ways, key=lambda way: names.index(way[0])):
        assert source in reached
        assert source != target
        reached.add(target)
    assert reached == set(names)


@given(flows(), st.sampled_from(("en", "ja")))
def test_a_flow_can_be_drawn(found: CallFlow, lang: str) -> None:
    """Text has a line for each way, and SVG is well-formed, each box and arrow drawn once."""
    assert len(found.to_text(lang).splitlines()) == len(found.edges) + 1
    drawn = [each.get("class") for each in ET.fromstring(found.to_svg(lang)).iter(f"{SVG}g")]
    assert drawn.count("cloudpbx-box") == len(found.nodes)
    assert drawn.count("cloudpbx-arrow") == len(found.edges)
    assert len(found.to_mermaid(lang).splitlines()) >= len(found.nodes) + len(found.edges)
