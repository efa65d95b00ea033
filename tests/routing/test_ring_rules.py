"""What a tenant's numbering plan says of a target."""

from typing import Final

import pytest

from cloudpbx.routing import ExtensionRange
from cloudpbx.routing.ring_rules import RingRules
from cloudpbx.routing.targets import Targets

HOME: Final = RingRules(
    targets=Targets((), (), ExtensionRange()), region="JP", international=False, max_forwards=5
)
ABROAD: Final = RingRules(
    targets=Targets((), (), ExtensionRange()), region="JP", international=True, max_forwards=5
)


@pytest.mark.parametrize(
    ("target", "form"),
    [
        pytest.param("0312345678", "+81312345678", id="national"),
        pytest.param("+81312345678", "+81312345678", id="with the country code"),
        pytest.param("1001", "1001", id="an extension stays as it is"),
        pytest.param("sales", "sales", id="a name stays as it is"),
    ],
)
def test_form(target: str, form: str) -> None:
    """Every spelling of a number has one form."""
    assert HOME.form(target) == form


@pytest.mark.parametrize(
    ("rules", "number", "barred"),
    [
        pytest.param(HOME, "0312345678", False, id="4-09 at home, off"),
        pytest.param(HOME, "+12125550123", True, id="4-09 abroad, off"),
        pytest.param(ABROAD, "+12125550123", False, id="4-09 abroad, on"),
        pytest.param(ABROAD, "0312345678", False, id="4-09 at home, on"),
    ],
)
def test_barred(rules: RingRules, number: str, *, barred: bool) -> None:
    """A number abroad may be called only while international calls are on."""
    assert rules.is_barred(number) is barred


def test_printed() -> None:
    """A number is written as people of the region write it."""
    assert HOME.printed("0312345678") == "03-1234-5678"
    assert HOME.printed("1001") == "1001"
