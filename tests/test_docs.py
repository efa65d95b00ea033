"""What README and docs show really happens.

Here: Python blocks, with or without prompts, and blocks that begin with
`$ python -m cloudpbx`. Not here: docstrings (`test_doctests`) and scripts
(`test_examples`).

The blocks of one document run in order and share their names, as a reader would run
them, in a folder with the examples.
"""

import doctest
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from sybil import Document, Example
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

from tests.project import ROOT, short

PROMPT: Final = "$ "
COMMAND: Final = "$ python -m cloudpbx"


def documents() -> tuple[Path, ...]:
    """Return README and every page of the docs, without what a build made of them."""
    pages = (path for path in (ROOT / "docs").rglob("*.md") if "_build" not in path.parts)
    return ROOT / "README.md", *sorted(pages)


def run_console(example: Example) -> str | None:
    """Run each command of a block and compare what it writes; `...` stands for anything."""
    text = str(example.parsed)
    if not text.startswith(COMMAND):
        return None
    for session in text.removeprefix(PROMPT).split(f"\n{PROMPT}"):
        command, _, expected = session.replace("\\\n", " ").partition("\n")
        words = shlex.split(command, comments=True)
        done = subprocess.run(
            [sys.executable, *words[1:]],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80"},
            check=False,
        )
        written = "\n".join(line.rstrip() for line in done.stdout.splitlines())
        if not doctest.OutputChecker().check_output(
            f"{expected.rstrip()}\n", f"{written.rstrip()}\n", doctest.ELLIPSIS
        ):
            return f"{command}\nexpected:\n{expected.rstrip()}\nwritten:\n{written.rstrip()}"
    return None


def parsed(path: Path) -> Document:
    """Return a document with its blocks."""
    return Document.parse(
        str(path),
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        CodeBlockParser("console", run_console),
    )


@pytest.mark.parametrize("path", documents(), ids=short)
@pytest.mark.usefixtures("workplace")
def test_blocks_of_a_document_do_what_they_show(path: Path) -> None:
    """Every block of a document does what it shows."""
    for example in parsed(path):
        example.evaluate()


def test_readme_shows_python() -> None:
    """README has blocks to run, so the test above is not empty."""
    assert list(parsed(ROOT / "README.md"))


def test_a_wrong_answer_in_a_document_is_found(tmp_path: Path) -> None:
    """A block that shows what does not happen fails, with and without a prompt."""
    page = tmp_path / "page.md"
    page.write_text(
        "```python\n>>> 1 + 1\n3\n```\n\n```python\nassert 1 == 2\n```\n\n"
        "```console\n$ python -m cloudpbx --no-such-option\nfine\n```\n"
    )
    examples = list(parsed(page))

    assert len(examples) == 3
    for example in examples:
        with pytest.raises(AssertionError):
            example.evaluate()
