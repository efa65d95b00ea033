"""Strategies for what rings: outside numbers, extensions with their forwards, their lines.

Here: numbers of either shape, what an extension forwards to, and what the phones are
doing. Not here: groups of them (`for_groups`), or the calls that come to them
(`for_routers`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from cloudpbx.routing.calls import LineState
from cloudpbx.routing.extensions import Extension, ExtensionRange, Forwards

__all__ = [
    "extension_numbers",
    "extensions",
    "forwards",
    "line_states",
    "outside_numbers",
]

_DOMESTIC: Final = {
    "JP": (
        ("0", 9),
        ("090", 8),
        ("050", 8),
        ("0120", 6),
        ("+81", 9),
        ("+8190", 8),
        ("00390", 9),  # a carrier selected
        ("0010", 9),
        ("0091300", 9),
        ("1860", 9),  # the caller's number shown
    ),
    "US": (("212", 7), ("1415", 7), ("+1212", 7), ("+1800", 7)),
}
_ABROAD: Final = {
    "JP": (
        ("+44", 9),
        ("+1876", 7),
        ("+852", 8),
        ("0101", 10),
        ("01044", 9),
        ("00330101", 10),  # a carrier selected
        ("00101044", 9),
        ("0091300101", 10),
        ("003344", 9),
        ("1840101", 10),  # the caller's number withheld
    ),
    "US": (("+81", 9), ("+1876", 7), ("1876", 7), ("01144", 9)),
}
"""What numbers start with, and how many digits follow, the first of them 2 to 9."""

_SEPARATORS: Final = ("", "", "", "-", " ", ".", "\u2010")
_NEAR_NUMBERS: Final = ("", "1001", "110", "anonymous", "０３-1234-5678", "+", "sip:a@b", "-")
WORDS: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="{},"),
    max_size=8,
)
_RING_SECONDS: Final = st.sampled_from((20, 20, 1, 5, 40, 600)) | st.integers(1, 600)


@st.composite
def outside_numbers(
    draw: st.DrawFn, *, region: str = "JP", abroad: bool | None = None, well_formed: bool = True
) -> str:
    """Draw outside numbers, now and then with separators as people write them.

    Args:
        draw: Given by Hypothesis.
        region: Whose numbering plan they are of, `JP` or `US`.
        abroad: Whether calling them is an international call. When left out, both, and
            numbers of no plan that only have the shape.
        well_formed: Whether they are numbers; otherwise they nearly are, and at times are.
    """
    kinds = {False: _DOMESTIC[region], True: _ABROAD[region]}
    if abroad is None:
        known, shaped = (*kinds[False], *kinds[True]), (("+", 7), ("+", 15), ("", 9), ("", 24))
        start, digits = draw(st.sampled_from((*known, *shaped)))
    else:
        start, digits = draw(st.sampled_from(kinds[abroad]))
    rest = draw(st.integers(2 * 10 ** (digits - 1), 10**digits - 1))
    number = separated(draw, f"{start}{rest}")
    if well_formed or draw(st.booleans()):
        return number
    near = draw(st.sampled_from(_NEAR_NUMBERS) | st.text(max_size=12))
    return draw(st.sampled_from((near, number + near)))


def separated(draw: st.DrawFn, number: str) -> str:
    """Draw a number with or without what people put between its digits."""
    separator = draw(st.sampled_from(_SEPARATORS))
    place = draw(st.integers(1, 6)) if separator else 0
    return number[:place] + separator + number[place:]


def extension_numbers(
    *, extension_range: ExtensionRange | None = None
) -> st.SearchStrategy[str]:
    """Draw extension numbers of a range, the default one when left out."""
    bounds = extension_range or ExtensionRange()
    digits = len(bounds.first)
    return st.integers(int(bounds.first), int(bounds.last)).map(lambda n: f"{n:0{digits}}")


def forwards(*, targets: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Forwards]:
    """Draw forwards, any of the four set or not.

    Args:
        targets: Where they lead; extensions and outside numbers when left out.
    """
    each = st.none() | (_ANY_TARGET if targets is None else targets)
    # A call that always leaves asks nothing of the others, so it is rarer.
    return st.builds(
        Forwards,
        unconditional=st.none() | st.none() | each,
        offline=each,
        busy=each,
        no_answer=each,
        ring_seconds=_RING_SECONDS,
    )


@st.composite
def extensions(
    draw: st.DrawFn,
    *,
    numbers: st.SearchStrategy[str] | None = None,
    forwarding: st.SearchStrategy[Forwards] | None = None,
) -> Extension:
    """Draw extensions; a forward to itself is left out.

    Args:
        draw: Given by Hypothesis.
        numbers: Their numbers; the default range when left out.
        forwarding: Their forwards; any when left out.
    """
    number = draw(extension_numbers() if numbers is None else numbers)
    drawn = draw(forwards() if forwarding is None else forwarding)
    itself: dict[str, Any] = {
        str(kind): None for kind, target in drawn.targets() if target == number
    }
    return Extension(
        number=number,
        name=draw(WORDS),
        department=draw(WORDS),
        caller_id=draw(_CALLER_IDS),
        recording=draw(st.booleans()),
        forwards=evolve(drawn, **itself),
    )


def line_states(
    *, extensions: Sequence[str] | None = None
) -> st.SearchStrategy[Mapping[str, LineState]]:
    """Draw what the lines are doing, by extension number.

    Args:
        extensions: Whose lines; any when left out. Not every one of them is named.
    """
    if extensions is None:
        return st.dictionaries(extension_numbers(), st.sampled_from(LineState), max_size=5)
    # Idle is what a line is that is not named, so a busy one is drawn more often.
    states = st.sampled_from((*LineState, LineState.BUSY, LineState.OFFLINE))
    return st.fixed_dictionaries({}, optional=dict.fromkeys(extensions, states))


_ANY_TARGET: Final = extension_numbers() | outside_numbers()
_CALLER_IDS: Final = st.none() | outside_numbers(abroad=False)
