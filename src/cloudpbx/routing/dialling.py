"""From what an extension dials to whether it may, and what a switch sends.

Here: the gates of an outgoing call (発信). Not here: what a dialled text is
(`dialled_numbers`), what a line type cannot dial (`line_types`), the answer as a value
(`outgoing_calls`), or what rings when an extension is called (`ring_plans`).
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from string import digits
from typing import Final

from attrs import field, frozen

from cloudpbx._values import check_aware, check_instance
from cloudpbx.decisions import Actor, Decision, Outcome, Reason, Remedy
from cloudpbx.routing.destinations import AFTER_HOURS_CODE
from cloudpbx.routing.dialled_numbers import (
    SHOW,
    WITHHOLD,
    DialledKind,
    DialledNumber,
    read_dialled,
)
from cloudpbx.routing.extensions import Extension
from cloudpbx.routing.line_types import LineType
from cloudpbx.routing.numbers import check_number, looked_up, printed, spelled, spellings
from cloudpbx.routing.outgoing_calls import OutgoingCall
from cloudpbx.routing.ring_plans import RingPlan
from cloudpbx.routing.targets import Targets

__all__ = ["DialRules", "plan_dial"]

_MOST_KEPT: Final = 4_096
"""How many dialled texts keep their answer."""


@frozen
class _Answer:
    """Hold what is the same for every call that asks the same."""

    dialled: DialledNumber
    decision: Decision
    caller_id: str | None


@frozen(kw_only=True, eq=False)
class DialRules:
    """Hold what every outgoing call of a tenant depends on.

    Attributes:
        targets: The extensions, and how many digits they have.
        region: Whose numbering plan the numbers are of.
        numbers: The tenant's own numbers; the first is presented by extensions without a
            caller ID of their own.
        international: Whether calls abroad are allowed (国際電話利用可否).
        activated: Whether calls outside are allowed; before, extensions only.
        line_type: The type of the line, which may be unable to dial some numbers; None
            for a line that dials all.
        guidance: The guidance codes.

    Raises:
        InvalidValueError: the line type is none.
    """

    targets: Targets
    region: str
    numbers: tuple[str, ...]
    international: bool
    activated: bool
    line_type: LineType | None = None
    guidance: frozenset[str] = frozenset({AFTER_HOURS_CODE})
    _own: dict[str, str] = field(init=False, repr=False)
    _kept: dict[tuple[str, str, str | None, str | None, int], _Answer] = field(
        init=False, repr=False, factory=dict
    )

    def __attrs_post_init__(self) -> None:
        if self.line_type is not None:
            check_instance(self.line_type, LineType, what="the line type")
        own = {form: one for one in self.numbers for form in spellings(one, self.region)}
        object.__setattr__(self, "_own", own)

    def own(self, number: str) -> str | None:
        """Return the tenant's number that a text is a spelling of, as configured."""
        return looked_up(number, self._own, self.region)

    def is_own(self, sent: str) -> bool:
        """Say whether what is sent for a dialled text is a number of the tenant."""
        return sent in self._own

    def answer(
        self, text: str, extension: Extension, caller_id: str | None, at: datetime
    ) -> _Answer:
        """Work the answer out, or remember it."""
        period = 0 if self.line_type is None else self.line_type.period(at)
        key = (text, extension.number, extension.caller_id, caller_id, period)
        kept = self._kept.get(key)
        if kept is None:
            kept = _Gates(self, extension, caller_id, at).answer(text)
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = kept
        return kept


