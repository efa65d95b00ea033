"""Which callers a number takes calls from.

Here: areas, kinds of terminals and lists of callers as a tenant configures them, and the
order in which they are asked. Not here: the answer's words (`screened`), what a refused
caller hears (`router`), or channels (`channels`).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Self

from attrs import evolve, field, frozen

from cloudpbx._values import (
    check_each,
    check_instance,
    check_member,
    check_text,
    nearest,
    shown,
)
from cloudpbx.decisions import Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.callers import CallerKind
from cloudpbx.routing.calls import Call
from cloudpbx.routing.screened import Screened
from cloudpbx.routing.screening_gates import Gates
from cloudpbx.routing.screening_texts import check_area, check_entries, check_entry
from cloudpbx.routing.target_texts import check_guidance
from cloudpbx.texts import say

__all__ = ["Screening"]


def _areas(values: Iterable[str]) -> tuple[str, ...]:
    return check_entries(values, check_area, what="an area")


def _entries(values: Iterable[str]) -> tuple[str, ...]:
    return check_entries(values, check_entry, what="an entry of a list of callers")


def _kinds(values: Iterable[str]) -> frozenset[CallerKind]:
    what = "a kind of caller"
    given = check_each(values, str, what=what)
    return frozenset(check_member(each, CallerKind, what=what) for each in given)


def _announcement(value: str) -> str:
    check_text(value, what="the guidance of a screening", empty=True)
    return check_guidance(value) if value else ""


@frozen(kw_only=True, cache_hash=True)
class Screening:
    """Say which callers a number takes calls from (着信規制).

    The order, in which the first that applies decides:

    1. The two lists. Of all entries that fit the calling number, the finest counts: a whole
       number, or else the longest beginning. Is it on the allow list (許可リスト), the caller
       passes, and nothing else is asked.
    2. The area (発信地域指定). An accepted area that has a finer accepted area within it is
       replaced by that. Of the accepted and refused areas, the longest decides with which
       the area that the network told, or the calling number, begins; of two equally long,
       that of the area told. Does none fit, the caller is refused if any area is accepted,
       and else passes. Who withholds the number and whose area is not told fits none; nor
       does a mobile or an IP phone fit an area code, as its number begins with none.
    3. The kind of terminal (発信端末拒否): as the network says, or else as the number tells.
       A fixed line, mobile or IP phone that shows no number is withheld as well.
    4. The block list (迷惑電話おことわり): is the finest entry of 1 there, the caller is
       refused.

    Gates after one that refuses are asked all the same, so that all that is in the way is
    told; the first names the outcome. A gate without entries is not asked.

    Area before kind and block list, as the statistics of source 003 (3-37) count a call from
    outside the area as that whatever else is true of it. That the finer area counts is the
    rule of the sister services of that source: with Tokyo and Chiyoda set, only Chiyoda is
    accepted.

    Attributes:
        accepted_areas: Beginnings of numbers as they are printed in the region, as `03`, or
            with `+`, as `+44`; other codes that the network tells, as `13101`, fit those
            alone. Empty for everywhere.
        refused_areas: The same, for areas that are refused.
        refused_kinds: The kinds of terminals that are refused.
        allowed: Numbers that pass, or beginnings with `*` at the end, as `0120*`; `*` alone
            is every caller who shows a number.
        blocked: The same, for numbers that are refused.
        announcement: The guidance number that a refused caller hears; empty for none.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> call = Call(to="0120-123-456", caller="06-1234-5678", at=noon)
    >>> screening = Screening(accepted_areas=("03",), refused_kinds=("withheld",))
    >>> print(screening.ask(call, "JP").explain())
    refused
      - 06-1234-5678 is in none of the accepted areas
      - calls from fixed lines are accepted
      → customer: accept calls from area 06
      → customer: put 06-1234-5678 on the allow list

    Raises:
        InvalidValueError: an entry is not what it should be, or stands on both sides.
    """

    accepted_areas: tuple[str, ...] = field(default=(), converter=_areas)
    refused_areas: tuple[str, ...] = field(default=(), converter=_areas)
    refused_kinds: frozenset[CallerKind] = field(default=frozenset(), converter=_kinds)
    allowed: tuple[str, ...] = field(default=(), converter=_entries)
    blocked: tuple[str, ...] = field(default=(), converter=_entries)
    announcement: str = field(default="", converter=_announcement)

    def __attrs_post_init__(self) -> None:
        for area in self.accepted_areas:
            if area in self.refused_areas:
                msg = f"`{area}` is accepted and refused: take the area out of one of the two"
                raise InvalidValueError(msg)
        for entry in self.allowed:
            if entry in self.blocked:
                msg = f"`{entry}` is allowed and blocked: take it off one of the two lists"
                raise InvalidValueError(msg)

    def ask(self, call: Call, region: str) -> Screened:
        """Screen a call to a number of a region.

        Raises:
            InvalidValueError: `call` is no call, there is no such region, or two entries are
                the same there and speak against each other; see `in_region`.
        """
        check_instance(call, Call, what="what is screened")
        gates = self.in_region(region)
        return Screened(call=call, screening=self, gates=gates, found=gates.ask(call))

    def in_region(self, region: str) -> Gates:
        """Return the gates for a region; what cannot be meant there is refused.

        `03` and `+813` are two entries until a region says that they are one.

        Raises:
            InvalidValueError: there is no such region, or two entries are the same there and
                speak against each other.
        """
        return _compiled(self, region)

    def mended(self, remedy: Remedy) -> Self:
        """Return the screening as it is after a remedy of a refused caller.

        >>> from cloudpbx.decisions import Actor
        >>> remedy = Remedy("screening.allow", Actor.CUSTOMER, {"about": "06-1234-5678"})
        >>> Screening(accepted_areas=("03",)).mended(remedy).allowed
        ('0612345678',)

        Raises:
            InvalidValueError: the remedy changes no screening.
        """
        about = tuple(str(remedy.data.get("about", "")).split(", "))
        match remedy.code.split("."):
            case ["screening", "allow"]:
                return evolve(self, allowed=(*self.allowed, *about))
            case ["screening", "area", "accept"]:
                refused = _without(self.refused_areas, about)
                accepted = (*self.accepted_areas, *about)
                return evolve(self, accepted_areas=accepted, refused_areas=refused)
            case ["screening", "area", "release"]:
                return evolve(self, refused_areas=_without(self.refused_areas, about))
            case ["screening", "area", "open"]:
                return evolve(self, accepted_areas=(), refused_areas=())
            case ["screening", "kind", "accept", kind]:
                return evolve(self, refused_kinds=self.refused_kinds - {CallerKind(kind)})
            case ["screening", "blocked", "remove"]:
                return evolve(self, blocked=_without(self.blocked, about))
            case _:
                msg = (
                    f"{shown(remedy.code)} changes no screening: {nearest(remedy.code, _CODES)}"
                )
                raise InvalidValueError(msg)

    def explain(self, lang: str = "en") -> str:
        """Say who passes and who does not, one rule a line, in the order they are asked."""
        return "\n".join(self._explained(lang)) or say("screening", "everybody", lang, {})

    def _explained(self, lang: str) -> Iterator[str]:
        comma = say("screening", "comma", lang, {})
        if self.allowed:
            yield say("screening", "allowed", lang, {"about": comma.join(self.allowed)})
        if self.accepted_areas:
            about = comma.join(self.accepted_areas)
            yield say("screening", "accepted_areas", lang, {"about": about})
        if self.refused_areas:
            about = comma.join(self.refused_areas)
            yield say("screening", "refused_areas", lang, {"about": about})
        if self.refused_kinds:
            kinds = [each for each in CallerKind if each in self.refused_kinds]
            about = comma.join(say("caller_kind", f"{each}", lang, {}) for each in kinds)
            yield say("screening", "refused_kinds", lang, {"about": about})
        if self.blocked:
            yield say("screening", "blocked", lang, {"about": comma.join(self.blocked)})
        if self.announcement:
            yield say("screening", "announcement", lang, {"about": self.announcement})

    def to_dict(self) -> dict[str, object]:
        """Return what is set as plain data, as a tenant document has it.

        >>> Screening(accepted_areas=("06", "03")).to_dict()
        {'accepted_areas': ['03', '06']}
        """
        kinds = [each.value for each in CallerKind if each in self.refused_kinds]
        data: dict[str, object] = {
            "accepted_areas": list(self.accepted_areas),
            "refused_areas": list(self.refused_areas),
            "refused_kinds": kinds,
            "allowed": list(self.allowed),
            "blocked": list(self.blocked),
            "announcement": self.announcement,
        }
        return {key: value for key, value in data.items() if value}


_CODES = (
    "screening.allow",
    "screening.area.accept",
    "screening.area.open",
    "screening.area.release",
    "screening.blocked.remove",
    "screening.kind.accept.mobile",
)


def _without(entries: tuple[str, ...], out: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in entries if each not in out)


@lru_cache(maxsize=1024)
def _compiled(screening: Screening, region: str) -> Gates:
    return Gates.compiled(
        region,
        areas=(screening.accepted_areas, screening.refused_areas),
        refused_kinds=screening.refused_kinds,
        lists=(screening.allowed, screening.blocked),
    )
