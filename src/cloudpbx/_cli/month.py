"""The command `month`.

Here: its arguments and its output. Not here: the month.
"""

from argparse import ArgumentParser, Namespace
from typing import Any, Final

import cloudpbx
from cloudpbx._cli.answers import ANSWERED, print_answer, write
from cloudpbx._cli.arguments import month_of
from cloudpbx._cli.command import Command
from cloudpbx._values import nearest, shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Schedule
from cloudpbx.tenant import Tenant

__all__ = ["MONTH"]


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("month", metavar="MONTH", help="a month, as 2026-11")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--number", metavar="NUMBER", help="one of the numbers")
    whose.add_argument("--schedule", metavar="NAME", help="one of the schedules they share")
    parser.add_argument("--svg", metavar="OUT", help="write the month as a picture too")


def _run(given: Namespace) -> int:
    tenant = cloudpbx.load(given.file)
    schedule: Schedule[Any]
    if given.schedule is None:
        schedule = tenant.schedule_of(given.number)
    else:
        schedule = _shared(given.schedule, tenant)
    month = schedule.month(*month_of(given.month))
    if given.svg is not None:
        write(given.svg, month.to_svg(given.lang))
    print_answer(given, month.to_dict(given.lang), month.to_text(given.lang))
    return ANSWERED


def _shared(name: str, tenant: Tenant) -> Schedule[str]:
    if name not in tenant.schedules:
        fix = nearest(name, tenant.schedules) if tenant.schedules else "the document has none"
        msg = f"{shown(name)} is not a schedule: {fix}"
        raise InvalidValueError(msg)
    return tenant.schedules[name]


MONTH: Final = Command(
    name="month",
    purpose="draw a month of a number, with the rules that own each day",
    add_arguments=_add_arguments,
    run=_run,
)
