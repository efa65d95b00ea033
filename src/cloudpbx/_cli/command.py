"""A command as a value.

Here: what every command has. Not here: the commands themselves.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from attrs import frozen

__all__ = ["Command"]


@frozen(kw_only=True)
class Command:
    """Describe one command.

    Attributes:
        name: What the user writes.
        purpose: What it says, for `--help`.
        add_arguments: Adds the arguments of its own to a parser.
        run: Answers, and returns the exit code.
    """

    name: str
    purpose: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]
