"""The notation of OpenStreetMap's `dialect`, read into terms.

Here: the rules as they stand in a text, and all that is wrong with it. Not here: their days
and times (`selectors`), what the rules come to together
(`layers`), or our own schedules (`dialect`).
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum, unique
from typing import Final

from attrs import frozen

from cloudpbx.errors import DocumentError, Problem
from cloudpbx.routing.opening_hours.boxes import EVERY_DAY, Box
from cloudpbx.routing.opening_hours.selectors import Part, read_days, read_times
from cloudpbx.routing.opening_hours.tokens import (
    STATES,
    Cursor,
    RefusedError,
    Token,
    tokens_of,
)

__all__ = ["Join", "Term", "read_terms"]

_SEPARATORS: Final = (";", "||")


@unique
class Join(StrEnum):
    """Name how a rule goes with those before it."""

    NORMAL = ";"
    ADDITIONAL = ","
    FALLBACK = "||"


@frozen(kw_only=True)
class Term:
    """Hold one rule as it stands in a text.

    Attributes:
        place: Its first character, counted from 1.
        text: The rule itself, on one line.
        join: How it goes with those before it.
        boxes: Its days.
        parts: Its times, up to 2880 minutes; none at all is the whole day.
        is_open: Whether it opens or closes.
        comment: What stands in quotation marks.
    """

    place: int
    text: str
    join: Join
    boxes: tuple[Box, ...]
    parts: tuple[Part, ...]
    is_open: bool
    comment: str

    @property
    def closes_days(self) -> bool:
        """Say whether it closes whole days."""
        return not self.is_open and not self.parts and self.join is not Join.FALLBACK

    @property
    def overrides(self) -> bool:
        """Say whether nothing of the rules before it is left on its days."""
        return self.closes_days or (self.is_open and self.join is Join.NORMAL)


def read_terms(text: str) -> tuple[Term, ...]:
    """Read a text into its rules, in their order.

    Raises:
        DocumentError: something is not of the notation, or is refused; the first such thing
            between two separators is named with its place.
    """
    terms: list[Term] = []
    problems: list[Problem] = []
    for join, chunk in _chunks(tokens_of(text)):
        try:
            terms += _read_rules(text, Cursor(chunk), join)
        except RefusedError as error:
            problems.append(error.problem)
    if problems:
        raise DocumentError(tuple(problems))
    return tuple(terms)


def _chunks(tokens: Sequence[Token]) -> Iterator[tuple[Join, list[Token]]]:
    """Yield what stands between separators, without spaces; `;` at the end is let go."""
    join = Join.NORMAL
    chunk: list[Token] = []
    for token in tokens:
        if token.kind == "mark" and token.text in _SEPARATORS:
            yield join, [*chunk, Token("end", token.text, token.place)]
            join, chunk = Join(token.text), []
        elif token.kind != "space":
            chunk.append(token)
    end = Token("end", "", 1 + sum(len(token.text) for token in tokens))
    if chunk or join is not Join.NORMAL or all(token.kind == "space" for token in tokens):
        yield join, [*chunk, end]


def _read_rules(text: str, cursor: Cursor, join: Join) -> Iterator[Term]:
    yield _read_rule(text, cursor, join)
    while cursor.stands("mark", ","):
        last = cursor.peek(-1)
        if last.kind not in {"clock", "comment", "always"} and last.text not in STATES:
            cursor.refuse("joins a rule to one without times: write its times, or `;`")
        cursor.take()
        yield _read_rule(text, cursor, Join.ADDITIONAL)
    if cursor.token.kind != "end":
        cursor.unexpected()


def _read_rule(text: str, cursor: Cursor, join: Join) -> Term:
    """Read days, times, and whether they open: each may be left out, but not all."""
    first = cursor.token
    boxes: Sequence[Box] = (EVERY_DAY,)
    parts: list[Part] = []
    if cursor.stands("always"):
        cursor.take()
    else:
        boxes = read_days(cursor)
        parts = read_times(cursor)
    if cursor.stands("word", "unknown"):
        cursor.unexpected()
    state = cursor.take().text if cursor.stands("word", *STATES) else ""
    comment = _read_comment(cursor, state)
    if cursor.token is first:
        cursor.unexpected()
    last = cursor.peek(-1)
    return Term(
        place=first.place,
        text=" ".join(text[first.place - 1 : last.place - 1 + len(last.text)].split()),
        join=join,
        boxes=tuple(boxes),
        parts=tuple(parts),
        is_open=state in {"", "open"},
        comment=comment,
    )


def _read_comment(cursor: Cursor, state: str) -> str:
    if not cursor.stands("comment"):
        return ""
    quoted = cursor.token.text
    if not state:
        cursor.refuse(f"alone says neither open nor closed: write `open {quoted}`")
    if not quoted.replace("\u3000", " ").isprintable():
        cursor.refuse("has a control character: a comment is one line of text")
    return cursor.take().text.strip('"')
