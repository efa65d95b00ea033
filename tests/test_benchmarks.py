"""The benchmarks run.

Here: every measurement, once and briefly, with the peers that are installed and without
any. Not here: how fast anything is, which no test can say on a busy machine.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.project import ROOT

_RUN: Final = ROOT / "benchmarks" / "run.py"
_AREAS: Final = (
    "Schedule.at",
    "next_change",
    "Schedule.check",
    "Router.route",
    "import cloudpbx",
)
_PEER: Final = "opening_hours"
# A name that is None among the modules cannot be imported.
_WITHOUT_PEERS: Final = (
    f"import runpy, sys; sys.modules['{_PEER}'] = None; script, *sys.argv[1:] = sys.argv[1:]; "
    f"sys.path.insert(0, script.rpartition('run.py')[0]); "
    "runpy.run_path(script, run_name='__main__')"
)


_WRONG_PEER: Final = """
class OpeningHours:
    def __init__(self, *words, **options): ...
    def is_open(self, moment): return True
"""


def run(
    *program: str, report: Path, modules: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the benchmarks quickly, with the modules of a folder before all others."""
    path = os.pathsep.join(filter(None, [str(modules or ""), os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, "-X", "utf8", *program, str(_RUN), "--quick", "--json", str(report)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path} if path else None,
        check=False,
    )


def rows_of(report: Path) -> list[dict[str, Any]]:
    """Return the rows that a run wrote."""
    rows: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["rows"]
    return rows


def test_every_area_is_measured_without_peers(tmp_path: Path) -> None:
    """Without peers every area has rows, and a missing peer is said to be missing."""
    done = run("-c", _WITHOUT_PEERS, report=tmp_path / "rows.json")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("| what | time | beside |")
    rows = rows_of(tmp_path / "rows.json")
    assert all(any(area in row["what"] for row in rows) for area in _AREAS)
    missing = [row["beside"] for row in rows if row["its_time"] == "not installed"]
    assert missing == ["opening-hours-py"] * 3
    assert all(row["values"] for row in rows if row["its_time"] != "not installed")


def test_peers_agree(tmp_path: Path) -> None:
    """With the peers installed, every contestant gives the same answers."""
    pytest.importorskip(_PEER, reason="opening-hours-py is not installed")

    done = run(report=tmp_path / "rows.json")

    assert (done.returncode, done.stderr) == (0, "")
    beside = {row["beside"] for row in rows_of(tmp_path / "rows.json")}
    assert {"opening-hours-py `is_open`", "opening-hours-py `next_change`"} <= beside


def test_a_peer_that_answers_otherwise_is_not_timed(tmp_path: Path) -> None:
    """A contestant with other answers ends the run before anything is measured."""
    (tmp_path / f"{_PEER}.py").write_text(_WRONG_PEER, encoding="utf-8")

    done = run(report=tmp_path / "rows.json", modules=tmp_path)

    assert done.returncode != 0
    assert "DisagreementError: question " in done.stderr
    assert "opening-hours-py `is_open` True" in done.stderr
    assert not (tmp_path / "rows.json").exists()
