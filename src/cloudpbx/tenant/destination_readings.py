"""Reading the destinations of a tenant document.

Here: destinations with what follows them, their options, and lists of targets, each
strictly and with every problem at its place. Not here: the schedules they stand in
(`readings`), or what the values mean (`cloudpbx.routing`).

A value that cannot be read is left out, or a stand-in takes its place, so that the rest
is read and compared as if there were no mistake; no tenant is made of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from cloudpbx._documents import Reading, joined, picked
from cloudpbx._values import shown
from cloudpbx.routing import (
    AFTER_HOURS_CODE,
    Announce,
    Busy,
    Destination,
    Distribute,
    Divert,
    Ring,
)
from cloudpbx.routing.target_texts import check_target
from cloudpbx.tenant.keys import DESTINATION, KEYS, OPTIONS

__all__ = ["DestinationReading"]


class DestinationReading(Reading):
    """Read where calls go; each method reads one kind of value."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.fillers: Iterator[str] = (f"{number:024}" for number in count())

    def table(
        self,
        value: object,
        path: str,
        *,
        required: Iterable[str] = (),
        optional: Iterable[str] = (),
    ) -> dict[str, Any] | None:
        """Return what a table has of the allowed keys; JSON's `null` is no value of one."""
        found = super().table(value, path, required=required, optional=optional)
        for key in [key for key, each in (found or {}).items() if each is None]:
            self.note(joined(path, key), "`null` says nothing: leave the key out")
            # What is meant by it is not missing as well.
            self.misspelt.add(joined(path, key))
        return None if found is None else {k: v for k, v in found.items() if v is not None}

    def destination(self, value: object, path: str) -> Destination | None:
        """Read a destination that is a table of its own."""
        table = self.table(value, path, optional=KEYS["destination"])
        return None if table is None else self.destination_in(table, path)

    def destination_in(self, table: Mapping[str, Any], path: str) -> Destination | None:
        """Read exactly one kind of destination, with the options that go with it."""
        found = [key for key in DESTINATION if key in table]
        if len(found) != 1:
            *most, last = (f"`{key} = {form}`" for key, form in _FORMS.items())
            fix = f"write one of {', '.join(most)} and {last}"
            if found:
                self.note(path, f"there are several destinations: {fix}")
            elif not self.is_misspelt(path, *DESTINATION):
                self.note(path, f"there is no destination: {fix}")
            return None
        kind = found[0]
        self.check_options(table, path, kind)
        match kind:
            case "ring":
                return self.ring(table, path)
            case "distribute":
                return self.distribute(table, path)
            case "busy":
                return self.busy(table["busy"], joined(path, "busy"))
            case "announce":
                return self.build(joined(path, kind), Announce, table[kind])
            case _:
                fix = f'write `announce = "{AFTER_HOURS_CODE}"`'
                return self.divert(table[kind], joined(path, kind), fix=fix)

    def busy(self, value: object, path: str) -> Busy | None:
        """Read the busy tone, which is there or left out."""
        if value is not True:
            written = "`false`" if value is False else shown(value)
            self.note(path, f"{written} is not `true`: leave `busy` out")
            return None
        return Busy()

    def divert(self, value: object, path: str, *, fix: str) -> Divert | None:
        """Read where calls are sent on to; `fix` is what a guidance there becomes."""
        target = self.build(path, check_target, value)
        if target is None or self.is_guidance(target, path, fix=fix):
            return None
        return Divert(target)

    def is_guidance(self, target: str, path: str, *, fix: str) -> bool:
        """Say whether a target that should ring is a guidance, and note it."""
        if target != AFTER_HOURS_CODE:
            return False
        what = f"`{AFTER_HOURS_CODE}` is a guidance, which answers before a phone can"
        self.note(path, f"{what}: {fix}")
        return True

    def check_options(self, table: Mapping[str, Any], path: str, kind: str) -> None:
        """Note the options that do not go with a kind of destination."""
        own = OPTIONS.get(kind, ())
        others = dict.fromkeys(key for keys in OPTIONS.values() for key in keys)
        for key in others:
            if key in table and key not in own:
                self.note(joined(path, key), f"`{key}` does not go with `{kind}`: leave it out")

    def ring(self, table: Mapping[str, Any], path: str) -> Ring:
        """Read what rings, how, and what follows."""
        options = picked(table, "strategy", "seconds", "repeat")
        options = self.fields(path, Ring, options, targets=("00",))
        targets = self.ringing(table["ring"], joined(path, "ring"))
        then = self.then(table, path)
        made = self.build(joined(path, "then"), Ring, targets, then=then, **options)
        return made or Ring(targets)

    def ringing(self, value: object, path: str) -> tuple[str, ...]:
        """Read the targets of a ring, with the fixes that a document needs."""
        targets = self.targets(value, path)
        stand_in = (next(self.fillers),)
        if targets is None:
            return stand_in
        if not targets:
            self.note(path, "`[]` rings nothing: name a target, or write `busy = true`")
        elif AFTER_HOURS_CODE in targets:
            alone = f'write `announce = "{AFTER_HOURS_CODE}"`'
            fix = alone if len(targets) == 1 else "give it a rule of its own"
            self.is_guidance(AFTER_HOURS_CODE, path, fix=fix)
        else:
            ring = self.build(path, Ring, tuple(targets))
            return stand_in if ring is None else ring.targets
        return stand_in

    def distribute(self, table: Mapping[str, Any], path: str) -> Distribute:
        """Read a ratio, how it is drawn, and what follows."""
        options = picked(table, "draw", "when_unavailable", "key", "seconds")
        options = self.fields(path, Distribute, options, weights=(("00", 1),))
        weights = self.weights(table["distribute"], joined(path, "distribute"))
        then = self.then(table, path)
        made = self.build(joined(path, "then"), Distribute, weights, then=then, **options)
        return made or Distribute(weights)

    def weights(self, value: object, path: str) -> tuple[tuple[str, int], ...]:
        """Read the weight of each target, with the fixes that a document needs."""
        stand_in = next(self.fillers), 1
        found = []
        for key, where, each in self.entries(value, path):
            # Beside another target, one may have any weight.
            pair = self.build(where, Distribute, ((key, each), stand_in))
            found.append((next(self.fillers), 1) if pair is None else (pair.targets[0], each))
        if not isinstance(value, dict):
            return (stand_in,)
        if not any(weight for _, weight in found):
            fix = "give a target a weight of 1 to 9, or write `busy = true`"
            self.note(path, f"{shown(value)} sends no call anywhere: {fix}")
            return (*found, stand_in)
        ratio = self.build(path, Distribute, found)
        return (stand_in,) if ratio is None else tuple(found)

    def then(self, table: Mapping[str, Any], path: str) -> Destination | None:
        """Read what follows a destination, if anything does."""
        return (
            self.destination(table["then"], joined(path, "then")) if "then" in table else None
        )

    def targets(self, value: object, path: str) -> list[str] | None:
        """Read a list of targets, with stand-ins for those that cannot be read."""
        found = []
        for where, each in self.items(value, path):
            target = self.build(where, check_target, each)
            found.append(next(self.fillers) if target is None else target)
        return found if isinstance(value, list) else None


_FORMS: Mapping[str, str] = {
    "ring": "[…]",
    "announce": "…",
    "busy": "true",
    "divert": "…",
    "distribute": "{…}",
}
"""How each kind of destination is written."""