def plan_dial(
    text: str,
    *,
    extension: Extension,
    rules: DialRules,
    at: datetime,
    ring: Callable[[str], RingPlan],
    caller_id: str | None = None,
) -> OutgoingCall:
    """Say whether an extension may dial something, and what a switch sends.

    The gates, in order; each leaves its reason, and every gate that refuses is named:

    1. the extension that dials exists, which whoever asks has looked up;
    2. what was dialled, as `read_dialled` says; what is nothing known is refused, and no
       further gate is asked;
    3. an emergency number is never barred: gates 4 to 6 are not asked, and gate 7 cannot
       refuse;
    4. a call within the tenant is allowed, and no further gate is asked; before
       activation, every other call is refused;
    5. the line type can dial the number, and the carrier in front of it, at that time;
    6. a call abroad needs international calls to be on;
    7. the number to present: the one asked for, else the extension's caller ID, else the
       tenant's first number. It must be one of the tenant's, in any spelling. 184, or
       asking for no number, withholds it, and 186 shows it all the same. To an emergency
       number it is always shown, and one that is not the tenant's is passed over;
    8. what is left is allowed. One of the tenant's own numbers is called through the
       network, as any other outside number.

    Args:
        text: What was dialled, in any spelling; also a `tel:` or `sip:` address.
        extension: Who dials.
        rules: What the tenant has configured.
        at: When.
        ring: Says what rings when an extension is called.
        caller_id: The number that is to be presented for this call; None for the usual
            one, the empty text for none.

    Raises:
        InvalidValueError: the text is no text or empty, the caller ID asked for is no text
            or no number, or the time is naive. An emergency call is not stopped by a
            caller ID that is no number.
    """
    check_aware(at, what="the time of a call")
    check_instance(text, str, what="what is dialled")
    if caller_id is not None:
        check_instance(caller_id, str, what="the caller ID asked for")
    answer = rules.answer(text, extension, caller_id, at)
    dialled = answer.dialled
    return OutgoingCall(
        extension=extension.number,
        dialled=dialled,
        at=at,
        decision=answer.decision,
        caller_id=answer.caller_id,
        plan=ring(dialled.number) if dialled.kind is DialledKind.EXTENSION else None,
        region=rules.region,
    )


