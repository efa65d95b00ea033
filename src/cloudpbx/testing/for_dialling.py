"""Strategies for outgoing calls: dialled texts, line types, and the answers.

Here: what phones and click-to-dial send, what lines cannot dial, and what an extension may
dial. Not here: extensions and outside numbers themselves (`for_targets`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from string import digits
from typing import Final

from hypothesis import strategies as st

from cloudpbx.routing.destinations import AFTER_HOURS_CODE
from cloudpbx.routing.dialled_numbers import DialledNumber, read_dialled
from cloudpbx.routing.dialling import DialRules, plan_dial
from cloudpbx.routing.extensions import Extension, ExtensionRange
from cloudpbx.routing.line_types import Barred, LineType
from cloudpbx.routing.numbers import spelled
from cloudpbx.routing.outgoing_calls import OutgoingCall
from cloudpbx.routing.ring_plans import Ending, RingPlan, RouteOutcome
from cloudpbx.routing.targets import Targets
from cloudpbx.testing.for_targets import extension_numbers, outside_numbers
from cloudpbx.testing.for_times import moments

__all__ = ["barred", "dialled_numbers", "dialled_texts", "line_types", "outgoing_calls"]

_SHORT: Final = {
    "JP": ("110", "118", "119", "104", "114", "117", "136", "159", "171", "188", "#7119"),
    "US": ("911", "112", "411", "611"),
}
_FREE: Final = {"JP": ("0120", 6, "0800", 7), "US": ("800", 7, "1888", 7)}
_BARRED_NUMBERS: Final = {
    "JP": (
        "0180993000",
        "0180123456",
        "0039-03-1111-2222",
        "0039-0180-993-000",
        "0033-010-44-20-7946-0000",
    ),
    "US": (),
}
_PREFIXES: Final = {"JP": ("", "", "", "184", "186", "184-"), "US": ("",)}
_WIDE: Final = str.maketrans(digits, "０１２３４５６７８９")
_WAYS: Final = ("{}", "{}", "{}", "tel:{}", "sip:{}@pbx.example", "SIPS:{}@h;user=phone")
_NEAR: Final = (
    "",
    "0",
    "+",
    "*",
    "#",
    "184",
    "sip:",
    "tel:",
    "@",
    "③",
    "a",
    ";ext=1",
    "00",
    "010",
)
_WORDS: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="{}"),
    min_size=1,
)


@st.composite
def dialled_texts(
    draw: st.DrawFn,
    *,
    region: str = "JP",
    extensions: Sequence[str] = (),
    well_formed: bool = True,
) -> str:
    """Draw what phones and click-to-dial send.

    Args:
        draw: Given by Hypothesis.
        region: Whose numbering plan the numbers are of, `JP` or `US`.
        extensions: Extensions that exist; others are drawn too.
        well_formed: Whether it is something a phone sends; otherwise it nearly is, and at
            times is.
    """
    first, its_digits, second, their_digits = _FREE[region]
    free = st.sampled_from(((first, its_digits), (second, their_digits))).flatmap(
        lambda each: st.text(digits, min_size=each[1], max_size=each[1]).map(each[0].__add__)
    )
    outside = outside_numbers(region=region)
    own = st.sampled_from(extensions) if extensions else extension_numbers()
    fixed = st.sampled_from((AFTER_HOURS_CODE, *_SHORT[region]))
    known = st.sampled_from(_BARRED_NUMBERS[region] or _SHORT[region])
    text = draw(st.one_of(own, fixed, known, outside, outside, free, extension_numbers()))
    text = draw(st.sampled_from(_PREFIXES[region])) + text
    if draw(st.integers(0, 9)) == 0:
        text = text.translate(_WIDE)
    way = draw(st.sampled_from(_WAYS))
    text = way.format(text.replace("#", "%23") if "@" in way else text)
    if well_formed or draw(st.booleans()):
        return text
    near = draw(st.sampled_from(_NEAR) | st.text(digits, max_size=6))
    place = draw(st.integers(0, len(text)))
    return text[:place] + near + text[place:]


@st.composite
def barred(draw: st.DrawFn) -> Barred:
    """Draw what a line type cannot dial."""
    prefix = draw(st.sampled_from(("00", "1", "114", "0180", "090", "0")))
    exceptions = st.lists(st.sampled_from((f"{prefix}9", f"{prefix}03")), max_size=2)
    utc = moments().map(lambda moment: moment.astimezone(UTC))
    bounds = sorted(draw(st.lists(utc, max_size=2, unique=True)))
    since, until = ([*bounds, None, None])[:2]
    if until is None and draw(st.booleans()):
        since, until = until, since
    return Barred(
        prefix=prefix,
        name=draw(_WORDS),
        name_ja=draw(_WORDS),
        unless=tuple(draw(exceptions)),
        since=since,
        until=until,
        source=draw(st.just("") | _WORDS),
    )


def line_types() -> st.SearchStrategy[LineType]:
    """Draw line types, those that are shipped among them."""
    made = st.builds(
        LineType,
        id=st.from_regex(r"[a-z][a-z0-9_]{0,7}", fullmatch=True),
        name=_WORDS,
        name_ja=_WORDS,
        most_distribution_targets=st.none() | st.integers(1, 99),
        barred=st.lists(barred(), max_size=3).map(tuple),
        source=_WORDS,
    )
    return st.sampled_from(LineType.shipped()) | made


def _targets(extensions: Sequence[Extension]) -> Targets:
    return Targets(extensions, (), ExtensionRange())


@st.composite
def dial_rules(draw: st.DrawFn, *, region: str = "JP") -> DialRules:
    """Draw what outgoing calls of a tenant depend on; it has an extension at least."""
    domestic = outside_numbers(region=region, abroad=False)
    numbers = draw(st.lists(domestic, max_size=3, unique_by=spelled))
    own = st.sampled_from(numbers) if numbers else domestic
    # Most extensions present a number of the tenant.
    caller_ids = st.none() | own | own | domestic
    extensions = draw(
        st.lists(
            st.builds(Extension, number=extension_numbers(), caller_id=caller_ids),
            min_size=1,
            max_size=4,
            unique_by=lambda each: each.number,
        )
    )
    return DialRules(
        targets=_targets(extensions),
        region=region,
        numbers=tuple(map(spelled, numbers)),
        international=draw(st.sampled_from((True, True, False))),
        activated=draw(st.sampled_from((True, True, True, False))),
        line_type=draw(st.none() | line_types() | st.sampled_from(LineType.shipped())),
    )


@st.composite
def dialled_numbers(draw: st.DrawFn, *, region: str = "JP") -> DialledNumber:
    """Draw dialled texts as they were read.

    Args:
        draw: Given by Hypothesis.
        region: Whose numbering plan the numbers are of, `JP` or `US`.
    """
    extensions = draw(st.lists(extension_numbers(), max_size=3))
    text = draw(dialled_texts(region=region, extensions=extensions))
    return read_dialled(
        text,
        region=region,
        extensions=frozenset(extensions),
        extension_digits=4,
        guidance=frozenset({AFTER_HOURS_CODE}),
    )


@st.composite
def outgoing_calls(
    draw: st.DrawFn, *, region: str = "JP", at: st.SearchStrategy[datetime] | None = None
) -> OutgoingCall:
    """Draw the answers to what extensions dial.

    Args:
        draw: Given by Hypothesis.
        region: Whose numbering plan the numbers are of, `JP` or `US`.
        at: When they dial; any time when left out.
    """
    rules = draw(dial_rules(region=region))
    names = list(rules.targets.extensions)
    plan = RingPlan(ending=draw(st.none() | st.just(Ending(0, RouteOutcome.BUSY))))
    return plan_dial(
        draw(dialled_texts(region=region, extensions=names)),
        extension=rules.targets.extensions[draw(st.sampled_from(names))],
        rules=rules,
        at=draw(moments() if at is None else at),
        ring=lambda _: plan,
        caller_id=draw(st.none() | st.just("") | outside_numbers(region=region, abroad=False)),
    )
