"""What a type of line can do: how many targets it distributes to, what it cannot dial.

Here: the types as values, and those that are shipped, dated data with its sources in
`line_types.toml`. Not here: dialling (`dialling`), or distributing (`distributions`).
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, Self

from attrs import field, frozen

from cloudpbx._values import (
    check_aware,
    check_each,
    check_text,
    check_whole,
    nearest,
    shown,
)
from cloudpbx.errors import InvalidValueError, UnknownReferenceError

__all__ = ["Barred", "LineType"]

_PREFIX: Final = re.compile(r"\d{1,24}", re.ASCII)
_ID: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def _check_prefix(value: object) -> str:
    text = check_text(value, what="a barred prefix")
    if not _PREFIX.fullmatch(text):
        msg = f"{shown(text)} is not a prefix of numbers: write half-width digits, as `0180`"
        raise InvalidValueError(msg)
    return text


def _check_bound(value: datetime | None) -> datetime | None:
    return None if value is None else check_aware(value, what="the bound of what is barred")


@frozen(kw_only=True)
class Barred:
    """Bar the numbers that begin with some digits (発信できない電話番号).

    Attributes:
        prefix: What they begin with; a whole number bars itself.
        name: What they are, in English.
        name_ja: The same in Japanese.
        unless: Longer prefixes that can be dialled all the same.
        since: From when on they are barred; None for ever before.
        until: From when on they no longer are; None for ever after.
        source: Where this is said.

    >>> Barred(prefix="114", name="busy line check", name_ja="お話中調べ").bars("114")
    True

    Raises:
        InvalidValueError: a prefix is not made of digits, an exception does not begin
            with the prefix, an instant is naive, or `until` is not after `since`.
    """

    prefix: str = field(converter=_check_prefix)
    name: str
    name_ja: str
    unless: tuple[str, ...] = ()
    since: datetime | None = field(default=None, converter=_check_bound)
    until: datetime | None = field(default=None, converter=_check_bound)
    source: str = ""

    def __attrs_post_init__(self) -> None:
        check_text(self.name, what="the name of what is barred")
        check_text(self.name_ja, what="the Japanese name of what is barred")
        check_text(self.source, what="the source of what is barred", empty=True)
        unless = tuple(map(_check_prefix, check_each(self.unless, str, what="an exception")))
        object.__setattr__(self, "unless", unless)
        for each in unless:
            if not each.startswith(self.prefix) or each == self.prefix:
                fix = f"write one that begins with `{self.prefix}` and is longer"
                msg = f"{shown(each)} is no exception of `{self.prefix}`: {fix}"
                raise InvalidValueError(msg)
        if (
            self.until is not None
            and self.since is not None
            and not self.is_in_force(self.since)
        ):
            bounds = f"`{self.until.isoformat()}` is not after `{self.since.isoformat()}`"
            msg = f"{bounds}: swap `since` and `until`"
            raise InvalidValueError(msg)

    def bars(self, number: str) -> bool:
        """Say whether a number without separators begins as what is barred."""
        return number.startswith(self.prefix) and not number.startswith(self.unless)

    def is_in_force(self, at: datetime) -> bool:
        """Say whether it is barred at an instant."""
        # Instants of one zone are compared by the clock on the wall, which shows an hour
        # twice when it is set back; an instant in UTC is compared by what it is.
        moment = at.astimezone(UTC)
        begun = self.since is None or self.since <= moment
        return begun and (self.until is None or moment < self.until)

    def named(self, lang: str = "en") -> str:
        """Return what is barred in words, `lang` being `en` or `ja`."""
        return self.name_ja if lang == "ja" else self.name


@frozen(kw_only=True)
class LineType:
    """Say what a type of line (回線種別) can do.

    Attributes:
        id: Its name in documents, as `hikari_denwa`.
        name: Its name in English.
        name_ja: Its name in Japanese.
        most_distribution_targets: To how many targets a number may be distributed by
            ratio (着信振分接続); None for any number.
        barred: What it cannot dial.
        source: Where this is said.

    >>> LineType.named("hikari_denwa").most_distribution_targets
    5

    Raises:
        InvalidValueError: a field cannot be what it is.
    """

    id: str
    name: str
    name_ja: str
    most_distribution_targets: int | None = None
    barred: tuple[Barred, ...] = ()
    source: str = ""
    _changes: tuple[datetime, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not _ID.fullmatch(check_text(self.id, what="the id of a line type")):
            fix = "write small letters, digits and `_`, as `hikari_denwa`"
            msg = f"{shown(self.id)} is not the id of a line type: {fix}"
            raise InvalidValueError(msg)
        check_text(self.name, what="the name of a line type")
        check_text(self.name_ja, what="the Japanese name of a line type")
        check_text(self.source, what="the source of a line type", empty=True)
        if self.most_distribution_targets is not None:
            what = "the most targets of a distribution"
            check_whole(self.most_distribution_targets, what=what, low=1)
        barred = check_each(self.barred, Barred, what="what a line type cannot dial")
        object.__setattr__(self, "barred", barred)
        bounds = (each for bar in barred for each in (bar.since, bar.until))
        instants = {each.astimezone(UTC) for each in bounds if each is not None}
        object.__setattr__(self, "_changes", tuple(sorted(instants)))

    @classmethod
    def named(cls, line_type: str) -> Self:
        """Return a shipped line type by its id.

        Raises:
            UnknownReferenceError: no line type of that id is shipped.
        """
        text = check_text(line_type, what="the id of a line type")
        found = _shipped().get(text)
        if found is None:
            msg = f"{shown(text)} is not a line type: {nearest(text, _shipped())}"
            raise UnknownReferenceError(msg)
        return cls(**found)

    @classmethod
    def shipped(cls) -> tuple[Self, ...]:
        """Return the line types that are shipped.

        >>> [each.id for each in LineType.shipped()]
        ['hikari_denwa', 'hikari_denwa_office']
        """
        return tuple(map(cls.named, _shipped()))

    def period(self, at: datetime) -> int:
        """Return how often what is barred has changed until an instant.

        In one period a line type gives one answer.
        """
        changes = self._changes
        # Two years later it is later in every zone, and years are cheap to compare.
        if not changes or at.year > changes[-1].year + 1:
            return len(changes)
        return bisect_right(changes, at.astimezone(UTC))

    def bars(self, *numbers: str, at: datetime) -> tuple[Barred, ...]:
        """Return what bars one of some spellings of a number at an instant.

        >>> from datetime import datetime, timezone
        >>> line_type = LineType.named("hikari_denwa")
        >>> now = datetime(2026, 11, 24, tzinfo=timezone.utc)
        >>> [each.prefix for each in line_type.bars("00390312345678", at=now)]
        ['00']
        """
        return tuple(
            each
            for each in self.barred
            if each.is_in_force(at) and any(map(each.bars, numbers))
        )


@cache
def _shipped() -> Mapping[str, Mapping[str, Any]]:
    """Return the fields of each shipped line type by its id."""
    # Both are slow to import, and a tenant without line types needs neither.
    import tomllib  # noqa: PLC0415
    from importlib.resources import files  # noqa: PLC0415

    package = __name__.rpartition(".")[0]
    text = files(package).joinpath("line_types.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    rows = [(row.pop("line_types"), Barred(**row)) for row in document["barred"]]
    return {
        line_type: {
            "id": line_type,
            **fields,
            "barred": tuple(bar for ids, bar in rows if line_type in ids),
        }
        for line_type, fields in document["line_types"].items()
    }
