"""Who gets a call that is distributed by ratio, worked out as naively as can be.

Here: the definitions, with urns of lots and exact fractions. Not here: the library;
nothing of it is used.

A ratio is a list of pairs, a target and its weight, in the written order.
"""

import hashlib
import json
from fractions import Fraction

Ratio = list[tuple[str, int]]


def lot(ratio: Ratio, key: str, call_id: str, draw: int) -> int:
    """Return draw number `draw` of a call as a number of 64 bits."""
    names, weights = [name for name, _ in ratio], [weight for _, weight in ratio]
    text = json.dumps([key, names, weights], ensure_ascii=False).replace(", ", ",")
    seed = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=32).digest()
    data = f"{draw} {call_id}".encode("utf-8", "surrogatepass")
    return int(hashlib.blake2b(data, key=seed, digest_size=8).hexdigest(), 16)


def drawn(ratio: Ratio, number: int) -> str:
    """Return whose lot a number picks from an urn with a lot for each unit of weight."""
    urn = [name for name, weight in ratio for _ in range(weight)]
    return urn[number % len(urn)]


def by_lot(ratio: Ratio, key: str, call_id: str) -> list[str]:
    """Draw until the urn is empty, taking out all lots of who was drawn."""
    left = [pair for pair in ratio if pair[1] > 0]
    order: list[str] = []
    while left:
        order.append(drawn(left, lot(ratio, key, call_id, len(order))))
        left = [pair for pair in left if pair[0] != order[-1]]
    return order


def followed(ratio: Ratio, first: str) -> list[str]:
    """Go round the written order once, beginning with the first, past those of weight 0."""
    names = [name for name, weight in ratio if weight > 0]
    place = names.index(first)
    return names[place:] + names[:place]


def hashed(ratio: Ratio, policy: str, key: str, call_id: str) -> list[str]:
    """Return who is tried for a call, drawn by the hash of its id."""
    if policy == "renormalise":
        return by_lot(ratio, key, call_id)
    first = drawn(ratio, lot(ratio, key, call_id, 0))
    return [first] if policy == "busy" else followed(ratio, first)


def turns(ratio: Ratio, calls: int) -> list[str]:
    """Return whose turn each of some calls is, the first call first."""
    shares = {
        name: Fraction(weight, sum(weight for _, weight in ratio))
        for name, weight in ratio
        if weight > 0
    }
    slack = Fraction(1, 2 * len(shares) - 2) if len(shares) > 1 else Fraction(1)
    history: list[str] = []
    for call in range(1, calls + 1):
        due = [
            name
            for name, share in shares.items()
            if call * share - history.count(name) >= slack
        ]
        history.append(
            min(due, key=lambda name: (history.count(name) + 1 - slack) / shares[name])
        )
    return history


def by_turns(ratio: Ratio, policy: str, call: int) -> list[str]:
    """Return who is tried for a call by its number, from 0; every period is like the first.

    To renormalise, the nth turn of who cannot take it in a period is the nth turn among
    the others, and so on among those that are left.
    """
    place = call % sum(weight for _, weight in ratio)
    first = turns(ratio, place + 1)[place]
    if policy == "busy":
        return [first]
    if policy == "next":
        return followed(ratio, first)
    left, order = ratio, [first]
    while True:
        place = turns(left, place + 1)[:place].count(order[-1])
        left = [pair for pair in left if pair[0] != order[-1]]
        total = sum(weight for _, weight in left)
        if not total:
            return order
        place %= total
        order.append(turns(left, place + 1)[place])
