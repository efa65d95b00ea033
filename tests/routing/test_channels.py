"""How many calls a number can have at the same time, by source 003."""

from typing import Any

import pytest

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Channels


@pytest.mark.parametrize(
    ("channels", "in_use", "explained"),
    [
        pytest.param(
            Channels(5),
            4,
            "allowed\n  - 4 of 5 channels are in use",
            id="the last channel",
        ),
        pytest.param(
            Channels(5, 2),
            2,
            "refused\n"
            "  - 2 of 2 channels are in use: none is free\n"
            "  → customer: raise the channels that can be used to 3",
            id="3-23 fewer enabled than contracted",
        ),
        pytest.param(
            Channels(5),
            5,
            "refused\n"
            "  - 5 of 5 channels are in use: none is free\n"
            "  → sales: contract 6 channels\n"
            "  → customer: raise the channels that can be used to 6",
            id="3-23 all that are contracted",
        ),
        pytest.param(
            Channels(5, 0),
            0,
            "refused\n"
            "  - 0 of 0 channels are in use: none is free\n"
            "  → customer: raise the channels that can be used to 1",
            id="none enabled",
        ),
        pytest.param(
            Channels(5, 2),
            4,
            "refused\n"
            "  - 4 of 2 channels are in use: none is free\n"
            "  → customer: raise the channels that can be used to 5",
            id="lowered while there were calls",
        ),
        pytest.param(
            Channels(10_000),
            10_000,
            "refused\n  - 10000 of 10000 channels are in use: none is free",
            id="more than can be contracted",
        ),
    ],
)
def test_ask(channels: Channels, in_use: int, explained: str) -> None:
    """A call is connected while an enabled channel is free."""
    assert channels.ask(in_use).explain() == explained


def test_ask_in_japanese() -> None:
    """The same in Japanese."""
    assert Channels(5).ask(5).explain("ja") == (
        "不可\n"
        "  - 5チャネルのうち5チャネルを使用中で、空きがありません\n"
        "  → 営業担当: 契約チャネル数を6に増やす\n"
        "  → 契約者: 接続できるチャネル数を6に増やす"
    )


def test_all_are_enabled_unless_told() -> None:
    """Without a number of enabled channels, all can be used."""
    assert Channels(5) == Channels(5, 5) == Channels(5, None)
    assert Channels(5).enabled == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            (0,),
            "`0` is out of range: the number of contracted channels is 1 to 10000",
            id="none contracted",
        ),
        pytest.param(
            (10_001,),
            "`10001` is out of range: the number of contracted channels is 1 to 10000",
            id="too many",
        ),
        pytest.param(
            ("5",),
            "`5` is not a whole number, as the number of contracted channels must be",
            id="text",
        ),
        pytest.param(
            (5, True),
            "`True` is not a whole number, as the number of enabled channels must be",
            id="a truth value",
        ),
        pytest.param(
            (5, -1),
            "`-1` is out of range: the number of enabled channels is 0 or more",
            id="less than none",
        ),
        pytest.param(
            (5, 6),
            "`6` channels are enabled and 5 contracted: enable 5 or fewer",
            id="3-23 more than contracted",
        ),
    ],
)
def test_refused(arguments: tuple[Any, ...], message: str) -> None:
    """Channels are whole numbers, and no more are enabled than contracted."""
    with pytest.raises(InvalidValueError) as caught:
        Channels(*arguments)
    assert str(caught.value) == message


def test_in_use_is_a_whole_number() -> None:
    """A switch counts in whole calls."""
    with pytest.raises(InvalidValueError, match="the number of channels in use is 0 or more"):
        Channels(5).ask(-1)


def test_check() -> None:
    """Zero channels are legal and probably not meant (source 003, 3-23)."""
    (finding,) = Channels(5, 0).check()

    assert finding.explain() == (
        "warning: no channel can be used: no call will be connected [channels.none]\n"
        "  → customer: raise the channels that can be used to 5"
    )
    assert finding.minutes_a_week == 10_080
    assert Channels(5, 1).check() == ()


def test_to_dict() -> None:
    """Plain data has the enabled channels when they are fewer."""
    assert Channels(5, 5).to_dict() == {"contracted": 5}
    assert Channels(5, 0).to_dict() == {"contracted": 5, "enabled": 0}
