"""Outgoing calls beside the schedule that a call from outside asks.

Here: what the gates of `dial` cost for numbers that were dialled before, and for new ones.
Not here: calls that arrive (`routes`).
"""

from collections.abc import Iterator
from typing import Final

from measuring import Contestant, Effort, Goal, Row, alone, beside
from routes import NUMBER, office
from schedules import random_moments

from cloudpbx.routing.dialling import DialRules, plan_dial
from cloudpbx.routing.line_types import LineType
from cloudpbx.routing.numbers import spelled
from cloudpbx.routing.outgoing_calls import OutgoingCall
from cloudpbx.routing.ring_plans import RingPlan
from cloudpbx.routing.targets import Targets

_NEAR_SCHEDULE: Final = Goal(15, faster=False)
_RINGS: Final = RingPlan()


def rows(effort: Effort) -> Iterator[Row]:
    """Yield what the table says of outgoing calls."""
    router = office()
    rules = DialRules(
        targets=Targets(router.extensions, router.groups, router.extension_range),
        region=router.region,
        numbers=(spelled(NUMBER),),
        international=False,
        activated=True,
        line_type=LineType.named("hikari_denwa"),
    )
    extension = router.extensions[0]
    moments = random_moments(effort)

    def dial(text: str) -> OutgoingCall:
        return plan_dial(
            text, extension=extension, rules=rules, at=moments[0], ring=lambda _: _RINGS
        )

    asked = Contestant("`Schedule.at`", router.numbers[0].schedule.at, moments)
    texts = {
        "a domestic number": "090-1111-2222",
        "an extension": "1002",
        "a number that the line type cannot dial": "0039-03-1111-2222",
    }
    for name, text in texts.items():
        # A benchmark of something else would say nothing.
        if dial(text).allowed == ("cannot" in name):
            msg = f"`{text}` is not {name}"
            raise AssertionError(msg)
        ours = Contestant("cloudpbx", dial, [text] * len(moments))
        what = f"`Router.dial` of {name}, explanation unread"
        yield from beside(what, ours, {asked: _NEAR_SCHEDULE}, effort)
    numbers = [f"090{number:08}" for number in range(10_000_000, 10_000_000 + 2**13)]
    # More than are remembered, so that each is new when it comes round again.
    new = Contestant("cloudpbx", dial, numbers[: max(effort.moments, 2 * 4_096)])
    yield alone("`Router.dial` of a domestic number not dialled before", new, effort)
