"""Strategies for groups: their members, and how they are called.

Here: groups with and without settings. Not here: the extensions and numbers that are
their members (`for_targets`), or groups that hold groups of one tenant (`for_routers`).
"""

from typing import Final

from hypothesis import strategies as st

from cloudpbx.routing.groups import Group, Member, Strategy
from cloudpbx.routing.numbers import spelled
from cloudpbx.routing.target_texts import is_name
from cloudpbx.testing.for_targets import WORDS, extension_numbers, outside_numbers

__all__ = ["groups", "members", "ring_strategies"]

# Short times meet each other more often; the longest is as long as a phone may ring.
TURN_SECONDS: Final = st.sampled_from((None, None, None, 1, 2, 5, 10, 20, 21, 40, 600))
ROUNDS: Final = st.sampled_from((1, 1, 1, 2, 3))
_HONOURED: Final = st.sampled_from((True, True, False))
_WITHOUT: Final = st.sampled_from((True,))
_DELAYS: Final = st.sampled_from((0, 0, 0, 0, 1, 2, 5, 20, 600))

GROUP_NAMES: Final = st.builds(str.__add__, st.sampled_from(("sales", "Q", "受付", "g")), WORDS)


def ring_strategies() -> st.SearchStrategy[Strategy]:
    """Draw ring strategies."""
    return st.sampled_from(Strategy)


def members(*, targets: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Member]:
    """Draw members of a group with settings of their own, or without.

    Args:
        targets: Who they are; extensions and outside numbers when left out.
    """
    named = ANY_TARGET if targets is None else targets
    return st.builds(Member, named) | named.flatmap(_settled)


def _settled(target: str) -> st.SearchStrategy[Member]:
    """Draw a member with settings; a group has no forwards of its own."""
    return st.builds(
        Member,
        st.just(target),
        delay=_DELAYS,
        seconds=TURN_SECONDS,
        weight=st.integers(1, 9),
        honour_forwards=_WITHOUT if is_name(target) else _HONOURED,
    )


@st.composite
def groups(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] | None = None,
    targets: st.SearchStrategy[str] | None = None,
    plain: bool = False,
) -> Group:
    """Draw groups.

    Args:
        draw: Given by Hypothesis.
        names: Their names; words when left out.
        targets: Whom they call; extensions and outside numbers when left out.
        plain: Whether all members ring at once, without any settings.
    """
    name = draw(GROUP_NAMES if names is None else names)
    called = (ANY_TARGET if targets is None else targets).filter(lambda each: each != name)
    if plain:
        return Group(name, draw(several(called)))
    found = st.lists(
        members(targets=called),
        min_size=1,
        max_size=4,
        unique_by=lambda each: spelled(each.target),
    )
    return Group(
        name,
        tuple(draw(found)),
        strategy=draw(ring_strategies()),
        seconds=draw(TURN_SECONDS),
        repeat=draw(ROUNDS),
        overflow=draw(st.none() | called),
    )


def several(targets: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw a few targets, each once."""
    return st.lists(targets, min_size=1, max_size=4, unique_by=spelled).map(tuple)


ANY_TARGET: Final = extension_numbers() | outside_numbers()
"""What rings without being named by a tenant."""
