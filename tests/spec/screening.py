"""Which callers pass, read as naively as can be, for numbers of Japan.

Here: the numbered list of `Screening`, one rule after the other, on texts. Not here: the
library; nothing of it is used.
"""

from typing import NamedTuple

MOBILE = ("+8160", "+8170", "+8180", "+8190")


class Rules(NamedTuple):
    """Hold the entries of a screening as they are written."""

    accepted: tuple[str, ...]
    refused: tuple[str, ...]
    kinds: frozenset[str]
    allowed: tuple[str, ...]
    blocked: tuple[str, ...]


class Caller(NamedTuple):
    """Hold who calls: a number or none, its kind, and the area that the network told."""

    number: str
    kind: str
    area: str


def one_spelling(text: str) -> str:
    """Write a number, or the beginning of one, with its country code if it has one."""
    if text.startswith("+"):
        return text
    if text.startswith("010"):
        return "+" + text[3:]
    if text.startswith("00"):
        return "+" + text[2:]
    if text.startswith("0"):
        return "+81" + text[1:]
    return text


def kind_of(number: str) -> str:
    """Return the kind that a number of the usual plan tells."""
    if not number.startswith("+81"):
        return "abroad"
    if number.startswith("+8150"):
        return "ip_phone"
    if number.startswith(MOBILE):
        return "mobile"
    return "unknown" if number.startswith("+81120") else "fixed"


def kinds_of(caller: Caller) -> set[str]:
    """Return the kind of a caller, and that the number is withheld where it could be shown."""
    if not caller.number and caller.kind in {"fixed", "mobile", "ip_phone"}:
        return {caller.kind, "withheld"}
    return {caller.kind}


def fits(entry: str, number: str) -> bool:
    """Say whether an entry of a list fits a number."""
    if not number:
        return False
    if entry == "*":
        return True
    if entry.endswith("*"):
        return number.startswith(one_spelling(entry[:-1]))
    return number == one_spelling(entry)


def fineness(entry: str) -> tuple[bool, int]:
    """Order the entries of the lists: whole numbers first, then longer beginnings."""
    whole = not entry.endswith("*")
    return whole, 0 if entry == "*" else len(one_spelling(entry.rstrip("*")))


def finest_list(rules: Rules, number: str) -> str:
    """Return on which list the finest entry stands that fits: rule 1, and rule 4."""
    fitting = [(fineness(entry), "allowed") for entry in rules.allowed if fits(entry, number)]
    fitting += [(fineness(entry), "blocked") for entry in rules.blocked if fits(entry, number)]
    return max(fitting)[1] if fitting else "neither"


def area_passes(rules: Rules, caller: Caller) -> bool:
    """Say whether the area of a caller is accepted: rule 2."""
    accepted = {one_spelling(area) for area in rules.accepted}
    refused = {one_spelling(area) for area in rules.refused}
    counting = {
        area
        for area in accepted
        if not any(finer != area and finer.startswith(area) for finer in accepted)
    }
    told = one_spelling(caller.area)
    number = caller.number if caller.number.startswith("+") else ""
    fitting = [
        (len(area), text == told, area in counting)
        for text in (told, number)
        for area in counting | refused
        if text and text.startswith(area)
    ]
    if fitting:
        *_, passes = max(fitting)
        return passes
    return not accepted


def refusals(rules: Rules, caller: Caller) -> list[str]:
    """Return the gates that refuse a caller, the first of which names the outcome."""
    listed = finest_list(rules, caller.number)
    if listed == "allowed":
        return []
    found = []
    if not area_passes(rules, caller):
        found.append("area")
    if kinds_of(caller) & rules.kinds:
        found.append("kind")
    if listed == "blocked":
        found.append("blocked")
    return found
