"""The example scripts run.

Here: each script of `examples/`, in a process of its own, as a reader would start it.
Not here: the configurations they read, which the tests of the tenant cover.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT

SCRIPTS = sorted((ROOT / "examples").rglob("*.py"))


def test_there_are_scripts() -> None:
    """There is at least one script, so the test below is not empty."""
    assert SCRIPTS


@pytest.mark.parametrize(
    "script", [pytest.param(path.relative_to(ROOT), id=path.stem) for path in SCRIPTS]
)
@pytest.mark.usefixtures("workplace")
def test_a_script_runs_and_shows_something(script: Path) -> None:
    """A script ends well, warns of nothing and writes something."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
