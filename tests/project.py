"""Where the project's files and modules are.

Here: what the tests of the project itself (its layers, words, documents and public
names) discover instead of listing. Not here: tests.

The package is found where it is installed, so that the same tests hold for a working
copy and for a wheel.
"""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Final

import cloudpbx

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = Path(cloudpbx.__path__[0])


def module_names() -> tuple[str, ...]:
    """Return the full name of every module, without the one that runs when imported."""
    found = (module.name for module in walk_packages(cloudpbx.__path__, "cloudpbx."))
    return ("cloudpbx", *(name for name in found if not name.endswith(".__main__")))


def public_places() -> tuple[str, ...]:
    """Return the modules that users import from: the root and those right below it."""
    return tuple(
        name for name in module_names() if name.count(".") < 2 and not name.count("._")
    )


def public_names(place: str) -> tuple[str, ...]:
    """Return what a public module offers."""
    names: tuple[str, ...] = tuple(getattr(import_module(place), "__all__", ()))
    return names


def modules() -> Iterator[ModuleType]:
    """Yield every module, imported."""
    return map(import_module, module_names())


def sources() -> tuple[Path, ...]:
    """Return every Python file of the package."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    """Return a file's path inside the package, or inside the project."""
    home = PACKAGE if path.is_relative_to(PACKAGE) else ROOT
    return path.relative_to(home).as_posix()


def is_facade(path: Path) -> bool:
    """Say whether a package's `__init__` does nothing but gather names."""
    gathers = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
    return path.name == "__init__.py" and all(
        isinstance(node, gathers) or imports_on_first_use(node) for node in tree_of(path).body
    )


def imports_on_first_use(node: ast.stmt) -> bool:
    """Say whether a statement imports names for type checkers, and else when they are used."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
