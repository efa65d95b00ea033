"""The lines of an Asterisk dialplan that decide by time.

Here: finding those lines in a text, and their parts. Not here: what their times mean
(`specs`), and which of them wins (`dialect`).
"""

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from cloudpbx._values import shown
from cloudpbx.errors import DocumentError, Problem
from cloudpbx.routing.asterisk.specs import TimeSpec, read_times

__all__ = ["Report", "TimedLine", "branches_of", "timed_lines"]

_APPLICATIONS: Final = ("gotoiftime", "execiftime")
_FUNCTION: Final = "iftime("
_ASSIGNMENT: Final = re.compile(r"([^=?(,|\[]+)=>?(.*)", re.DOTALL)
_CONTEXT: Final = re.compile(r"\[([^\]]*)\]")
_WORD: Final = re.compile(r"\w+", re.ASCII)
_ARGUMENTS: Final = re.compile(r"\s*\((.*)\)[^)]*", re.DOTALL)
_BRANCH: Final = re.compile(r"(?:\$\{[^{}]*\}|[^:])*", re.DOTALL)
_COMMENT: Final = re.compile(r"\\;|;--(?!-)|;")
_COMMENTED: Final = re.compile(r";--(?!-)|--;")


@frozen(kw_only=True)
class TimedLine:
    """Hold a line that decides by time.

    Attributes:
        place: Its row, the first being 1.
        home: The list of lines it belongs to: a context and an extension; empty for a line
            that stands alone.
        times: When it matches.
        label: Where a call goes when it matches; empty when it goes on to the next line.
        negative: Where a call goes when it does not; empty when it goes on.
    """

    place: int
    home: str
    times: TimeSpec
    label: str
    negative: str = ""


class Report:
    """Collect what is wrong with a text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[tuple[int, Problem]] = []

    def add(self, place: int, message: str) -> None:
        """Note a problem of a row."""
        self.found.append(
            (place, Problem(path=f"row {place}", message=message, source=self.source))
        )

    def close(self) -> None:
        """Raise what was found, in the order of the text."""
        if self.found:
            self.found.sort(key=lambda each: each[0])
            raise DocumentError(tuple(problem for _, problem in self.found))


def timed_lines(text: str, report: Report) -> Iterator[TimedLine]:
    """Yield the lines of a text that decide by time, in their order.

    Lines that decide by time but cannot be read are reported.
    """
    reader = _Reader()
    for place, line in _lines(text):
        try:
            found = reader.read(place, line)
        except _UnreadableError as error:
            report.add(place, str(error))
        else:
            if found is not None:
                yield found


class _UnreadableError(Exception):
    """Say why a line that decides by time cannot be read."""


class _Reader:
    """Read lines, knowing the context and the extension that they stand in."""

    def __init__(self) -> None:
        self.context = ""
        self.extension = "an extension"

    def read(self, place: int, line: str) -> TimedLine | None:
        """Return a line that decides by time, None for any other."""
        if header := _CONTEXT.match(line):
            self.context, self.extension = header[1], "an extension"
            return None
        assignment = _ASSIGNMENT.match(line)
        key, value = assignment.groups() if assignment else ("", line)
        match key.strip().casefold():
            case "include":
                return _read_include(place, self._home("the includes"), value.strip())
            case "exten":
                name, _, value = value.partition(",")
                self.extension = f"extension {name.strip()}"
                return _read_step(place, self._home(self.extension), value)
            case "same":
                return _read_step(place, self._home(self.extension), value)
            case "":
                return None if line.startswith("#") else _read_alone(place, line)
            case _:
                return None

    def _home(self, name: str) -> str:
        return f"{name} of [{self.context}]" if self.context else name


def _lines(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield lines that have something in them, without comments, with their places.

    A comment runs from `;` to the end of its line, or from `;--` to `--;`, over lines and
    one within another; `\;` is no comment.
    """
    depth = 0
    for place, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        kept: list[str] = []
        position = 0
        while mark := (_COMMENTED if depth else _COMMENT).search(line, position):
            if not depth:
                kept.append(line[position : mark.start()])
            position = mark.end()
            if mark[0] == ";--":
                depth += 1
            elif mark[0] == "--;":
                depth -= 1
            elif mark[0] == ";":
                position = len(line)
            else:
                kept.append(";")
        if not depth:
            kept.append(line[position:])
        if joined := "".join(kept).strip():
            yield place, joined


def _read_step(place: int, home: str, value: str) -> TimedLine | None:
    """Read a priority and its application."""
    return _read_application(place, home, value.partition(",")[2])


def _read_alone(place: int, line: str) -> TimedLine | None:
    """Read an application, or times and a label, that stand without a priority."""
    if (word := _WORD.match(line)) and word[0].casefold() in _APPLICATIONS:
        return _read_application(place, "", line)
    if "?" not in line:
        fix = "write `times,weekdays,days,months?label`"
        msg = f"{shown(line)} is no line of a dialplan: {fix}"
        raise _UnreadableError(msg)
    return _read_branches(place, "", line)


def _read_application(place: int, home: str, text: str) -> TimedLine | None:
    text = text.strip()
    word = _WORD.match(text)
    name = word[0].casefold() if word else ""
    if name not in _APPLICATIONS:
        if _FUNCTION in text.casefold():
            fix = "write it as `GotoIfTime(times?label)`"
            msg = f"{shown(text)} decides by time within something else: {fix}"
            raise _UnreadableError(msg)
        return None
    arguments = _ARGUMENTS.fullmatch(text[len(name) :])
    if arguments is None:
        msg = f"{shown(text)} has no times in brackets: write `GotoIfTime(times?label)`"
        raise _UnreadableError(msg)
    if name == _APPLICATIONS[0]:
        return _read_branches(place, home, arguments[1])
    times, _, application = arguments[1].partition("?")
    return _line(place, home, times, (application.strip(), ""))


def _read_branches(place: int, home: str, arguments: str) -> TimedLine:
    times, _, branches = arguments.partition("?")
    return _line(place, home, times, branches_of(branches))


def branches_of(text: str) -> tuple[str, str]:
    """Part the label for a match from that for none; a variable may hold a colon.

    >>> branches_of("open,${EXTEN:2},1:closed,s,1")
    ('open,${EXTEN:2},1', 'closed,s,1')
    """
    match = _BRANCH.match(text)
    end = match.end() if match else 0
    return text[:end].strip(), text[end + 1 :].strip()


def _read_include(place: int, home: str, value: str) -> TimedLine:
    name, *times = re.split(r"[,|]", value, maxsplit=1)
    if not name.strip():
        msg = f"{shown(value)} names no context: write `include => context,times`"
        raise _UnreadableError(msg)
    # An include without times always holds.
    return _line(place, home, "".join(times).strip() or "*", (name.strip(), ""))


def _line(place: int, home: str, times: str, branches: tuple[str, str]) -> TimedLine:
    label, negative = branches
    if "${" in times or "$[" in times:
        msg = f"{shown(times)} holds a variable, which only a call has: write the times out"
        raise _UnreadableError(msg)
    if not label and not negative:
        msg = f"{shown(times)} leads nowhere: write `?` and a label after the times"
        raise _UnreadableError(msg)
    return TimedLine(
        place=place, home=home, times=read_times(times), label=label, negative=negative
    )
