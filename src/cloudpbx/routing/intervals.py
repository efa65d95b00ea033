"""Stretches of time in which a schedule answers the same.

Here: the answer to "until when?" (`Interval`) and to "why?" (`Resolution`), and how they
are shown. Not here: finding them (`timelines`, `schedules`).
"""

from datetime import datetime
from typing import Any, Generic, TypeVar

from attrs import frozen

from cloudpbx.decisions import Reason
from cloudpbx.routing.rules import Override, Rule
from cloudpbx.texts import data_of, say, words_of

__all__ = ["Interval", "Resolution"]

T_co = TypeVar("T_co", covariant=True)


@frozen
class Interval(Generic[T_co]):
    """Hold one stretch of time, from `start` up to but not including `end`.

    Attributes:
        start: Its first instant.
        end: The first instant after it.
        value: What the schedule answers in it; None in a gap.
    """

    start: datetime
    end: datetime
    value: T_co | None

    def to_text(self, lang: str = "en") -> str:
        """Write the value and its bounds on one line, `lang` being `en` or `ja`."""
        data = {"start": _written(self.start), "end": _written(self.end)}
        return f"{_said(self.value, lang)}  {say('answer', 'interval', lang, data)}"

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the stretch as plain data for JSON, with its words."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "value": data_of(self.value),
            "text": _said(self.value, lang),
        }


@frozen(kw_only=True)
class Resolution(Generic[T_co]):
    """Say what a schedule answers at an instant, for how long, and why.

    Attributes:
        value: The answer; None in a gap.
        rule: What gave it: a rule, an override, or None when no rule applies.
        since: When this answer began; None when it always was.
        until: When another answer begins; None when none ever does.
        because: What was found out on the way, in order.
    """

    value: T_co | None
    rule: Rule[T_co] | Override[T_co] | None
    since: datetime | None
    until: datetime | None
    because: tuple[Reason, ...]

    def explain(self, lang: str = "en") -> str:
        """Say the reasons in words, one a line, `lang` being `en` or `ja`."""
        return "\n".join(reason.explain(lang) for reason in self.because)

    def to_text(self, lang: str = "en") -> str:
        """Write the answer, its rule, its bounds and the reasons, one a line.

        >>> from datetime import UTC
        >>> from cloudpbx.routing import Rule, Schedule
        >>> hours = Schedule(zone="UTC", rules=(Rule("mon-fri 09:00-18:00", "open"),))
        >>> print(hours.resolve(datetime(2026, 11, 24, 12, tzinfo=UTC)).to_text())
        answer   open
        rule     mon-fri 09:00-18:00
        since    2026-11-24 09:00:00+00:00
        until    2026-11-24 18:00:00+00:00
        because  rule `mon-fri 09:00-18:00` applies
        """
        from cloudpbx._render import text_columns  # noqa: PLC0415 - for eyes only

        return text_columns(self._rows(lang))

    def to_html(self, lang: str = "en") -> str:
        """Write the same as a table, `lang` being `en` or `ja`."""
        from cloudpbx._render import html_table  # noqa: PLC0415 - for eyes only

        head, *rows = self._rows(lang)
        return f'<div class="cloudpbx" lang="{lang}">\n{html_table(head, rows)}\n</div>'

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the answer as plain data for JSON, with its words."""
        return {
            "value": data_of(self.value),
            "text": _said(self.value, lang),
            "rule": self.rule.label if isinstance(self.rule, Rule) else None,
            "forced": isinstance(self.rule, Override),
            "since": None if self.since is None else self.since.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
            "because": [reason.to_dict(lang) for reason in self.because],
        }

    def _rows(self, lang: str) -> list[tuple[str, str]]:
        """Return what is shown: a name and a text each, the reasons under one name."""
        rows = [(say("answer", "value", lang, {}), _said(self.value, lang))]
        name = say("answer", "rule", lang, {})
        if isinstance(self.rule, Override):
            rows.append((name, say("answer", "forced", lang, {})))
        elif self.rule is not None:
            rows.append((name, self.rule.label))
        always, never = (say("answer", code, lang, {}) for code in ("always", "never"))
        since = always if self.since is None else _written(self.since)
        until = never if self.until is None else _written(self.until)
        rows.append((say("answer", "since", lang, {}), since))
        rows.append((say("answer", "until", lang, {}), until))
        because = [reason.explain(lang) for reason in self.because]
        names = [say("phrase", "because", lang, {}), *[""] * len(because)]
        return [*rows, *zip(names, because, strict=False)]

    def _repr_html_(self) -> str:
        return self.to_html()


def _written(moment: datetime) -> str:
    return moment.isoformat(sep=" ")


def _said(value: object, lang: str) -> str:
    from cloudpbx._render import one_line  # noqa: PLC0415 - for eyes only

    if value is None:
        return say("phrase", "nothing.answers", lang, {})
    return one_line(words_of(value, lang))
