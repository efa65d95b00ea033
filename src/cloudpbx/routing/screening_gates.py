"""What a screening says of one caller, in one region.

Here: the gates, compiled from the entries of a screening, and what they found. Not here:
the entries and their checks (`screening`), or the words for what was found (`screened`).
"""

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, Self

from attrs import frozen

from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.callers import (
    CallerKind,
    caller_kind,
    caller_number,
    global_beginning,
)
from cloudpbx.routing.calls import Call
from cloudpbx.routing.numbers import check_region

__all__ = ["Beginnings", "Entry", "Found", "Gates", "ScreeningGate"]

# Terminals that could show a number. A payphone has none to show, and from abroad or by
# way of another network it is often lost.
_COULD_SHOW: Final = (CallerKind.FIXED, CallerKind.MOBILE, CallerKind.IP_PHONE)


@unique
class ScreeningGate(StrEnum):
    """Name what decided a screening (着信規制).

    Attributes:
        ALLOWED: The allow list: nothing else was asked (許可リスト).
        AREA: The calling area is not accepted (発信地域指定).
        KIND: The kind of terminal is refused (発信端末拒否).
        BLOCKED: The block list (迷惑電話おことわり).
        PASSED: Every gate let the caller pass (着信可).
    """

    ALLOWED = "allowed"
    AREA = "area"
    KIND = "kind"
    BLOCKED = "blocked"
    PASSED = "passed"


@frozen
class Entry:
    """Hold one entry of two lists that speak against each other.

    Attributes:
        text: The entry as it was configured.
        accepts: Whether it stands on the list of those who pass.
    """

    text: str
    accepts: bool


@frozen(eq=False)
class Beginnings:
    """Find the finest of many beginnings that a text has.

    Attributes:
        entries: Each entry by its beginning.
        lengths: How long the beginnings are, the longest first.
    """

    entries: dict[str, Entry]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, entries: dict[str, Entry]) -> Self:
        """Order the lengths once, so that looking up needs no list."""
        lengths = sorted({len(each) for each in entries}, reverse=True)
        return cls(entries, tuple(lengths))

    def fitting(self, text: str) -> list[tuple[str, Entry]]:
        """Return every beginning that a text has with its entry, the finest first."""
        found = []
        for length in self.lengths:
            beginning = text[:length]
            entry = self.entries.get(beginning)
            # A text that is shorter than an entry has been found by its own length.
            if entry is not None and len(beginning) == length:
                found.append((beginning, entry))
        return found


@frozen(kw_only=True)
class Found:
    """Hold what the gates found out about one caller.

    Attributes:
        number: The calling number in its one spelling; empty when there is none.
        area: The area that the network told, with its country code where it has one.
        kinds: The kind of the terminal, and `WITHHELD` beside it.
        listed: Every entry of the two lists that fits, the finest first.
        areas: Every entry of the two kinds of areas that fits, the finest first.
        refusals: The gates that refuse the caller, in their order.
    """

    number: str
    area: str
    kinds: tuple[CallerKind, ...]
    listed: tuple[Entry, ...]
    areas: tuple[Entry, ...]
    refusals: tuple[ScreeningGate, ...]

    @property
    def gate(self) -> ScreeningGate:
        """Return what decided."""
        if self.refusals:
            return self.refusals[0]
        allowed = bool(self.listed) and self.listed[0].accepts
        return ScreeningGate.ALLOWED if allowed else ScreeningGate.PASSED


