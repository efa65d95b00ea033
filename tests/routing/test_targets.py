"""What targets stand for, and what is no target."""

import pytest

from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing import Extension, ExtensionRange, Group
from cloudpbx.routing.targets import TargetKind, Targets

OFFICE = Targets(
    [Extension(number="1001"), Extension(number="1002")],
    [
        Group("sales", ("1002", "support", "090-1234-5678")),
        Group("support", ("1001", "1002")),
        Group("round", ("1001", "and")),
        Group("and", ("about",)),
        Group("about", ("and",)),
    ],
    ExtensionRange(),
)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        pytest.param("1001", TargetKind.EXTENSION, id="4-22 an extension"),
        pytest.param("sales", TargetKind.GROUP, id="a group"),
        pytest.param("0300001234", TargetKind.OUTSIDE, id="4-24 an outside number"),
        pytest.param("+12125550123", TargetKind.OUTSIDE, id="a number abroad"),
    ],
)
def test_kinds(target: str, kind: TargetKind) -> None:
    """A target is an extension, a group or an outside number."""
    assert OFFICE.kind_of(target) is kind


@pytest.mark.parametrize(
    ("target", "error", "message"),
    [
        pytest.param(
            "1003",
            UnknownReferenceError,
            "`1003` is not an extension of this tenant: did you mean `1002`?",
            id="4-22 an extension nobody has",
        ),
        pytest.param(
            "sale",
            UnknownReferenceError,
            "`sale` is not a group of this tenant: did you mean `sales`?",
            id="a group nobody made",
        ),
        pytest.param(
            "9000",
            InvalidValueError,
            "`9000` is not in the range of extensions `0000-8999`",
            id="4-13 extension 9000",
        ),
        pytest.param(
            "１００１",
            InvalidValueError,
            "`１００１` is not an extension: write half-width digits, as `1001`",
            id="4-22 full-width digits",
        ),
        pytest.param(
            "10010",
            InvalidValueError,
            "`10010` is not an outside number, as a target that is no extension and no group "
            "must be: write `03-1234-5678` or `+81312345678`",
            id="neither an extension nor a number",
        ),
        pytest.param(
            "０３００００１２３４",
            InvalidValueError,
            "`０３００００１２３４` is not an outside number, as a target that is no extension "
            "and no group must be: write half-width digits",
            id="4-24 full-width digits of a number",
        ),
    ],
)
def test_no_target(target: str, error: type[Exception], message: str) -> None:
    """What is none of the three is refused with the nearest that exists."""
    with pytest.raises(error) as caught:
        OFFICE.kind_of(target)
    assert str(caught.value) == message


def test_nothing_to_name() -> None:
    """Where nothing is defined yet, the message says so."""
    with pytest.raises(UnknownReferenceError) as caught:
        Targets([], [], ExtensionRange()).kind_of("1001")
    assert str(caught.value) == (
        "`1001` is not an extension of this tenant: define it, there are none yet"
    )


def test_members() -> None:
    """A group stands for its members, those of groups in it included, once each."""
    assert OFFICE.members("sales") == ("1002", "1001", "09012345678")
    assert OFFICE.members("1001") == ("1001",)


def test_a_group_in_itself() -> None:
    """A group that holds itself is refused, with the way around."""
    with pytest.raises(InvalidValueError) as caught:
        OFFICE.members("round")
    assert str(caught.value) == (
        "`and` holds itself (and → about → and): take one of these groups out of the other"
    )


def test_an_overflow_is_a_member() -> None:
    """Whoever a group overflows to is one of those it stands for."""
    groups = [
        Group("sales", ("1001",), overflow="support"),
        Group("support", ("1002",), overflow="090-1234-5678"),
    ]
    extensions = [Extension(number="1001"), Extension(number="1002")]
    targets = Targets(extensions, groups, ExtensionRange())
    assert targets.members("sales") == ("1001", "1002", "09012345678")


def test_a_group_in_its_own_overflow() -> None:
    """A circle through an overflow is refused like one through members."""
    groups = [Group("sales", ("1001",), overflow="support"), Group("support", ("sales",))]
    targets = Targets([Extension(number="1001")], groups, ExtensionRange())
    with pytest.raises(InvalidValueError) as caught:
        targets.members("sales")
    assert str(caught.value) == (
        "`sales` holds itself (sales → support → sales): "
        "take one of these groups out of the other"
    )


def test_deep_and_wide_groups() -> None:
    """Groups may stand many levels deep and share members, at no cost."""
    names = [f"g{place}" for place in range(3000)]
    deep = [
        Group(name, tuple(dict.fromkeys((names[place + 1], names[min(place + 2, 2999)]))))
        for place, name in enumerate(names[:-1])
    ]
    targets = Targets(
        [Extension(number="1001")], [*deep, Group("g2999", ("1001",))], ExtensionRange()
    )
    assert targets.members("g0") == ("1001",)
