"""The command `dial`.

Here: its arguments and its output. Not here: what may be dialled.
"""

from argparse import ArgumentParser, Namespace
from typing import Final

import cloudpbx
from cloudpbx._cli.answers import ANSWERED, FOUND, print_answer
from cloudpbx._cli.arguments import lines_of, moment_of
from cloudpbx._cli.command import Command

__all__ = ["DIAL"]


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="extension", required=True, metavar="EXTENSION", help="who dials"
    )
    parser.add_argument("--to", required=True, metavar="TEXT", help="what is dialled")
    parser.add_argument("--at", required=True, metavar="TIME", help="2026-11-24T10:00+09:00")
    parser.add_argument(
        "--line",
        action="append",
        default=[],
        metavar="EXTENSION=STATE",
        help="a line that is busy, offline or on do_not_disturb; may stand several times",
    )
    parser.add_argument(
        "--caller-id", metavar="NUMBER", help="the number to show; empty: none of them"
    )


def _run(given: Namespace) -> int:
    tenant = cloudpbx.load(given.file)
    call = tenant.router().dial(
        given.extension,
        given.to,
        at=moment_of(given.at),
        lines=lines_of(given.line, tenant),
        caller_id=given.caller_id,
    )
    print_answer(given, call.to_dict(given.lang), call.explain(given.lang))
    is_reached = call.plan is None or call.plan.outcome.reached
    return ANSWERED if call.allowed and is_reached else FOUND


DIAL: Final = Command(
    name="dial",
    purpose="say whether an extension may dial something, and what a switch does then",
    add_arguments=_add_arguments,
    run=_run,
)
