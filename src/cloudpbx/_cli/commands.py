"""The commands of the command line.

Here: each command's arguments and output. Not here: what the answers mean.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, NoReturn

import cloudpbx
from cloudpbx import texts
from cloudpbx._documents import printable, write_json
from cloudpbx._values import check_unique, nearest, shown
from cloudpbx.errors import CloudPBXError, InvalidValueError
from cloudpbx.routing import Call, LineState
from cloudpbx.tenant import Tenant

__all__ = ["main"]

ANSWERED: Final = 0
FOUND: Final = 1
WRONG_INPUT: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal without Japanese must not end the command.
            stream.reconfigure(errors="replace")
    try:
        code = _run(arguments)
        print(end="", flush=True)
    except OSError as error:
        # What is left to write would be tried again, and complained about, at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            # The reader, as `head`, has seen enough.
            return ANSWERED
        _complain(f"the answer cannot be written: {_reason(error)}")
        return WRONG_INPUT
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        given = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = given.run
        return run(given)
    except SystemExit as ended:
        # The parser has said what there is to say.
        return int(ended.code or ANSWERED)
    except CloudPBXError as error:
        for line in str(error).splitlines():
            _complain(line)
        return WRONG_INPUT


def _complain(line: str) -> None:
    print(f"cloudpbx: {line}", file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    """Refuse wrong arguments in one line."""

    def error(self, message: str) -> NoReturn:
        """End the command; `--help` has the rest."""
        line = f"{message}: see `{self.prog} --help`"
        _complain(printable(line))
        self.exit(WRONG_INPUT)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m cloudpbx", description="Ask a tenant document.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=cloudpbx.__version__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    route = _command(commands, _route, "route", "say what a call rings, and why")
    route.add_argument("--to", required=True, metavar="NUMBER", help="the called number")
    route.add_argument(
        "--from", dest="caller", default="", metavar="NUMBER", help="the caller; none: withheld"
    )
    route.add_argument("--at", required=True, metavar="TIME", help="2026-11-24T10:00+09:00")
    route.add_argument(
        "--line",
        action="append",
        default=[],
        metavar="EXTENSION=STATE",
        help="a line that is busy or offline; may stand several times",
    )
    route.add_argument("--svg", metavar="OUT", help="write the ring plan as a picture too")

    week = _command(commands, _week, "week", "draw the week of a number")
    week.add_argument("--number", required=True, metavar="NUMBER", help="one of the numbers")
    week.add_argument("--of", metavar="DATE", help="the week of a date; none: an ordinary week")
    week.add_argument("--svg", metavar="OUT", help="write the week as a picture too")

    _command(commands, _check, "check", "say what is wrong or doubtful")

    following = _command(commands, _next, "next", "say when a number changes what it does")
    following.add_argument(
        "--number", required=True, metavar="NUMBER", help="one of the numbers"
    )
    following.add_argument("--at", required=True, metavar="TIME", help="2026-11-24T10:00+09:00")
    return parser


def _command(
    commands: "argparse._SubParsersAction[_Parser]",
    run: Callable[[argparse.Namespace], int],
    name: str,
    purpose: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=purpose, description=purpose, allow_abbrev=False)
    command.add_argument("file", metavar="FILE", help="a tenant document, TOML or JSON")
    command.add_argument(
        "--lang", choices=texts.LANGUAGES, default="en", help="language of words"
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=run)
    return command


def _route(given: argparse.Namespace) -> int:
    tenant = cloudpbx.load(given.file)
    call = Call(to=given.to, caller=given.caller, at=_moment(given.at))
    lines = [_line(text, tenant) for text in given.line]
    check_unique((extension for extension, _ in lines), what="the lines")
    route = tenant.router().route(call, dict(lines))
    if given.svg is not None:
        _write(given.svg, route.to_svg(given.lang))
    _print(given, route.to_dict(given.lang), route.explain(given.lang))
    return ANSWERED if route.outcome.reached else FOUND


def _week(given: argparse.Namespace) -> int:
    schedule = cloudpbx.load(given.file).schedule_of(given.number)
    week = schedule.week(None if given.of is None else _day(given.of))
    if given.svg is not None:
        _write(given.svg, week.to_svg(given.lang))
    _print(given, week.to_dict(given.lang), week.to_text(given.lang))
    return ANSWERED


def _check(given: argparse.Namespace) -> int:
    findings = cloudpbx.load(given.file).check()
    text = "\n".join(finding.explain(given.lang) for finding in findings)
    text = text or texts.say("phrase", "findings.none", given.lang, {})
    _print(given, {"findings": [finding.to_dict(given.lang) for finding in findings]}, text)
    return FOUND if findings else ANSWERED


def _next(given: argparse.Namespace) -> int:
    tenant = cloudpbx.load(given.file)
    number = tenant.number_of(given.number)
    schedule = tenant.schedule_of(number)
    now = _moment(given.at)
    change = schedule.next_change(now)
    values = [schedule.at(now), None if change is None else schedule.at(change)]
    none = texts.say("phrase", "nothing.answers", given.lang, {})
    value, then = (
        none if each is None else texts.words_of(each, given.lang) for each in values
    )
    data = {
        "number": number,
        "at": now.isoformat(),
        "value": texts.data_of(values[0]),
        "text": value,
        "next_change": None if change is None else change.isoformat(),
        "then": texts.data_of(values[1]),
        "then_text": then if change else None,
    }
    words = {
        "value": value,
        "then": then,
        "change": change.isoformat(sep=" ") if change else "",
    }
    code = "next.never" if change is None else "next.change"
    _print(given, data, texts.say("phrase", code, given.lang, words))
    return ANSWERED


def _print(given: argparse.Namespace, data: dict[str, object], text: str) -> None:
    if given.json:
        # Where only some characters can be written, JSON has a way to spell the others.
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        is_unicode = encoding.casefold().startswith("utf")
        text = write_json(data, ascii_only=not is_unicode).rstrip("\n")
    print(text)


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        msg = f"{shown(path)} cannot be written: {_reason(error)}"
        raise InvalidValueError(msg) from None


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).lower()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        what = "is not a time" if moment is None else "does not say its offset from UTC"
        msg = f"{shown(text)} {what}: write `2026-11-24T10:00+09:00`"
        raise InvalidValueError(msg)
    return moment


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{shown(text)} is not a date: write `2026-11-24`"
        raise InvalidValueError(msg) from None


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
    try:
        return extension, LineState(state)
    except ValueError:
        msg = f"{shown(state)} is not a state of a line: {nearest(state, LineState)}"
        raise InvalidValueError(msg) from None
