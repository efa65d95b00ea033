"""What can go wrong is one tree.

Here: the tree, its messages, and that an error survives a copy and a pickle. Not here:
when an error is raised, which stands with whatever raises it.
"""

import copy
import pickle

import pytest

from cloudpbx import errors
from cloudpbx.errors import (
    CloudPBXError,
    DocumentError,
    IllegalTransitionError,
    InvalidValueError,
    Problem,
    UnknownReferenceError,
)

PROBLEMS = (
    Problem(
        path="extensions[2].number",
        message="`9000` is not an extension: use another",
        source="office.toml",
    ),
    Problem(path="zone", message="`Asia/Tokio` is not a time zone"),
    Problem(path="", message="`` is empty"),
)

EXAMPLES = [
    pytest.param(CloudPBXError("`x` is wrong"), id="root"),
    pytest.param(InvalidValueError("`x` is wrong"), id="invalid value"),
    pytest.param(DocumentError(PROBLEMS), id="document"),
    pytest.param(UnknownReferenceError("`x` is nothing"), id="unknown reference"),
    pytest.param(IllegalTransitionError("`x` is over"), id="illegal transition"),
]


@pytest.mark.parametrize(
    ("kind", "parents"),
    [
        pytest.param(InvalidValueError, (CloudPBXError, ValueError), id="invalid value"),
        pytest.param(DocumentError, (InvalidValueError,), id="document"),
        pytest.param(UnknownReferenceError, (CloudPBXError, LookupError), id="reference"),
        pytest.param(IllegalTransitionError, (CloudPBXError,), id="transition"),
    ],
)
def test_an_error_is_caught_as_each_of_its_parents(
    kind: type[Exception], parents: tuple[type[Exception], ...]
) -> None:
    """An error is caught as what it is in the tree, and as its built-in kind."""
    assert kind.__bases__ == parents


def test_the_tree_is_complete() -> None:
    """Every public exception stands in the tree and is tested here."""
    kinds = [getattr(errors, name) for name in errors.__all__ if name != "Problem"]

    assert all(issubclass(kind, CloudPBXError) for kind in kinds)
    assert {type(example.values[0]) for example in EXAMPLES} == set(kinds)


@pytest.mark.parametrize("error", EXAMPLES)
@pytest.mark.parametrize(
    "duplicate",
    [
        pytest.param(copy.copy, id="copy"),
        pytest.param(copy.deepcopy, id="deep copy"),
        *(
            pytest.param(
                lambda each, n=n: pickle.loads(pickle.dumps(each, n)), id=f"pickle {n}"
            )
            for n in range(pickle.HIGHEST_PROTOCOL + 1)
        ),
    ],
)
def test_an_error_survives_a_copy_and_a_pickle(error: CloudPBXError, duplicate: object) -> None:
    """A copied or pickled error has the same kind, message and contents."""
    assert callable(duplicate)
    other = duplicate(error)

    assert type(other) is type(error)
    assert str(other) == str(error)
    assert other.args == error.args
    assert getattr(other, "problems", None) == getattr(error, "problems", None)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        pytest.param(
            PROBLEMS[0],
            "office.toml: extensions[2].number: `9000` is not an extension: use another",
            id="file and path",
        ),
        pytest.param(PROBLEMS[1], "zone: `Asia/Tokio` is not a time zone", id="path alone"),
        pytest.param(PROBLEMS[2], "`` is empty", id="the whole"),
    ],
)
def test_a_problem_is_written_with_its_place(problem: Problem, text: str) -> None:
    """A problem is one line: where it stands, then what is wrong."""
    assert str(problem) == text


def test_a_document_error_has_a_line_for_each_problem() -> None:
    """A document error keeps all problems and writes them in order."""
    error = DocumentError(PROBLEMS)

    assert error.problems == PROBLEMS
    assert str(error).splitlines() == [str(problem) for problem in PROBLEMS]
