"""Extensions and their forwards, rule by rule of source 004."""

from collections.abc import Callable
from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Extension, ExtensionRange, Forward, ForwardKind, Forwards


@pytest.mark.parametrize(
    ("number", "inside"),
    [
        pytest.param("0000", True, id="4-13 the first"),
        pytest.param("8999", True, id="4-13 the last"),
        pytest.param("9000", False, id="4-13 one more than the last"),
        pytest.param("9999", False, id="4-13 voicemail"),
        pytest.param("100", False, id="4-13 three digits"),
        pytest.param("01001", False, id="4-13 five digits"),
        pytest.param("10a1", False, id="a letter among digits"),
        pytest.param("１００１", False, id="full-width digits"),
    ],
)
def test_extension_range(number: str, *, inside: bool) -> None:
    """An extension has four digits, from 0000 to 8999."""
    assert (number in ExtensionRange()) is inside


def test_range_reads_and_writes() -> None:
    """A range is read as it is written."""
    assert str(ExtensionRange.parse("0001-8999")) == "0001-8999"
    assert ExtensionRange.parse("0000-8999") == ExtensionRange()
    assert ExtensionRange.parse("20-29").check("20") == "20"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: ExtensionRange.parse("8999-0000"),
            "`8999-0000` is not a range of extensions: write `0000-8999`",
            id="a range that runs backwards",
        ),
        pytest.param(
            lambda: ExtensionRange.parse("000-8999"),
            "`000-8999` is not a range of extensions: write `0000-8999`",
            id="a range of two lengths",
        ),
        pytest.param(
            lambda: ExtensionRange.parse("0000"),
            "`` is empty: the bound of a range of extensions needs at least one character",
            id="a range without an end",
        ),
        pytest.param(
            lambda: ExtensionRange.parse(1000),  # type: ignore[arg-type]
            '`1000` is not text, as a range of extensions must be: write it in quotes, "1000"',
            id="a range that is a number",
        ),
        pytest.param(
            lambda: ExtensionRange("0", "9"),
            "`0` is not an extension: write half-width digits, as `1001`",
            id="a range of one digit",
        ),
        pytest.param(
            lambda: ExtensionRange().check("9000"),
            "`9000` is not in the range of extensions `0000-8999`",
            id="4-13 extension 9000",
        ),
        pytest.param(
            lambda: Extension(number=1001),  # type: ignore[arg-type]
            "`1001` is not text, as the number of an extension must be: "
            'write it in quotes, "1001"',
            id="4-13 an int has lost its zeros",
        ),
        pytest.param(
            lambda: Extension(number="１００１"),
            "`１００１` is not an extension: write half-width digits, as `1001`",
            id="4-13 full-width digits",
        ),
        pytest.param(
            lambda: Extension(number="123456789"),
            "`123456789` is not an extension: write half-width digits, as `1001`",
            id="nine digits",
        ),
        pytest.param(
            lambda: Extension(number="1001", name=None),  # type: ignore[arg-type]
            "`None` is not text, as the name of an extension must be",
            id="4-12 no text for a name",
        ),
        pytest.param(
            lambda: Extension(number="1001", department="a\nb"),
            "`a\\nb` has a control character: "
            "the department of an extension is one line of text",
            id="4-12 two lines for a department",
        ),
        pytest.param(
            lambda: Extension(number="1001", caller_id="1002"),
            "`1002` is not an outside number, as a caller ID must be: "
            "write `03-1234-5678` or `+81312345678`",
            id="4-14 an extension for a caller ID",
        ),
        pytest.param(
            lambda: Extension(number="1001", recording="on"),  # type: ignore[arg-type]
            "`on` is not true or false, as recording must be",
            id="4-15 a word for recording",
        ),
        pytest.param(
            lambda: Extension(number="1001", forwards=None),  # type: ignore[arg-type]
            "`None` is not `Forwards`, as the forwards of an extension must be",
            id="None for no forwards",
        ),
        pytest.param(
            lambda: Extension(number="1001", forwards=Forwards(busy="1001")),
            "`1001` forwards to itself (busy): name another target",
            id="4-19 a forward to itself",
        ),
        pytest.param(
            lambda: Extension(number="1001", forwards=Forwards(no_answer="10-01")),
            "`1001` forwards to itself (no_answer): name another target",
            id="4-19 a forward to itself with a hyphen",
        ),
        pytest.param(
            lambda: Forwards(busy="009608"),
            "`009608` cannot be forwarded to: name an extension or an outside number",
            id="4-23 a forward to the guidance",
        ),
        pytest.param(
            lambda: Forwards(offline="sales"),
            "`sales` cannot be forwarded to: name an extension or an outside number",
            id="4-18 a forward to a group",
        ),
        pytest.param(
            lambda: Forwards(busy=1002),  # type: ignore[arg-type]
            '`1002` is not text, as a target must be: write it in quotes, "1002"',
            id="4-16 an int for a target",
        ),
        pytest.param(
            lambda: Forwards(busy=""),
            "`` is empty: a target needs at least one character",
            id="4-16 an empty target",
        ),
        pytest.param(
            lambda: Forwards(ring_seconds=0),
            "`0` is out of range: the ring time in seconds is 1 to 600",
            id="4-17 no time to ring",
        ),
        pytest.param(
            lambda: Forwards(ring_seconds=601),
            "`601` is out of range: the ring time in seconds is 1 to 600",
            id="4-17 too much time to ring",
        ),
        pytest.param(
            lambda: Forwards(ring_seconds=20.0),  # type: ignore[arg-type]
            "`20.0` is not a whole number, as the ring time in seconds must be",
            id="4-17 a fraction of a second",
        ),
    ],
)
def test_refused(make: Callable[[], Any], message: str) -> None:
    """What cannot be is refused in one line, with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert str(caught.value) == message


def test_defaults() -> None:
    """A new extension has a number, does not record, and forwards nothing (4-12 to 4-18)."""
    extension = Extension(number="0001")
    assert (extension.name, extension.department, extension.caller_id) == ("", "", None)
    assert not extension.recording
    assert list(extension.forwards.targets()) == []
    assert extension.forwards.ring_seconds == 20


def test_forwards_in_order() -> None:
    """Forwards are asked in order: unconditional, offline, busy, no answer (4-19)."""
    every = Forwards(unconditional="1004", no_answer="1003", busy="1002", offline="0300001234")
    assert list(every.targets()) == [
        (ForwardKind.UNCONDITIONAL, "1004"),
        (ForwardKind.OFFLINE, "0300001234"),
        (ForwardKind.BUSY, "1002"),
        (ForwardKind.NO_ANSWER, "1003"),
    ]
    assert every.target(ForwardKind.BUSY) == "1002"
    assert Forwards().target(ForwardKind.BUSY) is None


def test_spelling() -> None:
    """Numbers lose what people put between their digits."""
    assert Forwards(busy="03-0000-1234").busy == "0300001234"
    assert Extension(number="1001", caller_id="03-1234-5678").caller_id == "0312345678"


def test_codes() -> None:
    """Each kind of forward has its 3GPP code."""
    assert [kind.code for kind in ForwardKind] == ["CFU", "CFNL", "CFB", "CFNR"]
    assert Forward("1001", ForwardKind.BUSY).kind.code == "CFB"
