"""Answers that carry their reasons and what to do about them.

Here: what was decided, why (`Reason`), and who can change it how (`Remedy`), each
as a code with data. Not here: the words, which stand in `cloudpbx.texts` in English
and Japanese, and the rules, which stand in the areas.

`Outcome` is deliberately wider than yes and no: a question whose facts are missing
is `UNDETERMINED`, never a silent "no".
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from typing import NoReturn

from attrs import field, frozen

from cloudpbx import texts
from cloudpbx._values import check_each, check_member, check_text, frozen_data
from cloudpbx.errors import InvalidValueError

__all__ = ["Actor", "Decision", "Outcome", "Reason", "Remedy"]


@unique
class Outcome(StrEnum):
    """Name what a decision came to."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


@unique
class Actor(StrEnum):
    """Name who must act for a remedy."""

    USER = "user"
    PORTAL_ADMINISTRATOR = "portal_administrator"
    SALES = "sales"
    CUSTOMER = "customer"
    PARTNER = "partner"
    PROVIDER = "provider"


def _code(value: str) -> str:
    check_text(value, what="a code")
    if not all(part.isidentifier() for part in value.split(".")):
        msg = f"`{value}` is not a code: write words joined by dots, as `perms.edit_missing`"
        raise InvalidValueError(msg)
    return value


def _actor(value: str) -> Actor:
    return check_member(value, Actor, what="an actor")


def _outcome(value: str) -> Outcome:
    return check_member(value, Outcome, what="an outcome")


@frozen
class Reason:
    """Say one thing that was found out on the way to an answer.

    Attributes:
        code: What was found, dotted; part of the public API.
        about: The thing it was found about, as `1001` or `03-1234-5678`.
        data: What else the words need.

    >>> Reason("line.busy", "1001").explain()
    'extension 1001 is busy'
    >>> Reason("line.busy", "1001").explain("ja")
    '内線1001は話し中です'
    """

    code: str = field(converter=_code)
    about: str = ""
    data: Mapping[str, str | int] = field(factory=dict, converter=frozen_data)

    def explain(self, lang: str = "en") -> str:
        """Say it in words, `lang` being `en` or `ja`."""
        return texts.say("reason", self.code, lang, {"about": self.about, **self.data})

    def to_dict(self, lang: str = "en") -> dict[str, object]:
        """Return the reason as plain data for JSON, with its words."""
        return {
            "code": self.code,
            "about": self.about,
            "data": dict(self.data),
            "text": self.explain(lang),
        }


@frozen
class Remedy:
    """Say one thing that somebody can do to change an answer.

    Attributes:
        code: What to do, dotted; part of the public API.
        actor: Who must act.
        data: What the words need; `about` names the thing to act upon.

    >>> remedy = Remedy("subscription.international.enable", Actor.CUSTOMER)
    >>> remedy.explain()
    'customer: switch international calls on'
    """

    code: str = field(converter=_code)
    actor: Actor = field(converter=_actor)
    data: Mapping[str, str | int] = field(factory=dict, converter=frozen_data)

    def explain(self, lang: str = "en") -> str:
        """Say it in words, `lang` being `en` or `ja`."""
        what = texts.say("remedy", self.code, lang, self.data)
        return texts.say(
            "phrase", "actor.remedy", lang, {"actor": self.actor_name(lang), "what": what}
        )

    def to_dict(self, lang: str = "en") -> dict[str, object]:
        """Return the remedy as plain data for JSON, with its words."""
        return {
            "code": self.code,
            "actor": self.actor.value,
            "data": dict(self.data),
            "text": self.explain(lang),
        }

    def actor_name(self, lang: str = "en") -> str:
        """Say who must act, `lang` being `en` or `ja`."""
        return texts.say("actor", self.actor.value, lang, {})


@frozen
class Decision:
    """Answer a question with all reasons and, when refused, all remedies.

    A decision has no truth value; ask `allowed`.

    Attributes:
        outcome: What it came to.
        reasons: Everything that was found out, in the order it was asked.
        remedies: What would change the answer, the first to do first.

    >>> decision = Decision(Outcome.REFUSED, (Reason("line.busy", "1001"),))
    >>> decision.allowed
    False
    >>> print(decision.explain())
    refused
      - extension 1001 is busy
    """

    outcome: Outcome = field(converter=_outcome)
    reasons: tuple[Reason, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    def __attrs_post_init__(self) -> None:
        reasons = check_each(self.reasons, Reason, what="a decision's reason")
        remedies = check_each(self.remedies, Remedy, what="a decision's remedy")
        object.__setattr__(self, "reasons", reasons)
        object.__setattr__(self, "remedies", remedies)

    @property
    def allowed(self) -> bool:
        """Say whether the outcome is `ALLOWED`."""
        return self.outcome is Outcome.ALLOWED

    def __bool__(self) -> NoReturn:
        """Refuse to be a truth value: two outcomes of four are neither yes nor no."""
        msg = "a decision has no truth value: ask `.allowed` or compare `.outcome`"
        raise TypeError(msg)

    def explain(self, lang: str = "en") -> str:
        """Say outcome, reasons and remedies in words, one a line."""
        lines = [texts.say("outcome", self.outcome.value, lang, {})]
        lines += [f"  - {reason.explain(lang)}" for reason in self.reasons]
        lines += [f"  → {remedy.explain(lang)}" for remedy in self.remedies]
        return "\n".join(lines)
