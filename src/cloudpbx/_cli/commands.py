"""The commands of the command line.

Here: finding the command that is asked for, running it, and ending with a code. Not here:
the commands, each in a module of its own, or what their answers mean.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import Final, NoReturn

import cloudpbx
from cloudpbx import texts
from cloudpbx._cli.answers import ANSWERED, WRONG_INPUT, complain, reason_of
from cloudpbx._cli.changes import NEXT
from cloudpbx._cli.check import CHECK
from cloudpbx._cli.command import Command
from cloudpbx._cli.dial import DIAL
from cloudpbx._cli.flow import FLOW
from cloudpbx._cli.month import MONTH
from cloudpbx._cli.route import ROUTE
from cloudpbx._cli.week import WEEK
from cloudpbx._documents import printable
from cloudpbx.errors import CloudPBXError

__all__ = ["main"]

COMMANDS: Final = (ROUTE, DIAL, FLOW, WEEK, MONTH, CHECK, NEXT)


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
        complain(f"the answer cannot be written: {reason_of(error)}")
        return WRONG_INPUT
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        given = _parser().parse_args(arguments)
        run: Callable[[Namespace], int] = given.run
        return run(given)
    except SystemExit as ended:
        # The parser has said what there is to say.
        return int(ended.code or ANSWERED)
    except CloudPBXError as error:
        for line in str(error).splitlines():
            complain(line)
        return WRONG_INPUT


class _Parser(ArgumentParser):
    """Refuse wrong arguments in one line."""

    def error(self, message: str) -> NoReturn:
        """End the command; `--help` has the rest."""
        complain(printable(f"{message}: see `{self.prog} --help`"))
        self.exit(WRONG_INPUT)


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="python -m cloudpbx", description="Ask a tenant document.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=cloudpbx.__version__)
    parsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        _add(parsers.add_parser, command)
    return parser


def _add(make: Callable[..., ArgumentParser], command: Command) -> None:
    """Add a command with the arguments of every command and its own."""
    parser = make(
        command.name, help=command.purpose, description=command.purpose, allow_abbrev=False
    )
    parser.add_argument("file", metavar="FILE", help="a tenant document, TOML or JSON")
    parser.add_argument(
        "--lang", choices=texts.LANGUAGES, default="en", help="language of words"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)
