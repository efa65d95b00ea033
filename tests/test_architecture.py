"""The house keeps its own rules.

Here: layers, purity, and the form of every module. Not here: the public names
(`test_api`) and the words (`test_texts`).
"""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.project import PACKAGE, ROOT, is_facade, short, sources, tree_of

LONGEST_MODULE: Final = 400
CLOCKS: Final = frozenset({"now", "today", "utcnow"})
OUTSIDE: Final = frozenset({"_cli", "adapters"})


def each_noun() -> list[Path]:
    """Return every Python file but the root, the façades and the one that only runs."""
    return [
        path
        for path in sources()
        if short(path) not in {"__init__.py", "__main__.py"} and not is_facade(path)
    ]


def test_imports_follow_the_layers() -> None:
    """Imports point down only, and only the outer rooms reach the world outside."""
    script = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kept, 0 broken" in done.stdout


@pytest.mark.parametrize("path", sources(), ids=short)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    """No module is longer than 400 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", each_noun(), ids=short)
def test_a_module_says_what_is_in_it_and_what_is_not(path: Path) -> None:
    """A module's docstring says what is here and what is not."""
    words = " ".join((ast.get_docstring(tree_of(path)) or "").split())

    assert "Here:" in words
    assert "Not here:" in words


def is_area(path: Path) -> bool:
    """Say whether a file is the `__init__` of a package that users import from."""
    package = path.parent.relative_to(PACKAGE).as_posix()
    return path.name == "__init__.py" and package != "." and not package.startswith("_")


def names_of(node: ast.stmt) -> list[ast.stmt]:
    """Return the statements that give an area its names, at once or on first use."""
    return [*node.body, *node.orelse] if isinstance(node, ast.If) else [node]


@pytest.mark.parametrize(
    "path", [path for path in sources() if is_area(path) and is_facade(path)], ids=short
)
def test_names_on_first_use_are_those_that_type_checkers_see(path: Path) -> None:
    """Where names are imported on first use, they are the same, from the same modules."""
    for node in tree_of(path).body:
        if isinstance(node, ast.If):
            told = {
                str(each.module).rpartition(".")[2]: tuple(one.name for one in each.names)
                for each in node.body
                if isinstance(each, ast.ImportFrom)
            }
            (used,) = node.orelse
            assert isinstance(used, ast.Assign)
            assert isinstance(used.value, ast.Call)
            assert ast.literal_eval(used.value.args[1]) == told


@pytest.mark.parametrize(
    "path", [path for path in sources() if is_area(path) and is_facade(path)], ids=short
)
def test_an_area_gathers_names_and_does_nothing_else(path: Path) -> None:
    """An area's `__init__` has a docstring, imports by name, and `__all__`."""
    tree = tree_of(path)
    first, *others = tree.body
    others = [each for node in others for each in names_of(node)]
    assigned = [
        ast.unparse(target)
        for node in others
        if isinstance(node, ast.Assign)
        for target in node.targets
    ]
    starred = [
        node
        for node in others
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]

    assert ast.get_docstring(tree)
    assert isinstance(first, ast.Expr)
    assert [each for each in assigned if each != "__getattr__"] == ["__all__"]
    assert starred == []
    assert not [node for node in others if isinstance(node, ast.Expr)]


@pytest.mark.parametrize(
    "path",
    [path for path in sources() if short(path).split("/")[0] not in OUTSIDE],
    ids=short,
)
def test_a_module_reads_no_clock(path: Path) -> None:
    """A moment is an argument: nothing inside asks what time it is."""
    calls = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
    ]

    assert calls == []


def mirrored() -> list[Path]:
    """Return the test modules of the areas, but those that go through all there is."""
    areas = {path.parent.name for path in sources() if is_area(path)}
    return [
        path
        for path in sorted((ROOT / "tests").glob("*/test_*.py"))
        if path.parent.name in areas and not path.name.startswith("test_every_")
    ]


@pytest.mark.parametrize("path", mirrored(), ids=short)
def test_a_test_module_is_named_for_what_it_tests(path: Path) -> None:
    """The tests of `routing/days.py` stand in `routing/test_days.py`."""
    tested = PACKAGE / path.parent.name / path.name.removeprefix("test_")

    assert tested.is_file() or tested.with_suffix("").is_dir()
