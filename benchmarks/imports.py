"""What it costs to import the package.

Here: fresh interpreters that do nothing but import. Not here: anything that runs after.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from measuring import Effort, Row, duration

_NOTHING: Final = "pass"
_LIMITS: Final = {
    "import cloudpbx": 0.005,
    "import cloudpbx.routing": 0.060,
    "from cloudpbx.routing import Router": 0.060,
}


def seconds_to_run(program: str, compiled: str) -> float:
    """Return the processor's time that a fresh interpreter takes to start and run a program.

    Compiled files are read from a folder of their own and written there, whatever the
    surroundings say: an installed package has them.
    """
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    tell = "import time; print(time.process_time_ns())"
    done = subprocess.run(  # noqa: S603 - our own programs
        [sys.executable, "-c", f"{program}; {tell}"],
        check=True,
        capture_output=True,
        env=surroundings,
    )
    return int(done.stdout) / 1e9


def rows(effort: Effort) -> Iterator[Row]:
    """Yield what the table says of importing: the time on top of an idle interpreter."""
    programs = (_NOTHING, *_LIMITS)
    times: dict[str, list[float]] = {program: [] for program in programs}
    with TemporaryDirectory() as compiled:
        for program in programs:
            seconds_to_run(program, compiled)
        for _ in range(effort.starts):
            for program in programs:
                times[program].append(seconds_to_run(program, compiled))
    idle = times[_NOTHING]
    for program, limit in _LIMITS.items():
        more = median(time - none for time, none in zip(times[program], idle, strict=True))
        yield Row(
            what=f"`{program}` in a fresh interpreter",
            time=duration(median(times[program])),
            beside=f"`python -c {_NOTHING}`",
            its_time=duration(median(idle)),
            measured=f"{duration(more)} more",
            goal=f"≤ {duration(limit)} more",
            is_reached=more <= limit,
            values={
                "time": median(times[program]),
                "its_time": median(idle),
                "more": more,
            },
        )
