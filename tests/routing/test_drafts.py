"""The order in which a ring plan is worked out, and what it becomes."""

from typing import Final

from cloudpbx.decisions import Actor, Reason, Remedy
from cloudpbx.routing import Ending, Leg, RouteOutcome, TargetKind
from cloudpbx.routing.drafts import Draft, Moment

LEG: Final = Leg(target="1001", kind=TargetKind.EXTENSION, start=0, seconds=None)


def test_order() -> None:
    """Time, then what has ended, then direct calls before forwards, then the place."""
    moments = [
        Moment(0, spot=(5,)),
        Moment(0, is_try=True, spot=(0, 7)),
        Moment(0, is_try=True, spot=(1,)),
        Moment(0, is_try=True, hops=1, spot=(0,)),
        Moment(0, is_try=True, hops=2, spot=(0,)),
        Moment(1),
    ]
    done: list[Moment] = []
    draft = Draft()
    for each in reversed(moments):
        draft.wait(each, done.append, each)
    draft.run()
    assert done == moments


def test_equals() -> None:
    """What is asked for first comes first, and what comes of it is done too."""
    done: list[str] = []
    draft = Draft()

    def act(name: str) -> None:
        done.append(name)
        if name == "first":
            draft.wait(Moment(0), act, "of the first")

    draft.wait(Moment(0), act, "first")
    draft.wait(Moment(0), act, "second")
    draft.run()
    assert done == ["first", "second", "of the first"]


def test_remedies() -> None:
    """Remedies are told once each, also for what could not be called while others ring."""
    draft = Draft()
    draft.note("line.busy", "1001")
    draft.advise("line.register", Actor.USER, about="1001")
    draft.advise("destination.change")
    draft.advise("line.register", Actor.USER, about="1001")
    draft.ending = Ending(0, RouteOutcome.BUSY)
    plan = draft.plan()
    assert plan.outcome is RouteOutcome.BUSY
    assert plan.reasons == (Reason("line.busy", "1001"),)
    assert plan.remedies == (
        Remedy("line.register", Actor.USER, {"about": "1001"}),
        Remedy("destination.change", Actor.PORTAL_ADMINISTRATOR),
    )
    draft.legs.append(LEG)
    assert draft.plan().legs == (LEG,)
    assert draft.plan().remedies == plan.remedies
