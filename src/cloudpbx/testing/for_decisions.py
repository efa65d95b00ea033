"""Strategies for decisions: reasons, remedies, and what a check finds.

Here: codes that have words, with the data their words need, and the values built of
them. Not here: which decision an area makes.
"""

from string import Formatter
from typing import Any

from hypothesis import strategies as st

from cloudpbx import texts
from cloudpbx.decisions import Actor, Decision, Outcome, Reason, Remedy
from cloudpbx.findings import Finding, Severity
from cloudpbx.testing.for_times import moments

__all__ = ["decisions", "findings", "reasons", "remedies"]

_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8
)


@st.composite
def _codes_with_data(
    draw: st.DrawFn, section: str, *, well_formed: bool
) -> tuple[str, dict[str, str | int]]:
    """Draw a code of a section of the texts, and all that its words need."""
    if not well_formed:
        words = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
        code = ".".join(draw(st.lists(words, min_size=1, max_size=3)))
        return code, draw(st.dictionaries(words, _WORDS | st.integers(), max_size=3))
    code, template = draw(st.sampled_from(sorted(texts.catalogue("en")[section].items())))
    names = sorted({name for _, name, _, _ in Formatter().parse(template) if name})
    return code, {name: draw(_WORDS | st.integers()) for name in names if name != "about"}


@st.composite
def reasons(draw: st.DrawFn, *, well_formed: bool = True) -> Reason:
    """Draw reasons.

    Args:
        draw: Given by Hypothesis.
        well_formed: Whether the library has words for the code.
    """
    code, data = draw(_codes_with_data("reason", well_formed=well_formed))
    return Reason(code, draw(_WORDS), data)


@st.composite
def remedies(draw: st.DrawFn, *, well_formed: bool = True) -> Remedy:
    """Draw remedies.

    Args:
        draw: Given by Hypothesis.
        well_formed: Whether the library has words for the code.
    """
    code, data = draw(_codes_with_data("remedy", well_formed=well_formed))
    return Remedy(code, draw(st.sampled_from(Actor)), {**data, "about": draw(_WORDS)})


def decisions(*, well_formed: bool = True) -> st.SearchStrategy[Decision]:
    """Draw decisions of every outcome, `well_formed` as for `reasons`."""
    return st.builds(
        Decision,
        st.sampled_from(Outcome),
        _some(reasons(well_formed=well_formed)),
        _some(remedies(well_formed=well_formed)),
    )


@st.composite
def findings(draw: st.DrawFn, *, well_formed: bool = True) -> Finding:
    """Draw what a check finds.

    Args:
        draw: Given by Hypothesis.
        well_formed: Whether the library has words for the code.
    """
    code, data = draw(_codes_with_data("finding", well_formed=well_formed))
    return Finding(
        code=code,
        severity=draw(st.sampled_from(Severity)),
        about=draw(_WORDS),
        data={key: value for key, value in data.items() if key != "minutes"},
        path=draw(st.sampled_from(("", "numbers[0].rules[2]"))),
        witness=draw(st.none() | moments()),
        minutes_a_week=draw(st.floats(0, 10_080)),
        remedies=draw(_some(remedies(well_formed=well_formed))),
    )


def _some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)
