"""Where a text of OpenStreetMap's `dialect` is, and what is wrong there.

Here: its tokens, a cursor over those of one rule, and the words for what cannot stand where
it does. Not here: what tokens mean together (`terms`).
"""

import re
from calendar import month_name
from typing import Final, NamedTuple, NoReturn

from attrs import define

from cloudpbx._values import nearest, shown
from cloudpbx.errors import Problem

__all__ = ["MONTHS", "STATES", "WEEKDAYS", "Cursor", "RefusedError", "Token", "tokens_of"]

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


class Token(NamedTuple):
    """Hold a piece of a text, and where it stands: its first character, counted from 1."""

    kind: str
    text: str
    place: int


class RefusedError(Exception):
    """Say what is refused, and where."""

    def __init__(self, token: Token, message: str) -> None:
        super().__init__(message)
        self.problem: Problem = Problem(
            path=f"character {token.place}", message=f"{shown(token.text)} {message}"
        )


_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    | (?P<comment>"[^"]*")
    | (?P<always>24/7)(?![\d:])
    | (?P<clock>\d{1,2}:\d{2})(?!\d)
    | (?P<odd>\d{1,2}\.\d{2}|\d{1,4}(?:\.|:\d{2})?\s?[ap]\.?m\b\.?)
    | (?P<number>\d+)
    | (?P<word>[^\W\d_]+)
    | (?P<mark>\|\||[;,:+/()\[\]-])
    | (?P<other>.)""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
STATES: Final = ("open", "closed", "off", "unknown")
_WORDS: Final = (*WEEKDAYS, *MONTHS, "PH", *STATES)
_FULL_NAMES: Final = {
    **dict.fromkeys(("mon", "monday"), "Mo"),
    **dict.fromkeys(("tue", "tues", "tuesday"), "Tu"),
    **dict.fromkeys(("wed", "wednesday"), "We"),
    **dict.fromkeys(("thu", "thur", "thurs", "thursday"), "Th"),
    **dict.fromkeys(("fri", "friday"), "Fr"),
    **dict.fromkeys(("sat", "saturday"), "Sa"),
    **dict.fromkeys(("sun", "sunday"), "Su"),
    **{name.casefold(): name[:3] for name in month_name[1:]},
    "sept": "Sep",
    "holiday": "PH",
    "holidays": "PH",
    "daily": "Mo-Su",
    "weekdays": "Mo-Fr",
    "weekend": "Sa,Su",
    "weekends": "Sa,Su",
    "to": "-",
    "and": ",",
}
"""Words that people write, and what the notation has for them."""

_REFUSED_WORDS: Final = {
    **dict.fromkeys(
        ("sunrise", "sunset", "dawn", "dusk"),
        "is another time every day: write a time, as `07:00`",
    ),
    "easter": "is another date every year: write its dates, as `2027 Mar 28`",
    "week": "counts the weeks of a year, which a schedule cannot: write the dates",
    "SH": "is for school holidays, which a schedule does not know: write their dates",
    "unknown": "is neither open nor closed: write `open` or `off`",
}
_TIMES: Final = "is not understood here: write times as `09:00-17:00`"
_ODD: Final = "is not understood here: remove it"
_SAID_OF_KINDS: Final = {
    "clock": "stands in a second place: join times with commas",
    "comment": 'stands before what it is about: write it last, as `Mo off "stocktaking"`',
    "number": _TIMES,
    "odd": _TIMES,
    "always": "is every day and hour: write it alone, or as the first of the rules",
}
_SAID_OF_MARKS: Final = {
    **dict.fromkeys("‐‑‒–—―−〜～ー－", "is no hyphen: write `-`"),
    **dict.fromkeys("０１２３４５６７８９：；，　［］", "is full-width: write it half-width"),
    '"': "opens a comment that never ends: close it",
    "(": "begins a time that moves with the sun: write a time, as `07:00`",
    "+": "leaves an end open, or moves a day: write the days and times themselves",
    "-": "joins nothing here: write `Mo-Fr`, `Dec 24-26` or `09:00-17:00`",
    "/": "repeats a point in time: write the times during which it is open",
    ",": "joins nothing here: write `Mo,We` or `09:00-12:00,13:00-18:00`",
    ":": "stands alone: write times as `09:00-17:00`",
}


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text, spaces among them."""
    return [
        Token(match.lastgroup or "", match[0], match.start() + 1)
        for match in _TOKEN.finditer(text)
    ]


@define
class Cursor:
    """Go through tokens, the last of which marks the end."""

    tokens: list[Token]
    at: int = 0

    @property
    def token(self) -> Token:
        """Return what stands next."""
        return self.tokens[self.at]

    def peek(self, ahead: int = 1) -> Token:
        """Return what stands later; the end stands for all that comes after it."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def stands(self, kind: str, *texts: str) -> bool:
        """Say whether a kind of token stands next, one of some when they are given."""
        return self.token.kind == kind and (not texts or self.token.text in texts)

    def take(self) -> Token:
        """Return what stands next and go on."""
        token = self.token
        self.at += 1
        return token

    def skip(self, mark: str) -> bool:
        """Go on when a mark stands next, and say so."""
        found = self.stands("mark", mark)
        self.at += found
        return found

    def refuse(self, message: str, token: Token | None = None) -> NoReturn:
        """Refuse a token, what stands next when left out."""
        token = token or self.token
        raise RefusedError(token, message)

    def unexpected(self) -> NoReturn:
        """Refuse a token that cannot stand where it does."""
        token = self.token
        if token.kind == "end" and token.text:
            self.refuse("stands where a rule is missing: write one, as `Mo 09:00-17:00`")
        if token.kind == "end":
            self.refuse("ends the text too early: write a rule to its end, as `Mo 09:00-17:00`")
        if token.kind == "word":
            self.refuse(_said_of(token.text))
        self.refuse(_SAID_OF_KINDS.get(token.kind) or _SAID_OF_MARKS.get(token.text, _ODD))


def _said_of(word: str) -> str:
    """Say what is meant by a word that cannot stand where it does."""
    if word in _REFUSED_WORDS:
        return _REFUSED_WORDS[word]
    if word in _WORDS:
        return "stands in the wrong place: write dates, weekdays, times, then `open` or `off`"
    plain, words = word.casefold(), {each.casefold(): each for each in _WORDS}
    if plain in words or plain in _FULL_NAMES:
        fix = f"write `{words.get(plain) or _FULL_NAMES[plain]}`"
    else:
        fix = re.sub("`(.+?)`", lambda each: f"`{words[each[1]]}`", nearest(plain, words))
    return f"is not a word of the notation: {fix}"
