"""The command `week`.

Here: its arguments and its output. Not here: the week.
"""

from argparse import ArgumentParser, Namespace
from typing import Final

import cloudpbx
from cloudpbx._cli.answers import ANSWERED, print_answer, write
from cloudpbx._cli.arguments import day_of
from cloudpbx._cli.command import Command

__all__ = ["WEEK"]


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--number", required=True, metavar="NUMBER", help="one of the numbers")
    parser.add_argument(
        "--of", metavar="DATE", help="the week of a date; none: an ordinary week"
    )
    parser.add_argument("--svg", metavar="OUT", help="write the week as a picture too")


def _run(given: Namespace) -> int:
    schedule = cloudpbx.load(given.file).schedule_of(given.number)
    week = schedule.week(None if given.of is None else day_of(given.of))
    if given.svg is not None:
        write(given.svg, week.to_svg(given.lang))
    print_answer(given, week.to_dict(given.lang), week.to_text(given.lang))
    return ANSWERED


WEEK: Final = Command(
    name="week", purpose="draw the week of a number", add_arguments=_add_arguments, run=_run
)
