"""Line types: the shipped ones row by row, a user's own, and what is refused."""

import tomllib
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing.line_types import Barred, LineType

NOW = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
TELEDOME = datetime(2011, 12, 7, tzinfo=ZoneInfo("Asia/Tokyo"))
BOTH = ("hikari_denwa", "hikari_denwa_office")


def bar(**changes: Any) -> Barred:
    """Make what is barred, with some fields changed."""
    values = {"prefix": "0180", "name": "Telegong", "name_ja": "テレゴング"}
    return Barred(**{**values, **changes})


def line_type(**changes: Any) -> LineType:
    """Make a line type, with some fields changed."""
    return LineType(**{"id": "own", "name": "Own", "name_ja": "自営", **changes})


@pytest.mark.parametrize(
    ("name", "most"),
    [
        pytest.param("hikari_denwa", 5, id="Hikari Denwa distributes to 5"),
        pytest.param("hikari_denwa_office", 32, id="its office type to 32"),
    ],
)
def test_a_shipped_type_says_how_many_targets_it_distributes_to(name: str, most: int) -> None:
    """The most targets of a distribution are those of the provider's page."""
    assert LineType.named(name).most_distribution_targets == most


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("number", "prefixes"),
    [
        pytest.param("00390312345678", ["00"], id="0039, source 003 (3-10)"),
        pytest.param("00360312345678", ["00"], id="0036, another carrier"),
        pytest.param("009130010442079460000", ["00"], id="0091XY"),
        pytest.param("114", ["114"], id="114"),
        pytest.param("136", ["136"], id="136"),
        pytest.param("159", ["159"], id="159"),
        pytest.param("0180123456", ["0180"], id="0180"),
        pytest.param("0180993000", [], id="0180-99, Teledome"),
        pytest.param("0312345678", [], id="a domestic number"),
        pytest.param("+442079460000", [], id="a number abroad"),
        pytest.param("117", [], id="another special service"),
    ],
)
def test_what_hikari_denwa_cannot_dial(name: str, number: str, prefixes: list[str]) -> None:
    """What the shipped types cannot dial today is what the provider's page lists."""
    found = LineType.named(name).bars(number, at=NOW)

    assert [each.prefix for each in found] == prefixes


@pytest.mark.parametrize(
    ("at", "barred"),
    [
        pytest.param(TELEDOME - timedelta(microseconds=1), True, id="just before"),
        pytest.param(TELEDOME, False, id="from the day on"),
        pytest.param(TELEDOME.astimezone(UTC), False, id="in another zone"),
    ],
)
def test_a_row_applies_at_its_time(at: datetime, *, barred: bool) -> None:
    """Teledome could not be dialled before 7 December 2011, and can be since."""
    hikari = LineType.named("hikari_denwa")

    assert bool(hikari.bars("0180993000", at=at)) == barred
    assert hikari.period(at) == (0 if barred else 1)
    assert hikari.bars("0180123456", at=at)


def test_every_row_names_its_source() -> None:
    """Each shipped type, and each row of what it cannot dial, says where that is said."""
    for each in LineType.shipped():
        assert each.source.startswith("https://")
        assert all(bar.source.startswith("https://") for bar in each.barred)