class _Gates:
    """Ask the gates for one text."""

    def __init__(
        self, rules: DialRules, extension: Extension, caller_id: str | None, at: datetime
    ) -> None:
        self.rules = rules
        self.extension = extension
        self.asked = caller_id
        self.at = at
        self.reasons: list[Reason] = []
        self.remedies: list[Remedy] = []
        self.refused = False

    def answer(self, text: str) -> _Answer:
        """Ask the gates from the second on, in their order."""
        targets = self.rules.targets
        dialled = read_dialled(
            text,
            region=self.rules.region,
            extensions=targets.extensions,
            extension_digits=len(targets.extension_range.first),
            guidance=self.rules.guidance,
        )
        if self.asked and dialled.kind is not DialledKind.EMERGENCY:
            check_number(self.asked, what="the caller ID asked for")
        caller_id = None
        if dialled.kind is DialledKind.UNKNOWN:
            self.unknown(text)
        else:
            self.known(dialled)
            if dialled.kind is DialledKind.EMERGENCY:
                caller_id = self.caller_id_in_emergency(dialled)
            elif not dialled.kind.is_internal:
                self.activation()
                self.line(dialled)
                self.abroad(dialled)
                caller_id = self.caller_id(dialled)
                self.calls_itself(dialled)
        outcome = Outcome.REFUSED if self.refused else Outcome.ALLOWED
        decision = Decision(outcome, tuple(self.reasons), tuple(self.remedies))
        return _Answer(dialled, decision, None if self.refused else caller_id)

    def refuse(self, reason: Reason, remedy: Remedy) -> None:
        """Close a gate."""
        self.refused = True
        self.reasons.append(reason)
        self.remedies.append(remedy)

    def unknown(self, text: str) -> None:
        """Refuse what is nothing known, and name the nearest extension."""
        targets = self.rules.targets
        plain = spelled(text)
        missing = plain in targets.extension_range
        reason = Reason("dial.extension.missing" if missing else "dial.unknown", text)
        # What is longer was not meant to be an extension.
        is_close = len(plain) <= len(targets.extension_range.first) + 1
        slips = _slips(plain) if is_close else iter(())
        near = next((each for each in slips if each in targets.extensions), None)
        if near is None:
            self.refuse(reason, Remedy("dial.correct", Actor.USER, {"about": text}))
        else:
            data = {"about": text, "other": near}
            self.refuse(reason, Remedy("dial.nearest", Actor.USER, data))

    def known(self, dialled: DialledNumber) -> None:
        """Say what was dialled."""
        about = self.printed(dialled.number)
        self.reasons.append(Reason(f"dial.kind.{dialled.kind}", about))
        if dialled.carrier:
            self.reasons.append(Reason("dial.carrier", dialled.carrier))

    def activation(self) -> None:
        """Refuse calls outside before activation."""
        if self.rules.activated:
            self.reasons.append(Reason("subscription.activated"))
        else:
            remedy = Remedy("subscription.activate", Actor.CUSTOMER)
            self.refuse(Reason("subscription.not_activated"), remedy)

    def line(self, dialled: DialledNumber) -> None:
        """Refuse what the line type cannot dial."""
        line_type = self.rules.line_type
        if line_type is None:
            return
        about = self.printed(dialled.number)
        lines = {"line": line_type.name, "line_ja": line_type.name_ja}
        sent = dialled.carrier + dialled.number
        found = line_type.bars(sent, dialled.number, at=self.at)
        if not found:
            self.reasons.append(Reason("line_type.dials", about, lines))
        for bar in found:
            names = {**lines, "what": bar.name, "what_ja": bar.name_ja, "prefix": bar.prefix}
            reason = Reason("line_type.bars", about, names)
            if bar.bars(dialled.number):
                data = {"about": about, **lines}
                self.refuse(reason, Remedy("line_type.change", Actor.CUSTOMER, data))
            else:
                without = {"other": dialled.prefix + dialled.number, "carrier": dialled.carrier}
                self.refuse(reason, Remedy("dial.without_carrier", Actor.USER, without))

    def abroad(self, dialled: DialledNumber) -> None:
        """Refuse calls abroad while they are off."""
        if dialled.kind is not DialledKind.INTERNATIONAL:
            return
        if self.rules.international:
            self.reasons.append(Reason("subscription.international.on"))
        else:
            remedy = Remedy("subscription.international.enable", Actor.CUSTOMER)
            self.refuse(Reason("target.abroad", self.printed(dialled.number)), remedy)

    def caller_id(self, dialled: DialledNumber) -> str | None:
        """Find the number to present, and refuse one that is not the tenant's."""
        if dialled.prefix == WITHHOLD or (self.asked == "" and dialled.prefix != SHOW):
            self.reasons.append(Reason("caller_id.withheld"))
            return None
        if dialled.prefix == SHOW:
            self.reasons.append(Reason("caller_id.shown"))
        wanted = self.asked or self.extension.caller_id
        if wanted is None:
            return self.first_number()
        found = self.own_number(wanted)
        if found is None:
            self.refuse_caller_id(wanted)
        return found

    def caller_id_in_emergency(self, dialled: DialledNumber) -> str | None:
        """Find the number to present, whatever was asked for."""
        if dialled.prefix == WITHHOLD or self.asked == "":
            self.reasons.append(Reason("caller_id.emergency"))
        for wanted in filter(None, (self.asked, self.extension.caller_id)):
            found = self.own_number(wanted)
            if found is not None:
                return found
        return self.first_number()

    def own_number(self, wanted: str) -> str | None:
        """Return the tenant's number that is meant, if it is one."""
        found = self.rules.own(wanted)
        if found is not None:
            code = "caller_id.asked" if wanted == self.asked else "caller_id.extension"
            self.reasons.append(Reason(code, self.printed(found)))
        return found

    def first_number(self) -> str | None:
        """Return the first number of the tenant, if it has any."""
        if not self.rules.numbers:
            self.reasons.append(Reason("caller_id.none"))
            return None
        first = self.rules.numbers[0]
        self.reasons.append(Reason("caller_id.default", self.printed(first)))
        return first

    def refuse_caller_id(self, wanted: str) -> None:
        """Refuse to present a number that is not the tenant's."""
        about = self.printed(spelled(wanted))
        reason = Reason("caller_id.not_own", about)
        if not self.rules.numbers:
            self.refuse(reason, Remedy("number.add", Actor.CUSTOMER, {"about": about}))
            return
        other = self.printed(self.rules.numbers[0])
        if self.asked:
            self.refuse(reason, Remedy("caller_id.choose", Actor.USER, {"other": other}))
        else:
            data = {"about": self.extension.number, "other": other}
            self.refuse(reason, Remedy("caller_id.set", Actor.PORTAL_ADMINISTRATOR, data))

    def calls_itself(self, dialled: DialledNumber) -> None:
        """Note that a number of the tenant is called through the network."""
        if self.rules.is_own(dialled.number):
            self.reasons.append(Reason("dial.own_number", self.printed(dialled.number)))

    def printed(self, number: str) -> str:
        """Write a number for the eye."""
        return printed(number, self.rules.region)


def _slips(text: str) -> Iterator[str]:
    """Yield what may have been meant: two neighbours swapped, a digit wrong, one too many.

    Looking these up costs the same however many extensions there are.
    """
    for place in range(len(text) - 1):
        yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    for place in range(len(text)):
        for digit in digits:
            yield text[:place] + digit + text[place + 1 :]
    for place in range(len(text)):
        yield text[:place] + text[place + 1 :]
