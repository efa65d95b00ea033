"""What is installed is complete, and importing it is cheap.

Here: the metadata, the files and the cost of the installed package. Not here: what a
wheel leaves out, which can only be seen when one is built.
"""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, distribution, entry_points
from importlib.resources import files
from typing import Any

import pytest

import cloudpbx
from tests.project import ROOT, public_places


@pytest.fixture(scope="module")
def declared() -> dict[str, Any]:
    """Return what `pyproject.toml` says about the project."""
    project: dict[str, Any] = tomllib.loads(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )["project"]
    return project


@pytest.fixture(scope="module")
def installed() -> Distribution:
    """Return what is installed."""
    return distribution("cloudpbx")


def run(script: str) -> str:
    """Return what a script writes in a new interpreter that warns of nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_there_is_one_version(declared: dict[str, Any], installed: Distribution) -> None:
    """The package, its metadata, the project and the changelog have one version."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)", changelog, re.MULTILINE)

    assert declared["version"] == installed.version == cloudpbx.__version__ == headings[0]


def test_the_licence_is_installed(installed: Distribution) -> None:
    """The licence is named by its SPDX expression and is part of the package."""
    assert installed.metadata["License-Expression"] == "Apache-2.0"
    assert installed.metadata.get_all("License-File") == ["LICENSE"]


def test_extras_are_for_users_alone(installed: Distribution) -> None:
    """Extras switch on what a user may want; tools stand in dependency groups."""
    extras = set(installed.metadata.get_all("Provides-Extra") or ())

    assert extras == {"holidays", "icalendar", "testing"}


def test_only_three_packages_are_needed(installed: Distribution) -> None:
    """Nothing but attrs, phonenumbers and python-dateutil is needed, and zones on Windows."""
    needed = [each for each in installed.requires or () if "extra ==" not in each]
    names = {re.split(r"[^\w-]", each)[0] for each in needed}

    assert names == {"attrs", "phonenumbers", "python-dateutil", "tzdata"}
    assert [each for each in needed if "tzdata" in each and "Windows" not in each] == []


@pytest.mark.parametrize("name", ["py.typed", "texts/en.toml", "texts/ja.toml"])
def test_files_beside_the_code_are_installed(name: str) -> None:
    """Type checkers find the marker, and answers find their words."""
    assert files("cloudpbx").joinpath(name).is_file()


def imported_with(place: str, names: set[str]) -> set[str]:
    """Return which of some modules are imported when a module of ours is."""
    # What the interpreter itself has loaded by then is not ours.
    script = f"import sys; before = {{*sys.modules}}; import {place}; "
    return set(run(f"{script} print(*(sys.modules.keys() - before))").split()) & names


def test_the_root_imports_nothing_heavy() -> None:
    """Importing the root alone costs next to nothing."""
    heavy = {"attr", "attrs", "dateutil", "hypothesis", "phonenumbers", "tomllib", "zoneinfo"}

    assert imported_with("cloudpbx", heavy) == set()


@pytest.mark.parametrize("place", public_places())
def test_an_area_imports_no_extra_and_no_phone_data(place: str) -> None:
    """Importing an area leaves `phonenumbers`, `dateutil` and extras for when they are used."""
    late = {"dateutil", "holidays", "hypothesis", "phonenumbers"}

    assert imported_with(place, late) == set()


def test_hypothesis_learns_our_strategies_at_no_cost() -> None:
    """The entry point for Hypothesis is there, and loading it imports no Hypothesis."""
    (entry,) = entry_points(group="hypothesis", name="cloudpbx")
    module, _, function = entry.value.partition(":")
    script = f"import sys; from {module} import {function}; print('hypothesis' in sys.modules)"

    assert callable(entry.load())
    assert run(script) == "False"


def test_there_is_no_script_of_its_own() -> None:
    """The command is `python -m cloudpbx`; nothing is put on the path."""
    assert [
        entry for entry in entry_points(group="console_scripts") if "cloudpbx" in entry.value
    ] == []
