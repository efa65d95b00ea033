"""Targets as texts: one spelling, a name or a number, no guidance."""

from collections.abc import Callable
from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.target_texts import (
    check_guidance,
    check_target,
    is_name,
    refuse_guidance,
)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param("1001", "1001", id="4-22 an extension"),
        pytest.param("03-0000-1234", "0300001234", id="4-24 a number with hyphens"),
        pytest.param("+81 (3) 1234 5678", "+81312345678", id="a number with the country code"),
        pytest.param("sales", "sales", id="a name"),
        pytest.param("1st floor - east", "1st floor - east", id="a name keeps its separators"),
        pytest.param("受付", "受付", id="a name in Japanese"),
    ],
)
def test_one_spelling(text: str, target: str) -> None:
    """A name stays as it is, and a number loses what people put between its digits."""
    assert check_target(text) == target
    assert check_target(target) == target


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("sales", True, id="letters"),
        pytest.param("1st", True, id="one letter among digits"),
        pytest.param("営業部", True, id="kanji"),
        pytest.param("1001", False, id="an extension"),
        pytest.param("+81-3", False, id="a number"),
        pytest.param("１００１", False, id="full-width digits"),
        pytest.param("*9", False, id="a sign"),
    ],
)
def test_names(text: str, *, name: bool) -> None:
    """A name has a letter, and a number has none."""
    assert is_name(text) is name


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: check_target("1001, 1002"),
            "`1001, 1002` is not one target: write each as its own text, without spaces",
            id="4-22 two in one text",
        ),
        pytest.param(
            lambda: check_target("sales "),
            "`sales ` is not one target: write each as its own text, without spaces",
            id="a space after a name",
        ),
        pytest.param(
            lambda: check_target(None),
            "`None` is not text, as a target must be",
            id="None for a target",
        ),
        pytest.param(
            lambda: check_target("a\tb"),
            "`a\\tb` has a control character: a target is one line of text",
            id="a tabulator in a name",
        ),
        pytest.param(
            lambda: check_guidance("00-9608"),
            "`00-9608` is not a guidance number: write half-width digits",
            id="4-23 a guidance with a hyphen",
        ),
        pytest.param(
            lambda: refuse_guidance(["009608"]),
            "`009608` is a guidance, which answers before a phone can: "
            'use `Announce("009608")`',
            id="4-23 the guidance alone",
        ),
        pytest.param(
            lambda: refuse_guidance(iter(("1001", "009608"))),
            "`009608` is a guidance, which answers before a phone can: "
            "give it a rule of its own",
            id="4-23 the guidance among phones",
        ),
    ],
)
def test_refused(make: Callable[[], Any], message: str) -> None:
    """What is no target is refused in one line, with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert str(caught.value) == message


def test_guidance() -> None:
    """A guidance number is any digits, and phones are no guidance."""
    assert check_guidance("009600") == "009600"
    refuse_guidance(("1001", "sales"))
