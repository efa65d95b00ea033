"""What all tests share.

Here: how hard Hypothesis tries, and a folder to run what the documents show. Not here:
strategies, which `cloudpbx.testing` gives to everybody, and fixtures of one area.

The environment variable `CLOUDPBX_HYPOTHESIS` chooses a profile:

    dev     few examples, new ones each time; what you get without asking
    ci      more examples, the same ones each time
    deep    very many examples, for a night
"""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.project import PACKAGE, ROOT

# A law that is slow on a busy machine is not wrong.
_patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("dev", _patient, max_examples=40)
# The same examples every time: what fails there can be looked at here.
settings.register_profile("ci", _patient, max_examples=60, derandomize=True)
# For measuring which lines run at all.
settings.register_profile("quick", _patient, max_examples=12, derandomize=True)
settings.register_profile("deep", _patient, max_examples=5_000)
settings.load_profile(os.environ.get("CLOUDPBX_HYPOTHESIS", "dev"))


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a fresh folder that holds the examples and the schema, as a clone does."""
    for name in ("examples", "schema"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
    # A program that is started from here finds the package that is tested here.
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE.parent))
    monkeypatch.chdir(tmp_path)
    return tmp_path
