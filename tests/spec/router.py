"""What becomes of a call, said as simply as it can be.

Here: the definition that the router is compared with, to be read: the answer to a call,
and to what a switch reports of it. Nothing is kept from one call to the next, and after a
report the whole call is lived through again. Not here: the gates (`gates`), and what rings
(`ringing`).
"""

from attrs import evolve, frozen

from cloudpbx.routing import Ending, Leg, LegOutcome, RouteOutcome, Turns
from cloudpbx.routing.numbers import global_form, is_outside, spelled, spellings
from tests.spec.gates import Question, ask_gates
from tests.spec.ringing import USUAL_SECONDS, Life, Report


@frozen(kw_only=True)
class Answer:
    """What a route must say; the legs are those that ring now or later."""

    question: Question
    outcome: RouteOutcome
    legs: tuple[Leg, ...] = ()
    ending: Ending | None = None
    turns: Turns
    reports: tuple[Report, ...] = ()
    now: int = 0


def answer(question: Question) -> Answer:
    """Say what becomes of a call."""
    return answer_after(question, (), 0)


def answer_after(question: Question, reports: tuple[Report, ...], now: int) -> Answer:
    """Say what becomes of a call that has come so far."""
    found = ask_gates(question)
    if isinstance(found, Ending):
        return Answer(
            question=question, outcome=found.outcome, ending=found, turns=question.turns
        )
    life = Life(question=question, stages=iter(found), reports=reports)
    life.live()
    legs = tuple(leg for leg in life.legs if leg.end is None or leg.end > now)
    return Answer(
        question=question,
        outcome=RouteOutcome.RING if legs or life.ending is None else life.ending.outcome,
        legs=legs,
        ending=life.ending,
        turns=life.remembered(now),
        reports=reports,
        now=now,
    )


def report(given: Answer, target: str, outcome: LegOutcome, second: int | None) -> Answer:
    """Say what happens next when a switch reports what came of a leg.

    1. It is the first leg of the target that rings or will ring; without one nothing
       changes.
    2. The report counts at its second; without one as soon as can be, and for no answer
       when the ring time is over, which is the usual one where nothing bounds it. It is
       never before the leg, after it, or before what was reported already.
    3. When another phone answered, the call is answered. Otherwise it is as if that leg had
       ended at that second by itself, in that way.
    """
    region = given.question.router.region
    several = [leg for leg in given.legs if is_same(leg.target, target, region)]
    if not several:
        return given
    leg = several[0]
    first = max(leg.start, given.now)
    if second is None and outcome is LegOutcome.NO_ANSWER:
        second = first + USUAL_SECONDS if leg.end is None else leg.end
    second = max(first, second or 0)
    if leg.end is not None:
        second = min(second, leg.end)
    if outcome is LegOutcome.ANSWERED_ELSEWHERE:
        ending = Ending(second, RouteOutcome.ANSWERED)
        then = answer_after(given.question, given.reports, second)
        return evolve(then, outcome=ending.outcome, legs=(), ending=ending)
    heard = Report(target=leg.target, start=leg.start, outcome=outcome, second=second)
    return answer_after(given.question, (*given.reports, heard), second)


def is_same(target: str, text: str, region: str) -> bool:
    """Say whether a text is a target, in any spelling."""
    number = spelled(text)
    if number == target or not is_outside(target):
        return number == target
    if number in spellings(target, region):
        return True
    return is_outside(number) and global_form(number, region) == global_form(target, region)
