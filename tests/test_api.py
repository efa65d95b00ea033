"""The public names, and that they stay.

Here: what each public module offers, locked in `api.txt`. Not here: what it does.

When a change of the public names is meant, write the new list and read the difference:

    python -m tests.test_api
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from inspect import isclass, isroutine
from pathlib import Path
from typing import Final

import griffe
import pytest

from tests.project import PACKAGE, ROOT, is_facade, public_names, public_places

SNAPSHOT: Final = Path(__file__).with_name("api.txt")
REFERENCE: Final = ROOT / "docs" / "reference"


def order(name: str) -> tuple[int, str]:
    """Sort constants first, then classes, then functions, each by name."""
    if name.isupper():
        return 0, name
    return (1 if name[0].isupper() else 2), name


def signature(function: griffe.Function) -> str:
    """Write the parameters and the result of a function on one line."""
    words: list[str] = []
    kinds = griffe.ParameterKind
    previous: griffe.ParameterKind | None = None
    for parameter in function.parameters:
        if previous is kinds.positional_only and parameter.kind is not previous:
            words.append("/")
        if parameter.kind is kinds.keyword_only and previous not in {
            kinds.keyword_only,
            kinds.var_positional,
        }:
            words.append("*")
        stars = {kinds.var_positional: "*", kinds.var_keyword: "**"}.get(parameter.kind, "")
        word = f"{stars}{parameter.name}"
        if parameter.annotation is not None:
            word += f": {parameter.annotation}"
        if parameter.default is not None and not stars:
            word += f" = {parameter.default}"
        words.append(word)
        previous = parameter.kind
    if previous is kinds.positional_only:
        words.append("/")
    result = "" if function.returns is None else f" -> {function.returns}"
    return f"({', '.join(words)}){result}"


def is_told(name: str) -> bool:
    """Say whether a member is public: no underscore, or a special method users meet."""
    if name.startswith("__"):
        return name != "__attrs_post_init__"
    return not name.startswith("_")


def is_stored(member: griffe.Object) -> bool:
    """Say whether a member is a field or a member of an enumeration."""
    return isinstance(member, griffe.Attribute) and "property" not in member.labels


def lines_of(path: str, thing: griffe.Object) -> Iterator[str]:
    """Write a public thing and the public members of a class, one a line.

    Fields keep their order, which the constructor has too.
    """
    if isinstance(thing, griffe.Class):
        decorators = "".join(f"@{each.value} " for each in thing.decorators)
        bases = f"({', '.join(map(str, thing.bases))})" if thing.bases else ""
        yield f"{decorators}class {path}{bases}"
        members = {
            name: member
            for name, member in thing.members.items()
            if is_told(name) and isinstance(member, griffe.Object)
        }
        stored = [name for name, member in members.items() if is_stored(member)]
        for name in (*stored, *sorted(members.keys() - stored)):
            yield from lines_of(f"{path}.{name}", members[name])
    elif isinstance(thing, griffe.Function):
        kinds = " ".join(sorted(thing.labels & {"classmethod", "staticmethod"}))
        yield f"{kinds} def {path}{signature(thing)}".lstrip()
    elif isinstance(thing, griffe.Attribute):
        kind = "" if is_stored(thing) else "property "
        annotation = "" if thing.annotation is None else f": {thing.annotation}"
        value = "" if thing.value is None else f" = {' '.join(str(thing.value).split())}"
        yield f"{kind}{path}{annotation}{value}"
    else:
        yield f"{thing.kind.value} {path}"


def snapshot() -> str:
    """Write all public names from the sources, so that every Python gives the same."""
    package = griffe.load(
        "cloudpbx", search_paths=[PACKAGE.parent], allow_inspection=False, resolve_aliases=True
    )
    lines: list[str] = []
    for place in public_places():
        names = public_names(place)
        if names:
            lines += ["", f"# {place}"]
        for name in names:
            local = f"{place}.{name}".removeprefix("cloudpbx.")
            found = package[local]
            thing = found.final_target if isinstance(found, griffe.Alias) else found
            lines += lines_of(f"{place}.{name}", thing)
    return "\n".join(lines).lstrip() + "\n"


@pytest.mark.parametrize("place", public_places())
def test_public_names_are_sorted_and_exist(place: str) -> None:
    """A public module names what it offers: sorted, once, and all of it there."""
    names = public_names(place)

    assert list(names) == sorted(set(names), key=order)
    assert [name for name in names if not hasattr(import_module(place), name)] == []


@pytest.mark.parametrize("place", public_places())
def test_public_names_are_complete(place: str) -> None:
    """What a public module defines or gathers is in its `__all__`."""
    module = import_module(place)
    path = Path(str(module.__file__))
    home = f"{place}." if is_facade(path) and place != "cloudpbx" else place
    offered = {
        name
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and (isclass(thing) or isroutine(thing))
        and str(thing.__module__).startswith(home)
        and (str(thing.__module__) == place or is_facade(path))
    }

    assert offered - set(public_names(place)) == set()


def test_every_object_has_one_public_place() -> None:
    """A class or function is found in one public module alone."""
    places: defaultdict[int, list[str]] = defaultdict(list)
    for place in public_places():
        for name in public_names(place):
            thing = getattr(import_module(place), name)
            if isclass(thing) or isroutine(thing):
                places[id(thing)].append(f"{place}.{name}")

    assert [found for found in places.values() if len(found) > 1] == []


def test_public_names_are_those_that_were_locked() -> None:
    """Nothing public appears, changes or goes without being read in `api.txt`."""
    expected = SNAPSHOT.read_text(encoding="utf-8")

    assert snapshot() == expected, "if it is meant, run `python -m tests.test_api`"


@pytest.mark.parametrize("place", [place for place in public_places() if public_names(place)])
def test_every_public_name_is_in_the_reference(place: str) -> None:
    """The reference speaks of every public name: of a whole module, or by full name."""
    text = "\n".join(
        page.read_text(encoding="utf-8") for page in sorted(REFERENCE.rglob("*.md"))
    )
    if re.search(rf"automodule:: {re.escape(place)}$", text, re.MULTILINE):
        return
    told = set(re.findall(r"[\w.]+", text))

    assert [name for name in public_names(place) if f"{place}.{name}" not in told] == []


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
    sys.stdout.write(f"{SNAPSHOT.name} is written: read the difference before it goes in\n")