def test_every_shipped_row_belongs_to_shipped_types() -> None:
    """No row names a line type that is not there."""
    text = files("cloudpbx.routing").joinpath("line_types.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)

    assert {name for row in document["barred"] for name in row["line_types"]} == set(BOTH)
    assert set(document["line_types"]) == set(BOTH)


def test_a_shipped_type_is_a_value() -> None:
    """The same type comes back each time it is asked for."""
    assert [each.id for each in LineType.shipped()] == list(BOTH)
    assert LineType.named("hikari_denwa") == LineType.shipped()[0]
    assert hash(LineType.named("hikari_denwa")) == hash(LineType.shipped()[0])


def test_an_unknown_type_is_named_with_the_nearest() -> None:
    """A type that is not shipped is a reference to nothing."""
    with pytest.raises(UnknownReferenceError) as caught:
        LineType.named("hikari_denva")

    assert str(caught.value) == (
        "`hikari_denva` is not a line type: did you mean `hikari_denwa`?"
    )


def test_a_type_of_ones_own() -> None:
    """A line type that is not shipped can be made, and a number may have two bars."""
    own = line_type(barred=[bar(), bar(prefix="01", unless=["0120"]), bar(prefix="09")])

    assert own.most_distribution_targets is None
    assert [each.prefix for each in own.bars("0180123456", at=NOW)] == ["0180", "01"]
    assert own.bars("0120123456", at=NOW) == ()
    assert [each.prefix for each in own.bars("x", "09012345678", at=NOW)] == ["09"]
    assert own.period(NOW) == 0


def test_what_is_barred_has_a_name_in_both_languages() -> None:
    """Each language has its own name of what is barred."""
    assert (bar().named(), bar().named("ja")) == ("Telegong", "テレゴング")


def test_bounds_are_instants() -> None:
    """Both hours of a clock that is set back are told apart, and a bound is one of them."""
    zone = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=zone)
    again = first.replace(fold=1)
    until = bar(until=again)

    assert until.until is again
    assert until.is_in_force(first)
    assert not until.is_in_force(again)
    assert bar(since=again).is_in_force(again)
    assert not bar(since=again).is_in_force(first)
    assert bar(since=first, until=again).is_in_force(first)
    own = line_type(barred=(bar(until=again),))
    assert (own.period(first), own.period(again)) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"prefix": "0180-"},
            "`0180-` is not a prefix of numbers: write half-width digits, as `0180`",
            id="separators",
        ),
        pytest.param(
            {"prefix": "０１８０"},
            "`０１８０` is not a prefix of numbers: write half-width digits, as `0180`",
            id="full-width",
        ),
        pytest.param(
            {"prefix": 180},
            '`180` is not text, as a barred prefix must be: write it in quotes, "180"',
            id="a number",
        ),
        pytest.param(
            {"unless": ("0190",)},
            "`0190` is no exception of `0180`: write one that begins with `0180` and is longer",
            id="an exception of something else",
        ),
        pytest.param(
            {"unless": ("0180",)},
            "`0180` is no exception of `0180`: write one that begins with `0180` and is longer",
            id="an exception that is everything",
        ),
        pytest.param(
            {"name": ""},
            "`` is empty: the name of what is barred needs at least one character",
            id="no name",
        ),
        pytest.param(
            {"name_ja": ""},
            "`` is empty: the Japanese name of what is barred needs at least one character",
            id="no Japanese name",
        ),
        pytest.param(
            {"source": None},
            "`None` is not text, as the source of what is barred must be",
            id="no source",
        ),
        pytest.param(
            {"since": datetime(2026, 1, 1)},  # noqa: DTZ001 - what is refused
            "`2026-01-01T00:00:00` is naive: the bound of what is barred needs a time zone, "
            'as in `datetime(…, tzinfo=ZoneInfo("Asia/Tokyo"))`',
            id="a naive bound",
        ),
        pytest.param(
            {"since": NOW, "until": NOW},
            "`2026-11-24T12:00:00+09:00` is not after `2026-11-24T12:00:00+09:00`: "
            "swap `since` and `until`",
            id="never in force",
        ),
    ],
)
def test_what_cannot_be_barred_is_refused(changes: dict[str, Any], message: str) -> None:
    """What cannot be what is barred is refused with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        bar(**changes)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"id": "Hikari Denwa"},
            "`Hikari Denwa` is not the id of a line type: "
            "write small letters, digits and `_`, as `hikari_denwa`",
            id="an id with a space",
        ),
        pytest.param(
            {"name": 5},
            '`5` is not text, as the name of a line type must be: write it in quotes, "5"',
            id="a name that is no text",
        ),
        pytest.param(
            {"name_ja": ""},
            "`` is empty: the Japanese name of a line type needs at least one character",
            id="no Japanese name",
        ),
        pytest.param(
            {"source": 5},
            '`5` is not text, as the source of a line type must be: write it in quotes, "5"',
            id="a source that is no text",
        ),
        pytest.param(
            {"most_distribution_targets": 0},
            "`0` is out of range: the most targets of a distribution is 1 or more",
            id="no targets",
        ),
        pytest.param(
            {"barred": ("0180",)},
            "`0180` is not `Barred`, as what a line type cannot dial must be",
            id="a prefix alone",
        ),
    ],
)
def test_what_cannot_be_a_line_type_is_refused(changes: dict[str, Any], message: str) -> None:
    """What cannot be a line type is refused with the fix."""
    with pytest.raises(InvalidValueError) as caught:
        line_type(**changes)

    assert str(caught.value) == message
