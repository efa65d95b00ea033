"""Printing answers and complaints.

Here: text or JSON on standard output, pictures in files, one line for each complaint on
standard error, and the exit codes. Not here: what an answer is.
"""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any, Final

from cloudpbx._documents import write_json
from cloudpbx._values import shown
from cloudpbx.errors import InvalidValueError

__all__ = ["ANSWERED", "FOUND", "WRONG_INPUT", "complain", "print_answer", "reason_of", "write"]

ANSWERED: Final = 0
FOUND: Final = 1
WRONG_INPUT: Final = 2


def print_answer(given: Namespace, data: dict[str, Any], text: str) -> None:
    """Print an answer as JSON when that is asked for, or else as text."""
    if given.json:
        # Where only some characters can be written, JSON has a way to spell the others.
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        is_unicode = encoding.casefold().startswith("utf")
        text = write_json(data, ascii_only=not is_unicode).rstrip("\n")
    print(text)


def complain(line: str) -> None:
    """Say what is wrong."""
    print(f"cloudpbx: {line}", file=sys.stderr)


def write(path: str, text: str) -> None:
    """Write a file.

    Raises:
        InvalidValueError: it cannot be written.
    """
    try:
        Path(path).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        msg = f"{shown(path)} cannot be written: {reason_of(error)}"
        raise InvalidValueError(msg) from None


def reason_of(error: Exception) -> str:
    """Return why something failed, without what failed."""
    return str(getattr(error, "strerror", None) or error).lower()
