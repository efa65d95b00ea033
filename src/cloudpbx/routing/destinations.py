"""What a called number does with a call.

Here: the destinations that a schedule can answer with. Not here: what happens to a
ringing extension (`extensions`, `router`).
"""

from typing import Final, TypeAlias

from attrs import field, frozen

from cloudpbx._values import check_each, check_text, check_unique, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.numbers import spelled
from cloudpbx.texts import say

__all__ = ["AFTER_HOURS_CODE", "Announce", "Busy", "Destination", "Ring"]

AFTER_HOURS_CODE: Final = "009608"
"""The guidance number (ガイダンス番号) of the after-hours guidance (source 004, 4-23)."""

_DIGITS: Final = frozenset("0123456789")


def is_name(text: str) -> bool:
    """Say whether a target is the name of a group: it has a letter, a number has none."""
    return any(char.isalpha() for char in text)


def check_target(value: object) -> str:
    """Return the one spelling of a target: a name as it is, a number without separators."""
    text = check_text(value, what="a target")
    if text != text.strip() or "," in text:
        msg = f"{shown(text)} is not one target: write each as its own text, without spaces"
        raise InvalidValueError(msg)
    return text if is_name(text) else spelled(text)


@frozen
class Ring:
    """Ring targets at the same moment (一斉鳴動).

    Attributes:
        targets: Extensions, names of groups and outside numbers.

    >>> print(Ring(("1001", "090-1234-5678")))
    ring 1001, 09012345678

    Raises:
        InvalidValueError: there is no target, one stands twice, or one is a guidance.
    """

    targets: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        given = check_each(self.targets, str, what="a target")
        targets = tuple(map(check_target, given))
        if not targets:
            msg = "`()` rings nothing: name a target, or use `Busy()`"
            raise InvalidValueError(msg)
        check_unique(targets, what="targets")
        if AFTER_HOURS_CODE in targets:
            alone = len(targets) == 1
            announce = f'use `Announce("{AFTER_HOURS_CODE}")`'
            fix = announce if alone else "give it a rule of its own"
            msg = f"`{AFTER_HOURS_CODE}` is a guidance, which answers before a phone can: {fix}"
            raise InvalidValueError(msg)
        object.__setattr__(self, "targets", targets)

    def explain(self, lang: str = "en") -> str:
        """Say the destination in words, `lang` being `en` or `ja`."""
        return say("destination", "ring", lang, {"about": ", ".join(self.targets)})

    def to_dict(self) -> dict[str, object]:
        """Return the destination as a document has it."""
        return {"ring": list(self.targets)}

    def __str__(self) -> str:
        """Write the destination in words."""
        return self.explain()


@frozen
class Announce:
    """Answer with a guidance (ガイダンス).

    Attributes:
        code: Its guidance number.

    >>> print(Announce())
    announce 009608

    Raises:
        InvalidValueError: the code is not made of digits.
    """

    code: str = field(default=AFTER_HOURS_CODE)

    def __attrs_post_init__(self) -> None:
        check_text(self.code, what="a guidance number")
        if not set(self.code) <= _DIGITS:
            msg = f"{shown(self.code)} is not a guidance number: write half-width digits"
            raise InvalidValueError(msg)

    def explain(self, lang: str = "en") -> str:
        """Say the destination in words, `lang` being `en` or `ja`."""
        return say("destination", "announce", lang, {"about": self.code})

    def to_dict(self) -> dict[str, object]:
        """Return the destination as a document has it."""
        return {"announce": self.code}

    def __str__(self) -> str:
        """Write the destination in words."""
        return self.explain()


@frozen
class Busy:
    """Let the caller hear the busy tone (話中音)."""

    def explain(self, lang: str = "en") -> str:
        """Say the destination in words, `lang` being `en` or `ja`."""
        return say("destination", "busy", lang, {})

    def to_dict(self) -> dict[str, object]:
        """Return the destination as a document has it."""
        return {"busy": True}

    def __str__(self) -> str:
        """Write the destination in words."""
        return self.explain()


Destination: TypeAlias = Ring | Announce | Busy
"""What a schedule of a called number answers with."""

DESTINATIONS: Final = (Ring, Announce, Busy)
