"""Whether a schedule answers all of the time, and whether all of its rules matter.

Here: gaps, overlaps, and rules that never or needlessly apply, as findings. Not here:
which days are looked at (`horizons`), refusing a schedule (`schedules`), or deciding an
instant (`timelines`).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import merge
from typing import Any, Final, TypeAlias

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.day_terms import WEEK
from cloudpbx.routing.days import Days
from cloudpbx.routing.horizons import Horizon, Kind, Stretch, is_weekday
from cloudpbx.routing.overlaps import find_overlaps
from cloudpbx.routing.rules import TIERS, Tier, When
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.spans import Span
from cloudpbx.routing.timelines import Timeline

__all__ = ["check_schedule"]

_AFTER: Final = "after"

Place: TypeAlias = tuple[Sequence[int], int, int]
"""Days as ordinals, and the time on each of them in seconds after its midnight."""


def check_schedule(schedule: Schedule[Any]) -> tuple[Finding, ...]:
    """Return what is wrong, or may be, with a schedule.

    In order:

    1. `schedule.gap`: no rule answers, and there is no value for otherwise; on days
       that higher tiers own `schedule.gap.` and the tier; `schedule.gap.after` where a
       day lacks what the day before would else have run over midnight;
    2. `schedule.overlap`: two rules share time, and the first wins;
    3. the rules without which all answers are the same, in their order: a rule that
       answers is `schedule.redundant`; one that does not is `schedule.dead.` and the
       cause: it names no day (`no_day`), or holidays where the schedule knows none
       (`no_holidays`), higher tiers own its days (`owned`), rules before it cover it
       (`covered`), or spans begun the day before do (`spilled`).

    The override is ignored: it is there to disagree with the rules.

    >>> from cloudpbx.routing import Rule
    >>> hours = Schedule(zone="Asia/Tokyo", rules=(Rule("00:00-23:59", "open"),))
    >>> for finding in check_schedule(hours):
    ...     print(finding.about, finding.minutes_a_week, finding.witness.isoformat())
    23:59-24:00 7.0 2020-01-06T23:59:00+09:00
    """
    survey = _Survey(schedule)
    return (
        *(survey.gaps() if schedule.otherwise is None else ()),
        *(survey.overlaps() if schedule.overlap == "first" else ()),
        *survey.needless_rules(),
    )


class _Survey:
    """Look at every kind of day of a schedule."""

    def __init__(self, schedule: Schedule[Any]) -> None:
        self.schedule = schedule
        timeline: Timeline[Any] = schedule._timeline  # noqa: SLF001 - one area, one value
        if schedule.override is not None:
            timeline = self._timeline(range(len(schedule.rules)))
        self.horizon = Horizon.of(timeline)
        self.kinds = self.horizon.kinds
        self.data = {} if self.horizon.is_week else {"horizon": str(self.horizon)}

    def _timeline(self, places: Iterable[int]) -> Timeline[Any]:
        """Return the fast form of some of the rules, without the override."""
        schedule = self.schedule
        rules = [schedule.rules[place] for place in places]
        return Timeline(
            schedule.zone, rules, schedule.holidays, schedule.otherwise, schedule.spill, None
        )

    # Gaps.

    def gaps(self) -> Iterator[Finding]:
        """Yield time that nothing covers: on ordinary days, then on all others."""
        ordinary: dict[tuple[int, int], list[Kind]] = {}
        usual: dict[int, list[tuple[int, int]]] = {}
        for kind in self.kinds:
            if kind.is_ordinary:
                holes = kind.holes()
                usual |= dict.fromkeys({_weekday(day) for day in kind.days}, holes)
                for hole in holes:
                    ordinary.setdefault(hole, []).append(kind)
        yield from self._ordinary_gaps(ordinary)
        special: dict[tuple[str, int, int], list[int]] = {}
        for kind in self.kinds:
            if kind.is_ordinary or not (holes := kind.holes()):
                continue
            for day in kind.days:
                if is_weekday(kind.today):
                    owner, missing = _AFTER, _less(holes, usual.get(_weekday(day), ()))
                else:
                    owner, missing = kind.today[0].tier.value, holes
                for hole in missing:
                    special.setdefault((owner, *hole), []).append(day)
        order = (*TIERS, _AFTER)
        for owner, start, end in sorted(special, key=lambda key: (order.index(key[0]), *key)):
            yield self._special_gap(owner, start, end, sorted(special[owner, start, end]))

    def _ordinary_gaps(self, found: dict[tuple[int, int], list[Kind]]) -> Iterator[Finding]:
        gaps = []
        for (start, end), kinds in found.items():
            weekdays = sorted({_weekday(day) for kind in kinds for day in kind.days})
            gaps.append((weekdays, start, end, kinds))
        for weekdays, start, end, kinds in sorted(gaps, key=lambda gap: gap[:3]):
            about = str(When(Days(WEEK[number] for number in weekdays), (Span(start, end),)))
            yield Finding(
                code="schedule.gap",
                severity=Severity.ERROR,
                about=about,
                witness=self.horizon.witness(merge(*(kind.days for kind in kinds)), start, end),
                minutes_a_week=round((end - start) * len(weekdays) / 60, 2),
                remedies=_remedies("add", about),
            )

    def _special_gap(self, owner: str, start: int, end: int, days: list[int]) -> Finding:
        first, span = str(date.fromordinal(days[0])), str(Span(start, end))
        return Finding(
            code=f"schedule.gap.{owner}",
            severity=Severity.ERROR,
            about=f"{first} {span}",
            data={"span": span, "first": first, "days": len(days), **self.data},
            witness=self.horizon.witness(days, start, end),
            minutes_a_week=self.horizon.minutes_a_week((end - start) * len(days)),
            remedies=_remedies("add", f"{first} {span}"),
        )

    # Overlaps.

    def overlaps(self) -> Iterator[Finding]:
        """Yield the pairs of rules of one tier that share time."""
        places: dict[int, list[int]] = {}
        for place, rule in enumerate(self.schedule.rules):
            places.setdefault(id(rule), []).append(place)
        stretches = [(kind, kind.stretches(self.schedule.spill)) for kind in self.kinds]
        for overlap in find_overlaps(self.horizon.timeline):
            # The same object may stand in two places, and then overlaps itself.
            pair = places[id(overlap.first)][0], places[id(overlap.second)][-1]
            seconds = 0
            seen: list[Place] = [([overlap.day.toordinal()], overlap.start, overlap.end)]
            for kind, here in stretches:
                shared = _shared(here, *pair)
                seconds += sum(end - start for start, end in shared) * len(kind.days)
                seen += [(kind.days, *part) for part in shared]
            first, second = overlap.first.label, overlap.second.label
            yield Finding(
                code="schedule.overlap",
                severity=Severity.NOTE,
                about=first,
                data={"other": second, **self.data},
                witness=self.horizon.witness(
                    *min(seen[1:] or seen, key=lambda each: each[0][0])
                ),
                minutes_a_week=self.horizon.minutes_a_week(seconds),
                remedies=_remedies("part", second, other=first),
            )

    # Dead and redundant rules.

    def needless_rules(self) -> Iterator[Finding]:
        """Yield the rules without which every answer would be the same."""
        needed = self._plainly_needed()
        for index in range(len(self.schedule.rules)):
            if index not in needed and not self._matters(index):
                yield self._redundant(index) or self._dead(index)

    def _plainly_needed(self) -> set[int]:
        """Return rules of weekdays that alone cover some time and say what is not otherwise.

        Most rules are, and it is quickly seen.
        """
        needed: set[int] = set()
        for kind in self.kinds:
            stretches = kind.stretches(self.schedule.spill)
            for start, end, source in kind.parts:
                if source is None or source.alternative.tier is not Tier.WEEKDAY:
                    continue
                index, value = source.alternative.index, source.alternative.rule.value
                if index not in needed and value != self.schedule.otherwise:
                    others = (each for each in stretches if each.rule != index)
                    if not any(each.start < end and start < each.end for each in others):
                        needed.add(index)
        return needed

    def _matters(self, index: int) -> bool:
        """Say whether some answer of the horizon would be another without the rule."""
        rest = [place for place in range(len(self.schedule.rules)) if place != index]
        without = self._timeline(rest)
        kinds = [kind for kind in self.kinds if kind.concerns(index)]
        shifting = (kind for kind in kinds if kind.shifts_without(index))
        days = [kind.days[0] for kind in kinds]
        days += [day for kind in shifting for day in kind.days[1:]]
        for day in days:
            now, then = self.horizon.timeline.profile(day), without.profile(day)
            if now.starts != then.starts or now.values != then.values:
                return True
        return False

    def _redundant(self, index: int) -> Finding | None:
        """Return the finding for a rule that answers, None for one that never does."""
        parts = [
            (kind.days, start, end)
            for kind in self.kinds
            for start, end, source in kind.parts
            if source is not None and source.alternative.index == index
        ]
        if not parts:
            return None
        label = self.schedule.rules[index].label
        return Finding(
            code="schedule.redundant",
            severity=Severity.NOTE,
            about=label,
            data=self.data,
            witness=self.horizon.witness(*min(parts, key=lambda part: (part[0][0], part[1]))),
            minutes_a_week=self._size(parts),
            remedies=_remedies("remove", label),
        )

    def _dead(self, index: int) -> Finding:
        """Find out why a rule never answers.

        In order, and the first that applies wins:

        1. on some days it is active: what covers it there;
        2. it names days that higher tiers own;
        3. it names holidays, and the schedule knows none;
        4. it names no day.
        """
        parts, blockers, spilled = self._covered(index)
        cause = "spilled" if spilled else "covered"
        if not parts:
            parts, blockers = self._owned(index)
            cause = "owned" if parts else self._dayless(index)
        labels = [self.schedule.rules[place].label for place in sorted(blockers)]
        label = self.schedule.rules[index].label
        first = min(parts, key=lambda part: (part[0][0], part[1])) if parts else None
        remedies = _remedies("remove", label)
        if cause == "covered":
            remedies += _remedies("move", label, other="; ".join(labels))
        if cause == "no_holidays":
            name_them = Remedy("schedule.holidays.set", Actor.PORTAL_ADMINISTRATOR)
            remedies = (name_them, *remedies)
        return Finding(
            code=f"schedule.dead.{cause}",
            severity=Severity.WARNING,
            about=label,
            data={"blockers": "; ".join(labels), **self.data},
            witness=self.horizon.witness(*first) if first else None,
            minutes_a_week=self._size(parts),
            remedies=remedies,
        )

    def _dayless(self, index: int) -> str:
        """Say why no day is named: for want of holidays, or as it is written."""
        timeline = self.horizon.timeline
        needs = any(each.needs_holiday for each in timeline.alternatives if each.index == index)
        return "no_holidays" if needs and self.schedule.holidays is None else "no_day"

    def _covered(self, index: int) -> tuple[list[Place], set[int], bool]:
        """Return when a rule is active, what answers then, and if only the day before does."""
        parts: list[Place] = []
        blockers: set[int] = set()
        spilled = True
        for kind in self.kinds:
            for stretch in kind.stretches(self.schedule.spill):
                if stretch.rule != index:
                    continue
                parts.append((kind.days, stretch.start, stretch.end))
                for start, end, source in kind.parts:
                    if source and start < stretch.end and stretch.start < end:
                        blockers.add(source.alternative.index)
                        spilled &= source.alternative.tier is not stretch.tier
        return parts, blockers, spilled

    def _owned(self, index: int) -> tuple[list[Place], set[int]]:
        """Return when a rule would be active, and rules that own all of those days."""
        timeline, spans = self.horizon.timeline, self.schedule.rules[index].when.spans
        own = [each.days for each in timeline.alternatives if each.index == index]
        parts: list[Place] = []
        blockers: set[int] = set()
        for kind in self.kinds:
            days = []
            for day in kind.days:
                on = date.fromordinal(day)
                holiday = timeline.holiday(on) is not None
                if any(each.matches(on, holiday=holiday) for each in own):
                    days.append(day)
            if days:
                parts += [(days, span.start, span.start + span.seconds) for span in spans]
                if not blockers.intersection(each.index for each in kind.today):
                    blockers.add(kind.today[0].index)
        return parts, blockers

    def _size(self, parts: Iterable[Place]) -> float:
        return self.horizon.minutes_a_week(
            sum((end - start) * len(days) for days, start, end in parts)
        )


def _weekday(day: int) -> int:
    return (day - 1) % 7


def _less(
    holes: Iterable[tuple[int, int]], usual: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Leave out what usually is a hole too."""
    rest = list(holes)
    for low, high in usual:
        cut = [
            part
            for start, end in rest
            for part in ((start, min(end, low)), (max(start, high), end))
        ]
        rest = [(start, end) for start, end in cut if start < end]
    return rest


def _shared(stretches: Sequence[Stretch], index: int, other: int) -> list[tuple[int, int]]:
    """Return the time that two rules share as rules of one tier, sorted and disjoint."""
    parts = sorted(
        (max(one.start, two.start), min(one.end, two.end))
        for one in stretches
        if one.rule == index
        for two in stretches
        if two.rule == other and two.tier is one.tier
    )
    shared: list[tuple[int, int]] = []
    for start, end in parts:
        low = max(start, shared[-1][1]) if shared else start
        if low < end:
            shared.append((low, end))
    return shared


def _remedies(what: str, about: str, **data: str) -> tuple[Remedy, ...]:
    code = f"schedule.rule.{what}"
    return (Remedy(code, Actor.PORTAL_ADMINISTRATOR, {"about": about, **data}),)
