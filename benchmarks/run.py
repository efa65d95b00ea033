"""Measure the package beside its peers and print a table.

`README.md` says how to get the peers, and how the numbers are meant.
"""

import argparse
import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import checks
import dialling
import imports
import routes
import schedules
from attrs import asdict
from measuring import HEADINGS, QUICK, Effort, Row, one_core

_AREAS: Final = (schedules, checks, routes, dialling, imports)
_PACKAGES: Final = ("cloudpbx", "attrs", "opening-hours-py", "python-dateutil")
_PROCESSORS: Final = Path("/proc/cpuinfo")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, then print the table."""
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the plain numbers too")
    parser.add_argument(
        "--quick", action="store_true", help="see that everything runs; its times mean nothing"
    )
    chosen = parser.parse_args(arguments)
    effort = QUICK if chosen.quick else Effort()
    with one_core():
        rows = [row for area in _AREAS for row in area.rows(effort)]
    notes = [*schedules.notes(), machine(), versions()]
    print("\n".join([*table(rows), "", *(f"- {note}" for note in notes)]))
    if chosen.json:
        report = {"rows": [asdict(row) for row in rows], "notes": notes}
        text = json.dumps(report, ensure_ascii=False, indent=2)
        chosen.json.write_text(f"{text}\n", encoding="utf-8")


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield _line(HEADINGS)
    yield _line(("---",) * len(HEADINGS))
    for row in rows:
        yield _line(row.cells())


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """Name the machine, and how busy it was."""
    parts = [platform.platform(), _processor(), f"{os.cpu_count()} cores"]
    if hasattr(os, "getloadavg"):
        parts.append(f"load {os.getloadavg()[0]:.1f}")
    return ", ".join(filter(None, parts))


def _processor() -> str:
    if _PROCESSORS.exists():
        for line in _PROCESSORS.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


def versions() -> str:
    """Name what was measured."""
    names = [f"{platform.python_implementation()} {platform.python_version()}"]
    for package in _PACKAGES:
        try:
            names.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            names.append(f"{package} not installed")
    return ", ".join(names)


if __name__ == "__main__":
    main()