@frozen(kw_only=True, eq=False)
class Gates:
    """Screen callers in one region; the order is told in `Screening`.

    Attributes:
        region: Where the called number is.
        areas: The areas that decide, after finer ones have replaced coarser ones.
        accepts_some: Whether only some areas are accepted.
        refused_kinds: The kinds that are refused.
        whole: Each listed number.
        beginnings: Each listed beginning of numbers.
    """

    region: str
    areas: Beginnings
    accepts_some: bool
    refused_kinds: frozenset[CallerKind]
    whole: dict[str, Entry]
    beginnings: Beginnings

    @classmethod
    def compiled(
        cls,
        region: str,
        *,
        areas: tuple[Iterable[str], Iterable[str]],
        refused_kinds: frozenset[CallerKind],
        lists: tuple[Iterable[str], Iterable[str]],
    ) -> Self:
        """Compile entries for a region, which tells what a national one means.

        Args:
            region: Where the called number is, as `JP`.
            areas: The accepted areas and the refused ones.
            refused_kinds: The kinds that are refused.
            lists: The allow list and the block list.

        Raises:
            InvalidValueError: two entries mean the same there and speak against each other,
                or one means nothing there.
        """
        check_region(region)
        by_area: dict[str, Entry] = {}
        by_number: dict[str, Entry] = {}
        by_beginning: dict[str, Entry] = {}
        for accepts, texts in zip((True, False), areas, strict=True):
            for text in texts:
                _keep(by_area, _beginning(text, region), Entry(text, accepts), region)
        for accepts, texts in zip((True, False), lists, strict=True):
            for text in texts:
                entry = Entry(text, accepts)
                if text == "*":
                    by_beginning[""] = entry
                elif text.endswith("*"):
                    _keep(by_beginning, _beginning(text[:-1], region), entry, region)
                else:
                    _keep(by_number, caller_number(text, region), entry, region)
        accepted = [area for area, entry in by_area.items() if entry.accepts]
        for area in accepted:
            if any(finer != area and finer.startswith(area) for finer in accepted):
                del by_area[area]
        return cls(
            region=region,
            areas=Beginnings.of(by_area),
            accepts_some=bool(accepted),
            refused_kinds=refused_kinds,
            whole=by_number,
            beginnings=Beginnings.of(by_beginning),
        )

    def ask(self, call: Call) -> Found:
        """Ask every gate in order; who is on the allow list is asked nothing else."""
        number = caller_number(call.caller, self.region)
        area = global_beginning(call.area, self.region) if call.area else ""
        kinds = _kinds_of(call, number, self.region)
        listed = self._listed(number)
        if listed and listed[0].accepts:
            return Found(
                number=number, area=area, kinds=kinds, listed=listed, areas=(), refusals=()
            )
        areas = self._areas(area, number)
        refusals = []
        accepted = areas[0].accepts if areas else not self.accepts_some
        if not accepted:
            refusals.append(ScreeningGate.AREA)
        if not self.refused_kinds.isdisjoint(kinds):
            refusals.append(ScreeningGate.KIND)
        if listed:
            refusals.append(ScreeningGate.BLOCKED)
        return Found(
            number=number,
            area=area,
            kinds=kinds,
            listed=listed,
            areas=areas,
            refusals=tuple(refusals),
        )

    def _listed(self, number: str) -> tuple[Entry, ...]:
        if not number:
            return ()
        whole = self.whole.get(number)
        beginnings = [entry for _, entry in self.beginnings.fitting(number)]
        return tuple(beginnings) if whole is None else (whole, *beginnings)

    def _areas(self, area: str, number: str) -> tuple[Entry, ...]:
        """Return the areas that fit; of two that are equally fine, the network's first."""
        by_area = self.areas.fitting(area) if area else []
        by_number = self.areas.fitting(number) if number.startswith("+") else []
        both = by_area + [each for each in by_number if each not in by_area]
        if by_area:
            both.sort(key=lambda each: -len(each[0]))
        return tuple([entry for _, entry in both])


def _keep(index: dict[str, Entry], key: str, entry: Entry, region: str) -> None:
    """Enter an entry, unless another that means the same speaks against it."""
    known = index.setdefault(key, entry)
    if known.accepts is not entry.accepts:
        msg = (
            f"`{known.text}` and `{entry.text}` are the same in {region}, and one lets callers "
            "pass where the other refuses them: remove one"
        )
        raise InvalidValueError(msg)


def _beginning(text: str, region: str) -> str:
    key = global_beginning(text, region)
    if key == "+":
        msg = (
            f"`{text}` stands before every number from abroad in {region}: write a country's "
            "code, as `+44`, or refuse the kind `abroad`"
        )
        raise InvalidValueError(msg)
    return key


def _kinds_of(call: Call, number: str, region: str) -> tuple[CallerKind, ...]:
    kind = caller_kind(call.caller, region, call.kind)
    return (kind,) if number or kind not in _COULD_SHOW else (kind, CallerKind.WITHHELD)
