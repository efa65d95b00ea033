"""What a check of a configuration found.

Here: one finding as a value with a stable code, its size and a witness. Not here: the
checks, which stand in the areas, and the words, which stand in `cloudpbx.texts`.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum, unique

from attrs import field, frozen

from cloudpbx import texts
from cloudpbx._values import check_member, frozen_data
from cloudpbx.decisions import Remedy

__all__ = ["Finding", "Severity"]


@unique
class Severity(StrEnum):
    """Name how much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def _severity(value: str) -> Severity:
    return check_member(value, Severity, what="a severity")


@frozen(kw_only=True)
class Finding:
    """Describe one thing that a check found.

    Attributes:
        code: What was found, dotted; part of the public API.
        severity: How much it matters.
        about: The rule, number or extension it is about.
        data: What else the words need.
        path: Where it stands in a document, when the check knows.
        witness: An instant that shows it, when there is one.
        minutes_a_week: How much of a week it concerns, on average over the horizon.
        remedies: What would mend it.
    """

    code: str
    severity: Severity = field(converter=_severity)
    about: str = ""
    data: Mapping[str, str | int] = field(factory=dict, converter=frozen_data)
    path: str = ""
    witness: datetime | None = None
    minutes_a_week: float = 0.0
    remedies: tuple[Remedy, ...] = ()

    def explain(self, lang: str = "en") -> str:
        """Say it in words with its remedies, `lang` being `en` or `ja`."""
        data = {"about": self.about, **self.data, "minutes": f"{self.minutes_a_week:g}"}
        severity = texts.say("severity", self.severity.value, lang, {})
        head = f"{severity}: {texts.say('finding', self.code, lang, data)} [{self.code}]"
        if self.path:
            head = f"{self.path}: {head}"
        return "\n".join([head, *(f"  → {remedy.explain(lang)}" for remedy in self.remedies)])

    def to_dict(self, lang: str = "en") -> dict[str, object]:
        """Return the finding as plain data for JSON, as `schema/check.schema.json` has it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "path": self.path,
            "about": self.about,
            "data": dict(self.data),
            "witness": None if self.witness is None else self.witness.isoformat(),
            "minutes_a_week": self.minutes_a_week,
            "text": self.explain(lang),
            "remedies": [remedy.to_dict(lang) for remedy in self.remedies],
        }
