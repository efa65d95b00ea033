"""Façades that import a name when it is first used.

Here: looking a public name up in the module that defines it. Not here: which names an
area has, which its own `__init__` says.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["on_first_use"]


def on_first_use(package: str, homes: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package whose modules define these names.

    A name is looked up once and kept, so that it costs nothing the second time.
    """
    places = {name: module for module, names in homes.items() for name in names}

    def look_up(name: str) -> Any:
        if name not in places:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg, name=name, obj=sys.modules[package])
        found = getattr(import_module(f"{package}.{places[name]}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return look_up
