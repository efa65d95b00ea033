"""The examples in docstrings say what the library really does.

Here: every module of the installed package. Not here: README and docs (`test_docs`).
"""

import doctest
from importlib import import_module

import pytest

from tests.project import module_names


@pytest.mark.parametrize("name", module_names())
def test_examples_of_a_module_give_what_they_show(name: str) -> None:
    """The examples in the docstrings of a module give what they show."""
    report: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    module = import_module(name)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module, name):
        runner.run(test, out=report.append)

    assert not runner.summarize(verbose=False).failed, "".join(report)


def test_most_public_areas_have_examples() -> None:
    """Docstrings do have examples, so the test above is not empty."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in module_names() for test in finder.find(import_module(name), name)]

    assert sum(bool(test.examples) for test in found) > 20
