"""The command `check`.

Here: its output. Not here: what is checked.
"""

from argparse import ArgumentParser, Namespace
from typing import Final

import cloudpbx
from cloudpbx import texts
from cloudpbx._cli.answers import ANSWERED, FOUND, print_answer
from cloudpbx._cli.command import Command

__all__ = ["CHECK"]


def _add_arguments(_parser: ArgumentParser) -> None:
    """Add nothing to the arguments of every command."""


def _run(given: Namespace) -> int:
    findings = cloudpbx.load(given.file).check()
    text = "\n".join(finding.explain(given.lang) for finding in findings)
    text = text or texts.say("phrase", "findings.none", given.lang, {})
    data = {"findings": [finding.to_dict(given.lang) for finding in findings]}
    print_answer(given, data, text)
    return FOUND if findings else ANSWERED


CHECK: Final = Command(
    name="check",
    purpose="say what is wrong or doubtful",
    add_arguments=_add_arguments,
    run=_run,
)
