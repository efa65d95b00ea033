"""The answer to one screened caller, with its reasons and remedies.

Here: the words' codes for what the gates found, and who can change it how. Not here: the
gates themselves (`screening_gates`), or what a refused caller hears (`router`).
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from attrs import field, frozen

from cloudpbx.decisions import Actor, Decision, Outcome, Reason, Remedy
from cloudpbx.routing.callers import CallerKind, area_length, bare_caller, local_beginning
from cloudpbx.routing.calls import Call
from cloudpbx.routing.numbers import printed, spelled
from cloudpbx.routing.screening_gates import Entry, Found, Gates, ScreeningGate
from cloudpbx.routing.screening_texts import is_area, is_listable

if TYPE_CHECKING:
    from cloudpbx.routing.screening import Screening

__all__ = ["Screened"]


@frozen(kw_only=True)
class Screened:
    """Tell what a screening said of a call; reasons and remedies wait until they are read.

    Attributes:
        call: The call that was asked about.
        screening: The screening that was asked.
        gates: The same, compiled for the region of the called number.
        found: What the gates found out.
    """

    call: Call
    screening: "Screening" = field(repr=False)
    gates: Gates = field(repr=False, eq=False)
    found: Found

    @property
    def passed(self) -> bool:
        """Say whether the caller passes."""
        return not self.found.refusals

    @property
    def gate(self) -> ScreeningGate:
        """Return what decided: the first gate that refuses, or why none does."""
        return self.found.gate

    @property
    def refusals(self) -> tuple[ScreeningGate, ...]:
        """Return every gate that refuses the caller, in their order."""
        return self.found.refusals

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Return what each gate said that was asked, in their order."""
        return tuple(self._reasons())

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """Return what would let a refused caller pass.

        First that the caller shows the number, where that is what is missing; then what
        opens each gate that refuses, in their order; last, the allow list, which is enough
        by itself. `Screening.mended` does what the customer can do.
        """
        return tuple(self._remedies())

    @property
    def decision(self) -> Decision:
        """Return the same as a decision."""
        outcome = Outcome.ALLOWED if self.passed else Outcome.REFUSED
        return Decision(outcome, self.reasons, self.remedies)

    def explain(self, lang: str = "en") -> str:
        """Say outcome, reasons and remedies in words, one a line."""
        return self.decision.explain(lang)

    @property
    def _caller(self) -> str:
        return printed(spelled(bare_caller(self.call.caller)), self.gates.region)

    def _reasons(self) -> Iterator[Reason]:
        found = self.found
        if self.gate is ScreeningGate.ALLOWED:
            yield Reason("screening.allowed", self._caller, {"entry": found.listed[0].text})
            return
        if self.gates.areas.entries:
            yield self._area_reason()
        if self.gates.refused_kinds:
            for kind in found.kinds:
                said = "refused" if kind in self.gates.refused_kinds else "accepted"
                yield Reason(f"screening.kind.{said}.{kind}")
        if found.listed:
            yield Reason("screening.blocked", self._caller, {"entry": found.listed[0].text})
        elif found.number and self.screening.blocked:
            yield Reason("screening.unlisted", self._caller)

    def _area_reason(self) -> Reason:
        found = self.found
        if found.areas:
            entry = found.areas[0]
            told = any(entry is each for _, each in self.gates.areas.fitting(found.area))
            about = self.call.area if told else self._caller
            said = "accepted" if entry.accepts else "refused"
            return Reason(f"screening.area.{said}", about, {"entry": entry.text})
        refused = ScreeningGate.AREA in found.refusals
        if not found.area and not found.number:
            said = "refused" if refused else "accepted"
            return Reason(f"screening.area.unknown.{said}")
        about = self.call.area or self._caller
        return Reason("screening.area.outside" if refused else "screening.area.unlisted", about)

    def _remedies(self) -> Iterator[Remedy]:
        found, refused = self.found, self.gates.refused_kinds
        withheld = CallerKind.WITHHELD in found.kinds
        no_area = ScreeningGate.AREA in found.refusals and not found.area
        if withheld and not found.number and (no_area or CallerKind.WITHHELD in refused):
            yield Remedy("screening.show", Actor.CUSTOMER)
        for gate in found.refusals:
            if gate is ScreeningGate.AREA:
                yield self._area_remedy()
            elif gate is ScreeningGate.KIND:
                for kind in found.kinds:
                    if kind in refused:
                        yield Remedy(f"screening.kind.accept.{kind}", Actor.CUSTOMER)
            else:
                entries = {"about": _finest_against(found.listed)}
                yield Remedy("screening.blocked.remove", Actor.CUSTOMER, entries)
        number = spelled(bare_caller(self.call.caller))
        if found.refusals and is_listable(number) and found.number not in self.gates.whole:
            yield Remedy("screening.allow", Actor.CUSTOMER, {"about": self._caller})

    def _area_remedy(self) -> Remedy:
        """Return the least that opens the gate of areas.

        To take a refused area out is better than to accept one: it changes nothing for
        callers of accepted areas.
        """
        refused = _finest_against(self.found.areas)
        if refused:
            remedy = Remedy("screening.area.release", Actor.CUSTOMER, {"about": refused})
            if self._opens(remedy):
                return remedy
        for area in self._own_areas():
            remedy = Remedy("screening.area.accept", Actor.CUSTOMER, {"about": area})
            if self._opens(remedy):
                return remedy
        return Remedy("screening.area.open", Actor.CUSTOMER)

    def _opens(self, remedy: Remedy) -> bool:
        mended = self.screening.mended(remedy).ask(self.call, self.gates.region)
        return ScreeningGate.AREA not in mended.refusals

    def _own_areas(self) -> Iterator[str]:
        """Yield areas that the caller is in: what was told, then what the number tells."""
        told, number = self.found.area, self.found.number
        keys = [told[:length] for length in range(len(told), 0, -1)]
        if number.startswith("+"):
            start = area_length(number, self.gates.region)
            keys += [number[:length] for length in range(start, len(number) + 1)]
        known = self.gates.areas.entries
        for key in keys:
            entry = known.get(key)
            text = local_beginning(key, self.gates.region) if entry is None else entry.text
            if is_area(text):
                yield text


def _finest_against(entries: tuple[Entry, ...]) -> str:
    """Return the entries that refuse and are finer than any that accepts."""
    return ", ".join(each.text for each in takewhile(lambda each: not each.accepts, entries))
