"""The command `flow`.

Here: its arguments and its output. Not here: the flow.
"""

from argparse import ArgumentParser, Namespace
from typing import Final

import cloudpbx
from cloudpbx._cli.answers import ANSWERED, print_answer, write
from cloudpbx._cli.command import Command

__all__ = ["FLOW"]


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--number", required=True, metavar="NUMBER", help="one of the numbers")
    parser.add_argument("--mermaid", action="store_true", help="write it as Mermaid has it")
    parser.add_argument("--svg", metavar="OUT", help="write the flow as a picture too")


def _run(given: Namespace) -> int:
    tenant = cloudpbx.load(given.file)
    flow = tenant.router().flow(tenant.number_of(given.number))
    if given.svg is not None:
        write(given.svg, flow.to_svg(given.lang))
    text = flow.to_mermaid(given.lang) if given.mermaid else flow.to_text(given.lang)
    print_answer(given, flow.to_dict(given.lang), text)
    return ANSWERED


FLOW: Final = Command(
    name="flow",
    purpose="draw everything that may become of the calls of a number",
    add_arguments=_add_arguments,
    run=_run,
)
