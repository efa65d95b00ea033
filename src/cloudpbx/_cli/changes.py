"""The command `next`.

Here: its arguments and its output. Not here: when a schedule changes.
"""

from argparse import ArgumentParser, Namespace
from typing import Final

import cloudpbx
from cloudpbx import texts
from cloudpbx._cli.answers import ANSWERED, print_answer
from cloudpbx._cli.arguments import moment_of
from cloudpbx._cli.command import Command

__all__ = ["NEXT"]


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--number", required=True, metavar="NUMBER", help="one of the numbers")
    parser.add_argument("--at", required=True, metavar="TIME", help="2026-11-24T10:00+09:00")


def _run(given: Namespace) -> int:
    tenant = cloudpbx.load(given.file)
    number = tenant.number_of(given.number)
    schedule = tenant.schedule_of(number)
    now = moment_of(given.at)
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
    print_answer(given, data, texts.say("phrase", code, given.lang, words))
    return ANSWERED


NEXT: Final = Command(
    name="next",
    purpose="say when a number changes what it does",
    add_arguments=_add_arguments,
    run=_run,
)
