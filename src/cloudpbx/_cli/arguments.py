"""Arguments as values.

Here: times, dates, months, lines, calls in use, reports and memories from the texts a user
writes, each refused in one line. Not here: which command has which.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from attrs import evolve, frozen

from cloudpbx._documents import parse, read_text
from cloudpbx._values import check_member, check_unique, nearest, shown
from cloudpbx.errors import DocumentError, InvalidValueError, UnknownReferenceError
from cloudpbx.routing import LegOutcome, LineState, Turns
from cloudpbx.tenant import Tenant

__all__ = [
    "Report",
    "day_of",
    "in_use_of",
    "lines_of",
    "moment_of",
    "month_of",
    "report_of",
    "turns_of",
]

_MONTH: Final = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_COUNT: Final = re.compile(r"\d{1,9}", re.ASCII)


@frozen
class Report:
    """Hold what a switch reports of a leg.

    Attributes:
        target: Whose leg it was.
        outcome: What came of it.
        second: When, after the call arrived; None for as soon as can be.
    """

    target: str
    outcome: LegOutcome
    second: int | None


def moment_of(text: str) -> datetime:
    """Return a time, which must have its offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        what = "is not a time" if moment is None else "does not say its offset from UTC"
        msg = f"{shown(text)} {what}: write `2026-11-24T10:00+09:00`"
        raise InvalidValueError(msg)
    return moment


def day_of(text: str) -> date:
    """Return a date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{shown(text)} is not a date: write `2026-11-24`"
        raise InvalidValueError(msg) from None


def month_of(text: str) -> tuple[int, int]:
    """Return a year and a month."""
    found = _MONTH.fullmatch(text)
    if found is None:
        msg = f"{shown(text)} is not a month: write `2026-11`"
        raise InvalidValueError(msg)
    return int(found[1]), int(found[2])


def lines_of(texts: Iterable[str], tenant: Tenant) -> dict[str, LineState]:
    """Return states of lines by extension."""
    lines = [_line(text, tenant) for text in texts]
    check_unique((extension for extension, _ in lines), what="the lines")
    return dict(lines)


def _line(text: str, tenant: Tenant) -> tuple[str, LineState]:
    extension, equals, state = text.partition("=")
    if not equals:
        msg = f"{shown(text)} has no state: write `1001=busy`"
        raise InvalidValueError(msg)
    known = [each.number for each in tenant.extensions]
    if extension not in known:
        fix = nearest(extension, known) if known else "the document has none"
        msg = f"{shown(extension)} is not an extension: {fix}"
        raise InvalidValueError(msg)
    return extension, check_member(state, LineState, what="a state of a line")


def in_use_of(texts: Iterable[str], to: str, tenant: Tenant) -> Mapping[str, int]:
    """Return how many calls numbers have, the called one where no other is named."""
    found = []
    for text in texts:
        number, equals, count = text.rpartition("=")
        if not _COUNT.fullmatch(count):
            msg = f"{shown(text)} is not a number of calls: write `3` or `03-1234-5678=3`"
            raise InvalidValueError(msg)
        if equals:
            number = tenant.number_of(number)
        else:
            number = to
            with suppress(UnknownReferenceError):
                number = tenant.number_of(to)
        found.append((number, int(count)))
    check_unique((number for number, _ in found), what="the numbers in use")
    return dict(found)


def report_of(text: str) -> Report:
    """Return what came of a leg."""
    target, equals, rest = text.partition("=")
    if not equals:
        msg = f"{shown(text)} has no outcome: write `1001=busy` or `1001=no_answer@20`"
        raise InvalidValueError(msg)
    word, at, second = rest.partition("@")
    if at and not _COUNT.fullmatch(second):
        msg = f"{shown(second)} is not a second after the call arrived: write `1001=busy@5`"
        raise InvalidValueError(msg)
    outcome = check_member(word, LegOutcome, what="an outcome of a leg")
    return Report(target, outcome, int(second) if at else None)


def turns_of(path: str) -> Turns:
    """Return what was remembered in a file.

    Raises:
        DocumentError: the file cannot be read, or something in it cannot be.
    """
    data = parse(read_text(path), kind="json", source=path)
    # The answer of `route` has them under a key.
    kept = data.get("turns", data)
    try:
        return Turns.from_dict(kept)
    except DocumentError as error:
        raise DocumentError(
            tuple(evolve(each, source=path) for each in error.problems)
        ) from None
