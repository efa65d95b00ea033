"""What can be told about a text of OpenStreetMap's `dialect`.

Here: rules that never apply, rules that are probably not meant as they stand, and what a
schedule lacks for them. Not here: what is refused (`terms`).
"""

from collections.abc import Iterator, Sequence

from cloudpbx.decisions import Actor, Remedy
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.opening_hours.boxes import HOLIDAYS, Box, tier_of_box
from cloudpbx.routing.opening_hours.selectors import DAY_MINUTES
from cloudpbx.routing.opening_hours.terms import Term
from cloudpbx.routing.rules import TIERS

__all__ = ["findings_of"]


def findings_of(terms: Sequence[Term], *, knows_holidays: bool) -> tuple[Finding, ...]:
    """Return what can be told about rules, in their order."""
    return tuple(
        finding
        for place, term in enumerate(terms)
        for finding in _of_term(term, terms[place + 1 :], knows_holidays=knows_holidays)
    )


def _of_term(term: Term, later: Sequence[Term], *, knows_holidays: bool) -> Iterator[Finding]:
    """Yield what can be told about a rule.

    1. It never applies: no day has it, or later rules take all its days.
    2. It is for holidays and the like, and a later rule for ordinary days takes some.
    3. It is for holidays, of which none are known.
    4. It has nights that meet the days of later rules.
    """
    over = [other for other in later if other.overrides]
    left = list(term.boxes)
    for other in over:
        for box in other.boxes:
            left = [rest for each in left for rest in each.without(box)]
    if not left:
        yield _never(term, next((each for each in over if _meet(term.boxes, each)), None))
    weaker = next((each for each in over if _takes(term, each)), None)
    if weaker is not None:
        yield Finding(
            code="opening_hours.overwritten",
            severity=Severity.WARNING,
            about=term.text,
            data={"other": weaker.text},
            path=f"character {term.place}",
            remedies=(
                Remedy(
                    "opening_hours.move",
                    Actor.PORTAL_ADMINISTRATOR,
                    {"about": weaker.text, "other": term.text},
                ),
            ),
        )
    if not knows_holidays and any(box.holidays == HOLIDAYS for box in term.boxes):
        yield Finding(
            code="opening_hours.holidays_unknown",
            severity=Severity.WARNING,
            about=term.text,
            path=f"character {term.place}",
            remedies=(Remedy("schedule.holidays.set", Actor.PORTAL_ADMINISTRATOR),),
        )
    if term.is_open and any(end > DAY_MINUTES for _, end in term.parts):
        mornings = [*term.boxes, *(box.near(1) for box in term.boxes)]
        first = next((each for each in over if _meet(mornings, each)), None)
        if first is not None:
            yield Finding(
                code="opening_hours.night",
                severity=Severity.NOTE,
                about=term.text,
                data={"other": first.text},
                path=f"character {term.place}",
            )


def _never(term: Term, other: Term | None) -> Finding:
    code = "opening_hours.never" if other else "opening_hours.no_day"
    return Finding(
        code=code,
        severity=Severity.WARNING,
        about=term.text,
        data={"other": other.text} if other else {},
        path=f"character {term.place}",
        remedies=(
            Remedy("schedule.rule.remove", Actor.PORTAL_ADMINISTRATOR, {"about": term.text}),
        ),
    )


def _meet(boxes: Sequence[Box], other: Term) -> bool:
    return any(one.meet(two) for one in boxes for two in other.boxes)


def _takes(term: Term, other: Term) -> bool:
    """Say whether a later rule for more ordinary days takes days and changes them."""
    if (term.is_open, term.parts) == (other.is_open, other.parts):
        return False
    return any(
        one.meet(two) and TIERS.index(tier_of_box(one)) < TIERS.index(tier_of_box(two))
        for one in term.boxes
        for two in other.boxes
    )
