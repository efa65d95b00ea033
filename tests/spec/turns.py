"""In which order targets are called, and what is remembered, said as simply as it can be.

Here: the orders of strategies and distributions for one call. Not here: who is drawn,
which `tests.spec.distributions` defines.
"""

from datetime import UTC, datetime

from cloudpbx.routing import Distribute, Group, Member, Ring, Strategy, Turns
from tests.spec import distributions
from tests.spec.gates import Question, own_number


def order_of_members(given: Ring | Group, question: Question) -> list[Member]:
    """Return the members in the order in which the strategy calls them."""
    members, turns = list(given.all_members), question.turns
    if given.strategy is Strategy.CIRCULAR:
        # The one after the one that was offered the last call is the first.
        targets = [each.target for each in members]
        last = turns.last.get(name_of(given))
        if last in targets:
            place = targets.index(last) + 1
            members = members[place:] + members[:place]
    elif given.strategy is Strategy.LONGEST_IDLE:
        never = datetime.min.replace(tzinfo=UTC)
        members.sort(key=lambda each: turns.idle_since.get(each.target, never))
    elif given.strategy is Strategy.WEIGHTED:
        ratio = [(each.target, each.weight) for each in members]
        order = distributions.by_lot(ratio, name_of(given), id_of(question))
        members.sort(key=lambda each: order.index(each.target))
    return members


def order_of_targets(given: Distribute, question: Question) -> list[str]:
    """Return the targets of a distribution as a call tries them."""
    ratio, policy = list(given.weights.items()), str(given.when_unavailable)
    if given.draw == "hash":
        return distributions.hashed(ratio, policy, given.key, id_of(question))
    return distributions.by_turns(ratio, policy, turns_had(given, question.turns))


def id_of(question: Question) -> str:
    """Return what a draw depends on: the id of the call, or else all that is known."""
    call, called = question.call, own_number(question.router, question.call.to)
    assert called is not None
    epoch = (call.at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() // 1
    return call.id or f"{called.number} {call.caller} {epoch:.0f}"


def turns_had(given: Distribute, turns: Turns) -> int:
    """Return how many calls of its period a distribution has had, by what is remembered."""
    counts = turns.shares.get(name_of(given))
    for calls in range(given.total):
        if counts == counts_after(given, calls):
            return calls
    return 0


def counts_after(given: Distribute, calls: int) -> tuple[int, ...]:
    """Return how many turns of its period each target has had after some calls."""
    history = distributions.turns(list(given.weights.items()), calls % given.total)
    return tuple(history.count(target) for target, _ in given.weights.items())


def name_of(given: Ring | Group | Distribute) -> str:
    """Return under which name something is remembered."""
    if isinstance(given, Group):
        return given.name
    if isinstance(given, Ring):
        return f"ring {','.join(given.targets)},{given.strategy}"
    ratio = ",".join(f"{target}:{weight}" for target, weight in given.weights.items())
    key = f",{given.key}" if given.key else ""
    return f"distribute {ratio},{given.draw},{given.when_unavailable}{key}"
