"""The command `route`.

Here: its arguments and its output. Not here: what becomes of a call.
"""

from argparse import ArgumentParser, Namespace
from typing import Final

import cloudpbx
from cloudpbx._cli.answers import ANSWERED, FOUND, print_answer, write
from cloudpbx._cli.arguments import in_use_of, lines_of, moment_of, report_of, turns_of
from cloudpbx._cli.command import Command
from cloudpbx.routing import Call, Turns

__all__ = ["ROUTE"]


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="NUMBER", help="the called number")
    parser.add_argument(
        "--from", dest="caller", default="", metavar="NUMBER", help="the caller; none: withheld"
    )
    parser.add_argument("--at", required=True, metavar="TIME", help="2026-11-24T10:00+09:00")
    parser.add_argument("--kind", metavar="KIND", help="the caller's terminal, as `mobile`")
    parser.add_argument(
        "--area", default="", metavar="CODE", help="the caller's area, as the network tells it"
    )
    parser.add_argument(
        "--call-id", default="", metavar="TEXT", help="the switch's own name of the call"
    )
    parser.add_argument(
        "--line",
        action="append",
        default=[],
        metavar="EXTENSION=STATE",
        help="a line that is busy, offline or on do_not_disturb; may stand several times",
    )
    parser.add_argument(
        "--in-use",
        action="append",
        default=[],
        metavar="[NUMBER=]CALLS",
        help="calls that a number has, the called one when none is named; several times",
    )
    parser.add_argument(
        "--turns", metavar="FILE", help="what was remembered: `turns` of an answer in JSON"
    )
    parser.add_argument(
        "--after",
        action="append",
        default=[],
        metavar="TARGET=OUTCOME[@SECOND]",
        help="what came of a leg, as `1001=no_answer`; may stand several times",
    )
    parser.add_argument("--svg", metavar="OUT", help="write the ring plan as a picture too")


def _run(given: Namespace) -> int:
    tenant = cloudpbx.load(given.file)
    call = Call(
        to=given.to,
        caller=given.caller,
        at=moment_of(given.at),
        kind=given.kind,
        area=given.area,
        id=given.call_id,
    )
    lines = lines_of(given.line, tenant)
    in_use = in_use_of(given.in_use, given.to, tenant)
    turns = Turns() if given.turns is None else turns_of(given.turns)
    reports = [report_of(text) for text in given.after]
    route = tenant.router().route(call, lines, in_use=in_use, turns=turns)
    for report in reports:
        route = route.after(report.target, report.outcome, second=report.second)
    if given.svg is not None:
        write(given.svg, route.to_svg(given.lang))
    data = {**route.to_dict(given.lang), "turns": route.turns.to_dict()}
    print_answer(given, data, route.explain(given.lang))
    return ANSWERED if route.outcome.reached else FOUND


ROUTE: Final = Command(
    name="route",
    purpose="say what a call rings, and why",
    add_arguments=_add_arguments,
    run=_run,
)
